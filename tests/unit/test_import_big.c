#include "unit/home.h"

#include "desk/desk_internal.h"
#include "store/import_hold.h"

#include <mulin/base/text.h>
#include <mulin/desk/import.h>

#include <sqlite3.h>

enum { ROWS = 6000, LINE = 250, MORE = 512 };

static int ask(const struct home *home, const char *sql)
{
    sqlite3 *database = NULL;
    sqlite3_stmt *statement = NULL;
    int answer;

    assert_int_equal(sqlite3_open(home->path, &database), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(database, sql, -1, &statement, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
    answer = sqlite3_column_int(statement, 0);
    sqlite3_finalize(statement);
    sqlite3_close(database);
    return answer;
}

/* People of different names, and behind them people of the same names. */
static void write_sheet(const char *path)
{
    FILE *file = fopen(path, "w");
    char given[5], late[5];

    assert_non_null(file);
    fprintf(file, "姓名,电话,出生日期,身份证号,备注\n");
    for (int i = 0; i < ROWS; i++) {
        mu_text_encode(0x4E00 + (uint32_t)i, given);
        fprintf(file, "李%s,1000000%04d,19%02d-03-08,,%0*d\n", given, i, 30 + i % 60, LINE - 60, i);
    }
    mu_text_encode(0x4E00 + 5000, late);
    fprintf(file, "李一,10000000000,1930-03-08,,one of the first rows\n");
    fprintf(file, "李悈,10000000000,1990-03-08,,a stranger\n");
    fprintf(file, "李%s,10000005000,1950-03-08,,of the later ones\n", late);
    fprintf(file, "李%s,19900000000,1950-03-08,,another phone\n", late);
    assert_true(ftell(file) > 1 << 20);
    assert_int_equal(fclose(file), 0);
}

static void listen(void *context, const struct mu_import_note *note)
{
    if (note->kind == MU_IMPORT_TWIN)
        *(unsigned long *)context = note->line;
}

/* Indexes of a big file are made behind its last row. Until then people are known all the same:
 * those of its first rows and those of the others. */
static void a_big_file_knows_its_people_without_the_index(void **state)
{
    static const char indexes[] = "SELECT count(*) FROM sqlite_schema WHERE type = 'index'";
    const struct home *home = *state;
    const int before = ask(home, indexes);
    unsigned long twin = 0;
    const struct mu_import_options options = {.note = listen, .context = &twin};
    struct mu_import_report report;
    char path[96];

    snprintf(path, sizeof path, "%s/people.csv", home->folder);
    write_sheet(path);
    assert_int_equal(mu_import_residents(home->desk, path, &options, &report, NULL), MU_OK);
    assert_int_equal(report.added, ROWS + 2);
    assert_int_equal(report.updated, 2);
    assert_int_equal(report.twins, 1);
    assert_int_equal(twin, 1 + ROWS + 4);
    mu_import_report_clear(&report);
    assert_int_equal(ask(home, indexes), before);
    assert_int_equal(ask(home, "SELECT count(*) FROM resident INDEXED BY resident_name"
                               " WHERE name = '李一'"),
                     1);
    assert_int_equal(ask(home, "SELECT count(*) FROM pragma_integrity_check"
                               " WHERE integrity_check <> 'ok'"),
                     0);
}

/* ---- the table that stands in for an index ---- */

static const struct mu_resident wanted = {.name = "张金凤", .birth_date = {1949, 12, 31}};

static bool counts(void *context, const struct mu_resident *resident)
{
    (void)resident;
    ++*(int *)context;
    return true;
}

static int namesakes(struct mu_db *db, const struct mu_import_hold *hold)
{
    int count = 0;

    assert_int_equal(
        mu_import_hold_namesakes(hold, db, wanted.name, wanted.birth_date, counts, &count, NULL),
        MU_OK);
    return count;
}

/* Inside an import's transaction, with so many people to be expected. */
static struct mu_import_hold hold_for(struct mu_db *db, int64_t people, bool held)
{
    struct mu_import_hold hold = {0};

    assert_int_equal(mu_db_bulk(db, 4096, NULL), MU_OK);
    assert_int_equal(mu_db_begin(db, NULL), MU_OK);
    assert_int_equal(mu_import_hold(&hold, db, people, NULL), MU_OK);
    assert_int_equal(hold.held, held);
    return hold;
}

static void let_go(struct mu_db *db, struct mu_import_hold *hold)
{
    mu_db_rollback(db);
    mu_import_hold_clear(hold);
    assert_int_equal(mu_db_bulk(db, 0, NULL), MU_OK);
}

static void when_more_come_than_fit_the_indexes_are_made_at_once(void **state)
{
    const struct home *home = *state;
    struct mu_db *db = home->desk->db;
    struct mu_resident other = {.name = "张金凤", .birth_date = {1950, 1, 1}};
    struct mu_import_hold hold;

    home_add(home->desk, "name", wanted.name, "birth_date", "1949-12-31", NULL);
    home_add(home->desk, "name", wanted.name, "birth_date", "1950-01-01", NULL);
    hold = hold_for(db, 20, true);
    assert_int_equal(namesakes(db, &hold), 1);
    for (other.id = 3; hold.held; other.id++)
        assert_int_equal(mu_import_hold_add(&hold, db, &other, NULL), MU_OK);
    assert_in_range(other.id, 18, 30);
    assert_int_equal(namesakes(db, &hold), 1);
    let_go(db, &hold);
    hold = hold_for(db, 20, true); /* a number too great for a slot */
    other.id = (int64_t)UINT32_MAX + 1;
    assert_int_equal(mu_import_hold_add(&hold, db, &other, NULL), MU_OK);
    assert_false(hold.held);
    let_go(db, &hold);
}

static void too_many_people_or_a_missing_index_hold_nothing(void **state)
{
    const struct home *home = *state;
    struct mu_db *db = home->desk->db;
    struct mu_import_hold hold;
    sqlite3 *raw;

    home_add(home->desk, "name", wanted.name, "birth_date", "1949-12-31", NULL);
    hold = hold_for(db, 100000000, false);
    assert_int_equal(namesakes(db, &hold), 1);
    let_go(db, &hold);
    assert_int_equal(sqlite3_open(home->path, &raw), SQLITE_OK);
    assert_int_equal(sqlite3_exec(raw, "DROP INDEX household_grid", NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(raw);
    hold = hold_for(db, 20, false);
    assert_int_equal(namesakes(db, &hold), 1);
    let_go(db, &hold);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_big_file_knows_its_people_without_the_index, home_setup,
                                        home_teardown),
        cmocka_unit_test_setup_teardown(when_more_come_than_fit_the_indexes_are_made_at_once,
                                        home_setup, home_teardown),
        cmocka_unit_test_setup_teardown(too_many_people_or_a_missing_index_hold_nothing, home_setup,
                                        home_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
