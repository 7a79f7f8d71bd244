#include "screen/story.h"

#include <mulin/desk/case.h>
#include <mulin/desk/mediator.h>

#include <string.h>

/* ---- what stands there before ---- */

static int64_t appoint(struct story *story, const char *name, const char *card, bool own)
{
    struct mu_mediator mediator = {.from = {2026, 1, 1}, .team = "红烛格老", .skills = "家事 邻里"};
    struct mu_error error;

    strcpy(mediator.name, name);
    mediator.resident_id = card ? story_find(story, card) : 0;
    if (own)
        strcpy(mediator.operator_name, mu_desk_operator(story->desk));
    assert_int_equal(mu_save_mediator(story->desk, &mediator, NULL, &error), MU_OK);
    return mediator.id;
}

static struct mu_case_step intake_step(const char *subject, struct mu_date day)
{
    struct mu_case_step step = {.kind = MU_STEP_INTAKE, .date = day};

    strcpy(step.record.intake.subject, subject);
    step.record.intake.dispute = 2;
    step.record.intake.level = 2;
    step.record.intake.source = 1;
    step.record.intake.weight = 1;
    step.record.intake.danger = 2;
    return step;
}

static struct mu_case_step party_step(int side, const char *name, struct mu_date day)
{
    struct mu_case_step step = {.kind = MU_STEP_PARTY, .date = day};

    step.record.party.side = side;
    strcpy(step.record.party.name, name);
    return step;
}

static int64_t open_one(struct story *story, const char *subject, const char *a, const char *b,
                        struct mu_date day)
{
    struct mu_case_step step[3] = {intake_step(subject, day), party_step(1, a, day),
                                   party_step(2, b, day)};
    struct mu_case_opening opening = {step, 3};
    struct mu_case_written written;
    struct mu_error error;

    assert_int_equal(mu_open_case(story->desk, &opening, &written, NULL, NULL, &error), MU_OK);
    return written.case_id;
}

static bool count_line(void *context, const struct mu_case_line *line)
{
    size_t *count = context;

    (void)line;
    ++*count;
    return true;
}

static size_t cases(struct story *story)
{
    const struct mu_case_filter any = {.open = false};
    size_t count = 0;
    struct mu_error error;

    assert_int_equal(mu_list_cases(story->desk, &any, 0, 100, count_line, &count, &error), MU_OK);
    return count;
}

/* ---- helpers ---- */

static void begin(struct story *story)
{
    story_type(story, "9");
    assert_top(story, "cases");
    story_press(story, F(7));
    assert_top(story, "case_intake");
}

/* Answers the question with these words, and goes on. */
static void answer(struct story *story, const char *words)
{
    story_type(story, words);
    story_press(story, MU_KEY_ENTER);
}

static void enter(struct story *story, int times)
{
    while (times-- > 0)
        story_press(story, MU_KEY_ENTER);
}

static void leave_and_lose(struct story *story)
{
    if (story_shows(story, story->language == MU_CHINESE ? "共 " : "question "))
        story_press(story, F(7));
    story_press(story, MU_KEY_ESCAPE);
    story_press(story, MU_KEY_DOWN);
    story_press(story, MU_KEY_ENTER);
    assert_top(story, "cases");
}

/* No danger, 张金凤 of the register against a stranger, about a leak; up to the account. */
static void answer_up_to_the_account(struct story *story)
{
    answer(story, "2");
    answer(story, "zhangjinfeng");
    answer(story, "把漏水修好");
    answer(story, "王家生");
    answer(story, "13812345678");
    answer(story, "不修");
    answer(story, "楼上漏水");
}

/* ---- one question at a time ---- */

