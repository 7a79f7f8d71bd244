#include "unit/home.h"

#include "desk/resident_file.h"

#include <mulin/base/table_file.h>
#include <mulin/base/text.h>
#include <mulin/desk/import.h>

#include <iconv.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

/* ID numbers of nobody: the division code 990101 is assigned to no place. */
#define ZHANG "99010119460308002X" /* a woman, born 1946-03-08 */
#define ZHANG_OLD "990101460308002"
#define LI "990101195812150017" /* a man, born 1958-12-15 */

struct sheet {
    struct home *home;
    char path[96], rejects[96];
    struct mu_import_options options;
    struct mu_import_report report;
    struct mu_error error;
    int notes[MU_IMPORT_NOT_KEPT + 1];
    unsigned long line_of[MU_IMPORT_NOT_KEPT + 1]; /* of the last note of each kind */
    char reason[512];                              /* of the last rejected row, in Chinese */
    char header[64];
};

static void listen(void *context, const struct mu_import_note *note)
{
    struct sheet *sheet = context;

    sheet->notes[note->kind]++;
    sheet->line_of[note->kind] = note->line;
    if (note->kind != MU_IMPORT_REJECTED)
        return;
    snprintf(sheet->header, sizeof sheet->header, "%s", note->header);
    mu_error_text(&note->reason, MU_CHINESE, sheet->reason, sizeof sheet->reason);
}

static struct sheet *sheet_of(void **state)
{
    static struct sheet sheet;

    memset(&sheet, 0, sizeof sheet);
    sheet.home = *state;
    snprintf(sheet.path, sizeof sheet.path, "%s/people.csv", sheet.home->folder);
    snprintf(sheet.rejects, sizeof sheet.rejects, "%s/people.rejects.csv", sheet.home->folder);
    sheet.options.note = listen;
    sheet.options.context = &sheet;
    return &sheet;
}

static void save(const char *path, const char *text, size_t length)
{
    FILE *file = fopen(path, "w");

    assert_non_null(file);
    assert_int_equal(fwrite(text, 1, length, file), length);
    fclose(file);
}

static enum mu_status try_import(struct sheet *sheet)
{
    mu_import_report_clear(&sheet->report);
    memset(sheet->notes, 0, sizeof sheet->notes);
    return mu_import_residents(sheet->home->desk, sheet->path, &sheet->options, &sheet->report,
                               &sheet->error);
}

/* Imports a file and compares the counts: rows, added, updated, unchanged, rejected. */
static void import(struct sheet *sheet, const char *text, int rows, int added, int updated,
                   int unchanged, int rejected)
{
    char got[96], wanted[96], why[512] = "";

    if (text)
        save(sheet->path, text, strlen(text));
    if (try_import(sheet) != MU_OK) {
        mu_error_text(&sheet->error, MU_CHINESE, why, sizeof why);
        fail_msg("%s", why);
    }
    const struct mu_import_report *report = &sheet->report;
    snprintf(wanted, sizeof wanted, "%d rows: %d + %d + %d, %d", rows, added, updated, unchanged,
             rejected);
    snprintf(got, sizeof got, "%d rows: %d + %d + %d, %d", (int)report->rows, (int)report->added,
             (int)report->updated, (int)report->unchanged, (int)report->rejected);
    assert_string_equal(got, wanted);
}

static void import_refused(struct sheet *sheet, const char *text, enum mu_message message)
{
    if (text)
        save(sheet->path, text, strlen(text));
    assert_int_equal(try_import(sheet), MU_INPUT);
    assert_string_equal(mu_message_text(sheet->error.message, MU_ENGLISH),
                        mu_message_text(message, MU_ENGLISH));
}

static void done(struct sheet *sheet)
{
    mu_import_report_clear(&sheet->report);
}

static struct mu_resident file_of(const struct sheet *sheet, int64_t id)
{
    struct mu_resident resident;
    struct mu_error error;

