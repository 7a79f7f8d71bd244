#include "base/growing.h"
#include "desk/team_file.h"
#include "store/team_store.h"

#include <mulin/base/text.h>
#include <mulin/desk/team.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int mu_team_duties(const struct mu_rules *rules, const char *team)
{
    int duties = 0;

    for (size_t i = 0; i < rules->points.duty_count; i++)
        duties += strcmp(rules->points.duties[i].team, team) == 0;
    return duties;
}

/* ---- listing ---- */

struct entries {
    struct mu_team_entry *entry; /* owned */
    size_t count, room;
    bool ended, no_memory;
};

static bool add(struct entries *entries, const struct mu_team *team)
{
    void *larger = mu_grown(entries->entry, entries->count, &entries->room, sizeof *entries->entry);

    entries->no_memory = !larger;
    if (!larger)
        return false;
    entries->entry = larger;
    entries->entry[entries->count++] = (struct mu_team_entry){.team = *team};
    return true;
}

static bool take_team(void *context, const struct mu_team *team)
{
    struct entries *entries = context;

    if (team->withdrawn == 1 || (mu_date_known(team->ended_on) && !entries->ended))
        return true;
    return add(entries, team);
}

static bool take_leader(void *context, const struct mu_membership *membership)
{
    struct mu_team_entry *entry = context;

    if (membership->role == MU_TEAM_LEADER)
        mu_text_copy(entry->leader, sizeof entry->leader, membership->name);
    return false;
}

static const struct mu_team_entry *of_name(const struct entries *entries, const char *name)
{
    for (size_t i = 0; i < entries->count; i++)
        if (strcmp(entries->entry[i].team.name, name) == 0)
            return &entries->entry[i];
    return NULL;
}

/* Teams that nobody joined yet stand in the book only; one that ended does not come back with it.
 */
static enum mu_status add_named(struct mu_desk *desk, const struct mu_rules *rules,
                                struct entries *entries, struct mu_error *error)
{
    enum mu_status status = MU_OK;

    for (size_t i = 0; status == MU_OK && i < rules->points.duty_count; i++) {
        struct mu_team team = {0};
        const char *name = rules->points.duties[i].team;
        bool found = false;

        if (!*name || of_name(entries, name))
            continue;
        status = mu_team_by_name(desk->db, name, &found, &team, error);
        if (status != MU_OK || (found && team.withdrawn != 1))
            continue;
        team = (struct mu_team){0};
        mu_text_copy(team.name, sizeof team.name, name);
        if (!add(entries, &team))
            status = mu_fail_memory(error);
    }
    return status;
}

static enum mu_status gather(struct mu_desk *desk, struct entries *entries, struct mu_error *error)
{
    const struct mu_rules *rules;
    enum mu_status status = mu_desk_rules(desk, &rules, NULL, error);

    if (status == MU_OK)
        status = mu_team_all(desk->db, take_team, entries, error);
    if (status == MU_OK && entries->no_memory)
        status = mu_fail_memory(error);
    if (status == MU_OK)
        status = add_named(desk, rules, entries, error);
    for (size_t i = 0; status == MU_OK && i < entries->count; i++) {
        struct mu_team_entry *entry = &entries->entry[i];

        entry->duties = mu_team_duties(rules, entry->team.name);
        if (!entry->team.id)
            continue;
        status = mu_team_members(desk->db, entry->team.id, false, take_leader, entry, error);
        if (status == MU_OK)
            status = mu_team_size(desk->db, entry->team.id, &entry->people, error);
    }
    return status;
}

enum mu_status mu_list_teams(struct mu_desk *desk, bool ended, mu_team_row *row, void *context,
                             struct mu_error *error)
{
    struct entries entries = {.ended = ended};
    enum mu_status status = mu_desk_may(desk, MU_MAY_read_points, error);

    if (status == MU_OK)
        status = gather(desk, &entries, error);
    for (size_t i = 0; status == MU_OK && i < entries.count; i++)
        if (!row(context, &entries.entry[i]))
            break;
    free(entries.entry);
    return status;
}

enum mu_status mu_read_team(struct mu_desk *desk, const char *name, struct mu_team *out,
                            struct mu_error *error)
{
    const struct mu_rules *rules;
    struct mu_team team = {0};
    bool found = false;
    enum mu_status status = mu_desk_may(desk, MU_MAY_read_points, error);

