/* The sealed columns of data/sealed.def, all of their rows. */
#ifndef MULIN_SRC_STORE_SEALED_COLUMN_H
#define MULIN_SRC_STORE_SEALED_COLUMN_H

#include "base/seal.h"
#include "store/db.h"

/* The first value that does not open: *table is a literal, NULL when all open. Other desks may save
 * meanwhile. */
enum mu_status mu_sealed_columns_check(struct mu_db *db, const char **table, int64_t *row,
                                       struct mu_error *error) MU_CHECKED;
/* Seals all with other keys, inside the caller's write transaction. MU_STORE, also when one does
 * not open. */
enum mu_status mu_sealed_columns_reseal(struct mu_db *db, const struct mu_seal_keys *keys,
                                        struct mu_error *error) MU_CHECKED;

#endif
