#include "tui/screens/services.h"

#include "tui/screens/records.h"
#include "tui/screens/screens.h"

#include <mulin/base/text.h>
#include <mulin/desk/earning.h>
#include <mulin/desk/operators.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SHOWN = 500 }; /* services of the list at most */

struct services {
    struct mu_records records; /* of struct mu_service_line */
    bool open;
    int64_t resident_id; /* whose are listed; 0: everybody's */
    char name[MU_PERSON_NAME_SIZE];
    int64_t reversing; /* the entry whose reason is asked for */
    int64_t rated;     /* whose score is asked for, */
    char rated_name[MU_PERSON_NAME_SIZE];
    struct mu_rating_rules rating;                    /* and by what */
    char source[MU_RULES_RATINGS][MU_RULE_NAME_SIZE]; /* that are offered */
    char *duties;                                     /* owned: what mu_ask_duty offers */
};

static bool take(void *context, const struct mu_service_line *line)
{
    return mu_records_add(context, line) != NULL;
}

static enum mu_status read_services(struct mu_app *app, void *state, struct mu_error *error)
{
    const struct services *self = state;
    const struct mu_service_filter filter = {
        .resident_id = self->resident_id, .open = self->open, .limit = SHOWN};

    return mu_list_services(mu_screens_desk(app), &filter, take, state, error);
}

/* ---- one service ---- */

struct page {
    char text[4096];
    size_t used;
    enum mu_language language;
};

static void add(struct page *page, enum mu_message label, const char *value)
{
    if (*value && page->used < sizeof page->text)
        page->used += (size_t)snprintf(page->text + page->used, sizeof page->text - page->used,
                                       "%s  %s\n", mu_message_text(label, page->language), value);
}

static void span(const struct mu_service *service, char out[32])
{
    char from[MU_CLOCK_SIZE], to[MU_CLOCK_SIZE] = "";

    *out = '\0';
    if (service->starts_at < 0)
        return;
    mu_clock_format(service->starts_at, from);
    if (service->ends_at >= 0)
        mu_clock_format(service->ends_at % (24 * 60), to);
    snprintf(out, 32, "%s–%s", from, to);
}

static void show(struct mu_app *app, void *state)
{
    const struct services *self = state;
    const struct mu_service_line *line = mu_records_chosen(&self->records);
    const struct mu_service *service = &line->service;
    struct page page = {.language = mu_app_language(app)};
    char text[64];

    mu_date_format(service->date, text);
    add(&page, MU_SAY_service_day, text);
    add(&page, MU_SAY_service_duty, line->duty_name);
    add(&page, MU_SAY_service_team, service->team);
    span(service, text);
    add(&page, MU_SAY_service_span, text);
    snprintf(text, sizeof text, "%d", service->minutes);
    add(&page, MU_SAY_service_minutes, text);
    snprintf(text, sizeof text, "%d", service->times);
    add(&page, MU_SAY_service_times, service->times > 1 ? text : "");
    mu_points_format(service->points, text);
    add(&page, MU_SAY_service_points_label, text);
    add(&page, MU_SAY_service_place, service->place);
    add(&page, MU_SAY_service_recipient, service->recipient);
    add(&page, MU_SAY_service_confirmed, service->confirmed_by);
    add(&page, MU_SAY_service_note, service->note);
    snprintf(text, sizeof text, "%lld", (long long)service->entry_id);
    add(&page, MU_SAY_service_entry, service->entry_id ? text : "");
    snprintf(text, sizeof text, "%lld", (long long)service->reversed_by);
    add(&page, MU_SAY_service_reversed_by, service->reversed_by ? text : "");
    if (service->forgotten)
        add(&page, MU_SAY_service_state,
            mu_message_text(MU_SAY_points_line_forgotten, page.language));
    mu_app_read(app, line->name, page.text);
}

static void reason_given(struct mu_app *app, void *state, const char *reason)
{
    struct services *self = state;
    struct mu_earning earning;
    struct mu_error error;
    char points[MU_POINTS_SIZE], balance[MU_POINTS_SIZE];

    if (!reason)
        return;
    if (mu_reverse_points(mu_screens_desk(app), self->reversing, reason, &earning, &error) !=
        MU_OK) {
        mu_app_say_error(app, &error);
        return;
    }
    mu_points_format(earning.points, points);
    mu_points_format(earning.balance, balance);
    mu_app_say(app, MU_TONE_GOOD, MU_SAY_points_reversed, earning.name, points, balance, NULL);
    mu_records_read(app, self);
}

