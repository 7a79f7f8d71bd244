/* The files that an operator opened last. */
#ifndef MULIN_SRC_STORE_RECENT_STORE_H
#define MULIN_SRC_STORE_RECENT_STORE_H

#include "store/register_store.h"

/* Puts a file before all others and forgets those past `most`. Inside the caller's transaction. */
enum mu_status mu_recent_write(struct mu_db *db, int64_t operator_id, int64_t resident_id,
                               struct mu_moment now, int64_t most,
                               struct mu_error *error) MU_CHECKED;

/* The newest first, at most `most`, nothing sealed opened; files entered in error left out. */
enum mu_status mu_recent_read(struct mu_db *db, int64_t operator_id, int64_t most,
                              mu_register_row *row, void *context,
                              struct mu_error *error) MU_CHECKED;

#endif
