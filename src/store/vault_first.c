#include "store/search_store.h"
#include "store/vault.h"

#include <stdlib.h>
#include <string.h>

/* A value of a row that stands in the clear, sealed as it is: what another program stored there may
 * have any length. */
struct sealed {
    unsigned char *bytes; /* owned; NULL: there is nothing to seal */
    size_t length;
};

static enum mu_status seal(const struct mu_query *query, int column,
                           const struct mu_seal_keys *keys, const struct mu_seal_place *place,
                           struct sealed *out, struct mu_error *error)
{
    size_t length;
    const void *plain = mu_column_blob(query, column, &length);

    *out = (struct sealed){0};
    if (length == 0)
        return MU_OK;
    out->bytes = malloc(length + MU_SEAL_MORE);
    if (!out->bytes)
        return mu_fail_memory(error);
    out->length = length + MU_SEAL_MORE;
    mu_seal(keys, place, plain, length, out->bytes);
    return MU_OK;
}

/* Unbound parameters are NULL. */
static void bind(struct mu_query *query, int index, const struct sealed *sealed)
{
    if (sealed->bytes)
        mu_bind_blob(query, index, sealed->bytes, sealed->length);
}

/* The keys of phones and ID numbers, which shared a shelf. */
static enum mu_status write_keys(struct mu_db *db, const struct mu_query *row,
                                 const struct mu_seal_keys *keys, struct mu_error *error)
{
    struct mu_resident resident = {.id = mu_column_integer(row, 0)};
    struct mu_search_tokens tokens;
    enum mu_status status = MU_OK;

    if (!mu_column_text(row, 1, resident.id_number, sizeof resident.id_number))
        *resident.id_number = '\0';
    mu_column_text(row, 3, resident.phone, sizeof resident.phone);
    mu_search_tokens(&resident, keys, &tokens);
    for (size_t i = 0; i < tokens.count && status == MU_OK; i++) {
        struct mu_query query =
            mu_query(db, "INSERT INTO number_key (token, resident_id) VALUES (?1, ?2)");

        mu_bind_text(&query, 1, tokens.token[i]);
        mu_bind_integer(&query, 2, resident.id);
        status = mu_query_run(&query, error);
    }
    return status;
}

static enum mu_status seal_resident(struct mu_db *db, const struct mu_query *row,
                                    const struct mu_seal_keys *keys, struct mu_error *error)
{
    struct mu_seal_place place = {"resident", "id_number", mu_column_integer(row, 0)};
    unsigned char lookup[MU_SEAL_LOOKUP];
    struct sealed number, note = {0};
    enum mu_status status = seal(row, 1, keys, &place, &number, error);

    place.column = "note";
    if (status == MU_OK)
        status = seal(row, 2, keys, &place, &note, error);
    if (status == MU_OK && (number.bytes || note.bytes)) {
        struct mu_query query =
            mu_query(db, "INSERT INTO sealed_resident (resident_id, id_number, id_lookup, note)"
                         " VALUES (?1, ?2, ?3, ?4)");

        mu_bind_integer(&query, 1, place.row);
        bind(&query, 2, &number);
        if (number.bytes) {
            mu_seal_lookup(keys, mu_column_borrow(row, 1), lookup);
            mu_bind_blob(&query, 3, lookup, sizeof lookup);
        }
        bind(&query, 4, &note);
        status = mu_query_run(&query, error);
    }
    free(number.bytes);
    free(note.bytes);
    return status == MU_OK ? write_keys(db, row, keys, error) : status;
}

static enum mu_status seal_draft(struct mu_db *db, const struct mu_query *row,
                                 const struct mu_seal_keys *keys, struct mu_error *error)
{
    const char *form = mu_column_borrow(row, 1);
    const struct mu_seal_place place = {"draft", form, mu_column_integer(row, 0)};
    struct sealed body;
    enum mu_status status = seal(row, 2, keys, &place, &body, error);

    if (status == MU_OK && body.bytes) {
        struct mu_query query =
            mu_query(db, "INSERT INTO sealed_draft (operator_id, form, body) VALUES (?1, ?2, ?3)");

        mu_bind_integer(&query, 1, place.row);
        mu_bind_text(&query, 2, form);
        bind(&query, 3, &body);
        status = mu_query_run(&query, error);
    }
    free(body.bytes);
    return status;
}

typedef enum mu_status seal_row(struct mu_db *db, const struct mu_query *row,
                                const struct mu_seal_keys *keys, struct mu_error *error);

static enum mu_status seal_all(struct mu_db *db, struct mu_query query, seal_row *one,
                               struct mu_error *error)
{
    const struct mu_seal_keys *keys;
    enum mu_status status = mu_vault_keys(db, &keys, error), read;

    while (status == MU_OK && mu_query_row(&query))
        status = one(db, &query, keys, error);
    read = mu_query_end(&query, status == MU_OK ? error : NULL);
    return status == MU_OK ? read : status;
}

enum mu_status mu_vault_first(struct mu_db *db, const char *home, struct mu_error *error)
{
    bool made;
    enum mu_status status =
        mu_db_execute(db,
                      "CREATE TEMP TABLE sealed_resident (resident_id INTEGER PRIMARY KEY,"
                      " id_number BLOB, id_lookup BLOB, note BLOB);"
                      "CREATE TEMP TABLE sealed_draft (operator_id INTEGER, form TEXT, body BLOB);"
                      "CREATE TEMP TABLE number_key (token TEXT, resident_id INTEGER)",
                      error);

    if (status == MU_OK)
        status = mu_vault_create(db, home, &made, error);
    if (status == MU_OK)
        status = seal_all(db,
                          mu_query(db, "SELECT resident_id, id_number, note, phone FROM resident"
                                       " ORDER BY resident_id"),
                          seal_resident, error);
    if (status == MU_OK)
        status = seal_all(db, mu_query(db, "SELECT operator_id, form, body FROM draft"), seal_draft,
                          error);
    return status;
}
