/* Which column of a spreadsheet is which: found out, said, kept by name; and what is no table. */
#include "unit/home.h"

#include <mulin/desk/import.h>
#include <mulin/desk/operators.h>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

static void path_of(const struct home *home, char *out, size_t size)
{
    snprintf(out, size, "%s/people.csv", home->folder);
}

static void save(const struct home *home, const char *text, size_t length)
{
    char path[96];
    FILE *file;

    path_of(home, path, sizeof path);
    file = fopen(path, "w");
    assert_non_null(file);
    assert_int_equal(fwrite(text, 1, length, file), length);
    fclose(file);
}

static struct mu_import_look *look(const struct home *home, const char *text,
                                   const struct mu_import_mapping *mapping)
{
    struct mu_import_look *out = calloc(1, sizeof *out);
    struct mu_error error;
    char path[96], why[512];

    assert_non_null(out);
    path_of(home, path, sizeof path);
    save(home, text, strlen(text));
    if (mu_import_look(home->desk, path, mapping, NULL, NULL, out, &error) != MU_OK) {
        mu_error_text(&error, MU_CHINESE, why, sizeof why);
        fail_msg("%s", why);
    }
    return out;
}

static void say(struct mu_import_mapping *mapping, const char *header, const char *field)
{
    assert_int_equal(mu_import_map_header(mapping, header, field, NULL), MU_OK);
}

static void assert_use(const struct mu_import_look *seen, size_t column, const char *name,
                       enum mu_import_use use, const char *key)
{
    assert_string_equal(seen->column[column].name, name);
    assert_int_equal(seen->column[column].use, use);
    if (key)
        assert_string_equal(seen->column[column].field->key, key);
    else
        assert_null(seen->column[column].field);
}

static void the_headers_are_read_as_they_are_known(void **state)
{
    struct mu_import_look *seen = look(
        *state, "姓 名*;身份证号;随访;;拒收原因\n张金凤;330205194603080021;家里;x;\n\n李四;;;;\n",
        NULL);

    assert_int_equal(seen->rows, 2);
    assert_int_equal(seen->count, 5);
    assert_int_equal(seen->format.separator, ';');
    assert_use(seen, 0, "姓 名*", MU_COLUMN_FIELD, "name");
    assert_use(seen, 1, "身份证号", MU_COLUMN_FIELD, "id_number");
    assert_use(seen, 2, "随访", MU_COLUMN_UNKNOWN, NULL);
    assert_use(seen, 3, "#4", MU_COLUMN_BLANK, NULL);
    assert_use(seen, 4, "拒收原因", MU_COLUMN_REASON, NULL);
    assert_string_equal(seen->column[0].sample, "张金凤  李四");
    /* Whole numbers are not for the screen. */
    assert_string_equal(seen->column[1].sample, "330***********0021");
    free(seen);
}

static void what_somebody_says_goes_before(void **state)
{
    struct mu_import_mapping mapping = {0};
    struct mu_import_look *seen;
    struct mu_error error;

    say(&mapping, "随访", "备注");
    say(&mapping, "电话#2", "");
    say(&mapping, "#5", "card");
    say(&mapping, "姓名", "name");
    seen = look(*state, "姓名,随访,电话,电话,\n张金凤,怕狗,138,139,8801\n", &mapping);
    assert_use(seen, 1, "随访", MU_COLUMN_FIELD, "note");
    assert_use(seen, 2, "电话", MU_COLUMN_FIELD, "phone");
    assert_use(seen, 3, "电话#2", MU_COLUMN_PASSED, NULL);
    assert_use(seen, 4, "#5", MU_COLUMN_FIELD, "card");
    /* Without it two columns are one field; the columns are told all the same. */
    assert_int_equal(mu_import_map_columns(seen, NULL, "people.csv", &error), MU_INPUT);
    assert_int_equal(error.message, MU_SAY_import_header_twice);
    assert_use(seen, 1, "随访", MU_COLUMN_UNKNOWN, NULL);
    assert_int_equal(mu_import_map_columns(seen, &mapping, "people.csv", &error), MU_OK);
    /* Two headers for one field. */
    say(&mapping, "随访", "phone");
    assert_int_equal(mu_import_map_columns(seen, &mapping, "people.csv", &error), MU_INPUT);
    assert_int_equal(error.message, MU_SAY_import_header_twice);
    /* Nobody's name. */
    say(&mapping, "随访", "");
    say(&mapping, "姓名", "");
    assert_int_equal(mu_import_map_columns(seen, &mapping, "people.csv", &error), MU_INPUT);
    assert_int_equal(error.message, MU_SAY_import_no_name_column);
    free(seen);
}

