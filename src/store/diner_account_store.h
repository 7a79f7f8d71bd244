/* Cards that are no longer good, and monthly accounts that stand open. */
#ifndef MULIN_SRC_STORE_DINER_ACCOUNT_STORE_H
#define MULIN_SRC_STORE_DINER_ACCOUNT_STORE_H

#include "store/db.h"

#include <mulin/base/date.h>
#include <mulin/domain/purse.h>

/* Remembers a card that was replaced. MU_STORE. */
enum mu_status mu_card_end(struct mu_db *db, const char *card, int64_t resident_id,
                           int64_t operator_id, struct mu_moment at, const char *reason,
                           struct mu_error *error) MU_CHECKED;

/* Forgets that the person's card was replaced, since that moment. MU_STORE. */
enum mu_status mu_card_good_again(struct mu_db *db, const char *card, int64_t resident_id,
                                  struct mu_moment from, struct mu_error *error) MU_CHECKED;

/* When the card was last replaced; an unknown day for one that never was. MU_STORE. */
enum mu_status mu_card_ended(struct mu_db *db, const char *card, struct mu_date *day,
                             struct mu_error *error) MU_CHECKED;

/* What stands on the accounts `prefix` of a person's files: that of `named` first, then those of
 * the other files with the most; and the sum over all. MU_STORE. */
enum mu_status mu_purse_accounts(struct mu_db *db, const char *prefix, int64_t leading,
                                 int64_t named, struct mu_purse *out, int64_t *all,
                                 struct mu_error *error) MU_CHECKED;

/* How often money was put on or taken from the card and the monthly account of a file since a
 * moment. MU_STORE. */
enum mu_status mu_purse_moved_since(struct mu_db *db, int64_t resident_id, struct mu_moment from,
                                    int *count, struct mu_error *error) MU_CHECKED;

/* True when money was ever put on or taken from the card or monthly account of the file. MU_STORE.
 */
enum mu_status mu_purse_used(struct mu_db *db, int64_t resident_id, bool *used,
                             struct mu_error *error) MU_CHECKED;

/* The people behind number `after` whose monthly accounts, over all their files, do not stand at
 * nothing, in order of the numbers of the files that speak for them, at most `limit` into `ids`.
 * MU_STORE. */
enum mu_status mu_owing(struct mu_db *db, int64_t after, size_t limit, int64_t *ids, size_t *count,
                        struct mu_error *error) MU_CHECKED;

#endif
