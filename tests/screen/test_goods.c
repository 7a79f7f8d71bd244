#include "screen/story.h"

#include <mulin/base/text.h>
#include <mulin/desk/attendance.h>
#include <mulin/desk/earning.h>
#include <mulin/desk/goods.h>

#include <string.h>

/* What the person brought over from the book of before. */
static void has(struct story *story, const char *card, int64_t points)
{
    char who[MU_CARD_SIZE];
    struct mu_people_row row = {.line = 1, .who = who, .points = {points}};
    const struct mu_people people = {.row = &row, .count = 1};
    struct mu_service_answer answer;
    struct mu_attendance_result result;
    struct mu_error error;

    mu_text_copy(who, sizeof who, card);
    assert_int_equal(mu_open_balances(story->desk, &people, &answer, &result, &error), MU_OK);
    assert_int_equal(result.recorded, 1);
}

/* A card at a list, whose characters are keys. */
static void scan(struct story *story, const char *card)
{
    mu_app_event(story->app, (struct mu_event){.kind = MU_EVENT_SCAN, .text = card});
}

static void shelf(struct story *story, const char *name, const char *price, int64_t pieces)
{
    struct mu_goods_form form = {.offered = MU_OFFERED};
    struct mu_error error;

    mu_text_copy(form.name, sizeof form.name, name);
    mu_text_copy(form.price, sizeof form.price, price);
    assert_int_equal(mu_save_goods(story->desk, &form, NULL, &error), MU_OK);
    if (pieces)
        assert_int_equal(
            mu_stock_goods(story->desk, form.id, MU_GOODS_RECEIVED, pieces, NULL, NULL, &error),
            MU_OK);
}

static void open_place(struct story *story, const char *chinese, const char *english,
                       const char *screen)
{
    story_press(story, F(9));
    story_type(story, story->language == MU_CHINESE ? chinese : english);
    story_press(story, MU_KEY_ENTER);
    assert_top(story, screen);
}

static void the_day_of_giving(struct story *story)
{
    has(story, "8801", 100);
    has(story, "8802", 20);
    shelf(story, "大米", "30", 2);
    shelf(story, "洗衣液", "60", 1);
    shelf(story, "牙膏", "5", 0);
    open_place(story, "兑换", "Redeem", "redeem");
}

static int64_t stock_of(struct story *story, const char *name)
{
    struct mu_goods goods;
    struct mu_error error;

    assert_int_equal(mu_find_goods(story->desk, name, &goods, &error), MU_OK);
    return goods.stock;
}

static int64_t points_of(struct story *story, const char *card)
{
    struct mu_points_account account;
    struct mu_error error;

    assert_int_equal(mu_read_points(story->desk, story_find(story, card), &account, &error), MU_OK);
    return account.balance.count;
}

static void a_volunteer_scans_the_card_and_takes_rice_story(struct story *story)
{
    the_day_of_giving(story);
    assert_shows(story, "请刷志愿者的卡", "scan a volunteer's card");
    scan(story, "8801");
    assert_shows(story, "张金凤：100 分", "100 points");
    story_type(story, "2");
    assert_golden(story, "redeem");
    story_press(story, F(2));
    assert_shows(story, "用 60 分，余 40 分", "spent 60, 40 left");
    assert_int_equal(stock_of(story, "大米"), 0);
    assert_int_equal(points_of(story, "8801"), 40);
    /* The next one comes at once. */
    scan(story, "8802");
    assert_shows(story, "：20 分", "20 points");
}

static void nobody_takes_more_than_there_is_story(struct story *story)
{
    the_day_of_giving(story);
    story_type(story, "1");
    assert_shows(story, "还不知道是谁", "nobody yet");
    scan(story, "8802");
    story_type(story, "3");
    assert_shows(story, "只剩 2 件", "2 are left");
    story_type(story, "1");
    story_press(story, F(2));
    assert_shows(story, "只有 20 分，要用 30 分", "20 points, and 30 are needed");
    assert_int_equal(stock_of(story, "大米"), 2);
}

static void a_scan_buys_nothing_and_forgets_nothing_story(struct story *story)
{
    the_day_of_giving(story);
    scan(story, "8801");
    story_press(story, MU_KEY_ENTER);
    scan(story, "8802");
    assert_shows(story, "还没给出", "was not given");
    assert_int_equal(points_of(story, "8801"), 100);
    story_press(story, MU_KEY_ESCAPE);
    assert_shows(story, "已放下", "put back");
    scan(story, "8802");
    assert_shows(story, "：20 分", "20 points");
    scan(story, "77777777");
    assert_shows(story, "没有查到", "77777777");
    assert_shows(story, "：20 分", "20 points");
}

