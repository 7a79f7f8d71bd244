#include "tui/screens/case_page.h"

#include "tui/screens/case_page_state.h"
#include "tui/screens/case_reading.h"
#include "tui/screens/case_sheet.h"
#include "tui/screens/case_step_form.h"
#include "tui/screens/case_words.h"
#include "tui/screens/list_keys.h"
#include "tui/screens/screens.h"

#include <mulin/base/codes.h>
#include <mulin/base/text.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { HEAD_DUES = 3, HEAD_DUES_SMALL = 1, SMALL_ROWS = 16, LINE_SIZE = 768 };

/* ---- reading ---- */

/* What the sections show already needs no row among the steps. */
static bool shown_above(const struct mu_case *mediated, const struct mu_case_step *step)
{
    for (size_t i = 0; step->kind == MU_STEP_PARTY && i < mediated->persons; i++)
        if (mediated->person[i].step == step->number)
            return true;
    for (size_t i = 0; step->kind == MU_STEP_PROMISE && i < mediated->promises; i++)
        if (mediated->promise[i].step == step->number)
            return true;
    return false;
}

static void add_row(struct mu_case_page *self, enum mu_case_part part, size_t index)
{
    self->row[self->rows++] = (struct mu_case_row){part, index};
}

/* Parties, promises, and the steps, each with what was added to it beneath. */
static enum mu_status lay_out(struct mu_case_page *self, struct mu_error *error)
{
    const struct mu_case *mediated = &self->mediated;
    size_t room = mediated->persons + mediated->promises + mediated->steps + 1;
    struct mu_case_row *row = calloc(room, sizeof *row);

    if (!row)
        return mu_fail_memory(error);
    free(self->row);
    self->row = row;
    self->rows = 0;
    for (size_t i = 0; i < mediated->persons; i++)
        add_row(self, MU_PART_PARTIES, i);
    for (size_t i = 0; i < mediated->promises; i++)
        add_row(self, MU_PART_PROMISES, i);
    for (size_t i = 0; i < mediated->steps; i++) {
        const struct mu_case_step *step = &mediated->step[i];

        if (mu_case_step_root(mediated, step) != step)
            continue;
        if (!shown_above(mediated, step))
            add_row(self, MU_PART_STEPS, i);
        for (size_t j = i + 1; j < mediated->steps; j++)
            if (mu_case_step_root(mediated, &mediated->step[j]) == step)
                add_row(self, MU_PART_STEPS, j);
    }
    return MU_OK;
}

/* The row of the newest step; the last one when it has none of its own. */
static size_t newest(const struct mu_case_page *self)
{
    for (size_t i = 0; i < self->rows; i++)
        if (self->row[i].part == MU_PART_STEPS && self->row[i].index + 1 == self->mediated.steps)
            return i;
    return self->rows ? self->rows - 1 : 0;
}

static enum mu_status read_case(struct mu_app *app, struct mu_case_page *self,
                                struct mu_error *error)
{
    struct mu_desk *desk = mu_screens_desk(app);
    bool known = self->reader == mu_desk_operator_id(desk) && !self->failed;
    size_t steps = self->mediated.steps;
    struct mu_case mediated = {0};
    enum mu_status status = known ? mu_reread_case(desk, self->id, &mediated, &self->access, error)
                                  : mu_read_case(desk, self->id, &mediated, &self->access, error);

    mu_case_clear(&self->mediated);
    self->mediated = mediated;
    self->reader = mu_desk_operator_id(desk);
    self->rows = self->dues = 0;
    if (status == MU_OK)
        status = lay_out(self, error);
    if (status == MU_OK)
        self->dues = mu_case_dues(&self->mediated, self->due);
    self->failed = status != MU_OK;
    mu_list_count(&self->list, self->rows);
    if (self->mediated.steps != steps)
        self->list.cursor = newest(self);
    return status;
}

void mu_case_page_read(struct mu_app *app, void *state)
{
    struct mu_case_page *self = state;

    (void)(read_case(app, self, &self->error) == MU_OK);
}

const struct mu_case_row *mu_case_page_row(const struct mu_case_page *self)
{
    return self->list.cursor < self->rows ? &self->row[self->list.cursor] : NULL;
}

