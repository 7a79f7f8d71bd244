/* Records of an older mulin are brought up to date when a desk opens. */
#include "unit/home.h"

#include "base/embedded.h"
#include "store/migration.h"

#include <dirent.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* Puts records of the first version in the place of the home's; there were no keys then. */
static void make_old(struct home *home)
{
    char key[96];
    sqlite3 *raw;

    mu_desk_free(&home->desk);
    unlink(home->path);
    snprintf(key, sizeof key, "%s/mulin.key", home->folder);
    unlink(key);
    assert_int_equal(sqlite3_open(home->path, &raw), SQLITE_OK);
    assert_int_equal(sqlite3_exec(raw, mu_embedded_migrations[0].text, NULL, NULL, NULL),
                     SQLITE_OK);
    assert_int_equal(sqlite3_exec(raw,
                                  "PRAGMA application_id = 7173484; PRAGMA user_version = 1;"
                                  "INSERT INTO operator VALUES (1, 'keeper', 'keeper', 'keeper',"
                                  " '2026-11-21T08:00:00');"
                                  "INSERT INTO resident (name) VALUES ('张金凤');"
                                  "INSERT INTO place VALUES (1, '', '3', '', '201');"
                                  "INSERT INTO household (place_id) VALUES (1);"
                                  "INSERT INTO residence_past VALUES (1, 1, 2, '2026-11-20',"
                                  " '2026-11-21T09:00:00')",
                                  NULL, NULL, NULL),
                     SQLITE_OK);
    sqlite3_close(raw);
}

