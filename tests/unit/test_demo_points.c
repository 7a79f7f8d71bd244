/* The demo has the volunteers that communities published. */
#include "unit/home.h"

#include <mulin/desk/attendance.h>
#include <mulin/desk/demo.h>
#include <mulin/desk/points_month.h>
#include <mulin/desk/team.h>
#include <mulin/desk/volunteer.h>
#include <mulin/domain/tag.h>

/* A demo home of the preset at noon of that day. */
static struct mu_desk *community(struct home *home, const char *preset, const char *now)
{
    char folder[96];
    const struct mu_desk_options options = {
        .home = folder, .system_user = "keeper", .fixed_now = now};
    struct mu_desk *desk = NULL;
    struct mu_error error;

    snprintf(folder, sizeof folder, "%s/%s", home->folder, preset);
    if (mu_demo_create(&options, preset, 0, &error) != MU_OK) {
        char text[512];

        mu_error_text(&error, MU_ENGLISH, text, sizeof text);
        fail_msg("%s", text);
    }
    assert_int_equal(mu_desk_open(&options, &desk, &error), MU_OK);
    return desk;
}

struct counted {
    int lists, teams, duties, months, people;
    int64_t points;
};

static bool count_list(void *context, const struct mu_attendance_sheet *attendance)
{
    struct counted *counted = context;

    counted->lists++;
    counted->people += attendance->people;
    counted->points += attendance->points.count;
    return true;
}

static bool count_team(void *context, const struct mu_team_entry *entry)
{
    struct counted *counted = context;

    counted->teams++;
    counted->duties += entry->duties;
    assert_true(entry->team.id > 0);
    assert_string_not_equal(entry->leader, "");
    return true;
}

static bool count_month(void *context, const struct mu_points_month *month)
{
    struct counted *counted = context;

    assert_true(month->month < 202611);
    counted->months++;
    return true;
}

struct tagged {
    const char *word;
    int people;
};

static bool count_tagged(void *context, const struct mu_resident *resident)
{
    struct tagged *tagged = context;

    tagged->people += mu_tags_have(resident->tags, tagged->word);
    return true;
}

static int people_tagged(struct mu_desk *desk, const char *word)
{
    struct tagged tagged = {.word = word};

    assert_int_equal(mu_list_residents(desk, 0, SIZE_MAX, count_tagged, &tagged, NULL), MU_OK);
    return tagged.people;
}

static void count(struct mu_desk *desk, struct counted *out)
{
    struct mu_date any = {0, 0, 0};
    struct mu_verify_report report;

    assert_int_equal(mu_list_attendances(desk, any, any, 0, count_list, out, NULL), MU_OK);
    assert_int_equal(mu_list_teams(desk, false, count_team, out, NULL), MU_OK);
    assert_int_equal(mu_list_points_months(desk, count_month, out, NULL), MU_OK);
    assert_int_equal(mu_verify(desk, NULL, NULL, &report, NULL), MU_OK);
}

static void changan_has_656_volunteers_over_40_activities_and_over_40_000_points(void **state)
{
    struct home *home = *state;
    struct mu_desk *desk = community(home, "changan", "2026-11-22T11:30");
    struct counted counted = {0};
    int64_t volunteers;

    count(desk, &counted);
    assert_int_equal(mu_count_volunteers(desk, &volunteers, NULL), MU_OK);
    assert_int_equal(volunteers, 656);
    assert_int_equal(people_tagged(desk, "志愿者"), 656);
    assert_true(counted.lists > 40);
    assert_in_range(counted.points, 40000, 50000);
    assert_int_equal(counted.months, 2);
    mu_desk_free(&desk);
}

static void zhonggeng_has_its_240_helpers_in_12_teams_with_96_duties(void **state)
{
    struct home *home = *state;
    struct mu_desk *desk = community(home, "zhonggeng", "2026-11-01T00:05");
    struct counted counted = {0};

    count(desk, &counted);
    assert_int_equal(people_tagged(desk, "热心小哥"), 132);
    assert_int_equal(people_tagged(desk, "帮忙老哥"), 108);
    assert_int_equal(counted.teams, 12);
    assert_int_equal(counted.duties, 96);
    assert_int_equal(counted.months, 2);
    assert_true(counted.people > 400);
    mu_desk_free(&desk);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            changan_has_656_volunteers_over_40_activities_and_over_40_000_points, home_setup,
            home_teardown),
        cmocka_unit_test_setup_teardown(zhonggeng_has_its_240_helpers_in_12_teams_with_96_duties,
                                        home_setup, home_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
