/* What is the same for everybody on an attendance list. */
#include "tui/screens/record_form.h"
#include "tui/screens/screens.h"
#include "tui/screens/services.h"

#include <mulin/base/text.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MEMBER(name) offsetof(struct mu_list_told, name), sizeof(((struct mu_list_told *)0)->name)

static const struct mu_field list_fields[] = {
    {"list_title", MU_SAY_field_list_title, MU_SAY_hint_list_title, MU_FIELD_NAME, true, false,
     MEMBER(title), NULL},
    {"service_date", MU_SAY_service_day, MU_SAY_hint_service_date, MU_FIELD_DATE, true, false,
     MEMBER(date), NULL},
    {"service_from", MU_SAY_field_service_from, MU_SAY_hint_service_clock, MU_FIELD_TEXT, false,
     false, MEMBER(from), NULL},
    {"service_to", MU_SAY_field_service_to, MU_SAY_hint_service_clock, MU_FIELD_TEXT, false, false,
     MEMBER(to), NULL},
    {"service_minutes", MU_SAY_service_minutes, MU_SAY_hint_service_minutes, MU_FIELD_TEXT, false,
     false, MEMBER(minutes), NULL},
    {"service_place", MU_SAY_service_place, MU_SAY_hint_service_place, MU_FIELD_NAME, false, false,
     MEMBER(place), NULL},
    {"service_recipient", MU_SAY_service_recipient, MU_SAY_hint_service_recipient, MU_FIELD_NAME,
     false, false, MEMBER(recipient), NULL},
    {"service_confirmed", MU_SAY_service_confirmed, MU_SAY_hint_service_confirmed, MU_FIELD_NAME,
     false, false, MEMBER(confirmed_by), NULL},
    {"service_reason", MU_SAY_field_service_reason, MU_SAY_hint_service_reason, MU_FIELD_NOTE,
     false, false, MEMBER(reason), NULL},
};
static const size_t list_field_count = sizeof list_fields / sizeof *list_fields;

/* 8:30, 0830 and 830 as people type a clock. */
static bool read_clock(const char *text, int *out)
{
    char folded[MU_SERVICE_CLOCK_SIZE], clock[MU_SERVICE_CLOCK_SIZE + 2];
    size_t length;

    if (!mu_text_fold_word(folded, sizeof folded, text))
        return false;
    if (mu_clock_parse(folded, out))
        return true;
    length = strspn(folded, "0123456789");
    if (!folded[length] && (length == 3 || length == 4))
        snprintf(clock, sizeof clock, "%s%.*s:%s", length == 3 ? "0" : "", (int)length - 2, folded,
                 folded + length - 2);
    else
        snprintf(clock, sizeof clock, "0%s", folded);
    return mu_clock_parse(clock, out);
}

enum mu_status mu_list_request(const struct mu_list_told *told, struct mu_attendance_request *out,
                               const char **field, struct mu_error *error)
{
    struct mu_points minutes = {0};
    struct mu_attendance_request request = {.title = told->title,
                                            .all = {.duty = told->duty,
                                                    .date = told->date,
                                                    .place = told->place,
                                                    .recipient = told->recipient,
                                                    .confirmed_by = told->confirmed_by,
                                                    .reason = told->reason}};

    *field = "service_from";
    if ((*told->from || *told->to) && !read_clock(told->from, &request.all.starts_at))
        return mu_fail(error, MU_INPUT, MU_SAY_error_service_times, NULL);
    *field = "service_to";
    if ((*told->from || *told->to) && !read_clock(told->to, &request.all.ends_at))
        return mu_fail(error, MU_INPUT, MU_SAY_error_service_times, NULL);
    *field = "service_minutes";
    if (*told->minutes &&
        (!mu_points_parse(told->minutes, &minutes) || minutes.count > MU_SERVICE_LONGEST))
        return mu_fail(error, MU_INPUT, MU_SAY_error_service_long, NULL);
    request.all.minutes = (int)minutes.count;
    *field = NULL;
    *out = request;
    return MU_OK;
}

static enum mu_status list_save(struct mu_app *app, void *record, const char **field,
                                struct mu_error *error)
{
    struct mu_list_told *self = record;
    struct mu_attendance_request request;
    const struct mu_duty *duty;
    enum mu_status status = mu_list_request(self, &request, field, error);

    if (status != MU_OK)
        return status;
    *field = "service_date";
    status = mu_service_duty(mu_screens_desk(app), self->duty, self->date, &duty, error);
    if (status == MU_OK && mu_date_compare(self->date, mu_app_now(app).date) > 0)
        status = mu_fail(error, MU_INPUT, MU_SAY_error_points_future, "", NULL);
    if (status != MU_OK)
        return status;
    *field = "service_minutes";
    if (duty->per_hour && !request.all.minutes && !request.all.starts_at && !request.all.ends_at)
        return mu_fail(error, MU_INPUT, MU_SAY_error_service_no_time, duty->name, NULL);
    *field = NULL;
    if (*self->from || *self->to) {
        mu_clock_format(request.all.starts_at, self->from);
        mu_clock_format(request.all.ends_at % (24 * 60), self->to);
    }
    self->told = true;
    return MU_OK;
}

