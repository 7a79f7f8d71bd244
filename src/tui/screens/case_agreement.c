/* An agreement with its promises on one screen: written down in one commit. */
#include "tui/screens/case_sheet.h"
#include "tui/screens/case_step_form.h"
#include "tui/screens/case_words.h"
#include "tui/screens/screens.h"

#include <mulin/base/text.h>
#include <mulin/desk/case.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    PROMISE_KEYS = 4,
    PROMISE_ROWS = 6,     /* of the screen: title, headings and four promises, or the form of one */
    LINE_SIZE = 4 * 1024, /* bytes of a promise in a draft */
    NO_PROMISE = -1,
    WRITTEN = 1 /* data/codes/case_form.def */
};

/* Where the caret is: among fields and text, among the promises, in the form of one. */
enum zone { IN_SHEET, IN_TABLE, IN_PROMISE };

struct agreement {
    struct mu_case_sheet sheet; /* first: its functions are the screen's */
    int64_t case_id;
    int seen;
    bool between;
    enum zone zone;
    struct mu_case_promise promise[MU_CASE_PROMISES];
    size_t count;
    struct mu_list list;
    struct mu_case_promise now; /* that `form` fills */
    struct mu_field field[PROMISE_KEYS];
    struct mu_form *form; /* of one promise; NULL: none is being written */
    int at;               /* index of the one that it changes; NO_PROMISE: a new one */
    enum mu_language language;
    struct mu_date today;
    char parties[MU_CASE_LINE_SIZE]; /* who would sign */
};

static const char *const promise_key[PROMISE_KEYS] = {"who", "what", "amount", "due_on"};

/* ---- the form of a promise ---- */

static struct mu_form *new_form(struct agreement *self, struct mu_error *error)
{
    const struct mu_case_step_type *type = mu_case_step_type(MU_STEP_PROMISE);

    for (size_t i = 0; i < PROMISE_KEYS; i++) {
        self->field[i] = *mu_field_by_key(type->fields, type->field_count, promise_key[i]);
        self->field[i].carried = true;
    }
    return mu_form_new(self->field, PROMISE_KEYS, &self->now, self->language, self->today, error);
}

static bool begin_promise(struct mu_app *app, struct agreement *self, int at)
{
    static const struct mu_case_promise none;
    struct mu_error error;
    struct mu_form *form;

    if (at == NO_PROMISE && self->count == MU_CASE_PROMISES) {
        mu_app_say(app, MU_TONE_WARNING, MU_SAY_case_agree_full, NULL);
        return false;
    }
    self->now = at == NO_PROMISE ? none : self->promise[at];
    form = new_form(self, &error);
    if (!form) {
        mu_app_say_error(app, &error);
        return false;
    }
    /* Who has promised something often promises more. */
    mu_form_last(form, self->count ? &self->promise[self->count - 1] : NULL);
    mu_form_free(&self->form);
    self->form = form;
    self->at = at;
    self->zone = IN_PROMISE;
    return true;
}

static void end_promise(struct agreement *self)
{
    mu_form_free(&self->form);
    self->zone = IN_TABLE;
    mu_sheet_changed(&self->sheet);
}

static void take_promise(struct mu_app *app, struct agreement *self)
{
    struct mu_money amount;

    if (*self->now.amount && !mu_money_parse(self->now.amount, &amount)) {
        mu_form_go(self->form, "amount");
        mu_app_say(app, MU_TONE_WARNING, MU_SAY_case_agree_amount, NULL);
        return;
    }
    if (self->at == NO_PROMISE)
        self->at = (int)self->count++;
    self->promise[self->at] = self->now;
    mu_list_count(&self->list, self->count);
    self->list.cursor = (size_t)self->at;
    end_promise(self);
    mu_app_say(app, MU_TONE_PLAIN, MU_SAY_case_agree_taken, NULL);
}

static bool promise_event(struct mu_app *app, struct agreement *self, const struct mu_event *event)
{
    switch (mu_app_form(app, self->form, event)) {
    case MU_FORM_SAVE:
        take_promise(app, self);
        return true;
    case MU_FORM_LEAVE:
        end_promise(self);
        return true;
    case MU_FORM_IGNORED:
        return false;
    default:
        self->sheet.due |= mu_form_draft_due(self->form);
        return true;
    }
}

