/* How long a desk waits while another one is saving, and whose turn it is then. */
#include "store/db_wait.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

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

/* Where the records would lie, and beside them the line. */
static char folder[] = "/tmp/mulin-test-XXXXXX", records[64], line[80];

static int make_folder(void **state)
{
    (void)state;
    memcpy(folder + sizeof folder - sizeof "XXXXXX", "XXXXXX", sizeof "XXXXXX");
    assert_non_null(mkdtemp(folder));
    snprintf(records, sizeof records, "%s/mulin.db", folder);
    snprintf(line, sizeof line, "%s-turn", records);
    return 0;
}

static int remove_folder(void **state)
{
    (void)state;
    unlink(line);
    return rmdir(folder);
}

static void without_a_second_desk_there_is_no_line(void **state)
{
    struct mu_turn turn = {0};
    struct mu_wait wait = {0};
    struct stat status;

    (void)state;
    mu_turn_join(&turn, records);
    assert_false(turn.standing);
    assert_false(mu_turn_taken(&turn, records));
    assert_int_equal(access(line, F_OK), -1);
    mu_wait_in_line(&wait, records);
    assert_int_equal(access(line, F_OK), -1);
    assert_int_equal(mu_wait_for_other_desk(&wait, 0), 1); /* another one is saving */
    mu_wait_end(&wait);
    assert_int_equal(stat(line, &status), 0);
    assert_int_equal(status.st_mode & 0777, 0600);
    mu_wait_clear(&wait);
}

static void who_came_first_saves_first(void **state)
{
    struct mu_turn desk[4] = {{0}};

    (void)state;
    mu_turn_make(&desk[0], records);
    for (int i = 0; i < 3; i++) {
        mu_turn_join(&desk[i], records);
        assert_true(desk[i].standing);
        assert_int_equal(desk[i].place, i);
        assert_false(mu_turn_move_up(&desk[i]));
    }
    mu_turn_leave(&desk[0]);
    assert_false(mu_turn_move_up(&desk[2])); /* not before the second has moved */
    mu_turn_join(&desk[0], records);         /* nor back into the gap: behind all */
    assert_int_equal(desk[0].place, 3);
    assert_true(mu_turn_move_up(&desk[1]));
    assert_int_equal(desk[1].place, 0);
    mu_turn_join(&desk[3], records);
    assert_int_equal(desk[3].place, 4);
    mu_turn_close(&desk[1]); /* dies, and the next as well */
    mu_turn_close(&desk[2]);
    assert_true(mu_turn_move_up(&desk[0]));
    assert_int_equal(desk[0].place, 0);
    assert_true(mu_turn_move_up(&desk[3]));
    assert_int_equal(desk[3].place, 1);
    mu_turn_close(&desk[0]);
    mu_turn_close(&desk[3]);
}

static void more_than_there_are_places_stand_in_no_line(void **state)
{
    struct mu_turn desk[MU_PLACES + 1] = {{0}};

    (void)state;
    mu_turn_make(&desk[0], records);
    for (int i = 0; i <= MU_PLACES; i++)
        mu_turn_join(&desk[i], records);
    assert_true(desk[MU_PLACES - 1].standing);
    assert_false(desk[MU_PLACES].standing);
    assert_true(mu_turn_taken(&desk[MU_PLACES], records));
    for (int i = 0; i <= MU_PLACES; i++)
        mu_turn_close(&desk[i]);
}

static void who_does_not_move_is_gone_past_once_and_for_all(void **state)
{
    struct mu_turn stopped = {0};
    struct mu_wait wait = {0};

    (void)state;
    mu_turn_make(&stopped, records);
    mu_turn_join(&stopped, records);
    mu_wait_in_line(&wait, records);
    assert_true(wait.past);
    assert_true(wait.turn.standing);
    mu_wait_end(&wait);
    mu_wait_in_line(&wait, records); /* without waiting, and in nobody's way */
    assert_false(wait.turn.standing);
    mu_wait_end(&wait);
    mu_turn_leave(&stopped);
    mu_wait_in_line(&wait, records);
    assert_false(wait.past);
    assert_true(wait.turn.standing);
    mu_wait_clear(&wait);
    mu_turn_close(&stopped);
}

static void the_line_takes_no_longer_than_a_desk_waits(void **state)
{
    struct mu_turn stopped = {0};
    struct mu_wait wait = {.patience = 2};

    (void)state;
    mu_turn_make(&stopped, records);
    mu_turn_join(&stopped, records);
    mu_wait_in_line(&wait, records);
    assert_false(wait.past);
    assert_int_equal(mu_wait_for_other_desk(&wait, 0), 0); /* the line's time counts */
    mu_wait_end(&wait);
    mu_wait_clear(&wait);
    mu_turn_close(&stopped);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_desk_waits_five_seconds_then_a_moment_at_most),
        cmocka_unit_test(who_is_told_to_hurry_gives_up_nothing),
        cmocka_unit_test(whoever_has_left_is_waited_for_a_second_in_all),
#define IN_A_FOLDER(test) cmocka_unit_test_setup_teardown(test, make_folder, remove_folder)
        IN_A_FOLDER(without_a_second_desk_there_is_no_line),
        IN_A_FOLDER(who_came_first_saves_first),
        IN_A_FOLDER(more_than_there_are_places_stand_in_no_line),
        IN_A_FOLDER(who_does_not_move_is_gone_past_once_and_for_all),
        IN_A_FOLDER(the_line_takes_no_longer_than_a_desk_waits),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
