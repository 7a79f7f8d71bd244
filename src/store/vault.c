#include "store/vault.h"

#include "base/key_text.h"
#include "store/house_store.h"
#include "store/key_file.h"
#include "store/vault_state.h"

#include <mulin/base/text.h>

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char key_check[] = "key_check";

static bool opens(const unsigned char key[MU_SEAL_KEY], const char *check)
{
    struct mu_seal_keys keys;
    char ours[MU_SEAL_CHECK_SIZE];

    mu_seal_derive(key, &keys);
    mu_seal_check(&keys, ours);
    sodium_memzero(&keys, sizeof keys);
    return strcmp(ours, check) == 0;
}

enum mu_status mu_vault_read_check(struct mu_db *db, char *check, struct mu_error *error)
{
    char value[MU_SETTING_SIZE];
    enum mu_status status = mu_setting_read(db, key_check, value, error);

    if (status == MU_OK)
        mu_text_copy(check, MU_SEAL_CHECK_SIZE, value);
    return status;
}

enum mu_status mu_vault_write_check(struct mu_db *db, const struct mu_seal_keys *keys,
                                    struct mu_error *error)
{
    char check[MU_SEAL_CHECK_SIZE];

    mu_seal_check(keys, check);
    return mu_setting_write(db, key_check, check, error);
}

/* The key that fits the records: mulin.key, or the old one while a change is on its way. */
static enum mu_status find_key(const char *home, const char *check, unsigned char key[MU_SEAL_KEY],
                               struct mu_error *error)
{
    char path[MU_KEY_PATH_SIZE];
    enum mu_status status = mu_key_file_read(home, MU_KEY_NOW, key, error);

    if (status == MU_OK && opens(key, check))
        return MU_OK;
    if (mu_key_file_read(home, MU_KEY_OLD, key, NULL) == MU_OK && opens(key, check))
        return MU_OK;
    sodium_memzero(key, MU_SEAL_KEY);
    if (status != MU_OK)
        return status;
    mu_key_path(home, MU_KEY_NOW, path);
    return mu_fail(error, MU_STORE, MU_SAY_error_key_foreign, path, NULL);
}

void mu_vault_take(struct mu_vault *vault, const unsigned char key[MU_SEAL_KEY])
{
    sodium_mprotect_readwrite(vault->keys);
    mu_seal_derive(key, vault->keys);
    mu_seal_check(vault->keys, vault->check);
    sodium_mprotect_readonly(vault->keys);
}

static enum mu_status add_vault(struct mu_db *db, const char *home, struct mu_error *error)
{
    struct mu_vault *vault = calloc(1, sizeof *vault);

    if (vault && sodium_init() >= 0) {
        vault->home = strdup(home);
        vault->keys = sodium_malloc(sizeof *vault->keys);
    }
    if (!vault || !vault->home || !vault->keys) {
        mu_vault_free(&vault);
        return mu_fail_memory(error);
    }
    mu_db_give_vault(db, vault);
    return MU_OK;
}

void mu_vault_free(struct mu_vault **vault)
{
    if (!*vault)
        return;
    sodium_free((*vault)->keys);
    free((*vault)->home);
    free(*vault);
    *vault = NULL;
}

enum mu_status mu_vault_create(struct mu_db *db, const char *home, bool *made,
                               struct mu_error *error)
{
    unsigned char key[MU_SEAL_KEY];
    enum mu_status status = add_vault(db, home, error);

    *made = false;
    if (status != MU_OK)
        return status;
    if (mu_key_file_exists(home, MU_KEY_NOW)) {
        status = mu_key_file_read(home, MU_KEY_NOW, key, error);
    } else {
        crypto_kdf_keygen(key);
        status = mu_key_file_write(home, MU_KEY_NOW, key, error);
        *made = status == MU_OK;
    }
    if (status == MU_OK) {
        mu_vault_take(mu_db_vault(db), key);
        status = mu_vault_write_check(db, mu_db_vault(db)->keys, error);
    }
    sodium_memzero(key, sizeof key);
    return status;
}

void mu_vault_settle_locked(const char *home, const char *check)
{
    unsigned char key[MU_SEAL_KEY];

    mu_key_file_remove(home, MU_KEY_PART);
    if (mu_key_file_read(home, MU_KEY_NOW, key, NULL) == MU_OK && opens(key, check)) {
        mu_key_file_remove(home, MU_KEY_OLD);
        mu_key_file_remove(home, MU_KEY_NEXT);
    } else if (mu_key_file_read(home, MU_KEY_OLD, key, NULL) == MU_OK && opens(key, check) &&
               mu_key_file_put_back(home, NULL) == MU_OK) {
        mu_key_file_remove(home, MU_KEY_NEXT);
    }
    sodium_memzero(key, sizeof key);
}

void mu_vault_settle(struct mu_db *db, const char *home)
{
    char check[MU_SEAL_CHECK_SIZE];

    if (!mu_key_file_exists(home, MU_KEY_OLD) && !mu_key_file_exists(home, MU_KEY_NEXT) &&
        !mu_key_file_exists(home, MU_KEY_PART))
        return;
    if (mu_db_begin(db, NULL) != MU_OK)
        return;
    if (mu_vault_read_check(db, check, NULL) == MU_OK)
        mu_vault_settle_locked(home, check);
    mu_db_rollback(db);
}

