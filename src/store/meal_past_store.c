#include "store/meal_past_store.h"

#include "store/chain.h"

#include <stdio.h>

/* The meal counted when entry ?1 was written. */
#define COUNTED "m.entry_id < ?1 AND (m.void_entry_id IS NULL OR m.void_entry_id > ?1)"

static enum mu_status read_number(struct mu_query *query, int64_t *out, struct mu_error *error)
{
    int64_t number = mu_query_row(query) ? mu_column_integer(query, 0) : 0;
    enum mu_status status = mu_query_end(query, error);

    if (status == MU_OK)
        *out = number;
    return status;
}

static enum mu_status read_count(struct mu_query *query, int *out, struct mu_error *error)
{
    int64_t number = 0;
    enum mu_status status = read_number(query, &number, error);

    if (status == MU_OK)
        *out = (int)number;
    return status;
}

enum mu_status mu_quota_before(struct mu_db *db, struct mu_date date, const char *tier,
                               int64_t entry_id, int *used, struct mu_error *error)
{
    struct mu_query query =
        mu_query(db, "SELECT count(*) FROM meal m WHERE " COUNTED " AND m.date = ?2 AND m.tier = ?3"
                     " AND m.quota_slot IS NOT NULL");

    mu_bind_integer(&query, 1, entry_id);
    mu_bind_date(&query, 2, date);
    mu_bind_text(&query, 3, tier);
    return read_count(&query, used, error);
}

enum mu_status mu_reduced_before(struct mu_db *db, int64_t resident_id, struct mu_date date,
                                 int64_t entry_id, int *count, struct mu_error *error)
{
    struct mu_query query = mu_query(
        db, "SELECT count(*) FROM meal m WHERE " COUNTED " AND m.date = ?2 AND m.tier IS NOT NULL"
            " AND m.resident_id IN"
            " (SELECT ?3 UNION ALL SELECT resident_id FROM resident WHERE linked_to = ?3)");

    mu_bind_integer(&query, 1, entry_id);
    mu_bind_date(&query, 2, date);
    mu_bind_integer(&query, 3, resident_id);
    return read_count(&query, count, error);
}

enum mu_status mu_fund_before(struct mu_db *db, const char *account, int64_t entry_id,
                              int64_t *balance, struct mu_error *error)
{
    /* Postings are found by their entry: what came later is counted back. */
    struct mu_query query =
        mu_query(db, "SELECT b.amount - coalesce((SELECT sum(l.amount) FROM ledger_posting l"
                     " WHERE l.entry_id >= ?2 AND l.account_id = a.account_id), 0)"
                     " FROM ledger_account a JOIN balance b ON b.account_id = a.account_id"
                     " WHERE a.book = 'fund' AND a.code = ?1");

    mu_bind_text(&query, 1, account);
    mu_bind_integer(&query, 2, entry_id);
    return read_number(&query, balance, error);
}

enum mu_status mu_rule_book_facts(struct mu_db *db, int version, struct mu_date *from,
                                  unsigned char hash[MU_HASH_SIZE], struct mu_error *error)
{
    struct mu_query query =
        mu_query(db, "SELECT adopted_from, hash FROM rule_book WHERE version = ?1");

    mu_bind_integer(&query, 1, version);
    if (mu_query_row(&query)) {
        mu_column_date(&query, 0, from);
        mu_column_hash(&query, 1, hash);
    }
    return mu_query_end(&query, error);
}

enum mu_status mu_tags_then(struct mu_db *db, int64_t resident_id, mu_tag_then_row *row,
                            void *context, struct mu_error *error)
{
    struct mu_query query =
        mu_query(db, "SELECT word, from_date, until_date, recorded_at FROM resident_tag"
                     " WHERE resident_id IN"
                     " (SELECT ?1 UNION ALL SELECT resident_id FROM resident WHERE linked_to = ?1)"
                     " ORDER BY word, from_date");

    mu_bind_integer(&query, 1, resident_id);
    while (mu_query_row(&query)) {
        struct mu_tag_then tag = {.word = mu_column_borrow(&query, 0)};

        mu_column_date(&query, 1, &tag.from);
        mu_column_date(&query, 2, &tag.until);
        mu_column_moment(&query, 3, &tag.recorded_at);
        row(context, &tag);
    }
    return mu_query_end(&query, error);
}

enum mu_status mu_household_then(struct mu_db *db, int64_t resident_id, struct mu_date day,
                                 int64_t *household_id, struct mu_error *error)
{
    struct mu_query query = mu_query(db, "SELECT household_id FROM residence_past"
                                         " WHERE resident_id = ?1 AND until_date > ?2"
                                         " ORDER BY until_date, changed_at, household_id LIMIT 1");
    int64_t then = 0;
    enum mu_status status;

    mu_bind_integer(&query, 1, resident_id);
    mu_bind_date(&query, 2, day);
    status = read_number(&query, &then, error);
    if (status == MU_OK && then)
        *household_id = then;
    return status;
}

enum mu_status mu_home_changes(struct mu_db *db, int64_t resident_id, int64_t household_id,
                               struct mu_date day, struct mu_date *change, struct mu_error *error)
{
    struct mu_query query = mu_query(
        db, "SELECT min(until_date) FROM (SELECT until_date FROM residence_past"
            " WHERE household_id = ?2 UNION ALL SELECT p.until_date FROM resident r"
            " JOIN residence_past p ON p.resident_id = r.resident_id WHERE r.household_id = ?2"
            " UNION ALL SELECT until_date FROM residence_past WHERE resident_id = ?1"
            " UNION ALL SELECT until_date FROM occupancy_past WHERE household_id = ?2) AS past"
            " WHERE until_date > ?3");
    struct mu_date first = {0, 0, 0};
    enum mu_status status;