    assert_int_equal(mu_file_read(sheet->home->desk, id, &resident, &error), MU_OK);
    return resident;
}

static bool count_hit(void *context, const struct mu_resident *resident)
{
    (void)resident;
    ++*(int *)context;
    return true;
}

static int hits(const struct sheet *sheet, const char *query)
{
    struct mu_error error;
    int count = 0;

    assert_int_equal(mu_find_residents(sheet->home->desk, query, 100, count_hit, &count, &error),
                     MU_OK);
    return count;
}

static int people(const struct sheet *sheet)
{
    struct mu_error error;
    int count = 0;

    assert_int_equal(mu_list_residents(sheet->home->desk, 0, 10000, count_hit, &count, &error),
                     MU_OK);
    return count;
}

static void the_spreadsheet_of_the_community_comes_in_whole(void **state)
{
    static char gbk[2048];
    char utf8[] =
        "序号,姓 名*,证件号码（必填）,聯繫電話,所属小区,楼号,单元,房号,户编号,與户主關係,房屋性质,"
        "人员类别,一卡通号,所属网格,备注\r\n"
        "1,张金凤," ZHANG ",１３８００００１２３４,金桂花园,3栋,2,201,H01,户主,自有,"
        "残疾、低保,8801,第三网格,\"耳背，\r\n请大声说\"\r\n"
        ",,,,,,,,,,,,,,\r\n"
        "2,李建国," LI ",,金桂花园,3栋,2,201,H01,配偶,自住,,,第三网格,\r\n";
    struct sheet *sheet = sheet_of(state);
    char *in = utf8, *out = gbk;
    size_t in_left = strlen(utf8), out_left = sizeof gbk;
    iconv_t converter = iconv_open("GB18030", "UTF-8");
    struct mu_resident zhang, li;

    assert_int_equal(iconv(converter, &in, &in_left, &out, &out_left), 0);
    iconv_close(converter);
    save(sheet->path, gbk, sizeof gbk - out_left);
    import(sheet, NULL, 2, 2, 0, 0, 0);
    assert_int_equal(sheet->report.unknown_count, 1);
    assert_string_equal(sheet->report.unknown_header[0], "序号");
    assert_null(sheet->report.rejects_file);

    zhang = file_of(sheet, 1);
    li = file_of(sheet, 2);
    assert_string_equal(zhang.name, "张金凤");
    assert_string_equal(zhang.phone, "13800001234");
    assert_string_equal(zhang.tags, "残疾 低保");
    assert_string_equal(zhang.note, "耳背，\n请大声说");
    assert_string_equal(zhang.card, "8801");
    assert_int_equal(zhang.sex, MU_SEX_FEMALE);
    assert_int_equal(zhang.birth_date.year, 1946);
    assert_string_equal(mu_choice_word(&mu_occupancies, zhang.occupancy, MU_CHINESE), "自住");
    assert_int_equal(zhang.household_id, li.household_id);
    assert_string_equal(li.grid, "第三网格");
    assert_int_equal(hits(sheet, "zjf"), 1);
    assert_int_equal(hits(sheet, "3-201"), 2);

    import(sheet, NULL, 2, 0, 0, 2, 0);
    assert_int_equal(file_of(sheet, 1).version, 1);
    done(sheet);
}

static void what_the_sheet_says_is_written_over_and_empty_cells_erase_nothing(void **state)
{
    struct sheet *sheet = sheet_of(state);

    import(sheet, "姓名,身份证号,手机,楼栋,室\n张金凤," ZHANG ",13800001234,3,201\n", 1, 1, 0, 0,
           0);
    import(sheet, "姓名,身份证号,手机,楼栋,室,标签\n張金鳳," ZHANG ",,5,,残疾\n", 1, 0, 1, 0, 0);
    const struct mu_resident zhang = file_of(sheet, 1);
    assert_string_equal(zhang.name, "張金鳳");
    assert_string_equal(zhang.phone, "13800001234");
    assert_string_equal(zhang.building, "5");
    assert_string_equal(zhang.room, "201");
    assert_string_equal(zhang.tags, "残疾");
    assert_int_equal(zhang.version, 2);
    assert_int_equal(hits(sheet, "5-201"), 1);
    assert_int_equal(hits(sheet, "3-201"), 0);
    done(sheet);
}

