#include "store/import_store.h"

#include "store/register_store.h"
#include "store/search_store.h"
#include "store/vault.h"

enum {
    CACHE_KIB = 4096, /* more makes hardly anything faster, and an old PC has little memory */
    KEYS_AT_ONCE = 4, /* in one statement: most of the time goes into starting one */
};

static enum mu_status begin(struct mu_import_keys *keys, struct mu_error *error)
{
    enum mu_status status = MU_OK;
    if (keys->collect)
        status = mu_db_bulk(keys->db, CACHE_KIB, error);
    if (status == MU_OK && keys->collect)
        status = mu_db_execute(keys->db,
                               "CREATE TEMP TABLE import_key"
                               " (token TEXT, resident_id INTEGER);"
                               "CREATE TEMP TABLE import_again (resident_id INTEGER PRIMARY KEY)",
                               error);
    if (status == MU_OK)
        status = mu_db_begin(keys->db, error);
    if (status != MU_OK)
        return status;
    struct mu_query query = mu_query(keys->db, "SELECT max(resident_id),"
                                               " (SELECT max(household_id) FROM household)"
                                               " FROM resident");
    if (mu_query_row(&query)) {
        keys->last_known = mu_column_integer(&query, 0);
        keys->last_household = mu_column_integer(&query, 1);
    }
    return mu_query_end(&query, error);
}

enum mu_status mu_import_begin(struct mu_import_keys *keys, struct mu_db *db, bool collect,
                               struct mu_error *error)
{
    *keys = (struct mu_import_keys){.db = db, .collect = collect};
    enum mu_status status = begin(keys, error);
    if (status != MU_OK)
        mu_import_end(keys);
    return status;
}

enum mu_status mu_import_add_keys(struct mu_import_keys *keys, const struct mu_resident *resident,
                                  struct mu_error *error)
{
    if (!keys->collect)
        return mu_search_store_keys(keys->db, NULL, resident, error);
    const struct mu_seal_keys *marks;
    struct mu_search_tokens tokens;
    enum mu_status status = mu_vault_keys(keys->db, &marks, error);
    size_t done = 0;
    if (status != MU_OK)
        return status;
    mu_search_tokens(resident, marks, &tokens);
    for (; done + KEYS_AT_ONCE <= tokens.count && status == MU_OK; done += KEYS_AT_ONCE) {
        struct mu_query query =
            mu_query(keys->db, "INSERT INTO import_key (token, resident_id) VALUES"
                               " (?2, ?1), (?3, ?1), (?4, ?1), (?5, ?1)");
        mu_bind_integer(&query, 1, resident->id);
        for (int i = 0; i < KEYS_AT_ONCE; i++)
            mu_bind_text(&query, i + 2, tokens.token[done + (size_t)i]);
        status = mu_query_run(&query, error);
    }
    for (; done < tokens.count && status == MU_OK; done++) {
        struct mu_query query =
            mu_query(keys->db, "INSERT INTO import_key (token, resident_id) VALUES (?2, ?1)");
        mu_bind_integer(&query, 1, resident->id);
        mu_bind_text(&query, 2, tokens.token[done]);
        status = mu_query_run(&query, error);
    }
    return status;
}

enum mu_status mu_import_change_keys(struct mu_import_keys *keys, const struct mu_resident *before,
                                     const struct mu_resident *after, struct mu_error *error)
{
    if (!keys->collect || after->id <= keys->last_known)
        return mu_search_store_keys(keys->db, before, after, error);
    keys->changed_again = true;
    struct mu_query query = mu_query(keys->db, "INSERT INTO import_again (resident_id) VALUES (?1)"
                                               " ON CONFLICT DO NOTHING");
    mu_bind_integer(&query, 1, after->id);
    return mu_query_run(&query, error);
}

/* Keys of those whose collected ones are out of date, from their files as they stand now. */
static enum mu_status write_keys_again(struct mu_import_keys *keys, struct mu_error *error)
{
    int64_t id = 0;
    for (;;) {
        struct mu_query query =
            mu_query(keys->db, "SELECT min(resident_id) FROM import_again WHERE resident_id > ?1");
        mu_bind_integer(&query, 1, id);
        id = mu_query_row(&query) ? mu_column_integer(&query, 0) : 0;
        enum mu_status status = mu_query_end(&query, error);
        if (status != MU_OK || id == 0)
            return status;
        bool found;
        struct mu_resident resident;
        status = mu_register_by_id(keys->db, id, &found, &resident, error);
        if (status == MU_OK && found)
            status = mu_search_store_keys(keys->db, NULL, &resident, error);
        if (status != MU_OK)
            return status;
    }
}

enum mu_status mu_import_write_keys(struct mu_import_keys *keys, struct mu_error *error)
{
    if (!keys->collect)
        return MU_OK;
    struct mu_query query =
        keys->changed_again
            ? mu_query(keys->db, "INSERT INTO search_key (token, resident_id)"
                                 " SELECT token, resident_id FROM import_key WHERE resident_id"
                                 " NOT IN (SELECT resident_id FROM import_again)"
                                 " ORDER BY token, resident_id")
            : mu_query(keys->db, "INSERT INTO search_key (token, resident_id)"
                                 " SELECT token, resident_id FROM import_key"
                                 " ORDER BY token, resident_id");
    enum mu_status status = mu_query_run(&query, error);
    return status == MU_OK ? write_keys_again(keys, error) : status;
}

void mu_import_end(struct mu_import_keys *keys)
{
    mu_db_rollback(keys->db);
    /* Temporary tables go when their place changes. */
    if (keys->collect && mu_db_bulk(keys->db, 0, NULL) == MU_OK)
        keys->collect = false;
}

enum mu_status mu_import_old_id_numbers(struct mu_db *db, bool *some, struct mu_error *error)
{
    struct mu_query query =
        mu_query(db, "SELECT EXISTS (SELECT 1 FROM resident WHERE length(id_number) = ?1)");
    mu_bind_integer(&query, 1, 15 + MU_SEAL_MORE);
    *some = mu_query_row(&query) && mu_column_integer(&query, 0) != 0;
    return mu_query_end(&query, error);
}
