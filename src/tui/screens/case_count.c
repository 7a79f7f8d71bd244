/* The counts of mediation: what became of the cases of a year, a quarter or a month. */
#include "tui/screens/list_keys.h"
#include "tui/screens/save_as.h"
#include "tui/screens/screens.h"

#include <mulin/base/text.h>
#include <mulin/report/case_count.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

enum { PERIOD_TYPED = 24, YEAR = 12, TITLE_SIZE = 256 };

struct case_count_screen {
    struct mu_date from, to;
    enum mu_case_count_by by;
    struct mu_case_count *shown; /* owned; NULL: it could not be read */
    struct mu_error error;
    struct mu_list list;
    struct mu_save_as save;
    unsigned seen;
};

/* What was shown stays when the other period cannot be counted. */
static bool count(struct mu_app *app, struct case_count_screen *self, struct mu_date from,
                  struct mu_date to, enum mu_case_count_by by)
{
    struct mu_case_count *read = NULL;

    if (mu_count_cases(mu_screens_desk(app), from, to, by, &read, &self->error) != MU_OK) {
        mu_app_say_error(app, &self->error);
        return false;
    }
    mu_case_count_free(&self->shown);
    self->shown = read;
    self->from = from;
    self->to = to;
    self->by = by;
    mu_list_count(&self->list, read->count);
    return true;
}

static void read_again(struct mu_app *app, void *state)
{
    struct case_count_screen *self = state;

    count(app, self, self->from, self->to, self->by);
}

/* ---- keys ---- */

/* Months of the period; it moves by as many. */
static int months(const struct case_count_screen *self)
{
    return (self->to.year - self->from.year) * YEAR + self->to.month - self->from.month + 1;
}

static void go(struct mu_app *app, struct case_count_screen *self, int step)
{
    struct mu_date first = {self->from.year, self->from.month, 1};
    int length = months(self);

    first = mu_month_add(first, step * length);
    count(app, self, first, mu_month_end(mu_month_add(first, length - 1)), self->by);
}

static void look(struct mu_app *app, struct case_count_screen *self, int step)
{
    int by = ((int)self->by + step + MU_CASES_BY_COUNT) % MU_CASES_BY_COUNT;

    if (count(app, self, self->from, self->to, (enum mu_case_count_by)by))
        self->list.cursor = 0;
}

static void look_on(struct mu_app *app, void *state)
{
    look(app, state, 1);
}

static void period_given(struct mu_app *app, void *state, const char *text)
{
    struct case_count_screen *self = state;
    int year = mu_app_now(app).date.year;
    struct mu_date from = {year, 1, 1}, to = {year, YEAR, 31};
    struct mu_error error;

    if (!text)
        return;
    mu_text_trim(&text);
    if (!*text || mu_case_period_read(text, &from, &to)) {
        count(app, self, from, to, self->by);
        return;
    }
    (void)mu_fail(&error, MU_INPUT, MU_SAY_error_case_count_period, text, NULL);
    mu_app_say_error(app, &error);
}

static void ask_period(struct mu_app *app, void *state)
{
    mu_app_prompt(app, mu_message_text(MU_SAY_case_count_ask_period, mu_app_language(app)),
                  PERIOD_TYPED, false, period_given, state);
}

static void write_file(struct mu_app *app, void *state, const struct mu_report_target *target)
{
    const struct case_count_screen *self = state;
    struct mu_error error;

    if (mu_report_case_count(target, self->shown, mu_app_language(app), &error) == MU_OK)
        mu_app_say(app, MU_TONE_GOOD, MU_SAY_report_saved, target->path, NULL);
    else
        mu_app_say_error(app, &error);
}

static void ask_export(struct mu_app *app, void *state)
{
    struct case_count_screen *self = state;
    char from[MU_DATE_SIZE], to[MU_DATE_SIZE], days[2 * MU_DATE_SIZE];

    if (!self->shown)
        return;
    mu_date_format(self->from, from);
    mu_date_format(self->to, to);
    snprintf(days, sizeof days, "%s-%s", from, to);
    mu_save_as_table(app, &self->save, MU_SAY_case_count_place, days, write_file, self);
}

