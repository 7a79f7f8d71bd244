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

/* The book whose section `points` begins in line 4. */
#define POINTS(text) CANTEEN "points:\n" text
#define ONE_DUTY "  duties: [{id: help, name: 帮忙, per_time: 1}]\n"

static void a_duty_gives_points_in_one_way_and_is_told_apart(void **state)
{
    (void)state;
    expect_faults(POINTS("  duties:\n"
                         "    - {id: a, name: 甲, per_hour: 1, per_time: 2}\n"
                         "    - {id: b, name: 乙}\n"
                         "    - {id: b, name: 丙, per_hour: 0}\n"
                         "    - {id: d, name: 丁, per_hour: 2.5}\n"
                         "    - {id: e, name: 戊, per_time: 1, minimum: 800}\n"
                         "    - {id: f, name: 己, per_time: 1, minimum: 30, longest: 20}\n"
                         "    - {id: g, name: 戊, per_time: 1, confirm: somebody}\n"
                         "    - {id: h, team: 一队, name: 戊, per_time: 10001}\n"
                         "    - {id: i, team: 一队, name: 戊, per_time: 1, points: 3}\n"),
                  "b:6:47: points.duties[0].per_time: both per_hour and per_time are given: keep "
                  "one of them\n"
                  "b:7:7: points.duties[1]: the duty gives nothing: write per_hour or per_time\n"
                  "b:8:12: points.duties[2].id: the id 'b' is already used above: choose another\n"
                  "b:8:34: points.duties[2].per_hour: 0 is out of range: write a whole number from "
                  "1 to 10000\n"
                  "b:9:34: points.duties[3].per_hour: '2.5' is not a whole number: write one from "
                  "1 to 10000\n"
                  "b:10:46: points.duties[4].minimum: the minutes are in the wrong order: minimum "
                  "may not be greater than longest (720 when it is not given)\n"
                  "b:11:46: points.duties[5].minimum: the minutes are in the wrong order: minimum "
                  "may not be greater than longest (720 when it is not given)\n"
                  "b:12:21: points.duties[6].name: the same team has a duty '戊' already (e): "
                  "choose another name\n"
                  "b:12:46: points.duties[6].confirm: 'somebody' is not one of the words: allowed "
                  "are none, leader, recipient\n"
                  "b:13:44: points.duties[7].per_time: 10001 is out of range: write a whole number "
                  "from 1 to 10000\n"
                  "b:14:31: points.duties[8].name: the same team has a duty '戊' already (h): "
                  "choose another name\n"
                  "b:14:47: points.duties[8].points: unknown key: allowed are id, team, name, "
                  "per_hour, per_time, minimum, longest, confirm\n");
}

static void a_bonus_says_when_it_holds_and_what_it_gives(void **state)
{
    (void)state;
    expect_faults(
        POINTS(
            ONE_DUTY
            "  bonuses:\n"
            "    - {id: a, name: 甲, when: {}, times: 1.5}\n"
            "    - {id: b, name: 乙, when: {months: 13}}\n"
            "    - {id: c, name: 丙, times: 0.5}\n"
            "    - {id: d, name: 丁, when: {from: \"20:00\"}, times: 1.234}\n"
            "    - {id: e, name: 戊, when: {to: \"20:00\", from: \"20:00\"}, times: １.５}\n"
            "    - {id: a, name: 己, when: {to: \"06:00\"}, times: much, add: 0}\n"
            "    - {id: g, name: 庚, when: {days: [mon, workdays], holidays: maybe}, times: 11}\n"),
        "b:7:30: points.bonuses[0].when: no time is given: write months, days, holidays, or from "
        "and to\n"
        "b:8:7: points.bonuses[1]: the bonus gives nothing: write times (a factor) or add "
        "(points)\n"
        "b:8:39: points.bonuses[1].when.months: '13' is not one of the words: allowed are 1, 2, 3, "
        "4, 5, 6, 7, 8, 9, 10, 11, 12\n"
        "b:9:7: points.bonuses[2]: when is missing: write for example when: {months: [7, 8]}\n"
        "b:9:31: points.bonuses[2].times: the factor 0.5 is out of range: write one from 1.00 to "
        "10.00\n"
        "b:10:37: points.bonuses[3].when.from: only one end of the hours is given: write both from "
        "and to\n"
        "b:10:54: points.bonuses[3].times: '1.234' has too many decimals: at most two\n"
        "b:11:35: points.bonuses[4].when.to: from and to are the same: change one, or leave both "
        "out for the whole day\n"
        "b:11:67: points.bonuses[4].times: '１.５' holds full-width digits: write 1.5\n"
        "b:12:12: points.bonuses[5].id: the id 'a' is already used above: choose another\n"
        "b:12:35: points.bonuses[5].when.to: only one end of the hours is given: write both from "
        "and to\n"
        "b:12:52: points.bonuses[5].times: 'much' is no factor: write one from 1.00 to 10.00 with "
        "at most two decimals, for example 1.5\n"
        "b:12:63: points.bonuses[5].add: 0 is out of range: write a whole number from 1 to 10000\n"
        "b:13:43: points.bonuses[6].when.days[1]: 'workdays' is not one of the words: allowed are "
        "mon, tue, wed, thu, fri, sat, sun\n"
        "b:13:64: points.bonuses[6].when.holidays: 'maybe' is not one of the words: allowed are "
        "true, false\n"
        "b:13:79: points.bonuses[6].times: the factor 11 is out of range: write one from 1.00 to "
        "10.00\n");
}

