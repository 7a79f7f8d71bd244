#include "screen/story.h"

#include <mulin/desk/alert.h>
#include <mulin/desk/order.h>
#include <mulin/desk/round.h>

#include <string.h>

/* Lunch of the day, to be brought to the person with this card. */
static void order(struct story *story, const char *card)
{
    struct mu_order order = {.session = "lunch",
                             .from = {2026, 11, 22},
                             .serving = MU_DELIVERED,
                             .resident_id = story_find(story, card)};
    struct mu_error error;

    assert_int_equal(mu_save_order(story->desk, &order, "改送餐", NULL, &error), MU_OK);
}

static void three_ordered(struct story *story)
{
    order(story, "8801");
    order(story, "8802");
    order(story, "8805");
}

static void open_rounds(struct story *story)
{
    story_press(story, F(9));
    story_type(story, story->language == MU_CHINESE ? "送餐" : "Rounds");
    story_press(story, MU_KEY_ENTER);
    assert_top(story, "rounds");
}

static void make(struct story *story)
{
    open_rounds(story);
    story_press(story, F(7));
    story_type(story, "骑手小陈");
    story_press(story, MU_KEY_ENTER);
}

static size_t open_alerts(struct story *story)
{
    struct mu_figures figures;
    struct mu_error error;

    assert_int_equal(mu_today(story->desk, &figures, &error), MU_OK);
    return (size_t)figures.alerts;
}

static void a_round_is_made_of_what_was_ordered_story(struct story *story)
{
    three_ordered(story);
    open_rounds(story);
    assert_shows(story, "还有 3 份没安排", "3 meals on none");
    story_press(story, F(7));
    story_type(story, "骑手小陈");
    story_press(story, MU_KEY_ENTER);
    assert_shows(story, "骑手小陈", "骑手小陈");
    assert_golden(story, "rounds");
    story_press(story, F(4));
    story_type(story, story->language == MU_CHINESE ? "转给" : "somebody");
    story_press(story, MU_KEY_ENTER);
    story_type(story, "老张");
    story_press(story, MU_KEY_ENTER);
    assert_shows(story, "转给 老张 3 户", "3 doors went to 老张");
    story_press(story, F(4));
    story_type(story, story->language == MU_CHINESE ? "明天" : "tomorrow");
    story_press(story, MU_KEY_ENTER);
    assert_shows(story, "2026-11-23", "2026-11-23");
    story_press(story, MU_KEY_ESCAPE);
    assert_top(story, "home");
}

static void a_key_tells_of_each_door_story(struct story *story)
{
    three_ordered(story);
    make(story);
    story_press(story, MU_KEY_ENTER);
    assert_top(story, "round_stops");
    story_type(story, "1");
    assert_int_equal(open_alerts(story), 0);
    story_type(story, "2");
    assert_int_equal(open_alerts(story), 1);
    assert_shows(story, "已上首页提醒", "an alert stands on home");
    assert_golden(story, "round_stops");
    story_type(story, "3");
    assert_shows(story, "没回话 0 户", "0 not told of");
    story_press(story, MU_KEY_ESCAPE);
    story_press(story, MU_KEY_ESCAPE);
    assert_top(story, "home");
    story_type(story, "0");
    assert_shows(story, "敲门没人应", "no answer");
}

static void a_slip_is_corrected_with_a_reason_story(struct story *story)
{
    order(story, "8801");
    make(story);
    story_press(story, MU_KEY_ENTER);
    story_press(story, F(4));
    story_press(story, MU_KEY_ENTER);
    story_type(story, "邻居代收");
    story_press(story, MU_KEY_ENTER);
    assert_shows(story, "备注：邻居代收", "Told: 邻居代收");
    story_type(story, "4");
    story_type(story, "2");
    assert_int_equal(open_alerts(story), 0);
    story_type(story, "按错了");
    story_press(story, MU_KEY_ENTER);
    assert_int_equal(open_alerts(story), 1);
    story_press(story, F(5));
    story_press(story, F(4));
    story_type(story, story->language == MU_CHINESE ? "档案" : "file");
    story_press(story, MU_KEY_ENTER);
    assert_top(story, "resident_file");
}

static void a_building_goes_to_somebody_else_story(struct story *story)
{
    three_ordered(story);
    make(story);
    story_press(story, MU_KEY_ENTER);
    story_press(story, F(4));
    story_type(story, story->language == MU_CHINESE ? "这一栋" : "building");
    story_press(story, MU_KEY_ENTER);
    story_type(story, "老张");
    story_press(story, MU_KEY_ENTER);
    assert_shows(story, "转给 老张", "went to 老张");
    story_press(story, MU_KEY_ESCAPE);
    assert_shows(story, "老张", "老张");
}

static void what_is_not_told_of_stays_in_sight_on_home_story(struct story *story)
{
    order(story, "8801");
    make(story);
    story_press(story, MU_KEY_ESCAPE);
    assert_shows(story, "送餐没回话", "Not told of");
}

STORY(a_round_is_made_of_what_was_ordered)
STORY(a_key_tells_of_each_door)
STORY(a_slip_is_corrected_with_a_reason)
STORY(a_building_goes_to_somebody_else)
STORY(what_is_not_told_of_stays_in_sight_on_home)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TOLD(a_round_is_made_of_what_was_ordered),        TOLD(a_key_tells_of_each_door),
        TOLD(a_slip_is_corrected_with_a_reason),          TOLD(a_building_goes_to_somebody_else),
        TOLD(what_is_not_told_of_stays_in_sight_on_home),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
