#include "tui/screens/list_keys.h"
#include "tui/screens/month_choice.h"
#include "tui/screens/save_as.h"
#include "tui/screens/screens.h"

#include <mulin/base/text.h>
#include <mulin/desk/entry_explain.h>
#include <mulin/desk/operators.h>
#include <mulin/domain/head.h>
#include <mulin/report/points.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

enum { DETAIL = 6 /* rows below the list */ };

struct statement {
    int64_t resident_id;
    int from_month;                    /* 0: from the first entry on */
    int to_month;                      /* 0: up to now */
    struct mu_points_statement *shown; /* owned; NULL: it could not be read */
    struct mu_error error;
    struct mu_list list;
    struct mu_save_as save;
    unsigned seen;
};

static const struct mu_points_entry *at_cursor(const struct statement *self)
{
    return self->shown && self->shown->count ? &self->shown->entry[self->list.cursor] : NULL;
}

static void read_statement(struct mu_app *app, void *state)
{
    struct statement *self = state;

    mu_points_statement_free(&self->shown);
    if (mu_read_points_statement(mu_screens_desk(app), self->resident_id, self->from_month,
                                 self->to_month, &self->shown, &self->error) != MU_OK)
        mu_app_say_error(app, &self->error);
    mu_list_count(&self->list, self->shown ? self->shown->count : 0);
}

/* ---- what can be done ---- */

static void explain(struct mu_app *app, void *state)
{
    const struct statement *self = state;
    int64_t entry_id = at_cursor(self)->entry_id;
    char *text = NULL, number[MU_COUNT_SIZE], title[256];
    struct mu_error error;

    if (mu_explain_entry(mu_screens_desk(app), entry_id, mu_app_language(app), &text, &error) !=
        MU_OK) {
        mu_app_say_error(app, &error);
        return;
    }
    snprintf(number, sizeof number, "%" PRId64, entry_id);
    mu_message_format(title, sizeof title, mu_app_language(app), MU_SAY_statement_explained, number,
                      self->shown->name, NULL);
    mu_app_read(app, title, text);
    free(text);
}

static void month_given(struct mu_app *app, void *state, const char *text)
{
    struct statement *self = state;
    struct mu_date first = {0};

    if (!mu_month_given(app, text, &first))
        return;
    self->from_month = self->to_month = mu_month_number(first);
    self->list.cursor = 0;
    read_statement(app, self);
}

static void ask_month(struct mu_app *app, void *state)
{
    mu_ask_month(app, MU_SAY_statement_ask_month, month_given, state);
}

static void write_file(struct mu_app *app, void *state, const struct mu_report_target *target)
{
    const struct statement *self = state;
    struct mu_error error;
    enum mu_status status =
        mu_take_out_statement(mu_screens_desk(app), self->shown, target->path, &error);

    if (status == MU_OK)
        status = mu_report_points_statement(target, self->shown, mu_app_language(app), &error);
    if (status == MU_OK)
        mu_app_say(app, MU_TONE_GOOD, MU_SAY_report_saved, target->path, NULL);
    else
        mu_app_say_error(app, &error);
}

static void ask_export(struct mu_app *app, void *state)
{
    struct statement *self = state;

    if (self->shown)
        mu_save_as_table(app, &self->save, MU_SAY_statement_file, self->shown->name, write_file,
                         self);
}

static void certify(struct mu_app *app, void *state)
{
    const struct statement *self = state;
    struct mu_error error;

    if (mu_open_certificate(app, self->resident_id, &error) != MU_OK)
        mu_app_say_error(app, &error);
}

static const struct mu_list_key keys_of_list[] = {
    {MU_DO_accept, explain, MU_SAY_statement_explain_label, true, 0, 0},
    {MU_DO_choose, ask_month, MU_SAY_month_label, false, 0, 0},
    {MU_DO_save, ask_export, MU_SAY_month_export_label, false, 0, 0},
    {MU_DO_new, certify, MU_SAY_certificate_label, false, MU_SAY_error_may_post_points,
     MU_MAY_post_points},
};