static void what_is_no_mapping_is_refused(void **state)
{
    struct mu_import_mapping *mapping = calloc(1, sizeof *mapping);
    struct mu_error error;
    char header[16], longer[2 * MU_HEADER_SIZE];

    (void)state;
    assert_non_null(mapping);
    assert_int_equal(mu_import_map_header(mapping, "甲", "shoe_size", &error), MU_INPUT);
    assert_int_equal(error.message, MU_SAY_error_mapping_field);
    assert_int_equal(mu_import_map_header(mapping, "", "name", &error), MU_INPUT);
    assert_int_equal(mu_import_map_header(mapping, "\xff", "name", &error), MU_INPUT);
    memset(longer, 'x', sizeof longer);
    longer[sizeof longer - 1] = '\0';
    assert_int_equal(mu_import_map_header(mapping, longer, "name", &error), MU_INPUT);
    assert_int_equal(error.message, MU_SAY_error_mapping_header);
    assert_int_equal(mapping->count, 0);
    for (int i = 0; i < MU_TABLE_COLUMNS; i++) {
        snprintf(header, sizeof header, "列%d", i);
        say(mapping, header, "");
    }
    assert_int_equal(mu_import_map_header(mapping, "又一列", "", &error), MU_INPUT);
    assert_int_equal(error.message, MU_SAY_error_mapping_full);
    say(mapping, "列7", "note");
    assert_string_equal(mapping->map[7].field, "note");
    free(mapping);
}

static bool take_name(void *context, const char *name, int64_t headers)
{
    size_t used = strlen(context);

    snprintf((char *)context + used, 128 - used, "%s(%d) ", name, (int)headers);
    return true;
}

static void mappings_are_kept_by_name(void **state)
{
    struct home *home = *state;
    struct mu_import_mapping mapping = {0}, kept;
    struct mu_error error;
    char names[128] = "";

    assert_int_equal(mu_save_mapping(home->desk, "民政局", &mapping, &error), MU_INPUT);
    assert_int_equal(error.message, MU_SAY_error_mapping_nothing);
    say(&mapping, "老人姓名", "姓名");
    say(&mapping, "随访", "");
    assert_int_equal(mu_save_mapping(home->desk, " ", &mapping, &error), MU_INPUT);
    assert_int_equal(mu_save_mapping(home->desk, "民政局", &mapping, NULL), MU_OK);
    say(&mapping, "卡", "card");
    assert_int_equal(mu_save_mapping(home->desk, "残联", &mapping, NULL), MU_OK);
    assert_int_equal(mu_save_mapping(home->desk, "民政局", &mapping, NULL), MU_OK);
    assert_int_equal(mu_list_mappings(home->desk, take_name, names, NULL), MU_OK);
    assert_string_equal(names, "残联(3) 民政局(3) ");
    assert_int_equal(mu_read_mapping(home->desk, "民政局", &kept, NULL), MU_OK);
    assert_int_equal(kept.count, 3);
    assert_int_equal(mu_remove_mapping(home->desk, "残联", NULL), MU_OK);
    assert_int_equal(mu_remove_mapping(home->desk, "残联", &error), MU_INPUT);
    assert_int_equal(mu_read_mapping(home->desk, "残联", &kept, &error), MU_INPUT);
    assert_int_equal(error.message, MU_SAY_error_mapping_unknown);
    free(look(home, "老人姓名,随访,卡\n张金凤,x,8801\n", &mapping));
}

