#include <mulin/base/money.h>

#include <mulin/base/text.h>

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { FULL_SHARE = 10000, YUAN_DIGITS = 7, FEN_DIGITS = 2 };

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

/* Reads 1 to `most` digits. 0 when there are none or more. */
static size_t read_digits(const char *text, size_t most, int64_t *value)
{
    size_t count = strspn(text, "0123456789");

    if (count == 0 || count > most)
        return 0;
    *value = 0;
    for (size_t i = 0; i < count; i++)
        *value = *value * 10 + (text[i] - '0');
    return count;
}

bool mu_money_parse(const char *text, struct mu_money *out)
{
    static const char ideographic_stop[] = "。"; /* the full stop key of a Chinese input method */
    int64_t yuan, fen = 0;
    char folded[64];
    const char *next = folded;
    size_t digits;

    if (!mu_text_fold_word(folded, sizeof folded, text))
        return false;
    digits = read_digits(next, YUAN_DIGITS, &yuan);
    if (digits == 0)
        return false;
    next += digits;
    if (*next == '.' || strncmp(next, ideographic_stop, strlen(ideographic_stop)) == 0) {
        next += *next == '.' ? 1 : strlen(ideographic_stop);
        digits = read_digits(next, FEN_DIGITS, &fen);
        if (digits == 0)
            return false;
        if (digits == 1)
            fen *= 10;
        next += digits;
    }
    if (*next)
        return false;
    out->fen = yuan * 100 + fen;
    return true;
}
