/* The fund book: money that the workshop, a charity, the micro-fund or a subsidy put aside for
 * meals. A payer that the rule book marks `funded` pays only out of its account here. */
#ifndef MULIN_DESK_FUND_H
#define MULIN_DESK_FUND_H

#include <mulin/base/error.h>
#include <mulin/base/money.h>
#include <mulin/desk/desk.h>
#include <mulin/rules.h>

struct mu_fund {
    enum mu_payer payer;
    bool funded; /* by today's book; another payer is billed at the end of the month */
    struct mu_money balance;
};

/* The accounts of all payers but the diner, MU_PAYER_COUNT - 1 of them, in the order of enum
 * mu_payer. MU_REFUSED (no right), MU_STORE. */
enum mu_status mu_funds(struct mu_desk *desk, struct mu_fund out[MU_PAYER_COUNT - 1],
                        struct mu_error *error) MU_CHECKED;

/* Books money that came to the payer's account, or with a negative amount money that went
 * elsewhere than into meals. `reason` says where from or what for, at most MU_REASON_SIZE bytes
 * with the NUL. `balance` may be NULL; gets what then stands there.
 * MU_INPUT (nothing, no reason, the diner as payer), MU_REFUSED (no right; less than nothing would
 * be left), MU_STORE. */
enum mu_status mu_fund_book(struct mu_desk *desk, enum mu_payer payer, struct mu_money amount,
                            const char *reason, struct mu_money *balance,
                            struct mu_error *error) MU_CHECKED;

#endif
