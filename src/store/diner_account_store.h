/* Cards that are no longer good, and monthly accounts that stand open. */
#ifndef MULIN_SRC_STORE_DINER_ACCOUNT_STORE_H
#define MULIN_SRC_STORE_DINER_ACCOUNT_STORE_H

#include "store/db.h"

#include <mulin/base/date.h>

/* Remembers a card that was replaced. MU_STORE. */
enum mu_status mu_card_end(struct mu_db *db, const char *card, int64_t resident_id,
                           int64_t operator_id, struct mu_moment at, const char *reason,
                           struct mu_error *error) MU_CHECKED;

/* When the card was last replaced; an unknown day for one that never was. MU_STORE. */
enum mu_status mu_card_ended(struct mu_db *db, const char *card, struct mu_date *day,
                             struct mu_error *error) MU_CHECKED;

/* The residents behind number `after` whose monthly accounts do not stand at nothing, in order of
 * numbers, at most `limit` into `ids`. MU_STORE. */
enum mu_status mu_owing(struct mu_db *db, int64_t after, size_t limit, int64_t *ids, size_t *count,
                        struct mu_error *error) MU_CHECKED;

#endif
