/* The disk fails at the very end of a commit: what is said must be what is so. A commit in the mode
 * TRUNCATE is done when the journal is cut to nothing; here that call fails, having done its work
 * or not. */
#include "unit/home.h"

#include "desk/desk_internal.h"
#include "store/house_store.h"

#include <mulin/desk/key.h>
#include <mulin/desk/operators.h>

#include <errno.h>
#include <sqlite3.h>
#include <unistd.h>

static enum { WORKS, DONE_BUT_FAILS, FAILS } disk;
static int good; /* commits before the one that fails */

static int cut(int file, off_t length)
{
    if (length != 0 || disk == WORKS || good-- > 0)
        return ftruncate(file, length);
    if (disk == DONE_BUT_FAILS && ftruncate(file, length) != 0)
        return -1;
    disk = WORKS;
    errno = EIO;
    return -1;
}

static int disk_setup(void **state)
{
    sqlite3_vfs *system = sqlite3_vfs_find(NULL);

    disk = WORKS;
    good = 0;
    system->xSetSystemCall(system, "ftruncate", (sqlite3_syscall_ptr)cut);
    return home_setup(state);
}

static int disk_teardown(void **state)
{
    sqlite3_vfs *system = sqlite3_vfs_find(NULL);

    system->xSetSystemCall(system, "ftruncate", NULL);
    return home_teardown(state);
}

static enum mu_status save(struct mu_desk *desk, struct mu_error *error)
{
    struct mu_resident resident;

    assert_int_equal(mu_read_resident(desk, 1, &resident, NULL), MU_OK);
    strcpy(resident.note, "听力不好");
    return mu_save_resident(desk, &resident, NULL, error);
}

static enum mu_status add(struct mu_desk *desk, struct mu_error *error)
{
    struct mu_resident resident = {.name = "李桂兰"};

    return mu_save_resident(desk, &resident, NULL, error);
}

static enum mu_status end(struct mu_desk *desk, struct mu_error *error)
{
    return mu_end_resident(desk, 1, MU_MOVED_OUT, mu_desk_now(desk).date, error);
}

static enum mu_status serve(struct mu_desk *desk, struct mu_error *error)
{
    const struct mu_meal_request request = {.occupation = "外卖员"};
    struct mu_meal_answer answer;

    return mu_serve_meal(desk, &request, &answer, error);
}

static enum mu_status take_back(struct mu_desk *desk, struct mu_error *error)
{
    return mu_void_meal(desk, 1, "认错了人", NULL, error);
}

static enum mu_status adopt(struct mu_desk *desk, struct mu_error *error)
{
    const char *book = mu_preset_book("yunluwan");
    struct mu_rules_faults faults = {0};
    int version;

    return mu_desk_adopt_rules(desk, book, strlen(book), mu_desk_now(desk).date, &faults, &version,
                               error);
}

