/* The box that finds everything, opened from everywhere. */
#include "screen/story.h"
#include "tui/app_state.h"

#include <mulin/desk/find.h>
#include <mulin/desk/household.h>

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void a_couple_moves_in(struct story *story)
{
    story_add(story->desk, "name", "沈阿婆", "birth_date", "1940-01-01", "relation", "户主",
              "estate", "鹭汀苑", "building", "7栋", "unit", "1", "room", "101", "tags", "低保",
              "household_number", "H0071", "phone", "13800007101", NULL);
    story_add(story->desk, "name", "陆老伯", "birth_date", "1941-01-01", "relation", "户主",
              "estate", "鹭汀苑", "building", "7栋", "unit", "1", "room", "102", "household_number",
              "H0072", NULL);
    story_add(story->desk, "name", "陆老太", "birth_date", "1943-01-01", "relation", "配偶",
              "estate", "鹭汀苑", "building", "7栋", "unit", "1", "room", "102", "household_number",
              "H0072", NULL);
}

static void moves_away(struct story *story, const char *card)
{
    struct mu_household to = {.estate = "鹭汀苑", .building = "9栋", .room = "901"};
    int64_t id = story_find(story, card);
    struct mu_move move;

    assert_int_equal(mu_plan_move(story->desk, &id, 1, &to, &move, NULL), MU_OK);
    move.day = (struct mu_date){2026, 11, 20};
    assert_int_equal(mu_move(story->desk, &move, NULL), MU_OK);
}

static void every_row_says_why_story(struct story *story)
{
    a_couple_moves_in(story);
    story_press(story, F(3));
    assert_top(story, "find");
    story_type(story, "独居 7栋");
    assert_shows(story, "沈阿婆", "沈阿婆");
    assert_shows(story, "标签 独居，住址", "tag 独居, address");
    assert_false(story_shows(story, "陆老伯"));
    story_press(story, F(3));
    story_type(story, "zhang");
    assert_shows(story, "拼音", "pinyin");
    assert_golden(story, "find");
}

static void old_homes_are_told_from_present_ones_story(struct story *story)
{
    story_add(story->desk, "name", "方小军", "card", "F1", "estate", "鹭汀苑", "building", "7栋",
              "room", "101", NULL);
    story_add(story->desk, "name", "方大军", "card", "F2", "estate", "鹭汀苑", "building", "7栋",
              "room", "101", NULL);
    moves_away(story, "F2");
    story_press(story, F(3));
    story_type(story, "7-101");
    assert_shows(story, "旧址 7-101（至2026-11-20）", "at 7-101 until 2026-11-20");
    assert_golden(story, "find_old_home");
}

static void a_household_opens_by_its_number_story(struct story *story)
{
    a_couple_moves_in(story);
    story_press(story, F(3));
    story_type(story, "户7");
    assert_shows(story, "陆老伯户 2 人", "陆老伯: 2 people");
    assert_golden(story, "find_household");
    story_press(story, MU_KEY_DOWN);
    story_press(story, MU_KEY_ENTER);
    assert_top(story, "household_page");
    assert_shows(story, "陆老太", "陆老太");
}

static void the_files_opened_last_wait_in_the_empty_box_story(struct story *story)
{
    story_press(story, F(3));
    assert_shows(story, "输入几个字就开始查找", "type to find");
    for (const char *const *who = (const char *const[]){"zhoua", "lij", NULL}; *who; who++) {
        story_type(story, *who);
        story_press(story, MU_KEY_ENTER);
        assert_top(story, "resident_file");
        story_press(story, MU_KEY_ESCAPE);
        assert_top(story, "find");
    }
    story_press(story, F(3));
    assert_shows(story, "最近打开 1 / 2", "last opened 1 / 2");
    assert_golden(story, "find_recent");
    story_press(story, MU_KEY_ENTER);
    assert_shows(story, "李建国", "李建国");
    story_reopen(story);
    story_press(story, F(3));
    assert_shows(story, "最近打开 1 / 2", "last opened 1 / 2");
}

