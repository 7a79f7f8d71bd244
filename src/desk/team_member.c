/* Who belongs to which team, from a day to a day. */
#include "base/growing.h"
#include "desk/resident_file.h"
#include "desk/team_file.h"
#include "store/team_store.h"

#include <mulin/base/codes.h>
#include <mulin/base/text.h>
#include <mulin/desk/team.h>

#include <stdio.h>
#include <stdlib.h>

static bool add_time(void *context, const struct mu_membership *membership)
{
    return mu_team_book_add(context, membership);
}

static enum mu_status read_book(struct mu_desk *desk, int64_t file, struct mu_team_book *out,
                                struct mu_error *error)
{
    *out->times = '\0';
    return mu_memberships_of_file(desk->db, file, add_time, out, error);
}

/* An act changes each record once: what is written of a file is recorded together. */
static enum mu_status record(struct mu_act_writer *act, int64_t file,
                             const struct mu_team_book *before, struct mu_error *error)
{
    struct mu_team_book after = {0};
    enum mu_status status = read_book(act->desk, file, &after, error);

    return status == MU_OK ? mu_act_change(act, "team_member", file, file, act->act.subject, before,
                                           &after, error)
                           : status;
}

/* ---- what somebody is now ---- */

/* The memberships of a person that matter for one team; or of all teams. */
struct standing {
    int64_t team_id; /* 0: of any */
    struct mu_date from;
    bool found;
    struct mu_membership now;  /* without a last day */
    struct mu_membership past; /* one that ended, but not before `from`; team_id 0: none */
};

static bool take_standing(void *context, const struct mu_membership *membership)
{
    struct standing *standing = context;

    if (standing->team_id && membership->team_id != standing->team_id)
        return true;
    if (!mu_date_known(membership->until)) {
        standing->now = *membership;
        standing->found = true;
    } else if (mu_date_compare(membership->until, standing->from) >= 0) {
        standing->past = *membership;
    }
    return true;
}

static enum mu_status end_one(struct mu_db *db, const struct mu_membership *now, struct mu_date day,
                              struct mu_error *error)
{
    struct mu_membership ended = *now;

    ended.until = mu_date_compare(day, now->from) < 0 ? now->from : day;
    return mu_membership_write(db, &ended, error);
}

/* What somebody belongs to, gathered before it is written. */
struct current {
    int64_t team_id;                  /* 0: of any */
    struct mu_membership *membership; /* owned */
    size_t count, room;
    bool no_memory;
};

static bool take_current(void *context, const struct mu_membership *membership)
{
    struct current *current = context;
    void *larger;

    if (mu_date_known(membership->until) ||
        (current->team_id && membership->team_id != current->team_id))
        return true;
    larger =
        mu_grown(current->membership, current->count, &current->room, sizeof *current->membership);
    current->no_memory = !larger;
    if (!larger)
        return false;
    current->membership = larger;
    current->membership[current->count++] = *membership;
    return true;
}

/* Those of one file. */
static enum mu_status end_of_file(struct mu_act_writer *act, const struct current *current,
                                  int64_t file, struct mu_date day, struct mu_error *error)
{
    struct mu_team_book before = {0};
    enum mu_status status = read_book(act->desk, file, &before, error);

    for (size_t i = 0; status == MU_OK && i < current->count; i++)
        if (current->membership[i].resident_id == file)
            status = end_one(act->desk->db, &current->membership[i], day, error);
    return status == MU_OK ? record(act, file, &before, error) : status;
}

static bool is_first_of_file(const struct current *current, size_t index)
{
    for (size_t i = 0; i < index; i++)
        if (current->membership[i].resident_id == current->membership[index].resident_id)
            return false;
    return true;
}

enum mu_status mu_membership_end(struct mu_act_writer *act, int64_t team_id, int64_t resident_id,
                                 struct mu_date day, struct mu_error *error)
{
    struct current current = {.team_id = team_id};
    enum mu_status status =
        mu_memberships_of_person(act->desk->db, resident_id, take_current, &current, error);

