/* Closings of sessions in the record file. */
#ifndef MULIN_SRC_STORE_CLOSING_STORE_H
#define MULIN_SRC_STORE_CLOSING_STORE_H

#include "store/db.h"

#include <mulin/domain/closing.h>

/* *closed: the session of the day was closed, by itself or with the whole day. */
enum mu_status mu_session_closed(struct mu_db *db, struct mu_date date, const char *session,
                                 bool *closed, struct mu_error *error) MU_CHECKED;
/* The closing of this name; id 0 when there is none. */
enum mu_status mu_closing_read(struct mu_db *db, struct mu_date date, const char *session,
                               struct mu_closing *out, struct mu_error *error) MU_CHECKED;
/* The closing that was made last; id 0 when there is none. */
enum mu_status mu_closing_last(struct mu_db *db, struct mu_closing *out,
                               struct mu_error *error) MU_CHECKED;
/* Adds the closing under its id inside the caller's transaction. */
enum mu_status mu_closing_add(struct mu_db *db, const struct mu_closing *closing,
                              struct mu_error *error) MU_CHECKED;

/* False stops. The closings are being read: nothing else may be asked. */
typedef bool mu_closing_row(void *context, const struct mu_closing *closing);
/* The closings of these days, both included, in the order in which they were made. */
enum mu_status mu_closing_list(struct mu_db *db, struct mu_date from, struct mu_date to,
                               mu_closing_row *row, void *context,
                               struct mu_error *error) MU_CHECKED;

/* What the closing shows; of it id, date, session, after_entry and last_entry are read, so that one
 * that is only looked forward to has the next id. */
enum mu_status mu_closing_figures(struct mu_db *db, const struct mu_closing *closing,
                                  struct mu_closing_figures *out,
                                  struct mu_error *error) MU_CHECKED;

/* The meals that the closing has as late or corrected, served ones first, at most `limit` into
 * `out`. */
enum mu_status mu_closing_late(struct mu_db *db, const struct mu_closing *closing, size_t limit,
                               struct mu_late_meal *out, size_t *count,
                               struct mu_error *error) MU_CHECKED;

/* A session of the day with a meal that stands and is in no closing: "" when all are closed. `out`
 * has MU_RULE_ID_SIZE bytes. */
enum mu_status mu_session_open_on(struct mu_db *db, struct mu_date date, char *out,
                                  struct mu_error *error) MU_CHECKED;

/* The first closing that is not what its ledger entry was posted for, does not follow the one
 * before, or shows other figures than it was made with; or 0. *entry_id: the first ledger entry of
 * a closing that is not there, or 0. */
enum mu_status mu_closing_find_wrong(struct mu_db *db, int64_t *closing_id, int64_t *entry_id,
                                     struct mu_error *error) MU_CHECKED;

/* The rule of the ledger entries that book closings. */
#define MU_CLOSING_RULE "closing:counted"

#endif
