/* Delivery rounds in the record file; what couriers told is sealed. No decisions here. */
#ifndef MULIN_SRC_STORE_ROUND_STORE_H
#define MULIN_SRC_STORE_ROUND_STORE_H

#include "store/db.h"

#include <mulin/domain/round.h>

/* The courier's round of the session, made when there is none; inside the caller's write
 * transaction, as all that writes. */
enum mu_status mu_round_of(struct mu_db *db, const struct mu_round *round, struct mu_moment now,
                           int64_t operator_id, int64_t *id, struct mu_error *error) MU_CHECKED;
enum mu_status mu_round_read(struct mu_db *db, int64_t id, bool *found, struct mu_round *out,
                             struct mu_error *error) MU_CHECKED;

/* Called for each; false stops. Borrowed; the records are being read. */
typedef bool mu_round_each(void *context, const struct mu_round *round);
/* The rounds of a day that have stops, by session and courier. */
enum mu_status mu_round_list(struct mu_db *db, struct mu_date date, mu_round_each *each,
                             void *context, struct mu_error *error) MU_CHECKED;

/* Adds a door to the round. *added is false when the person stands on a round of the session. */
enum mu_status mu_stop_add(struct mu_db *db, const struct mu_round *round, int64_t resident_id,
                           bool *added, struct mu_error *error) MU_CHECKED;
enum mu_status mu_stop_move(struct mu_db *db, int64_t stop_id, int64_t round_id,
                            struct mu_error *error) MU_CHECKED;
enum mu_status mu_stop_read(struct mu_db *db, int64_t id, bool *found, struct mu_stop *out,
                            struct mu_error *error) MU_CHECKED;

typedef bool mu_stop_each(void *context, const struct mu_stop *stop);
enum mu_status mu_stop_list(struct mu_db *db, int64_t round_id, mu_stop_each *each, void *context,
                            struct mu_error *error) MU_CHECKED;
/* Does the person stand on a round of the session? */
enum mu_status mu_stop_of(struct mu_db *db, int64_t resident_id, struct mu_date date,
                          const char *session, int64_t *stop_id, struct mu_error *error) MU_CHECKED;

/* Adds what was told of the stop: delivery, meal_id, told, told_at; `reason` may be "". */
enum mu_status mu_stop_tell(struct mu_db *db, const struct mu_stop *stop, const char *reason,
                            int64_t operator_id, struct mu_error *error) MU_CHECKED;

/* The doors between two days, both included, of which nobody has told; of one session unless "". */
enum mu_status mu_stop_not_told(struct mu_db *db, struct mu_date from, struct mu_date to,
                                const char *session, int64_t *count,
                                struct mu_error *error) MU_CHECKED;

#endif