/* ---- drafts ---- */

static size_t put_promise(char *out, size_t size, const char *key, const char *const *value)
{
    int length =
        snprintf(out, size, "%s=%s\t%s\t%s\t%s\n", key, value[0], value[1], value[2], value[3]);

    return length > 0 && (size_t)length < size ? (size_t)length : 0;
}

/* Each promise is a line of four texts; the one that is being written stands last. */
static char *more_draft(const struct mu_case_sheet *sheet)
{
    const struct agreement *self = (const struct agreement *)sheet;
    size_t size = (self->count + 2) * LINE_SIZE, used = 0;
    char *lines = calloc(1, size), day[MU_DATE_SIZE], key[32];
    const char *typed[PROMISE_KEYS];

    if (!lines)
        return NULL;
    for (size_t i = 0; i < self->count; i++) {
        const struct mu_case_promise *promise = &self->promise[i];
        const char *const value[] = {promise->who, promise->what, promise->amount, day};

        mu_date_format(promise->due_on, day);
        used += put_promise(lines + used, size - used, "promise", value);
    }
    if (!self->form)
        return lines;
    for (size_t i = 0; i < PROMISE_KEYS; i++)
        typed[i] = mu_form_text(self->form, promise_key[i]);
    snprintf(key, sizeof key, "writing %d", self->at);
    put_promise(lines + used, size - used, key, typed);
    return lines;
}

/* Cuts a line of four texts into them. */
static bool split(char *line, char *value[PROMISE_KEYS])
{
    for (size_t i = 0; i < PROMISE_KEYS; i++)
        if ((value[i] = strsep(&line, "\t")) == NULL)
            return false;
    return true;
}

static void take_line(struct agreement *self, char *line)
{
    char *value[PROMISE_KEYS];
    struct mu_case_promise *promise;

    if (self->count == MU_CASE_PROMISES || !split(line, value))
        return;
    promise = &self->promise[self->count++];
    *promise = (struct mu_case_promise){0};
    mu_text_copy(promise->who, sizeof promise->who, value[0]);
    mu_text_copy(promise->what, sizeof promise->what, value[1]);
    mu_text_copy(promise->amount, sizeof promise->amount, value[2]);
    (void)mu_date_read(value[3], &promise->due_on);
}

/* The promise that was being written is written on. */
static void take_writing(struct agreement *self, char *line)
{
    char *rest, *value[PROMISE_KEYS], text[LINE_SIZE];
    long at = strtol(line, &rest, 10);
    size_t used = 0;
    struct mu_error error;

    if (*rest++ != '=' || !split(rest, value) || self->form)
        return;
    self->form = new_form(self, &error);
    if (!self->form)
        return;
    for (size_t i = 0; i < PROMISE_KEYS && used < sizeof text; i++)
        used +=
            (size_t)snprintf(text + used, sizeof text - used, "%s=%s\n", promise_key[i], value[i]);
    mu_form_draft_read(self->form, text);
    self->at = at >= 0 && (size_t)at < self->count ? (int)at : NO_PROMISE;
    self->zone = IN_PROMISE;
}

static void take_more(struct mu_case_sheet *sheet, const char *lines)
{
    static const char promise[] = "promise=", writing[] = "writing ";
    struct agreement *self = (struct agreement *)sheet;
    char line[LINE_SIZE];

    while (*lines) {
        size_t length = strcspn(lines, "\n");

        if (length < sizeof line) {
            memcpy(line, lines, length);
            line[length] = '\0';
            if (strncmp(line, promise, sizeof promise - 1) == 0)
                take_line(self, line + sizeof promise - 1);
            else if (strncmp(line, writing, sizeof writing - 1) == 0)
                take_writing(self, line + sizeof writing - 1);
        }
        lines += length + (lines[length] == '\n');
    }
    explicit_bzero(line, sizeof line);
    mu_list_count(&self->list, self->count);
}

/* ---- saving ---- */

