/* What the stories of teams and volunteers share: a home with the twelve teams of 中埂. */
#ifndef MULIN_TESTS_UNIT_TEAM_HOME_H
#define MULIN_TESTS_UNIT_TEAM_HOME_H

#include "unit/home.h"

#include <mulin/desk/act.h>
#include <mulin/desk/team.h>
#include <mulin/desk/volunteer.h>

#include <stdbool.h>

static const struct mu_date today = {2026, 11, 22}, october = {2026, 10, 1}, may = {2026, 5, 4},
                            unknown = {0, 0, 0};

static inline void make_zhonggeng(const char *folder)
{
    const struct mu_desk_options options = {
        .home = folder, .system_user = "keeper", .fixed_now = HOME_NOW};

    assert_int_equal(mu_home_create(&options, "zhonggeng", false, NULL), MU_OK);
}

static inline int setup(void **state)
{
    static struct home_image image;
    struct home *home = calloc(1, sizeof *home);

    assert_non_null(home);
    home_folder(home->folder);
    snprintf(home->path, sizeof home->path, "%s/mulin.db", home->folder);
    home_make(home->folder, &image, make_zhonggeng);
    home->desk = home_desk(home, HOME_NOW);
    *state = home;
    return 0;
}

static inline void join(struct mu_desk *desk, const char *team, int64_t who, int role,
                        struct mu_date from)
{
    struct mu_error error = {0};

    if (mu_join_team(desk, team, who, role, from, &error) != MU_OK) {
        char text[512];

        mu_error_text(&error, MU_ENGLISH, text, sizeof text);
        fail_msg("%s", text);
    }
}

/* "王秀英 队长 2026-05-04～, 李红 队员 2026-10-01～2026-11-22" */
struct told {
    char text[2048];
};

static inline bool tell_member(void *context, const struct mu_membership *membership)
{
    struct told *told = context;
    char from[MU_DATE_SIZE], until[MU_DATE_SIZE];
    size_t used = strlen(told->text);

    mu_date_format(membership->from, from);
    mu_date_format(membership->until, until);
    snprintf(told->text + used, sizeof told->text - used, "%s%s %s %s %s～%s", used ? ", " : "",
             membership->name, membership->team,
             mu_choice_word(&mu_team_roles, membership->role, MU_CHINESE), from, until);
    return true;
}

static inline const char *teams_of(struct mu_desk *desk, int64_t who)
{
    static struct told told;

    *told.text = '\0';
    assert_int_equal(mu_list_memberships(desk, who, tell_member, &told, NULL), MU_OK);
    return told.text;
}

static inline void undo(struct mu_desk *desk)
{
    struct mu_undone undone = {0};
    struct mu_error error = {0};

    assert_int_equal(mu_undo_next(desk, 0, &undone, NULL), MU_OK);
    assert_int_not_equal(undone.act_id, 0);
    if (mu_undo(desk, undone.act_id, &undone, &error) != MU_OK) {
        char text[512];

        mu_error_text(&error, MU_ENGLISH, text, sizeof text);
        fail_msg("%s", text);
    }
}

static inline bool take_undoer(void *context, const struct mu_act_view *view)
{
    int64_t *id = context;

    *id = view->act.undone_by;
    return *id == 0;
}

/* What was taken back is done again. */
static inline void redo(struct mu_desk *desk)
{
    int64_t id = 0;

    assert_int_equal(mu_list_undo(desk, MU_CHINESE, take_undoer, &id, NULL), MU_OK);
    assert_int_equal(mu_undo(desk, id, NULL, NULL), MU_OK);
}

static inline struct mu_volunteer_file volunteer(struct mu_desk *desk, int64_t who)
{
    struct mu_volunteer_file file;

    assert_int_equal(mu_read_volunteer(desk, who, &file, NULL), MU_OK);
    return file;
}

#endif
