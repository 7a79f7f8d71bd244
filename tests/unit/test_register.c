#include "unit/home.h"

#include <unistd.h>

struct names {
    size_t count;
    char text[512];
};

static bool collect(void *context, const struct mu_resident *resident)
{
    struct names *names = context;
    size_t used = strlen(names->text);

    snprintf(names->text + used, sizeof names->text - used, "%s%s", names->count++ ? " " : "",
             resident->name);
    return true;
}

static void assert_finds(struct mu_desk *desk, const char *query, const char *expected)
{
    struct names names = {0};

    assert_int_equal(mu_find_residents(desk, query, 50, collect, &names, NULL), MU_OK);
    assert_string_equal(names.text, expected);
}

static void a_name_is_found_by_what_the_clerk_has_heard(void **state)
{
    struct home *home = *state;

    home_add(home->desk, "name", "单田芳", "phone", "13812345678", NULL);
    home_add(home->desk, "name", "曾国藩", NULL);
    home_add(home->desk, "name", "吕秀英", NULL);
    home_add(home->desk, "name", "張金嫻", NULL);
    assert_finds(home->desk, "shan", "单田芳");
    assert_finds(home->desk, "stf", "单田芳");
    assert_finds(home->desk, "dan", "单田芳");
    assert_finds(home->desk, "dtf", "单田芳");
    assert_finds(home->desk, "zeng", "曾国藩");
    assert_finds(home->desk, "zgf", "曾国藩");
    assert_finds(home->desk, "lv", "吕秀英");
    assert_finds(home->desk, "lu", "吕秀英");
    assert_finds(home->desk, "张金娴", "張金嫻");
    assert_finds(home->desk, "ＳＴＦ", "单田芳");
    assert_finds(home->desk, "5678", "单田芳");
    assert_finds(home->desk, "５６７８", "单田芳");
    assert_finds(home->desk, "5679", "");
    assert_finds(home->desk, "", "");
}

static void a_common_reading_ranks_below_the_right_one(void **state)
{
    struct home *home = *state;

    home_add(home->desk, "name", "单田芳", NULL);
    home_add(home->desk, "name", "但田芳", NULL);
    assert_finds(home->desk, "dan", "但田芳 单田芳");
}

static void exact_comes_before_beginning_before_part(void **state)
{
    struct home *home = *state;

    home_add(home->desk, "name", "张金凤", NULL);
    home_add(home->desk, "name", "金凤华", NULL);
    home_add(home->desk, "name", "金凤", NULL);
    assert_finds(home->desk, "金凤", "金凤 金凤华 张金凤");
}

static void rooms_and_id_tails_are_found(void **state)
{
    struct home *home = *state;

    home_add(home->desk, "name", "张金凤", "id_number", "11010519491231002X", "building", "3栋",
             "unit", "2单元", "room", "201", NULL);
    home_add(home->desk, "name", "王建国", "building", "03", "room", "2011", NULL);
    assert_finds(home->desk, "3-201", "张金凤 王建国");
    assert_finds(home->desk, "3栋201", "张金凤 王建国");
    assert_finds(home->desk, "3-2-201", "张金凤");
    assert_finds(home->desk, "3栋2单元201室", "张金凤");
    assert_finds(home->desk, "3栋", "张金凤 王建国");
    assert_finds(home->desk, "002X", "张金凤");
    assert_finds(home->desk, "002ｘ", "张金凤");
    assert_finds(home->desk, "1231002X", "张金凤");
    assert_finds(home->desk, "9931002X", "");
    assert_finds(home->desk, "11010519491231002x", "张金凤");
    assert_finds(home->desk, "张 3-201", "张金凤");
    assert_finds(home->desk, "王　3-201", "王建国");
    assert_finds(home->desk, "zjf 王", "");
}

static void a_phone_is_found_however_it_is_written(void **state)
{
    struct home *home = *state;

    home_add(home->desk, "name", "张金凤", "phone", "0574-87654321", NULL);
    home_add(home->desk, "name", "王建国", "phone", "+8613812345678", NULL);
    home_add(home->desk, "name", "李桂兰", "card", "0574-1", NULL);
    assert_finds(home->desk, "0574-87654321", "张金凤");
    assert_finds(home->desk, "057487654321", "张金凤");
    assert_finds(home->desk, "8765-4321", "张金凤");
    assert_finds(home->desk, "4321", "张金凤");
    assert_finds(home->desk, "13812345678", "王建国");
    assert_finds(home->desk, "+86138-1234-5678", "王建国");
    assert_finds(home->desk, "0574-1", "李桂兰");
}

