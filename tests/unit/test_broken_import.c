/* A big import, whose keys are sorted and whose indexes are made at its end, while the n-th
 * statement or allocation fails. Linked with --wrap for them. */
#include "unit/broken_statement.h"

#include <mulin/desk/import.h>

enum { PEOPLE = 60, FILLING = 20000 };

void *__real_malloc(size_t size);
void *__wrap_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__real_realloc(void *old, size_t size);
void *__wrap_realloc(void *old, size_t size);
char *__real_strdup(const char *text);
char *__wrap_strdup(const char *text);

void *__wrap_malloc(size_t size)
{
    return fails_now() ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t count, size_t size)
{
    return fails_now() ? NULL : __real_calloc(count, size);
}

void *__wrap_realloc(void *old, size_t size)
{
    return fails_now() ? NULL : __real_realloc(old, size);
}

char *__wrap_strdup(const char *text)
{
    return fails_now() ? NULL : __real_strdup(text);
}

static int64_t number(const struct scene *scene, const char *sql)
{
    struct mu_query query = mu_query(scene->desk->db, sql);
    int64_t found;

    assert_true(mu_query_row(&query));
    found = mu_column_integer(&query, 0);
    assert_int_equal(mu_query_end(&query, NULL), MU_OK);
    return found;
}

/* Few people in a file of many bytes: others in each round, and the last of them once more. */
static void write_sheet(struct scene *scene)
{
    FILE *sheet = fopen(scene->sheet, "w");

    assert_non_null(sheet);
    fputs("姓名,出生日期,电话,室,来源\n", sheet);
    for (int i = 0; i < PEOPLE; i++)
        fprintf(sheet, "王%d·%d,1950-03-08,138%04d%04d,%d,%0*d\n", scene->round, i, scene->round, i,
                i, FILLING, i);
    fprintf(sheet, "王%d·%d,1950-03-08,138%04d%04d,999,\n", scene->round, PEOPLE - 1, scene->round,
            PEOPLE - 1);
    assert_true(ftell(sheet) > 1 << 20);
    assert_int_equal(fclose(sheet), 0);
}

static enum mu_status import(struct scene *scene, struct mu_error *error)
{
    struct mu_import_report report = {0};
    enum mu_status status = mu_import_residents(scene->desk, scene->sheet,
                                                &(struct mu_import_options){0}, &report, error);

    mu_import_report_clear(&report);
    return status;
}

static void a_big_file_is_read_whole_or_not_at_all(void **state)
{
    static const char indexes[] = "SELECT count(*) FROM sqlite_schema WHERE type = 'index'";
    static const char people[] = "SELECT count(*) FROM resident";
    struct scene *scene = *state;
    const int64_t kept = number(scene, indexes), before = number(scene, people);

    SWEEP_BEHIND(write_sheet, import);
    assert_int_equal(number(scene, indexes), kept);
    assert_int_equal((number(scene, people) - before) % PEOPLE, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_big_file_is_read_whole_or_not_at_all, open_scene,
                                        close_scene),
    };

    return cmocka_run_group_tests_name("a big import with faults", tests, NULL, NULL);
}
