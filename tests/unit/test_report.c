#include <mulin/report.h>

#include <mulin/base/text.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[64];
static char path[128];

static int make_folder(void **state)
{
    (void)state;
    strcpy(folder, "/tmp/mulin-report-XXXXXX");
    if (!mkdtemp(folder))
        return -1;
    snprintf(path, sizeof path, "%s/table.out", folder);
    return 0;
}

static int remove_folder(void **state)
{
    (void)state;
    DIR *entries = opendir(folder);
    for (struct dirent *entry; (entry = readdir(entries));)
        unlinkat(dirfd(entries), entry->d_name, 0);
    closedir(entries);
    return rmdir(folder);
}

static int files_in_folder(void)
{
    int count = 0;
    DIR *entries = opendir(folder);
    for (struct dirent *entry; (entry = readdir(entries));)
        count += entry->d_name[0] != '.' || strlen(entry->d_name) > 2;
    closedir(entries);
    return count;
}

/* The bytes of a file; valid until the next call. */
static const char *content_of(const char *name)
{
    static char content[64 * 1024];
    FILE *file = fopen(name, "r");
    assert_non_null(file);
    size_t length = fread(content, 1, sizeof content - 1, file);
    content[length] = '\0';
    fclose(file);
    return content;
}

static const struct mu_report_column columns[] = {{"网格", MU_COLUMN_TEXT},
                                                  {"户数", MU_COLUMN_NUMBER},
                                                  {"金额", MU_COLUMN_MONEY},
                                                  {"占比", MU_COLUMN_PERCENT}};
static const char *const lines[] = {"截至 2026-11-22", "张三 & 李四"};
static const struct mu_report_table table = {.language = MU_CHINESE,
                                             .title = "户籍统计",
                                             .lines = lines,
                                             .line_count = 2,
                                             .columns = columns,
                                             .column_count = 4};

static const struct mu_report_cell first[] = {
    {.text = "北网格"}, {.number = 7643}, {.number = 1250}, {.number = 3828}};
static const struct mu_report_cell second[] = {
    {.text = "=1+1\n<b>"}, {.number = -5}, {.text = "—"}, {.number = 5}};
static const struct mu_report_cell total[] = {
    {.text = "合计"}, {.number = 1000000}, {.number = -99950}, {.number = 10000}};

/* Writes the three rows. */
static enum mu_status write_rows(const struct mu_report_target *target, struct mu_error *error)
{
    struct mu_report *report = NULL;
    enum mu_status status = mu_report_begin(&report, target, &table, error);
    if (status != MU_OK)
        return status;
    assert_int_equal(mu_report_row(report, first, error), MU_OK);
    assert_int_equal(mu_report_row(report, second, error), MU_OK);
    assert_int_equal(mu_report_total(report, total, error), MU_OK);
    const struct mu_report_chart chart = {"各网格户数", 0, 1, 0, 2};
    assert_int_equal(mu_report_chart(report, &chart, error), MU_OK);
    return mu_report_finish(&report, error);
}

static const char *written(enum mu_report_format format)
{
    struct mu_error error;
    assert_int_equal(
        write_rows(&(struct mu_report_target){.format = format, .path = path, .overwrite = true},
                   &error),
        MU_OK);
    return content_of(path);
}

static void the_printer_gets_columns_in_line(void **state)
{
    (void)state;
    assert_string_equal(written(MU_REPORT_TEXT), "户籍统计\n"
                                                 "截至 2026-11-22\n"
                                                 "张三 & 李四\n"
                                                 "\n"
                                                 "网格           户数     金额    占比\n"
                                                 "------------------------------------\n"
                                                 "北网格        7,643    12.50   38.3%\n"
                                                 "=1+1 <b>         -5        —    0.1%\n"
                                                 "------------------------------------\n"
                                                 "合计      1,000,000  -999.50  100.0%\n");
}

static void a_spreadsheet_reads_the_csv_and_runs_nothing_of_it(void **state)
{
    (void)state;
    assert_string_equal(written(MU_REPORT_CSV),
                        "\xEF\xBB\xBF\"网格\",\"户数\",\"金额\",\"占比\"\r\n"
                        "\"北网格\",\"7643\",\"12.50\",\"38.3%\"\r\n"
                        "\"'=1+1\n<b>\",\"-5\",\"—\",\"0.1%\"\r\n"
                        "\"合计\",\"1000000\",\"-999.50\",\"100.0%\"\r\n");
}

