/* The demo settles as many quarrels in a year as its community told. */
#include "unit/home.h"

#include <mulin/desk/case.h>
#include <mulin/desk/case_count.h>
#include <mulin/desk/demo.h>
#include <mulin/desk/house.h>
#include <mulin/desk/mediator.h>
#include <mulin/desk/operators.h>

static struct mu_desk *community(struct home *home, const char *preset)
{
    char folder[96];
    const struct mu_desk_options options = {
        .home = folder, .system_user = "keeper", .fixed_now = HOME_NOW};
    struct mu_desk *desk = NULL;
    struct mu_error error;

    snprintf(folder, sizeof folder, "%s/%s", home->folder, preset);
    if (mu_demo_create(&options, preset, 300, &error) != MU_OK) {
        char text[512];

        mu_error_text(&error, MU_ENGLISH, text, sizeof text);
        fail_msg("%s", text);
    }
    assert_int_equal(mu_desk_open(&options, &desk, &error), MU_OK);
    return desk;
}

static struct mu_case_figures count(struct mu_desk *desk)
{
    const struct mu_date from = {2025, 11, 23}, to = {2026, 11, 22};
    struct mu_case_count *counted = NULL;
    struct mu_case_figures all;

    assert_int_equal(mu_count_cases(desk, from, to, MU_CASES_BY_OUTCOME, &counted, NULL), MU_OK);
    all = counted->all;
    mu_case_count_free(&counted);
    return all;
}

/* What is late is so by a few days. */
static bool count_due(void *context, const struct mu_case_line *line)
{
    assert_int_not_equal(line->due.kind, 0);
    if (mu_date_compare(line->due.due_on, (struct mu_date){2026, 11, 15}) < 0)
        fail_msg("%s: %s", line->number, mu_case_due_word(line->due.kind));
    ++*(int *)context;
    return true;
}

static void changan_settles_more_than_thirty_and_six_major_ones(void **state)
{
    struct home *home = *state;
    struct mu_desk *desk = community(home, "changan");
    struct mu_mediator mediator;
    struct mu_verify_report report;
    struct mu_case_figures all = count(desk);
    int due = 0;

    assert_in_range(all.outcome[MU_CASE_SETTLED], 31, 45);
    assert_int_equal(all.major, 6);
    assert_true(all.outcome[MU_CASE_FAILED] >= 2);
    assert_true(all.outcome[MU_CASE_WITHDRAWN] >= 1);
    assert_true(all.outcome[MU_CASE_HANDED_ON] >= 1);
    assert_true(all.outcome[MU_CASE_OPEN] >= 3);
    assert_true(mu_case_kept_rate(&all) > 9000);
    assert_int_equal(mu_verify(desk, NULL, NULL, &report, NULL), MU_OK);
    assert_int_equal(mu_desk_sign_in(desk, "王阿福", mu_demo_pin(desk, "王阿福"), NULL), MU_OK);
    assert_int_equal(mu_own_mediator(desk, &mediator, NULL), MU_OK);
    assert_string_equal(mediator.team, "红烛格老");
    assert_int_equal(
        mu_list_case_dues(desk, (struct mu_date){2026, 12, 31}, 100, count_due, &due, NULL), MU_OK);
    assert_true(due >= 4);
    mu_desk_free(&desk);
}

static void others_have_a_handful(void **state)
{
    struct home *home = *state;
    struct mu_desk *desk = community(home, "tonglu");
    struct mu_case_figures all = count(desk);

    assert_in_range(all.accepted, 8, 14);
    mu_desk_free(&desk);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(changan_settles_more_than_thirty_and_six_major_ones,
                                        home_setup, home_teardown),
        cmocka_unit_test_setup_teardown(others_have_a_handful, home_setup, home_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
