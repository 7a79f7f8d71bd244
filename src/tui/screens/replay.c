#include "tui/screens/month_choice.h"
#include "tui/screens/screens.h"

#include <mulin/base/text.h>
#include <mulin/report/points_replay.h>
#include <mulin/report/replay.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
    FIRST_BUDGET = 40, /* milliseconds of work before the screen is drawn, */
    BUDGET = 8,        /* and between two keys */
    LEAST_ROWS = 4,    /* of the list */
    LABEL_SIZE = MU_PERSON_NAME_SIZE + 32,
    PATH_SIZE = 1024,
    FAULT_SIZE = 1200,
    FAULTS_SHOWN = 100,
    AMOUNT_SIZE = 48,        /* bytes of yuan or points */
    NOTES = MU_REPLAY_LINES, /* more than those of points */
};

/* What the rows are; from VOLUNTEER on of points, in the order of enum mu_points_replay_by. */
enum look { PERSON, PAYER, TIER, VOLUNTEER, DUTY, TEAM, LOOKS };

enum column { NAME, COUNT, COUNT_WOULD, WAS, WOULD, DIFFERENCE, COLUMNS };

struct replay {
    struct mu_replay *replay; /* NULL: none yet */
    struct mu_points_replay *points;
    bool meals_done, done;
    enum look look;
    struct mu_column column[COLUMNS];
    enum column meaning[COLUMNS]; /* of each column that is shown */
    size_t columns;
    int payer[MU_PAYER_COUNT]; /* of each row by payer */
    struct mu_list list;
    char path[PATH_SIZE];
};

static long long milliseconds(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000LL + now.tv_nsec / 1000000;
}

/* Rows. */

static void cell(void *context, size_t row, size_t index, enum mu_language language, char *out,
                 size_t size, enum mu_style *style);
static const struct mu_list_source source = {.cell = cell};

static bool of_points(const struct replay *self)
{
    return self->look >= VOLUNTEER;
}

static enum mu_points_replay_by points_by(const struct replay *self)
{
    return (enum mu_points_replay_by)(self->look - VOLUNTEER);
}

static void show_column(struct replay *self, enum column meaning, enum mu_message heading,
                        int narrowest, unsigned how)
{
    /* Without room the last of these goes first. */
    static const int priority[COLUMNS] = {[WOULD] = 2, [WAS] = 3, [COUNT_WOULD] = 4, [COUNT] = 5};

    self->column[self->columns] = (struct mu_column){
        heading, narrowest, meaning == NAME ? 30 : narrowest + 2, priority[meaning], how, false};
    self->meaning[self->columns++] = meaning;
}

static void choose_columns(struct replay *self)
{
    bool points = of_points(self), tier = self->look == TIER;

    self->columns = 0;
    show_column(self, NAME, MU_SAY_report_name, 12, MU_MARK);
    if (self->look != PAYER)
        show_column(self, COUNT,
                    points ? MU_SAY_points_replay_services
                    : tier ? MU_SAY_replay_meals_was
                           : MU_SAY_replay_meals,
                    8, MU_RIGHT);
    if (points || tier)
        show_column(self, COUNT_WOULD,
                    points ? MU_SAY_points_replay_changed : MU_SAY_replay_meals_would, 8, MU_RIGHT);
    show_column(self, WAS, MU_SAY_replay_was, 11, MU_RIGHT);
    show_column(self, WOULD, MU_SAY_replay_would, 11, MU_RIGHT);
    show_column(self, DIFFERENCE, MU_SAY_replay_difference, 11, MU_RIGHT);
}

static size_t count_rows(struct replay *self)
{
    const struct mu_replay_report *report = mu_replay_report(self->replay);
    size_t count = 0;

    if (of_points(self))
        return mu_points_replay_rows(mu_points_replay_report(self->points), points_by(self));
    if (self->look == PERSON)
        return report->people;
    if (self->look == TIER)
        return report->tiers;
    for (int payer = 0; payer < MU_PAYER_COUNT; payer++)
        if (report->sums.was[payer].fen || report->sums.would[payer].fen)
            self->payer[count++] = payer;
    return count;
}

static void show_rows(struct replay *self)
{
    size_t count = self->replay && self->done ? count_rows(self) : 0;

    choose_columns(self);
    mu_list_init(&self->list, self->column, self->columns, &source, self);
    self->list.empty = MU_SAY_replay_empty;
    mu_list_count(&self->list, count);
}

