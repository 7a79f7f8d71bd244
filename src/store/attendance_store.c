#include "store/service_store.h"

#define ATTENDANCES                                                                                \
    "SELECT a.attendance_id, a.title, a.duty, a.date, a.place, a.confirmed_by, a.operator_id,"     \
    " a.recorded_at, count(s.service_id), coalesce(sum(s.minutes), 0), coalesce(sum(s.points), 0)" \
    " FROM attendance a LEFT JOIN service s ON s.attendance_id = a.attendance_id"                  \
    " AND s.reversed_by IS NULL"

static void attendance_from_row(const struct mu_query *query, struct mu_attendance_sheet *out)
{
    *out = (struct mu_attendance_sheet){.id = mu_column_integer(query, 0),
                                        .operator_id = mu_column_integer(query, 6)};
    mu_column_text(query, 1, out->title, sizeof out->title);
    mu_column_text(query, 2, out->duty, sizeof out->duty);
    mu_column_date(query, 3, &out->date);
    mu_column_text(query, 4, out->place, sizeof out->place);
    mu_column_text(query, 5, out->confirmed_by, sizeof out->confirmed_by);
    mu_column_moment(query, 7, &out->recorded_at);
    mu_column_int(query, 8, &out->people);
    mu_column_int(query, 9, &out->minutes);
    out->points.count = mu_column_integer(query, 10);
}

enum mu_status mu_attendance_find(struct mu_db *db, const struct mu_attendance_sheet *attendance,
                                  int64_t *id, struct mu_error *error)
{
    struct mu_query query = mu_query(db, "SELECT attendance_id FROM attendance WHERE date = ?1"
                                         " AND duty = ?2 AND title = ?3 ORDER BY attendance_id"
                                         " LIMIT 1");

    mu_bind_date(&query, 1, attendance->date);
    mu_bind_text(&query, 2, attendance->duty);
    mu_bind_text(&query, 3, attendance->title);
    *id = mu_query_row(&query) ? mu_column_integer(&query, 0) : 0;
    return mu_query_end(&query, error);
}

enum mu_status mu_attendance_add(struct mu_db *db, struct mu_attendance_sheet *attendance,
                                 struct mu_error *error)
{
    char moment[MU_MOMENT_SIZE];
    struct mu_query query =
        mu_query(db, "INSERT INTO attendance (title, duty, date, place, confirmed_by, operator_id,"
                     " recorded_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) RETURNING attendance_id");

    mu_moment_format(attendance->recorded_at, moment);
    mu_bind_text(&query, 1, attendance->title);
    mu_bind_text(&query, 2, attendance->duty);
    mu_bind_date(&query, 3, attendance->date);
    mu_bind_text(&query, 4, attendance->place);
    mu_bind_text(&query, 5, attendance->confirmed_by);
    mu_bind_integer(&query, 6, attendance->operator_id);
    mu_bind_text(&query, 7, moment);
    while (mu_query_row(&query))
        attendance->id = mu_column_integer(&query, 0);
    return mu_query_end(&query, error);
}

enum mu_status mu_attendance_list(struct mu_db *db, struct mu_date from, struct mu_date to,
                                  size_t limit, mu_attendance_each *each, void *context,
                                  struct mu_error *error)
{
    static const struct mu_date first = {1900, 1, 1}, last = {2999, 12, 31};
    struct mu_query query =
        mu_query(db, ATTENDANCES " WHERE a.date BETWEEN ?1 AND ?2 GROUP BY a.attendance_id"
                                 " ORDER BY a.date DESC, a.attendance_id DESC LIMIT ?3");
    struct mu_attendance_sheet attendance;

    mu_bind_date(&query, 1, mu_date_known(from) ? from : first);
    mu_bind_date(&query, 2, mu_date_known(to) ? to : last);
    mu_bind_integer(&query, 3, limit ? (int64_t)limit : -1);
    while (mu_query_row(&query)) {
        attendance_from_row(&query, &attendance);
        if (!each(context, &attendance))
            break;
    }
    return mu_query_end(&query, error);
}

enum mu_status mu_attendance_read(struct mu_db *db, int64_t id, bool *found,
                                  struct mu_attendance_sheet *out, struct mu_error *error)
{
    struct mu_query query =
        mu_query(db, ATTENDANCES " WHERE a.attendance_id = ?1 GROUP BY a.attendance_id");

    mu_bind_integer(&query, 1, id);
    *found = mu_query_row(&query);
    if (*found)
        attendance_from_row(&query, out);
    return mu_query_end(&query, error);
}

enum mu_status mu_rating_add(struct mu_db *db, const struct mu_rating *rating,
                             struct mu_error *error)
{
    struct mu_query query =
        mu_query(db, "INSERT INTO rating (entry_id, resident_id, source, date, score, note)"
                     " VALUES (?1, ?2, ?3, ?4, ?5, ?6)");

    mu_bind_integer(&query, 1, rating->entry_id);
    mu_bind_integer(&query, 2, rating->resident_id);
    mu_bind_text(&query, 3, rating->source);
    mu_bind_date(&query, 4, rating->date);
    mu_bind_integer(&query, 5, rating->score);
    mu_bind_text(&query, 6, rating->note);
    return mu_query_run(&query, error);
}

enum mu_status mu_rating_count(struct mu_db *db, int64_t leading, const char *source,
                               struct mu_date from, struct mu_date to, int *count,
                               struct mu_error *error)
{
    struct mu_query query =
        mu_query(db, "SELECT count(*) FROM rating t WHERE t.resident_id IN (SELECT ?1 UNION ALL"
                     " SELECT resident_id FROM resident WHERE linked_to = ?1)"
                     " AND t.date BETWEEN ?3 AND ?4 AND t.source = ?2 AND NOT EXISTS"
                     " (SELECT 1 FROM ledger_entry b WHERE b.reverses = t.entry_id)");

    mu_bind_integer(&query, 1, leading);
    mu_bind_text(&query, 2, source);
    mu_bind_date(&query, 3, from);
    mu_bind_date(&query, 4, to);
    *count = mu_query_row(&query) ? (int)mu_column_integer(&query, 0) : 0;
    return mu_query_end(&query, error);
}
