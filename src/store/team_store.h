/* Teams and their members in the record file. */
#ifndef MULIN_SRC_STORE_TEAM_STORE_H
#define MULIN_SRC_STORE_TEAM_STORE_H

#include "store/db.h"

#include <mulin/domain/team.h>

/* Called for each; false stops. Borrowed. */
typedef bool mu_team_each(void *context, const struct mu_team *team);
typedef bool mu_membership_each(void *context, const struct mu_membership *membership);

/* All teams in the order of their numbers, withdrawn ones too. */
enum mu_status mu_team_all(struct mu_db *db, mu_team_each *each, void *context,
                           struct mu_error *error) MU_CHECKED;
/* Each: *out is untouched unless *found. A withdrawn team is found, too. */
enum mu_status mu_team_by_id(struct mu_db *db, int64_t id, bool *found, struct mu_team *out,
                             struct mu_error *error) MU_CHECKED;
enum mu_status mu_team_by_name(struct mu_db *db, const char *name, bool *found, struct mu_team *out,
                               struct mu_error *error) MU_CHECKED;
/* Writes it: a new one (id 0; id and version are set) or the one of this id and version, which is
 * counted up. *stale: another desk changed it meanwhile, nothing is written. */
enum mu_status mu_team_write(struct mu_db *db, struct mu_team *team, bool *stale,
                             struct mu_error *error) MU_CHECKED;

/* The memberships of a team: leaders and deputies first, those of now before those that ended. A
 * file that another one speaks for stands under that one's number and name.
 *   past  those that ended too */
enum mu_status mu_team_members(struct mu_db *db, int64_t team_id, bool past,
                               mu_membership_each *each, void *context,
                               struct mu_error *error) MU_CHECKED;
/* How many people belong to it now. */
enum mu_status mu_team_size(struct mu_db *db, int64_t team_id, int *people,
                            struct mu_error *error) MU_CHECKED;

/* The memberships of a file and those that it speaks for, the first one first; resident_id is the
 * file's in which each stands. */
enum mu_status mu_memberships_of_person(struct mu_db *db, int64_t resident_id,
                                        mu_membership_each *each, void *context,
                                        struct mu_error *error) MU_CHECKED;
/* The same of one file alone. */
enum mu_status mu_memberships_of_file(struct mu_db *db, int64_t resident_id,
                                      mu_membership_each *each, void *context,
                                      struct mu_error *error) MU_CHECKED;

/* Writes a membership, a new one or the one of this team, file and first day anew. */
enum mu_status mu_membership_write(struct mu_db *db, const struct mu_membership *membership,
                                   struct mu_error *error) MU_CHECKED;
/* Forgets all memberships of a file, before those that are put back are written. */
enum mu_status mu_membership_forget(struct mu_db *db, int64_t resident_id,
                                    struct mu_error *error) MU_CHECKED;

#endif
