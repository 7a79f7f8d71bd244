/* What counting a month, booking its share and replaying it have in common. */
#ifndef MULIN_SRC_DESK_MONTH_FILE_H
#define MULIN_SRC_DESK_MONTH_FILE_H

#include <mulin/desk/month.h>

/* MU_INPUT when the month that begins on `first` has not begun. */
enum mu_status mu_month_begun(const struct mu_desk *desk, struct mu_date first,
                              struct mu_error *error) MU_CHECKED;

/* Counts the month inside the caller's transaction, without asking who wants to know. `version`
 * gets that of the book of its end, and stays when there is none. */
enum mu_status mu_month_read(struct mu_desk *desk, struct mu_date first, struct mu_month **out,
                             int *version, struct mu_error *error) MU_CHECKED;

/* The idempotency key under which a month's share is booked. `out` has MU_KEY_SIZE bytes. */
void mu_month_share_key(struct mu_date first, char *out);

#endif
