#include "screen/story.h"

#include "tui/screens/long_text.h"
#include "unit/plain_password.h"

#include <mulin/desk/operators.h>

#include <stdlib.h>
#include <string.h>

/* What F2 hands over, and whether it is taken. */
static struct {
    char text[1024];
    bool refuses;
    int times;
} note;

static bool take_note(struct mu_app *app, void *context, const char *text)
{
    (void)context;
    note.times++;
    if (note.refuses) {
        mu_app_say(app, MU_TONE_BAD, MU_SAY_error_no_memory, NULL);
        return false;
    }
    assert_true(strlen(text) < sizeof note.text);
    strcpy(note.text, text);
    return true;
}

static void open_note(struct story *story, const char *text, size_t limit)
{
    const struct mu_long_text request = {
        .title = MU_SAY_long_text_meeting,
        .subject = "(2026)井调字第12号 · 11月22日",
        .hint = MU_SAY_long_text_meeting_hint,
        .text = text,
        .limit = limit,
        .draft = "case_note 12",
        .done = take_note,
    };

    memset(&note, 0, sizeof note);
    assert_int_equal(mu_open_long_text(story->app, &request, NULL), MU_OK);
    assert_top(story, "long_text");
}

static void paste(struct story *story, const char *text)
{
    mu_app_event(story->app, (struct mu_event){.kind = MU_EVENT_PASTE, .text = text});
}

static const char meeting[] =
    "11月22日下午，张金凤（3号楼2单元201室）与楼上李建国来居委会，王秀英同来。\n"
    "张金凤说：“卫生间的顶从九月起滴水，墙纸都翘起来了，上门讲过三次。”她要求修好，并赔墙纸。\n"
    "李建国说：“管子是老的，不是我弄坏的。”愿意请人来看，不愿赔。\n\n"
    "提出的办法：物业明天上午 9:00 派人查漏 (plumber: Yunlu Property Services)，费用先由社区垫付；"
    "查明是 202 室支管漏水的，李建国一周内修好，赔墙纸 300 元；查明是总管的，由物业负责……双方同意"
    "先查再谈。";

static void notes_are_written_and_handed_over_story(struct story *story)
{
    open_note(story, meeting, 0);
    assert_golden(story, "long_text");
    story_press(story, MU_KEY_ENTER);
    story_type(story, "下次 25 日。 ");
    story_press(story, F(2));
    assert_top(story, "home");
    assert_int_equal(strncmp(note.text, meeting, strlen(meeting)), 0);
    assert_string_equal(note.text + strlen(meeting), "\n下次 25 日。");
    open_note(story, NULL, 0); /* no draft is left */
    assert_golden(story, "long_text_empty");
    story_press(story, MU_KEY_ESCAPE);
    assert_top(story, "home");
}

static void what_is_refused_stays_to_be_mended_story(struct story *story)
{
    open_note(story, "邻里", 0);
    note.refuses = true;
    story_press(story, F(2));
    assert_top(story, "long_text");
    note.refuses = false;
    story_type(story, "和");
    story_press(story, F(2));
    assert_string_equal(note.text, "邻里和");
    assert_int_equal(note.times, 2);
}

static void a_dropped_line_loses_two_seconds_at_most_story(struct story *story)
{
    open_note(story, "已保存的。", 0);
    story_type(story, "说到一半");
    story_press(story, MU_KEY_LEFT);
    story_type(story, "了");
    mu_app_draft(story->app); /* two seconds */
    story_type(story, "又一句");
    story_reopen(story);
    open_note(story, "已保存的。", 0);
    assert_shows(story, "上次没写完的内容已取回", "What was written last time");
    assert_shows(story, "已保存的。说到一了半", "已保存的。说到一了半");
    story_type(story, "！"); /* where the caret was */
    assert_shows(story, "说到一了！半", "说到一了！半");
    story_press(story, F(8));
    story_press(story, F(8)); /* what was saved before */
    story_press(story, F(2));
    assert_string_equal(note.text, "已保存的。");
}

