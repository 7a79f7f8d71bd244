#include "desk/service_file.h"

#include <mulin/base/text.h>
#include <mulin/domain/calendar.h>

#include <stdio.h>
#include <string.h>

enum { DAY_MINUTES = 24 * 60 };

/* Minutes since the open service began. */
static int lasted(const struct mu_recording *recording, const struct mu_service *open)
{
    return mu_date_days_between(open->date, recording->now.date) * DAY_MINUTES +
           recording->now.minute - open->starts_at;
}

/* The duty of the day on which it began; one that no book has any more lasts as long as any. */
static enum mu_status duty_of(struct mu_recording *recording, const struct mu_service *open,
                              struct mu_duty *out, struct mu_error *error)
{
    const struct mu_duty *duty;
    enum mu_status status = mu_recording_book(recording, open->date, error);

    if (status != MU_OK)
        return status;
    duty = mu_rules_duty(recording->rules, open->duty);
    *out = (struct mu_duty){.longest = DAY_MINUTES / 2};
    if (duty) {
        *out = *duty;
    } else {
        mu_text_copy(out->id, sizeof out->id, open->duty);
        mu_text_copy(out->team, sizeof out->team, open->team);
        mu_text_copy(out->name, sizeof out->name, open->duty);
    }
    return MU_OK;
}

static enum mu_status note(const struct mu_recording *recording, const struct mu_service *service,
                           const char *what, struct mu_error *error)
{
    char number[24], after[MU_RULE_ID_SIZE + MU_POINTS_SIZE + 16], points[MU_POINTS_SIZE];

    snprintf(number, sizeof number, "%lld", (long long)service->id);
    mu_points_format(service->points, points);
    snprintf(after, sizeof after, "%s %s %s", what, service->duty, service->entry_id ? points : "");
    return mu_audit_note(recording->desk, MU_MAY_record_service, service->resident_id, number, "",
                         after, "", error);
}

/* What was not ended for so long gets the minutes of the rule from its beginning on. Where that
 * cannot be (the person died meanwhile and served somewhere else before), it gets none. */
enum mu_status mu_service_forget(struct mu_recording *recording, const struct mu_service *open,
                                 struct mu_error *error)
{
    struct mu_service_answer answer = {.service = *open};
    struct mu_duty duty = {0};
    char reason[MU_REASON_SIZE];
    enum mu_status status = duty_of(recording, open, &duty, error);

    if (status != MU_OK)
        return status;
    answer.service.minutes = recording->rules->points.forgotten;
    if (answer.service.minutes > lasted(recording, open))
        answer.service.minutes = lasted(recording, open);
    answer.service.ends_at = open->starts_at + answer.service.minutes;
    answer.service.forgotten = true;
    mu_text_copy(reason, sizeof reason, mu_message_text(MU_SAY_service_forgotten, MU_CHINESE));
    status = mu_service_write(recording, &duty, reason, true, &answer, error);
    if (status == MU_REFUSED) {
        answer.service.minutes = 0;
        answer.service.ends_at = open->starts_at;
        status = mu_service_write(recording, &duty, reason, true, &answer, error);
    }
    return status == MU_OK ? note(recording, &answer.service, "forgotten", error) : status;
}

/* ---- check-in ---- */

static bool is_forgotten(const struct mu_recording *recording, const struct mu_duty *duty,
                         const struct mu_service *open)
{
    return lasted(recording, open) > duty->longest;
}

/* Nobody is at two duties: an open service of before is closed by rule, or stands in the way. */
static enum mu_status check_open(struct mu_recording *recording, int64_t resident_id,
                                 const char *name, struct mu_error *error)
{
    struct mu_service open;
    struct mu_duty duty = {0};
    char clock[MU_CLOCK_SIZE];
    enum mu_status status = mu_service_open_of(recording->desk->db, resident_id, &open, error);

    if (status == MU_OK && open.id)
        status = duty_of(recording, &open, &duty, error);
    if (status != MU_OK || !open.id)
        return status;
    if (is_forgotten(recording, &duty, &open))
        return mu_service_forget(recording, &open, error);
    mu_clock_format(open.starts_at, clock);
    return mu_fail(error, MU_REFUSED, MU_SAY_error_service_open, name, duty.name, clock, NULL);
}

