#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <mulin/domain/place.h>

#include <stdlib.h>
#include <string.h>

static int compare(const void *a, const void *b)
{
    return mu_place_compare(*(const char *const *)a, *(const char *const *)b);
}

static void buildings_stand_in_the_order_in_which_people_count(void **state)
{
    const char *names[] = {"10栋", "9栋", "１栋", "1栋", "", "03栋", "2栋", "2栋甲", "东10", "东9"};
    static const char *const wanted[] = {"",     "1栋", "１栋", "2栋", "2栋甲",
                                         "03栋", "9栋", "10栋", "东9", "东10"};

    (void)state;
    qsort(names, sizeof names / sizeof *names, sizeof *names, compare);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        assert_string_equal(names[i], wanted[i]);
}

static void numbers_in_characters_count_too(void **state)
{
    static const char *const order[] = {"一期",   "二期",   "三期",   "九期",     "十期",
                                        "十一期", "十九期", "二十期", "二十一期", "九十九期"};

    (void)state;
    for (size_t i = 0; i + 1 < sizeof order / sizeof *order; i++)
        assert_true(mu_place_compare(order[i], order[i + 1]) < 0);
    assert_true(mu_place_compare("第二网格", "第十网格") < 0);
}

static void characters_that_are_no_number_are_compared_as_they_are(void **state)
{
    (void)state;
    assert_true(mu_place_compare("二十", "二十十") < 0);
    assert_true(mu_place_compare("二期", "东期") != 0);
    assert_int_equal(mu_place_compare("二期", "东期") > 0, mu_place_compare("东期", "二期") < 0);
    assert_true(mu_place_compare("3栋", "东栋") < 0);
    assert_true(mu_place_compare("东栋", "3栋") > 0);
    assert_true(mu_place_compare("3:1", "3/1") > 0); /* the neighbours of the digits */
}

static void the_order_holds_for_numbers_beyond_any_integer(void **state)
{
    (void)state;
    assert_true(mu_place_compare("99999999999999999999999", "100000000000000000000000") < 0);
    assert_true(mu_place_compare("0", "00") != 0);
    assert_true(mu_place_compare("3-201", "3-1001") < 0);
    assert_int_equal(mu_place_compare("3栋", "3栋"), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(buildings_stand_in_the_order_in_which_people_count),
        cmocka_unit_test(numbers_in_characters_count_too),
        cmocka_unit_test(characters_that_are_no_number_are_compared_as_they_are),
        cmocka_unit_test(the_order_holds_for_numbers_beyond_any_integer),
    };

    return cmocka_run_group_tests_name("place", tests, NULL, NULL);
}
