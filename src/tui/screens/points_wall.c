#include "tui/screens/list_keys.h"
#include "tui/screens/month_choice.h"
#include "tui/screens/save_as.h"
#include "tui/screens/screens.h"

#include <mulin/base/text.h>
#include <mulin/desk/operators.h>
#include <mulin/domain/head.h>
#include <mulin/report/points.h>

#include <stdio.h>
#include <stdlib.h>

enum { DETAIL = 4 /* rows below the list */ };

struct wall {
    struct mu_date first;
    struct mu_points_wall *shown; /* owned; NULL: it could not be read */
    struct mu_error error;
    struct mu_list list;
    struct mu_save_as save;
    unsigned seen;
};

static bool reading(void *context, int64_t done, int64_t all)
{
    return mu_app_progress(context, MU_SAY_tally_working, (size_t)(done ? done : 1), (size_t)all);
}

static bool writing(void *context, int64_t done, int64_t all)
{
    return mu_app_progress(context, MU_SAY_list_progress, (size_t)done, (size_t)all);
}

/* What was shown stays when the other month cannot be read. */
static bool read_month(struct mu_app *app, struct wall *self, struct mu_date first)
{
    struct mu_points_wall *read = NULL;

    mu_app_progress(app, MU_SAY_tally_working, 0, 100);
    if (mu_read_points_wall(mu_screens_desk(app), mu_month_number(first), reading, app, &read,
                            &self->error) != MU_OK) {
        mu_app_say_error(app, &self->error);
        return false;
    }
    mu_points_wall_free(&self->shown);
    self->shown = read;
    self->first = first;
    mu_list_count(&self->list, read->count);
    return true;
}

static void read_wall(struct mu_app *app, void *state)
{
    struct wall *self = state;

    read_month(app, self, self->first);
}

/* ---- what can be done ---- */

static void follow(struct mu_app *app, void *state)
{
    const struct wall *self = state;
    struct mu_wall_row row;
    struct mu_error error;

    mu_wall_row(self->shown, self->list.cursor, &row);
    if (mu_open_points_statement(app, row.resident_id, self->shown->sum.month, &error) != MU_OK)
        mu_app_say_error(app, &error);
}

static void month_given(struct mu_app *app, void *state, const char *text)
{
    struct mu_date today = mu_app_now(app).date, first = {today.year, today.month, 1};

    if (mu_month_given(app, text, &first))
        read_month(app, state, first);
}

static void ask_month(struct mu_app *app, void *state)
{
    mu_ask_month(app, MU_SAY_month_ask, month_given, state);
}

static void write_file(struct mu_app *app, void *state, const struct mu_report_target *target)
{
    const struct wall *self = state;
    struct mu_report_target watched = *target;
    struct mu_error error;
    enum mu_status status =
        mu_post_points_wall(mu_screens_desk(app), self->shown, target->path, &error);

    watched.progress = writing;
    watched.context = app;
    mu_app_progress(app, MU_SAY_list_progress, 0, self->shown->count);
    if (status == MU_OK)
        status = mu_report_points_wall(&watched, self->shown, mu_app_language(app), &error);
    if (status == MU_OK)
        mu_app_say(app, MU_TONE_GOOD, MU_SAY_report_saved, target->path, NULL);
    else
        mu_app_say_error(app, &error);
}

static void ask_export(struct mu_app *app, void *state)
{
    struct wall *self = state;
    char month[MU_MONTH_SIZE];

    if (!self->shown)
        return;
    mu_month_format(self->first, month);
    mu_save_as_table(app, &self->save, MU_SAY_wall_file, month, write_file, self);
}

static const struct mu_list_key keys_of_list[] = {
    {MU_DO_accept, follow, MU_SAY_wall_follow_label, true, 0, 0},
    {MU_DO_new, ask_month, MU_SAY_month_label, false, 0, 0},
    {MU_DO_save, ask_export, MU_SAY_wall_export_label, false, MU_SAY_error_may_post_points,
     MU_MAY_post_points},
};

static const struct mu_list_keys keys = {keys_of_list, sizeof keys_of_list / sizeof *keys_of_list,
                                         read_wall, NULL};

static bool wall_event(struct mu_app *app, void *state, const struct mu_event *event)
{
    struct wall *self = state;
    bool left = event->kind == MU_EVENT_KEY && event->action == MU_DO_left;

    if (left || (event->kind == MU_EVENT_KEY && event->action == MU_DO_right)) {
        read_month(app, self, mu_month_add(self->first, left ? -1 : 1));
        return true;
    }
    return mu_list_keys_event(&keys, app, self, &self->list, event);
}

static struct mu_offer wall_offer(struct mu_app *app, const void *state, enum mu_action action)
{
    const struct wall *self = state;

    return mu_list_keys_offer(&keys, app, &self->list, action);
}

/* ---- drawing ---- */

enum { NUMBER, NAME, EARNED, SPENT, EXPIRED, BALANCE, SERVICES, SERVED, STARS };

static const struct mu_column columns[] = {
    [NUMBER] = {MU_SAY_wall_number, 4, 5, 1, MU_RIGHT, false},
    [NAME] = {MU_SAY_field_name, 8, 16, 0, MU_MARK, false},
    [EARNED] = {MU_SAY_wall_earned, 7, 8, 0, MU_RIGHT, false},
    [SPENT] = {MU_SAY_wall_spent, 7, 8, 2, MU_RIGHT, false},
    [EXPIRED] = {MU_SAY_wall_expired, 7, 8, 4, MU_RIGHT, false},
    [BALANCE] = {MU_SAY_statement_balance, 8, 9, 0, MU_RIGHT, false},
    [SERVICES] = {MU_SAY_wall_services, 8, 8, 3, MU_RIGHT, false},
    [SERVED] = {MU_SAY_wall_served, 7, 8, 1, MU_RIGHT, false},
    [STARS] = {MU_SAY_wall_stars, 6, 10, 3, MU_LEFT, false},
};

