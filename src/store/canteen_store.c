#include "store/canteen_store.h"
#include "store/chain.h"

#include <mulin/base/text.h>

#include <string.h>

#define MEAL_COLUMNS                                                                               \
    "m.meal_id, m.entry_id, m.void_entry_id, m.resident_id,"                                       \
    " coalesce(r.name, nullif(m.occupation, ''), '" MU_GUEST_NAME "'), m.date, m.session, m.tier," \
    " m.quota_slot, m.price, m.pay, m.payer, m.pay_method, m.occupation, m.note, m.served_at,"     \
    " e.reason"
#define MEAL_TABLES                                                                                \
    "meal m LEFT JOIN resident r ON r.resident_id = m.resident_id"                                 \
    " LEFT JOIN ledger_entry e ON e.entry_id = m.entry_id"
/* Meals m of the person and of the files that this one speaks for. IN would have a table made of
 * these each time. */
#define MEALS_OF_1                                                                                 \
    "(SELECT ?1 AS file UNION ALL SELECT resident_id FROM resident WHERE linked_to = ?1) f"        \
    " CROSS JOIN meal m ON m.resident_id = f.file"

/* False when the row says anything that the meal cannot hold: then it is not what was served. */
static bool meal_from_row(const struct mu_query *query, struct mu_meal *out)
{
    bool whole;

    memset(out, 0, sizeof *out);
    out->id = mu_column_integer(query, 0);
    out->entry_id = mu_column_integer(query, 1);
    out->void_entry_id = mu_column_integer(query, 2);
    out->resident_id = mu_column_integer(query, 3);
    mu_column_text(query, 4, out->name, sizeof out->name);
    whole = mu_column_date(query, 5, &out->date);
    whole &= mu_column_text(query, 6, out->session, sizeof out->session);
    whole &= mu_column_text(query, 7, out->tier, sizeof out->tier);
    whole &= mu_column_int(query, 8, &out->quota_slot);
    out->price.fen = mu_column_integer(query, 9);
    out->pay.fen = mu_column_integer(query, 10);
    whole &= mu_payments_read(mu_column_borrow(query, 11), mu_money_subtract(out->price, out->pay),
                              out->share, &out->share_count);
    whole &= mu_pay_method_from_word(mu_column_borrow(query, 12), &out->method);
    whole &= mu_column_text(query, 13, out->occupation, sizeof out->occupation);
    whole &= mu_column_text(query, 14, out->note, sizeof out->note);
    whole &= mu_column_moment(query, 15, &out->served_at);
    whole &= mu_column_text(query, 16, out->reason, sizeof out->reason);
    return whole;
}

static enum mu_status read_one(struct mu_query *query, bool *found, struct mu_meal *out,
                               struct mu_error *error)
{
    *found = mu_query_row(query);
    if (*found)
        meal_from_row(query, out);
    return mu_query_end(query, error);
}

enum mu_status mu_meal_next(struct mu_db *db, int64_t *id, struct mu_error *error)
{
    struct mu_query query = mu_query(db, "SELECT coalesce(max(meal_id), 0) + 1 FROM meal");

    *id = mu_query_row(&query) ? mu_column_integer(&query, 0) : 0;
    return mu_query_end(&query, error);
}

enum mu_status mu_meal_add(struct mu_db *db, const struct mu_meal *meal, struct mu_error *error)
{
    char moment[MU_MOMENT_SIZE], payers[MU_PAYMENTS_SIZE];
    struct mu_query query =
        mu_query(db, "INSERT INTO meal (entry_id, resident_id, date, session, tier, quota_slot,"
                     " price, pay, payer, pay_method, occupation, note, served_at, meal_id)"
                     " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)");

    mu_moment_format(meal->served_at, moment);
    mu_bind_integer(&query, 1, meal->entry_id);
    mu_bind_reference(&query, 2, meal->resident_id);
    mu_bind_date(&query, 3, meal->date);
    mu_bind_text(&query, 4, meal->session);
    mu_bind_optional(&query, 5, meal->tier);
    mu_bind_reference(&query, 6, meal->quota_slot);
    mu_bind_integer(&query, 7, meal->price.fen);
    mu_bind_integer(&query, 8, meal->pay.fen);
    mu_payments_write(meal->share, meal->share_count, payers);
    mu_bind_text(&query, 9, payers);
    mu_bind_text(&query, 10, mu_pay_method_word(meal->method));
    mu_bind_text(&query, 11, meal->occupation);
    mu_bind_text(&query, 12, meal->note);
    mu_bind_text(&query, 13, moment);
    mu_bind_integer(&query, 14, meal->id);
    return mu_query_run(&query, error);
}

