#include "unit/home.h"

#include <mulin/desk/act.h>
#include <mulin/desk/key.h>
#include <mulin/desk/operators.h>

#include <sqlite3.h>

static struct mu_resident read_file(struct mu_desk *desk, int64_t id)
{
    struct mu_resident resident;

    assert_int_equal(mu_read_resident(desk, id, &resident, NULL), MU_OK);
    return resident;
}

/* Sets one field of a file. */
static void set(struct mu_desk *desk, int64_t id, const char *key, const char *text)
{
    struct mu_resident resident = read_file(desk, id);
    const struct mu_field *field =
        mu_field_by_key(mu_resident_fields, mu_resident_field_count, key);

    assert_int_equal(mu_field_read(field, text, mu_desk_now(desk).date, &resident, NULL), MU_OK);
    assert_int_equal(mu_save_resident(desk, &resident, NULL, NULL), MU_OK);
}

static struct mu_undone next_undo(struct mu_desk *desk)
{
    struct mu_undone undone;

    assert_int_equal(mu_undo_next(desk, 0, &undone, NULL), MU_OK);
    return undone;
}

/* F8 and yes. */
static struct mu_undone undo(struct mu_desk *desk)
{
    struct mu_undone undone = next_undo(desk);

    assert_true(undone.act_id > 0);
    assert_int_equal(mu_undo(desk, undone.act_id, &undone, NULL), MU_OK);
    return undone;
}

struct names {
    char text[512];
};

static bool collect(void *context, const struct mu_resident *resident)
{
    struct names *names = context;
    size_t used = strlen(names->text);

    snprintf(names->text + used, sizeof names->text - used, "%s ", resident->name);
    return true;
}

static void assert_finds(struct mu_desk *desk, const char *query, const char *expected)
{
    struct names names = {0};

    assert_int_equal(mu_find_residents(desk, query, 50, collect, &names, NULL), MU_OK);
    assert_string_equal(names.text, expected);
}

static void assert_sound(struct mu_desk *desk)
{
    struct mu_verify_report report;

    assert_int_equal(mu_verify(desk, NULL, NULL, &report, NULL), MU_OK);
}

/* Another person's desk. */
static struct mu_desk *colleague(struct home *home)
{
    struct mu_desk_options options = {
        .home = home->folder, .system_user = "wang", .fixed_now = "2026-11-22T12:05"};
    struct mu_desk *desk = NULL;

    assert_int_equal(mu_add_operator(home->desk, "王丽", MU_ROLE_DESK, "wang", NULL), MU_OK);
    assert_int_equal(mu_desk_open(&options, &desk, NULL), MU_OK);
    return desk;
}

static void a_phone_comes_back(void **state)
{
    struct home *home = *state;
    struct mu_undone undone;
    int64_t id = home_add(home->desk, "name", "王秀英", "phone", "13812344821", NULL);

    set(home->desk, id, "phone", "13912340001");
    undone = next_undo(home->desk);
    assert_string_equal(undone.words[MU_CHINESE], "11:30 王秀英 的电话 138****4821 → 139****0001");
    assert_string_equal(undone.words[MU_ENGLISH], "11:30 王秀英: Phone 138****4821 → 139****0001");
    undo(home->desk);
    assert_string_equal(read_file(home->desk, id).phone, "138****4821");
    assert_finds(home->desk, "4821", "王秀英 ");
    assert_finds(home->desk, "0001", "");
    assert_sound(home->desk);
}

