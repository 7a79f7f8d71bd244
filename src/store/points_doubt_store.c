#include "store/points_doubt_store.h"

#define SERVED_COLUMNS                                                                             \
    "s.service_id, s.entry_id, s.resident_id, s.duty, s.date, s.starts_at, s.ends_at, s.minutes,"  \
    " s.points, s.confirmed_by, s.confirmed_id, s.forgotten, s.attendance_id, r.name"
static enum mu_status read_served(struct mu_query *query, mu_points_served_row *row, void *context,
                                  struct mu_error *error)
{
    bool more = true;

    while (more && mu_query_row(query)) {
        struct mu_points_served served = {0};
        struct mu_service *service = &served.service;
        int forgotten;

        service->id = mu_column_integer(query, 0);
        service->entry_id = mu_column_integer(query, 1);
        service->resident_id = mu_column_integer(query, 2);
        mu_column_text(query, 3, service->duty, sizeof service->duty);
        mu_column_date(query, 4, &service->date);
        mu_column_int(query, 5, &service->starts_at);
        mu_column_int(query, 6, &service->ends_at);
        mu_column_int(query, 7, &service->minutes);
        service->points.count = mu_column_integer(query, 8);
        mu_column_text(query, 9, service->confirmed_by, sizeof service->confirmed_by);
        service->confirmed_id = mu_column_integer(query, 10);
        mu_column_int(query, 11, &forgotten);
        service->forgotten = forgotten != 0;
        service->attendance_id = mu_column_integer(query, 12);
        mu_column_text(query, 13, served.name, sizeof served.name);
        more = row(context, &served);
    }
    return mu_query_end(query, error);
}

enum mu_status mu_points_served(struct mu_db *db, int month, struct mu_files files,
                                mu_points_served_row *row, void *context, struct mu_error *error)
{
    struct mu_query query =
        mu_query(db, "SELECT " SERVED_COLUMNS " FROM points_line l"
                     " JOIN service s ON s.entry_id = l.entry_id"
                     " JOIN resident r ON r.resident_id = s.resident_id"
                     " WHERE l.month = ?1 AND l.resident_id BETWEEN ?2 AND ?3 AND l.kind = 1"
                     " AND s.reversed_by IS NULL ORDER BY l.resident_id, l.entry_id");

    mu_bind_integer(&query, 1, month);
    mu_bind_integer(&query, 2, files.first);
    mu_bind_integer(&query, 3, files.last);
    return read_served(&query, row, context, error);
}

enum mu_status mu_points_serving(struct mu_db *db, int month, mu_points_served_row *row,
                                 void *context, struct mu_error *error)
{
    struct mu_query query = mu_query(db, "SELECT " SERVED_COLUMNS " FROM service s"
                                         " JOIN resident r ON r.resident_id = s.resident_id"
                                         " WHERE s.date BETWEEN ?1 AND ?2 AND s.entry_id IS NULL"
                                         " ORDER BY s.service_id");

    mu_bind_date(&query, 1, mu_month_first(month));
    mu_bind_date(&query, 2, mu_month_end(mu_month_first(month)));
    return read_served(&query, row, context, error);
}

enum mu_status mu_points_accepted(struct mu_db *db, int month, mu_points_acceptance_row *row,
                                  void *context, struct mu_error *error)
{
    struct mu_query query =
        mu_query(db, "SELECT a.kind, a.resident_id, a.service_id, a.word, a.operator_id, o.name,"
                     " a.accepted_at FROM points_accepted a"
                     " LEFT JOIN operator o ON o.operator_id = a.operator_id WHERE a.month = ?1"
                     " ORDER BY a.kind, a.resident_id, a.service_id");
    bool more = true;

    mu_bind_integer(&query, 1, month);
    while (more && mu_query_row(&query)) {
        struct mu_points_acceptance acceptance = {.resident_id = mu_column_integer(&query, 1),
                                                  .service_id = mu_column_integer(&query, 2),
                                                  .operator_id = mu_column_integer(&query, 4)};

        if (!mu_doubt_from_word(mu_column_borrow(&query, 0), &acceptance.kind))
            continue;
        mu_column_text(&query, 3, acceptance.word, sizeof acceptance.word);
        mu_column_text(&query, 5, acceptance.operator_name, sizeof acceptance.operator_name);
        mu_column_moment(&query, 6, &acceptance.accepted_at);
        more = row(context, &acceptance);
    }
    return mu_query_end(&query, error);
}

