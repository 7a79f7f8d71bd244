#include "tui/form.h"
#include "tui/screens/screens.h"
#include "tui/screens/tag_view.h"

#include <mulin/base/text.h>
#include <mulin/desk/operators.h>
#include <mulin/desk/register.h>
#include <mulin/desk/tag.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DRAFT_SIZE = 2048, DRAFT_NAME_SIZE = 40 };

struct tag_form {
    struct mu_desk *desk; /* borrowed */
    struct mu_form *form;
    struct mu_tag tag; /* what the form fills */
    struct mu_resident person;
    bool to_tags, from_file; /* where leaving goes */
    enum mu_language language;
    int64_t owner;
    char draft_name[DRAFT_NAME_SIZE];
};

/* From the word follow the usual days. */
static void field_left(void *context, struct mu_form *form, const struct mu_field *field)
{
    const struct tag_form *self = context;
    struct mu_tag usual = {0};
    char day[MU_DATE_SIZE];

    if (strcmp(field->key, "word") != 0)
        return;
    mu_text_copy(usual.word, sizeof usual.word, mu_form_text(form, "word"));
    if (mu_propose_tag(self->desk, self->person.id, &usual, NULL) != MU_OK)
        return;
    mu_date_format(usual.from, day);
    mu_form_suggest(form, "from", day);
    mu_date_format(usual.until, day);
    mu_form_suggest(form, "until", day);
}

static void leave(struct mu_app *app, const struct tag_form *self)
{
    struct mu_error error;
    int64_t id = self->person.id;
    bool to_tags = self->to_tags, from_file = self->from_file;

    if (mu_desk_drop_draft(self->desk, self->owner, self->draft_name, &error) != MU_OK)
        mu_app_say_error(app, &error);
    mu_app_pop(app);
    if (to_tags && mu_open_resident_tags(app, id, from_file, &error) != MU_OK)
        mu_app_say_error(app, &error);
}

static void save(struct mu_app *app, struct tag_form *self)
{
    const char *field;
    struct mu_error error;
    char until[MU_TAG_CELL_SIZE];

    if (mu_set_tag(self->desk, self->person.id, &self->tag, &field, &error) != MU_OK) {
        if (field)
            mu_form_go(self->form, field);
        mu_app_say_error(app, &error);
        return;
    }
    mu_form_clean(self->form);
    mu_tag_until_text(&self->tag, self->language, until);
    mu_app_say(app, MU_TONE_GOOD, MU_SAY_tag_form_saved, self->person.name, self->tag.word, until,
               NULL);
    leave(app, self);
}

static bool form_event(struct mu_app *app, void *state, const struct mu_event *event)
{
    struct tag_form *self = state;

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
    struct tag_form *self = state;
    struct mu_area area = layout->work;

    (void)app;
    mu_grid_say(grid, layout->status_row, 1, layout->columns - 1, MU_MARK, MU_STYLE_TITLE,
                self->language, MU_SAY_tag_form_line, self->person.name, NULL);
    area.columns = area.columns > 100 ? 100 : area.columns;
    area.row++, area.rows--;
    mu_form_draw(self->form, grid, area, layout->hint_row, true);
}

static void form_draft(struct mu_app *app, void *state)
{
    struct tag_form *self = state;
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
    struct tag_form *self = state;

    self->language = mu_app_language(app);
    mu_form_language(self->form, self->language);
}

static void form_subject(struct mu_app *app, const void *state, char *out, size_t size)
{
    const struct tag_form *self = state;

    (void)app;
    mu_text_copy(out, size, self->person.name);
}

static void form_close(struct mu_app *app, void *state)
{
    struct tag_form *self = state;

    (void)app;
    mu_form_free(&self->form);
    free(self);
}

static const struct mu_screen_type form_type = {
    .name = "tag_form",
    .title = MU_SAY_tag_form_title,
    .event = form_event,
    .draw = form_draw,
    .offer = form_offer,
    .draft = form_draft,
    .language = form_language,
    .subject = form_subject,
    .close = form_close,
};

static void take_up_draft(struct mu_app *app, struct tag_form *self)
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

static enum mu_status start(struct mu_app *app, struct tag_form *self, int64_t id, const char *word,
                            struct mu_error *error)
{
    enum mu_status status = mu_read_resident(self->desk, id, &self->person, error);

    if (status == MU_OK)
        status = mu_desk_ask(self->desk, MU_MAY_save_resident, error);
    if (status == MU_OK && *word) {
        mu_text_copy(self->tag.word, sizeof self->tag.word, word);
        status = mu_propose_tag(self->desk, id, &self->tag, error);
    }
    if (status != MU_OK)
        return status;
    self->form = mu_form_new(mu_tag_fields, mu_tag_field_count, &self->tag, self->language,
                             mu_app_now(app).date, error);
    if (!self->form)
        return MU_MEMORY;
    mu_form_on_left(self->form, field_left, self);
    if (*word)
        mu_form_go(self->form, "evidence");
    return MU_OK;
}

enum mu_status mu_open_tag_form(struct mu_app *app, int64_t id, const char *word, bool to_tags,
                                bool from_file, struct mu_error *error)
{
    struct tag_form *self = calloc(1, sizeof *self);
    enum mu_status status;

    if (!self)
        return mu_fail_memory(error);
    self->desk = mu_screens_desk(app);
    self->to_tags = to_tags;
    self->from_file = from_file;
    self->language = mu_app_language(app);
    self->owner = mu_desk_operator_id(self->desk);
    snprintf(self->draft_name, sizeof self->draft_name, "tag %" PRId64, id);
    status = start(app, self, id, word, error);
    if (status != MU_OK) {
        form_close(app, self);
        return status;
    }
    status = mu_app_push(app, &form_type, self, error);
    if (status == MU_OK)
        take_up_draft(app, self);
    return status;
}
