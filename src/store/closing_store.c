#include "store/closing_store.h"

#include "store/canteen_store.h"
#include "store/chain.h"

#include <stdlib.h>
#include <string.h>

#define CLOSING_COLUMNS                                                                            \
    "c.closing_id, c.entry_id, c.date, c.session, c.after_entry, c.last_entry, c.head, c.meals,"   \
    " c.price, c.pay, c.expected, c.counted, c.notes, c.reason, c.operator_id, o.name,"            \
    " c.second_id, c.second_name, c.closed_at"
#define CLOSING_TABLES "meal_closing c LEFT JOIN operator o ON o.operator_id = c.operator_id"
/* The meal m was closed before the closing ?1 was made. */
#define CLOSED_BEFORE(m)                                                                           \
    "EXISTS (SELECT 1 FROM meal_closing c WHERE c.date = " m ".date AND c.session IN (" m          \
    ".session, '') AND c.closing_id < ?1)"

/* False when the row says anything that a closing cannot hold. */
static bool closing_from_row(const struct mu_query *query, struct mu_closing *out)
{
    bool whole;

    memset(out, 0, sizeof *out);
    out->id = mu_column_integer(query, 0);
    out->entry_id = mu_column_integer(query, 1);
    whole = mu_column_date(query, 2, &out->date);
    whole &= mu_column_text(query, 3, out->session, sizeof out->session);
    out->after_entry = mu_column_integer(query, 4);
    out->last_entry = mu_column_integer(query, 5);
    mu_column_hash(query, 6, out->head);
    whole &= mu_column_int(query, 7, &out->meals);
    out->price.fen = mu_column_integer(query, 8);
    out->pay.fen = mu_column_integer(query, 9);
    out->expected.fen = mu_column_integer(query, 10);
    out->counted.fen = mu_column_integer(query, 11);
    whole &= mu_column_text(query, 12, out->notes, sizeof out->notes);
    whole &= mu_column_text(query, 13, out->reason, sizeof out->reason);
    out->operator_id = mu_column_integer(query, 14);
    mu_column_text(query, 15, out->operator_name, sizeof out->operator_name);
    out->second_id = mu_column_integer(query, 16);
    whole &= mu_column_text(query, 17, out->second_name, sizeof out->second_name);
    whole &= mu_column_moment(query, 18, &out->closed_at);
    return whole;
}

static enum mu_status read_one(struct mu_query *query, struct mu_closing *out,
                               struct mu_error *error)
{
    memset(out, 0, sizeof *out);
    if (mu_query_row(query))
        closing_from_row(query, out);
    return mu_query_end(query, error);
}

enum mu_status mu_session_closed(struct mu_db *db, struct mu_date date, const char *session,
                                 bool *closed, struct mu_error *error)
{
    /* Each meal asks this: IN would have a table made of the two each time. */
    struct mu_query query =
        mu_query(db, "SELECT 1 FROM meal_closing WHERE date = ?1 AND +session IN (?2, '') LIMIT 1");

    mu_bind_date(&query, 1, date);
    mu_bind_text(&query, 2, session);
    *closed = mu_query_row(&query);
    return mu_query_end(&query, error);
}

enum mu_status mu_closing_read(struct mu_db *db, struct mu_date date, const char *session,
                               struct mu_closing *out, struct mu_error *error)
{
    struct mu_query query = mu_query(db, "SELECT " CLOSING_COLUMNS " FROM " CLOSING_TABLES
                                         " WHERE c.date = ?1 AND c.session = ?2");

    mu_bind_date(&query, 1, date);
    mu_bind_text(&query, 2, session);
    return read_one(&query, out, error);
}

enum mu_status mu_closing_last(struct mu_db *db, struct mu_closing *out, struct mu_error *error)
{
    struct mu_query query = mu_query(db, "SELECT " CLOSING_COLUMNS " FROM " CLOSING_TABLES
                                         " ORDER BY c.closing_id DESC LIMIT 1");

    return read_one(&query, out, error);
}

enum mu_status mu_closing_add(struct mu_db *db, const struct mu_closing *closing,
                              struct mu_error *error)
{
    char moment[MU_MOMENT_SIZE];
    struct mu_query query =
        mu_query(db, "INSERT INTO meal_closing (closing_id, entry_id, date, session, after_entry,"
                     " last_entry, head, meals, price, pay, expected, counted, notes, reason,"
                     " operator_id, second_id, second_name, closed_at) VALUES (?1, ?2, ?3, ?4, ?5,"
                     " ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18)");

