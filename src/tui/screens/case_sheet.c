#include "tui/screens/case_sheet.h"

#include "tui/screens/case_words.h"
#include "tui/screens/long_text.h"
#include "tui/screens/screens.h"

#include <mulin/base/text.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    TEXT_ROWS = 3, /* the least that the text has on the screen: its label and two lines */
    COLUMNS = 100, /* it is not drawn wider */
};

static const struct mu_field day = {
    .key = "date",
    .label = MU_SAY_case_form_date,
    .help = MU_SAY_case_form_date_help,
    .kind = MU_FIELD_DATE,
    .required = true,
    .offset = offsetof(struct mu_case_step, date),
    .size = sizeof(struct mu_date),
};

static bool has_text(const struct mu_case_sheet *self)
{
    return self->type->text_label != 0;
}

/* ---- drafts ---- */

static bool write_draft(struct mu_app *app, struct mu_case_sheet *self)
{
    size_t fields = mu_form_draft_write(self->form, NULL, NULL, 0) + 1, size;
    const char *text = self->step.text ? self->step.text : "";
    char *body, *more, *form;
    bool kept = false;

    if (!mu_form_dirty(self->form))
        return mu_screen_draft_keep(&self->draft, app, NULL);
    more = self->more ? self->more(self) : NULL;
    size = fields + mu_case_bytes(text) + mu_case_bytes(more) + 2;
    form = malloc(fields);
    body = malloc(size);
    if (form && body) {
        mu_form_draft_write(self->form, NULL, form, fields);
        snprintf(body, size, "%s%s\n%s", more ? more : "", form, text);
        kept = mu_screen_draft_keep(&self->draft, app, body);
        explicit_bzero(body, size);
        explicit_bzero(form, fields);
    } else {
        mu_app_say(app, MU_TONE_BAD, MU_SAY_error_no_memory, NULL);
    }
    free(body);
    free(form);
    mu_case_wipe(&more);
    return kept;
}

void mu_sheet_keep(struct mu_app *app, void *state)
{
    struct mu_case_sheet *self = state;

    self->due |= mu_form_draft_due(self->form);
    if (self->due)
        self->due = !write_draft(app, self);
}

/* Lines KEY=TEXT, an empty line, and the long text. */
static enum mu_status read_draft(struct mu_case_sheet *self, char *body, struct mu_error *error)
{
    char *rest = strstr(body, "\n\n");

    if (rest) {
        rest[1] = '\0';
        rest += 2;
        mu_case_wipe(&self->step.text);
        self->step.text = *rest ? strdup(rest) : NULL;
        if (*rest && !self->step.text)
            return mu_fail_memory(error);
        explicit_bzero(rest, mu_case_bytes(rest));
    }
    mu_form_draft_read(self->form, body);
    if (self->take_more)
        self->take_more(self, body);
    return MU_OK;
}

static enum mu_status take_up_draft(struct mu_app *app, struct mu_case_sheet *self,
                                    struct mu_error *error)
{
    char *body = NULL;
    enum mu_status status = mu_desk_draft(mu_screens_desk(app), self->draft.name, &body, error);

    if (status == MU_OK && body) {
        status = read_draft(self, body, error);
        mu_app_say(app, MU_TONE_PLAIN, MU_SAY_form_draft_found, NULL);
    }
    mu_case_wipe(&body);
    return status;
}

/* ---- beginning and end ---- */

static enum mu_status new_form(struct mu_app *app, struct mu_case_sheet *self,
                               struct mu_error *error)
{
    const struct mu_case_step_type *type = self->type;

    self->field[0] = day;
    for (self->count = 1; self->count <= type->field_count && self->count < MU_SHEET_FIELDS;
         self->count++) {
        self->field[self->count] = type->fields[self->count - 1];
        self->field[self->count].offset += offsetof(struct mu_case_step, record);
        self->field[self->count].carried = true;
    }
    self->form = mu_form_new(self->field, self->count, &self->step, mu_app_language(app),
                             mu_app_now(app).date, error);
    if (!self->form)
        return MU_MEMORY;
    mu_form_last(self->form, self->last.number ? &self->last : NULL);
    if (self->count > 1) /* the day is today, more often than not */
        mu_form_go(self->form, self->field[1].key);
    return MU_OK;
}

enum mu_status mu_sheet_start(struct mu_app *app, struct mu_case_sheet *self, int64_t case_id,
                              struct mu_error *error)
{
    enum mu_status status;

    self->type = mu_case_step_type(self->step.kind);
    mu_screen_draft_begin(&self->draft, app, "case_step %" PRId64 " %s %d %" PRId64, case_id,
                          self->type->word, self->step.about,
                          self->step.mediator_id + self->step.resident_id);
    snprintf(self->text_draft, sizeof self->text_draft, "case_text %" PRId64 " %s %d", case_id,
             self->type->word, self->step.about);
    status = new_form(app, self, error);
    if (status == MU_OK)
        status = take_up_draft(app, self, error);
    self->in_text = status == MU_OK && self->count == 1 && has_text(self);
    return status;
}

