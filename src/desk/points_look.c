#include "base/growing.h"
#include "desk/points_tally.h"
#include "desk/tally_rows.h"
#include "store/points_doubt_store.h"

#include <mulin/base/id_set.h>
#include <mulin/base/text.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { STEP = 4096 /* moves between two looks at the person's keys */ };

/* What is known of a row only while it is made. */
struct making {
    struct mu_id_set people; /* who served in the tallied months */
    bool tallied;            /* anything was done in them, not only in those of the trend */
};

/* Teams or duties are few: they stand unpacked while they are looked through. */
struct looking {
    struct mu_tally *tally;
    struct mu_tally_row *row; /* owned */
    struct making *making;    /* owned; of each row */
    size_t count, room, making_room;
    const struct mu_rules *book;
    bool by_team;
    int trend_from;
    size_t last; /* row that was found last: those of one list come together */
    int64_t moves;
    struct mu_points_watch watch;
    bool no_memory;
};

static bool has_id(const struct looking *looking, size_t row, const char *id)
{
    return row < looking->count &&
           strcmp(looking->by_team ? looking->row[row].name : looking->row[row].id, id) == 0;
}

/* A new row at the end. */
static bool add_row(struct looking *looking, const char *id)
{
    const struct mu_duty *duty = looking->by_team ? NULL : mu_rules_duty(looking->book, id);
    struct mu_tally_row *row = mu_grown(looking->row, looking->count, &looking->room, sizeof *row);
    struct making *making;

    if (row)
        looking->row = row;
    making = mu_grown(looking->making, looking->count, &looking->making_room, sizeof *making);
    if (making)
        looking->making = making;
    looking->no_memory = !row || !making;
    if (looking->no_memory)
        return false;
    making[looking->count] = (struct making){0};
    row += looking->count++;
    memset(row, 0, sizeof *row);
    if (!looking->by_team)
        mu_text_copy(row->id, sizeof row->id, id);
    mu_text_copy(row->name, sizeof row->name, duty ? duty->name : id);
    return true;
}

static bool find_row(struct looking *looking, const char *id)
{
    if (has_id(looking, looking->last, id))
        return true;
    for (looking->last = 0; looking->last < looking->count; looking->last++)
        if (has_id(looking, looking->last, id))
            return true;
    return add_row(looking, id);
}

static bool take_move(void *context, const struct mu_points_group_move *move)
{
    struct looking *looking = context;
    int index = (move->month / 100 - looking->trend_from / 100) * 12 + move->month % 100 -
                looking->trend_from % 100;
    struct mu_tally_row *row;
    struct making *making;

    if (!find_row(looking, move->id))
        return false;
    row = &looking->row[looking->last];
    making = &looking->making[looking->last];
    if (index >= 0 && index < MU_TALLY_TREND)
        row->trend[index] += move->points.count;
    if (move->month >= looking->tally->from) {
        making->tallied = true;
        row->person.moved.services += move->services;
        row->person.moved.minutes += move->minutes;
        row->person.moved.earned = mu_points_add(row->person.moved.earned, move->points);
        if (move->services > 0 && !mu_id_set_add(&making->people, move->leading))
            looking->no_memory = true;
    }
    return !looking->no_memory &&
           (++looking->moves % STEP != 0 ||
            mu_points_watch(&looking->watch, index > 0 ? index : 0, MU_TALLY_TREND));
}

