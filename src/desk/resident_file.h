/* Residents' files inside the desk: whole numbers, which leave it masked only. */
#ifndef MULIN_SRC_DESK_RESIDENT_FILE_H
#define MULIN_SRC_DESK_RESIDENT_FILE_H

#include "desk/desk_internal.h"

#include <mulin/domain/resident.h>

/* The whole file. MU_INPUT when there is no such number. */
enum mu_status mu_file_read(struct mu_desk *desk, int64_t id, struct mu_resident *out,
                            struct mu_error *error) MU_CHECKED;

/* True for the fields that are shown masked: ID number and phone. */
bool mu_field_is_masked(const struct mu_field *field);

/* Masks them in a copy for the screen. */
void mu_file_mask(struct mu_resident *resident);

/* Masked numbers that come back unchanged from a form stand for the stored ones. */
void mu_file_unmask(struct mu_resident *resident, const struct mu_resident *stored);

/* "field=value" lines of what differs, phones masked, ID numbers and notes only named, for the
 * audit trail. `before` may be NULL: a new file. Both texts have MU_CHANGE_SIZE bytes. */
void mu_file_changes(const struct mu_resident *before, const struct mu_resident *after,
                     char *old_text, char *new_text);

#endif
