#include "screen/story.h"

#include <mulin/desk/operators.h>

#include <string.h>

/* A made-up number: district 000000, born 1946-03-08, female. */
static const char id_number[] = "00000019460308002";

static void type_id_number(struct story *story)
{
    char whole[MU_ID_NUMBER_SIZE];

    memcpy(whole, id_number, sizeof id_number - 1);
    whole[17] = mu_id_number_check(id_number);
    whole[18] = '\0';
    story_type(story, whole);
}

static struct mu_resident read_file(struct story *story, int64_t id)
{
    struct mu_resident resident;

    assert_int_equal(mu_read_resident(story->desk, id, &resident, NULL), MU_OK);
    return resident;
}

/* The answer yes to a question that stands on the screen. */
static void agree(struct story *story)
{
    story_type(story, "y");
}

static void edit(struct story *story, const char *card)
{
    story_type(story, "2");
    story_scan(story, card);
    story_press(story, F(2));
    assert_top(story, "resident_form");
}

static void to_field(struct story *story, const char *key)
{
    size_t i;

    for (i = 0; strcmp(mu_resident_fields[i].key, key) != 0; i++)
        story_press(story, MU_KEY_TAB);
}

static void a_new_resident_is_added_story(struct story *story)
{
    struct mu_resident added;

    story_type(story, "3");
    assert_golden(story, "form_empty");
    story_type(story, "赵桂兰");
    story_press(story, MU_KEY_ENTER);
    type_id_number(story);
    story_press(story, MU_KEY_ENTER);
    assert_shows(story, "1946-03-08", "1946-03-08");
    assert_golden(story, "form_filled");
    story_press(story, F(2));
    assert_shows(story, "已登记 赵桂兰", "赵桂兰 is added");
    added = read_file(story, 9);
    assert_string_equal(added.name, "赵桂兰");
    assert_int_equal(added.sex, MU_SEX_FEMALE);
    assert_int_equal(added.birth_date.year, 1946);
    assert_int_equal(added.status, MU_LIVING_HERE);
    story_press(story, MU_KEY_ESCAPE);
    assert_top(story, "home");
}

static void an_error_keeps_the_form_and_goes_to_the_field_story(struct story *story)
{
    story_type(story, "3");
    story_type(story, "赵桂兰");
    story_press(story, MU_KEY_ENTER);
    story_type(story, "110105194912310020");
    story_press(story, F(2));
    assert_top(story, "resident_form");
    assert_golden(story, "form_error");
}

static void the_card_of_another_is_refused_story(struct story *story)
{
    story_type(story, "3");
    story_type(story, "赵桂兰");
    to_field(story, "card");
    story_type(story, "8801");
    story_press(story, F(2));
    assert_top(story, "resident_form");
    assert_shows(story, "已发给", "it belongs to");
    for (int i = 0; i < 4; i++)
        story_press(story, MU_KEY_BACKSPACE);
    story_type(story, "8899");
    story_press(story, F(2));
    assert_string_equal(read_file(story, 9).card, "8899");
}

static void f6_repeats_the_last_address_story(struct story *story)
{
    story_type(story, "3");
    story_type(story, "赵桂兰");
    to_field(story, "estate");
    story_press(story, F(6));
    story_type(story, "香樟苑");
    story_press(story, F(2));
    story_type(story, "钱学文");
    to_field(story, "estate");
    story_press(story, F(6));
    story_press(story, F(2));
    assert_string_equal(read_file(story, 10).estate, "香樟苑");
}

static void a_twin_is_asked_about_story(struct story *story)
{
    struct mu_error error;
    struct mu_resident none;

    story_type(story, "3");
    story_type(story, "张金凤");
    to_field(story, "birth_date");
    story_type(story, "19440308");
    story_press(story, F(2));
    assert_shows(story, "姓名和出生日期相同", "the same name and birth date");
    story_press(story, MU_KEY_ENTER);
    assert_top(story, "resident_form");
    assert_shows(story, "没有保存", "not saved");
    assert_int_not_equal(mu_read_resident(story->desk, 9, &none, &error), MU_OK);
    story_press(story, F(2));
    agree(story);
    assert_string_equal(read_file(story, 9).name, "张金凤");
}

/* Nobody types less quickly for it. */
static void a_draft_waits_for_no_other_desk_story(struct story *story)
{
    story_type(story, "3");
    story_type(story, "赵桂");
    assert_drafts_wait(story);
    story_reopen(story);
    story_type(story, "3");
    assert_shows(story, "赵桂", "赵桂");
}

