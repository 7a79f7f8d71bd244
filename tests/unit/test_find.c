/* One box for everything: who is found, in which order, and why. */
#include "unit/raw_file.h"

#include <mulin/desk/act.h>
#include <mulin/desk/household.h>
#include <mulin/desk/tag.h>
#include <mulin/desk/twin.h>

#include "base/embedded.h"

#include <unistd.h>

struct findings {
    size_t count;
    char text[2048];
};

/* 张金凤[拼音] 户 12[户号 12] */
static bool collect(void *context, const struct mu_finding *finding)
{
    struct findings *found = context;
    size_t used = strlen(found->text);
    char why[512];

    mu_why_text(finding->why, finding->why_count, MU_CHINESE, why, sizeof why);
    if (finding->household_id)
        snprintf(found->text + used, sizeof found->text - used, "%s户%s%s%zu人[%s]",
                 used ? " " : "", finding->resident.household_number, finding->resident.name,
                 finding->members, why);
    else
        snprintf(found->text + used, sizeof found->text - used, "%s%s[%s]", used ? " " : "",
                 finding->resident.name, why);
    found->count++;
    return true;
}

static void assert_finds(struct mu_desk *desk, const char *query, const char *expected)
{
    const struct mu_find_request request = {.query = query, .limit = 50, .effort = MU_FIND_FIRST};
    struct findings found = {0};
    struct mu_error error;
    bool cut;

    assert_int_equal(mu_find(desk, &request, collect, &found, &cut, &error), MU_OK);
    assert_string_equal(found.text, expected);
    assert_false(cut);
}

static bool collect_name(void *context, const struct mu_resident *resident)
{
    struct findings *found = context;
    size_t used = strlen(found->text);

    snprintf(found->text + used, sizeof found->text - used, "%s%s", used ? " " : "",
             resident->name);
    return true;
}

static void assert_recent(struct mu_desk *desk, const char *expected)
{
    struct findings names = {0};

    assert_int_equal(mu_recent_files(desk, collect_name, &names, NULL), MU_OK);
    assert_string_equal(names.text, expected);
}

static void assert_sound(struct mu_desk *desk)
{
    struct mu_verify_report report;
    struct mu_error error;

    assert_int_equal(mu_verify(desk, NULL, NULL, &report, &error), MU_OK);
}

static void move_to(struct mu_desk *desk, int64_t id, const char *building, const char *room)
{
    struct mu_household to = {.estate = "金桂花园"};
    struct mu_move move;
    struct mu_error error;

    snprintf(to.building, sizeof to.building, "%s", building);
    snprintf(to.room, sizeof to.room, "%s", room);
    assert_int_equal(mu_plan_move(desk, &id, 1, &to, &move, &error), MU_OK);
    move.day = mu_desk_now(desk).date;
    assert_int_equal(mu_move(desk, &move, &error), MU_OK);
}

/* Takes the last step back. */
static void undo(struct mu_desk *desk)
{
    struct mu_undone undone;
    struct mu_error error;

    assert_int_equal(mu_undo_next(desk, 0, &undone, &error), MU_OK);
    assert_int_equal(mu_undo(desk, undone.act_id, &undone, &error), MU_OK);
}

static void every_hit_says_why(void **state)
{
    struct home *home = *state;

    home_add(home->desk, "name", "张金凤", "phone", "13812348821", "id_number",
             "11010519491231002X", "building", "3栋", "room", "201", "card", "YL0001", "estate",
             "金桂花园", "household_number", "H0123", NULL);
    assert_finds(home->desk, "张金", "张金凤[姓名]");
    assert_finds(home->desk, "金凤", "张金凤[姓名]");
    assert_finds(home->desk, "zhangj", "张金凤[拼音]");
    assert_finds(home->desk, "jinfeng", "张金凤[拼音]");
    assert_finds(home->desk, "zjf", "张金凤[首字母]");
    assert_finds(home->desk, "8821", "张金凤[电话尾号]");
    assert_finds(home->desk, "002X", "张金凤[证件尾号]");
    assert_finds(home->desk, "11010519491231002x", "张金凤[身份证号]");
    assert_finds(home->desk, "yl0001", "张金凤[卡号]");
    assert_finds(home->desk, "3-201", "张金凤[住址]");
    assert_finds(home->desk, "3栋", "张金凤[住址]");
    assert_finds(home->desk, "3", "张金凤[住址]"); /* on the way to 3栋 */
    assert_finds(home->desk, "zjf 03", "张金凤[首字母，住址]");
    assert_finds(home->desk, "zjf 3栋 8821", "张金凤[首字母，住址，电话尾号]");
    assert_finds(home->desk, "002X zjf", "张金凤[证件尾号，首字母]");
    assert_finds(home->desk, "zjf 5栋", "");
}

