#include <mulin/base/table_file.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* "姓名" and "张三" as a Chinese Windows writes them. */
#define GBK_NAME "\xD0\xD5\xC3\xFB"
#define GBK_ZHANG_SAN "\xD5\xC5\xC8\xFD"

static char folder[64];
static char path[128];

static int make_folder(void **state)
{
    (void)state;
    strcpy(folder, "/tmp/mulin-table-XXXXXX");
    if (!mkdtemp(folder))
        return -1;
    snprintf(path, sizeof path, "%s/people.csv", folder);
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

static void save_bytes(const char *bytes, size_t length)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, length, file), length);
    fclose(file);
}

static void save(const char *text)
{
    save_bytes(text, strlen(text));
}

static struct mu_table_file *opened(void)
{
    struct mu_table_file *file = NULL;
    struct mu_error error;
    assert_int_equal(mu_table_file_open(&file, path, &error), MU_OK);
    return file;
}

static const struct mu_table_row *next(struct mu_table_file *file)
{
    const struct mu_table_row *row;
    struct mu_error error;
    assert_int_equal(mu_table_file_next(file, &row, &error), MU_OK);
    return row;
}

/* Opens the file and reads it to its end or its fault. */
static enum mu_status read_all(struct mu_error *error)
{
    struct mu_table_file *file = NULL;
    enum mu_status status = mu_table_file_open(&file, path, error);
    const struct mu_table_row *row = NULL;
    if (status == MU_OK)
        do
            status = mu_table_file_next(file, &row, error);
        while (status == MU_OK && row);
    mu_table_file_close(&file);
    return status;
}

static void assert_refused(enum mu_message message)
{
    struct mu_error error;
    assert_int_equal(read_all(&error), MU_INPUT);
    assert_string_equal(mu_message_text(error.message, MU_ENGLISH),
                        mu_message_text(message, MU_ENGLISH));
    assert_string_equal(error.argument[0], path);
}

static void assert_refused_at(enum mu_message message, const char *line)
{
    struct mu_error error;
    assert_refused(message);
    assert_int_equal(read_all(&error), MU_INPUT);
    assert_string_equal(error.argument[1], line);
}

static void the_spreadsheet_of_wps_is_read_in_its_own_encoding(void **state)
{
    (void)state;
    save(GBK_NAME "*,\xB5\xE7\xBB\xB0\r\n" GBK_ZHANG_SAN ",13800000000\r\n");
    struct mu_table_file *file = opened();
    assert_int_equal(mu_table_file_format(file)->encoding, MU_ENCODING_GB18030);
    assert_int_equal(mu_table_file_format(file)->separator, ',');
    assert_true(mu_table_file_format(file)->crlf);
    assert_string_equal(mu_table_file_header(file)->cell[0], "姓名*");
    assert_string_equal(mu_table_file_header(file)->cell[1], "电话");
    const struct mu_table_row *row = next(file);
    assert_int_equal(row->line, 2);
    assert_int_equal(row->count, 2);
    assert_string_equal(row->cell[0], "张三");
    assert_string_equal(row->cell[1], "13800000000");
    assert_null(next(file));
    assert_null(next(file));
    mu_table_file_close(&file);
    assert_null(file);
}

static void utf8_is_known_with_and_without_its_mark(void **state)
{
    (void)state;
    static const char *const texts[] = {"姓名\n张三\n", "\xEF\xBB\xBF姓名\n张三\n"};
    for (int marked = 0; marked < 2; marked++) {
        save(texts[marked]);
        struct mu_table_file *file = opened();
        assert_int_equal(mu_table_file_format(file)->encoding, MU_ENCODING_UTF8);
        assert_int_equal(mu_table_file_format(file)->byte_order_mark, marked);
        assert_string_equal(mu_table_file_header(file)->cell[0], "姓名");
        assert_string_equal(next(file)->cell[0], "张三");
        mu_table_file_close(&file);
    }
}

