#include "store/act_store.h"
#include "store/case_store.h"
#include "store/case_word_store.h"
#include "store/draft_store.h"
#include "store/key_file.h"
#include "store/register_store.h"
#include "store/sealed_column.h"
#include "store/search_store.h"
#include "store/vault_rows.h"
#include "store/vault_state.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

enum {
    CACHE_KIB = 4096, /* as for an import: the tails' marks lie all over the search keys */
    STEP = 500,       /* files between two calls of the progress function */
};

static enum mu_status prepare(struct mu_db *db, struct mu_error *error)
{
    enum mu_status status = mu_db_bulk(db, CACHE_KIB, error);

    if (status == MU_OK) /* one that could not be taken away is used again */
        status = mu_db_execute(db,
                               "CREATE TEMP TABLE IF NOT EXISTS tail_key"
                               " (token TEXT, resident_id INTEGER); DELETE FROM tail_key",
                               error);
    return status == MU_OK ? mu_db_begin(db, error) : status;
}

/* Under the write lock from here to the commit, and nobody else moves key files meanwhile. */
static enum mu_status exchange(struct mu_vault_change *change, struct mu_error *error)
{
    const char *home = mu_db_vault(change->db)->home;
    char check[MU_SEAL_CHECK_SIZE];
    enum mu_status status = mu_vault_read_check(change->db, check, error);

    if (status != MU_OK)
        return status;
    mu_vault_settle_locked(home, check);
    crypto_kdf_keygen(change->key);
    mu_seal_derive(change->key, &change->keys);
    status = mu_key_file_write(home, MU_KEY_NEXT, change->key, error);
    if (status == MU_OK) {
        change->exchanged = true; /* half of it is put back as well */
        status = mu_key_file_exchange(home, error);
    }
    return status;
}

enum mu_status mu_vault_change_begin(struct mu_vault_change *change, struct mu_db *db,
                                     struct mu_error *error)
{
    const struct mu_seal_keys *keys;
    enum mu_status status;

    status = mu_vault_keys(db, &keys, error);
    if (status != MU_OK)
        return status;
    *change = (struct mu_vault_change){.db = db};
    sodium_mlock(change, sizeof *change);
    status = prepare(db, error);
    if (status == MU_OK) /* and nobody was faster */
        status = mu_vault_keys(db, &keys, error);
    if (status == MU_OK)
        status = exchange(change, error);
    if (status != MU_OK)
        mu_vault_change_end(change);
    return status;
}

struct row {
    int64_t id; /* 0: there is none */
    char number[MU_ID_NUMBER_SIZE], note[MU_NOTE_SIZE];
    bool open;
};

static enum mu_status read_next(struct mu_db *db, int64_t after, struct row *row,
                                struct mu_error *error)
{
    struct mu_query query =
        mu_query(db, "SELECT resident_id, id_number, note FROM resident WHERE resident_id > ?1"
                     " AND (id_number IS NOT NULL OR note IS NOT NULL) ORDER BY resident_id"
                     " LIMIT 1");

    row->id = 0;
    mu_bind_integer(&query, 1, after);
    if (mu_query_row(&query)) {
        struct mu_seal_place place = {"resident", "id_number", mu_column_integer(&query, 0)};

        row->id = place.row;
        row->open = mu_column_sealed(&query, 1, &place, row->number, sizeof row->number);
        place.column = "note";
        row->open &= mu_column_sealed(&query, 2, &place, row->note, sizeof row->note);
    }
    return mu_query_end(&query, error);
}

static enum mu_status write_sealed(const struct mu_vault_change *change, const struct row *row,
                                   struct mu_error *error)
{
    struct mu_query query = mu_query(change->db, "UPDATE resident SET id_number = ?2,"
                                                 " id_lookup = ?3, note = ?4"
                                                 " WHERE resident_id = ?1");
    struct mu_sealed_resident sealed;

    mu_bind_integer(&query, 1, row->id);
    mu_register_seal(&change->keys, row->id, row->number, row->note, &sealed);
    mu_register_bind_sealed(&query, &sealed, 2, 3, 4);
    return mu_query_run(&query, error);
}

static enum mu_status collect_tails(const struct mu_vault_change *change, const struct row *row,
                                    struct mu_error *error)
{
    struct mu_search_tokens tokens = {0};
    enum mu_status status = MU_OK;

