#include "desk/points_tally.h"
#include "base/growing.h"
#include "store/points_store.h"
#include "store/statement_store.h"

#include <mulin/base/text.h>

#include <stdlib.h>
#include <string.h>

/* A tally that is being made. */
struct making {
    struct mu_desk *desk;
    struct mu_tally *tally;
    struct mu_points_watch watch;
    struct mu_points_links links;
    const struct mu_points_rules *rules;
    size_t next; /* the row behind the one that was found last */
    int last_closed;
    int trend_from; /* the month of trend[0] */
    bool no_memory;
};

static struct mu_tally_group *people_of(struct mu_tally *tally)
{
    return &tally->group[MU_TALLY_BY_PERSON];
}

static struct mu_tally_row *new_row(struct mu_tally_group *group)
{
    struct mu_tally_row *row = mu_grown(group->row, group->count, &group->room, sizeof *row);

    if (!row)
        return NULL;
    group->row = row;
    row += group->count++;
    memset(row, 0, sizeof *row);
    return row;
}

/* Months from the first of the trend; out of it below nothing or MU_TALLY_TREND and more. */
static int trend_index(int trend_from, int month)
{
    return (month / 100 - trend_from / 100) * 12 + month % 100 - trend_from % 100;
}

/* Rows are asked for by number, most of them one after the other. */
static struct mu_tally_row *row_of(struct making *making, int64_t resident_id)
{
    struct mu_tally_group *group = people_of(making->tally);
    size_t low = 0, high = group->count;

    if (making->next < high && group->row[making->next].person.resident_id == resident_id)
        return &group->row[making->next++];
    while (low < high) {
        size_t middle = (low + high) / 2;

        if (group->row[middle].person.resident_id < resident_id)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == group->count || group->row[low].person.resident_id != resident_id)
        return NULL;
    making->next = low + 1;
    return &group->row[low];
}

/* The row of the person whose file it is, now or by what it was linked to since. */
static struct mu_tally_row *row_of_file(struct making *making, int64_t resident_id)
{
    struct mu_tally_row *row = row_of(making, resident_id);

    return row ? row : row_of(making, mu_points_leading(&making->links, resident_id, NULL));
}

/* Names and stars. */

/* What the file says of the person, and the stars that it makes; those of a sealed line stay. */
static bool take_who(void *context, int64_t resident_id, const struct mu_points_who *who)
{
    struct making *making = context;
    struct mu_tally_row *row = row_of(making, resident_id);
    struct mu_points_person before = {0};
    struct mu_points_month_line line;

    if (!row)
        return true;
    before.moved = row->person.moved;
    before.before_minutes = row->person.total_minutes - before.moved.minutes;
    before.before_earned = mu_points_subtract(row->person.total_earned, before.moved.earned);
    mu_points_line_of(making->rules, making->tally->from, &before, who->registered, &line,
                      &row->stars_before);
    if (!making->tally->closed)
        row->person.stars = line.stars;
    mu_text_copy(row->name, sizeof row->name, who->name);
    row->shows_name = who->shows_name;
    return true;
}

/* Linked files agree together. */
static enum mu_status ask_links(struct making *making, struct mu_error *error)
{
    enum mu_status status = MU_OK;

    for (size_t i = 0; status == MU_OK && i < making->links.count; i++) {
        struct mu_tally_row *row = row_of(making, making->links.link[i].resident_id);

        if (row)
            status = mu_wall_shows_name(making->desk->db, row->person.resident_id, &row->shows_name,
                                        error);
    }
    return status;
}

/* Most of them stand in the last closed month: those are read at once, the others one by one. */
static enum mu_status name_rows(struct making *making, struct mu_error *error)
{
    struct mu_tally *tally = making->tally;
    struct mu_tally_group *group = people_of(tally);
    int last = making->last_closed < tally->to ? making->last_closed : tally->to;
    enum mu_status status = mu_points_people_of(making->desk->db, last, take_who, making, error);

    for (size_t i = 0; status == MU_OK && i < group->count; i++) {
        struct mu_points_who who;

        if (*group->row[i].name)
            continue;
        status = mu_points_person(making->desk->db, group->row[i].person.resident_id, &who, error);
        if (status == MU_OK)
            take_who(making, group->row[i].person.resident_id, &who);
    }
    return status == MU_OK ? ask_links(making, error) : status;
}

/* An open month. */

static enum mu_status take_people(struct making *making, struct mu_error *error)
{
    struct mu_tally *tally = making->tally;
    struct mu_points_people people = {0};
    enum mu_status status = mu_points_gather(making->desk, tally->to, making->last_closed,
                                             &making->links, &making->watch, &people, error);

