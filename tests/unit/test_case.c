/* The way of a case: what may follow what, and what a step has to say. */
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

static void test_a_party_is_put_right(void **state)
{
    struct story story;
    const struct mu_case *mediated = &story.mediated;
    char label[MU_CASE_LABEL_SIZE];

    (void)state;
    story_accepted(&story);
    story_goes(&story, about(a_party("申请人", "王秀珍"), 1));
    assert_int_equal(mediated->persons, 2);
    assert_string_equal(mediated->person[0].party.name, "王秀珍");
    assert_int_equal(mediated->person[0].step, 5);
    story_stops(&story, about(a_party("申请人", "张金凤"), 1), "name",
                MU_SAY_error_case_both_sides);
    story_stops(&story, about(a_party("申请人", "赵甲"), 3), "about", MU_SAY_error_case_about);
    story_stops(&story, about(a_party("申请人", "赵甲"), -1), "about", MU_SAY_error_case_about);
    story_goes(&story,
               story_step(MU_STEP_AMENDED, 10, 24, "subject", "阳台漏水", "dispute", "02", "level",
                          "邻里事", "source", "主动调解", "danger", "否", "weight", "重大", NULL));
    mu_case_label(mediated, label);
    assert_string_equal(label, "王秀珍、张金凤 阳台漏水");
    assert_null(mediated->about);
    assert_int_equal(mediated->intake->weight, 3);
    assert_int_equal(mediated->accepted_on.day, 23);
    story_goes(&story, an_ending(10, 25, "当事人拒绝"));
    story_stops(&story, a_party("申请人", "赵甲"), NULL, MU_SAY_error_case_party_late);
    story_goes(&story, about(story_step(MU_STEP_PARTY, 10, 23, "side", "申请人", "name", "王秀珍",
                                        "phone", "13800000001", NULL),
                             1));
    story_ends(&story);
}

static void test_mediators_come_and_go(void **state)
{
    struct story story;
    const struct mu_case *mediated = &story.mediated;

    (void)state;
    story_informed(&story);
#define CHANGE(id, duty, ...)                                                                      \
    by_mediator(story_step(MU_STEP_MEDIATOR, 10, 24, "duty", duty, "name", "某人", __VA_ARGS__), id)
    story_stops(&story, CHANGE(0, "指派", NULL), "name", MU_SAY_error_case_mediator_unknown);
    story_stops(&story, CHANGE(5, "指派", NULL), "duty", MU_SAY_error_case_mediator_twice);
    story_stops(&story, CHANGE(6, "交接", NULL), "duty", MU_SAY_error_case_mediator_absent);
    story_goes(&story, CHANGE(5, "当事人选定", NULL));
    story_goes(&story, CHANGE(6, "指派", NULL));
    assert_int_equal(mediated->mediators, 2);
    story_goes(&story, CHANGE(6, "当事人拒绝", NULL));
    assert_false(mediated->mediator[1].at_work);
    story_stops(&story, CHANGE(6, "指派", NULL), "consent", MU_SAY_error_case_mediator_refused);
    story_goes(&story, CHANGE(6, "指派", "consent", "是", NULL));
    story_goes(&story, CHANGE(6, "回避", "reason", "是被申请人的表妹", NULL));
    story_goes(&story, CHANGE(5, "交接", NULL));
    story_forbids(&story, MU_STEP_MEETING, MU_SAY_error_case_way_mediator);
    story_goes(&story, CHANGE(7, "指派", NULL));
    story_goes(&story, a_meeting(10, 25));
#undef CHANGE
    story_ends(&story);
}

static void test_days_are_neither_to_come_nor_too_early(void **state)
{
    struct story story;
    struct mu_case_step step = a_meeting(10, 24);

    (void)state;
    story_informed(&story);
    story_stops(&story, a_meeting(11, 24), "date", MU_SAY_error_case_day_future);
    story_stops(&story, a_meeting(10, 22), "date", MU_SAY_error_case_day_early);
    step.date = (struct mu_date){0};
    story_stops(&story, step, "date", MU_SAY_error_case_day_missing);
    step = a_written_agreement(10, 24);
    step.date = (struct mu_date){0};
    story_stops(&story, step, "date", MU_SAY_error_case_day_missing);
    step = a_meeting(10, 24);
    step.date.day = 32;
    story_stops(&story, step, "date", MU_SAY_error_date);
    story_stops(&story,
                story_step(MU_STEP_MEETING, 10, 24, "present", "双方", "next_on", "2026-10-20",
                           "text", "谈", NULL),
                "next_on", MU_SAY_error_case_day_early);
    story_goes(&story, story_step(MU_STEP_MEETING, 10, 24, "present", "双方", "next_on",
                                  "2026-10-30", "text", "谈", NULL));
    story_ends(&story);
}

