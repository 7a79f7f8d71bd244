/* How the list of cases looks: its columns, the pane beside it on a wide terminal. */
#include "tui/screens/cases.h"

#include <mulin/base/codes.h>
#include <mulin/base/text.h>

#include <stdio.h>
#include <string.h>

enum { NUMBER, DUE, LABEL, STATE, SINCE, MEDIATORS };
enum { PANE = 40, POSITION = 20, SOON = 7, BOX = 24 };

static const struct mu_column columns[] = {
    [NUMBER] = {MU_SAY_cases_number_column, 15, 20, 0, MU_MARK, false},
    [DUE] = {MU_SAY_cases_due_column, 18, 26, 1, MU_MARK, false},
    [LABEL] = {MU_SAY_cases_label_column, 18, 60, 0, MU_MARK, false},
    [STATE] = {MU_SAY_cases_state_column, 6, 12, 2, MU_MARK, false},
    [SINCE] = {MU_SAY_cases_since_column, 6, 10, 3, MU_MARK, false},
    [MEDIATORS] = {MU_SAY_cases_mediators_column, 8, 20, 4, MU_MARK, false},
};

void mu_case_due_words(const struct mu_case_due *due, struct mu_date today,
                       enum mu_language language, char *out, size_t size, enum mu_style *style)
{
    char days[MU_COUNT_SIZE];
    enum mu_message words = MU_SAY_cases_due_left;
    int left;

    *out = '\0';
    if (!due->kind)
        return;
    left = mu_date_days_between(today, due->due_on);
    if (left < 0) {
        words = MU_SAY_cases_due_late;
        *style = MU_STYLE_BAD;
    } else if (left == 0) {
        words = MU_SAY_cases_due_today;
        *style = MU_STYLE_WARNING;
    } else if (left <= SOON) {
        *style = MU_STYLE_WARNING;
    }
    mu_count_text(left < 0 ? -left : left, days);
    mu_message_format(out, size, language, words,
                      mu_message_text(mu_case_due_name(due->kind), language), days, NULL);
}

static void since(const struct mu_cases *self, struct mu_date day, char *out, size_t size)
{
    if (day.year == self->today.year)
        snprintf(out, size, "%02d-%02d", day.month, day.day);
    else
        snprintf(out, size, "%04d-%02d-%02d", day.year, day.month, day.day);
}

/* A list is narrow and mostly of one year: "(2026)长安调字第12号" is 长安调字第12号 in 2026. */
static const char *short_number(const struct mu_cases *self, const char *number)
{
    char year[16];
    int length = snprintf(year, sizeof year, "(%d)", self->today.year);

    return strncmp(number, year, (size_t)length) == 0 && number[length] ? number + length : number;
}

static void cell(void *context, size_t row, size_t column, enum mu_language language, char *out,
                 size_t size, enum mu_style *style)
{
    const struct mu_cases *self = context;
    const struct mu_case_line *line = &self->line[row];
    bool hidden = line->access == MU_CASE_HIDDEN;

    *out = '\0';
    if (hidden || line->state == MU_CASE_CLOSED)
        *style = MU_STYLE_DIM;
    switch (column) {
    case NUMBER:
        mu_text_copy(out, size, short_number(self, line->number));
        break;
    case DUE:
        mu_case_due_words(&line->due, self->today, language, out, size, style);
        break;
    case LABEL:
        mu_text_copy(out, size,
                     hidden ? mu_message_text(MU_SAY_cases_hidden, language) : line->label);
        break;
    case STATE:
        mu_text_copy(out, size, mu_message_text(mu_case_state_name(line->state), language));
        break;
    case SINCE:
        since(self, line->accepted_on, out, size);
        break;
    default:
        mu_text_copy(out, size, line->mediators);
        break;
    }
}

static const struct mu_list_source source = {.cell = cell};

void mu_cases_list(struct mu_cases *self)
{
    mu_list_init(&self->list, columns, sizeof columns / sizeof *columns, &source, self);
}

/* ---- the pane ---- */

struct pane {
    struct mu_grid *grid;
    struct mu_area area;
    enum mu_language language;
};

static void put(struct pane *pane, const char *text, enum mu_style style)
{
    int lines;

    if (!*text || pane->area.rows <= 0)
        return;
    lines = mu_grid_paragraph(pane->grid, pane->area, text, style);
    pane->area.row += lines;
    pane->area.rows -= lines;
}

