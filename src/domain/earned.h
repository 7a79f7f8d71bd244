/* The steps of mu_service_points, shared with those that put them into words. */
#ifndef MULIN_SRC_DOMAIN_EARNED_H
#define MULIN_SRC_DOMAIN_EARNED_H

#include <mulin/domain/points.h>

/* Holds the largest points of a book times eight bonuses in hundredths. */
__extension__ typedef __int128 mu_wide;

/* Points before they are rounded: a fraction, so that nothing is lost between bonuses. */
struct mu_earned {
    mu_wide parts, divisor;
};

/* What the service earns with the bonuses that were decided, without what they add. */
struct mu_earned mu_service_earned(const struct mu_service_facts *facts,
                                   const struct mu_service_points *decided);
/* Whole points by the rule (enum mu_rounding). */
struct mu_points mu_earned_round(struct mu_earned earned, int rounding);

/* Each part of a condition by itself; one that the book does not give holds. */
bool mu_bonus_months_hold(const struct mu_bonus_when *when, const struct mu_service_facts *facts);
bool mu_bonus_days_hold(const struct mu_bonus_when *when, const struct mu_service_facts *facts);
bool mu_bonus_holidays_hold(const struct mu_bonus_when *when, const struct mu_service_facts *facts);
bool mu_bonus_hours_hold(const struct mu_bonus_when *when, const struct mu_service_facts *facts);

#endif
