/* What the use cases of teams and volunteers share. */
#ifndef MULIN_SRC_DESK_TEAM_FILE_H
#define MULIN_SRC_DESK_TEAM_FILE_H

#include "desk/act.h"

#include <mulin/domain/team.h>
#include <mulin/domain/volunteer.h>

/* Who speaks for the file. MU_INPUT (no such file), MU_STORE. */
enum mu_status mu_volunteer_person(struct mu_desk *desk, int64_t resident_id,
                                   struct mu_resident *out, struct mu_error *error) MU_CHECKED;

/* Inside the caller's write transaction: registers the person from this day on, unless registered
 * and there. The file is one that speaks for itself. MU_STORE. */
enum mu_status mu_volunteer_enter(struct mu_act_writer *act, int64_t resident_id,
                                  struct mu_date day, struct mu_error *error) MU_CHECKED;

/* Inside the caller's write transaction: every membership of the file ends on this day, or on its
 * first day if that is later. MU_STORE. */
enum mu_status mu_memberships_end(struct mu_act_writer *act, int64_t resident_id,
                                  struct mu_date day, struct mu_error *error) MU_CHECKED;
/* The same of one team, which a person (with all files that are the person's) leaves. */
enum mu_status mu_membership_end(struct mu_act_writer *act, int64_t team_id, int64_t resident_id,
                                 struct mu_date day, struct mu_error *error) MU_CHECKED;
/* The same of all, and the person leaves the volunteers: the file has ended. */
enum mu_status mu_volunteer_end(struct mu_act_writer *act, int64_t resident_id, struct mu_date day,
                                struct mu_error *error) MU_CHECKED;

/* The read and put_back of struct mu_act_kind. A team that was new is withdrawn; memberships and
 * awards are kept as one text for each file. */
enum mu_status mu_team_act_read(struct mu_desk *desk, int64_t row, void *record,
                                struct mu_error *error) MU_CHECKED;
enum mu_status mu_team_act_put_back(struct mu_act_writer *writer, int64_t row, const void *current,
                                    const void *wanted, struct mu_error *error) MU_CHECKED;
enum mu_status mu_team_book_act_read(struct mu_desk *desk, int64_t row, void *record,
                                     struct mu_error *error) MU_CHECKED;
enum mu_status mu_team_book_act_put_back(struct mu_act_writer *writer, int64_t row,
                                         const void *current, const void *wanted,
                                         struct mu_error *error) MU_CHECKED;
enum mu_status mu_volunteer_act_read(struct mu_desk *desk, int64_t row, void *record,
                                     struct mu_error *error) MU_CHECKED;
enum mu_status mu_volunteer_act_put_back(struct mu_act_writer *writer, int64_t row,
                                         const void *current, const void *wanted,
                                         struct mu_error *error) MU_CHECKED;
enum mu_status mu_award_act_read(struct mu_desk *desk, int64_t row, void *record,
                                 struct mu_error *error) MU_CHECKED;
enum mu_status mu_award_act_put_back(struct mu_act_writer *writer, int64_t row, const void *current,
                                     const void *wanted, struct mu_error *error) MU_CHECKED;

/* Founds a team that only the rule book names, or one that was withdrawn, inside the caller's write
 * transaction. */
enum mu_status mu_team_found(struct mu_act_writer *act, const char *name, struct mu_date day,
                             struct mu_team *out, struct mu_error *error) MU_CHECKED;

/* How many duties the book gives to a team. */
int mu_team_duties(const struct mu_rules *rules, const char *team);

#endif
