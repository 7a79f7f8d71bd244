#include "tui/list.h"
#include "tui/screens/person.h"
#include "tui/screens/screens.h"

#include <mulin/base/text.h>
#include <mulin/report.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
    FIRST_BUDGET = 40, /* milliseconds of counting before the screen is there, */
    BUDGET = 8,        /* and between two keys */
    MEDIUM = 80,       /* columns of a screen */
    WIDE = 100,
    BAR_NARROW = 8,
    BAR_MEDIUM = 20,
    BAR_WIDE = 40,
    NOTE_MARGIN = 8, /* cells that breaking a line may leave empty */
    LEAST_ROWS = 5,  /* of the list */
    DATE_SIZE = 32
};

/* What is told of a row: its bar is a part of the longest of its section. */
struct line {
    char section[MU_REGISTER_LABEL_SIZE], label[MU_REGISTER_LABEL_SIZE];
    int64_t count, of, homes, elders, longest;
};

enum column { SECTION, LABEL, HOMES, COUNT, ELDERS, SHARE, BARS, COLUMNS };

struct register_report {
    struct mu_register_counting *shown; /* whole; NULL: none yet */
    struct mu_register_counting *next;  /* on its way; NULL: none */
    enum mu_register_by by;
    struct line *line; /* owned */
    size_t count;
    struct mu_column column[COLUMNS];
    size_t columns;
    enum column meaning[COLUMNS]; /* of each column that is shown */
    int bar;                      /* cells of the longest bar */
    struct mu_list list;
};

static long long milliseconds(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000LL + now.tv_nsec / 1000000;
}

/* Lines. */

static void copy_message(char *out, enum mu_message message, enum mu_language language)
{
    mu_text_copy(out, MU_REGISTER_LABEL_SIZE, mu_message_text(message, language));
}

static size_t fill_whole(const struct mu_register_report *report, enum mu_language language,
                         struct line *lines)
{
    struct mu_register_figure figure;
    size_t count = 0;

    for (; mu_register_figure(report, count, language, &figure); count++) {
        if (!lines)
            continue;
        lines[count].count = figure.count;
        lines[count].of = lines[count].longest = figure.of;
        mu_text_copy(lines[count].label, sizeof lines[count].label, figure.label);
        copy_message(lines[count].section, figure.section, language);
    }
    return count;
}

static void fill_groups(const struct mu_register_report *report, enum mu_register_by by,
                        enum mu_language language, struct line *lines)
{
    size_t count;
    const struct mu_register_group *rows = mu_register_rows(report, by, &count);
    int64_t longest = 0;

    for (size_t i = 0; i < count; i++) {
        mu_register_label(by, rows, i, language, lines[i].label);
        lines[i].count = rows[i].people;
        lines[i].homes = rows[i].homes;
        lines[i].elders = rows[i].elders;
        lines[i].of = report->all.people;
        longest = rows[i].people > longest ? rows[i].people : longest;
    }
    for (size_t i = 0; i < count; i++)
        lines[i].longest = longest;
}

static void show_column(struct register_report *self, enum column meaning, struct mu_column column)
{
    self->column[self->columns] = column;
    self->meaning[self->columns++] = meaning;
}

static void choose_columns(struct register_report *self)
{
    bool whole = self->by == MU_REGISTER_WHOLE, homes = mu_register_has_homes(self->by);

    self->columns = 0;
    if (whole)
        show_column(self, SECTION,
                    (struct mu_column){MU_SAY_report_section, 6, 8, 0, MU_MARK, false});
    show_column(self, LABEL,
                (struct mu_column){MU_SAY_report_name, whole ? 16 : 12, 34, 0, MU_MARK, false});
    if (homes)
        show_column(self, HOMES, (struct mu_column){MU_SAY_report_homes, 7, 9, 0, MU_RIGHT, false});
    show_column(self, COUNT,
                (struct mu_column){whole ? MU_SAY_report_count : MU_SAY_report_people, 9, 10, 0,
                                   MU_RIGHT, false});
    if (!whole)
        show_column(self, ELDERS,
                    (struct mu_column){MU_SAY_place_elders, 7, 9, 4, MU_RIGHT, false});
    show_column(self, SHARE, (struct mu_column){MU_SAY_report_share, 6, 7, 0, MU_RIGHT, false});
    show_column(self, BARS, (struct mu_column){MU_SAY_report_bar, 0, 0, 3, MU_LEFT, false});
}

