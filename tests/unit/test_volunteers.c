/* What stands on a volunteer's page, and what it is worth to the household. */
#include "unit/team_home.h"

#include "desk/points_post.h"

static void earn(struct mu_desk *desk, int64_t who, struct mu_date day, int points, int minutes,
                 enum mu_points_kind kind)
{
    struct mu_points_posting posting = {.kind = kind,
                                        .date = day,
                                        .now = mu_desk_now(desk),
                                        .rule_id = "rider-meal",
                                        .rules_version = 1,
                                        .reason = "",
                                        .move = {{who, {points}, minutes}},
                                        .move_count = 1};
    int64_t entry = 0;

    assert_int_equal(mu_db_begin(desk->db, NULL), MU_OK);
    assert_int_equal(mu_points_post(desk, &posting, &entry, NULL), MU_OK);
    assert_int_equal(mu_desk_commit(desk, NULL), MU_OK);
}

static void registering_says_skills_and_whether_the_name_is_shown(void **state)
{
    struct mu_desk *desk = ((struct home *)*state)->desk;
    int64_t wang = home_add(desk, "name", "王秀英", NULL),
            li = home_add(desk, "name", "李红", NULL);
    struct mu_volunteer mine = {.resident_id = wang, .skills = "理发 水电", .shows_name = 1}, other;
    const char *field;
    struct mu_error error = {0};

    strcpy(mine.number, "330200A0001");
    assert_int_equal(mu_save_volunteer(desk, &mine, NULL, NULL), MU_OK);
    assert_int_equal(mu_date_compare(mine.registered_on, today), 0);
    assert_int_equal(volunteer(desk, wang).volunteer.shows_name, 1);
    other = (struct mu_volunteer){.resident_id = li, .number = "330200A0001"};
    assert_int_equal(mu_save_volunteer(desk, &other, &field, &error), MU_INPUT);
    assert_string_equal(field, "volunteer_number");
    other = (struct mu_volunteer){.resident_id = li, .registered_on = {2027, 1, 1}};
    assert_int_equal(mu_save_volunteer(desk, &other, &field, NULL), MU_INPUT);
    assert_string_equal(field, "registered_on");
    other = (struct mu_volunteer){.resident_id = li, .registered_on = today, .left_on = may};
    assert_int_equal(mu_save_volunteer(desk, &other, &field, NULL), MU_INPUT);
    assert_string_equal(field, "left_on");
    other = (struct mu_volunteer){.resident_id = li, .left_on = {2027, 1, 1}};
    assert_int_equal(mu_save_volunteer(desk, &other, &field, NULL), MU_INPUT);
    other = (struct mu_volunteer){.resident_id = wang};
    assert_int_equal(mu_save_volunteer(desk, &other, NULL, &error), MU_REFUSED);
    assert_int_equal(error.message, MU_SAY_error_volunteer_changed);
    mine.shows_name = 2; /* no: kept like nothing said */
    assert_int_equal(mu_save_volunteer(desk, &mine, NULL, NULL), MU_OK);
    assert_int_equal(volunteer(desk, wang).volunteer.shows_name, 0);
    undo(desk);
    assert_int_equal(volunteer(desk, wang).volunteer.shows_name, 1);
}

struct names {
    size_t count;
    char text[512];
    struct mu_volunteer_entry last;
};

static bool take_volunteer(void *context, const struct mu_volunteer_entry *entry)
{
    struct names *names = context;
    size_t used = strlen(names->text);

    snprintf(names->text + used, sizeof names->text - used, "%s%s", used ? " " : "", entry->name);
    names->last = *entry;
    names->count++;
    return true;
}

static struct names *find(struct mu_desk *desk, struct mu_volunteer_query query)
{
    static struct names names;

    memset(&names, 0, sizeof names);
    assert_int_equal(mu_list_volunteers(desk, &query, take_volunteer, &names, NULL), MU_OK);
    return &names;
}