static void star_text(int stars, char *out, size_t size)
{
    static const char star[] = "★";
    size_t used = 0;

    *out = '\0';
    for (int i = 0; i < stars && used + sizeof star <= size; i++)
        used += (size_t)snprintf(out + used, size - used, "%s", star);
}

static int64_t number_of(const struct mu_wall_row *values, size_t row, size_t column)
{
    const int64_t numbers[] = {
        [NUMBER] = (int64_t)row + 1,         [EARNED] = values->moved.earned.count,
        [SPENT] = values->moved.spent.count, [EXPIRED] = values->moved.expired.count,
        [BALANCE] = values->balance.count,   [SERVICES] = values->moved.services};

    return numbers[column];
}

static void cell(void *context, size_t row, size_t column, enum mu_language language, char *out,
                 size_t size, enum mu_style *style)
{
    const struct wall *self = context;
    struct mu_wall_row values;
    char text[MU_COUNT_SIZE];

    (void)language;
    mu_wall_row(self->shown, row, &values);
    switch (column) {
    case NAME:
        mu_text_copy(out, size, values.name);
        break;
    case SERVED:
        mu_served_text(values.moved.minutes, text);
        mu_text_copy(out, size, text);
        break;
    case STARS:
        star_text(values.stars, out, size);
        *style = MU_STYLE_GOOD;
        break;
    default:
        mu_count_text(number_of(&values, row, column), text);
        mu_text_copy(out, size, text);
        break;
    }
}

static const struct mu_list_source source = {.cell = cell};

static void draw_notes(const struct wall *self, struct mu_grid *grid, struct mu_area area,
                       enum mu_language language)
{
    char lines[MU_WALL_LINES][MU_POINTS_TOLD_SIZE], head[MU_HEAD_SIZE];

    mu_points_wall_lines(self->shown, language, lines);
    for (int i = 0; i < 3; i++)
        mu_grid_put(grid, area.row + i, area.column + 1, area.columns - 1, lines[i], MU_MARK,
                    i < 2                            ? MU_STYLE_NORMAL
                    : self->shown->sum.entry_id == 0 ? MU_STYLE_WARNING
                                                     : MU_STYLE_GOOD);
    mu_head_print(MU_CHAIN_LEDGER, self->shown->entries, self->shown->head, head);
    mu_grid_say(grid, area.row + 3, area.column + 1, area.columns - 1, MU_LEFT, MU_STYLE_HINT,
                language, MU_SAY_settlement_head, head, NULL);
}

static void wall_draw(struct mu_app *app, void *state, struct mu_grid *grid,
                      const struct mu_layout *layout)
{
    struct wall *self = state;
    enum mu_language language = mu_app_language(app);
    char title[128], month[MU_MONTH_SIZE], position[64];
    struct mu_area area = layout->work, below = area;

    area.rows -= DETAIL + 1;
    below.row = area.row + area.rows + 1;
    below.rows = DETAIL;
    mu_month_format(self->first, month);
    mu_message_format(title, sizeof title, language, MU_SAY_wall_table_title, month, NULL);
    mu_list_position(&self->list, position, sizeof position);
    mu_grid_put(grid, layout->status_row, 1, layout->columns - 22, title, MU_MARK, MU_STYLE_TITLE);
    mu_grid_put(grid, layout->status_row, layout->columns - 20, 19, position, MU_RIGHT,
                MU_STYLE_DIM);
    mu_list_draw(&self->list, grid, area, true, language);
    draw_notes(self, grid, below, language);
    mu_grid_put(grid, layout->hint_row, 1, layout->columns - 1,
                mu_message_text(MU_SAY_wall_hint, language), MU_LEFT, MU_STYLE_HINT);
}

static bool wall_tick(struct mu_app *app, void *state)
{
    struct wall *self = state;

    return mu_screens_changed(app, &self->seen) && read_month(app, self, self->first);
}

static void wall_close(struct mu_app *app, void *state)
{
    struct wall *self = state;

    (void)app;
    mu_points_wall_free(&self->shown);
    free(self);
}

static const struct mu_screen_type wall_type = {
    .name = "points_wall",
    .title = MU_SAY_wall_title,
    .event = wall_event,
    .draw = wall_draw,
    .offer = wall_offer,
    .typing = mu_typing_keys,
    .tick = wall_tick,
    .resume = read_wall,
    .close = wall_close,
};

enum mu_status mu_open_points_wall(struct mu_app *app, struct mu_error *error)
{
    struct wall *self = calloc(1, sizeof *self);
    struct mu_date today = mu_app_now(app).date;
    enum mu_status status;

    if (!self)
        return mu_fail_memory(error);
    self->first = (struct mu_date){today.year, today.month, 1};
    self->seen = mu_screens_of(app)->changes;
    mu_app_progress(app, MU_SAY_tally_working, 0, 100);
    status = mu_read_points_wall(mu_screens_desk(app), mu_month_number(self->first), reading, app,
                                 &self->shown, error);
    if (status != MU_OK) {
        free(self);
        return status;
    }
    mu_list_init(&self->list, columns, sizeof columns / sizeof *columns, &source, self);
    self->list.empty = MU_SAY_wall_empty;
    mu_list_count(&self->list, self->shown->count);
    return mu_app_push(app, &wall_type, self, error);
}