    mu_search_tail_tokens(&change->keys, row->number, &tokens);
    for (size_t i = 0; i < tokens.count && status == MU_OK; i++) {
        struct mu_query query =
            mu_query(change->db, "INSERT INTO tail_key (token, resident_id) VALUES (?1, ?2)");

        mu_bind_text(&query, 1, tokens.token[i]);
        mu_bind_integer(&query, 2, row->id);
        status = mu_query_run(&query, error);
    }
    return status;
}

static enum mu_status seal_residents(struct mu_vault_change *change, mu_vault_progress *progress,
                                     void *context, struct mu_error *error)
{
    int64_t living, all, done = 0;
    struct row row = {0};
    enum mu_status status = mu_register_count(change->db, &living, &all, error);

    while (status == MU_OK) {
        status = read_next(change->db, row.id, &row, error);
        if (status != MU_OK || row.id == 0)
            break;
        if (!row.open) {
            char number[24];

            snprintf(number, sizeof number, "%lld", (long long)row.id);
            status = mu_fail(error, MU_STORE, MU_SAY_error_sealed_resident, number, NULL);
            break;
        }
        status = write_sealed(change, &row, error);
        if (status == MU_OK)
            status = collect_tails(change, &row, error);
        if (status == MU_OK && progress && ++done % STEP == 0 &&
            !progress(context, row.id < all ? row.id : all, all))
            status = mu_fail(error, MU_REFUSED, MU_SAY_key_change_stopped, NULL);
    }
    sodium_memzero(&row, sizeof row);
    return status;
}

static enum mu_status write_tails(struct mu_db *db, struct mu_error *error)
{
    struct mu_query query =
        mu_query(db, "DELETE FROM search_key"
                     " WHERE token >= " MU_SEARCH_TAILS_FROM " AND token < " MU_SEARCH_TAILS_TO);
    enum mu_status status = mu_query_run(&query, error);

    if (status != MU_OK)
        return status;
    query = mu_query(db, "INSERT INTO search_key (token, resident_id)"
                         " SELECT token, resident_id FROM tail_key ORDER BY token, resident_id");
    return mu_query_run(&query, error);
}

enum mu_status mu_vault_change_rows(struct mu_vault_change *change, mu_vault_progress *progress,
                                    void *context, struct mu_error *error)
{
    enum mu_status status = seal_residents(change, progress, context, error);

    if (status == MU_OK)
        status = mu_case_marks_renew(change->db, &change->keys, error);
    if (status == MU_OK)
        status = mu_sealed_columns_reseal(change->db, &change->keys, error);
    if (status == MU_OK)
        status = write_tails(change->db, error);
    if (status == MU_OK)
        status = mu_draft_reseal(change->db, &change->keys, error);
    if (status == MU_OK)
        status = mu_act_reseal(change->db, &change->keys, error);
    if (status == MU_OK)
        status = mu_case_words_reseal(change->db, &change->keys, error);
    if (status == MU_OK)
        status = mu_vault_write_check(change->db, &change->keys, error);
    return status;
}

/* A failed commit may have reached the disk all the same: the records say which key is theirs. */
enum mu_status mu_vault_change_commit(struct mu_vault_change *change, struct mu_error *error)
{
    struct mu_vault *vault = mu_db_vault(change->db);
    char ours[MU_SEAL_CHECK_SIZE], theirs[MU_SEAL_CHECK_SIZE];
    enum mu_status status = mu_db_commit(change->db, error);

    change->exchanged = false; /* from here on the files are settled by what the records say */
    mu_seal_check(&change->keys, ours);
    if (status != MU_OK && mu_vault_read_check(change->db, theirs, NULL) == MU_OK &&
        strcmp(ours, theirs) == 0)
        status = MU_OK;
    if (status == MU_OK)
        mu_vault_take(vault, change->key);
    mu_vault_settle(change->db, vault->home);
    return status;
}

void mu_vault_change_end(struct mu_vault_change *change)
{
    const char *home = mu_db_vault(change->db)->home;

    /* Before the lock is given up. What fails here is settled by whoever opens the home next. */
    if (change->exchanged &&
        (!mu_key_file_exists(home, MU_KEY_OLD) || mu_key_file_put_back(home, NULL) == MU_OK))
        mu_key_file_remove(home, MU_KEY_NEXT);
    mu_db_rollback(change->db);
    /* The temporary table goes when its place changes. */
    (void)(mu_db_bulk(change->db, 0, NULL) == MU_OK);
    sodium_munlock(change, sizeof *change);
}
