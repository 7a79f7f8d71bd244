#include "unit/home.h"

#include <mulin/desk/act.h>
#include <mulin/desk/household.h>
#include <mulin/desk/order.h>
#include <mulin/desk/place.h>

/* A couple, their son and daughter in 3栋2单元201; the numbers of their files in the order of
 * birth.
 */
struct family {
    int64_t father, mother, son, daughter, household;
};

static struct family move_in(struct home *home)
{
    struct mu_desk *desk = home->desk;
    struct family family;
    struct mu_resident file;

    family.father = home_add(desk, "name", "王建国", "sex", "男", "birth_date", "1950-03-08",
                             "relation", "户主", "estate", "金桂花园", "building", "3栋", "unit",
                             "2单元", "room", "201", "occupancy", "自住", "grid", "第一网格", NULL);
    family.mother = home_add(desk, "name", "李秀英", "sex", "女", "birth_date", "1952-05-01",
                             "relation", "配偶", "estate", "金桂花园", "building", "3栋", "unit",
                             "2单元", "room", "201", NULL);
    family.son =
        home_add(desk, "name", "王海", "sex", "男", "birth_date", "1978-01-01", "relation", "子",
                 "estate", "金桂花园", "building", "3栋", "unit", "2单元", "room", "201", NULL);
    family.daughter =
        home_add(desk, "name", "王燕", "sex", "女", "birth_date", "1981-01-01", "relation", "女",
                 "estate", "金桂花园", "building", "3栋", "unit", "2单元", "room", "201", NULL);
    assert_int_equal(mu_read_resident(desk, family.father, &file, NULL), MU_OK);
    family.household = file.household_id;
    return family;
}

static struct mu_household address(const char *building, const char *room, const char *number)
{
    struct mu_household to = {0};

    strcpy(to.estate, "金桂花园");
    strcpy(to.building, building);
    strcpy(to.room, room);
    strcpy(to.number, number);
    return to;
}

static struct mu_resident file_of(struct mu_desk *desk, int64_t id)
{
    struct mu_resident file;

    assert_int_equal(mu_read_resident(desk, id, &file, NULL), MU_OK);
    return file;
}

static const char *relation_of(struct mu_desk *desk, int64_t id)
{
    return mu_choice_word(&mu_relations, file_of(desk, id).relation, MU_CHINESE);
}

static struct mu_household_page page_of(struct mu_desk *desk, int64_t id)
{
    struct mu_household_page page;
    struct mu_error error;

    assert_int_equal(mu_read_household(desk, id, &page, &error), MU_OK);
    return page;
}

static void assert_moved(struct mu_desk *desk, const int64_t *ids, size_t count,
                         const struct mu_household *to)
{
    struct mu_move move;
    struct mu_error error;

    assert_int_equal(mu_plan_move(desk, ids, count, to, &move, &error), MU_OK);
    assert_int_equal(mu_move(desk, &move, &error), MU_OK);
}

static void assert_no_plan(struct mu_desk *desk, const int64_t *ids, size_t count,
                           const struct mu_household *to, enum mu_message why)
{
    struct mu_move move;
    struct mu_error error;

    assert_int_equal(mu_plan_move(desk, ids, count, to, &move, &error), MU_INPUT);
    assert_int_equal(error.message, why);
}

/* Takes the last step back. */
static void undo(struct mu_desk *desk)
{
    struct mu_undone undone;
    struct mu_error error;

    assert_int_equal(mu_undo_next(desk, 0, &undone, &error), MU_OK);
    if (mu_undo(desk, undone.act_id, &undone, &error) != MU_OK) {
        char text[512];

        mu_error_text(&error, MU_ENGLISH, text, sizeof text);
        fail_msg("%s", text);
    }
}

static void the_page_shows_who_lives_there(void **state)
{
    struct home *home = *state;
    struct family family = move_in(home);
    struct mu_household_page page = page_of(home->desk, family.household);

    assert_int_equal(page.member_count, 4);
    assert_string_equal(page.member[0].resident.name, "王建国");
    assert_string_equal(page.household.room, "201");
    assert_int_equal(page.household.occupancy, 1);
    assert_int_equal(page.past_count, 0);
    assert_int_equal(page.neighbours, 0);
    mu_household_page_clear(&page);
}

