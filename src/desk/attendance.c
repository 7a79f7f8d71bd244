#include "desk/service_file.h"

#include <mulin/base/text.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A list on its way into the records. */
struct listing {
    struct mu_recording recording;
    const struct mu_attendance_request *request;
    struct mu_service_request all; /* of it, with whoever is named in words */
    struct mu_attendance_sheet attendance;
    struct mu_service common; /* texts and day */
    const struct mu_duty *duty;
    char reason[MU_REASON_SIZE];
    struct mu_attendance_result result;
};

/* ---- who they are, before the write transaction ---- */

static enum mu_status identify(struct mu_desk *desk, const struct mu_attendee *people, size_t count,
                               int64_t *ids, struct mu_service_answer *answers,
                               struct mu_error *error)
{
    for (size_t i = 0; i < count; i++) {
        struct mu_service_answer *answer = &answers[i];

        *answer = (struct mu_service_answer){0};
        answer->status =
            mu_service_identify(desk, people[i].who, people[i].resident_id, &ids[i], &answer->why);
        if (answer->status == MU_STORE || answer->status == MU_MEMORY) {
            if (error)
                *error = answer->why;
            return answer->status;
        }
    }
    return MU_OK;
}

/* ---- inside it ---- */

static enum mu_status prepare(struct listing *listing, struct mu_error *error)
{
    struct mu_recording *recording = &listing->recording;
    struct mu_attendance_sheet *attendance = &listing->attendance;
    const struct mu_service_request *all = &listing->all;
    enum mu_status status =
        mu_desk_text(listing->request->title, attendance->title, sizeof attendance->title, error);

    if (status == MU_OK && !*attendance->title)
        return mu_fail(error, MU_INPUT, MU_SAY_error_attendance_title, NULL);
    if (status == MU_OK)
        status = mu_desk_text(all->reason, listing->reason, sizeof listing->reason, error);
    if (status == MU_OK)
        status = mu_service_texts(all, &listing->common, error);
    listing->common.date = mu_date_known(all->date) ? all->date : recording->now.date;
    if (status == MU_OK)
        status = mu_recording_book(recording, listing->common.date, error);
    if (status == MU_OK)
        status = mu_recording_duty(recording, all->duty, &listing->duty, error);
    if (status != MU_OK)
        return status;
    listing->common.begun_at = attendance->recorded_at = recording->now;
    listing->common.operator_id = attendance->operator_id = recording->desk->operator.id;
    attendance->date = listing->common.date;
    mu_text_copy(attendance->duty, sizeof attendance->duty, listing->duty->id);
    memcpy(attendance->place, listing->common.place, sizeof attendance->place);
    memcpy(attendance->confirmed_by, listing->common.confirmed_by, sizeof attendance->confirmed_by);
    return mu_attendance_find(recording->desk->db, attendance, &attendance->id, error);
}

/* The list is made when somebody stands on it. */
static enum mu_status record_one(struct listing *listing, const struct mu_attendee *attendee,
                                 int64_t resident_id, struct mu_service_answer *answer,
                                 struct mu_error *error)
{
    struct mu_service_request request = listing->all;
    struct mu_service_person person;
    enum mu_status status;

    if (attendee->starts_at || attendee->ends_at) {
        request.starts_at = attendee->starts_at;
        request.ends_at = attendee->ends_at;
        request.minutes = 0;
    }
    if (attendee->minutes) {
        request.minutes = attendee->minutes;
        if (!attendee->starts_at && !attendee->ends_at)
            request.starts_at = request.ends_at = 0;
    }
    if (attendee->times)
        request.times = attendee->times;
    answer->service = listing->common;
    answer->service.attendance_id = listing->attendance.id;
    status = mu_service_time(&request, listing->duty, &answer->service, error);
    if (status == MU_OK)
        status = mu_service_who(listing->recording.desk, resident_id, listing->common.date, &person,
                                error);
    if (status != MU_OK)
        return status;
    answer->service.resident_id = person.id;
    memcpy(answer->name, person.name, sizeof answer->name);
    return mu_service_write(&listing->recording, listing->duty, listing->reason, listing->all.again,
                            answer, error);
}

