/* Twin files in the record file: the verdicts about pairs, and which file speaks for which. No
 * decisions here: the desk takes them. */
#ifndef MULIN_SRC_STORE_TWIN_STORE_H
#define MULIN_SRC_STORE_TWIN_STORE_H

#include "store/db.h"

#include <mulin/domain/twin.h>

/* The verdict in force about the two, in either order. *found says whether there is one; *out is
 * untouched if not. */
enum mu_status mu_twin_between(struct mu_db *db, int64_t a, int64_t b, bool *found,
                               struct mu_twin_verdict *out, struct mu_error *error) MU_CHECKED;
/* The verdict of this number, in force or not. */
enum mu_status mu_twin_by_id(struct mu_db *db, int64_t id, bool *found, struct mu_twin_verdict *out,
                             struct mu_error *error) MU_CHECKED;
/* The verdicts of this kind in force, or with MU_VERDICT_NONE all, also those that were taken back;
 * newest first. */
enum mu_status mu_twin_verdicts(struct mu_db *db, enum mu_verdict verdict, mu_twin_verdict_row *row,
                                void *context, struct mu_error *error) MU_CHECKED;

/* The next file behind `after` of somebody who did not die, its ID number opened; files entered in
 * error left out. *found is false at the end. */
enum mu_status mu_twin_next_file(struct mu_db *db, int64_t after, bool *found,
                                 struct mu_resident *out, struct mu_error *error) MU_CHECKED;

/* Adds a verdict; its id is set. Inside the caller's write transaction, as all below. */
enum mu_status mu_twin_add(struct mu_db *db, struct mu_twin_verdict *verdict,
                           struct mu_error *error) MU_CHECKED;
/* Ends the verdict at `moment`, or, with an unknown one, lets it be in force again. */
enum mu_status mu_twin_end(struct mu_db *db, int64_t id, struct mu_moment moment,
                           struct mu_error *error) MU_CHECKED;
/* Lets `leading` (0: none) speak for the resident. */
enum mu_status mu_twin_set_leading(struct mu_db *db, int64_t resident_id, int64_t leading,
                                   struct mu_error *error) MU_CHECKED;

/* *resident is the first file that another one speaks for without a verdict, or of a verdict after
 * which neither speaks for the other; 0: none. */
enum mu_status mu_twin_check(struct mu_db *db, int64_t *resident,
                             struct mu_error *error) MU_CHECKED;

/* How many acts changed the file, or what else is kept of the person, since the verdict. */
enum mu_status mu_twin_changes_since(struct mu_db *db, int64_t verdict_id, int64_t resident_id,
                                     int *count, struct mu_error *error) MU_CHECKED;
/* How many meals, not voided, were served to the resident from this moment on. */
enum mu_status mu_twin_meals_since(struct mu_db *db, int64_t resident_id, struct mu_moment from,
                                   int *count, struct mu_error *error) MU_CHECKED;

#endif
