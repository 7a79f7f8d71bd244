#include "store/statement_store.h"

#include <string.h>

/* The rows that an entry was made for; a reversal tells of what it takes back. */
#define MEANT "coalesce(e.reverses, e.entry_id)"

/* Of one person: the file that speaks, and those that it speaks for. */
#define FILES "(SELECT ?1 AS file UNION SELECT resident_id FROM resident WHERE linked_to = ?1) AS f"

static void entry_from_row(const struct mu_query *query, struct mu_points_entry *out)
{
    int kind = 0, forgotten = 0;

    memset(out, 0, sizeof *out);
    mu_column_int(query, 0, &out->month);
    out->resident_id = mu_column_integer(query, 1);
    out->entry_id = mu_column_integer(query, 2);
    if (mu_column_int(query, 3, &kind) && kind > 0 && kind < MU_POINTS_KINDS)
        out->kind = (enum mu_points_kind)kind;
    out->points.count = mu_column_integer(query, 4);
    mu_column_int(query, 5, &out->minutes);
    mu_column_date(query, 6, &out->date);
    mu_column_moment(query, 7, &out->recorded_at);
    mu_column_text(query, 8, out->rule_id, sizeof out->rule_id);
    mu_column_int(query, 9, &out->rules_version);
    out->reverses = mu_column_integer(query, 10);
    mu_column_text(query, 11, out->reason, sizeof out->reason);
    mu_column_text(query, 12, out->operator_name, sizeof out->operator_name);
    out->reversed_by = mu_column_integer(query, 13);
    mu_column_text(query, 14, out->about, sizeof out->about);
    mu_column_text(query, 15, out->team, sizeof out->team);
    mu_column_int(query, 16, &out->number);
    mu_column_date(query, 17, &out->day);
    mu_column_int(query, 18, &out->starts_at);
    mu_column_int(query, 19, &out->ends_at);
    mu_column_text(query, 20, out->place, sizeof out->place);
    mu_column_int(query, 21, &forgotten);
    out->forgotten = forgotten != 0;
    mu_column_int(query, 22, &out->services);
}

enum mu_status mu_statement_read(struct mu_db *db, int64_t leading, int last_month,
                                 mu_statement_row *row, void *context, struct mu_error *error)
{
    struct mu_query query = mu_query(
        db,
        "SELECT l.month, l.resident_id, l.entry_id, l.kind, l.points, l.minutes, e.date,"
        " e.recorded_at, e.rule_id, e.rules_version, e.reverses, e.reason, o.name, x.entry_id,"
        " coalesce(s.duty, t.source, g.name), s.team, coalesce(s.times, t.score,"
        " abs(m.pieces)), coalesce(s.date, t.date), coalesce(s.starts_at, -1),"
        " coalesce(s.ends_at, -1), s.place, s.forgotten,"
        " CASE WHEN s.service_id IS NULL THEN 0 WHEN e.reverses IS NULL THEN 1 ELSE -1 END"
        " FROM (SELECT ?1 AS file UNION SELECT resident_id FROM resident"
        "  WHERE linked_to = ?1) AS f"
        " JOIN points_line l ON l.resident_id = f.file"
        " JOIN ledger_entry e ON e.entry_id = l.entry_id"
        " JOIN operator o ON o.operator_id = e.operator_id"
        " LEFT JOIN ledger_entry x ON x.reverses = l.entry_id"
        " LEFT JOIN service s ON s.entry_id = " MEANT " LEFT JOIN rating t ON t.entry_id = " MEANT
        " LEFT JOIN goods_move m ON m.entry_id = e.entry_id"
        " LEFT JOIN goods g ON g.goods_id = m.goods_id"
        " WHERE l.month <= ?2 ORDER BY l.month, l.entry_id, l.resident_id");
    struct mu_points_entry entry;
    bool more = true;

    mu_bind_integer(&query, 1, leading);
    mu_bind_integer(&query, 2, last_month);
    while (more && mu_query_row(&query)) {
        entry_from_row(&query, &entry);
        more = row(context, &entry);
    }
    return mu_query_end(&query, error);
}

enum mu_status mu_wall_shows_name(struct mu_db *db, int64_t leading, bool *shows,
                                  struct mu_error *error)
{
    struct mu_query query = mu_query(
        db, "SELECT coalesce(min(CASE WHEN v.left_on = '' THEN v.shows_name ELSE 0 END), 0)"
            " FROM " FILES " JOIN volunteer v ON v.resident_id = f.file");

    mu_bind_integer(&query, 1, leading);
    *shows = mu_query_row(&query) && mu_column_integer(&query, 0) != 0;
    return mu_query_end(&query, error);
}
