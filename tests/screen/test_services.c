#include "screen/story.h"

#include <mulin/desk/service.h>

#include <string.h>

static void open_services(struct story *story)
{
    story_type(story, "7");
    assert_top(story, "services");
}

/* F7, a duty, and what is the same for all: 90 minutes of today, before eleven. */
static void begin_list(struct story *story)
{
    story_press(story, F(7));
    story_type(story, "巡");
    story_press(story, MU_KEY_ENTER);
    assert_top(story, "attendance_form");
    story_press(story, MU_KEY_TAB);
    story_press(story, MU_KEY_TAB);
    story_type(story, "930");
    story_press(story, MU_KEY_TAB);
    story_type(story, "11:00");
    assert_golden(story, "attendance_form");
    story_press(story, F(2));
    assert_top(story, "attendance");
}

static void a_list_is_scanned_and_typed_story(struct story *story)
{
    open_services(story);
    assert_shows(story, "没有服务记录", "no services");
    begin_list(story);
    story_scan(story, "8801");
    story_type(story, "wang");
    assert_golden(story, "attendance_hits");
    story_press(story, MU_KEY_ENTER);
    story_scan(story, "8801");
    assert_shows(story, "已在表上", "stands on the list");
    story_scan(story, "99999");
    assert_golden(story, "attendance");
    story_press(story, MU_KEY_DOWN);
    story_press(story, F(4));
    story_type(story, "60");
    story_press(story, MU_KEY_ENTER);
    assert_shows(story, "60", "60");
    story_press(story, F(2));
    assert_shows(story, "登记了 2 人", "2 people recorded");
    assert_shows(story, "没有查到", "nobody answers");
    story_press(story, F(8));
    story_press(story, MU_KEY_ESCAPE);
    assert_top(story, "services");
    assert_golden(story, "services");
}

static void the_last_people_come_again_story(struct story *story)
{
    a_list_is_scanned_and_typed_story(story);
    story_press(story, F(7));
    story_press(story, MU_KEY_ENTER);
    assert_top(story, "attendance_form");
    story_press(story, MU_KEY_TAB);
    for (int i = 0; i < 10; i++)
        story_press(story, MU_KEY_BACKSPACE);
    story_type(story, "1121");
    story_press(story, F(2));
    story_press(story, F(6));
    assert_shows(story, "加入了 2 人", "2 people as on");
    story_press(story, F(2));
    assert_top(story, "services");
    assert_shows(story, "登记 2 人", "2 people recorded");
}

static void a_list_survives_a_dropped_line_story(struct story *story)
{
    open_services(story);
    begin_list(story);
    story_scan(story, "8801");
    story_scan(story, "8802");
    assert_drafts_wait(story);
    story_reopen(story);
    open_services(story);
    story_press(story, F(7));
    assert_top(story, "attendance");
    assert_shows(story, "2 人", "2 people");
    story_press(story, MU_KEY_ESCAPE);
    story_type(story, "y");
    assert_top(story, "services");
    story_press(story, F(7));
    story_press(story, MU_KEY_ESCAPE);
    assert_top(story, "services");
}

static void a_mistake_is_reversed_story(struct story *story)
{
    a_list_is_scanned_and_typed_story(story);
    story_press(story, MU_KEY_ENTER);
    assert_shows(story, "分录号", "entry");
    story_press(story, MU_KEY_ESCAPE);
    story_press(story, F(8));
    story_type(story, "不是她");
    story_press(story, MU_KEY_ENTER);
    assert_shows(story, "已冲正", "reversed");
    story_press(story, F(8));
    assert_shows(story, "已经冲正过", "reversed already");
}

static void scans_check_in_and_out_story(struct story *story)
{
    open_services(story);
    story_press(story, F(4));
    story_press(story, MU_KEY_ENTER);
    story_type(story, "巡");
    story_press(story, MU_KEY_ENTER);
    assert_top(story, "service_scan");
    story_scan(story, "8801");
    assert_shows(story, "签到", "checked in at");
    story_scan(story, "99999");
    assert_shows(story, "没有查到", "nobody answers");
    story_scan(story, "8801");
    assert_shows(story, "刚刚签到", "checked in just now");
    story_scan(story, "8802");
    assert_golden(story, "service_scan");
    story_press(story, MU_KEY_ESCAPE);
    assert_shows(story, "未签退", "still in");
    story_press(story, F(4));
    story_press(story, MU_KEY_DOWN);
    story_press(story, MU_KEY_DOWN);
    story_press(story, MU_KEY_ENTER);
    assert_shows(story, "还没有签退的", "who has not checked out");
}

static void adopt(struct story *story, const char *preset)
{
    const char *book = mu_preset_book(preset);
    struct mu_rules_faults faults = {0};
    struct mu_error error;
    int version;

    assert_int_equal(mu_desk_adopt_rules(story->desk, book, strlen(book),
                                         mu_desk_now(story->desk).date, &faults, &version, &error),
                     MU_OK);
    mu_rules_faults_clear(&faults);
}

static void somebody_is_praised_at_the_door_story(struct story *story)
{
    adopt(story, "zhonggeng");
    open_services(story);
    story_press(story, F(4));
    story_press(story, MU_KEY_DOWN);
    story_press(story, MU_KEY_ENTER);
    story_type(story, "张金凤");
    story_press(story, MU_KEY_ENTER);
    assert_shows(story, "线上评价", "线上评价");
    story_press(story, MU_KEY_DOWN);
    story_press(story, MU_KEY_ENTER);
    assert_shows(story, "上门回访", "上门回访");
    story_type(story, "9");
    story_press(story, MU_KEY_ENTER);
    assert_shows(story, "之间", "it is not from");
    story_press(story, F(4));
    story_press(story, MU_KEY_DOWN);
    story_press(story, MU_KEY_ENTER);
    story_type(story, "张金凤");
    story_press(story, MU_KEY_ENTER);
    story_press(story, MU_KEY_DOWN);
    story_press(story, MU_KEY_ENTER);
    story_type(story, "5");
    story_press(story, MU_KEY_ENTER);
    assert_shows(story, "评价记", "is worth");
}

STORY(somebody_is_praised_at_the_door)
STORY(a_list_is_scanned_and_typed)
STORY(the_last_people_come_again)
STORY(a_list_survives_a_dropped_line)
STORY(a_mistake_is_reversed)
STORY(scans_check_in_and_out)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TOLD(a_list_is_scanned_and_typed),    TOLD(the_last_people_come_again),
        TOLD(a_list_survives_a_dropped_line), TOLD(a_mistake_is_reversed),
        TOLD(scans_check_in_and_out),         TOLD(somebody_is_praised_at_the_door),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
