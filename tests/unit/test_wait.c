/* How long a desk waits while another one is saving, and whose turn it is then. */
#include "store/db_wait.h"

#include <fcntl.h>
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
    struct mu_wait wait = {.path = records};
    struct stat status;

    (void)state;
    mu_turn_join(&turn, records);
    assert_false(turn.standing);
    assert_true(mu_turn_has_come(&turn));
    assert_false(mu_turn_listen(&turn, records));
    mu_wait_in_line(&wait);
    assert_false(wait.turn.standing);
    assert_int_equal(access(line, F_OK), -1);
    assert_int_equal(mu_wait_for_other_desk(&wait, 0), 1); /* another one is saving */
    assert_true(wait.turn.standing);
    assert_int_equal(stat(line, &status), 0);
    assert_int_equal(status.st_mode & 0777, 0600);
    mu_wait_clear(&wait);
    mu_turn_close(&turn);
}

static void who_only_reads_makes_no_line(void **state)
{
    struct mu_wait wait = {.path = records};

    (void)state;
    assert_int_equal(mu_wait_for_other_desk(&wait, 0), 1);
    assert_int_equal(access(line, F_OK), -1);
    mu_wait_clear(&wait);
}

static void who_came_first_saves_first(void **state)
{
    struct mu_turn desk[4] = {{0}};

    (void)state;
    mu_turn_make(records);
    for (int i = 0; i < 3; i++) {
        mu_turn_join(&desk[i], records);
        assert_true(desk[i].standing);
        assert_int_equal(mu_turn_has_come(&desk[i]), i == 0);
    }
    mu_turn_leave(&desk[0]);
    mu_turn_join(&desk[0], records); /* behind all */
    mu_turn_join(&desk[3], records);
    assert_true(mu_turn_has_come(&desk[1]));
    assert_false(mu_turn_has_come(&desk[2]));
    assert_false(mu_turn_has_come(&desk[0]));
    mu_turn_leave(&desk[2]); /* gives up */
    assert_false(mu_turn_has_come(&desk[0]));
    mu_turn_close(&desk[1]); /* dies */
    assert_true(mu_turn_has_come(&desk[0]));
    assert_false(mu_turn_has_come(&desk[3]));
    mu_turn_close(&desk[0]);
    assert_true(mu_turn_has_come(&desk[3]));
    mu_turn_close(&desk[3]);
}

static void who_waits_is_woken_by_everybody_who_leaves(void **state)
{
    struct mu_turn first = {0}, second = {0};

    (void)state;
    mu_turn_make(records);
    mu_turn_join(&first, records);
    mu_turn_join(&second, records);
    assert_true(mu_turn_listen(&second, records));
    assert_false(mu_turn_sleep(&second, 0));
    mu_turn_leave(&first);
    assert_true(mu_turn_sleep(&second, 0));
    assert_false(mu_turn_sleep(&second, 0));
    mu_turn_join(&first, records);
    assert_false(mu_turn_sleep(&second, 0));
    close(first.file); /* dies */
    assert_true(mu_turn_sleep(&second, 0));
    assert_true(mu_turn_has_come(&second));
    mu_turn_close(&second);
}

static void a_line_that_leads_elsewhere_is_none(void **state)
{
    struct mu_turn turn = {0};
    char elsewhere[80];

    (void)state;
    snprintf(elsewhere, sizeof elsewhere, "%s/elsewhere", folder);
    assert_int_equal(symlink(elsewhere, line), 0);
    mu_turn_make(records);
    mu_turn_join(&turn, records);
    assert_false(turn.standing);
    assert_int_equal(access(elsewhere, F_OK), -1);
}

static void a_line_that_a_stranger_has_locked_is_none(void **state)
{
    struct flock all = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    struct mu_turn turn = {0};
    int stranger;

    (void)state;
    mu_turn_make(records);
    stranger = open(line, O_RDWR);
    assert_int_equal(fcntl(stranger, F_OFD_SETLK, &all), 0);
    mu_turn_join(&turn, records);
    assert_false(turn.standing);
    assert_true(mu_turn_has_come(&turn));
    close(stranger);
}

/* Who stands before the desk that waits; each time it looks whether the person has left, one of
 * them leaves the line. */
static struct {
    struct mu_turn desk[20];
    int left, looks;
} before;

static bool one_leaves(void)
{
    before.looks++;
    if (before.left < 20)
        mu_turn_close(&before.desk[before.left++]);
    return false;
}

static void while_the_line_moves_nobody_goes_past(void **state)
{
    struct mu_wait wait = {.path = records, .leaving = one_leaves};
    struct stat status;

    (void)state;
    memset(&before, 0, sizeof before);
    mu_turn_make(records);
    for (int i = 0; i < 20; i++)
        mu_turn_join(&before.desk[i], records);
    mu_wait_in_line(&wait);
    assert_int_equal(before.left, 20);
    assert_in_range(before.looks, 20, 21); /* woken once by each */
    assert_true(mu_turn_has_come(&wait.turn));
    mu_wait_over(&wait);
    assert_int_equal(stat(line, &status), 0);
    assert_int_equal(status.st_size, 0);
    mu_wait_end(&wait);
    mu_wait_clear(&wait);
}

static void a_desk_has_its_turn_until_it_has_saved(void **state)
{
    struct mu_wait desk = {.path = records};
    struct mu_turn next = {0};

    (void)state;
    mu_turn_make(records);
    mu_wait_in_line(&desk);
    mu_wait_over(&desk);
    mu_turn_join(&next, records);
    assert_false(mu_turn_has_come(&next));
    assert_int_equal(mu_wait_for_other_desk(&desk, 0), 1); /* for those who still read */
    assert_false(mu_turn_has_come(&next));
    mu_wait_end(&desk);
    assert_true(mu_turn_has_come(&next));
    mu_wait_clear(&desk);
    mu_turn_close(&next);
}

