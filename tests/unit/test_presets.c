#include <mulin/domain/meal.h>
#include <mulin/domain/points.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

static struct mu_rules *open_preset(const char *name)
{
    const char *book = mu_preset_book(name);
    struct mu_rules_faults faults;
    struct mu_rules *rules = NULL;
    char text[512];

    assert_non_null(book);
    if (mu_rules_parse(book, strlen(book), &faults, &rules, NULL) != MU_OK) {
        mu_rules_fault_text(faults.fault, name, MU_ENGLISH, text, sizeof text);
        fail_msg("%s", text);
    }
    return rules;
}

/* What a diner pays for the first session of a preset, and who pays the rest (self: nobody). */
static void expect_lunch(const char *preset, const char *session, struct mu_diner diner,
                         int64_t pay_fen, enum mu_payer payer)
{
    struct mu_rules *rules = open_preset(preset);
    const int used[MU_RULES_TIERS] = {0};
    struct mu_meal_day day = {.quota_used = used};
    struct mu_meal_price price;

    assert_non_null(mu_rules_session(rules, session));
    for (int i = 0; i < MU_PAYER_COUNT; i++)
        day.balance[i].fen = 100000;
    mu_meal_price(&rules->canteen, mu_rules_session(rules, session), &diner, &day, &price);
    assert_int_equal(price.pay.fen, pay_fen);
    assert_int_equal(price.share_count ? price.share[0].payer : MU_PAYER_SELF, payer);
    mu_rules_free(&rules);
}

static void every_shipped_book_is_good(void **state)
{
    static const char *const names[] = {"default", "changan", "changsha", "duyuan",   "jingting",
                                        "tonglu",  "xinxian", "yangzhou", "yunluwan", "zhonggeng"};
    size_t count = sizeof names / sizeof *names;

    (void)state;
    for (size_t i = 0; i < count; i++) {
        struct mu_rules *rules = open_preset(mu_preset_name(i));

        assert_string_equal(mu_preset_name(i), names[i]);
        assert_non_null(mu_rules_session(rules, "lunch"));
        assert_true(rules->canteen.tier_count > 0);
        assert_true(rules->points.duty_count > 0);
        assert_true(rules->points.stars.count == 5);
        mu_rules_free(&rules);
    }
    assert_null(mu_preset_name(count));
    assert_null(mu_preset_book("nowhere"));
}

static void yunluwan_serves_dinner_too(void **state)
{
    (void)state;
    expect_lunch("yunluwan", "dinner", (struct mu_diner){.age = 66}, 1200, MU_PAYER_SUBSIDY);
}

static void in_jingting_the_workshop_pays_a_part_for_elders_in_hardship(void **state)
{
    (void)state;
    expect_lunch("jingting", "lunch", (struct mu_diner){.age = 68, .tags = "困境家庭"}, 500,
                 MU_PAYER_WORKSHOP);
    expect_lunch("jingting", "lunch", (struct mu_diner){.age = 68}, 1200, MU_PAYER_SELF);
}

static void in_duyuan_meals_are_free_low_or_at_the_market_s_price(void **state)
{
    (void)state;
    expect_lunch("duyuan", "lunch", (struct mu_diner){.age = 84, .derived = "60+ 独居"}, 0,
                 MU_PAYER_FUND);
    expect_lunch("duyuan", "lunch", (struct mu_diner){.age = 71, .occupancy = "自住"}, 900,
                 MU_PAYER_FUND);
    expect_lunch("duyuan", "lunch", (struct mu_diner){.age = 71, .occupancy = "民宿"}, 1800,
                 MU_PAYER_SELF);
}

static void in_zhonggeng_who_comes_from_elsewhere_pays_the_same(void **state)
{
    (void)state;
    expect_lunch("zhonggeng", "lunch", (struct mu_diner){.age = 62, .residence = "migrant"}, 1040,
                 MU_PAYER_SUBSIDY);
    expect_lunch("zhonggeng", "lunch", (struct mu_diner){.age = 30, .tags = "热心小哥"}, 1170,
                 MU_PAYER_FUND);
}

static void in_changan_volunteers_eat_for_less(void **state)
{
    (void)state;
    expect_lunch("changan", "breakfast", (struct mu_diner){.age = 45, .tags = "志愿者"}, 400,
                 MU_PAYER_FUND);
}

static void in_xinxian_registered_elders_pay_half(void **state)
{
    (void)state;
    expect_lunch("xinxian", "lunch", (struct mu_diner){.age = 65, .residence = "resident"}, 500,
                 MU_PAYER_SUBSIDY);
    expect_lunch("xinxian", "lunch", (struct mu_diner){.age = 65}, 1000, MU_PAYER_SELF);
}

