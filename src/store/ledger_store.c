#include "store/ledger_store.h"

#include <stdio.h>
#include <string.h>

#define POSTING_COLUMNS ", a.code, l.amount, l.line, a.book"

static enum mu_status account_id(struct mu_db *db, enum mu_book book, const char *code, int64_t *id,
                                 struct mu_error *error)
{
    static const char *const find = "SELECT account_id FROM ledger_account"
                                    " WHERE book = ?1 AND code = ?2";
    static const char *const add = "INSERT INTO ledger_account (book, code) VALUES (?1, ?2)"
                                   " RETURNING account_id";
    const char *const statements[] = {find, add};

    *id = 0;
    for (size_t i = 0; i < 2 && *id == 0; i++) {
        struct mu_query query = mu_query(db, statements[i]);
        enum mu_status status;

        mu_bind_text(&query, 1, mu_book_word(book));
        mu_bind_text(&query, 2, code);
        while (mu_query_row(&query))
            *id = mu_column_integer(&query, 0);
        status = mu_query_end(&query, error);
        if (status != MU_OK)
            return status;
    }
    return MU_OK;
}

static enum mu_status write_postings(struct mu_db *db, const struct mu_entry *entry,
                                     struct mu_error *error)
{
    for (size_t i = 0; i < entry->posting_count; i++) {
        struct mu_query query;
        int64_t account;
        enum mu_status status =
            account_id(db, entry->book, entry->posting[i].account, &account, error);

        if (status != MU_OK)
            return status;
        query = mu_query(db, "INSERT INTO ledger_posting (entry_id, line, account_id, amount)"
                             " VALUES (?1, ?2, ?3, ?4)");
        mu_bind_integer(&query, 1, entry->id);
        mu_bind_integer(&query, 2, (int64_t)i + 1);
        mu_bind_integer(&query, 3, account);
        mu_bind_integer(&query, 4, entry->posting[i].amount);
        status = mu_query_run(&query, error);
        if (status != MU_OK)
            return status;
    }
    return MU_OK;
}

static enum mu_status write_entry(struct mu_db *db, const struct mu_entry *entry,
                                  struct mu_error *error)
{
    char moment[MU_MOMENT_SIZE];
    struct mu_query query = mu_query(
        db, "INSERT INTO ledger_entry (entry_id, book, date, recorded_at, operator_id,"
            " rule_id, rules_version, resident_id, reverses, reason, idempotency_key, hash,"
            " document) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)");

    mu_moment_format(entry->recorded_at, moment);
    mu_bind_integer(&query, 1, entry->id);
    mu_bind_text(&query, 2, mu_book_word(entry->book));
    mu_bind_date(&query, 3, entry->date);
    mu_bind_text(&query, 4, moment);
    mu_bind_integer(&query, 5, entry->operator_id);
    mu_bind_text(&query, 6, entry->rule_id);
    mu_bind_integer(&query, 7, entry->rules_version);
    mu_bind_reference(&query, 8, entry->resident_id);
    mu_bind_reference(&query, 9, entry->reverses);
    mu_bind_text(&query, 10, entry->reason);
    mu_bind_text(&query, 11, entry->idempotency_key);
    mu_bind_blob(&query, 12, entry->hash, sizeof entry->hash);
    if (entry->documented)
        mu_bind_blob(&query, 13, entry->document, sizeof entry->document);
    return mu_query_run(&query, error);
}

static enum mu_status add_to_balances(struct mu_db *db, int64_t entry_id, struct mu_error *error)
{
    struct mu_query query =
        mu_query(db, "INSERT INTO balance (account_id, amount) SELECT account_id, amount"
                     " FROM ledger_posting WHERE entry_id = ?1"
                     " ON CONFLICT (account_id) DO UPDATE SET amount = amount + excluded.amount");

    mu_bind_integer(&query, 1, entry_id);
    return mu_query_run(&query, error);
}