    if (status == MU_OK)
        status = mu_team_by_name(desk->db, name, &found, &team, error);
    if (status == MU_OK)
        status = mu_desk_rules(desk, &rules, NULL, error);
    if (status != MU_OK)
        return status;
    if (!found || team.withdrawn == 1) {
        if (!*name || !mu_team_duties(rules, name))
            return mu_fail(error, MU_INPUT, MU_SAY_error_team_unknown, name, NULL);
        team = (struct mu_team){0};
        mu_text_copy(team.name, sizeof team.name, name);
    }
    *out = team;
    return MU_OK;
}

enum mu_status mu_read_team_by_id(struct mu_desk *desk, int64_t id, struct mu_team *out,
                                  struct mu_error *error)
{
    struct mu_team team;
    char number[24];
    bool found = false;
    enum mu_status status = mu_desk_may(desk, MU_MAY_read_points, error);

    if (status == MU_OK)
        status = mu_team_by_id(desk->db, id, &found, &team, error);
    if (status != MU_OK)
        return status;
    snprintf(number, sizeof number, "%" PRId64, id);
    if (!found || team.withdrawn == 1)
        return mu_fail(error, MU_INPUT, MU_SAY_error_team_unknown, number, NULL);
    *out = team;
    return MU_OK;
}

/* ---- saving ---- */

static enum mu_status put(struct mu_act_writer *act, const struct mu_team *before,
                          struct mu_team *after, struct mu_error *error)
{
    bool stale = false;
    enum mu_status status = mu_team_write(act->desk->db, after, &stale, error);

    if (status == MU_OK && stale)
        return mu_fail(error, MU_REFUSED, MU_SAY_error_team_changed, after->name, NULL);
    return status == MU_OK
               ? mu_act_change(act, "team", after->id, 0, after->name, before, after, error)
               : status;
}

enum mu_status mu_team_found(struct mu_act_writer *act, const char *name, struct mu_date day,
                             struct mu_team *out, struct mu_error *error)
{
    struct mu_team before = {0}, after = {.founded_on = day};
    bool found = false;
    enum mu_status status = mu_team_by_name(act->desk->db, name, &found, &before, error);

    if (status != MU_OK)
        return status;
    after.id = before.id;
    after.version = before.version;
    mu_text_copy(after.name, sizeof after.name, name);
    status = put(act, found ? &before : NULL, &after, error);
    if (status == MU_OK)
        *out = after;
    return status;
}

static enum mu_status check_days(struct mu_desk *desk, const struct mu_team *team,
                                 const char **field, struct mu_error *error)
{
    struct mu_date today = mu_desk_now(desk).date;
    char from[MU_DATE_SIZE], until[MU_DATE_SIZE];

    mu_date_format(team->founded_on, from);
    mu_date_format(team->ended_on, until);
    *field = "founded_on";
    if (mu_date_known(team->founded_on) && mu_date_compare(team->founded_on, today) > 0)
        return mu_fail(error, MU_INPUT, MU_SAY_error_team_future, from, NULL);
    *field = "ended_on";
    if (mu_date_known(team->ended_on) && mu_date_compare(team->ended_on, today) > 0)
        return mu_fail(error, MU_INPUT, MU_SAY_error_team_future, until, NULL);
    if (mu_date_known(team->ended_on) && mu_date_known(team->founded_on) &&
        mu_date_compare(team->ended_on, team->founded_on) < 0)
        return mu_fail(error, MU_INPUT, MU_SAY_error_team_days, until, from, NULL);
    *field = NULL;
    return MU_OK;
}

/* Numbers of files, gathered before any of them is written. */
struct members {
    int64_t *file; /* owned */
    size_t count, room;
    bool no_memory;
};

static bool take_member(void *context, const struct mu_membership *membership)
{
    struct members *members = context;
    void *larger = mu_grown(members->file, members->count, &members->room, sizeof *members->file);

    members->no_memory = !larger;
    if (!larger)
        return false;
    members->file = larger;
    members->file[members->count++] = membership->resident_id;
    return true;
}

/* Everybody leaves a team that has ended. */
static enum mu_status end_members(struct mu_act_writer *act, const struct mu_team *team,
                                  struct mu_error *error)
{
    struct members members = {0};
    enum mu_status status =
        mu_team_members(act->desk->db, team->id, false, take_member, &members, error);

