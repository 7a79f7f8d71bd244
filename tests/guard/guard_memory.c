/* What the program's own allocations may come to when a month of the points bank is tallied: few
 * bytes for each person who stands in it, and not much more while they are gathered. Linked with
 * --wrap, so that the allocations of the library come here; those of SQLite, whose cache is
 * bounded, do not. */
#include "points_home.h"
#include "unit/raw_file.h"
#include "work.h"

#include "desk/desk_internal.h"

#include <mulin/desk/points_month.h>
#include <mulin/desk/points_wall.h>

#include <malloc.h>

enum { PEOPLE = 12000, OCTOBER = 202610, PAGE = 20 /* rows of a screen */ };

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *old, size_t size);
void __real_free(void *old);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *old, size_t size);
void __wrap_free(void *old);

static int64_t held, most, allocations;

static void *taken(void *memory)
{
    held += (int64_t)malloc_usable_size(memory);
    allocations++;
    if (held > most)
        most = held;
    return memory;
}

void *__wrap_malloc(size_t size)
{
    return taken(__real_malloc(size));
}

void *__wrap_calloc(size_t count, size_t size)
{
    return taken(__real_calloc(count, size));
}

/* While it is moved both stand. */
void *__wrap_realloc(void *old, size_t size)
{
    int64_t before = (int64_t)malloc_usable_size(old);
    void *grown = taken(__real_realloc(old, size));

    held -= before;
    return grown;
}

void __wrap_free(void *old)
{
    held -= (int64_t)malloc_usable_size(old);
    __real_free(old);
}

static void count_from_nothing(void)
{
    held = most = allocations = 0;
}

static void tell(const char *what)
{
    if (getenv("GUARD_TELL"))
        fprintf(stderr, "%s: %lld bytes at once, %lld stay, of %d people\n", what, (long long)most,
                (long long)held, PEOPLE);
}

/* So many people served once in October, as another program would write them down. */
static int a_large_bank(void **state)
{
    struct home *home;
    char sql[1024];

    if (a_home_with_duties(state) != 0)
        return -1;
    home = *state;
    snprintf(sql, sizeof sql,
             "WITH RECURSIVE one (number) AS (SELECT 1 UNION ALL SELECT number + 1 FROM one"
             " WHERE number < %d) INSERT INTO resident (name) SELECT '张金凤' FROM one;"
             "INSERT INTO service (entry_id, resident_id, duty, date, starts_at, ends_at, minutes,"
             " points, confirmed_by, operator_id, begun_at) SELECT 1000 + resident_id, resident_id,"
             " 'patrol', '2026-10-05', 540, 600, 60, 6, '王芳', 1, '2026-11-22T11:30:00'"
             " FROM resident;"
             "INSERT INTO points_line (month, resident_id, entry_id, kind, points, minutes)"
             " SELECT %d, resident_id, entry_id, 1, 100 + resident_id %% 400, 60 FROM service",
             PEOPLE, OCTOBER);
    raw_run(home, sql);
    return 0;
}

static void a_tally_holds_few_bytes_for_each_person(void **state)
{
    struct home *home = *state;
    struct mu_tally *tally = NULL;
    struct mu_tally_row row;
    struct mu_error error;
    struct work work;

    count_from_nothing();
    assert_done(mu_points_tally(home->desk, OCTOBER, OCTOBER, NULL, NULL, &tally, &error), &error);
    tell("tally");
    assert_int_equal(tally->group[MU_TALLY_BY_PERSON].count, PEOPLE);
    assert_in_range(held, PEOPLE, 55 * PEOPLE); /* 625,928: 44 bytes, and their place */
    assert_in_range(most, held, 2370000);       /* 2,259,072: 4,096 of them unpacked, too */
    count_from_nothing();
    work_begin();
    for (size_t i = 0; i < PAGE; i++)
        mu_tally_row(&tally->group[MU_TALLY_BY_PERSON], i, &row);
    work = work_end();
    assert_string_equal(row.name, "张金凤");
    assert_int_equal(work.statements, 0); /* a page of rows is shown from memory */
    assert_int_equal(allocations, 0);
    mu_tally_free(&tally);
}

static void the_list_for_the_wall_is_no_copy(void **state)
{
    struct home *home = *state;
    struct mu_points_wall *wall = NULL;
    struct mu_error error;

    count_from_nothing();
    assert_done(mu_read_points_wall(home->desk, OCTOBER, NULL, NULL, &wall, &error), &error);
    tell("wall");
    assert_int_equal(wall->count, PEOPLE);
    assert_in_range(held, PEOPLE, 55 * PEOPLE);
    assert_in_range(most, held, 2370000);
    mu_points_wall_free(&wall);
}

static void doubts_are_found_a_stretch_of_files_at_a_time(void **state)
{
    struct home *home = *state;
    struct mu_tally_doubts doubts = {0};
    struct mu_error error;

    count_from_nothing();
    assert_done(mu_points_doubts(home->desk, OCTOBER, NULL, NULL, &doubts, &error), &error);
    tell("doubts");
    assert_int_equal(doubts.count, 0);
    assert_in_range(most, 4096, 415000); /* 394,648: the months before of 4,096 people */
    mu_tally_doubts_clear(&doubts);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_tally_holds_few_bytes_for_each_person),
        cmocka_unit_test(the_list_for_the_wall_is_no_copy),
        cmocka_unit_test(doubts_are_found_a_stretch_of_files_at_a_time),
    };

    work_follow();
    return cmocka_run_group_tests(tests, a_large_bank, home_teardown);
}