enum mu_status mu_ledger_append(struct mu_db *db, struct mu_entry *entry, struct mu_error *error)
{
    unsigned char previous[MU_HASH_SIZE];
    struct mu_entry next = *entry;
    enum mu_status status;

    if (!mu_entry_balanced(entry))
        return mu_fail(error, MU_STORE, MU_SAY_error_entry_unbalanced, NULL);
    status = mu_ledger_head(db, &next.id, previous, error);
    if (status != MU_OK)
        return status;
    next.id++;
    mu_entry_hash(&next, previous, next.hash);
    status = write_postings(db, &next, error);
    if (status == MU_OK)
        status = write_entry(db, &next, error);
    if (status == MU_OK)
        status = add_to_balances(db, next.id, error);
    if (status == MU_OK)
        *entry = next;
    return status;
}

bool mu_entry_from_row(const struct mu_query *query, struct mu_entry *out)
{
    size_t document;
    bool whole;

    memset(out, 0, sizeof *out);
    out->id = mu_column_integer(query, 0);
    whole = mu_book_from_word(mu_column_borrow(query, 1), &out->book);
    whole &= mu_column_date(query, 2, &out->date);
    whole &= mu_column_moment(query, 3, &out->recorded_at);
    out->operator_id = mu_column_integer(query, 4);
    whole &= mu_column_text(query, 5, out->rule_id, sizeof out->rule_id);
    whole &= mu_column_int(query, 6, &out->rules_version);
    out->resident_id = mu_column_integer(query, 7);
    out->reverses = mu_column_integer(query, 8);
    whole &= mu_column_text(query, 9, out->reason, sizeof out->reason);
    whole &= mu_column_text(query, 10, out->idempotency_key, sizeof out->idempotency_key);
    mu_column_hash(query, 11, out->hash);
    mu_column_blob(query, 12, &document);
    out->documented = document > 0;
    mu_column_hash(query, 12, out->document);
    return whole;
}

/* Adds the posting in columns 13 (account), 14 (amount), 15 (line) and 16 (the account's book);
 * more than an entry can have are counted but not kept, so that the hash cannot fit. False as
 * above. */
static bool posting_from_row(const struct mu_query *query, struct mu_entry *entry)
{
    bool whole = true;

    if (entry->posting_count < MU_POSTINGS) {
        struct mu_posting *posting = &entry->posting[entry->posting_count];

        whole = mu_column_text(query, 13, posting->account, sizeof posting->account);
        posting->amount = mu_column_integer(query, 14);
    }
    entry->posting_count++;
    return whole && mu_column_integer(query, 15) == (int64_t)entry->posting_count &&
           strcmp(mu_column_borrow(query, 16), mu_book_word(entry->book)) == 0;
}

/* An entry as its rows are read, one posting each. */
struct reading {
    struct mu_entry entry; /* id 0: none yet */
    bool whole;            /* nothing of it was lost in reading */
};

static void read_row(const struct mu_query *query, struct reading *reading)
{
    if (reading->entry.id == 0)
        reading->whole = mu_entry_from_row(query, &reading->entry);
    reading->whole &= posting_from_row(query, &reading->entry);
}

enum mu_status mu_ledger_read(struct mu_db *db, int64_t id, bool *found, struct mu_entry *out,
                              struct mu_error *error)
{
    struct mu_query query =
        mu_query(db, "SELECT " MU_ENTRY_COLUMNS POSTING_COLUMNS " FROM ledger_entry e"
                     " JOIN ledger_posting l ON l.entry_id = e.entry_id"
                     " JOIN ledger_account a ON a.account_id = l.account_id"
                     " WHERE e.entry_id = ?1 ORDER BY l.line");
    struct reading reading = {0};
    char number[24];
    enum mu_status status;

