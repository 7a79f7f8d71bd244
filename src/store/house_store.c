#include "store/house_store.h"

#include "store/chain.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void hash_book(const char *book, unsigned char hash[MU_HASH_SIZE])
{
    crypto_generichash(hash, MU_HASH_SIZE, (const unsigned char *)book, strlen(book), NULL, 0);
}

enum mu_status mu_rule_book_add(struct mu_db *db, const char *book, struct mu_date from,
                                struct mu_moment now, int64_t operator_id, int *version,
                                struct mu_error *error)
{
    unsigned char hash[MU_HASH_SIZE];
    char moment[MU_MOMENT_SIZE];
    struct mu_query query =
        mu_query(db, "INSERT INTO rule_book (adopted_from, adopted_at, operator_id, hash, book)"
                     " VALUES (?1, ?2, ?3, ?4, ?5) RETURNING version");

    hash_book(book, hash);
    mu_moment_format(now, moment);
    mu_bind_date(&query, 1, from);
    mu_bind_text(&query, 2, moment);
    mu_bind_integer(&query, 3, operator_id);
    mu_bind_blob(&query, 4, hash, sizeof hash);
    mu_bind_text(&query, 5, book);
    while (mu_query_row(&query))
        *version = (int)mu_column_integer(&query, 0);
    return mu_query_end(&query, error);
}

enum mu_status mu_rule_book_version(struct mu_db *db, struct mu_date day, int *version,
                                    struct mu_error *error)
{
    struct mu_query query = mu_query(db, "SELECT coalesce(max(version), 0) FROM rule_book"
                                         " WHERE adopted_from = (SELECT max(adopted_from)"
                                         " FROM rule_book WHERE adopted_from <= ?1)");

    mu_bind_date(&query, 1, day);
    *version = mu_query_row(&query) ? (int)mu_column_integer(&query, 0) : 0;
    return mu_query_end(&query, error);
}

enum mu_status mu_rule_book_last(struct mu_db *db, int *version, struct mu_error *error)
{
    struct mu_query query = mu_query(db, "SELECT coalesce(max(version), 0) FROM rule_book");

    *version = mu_query_row(&query) ? (int)mu_column_integer(&query, 0) : 0;
    return mu_query_end(&query, error);
}

enum mu_status mu_rule_book_text(struct mu_db *db, int version, char **book, bool *sound,
                                 struct mu_error *error)
{
    unsigned char hash[MU_HASH_SIZE];
    char *text = NULL;
    bool fits = false, found;
    struct mu_query query = mu_query(db, "SELECT book, hash FROM rule_book WHERE version = ?1");
    enum mu_status status;

    mu_bind_integer(&query, 1, version);
    found = mu_query_row(&query);
    if (found) {
        size_t length, bytes;
        const void *stored = mu_column_blob(&query, 1, &length);

        mu_column_blob(&query, 0, &bytes);
        text = strdup(mu_column_borrow(&query, 0));
        if (text) {
            hash_book(text, hash);
            fits = bytes == strlen(text) && length == sizeof hash &&
                   memcmp(stored, hash, sizeof hash) == 0;
        }
    }
    status = mu_query_end(&query, error);
    if (status == MU_OK && (!found || !text))
        status = found ? mu_fail_memory(error)
                       : mu_fail(error, MU_STORE, MU_SAY_error_no_rule_book, NULL);
    if (status != MU_OK) {
        free(text);
        return status;
    }
    *book = text;
    *sound = fits;
    return MU_OK;
}

enum mu_status mu_rule_book_hash(struct mu_db *db, int version, unsigned char hash[MU_HASH_SIZE],
                                 struct mu_error *error)
{
    struct mu_query query = mu_query(db, "SELECT version, hash FROM rule_book WHERE version = ?1");
    int64_t found;

    mu_bind_integer(&query, 1, version);
    return mu_chain_head(&query, &found, hash, error);
}

/* False when a date was altered so that it is none any more. */
static bool write_note(const struct mu_query *query, char *out)
{
    unsigned char hash[MU_HASH_SIZE];
    char from[MU_DATE_SIZE], at[MU_MOMENT_SIZE], digits[2 * MU_HASH_SIZE + 1];
    struct mu_moment adopted_at;
    struct mu_date adopted_from;
    bool whole = mu_column_date(query, 0, &adopted_from);

    whole &= mu_column_moment(query, 1, &adopted_at);
    mu_column_hash(query, 2, hash);
    mu_date_format(adopted_from, from);
    mu_moment_format(adopted_at, at);
    mu_hash_text(hash, sizeof hash, digits);
    snprintf(out, MU_BOOK_NOTE_SIZE, "adopted_from=%s\nadopted_at=%s\nhash=%s\n", from, at, digits);
    return whole;
}