static void the_page_tells_of_meals_ordered(void **state)
{
    struct home *home = *state;
    struct family family = move_in(home);
    struct mu_order order = {.resident_id = family.mother,
                             .from = mu_desk_now(home->desk).date,
                             .session = "lunch",
                             .serving = MU_DELIVERED};
    struct mu_household_page page;

    assert_int_equal(mu_save_order(home->desk, &order, "刚出院", NULL, NULL), MU_OK);
    page = page_of(home->desk, family.household);
    assert_int_equal(page.ordering, 1);
    assert_int_equal(page.missed, 0);
    mu_household_page_clear(&page);
    assert_int_equal(mu_cancel_order(home->desk, order.id, "不要了", NULL, NULL), MU_OK);
    page = page_of(home->desk, family.household);
    assert_int_equal(page.ordering, 0);
    mu_household_page_clear(&page);
}

static void the_son_takes_a_home_of_his_own(void **state)
{
    struct home *home = *state;
    struct family family = move_in(home);
    struct mu_household to = address("5栋", "302", "");
    struct mu_household_page page;

    assert_moved(home->desk, &family.son, 1, &to);
    assert_string_equal(relation_of(home->desk, family.son), "户主");
    assert_string_equal(file_of(home->desk, family.son).building, "5栋");
    assert_string_equal(relation_of(home->desk, family.father), "户主");
    page = page_of(home->desk, family.household);
    assert_int_equal(page.member_count, 4);
    assert_false(page.member[3].here);
    assert_string_equal(page.member[3].resident.name, "王海");
    mu_household_page_clear(&page);
    /* One step, and one step back. */
    undo(home->desk);
    assert_string_equal(file_of(home->desk, family.son).building, "3栋");
    assert_string_equal(relation_of(home->desk, family.son), "子");
    page = page_of(home->desk, family.household);
    assert_true(page.member[3].here);
    mu_household_page_clear(&page);
}

static void the_head_moves_out_with_his_wife_and_the_son_stays_as_head(void **state)
{
    struct home *home = *state;
    struct family family = move_in(home);
    struct mu_household to = address("5栋", "302", "");
    const int64_t couple[] = {family.mother, family.father};

    assert_moved(home->desk, couple, 2, &to);
    assert_string_equal(relation_of(home->desk, family.father), "户主");
    assert_string_equal(relation_of(home->desk, family.mother), "配偶");
    assert_string_equal(relation_of(home->desk, family.son), "户主");
    assert_string_equal(relation_of(home->desk, family.daughter), "妹妹");
}

static void one_home_two_households(void **state)
{
    struct home *home = *state;
    struct family family = move_in(home);
    struct mu_household to = address("3栋", "201", "0002");
    struct mu_household_page page;

    strcpy(to.unit, "2单元");
    assert_moved(home->desk, &family.daughter, 1, &to);
    assert_string_equal(file_of(home->desk, family.daughter).room, "201");
    assert_true(file_of(home->desk, family.daughter).household_id != family.household);
    page = page_of(home->desk, family.household);
    assert_int_equal(page.neighbours, 1);
    mu_household_page_clear(&page);
}

static void two_households_become_one(void **state)
{
    struct home *home = *state;
    struct family family = move_in(home);
    int64_t widow =
        home_add(home->desk, "name", "赵玉兰", "sex", "女", "birth_date", "1948-02-02", "relation",
                 "户主", "estate", "金桂花园", "building", "5栋", "room", "101", NULL);
    int64_t alone = file_of(home->desk, widow).household_id;
    struct mu_household to = address("3栋", "201", "");
    struct mu_move move;
    struct mu_error error;
    struct mu_household_page page;

    strcpy(to.unit, "2单元");
    assert_int_equal(mu_plan_move(home->desk, &widow, 1, &to, &move, &error), MU_OK);
    assert_true(move.joins);
    assert_int_equal(move.count, 1);
    assert_int_equal(move.step[0].relation, 0); /* what she is to him must be asked */
    move.step[0].relation = 2;
    assert_int_equal(mu_move(home->desk, &move, &error), MU_INPUT);
    assert_int_equal(error.message, MU_SAY_error_move_heads);
    move.step[0].relation = 56; /* his mother-in-law */
    assert_int_equal(mu_move(home->desk, &move, &error), MU_OK);
    assert_string_equal(relation_of(home->desk, widow), "岳母");
    page = page_of(home->desk, alone);
    assert_int_equal(page.household.joined_into, family.household);
    mu_household_page_clear(&page);
    /* And back again: the household lives once more. */
    to = address("5栋", "101", "");
    assert_moved(home->desk, &widow, 1, &to);
    assert_int_equal(file_of(home->desk, widow).household_id, alone);
    page = page_of(home->desk, alone);
    assert_int_equal(page.household.joined_into, 0);
    mu_household_page_clear(&page);
}