static void who_may_not_import_may_not_look_either(void **state)
{
    struct home *home = *state;
    struct mu_desk_options options = {
        .home = home->folder, .system_user = "zhou", .fixed_now = HOME_NOW};
    struct mu_import_mapping mapping = {.count = 1, .map = {{"甲", "name"}}};
    struct mu_import_look *seen = calloc(1, sizeof *seen);
    struct mu_desk *desk;
    char names[128] = "";

    assert_non_null(seen);
    assert_int_equal(mu_add_operator(home->desk, "周", MU_ROLE_AUDITOR, "zhou", NULL), MU_OK);
    assert_int_equal(mu_desk_open(&options, &desk, NULL), MU_OK);
    save(home, "姓名\n张金凤\n", strlen("姓名\n张金凤\n"));
    assert_int_equal(mu_import_look(desk, home->path, NULL, NULL, NULL, seen, NULL), MU_REFUSED);
    assert_int_equal(mu_list_mappings(desk, take_name, names, NULL), MU_REFUSED);
    assert_int_equal(mu_read_mapping(desk, "甲", &mapping, NULL), MU_REFUSED);
    assert_int_equal(mu_save_mapping(desk, "甲", &mapping, NULL), MU_REFUSED);
    assert_int_equal(mu_remove_mapping(desk, "甲", NULL), MU_REFUSED);
    mu_desk_free(&desk);
    free(seen);
}

static void what_is_no_table_is_told(void **state)
{
    static const struct {
        const char *text;
        size_t length;
        enum mu_message message;
    } cases[] = {
        {"", 0, MU_SAY_table_empty},
        {"姓名\0,\n", 9, MU_SAY_table_nul_byte},
        {"PK\3\4....", 8, MU_SAY_table_is_workbook},
        {"\xff\xfe..", 4, MU_SAY_table_is_utf16},
        {"姓名\n\xff\xff\n", 10, MU_SAY_table_bad_encoding},
        {"姓名\n\"张\n", 12, MU_SAY_table_open_quote},
    };
    struct home *home = *state;
    struct mu_import_look *seen = calloc(1, sizeof *seen);
    struct mu_error error;
    char path[96];

    assert_non_null(seen);
    path_of(home, path, sizeof path);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        save(home, cases[i].text, cases[i].length);
        assert_int_equal(mu_import_look(home->desk, path, NULL, NULL, NULL, seen, &error),
                         MU_INPUT);
        assert_string_equal(mu_message_text(error.message, MU_ENGLISH),
                            mu_message_text(cases[i].message, MU_ENGLISH));
    }
    /* Ten gibibytes of nothing are known by the first of them. */
    assert_int_equal(truncate(path, 10LL << 30), 0);
    assert_int_equal(truncate(path, 0), 0);
    assert_int_equal(truncate(path, 10LL << 30), 0);
    assert_int_equal(mu_import_look(home->desk, path, NULL, NULL, NULL, seen, &error), MU_INPUT);
    assert_int_equal(error.message, MU_SAY_table_nul_byte);
    unlink(path);
    assert_int_equal(mkfifo(path, 0600), 0);
    assert_int_equal(mu_import_look(home->desk, path, NULL, NULL, NULL, seen, &error), MU_INPUT);
    assert_int_equal(error.message, MU_SAY_table_not_a_file);
    unlink(path);
    assert_int_equal(mu_import_look(home->desk, path, NULL, NULL, NULL, seen, &error), MU_INPUT);
    assert_int_equal(error.message, MU_SAY_table_cannot_open);
    assert_int_equal(mu_import_look(home->desk, home->folder, NULL, NULL, NULL, seen, &error),
                     MU_INPUT);
    assert_int_equal(error.message, MU_SAY_table_is_folder);
    assert_int_equal(mu_import_look(home->desk, "/dev/zero", NULL, NULL, NULL, seen, &error),
                     MU_INPUT);
    assert_int_equal(error.message, MU_SAY_table_not_a_file);
    free(seen);
}

static void headers_alone_bring_nobody(void **state)
{
    struct home *home = *state;
    const struct mu_import_options options = {.language = MU_CHINESE};
    struct mu_import_look *seen = look(home, "姓名,电话\n", NULL);
    struct mu_import_report report;
    char path[96];

    path_of(home, path, sizeof path);
    assert_int_equal(seen->rows, 0);
    assert_int_equal(mu_import_residents(home->desk, path, &options, &report, NULL), MU_OK);
    assert_int_equal(report.rows, 0);
    mu_import_report_clear(&report);
    free(seen);
}

static bool stop(void *context, int64_t done, int64_t all)
{
    (void)all;
    return done == 0 || ++*(int *)context < 0;
}

