/* How a case ends: agreements and what becomes of them, failure, other stations, and mediating
 * again. */
#include "unit/case_story.h"

static void test_an_agreement_is_signed_or_explained(void **state)
{
    struct story story;
    const struct mu_case *mediated = &story.mediated;

    (void)state;
    story_informed(&story);
    story_stops(&story, story_step(MU_STEP_AGREED, 11, 1, "form", "书面协议", "text", "赔", NULL),
                "signed_by", MU_SAY_error_case_unsigned);
    story_stops(
        &story,
        story_step(MU_STEP_AGREED, 11, 1, "form", "口头协议", "effect", "否", "text", "赔", NULL),
        "effect", MU_SAY_error_case_effect);
    story_stops(&story,
                story_step(MU_STEP_AGREED, 11, 1, "form", "口头协议", "effect", "是", "visit_on",
                           "2026-10-31", "text", "赔", NULL),
                "visit_on", MU_SAY_error_case_day_early);
    story_goes(&story, story_step(MU_STEP_AGREED, 11, 1, "form", "口头协议", "effect", "是",
                                  "visit_on", "2026-11-05", "text", "赔", NULL));
    assert_int_equal(mediated->form, 2);
    assert_int_equal(mediated->visit_on.day, 5);
    story_forbids(&story, MU_STEP_PERFORMED, MU_SAY_error_case_way_promise);
    story_stops(
        &story,
        story_step(MU_STEP_PROMISE, 11, 1, "who", "张", "what", "赔", "due_on", "2026-10-31", NULL),
        "due_on", MU_SAY_error_case_day_early);
    story_stops(&story, story_step(MU_STEP_PROMISE, 11, 1, "who", "张", "what", "赔", NULL),
                "due_on", MU_SAY_error_text_missing);
    story_stops(&story,
                story_step(MU_STEP_PROMISE, 11, 1, "who", "张", "what", "赔", "amount", "0",
                           "due_on", "2026-11-30", NULL),
                "amount", MU_SAY_error_case_amount);
    for (int i = 0; i < MU_CASE_PROMISES; i++)
        story_goes(&story, story_step(MU_STEP_PROMISE, 11, 1, "who", "张", "what", "赔", "amount",
                                      "10", "due_on", "2026-11-30", NULL));
    story_stops(
        &story,
        story_step(MU_STEP_PROMISE, 11, 1, "who", "张", "what", "赔", "due_on", "2026-11-30", NULL),
        NULL, MU_SAY_error_case_promises);
    assert_int_equal(mediated->promised.fen, 99000);
    assert_string_equal(mediated->promise[98].promise->what, "赔");
    story_ends(&story);
}

static void test_nobody_pays_more_than_was_promised(void **state)
{
    struct story story;

    (void)state;
    story_agreed(&story);
    story_stops(&story, story_step(MU_STEP_PERFORMED, 11, 5, NULL), "about",
                MU_SAY_error_case_about);
    story_stops(&story, about(story_step(MU_STEP_PERFORMED, 11, 5, NULL), 3), "about",
                MU_SAY_error_case_about);
    story_stops(&story, about(story_step(MU_STEP_PERFORMED, 11, 5, "amount", "1200.01", NULL), 1),
                "amount", MU_SAY_error_case_paid);
    story_stops(&story, about(story_step(MU_STEP_PERFORMED, 11, 5, "amount", "1", NULL), 2),
                "amount", MU_SAY_error_case_paid);
    story_stops(&story, about(story_step(MU_STEP_PERFORMED, 10, 31, NULL), 1), "date",
                MU_SAY_error_case_day_early);
    story_goes(&story, about(story_step(MU_STEP_PERFORMED, 11, 5, "amount", "1200", NULL), 1));
    assert_int_equal(story.mediated.promise[0].done_on.day, 5);
    story_stops(&story, about(story_step(MU_STEP_PERFORMED, 11, 6, NULL), 1), "about",
                MU_SAY_error_case_performed);
    story_ends(&story);
}

static struct mu_case_step to_court(int month, int day, const char *court)
{
    return story_step(MU_STEP_CONFIRMED, month, day, "court", court, "name", "某区人民法院", NULL);
}

static void test_the_court_is_asked_in_time_and_once(void **state)
{
    struct story story;

    (void)state;
    story_agreed(&story);
    story.today = (struct mu_date){2026, 12, 20};
    story_stops(&story, to_court(12, 2, "双方共同申请"), "date", MU_SAY_error_case_court_late);
    story_goes(&story, to_court(12, 1, "双方共同申请"));
    assert_false(mu_date_known(story.mediated.confirm_by));
    story_stops(&story, to_court(12, 1, "双方共同申请"), "court", MU_SAY_error_case_court_twice);
    story_goes(&story, to_court(12, 15, "法院确认有效"));
    assert_int_equal(story.mediated.court, 2);
    story_ends(&story);
}