enum mu_status mu_meal_mark_void(struct mu_db *db, int64_t meal_id, int64_t void_entry_id,
                                 struct mu_error *error)
{
    struct mu_query query = mu_query(db, "UPDATE meal SET void_entry_id = ?2 WHERE meal_id = ?1");

    mu_bind_integer(&query, 1, meal_id);
    mu_bind_integer(&query, 2, void_entry_id);
    return mu_query_run(&query, error);
}

enum mu_status mu_meal_read(struct mu_db *db, int64_t meal_id, bool *found, struct mu_meal *out,
                            struct mu_error *error)
{
    struct mu_query query =
        mu_query(db, "SELECT " MEAL_COLUMNS " FROM " MEAL_TABLES " WHERE m.meal_id = ?1");

    mu_bind_integer(&query, 1, meal_id);
    return read_one(&query, found, out, error);
}

enum mu_status mu_meal_served(struct mu_db *db, int64_t resident_id, struct mu_date date,
                              const char *session, bool *found, struct mu_meal *out,
                              struct mu_error *error)
{
    struct mu_query query =
        mu_query(db, "SELECT " MEAL_COLUMNS " FROM " MEAL_TABLES
                     " WHERE m.meal_id = (SELECT min(m.meal_id) FROM " MEALS_OF_1
                     " WHERE m.date = ?2 AND m.session = ?3 AND m.void_entry_id IS NULL)");

    mu_bind_integer(&query, 1, resident_id);
    mu_bind_date(&query, 2, date);
    mu_bind_text(&query, 3, session);
    return read_one(&query, found, out, error);
}

enum mu_status mu_meal_of_mark(struct mu_db *db, struct mu_date date, const char *mark, bool *found,
                               struct mu_meal *out, struct mu_error *error)
{
    char wanted[MU_NOTE_SIZE], other[MU_NOTE_SIZE];
    struct mu_query query =
        mu_query(db, "SELECT " MEAL_COLUMNS " FROM " MEAL_TABLES
                     " WHERE m.date = ?1 AND m.resident_id IS NULL AND m.occupation <> ''"
                     " AND m.note <> '' AND m.void_entry_id IS NULL ORDER BY m.meal_id DESC");

    mu_text_fold(wanted, sizeof wanted, mark);
    mu_bind_date(&query, 1, date);
    *found = false;
    while (!*found && mu_query_row(&query)) {
        mu_text_fold(other, sizeof other, mu_column_borrow(&query, 14));
        *found = strcmp(wanted, other) == 0;
        if (*found)
            meal_from_row(&query, out);
    }
    return mu_query_end(&query, error);
}

enum mu_status mu_meal_outdoor_count(struct mu_db *db, struct mu_date date, int *count,
                                     struct mu_error *error)
{
    struct mu_query query = mu_query(db, "SELECT count(*) FROM meal WHERE date = ?1"
                                         " AND resident_id IS NULL AND occupation <> ''"
                                         " AND void_entry_id IS NULL");

    mu_bind_date(&query, 1, date);
    *count = mu_query_row(&query) ? (int)mu_column_integer(&query, 0) : 0;
    return mu_query_end(&query, error);
}

enum mu_status mu_meal_reduced_count(struct mu_db *db, int64_t resident_id, struct mu_date date,
                                     int *count, struct mu_error *error)
{
    struct mu_query query =
        mu_query(db, "SELECT count(*) FROM " MEALS_OF_1
                     " WHERE m.date = ?2 AND m.tier IS NOT NULL AND m.void_entry_id IS NULL");

    mu_bind_integer(&query, 1, resident_id);
    mu_bind_date(&query, 2, date);
    *count = mu_query_row(&query) ? (int)mu_column_integer(&query, 0) : 0;
    return mu_query_end(&query, error);
}

enum mu_status mu_meal_count_of(struct mu_db *db, int64_t resident_id, struct mu_date from,
                                struct mu_date to, int *count, struct mu_error *error)
{
    struct mu_query query =
        mu_query(db, "SELECT count(*) FROM " MEALS_OF_1
                     " WHERE m.date BETWEEN ?2 AND ?3 AND m.void_entry_id IS NULL");

    mu_bind_integer(&query, 1, resident_id);
    mu_bind_date(&query, 2, from);
    mu_bind_date(&query, 3, to);
    *count = mu_query_row(&query) ? (int)mu_column_integer(&query, 0) : 0;
    return mu_query_end(&query, error);
}

