/* Orders for meals and notices of absence in the record file. No decisions here. */
#ifndef MULIN_SRC_STORE_ORDER_STORE_H
#define MULIN_SRC_STORE_ORDER_STORE_H

#include "store/db.h"

#include <mulin/domain/order.h>

enum mu_status mu_order_by_id(struct mu_db *db, int64_t id, bool *found, struct mu_order *out,
                              struct mu_error *error) MU_CHECKED;
/* Writes it: a new one (id 0; id is set) or the one with this id and version, which is counted up.
 * *stale is true, nothing written, when another desk changed it meanwhile. Inside the caller's
 * write transaction. MU_STORE, also for an incomplete one. */
enum mu_status mu_order_write(struct mu_db *db, struct mu_order *order, bool *stale,
                              struct mu_error *error) MU_CHECKED;

/* Called for each; false stops. Borrowed. */
typedef bool mu_order_each(void *context, const struct mu_order *order);

/* Orders of a person, of all files that this one speaks for, that were not cancelled and whose last
 * day is `from` or later; by session and first day. */
enum mu_status mu_order_of_person(struct mu_db *db, int64_t resident_id, struct mu_date from,
                                  mu_order_each *each, void *context,
                                  struct mu_error *error) MU_CHECKED;

/* An order that may hold on the day: its weekday is not asked. */
struct mu_order_then {
    struct mu_order order;
    struct mu_resident resident; /* who speaks for the file; nothing sealed is opened */
    bool absent;                 /* told that he will not come */
    char diet[MU_NOTE_SIZE];
};
typedef bool mu_order_then_each(void *context, const struct mu_order_then *then);

/* Every order whose time the day lies in, of people who lived here on it; of one session unless "".
 * In order of session and person, single orders before standing ones, the newest first. */
enum mu_status mu_order_on(struct mu_db *db, struct mu_date day, const char *session,
                           mu_order_then_each *each, void *context,
                           struct mu_error *error) MU_CHECKED;
/* The same of one person. */
enum mu_status mu_order_on_of(struct mu_db *db, int64_t resident_id, struct mu_date day,
                              const char *session, mu_order_then_each *each, void *context,
                              struct mu_error *error) MU_CHECKED;

enum mu_status mu_absence_by_id(struct mu_db *db, int64_t id, bool *found, struct mu_absence *out,
                                struct mu_error *error) MU_CHECKED;
/* As mu_order_write. */
enum mu_status mu_absence_write(struct mu_db *db, struct mu_absence *absence, bool *stale,
                                struct mu_error *error) MU_CHECKED;

typedef bool mu_absence_each(void *context, const struct mu_absence *absence);

/* Notices of a person, of all files that this one speaks for, that were not cancelled and whose
 * last day is `from` or later; by first day. */
enum mu_status mu_absence_of_person(struct mu_db *db, int64_t resident_id, struct mu_date from,
                                    mu_absence_each *each, void *context,
                                    struct mu_error *error) MU_CHECKED;

#endif
