#include "desk/points_post.h"
#include "desk/service_file.h"

#include "store/ledger_store.h"
#include "store/points_store.h"

#include <mulin/base/text.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define OPENING_RULE "opening"

/* ---- taking back ---- */

static enum mu_status not_found(int64_t entry_id, struct mu_error *error)
{
    char number[24];

    snprintf(number, sizeof number, "%lld", (long long)entry_id);
    return mu_fail(error, MU_INPUT, MU_SAY_error_points_entry, number, NULL);
}

/* What of this entry can be taken back; and that it was not. */
static enum mu_status check_reversal(struct mu_desk *desk, const struct mu_entry *entry,
                                     struct mu_points_line *line, struct mu_error *error)
{
    char number[24], other[24];
    int64_t reversal = 0;
    enum mu_status status =
        mu_points_line_read(desk->db, entry->id, entry->resident_id, line, error);

    if (status == MU_OK)
        status = mu_points_reversed_by(desk->db, entry->id, &reversal, error);
    if (status != MU_OK)
        return status;
    snprintf(number, sizeof number, "%lld", (long long)entry->id);
    if (line->kind != MU_POINTS_SERVICE && line->kind != MU_POINTS_RATING &&
        line->kind != MU_POINTS_OPENING)
        return mu_fail(error, MU_REFUSED, MU_SAY_error_points_kind, number, NULL);
    if (!reversal)
        return MU_OK;
    snprintf(other, sizeof other, "%lld", (long long)reversal);
    return mu_fail(error, MU_REFUSED, MU_SAY_error_points_reversed, number, other, NULL);
}

static enum mu_status reverse(struct mu_desk *desk, int64_t entry_id, const char *reason,
                              struct mu_earning *out, struct mu_error *error)
{
    struct mu_recording recording;
    struct mu_points_posting posting = {.kind = MU_POINTS_REVERSAL, .move_count = 1};
    struct mu_service_person person;
    struct mu_points_line line;
    struct mu_entry entry;
    char number[24], points[MU_POINTS_SIZE];
    bool found = false;
    int closed = 0;
    enum mu_status status = mu_ledger_read(desk->db, entry_id, &found, &entry, error);

    if (status != MU_OK)
        return status;
    if (!found || entry.book != MU_BOOK_POINTS || !entry.resident_id)
        return not_found(entry_id, error);
    status = check_reversal(desk, &entry, &line, error);
    if (status == MU_OK)
        status = mu_recording_begin(&recording, desk, error);
    if (status == MU_OK)
        status = mu_service_person(desk->db, entry.resident_id, &person, error);
    if (status == MU_OK)
        status = mu_points_last_closed(desk->db, &closed, error);
    if (status != MU_OK)
        return status;
    posting.date = line.month > closed ? entry.date : recording.now.date;
    posting.now = recording.now;
    posting.rule_id = entry.rule_id;
    posting.rules_version = entry.rules_version;
    posting.reverses = entry_id;
    posting.reason = reason;
    posting.move[0] =
        (struct mu_points_move){entry.resident_id, {-line.points.count}, -line.minutes};
    *out = (struct mu_earning){.resident_id = entry.resident_id,
                               .kind = MU_POINTS_REVERSAL,
                               .points = posting.move[0].points};
    memcpy(out->name, person.name, sizeof out->name);
    status = mu_points_post(desk, &posting, &out->entry_id, error);
    if (status == MU_OK && line.kind == MU_POINTS_SERVICE)
        status = mu_service_mark_reversed(desk->db, entry_id, out->entry_id, error);
    if (status == MU_OK)
        status = mu_points_of_person(desk->db, person.id, &out->balance, error);
    snprintf(number, sizeof number, "%lld", (long long)entry_id);
    mu_points_format(out->points, points);
    return status == MU_OK ? mu_audit_note(desk, MU_MAY_correct_points, entry.resident_id, number,
                                           "", points, reason, error)
                           : status;
}

enum mu_status mu_reverse_points(struct mu_desk *desk, int64_t entry_id, const char *reason,
                                 struct mu_earning *out, struct mu_error *error)
{
    char text[MU_REASON_SIZE];
    struct mu_earning earning;
    enum mu_status status = mu_desk_may(desk, MU_MAY_correct_points, error);

    if (status == MU_OK)
        status = mu_desk_text(reason, text, sizeof text, error);
    if (status != MU_OK)
        return status;
    if (!*text)
        return mu_fail(error, MU_INPUT, MU_SAY_error_points_reason, NULL);
    status = mu_db_begin(desk->db, error);
    if (status != MU_OK)
        return status;
    status = mu_desk_end(desk, reverse(desk, entry_id, text, &earning, error), error);
    if (status == MU_OK && out)
        *out = earning;
    return status;
}

/* ---- ratings ---- */

