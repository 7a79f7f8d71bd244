/* The points book by month and person. */
#ifndef MULIN_SRC_STORE_POINTS_STORE_H
#define MULIN_SRC_STORE_POINTS_STORE_H

#include "store/db.h"

#include <mulin/domain/ledger.h>
#include <mulin/domain/points.h>

struct mu_points_line {
    int month; /* 202611 */
    int64_t resident_id;
    int64_t entry_id;
    enum mu_points_kind kind;
    struct mu_points points; /* above nothing: the person gained */
    int minutes;             /* of service */
};

/* Adds a line inside the caller's write transaction. MU_STORE, also in a closed month. */
enum mu_status mu_points_line_add(struct mu_db *db, const struct mu_points_line *line,
                                  struct mu_error *error) MU_CHECKED;

/* The last month that was closed, 0 for none. MU_STORE. */
enum mu_status mu_points_last_closed(struct mu_db *db, int *month,
                                     struct mu_error *error) MU_CHECKED;

/* The first points entry whose lines are not what its postings moved, or a line without such an
 * entry, or 0. MU_STORE. */
enum mu_status mu_points_find_wrong(struct mu_db *db, int64_t *entry_id,
                                    struct mu_error *error) MU_CHECKED;

#endif
