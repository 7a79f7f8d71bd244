/* What a key at the search box may cost. */
#include "raw_file.h"
#include "work.h"

enum { PEOPLE = 120, HITS = 50 };

static bool take(void *context, const struct mu_finding *finding)
{
    (void)finding;
    ++*(size_t *)context;
    return true;
}

static size_t find(struct mu_desk *desk, const char *query, enum mu_find_effort effort)
{
    const struct mu_find_request request = {.query = query, .limit = HITS, .effort = effort};
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
    find(home->desk, "张", MU_FIND_FIRST);
    work_begin();
    assert_int_equal(find(home->desk, "张", MU_FIND_FIRST), HITS);
    work = work_end();
    work_tell("张", &work);
    /* A transaction, the rights, the rules of the day, the shelf of cards, that of whole names. */
    assert_int_equal(work.statements, 6);
    assert_int_equal(work.rows, HITS + 2);
    assert_in_range(work.steps, 1, 2030); /* 38 for each hit */
    assert_int_equal(work.sorts, 0);
    assert_int_equal(work.scanned, 0);
}

/* Every other one of them is 张三, every other two live in 3栋. */
static void fill(struct home *home)
{
    raw_run(home,
            "INSERT INTO place (place_id, estate, building, unit, room) VALUES"
            " (1, '', '3栋', '', '201'), (2, '', '5栋', '', '201');"
            "INSERT INTO household (household_id, place_id) VALUES (1, 1), (2, 2);"
            "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2400)"
            " INSERT INTO resident (resident_id, name, phone, household_id)"
            " SELECT i, CASE i % 2 WHEN 0 THEN '张三' ELSE '李四' END,"
            " '1381234' || (1000 + i), 1 + i % 4 / 2 FROM n;"
            "INSERT INTO search_key SELECT '1' || name, resident_id FROM resident UNION ALL"
            " SELECT CASE name WHEN '张三' THEN '1zhangsan' ELSE '1lisi' END, resident_id"
            " FROM resident UNION ALL"
            " SELECT CASE household_id WHEN 1 THEN 'r3-201' ELSE 'r5-201' END, resident_id"
            " FROM resident;"
            "INSERT INTO resident_tag (resident_id, word, from_date, operator_id, recorded_at)"
            " SELECT resident_id, CASE resident_id % 2 WHEN 0 THEN '低保' ELSE '残疾' END, '', 1,"
            " '2026-11-21T08:00:00' FROM resident");
}

static void assert_effort(struct home *home, const char *query, enum mu_find_effort effort,
                          size_t hits, int64_t statements, int64_t steps)
{
    struct work work;

    find(home->desk, query, effort);
    work_begin();
    assert_int_equal(find(home->desk, query, effort), hits);
    work = work_end();
    work_tell(query, &work);
    if (work.statements > statements || work.steps > steps)
        fail_msg("%s: %lld statements, %lld steps", query, (long long)work.statements,
                 (long long)work.steps);
    assert_int_equal(work.sorts, 0);
    assert_int_equal(work.scanned, 0);
}

static void assert_costs(struct home *home, const char *query, size_t hits, int64_t statements,
                         int64_t steps)
{
    assert_effort(home, query, MU_FIND_FIRST, hits, statements, steps);
}

static void a_page_costs_its_hits_whatever_is_typed(void **state)
{
    struct home *home = *state;

    fill(home);
    assert_costs(home, "张", HITS, 6, 1750);
    assert_costs(home, "zhangs", HITS, 6, 1750); /* no look at the tags behind a full page */
    assert_costs(home, "3栋201", HITS, 5, 1740);
    assert_costs(home, "无人", 0, 8, 110);
}

/* The first hits of very many take a number of people, however many there are; the page takes the
 * keys of both words, each once, and then its hits. No one is asked for a home that he left, and
 * nobody's home is looked up who does not fit. */
static void two_words_cost_what_is_shown_first_then_their_keys(void **state)
{
    struct home *home = *state;

    fill(home);
    assert_effort(home, "张 3栋", MU_FIND_FIRST, 27, 37, 5000);
    assert_effort(home, "张 3栋", MU_FIND_QUICK, HITS, 63, 10500);
    assert_effort(home, "张三 李", MU_FIND_FIRST, 0, 13, 4500);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_page_of_hits_is_neither_sorted_nor_searched_for,
                                        home_setup, home_teardown),
        cmocka_unit_test_setup_teardown(a_page_costs_its_hits_whatever_is_typed, home_setup,
                                        home_teardown),
        cmocka_unit_test_setup_teardown(two_words_cost_what_is_shown_first_then_their_keys,
                                        home_setup, home_teardown),
    };

    work_follow();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
