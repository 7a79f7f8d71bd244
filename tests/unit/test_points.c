/* What a service earns and what becomes of points. */
#include <mulin/domain/points.h>
#include <mulin/domain/service.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

enum { TOLD_SIZE = 4096 };

static struct mu_duty delivery = {.id = "meal-delivery",
                                  .team = "小巷骑兵",
                                  .name = "送餐",
                                  .per_hour = 10,
                                  .minimum = 30,
                                  .longest = 240};
static struct mu_duty patrol = {
    .id = "patrol", .team = "阿姨巡逻队", .name = "巡逻", .per_time = 5, .longest = 720};

static struct mu_bonus bonuses[] = {
    {.id = "heat",
     .name = "高温",
     .when = {.months = 1 << 6 | 1 << 7, .from = -1, .to = -1},
     .times = 150},
    {.id = "night",
     .name = "夜间",
     .when = {.from = 20 * 60, .to = 6 * 60},
     .times = MU_RULE_TIMES,
     .add = 3},
    {.id = "holiday",
     .name = "节假日",
     .when = {.holidays = 1, .from = -1, .to = -1},
     .times = 200},
    {.id = "weekend",
     .name = "周末早上",
     .when = {.days = 1 << 5 | 1 << 6, .from = 6 * 60, .to = 8 * 60},
     .times = 110},
};

/* No bonuses, no caps. */
static const struct mu_points_rules plain = {.duties = &delivery, .duty_count = 1};
static const struct mu_points_rules generous = {.bonuses = bonuses, .bonus_count = 4};
static const struct mu_points_rules capped = {.cap_per_day = 40, .cap_per_month = 400};

/* A delivery on a Wednesday in November that began at ten in the morning. */
static struct mu_service_facts delivered(int minutes)
{
    return (struct mu_service_facts){.duty = &delivery,
                                     .date = {2026, 11, 25},
                                     .starts_at = 10 * 60,
                                     .minutes = minutes,
                                     .times = 1};
}

static void listen(void *context, const char *sentence)
{
    char *told = context;
    size_t used = strlen(told);

    snprintf(told + used, TOLD_SIZE - used, "%s\n", sentence);
}

static struct mu_service_points decide(const struct mu_points_rules *rules,
                                       struct mu_service_facts facts)
{
    struct mu_service_points decided;

    mu_service_points(rules, &facts, &decided);
    return decided;
}

static int64_t points(const struct mu_points_rules *rules, struct mu_service_facts facts)
{
    return decide(rules, facts).points.count;
}

static void an_hour_of_a_duty_earns_what_the_book_says(void **state)
{
    (void)state;
    assert_int_equal(points(&plain, delivered(60)), 10);
    assert_int_equal(points(&plain, delivered(150)), 25);
}

static void a_duty_that_is_paid_by_the_time_does_not_look_at_the_minutes(void **state)
{
    struct mu_service_facts facts = {
        .duty = &patrol, .date = {2026, 11, 25}, .starts_at = -1, .minutes = 0, .times = 3};

    (void)state;
    assert_int_equal(points(&plain, facts), 15);
}

static void a_fraction_of_a_point_is_rounded_once_as_the_book_says(void **state)
{
    struct mu_points_rules rules = plain;

    (void)state;
    rules.rounding = MU_ROUND_DOWN;
    assert_int_equal(points(&rules, delivered(45)), 7);
    assert_int_equal(points(&rules, delivered(59)), 9);
    rules.rounding = MU_ROUND_HALF;
    assert_int_equal(points(&rules, delivered(44)), 7);
    assert_int_equal(points(&rules, delivered(45)), 8);
    rules.rounding = MU_ROUND_UP;
    assert_int_equal(points(&rules, delivered(60)), 10);
    assert_int_equal(points(&rules, delivered(61)), 11);
}

static void less_than_the_minimum_earns_nothing_and_more_than_the_longest_no_more(void **state)
{
    struct mu_service_points decided;

    (void)state;
    decided = decide(&generous, delivered(29));
    assert_true(decided.too_short);
    assert_int_equal(decided.points.count, 0);
    assert_int_equal(decided.bonus_count, 0);
    assert_false(decide(&plain, delivered(30)).too_short);
    decided = decide(&plain, delivered(300));
    assert_true(decided.too_long);
    assert_int_equal(decided.counted, 240);
    assert_int_equal(decided.points.count, 40);
    assert_false(decide(&plain, delivered(240)).too_long);
}

