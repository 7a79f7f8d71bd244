#include "tui/screens/attendance.h"
#include "tui/screens/person.h"

#include <mulin/base/text.h>

#include <stdio.h>
#include <string.h>

enum { HITS_SHOWN = 7 };

enum { NUMBER, NAME, MINUTES, POINTS, WHY };

static const struct mu_column columns[] = {
    [NUMBER] = {MU_SAY_attendance_number, 4, 5, 0, MU_RIGHT, false},
    [NAME] = {MU_SAY_field_name, 10, 16, 0, MU_MARK, false},
    [MINUTES] = {MU_SAY_service_minutes, 7, 7, 1, MU_RIGHT, false},
    [POINTS] = {MU_SAY_service_points_label, 6, 6, 0, MU_RIGHT, false},
    [WHY] = {MU_SAY_attendance_why, 20, 120, 0, MU_MARK, false},
};

static void cell(void *context, size_t row, size_t column, enum mu_language language, char *out,
                 size_t size, enum mu_style *style)
{
    const struct attendance *self = context;
    const struct came *came = &self->row[self->count - 1 - row];
    char points[MU_POINTS_SIZE];

    if (came->refused)
        *style = MU_STYLE_BAD;
    switch (column) {
    case NUMBER:
        snprintf(out, size, "%zu", self->count - row);
        break;
    case NAME:
        mu_text_copy(out, size, came->name);
        break;
    case MINUTES:
        if (came->minutes)
            snprintf(out, size, "%d", came->minutes);
        break;
    case POINTS:
        mu_points_format(came->points, points);
        mu_text_copy(out, size, came->refused ? "" : points);
        break;
    default:
        if (came->refused)
            mu_error_why(&came->why, language, out, size);
        break;
    }
}

static const struct mu_list_source source = {.cell = cell};

static void hit_cell(void *context, size_t row, size_t column, enum mu_language language, char *out,
                     size_t size, enum mu_style *style)
{
    const struct attendance *self = context;

    mu_person_cell(&self->hit[row], self->today, (enum mu_person_column)column, language, out, size,
                   style);
}

static const struct mu_list_source hit_source = {.cell = hit_cell};

void mu_attendance_lists(struct attendance *self)
{
    mu_list_init(&self->hits, mu_person_columns, MU_PERSON_COLUMNS, &hit_source, self);
    self->hits.empty = MU_SAY_attendance_nobody;
    mu_list_init(&self->list, columns, sizeof columns / sizeof *columns, &source, self);
    self->list.empty = MU_SAY_attendance_none;
}

/* "清洁日  2026-11-22  09:00–11:00": what is the same for all, and what they come to. */
static void draw_status(struct mu_app *app, const struct attendance *self, struct mu_grid *grid,
                        const struct mu_layout *layout)
{
    enum mu_language language = mu_app_language(app);
    const struct mu_list_told *told = &self->told;
    struct mu_points sum = {0};
    size_t good = 0;
    char line[MU_MESSAGE_SIZE], sums[MU_MESSAGE_SIZE], day[MU_DATE_SIZE], time[32] = "";
    char number[24], points[MU_POINTS_SIZE];

    for (size_t i = 0; i < self->count; i++)
        if (!self->row[i].refused) {
            sum = mu_points_add(sum, self->row[i].points);
            good++;
        }
    mu_date_format(told->date, day);
    if (*told->from)
        snprintf(time, sizeof time, "%s–%s", told->from, told->to);
    else if (*told->minutes)
        mu_message_format(time, sizeof time, language, MU_SAY_points_line_minutes, told->minutes,
                          NULL);
    snprintf(line, sizeof line, "%s  %s  %s  %s", told->title, told->duty_name, day, time);
    snprintf(number, sizeof number, "%zu", good);
    mu_points_format(sum, points);
    mu_message_format(sums, sizeof sums, language, MU_SAY_attendance_sums, number, points, NULL);
    mu_grid_put(grid, layout->status_row, 1, layout->columns - mu_text_cells(sums) - 3, line,
                MU_MARK, MU_STYLE_TITLE);
    mu_grid_put(grid, layout->status_row, layout->columns - mu_text_cells(sums) - 1,
                mu_text_cells(sums), sums, MU_WHOLE, MU_STYLE_VALUE);
}

void mu_attendance_draw(struct mu_app *app, void *state, struct mu_grid *grid,
                        const struct mu_layout *layout)
{
    struct attendance *self = state;
    enum mu_language language = mu_app_language(app);
    struct mu_area area = layout->work;
    int label;

    mu_attendance_catch_up(app, self);
    draw_status(app, self, grid, layout);
    area.row++;
    area.rows -= 2;
    if (*mu_attendance_query(self)) {
        struct mu_area hits = area;

        hits.row++;
        hits.rows = HITS_SHOWN;
        mu_list_draw(&self->hits, grid, hits, true, language);
        area.row += HITS_SHOWN + 1;
        area.rows -= HITS_SHOWN + 1;
    } else {
        area.row++;
    }
    mu_list_draw(&self->list, grid, area, !*mu_attendance_query(self), language);
    label = mu_grid_run(grid, layout->work.row, 1, 12,
                        mu_message_text(MU_SAY_attendance_box, language), MU_STYLE_LABEL);
    mu_line_edit_draw(&self->box, grid, layout->work.row, 1 + label, layout->columns - label - 2,
                      true, language);
    mu_grid_put(grid, layout->hint_row, 1, layout->columns - 1,
                mu_message_text(MU_SAY_attendance_hint, language), MU_LEFT, MU_STYLE_HINT);
}