static void a_half_typed_form_stays_under_the_box_story(struct story *story)
{
    story_type(story, "3");
    assert_top(story, "resident_form");
    story_type(story, "新来的");
    story_press(story, F(3));
    assert_top(story, "find");
    story_type(story, "周");
    story_press(story, MU_KEY_ENTER);
    assert_top(story, "resident_file");
    story_press(story, F(3)); /* back to the box, which is empty, and not a third one */
    assert_top(story, "find");
    story_press(story, MU_KEY_ESCAPE);
    assert_top(story, "resident_form");
    assert_shows(story, "新来的", "新来的");
}

static void who_looked_at_a_file_leaves_the_box_at_once_story(struct story *story)
{
    story_press(story, F(3));
    story_type(story, "周");
    story_press(story, MU_KEY_ENTER);
    story_press(story, MU_KEY_ESCAPE);
    assert_shows(story, "周阿宝", "周阿宝");
    story_press(story, MU_KEY_ESCAPE);
    assert_top(story, "home");
    story_press(story, F(3));
    story_type(story, "周");
    story_press(story, MU_KEY_ESCAPE); /* what was only typed is emptied first */
    assert_top(story, "find");
    story_press(story, MU_KEY_ESCAPE);
    assert_top(story, "home");
}

/* F3, Enter, F3, Enter … all morning. */
static void looking_up_one_after_the_other_never_ends_in_too_many_screens_story(struct story *story)
{
    for (int i = 0; i < 30; i++) {
        story_press(story, F(3));
        assert_top(story, "find");
        story_type(story, i % 2 ? "周" : "lij");
        story_press(story, MU_KEY_ENTER);
        assert_top(story, "resident_file");
    }
}

static void the_counter_gets_the_person_and_serves_with_enter_story(struct story *story)
{
    a_couple_moves_in(story);
    story_type(story, "1");
    assert_top(story, "meal_checkin");
    story_press(story, F(3));
    assert_top(story, "find");
    story_type(story, "户71");
    story_press(story, MU_KEY_ENTER); /* a household is nobody */
    assert_top(story, "find");
    story_press(story, F(3));
    story_type(story, "duju 低保 7栋");
    story_press(story, MU_KEY_ENTER);
    assert_top(story, "meal_checkin");
    assert_shows(story, "沈阿婆", "沈阿婆");
    assert_false(story_shows(story, "已签到"));
    story_press(story, MU_KEY_ENTER);
    assert_shows(story, "困难老人工坊餐", "困难老人工坊餐");
}

static void a_scanned_card_opens_the_file_story(struct story *story)
{
    story_press(story, F(3));
    story_type(story, "李");
    story_scan(story, "8801");
    assert_top(story, "resident_file");
    assert_shows(story, "张金凤", "张金凤");
    story_press(story, MU_KEY_ESCAPE);
    story_scan(story, "nobodys");
    assert_top(story, "find");
    assert_shows(story, "没有查到", "nothing answers");
    story_type(story, "周");
    assert_shows(story, "周阿宝", "周阿宝");
}

/* What is typed on home belongs into the box. */
static void home_hands_on_what_is_typed_story(struct story *story)
{
    story_type(story, "周");
    assert_top(story, "find");
    assert_shows(story, "周阿宝", "周阿宝");
}

static void paste(struct story *story, const char *text)
{
    mu_app_event(story->app, (struct mu_event){.kind = MU_EVENT_PASTE, .text = text});
}

static void whatever_is_pasted_the_box_stands_story(struct story *story)
{
    char *much = malloc(30001);

    for (size_t i = 0; i < 30000; i += 3)
        memcpy(much + i, "张", 3);
    much[30000] = '\0';
    story_press(story, F(3));
    paste(story, much);
    assert_top(story, "find");
    assert_shows(story, "没有找到", "nothing found");
    story_press(story, MU_KEY_ESCAPE);
    paste(story, "\x1b[2J\x1b]0;x\x07周\n阿宝\r\n");
    assert_false(story_shows(story, "\x1b"));
    story_press(story, MU_KEY_ESCAPE);
    paste(story, "张\xe5\x87");
    assert_top(story, "find");
    story_press(story, MU_KEY_ESCAPE);
    paste(story, "周");
    assert_shows(story, "周阿宝", "周阿宝");
    free(much);
}

