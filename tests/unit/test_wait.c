/* How long a desk waits while another one is saving. */
#include "store/db_wait.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static bool left;

static bool leaving(void)
{
    return left;
}

/* As if so many seconds had passed since. */
static void pass(struct timespec *since, int seconds)
{
    since->tv_sec -= seconds;
}

static void a_desk_waits_five_seconds_then_a_moment_at_most(void **state)
{
    struct mu_wait wait = {0};

    (void)state;
    assert_int_equal(mu_wait_for_other_desk(&wait, 0), 1);
    pass(&wait.began, 4);
    assert_int_equal(mu_wait_for_other_desk(&wait, 1), 1);
    pass(&wait.began, 1);
    assert_int_equal(mu_wait_for_other_desk(&wait, 2), 0);
    assert_true(wait.gave_up);
    assert_int_equal(mu_wait_for_other_desk(&wait, 0), 1);
    pass(&wait.began, 1);
    assert_int_equal(mu_wait_for_other_desk(&wait, 1), 0);
}

static void who_is_told_to_hurry_gives_up_nothing(void **state)
{
    struct mu_wait wait = {.patience = 50};

    (void)state;
    assert_int_equal(mu_wait_for_other_desk(&wait, 0), 1);
    pass(&wait.began, 1);
    assert_int_equal(mu_wait_for_other_desk(&wait, 1), 0);
    assert_false(wait.gave_up);
}

static void whoever_has_left_is_waited_for_a_second_in_all(void **state)
{
    struct mu_wait wait = {.leaving = leaving};

    (void)state;
    left = false;
    assert_int_equal(mu_wait_for_other_desk(&wait, 0), 1);
    pass(&wait.began, 3);
    left = true; /* after three seconds of waiting */
    assert_int_equal(mu_wait_for_other_desk(&wait, 1), 1);
    pass(&wait.left_at, 1);
    assert_int_equal(mu_wait_for_other_desk(&wait, 2), 0);
    assert_int_equal(mu_wait_for_other_desk(&wait, 0), 0); /* and for what comes behind it */
    left = false;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_desk_waits_five_seconds_then_a_moment_at_most),
        cmocka_unit_test(who_is_told_to_hurry_gives_up_nothing),
        cmocka_unit_test(whoever_has_left_is_waited_for_a_second_in_all),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
