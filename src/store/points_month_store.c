#include "store/points_month_store.h"

#include "store/chain.h"

#include <string.h>

enum { STEP = 4096 /* lines between two looks at the person's keys */ };

/* Walks that begin in every month at the first of the files ?3 to ?4: the months are found by leaps
 * over their lines, closed ones by what was sealed. */
#define OF_FILES " AND resident_id BETWEEN ?3 AND ?4 ORDER BY month, resident_id"
#define MONTHS_OF_LINES                                                                            \
    "WITH RECURSIVE found (month) AS (SELECT min(month) FROM points_line WHERE month >= ?1"        \
    " UNION ALL SELECT (SELECT min(month) FROM points_line l WHERE l.month > found.month)"         \
    " FROM found WHERE found.month < ?2) SELECT month FROM found WHERE month <= ?2"
#define CLOSED_MONTHS "SELECT month FROM points_month WHERE month BETWEEN ?1 AND ?2"

#define MONTH_COLUMNS                                                                              \
    "p.month, p.entry_id, p.last_entry, p.head, p.people, p.services, p.minutes, p.earned,"        \
    " p.spent, p.expired, p.balance, p.operator_id, o.name, p.second_id, p.second_name,"           \
    " p.closed_at"
#define MONTH_TABLES "points_month p LEFT JOIN operator o ON o.operator_id = p.operator_id"

static void add_line(struct mu_points_file_sums *sums, int64_t kind, int64_t points,
                     int64_t minutes)
{
    struct mu_points_sums *moved = &sums->moved;

    moved->minutes += minutes;
    if (mu_points_kind_earns((enum mu_points_kind)kind))
        moved->earned.count += points;
    else if (kind == MU_POINTS_EXPIRY)
        moved->expired.count -= points;
    else
        moved->spent.count -= points;
    moved->services += kind == MU_POINTS_SERVICE;
    sums->rated.count += kind == MU_POINTS_RATING ? points : 0;
}

/* A reversal says nothing of what it takes back: those of services are looked up, they are few. */
static enum mu_status take_reversed(struct mu_db *db, struct mu_points_file_sums *sums,
                                    struct mu_error *error)
{
    struct mu_query query =
        mu_query(db, "SELECT count(*) FROM points_line l JOIN service s ON s.reversed_by ="
                     " l.entry_id WHERE l.month = ?1 AND l.resident_id = ?2 AND l.kind = 8");

    mu_bind_integer(&query, 1, sums->month);
    mu_bind_integer(&query, 2, sums->resident_id);
    while (mu_query_row(&query))
        sums->moved.services -= mu_column_integer(&query, 0);
    return mu_query_end(&query, error);
}

/* A walk over lines in their order. */
struct walk {
    struct mu_db *db;
    struct mu_points_file_sums sums; /* of the file that is walked over */
    bool reversals;
    mu_points_file_row *row;
    bool (*step)(void *context, int64_t resident_id);
    void *context;
    bool going;
};

static enum mu_status end_file(struct walk *walk, struct mu_error *error)
{
    enum mu_status status = MU_OK;

    if (!walk->sums.resident_id)
        return MU_OK;
    if (walk->reversals)
        status = take_reversed(walk->db, &walk->sums, error);
    if (status == MU_OK)
        walk->going = walk->row(walk->context, &walk->sums);
    return status;
}

static enum mu_status walk_on(struct walk *walk, struct mu_query *query, struct mu_error *error)
{
    int64_t lines = 0;
    enum mu_status status = MU_OK;

    while (status == MU_OK && walk->going && mu_query_row(query)) {
        int64_t month = mu_column_integer(query, 0), resident = mu_column_integer(query, 1);
        int64_t kind = mu_column_integer(query, 2);

        if (resident != walk->sums.resident_id || month != walk->sums.month) {
            status = end_file(walk, error);
            walk->sums = (struct mu_points_file_sums){.month = (int)month, .resident_id = resident};
            walk->reversals = false;
        }
        walk->reversals |= kind == MU_POINTS_REVERSAL;
        add_line(&walk->sums, kind, mu_column_integer(query, 3), mu_column_integer(query, 4));
        if (++lines % STEP == 0 && walk->step)
            walk->going = walk->going && walk->step(walk->context, resident);
    }
    return status;
}