    mu_bind_integer(&query, 1, id);
    while (mu_query_row(&query))
        read_row(&query, &reading);
    status = mu_query_end(&query, error);
    if (status != MU_OK)
        return status;
    *found = reading.entry.id != 0;
    if (!*found)
        return MU_OK;
    if (!reading.whole || !mu_entry_balanced(&reading.entry)) {
        snprintf(number, sizeof number, "%lld", (long long)id);
        return mu_fail(error, MU_STORE, MU_SAY_error_entry_altered, number, NULL);
    }
    *out = reading.entry;
    return MU_OK;
}

enum mu_status mu_ledger_by_key(struct mu_db *db, const char *key, int64_t *id,
                                struct mu_error *error)
{
    struct mu_query query = mu_query(db, "SELECT entry_id FROM ledger_entry"
                                         " WHERE idempotency_key = ?1");

    mu_bind_text(&query, 1, key);
    *id = mu_query_row(&query) ? mu_column_integer(&query, 0) : 0;
    return mu_query_end(&query, error);
}

enum mu_status mu_ledger_head(struct mu_db *db, int64_t *id, unsigned char hash[MU_HASH_SIZE],
                              struct mu_error *error)
{
    struct mu_query query = mu_query(db, "SELECT entry_id, hash FROM ledger_entry"
                                         " ORDER BY entry_id DESC LIMIT 1");

    return mu_chain_head(&query, id, hash, error);
}

enum mu_status mu_account_balance(struct mu_db *db, enum mu_book book, const char *account,
                                  int64_t *amount, struct mu_error *error)
{
    struct mu_query query =
        mu_query(db, "SELECT b.amount FROM ledger_account a JOIN balance b"
                     " ON b.account_id = a.account_id WHERE a.book = ?1 AND a.code = ?2");

    mu_bind_text(&query, 1, mu_book_word(book));
    mu_bind_text(&query, 2, account);
    *amount = mu_query_row(&query) ? mu_column_integer(&query, 0) : 0;
    return mu_query_end(&query, error);
}

enum mu_status mu_account_find_wrong(struct mu_db *db, int64_t *account_id, struct mu_error *error)
{
    struct mu_query query = mu_query(
        db,
        "SELECT a.account_id FROM ledger_account a LEFT JOIN balance b"
        " ON b.account_id = a.account_id LEFT JOIN"
        " (SELECT account_id, sum(amount) AS amount FROM ledger_posting GROUP BY account_id) AS s"
        " ON s.account_id = a.account_id WHERE coalesce(b.amount, 0) <> coalesce(s.amount, 0)"
        " ORDER BY a.account_id LIMIT 1");

    *account_id = mu_query_row(&query) ? mu_column_integer(&query, 0) : 0;
    return mu_query_end(&query, error);
}

enum mu_status mu_ledger_last_day(struct mu_db *db, struct mu_date *day, struct mu_error *error)
{
    struct mu_moment recorded_at = {{0, 0, 0}, 0, 0};
    struct mu_query query = mu_query(db, "SELECT recorded_at FROM ledger_entry"
                                         " ORDER BY entry_id DESC LIMIT 1");

    if (mu_query_row(&query))
        mu_column_moment(&query, 0, &recorded_at);
    *day = recorded_at.date;
    return mu_query_end(&query, error);
}

enum mu_status mu_ledger_hash(struct mu_db *db, int64_t id, unsigned char hash[MU_HASH_SIZE],
                              struct mu_error *error)
{
    struct mu_query query = mu_query(db, "SELECT entry_id, hash FROM ledger_entry"
                                         " WHERE entry_id = ?1");

    mu_bind_integer(&query, 1, id);
    return mu_chain_head(&query, &id, hash, error);
}

enum mu_status mu_ledger_head_on(struct mu_db *db, struct mu_date date, int64_t *id,
                                 unsigned char hash[MU_HASH_SIZE], struct mu_error *error)
{
    struct mu_query query = mu_query(db, "SELECT entry_id, hash FROM ledger_entry"
                                         " WHERE recorded_at < ?1 ORDER BY entry_id DESC LIMIT 1");

    mu_bind_date(&query, 1, mu_date_add_days(date, 1));
    return mu_chain_head(&query, id, hash, error);
}
