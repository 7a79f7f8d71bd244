#include "tui/screens/points_tally.h"

#include <mulin/base/text.h>
#include <mulin/report/points.h>

#include <stdio.h>
#include <string.h>

enum { LEAST_ROWS = 4 /* of the list */, TITLE_SIZE = 256, BAR = 14 };

enum meaning {
    NAME,
    DOUBT,
    WHY,
    ACCEPTED,
    PEOPLE,
    SERVICES,
    SERVED,
    EARNED,
    SPENT,
    LEFT,
    STARS,
    TREND,
    SHARE,
    CANDIDATE
};

enum mu_tally_by mu_tally_view_by(enum mu_tally_view view)
{
    return view == MU_TALLY_VIEW_TEAMS    ? MU_TALLY_BY_TEAM
           : view == MU_TALLY_VIEW_DUTIES ? MU_TALLY_BY_DUTY
                                          : MU_TALLY_BY_PERSON;
}

static void cell(void *context, size_t row, size_t index, enum mu_language language, char *out,
                 size_t size, enum mu_style *style);
static const struct mu_list_source source = {.cell = cell};

struct shown {
    enum meaning meaning;
    struct mu_column column;
};

#define RIGHT_COLUMN(title, narrow, wide, priority)                                                \
    {                                                                                              \
        title, narrow, wide, priority, MU_RIGHT, false                                             \
    }
#define LEFT_COLUMN(title, narrow, wide, priority)                                                 \
    {                                                                                              \
        title, narrow, wide, priority, MU_MARK, false                                              \
    }

static const struct shown of_doubts[] = {{NAME, LEFT_COLUMN(MU_SAY_field_name, 8, 10, 0)},
                                         {DOUBT, LEFT_COLUMN(MU_SAY_tally_doubt, 14, 18, 0)},
                                         {WHY, LEFT_COLUMN(MU_SAY_tally_why, 36, 60, 0)},
                                         {ACCEPTED, LEFT_COLUMN(MU_SAY_tally_word, 8, 30, 2)}};
static const struct shown of_people[] = {{NAME, LEFT_COLUMN(MU_SAY_field_name, 8, 14, 0)},
                                         {SERVICES, RIGHT_COLUMN(MU_SAY_tally_services, 5, 6, 3)},
                                         {SERVED, RIGHT_COLUMN(MU_SAY_tally_served, 7, 9, 0)},
                                         {EARNED, RIGHT_COLUMN(MU_SAY_tally_earned, 8, 10, 0)},
                                         {SPENT, RIGHT_COLUMN(MU_SAY_tally_spent, 8, 10, 4)},
                                         {LEFT, RIGHT_COLUMN(MU_SAY_tally_balance, 7, 10, 0)},
                                         {STARS, LEFT_COLUMN(MU_SAY_tally_stars, 5, 6, 2)},
                                         {TREND, LEFT_COLUMN(MU_SAY_tally_trend, 8, 10, 1)}};
static const struct shown of_groups[] = {{NAME, LEFT_COLUMN(MU_SAY_report_name, 14, 20, 0)},
                                         {PEOPLE, RIGHT_COLUMN(MU_SAY_tally_people, 6, 6, 2)},
                                         {SERVICES, RIGHT_COLUMN(MU_SAY_tally_services, 5, 6, 3)},
                                         {SERVED, RIGHT_COLUMN(MU_SAY_tally_served, 7, 9, 4)},
                                         {EARNED, RIGHT_COLUMN(MU_SAY_tally_earned, 8, 10, 0)},
                                         {TREND, LEFT_COLUMN(MU_SAY_tally_trend, 8, 10, 1)},
                                         {SHARE, LEFT_COLUMN(MU_SAY_report_bar, BAR, BAR, 5)}};
static const struct shown of_awards[] = {
    {CANDIDATE, LEFT_COLUMN(MU_SAY_tally_candidate, 40, 70, 0)}};

#define VIEW(title, table)                                                                         \
    {                                                                                              \
        title, (table), sizeof(table) / sizeof *(table)                                            \
    }

static const struct {
    enum mu_message title;
    const struct shown *shown;
    size_t count;
} views[MU_TALLY_VIEWS] = {
    [MU_TALLY_VIEW_DOUBTS] = VIEW(MU_SAY_tally_view_doubts, of_doubts),
    [MU_TALLY_VIEW_PEOPLE] = VIEW(MU_SAY_tally_by_person, of_people),
    [MU_TALLY_VIEW_TEAMS] = VIEW(MU_SAY_tally_by_team, of_groups),
    [MU_TALLY_VIEW_DUTIES] = VIEW(MU_SAY_tally_by_duty, of_groups),
    [MU_TALLY_VIEW_AWARDS] = VIEW(MU_SAY_tally_view_awards, of_awards),
};