    if (status == MU_OK && members.no_memory)
        status = mu_fail_memory(error);
    for (size_t i = 0; status == MU_OK && i < members.count; i++)
        status = mu_membership_end(act, team->id, members.file[i], team->ended_on, error);
    free(members.file);
    return status;
}

static enum mu_status save(struct mu_desk *desk, struct mu_team *team, const char **field,
                           struct mu_error *error)
{
    struct mu_team before = {0}, namesake = {0};
    struct mu_act_writer act;
    bool found = false, taken = false;
    enum mu_status status = check_days(desk, team, field, error);

    if (status == MU_OK)
        status = mu_team_by_name(desk->db, team->name, &taken, &namesake, error);
    if (status == MU_OK && team->id)
        status = mu_team_by_id(desk->db, team->id, &found, &before, error);
    if (status != MU_OK)
        return status;
    *field = "name";
    if (taken && namesake.id != team->id && (team->id || namesake.withdrawn != 1))
        return mu_fail(error, MU_INPUT, MU_SAY_error_team_name, team->name, NULL);
    *field = NULL;
    if (team->id && (!found || before.version != team->version || before.withdrawn == 1))
        return mu_fail(error, MU_REFUSED, MU_SAY_error_team_changed, team->name, NULL);
    if (before.incomplete)
        return mu_fail(error, MU_STORE, MU_SAY_error_team_incomplete, team->name, NULL);
    if (!team->id && taken) {
        before = namesake;
        team->id = namesake.id;
        team->version = namesake.version;
    }
    team->withdrawn = 0;
    mu_act_begin(&act, desk, MU_MAY_manage_teams, team->name);
    status = put(&act, before.id ? &before : NULL, team, error);
    if (status == MU_OK && mu_date_known(team->ended_on))
        status = end_members(&act, team, error);
    return status;
}

enum mu_status mu_save_team(struct mu_desk *desk, struct mu_team *team, const char **field,
                            struct mu_error *error)
{
    struct mu_team saved = *team;
    const char *key = NULL;
    enum mu_status status = mu_desk_may(desk, MU_MAY_manage_teams, error);

    if (status == MU_OK && !*saved.name) {
        key = "name";
        status = mu_fail(error, MU_INPUT, MU_SAY_error_team_nameless, NULL);
    }
    if (status == MU_OK)
        status = mu_db_begin(desk->db, error);
    if (status == MU_OK && !key)
        status = mu_desk_end(desk, save(desk, &saved, &key, error), error);
    if (field)
        *field = status == MU_OK ? NULL : key;
    if (status == MU_OK)
        *team = saved;
    return status;
}

/* ---- acts ---- */

enum mu_status mu_team_act_read(struct mu_desk *desk, int64_t row, void *record,
                                struct mu_error *error)
{
    bool found = false;
    enum mu_status status = mu_team_by_id(desk->db, row, &found, record, error);

    return status == MU_OK && !found ? mu_fail(error, MU_INPUT, MU_SAY_error_team_unknown, "", NULL)
                                     : status;
}

/* Nobody may belong to a team that is withdrawn, or did. */
static enum mu_status check_empty(struct mu_desk *desk, const struct mu_team *team,
                                  struct mu_error *error)
{
    struct members members = {0};
    enum mu_status status = mu_team_members(desk->db, team->id, true, take_member, &members, error);

    free(members.file);
    if (status == MU_OK && (members.count || members.no_memory))
        return mu_fail(error, MU_REFUSED, MU_SAY_error_team_members, team->name, NULL);
    return status;
}

enum mu_status mu_team_act_put_back(struct mu_act_writer *writer, int64_t row, const void *current,
                                    const void *wanted, struct mu_error *error)
{
    const struct mu_team *before = current;
    struct mu_team after = *(const struct mu_team *)(wanted ? wanted : current), namesake;
    bool taken = false;
    enum mu_status status = mu_team_by_name(writer->desk->db, after.name, &taken, &namesake, error);

    if (status == MU_OK && taken && namesake.id != row)
        return mu_fail(error, MU_REFUSED, MU_SAY_error_team_name, after.name, NULL);
    if (!wanted)
        after.withdrawn = 1;
    if (status == MU_OK && after.withdrawn == 1)
        status = check_empty(writer->desk, before, error);
    return status == MU_OK ? put(writer, before, &after, error) : status;
}
