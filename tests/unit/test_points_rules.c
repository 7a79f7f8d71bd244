/* The section `points` of a book. */
#include "rule_faults.h"

static void a_book_says_what_service_earns_and_what_becomes_of_it(void **state)
{
    struct mu_rules *rules =
        good(CANTEEN
             "points:\n  duties:\n"
             "    - {id: meal-delivery, team: 小巷骑兵, name: 送餐, per_hour: 10, confirm: "
             "recipient, minimum: 30, longest: 240}\n"
             "    - {id: patrol, team: 阿姨巡逻队, name: 巡逻, per_time: 5}\n"
             "  caps: {per_day: 40, per_month: 400}\n"
             "  bonuses:\n"
             "    - {id: heat, name: 高温, when: {months: [7, 8]}, times: 1.5}\n"
             "    - {id: night, name: 夜间, when: {days: sat, holidays: true, from: \"20:00\", to: "
             "\"06:00\"}, add: 3}\n"
             "  stars: {by: points, levels: [100, 300, 600, 1000, 1500], min_months: 6}\n"
             "  expiry: {months: 24, notice: 2}\n"
             "  goods: {per_month_limit: 3}\n"
             "  rounding: half\n  forgotten: 30\n"
             "  ratings: [{id: online, name: 线上评价, from: 0, to: 10, points: 2, per_month: 4}]\n"
             "  awards: [{id: lively, name: 活力小哥, by: ratings, least: 20, places: 3}]\n"
             "  transfers: household\n"
             "  tally: {second: name, jump: 5}\n"
             "  family: {months: 6, points: 20, base: 50, top: 90}\n");
    const struct mu_points_rules *points = &rules->points;
    const struct mu_duty *duty = mu_rules_duty(rules, "meal-delivery");
    const struct mu_rating_rules *rating = mu_rules_rating(rules, "online");

    (void)state;
    assert_string_equal(duty->team, "小巷骑兵");
    assert_string_equal(duty->name, "送餐");
    assert_int_equal(duty->per_hour, 10);
    assert_int_equal(duty->per_time, 0);
    assert_int_equal(duty->minimum, 30);
    assert_int_equal(duty->longest, 240);
    assert_int_equal(duty->confirm, MU_CONFIRM_RECIPIENT);
    duty = mu_rules_duty(rules, "patrol");
    assert_int_equal(duty->per_time, 5);
    assert_int_equal(duty->longest, 720);
    assert_int_equal(duty->confirm, MU_CONFIRM_NONE);
    assert_null(mu_rules_duty(rules, "nothing"));
    assert_int_equal(points->cap_per_day, 40);
    assert_int_equal(points->cap_per_month, 400);
    assert_int_equal(points->bonuses[0].when.months, 1 << 6 | 1 << 7);
    assert_int_equal(points->bonuses[0].when.from, -1);
    assert_int_equal(points->bonuses[0].times, 150);
    assert_int_equal(points->bonuses[1].when.days, 1 << 5);
    assert_int_equal(points->bonuses[1].when.holidays, 1);
    assert_int_equal(points->bonuses[1].when.from, 1200);
    assert_int_equal(points->bonuses[1].when.to, 360);
    assert_int_equal(points->bonuses[1].times, MU_RULE_TIMES);
    assert_int_equal(points->bonuses[1].add, 3);
    assert_int_equal(points->stars.by, MU_STARS_BY_POINTS);
    assert_int_equal(points->stars.count, 5);
    assert_int_equal(points->stars.levels[4], 1500);
    assert_int_equal(points->stars.min_months, 6);
    assert_int_equal(points->expiry_months, 24);
    assert_int_equal(points->expiry_notice, 2);
    assert_int_equal(points->goods_per_month, 3);
    assert_int_equal(points->rounding, MU_ROUND_HALF);
    assert_int_equal(points->forgotten, 30);
    assert_int_equal(rating->from, 0);
    assert_int_equal(rating->to, 10);
    assert_int_equal(rating->points, 2);
    assert_int_equal(rating->per_month, 4);
    assert_null(mu_rules_rating(rules, "nothing"));
    assert_int_equal(points->awards[0].by, MU_AWARD_BY_RATINGS);
    assert_int_equal(points->awards[0].least, 20);
    assert_int_equal(points->awards[0].places, 3);
    assert_int_equal(points->transfers, MU_TRANSFER_HOUSEHOLD);
    assert_int_equal(points->second, MU_SECOND_NAMED);
    assert_int_equal(points->jump, 5);
    assert_int_equal(points->family_months, 6);
    assert_int_equal(points->family_points, 20);
    assert_int_equal(points->family_base, 50);
    assert_int_equal(points->family_top, 90);
    mu_rules_free(&rules);
}

static void what_a_book_leaves_out_has_its_usual_value(void **state)
{
    struct mu_rules *rules = good(CANTEEN);

    (void)state;
    for (int i = 0; i < 2; i++) {
        const struct mu_points_rules *points = &rules->points;

        assert_int_equal(points->duty_count, i);
        assert_int_equal(points->cap_per_day, 0);
        assert_int_equal(points->rounding, MU_ROUND_DOWN);
        assert_int_equal(points->forgotten, 60);
        assert_int_equal(points->stars.count, 0);
        assert_int_equal(points->expiry_months, 0);
        assert_int_equal(points->expiry_notice, 1);
        assert_int_equal(points->transfers, MU_TRANSFER_NONE);
        assert_int_equal(points->jump, 3);
        assert_int_equal(points->second, MU_SECOND_SIGNS);
        assert_int_equal(points->family_months, 12);
        assert_int_equal(points->family_points, 10);
        assert_int_equal(points->family_base, 60);
        assert_int_equal(points->family_top, 100);
        mu_rules_free(&rules);
        rules = good(CANTEEN "points: {duties: [{id: help, name: 帮忙, per_time: 1}]}\n");
    }
    assert_string_equal(rules->points.duties[0].team, "");
    mu_rules_free(&rules);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_book_says_what_service_earns_and_what_becomes_of_it),
        cmocka_unit_test(what_a_book_leaves_out_has_its_usual_value),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
