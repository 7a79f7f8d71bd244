#include "screen/case_screen.h"

#include <stdlib.h>
#include <string.h>

/* Both sides are told of their rights and meet. */
static void meet(struct story *story)
{
    /* The likeliest next step stands first. */
    story_press(story, F(7));
    assert_golden(story, "case_page_next");
    story_press(story, MU_KEY_ENTER);
    assert_top(story, "case_step_form");
    story_type(story, "当面宣读，双方签字");
    story_press(story, F(2));
    assert_top(story, "case_page");
    assert_shows(story, "已告知", "informed");
    /* A meeting: Enter through the fields leads to the text. */
    story_next(story, "meeting", "meeting");
    assert_golden(story, "case_form_meeting");
    for (int i = 0; i < 6; i++)
        story_press(story, MU_KEY_ENTER);
    story_press(story, MU_KEY_ENTER);
    assert_top(story, "long_text");
    story_type(story, "愿意修");
    story_press(story, F(2));
    assert_top(story, "case_step_form");
    story_press(story, F(2));
    assert_top(story, "case_page");
    assert_shows(story, "已记下“调解会”", "“meeting” is written down");
}

/* An agreement with two promises. */
static void agree(struct story *story)
{
    story_next(story, "agreed", "agreed");
    assert_top(story, "case_agreement");
    story_type(story, story->language == MU_CHINESE ? "书面" : "written");
    story_press(story, MU_KEY_DOWN);
    story_press(story, MU_KEY_DOWN);
    story_type(story, story->language == MU_CHINESE ? "是" : "yes");
    story_press(story, F(7));
    story_type(story, "李建国");
    story_press(story, MU_KEY_ENTER);
    story_type(story, "修好水管");
    story_press(story, MU_KEY_ENTER);
    story_press(story, MU_KEY_ENTER);
    story_type(story, "12.1");
    story_press(story, MU_KEY_ENTER);
    story_press(story, F(7));
    story_type(story, "李建国");
    story_press(story, MU_KEY_ENTER);
    story_type(story, "赔墙面");
    story_press(story, MU_KEY_ENTER);
    story_type(story, "500");
    story_press(story, MU_KEY_ENTER);
    story_type(story, "12.10");
    story_press(story, F(2));
    assert_golden(story, "case_agreement");
    /* Without its text it is not written down: the caret stands where that begins. */
    story_press(story, F(2));
    assert_top(story, "case_agreement");
    story_type(story, "漏水属实");
    assert_top(story, "long_text");
    story_press(story, F(2));
    story_press(story, F(2));
    assert_top(story, "case_page");
    assert_shows(story, "已记下“达成协议”", "“agreement” is written down");
    assert_golden(story, "case_page_agreed");
}

static void from_intake_to_kept_story(struct story *story)
{
    struct mu_case mediated;
    int64_t id;

    story_keeper_mediates(story);
    id = story_take_in(story);
    story_open_case(story, id);
    assert_golden(story, "case_page_new");
    meet(story);
    agree(story);
    /* Part of the money, then the rest; the pipe is mended. */
    story_next(story, "performed", "performed");
    story_press(story, MU_KEY_END);
    story_press(story, MU_KEY_ENTER);
    assert_top(story, "case_step_form");
    story_press(story, F(2));
    assert_top(story, "case_page");
    story_next(story, "performed", "performed");
    assert_top(story, "case_step_form");
    story_press(story, F(2));
    mediated = story_reread(story, id);
    assert_int_equal(mediated.paid.fen, 50000);
    assert_true(mu_date_known(mediated.promise[0].done_on));
    mu_case_clear(&mediated);
    story_next(story, "visited", "visited");
    story_type(story, story->language == MU_CHINESE ? "已履行" : "kept");
    story_press(story, F(2));
    assert_top(story, "case_page");
    story_next(story, "closed", "closed");
    assert_golden(story, "case_form_closing");
    story_press(story, F(2));
    assert_top(story, "case_page");
    assert_golden(story, "case_page_closed");
}