static void test_mediation_fails_and_the_parties_are_told(void **state)
{
    struct story story;
    const struct mu_case *mediated = &story.mediated;

    (void)state;
    story_informed(&story);
    story_goes(&story, a_meeting(10, 30));
    story_stops(&story, story_step(MU_STEP_ENDED, 11, 1, "how", "调解不成", NULL), "told",
                MU_SAY_error_case_told);
    story_stops(&story, story_step(MU_STEP_ENDED, 11, 1, "how", "当事人拒绝", "told", "否", NULL),
                "told", MU_SAY_error_case_told);
    story_goes(&story, an_ending(11, 1, "调解不成"));
    assert_int_equal(mediated->outcome, MU_CASE_FAILED);
    assert_int_equal(mediated->ended_on.month, 11);
    story_forbids(&story, MU_STEP_MEETING, MU_SAY_error_case_way_ended);
    story_forbids(&story, MU_STEP_PERFORMED, MU_SAY_error_case_way_bare);
    story_goes(&story, story_step(MU_STEP_CLOSED, 11, 2, NULL));
    story_forbids(&story, MU_STEP_CLOSED, MU_SAY_error_case_way_closed);
    story_forbids(&story, MU_STEP_CONFIRMED, MU_SAY_error_case_way_bare);
    story_forbids(&story, MU_STEP_PERFORMED, MU_SAY_error_case_way_bare);
    story_ends(&story);
}

static void test_a_case_is_withdrawn_or_was_a_mistake(void **state)
{
    struct story story;

    (void)state;
    story_accepted(&story);
    story_stops(&story, story_step(MU_STEP_ENDED, 10, 24, "how", "误登", NULL), "text",
                MU_SAY_error_case_mistake);
    story_goes(&story, story_step(MU_STEP_ENDED, 10, 24, "how", "撤回申请", NULL));
    assert_int_equal(story.mediated.outcome, MU_CASE_WITHDRAWN);
    story_forbids(&story, MU_STEP_PASSED, MU_SAY_error_case_way_withdrawn);
    story_ends(&story);
    story_accepted(&story);
    story_goes(&story, story_step(MU_STEP_ENDED, 10, 24, "how", "误登", "text", "登了两遍", NULL));
    assert_int_equal(story.mediated.outcome, MU_CASE_MISTAKE);
    assert_null(mu_case_grade(&story.mediated, &story.rules, 9));
    story_ends(&story);
}

static struct mu_case_step passed(int month, int day, const char *station)
{
    return story_step(MU_STEP_PASSED, month, day, "station", station, "to", "某调委会", "reason",
                      "涉及面广", NULL);
}

static void test_a_case_goes_up_and_comes_back(void **state)
{
    struct story story;
    const struct mu_case *mediated = &story.mediated;

    (void)state;
    story_informed(&story);
    story_goes(&story, a_meeting(10, 25));
    story_goes(&story, passed(10, 26, "社区"));
    story_goes(&story, passed(10, 28, "镇/街道"));
    assert_int_equal(mediated->station, 3);
    story_forbids(&story, MU_STEP_MEETING, MU_SAY_error_case_way_passed);
    story_stops(&story, story_step(MU_STEP_RETURNED, 10, 27, "station", "小区", NULL), "date",
                MU_SAY_error_case_day_early);
    story_goes(&story, story_step(MU_STEP_RETURNED, 10, 29, "station", "小区", NULL));
    assert_int_equal(mediated->state, MU_CASE_MEDIATING);
    assert_int_equal(mediated->station, 1);
    story_goes(&story, an_ending(11, 1, "调解不成"));
    story_goes(&story, passed(11, 2, "县"));
    story_stops(&story, story_step(MU_STEP_CLOSED, 11, 1, NULL), "date",
                MU_SAY_error_case_day_early);
    story_goes(&story, story_step(MU_STEP_CLOSED, 11, 3, NULL));
    assert_int_equal(mediated->outcome, MU_CASE_FAILED);
    story_ends(&story);
    story_accepted(&story);
    story_goes(&story, passed(10, 26, "社区"));
    story_goes(&story, story_step(MU_STEP_CLOSED, 10, 28, NULL));
    assert_int_equal(mediated->outcome, MU_CASE_HANDED_ON);
    assert_int_equal(mediated->ended_on.day, 28);
    story_ends(&story);
}

