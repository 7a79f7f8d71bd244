#include "desk/points_tally.h"
#include "base/growing.h"
#include "desk/tally_rows.h"
#include "store/points_store.h"
#include "store/statement_store.h"

#include <mulin/base/text.h>

#include <stdlib.h>
#include <string.h>

/* A tally that is being made, a stretch of files after the other: only the people of one stand
 * unpacked, and those with linked files, whose months come from several. */
struct making {
    struct mu_desk *desk;
    struct mu_tally *tally;
    struct mu_points_watch watch;
    struct mu_points_links links;
    struct mu_tally_row **linked; /* owned: of each link a row, NULL before there is anything; the
                                   * number of its person is 0 unless it has a row of its own */
    const struct mu_points_rules *rules;
    struct mu_points_stretch stretch;
    struct mu_points_people people; /* of the stretch, an open month's */
    struct mu_tally_row *row;       /* owned: of the stretch, by number */
    size_t count, room;
    size_t next; /* the row behind the one that was found last */
    int last_closed;
    int trend_from;             /* the month of trend[0] */
    struct mu_date before, end; /* days on which stars count: before the first month, of the last */
    bool no_memory;
};

static struct mu_tally_group *people_of(struct mu_tally *tally)
{
    return &tally->group[MU_TALLY_BY_PERSON];
}

/* Months from the first of the trend; out of it below nothing or MU_TALLY_TREND and more. */
static int trend_index(int trend_from, int month)
{
    return (month / 100 - trend_from / 100) * 12 + month % 100 - trend_from % 100;
}

/* What is known of a linked file; NULL without memory. */
static struct mu_tally_row *linked_row(struct making *making, size_t place)
{
    struct mu_tally_row **row = &making->linked[place];

    if (!*row)
        *row = calloc(1, sizeof **row);
    making->no_memory |= !*row;
    return *row;
}

/* The row of a person who has one in the month; NULL without memory. They come by number. */
static struct mu_tally_row *new_row(struct making *making, int64_t resident_id)
{
    size_t place = mu_points_link_place(&making->links, resident_id);
    struct mu_tally_row *row;

    if (place < making->links.count)
        return linked_row(making, place);
    row = mu_grown(making->row, making->count, &making->room, sizeof *row);
    making->no_memory |= !row;
    if (!row)
        return NULL;
    making->row = row;
    row += making->count++;
    memset(row, 0, sizeof *row);
    return row;
}

/* Of a linked file what is known of it alone. Rows are asked for by number, most of them one after
 * the other; NULL: there is none. */
static struct mu_tally_row *row_of(struct making *making, int64_t resident_id)
{
    size_t low = 0, high = making->count;
    size_t place = mu_points_link_place(&making->links, resident_id);

    if (place < making->links.count)
        return linked_row(making, place);
    if (making->next < high && making->row[making->next].person.resident_id == resident_id)
        return &making->row[making->next++];
    while (low < high) {
        size_t middle = (low + high) / 2;

        if (making->row[middle].person.resident_id < resident_id)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == making->count || making->row[low].person.resident_id != resident_id)
        return NULL;
    making->next = low + 1;
    return &making->row[low];
}

/* Names and stars. */

/* What the file says of the person, and the stars that it makes; those of a sealed line stay. */
static void take_who(struct making *making, struct mu_tally_row *row,
                     const struct mu_points_who *who)
{
    const struct mu_points_month_line *line = &row->person;
    const struct mu_star_rules *stars = &making->rules->stars;

    row->stars_before = mu_stars(stars, line->total_minutes - line->moved.minutes,
                                 mu_points_subtract(line->total_earned, line->moved.earned),
                                 mu_points_months_between(who->registered, making->before));
    if (!making->tally->closed)
        row->person.stars = mu_stars(stars, line->total_minutes, line->total_earned,
                                     mu_points_months_between(who->registered, making->end));
    mu_text_copy(row->name, sizeof row->name, who->name);
    row->shows_name = who->shows_name;
}

/* Those of linked people are asked for when all is known of them. */
static bool take_known(void *context, int64_t resident_id, const struct mu_points_who *who)
{
    struct making *making = context;
    bool linked = mu_points_link_place(&making->links, resident_id) < making->links.count;
    struct mu_tally_row *row = linked ? NULL : row_of(making, resident_id);

    if (row)
        take_who(making, row, who);
    return true;
}

