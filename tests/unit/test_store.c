#include "unit/home.h"

#include "desk/desk_internal.h"
#include "store/db.h"
#include "store/ledger_store.h"
#include "store/migration.h"

#include <fcntl.h>
#include <signal.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

static enum mu_status reopen(const struct home *home, struct mu_error *error)
{
    const struct mu_desk_options options = {
        .home = home->folder, .system_user = "keeper", .fixed_now = HOME_NOW};
    struct mu_desk *desk = NULL;
    enum mu_status status = mu_desk_open(&options, &desk, error);

    mu_desk_free(&desk);
    return status;
}

static void write_bytes(const char *path, off_t offset, const void *bytes, size_t length)
{
    int file = open(path, O_WRONLY | O_CREAT, 0600);

    assert_true(file >= 0);
    assert_int_equal(pwrite(file, bytes, length, offset), length);
    close(file);
}

static void serve_some(struct mu_desk *desk)
{
    const struct mu_meal_request request = {.occupation = "外卖员"};
    struct mu_meal_answer answer;

    for (int i = 0; i < 3; i++)
        assert_int_equal(mu_serve_meal(desk, &request, &answer, NULL), MU_OK);
}

static enum mu_status attack(struct mu_desk *desk, const char *sql)
{
    struct mu_error error;

    return mu_db_execute(desk->db, sql, &error);
}

static void the_file_is_for_its_owner_alone(void **state)
{
    const struct home *home = *state;
    struct stat status;

    assert_int_equal(stat(home->path, &status), 0);
    assert_int_equal(status.st_mode & 0777, 0600);
    assert_int_equal(stat(home->folder, &status), 0);
    assert_int_equal(status.st_mode & 0777, 0700);
}

/* Copied back with cp, or unpacked, it may have lost that. */
static void a_file_that_others_may_read_is_made_private(void **state)
{
    struct home *home = *state;
    struct mu_error error;
    struct stat status;

    mu_desk_free(&home->desk);
    assert_int_equal(chmod(home->path, 0664), 0);
    assert_int_equal(reopen(home, &error), MU_OK);
    assert_int_equal(stat(home->path, &status), 0);
    assert_int_equal(status.st_mode & 0777, 0600);
}

static void a_home_into_which_others_may_write_is_not_opened(void **state)
{
    static const mode_t open_to_others[] = {0720, 0702, 01777};
    struct home *home = *state;
    char key[96];
    struct mu_error error;
    const struct mu_desk_options options = {
        .home = home->folder, .system_user = "keeper", .fixed_now = HOME_NOW};

    for (size_t i = 0; i < sizeof open_to_others / sizeof *open_to_others; i++) {
        assert_int_equal(chmod(home->folder, open_to_others[i]), 0);
        assert_int_equal(reopen(home, &error), MU_STORE);
        assert_int_equal(error.message, MU_SAY_error_home_shared);
    }
    snprintf(key, sizeof key, "%s/mulin.key", home->folder);
    unlink(key);
    unlink(home->path);
    assert_int_equal(mu_home_create(&options, "yunluwan", false, &error), MU_STORE);
    assert_int_equal(error.message, MU_SAY_error_home_shared);
    assert_int_equal(chmod(home->folder, 0755), 0);
    assert_int_equal(mu_home_create(&options, "yunluwan", false, &error), MU_OK);
}