static const enum mu_message empties[MU_TALLY_VIEWS] = {
    [MU_TALLY_VIEW_DOUBTS] = MU_SAY_tally_no_doubts, [MU_TALLY_VIEW_PEOPLE] = MU_SAY_tally_nothing,
    [MU_TALLY_VIEW_TEAMS] = MU_SAY_tally_nothing,    [MU_TALLY_VIEW_DUTIES] = MU_SAY_tally_nothing,
    [MU_TALLY_VIEW_AWARDS] = MU_SAY_candidates_none,
};

static size_t rows_of(const struct mu_tally_screen *self)
{
    switch (self->view) {
    case MU_TALLY_VIEW_DOUBTS:
        return self->doubts.count;
    case MU_TALLY_VIEW_AWARDS:
        return self->candidates;
    default:
        return self->tally ? self->tally->group[mu_tally_view_by(self->view)].count : 0;
    }
}

void mu_tally_show(struct mu_tally_screen *self)
{
    size_t cursor = self->list.cursor, count = rows_of(self), columns = views[self->view].count;

    for (size_t i = 0; i < columns; i++) {
        self->column[i] = views[self->view].shown[i].column;
        self->meaning[i] = (int)views[self->view].shown[i].meaning;
    }
    mu_list_init(&self->list, self->column, columns, &source, self);
    self->list.empty = empties[self->view];
    mu_list_count(&self->list, count);
    self->list.cursor = cursor < count ? cursor : count ? count - 1 : 0;
}

/* Rows. */

static void doubt_cell(const struct mu_tally_doubt *doubt, enum meaning meaning,
                       enum mu_language language, char *out, size_t size, enum mu_style *style)
{
    *style = *doubt->word ? MU_STYLE_DIM : MU_STYLE_NORMAL;
    switch (meaning) {
    case NAME:
        mu_text_copy(out, size, doubt->name);
        break;
    case DOUBT:
        *style = *doubt->word ? MU_STYLE_DIM : MU_STYLE_WARNING;
        mu_text_copy(out, size, mu_message_text(mu_doubt_name(doubt->kind), language));
        break;
    case WHY:
        mu_tally_doubt_text(doubt, language, out, size);
        break;
    default:
        mu_text_copy(out, size, doubt->word);
        break;
    }
}

/* A bar as long as the row's part of the largest one. */
static void bar_text(const struct mu_tally_group *group, int64_t earned, char *out, size_t size)
{
    static const char block[] = "█";
    struct mu_tally_row first;
    int64_t longest, cells;
    size_t used = 0;

    mu_tally_row(group, 0, &first);
    longest = first.person.moved.earned.count;
    cells = longest > 0 && earned > 0 ? (earned * BAR + longest - 1) / longest : 0;
    *out = '\0';
    for (int64_t i = 0; i < cells && i < BAR && used + sizeof block <= size; i++)
        used += (size_t)snprintf(out + used, size - used, "%s", block);
}

static void row_cell(const struct mu_tally_screen *self, const struct mu_tally_row *row,
                     enum meaning meaning, enum mu_language language, char *out, size_t size,
                     enum mu_style *style)
{
    const struct mu_points_sums *moved = &row->person.moved;
    enum mu_tally_by by = mu_tally_view_by(self->view);
    char text[TITLE_SIZE] = "";

    switch (meaning) {
    case NAME:
        mu_text_copy(text, sizeof text, mu_tally_label(by, row, language));
        break;
    case PEOPLE:
        mu_count_text(row->people, text);
        break;
    case SERVICES:
        mu_count_text(moved->services, text);
        break;
    case SERVED:
        mu_served_text(moved->minutes, text);
        break;
    case EARNED:
        mu_count_text(moved->earned.count, text);
        break;
    case SPENT:
        mu_count_text(moved->spent.count + moved->expired.count, text);
        break;
    case LEFT:
        mu_count_text(row->person.balance.count, text);
        break;
    case STARS:
        mu_stars_text(row->person.stars, text);
        *style = row->person.stars > row->stars_before ? MU_STYLE_GOOD : MU_STYLE_NORMAL;
        break;
    case TREND:
        mu_trend_text(row->trend, text);
        *style = MU_STYLE_LABEL;
        break;
    default:
        bar_text(&self->tally->group[by], moved->earned.count, text, sizeof text);
        *style = MU_STYLE_LABEL;
        break;
    }
    mu_text_copy(out, size, text);
}

