#include "base/decimal.h"

#include <string.h>

enum { DECIMALS = 2 };

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

const char *mu_decimal_read(const char *text, int64_t *hundredths)
{
    static const char ideographic_stop[] = "。"; /* the full stop key of a Chinese input method */
    int64_t whole, part = 0;
    size_t digits = read_digits(text, MU_DECIMAL_DIGITS, &whole);

    if (digits == 0)
        return NULL;
    text += digits;
    if (*text == '.' || strncmp(text, ideographic_stop, strlen(ideographic_stop)) == 0) {
        text += *text == '.' ? 1 : strlen(ideographic_stop);
        digits = read_digits(text, DECIMALS, &part);
        if (digits == 0)
            return NULL;
        if (digits == 1)
            part *= 10;
        text += digits;
    }
    *hundredths = whole * 100 + part;
    return text;
}
