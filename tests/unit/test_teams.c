/* Teams and those who belong to them. */
#include "unit/team_home.h"

static enum mu_message why_not(struct mu_desk *desk, const char *team, int64_t who, int role,
                               struct mu_date from)
{
    struct mu_error error = {0};

    assert_int_not_equal(mu_join_team(desk, team, who, role, from, &error), MU_OK);
    return error.message;
}

static const char *members(struct mu_desk *desk, const char *name, bool past)
{
    static struct told told;
    struct mu_team team;

    *told.text = '\0';
    assert_int_equal(mu_read_team(desk, name, &team, NULL), MU_OK);
    assert_int_equal(mu_list_members(desk, team.id, past, tell_member, &told, NULL), MU_OK);
    return told.text;
}

struct team_list {
    size_t count;
    struct mu_team_entry entry[32];
};

static bool take_team(void *context, const struct mu_team_entry *entry)
{
    struct team_list *list = context;

    list->entry[list->count++] = *entry;
    return list->count < 32;
}

static struct team_list *teams(struct mu_desk *desk, bool ended)
{
    static struct team_list list;

    list.count = 0;
    assert_int_equal(mu_list_teams(desk, ended, take_team, &list, NULL), MU_OK);
    return &list;
}

static void the_teams_of_the_book_stand_on_the_list_before_anybody_joined(void **state)
{
    struct mu_desk *desk = ((struct home *)*state)->desk;
    struct team_list *list = teams(desk, false);
    struct mu_team team;

    assert_int_equal(list->count, 12);
    assert_string_equal(list->entry[0].team.name, "小巷骑兵");
    assert_int_equal(list->entry[0].duties, 8);
    assert_int_equal(list->entry[0].team.id, 0);
    assert_int_equal(mu_read_team(desk, "小巷园丁", &team, NULL), MU_OK);
    assert_int_equal(team.id, 0);
    assert_int_equal(mu_read_team(desk, "没有的队", &team, NULL), MU_INPUT);
    assert_int_equal(mu_read_team(desk, "", &team, NULL), MU_INPUT);
}

static void who_joins_is_registered_and_the_team_is_founded(void **state)
{
    struct mu_desk *desk = ((struct home *)*state)->desk;
    int64_t wang = home_add(desk, "name", "王秀英", NULL);
    struct team_list *list;

    join(desk, "小巷骑兵", wang, 0, may);
    assert_string_equal(members(desk, "小巷骑兵", false), "王秀英 小巷骑兵 队员 2026-05-04～");
    assert_int_equal(mu_date_compare(volunteer(desk, wang).volunteer.registered_on, may), 0);
    list = teams(desk, false);
    assert_int_equal(list->count, 12);
    assert_int_equal(list->entry[0].people, 1);
    assert_int_equal(mu_date_compare(list->entry[0].team.founded_on, may), 0);

    /* One act: with it everything is as before, and again. */
    undo(desk);
    list = teams(desk, false);
    assert_int_equal(list->count, 12);
    assert_int_equal(list->entry[11].team.id + list->entry[0].team.id, 0);
    assert_false(mu_date_known(volunteer(desk, wang).volunteer.registered_on));
    assert_string_equal(teams_of(desk, wang), "");
    redo(desk);
    assert_string_equal(members(desk, "小巷骑兵", false), "王秀英 小巷骑兵 队员 2026-05-04～");
    assert_int_equal(mu_date_compare(volunteer(desk, wang).volunteer.registered_on, may), 0);
}

static void a_team_has_one_leader_and_who_was_is_a_member(void **state)
{
    struct mu_desk *desk = ((struct home *)*state)->desk;
    int64_t wang = home_add(desk, "name", "王秀英", NULL),
            li = home_add(desk, "name", "李红", NULL);

    join(desk, "小巷骑兵", wang, MU_TEAM_LEADER, may);
    join(desk, "小巷骑兵", li, 0, may);
    assert_string_equal(teams(desk, false)->entry[0].leader, "王秀英");
    join(desk, "小巷骑兵", li, MU_TEAM_LEADER, october);
    assert_string_equal(teams(desk, false)->entry[0].leader, "李红");
    assert_string_equal(members(desk, "小巷骑兵", false),
                        "李红 小巷骑兵 队长 2026-10-01～, 王秀英 小巷骑兵 队员 2026-10-01～");
    assert_string_equal(
        teams_of(desk, wang),
        "王秀英 小巷骑兵 队长 2026-05-04～2026-09-30, 王秀英 小巷骑兵 队员 2026-10-01～");
    undo(desk);
    assert_string_equal(members(desk, "小巷骑兵", false),
                        "王秀英 小巷骑兵 队长 2026-05-04～, 李红 小巷骑兵 队员 2026-05-04～");
    /* From the very day on which she joined she never was anything else. */
    join(desk, "小巷骑兵", li, MU_TEAM_DEPUTY, may);
    assert_string_equal(teams_of(desk, li), "李红 小巷骑兵 副队长 2026-05-04～");
}

