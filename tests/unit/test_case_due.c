/* What is due in a case, and how the days are counted. */
#include "unit/case_story.h"

static void is(struct mu_date date, int year, int month, int day)
{
    assert_int_equal(date.year, year);
    assert_int_equal(date.month, month);
    assert_int_equal(date.day, day);
}

static void test_a_month_ends_on_the_same_day_or_the_last_one(void **state)
{
    (void)state;
    is(mu_span_end((struct mu_span){.months = 1}, (struct mu_date){2026, 10, 23}), 2026, 11, 23);
    is(mu_span_end((struct mu_span){.months = 1}, (struct mu_date){2026, 1, 31}), 2026, 2, 28);
    is(mu_span_end((struct mu_span){.months = 1}, (struct mu_date){2028, 1, 30}), 2028, 2, 29);
    is(mu_span_end((struct mu_span){.months = 3}, (struct mu_date){2026, 11, 30}), 2027, 2, 28);
    is(mu_span_end((struct mu_span){.days = 30}, (struct mu_date){2026, 11, 1}), 2026, 12, 1);
    is(mu_span_end((struct mu_span){.days = 15}, (struct mu_date){0}), 0, 0, 0);
    is(mu_span_end((struct mu_span){0}, (struct mu_date){2026, 11, 1}), 0, 0, 0);
    assert_false(mu_span_known((struct mu_span){0}));
}

static void test_working_days_leave_out_holidays_and_count_swapped_days(void **state)
{
    (void)state;
    is(mu_span_end((struct mu_span){.working_days = 1}, (struct mu_date){2026, 11, 20}), 2026, 11,
       23);
    is(mu_span_end((struct mu_span){.working_days = 5}, (struct mu_date){2026, 11, 23}), 2026, 11,
       30);
    /* The week of the National Day, and the Saturday that is worked for it. */
    is(mu_span_end((struct mu_span){.working_days = 1}, (struct mu_date){2026, 9, 30}), 2026, 10,
       8);
    is(mu_span_end((struct mu_span){.working_days = 3}, (struct mu_date){2026, 9, 30}), 2026, 10,
       10);
}

/* "limit 2026-11-23, promise 1 2026-11-10" */
static const char *dues(const struct mu_case *mediated)
{
    static char text[4096];
    struct mu_case_due due[MU_CASE_DUES];
    size_t count = mu_case_dues(mediated, due), used = 0;
    char day[MU_DATE_SIZE];

    *text = '\0';
    for (size_t i = 0; i < count && used < sizeof text; i++) {
        mu_date_format(due[i].due_on, day);
        used += (size_t)snprintf(text + used, sizeof text - used, "%s%s %d %s", used ? ", " : "",
                                 mu_case_due_word(due[i].kind), due[i].number, day);
    }
    return text;
}

static void test_the_earliest_stands_first(void **state)
{
    struct story story = {.today = {2026, 11, 23}};

    (void)state;
    assert_string_equal(dues(&story.mediated), "");
    story.rules.mediation.limit.months = 1;
    story_goes(&story, story_step(MU_STEP_INTAKE, 10, 23, "subject", "扬言动手", "dispute", "02",
                                  "level", "邻里事", "source", "主动调解", "danger", "是", NULL));
    assert_string_equal(dues(&story.mediated),
                        "report 0 2026-10-23, mediator 0 2026-10-23, limit 0 2026-11-23");
    story_goes(&story, story_step(MU_STEP_REPORTED, 10, 23, "to", "派出所", NULL));
    assert_string_equal(dues(&story.mediated), "mediator 0 2026-10-23, limit 0 2026-11-23");
    story_ends(&story);
    story_agreed(&story);
    assert_string_equal(dues(&story.mediated),
                        "promise 1 2026-11-10, visit 0 2026-11-16, promise 2 2026-11-20, "
                        "confirm 0 2026-12-01");
    story_goes(&story, about(story_step(MU_STEP_PERFORMED, 11, 10, NULL), 1));
    story_goes(&story, a_visit(11, 16, "尚未到期", "2026-11-21"));
    assert_string_equal(dues(&story.mediated),
                        "promise 2 2026-11-20, visit 0 2026-11-21, confirm 0 2026-12-01");
    story_goes(&story, story_step(MU_STEP_CLOSED, 11, 17, NULL));
    assert_string_equal(dues(&story.mediated), "promise 2 2026-11-20, visit 0 2026-11-21");
    story_goes(&story, a_visit(11, 21, "已履行", ""));
    assert_string_equal(dues(&story.mediated), "");
    story_ends(&story);
}