    if (status == MU_OK && current.no_memory)
        status = mu_fail_memory(error);
    for (size_t i = 0; status == MU_OK && i < current.count; i++)
        if (is_first_of_file(&current, i))
            status = end_of_file(act, &current, current.membership[i].resident_id, day, error);
    free(current.membership);
    return status;
}

enum mu_status mu_memberships_end(struct mu_act_writer *act, int64_t resident_id,
                                  struct mu_date day, struct mu_error *error)
{
    return mu_membership_end(act, 0, resident_id, day, error);
}

/* ---- joining ---- */

struct joining {
    struct mu_act_writer act;
    struct mu_resident person;
    struct mu_team team;
    struct mu_date from;
    int role;
};

static enum mu_status refuse_day(enum mu_message message, struct mu_date day, const char *team,
                                 struct mu_error *error)
{
    char text[MU_DATE_SIZE];

    mu_date_format(day, text);
    return mu_fail(error, MU_INPUT, message, text, team, NULL);
}

static enum mu_status find_person(struct joining *joining, struct mu_desk *desk,
                                  int64_t resident_id, struct mu_error *error)
{
    struct mu_date today = mu_desk_now(desk).date;
    enum mu_status status = mu_volunteer_person(desk, resident_id, &joining->person, error);

    if (status != MU_OK)
        return status;
    if (joining->person.status != MU_LIVING_HERE)
        return mu_fail(error, MU_REFUSED, MU_SAY_error_volunteer_ended, joining->person.name, NULL);
    if (!mu_date_known(joining->from))
        joining->from = today;
    if (mu_date_compare(joining->from, today) > 0)
        return refuse_day(MU_SAY_error_team_future, joining->from, "", error);
    mu_act_begin(&joining->act, desk, MU_MAY_manage_teams, joining->person.name);
    return MU_OK;
}

/* The team, founded when so far only the rule book named it. */
static enum mu_status find_team(struct joining *joining, const char *name, struct mu_error *error)
{
    struct mu_team *team = &joining->team;
    struct mu_desk *desk = joining->act.desk;
    char subject[MU_RULE_NAME_SIZE + MU_PERSON_NAME_SIZE];
    enum mu_status status = mu_read_team(desk, name, team, error);

    if (status == MU_OK && !team->id) {
        snprintf(subject, sizeof subject, "%s %s", name, joining->person.name);
        mu_act_begin(&joining->act, desk, MU_MAY_manage_teams, subject);
        status = mu_team_found(&joining->act, name, joining->from, team, error);
    }
    if (status != MU_OK)
        return status;
    if (mu_date_known(team->ended_on))
        return mu_fail(error, MU_REFUSED, MU_SAY_error_team_ended, team->name, NULL);
    if (mu_date_known(team->founded_on) && mu_date_compare(joining->from, team->founded_on) < 0)
        return refuse_day(MU_SAY_error_team_before_founded, joining->from, team->name, error);
    return MU_OK;
}

/* Somebody of the team is something else in it from a day on. */
static enum mu_status change_role(struct mu_act_writer *act, const struct mu_membership *now,
                                  int role, struct mu_date from, struct mu_error *error)
{
    struct mu_membership next = *now;
    struct mu_team_book before = {0};
    struct mu_db *db = act->desk->db;
    enum mu_status status = read_book(act->desk, now->resident_id, &before, error);

    if (status == MU_OK && mu_date_compare(from, now->from) > 0) {
        status = end_one(db, now, mu_date_add_days(from, -1), error);
        next.from = from;
    }
    next.role = role;
    if (status == MU_OK)
        status = mu_membership_write(db, &next, error);
    return status == MU_OK ? record(act, now->resident_id, &before, error) : status;
}

struct leaders {
    int64_t person; /* who is to lead */
    struct mu_membership other;
};

static bool take_other_leader(void *context, const struct mu_membership *membership)
{
    struct leaders *leaders = context;

    if (membership->role == MU_TEAM_LEADER && membership->resident_id != leaders->person)
        leaders->other = *membership;
    return true;
}

