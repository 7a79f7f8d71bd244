/* Alerts in the record file, and the meals by which somebody is missed. What was found is sealed.
 */
#ifndef MULIN_SRC_STORE_ALERT_STORE_H
#define MULIN_SRC_STORE_ALERT_STORE_H

#include "store/db.h"

#include <mulin/domain/alert.h>

/* Adds an open alert inside the caller's write transaction; its id is set. *added is false when one
 * of this person, cause, day and session stands already, whether open or answered. */
enum mu_status mu_alert_add(struct mu_db *db, struct mu_alert *alert, int64_t operator_id,
                            bool *added, struct mu_error *error) MU_CHECKED;

/* The alert with what was found. */
enum mu_status mu_alert_read(struct mu_db *db, int64_t id, bool *found, struct mu_alert *out,
                             struct mu_error *error) MU_CHECKED;

/* Called for each; false stops. Borrowed; the records are being read. */
typedef bool mu_alert_row(void *context, const struct mu_alert *alert);

/* Open alerts, those of a door that stayed shut first, then the newest; or all, the newest first.
 * At most `limit`; what was found is not opened. */
enum mu_status mu_alert_list(struct mu_db *db, bool open, size_t limit, mu_alert_row *row,
                             void *context, struct mu_error *error) MU_CHECKED;
enum mu_status mu_alert_count(struct mu_db *db, int64_t *open, struct mu_error *error) MU_CHECKED;

/* The open alerts of a person, the oldest first; `ids` has room for `limit`. */
enum mu_status mu_alert_open_of(struct mu_db *db, int64_t resident_id, int64_t *ids, size_t limit,
                                size_t *count, struct mu_error *error) MU_CHECKED;

/* Answers the alert, which is open, inside the caller's write transaction: outcome, found,
 * answered_at and again_from of `alert`. */
enum mu_status mu_alert_write_answer(struct mu_db *db, const struct mu_alert *alert,
                                     int64_t operator_id, struct mu_error *error) MU_CHECKED;

/* The day up to which it was asked who is missed in this session; unknown: never. */
enum mu_status mu_alert_checked(struct mu_db *db, const char *session, struct mu_date *day,
                                struct mu_error *error) MU_CHECKED;
enum mu_status mu_alert_set_checked(struct mu_db *db, const char *session, struct mu_date day,
                                    struct mu_error *error) MU_CHECKED;

/* The days up to `day` on which a meal of the session was served, the newest first, at most `limit`
 * into `days`; days further back than `reach` are not looked for. */
enum mu_status mu_served_days(struct mu_db *db, const char *session, struct mu_date day, int reach,
                              size_t limit, struct mu_date *days, size_t *count,
                              struct mu_error *error) MU_CHECKED;

/* Called with the number of a file that speaks for itself; false stops. */
typedef bool mu_missed_row(void *context, int64_t resident_id);

/* People who live here and whose last meal of the session up to `day` was had between `first` and
 * `last`. */
enum mu_status mu_stayed_away(struct mu_db *db, const char *session, struct mu_date first,
                              struct mu_date last, struct mu_date day, mu_missed_row *row,
                              void *context, struct mu_error *error) MU_CHECKED;
/* People who live here and whose missed meals count anew from a day between `first` and `day`. */
enum mu_status mu_missed_before(struct mu_db *db, struct mu_date first, struct mu_date day,
                                mu_missed_row *row, void *context,
                                struct mu_error *error) MU_CHECKED;

/* People who live here and who told that they will not come until a day between `first` and `day`,
 * or later. */
enum mu_status mu_told_absent(struct mu_db *db, struct mu_date first, struct mu_date day,
                              mu_missed_row *row, void *context, struct mu_error *error) MU_CHECKED;

/* Of the person's last alert of absence: the day of the meal that made it, whether it is open, and
 * the day from which missed meals count anew. *found is false when there is none. */
enum mu_status mu_alert_last_absence(struct mu_db *db, int64_t resident_id, bool *found,
                                     struct mu_alert *out, struct mu_error *error) MU_CHECKED;

/* A day on which somebody had a meal: one of the session that is asked about, or another. */
struct mu_eaten_day {
    struct mu_date day;
    bool session;
};

/* The person's between `first` and `day`, the newest first, into `days`, at most `room`. */
enum mu_status mu_eaten_days(struct mu_db *db, int64_t resident_id, const char *session,
                             struct mu_date first, struct mu_date day, size_t room,
                             struct mu_eaten_day *days, size_t *count,
                             struct mu_error *error) MU_CHECKED;

/* When the person had the last meal of any session; unknown: never. */
enum mu_status mu_last_eaten(struct mu_db *db, int64_t resident_id, struct mu_date *day,
                             char session[MU_RULE_ID_SIZE], struct mu_error *error) MU_CHECKED;

#endif
