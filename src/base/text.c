#include <mulin/base/text.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

enum { BROKEN = 0xFFFD, NEWLINE = '\n', BLANK = ' ' };

static size_t decode_other(const unsigned char *bytes, uint32_t *rune)
{
    utf8proc_int32_t decoded;
    /* A negative length stops at the first byte that does not continue the character: the NUL. */
    utf8proc_ssize_t taken = utf8proc_iterate(bytes, -1, &decoded);

    *rune = taken > 0 ? (uint32_t)decoded : BROKEN;
    return taken > 0 ? (size_t)taken : 1;
}

size_t mu_text_rune(const char *text, uint32_t *rune)
{
    const unsigned char *bytes = (const unsigned char *)text;

    if (bytes[0] < 0x80) {
        *rune = bytes[0];
        return bytes[0] != 0;
    }
    /* Nearly all text here is Chinese; these lead bytes need no check for over-long forms and
     * surrogates. */
    if (bytes[0] >= 0xE1 && bytes[0] <= 0xEC && (bytes[1] & 0xC0) == 0x80 &&
        (bytes[2] & 0xC0) == 0x80) {
        *rune = (bytes[0] & 0x0Fu) << 12 | (bytes[1] & 0x3Fu) << 6 | (bytes[2] & 0x3Fu);
        return 3;
    }
    return decode_other(bytes, rune);
}

/* The single byte that mu_text_rune gives for what is not UTF-8; a real U+FFFD takes three. */
static bool is_broken(uint32_t rune, size_t step)
{
    return rune == BROKEN && step == 1;
}

size_t mu_text_encode(uint32_t rune, char *out)
{
    utf8proc_ssize_t length = 0;

    if (rune >= 0x1000 && rune < 0xD000) { /* as above */
        out[0] = (char)(0xE0 | rune >> 12);
        out[1] = (char)(0x80 | (rune >> 6 & 0x3F));
        out[2] = (char)(0x80 | (rune & 0x3F));
        length = 3;
    } else if (utf8proc_codepoint_valid((utf8proc_int32_t)rune))
        length = utf8proc_encode_char((utf8proc_int32_t)rune, (utf8proc_uint8_t *)out);
    out[length] = '\0';
    return (size_t)length;
}

bool mu_text_valid(const char *bytes, size_t length)
{
    const unsigned char *next = (const unsigned char *)bytes;
    utf8proc_int32_t rune;

    while (length > 0) {
        utf8proc_ssize_t taken = 1;

        if (*next == 0)
            return false;
        if (*next >= 0x80)
            taken = utf8proc_iterate(next, (utf8proc_ssize_t)length, &rune);
        if (taken <= 0)
            return false;
        next += taken;
        length -= (size_t)taken;
    }
    return true;
}

static bool is_variation_selector(uint32_t rune)
{
    return (rune >= 0xFE00 && rune <= 0xFE0F) || (rune >= 0xE0100 && rune <= 0xE01EF);
}

static bool is_bidi(uint32_t rune)
{
    return (rune >= 0x202A && rune <= 0x202E) || (rune >= 0x2066 && rune <= 0x2069) ||
           rune == 0x200E || rune == 0x200F || rune == 0x061C;
}

static bool is_blank(uint32_t rune)
{
    return rune == BLANK ||
           (rune >= 0xA0 && utf8proc_category((utf8proc_int32_t)rune) == UTF8PROC_CATEGORY_ZS);
}

/* What does not count before and behind a text. */
static bool is_around(uint32_t rune)
{
    return is_blank(rune) || rune == '\t' || rune == '\r' || rune == NEWLINE;
}

/* Characters that no property or normal form of Unicode touches: nearly all that people type. */
static bool is_plain(uint32_t rune)
{
    return (rune >= 0x20 && rune < 0x7F) || (rune >= 0x3400 && rune <= 0x9FFF);
}

/* The fault of one character that stands behind `previous` (0 at the start). */
static enum mu_text_fault rune_fault(uint32_t rune, uint32_t previous)
{
    if (is_plain(rune))
        return MU_TEXT_GOOD;
    if (rune < 0x20 || (rune >= 0x7F && rune < 0xA0) || rune == 0x2028 || rune == 0x2029)
        return MU_TEXT_CONTROL;
    if (is_bidi(rune))
        return MU_TEXT_BIDI;
    if (is_variation_selector(rune)) {
        bool follows = previous > BLANK && !is_blank(previous) && !is_variation_selector(previous);

        return follows ? MU_TEXT_GOOD : MU_TEXT_INVISIBLE;
    }
    /* Interlinear annotations and the tags are invisible though not all "default ignorable". */
    if (utf8proc_get_property((utf8proc_int32_t)rune)->ignorable ||
        (rune >= 0xFFF9 && rune <= 0xFFFB) || (rune >= 0xE0000 && rune <= 0xE0FFF))
        return MU_TEXT_INVISIBLE;
    return MU_TEXT_GOOD;
}

