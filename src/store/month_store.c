#include "store/month_store.h"
#include "store/ledger_store.h"

/* A meal that nothing took back until ?2. */
#define STANDS "(m.void_entry_id IS NULL OR v.date > ?2)"
#define MEALS_OF_MONTH                                                                             \
    " FROM meal m LEFT JOIN ledger_entry v ON v.entry_id = m.void_entry_id"                        \
    " LEFT JOIN resident r ON r.resident_id = m.resident_id WHERE m.date BETWEEN ?1 AND ?2"

enum {
    EARLIEST = -31 /* days that an entry may count for behind the one on which it was written */
};

static void bind_days(struct mu_query *query, struct mu_date from, struct mu_date to)
{
    mu_bind_date(query, 1, from);
    mu_bind_date(query, 2, to);
}

static int count_of(const struct mu_query *query, int column)
{
    int count;

    mu_column_int(query, column, &count);
    return count;
}

enum mu_status mu_month_sums(struct mu_db *db, struct mu_date from, struct mu_date to,
                             mu_month_sum_row *row, void *context, struct mu_error *error)
{
    struct mu_query query = mu_query(
        db, "SELECT m.date, m.session, m.tier, m.payer, m.pay_method,"
            " sum(CASE WHEN " STANDS " THEN 1 ELSE 0 END),"
            " sum(CASE WHEN " STANDS " THEN m.price ELSE 0 END),"
            " sum(CASE WHEN " STANDS " THEN m.pay ELSE 0 END),"
            " sum(CASE WHEN v.date = m.date THEN 1 ELSE 0 END),"
            " sum(CASE WHEN v.date > m.date AND v.date <= ?2 THEN 1 ELSE 0 END)"
            " FROM meal m LEFT JOIN ledger_entry v ON v.entry_id = m.void_entry_id"
            " WHERE m.date BETWEEN ?1 AND ?2"
            " GROUP BY m.date, m.session, m.tier, m.payer, m.pay_method ORDER BY m.date, m.session,"
            " m.tier, m.payer, m.pay_method");

    bind_days(&query, from, to);
    while (mu_query_row(&query)) {
        struct mu_month_sum sum = {.session = mu_column_borrow(&query, 1),
                                   .tier = mu_column_borrow(&query, 2),
                                   .payers = mu_column_borrow(&query, 3),
                                   .method = mu_column_borrow(&query, 4),
                                   .meals = count_of(&query, 5),
                                   .price = {mu_column_integer(&query, 6)},
                                   .pay = {mu_column_integer(&query, 7)},
                                   .voided = count_of(&query, 8),
                                   .amended = count_of(&query, 9)};

        mu_column_date(&query, 0, &sum.date);
        row(context, &sum);
    }
    return mu_query_end(&query, error);
}

enum mu_status mu_month_earlier(struct mu_db *db, struct mu_date from, struct mu_date to,
                                int *meals, struct mu_money *price, struct mu_money *pay,
                                struct mu_error *error)
{
    struct mu_query query =
        mu_query(db, "SELECT count(*), coalesce(sum(m.price), 0), coalesce(sum(m.pay), 0)"
                     " FROM meal m JOIN ledger_entry v ON v.entry_id = m.void_entry_id"
                     " WHERE m.void_entry_id IS NOT NULL AND m.date < ?1"
                     " AND v.date BETWEEN ?1 AND ?2");

    bind_days(&query, from, to);
    if (mu_query_row(&query)) {
        *meals = count_of(&query, 0);
        price->fen = mu_column_integer(&query, 1);
        pay->fen = mu_column_integer(&query, 2);
    }
    return mu_query_end(&query, error);
}