/* A team has one leader. */
static enum mu_status step_down(struct joining *joining, struct mu_error *error)
{
    struct leaders leaders = {.person = joining->person.id};
    struct standing standing = {.team_id = joining->team.id, .from = joining->from};
    struct mu_db *db = joining->act.desk->db;
    enum mu_status status = MU_OK;

    if (joining->role != MU_TEAM_LEADER)
        return MU_OK;
    status = mu_team_members(db, joining->team.id, false, take_other_leader, &leaders, error);
    if (status == MU_OK && leaders.other.team_id)
        status = mu_memberships_of_person(db, leaders.other.resident_id, take_standing, &standing,
                                          error);
    return status == MU_OK && standing.found
               ? change_role(&joining->act, &standing.now, MU_TEAM_MEMBER, joining->from, error)
               : status;
}

static enum mu_status enter(struct joining *joining, struct mu_error *error)
{
    struct standing standing = {.team_id = joining->team.id, .from = joining->from};
    struct mu_membership membership = {.team_id = joining->team.id,
                                       .resident_id = joining->person.id,
                                       .from = joining->from,
                                       .role = joining->role};
    struct mu_team_book before = {0};
    enum mu_status status = mu_memberships_of_person(joining->act.desk->db, joining->person.id,
                                                     take_standing, &standing, error);

    if (status != MU_OK)
        return status;
    if (standing.found && standing.now.role == joining->role)
        return mu_fail(error, MU_INPUT, MU_SAY_error_team_already, joining->person.name,
                       joining->team.name, NULL);
    /* Who left and comes back on that very day never was away. */
    if (standing.past.team_id && standing.past.role == joining->role &&
        standing.past.resident_id == joining->person.id &&
        mu_date_compare(standing.past.until, joining->from) == 0)
        membership.from = standing.past.from;
    else if (standing.past.team_id)
        return refuse_day(MU_SAY_error_team_overlap, standing.past.until, joining->team.name,
                          error);
    if (standing.found)
        return change_role(&joining->act, &standing.now, joining->role, joining->from, error);
    status = mu_volunteer_enter(&joining->act, joining->person.id, joining->from, error);
    if (status == MU_OK)
        status = read_book(joining->act.desk, joining->person.id, &before, error);
    if (status == MU_OK)
        status = mu_membership_write(joining->act.desk->db, &membership, error);
    return status == MU_OK ? record(&joining->act, joining->person.id, &before, error) : status;
}

static enum mu_status join(struct joining *joining, struct mu_desk *desk, const char *team,
                           int64_t resident_id, struct mu_error *error)
{
    enum mu_status status = find_person(joining, desk, resident_id, error);

    if (status == MU_OK)
        status = find_team(joining, team, error);
    if (status == MU_OK)
        status = step_down(joining, error);
    return status == MU_OK ? enter(joining, error) : status;
}

enum mu_status mu_join_team(struct mu_desk *desk, const char *team, int64_t resident_id, int role,
                            struct mu_date from, struct mu_error *error)
{
    struct joining joining = {.from = from, .role = role ? role : MU_TEAM_MEMBER};
    enum mu_status status = mu_desk_may(desk, MU_MAY_manage_teams, error);

    if (status == MU_OK && !mu_choice_by_code(&mu_team_roles, joining.role))
        return mu_fail(error, MU_INPUT, MU_SAY_error_team_role, NULL);
    if (status == MU_OK)
        status = mu_db_begin(desk->db, error);
    return status == MU_OK
               ? mu_desk_end(desk, join(&joining, desk, team, resident_id, error), error)
               : status;
}

/* ---- leaving ---- */

static enum mu_status leave(struct mu_desk *desk, const char *name, int64_t resident_id,
                            struct mu_date until, struct mu_error *error)
{
    struct mu_date today = mu_desk_now(desk).date;
    struct mu_resident person;
    struct mu_team team;
    struct mu_act_writer act;
    struct standing standing;
    enum mu_status status = mu_volunteer_person(desk, resident_id, &person, error);