static void who_saves_long_is_not_gone_past(void **state)
{
    struct mu_wait wait = {.path = records};

    (void)state;
    memset(&before, 0, sizeof before);
    mu_turn_make(records);
    mu_turn_join(&before.desk[0], records);
    mu_wait_in_line(&wait); /* nothing moves: SQLite is asked who is saving */
    assert_false(mu_turn_has_come(&wait.turn));
    wait.leaving = one_leaves;
    assert_int_equal(mu_wait_for_other_desk(&wait, 0), 1); /* somebody is: back into the line */
    assert_int_equal(before.left, 1);
    assert_in_range(before.looks, 1, 3);
    assert_true(mu_turn_has_come(&wait.turn));
    mu_wait_clear(&wait);
}

static void who_is_stopped_is_gone_past_by_one_and_waited_for_by_nobody(void **state)
{
    struct mu_turn stopped = {0}, next = {0};
    struct mu_wait wait = {.path = records};

    (void)state;
    mu_turn_make(records);
    mu_turn_join(&stopped, records);
    mu_wait_in_line(&wait);
    assert_false(mu_turn_has_come(&wait.turn));
    mu_turn_join(&next, records);
    mu_wait_over(&wait); /* nobody is saving */
    assert_false(mu_turn_has_come(&next));
    mu_wait_end(&wait);
    assert_true(mu_turn_has_come(&next));
    mu_turn_leave(&next);
    mu_turn_join(&next, records);
    assert_true(mu_turn_has_come(&next));
    mu_wait_in_line(&wait);
    assert_false(mu_turn_has_come(&wait.turn)); /* behind the next, in order */
    assert_true(mu_turn_has_come(&stopped));    /* may go on */
    mu_wait_clear(&wait);
    mu_turn_close(&next);
    mu_turn_close(&stopped);
}

static void who_reads_is_let_in_before_the_next_one_saves(void **state)
{
    struct mu_wait reader = {.path = records}, other = {.path = records}, desk = {.path = records};

    (void)state;
    mu_turn_make(records);
    mu_wait_in_line(&desk);
    assert_false(mu_turn_is_asked(&desk.turn));
    assert_int_equal(mu_wait_for_other_desk(&reader, 0), 1);
    assert_int_equal(mu_wait_for_other_desk(&other, 0), 1);
    assert_false(mu_turn_is_asked(&desk.turn)); /* they may find a moment */
    pass(&reader.began, 1);
    pass(&other.began, 1);
    assert_int_equal(mu_wait_for_other_desk(&reader, 1), 1);
    assert_int_equal(mu_wait_for_other_desk(&other, 1), 1);
    mu_wait_end(&desk);
    mu_wait_in_line(&desk); /* for a moment, in case that they are stopped */
    assert_true(mu_turn_has_come(&desk.turn));
    assert_true(mu_turn_is_asked(&desk.turn));
    mu_wait_read(&reader);
    assert_true(mu_turn_is_asked(&desk.turn));
    mu_wait_read(&other);
    assert_false(mu_turn_is_asked(&desk.turn));
    mu_wait_clear(&reader);
    mu_wait_clear(&other);
    mu_wait_clear(&desk);
}

static void who_gives_up_reading_keeps_nobody_waiting(void **state)
{
    struct mu_wait reader = {.path = records}, desk = {.path = records};

    (void)state;
    mu_turn_make(records);
    mu_wait_in_line(&desk);
    assert_int_equal(mu_wait_for_other_desk(&reader, 0), 1);
    pass(&reader.began, 1);
    assert_int_equal(mu_wait_for_other_desk(&reader, 1), 1);
    assert_true(mu_turn_is_asked(&desk.turn));
    pass(&reader.began, 4);
    assert_int_equal(mu_wait_for_other_desk(&reader, 2), 0);
    assert_false(mu_turn_is_asked(&desk.turn));
    mu_wait_clear(&reader);
    mu_wait_clear(&desk);
}

static void the_line_takes_no_longer_than_a_desk_waits(void **state)
{
    struct mu_turn stopped = {0};
    struct mu_wait wait = {.path = records, .patience = 2};

    (void)state;
    mu_turn_make(records);
    mu_turn_join(&stopped, records);
    mu_wait_in_line(&wait);
    assert_int_equal(mu_wait_for_other_desk(&wait, 0), 0); /* the line's time counts */
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
        IN_A_FOLDER(who_only_reads_makes_no_line),
        IN_A_FOLDER(who_came_first_saves_first),
        IN_A_FOLDER(who_waits_is_woken_by_everybody_who_leaves),
        IN_A_FOLDER(a_line_that_leads_elsewhere_is_none),
        IN_A_FOLDER(a_line_that_a_stranger_has_locked_is_none),
        IN_A_FOLDER(while_the_line_moves_nobody_goes_past),
        IN_A_FOLDER(a_desk_has_its_turn_until_it_has_saved),
        IN_A_FOLDER(who_saves_long_is_not_gone_past),
        IN_A_FOLDER(who_is_stopped_is_gone_past_by_one_and_waited_for_by_nobody),
        IN_A_FOLDER(who_reads_is_let_in_before_the_next_one_saves),
        IN_A_FOLDER(who_gives_up_reading_keeps_nobody_waiting),
        IN_A_FOLDER(the_line_takes_no_longer_than_a_desk_waits),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