static void cell(void *context, size_t row, size_t index, enum mu_language language, char *out,
                 size_t size, enum mu_style *style)
{
    const struct mu_tally_screen *self = context;
    enum meaning meaning = (enum meaning)self->meaning[index];
    struct mu_tally_row values;

    if (self->view == MU_TALLY_VIEW_DOUBTS) {
        doubt_cell(&self->doubts.doubt[row], meaning, language, out, size, style);
    } else if (self->view == MU_TALLY_VIEW_AWARDS) {
        *style = self->candidate[row].given ? MU_STYLE_DIM : MU_STYLE_NORMAL;
        mu_tally_candidate_text(self->tally, &self->candidate[row], language, out, size);
    } else {
        mu_tally_row(&self->tally->group[mu_tally_view_by(self->view)], row, &values);
        row_cell(self, &values, meaning, language, out, size, style);
    }
}

/* Below the list. */

static void draw_doubt(const struct mu_tally_screen *self, struct mu_grid *grid, int row,
                       int columns, enum mu_language language)
{
    const struct mu_tally_doubt *doubt = &self->doubts.doubt[self->list.cursor];
    char text[TITLE_SIZE];

    mu_tally_doubt_text(doubt, language, text, sizeof text);
    mu_grid_say(grid, row, 1, columns, MU_MARK, MU_STYLE_TITLE, language, MU_SAY_tally_doubt_line,
                doubt->name, mu_message_text(mu_doubt_name(doubt->kind), language), text, NULL);
    if (*doubt->word)
        mu_grid_say(grid, row + 1, 1, columns, MU_MARK, MU_STYLE_GOOD, language,
                    MU_SAY_doubt_accepted, doubt->word, doubt->accepted_by, NULL);
    else
        mu_grid_say(grid, row + 1, 1, columns, MU_MARK, MU_STYLE_HINT, language,
                    *self->word ? MU_SAY_tally_same_word : MU_SAY_tally_what_to_do, self->word,
                    NULL);
}

/* The lines at the end of the area, which loses those rows. */
static void draw_below(const struct mu_tally_screen *self, struct mu_grid *grid,
                       struct mu_area *area, enum mu_language language)
{
    char lines[MU_TALLY_LINES][MU_TALLY_LINE_SIZE];
    int count = (int)mu_tally_lines(self->tally, language, lines), row;
    bool doubt = self->view == MU_TALLY_VIEW_DOUBTS && self->doubts.count;
    int rows = (doubt ? 2 : 0) + count + 1;

    if (rows > area->rows - LEAST_ROWS)
        return;
    area->rows -= rows;
    row = area->row + area->rows + 1;
    if (doubt) {
        draw_doubt(self, grid, row, area->columns - 1, language);
        row += 2;
    }
    for (int i = 0; i < count; i++)
        mu_grid_put(grid, row++, 1, area->columns - 1, lines[i], MU_MARK,
                    i + 1 == MU_TALLY_LINES         ? MU_STYLE_HINT
                    : i == 1 && self->tally->closed ? MU_STYLE_GOOD
                    : i == 1 && self->tally->over   ? MU_STYLE_WARNING
                                                    : MU_STYLE_NORMAL);
}

void mu_tally_draw(struct mu_app *app, struct mu_tally_screen *self, struct mu_grid *grid,
                   const struct mu_layout *layout)
{
    enum mu_language language = mu_app_language(app);
    struct mu_area area = layout->work;
    char title[TITLE_SIZE], month[MU_MONTH_SIZE], open[MU_COUNT_SIZE], position[64];

    mu_month_format(mu_month_first(self->month), month);
    mu_count_text((int64_t)self->doubts.open, open);
    mu_message_format(title, sizeof title, language,
                      self->doubts.open ? MU_SAY_tally_title_open : MU_SAY_tally_table_title, month,
                      mu_message_text(views[self->view].title, language), open, NULL);
    mu_grid_put(grid, layout->status_row, 1, layout->columns - 22, title, MU_MARK, MU_STYLE_TITLE);
    mu_list_position(&self->list, position, sizeof position);
    mu_grid_put(grid, layout->status_row, layout->columns - 20, 19, position, MU_RIGHT,
                MU_STYLE_DIM);
    area.row++, area.rows--;
    if (self->tally) {
        draw_below(self, grid, &area, language);
        mu_list_draw(&self->list, grid, area, true, language);
    } else {
        mu_error_text(&self->error, language, title, sizeof title);
        mu_grid_paragraph(grid, area, title, MU_STYLE_BAD);
        mu_grid_cursor(grid, area.row, area.column);
    }
    mu_grid_put(grid, layout->hint_row, 1, layout->columns - 1,
                mu_message_text(MU_SAY_tally_hint, language), MU_LEFT, MU_STYLE_HINT);
}