static void joining_is_refused_with_its_reason(void **state)
{
    struct mu_desk *desk = ((struct home *)*state)->desk;
    int64_t wang = home_add(desk, "name", "王秀英", NULL),
            zhao = home_add(desk, "name", "赵大", NULL);
    struct mu_team team = {.name = "老歌队", .founded_on = october, .ended_on = today};

    join(desk, "小巷骑兵", wang, 0, october);
    assert_int_equal(why_not(desk, "小巷骑兵", wang, 0, unknown), MU_SAY_error_team_already);
    assert_int_equal(why_not(desk, "没有的队", wang, 0, unknown), MU_SAY_error_team_unknown);
    assert_int_equal(why_not(desk, "小巷骑兵", zhao, 9, unknown), MU_SAY_error_team_role);
    assert_int_equal(why_not(desk, "小巷骑兵", zhao, 0, may), MU_SAY_error_team_before_founded);
    assert_int_equal(why_not(desk, "小巷骑兵", zhao, 0, (struct mu_date){2026, 11, 23}),
                     MU_SAY_error_team_future);
    assert_int_equal(mu_save_team(desk, &team, NULL, NULL), MU_OK);
    assert_int_equal(why_not(desk, "老歌队", zhao, 0, unknown), MU_SAY_error_team_ended);
    assert_int_equal(why_not(desk, "小巷骑兵", 4711, 0, unknown), MU_SAY_error_resident_unknown);

    assert_int_equal(mu_leave_team(desk, "小巷骑兵", wang, (struct mu_date){2026, 11, 10}, NULL),
                     MU_OK);
    assert_int_equal(why_not(desk, "小巷骑兵", wang, 0, (struct mu_date){2026, 11, 9}),
                     MU_SAY_error_team_overlap);
    join(desk, "小巷骑兵", wang, 0, (struct mu_date){2026, 11, 10});
    assert_string_equal(teams_of(desk, wang), "王秀英 小巷骑兵 队员 2026-10-01～");
    assert_int_equal(mu_leave_team(desk, "小巷骑兵", wang, (struct mu_date){2026, 11, 10}, NULL),
                     MU_OK);
    join(desk, "小巷骑兵", wang, 0, (struct mu_date){2026, 11, 11});

    assert_int_equal(mu_end_resident(desk, zhao, MU_DECEASED, today, NULL), MU_OK);
    assert_int_equal(why_not(desk, "小巷骑兵", zhao, 0, unknown), MU_SAY_error_volunteer_ended);
}

static void leaving_a_team_keeps_the_days(void **state)
{
    struct mu_desk *desk = ((struct home *)*state)->desk;
    int64_t wang = home_add(desk, "name", "王秀英", NULL);
    struct mu_error error = {0};

    join(desk, "小巷骑兵", wang, 0, october);
    assert_int_equal(mu_leave_team(desk, "小巷骑兵", wang, may, &error), MU_INPUT);
    assert_int_equal(error.message, MU_SAY_error_team_leave_before);
    assert_int_equal(mu_leave_team(desk, "小巷骑兵", wang, (struct mu_date){2027, 1, 1}, &error),
                     MU_INPUT);
    assert_int_equal(error.message, MU_SAY_error_team_future);
    assert_int_equal(mu_leave_team(desk, "小巷骑兵", wang, unknown, NULL), MU_OK);
    assert_string_equal(members(desk, "小巷骑兵", false), "");
    assert_string_equal(members(desk, "小巷骑兵", true),
                        "王秀英 小巷骑兵 队员 2026-10-01～2026-11-22");
    assert_int_equal(mu_leave_team(desk, "小巷骑兵", wang, unknown, &error), MU_INPUT);
    assert_int_equal(error.message, MU_SAY_error_team_no_member);
    assert_int_equal(mu_leave_team(desk, "小巷园丁", wang, unknown, NULL), MU_INPUT);
    undo(desk);
    assert_string_equal(members(desk, "小巷骑兵", false), "王秀英 小巷骑兵 队员 2026-10-01～");
}