static void the_header_line_tells_the_separator(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        char separator;
        size_t columns;
    } cases[] = {
        {"姓名,电话,备注\n", ',', 3},
        {"姓名;电话;备注\n", ';', 3},
        {"姓名\t电话\t备注\n", '\t', 3},
        {"姓名\n", ',', 1},
        {"\"姓名,可空,可改,可长\";电话\n", ';', 2},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        save(cases[i].text);
        struct mu_table_file *file = opened();
        assert_int_equal(mu_table_file_format(file)->separator, cases[i].separator);
        assert_int_equal(mu_table_file_header(file)->count, cases[i].columns);
        mu_table_file_close(&file);
    }
}

static void a_note_of_three_lines_moves_the_line_of_the_next_row(void **state)
{
    (void)state;
    save("姓名,备注\n张三,\"独居\n说“\"\"好\"\"”\r\n常来\"\n\n李四,\n");
    struct mu_table_file *file = opened();
    const struct mu_table_row *row = next(file);
    assert_int_equal(row->line, 2);
    assert_string_equal(row->cell[1], "独居\n说“\"好\"”\r\n常来");
    row = next(file);
    assert_int_equal(row->line, 6);
    assert_string_equal(row->cell[0], "李四");
    assert_string_equal(row->cell[1], "");
    assert_false(row->open_end);
    mu_table_file_close(&file);
}

static void lines_of_an_old_macintosh_are_counted_too(void **state)
{
    (void)state;
    save("姓名\r张三\r李四\r");
    struct mu_table_file *file = opened();
    assert_int_equal(next(file)->line, 2);
    const struct mu_table_row *row = next(file);
    assert_int_equal(row->line, 3);
    assert_string_equal(row->cell[0], "李四");
    assert_null(next(file));
    mu_table_file_close(&file);
}

/* The reader works in pieces of 64 KiB; nothing may be lost where they meet. */
static void characters_and_line_ends_survive_the_seams_between_pieces(void **state)
{
    (void)state;
    static const char *const tails[] = {"\r\n张三\r\n", "张三\r\n李四\r\n"};
    static char text[70000];
    for (int kind = 0; kind < 2; kind++)
        for (int shift = 0; shift < 8; shift++) {
            size_t before = 65536 - 4 + (size_t)shift;
            memset(text, 'a', sizeof text);
            memcpy(text, "姓名\n", 7);
            strcpy(text + before - 4, tails[kind]);
            save(text);
            struct mu_table_file *file = opened();
            const struct mu_table_row *row = next(file);
            assert_int_equal(row->line, 2);
            assert_int_equal(strlen(row->cell[0]), before - 4 - 7 + (kind ? 6 : 0));
            row = next(file);
            assert_int_equal(row->line, 3);
            assert_string_equal(row->cell[0], kind ? "李四" : "张三");
            assert_null(next(file));
            mu_table_file_close(&file);
        }
}

static void the_seam_cuts_no_character_of_gb18030(void **state)
{
    (void)state;
    static char text[140000];
    for (int shift = 0; shift < 2; shift++) {
        size_t used = (size_t)sprintf(text, GBK_NAME "\n%s", shift ? "a" : "");
        for (int i = 0; i < 34000; i++, used += 4)
            memcpy(text + used, GBK_ZHANG_SAN, 4);
        text[used++] = '\n';
        save_bytes(text, used);
        struct mu_table_file *file = opened();
        const char *cell = next(file)->cell[0] + shift;
        for (int i = 0; i < 34000; i++)
            assert_memory_equal(cell + 6 * i, "张三", 6);
        mu_table_file_close(&file);
    }
}

static void a_row_at_a_torn_end_is_marked(void **state)
{
    (void)state;
    save("姓名,电话\n张三,1\n李四");
    struct mu_table_file *file = opened();
    assert_false(next(file)->open_end);
    const struct mu_table_row *row = next(file);
    assert_true(row->open_end);
    assert_int_equal(row->count, 1);
    assert_null(next(file));
    mu_table_file_close(&file);
}