static enum mu_status find_source(const struct mu_points_rules *rules, const char *text,
                                  const struct mu_rating_rules **out, struct mu_error *error)
{
    char name[MU_RULE_NAME_SIZE];

    if (!rules->rating_count)
        return mu_fail(error, MU_INPUT, MU_SAY_error_rating_none, NULL);
    if (!text && rules->rating_count == 1) {
        *out = rules->ratings;
        return MU_OK;
    }
    if (!mu_text_clean(name, sizeof name, text ? text : "", false))
        *name = '\0';
    for (size_t i = 0; i < rules->rating_count; i++)
        if (strcmp(rules->ratings[i].id, name) == 0 || strcmp(rules->ratings[i].name, name) == 0) {
            *out = &rules->ratings[i];
            return MU_OK;
        }
    return mu_fail(error, MU_INPUT, MU_SAY_error_rating_source, name, rules->ratings[0].id, NULL);
}

static enum mu_status check_rating(const struct mu_recording *recording,
                                   const struct mu_rating_rules *source, int score,
                                   const struct mu_service_person *person, struct mu_error *error)
{
    struct mu_date first = {recording->day.year, recording->day.month, 1};
    char from[16], to[16], most[16];
    int count = 0;
    enum mu_status status;

    snprintf(from, sizeof from, "%d", source->from);
    snprintf(to, sizeof to, "%d", source->to);
    if (score < source->from || score > source->to)
        return mu_fail(error, MU_INPUT, MU_SAY_error_rating_score, from, to, NULL);
    status = mu_rating_count(recording->desk->db, person->id, source->id, first,
                             mu_month_end(first), &count, error);
    if (status != MU_OK || !source->per_month || count < source->per_month)
        return status;
    snprintf(most, sizeof most, "%d", source->per_month);
    return mu_fail(error, MU_REFUSED, MU_SAY_error_rating_enough, person->name, source->name, most,
                   NULL);
}

static enum mu_status post_rating(struct mu_recording *recording,
                                  const struct mu_rating_rules *source, struct mu_rating *rating,
                                  struct mu_earning *out, struct mu_error *error)
{
    struct mu_points_posting posting = {.kind = MU_POINTS_RATING,
                                        .date = recording->day,
                                        .now = recording->now,
                                        .rule_id = source->id,
                                        .rules_version = recording->version,
                                        .reason = rating->note,
                                        .move_count = 1};
    char points[MU_POINTS_SIZE];
    enum mu_status status;

    posting.move[0] =
        (struct mu_points_move){rating->resident_id, mu_rating_points(source, rating->score), 0};
    out->points = posting.move[0].points;
    status = mu_points_post(recording->desk, &posting, &out->entry_id, error);
    rating->entry_id = out->entry_id;
    if (status == MU_OK)
        status = mu_rating_add(recording->desk->db, rating, error);
    if (status == MU_OK)
        status =
            mu_points_of_person(recording->desk->db, rating->resident_id, &out->balance, error);
    mu_points_format(out->points, points);
    return status == MU_OK
               ? mu_audit_note(recording->desk, MU_MAY_record_service, rating->resident_id,
                               source->id, "", points, rating->note, error)
               : status;
}

static enum mu_status rate(struct mu_desk *desk, const struct mu_rating_request *request,
                           int64_t resident_id, const char *note, struct mu_earning *out,
                           struct mu_error *error)
{
    struct mu_recording recording;
    const struct mu_rating_rules *source = NULL;
    struct mu_service_person person;
    struct mu_rating rating = {.score = request->score, .note = note};
    struct mu_date counts;
    char none[MU_REASON_SIZE] = "";
    enum mu_status status = mu_recording_begin(&recording, desk, error);

    if (status != MU_OK)
        return status;
    rating.date = mu_date_known(request->date) ? request->date : recording.now.date;
    status = mu_recording_day(&recording, rating.date, &counts, none, error);
    if (status == MU_OK)
        status = mu_recording_book(&recording, rating.date, error);
    if (status == MU_OK)
        status = find_source(&recording.rules->points, request->source, &source, error);
    if (status == MU_OK)
        status = mu_service_who(desk, resident_id, rating.date, &person, error);
    if (status == MU_OK)
        status = check_rating(&recording, source, request->score, &person, error);
    if (status != MU_OK)
        return status;
    rating.resident_id = person.id;
    rating.source = source->id;
    *out = (struct mu_earning){.resident_id = person.id, .kind = MU_POINTS_RATING};
    memcpy(out->name, person.name, sizeof out->name);
    return post_rating(&recording, source, &rating, out, error);
}

enum mu_status mu_rate_volunteer(struct mu_desk *desk, const struct mu_rating_request *request,
                                 struct mu_earning *out, struct mu_error *error)
{
    char note[MU_SERVICE_TEXT_SIZE];
    struct mu_earning earning;
    int64_t resident_id = 0;
    enum mu_status status = mu_desk_may(desk, MU_MAY_record_service, error);

