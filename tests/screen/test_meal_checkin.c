#include "screen/story.h"

#include <mulin/desk/person_file.h>

#include <stdio.h>
#include <string.h>

static struct mu_day_totals totals(struct story *story)
{
    struct mu_day_totals day;

    assert_int_equal(mu_day_totals(story->desk, mu_desk_now(story->desk).date, NULL, &day, NULL),
                     MU_OK);
    return day;
}

static void a_scan_serves_at_once_story(struct story *story)
{
    story_type(story, "1");
    assert_golden(story, "checkin_ready");
    story_scan(story, "8801");
    assert_shows(story, "√ 已签到", "√ Served");
    assert_shows(story, "80周岁及以上", "80周岁及以上");
    assert_golden(story, "checkin_served");
    assert_int_equal(totals(story).meals, 1);
    assert_int_equal(totals(story).paid[MU_PAY_CASH].fen, 800);
}

static void what_somebody_may_not_eat_is_seen_at_once_story(struct story *story)
{
    struct mu_person_file file = {.resident_id = story_find(story, "8801"),
                                  .diet = "糖尿病餐，少盐"};
    struct mu_error error;

    assert_int_equal(mu_save_person_file(story->desk, &file, NULL, &error), MU_OK);
    story_type(story, "1");
    story_scan(story, "8801");
    assert_shows(story, "! 饮食：糖尿病餐，少盐", "! Diet: 糖尿病餐，少盐");
    assert_golden(story, "checkin_diet");
}

static void a_second_scan_is_refused_in_line_story(struct story *story)
{
    story_type(story, "1");
    story_scan(story, "8801");
    story_scan(story, "8801");
    assert_top(story, "meal_checkin");
    assert_shows(story, "× 未签到", "× Not served");
    assert_golden(story, "checkin_refused");
    assert_int_equal(totals(story).meals, 1);
    story_scan(story, "8802");
    assert_int_equal(totals(story).meals, 2);
}

static void typing_offers_people_to_choose_story(struct story *story)
{
    story_type(story, "1");
    story_type(story, "zhang");
    assert_golden(story, "checkin_hits");
    story_press(story, MU_KEY_DOWN);
    story_press(story, MU_KEY_ENTER);
    assert_int_equal(totals(story).meals, 1);
    story_type(story, "zab");
    story_press(story, MU_KEY_ENTER);
    assert_shows(story, "周阿宝", "周阿宝");
    assert_int_equal(totals(story).meals, 2);
}

static void a_scan_counts_whatever_was_typed_before_story(struct story *story)
{
    story_type(story, "1");
    story_type(story, "周");
    story_scan(story, "8806");
    assert_int_equal(totals(story).meals, 1);
    assert_shows(story, "张建芳", "张建芳");
}

static void an_unknown_card_is_refused_by_name_story(struct story *story)
{
    story_type(story, "1");
    story_scan(story, "99999999");
    assert_shows(story, "99999999", "99999999");
    assert_shows(story, "× 未签到", "× Not served");
    assert_int_equal(totals(story).meals, 0);
}

static void an_empty_box_serves_nobody_story(struct story *story)
{
    story_type(story, "1");
    story_press(story, MU_KEY_ENTER);
    assert_shows(story, "请先扫卡", "scan a card");
    assert_int_equal(totals(story).meals, 0);
}

static void an_outdoor_worker_eats_free_story(struct story *story)
{
    story_type(story, "1");
    story_press(story, F(7));
    assert_golden(story, "checkin_outdoor_choice");
    story_type(story, "外卖");
    story_press(story, MU_KEY_ENTER);
    story_type(story, "工号 12");
    story_press(story, MU_KEY_ENTER);
    assert_golden(story, "checkin_outdoor");
    assert_int_equal(totals(story).meals, 1);
    assert_int_equal(totals(story).paid[MU_PAY_CASH].fen, 0);
    assert_shows(story, "39 / 40", "39 / 40");
}

static void payment_by_card_is_for_the_next_ones_story(struct story *story)
{
    story_top_up(story, "8806");
    story_type(story, "1");
    story_press(story, F(6));
    story_scan(story, "8806");
    story_press(story, F(6));
    story_scan(story, "8805");
    story_press(story, F(6));
    story_scan(story, "8807");
    assert_int_equal(totals(story).paid[MU_PAY_CARD].fen, 1500);
    assert_int_equal(totals(story).paid[MU_PAY_ACCOUNT].fen, 200);
    assert_int_equal(totals(story).paid[MU_PAY_CASH].fen, 1500);
}

