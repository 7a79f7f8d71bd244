#include "screen/story.h"

#include <mulin/desk/household.h>

#include <string.h>

static void open_household(struct story *story, const char *card)
{
    story_type(story, "2");
    story_scan(story, card);
    assert_top(story, "resident_file");
    story_press(story, F(4));
    story_type(story, story->language == MU_CHINESE ? "家庭户" : "household:");
    story_press(story, MU_KEY_ENTER);
    assert_top(story, "household_page");
}

static struct mu_resident read_file(struct story *story, const char *card)
{
    struct mu_resident resident;

    assert_int_equal(mu_read_resident(story->desk, story_find(story, card), &resident, NULL),
                     MU_OK);
    return resident;
}

static void choose(struct story *story, const char *chinese, const char *english)
{
    story_press(story, F(4));
    story_type(story, story->language == MU_CHINESE ? chinese : english);
    story_press(story, MU_KEY_ENTER);
}

static void the_page_of_a_household_story(struct story *story)
{
    open_household(story, "8802");
    assert_golden(story, "household");
    story_press(story, MU_KEY_ENTER);
    assert_top(story, "resident_file");
}

static void somebody_takes_a_home_of_his_own_story(struct story *story)
{
    struct mu_resident before = read_file(story, "8802");

    open_household(story, "8802");
    choose(story, "迁居", "Move");
    assert_shows(story, "分户", "split");
    story_press(story, MU_KEY_TAB);
    story_type(story, "9栋");
    story_press(story, MU_KEY_TAB);
    story_press(story, MU_KEY_TAB);
    story_type(story, "909");
    story_press(story, F(2));
    assert_top(story, "move_plan");
    assert_golden(story, "move_plan");
    story_press(story, F(2));
    assert_top(story, "household_page");
    assert_shows(story, "已办好", "done");
    assert_string_equal(read_file(story, "8802").room, "909");
    story_press(story, F(8));
    story_type(story, "y");
    assert_string_equal(read_file(story, "8802").room, before.room);
}

static void leaving_the_plan_moves_nobody_story(struct story *story)
{
    struct mu_resident before = read_file(story, "8802");

    open_household(story, "8802");
    choose(story, "迁居", "Move");
    story_press(story, MU_KEY_TAB);
    story_type(story, "9栋");
    story_press(story, F(2));
    assert_top(story, "move_plan");
    story_press(story, MU_KEY_ESCAPE);
    assert_top(story, "household_page");
    assert_string_equal(read_file(story, "8802").building, before.building);
}

static void everybody_goes_at_once_story(struct story *story)
{
    open_household(story, "8801");
    choose(story, "全户迁出", "All moved");
    story_press(story, MU_KEY_ENTER);
    assert_shows(story, "张金凤：标签 残疾 停止；卡 8801", "the tag 残疾 ends; card 8801");
    assert_false(story_shows(story, "请另选户主"));
    story_type(story, "y");
    assert_int_equal(read_file(story, "8801").status, MU_MOVED_OUT);
}

static void the_home_is_let_story(struct story *story)
{
    struct mu_household_page page;

    open_household(story, "8802");
    story_press(story, F(2));
    story_press(story, MU_KEY_TAB);
    for (int i = 0; i < 20; i++)
        story_press(story, MU_KEY_BACKSPACE);
    story_type(story, story->language == MU_CHINESE ? "租户" : "tenant");
    story_press(story, F(2));
    assert_top(story, "household_page");
    assert_int_equal(
        mu_read_household(story->desk, read_file(story, "8802").household_id, &page, NULL), MU_OK);
    assert_int_equal(page.household.occupancy, 2);
    mu_household_page_clear(&page);
}

static void the_tree_of_places_story(struct story *story)
{
    story_type(story, "8");
    assert_top(story, "place_tree");
    assert_golden(story, "places");
    story_press(story, MU_KEY_ENTER);
    story_press(story, F(2));
    assert_top(story, "building_form");
    story_type(story, "1987");
    story_press(story, F(2));
    assert_top(story, "place_tree");
    story_press(story, MU_KEY_ENTER);
    story_press(story, MU_KEY_ENTER);
    assert_top(story, "household_page");
    story_press(story, MU_KEY_ESCAPE);
    story_press(story, MU_KEY_ESCAPE);
    story_press(story, MU_KEY_ESCAPE);
    assert_top(story, "place_tree");
    story_press(story, F(4));
    assert_golden(story, "grids");
    story_press(story, MU_KEY_ESCAPE);
    assert_top(story, "home");
}

/* Two households at one address: a line that drops must not carry words from one to the other. */
static void
what_was_typed_for_one_household_is_not_offered_to_its_neighbour_story(struct story *story)
{
    story_add(story->desk, "name", "周房客", "card", "8899", "estate", "金桂花园", "building",
              "3栋", "unit", "2单元", "room", "202", "household_number", "B-0302", NULL);
    open_household(story, "8802");
    story_press(story, F(2));
    assert_top(story, "household_form");
    story_type(story, "9");
    mu_app_draft(story->app);
    story_reopen(story);
    open_household(story, "8899");
    story_press(story, F(2));
    assert_shows(story, "B-0302", "B-0302");
    assert_false(story_shows(story, "A-03029"));
    story_press(story, MU_KEY_ESCAPE);
    story_press(story, MU_KEY_ESCAPE);
    story_press(story, MU_KEY_ESCAPE);
    story_press(story, MU_KEY_ESCAPE);
    open_household(story, "8802");
    story_press(story, F(2));
    assert_shows(story, "A-03029", "A-03029");
}

static void typing_waits_for_no_other_desk_story(struct story *story)
{
    open_household(story, "8802");
    story_press(story, F(2));
    assert_top(story, "household_form");
    story_type(story, "9");
    assert_drafts_wait(story);
    story_reopen(story);
    open_household(story, "8802");
    story_press(story, F(2));
    assert_shows(story, "A-03029", "A-03029");
}

STORY(the_page_of_a_household)
STORY(typing_waits_for_no_other_desk)
STORY(what_was_typed_for_one_household_is_not_offered_to_its_neighbour)
STORY(somebody_takes_a_home_of_his_own)
STORY(leaving_the_plan_moves_nobody)
STORY(everybody_goes_at_once)
STORY(the_home_is_let)
STORY(the_tree_of_places)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TOLD(the_page_of_a_household),
        TOLD(typing_waits_for_no_other_desk),
        TOLD(what_was_typed_for_one_household_is_not_offered_to_its_neighbour),
        TOLD(somebody_takes_a_home_of_his_own),
        TOLD(leaving_the_plan_moves_nobody),
        TOLD(everybody_goes_at_once),
        TOLD(the_home_is_let),
        TOLD(the_tree_of_places),
    };

    return cmocka_run_group_tests_name("household", tests, NULL, NULL);
}