static void say(struct pane *pane, enum mu_message message, const char *value)
{
    char line[2 * MU_CASE_LINE_SIZE];

    if (!*value)
        return;
    mu_message_format(line, sizeof line, pane->language, message, value, NULL);
    put(pane, line, MU_STYLE_VALUE);
}

static void draw_pane(const struct mu_cases *self, struct pane *pane)
{
    const struct mu_case_line *line = &self->line[self->list.cursor];
    enum mu_language language = pane->language;
    enum mu_style style = MU_STYLE_VALUE;
    char due[MU_CASE_LINE_SIZE];

    put(pane, line->number, MU_STYLE_TITLE);
    if (line->access == MU_CASE_HIDDEN) {
        put(pane, mu_message_text(MU_SAY_cases_pane_access, language), MU_STYLE_DIM);
        return;
    }
    put(pane, line->label, MU_STYLE_BIG);
    if (line->danger == 1)
        put(pane, mu_message_text(MU_SAY_cases_pane_danger, language), MU_STYLE_BAD);
    mu_case_due_words(&line->due, self->today, language, due, sizeof due, &style);
    put(pane, due, style);
    say(pane, MU_SAY_cases_pane_kind, mu_choice_word(&mu_disputes, line->dispute, language));
    say(pane, MU_SAY_cases_pane_source, mu_choice_word(&mu_case_sources, line->source, language));
    say(pane, MU_SAY_cases_pane_level, mu_choice_word(&mu_case_levels, line->level, language));
    say(pane, MU_SAY_cases_pane_weight, mu_choice_word(&mu_case_weights, line->weight, language));
    say(pane, MU_SAY_cases_pane_station,
        mu_choice_word(&mu_case_stations, line->station, language));
    say(pane, MU_SAY_cases_pane_mediators, line->mediators);
    if (line->outcome && line->outcome != MU_CASE_OPEN)
        say(pane, MU_SAY_cases_pane_outcome,
            mu_message_text(mu_case_outcome_name(line->outcome), language));
}

/* ---- the whole ---- */

static void draw_head(struct mu_cases *self, struct mu_grid *grid, const struct mu_layout *layout,
                      enum mu_language language)
{
    static const enum mu_message views[MU_CASES_VIEWS] = {
        [MU_CASES_OPEN] = MU_SAY_cases_open_view,
        [MU_CASES_DUE] = MU_SAY_cases_due_view,
        [MU_CASES_MINE] = MU_SAY_cases_mine_view,
        [MU_CASES_ALL] = MU_SAY_cases_all_view,
    };
    char position[64];

    mu_list_position(&self->list, position, sizeof position);
    mu_grid_put(grid, layout->status_row, BOX + 3, layout->columns - BOX - POSITION - 4,
                mu_message_text(views[self->view], language), MU_MARK, MU_STYLE_TITLE);
    mu_grid_put(grid, layout->status_row, layout->columns - POSITION, POSITION - 1, position,
                MU_RIGHT, MU_STYLE_DIM);
}

void mu_cases_draw(struct mu_app *app, struct mu_cases *self, struct mu_grid *grid,
                   const struct mu_layout *layout)
{
    enum mu_language language = mu_app_language(app);
    struct mu_area rows = layout->work;
    struct pane pane = {grid, layout->work, language};
    char text[MU_MESSAGE_SIZE];

    draw_head(self, grid, layout, language);
    rows.row++, rows.rows--;
    if (layout->wide) {
        rows.columns -= PANE + 2;
        pane.area = rows;
        pane.area.column = rows.columns + 2;
        pane.area.columns = PANE;
    }
    if (self->failed) {
        mu_error_text(&self->error, language, text, sizeof text);
        mu_grid_paragraph(grid, rows, text, MU_STYLE_BAD);
    } else {
        mu_list_draw(&self->list, grid, rows, true, language);
        if (layout->wide && self->list.cursor < self->count)
            draw_pane(self, &pane);
    }
    mu_grid_put(grid, layout->hint_row, 1, layout->columns - 1,
                mu_message_text(MU_SAY_cases_hint, language), MU_LEFT, MU_STYLE_HINT);
    mu_line_edit_draw(&self->box, grid, layout->status_row, 1, BOX, true, language);
}
