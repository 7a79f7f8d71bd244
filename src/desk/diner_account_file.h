/* What the canteen's counter asks of a diner's account. */
#ifndef MULIN_SRC_DESK_DINER_ACCOUNT_FILE_H
#define MULIN_SRC_DESK_DINER_ACCOUNT_FILE_H

#include "desk/desk_internal.h"

#include <mulin/desk/diner_account.h>
#include <mulin/domain/canteen.h>
#include <mulin/domain/purse.h>

/* What stands on the card or on the monthly account of a person: in the file that was named, which
 * is the first part, and in those linked with it that have or owe most.
 *   leading  the file that speaks for the person
 *   named    that file, or one of those that it speaks for
 *   all      may be NULL; gets the sum over all files
 * MU_STORE; *out untouched then. */
enum mu_status mu_purse_read(struct mu_desk *desk, enum mu_pay_method method, int64_t leading,
                             int64_t named, struct mu_purse *out, struct mu_money *all,
                             struct mu_error *error) MU_CHECKED;

/* Adds the lines that post `fen` to the person's accounts: "card:7", "account:7"; for cash, which
 * is nobody's, just "cash". At most MU_PURSE_FILES lines. */
void mu_purse_post(struct mu_entry *entry, enum mu_pay_method method, const struct mu_purse *purse,
                   int64_t fen);

/* Card and balances of a person, inside any transaction.
 *   resident  the file that speaks for the person
 *   named     the file that was named */
enum mu_status mu_diner_account_of(struct mu_desk *desk, const struct mu_resident *resident,
                                   int64_t named, struct mu_diner_account *out,
                                   struct mu_error *error) MU_CHECKED;

#endif