static void a_draft_comes_back_story(struct story *story)
{
    story_type(story, "3");
    story_type(story, "赵桂");
    mu_app_draft(story->app);
    story_reopen(story);
    story_type(story, "3");
    assert_shows(story, "赵桂", "赵桂");
    assert_shows(story, "已取回", "is back");
    story_press(story, MU_KEY_ESCAPE);
    agree(story);
    assert_top(story, "home");
    story_type(story, "3");
    assert_false(story_shows(story, "赵桂"));
}

static void a_change_is_saved_and_the_file_shown_again_story(struct story *story)
{
    edit(story, "8802");
    to_field(story, "tags");
    story_type(story, "党员");
    story_press(story, F(2));
    assert_top(story, "resident_file");
    assert_shows(story, "李建国 的档案已保存", "the file of 李建国 is saved");
    assert_shows(story, "党员", "党员");
    assert_string_equal(read_file(story, story_find(story, "8802")).tags, "党员");
}

/* A colleague at another counter changes the file of this card meanwhile. */
static void meanwhile(struct story *story, const char *card, const char *key, const char *text)
{
    struct mu_desk_options options = {
        .home = story->folder, .system_user = "wang", .fixed_now = "2026-11-22T11:31"};
    struct mu_resident theirs = read_file(story, story_find(story, card));
    struct mu_desk *other = NULL;
    enum mu_status added = mu_add_operator(story->desk, "王丽", MU_ROLE_DESK, "wang", NULL);

    assert_true(added == MU_OK || added == MU_INPUT); /* she works here already */
    assert_int_equal(mu_desk_open(&options, &other, NULL), MU_OK);
    assert_int_equal(
        mu_field_read(mu_field_by_key(mu_resident_fields, mu_resident_field_count, key), text,
                      mu_desk_now(other).date, &theirs, NULL),
        MU_OK);
    assert_int_equal(mu_save_resident(other, &theirs, NULL, NULL), MU_OK);
    mu_desk_free(&other);
}

static void what_two_desks_change_is_brought_together_story(struct story *story)
{
    struct mu_resident file;

    edit(story, "8802");
    to_field(story, "tags");
    story_type(story, "党员");
    meanwhile(story, "8802", "phone", "057487654321");
    story_press(story, F(2));
    assert_shows(story, "王丽 11:31 也改了这份档案：电话",
                 "王丽, 11:31 changed this file too: Phone");
    assert_golden(story, "form_merge");
    agree(story);
    assert_top(story, "resident_file");
    file = read_file(story, story_find(story, "8802"));
    assert_string_equal(file.phone, "057*****4321");
    assert_string_equal(file.tags, "党员");
}

static void who_does_not_agree_looks_it_over_first_story(struct story *story)
{
    edit(story, "8802");
    to_field(story, "tags");
    story_type(story, "党员");
    meanwhile(story, "8802", "phone", "057487654321");
    story_press(story, F(2));
    story_press(story, MU_KEY_ESCAPE);
    assert_top(story, "resident_form");
    assert_shows(story, "057*****4321", "057*****4321");
    assert_shows(story, "党员", "党员");
    assert_string_equal(read_file(story, story_find(story, "8802")).tags, "");
    story_press(story, F(2));
    assert_top(story, "resident_file");
    assert_string_equal(read_file(story, story_find(story, "8802")).tags, "党员");
}

static void where_both_changed_one_field_the_second_chooses_story(struct story *story)
{
    struct mu_resident file;

    edit(story, "8802");
    to_field(story, "occupation");
    story_press(story, MU_KEY_BACKSPACE);
    story_press(story, MU_KEY_BACKSPACE);
    story_type(story, "门卫");
    story_press(story, MU_KEY_ENTER);
    story_type(story, "党员");
    meanwhile(story, "8802", "occupation", "教师");
    meanwhile(story, "8802", "tags", "低保");
    meanwhile(story, "8802", "sex", "女");
    story_press(story, F(2));
    assert_shows(story, "职业：两边都改了", "Occupation: both changed it");
    assert_golden(story, "form_conflict");
    story_press(story, MU_KEY_ENTER); /* theirs */
    assert_shows(story, "标签：两边都改了", "Tags: both changed it");
    story_press(story, MU_KEY_DOWN);
    story_press(story, MU_KEY_ENTER); /* mine */
    agree(story);
    assert_top(story, "resident_file");
    file = read_file(story, story_find(story, "8802"));
    assert_string_equal(file.occupation, "教师");
    assert_string_equal(file.tags, "党员");
    assert_int_equal(file.sex, MU_SEX_FEMALE);
}