enum mu_status mu_rule_book_note(struct mu_db *db, int version, char *out, struct mu_error *error)
{
    struct mu_query query =
        mu_query(db, "SELECT adopted_from, adopted_at, hash FROM rule_book WHERE version = ?1");

    mu_bind_integer(&query, 1, version);
    if (!mu_query_row(&query) || !write_note(&query, out))
        *out = '\0';
    return mu_query_end(&query, error);
}

/* Adoptions of before are noted by their first day only. */
static enum mu_status book_noted(struct mu_db *db, int version, const char *note, bool *noted,
                                 struct mu_error *error)
{
    struct mu_query query =
        mu_query(db, "SELECT count(*) FROM rule_book b JOIN audit_entry a"
                     " ON a.operator_id = b.operator_id AND a.action = 'adopt_rules'"
                     " WHERE b.version = ?1 AND a.subject = ?2"
                     " AND (a.after = ?3 OR a.after = b.adopted_from)");
    char number[16];

    snprintf(number, sizeof number, "%d", version);
    mu_bind_integer(&query, 1, version);
    mu_bind_text(&query, 2, number);
    mu_bind_text(&query, 3, note);
    *noted = mu_query_row(&query) && mu_column_integer(&query, 0) > 0;
    return mu_query_end(&query, error);
}

/* And those that follow have the numbers that follow. */
static enum mu_status first_book_stands(struct mu_db *db, bool *stands, struct mu_error *error)
{
    struct mu_query query = mu_query(
        db, "SELECT count(*) FROM rule_book b JOIN operator o"
            " ON o.operator_id = b.operator_id AND o.created_at = b.adopted_at"
            " WHERE b.version = 1 AND b.adopted_from = substr(b.adopted_at, 1, 10)"
            " AND o.operator_id = (SELECT min(operator_id) FROM operator)"
            " AND (SELECT max(version) FROM rule_book) = (SELECT count(*) FROM rule_book)");

    *stands = mu_query_row(&query) && mu_column_integer(&query, 0) > 0;
    return mu_query_end(&query, error);
}

/* The first version that was adopted by the audit trail and is not there, or 0. */
static enum mu_status find_missing(struct mu_db *db, int *version, struct mu_error *error)
{
    struct mu_query query =
        mu_query(db, "SELECT min(CAST(a.subject AS INTEGER)) FROM audit_entry a"
                     " WHERE a.action = 'adopt_rules' AND NOT EXISTS"
                     " (SELECT 1 FROM rule_book b WHERE CAST(b.version AS TEXT) = a.subject)");

    if (mu_query_row(&query))
        mu_column_int(&query, 0, version);
    return mu_query_end(&query, error);
}

enum mu_status mu_rule_book_find_unnoted(struct mu_db *db, int *version, struct mu_error *error)
{
    char note[MU_BOOK_NOTE_SIZE];
    bool sound;
    int last;
    enum mu_status status = first_book_stands(db, &sound, error);

    if (status == MU_OK)
        status = mu_rule_book_last(db, &last, error);
    *version = 1;
    while (status == MU_OK && sound && *version < last) {
        status = mu_rule_book_note(db, ++*version, note, error);
        if (status == MU_OK)
            status = book_noted(db, *version, note, &sound, error);
    }
    if (status != MU_OK || !sound)
        return status;
    *version = 0;
    return find_missing(db, version, error);
}

enum mu_status mu_setting_read(struct mu_db *db, const char *name, char *out,
                               struct mu_error *error)
{
    struct mu_query query = mu_query(db, "SELECT value FROM setting WHERE name = ?1");

    *out = '\0';
    mu_bind_text(&query, 1, name);
    if (mu_query_row(&query))
        mu_column_text(&query, 0, out, MU_SETTING_SIZE);
    return mu_query_end(&query, error);
}

enum mu_status mu_setting_write(struct mu_db *db, const char *name, const char *value,
                                struct mu_error *error)
{
    struct mu_query query =
        mu_query(db, "INSERT INTO setting (name, value) VALUES (?1, ?2)"
                     " ON CONFLICT (name) DO UPDATE SET value = excluded.value");

    mu_bind_text(&query, 1, name);
    mu_bind_text(&query, 2, value);
    return mu_query_run(&query, error);
}