static void the_last_meal_is_voided_with_a_reason_story(struct story *story)
{
    story_type(story, "1");
    story_press(story, F(8));
    assert_shows(story, "没有可以作废", "no meal today");
    story_scan(story, "8801");
    story_scan(story, "8802");
    story_press(story, F(8));
    assert_shows(story, "李建国", "李建国");
    story_scan(story, "8803");
    assert_int_equal(totals(story).meals, 2);
    assert_shows(story, "8803 先等着", "8803 waits");
    story_press(story, MU_KEY_ESCAPE);
    assert_int_equal(totals(story).meals, 3);
    story_press(story, F(8));
    story_type(story, "刷错人");
    story_press(story, MU_KEY_ENTER);
    assert_int_equal(totals(story).meals, 2);
    assert_int_equal(totals(story).voided, 1);
    assert_shows(story, "已作废", "voided");
    assert_golden(story, "checkin_voided");
}

static void an_earlier_meal_can_be_chosen_to_be_voided_story(struct story *story)
{
    story_type(story, "1");
    story_scan(story, "8801");
    story_scan(story, "8802");
    story_press(story, MU_KEY_UP);
    story_press(story, MU_KEY_DOWN);
    story_press(story, F(8));
    story_type(story, "没来吃");
    story_press(story, MU_KEY_ENTER);
    assert_int_equal(totals(story).meals, 1);
    assert_int_equal(totals(story).paid[MU_PAY_CASH].fen, 1200);
}

static void another_counters_meal_shows_by_itself_story(struct story *story)
{
    struct mu_desk *other = story_desk(story, "2026-11-22T11:31");
    const struct mu_meal_request request = {.who = "8805"};
    struct mu_meal_answer answer;

    story_type(story, "1");
    assert_int_equal(mu_serve_meal(other, &request, &answer, NULL), MU_OK);
    mu_desk_free(&other);
    assert_true(mu_app_tick(story->app));
    assert_shows(story, "周阿宝", "周阿宝");
}

static void another_session_can_be_chosen_story(struct story *story)
{
    struct mu_meal meal;
    size_t count;

    story_type(story, "1");
    story_press(story, F(4));
    story_type(story, "晚餐");
    story_press(story, MU_KEY_ENTER);
    story_scan(story, "8801");
    story_press(story, MU_KEY_ESCAPE);
    assert_int_equal(totals(story).meals, 1);
    story_press(story, F(4));
    story_type(story, "晚餐");
    story_press(story, MU_KEY_ENTER);
    story_type(story, "停电，提前发");
    story_press(story, MU_KEY_ENTER);
    assert_shows(story, "手选餐次", "chosen by hand");
    story_scan(story, "8806");
    assert_golden(story, "checkin_late");
    story_scan(story, "99999999");
    story_press(story, MU_KEY_INSERT);
    assert_int_equal(
        mu_last_meals(story->desk, mu_desk_now(story->desk).date, 1, &meal, &count, NULL), MU_OK);
    assert_string_equal(meal.session, "dinner");
    assert_non_null(strstr(meal.reason, "停电，提前发"));
    assert_int_equal(totals(story).meals, 3);
}

static void a_queue_of_a_thousand_scans_is_served_story(struct story *story)
{
    char name[32], card[16];
    int i;

    if (story->language == MU_ENGLISH)
        return;
    for (i = 0; i < 500; i++) {
        snprintf(name, sizeof name, "邻居%d", i);
        snprintf(card, sizeof card, "Q%04d", i);
        story_add(story->desk, "name", name, "card", card, NULL);
    }
    story_type(story, "1");
    for (i = 0; i < 1000; i++) {
        snprintf(card, sizeof card, "Q%04d", i % 500);
        story_scan(story, card);
    }
    assert_int_equal(totals(story).meals, 500);
    assert_int_equal(totals(story).paid[MU_PAY_CASH].fen, 500 * 1500);
}

static void
an_unknown_card_is_given_to_a_person_without_leaving_the_queue_story(struct story *story)
{
    story_add(story->desk, "name", "新来的阿婆", "birth_date", "1940-01-01", NULL);
    story_type(story, "1");
    story_scan(story, "77001122");
    assert_shows(story, "F2", "F2");
    assert_golden(story, "checkin_unknown");
    story_press(story, F(2));
    assert_top(story, "find");
    story_scan(story, "8801");
    assert_shows(story, "8801 先等着", "8801 waits");
    story_type(story, "新来的");
    story_press(story, MU_KEY_ENTER);
    assert_top(story, "meal_checkin");
    assert_int_equal(totals(story).meals, 2);
    assert_shows(story, "新来的阿婆", "新来的阿婆");
    story_scan(story, "77001122");
    assert_int_equal(totals(story).meals, 2);
    assert_int_equal(story_find(story, "77001122"), story_find(story, "新来的阿婆"));
}