static void other_readings_and_letters_say_what_they_are(void **state)
{
    struct home *home = *state;

    home_add(home->desk, "name", "单田芳", NULL);
    home_add(home->desk, "name", "Anna Müller", NULL);
    assert_finds(home->desk, "dtf", "单田芳[首字母]");
    assert_finds(home->desk, "dantian", "单田芳[拼音]");
    assert_finds(home->desk, "anna", "Anna Müller[姓名]");
}

static void a_household_is_found_by_its_number(void **state)
{
    struct home *home = *state;

    home_add(home->desk, "name", "张金凤", "relation", "配偶", "building", "3", "room", "201",
             "household_number", "H0000123", NULL);
    home_add(home->desk, "name", "王建国", "relation", "户主", "building", "3", "room", "201",
             "household_number", "H0000123", NULL);
    home_add(home->desk, "name", "李秀英", "building", "4", "room", "101", "household_number",
             "1234", "phone", "13800000123", NULL);
    assert_finds(home->desk, "户123",
                 "户H0000123王建国2人[户号 H0000123] 户1234李秀英1人[户号 1234]");
    assert_finds(home->desk, "户号123 ",
                 "户H0000123王建国2人[户号 H0000123] 户1234李秀英1人[户号 1234]");
    assert_finds(home->desk, "123", "户H0000123王建国2人[户号 H0000123]");
    assert_finds(home->desk, "h0000123", "户H0000123王建国2人[户号 H0000123]");
    assert_finds(home->desk, "G123", "");
    assert_finds(home->desk, "0123", "李秀英[电话尾号] 户H0000123王建国2人[户号 H0000123]");
    assert_finds(home->desk, "1234", "户1234李秀英1人[户号 1234]");
    assert_finds(home->desk, "户", "");
    assert_finds(home->desk, "户9", "");
    /* With other words it says which people of it. */
    assert_finds(home->desk, "户123 zjf", "张金凤[户号 H0000123，首字母]");
    assert_finds(home->desk, "李 1234", "李秀英[姓名，户号 1234]");
    assert_sound(home->desk);
}

static void who_lived_there_is_told_from_who_lives_there(void **state)
{
    struct home *home = *state;
    int64_t id = home_add(home->desk, "name", "张金凤", "estate", "金桂花园", "building", "2栋",
                          "unit", "1", "room", "301", NULL);

    home_add(home->desk, "name", "王建国", "estate", "金桂花园", "building", "3栋", "room", "101",
             NULL);
    home_add(home->desk, "name", "李秀英", "estate", "金桂花园", "building", "2栋", "unit", "1",
             "room", "301", NULL);
    move_to(home->desk, id, "5栋", "402");
    assert_finds(home->desk, "2-301", "李秀英[住址] 张金凤[旧址 2-1-301（至2026-11-22）]");
    assert_finds(home->desk, "2栋1单元301", "李秀英[住址] 张金凤[旧址 2-1-301（至2026-11-22）]");
    assert_finds(home->desk, "zjf 2栋", "张金凤[首字母，旧址 2-1-301（至2026-11-22）]");
    assert_finds(home->desk, "5-402", "张金凤[住址]");
    assert_sound(home->desk);
    /* The move is taken back: nobody left. */
    undo(home->desk);
    assert_finds(home->desk, "2-301", "张金凤[住址] 李秀英[住址]");
    assert_finds(home->desk, "5-402", "");
    assert_sound(home->desk);
}

