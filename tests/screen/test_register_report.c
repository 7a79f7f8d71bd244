#include "screen/story.h"

#include <mulin/desk/household.h>
#include <mulin/desk/tag.h>

#include <stdio.h>
#include <string.h>

static void open_report(struct story *story)
{
    story_press(story, F(9));
    story_type(story, story->language == MU_CHINESE ? "户籍统计" : "register counted");
    story_press(story, MU_KEY_ENTER);
    assert_top(story, "register_report");
}

static void ask_day(struct story *story, const char *day)
{
    story_press(story, F(7));
    story_type(story, day);
    story_press(story, MU_KEY_ENTER);
}

static void the_register_is_counted_story(struct story *story)
{
    struct mu_household vacant = {.occupancy = 4};

    strcpy(vacant.estate, "鹭汀苑");
    strcpy(vacant.building, "9栋");
    strcpy(vacant.room, "909");
    assert_int_equal(mu_save_household(story->desk, &vacant, NULL, NULL), MU_OK);
    open_report(story);
    assert_shows(story, "全部住户", "all homes");
    assert_golden(story, "register_report");
    story_press(story, F(4));
    assert_shows(story, "按网格", "by grid");
    assert_golden(story, "register_report_grid");
    story_press(story, MU_KEY_LEFT);
    story_press(story, MU_KEY_LEFT);
    assert_shows(story, "100岁以上", "100 or older");
    story_press(story, MU_KEY_ESCAPE);
    assert_top(story, "home");
}

static void a_past_day_says_what_is_not_known_story(struct story *story)
{
    open_report(story);
    ask_day(story, "1999-12-31");
    assert_top(story, "register_report");
    assert_shows(story, "1999-12-31", "1999-12-31");
    assert_golden(story, "register_report_past");
    /* F5 stays on that day, an empty answer comes back to today. */
    story_press(story, F(5));
    assert_shows(story, "1999-12-31", "1999-12-31");
    ask_day(story, "");
    assert_shows(story, "截至 2026-11-22", "on 2026-11-22");
}

static void a_day_that_is_none_changes_nothing_story(struct story *story)
{
    open_report(story);
    ask_day(story, "2030-01-01");
    assert_shows(story, "还没有到", "has not come yet");
    assert_shows(story, "截至 2026-11-22", "on 2026-11-22");
    ask_day(story, "昨天");
    assert_shows(story, "写法不对", "not a date");
    story_scan(story, "8801");
    assert_top(story, "register_report");
    assert_shows(story, "截至 2026-11-22", "on 2026-11-22");
}

static void what_was_saved_meanwhile_is_there_after_f5_story(struct story *story)
{
    struct mu_desk *other = story_desk(story, "2026-11-22T11:40");

    open_report(story);
    story_press(story, F(4));
    story_press(story, F(4));
    story_press(story, F(4));
    assert_shows(story, "按标签", "by tag");
    story_add(other, "name", "新来的", "tags", "军属", NULL);
    assert_false(story_shows(story, "军属"));
    story_press(story, F(5));
    story_press(story, MU_KEY_END);
    assert_shows(story, "军属", "军属");
    mu_desk_free(&other);
}

STORY(the_register_is_counted)
STORY(a_past_day_says_what_is_not_known)
STORY(a_day_that_is_none_changes_nothing)
STORY(what_was_saved_meanwhile_is_there_after_f5)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TOLD(the_register_is_counted),
        TOLD(a_past_day_says_what_is_not_known),
        TOLD(a_day_that_is_none_changes_nothing),
        TOLD(what_was_saved_meanwhile_is_there_after_f5),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