static void what_is_no_file_of_text_is_refused_by_name(void **state)
{
    (void)state;
    assert_refused(MU_SAY_table_cannot_open);
    save("");
    assert_refused(MU_SAY_table_empty);
    save("\xEF\xBB\xBF\n\n");
    assert_refused(MU_SAY_table_empty);
    save_bytes("PK\x03\x04\x14\x00", 6);
    assert_refused(MU_SAY_table_is_workbook);
    save_bytes("\xFF\xFE\x3A\x4E", 4);
    assert_refused(MU_SAY_table_is_utf16);
    unlink(path);
    assert_int_equal(mkfifo(path, 0600), 0);
    assert_refused(MU_SAY_table_not_a_file);

    struct mu_table_file *file = NULL;
    struct mu_error error;
    assert_int_equal(mu_table_file_open(&file, folder, &error), MU_INPUT);
    assert_int_equal(error.message, MU_SAY_table_is_folder);
    assert_int_equal(mu_table_file_open(&file, "/dev/zero", &error), MU_INPUT);
    assert_int_equal(error.message, MU_SAY_table_not_a_file);
    assert_null(file);
}

static void damage_is_named_with_its_line(void **state)
{
    (void)state;
    save_bytes("name\nLi\0\n", 9);
    assert_refused_at(MU_SAY_table_nul_byte, "2");
    save("name\nLi\n\xFF\xFFWang\n");
    assert_refused_at(MU_SAY_table_bad_encoding, "3");
    /* Torn in the middle of 李: the header says UTF-8, so it is not taken for GB18030. */
    save("姓名,电话\r\n张三,1\r\n\xE6\x9D");
    assert_refused_at(MU_SAY_table_bad_encoding, "3");
    /* A GB18030 file is cut in the middle of a character. */
    save(GBK_NAME "\n" GBK_ZHANG_SAN "\n\xD5");
    assert_refused_at(MU_SAY_table_bad_encoding, "3");
    save("姓名\n张三\n\"李四\n王五\n");
    assert_refused_at(MU_SAY_table_open_quote, "3");
    save("姓名,备注\n张三,5\"水管\n");
    assert_refused_at(MU_SAY_table_bad_quote, "2");
}

static void a_row_beyond_all_measure_is_refused_with_its_line(void **state)
{
    (void)state;
    char *text = malloc(3 * MU_TABLE_ROW_SIZE);
    size_t used = (size_t)sprintf(text, "姓名\n张三\n\"");
    memset(text + used, 'a', 2 * MU_TABLE_ROW_SIZE);
    save_bytes(text, used + 2 * MU_TABLE_ROW_SIZE);
    assert_refused_at(MU_SAY_table_row_too_long, "3");

    used = (size_t)sprintf(text, "姓名\n");
    memset(text + used, ',', MU_TABLE_COLUMNS);
    save_bytes(text, used + MU_TABLE_COLUMNS);
    assert_refused_at(MU_SAY_table_too_wide, "2");
    save_bytes(text, used + MU_TABLE_COLUMNS - 1);
    struct mu_error error;
    assert_int_equal(read_all(&error), MU_OK);
    free(text);
}

static void faults_are_told_in_both_languages(void **state)
{
    (void)state;
    save("姓名\n\"张三\n");
    struct mu_error error;
    char text[512];
    assert_int_equal(read_all(&error), MU_INPUT);
    mu_error_text(&error, MU_CHINESE, text, sizeof text);
    assert_non_null(strstr(text, "第 2 行"));
    mu_error_text(&error, MU_ENGLISH, text, sizeof text);
    assert_non_null(strstr(text, "line 2"));
}

static void what_was_written_is_read_back_byte_for_byte(void **state)
{
    (void)state;
    static const char *const row[] = {"𬭎𰻝", "=1+1",    " 两边空 ", "说\"好\"\n，再见",
                                      "",         "＋\"1\"", "'",        "'说"};
    enum { CELLS = sizeof row / sizeof *row };
    static const struct mu_table_format formats[] = {
        {MU_ENCODING_UTF8, true, ',', true},
        {MU_ENCODING_UTF8, false, ';', false},
        {MU_ENCODING_GB18030, false, '\t', true},
    };
    for (size_t i = 0; i < 3; i++) {
        struct mu_table_writer *writer = NULL;
        struct mu_error error;
        assert_int_equal(mu_table_writer_open(&writer, path, &formats[i], &error), MU_OK);
        for (int twice = 0; twice < 2; twice++)
            assert_int_equal(mu_table_writer_row(writer, row, CELLS, &error), MU_OK);
        assert_int_equal(mu_table_writer_finish(&writer, &error), MU_OK);
        struct mu_table_file *file = opened();
        assert_memory_equal(mu_table_file_format(file), &formats[i], sizeof formats[i]);
        const struct mu_table_row *back = next(file);
        assert_int_equal(back->count, CELLS);
        for (size_t column = 0; column < CELLS; column++)
            assert_string_equal(mu_table_cell_text(back->cell[column]), row[column]);
        assert_string_equal(back->cell[1], "'=1+1"); /* no formula for the spreadsheet */
        assert_string_equal(back->cell[5], "'＋\"1\"");
        mu_table_file_close(&file);
    }
}

