#include "tui/typable.h"

#include <mulin/base/text.h>

bool mu_is_typable(uint32_t rune, size_t step, uint32_t previous)
{
    char pair[12];
    size_t used;

    if ((rune >= 0x20 && rune < 0x7F) || (rune >= 0x3400 && rune <= 0x9FFF))
        return true; /* nearly all of what people type */
    if (rune == 0xFFFD && step == 1)
        return false;
    used = previous ? mu_text_encode(previous, pair) : 0;
    mu_text_encode(rune, pair + used);
    return mu_text_check(pair + used, false) == MU_TEXT_GOOD ||
           mu_text_check(pair, false) == MU_TEXT_GOOD;
}

uint32_t mu_rune_before(const char *text, size_t offset)
{
    size_t at = offset;
    uint32_t rune = 0;

    while (at > 0 && (text[--at] & 0xC0) == 0x80)
        continue;
    if (offset > 0)
        mu_text_rune(text + at, &rune);
    return rune;
}
