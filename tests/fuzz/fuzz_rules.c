/* Any bytes as a book: a good one prices and explains a meal and rewards and explains a service, a
 * bad one has its faults in order and in words that are safe to show. */
#include "fuzz.h"

#include <mulin/base/text.h>
#include <mulin/domain/meal.h>
#include <mulin/domain/points.h>

static void be_explained(void *context, const struct mu_tier_reason *reason)
{
    size_t *count = context;

    HOLDS(mu_text_check(reason->text, false) == MU_TEXT_GOOD);
    HOLDS(reason->text[0]);
    ++*count;
}

static void serve(const struct mu_canteen *canteen, const struct mu_session *session)
{
    static const struct mu_diner diners[] = {
        {.age = -1},
        {.age = 83, .sex = MU_SEX_FEMALE, .tags = "独居 低保", .residence = "resident"},
        {.age = 30, .sex = MU_SEX_MALE, .occupation = "外卖员", .occupancy = "租户"},
    };
    int used[MU_RULES_TIERS] = {40, 1};

    for (size_t i = 0; i < sizeof diners / sizeof *diners; i++) {
        struct mu_meal_day day = {.quota_used = used, .reduced_today = i == 2};
        struct mu_payment read[MU_TIER_PAYERS];
        struct mu_money shared = {0};
        struct mu_meal_price price;
        char payers[MU_PAYMENTS_SIZE];
        size_t lines = 0, count;

        for (size_t payer = 0; payer < MU_PAYER_COUNT; payer++)
            day.balance[payer].fen = (int64_t)(payer * i) * 300;
        mu_meal_price(canteen, session, &diners[i], &day, &price);
        for (size_t s = 0; s < price.share_count; s++) {
            HOLDS(price.share[s].payer != MU_PAYER_SELF && price.share[s].amount.fen > 0);
            shared = mu_money_add(shared, price.share[s].amount);
        }
        HOLDS(mu_money_compare(shared, price.others) == 0);
        mu_payments_write(price.share, price.share_count, payers);
        HOLDS(mu_payments_read(payers, price.others, read, &count) && count == price.share_count);
        HOLDS(price.pay.fen >= 0 && price.others.fen >= 0);
        HOLDS(price.pay.fen + price.others.fen == session->price.fen);
        HOLDS(price.tier || price.others.fen == 0);
        mu_meal_explain(canteen, session, &diners[i], &day, (enum mu_language)(i % 2), be_explained,
                        &lines);
        HOLDS(lines == canteen->tier_count + 1);
    }
}

static void be_told(void *context, const char *sentence)
{
    size_t *count = context;

    HOLDS(mu_text_check(sentence, false) == MU_TEXT_GOOD);
    HOLDS(sentence[0]);
    ++*count;
}

static void reward(const struct mu_points_rules *rules, const struct mu_duty *duty)
{
    const struct mu_service_facts services[] = {
        {.duty = duty, .date = {2026, 7, 18}, .starts_at = -1, .times = 1},
        {.duty = duty, .date = {2026, 10, 1}, .starts_at = 1320, .minutes = 1440, .times = 99},
        {.duty = duty,
         .date = {2026, 11, 25},
         .starts_at = 600,
         .minutes = 45,
         .times = 2,
         .earned_today = 30,
         .earned_this_month = 390},
    };

    for (size_t i = 0; i < sizeof services / sizeof *services; i++) {
        struct mu_service_points decided;
        size_t lines = 0;

        mu_service_points(rules, &services[i], &decided);
        HOLDS(decided.points.count >= 0 && decided.counted <= duty->longest);
        HOLDS(decided.before_caps.count >= decided.base.count);
        HOLDS(decided.points.count + decided.over_day.count + decided.over_month.count ==
              decided.before_caps.count);
        mu_service_explain(rules, &services[i], (enum mu_language)(i % 2), be_told, &lines);
        HOLDS(lines >= 2 && lines <= rules->bonus_count + 7);
    }
}

static void is_a_points_bank(const struct mu_rules *rules)
{
    const struct mu_points_rules *points = &rules->points;

    for (size_t i = 0; i < points->duty_count; i++) {
        HOLDS(mu_rules_duty(rules, points->duties[i].id) == &points->duties[i]);
        HOLDS(!points->duties[i].per_hour != !points->duties[i].per_time);
        reward(points, &points->duties[i]);
    }
    for (size_t i = 0; i < points->rating_count; i++) {
        HOLDS(mu_rules_rating(rules, points->ratings[i].id) == &points->ratings[i]);
        HOLDS(mu_rating_points(&points->ratings[i], points->ratings[i].to).count > 0);
    }
    HOLDS(mu_stars(&points->stars, INT64_MAX, (struct mu_points){INT64_MAX}, 1000) ==
          (int)points->stars.count);
    HOLDS(mu_family_index(points, (struct mu_points){INT64_MAX}) == points->family_top);
}

static void is_a_book(const struct mu_rules *rules)
{
    const struct mu_canteen *canteen = &rules->canteen;

    HOLDS(rules->centre.name[0] && strlen(rules->centre.division) >= 6);
    HOLDS(canteen->session_count >= 1 && canteen->session_count <= MU_RULES_SESSIONS);
    HOLDS(canteen->tier_count <= MU_RULES_TIERS);
    for (size_t i = 0; i < canteen->session_count; i++) {
        const struct mu_session *session = &canteen->sessions[i];

        HOLDS(session->from >= 0 && session->from < session->to);
        HOLDS(mu_rules_session(rules, session->id) == session);
        HOLDS(mu_rules_session_at(rules, session->from) == session);
        serve(canteen, session);
    }
    for (size_t i = 0; i < canteen->tier_count; i++)
        HOLDS(mu_rules_tier(rules, canteen->tiers[i].id) == &canteen->tiers[i]);
    is_a_points_bank(rules);
}

static void are_faults(const struct mu_rules_faults *faults)
{
    HOLDS(faults->count > 0);
    for (size_t i = 0; i < faults->count; i++) {
        const struct mu_rules_fault *fault = &faults->fault[i];
        char text[1024], small[20];

        HOLDS(fault->line >= 1 && fault->column >= 1);
        HOLDS(i == 0 || fault[-1].line < fault->line ||
              (fault[-1].line == fault->line && fault[-1].column <= fault->column));
        mu_rules_fault_text(fault, "book.yaml", MU_CHINESE, text, sizeof text);
        HOLDS(mu_text_check(text, false) == MU_TEXT_GOOD);
        mu_rules_fault_text(fault, "book.yaml", MU_ENGLISH, small, sizeof small);
        HOLDS(mu_text_check(small, false) == MU_TEXT_GOOD);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct mu_rules_faults faults;
    struct mu_rules *rules = NULL;
    struct mu_error error;
    enum mu_status status = mu_rules_parse((const char *)data, size, &faults, &rules, &error);

    HOLDS(status == MU_OK || status == MU_INPUT);
    HOLDS((status == MU_OK) == (rules != NULL));
    if (rules) {
        is_a_book(rules);
        mu_rules_free(&rules);
    } else {
        are_faults(&faults);
    }
    mu_rules_faults_clear(&faults);
    return 0;
}