static void bind_walk(struct mu_query *query, int from, int to, struct mu_files files)
{
    mu_bind_integer(query, 1, from);
    mu_bind_integer(query, 2, to);
    mu_bind_integer(query, 3, files.first);
    mu_bind_integer(query, 4, files.last);
}

enum mu_status mu_points_month_sums(struct mu_db *db, int from, int to, struct mu_files files,
                                    mu_points_file_row *row,
                                    bool (*step)(void *context, int64_t resident_id), void *context,
                                    bool *stopped, struct mu_error *error)
{
    struct walk walk = {.db = db, .row = row, .step = step, .context = context, .going = true};
    struct mu_query query =
        mu_query(db, "SELECT month, resident_id, kind, points, minutes FROM points_line"
                     " WHERE month IN (" MONTHS_OF_LINES ")" OF_FILES);
    enum mu_status status, ended;

    bind_walk(&query, from, to, files);
    status = walk_on(&walk, &query, error);
    ended = mu_query_end(&query, status == MU_OK ? error : NULL);
    if (status == MU_OK)
        status = ended;
    if (status == MU_OK && walk.going)
        status = end_file(&walk, error);
    *stopped = status == MU_OK && !walk.going;
    return status;
}

enum mu_status mu_points_file_before(struct mu_db *db, int64_t resident_id, int month,
                                     struct mu_points_sums *out, struct mu_error *error)
{
    struct mu_points_file_sums sums = {0};
    struct mu_query query = mu_query(db, "SELECT kind, points, minutes FROM points_line"
                                         " WHERE resident_id = ?1 AND month < ?2");
    enum mu_status status;

    mu_bind_integer(&query, 1, resident_id);
    mu_bind_integer(&query, 2, month);
    while (mu_query_row(&query))
        add_line(&sums, mu_column_integer(&query, 0), mu_column_integer(&query, 1),
                 mu_column_integer(&query, 2));
    status = mu_query_end(&query, error);
    if (status == MU_OK)
        *out = sums.moved;
    return status;
}

enum mu_status mu_points_links(struct mu_db *db, mu_points_link_row *row, void *context,
                               struct mu_error *error)
{
    struct mu_query query =
        mu_query(db, "SELECT r.resident_id, coalesce(r.linked_to, r.resident_id) FROM ("
                     " SELECT resident_id AS id FROM resident WHERE linked_to IS NOT NULL"
                     " UNION SELECT linked_to FROM resident WHERE linked_to IS NOT NULL"
                     " UNION SELECT first_id FROM twin WHERE verdict = 1"
                     " UNION SELECT second_id FROM twin WHERE verdict = 1) AS ever"
                     " JOIN resident r ON r.resident_id = ever.id ORDER BY r.resident_id");
    bool more = true;

    while (more && mu_query_row(&query))
        more = row(context, mu_column_integer(&query, 0), mu_column_integer(&query, 1));
    return mu_query_end(&query, error);
}

#define WHO_COLUMNS "r.name, v.registered_on, v.left_on = '' AND v.shows_name"

static void who_from_row(const struct mu_query *query, int column, struct mu_points_who *out)
{
    mu_column_text(query, column, out->name, sizeof out->name);
    mu_column_date(query, column + 1, &out->registered);
    out->shows_name = mu_column_integer(query, column + 2) != 0;
}

enum mu_status mu_points_person(struct mu_db *db, int64_t resident_id, struct mu_points_who *out,
                                struct mu_error *error)
{
    struct mu_query query =
        mu_query(db, "SELECT " WHO_COLUMNS " FROM resident r LEFT JOIN volunteer v"
                     " ON v.resident_id = r.resident_id WHERE r.resident_id = ?1");

    *out = (struct mu_points_who){0};
    mu_bind_integer(&query, 1, resident_id);
    if (mu_query_row(&query))
        who_from_row(&query, 0, out);
    return mu_query_end(&query, error);
}

