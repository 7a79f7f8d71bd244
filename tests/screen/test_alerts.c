#include "screen/story.h"

#include "desk/alert_file.h"
#include "store/db.h"

#include <mulin/base/text.h>
#include <mulin/desk/alert.h>
#include <mulin/desk/person_file.h>

#include <string.h>

/* Opens an alert as the end of a session or a courier does. */
static void miss(struct story *story, const char *card, enum mu_alert_cause cause, int missed)
{
    struct mu_alert alert = {.resident_id = story_find(story, card),
                             .cause = cause,
                             .date = {2026, 11, 21},
                             .session = "lunch",
                             .missed = missed};
    struct mu_error error;
    bool opened;

    assert_int_equal(mu_db_begin(story->desk->db, &error), MU_OK);
    assert_int_equal(mu_alert_open(story->desk, &alert, &opened, &error), MU_OK);
    assert_int_equal(mu_desk_end(story->desk, MU_OK, &error), MU_OK);
    assert_true(opened);
}

static void know_whom_to_call(struct story *story, const char *card)
{
    struct mu_person_file file = {.resident_id = story_find(story, card)};
    struct mu_error error;

    strcpy(file.guardian, "周根生（子）");
    strcpy(file.guardian_phone, "13900000001");
    strcpy(file.emergency, "李小强（侄子）");
    strcpy(file.emergency_phone, "13900000002");
    assert_int_equal(mu_save_person_file(story->desk, &file, NULL, &error), MU_OK);
}

static size_t open_alerts(struct story *story)
{
    struct mu_figures figures;
    struct mu_error error;

    assert_int_equal(mu_today(story->desk, &figures, &error), MU_OK);
    return (size_t)figures.alerts;
}

static void two_are_missed(struct story *story)
{
    know_whom_to_call(story, "8801");
    miss(story, "8801", MU_ALERT_ABSENT, 3);
    miss(story, "8805", MU_ALERT_NO_ANSWER, 1);
    story_press(story, F(5));
}

static void home_tells_of_it_until_it_is_answered_story(struct story *story)
{
    two_are_missed(story);
    assert_golden(story, "home_alerts");
    story_type(story, "0");
    assert_top(story, "alerts");
}

static void the_list_tells_what_happened_and_whom_to_call_story(struct story *story)
{
    two_are_missed(story);
    story_type(story, "0");
    assert_shows(story, "敲门没人应", "no answer");
    story_press(story, MU_KEY_DOWN);
    assert_golden(story, "alerts");
    story_press(story, MU_KEY_ESCAPE);
    assert_top(story, "home");
}

static void what_was_found_ends_it_story(struct story *story)
{
    two_are_missed(story);
    story_type(story, "0");
    story_press(story, MU_KEY_ENTER);
    assert_top(story, "alert_form");
    story_type(story, story->language == MU_CHINESE ? "住院" : "in hospital");
    story_press(story, MU_KEY_ENTER);
    story_type(story, "区一院三楼");
    assert_golden(story, "alert_form");
    story_press(story, F(2));
    assert_top(story, "alert_form"); /* until when */
    assert_shows(story, "外出和住院要填", "needed of who is away or in hospital");
    story_type(story, "2026-12-05");
    story_press(story, F(2));
    assert_top(story, "alerts");
    assert_int_equal(open_alerts(story), 1);
    story_press(story, F(4));
    story_type(story, story->language == MU_CHINESE ? "已回复" : "answered");
    story_press(story, MU_KEY_ENTER);
    assert_shows(story, "2026-12-05 起没来会再提醒", "missed again from 2026-12-05 on");
    assert_golden(story, "alerts_all");
    story_press(story, MU_KEY_ENTER); /* answered is answered */
    assert_top(story, "alerts");
}

static void the_whole_phone_is_shown_against_a_reason_story(struct story *story)
{
    two_are_missed(story);
    story_type(story, "0");
    story_press(story, MU_KEY_DOWN);
    story_press(story, F(4));
    story_type(story, story->language == MU_CHINESE ? "监护人" : "guardian");
    story_press(story, MU_KEY_ENTER);
    story_type(story, "三餐没来");
    story_press(story, MU_KEY_ENTER);
    assert_shows(story, "13900000001", "13900000001");
    story_press(story, MU_KEY_ESCAPE);
    story_press(story, F(4));
    story_type(story, story->language == MU_CHINESE ? "紧急" : "emergency");
    story_press(story, MU_KEY_ENTER);
    story_press(story, MU_KEY_ESCAPE);
    story_press(story, F(4));
    story_type(story, story->language == MU_CHINESE ? "档案" : "file");
    story_press(story, MU_KEY_ENTER);
    assert_top(story, "resident_file");
}

static void without_anybody_missed_the_list_says_so_story(struct story *story)
{
    story_type(story, "0");
    assert_shows(story, "没有要去看的人", "nobody is missed");
    story_press(story, MU_KEY_ENTER);
    story_press(story, F(5));
    assert_top(story, "alerts");
}

STORY(home_tells_of_it_until_it_is_answered)
STORY(the_list_tells_what_happened_and_whom_to_call)
STORY(what_was_found_ends_it)
STORY(the_whole_phone_is_shown_against_a_reason)
STORY(without_anybody_missed_the_list_says_so)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TOLD(home_tells_of_it_until_it_is_answered),
        TOLD(the_list_tells_what_happened_and_whom_to_call),
        TOLD(what_was_found_ends_it),
        TOLD(the_whole_phone_is_shown_against_a_reason),
        TOLD(without_anybody_missed_the_list_says_so),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