static void steps_are_taken_back_one_after_another_and_done_again(void **state)
{
    struct home *home = *state;
    struct mu_undone first, second;
    int64_t id = home_add(home->desk, "name", "王秀英", NULL);

    set(home->desk, id, "phone", "13812344821");
    set(home->desk, id, "note", "听力不好");
    first = undo(home->desk);
    assert_string_equal(first.words[MU_CHINESE], "11:30 王秀英 的备注");
    second = undo(home->desk);
    assert_string_equal(read_file(home->desk, id).note, "");
    assert_string_equal(read_file(home->desk, id).phone, "");
    /* The second taking back is the fifth act; it is taken back in turn. */
    assert_int_equal(mu_undo(home->desk, 5, &second, NULL), MU_OK);
    assert_true(second.again);
    assert_string_equal(read_file(home->desk, id).phone, "138****4821");
    assert_string_equal(undo(home->desk).words[MU_ENGLISH],
                        "11:30 王秀英: Phone nothing → 138****4821");
    assert_string_equal(undo(home->desk).words[MU_ENGLISH], "11:30 new resident file: 王秀英");
    assert_int_equal(next_undo(home->desk).act_id, 0);
    assert_sound(home->desk);
}

static void what_a_colleague_changed_since_stays(void **state)
{
    struct home *home = *state;
    struct mu_desk *there = colleague(home);
    struct mu_undone undone;
    struct mu_error error;
    int64_t id = home_add(home->desk, "name", "王秀英", "phone", "13812344821", NULL);

    set(home->desk, id, "occupation", "退休");
    set(home->desk, id, "phone", "13912340001");
    set(there, id, "tags", "低保");
    set(there, id, "phone", "13700000009");
    assert_int_equal(mu_undo_next(home->desk, 0, &undone, &error), MU_REFUSED);
    assert_int_equal(error.message, MU_SAY_error_undo_changed);
    assert_string_equal(error.argument[1], "王丽");
    assert_string_equal(error.argument[2], "2026-11-22 12:05");
    assert_int_equal(mu_undo(home->desk, undone.act_id, NULL, &error), MU_REFUSED);
    assert_string_equal(read_file(home->desk, id).phone, "137****0009");
    /* The step before it is another field and goes. */
    assert_int_equal(mu_undo_next(home->desk, undone.act_id, &undone, &error), MU_OK);
    assert_int_equal(mu_undo(home->desk, undone.act_id, NULL, &error), MU_OK);
    assert_string_equal(read_file(home->desk, id).occupation, "");
    assert_string_equal(read_file(home->desk, id).tags, "低保");
    /* And the colleague's own is hers. */
    assert_int_equal(mu_undo(home->desk, next_undo(there).act_id, NULL, &error), MU_REFUSED);
    assert_int_equal(error.message, MU_SAY_error_undo_foreign);
    mu_desk_free(&there);
}

static void a_new_file_leaves_everything_but_its_number(void **state)
{
    struct home *home = *state;
    const struct mu_meal_request request = {.resident_id = 1};
    struct mu_meal_answer answer;
    struct mu_figures figures;
    struct names names = {0};
    struct mu_resident file;
    struct mu_error error;
    int64_t id = home_add(home->desk, "name", "张金凤", "id_number", "11010519491231002X", "card",
                          "YL0001", "phone", "13812344821", "building", "3", "room", "201", NULL);
    int64_t household = read_file(home->desk, id).household_id;

    assert_string_equal(undo(home->desk).words[MU_CHINESE], "11:30 新建居民档案：张金凤");
    file = read_file(home->desk, id);
    assert_int_equal(file.status, MU_ENTERED_IN_ERROR);
    assert_string_equal(file.id_number, "");
    assert_finds(home->desk, "张金凤", "");
    assert_finds(home->desk, "4821", "");
    assert_finds(home->desk, "YL0001", "");
    assert_int_equal(mu_list_residents(home->desk, 0, 10, collect, &names, NULL), MU_OK);
    assert_int_equal(mu_list_household(home->desk, household, collect, &names, NULL), MU_OK);
    assert_string_equal(names.text, "");
    assert_int_equal(mu_today(home->desk, &figures, NULL), MU_OK);
    assert_int_equal(figures.living, 0);
    assert_int_equal(figures.files, 0);
    assert_int_equal(mu_serve_meal(home->desk, &request, &answer, &error), MU_REFUSED);
    assert_int_equal(answer.refusal, MU_MEAL_IN_ERROR);
    strcpy(file.name, "张金芳");
    assert_int_equal(mu_save_resident(home->desk, &file, NULL, &error), MU_REFUSED);
    assert_int_equal(
        mu_end_resident(home->desk, id, MU_LIVING_HERE, (struct mu_date){0, 0, 0}, &error),
        MU_REFUSED);
    /* Number and card are free for the right file. */
    home_add(home->desk, "name", "章金凤", "id_number", "11010519491231002X", "card", "YL0001",
             NULL);
    assert_sound(home->desk);
    /* So what was taken back can't be done again. */
    assert_int_equal(mu_undo(home->desk, 2, NULL, &error), MU_INPUT);
    assert_int_equal(error.message, MU_SAY_error_resident_id_taken);
    undo(home->desk);
    assert_int_equal(mu_undo(home->desk, 2, NULL, &error), MU_OK);
    assert_finds(home->desk, "YL0001", "张金凤 ");
    assert_int_equal(read_file(home->desk, id).household_id, household);
    assert_sound(home->desk);
}

