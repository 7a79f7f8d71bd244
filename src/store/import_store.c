#include "store/import_store.h"

#include "store/migration.h"
#include "store/register_store.h"
#include "store/search_store.h"
#include "store/vault.h"

#include <string.h>

enum {
    CACHE_KIB = 4096, /* more makes hardly anything faster, and an old PC has little memory */
    FEW = 4, /* times the people who stand there already come with an import that is big for them */
    KEYS_AT_ONCE = 8, /* in one statement: most of the time goes into starting one */
};

static enum mu_status begin(struct mu_import_keys *keys, struct mu_error *error)
{
    enum mu_status status = MU_OK;
    if (keys->collect && !(keys->sort = mu_key_sort_new(mu_db_path(keys->db))))
        return mu_fail_memory(error);
    if (keys->collect)
        status = mu_db_bulk(keys->db, CACHE_KIB, error);
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

enum mu_status mu_import_expect(struct mu_import_keys *keys, int64_t people, struct mu_error *error)
{
    if (!keys->collect || keys->last_known > people / FEW)
        return MU_OK;
    return mu_import_hold(&keys->hold, keys->db, keys->last_known + people, error);
}

enum mu_status mu_import_namesakes(const struct mu_import_keys *keys, const char *name,
                                   struct mu_date birth_date, mu_register_row *row, void *context,
                                   struct mu_error *error)
{
    return mu_import_hold_namesakes(&keys->hold, keys->db, name, birth_date, row, context, error);
}

enum mu_status mu_import_add_keys(struct mu_import_keys *keys, const struct mu_resident *resident,
                                  struct mu_error *error)
{
    if (!keys->collect)
        return mu_search_store_keys(keys->db, NULL, resident, error);
    const struct mu_seal_keys *marks;
    struct mu_search_tokens tokens;
    enum mu_status status = mu_vault_keys(keys->db, &marks, error);
    if (status == MU_OK)
        status = mu_import_hold_add(&keys->hold, keys->db, resident, error);
    if (status != MU_OK)
        return status;
    mu_search_tokens(resident, marks, &tokens);
    for (size_t i = 0; i < tokens.count && status == MU_OK; i++)
        status = mu_key_sort_add(keys->sort, tokens.token[i], resident->id, error);
    return status;
}

enum mu_status mu_import_change_keys(struct mu_import_keys *keys, const struct mu_resident *before,
                                     const struct mu_resident *after, struct mu_error *error)
{
    enum mu_status status = MU_OK;
    if (strcmp(before->name, after->name) != 0 ||
        mu_date_compare(before->birth_date, after->birth_date) != 0)
        status = mu_import_hold_add(&keys->hold, keys->db, after, error);
    if (status != MU_OK)
        return status;
    if (!keys->collect || after->id <= keys->last_known)
        return mu_search_store_keys(keys->db, before, after, error);
    return mu_id_set_add(&keys->again, after->id) ? MU_OK : mu_fail_memory(error);
}

/* Keys of those whose collected ones are out of date, from their files as they stand now. */
static enum mu_status write_keys_again(struct mu_import_keys *keys, struct mu_error *error)
{
    enum mu_status status = MU_OK;
    for (int64_t id = 0; (id = mu_id_set_next(&keys->again, id)) != 0 && status == MU_OK;) {
        bool found;
        struct mu_resident resident;
        status = mu_register_by_id(keys->db, id, &found, &resident, error);
        if (status == MU_OK && found)
            status = mu_search_store_keys(keys->db, NULL, &resident, error);
    }
    return status;
}

/* The next keys in order, at most KEYS_AT_ONCE; *count is 0 behind the last one. */
struct keys {
    char token[KEYS_AT_ONCE][MU_SEARCH_TOKEN_SIZE];
    int64_t resident_id[KEYS_AT_ONCE];
    int count;
};

static enum mu_status take_keys(struct mu_import_keys *keys, struct keys *out,
                                struct mu_error *error)
{
    struct mu_sorted_key key;
    enum mu_status status;
    bool found;
    out->count = 0;
    while (out->count < KEYS_AT_ONCE) {
        status = mu_key_sort_next(keys->sort, &key, &found, error);
        if (status != MU_OK || !found)
            return status;
        if (mu_id_set_has(&keys->again, key.resident_id))
            continue;
        out->resident_id[out->count] = key.resident_id;
        memcpy(out->token[out->count++], key.token, strlen(key.token) + 1);
    }
    return MU_OK;
}

static enum mu_status insert_keys(struct mu_db *db, const struct keys *keys, struct mu_error *error)
{
    int at = 0;
    enum mu_status status = MU_OK;
    while (at < keys->count && status == MU_OK) {
        int count = keys->count - at >= KEYS_AT_ONCE ? KEYS_AT_ONCE : 1;
        /* A key that stands there already is a fault of the program: the import ends with it. Not
         * being able to take back a single statement saves copying each page before it is changed.
         */
        struct mu_query query =
            count > 1 ? mu_query(db, "INSERT OR FAIL INTO search_key (token, resident_id) VALUES"
                                     " (?1, ?2), (?3, ?4), (?5, ?6), (?7, ?8), (?9, ?10),"
                                     " (?11, ?12), (?13, ?14), (?15, ?16)")
                      : mu_query(db, "INSERT INTO search_key (token, resident_id) VALUES (?1, ?2)");
        for (int i = 0; i < count; i++, at++) {
            mu_bind_text(&query, 2 * i + 1, keys->token[at]);
            mu_bind_integer(&query, 2 * i + 2, keys->resident_id[at]);
        }
        status = mu_query_run(&query, error);
    }
    return status;
}

enum mu_status mu_import_write_keys(struct mu_import_keys *keys, struct mu_error *error)
{
    struct keys some;
    if (!keys->collect)
        return MU_OK;
    enum mu_status status = mu_key_sort_start(keys->sort, error);
    do {
        if (status == MU_OK)
            status = take_keys(keys, &some, error);
        if (status == MU_OK)
            status = insert_keys(keys->db, &some, error);
    } while (status == MU_OK && some.count > 0);
    if (status == MU_OK)
        status = write_keys_again(keys, error);
    mu_key_sort_free(&keys->sort); /* its memory is for the sorting of indexes */
    return status == MU_OK ? mu_import_hold_end(&keys->hold, keys->db, error) : status;
}

void mu_import_end(struct mu_import_keys *keys)
{
    mu_db_rollback(keys->db);
    mu_key_sort_free(&keys->sort);
    mu_import_hold_clear(&keys->hold);
    mu_id_set_clear(&keys->again);
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