static void a_page_for_the_wall_holds_no_markup_from_outside(void **state)
{
    (void)state;
    const char *page = written(MU_REPORT_HTML);
    assert_non_null(strstr(page, "<html lang=\"zh-CN\">"));
    assert_non_null(strstr(page, "<p>张三 &amp; 李四</p>"));
    assert_non_null(strstr(page, "<td>=1+1<br>&lt;b&gt;</td>"));
    assert_non_null(strstr(page, "<td class=\"number\">7,643</td>"));
    assert_non_null(strstr(page, "<tfoot>\n<tr><td>合计</td>"));
    assert_null(strstr(page, "<b>"));
}

static void a_workbook_is_one(void **state)
{
    (void)state;
    assert_memory_equal(written(MU_REPORT_XLSX), "PK\3\4", 4);
    struct stat facts;
    assert_int_equal(stat(path, &facts), 0);
    assert_int_equal(facts.st_mode & 07777, 0600);
    assert_int_equal(files_in_folder(), 1);
}

static void what_acts_on_a_terminal_does_not_leave(void **state)
{
    (void)state;
    static const enum mu_report_format formats[] = {MU_REPORT_TEXT, MU_REPORT_CSV, MU_REPORT_HTML};
    static const struct mu_report_column hostile_column = {"\x1b[2J\n栏", MU_COLUMN_TEXT};
    static const char *const hostile_line = "\xE2\x80\xAE行";
    const struct mu_report_table hostile = {.language = MU_ENGLISH,
                                            .title = "\x1b]0;title\a",
                                            .lines = &hostile_line,
                                            .line_count = 1,
                                            .columns = &hostile_column,
                                            .column_count = 1};
    const struct mu_report_cell cells[] = {{.text = "a\x1b[31m\xFF\r\tb\xE2\x80\x8B"}};
    for (size_t i = 0; i < 3; i++) {
        struct mu_report *report = NULL;
        struct mu_error error;
        const struct mu_report_target target = {
            .format = formats[i], .path = path, .overwrite = true};
        assert_int_equal(mu_report_begin(&report, &target, &hostile, &error), MU_OK);
        assert_int_equal(mu_report_row(report, cells, &error), MU_OK);
        assert_int_equal(mu_report_finish(&report, &error), MU_OK);
        const char *content = content_of(path);
        assert_non_null(strstr(content, "a?[31m?  b?"));
        assert_non_null(strstr(content, "?[2J 栏"));
        assert_null(strpbrk(content, "\x1b\a\t"));
        assert_null(strstr(content, "\xE2\x80\xAE"));
        assert_true(mu_text_valid(content, strlen(content)));
    }
}

static void a_file_that_is_there_stays(void **state)
{
    (void)state;
    struct mu_error error;
    for (enum mu_report_format format = MU_REPORT_TEXT; format <= MU_REPORT_HTML; format++) {
        FILE *old = fopen(path, "w");
        fputs("what was here", old);
        fclose(old);
        assert_int_equal(
            write_rows(&(struct mu_report_target){.format = format, .path = path}, &error),
            MU_INPUT);
        assert_int_equal(error.message, MU_SAY_error_file_exists);
        assert_string_equal(content_of(path), "what was here");
        assert_int_equal(files_in_folder(), 1);
    }
}

static void a_file_that_came_meanwhile_stays_too(void **state)
{
    (void)state;
    struct mu_report *report = NULL;
    struct mu_error error;
    const struct mu_report_target target = {.format = MU_REPORT_CSV, .path = path};
    unlink(path);
    assert_int_equal(mu_report_begin(&report, &target, &table, &error), MU_OK);
    assert_int_equal(files_in_folder(), 0);
    FILE *other = fopen(path, "w");
    fputs("of another desk", other);
    fclose(other);
    assert_int_equal(mu_report_row(report, first, &error), MU_OK);
    assert_int_equal(mu_report_finish(&report, &error), MU_INPUT);
    assert_null(report);
    assert_int_equal(error.message, MU_SAY_error_file_exists);
    assert_string_equal(content_of(path), "of another desk");
    assert_int_equal(files_in_folder(), 1);
}