/* ---- what the files of the page share ---- */

void mu_case_page_write(struct mu_app *app, struct mu_case_page *self, int kind, int about)
{
    const struct mu_case_step_request request = {
        .mediated = &self->mediated,
        .kind = (enum mu_case_step_kind)kind,
        .about = about,
        .warning = kind == MU_STEP_PARTY && about
                       ? mu_message_text(MU_SAY_case_page_numbers_stay, mu_app_language(app))
                       : NULL};
    struct mu_error error;
    enum mu_status status = kind == MU_STEP_AGREED
                                ? mu_open_case_agreement(app, &self->mediated, &error)
                                : mu_open_case_step_form(app, &request, &error);

    if (status != MU_OK)
        mu_app_say_error(app, &error);
}

char *mu_case_offer(struct mu_case_offers *offers, int64_t id)
{
    size_t at = offers->count;

    if (at == MU_OFFERS)
        return NULL;
    offers->count++;
    offers->id[at] = id;
    offers->pick[at] = (struct mu_pick){.code = (int)at, .text = offers->text[at]};
    *offers->text[at] = '\0';
    return offers->text[at];
}

void mu_case_choose(struct mu_app *app, struct mu_case_page *self, enum mu_message title,
                    enum mu_message none,
                    void (*picked)(struct mu_app *app, void *state, bool chosen, int code))
{
    if (self->offers.count)
        mu_app_pick(app, mu_message_text(title, mu_app_language(app)), self->offers.pick,
                    self->offers.count, 0, picked, self);
    else
        mu_app_say(app, MU_TONE_WARNING, none, NULL);
}

/* ---- a row in full ---- */

/* A promise with what was paid and done of it. */
static char *promise_words(const struct mu_case *mediated, size_t index, enum mu_language language)
{
    const struct mu_case_step *step = &mediated->step[mediated->promise[index].step - 1];

    return mu_case_step_words(mediated, step, language);
}

static void open_row(struct mu_app *app, void *state)
{
    struct mu_case_page *self = state;
    const struct mu_case_row *row = mu_case_page_row(self);
    const struct mu_case *mediated = &self->mediated;
    enum mu_language language = mu_app_language(app);
    char subject[512], name[256] = "", *words = NULL;
    struct mu_error error;

    if (row->part == MU_PART_PARTIES) {
        mu_text_copy(name, sizeof name, mediated->person[row->index].party.name);
        words = mu_case_record_words(MU_STEP_PARTY, &mediated->person[row->index].party, language);
    } else if (row->part == MU_PART_PROMISES) {
        mu_text_copy(name, sizeof name, mediated->promise[row->index].promise->what);
        words = promise_words(mediated, row->index, language);
    } else {
        const struct mu_case_step *step = mu_case_step_root(mediated, &mediated->step[row->index]);

        mu_case_step_name(step, language, name, sizeof name);
        words = mu_case_step_words(mediated, step, language);
    }
    snprintf(subject, sizeof subject, "%s  %s", mediated->number, name);
    if (!words)
        mu_app_say(app, MU_TONE_BAD, MU_SAY_error_no_memory, NULL);
    else if (mu_open_case_reading(app, MU_SAY_case_page_title, subject, words, &error) != MU_OK)
        mu_app_say_error(app, &error);
    mu_case_wipe(&words);
}

/* ---- keys ---- */

static const struct mu_list_key page_key[] = {
    {MU_DO_accept, open_row, MU_SAY_case_page_open_label, true, 0, 0},
    {MU_DO_new, mu_case_page_next, MU_SAY_case_page_next_label, false, 0, 0},
    {MU_DO_save, mu_case_page_mend, MU_SAY_case_page_mend_label, true, 0, 0},
    {MU_DO_choose, mu_case_page_more, MU_SAY_case_page_more_label, false, 0, 0},
};

static const struct mu_list_keys page_keys = {page_key, sizeof page_key / sizeof *page_key,
                                              mu_case_page_read, NULL};

static bool is_others(const struct mu_app *app, const struct mu_case_page *self)
{
    return mu_desk_operator_id(mu_screens_desk(app)) != self->reader;
}