static void who_has_a_card_gets_the_new_one_for_a_reason_story(struct story *story)
{
    story_type(story, "1");
    story_scan(story, "77001122");
    story_press(story, F(2));
    story_type(story, "周阿宝");
    story_press(story, MU_KEY_ENTER);
    assert_shows(story, "8805", "8805");
    story_scan(story, "8801");
    assert_int_equal(totals(story).meals, 0);
    story_type(story, "丢失");
    assert_golden(story, "checkin_replace");
    story_press(story, MU_KEY_ENTER);
    assert_int_equal(totals(story).meals, 2);
    story_scan(story, "8805");
    assert_shows(story, "× 未签到", "× Not served");
}

static void nobody_is_lost_while_nobody_is_chosen_story(struct story *story)
{
    story_type(story, "1");
    story_scan(story, "77001122");
    story_press(story, F(2));
    story_scan(story, "8801");
    story_scan(story, "66660000");
    story_scan(story, "8802");
    story_press(story, MU_KEY_ESCAPE);
    assert_int_equal(totals(story).meals, 0);
    assert_true(mu_app_tick(story->app));
    assert_int_equal(totals(story).meals, 1);
    assert_shows(story, "66660000", "66660000");
    story_press(story, MU_KEY_ESCAPE);
    assert_top(story, "meal_checkin");
    story_press(story, MU_KEY_ENTER);
    assert_int_equal(totals(story).meals, 2);
}

static void a_card_that_does_not_reach_is_topped_up_story(struct story *story)
{
    story_type(story, "1");
    story_press(story, F(6));
    story_scan(story, "8806");
    assert_golden(story, "checkin_short");
    assert_int_equal(totals(story).meals, 0);
    story_press(story, F(2));
    story_type(story, "许多");
    story_press(story, MU_KEY_ENTER);
    assert_int_equal(totals(story).meals, 0);
    story_press(story, F(2));
    story_scan(story, "8807");
    story_type(story, "50");
    story_press(story, MU_KEY_ENTER);
    assert_int_equal(totals(story).paid[MU_PAY_CARD].fen, 1500);
    assert_shows(story, "× 未签到", "× Not served");
}

static void somebody_refused_eats_at_the_full_price_story(struct story *story)
{
    story_type(story, "1");
    story_press(story, F(2));
    story_press(story, MU_KEY_INSERT);
    assert_int_equal(totals(story).meals, 0);
    story_scan(story, "99999999");
    story_press(story, MU_KEY_INSERT);
    assert_int_equal(totals(story).meals, 1);
    assert_int_equal(totals(story).paid[MU_PAY_CASH].fen, 1500);
    story_scan(story, "8801");
    story_scan(story, "8801");
    story_press(story, MU_KEY_INSERT);
    assert_shows(story, "全价（再要一份）", "Full price (a second portion)");
    assert_golden(story, "checkin_full_price");
    story_type(story, "张");
    story_press(story, MU_KEY_ESCAPE);
    assert_int_equal(totals(story).meals, 3);
}

static void an_outdoor_worker_is_asked_after_once_story(struct story *story)
{
    story_type(story, "1");
    for (int i = 0; i < 2; i++) {
        story_press(story, F(7));
        story_press(story, MU_KEY_ENTER);
        story_type(story, "浙F12345");
        story_press(story, MU_KEY_ENTER);
    }
    assert_int_equal(totals(story).meals, 1);
    assert_golden(story, "checkin_same_mark");
    story_press(story, MU_KEY_ENTER);
    assert_int_equal(totals(story).meals, 2);
    for (int i = 0; i < 2; i++) {
        story_press(story, F(7));
        story_press(story, MU_KEY_ENTER);
        story_press(story, MU_KEY_ENTER);
    }
    assert_int_equal(totals(story).meals, 4);
    assert_shows(story, "36 / 40", "36 / 40");
}

static void adopt(struct story *story, const char *book)
{
    struct mu_rules_faults faults;
    struct mu_error error;
    int version;

    assert_int_equal(mu_desk_adopt_rules(story->desk, book, strlen(book),
                                         mu_desk_now(story->desk).date, &faults, &version, &error),
                     MU_OK);
}