enum mu_text_fault mu_text_check(const char *text, bool allow_newline)
{
    uint32_t rune, previous = 0;
    size_t step;

    for (; (step = mu_text_rune(text, &rune)) > 0; text += step) {
        enum mu_text_fault fault;

        if (is_broken(rune, step))
            return MU_TEXT_ENCODING;
        if (!(allow_newline && (rune == NEWLINE || (rune == '\r' && text[1] == '\n'))) &&
            (fault = rune_fault(rune, previous)) != MU_TEXT_GOOD)
            return fault;
        previous = rune;
    }
    return MU_TEXT_GOOD;
}

/* Drops what mu_text_check would refuse from a valid text; `out` has room for all of it. Sets
 * *plain when no normal form can change the result. Returns bytes. */
static size_t drop_faults(char *out, const char *text, bool allow_newline, bool *plain)
{
    uint32_t rune, previous = 0;
    size_t step, used = 0;

    *plain = true;
    for (; (step = mu_text_rune(text, &rune)) > 0; text += step) {
        bool newline = rune == NEWLINE || (rune == '\r' && text[1] != '\n');

        if (newline && allow_newline)
            rune = NEWLINE;
        else if (newline || rune == '\t')
            rune = BLANK;
        else if (rune_fault(rune, previous) != MU_TEXT_GOOD)
            continue;
        if (!is_plain(rune) && rune != NEWLINE)
            *plain = false;
        used += mu_text_encode(rune, out + used);
        previous = rune;
    }
    out[used] = '\0';
    return used;
}

size_t mu_text_trim(const char **text)
{
    const char *next, *end;
    uint32_t rune;
    size_t step;

    while ((step = mu_text_rune(*text, &rune)) > 0 && is_around(rune))
        *text += step;
    end = next = *text;
    for (; (step = mu_text_rune(next, &rune)) > 0; next += step)
        if (!is_around(rune))
            end = next + step;
    return (size_t)(end - *text);
}

/* Bytes of a text that mu_text_clean would copy as it is, 0 when it needs a closer look. */
static size_t clean_already(const char *text)
{
    size_t step, used = 0;
    uint32_t rune = BLANK;

    if (*text == BLANK)
        return 0;
    for (; (step = mu_text_rune(text + used, &rune)) > 0; used += step)
        if (!is_plain(rune))
            return 0;
    return used > 0 && text[used - 1] != BLANK ? used : 0;
}

bool mu_text_lacked_memory(const char *out, size_t size, const char *text)
{
    size_t length = strlen(text);

    return !*out && length < size && mu_text_valid(text, length);
}

bool mu_text_clean(char *out, size_t size, const char *text, bool allow_newline)
{
    size_t length = clean_already(text), step, used = 0;
    const char *start;
    char *kept, *normal = NULL;
    bool plain, whole;

    if (length > 0 && length < size) {
        memcpy(out, text, length + 1);
        return true;
    }
    out[0] = '\0';
    length = strlen(text);
    if (!mu_text_valid(text, length))
        return false;
    kept = malloc(length + 1);
    if (!kept)
        return false;
    drop_faults(kept, text, allow_newline, &plain);
    if (!plain) {
        normal = (char *)utf8proc_NFC((const utf8proc_uint8_t *)kept);
        free(kept);
        if (!normal)
            return false;
        kept = normal;
    }
    start = kept;
    length = mu_text_trim(&start);
    kept[(size_t)(start - kept) + length] = '\0';
    while ((step = mu_text_cluster(start + used, NULL)) > 0 && used + step < size)
        used += step;
    whole = used == length;
    memcpy(out, start, used);
    out[used] = '\0';
    free(kept);
    if (!whole) { /* the cut may have left a blank at the end */
        start = out;
        out[mu_text_trim(&start)] = '\0';
    }
    return whole;
}

size_t mu_text_inert(char *out, size_t size, const char *text)
{
    uint32_t rune, previous = 0;
    size_t step, used = 0;

    if (size == 0)
        return 0;
    for (; (step = mu_text_rune(text, &rune)) > 0; text += step) {
        bool harmless = !is_broken(rune, step) && rune_fault(rune, previous) == MU_TEXT_GOOD;
        size_t length = harmless ? step : 1;

        if (used + length >= size)
            break;
        memcpy(out + used, harmless ? text : "?", length);
        used += length;
        previous = rune;
    }
    out[used] = '\0';
    return used;
}