static void a_new_file_with_meals_stays(void **state)
{
    struct home *home = *state;
    struct mu_meal_request request = {.resident_id = 1};
    struct mu_meal_answer answer;
    struct mu_error error;
    struct mu_undone undone;

    home_add(home->desk, "name", "张金凤", "birth_date", "1940-01-01", NULL);
    assert_int_equal(mu_serve_meal(home->desk, &request, &answer, &error), MU_OK);
    assert_int_equal(mu_undo_next(home->desk, 0, &undone, &error), MU_OK);
    assert_int_equal(mu_undo(home->desk, undone.act_id, NULL, &error), MU_REFUSED);
    assert_int_equal(error.message, MU_SAY_error_undo_meals);
    assert_int_equal(mu_void_meal(home->desk, answer.meal.id, "误刷", NULL, &error), MU_OK);
    assert_int_equal(mu_undo(home->desk, undone.act_id, NULL, &error), MU_OK);
    assert_sound(home->desk);
}

static void a_new_file_that_a_colleague_filled_in_stays(void **state)
{
    struct home *home = *state;
    struct mu_desk *there = colleague(home);
    struct mu_undone undone;
    struct mu_error error;
    int64_t id = home_add(home->desk, "name", "张金凤", NULL);

    set(there, id, "phone", "13700000009");
    assert_int_equal(mu_undo_next(home->desk, 0, &undone, &error), MU_REFUSED);
    assert_string_equal(error.argument[1], "王丽");
    undo(there);
    assert_int_equal(mu_undo_next(home->desk, 0, &undone, &error), MU_OK);
    mu_desk_free(&there);
}

static void the_dead_can_return(void **state)
{
    struct home *home = *state;
    const struct mu_date day = {2026, 11, 20};
    int64_t id = home_add(home->desk, "name", "张金凤", NULL);

    assert_int_equal(mu_end_resident(home->desk, id, MU_MOVED_OUT, day, NULL), MU_OK);
    assert_int_equal(mu_end_resident(home->desk, id, MU_DECEASED, day, NULL), MU_OK);
    assert_string_equal(undo(home->desk).words[MU_CHINESE], "11:30 张金凤 登记为去世");
    assert_int_equal(read_file(home->desk, id).status, MU_MOVED_OUT);
    assert_int_equal(mu_date_compare(read_file(home->desk, id).ended_on, day), 0);
    assert_string_equal(undo(home->desk).words[MU_ENGLISH], "11:30 张金凤 noted as moved out");
    assert_int_equal(read_file(home->desk, id).status, MU_LIVING_HERE);
    assert_false(mu_date_known(read_file(home->desk, id).ended_on));
}

static int64_t count_past_homes(const struct home *home)
{
    sqlite3 *db = NULL;
    sqlite3_stmt *statement = NULL;
    int64_t count;

    assert_int_equal(sqlite3_open(home->path, &db), SQLITE_OK);
    assert_int_equal(
        sqlite3_prepare_v2(db, "SELECT count(*) FROM residence_past", -1, &statement, NULL),
        SQLITE_OK);
    assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
    count = sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    sqlite3_close(db);
    return count;
}

