#include <mulin/domain/meal.h>

#include <mulin/base/text.h>

#include <string.h>

enum { WORD_SIZE = 4 * MU_RULE_NAME_SIZE };

/* True when the first `length` bytes of `text` are one of the condition's words. */
static bool has_word(const struct mu_condition *condition, const char *text, size_t length)
{
    char found[WORD_SIZE], folded[WORD_SIZE], word[WORD_SIZE];

    if (length == 0 || length >= sizeof found)
        return false;
    memcpy(found, text, length);
    found[length] = '\0';
    mu_text_fold(folded, sizeof folded, found);
    for (size_t i = 0; i < condition->word_count; i++) {
        mu_text_fold(word, sizeof word, condition->words[i]);
        if (strcmp(word, folded) == 0)
            return true;
    }
    return false;
}

static bool is_word(const struct mu_condition *condition, const char *text)
{
    return text && has_word(condition, text, strlen(text));
}

static bool has_tag(const struct mu_condition *condition, const char *tags)
{
    if (!tags)
        return false;
    while (*tags) {
        size_t length = strcspn(tags, " ");

        if (has_word(condition, tags, length))
            return true;
        tags += length + strspn(tags + length, " ");
    }
    return false;
}

/* The number of children that hold. */
static size_t holding(const struct mu_condition *condition, const struct mu_diner *diner)
{
    size_t count = 0;

    for (size_t i = 0; i < condition->child_count; i++)
        count += mu_condition_holds(&condition->children[i], diner);
    return count;
}

bool mu_condition_holds(const struct mu_condition *condition, const struct mu_diner *diner)
{
    switch (condition->kind) {
    case MU_WHEN_ALWAYS:
        return true;
    case MU_WHEN_AGE:
        return diner->age >= 0 && diner->age >= condition->age_from &&
               diner->age <= condition->age_to;
    case MU_WHEN_TAGS:
        return has_tag(condition, diner->tags) || has_tag(condition, diner->derived);
    case MU_WHEN_OCCUPATION:
        return is_word(condition, diner->occupation);
    case MU_WHEN_SEX:
        return diner->sex == condition->sex;
    case MU_WHEN_RESIDENCE:
        return is_word(condition, diner->residence);
    case MU_WHEN_OCCUPANCY:
        return is_word(condition, diner->occupancy);
    case MU_WHEN_ANY:
        return holding(condition, diner) > 0;
    case MU_WHEN_ALL:
        return holding(condition, diner) == condition->child_count;
    case MU_WHEN_NOT:
        return holding(condition, diner) == 0;
    }
    return false;
}

/* What the diner pays by this reduction. */
static struct mu_money reduced(const struct mu_reduction *reduction, struct mu_money price)
{
    struct mu_money pay = reduction->amount;

    if (reduction->kind == MU_REDUCE_OFF)
        pay = mu_money_subtract(price, reduction->amount);
    else if (reduction->kind == MU_REDUCE_SHARE)
        pay = mu_money_subtract(price, mu_money_share(price, reduction->basis_points));
    if (pay.fen < 0)
        pay.fen = 0;
    return mu_money_compare(pay, price) > 0 ? price : pay;
}

/* The tier's reduction of this person's next reduced meal today; NULL: there is none any more. */
static const struct mu_reduction *reduction_now(const struct mu_canteen *canteen,
                                                const struct mu_tier *tier, int reduced_today)
{
    size_t meals = tier->then_count ? tier->then_count + 1 : (size_t)canteen->subsidised_per_day;

    if ((size_t)reduced_today >= meals)
        return NULL;
    return reduced_today == 0 || !tier->then_count ? &tier->reduction
                                                   : &tier->then[reduced_today - 1];
}

/* Shares what the diner does not pay among the payers of the tier. False when nobody is left for
 * the rest; nothing is shared then. */
static bool share(const struct mu_canteen *canteen, const struct mu_tier *tier,
                  const struct mu_meal_day *day, struct mu_meal_price *out)
{
    struct mu_money left = out->others;

    out->share_count = 0;
    for (size_t i = 0; i < tier->payer_count && left.fen > 0; i++) {
        const struct mu_share *payer = &tier->payers[i];
        struct mu_money part =
            payer->rest || mu_money_compare(payer->amount, left) > 0 ? left : payer->amount;

        if (part.fen == 0)
            continue;
        if (canteen->payers[payer->payer].funded &&
            mu_money_compare(day->balance[payer->payer], part) < 0) {
            if (out->empty == MU_PAYER_SELF)
                out->empty = payer->payer;
            continue;
        }
        out->share[out->share_count++] = (struct mu_payment){payer->payer, part};
        left = mu_money_subtract(left, part);
    }
    if (left.fen > 0)
        out->share_count = 0;
    return left.fen == 0;
}

void mu_meal_price(const struct mu_canteen *canteen, const struct mu_session *session,
                   const struct mu_diner *diner, const struct mu_meal_day *day,
                   struct mu_meal_price *out)
{
    *out = (struct mu_meal_price){.price = session->price, .pay = session->price};
    for (size_t i = 0; i < canteen->tier_count; i++) {
        const struct mu_tier *tier = &canteen->tiers[i];
        const struct mu_reduction *reduction;

        if (!mu_condition_holds(&tier->when, diner))
            continue;
        reduction = reduction_now(canteen, tier, day->reduced_today);
        if (!reduction) {
            out->subsidy_used = true;
            return;
        }
        if (tier->daily_quota == 0 || day->quota_used[i] < tier->daily_quota) {
            out->pay = reduced(reduction, session->price);
            out->others = mu_money_subtract(session->price, out->pay);
            if (share(canteen, tier, day, out)) {
                out->tier = tier;
                return;
            }
            out->pay = session->price;
            out->others.fen = 0;
        }
        if (out->passed_over++ == 0)
            out->first_passed_over = tier;
    }
}
