#include <mulin/domain/meal.h>

#include <mulin/base/codes.h>
#include <mulin/base/text.h>

#include <stdio.h>
#include <string.h>

enum { PART_SIZE = 512, NUMBER_SIZE = 12 };

/* A sentence that grows; what does not fit is cut. */
struct sentence {
    char *text;
    size_t size;
    enum mu_language language;
};

static void add(struct sentence *sentence, const char *text)
{
    size_t used = strlen(sentence->text);

    mu_text_copy(sentence->text + used, sentence->size - used, text);
}

static void add_message(struct sentence *sentence, enum mu_message message, const char *first,
                        const char *second)
{
    char part[PART_SIZE];

    mu_message_format(part, sizeof part, sentence->language, message, first, second, NULL);
    add(sentence, part);
}

/* "60 to 79", "80 or older". */
static void range_words(const struct mu_condition *condition, enum mu_language language, char *out,
                        size_t size)
{
    char from[NUMBER_SIZE], to[NUMBER_SIZE];
    enum mu_message message = MU_SAY_meal_age_between;

    snprintf(from, sizeof from, "%d", condition->age_from);
    snprintf(to, sizeof to, "%d", condition->age_to);
    if (condition->age_to >= MU_RULE_AGE_OPEN)
        message = MU_SAY_meal_age_from;
    else if (condition->age_from <= 0)
        message = MU_SAY_meal_age_to;
    mu_message_format(out, size, language, message, from, to, NULL);
}

static void add_age(struct sentence *sentence, const struct mu_condition *condition,
                    const struct mu_diner *diner, bool holds)
{
    char range[64], age[NUMBER_SIZE];

    range_words(condition, sentence->language, range, sizeof range);
    snprintf(age, sizeof age, "%d", diner->age);
    if (diner->age < 0)
        add_message(sentence, MU_SAY_meal_age_unknown, range, NULL);
    else
        add_message(sentence, holds ? MU_SAY_meal_age_good : MU_SAY_meal_age_bad, age, range);
}

/* The condition's words in the reader's language, "自住、租户"; `choices` NULL: as they stand. */
static void list_words(const struct mu_condition *condition, const struct mu_choices *choices,
                       enum mu_language language, char *out, size_t size)
{
    struct sentence words = {out, size, language};

    out[0] = '\0';
    for (size_t i = 0; i < condition->word_count; i++) {
        const struct mu_choice *choice =
            choices ? mu_choice_by_text(choices, condition->words[i]) : NULL;

        if (i > 0)
            add(&words, mu_message_text(MU_SAY_meal_comma, language));
        add(&words, choice ? mu_choice_word(choices, choice->code, language) : condition->words[i]);
    }
}

static void add_words(struct sentence *sentence, const struct mu_condition *condition,
                      const struct mu_choices *choices, enum mu_message message)
{
    char words[PART_SIZE];

    list_words(condition, choices, sentence->language, words, sizeof words);
    add_message(sentence, message, words, NULL);
}

static void add_reason(struct sentence *sentence, const struct mu_condition *condition,
                       const struct mu_diner *diner);

/* The reasons of all children of which `holds` is true, joined. */
static void add_children(struct sentence *sentence, const struct mu_condition *condition,
                         const struct mu_diner *diner, bool holds)
{
    bool first = true;

    for (size_t i = 0; i < condition->child_count; i++) {
        const struct mu_condition *child = &condition->children[i];

        if (mu_condition_holds(child, diner) != holds)
            continue;
        if (!first)
            add(sentence, mu_message_text(MU_SAY_meal_and, sentence->language));
        add_reason(sentence, child, diner);
        first = false;
    }
}

static void add_reason(struct sentence *sentence, const struct mu_condition *condition,
                       const struct mu_diner *diner)
{
    bool holds = mu_condition_holds(condition, diner);

    switch (condition->kind) {
    case MU_WHEN_ALWAYS:
        add_message(sentence, MU_SAY_meal_everybody, NULL, NULL);
        break;
    case MU_WHEN_AGE:
        add_age(sentence, condition, diner, holds);
        break;
    case MU_WHEN_TAGS:
        add_words(sentence, condition, NULL, holds ? MU_SAY_meal_tag_good : MU_SAY_meal_tag_bad);
        break;
    case MU_WHEN_OCCUPATION:
        add_words(sentence, condition, NULL,
                  holds ? MU_SAY_meal_occupation_good : MU_SAY_meal_occupation_bad);
        break;
    case MU_WHEN_SEX:
        add_message(sentence, holds ? MU_SAY_meal_sex_good : MU_SAY_meal_sex_bad,
                    mu_choice_word(&mu_sexes, (int)condition->sex, sentence->language), NULL);
        break;
    case MU_WHEN_RESIDENCE:
        add_words(sentence, condition, &mu_residences,
                  holds ? MU_SAY_meal_residence_good : MU_SAY_meal_residence_bad);
        break;
    case MU_WHEN_OCCUPANCY:
        add_words(sentence, condition, &mu_occupancies,
                  holds ? MU_SAY_meal_occupancy_good : MU_SAY_meal_occupancy_bad);
        break;
    case MU_WHEN_ANY:
    case MU_WHEN_ALL:
        add_children(sentence, condition, diner, holds);
        break;
    case MU_WHEN_NOT:
        if (!holds)
            add_message(sentence, MU_SAY_meal_excluded, NULL, NULL);
        add_children(sentence, condition, diner, !holds);
        break;
    }
}