static enum mu_status ask_who(struct making *making, struct mu_tally_row *row,
                              struct mu_error *error)
{
    struct mu_points_who who;
    enum mu_status status =
        mu_points_person(making->desk->db, row->person.resident_id, &who, error);

    if (status == MU_OK)
        take_who(making, row, &who);
    return status;
}

static int last_closed_of(const struct making *making)
{
    return making->last_closed < making->tally->to ? making->last_closed : making->tally->to;
}

/* Most of them stand in the last closed month: those are read at once, the others one by one. */
static enum mu_status name_rows(struct making *making, struct mu_error *error)
{
    enum mu_status status = mu_points_people_of(making->desk->db, last_closed_of(making),
                                                making->stretch.files, take_known, making, error);

    for (size_t i = 0; status == MU_OK && i < making->count; i++)
        if (!*making->row[i].name)
            status = ask_who(making, &making->row[i], error);
    return status;
}

/* An open month. */

/* Of linked files what each stretch of files tells comes together. */
static void add_person(struct making *making, const struct mu_points_person *person)
{
    struct mu_tally_row *row = new_row(making, person->resident_id);
    struct mu_points_month_line line;

    if (!row)
        return;
    mu_points_line_of(person, &line);
    row->person.resident_id = line.resident_id;
    mu_points_sums_add(&row->person.moved, &line.moved);
    row->person.balance = mu_points_add(row->person.balance, line.balance);
    row->person.total_minutes += line.total_minutes;
    row->person.total_earned = mu_points_add(row->person.total_earned, line.total_earned);
    row->rated = mu_points_add(row->rated, person->rated);
}

static enum mu_status take_people(struct making *making, struct mu_error *error)
{
    enum mu_status status;

    making->people.count = 0;
    status =
        mu_points_gather(making->desk, making->tally->to, making->last_closed, &making->stretch,
                         &making->links, &making->watch, &making->people, error);
    for (size_t i = 0; status == MU_OK && i < making->people.count; i++)
        add_person(making, &making->people.person[i]);
    return status;
}

/* Closed months. */

/* Of several months the last comes first: everybody is in it, but for those who were linked since.
 */
static bool take_line(void *context, int month, const struct mu_points_month_line *line)
{
    struct making *making = context;
    struct mu_tally_row *row = new_row(making, line->resident_id);

    (void)month;
    if (!row)
        return false;
    row->person = *line;
    return true;
}

static bool add_line(void *context, int month, const struct mu_points_month_line *line)
{
    struct making *making = context;
    struct mu_tally_row *row = row_of(making, line->resident_id);

    (void)month;
    if (row)
        mu_points_sums_add(&row->person.moved, &line->moved);
    return true;
}

static enum mu_status take_closed(struct making *making, struct mu_error *error)
{
    struct mu_db *db = making->desk->db;
    int last = last_closed_of(making), from = making->tally->from;
    enum mu_status status =
        mu_points_month_lines(db, last, last, making->stretch.files, take_line, making, error);

    if (status == MU_OK && from < last)
        status = mu_points_month_lines(db, from, last - 1, making->stretch.files, add_line, making,
                                       error);
    return status;
}

/* Trends. */

