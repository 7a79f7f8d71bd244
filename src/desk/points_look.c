#include "base/growing.h"
#include "desk/points_tally.h"
#include "store/points_doubt_store.h"

#include <mulin/base/text.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct looking {
    struct mu_tally *tally;
    struct mu_tally_group *group;
    const struct mu_rules *book;
    bool by_team;
    int trend_from;
    struct mu_points_watch watch;
    bool no_memory;
};

static struct mu_tally_row *row_of(struct looking *looking, const char *id)
{
    struct mu_tally_group *group = looking->group;

    for (size_t i = 0; i < group->count; i++)
        if (strcmp(looking->by_team ? group->row[i].name : group->row[i].id, id) == 0)
            return &group->row[i];
    return NULL;
}

static bool take_sum(void *context, const struct mu_points_group_sum *sum)
{
    struct looking *looking = context;
    struct mu_tally_group *group = looking->group;
    struct mu_tally_row *row = mu_grown(group->row, group->count, &group->room, sizeof *row);
    const struct mu_duty *duty = looking->by_team ? NULL : mu_rules_duty(looking->book, sum->id);

    looking->no_memory = !row;
    if (!row)
        return false;
    group->row = row;
    row += group->count++;
    memset(row, 0, sizeof *row);
    if (!looking->by_team)
        mu_text_copy(row->id, sizeof row->id, sum->id);
    mu_text_copy(row->name, sizeof row->name, duty ? duty->name : sum->id);
    row->people = sum->people;
    row->person.moved.services = sum->services;
    row->person.moved.minutes = sum->minutes;
    row->person.moved.earned = sum->points;
    return mu_points_watch(&looking->watch, looking->watch.done, looking->watch.all);
}

/* Those that did nothing in the tallied months are left out. */
static bool take_trend(void *context, const struct mu_points_group_sum *sum)
{
    struct looking *looking = context;
    struct mu_tally_row *row = row_of(looking, sum->id);
    int index = (sum->month / 100 - looking->trend_from / 100) * 12 + sum->month % 100 -
                looking->trend_from % 100;

    if (row && index >= 0 && index < MU_TALLY_TREND)
        row->trend[index] = sum->points.count;
    return mu_points_watch(&looking->watch, looking->watch.done, looking->watch.all);
}

static int most_earned_first(const void *first, const void *second)
{
    const struct mu_tally_row *a = first, *b = second;
    int64_t more = b->person.moved.earned.count - a->person.moved.earned.count;

    if (!more)
        more = b->person.moved.minutes - a->person.moved.minutes;
    if (more)
        return more > 0 ? 1 : -1;
    return strcmp(a->name, b->name);
}

/* The last closed month of several. */
static enum mu_status last_month(struct mu_desk *desk, const struct mu_tally *tally, int *out,
                                 struct mu_error *error)
{
    enum mu_status status = MU_OK;
    int count = 0;

    for (*out = tally->to; tally->from < *out; *out = mu_month_number_add(*out, -1)) {
        status = mu_points_months_closed(desk->db, *out, *out, &count, error);
        if (status != MU_OK || count)
            return status;
    }
    return status;
}

static enum mu_status look(struct mu_desk *desk, struct looking *looking, struct mu_error *error)
{
    struct mu_tally *tally = looking->tally;
    int to, version;
    const struct mu_points_rules *rules;
    enum mu_status status = last_month(desk, tally, &to, error);

    if (status == MU_OK)
        status = mu_points_rules_of(desk, tally->to, &rules, &looking->book, &version, error);
    if (status == MU_OK)
        status = mu_points_group_sums(desk->db, tally->from, to, looking->by_team, take_sum,
                                      looking, error);
    if (status == MU_OK && !looking->no_memory && !looking->watch.stopped)
        status = mu_points_group_trend(desk->db, looking->trend_from, to, looking->by_team,
                                       take_trend, looking, error);
    if (status == MU_OK && looking->no_memory)
        return mu_fail_memory(error);
    return status == MU_OK && looking->watch.stopped ? mu_points_stopped(error) : status;
}

enum mu_status mu_tally_look(struct mu_desk *desk, struct mu_tally *tally, enum mu_tally_by by,
                             mu_progress *progress, void *context, struct mu_error *error)
{
    struct looking looking = {.tally = tally,
                              .group = &tally->group[by],
                              .by_team = by == MU_TALLY_BY_TEAM,
                              .trend_from = mu_month_number_add(tally->to, 1 - MU_TALLY_TREND),
                              .watch = {.progress = progress, .context = context}};
    enum mu_status status = mu_desk_may(desk, MU_MAY_read_points, error);

    if (status != MU_OK || looking.group->read)
        return status;
    status = mu_db_begin_read(desk->db, error);
    if (status != MU_OK)
        return status;
    status = look(desk, &looking, error);
    mu_db_end_read(desk->db);
    if (status != MU_OK) {
        free(looking.group->row);
        *looking.group = (struct mu_tally_group){0};
        return status;
    }
    if (looking.group->count)
        qsort(looking.group->row, looking.group->count, sizeof *looking.group->row,
              most_earned_first);
    looking.group->read = true;
    return MU_OK;
}