static void every_fault_of_a_row_is_told_with_its_place(void **state)
{
    static const struct {
        const char *row, *header, *words[2];
    } cases[] = {
        {"张金凤,990101194603080021,,,,", "身份证号", {"校验", ""}},
        {"张金凤," ZHANG ",男,,,", "性别", {"男", "女"}},
        {"张金凤," ZHANG ",,1947-03-08,,", "出生日期", {"1947-03-08", "1946-03-08"}},
        {"张金凤,3.30205E+17,,,,", "身份证号", {"3.30205E+17", "文本"}},
        {",,,,,闲置", "姓名", {"", ""}},
        {"　,,女,,,", "姓名", {"", ""}},
        {"张金凤,,,,,民宅", "居住类型", {"自住", "闲置"}},
        {"张\x1b[2J凤,,,,,", "姓名", {"", ""}},
        {"张\xe2\x80\xae凤,,,,,", "姓名", {"", ""}},
        {"\"张\n凤\",,,,,", "姓名", {"", ""}},
        {"张金凤,,,1946-02-30,,", "出生日期", {"", ""}},
        {"张金凤,,,3月8日,,", "出生日期", {"", ""}},
        {"张金凤,,,2026-11-23,,", "出生日期", {"2026-11-23", ""}},
        {"张金凤,,,,138几,", "电话", {"", ""}},
        {"张金凤,,,,,,多一格", "", {"7", "6"}},
    };
    struct sheet *sheet = sheet_of(state);
    char text[512];

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        snprintf(text, sizeof text, "姓名,身份证号,性别,出生日期,电话,居住类型\n\n%s\n",
                 cases[i].row);
        import(sheet, text, 1, 0, 0, 0, 1);
        assert_int_equal(sheet->line_of[MU_IMPORT_REJECTED], 3);
        assert_string_equal(sheet->header, cases[i].header);
        assert_non_null(strstr(sheet->reason, cases[i].words[0]));
        assert_non_null(strstr(sheet->reason, cases[i].words[1]));
    }
    assert_int_equal(people(sheet), 0);
    done(sheet);
}

static void one_id_number_is_one_person_under_one_name(void **state)
{
    struct sheet *sheet = sheet_of(state);

    import(sheet, "姓名,身份证号\n张金凤," ZHANG "\n王秀英," ZHANG "\n", 2, 1, 0, 0, 1);
    assert_string_equal(sheet->header, "身份证号");
    assert_non_null(strstr(sheet->reason, "张金凤"));
    assert_non_null(strstr(sheet->reason, "王秀英"));
    assert_string_equal(file_of(sheet, 1).name, "张金凤");
    done(sheet);
}

static void a_number_of_fifteen_digits_lands_and_is_the_same_as_its_new_form(void **state)
{
    struct sheet *sheet = sheet_of(state);

    import(sheet, "姓名,身份证号\n张金凤," ZHANG_OLD "\n", 1, 1, 0, 0, 0);
    assert_int_equal(sheet->report.old_id_numbers, 1);
    assert_int_equal(file_of(sheet, 1).birth_date.year, 1946);
    import(sheet, "姓名,身份证号\n张金凤," ZHANG "\n", 1, 0, 1, 0, 0);
    assert_string_equal(file_of(sheet, 1).id_number, ZHANG);
    import(sheet, "姓名,身份证号\n张金凤," ZHANG_OLD "\n", 1, 0, 0, 1, 0);
    assert_string_equal(file_of(sheet, 1).id_number, ZHANG);
    done(sheet);
}