static void a_popup_is_answered_first_story(struct story *story)
{
    story_press(story, MU_KEY_ESCAPE); /* leave the program? */
    story_press(story, F(3));
    assert_false(strcmp(mu_app_top(story->app), "find") == 0);
}

/* 1,200 people of 3栋, of whom 40 are 张三, as 600 of 5栋 are. */
static void fill(const struct story *story)
{
    char path[96];
    sqlite3 *db;

    snprintf(path, sizeof path, "%s/mulin.db", story->folder);
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(
        sqlite3_exec(db,
                     "INSERT INTO place (place_id, estate, building, unit, room) VALUES"
                     " (901, '', '3栋', '', '201'), (902, '', '5栋', '', '201');"
                     "INSERT INTO household (household_id, place_id) VALUES (901, 901), (902, 902);"
                     "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i <"
                     " 1800) INSERT INTO resident (resident_id, name, household_id) SELECT"
                     " 9000 + i, CASE WHEN i > 1200 OR i % 30 = 0 THEN '张三' ELSE '李四' END,"
                     " CASE WHEN i > 1200 THEN 902 ELSE 901 END FROM n;"
                     "INSERT INTO search_key SELECT '1' || name, resident_id FROM resident WHERE"
                     " resident_id > 9000 UNION ALL SELECT CASE household_id WHEN 901 THEN"
                     " 'r3-201' ELSE 'r5-201' END, resident_id FROM resident WHERE"
                     " resident_id > 9000",
                     NULL, NULL, NULL),
        SQLITE_OK);
    sqlite3_close(db);
}

static void
the_first_of_very_many_come_at_once_and_the_rest_when_no_key_waits_story(struct story *story)
{
    const struct mu_layer *box;

    fill(story);
    story_press(story, F(3));
    story_type(story, "张 3栋");
    assert_shows(story, "张三", "张三");
    assert_false(story_shows(story, "1 / 41"));
    box = mu_app_layer(story->app);
    assert_true(box->type->work(story->app, box->state));
    assert_shows(story, "1 / 41", "1 / 41"); /* with 张金凤 */
    assert_false(box->type->work(story->app, box->state));
    /* Whoever is quicker goes through all of them, too. */
    story_press(story, F(3));
    story_type(story, "张三 3栋");
    assert_false(story_shows(story, "1 / 40"));
    story_press(story, MU_KEY_DOWN);
    assert_shows(story, "2 / 40", "2 / 40");
}

STORY(every_row_says_why)
STORY(the_first_of_very_many_come_at_once_and_the_rest_when_no_key_waits)
STORY(old_homes_are_told_from_present_ones)
STORY(a_household_opens_by_its_number)
STORY(the_files_opened_last_wait_in_the_empty_box)
STORY(a_half_typed_form_stays_under_the_box)
STORY(who_looked_at_a_file_leaves_the_box_at_once)
STORY(looking_up_one_after_the_other_never_ends_in_too_many_screens)
STORY(the_counter_gets_the_person_and_serves_with_enter)
STORY(a_scanned_card_opens_the_file)
STORY(home_hands_on_what_is_typed)
STORY(whatever_is_pasted_the_box_stands)
STORY(a_popup_is_answered_first)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TOLD(every_row_says_why),
        TOLD(the_first_of_very_many_come_at_once_and_the_rest_when_no_key_waits),
        TOLD(old_homes_are_told_from_present_ones),
        TOLD(a_household_opens_by_its_number),
        TOLD(the_files_opened_last_wait_in_the_empty_box),
        TOLD(a_half_typed_form_stays_under_the_box),
        TOLD(who_looked_at_a_file_leaves_the_box_at_once),
        TOLD(looking_up_one_after_the_other_never_ends_in_too_many_screens),
        TOLD(the_counter_gets_the_person_and_serves_with_enter),
        TOLD(a_scanned_card_opens_the_file),
        TOLD(home_hands_on_what_is_typed),
        TOLD(whatever_is_pasted_the_box_stands),
        TOLD(a_popup_is_answered_first),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
