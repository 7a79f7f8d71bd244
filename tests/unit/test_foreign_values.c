/* Another program wrote into mulin.db what this one would never write. */
#include "unit/home.h"

#include <sqlite3.h>

static void write_raw(const struct home *home, const char *sql)
{
    char *fault = NULL;
    sqlite3 *raw;

    assert_int_equal(sqlite3_open(home->path, &raw), SQLITE_OK);
    if (sqlite3_exec(raw, sql, NULL, NULL, &fault) != SQLITE_OK)
        fail_msg("%s: %s", sql, fault);
    sqlite3_close(raw);
}

static int64_t ask(const struct home *home, const char *sql)
{
    sqlite3_stmt *statement;
    int64_t answer;
    sqlite3 *raw;

    assert_int_equal(sqlite3_open(home->path, &raw), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(raw, sql, -1, &statement, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
    answer = sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    sqlite3_close(raw);
    return answer;
}

/* A file that cannot be held as a whole is shown, but never written back shortened. */
static void what_does_not_fit_is_not_written_back(void **state)
{
    static const char *const writings[] = {
        "UPDATE resident SET tags = hex(zeroblob(1000))",
        "UPDATE resident SET occupation = CAST(x'610062' AS TEXT)",
        "UPDATE resident SET note = zeroblob(5000)",
        "UPDATE resident SET id_number = zeroblob(58), id_lookup = zeroblob(16)",
        "UPDATE resident SET birth_date = '22.11.1946'",
        "UPDATE resident SET sex = 4294967297",
        "UPDATE place SET room = hex(zeroblob(100))",
    };
    struct home *home = *state;
    int64_t id = home_add(home->desk, "name", "张金凤", "room", "201", "building", "3", NULL);

    for (size_t i = 0; i < sizeof writings / sizeof *writings; i++) {
        struct mu_resident resident;
        struct mu_error error;

        write_raw(home, writings[i]);
        assert_int_equal(mu_read_resident(home->desk, id, &resident, &error), MU_OK);
        strcpy(resident.phone, "13800000000");
        assert_int_equal(mu_save_resident(home->desk, &resident, NULL, &error), MU_STORE);
        assert_int_equal(error.message, MU_SAY_error_resident_incomplete);
        assert_int_equal(
            mu_end_resident(home->desk, id, MU_MOVED_OUT, (struct mu_date){2026, 11, 22}, &error),
            MU_STORE);
        resident.incomplete = false; /* a caller who forgot it is caught as well */
        assert_int_equal(mu_save_resident(home->desk, &resident, NULL, &error), MU_STORE);
        assert_int_equal(ask(home, "SELECT phone = '' FROM resident"), 1);
        write_raw(home, "UPDATE resident SET note = NULL, birth_date = '', sex = 0, tags = '',"
                        " occupation = '', id_number = NULL, id_lookup = NULL");
    }
    assert_int_equal(ask(home, "SELECT length(room) FROM place"), 200);
}

static void an_entry_that_was_bent_cannot_be_taken_back(void **state)
{
    static const char *const bendings[] = {
        "INSERT INTO ledger_posting SELECT 1, line + 10, account_id, amount FROM ledger_posting;"
        "INSERT INTO ledger_posting SELECT 1, line + 40, account_id, amount FROM ledger_posting;"
        "INSERT INTO ledger_posting SELECT 1, line + 100, account_id, amount FROM ledger_posting",
        "UPDATE ledger_posting SET amount = 9223372036854775807 WHERE line = 1;"
        "UPDATE ledger_posting SET amount = -9223372036854775808 WHERE line = 2;"
        "INSERT INTO ledger_posting SELECT 1, 3, account_id, 1 FROM ledger_posting WHERE line = 1",
        "UPDATE ledger_account SET code = hex(zeroblob(100)) WHERE code = 'income'",
    };

    for (size_t i = 0; i < sizeof bendings / sizeof *bendings; i++) {
        const struct mu_meal_request request = {.occupation = "裁缝"};
        struct mu_meal_answer answer;
        struct mu_verify_report report;
        struct mu_error error;
        struct home *home;

        assert_int_equal(home_setup(state), 0);
        home = *state;
        assert_int_equal(mu_serve_meal(home->desk, &request, &answer, &error), MU_OK);
        write_raw(home, "DROP TRIGGER ledger_posting_sealed; DROP TRIGGER ledger_posting_unchanged;"
                        "DROP TRIGGER ledger_account_unchanged");
        write_raw(home, bendings[i]);
        assert_int_equal(mu_void_meal(home->desk, 1, "认错了人", NULL, &error), MU_STORE);
        assert_int_equal(error.message, MU_SAY_error_entry_altered);
        assert_int_equal(ask(home, "SELECT count(*) FROM ledger_entry"), 1);
        assert_int_equal(mu_verify(home->desk, NULL, NULL, &report, &error), MU_STORE);
        home_teardown(state);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_does_not_fit_is_not_written_back, home_setup,
                                        home_teardown),
        cmocka_unit_test(an_entry_that_was_bent_cannot_be_taken_back),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
