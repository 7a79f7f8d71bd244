/* The volunteers on that day: somebody joins a team, gets an award, and leaves. */
#include "fault/day.h"

#include <mulin/desk/team.h>
#include <mulin/desk/volunteer.h>

static const char team[] = "阿姨巡逻队";
static const struct mu_date today = {0, 0, 0};

enum mu_status day_found_team(const struct day *day, struct mu_desk *desk, bool *outputs,
                              struct mu_error *error)
{
    struct mu_team founded = {.name = "阿姨巡逻队", .note = "夜里巡逻"};
    enum mu_status status = mu_save_team(desk, &founded, NULL, error);

    (void)day;
    *outputs = (founded.id > 0) == (status == MU_OK);
    return status;
}

enum mu_status day_join_team(const struct day *day, struct mu_desk *desk, bool *outputs,
                             struct mu_error *error)
{
    (void)day;
    *outputs = true;
    return mu_join_team(desk, team, DAY_YOUNG, MU_TEAM_LEADER, today, error);
}

enum mu_status day_give_award(const struct day *day, struct mu_desk *desk, bool *outputs,
                              struct mu_error *error)
{
    struct mu_award award = {.resident_id = DAY_YOUNG, .name = "活力小哥"};
    enum mu_status status = mu_give_award(desk, &award, error);

    (void)day;
    *outputs = (award.id > 0) == (status == MU_OK);
    return status;
}

enum mu_status day_leave_volunteers(const struct day *day, struct mu_desk *desk, bool *outputs,
                                    struct mu_error *error)
{
    struct mu_volunteer_file file = {.volunteer = {.version = -1}};
    enum mu_status status = mu_read_volunteer(desk, DAY_YOUNG, &file, error);

    (void)day;
    if (status == MU_OK) {
        file.volunteer.left_on = mu_desk_now(desk).date;
        status = mu_save_volunteer(desk, &file.volunteer, NULL, error);
    }
    *outputs = true;
    return status;
}
