/* Search keys of many residents at once. Keys of a big import are collected and put in order before
 * they reach search_key: in the order of the spreadsheet nearly every key would touch another page
 * of the file. */
#ifndef MULIN_SRC_STORE_IMPORT_STORE_H
#define MULIN_SRC_STORE_IMPORT_STORE_H

#include "store/db.h"
#include "store/import_hold.h"
#include "store/key_sort.h"

#include <mulin/base/id_set.h>
#include <mulin/domain/resident.h>

struct mu_import_keys {
    struct mu_db *db;
    bool collect;
    int64_t last_known;       /* highest number of a resident before the import */
    int64_t last_household;   /* and of a household */
    struct mu_key_sort *sort; /* owned; what was collected */
    struct mu_import_hold hold;
    struct mu_id_set again; /* added by this import and changed by a later row */
};

/* Begins the import's transaction. `collect`: many rows are to be expected. On failure nothing is
 * to be ended. */
enum mu_status mu_import_begin(struct mu_import_keys *keys, struct mu_db *db, bool collect,
                               struct mu_error *error) MU_CHECKED;

/* So many people come with this import, as far as can be seen: when they are many beside those who
 * stand in the register, its indexes are made behind the last row. To be told once. */
enum mu_status mu_import_expect(struct mu_import_keys *keys, int64_t people,
                                struct mu_error *error) MU_CHECKED;

/* mu_register_namesakes while the import is on its way. */
enum mu_status mu_import_namesakes(const struct mu_import_keys *keys, const char *name,
                                   struct mu_date birth_date, mu_register_row *row, void *context,
                                   struct mu_error *error) MU_CHECKED;

/* Takes down the keys of somebody who is new in the register. */
enum mu_status mu_import_add_keys(struct mu_import_keys *keys, const struct mu_resident *resident,
                                  struct mu_error *error) MU_CHECKED;

/* Brings the keys of somebody up to date. */
enum mu_status mu_import_change_keys(struct mu_import_keys *keys, const struct mu_resident *before,
                                     const struct mu_resident *after,
                                     struct mu_error *error) MU_CHECKED;

/* Writes what was collected and makes the indexes; the transaction stays open. */
enum mu_status mu_import_write_keys(struct mu_import_keys *keys, struct mu_error *error) MU_CHECKED;

/* Rolls back what was not committed, forgets what was collected and gives the connection its usual
 * settings. Never fails. */
void mu_import_end(struct mu_import_keys *keys);

/* True when an ID number of the old form stands in the register. */
enum mu_status mu_import_old_id_numbers(struct mu_db *db, bool *some,
                                        struct mu_error *error) MU_CHECKED;

#endif
