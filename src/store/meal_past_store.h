/* What the records tell about the moment at which a meal was served. */
#ifndef MULIN_SRC_STORE_MEAL_PAST_STORE_H
#define MULIN_SRC_STORE_MEAL_PAST_STORE_H

#include "store/db.h"

#include <mulin/domain/canteen.h>

/* How many meals of the tier had a place of its quota when the entry was written. */
enum mu_status mu_quota_before(struct mu_db *db, struct mu_date date, const char *tier,
                               int64_t entry_id, int *used, struct mu_error *error) MU_CHECKED;

/* How many meals at a reduced price this person, whichever file was named, had had on the day. */
enum mu_status mu_reduced_before(struct mu_db *db, int64_t resident_id, struct mu_date date,
                                 int64_t entry_id, int *count, struct mu_error *error) MU_CHECKED;

/* What stood on an account of the fund book before the entry, fen. */
enum mu_status mu_fund_before(struct mu_db *db, const char *account, int64_t entry_id,
                              int64_t *balance, struct mu_error *error) MU_CHECKED;

/* The day from which on the version of the rule book decided, and its hash. */
enum mu_status mu_rule_book_facts(struct mu_db *db, int version, struct mu_date *from,
                                  unsigned char hash[MU_HASH_SIZE],
                                  struct mu_error *error) MU_CHECKED;

/* A time of a tag as it stands now, of any of the person's files. Borrowed. */
struct mu_tag_then {
    const char *word;
    struct mu_date from, until; /* as in resident_tag */
    struct mu_moment recorded_at;
};
typedef void mu_tag_then_row(void *context, const struct mu_tag_then *tag);
/* Files that `resident_id` speaks for included; ordered by word. */
enum mu_status mu_tags_then(struct mu_db *db, int64_t resident_id, mu_tag_then_row *row,
                            void *context, struct mu_error *error) MU_CHECKED;

/* The household in which somebody who lives in `*household_id` now lived at the end of the day. */
enum mu_status mu_household_then(struct mu_db *db, int64_t resident_id, struct mu_date day,
                                 int64_t *household_id, struct mu_error *error) MU_CHECKED;

/* The first day behind `day` from which on somebody else may have lived in the household, the
 * person elsewhere, or the home was used otherwise; not known: there is none. */
enum mu_status mu_home_changes(struct mu_db *db, int64_t resident_id, int64_t household_id,
                               struct mu_date day, struct mu_date *change,
                               struct mu_error *error) MU_CHECKED;

#endif
