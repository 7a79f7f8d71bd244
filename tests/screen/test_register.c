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
    assert_shows(story, "1 / 158", "1 / 158");
    for (i = 0; i < 20; i++)
        story_press(story, MU_KEY_PAGE_DOWN);
    assert_shows(story, "邻居150", "邻居150");
    assert_shows(story, "158 / 158", "158 / 158");
}

static const enum mu_key sort_key = (enum mu_key)(MU_KEY_CONTROL_A + 'T' - 'A');
static const enum mu_key mark_key = (enum mu_key)(MU_KEY_CONTROL_A + 'E' - 'A');

static void every_list_can_be_sorted_story(struct story *story)
{
    story_type(story, "2");
    story_press(story, sort_key);
    assert_shows(story, "姓名↑", "Name↑");
    assert_shows(story, "按姓名排序", "by Name");
    story_type(story, "zhang");
    story_press(story, MU_KEY_HOME);
    story_press(story, MU_KEY_ENTER);
    assert_shows(story, "张建芳", "张建芳");
}

/* Chooses the row of the list's menu that is found by this word of either language. */
static void choose(struct story *story, const char *word)
{
    story_press(story, F(2));
    story_type(story, word);
    story_press(story, MU_KEY_ENTER);
}

static void filter(struct story *story, const char *tags, const char *age)
{
    story_press(story, F(4));
    assert_top(story, "roster_form");
    story_press(story, MU_KEY_TAB);
    story_type(story, tags);
    story_press(story, MU_KEY_TAB);
    story_type(story, age);
}

static void a_filter_is_filled_in_as_a_form_story(struct story *story)
{
    story_type(story, "2");
    filter(story, "", "old");
    story_press(story, F(2));
    assert_top(story, "roster_form");
    assert_shows(story, "不是年龄范围", "no range of ages");
    for (int i = 0; i < 3; i++)
        story_press(story, MU_KEY_BACKSPACE);
    story_type(story, "60-");
    assert_golden(story, "register_filter");
    story_press(story, F(2));
    assert_top(story, "register_list");
    assert_shows(story, "年龄 60-", "Age 60-");
    assert_false(story_shows(story, "张建芳"));
    story_press(story, MU_KEY_ESCAPE);
    assert_shows(story, "筛选已取消", "the filter is gone");
    assert_shows(story, "张建芳", "张建芳");
}

static void leaving_a_filter_changes_nothing_story(struct story *story)
{
    story_type(story, "2");
    filter(story, "低保", "");
    story_press(story, MU_KEY_ESCAPE);
    assert_top(story, "register_list");
    assert_shows(story, "张建芳", "张建芳");
    assert_false(story_shows(story, "标签 低保"));
    assert_false(story_shows(story, "Tags 低保"));
}

static void marked_people_are_summed_up_story(struct story *story)
{
    story_type(story, "2");
    story_press(story, mark_key);
    story_press(story, mark_key);
    assert_golden(story, "register_marked");
    assert_shows(story, "选中 2 人", "2 people marked");
    story_press(story, MU_KEY_UP);
    story_press(story, mark_key);
    assert_shows(story, "选中 1 人", "1 people marked");
    choose(story, "mark everybody");
    assert_shows(story, "选中 8 人", "8 people marked");
    choose(story, "mark nobody");
    assert_false(story_shows(story, "选中 "));
}

static void lists_are_kept_and_taken_up_story(struct story *story)
{
    story_type(story, "2");
    choose(story, "open a kept list");
    assert_shows(story, "还没有保存过", "no list is kept");
    filter(story, "", "60-");
    story_press(story, F(2));
    choose(story, "keep this list");
    story_type(story, "老人");
    story_press(story, MU_KEY_ENTER);
    assert_shows(story, "名单 老人 已保存", "the list 老人 is kept");
    story_press(story, MU_KEY_ESCAPE);
    choose(story, "open a kept list");
    assert_shows(story, "老人", "老人");
    story_press(story, MU_KEY_ENTER);
    assert_shows(story, "年龄 60-", "Age 60-");
    choose(story, "remove a kept list");
    story_press(story, MU_KEY_ENTER);
    assert_shows(story, "名单 老人 已删除", "the list 老人 was removed");
}

static void columns_are_chosen_story(struct story *story)
{
    story_type(story, "2");
    choose(story, "columns");
    story_type(story, "grid");
    story_press(story, MU_KEY_ENTER);
    story_type(story, "phone");
    story_press(story, MU_KEY_ENTER);
    story_press(story, MU_KEY_ESCAPE);
    assert_top(story, "register_list");
    assert_shows(story, "网格", "Grid");
    assert_false(story_shows(story, "138****4321"));
}

static void a_list_is_exported_story(struct story *story)
{
    char path[128], text[512] = "";
    FILE *file;

    snprintf(path, sizeof path, "%s/list.csv", story->folder);
    story_type(story, "2");
    choose(story, "numbers masked");
    story_type(story, path);
    story_press(story, MU_KEY_ENTER);
    assert_shows(story, "已把 8 人写到", "8 people were written to");
    file = fopen(path, "r");
    assert_non_null(file);
    assert_true(fread(text, 1, sizeof text - 1, file) > 20);
    assert_memory_equal(text, "\xEF\xBB\xBF\"", 4);
    fclose(file);
    choose(story, "numbers masked");
    story_type(story, path);
    story_press(story, MU_KEY_ENTER);
    assert_top(story, "confirm");
    story_type(story, "y");
    assert_shows(story, "已把 8 人写到", "8 people were written to");
    choose(story, "numbers masked");
    story_type(story, story->folder);
    story_press(story, MU_KEY_ENTER);
    assert_shows(story, "名字的结尾不对", "does not end as it should");
}

static void whole_numbers_need_a_reason_story(struct story *story)
{
    char path[128];

    snprintf(path, sizeof path, "%s/list.xlsx", story->folder);
    story_type(story, "2");
    choose(story, "whole numbers");
    story_press(story, MU_KEY_ENTER);
    assert_top(story, "prompt");
    story_type(story, "audit");
    story_press(story, MU_KEY_ENTER);
    story_type(story, path);
    story_press(story, MU_KEY_ENTER);
    assert_shows(story, "已把 8 人写到", "8 people were written to");
}

STORY(typing_finds_people)
STORY(phones_are_masked)
STORY(several_words_narrow_the_search)
STORY(nobody_found_says_what_to_do)
STORY(a_scanned_card_opens_the_file)
STORY(escape_empties_the_box_first)
STORY(paging_goes_on_through_the_register)
STORY(every_list_can_be_sorted)
STORY(whole_numbers_need_a_reason)
STORY(a_list_is_exported)
STORY(columns_are_chosen)
STORY(lists_are_kept_and_taken_up)
STORY(marked_people_are_summed_up)
STORY(leaving_a_filter_changes_nothing)
STORY(a_filter_is_filled_in_as_a_form)

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
        TOLD(every_list_can_be_sorted),
        TOLD(whole_numbers_need_a_reason),
        TOLD(a_list_is_exported),
        TOLD(columns_are_chosen),
        TOLD(lists_are_kept_and_taken_up),
        TOLD(marked_people_are_summed_up),
        TOLD(leaving_a_filter_changes_nothing),
        TOLD(a_filter_is_filled_in_as_a_form),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
