/* Who stands in a case, who may see it, and what is put right in it. */
#include "screen/case_screen.h"
#include "unit/plain_password.h"

#include <mulin/desk/operators.h>

#include <stdio.h>
#include <string.h>

/* 王丽 of the desk takes over. */
static void take_over(const struct story *story)
{
    assert_int_equal(mu_set_password(story->desk, "王丽", "2468", NULL), MU_OK);
    assert_int_equal(mu_desk_sign_in(story->desk, "王丽", "2468", NULL), MU_OK);
}

static void an_earlier_step_is_put_right_beneath_story(struct story *story)
{
    int64_t id;

    story_keeper_mediates(story);
    id = story_take_in(story);
    story_informed(story, id);
    story_open_case(story, id);
    story_press(story, MU_KEY_END);
    story_press(story, F(2));
    assert_top(story, "case_step_form");
    story_press(story, MU_KEY_ENTER);
    story_type(story, "告知是上午的事");
    assert_top(story, "long_text");
    story_press(story, F(2));
    story_press(story, F(2));
    assert_top(story, "case_page");
    assert_golden(story, "case_page_added");
    story_press(story, MU_KEY_ENTER);
    assert_golden(story, "case_reading");
    story_press(story, MU_KEY_ESCAPE);
    /* The data of a party, and the intake. */
    story_press(story, MU_KEY_HOME);
    story_press(story, F(2));
    assert_top(story, "case_step_form");
    assert_golden(story, "case_form_party");
    story_press(story, MU_KEY_ESCAPE);
    assert_top(story, "case_page");
}

static void a_close_mediator_is_warned_of_story(struct story *story)
{
    int64_t id;

    story_keeper_mediates(story);
    story_mediator(story, "王秀英", "", "8803");
    id = story_take_in(story);
    story_open_case(story, id);
    story_next(story, "mediator", "mediator");
    story_type(story, "王秀英");
    story_press(story, MU_KEY_ENTER);
    assert_top(story, "case_step_form");
    assert_golden(story, "case_form_mediator");
    story_press(story, F(2));
    /* Refused: the caret went to the question whether both agree. */
    assert_top(story, "case_step_form");
    story_type(story, story->language == MU_CHINESE ? "是" : "yes");
    story_press(story, F(2));
    assert_top(story, "case_page");
    assert_shows(story, "陈国庆、王秀英", "陈国庆、王秀英");
}

static void somebody_joins_later_story(struct story *story)
{
    int64_t id;

    story_keeper_mediates(story);
    id = story_take_in(story);
    story_open_case(story, id);
    story_next(story, "party", "party");
    story_press(story, MU_KEY_ENTER);
    assert_top(story, "find");
    story_scan(story, "8805");
    assert_top(story, "case_step_form");
    story_type(story, story->language == MU_CHINESE ? "有关的人" : "concerned");
    story_press(story, F(2));
    assert_top(story, "case_page");
    assert_shows(story, "周阿宝", "周阿宝");
}

static void scans_are_attached_by_name_and_hash_story(struct story *story)
{
    char path[128];
    FILE *file;
    int64_t id;

    story_keeper_mediates(story);
    id = story_take_in(story);
    snprintf(path, sizeof path, "%s/scan.pdf", story->folder);
    file = fopen(path, "w");
    assert_non_null(file);
    fputs("made up", file);
    fclose(file);
    story_open_case(story, id);
    story_next(story, "attached", "attached");
    story_type(story, path);
    story_press(story, MU_KEY_ENTER);
    story_press(story, MU_KEY_ENTER);
    assert_top(story, "case_page");
    assert_shows(story, "已记下附件 scan.pdf", "scan.pdf is attached");
}

static void readers_are_named_and_ended_story(struct story *story)
{
    int64_t id;

    story_keeper_mediates(story);
    assert_int_equal(mu_add_operator(story->desk, "王丽", MU_ROLE_DESK, NULL, NULL), MU_OK);
    id = story_take_in(story);
    story_open_case(story, id);
    story_press(story, F(4));
    story_press(story, MU_KEY_PAGE_DOWN);
    story_press(story, MU_KEY_ENTER);
    assert_top(story, "case_readers");
    story_press(story, F(7));
    story_type(story, "王丽");
    story_press(story, MU_KEY_ENTER);
    story_type(story, "交接");
    story_press(story, MU_KEY_ENTER);
    assert_golden(story, "case_readers");
    story_press(story, MU_KEY_ENTER);
    story_type(story, "y");
    assert_shows(story, "王丽 不能再看", "王丽 may no longer");
}