static void cell(void *context, size_t row, size_t index, enum mu_language language, char *out,
                 size_t size, enum mu_style *style);
static const struct mu_list_source source = {.cell = cell};

/* Makes the lines of what is counted. */
static void show_lines(struct mu_app *app, struct register_report *self, size_t cursor)
{
    enum mu_language language = mu_app_language(app);
    const struct mu_register_report *report = self->shown ? mu_register_report(self->shown) : NULL;
    size_t count = 0;
    struct mu_error error;

    free(self->line);
    self->line = NULL;
    if (report && self->by == MU_REGISTER_WHOLE)
        count = fill_whole(report, language, NULL);
    else if (report)
        mu_register_rows(report, self->by, &count);
    if (count)
        self->line = calloc(count, sizeof *self->line);
    if (count && !self->line) {
        mu_fail_memory(&error);
        mu_app_say_error(app, &error);
        count = 0;
    }
    if (count && self->by == MU_REGISTER_WHOLE)
        fill_whole(report, language, self->line);
    else if (count)
        fill_groups(report, self->by, language, self->line);
    self->count = count;
    choose_columns(self);
    mu_list_init(&self->list, self->column, self->columns, &source, self);
    self->list.empty = MU_SAY_report_empty;
    mu_list_count(&self->list, count);
    self->list.cursor = cursor < count ? cursor : 0;
}

/* Counting. */

/* Counts on for a while; true when there was something to count. */
static bool count_on(struct mu_app *app, struct register_report *self, long long budget)
{
    long long until = milliseconds() + budget;
    struct mu_error error;
    bool done = false;

    if (!self->next)
        return false;
    do {
        if (mu_register_count_on(self->next, &done, &error) != MU_OK) {
            mu_register_counting_free(&self->next);
            mu_app_say_error(app, &error);
            return true;
        }
    } while (!done && milliseconds() < until);
    if (!done)
        return true;
    mu_register_counting_free(&self->shown);
    self->shown = self->next;
    self->next = NULL;
    show_lines(app, self, self->list.cursor);
    return true;
}

/* Begins anew; what was counted stays on the screen until then. */
static bool begin(struct mu_app *app, struct register_report *self, struct mu_date date)
{
    struct mu_register_counting *next = NULL;
    struct mu_error error;

    if (mu_count_register(mu_screens_desk(app), date, &next, &error) != MU_OK) {
        mu_app_say_error(app, &error);
        return false;
    }
    mu_register_counting_free(&self->next);
    self->next = next;
    count_on(app, self, FIRST_BUDGET);
    return true;
}

static bool report_work(struct mu_app *app, void *state)
{
    return count_on(app, state, BUDGET);
}

/* The day that is shown; not known (today) when that is today. */
static struct mu_date day_of(const struct register_report *self)
{
    const struct mu_register_report *report = self->shown ? mu_register_report(self->shown) : NULL;

    return report && report->past ? report->date : (struct mu_date){0, 0, 0};
}

/* Keys. */

static void date_given(struct mu_app *app, void *context, const char *text)
{
    struct mu_date date = {0, 0, 0};
    struct mu_error error;

    if (!text)
        return;
    mu_text_trim(&text);
    if (*text && !mu_date_parse(text, mu_app_now(app).date, &date)) {
        mu_fail(&error, MU_INPUT, MU_SAY_error_date, NULL);
        mu_app_say_error(app, &error);
        return;
    }
    begin(app, context, date);
}

static void ask_date(struct mu_app *app, struct register_report *self)
{
    mu_app_prompt(app, mu_message_text(MU_SAY_report_ask_date, mu_app_language(app)), DATE_SIZE,
                  false, date_given, self);
}

static void look(struct mu_app *app, struct register_report *self, enum mu_register_by by)
{
    if (by == self->by)
        return;
    self->by = by;
    show_lines(app, self, 0);
}