static void the_bonuses_that_hold_multiply_before_rounding_and_add_after_it(void **state)
{
    struct mu_service_facts facts = delivered(45);
    struct mu_service_points decided;

    (void)state;
    facts.date = (struct mu_date){2026, 7, 15};
    decided = decide(&generous, facts);
    assert_int_equal(decided.base.count, 7);
    assert_int_equal(decided.points.count, 11); /* 7.5 × 1.5 = 11.25 */
    assert_int_equal(decided.bonus_count, 1);
    assert_string_equal(decided.bonus[0]->id, "heat");
    facts.starts_at = 22 * 60;
    assert_int_equal(points(&generous, facts), 14);
    facts.date = (struct mu_date){2026, 10, 1};
    assert_int_equal(points(&generous, facts), 18);
}

static void each_part_of_a_bonus_s_condition_has_to_hold(void **state)
{
    struct mu_service_facts facts = delivered(60);

    (void)state;
    assert_false(mu_bonus_holds(&bonuses[0], &facts));
    assert_false(mu_bonus_holds(&bonuses[1], &facts));
    assert_false(mu_bonus_holds(&bonuses[2], &facts));
    facts.starts_at = 20 * 60;
    assert_true(mu_bonus_holds(&bonuses[1], &facts));
    facts.starts_at = 6 * 60 - 1;
    assert_true(mu_bonus_holds(&bonuses[1], &facts));
    facts.starts_at = 6 * 60;
    assert_false(mu_bonus_holds(&bonuses[1], &facts));
    facts.starts_at = -1;
    assert_false(mu_bonus_holds(&bonuses[1], &facts));
    facts.date = (struct mu_date){2026, 11, 28}; /* a Saturday */
    assert_false(mu_bonus_holds(&bonuses[3], &facts));
    facts.starts_at = 7 * 60;
    assert_true(mu_bonus_holds(&bonuses[3], &facts));
    facts.date = (struct mu_date){2026, 11, 29};
    assert_true(mu_bonus_holds(&bonuses[3], &facts));
    facts.date = (struct mu_date){2026, 11, 30};
    assert_false(mu_bonus_holds(&bonuses[3], &facts));
    facts.date = (struct mu_date){2026, 10, 10}; /* works for the week of the holiday */
    assert_false(mu_bonus_holds(&bonuses[2], &facts));
}

static void eight_bonuses_on_the_longest_day_lose_nothing(void **state)
{
    struct mu_duty rich = {.per_hour = MU_RULE_POINTS_LIMIT, .longest = 24 * 60};
    struct mu_bonus always[9];
    struct mu_points_rules rules = {.bonuses = always, .bonus_count = 9};
    struct mu_service_facts facts = delivered(24 * 60);
    struct mu_service_points decided;
    char told[TOLD_SIZE] = "";

    (void)state;
    for (size_t i = 0; i < 9; i++)
        always[i] =
            (struct mu_bonus){.id = "9", .name = "ninth", .when = {.from = -1}, .times = 1000};
    facts.duty = &rich;
    decided = decide(&rules, facts);
    assert_int_equal(decided.bonus_count, MU_SERVICE_BONUSES);
    assert_int_equal(decided.points.count, 24000000000000);
    mu_service_explain(&rules, &facts, MU_ENGLISH, listen, told);
    assert_non_null(strstr(told, "ninth (9): not any more: a service gets at most 8 bonuses\n"));
}

static void the_caps_of_a_day_and_a_month_cut_what_is_above_them(void **state)
{
    struct mu_service_facts facts = delivered(240);
    struct mu_service_points decided;

    (void)state;
    assert_int_equal(points(&capped, facts), 40);
    facts.earned_today = 25;
    decided = decide(&capped, facts);
    assert_int_equal(decided.before_caps.count, 40);
    assert_int_equal(decided.points.count, 15);
    assert_int_equal(decided.over_day.count, 25);
    assert_int_equal(decided.over_month.count, 0);
    facts.earned_this_month = 390;
    decided = decide(&capped, facts);
    assert_int_equal(decided.points.count, 10);
    assert_int_equal(decided.over_month.count, 5);
    facts.earned_today = 50; /* the book had a higher cap in the morning */
    assert_int_equal(points(&capped, facts), 0);
    facts.earned_today = facts.earned_this_month = -30; /* corrections make no more room */
    assert_int_equal(points(&capped, facts), 40);
}