static void test_fields_and_texts_are_looked_at(void **state)
{
    struct story story;
    struct mu_case_step step = an_intake();
    char *text = malloc(MU_CASE_TEXT_SIZE + 1);

    (void)state;
    story_informed(&story);
    story_stops(&story, story_step(MU_STEP_MEETING, 10, 24, "text", "谈", NULL), "present",
                MU_SAY_error_text_missing);
    story_stops(&story, story_step(MU_STEP_MEETING, 10, 24, "present", "双方", NULL), "text",
                MU_SAY_error_case_text_missing);
    story_stops(&story,
                story_step(MU_STEP_MEETING, 10, 24, "present", "双方", "text", " \n ", NULL),
                "text", MU_SAY_error_case_text_missing);
    story_stops(&story,
                story_step(MU_STEP_MEETING, 10, 24, "present", "双方", "text", "\x1b[2J", NULL),
                "text", MU_SAY_error_text_control);
    story_stops(&story,
                story_step(MU_STEP_MEETING, 10, 24, "present", "双方", "text", "\xff", NULL),
                "text", MU_SAY_error_text_encoding);
    story_stops(
        &story,
        story_step(MU_STEP_MEETING, 10, 24, "present", "双方", "from", "25:00", "text", "谈", NULL),
        "from", MU_SAY_error_case_clock);
    story_stops(&story, story_step(MU_STEP_REPORTED, 10, 24, "to", "派出所", "at", "下午", NULL),
                "at", MU_SAY_error_case_clock);
    story_stops(&story, story_step(MU_STEP_REPORTED, 10, 24, "to", "派出所", "text", "有", NULL),
                "text", MU_SAY_error_case_text_none);
    assert_non_null(text);
    memset(text, 'a', MU_CASE_TEXT_SIZE);
    text[MU_CASE_TEXT_SIZE] = '\0';
    story_stops(&story, story_step(MU_STEP_MEETING, 10, 24, "present", "双方", "text", text, NULL),
                "text", MU_SAY_error_case_text_long);
    text[MU_CASE_TEXT_SIZE - 1] = '\0';
    story_goes(&story, story_step(MU_STEP_MEETING, 10, 24, "present", "双方", "text", text, NULL));
    free(text);
    step.kind = MU_STEP_AMENDED;
    step.record.intake.dispute = 99;
    story_stops(&story, step, "dispute", MU_SAY_error_dispute);
    step = an_intake();
    step.kind = MU_STEP_AMENDED;
    strcpy(step.record.intake.people, "四");
    story_stops(&story, step, "people", MU_SAY_error_case_people);
    step = an_intake();
    step.kind = MU_STEP_AMENDED;
    strcpy(step.record.intake.amount, "很多");
    story_stops(&story, step, "amount", MU_SAY_error_case_amount);
    story_ends(&story);
}

static void test_a_scan_is_known_by_its_hash(void **state)
{
    struct story story;

    (void)state;
    story_accepted(&story);
    story_goes(&story,
               story_step(MU_STEP_ATTACHED, 10, 24, "paper", "证据材料", "file", "墙面.jpg", "hash",
                          "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff",
                          "bytes", "20480", NULL));
    story_stops(&story,
                story_step(MU_STEP_ATTACHED, 10, 24, "paper", "证据材料", "file", "墙面.jpg",
                           "hash", "00", "bytes", "20480", NULL),
                "hash", MU_SAY_error_case_file_hash);
    story_stops(
        &story,
        about(story_step(MU_STEP_ATTACHED, 10, 24, "paper", "证据材料", "file", "墙面.jpg", "hash",
                         "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff",
                         "bytes", "20480", NULL),
              9),
        "about", MU_SAY_error_case_about_step);
    story_stops(&story, story_step(MU_STEP_ADDED, 10, 24, "text", "补", NULL), "about",
                MU_SAY_error_case_about_step);
    story_ends(&story);
}

