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

enum mu_status mu_owing(struct mu_db *db, int64_t after, size_t limit, int64_t *ids, size_t *count,
                        struct mu_error *error)
{
    struct mu_query query =
        mu_query(db, "SELECT CAST(substr(a.code, 9) AS INTEGER) AS resident_id"
                     " FROM ledger_account a JOIN balance b ON b.account_id = a.account_id"
                     " WHERE a.book = 'meals' AND a.code >= 'account:' AND a.code < 'account;'"
                     " AND b.amount <> 0 AND CAST(substr(a.code, 9) AS INTEGER) > ?1"
                     " ORDER BY resident_id LIMIT ?2");

    mu_bind_integer(&query, 1, after);
    mu_bind_integer(&query, 2, (int64_t)limit);
    *count = 0;
    while (*count < limit && mu_query_row(&query))
        ids[(*count)++] = mu_column_integer(&query, 0);
    return mu_query_end(&query, error);
}