static void count_one(struct listing *listing, const struct mu_service_answer *answer)
{
    struct mu_attendance_result *result = &listing->result;

    if (answer->status != MU_OK)
        result->refused++;
    else if (answer->standing)
        result->standing++;
    else
        result->recorded++;
    if (answer->status == MU_OK && !answer->standing)
        result->points = mu_points_add(result->points, answer->service.points);
}

static enum mu_status record_all(struct listing *listing, const struct mu_attendee *people,
                                 size_t count, const int64_t *ids,
                                 struct mu_service_answer *answers, struct mu_error *error)
{
    bool made = false;
    enum mu_status status = MU_OK;

    for (size_t i = 0; i < count; i++)
        if (answers[i].status == MU_OK && !listing->attendance.id) {
            status = mu_attendance_add(listing->recording.desk->db, &listing->attendance, error);
            made = true;
            break;
        }
    for (size_t i = 0; status == MU_OK && i < count; i++) {
        struct mu_service_answer *answer = &answers[i];

        if (answer->status == MU_OK)
            answer->status = record_one(listing, &people[i], ids[i], answer, &answer->why);
        if (answer->status == MU_STORE || answer->status == MU_MEMORY) {
            if (error)
                *error = answer->why;
            return answer->status;
        }
        if (answer->status != MU_OK)
            answer->service.id = answer->service.entry_id = 0;
        count_one(listing, answer);
    }
    listing->result.attendance_id = listing->attendance.id;
    if (made && !listing->result.recorded)
        listing->result.attendance_id = 0; /* nobody stands on it: it is taken back */
    return status;
}

static enum mu_status note(const struct listing *listing, struct mu_error *error)
{
    const struct mu_attendance_sheet *attendance = &listing->attendance;
    char number[24], day[MU_DATE_SIZE], points[MU_POINTS_SIZE];
    char after[MU_SERVICE_TEXT_SIZE + MU_RULE_ID_SIZE + MU_DATE_SIZE + MU_POINTS_SIZE + 40];

    snprintf(number, sizeof number, "%lld", (long long)attendance->id);
    mu_date_format(attendance->date, day);
    mu_points_format(listing->result.points, points);
    snprintf(after, sizeof after, "%s %s %s: %zu, %s", attendance->title, day, attendance->duty,
             listing->result.recorded, points);
    return mu_audit_note(listing->recording.desk, MU_MAY_record_service, 0, number, "", after,
                         listing->reason, error);
}

static enum mu_status run(struct listing *listing, struct mu_desk *desk,
                          const struct mu_attendee *people, size_t count, const int64_t *ids,
                          struct mu_service_answer *answers, struct mu_error *error)
{
    enum mu_status status = mu_db_begin(desk->db, error);

    if (status != MU_OK)
        return status;
    status = mu_recording_begin(&listing->recording, desk, error);
    if (status == MU_OK)
        status = prepare(listing, error);
    if (status == MU_OK)
        status = record_all(listing, people, count, ids, answers, error);
    if (status == MU_OK && !listing->result.recorded) {
        mu_db_rollback(desk->db);
        return MU_OK;
    }
    if (status == MU_OK)
        status = note(listing, error);
    return mu_desk_end(desk, status, error);
}

enum mu_status mu_record_attendance(struct mu_desk *desk,
                                    const struct mu_attendance_request *request,
                                    const struct mu_attendee *people, size_t count,
                                    struct mu_service_answer *answers,
                                    struct mu_attendance_result *out, struct mu_error *error)
{
    struct listing listing = {.request = request, .all = request->all};
    struct mu_service_others names;
    int64_t *ids;
    enum mu_status status = mu_desk_may(desk, MU_MAY_record_service, error);

    if (status != MU_OK)
        return status;
    if (count > MU_ATTENDEES)
        return mu_fail(error, MU_INPUT, MU_SAY_error_attendance_many, NULL);
    ids = calloc(count ? count : 1, sizeof *ids);
    if (!ids)
        return mu_fail_memory(error);
    status = identify(desk, people, count, ids, answers, error);
    if (status == MU_OK)
        status = mu_service_others(desk, &listing.all, &names, error);
    if (status == MU_OK)
        status = run(&listing, desk, people, count, ids, answers, error);
    free(ids);
    if (status == MU_OK)
        *out = listing.result;
    return status;
}
