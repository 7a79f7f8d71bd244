/* Meals in the record file. */
#ifndef MULIN_SRC_STORE_CANTEEN_STORE_H
#define MULIN_SRC_STORE_CANTEEN_STORE_H

#include "store/db.h"

#include <mulin/domain/canteen.h>
#include <mulin/domain/closing.h>

/* The number of the meal that is served next, inside the caller's write transaction. */
enum mu_status mu_meal_next(struct mu_db *db, int64_t *id, struct mu_error *error) MU_CHECKED;
/* Adds the meal (without voiding) under its id inside the caller's transaction. */
enum mu_status mu_meal_add(struct mu_db *db, const struct mu_meal *meal,
                           struct mu_error *error) MU_CHECKED;
/* Marks the meal as taken back by the entry. */
enum mu_status mu_meal_mark_void(struct mu_db *db, int64_t meal_id, int64_t void_entry_id,
                                 struct mu_error *error) MU_CHECKED;

enum mu_status mu_meal_read(struct mu_db *db, int64_t meal_id, bool *found, struct mu_meal *out,
                            struct mu_error *error) MU_CHECKED;
/* The meal of this person in this session that was not voided. Here and below: also what was served
 * to a file that this one speaks for. */
enum mu_status mu_meal_served(struct mu_db *db, int64_t resident_id, struct mu_date date,
                              const char *session, bool *found, struct mu_meal *out,
                              struct mu_error *error) MU_CHECKED;
/* The last meal of the day of somebody without a file who is told apart by this (letters great or
 * small, wide or narrow), not voided. */
enum mu_status mu_meal_of_mark(struct mu_db *db, struct mu_date date, const char *mark, bool *found,
                               struct mu_meal *out, struct mu_error *error) MU_CHECKED;
/* The day's meals of people without a file that were served by their occupation, not voided. */
enum mu_status mu_meal_outdoor_count(struct mu_db *db, struct mu_date date, int *count,
                                     struct mu_error *error) MU_CHECKED;
/* How many meals at a reduced price this person had on the day. */
enum mu_status mu_meal_reduced_count(struct mu_db *db, int64_t resident_id, struct mu_date date,
                                     int *count, struct mu_error *error) MU_CHECKED;
/* How many meals this person had between two days, both included. */
enum mu_status mu_meal_count_of(struct mu_db *db, int64_t resident_id, struct mu_date from,
                                struct mu_date to, int *count, struct mu_error *error) MU_CHECKED;
/* The tier's meals of the day that count against its quota, and the lowest free slot. */
enum mu_status mu_meal_quota(struct mu_db *db, struct mu_date date, const char *tier, int *used,
                             int *free_slot, struct mu_error *error) MU_CHECKED;

/* The day's last meals, newest first, voided ones too, at most `limit` into `out`. */
enum mu_status mu_meal_last(struct mu_db *db, struct mu_date date, size_t limit,
                            struct mu_meal *out, size_t *count, struct mu_error *error) MU_CHECKED;

/* Sums over the day, of one session when `session` is not NULL. */
enum mu_status mu_meal_totals(struct mu_db *db, struct mu_date date, const char *session,
                              struct mu_day_totals *out, struct mu_error *error) MU_CHECKED;

/* The same over the sessions of a closing, as they stood at its last entry. */
enum mu_status mu_meal_totals_of(struct mu_db *db, const struct mu_closing *closing,
                                 struct mu_day_totals *out, struct mu_error *error) MU_CHECKED;

/* The first meal whose day, person, tier, amounts or voiding differ from its ledger entry, or 0. */
enum mu_status mu_meal_find_mismatch(struct mu_db *db, int64_t *meal_id,
                                     struct mu_error *error) MU_CHECKED;
/* The first meal that is not what its ledger entry was posted for (mu_meal_hash), or 0. */
enum mu_status mu_meal_find_altered(struct mu_db *db, int64_t *meal_id,
                                    struct mu_error *error) MU_CHECKED;

/* The quota slots that were given out under a rule book to a tier ("": full price); 0 stands for
 * none. */
struct mu_quota_use {
    int rules_version;
    char tier[MU_RULE_ID_SIZE];
    int64_t lowest, highest;
};

/* False stops. The records are being read: nothing else may be asked. */
typedef bool mu_quota_row(void *context, const struct mu_quota_use *use);

enum mu_status mu_meal_quota_use(struct mu_db *db, mu_quota_row *row, void *context,
                                 struct mu_error *error) MU_CHECKED;
/* The first meal of this book and tier with a slot outside the bounds, or 0. */
enum mu_status mu_meal_find_outside(struct mu_db *db, const struct mu_quota_use *bounds,
                                    int64_t *meal_id, struct mu_error *error) MU_CHECKED;

/* The first entry that served a meal which is not there, or 0. What moved a diner's money has a
 * rule with a colon, which no tier can have. */
enum mu_status mu_meal_find_missing(struct mu_db *db, int64_t *entry_id,
                                    struct mu_error *error) MU_CHECKED;

#endif