void mu_condition_explain(const struct mu_condition *condition, const struct mu_diner *diner,
                          enum mu_language language, char *out, size_t size)
{
    struct sentence sentence = {out, size, language};

    if (size == 0)
        return;
    out[0] = '\0';
    add_reason(&sentence, condition, diner);
}

/* Fills verdict and text of the reason for a tier; `price` is what was decided. */
static void explain_tier(const struct mu_canteen *canteen, const struct mu_diner *diner,
                         const struct mu_meal_day *day, const struct mu_meal_price *price,
                         enum mu_language language, struct mu_tier_reason *out)
{
    static const enum mu_message messages[] = {
        [MU_TIER_DECIDES] = MU_SAY_meal_tier_decides,
        [MU_TIER_NOT_MATCHED] = MU_SAY_meal_tier_not_matched,
        [MU_TIER_QUOTA_USED] = MU_SAY_meal_tier_quota,
        [MU_TIER_MONEY_USED] = MU_SAY_meal_tier_money,
        [MU_TIER_MEALS_USED] = MU_SAY_meal_tier_meals,
        [MU_TIER_NOT_REACHED] = MU_SAY_meal_tier_not_reached,
    };
    const struct mu_tier *tier = out->tier;
    size_t index = (size_t)(tier - canteen->tiers);
    char reason[MU_TIER_REASON_SIZE / 2], number[NUMBER_SIZE];

    mu_condition_explain(&tier->when, diner, language, reason, sizeof reason);
    snprintf(number, sizeof number, "%d",
             !price->subsidy_used ? tier->daily_quota
             : tier->then_count   ? (int)tier->then_count + 1
                                  : canteen->subsidised_per_day);
    if (price->tier == tier)
        out->verdict = MU_TIER_DECIDES;
    else if (price->tier && index > (size_t)(price->tier - canteen->tiers))
        out->verdict = MU_TIER_NOT_REACHED;
    else if (!mu_condition_holds(&tier->when, diner))
        out->verdict = MU_TIER_NOT_MATCHED;
    else if (price->subsidy_used)
        out->verdict = MU_TIER_MEALS_USED;
    else
        out->verdict = tier->daily_quota && day->quota_used[index] >= tier->daily_quota
                           ? MU_TIER_QUOTA_USED
                           : MU_TIER_MONEY_USED;
    mu_message_format(out->text, sizeof out->text, language, messages[out->verdict], tier->name,
                      tier->id, reason, number, NULL);
}

static void explain_price(const struct mu_meal_price *price, enum mu_language language,
                          struct mu_tier_reason *out)
{
    char full[MU_MONEY_SIZE], pay[MU_MONEY_SIZE], others[PART_SIZE];

    mu_money_format(price->price, full);
    mu_money_format(price->pay, pay);
    mu_payments_text(price->share, price->share_count, language, others, sizeof others);
    if (price->others.fen == 0)
        mu_message_format(out->text, sizeof out->text, language, MU_SAY_meal_price_full, full,
                          NULL);
    else
        mu_message_format(out->text, sizeof out->text, language, MU_SAY_meal_price_shared, full,
                          pay, others, NULL);
    out->verdict = MU_TIER_DECIDES;
}

void mu_meal_explain(const struct mu_canteen *canteen, const struct mu_session *session,
                     const struct mu_diner *diner, const struct mu_meal_day *day,
                     enum mu_language language,
                     void (*say)(void *context, const struct mu_tier_reason *reason), void *context)
{
    struct mu_meal_price price;
    struct mu_tier_reason reason;

    mu_meal_price(canteen, session, diner, day, &price);
    for (size_t i = 0; i < canteen->tier_count; i++) {
        reason = (struct mu_tier_reason){.tier = &canteen->tiers[i]};
        explain_tier(canteen, diner, day, &price, language, &reason);
        say(context, &reason);
    }
    reason = (struct mu_tier_reason){0};
    explain_price(&price, language, &reason);
    say(context, &reason);
}
