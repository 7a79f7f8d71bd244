#include <mulin/domain/meal.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

/* A day at a canteen whose workshop pays only what it has. */
struct canteen_day {
    struct mu_rules *rules;
    struct mu_money balance[MU_PAYER_COUNT];
};

static void close_book(struct canteen_day *day)
{
    mu_rules_free(&day->rules);
}

static struct mu_meal_price lunch(const struct canteen_day *day, int age, int reduced_today)
{
    const int used[MU_RULES_TIERS] = {0};
    struct mu_meal_day served = {.quota_used = used, .reduced_today = reduced_today};
    const struct mu_diner diner = {.age = age};
    struct mu_money shared = {0};
    struct mu_meal_price price;

    memcpy(served.balance, day->balance, sizeof served.balance);
    mu_meal_price(&day->rules->canteen, day->rules->canteen.sessions, &diner, &served, &price);
    assert_int_equal(price.pay.fen + price.others.fen, price.price.fen);
    for (size_t i = 0; i < price.share_count; i++)
        shared = mu_money_add(shared, price.share[i].amount);
    assert_int_equal(shared.fen, price.others.fen);
    return price;
}

static void keep_first(void *context, const struct mu_tier_reason *reason)
{
    struct mu_tier_reason *first = context;

    if (!first->text[0])
        *first = *reason;
}

/* Why the first tier did or did not decide. */
static struct mu_tier_reason explain(const struct canteen_day *day, int age, int reduced_today)
{
    const int used[MU_RULES_TIERS] = {0};
    struct mu_meal_day served = {.quota_used = used, .reduced_today = reduced_today};
    const struct mu_diner diner = {.age = age};
    struct mu_tier_reason first = {0};

    memcpy(served.balance, day->balance, sizeof served.balance);
    mu_meal_explain(&day->rules->canteen, day->rules->canteen.sessions, &diner, &served, MU_CHINESE,
                    keep_first, &first);
    return first;
}

/* A book of one session at 12.00 with these tiers; the workshop pays only what it has. */
static void open_jingting(struct canteen_day *day, const char *tiers, int64_t workshop_fen)
{
    struct mu_rules_faults faults;
    char book[2048];

    snprintf(book, sizeof book,
             "centre: {name: 井亭, division: \"330206\"}\n"
             "canteen:\n"
             "  payers: {workshop: {funded: true}}\n"
             "  sessions: [{id: lunch, name: 午餐, from: \"10:30\", to: \"13:00\", price: 12.00}]\n"
             "  tiers:\n%s",
             tiers);
    memset(day, 0, sizeof *day);
    if (mu_rules_parse(book, strlen(book), &faults, &day->rules, NULL) != MU_OK)
        fail_msg("fault in line %d", faults.count > 0 ? faults.fault[0].line : 0);
    day->balance[MU_PAYER_WORKSHOP].fen = workshop_fen;
}

static void two_payers_share_a_meal_in_their_order(void **state)
{
    struct canteen_day day;
    struct mu_meal_price price;

    (void)state;
    open_jingting(&day,
                  "    - {id: hardship, name: 困难老人, price: 2, "
                  "payers: [{workshop: 6.00}, {charity: 3.00}, {subsidy: rest}]}\n",
                  10000);
    price = lunch(&day, 70, 0);
    assert_int_equal(price.pay.fen, 200);
    assert_int_equal(price.share_count, 3);
    assert_int_equal(price.share[0].payer, MU_PAYER_WORKSHOP);
    assert_int_equal(price.share[0].amount.fen, 600);
    assert_int_equal(price.share[1].amount.fen, 300);
    assert_int_equal(price.share[2].payer, MU_PAYER_SUBSIDY);
    assert_int_equal(price.share[2].amount.fen, 100);
    assert_int_equal(price.empty, MU_PAYER_SELF);
    close_book(&day);
}

static void nobody_pays_more_than_what_is_left(void **state)
{
    struct canteen_day day;
    struct mu_meal_price price;

    (void)state;
    open_jingting(
        &day, "    - {id: t, name: 老人, off: 4, payers: [{workshop: 6.00}, {subsidy: rest}]}\n",
        10000);
    price = lunch(&day, 70, 0);
    assert_int_equal(price.pay.fen, 800);
    assert_int_equal(price.share_count, 1);
    assert_int_equal(price.share[0].amount.fen, 400);
    close_book(&day);
}

static void when_the_workshop_has_no_money_the_next_payer_follows(void **state)
{
    struct canteen_day day;
    struct mu_meal_price price;

    (void)state;
    open_jingting(
        &day, "    - {id: t, name: 老人, price: 5, payers: [{workshop: rest}, {subsidy: rest}]}\n",
        699);
    price = lunch(&day, 70, 0);
    assert_int_equal(price.pay.fen, 500);
    assert_int_equal(price.share_count, 1);
    assert_int_equal(price.share[0].payer, MU_PAYER_SUBSIDY);
    assert_int_equal(price.empty, MU_PAYER_WORKSHOP);
    assert_int_equal(price.passed_over, 0);

    day.balance[MU_PAYER_WORKSHOP].fen = 700; /* just enough */
    price = lunch(&day, 70, 0);
    assert_int_equal(price.share[0].payer, MU_PAYER_WORKSHOP);
    assert_int_equal(price.empty, MU_PAYER_SELF);
    close_book(&day);
}