enum mu_status mu_month_eaters(struct mu_db *db, struct mu_date from, struct mu_date to,
                               mu_month_eater_row *row, void *context, struct mu_error *error)
{
    /* Without a file the occupation is the group, of somebody else it is ''. */
    struct mu_query query = mu_query(
        db, "SELECT e.person, coalesce(l.name, e.occupation), e.meals, e.days, e.price, e.pay"
            " FROM (SELECT coalesce(r.linked_to, m.resident_id) AS person,"
            "  CASE WHEN m.resident_id IS NULL THEN m.occupation ELSE '' END AS occupation,"
            "  count(*) AS meals, count(DISTINCT m.date) AS days, sum(m.price) AS price,"
            "  sum(m.pay) AS pay" MEALS_OF_MONTH " AND " STANDS " GROUP BY 1, 2) AS e"
            " LEFT JOIN resident l ON l.resident_id = e.person"
            " ORDER BY e.meals DESC, e.person, e.occupation");

    bind_days(&query, from, to);
    while (mu_query_row(&query)) {
        const struct mu_month_eater eater = {.resident_id = mu_column_integer(&query, 0),
                                             .name = mu_column_borrow(&query, 1),
                                             .meals = count_of(&query, 2),
                                             .days = count_of(&query, 3),
                                             .price = {mu_column_integer(&query, 4)},
                                             .pay = {mu_column_integer(&query, 5)}};

        row(context, &eater);
    }
    return mu_query_end(&query, error);
}

enum mu_status mu_month_tier_people(struct mu_db *db, struct mu_date from, struct mu_date to,
                                    mu_month_tier_row *row, void *context, struct mu_error *error)
{
    struct mu_query query =
        mu_query(db, "SELECT coalesce(m.tier, ''),"
                     " count(DISTINCT coalesce(r.linked_to, m.resident_id))" MEALS_OF_MONTH
                     " AND " STANDS " GROUP BY coalesce(m.tier, '') ORDER BY 1");

    bind_days(&query, from, to);
    while (mu_query_row(&query))
        row(context, mu_column_borrow(&query, 0), count_of(&query, 1));
    return mu_query_end(&query, error);
}

static enum mu_status recorded_on(struct mu_db *db, int64_t id, struct mu_date *day,
                                  struct mu_error *error)
{
    struct mu_query query =
        mu_query(db, "SELECT recorded_at FROM ledger_entry WHERE entry_id = ?1");
    struct mu_moment moment = {{0, 0, 0}, 0, 0};

    mu_bind_integer(&query, 1, id);
    if (mu_query_row(&query))
        mu_column_moment(&query, 0, &moment);
    *day = moment.date;
    return mu_query_end(&query, error);
}

enum mu_status mu_ledger_last_until(struct mu_db *db, struct mu_date day, int64_t *entry_id,
                                    struct mu_error *error)
{
    unsigned char hash[MU_HASH_SIZE];
    struct mu_date recorded;
    int64_t low = 0, high;
    enum mu_status status = mu_ledger_head(db, &high, hash, error);

    while (status == MU_OK && low < high) {
        int64_t middle = low + (high - low + 1) / 2;

        status = recorded_on(db, middle, &recorded, error);
        if (mu_date_compare(recorded, day) <= 0)
            low = middle;
        else
            high = middle - 1;
    }
    if (status == MU_OK)
        *entry_id = low;
    return status;
}

enum mu_status mu_month_cash(struct mu_db *db, struct mu_date from, struct mu_date to,
                             mu_month_cash_row *row, void *context, struct mu_error *error)
{
    int64_t first = 0, last = 0;
    struct mu_query query;
    enum mu_status status =
        mu_ledger_last_until(db, mu_date_add_days(from, EARLIEST), &first, error);

    if (status == MU_OK)
        status = mu_ledger_last_until(db, to, &last, error);
    if (status != MU_OK)
        return status;
    query = mu_query(db, "SELECT e.rule_id, count(DISTINCT e.entry_id),"
                         " sum(CASE WHEN a.code = 'cash' THEN l.amount ELSE 0 END)"
                         " FROM ledger_entry e JOIN ledger_posting l ON l.entry_id = e.entry_id"
                         " JOIN ledger_account a ON a.account_id = l.account_id"
                         " WHERE e.entry_id > ?3 AND e.entry_id <= ?4 AND e.book = 'meals'"
                         " AND e.date BETWEEN ?1 AND ?2 AND instr(e.rule_id, ':') > 0"
                         " GROUP BY e.rule_id ORDER BY e.rule_id");
    bind_days(&query, from, to);
    mu_bind_integer(&query, 3, first);
    mu_bind_integer(&query, 4, last);
    while (mu_query_row(&query))
        row(context, mu_column_borrow(&query, 0), count_of(&query, 1),
            mu_column_integer(&query, 2));
    return mu_query_end(&query, error);
}