enum mu_status mu_meal_quota(struct mu_db *db, struct mu_date date, const char *tier, int *used,
                             int *free_slot, struct mu_error *error)
{
    struct mu_query query = mu_query(db, "SELECT quota_slot FROM meal WHERE date = ?1 AND tier = ?2"
                                         " AND quota_slot IS NOT NULL AND void_entry_id IS NULL"
                                         " ORDER BY quota_slot");

    mu_bind_date(&query, 1, date);
    mu_bind_text(&query, 2, tier);
    *used = 0;
    *free_slot = 1;
    while (mu_query_row(&query)) {
        ++*used;
        if (mu_column_integer(&query, 0) == *free_slot)
            ++*free_slot;
    }
    return mu_query_end(&query, error);
}

enum mu_status mu_meal_last(struct mu_db *db, struct mu_date date, size_t limit,
                            struct mu_meal *out, size_t *count, struct mu_error *error)
{
    struct mu_query query = mu_query(db, "SELECT " MEAL_COLUMNS " FROM " MEAL_TABLES
                                         " WHERE m.date = ?1 ORDER BY m.meal_id DESC LIMIT ?2");

    mu_bind_date(&query, 1, date);
    mu_bind_integer(&query, 2, (int64_t)limit);
    *count = 0;
    while (*count < limit && mu_query_row(&query))
        meal_from_row(&query, &out[(*count)++]);
    return mu_query_end(&query, error);
}

/* Adds what others paid for `meals` meals whose payers are written alike. */
static void add_payers(const char *text, int meals, struct mu_money others,
                       struct mu_day_totals *out)
{
    struct mu_payment share[MU_TIER_PAYERS];
    size_t count;
    int times = strchr(text, ':') && meals > 0 ? meals : 1;

    if (!mu_payments_read(text, (struct mu_money){others.fen / times}, share, &count))
        return;
    for (size_t i = 0; i < count; i++) {
        struct mu_money *sum = &out->payer[share[i].payer];

        *sum = mu_money_add(*sum, (struct mu_money){share[i].amount.fen * times});
    }
}

static void add_total(const struct mu_query *query, struct mu_day_totals *out)
{
    enum mu_pay_method method = MU_PAY_CASH;
    int meals = (int)mu_column_integer(query, 3);
    struct mu_money price = {mu_column_integer(query, 4)}, pay = {mu_column_integer(query, 5)};
    const char *tier = mu_column_borrow(query, 0);
    size_t i = 0;

    out->meals += meals;
    out->price = mu_money_add(out->price, price);
    mu_pay_method_from_word(mu_column_borrow(query, 2), &method);
    out->paid[method] = mu_money_add(out->paid[method], pay);
    out->payer[MU_PAYER_SELF] = mu_money_add(out->payer[MU_PAYER_SELF], pay);
    add_payers(mu_column_borrow(query, 1), meals, mu_money_subtract(price, pay), out);
    while (i < out->tier_count && strcmp(out->tier[i].tier, tier) != 0)
        i++;
    if (i == MU_TIER_TOTALS)
        return;
    if (i == out->tier_count)
        mu_column_text(query, 0, out->tier[out->tier_count++].tier, MU_RULE_ID_SIZE);
    out->tier[i].meals += meals;
    out->tier[i].price = mu_money_add(out->tier[i].price, price);
    out->tier[i].pay = mu_money_add(out->tier[i].pay, pay);
}

enum mu_status mu_meal_totals(struct mu_db *db, struct mu_date date, const char *session,
                              struct mu_day_totals *out, struct mu_error *error)
{
    struct mu_query query =
        mu_query(db, "SELECT tier, payer, pay_method, count(*), sum(price), sum(pay)"
                     " FROM meal WHERE date = ?1 AND (?2 = '' OR session = ?2)"
                     " AND void_entry_id IS NULL GROUP BY tier, payer, pay_method"
                     " ORDER BY sum(count(*)) OVER (PARTITION BY tier) DESC, tier");
    enum mu_status status;

    memset(out, 0, sizeof *out);
    mu_bind_date(&query, 1, date);
    mu_bind_text(&query, 2, session ? session : "");
    while (mu_query_row(&query))
        add_total(&query, out);
    status = mu_query_end(&query, error);
    if (status != MU_OK)
        return status;
    query = mu_query(db, "SELECT count(*) FROM meal WHERE date = ?1 AND (?2 = '' OR session = ?2)"
                         " AND void_entry_id IS NOT NULL");
    mu_bind_date(&query, 1, date);
    mu_bind_text(&query, 2, session ? session : "");
    if (mu_query_row(&query))
        out->voided = (int)mu_column_integer(&query, 0);
    return mu_query_end(&query, error);
}

