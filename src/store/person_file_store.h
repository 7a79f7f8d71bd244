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

#endif
