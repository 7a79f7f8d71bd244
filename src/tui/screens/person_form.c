#include "tui/form.h"
#include "tui/screens/screens.h"

#include <mulin/base/text.h>
#include <mulin/desk/person_file.h>
#include <mulin/desk/register.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

enum { DRAFT_SIZE = 8192, DRAFT_NAME_SIZE = 40 };

struct person_form {
    struct mu_desk *desk; /* borrowed */
    struct mu_form *form;
    struct mu_person_file file; /* what the form fills */
    struct mu_resident person;
    enum mu_language language;
    int64_t owner;
    char draft_name[DRAFT_NAME_SIZE];
};

/* Closes the page and goes back to the file that it belongs to. */
static void leave(struct mu_app *app, const struct person_form *self)
{
    struct mu_error error;
    int64_t id = self->person.id;

    if (mu_desk_drop_draft(self->desk, self->owner, self->draft_name, &error) != MU_OK)
        mu_app_say_error(app, &error);
    mu_app_pop(app);
    if (mu_open_resident_file(app, id, &error) != MU_OK)
        mu_app_say_error(app, &error);
}

static void save(struct mu_app *app, struct person_form *self)
{
    const char *field;
    struct mu_error error;

    if (mu_save_person_file(self->desk, &self->file, &field, &error) != MU_OK) {
        if (field)
            mu_form_go(self->form, field);
        mu_app_say_error(app, &error);
        return;
    }
    mu_form_clean(self->form);
    mu_app_say(app, MU_TONE_GOOD, MU_SAY_person_file_saved, self->person.name, NULL);
    leave(app, self);
}

static bool form_event(struct mu_app *app, void *state, const struct mu_event *event)
{
    struct person_form *self = state;

    switch (mu_app_form(app, self->form, event)) {
    case MU_FORM_SAVE:
        save(app, self);
        return true;
    case MU_FORM_LEAVE:
        leave(app, self);
        return true;
    case MU_FORM_IGNORED:
        return false;
    default:
        return true;
    }
}

static struct mu_offer form_offer(struct mu_app *app, const void *state, enum mu_action action)
{
    (void)app, (void)state;
    return mu_form_offer(action);
}

static void form_draw(struct mu_app *app, void *state, struct mu_grid *grid,
                      const struct mu_layout *layout)
{
    struct person_form *self = state;
    struct mu_area area = layout->work;

    (void)app;
    mu_grid_say(grid, layout->status_row, 1, layout->columns - 1, MU_MARK, MU_STYLE_TITLE,
                self->language, MU_SAY_person_file_line, self->person.name, NULL);
    area.columns = area.columns > 100 ? 100 : area.columns;
    area.row++, area.rows--;
    mu_form_draw(self->form, grid, area, layout->hint_row, true);
}

static void form_draft(struct mu_app *app, void *state)
{
    struct person_form *self = state;
    struct mu_error error;
    char draft[DRAFT_SIZE];

    if (!mu_form_draft_due(self->form) || !mu_form_dirty(self->form) ||
        mu_form_draft_write(self->form, draft, sizeof draft) >= sizeof draft)
        return;
    if (mu_desk_keep_draft(self->desk, self->owner, self->draft_name, draft, &error) != MU_OK)
        mu_app_say_error(app, &error);
}

static void form_language(struct mu_app *app, void *state)
{
    struct person_form *self = state;

    self->language = mu_app_language(app);
    mu_form_language(self->form, self->language);
}

static void form_subject(struct mu_app *app, const void *state, char *out, size_t size)
{
    const struct person_form *self = state;

    (void)app;
    mu_text_copy(out, size, self->person.name);
}

static void form_close(struct mu_app *app, void *state)
{
    struct person_form *self = state;

    (void)app;
    mu_form_free(&self->form);
    free(self);
}

static const struct mu_screen_type form_type = {
    .name = "person_form",
    .title = MU_SAY_person_file_title,
    .event = form_event,
    .draw = form_draw,
    .offer = form_offer,
    .draft = form_draft,
    .language = form_language,
    .subject = form_subject,
    .close = form_close,
};

static void take_up_draft(struct mu_app *app, struct person_form *self)
{
    struct mu_error error;
    char *draft = NULL;

    if (mu_desk_draft(self->desk, self->draft_name, &draft, &error) != MU_OK) {
        mu_app_say_error(app, &error);
    } else if (draft) {
        mu_form_draft_read(self->form, draft);
        mu_app_say(app, MU_TONE_PLAIN, MU_SAY_form_draft_found, NULL);
    }
    free(draft);
}

static enum mu_status start(struct mu_app *app, struct person_form *self, int64_t id,
                            struct mu_error *error)
{
    enum mu_status status = mu_read_resident(self->desk, id, &self->person, error);

    if (status == MU_OK)
        status = mu_read_person_file(self->desk, id, &self->file, error);
    if (status != MU_OK)
        return status;
    self->form = mu_form_new(mu_person_file_fields, mu_person_file_field_count, &self->file,
                             self->language, mu_app_now(app).date, error);
    return self->form ? MU_OK : MU_MEMORY;
}

enum mu_status mu_open_person_form(struct mu_app *app, int64_t id, struct mu_error *error)
{
    struct person_form *self = calloc(1, sizeof *self);
    enum mu_status status;

    if (!self)
        return mu_fail_memory(error);
    self->desk = mu_screens_desk(app);
    self->language = mu_app_language(app);
    self->owner = mu_desk_operator_id(self->desk);
    snprintf(self->draft_name, sizeof self->draft_name, "person file %" PRId64, id);
    status = start(app, self, id, error);
    if (status != MU_OK) {
        form_close(app, self);
        return status;
    }
    status = mu_app_push(app, &form_type, self, error);
    if (status == MU_OK)
        take_up_draft(app, self);
    return status;
}