static const struct mu_list_keys keys = {keys_of_list, sizeof keys_of_list / sizeof *keys_of_list,
                                         read_statement, NULL};

static bool statement_event(struct mu_app *app, void *state, const struct mu_event *event)
{
    struct statement *self = state;

    return mu_list_keys_event(&keys, app, self, &self->list, event);
}

static struct mu_offer statement_offer(struct mu_app *app, const void *state, enum mu_action action)
{
    const struct statement *self = state;

    return mu_list_keys_offer(&keys, app, &self->list, action);
}

/* ---- drawing ---- */

enum { ENTRY, DATE, KIND, ABOUT, POINTS, BALANCE, RULE };

static const struct mu_column columns[] = {
    [ENTRY] = {MU_SAY_statement_entry, 6, 7, 2, MU_RIGHT, false},
    [DATE] = {MU_SAY_statement_date, 10, 10, 0, MU_MARK, false},
    [KIND] = {MU_SAY_statement_kind, 8, 8, 1, MU_MARK, false},
    [ABOUT] = {MU_SAY_statement_about, 10, 40, 0, MU_MARK, false},
    [POINTS] = {MU_SAY_statement_points, 6, 7, 0, MU_RIGHT, false},
    [BALANCE] = {MU_SAY_statement_balance, 7, 8, 0, MU_RIGHT, false},
    [RULE] = {MU_SAY_statement_rule, 18, 30, 3, MU_MARK, false},
};

static void cell(void *context, size_t row, size_t column, enum mu_language language, char *out,
                 size_t size, enum mu_style *style)
{
    const struct statement *self = context;
    const struct mu_points_entry *entry = &self->shown->entry[row];
    char text[MU_POINTS_TOLD_SIZE] = "", version[16];

    snprintf(version, sizeof version, "%d", entry->rules_version);
    if (entry->reversed_by)
        *style = MU_STYLE_DIM;
    switch (column) {
    case ENTRY:
        snprintf(text, sizeof text, "%" PRId64, entry->entry_id);
        break;
    case DATE:
        mu_date_format(entry->date, text);
        break;
    case KIND:
        if (entry->kind)
            mu_text_copy(text, sizeof text,
                         mu_message_text(mu_points_kind_name(entry->kind), language));
        break;
    case ABOUT: /* the rest of it stands below */
        mu_text_copy(text, sizeof text, *entry->about ? entry->about : entry->reason);
        break;
    case POINTS:
        snprintf(text, sizeof text, "%+" PRId64, entry->points.count);
        break;
    case BALANCE:
        mu_points_format(entry->balance, text);
        break;
    default:
        mu_message_format(text, sizeof text, language, MU_SAY_statement_rule_of_book,
                          entry->rule_id, version, NULL);
        break;
    }
    mu_text_copy(out, size, text);
}

static const struct mu_list_source source = {.cell = cell};

static void put(struct mu_grid *grid, struct mu_area *area, const char *text, enum mu_style style)
{
    if (area->rows < 1 || !*text)
        return;
    mu_grid_put(grid, area->row++, area->column + 1, area->columns - 1, text, MU_MARK, style);
    area->rows--;
}

/* Which rule of which book decided, by whom and when it was recorded. */
static void decided_text(const struct mu_points_entry *entry, enum mu_language language, char *out)
{
    char version[16], moment[MU_MOMENT_SIZE];

    snprintf(version, sizeof version, "%d", entry->rules_version);
    mu_moment_format(entry->recorded_at, moment);
    moment[10] = ' ';
    moment[16] = '\0';
    mu_message_format(out, MU_POINTS_TOLD_SIZE, language, MU_SAY_statement_decided, entry->rule_id,
                      version, moment, entry->operator_name, NULL);
}

/* The entry at the cursor: which rule of which book, by whom and when, and what else is said. */
static void draw_entry(const struct statement *self, struct mu_grid *grid, struct mu_area area,
                       enum mu_language language)
{
    const struct mu_points_entry *entry = at_cursor(self);
    char text[MU_POINTS_TOLD_SIZE];
    char lines[MU_STATEMENT_LINES][MU_POINTS_TOLD_SIZE], head[MU_HEAD_SIZE];

