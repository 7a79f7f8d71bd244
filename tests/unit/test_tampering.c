/* Somebody opens mulin.db with another program and bends it: verify tells what was touched. */
#include "unit/home.h"

#include "desk/desk_internal.h"
#include "store/canteen_store.h"
#include "store/ledger_store.h"

#include <sqlite3.h>

static void bend(const struct home *home, const char *sql)
{
    char *fault = NULL;
    sqlite3 *raw;

    assert_int_equal(sqlite3_open(home->path, &raw), SQLITE_OK);
    if (sqlite3_exec(raw, sql, NULL, NULL, &fault) != SQLITE_OK)
        fail_msg("%s: %s", sql, fault);
    sqlite3_close(raw);
}

static void serve(struct mu_desk *desk, int64_t id, const char *occupation)
{
    const struct mu_meal_request request = {.resident_id = id, .occupation = occupation};
    struct mu_meal_answer answer;

    assert_int_equal(mu_serve_meal(desk, &request, &answer, NULL), MU_OK);
}

/* Meal 1: an elder, voided. 2: another elder. 3: a courier, free. 4: somebody at full price. */
static void a_lunch(struct mu_desk *desk)
{
    serve(desk, home_add(desk, "name", "张金凤", "birth_date", "1940-01-02", "card", "8801", NULL),
          NULL);
    serve(desk, home_add(desk, "name", "李桂兰", "birth_date", "1941-01-02", NULL), NULL);
    serve(desk, 0, "外卖员");
    serve(desk, home_add(desk, "name", "王小明", "birth_date", "2000-01-02", NULL), NULL);
    assert_int_equal(mu_void_meal(desk, 1, "认错了人", NULL, NULL), MU_OK);
}

struct bending {
    const char *sql;
    enum mu_message finding;
};

/* Triggers that stand in the way are dropped and put back, as somebody with care would do it. */
static void without_triggers(const struct home *home, const char *sql)
{
    sqlite3_stmt *statement;
    char triggers[16384] = "", drops[4096] = "";
    sqlite3 *raw;

    assert_int_equal(sqlite3_open(home->path, &raw), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(raw,
                                        "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'"
                                        " ORDER BY rowid",
                                        -1, &statement, NULL),
                     SQLITE_OK);
    while (sqlite3_step(statement) == SQLITE_ROW) {
        size_t used = strlen(triggers), dropped = strlen(drops);

        snprintf(triggers + used, sizeof triggers - used, "%s;",
                 (const char *)sqlite3_column_text(statement, 1));
        snprintf(drops + dropped, sizeof drops - dropped, "DROP TRIGGER %s;",
                 (const char *)sqlite3_column_text(statement, 0));
    }
    sqlite3_finalize(statement);
    sqlite3_close(raw);
    bend(home, drops);
    bend(home, sql);
    bend(home, triggers);
}

static void each_is_found(void **state, const struct bending *bendings, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct home *home;
        struct mu_verify_report report;
        struct mu_error error = {0};
        enum mu_status status;

        assert_int_equal(home_setup(state), 0);
        home = *state;
        a_lunch(home->desk);
        assert_int_equal(mu_verify(home->desk, NULL, NULL, &report, NULL), MU_OK);
        without_triggers(home, bendings[i].sql);
        status = mu_verify(home->desk, NULL, NULL, &report, &error);
        if (status != MU_STORE || error.message != bendings[i].finding)
            fail_msg("%s: %s", bendings[i].sql, mu_message_text(error.message, MU_ENGLISH));
        home_teardown(state);
    }
}