/* Those that did nothing in the tallied months are left out. */
static void keep_tallied(struct looking *looking)
{
    size_t kept = 0;

    for (size_t i = 0; i < looking->count; i++) {
        looking->row[i].people = (int64_t)looking->making[i].people.count;
        mu_id_set_clear(&looking->making[i].people);
        if (looking->making[i].tallied)
            looking->row[kept++] = looking->row[i];
    }
    looking->count = kept;
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

static enum mu_status pack(struct looking *looking, struct mu_tally_group *group,
                           struct mu_error *error)
{
    if (looking->count)
        qsort(looking->row, looking->count, sizeof *looking->row, most_earned_first);
    for (size_t i = 0; i < looking->count; i++)
        if (!mu_tally_row_add(group, &looking->row[i])) {
            mu_tally_rows_clear(group);
            return mu_fail_memory(error);
        }
    group->read = true;
    return MU_OK;
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
    int to, version, from = tally->from < looking->trend_from ? tally->from : looking->trend_from;
    const struct mu_points_rules *rules;
    enum mu_status status = last_month(desk, tally, &to, error);

    if (status == MU_OK)
        status = mu_points_rules_of(desk, tally->to, &rules, &looking->book, &version, error);
    if (status == MU_OK)
        status =
            mu_points_group_moves(desk->db, from, to, looking->by_team, take_move, looking, error);
    keep_tallied(looking);
    if (status == MU_OK && looking->no_memory)
        return mu_fail_memory(error);
    return status == MU_OK && looking->watch.stopped ? mu_points_stopped(error) : status;
}

enum mu_status mu_tally_look(struct mu_desk *desk, struct mu_tally *tally, enum mu_tally_by by,
                             mu_progress *progress, void *context, struct mu_error *error)
{
    struct looking looking = {.tally = tally,
                              .by_team = by == MU_TALLY_BY_TEAM,
                              .trend_from = mu_month_number_add(tally->to, 1 - MU_TALLY_TREND),
                              .watch = {.progress = progress, .context = context}};
    enum mu_status status = mu_desk_may(desk, MU_MAY_read_points, error);

    if (status != MU_OK || tally->group[by].read)
        return status;
    status = mu_db_begin_read(desk->db, error);
    if (status != MU_OK)
        return status;
    status = look(desk, &looking, error);
    mu_db_end_read(desk->db);
    if (status == MU_OK)
        status = pack(&looking, &tally->group[by], error);
    free(looking.making);
    free(looking.row);
    return status;
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

static struct mu_tally_candidate *new_candidate(struct choosing *choosing)
{
    struct mu_tally_candidate *grown =
        mu_grown(choosing->candidate, choosing->count, &choosing->room, sizeof *grown);

    if (!grown)
        return NULL;
    choosing->candidate = grown;
    return &choosing->candidate[choosing->count++];
}

static int64_t value_of(const struct mu_tally_row *row, int by)
{
    return by == MU_AWARD_BY_HOURS     ? row->person.moved.minutes
           : by == MU_AWARD_BY_RATINGS ? row->rated.count
                                       : row->person.moved.earned.count;
}

static bool better(const struct mu_tally_candidate *a, const struct mu_tally_candidate *b)
{
    if (a->value != b->value)
        return a->value > b->value;
    if (a->total_minutes != b->total_minutes)
        return a->total_minutes > b->total_minutes;
    return a->resident_id < b->resident_id;
}

/* Among the candidates from `first` on, the best first, of whom `places` stay. False without
 * memory. */
static bool put_in(struct choosing *choosing, size_t first, size_t places,
                   const struct mu_tally_candidate *candidate)
{
    size_t at;

    if (places == 0)
        return true;
    if (choosing->count - first == places) {
        if (!better(candidate, &choosing->candidate[choosing->count - 1]))
            return true;
    } else if (!new_candidate(choosing)) {
        return false;
    }
    for (at = choosing->count - 1; at > first && better(candidate, &choosing->candidate[at - 1]);
         at--)
        choosing->candidate[at] = choosing->candidate[at - 1];
    choosing->candidate[at] = *candidate;
    return true;
}

static enum mu_status put_forward(struct mu_desk *desk, struct choosing *choosing,
                                  const struct mu_award_rules *award, struct mu_error *error)
{
    const struct mu_tally_group *people = &choosing->tally->group[MU_TALLY_BY_PERSON];
    int64_t least = award->by == MU_AWARD_BY_HOURS ? (int64_t)award->least * 60 : award->least;
    size_t first = choosing->count;
    enum mu_status status = MU_OK;

    for (size_t i = 0; i < people->count; i++) {
        struct mu_tally_candidate candidate = {.row = i, .by = award->by};
        struct mu_tally_row row;

        mu_tally_row(people, i, &row);
        candidate.value = value_of(&row, award->by);
        candidate.resident_id = row.person.resident_id;
        candidate.total_minutes = row.person.total_minutes;
        if (candidate.value <= 0 || candidate.value < least)
            continue;
        mu_text_copy(candidate.award, sizeof candidate.award, award->name);
        if (!put_in(choosing, first, (size_t)award->places, &candidate))
            return mu_fail_memory(error);
    }
    for (size_t i = first; status == MU_OK && i < choosing->count; i++) {
        choosing->candidate[i].place = (int)(i - first) + 1;
        status = mu_award_given(desk->db, choosing->candidate[i].resident_id, award->name,
                                choosing->tally->to, &choosing->candidate[i].given, error);
    }
    return status;
}

static enum mu_status choose(struct mu_desk *desk, struct choosing *choosing,
                             struct mu_error *error)
{
    const struct mu_tally *tally = choosing->tally;
    const struct mu_tally_group *people = &tally->group[MU_TALLY_BY_PERSON];
    const struct mu_points_rules *rules;
    int version;
    enum mu_status status = mu_points_rules_of(desk, tally->to, &rules, NULL, &version, error);

    for (size_t i = 0; status == MU_OK && i < rules->award_count; i++)
        status = put_forward(desk, choosing, &rules->awards[i], error);
    for (size_t i = 0; status == MU_OK && i < people->count; i++) {
        struct mu_tally_candidate *star;
        struct mu_tally_row row;

        mu_tally_row(people, i, &row);
        if (row.person.stars <= row.stars_before)
            continue;
        star = new_candidate(choosing);
        if (!star)
            return mu_fail_memory(error);
        *star = (struct mu_tally_candidate){.row = i,
                                            .resident_id = row.person.resident_id,
                                            .total_minutes = row.person.total_minutes,
                                            .value = row.person.stars};
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