static void reverse(struct mu_app *app, void *state)
{
    struct services *self = state;
    const struct mu_service_line *line = mu_records_chosen(&self->records);
    char question[MU_MESSAGE_SIZE], points[MU_POINTS_SIZE], day[MU_DATE_SIZE];

    if (!line->service.entry_id || line->service.reversed_by) {
        mu_app_say(app, MU_TONE_WARNING,
                   line->service.entry_id ? MU_SAY_service_is_reversed : MU_SAY_service_is_open,
                   NULL);
        return;
    }
    self->reversing = line->service.entry_id;
    mu_points_format(line->service.points, points);
    mu_date_format(line->service.date, day);
    mu_message_format(question, sizeof question, mu_app_language(app), MU_SAY_service_ask_reason,
                      line->name, day, points, NULL);
    mu_app_prompt(app, question, MU_REASON_SIZE, true, reason_given, self);
}

/* ---- new ones ---- */

static const struct mu_duty *duty_at(struct mu_app *app, int code, struct mu_error *error)
{
    const struct mu_rules *rules;

    if (mu_desk_rules(mu_screens_desk(app), &rules, NULL, error) != MU_OK)
        return NULL;
    if (code < 0 || (size_t)code >= rules->points.duty_count) {
        mu_fail(error, MU_INPUT, MU_SAY_error_duty_none, NULL);
        return NULL;
    }
    return &rules->points.duties[code];
}

typedef enum mu_status opens(struct mu_app *app, const struct mu_duty *duty,
                             struct mu_error *error);

static void open_with(struct mu_app *app, bool chosen, int code, opens *open)
{
    const struct mu_duty *duty;
    struct mu_error error;

    if (!chosen)
        return;
    duty = duty_at(app, code, &error);
    if (!duty || open(app, duty, &error) != MU_OK)
        mu_app_say_error(app, &error);
}

static void list_duty_picked(struct mu_app *app, void *state, bool chosen, int code)
{
    (void)state;
    open_with(app, chosen, code, mu_open_attendance_form);
}

static void scan_duty_picked(struct mu_app *app, void *state, bool chosen, int code)
{
    (void)state;
    open_with(app, chosen, code, mu_open_service_scan);
}

static void new_list(struct mu_app *app, void *state)
{
    struct services *self = state;
    struct mu_attendance_sheet last = {0};
    struct mu_error error;
    bool begun = false;
    enum mu_status status = mu_desk_ask(mu_screens_desk(app), MU_MAY_record_service, &error);

    if (status == MU_OK)
        status = mu_open_attendance_draft(app, &begun, &error);
    if (status == MU_OK && !begun)
        status = mu_last_list(mu_screens_desk(app), &last, &error);
    if (status != MU_OK)
        mu_app_say_error(app, &error);
    else if (!begun)
        mu_ask_duty(app, MU_SAY_services_duty_title, last.duty, &self->duties, list_duty_picked,
                    self);
}

static void scan_in(struct mu_app *app, struct services *self)
{
    const struct mu_service_line *newest = self->records.row;
    struct mu_error error;

    if (mu_desk_ask(mu_screens_desk(app), MU_MAY_record_service, &error) != MU_OK)
        mu_app_say_error(app, &error);
    else
        mu_ask_duty(app, MU_SAY_services_duty_title,
                    self->records.count ? newest->service.duty : "", &self->duties,
                    scan_duty_picked, self);
}

static void score_given(struct mu_app *app, void *state, const char *text)
{
    const struct services *self = state;
    struct mu_rating_request request = {.resident_id = self->rated, .source = self->rating.id};
    struct mu_earning earning;
    struct mu_error error;
    struct mu_points score;
    char points[MU_POINTS_SIZE], balance[MU_POINTS_SIZE], lowest[16], highest[16];
    enum mu_status status = MU_OK;

    if (!text)
        return;
    snprintf(lowest, sizeof lowest, "%d", self->rating.from);
    snprintf(highest, sizeof highest, "%d", self->rating.to);
    if (!mu_points_parse(text, &score))
        status = mu_fail(&error, MU_INPUT, MU_SAY_error_rating_score, lowest, highest, NULL);
    if (status == MU_OK) {
        request.score = (int)score.count;
        status = mu_rate_volunteer(mu_screens_desk(app), &request, &earning, &error);
    }
    if (status != MU_OK) {
        mu_app_say_error(app, &error);
        return;
    }
    mu_points_format(earning.points, points);
    mu_points_format(earning.balance, balance);
    mu_app_say(app, MU_TONE_GOOD, MU_SAY_points_rated, earning.name, points, balance, NULL);
}