static bool page_event(struct mu_app *app, void *state, const struct mu_event *event)
{
    struct mu_case_page *self = state;

    if (is_others(app, self))
        mu_case_page_read(app, self);
    if (self->failed && !(event->kind == MU_EVENT_KEY && event->action == MU_DO_refresh))
        return false;
    return mu_list_keys_event(&page_keys, app, self, &self->list, event);
}

static struct mu_offer page_offer(struct mu_app *app, const void *state, enum mu_action action)
{
    const struct mu_case_page *self = state;
    bool writes = action == MU_DO_new || action == MU_DO_save;

    if (self->failed || is_others(app, self))
        return (struct mu_offer){.kind = action == MU_DO_refresh ? MU_OFFER_YES : MU_OFFER_NONE};
    if (writes && self->access != MU_CASE_HANDLE)
        return (struct mu_offer){.kind = MU_OFFER_NOT_NOW, .why = MU_SAY_case_page_only_read};
    return mu_list_keys_offer(&page_keys, app, &self->list, action);
}

/* ---- the list ---- */

enum { PART, WHEN, WHAT, MORE };

static const struct mu_column columns[] = {
    [PART] = {MU_SAY_case_page_part_column, 8, 8, 2, MU_MARK, false},
    [WHEN] = {MU_SAY_case_page_when_column, 10, 10, 1, MU_MARK, false},
    [WHAT] = {MU_SAY_case_page_what_column, 14, 18, 0, MU_MARK, false},
    [MORE] = {MU_SAY_case_page_more_column, 20, 80, 0, MU_MARK, false},
};

static void party_cell(const struct mu_case_person *person, size_t column,
                       enum mu_language language, char *out, size_t size)
{
    if (column == WHEN)
        mu_text_copy(out, size, mu_choice_word(&mu_case_sides, person->party.side, language));
    else if (column == WHAT)
        mu_text_copy(out, size, person->party.name);
    else
        snprintf(out, size, "%s%s%s", person->party.phone, *person->party.phone ? " " : "",
                 person->party.wish);
}

static void promise_cell(const struct mu_case_page *self, const struct mu_case_promised *promised,
                         size_t column, enum mu_language language, char *out, size_t size,
                         enum mu_style *style)
{
    char amount[MU_MONEY_SIZE], paid[MU_MONEY_SIZE], day[MU_DATE_SIZE];
    bool done = mu_date_known(promised->done_on);

    mu_money_format(promised->amount, amount);
    mu_money_format(promised->paid, paid);
    mu_date_format(done ? promised->done_on : promised->promise->due_on, day);
    if (done)
        *style = MU_STYLE_GOOD;
    else if (mu_date_compare(promised->promise->due_on, self->today) < 0)
        *style = MU_STYLE_WARNING;
    if (column == WHEN)
        mu_text_copy(out, size, day);
    else if (column == WHAT)
        mu_text_copy(out, size, promised->promise->who);
    else if (done)
        mu_message_format(out, size, language,
                          promised->amount.fen ? MU_SAY_case_page_promise_paid
                                               : MU_SAY_case_page_promise_done,
                          promised->promise->what, amount, NULL);
    else
        mu_message_format(out, size, language,
                          promised->amount.fen ? MU_SAY_case_page_promise_money
                                               : MU_SAY_case_page_promise_open,
                          promised->promise->what, amount, paid, NULL);
}

/* What was performed is named by its promise. */
static const char *performed(const struct mu_case *mediated, const struct mu_case_step *step)
{
    for (size_t i = 0; step->kind == MU_STEP_PERFORMED && i < mediated->promises; i++)
        if (mediated->promise[i].number == step->about)
            return mediated->promise[i].promise->what;
    return "";
}

static void step_cell(const struct mu_case *mediated, const struct mu_case_step *step,
                      size_t column, enum mu_language language, char *out, size_t size)
{
    if (column == WHEN)
        mu_date_format(step->date, out);
    else if (column == WHAT)
        mu_case_step_name(step, language, out, size);
    else {
        int used = snprintf(out, size, "%.120s ", performed(mediated, step));

        if (used == 1)
            used = 0;
        mu_case_step_line(step, language, out + used, size - (size_t)used);
    }
}

