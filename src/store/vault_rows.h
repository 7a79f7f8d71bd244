/* All sealed values of a record file: do they open, and sealing them anew. */
#ifndef MULIN_SRC_STORE_VAULT_ROWS_H
#define MULIN_SRC_STORE_VAULT_ROWS_H

#include "store/vault.h"

/* Told after every few thousand files; false stops with MU_REFUSED. */
typedef bool mu_vault_progress(void *context, int64_t done, int64_t all);

/* The first that holds a value which does not open (a file also: is not found by its mark); 0:
 * none. */
struct mu_vault_faults {
    int64_t resident; /* a file */
    int64_t operator; /* whose half-typed form it is */
    int64_t act;      /* whose before and after it is */
};

/* Opens everything. Without a vault nothing is looked at. Other desks may save meanwhile. */
enum mu_status mu_vault_check(struct mu_db *db, mu_vault_progress *progress, void *context,
                              struct mu_vault_faults *faults, struct mu_error *error) MU_CHECKED;

/* A change of the key on its way. */
struct mu_vault_change {
    struct mu_db *db;
    bool exchanged; /* the new key stands in mulin.key */
    unsigned char key[MU_SEAL_KEY];
    struct mu_seal_keys keys; /* of the new key */
};

/* Begins the change's transaction, makes the new key and puts it in its place; the old one stays
 * beside it. On failure nothing is to be ended. */
enum mu_status mu_vault_change_begin(struct mu_vault_change *change, struct mu_db *db,
                                     struct mu_error *error) MU_CHECKED;
/* Seals everything with the new key. */
enum mu_status mu_vault_change_rows(struct mu_vault_change *change, mu_vault_progress *progress,
                                    void *context, struct mu_error *error) MU_CHECKED;
/* Commits, and takes the old key away once that is certain. */
enum mu_status mu_vault_change_commit(struct mu_vault_change *change,
                                      struct mu_error *error) MU_CHECKED;
/* Takes back what was not committed and wipes the key. Never fails. */
void mu_vault_change_end(struct mu_vault_change *change);

#endif
