#include "desk/points_post.h"
#include "desk/service_file.h"
#include "desk/who.h"

#include "store/points_store.h"

#include <mulin/base/text.h>
#include <mulin/domain/calendar.h>

#include <stdio.h>
#include <string.h>

enum { DAY_MINUTES = 24 * 60 };

/* ---- what is asked for ---- */

enum mu_status mu_service_identify(struct mu_desk *desk, const char *who, int64_t resident_id,
                                   int64_t *out, struct mu_error *error)
{
    struct mu_resident found;
    enum mu_who what;
    enum mu_status status;

    if (resident_id) {
        *out = resident_id;
        return MU_OK;
    }
    status = mu_who(desk, who ? who : "", &what, &found, error);
    if (status == MU_OK)
        *out = found.id;
    return status;
}

/* Who is named in words, when it is somebody of the register: a card or a whole name. */
static enum mu_status named(struct mu_desk *desk, const char **text, int64_t *resident_id,
                            struct mu_resident *found, struct mu_error *error)
{
    enum mu_who what;
    enum mu_status status;

    if (*resident_id || !*text || !**text)
        return MU_OK;
    status = mu_who(desk, *text, &what, found, error);
    if (status == MU_REFUSED)
        return MU_OK;
    if (status == MU_OK) {
        *resident_id = found->id;
        *text = found->name;
    }
    return status;
}

enum mu_status mu_service_others(struct mu_desk *desk, struct mu_service_request *request,
                                 struct mu_service_others *names, struct mu_error *error)
{
    enum mu_status status =
        named(desk, &request->recipient, &request->recipient_id, &names->recipient, error);

    return status == MU_OK ? named(desk, &request->confirmed_by, &request->confirmed_id,
                                   &names->confirmer, error)
                           : status;
}

static enum mu_status take_text(const char *text, char *out, struct mu_error *error)
{
    return mu_desk_text(text, out, MU_SERVICE_TEXT_SIZE, error);
}

enum mu_status mu_service_texts(const struct mu_service_request *request, struct mu_service *out,
                                struct mu_error *error)
{
    enum mu_status status = take_text(request->place, out->place, error);

    if (status == MU_OK)
        status = take_text(request->recipient, out->recipient, error);
    if (status == MU_OK)
        status = take_text(request->confirmed_by, out->confirmed_by, error);
    if (status == MU_OK)
        status = take_text(request->note, out->note, error);
    out->recipient_id = request->recipient_id;
    out->confirmed_id = request->confirmed_id;
    return status;
}

enum mu_status mu_service_time(const struct mu_service_request *request, const struct mu_duty *duty,
                               struct mu_service *out, struct mu_error *error)
{
    bool told = request->starts_at || request->ends_at;

    if (request->starts_at < 0 || request->starts_at >= DAY_MINUTES || request->ends_at < 0 ||
        request->ends_at > DAY_MINUTES)
        return mu_fail(error, MU_INPUT, MU_SAY_error_service_times, NULL);
    if (request->minutes < 0 || request->minutes > MU_SERVICE_LONGEST)
        return mu_fail(error, MU_INPUT, MU_SAY_error_service_long, NULL);
    if (request->times < 0 || request->times > 99)
        return mu_fail(error, MU_INPUT, MU_SAY_error_service_often, NULL);
    out->starts_at = told ? request->starts_at : -1;
    out->ends_at = told ? request->ends_at : -1;
    if (told && out->ends_at <= out->starts_at)
        out->ends_at += DAY_MINUTES;
    out->minutes = request->minutes;
    if (told && !out->minutes)
        out->minutes = out->ends_at - out->starts_at;
    if (told && out->minutes > out->ends_at - out->starts_at)
        return mu_fail(error, MU_INPUT, MU_SAY_error_service_minutes, NULL);
    out->times = request->times ? request->times : 1;
    if (duty->per_hour && !out->minutes)
        return mu_fail(error, MU_INPUT, MU_SAY_error_service_no_time, duty->name, NULL);
    return MU_OK;
}

enum mu_status mu_service_who(struct mu_desk *desk, int64_t resident_id, struct mu_date day,
                              struct mu_service_person *out, struct mu_error *error)
{
    char number[24], text[MU_DATE_SIZE];
    enum mu_status status = mu_service_person(desk->db, resident_id, out, error);

