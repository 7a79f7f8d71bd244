/* What a meal costs and who pays: pure decisions from the book and the diner. */
#ifndef MULIN_DOMAIN_MEAL_H
#define MULIN_DOMAIN_MEAL_H

#include <mulin/base/money.h>
#include <mulin/domain/payment.h>
#include <mulin/rules.h>

#include <stdbool.h>
#include <stddef.h>

/* What the rules may know about somebody who eats. Pointers are borrowed; NULL or "" is "not known"
 * and then no condition on it holds. */
struct mu_diner {
    int age; /* full years on the day of the meal, -1 when not known */
    enum mu_sex sex;
    const char *tags;       /* separated by blanks */
    const char *derived;    /* tags that are computed, likewise */
    const char *occupation; /* 外卖员 */
    const char *residence;  /* resident, migrant */
    const char *occupancy;  /* 自住 租户 民宿 闲置 */
};

/* True when the condition holds for the diner. What is not known holds no condition, so its `not`
 * holds. Words are compared whole, after mu_text_fold. */
bool mu_condition_holds(const struct mu_condition *condition, const struct mu_diner *diner);

/* What has been served and paid before the meal. Pointers are borrowed. */
struct mu_meal_day {
    const int *quota_used; /* for each tier of the canteen the meals of that tier today */
    int reduced_today;     /* reduced meals that this person had today */
    struct mu_money balance[MU_PAYER_COUNT]; /* of the accounts of payers that are funded */
};

struct mu_meal_price {
    const struct mu_tier *tier; /* that decided; NULL: full price. Borrowed from the book */
    struct mu_money price;      /* of the session */
    struct mu_money pay;        /* by the diner */
    struct mu_money others;     /* by the shares; price = pay + others */
    struct mu_payment share[MU_TIER_PAYERS];
    size_t share_count;
    size_t passed_over; /* tiers that matched but whose quota or money was used up */
    const struct mu_tier *first_passed_over; /* borrowed, NULL if none */
    enum mu_payer empty; /* the first payer whose account did not reach; self: none */
    /* A tier matched but this person had the day's reduced meals already. Quotas were then not
     * asked: passed_over is 0. */
    bool subsidy_used;
};

/* Decides the price of one meal.
 * A tier whose reduction comes to nothing (off more than the price pays at most the price; a fixed
 * price above the session's price is the session's price) still counts as the tier. Its payers
 * share what the diner does not pay, in their order; one that is funded pays its whole share or
 * nothing, then the next one follows, and when nobody is left for the rest, the next tier. */
void mu_meal_price(const struct mu_canteen *canteen, const struct mu_session *session,
                   const struct mu_diner *diner, const struct mu_meal_day *day,
                   struct mu_meal_price *out);

/* What a tier came to for one meal. */
enum mu_tier_verdict {
    MU_TIER_DECIDES,
    MU_TIER_NOT_MATCHED, /* its condition does not hold */
    MU_TIER_QUOTA_USED,  /* it matched and was passed over */
    MU_TIER_MONEY_USED,  /* likewise, because its payers' accounts do not reach */
    MU_TIER_MEALS_USED,  /* it matched, but the person had the day's reduced meals */
    MU_TIER_NOT_REACHED  /* an earlier tier decided */
};

enum { MU_TIER_REASON_SIZE = 1024 }; /* bytes of a sentence at most, NUL counted */

struct mu_tier_reason {
    const struct mu_tier *tier; /* borrowed; NULL in the last: what the meal costs and who pays */
    enum mu_tier_verdict verdict;
    char text[MU_TIER_REASON_SIZE]; /* one sentence with the tier's name, id and the reason */
};

/* Says in words how mu_meal_price decides the same meal: once for every tier in the order of the
 * book, and at the end once (tier NULL) for the price. `reason` is borrowed during the call. */
void mu_meal_explain(const struct mu_canteen *canteen, const struct mu_session *session,
                     const struct mu_diner *diner, const struct mu_meal_day *day,
                     enum mu_language language,
                     void (*say)(void *context, const struct mu_tier_reason *reason),
                     void *context);

/* "younger than 80: 72" and the like: why the condition holds or does not hold for the diner.
 * `out` has `size` bytes, the NUL counted; cut between characters. */
void mu_condition_explain(const struct mu_condition *condition, const struct mu_diner *diner,
                          enum mu_language language, char *out, size_t size);

#endif