    if (status == MU_OK)
        status = mu_desk_text(request->note, note, sizeof note, error);
    if (status == MU_OK)
        status = mu_service_identify(desk, request->who, request->resident_id, &resident_id, error);
    if (status == MU_OK)
        status = mu_db_begin(desk->db, error);
    if (status != MU_OK)
        return status;
    status = mu_desk_end(desk, rate(desk, request, resident_id, note, &earning, error), error);
    if (status == MU_OK && out)
        *out = earning;
    return status;
}

/* ---- balances of the book of before ---- */

static enum mu_status open_one(struct mu_recording *recording, const struct mu_people_row *row,
                               int64_t resident_id, struct mu_service_answer *answer,
                               struct mu_error *error)
{
    struct mu_points_posting posting = {.kind = MU_POINTS_OPENING,
                                        .date = recording->now.date,
                                        .now = recording->now,
                                        .rule_id = OPENING_RULE,
                                        .rules_version = recording->version,
                                        .reason = "",
                                        .move_count = 1};
    struct mu_service_person person;
    enum mu_status status =
        mu_service_who(recording->desk, resident_id, recording->now.date, &person, error);

    if (status == MU_OK && !row->points.count && !row->minutes)
        return mu_fail(error, MU_INPUT, MU_SAY_error_opening_nothing, person.name, NULL);
    if (status == MU_OK)
        status = mu_points_opened(recording->desk->db, person.id, &answer->standing, error);
    if (status != MU_OK)
        return status;
    answer->service.resident_id = person.id;
    memcpy(answer->name, person.name, sizeof answer->name);
    if (!answer->standing) {
        answer->service.points = row->points;
        answer->service.minutes = row->minutes;
        posting.move[0] = (struct mu_points_move){person.id, row->points, row->minutes};
        status = mu_points_post(recording->desk, &posting, &answer->service.entry_id, error);
    }
    return status == MU_OK
               ? mu_points_of_person(recording->desk->db, person.id, &answer->balance, error)
               : status;
}

static void count_one(struct mu_attendance_result *result, const struct mu_service_answer *answer)
{
    if (answer->status != MU_OK) {
        result->refused++;
    } else if (answer->standing) {
        result->standing++;
    } else {
        result->recorded++;
        result->points = mu_points_add(result->points, answer->service.points);
    }
}

static enum mu_status open_all(struct mu_recording *recording, const struct mu_people *people,
                               const int64_t *ids, struct mu_service_answer *answers,
                               struct mu_attendance_result *result, struct mu_error *error)
{
    for (size_t i = 0; i < people->count; i++) {
        struct mu_service_answer *answer = &answers[i];

        if (answer->status == MU_OK)
            answer->status = open_one(recording, &people->row[i], ids[i], answer, &answer->why);
        if (answer->status == MU_STORE || answer->status == MU_MEMORY) {
            if (error)
                *error = answer->why;
            return answer->status;
        }
        count_one(result, answer);
    }
    return MU_OK;
}

static enum mu_status open_balances(struct mu_desk *desk, const struct mu_people *people,
                                    const int64_t *ids, struct mu_service_answer *answers,
                                    struct mu_attendance_result *result, struct mu_error *error)
{
    struct mu_recording recording;
    char after[32 + MU_POINTS_SIZE], points[MU_POINTS_SIZE];
    enum mu_status status = mu_db_begin(desk->db, error);

    if (status != MU_OK)
        return status;
    status = mu_recording_begin(&recording, desk, error);
    if (status == MU_OK)
        status = mu_recording_book(&recording, recording.now.date, error);
    if (status == MU_OK)
        status = open_all(&recording, people, ids, answers, result, error);
    if (status == MU_OK && !result->recorded) {
        mu_db_rollback(desk->db);
        return MU_OK;
    }
    mu_points_format(result->points, points);
    snprintf(after, sizeof after, "%zu: %s", result->recorded, points);
    if (status == MU_OK)
        status = mu_audit_note(desk, MU_MAY_correct_points, 0, OPENING_RULE, "", after, "", error);
    return mu_desk_end(desk, status, error);
}

enum mu_status mu_open_balances(struct mu_desk *desk, const struct mu_people *people,
                                struct mu_service_answer *answers, struct mu_attendance_result *out,
                                struct mu_error *error)
{
    struct mu_attendance_result result = {0};
    int64_t *ids;
    enum mu_status status = mu_desk_may(desk, MU_MAY_correct_points, error);

    if (status != MU_OK)
        return status;
    if (people->count > MU_ATTENDEES)
        return mu_fail(error, MU_INPUT, MU_SAY_error_attendance_many, NULL);
    ids = calloc(people->count ? people->count : 1, sizeof *ids);
    if (!ids)
        return mu_fail_memory(error);
    for (size_t i = 0; i < people->count; i++) {
        answers[i] = (struct mu_service_answer){0};
        answers[i].status =
            mu_service_identify(desk, people->row[i].who, 0, &ids[i], &answers[i].why);
    }
    status = open_balances(desk, people, ids, answers, &result, error);
    free(ids);
    if (status == MU_OK)
        *out = result;
    return status;
}
