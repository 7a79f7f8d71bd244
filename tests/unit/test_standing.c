/* Somebody dies or moves away: what stands with the person is told, benefits stop in every place,
 * and taking it back brings all of it back. */
#include "unit/home.h"

#include <mulin/desk/act.h>
#include <mulin/desk/canteen.h>
#include <mulin/desk/household.h>
#include <mulin/desk/person_file.h>
#include <mulin/desk/roster.h>
#include <mulin/desk/standing.h>
#include <mulin/desk/tag.h>
#include <mulin/desk/twin.h>

static bool add_line(void *context, const struct mu_standing_thing *thing)
{
    char *out = context, words[256];
    size_t used = strlen(out);

    mu_standing_words(thing, MU_CHINESE, words, sizeof words);
    snprintf(out + used, 2048 - used, "%s\n", words);
    return true;
}

static const char *things(struct mu_desk *desk, int64_t id, bool with_household)
{
    static char text[2048];
    struct mu_error error;

    *text = '\0';
    assert_int_equal(mu_standing_things(desk, id, with_household, add_line, text, &error), MU_OK);
    return text;
}

static void set_tag(struct mu_desk *desk, int64_t id, const char *word, struct mu_date until)
{
    struct mu_tag tag = {.until = until};
    struct mu_error error;

    strcpy(tag.word, word);
    assert_int_equal(mu_set_tag(desk, id, &tag, NULL, &error), MU_OK);
}

static void set_file(struct mu_desk *desk, int64_t id, const char *key, const char *text)
{
    struct mu_person_file file;
    struct mu_error error;

    assert_int_equal(mu_read_person_file(desk, id, &file, &error), MU_OK);
    assert_int_equal(
        mu_field_read(mu_field_by_key(mu_person_file_fields, mu_person_file_field_count, key), text,
                      mu_desk_now(desk).date, &file, &error),
        MU_OK);
    assert_int_equal(mu_save_person_file(desk, &file, NULL, &error), MU_OK);
}

/* Zhang Jinfeng, head of a household of two, with everything that can stand with a person. */
struct people {
    int64_t zhang, husband, neighbour;
};

static struct people move_in(struct mu_desk *desk)
{
    struct people people;

    people.zhang = home_add(desk, "name", "张金凤", "birth_date", "1944-03-08", "card", "8801",
                            "phone", "13812344321", "estate", "金桂花园", "building", "3", "room",
                            "201", "relation", "户主", "household_number", "A1", NULL);
    people.husband =
        home_add(desk, "name", "王建国", "birth_date", "1942-05-01", "estate", "金桂花园",
                 "building", "3", "room", "201", "relation", "夫", "household_number", "A1", NULL);
    people.neighbour = home_add(desk, "name", "李小满", "birth_date", "2015-01-01", NULL);
    set_tag(desk, people.zhang, "低保", (struct mu_date){2027, 3, 31});
    set_tag(desk, people.zhang, "残疾", (struct mu_date){0, 0, 0});
    set_file(desk, people.zhang, "party_branch", "第一支部");
    set_file(desk, people.zhang, "reports_from", "城管局");
    set_file(desk, people.neighbour, "guardian", "张金凤");
    set_file(desk, people.neighbour, "emergency", "张金凤");
    set_file(desk, people.neighbour, "emergency_phone", "0574-87654321 13812344321");
    return people;
}

static void what_stands_with_a_person_is_told(void **state)
{
    struct home *home = *state;
    struct people people = move_in(home->desk);
    const char *all = things(home->desk, people.zhang, false);

    assert_non_null(strstr(all, "标签 低保（原到 2027-03-31）停止\n"));
    assert_non_null(strstr(all, "标签 残疾 停止\n"));
    assert_non_null(strstr(all, "卡 8801 收回\n"));
    assert_non_null(strstr(all, "是户主，同户还有 1 人：请另选户主\n"));
    assert_non_null(strstr(all, "是 李小满（编号 3）的监护人：请另找\n"));
    assert_non_null(strstr(all, "是 李小满（编号 3）的紧急联系人：请另找\n"));
    assert_non_null(strstr(all, "是 第一支部 的党员：请告诉支部\n"));
    assert_non_null(strstr(all, "双报到（城管局）停止\n"));
    assert_null(strstr(things(home->desk, people.zhang, true), "户主"));
    assert_string_equal(things(home->desk, people.husband, false), "");
    /* Another Zhang Jinfeng is meant. */
    set_file(home->desk, people.neighbour, "emergency_phone", "13900000000");
    assert_null(strstr(things(home->desk, people.zhang, false), "紧急联系人"));
}