static void a_closed_day_says_why_and_when_next_story(struct story *story)
{
    adopt(story,
          "centre: {name: 云鹭湾, division: \"330205\"}\n"
          "canteen:\n"
          "  sessions: [{id: lunch, name: 午餐, from: \"10:30\", to: \"13:00\", price: 15}]\n"
          "  closed: [{from: 2026-11-22, to: 2026-11-24, reason: 厨房检修}]\n");
    story_type(story, "1");
    story_scan(story, "8801");
    assert_shows(story, "2026-11-25", "2026-11-25");
    assert_golden(story, "checkin_closed_day");
    assert_int_equal(totals(story).meals, 0);
}

static void a_festival_meal_shows_its_price_story(struct story *story)
{
    adopt(story, "centre: {name: 云鹭湾, division: \"330205\"}\n"
                 "canteen:\n"
                 "  sessions: [{id: lunch, name: 午餐, from: \"10:30\", to: \"13:00\", price: 12,\n"
                 "    prices: [{from: 2026-11-22, price: 15.00, name: 感恩节}]}]\n");
    story_type(story, "1");
    assert_shows(story, "每份 感恩节 15.00 元", "感恩节 15.00 yuan");
    story_scan(story, "8806");
    assert_int_equal(totals(story).paid[MU_PAY_CASH].fen, 1500);
}

static void the_serving_days_can_be_looked_at_story(struct story *story)
{
    struct mu_error error;

    assert_int_equal(mu_open_calendar(story->app, &error), MU_OK);
    assert_shows(story, "2026-11-22 周日：午餐 15.00 元", "2026-11-22 Sun: 午餐 15.00 yuan");
}

STORY(a_scan_serves_at_once)
STORY(what_somebody_may_not_eat_is_seen_at_once)
STORY(a_second_scan_is_refused_in_line)
STORY(typing_offers_people_to_choose)
STORY(a_scan_counts_whatever_was_typed_before)
STORY(an_unknown_card_is_refused_by_name)
STORY(an_empty_box_serves_nobody)
STORY(an_outdoor_worker_eats_free)
STORY(payment_by_card_is_for_the_next_ones)
STORY(the_last_meal_is_voided_with_a_reason)
STORY(an_earlier_meal_can_be_chosen_to_be_voided)
STORY(another_counters_meal_shows_by_itself)
STORY(another_session_can_be_chosen)
STORY(an_unknown_card_is_given_to_a_person_without_leaving_the_queue)
STORY(who_has_a_card_gets_the_new_one_for_a_reason)
STORY(nobody_is_lost_while_nobody_is_chosen)
STORY(a_card_that_does_not_reach_is_topped_up)
STORY(somebody_refused_eats_at_the_full_price)
STORY(an_outdoor_worker_is_asked_after_once)
STORY(a_closed_day_says_why_and_when_next)
STORY(a_festival_meal_shows_its_price)
STORY(the_serving_days_can_be_looked_at)
STORY(a_queue_of_a_thousand_scans_is_served)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TOLD(a_scan_serves_at_once),
        TOLD(what_somebody_may_not_eat_is_seen_at_once),
        TOLD(a_second_scan_is_refused_in_line),
        TOLD(typing_offers_people_to_choose),
        TOLD(a_scan_counts_whatever_was_typed_before),
        TOLD(an_unknown_card_is_refused_by_name),
        TOLD(an_empty_box_serves_nobody),
        TOLD(an_outdoor_worker_eats_free),
        TOLD(payment_by_card_is_for_the_next_ones),
        TOLD(the_last_meal_is_voided_with_a_reason),
        TOLD(an_earlier_meal_can_be_chosen_to_be_voided),
        TOLD(another_counters_meal_shows_by_itself),
        TOLD(another_session_can_be_chosen),
        TOLD(an_unknown_card_is_given_to_a_person_without_leaving_the_queue),
        TOLD(who_has_a_card_gets_the_new_one_for_a_reason),
        TOLD(nobody_is_lost_while_nobody_is_chosen),
        TOLD(a_card_that_does_not_reach_is_topped_up),
        TOLD(somebody_refused_eats_at_the_full_price),
        TOLD(an_outdoor_worker_is_asked_after_once),
        TOLD(a_closed_day_says_why_and_when_next),
        TOLD(a_festival_meal_shows_its_price),
        TOLD(the_serving_days_can_be_looked_at),
        TOLD(a_queue_of_a_thousand_scans_is_served),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