/* What stands in a row: meals and fen, or services and points. */
struct values {
    int count, count_would;
    int64_t was, would;
};

static struct values values_of(const struct replay *self, size_t row)
{
    const struct mu_replay_report *report = mu_replay_report(self->replay);
    const struct mu_points_replay_sums *points;

    switch (self->look) {
    case PERSON:
        return (struct values){report->person[row].meals, 0,
                               report->person[row].sums.was[MU_PAYER_SELF].fen,
                               report->person[row].sums.would[MU_PAYER_SELF].fen};
    case PAYER:
        return (struct values){0, 0, report->sums.was[self->payer[row]].fen,
                               report->sums.would[self->payer[row]].fen};
    case TIER:
        return (struct values){report->tier[row].meals_was, report->tier[row].meals_would,
                               report->tier[row].pay_was.fen, report->tier[row].pay_would.fen};
    default:
        mu_points_replay_row(mu_points_replay_report(self->points), points_by(self), row,
                             MU_CHINESE, &points);
        return (struct values){points->services, points->changed, points->was.count,
                               points->would.count};
    }
}

static void name_of(const struct replay *self, size_t row, enum mu_language language, char *out,
                    size_t size)
{
    const struct mu_replay_report *report = mu_replay_report(self->replay);
    const struct mu_points_replay_sums *points;

    if (self->look == PERSON)
        mu_replay_label(&report->person[row], language, out, size);
    else if (self->look == PAYER)
        mu_text_copy(out, size,
                     mu_message_text(mu_payer_name((enum mu_payer)self->payer[row]), language));
    else if (self->look == TIER)
        mu_text_copy(out, size, mu_replay_tier_name(&report->tier[row], language));
    else
        mu_text_copy(out, size,
                     mu_points_replay_row(mu_points_replay_report(self->points), points_by(self),
                                          row, language, &points));
}

static void put_amount(const struct replay *self, int64_t amount, char *out, size_t size)
{
    char text[AMOUNT_SIZE];

    if (of_points(self))
        mu_points_format((struct mu_points){amount}, text);
    else
        mu_money_format((struct mu_money){amount}, text);
    mu_text_copy(out, size, text);
}

static void cell(void *context, size_t row, size_t index, enum mu_language language, char *out,
                 size_t size, enum mu_style *style)
{
    const struct replay *self = context;
    const struct values values = values_of(self, row);
    char text[MU_COUNT_SIZE];

    switch (self->meaning[index]) {
    case NAME:
        name_of(self, row, language, out, size);
        return;
    case COUNT:
    case COUNT_WOULD:
        mu_count_text(self->meaning[index] == COUNT ? values.count : values.count_would, text);
        mu_text_copy(out, size, text);
        return;
    case DIFFERENCE:
        put_amount(self, values.would - values.was, out, size);
        *style = values.would != values.was ? MU_STYLE_BIG : MU_STYLE_DIM;
        return;
    default:
        put_amount(self, self->meaning[index] == WAS ? values.was : values.would, out, size);
        return;
    }
}

static bool has_services(const struct replay *self)
{
    return self->points && mu_points_replay_report(self->points)->sums.services > 0;
}

static void forget(struct replay *self)
{
    mu_replay_free(&self->replay);
    mu_points_replay_free(&self->points);
    self->meals_done = self->done = false;
}

/* Both are there: a month without meals begins with its services. */
static void finish(struct replay *self)
{
    if (of_points(self) && !has_services(self))
        self->look = PERSON;
    else if (mu_replay_report(self->replay)->meals == 0 && has_services(self))
        self->look = VOLUNTEER;
    show_rows(self);
}

/* Replays on for a while, the meals first; true when there was something to do. */
static bool replay_on(struct mu_app *app, struct replay *self, long long budget)
{
    long long until = milliseconds() + budget;
    struct mu_error error;
    enum mu_status status;

    if (!self->replay || self->done)
        return false;
    do {
        status = self->meals_done ? mu_replay_points_on(self->points, &self->done, &error)
                                  : mu_replay_on(self->replay, &self->meals_done, &error);
        if (status != MU_OK) {
            forget(self);
            show_rows(self);
            mu_app_say_error(app, &error);
            return true;
        }
    } while (!self->done && milliseconds() < until);
    if (self->done)
        finish(self);
    return true;
}

