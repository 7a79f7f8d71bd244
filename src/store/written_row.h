/* Rows that carry a version, so that nobody writes over what somebody else has changed. */
#ifndef MULIN_SRC_STORE_WRITTEN_ROW_H
#define MULIN_SRC_STORE_WRITTEN_ROW_H

#include "store/db.h"

/* Runs a bound statement that writes one row, RETURNING its number and its new version, or the
 * version alone when `id` is NULL, and ends it. *stale: it wrote none, for the row has another
 * version now, or stands there already; then, and on failure, id and version stay as they are. */
enum mu_status mu_written_row(struct mu_query *query, int64_t *id, int *version, bool *stale,
                              struct mu_error *error) MU_CHECKED;

#endif