    if (status != MU_OK)
        return status;
    if (!out->id) {
        snprintf(number, sizeof number, "%lld", (long long)resident_id);
        return mu_fail(error, MU_INPUT, MU_SAY_error_resident_unknown, number, NULL);
    }
    mu_date_format(out->ended_on, text);
    if (out->status == MU_ENTERED_IN_ERROR)
        return mu_fail(error, MU_REFUSED, MU_SAY_error_resident_in_error, out->name, NULL);
    if (out->status == MU_LIVING_HERE || mu_date_compare(day, out->ended_on) <= 0)
        return MU_OK;
    return mu_fail(error, MU_REFUSED,
                   out->status == MU_DECEASED ? MU_SAY_error_service_died
                                              : MU_SAY_error_service_left,
                   out->name, text, NULL);
}

/* ---- a run ---- */

enum mu_status mu_recording_begin(struct mu_recording *recording, struct mu_desk *desk,
                                  struct mu_error *error)
{
    struct mu_date last;
    enum mu_status status;

    *recording = (struct mu_recording){.desk = desk};
    status = mu_desk_moment(desk, &recording->now, &last, error);
    return status == MU_OK ? mu_points_last_closed(desk->db, &recording->last_closed, error)
                           : status;
}

enum mu_status mu_recording_book(struct mu_recording *recording, struct mu_date day,
                                 struct mu_error *error)
{
    struct mu_date deciding = day;
    int version = 0;
    enum mu_status status = mu_rule_book_version(recording->desk->db, day, &version, error);

    if (status != MU_OK)
        return status;
    if (!version)
        deciding = recording->now.date;
    recording->day = day;
    return mu_desk_rules_on(recording->desk, deciding, &recording->rules, &recording->version,
                            error);
}

/* The name of the duty, or team and name with any blanks between. */
static bool is_called(const struct mu_duty *duty, const char *text)
{
    char both[2 * MU_RULE_NAME_SIZE], typed[2 * MU_RULE_NAME_SIZE];
    char *to = typed;

    snprintf(both, sizeof both, "%s%s", duty->team, duty->name);
    for (const char *at = text; *at && to < typed + sizeof typed - 1; at++)
        if (*at != ' ')
            *to++ = *at;
    *to = '\0';
    return strcmp(duty->name, text) == 0 || strcmp(both, typed) == 0;
}

enum mu_status mu_recording_duty(const struct mu_recording *recording, const char *text,
                                 const struct mu_duty **out, struct mu_error *error)
{
    const struct mu_points_rules *points = &recording->rules->points;
    const struct mu_duty *found = mu_rules_duty(recording->rules, text ? text : "");
    char name[2 * MU_RULE_NAME_SIZE];

    if (!points->duty_count)
        return mu_fail(error, MU_INPUT, MU_SAY_error_duty_none, NULL);
    if (!text || !mu_text_clean(name, sizeof name, text, false) || !*name)
        return mu_fail(error, MU_INPUT, MU_SAY_error_duty_empty, NULL);
    for (size_t i = 0; !found && i < points->duty_count; i++) {
        if (!is_called(&points->duties[i], name))
            continue;
        for (size_t k = i + 1; k < points->duty_count; k++)
            if (is_called(&points->duties[k], name))
                return mu_fail(error, MU_INPUT, MU_SAY_error_duty_several, name,
                               points->duties[i].id, points->duties[k].id, NULL);
        found = &points->duties[i];
    }
    if (!found)
        return mu_fail(error, MU_INPUT, MU_SAY_error_duty_unknown, name, points->duties[0].id,
                       NULL);
    *out = found;
    return MU_OK;
}

enum mu_status mu_recording_day(const struct mu_recording *recording, struct mu_date day,
                                struct mu_date *counts, char *reason, struct mu_error *error)
{
    char text[MU_DATE_SIZE], named[MU_REASON_SIZE + MU_DATE_SIZE + 8];