static void test_nothing_is_due_of_what_is_over(void **state)
{
    struct story story;

    (void)state;
    story_accepted(&story);
    story_goes(&story, story_step(MU_STEP_PASSED, 10, 24, "station", "社区", "to", "社区调委会",
                                  "reason", "涉及面广", NULL));
    assert_string_equal(dues(&story.mediated), "");
    story_goes(&story, story_step(MU_STEP_RETURNED, 10, 25, "station", "小区", NULL));
    assert_string_equal(dues(&story.mediated), "limit 0 2026-11-23");
    story_goes(&story, story_step(MU_STEP_ENDED, 10, 26, "how", "误登", "text", "重了", NULL));
    assert_string_equal(dues(&story.mediated), "");
    story_ends(&story);
}

static void test_the_first_grade_that_fits_is_given(void **state)
{
    struct mu_case_grade grades[] = {
        {.id = "red", .when = {.danger = 1}, .visit = 3},
        {.id = "orange", .when = {.failed = 1, .weight = 2}, .visit = 7},
        {.id = "amber", .when = {.repeats = 2}},
    };
    struct story story;
    struct mu_case_due due;

    (void)state;
    story_accepted(&story);
    story.rules.mediation.grades = grades;
    story.rules.mediation.grade_count = 3;
    assert_null(mu_case_grade(&story.mediated, &story.rules, 1));
    assert_string_equal(mu_case_grade(&story.mediated, &story.rules, 2)->id, "amber");
    assert_false(mu_case_care_due(&story.mediated, NULL, &due));
    assert_false(mu_case_care_due(&story.mediated, &grades[2], &due));
    story_goes(&story, an_ending(10, 30, "调解不成"));
    assert_null(mu_case_grade(&story.mediated, &story.rules, 0));
    story_goes(&story,
               story_step(MU_STEP_AMENDED, 10, 30, "subject", "漏水", "dispute", "02", "level",
                          "邻里事", "source", "主动调解", "danger", "否", "weight", "重大", NULL));
    assert_string_equal(mu_case_grade(&story.mediated, &story.rules, 0)->id, "orange");
    story_goes(&story, story_step(MU_STEP_AMENDED, 10, 30, "subject", "漏水", "dispute", "02",
                                  "level", "邻里事", "source", "主动调解", "danger", "是", NULL));
    assert_string_equal(mu_case_grade(&story.mediated, &story.rules, 0)->id, "red");
    story_ends(&story);
}

static void test_a_care_visit_is_due_until_somebody_went(void **state)
{
    const struct mu_case_grade red = {.id = "red", .visit = 3};
    struct story story;
    struct mu_case_due due;

    (void)state;
    story_accepted(&story);
    assert_true(mu_case_care_due(&story.mediated, &red, &due));
    assert_int_equal(due.kind, MU_CASE_DUE_CARE);
    is(due.due_on, 2026, 10, 26);
    story_goes(&story, story_step(MU_STEP_VISITED, 10, 24, "met", "两家", NULL));
    assert_false(mu_case_care_due(&story.mediated, &red, &due));
    story_goes(&story, an_ending(10, 30, "调解不成"));
    assert_true(mu_case_care_due(&story.mediated, &red, &due));
    is(due.due_on, 2026, 11, 2);
    story_goes(&story, story_step(MU_STEP_VISITED, 10, 31, NULL));
    assert_false(mu_case_care_due(&story.mediated, &red, &due));
    story_ends(&story);
    story_accepted(&story);
    story_goes(&story, story_step(MU_STEP_ENDED, 10, 26, "how", "误登", "text", "重了", NULL));
    assert_false(mu_case_care_due(&story.mediated, &red, &due));
    story_ends(&story);
}

static void says(const struct mu_case *mediated, enum mu_case_due_kind kind, int number,
                 struct mu_date due_on, const char *chinese, const char *english)
{
    const struct mu_case_due due = {kind, number, due_on};
    const struct mu_date today = {2026, 11, 23};
    char text[256];

