/* What the records tell of points in a month that is over. */
#ifndef MULIN_SRC_STORE_POINTS_PAST_STORE_H
#define MULIN_SRC_STORE_POINTS_PAST_STORE_H

#include "store/db.h"

#include <mulin/domain/points_replay.h>

/* A service with what it is called in the records. */
struct mu_month_service {
    struct mu_past_service service; /* but `duty`, `would` and `cut` */
    int64_t id;
    char duty[MU_RULE_ID_SIZE], team[MU_RULE_NAME_SIZE];
    bool forgotten;
};

/* The next `limit` recorded services up to the day `to`, behind `after` (that of an earlier slice,
 * or one with nothing but the first day), in the order of days. MU_STORE, also when one says what
 * it cannot hold. */
enum mu_status mu_month_services(struct mu_db *db, const struct mu_month_service *after,
                                 struct mu_date to, size_t limit, struct mu_month_service *out,
                                 size_t *count, struct mu_error *error) MU_CHECKED;

/* How many there are from `from` to `to`. */
enum mu_status mu_month_service_count(struct mu_db *db, struct mu_date from, struct mu_date to,
                                      int64_t *count, struct mu_error *error) MU_CHECKED;

/* The service that an entry recorded; *found is false when it recorded none. */
enum mu_status mu_service_of_entry(struct mu_db *db, int64_t entry_id, bool *found,
                                   struct mu_month_service *out, struct mu_error *error) MU_CHECKED;

/* What a person's services of the day and of its month had earned when this entry was written,
 * less what had been taken back by then; over all files that the person has. */
enum mu_status mu_earned_before(struct mu_db *db, int64_t resident_id, struct mu_date day,
                                int64_t entry_id, struct mu_points *of_day,
                                struct mu_points *of_month, struct mu_error *error) MU_CHECKED;

/* The rating that an entry recorded. */
struct mu_past_rating {
    char source[MU_RULE_ID_SIZE];
    struct mu_date date;
    int score;
};
enum mu_status mu_rating_of_entry(struct mu_db *db, int64_t entry_id, bool *found,
                                  struct mu_past_rating *out, struct mu_error *error) MU_CHECKED;

/* The goods that an entry gave or took back. */
struct mu_past_goods {
    char name[MU_RULE_NAME_SIZE], unit[MU_RULE_ID_SIZE];
    int64_t pieces; /* below nothing: from the stock */
};
enum mu_status mu_goods_of_entry(struct mu_db *db, int64_t entry_id, bool *found,
                                 struct mu_past_goods *out, struct mu_error *error) MU_CHECKED;

/* The entry that took this one back; the meal that it served; 0: none. */
enum mu_status mu_reversal_of_entry(struct mu_db *db, int64_t entry_id, int64_t *reversal,
                                    struct mu_error *error) MU_CHECKED;
enum mu_status mu_meal_of_entry(struct mu_db *db, int64_t entry_id, int64_t *meal_id,
                                struct mu_error *error) MU_CHECKED;

#endif
