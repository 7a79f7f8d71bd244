/* What a month of the points bank may cost: a tally and the list for the wall run as many
 * statements for forty people as for four, closing two a person, and each line has its share of
 * steps. */
#include "points_home.h"
#include "work.h"

#include <mulin/desk/points_month.h>
#include <mulin/desk/points_wall.h>

enum { PEOPLE = 40, EACH = 5 /* services of a person in each month */, LINES = PEOPLE * EACH };

enum { SEPTEMBER = 202609, OCTOBER = 202610 };

static void close_month(struct mu_desk *desk, int month)
{
    const struct mu_points_closing_request request = {.month = month, .second_name = "王芳"};
    struct mu_error error;

    assert_done(mu_close_points_month(desk, &request, NULL, &error), &error);
}

/* September is closed, October is over. */
static int a_bank(void **state)
{
    struct home *home;

    if (a_home_with_duties(state) != 0)
        return -1;
    home = *state;
    for (int i = 0; i < PEOPLE; i++) {
        int64_t person = add_person(home->desk, "张金凤");

        for (int day = 1; day <= EACH; day++)
            for (int month = 9; month <= 10; month++)
                serve(home->desk, person, "patrol", 60, (struct mu_date){2026, month, day});
    }
    close_month(home->desk, SEPTEMBER);
    return 0;
}

static void tally(struct mu_desk *desk, int month)
{
    struct mu_tally *tally = NULL;
    struct mu_error error;

    assert_done(mu_points_tally(desk, month, month, NULL, NULL, &tally, &error), &error);
    assert_int_equal(tally->group[MU_TALLY_BY_PERSON].count, PEOPLE);
    mu_tally_free(&tally);
}

static void a_tally_runs_no_statement_for_each_person(void **state)
{
    struct home *home = *state;
    struct work work;

    tally(home->desk, OCTOBER);
    work_begin();
    tally(home->desk, OCTOBER);
    work = work_end();
    work_tell("open month", &work);
    assert_in_range(work.statements, 1, 14); /* 13 */
    assert_in_range(work.rows, LINES,
                    LINES + 130);         /* 325: lines, and balance, name, trend of each */
    assert_in_range(work.steps, 1, 3700); /* 3552 */
    assert_in_range(work.sorts, 0, 2);    /* files that were linked, books in force */
}

static void a_closed_month_is_not_added_up_again(void **state)
{
    struct home *home = *state;
    struct work work;

    tally(home->desk, SEPTEMBER);
    work_begin();
    tally(home->desk, SEPTEMBER);
    work = work_end();
    work_tell("closed month", &work);
    assert_in_range(work.statements, 1, 13); /* 12 */
    assert_in_range(work.rows, PEOPLE, 90);  /* 85: none of the month's lines */
    assert_in_range(work.steps, 1, 1700);    /* 1662 */
    assert_in_range(work.sorts, 0, 2);
}

static void teams_are_added_up_without_sorting(void **state)
{
    struct home *home = *state;
    struct mu_tally *tally = NULL;
    struct mu_tally_row row;
    struct mu_error error;
    struct work work;

    assert_done(mu_points_tally(home->desk, OCTOBER, OCTOBER, NULL, NULL, &tally, &error), &error);
    work_begin();
    assert_done(mu_tally_look(home->desk, tally, MU_TALLY_BY_TEAM, NULL, NULL, &error), &error);
    work = work_end();
    work_tell("teams", &work);
    mu_tally_row(&tally->group[MU_TALLY_BY_TEAM], 0, &row);
    assert_int_equal(row.people, PEOPLE);
    assert_in_range(work.statements, 1, 6);               /* 5 */
    assert_in_range(work.rows, 2 * LINES, 2 * LINES + 5); /* services of both months, once each */
    assert_in_range(work.steps, 1, 11500);                /* 10880 */
    assert_int_equal(work.sorts, 0);
    mu_tally_free(&tally);
}

static void the_list_for_the_wall_costs_what_the_tally_does(void **state)
{
    struct home *home = *state;
    struct mu_points_wall *wall = NULL;
    struct mu_error error;
    struct work work;

    tally(home->desk, OCTOBER);
    work_begin();
    assert_done(mu_read_points_wall(home->desk, OCTOBER, NULL, NULL, &wall, &error), &error);
    work = work_end();
    work_tell("wall", &work);
    assert_int_equal(wall->count, PEOPLE);
    assert_in_range(work.statements, 1, 15); /* 14: of an open month, the head besides */
    assert_in_range(work.steps, 1, 3700);    /* 3562 */
    mu_points_wall_free(&wall);
}

static void closing_looks_a_month_through_once(void **state)
{
    struct home *home = *state;
    struct work work;

    tally(home->desk, OCTOBER);
    work_begin();
    close_month(home->desk, OCTOBER);
    work = work_end();
    work_tell("closing", &work);
    assert_in_range(work.statements, 1, 2 * PEOPLE + 42); /* 118 */
    assert_in_range(work.rows, 2 * LINES, 560);           /* 540: services and lines, once each */
    assert_in_range(work.steps, 1, 14000);                /* 13378 */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_tally_runs_no_statement_for_each_person, a_bank,
                                        home_teardown),
        cmocka_unit_test_setup_teardown(a_closed_month_is_not_added_up_again, a_bank,
                                        home_teardown),
        cmocka_unit_test_setup_teardown(teams_are_added_up_without_sorting, a_bank, home_teardown),
        cmocka_unit_test_setup_teardown(the_list_for_the_wall_costs_what_the_tally_does, a_bank,
                                        home_teardown),
        cmocka_unit_test_setup_teardown(closing_looks_a_month_through_once, a_bank, home_teardown),
    };

    work_follow();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