static void say_next(struct mu_app *app, const void *record)
{
    (void)record;
    mu_app_say(app, MU_TONE_PLAIN, MU_SAY_attendance_begin, NULL);
}

static enum mu_status list_leave(struct mu_app *app, const void *record, struct mu_error *error)
{
    const struct mu_list_told *self = record;

    return self->told ? mu_open_attendance(app, self, error) : MU_OK;
}

static const struct mu_record_form list_form = {
    .name = "attendance_form",
    .title = MU_SAY_attendance_title,
    .line = MU_SAY_attendance_form_line,
    .fields = list_fields,
    .count = &list_field_count,
    .size = sizeof(struct mu_list_told),
    .save = list_save,
    .say_saved = say_next,
    .leave = list_leave,
};

static bool take_last(void *context, const struct mu_attendance_sheet *sheet)
{
    *(struct mu_attendance_sheet *)context = *sheet;
    return false;
}

enum mu_status mu_last_list(struct mu_desk *desk, struct mu_attendance_sheet *out,
                            struct mu_error *error)
{
    const struct mu_date any = {0, 0, 0};

    out->id = 0;
    return mu_list_attendances(desk, any, any, 1, take_last, out, error);
}

/* Of the first with times; some on the list may have minutes of their own. */
static bool take_times(void *context, const struct mu_service_line *line)
{
    struct mu_list_told *told = context;
    bool timed = line->service.starts_at >= 0 && line->service.ends_at >= 0;

    if (timed) {
        mu_clock_format(line->service.starts_at, told->from);
        mu_clock_format(line->service.ends_at % (24 * 60), told->to);
        *told->minutes = '\0';
    } else if (line->service.minutes && !*told->minutes) {
        snprintf(told->minutes, sizeof told->minutes, "%d", line->service.minutes);
    }
    return !timed;
}

/* What was told for the last list of the duty is likely to be so again. */
static enum mu_status as_last_time(struct mu_desk *desk, struct mu_list_told *told,
                                   struct mu_error *error)
{
    struct mu_attendance_sheet last;
    struct mu_service_filter filter = {0};
    enum mu_status status = mu_last_list(desk, &last, error);

    if (status != MU_OK || !last.id || strcmp(last.duty, told->duty) != 0)
        return status;
    memcpy(told->title, last.title, sizeof told->title);
    memcpy(told->place, last.place, sizeof told->place);
    memcpy(told->confirmed_by, last.confirmed_by, sizeof told->confirmed_by);
    filter.attendance_id = last.id;
    return mu_list_services(desk, &filter, take_times, told, error);
}

enum mu_status mu_open_attendance_form(struct mu_app *app, const struct mu_duty *duty,
                                       struct mu_error *error)
{
    struct mu_list_told record = {.date = mu_app_now(app).date};
    enum mu_status status;

    mu_text_copy(record.duty, sizeof record.duty, duty->id);
    mu_text_copy(record.duty_name, sizeof record.duty_name, duty->name);
    mu_text_copy(record.title, sizeof record.title, duty->name);
    status = as_last_time(mu_screens_desk(app), &record, error);
    if (status != MU_OK)
        return status;
    return mu_open_record_form(app, &list_form, &record, record.duty, record.duty_name, error);
}

/* ---- choosing a duty ---- */

enum { DUTY_LINE = 2 * MU_RULE_NAME_SIZE + 4 };

void mu_ask_duty(struct mu_app *app, enum mu_message title, const char *usual, char **kept,
                 void (*picked)(struct mu_app *app, void *state, bool chosen, int code),
                 void *state)
{
    struct mu_pick picks[MU_RULES_DUTIES];
    const struct mu_rules *rules;
    const struct mu_points_rules *points;
    struct mu_error error;
    int at = 0;
    enum mu_status status = mu_desk_rules(mu_screens_desk(app), &rules, NULL, &error);

    if (status == MU_OK && !rules->points.duty_count)
        status = mu_fail(&error, MU_INPUT, MU_SAY_error_duty_none, NULL);
    if (status != MU_OK) {
        mu_app_say_error(app, &error);
        return;
    }
    points = &rules->points;
    free(*kept);
    *kept = malloc(points->duty_count * DUTY_LINE);
    if (!*kept) {
        (void)(mu_fail_memory(&error) == MU_OK);
        mu_app_say_error(app, &error);
        return;
    }
    for (size_t i = 0; i < points->duty_count; i++) {
        const struct mu_duty *duty = &points->duties[i];
        char *line = *kept + i * DUTY_LINE;

        snprintf(line, DUTY_LINE, "%s%s%s", duty->team, *duty->team ? "  " : "", duty->name);
        picks[i] = (struct mu_pick){.code = (int)i, .text = line};
        if (strcmp(duty->id, usual) == 0)
            at = (int)i;
    }
    mu_app_pick(app, mu_message_text(title, mu_app_language(app)), picks, points->duty_count, at,
                picked, state);
}
