/* The way of a case: what may follow what, what a step has to say, and what it all comes to. */
#include "unit/case_story.h"

static void test_a_quarrel_is_settled_and_closed(void **state)
{
    struct story story;
    char label[MU_CASE_LABEL_SIZE], number[MU_CASE_NUMBER_SIZE];
    const struct mu_case *mediated = &story.mediated;

    (void)state;
    story_agreed(&story);
    assert_int_equal(mediated->state, MU_CASE_AGREED);
    assert_int_equal(mediated->outcome, MU_CASE_SETTLED);
    assert_int_equal(mediated->intake->weight, 1);
    assert_string_equal(mediated->about, "厨房天花板滴水三个月。");
    assert_int_equal(mu_date_compare(mediated->limit_on, (struct mu_date){2026, 11, 23}), 0);
    assert_int_equal(mu_date_compare(mediated->confirm_by, (struct mu_date){2026, 12, 1}), 0);
    assert_int_equal(mu_date_compare(mediated->visit_on, (struct mu_date){2026, 11, 16}), 0);
    assert_int_equal(mediated->promised.fen, 120000);
    mu_case_label(mediated, label);
    assert_string_equal(label, "王秀英、张金凤 楼上漏水");
    mu_case_number(&story.rules, 2026, 12, number);
    assert_string_equal(number, "(2026)井调字第12号");

    story_goes(&story, about(story_step(MU_STEP_PERFORMED, 11, 5, "amount", "500", NULL), 1));
    assert_false(mu_date_known(mediated->promise[0].done_on));
    story_goes(&story, about(story_step(MU_STEP_PERFORMED, 11, 9, NULL), 1));
    story_goes(&story, about(story_step(MU_STEP_PERFORMED, 11, 15, "how", "已修好", NULL), 2));
    assert_int_equal(mediated->paid.fen, 120000);
    assert_int_equal(mediated->promise[1].done_on.day, 15);
    story_forbids(&story, MU_STEP_PERFORMED, MU_SAY_error_case_way_promise);
    story_goes(&story, a_visit(11, 16, "已履行", ""));
    story_goes(&story, story_step(MU_STEP_CLOSED, 11, 17, NULL));
    assert_int_equal(mediated->state, MU_CASE_CLOSED);
    assert_int_equal(mediated->outcome, MU_CASE_SETTLED);
    assert_int_equal(mediated->ended_on.day, 1);
    story_goes(&story,
               about(story_step(MU_STEP_ADDED, 11, 18, "text", "楼层写错，是三楼。", NULL), 1));
    story_ends(&story);
}

static void test_rights_come_before_mediation(void **state)
{
    struct story story;

    (void)state;
    story_accepted(&story);
    story_forbids(&story, MU_STEP_MEETING, MU_SAY_error_case_way_inform);
    story_forbids(&story, MU_STEP_AGREED, MU_SAY_error_case_way_inform);
    story_forbids(&story, MU_STEP_CLOSED, MU_SAY_error_case_way_open);
    story_forbids(&story, MU_STEP_REOPENED, MU_SAY_error_case_way_open);
    story_forbids(&story, MU_STEP_RETURNED, MU_SAY_error_case_way_here);
    story_forbids(&story, MU_STEP_PROMISE, MU_SAY_error_case_way_bare);
    story_forbids(&story, MU_STEP_INTAKE, MU_SAY_error_case_way_intake);
    story_goes(&story,
               story_step(MU_STEP_INVESTIGATED, 10, 24, "asked", "楼长", "text", "看过了", NULL));
    assert_int_equal(story.mediated.state, MU_CASE_ACCEPTED);
    story_goes(&story, story_step(MU_STEP_INFORMED, 10, 24, NULL));
    story_goes(&story, a_meeting(10, 25));
    story_goes(&story, story_step(MU_STEP_INFORMED, 10, 26, NULL));
    assert_int_equal(story.mediated.state, MU_CASE_MEDIATING);
    story_ends(&story);
}