static void what_cannot_be_a_move_is_refused(void **state)
{
    struct home *home = *state;
    struct family family = move_in(home);
    struct mu_household same = address("3栋", "201", ""), other = address("5栋", "302", "");
    struct mu_household nowhere = {0};
    int64_t stranger = home_add(home->desk, "name", "孙明", "estate", "金桂花园", "building", "9栋",
                                "room", "1", NULL);
    const int64_t strangers[] = {family.son, stranger}, twice[] = {family.son, family.son};

    strcpy(same.unit, "2单元");
    assert_no_plan(home->desk, &family.son, 1, &same, MU_SAY_error_move_circle);
    assert_no_plan(home->desk, &family.son, 1, &nowhere, MU_SAY_error_household_address);
    assert_no_plan(home->desk, &family.son, 0, &other, MU_SAY_error_move_nobody);
    assert_no_plan(home->desk, strangers, 2, &other, MU_SAY_error_move_several);
    assert_no_plan(home->desk, twice, 2, &other, MU_SAY_error_move_several);
    assert_int_equal(
        mu_end_resident(home->desk, family.son, MU_MOVED_OUT, mu_desk_now(home->desk).date, NULL),
        MU_OK);
    assert_no_plan(home->desk, &family.son, 1, &other, MU_SAY_error_move_not_here);
}

static void a_plan_that_others_overtook_is_not_carried_out(void **state)
{
    struct home *home = *state;
    struct family family = move_in(home);
    struct mu_household to = address("5栋", "302", "");
    struct mu_desk *neighbour = home_desk(home, HOME_NOW);
    struct mu_resident file = file_of(neighbour, family.son);
    struct mu_move move;
    struct mu_error error;

    assert_int_equal(mu_plan_move(home->desk, &family.son, 1, &to, &move, &error), MU_OK);
    strcpy(file.occupation, "电工");
    assert_int_equal(mu_save_resident(neighbour, &file, NULL, &error), MU_OK);
    assert_int_equal(mu_move(home->desk, &move, &error), MU_REFUSED);
    assert_string_equal(file_of(home->desk, family.son).building, "3栋");
    mu_desk_free(&neighbour);
}

static void the_widow_becomes_head(void **state)
{
    struct home *home = *state;
    struct family family = move_in(home);
    struct mu_move move;
    struct mu_error error;

    assert_int_equal(
        mu_end_resident(home->desk, family.father, MU_DECEASED, mu_desk_now(home->desk).date, NULL),
        MU_OK);
    assert_int_equal(mu_plan_head(home->desk, family.household, family.father, &move, &error),
                     MU_INPUT);
    assert_int_equal(error.message, MU_SAY_error_head_member);
    assert_int_equal(mu_plan_head(home->desk, family.household, family.mother, &move, &error),
                     MU_OK);
    assert_int_equal(mu_move(home->desk, &move, &error), MU_OK);
    assert_string_equal(relation_of(home->desk, family.mother), "户主");
    assert_string_equal(relation_of(home->desk, family.son), "子");
    assert_string_equal(relation_of(home->desk, family.father), "配偶");
}