struct busy {
    const struct mu_service *service;
    struct mu_service other; /* id 0: none */
};

static bool look_for_now(void *context, const struct mu_service *other)
{
    struct busy *busy = context;
    struct mu_service now = *busy->service;

    now.ends_at = now.starts_at + 1;
    if (mu_services_overlap(&now, other))
        busy->other = *other;
    return true;
}

static enum mu_status check_in(struct mu_recording *recording,
                               const struct mu_service_request *request, int64_t resident_id,
                               struct mu_service_answer *answer, struct mu_error *error)
{
    struct mu_service *service = &answer->service;
    struct busy busy = {.service = service};
    struct mu_service_person person;
    const struct mu_duty *duty = NULL;
    enum mu_status status =
        mu_service_who(recording->desk, resident_id, recording->now.date, &person, error);

    if (status != MU_OK)
        return status;
    memcpy(answer->name, person.name, sizeof answer->name);
    service->resident_id = person.id;
    service->date = recording->now.date;
    service->starts_at = recording->now.minute;
    service->ends_at = -1;
    service->times = 1;
    service->begun_at = recording->now;
    service->operator_id = recording->desk->operator.id;
    status = mu_service_texts(request, service, error);
    if (status == MU_OK)
        status = check_open(recording, person.id, person.name, error);
    if (status == MU_OK)
        status = mu_recording_book(recording, service->date, error);
    if (status == MU_OK)
        status = mu_recording_duty(recording, request->duty, &duty, error);
    if (status == MU_OK)
        status =
            mu_service_between(recording->desk->db, person.id, mu_date_add_days(service->date, -1),
                               service->date, look_for_now, &busy, error);
    if (status != MU_OK)
        return status;
    if (busy.other.id)
        return mu_fail(error, MU_REFUSED, MU_SAY_error_service_busy, person.name, NULL);
    mu_text_copy(service->duty, sizeof service->duty, duty->id);
    mu_text_copy(service->team, sizeof service->team, duty->team);
    status = mu_service_next(recording->desk->db, &service->id, error);
    if (status == MU_OK)
        status = mu_service_add(recording->desk->db, service, error);
    return status == MU_OK ? note(recording, service, "check-in", error) : status;
}

/* ---- check-out ---- */

static enum mu_status end_now(struct mu_recording *recording, const struct mu_duty *duty,
                              const struct mu_service_request *request,
                              struct mu_service_answer *answer, struct mu_error *error)
{
    struct mu_service *service = &answer->service;
    struct mu_service told = {0};
    char reason[MU_REASON_SIZE], clock[MU_CLOCK_SIZE];
    enum mu_status status = mu_desk_text(request->reason, reason, sizeof reason, error);

    if (status == MU_OK)
        status = mu_service_texts(request, &told, error);
    if (status != MU_OK)
        return status;
    service->minutes = lasted(recording, service);
    mu_clock_format(service->starts_at, clock);
    if (service->minutes < 1)
        return mu_fail(error, MU_REFUSED, MU_SAY_error_service_just, answer->name, clock, NULL);
    service->ends_at = service->starts_at + service->minutes;
    if (request->times < 0 || request->times > 99)
        return mu_fail(error, MU_INPUT, MU_SAY_error_service_often, NULL);
    service->times = request->times ? request->times : 1;
    memcpy(service->confirmed_by, told.confirmed_by, sizeof service->confirmed_by);
    service->confirmed_id = told.confirmed_id;
    if (*told.note)
        memcpy(service->note, told.note, sizeof service->note);
    if (!*reason && mu_month_number(service->date) <= recording->last_closed)
        mu_text_copy(reason, sizeof reason, mu_message_text(MU_SAY_service_over_month, MU_CHINESE));
    status = mu_service_write(recording, duty, reason, true, answer, error);
    return status == MU_OK ? note(recording, service, "check-out", error) : status;
}

static enum mu_status check_out(struct mu_recording *recording,
                                const struct mu_service_request *request, int64_t resident_id,
                                struct mu_service_answer *answer, struct mu_error *error)
{
    struct mu_service_person person;
    struct mu_duty duty = {0};
    struct mu_service open;
    enum mu_status status = mu_service_person(recording->desk->db, resident_id, &person, error);

