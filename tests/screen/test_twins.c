#include "screen/story.h"

#include <mulin/desk/twin.h>

#include <string.h>

/* A second file of 张金凤, typed in a hurry at another desk. */
static int64_t add_twin(struct story *story)
{
    struct mu_resident first;

    assert_int_equal(mu_read_resident(story->desk, 1, &first, NULL), MU_OK);
    char birth[MU_DATE_SIZE];

    mu_date_format(first.birth_date, birth);
    return story_add(story->desk, "name", first.name, "birth_date", birth, "phone", "13899990000",
                     "card", "8899", NULL);
}

static void open_twins(struct story *story)
{
    story_press(story, F(9));
    story_type(story, "重复");
    story_press(story, MU_KEY_ENTER);
    assert_top(story, "twins");
}

static void nobody_is_twice_in_the_register_story(struct story *story)
{
    open_twins(story);
    assert_shows(story, "没有要看的重复档案", "There are no twins to look at");
    story_press(story, MU_KEY_ENTER);
    assert_top(story, "twins");
}

static void two_files_are_compared_and_linked_story(struct story *story)
{
    struct mu_resident other;
    int64_t id = add_twin(story);

    open_twins(story);
    assert_golden(story, "twins");
    story_press(story, MU_KEY_ENTER);
    assert_top(story, "twin_pair");
    assert_golden(story, "twin_pair");
    story_press(story, MU_KEY_ENTER);
    assert_golden(story, "twin_pair_decide");
    story_press(story, MU_KEY_ENTER);
    story_type(story, "y");
    assert_top(story, "twins");
    assert_shows(story, "两份档案都保留", "both files are kept");
    assert_shows(story, "没有要看的重复档案", "There are no twins to look at");
    assert_int_equal(mu_read_resident(story->desk, id, &other, NULL), MU_OK);
    assert_int_equal(other.linked_to, 1);
    /* F8 takes it back, and the pair stands there again. */
    story_press(story, F(8));
    story_type(story, "y");
    assert_false(story_shows(story, "没有要看的重复档案"));
    assert_int_equal(mu_read_resident(story->desk, id, &other, NULL), MU_OK);
    assert_int_equal(other.linked_to, 0);
}

static void two_people_are_told_apart_story(struct story *story)
{
    add_twin(story);
    open_twins(story);
    story_press(story, MU_KEY_ENTER);
    story_press(story, MU_KEY_ENTER);
    story_press(story, MU_KEY_DOWN);
    story_press(story, MU_KEY_DOWN);
    story_press(story, MU_KEY_ENTER);
    story_type(story, "y");
    assert_shows(story, "以后不再提示", "not told of again");
    story_press(story, F(5));
    assert_shows(story, "没有要看的重复档案", "There are no twins to look at");
}

static void the_form_warns_while_it_is_typed_story(struct story *story)
{
    add_twin(story);
    story_type(story, "3");
    story_type(story, "张风");
    for (int i = 0; i < 5; i++)
        story_press(story, MU_KEY_TAB);
    assert_false(story_shows(story, "F4 并排看"));
    story_type(story, "13899990000");
    story_press(story, MU_KEY_TAB);
    assert_golden(story, "form_twin");
    story_press(story, F(4));
    assert_top(story, "twin_pair");
    assert_golden(story, "form_twin_pair");
    story_press(story, MU_KEY_ESCAPE);
    assert_top(story, "resident_form");
    assert_shows(story, "13899990000", "13899990000");
}

static void a_linked_file_says_who_speaks_for_it_story(struct story *story)
{
    struct mu_error error;
    int64_t id = add_twin(story);

    assert_int_equal(mu_link_twins(story->desk, 1, id, NULL, NULL), MU_OK);
    assert_int_equal(mu_open_resident_file(story->app, id, &error), MU_OK);
    assert_shows(story, "这份档案已并到编号 1", "number 1 speaks for this file");
}

static void an_old_link_is_taken_back_on_the_page_story(struct story *story)
{
    struct mu_resident other;
    struct mu_error error;
    int64_t id = add_twin(story);

    assert_int_equal(mu_link_twins(story->desk, 1, id, NULL, NULL), MU_OK);
    assert_int_equal(mu_open_resident_file(story->app, id, &error), MU_OK);
    story_press(story, F(4));
    story_type(story, story->language == MU_CHINESE ? "关联" : "linked");
    story_press(story, MU_KEY_ENTER);
    assert_shows(story, "关联期间没有用餐和改动", "nothing was served");
    story_type(story, "y");
    assert_shows(story, "两份档案各自恢复", "two files again");
    assert_int_equal(mu_read_resident(story->desk, id, &other, NULL), MU_OK);
    assert_int_equal(other.linked_to, 0);
}

/* Verdicts of last year are taken back where they are listed. */
static void past_verdicts_are_taken_back_story(struct story *story)
{
    struct mu_resident other;
    int64_t id = add_twin(story);

    assert_int_equal(mu_link_twins(story->desk, 1, id, "同一张老年证", NULL), MU_OK);
    assert_int_equal(mu_declare_different(story->desk, 2, 3, "电话是女儿的", NULL), MU_OK);
    open_twins(story);
    story_press(story, F(4));
    assert_top(story, "twin_verdicts");
    assert_golden(story, "twin_verdicts");
    story_press(story, MU_KEY_ENTER);
    story_press(story, MU_KEY_ENTER);
    story_type(story, "y");
    assert_shows(story, "以后会再提示", "told of again");
    story_press(story, MU_KEY_DOWN);
    story_press(story, MU_KEY_ENTER);
    story_press(story, MU_KEY_ENTER);
    assert_shows(story, "关联期间没有用餐和改动", "nothing was served");
    story_type(story, "y");
    assert_int_equal(mu_read_resident(story->desk, id, &other, NULL), MU_OK);
    assert_int_equal(other.linked_to, 0);
    assert_golden(story, "twin_verdicts_back");
    /* What was taken back can only be looked at. */
    story_press(story, MU_KEY_ENTER);
    assert_false(story_shows(story, "撤回这个判定"));
    story_press(story, MU_KEY_ENTER);
    assert_top(story, "resident_file");
    story_press(story, MU_KEY_ESCAPE);
    story_press(story, MU_KEY_ESCAPE);
    assert_top(story, "twins");
}

static void without_verdicts_the_list_says_so_story(struct story *story)
{
    open_twins(story);
    story_press(story, F(4));
    story_press(story, MU_KEY_ENTER);
    assert_shows(story, "还没有作过判定", "Nothing was decided yet");
}

STORY(past_verdicts_are_taken_back)
STORY(without_verdicts_the_list_says_so)
STORY(nobody_is_twice_in_the_register)
STORY(two_files_are_compared_and_linked)
STORY(two_people_are_told_apart)
STORY(the_form_warns_while_it_is_typed)
STORY(a_linked_file_says_who_speaks_for_it)
STORY(an_old_link_is_taken_back_on_the_page)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TOLD(nobody_is_twice_in_the_register),
        TOLD(two_files_are_compared_and_linked),
        TOLD(two_people_are_told_apart),
        TOLD(the_form_warns_while_it_is_typed),
        TOLD(a_linked_file_says_who_speaks_for_it),
        TOLD(an_old_link_is_taken_back_on_the_page),
        TOLD(past_verdicts_are_taken_back),
        TOLD(without_verdicts_the_list_says_so),
    };

    return cmocka_run_group_tests_name("twins", tests, NULL, NULL);
}