static void the_books_of_other_towns_say_what_was_reported(void **state)
{
    (void)state;
    expect_lunch("yangzhou", "lunch", (struct mu_diner){.age = 74}, 1200, MU_PAYER_SUBSIDY);
    expect_lunch("yangzhou", "lunch", (struct mu_diner){.age = 75}, 1050, MU_PAYER_SUBSIDY);
    expect_lunch("yangzhou", "lunch", (struct mu_diner){.age = 85}, 0, MU_PAYER_SUBSIDY);
    expect_lunch("changsha", "lunch", (struct mu_diner){.age = 60}, 1200, MU_PAYER_SUBSIDY);
    expect_lunch("changsha", "lunch", (struct mu_diner){.age = 60, .tags = "失能"}, 800,
                 MU_PAYER_SUBSIDY);
    expect_lunch("changsha", "lunch", (struct mu_diner){.age = 60, .tags = "特困"}, 400,
                 MU_PAYER_SUBSIDY);
    expect_lunch("tonglu", "lunch", (struct mu_diner){.age = 90}, 0, MU_PAYER_SUBSIDY);
    expect_lunch("tonglu", "lunch", (struct mu_diner){.age = 89}, 800, MU_PAYER_SUBSIDY);
}

static size_t duties_of(const struct mu_rules *rules, const char *team)
{
    size_t count = 0;

    for (size_t i = 0; i < rules->points.duty_count; i++)
        count += strcmp(rules->points.duties[i].team, team) == 0;
    return count;
}

static void zhonggeng_has_ninety_six_duties_of_twelve_teams(void **state)
{
    struct mu_rules *rules = open_preset("zhonggeng");
    const struct mu_duty *duties = rules->points.duties;
    size_t teams = 0;

    (void)state;
    assert_int_equal(rules->points.duty_count, 96);
    for (size_t i = 0; i < rules->points.duty_count; i++)
        teams += i == 0 || strcmp(duties[i].team, duties[i - 1].team) != 0;
    assert_int_equal(teams, 12);
    assert_int_equal(duties_of(rules, "小巷骑兵"), 8);
    assert_int_equal(duties_of(rules, "小巷园丁"), 6);
    mu_rules_free(&rules);
}

/* What a service of so many minutes, or one time, earns on the day. */
static int64_t earned(const char *preset, const char *duty, struct mu_date date, int starts_at,
                      int minutes)
{
    struct mu_rules *rules = open_preset(preset);
    const struct mu_service_facts facts = {.duty = mu_rules_duty(rules, duty),
                                           .date = date,
                                           .starts_at = starts_at,
                                           .minutes = minutes,
                                           .times = 1};
    struct mu_service_points decided;

    assert_non_null(facts.duty);
    mu_service_points(&rules->points, &facts, &decided);
    mu_rules_free(&rules);
    return decided.points.count;
}

static void the_books_of_the_points_banks_give_what_they_say(void **state)
{
    const struct mu_date plain = {2026, 11, 18}, heat = {2026, 7, 15}, holiday = {2026, 10, 1};

    (void)state;
    assert_int_equal(earned("zhonggeng", "rider-meal", plain, 660, 90), 15);
    assert_int_equal(earned("zhonggeng", "rider-meal", heat, 660, 90), 23);
    assert_int_equal(earned("zhonggeng", "guard-night", holiday, 1320, 60), 23);
    assert_int_equal(earned("changan", "market", plain, -1, 0), 20);
    assert_int_equal(earned("changan", "festival", holiday, -1, 0), 30);
    assert_int_equal(earned("changan", "patrol", plain, 480, 600), 40);
    assert_int_equal(earned("default", "meal-delivery", plain, 660, 14), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_shipped_book_is_good),
        cmocka_unit_test(yunluwan_serves_dinner_too),
        cmocka_unit_test(in_jingting_the_workshop_pays_a_part_for_elders_in_hardship),
        cmocka_unit_test(in_duyuan_meals_are_free_low_or_at_the_market_s_price),
        cmocka_unit_test(in_zhonggeng_who_comes_from_elsewhere_pays_the_same),
        cmocka_unit_test(in_changan_volunteers_eat_for_less),
        cmocka_unit_test(in_xinxian_registered_elders_pay_half),
        cmocka_unit_test(the_books_of_other_towns_say_what_was_reported),
        cmocka_unit_test(zhonggeng_has_ninety_six_duties_of_twelve_teams),
        cmocka_unit_test(the_books_of_the_points_banks_give_what_they_say),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