static const struct mu_list_key keys_of_list[] = {
    {MU_DO_choose, look_on, MU_SAY_report_look_label, false, 0, 0},
    {MU_DO_new, ask_period, MU_SAY_case_count_period_label, false, 0, 0},
    {MU_DO_save, ask_export, MU_SAY_month_export_label, false, 0, 0},
};

static const struct mu_list_keys keys = {keys_of_list, sizeof keys_of_list / sizeof *keys_of_list,
                                         read_again, NULL};

static bool count_event(struct mu_app *app, void *state, const struct mu_event *event)
{
    struct case_count_screen *self = state;

    if (event->kind == MU_EVENT_KEY)
        switch (event->action) {
        case MU_DO_left:
        case MU_DO_right:
            go(app, self, event->action == MU_DO_left ? -1 : 1);
            return true;
        case MU_DO_next:
        case MU_DO_previous:
            look(app, self, event->action == MU_DO_next ? 1 : -1);
            return true;
        default:
            break;
        }
    return mu_list_keys_event(&keys, app, self, &self->list, event);
}

static struct mu_offer count_offer(struct mu_app *app, const void *state, enum mu_action action)
{
    const struct case_count_screen *self = state;

    return mu_list_keys_offer(&keys, app, &self->list, action);
}

/* ---- drawing ---- */

enum { NAME, ACCEPTED, SETTLED, FAILED, WITHDRAWN, HANDED_ON, OPEN, MAJOR, SUCCESS, KEPT, MEDIAN };

static const struct mu_column columns[] = {
    [NAME] = {MU_SAY_report_name, 12, 20, 0, MU_MARK, false},
    [ACCEPTED] = {MU_SAY_case_count_accepted, 6, 7, 0, MU_RIGHT, false},
    [SETTLED] = {MU_SAY_case_count_settled, 7, 7, 0, MU_RIGHT, false},
    [FAILED] = {MU_SAY_case_count_failed, 6, 6, 2, MU_RIGHT, false},
    [WITHDRAWN] = {MU_SAY_case_count_withdrawn, 5, 6, 5, MU_RIGHT, false},
    [HANDED_ON] = {MU_SAY_case_count_handed_on, 4, 6, 6, MU_RIGHT, false},
    [OPEN] = {MU_SAY_case_count_open, 5, 6, 1, MU_RIGHT, false},
    [MAJOR] = {MU_SAY_case_count_major, 5, 6, 4, MU_RIGHT, false},
    [SUCCESS] = {MU_SAY_case_count_success, 7, 7, 0, MU_RIGHT, false},
    [KEPT] = {MU_SAY_case_count_kept, 7, 7, 3, MU_RIGHT, false},
    [MEDIAN] = {MU_SAY_case_count_median, 5, 6, 7, MU_RIGHT, false},
};

static void rate_text(int64_t rate, char *out, size_t size)
{
    int64_t tenths = (rate + 5) / 10;

    if (rate < 0)
        mu_text_copy(out, size, "-");
    else
        snprintf(out, size, "%" PRId64 ".%" PRId64 "%%", tenths / 10, tenths % 10);
}

static void cell(void *context, size_t row, size_t column, enum mu_language language, char *out,
                 size_t size, enum mu_style *style)
{
    const struct case_count_screen *self = context;
    const struct mu_case_figures *figures = &self->shown->row[row].figures;
    const int64_t numbers[] = {[ACCEPTED] = figures->accepted,
                               [SETTLED] = figures->outcome[MU_CASE_SETTLED],
                               [FAILED] = figures->outcome[MU_CASE_FAILED],
                               [WITHDRAWN] = figures->outcome[MU_CASE_WITHDRAWN],
                               [HANDED_ON] = figures->outcome[MU_CASE_HANDED_ON],
                               [OPEN] = figures->outcome[MU_CASE_OPEN],
                               [MAJOR] = figures->major,
                               [MEDIAN] = figures->median};
    char text[MU_CASE_COUNT_LABEL_SIZE];

    switch (column) {
    case NAME:
        mu_case_count_label(self->shown, &self->shown->row[row], language, text);
        break;
    case SUCCESS:
        rate_text(mu_case_success(figures), text, sizeof text);
        *style = MU_STYLE_GOOD;
        break;
    case KEPT:
        rate_text(mu_case_kept_rate(figures), text, sizeof text);
        break;
    default:
        mu_count_text(numbers[column], text);
        if (column == MEDIAN && !figures->timed)
            mu_text_copy(text, sizeof text, "-");
        *style = numbers[column] ? MU_STYLE_NORMAL : MU_STYLE_DIM;
        break;
    }
    mu_text_copy(out, size, text);
}