    mu_bind_integer(&query, 1, resident_id);
    mu_bind_integer(&query, 2, household_id);
    mu_bind_date(&query, 3, day);
    if (mu_query_row(&query))
        mu_column_date(&query, 0, &first);
    status = mu_query_end(&query, error);
    if (status == MU_OK)
        *change = first;
    return status;
}

static bool meal_from_row(const struct mu_query *query, struct mu_month_meal *out)
{
    bool whole;

    *out = (struct mu_month_meal){.id = mu_column_integer(query, 0),
                                  .entry_id = mu_column_integer(query, 1),
                                  .resident_id = mu_column_integer(query, 2),
                                  .price.fen = mu_column_integer(query, 7),
                                  .pay.fen = mu_column_integer(query, 8)};
    whole = mu_column_date(query, 3, &out->date);
    whole &= mu_column_moment(query, 4, &out->served_at);
    whole &= mu_column_text(query, 5, out->session, sizeof out->session);
    whole &= mu_column_text(query, 6, out->tier, sizeof out->tier);
    whole &= mu_payments_read(mu_column_borrow(query, 9), mu_money_subtract(out->price, out->pay),
                              out->share, &out->share_count);
    return whole & mu_column_text(query, 10, out->occupation, sizeof out->occupation);
}

enum mu_status mu_month_meals(struct mu_db *db, struct mu_date day, int64_t after,
                              struct mu_date to, size_t limit, struct mu_month_meal *out,
                              size_t *count, struct mu_error *error)
{
    struct mu_query query =
        mu_query(db, "SELECT m.meal_id, m.entry_id, coalesce(r.linked_to, m.resident_id), m.date,"
                     " m.served_at, m.session, m.tier, m.price, m.pay, m.payer, m.occupation"
                     " FROM meal m LEFT JOIN resident r ON r.resident_id = m.resident_id"
                     " WHERE (m.date, m.meal_id) > (?1, ?2) AND m.date <= ?3"
                     " AND m.void_entry_id IS NULL ORDER BY m.date, m.meal_id LIMIT ?4");
    char number[24];
    bool whole = true;
    size_t read = 0;
    enum mu_status status;

    mu_bind_date(&query, 1, day);
    mu_bind_integer(&query, 2, after);
    mu_bind_date(&query, 3, to);
    mu_bind_integer(&query, 4, (int64_t)limit);
    while (whole && read < limit && mu_query_row(&query))
        whole = meal_from_row(&query, &out[read++]);
    status = mu_query_end(&query, error);
    if (status == MU_OK && !whole) {
        snprintf(number, sizeof number, "%lld", (long long)out[read - 1].entry_id);
        return mu_fail(error, MU_STORE, MU_SAY_error_entry_altered, number, NULL);
    }
    if (status == MU_OK)
        *count = read;
    return status;
}

enum mu_status mu_month_size(struct mu_db *db, struct mu_date from, struct mu_date to,
                             int64_t *meals, int64_t *first_entry, struct mu_error *error)
{
    struct mu_query query = mu_query(db, "SELECT count(*), coalesce(min(entry_id), 0) FROM meal"
                                         " WHERE date BETWEEN ?1 AND ?2");
    int64_t numbers[2] = {0, 0};
    enum mu_status status;

    mu_bind_date(&query, 1, from);
    mu_bind_date(&query, 2, to);
    if (mu_query_row(&query))
        for (int i = 0; i < 2; i++)
            numbers[i] = mu_column_integer(&query, i);
    status = mu_query_end(&query, error);
    if (status != MU_OK)
        return status;
    *meals = numbers[0];
    *first_entry = numbers[1];
    return MU_OK;
}

enum mu_status mu_fund_moves(struct mu_db *db, int64_t first_entry, struct mu_date from,
                             struct mu_date to, mu_fund_move_row *row, void *context,
                             struct mu_error *error)
{
    /* What a meal took stands against the account of meals, and so does what taking it back gave
     * back. */
    struct mu_query query = mu_query(
        db, "SELECT e.entry_id, a.code, l.amount FROM ledger_entry e JOIN ledger_posting l"
            " ON l.entry_id = e.entry_id JOIN ledger_account a ON a.account_id = l.account_id"
            " WHERE e.entry_id >= ?1 AND e.book = 'fund' AND NOT EXISTS (SELECT 1"
            " FROM ledger_posting x JOIN ledger_account y ON y.account_id = x.account_id"
            " WHERE x.entry_id = e.entry_id AND y.code = 'meals' AND coalesce((SELECT o.date"
            " FROM ledger_entry o WHERE o.entry_id = e.reverses), e.date) BETWEEN ?2 AND ?3)"
            " ORDER BY e.entry_id, l.line");

    mu_bind_integer(&query, 1, first_entry);
    mu_bind_date(&query, 2, from);
    mu_bind_date(&query, 3, to);
    while (mu_query_row(&query)) {
        struct mu_fund_move move = {.entry_id = mu_column_integer(&query, 0),
                                    .amount.fen = mu_column_integer(&query, 2)};

        if (mu_payer_from_word(mu_column_borrow(&query, 1), &move.payer))
            row(context, &move);
    }
    return mu_query_end(&query, error);
}