static void add_trend(struct making *making, int month, int64_t resident_id,
                      struct mu_points earned)
{
    struct mu_tally_row *row = row_of(making, resident_id);
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

static bool step(void *context, int64_t resident_id)
{
    struct making *making = context;

    return mu_points_watch(&making->watch, resident_id, making->stretch.last_file);
}

static bool rated_sums(void *context, const struct mu_points_file_sums *sums)
{
    struct making *making = context;
    struct mu_tally_row *row = row_of(making, sums->resident_id);

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

/* Closed months are told by their lines, the others by what moved. That of one month itself is
 * known already (keep_row). */
static enum mu_status add_trends(struct making *making, struct mu_error *error)
{
    struct mu_tally *tally = making->tally;
    struct mu_db *db = making->desk->db;
    struct mu_files files = making->stretch.files;
    int before = mu_month_number_add(tally->to, -1);
    int closed = making->last_closed < before ? making->last_closed : before;
    int open = closed < making->trend_from ? making->trend_from : closed + 1;
    bool stopped = false;
    enum mu_status status = MU_OK;

    if (tally->from != tally->to)
        status = mu_points_month_earned(db, tally->to, tally->to, files, trend_line, making, error);
    if (status == MU_OK)
        status = mu_points_month_earned(db, making->trend_from, closed, files, trend_line, making,
                                        error);
    if (status == MU_OK && open <= before)
        status = mu_points_month_sums(db, open, before, files, trend_sums, step, making, &stopped,
                                      error);
    if (status == MU_OK && !stopped && tally->closed && awards_ratings(making->rules))
        status = mu_points_month_sums(db, tally->from, tally->to, files, rated_sums, step, making,
                                      &stopped, error);
    return status == MU_OK && stopped ? mu_points_stopped(error) : status;
}

/* Stretch by stretch. */

/* The row is complete. */
static void keep_row(struct making *making, struct mu_tally_row *row)
{
    struct mu_tally *tally = making->tally;

    if (tally->from == tally->to)
        row->trend[MU_TALLY_TREND - 1] = row->person.moved.earned.count;
    if (!tally->sum.entry_id)
        mu_points_month_take(&tally->sum, &row->person);
    making->no_memory |= !mu_tally_row_add(people_of(tally), row);
}

static enum mu_status take_stretch(struct making *making, struct mu_error *error)
{
    const struct mu_points_stretch *stretch = &making->stretch;
    enum mu_status status;

    making->count = making->next = 0;
    if (stretch->files.first > 0 && !step(making, stretch->files.first))
        return mu_points_stopped(error);
    status = making->tally->closed ? take_closed(making, error) : take_people(making, error);
    if (status == MU_OK)
        status = name_rows(making, error);
    if (status == MU_OK)
        status = add_trends(making, error);
    for (size_t i = 0; status == MU_OK && i < making->count; i++)
        keep_row(making, &making->row[i]);
    return status == MU_OK && making->no_memory ? mu_fail_memory(error) : status;
}

/* What a file that is linked without a row of its own has goes to the one that speaks for it. */
static void join_linked(struct making *making)
{
    for (size_t i = 0; i < making->links.count; i++) {
        const struct mu_tally_row *row = making->linked[i];
        size_t place = mu_points_link_place(&making->links, making->links.link[i].leading);
        struct mu_tally_row *to = place < making->links.count ? making->linked[place] : NULL;

        if (!row || row->person.resident_id || !to)
            continue;
        mu_points_sums_add(&to->person.moved, &row->person.moved);
        to->rated = mu_points_add(to->rated, row->rated);
        for (int month = 0; month < MU_TALLY_TREND; month++)
            to->trend[month] += row->trend[month];
    }
}

/* Linked files agree together to be shown. */
static enum mu_status take_linked(struct making *making, struct mu_error *error)
{
    enum mu_status status = MU_OK;

    join_linked(making);
    for (size_t i = 0; status == MU_OK && i < making->links.count; i++) {
        struct mu_tally_row *row = making->linked[i];

        if (!row || !row->person.resident_id)
            continue;
        status = ask_who(making, row, error);
        if (status == MU_OK)
            status = mu_wall_shows_name(making->desk->db, row->person.resident_id, &row->shows_name,
                                        error);
        keep_row(making, row);
    }
    return status == MU_OK && making->no_memory ? mu_fail_memory(error) : status;
}

static enum mu_status take_rows(struct making *making, struct mu_error *error)
{
    enum mu_status status =
        mu_points_last_file(making->desk->db, &making->stretch.last_file, error);

    if (status == MU_OK && making->links.count) {
        making->linked = calloc(making->links.count, sizeof(struct mu_tally_row *));
        if (!making->linked)
            return mu_fail_memory(error);
    }
    while (status == MU_OK && mu_points_stretch_next(&making->stretch))
        status = take_stretch(making, error);
    return status == MU_OK ? take_linked(making, error) : status;
}

static void end_making(struct making *making)
{
    for (size_t i = 0; making->linked && i < making->links.count; i++)
        free(making->linked[i]);
    free(making->linked);
    free(making->row);
    mu_points_people_clear(&making->people);
    mu_points_links_clear(&making->links);
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

    making->before = mu_date_add_days(mu_month_first(tally->from), -1);
    making->end = mu_month_end(mu_month_first(tally->to));
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
    return status == MU_OK ? take_rows(making, error) : status;
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
    end_making(&making);
    if (status == MU_OK) {
        mu_tally_rows_sort(people_of(making.tally));
        people_of(making.tally)->read = true;
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
        mu_tally_rows_clear(&(*tally)->group[by]);
    free(*tally);
    *tally = NULL;
}