static void what_was_given_by_mistake_comes_back_story(struct story *story)
{
    the_day_of_giving(story);
    scan(story, "8801");
    story_type(story, "1");
    story_press(story, F(2));
    story_press(story, F(4));
    story_type(story, story->language == MU_CHINESE ? "看凭条" : "see the receipt");
    story_press(story, MU_KEY_ENTER);
    assert_shows(story, "凭条", "receipt");
    story_press(story, MU_KEY_ESCAPE);
    story_press(story, F(4));
    story_type(story, story->language == MU_CHINESE ? "退回" : "bring");
    story_press(story, MU_KEY_ENTER);
    story_press(story, MU_KEY_ENTER);
    story_type(story, "拿错了");
    story_press(story, MU_KEY_ENTER);
    assert_shows(story, "收回 30 分，现有 100 分", "30 points again, 100 in all");
    assert_int_equal(stock_of(story, "大米"), 2);
}

static void points_are_handed_on_in_the_family_only_story(struct story *story)
{
    the_day_of_giving(story);
    scan(story, "8801");
    story_press(story, F(4));
    story_type(story, story->language == MU_CHINESE ? "家人" : "family");
    story_press(story, MU_KEY_ENTER);
    story_type(story, "李建国");
    story_press(story, MU_KEY_ENTER);
    story_type(story, "10");
    story_press(story, MU_KEY_ENTER);
    assert_shows(story, "不是同一户", "not of one household");
    assert_int_equal(points_of(story, "8801"), 100);
}

static void the_shelf_is_filled_counted_and_written_off_story(struct story *story)
{
    shelf(story, "大米", "30", 0);
    open_place(story, "爱心物品", "Goods", "goods");
    assert_shows(story, "没货", "none left");
    story_press(story, F(4));
    story_press(story, MU_KEY_ENTER);
    story_type(story, "20");
    story_press(story, MU_KEY_ENTER);
    assert_shows(story, "20 件，现有 20 件", "20, now 20");
    assert_golden(story, "goods");
    story_press(story, F(4));
    story_press(story, MU_KEY_DOWN);
    story_press(story, MU_KEY_DOWN);
    story_press(story, MU_KEY_ENTER);
    story_type(story, "x");
    story_press(story, MU_KEY_ENTER);
    assert_shows(story, "x 不行", "x is no number");
    story_press(story, F(4));
    story_press(story, MU_KEY_DOWN);
    story_press(story, MU_KEY_DOWN);
    story_press(story, MU_KEY_ENTER);
    story_type(story, "3");
    story_press(story, MU_KEY_ENTER);
    story_type(story, "受潮");
    story_press(story, MU_KEY_ENTER);
    assert_shows(story, "现有 17 件", "now 17");
    story_press(story, F(4));
    story_press(story, MU_KEY_DOWN);
    story_press(story, MU_KEY_DOWN);
    story_press(story, MU_KEY_DOWN);
    story_press(story, MU_KEY_ENTER);
    assert_shows(story, "受潮", "受潮");
}

static void goods_are_made_and_changed_by_a_form_story(struct story *story)
{
    struct mu_goods goods;
    struct mu_error error;

    open_place(story, "爱心物品", "Goods", "goods");
    assert_shows(story, "还没有物品", "no goods yet");
    story_press(story, F(7));
    story_type(story, "洗衣液");
    story_press(story, MU_KEY_ENTER);
    story_type(story, "瓶");
    story_press(story, MU_KEY_ENTER);
    story_type(story, "0");
    story_press(story, F(2));
    assert_top(story, "goods_form");
    story_press(story, MU_KEY_BACKSPACE);
    story_type(story, "60");
    story_press(story, F(2));
    assert_top(story, "goods");
    assert_int_equal(mu_find_goods(story->desk, "洗衣液", &goods, &error), MU_OK);
    assert_int_equal(goods.price.count, 60);
    story_press(story, MU_KEY_ENTER);
    assert_top(story, "goods_form");
}

STORY(a_volunteer_scans_the_card_and_takes_rice)
STORY(nobody_takes_more_than_there_is)
STORY(a_scan_buys_nothing_and_forgets_nothing)
STORY(what_was_given_by_mistake_comes_back)
STORY(points_are_handed_on_in_the_family_only)
STORY(the_shelf_is_filled_counted_and_written_off)
static void points_that_run_out_are_told_a_month_before_story(struct story *story)
{
    open_place(story, "爱心物品", "Goods", "goods");
    story_press(story, F(4));
    story_type(story, story->language == MU_CHINESE ? "将要到期" : "run out soon");
    story_press(story, MU_KEY_ENTER);
    assert_shows(story, "没有要到期的积分", "no points run out");
    assert_shows(story, "到期：0 人 0 分", "0 people, 0 points");
}

STORY(goods_are_made_and_changed_by_a_form)
STORY(points_that_run_out_are_told_a_month_before)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TOLD(a_volunteer_scans_the_card_and_takes_rice),
        TOLD(nobody_takes_more_than_there_is),
        TOLD(a_scan_buys_nothing_and_forgets_nothing),
        TOLD(what_was_given_by_mistake_comes_back),
        TOLD(points_are_handed_on_in_the_family_only),
        TOLD(the_shelf_is_filled_counted_and_written_off),
        TOLD(goods_are_made_and_changed_by_a_form),
        TOLD(points_that_run_out_are_told_a_month_before),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