    mu_date_format(day, text);
    if (!mu_date_valid(day))
        return mu_fail(error, MU_INPUT, MU_SAY_error_service_date, NULL);
    if (mu_date_compare(day, recording->now.date) > 0)
        return mu_fail(error, MU_REFUSED, MU_SAY_error_points_future, text, NULL);
    *counts = day;
    if (mu_month_number(day) > recording->last_closed)
        return MU_OK;
    if (!*reason)
        return mu_fail(error, MU_REFUSED, MU_SAY_error_service_month, text, NULL);
    *counts = recording->now.date;
    snprintf(named, sizeof named, "%s: %s", text, reason);
    if (!mu_text_copy(reason, MU_REASON_SIZE, named))
        return mu_fail(error, MU_INPUT, MU_SAY_error_service_reason, NULL);
    return MU_OK;
}

/* ---- what stands of the person already ---- */

struct around {
    const struct mu_service *service;
    struct mu_moment now;
    int64_t standing;         /* service on this list already */
    struct mu_service clash;  /* id 0: none */
    struct mu_service likely; /* the same typed before, perhaps; id 0: none */
    struct mu_points today, month;
    int minutes; /* of that day */
};

static bool look_at(void *context, const struct mu_service *other)
{
    struct around *around = context;
    const struct mu_service *service = around->service;
    struct mu_service until_now = *other;
    bool same_day = mu_date_compare(other->date, service->date) == 0;

    if (other->id == service->id)
        return true;
    if (!other->entry_id)
        until_now.ends_at =
            mu_date_days_between(other->date, around->now.date) * DAY_MINUTES + around->now.minute;
    if (other->entry_id && mu_month_number(other->date) == mu_month_number(service->date)) {
        around->month = mu_points_add(around->month, other->points);
        if (same_day) {
            around->today = mu_points_add(around->today, other->points);
            around->minutes += other->minutes;
        }
    }
    if (service->attendance_id && other->attendance_id == service->attendance_id)
        around->standing = other->id;
    if (mu_services_overlap(service, &until_now))
        around->clash = *other;
    if (same_day && strcmp(other->duty, service->duty) == 0 &&
        (other->starts_at < 0 || service->starts_at < 0))
        around->likely = *other;
    return true;
}

static struct mu_date earlier(struct mu_date a, struct mu_date b)
{
    return mu_date_compare(a, b) < 0 ? a : b;
}

static struct mu_date later(struct mu_date a, struct mu_date b)
{
    return mu_date_compare(a, b) > 0 ? a : b;
}

static enum mu_status look_around(struct mu_recording *recording, struct around *around,
                                  struct mu_error *error)
{
    struct mu_date day = around->service->date;
    struct mu_date month = {day.year, day.month, 1};

    return mu_service_between(recording->desk->db, around->service->resident_id,
                              earlier(month, mu_date_add_days(day, -1)),
                              later(mu_month_end(month), mu_date_add_days(day, 1)), look_at, around,
                              error);
}

static const char *duty_called(const struct mu_recording *recording, const char *id)
{
    const struct mu_duty *duty = mu_rules_duty(recording->rules, id);

    return duty ? duty->name : id;
}

/* 09:00–11:00, or since 09:00. */
static void span_text(const struct mu_service *service, char *out, size_t size)
{
    char from[MU_CLOCK_SIZE], to[MU_CLOCK_SIZE] = "";

    mu_clock_format(service->starts_at, from);
    if (service->ends_at >= 0)
        mu_clock_format(service->ends_at % DAY_MINUTES, to);
    snprintf(out, size, "%s–%s", from, to);
}

static enum mu_status check_others(const struct mu_recording *recording,
                                   const struct around *around, const char *name, bool again,
                                   struct mu_error *error)
{
    char span[32], day[MU_DATE_SIZE], number[24];

    if (around->clash.id) {
        span_text(&around->clash, span, sizeof span);
        return mu_fail(error, MU_REFUSED, MU_SAY_error_service_overlap, name,
                       duty_called(recording, around->clash.duty), span, NULL);
    }
    mu_date_format(around->service->date, day);
    if (around->likely.id && !again) {
        snprintf(
            number, sizeof number, "%lld",
            (long long)(around->likely.entry_id ? around->likely.entry_id : around->likely.id));
        return mu_fail(error, MU_REFUSED, MU_SAY_error_service_twice, name, day,
                       duty_called(recording, around->likely.duty), number, NULL);
    }
    if (around->minutes + around->service->minutes > DAY_MINUTES)
        return mu_fail(error, MU_REFUSED, MU_SAY_error_service_day_full, name, day, NULL);
    return MU_OK;
}

