/* Person files in the record file; diet and health are sealed (data/sealed.def). */
#ifndef MULIN_SRC_STORE_PERSON_FILE_STORE_H
#define MULIN_SRC_STORE_PERSON_FILE_STORE_H

#include "store/db.h"

#include <mulin/domain/person_file.h>

/* The person file of a resident; an empty one of version 0 when nothing is stored. */
enum mu_status mu_person_file_read(struct mu_db *db, int64_t resident_id,
                                   struct mu_person_file *out, struct mu_error *error) MU_CHECKED;

/* Writes it; the version is counted up. *stale is true, nothing written, when another desk changed
 * it meanwhile. */
enum mu_status mu_person_file_write(struct mu_db *db, struct mu_person_file *file, bool *stale,
                                    struct mu_error *error) MU_CHECKED;

/* What the kitchen must know of somebody, MU_NOTE_SIZE bytes; "" for nothing. */
enum mu_status mu_person_file_diet(struct mu_db *db, int64_t resident_id, char *diet,
                                   struct mu_error *error) MU_CHECKED;

/* Called for each who relies on somebody: as a guardian, or as the one to call; false stops. */
typedef bool mu_person_file_relied(void *context, int64_t id, const char *name, bool guardian);

/* People who live here and whose file names this person as guardian or as the one to call: by name,
 * and by phone where both have one. */
enum mu_status mu_person_file_relying(struct mu_db *db, const struct mu_resident *person,
                                      mu_person_file_relied *row, void *context,
                                      struct mu_error *error) MU_CHECKED;

#endif