static const struct mu_list_source source = {.cell = cell};

/* The lines at the end of the area, which loses those rows. */
static void draw_lines(const struct case_count_screen *self, struct mu_grid *grid,
                       struct mu_area *area, enum mu_language language)
{
    char lines[MU_CASE_COUNT_LINES][MU_CASE_COUNT_LINE_SIZE];
    int count = (int)mu_case_count_lines(self->shown, language, lines), last = 2;

    area->rows -= count + last;
    for (int i = 0; i + 1 < count; i++)
        mu_grid_put(grid, area->row + area->rows + 1 + i, area->column + 1, area->columns - 2,
                    lines[i], MU_MARK, i == 1 ? MU_STYLE_GOOD : MU_STYLE_NORMAL);
    mu_grid_paragraph(
        grid,
        (struct mu_area){area->row + area->rows + count, area->column + 1, last, area->columns - 2},
        lines[count - 1], MU_STYLE_HINT);
}

static void count_draw(struct mu_app *app, void *state, struct mu_grid *grid,
                       const struct mu_layout *layout)
{
    struct case_count_screen *self = state;
    enum mu_language language = mu_app_language(app);
    char title[TITLE_SIZE], period[MU_CASE_COUNT_LINE_SIZE], position[64];
    struct mu_area area = layout->work;

    mu_case_period_text(self->shown, language, period);
    mu_message_format(title, sizeof title, language, MU_SAY_case_count_title, period,
                      mu_message_text(mu_case_count_by_name(self->by), language), NULL);
    mu_grid_put(grid, layout->status_row, 1, layout->columns - 22, title, MU_MARK, MU_STYLE_TITLE);
    mu_list_position(&self->list, position, sizeof position);
    mu_grid_put(grid, layout->status_row, layout->columns - 20, 19, position, MU_RIGHT,
                MU_STYLE_DIM);
    draw_lines(self, grid, &area, language);
    mu_list_draw(&self->list, grid, area, true, language);
    mu_grid_put(grid, layout->hint_row, 1, layout->columns - 1,
                mu_message_text(MU_SAY_case_count_hint, language), MU_LEFT, MU_STYLE_HINT);
}

static bool count_tick(struct mu_app *app, void *state)
{
    struct case_count_screen *self = state;

    return mu_screens_changed(app, &self->seen) && count(app, self, self->from, self->to, self->by);
}

static void count_close(struct mu_app *app, void *state)
{
    struct case_count_screen *self = state;

    (void)app;
    mu_case_count_free(&self->shown);
    free(self);
}

static const struct mu_screen_type count_type = {
    .name = "case_count",
    .title = MU_SAY_case_count_place,
    .event = count_event,
    .draw = count_draw,
    .offer = count_offer,
    .typing = mu_typing_keys,
    .tick = count_tick,
    .resume = read_again,
    .close = count_close,
};

enum mu_status mu_open_case_count(struct mu_app *app, struct mu_error *error)
{
    struct case_count_screen *self = calloc(1, sizeof *self);
    int year = mu_app_now(app).date.year;

    if (!self)
        return mu_fail_memory(error);
    self->seen = mu_screens_of(app)->changes;
    mu_list_init(&self->list, columns, sizeof columns / sizeof *columns, &source, self);
    self->list.empty = MU_SAY_case_count_empty;
    if (!count(app, self, (struct mu_date){year, 1, 1}, (struct mu_date){year, YEAR, 31},
               MU_CASES_BY_MONTH)) {
        if (error)
            *error = self->error;
        free(self);
        return error ? error->status : MU_STORE;
    }
    return mu_app_push(app, &count_type, self, error);
}