    mu_moment_format(closing->closed_at, moment);
    mu_bind_integer(&query, 1, closing->id);
    mu_bind_integer(&query, 2, closing->entry_id);
    mu_bind_date(&query, 3, closing->date);
    mu_bind_text(&query, 4, closing->session);
    mu_bind_integer(&query, 5, closing->after_entry);
    mu_bind_integer(&query, 6, closing->last_entry);
    mu_bind_blob(&query, 7, closing->head, sizeof closing->head);
    mu_bind_integer(&query, 8, closing->meals);
    mu_bind_integer(&query, 9, closing->price.fen);
    mu_bind_integer(&query, 10, closing->pay.fen);
    mu_bind_integer(&query, 11, closing->expected.fen);
    mu_bind_integer(&query, 12, closing->counted.fen);
    mu_bind_text(&query, 13, closing->notes);
    mu_bind_text(&query, 14, closing->reason);
    mu_bind_integer(&query, 15, closing->operator_id);
    mu_bind_reference(&query, 16, closing->second_id);
    mu_bind_text(&query, 17, closing->second_name);
    mu_bind_text(&query, 18, moment);
    return mu_query_run(&query, error);
}

enum mu_status mu_closing_list(struct mu_db *db, struct mu_date from, struct mu_date to,
                               mu_closing_row *row, void *context, struct mu_error *error)
{
    struct mu_query query = mu_query(db, "SELECT " CLOSING_COLUMNS " FROM " CLOSING_TABLES
                                         " WHERE c.date BETWEEN ?1 AND ?2 ORDER BY c.closing_id");
    bool more = true;

    mu_bind_date(&query, 1, from);
    mu_bind_date(&query, 2, to);
    while (more && mu_query_row(&query)) {
        struct mu_closing closing;

        closing_from_row(&query, &closing);
        more = row(context, &closing);
    }
    return mu_query_end(&query, error);
}

/* Which line an entry belongs to that is no meal's. */
static enum mu_cash_line line_of(const char *rule)
{
    static const struct {
        const char *rule;
        enum mu_cash_line line;
    } lines[] = {{"card:top-up", MU_CASH_TOP_UP},
                 {"card:refund", MU_CASH_REFUND},
                 {"account:paid", MU_CASH_BILL}};

    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        if (strcmp(rule, lines[i].rule) == 0)
            return lines[i].line;
    return MU_CASH_REST;
}

static enum mu_status add_cash(struct mu_db *db, const struct mu_closing *closing,
                               struct mu_closing_figures *out, struct mu_error *error)
{
    /* 0 own, 1 other, 2 late, 3 correction as in enum mu_cash_line; null: no meal's. */
    struct mu_query query = mu_query(
        db,
        "SELECT CASE WHEN x.meal_id IS NULL THEN NULL"
        " WHEN " CLOSED_BEFORE(
            "x") " THEN CASE WHEN x.entry_id = e.entry_id THEN 2 ELSE 3 END"
                 " WHEN x.date = ?2 AND (?3 = '' OR x.session = ?3) THEN 0 ELSE 1 END AS place,"
                 " CASE WHEN x.meal_id IS NULL THEN e.rule_id ELSE '' END AS rule, sum(l.amount)"
                 " FROM ledger_entry e JOIN ledger_posting l ON l.entry_id = e.entry_id"
                 " JOIN ledger_account a ON a.account_id = l.account_id"
                 " LEFT JOIN meal x ON x.entry_id = coalesce(e.reverses, e.entry_id)"
                 " WHERE e.entry_id > ?4 AND e.entry_id <= ?5 AND a.book = 'meals' AND a.code = "
                 "'cash'"
                 " AND e.rule_id <> '" MU_CLOSING_RULE "' GROUP BY place, rule");

