/* The register at the desk: listing people, adding and changing their files; find.h finds them. */
#ifndef MULIN_DESK_REGISTER_H
#define MULIN_DESK_REGISTER_H

#include <mulin/base/error.h>
#include <mulin/desk/desk.h>
#include <mulin/domain/merge.h>
#include <mulin/domain/operator.h>
#include <mulin/domain/resident.h>

/* Called for each person; false stops. The resident is borrowed. Rows of lists come without ID
 * number and note, which are sealed: mu_read_resident opens them for one who is to be seen. ID
 * number and phone are masked everywhere outside the desk (mu_reveal in audit.h gives a whole one
 * against a reason). */
typedef bool mu_resident_row(void *context, const struct mu_resident *resident);

/* The page of the register after file number `after` (0: from the start), in order of numbers. */
enum mu_status mu_list_residents(struct mu_desk *desk, int64_t after, size_t limit,
                                 mu_resident_row *row, void *context,
                                 struct mu_error *error) MU_CHECKED;

/* Everybody of a household, the head first. */
enum mu_status mu_list_household(struct mu_desk *desk, int64_t household_id, mu_resident_row *row,
                                 void *context, struct mu_error *error) MU_CHECKED;

/* One file, numbers masked. MU_INPUT when there is no such number. */
enum mu_status mu_read_resident(struct mu_desk *desk, int64_t id, struct mu_resident *out,
                                struct mu_error *error) MU_CHECKED;

/* Saves a file: a new one (id 0) or a change (id and version as read). The household follows from
 * address and number; at a new address what is known of the occupancy and grid there stays, unless
 * these were changed too. Checked by mu_resident_check; ID number and card must not be another's. A
 * masked number that comes back as it was given out stands for the stored one, and so do occupancy
 * and grid, which others may change with the household. Afterwards `resident` holds what was saved,
 * masked.
 *   field  may be NULL; gets the key of the field that is at fault, static, or NULL
 * MU_INPUT (a field), MU_REFUSED (another desk changed the file meanwhile: mu_merge_resident),
 * MU_STORE.
 */
enum mu_status mu_save_resident(struct mu_desk *desk, struct mu_resident *resident,
                                const char **field, struct mu_error *error) MU_CHECKED;

/* Two people changed one file. */
struct mu_resident_merge {
    struct mu_resident theirs; /* the file as it stands now, masked */
    /* One for each of mu_resident_fields; see mu_merge for what the address does. */
    enum mu_merge_side side[MU_RESIDENT_FIELDS];
    size_t both;                               /* how many both changed */
    char operator_name[MU_OPERATOR_NAME_SIZE]; /* who changed it last, "" when that is not known */
    struct mu_moment changed_at;
};

/* After mu_save_resident was refused because another desk changed the file: what the two changed.
 *   base  the file as it was read
 *   mine  the same with what was typed
 * Nothing is written: save `theirs` with the fields of one's own put into it. MU_INPUT (no such
 * file), MU_REFUSED (it was taken back meanwhile), MU_STORE. */
enum mu_status mu_merge_resident(struct mu_desk *desk, const struct mu_resident *base,
                                 const struct mu_resident *mine, struct mu_resident_merge *out,
                                 struct mu_error *error) MU_CHECKED;

/* Ends a file on a day (moved out or died) or takes that back (living here, day ignored). The
 * person keeps file, keys and home; benefits stop from that day.
 * MU_INPUT (no such file, day after today or before birth), MU_REFUSED (ended already; taking back
 * what is not ended), MU_STORE. */
enum mu_status mu_end_resident(struct mu_desk *desk, int64_t id, enum mu_resident_status status,
                               struct mu_date day, struct mu_error *error) MU_CHECKED;

#endif
