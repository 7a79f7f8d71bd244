#include "store/act_store.h"
#include "store/draft_store.h"
#include "store/register_store.h"
#include "store/vault_rows.h"

#include <mulin/base/id_number.h>

#include <string.h>

enum { SLICE = 2000 }; /* files between two pauses, in which other desks may save */

/* The number opens, and the mark is the number's. */
static bool number_is_sound(const struct mu_query *query, const struct mu_seal_keys *keys,
                            int64_t id)
{
    const struct mu_seal_place place = {"resident", "id_number", id};
    unsigned char mark[MU_SEAL_LOOKUP];
    char number[MU_ID_NUMBER_SIZE];
    size_t length;
    const void *stored;
    bool open = mu_column_sealed(query, 1, &place, number, sizeof number);

    stored = mu_column_blob(query, 2, &length);
    if (!open || !*number)
        return open && !stored;
    mu_seal_lookup(keys, number, mark);
    return stored && length == sizeof mark && memcmp(stored, mark, sizeof mark) == 0;
}

/* *last is the last file that was read; the slice ends early with a bad one. */
static enum mu_status check_slice(struct mu_db *db, int64_t *last, int64_t *bad, int64_t *read,
                                  struct mu_error *error)
{
    const struct mu_seal_keys *keys;
    char note[MU_NOTE_SIZE];
    enum mu_status status = mu_vault_keys(db, &keys, error);
    struct mu_query query;

    if (status != MU_OK)
        return status;
    query = mu_query(db, "SELECT resident_id, id_number, id_lookup, note FROM resident"
                         " WHERE resident_id > ?1 ORDER BY resident_id LIMIT ?2");
    mu_bind_integer(&query, 1, *last);
    mu_bind_integer(&query, 2, SLICE);
    *read = 0;
    while (*bad == 0 && mu_query_row(&query)) {
        struct mu_seal_place place = {"resident", "note", mu_column_integer(&query, 0)};

        *last = place.row;
        if (!number_is_sound(&query, keys, place.row) ||
            !mu_column_sealed(&query, 3, &place, note, sizeof note))
            *bad = place.row;
        ++*read;
    }
    return mu_query_end(&query, error);
}

static enum mu_status check_residents(struct mu_db *db, mu_vault_progress *progress, void *context,
                                      int64_t *bad, struct mu_error *error)
{
    int64_t living, all, last = 0, done = 0, read = SLICE;
    enum mu_status status = mu_register_count(db, &living, &all, error);

    while (status == MU_OK && read == SLICE && *bad == 0) {
        status = mu_db_begin_read(db, error);
        if (status != MU_OK)
            return status;
        status = check_slice(db, &last, bad, &read, error);
        mu_db_end_read(db);
        done += read;
        if (status == MU_OK && progress && !progress(context, done < all ? done : all, all))
            return mu_fail(error, MU_REFUSED, MU_SAY_verify_stopped, NULL);
    }
    return status;
}

enum mu_status mu_vault_check(struct mu_db *db, mu_vault_progress *progress, void *context,
                              struct mu_vault_faults *faults, struct mu_error *error)
{
    enum mu_status status;

    *faults = (struct mu_vault_faults){0};
    if (!mu_db_vault(db))
        return MU_OK;
    status = check_residents(db, progress, context, &faults->resident, error);
    if (status == MU_OK && faults->resident == 0)
        status = mu_draft_check(db, &faults->operator, error);
    return status == MU_OK ? mu_act_check(db, &faults->act, error) : status;
}
