#include "screen/story.h"

#include "desk/desk_internal.h"

static void home_shows_the_day_story(struct story *story)
{
    story_press(story, MU_KEY_ENTER);
    assert_top(story, "meal_checkin");
    story_scan(story, "8801");
    story_scan(story, "8802");
    story_scan(story, "8806");
    story_press(story, MU_KEY_ESCAPE);
    assert_top(story, "home");
    assert_golden(story, "home");
}

static void a_digit_opens_its_screen_story(struct story *story)
{
    static const char *const opened[] = {"meal_checkin", "register_list", "resident_form",
                                         "settlement"};
    size_t i;

    for (i = 0; i < sizeof opened / sizeof *opened; i++) {
        story_type(story, (const char[]){(char)('1' + i), '\0'});
        assert_top(story, opened[i]);
        story_press(story, MU_KEY_ESCAPE);
        assert_top(story, "home");
    }
}

static void the_rules_are_there_to_read_story(struct story *story)
{
    story_type(story, "5");
    assert_shows(story, "daily_quota", "daily_quota");
    story_press(story, MU_KEY_ESCAPE);
    assert_top(story, "home");
}

static void what_was_said_can_be_read_again_story(struct story *story)
{
    story_type(story, "1");
    story_scan(story, "99999999");
    story_press(story, MU_KEY_ESCAPE);
    story_press(story, F(9));
    story_type(story, story->language == MU_CHINESE ? "消息" : "messages");
    story_press(story, MU_KEY_ENTER);
    assert_shows(story, "99999999：没有", "99999999: nobody");
    story_press(story, MU_KEY_ESCAPE);
    assert_top(story, "home");
}

static void a_card_scanned_on_home_opens_nothing_story(struct story *story)
{
    mu_app_event(story->app, (struct mu_event){.kind = MU_EVENT_SCAN, .text = "1111"});
    assert_top(story, "home");
    assert_shows(story, "请先按 1", "press 1 for the canteen");
}

static void a_name_typed_on_home_begins_a_search_story(struct story *story)
{
    story_type(story, "张");
    assert_top(story, "find");
    story_type(story, "金");
    assert_shows(story, "张金凤", "张金凤");
    assert_false(story_shows(story, "张建芳"));
}

static void another_desks_work_shows_by_itself_story(struct story *story)
{
    struct mu_desk *other = story_desk(story, "2026-11-22T11:31");
    const struct mu_meal_request request = {.who = "8805"};
    struct mu_meal_answer answer;

    assert_shows(story, "0 份", "Served            0");
    assert_int_equal(mu_serve_meal(other, &request, &answer, NULL), MU_OK);
    mu_desk_free(&other);
    assert_true(mu_app_tick(story->app));
    assert_shows(story, "1 份", "Served            1");
    assert_false(mu_app_tick(story->app));
}

/* Real people's records in the home of the story. */
static void be_real(struct story *story)
{
    assert_int_equal(mu_setting_write(story->desk->db, "demo", "", NULL), MU_OK);
    story_reopen(story);
}

static void a_missing_backup_is_told_story(struct story *story)
{
    assert_false(story_shows(story, "mulin backup"));
    be_real(story);
    assert_shows(story, "还没有备份过：请运行 mulin backup", "never backed up: run mulin backup");
    assert_int_equal(
        mu_setting_write(story->desk->db, MU_SETTING_BACKUP, "2026-11-21T11:29:00", NULL), MU_OK);
    story_press(story, MU_KEY_F1 + 4);
    assert_shows(story, "一天多没有备份：请运行 mulin backup",
                 "no backup for over a day: mulin backup");
    assert_int_equal(
        mu_setting_write(story->desk->db, MU_SETTING_BACKUP, "2026-11-22T02:30:00", NULL), MU_OK);
    story_press(story, MU_KEY_F1 + 4);
    assert_false(story_shows(story, "mulin backup"));
}

STORY(home_shows_the_day)
STORY(a_missing_backup_is_told)
STORY(a_digit_opens_its_screen)
STORY(the_rules_are_there_to_read)
STORY(what_was_said_can_be_read_again)
STORY(a_card_scanned_on_home_opens_nothing)
STORY(a_name_typed_on_home_begins_a_search)
STORY(another_desks_work_shows_by_itself)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TOLD(home_shows_the_day),
        TOLD(a_missing_backup_is_told),
        TOLD(a_digit_opens_its_screen),
        TOLD(the_rules_are_there_to_read),
        TOLD(what_was_said_can_be_read_again),
        TOLD(a_card_scanned_on_home_opens_nothing),
        TOLD(a_name_typed_on_home_begins_a_search),
        TOLD(another_desks_work_shows_by_itself),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