static const enum mu_message looks[] = {
    [MU_REGISTER_WHOLE] = MU_SAY_report_look_whole,
    [MU_REGISTER_BY_GRID] = MU_SAY_report_look_grid,
    [MU_REGISTER_BY_ESTATE] = MU_SAY_report_look_estate,
    [MU_REGISTER_BY_TAG] = MU_SAY_report_look_tag,
    [MU_REGISTER_BY_AGE] = MU_SAY_report_look_age,
};
enum { LOOKS = sizeof looks / sizeof *looks };

static bool report_event(struct mu_app *app, void *state, const struct mu_event *event)
{
    struct register_report *self = state;

    if (event->kind != MU_EVENT_KEY)
        return false;
    switch (event->action) {
    case MU_DO_choose:
    case MU_DO_right:
    case MU_DO_next:
        look(app, self, (enum mu_register_by)((self->by + 1) % LOOKS));
        return true;
    case MU_DO_left:
    case MU_DO_previous:
        look(app, self, (enum mu_register_by)((self->by + LOOKS - 1) % LOOKS));
        return true;
    case MU_DO_new:
        ask_date(app, self);
        return true;
    case MU_DO_refresh:
        if (begin(app, self, day_of(self)) && !self->next)
            mu_app_say(app, MU_TONE_GOOD, MU_SAY_screen_refreshed, NULL);
        return true;
    case MU_DO_accept:
        return false;
    default:
        return mu_list_event(&self->list, event, NULL) != MU_LIST_IGNORED;
    }
}

static struct mu_offer report_offer(struct mu_app *app, const void *state, enum mu_action action)
{
    (void)app, (void)state;
    switch (action) {
    case MU_DO_choose:
        return (struct mu_offer){.kind = MU_OFFER_YES, .label = MU_SAY_report_look_label};
    case MU_DO_new:
        return (struct mu_offer){.kind = MU_OFFER_YES, .label = MU_SAY_report_date_label};
    case MU_DO_refresh:
        return (struct mu_offer){.kind = MU_OFFER_YES};
    default:
        return (struct mu_offer){.kind = MU_OFFER_NONE};
    }
}

/* Drawing. */

static void bar_text(const struct register_report *self, const struct line *line, char *out,
                     size_t size)
{
    static const char block[] = "█";
    int cells = 0;
    size_t used = 0;

    if (line->longest > 0)
        cells = (int)((line->count * self->bar * 2 + line->longest) / (2 * line->longest));
    if (cells == 0 && line->count > 0 && line->longest > 0)
        cells = 1; /* whoever is there is seen */
    *out = '\0';
    for (int i = 0; i < cells && i < self->bar && used + sizeof block <= size; i++)
        used += (size_t)snprintf(out + used, size - used, "%s", block);
}

static void share_text(const struct line *line, char *out, size_t size)
{
    int64_t tenths = line->of > 0 ? (line->count * 1000 + line->of / 2) / line->of : 0;

    if (line->of > 0)
        snprintf(out, size, "%lld.%lld%%", (long long)(tenths / 10), (long long)(tenths % 10));
    else
        mu_text_copy(out, size, "");
}

static void cell(void *context, size_t row, size_t index, enum mu_language language, char *out,
                 size_t size, enum mu_style *style)
{
    const struct register_report *self = context;
    const struct line *line = &self->line[row];
    bool first = row == 0 || strcmp(line->section, self->line[row - 1].section) != 0;
    char count[MU_COUNT_SIZE];

    (void)language;
    switch (self->meaning[index]) {
    case SECTION:
        mu_text_copy(out, size, first || row == self->list.top ? line->section : "");
        *style = MU_STYLE_LABEL;
        break;
    case LABEL:
        mu_text_copy(out, size, line->label);
        break;
    case SHARE:
        share_text(line, out, size);
        break;
    case BARS:
        bar_text(self, line, out, size);
        *style = MU_STYLE_LABEL;
        break;
    default:
        mu_count_text(self->meaning[index] == HOMES    ? line->homes
                      : self->meaning[index] == ELDERS ? line->elders
                                                       : line->count,
                      count);
        mu_text_copy(out, size, count);
        break;
    }
}

/* Writes what is to be known beside the figures at the end of the area, which loses those rows. */
static void draw_notes(const struct register_report *self, struct mu_grid *grid,
                       struct mu_area *area, enum mu_language language)
{
    char lines[MU_REGISTER_LINES][MU_REGISTER_LINE_SIZE];
    size_t count = mu_register_lines(mu_register_report(self->shown), language, lines);
    int width = area->columns - 2 > NOTE_MARGIN ? area->columns - 2 : NOTE_MARGIN + 1;
    int rows = 0;