static void when_nobody_is_left_to_pay_the_next_tier_follows_and_says_so(void **state)
{
    struct canteen_day day;
    struct mu_meal_price price;
    struct mu_tier_reason reason;

    (void)state;
    open_jingting(
        &day,
        "    - {id: hardship, name: 困难老人, price: 5, payer: workshop}\n"
        "    - {id: tier-80, name: 高龄, off: 4, when: {age: {from: 80}}, payer: subsidy}\n",
        0);
    price = lunch(&day, 83, 0);
    assert_string_equal(price.tier->id, "tier-80");
    assert_int_equal(price.pay.fen, 800);
    assert_int_equal(price.empty, MU_PAYER_WORKSHOP);
    assert_string_equal(price.first_passed_over->id, "hardship");
    reason = explain(&day, 83, 0);
    assert_int_equal(reason.verdict, MU_TIER_MONEY_USED);
    assert_string_equal(reason.text, "困难老人（hardship）：跳过：不限对象，但付款方的账上不够");

    price = lunch(&day, 70, 0);
    assert_null(price.tier);
    assert_int_equal(price.pay.fen, 1200);
    assert_int_equal(price.share_count, 0);
    close_book(&day);
}

static void a_payer_that_is_billed_needs_no_money(void **state)
{
    struct canteen_day day;

    (void)state;
    open_jingting(&day, "    - {id: t, name: 老人, price: 5, payer: subsidy}\n", 0);
    assert_int_equal(lunch(&day, 70, 0).pay.fen, 500);
    close_book(&day);
}

/* 扬州: from 85 on the first meal of a day is free, the second at half price. */
static void the_first_meal_is_free_and_the_second_half(void **state)
{
    struct canteen_day day;
    const int elder = 86;
    struct mu_meal_price third;

    (void)state;
    open_jingting(&day, "    - {id: t, name: 老人, price: 0, then: [{off: 50%}], payer: subsidy}\n",
                  0);
    assert_int_equal(lunch(&day, elder, 0).pay.fen, 0);
    assert_int_equal(lunch(&day, elder, 1).pay.fen, 600);
    third = lunch(&day, elder, 2);
    assert_int_equal(third.pay.fen, 1200);
    assert_true(third.subsidy_used);
    assert_int_equal(explain(&day, elder, 2).verdict, MU_TIER_MEALS_USED);
    close_book(&day);
}

static void payments_are_kept_as_words(void **state)
{
    const struct mu_payment two[] = {{MU_PAYER_WORKSHOP, {500}}, {MU_PAYER_SUBSIDY, {300}}};
    static const char *const wrong[] = {"",
                                        "nobody",
                                        "workshop:500",
                                        "self",
                                        "workshop:500 ",
                                        "workshop:500 subsidy:301",
                                        "self:500 subsidy:300",
                                        "workshop:500 subsidy:0300",
                                        "workshop: subsidy:800",
                                        "workshop:-5 subsidy:805"};
    struct mu_payment read[MU_TIER_PAYERS] = {{MU_PAYER_FUND, {1}}};
    char text[MU_PAYMENTS_SIZE];
    size_t count = 7;

    (void)state;
    mu_payments_write(two, 2, text);
    assert_string_equal(text, "workshop:500 subsidy:300");
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_false(mu_payments_read(wrong[i], (struct mu_money){800}, read, &count));
    assert_int_equal(count, 7);
    assert_int_equal(read[0].payer, MU_PAYER_FUND);
    assert_true(mu_payments_read(text, (struct mu_money){800}, read, &count));
    assert_int_equal(count, 2);
    assert_int_equal(read[1].amount.fen, 300);
    assert_true(mu_payments_read("subsidy", (struct mu_money){800}, read, &count));
    assert_int_equal(count, 1);
    assert_int_equal(read[0].amount.fen, 800);
    mu_payments_write(read, 1, text);
    assert_string_equal(text, "subsidy");
    assert_true(mu_payments_read("self", (struct mu_money){0}, read, &count));
    assert_int_equal(count, 0);
    mu_payments_write(read, 0, text);
    assert_string_equal(text, "self");
    mu_payments_text(two, 2, MU_CHINESE, text, sizeof text);
    assert_string_equal(text, "共富工坊承担 5.00 元、助餐补贴承担 3.00 元");
    mu_payments_text(two, 2, MU_ENGLISH, text, sizeof text);
    assert_string_equal(text, "the workshop pays 5.00, the subsidy pays 3.00");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_payers_share_a_meal_in_their_order),
        cmocka_unit_test(nobody_pays_more_than_what_is_left),
        cmocka_unit_test(when_the_workshop_has_no_money_the_next_payer_follows),
        cmocka_unit_test(when_nobody_is_left_to_pay_the_next_tier_follows_and_says_so),
        cmocka_unit_test(a_payer_that_is_billed_needs_no_money),
        cmocka_unit_test(the_first_meal_is_free_and_the_second_half),
        cmocka_unit_test(payments_are_kept_as_words),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