enum mu_status mu_points_accept(struct mu_db *db, int month,
                                const struct mu_points_acceptance *acceptance,
                                struct mu_error *error)
{
    char moment[MU_MOMENT_SIZE];
    struct mu_query query =
        mu_query(db, "INSERT INTO points_accepted (month, kind, resident_id, service_id, word,"
                     " operator_id, accepted_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"
                     " ON CONFLICT (month, kind, resident_id, service_id) DO UPDATE SET word ="
                     " excluded.word, operator_id = excluded.operator_id, accepted_at ="
                     " excluded.accepted_at");

    mu_moment_format(acceptance->accepted_at, moment);
    mu_bind_integer(&query, 1, month);
    mu_bind_text(&query, 2, mu_doubt_word(acceptance->kind));
    mu_bind_integer(&query, 3, acceptance->resident_id);
    mu_bind_integer(&query, 4, acceptance->service_id);
    mu_bind_text(&query, 5, acceptance->word);
    mu_bind_integer(&query, 6, acceptance->operator_id);
    mu_bind_text(&query, 7, moment);
    return mu_query_run(&query, error);
}

enum mu_status mu_points_group_moves(struct mu_db *db, int from, int to, bool by_team,
                                     mu_points_group_row *row, void *context,
                                     struct mu_error *error)
{
    struct mu_query query =
        mu_query(db, "SELECT CASE WHEN ?3 THEN s.team ELSE s.duty END, l.month,"
                     " coalesce(r.linked_to, r.resident_id), 1, l.minutes, l.points"
                     " FROM points_line l JOIN service s ON s.entry_id = l.entry_id"
                     " JOIN resident r ON r.resident_id = l.resident_id"
                     " WHERE l.month BETWEEN ?1 AND ?2 AND l.kind = 1"
                     " UNION ALL SELECT CASE WHEN ?3 THEN s.team ELSE s.duty END, l.month,"
                     " coalesce(r.linked_to, r.resident_id), -1, l.minutes, l.points"
                     " FROM points_line l JOIN service s ON s.reversed_by = l.entry_id"
                     " JOIN resident r ON r.resident_id = l.resident_id"
                     " WHERE l.month BETWEEN ?1 AND ?2 AND l.kind = 8");
    bool more = true;

    mu_bind_integer(&query, 1, from);
    mu_bind_integer(&query, 2, to);
    mu_bind_integer(&query, 3, by_team);
    while (more && mu_query_row(&query)) {
        const struct mu_points_group_move move = {.id = mu_column_borrow(&query, 0),
                                                  .month = (int)mu_column_integer(&query, 1),
                                                  .leading = mu_column_integer(&query, 2),
                                                  .services = mu_column_integer(&query, 3),
                                                  .minutes = mu_column_integer(&query, 4),
                                                  .points = {mu_column_integer(&query, 5)}};

        more = row(context, &move);
    }
    return mu_query_end(&query, error);
}

enum mu_status mu_award_given(struct mu_db *db, int64_t resident_id, const char *name, int month,
                              bool *given, struct mu_error *error)
{
    struct mu_query query = mu_query(
        db, "SELECT 1 FROM award WHERE resident_id = ?1 AND name = ?2 AND month = ?3 LIMIT 1");

    mu_bind_integer(&query, 1, resident_id);
    mu_bind_text(&query, 2, name);
    mu_bind_integer(&query, 3, month);
    *given = mu_query_row(&query);
    return mu_query_end(&query, error);
}