static void test_nothing_comes_before_the_intake(void **state)
{
    struct story story = {.today = {2026, 11, 23}};
    char label[MU_CASE_LABEL_SIZE];

    (void)state;
    for (int kind = MU_STEP_AMENDED; kind < MU_STEP_KINDS; kind++)
        assert_false(mu_case_may(&story.mediated, (enum mu_case_step_kind)kind, NULL));
    assert_true(mu_case_may(&story.mediated, MU_STEP_INTAKE, NULL));
    mu_case_label(&story.mediated, label);
    assert_string_equal(label, "");
    assert_int_equal(story_try(&story, (struct mu_case_step){.kind = MU_STEP_KINDS}), MU_INPUT);
    assert_int_equal(story.error.message, MU_SAY_error_case_step_kind);
}

static void test_a_mediator_and_both_sides_are_needed(void **state)
{
    struct story story = {.today = {2026, 11, 23}};

    (void)state;
    story_goes(&story, an_intake());
    story_goes(&story, a_party("申请人", "王秀英"));
    story_goes(&story, story_step(MU_STEP_INFORMED, 10, 23, NULL));
    story_forbids(&story, MU_STEP_MEETING, MU_SAY_error_case_way_mediator);
    story_forbids(&story, MU_STEP_AGREED, MU_SAY_error_case_way_mediator);
    story_goes(&story, by_mediator(story_step(MU_STEP_MEDIATOR, 10, 23, "duty", "当事人选定",
                                              "name", "李桂兰", NULL),
                                   5));
    story_forbids(&story, MU_STEP_AGREED, MU_SAY_error_case_way_sides);
    story_goes(&story, a_meeting(10, 24));
    story_ends(&story);
}

static void test_a_person_stands_on_one_side_once(void **state)
{
    struct story story;

    (void)state;
    story_accepted(&story);
    story_stops(&story, a_party("被申请人", "王秀英"), "name", MU_SAY_error_case_both_sides);
    story_stops(&story, a_party("申请人", "张金凤"), "name", MU_SAY_error_case_both_sides);
    story_stops(&story, a_party("申请人", "王秀英"), "name", MU_SAY_error_case_party_twice);
    story_stops(&story, a_party("有关的人", "王秀英"), "name", MU_SAY_error_case_party_twice);
    /* One file or one ID number is one person whatever the name. */
    story_goes(&story, of_resident(a_party("有关的人", "赵楼长"), 7));
    story_stops(&story, of_resident(a_party("申请人", "赵大明"), 7), "name",
                MU_SAY_error_case_party_twice);
    story_goes(&story, of_resident(a_party("有关的人", "赵楼长"), 8));
    story_goes(&story, story_step(MU_STEP_PARTY, 10, 23, "side", "申请人", "name", "孙甲",
                                  "id_number", "11010519491231002X", NULL));
    story_stops(&story,
                story_step(MU_STEP_PARTY, 10, 23, "side", "被申请人", "name", "孙乙", "id_number",
                           "11010519491231002X", NULL),
                "name", MU_SAY_error_case_both_sides);
    story_goes(&story, story_step(MU_STEP_PARTY, 10, 23, "side", "被申请人", "name", "孙甲",
                                  "id_number", "110105194912310038", NULL));
    /* Two people of one name are told apart. */
    story_goes(&story,
               story_step(MU_STEP_PARTY, 10, 23, "side", "有关的人", "name", "钱二", "sex", "女",
                          "birth_year", "1950", "phone", "13800000001", "address", "3栋", NULL));
    story_goes(&story, story_step(MU_STEP_PARTY, 10, 23, "side", "有关的人", "name", "钱二",
                                  "birth_year", "1951", NULL));
    story_ends(&story);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_quarrel_is_settled_and_closed),
        cmocka_unit_test(test_rights_come_before_mediation),
        cmocka_unit_test(test_nothing_comes_before_the_intake),
        cmocka_unit_test(test_a_mediator_and_both_sides_are_needed),
        cmocka_unit_test(test_a_person_stands_on_one_side_once),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