    mu_bind_integer(&query, 1, closing->id);
    mu_bind_date(&query, 2, closing->date);
    mu_bind_text(&query, 3, closing->session);
    mu_bind_integer(&query, 4, closing->after_entry);
    mu_bind_integer(&query, 5, closing->last_entry);
    while (mu_query_row(&query)) {
        const char *rule = mu_column_borrow(&query, 1);
        int64_t line = *rule ? (int64_t)line_of(rule) : mu_column_integer(&query, 0);
        struct mu_money amount = {mu_column_integer(&query, 2)};

        out->cash[line] = mu_money_add(out->cash[line], amount);
        out->expected = mu_money_add(out->expected, amount);
    }
    return mu_query_end(&query, error);
}

static enum mu_status add_late(struct mu_db *db, const struct mu_closing *closing,
                               struct mu_closing_figures *out, struct mu_error *error)
{
    static const char *const statements[] = {
        "SELECT count(*), coalesce(sum(m.price), 0), coalesce(sum(m.pay), 0) FROM meal m"
        " WHERE m.entry_id > ?2 AND m.entry_id <= ?3 AND " CLOSED_BEFORE("m"),
        "SELECT count(*), coalesce(sum(m.price), 0), coalesce(sum(m.pay), 0) FROM meal m"
        " WHERE m.void_entry_id > ?2 AND m.void_entry_id <= ?3 AND " CLOSED_BEFORE("m")};
    struct mu_late_total *const totals[] = {&out->late, &out->corrected};
    enum mu_status status = MU_OK;

    for (size_t i = 0; i < 2 && status == MU_OK; i++) {
        struct mu_query query = mu_query(db, statements[i]);

        mu_bind_integer(&query, 1, closing->id);
        mu_bind_integer(&query, 2, closing->after_entry);
        mu_bind_integer(&query, 3, closing->last_entry);
        while (mu_query_row(&query)) {
            mu_column_int(&query, 0, &totals[i]->meals);
            totals[i]->price.fen = mu_column_integer(&query, 1);
            totals[i]->pay.fen = mu_column_integer(&query, 2);
        }
        status = mu_query_end(&query, error);
    }
    return status;
}

enum mu_status mu_closing_figures(struct mu_db *db, const struct mu_closing *closing,
                                  struct mu_closing_figures *out, struct mu_error *error)
{
    enum mu_status status;

    memset(out, 0, sizeof *out);
    status = mu_meal_totals_of(db, closing, &out->totals, error);
    if (status == MU_OK)
        status = add_cash(db, closing, out, error);
    return status == MU_OK ? add_late(db, closing, out, error) : status;
}

enum mu_status mu_closing_late(struct mu_db *db, const struct mu_closing *closing, size_t limit,
                               struct mu_late_meal *out, size_t *count, struct mu_error *error)
{
    struct mu_query query = mu_query(
        db, "SELECT m.meal_id, 0, e.reason FROM meal m JOIN ledger_entry e"
            " ON e.entry_id = m.entry_id WHERE m.entry_id > ?2 AND m.entry_id <= ?3"
            " AND " CLOSED_BEFORE("m") " UNION ALL SELECT m.meal_id, 1, e.reason FROM meal m"
                                       " JOIN ledger_entry e ON e.entry_id = m.void_entry_id"
                                       " WHERE m.void_entry_id > ?2 AND m.void_entry_id <= ?3"
                                       " AND " CLOSED_BEFORE("m") " ORDER BY 2, 1 LIMIT ?4");
    enum mu_status status;
    size_t found = 0;
    bool there;

    mu_bind_integer(&query, 1, closing->id);
    mu_bind_integer(&query, 2, closing->after_entry);
    mu_bind_integer(&query, 3, closing->last_entry);
    mu_bind_integer(&query, 4, (int64_t)limit);
    while (found < limit && mu_query_row(&query)) {
        struct mu_late_meal *late = &out[found++];

        memset(late, 0, sizeof *late);
        late->meal.id = mu_column_integer(&query, 0);
        late->voided = mu_column_integer(&query, 1) != 0;
        mu_column_text(&query, 2, late->reason, sizeof late->reason);
    }
    status = mu_query_end(&query, error);
    for (size_t i = 0; status == MU_OK && i < found; i++)
        status = mu_meal_read(db, out[i].meal.id, &there, &out[i].meal, error);
    *count = found;
    return status;
}

