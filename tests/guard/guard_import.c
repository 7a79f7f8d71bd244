/* What a row of a big spreadsheet may cost. */
#include "home.h"
#include "work.h"

#include <mulin/base/text.h>
#include <mulin/desk/import.h>

/* Measured: 8.84 statements and 486 steps of SQLite's machine a row, keys and indexes with it;
 * 1,036 pages; 1,416 calls that write. An index that is kept up row by row, or a statement for
 * which SQLite keeps copies of pages to take it back, makes many more of these. */
enum {
    ROWS = 6000,
    LINE = 250,
    STATEMENTS = 9 * ROWS,
    STEPS = 510 * ROWS,
    PAGES = 1100,
    WRITES = 1500
};

/* Calls of this process that wrote, to whatever file; 0 when the kernel does not tell. */
static long writes(void)
{
    FILE *file = fopen("/proc/self/io", "r");
    char line[64];
    const char name[] = "syscw:";
    long calls = 0;

    while (file && fgets(line, sizeof line, file))
        if (strncmp(line, name, strlen(name)) == 0)
            calls = strtol(line + strlen(name), NULL, 10);
    if (file)
        fclose(file);
    return calls;
}

static void write_sheet(const char *path)
{
    FILE *file = fopen(path, "w");
    char given[5];

    assert_non_null(file);
    fprintf(file, "姓名,电话,出生日期,卡号,标签,小区,楼栋,室,备注\n");
    for (int i = 0; i < ROWS; i++) {
        mu_text_encode(0x4E00 + (uint32_t)i * 7 % ROWS, given);
        fprintf(file, "李%s,1000000%04d,19%02d-03-08,C%d,低保,金桂花园,%d栋,%d,%0*d\n", given, i,
                30 + i % 60, i, i / 100, i / 3, LINE - 90, i);
    }
    assert_true(ftell(file) > 1 << 20);
    assert_int_equal(fclose(file), 0);
}

static void a_row_runs_few_statements_and_touches_few_pages(void **state)
{
    struct home *home = *state;
    const struct mu_import_options options = {0};
    struct mu_import_report report;
    struct work work;
    long before, after;
    char path[96];

    snprintf(path, sizeof path, "%s/people.csv", home->folder);
    write_sheet(path);
    before = writes();
    work_begin();
    assert_int_equal(mu_import_residents(home->desk, path, &options, &report, NULL), MU_OK);
    work = work_end();
    after = writes();
    work_tell("import", &work);
    assert_int_equal(report.added, ROWS);
    mu_import_report_clear(&report);
    assert_true(work.statements < STATEMENTS);
    assert_true(work.steps < STEPS);
    assert_true(work.pages_written < PAGES);
    assert_true(after - before < WRITES);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_row_runs_few_statements_and_touches_few_pages, home_setup,
                                        home_teardown),
    };

    work_follow();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
