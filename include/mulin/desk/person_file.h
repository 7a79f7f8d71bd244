/* 一人一档 at the desk: what only few files hold. Who may read a file may read it; it is shown on
 * its own page only. */
#ifndef MULIN_DESK_PERSON_FILE_H
#define MULIN_DESK_PERSON_FILE_H

#include <mulin/desk/desk.h>
#include <mulin/domain/person_file.h>

/* The person file of a resident, phones masked; empty, of version 0, when nothing is noted.
 * MU_INPUT (no such resident), MU_STORE. */
enum mu_status mu_read_person_file(struct mu_desk *desk, int64_t resident_id,
                                   struct mu_person_file *out, struct mu_error *error) MU_CHECKED;

/* Saves it (resident and version as read). A masked phone that comes back as it was given out
 * stands for the stored one. Afterwards `file` holds what was saved, masked.
 *   field  may be NULL; gets the key of the field that is at fault, static, or NULL
 * MU_INPUT, MU_REFUSED (another desk changed it meanwhile), MU_STORE. */
enum mu_status mu_save_person_file(struct mu_desk *desk, struct mu_person_file *file,
                                   const char **field, struct mu_error *error) MU_CHECKED;

#endif