static void who_left_and_came_back_lives_there(void **state)
{
    struct home *home = *state;
    int64_t id = home_add(home->desk, "name", "张金凤", "estate", "金桂花园", "building", "2栋",
                          "room", "301", NULL);

    move_to(home->desk, id, "5栋", "402");
    move_to(home->desk, id, "2栋", "301");
    move_to(home->desk, id, "5栋", "402");
    assert_finds(home->desk, "2-301", "张金凤[旧址 2-301（至2026-11-22）]");
    move_to(home->desk, id, "2栋", "301");
    assert_finds(home->desk, "2-301", "张金凤[住址]");
    assert_finds(home->desk, "5-402", "张金凤[旧址 5-402（至2026-11-22）]");
    assert_sound(home->desk);
}

static void a_tag_is_a_word_of_its_own(void **state)
{
    struct home *home = *state;
    struct mu_error error;
    int64_t moved;

    home_add(home->desk, "name", "张金凤", "tags", "低保 残疾", "building", "3栋", "room", "201",
             NULL);
    home_add(home->desk, "name", "王建国", "tags", "困境家庭 困境儿童 困地户", "building", "4栋",
             "room", "201", NULL);
    home_add(home->desk, "name", "低保华", "building", "3栋", "room", "202", NULL);
    moved = home_add(home->desk, "name", "李秀英", "tags", "低保", NULL);
    assert_int_equal(
        mu_end_resident(home->desk, moved, MU_MOVED_OUT, (struct mu_date){2026, 11, 1}, &error),
        MU_OK);
    assert_finds(home->desk, "低保", "低保华[姓名] 张金凤[标签 低保]");
    assert_finds(home->desk, "dibao", "低保华[拼音] 张金凤[标签 低保]");
    assert_finds(home->desk, "困境", "王建国[标签 困境儿童]"); /* the first that begins so */
    assert_finds(home->desk, "困境家", "王建国[标签 困境家庭]");
    assert_finds(home->desk, "困境家庭", "王建国[标签 困境家庭]");
    assert_finds(home->desk, "困地", "王建国[标签 困地户]");
    assert_finds(home->desk, "困", "");
    assert_finds(home->desk, "低保 3栋", "张金凤[标签 低保，住址] 低保华[姓名，住址]");
    assert_finds(home->desk, "残疾 低保", "张金凤[标签 残疾，标签 低保]");
    assert_finds(home->desk, "残疾 4栋", "");
    assert_finds(home->desk, "zjf canji", "张金凤[首字母，标签 残疾]");
}

static void what_is_computed_is_found_and_never_kept(void **state)
{
    struct home *home = *state;

    home_add(home->desk, "name", "张金凤", "birth_date", "1940-01-01", "relation", "户主",
             "building", "3栋", "room", "201", NULL);
    home_add(home->desk, "name", "王建国", "birth_date", "1950-01-01", "relation", "户主",
             "building", "3栋", "room", "202", NULL);
    home_add(home->desk, "name", "李秀英", "birth_date", "1952-01-01", "relation", "配偶",
             "building", "3栋", "room", "202", NULL);
    home_add(home->desk, "name", "赵大爷", "birth_date", "1945-01-01", "relation", "户主",
             "building", "4栋", "room", "101", NULL);
    home_add(home->desk, "name", "赵小妹", "birth_date", "1975-01-01", "relation", "女", "building",
             "4栋", "room", "101", NULL);
    assert_finds(home->desk, "独居", "张金凤[标签 独居]");
    assert_finds(home->desk, "duju", "张金凤[标签 独居]");
    assert_finds(home->desk, "独居 3栋", "张金凤[标签 独居，住址]");
    assert_finds(home->desk, "3栋 独居", "张金凤[住址，标签 独居]");
    assert_finds(home->desk, "独居 4栋", "");
    assert_finds(home->desk, "空巢", "张金凤[标签 空巢] 王建国[标签 空巢] 李秀英[标签 空巢]");
    assert_finds(home->desk, "空巢 独居", "张金凤[标签 空巢，标签 独居]");
    assert_finds(home->desk, "高龄", "赵大爷[标签 高龄] 张金凤[标签 高龄]");
    assert_finds(home->desk, "７０＋ 李", "李秀英[标签 70+，姓名]");
    assert_finds(home->desk, "60+ 3-202", "王建国[标签 60+，住址] 李秀英[标签 60+，住址]");
    assert_finds(home->desk, "100+", "");
}