static void somebody_without_number_is_known_by_home_or_phone(void **state)
{
    static const char sheet_text[] = "姓名,出生日期,电话,楼栋,室\n"
                                     "王秀英,1950-01-01,13800001111,3,201\n"
                                     "王秀英,1950-01-01,13800002222,4,101\n"
                                     "李强,,,,\n";
    struct sheet *sheet = sheet_of(state);

    import(sheet, sheet_text, 3, 3, 0, 0, 0);
    assert_int_equal(sheet->report.twins, 1);
    assert_int_equal(sheet->line_of[MU_IMPORT_TWIN], 3);
    import(sheet, sheet_text, 3, 0, 0, 3, 0);
    assert_int_equal(sheet->report.twins, 0);

    import(sheet, "姓名,出生日期,电话,楼栋,室,标签\n王秀英,1950-01-01,,3栋,201室,残疾\n", 1, 0, 1,
           0, 0);
    assert_string_equal(file_of(sheet, 1).tags, "残疾");
    import(sheet, "姓名,出生日期,电话,卡号\n王秀英,1950-01-01,010-62345678、13800002222,77\n", 1, 0,
           1, 0, 0);
    assert_string_equal(file_of(sheet, 2).card, "77");
    assert_int_equal(people(sheet), 3);
    done(sheet);
}

static void one_surname_and_one_phone_may_be_one_person(void **state)
{
    struct sheet *sheet = sheet_of(state);

    import(sheet, "姓名,身份证号,电话\n张金凤," ZHANG ",13800001111\n", 1, 1, 0, 0, 0);
    import(sheet, "姓名,电话\n张凤,010-62345678、13800001111\n李金凤,13800001111\n", 2, 2, 0, 0, 0);
    assert_int_equal(sheet->report.twins, 1);
    assert_int_equal(sheet->line_of[MU_IMPORT_TWIN], 2);
    /* Her daughter has a number of her own, but the file without one may be hers. */
    import(sheet, "姓名,身份证号,电话\n张小凤,110105199003070025,13800001111\n", 1, 1, 0, 0, 0);
    assert_int_equal(sheet->report.twins, 1);
    done(sheet);
}

static void too_many_of_one_name_cannot_be_told_apart(void **state)
{
    struct sheet *sheet = sheet_of(state);
    char text[16384];
    size_t used = (size_t)sprintf(text, "姓名,电话\n");

    for (int i = 0; i < 302; i++)
        used += (size_t)sprintf(text + used, "李强,1000000%04d\n", i);
    import(sheet, text, 302, 300, 0, 0, 2);
    import(sheet, text, 302, 0, 0, 300, 2);
    assert_string_equal(sheet->header, "姓名");
    done(sheet);
}

static void an_id_number_found_later_joins_the_file_of_the_same_home(void **state)
{
    struct sheet *sheet = sheet_of(state);

    import(sheet, "姓名,出生日期,楼栋,室\n张金凤,1946-03-08,3,201\n", 1, 1, 0, 0, 0);
    import(sheet, "姓名,身份证号,楼栋,室\n张金凤," ZHANG ",3,201\n", 1, 0, 1, 0, 0);
    assert_string_equal(file_of(sheet, 1).id_number, ZHANG);
    import(sheet, "姓名,出生日期,楼栋,室\n张金凤,1946-03-08,9,901\n", 1, 1, 0, 0, 0);
    assert_int_equal(sheet->report.twins, 1);
    done(sheet);
}

static void a_day_may_come_with_its_midnight(void **state)
{
    struct sheet *sheet = sheet_of(state);

    import(sheet, "姓名,出生日期\n张金凤,1946/3/8 0:00\n李强,1958-12-15 00:00:00\n", 2, 2, 0, 0, 0);
    assert_int_equal(file_of(sheet, 1).birth_date.day, 8);
    import(sheet, "姓名,出生日期\n张金凤,1946/3/8 7:30\n", 1, 0, 0, 0, 1);
    done(sheet);
}