static struct mu_case_step more_time(const char *until, const char *consent)
{
    return story_step(MU_STEP_EXTENDED, 11, 20, "until", until, "consent", consent, NULL);
}

static void test_more_time_needs_both_and_has_an_end(void **state)
{
    struct story story;
    const struct mu_case *mediated = &story.mediated;

    (void)state;
    story_informed(&story);
    story_stops(&story, more_time("2026-12-01", "否"), "consent",
                MU_SAY_error_case_extension_consent);
    story_stops(&story, more_time("2026-11-23", "是"), "until", MU_SAY_error_case_extension_short);
    story_stops(&story, more_time("2026-12-24", "是"), "until", MU_SAY_error_case_extension_long);
    story_goes(&story, more_time("2026-12-01", "是"));
    assert_int_equal(mediated->limit_on.month, 12);
    /* Time that was given once does not begin a new month. */
    story_stops(&story, more_time("2026-12-24", "是"), "until", MU_SAY_error_case_extension_long);
    story_goes(&story, more_time("2026-12-23", "是"));
    story_ends(&story);
}

static void test_visits_go_on_until_it_is_kept_or_not(void **state)
{
    struct story story;
    const struct mu_case *mediated = &story.mediated;

    (void)state;
    story_agreed(&story);
    story_stops(&story, story_step(MU_STEP_CLOSED, 11, 5, NULL), "reason",
                MU_SAY_error_case_unvisited);
    story_stops(&story, story_step(MU_STEP_VISITED, 11, 5, NULL), "kept", MU_SAY_error_case_kept);
    story_stops(&story, a_visit(11, 5, "部分履行", ""), "next_on", MU_SAY_error_case_visit_next);
    story_stops(&story, a_visit(11, 5, "尚未到期", ""), "next_on", MU_SAY_error_case_visit_next);
    story_stops(&story, a_visit(11, 5, "尚未到期", "2026-11-05"), "next_on",
                MU_SAY_error_case_visit_day);
    story_goes(&story, a_visit(11, 5, "尚未到期", "2026-11-12"));
    story_goes(&story, story_step(MU_STEP_CLOSED, 11, 6, NULL));
    assert_int_equal(mediated->visit_on.day, 12);
    story_goes(&story, a_visit(11, 12, "未履行", ""));
    assert_false(mu_date_known(mediated->visit_on));
    assert_int_equal(mediated->kept, 3);
    story_ends(&story);
    story_agreed(&story);
    story_goes(&story, story_step(MU_STEP_CLOSED, 11, 5, "reason", "双方外出，电话也没人接", NULL));
    story_ends(&story);
}

static void test_what_is_not_kept_is_mediated_again(void **state)
{
    struct story story;
    const struct mu_case *mediated = &story.mediated;

    (void)state;
    story_agreed(&story);
    story_goes(&story, a_visit(11, 12, "未履行", ""));
    story_stops(&story, story_step(MU_STEP_CLOSED, 11, 13, NULL), "reason",
                MU_SAY_error_case_not_kept);
    story_stops(&story, story_step(MU_STEP_REOPENED, 11, 13, NULL), "reason",
                MU_SAY_error_text_missing);
    story_goes(&story, story_step(MU_STEP_REOPENED, 11, 13, "reason", "没有付钱", NULL));
    assert_int_equal(mediated->state, MU_CASE_INFORMED);
    assert_int_equal(mediated->outcome, MU_CASE_OPEN);
    assert_int_equal(mediated->promises, 0);
    assert_int_equal(mediated->agreed, 0);
    assert_int_equal(mediated->kept, 0);
    assert_int_equal(mu_date_compare(mediated->limit_on, (struct mu_date){2026, 12, 13}), 0);
    assert_false(mu_date_known(mediated->ended_on));
    story_stops(&story, a_meeting(11, 12), "date", MU_SAY_error_case_day_early);
    story_goes(&story, a_written_agreement(11, 14));
    story_goes(&story, story_step(MU_STEP_PROMISE, 11, 14, "who", "张金凤", "what", "赔偿",
                                  "due_on", "2026-11-20", NULL));
    assert_int_equal(mediated->promise[0].number, 1);
    story_goes(&story, a_visit(11, 16, "已履行", ""));
    story_goes(&story, story_step(MU_STEP_CLOSED, 11, 17, NULL));
    story_stops(&story, story_step(MU_STEP_REOPENED, 11, 16, "reason", "又漏了", NULL), "date",
                MU_SAY_error_case_day_early);
    story_goes(&story, story_step(MU_STEP_REOPENED, 11, 20, "reason", "又漏了", NULL));
    story_goes(&story, an_ending(11, 21, "调解不成"));
    story_goes(&story, story_step(MU_STEP_REOPENED, 11, 22, "reason", "又愿意谈了", NULL));
    story_ends(&story);
    story_accepted(&story);
    story_goes(&story, an_ending(10, 24, "当事人拒绝"));
    story_goes(&story, story_step(MU_STEP_REOPENED, 10, 25, "reason", "又愿意谈了", NULL));
    assert_int_equal(mediated->state, MU_CASE_ACCEPTED);
    story_ends(&story);
}

