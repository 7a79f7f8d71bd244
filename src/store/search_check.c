#include "store/register_store.h"
#include "store/search_store.h"
#include "store/vault.h"

#include <sodium.h>
#include <string.h>

/* Keys in any order: how many, and the sum of their hashes under a key of this moment. */
struct key_sum {
    unsigned char key[crypto_shorthash_KEYBYTES];
    uint64_t count, sum;
};

static void add_key(struct key_sum *keys, const char *token, int64_t resident_id)
{
    unsigned char text[MU_SEARCH_TOKEN_SIZE + sizeof resident_id], hash[crypto_shorthash_BYTES];
    size_t length = strnlen(token, MU_SEARCH_TOKEN_SIZE);
    uint64_t value;

    memcpy(text, token, length);
    memcpy(text + length, &resident_id, sizeof resident_id);
    crypto_shorthash(hash, text, length + sizeof resident_id, keys->key);
    memcpy(&value, hash, sizeof value);
    keys->sum += value;
    keys->count++;
}

static enum mu_status sum_wanted(struct mu_db *db, struct key_sum *keys, struct mu_error *error)
{
    const struct mu_seal_keys *marks = NULL;
    struct mu_resident resident;
    struct mu_search_tokens tokens;
    struct mu_query query;
    enum mu_status status = mu_db_vault(db) ? mu_vault_keys(db, &marks, error) : MU_OK;

    if (status != MU_OK)
        return status;
    query = mu_query(db, "SELECT " MU_RESIDENT_COLUMNS " FROM " MU_RESIDENT_TABLES);
    while (mu_query_row(&query)) {
        mu_resident_from_row(&query, marks ? MU_OPEN_NUMBER : MU_OPEN_NOTHING, &resident);
        mu_search_tokens(&resident, marks, &tokens);
        for (size_t i = 0; i < tokens.count; i++)
            add_key(keys, tokens.token[i], resident.id);
    }
    return mu_query_end(&query, error);
}

/* Homes that were left are looked at one by one below. */
#define BUT_PAST " WHERE (token < 'p' OR token >= 'q')"

static enum mu_status sum_stored(struct mu_db *db, struct key_sum *keys, struct mu_error *error)
{
    struct mu_query query = mu_db_vault(db)
                                ? mu_query(db, "SELECT token, resident_id FROM search_key" BUT_PAST)
                                : mu_query(db, "SELECT token, resident_id FROM search_key" BUT_PAST
                                               " AND (token < " MU_SEARCH_TAILS_FROM
                                               " OR token >= " MU_SEARCH_TAILS_TO ")");

    while (mu_query_row(&query))
        add_key(keys, mu_column_borrow(&query, 0), mu_column_integer(&query, 1));
    return mu_query_end(&query, error);
}

static enum mu_status is_stored(struct mu_db *db, int64_t resident_id, const char *token,
                                bool *stored, struct mu_error *error)
{
    struct mu_query query =
        mu_query(db, "SELECT 1 FROM search_key WHERE token = ?1 AND resident_id = ?2");

    mu_bind_text(&query, 1, token);
    mu_bind_integer(&query, 2, resident_id);
    *stored = mu_query_row(&query);
    return mu_query_end(&query, error);
}

/* Every home that was left has its keys. */
static enum mu_status check_past_homes(struct mu_db *db, bool *sound, struct mu_error *error)
{
    struct mu_search_tokens tokens;
    enum mu_status status = MU_OK, read;
    struct mu_query query = mu_query(db, MU_SEARCH_PAST_HOMES);

    while (status == MU_OK && *sound && mu_query_row(&query)) {
        mu_search_past_tokens(&query, 1, &tokens);
        for (size_t i = 0; i < tokens.count && status == MU_OK && *sound; i++)
            status = is_stored(db, mu_column_integer(&query, 0), tokens.token[i], sound, error);
    }
    read = mu_query_end(&query, status == MU_OK ? error : NULL);
    return status == MU_OK ? read : status;
}

/* Every such key is that of a home that was left. */
static enum mu_status check_past_keys(struct mu_db *db, bool *sound, struct mu_error *error)
{
    enum mu_status status = MU_OK, read;
    struct mu_query query = mu_query(db, "SELECT token, resident_id FROM search_key"
                                         " WHERE token >= 'p' AND token < 'q'");

    while (status == MU_OK && *sound && mu_query_row(&query))
        status = mu_search_has_left(db, mu_column_integer(&query, 1), mu_column_borrow(&query, 0),
                                    sound, error);
    read = mu_query_end(&query, status == MU_OK ? error : NULL);
    return status == MU_OK ? read : status;
}

enum mu_status mu_search_check(struct mu_db *db, bool *sound, struct mu_error *error)
{
    struct key_sum wanted = {0}, stored;
    bool same;
    enum mu_status status = mu_db_begin_read(db, error);

    if (status != MU_OK)
        return status;
    crypto_shorthash_keygen(wanted.key);
    stored = wanted;
    status = sum_wanted(db, &wanted, error);
    if (status == MU_OK)
        status = sum_stored(db, &stored, error);
    same = wanted.count == stored.count && wanted.sum == stored.sum;
    if (status == MU_OK)
        status = check_past_homes(db, &same, error);
    if (status == MU_OK)
        status = check_past_keys(db, &same, error);
    mu_db_end_read(db);
    if (status == MU_OK)
        *sound = same;
    return status;
}