static void a_team_is_founded_changed_and_ended(void **state)
{
    struct mu_desk *desk = ((struct home *)*state)->desk;
    int64_t wang = home_add(desk, "name", "王秀英", NULL);
    struct mu_team team = {.name = "阿姨巡逻队", .founded_on = may, .note = "夜里巡逻"}, stale,
                   other;
    const char *field;
    struct mu_error error = {0};

    assert_int_equal(mu_save_team(desk, &team, NULL, NULL), MU_OK);
    assert_int_not_equal(team.id, 0);
    stale = team;
    join(desk, "阿姨巡逻队", wang, MU_TEAM_LEADER, october);
    other = (struct mu_team){.name = "阿姨巡逻队"};
    assert_int_equal(mu_save_team(desk, &other, &field, &error), MU_INPUT);
    assert_string_equal(field, "name");
    other = (struct mu_team){.name = ""};
    assert_int_equal(mu_save_team(desk, &other, &field, NULL), MU_INPUT);
    assert_string_equal(field, "name");
    other = (struct mu_team){.name = "早", .founded_on = october, .ended_on = may};
    assert_int_equal(mu_save_team(desk, &other, &field, NULL), MU_INPUT);
    assert_string_equal(field, "ended_on");
    other = (struct mu_team){.name = "早", .founded_on = {2027, 1, 1}};
    assert_int_equal(mu_save_team(desk, &other, &field, NULL), MU_INPUT);
    assert_string_equal(field, "founded_on");
    other = (struct mu_team){.name = "早", .ended_on = {2027, 1, 1}};
    assert_int_equal(mu_save_team(desk, &other, NULL, NULL), MU_INPUT);

    team.ended_on = (struct mu_date){2026, 11, 20};
    assert_int_equal(mu_save_team(desk, &team, NULL, NULL), MU_OK);
    assert_string_equal(teams_of(desk, wang), "王秀英 阿姨巡逻队 队长 2026-10-01～2026-11-20");
    assert_int_equal(mu_save_team(desk, &stale, NULL, &error), MU_REFUSED);
    assert_int_equal(error.message, MU_SAY_error_team_changed);
    assert_int_equal(teams(desk, false)->count, 12);
    assert_int_equal(teams(desk, true)->count, 13);
    undo(desk);
    assert_string_equal(teams_of(desk, wang), "王秀英 阿姨巡逻队 队长 2026-10-01～");
}

static void a_team_that_was_a_mistake_goes_and_its_name_is_free(void **state)
{
    struct mu_desk *desk = ((struct home *)*state)->desk;
    int64_t wang = home_add(desk, "name", "王秀英", NULL), id;
    struct mu_team team = {.name = "巡逻队"};
    struct mu_undone undone;
    struct mu_error error = {0};

    assert_int_equal(mu_save_team(desk, &team, NULL, NULL), MU_OK);
    id = team.id;
    undo(desk);
    assert_int_equal(mu_read_team(desk, "巡逻队", &team, NULL), MU_INPUT);
    team = (struct mu_team){.name = "巡逻队", .founded_on = may};
    assert_int_equal(mu_save_team(desk, &team, NULL, NULL), MU_OK);
    assert_int_equal(team.id, id);
    /* Not while somebody belongs to it. */
    assert_int_equal(mu_undo_next(desk, 0, &undone, NULL), MU_OK);
    join(desk, "巡逻队", wang, 0, may);
    assert_int_equal(mu_undo(desk, undone.act_id, NULL, &error), MU_REFUSED);
    assert_int_equal(error.message, MU_SAY_error_team_members);
}

int main(void)
{
#define STORY(name) cmocka_unit_test_setup_teardown(name, setup, home_teardown)
    const struct CMUnitTest tests[] = {
        STORY(the_teams_of_the_book_stand_on_the_list_before_anybody_joined),
        STORY(who_joins_is_registered_and_the_team_is_founded),
        STORY(a_team_has_one_leader_and_who_was_is_a_member),
        STORY(joining_is_refused_with_its_reason),
        STORY(leaving_a_team_keeps_the_days),
        STORY(a_team_is_founded_changed_and_ended),
        STORY(a_team_that_was_a_mistake_goes_and_its_name_is_free),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