static void test_a_care_visit_needs_no_agreement(void **state)
{
    struct story story;

    (void)state;
    story_accepted(&story);
    story_stops(&story, a_visit(10, 24, "已履行", ""), "kept", MU_SAY_error_case_nothing_to_keep);
    story_goes(&story, story_step(MU_STEP_VISITED, 10, 24, "met", "两家都去了", NULL));
    assert_int_equal(story.mediated.kept, 0);
    story_ends(&story);
}

static bool offers(const struct mu_case *mediated, enum mu_case_step_kind kind, size_t within)
{
    enum mu_case_step_kind next[8];
    size_t count = mu_case_next(mediated, next, within);

    assert_true(count <= within);
    for (size_t i = 0; i < count; i++) {
        assert_true(mu_case_may(mediated, next[i], NULL));
        if (next[i] == kind)
            return true;
    }
    return false;
}

static void test_the_next_steps_are_the_likely_ones(void **state)
{
    struct story story = {.today = {2026, 11, 23}};
    const struct mu_case *mediated = &story.mediated;

    (void)state;
    assert_true(offers(mediated, MU_STEP_INTAKE, 1));
    story_goes(&story, story_step(MU_STEP_INTAKE, 10, 23, "subject", "扬言动手", "dispute", "02",
                                  "level", "邻里事", "source", "主动调解", "danger", "是", NULL));
    assert_true(offers(mediated, MU_STEP_REPORTED, 1));
    assert_true(offers(mediated, MU_STEP_MEDIATOR, 2));
    assert_true(offers(mediated, MU_STEP_PARTY, 3));
    story_goes(&story, story_step(MU_STEP_REPORTED, 10, 23, "to", "派出所", "at", "14:30", NULL));
    story_ends(&story);
    story_informed(&story);
    assert_true(offers(mediated, MU_STEP_MEETING, 1));
    story_ends(&story);
    story_agreed(&story);
    assert_true(offers(mediated, MU_STEP_PERFORMED, 1));
    assert_true(offers(mediated, MU_STEP_CONFIRMED, 3));
    story_goes(&story, to_court(11, 3, "双方共同申请"));
    assert_true(offers(mediated, MU_STEP_CONFIRMED, 8));
    story_goes(&story, to_court(11, 4, "法院确认有效"));
    assert_false(offers(mediated, MU_STEP_CONFIRMED, 8));
    story_goes(&story, a_visit(11, 5, "未履行", ""));
    assert_true(offers(mediated, MU_STEP_REOPENED, 1));
    story_goes(&story, a_visit(11, 6, "已履行", "2026-11-10"));
    assert_true(offers(mediated, MU_STEP_CLOSED, 1));
    story_goes(&story, story_step(MU_STEP_CLOSED, 11, 7, NULL));
    assert_true(offers(mediated, MU_STEP_VISITED, 8));
    story_goes(&story, a_visit(11, 10, "已履行", ""));
    assert_false(offers(mediated, MU_STEP_VISITED, 8));
    story_ends(&story);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_an_agreement_is_signed_or_explained),
        cmocka_unit_test(test_nobody_pays_more_than_was_promised),
        cmocka_unit_test(test_the_court_is_asked_in_time_and_once),
        cmocka_unit_test(test_mediation_fails_and_the_parties_are_told),
        cmocka_unit_test(test_a_case_is_withdrawn_or_was_a_mistake),
        cmocka_unit_test(test_a_case_goes_up_and_comes_back),
        cmocka_unit_test(test_more_time_needs_both_and_has_an_end),
        cmocka_unit_test(test_visits_go_on_until_it_is_kept_or_not),
        cmocka_unit_test(test_what_is_not_kept_is_mediated_again),
        cmocka_unit_test(test_a_care_visit_needs_no_agreement),
        cmocka_unit_test(test_the_next_steps_are_the_likely_ones),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
