/* Residents' files inside the desk: whole numbers, which leave it masked only. */
#ifndef MULIN_SRC_DESK_RESIDENT_FILE_H
#define MULIN_SRC_DESK_RESIDENT_FILE_H

#include "desk/act.h"

#include <mulin/domain/resident.h>

/* The whole file, of the tags those in force. MU_INPUT when there is no such number. */
enum mu_status mu_file_read(struct mu_desk *desk, int64_t id, struct mu_resident *out,
                            struct mu_error *error) MU_CHECKED;

/* Leaves of tags as they are stored those that are told today. May be done twice. */
void mu_file_tags(struct mu_resident *resident, struct mu_date today);

/* True for the fields that are shown masked: ID number and phone. */
bool mu_field_is_masked(const struct mu_field *field);

/* Masks them in a copy for the screen. */
void mu_file_mask(struct mu_resident *resident);

/* Notes in `given` what is given out; before the numbers are masked. MU_STORE. */
enum mu_status mu_file_give(struct mu_desk *desk, struct mu_resident *resident,
                            struct mu_error *error) MU_CHECKED;
/* Masked numbers that come back unchanged from a form stand for the stored ones. */
void mu_file_unmask(struct mu_resident *resident, const struct mu_resident *stored);
/* Occupancy and grid that come back as they were given out stand for those of the household, where
 * the home is the same. False when both were changed, here and there. */
bool mu_file_follow_home(struct mu_resident *resident, const struct mu_resident *stored);
/* True when both stand for one address. */
bool mu_file_same_address(const struct mu_resident *a, const struct mu_resident *b);

/* "field=value" lines of what differs, phones masked, ID numbers and notes only named, for the
 * audit trail. `before` may be NULL: a new file. Both texts have MU_CHANGE_SIZE bytes. */
void mu_file_changes(const struct mu_resident *before, const struct mu_resident *after,
                     char *old_text, char *new_text);

/* ---- writing, in resident_write.c ---- */

/* ID number and card must not be another's. *field (may be NULL) gets the key of the one that is.
 * MU_INPUT. */
enum mu_status mu_file_check_unique(struct mu_db *db, const struct mu_resident *resident,
                                    const char **field, struct mu_error *error) MU_CHECKED;
/* The half of it that is about the card. */
enum mu_status mu_file_check_card(struct mu_db *db, const struct mu_resident *resident,
                                  const char **field, struct mu_error *error) MU_CHECKED;

/* Sets household, occupancy and grid by the address, where `before` (all zero: a new file) is the
 * file as stored. */
enum mu_status mu_file_settle_home(struct mu_desk *desk, const struct mu_resident *before,
                                   struct mu_resident *resident, struct mu_error *error) MU_CHECKED;

/* Writes the file with everything that belongs to it: its keys, the home that is left, its trace in
 * the audit trail and the act's. The only way in which files are changed, imports aside. `before`
 * is NULL for a new file, whose id and version are set. MU_REFUSED when `after` has another
 * version than the stored file. */
enum mu_status mu_file_write(struct mu_act_writer *act, const struct mu_resident *before,
                             struct mu_resident *after, struct mu_error *error) MU_CHECKED;

/* A card that leaves a file is no longer good, whichever way it left: who shows it is told so.
 * Taken back, the act leaves it as good as it was. Part of mu_file_write; the import calls it.
 * MU_STORE. */
enum mu_status mu_file_end_card(struct mu_act_writer *act, const struct mu_resident *before,
                                const struct mu_resident *after, struct mu_error *error) MU_CHECKED;

/* May the file come to this status on this day? MU_REFUSED (it has it, nothing follows it),
 * MU_INPUT (the day). */
enum mu_status mu_file_check_end(const struct mu_desk *desk, const struct mu_resident *resident,
                                 enum mu_resident_status status, struct mu_date day,
                                 struct mu_error *error) MU_CHECKED;

/* The put_back of struct mu_act_kind for residents' files. */
enum mu_status mu_file_put_back(struct mu_act_writer *act, const struct mu_resident *current,
                                const struct mu_resident *wanted,
                                struct mu_error *error) MU_CHECKED;
/* Takes a new file back: entered in error. Number and name stay, everything else leaves the file
 * and stands in its history only. MU_REFUSED when meals stand in it. */
enum mu_status mu_file_withdraw(struct mu_act_writer *act, const struct mu_resident *current,
                                struct mu_error *error) MU_CHECKED;

#endif