static void a_refusal_ends_it_and_the_ways_are_told_story(struct story *story)
{
    int64_t id;

    story_keeper_mediates(story);
    id = story_take_in(story);
    story_informed(story, id);
    story_open_case(story, id);
    story_next(story, "终止", "mediation ended");
    story_type(story, story->language == MU_CHINESE ? "拒绝" : "refuses");
    story_press(story, F(2));
    /* Section 26: they are told of their other ways, or it does not end. */
    assert_top(story, "case_step_form");
    story_type(story, story->language == MU_CHINESE ? "是" : "yes");
    story_press(story, F(2));
    assert_top(story, "case_page");
    assert_shows(story, "已终止", "ended");
}

static void violence_is_reported_first_story(struct story *story)
{
    int64_t id;

    story_keeper_mediates(story);
    id = story_take_in_on(story, (struct mu_date)STORY_DAY, YES);
    story_open_case(story, id);
    assert_shows(story, "报告险情", "report the danger");
    story_press(story, F(7));
    story_press(story, MU_KEY_ENTER);
    assert_top(story, "case_step_form");
    assert_shows(story, "11:30", "11:30");
    story_type(story, "派出所");
    story_press(story, F(2));
    assert_top(story, "case_page");
}

static void more_time_is_told_in_words_story(struct story *story)
{
    int64_t id;

    story_keeper_mediates(story);
    id = story_take_in_on(story, (struct mu_date){2026, 10, 25}, NO);
    story_open_case(story, id);
    story_next(story, "延期", "more time");
    assert_shows(story, "2026-12-25", "2026-12-25");
    story_press(story, MU_KEY_ENTER);
    story_type(story, story->language == MU_CHINESE ? "是" : "yes");
    story_press(story, F(2));
    assert_top(story, "case_page");
    assert_shows(story, "双方同意延到12月25日", "with more time by 12-25");
}

static void a_case_is_passed_up_and_comes_back_story(struct story *story)
{
    int64_t id;

    story_keeper_mediates(story);
    id = story_take_in(story);
    story_open_case(story, id);
    story_next(story, "移送", "passed on");
    story_press(story, MU_KEY_ENTER);
    story_type(story, "镇调解委员会");
    story_press(story, MU_KEY_ENTER);
    story_type(story, "双方要求");
    story_press(story, F(2));
    assert_top(story, "case_page");
    assert_shows(story, "已移送", "Passed on");
    story_next(story, "退回", "came back");
    story_press(story, F(2));
    assert_top(story, "case_page");
    assert_shows(story, "已受理", "accepted");
}

static void a_colleagues_step_in_between_is_told_story(struct story *story)
{
    struct mu_desk *other;
    struct mu_case_step step = {.kind = MU_STEP_INFORMED, .date = STORY_DAY};
    struct mu_case_written written;
    int64_t id;

    story_keeper_mediates(story);
    id = story_take_in(story);
    story_open_case(story, id);
    story_next(story, "终止", "mediation ended");
    story_type(story, story->language == MU_CHINESE ? "不成" : "failed");
    story_press(story, MU_KEY_ENTER);
    story_type(story, story->language == MU_CHINESE ? "是" : "yes");
    other = story_desk(story, "2026-11-22T11:35");
    assert_int_equal(mu_add_case_steps(other, id, &step, 1, 0, &written, NULL, NULL, NULL), MU_OK);
    story_press(story, F(2));
    assert_top(story, "case_step_form");
    assert_shows(story, "刚刚记了", "has just written");
    story_press(story, F(5));
    assert_top(story, "case_reading");
    story_press(story, MU_KEY_ESCAPE);
    assert_shows(story, "不成", "failed");
    story_press(story, F(2));
    assert_top(story, "case_page");
    mu_desk_free(&other);
}

static void a_hundred_thousand_characters_are_pasted_story(struct story *story)
{
    enum { COUNT = 100000, BYTES = 3 };
    char *text = malloc(COUNT * BYTES + 1);
    struct mu_case mediated;
    int64_t id;

    for (size_t i = 0; i < COUNT; i++)
        memcpy(text + i * BYTES, "话", BYTES);
    text[COUNT * BYTES] = '\0';
    story_keeper_mediates(story);
    id = story_take_in(story);
    story_informed(story, id);
    story_open_case(story, id);
    story_next(story, "meeting", "meeting");
    story_press(story, MU_KEY_PAGE_DOWN);
    story_press(story, MU_KEY_ENTER);
    story_paste(story, text);
    assert_top(story, "long_text");
    story_press(story, F(2));
    assert_shows(story, "字）", "characters)");
    story_press(story, F(2));
    assert_top(story, "case_page");
    mediated = story_reread(story, id);
    assert_true(strlen(mediated.step[mediated.steps - 1].text) >= COUNT * BYTES);
    mu_case_clear(&mediated);
    story_press(story, MU_KEY_END);
    story_press(story, MU_KEY_ENTER);
    assert_top(story, "case_reading");
    story_press(story, MU_KEY_PAGE_DOWN);
    assert_shows(story, "话话话", "话话话");
    free(text);
}

