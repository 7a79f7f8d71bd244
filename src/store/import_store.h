/* Search keys of many residents at once. Keys of a big import are collected in a temporary table
 * and put in order before they reach search_key: in the order of the spreadsheet nearly every key
 * would touch another page of the file. */
#ifndef MULIN_SRC_STORE_IMPORT_STORE_H
#define MULIN_SRC_STORE_IMPORT_STORE_H

#include "store/db.h"

#include <mulin/domain/resident.h>

struct mu_import_keys {
    struct mu_db *db;
    bool collect;
    int64_t last_known;     /* highest number of a resident before the import */
    int64_t last_household; /* and of a household */
    bool changed_again;     /* somebody added by this import was changed by a later row */
};

/* Begins the import's transaction. `collect`: many rows are to be expected. On failure nothing is
 * to be ended. */
enum mu_status mu_import_begin(struct mu_import_keys *keys, struct mu_db *db, bool collect,
                               struct mu_error *error) MU_CHECKED;

/* Takes down the keys of somebody who is new in the register. */
enum mu_status mu_import_add_keys(struct mu_import_keys *keys, const struct mu_resident *resident,
                                  struct mu_error *error) MU_CHECKED;

/* Brings the keys of somebody up to date. */
enum mu_status mu_import_change_keys(struct mu_import_keys *keys, const struct mu_resident *before,
                                     const struct mu_resident *after,
                                     struct mu_error *error) MU_CHECKED;

/* Writes what was collected; the transaction stays open. */
enum mu_status mu_import_write_keys(struct mu_import_keys *keys, struct mu_error *error) MU_CHECKED;

/* Rolls back what was not committed, forgets what was collected and gives the connection its usual
 * settings. Never fails. */
void mu_import_end(struct mu_import_keys *keys);

/* True when an ID number of the old form stands in the register. */
enum mu_status mu_import_old_id_numbers(struct mu_db *db, bool *some,
                                        struct mu_error *error) MU_CHECKED;

#endif