static void a_look_can_be_stopped(void **state)
{
    enum { ROWS = 3000 };
    struct home *home = *state;
    struct mu_import_look *seen = calloc(1, sizeof *seen);
    char *text = malloc(ROWS * 8 + 64), path[96];
    struct mu_error error;
    int asked = 0;
    size_t used;

    assert_non_null(text);
    assert_non_null(seen);
    used = (size_t)snprintf(text, 64, "姓名\n");
    for (int i = 0; i < ROWS; i++)
        used += (size_t)snprintf(text + used, 8, "李%d\n", i % 1000);
    save(home, text, used);
    path_of(home, path, sizeof path);
    assert_int_equal(mu_import_look(home->desk, path, NULL, stop, &asked, seen, &error),
                     MU_REFUSED);
    assert_int_equal(error.message, MU_SAY_import_stopped);
    free(text);
    free(seen);
}

static void another_state_of_the_file_is_refused(void **state)
{
    struct home *home = *state;
    struct mu_import_look *seen = look(home, "姓名,电话\n张金凤,13800000001\n", NULL);
    const struct mu_import_options options = {.language = MU_CHINESE, .file = &seen->file};
    struct mu_import_report report;
    struct mu_error error;
    char path[96];

    path_of(home, path, sizeof path);
    save(home, "姓名,电话\n李桂兰,13800000002\n", strlen("姓名,电话\n李桂兰,13800000002\n"));
    assert_int_equal(mu_import_residents(home->desk, path, &options, &report, &error), MU_INPUT);
    assert_int_equal(error.message, MU_SAY_import_file_changed);
    free(seen);
}

struct writer {
    const char *path;
    bool written;
};

static bool write_meanwhile(void *context, int64_t done, int64_t all)
{
    struct writer *writer = context;
    FILE *file;

    (void)done, (void)all;
    if (writer->written)
        return true;
    file = fopen(writer->path, "a");
    assert_non_null(file);
    fputs("李桂兰\n", file);
    fclose(file);
    writer->written = true;
    return true;
}

static void a_file_that_is_being_written_does_not_land(void **state)
{
    struct home *home = *state;
    struct writer writer = {0};
    struct mu_import_options options = {
        .language = MU_CHINESE, .progress = write_meanwhile, .context = &writer};
    struct mu_import_report report;
    struct mu_error error;
    char path[96];

    path_of(home, path, sizeof path);
    writer.path = path;
    save(home, "姓名\n张金凤\n", strlen("姓名\n张金凤\n"));
    assert_int_equal(mu_import_residents(home->desk, path, &options, &report, &error), MU_INPUT);
    assert_int_equal(error.message, MU_SAY_import_file_changing);
    assert_int_equal(mu_import_residents(home->desk, path, &options, &report, &error), MU_OK);
    assert_int_equal(report.added, 2);
    mu_import_report_clear(&report);
}

static bool begin_too(void *context, int64_t done, int64_t all)
{
    const struct mu_import_options options = {.language = MU_CHINESE};
    struct home *home = context;
    struct mu_desk *there = home_desk(home, HOME_NOW);
    struct mu_import_report report;
    struct mu_error error;
    char path[96];

    (void)done, (void)all;
    path_of(home, path, sizeof path);
    mu_desk_hurry(there, true);
    assert_int_equal(mu_import_residents(there, path, &options, &report, &error), MU_STORE);
    assert_int_equal(error.message, MU_SAY_error_db_busy);
    mu_desk_free(&there);
    return true;
}

static void two_desks_do_not_import_at_once(void **state)
{
    struct home *home = *state;
    const struct mu_import_options options = {
        .language = MU_CHINESE, .progress = begin_too, .context = home};
    struct mu_import_report report;
    char path[96];

    path_of(home, path, sizeof path);
    save(home, "姓名\n张金凤\n", strlen("姓名\n张金凤\n"));
    assert_int_equal(mu_import_residents(home->desk, path, &options, &report, NULL), MU_OK);
    assert_int_equal(report.added, 1);
    mu_import_report_clear(&report);
}

#define STORY(test) cmocka_unit_test_setup_teardown(test, home_setup, home_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        STORY(the_headers_are_read_as_they_are_known),
        STORY(what_somebody_says_goes_before),
        STORY(what_is_no_mapping_is_refused),
        STORY(mappings_are_kept_by_name),
        STORY(who_may_not_import_may_not_look_either),
        STORY(what_is_no_table_is_told),
        STORY(headers_alone_bring_nobody),
        STORY(a_look_can_be_stopped),
        STORY(another_state_of_the_file_is_refused),
        STORY(a_file_that_is_being_written_does_not_land),
        STORY(two_desks_do_not_import_at_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