/* The fault is in step `at`: 0 is the agreement, then the promises. */
static void go_to_fault(struct mu_app *app, struct agreement *self, size_t at, const char *field)
{
    if (!field)
        return;
    if (at == 0) {
        self->zone = IN_SHEET;
        mu_sheet_fault(&self->sheet, field);
    } else if (at <= self->count && begin_promise(app, self, (int)at - 1)) {
        mu_form_go(self->form, field);
    }
}

static void save(struct mu_app *app, struct agreement *self)
{
    struct mu_case_step *step = calloc(self->count + 1, sizeof *step);
    int64_t case_id = self->case_id;
    struct mu_case_written written;
    const char *field = NULL;
    struct mu_error error;
    enum mu_status status;
    size_t at = 0;

    if (!step) {
        mu_app_say(app, MU_TONE_BAD, MU_SAY_error_no_memory, NULL);
        return;
    }
    step[0] = self->sheet.step;
    for (size_t i = 0; i < self->count; i++) {
        step[i + 1].kind = MU_STEP_PROMISE;
        step[i + 1].date = step[0].date;
        step[i + 1].record.promise = self->promise[i];
    }
    status = mu_add_case_steps(mu_screens_desk(app), case_id, step, self->count + 1, self->seen,
                               &written, &at, &field, &error);
    explicit_bzero(step, (self->count + 1) * sizeof *step);
    free(step);
    if (status != MU_OK) {
        self->between |= mu_case_say_refused(app, case_id, &self->seen, &error);
        go_to_fault(app, self, at, field);
        return;
    }
    mu_sheet_done(app, &self->sheet);
    mu_app_pop(app);
    mu_case_say_written(app, case_id, MU_STEP_AGREED);
}

static void unpromised_agreed(struct mu_app *app, void *state, bool yes)
{
    if (yes)
        save(app, state);
}

/* An agreement that nobody has promised anything in cannot be kept track of: is it meant? */
static void ask_to_save(struct mu_app *app, struct agreement *self)
{
    if (self->count)
        save(app, self);
    else
        mu_app_confirm(app, mu_message_text(MU_SAY_case_agree_no_promise, self->language),
                       unpromised_agreed, self);
}

/* ---- events ---- */

static void remove_promise(struct agreement *self)
{
    size_t at = self->list.cursor;

    if (at >= self->count)
        return;
    memmove(&self->promise[at], &self->promise[at + 1],
            (self->count - at - 1) * sizeof *self->promise);
    self->count--;
    mu_list_count(&self->list, self->count);
    mu_sheet_changed(&self->sheet);
}

static bool table_event(struct mu_app *app, struct agreement *self, const struct mu_event *event)
{
    struct mu_event save_all = {.kind = MU_EVENT_KEY, .action = MU_DO_save};

    if (event->kind != MU_EVENT_KEY)
        return false;
    switch ((int)event->action) {
    case MU_DO_previous:
        self->zone = IN_SHEET;
        return true;
    case MU_DO_up:
        if (self->list.cursor == 0 || !self->count) {
            self->zone = IN_SHEET;
            return true;
        }
        break;
    case MU_DO_accept:
        if (!event->scan)
            begin_promise(app, self, self->count ? (int)self->list.cursor : NO_PROMISE);
        return true;
    case MU_DO_new:
        begin_promise(app, self, NO_PROMISE);
        return true;
    case MU_DO_delete:
        remove_promise(self);
        return true;
    case MU_DO_save:
        if (mu_sheet_event(app, &self->sheet, &save_all) == MU_FORM_SAVE)
            ask_to_save(app, self);
        else
            self->zone = IN_SHEET;
        return true;
    case MU_DO_back:
        self->zone = IN_SHEET;
        return true;
    default:
        break;
    }
    return mu_list_event(&self->list, event, NULL) != MU_LIST_IGNORED;
}

static bool sheet_event(struct mu_app *app, struct agreement *self, const struct mu_event *event)
{
    enum mu_action action = event->kind == MU_EVENT_KEY ? event->action : MU_DO_nothing;

    if (self->sheet.in_text && (action == MU_DO_down || action == MU_DO_next)) {
        self->zone = IN_TABLE;
        return true;
    }
    if (action == MU_DO_new) {
        begin_promise(app, self, NO_PROMISE);
        return true;
    }
    switch (mu_sheet_event(app, &self->sheet, event)) {
    case MU_FORM_SAVE:
        ask_to_save(app, self);
        return true;
    case MU_FORM_LEAVE:
        mu_sheet_done(app, &self->sheet);
        mu_app_pop(app);
        return true;
    case MU_FORM_IGNORED:
        return false;
    default:
        return true;
    }
}

