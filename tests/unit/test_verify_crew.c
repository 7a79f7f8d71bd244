/* Many threads verify a large file: they find what one finds, and tell it the same way. */
#include "unit/points_home.h"

#include "desk/desk_internal.h"
#include "store/ledger_walk.h"

#include <mulin/desk/canteen.h>

#include <sqlite3.h>

enum { SERVICES = 7, MEMBERS = 3 };

static void bend(const struct home *home, const char *sql)
{
    static const char *const drops =
        "SELECT group_concat('DROP TRIGGER ' || name, ';') FROM sqlite_schema"
        " WHERE type = 'trigger'";
    sqlite3_stmt *statement;
    char *fault = NULL;
    sqlite3 *raw;

    assert_int_equal(sqlite3_open(home->path, &raw), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(raw, drops, -1, &statement, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
    fault = sqlite3_mprintf("%s", (const char *)sqlite3_column_text(statement, 0));
    sqlite3_finalize(statement);
    assert_int_equal(sqlite3_exec(raw, fault, NULL, NULL, NULL), SQLITE_OK);
    sqlite3_free(fault);
    if (sqlite3_exec(raw, sql, NULL, NULL, &fault) != SQLITE_OK)
        fail_msg("%s: %s", sql, fault);
    sqlite3_close(raw);
}

/* Entries 1 to 7 are services of two people, 8 is a meal. */
static void a_week(struct home *home)
{
    const struct mu_meal_request lunch = {.occupation = "外卖员"};
    struct mu_meal_answer answer;
    int64_t people[2] = {add_person(home->desk, "张金凤"), add_person(home->desk, "周建新")};

    for (int i = 0; i < SERVICES; i++)
        serve(home->desk, people[i % 2], "patrol", 60, (struct mu_date){2026, 11, 1 + i});
    assert_int_equal(mu_serve_meal(home->desk, &lunch, &answer, NULL), MU_OK);
}

static void the_same_is_told(struct home *home, const char *sql)
{
    struct mu_verify_report alone = {0}, together = {0};
    struct mu_error error[2] = {{0}};
    enum mu_status status = mu_check_records_by(home->desk, 0, NULL, NULL, &alone, &error[0]);

    assert_int_equal(mu_check_records_by(home->desk, MEMBERS, NULL, NULL, &together, &error[1]),
                     status);
    if (status == MU_OK
            ? *sql != '\0'
            : error[0].message != error[1].message ||
                  memcmp(error[0].argument, error[1].argument, sizeof error[0].argument) != 0)
        fail_msg("%s: %s, %s", sql, mu_message_text(error[0].message, MU_ENGLISH),
                 mu_message_text(error[1].message, MU_ENGLISH));
    assert_memory_equal(&alone, &together, sizeof alone);
}

static void a_crew_tells_what_one_thread_tells(void **state)
{
    static const char *const bendings[] = {
        "",
        "DROP INDEX service_list",
        "UPDATE ledger_entry SET reason = 'x' WHERE entry_id = 3",
        "UPDATE ledger_posting SET amount = amount + 1 WHERE entry_id = 2 AND line = 1",
        "UPDATE balance SET amount = amount + 1",
        "UPDATE audit_entry SET after = 'x' WHERE entry_id = 2",
        "UPDATE service SET minutes = minutes + 1 WHERE service_id = 2",
        "UPDATE points_line SET minutes = minutes + 1 WHERE entry_id = 4",
        "DELETE FROM points_line WHERE entry_id = 4",
        "UPDATE points_line SET points = points + 1 WHERE entry_id = 4",
        "UPDATE points_line SET points = -points WHERE entry_id = 4",
        "UPDATE meal SET price = price + 100",
        "UPDATE resident SET phone = '13800000000' WHERE resident_id = 2",
        "UPDATE resident SET note = x'00' WHERE resident_id = 1",
        /* several at once: the first in order is told */
        "UPDATE service SET minutes = minutes + 1 WHERE service_id = 2;"
        "UPDATE meal SET price = price + 100; UPDATE balance SET amount = amount + 1;"
        "UPDATE resident SET phone = '13800000000' WHERE resident_id = 2",
        "PRAGMA foreign_keys = OFF; UPDATE service SET resident_id = 99 WHERE service_id = 3;"
        "UPDATE meal SET price = price + 100",
        /* an index without what the table has */
        "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET rootpage = (SELECT rootpage"
        " FROM sqlite_schema WHERE name = 'service_day') WHERE name = 'service_person'",
    };

    for (size_t i = 0; i < sizeof bendings / sizeof *bendings; i++) {
        struct home *home;

        assert_int_equal(a_home_with_duties(state), 0);
        home = *state;
        a_week(home);
        if (*bendings[i])
            bend(home, bendings[i]);
        the_same_is_told(home, bendings[i]);
        home_teardown(state);
    }
}

/* Of the first part in which there is one. */
static void walk(struct home *home, int64_t count, struct mu_chain_report *chain)
{
    struct mu_ledger_span span;
    struct mu_ledger_part *part;
    struct mu_error error;
    int64_t after = 0;

    assert_done(mu_ledger_span_read(home->desk->db, &span, &error), &error);
    assert_done(mu_ledger_part_new(&span, &part, &error), &error);
    do {
        int64_t left = span.last - after;

        assert_done(mu_ledger_part_walk(part, home->desk->db, after, left < count ? left : count,
                                        NULL, NULL, chain, &error),
                    &error);
        after += count;
    } while (chain->fault == MU_CHAIN_SOUND && after < span.last);
    mu_ledger_part_free(&part);
}

static void a_fault_is_found_wherever_the_ledger_is_parted(void **state)
{
    static const char *const bendings[] = {
        "UPDATE ledger_entry SET reason = 'x'",
        "UPDATE ledger_entry SET hash = zeroblob(32)",
        "DELETE FROM ledger_entry",
        "UPDATE ledger_posting SET amount = 1",
        "DELETE FROM ledger_posting",
    };

    for (size_t i = 0; i < sizeof bendings / sizeof *bendings; i++) {
        struct home *home;

        assert_int_equal(a_home_with_duties(state), 0);
        home = *state;
        a_week(home);
        for (int entry = SERVICES; entry >= 1; entry -= 2) {
            struct mu_chain_report whole;
            char sql[128];

            snprintf(sql, sizeof sql, "%s WHERE entry_id = %d", bendings[i], entry);
            bend(home, sql);
            walk(home, SERVICES + 1, &whole);
            assert_int_not_equal(whole.fault, MU_CHAIN_SOUND);
            for (int64_t count = 1; count <= SERVICES; count++) {
                struct mu_chain_report chain;

                walk(home, count, &chain);
                assert_int_equal(chain.fault, whole.fault);
                assert_int_equal(chain.entry_id, whole.entry_id);
            }
        }
        home_teardown(state);
    }
}

static bool leave(void *context, int64_t done, int64_t all)
{
    ++*(int *)context;
    return done > all;
}

static void who_leaves_a_crew_is_told_so(void **state)
{
    struct home *home = *state;
    struct mu_verify_report report;
    struct mu_error error = {0};
    int told = 0;

    a_week(home);
    assert_int_equal(mu_check_records_by(home->desk, MEMBERS, leave, &told, &report, &error),
                     MU_REFUSED);
    assert_int_equal(error.message, MU_SAY_verify_stopped);
    assert_true(told > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_crew_tells_what_one_thread_tells),
        cmocka_unit_test(a_fault_is_found_wherever_the_ledger_is_parted),
        cmocka_unit_test_setup_teardown(who_leaves_a_crew_is_told_so, a_home_with_duties,
                                        home_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
