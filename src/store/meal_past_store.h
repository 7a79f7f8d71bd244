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

/* A meal of a month as a replay needs it. */
struct mu_month_meal {
    int64_t id, entry_id;
    int64_t resident_id; /* of the file that speaks for the person; 0: without a file */
    struct mu_date date;
    struct mu_moment served_at;
    char session[MU_RULE_ID_SIZE], tier[MU_RULE_ID_SIZE];
    struct mu_money price, pay;
    struct mu_payment share[MU_TIER_PAYERS];
    size_t share_count;
    char occupation[MU_WORD_SIZE];
};
/* The next `limit` meals up to `to` that were not voided, behind the meal `after` of its day, in
 * the order of days and numbers. MU_STORE, also when one says what it cannot hold. */
enum mu_status mu_month_meals(struct mu_db *db, struct mu_date day, int64_t after,
                              struct mu_date to, size_t limit, struct mu_month_meal *out,
                              size_t *count, struct mu_error *error) MU_CHECKED;

/* How many there are from `from` to `to`, and the number of the first entry that served one. */
enum mu_status mu_month_size(struct mu_db *db, struct mu_date from, struct mu_date to,
                             int64_t *meals, int64_t *first_entry,
                             struct mu_error *error) MU_CHECKED;

/* What came to or left the account of a payer, from `first_entry` on, other than by serving or
 * voiding a meal of the days `from` to `to`; in the order of entries. */
struct mu_fund_move {
    int64_t entry_id;
    enum mu_payer payer;
    struct mu_money amount;
};
typedef void mu_fund_move_row(void *context, const struct mu_fund_move *move);
enum mu_status mu_fund_moves(struct mu_db *db, int64_t first_entry, struct mu_date from,
                             struct mu_date to, mu_fund_move_row *row, void *context,
                             struct mu_error *error) MU_CHECKED;

#endif
