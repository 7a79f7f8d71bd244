/* The section `register` of a book. */
#include <mulin/rules.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#define CANTEEN                                                                                    \
    "centre: {name: 云鹭湾社区党群服务中心, division: \"330205\"}\n"                    \
    "canteen:\n  sessions: [{id: lunch, name: 午餐, from: \"10:30\", to: \"13:00\", price: "     \
    "15.00}]\n"

static struct mu_rules *good(const char *book)
{
    struct mu_rules_faults faults;
    struct mu_rules *rules = NULL;
    struct mu_error error;

    assert_int_equal(mu_rules_parse(book, strlen(book), &faults, &rules, &error), MU_OK);
    return rules;
}

/* The book has exactly these faults, a line each. */
static void expect_faults(const char *book, const char *expected)
{
    struct mu_rules_faults faults;
    struct mu_rules *rules = NULL;
    struct mu_error error;
    char text[2048] = "";

    assert_int_equal(mu_rules_parse(book, strlen(book), &faults, &rules, &error), MU_INPUT);
    for (size_t i = 0; i < faults.count; i++) {
        size_t used = strlen(text);

        mu_rules_fault_text(&faults.fault[i], "b", MU_ENGLISH, text + used, sizeof text - used - 1);
        strcat(text, "\n");
    }
    assert_string_equal(text, expected);
    mu_rules_faults_clear(&faults);
}

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
