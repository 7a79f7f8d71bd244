/* Mediators in the record file. */
#ifndef MULIN_SRC_STORE_MEDIATOR_STORE_H
#define MULIN_SRC_STORE_MEDIATOR_STORE_H

#include "store/db.h"

#include <mulin/domain/mediator.h>

/* Called for each; false stops. Borrowed.
 *   open, year  cases that they have at work, and cases of the year in all */
typedef bool mu_mediator_each(void *context, const struct mu_mediator *mediator, int64_t open,
                              int64_t year);

/* All but withdrawn ones by team and name, those without a team last. */
enum mu_status mu_mediator_all(struct mu_db *db, int year, mu_mediator_each *each, void *context,
                               struct mu_error *error) MU_CHECKED;
/* Each: *out is untouched unless *found. A withdrawn one is found by id only. */
enum mu_status mu_mediator_by_id(struct mu_db *db, int64_t id, bool *found, struct mu_mediator *out,
                                 struct mu_error *error) MU_CHECKED;
enum mu_status mu_mediator_by_operator(struct mu_db *db, int64_t operator_id, bool *found,
                                       struct mu_mediator *out, struct mu_error *error) MU_CHECKED;
enum mu_status mu_mediator_by_resident(struct mu_db *db, int64_t resident_id, bool *found,
                                       struct mu_mediator *out, struct mu_error *error) MU_CHECKED;
/* Writes it: a new one (id 0; id and version are set) or the one of this id and version, which is
 * counted up. *stale: another desk changed it meanwhile, nothing is written. */
enum mu_status mu_mediator_write(struct mu_db *db, struct mu_mediator *mediator, bool *stale,
                                 struct mu_error *error) MU_CHECKED;

/* In how many cases they are or were. */
enum mu_status mu_mediator_cases(struct mu_db *db, int64_t id, int64_t *cases,
                                 struct mu_error *error) MU_CHECKED;

/* How close two people of the register are, by all files that are theirs. */
enum mu_status mu_resident_closeness(struct mu_db *db, int64_t resident_id, int64_t other_id,
                                     enum mu_closeness *out, struct mu_error *error) MU_CHECKED;

#endif