    for (size_t i = 0; status == MU_OK && i < people.count; i++) {
        struct mu_tally_row *row = new_row(people_of(tally));

        if (!row) {
            status = mu_fail_memory(error);
            break;
        }
        mu_points_line_of(making->rules, tally->to, &people.person[i], (struct mu_date){0},
                          &row->person, &row->stars_before);
        row->rated = people.person[i].rated;
        mu_points_month_take(&tally->sum, &row->person);
    }
    mu_points_people_clear(&people);
    return status == MU_OK ? name_rows(making, error) : status;
}

/* Closed months. */

/* Of several months the last comes first: everybody is in it, but for those who were linked since.
 */
static bool take_line(void *context, int month, const struct mu_points_month_line *line)
{
    struct making *making = context;
    struct mu_tally_row *row;

    (void)month;
    row = new_row(people_of(making->tally));
    making->no_memory = !row;
    if (row)
        row->person = *line;
    return row;
}

static bool add_line(void *context, int month, const struct mu_points_month_line *line)
{
    struct making *making = context;
    struct mu_tally_row *row = row_of_file(making, line->resident_id);

    (void)month;
    if (row)
        mu_points_sums_add(&row->person.moved, &line->moved);
    return true;
}

static enum mu_status take_closed(struct making *making, struct mu_error *error)
{
    struct mu_tally *tally = making->tally;
    int last = making->last_closed < tally->to ? making->last_closed : tally->to;
    enum mu_status status =
        mu_points_month_lines(making->desk->db, last, last, take_line, making, error);

    if (status == MU_OK && making->no_memory)
        status = mu_fail_memory(error);
    if (status == MU_OK && tally->from < last)
        status =
            mu_points_month_lines(making->desk->db, tally->from, last - 1, add_line, making, error);
    if (status == MU_OK)
        status = name_rows(making, error);
    if (status != MU_OK || tally->sum.entry_id)
        return status;
    for (size_t i = 0; i < people_of(tally)->count; i++)
        mu_points_month_take(&tally->sum, &people_of(tally)->row[i].person);
    return MU_OK;
}

/* Trends. */

static void add_trend(struct making *making, int month, int64_t resident_id,
                      struct mu_points earned)
{
    struct mu_tally_row *row = row_of_file(making, resident_id);
    int index = trend_index(making->trend_from, month);

    if (row && index >= 0 && index < MU_TALLY_TREND)
        row->trend[index] += earned.count;
}

static bool trend_line(void *context, int month, int64_t resident_id, struct mu_points earned)
{
    add_trend(context, month, resident_id, earned);
    return true;
}

static bool trend_sums(void *context, const struct mu_points_file_sums *sums)
{
    add_trend(context, sums->month, sums->resident_id, sums->moved.earned);
    return true;
}

static bool trend_step(void *context, int64_t resident_id)
{
    struct making *making = context;

    (void)resident_id;
    return mu_points_watch(&making->watch, making->watch.done, making->watch.all);
}

static bool rated_sums(void *context, const struct mu_points_file_sums *sums)
{
    struct making *making = context;
    struct mu_tally_row *row = row_of_file(making, sums->resident_id);

    if (row)
        row->rated = mu_points_add(row->rated, sums->rated);
    return true;
}

static bool awards_ratings(const struct mu_points_rules *rules)
{
    for (size_t i = 0; i < rules->award_count; i++)
        if (rules->awards[i].by == MU_AWARD_BY_RATINGS)
            return true;
    return false;
}

/* Closed months are told by their lines, the others by what moved. */
static enum mu_status add_trends(struct making *making, struct mu_error *error)
{
    struct mu_tally *tally = making->tally;
    struct mu_db *db = making->desk->db;
    int before = mu_month_number_add(tally->to, -1);
    int closed = making->last_closed < before ? making->last_closed : before;
    int open = closed < making->trend_from ? making->trend_from : closed + 1;
    bool stopped = false;
    enum mu_status status = MU_OK;

    for (size_t i = 0; i < people_of(tally)->count; i++)
        if (tally->from == tally->to)
            people_of(tally)->row[i].trend[MU_TALLY_TREND - 1] =
                people_of(tally)->row[i].person.moved.earned.count;
    if (tally->from != tally->to)
        status = mu_points_month_earned(db, tally->to, tally->to, trend_line, making, error);
    if (status == MU_OK)
        status = mu_points_month_earned(db, making->trend_from, closed, trend_line, making, error);
    if (status == MU_OK)
        status =
            mu_points_month_sums(db, open, before, trend_sums, trend_step, making, &stopped, error);
    if (status == MU_OK && !stopped && tally->closed && awards_ratings(making->rules))
        status = mu_points_month_sums(db, tally->from, tally->to, rated_sums, trend_step, making,
                                      &stopped, error);
    return status == MU_OK && stopped ? mu_points_stopped(error) : status;
}