enum mu_status mu_tally_take_out(struct mu_desk *desk, const struct mu_tally *tally,
                                 const char *target, struct mu_error *error)
{
    char name[MU_SUBJECT_SIZE], after[2 * MU_MONTH_SIZE], from[MU_MONTH_SIZE], to[MU_MONTH_SIZE];
    enum mu_status status = mu_desk_may(desk, MU_MAY_export_residents, error);

    if (status == MU_OK)
        status = mu_db_begin(desk->db, error);
    if (status != MU_OK)
        return status;
    mu_text_inert(name, sizeof name, target);
    mu_month_format(mu_month_first(tally->from), from);
    mu_month_format(mu_month_first(tally->to), to);
    snprintf(after, sizeof after, "%s%s%s", from, tally->from == tally->to ? "" : " ",
             tally->from == tally->to ? "" : to);
    status = mu_audit_note(desk, MU_MAY_export_residents, 0, name, "", after, "", error);
    return mu_desk_end(desk, status, error);
}

/* Awards and stars. */

struct choosing {
    const struct mu_tally *tally;
    struct mu_tally_candidate *candidate; /* owned */
    size_t count, room;
};

static struct mu_tally_candidate *new_candidate(struct choosing *choosing,
                                                const struct mu_tally_row *row)
{
    struct mu_tally_candidate *grown =
        mu_grown(choosing->candidate, choosing->count, &choosing->room, sizeof *grown);

    if (!grown)
        return NULL;
    choosing->candidate = grown;
    grown += choosing->count++;
    *grown = (struct mu_tally_candidate){.row = row};
    return grown;
}

static int64_t value_of(const struct mu_tally_row *row, int by)
{
    return by == MU_AWARD_BY_HOURS     ? row->person.moved.minutes
           : by == MU_AWARD_BY_RATINGS ? row->rated.count
                                       : row->person.moved.earned.count;
}

static int best_first(const void *first, const void *second)
{
    const struct mu_tally_candidate *a = first, *b = second;

    if (a->value != b->value)
        return a->value < b->value ? 1 : -1;
    if (a->row->person.total_minutes != b->row->person.total_minutes)
        return a->row->person.total_minutes < b->row->person.total_minutes ? 1 : -1;
    return (a->row->person.resident_id > b->row->person.resident_id) -
           (a->row->person.resident_id < b->row->person.resident_id);
}

static enum mu_status put_forward(struct mu_desk *desk, struct choosing *choosing,
                                  const struct mu_award_rules *award, struct mu_error *error)
{
    const struct mu_tally_group *people = &choosing->tally->group[MU_TALLY_BY_PERSON];
    int64_t least = award->by == MU_AWARD_BY_HOURS ? (int64_t)award->least * 60 : award->least;
    size_t first = choosing->count;
    enum mu_status status = MU_OK;

    for (size_t i = 0; i < people->count; i++) {
        int64_t value = value_of(&people->row[i], award->by);
        struct mu_tally_candidate *candidate =
            value > 0 && value >= least ? new_candidate(choosing, &people->row[i]) : NULL;

        if (value <= 0 || value < least)
            continue;
        if (!candidate)
            return mu_fail_memory(error);
        mu_text_copy(candidate->award, sizeof candidate->award, award->name);
        candidate->by = award->by;
        candidate->value = value;
    }
    if (!choosing->candidate)
        return MU_OK;
    if (choosing->count > first)
        qsort(choosing->candidate + first, choosing->count - first, sizeof *choosing->candidate,
              best_first);
    if (choosing->count - first > (size_t)award->places)
        choosing->count = first + (size_t)award->places;
    for (size_t i = first; status == MU_OK && i < choosing->count; i++) {
        choosing->candidate[i].place = (int)(i - first) + 1;
        status =
            mu_award_given(desk->db, choosing->candidate[i].row->person.resident_id, award->name,
                           choosing->tally->to, &choosing->candidate[i].given, error);
    }
    return status;
}

static enum mu_status choose(struct mu_desk *desk, struct choosing *choosing,
                             struct mu_error *error)
{
    const struct mu_tally *tally = choosing->tally;
    const struct mu_points_rules *rules;
    int version;
    enum mu_status status = mu_points_rules_of(desk, tally->to, &rules, NULL, &version, error);

    for (size_t i = 0; status == MU_OK && i < rules->award_count; i++)
        status = put_forward(desk, choosing, &rules->awards[i], error);
    for (size_t i = 0; status == MU_OK && i < tally->group[MU_TALLY_BY_PERSON].count; i++) {
        const struct mu_tally_row *row = &tally->group[MU_TALLY_BY_PERSON].row[i];
        struct mu_tally_candidate *star;

        if (row->person.stars <= row->stars_before)
            continue;
        star = new_candidate(choosing, row);
        if (!star)
            return mu_fail_memory(error);
        star->value = row->person.stars;
    }
    return status;
}

enum mu_status mu_tally_candidates(struct mu_desk *desk, const struct mu_tally *tally,
                                   struct mu_tally_candidate **out, size_t *count,
                                   struct mu_error *error)
{
    struct choosing choosing = {.tally = tally};
    enum mu_status status = mu_desk_may(desk, MU_MAY_read_points, error);

    if (status == MU_OK)
        status = mu_db_begin_read(desk->db, error);
    if (status != MU_OK)
        return status;
    status = choose(desk, &choosing, error);
    mu_db_end_read(desk->db);
    if (status != MU_OK) {
        free(choosing.candidate);
        return status;
    }
    *out = choosing.candidate;
    *count = choosing.count;
    return MU_OK;
}