static void cell(void *context, size_t row, size_t column, enum mu_language language, char *out,
                 size_t size, enum mu_style *style)
{
    static const enum mu_message parts[] = {[MU_PART_PARTIES] = MU_SAY_case_page_parties,
                                            [MU_PART_PROMISES] = MU_SAY_case_page_promises,
                                            [MU_PART_STEPS] = MU_SAY_case_page_steps};
    const struct mu_case_page *self = context;
    const struct mu_case_row *at = &self->row[row];
    bool first = row == 0 || self->row[row - 1].part != at->part;

    if (column == PART) {
        mu_text_copy(out, size, first ? mu_message_text(parts[at->part], language) : "");
        *style = MU_STYLE_LABEL;
    } else if (at->part == MU_PART_PARTIES) {
        party_cell(&self->mediated.person[at->index], column, language, out, size);
    } else if (at->part == MU_PART_PROMISES) {
        promise_cell(self, &self->mediated.promise[at->index], column, language, out, size, style);
    } else {
        step_cell(&self->mediated, &self->mediated.step[at->index], column, language, out, size);
    }
}

static const struct mu_list_source source = {.cell = cell};

/* ---- the head ---- */

struct pen {
    struct mu_grid *grid;
    struct mu_area left; /* what is left to draw into */
    enum mu_language language;
};

static void put(struct pen *pen, const char *words, enum mu_style style)
{
    if (pen->left.rows <= 0)
        return;
    mu_grid_put(pen->grid, pen->left.row, pen->left.column + 1, pen->left.columns - 1, words,
                MU_MARK, style);
    pen->left.row++, pen->left.rows--;
}

static void draw_mediators(struct pen *pen, const struct mu_case *mediated)
{
    char line[LINE_SIZE];
    size_t used, start;

    used = start = (size_t)snprintf(line, sizeof line, "%s ",
                                    mu_message_text(MU_SAY_case_page_mediators, pen->language));
    for (size_t i = 0; i < mediated->mediators && used < sizeof line; i++)
        if (mediated->mediator[i].at_work)
            used += (size_t)snprintf(line + used, sizeof line - used, "%s%s",
                                     used > start ? "、" : "", mediated->mediator[i].name);
    if (used > start)
        put(pen, line, MU_STYLE_NORMAL);
    else
        put(pen, mu_message_text(MU_SAY_case_page_no_mediator, pen->language), MU_STYLE_WARNING);
}

/* What has to be known before anything else is done. */
static void draw_notice(struct pen *pen, const struct mu_case_page *self)
{
    const struct mu_case *mediated = &self->mediated;
    char line[LINE_SIZE], day[MU_DATE_SIZE];

    if (mediated->state == MU_CASE_PASSED) {
        mu_message_format(line, sizeof line, pen->language, MU_SAY_case_page_passed,
                          mu_choice_word(&mu_case_stations, mediated->station, pen->language),
                          NULL);
        put(pen, line, MU_STYLE_WARNING);
    } else if (mediated->state == MU_CASE_CLOSED) {
        mu_date_format(mediated->closed_on, day);
        mu_message_format(line, sizeof line, pen->language, MU_SAY_case_page_closed, day,
                          mu_choice_word(&mu_case_kept, mediated->kept, pen->language), NULL);
        put(pen, line, MU_STYLE_NORMAL);
    }
    if (self->access != MU_CASE_HANDLE)
        put(pen, mu_message_text(MU_SAY_case_page_only_read, pen->language), MU_STYLE_WARNING);
}

static void draw_dues(struct pen *pen, const struct mu_case_page *self, size_t most)
{
    char line[LINE_SIZE], more[16];

    for (size_t i = 0; i < self->dues && i < most; i++) {
        bool late = mu_case_due_line(&self->mediated, &self->due[i], self->today, pen->language,
                                     line, sizeof line);

        if (i + 1 == most && self->dues > most) {
            size_t used = mu_case_bytes(line);

            snprintf(more, sizeof more, "%zu", self->dues - most);
            mu_message_format(line + used, sizeof line - used, pen->language,
                              MU_SAY_case_page_more_dues, more, NULL);
        }
        put(pen, line, late ? MU_STYLE_WARNING : MU_STYLE_NORMAL);
    }
}