static void a_device_is_never_replaced(void **state)
{
    (void)state;
    struct mu_error error;
    unlink(path);
    assert_int_equal(symlink("/dev/null", path), 0);
    assert_int_equal(
        write_rows(
            &(struct mu_report_target){.format = MU_REPORT_TEXT, .path = path, .overwrite = true},
            &error),
        MU_INPUT);
    assert_int_equal(error.message, MU_SAY_error_report_target);
    assert_int_equal(
        write_rows(
            &(struct mu_report_target){.format = MU_REPORT_TEXT, .path = folder, .overwrite = true},
            &error),
        MU_INPUT);
    unlink(path);
    assert_int_equal(files_in_folder(), 0);
}

static void who_gives_up_leaves_nothing(void **state)
{
    (void)state;
    struct mu_error error;
    unlink(path);
    for (enum mu_report_format format = MU_REPORT_TEXT; format <= MU_REPORT_HTML; format++) {
        struct mu_report *report = NULL;
        const struct mu_report_target target = {.format = format, .path = path};
        assert_int_equal(mu_report_begin(&report, &target, &table, &error), MU_OK);
        assert_int_equal(mu_report_row(report, first, &error), MU_OK);
        mu_report_drop(&report);
        assert_null(report);
        assert_int_equal(files_in_folder(), 0);
    }
}

/* Goes away when half of the rows are written. */
static bool half(void *context, int64_t done, int64_t all)
{
    *(int64_t *)context = all;
    return done * 2 < all;
}

static void who_waits_sees_how_far_it_is_and_can_go_away(void **state)
{
    (void)state;
    struct mu_error error;
    struct mu_report_table long_one = table;
    int64_t all = 0;
    unlink(path);
    long_one.rows = 4000;
    for (enum mu_report_format format = MU_REPORT_TEXT; format <= MU_REPORT_HTML; format++) {
        const struct mu_report_target target = {
            .format = format, .path = path, .progress = half, .context = &all};
        struct mu_report *report = NULL;
        enum mu_status status = mu_report_begin(&report, &target, &long_one, &error);
        size_t rows = 0;
        for (; status == MU_OK && rows < long_one.rows; rows++)
            status = mu_report_row(report, first, &error);
        assert_int_equal(status, MU_REFUSED);
        assert_int_equal(error.message, MU_SAY_error_list_stopped);
        assert_in_range(rows, 2000, 2300);
        assert_int_equal(all, 4000);
        mu_report_drop(&report);
        assert_int_equal(files_in_folder(), 0);
    }
}

static void a_missing_folder_is_told(void **state)
{
    (void)state;
    struct mu_error error;
    char nowhere[192];
    snprintf(nowhere, sizeof nowhere, "%s/no/table.csv", folder);
    for (enum mu_report_format format = MU_REPORT_TEXT; format <= MU_REPORT_HTML; format++) {
        assert_int_equal(
            write_rows(&(struct mu_report_target){.format = format, .path = nowhere}, &error),
            MU_INPUT);
        assert_int_equal(error.message, MU_SAY_table_cannot_write);
    }
}

/* Files may not grow beyond a few bytes: as on a full disk. */
static void a_full_disk_is_told_and_nothing_is_left(void **state)
{
    (void)state;
    struct rlimit before, little = {512, 512};
    struct mu_error error;
    unlink(path);
    signal(SIGXFSZ, SIG_IGN);
    getrlimit(RLIMIT_FSIZE, &before);
    little.rlim_max = before.rlim_max;
    for (enum mu_report_format format = MU_REPORT_CSV; format <= MU_REPORT_HTML; format++) {
        struct mu_report *report = NULL;
        enum mu_status status = MU_OK;
        const struct mu_report_target target = {.format = format, .path = path};
        assert_int_equal(mu_report_begin(&report, &target, &table, &error), MU_OK);
        setrlimit(RLIMIT_FSIZE, &little);
        for (int i = 0; i < 100000 && status == MU_OK; i++)
            status = mu_report_row(report, first, &error);
        if (status == MU_OK)
            status = mu_report_finish(&report, &error);
        setrlimit(RLIMIT_FSIZE, &before);
        mu_report_drop(&report);
        assert_int_equal(status, MU_INPUT);
        assert_int_equal(error.message, MU_SAY_table_cannot_write);
        assert_int_equal(files_in_folder(), 0);
    }
}

