/* Who paid how much of what the diner did not pay. */
#ifndef MULIN_DOMAIN_PAYMENT_H
#define MULIN_DOMAIN_PAYMENT_H

#include <mulin/rules.h>

enum { MU_PAYMENTS_SIZE = 128 }; /* bytes of payments as text, NUL counted */

struct mu_payment {
    enum mu_payer payer;
    struct mu_money amount; /* more than nothing */
};

/* "subsidy" when one payer paid all, "workshop:500 subsidy:300" (fen) when several did, "self" when
 * there was nothing left to pay: how a meal keeps it. `count` is at most MU_TIER_PAYERS. */
void mu_payments_write(const struct mu_payment *payment, size_t count, char out[MU_PAYMENTS_SIZE]);

/* Reads it back; a single payer paid `others`. False, outputs untouched, for anything that
 * mu_payments_write would not have written, and when the amounts do not come to `others`. */
bool mu_payments_read(const char *text, struct mu_money others,
                      struct mu_payment payment[MU_TIER_PAYERS], size_t *count);

/* "共富工坊 5.00 元、助餐补贴 3.00 元" in words of `language`; cut to `size` bytes, NUL counted. */
void mu_payments_text(const struct mu_payment *payment, size_t count, enum mu_language language,
                      char *out, size_t size);

#endif
