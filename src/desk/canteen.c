#include "desk/desk_internal.h"
#include "store/canteen_store.h"

#include <mulin/base/text.h>
#include <mulin/desk/canteen.h>

#include <stdio.h>
#include <string.h>

static size_t say(char *out, size_t size, size_t used, enum mu_language language,
                  enum mu_message message, const char *first, const char *second, const char *third)
{
    if (used >= size)
        return used;
    return used + mu_message_format(out + used, size - used, language, message, first, second,
                                    third, NULL);
}

static void say_clock(const struct mu_meal_answer *answer, char *out, size_t size, size_t used,
                      enum mu_language language)
{
    bool held = mu_date_compare(answer->meal.date, answer->last_day) == 0;
    char clock[MU_DATE_SIZE], last[MU_DATE_SIZE];

    mu_date_format(answer->clock_day, clock);
    mu_date_format(answer->last_day, last);
    say(out, size, used, language, held ? MU_SAY_meal_clock_held : MU_SAY_meal_clock_behind, clock,
        last, NULL);
}

void mu_meal_notice_text(const struct mu_meal_answer *answer, enum mu_language language, char *out,
                         size_t size)
{
    const char *dish = *answer->ordered_dish ? answer->ordered_dish
                                             : mu_message_text(MU_SAY_kitchen_any_dish, language);
    char diet[MU_NOTE_SIZE];
    size_t used = 0;

    *out = '\0';
    if (answer->refusal != MU_SERVED)
        return;
    if (answer->ordered && (*answer->ordered_dish || answer->ordered_delivered))
        mu_message_format(out, size, language,
                          answer->ordered_delivered ? MU_SAY_checkin_order_delivery
                                                    : MU_SAY_checkin_order,
                          dish, NULL);
    used = strlen(out);
    if (*answer->diet && used + 2 < size) {
        if (used) {
            memcpy(out + used, "  ", sizeof "  ");
            used += 2;
        }
        mu_text_copy(diet, sizeof diet, answer->diet);
        for (char *at = diet; (at = strchr(at, '\n')) != NULL;)
            *at = ' ';
        mu_message_format(out + used, size - used, language, MU_SAY_checkin_diet, diet, NULL);
    }
}

void mu_meal_answer_text(const struct mu_meal_answer *answer, enum mu_language language, char *out,
                         size_t size)
{
    const struct mu_meal *meal = &answer->meal;
    char pay[MU_MONEY_SIZE], others[MU_PAYMENTS_SIZE * 2];
    size_t used;

    if (answer->refusal != MU_SERVED) {
        mu_error_text(&answer->why, language, out, size);
        return;
    }
    mu_money_format(meal->pay, pay);
    mu_payments_text(meal->share, meal->share_count, language, others, sizeof others);
    used = say(out, size, 0, language, meal->pay.fen ? MU_SAY_meal_to_pay : MU_SAY_meal_free,
               meal->name, pay, NULL);
    if (*meal->tier)
        used = say(out, size, used, language,
                   meal->share_count ? MU_SAY_meal_by_tier : MU_SAY_meal_by_tier_free,
                   answer->tier_name, others, NULL);
    if (answer->empty != MU_PAYER_SELF)
        used = say(out, size, used, language, MU_SAY_meal_money_used,
                   mu_message_text(mu_payer_name(answer->empty), language), NULL, NULL);
    if (*answer->passed_over_name && answer->empty == MU_PAYER_SELF)
        used = say(out, size, used, language, MU_SAY_meal_passed_over, answer->passed_over_name,
                   NULL, NULL);
    if (*meal->reason)
        used = say(out, size, used, language, MU_SAY_meal_reason, meal->reason, NULL, NULL);
    if (answer->reduced_before)
        used = say(out, size, used, language, MU_SAY_meal_reduced_before, NULL, NULL, NULL);
    if (meal->method != MU_PAY_CASH && meal->pay.fen) {
        mu_money_format(
            meal->method == MU_PAY_CARD ? answer->account.prepaid : answer->account.owed, pay);
        used = say(out, size, used, language,
                   meal->method == MU_PAY_CARD ? MU_SAY_meal_on_card : MU_SAY_meal_on_account, pay,
                   NULL, NULL);
    }
    if (mu_date_known(answer->clock_day))
        say_clock(answer, out, size, used, language);
}

enum mu_status mu_last_meals(struct mu_desk *desk, struct mu_date date, size_t limit,
                             struct mu_meal *out, size_t *count, struct mu_error *error)
{
    enum mu_status status = mu_desk_may(desk, MU_MAY_read_meals, error);

    return status == MU_OK ? mu_meal_last(desk->db, date, limit, out, count, error) : status;
}

enum mu_status mu_day_totals(struct mu_desk *desk, struct mu_date date, const char *session,
                             struct mu_day_totals *out, struct mu_error *error)
{
    const struct mu_rules *rules;
    enum mu_status status = mu_desk_may(desk, MU_MAY_read_meals, error);

    if (status == MU_OK)
        status = mu_meal_totals(desk->db, date, session, out, error);
    if (status != MU_OK || !session || out->meals || out->voided)
        return status;
    status = mu_desk_rules(desk, &rules, NULL, error);
    if (status == MU_OK && !mu_rules_session(rules, session))
        return mu_fail(error, MU_INPUT, MU_SAY_meal_no_session, session, NULL);
    return status;
}

enum mu_status mu_outdoor_meals(struct mu_desk *desk, struct mu_date date, int *count,
                                struct mu_error *error)
{
    enum mu_status status = mu_desk_may(desk, MU_MAY_read_meals, error);

    return status == MU_OK ? mu_meal_outdoor_count(desk->db, date, count, error) : status;
}

enum mu_status mu_quota_left(struct mu_desk *desk, char *name, int *quota, int *left,
                             struct mu_error *error)
{
    const struct mu_rules *rules;
    enum mu_status status = mu_desk_rules(desk, &rules, NULL, error);

    *name = '\0';
    *quota = *left = 0;
    for (size_t i = 0; status == MU_OK && i < rules->canteen.tier_count; i++) {
        const struct mu_tier *tier = &rules->canteen.tiers[i];
        int used, slot;

        if (!tier->daily_quota)
            continue;
        status = mu_meal_quota(desk->db, mu_desk_now(desk).date, tier->id, &used, &slot, error);
        if (status == MU_OK && (*quota == 0 || tier->daily_quota - used < *left)) {
            mu_text_copy(name, MU_RULE_NAME_SIZE, tier->name);
            *quota = tier->daily_quota;
            *left = used < tier->daily_quota ? tier->daily_quota - used : 0;
        }
    }
    return status;
}

void mu_tier_name(struct mu_desk *desk, const char *id, char *out, size_t size)
{
    const struct mu_rules *rules;
    const struct mu_tier *tier = NULL;

    if (mu_desk_rules(desk, &rules, NULL, NULL) == MU_OK)
        tier = mu_rules_tier(rules, id);
    mu_text_copy(out, size, tier ? tier->name : id);
}

void mu_session_name(struct mu_desk *desk, const char *id, char *out, size_t size)
{
    const struct mu_rules *rules;
    const struct mu_session *session = NULL;

    if (mu_desk_rules(desk, &rules, NULL, NULL) == MU_OK)
        session = mu_rules_session(rules, id);
    mu_text_copy(out, size, session ? session->name : id);
}