    mu_case_due_text(mediated, &due, today, MU_CHINESE, text, sizeof text);
    assert_string_equal(text, chinese);
    mu_case_due_text(mediated, &due, today, MU_ENGLISH, text, sizeof text);
    assert_string_equal(text, english);
}

static void test_the_counting_is_told(void **state)
{
    struct story story;
    const struct mu_case *mediated = &story.mediated;

    (void)state;
    story_agreed(&story);
    says(mediated, MU_CASE_DUE_REPORT, 0, mediated->accepted_on,
         "10月23日受理，有动手危险，还没有报告",
         "accepted 10-23; violence was threatened, nobody was told yet");
    says(mediated, MU_CASE_DUE_MEDIATOR, 0, mediated->accepted_on, "10月23日受理，还没有调解员",
         "accepted 10-23; nobody mediates it yet");
    says(mediated, MU_CASE_DUE_LIMIT, 0, mediated->limit_on, "10月23日受理，期限11月23日，就是今天",
         "accepted 10-23, to be done by 11-23: today");
    says(mediated, MU_CASE_DUE_CONFIRM, 0, mediated->confirm_by,
         "11月1日达成协议，12月1日前可申请司法确认，还有8天",
         "agreed 11-01, the court may be asked by 12-01: 8 days left");
    says(mediated, MU_CASE_DUE_PROMISE, 1, mediated->promise[0].promise->due_on,
         "张金凤 赔偿，11月10日到期，已过13天", "张金凤 赔偿, by 11-10: 13 days late");
    says(mediated, MU_CASE_DUE_VISIT, 0, mediated->visit_on,
         "11月1日达成协议，11月16日回访，已过7天", "agreed 11-01, visit on 11-16: 7 days late");
    says(mediated, MU_CASE_DUE_CARE, 0, (struct mu_date){2027, 1, 1},
         "11月1日起，2027年1月1日前关怀回访，还有39天",
         "since 11-01, care visit by 2027-01-01: 39 days left");
    story_ends(&story);
    story_informed(&story);
    story_goes(&story,
               story_step(MU_STEP_EXTENDED, 11, 20, "until", "2026-12-01", "consent", "是", NULL));
    says(mediated, MU_CASE_DUE_LIMIT, 0, mediated->limit_on,
         "10月23日受理，双方同意延到12月1日，还有8天",
         "accepted 10-23, with more time by 12-01: 8 days left");
    says(mediated, MU_CASE_DUE_CARE, 0, (struct mu_date){2026, 11, 22},
         "10月23日起，11月22日前关怀回访，已过1天",
         "since 10-23, care visit by 11-22: 1 days late");
    story_ends(&story);
}

static void test_words_name_what_is_due(void **state)
{
    const struct mu_date last = {2026, 12, 1}, later = {2026, 12, 2};
    enum mu_case_due_kind kind = MU_CASE_DUE_LIMIT;

    (void)state;
    for (int i = MU_CASE_DUE_REPORT; i < MU_CASE_DUE_KINDS; i++) {
        assert_true(mu_case_due_from_word(mu_case_due_word((enum mu_case_due_kind)i), &kind));
        assert_int_equal(kind, i);
        assert_int_not_equal(mu_case_due_name(kind), 0);
        assert_true(mu_case_due_stands(&(struct mu_case_due){kind, 0, last}, last));
        assert_int_equal(mu_case_due_stands(&(struct mu_case_due){kind, 0, last}, later),
                         kind != MU_CASE_DUE_CONFIRM);
    }
    assert_false(mu_case_due_from_word("tea", &kind));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_month_ends_on_the_same_day_or_the_last_one),
        cmocka_unit_test(test_working_days_leave_out_holidays_and_count_swapped_days),
        cmocka_unit_test(test_the_earliest_stands_first),
        cmocka_unit_test(test_nothing_is_due_of_what_is_over),
        cmocka_unit_test(test_the_first_grade_that_fits_is_given),
        cmocka_unit_test(test_a_care_visit_is_due_until_somebody_went),
        cmocka_unit_test(test_the_counting_is_told),
        cmocka_unit_test(test_words_name_what_is_due),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