    if (status == MU_OK)
        status = mu_read_team(desk, name, &team, error);
    if (status != MU_OK)
        return status;
    if (!mu_date_known(until))
        until = today;
    if (mu_date_compare(until, today) > 0)
        return refuse_day(MU_SAY_error_team_future, until, "", error);
    standing = (struct standing){.team_id = team.id, .from = until};
    status = mu_memberships_of_person(desk->db, person.id, take_standing, &standing, error);
    if (status != MU_OK)
        return status;
    if (!team.id || !standing.found)
        return mu_fail(error, MU_INPUT, MU_SAY_error_team_no_member, person.name, team.name, NULL);
    if (mu_date_compare(until, standing.now.from) < 0)
        return refuse_day(MU_SAY_error_team_leave_before, standing.now.from, team.name, error);
    mu_act_begin(&act, desk, MU_MAY_manage_teams, person.name);
    return mu_membership_end(&act, team.id, person.id, until, error);
}

enum mu_status mu_leave_team(struct mu_desk *desk, const char *team, int64_t resident_id,
                             struct mu_date until, struct mu_error *error)
{
    enum mu_status status = mu_desk_may(desk, MU_MAY_manage_teams, error);

    if (status == MU_OK)
        status = mu_db_begin(desk->db, error);
    return status == MU_OK ? mu_desk_end(desk, leave(desk, team, resident_id, until, error), error)
                           : status;
}

/* ---- listing ---- */

enum mu_status mu_list_members(struct mu_desk *desk, int64_t team_id, bool past,
                               mu_membership_row *row, void *context, struct mu_error *error)
{
    enum mu_status status = mu_desk_may(desk, MU_MAY_read_points, error);

    return status == MU_OK ? mu_team_members(desk->db, team_id, past, row, context, error) : status;
}

enum mu_status mu_list_memberships(struct mu_desk *desk, int64_t resident_id,
                                   mu_membership_row *row, void *context, struct mu_error *error)
{
    struct mu_resident person;
    enum mu_status status = mu_desk_may(desk, MU_MAY_read_points, error);

    if (status == MU_OK)
        status = mu_volunteer_person(desk, resident_id, &person, error);
    return status == MU_OK ? mu_memberships_of_person(desk->db, person.id, row, context, error)
                           : status;
}

/* ---- acts ---- */

enum mu_status mu_team_book_act_read(struct mu_desk *desk, int64_t row, void *record,
                                     struct mu_error *error)
{
    struct mu_resident resident;
    enum mu_status status = mu_file_read(desk, row, &resident, error);

    return status == MU_OK ? read_book(desk, row, record, error) : status;
}

enum mu_status mu_team_book_act_put_back(struct mu_act_writer *writer, int64_t row,
                                         const void *current, const void *wanted,
                                         struct mu_error *error)
{
    const struct mu_team_book *book = wanted;
    const char *times = book->times;
    struct mu_membership membership;
    struct mu_db *db = writer->desk->db;
    enum mu_status status = mu_membership_forget(db, row, error);

    while (status == MU_OK && mu_team_book_next(&times, &membership)) {
        struct mu_team team;
        bool found = false;

        status = mu_team_by_name(db, membership.team, &found, &team, error);
        if (status == MU_OK && (!found || team.withdrawn == 1))
            return mu_fail(error, MU_INPUT, MU_SAY_error_team_unknown, membership.team, NULL);
        membership.team_id = team.id;
        membership.resident_id = row;
        if (status == MU_OK)
            status = mu_membership_write(db, &membership, error);
    }
    if (status == MU_OK && *times)
        return mu_fail(error, MU_INPUT, MU_SAY_error_snapshot, "memberships", NULL);
    return status == MU_OK ? mu_act_change(writer, "team_member", row, row, writer->act.subject,
                                           current, wanted, error)
                           : status;
}