enum mu_status mu_points_people_of(struct mu_db *db, int month, struct mu_files files,
                                   mu_points_who_row *row, void *context, struct mu_error *error)
{
    struct mu_query query =
        mu_query(db, "SELECT l.resident_id, " WHO_COLUMNS " FROM points_month_line l"
                     " JOIN resident r ON r.resident_id = l.resident_id"
                     " LEFT JOIN volunteer v ON v.resident_id = l.resident_id"
                     " WHERE l.month = ?1 AND l.resident_id BETWEEN ?2 AND ?3"
                     " ORDER BY l.resident_id");
    bool more = true;

    mu_bind_integer(&query, 1, month);
    mu_bind_integer(&query, 2, files.first);
    mu_bind_integer(&query, 3, files.last);
    while (more && mu_query_row(&query)) {
        struct mu_points_who who;

        who_from_row(&query, 1, &who);
        more = row(context, mu_column_integer(&query, 0), &who);
    }
    return mu_query_end(&query, error);
}

enum mu_status mu_points_month_behind(struct mu_db *db, int month, int *out, struct mu_error *error)
{
    struct mu_query query =
        mu_query(db, "SELECT coalesce(min(month), 0) FROM points_line WHERE month > ?1");

    *out = 0;
    mu_bind_integer(&query, 1, month);
    if (mu_query_row(&query))
        mu_column_int(&query, 0, out);
    return mu_query_end(&query, error);
}

static void sums_from_row(const struct mu_query *query, int column, struct mu_points_sums *out)
{
    out->services = mu_column_integer(query, column);
    out->minutes = mu_column_integer(query, column + 1);
    out->earned.count = mu_column_integer(query, column + 2);
    out->spent.count = mu_column_integer(query, column + 3);
    out->expired.count = mu_column_integer(query, column + 4);
}

/* False when the row says anything that a month cannot hold. */
static bool month_from_row(const struct mu_query *query, struct mu_points_month *out)
{
    bool whole;

    memset(out, 0, sizeof *out);
    whole = mu_column_int(query, 0, &out->month);
    out->entry_id = mu_column_integer(query, 1);
    out->last_entry = mu_column_integer(query, 2);
    mu_column_hash(query, 3, out->head);
    out->people = mu_column_integer(query, 4);
    sums_from_row(query, 5, &out->moved);
    out->balance.count = mu_column_integer(query, 10);
    out->operator_id = mu_column_integer(query, 11);
    mu_column_text(query, 12, out->operator_name, sizeof out->operator_name);
    out->second_id = mu_column_integer(query, 13);
    whole &= mu_column_text(query, 14, out->second_name, sizeof out->second_name);
    whole &= mu_column_moment(query, 15, &out->closed_at);
    return whole;
}

enum mu_status mu_points_month_read(struct mu_db *db, int month, struct mu_points_month *out,
                                    struct mu_error *error)
{
    struct mu_query query =
        mu_query(db, "SELECT " MONTH_COLUMNS " FROM " MONTH_TABLES " WHERE p.month = ?1");

    memset(out, 0, sizeof *out);
    mu_bind_integer(&query, 1, month);
    if (mu_query_row(&query))
        month_from_row(&query, out);
    return mu_query_end(&query, error);
}

enum mu_status mu_points_months_closed(struct mu_db *db, int from, int to, int *count,
                                       struct mu_error *error)
{
    struct mu_query query =
        mu_query(db, "SELECT count(*) FROM points_month WHERE month BETWEEN ?1 AND ?2");

    *count = 0;
    mu_bind_integer(&query, 1, from);
    mu_bind_integer(&query, 2, to);
    if (mu_query_row(&query))
        mu_column_int(&query, 0, count);
    return mu_query_end(&query, error);
}

enum mu_status mu_points_month_list(struct mu_db *db, mu_points_month_row *row, void *context,
                                    struct mu_error *error)
{
    struct mu_query query =
        mu_query(db, "SELECT " MONTH_COLUMNS " FROM " MONTH_TABLES " ORDER BY p.month DESC");
    bool more = true;

    while (more && mu_query_row(&query)) {
        struct mu_points_month month;

        month_from_row(&query, &month);
        more = row(context, &month);
    }
    return mu_query_end(&query, error);
}

