#include "screen/story.h"

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

STORY(the_day_is_summed_by_tier_and_payer)
STORY(another_day_can_be_shown)
STORY(one_session_can_be_shown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TOLD(the_day_is_summed_by_tier_and_payer),
        TOLD(another_day_can_be_shown),
        TOLD(one_session_can_be_shown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