static bool first_only(void *context, const struct mu_standing_thing *thing)
{
    (void)thing;
    ++*(int *)context;
    return false;
}

static void nothing_is_told_of_nobody_and_telling_can_be_stopped(void **state)
{
    struct home *home = *state;
    struct people people = move_in(home->desk);
    struct mu_error error;
    int count = 0;

    assert_int_equal(mu_standing_things(home->desk, 99, false, first_only, &count, &error),
                     MU_INPUT);
    assert_int_equal(count, 0);
    assert_int_equal(
        mu_standing_things(home->desk, people.zhang, false, first_only, &count, &error), MU_OK);
    assert_int_equal(count, 1);
}

static void the_other_file_of_the_same_person_ends_with_it(void **state)
{
    struct home *home = *state;
    struct people people = move_in(home->desk);
    int64_t other = home_add(home->desk, "name", "张金凤", "birth_date", "1944-03-08", NULL);

    assert_int_equal(mu_link_twins(home->desk, people.zhang, other, NULL, NULL), MU_OK);
    assert_non_null(
        strstr(things(home->desk, people.zhang, false), "编号 4 是同一人的另一份档案，一起停止\n"));
}

/* Where benefits are seen. */

/* Whether a meal is served; it is taken back at once. */
static bool eats(struct mu_desk *desk, int64_t id)
{
    const struct mu_meal_request request = {.resident_id = id};
    struct mu_meal_answer answer;
    struct mu_error error;

    if (mu_serve_meal(desk, &request, &answer, &error) != MU_OK)
        return false;
    assert_true(answer.meal.pay.fen < answer.meal.price.fen);
    assert_int_equal(mu_void_meal(desk, answer.meal.id, "只是试试", NULL, &error), MU_OK);
    return true;
}

static bool take_first(void *context, const struct mu_resident *resident)
{
    *(struct mu_resident *)context = *resident;
    return false;
}

static struct mu_resident found(struct mu_desk *desk, const char *query)
{
    struct mu_resident resident = {0};
    struct mu_error error;

    assert_int_equal(mu_find_residents(desk, query, 1, take_first, &resident, &error), MU_OK);
    return resident;
}

static bool count_due(void *context, const struct mu_resident *resident, const struct mu_tag *tag)
{
    (void)resident, (void)tag;
    ++*(int *)context;
    return true;
}

static int due(struct mu_desk *desk)
{
    struct mu_error error;
    int count = 0;

    assert_int_equal(mu_list_due_tags(desk, count_due, &count, &error), MU_OK);
    return count;
}

static const struct mu_resident *on_page(const struct mu_household_page *page, int64_t id)
{
    for (size_t i = 0; i < page->member_count; i++)
        if (page->member[i].resident.id == id)
            return &page->member[i].resident;
    fail_msg("not on the page");
    return NULL;
}

/* Whether the list of these lines KEY=VALUE has somebody of the number. */
static bool listed(struct mu_desk *desk, const char *body, int64_t id)
{
    struct mu_roster_request request;
    struct mu_roster *roster = NULL;
    struct mu_error error;
    bool whole, there = false;

    mu_roster_body_read(body, mu_desk_now(desk).date, &request, &whole);
    assert_true(whole);
    assert_int_equal(mu_roster_open(desk, &request, 1000, &roster, &error), MU_OK);
    assert_true(mu_roster_whole(roster));
    for (size_t i = 0; i < mu_roster_count(roster); i++)
        there |= mu_roster_id(roster, i) == id;
    mu_roster_free(&roster);
    return there;
}

