/* What an entry more costs verification and its own writing. */
#include "unit/points_home.h"
#include "work.h"

#include "desk/desk_internal.h"
#include "store/ledger_walk.h"

#include <mulin/desk/attendance.h>

enum { PEOPLE = 60, FEW = 5, WALK_STEPS = 44, VERIFY_STEPS = 385, SERVICE_STEPS = 835 };

/* Everybody serves on that day. */
static void hold_activity(struct home *home, const int64_t *people, int day)
{
    static struct mu_service_answer answers[PEOPLE];
    const struct mu_attendance_request request = {.title = "巡逻",
                                                  .all = {.duty = "patrol",
                                                          .date = {2026, 11, day},
                                                          .starts_at = 540,
                                                          .ends_at = 600,
                                                          .confirmed_by = "王芳"}};
    struct mu_attendee attendees[PEOPLE] = {{0}};
    struct mu_attendance_result result;
    struct mu_error error;

    for (int i = 0; i < PEOPLE; i++)
        attendees[i].resident_id = people[i];
    assert_done(
        mu_record_attendance(home->desk, &request, attendees, PEOPLE, answers, &result, &error),
        &error);
    assert_int_equal(result.recorded, PEOPLE);
}

static struct work work_of_walking(struct home *home)
{
    struct mu_db *db = home->desk->db;
    struct mu_ledger_span span;
    struct mu_ledger_part *part;
    struct mu_ledger_lines lines;
    struct mu_chain_report chain;
    struct mu_ledger_report report;
    struct mu_error error;
    struct work work;
    int64_t wrong;

    work_begin();
    assert_done(mu_ledger_span_read(db, &span, &error), &error);
    assert_done(mu_ledger_part_new(&span, &part, &error), &error);
    assert_done(mu_ledger_part_walk(part, db, 0, span.last, NULL, NULL, &chain, &error), &error);
    assert_done(mu_ledger_walk_end(part, db, &report, &error), &error);
    assert_done(mu_ledger_lines_read(&span, db, &lines, &error), &error);
    assert_done(mu_ledger_compare_lines(part, &lines, db, &wrong, &error), &error);
    mu_ledger_part_free(&part);
    work = work_end();
    assert_int_equal(chain.fault, MU_CHAIN_SOUND);
    assert_int_equal(report.chain.fault, MU_CHAIN_SOUND);
    assert_int_equal(wrong, 0);
    work_tell("walk", &work);
    return work;
}

static struct work work_of_verifying(struct home *home)
{
    struct mu_verify_report report;
    struct mu_error error;
    struct work work;

    work_begin();
    assert_done(mu_verify(home->desk, NULL, NULL, &report, &error), &error);
    work = work_end();
    work_tell("verify", &work);
    return work;
}

/* The steps of SQLite's machine that a service on a list more takes. Walking: its entry, postings
 * and line of points are read, nothing is looked up, nothing sorted. Verifying: SQLite's own checks
 * are most of it. Nothing is sorted that grows with the entries: what is sorted is so few times. */
static void an_entry_more_is_read_but_not_looked_up(void **state)
{
    struct home *home = *state;
    struct work walked, walked_more, verified, verified_more, written;
    int64_t people[PEOPLE];

    for (int i = 0; i < PEOPLE; i++)
        people[i] = add_person(home->desk, "王小明");
    hold_activity(home, people, 2);
    work_of_verifying(home); /* statements are prepared */
    walked = work_of_walking(home);
    verified = work_of_verifying(home);
    work_begin();
    hold_activity(home, people, 3);
    written = work_end();
    work_tell("list", &written);
    walked_more = work_of_walking(home);
    verified_more = work_of_verifying(home);
    assert_in_range(walked_more.steps - walked.steps, PEOPLE, WALK_STEPS * PEOPLE);
    assert_true(walked_more.statements <= walked.statements);
    assert_int_equal(walked_more.sorts, 0);
    assert_in_range(verified_more.steps - verified.steps, PEOPLE, VERIFY_STEPS * PEOPLE);
    assert_true(verified_more.statements <= verified.statements);
    assert_int_equal(verified_more.sorts, verified.sorts);
    assert_in_range(written.steps, PEOPLE, SERVICE_STEPS * PEOPLE);
    assert_in_range(written.sorts, 0, FEW); /* of the list, none of a service */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(an_entry_more_is_read_but_not_looked_up, a_home_with_duties,
                                        home_teardown),
    };

    work_follow();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