enum mu_status mu_points_month_lines(struct mu_db *db, int from, int to, struct mu_files files,
                                     mu_points_line_row *row, void *context, struct mu_error *error)
{
    struct mu_query query =
        mu_query(db, "SELECT month, resident_id, services, minutes, earned, spent, expired,"
                     " balance, total_minutes, total_earned, stars FROM points_month_line"
                     " WHERE month IN (" CLOSED_MONTHS ")" OF_FILES);
    bool more = true;

    bind_walk(&query, from, to, files);
    while (more && mu_query_row(&query)) {
        struct mu_points_month_line line = {.resident_id = mu_column_integer(&query, 1),
                                            .balance = {mu_column_integer(&query, 7)},
                                            .total_minutes = mu_column_integer(&query, 8),
                                            .total_earned = {mu_column_integer(&query, 9)}};

        sums_from_row(&query, 2, &line.moved);
        mu_column_int(&query, 10, &line.stars);
        more = row(context, (int)mu_column_integer(&query, 0), &line);
    }
    return mu_query_end(&query, error);
}

enum mu_status mu_points_month_earned(struct mu_db *db, int from, int to, struct mu_files files,
                                      mu_points_earned_row *row, void *context,
                                      struct mu_error *error)
{
    struct mu_query query = mu_query(db, "SELECT month, resident_id, earned FROM points_month_line"
                                         " WHERE month IN (" CLOSED_MONTHS ")" OF_FILES);
    bool more = true;

    bind_walk(&query, from, to, files);
    while (more && mu_query_row(&query))
        more = row(context, (int)mu_column_integer(&query, 0), mu_column_integer(&query, 1),
                   (struct mu_points){mu_column_integer(&query, 2)});
    return mu_query_end(&query, error);
}

static void bind_sums(struct mu_query *query, int index, const struct mu_points_sums *sums)
{
    mu_bind_integer(query, index, sums->services);
    mu_bind_integer(query, index + 1, sums->minutes);
    mu_bind_integer(query, index + 2, sums->earned.count);
    mu_bind_integer(query, index + 3, sums->spent.count);
    mu_bind_integer(query, index + 4, sums->expired.count);
}

enum mu_status mu_points_month_line_add(struct mu_db *db, int month,
                                        const struct mu_points_month_line *line,
                                        struct mu_error *error)
{
    struct mu_query query =
        mu_query(db, "INSERT INTO points_month_line (month, resident_id, services, minutes, earned,"
                     " spent, expired, balance, total_minutes, total_earned, stars)"
                     " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)");

    mu_bind_integer(&query, 1, month);
    mu_bind_integer(&query, 2, line->resident_id);
    bind_sums(&query, 3, &line->moved);
    mu_bind_integer(&query, 8, line->balance.count);
    mu_bind_integer(&query, 9, line->total_minutes);
    mu_bind_integer(&query, 10, line->total_earned.count);
    mu_bind_integer(&query, 11, line->stars);
    return mu_query_run(&query, error);
}

enum mu_status mu_points_month_add(struct mu_db *db, const struct mu_points_month *month,
                                   struct mu_error *error)
{
    char moment[MU_MOMENT_SIZE];
    struct mu_query query =
        mu_query(db, "INSERT INTO points_month (month, entry_id, last_entry, head, people,"
                     " services, minutes, earned, spent, expired, balance, operator_id, second_id,"
                     " second_name, closed_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10,"
                     " ?11, ?12, ?13, ?14, ?15)");

    mu_moment_format(month->closed_at, moment);
    mu_bind_integer(&query, 1, month->month);
    mu_bind_integer(&query, 2, month->entry_id);
    mu_bind_integer(&query, 3, month->last_entry);
    mu_bind_blob(&query, 4, month->head, sizeof month->head);
    mu_bind_integer(&query, 5, month->people);
    bind_sums(&query, 6, &month->moved);
    mu_bind_integer(&query, 11, month->balance.count);
    mu_bind_integer(&query, 12, month->operator_id);
    mu_bind_reference(&query, 13, month->second_id);
    mu_bind_text(&query, 14, month->second_name);
    mu_bind_text(&query, 15, moment);
    return mu_query_run(&query, error);
}

enum mu_status mu_points_last_file(struct mu_db *db, int64_t *resident_id, struct mu_error *error)
{
    struct mu_query query = mu_query(db, "SELECT coalesce(max(resident_id), 0) FROM resident");

    *resident_id = mu_query_row(&query) ? mu_column_integer(&query, 0) : 0;
    return mu_query_end(&query, error);
}