/* The sentences of the explanation, a line each. */
static void expect_told(const struct mu_points_rules *rules, struct mu_service_facts facts,
                        enum mu_language language, const char *expected)
{
    char told[TOLD_SIZE] = "";

    mu_service_explain(rules, &facts, language, listen, told);
    assert_string_equal(told, expected);
}

static void it_is_told_step_by_step_how_points_came_about(void **state)
{
    struct mu_points_rules rules = generous;
    struct mu_service_facts facts = delivered(45);

    (void)state;
    facts.date = (struct mu_date){2026, 7, 18}; /* a Saturday */
    rules.rounding = MU_ROUND_HALF;
    rules.cap_per_day = 40;
    rules.cap_per_month = 400;
    facts.earned_this_month = 395;
    expect_told(&rules, facts, MU_ENGLISH,
                "送餐 (meal-delivery): 10 an hour, 45 minutes of service\n"
                "高温 (heat): holds: in month 7, 8: times 1.5\n"
                "夜间 (night): does not hold: not begun between 20:00 and 06:00\n"
                "节假日 (holiday): does not hold: no holiday\n"
                "周末早上 (weekend): does not hold: not begun between 06:00 and 08:00\n"
                "together 11.25, rounded to 11\n"
                "at most 40 a day, 0 earned before on that day: not reached\n"
                "at most 400 a month, 395 earned before in that month: 6 less\n"
                "earns 5\n");
    facts.date = (struct mu_date){2026, 10, 3}; /* a Saturday of the holiday */
    facts.starts_at = 7 * 60;
    facts.minutes = 300;
    facts.earned_this_month = 0;
    facts.earned_today = 30;
    expect_told(&rules, facts, MU_CHINESE,
                "送餐（meal-delivery）：每小时 10 分，服务 300 分钟\n"
                "服务 300 分钟，一次最多按 240 分钟计\n"
                "高温（heat）：不适用：不在 7、8 月\n"
                "夜间（night）：不适用：不是 20:00 到 06:00 之间开始\n"
                "节假日（holiday）：适用：国庆节放假：乘 2\n"
                "周末早上（weekend）：适用：是周六、周日；06:00 到 08:00 之间开始：乘 1.1\n"
                "小计 88 分\n"
                "一天最多 40 分，当天此前已得 30 分：减 78 分\n"
                "一月最多 400 分，当月此前已得 0 分：不超\n"
                "得 10 分\n");
}

static void a_service_without_times_is_told_why_it_gets_no_bonus_of_the_hour(void **state)
{
    struct mu_service_facts facts = {
        .duty = &patrol, .date = {2026, 11, 23}, .starts_at = -1, .minutes = 0, .times = 2};
    struct mu_bonus odd = {.id = "odd",
                           .name = "零头",
                           .when = {.months = 1 << 10, .from = -1},
                           .times = 125,
                           .add = 4};
    const struct mu_points_rules rules = {
        .bonuses = &odd, .bonus_count = 1, .rounding = MU_ROUND_UP};

    (void)state;
    expect_told(
        &generous, facts, MU_ENGLISH,
        "巡逻 (patrol): 5 each time, 2 times\n"
        "高温 (heat): does not hold: not in month 7, 8\n"
        "夜间 (night): does not hold: when it began was not told (it has to be between "
        "20:00 and 06:00)\n"
        "节假日 (holiday): does not hold: no holiday\n"
        "周末早上 (weekend): does not hold: not on Sat, Sun; when it began was not told (it "
        "has to be between 06:00 and 08:00)\n"
        "together 10\n"
        "earns 10\n");
    expect_told(&rules, facts, MU_ENGLISH,
                "巡逻 (patrol): 5 each time, 2 times\n"
                "零头 (odd): holds: in month 11: times 1.25, 4 more\n"
                "together 12.50, rounded up to 13\n"
                "4 more make 17\n"
                "earns 17\n");
}