static void twins_lead_to_the_file_that_speaks_for_both(void **state)
{
    struct home *home = *state;
    struct mu_error error;
    int64_t leading = home_add(home->desk, "name", "张金凤", "phone", "13812348821", "birth_date",
                               "1940-01-01", NULL);
    int64_t other =
        home_add(home->desk, "name", "张金风", "tags", "低保", "phone", "13812349999", NULL);

    assert_int_equal(mu_link_twins(home->desk, leading, other, "同一人", &error), MU_OK);
    assert_finds(home->desk, "9999", "张金凤[电话尾号]");
    /* The tags of both count, computed ones only once. */
    assert_finds(home->desk, "低保", "张金凤[标签 低保]");
    assert_finds(home->desk, "80+", "张金凤[标签 80+]");
}

static void what_was_entered_in_error_is_never_found(void **state)
{
    struct home *home = *state;

    home_add(home->desk, "name", "张金凤", "phone", "13812348821", "tags", "低保", "birth_date",
             "1940-01-01", "building", "3", "room", "201", "household_number", "12", NULL);
    assert_int_equal(mu_remember_file(home->desk, 1, NULL), MU_OK);
    assert_recent(home->desk, "张金凤");
    undo(home->desk);
    for (const char *const *query =
             (const char *const[]){"zjf", "8821", "低保", "独居", "80+", "3-201", NULL};
         *query; query++)
        assert_finds(home->desk, *query, "");
    assert_recent(home->desk, "");
}

static void a_query_that_no_file_can_answer_finds_nobody(void **state)
{
    struct home *home = *state;
    char *text = malloc(10001);

    home_add(home->desk, "name", "张金凤", "tags", "低保", NULL);
    assert_finds(home->desk, "", "");
    assert_finds(home->desk, "　", "");
    assert_finds(home->desk, "低保 低保 低保 低保 低保 低保 低保", "");
    assert_finds(home->desk, "\x1b[2J张金凤", "");
    assert_finds(home->desk, "张金\xe5\x87", "");
    assert_finds(home->desk, "低'保", "");
    assert_finds(home->desk, "%", "");
    memset(text, '9', 10000);
    text[10000] = '\0';
    assert_finds(home->desk, text, "");
    for (size_t i = 0; i < 9999; i += 3)
        memcpy(text + i, "张", 3);
    assert_finds(home->desk, text, "");
    memset(text, '+', 10000);
    memcpy(text, "60", 2);
    text[200] = '\0';
    assert_finds(home->desk, text, "");
    free(text);
}

static void the_last_twenty_files_come_back_the_newest_first(void **state)
{
    struct home *home = *state;
    int64_t ids[25];
    char name[32];

    for (int i = 0; i < 25; i++) {
        snprintf(name, sizeof name, "张%c", 'a' + i);
        ids[i] = home_add(home->desk, "name", name, NULL);
        assert_int_equal(mu_remember_file(home->desk, ids[i], NULL), MU_OK);
    }
    assert_recent(home->desk, "张y 张x 张w 张v 张u 张t 张s 张r 张q 张p 张o 张n 张m 张l 张k 张j"
                              " 张i 张h 张g 张f");
    assert_int_equal(mu_remember_file(home->desk, ids[10], NULL), MU_OK);
    assert_recent(home->desk, "张k 张y 张x 张w 张v 张u 张t 张s 张r 张q 张p 张o 张n 张m 张l 张j"
                              " 张i 张h 张g 张f");
}

static void a_clock_that_was_put_back_keeps_the_order(void **state)
{
    struct home *home = *state;
    int64_t first = home_add(home->desk, "name", "张金凤", NULL);
    int64_t second = home_add(home->desk, "name", "王建国", NULL);
    struct mu_desk *early = home_desk(home, "2026-11-22T10:00");

    assert_int_equal(mu_remember_file(home->desk, first, NULL), MU_OK);
    assert_int_equal(mu_remember_file(early, second, NULL), MU_OK);
    assert_recent(home->desk, "王建国 张金凤");
    assert_int_equal(mu_remember_file(early, first, NULL), MU_OK);
    assert_recent(home->desk, "张金凤 王建国");
    mu_desk_free(&early);
}

static void a_file_that_is_not_there_is_not_remembered(void **state)
{
    struct home *home = *state;

    assert_int_equal(mu_remember_file(home->desk, 99, NULL), MU_STORE);
    assert_recent(home->desk, "");
}