static void a_dispute_comes_in_one_question_after_the_other_story(struct story *story)
{
    appoint(story, "金阿婆", NULL, true);
    begin(story);
    assert_shows(story, "第 1 问", "question 1 of");
    assert_golden(story, "intake_ask_danger");
    story_press(story, MU_KEY_ENTER);
    assert_shows(story, "要先答", "has to be answered");
    answer(story, "2");
    story_type(story, "zhangj");
    assert_golden(story, "intake_ask_name");
    story_press(story, MU_KEY_DOWN);
    story_press(story, MU_KEY_ENTER);
    assert_shows(story, "张金凤 想要什么", "What does 张金凤 want");
    answer(story, "把漏水修好");
    answer(story, "王家生");
    answer(story, "13812345678");
    answer(story, "不修");
    answer(story, "楼上漏水");
    assert_shows(story, "用您自己的话", "In your own words");
    story_type(story, "昨天夜里楼上漏水，墙面湿了一大片，说了几次都不修。");
    assert_golden(story, "intake_ask_about");
    enter(story, 1);
    assert_shows(story, "还有别人吗", "anybody else");
    enter(story, 1);
    assert_shows(story, "邻里纠纷", "neighbours");
    assert_golden(story, "intake_ask_dispute");
    enter(story, 4);
    assert_shows(story, "请谁来调解", "Who is to mediate");
    assert_golden(story, "intake_ask_mediator");
    enter(story, 1);
    assert_shows(story, "念一遍", "Read it to them");
    assert_golden(story, "intake_read_back");
    assert_int_equal(cases(story), 0);
    enter(story, 1);
    assert_int_equal(cases(story), 1);
    assert_shows(story, "第1号", "第1号");
}

static void esc_goes_back_and_nothing_is_lost_story(struct story *story)
{
    appoint(story, "金阿婆", NULL, true);
    begin(story);
    answer_up_to_the_account(story);
    for (int i = 0; i < 3; i++)
        story_press(story, MU_KEY_ESCAPE);
    assert_shows(story, "13812345678", "13812345678");
    enter(story, 3);
    assert_shows(story, "用您自己的话", "In your own words");
    leave_and_lose(story);
    assert_int_equal(cases(story), 0);
}

static void the_account_tells_the_kind_when_the_subject_does_not_story(struct story *story)
{
    appoint(story, "金阿婆", NULL, true);
    begin(story);
    answer(story, "2");
    answer(story, "金阿婆");
    enter(story, 2);
    answer(story, "赵大海");
    enter(story, 2);
    answer(story, "晚上睡不好");
    answer(story, "楼上半夜漏水，滴答到天亮");
    enter(story, 1);
    assert_shows(story, "邻里纠纷", "neighbours");
    enter(story, 4);
    assert_shows(story, "请谁来调解", "Who is to mediate");
    leave_and_lose(story);
}

static void both_views_show_one_draft_story(struct story *story)
{
    appoint(story, "金阿婆", NULL, true);
    begin(story);
    answer_up_to_the_account(story);
    story_type(story, "吵了三次");
    story_press(story, F(7));
    assert_shows(story, "吵了三次", "吵了三次");
    assert_golden(story, "intake_form_about");
    story_press(story, MU_KEY_BACKTAB);
    story_press(story, MU_KEY_PAGE_UP);
    story_press(story, MU_KEY_PAGE_UP);
    assert_golden(story, "intake_form_party");
    story_press(story, MU_KEY_PAGE_UP);
    assert_shows(story, "楼上漏水", "楼上漏水");
    assert_golden(story, "intake_form_matter");
    story_press(story, F(7));
    assert_shows(story, "第 ", "question ");
    story_press(story, F(7));
    story_press(story, F(2));
    assert_int_equal(cases(story), 1);
}

static void a_threat_brings_the_report_before_anything_else_story(struct story *story)
{
    appoint(story, "金阿婆", NULL, true);
    begin(story);
    answer(story, "1");
    assert_shows(story, "先报告", "Report it first");
    assert_golden(story, "intake_ask_report");
    story_press(story, MU_KEY_ENTER);
    assert_shows(story, "要先答", "has to be answered");
    answer(story, "井边派出所");
    answer(story, "9:30");
    answer(story, "打110");
    assert_shows(story, "谁来找", "Who came");
    /* In the full form the page of the report opens by itself. */
    leave_and_lose(story);
    story_press(story, F(7));
    story_press(story, F(7));
    answer(story, "1");
    assert_shows(story, "先报告派出所", "report it first");
    assert_golden(story, "intake_form_report");
    leave_and_lose(story);
}

/* ---- bad input ---- */

static void nobody_stands_on_both_sides_story(struct story *story)
{
    appoint(story, "金阿婆", NULL, true);
    begin(story);
    answer(story, "2");
    story_scan(story, "8801");
    assert_shows(story, "张金凤 想要什么", "What does 张金凤 want");
    enter(story, 1);
    story_scan(story, "8801");
    assert_shows(story, "不能两边都是", "on both sides");
    assert_shows(story, "跟谁闹矛盾", "With whom");
    leave_and_lose(story);
}