static void a_named_reader_reads_and_writes_nothing_story(struct story *story)
{
    int64_t id;

    story_keeper_mediates(story);
    assert_int_equal(mu_add_operator(story->desk, "王丽", MU_ROLE_DESK, NULL, NULL), MU_OK);
    id = story_take_in(story);
    assert_int_equal(mu_name_case_reader(story->desk, id, "王丽", "交接", NULL), MU_OK);
    take_over(story);
    story_open_case(story, id);
    assert_shows(story, "您只能看", "You may only read");
    story_press(story, F(7));
    assert_top(story, "case_page");
    story_press(story, MU_KEY_ENTER);
    assert_top(story, "case_reading");
}

static void a_hidden_case_says_so_story(struct story *story)
{
    struct mu_error error;
    int64_t id;

    story_mediator(story, "陈国庆", "", NULL);
    id = story_take_in(story);
    assert_int_equal(mu_open_case_page(story->app, id, &error), MU_REFUSED);
    assert_top(story, "home");
}

static void who_takes_over_the_desk_sees_nothing_story(struct story *story)
{
    int64_t id;

    story_keeper_mediates(story);
    assert_int_equal(mu_add_operator(story->desk, "王丽", MU_ROLE_DESK, NULL, NULL), MU_OK);
    id = story_take_in(story);
    story_informed(story, id);
    story_open_case(story, id);
    story_next(story, "meeting", "meeting");
    take_over(story);
    assert_false(story_shows(story, "张金凤"));
    assert_shows(story, "不给换上来的人看", "not for who took over");
    story_press(story, F(2));
    assert_top(story, "case_step_form");
    story_press(story, MU_KEY_ESCAPE);
    assert_top(story, "case_page");
    assert_false(story_shows(story, "张金凤"));
    story_press(story, MU_KEY_DOWN);
    assert_false(story_shows(story, "张金凤"));
}

static void what_is_due_stands_on_home_story(struct story *story)
{
    story_keeper_mediates(story);
    story_take_in_on(story, (struct mu_date){2026, 10, 10}, NO);
    story_take_in(story);
    story_press(story, F(5));
    assert_shows(story, "已过 12 天：调解 ", "12 days late: case ");
}

static void repeated_quarrels_are_shown_and_opened_story(struct story *story)
{
    int64_t id;

    story_keeper_mediates(story);
    story_take_in(story);
    id = story_take_in(story);
    story_open_case(story, id);
    story_press(story, F(4));
    story_type(story, story->language == MU_CHINESE ? "同样" : "other cases");
    story_press(story, MU_KEY_ENTER);
    assert_golden(story, "case_related");
    story_press(story, MU_KEY_ENTER);
    assert_top(story, "case_page");
    story_press(story, MU_KEY_ESCAPE);
    assert_top(story, "case_page");
    story_press(story, MU_KEY_ESCAPE);
    assert_top(story, "home");
}

STORY(an_earlier_step_is_put_right_beneath)
STORY(a_close_mediator_is_warned_of)
STORY(somebody_joins_later)
STORY(scans_are_attached_by_name_and_hash)
STORY(readers_are_named_and_ended)
STORY(a_named_reader_reads_and_writes_nothing)
STORY(a_hidden_case_says_so)
STORY(who_takes_over_the_desk_sees_nothing)
STORY(what_is_due_stands_on_home)
STORY(repeated_quarrels_are_shown_and_opened)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TOLD(an_earlier_step_is_put_right_beneath),
        TOLD(a_close_mediator_is_warned_of),
        TOLD(somebody_joins_later),
        TOLD(scans_are_attached_by_name_and_hash),
        TOLD(readers_are_named_and_ended),
        TOLD(a_named_reader_reads_and_writes_nothing),
        TOLD(a_hidden_case_says_so),
        TOLD(who_takes_over_the_desk_sees_nothing),
        TOLD(what_is_due_stands_on_home),
        TOLD(repeated_quarrels_are_shown_and_opened),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
