/* What a meal costs and who pays: pure decisions from the book and the diner. */
#ifndef MULIN_DOMAIN_MEAL_H
#define MULIN_DOMAIN_MEAL_H

#include <mulin/base/money.h>
#include <mulin/rules.h>

#include <stdbool.h>
#include <stddef.h>

/* What the rules may know about somebody who eats. Pointers are borrowed; NULL or "" is "not known"
 * and then no condition on it holds. */
struct mu_diner {
    int age; /* full years on the day of the meal, -1 when not known */
    enum mu_sex sex;
    const char *tags;       /* separated by blanks */
    const char *occupation; /* 外卖员 */
    const char *residence;  /* resident, migrant */
    const char *occupancy;  /* 自住 租户 民宿 闲置 */
};

/* True when the condition holds for the diner. */
bool mu_condition_holds(const struct mu_condition *condition, const struct mu_diner *diner);

struct mu_meal_price {
    const struct mu_tier *tier; /* that decided; NULL: full price. Borrowed from the book */
    struct mu_money price;      /* of the session */
    struct mu_money pay;        /* by the diner */
    struct mu_money others;     /* by tier->payer; price = pay + others */
    size_t passed_over;         /* tiers that matched but whose quota was used up */
    const struct mu_tier *first_passed_over; /* borrowed, NULL if none */
    bool subsidy_used; /* a tier matched but this person had the day's reduced meals already */
};

/* Decides the price of one meal.
 *   quota_used     for each tier of the canteen (tier_count ints) the meals of that tier today
 *   reduced_today  reduced meals that this person had today
 * A tier whose reduction comes to nothing (off more than the price pays at most the price; a fixed
 * price above the session's price is the session's price) still counts as the tier. */
void mu_meal_price(const struct mu_canteen *canteen, const struct mu_session *session,
                   const struct mu_diner *diner, const int *quota_used, int reduced_today,
                   struct mu_meal_price *out);

#endif
