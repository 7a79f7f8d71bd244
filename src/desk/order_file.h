/* What the use cases of orders and menus share. */
#ifndef MULIN_SRC_DESK_ORDER_FILE_H
#define MULIN_SRC_DESK_ORDER_FILE_H

#include "desk/act.h"

#include <mulin/desk/order.h>

/* The order of a person for a session of a day, as mu_orders_of_day gives it; inside a transaction
 * or not. `*out` is untouched unless *found. MU_STORE, MU_MEMORY. */
enum mu_status mu_order_of_one(struct mu_desk *desk, int64_t resident_id, struct mu_date date,
                               const char *session, struct mu_day_order *out, bool *found,
                               struct mu_error *error) MU_CHECKED;

#endif