/* Of a query that is too long the front must not stand for the whole. */
static void a_query_is_taken_whole_or_not_at_all(void **state)
{
    struct home *home = *state;
    const struct mu_meal_request request = {.who = "张金凤 zhang zjf 3-201 8765 k1 王五"};
    struct mu_meal_answer answer;
    char text[400];

    home_add(home->desk, "name", "张金凤", "building", "3", "room", "201", "card", "k1", "phone",
             "87658765", NULL);
    assert_finds(home->desk, "张金凤 zhang zjf 3-201 8765 k1", "张金凤");
    assert_finds(home->desk, request.who, "");
    assert_int_equal(mu_serve_meal(home->desk, &request, &answer, NULL), MU_REFUSED);
    assert_int_equal(answer.refusal, MU_MEAL_NOT_FOUND);
    snprintf(text, sizeof text, "张金凤%300s王五", "");
    assert_finds(home->desk, text, "");
}

static void an_id_number_belongs_to_one_person(void **state)
{
    struct home *home = *state;
    struct mu_resident other = {.name = "王建国", .id_number = "11010519491231002X"};
    struct mu_error error;
    const char *field;

    home_add(home->desk, "name", "张金凤", "id_number", "11010519491231002X", "card", "a1", NULL);
    assert_int_equal(mu_save_resident(home->desk, &other, &field, &error), MU_INPUT);
    assert_int_equal(error.message, MU_SAY_error_resident_id_taken);
    assert_string_equal(field, "id_number");
    assert_int_equal(other.id, 0);
    *other.id_number = '\0';
    strcpy(other.card, "Ａ1");
    assert_int_equal(mu_save_resident(home->desk, &other, &field, &error), MU_INPUT);
    assert_string_equal(field, "card");
}

static void a_card_has_one_form(void **state)
{
    struct home *home = *state;
    struct mu_resident resident;
    int64_t id = home_add(home->desk, "name", "张金凤", "card", "ｙl0001", NULL);

    assert_int_equal(mu_read_resident(home->desk, id, &resident, NULL), MU_OK);
    assert_string_equal(resident.card, "YL0001");
    assert_finds(home->desk, "yl0001", "张金凤");
    assert_finds(home->desk, "YL0001", "张金凤");
}

static void sex_and_birth_date_follow_from_the_id_number(void **state)
{
    struct home *home = *state;
    struct mu_resident resident;
    struct mu_error error;
    const char *field;
    int64_t id = home_add(home->desk, "name", "张金凤", "id_number", "11010519491231002X", NULL);

    assert_int_equal(mu_read_resident(home->desk, id, &resident, NULL), MU_OK);
    assert_int_equal(resident.sex, MU_SEX_FEMALE);
    assert_int_equal(mu_date_compare(resident.birth_date, (struct mu_date){1949, 12, 31}), 0);
    resident.sex = MU_SEX_MALE;
    assert_int_equal(mu_save_resident(home->desk, &resident, &field, &error), MU_INPUT);
    assert_string_equal(field, "sex");
}

static void the_second_editor_of_a_file_is_told(void **state)
{
    struct home *home = *state;
    struct mu_resident here, there;
    struct mu_error error;
    int64_t id = home_add(home->desk, "name", "张金凤", NULL);

    assert_int_equal(mu_read_resident(home->desk, id, &here, NULL), MU_OK);
    there = here;
    strcpy(here.phone, "13800000001");
    assert_int_equal(mu_save_resident(home->desk, &here, NULL, NULL), MU_OK);
    strcpy(there.phone, "13800000002");
    assert_int_equal(mu_save_resident(home->desk, &there, NULL, &error), MU_REFUSED);
    assert_int_equal(error.message, MU_SAY_error_resident_changed);
    assert_finds(home->desk, "0001", "张金凤");
    assert_finds(home->desk, "0002", "");
}

static void a_household_gathers_at_its_address(void **state)
{
    struct home *home = *state;
    struct mu_resident resident;
    struct names names = {0};

    home_add(home->desk, "name", "王小红", "estate", "鹭汀苑", "building", "1", "room", "101",
             "relation", "女", NULL);
    int64_t head = home_add(home->desk, "name", "王建国", "estate", "鹭汀苑", "building", "1",
                            "room", "101", "relation", "户主", "occupancy", "自住", NULL);
    home_add(home->desk, "name", "李四", "estate", "鹭汀苑", "building", "1", "room", "102", NULL);
    assert_int_equal(mu_read_resident(home->desk, head, &resident, NULL), MU_OK);
    assert_int_equal(mu_list_household(home->desk, resident.household_id, collect, &names, NULL),
                     MU_OK);
    assert_string_equal(names.text, "王建国 王小红");
}

static struct mu_resident read_file(struct mu_desk *desk, int64_t id)
{
    struct mu_resident resident;

    assert_int_equal(mu_read_resident(desk, id, &resident, NULL), MU_OK);
    return resident;
}

