/* Checking volunteers in and out by scan: the first scan begins the service, the next one ends it.
 */
#include "base/growing.h"
#include "tui/line_edit.h"
#include "tui/screens/person.h"
#include "tui/screens/screens.h"
#include "tui/screens/search_box.h"
#include "tui/screens/services.h"

#include <mulin/base/text.h>
#include <mulin/desk/find.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { HITS = 20, QUERY = 96, HITS_SHOWN = 7 };

struct scanning {
    char duty[MU_RULE_ID_SIZE], duty_name[MU_RULE_NAME_SIZE];
    struct mu_line_edit box;
    bool next_anew, stale;
    struct mu_resident hit[HITS];
    size_t hit_count;
    struct mu_list hits;
    struct mu_service_line *row; /* owned: who is there */
    size_t count, room;
    bool no_memory;
    struct mu_list list;
    struct mu_moment now;
    char said[MU_MESSAGE_SIZE]; /* of the last scan */
    bool good;
    unsigned seen;
};

static const char *query(const struct scanning *self)
{
    const char *text = self->box.text;

    return mu_text_trim(&text) ? text : "";
}

static bool take(void *context, const struct mu_service_line *line)
{
    struct scanning *self = context;
    struct mu_service_line *grown =
        mu_grown(self->row, self->count, &self->room, sizeof *self->row);

    self->no_memory = !grown;
    if (!grown)
        return false;
    self->row = grown;
    grown[self->count++] = *line;
    return true;
}

static void read_open(struct mu_app *app, struct scanning *self)
{
    const struct mu_service_filter filter = {.open = true};
    struct mu_error error;

    self->now = mu_app_now(app);
    self->count = 0;
    self->no_memory = false;
    if (mu_list_services(mu_screens_desk(app), &filter, take, self, &error) != MU_OK)
        mu_app_say_error(app, &error);
    mu_list_count(&self->list, self->count);
}

/* Whoever is there goes; anybody else begins. Only of who has not checked in the check-out says so,
 * and only then somebody is checked in. */
static void serve(struct mu_app *app, struct scanning *self, const char *who, int64_t resident_id)
{
    const struct mu_service_request request = {
        .who = who, .resident_id = resident_id, .duty = self->duty};
    struct mu_service_answer answer;
    struct mu_error error;
    struct mu_desk *desk = mu_screens_desk(app);
    enum mu_status status = mu_service_check_out(desk, &request, &answer, &error);

    if (status == MU_REFUSED && error.message == MU_SAY_error_service_none_open)
        status = mu_service_check_in(desk, &request, &answer, &error);
    mu_service_answer_text(&answer, mu_app_language(app), self->said, sizeof self->said);
    self->good = status == MU_OK;
    if (status == MU_OK)
        mu_app_say_text(app, MU_TONE_GOOD, self->said);
    else
        mu_app_say_error(app, &error);
    mu_line_edit_clear(&self->box);
    self->hit_count = 0;
    self->stale = false;
    read_open(app, self);
}

static bool take_hit(void *context, const struct mu_resident *resident)
{
    struct scanning *self = context;

    self->hit[self->hit_count++] = *resident;
    return self->hit_count < HITS;
}

static void catch_up(struct mu_app *app, struct scanning *self)
{
    struct mu_error error;

    if (!self->stale)
        return;
    self->stale = false;
    self->hit_count = 0;
    if (mu_find_residents(mu_screens_desk(app), query(self), HITS, take_hit, self, &error) != MU_OK)
        mu_app_say_error(app, &error);
    self->hits.cursor = self->hits.top = 0;
    mu_list_count(&self->hits, self->hit_count);
}

static void accept(struct mu_app *app, struct scanning *self)
{
    catch_up(app, self);
    if (!*query(self))
        mu_app_say(app, MU_TONE_WARNING, MU_SAY_attendance_empty_box, NULL);
    else if (self->hits.cursor < self->hit_count)
        serve(app, self, NULL, self->hit[self->hits.cursor].id);
    else
        mu_app_say(app, MU_TONE_WARNING, MU_SAY_attendance_nobody, NULL);
}

static bool scanning_event(struct mu_app *app, void *state, const struct mu_event *event)
{
    struct scanning *self = state;

    if (event->kind == MU_EVENT_KEY && event->scan) {
        serve(app, self, event->scan, 0);
        return true;
    }
    if (event->kind == MU_EVENT_KEY && event->action == MU_DO_accept) {
        accept(app, self);
        return true;
    }
    if (event->kind == MU_EVENT_KEY && event->action == MU_DO_back) {
        if (!self->box.length)
            return false;
        mu_line_edit_clear(&self->box);
        self->stale = true;
        return true;
    }
    catch_up(app, self);
    if (event->kind == MU_EVENT_KEY &&
        mu_list_event(*query(self) ? &self->hits : &self->list, event, NULL) != MU_LIST_IGNORED)
        return true;
    return mu_search_box_typed(app, &self->box, event, &self->next_anew, &self->stale);
}

static struct mu_offer scanning_offer(struct mu_app *app, const void *state, enum mu_action action)
{
    struct mu_offer offer = {.kind = MU_OFFER_NONE};

    (void)app, (void)state;
    if (action == MU_DO_accept)
        offer = (struct mu_offer){.kind = MU_OFFER_YES, .label = MU_SAY_scanning_label};
    return offer;
}

static void found(struct mu_app *app, void *state, const struct mu_resident *resident)
{
    serve(app, state, NULL, resident->id);
}

static void scanning_find(struct mu_app *app, void *state)
{
    struct mu_error error;

    if (mu_open_find_for(app, found, state, &error) != MU_OK)
        mu_app_say_error(app, &error);
}

