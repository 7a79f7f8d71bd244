#include <mulin/domain/payment.h>

#include <mulin/base/text.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void mu_payments_write(const struct mu_payment *payment, size_t count, char out[MU_PAYMENTS_SIZE])
{
    size_t used = 0;

    if (count <= 1) {
        snprintf(out, MU_PAYMENTS_SIZE, "%s",
                 mu_payer_word(count ? payment->payer : MU_PAYER_SELF));
        return;
    }
    for (size_t i = 0; i < count && used < MU_PAYMENTS_SIZE; i++)
        used +=
            (size_t)snprintf(out + used, MU_PAYMENTS_SIZE - used, "%s%s:%" PRId64, i > 0 ? " " : "",
                             mu_payer_word(payment[i].payer), payment[i].amount.fen);
}

/* One of several: "workshop:500". */
static bool read_part(char *part, struct mu_payment *out)
{
    char *amount = strchr(part, ':'), *end;

    if (!amount || amount[1] < '1' || amount[1] > '9')
        return false;
    *amount++ = '\0';
    out->amount.fen = strtoll(amount, &end, 10);
    return *end == '\0' && mu_payer_from_word(part, &out->payer) && out->payer != MU_PAYER_SELF;
}

static bool read_parts(char *text, struct mu_money others, struct mu_payment *payment,
                       size_t *count)
{
    struct mu_money sum = {0};
    char *part;

    for (*count = 0; (part = strsep(&text, " ")) != NULL; ++*count) {
        if (*count == MU_TIER_PAYERS || !read_part(part, &payment[*count]))
            return false;
        sum = mu_money_add(sum, payment[*count].amount);
    }
    return *count > 1 && mu_money_compare(sum, others) == 0;
}

bool mu_payments_read(const char *text, struct mu_money others,
                      struct mu_payment payment[MU_TIER_PAYERS], size_t *count)
{
    struct mu_payment found[MU_TIER_PAYERS] = {{.amount = others}};
    size_t found_count = 1;
    char copy[MU_PAYMENTS_SIZE];

    if (mu_payer_from_word(text, &found[0].payer)) {
        if (others.fen == 0)
            found_count = 0;
        else if (found[0].payer == MU_PAYER_SELF)
            return false;
    } else if (!mu_text_copy(copy, sizeof copy, text) ||
               !read_parts(copy, others, found, &found_count)) {
        return false;
    }
    memcpy(payment, found, sizeof found);
    *count = found_count;
    return true;
}

void mu_payments_text(const struct mu_payment *payment, size_t count, enum mu_language language,
                      char *out, size_t size)
{
    size_t used = 0;

    if (size > 0)
        out[0] = '\0';
    for (size_t i = 0; i < count && used < size; i++) {
        char amount[MU_MONEY_SIZE];

        mu_money_format(payment[i].amount, amount);
        if (i > 0)
            used += mu_message_format(out + used, size - used, language, MU_SAY_meal_comma, NULL);
        if (used < size)
            used += mu_message_format(out + used, size - used, language, MU_SAY_payment,
                                      mu_message_text(mu_payer_name(payment[i].payer), language),
                                      amount, NULL);
    }
}
