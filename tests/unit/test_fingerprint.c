#include "store/fingerprint.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static const int64_t wang[] = {4, 17}, zhang[] = {17, 4};

static void rows_may_come_in_any_order_and_in_parts(void **state)
{
    struct mu_fingerprint one, other, rest;

    (void)state;
    mu_fingerprint_begin(&one);
    other = rest = one;
    mu_fingerprint_add(&one, wang, 2, 5);
    mu_fingerprint_add(&one, zhang, 2, 1);
    mu_fingerprint_add(&other, zhang, 2, 1);
    mu_fingerprint_add(&other, wang, 2, 2);
    assert_false(mu_fingerprint_same(&one, &other));
    mu_fingerprint_add(&rest, wang, 2, 3);
    mu_fingerprint_join(&other, &rest);
    assert_true(mu_fingerprint_same(&one, &other));
}

static void what_is_taken_away_leaves_what_was_too_much(void **state)
{
    struct mu_fingerprint print;

    (void)state;
    mu_fingerprint_begin(&print);
    mu_fingerprint_add(&print, wang, 2, 5);
    mu_fingerprint_add(&print, wang, 2, -4);
    assert_int_not_equal(print.sum, 0);
    mu_fingerprint_add(&print, zhang, 2, -1); /* of somebody else */
    assert_int_not_equal(print.sum, 0);
    mu_fingerprint_add(&print, zhang, 2, 1);
    mu_fingerprint_add(&print, wang, 2, -1);
    assert_int_equal(print.sum, 0);
    mu_fingerprint_add(&print, wang, 2, INT64_MIN);
    mu_fingerprint_add(&print, wang, 2, INT64_MAX);
    mu_fingerprint_add(&print, wang, 2, 1);
    assert_int_equal(print.sum, 0);
}

static void nobody_can_reckon_it_beforehand(void **state)
{
    struct mu_fingerprint today, tomorrow;

    (void)state;
    mu_fingerprint_begin(&today);
    mu_fingerprint_begin(&tomorrow);
    mu_fingerprint_add(&today, wang, 2, 1);
    mu_fingerprint_add(&tomorrow, wang, 2, 1);
    assert_int_not_equal(today.sum, tomorrow.sum);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_may_come_in_any_order_and_in_parts),
        cmocka_unit_test(what_is_taken_away_leaves_what_was_too_much),
        cmocka_unit_test(nobody_can_reckon_it_beforehand),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
