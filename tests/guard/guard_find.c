/* What a key at the search box may cost. */
#include "home.h"
#include "work.h"

enum { PEOPLE = 120, HITS = 50 };

static bool take(void *context, const struct mu_finding *finding)
{
    (void)finding;
    ++*(size_t *)context;
    return true;
}

static size_t find(struct mu_desk *desk, const char *query)
{
    const struct mu_find_request request = {.query = query, .limit = HITS, .quick = true};
    struct mu_error error;
    size_t hits = 0;
    bool cut;

    assert_int_equal(mu_find(desk, &request, take, &hits, &cut, &error), MU_OK);
    return hits;
}

static void a_page_of_hits_is_neither_sorted_nor_searched_for(void **state)
{
    struct home *home = *state;
    struct work work;

    for (int i = 0; i < PEOPLE; i++)
        home_add(home->desk, "name", i % 2 ? "张金凤" : "张玉兰", NULL);
    find(home->desk, "张");
    work_begin();
    assert_int_equal(find(home->desk, "张"), HITS);
    work = work_end();
    work_tell("张", &work);
    /* A transaction, the rights, the rules of the day, the shelf of cards, that of whole names. */
    assert_int_equal(work.statements, 6);
    assert_int_equal(work.rows, HITS + 2);
    assert_in_range(work.steps, 1, 2050); /* 38 for each hit */
    assert_int_equal(work.sorts, 0);
    assert_int_equal(work.scanned, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_page_of_hits_is_neither_sorted_nor_searched_for,
                                        home_setup, home_teardown),
    };

    work_follow();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