/* Asks for the score by one of the book's ratings. */
static void source_picked(struct mu_app *app, void *state, bool chosen, int code)
{
    struct services *self = state;
    const struct mu_rules *rules;
    char question[MU_MESSAGE_SIZE];
    struct mu_error error;

    if (!chosen)
        return;
    if (mu_desk_rules(mu_screens_desk(app), &rules, NULL, &error) != MU_OK) {
        mu_app_say_error(app, &error);
        return;
    }
    if ((size_t)code < rules->points.rating_count)
        self->rating = rules->points.ratings[code];
    mu_message_format(question, sizeof question, mu_app_language(app), MU_SAY_service_ask_score,
                      self->rated_name, self->rating.name, NULL);
    mu_app_prompt(app, question, 16, true, score_given, self);
}

static void rate_found(struct mu_app *app, void *state, const struct mu_resident *resident)
{
    struct services *self = state;
    struct mu_pick picks[MU_RULES_RATINGS];
    const struct mu_rules *rules;
    struct mu_error error;
    size_t count;

    self->rated = resident->id;
    self->rating = (struct mu_rating_rules){.from = 1, .to = 5};
    mu_text_copy(self->rated_name, sizeof self->rated_name, resident->name);
    if (mu_desk_rules(mu_screens_desk(app), &rules, NULL, &error) != MU_OK) {
        mu_app_say_error(app, &error);
        return;
    }
    count = rules->points.rating_count;
    for (size_t i = 0; i < count; i++) {
        mu_text_copy(self->source[i], sizeof self->source[i], rules->points.ratings[i].name);
        picks[i] = (struct mu_pick){.code = (int)i, .text = self->source[i]};
    }
    if (count > 1)
        mu_app_pick(app, resident->name, picks, count, 0, source_picked, self);
    else
        source_picked(app, self, true, 0);
}

static void close_forgotten(struct mu_app *app, struct services *self)
{
    char number[24];
    struct mu_error error;
    size_t count = 0;

    if (mu_close_forgotten(mu_screens_desk(app), &count, &error) != MU_OK) {
        mu_app_say_error(app, &error);
        return;
    }
    snprintf(number, sizeof number, "%zu", count);
    mu_app_say(app, MU_TONE_GOOD, MU_SAY_points_forgotten_closed, number, NULL);
    mu_records_read(app, self);
}

enum { DO_SCAN, DO_RATE, DO_OPEN, DO_FORGOTTEN, CHOICES };

static void picked(struct mu_app *app, void *state, bool chosen, int code)
{
    struct services *self = state;
    struct mu_error error;

    if (!chosen)
        return;
    switch (code) {
    case DO_SCAN:
        scan_in(app, self);
        break;
    case DO_RATE:
        if (mu_open_find_for(app, rate_found, self, &error) != MU_OK)
            mu_app_say_error(app, &error);
        break;
    case DO_FORGOTTEN:
        close_forgotten(app, self);
        break;
    default:
        self->open = !self->open;
        self->records.list.cursor = 0;
        mu_records_read(app, self);
        break;
    }
}

static void pick(struct mu_app *app, void *state)
{
    struct services *self = state;
    enum mu_language language = mu_app_language(app);
    const struct mu_pick picks[CHOICES] = {
        {.code = DO_SCAN, .text = mu_message_text(MU_SAY_services_pick_scan, language)},
        {.code = DO_RATE, .text = mu_message_text(MU_SAY_services_pick_rate, language)},
        {.code = DO_OPEN,
         .text = mu_message_text(self->open ? MU_SAY_services_pick_all : MU_SAY_services_pick_open,
                                 language)},
        {.code = DO_FORGOTTEN, .text = mu_message_text(MU_SAY_services_pick_forgotten, language)}};

    mu_app_pick(app, mu_message_text(MU_SAY_services_title, language), picks, CHOICES, DO_SCAN,
                picked, self);
}

static const struct mu_list_key services_key[] = {
    {MU_DO_accept, show, MU_SAY_services_show_label, true, 0, 0},
    {MU_DO_new, new_list, MU_SAY_services_new_label, false, MU_SAY_services_not_yours,
     MU_MAY_record_service},
    {MU_DO_choose, pick, MU_SAY_services_more_label, false, 0, 0},
    {MU_DO_undo, reverse, MU_SAY_services_reverse_label, true, MU_SAY_services_no_reversal,
     MU_MAY_correct_points},
};

static bool services_event(struct mu_app *app, void *state, const struct mu_event *event)
{
    struct services *self = state;

    if (event->kind == MU_EVENT_KEY && event->action == MU_DO_back &&
        (self->resident_id || self->open)) {
        self->resident_id = 0;
        self->open = false;
        mu_records_read(app, self);
        return true;
    }
    return mu_records_event(app, self, event);
}