static void the_card_of_another_is_refused(void **state)
{
    struct sheet *sheet = sheet_of(state);

    import(sheet, "姓名,卡号\n张金凤,8801\n王秀英,8801\n", 2, 1, 0, 0, 1);
    assert_string_equal(sheet->header, "卡号");
    done(sheet);
}

static void rejected_rows_are_mended_and_imported(void **state)
{
    static const char mended[] = "姓名,血型,居住类型,拒收原因\n'=张金凤,A,自住,第3行\n";
    struct sheet *sheet = sheet_of(state);
    struct mu_table_file *file = NULL;
    const struct mu_table_row *row;
    struct mu_error error;
    struct stat facts;

    import(sheet,
           "\xEF\xBB\xBF姓名;血型;居住类型\r\n李强;O;自住\r\n=张金凤;\"A;\"\"B\"\"\";民宅\r\n", 2,
           1, 0, 0, 1);
    assert_string_equal(sheet->report.rejects_file, sheet->rejects);
    assert_int_equal(mu_table_file_open(&file, sheet->rejects, &error), MU_OK);
    assert_true(mu_table_file_format(file)->byte_order_mark);
    assert_true(mu_table_file_format(file)->crlf);
    assert_int_equal(mu_table_file_format(file)->separator, ';');
    assert_string_equal(mu_table_file_header(file)->cell[3], "拒收原因");
    assert_int_equal(mu_table_file_next(file, &row, &error), MU_OK);
    assert_string_equal(row->cell[0], "'=张金凤"); /* no formula */
    assert_string_equal(row->cell[1], "A;\"B\"");
    assert_non_null(strstr(row->cell[3], "第3行 居住类型"));
    assert_int_equal(mu_table_file_next(file, &row, &error), MU_OK);
    assert_null(row);
    mu_table_file_close(&file);
    assert_int_equal(stat(sheet->rejects, &facts), 0);
    assert_int_equal(facts.st_mode & 0777, 0600);

    import(sheet, mended, 1, 1, 0, 0, 0);
    assert_int_equal(sheet->report.unknown_count, 1);
    done(sheet);
}

static void a_number_that_begins_like_none_lands_and_is_told(void **state)
{
    struct sheet *sheet = sheet_of(state);

    import(sheet, "姓名,身份证号\n李强,11010519491231002X\n张金凤," ZHANG "\n", 2, 2, 0, 0, 0);
    assert_int_equal(sheet->report.id_origins, 1);
    assert_int_equal(sheet->notes[MU_IMPORT_ID_ORIGIN], 1);
    assert_int_equal(sheet->line_of[MU_IMPORT_ID_ORIGIN], 3);
    assert_string_equal(file_of(sheet, 2).id_number, ZHANG);
    done(sheet);
}

/* Spreadsheets of different offices write the same in words, codes and pinyin. */
static void people_are_of_a_group_and_married_or_not(void **state)
{
    static const int groups[] = {1, 22, 5, 97}, statuses[] = {20, 30, 10, 40};
    struct sheet *sheet = sheet_of(state);

    import(sheet,
           "姓名,民族,婚姻状况\n李强,汉族,已婚\n蓝阿妹,畲,30\n古丽,UG,weihun\n穿云,97,离异\n"
           "张三,01,fuhun\n王五,火星族,已婚\n赵六,汉,结了\n",
           7, 5, 0, 0, 2);
    assert_int_equal(sheet->report.unknown_count, 0);
    for (int i = 0; i < 4; i++) {
        assert_int_equal(file_of(sheet, i + 1).ethnic_group, groups[i]);
        assert_int_equal(file_of(sheet, i + 1).marital_status, statuses[i]);
    }
    assert_non_null(strstr(sheet->reason, "未婚、已婚、丧偶 或 离婚"));
    done(sheet);
}