static void no_statement_of_the_desk_can_bend_the_ledger(void **state)
{
    static const char *const attacks[] = {
        "UPDATE ledger_entry SET reason = 'x'",
        "UPDATE ledger_posting SET amount = 0",
        "UPDATE ledger_account SET code = 'x'",
        "DELETE FROM ledger_entry",
        "DELETE FROM ledger_posting",
        "INSERT OR REPLACE INTO ledger_entry SELECT * FROM ledger_entry WHERE entry_id = 1",
        ("INSERT OR REPLACE INTO ledger_posting"
         " SELECT entry_id, line, account_id, amount + 1 FROM ledger_posting"),
        "REPLACE INTO ledger_account SELECT account_id, book, 'x' FROM ledger_account",
        "UPDATE OR REPLACE ledger_entry SET entry_id = 2 WHERE entry_id = 1",
        "INSERT INTO ledger_posting SELECT 1, 9, account_id, 1 FROM ledger_account LIMIT 1",
        "DROP TRIGGER ledger_entry_stays",
        "DROP TABLE ledger_entry",
        "ALTER TABLE ledger_entry RENAME TO other",
        "CREATE TRIGGER mine AFTER INSERT ON meal BEGIN DELETE FROM ledger_entry; END",
        "PRAGMA recursive_triggers = OFF",
        "PRAGMA foreign_keys = OFF",
        "PRAGMA synchronous = OFF",
        "PRAGMA writable_schema = ON",
        "PRAGMA ignore_check_constraints = ON",
        "UPDATE sqlite_schema SET sql = ''",
        "ATTACH ':memory:' AS other",
        "DELETE FROM rule_book",
        "UPDATE rule_book SET book = ''",
        "VACUUM",
        "DELETE FROM meal",
        "UPDATE meal SET pay = 0",
        "DELETE FROM resident",
        "DELETE FROM household",
        "INSERT OR REPLACE INTO resident SELECT * FROM resident",
        "INSERT OR REPLACE INTO household SELECT * FROM household",
    };
    const struct home *home = *state;
    struct mu_verify_report before, after;

    home_add(home->desk, "name", "张金凤", "room", "201", NULL);
    serve_some(home->desk);
    assert_int_equal(mu_verify(home->desk, NULL, NULL, &before, NULL), MU_OK);
    for (size_t i = 0; i < sizeof attacks / sizeof *attacks; i++)
        if (attack(home->desk, attacks[i]) == MU_OK)
            fail_msg("it passed: %s", attacks[i]);
    assert_int_equal(mu_verify(home->desk, NULL, NULL, &after, NULL), MU_OK);
    assert_int_equal(before.entries, after.entries);
    assert_memory_equal(before.head, after.head, MU_HASH_SIZE);
}

/* What somebody with another program can do is found. */
static void verify_finds_what_a_raw_connection_bends(void **state)
{
    static const struct {
        const char *sql;
        enum mu_message finding;
    } attacks[] = {
        {"UPDATE ledger_entry SET reason = 'x' WHERE entry_id = 2", MU_SAY_error_verify_hash},
        {"UPDATE ledger_entry SET date = '2026-11-21' WHERE entry_id = 3",
         MU_SAY_error_verify_hash},
        {"UPDATE ledger_entry SET hash = randomblob(32) WHERE entry_id = 1",
         MU_SAY_error_verify_hash},
        {"UPDATE ledger_posting SET amount = amount + 1 WHERE entry_id = 2 AND line = 1",
         MU_SAY_error_verify_unbalanced},
        {"UPDATE ledger_posting SET amount = 2 * amount WHERE entry_id = 2",
         MU_SAY_error_verify_hash},
        {"DELETE FROM meal WHERE entry_id = 2; DELETE FROM ledger_posting WHERE entry_id = 2;"
         " DELETE FROM ledger_entry WHERE entry_id = 2",
         MU_SAY_error_verify_gap},
        {"UPDATE meal SET pay = 1 WHERE entry_id = 2", MU_SAY_error_verify_meal},
        {"UPDATE rule_book SET book = book || '#'", MU_SAY_error_rule_book_damaged},
    };

    for (size_t i = 0; i < sizeof attacks / sizeof *attacks; i++) {
        struct home *home;
        struct mu_verify_report report;
        struct mu_error error;
        sqlite3 *raw;

        assert_int_equal(home_setup(state), 0);
        home = *state;
        serve_some(home->desk);
        assert_int_equal(sqlite3_open(home->path, &raw), SQLITE_OK);
        assert_int_equal(
            sqlite3_exec(raw,
                         "DROP TRIGGER ledger_entry_unchanged; DROP TRIGGER ledger_entry_stays;"
                         "DROP TRIGGER ledger_posting_unchanged; DROP TRIGGER ledger_posting_stays;"
                         "DROP TRIGGER meal_only_voided; DROP TRIGGER meal_stays",
                         NULL, NULL, NULL),
            SQLITE_OK);
        assert_int_equal(sqlite3_exec(raw, attacks[i].sql, NULL, NULL, NULL), SQLITE_OK);
        sqlite3_close(raw);
        assert_int_equal(mu_verify(home->desk, NULL, NULL, &report, &error), MU_STORE);
        assert_int_equal(error.message, attacks[i].finding);
        home_teardown(state);
    }
}