void mu_sheet_clear(struct mu_case_sheet *self)
{
    mu_form_free(&self->form);
    mu_case_step_clear(&self->step);
    mu_case_wipe(&self->blank);
    explicit_bzero(&self->last, sizeof self->last);
}

void mu_sheet_done(struct mu_app *app, struct mu_case_sheet *self)
{
    mu_form_clean(self->form);
    self->due = false;
    mu_screen_draft_drop(&self->draft, app);
}

void mu_sheet_changed(struct mu_case_sheet *self)
{
    mu_form_draft_read(self->form, ""); /* nothing but: there is something to lose */
    self->due = true;
}

/* ---- somebody else at the desk ---- */

bool mu_sheet_is_others(const struct mu_app *app, const struct mu_case_sheet *self)
{
    return mu_screen_draft_is_others(&self->draft, app);
}

bool mu_sheet_others_event(struct mu_app *app, struct mu_case_sheet *self,
                           const struct mu_event *event)
{
    if (event->kind == MU_EVENT_KEY && event->action == MU_DO_back) {
        mu_sheet_keep(app, self);
        mu_app_pop(app);
    } else {
        mu_app_say(app, MU_TONE_WARNING, MU_SAY_case_form_others, NULL);
    }
    return true;
}

void mu_case_draw_others(const struct mu_app *app, struct mu_grid *grid,
                         const struct mu_layout *layout)
{
    mu_grid_paragraph(grid, layout->work,
                      mu_message_text(MU_SAY_case_form_others, mu_app_language(app)),
                      MU_STYLE_WARNING);
}

/* ---- the text ---- */

/* The form keeps the text before the editor drops its own draft: at no moment is there none. */
static bool text_written(struct mu_app *app, void *context, const char *text)
{
    struct mu_case_sheet *self = context;
    bool none = !*text || (self->blank && strcmp(text, self->blank) == 0);
    char *copy = none ? NULL : strdup(text);

    if (!none && !copy) {
        mu_app_say(app, MU_TONE_BAD, MU_SAY_error_no_memory, NULL);
        return false;
    }
    mu_case_wipe(&self->step.text);
    self->step.text = copy;
    self->in_text = true;
    mu_sheet_changed(self);
    if (!write_draft(app, self))
        return false;
    mu_app_say(app, MU_TONE_PLAIN, MU_SAY_case_form_text_taken,
               mu_message_text(self->type->text_label, mu_app_language(app)), NULL);
    return true;
}

static bool open_text(struct mu_app *app, struct mu_case_sheet *self)
{
    const struct mu_long_text request = {
        .title = self->type->text_label,
        .subject = self->subject,
        .hint = self->type->text_hint,
        .text = self->step.text ? self->step.text : self->blank,
        .limit = MU_CASE_TEXT_SIZE - 1,
        .draft = self->text_draft,
        .done = text_written,
        .context = self,
    };
    struct mu_error error;

    self->in_text = true;
    if (mu_open_long_text(app, &request, &error) == MU_OK)
        return true;
    mu_app_say_error(app, &error);
    return false;
}

void mu_sheet_go_on(struct mu_app *app, struct mu_case_sheet *self)
{
    struct mu_error error;
    char *body = NULL;

    if (!has_text(self))
        return;
    if (mu_desk_draft(mu_screens_desk(app), self->text_draft, &body, &error) != MU_OK)
        mu_app_say_error(app, &error);
    else if (body)
        open_text(app, self);
    mu_case_wipe(&body);
}

/* ---- events ---- */

bool mu_sheet_at_end(const struct mu_case_sheet *self)
{
    return mu_form_field(self->form) == &self->field[self->count - 1];
}

void mu_sheet_fault(struct mu_case_sheet *self, const char *field)
{
    if (!field)
        return;
    self->in_text = has_text(self) && strcmp(field, "text") == 0;
    mu_form_go(self->form, field);
}

static enum mu_form_result to_form(struct mu_app *app, struct mu_case_sheet *self,
                                   const struct mu_event *event)
{
    bool saving = event->kind == MU_EVENT_KEY && event->action == MU_DO_save;
    enum mu_form_result result = mu_app_form(app, self->form, event);

    if (result == MU_FORM_SAVE && self->type->text_required && !self->step.text) {
        self->in_text = true;
        mu_app_say(app, MU_TONE_WARNING, MU_SAY_case_form_text_missing,
                   mu_message_text(self->type->text_label, mu_app_language(app)), NULL);
        return MU_FORM_USED;
    }
    if (saving && result != MU_FORM_SAVE)
        self->in_text = false; /* the caret jumped to the fault */
    return result;
}