/* Asking for draft and month. */

static void tell_faults(struct mu_app *app, const struct replay *self,
                        const struct mu_rules_faults *faults)
{
    enum mu_language language = mu_app_language(app);
    char *text = NULL, line[FAULT_SIZE];
    size_t length;
    FILE *out = open_memstream(&text, &length);

    if (!out)
        return;
    for (size_t i = 0; i < faults->count && i < FAULTS_SHOWN; i++) {
        mu_rules_fault_text(&faults->fault[i], self->path, language, line, sizeof line);
        fprintf(out, "%s\n", line);
    }
    if (fclose(out) == 0 && text)
        mu_app_read(app, mu_message_text(MU_SAY_replay_faults, language), text);
    free(text);
}

static void begin(struct mu_app *app, struct replay *self, struct mu_date month)
{
    struct mu_desk *desk = mu_screens_desk(app);
    struct mu_rules_faults faults = {0};
    struct mu_replay *meals = NULL;
    struct mu_points_replay *points = NULL;
    struct mu_error error;
    char *book = NULL;
    size_t length = 0;
    enum mu_status status = mu_rules_read(self->path, &book, &length, &error);

    if (status == MU_OK)
        status = mu_replay_rules(desk, book, length, month, &faults, &meals, &error);
    if (status == MU_OK)
        status = mu_replay_points(desk, book, length, month, &faults, &points, &error);
    free(book);
    if (status == MU_OK) {
        forget(self);
        self->replay = meals;
        self->points = points;
        show_rows(self);
        replay_on(app, self, FIRST_BUDGET);
    } else {
        mu_replay_free(&meals);
        if (faults.count)
            tell_faults(app, self, &faults);
        else
            mu_app_say_error(app, &error);
    }
    mu_rules_faults_clear(&faults);
}

static void month_given(struct mu_app *app, void *context, const char *text)
{
    struct mu_date today = mu_app_now(app).date;
    struct mu_date month = mu_month_add((struct mu_date){today.year, today.month, 1}, -1);

    if (mu_month_given(app, text, &month))
        begin(app, context, month);
}

static void path_given(struct mu_app *app, void *context, const char *text)
{
    struct replay *self = context;
    const char *folder = getenv("HOME");

    if (!text)
        return;
    mu_text_trim(&text);
    if (strncmp(text, "~/", 2) == 0 && folder)
        snprintf(self->path, sizeof self->path, "%s%s", folder, text + 1);
    else
        mu_text_copy(self->path, sizeof self->path, text);
    mu_ask_month(app, MU_SAY_replay_ask_month, month_given, self);
}

static void ask(struct mu_app *app, struct replay *self)
{
    mu_app_prompt(app, mu_message_text(MU_SAY_replay_ask_file, mu_app_language(app)), PATH_SIZE,
                  true, path_given, self);
}

/* Events. */

static void look(struct replay *self, int step)
{
    int first = PERSON, looks = VOLUNTEER;

    if (has_services(self)) {
        first = mu_replay_report(self->replay)->meals > 0 ? PERSON : VOLUNTEER;
        looks = LOOKS - first;
    }
    self->look = (enum look)(first + ((int)self->look - first + step + looks) % looks);
    show_rows(self);
}

static bool replay_event(struct mu_app *app, void *state, const struct mu_event *event)
{
    struct replay *self = state;

    if (event->kind != MU_EVENT_KEY)
        return false;
    switch (event->action) {
    case MU_DO_choose:
    case MU_DO_next:
    case MU_DO_right:
        look(self, 1);
        return true;
    case MU_DO_previous:
    case MU_DO_left:
        look(self, -1);
        return true;
    case MU_DO_new:
        ask(app, self);
        return true;
    default:
        return mu_list_event(&self->list, event, NULL) != MU_LIST_IGNORED;
    }
}

static struct mu_offer replay_offer(struct mu_app *app, const void *state, enum mu_action action)
{
    (void)app, (void)state;
    switch (action) {
    case MU_DO_choose:
        return (struct mu_offer){.kind = MU_OFFER_YES, .label = MU_SAY_report_look_label};
    case MU_DO_new:
        return (struct mu_offer){.kind = MU_OFFER_YES, .label = MU_SAY_replay_label};
    default:
        return (struct mu_offer){.kind = MU_OFFER_NONE};
    }
}