static size_t files_in_folder(void)
{
    size_t count = 0;
    DIR *entries = opendir(folder);
    for (struct dirent *entry; (entry = readdir(entries));)
        count += strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
    closedir(entries);
    return count;
}

static void a_new_file_replaces_a_link_and_leaves_its_target_alone(void **state)
{
    (void)state;
    char target[160];
    snprintf(target, sizeof target, "%s/ledger", folder);
    save("姓名\n");
    assert_int_equal(rename(path, target), 0);
    assert_int_equal(symlink(target, path), 0);
    struct mu_table_format format = {MU_ENCODING_UTF8, false, ',', false};
    struct mu_table_writer *writer = NULL;
    struct mu_error error;
    assert_int_equal(mu_table_writer_open(&writer, path, &format, &error), MU_OK);
    const char *cell = "张三";
    assert_int_equal(mu_table_writer_row(writer, &cell, 1, &error), MU_OK);
    assert_int_equal(mu_table_writer_finish(&writer, &error), MU_OK);
    struct stat facts;
    assert_int_equal(lstat(path, &facts), 0);
    assert_true(S_ISREG(facts.st_mode));
    assert_int_equal(facts.st_mode & 0777, 0600);
    assert_int_equal(stat(target, &facts), 0);
    assert_int_equal(facts.st_size, strlen("姓名\n"));
    assert_int_equal(files_in_folder(), 2);
}

static void a_file_given_up_leaves_nothing_behind(void **state)
{
    (void)state;
    struct mu_table_format format = {MU_ENCODING_UTF8, false, ',', false};
    struct mu_table_writer *writer = NULL;
    struct mu_error error;
    assert_int_equal(mu_table_writer_open(&writer, path, &format, &error), MU_OK);
    mu_table_writer_drop(&writer);
    assert_null(writer);
    assert_int_equal(files_in_folder(), 0);

    assert_int_equal(mkdir(path, 0700), 0);
    assert_int_equal(mu_table_writer_open(&writer, path, &format, &error), MU_OK);
    assert_int_equal(mu_table_writer_finish(&writer, &error), MU_INPUT);
    assert_int_equal(error.message, MU_SAY_table_cannot_write);
    assert_null(writer);
    assert_int_equal(files_in_folder(), 1);
    assert_int_equal(rmdir(path), 0);

    snprintf(path, sizeof path, "%s/no such folder/people.csv", folder);
    assert_int_equal(mu_table_writer_open(&writer, path, &format, &error), MU_INPUT);
    assert_null(writer);
}

#define STORY(test) cmocka_unit_test_setup_teardown(test, make_folder, remove_folder)

int main(void)
{
    const struct CMUnitTest tests[] = {
        STORY(the_spreadsheet_of_wps_is_read_in_its_own_encoding),
        STORY(utf8_is_known_with_and_without_its_mark),
        STORY(the_header_line_tells_the_separator),
        STORY(a_note_of_three_lines_moves_the_line_of_the_next_row),
        STORY(lines_of_an_old_macintosh_are_counted_too),
        STORY(characters_and_line_ends_survive_the_seams_between_pieces),
        STORY(the_seam_cuts_no_character_of_gb18030),
        STORY(a_row_at_a_torn_end_is_marked),
        STORY(what_is_no_file_of_text_is_refused_by_name),
        STORY(damage_is_named_with_its_line),
        STORY(a_row_beyond_all_measure_is_refused_with_its_line),
        STORY(faults_are_told_in_both_languages),
        STORY(what_was_written_is_read_back_byte_for_byte),
        STORY(a_new_file_replaces_a_link_and_leaves_its_target_alone),
        STORY(a_file_given_up_leaves_nothing_behind),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