static void volunteers_are_found_by_skill_and_team_and_stand_by_points(void **state)
{
    struct mu_desk *desk = ((struct home *)*state)->desk;
    int64_t wang = home_add(desk, "name", "王秀英", NULL),
            li = home_add(desk, "name", "李红", NULL), qian = home_add(desk, "name", "钱多", NULL),
            count;
    struct mu_volunteer barber = {.resident_id = wang, .skills = "理发 水电"},
                        gone = {.resident_id = qian, .registered_on = may, .left_on = october};
    struct names *names;

    assert_int_equal(mu_save_volunteer(desk, &barber, NULL, NULL), MU_OK);
    assert_int_equal(mu_save_volunteer(desk, &gone, NULL, NULL), MU_OK);
    join(desk, "小巷骑兵", li, 0, may);
    join(desk, "小巷园丁", li, 0, may);
    earn(desk, li, october, 30, 180, MU_POINTS_SERVICE);
    earn(desk, li, today, -10, 0, MU_POINTS_GOODS);
    earn(desk, wang, today, 5, 600, MU_POINTS_SERVICE);

    assert_string_equal(find(desk, (struct mu_volunteer_query){0})->text, "王秀英 李红");
    assert_string_equal(find(desk, (struct mu_volunteer_query){.left = true})->text,
                        "王秀英 李红 钱多");
    assert_string_equal(find(desk, (struct mu_volunteer_query){.skill = "水电"})->text, "王秀英");
    assert_string_equal(find(desk, (struct mu_volunteer_query){.skill = "绘画"})->text, "");
    names = find(desk, (struct mu_volunteer_query){.team = "小巷园丁"});
    assert_string_equal(names->text, "李红");
    assert_string_equal(names->last.teams, "小巷骑兵、小巷园丁");
    assert_int_equal(names->last.sum.balance.count, 20);
    assert_int_equal(names->last.sum.earned.count, 30);
    assert_int_equal(names->last.sum.minutes, 180);
    assert_string_equal(
        find(desk, (struct mu_volunteer_query){.order = MU_VOLUNTEERS_BY_POINTS})->text,
        "李红 王秀英");
    assert_string_equal(
        find(desk, (struct mu_volunteer_query){.order = MU_VOLUNTEERS_BY_HOURS})->text,
        "王秀英 李红");
    assert_int_equal(mu_count_volunteers(desk, &count, NULL), MU_OK);
    assert_int_equal(count, 2);
}

static void stars_follow_from_the_hours_of_the_book(void **state)
{
    struct mu_desk *desk = ((struct home *)*state)->desk;
    int64_t wang = home_add(desk, "name", "王秀英", NULL);
    struct mu_volunteer_file file;

    join(desk, "小巷骑兵", wang, 0, may);
    earn(desk, wang, october, 900, 99 * 60, MU_POINTS_SERVICE);
    file = volunteer(desk, wang);
    assert_int_equal(file.stars, 0);
    assert_int_equal(file.next_level, 100);
    earn(desk, wang, today, 2000, 201 * 60, MU_POINTS_SERVICE);
    file = volunteer(desk, wang);
    assert_int_equal(file.stars, 2);
    assert_int_equal(file.next_level, 600);
    assert_int_equal(file.stars_by, MU_STARS_BY_HOURS);
    /* A correction takes them away again. */
    earn(desk, wang, today, -2000, -201 * 60, MU_POINTS_REVERSAL);
    assert_int_equal(volunteer(desk, wang).stars, 0);
}