/* What lies in the record file is looked at again. */
static void test_a_stored_step_has_to_fit(void **state)
{
    struct story story;
    struct mu_case_step steps[] = {
        {.kind = MU_STEP_KINDS, .number = 6},
        {.kind = MU_STEP_ATTACHED, .number = 7},
        {.kind = MU_STEP_ATTACHED, .number = 6, .about = 6},
        {.kind = MU_STEP_ATTACHED, .number = 6, .about = -1},
        {.kind = MU_STEP_PARTY, .number = 6, .about = 3},
        {.kind = MU_STEP_MEDIATOR, .number = 6},
        {.kind = MU_STEP_PERFORMED, .number = 6, .about = 1},
        {.kind = MU_STEP_INTAKE, .number = 6},
        {.kind = MU_STEP_CLOSED, .number = 6},
    };

    (void)state;
    story_informed(&story);
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
        assert_int_equal(mu_case_take(&story.mediated, &steps[i], NULL), MU_STORE);
    assert_int_equal(story.mediated.steps, 5);
    story_ends(&story);
}

static void test_a_case_has_an_end(void **state)
{
    struct story story;

    (void)state;
    story_accepted(&story);
    while (story.mediated.steps < MU_CASE_STEPS) {
        struct mu_case_step step = {.kind = MU_STEP_REPORTED,
                                    .number = (int)story.mediated.steps + 1};

        assert_int_equal(mu_case_take(&story.mediated, &step, NULL), MU_OK);
    }
    story_forbids(&story, MU_STEP_REPORTED, MU_SAY_error_case_way_full);
    story_ends(&story);
}

static void test_parties_have_an_end(void **state)
{
    struct story story;
    char name[32];

    (void)state;
    story_accepted(&story);
    for (int i = 2; i < MU_CASE_PARTIES; i++) {
        snprintf(name, sizeof name, "住户%d", i);
        story_goes(&story, a_party("有关的人", name));
    }
    story_stops(&story, a_party("有关的人", "又一位"), NULL, MU_SAY_error_case_parties);
    story_ends(&story);
}

static void test_words_name_states_and_outcomes(void **state)
{
    enum mu_case_state case_state = MU_CASE_ACCEPTED;
    enum mu_case_outcome outcome = MU_CASE_OPEN;

    (void)state;
    for (int i = MU_CASE_ACCEPTED; i < MU_CASE_STATES; i++) {
        assert_true(
            mu_case_state_from_word(mu_case_state_word((enum mu_case_state)i), &case_state));
        assert_int_equal(case_state, i);
        assert_int_not_equal(mu_case_state_name(case_state), 0);
    }
    for (int i = MU_CASE_OPEN; i < MU_CASE_OUTCOMES; i++) {
        assert_true(
            mu_case_outcome_from_word(mu_case_outcome_word((enum mu_case_outcome)i), &outcome));
        assert_int_equal(outcome, i);
        assert_int_not_equal(mu_case_outcome_name(outcome), 0);
    }
    assert_false(mu_case_state_from_word("lost", &case_state));
    assert_false(mu_case_outcome_from_word("lost", &outcome));
}

static void test_a_number_is_written_as_the_book_says(void **state)
{
    struct mu_rules rules = {.mediation = {.number = "{serial}/{year}"}};
    char number[MU_CASE_NUMBER_SIZE];

    (void)state;
    mu_case_number(&rules, 2026, 7, number);
    assert_string_equal(number, "7/2026");
    memset(rules.mediation.number, 'x', sizeof rules.mediation.number - 1);
    memcpy(rules.mediation.number + sizeof rules.mediation.number - 9, "{serial}", 9);
    mu_case_number(&rules, 2026, 2147483647, number);
    assert_int_equal(strlen(number), MU_CASE_NUMBER_SIZE - 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_quarrel_is_settled_and_closed),
        cmocka_unit_test(test_rights_come_before_mediation),
        cmocka_unit_test(test_nothing_comes_before_the_intake),
        cmocka_unit_test(test_a_mediator_and_both_sides_are_needed),
        cmocka_unit_test(test_a_person_stands_on_one_side_once),
        cmocka_unit_test(test_a_party_is_put_right),
        cmocka_unit_test(test_mediators_come_and_go),
        cmocka_unit_test(test_days_are_neither_to_come_nor_too_early),
        cmocka_unit_test(test_fields_and_texts_are_looked_at),
        cmocka_unit_test(test_a_scan_is_known_by_its_hash),
        cmocka_unit_test(test_a_stored_step_has_to_fit),
        cmocka_unit_test(test_a_case_has_an_end),
        cmocka_unit_test(test_parties_have_an_end),
        cmocka_unit_test(test_words_name_states_and_outcomes),
        cmocka_unit_test(test_a_number_is_written_as_the_book_says),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