static enum mu_form_result text_event(struct mu_app *app, struct mu_case_sheet *self,
                                      const struct mu_event *event)
{
    if (event->kind == MU_EVENT_TEXT || event->kind == MU_EVENT_PASTE) {
        if (open_text(app, self)) /* what was begun here belongs into the editor */
            mu_app_event(app, *event);
        return MU_FORM_USED;
    }
    switch ((int)event->action) {
    case MU_DO_up:
    case MU_DO_previous:
        self->in_text = false;
        return MU_FORM_USED;
    case MU_DO_down:
    case MU_DO_next:
        return MU_FORM_USED;
    case MU_DO_accept:
        if (!event->scan)
            open_text(app, self);
        return MU_FORM_USED;
    case MU_DO_save:
    case MU_DO_back:
        return to_form(app, self, event);
    default:
        return MU_FORM_IGNORED;
    }
}

enum mu_form_result mu_sheet_event(struct mu_app *app, struct mu_case_sheet *self,
                                   const struct mu_event *event)
{
    static const struct mu_event leave_field = {.kind = MU_EVENT_KEY, .action = MU_DO_down};
    enum mu_action action = event->kind == MU_EVENT_KEY ? event->action : MU_DO_nothing;
    bool onward =
        action == MU_DO_next || action == MU_DO_down || (action == MU_DO_accept && !event->scan);

    if (has_text(self) && action == MU_DO_new) {
        open_text(app, self);
        return MU_FORM_USED;
    }
    if (self->in_text)
        return text_event(app, self, event);
    if (has_text(self) && onward && mu_sheet_at_end(self)) {
        (void)mu_app_form(app, self->form, &leave_field);
        self->in_text = true;
        return MU_FORM_USED;
    }
    return to_form(app, self, event);
}

struct mu_offer mu_sheet_offer(const struct mu_case_sheet *self, enum mu_action action)
{
    struct mu_offer offer = mu_form_offer(action);

    if (has_text(self) && action == MU_DO_new)
        return (struct mu_offer){.kind = MU_OFFER_YES, .label = MU_SAY_case_form_write_label};
    if (self->in_text && action == MU_DO_accept)
        offer.label = MU_SAY_case_form_write_label;
    if (self->in_text && (action == MU_DO_choose || action == MU_DO_same))
        offer.kind = MU_OFFER_NONE;
    return offer;
}

void mu_sheet_language(struct mu_app *app, void *state)
{
    mu_form_language(((struct mu_case_sheet *)state)->form, mu_app_language(app));
}

/* ---- drawing ---- */

static size_t count_characters(const char *text)
{
    size_t count = 0;

    for (; *text; text++)
        count += *text != '\n' && ((unsigned char)*text & 0xC0) != 0x80;
    return count;
}

/* The text in short: its first lines. */
static void draw_text(struct mu_app *app, const struct mu_case_sheet *self, struct mu_grid *grid,
                      struct mu_area area, bool focus)
{
    enum mu_language language = mu_app_language(app);
    const char *text = self->step.text;
    enum mu_message words = text                        ? MU_SAY_case_form_text_length
                            : self->type->text_required ? MU_SAY_case_form_text_wanted
                                                        : MU_SAY_case_form_text_none;
    char count[MU_COUNT_SIZE], line[256];
    int used;

    used = mu_grid_run(grid, area.row, area.column + 1, area.columns - 1,
                       mu_message_text(self->type->text_label, language),
                       focus ? MU_STYLE_FOCUS : MU_STYLE_LABEL);
    mu_count_text((int64_t)count_characters(text ? text : ""), count);
    mu_message_format(line, sizeof line, language, words, count, NULL);
    mu_grid_put(grid, area.row, area.column + 2 + used, area.columns - used - 2, line, MU_MARK,
                !text && self->type->text_required ? MU_STYLE_WARNING : MU_STYLE_HINT);
    if (focus)
        mu_grid_cursor(grid, area.row, area.column + 1);
    area.row++, area.rows--;
    area.column += 3, area.columns -= 4;
    mu_grid_paragraph(grid, area, text ? text : "", MU_STYLE_VALUE);
}

int mu_sheet_draw(struct mu_app *app, struct mu_case_sheet *self, struct mu_grid *grid,
                  struct mu_area area, int hint_row, bool focus)
{
    struct mu_area fields = area;
    int taken;

    if (area.columns > COLUMNS)
        area.columns = fields.columns = COLUMNS;
    if (has_text(self))
        fields.rows = fields.rows > TEXT_ROWS ? fields.rows - TEXT_ROWS : 1;
    mu_form_draw(self->form, grid, fields, hint_row, focus && !self->in_text);
    taken = mu_form_rows(self->form, fields);
    if (!has_text(self))
        return taken;
    area.row += taken;
    area.rows -= taken;
    draw_text(app, self, grid, area, focus && self->in_text);
    if (self->in_text)
        mu_grid_put(grid, hint_row, 0, grid->columns,
                    mu_message_text(self->type->text_hint, mu_app_language(app)), MU_MARK,
                    MU_STYLE_HINT);
    return taken + area.rows;
}