static void who_moves_out_or_leaves_is_in_no_team_any_more(void **state)
{
    struct mu_desk *desk = ((struct home *)*state)->desk;
    int64_t wang = home_add(desk, "name", "王秀英", NULL),
            li = home_add(desk, "name", "李红", NULL);
    struct mu_volunteer leaving;

    join(desk, "小巷骑兵", wang, MU_TEAM_LEADER, may);
    join(desk, "小巷骑兵", li, 0, may);
    assert_int_equal(mu_end_resident(desk, wang, MU_MOVED_OUT, october, NULL), MU_OK);
    assert_string_equal(teams_of(desk, wang), "王秀英 小巷骑兵 队长 2026-05-04～2026-10-01");
    assert_int_equal(mu_date_compare(volunteer(desk, wang).volunteer.left_on, october), 0);
    undo(desk);
    assert_string_equal(teams_of(desk, wang), "王秀英 小巷骑兵 队长 2026-05-04～");
    assert_false(mu_date_known(volunteer(desk, wang).volunteer.left_on));

    join(desk, "小巷医生", li, 0, october);
    leaving = volunteer(desk, li).volunteer;
    leaving.left_on = today;
    assert_int_equal(mu_save_volunteer(desk, &leaving, NULL, NULL), MU_OK);
    assert_string_equal(
        teams_of(desk, li),
        "李红 小巷骑兵 队员 2026-05-04～2026-11-22, 李红 小巷医生 队员 2026-10-01～2026-11-22");
    undo(desk);
    assert_string_equal(teams_of(desk, li),
                        "李红 小巷骑兵 队员 2026-05-04～, 李红 小巷医生 队员 2026-10-01～");
    redo(desk);
    /* Who joins again is registered again, since the first day. */
    join(desk, "小巷园丁", li, 0, today);
    leaving = volunteer(desk, li).volunteer;
    assert_true(mu_volunteer_active(&leaving));
    assert_int_equal(mu_date_compare(leaving.registered_on, may), 0);
}

static void a_new_file_with_a_team_is_not_taken_back(void **state)
{
    struct mu_desk *desk = ((struct home *)*state)->desk;
    int64_t wang = home_add(desk, "name", "王秀英", NULL);
    struct mu_undone undone;
    struct mu_error error = {0};

    assert_int_equal(mu_undo_next(desk, 0, &undone, NULL), MU_OK);
    join(desk, "小巷骑兵", wang, 0, may);
    assert_int_equal(mu_undo(desk, undone.act_id, NULL, &error), MU_REFUSED);
    assert_int_equal(error.message, MU_SAY_error_undo_volunteer);
}

/* ---- awards ---- */

static bool tell_award(void *context, const struct mu_award *award)
{
    struct told *told = context;
    size_t used = strlen(told->text);

    snprintf(told->text + used, sizeof told->text - used, "%s%d %s%s%s", used ? ", " : "",
             award->month, award->name, *award->note ? " " : "", award->note);
    return true;
}

static const char *awards(struct mu_desk *desk, int64_t who)
{
    static struct told told;

    *told.text = '\0';
    assert_int_equal(mu_list_awards(desk, who, tell_award, &told, NULL), MU_OK);
    return told.text;
}

static void an_award_is_given_once_a_month_and_can_be_taken_back(void **state)
{
    struct mu_desk *desk = ((struct home *)*state)->desk;
    int64_t wang = home_add(desk, "name", "王秀英", NULL),
            li = home_add(desk, "name", "李红", NULL);
    struct mu_award award = {
        .resident_id = wang, .name = "活力小哥", .month = 202610, .note = "好评：第一；还会修车"};
    struct mu_error error = {0};

    join(desk, "小巷骑兵", wang, 0, may);
    assert_int_equal(mu_give_award(desk, &award, NULL), MU_OK);
    assert_int_not_equal(award.id, 0);
    assert_int_equal(mu_give_award(desk, &award, &error), MU_INPUT);
    assert_int_equal(error.message, MU_SAY_error_award_twice);
    award = (struct mu_award){.resident_id = wang, .name = "活力小哥"};
    assert_int_equal(mu_give_award(desk, &award, NULL), MU_OK);
    assert_string_equal(awards(desk, wang),
                        "202610 活力小哥 好评：第一；还会修车, 202611 活力小哥");
    undo(desk);
    assert_string_equal(awards(desk, wang), "202610 活力小哥 好评：第一；还会修车");
    redo(desk);
    assert_string_equal(awards(desk, wang),
                        "202610 活力小哥 好评：第一；还会修车, 202611 活力小哥");
    award.month = 202612;
    assert_int_equal(mu_give_award(desk, &award, &error), MU_INPUT);
    assert_int_equal(error.message, MU_SAY_error_award_future);
    award = (struct mu_award){.resident_id = wang, .name = " "};
    assert_int_equal(mu_give_award(desk, &award, &error), MU_INPUT);
    assert_int_equal(error.message, MU_SAY_error_award_nameless);
    award = (struct mu_award){.resident_id = li, .name = "活力小哥"};
    assert_int_equal(mu_give_award(desk, &award, &error), MU_REFUSED);
    assert_int_equal(error.message, MU_SAY_error_award_no_volunteer);
}