static void a_meal_says_what_its_ledger_entry_says(void **state)
{
    static const struct bending bendings[] = {
        {"UPDATE meal SET price = price + 100 WHERE meal_id = 2", MU_SAY_error_verify_meal},
        {"UPDATE meal SET pay = pay - 100 WHERE meal_id = 2", MU_SAY_error_verify_meal},
        {"UPDATE meal SET resident_id = 1 WHERE meal_id = 3", MU_SAY_error_verify_meal},
        {"UPDATE meal SET date = '2026-11-21' WHERE meal_id = 2", MU_SAY_error_verify_meal},
        {"UPDATE meal SET served_at = '2026-11-22T10:31:00' WHERE meal_id = 2",
         MU_SAY_error_verify_meal},
        {"UPDATE meal SET payer = 'fund' WHERE meal_id = 2", MU_SAY_error_verify_meal},
        {"UPDATE meal SET payer = 'fund' WHERE meal_id = 4", MU_SAY_error_verify_meal},
        {"UPDATE meal SET tier = 'outdoor' WHERE meal_id = 2", MU_SAY_error_verify_meal},
        {"UPDATE meal SET tier = NULL WHERE meal_id = 2", MU_SAY_error_verify_meal},
        {"UPDATE meal SET pay_method = 'card' WHERE meal_id = 2", MU_SAY_error_verify_meal},
        {"UPDATE meal SET void_entry_id = NULL WHERE meal_id = 1", MU_SAY_error_verify_meal},
        {"UPDATE meal SET void_entry_id = 1 WHERE meal_id = 2", MU_SAY_error_verify_meal},
        {"DELETE FROM meal WHERE meal_id = 2", MU_SAY_error_verify_no_meal},
    };

    each_is_found(state, bendings, sizeof bendings / sizeof *bendings);
}

static void a_text_of_the_ledger_is_checked_to_its_last_byte(void **state)
{
    static const struct bending bendings[] = {
        {"UPDATE ledger_posting SET line = line + 10 WHERE entry_id = 2", MU_SAY_error_verify_hash},
        {"UPDATE ledger_entry SET reason = CAST(reason || char(0) || 'x' AS TEXT)"
         " WHERE entry_id = 5",
         MU_SAY_error_verify_hash},
        {"UPDATE ledger_entry SET date = '20261122' WHERE entry_id = 2", MU_SAY_error_verify_hash},
        {"UPDATE ledger_entry SET recorded_at = '2026-11-22T11:30' WHERE entry_id = 2",
         MU_SAY_error_verify_hash},
        {"UPDATE ledger_entry SET rules_version = rules_version + 4294967296 WHERE entry_id = 2;"
         "INSERT INTO rule_book SELECT version + 4294967296, adopted_from, adopted_at, operator_id,"
         " hash, book FROM rule_book",
         MU_SAY_error_verify_hash},
    };

    each_is_found(state, bendings, sizeof bendings / sizeof *bendings);
}

/* Somebody went round the quota with papers that are all in order. */
static void more_meals_than_a_tier_has_are_found(void **state)
{
    struct mu_meal meal = {.date = {2026, 11, 22},
                           .session = "lunch",
                           .tier = "outdoor",
                           .price = {1500},
                           .share = {{MU_PAYER_CHARITY, {1500}}},
                           .share_count = 1,
                           .occupation = "外卖员",
                           .served_at = {{2026, 11, 22}, 11 * 60 + 30, 0}};
    struct mu_entry entry = {.book = MU_BOOK_MEALS,
                             .date = meal.date,
                             .recorded_at = meal.served_at,
                             .operator_id = 1,
                             .rule_id = "outdoor",
                             .rules_version = 1,
                             .idempotency_key = "k",
                             .documented = true,
                             .posting_count = 2,
                             .posting = {{"payer:charity", 1500}, {"income", -1500}}};
    struct home *home = *state;
    unsigned char book[MU_HASH_SIZE];
    struct mu_verify_report report;
    struct mu_error error;

    meal.quota_slot = 1000;
    a_lunch(home->desk);
    assert_int_equal(mu_db_begin(home->desk->db, NULL), MU_OK);
    assert_int_equal(mu_meal_next(home->desk->db, &meal.id, NULL), MU_OK);
    assert_int_equal(mu_rule_book_hash(home->desk->db, 1, book, NULL), MU_OK);
    mu_meal_hash(&meal, entry.idempotency_key, book, entry.document);
    assert_int_equal(mu_ledger_append(home->desk->db, &entry, NULL), MU_OK);
    meal.entry_id = entry.id;
    assert_int_equal(mu_meal_add(home->desk->db, &meal, NULL), MU_OK);
    assert_int_equal(mu_db_commit(home->desk->db, NULL), MU_OK);
    assert_int_equal(mu_verify(home->desk, NULL, NULL, &report, &error), MU_STORE);
    assert_int_equal(error.message, MU_SAY_error_verify_quota);
    assert_string_equal(error.argument[0], "5");
}