static bool scanning_scan(struct mu_app *app, void *state, const char *text)
{
    serve(app, state, text, 0);
    return true;
}

/* ---- drawing ---- */

enum { NAME, DUTY, SINCE, LASTS };

static const struct mu_column columns[] = {
    [NAME] = {MU_SAY_field_name, 10, 16, 0, MU_MARK, false},
    [DUTY] = {MU_SAY_service_duty, 14, 30, 0, MU_MARK, false},
    [SINCE] = {MU_SAY_scanning_since, 16, 16, 0, MU_MARK, false},
    [LASTS] = {MU_SAY_service_minutes, 8, 8, 0, MU_RIGHT, false},
};

static void cell(void *context, size_t row, size_t column, enum mu_language language, char *out,
                 size_t size, enum mu_style *style)
{
    const struct scanning *self = context;
    const struct mu_service_line *line = &self->row[row];
    char day[MU_DATE_SIZE], clock[MU_CLOCK_SIZE];

    (void)language, (void)style;
    switch (column) {
    case NAME:
        mu_text_copy(out, size, line->name);
        break;
    case DUTY:
        mu_text_copy(out, size, line->duty_name);
        break;
    case SINCE:
        mu_date_format(line->service.date, day);
        mu_clock_format(line->service.starts_at, clock);
        snprintf(out, size, "%s %s", day, clock);
        break;
    default:
        snprintf(out, size, "%d",
                 mu_date_days_between(line->service.date, self->now.date) * 24 * 60 +
                     self->now.minute - line->service.starts_at);
        break;
    }
}

static const struct mu_list_source source = {.cell = cell};

static void hit_cell(void *context, size_t row, size_t column, enum mu_language language, char *out,
                     size_t size, enum mu_style *style)
{
    const struct scanning *self = context;

    mu_person_cell(&self->hit[row], self->now.date, (enum mu_person_column)column, language, out,
                   size, style);
}

static const struct mu_list_source hit_source = {.cell = hit_cell};

static void scanning_draw(struct mu_app *app, void *state, struct mu_grid *grid,
                          const struct mu_layout *layout)
{
    struct scanning *self = state;
    enum mu_language language = mu_app_language(app);
    struct mu_area area = layout->work;
    char line[MU_MESSAGE_SIZE], number[24];
    int label;

    catch_up(app, self);
    snprintf(number, sizeof number, "%zu", self->count);
    mu_message_format(line, sizeof line, language, MU_SAY_scanning_line, self->duty_name, number,
                      NULL);
    mu_grid_put(grid, layout->status_row, 1, layout->columns - 2, line, MU_MARK, MU_STYLE_TITLE);
    label = mu_grid_run(grid, area.row, 1, 12, mu_message_text(MU_SAY_attendance_box, language),
                        MU_STYLE_LABEL);
    area.row += 2;
    area.rows -= 2;
    if (*query(self)) {
        area.rows = HITS_SHOWN;
        mu_list_draw(&self->hits, grid, area, true, language);
        area.row += HITS_SHOWN + 1;
        area.rows = layout->work.rows - HITS_SHOWN - 3;
    } else if (*self->said) {
        mu_grid_put(grid, area.row, 1, layout->columns - 2, self->said, MU_MARK,
                    self->good ? MU_STYLE_GOOD : MU_STYLE_BAD);
        area.row += 2;
        area.rows -= 2;
    }
    mu_list_draw(&self->list, grid, area, !*query(self), language);
    mu_line_edit_draw(&self->box, grid, layout->work.row, 1 + label, layout->columns - label - 2,
                      true, language);
    mu_grid_put(grid, layout->hint_row, 1, layout->columns - 1,
                mu_message_text(MU_SAY_scanning_hint, language), MU_LEFT, MU_STYLE_HINT);
}

static bool scanning_tick(struct mu_app *app, void *state)
{
    struct scanning *self = state;

    if (!mu_screens_changed(app, &self->seen) && self->now.minute == mu_app_now(app).minute)
        return false;
    read_open(app, self);
    return true;
}

static void scanning_close(struct mu_app *app, void *state)
{
    struct scanning *self = state;

    (void)app;
    free(self->row);
    free(self);
}

static const struct mu_screen_type scanning_type = {
    .name = "service_scan",
    .title = MU_SAY_scanning_title,
    .event = scanning_event,
    .draw = scanning_draw,
    .offer = scanning_offer,
    .find = scanning_find,
    .scan = scanning_scan,
    .tick = scanning_tick,
    .close = scanning_close,
};

enum mu_status mu_open_service_scan(struct mu_app *app, const struct mu_duty *duty,
                                    struct mu_error *error)
{
    struct scanning *self = calloc(1, sizeof *self);

    if (!self)
        return mu_fail_memory(error);
    mu_text_copy(self->duty, sizeof self->duty, duty->id);
    mu_text_copy(self->duty_name, sizeof self->duty_name, duty->name);
    mu_line_edit_init(&self->box, QUERY);
    self->box.folded = true;
    self->box.placeholder = MU_SAY_attendance_placeholder;
    mu_list_init(&self->hits, mu_person_columns, MU_PERSON_COLUMNS, &hit_source, self);
    self->hits.empty = MU_SAY_attendance_nobody;
    mu_list_init(&self->list, columns, sizeof columns / sizeof *columns, &source, self);
    self->list.empty = MU_SAY_scanning_none;
    self->seen = mu_screens_of(app)->changes;
    read_open(app, self);
    return mu_app_push(app, &scanning_type, self, error);
}