static void a_move_that_was_none_leaves_no_past_home(void **state)
{
    struct home *home = *state;
    struct mu_resident file;
    int64_t id = home_add(home->desk, "name", "张金凤", "building", "3", "room", "201", "grid",
                          "一格", NULL);
    int64_t son = home_add(home->desk, "name", "张小军", "building", "3", "room", "201", NULL);
    int64_t household = read_file(home->desk, id).household_id;

    home_add(home->desk, "name", "李四", "building", "5", "room", "102", "grid", "二格", NULL);
    file = read_file(home->desk, id);
    strcpy(file.building, "5");
    strcpy(file.room, "102");
    assert_int_equal(mu_save_resident(home->desk, &file, NULL, NULL), MU_OK);
    assert_int_equal(count_past_homes(home), 1);
    assert_string_equal(file.grid, "二格");
    /* The home that was left gets a new grid meanwhile: that is not taken back with the move. */
    struct mu_desk *there = colleague(home);

    set(there, son, "grid", "三格");
    mu_desk_free(&there);
    undo(home->desk);
    file = read_file(home->desk, id);
    assert_int_equal(file.household_id, household);
    assert_string_equal(file.grid, "三格");
    assert_int_equal(count_past_homes(home), 0);
    assert_sound(home->desk);
}

static void a_grid_that_was_set_by_mistake_is_unknown_again(void **state)
{
    struct home *home = *state;
    int64_t id = home_add(home->desk, "name", "张金凤", "building", "3", "room", "201", NULL);

    set(home->desk, id, "grid", "一格");
    undo(home->desk);
    assert_string_equal(read_file(home->desk, id).grid, "");
}

/* They are a home's: without one there is nothing that could keep them. */
static void a_grid_without_a_home_is_not_told_as_kept(void **state)
{
    struct home *home = *state;
    int64_t id = home_add(home->desk, "name", "张金凤", NULL);

    set(home->desk, id, "grid", "一格");
    assert_string_equal(undo(home->desk).words[MU_CHINESE], "11:30 新建居民档案：张金凤");
}

struct history {
    size_t count;
    char text[2048];
};

static bool tell(void *context, const struct mu_act_view *view)
{
    struct history *history = context;
    size_t used = strlen(history->text);

    snprintf(history->text + used, sizeof history->text - used, "%s|%s|%s\n",
             view->act.operator_name, view->words, view->count ? view->field[0].after : "");
    history->count++;
    return true;
}

static void a_file_tells_what_was_done_to_it(void **state)
{
    struct home *home = *state;
    struct mu_desk *there = colleague(home);
    struct history history = {0};
    int64_t id = home_add(home->desk, "name", "王秀英", "id_number", "11010519491231002X", NULL);

    set(there, id, "phone", "13912340001");
    set(home->desk, id, "note", "听力不好");
    set(home->desk, id, "note", "听力不好");
    undo(home->desk);
    home_add(home->desk, "name", "李四", NULL);
    assert_int_equal(mu_list_history(home->desk, id, 0, 10, MU_CHINESE, tell, &history, NULL),
                     MU_OK);
    assert_string_equal(history.text, "keeper|撤销：王秀英 的备注|\n"
                                      "keeper|王秀英 的备注|\n"
                                      "王丽|王秀英 的电话 空 → 139****0001|139****0001\n"
                                      "keeper|新建居民档案：王秀英|王秀英\n");
    memset(&history, 0, sizeof history);
    assert_int_equal(mu_list_history(home->desk, id, 3, 1, MU_ENGLISH, tell, &history, NULL),
                     MU_OK);
    assert_string_equal(history.text, "王丽|王秀英: Phone nothing → 139****0001|139****0001\n");
    assert_null(strstr(history.text, "听力"));
    mu_desk_free(&there);
}