static int most_earned_first(const void *first, const void *second)
{
    const struct mu_tally_row *a = first, *b = second;
    int64_t more[] = {b->person.moved.earned.count - a->person.moved.earned.count,
                      mu_points_moved(&b->person.moved) - mu_points_moved(&a->person.moved),
                      b->person.moved.minutes - a->person.moved.minutes,
                      b->person.balance.count - a->person.balance.count};

    for (size_t i = 0; i < sizeof more / sizeof *more; i++)
        if (more[i])
            return more[i] > 0 ? 1 : -1;
    if (a->person.resident_id != b->person.resident_id)
        return a->person.resident_id < b->person.resident_id ? -1 : 1;
    return strcmp(a->id[0] ? a->id : a->name, b->id[0] ? b->id : b->name);
}

static void sort(struct mu_tally_group *group)
{
    if (group->count)
        qsort(group->row, group->count, sizeof *group->row, most_earned_first);
    group->read = true;
}

static int months_of(int from, int to)
{
    return trend_index(from, to) + 1;
}

static enum mu_status check_months(struct mu_desk *desk, int from, int to, struct mu_error *error)
{
    char month[MU_MONTH_SIZE];

    mu_month_format(mu_month_first(from), month);
    if (from <= to && from % 100 >= 1 && from % 100 <= 12 && to % 100 >= 1 && to % 100 <= 12 &&
        from <= mu_month_number(mu_desk_now(desk).date))
        return MU_OK;
    return mu_fail(error, MU_INPUT, MU_SAY_error_tally_future, month, NULL);
}

/* Inside a read transaction. */
static enum mu_status make(struct making *making, struct mu_error *error)
{
    struct mu_tally *tally = making->tally;
    struct mu_db *db = making->desk->db;
    char month[MU_MONTH_SIZE];
    int version;
    enum mu_status status =
        mu_points_months_closed(db, tally->from, tally->to, &tally->closed, error);

    if (status == MU_OK)
        status = mu_points_last_closed(db, &making->last_closed, error);
    if (status == MU_OK && tally->from != tally->to && !tally->closed) {
        mu_month_format(mu_month_first(tally->from), month);
        return mu_fail(error, MU_REFUSED, MU_SAY_error_tally_none_closed, month, NULL);
    }
    if (status == MU_OK && tally->from == tally->to)
        status = mu_points_month_read(db, tally->to, &tally->sum, error);
    tally->sum.month = tally->to;
    if (status == MU_OK)
        status = mu_points_read_links(making->desk, &making->links, error);
    if (status == MU_OK)
        status = mu_points_rules_of(making->desk, tally->to, &making->rules, NULL, &version, error);
    if (status == MU_OK)
        status = tally->closed ? take_closed(making, error) : take_people(making, error);
    if (status == MU_OK)
        status = add_trends(making, error);
    return status;
}

enum mu_status mu_points_tally_here(struct mu_desk *desk, int from, int to, mu_progress *progress,
                                    void *context, struct mu_tally **out, struct mu_error *error)
{
    struct making making = {.desk = desk,
                            .watch = {.progress = progress, .context = context},
                            .trend_from = mu_month_number_add(to, 1 - MU_TALLY_TREND)};
    enum mu_status status = check_months(desk, from, to, error);

    if (status != MU_OK)
        return status;
    making.tally = calloc(1, sizeof *making.tally);
    if (!making.tally)
        return mu_fail_memory(error);
    *making.tally = (struct mu_tally){.from = from, .to = to, .months = months_of(from, to)};
    making.tally->over =
        mu_date_compare(mu_desk_now(desk).date, mu_month_end(mu_month_first(to))) > 0;
    status = make(&making, error);
    mu_points_links_clear(&making.links);
    if (status == MU_OK) {
        sort(people_of(making.tally));
        *out = making.tally;
    } else {
        mu_tally_free(&making.tally);
    }
    return status;
}

enum mu_status mu_points_tally(struct mu_desk *desk, int from, int to, mu_progress *progress,
                               void *context, struct mu_tally **out, struct mu_error *error)
{
    enum mu_status status = mu_desk_may(desk, MU_MAY_read_points, error);

    if (status == MU_OK)
        status = mu_db_begin_read(desk->db, error);
    if (status != MU_OK)
        return status;
    status = mu_points_tally_here(desk, from, to, progress, context, out, error);
    mu_db_end_read(desk->db);
    return status;
}

void mu_tally_free(struct mu_tally **tally)
{
    if (!*tally)
        return;
    for (int by = 0; by < MU_TALLY_GROUPS; by++)
        free((*tally)->group[by].row);
    free(*tally);
    *tally = NULL;
}