static void a_foreign_file_is_never_written_over(void **state)
{
    static const char bad[] = "姓名\n\"\"\n\x1b\n";
    struct sheet *sheet = sheet_of(state);
    struct stat facts;

    save(sheet->rejects, "家谱\n", strlen("家谱\n"));
    import_refused(sheet, bad, MU_SAY_import_rejects_foreign);
    assert_int_equal(stat(sheet->rejects, &facts), 0);
    assert_int_equal(facts.st_size, strlen("家谱\n"));
    unlink(sheet->rejects);
    import(sheet, bad, 1, 0, 0, 0, 1);
    import(sheet, bad, 1, 0, 0, 0, 1);
    done(sheet);
}

static void strict_lands_nothing_and_dry_run_changes_nothing(void **state)
{
    static const char text[] = "姓名,居住类型\n李强,自住\n王秀英,民宅\n";
    struct sheet *sheet = sheet_of(state);

    sheet->options.dry_run = true;
    import(sheet, text, 2, 1, 0, 0, 1);
    assert_null(sheet->report.rejects_file);
    assert_int_not_equal(access(sheet->rejects, F_OK), 0);
    assert_int_equal(people(sheet), 0);

    sheet->options.dry_run = false;
    sheet->options.strict = true;
    import(sheet, text, 2, 0, 0, 0, 1);
    assert_int_equal(people(sheet), 0);
    assert_int_equal(hits(sheet, "liqiang"), 0);
    import(sheet, "姓名\n李强\n", 1, 1, 0, 0, 0);
    done(sheet);
}

static bool stop_at_once(void *context, int64_t done_bytes, int64_t all)
{
    (void)context;
    assert_true(done_bytes <= all);
    return false;
}

static void a_stopped_import_leaves_nothing(void **state)
{
    struct sheet *sheet = sheet_of(state);

    sheet->options.progress = stop_at_once;
    save(sheet->path, "姓名\n李强\n", strlen("姓名\n李强\n"));
    assert_int_equal(try_import(sheet), MU_REFUSED);
    assert_int_equal(people(sheet), 0);
    done(sheet);
}

static void headers_that_say_nothing_clear_are_refused(void **state)
{
    struct sheet *sheet = sheet_of(state);

    import_refused(sheet, "手机,电话\n1,2\n", MU_SAY_import_header_twice);
    import_refused(sheet, "金桂花园居民表,\n姓名,电话\n", MU_SAY_import_no_name_column);
    assert_non_null(strstr(sheet->error.argument[1], "金桂花园居民表"));
    assert_non_null(strstr(sheet->error.argument[2], "身份证号"));
    done(sheet);
}

static void a_column_without_header_is_told_when_it_holds_something(void **state)
{
    struct sheet *sheet = sheet_of(state);

    import(sheet, "姓名,,\n李强,,\n", 1, 1, 0, 0, 0);
    assert_int_equal(sheet->report.unknown_count, 0);
    import(sheet, "姓名,,\n李强,,党员\n", 1, 0, 0, 1, 0);
    assert_int_equal(sheet->report.unknown_count, 1);
    assert_string_equal(sheet->report.unknown_header[0], "第3列");
    done(sheet);
}

static void every_field_is_known_by_its_own_label(void **state)
{
    struct sheet *sheet = sheet_of(state);

    for (int language = 0; language < 2; language++) {
        char text[1024];
        size_t used = 0;

        for (size_t i = 0; i < mu_resident_field_count; i++)
            used += (size_t)snprintf(
                text + used, sizeof text - used, "%s%s", i ? "," : "",
                mu_message_text(mu_resident_fields[i].label, (enum mu_language)language));
        snprintf(text + used, sizeof text - used, "\n");
        import(sheet, text, 0, 0, 0, 0, 0);
        assert_int_equal(sheet->report.unknown_count, 0);
    }
    done(sheet);
}