static int64_t rows(const struct home *home)
{
    static const char sql[] = "SELECT (SELECT sum(version) FROM resident) + (SELECT count(*) FROM"
                              " ledger_entry) + (SELECT count(*) FROM rule_book)";
    sqlite3_stmt *statement;
    int64_t count;
    sqlite3 *raw;

    assert_int_equal(sqlite3_open(home->path, &raw), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(raw, sql, -1, &statement, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
    count = sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    sqlite3_close(raw);
    return count;
}

static void what_is_said_is_so(void **state)
{
    enum mu_status (*const operations[])(struct mu_desk *, struct mu_error *) = {
        save, add, end, serve, take_back, adopt,
    };
    struct home *home = *state;
    struct mu_verify_report report;
    struct mu_error error = {0};

    home_add(home->desk, "name", "张金凤", NULL);
    assert_int_equal(serve(home->desk, NULL), MU_OK);
    for (size_t i = 0; i < sizeof operations / sizeof *operations; i++) {
        int64_t before = rows(home);

        disk = FAILS;
        assert_int_equal(operations[i](home->desk, &error), MU_STORE);
        assert_int_equal(error.message, MU_SAY_error_db_input_output);
        assert_int_equal(rows(home), before);
        disk = DONE_BUT_FAILS;
        assert_int_equal(operations[i](home->desk, &error), MU_OK);
        assert_int_equal(disk, WORKS);
        assert_int_equal(rows(home), before + 1);
    }
    assert_int_equal(mu_verify(home->desk, NULL, NULL, &report, NULL), MU_OK);
}

static void a_key_whose_change_fails_is_the_one_that_opens(void **state)
{
    struct home *home = *state;
    char before[MU_KEY_MARK_SIZE], after[MU_KEY_MARK_SIZE];
    struct mu_verify_report report;
    struct mu_key_copy old, new;
    struct mu_error error = {0};

    home_add(home->desk, "name", "张金凤", "id_number", "11010519491231002X", NULL);
    for (int done = 0; done < 2; done++) {
        assert_int_equal(mu_show_key(home->desk, &old, NULL), MU_OK);
        disk = done ? DONE_BUT_FAILS : FAILS;
        assert_int_equal(mu_change_key(home->desk, NULL, NULL, before, after, &error),
                         done ? MU_OK : MU_STORE);
        assert_int_equal(disk, WORKS);
        mu_desk_free(&home->desk);
        home->desk = home_desk(home, HOME_NOW);
        assert_int_equal(mu_show_key(home->desk, &new, NULL), MU_OK);
        assert_int_equal(strcmp(old.text, new.text) == 0, !done);
        assert_int_equal(mu_verify(home->desk, NULL, NULL, &report, NULL), MU_OK);
    }
    assert_string_equal(after, new.mark);
}

/* The first commit takes a try, the second notes that somebody came in. */
static void who_is_noted_as_signed_in_is(void **state)
{
    const struct home *home = *state;
    const struct mu_desk_options options = {
        .home = home->folder, .system_user = "nobody", .fixed_now = HOME_NOW, .sign_in = true};
    struct mu_desk *desk = NULL;
    struct mu_error error;

    assert_int_equal(mu_set_password(home->desk, NULL, "864201", NULL), MU_OK);
    assert_int_equal(mu_desk_open(&options, &desk, NULL), MU_OK);
    disk = FAILS;
    good = 1;
    assert_int_equal(mu_desk_sign_in(desk, "keeper", "864201", &error), MU_STORE);
    assert_int_equal(mu_desk_operator_id(desk), 0);
    disk = DONE_BUT_FAILS;
    good = 1;
    assert_int_equal(mu_desk_sign_in(desk, "keeper", "864201", &error), MU_OK);
    assert_int_equal(disk, WORKS);
    assert_int_equal(mu_desk_operator_id(desk), 1);
    mu_desk_free(&desk);
}

/* As SQLite does by itself when memory or the disk end in a bad moment. */
static void a_transaction_that_was_taken_back_takes_nothing_more(void **state)
{
    const char *const taken_back = "INSERT OR ROLLBACK INTO setting (name, value) VALUES"
                                   " ('demo', 'again')";
    struct mu_db *db = ((struct home *)*state)->desk->db;
    char value[MU_SETTING_SIZE];
    struct mu_error error;
    int version;

    for (int executed = 0; executed < 2; executed++) {
        struct mu_query query;

        assert_int_equal(mu_db_begin(db, NULL), MU_OK);
        assert_int_equal(mu_setting_write(db, "demo", "1", NULL), MU_OK);
        query = mu_query(db, executed ? "SELECT 1" : taken_back);
        assert_int_equal(mu_query_run(&query, NULL), executed ? MU_OK : MU_STORE);
        if (executed)
            assert_int_equal(mu_db_execute(db, taken_back, NULL), MU_STORE);
        /* Who did not listen goes on. */
        assert_int_equal(mu_setting_write(db, MU_SETTING_BACKUP, "never", &error), MU_STORE);
        assert_int_equal(error.message, MU_SAY_error_db_refused);
        assert_int_equal(mu_rule_book_last(db, &version, NULL), MU_STORE);
        assert_int_equal(mu_db_execute(db, "DELETE FROM setting", NULL), MU_STORE);
        assert_int_equal(mu_db_commit(db, &error), MU_STORE);
        for (int i = 0; i < 2; i++) {
            assert_int_equal(mu_setting_read(db, i ? "demo" : MU_SETTING_BACKUP, value, NULL),
                             MU_OK);
            assert_string_equal(value, "");
        }
    }
    assert_int_equal(mu_db_begin(db, NULL), MU_OK);
    assert_int_equal(mu_setting_write(db, "demo", "1", NULL), MU_OK);
    assert_int_equal(mu_db_commit(db, NULL), MU_OK);
    assert_int_equal(mu_setting_read(db, "demo", value, NULL), MU_OK);
    assert_string_equal(value, "1");
}

static int looked;
static char made[] = "/tmp/mulin-test-XXXXXX", made_records[64];

/* Counts the moments at which mulin.db stood there, while a home was being made. */
static int cut_and_look(int file, off_t length)
{
    looked++;
    assert_int_not_equal(access(made_records, F_OK), 0);
    return ftruncate(file, length);
}

/* Killed in the middle, init leaves no half home that neither opens nor can be made again. */
static void a_home_has_its_name_when_it_is_whole(void **state)
{
    const struct mu_desk_options options = {
        .home = made, .system_user = "keeper", .fixed_now = HOME_NOW};
    sqlite3_vfs *system = sqlite3_vfs_find(NULL);

    (void)state;
    assert_non_null(mkdtemp(made));
    snprintf(made_records, sizeof made_records, "%s/mulin.db", made);
    system->xSetSystemCall(system, "ftruncate", (sqlite3_syscall_ptr)cut_and_look);
    assert_int_equal(mu_home_create(&options, "yunluwan", false, NULL), MU_OK);
    assert_true(looked > 1);
    system->xSetSystemCall(system, "ftruncate", NULL);
    assert_int_equal(mu_home_create(&options, "yunluwan", false, NULL), MU_INPUT);
    assert_int_equal(unlink(made_records), 0);
    snprintf(made_records, sizeof made_records, "%s/mulin.key", made);
    assert_int_equal(unlink(made_records), 0);
    assert_int_equal(rmdir(made), 0); /* nothing else was left there */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_is_said_is_so, disk_setup, disk_teardown),
        cmocka_unit_test_setup_teardown(a_key_whose_change_fails_is_the_one_that_opens, disk_setup,
                                        disk_teardown),
        cmocka_unit_test_setup_teardown(who_is_noted_as_signed_in_is, disk_setup, disk_teardown),
        cmocka_unit_test_setup_teardown(a_transaction_that_was_taken_back_takes_nothing_more,
                                        home_setup, home_teardown),
        cmocka_unit_test(a_home_has_its_name_when_it_is_whole),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
