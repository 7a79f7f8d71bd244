#include "store/sealed_column.h"

#include "store/vault.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct column {
    const char *table, *name, *next, *write;
};

static const struct column columns[] = {
#define SEALED(table, column, number)                                                              \
    {#table, #column,                                                                              \
     "SELECT " #number ", " #column " FROM " #table " WHERE " #column " IS NOT NULL AND " #number  \
     " > ?1 ORDER BY " #number " LIMIT 1",                                                         \
     "UPDATE " #table " SET " #column " = ?2 WHERE " #number " = ?1"},
#include "sealed.def"
#undef SEALED
};

enum { COLUMNS = sizeof columns / sizeof *columns };

/* One value; `there` is false behind the last. */
struct value {
    int64_t row;
    bool there;
    char *text;  /* owned; NULL: it does not open */
    size_t size; /* bytes, the NUL counted */
};

static void forget(struct value *value)
{
    if (value->text)
        sodium_memzero(value->text, value->size);
    free(value->text);
    value->text = NULL;
}

static enum mu_status open_value(const struct column *column, const struct mu_query *query,
                                 struct value *value, struct mu_error *error)
{
    const struct mu_seal_place place = {column->table, column->name, mu_column_integer(query, 0)};

    mu_column_blob(query, 1, &value->size);
    value->text = malloc(++value->size);
    if (!value->text)
        return mu_fail_memory(error);
    value->row = place.row;
    value->there = true;
    if (!mu_column_sealed(query, 1, &place, value->text, value->size))
        forget(value);
    return MU_OK;
}

/* The value after this one. */
static enum mu_status read_next(struct mu_db *db, const struct column *column, struct value *value,
                                struct mu_error *error)
{
    struct mu_query query = mu_query(db, column->next);
    enum mu_status status, opened = MU_OK;

    forget(value);
    value->there = false;
    mu_bind_integer(&query, 1, value->row);
    if (mu_query_row(&query))
        opened = open_value(column, &query, value, error);
    status = mu_query_end(&query, opened == MU_OK ? error : NULL);
    return opened == MU_OK ? status : opened;
}

enum mu_status mu_sealed_columns_check(struct mu_db *db, const char **table, int64_t *row,
                                       struct mu_error *error)
{
    enum mu_status status = MU_OK;

    *table = NULL;
    for (size_t i = 0; i < COLUMNS && status == MU_OK && !*table && mu_db_vault(db); i++) {
        struct value value = {.row = INT64_MIN};

        while ((status = read_next(db, &columns[i], &value, error)) == MU_OK && value.there &&
               !*table)
            if (!value.text) {
                *table = columns[i].table;
                *row = value.row;
            }
        forget(&value);
    }
    return status;
}

static enum mu_status reseal(struct mu_db *db, const struct mu_seal_keys *keys,
                             const struct column *column, const struct value *value,
                             struct mu_error *error)
{
    const struct mu_seal_place place = {column->table, column->name, value->row};
    size_t length = value->text ? strlen(value->text) : 0;
    unsigned char *sealed;
    struct mu_query query;
    enum mu_status status;

    if (!value->text) {
        char number[24];

        snprintf(number, sizeof number, "%lld", (long long)value->row);
        return mu_fail(error, MU_STORE, MU_SAY_error_sealed_value, column->table, number, NULL);
    }
    sealed = malloc(length + MU_SEAL_MORE);
    if (!sealed)
        return mu_fail_memory(error);
    mu_seal(keys, &place, value->text, length, sealed);
    query = mu_query(db, column->write);
    mu_bind_integer(&query, 1, value->row);
    mu_bind_blob(&query, 2, sealed, length + MU_SEAL_MORE);
    status = mu_query_run(&query, error);
    free(sealed);
    return status;
}

enum mu_status mu_sealed_columns_reseal(struct mu_db *db, const struct mu_seal_keys *keys,
                                        struct mu_error *error)
{
    enum mu_status status = MU_OK;

    for (size_t i = 0; i < COLUMNS && status == MU_OK; i++) {
        struct value value = {.row = INT64_MIN};

        while ((status = read_next(db, &columns[i], &value, error)) == MU_OK && value.there) {
            status = reseal(db, keys, &columns[i], &value, error);
            if (status != MU_OK)
                break;
        }
        forget(&value);
    }
    return status;
}