enum mu_status mu_meal_totals_of(struct mu_db *db, const struct mu_closing *closing,
                                 struct mu_day_totals *out, struct mu_error *error)
{
#define MEALS_OF_CLOSING                                                                           \
    " FROM meal WHERE date = ?1 AND (session = ?2 OR ?2 = '' AND session NOT IN"                   \
    " (SELECT session FROM meal_closing WHERE date = ?1 AND closing_id < ?3)) AND entry_id <= ?4"
    static const char *const statements[] = {
        "SELECT tier, payer, pay_method, count(*), sum(price), sum(pay)" MEALS_OF_CLOSING
        " AND (void_entry_id IS NULL OR void_entry_id > ?4) GROUP BY tier, payer, pay_method"
        " ORDER BY sum(count(*)) OVER (PARTITION BY tier) DESC, tier",
        "SELECT count(*)" MEALS_OF_CLOSING " AND void_entry_id <= ?4"};
    enum mu_status status = MU_OK;

    memset(out, 0, sizeof *out);
    for (size_t i = 0; i < 2 && status == MU_OK; i++) {
        struct mu_query query = mu_query(db, statements[i]);

        mu_bind_date(&query, 1, closing->date);
        mu_bind_text(&query, 2, closing->session);
        mu_bind_integer(&query, 3, closing->id);
        mu_bind_integer(&query, 4, closing->last_entry);
        while (mu_query_row(&query)) {
            if (i == 0)
                add_total(&query, out);
            else
                out->voided = (int)mu_column_integer(&query, 0);
        }
        status = mu_query_end(&query, error);
    }
    return status;
#undef MEALS_OF_CLOSING
}

/* The number in the first row, 0 without one. */
static enum mu_status first_number(struct mu_db *db, const char *sql, int64_t *number,
                                   struct mu_error *error)
{
    struct mu_query query = mu_query(db, sql);

    *number = mu_query_row(&query) ? mu_column_integer(&query, 0) : 0;
    return mu_query_end(&query, error);
}

enum mu_status mu_meal_find_mismatch(struct mu_db *db, int64_t *meal_id, struct mu_error *error)
{
    /* What is said of the meal, and whether it was taken back. */
    static const char *const facts =
        "SELECT m.meal_id FROM meal m LEFT JOIN ledger_entry e ON e.entry_id = m.entry_id"
        " LEFT JOIN ledger_entry v ON v.reverses = m.entry_id"
        " WHERE e.book IS DISTINCT FROM 'meals' OR e.date <> m.date"
        " OR e.recorded_at <> m.served_at OR e.rule_id <> coalesce(m.tier, 'full-price')"
        " OR e.resident_id IS DISTINCT FROM m.resident_id"
        " OR v.entry_id IS DISTINCT FROM m.void_entry_id"
        " OR m.tier IS NULL AND m.payer <> 'self' ORDER BY m.meal_id LIMIT 1";
    /* What the diner paid is posted to cash, the card or the account, also of a file that was
     * linked at any time, the rest to its payers, the price against income. */
    static const char *const amounts =
        "SELECT m.meal_id FROM meal m LEFT JOIN ledger_posting l ON l.entry_id = m.entry_id"
        " LEFT JOIN ledger_account a ON a.account_id = l.account_id"
        " GROUP BY m.meal_id, m.price, m.pay"
        " HAVING sum(CASE WHEN a.code = m.pay_method OR a.code = m.pay_method || ':'"
        " || m.resident_id OR a.code LIKE m.pay_method || ':%' AND EXISTS (SELECT 1 FROM twin t"
        " WHERE t.verdict = 1 AND t.first_id = min(m.resident_id, CAST(substr(a.code,"
        " length(m.pay_method) + 2) AS INTEGER)) AND t.second_id = max(m.resident_id,"
        " CAST(substr(a.code, length(m.pay_method) + 2) AS INTEGER)))"
        " THEN l.amount ELSE 0 END) <> m.pay"
        " OR sum(CASE WHEN a.code = 'payer:' || m.payer OR instr(' ' || m.payer || ' ', ' '"
        " || substr(a.code, 7) || ':' || l.amount || ' ') > 0 THEN l.amount ELSE 0 END)"
        " <> m.price - m.pay"
        " OR sum(CASE WHEN a.code = 'income' THEN -l.amount ELSE 0 END) <> m.price"
        " ORDER BY m.meal_id LIMIT 1";
    enum mu_status status = first_number(db, facts, meal_id, error);