static void a_service_that_earns_nothing_is_told_so(void **state)
{
    struct mu_duty unlimited = {.id = "help", .name = "帮忙", .per_hour = 7, .longest = 720};
    struct mu_service_facts nothing = delivered(0);

    (void)state;
    expect_told(&generous, delivered(20), MU_ENGLISH,
                "送餐 (meal-delivery): 10 an hour, 20 minutes of service\n"
                "20 minutes are less than 30: nothing is earned\nearns 0\n");
    nothing.duty = &unlimited;
    expect_told(&generous, nothing, MU_ENGLISH,
                "帮忙 (help): 7 an hour, 0 minutes of service\nearns 0\n");
    nothing.minutes = 5;
    expect_told(&plain, nothing, MU_ENGLISH,
                "帮忙 (help): 7 an hour, 5 minutes of service\n"
                "together 0.58, rounded down to 0\nearns 0\n");
}

static void a_rating_earns_for_each_step_above_the_lowest(void **state)
{
    const struct mu_rating_rules rating = {.from = 1, .to = 5, .points = 2};

    (void)state;
    assert_int_equal(mu_rating_points(&rating, 1).count, 0);
    assert_int_equal(mu_rating_points(&rating, 4).count, 6);
    assert_int_equal(mu_rating_points(&rating, 9).count, 8);
    assert_int_equal(mu_rating_points(&rating, -3).count, 0);
}

static void stars_come_with_hours_or_points_and_the_time_somebody_is_with_us(void **state)
{
    struct mu_star_rules stars = {.by = MU_STARS_BY_HOURS, .levels = {100, 300}, .count = 2};
    const struct mu_star_rules none = {0};

    (void)state;
    assert_int_equal(mu_stars(&stars, 100 * 60 - 1, (struct mu_points){9999}, 0), 0);
    assert_int_equal(mu_stars(&stars, 100 * 60, (struct mu_points){0}, 0), 1);
    assert_int_equal(mu_stars(&stars, 9999 * 60, (struct mu_points){0}, 0), 2);
    stars.min_months = 6;
    assert_int_equal(mu_stars(&stars, 300 * 60, (struct mu_points){0}, 5), 0);
    assert_int_equal(mu_stars(&stars, 300 * 60, (struct mu_points){0}, 6), 2);
    stars.by = MU_STARS_BY_POINTS;
    assert_int_equal(mu_stars(&stars, 0, (struct mu_points){299}, 6), 1);
    assert_int_equal(mu_stars(&none, 999999, (struct mu_points){999999}, 99), 0);
}

static void a_household_s_index_rises_with_what_its_people_earn(void **state)
{
    const struct mu_points_rules rules = {
        .family_points = 10, .family_base = 60, .family_top = 100};

    (void)state;
    assert_int_equal(mu_family_index(&rules, (struct mu_points){0}), 60);
    assert_int_equal(mu_family_index(&rules, (struct mu_points){59}), 65);
    assert_int_equal(mu_family_index(&rules, (struct mu_points){400}), 100);
    assert_int_equal(mu_family_index(&rules, (struct mu_points){INT64_MAX}), 100);
    assert_int_equal(mu_family_index(&rules, (struct mu_points){-20}), 60);
}

static int64_t runs_out(int64_t earned, int64_t gone, int64_t balance)
{
    return mu_points_running_out((struct mu_points){earned}, (struct mu_points){gone},
                                 (struct mu_points){balance})
        .count;
}

static void the_oldest_points_are_spent_first_and_run_out_first(void **state)
{
    (void)state;
    assert_int_equal(runs_out(100, 30, 200), 70);
    assert_int_equal(runs_out(100, 100, 200), 0);
    assert_int_equal(runs_out(100, 130, 200), 0);
    assert_int_equal(runs_out(100, 30, 50), 50);
    assert_int_equal(runs_out(100, 30, -5), 0);
}

static void every_kind_of_entry_has_a_word_and_a_name(void **state)
{
    (void)state;
    assert_string_equal(mu_points_kind_word(MU_POINTS_SERVICE), "service");
    assert_string_equal(mu_points_kind_word((enum mu_points_kind)0), "");
    assert_string_equal(mu_points_kind_word(MU_POINTS_KINDS), "");
    assert_string_equal(mu_message_text(mu_points_kind_name(MU_POINTS_EXPIRY), MU_CHINESE), "到期");
    assert_true(mu_points_kind_earns(MU_POINTS_OPENING));
    assert_false(mu_points_kind_earns(MU_POINTS_GOODS));
    assert_false(mu_points_kind_earns((enum mu_points_kind)0));
    assert_false(mu_points_kind_earns(MU_POINTS_KINDS));
    assert_int_equal(mu_month_number((struct mu_date){2026, 11, 22}), 202611);
    assert_int_equal(mu_date_compare(mu_month_first(202611), (struct mu_date){2026, 11, 1}), 0);
}

