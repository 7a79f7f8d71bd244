#include "screen/story.h"

#include <stdio.h>

static void typing_finds_people_story(struct story *story)
{
    story_type(story, "2");
    story_type(story, "zhang");
    assert_shows(story, "138****4321", "138****4321");
    assert_shows(story, "迁出", "left");
    assert_false(story_shows(story, "李建国"));
    assert_golden(story, "register");
}

static void phones_are_masked_story(struct story *story)
{
    story_type(story, "2");
    story_type(story, "4321");
    assert_shows(story, "138****4321", "138****4321");
    assert_false(story_shows(story, "13800004321"));
    story_press(story, MU_KEY_ENTER);
    assert_false(story_shows(story, "13800004321"));
}

static void several_words_narrow_the_search_story(struct story *story)
{
    story_type(story, "2");
    story_type(story, "５-102　zjf");
    assert_shows(story, "张建芳", "张建芳");
    assert_false(story_shows(story, "欧阳明月"));
    assert_false(story_shows(story, "138****4321"));
}

static void nobody_found_says_what_to_do_story(struct story *story)
{
    story_type(story, "2");
    story_type(story, "诸葛");
    assert_shows(story, "没有找到", "nobody");
    story_press(story, MU_KEY_ENTER);
    assert_top(story, "register_list");
}

static void a_scanned_card_opens_the_file_story(struct story *story)
{
    story_type(story, "2");
    story_type(story, "李");
    story_scan(story, "8801");
    assert_top(story, "resident_file");
    assert_shows(story, "张金凤", "张金凤");
    story_press(story, MU_KEY_ESCAPE);
    assert_top(story, "register_list");
    story_type(story, "周");
    assert_shows(story, "周阿宝", "周阿宝");
}

static void escape_empties_the_box_first_story(struct story *story)
{
    story_type(story, "2");
    story_type(story, "zhou");
    assert_false(story_shows(story, "李建国"));
    story_press(story, MU_KEY_ESCAPE);
    assert_top(story, "register_list");
    assert_shows(story, "李建国", "李建国");
    story_press(story, MU_KEY_ESCAPE);
    assert_top(story, "home");
}

static void paging_goes_on_through_the_register_story(struct story *story)
{
    char name[32], card[16];
    int i;

    for (i = 1; i <= 150; i++) {
        snprintf(name, sizeof name, "邻居%d", i);
        snprintf(card, sizeof card, "N%d", i);
        story_add(story->desk, "name", name, "card", card, NULL);
    }
    story_type(story, "2");
    assert_shows(story, "1 / 60+", "1 / 60+");
    for (i = 0; i < 20; i++)
        story_press(story, MU_KEY_PAGE_DOWN);
    assert_shows(story, "邻居150", "邻居150");
    assert_shows(story, "158 / 158", "158 / 158");
}

static void what_is_found_can_be_sorted_story(struct story *story)
{
    story_type(story, "2");
    story_press(story, (enum mu_key)(MU_KEY_CONTROL_A + 'T' - 'A'));
    assert_shows(story, "先输入几个字", "type something first");
    story_type(story, "zhang");
    story_press(story, (enum mu_key)(MU_KEY_CONTROL_A + 'T' - 'A'));
    assert_shows(story, "姓名↑", "Name↑");
    story_press(story, MU_KEY_HOME);
    story_press(story, MU_KEY_ENTER);
    assert_shows(story, "张建芳", "张建芳");
}

STORY(typing_finds_people)
STORY(phones_are_masked)
STORY(several_words_narrow_the_search)
STORY(nobody_found_says_what_to_do)
STORY(a_scanned_card_opens_the_file)
STORY(escape_empties_the_box_first)
STORY(paging_goes_on_through_the_register)
STORY(what_is_found_can_be_sorted)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TOLD(typing_finds_people),
        TOLD(phones_are_masked),
        TOLD(several_words_narrow_the_search),
        TOLD(nobody_found_says_what_to_do),
        TOLD(a_scanned_card_opens_the_file),
        TOLD(escape_empties_the_box_first),
        TOLD(paging_goes_on_through_the_register),
        TOLD(what_is_found_can_be_sorted),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