    return status == MU_OK && *meal_id == 0 ? first_number(db, amounts, meal_id, error) : status;
}

enum mu_status mu_meal_find_missing(struct mu_db *db, int64_t *entry_id, struct mu_error *error)
{
    return first_number(
        db,
        "SELECT e.entry_id FROM ledger_entry e LEFT JOIN meal m"
        " ON m.entry_id = e.entry_id WHERE e.book = 'meals' AND e.reverses IS NULL"
        " AND instr(e.rule_id, ':') = 0 AND m.meal_id IS NULL ORDER BY e.entry_id LIMIT 1",
        entry_id, error);
}

enum { SLICE = 8192 }; /* meals that are compared under one lock */

/* The meal of the row was served like this, by the book that decided then. */
static bool meal_documented(const struct mu_query *query, struct mu_meal *meal)
{
    unsigned char book[MU_HASH_SIZE], document[MU_HASH_SIZE], hash[MU_HASH_SIZE];
    bool whole = meal_from_row(query, meal);

    mu_column_hash(query, 18, document);
    mu_column_hash(query, 19, book);
    mu_meal_hash(meal, mu_column_borrow(query, 17), book, hash);
    return whole && memcmp(hash, document, sizeof hash) == 0;
}

enum mu_status mu_meal_find_altered(struct mu_db *db, int64_t *meal_id, struct mu_error *error)
{
    struct mu_meal meal = {0};
    enum mu_status status = MU_OK;
    bool sound = true;
    int64_t before;

    do {
        struct mu_query query = mu_query(
            db, "SELECT " MEAL_COLUMNS ", e.idempotency_key, e.document, b.hash FROM " MEAL_TABLES
                " LEFT JOIN rule_book b ON b.version = e.rules_version"
                " WHERE m.meal_id > ?1 AND e.document IS NOT NULL ORDER BY m.meal_id LIMIT ?2");

        before = meal.id;
        mu_bind_integer(&query, 1, before);
        mu_bind_integer(&query, 2, SLICE);
        while (sound && mu_query_row(&query))
            sound = meal_documented(&query, &meal);
        status = mu_query_end(&query, error);
    } while (status == MU_OK && sound && meal.id > before);
    *meal_id = sound ? 0 : meal.id;
    return status;
}

enum mu_status mu_meal_quota_use(struct mu_db *db, mu_quota_row *row, void *context,
                                 struct mu_error *error)
{
    struct mu_query query =
        mu_query(db, "SELECT e.rules_version, coalesce(m.tier, ''), min(coalesce(m.quota_slot, 0)),"
                     " max(coalesce(m.quota_slot, 0)) FROM meal m JOIN ledger_entry e"
                     " ON e.entry_id = m.entry_id GROUP BY e.rules_version, coalesce(m.tier, '')");
    bool more = true;

    while (more && mu_query_row(&query)) {
        struct mu_quota_use use = {.lowest = mu_column_integer(&query, 2),
                                   .highest = mu_column_integer(&query, 3)};

        mu_column_int(&query, 0, &use.rules_version);
        mu_column_text(&query, 1, use.tier, sizeof use.tier);
        more = row(context, &use);
    }
    return mu_query_end(&query, error);
}

enum mu_status mu_meal_find_outside(struct mu_db *db, const struct mu_quota_use *bounds,
                                    int64_t *meal_id, struct mu_error *error)
{
    struct mu_query query =
        mu_query(db, "SELECT m.meal_id FROM meal m JOIN ledger_entry e ON e.entry_id = m.entry_id"
                     " WHERE e.rules_version = ?1 AND coalesce(m.tier, '') = ?2"
                     " AND (coalesce(m.quota_slot, 0) < ?3 OR coalesce(m.quota_slot, 0) > ?4)"
                     " ORDER BY m.meal_id LIMIT 1");

    mu_bind_integer(&query, 1, bounds->rules_version);
    mu_bind_text(&query, 2, bounds->tier);
    mu_bind_integer(&query, 3, bounds->lowest);
    mu_bind_integer(&query, 4, bounds->highest);
    *meal_id = mu_query_row(&query) ? mu_column_integer(&query, 0) : 0;
    return mu_query_end(&query, error);
}