static struct mu_service service(struct mu_date date, int starts_at, int ends_at)
{
    return (struct mu_service){.date = date, .starts_at = starts_at, .ends_at = ends_at};
}

static void two_services_overlap_when_a_minute_is_in_both(void **state)
{
    const struct mu_date day = {2026, 11, 22}, next = {2026, 11, 23};
    struct mu_service morning = service(day, 480, 600);
    struct mu_service behind = service(day, 600, 660), within = service(day, 500, 520);
    struct mu_service night = service(day, 1320, 1500), early = service(next, 30, 90);
    struct mu_service dawn = service(next, 60, 120), untold = service(day, -1, -1);
    struct mu_service open = service(day, 490, -1);

    (void)state;
    assert_false(mu_services_overlap(&morning, &behind));
    assert_false(mu_services_overlap(&behind, &morning));
    assert_true(mu_services_overlap(&morning, &within));
    assert_true(mu_services_overlap(&within, &morning));
    assert_true(mu_services_overlap(&night, &early));
    assert_true(mu_services_overlap(&early, &night));
    assert_false(mu_services_overlap(&night, &dawn));
    assert_false(mu_services_overlap(&untold, &morning));
    assert_false(mu_services_overlap(&morning, &untold));
    assert_false(mu_services_overlap(&morning, &open));
}

static void the_hash_of_a_service_is_over_all_that_is_told_of_it(void **state)
{
    struct mu_service told = service((struct mu_date){2026, 11, 22}, 480, 600), other;
    unsigned char hash[MU_HASH_SIZE], second[MU_HASH_SIZE];

    (void)state;
    told.id = 7;
    told.entry_id = 12;
    told.points.count = 20;
    mu_service_hash(&told, "key", hash);
    other = told;
    other.entry_id = 13; /* the entry's own hash covers it */
    mu_service_hash(&other, "key", second);
    assert_memory_equal(hash, second, MU_HASH_SIZE);
    other.points.count = 21;
    mu_service_hash(&other, "key", second);
    assert_memory_not_equal(hash, second, MU_HASH_SIZE);
    other = told;
    strcpy(other.place, "食堂");
    mu_service_hash(&other, "key", second);
    assert_memory_not_equal(hash, second, MU_HASH_SIZE);
    mu_service_hash(&told, "another", second);
    assert_memory_not_equal(hash, second, MU_HASH_SIZE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_hour_of_a_duty_earns_what_the_book_says),
        cmocka_unit_test(a_duty_that_is_paid_by_the_time_does_not_look_at_the_minutes),
        cmocka_unit_test(a_fraction_of_a_point_is_rounded_once_as_the_book_says),
        cmocka_unit_test(less_than_the_minimum_earns_nothing_and_more_than_the_longest_no_more),
        cmocka_unit_test(the_bonuses_that_hold_multiply_before_rounding_and_add_after_it),
        cmocka_unit_test(each_part_of_a_bonus_s_condition_has_to_hold),
        cmocka_unit_test(eight_bonuses_on_the_longest_day_lose_nothing),
        cmocka_unit_test(the_caps_of_a_day_and_a_month_cut_what_is_above_them),
        cmocka_unit_test(it_is_told_step_by_step_how_points_came_about),
        cmocka_unit_test(a_service_without_times_is_told_why_it_gets_no_bonus_of_the_hour),
        cmocka_unit_test(a_service_that_earns_nothing_is_told_so),
        cmocka_unit_test(a_rating_earns_for_each_step_above_the_lowest),
        cmocka_unit_test(stars_come_with_hours_or_points_and_the_time_somebody_is_with_us),
        cmocka_unit_test(a_household_s_index_rises_with_what_its_people_earn),
        cmocka_unit_test(the_oldest_points_are_spent_first_and_run_out_first),
        cmocka_unit_test(every_kind_of_entry_has_a_word_and_a_name),
        cmocka_unit_test(two_services_overlap_when_a_minute_is_in_both),
        cmocka_unit_test(the_hash_of_a_service_is_over_all_that_is_told_of_it),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
