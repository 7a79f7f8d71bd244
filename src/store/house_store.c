#include "store/house_store.h"

#include <sodium.h>
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
    struct mu_query query = mu_query(db, "SELECT version FROM rule_book WHERE adopted_from <= ?1"
                                         " ORDER BY adopted_from DESC, version DESC LIMIT 1");

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
        size_t length;
        const void *stored = mu_column_blob(&query, 1, &length);

        hash_book(mu_column_borrow(&query, 0), hash);
        fits = length == sizeof hash && memcmp(stored, hash, sizeof hash) == 0;
        text = strdup(mu_column_borrow(&query, 0));
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
