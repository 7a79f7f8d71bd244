/* A whole import is taken back, homes without people come in, and what was done since stays. */
#include "unit/home.h"

#include "desk/resident_file.h"

#include <mulin/base/text.h>
#include <mulin/desk/act.h>
#include <mulin/desk/household.h>
#include <mulin/desk/import.h>
#include <mulin/desk/place.h>
#include <mulin/desk/tag.h>

#include <sqlite3.h>

#define HEADERS "姓名,电话,小区,楼栋,室,居住类型,标签,卡号,网格,备注\n"

static struct mu_import_report import(struct home *home, const char *text)
{
    const struct mu_import_options options = {.language = MU_CHINESE};
    struct mu_import_report report;
    struct mu_error error;
    char path[96], why[512];
    FILE *file;

    snprintf(path, sizeof path, "%s/居民表.csv", home->folder);
    file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
    if (mu_import_residents(home->desk, path, &options, &report, &error) != MU_OK) {
        mu_error_text(&error, MU_CHINESE, why, sizeof why);
        fail_msg("%s", why);
    }
    const struct mu_import_report counts = {.added = report.added,
                                            .updated = report.updated,
                                            .unchanged = report.unchanged,
                                            .homes = report.homes};
    mu_import_report_clear(&report);
    return counts;
}

static struct mu_import_report counts_of(struct home *home, const char *text)
{
    struct mu_import_report report;
    const struct mu_import_options options = {.language = MU_CHINESE, .dry_run = true};
    char path[96];
    FILE *file;

    snprintf(path, sizeof path, "%s/居民表.csv", home->folder);
    file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
    assert_int_equal(mu_import_residents(home->desk, path, &options, &report, NULL), MU_OK);
    return report;
}

static bool count(void *context, const struct mu_resident *resident)
{
    (void)resident;
    ++*(int *)context;
    return true;
}

static int hits(struct home *home, const char *query)
{
    int found = 0;

    assert_int_equal(mu_find_residents(home->desk, query, 1000, count, &found, NULL), MU_OK);
    return found;
}

static int people(struct home *home)
{
    int found = 0;

    assert_int_equal(mu_list_residents(home->desk, 0, 10000, count, &found, NULL), MU_OK);
    return found;
}

static struct mu_resident file_of(struct home *home, int64_t id)
{
    struct mu_resident resident;

    assert_int_equal(mu_file_read(home->desk, id, &resident, NULL), MU_OK);
    return resident;
}