/* ---- writing ---- */

/* Of today the end must have come. */
static enum mu_status check_end(const struct mu_recording *recording,
                                const struct mu_service *service, struct mu_error *error)
{
    int until = mu_date_days_between(service->date, recording->now.date) * DAY_MINUTES +
                recording->now.minute;
    char text[MU_CLOCK_SIZE];

    if (service->ends_at <= until)
        return MU_OK;
    mu_clock_format(service->ends_at % DAY_MINUTES, text);
    return mu_fail(error, MU_REFUSED, MU_SAY_error_service_future, text, NULL);
}

static enum mu_status post(struct mu_recording *recording, struct mu_service *service,
                           struct mu_date counts, const char *reason, struct mu_error *error)
{
    struct mu_points_posting posting = {.kind = MU_POINTS_SERVICE,
                                        .date = counts,
                                        .now = recording->now,
                                        .rule_id = service->duty,
                                        .rules_version = recording->version,
                                        .reason = reason,
                                        .move_count = 1};
    unsigned char document[MU_HASH_SIZE];
    char key[MU_KEY_SIZE];
    bool open = service->id != 0;
    enum mu_status status = MU_OK;

    mu_new_key(key);
    posting.key = key;
    posting.document = document;
    posting.move[0] =
        (struct mu_points_move){service->resident_id, service->points, service->minutes};
    if (!open)
        status = mu_service_next(recording->desk->db, &service->id, error);
    if (status != MU_OK)
        return status;
    mu_service_hash(service, key, document);
    status = mu_points_post(recording->desk, &posting, &service->entry_id, error);
    if (status != MU_OK)
        return status;
    return open ? mu_service_end(recording->desk->db, service, error)
                : mu_service_add(recording->desk->db, service, error);
}

enum mu_status mu_service_write(struct mu_recording *recording, const struct mu_duty *duty,
                                const char *reason, bool again, struct mu_service_answer *answer,
                                struct mu_error *error)
{
    struct mu_service *service = &answer->service;
    struct around around = {.service = service, .now = recording->now};
    struct mu_service_facts facts = {.duty = duty, .date = service->date};
    char why[MU_REASON_SIZE];
    struct mu_date counts;
    enum mu_status status;

    mu_text_copy(service->duty, sizeof service->duty, duty->id);
    mu_text_copy(service->team, sizeof service->team, duty->team);
    mu_text_copy(why, sizeof why, reason);
    status = mu_recording_day(recording, service->date, &counts, why, error);
    if (status == MU_OK)
        status = check_end(recording, service, error);
    if (status == MU_OK)
        status = look_around(recording, &around, error);
    if (status != MU_OK)
        return status;
    answer->standing = around.standing != 0;
    if (answer->standing) {
        service->id = around.standing;
        return MU_OK;
    }
    status = check_others(recording, &around, answer->name, again, error);
    if (status != MU_OK)
        return status;
    facts.starts_at = service->starts_at;
    facts.minutes = service->minutes;
    facts.times = service->times;
    facts.earned_today = (int)around.today.count;
    facts.earned_this_month = (int)around.month.count;
    mu_service_points(&recording->rules->points, &facts, &answer->decided);
    service->points = answer->decided.points;
    if (!recording->trying)
        status = post(recording, service, counts, why, error);
    if (status == MU_OK)
        status =
            mu_points_of_person(recording->desk->db, service->resident_id, &answer->balance, error);
    if (status == MU_OK && recording->trying)
        answer->balance = mu_points_add(answer->balance, service->points);
    return status;
}

/* ---- one service ---- */

/* Inside the transaction. */
static enum mu_status record(struct mu_recording *recording,
                             const struct mu_service_request *request, int64_t resident_id,
                             struct mu_service_answer *answer, struct mu_error *error)
{
    struct mu_service *service = &answer->service;
    struct mu_service_person person;
    const struct mu_duty *duty = NULL;
    char reason[MU_REASON_SIZE];
    enum mu_status status = mu_desk_text(request->reason, reason, sizeof reason, error);

