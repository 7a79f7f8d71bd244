/* Heads on paper against the records: only they show that entries are missing at the end, or that
 * all of them were written anew. */
#include "unit/home.h"

#include <mulin/domain/head.h>

static void serve(struct mu_desk *desk, int meals)
{
    const struct mu_meal_request request = {.occupation = "外卖员"};
    struct mu_meal_answer answer;

    for (int i = 0; i < meals; i++)
        assert_int_equal(mu_serve_meal(desk, &request, &answer, NULL), MU_OK);
}

static struct mu_verify_report verified(struct mu_desk *desk)
{
    struct mu_verify_report report;

    assert_int_equal(mu_verify(desk, NULL, NULL, &report, NULL), MU_OK);
    return report;
}

/* The slip of a settlement, read again: first the ledger's head, then the trail's. */
static void print_slip(const struct mu_verify_report *report, struct mu_printed_head heads[2])
{
    char text[MU_HEAD_SIZE];

    mu_head_print(MU_CHAIN_LEDGER, report->entries, report->head, text);
    assert_int_equal(mu_head_read(text, &heads[0]), MU_HEAD_READ);
    mu_head_print(MU_CHAIN_AUDIT, report->audit_entries, report->audit_head, text);
    assert_int_equal(mu_head_read(text, &heads[1]), MU_HEAD_READ);
}

/* What is said about the slips, MU_SAY_COUNT when they agree with the records. */
static struct mu_error said(struct mu_desk *desk, const struct mu_printed_head *heads, size_t count)
{
    struct mu_verify_report report = verified(desk);
    struct mu_error error = {.message = MU_SAY_COUNT};

    if (mu_compare_heads(desk, &report, heads, count, &error) != MU_OK)
        assert_int_equal(error.status, MU_STORE);
    return error;
}

static void old_and_new_slips_agree(void **state)
{
    struct home *home = *state;
    struct mu_printed_head heads[6];
    struct mu_verify_report report = verified(home->desk);

    print_slip(&report, heads); /* of a home in which nothing happened yet */
    serve(home->desk, 2);
    home_add(home->desk, "name", "张金凤", NULL);
    report = verified(home->desk);
    print_slip(&report, heads + 2);
    serve(home->desk, 1);
    report = verified(home->desk);
    print_slip(&report, heads + 4);
    assert_int_equal(said(home->desk, heads, 6).message, MU_SAY_COUNT);
    assert_int_equal(said(home->desk, heads, 0).message, MU_SAY_COUNT);
}

/* Yesterday's file was put in the place of today's. */
static void a_cut_end_is_told_by_numbers(void **state)
{
    struct home *home = *state;
    struct mu_printed_head heads[4];
    struct mu_verify_report report;
    struct mu_error error;

    serve(home->desk, 2);
    home_add(home->desk, "name", "张金凤", NULL);
    report = verified(home->desk);
    print_slip(&report, heads);
    heads[2] = heads[0];
    heads[2].entries += 5;
    heads[3] = heads[0];
    heads[3].entries += 3;
    error = said(home->desk, heads, 4);
    assert_int_equal(error.message, MU_SAY_error_verify_cut);
    assert_string_equal(error.argument[0], "2");
    assert_string_equal(error.argument[1], "7");
    heads[2] = heads[1];
    heads[2].entries += 1;
    error = said(home->desk, heads, 3);
    assert_int_equal(error.message, MU_SAY_error_verify_audit_cut);
}

/* The span between the last head that agrees and the first that does not. */
static void what_was_written_anew_is_told_by_its_span(void **state)
{
    struct home *home = *state;
    struct mu_printed_head heads[8];
    struct mu_verify_report report;
    struct mu_error error;

    for (size_t i = 0; i < 8; i += 2) {
        serve(home->desk, 1);
        home_add(home->desk, "name", "张金凤", NULL);
        report = verified(home->desk);
        print_slip(&report, heads + i);
    }
    heads[6].hash[0] ^= 1; /* of entry 4 */
    heads[4].hash[7] ^= 1; /* of entry 3 */
    error = said(home->desk, heads, 8);
    assert_int_equal(error.message, MU_SAY_error_verify_rewritten);
    assert_string_equal(error.argument[0], "3");
    assert_string_equal(error.argument[1], "3");
    heads[5].hash[0] ^= 1;
    error = said(home->desk, heads + 5, 3);
    assert_int_equal(error.message, MU_SAY_error_verify_rewritten);
    assert_int_equal(said(home->desk, heads + 5, 1).message, MU_SAY_error_verify_audit_rewritten);
}

static bool stop(void *context, int64_t done, int64_t all)
{
    int *calls = context;

    (void)all;
    return done == 0 || --*calls > 0;
}

static void verifying_stops_when_asked_to(void **state)
{
    struct home *home = *state;
    struct mu_verify_report report = {.entries = -1};
    struct mu_error error;
    enum mu_status status = MU_REFUSED;

    serve(home->desk, 2);
    home_add(home->desk, "name", "张金凤", "note", "听力不好", NULL);
    for (int calls = 1; status != MU_OK; calls++) {
        int left = calls;

        status = mu_verify(home->desk, stop, &left, &report, &error);
        assert_int_equal(report.entries == -1, status != MU_OK);
        if (status != MU_OK)
            assert_int_equal(error.message, MU_SAY_verify_stopped);
        assert_true(calls < 100);
    }
}

int main(void)
{
#define STORY(function) cmocka_unit_test_setup_teardown(function, home_setup, home_teardown)
    const struct CMUnitTest tests[] = {
        STORY(old_and_new_slips_agree),
        STORY(a_cut_end_is_told_by_numbers),
        STORY(what_was_written_anew_is_told_by_its_span),
        STORY(verifying_stops_when_asked_to),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
