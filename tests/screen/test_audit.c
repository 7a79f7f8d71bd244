#include "screen/story.h"

#include <string.h>

static void look_at_the_number(struct story *story)
{
    story_type(story, "2");
    story_scan(story, "8801");
    story_press(story, F(4));
    story_type(story, story->language == MU_CHINESE ? "身份证" : "ID number");
    story_press(story, MU_KEY_ENTER);
    story_type(story, "核对证件");
    story_press(story, MU_KEY_ENTER);
}

static void a_whole_number_is_seen_against_a_reason_story(struct story *story)
{
    look_at_the_number(story);
    assert_shows(story, "本次查看已记录", "this view is recorded");
    while (strcmp(mu_app_top(story->app), "home") != 0)
        story_press(story, MU_KEY_ESCAPE);
    story_press(story, F(9));
    story_type(story, story->language == MU_CHINESE ? "操作记录" : "Audit");
    story_press(story, MU_KEY_ENTER);
    assert_shows(story, "核对证件", "核对证件");
    assert_shows(story, "查看完整号码", "see whole numbers");
    story_type(story, "核对");
    assert_golden(story, "audit");
    story_type(story, "没有这样的");
    assert_shows(story, "没有符合的操作记录", "no record fits");
}

static void a_file_tells_who_saw_it_story(struct story *story)
{
    look_at_the_number(story);
    story_press(story, MU_KEY_ESCAPE);
    story_press(story, F(4));
    story_type(story, story->language == MU_CHINESE ? "谁看过" : "Who saw");
    story_press(story, MU_KEY_ENTER);
    assert_shows(story, "核对证件", "核对证件");
    assert_shows(story, "改后", "after");
}

STORY(a_whole_number_is_seen_against_a_reason)
STORY(a_file_tells_who_saw_it)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TOLD(a_whole_number_is_seen_against_a_reason),
        TOLD(a_file_tells_who_saw_it),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