static void only_the_last_twenty_steps_count(void **state)
{
    struct home *home = *state;
    struct mu_error error;
    struct history history = {0};
    int64_t id = home_add(home->desk, "name", "王秀英", NULL);
    char number[16];

    for (int i = 0; i < MU_UNDO_STEPS; i++) {
        snprintf(number, sizeof number, "%d", 10000 + i);
        set(home->desk, id, "phone", number);
    }
    assert_int_equal(mu_undo(home->desk, 1, NULL, &error), MU_REFUSED);
    assert_int_equal(error.message, MU_SAY_error_undo_old);
    assert_int_equal(mu_list_undo(home->desk, MU_CHINESE, tell, &history, NULL), MU_OK);
    assert_int_equal(history.count, MU_UNDO_STEPS);
    for (int i = 0; i < MU_UNDO_STEPS; i++)
        undo(home->desk);
    assert_int_equal(next_undo(home->desk).act_id, 0);
    assert_string_equal(read_file(home->desk, id).name, "王秀英");
}

static void who_may_no_longer_do_it_may_not_take_it_back(void **state)
{
    struct home *home = *state;
    struct mu_desk *there = colleague(home);
    struct mu_error error;
    struct mu_undone undone;

    home_add(there, "name", "王秀英", NULL);
    undone = next_undo(there);
    assert_int_equal(mu_change_role(home->desk, "王丽", MU_ROLE_TALLY, &error), MU_OK);
    assert_int_equal(mu_undo(there, undone.act_id, NULL, &error), MU_REFUSED);
    assert_int_equal(error.message, MU_SAY_error_may_undo);
    mu_desk_free(&there);
}

static void execute(const struct home *home, const char *sql)
{
    sqlite3 *db = NULL;

    assert_int_equal(sqlite3_open(home->path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(db);
}

static void history_is_sealed_and_moves_to_a_new_key(void **state)
{
    struct home *home = *state;
    struct mu_verify_report report;
    struct mu_error error;
    char old_mark[16], new_mark[16];
    int64_t id = home_add(home->desk, "name", "王秀英", "phone", "13812344821", NULL);

    set(home->desk, id, "phone", "13912340001");
    assert_int_equal(mu_change_key(home->desk, NULL, NULL, old_mark, new_mark, &error), MU_OK);
    assert_sound(home->desk);
    undo(home->desk);
    assert_string_equal(read_file(home->desk, id).phone, "138****4821");
    /* What stood before is laid in the place of what stood after. */
    execute(home, "UPDATE act_change SET after = before WHERE act_id = 2");
    assert_int_equal(mu_verify(home->desk, NULL, NULL, &report, &error), MU_STORE);
    assert_int_equal(error.message, MU_SAY_error_verify_act);
    assert_string_equal(error.argument[0], "2");
    assert_int_equal(mu_change_key(home->desk, NULL, NULL, old_mark, new_mark, &error), MU_STORE);
}

int main(void)
{
#define STORY(test) cmocka_unit_test_setup_teardown(test, home_setup, home_teardown)
    const struct CMUnitTest tests[] = {
        STORY(a_phone_comes_back),
        STORY(steps_are_taken_back_one_after_another_and_done_again),
        STORY(what_a_colleague_changed_since_stays),
        STORY(a_new_file_leaves_everything_but_its_number),
        STORY(a_new_file_with_meals_stays),
        STORY(a_new_file_that_a_colleague_filled_in_stays),
        STORY(the_dead_can_return),
        STORY(a_move_that_was_none_leaves_no_past_home),
        STORY(a_grid_that_was_set_by_mistake_is_unknown_again),
        STORY(a_grid_without_a_home_is_not_told_as_kept),
        STORY(a_file_tells_what_was_done_to_it),
        STORY(only_the_last_twenty_steps_count),
        STORY(who_may_no_longer_do_it_may_not_take_it_back),
        STORY(history_is_sealed_and_moves_to_a_new_key),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