static int ask(const struct home *home, const char *sql)
{
    sqlite3_stmt *statement;
    sqlite3 *raw;
    int answer;

    assert_int_equal(sqlite3_open(home->path, &raw), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(raw, sql, -1, &statement, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
    answer = sqlite3_column_int(statement, 0);
    sqlite3_finalize(statement);
    sqlite3_close(raw);
    return answer;
}

/* Homes that stand on lists. */
static int homes(const struct home *home)
{
    return ask(home, "SELECT count(*) FROM household WHERE joined_into IS NULL");
}

static bool count_place(void *context, const char *name)
{
    (void)name;
    ++*(int *)context;
    return true;
}

static struct mu_undone undo(struct home *home)
{
    struct mu_undone undone;
    struct mu_error error;
    char why[512];

    assert_int_equal(mu_undo_next(home->desk, 0, &undone, NULL), MU_OK);
    assert_true(undone.act_id > 0);
    if (mu_undo(home->desk, undone.act_id, &undone, &error) != MU_OK) {
        mu_error_text(&error, MU_CHINESE, why, sizeof why);
        fail_msg("%s", why);
    }
    return undone;
}

static void assert_sound(struct home *home)
{
    struct mu_verify_report report;
    struct mu_error error;
    char why[512];

    if (mu_verify(home->desk, NULL, NULL, &report, &error) != MU_OK) {
        mu_error_text(&error, MU_CHINESE, why, sizeof why);
        fail_msg("%s", why);
    }
}

static void a_whole_import_is_taken_back(void **state)
{
    struct home *home = *state;
    struct mu_resident zhang;
    struct mu_undone undone;

    import(home, HEADERS "张金凤,13812344821,金桂花园,3,201,自住,低保,8801,一,软饭\n");
    import(home, HEADERS "张金凤,13912340001,金桂花园,3,201,租户,残疾,8802,二,\n"
                         "李桂兰,,金桂花园,3,202,租户,低保,8801,,怕狗\n"
                         "王小明,13700000001,金桂花园,99,101,自住,,,,\n"
                         ",13600000002,金桂花园,99,102,闲置,,,,钥匙在物业\n");
    assert_int_equal(people(home), 3);
    assert_int_equal(homes(home), 4);
    assert_int_equal(ask(home, "SELECT count(*) FROM card_past WHERE card = '8801'"), 1);
    assert_int_equal(mu_undo_next(home->desk, 0, &undone, NULL), MU_OK);
    assert_non_null(
        strstr(undone.words[MU_CHINESE], "导入 居民表.csv（新增 2 人，修改 2 份，无人房屋 1 户）"));
    undone = undo(home);
    assert_string_equal(undone.kept_names, "");
    assert_int_equal(people(home), 1);
    assert_int_equal(homes(home), 1);
    zhang = file_of(home, 1);
    assert_string_equal(zhang.phone, "13812344821");
    assert_string_equal(zhang.tags, "低保");
    assert_string_equal(zhang.card, "8801");
    assert_int_equal(ask(home, "SELECT count(*) FROM card_past"), 0);
    assert_string_equal(zhang.grid, "一");
    assert_string_equal(zhang.note, "软饭");
    assert_string_equal(mu_choice_word(&mu_occupancies, zhang.occupancy, MU_CHINESE), "自住");
    assert_int_equal(hits(home, "李桂兰"), 0);
    assert_int_equal(hits(home, "0001"), 0);
    assert_int_equal(hits(home, "4821"), 1);
    assert_int_equal(file_of(home, 2).status, MU_ENTERED_IN_ERROR);
    assert_string_equal(file_of(home, 2).note, "");
    assert_sound(home);
    /* The one before it can go, too. */
    undo(home);
    assert_int_equal(people(home), 0);
    assert_int_equal(homes(home), 0);
    assert_sound(home);
}

static void buildings_of_nobody_leave_the_tree(void **state)
{
    struct home *home = *state;
    const struct mu_place_at at = {.within_estate = true, .estate = "金桂花园"};
    int buildings = 0;

    import(home, HEADERS "张金凤,,金桂花园,3,201,自住,,,,\n");
    import(home, HEADERS "王小明,,金桂花园,99,101,自住,,,,\n");
    assert_int_equal(mu_list_places(home->desk, &at, count_place, &buildings, NULL), MU_OK);
    assert_int_equal(buildings, 2);
    undo(home);
    buildings = 0;
    assert_int_equal(mu_list_places(home->desk, &at, count_place, &buildings, NULL), MU_OK);
    assert_int_equal(buildings, 1);
}

static void what_was_done_since_stays_and_is_told(void **state)
{
    struct home *home = *state;
    const struct mu_meal_request request = {.who = "8803"};
    struct mu_meal_answer answer;
    struct mu_resident resident;
    struct mu_undone undone;

    import(home, HEADERS "张金凤,13812344821,金桂花园,3,201,自住,,8801,,\n");
    import(home, HEADERS "张金凤,13912340001,金桂花园,3,201,,,,,\n"
                         "李桂兰,,金桂花园,3,202,租户,,8802,,\n"
                         "王小明,,金桂花园,3,203,租户,,8803,,\n"
                         "赵一,,金桂花园,3,204,租户,,,,\n"
                         "钱二,,金桂花园,3,205,租户,,,,\n");
    assert_int_equal(mu_read_resident(home->desk, 1, &resident, NULL), MU_OK);
    strcpy(resident.phone, "13700000009");
    assert_int_equal(mu_save_resident(home->desk, &resident, NULL, NULL), MU_OK);
    assert_int_equal(mu_read_resident(home->desk, 2, &resident, NULL), MU_OK);
    strcpy(resident.note, "听力不好");
    assert_int_equal(mu_save_resident(home->desk, &resident, NULL, NULL), MU_OK);
    assert_int_equal(mu_serve_meal(home->desk, &request, &answer, NULL), MU_OK);
    /* A change that was itself taken back leaves the file as it was imported. */
    assert_int_equal(mu_read_resident(home->desk, 4, &resident, NULL), MU_OK);
    strcpy(resident.note, "看错了");
    assert_int_equal(mu_save_resident(home->desk, &resident, NULL, NULL), MU_OK);
    undo(home);
    assert_int_equal(mu_undo(home->desk, 2, &undone, NULL), MU_OK);
    assert_int_equal(undone.kept, 3);
    assert_string_equal(undone.kept_names, "王小明 #3、李桂兰 #2、张金凤 #1");
    assert_int_equal(people(home), 3);
    assert_string_equal(file_of(home, 1).phone, "13700000009");
    assert_string_equal(file_of(home, 2).note, "听力不好");
    assert_int_equal(homes(home), 3);
    assert_sound(home);
}

static void taking_an_import_back_is_not_taken_back(void **state)
{
    struct home *home = *state;
    struct mu_undone undone;
    struct mu_error error;
    char why[512];
    const char *const sheet = HEADERS "张金凤,13812344821,金桂花园,3,201,自住,低保,8801,,\n";

    import(home, sheet);
    undo(home);
    assert_int_equal(mu_undo(home->desk, 2, &undone, &error), MU_REFUSED);
    mu_error_text(&error, MU_CHINESE, why, sizeof why);
    assert_non_null(strstr(why, "请重新导入"));
    /* The file comes in again, with its home. */
    assert_int_equal(import(home, sheet).added, 1);
    assert_int_equal(homes(home), 1);
    assert_int_equal(hits(home, "8801"), 1);
    assert_sound(home);
}

static bool stop_at_once(void *context, int64_t done, int64_t all)
{
    (void)context, (void)done, (void)all;
    return false;
}

static void stopped_it_takes_nothing_back(void **state)
{
    struct home *home = *state;
    struct mu_undone undone;

    import(home, HEADERS "张金凤,13812344821,金桂花园,3,201,自住,低保,8801,,\n");
    assert_int_equal(mu_undo_watched(home->desk, 1, stop_at_once, NULL, &undone, NULL), MU_REFUSED);
    assert_int_equal(people(home), 1);
    assert_int_equal(undo(home).kept, 0);
}

static bool take_words(void *context, const struct mu_act_view *view)
{
    snprintf(context, MU_ACT_WORDS_SIZE, "%s", view->what);
    return false;
}

static void the_history_of_a_file_names_the_import(void **state)
{
    struct home *home = *state;
    char words[MU_ACT_WORDS_SIZE] = "";

    import(home, HEADERS "张金凤,13812344821,金桂花园,3,201,自住,低保,8801,,\n");
    import(home, HEADERS "张金凤,13912340001,金桂花园,3,201,自住,低保,8801,,\n");
    assert_int_equal(mu_list_history(home->desk, 1, 0, 10, MU_CHINESE, take_words, words, NULL),
                     MU_OK);
    assert_string_equal(words, "导入 居民表.csv：电话 138****4821 → 139****0001");
    *words = '\0';
    assert_int_equal(mu_read_act(home->desk, 2, MU_CHINESE, take_words, words, NULL), MU_OK);
    assert_non_null(strstr(words, "电话"));
}

static void a_file_that_goes_takes_its_home_along(void **state)
{
    struct home *home = *state;
    struct mu_resident first = {.name = "张金凤", .building = "3", .room = "201"},
                       second = {.name = "李桂兰", .building = "3", .room = "201"}, moved;

    assert_int_equal(mu_save_resident(home->desk, &first, NULL, NULL), MU_OK);
    assert_int_equal(mu_save_resident(home->desk, &second, NULL, NULL), MU_OK);
    undo(home);
    assert_int_equal(homes(home), 1);
    /* Who moves away and back leaves no empty home behind. */
    assert_int_equal(mu_read_resident(home->desk, 1, &moved, NULL), MU_OK);
    strcpy(moved.room, "909");
    assert_int_equal(mu_save_resident(home->desk, &moved, NULL, NULL), MU_OK);
    assert_int_equal(homes(home), 2);
    undo(home);
    assert_int_equal(homes(home), 1);
    undo(home);
    assert_int_equal(homes(home), 0);
    /* Somebody who comes to live there finds the same home. */
    first = (struct mu_resident){.name = "王小明", .building = "3", .room = "201"};
    assert_int_equal(mu_save_resident(home->desk, &first, NULL, NULL), MU_OK);
    assert_int_equal(homes(home), 1);
    assert_int_equal(ask(home, "SELECT count(*) FROM household"), 2);
    assert_sound(home);
}

static void homes_without_people_come_in(void **state)
{
    struct home *home = *state;
    struct mu_household_page page;
    struct mu_import_report report;
    char why[512];

    report = import(home, "小区,楼栋,室,居住类型,电话,备注,网格\n"
                          "金桂花园,3,201,闲置,13800000001,钥匙在物业,一\n"
                          "金桂花园,3,202,民宿,,,\n");
    assert_int_equal(report.homes, 2);
    assert_int_equal(report.added, 0);
    assert_int_equal(people(home), 0);
    assert_int_equal(mu_read_household(home->desk, 1, &page, NULL), MU_OK);
    assert_string_equal(page.household.note, "钥匙在物业");
    assert_string_equal(page.household.contact_phone, "138****0001");
    assert_string_equal(page.household.grid, "一");
    assert_string_equal(mu_choice_word(&mu_occupancies, page.household.occupancy, MU_CHINESE),
                        "闲置");
    mu_household_page_clear(&page);
    /* Again it says nothing new; then somebody let it. */
    report = import(home, "小区,楼栋,室,居住类型\n金桂花园,3,201,闲置\n金桂花园,3,202,租户\n");
    assert_int_equal(report.unchanged, 1);
    assert_int_equal(report.updated, 1);
    assert_int_equal(mu_read_household(home->desk, 2, &page, NULL), MU_OK);
    assert_int_equal(page.past_count, 1);
    mu_household_page_clear(&page);
    /* A home with people is not empty, and a person without a name is no home. */
    import(home, HEADERS "张金凤,,金桂花园,3,201,自住,,,,\n");
    report = counts_of(home, "姓名,小区,楼栋,室,居住类型,卡号\n,金桂花园,3,201,闲置,\n"
                             ",金桂花园,3,203,闲置,8801\n,,,,闲置,\n,金桂花园,3,203,,\n"
                             ",金桂花园,3,203,闲置,\n");
    assert_int_equal(report.rejected, 4);
    assert_int_equal(report.homes, 1);
    assert_int_equal(report.reason_count, 3);
    mu_error_text(&report.reason[0].reason, MU_CHINESE, why, sizeof why);
    assert_non_null(strstr(why, "还住着 1 人"));
    assert_int_equal(report.reason[1].count, 2);
    assert_int_equal(report.reason[1].line[0], 3);
    assert_int_equal(report.reason[1].line[1], 5);
    mu_import_report_clear(&report);
    undo(home);
    undo(home);
    undo(home);
    assert_int_equal(homes(home), 0);
    /* The same home once more is new again, and goes again. */
    report = import(home, "小区,楼栋,室,居住类型\n金桂花园,3,201,闲置\n");
    assert_int_equal(report.homes, 1);
    assert_int_equal(homes(home), 1);
    undo(home);
    assert_int_equal(homes(home), 0);
    assert_sound(home);
}

static void the_home_of_an_import_is_put_back_with_its_use(void **state)
{
    struct home *home = *state;
    struct mu_household_page page;

    import(home, HEADERS "张金凤,,金桂花园,3,201,自住,,,一,\n");
    /* Only a new housemate says that the home is let. */
    import(home, HEADERS "李桂兰,,金桂花园,3,201,租户,,,二,\n");
    assert_int_equal(mu_read_household(home->desk, 1, &page, NULL), MU_OK);
    assert_string_equal(page.household.grid, "二");
    assert_int_equal(page.past_count, 1);
    mu_household_page_clear(&page);
    undo(home);
    assert_int_equal(mu_read_household(home->desk, 1, &page, NULL), MU_OK);
    assert_string_equal(page.household.grid, "一");
    assert_string_equal(mu_choice_word(&mu_occupancies, page.household.occupancy, MU_CHINESE),
                        "自住");
    assert_int_equal(page.member_count, 1);
    mu_household_page_clear(&page);
    assert_sound(home);
}

static void thousands_are_taken_back_record_by_record(void **state)
{
    enum { ROWS = 700 };
    struct home *home = *state;
    char *text = malloc(ROWS * 64 + 256);
    size_t used = 0;

    assert_non_null(text);
    used = (size_t)sprintf(text, "姓名,卡号,楼栋,室\n");
    for (int i = 0; i < ROWS; i++) {
        char given[8] = "";

        mu_text_encode(0x4E00 + (uint32_t)i, given);
        used += (size_t)sprintf(text + used, "李%s,C%d,%d,%d\n", given, i, i / 10, i % 10);
    }
    import(home, text);
    for (size_t i = 0; i < used; i++)
        if (text[i] == 'C')
            text[i] = 'D';
    assert_int_equal(import(home, text).updated, ROWS);
    assert_int_equal(hits(home, "D699"), 1);
    assert_int_equal(undo(home).kept, 0);
    assert_int_equal(hits(home, "D699"), 0);
    assert_int_equal(hits(home, "C699"), 1);
    assert_int_equal(undo(home).kept, 0);
    assert_int_equal(people(home), 0);
    assert_int_equal(homes(home), 0);
    assert_sound(home);
    free(text);
}

#define STORY(test) cmocka_unit_test_setup_teardown(test, home_setup, home_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        STORY(a_whole_import_is_taken_back),
        STORY(buildings_of_nobody_leave_the_tree),
        STORY(what_was_done_since_stays_and_is_told),
        STORY(taking_an_import_back_is_not_taken_back),
        STORY(stopped_it_takes_nothing_back),
        STORY(the_history_of_a_file_names_the_import),
        STORY(a_file_that_goes_takes_its_home_along),
        STORY(homes_without_people_come_in),
        STORY(the_home_of_an_import_is_put_back_with_its_use),
        STORY(thousands_are_taken_back_record_by_record),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
