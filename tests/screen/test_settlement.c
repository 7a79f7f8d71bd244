#include "screen/story.h"

#include <mulin/desk/operators.h>

static void serve_some(struct story *story)
{
    static const char *const cards[] = {"8801", "8802", "8803", "8805", "8806", "8807"};
    size_t i;

    story_top_up(story, "8807");
    story_type(story, "1");
    for (i = 0; i < sizeof cards / sizeof *cards; i++) {
        if (i == 5)
            story_press(story, F(6));
        story_scan(story, cards[i]);
    }
    story_press(story, MU_KEY_ESCAPE);
}

static void the_day_is_summed_by_tier_and_payer_story(struct story *story)
{
    serve_some(story);
    story_type(story, "4");
    assert_shows(story, "80周岁及以上", "80周岁及以上");
    assert_golden(story, "settlement");
}

static void another_day_can_be_shown_story(struct story *story)
{
    serve_some(story);
    story_type(story, "4");
    story_press(story, MU_KEY_UP);
    assert_shows(story, "2026-11-21", "2026-11-21");
    assert_false(story_shows(story, "80周岁及以上"));
    story_press(story, MU_KEY_DOWN);
    assert_shows(story, "80周岁及以上", "80周岁及以上");
    for (int i = 0; i < 10; i++)
        story_press(story, MU_KEY_BACKSPACE);
    story_type(story, "１１２１");
    story_press(story, MU_KEY_ENTER);
    assert_shows(story, "2026-11-21", "2026-11-21");
    for (int i = 0; i < 10; i++)
        story_press(story, MU_KEY_BACKSPACE);
    story_type(story, "9999");
    story_press(story, MU_KEY_ENTER);
    assert_shows(story, "写法不对", "not a date");
}

static void one_session_can_be_shown_story(struct story *story)
{
    serve_some(story);
    story_type(story, "4");
    story_press(story, F(4));
    story_type(story, "晚餐");
    story_press(story, MU_KEY_ENTER);
    assert_shows(story, "晚餐", "晚餐");
    assert_false(story_shows(story, "80周岁及以上"));
}

static void a_colleague(struct story *story)
{
    assert_int_equal(mu_add_operator(story->desk, "陈静", MU_ROLE_DESK, NULL, NULL), MU_OK);
    assert_int_equal(mu_set_password(story->desk, "陈静", "1357", NULL), MU_OK);
}

static void sign(struct story *story, const char *password)
{
    story_press(story, F(2));
    story_type(story, "陈静");
    story_press(story, MU_KEY_ENTER);
    story_type(story, password);
    story_press(story, MU_KEY_ENTER);
}

static void choose_lunch(struct story *story)
{
    story_press(story, F(4));
    story_type(story, "午餐");
    story_press(story, MU_KEY_ENTER);
}

static void two_people_count_and_close_story(struct story *story)
{
    a_colleague(story);
    serve_some(story);
    story_type(story, "4");
    choose_lunch(story);
    assert_shows(story, "还没结算：应收现金 149.00 元", "not closed: 149.00 yuan of cash expected");
    story_press(story, F(2));
    assert_top(story, "closing_form");
    story_press(story, MU_KEY_TAB);
    story_press(story, MU_KEY_TAB);
    story_type(story, "1");
    story_press(story, MU_KEY_TAB);
    story_press(story, MU_KEY_TAB);
    story_type(story, "２");
    story_press(story, MU_KEY_TAB);
    assert_shows(story, "-9.00", "-9.00");
    story_press(story, F(2));
    assert_shows(story, "请写一句说明", "explain it in a sentence");
    story_type(story, "找零多给");
    assert_golden(story, "closing_form");
    sign(story, "1111");
    assert_shows(story, "姓名或密码不对", "the name or the password is wrong");
    sign(story, "1357");
    assert_top(story, "settlement");
    assert_shows(story, "第 1 号结算：午餐已结", "closing 1: 午餐 is closed");
    assert_golden(story, "settlement_closed");
    story_press(story, F(2));
    assert_shows(story, "数字不再变动", "its figures stand");
}

static void what_does_not_fit_is_told_story(struct story *story)
{
    serve_some(story);
    story_type(story, "4");
    story_press(story, F(2));
    story_type(story, "much");
    story_press(story, F(2));
    assert_shows(story, "要写成金额", "is an amount");
    for (int i = 0; i < 4; i++)
        story_press(story, MU_KEY_BACKSPACE);
    story_type(story, "149");
    story_press(story, MU_KEY_TAB);
    story_press(story, MU_KEY_TAB);
    story_type(story, "x");
    story_press(story, F(2));
    assert_shows(story, "张数只能是", "pieces are a whole number");
    story_press(story, MU_KEY_BACKSPACE);
    story_type(story, "2");
    story_press(story, F(2));
    assert_shows(story, "合计 200.00 元", "come to 200.00 yuan");
    story_press(story, MU_KEY_TAB);
    story_press(story, MU_KEY_TAB);
    story_press(story, MU_KEY_BACKSPACE);
    story_press(story, F(2));
    assert_shows(story, "没有别的工作人员", "nobody else works here");
    assert_top(story, "closing_form");
}

/* Somebody pays while the cash is being counted. */
static void money_that_moves_meanwhile_is_told_story(struct story *story)
{
    struct mu_desk *other = story_desk(story, "2026-11-22T11:31");
    const struct mu_meal_request request = {.who = "8801"};
    struct mu_meal_answer answer;

    a_colleague(story);
    story_type(story, "4");
    choose_lunch(story);
    story_press(story, F(2));
    story_type(story, "0");
    assert_int_equal(mu_serve_meal(other, &request, &answer, NULL), MU_OK);
    sign(story, "1357");
    assert_shows(story, "刚才又有收付", "money moved since");
    assert_shows(story, "短款", "Short by");
    mu_desk_free(&other);
}

STORY(two_people_count_and_close)
STORY(what_does_not_fit_is_told)
STORY(money_that_moves_meanwhile_is_told)
STORY(the_day_is_summed_by_tier_and_payer)
STORY(another_day_can_be_shown)
STORY(one_session_can_be_shown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TOLD(the_day_is_summed_by_tier_and_payer),
        TOLD(another_day_can_be_shown),
        TOLD(one_session_can_be_shown),
        TOLD(two_people_count_and_close),
        TOLD(what_does_not_fit_is_told),
        TOLD(money_that_moves_meanwhile_is_told),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