    if (status == MU_OK)
        status = mu_service_open_of(recording->desk->db, person.id, &open, error);
    if (status != MU_OK)
        return status;
    memcpy(answer->name, person.name, sizeof answer->name);
    if (!open.id)
        return mu_fail(error, MU_REFUSED, MU_SAY_error_service_none_open, person.name, NULL);
    answer->service = open;
    status = duty_of(recording, &open, &duty, error);
    if (status != MU_OK)
        return status;
    if (!is_forgotten(recording, &duty, &open))
        return end_now(recording, &duty, request, answer, error);
    status = mu_service_forget(recording, &open, error);
    if (status == MU_OK) {
        struct mu_service_line line;
        bool found;

        status = mu_service_read(recording->desk->db, open.id, &found, &line, error);
        if (status == MU_OK)
            answer->service = line.service;
    }
    return status == MU_OK
               ? mu_points_of_person(recording->desk->db, person.id, &answer->balance, error)
               : status;
}

/* ---- the use cases ---- */

typedef enum mu_status step(struct mu_recording *recording,
                            const struct mu_service_request *request, int64_t resident_id,
                            struct mu_service_answer *answer, struct mu_error *error);

static enum mu_status run(struct mu_desk *desk, const struct mu_service_request *asked, step *does,
                          struct mu_service_answer *answer, struct mu_error *error)
{
    struct mu_service_request request = *asked;
    struct mu_service_others names;
    struct mu_recording recording;
    struct mu_error failure = {0};
    int64_t resident_id = 0;
    enum mu_status status = mu_desk_may(desk, MU_MAY_record_service, &failure);

    *answer = (struct mu_service_answer){0};
    if (status == MU_OK)
        status = mu_service_identify(desk, asked->who, asked->resident_id, &resident_id, &failure);
    if (status == MU_OK)
        status = mu_service_others(desk, &request, &names, &failure);
    if (status == MU_OK)
        status = mu_db_begin(desk->db, &failure);
    if (status == MU_OK) {
        status = mu_recording_begin(&recording, desk, &failure);
        if (status == MU_OK)
            status = does(&recording, &request, resident_id, answer, &failure);
        status = mu_desk_end(desk, status, &failure);
    }
    answer->status = status;
    if (status != MU_OK) {
        answer->why = failure;
        answer->service.id = answer->service.entry_id = 0;
        if (error)
            *error = failure;
    }
    return status;
}

enum mu_status mu_service_check_in(struct mu_desk *desk, const struct mu_service_request *request,
                                   struct mu_service_answer *answer, struct mu_error *error)
{
    return run(desk, request, check_in, answer, error);
}

enum mu_status mu_service_check_out(struct mu_desk *desk, const struct mu_service_request *request,
                                    struct mu_service_answer *answer, struct mu_error *error)
{
    return run(desk, request, check_out, answer, error);
}

static enum mu_status close_all(struct mu_recording *recording, size_t *count,
                                struct mu_error *error)
{
    struct mu_service open = {0};
    struct mu_duty duty = {0};
    enum mu_status status = MU_OK;

    do {
        status =
            mu_service_open_next(recording->desk->db, open.id, recording->now.date, &open, error);
        if (status == MU_OK && open.id)
            status = duty_of(recording, &open, &duty, error);
        if (status == MU_OK && open.id && is_forgotten(recording, &duty, &open)) {
            status = mu_service_forget(recording, &open, error);
            ++*count;
        }
    } while (status == MU_OK && open.id);
    return status;
}

enum mu_status mu_close_forgotten(struct mu_desk *desk, size_t *count, struct mu_error *error)
{
    struct mu_recording recording;
    size_t closed = 0;
    enum mu_status status = mu_desk_may(desk, MU_MAY_record_service, error);

    if (status == MU_OK)
        status = mu_db_begin(desk->db, error);
    if (status != MU_OK)
        return status;
    status = mu_recording_begin(&recording, desk, error);
    if (status == MU_OK)
        status = close_all(&recording, &closed, error);
    if (status == MU_OK && !closed) {
        mu_db_rollback(desk->db);
        *count = 0;
        return MU_OK;
    }
    status = mu_desk_end(desk, status, error);
    if (status == MU_OK)
        *count = closed;
    return status;
}
