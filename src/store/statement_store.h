/* What statements and lists for the wall are read from. */
#ifndef MULIN_SRC_STORE_STATEMENT_STORE_H
#define MULIN_SRC_STORE_STATEMENT_STORE_H

#include "store/db.h"

#include <mulin/domain/points_statement.h>

/* False stops. Borrowed. */
typedef bool mu_statement_row(void *context, const struct mu_points_entry *entry);

/* The entries of the file that speaks for a person and of those linked with it that count up to the
 * end of a month, month by month in the order in which they were booked. `about` is the id of duty
 * or rating, or the name of goods; balances are the caller's. MU_STORE. */
enum mu_status mu_statement_read(struct mu_db *db, int64_t leading, int last_month,
                                 mu_statement_row *row, void *context,
                                 struct mu_error *error) MU_CHECKED;

/* *shows: the person agreed to be shown by name, in every file in which they are a volunteer.
 * MU_STORE. */
enum mu_status mu_wall_shows_name(struct mu_db *db, int64_t leading, bool *shows,
                                  struct mu_error *error) MU_CHECKED;

#endif
