/* What the canteen's counter asks of a diner's account. */
#ifndef MULIN_SRC_DESK_DINER_ACCOUNT_FILE_H
#define MULIN_SRC_DESK_DINER_ACCOUNT_FILE_H

#include "desk/desk_internal.h"

#include <mulin/desk/diner_account.h>
#include <mulin/domain/canteen.h>

/* The ledger account that pays this way: "cash", "card:7", "account:7". `out` has MU_ACCOUNT_SIZE
 * bytes. */
void mu_pay_account(enum mu_pay_method method, int64_t resident_id, char *out);

/* Card and balances of the file that speaks for the person, inside any transaction. */
enum mu_status mu_diner_account_of(struct mu_desk *desk, const struct mu_resident *resident,
                                   struct mu_diner_account *out, struct mu_error *error) MU_CHECKED;

#endif
