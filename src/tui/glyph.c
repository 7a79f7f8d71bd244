#include "tui/glyph.h"

#include <mulin/base/text.h>

#include <string.h>

static const struct {
    uint32_t first, last;
} ambiguous[] = {
#define RANGE(first, last) {first, last},
#include "tui/ambiguous.def"
#undef RANGE
};

/* What stands for the ambiguous characters that mulin and its people use; ? for the others. */
static const struct {
    uint32_t rune;
    const char *safe;
} safe_forms[] = {
    {0x00B0, "o"}, {0x00B7, "."}, {0x00D7, "x"},  {0x00F7, "/"},  {0x2013, "-"}, {0x2014, "-"},
    {0x2018, "'"}, {0x2019, "'"}, {0x201C, "\""}, {0x201D, "\""}, {0x2022, "*"}, {0x2026, "."},
    {0x2190, "<"}, {0x2191, "^"}, {0x2192, ">"},  {0x2193, "v"},  {0x221A, "v"}, {0x2236, ":"},
    {0x2500, "-"}, {0x2502, "|"}, {0x250C, "+"},  {0x2510, "+"},  {0x2514, "+"}, {0x2518, "+"},
    {0x251C, "+"}, {0x2524, "+"}, {0x252C, "+"},  {0x2534, "+"},  {0x253C, "+"}, {0x2581, "_"},
    {0x2582, "."}, {0x2583, ","}, {0x2584, "-"},  {0x2585, "="},  {0x2586, "+"}, {0x2587, "*"},
    {0x2588, "#"}, {0x25A0, "#"}, {0x25B2, "^"},  {0x25B6, ">"},  {0x25BC, "v"}, {0x25CB, "o"},
    {0x25CF, "*"}, {0x2605, "*"}, {0x2606, "*"},
};

static bool is_ambiguous(uint32_t rune)
{
    size_t low = 0, high = sizeof ambiguous / sizeof *ambiguous;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (rune > ambiguous[middle].last)
            low = middle + 1;
        else
            high = middle;
    }
    return low < sizeof ambiguous / sizeof *ambiguous && rune >= ambiguous[low].first;
}

static const char *safe_form(uint32_t rune)
{
    for (size_t i = 0; i < sizeof safe_forms / sizeof *safe_forms; i++)
        if (safe_forms[i].rune == rune)
            return safe_forms[i].safe;
    return "?";
}

/* A cluster is shown only when the terminal's library gives it the width that we count, all of it
 * by its first character: otherwise the rest of the row would stand in other cells than we think.
 */
static bool is_shown(const struct mu_glyph *glyph, const struct mu_glyphs *glyphs)
{
    const char *end = glyph->text + glyph->length;
    uint32_t rune;
    bool first = true;

    for (const char *at = glyph->text; at < end; first = false) {
        size_t step = mu_text_rune(at, &rune);

        if (glyphs->cells(rune) != (first ? glyph->width : 0))
            return false;
        at += step;
    }
    return true;
}

static struct mu_glyph stand_in(struct mu_glyph glyph, const char *text)
{
    glyph.text = text;
    glyph.length = strlen(text);
    return glyph;
}

/* Copies a cluster to where it can be looked at alone; whole characters only. */
static bool isolate(char out[MU_CELL_BYTES], const char *text, size_t length)
{
    uint32_t rune;
    size_t used = 0, step;

    while (used < length && (step = mu_text_rune(text + used, &rune)) + used < MU_CELL_BYTES)
        used += step;
    memcpy(out, text, used);
    out[used] = '\0';
    return used == length;
}

/* A cluster with anything in it that must not be sent is shown by its first character at most. */
static struct mu_glyph without_faults(struct mu_glyph glyph)
{
    char alone[MU_CELL_BYTES];
    uint32_t rune;

    if (isolate(alone, glyph.text, glyph.length) && mu_text_check(alone, false) == MU_TEXT_GOOD)
        return glyph;
    glyph.length = mu_text_rune(glyph.text, &rune);
    isolate(alone, glyph.text, glyph.length);
    if (mu_text_check(alone, false) != MU_TEXT_GOOD) {
        glyph.width = 1;
        return stand_in(glyph, "?");
    }
    mu_text_cluster(alone, &glyph.width);
    return glyph;
}

struct mu_glyph mu_glyph_next(const char *text, const struct mu_glyphs *glyphs)
{
    struct mu_glyph glyph = {.text = text};
    unsigned char byte = (unsigned char)text[0], next = byte ? (unsigned char)text[1] : 0;
    uint32_t rune;

    if (byte >= ' ' && byte < 0x7F && next < 0x7F) {
        glyph.length = glyph.taken = 1;
        glyph.width = 1;
        return glyph;
    }
    glyph.length = glyph.taken = mu_text_cluster(text, &glyph.width);
    if (glyph.taken == 0)
        return glyph;
    if (mu_text_rune(text, &rune) != glyph.length || !mu_rune_is_han(rune)) /* most are Han */
        glyph = without_faults(glyph);
    if (glyph.text != text)
        return glyph;
    if (glyphs->wide_ambiguous && is_ambiguous(rune) && glyph.width == 1)
        return stand_in(glyph, safe_form(rune));
    if (glyphs->cells && !is_shown(&glyph, glyphs))
        return stand_in(glyph, glyph.width == 2 ? "〓" : "?");
    return glyph;
}