static void stars_rise_and_are_whole_numbers(void **state)
{
    (void)state;
    expect_faults(
        POINTS(ONE_DUTY "  stars: {levels: [100, 300, 300]}\n"),
        "b:6:19: points.stars.levels: the stars do not rise: each is greater than the one "
        "before\n");
    expect_faults(
        POINTS(ONE_DUTY "  stars: {by: weight, levels: [100, 1.5, [2], 0]}\n"),
        "b:6:15: points.stars.by: 'weight' is not one of the words: allowed are hours, "
        "points\n"
        "b:6:37: points.stars.levels[1]: '1.5' is not a whole number: write one from 1 to "
        "10000000\n"
        "b:6:42: points.stars.levels[2]: a single value is wanted here: for example [100, "
        "300, 600, 1000, 1500]\n"
        "b:6:47: points.stars.levels[3]: 0 is out of range: write a whole number from 1 to "
        "10000000\n");
    expect_faults(POINTS(ONE_DUTY "  stars: {levels: 100}\n"),
                  "b:6:19: points.stars.levels: a list is wanted here: for example [100, 300, 600, "
                  "1000, 1500]\n");
    expect_faults(POINTS(ONE_DUTY "  stars: {levels: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]}\n"),
                  "b:6:19: points.stars.levels: the list is too long: at most 10 items\n");
    expect_faults(POINTS(ONE_DUTY "  stars: {levels: []}\n"),
                  "b:6:19: points.stars.levels: the list is empty: write at least one item, for "
                  "example [100, 300, 600, 1000, 1500]\n");
}

static void what_contradicts_itself_is_told(void **state)
{
    (void)state;
    expect_faults(
        POINTS(ONE_DUTY
               "  caps: {per_day: 40, per_month: 30}\n"
               "  expiry: {months: 2, notice: 3}\n"
               "  ratings: [{id: a, name: 甲, from: 5, points: 1}, {id: a, name: 乙, points: 1}]\n"
               "  awards:\n"
               "    - {id: a, name: 甲, by: points, places: 1}\n"
               "    - {id: a, name: 乙, by: luck, places: 0}\n"
               "  family: {base: 120}\n"
               "  tally: {jump: 1, second: nobody}\n"
               "  rounding: away\n  transfers: everybody\n  forgotten: -1\n"
               "  goods: {per_month_limit: 0}\n"),
        "b:6:19: points.caps.per_day: the caps are in the wrong order: per_day may not be greater "
        "than per_month\n"
        "b:7:31: points.expiry.notice: told too early: notice may not be greater than months\n"
        "b:8:13: points.ratings[0].to: the scores are in the wrong order: to is greater than from\n"
        "b:8:56: points.ratings[1].id: the id 'a' is already used above: choose another\n"
        "b:11:12: points.awards[1].id: the id 'a' is already used above: choose another\n"
        "b:11:28: points.awards[1].by: 'luck' is not one of the words: allowed are points, hours, "
        "ratings\n"
        "b:11:42: points.awards[1].places: 0 is out of range: write a whole number from 1 to 1000\n"
        "b:12:11: points.family.top: the index is in the wrong order: top may not be less than "
        "base\n"
        "b:13:17: points.tally.jump: 1 is out of range: write a whole number from 2 to 100\n"
        "b:13:28: points.tally.second: 'nobody' is not one of the words: allowed are sign, name\n"
        "b:14:13: points.rounding: 'away' is not one of the words: allowed are down, half, up\n"
        "b:15:14: points.transfers: 'everybody' is not one of the words: allowed are none, "
        "household\n"
        "b:16:14: points.forgotten: '-1' is not a whole number: write one from 0 to 1440\n"
        "b:17:28: points.goods.per_month_limit: 0 is out of range: write a whole number from 1 to "
        "100000\n");
}

static void keys_of_the_section_are_known_and_stand_once(void **state)
{
    (void)state;
    expect_faults(
        POINTS("  caps: {per_day: 1, per_day: 2}\n  prizes: 3\n"),
        "b:5:3: points: duties is missing: write for example duties: [{id: meal-delivery, team: "
        "小巷骑兵, name: 送餐, per_hour: 10}]\n"
        "b:5:22: points.caps.per_day: this key already stands in line 5: keep one of them\n"
        "b:6:3: points.prizes: unknown key: allowed are duties, caps, bonuses, rounding, "
        "forgotten, ratings, awards, stars, expiry, goods, transfers, tally, family\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_book_says_what_service_earns_and_what_becomes_of_it),
        cmocka_unit_test(what_a_book_leaves_out_has_its_usual_value),
        cmocka_unit_test(a_duty_gives_points_in_one_way_and_is_told_apart),
        cmocka_unit_test(a_bonus_says_when_it_holds_and_what_it_gives),
        cmocka_unit_test(stars_rise_and_are_whole_numbers),
        cmocka_unit_test(what_contradicts_itself_is_told),
        cmocka_unit_test(keys_of_the_section_are_known_and_stand_once),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
