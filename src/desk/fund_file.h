/* What the fund book and the canteen share. */
#ifndef MULIN_SRC_DESK_FUND_FILE_H
#define MULIN_SRC_DESK_FUND_FILE_H

#include <mulin/domain/ledger.h>

/* The idempotency key of the fund's part of what was posted under `key`. `out` has MU_KEY_SIZE
 * bytes. */
void mu_fund_key(const char *key, char *out);

#endif