/* Keys of homes that were left which are missing, or nobody left. */
static void verify_sees_keys_of_old_homes(void **state)
{
    struct home *home = *state;
    struct mu_verify_report report;
    struct mu_error error;
    int64_t id = home_add(home->desk, "name", "张金凤", "estate", "金桂花园", "building", "2栋",
                          "room", "301", NULL);

    move_to(home->desk, id, "5栋", "402");
    assert_sound(home->desk);
    raw_run(home, "DELETE FROM search_key WHERE token = 'p2-301'");
    assert_int_equal(mu_verify(home->desk, NULL, NULL, &report, &error), MU_STORE);
    raw_run(home, "INSERT INTO search_key VALUES ('p2-301', 1), ('p9-901', 1)");
    assert_int_equal(mu_verify(home->desk, NULL, NULL, &report, &error), MU_STORE);
    raw_run(home, "DELETE FROM search_key WHERE token = 'p9-901'");
    assert_sound(home->desk);
}

/* Records of the first version had no such keys. */
static void homes_that_were_left_before_are_found_after_an_upgrade(void **state)
{
    struct home *home = *state;
    char key[96];

    mu_desk_free(&home->desk);
    snprintf(key, sizeof key, "%s/mulin.key", home->folder);
    assert_int_equal(unlink(home->path), 0);
    assert_int_equal(unlink(key), 0);
    raw_run(home, mu_embedded_migrations[0].text);
    raw_run(home,
            "PRAGMA application_id = 7173484; PRAGMA user_version = 1;"
            "INSERT INTO operator VALUES (1, 'keeper', 'keeper', 'keeper', '2026-11-21T08:00:00');"
            "INSERT INTO resident (name) VALUES ('张金凤');"
            "INSERT INTO place VALUES (1, '金桂花园', '2栋', '1单元', '301室');"
            "INSERT INTO household (place_id) VALUES (1);"
            "INSERT INTO residence_past VALUES (1, 1, 2, '2026-11-20', '2026-11-21T09:00:00')");
    home->desk = home_desk(home, HOME_NOW);
    assert_finds(home->desk, "2-301", "张金凤[旧址 2-1-301（至2026-11-20）]");
}

struct both {
    size_t count, wrong;
};

struct ids {
    int64_t id[MU_FIND_LIMIT];
    size_t count;
};

static bool check_both(void *context, const struct mu_finding *finding)
{
    struct both *both = context;
    const struct mu_resident *resident = &finding->resident;

    both->count++;
    both->wrong += strcmp(resident->name, "张三") != 0 || strcmp(resident->building, "3栋") != 0 ||
                   finding->why_count != 2;
    return true;
}

static bool keep_id(void *context, const struct mu_finding *finding)
{
    struct ids *ids = context;

    ids->id[ids->count++] = finding->resident.id;
    return true;
}

static bool find_ids(struct mu_desk *desk, const char *query, enum mu_find_effort effort,
                     struct ids *ids)
{
    const struct mu_find_request request = {
        .query = query, .limit = MU_FIND_LIMIT, .effort = effort};
    struct mu_error error;
    bool cut;

    ids->count = 0;
    assert_int_equal(mu_find(desk, &request, keep_id, ids, &cut, &error), MU_OK);
    return cut;
}

/* Those who are found at once stand first in the whole answer, too. */
static size_t find_first(struct mu_desk *desk, const char *query)
{
    struct ids first, all;
    bool cut = find_ids(desk, query, MU_FIND_FIRST, &first);

    assert_false(find_ids(desk, query, MU_FIND_QUICK, &all));
    assert_in_range(first.count, 0, all.count);
    if (!cut)
        assert_int_equal(first.count, all.count);
    assert_memory_equal(first.id, all.id, first.count * sizeof *first.id);
    return first.count;
}

/* How many 张三 of 3栋, and nobody else. */
static size_t find_both(struct mu_desk *desk, const char *query)
{
    const struct mu_find_request request = {
        .query = query, .limit = MU_FIND_LIMIT, .effort = MU_FIND_QUICK};
    struct both both = {0};
    struct mu_error error;
    bool cut;

    assert_int_equal(mu_find(desk, &request, check_both, &both, &cut, &error), MU_OK);
    assert_int_equal(both.wrong, 0);
    assert_false(cut);
    find_first(desk, query);
    return both.count;
}