static void leaving_asks_and_keeps_the_draft_if_one_wants_story(struct story *story)
{
    open_note(story, "原来的", 0);
    story_type(story, "添的");
    story_press(story, MU_KEY_ESCAPE);
    assert_golden(story, "long_text_leave");
    story_press(story, MU_KEY_ENTER); /* go on */
    assert_top(story, "long_text");
    story_press(story, MU_KEY_ESCAPE);
    story_press(story, MU_KEY_DOWN);
    story_press(story, MU_KEY_ENTER); /* later */
    assert_top(story, "home");
    assert_shows(story, "草稿已留着", "the draft is kept");
    open_note(story, "原来的", 0);
    assert_shows(story, "原来的添的", "原来的添的");
    story_press(story, MU_KEY_ESCAPE);
    story_press(story, MU_KEY_DOWN);
    story_press(story, MU_KEY_DOWN);
    story_press(story, MU_KEY_ENTER); /* lose it */
    assert_top(story, "home");
    open_note(story, "原来的", 0);
    assert_false(story_shows(story, "添的"));
    story_press(story, MU_KEY_ESCAPE);
    assert_top(story, "home");
    assert_int_equal(note.times, 0);
}

static void a_scan_is_text_and_asks_nothing_story(struct story *story)
{
    open_note(story, NULL, 0);
    story_scan(story, "8801");
    story_scan(story, "8802");
    story_press(story, F(2));
    assert_string_equal(note.text, "8801\n8802");
}

static void undo_and_redo_say_what_they_did_story(struct story *story)
{
    open_note(story, NULL, 0);
    story_press(story, F(8));
    assert_shows(story, "没有可撤销的", "nothing to undo");
    story_press(story, MU_KEY_CONTROL_A + ('Y' - 'A'));
    assert_shows(story, "没有可恢复的", "nothing to redo");
    paste(story, meeting);
    story_press(story, F(8));
    assert_shows(story, "已撤销：去掉", "undone; characters taken out: ");
    assert_shows(story, " 0 字", "characters: 0");
    story_press(story, MU_KEY_CONTROL_A + ('Y' - 'A'));
    assert_shows(story, "已恢复：放回", "redone; characters put back: ");
}

static void too_much_is_told_and_nothing_of_it_taken_story(struct story *story)
{
    open_note(story, "一二", 12);
    paste(story, "三四五六七");
    assert_shows(story, "放不下：这里约可写 4 个汉字，已写 2 字",
                 "some 4 Chinese characters fit here and 2 are");
    assert_false(story_shows(story, "三"));
    paste(story, "三四");
    assert_shows(story, "一二三四", "一二三四");
    story_press(story, MU_KEY_TAB);
    assert_shows(story, "在这里用不上", "does nothing here");
}

static void sign_in(struct story *story, const char *name)
{
    story_press(story, (enum mu_key)(MU_KEY_CONTROL_A + 'X' - 'A'));
    story_type(story, name);
    story_press(story, MU_KEY_ENTER);
    story_type(story, "1357");
    story_press(story, MU_KEY_ENTER);
}

/* 陈静 is called away in the middle of a note: 周洋 works on at her desk and does not see it. */
static void whoever_takes_over_does_not_see_it_story(struct story *story)
{
    static const char *const people[] = {"陈静", "周洋"};

    for (size_t i = 0; i < sizeof people / sizeof *people; i++) {
        assert_int_equal(mu_add_operator(story->desk, people[i], MU_ROLE_DESK, NULL, NULL), MU_OK);
        assert_int_equal(mu_set_password(story->desk, people[i], "1357", NULL), MU_OK);
    }
    sign_in(story, "陈静");
    open_note(story, "谈了两次，", 0);
    story_type(story, "没有谈拢");
    sign_in(story, "周洋");
    assert_top(story, "long_text");
    assert_golden(story, "long_text_others");
    story_type(story, "偷看");
    story_press(story, F(2));
    story_press(story, F(8));
    assert_top(story, "long_text");
    assert_int_equal(note.times, 0);
    story_press(story, MU_KEY_ESCAPE);
    assert_top(story, "home");
    open_note(story, "谈了两次，", 0);
    assert_false(story_shows(story, "没有谈拢"));
    story_press(story, MU_KEY_ESCAPE);
    sign_in(story, "陈静");
    open_note(story, "谈了两次，", 0);
    assert_shows(story, "谈了两次，没有谈拢", "谈了两次，没有谈拢");
    assert_false(story_shows(story, "偷看"));
}