static bool agreement_event(struct mu_app *app, void *state, const struct mu_event *event)
{
    struct agreement *self = state;

    if (mu_sheet_is_others(app, &self->sheet))
        return mu_sheet_others_event(app, &self->sheet, event);
    if (self->between && event->kind == MU_EVENT_KEY && event->action == MU_DO_refresh) {
        mu_case_read_last(app, self->case_id);
        return true;
    }
    switch (self->zone) {
    case IN_PROMISE:
        return promise_event(app, self, event);
    case IN_TABLE:
        return table_event(app, self, event);
    default:
        return sheet_event(app, self, event);
    }
}

static struct mu_offer agreement_offer(struct mu_app *app, const void *state, enum mu_action action)
{
    const struct agreement *self = state;
    const struct mu_offer none = {.kind = MU_OFFER_NONE};

    if (mu_sheet_is_others(app, &self->sheet))
        return none;
    if (action == MU_DO_refresh && self->between)
        return (struct mu_offer){.kind = MU_OFFER_YES, .label = MU_SAY_case_form_look_label};
    if (self->zone == IN_PROMISE) {
        struct mu_offer offer = mu_form_offer(action);

        if (action == MU_DO_save)
            offer.label = MU_SAY_case_agree_take_label;
        return offer;
    }
    if (action == MU_DO_new)
        return (struct mu_offer){.kind = MU_OFFER_YES, .label = MU_SAY_case_agree_new_label};
    if (self->zone == IN_SHEET)
        return mu_sheet_offer(&self->sheet, action);
    if (action == MU_DO_accept)
        return (struct mu_offer){.kind = MU_OFFER_YES, .label = MU_SAY_case_agree_change_label};
    if (action == MU_DO_save)
        return (struct mu_offer){.kind = MU_OFFER_YES};
    return none;
}

/* ---- drawing ---- */

enum { WHO, WHAT, AMOUNT, DUE };

static const struct mu_column columns[] = {
    [WHO] = {MU_SAY_field_case_promise_who, 10, 20, 0, MU_MARK, false},
    [WHAT] = {MU_SAY_field_case_promise_what, 16, 60, 0, MU_MARK, false},
    [AMOUNT] = {MU_SAY_field_case_promise_amount, 10, 12, 0, MU_RIGHT, false},
    [DUE] = {MU_SAY_field_case_promise_due, 10, 10, 0, MU_MARK, false},
};

static void cell(void *context, size_t row, size_t column, enum mu_language language, char *out,
                 size_t size, enum mu_style *style)
{
    const struct mu_case_promise *promise = &((const struct agreement *)context)->promise[row];

    (void)language, (void)style;
    if (column == DUE)
        mu_date_format(promise->due_on, out);
    else
        mu_text_copy(out, size,
                     column == WHO    ? promise->who
                     : column == WHAT ? promise->what
                                      : promise->amount);
}

static const struct mu_list_source source = {.cell = cell};

static void draw_promises(struct mu_app *app, struct agreement *self, struct mu_grid *grid,
                          struct mu_area area, int hint_row)
{
    char count[24], line[256];

    snprintf(count, sizeof count, "%zu", self->count);
    mu_message_format(line, sizeof line, mu_app_language(app), MU_SAY_case_agree_promises, count,
                      NULL);
    mu_grid_put(grid, area.row, 1, area.columns - 1, line, MU_MARK,
                self->zone == IN_SHEET ? MU_STYLE_LABEL : MU_STYLE_TITLE);
    area.row++, area.rows--;
    if (self->zone == IN_PROMISE) {
        mu_form_draw(self->form, grid, area, hint_row, true);
        return;
    }
    self->list.empty = MU_SAY_case_agree_none;
    mu_list_draw(&self->list, grid, area, self->zone == IN_TABLE, mu_app_language(app));
    if (self->zone == IN_TABLE)
        mu_grid_put(grid, hint_row, 0, grid->columns,
                    mu_message_text(MU_SAY_case_agree_hint, mu_app_language(app)), MU_MARK,
                    MU_STYLE_HINT);
}