/* ---- a household ---- */

static void what_people_earn_counts_for_their_household(void **state)
{
    struct mu_desk *desk = ((struct home *)*state)->desk;
    int64_t wang = home_add(desk, "name", "王秀英", "building", "3", "room", "201", NULL),
            li = home_add(desk, "name", "李红", "building", "3", "room", "201", NULL);
    struct mu_resident resident;
    struct mu_family family;
    bool counts;

    assert_int_equal(mu_read_resident(desk, wang, &resident, NULL), MU_OK);
    assert_int_equal(mu_read_family(desk, resident.household_id, &counts, &family, NULL), MU_OK);
    assert_true(counts);
    assert_int_equal(family.index, 60);
    join(desk, "小巷骑兵", wang, 0, may);
    earn(desk, wang, october, 75, 60, MU_POINTS_SERVICE);
    earn(desk, li, today, 30, 60, MU_POINTS_SERVICE);
    earn(desk, li, (struct mu_date){2025, 11, 30}, 500, 60, MU_POINTS_SERVICE); /* too long ago */
    earn(desk, li, today, -20, 0, MU_POINTS_GOODS);
    assert_int_equal(mu_read_family(desk, resident.household_id, &counts, &family, NULL), MU_OK);
    assert_int_equal(family.earned.count, 105);
    assert_int_equal(family.index, 70);
    assert_int_equal(family.balance.count, 585);
    assert_int_equal(family.volunteers, 1);
    assert_int_equal(family.months, 12);
    assert_int_equal(mu_end_resident(desk, li, MU_MOVED_OUT, today, NULL), MU_OK);
    assert_int_equal(mu_read_family(desk, resident.household_id, &counts, &family, NULL), MU_OK);
    assert_int_equal(family.earned.count, 75);
}

static void a_damaged_book_of_memberships_or_awards_is_none(void **state)
{
    static const char *const times[] = {"2026-05-04～ 队员", "2026-05-04 队员 甲", "～ 队员 甲",
                                        "2026-05-04～2026-02-30 队员 甲", "2026-05-04～ 甲 乙"},
                             *const given[] = {"2026-11", "2026-11 2026-11-22", "13 2026-11-22 甲",
                                               "2026-11 heute 甲"};
    struct mu_membership membership;
    struct mu_award award;

    (void)state;
    for (size_t i = 0; i < sizeof times / sizeof *times; i++)
        assert_false(mu_team_book_next(&(const char *){times[i]}, &membership));
    for (size_t i = 0; i < sizeof given / sizeof *given; i++)
        assert_false(mu_award_book_next(&(const char *){given[i]}, &award));
    assert_int_equal(mu_volunteer_months(&(struct mu_volunteer){.registered_on = may}, may), 0);
    assert_int_equal(mu_volunteer_months(&(struct mu_volunteer){.registered_on = may}, today), 6);
    assert_int_equal(mu_volunteer_months(&(struct mu_volunteer){.registered_on = today}, may), 0);
    assert_int_equal(
        mu_volunteer_months(&(struct mu_volunteer){.registered_on = {2026, 10, 30}}, today), 0);
}

int main(void)
{
#define STORY(name) cmocka_unit_test_setup_teardown(name, setup, home_teardown)
    const struct CMUnitTest tests[] = {
        STORY(registering_says_skills_and_whether_the_name_is_shown),
        STORY(volunteers_are_found_by_skill_and_team_and_stand_by_points),
        STORY(stars_follow_from_the_hours_of_the_book),
        STORY(who_moves_out_or_leaves_is_in_no_team_any_more),
        STORY(a_new_file_with_a_team_is_not_taken_back),
        STORY(an_award_is_given_once_a_month_and_can_be_taken_back),
        STORY(what_people_earn_counts_for_their_household),
        cmocka_unit_test(a_damaged_book_of_memberships_or_awards_is_none),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
