/* Workbooks on a computer that lacks libxlsxwriter or has another one. Linked with --wrap for
 * dlopen. */
#include <mulin/report.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void *__real_dlopen(const char *name, int how);
void *__wrap_dlopen(const char *name, int how);

static const char *instead; /* what is found by the library's name; NULL: the library */

void *__wrap_dlopen(const char *name, int how)
{
    return __real_dlopen(instead ? instead : name, how);
}

static enum mu_status write_book(const char *path, struct mu_error *error)
{
    static const struct mu_report_column column = {"户数", MU_COLUMN_NUMBER};
    static const struct mu_report_table table = {
        .language = MU_CHINESE, .title = "户籍统计", .columns = &column, .column_count = 1};
    const struct mu_report_target target = {.format = MU_REPORT_XLSX, .path = path};
    struct mu_report *report = NULL;
    enum mu_status status = mu_report_begin(&report, &target, &table, error);

    if (status == MU_OK)
        status = mu_report_row(report, &(struct mu_report_cell){.number = 3}, error);
    return status == MU_OK ? mu_report_finish(&report, error) : status;
}

static void is_refused(const char *path, const char *why)
{
    struct mu_error error;
    char text[512];

    assert_int_equal(write_book(path, &error), MU_STORE);
    assert_int_equal(error.message, MU_SAY_error_report_library);
    mu_error_text(&error, MU_ENGLISH, text, sizeof text);
    assert_non_null(strstr(text, why));
    assert_int_equal(write_book(path, NULL), MU_STORE);
    assert_int_equal(access(path, F_OK), -1);
}

static void without_the_library_there_is_no_workbook_until_it_is_there(void **state)
{
    char folder[] = "/tmp/mulin-xlsx-XXXXXX", path[64];

    (void)state;
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/table.xlsx", folder);
    instead = "libxlsxwriter-is-not-here.so.0";
    is_refused(path, instead);
    instead = "libm.so.6"; /* has none of the functions, as a version to come may lack some */
    is_refused(path, "chart_add_series");
    instead = NULL;
    assert_int_equal(write_book(path, NULL), MU_OK);
    assert_int_equal(unlink(path), 0);
    instead = "libxlsxwriter-is-not-here.so.0"; /* what was found stays */
    assert_int_equal(write_book(path, NULL), MU_OK);
    assert_int_equal(unlink(path), 0);
    assert_int_equal(rmdir(folder), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_the_library_there_is_no_workbook_until_it_is_there),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