static void a_stream_gets_what_a_file_would(void **state)
{
    (void)state;
    struct mu_error error;
    char *memory = NULL;
    size_t size;
    FILE *stream = open_memstream(&memory, &size);
    assert_int_equal(
        write_rows(&(struct mu_report_target){.format = MU_REPORT_CSV, .stream = stream}, &error),
        MU_OK);
    fclose(stream);
    assert_string_equal(memory, written(MU_REPORT_CSV));
    free(memory);
    assert_int_equal(
        write_rows(&(struct mu_report_target){.format = MU_REPORT_XLSX, .stream = stdout}, &error),
        MU_USAGE);
    assert_int_equal(error.message, MU_SAY_error_report_no_file);
}

static void a_workbook_says_what_it_cannot_hold(void **state)
{
    (void)state;
    struct mu_report *report = NULL;
    struct mu_error error;
    char *essay = malloc(40000);
    memset(essay, 'x', 39999);
    essay[39999] = '\0';
    const struct mu_report_cell long_row[] = {{.text = essay}, {0}, {0}, {0}};
    const struct mu_report_target target = {
        .format = MU_REPORT_XLSX, .path = path, .overwrite = true};
    assert_int_equal(mu_report_begin(&report, &target, &table, &error), MU_OK);
    assert_int_equal(mu_report_row(report, long_row, &error), MU_INPUT);
    assert_int_equal(error.message, MU_SAY_error_report_too_large);
    mu_report_drop(&report);
    free(essay);
}

/* More rows than those that decide the widths of a printed table. */
static void long_tables_run_through(void **state)
{
    (void)state;
    struct mu_report *report = NULL;
    struct mu_error error;
    const struct mu_report_target target = {
        .format = MU_REPORT_TEXT, .path = path, .overwrite = true};
    const struct mu_report_cell wide[] = {
        {.text = "很长很长的名字没有人切短"}, {.number = 12345678}, {0}, {0}};
    assert_int_equal(mu_report_begin(&report, &target, &table, &error), MU_OK);
    for (int i = 0; i < 500; i++)
        assert_int_equal(mu_report_row(report, i < 300 ? first : wide, &error), MU_OK);
    assert_int_equal(mu_report_finish(&report, &error), MU_OK);
    const char *content = content_of(path);
    int count = 0;
    for (const char *at = content; (at = strchr(at, '\n')); at++)
        count++;
    assert_int_equal(count, 6 + 500); /* title, two lines, a blank one, headings, rule */
    assert_non_null(strstr(content, "很长很长的名字没有人切短  12,345,678   0.00   0.0%\n"));
}

static void the_format_is_told_by_word_and_by_ending(void **state)
{
    (void)state;
    enum mu_report_format format = MU_REPORT_TEXT;
    assert_true(mu_report_format_read("html", &format));
    assert_int_equal(format, MU_REPORT_HTML);
    assert_false(mu_report_format_read("pdf", &format));
    assert_true(mu_report_format_of("/a.b/统计.XLSX", &format));
    assert_int_equal(format, MU_REPORT_XLSX);
    assert_true(mu_report_format_of("x.htm", &format));
    assert_int_equal(format, MU_REPORT_HTML);
    assert_false(mu_report_format_of("/a.csv/register", &format));
    assert_false(mu_report_format_of("register", &format));
    assert_int_equal(format, MU_REPORT_HTML);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_printer_gets_columns_in_line),
        cmocka_unit_test(a_spreadsheet_reads_the_csv_and_runs_nothing_of_it),
        cmocka_unit_test(a_page_for_the_wall_holds_no_markup_from_outside),
        cmocka_unit_test(a_workbook_is_one),
        cmocka_unit_test(what_acts_on_a_terminal_does_not_leave),
        cmocka_unit_test(a_file_that_is_there_stays),
        cmocka_unit_test(a_file_that_came_meanwhile_stays_too),
        cmocka_unit_test(a_device_is_never_replaced),
        cmocka_unit_test(who_gives_up_leaves_nothing),
        cmocka_unit_test(who_waits_sees_how_far_it_is_and_can_go_away),
        cmocka_unit_test(a_missing_folder_is_told),
        cmocka_unit_test(a_full_disk_is_told_and_nothing_is_left),
        cmocka_unit_test(a_stream_gets_what_a_file_would),
        cmocka_unit_test(a_workbook_says_what_it_cannot_hold),
        cmocka_unit_test(long_tables_run_through),
        cmocka_unit_test(the_format_is_told_by_word_and_by_ending),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