static void triggers_alone_refuse_a_raw_connection(void **state)
{
    static const char *const attacks[] = {
        "UPDATE ledger_entry SET reason = 'x'",
        "DELETE FROM ledger_entry",
        "UPDATE ledger_posting SET amount = 0",
        "DELETE FROM ledger_posting",
        "INSERT OR REPLACE INTO ledger_entry SELECT * FROM ledger_entry WHERE entry_id = 1",
        ("INSERT OR REPLACE INTO ledger_posting"
         " SELECT entry_id, line, account_id, amount + 1 FROM ledger_posting"),
        "INSERT OR REPLACE INTO meal SELECT * FROM meal WHERE meal_id = 1",
    };
    const struct home *home = *state;
    struct mu_verify_report report;
    sqlite3 *raw;

    serve_some(home->desk);
    assert_int_equal(sqlite3_open(home->path, &raw), SQLITE_OK);
    for (size_t i = 0; i < sizeof attacks / sizeof *attacks; i++)
        if (sqlite3_exec(raw, attacks[i], NULL, NULL, NULL) == SQLITE_OK)
            fail_msg("it passed: %s", attacks[i]);
    sqlite3_close(raw);
    assert_int_equal(mu_verify(home->desk, NULL, NULL, &report, NULL), MU_OK);
    assert_int_equal(report.entries, 3);
}

/* The trigger that says so is not the only one who knows. */
static void two_entries_never_have_the_same_key(void **state)
{
    const struct home *home = *state;
    sqlite3 *raw;

    serve_some(home->desk);
    assert_int_equal(sqlite3_open(home->path, &raw), SQLITE_OK);
    assert_int_equal(sqlite3_exec(raw,
                                  "DROP TRIGGER ledger_entry_once;"
                                  "DROP TRIGGER ledger_entry_balanced",
                                  NULL, NULL, NULL),
                     SQLITE_OK);
    assert_int_equal(sqlite3_exec(raw,
                                  "INSERT INTO ledger_entry (entry_id, book, date, recorded_at,"
                                  " operator_id, rule_id, rules_version, idempotency_key, hash)"
                                  " SELECT 4, book, date, recorded_at, operator_id, rule_id,"
                                  " rules_version, idempotency_key, hash FROM ledger_entry"
                                  " WHERE entry_id = 3",
                                  NULL, NULL, NULL),
                     SQLITE_CONSTRAINT);
    assert_int_equal(sqlite3_extended_errcode(raw), SQLITE_CONSTRAINT_UNIQUE);
    sqlite3_close(raw);
}

static void an_unbalanced_entry_is_not_written(void **state)
{
    const struct home *home = *state;
    struct mu_entry entry = {.book = MU_BOOK_FUND,
                             .date = {2026, 11, 22},
                             .operator_id = 1,
                             .rules_version = 1,
                             .posting_count = 2,
                             .posting = {{"cash", 100}, {"donations", -99}}};
    int64_t id;

    strcpy(entry.rule_id, "donation");
    strcpy(entry.idempotency_key, "once");
    assert_int_equal(mu_ledger_append(home->desk->db, &entry, NULL), MU_STORE);
    entry.posting[1].amount = -100;
    assert_int_equal(mu_db_begin(home->desk->db, NULL), MU_OK);
    assert_int_equal(mu_ledger_append(home->desk->db, &entry, NULL), MU_OK);
    assert_int_equal(mu_db_commit(home->desk->db, NULL), MU_OK);
    assert_int_equal(mu_ledger_by_key(home->desk->db, "once", &id, NULL), MU_OK);
    assert_int_equal(id, 1);
    /* The same key again is the same operation: it does not stand twice. */
    assert_int_equal(mu_db_begin(home->desk->db, NULL), MU_OK);
    assert_int_equal(mu_ledger_append(home->desk->db, &entry, NULL), MU_STORE);
    mu_db_rollback(home->desk->db);
}