enum mu_status mu_vault_open(struct mu_db *db, const char *home, struct mu_error *error)
{
    char check[MU_SEAL_CHECK_SIZE];
    unsigned char key[MU_SEAL_KEY];
    enum mu_status status;

    mu_vault_settle(db, home);
    status = mu_vault_read_check(db, check, error);
    if (status == MU_OK)
        status = find_key(home, check, key, error);
    if (status == MU_OK)
        status = add_vault(db, home, error);
    if (status == MU_OK)
        mu_vault_take(mu_db_vault(db), key);
    sodium_memzero(key, sizeof key);
    return status;
}

/* Another desk may have changed the key. *changed: it has, and the new one is taken up. */
static enum mu_status follow(struct mu_db *db, bool *changed, struct mu_error *error)
{
    struct mu_vault *vault = mu_db_vault(db);
    char check[MU_SEAL_CHECK_SIZE];
    unsigned char key[MU_SEAL_KEY];
    enum mu_status status = mu_vault_read_check(db, check, error);

    *changed = false;
    if (status != MU_OK || strcmp(check, vault->check) == 0)
        return status;
    status = find_key(vault->home, check, key, error);
    if (status != MU_OK)
        return status;
    mu_vault_take(vault, key);
    sodium_memzero(key, sizeof key);
    *changed = true;
    return MU_OK;
}

enum mu_status mu_vault_keys(struct mu_db *db, const struct mu_seal_keys **out,
                             struct mu_error *error)
{
    struct mu_vault *vault = mu_db_vault(db);
    unsigned long transaction = mu_db_transaction(db);
    bool changed;
    enum mu_status status;

    if (!vault)
        return mu_fail(error, MU_STORE, MU_SAY_error_key_missing, "mulin.key", NULL);
    if (transaction == 0 || transaction != vault->transaction) {
        status = follow(db, &changed, error);
        if (status != MU_OK)
            return status;
        vault->transaction = transaction;
    }
    *out = vault->keys;
    return MU_OK;
}

bool mu_column_sealed(const struct mu_query *query, int column, const struct mu_seal_place *place,
                      char *out, size_t size)
{
    const struct mu_vault *vault = mu_db_vault(query->db);
    size_t length, plain;
    const void *sealed = mu_column_blob(query, column, &length);
    bool changed = false, open;

    *out = '\0';
    if (!sealed)
        return true;
    if (!vault || length < MU_SEAL_MORE || length - MU_SEAL_MORE >= size)
        return false;
    plain = length - MU_SEAL_MORE;
    open = mu_seal_open(vault->keys, place, sealed, length, out);
    if (!open && follow(query->db, &changed, NULL) == MU_OK && changed)
        open = mu_seal_open(vault->keys, place, sealed, length, out);
    out[plain] = '\0';
    open = open && strlen(out) == plain;
    if (!open)
        *out = '\0';
    return open;
}

enum mu_status mu_vault_mark(struct mu_db *db, char *mark, struct mu_error *error)
{
    char check[MU_SEAL_CHECK_SIZE];
    enum mu_status status = mu_vault_read_check(db, check, error);

    if (status == MU_OK)
        mu_text_copy(mark, MU_VAULT_MARK_SIZE, check);
    return status;
}

enum mu_status mu_vault_paper(struct mu_db *db, char *text, struct mu_error *error)
{
    const struct mu_vault *vault = mu_db_vault(db);
    unsigned char key[MU_SEAL_KEY];
    char check[MU_SEAL_CHECK_SIZE];
    enum mu_status status = mu_vault_read_check(db, check, error);

    if (status == MU_OK)
        status = find_key(vault->home, check, key, error);
    if (status != MU_OK)
        return status;
    mu_key_text_write(key, text);
    sodium_memzero(key, sizeof key);
    return MU_OK;
}

static enum mu_status restore(const char *home, const char *check,
                              const unsigned char key[MU_SEAL_KEY], bool *written,
                              struct mu_error *error)
{
    unsigned char present[MU_SEAL_KEY];
    bool same = mu_key_file_read(home, MU_KEY_NOW, present, NULL) == MU_OK &&
                sodium_memcmp(present, key, sizeof present) == 0;
    enum mu_status status;

    sodium_memzero(present, sizeof present);
    if (!opens(key, check))
        return mu_fail(error, MU_INPUT, MU_SAY_error_paper_foreign, NULL);
    status = same ? MU_OK : mu_key_file_write(home, MU_KEY_NOW, key, error);
    if (status == MU_OK)
        *written = !same;
    return status;
}

enum mu_status mu_vault_restore(struct mu_db *db, const char *home, const char *text, bool *written,
                                struct mu_error *error)
{
    unsigned char key[MU_SEAL_KEY];
    char check[MU_SEAL_CHECK_SIZE], number[16];
    int line = mu_key_text_read(text, key);
    enum mu_status status = MU_OK;

    if (line > 0) {
        snprintf(number, sizeof number, "%d", line);
        status = mu_fail(error, MU_INPUT, MU_SAY_error_paper_line, number, NULL);
    }
    if (status == MU_OK)
        status = mu_db_begin(db, error); /* nobody changes the key meanwhile */
    if (status == MU_OK) {
        status = mu_vault_read_check(db, check, error);
        if (status == MU_OK)
            status = restore(home, check, key, written, error);
        mu_db_rollback(db);
    }
    sodium_memzero(key, sizeof key);
    return status;
}
