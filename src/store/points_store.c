#include "store/points_store.h"

enum mu_status mu_points_line_add(struct mu_db *db, const struct mu_points_line *line,
                                  struct mu_error *error)
{
    struct mu_query query =
        mu_query(db, "INSERT INTO points_line (month, resident_id, entry_id, kind, points, minutes)"
                     " VALUES (?1, ?2, ?3, ?4, ?5, ?6)");

    mu_bind_integer(&query, 1, line->month);
    mu_bind_integer(&query, 2, line->resident_id);
    mu_bind_integer(&query, 3, line->entry_id);
    mu_bind_integer(&query, 4, line->kind);
    mu_bind_integer(&query, 5, line->points.count);
    mu_bind_integer(&query, 6, line->minutes);
    return mu_query_run(&query, error);
}

enum mu_status mu_points_last_closed(struct mu_db *db, int *month, struct mu_error *error)
{
    struct mu_query query = mu_query(db, "SELECT coalesce(max(month), 0) FROM points_month");

    if (mu_query_row(&query))
        *month = (int)mu_column_integer(&query, 0);
    return mu_query_end(&query, error);
}

enum mu_status mu_points_find_wrong(struct mu_db *db, int64_t *entry_id, struct mu_error *error)
{
    /* What the postings moved, less what the lines say, is nothing for each entry and person. */
    struct mu_query query = mu_query(
        db, "SELECT entry_id FROM ("
            " SELECT l.entry_id, a.code, -l.amount AS points FROM ledger_account a"
            " JOIN ledger_posting l ON l.account_id = a.account_id"
            " WHERE a.book = 'points' AND a.code LIKE 'person:%'"
            " UNION ALL"
            " SELECT entry_id, 'person:' || resident_id, -points FROM points_line) AS moved"
            " GROUP BY entry_id, code HAVING sum(points) <> 0 ORDER BY entry_id LIMIT 1");

    *entry_id = mu_query_row(&query) ? mu_column_integer(&query, 0) : 0;
    return mu_query_end(&query, error);
}
