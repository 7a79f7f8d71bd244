/* Teams of volunteers at the desk: leader, members from a day to a day, and their duties, which the
 * rule book says (mu_points_rules.duties, by the team's name). */
#ifndef MULIN_DESK_TEAM_H
#define MULIN_DESK_TEAM_H

#include <mulin/desk/desk.h>
#include <mulin/domain/team.h>

struct mu_team_entry {
    struct mu_team team; /* id 0: the rule book names it, and nobody joined it yet */
    char leader[MU_PERSON_NAME_SIZE];
    int people; /* who belong to it now */
    int duties; /* of the book in force today */
};

/* Called for each; false stops. Borrowed. The desk must not be called. */
typedef bool mu_team_row(void *context, const struct mu_team_entry *entry);

/* The teams, and behind them those that only the rule book names.
 *   ended  those that ended too
 * MU_REFUSED (right read_points), MU_STORE, MU_MEMORY. */
enum mu_status mu_list_teams(struct mu_desk *desk, bool ended, mu_team_row *row, void *context,
                             struct mu_error *error) MU_CHECKED;

/* The team of this name; of one that only the rule book names the name alone, with id 0. MU_INPUT
 * when nobody knows it, MU_REFUSED, MU_STORE. */
enum mu_status mu_read_team(struct mu_desk *desk, const char *name, struct mu_team *out,
                            struct mu_error *error) MU_CHECKED;

/* The same by its number. */
enum mu_status mu_read_team_by_id(struct mu_desk *desk, int64_t id, struct mu_team *out,
                                  struct mu_error *error) MU_CHECKED;

/* Saves a team: a new one (id 0) or a change (id and version as read). A day on which it ended ends
 * every membership on that day. Recorded as an act: mu_undo takes it back.
 *   field  may be NULL; gets the key of the field at fault (mu_team_fields), or NULL
 * MU_INPUT (a field; another team has the name), MU_REFUSED (right manage_teams; another desk
 * changed it meanwhile), MU_STORE. */
enum mu_status mu_save_team(struct mu_desk *desk, struct mu_team *team, const char **field,
                            struct mu_error *error) MU_CHECKED;

typedef bool mu_membership_row(void *context, const struct mu_membership *membership);

/* Leader first, then deputies, then the others by their first day; those who left behind them.
 * MU_REFUSED, MU_STORE. */
enum mu_status mu_list_members(struct mu_desk *desk, int64_t team_id, bool past,
                               mu_membership_row *row, void *context,
                               struct mu_error *error) MU_CHECKED;
/* The teams of a person, over all files that are the person's, the first one first. MU_INPUT (no
 * such file), MU_REFUSED, MU_STORE. */
enum mu_status mu_list_memberships(struct mu_desk *desk, int64_t resident_id,
                                   mu_membership_row *row, void *context,
                                   struct mu_error *error) MU_CHECKED;

/* Somebody joins a team, or is something else in it from a day on. Who is not registered as a
 * volunteer is registered with it; a team that only the rule book names is founded; a leader who
 * was is a member from that day on. One act: mu_undo takes it back.
 *   team  its name
 *   role  enum mu_team_role; 0: a member
 *   from  the first day; not known: today
 * MU_INPUT (no such file, team or role; a day to come, before the team was founded or within a
 * membership that ended; already so), MU_REFUSED (right manage_teams; the file or the team has
 * ended), MU_STORE. */
enum mu_status mu_join_team(struct mu_desk *desk, const char *team, int64_t resident_id, int role,
                            struct mu_date from, struct mu_error *error) MU_CHECKED;

/* Somebody leaves a team; `until` is the last day, not known: today. An act, as above. MU_INPUT (no
 * such file or team; does not belong to it; a day to come or before the first one), MU_REFUSED
 * (right manage_teams), MU_STORE. */
enum mu_status mu_leave_team(struct mu_desk *desk, const char *team, int64_t resident_id,
                             struct mu_date until, struct mu_error *error) MU_CHECKED;

#endif