enum mu_status mu_session_open_on(struct mu_db *db, struct mu_date date, char *out,
                                  struct mu_error *error)
{
    struct mu_query query =
        mu_query(db, "SELECT m.session FROM meal m WHERE m.date = ?1 AND m.void_entry_id IS NULL"
                     " AND NOT EXISTS (SELECT 1 FROM meal_closing c WHERE c.date = ?1"
                     " AND c.session IN (m.session, '')) ORDER BY m.meal_id LIMIT 1");

    *out = '\0';
    mu_bind_date(&query, 1, date);
    if (mu_query_row(&query))
        mu_column_text(&query, 0, out, MU_RULE_ID_SIZE);
    return mu_query_end(&query, error);
}

/* What is compared of a closing, as it was read with its ledger entry. */
struct checked {
    struct mu_closing closing;
    bool sound; /* row, document, head and the closing before fit */
};

static enum mu_status read_checked(struct mu_db *db, int64_t after, struct checked *out,
                                   struct mu_error *error)
{
    unsigned char hash[MU_HASH_SIZE], document[MU_HASH_SIZE], head[MU_HASH_SIZE];
    struct mu_query query =
        mu_query(db, "SELECT " CLOSING_COLUMNS ", e.idempotency_key, e.document, h.hash,"
                     " e.rule_id = '" MU_CLOSING_RULE "' AND e.date = c.date AND e.book = 'meals'"
                     " AND c.last_entry < c.entry_id AND c.closing_id = ?1 + 1"
                     " AND (?1 = 0 OR c.after_entry = (SELECT p.last_entry FROM meal_closing p"
                     " WHERE p.closing_id = ?1)) FROM " CLOSING_TABLES
                     " LEFT JOIN ledger_entry e ON e.entry_id = c.entry_id"
                     " LEFT JOIN ledger_entry h ON h.entry_id = c.last_entry"
                     " WHERE c.closing_id > ?1 ORDER BY c.closing_id LIMIT 1");

    memset(out, 0, sizeof *out);
    mu_bind_integer(&query, 1, after);
    if (mu_query_row(&query)) {
        out->sound = closing_from_row(&query, &out->closing);
        mu_closing_hash(&out->closing, mu_column_borrow(&query, 19), hash);
        mu_column_hash(&query, 20, document);
        mu_column_hash(&query, 21, head);
        out->sound &= memcmp(hash, document, sizeof hash) == 0;
        out->sound &= memcmp(head, out->closing.head, sizeof head) == 0;
        out->sound &= mu_column_integer(&query, 22) == 1;
    }
    return mu_query_end(&query, error);
}

static bool shows(const struct mu_closing *closing, const struct mu_closing_figures *figures)
{
    return closing->meals == figures->totals.meals &&
           mu_money_compare(closing->price, figures->totals.price) == 0 &&
           mu_money_compare(closing->pay, figures->totals.payer[MU_PAYER_SELF]) == 0 &&
           mu_money_compare(closing->expected, figures->expected) == 0;
}

enum mu_status mu_closing_find_wrong(struct mu_db *db, int64_t *closing_id, int64_t *entry_id,
                                     struct mu_error *error)
{
    struct mu_closing_figures *figures = malloc(sizeof *figures);
    struct checked checked = {.sound = true};
    struct mu_query query;
    enum mu_status status;

    if (!figures)
        return mu_fail_memory(error);
    *closing_id = *entry_id = 0;
    do {
        status = read_checked(db, checked.closing.id, &checked, error);
        if (status == MU_OK && checked.closing.id && checked.sound)
            status = mu_closing_figures(db, &checked.closing, figures, error);
        if (status == MU_OK && checked.closing.id &&
            (!checked.sound || !shows(&checked.closing, figures)))
            *closing_id = checked.closing.id;
    } while (status == MU_OK && checked.closing.id && *closing_id == 0);
    free(figures);
    if (status != MU_OK)
        return status;
    query = mu_query(db, "SELECT e.entry_id FROM ledger_entry e LEFT JOIN meal_closing c"
                         " ON c.entry_id = e.entry_id WHERE e.rule_id = '" MU_CLOSING_RULE "'"
                         " AND c.closing_id IS NULL ORDER BY e.entry_id LIMIT 1");
    *entry_id = mu_query_row(&query) ? mu_column_integer(&query, 0) : 0;
    return mu_query_end(&query, error);
}