/* Alive: the elder's tags count everywhere, and the husband does not live alone. */
static void assert_benefits(struct mu_desk *desk, struct people people, bool alive)
{
    struct mu_household_page page;
    struct mu_resident person = found(desk, "8801");
    struct mu_error error;
    char all[2048];

    assert_int_equal(eats(desk, people.zhang), alive);
    assert_int_equal(person.status == MU_LIVING_HERE, alive);
    assert_int_equal(strstr(person.derived, "80+") || strstr(person.derived, "60+"), alive);
    assert_int_equal(mu_read_resident(desk, people.zhang, &person, &error), MU_OK);
    assert_int_equal(*person.derived != '\0', alive);
    assert_int_equal(due(desk), alive ? 1 : 0);
    assert_int_equal(listed(desk, "tags=低保\nstatus=在住", people.zhang), alive);
    assert_int_equal(listed(desk, "tags=高龄", people.zhang), alive);
    assert_int_equal(listed(desk, "age=80-\nstatus=在住", people.zhang), alive);
    assert_int_equal(listed(desk, "tags=独居", people.husband), !alive);
    assert_int_equal(mu_move_diner_money(desk, people.zhang, MU_TOP_UP, (struct mu_money){100},
                                         NULL, NULL, &error) == MU_OK,
                     alive);
    assert_int_equal(mu_read_household(desk, person.household_id, &page, &error), MU_OK);
    assert_int_equal(on_page(&page, people.zhang)->status == MU_LIVING_HERE, alive);
    assert_int_equal(*on_page(&page, people.zhang)->derived != '\0', alive);
    assert_int_equal(strstr(on_page(&page, people.husband)->derived, "独居") == NULL, alive);
    mu_household_page_clear(&page);
    strcpy(all, things(desk, people.zhang, false));
    assert_non_null(strstr(all, "标签 低保")); /* told afterwards, too */
}

static void benefits_stop_in_every_place_and_come_back(void **state)
{
    struct home *home = *state;
    struct people people = move_in(home->desk);
    struct mu_resident before, after;
    const struct mu_date today = mu_desk_now(home->desk).date;
    struct mu_error error;

    set_tag(home->desk, people.zhang, "特困", (struct mu_date){2026, 12, 1});
    assert_int_equal(mu_read_resident(home->desk, people.zhang, &before, &error), MU_OK);
    assert_benefits(home->desk, people, true);
    assert_int_equal(mu_end_resident(home->desk, people.zhang, MU_DECEASED, today, &error), MU_OK);
    assert_benefits(home->desk, people, false);
    assert_int_equal(
        mu_end_resident(home->desk, people.zhang, MU_LIVING_HERE, (struct mu_date){0}, &error),
        MU_OK);
    assert_benefits(home->desk, people, true);
    assert_int_equal(mu_end_resident(home->desk, people.zhang, MU_MOVED_OUT,
                                     (struct mu_date){2026, 11, 2}, &error),
                     MU_OK);
    assert_benefits(home->desk, people, false);
    assert_int_equal(
        mu_end_resident(home->desk, people.zhang, MU_LIVING_HERE, (struct mu_date){0}, &error),
        MU_OK);
    assert_benefits(home->desk, people, true);
    assert_int_equal(mu_read_resident(home->desk, people.zhang, &after, &error), MU_OK);
    assert_string_equal(after.tags, before.tags);
    assert_string_equal(after.derived, before.derived);
    assert_string_equal(after.card, before.card);
    assert_int_equal(after.relation, before.relation);
}

#define STORY(test) cmocka_unit_test_setup_teardown(test, home_setup, home_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        STORY(what_stands_with_a_person_is_told),
        STORY(nothing_is_told_of_nobody_and_telling_can_be_stopped),
        STORY(the_other_file_of_the_same_person_ends_with_it),
        STORY(benefits_stop_in_every_place_and_come_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