static void files_that_are_not_ours_are_left_alone(void **state)
{
    struct home *home = *state;
    struct mu_error error;
    sqlite3 *raw;

    mu_desk_free(&home->desk);
    unlink(home->path);
    assert_int_equal(reopen(home, &error), MU_INPUT);
    assert_int_equal(error.message, MU_SAY_error_db_missing);
    assert_int_equal(mkdir(home->path, 0700), 0);
    assert_int_equal(reopen(home, &error), MU_INPUT);
    assert_int_equal(error.message, MU_SAY_error_db_not_a_file);
    rmdir(home->path);
    assert_int_equal(symlink("/etc/passwd", home->path), 0);
    assert_int_equal(reopen(home, &error), MU_INPUT);
    assert_int_equal(error.message, MU_SAY_error_db_not_a_file);
    unlink(home->path);
    write_bytes(home->path, 0, "", 0);
    assert_int_equal(reopen(home, &error), MU_INPUT);
    assert_int_equal(error.message, MU_SAY_error_db_foreign);
    unlink(home->path);
    assert_int_equal(sqlite3_open(home->path, &raw), SQLITE_OK);
    assert_int_equal(sqlite3_exec(raw, "CREATE TABLE t(a)", NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(raw);
    assert_int_equal(reopen(home, &error), MU_INPUT);
    assert_int_equal(error.message, MU_SAY_error_db_foreign);
}

static void a_file_of_the_future_is_refused_by_number(void **state)
{
    struct home *home = *state;
    struct mu_error error;
    char text[256];

    mu_desk_free(&home->desk);
    write_bytes(home->path, 60, "\0\0\0\x63", 4);
    assert_int_equal(reopen(home, &error), MU_INPUT);
    mu_error_text(&error, MU_ENGLISH, text, sizeof text);
    assert_non_null(strstr(text, "format 99 is newer"));
}

static void a_damaged_file_does_not_open_or_does_not_verify(void **state)
{
    struct home *home = *state;
    unsigned char junk[4096];
    struct mu_verify_report report;
    struct mu_error error;
    struct mu_desk *desk = NULL;
    const struct mu_desk_options options = {
        .home = home->folder, .system_user = "keeper", .fixed_now = HOME_NOW};

    serve_some(home->desk);
    mu_desk_free(&home->desk);
    memset(junk, 0xA5, sizeof junk);
    write_bytes(home->path, 4096 * 10, junk, sizeof junk);
    if (mu_desk_open(&options, &desk, &error) == MU_OK)
        assert_int_equal(mu_verify(desk, NULL, NULL, &report, &error), MU_STORE);
    assert_int_equal(error.status, MU_STORE);
    mu_desk_free(&desk);
}

static void a_copy_is_private_and_overwrites_nothing(void **state)
{
    struct home *home = *state;
    char copy[96];

    int version;

    assert_int_equal(mu_db_schema_version(home->desk->db, &version, NULL), MU_OK);
    assert_int_equal(mu_schema_version(), version);
    snprintf(copy, sizeof copy, "%s.copy", home->path);
    assert_int_equal(mu_db_copy(home->desk->db, copy, NULL, NULL, NULL), MU_OK);
    assert_int_equal(mu_db_copy(home->desk->db, copy, NULL, NULL, NULL), MU_STORE);
    struct stat status;
    assert_int_equal(stat(copy, &status), 0);
    assert_int_equal(status.st_mode & 0777, 0600);
    assert_true(status.st_size > 0);
}

static void a_copy_holds_what_was_committed_and_no_more(void **state)
{
    struct home *home = *state;
    struct mu_desk *other = home_desk(home, HOME_NOW);
    struct mu_db *copied = NULL;
    char copy[96], value[MU_SETTING_SIZE];

    snprintf(copy, sizeof copy, "%s.copy", home->path);
    assert_int_equal(mu_setting_write(other->db, "first", "done", NULL), MU_OK);
    assert_int_equal(mu_db_begin(other->db, NULL), MU_OK);
    assert_int_equal(mu_setting_write(other->db, "second", "half done", NULL), MU_OK);
    assert_int_equal(mu_db_copy(home->desk->db, copy, NULL, NULL, NULL), MU_OK);
    assert_int_equal(mu_db_commit(other->db, NULL), MU_OK);
    mu_desk_free(&other);
    assert_int_equal(mu_db_open(copy, MU_DB_READ, &copied, NULL), MU_OK);
    assert_int_equal(mu_setting_read(copied, "first", value, NULL), MU_OK);
    assert_string_equal(value, "done");
    assert_int_equal(mu_setting_read(copied, "second", value, NULL), MU_OK);
    assert_string_equal(value, "");
    mu_db_free(&copied);
}

static void a_copy_can_be_looked_at_without_changing_it(void **state)
{
    struct home *home = *state;
    struct mu_db *copy = NULL;
    struct mu_error error;
    bool sound = false;
    int version;
    char finding[64];

    serve_some(home->desk);
    mu_desk_free(&home->desk);
    write_bytes(home->path, 60, "\0\0\0", 4); /* a schema of before the first */
    assert_int_equal(mu_db_open(home->path, MU_DB_READ, &copy, &error), MU_OK);
    assert_int_equal(mu_db_schema_version(copy, &version, &error), MU_OK);
    assert_int_equal(version, 0);
    assert_int_equal(mu_db_check(copy, true, &sound, finding, sizeof finding, &error), MU_OK);
    assert_true(sound);
    assert_int_equal(mu_db_execute(copy, "DELETE FROM draft", &error), MU_STORE);
    assert_int_equal(error.message, MU_SAY_error_db_read_only);
    mu_db_free(&copy);
}

static void a_desk_that_waits_too_long_says_that_another_is_saving(void **state)
{
    struct home *home = *state;
    struct mu_desk *other = home_desk(home, HOME_NOW);
    struct mu_error error;

    assert_int_equal(mu_db_begin(other->db, NULL), MU_OK);
    assert_int_equal(mu_db_begin(home->desk->db, &error), MU_STORE);
    assert_int_equal(error.message, MU_SAY_error_db_busy);
    mu_db_rollback(other->db);
    assert_int_equal(mu_db_begin(home->desk->db, &error), MU_OK);
    mu_db_rollback(home->desk->db);
    mu_desk_free(&other);
}

static bool stop_waits(void)
{
    sigset_t blocked;

    sigprocmask(SIG_BLOCK, NULL, &blocked);
    return sigismember(&blocked, SIGTSTP);
}

/* A desk that is stopped with Ctrl-Z must not keep the records locked. */
static void ctrl_z_waits_for_the_end_of_a_transaction(void **state)
{
    struct home *home = *state;
    struct mu_db *db = home->desk->db;
    struct mu_desk *other = home_desk(home, HOME_NOW);

    assert_int_equal(mu_db_begin(db, NULL), MU_OK);
    assert_true(stop_waits());
    assert_int_equal(mu_db_commit(db, NULL), MU_OK);
    assert_false(stop_waits());
    assert_int_equal(mu_db_begin_read(db, NULL), MU_OK);
    assert_true(stop_waits());
    assert_int_equal(mu_db_begin(other->db, NULL), MU_OK);
    mu_db_end_read(db);
    mu_db_rollback(other->db);
    assert_false(stop_waits());
    assert_int_equal(mu_db_begin(other->db, NULL), MU_OK);
    assert_int_equal(mu_db_begin(db, NULL), MU_STORE);
    mu_db_rollback(other->db);
    assert_false(stop_waits());
    mu_desk_free(&other);
}

int main(void)
{
#define STORY(test) cmocka_unit_test_setup_teardown(test, home_setup, home_teardown)
    const struct CMUnitTest tests[] = {
        STORY(the_file_is_for_its_owner_alone),
        STORY(a_file_that_others_may_read_is_made_private),
        STORY(a_home_into_which_others_may_write_is_not_opened),
        STORY(no_statement_of_the_desk_can_bend_the_ledger),
        cmocka_unit_test(verify_finds_what_a_raw_connection_bends),
        STORY(triggers_alone_refuse_a_raw_connection),
        STORY(two_entries_never_have_the_same_key),
        STORY(an_unbalanced_entry_is_not_written),
        STORY(files_that_are_not_ours_are_left_alone),
        STORY(a_file_of_the_future_is_refused_by_number),
        STORY(a_damaged_file_does_not_open_or_does_not_verify),
        STORY(a_copy_is_private_and_overwrites_nothing),
        STORY(a_copy_holds_what_was_committed_and_no_more),
        STORY(a_copy_can_be_looked_at_without_changing_it),
        STORY(ctrl_z_waits_for_the_end_of_a_transaction),
        STORY(a_desk_that_waits_too_long_says_that_another_is_saving),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