    mu_points_statement_lines(self->shown, language, lines);
    if (entry) {
        mu_points_entry_text(entry, language, text);
        put(grid, &area, text, MU_STYLE_TITLE);
        mu_points_entry_note(entry, language, text);
        put(grid, &area, text, MU_STYLE_NORMAL);
        decided_text(entry, language, text);
        put(grid, &area, text, MU_STYLE_NORMAL);
    }
    put(grid, &area, lines[2], MU_STYLE_DIM);
    put(grid, &area, lines[3], MU_STYLE_DIM);
    mu_head_print(MU_CHAIN_LEDGER, self->shown->entries, self->shown->head, head);
    mu_message_format(text, sizeof text, language, MU_SAY_settlement_head, head, NULL);
    put(grid, &area, text, MU_STYLE_HINT);
}

static void statement_draw(struct mu_app *app, void *state, struct mu_grid *grid,
                           const struct mu_layout *layout)
{
    struct statement *self = state;
    enum mu_language language = mu_app_language(app);
    char text[MU_MESSAGE_SIZE + MU_PERSON_NAME_SIZE + 4], position[64];
    char lines[MU_STATEMENT_LINES][MU_POINTS_TOLD_SIZE];
    struct mu_area area = layout->work, below;

    below = area;
    area.rows -= DETAIL + 1;
    below.row = area.row + area.rows + 1;
    below.rows = DETAIL;
    if (self->shown) {
        mu_points_statement_lines(self->shown, language, lines);
        snprintf(text, sizeof text, "%s  %s", self->shown->name, lines[0]);
        mu_list_position(&self->list, position, sizeof position);
        mu_grid_put(grid, layout->status_row, 1, layout->columns - 22, text, MU_MARK,
                    MU_STYLE_TITLE);
        mu_grid_put(grid, layout->status_row, layout->columns - 20, 19, position, MU_RIGHT,
                    MU_STYLE_DIM);
        mu_list_draw(&self->list, grid, area, true, language);
        draw_entry(self, grid, below, language);
    } else {
        mu_error_text(&self->error, language, text, sizeof text);
        mu_grid_paragraph(grid, area, text, MU_STYLE_BAD);
        mu_grid_cursor(grid, area.row, area.column);
    }
    mu_grid_put(grid, layout->hint_row, 1, layout->columns - 1,
                mu_message_text(MU_SAY_statement_hint, language), MU_LEFT, MU_STYLE_HINT);
}

static bool statement_tick(struct mu_app *app, void *state)
{
    struct statement *self = state;

    if (!mu_screens_changed(app, &self->seen))
        return false;
    read_statement(app, self);
    return true;
}

static void statement_close(struct mu_app *app, void *state)
{
    struct statement *self = state;

    (void)app;
    mu_points_statement_free(&self->shown);
    free(self);
}

static const struct mu_screen_type statement_type = {
    .name = "points_statement",
    .title = MU_SAY_statement_title,
    .event = statement_event,
    .draw = statement_draw,
    .offer = statement_offer,
    .typing = mu_typing_keys,
    .tick = statement_tick,
    .resume = read_statement,
    .close = statement_close,
};

enum mu_status mu_open_points_statement(struct mu_app *app, int64_t resident_id, int month,
                                        struct mu_error *error)
{
    struct statement *self = calloc(1, sizeof *self);
    enum mu_status status;

    if (!self)
        return mu_fail_memory(error);
    self->resident_id = resident_id;
    self->from_month = self->to_month = month;
    self->seen = mu_screens_of(app)->changes;
    status = mu_read_points_statement(mu_screens_desk(app), resident_id, month, month, &self->shown,
                                      error);
    if (status != MU_OK) {
        free(self);
        return status;
    }
    mu_list_init(&self->list, columns, sizeof columns / sizeof *columns, &source, self);
    self->list.empty = MU_SAY_statement_empty;
    mu_list_count(&self->list, self->shown->count);
    self->list.cursor = self->shown->count ? self->shown->count - 1 : 0;
    return mu_app_push(app, &statement_type, self, error);
}