static void a_rented_home_stands_empty_and_then_is_lived_in_again(void **state)
{
    struct home *home = *state;
    struct family family = move_in(home);
    struct mu_household_page page = page_of(home->desk, family.household);
    struct mu_household household = page.household;
    const char *field;
    struct mu_error error;

    mu_household_page_clear(&page);
    household.occupancy = 2;
    household.occupied_from = (struct mu_date){2026, 9, 1};
    strcpy(household.contact, "周房东");
    strcpy(household.contact_phone, "13800001234");
    household.area.hundredths = 8650;
    strcpy(household.note, "钥匙在物业");
    assert_int_equal(mu_save_household(home->desk, &household, &field, &error), MU_OK);
    assert_string_equal(household.contact_phone, "138****1234");
    assert_int_equal(
        mu_household_out(home->desk, family.household, (struct mu_date){2026, 11, 1}, &error),
        MU_OK);
    assert_int_equal(file_of(home->desk, family.son).status, MU_MOVED_OUT);
    assert_int_equal(
        mu_household_out(home->desk, family.household, (struct mu_date){2026, 11, 1}, &error),
        MU_INPUT);
    household.occupancy = 4;
    household.occupied_from = (struct mu_date){2026, 11, 2};
    assert_int_equal(mu_save_household(home->desk, &household, &field, &error), MU_OK);
    page = page_of(home->desk, family.household);
    assert_int_equal(page.past_count, 2);
    assert_int_equal(page.past[0].occupancy, 2);
    assert_int_equal(mu_date_compare(page.past[0].from, (struct mu_date){2026, 9, 1}), 0);
    assert_int_equal(mu_date_compare(page.past[0].until, (struct mu_date){2026, 11, 1}), 0);
    assert_int_equal(page.household.area.hundredths, 8650);
    assert_string_equal(page.household.note, "钥匙在物业");
    assert_string_equal(page.household.contact_phone, "138****1234");
    mu_household_page_clear(&page);
    undo(home->desk);
    page = page_of(home->desk, family.household);
    assert_int_equal(page.household.occupancy, 2);
    mu_household_page_clear(&page);
    assert_int_equal(mu_household_back(home->desk, family.household, &error), MU_OK);
    assert_int_equal(file_of(home->desk, family.son).status, MU_LIVING_HERE);
    assert_int_equal(mu_household_back(home->desk, family.household, &error), MU_INPUT);
}

static void a_vacant_home_needs_nobody(void **state)
{
    struct home *home = *state;
    struct mu_household vacant = address("7栋", "404", ""), again = vacant, nowhere = {0};
    const char *field;
    struct mu_error error;

    vacant.occupancy = 4;
    assert_int_equal(mu_save_household(home->desk, &vacant, &field, &error), MU_OK);
    assert_true(vacant.id > 0);
    assert_int_equal(mu_save_household(home->desk, &again, &field, &error), MU_INPUT);
    assert_string_equal(field, "household_number");
    assert_int_equal(mu_save_household(home->desk, &nowhere, &field, &error), MU_INPUT);
    vacant.occupied_from = (struct mu_date){2027, 1, 1};
    assert_int_equal(mu_save_household(home->desk, &vacant, &field, &error), MU_INPUT);
    assert_string_equal(field, "occupied_from");
    assert_int_equal(mu_save_household(home->desk, &vacant, NULL, &error), MU_INPUT);
}

static void two_desks_at_one_household(void **state)
{
    struct home *home = *state;
    struct family family = move_in(home);
    struct mu_household_page page = page_of(home->desk, family.household);
    struct mu_household ours = page.household, theirs = page.household;
    struct mu_desk *neighbour = home_desk(home, HOME_NOW);
    struct mu_error error;

    mu_household_page_clear(&page);
    strcpy(theirs.grid, "第二网格");
    assert_int_equal(mu_save_household(neighbour, &theirs, NULL, &error), MU_OK);
    strcpy(ours.contact, "王燕");
    assert_int_equal(mu_save_household(home->desk, &ours, NULL, &error), MU_REFUSED);
    mu_desk_free(&neighbour);
}

/* Places */

struct told {
    size_t count;
    char text[512];
};

static bool tell(void *context, const char *name)
{
    struct told *told = context;
    size_t used = strlen(told->text);

    snprintf(told->text + used, sizeof told->text - used, "%s%s", told->count++ ? " " : "", name);
    return true;
}

