/* Any bytes as a book: a good one prices and explains a meal, a bad one has its faults in order and
 * in words that are safe to show. */
#include "fuzz.h"

#include <mulin/base/text.h>
#include <mulin/domain/meal.h>

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