static int ask_file(const char *path, const char *sql)
{
    sqlite3_stmt *statement;
    sqlite3 *raw;
    int answer;

    assert_int_equal(sqlite3_open(path, &raw), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(raw, sql, -1, &statement, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
    answer = sqlite3_column_int(statement, 0);
    sqlite3_finalize(statement);
    sqlite3_close(raw);
    return answer;
}

static void copy_path(const struct home *home, const char *ending, char *out, size_t size)
{
    snprintf(out, size, "%s.before-%d%s", home->path, mu_schema_version(), ending);
}

/* Files in the home besides the records, their journal, their line and their key. */
static int other_files(const struct home *home)
{
    DIR *folder = opendir(home->folder);
    struct dirent *entry;
    int count = 0;

    assert_non_null(folder);
    while ((entry = readdir(folder)) != NULL)
        count += entry->d_name[0] != '.' && strcmp(entry->d_name, "mulin.db") != 0 &&
                 strcmp(entry->d_name, "mulin.db-journal") != 0 &&
                 strcmp(entry->d_name, "mulin.db-turn") != 0 &&
                 strcmp(entry->d_name, "mulin.key") != 0;
    closedir(folder);
    return count;
}

static void old_records_are_copied_and_brought_up_to_date(void **state)
{
    struct home *home = *state;
    struct stat status;
    char copy[128];

    make_old(home);
    home->desk = home_desk(home, HOME_NOW);
    assert_int_equal(ask_file(home->path, "PRAGMA user_version"), mu_schema_version());
    assert_int_equal(ask_file(home->path, "SELECT count(*) FROM search_key WHERE token LIKE 'p3%'"),
                     1);
    copy_path(home, "", copy, sizeof copy);
    assert_int_equal(stat(copy, &status), 0);
    assert_int_equal(status.st_mode & 0777, 0600);
    assert_int_equal(ask_file(copy, "PRAGMA user_version"), 1);
    assert_int_equal(ask_file(copy, "SELECT count(*) FROM resident"), 1);
    assert_int_equal(ask_file(home->path, "SELECT count(*) FROM residence_past"
                                          " WHERE resident_id = 1 AND household_id = 1"
                                          " AND relation = 2 AND until_date = '2026-11-20'"
                                          " AND changed_at = '2026-11-21T09:00:00'"),
                     1);
    assert_int_equal(other_files(home), 1);
}

/* SQLite 3.40.1 looks for a column of such a table at the wrong place when the columns of its key
 * do not stand first, and its integrity_check then finds NULL where there is none. */
static void a_table_without_rowid_begins_with_its_key(void **state)
{
    const struct home *home = *state;

    assert_true(ask_file(home->path, "SELECT count(*) FROM sqlite_schema AS t,"
                                     " pragma_table_list(t.name) AS l WHERE l.wr") > 0);
    assert_int_equal(ask_file(home->path, "SELECT count(*) FROM sqlite_schema AS t,"
                                          " pragma_table_list(t.name) AS l,"
                                          " pragma_table_info(t.name) AS c"
                                          " WHERE l.wr AND c.pk > 0 AND c.pk <> c.cid + 1"),
                     0);
}

/* A step that did not come to its end is taken again: its copy is in nobody's way. */
static void a_copy_of_an_earlier_try_is_kept(void **state)
{
    struct home *home = *state;
    char copy[128];
    FILE *earlier;

    make_old(home);
    copy_path(home, "", copy, sizeof copy);
    earlier = fopen(copy, "w");
    assert_non_null(earlier);
    fputs("earlier", earlier);
    fclose(earlier);
    home->desk = home_desk(home, HOME_NOW);
    assert_int_equal(ask_file(home->path, "PRAGMA user_version"), mu_schema_version());
    copy_path(home, ".2", copy, sizeof copy);
    assert_int_equal(ask_file(copy, "SELECT count(*) FROM resident"), 1);
    assert_int_equal(other_files(home), 2);
}

static void desks_that_open_together_all_open(void **state)
{
    enum { DESKS = 6 };
    struct home *home = *state;
    pid_t children[DESKS];

    make_old(home);
    for (int i = 0; i < DESKS; i++) {
        children[i] = fork();
        assert_true(children[i] >= 0);
        if (children[i] == 0) {
            const struct mu_desk_options options = {
                .home = home->folder, .system_user = "keeper", .fixed_now = HOME_NOW};
            struct mu_desk *desk = NULL;

            _exit((int)mu_desk_open(&options, &desk, NULL));
        }
    }
    for (int i = 0; i < DESKS; i++) {
        int status;

        assert_int_equal(waitpid(children[i], &status, 0), children[i]);
        assert_int_equal(status, 0);
    }
    assert_int_equal(ask_file(home->path, "PRAGMA user_version"), mu_schema_version());
    assert_int_equal(other_files(home), 1);
    home->desk = home_desk(home, HOME_NOW);
}

/* A step that fails leaves the records as they were, and no copy of them. */
static void a_step_that_fails_changes_nothing(void **state)
{
    struct home *home = *state;
    const struct mu_desk_options options = {
        .home = home->folder, .system_user = "keeper", .fixed_now = HOME_NOW};
    struct mu_desk *desk = NULL;
    struct mu_error error;
    sqlite3 *raw;

    make_old(home);
    assert_int_equal(sqlite3_open(home->path, &raw), SQLITE_OK);
    assert_int_equal(sqlite3_exec(raw, "CREATE TABLE audit_entry (a)", NULL, NULL, NULL),
                     SQLITE_OK);
    sqlite3_close(raw);
    assert_int_equal(mu_desk_open(&options, &desk, &error), MU_STORE);
    assert_int_equal(ask_file(home->path, "PRAGMA user_version"), 1);
    assert_int_equal(other_files(home), 0);
}

int main(void)
{
#define STORY(test) cmocka_unit_test_setup_teardown(test, home_setup, home_teardown)
    const struct CMUnitTest tests[] = {
        STORY(old_records_are_copied_and_brought_up_to_date),
        STORY(a_table_without_rowid_begins_with_its_key),
        STORY(a_copy_of_an_earlier_try_is_kept),
        STORY(desks_that_open_together_all_open),
        STORY(a_step_that_fails_changes_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
