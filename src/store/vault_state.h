/* What the vault's own files share; the rest of the program knows store/vault.h. */
#ifndef MULIN_SRC_STORE_VAULT_STATE_H
#define MULIN_SRC_STORE_VAULT_STATE_H

#include "store/vault.h"

struct mu_vault {
    char *home;
    struct mu_seal_keys *keys; /* in locked memory that is left out of core files */
    char check[MU_SEAL_CHECK_SIZE];
    unsigned long transaction; /* in which the keys were last seen to be in force */
};

/* Makes the vault's keys from this one. */
void mu_vault_take(struct mu_vault *vault, const unsigned char key[MU_SEAL_KEY]);

/* The check value of the key that the records are sealed with, "" when they know none. `check` has
 * MU_SEAL_CHECK_SIZE bytes. */
enum mu_status mu_vault_read_check(struct mu_db *db, char *check,
                                   struct mu_error *error) MU_CHECKED;
enum mu_status mu_vault_write_check(struct mu_db *db, const struct mu_seal_keys *keys,
                                    struct mu_error *error) MU_CHECKED;

/* Brings a key change that was broken off to its end: of mulin.key and mulin.key.old the one that
 * fits the records stays. Key files are moved under the write lock only, or two who tidy up at the
 * same time could take away the last good one. Never fails: a home opens with either. */
void mu_vault_settle(struct mu_db *db, const char *home);
/* The same for a caller who holds the lock. */
void mu_vault_settle_locked(const char *home, const char *check);

#endif
