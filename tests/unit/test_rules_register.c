/* The section `register` of a book. */
#include "rule_faults.h"

static void the_ages_and_reviews_of_the_register_may_be_given_or_left_out(void **state)
{
    struct mu_rules *rules = good(CANTEEN);
    const struct mu_register_rules *people = &rules->people;

    (void)state;
    assert_int_equal(people->elder_from, 60);
    assert_int_equal(people->advanced_age_from, 80);
    assert_int_equal(mu_rules_review_months(people, "低保"), 12);
    assert_int_equal(mu_rules_review_months(people, "特困"), 0);
    mu_rules_free(&rules);
    rules = good(CANTEEN "register:\n  elder_from: 65\n  reviews:\n"
                         "    - {tag: Ａ级, months: 3}\n    - {tag: 特困, months: 6}\n");
    people = &rules->people;
    assert_int_equal(people->elder_from, 65);
    assert_int_equal(people->advanced_age_from, 80);
    assert_int_equal(mu_rules_review_months(people, "a级"), 3);
    assert_int_equal(mu_rules_review_months(people, "特困"), 6);
    assert_int_equal(mu_rules_review_months(people, "低保"), 0);
    mu_rules_free(&rules);
}

static void reviews_and_ages_of_the_register_are_checked(void **state)
{
    (void)state;
    expect_faults(CANTEEN "register:\n  elder_from: 60\n  advanced_age_from: 55\n",
                  "b:6:22: register.advanced_age_from: the ages are in the wrong order: "
                  "advanced_age_from may not be less than elder_from\n");
    expect_faults(
        CANTEEN "register:\n  reviews:\n    - {tag: 低保, months: 0}\n"
                "    - {tag: 低保, months: 12}\n    - {tag: 低保 特困, months: 1}\n",
        "b:6:25: register.reviews[0].months: 0 is out of range: write a whole number "
        "from 1 to 120\n"
        "b:7:13: register.reviews[1].tag: the tag '低保' stands above already: delete one of "
        "them\n"
        "b:8:13: register.reviews[2].tag: '低保 特困' is not one word: a tag is one word; write "
        "an item for each tag\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_ages_and_reviews_of_the_register_may_be_given_or_left_out),
        cmocka_unit_test(reviews_and_ages_of_the_register_are_checked),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