static void a_choice_that_is_left_open_saves_nothing_story(struct story *story)
{
    edit(story, "8802");
    to_field(story, "tags");
    story_type(story, "党员");
    meanwhile(story, "8802", "tags", "低保");
    story_press(story, F(2));
    story_press(story, MU_KEY_ESCAPE);
    assert_top(story, "resident_form");
    assert_shows(story, "还没有保存", "not saved yet");
    assert_shows(story, "党员", "党员");
    assert_string_equal(read_file(story, story_find(story, "8802")).tags, "低保");
}

/* Masked they look alike: 138****4321. */
static void numbers_that_differ_in_the_middle_are_not_taken_for_one_story(struct story *story)
{
    edit(story, "8801");
    to_field(story, "phone");
    for (int i = 0; i < 11; i++)
        story_press(story, MU_KEY_BACKSPACE);
    story_type(story, "13700000001");
    meanwhile(story, "8801", "phone", "13899994321");
    story_press(story, F(2));
    assert_shows(story, "电话：两边都改了", "Phone: both changed it");
    story_press(story, MU_KEY_ESCAPE);
}

/* The grid is the household's: it changes without the file of each who lives there. */
static void the_grid_of_the_household_is_not_set_back_story(struct story *story)
{
    edit(story, "8802");
    to_field(story, "tags");
    story_type(story, "党员");
    meanwhile(story, "8803", "grid", "第九网格");
    story_press(story, F(2));
    assert_top(story, "resident_file");
    assert_string_equal(read_file(story, story_find(story, "8802")).grid, "第九网格");
    assert_string_equal(read_file(story, story_find(story, "8803")).grid, "第九网格");
}

static void the_next_of_a_household_has_its_address_story(struct story *story)
{
    struct mu_resident child;

    story_type(story, "2");
    story_scan(story, "8806");
    story_press(story, F(7));
    assert_shows(story, "金桂花园", "金桂花园");
    story_type(story, "张小宝");
    story_press(story, F(2));
    child = read_file(story, 9);
    assert_string_equal(child.name, "张小宝");
    assert_string_equal(child.room, "102");
    assert_int_equal(child.household_id, read_file(story, story_find(story, "8806")).household_id);
    assert_top(story, "resident_form");
    assert_shows(story, "金桂花园", "金桂花园");
    story_press(story, MU_KEY_ESCAPE);
    assert_top(story, "resident_file");
    assert_shows(story, "张小宝", "张小宝");
}

STORY(a_new_resident_is_added)
STORY(an_error_keeps_the_form_and_goes_to_the_field)
STORY(the_card_of_another_is_refused)
STORY(f6_repeats_the_last_address)
STORY(a_twin_is_asked_about)
STORY(a_draft_comes_back)
STORY(a_draft_waits_for_no_other_desk)
STORY(a_change_is_saved_and_the_file_shown_again)
STORY(what_two_desks_change_is_brought_together)
STORY(who_does_not_agree_looks_it_over_first)
STORY(where_both_changed_one_field_the_second_chooses)
STORY(a_choice_that_is_left_open_saves_nothing)
STORY(numbers_that_differ_in_the_middle_are_not_taken_for_one)
STORY(the_grid_of_the_household_is_not_set_back)
STORY(the_next_of_a_household_has_its_address)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TOLD(a_new_resident_is_added),
        TOLD(an_error_keeps_the_form_and_goes_to_the_field),
        TOLD(the_card_of_another_is_refused),
        TOLD(f6_repeats_the_last_address),
        TOLD(a_twin_is_asked_about),
        TOLD(a_draft_comes_back),
        TOLD(a_draft_waits_for_no_other_desk),
        TOLD(a_change_is_saved_and_the_file_shown_again),
        TOLD(what_two_desks_change_is_brought_together),
        TOLD(who_does_not_agree_looks_it_over_first),
        TOLD(where_both_changed_one_field_the_second_chooses),
        TOLD(a_choice_that_is_left_open_saves_nothing),
        TOLD(numbers_that_differ_in_the_middle_are_not_taken_for_one),
        TOLD(the_grid_of_the_household_is_not_set_back),
        TOLD(the_next_of_a_household_has_its_address),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