static void a_scanner_in_the_wrong_field_leaves_nothing_story(struct story *story)
{
    appoint(story, "金阿婆", NULL, true);
    begin(story);
    answer_up_to_the_account(story);
    story_press(story, MU_KEY_ESCAPE);
    story_scan(story, "8802");
    assert_shows(story, "扫到的是 李建国", "that card is of 李建国");
    assert_false(story_shows(story, "漏水8802"));
    story_press(story, F(7));
    story_scan(story, "8802");
    assert_shows(story, "扫到的是 李建国", "that card is of 李建国");
    assert_false(story_shows(story, "8802"));
    leave_and_lose(story);
}

static void an_empty_form_says_what_is_missing_story(struct story *story)
{
    appoint(story, "金阿婆", NULL, true);
    begin(story);
    story_press(story, F(7));
    story_press(story, F(2));
    assert_top(story, "case_intake");
    assert_int_equal(cases(story), 0);
    story_press(story, MU_KEY_ESCAPE);
    assert_top(story, "cases");
}

static void too_much_and_half_characters_do_no_harm_story(struct story *story)
{
    static char much[8 * 1024];

    for (size_t i = 0; i + 3 < sizeof much; i += 3)
        memcpy(much + i, "漏", 3);
    appoint(story, "金阿婆", NULL, true);
    begin(story);
    answer(story, "2");
    mu_app_event(story->app, (struct mu_event){.kind = MU_EVENT_PASTE, .text = much});
    assert_shows(story, "放不下", "no more room");
    for (int i = 0; i < 60; i++)
        story_press(story, MU_KEY_BACKSPACE);
    mu_app_event(story->app, (struct mu_event){.kind = MU_EVENT_TEXT, .text = "\xe5\xbc"});
    mu_app_event(story->app, (struct mu_event){.kind = MU_EVENT_TEXT, .text = "\x1b[2J"});
    assert_top(story, "case_intake");
    leave_and_lose(story);
}

static void a_dropped_line_loses_nothing_story(struct story *story)
{
    appoint(story, "金阿婆", NULL, true);
    begin(story);
    answer_up_to_the_account(story);
    story_type(story, "昨天夜里楼上漏水，正写到一半");
    mu_app_draft(story->app);
    story_reopen(story);
    begin(story);
    assert_shows(story, "接着填", "go on with it");
    assert_shows(story, "正写到一半", "正写到一半");
    story_press(story, F(7));
    story_press(story, MU_KEY_BACKTAB);
    story_press(story, MU_KEY_PAGE_UP);
    assert_shows(story, "王家生", "王家生");
    assert_int_equal(cases(story), 0);
    story_press(story, F(2));
    assert_int_equal(cases(story), 1);
    story_press(story, MU_KEY_ESCAPE);
    story_press(story, F(7));
    assert_shows(story, "第 1 问", "question 1 of"); /* nothing of it is left to go on with */
}

/* ---- who mediates ---- */

static void a_neighbour_mediates_only_when_both_sides_agree_story(struct story *story)
{
    appoint(story, "金阿婆", NULL, true);
    appoint(story, "李建国", "8802", false);
    begin(story);
    answer_up_to_the_account(story);
    enter(story, 6);
    assert_shows(story, "请谁来调解", "Who is to mediate");
    story_press(story, F(4)); /* 李建国 stands first and lives next door to 张金凤 */
    story_press(story, MU_KEY_ENTER);
    assert_shows(story, "是邻居", "is a neighbour");
    story_type(story, "y");
    assert_shows(story, "由 李建国 调解", "李建国 mediates");
    assert_golden(story, "intake_ask_mediator_close");
    enter(story, 2);
    assert_int_equal(cases(story), 1);
}

/* ---- the list ---- */

