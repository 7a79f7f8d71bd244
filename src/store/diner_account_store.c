#include "store/diner_account_store.h"

enum mu_status mu_card_end(struct mu_db *db, const char *card, int64_t resident_id,
                           int64_t operator_id, struct mu_moment at, const char *reason,
                           struct mu_error *error)
{
    char moment[MU_MOMENT_SIZE];
    struct mu_query query =
        mu_query(db, "INSERT INTO card_past (card, ended_at, resident_id, operator_id, reason)"
                     " VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (card, ended_at) DO NOTHING");

    mu_moment_format(at, moment);
    mu_bind_text(&query, 1, card);
    mu_bind_text(&query, 2, moment);
    mu_bind_integer(&query, 3, resident_id);
    mu_bind_integer(&query, 4, operator_id);
    mu_bind_text(&query, 5, reason);
    return mu_query_run(&query, error);
}

enum mu_status mu_card_good_again(struct mu_db *db, const char *card, int64_t resident_id,
                                  struct mu_moment from, struct mu_error *error)
{
    char moment[MU_MOMENT_SIZE];
    struct mu_query query = mu_query(db, "DELETE FROM card_past WHERE card = ?1 AND ended_at >= ?2"
                                         " AND resident_id = ?3");

    mu_moment_format(from, moment);
    mu_bind_text(&query, 1, card);
    mu_bind_text(&query, 2, moment);
    mu_bind_integer(&query, 3, resident_id);
    return mu_query_run(&query, error);
}

enum mu_status mu_card_ended(struct mu_db *db, const char *card, struct mu_date *day,
                             struct mu_error *error)
{
    struct mu_moment at = {{0, 0, 0}, 0, 0};
    struct mu_query query = mu_query(db, "SELECT ended_at FROM card_past WHERE card = ?1"
                                         " ORDER BY ended_at DESC LIMIT 1");

    mu_bind_text(&query, 1, card);
    if (mu_query_row(&query))
        mu_column_moment(&query, 0, &at);
    *day = at.date;
    return mu_query_end(&query, error);
}

enum mu_status mu_purse_accounts(struct mu_db *db, const char *prefix, int64_t leading,
                                 int64_t named, struct mu_purse *out, int64_t *all,
                                 struct mu_error *error)
{
    struct mu_query query =
        mu_query(db, "SELECT f.resident_id, coalesce(b.amount, 0) AS amount,"
                     " sum(coalesce(b.amount, 0)) OVER ()"
                     " FROM (SELECT ?2 AS resident_id"
                     " UNION ALL SELECT resident_id FROM resident WHERE linked_to = ?2) f"
                     " LEFT JOIN ledger_account a ON a.book = 'meals'"
                     " AND a.code = ?1 || ':' || f.resident_id"
                     " LEFT JOIN balance b ON b.account_id = a.account_id"
                     " ORDER BY f.resident_id = ?3 DESC, abs(coalesce(b.amount, 0)) DESC LIMIT ?4");
    struct mu_purse found = {0};
    int64_t sum = 0;
    enum mu_status status;

    mu_bind_text(&query, 1, prefix);
    mu_bind_integer(&query, 2, leading);
    mu_bind_integer(&query, 3, named);
    mu_bind_integer(&query, 4, MU_PURSE_FILES);
    while (mu_query_row(&query) && found.count < MU_PURSE_FILES) {
        struct mu_purse_part *part = &found.part[found.count++];

        part->resident_id = mu_column_integer(&query, 0);
        part->fen = mu_column_integer(&query, 1);
        sum = mu_column_integer(&query, 2);
    }
    status = mu_query_end(&query, error);
    if (status == MU_OK) {
        *out = found;
        *all = sum;
    }
    return status;
}

enum mu_status mu_purse_moved_since(struct mu_db *db, int64_t resident_id, struct mu_moment from,
                                    int *count, struct mu_error *error)
{
    struct mu_query query =
        mu_query(db, "SELECT count(DISTINCT e.entry_id) FROM ledger_account a"
                     " JOIN ledger_posting l ON l.account_id = a.account_id"
                     " JOIN ledger_entry e ON e.entry_id = l.entry_id"
                     " WHERE a.book = 'meals' AND a.code IN ('card:' || ?1, 'account:' || ?1)"
                     " AND e.recorded_at >= ?2");
    char moment[MU_MOMENT_SIZE];

    mu_moment_format(from, moment);
    mu_bind_integer(&query, 1, resident_id);
    mu_bind_text(&query, 2, moment);
    *count = mu_query_row(&query) ? (int)mu_column_integer(&query, 0) : 0;
    return mu_query_end(&query, error);
}

enum mu_status mu_purse_used(struct mu_db *db, int64_t resident_id, bool *used,
                             struct mu_error *error)
{
    struct mu_query query = mu_query(db, "SELECT 1 FROM ledger_account WHERE book = 'meals'"
                                         " AND code IN ('card:' || ?1, 'account:' || ?1) LIMIT 1");

    mu_bind_integer(&query, 1, resident_id);
    *used = mu_query_row(&query);
    return mu_query_end(&query, error);
}

enum mu_status mu_owing(struct mu_db *db, int64_t after, size_t limit, int64_t *ids, size_t *count,
                        struct mu_error *error)
{
    struct mu_query query =
        mu_query(db, "SELECT coalesce(r.linked_to, r.resident_id) AS person"
                     " FROM ledger_account a JOIN balance b ON b.account_id = a.account_id"
                     " JOIN resident r ON r.resident_id = CAST(substr(a.code, 9) AS INTEGER)"
                     " WHERE a.book = 'meals' AND a.code >= 'account:' AND a.code < 'account;'"
                     " AND b.amount <> 0 AND coalesce(r.linked_to, r.resident_id) > ?1"
                     " GROUP BY person HAVING sum(b.amount) <> 0 ORDER BY person LIMIT ?2");

    mu_bind_integer(&query, 1, after);
    mu_bind_integer(&query, 2, (int64_t)limit);
    *count = 0;
    while (*count < limit && mu_query_row(&query))
        ids[(*count)++] = mu_column_integer(&query, 0);
    return mu_query_end(&query, error);
}