/* Copies the characters in `length` bytes of `text` folded, capitals too when `lower`. Returns
 * false when cut for size. */
static bool fold(char *out, size_t size, const char *text, size_t length, bool lower)
{
    const char *end = text + length;
    size_t step, used = 0;
    uint32_t rune;

    for (; text < end; text += step) {
        bool ascii = true;

        step = mu_text_rune(text, &rune);
        if (rune >= 0xFF01 && rune <= 0xFF5E)
            rune -= 0xFEE0;
        else if (rune == 0x3000)
            rune = BLANK;
        else
            ascii = rune < 0x80;
        if (lower && rune >= 'A' && rune <= 'Z')
            rune += 'a' - 'A';
        if (used + (ascii ? 1 : step) >= size)
            break;
        if (ascii) {
            out[used++] = (char)rune;
        } else {
            memcpy(out + used, text, step);
            used += step;
        }
    }
    out[used] = '\0';
    return text == end;
}

void mu_text_fold(char *out, size_t size, const char *text)
{
    if (size > 0)
        fold(out, size, text, strlen(text), true);
}

void mu_text_narrow(char *out, size_t size, const char *text)
{
    if (size > 0)
        fold(out, size, text, strlen(text), false);
}

bool mu_text_fold_word(char *out, size_t size, const char *text)
{
    size_t length = mu_text_trim(&text);

    if (size == 0)
        return false;
    if (fold(out, size, text, length, true))
        return true;
    out[0] = '\0';
    return false;
}

bool mu_text_copy(char *out, size_t size, const char *text)
{
    size_t length = strlen(text), step, used = 0;
    uint32_t rune;

    if (size == 0)
        return false;
    if (length < size) {
        memmove(out, text, length + 1);
        return true;
    }
    while ((step = mu_text_rune(text + used, &rune)) > 0 && used + step < size)
        used += step;
    memmove(out, text, used);
    out[used] = '\0';
    return step == 0;
}

bool mu_rune_is_han(uint32_t rune)
{
    return (rune >= 0x3400 && rune <= 0x4DBF) || (rune >= 0x4E00 && rune <= 0x9FFF) ||
           (rune >= 0xF900 && rune <= 0xFAFF) || rune == 0x3005 || rune == 0x3007 ||
           /* The two planes set aside for ideographs, those to come included. */
           (rune >= 0x20000 && rune <= 0x3FFFD);
}

static int rune_cells(uint32_t rune)
{
    if (rune >= 0x20 && rune < 0x7F)
        return 1;
    return mu_rune_is_han(rune) ? 2 : utf8proc_charwidth((utf8proc_int32_t)rune);
}

size_t mu_text_cluster(const char *text, int *cells)
{
    utf8proc_int32_t state = 0;
    uint32_t rune, next;
    size_t length = mu_text_rune(text, &rune), step;
    int width = length > 0 ? rune_cells(rune) : 0;

    if (length > 0 && is_plain(rune) && mu_text_rune(text + length, &next) > 0 && is_plain(next)) {
        if (cells)
            *cells = width;
        return length; /* nearly all text; no rule joins these */
    }
    if (length > 0 && !is_broken(rune, length)) {
        while ((step = mu_text_rune(text + length, &next)) > 0 && !is_broken(next, step) &&
               !utf8proc_grapheme_break_stateful((utf8proc_int32_t)rune, (utf8proc_int32_t)next,
                                                 &state)) {
            if (width < 2)
                width += rune_cells(next);
            length += step;
            rune = next;
        }
    }
    if (cells)
        *cells = length == 0 ? 0 : width < 1 ? 1 : width > 2 ? 2 : width;
    return length;
}

size_t mu_text_fit(const char *text, int cells, int *used)
{
    size_t taken = 0, step;
    int width, total = 0;

    while ((step = mu_text_cluster(text + taken, &width)) > 0 && total + width <= cells) {
        taken += step;
        total += width;
    }
    if (used)
        *used = total;
    return taken;
}

int mu_text_cells(const char *text)
{
    size_t step;
    int width, total = 0;

    for (; (step = mu_text_cluster(text, &width)) > 0; text += step)
        total += width;
    return total;
}

void mu_count_text(int64_t count, char *out)
{
    char digits[MU_COUNT_SIZE];
    int length = snprintf(digits, sizeof digits, "%" PRId64, count), i;
    char *to = out;

    for (i = 0; i < length; i++) {
        *to++ = digits[i];
        if (i < length - 1 && (length - 1 - i) % 3 == 0 && digits[i] != '-')
            *to++ = ',';
    }
    *to = '\0';
}