static void the_list_tells_what_is_due_story(struct story *story)
{
    appoint(story, "金阿婆", NULL, true);
    open_one(story, "楼上漏水", "张金凤", "王家生", (struct mu_date){2026, 10, 20});
    open_one(story, "遛狗不牵绳", "李建国", "赵大海", (struct mu_date){2026, 10, 25});
    open_one(story, "楼道堆物", "周阿宝", "钱小满", (struct mu_date){2026, 11, 20});
    story_type(story, "9");
    assert_golden(story, "cases");
    story_type(story, "李建国");
    assert_shows(story, "李建国、", "李建国、");
    assert_false(story_shows(story, "周阿宝、"));
    story_press(story, MU_KEY_ESCAPE);
    assert_shows(story, "周阿宝、", "周阿宝、");
    story_press(story, MU_KEY_TAB);
    assert_shows(story, "过期的在前", "late ones first");
    assert_golden(story, "cases_due");
    story_press(story, MU_KEY_ENTER);
    assert_top(story, "case_page");
    story_press(story, MU_KEY_ESCAPE);
    assert_top(story, "cases");
    story_press(story, MU_KEY_ESCAPE);
    assert_top(story, "home");
}

static void an_empty_list_says_how_to_begin_story(struct story *story)
{
    story_type(story, "9");
    assert_shows(story, "按 F7 登记", "F7 takes one in");
    story_type(story, "\x1b");
    story_press(story, MU_KEY_ESCAPE);
}

static void notes_are_searched_story(struct story *story)
{
    appoint(story, "金阿婆", NULL, true);
    open_one(story, "楼上漏水", "张金凤", "王家生", (struct mu_date){2026, 11, 20});
    story_type(story, "9");
    story_press(story, F(3));
    assert_top(story, "case_search");
    story_type(story, "漏水");
    assert_golden(story, "case_search");
    story_press(story, MU_KEY_ENTER);
    assert_top(story, "case_page");
    story_press(story, MU_KEY_ESCAPE);
    story_press(story, MU_KEY_ESCAPE);
    story_press(story, MU_KEY_ESCAPE);
    assert_top(story, "cases");
}

/* ---- mediators ---- */

static void mediators_are_listed_added_and_changed_story(struct story *story)
{
    appoint(story, "金阿婆", NULL, true);
    open_one(story, "楼上漏水", "张金凤", "王家生", (struct mu_date){2026, 11, 20});
    story_press(story, F(9));
    story_type(story, story->language == MU_CHINESE ? "调解员" : "Mediators");
    story_press(story, MU_KEY_ENTER);
    assert_top(story, "mediators");
    assert_golden(story, "mediators");
    story_press(story, F(7));
    assert_top(story, "find");
    story_scan(story, "8802");
    assert_top(story, "mediator_form");
    assert_golden(story, "mediator_form");
    story_press(story, F(2));
    assert_top(story, "mediators");
    assert_shows(story, "李建国", "李建国");
}

STORY(a_dispute_comes_in_one_question_after_the_other)
STORY(esc_goes_back_and_nothing_is_lost)
STORY(the_account_tells_the_kind_when_the_subject_does_not)
STORY(both_views_show_one_draft)
STORY(a_threat_brings_the_report_before_anything_else)
STORY(nobody_stands_on_both_sides)
STORY(a_scanner_in_the_wrong_field_leaves_nothing)
STORY(an_empty_form_says_what_is_missing)
STORY(too_much_and_half_characters_do_no_harm)
STORY(a_dropped_line_loses_nothing)
STORY(a_neighbour_mediates_only_when_both_sides_agree)
STORY(the_list_tells_what_is_due)
STORY(an_empty_list_says_how_to_begin)
STORY(notes_are_searched)
STORY(mediators_are_listed_added_and_changed)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TOLD(a_dispute_comes_in_one_question_after_the_other),
        TOLD(esc_goes_back_and_nothing_is_lost),
        TOLD(the_account_tells_the_kind_when_the_subject_does_not),
        TOLD(both_views_show_one_draft),
        TOLD(a_threat_brings_the_report_before_anything_else),
        TOLD(nobody_stands_on_both_sides),
        TOLD(a_scanner_in_the_wrong_field_leaves_nothing),
        TOLD(an_empty_form_says_what_is_missing),
        TOLD(too_much_and_half_characters_do_no_harm),
        TOLD(a_dropped_line_loses_nothing),
        TOLD(a_neighbour_mediates_only_when_both_sides_agree),
        TOLD(the_list_tells_what_is_due),
        TOLD(an_empty_list_says_how_to_begin),
        TOLD(notes_are_searched),
        TOLD(mediators_are_listed_added_and_changed),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
