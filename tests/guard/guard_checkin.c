/* What a check-in at the counter may cost. Here a desk of its own serves; how several take turns is
 * told in test_wait. */
#include "home.h"
#include "work.h"

#include <sys/syscall.h>
#include <unistd.h>

enum { PEOPLE = 40 };

static int syncs;

/* In the place of the C library's: SQLite brings to the disk by this. */
int fdatasync(int fildes)
{
    syncs++;
    return (int)syscall(SYS_fdatasync, fildes);
}

static void serve(struct mu_desk *desk, int number)
{
    char card[16];
    const struct mu_meal_request request = {.who = card};
    struct mu_meal_answer answer;
    struct mu_error error;

    snprintf(card, sizeof card, "K%03d", number);
    assert_int_equal(mu_serve_meal(desk, &request, &answer, &error), MU_OK);
}

static void queue_up(struct mu_desk *desk)
{
    char card[16];

    for (int i = 0; i < PEOPLE; i++) {
        snprintf(card, sizeof card, "K%03d", i);
        home_add(desk, "name", "张金凤", "birth_date", "1990-01-01", "card", card, NULL);
    }
}

static struct work work_of_serving(struct mu_desk *desk, int number)
{
    struct work work;

    work_begin();
    syncs = 0;
    serve(desk, number);
    work = work_end();
    work_tell("check-in", &work);
    return work;
}

/* Pages: the header, and of entries, their keys, postings, balances and meals with their three
 * indexes one each. Syncs: the journal, its name, its header; the records; the journal's end. */
static void a_check_in_is_one_commit_of_few_pages(void **state)
{
    struct home *home = *state;
    struct work work;

    queue_up(home->desk);
    serve(home->desk, 0);
    work = work_of_serving(home->desk, 1);
    assert_int_equal(syncs, 5);
    assert_in_range(work.pages_written, 1, 9);
    assert_int_equal(work.pages_read, 0);
    assert_in_range(work.statements, 1, 25);
    assert_in_range(work.steps, 1, 930); /* 923: a table made for IN (SELECT …) takes ten */
    assert_int_equal(work.scanned, 0);
    assert_in_range(work.sorts, 0, 1); /* of orders, of which there are none */
}

static void the_last_of_the_queue_costs_what_the_first_did(void **state)
{
    struct home *home = *state;
    int64_t first;

    queue_up(home->desk);
    serve(home->desk, 0);
    first = work_of_serving(home->desk, 1).steps;
    for (int i = 2; i < PEOPLE - 1; i++)
        serve(home->desk, i);
    assert_int_equal(work_of_serving(home->desk, PEOPLE - 1).steps, first);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_check_in_is_one_commit_of_few_pages, home_setup,
                                        home_teardown),
        cmocka_unit_test_setup_teardown(the_last_of_the_queue_costs_what_the_first_did, home_setup,
                                        home_teardown),
    };

    work_follow();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
