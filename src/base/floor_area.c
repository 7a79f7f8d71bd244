#include <mulin/base/floor_area.h>

#include "base/decimal.h"

#include <mulin/base/text.h>

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { LARGEST = 100000 * 100 };

void mu_floor_area_format(struct mu_floor_area area, char *out)
{
    *out = '\0';
    if (area.hundredths)
        snprintf(out, MU_FLOOR_AREA_SIZE, "%" PRId64 ".%02d", area.hundredths / 100,
                 (int)(area.hundredths % 100));
}

bool mu_floor_area_parse(const char *text, struct mu_floor_area *out)
{
    static const char *const units[] = {"", "㎡", "m2", "m²", "平", "平米", "平方", "平方米"};
    char folded[64];
    const char *rest;
    int64_t hundredths;

    if (!mu_text_fold_word(folded, sizeof folded, text))
        return false;
    rest = mu_decimal_read(folded, &hundredths);
    if (!rest || hundredths >= LARGEST)
        return false;
    rest += strspn(rest, " ");
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (strcmp(rest, units[i]) == 0) {
            out->hundredths = hundredths;
            return true;
        }
    return false;
}
