/* The filter of a list as a form. */
#include "tui/form.h"
#include "tui/screens/register_list.h"

#include <stdlib.h>

struct roster_form {
    struct mu_form *form;
    struct mu_roster_request request;
    enum mu_language language;
    void (*done)(struct mu_app *app, void *state, const struct mu_roster_request *request);
    void *state;
};

static void save(struct mu_app *app, struct roster_form *self)
{
    struct roster_form kept = *self;
    const char *field;
    struct mu_error error;

    if (mu_roster_check(&self->request, &field, &error) != MU_OK) {
        mu_form_go(self->form, field);
        mu_app_say_error(app, &error);
        return;
    }
    mu_app_pop(app);
    kept.done(app, kept.state, &kept.request);
}

static bool form_event(struct mu_app *app, void *state, const struct mu_event *event)
{
    struct roster_form *self = state;

    /* A filter is nobody's record: leaving it asks nothing. */
    if (event->kind == MU_EVENT_KEY && event->action == MU_DO_back)
        mu_form_clean(self->form);
    switch (mu_app_form(app, self->form, event)) {
    case MU_FORM_SAVE:
        save(app, self);
        return true;
    case MU_FORM_LEAVE:
        mu_app_pop(app);
        return true;
    case MU_FORM_IGNORED:
        return false;
    default:
        return true;
    }
}

static struct mu_offer form_offer(struct mu_app *app, const void *state, enum mu_action action)
{
    struct mu_offer offer = mu_form_offer(action);

    (void)app, (void)state;
    if (action == MU_DO_save)
        offer.label = MU_SAY_register_filter;
    if (action == MU_DO_same)
        offer.kind = MU_OFFER_NONE;
    return offer;
}

static void form_draw(struct mu_app *app, void *state, struct mu_grid *grid,
                      const struct mu_layout *layout)
{
    struct roster_form *self = state;

    mu_app_draw_form(app, self->form, grid, layout, MU_SAY_register_filter_line, NULL);
}

static void form_language(struct mu_app *app, void *state)
{
    struct roster_form *self = state;

    self->language = mu_app_language(app);
    mu_form_language(self->form, self->language);
}

static void form_close(struct mu_app *app, void *state)
{
    struct roster_form *self = state;

    (void)app;
    mu_form_free(&self->form);
    free(self);
}

static const struct mu_screen_type form_type = {
    .name = "roster_form",
    .title = MU_SAY_register_filter,
    .event = form_event,
    .draw = form_draw,
    .offer = form_offer,
    .language = form_language,
    .close = form_close,
};

enum mu_status mu_open_roster_form(struct mu_app *app, const struct mu_roster_request *request,
                                   void (*done)(struct mu_app *app, void *state,
                                                const struct mu_roster_request *request),
                                   void *state, struct mu_error *error)
{
    struct roster_form *self = calloc(1, sizeof *self);

    if (!self)
        return mu_fail_memory(error);
    self->request = *request;
    self->language = mu_app_language(app);
    self->done = done;
    self->state = state;
    self->form = mu_form_new(mu_roster_fields, mu_roster_field_count, &self->request,
                             self->language, mu_app_now(app).date, error);
    if (!self->form) {
        free(self);
        return MU_MEMORY;
    }
    return mu_app_push(app, &form_type, self, error);
}