/* Every other one is 张三, every other two live in 3栋, in households of three numbers. */
static void fill(struct home *home, int people)
{
    char sql[1024];

    raw_run(home, "INSERT INTO place (place_id, estate, building, unit, room) VALUES"
                  " (1, '', '3栋', '', '201'), (2, '', '5栋', '', '201');"
                  "INSERT INTO household (household_id, place_id, number) VALUES"
                  " (1, 1, 'H0071'), (2, 2, 'H0072'), (3, 1, 'H0088')");
    snprintf(sql, sizeof sql,
             "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d)"
             " INSERT INTO resident (resident_id, name, household_id)"
             " SELECT i, CASE i %% 2 WHEN 0 THEN '张三' ELSE '李四' END,"
             " CASE WHEN i %% 4 < 2 THEN 1 + i %% 8 / 4 * 2 ELSE 2 END FROM n;"
             "INSERT INTO search_key SELECT '1' || name, resident_id FROM resident UNION ALL"
             " SELECT CASE household_id WHEN 2 THEN 'r5-201' ELSE 'r3-201' END, resident_id"
             " FROM resident",
             people);
    raw_run(home, sql);
}

static void nobody_is_missed_who_answers_to_two_words_that_many_answer_to(void **state)
{
    struct home *home = *state;

    fill(home, 240);
    assert_int_equal(find_both(home->desk, "张 3栋"), 60);
    assert_int_equal(find_both(home->desk, "3栋 张三"), 60);
    assert_int_equal(find_both(home->desk, "张三 户71"), 30);
    assert_int_equal(find_both(home->desk, "张 0088"), 30);
}

static void very_many_answer_to_each_of_two_words(void **state)
{
    struct home *home = *state;

    fill(home, 2400);
    assert_int_equal(find_both(home->desk, "张 3栋"), 600);
    assert_int_equal(find_both(home->desk, "3-201 张"), 600);
    assert_int_equal(find_both(home->desk, "张三 88"), 300);
}

static void the_first_hits_come_at_once_and_stay_the_first(void **state)
{
    struct home *home = *state;

    fill(home, 2400);
    assert_in_range(find_first(home->desk, "张 3栋"), 10, 599);
    assert_in_range(find_first(home->desk, "3-201 张"), 10, 599);
    assert_in_range(find_first(home->desk, "张 张三"), 10, 999);
    assert_in_range(find_first(home->desk, "李 3栋"), 10, 599);
    find_first(home->desk, "张 四");
    find_first(home->desk, "张三 户0088");
    find_first(home->desk, "户 张");
    find_first(home->desk, "3 三");
    raw_run(home, "UPDATE search_key SET token = '1王五' WHERE token = '1张三'"
                  " AND resident_id > 400;"
                  "UPDATE resident SET name = '王五' WHERE name = '张三' AND resident_id > 400");
    find_first(home->desk, "张 3栋");
    find_first(home->desk, "3栋 张三");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define STORY(name) cmocka_unit_test_setup_teardown(name, home_setup, home_teardown)
        STORY(every_hit_says_why),
        STORY(other_readings_and_letters_say_what_they_are),
        STORY(a_household_is_found_by_its_number),
        STORY(who_lived_there_is_told_from_who_lives_there),
        STORY(who_left_and_came_back_lives_there),
        STORY(a_tag_is_a_word_of_its_own),
        STORY(what_is_computed_is_found_and_never_kept),
        STORY(twins_lead_to_the_file_that_speaks_for_both),
        STORY(what_was_entered_in_error_is_never_found),
        STORY(a_query_that_no_file_can_answer_finds_nobody),
        STORY(the_last_twenty_files_come_back_the_newest_first),
        STORY(a_clock_that_was_put_back_keeps_the_order),
        STORY(a_file_that_is_not_there_is_not_remembered),
        STORY(nobody_is_missed_who_answers_to_two_words_that_many_answer_to),
        STORY(very_many_answer_to_each_of_two_words),
        STORY(the_first_hits_come_at_once_and_stay_the_first),
        STORY(verify_sees_keys_of_old_homes),
        STORY(homes_that_were_left_before_are_found_after_an_upgrade),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