static void the_first_row_of_a_household_decides(void **state)
{
    static const char text[] = "姓名,楼栋,室,居住类型,网格\n"
                               "李强,3,201,自住,第一网格\n"
                               "王秀英,3,201,租户,第一网格\n"
                               "张金凤,3,202,租户,\n"
                               "孙明,,,租户,\n";
    struct sheet *sheet = sheet_of(state);

    import(sheet, text, 4, 4, 0, 0, 0);
    assert_int_equal(sheet->report.not_kept, 2);
    assert_int_equal(sheet->line_of[MU_IMPORT_NOT_KEPT], 5);
    assert_string_equal(mu_choice_word(&mu_occupancies, file_of(sheet, 2).occupancy, MU_CHINESE),
                        "自住");
    import(sheet, text, 4, 0, 0, 4, 0);
    import(sheet, "姓名,楼栋,室,居住类型\n王秀英,3,201,民宿\n", 1, 0, 1, 0, 0);
    assert_string_equal(mu_choice_word(&mu_occupancies, file_of(sheet, 1).occupancy, MU_CHINESE),
                        "民宿");
    done(sheet);
}

static void a_torn_last_row_does_not_land_half(void **state)
{
    struct sheet *sheet = sheet_of(state);

    import(sheet, "姓名,电话,备注\n李强,13800001111\n王秀英,1380000", 2, 1, 0, 0, 1);
    assert_int_equal(sheet->line_of[MU_IMPORT_REJECTED], 3);
    done(sheet);
}

/* Keys of a big file are collected and sorted; somebody whose row comes twice has the keys of the
 * second. */
static void a_big_file_is_found_by_the_same_keys(void **state)
{
    enum { ROWS = 1200, LINE = 950 };
    struct sheet *sheet = sheet_of(state);
    char *text = malloc(ROWS * LINE + 512);
    size_t used = (size_t)sprintf(text, "姓名,电话,卡号,备注\n");

    for (int i = 0; i < ROWS; i++) {
        char given[5];

        mu_text_encode(0x4E00 + (uint32_t)i, given);
        used +=
            (size_t)sprintf(text + used, "李%s,1000000%04d,C%d,%0*d\n", given, i, i, LINE - 48, i);
    }
    sprintf(text + used, "李乍,10000000077 20000007777,C77,\n");
    import(sheet, text, ROWS + 1, ROWS, 1, 0, 0);
    assert_int_equal(hits(sheet, "C1199"), 1);
    assert_int_equal(hits(sheet, "C77"), 1);
    assert_int_equal(hits(sheet, "20000007777"), 1);
    assert_int_equal(hits(sheet, "0077"), 1);
    import(sheet, NULL, ROWS + 1, 0, 2, ROWS - 1, 0);
    free(text);
    done(sheet);
}

#define STORY(test) cmocka_unit_test_setup_teardown(test, home_setup, home_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        STORY(the_spreadsheet_of_the_community_comes_in_whole),
        STORY(what_the_sheet_says_is_written_over_and_empty_cells_erase_nothing),
        STORY(every_fault_of_a_row_is_told_with_its_place),
        STORY(one_id_number_is_one_person_under_one_name),
        STORY(a_number_of_fifteen_digits_lands_and_is_the_same_as_its_new_form),
        STORY(somebody_without_number_is_known_by_home_or_phone),
        STORY(one_surname_and_one_phone_may_be_one_person),
        STORY(too_many_of_one_name_cannot_be_told_apart),
        STORY(an_id_number_found_later_joins_the_file_of_the_same_home),
        STORY(a_day_may_come_with_its_midnight),
        STORY(the_card_of_another_is_refused),
        STORY(rejected_rows_are_mended_and_imported),
        STORY(a_number_that_begins_like_none_lands_and_is_told),
        STORY(people_are_of_a_group_and_married_or_not),
        STORY(a_foreign_file_is_never_written_over),
        STORY(strict_lands_nothing_and_dry_run_changes_nothing),
        STORY(a_stopped_import_leaves_nothing),
        STORY(headers_that_say_nothing_clear_are_refused),
        STORY(a_column_without_header_is_told_when_it_holds_something),
        STORY(every_field_is_known_by_its_own_label),
        STORY(the_first_row_of_a_household_decides),
        STORY(a_torn_last_row_does_not_land_half),
        STORY(a_big_file_is_found_by_the_same_keys),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