static void agreement_draw(struct mu_app *app, void *state, struct mu_grid *grid,
                           const struct mu_layout *layout)
{
    struct agreement *self = state;
    struct mu_area sheet = layout->work, table = layout->work;

    if (mu_sheet_is_others(app, &self->sheet)) {
        mu_case_draw_others(app, grid, layout);
        return;
    }
    mu_grid_put(grid, layout->status_row, 1, layout->columns - 1, self->sheet.subject, MU_MARK,
                MU_STYLE_TITLE);
    sheet.rows -= PROMISE_ROWS;
    table.row += sheet.rows;
    table.rows = PROMISE_ROWS;
    mu_sheet_draw(app, &self->sheet, grid, sheet, layout->hint_row, self->zone == IN_SHEET);
    draw_promises(app, self, grid, table, layout->hint_row);
}

static void agreement_language(struct mu_app *app, void *state)
{
    struct agreement *self = state;

    self->language = mu_app_language(app);
    mu_sheet_language(app, &self->sheet);
    if (self->form)
        mu_form_language(self->form, self->language);
}

static void agreement_close(struct mu_app *app, void *state)
{
    struct agreement *self = state;

    (void)app;
    mu_form_free(&self->form);
    mu_sheet_clear(&self->sheet);
    explicit_bzero(self->promise, sizeof self->promise);
    free(self);
}

static const struct mu_screen_type agreement_type = {
    .name = "case_agreement",
    .title = MU_SAY_step_agreed,
    .event = agreement_event,
    .draw = agreement_draw,
    .offer = agreement_offer,
    .draft = mu_sheet_keep,
    .language = agreement_language,
    .close = agreement_close,
};

/* A written agreement is signed by both, an oral one by nobody. */
static void field_left(void *context, struct mu_form *form, const struct mu_field *field)
{
    const struct agreement *self = context;

    if (strcmp(field->key, "form") == 0)
        mu_form_suggest(form, "signed_by",
                        self->sheet.step.record.agreement.form == WRITTEN ? self->parties : "");
}

static enum mu_status begin(struct mu_app *app, struct agreement *self,
                            const struct mu_case *mediated, struct mu_error *error)
{
    const struct mu_case_step_request request = {.mediated = mediated, .kind = MU_STEP_AGREED};
    char label[MU_CASE_LABEL_SIZE];
    const struct mu_rules *rules;
    enum mu_status status = mu_desk_rules(mu_screens_desk(app), &rules, NULL, error);

    self->case_id = mediated->id;
    self->seen = (int)mediated->steps;
    self->language = mu_app_language(app);
    self->today = mu_app_now(app).date;
    self->sheet.step.kind = MU_STEP_AGREED;
    self->sheet.more = more_draft;
    self->sheet.take_more = take_more;
    mu_case_parties(mediated, self->parties, sizeof self->parties);
    mu_case_label(mediated, label);
    snprintf(self->sheet.subject, sizeof self->sheet.subject, "%s %s", mediated->number, label);
    mu_list_init(&self->list, columns, sizeof columns / sizeof *columns, &source, self);
    if (status == MU_OK)
        status = mu_case_step_begin(&request, rules, mu_app_now(app), &self->sheet.step, error);
    if (status == MU_OK)
        status = mu_sheet_start(app, &self->sheet, self->case_id, error);
    if (status == MU_OK)
        mu_form_on_left(self->sheet.form, field_left, self);
    return status;
}

enum mu_status mu_open_case_agreement(struct mu_app *app, const struct mu_case *mediated,
                                      struct mu_error *error)
{
    struct agreement *self = calloc(1, sizeof *self);
    enum mu_status status;

    if (!self)
        return mu_fail_memory(error);
    status = begin(app, self, mediated, error);
    if (status != MU_OK) {
        agreement_close(app, self);
        return status;
    }
    status = mu_app_push(app, &agreement_type, self, error);
    if (status == MU_OK)
        mu_sheet_go_on(app, &self->sheet);
    return status;
}