static void person_found(struct mu_app *app, void *state, const struct mu_resident *resident)
{
    struct services *self = state;

    self->resident_id = resident->id;
    mu_text_copy(self->name, sizeof self->name, resident->name);
    self->records.list.cursor = 0;
    mu_records_read(app, self);
}

static void services_find(struct mu_app *app, void *state)
{
    struct mu_error error;

    if (mu_open_find_for(app, person_found, state, &error) != MU_OK)
        mu_app_say_error(app, &error);
}

/* ---- drawing ---- */

enum { DAY, NAME, DUTY, SPAN, MINUTES, POINTS, STATE };

static const struct mu_column columns[] = {
    [DAY] = {MU_SAY_service_day, 10, 10, 0, MU_MARK, false},
    [NAME] = {MU_SAY_field_name, 8, 10, 0, MU_MARK, false},
    [DUTY] = {MU_SAY_service_duty, 12, 24, 0, MU_MARK, false},
    [SPAN] = {MU_SAY_service_span, 11, 11, 2, MU_MARK, false},
    [MINUTES] = {MU_SAY_service_minutes, 7, 7, 1, MU_RIGHT, false},
    [POINTS] = {MU_SAY_service_points_label, 6, 6, 0, MU_RIGHT, false},
    [STATE] = {MU_SAY_service_state, 9, 10, 1, MU_MARK, false},
};

static const char *state_words(const struct mu_service *service, enum mu_language language)
{
    if (!service->entry_id)
        return mu_message_text(MU_SAY_points_line_open, language);
    if (service->reversed_by)
        return mu_message_text(MU_SAY_points_line_reversed, language);
    return service->forgotten ? mu_message_text(MU_SAY_points_line_forgotten, language) : "";
}

static void cell(void *context, size_t row, size_t column, enum mu_language language, char *out,
                 size_t size, enum mu_style *style)
{
    const struct mu_service_line *line = mu_records_row(context, row);
    char text[32];

    if (line->service.reversed_by)
        *style = MU_STYLE_DIM;
    switch (column) {
    case DAY:
        mu_date_format(line->service.date, text);
        mu_text_copy(out, size, text);
        break;
    case NAME:
        mu_text_copy(out, size, line->name);
        break;
    case DUTY:
        mu_text_copy(out, size, line->duty_name);
        break;
    case SPAN:
        span(&line->service, text);
        mu_text_copy(out, size, text);
        break;
    case MINUTES:
        snprintf(out, size, "%d", line->service.minutes);
        break;
    case POINTS:
        mu_points_format(line->service.points, text);
        mu_text_copy(out, size, text);
        break;
    default:
        mu_text_copy(out, size, state_words(&line->service, language));
        if (line->service.forgotten || !line->service.entry_id)
            *style = MU_STYLE_WARNING;
        break;
    }
}

static void services_draw(struct mu_app *app, void *state, struct mu_grid *grid,
                          const struct mu_layout *layout)
{
    struct services *self = state;
    char line[MU_MESSAGE_SIZE];

    mu_message_format(line, sizeof line, mu_app_language(app),
                      self->resident_id ? MU_SAY_services_line_person
                      : self->open      ? MU_SAY_services_line_open
                                        : MU_SAY_services_line,
                      self->name, NULL);
    mu_records_draw(&self->records, app, grid, layout, line, MU_SAY_services_hint);
}

static void services_close(struct mu_app *app, void *state)
{
    struct services *self = state;

    free(self->duties);
    mu_records_close(app, self);
}

static const struct mu_screen_type services_type = {
    .name = "services",
    .title = MU_SAY_services_title,
    .event = services_event,
    .draw = services_draw,
    .offer = mu_records_offer,
    .find = services_find,
    .typing = mu_typing_keys,
    .tick = mu_records_tick,
    .resume = mu_records_read,
    .close = services_close,
};

static const struct mu_records_kind services_kind = {
    .type = &services_type,
    .row_size = sizeof(struct mu_service_line),
    .columns = columns,
    .column_count = sizeof columns / sizeof *columns,
    .source = {.cell = cell},
    .empty = MU_SAY_services_none,
    .keys = services_key,
    .key_count = sizeof services_key / sizeof *services_key,
    .read = read_services,
};

enum mu_status mu_open_services(struct mu_app *app, struct mu_error *error)
{
    return mu_records_open(app, &services_kind, calloc(1, sizeof(struct services)), error);
}