static void the_line_drops_in_the_middle_of_a_sentence_story(struct story *story)
{
    int64_t id;

    story_keeper_mediates(story);
    id = story_take_in(story);
    story_informed(story, id);
    story_open_case(story, id);
    story_next(story, "meeting", "meeting");
    story_press(story, F(7));
    assert_top(story, "long_text");
    story_type(story, "她说上个月");
    mu_app_draft(story->app);
    story_reopen(story);
    story_open_case(story, id);
    story_next(story, "meeting", "meeting");
    /* The sentence goes on where it was broken off. */
    assert_top(story, "long_text");
    assert_shows(story, "她说上个月", "她说上个月");
    story_type(story, "就修了");
    story_press(story, F(2));
    /* And what stands in the form is kept too. */
    mu_app_draft(story->app);
    story_reopen(story);
    story_open_case(story, id);
    story_next(story, "meeting", "meeting");
    assert_top(story, "case_step_form");
    assert_shows(story, "就修了", "就修了");
    story_press(story, F(2));
    assert_top(story, "case_page");
}

static void promises_survive_a_dropped_line_story(struct story *story)
{
    int64_t id;

    story_keeper_mediates(story);
    id = story_take_in(story);
    story_informed(story, id);
    story_open_case(story, id);
    story_next(story, "agreed", "agreed");
    story_press(story, F(7));
    story_type(story, "李建国");
    story_press(story, MU_KEY_ENTER);
    story_type(story, "修水管");
    story_press(story, MU_KEY_ENTER);
    story_press(story, MU_KEY_ENTER);
    story_type(story, "12.1");
    story_press(story, F(2));
    story_press(story, F(7));
    story_type(story, "张金凤");
    mu_app_draft(story->app);
    story_reopen(story);
    story_open_case(story, id);
    story_next(story, "agreed", "agreed");
    assert_shows(story, "张金凤", "张金凤");
    story_press(story, MU_KEY_ESCAPE);
    story_type(story, "y");
    assert_shows(story, "修水管", "修水管");
    story_press(story, MU_KEY_DELETE);
    assert_shows(story, "约定（0 条）", "Promises (0)");
}

static void why_other_steps_wait_is_told_story(struct story *story)
{
    int64_t id;

    story_keeper_mediates(story);
    id = story_take_in(story);
    story_open_case(story, id);
    story_press(story, F(7));
    story_press(story, MU_KEY_PAGE_DOWN);
    story_press(story, MU_KEY_ENTER);
    assert_top(story, "case_reading");
    assert_golden(story, "case_why_not");
}

STORY(from_intake_to_kept)
STORY(a_refusal_ends_it_and_the_ways_are_told)
STORY(violence_is_reported_first)
STORY(more_time_is_told_in_words)
STORY(a_case_is_passed_up_and_comes_back)
STORY(a_colleagues_step_in_between_is_told)
STORY(a_hundred_thousand_characters_are_pasted)
STORY(the_line_drops_in_the_middle_of_a_sentence)
STORY(promises_survive_a_dropped_line)
STORY(why_other_steps_wait_is_told)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TOLD(from_intake_to_kept),
        TOLD(a_refusal_ends_it_and_the_ways_are_told),
        TOLD(violence_is_reported_first),
        TOLD(more_time_is_told_in_words),
        TOLD(a_case_is_passed_up_and_comes_back),
        TOLD(a_colleagues_step_in_between_is_told),
        TOLD(a_hundred_thousand_characters_are_pasted),
        TOLD(the_line_drops_in_the_middle_of_a_sentence),
        TOLD(promises_survive_a_dropped_line),
        TOLD(why_other_steps_wait_is_told),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