/* It comes a little later. */
static void a_draft_waits_for_no_other_desk_story(struct story *story)
{
    open_note(story, NULL, 0);
    story_type(story, "漏水");
    assert_drafts_wait(story);
    story_reopen(story);
    open_note(story, NULL, 0);
    assert_shows(story, "漏水", "漏水");
}

/* A pause ends what F8 takes back at once. */
static void undo_takes_back_what_was_typed_since_a_pause_story(struct story *story)
{
    open_note(story, NULL, 0);
    story_type(story, "先查");
    mu_app_tick(story->app);
    mu_app_tick(story->app);
    story_type(story, "再谈");
    story_press(story, F(8));
    assert_shows(story, "已撤销：去掉 2 字", "undone; characters taken out: 2");
    assert_true(story_shows(story, "先查"));
    story_press(story, MU_KEY_ENTER);
    story_press(story, F(8));
    assert_shows(story, "已撤销一步", "one step is undone");
    story_press(story, MU_KEY_BACKSPACE);
    story_press(story, F(8));
    assert_shows(story, "已撤销：放回 1 字", "undone; characters put back: 1");
    story_press(story, MU_KEY_CONTROL_A + ('Y' - 'A'));
    assert_shows(story, "已恢复：去掉 1 字", "redone; characters taken out: 1");
}

/* The text so far may be more than the screen takes. */
static void a_text_that_is_too_long_is_not_opened_story(struct story *story)
{
    struct mu_error error;
    const struct mu_long_text request = {.title = MU_SAY_long_text_meeting,
                                         .subject = "",
                                         .hint = MU_SAY_long_text_meeting_hint,
                                         .text = "一二三",
                                         .limit = 8,
                                         .draft = "case_note 12",
                                         .done = take_note};

    assert_int_equal(mu_open_long_text(story->app, &request, &error), MU_INPUT);
    assert_int_equal(error.message, MU_SAY_error_long_text);
    assert_top(story, "home");
}

STORY(notes_are_written_and_handed_over)
STORY(what_is_refused_stays_to_be_mended)
STORY(a_dropped_line_loses_two_seconds_at_most)
STORY(leaving_asks_and_keeps_the_draft_if_one_wants)
STORY(a_scan_is_text_and_asks_nothing)
STORY(undo_and_redo_say_what_they_did)
STORY(too_much_is_told_and_nothing_of_it_taken)
STORY(a_text_that_is_too_long_is_not_opened)
STORY(whoever_takes_over_does_not_see_it)
STORY(a_draft_waits_for_no_other_desk)
STORY(undo_takes_back_what_was_typed_since_a_pause)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TOLD(notes_are_written_and_handed_over),
        TOLD(what_is_refused_stays_to_be_mended),
        TOLD(a_dropped_line_loses_two_seconds_at_most),
        TOLD(leaving_asks_and_keeps_the_draft_if_one_wants),
        TOLD(a_scan_is_text_and_asks_nothing),
        TOLD(undo_and_redo_say_what_they_did),
        TOLD(too_much_is_told_and_nothing_of_it_taken),
        TOLD(a_text_that_is_too_long_is_not_opened),
        TOLD(whoever_takes_over_does_not_see_it),
        TOLD(a_draft_waits_for_no_other_desk),
        TOLD(undo_takes_back_what_was_typed_since_a_pause),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