static void who_moves_in_leaves_the_home_as_it_is(void **state)
{
    struct home *home = *state;
    struct mu_resident mover;
    int64_t id = home_add(home->desk, "name", "张金凤", "building", "1", "room", "101", "occupancy",
                          "租户", "grid", "一格", NULL);
    int64_t there = home_add(home->desk, "name", "王建国", "building", "2", "room", "201",
                             "occupancy", "自住", "grid", "二格", NULL);

    mover = read_file(home->desk, id);
    strcpy(mover.building, "2");
    strcpy(mover.room, "201");
    assert_int_equal(mu_save_resident(home->desk, &mover, NULL, NULL), MU_OK);
    assert_int_equal(mover.household_id, read_file(home->desk, there).household_id);
    assert_string_equal(mu_choice_word(&mu_occupancies, mover.occupancy, MU_CHINESE), "自住");
    assert_string_equal(read_file(home->desk, there).grid, "二格");
    assert_int_equal(read_file(home->desk, there).occupancy, mover.occupancy);
    /* A room that was mistyped takes them along, and what is changed on purpose is changed. */
    strcpy(mover.room, "202");
    assert_int_equal(mu_save_resident(home->desk, &mover, NULL, NULL), MU_OK);
    assert_string_equal(mover.grid, "二格");
    strcpy(mover.room, "201");
    strcpy(mover.grid, "三格");
    assert_int_equal(mu_save_resident(home->desk, &mover, NULL, NULL), MU_OK);
    assert_string_equal(read_file(home->desk, there).grid, "三格");
}

static void after_a_move_the_records_are_sound(void **state)
{
    struct home *home = *state;
    struct mu_verify_report report;
    struct mu_error error = {0};
    struct mu_resident mover =
        read_file(home->desk, home_add(home->desk, "name", "张金凤", "building", "1", NULL));

    strcpy(mover.building, "2");
    assert_int_equal(mu_save_resident(home->desk, &mover, NULL, NULL), MU_OK);
    assert_int_equal(mu_verify(home->desk, NULL, NULL, &report, &error), MU_OK);
}

static void a_life_is_not_ended_before_it_began(void **state)
{
    struct home *home = *state;
    struct mu_error error;
    int64_t id = home_add(home->desk, "name", "张金凤", "birth_date", "1944-03-08", NULL);

    assert_int_equal(
        mu_end_resident(home->desk, id, MU_DECEASED, (struct mu_date){1944, 3, 7}, &error),
        MU_INPUT);
    assert_int_equal(
        mu_end_resident(home->desk, id, MU_DECEASED, (struct mu_date){2026, 11, 23}, &error),
        MU_INPUT);
    assert_int_equal(
        mu_end_resident(home->desk, id, MU_LIVING_HERE, (struct mu_date){0, 0, 0}, &error),
        MU_REFUSED);
    assert_int_equal(
        mu_end_resident(home->desk, id, MU_DECEASED, (struct mu_date){2026, 11, 22}, &error),
        MU_OK);
    assert_int_equal(
        mu_end_resident(home->desk, id, MU_MOVED_OUT, (struct mu_date){2026, 11, 22}, &error),
        MU_REFUSED);
}

static void a_draft_outlives_the_desk(void **state)
{
    struct home *home = *state;
    struct mu_desk *again;
    char *body = NULL;

    assert_int_equal(mu_desk_keep_draft(home->desk, 1, "resident", "{\"name\":\"张\"}", NULL),
                     MU_OK);
    again = home_desk(home, HOME_NOW);
    assert_int_equal(mu_desk_draft(again, "resident", &body, NULL), MU_OK);
    assert_string_equal(body, "{\"name\":\"张\"}");
    free(body);
    assert_int_equal(mu_desk_drop_draft(again, 1, "resident", NULL), MU_OK);
    assert_int_equal(mu_desk_draft(again, "resident", &body, NULL), MU_OK);
    assert_null(body);
    mu_desk_free(&again);
}

static void strangers_do_not_get_a_desk(void **state)
{
    struct home *home = *state;
    const struct mu_desk_options stranger = {
        .home = home->folder, .system_user = "stranger", .fixed_now = HOME_NOW};
    struct mu_desk *desk = NULL;
    struct mu_error error;

    assert_int_equal(mu_desk_open(&stranger, &desk, &error), MU_REFUSED);
    assert_null(desk);
    assert_int_equal(mu_home_create(&stranger, "yunluwan", false, &error), MU_INPUT);
    assert_int_equal(error.message, MU_SAY_error_home_exists);
}

int main(void)
{
#define STORY(test) cmocka_unit_test_setup_teardown(test, home_setup, home_teardown)
    const struct CMUnitTest tests[] = {
        STORY(a_name_is_found_by_what_the_clerk_has_heard),
        STORY(a_common_reading_ranks_below_the_right_one),
        STORY(exact_comes_before_beginning_before_part),
        STORY(rooms_and_id_tails_are_found),
        STORY(a_phone_is_found_however_it_is_written),
        STORY(a_query_is_taken_whole_or_not_at_all),
        STORY(an_id_number_belongs_to_one_person),
        STORY(a_card_has_one_form),
        STORY(sex_and_birth_date_follow_from_the_id_number),
        STORY(the_second_editor_of_a_file_is_told),
        STORY(a_household_gathers_at_its_address),
        STORY(who_moves_in_leaves_the_home_as_it_is),
        STORY(after_a_move_the_records_are_sound),
        STORY(a_life_is_not_ended_before_it_began),
        STORY(a_draft_outlives_the_desk),
        STORY(strangers_do_not_get_a_desk),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