static void the_tree_counts_homes_and_people(void **state)
{
    struct home *home = *state;
    struct mu_household vacant = address("3栋", "999", "");
    struct mu_place_at at = {.within_estate = true};
    struct mu_place_count count = {0};
    struct told told = {0};

    move_in(home);
    home_add(home->desk, "name", "赵玉兰", "estate", "金桂花园", "building", "10栋", "room", "1",
             NULL);
    home_add(home->desk, "name", "钱多", "estate", "银杏里", "building", "1栋", "room", "1", NULL);
    vacant.occupancy = 4;
    assert_int_equal(mu_save_household(home->desk, &vacant, NULL, NULL), MU_OK);
    strcpy(at.estate, "金桂花园");
    assert_int_equal(mu_list_places(home->desk, &at, tell, &told, NULL), MU_OK);
    assert_string_equal(told.text, "3栋 10栋");
    assert_int_equal(mu_count_building(home->desk, "金桂花园", "3栋", &count, NULL), MU_OK);
    assert_int_equal(count.homes, 2);
    assert_int_equal(count.by_occupancy[4], 1);
    assert_int_equal(count.people, 4);
    assert_int_equal(count.elders, 2);
}

static void a_building_goes_to_another_grid_and_its_past_stays(void **state)
{
    struct home *home = *state;
    struct family family = move_in(home);
    struct mu_building building;
    struct mu_place_count count = {0};
    struct told told = {0};
    int64_t after = 0;
    struct mu_error error;

    assert_int_equal(mu_read_building(home->desk, "金桂花园", "3栋", &building, &error), MU_OK);
    assert_string_equal(building.grid, "第一网格");
    building.year_built = 1987;
    building.danger = 3;
    strcpy(building.grid, "第二网格");
    assert_int_equal(mu_save_building(home->desk, &building, NULL, &error), MU_OK);
    assert_string_equal(file_of(home->desk, family.son).grid, "第二网格");
    assert_int_equal(mu_list_grids(home->desk, tell, &told, &error), MU_OK);
    assert_string_equal(told.text, "第二网格");
    undo(home->desk);
    assert_string_equal(file_of(home->desk, family.son).grid, "第一网格");
    assert_int_equal(mu_read_building(home->desk, "金桂花园", "3栋", &building, &error), MU_OK);
    assert_int_equal(building.danger, 0);
    strcpy(building.grid, "第二网格");
    assert_int_equal(mu_save_building(home->desk, &building, NULL, &error), MU_OK);
    assert_int_equal(mu_count_grid(home->desk, "第二网格", &after, &count, &error), MU_OK);
    assert_int_equal(count.people, 4);
    assert_int_equal(after, 0);
    assert_int_equal(mu_read_building(home->desk, "金桂花园", "8栋", &building, &error), MU_INPUT);
}

static void a_grid_has_its_member(void **state)
{
    struct home *home = *state;
    struct mu_grid_record grid;
    struct mu_error error;

    move_in(home);
    assert_int_equal(mu_read_grid(home->desk, "第一网格", &grid, &error), MU_OK);
    strcpy(grid.member, "陈静");
    strcpy(grid.member_phone, "13911112222");
    assert_int_equal(mu_save_grid(home->desk, &grid, NULL, &error), MU_OK);
    assert_string_equal(grid.member_phone, "139****2222");
    strcpy(grid.branch, "第一网格党支部");
    assert_int_equal(mu_save_grid(home->desk, &grid, NULL, &error), MU_OK);
    assert_int_equal(mu_read_grid(home->desk, "第一网格", &grid, &error), MU_OK);
    assert_string_equal(grid.member, "陈静");
    assert_string_equal(grid.branch, "第一网格党支部");
}

#define STORY(name) cmocka_unit_test_setup_teardown(name, home_setup, home_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        STORY(the_page_shows_who_lives_there),
        STORY(the_page_tells_of_meals_ordered),
        STORY(the_son_takes_a_home_of_his_own),
        STORY(the_head_moves_out_with_his_wife_and_the_son_stays_as_head),
        STORY(one_home_two_households),
        STORY(two_households_become_one),
        STORY(what_cannot_be_a_move_is_refused),
        STORY(a_plan_that_others_overtook_is_not_carried_out),
        STORY(the_widow_becomes_head),
        STORY(a_rented_home_stands_empty_and_then_is_lived_in_again),
        STORY(a_vacant_home_needs_nobody),
        STORY(two_desks_at_one_household),
        STORY(the_tree_counts_homes_and_people),
        STORY(a_building_goes_to_another_grid_and_its_past_stays),
        STORY(a_grid_has_its_member),
    };

    return cmocka_run_group_tests_name("household", tests, NULL, NULL);
}