    service->date = mu_date_known(request->date) ? request->date : recording->now.date;
    service->begun_at = recording->now;
    service->operator_id = recording->desk->operator.id;
    if (status == MU_OK)
        status = mu_service_texts(request, service, error);
    if (status == MU_OK)
        status = mu_recording_book(recording, service->date, error);
    if (status == MU_OK)
        status = mu_recording_duty(recording, request->duty, &duty, error);
    if (status == MU_OK)
        status = mu_service_time(request, duty, service, error);
    if (status == MU_OK)
        status = mu_service_who(recording->desk, resident_id, service->date, &person, error);
    if (status != MU_OK)
        return status;
    service->resident_id = person.id;
    memcpy(answer->name, person.name, sizeof answer->name);
    return mu_service_write(recording, duty, reason, request->again, answer, error);
}

static enum mu_status note(struct mu_recording *recording, const struct mu_service *service,
                           struct mu_error *error)
{
    char number[24], after[MU_RULE_ID_SIZE + MU_DATE_SIZE + MU_POINTS_SIZE + 4];
    char day[MU_DATE_SIZE], points[MU_POINTS_SIZE];

    snprintf(number, sizeof number, "%lld", (long long)service->id);
    mu_date_format(service->date, day);
    mu_points_format(service->points, points);
    snprintf(after, sizeof after, "%s %s %s", day, service->duty, points);
    return mu_audit_note(recording->desk, MU_MAY_record_service, service->resident_id, number, "",
                         after, "", error);
}

static enum mu_status run(struct mu_desk *desk, const struct mu_service_request *asked, bool trying,
                          struct mu_service_answer *answer, struct mu_error *error)
{
    struct mu_service_request request = *asked;
    struct mu_service_others names;
    struct mu_recording recording;
    int64_t resident_id = 0;
    enum mu_status status = mu_desk_may(desk, MU_MAY_record_service, error);

    if (status == MU_OK)
        status = mu_service_identify(desk, asked->who, asked->resident_id, &resident_id, error);
    if (status == MU_OK)
        status = mu_service_others(desk, &request, &names, error);
    if (status == MU_OK)
        status = trying ? mu_db_begin_read(desk->db, error) : mu_db_begin(desk->db, error);
    if (status != MU_OK)
        return status;
    status = mu_recording_begin(&recording, desk, error);
    recording.trying = trying;
    if (status == MU_OK)
        status = record(&recording, &request, resident_id, answer, error);
    if (trying) {
        mu_db_end_read(desk->db);
        return status;
    }
    if (status == MU_OK)
        status = note(&recording, &answer->service, error);
    return mu_desk_end(desk, status, error);
}

/* Every failure stands in the answer, and nothing that was not recorded. */
static enum mu_status answered(struct mu_service_answer *answer, enum mu_status status,
                               const struct mu_error *failure, struct mu_error *error)
{
    answer->status = status;
    if (status == MU_OK)
        return MU_OK;
    answer->why = *failure;
    answer->service.id = answer->service.entry_id = 0;
    if (error)
        *error = *failure;
    return status;
}

enum mu_status mu_record_service(struct mu_desk *desk, const struct mu_service_request *request,
                                 struct mu_service_answer *answer, struct mu_error *error)
{
    struct mu_error failure = {0};

    *answer = (struct mu_service_answer){0};
    return answered(answer, run(desk, request, false, answer, &failure), &failure, error);
}

enum mu_status mu_try_service(struct mu_desk *desk, const struct mu_service_request *request,
                              struct mu_service_answer *answer, struct mu_error *error)
{
    struct mu_error failure = {0};

    *answer = (struct mu_service_answer){0};
    return answered(answer, run(desk, request, true, answer, &failure), &failure, error);
}

enum mu_status mu_service_duty(struct mu_desk *desk, const char *text, struct mu_date day,
                               const struct mu_duty **out, struct mu_error *error)
{
    struct mu_recording recording = {.desk = desk, .now = mu_desk_now(desk)};
    enum mu_status status =
        mu_recording_book(&recording, mu_date_known(day) ? day : recording.now.date, error);

    return status == MU_OK ? mu_recording_duty(&recording, text, out, error) : status;
}
