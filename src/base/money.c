#include <mulin/base/money.h>

#include "base/decimal.h"

#include <mulin/base/text.h>

#include <inttypes.h>
#include <stdio.h>

enum { FULL_SHARE = 10000 };

static struct mu_money limit(bool negative)
{
    return (struct mu_money){negative ? INT64_MIN : INT64_MAX};
}

struct mu_money mu_money_add(struct mu_money a, struct mu_money b)
{
    struct mu_money sum;

    return __builtin_add_overflow(a.fen, b.fen, &sum.fen) ? limit(b.fen < 0) : sum;
}

struct mu_money mu_money_subtract(struct mu_money a, struct mu_money b)
{
    struct mu_money rest;

    return __builtin_sub_overflow(a.fen, b.fen, &rest.fen) ? limit(b.fen > 0) : rest;
}

int mu_money_compare(struct mu_money a, struct mu_money b)
{
    return (a.fen > b.fen) - (a.fen < b.fen);
}

struct mu_money mu_money_share(struct mu_money amount, int basis_points)
{
    int64_t product, share;

    if (__builtin_mul_overflow(amount.fen, (int64_t)basis_points, &product))
        return limit((amount.fen < 0) != (basis_points < 0));
    share = product / FULL_SHARE;
    /* Away from zero, so that the share of a reversal is the reversal of the share. */
    if (product % FULL_SHARE != 0)
        share += product > 0 ? 1 : -1;
    return (struct mu_money){share};
}

void mu_money_format(struct mu_money amount, char *out)
{
    uint64_t size = amount.fen < 0 ? 0 - (uint64_t)amount.fen : (uint64_t)amount.fen;

    snprintf(out, MU_MONEY_SIZE, "%s%" PRIu64 ".%02u", amount.fen < 0 ? "-" : "", size / 100,
             (unsigned)(size % 100));
}

bool mu_money_parse(const char *text, struct mu_money *out)
{
    char folded[64];
    const char *rest;
    int64_t fen;

    if (!mu_text_fold_word(folded, sizeof folded, text))
        return false;
    rest = mu_decimal_read(folded, &fen);
    if (!rest || *rest)
        return false;
    out->fen = fen;
    return true;
}
