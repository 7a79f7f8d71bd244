/* The sums of the canteen's months. */
#ifndef MULIN_SRC_STORE_MONTH_STORE_H
#define MULIN_SRC_STORE_MONTH_STORE_H

#include "store/db.h"

#include <mulin/domain/canteen.h>

/* The meals of a month that are alike in all of these; texts borrowed. */
struct mu_month_sum {
    struct mu_date date;
    const char *session, *tier, *payers, *method; /* payers as in mu_payments_write */
    int meals;
    struct mu_money price, pay;
    int voided, amended; /* of these, taken back on their day, or later until `to`: they count in
                          * nothing else */
};
typedef void mu_month_sum_row(void *context, const struct mu_month_sum *sum);
/* Meals of the days `from` to `to`; what was taken back behind `to` counts. */
enum mu_status mu_month_sums(struct mu_db *db, struct mu_date from, struct mu_date to,
                             mu_month_sum_row *row, void *context,
                             struct mu_error *error) MU_CHECKED;

/* Meals of before `from` that were taken back from `from` to `to`. */
enum mu_status mu_month_earlier(struct mu_db *db, struct mu_date from, struct mu_date to,
                                int *meals, struct mu_money *price, struct mu_money *pay,
                                struct mu_error *error) MU_CHECKED;

/* Somebody with the meals that mu_month_sums counts: of linked files the one that speaks for the
 * person, or all of one occupation without a file; texts borrowed. */
struct mu_month_eater {
    int64_t resident_id;
    const char *name;
    int meals, days;
    struct mu_money price, pay;
};
typedef void mu_month_eater_row(void *context, const struct mu_month_eater *eater);
enum mu_status mu_month_eaters(struct mu_db *db, struct mu_date from, struct mu_date to,
                               mu_month_eater_row *row, void *context,
                               struct mu_error *error) MU_CHECKED;

/* How many people had meals of a tier, without those without a file. */
typedef void mu_month_tier_row(void *context, const char *tier, int people);
enum mu_status mu_month_tier_people(struct mu_db *db, struct mu_date from, struct mu_date to,
                                    mu_month_tier_row *row, void *context,
                                    struct mu_error *error) MU_CHECKED;

/* Ledger entries of the meals' book that no meal made, by rule, and the cash that came in by them.
 */
typedef void mu_month_cash_row(void *context, const char *rule, int count, int64_t cash);
enum mu_status mu_month_cash(struct mu_db *db, struct mu_date from, struct mu_date to,
                             mu_month_cash_row *row, void *context,
                             struct mu_error *error) MU_CHECKED;

/* The last entry recorded up to the end of the day, as mu_ledger_head_on, found in the middle of a
 * long ledger as quickly as at its end. */
enum mu_status mu_ledger_last_until(struct mu_db *db, struct mu_date day, int64_t *entry_id,
                                    struct mu_error *error) MU_CHECKED;

#endif