static void draw_head(struct pen *pen, const struct mu_case_page *self)
{
    const struct mu_case *mediated = &self->mediated;
    char label[MU_CASE_LABEL_SIZE], line[LINE_SIZE];

    mu_case_label(mediated, label);
    put(pen, label, MU_STYLE_BIG);
    if (mediated->intake) {
        snprintf(line, sizeof line, "%s  %s  %s  %s",
                 mu_choice_word(&mu_disputes, mediated->intake->dispute, pen->language),
                 mu_choice_word(&mu_case_levels, mediated->intake->level, pen->language),
                 mu_choice_word(&mu_case_sources, mediated->intake->source, pen->language),
                 mediated->intake->place);
        if (pen->left.rows > SMALL_ROWS - 2)
            put(pen, line, MU_STYLE_DIM);
    }
    draw_mediators(pen, mediated);
    draw_notice(pen, self);
    draw_dues(pen, self, pen->left.rows > SMALL_ROWS - 3 ? HEAD_DUES : HEAD_DUES_SMALL);
}

static void page_draw(struct mu_app *app, void *state, struct mu_grid *grid,
                      const struct mu_layout *layout)
{
    struct mu_case_page *self = state;
    enum mu_language language = mu_app_language(app);
    char where[256], line[512], text[MU_MESSAGE_SIZE], position[64];
    struct pen pen = {grid, layout->work, language};
    int width = layout->columns;

    if (is_others(app, self)) {
        mu_case_draw_others(app, grid, layout);
        return;
    }
    if (self->failed) {
        mu_error_text(&self->error, language, text, sizeof text);
        mu_grid_paragraph(grid, layout->work, text, MU_STYLE_BAD);
        return;
    }
    self->today = mu_app_now(app).date;
    mu_case_state_line(&self->mediated, language, where, sizeof where);
    snprintf(line, sizeof line, "%s  %s", self->mediated.number, where);
    mu_list_position(&self->list, position, sizeof position);
    mu_grid_put(grid, layout->status_row, 1, width - 16, line, MU_MARK, MU_STYLE_TITLE);
    mu_grid_put(grid, layout->status_row, width - 14, 13, position, MU_RIGHT, MU_STYLE_DIM);
    draw_head(&pen, self);
    mu_list_draw(&self->list, grid, pen.left, true, language);
    mu_grid_put(grid, layout->hint_row, 1, width - 1,
                mu_message_text(MU_SAY_case_page_hint, language), MU_MARK, MU_STYLE_HINT);
}

/* ---- the screen ---- */

static bool page_tick(struct mu_app *app, void *state)
{
    struct mu_case_page *self = state;

    if (!mu_screens_changed(app, &self->seen))
        return false;
    mu_case_page_read(app, self);
    return true;
}

static void page_subject(struct mu_app *app, const void *state, char *out, size_t size)
{
    const struct mu_case_page *self = state;

    if (!self->failed && !is_others(app, self))
        mu_text_copy(out, size, self->mediated.number);
}

static void page_close(struct mu_app *app, void *state)
{
    struct mu_case_page *self = state;

    (void)app;
    mu_case_clear(&self->mediated);
    free(self->row);
    explicit_bzero(self, sizeof *self);
    free(self);
}

static const struct mu_screen_type page_type = {
    .name = "case_page",
    .title = MU_SAY_case_page_title,
    .event = page_event,
    .draw = page_draw,
    .offer = page_offer,
    .typing = mu_typing_keys,
    .tick = page_tick,
    .resume = mu_case_page_read,
    .subject = page_subject,
    .close = page_close,
};

enum mu_status mu_open_case_page(struct mu_app *app, int64_t case_id, struct mu_error *error)
{
    struct mu_case_page *self = calloc(1, sizeof *self);
    enum mu_status status;

    if (!self)
        return mu_fail_memory(error);
    self->id = case_id;
    self->today = mu_app_now(app).date;
    self->seen = mu_screens_of(app)->changes;
    mu_list_init(&self->list, columns, sizeof columns / sizeof *columns, &source, self);
    status = read_case(app, self, error);
    if (status != MU_OK) {
        page_close(app, self);
        return status;
    }
    return mu_app_push(app, &page_type, self, error);
}