static bool replay_work(struct mu_app *app, void *state)
{
    return replay_on(app, state, BUDGET);
}

/* Drawing. */

static int read_notes(const struct replay *self, enum mu_language language,
                      char lines[NOTES][MU_REPLAY_LINE_SIZE])
{
    char of_services[MU_POINTS_REPLAY_LINES][MU_POINTS_REPLAY_LINE_SIZE];
    size_t count;

    if (!of_points(self))
        return (int)mu_replay_lines(mu_replay_report(self->replay), language, lines);
    count = mu_points_replay_lines(mu_points_replay_report(self->points), language, of_services);
    for (size_t i = 0; i < count; i++)
        mu_text_copy(lines[i], MU_REPLAY_LINE_SIZE, of_services[i]);
    return (int)count;
}

static void draw_notes(const struct replay *self, struct mu_grid *grid, struct mu_area *area,
                       enum mu_language language)
{
    char lines[NOTES][MU_REPLAY_LINE_SIZE];
    int count = read_notes(self, language, lines);
    int rows = 0, width = area->columns - 2;

    for (int i = 0; i < count; i++) {
        int wanted = mu_text_cells(lines[i]) / (width - 8) + 1;

        if (area->rows - wanted < LEAST_ROWS)
            continue;
        area->rows -= wanted;
        rows += wanted;
    }
    for (int i = 0, row = 0; i < count && row < rows; i++)
        row += mu_grid_paragraph(
            grid,
            (struct mu_area){area->row + area->rows + row, area->column + 1, rows - row, width},
            lines[i], i + 1 < count ? MU_STYLE_NORMAL : MU_STYLE_DIM);
}

static void draw_status(const struct replay *self, struct mu_grid *grid,
                        const struct mu_layout *layout, enum mu_language language)
{
    static const enum mu_message titles[] = {MU_SAY_replay_title, MU_SAY_replay_title_payer,
                                             MU_SAY_replay_title_tier};
    char title[LABEL_SIZE], month[MU_MONTH_SIZE], percent[MU_COUNT_SIZE];
    int right = 24;

    if (!self->replay)
        return;
    mu_month_format(mu_replay_report(self->replay)->from, month);
    mu_message_format(title, sizeof title, language,
                      of_points(self) ? mu_points_replay_title(points_by(self))
                                      : titles[self->look],
                      month, NULL);
    mu_grid_put(grid, layout->status_row, 1, layout->columns - right - 2, title, MU_MARK,
                MU_STYLE_TITLE);
    mu_count_text((mu_replay_percent(self->replay) + mu_points_replay_percent(self->points)) / 2,
                  percent);
    if (!self->done)
        mu_grid_say(grid, layout->status_row, layout->columns - right, right - 1, MU_RIGHT,
                    MU_STYLE_WARNING, language, MU_SAY_replay_percent, percent, NULL);
}

static void replay_draw(struct mu_app *app, void *state, struct mu_grid *grid,
                        const struct mu_layout *layout)
{
    struct replay *self = state;
    enum mu_language language = mu_app_language(app);
    struct mu_area area = layout->work;

    draw_status(self, grid, layout, language);
    if (self->replay && self->done)
        draw_notes(self, grid, &area, language);
    mu_list_draw(&self->list, grid, area, true, language);
    mu_grid_put(grid, layout->hint_row, 1, layout->columns - 1,
                mu_message_text(MU_SAY_replay_hint, language), MU_LEFT, MU_STYLE_HINT);
}

static void replay_close(struct mu_app *app, void *state)
{
    struct replay *self = state;

    (void)app;
    forget(self);
    free(self);
}

static const struct mu_screen_type replay_type = {
    .name = "replay",
    .title = MU_SAY_replay_place,
    .event = replay_event,
    .draw = replay_draw,
    .offer = replay_offer,
    .typing = mu_typing_keys,
    .work = replay_work,
    .close = replay_close,
};

enum mu_status mu_open_replay(struct mu_app *app, struct mu_error *error)
{
    struct replay *self = calloc(1, sizeof *self);
    enum mu_status status;

    if (!self)
        return mu_fail_memory(error);
    show_rows(self);
    status = mu_app_push(app, &replay_type, self, error);
    if (status == MU_OK)
        ask(app, self);
    return status;
}
