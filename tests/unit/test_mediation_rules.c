/* The section `mediation` of a book. */
#include "rule_faults.h"

#include <stdio.h>

static void a_book_without_the_section_keeps_to_the_law(void **state)
{
    struct mu_rules *rules = good(CANTEEN);
    const struct mu_mediation_rules *mediation = &rules->mediation;

    (void)state;
    assert_string_equal(mediation->number, "({year})调字第{serial}号");
    assert_int_equal(mediation->limit.months, 1);
    assert_int_equal(mediation->extension.months, 1);
    assert_int_equal(mediation->confirm.days, 30);
    assert_int_equal(mediation->confirm.months, 0);
    assert_int_equal(mediation->visit.days, 15);
    assert_int_equal(mediation->repeat_months, 12);
    assert_int_equal(mediation->grade_count, 0);
    mu_rules_free(&rules);
}

static void a_book_says_how_cases_are_counted_and_graded(void **state)
{
    struct mu_rules *rules =
        good(CANTEEN "mediation:\n"
                     "  number: \"({year})井调字第{serial}号\"\n"
                     "  limit: {working_days: 20}\n"
                     "  extension: {days: 10}\n"
                     "  visit: {months: 2}\n"
                     "  repeat: {months: 6}\n"
                     "  words: [{word: 遛狗, dispute: 邻里纠纷}, {word: 租金, dispute: 合同纠纷}]\n"
                     "  grades:\n"
                     "    - {id: red, name: 红色, when: {danger: true, repeats: 2}, visit: {days: "
                     "3}}\n"
                     "    - {id: amber, name: 黄色, when: {failed: true, weight: 重大}}\n"
                     "    - {id: green, name: 绿色}\n");
    const struct mu_mediation_rules *mediation = &rules->mediation;

    (void)state;
    assert_string_equal(mediation->number, "({year})井调字第{serial}号");
    assert_int_equal(mediation->limit.working_days, 20);
    assert_int_equal(mediation->limit.months, 0);
    assert_int_equal(mediation->extension.days, 10);
    assert_int_equal(mediation->visit.months, 2);
    assert_int_equal(mediation->confirm.days, 30);
    assert_int_equal(mediation->repeat_months, 6);
    assert_int_equal(mediation->grade_count, 3);
    assert_string_equal(mediation->grades[0].name, "红色");
    assert_int_equal(mediation->grades[0].when.danger, 1);
    assert_int_equal(mediation->grades[0].when.repeats, 2);
    assert_int_equal(mediation->grades[0].visit, 3);
    assert_int_equal(mediation->grades[1].when.failed, 1);
    assert_int_equal(mediation->grades[1].when.weight, 3);
    assert_int_equal(mediation->grades[1].visit, 0);
    assert_int_equal(mediation->grades[2].when.weight, 0);
    assert_int_equal(mu_rules_dispute(rules, " 遛狗 "), 2);
    assert_int_equal(mu_rules_dispute(rules, "租金"), 4);
    assert_int_equal(mu_rules_dispute(rules, "押金"), 3);
    assert_int_equal(mu_rules_dispute(rules, "物业纠纷"), 13);
    assert_int_equal(mu_rules_dispute(rules, "１３"), 13);
    assert_int_equal(mu_rules_dispute(rules, "天上掉馅饼"), 0);
    assert_int_equal(mu_rules_dispute(rules, " "), 0);
    mu_rules_free(&rules);
}

static void every_fault_is_told_at_its_place(void **state)
{
    (void)state;
    expect_faults(
        CANTEEN
        "mediation:\n"
        "  number: 调字第{serial}号\n"
        "  limit: {months: 1, days: 30}\n"
        "  extension: {}\n"
        "  confirm: {weeks: 4}\n"
        "  visit: 15\n"
        "  repeat: {months: 0}\n"
        "  words: [{word: 遛狗, dispute: 邻里}, {word: 遛狗, dispute: 邻里纠纷}, {dispute: "
        "其他纠纷}]\n"
        "  grades:\n"
        "    - {id: red, name: 红色, when: {}}\n"
        "    - {id: red, name: 橙色, when: {danger: false, weight: 大}, visit: {days: 0}}\n",
        "b:5:11: mediation.number: a number has {year} and {serial}, each once: write for example "
        "\"({year})-{serial}\"\n"
        "b:6:28: mediation.limit.days: a time has one unit: write only one of months, days, "
        "working_days\n"
        "b:7:14: mediation.extension: the time is missing: write one of months, days, "
        "working_days, for example {months: 1}\n"
        "b:8:12: mediation.confirm: the time is missing: write one of months, days, working_days, "
        "for example {months: 1}\n"
        "b:8:13: mediation.confirm.weeks: unknown key: allowed are months, days, working_days\n"
        "b:9:10: mediation.visit: keys and values are wanted here: allowed keys are months, days, "
        "working_days\n"
        "b:10:20: mediation.repeat.months: 0 is out of range: write a whole number from 1 to 120\n"
        "b:11:31: mediation.words[0].dispute: '邻里' is not one of the words: allowed are "
        "婚姻家庭纠纷, 邻里纠纷, 房屋宅基地纠纷, 合同纠纷, 生产经营纠纷, 损害赔偿纠纷, "
        "劳动争议纠纷, 村务管理纠纷, 山林土地纠纷, …\n"
        "b:11:43: mediation.words[1].word: '遛狗' stands there twice: keep one\n"
        "b:11:63: mediation.words[2]: word is missing: write for example word: 遛狗\n"
        "b:13:33: mediation.grades[0].when: the condition is missing: write some of danger, "
        "repeats, failed, weight, or leave out when\n"
        "b:14:12: mediation.grades[1].id: the id 'red' is already used above: choose another\n"
        "b:14:42: mediation.grades[1].when.danger: 'false' is not one of the words: allowed are "
        "true\n"
        "b:14:57: mediation.grades[1].when.weight: '大' is not one of the words: allowed are 一般, "
        "疑难复杂, 重大\n"
        "b:14:75: mediation.grades[1].visit.days: 0 is out of range: write a whole number from 1 "
        "to 366\n");
}

static void a_number_has_year_and_serial_each_once(void **state)
{
    static const char *const wrong[] = {
        "{serial}",         "{year}", "{year}{serial}{serial}", "{year}-{serial}-{month}",
        "{year}-{serial}}", "调字"};
    char book[1024];

    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        snprintf(book, sizeof book, CANTEEN "mediation: {number: \"%s\"}\n", wrong[i]);
        expect_faults(book,
                      "b:4:21: mediation.number: a number has {year} and {serial}, each once: "
                      "write for example \"({year})-{serial}\"\n");
    }
    snprintf(book, sizeof book, CANTEEN "mediation: {number: \"{serial}/{year}\"}\n");
    mu_rules_free(&(struct mu_rules *){good(book)});
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_book_without_the_section_keeps_to_the_law),
        cmocka_unit_test(a_book_says_how_cases_are_counted_and_graded),
        cmocka_unit_test(every_fault_is_told_at_its_place),
        cmocka_unit_test(a_number_has_year_and_serial_each_once),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
