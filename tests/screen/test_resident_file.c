#include "screen/story.h"

static void open_file(struct story *story, const char *card)
{
    story_type(story, "2");
    story_scan(story, card);
    assert_top(story, "resident_file");
}

static struct mu_resident read_file(struct story *story, const char *card)
{
    struct mu_resident resident;

    assert_int_equal(mu_read_resident(story->desk, story_find(story, card), &resident, NULL),
                     MU_OK);
    return resident;
}

static void a_file_shows_person_and_household_story(struct story *story)
{
    open_file(story, "8802");
    assert_golden(story, "file");
    story_press(story, MU_KEY_DOWN);
    story_press(story, MU_KEY_ENTER);
    assert_shows(story, "王秀英  女", "王秀英  female");
    story_press(story, MU_KEY_ESCAPE);
    assert_top(story, "register_list");
}

static void moving_out_asks_for_the_day_and_again_story(struct story *story)
{
    open_file(story, "8802");
    story_press(story, F(4));
    story_type(story, story->language == MU_CHINESE ? "迁出" : "moved");
    story_press(story, MU_KEY_ENTER);
    story_type(story, "1101");
    story_press(story, MU_KEY_ENTER);
    assert_shows(story, "2026-11-01", "2026-11-01");
    story_type(story, "y");
    assert_int_equal(read_file(story, "8802").status, MU_MOVED_OUT);
    assert_int_equal(read_file(story, "8802").ended_on.day, 1);
    assert_shows(story, "迁出  2026-11-01", "moved out  2026-11-01");
    story_press(story, F(8));
    story_type(story, "y");
    assert_int_equal(read_file(story, "8802").status, MU_LIVING_HERE);
}

static void a_wrong_day_is_asked_for_again_story(struct story *story)
{
    open_file(story, "8802");
    story_press(story, F(4));
    story_type(story, story->language == MU_CHINESE ? "去世" : "died");
    story_press(story, MU_KEY_ENTER);
    story_type(story, "13月40日");
    story_press(story, MU_KEY_ENTER);
    story_press(story, MU_KEY_ESCAPE);
    assert_top(story, "resident_file");
    assert_int_equal(read_file(story, "8802").status, MU_LIVING_HERE);
}

static void the_price_of_a_meal_is_explained_story(struct story *story)
{
    open_file(story, "8801");
    story_press(story, F(4));
    story_press(story, MU_KEY_ENTER);
    assert_shows(story, "80周岁及以上", "80周岁及以上");
    story_press(story, MU_KEY_ESCAPE);
    assert_top(story, "resident_file");
}

static void a_living_persons_file_has_nothing_to_take_back_story(struct story *story)
{
    open_file(story, "8802");
    story_press(story, F(8));
    assert_top(story, "resident_file");
    assert_shows(story, "没有要恢复的", "nothing to take back");
}

STORY(a_file_shows_person_and_household)
STORY(moving_out_asks_for_the_day_and_again)
STORY(a_wrong_day_is_asked_for_again)
STORY(the_price_of_a_meal_is_explained)
STORY(a_living_persons_file_has_nothing_to_take_back)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TOLD(a_file_shows_person_and_household),
        TOLD(moving_out_asks_for_the_day_and_again),
        TOLD(a_wrong_day_is_asked_for_again),
        TOLD(the_price_of_a_meal_is_explained),
        TOLD(a_living_persons_file_has_nothing_to_take_back),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