    /* The first one stands in the row of the status. */
    for (size_t i = 1; i < count; i++) {
        int wanted = mu_text_cells(lines[i]) / (width - NOTE_MARGIN) + 1;

        if (area->rows - wanted < LEAST_ROWS)
            continue;
        area->rows -= wanted;
        rows += wanted;
    }
    for (size_t i = 1, row = 0; i < count && (int)row < rows; i++) {
        struct mu_area note = {area->row + area->rows + (int)row, area->column + 1, rows - (int)row,
                               width};

        row += (size_t)mu_grid_paragraph(grid, note, lines[i],
                                         i + 1 < count ? MU_STYLE_WARNING : MU_STYLE_DIM);
    }
}

static void draw_status(const struct register_report *self, struct mu_grid *grid,
                        const struct mu_layout *layout, enum mu_language language)
{
    char lines[MU_REGISTER_LINES][MU_REGISTER_LINE_SIZE], percent[MU_COUNT_SIZE];
    int right = 22;

    if (self->shown) {
        mu_register_lines(mu_register_report(self->shown), language, lines);
        mu_grid_put(grid, layout->status_row, 1, layout->columns - right - 2, lines[0], MU_MARK,
                    MU_STYLE_TITLE);
    }
    if (self->next) {
        mu_count_text(mu_register_counted(self->next), percent);
        mu_grid_say(grid, layout->status_row, layout->columns - right, right - 1, MU_RIGHT,
                    MU_STYLE_WARNING, language, MU_SAY_report_counting, percent, NULL);
    } else {
        mu_grid_put(grid, layout->status_row, layout->columns - right, right - 1,
                    mu_message_text(looks[self->by], language), MU_RIGHT, MU_STYLE_VALUE);
    }
}

static void report_draw(struct mu_app *app, void *state, struct mu_grid *grid,
                        const struct mu_layout *layout)
{
    struct register_report *self = state;
    enum mu_language language = mu_app_language(app);
    struct mu_area area = layout->work;
    struct mu_column *bars = &self->column[self->columns - 1];

    draw_status(self, grid, layout, language);
    self->bar = layout->columns >= WIDE     ? BAR_WIDE
                : layout->columns >= MEDIUM ? BAR_MEDIUM
                                            : BAR_NARROW;
    bars->narrowest = bars->widest = self->bar;
    if (self->shown)
        draw_notes(self, grid, &area, language);
    if (self->shown)
        mu_list_draw(&self->list, grid, area, true, language);
    mu_grid_put(
        grid, layout->hint_row, 1, layout->columns - 1,
        mu_message_text(self->next ? MU_SAY_report_counting_hint : MU_SAY_report_hint, language),
        MU_LEFT, MU_STYLE_HINT);
}

static void report_language(struct mu_app *app, void *state)
{
    struct register_report *self = state;

    show_lines(app, self, self->list.cursor);
}

static void report_resume(struct mu_app *app, void *state)
{
    begin(app, state, day_of(state));
}

static void report_close(struct mu_app *app, void *state)
{
    struct register_report *self = state;

    (void)app;
    mu_register_counting_free(&self->shown);
    mu_register_counting_free(&self->next);
    free(self->line);
    free(self);
}

static const struct mu_screen_type report_type = {
    .name = "register_report",
    .title = MU_SAY_report_title,
    .event = report_event,
    .draw = report_draw,
    .offer = report_offer,
    .typing = mu_typing_keys,
    .work = report_work,
    .resume = report_resume,
    .language = report_language,
    .close = report_close,
};

enum mu_status mu_open_register_report(struct mu_app *app, struct mu_error *error)
{
    struct register_report *self = calloc(1, sizeof *self);
    enum mu_status status;

    if (!self)
        return mu_fail_memory(error);
    status = mu_count_register(mu_screens_desk(app), (struct mu_date){0, 0, 0}, &self->next, error);
    if (status != MU_OK) {
        free(self);
        return status;
    }
    show_lines(app, self, 0);
    count_on(app, self, FIRST_BUDGET);
    return mu_app_push(app, &report_type, self, error);
}