static void so_is_the_audit_trail(void **state)
{
    static const struct bending bendings[] = {
        {"UPDATE audit_entry SET after = CAST(after || char(0) || 'x' AS TEXT) WHERE entry_id = 2",
         MU_SAY_error_verify_audit_hash},
        {"UPDATE audit_entry SET recorded_at = '2026-11-22T11:30' WHERE entry_id = 1",
         MU_SAY_error_verify_audit_hash},
        {"DELETE FROM audit_entry WHERE entry_id = 1", MU_SAY_error_verify_audit_gap},
    };

    each_is_found(state, bendings, sizeof bendings / sizeof *bendings);
}

static void what_people_are_found_by_fits_their_files(void **state)
{
    static const struct bending bendings[] = {
        {"DELETE FROM search_key WHERE resident_id = 1", MU_SAY_error_verify_keys},
        {"INSERT INTO search_key VALUES ('1zjf', 2)", MU_SAY_error_verify_keys},
        {"UPDATE search_key SET resident_id = 2 WHERE token = 'c8801'", MU_SAY_error_verify_keys},
        {"UPDATE resident SET name = '张全凤' WHERE resident_id = 1", MU_SAY_error_verify_keys},
    };

    each_is_found(state, bendings, sizeof bendings / sizeof *bendings);
}

/* A trigger of the same name that lets everything pass, a unique index that is gone. */
static void tables_and_triggers_stand_as_they_were_made(void **state)
{
    static const char *const bendings[] = {
        "DROP TRIGGER ledger_entry_unchanged",
        ("DROP TRIGGER ledger_entry_unchanged; CREATE TRIGGER ledger_entry_unchanged"
         " BEFORE UPDATE ON ledger_entry WHEN false BEGIN SELECT 1; END"),
        "DROP INDEX meal_quota",
        "CREATE TRIGGER a AFTER INSERT ON meal BEGIN UPDATE resident SET tags = ''; END",
        "CREATE VIEW zz AS SELECT * FROM resident",
        "ALTER TABLE draft ADD COLUMN more TEXT",
    };
    for (size_t i = 0; i < sizeof bendings / sizeof *bendings; i++) {
        struct mu_verify_report report;
        struct mu_error error = {0};
        struct home *home;

        assert_int_equal(home_setup(state), 0);
        home = *state;
        a_lunch(home->desk);
        bend(home, bendings[i]);
        if (mu_verify(home->desk, NULL, NULL, &report, &error) != MU_STORE ||
            error.message != MU_SAY_error_verify_schema || !*error.argument[0])
            fail_msg("%s: %s", bendings[i], mu_message_text(error.message, MU_ENGLISH));
        home_teardown(state);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_meal_says_what_its_ledger_entry_says),
        cmocka_unit_test(a_text_of_the_ledger_is_checked_to_its_last_byte),
        cmocka_unit_test_setup_teardown(more_meals_than_a_tier_has_are_found, home_setup,
                                        home_teardown),
        cmocka_unit_test(so_is_the_audit_trail),
        cmocka_unit_test(what_people_are_found_by_fits_their_files),
        cmocka_unit_test(tables_and_triggers_stand_as_they_were_made),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
