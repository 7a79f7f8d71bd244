#include "tui/text_rows.h"

#include <mulin/base/text.h>

#include <stdlib.h>
#include <string.h>
#include <uchar.h>

/* A row looks ahead for as much as one row more, whose break decides where that one begins; a
 * character may join the one before it. So a change can move the start of the row that it is in and
 * of two before it. */
enum { ROWS_BEFORE = 3 };

bool mu_text_rows_init(struct mu_text_rows *rows, size_t limit, size_t *measured)
{
    *rows = (struct mu_text_rows){.count = 1, .width = 1, .measured = measured};
    /* Each row but the last has a byte, so that nothing needs to grow while somebody types. */
    rows->start = calloc(limit + 2, sizeof *rows->start);
    return rows->start != NULL;
}

void mu_text_rows_width(struct mu_text_rows *rows, int width)
{
    rows->width = width;
    rows->count = 1;
    rows->whole = false;
}

/* The last known row that starts at `offset` or before. */
static size_t known_row(const struct mu_text_rows *rows, size_t offset)
{
    size_t low = 0, high = rows->count;

    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;

        if (rows->start[middle] <= offset)
            low = middle;
        else
            high = middle;
    }
    return low;
}

void mu_text_rows_changed(struct mu_text_rows *rows, size_t offset)
{
    size_t row = known_row(rows, offset);

    rows->count = row > ROWS_BEFORE ? row - ROWS_BEFORE + 1 : 1;
    rows->whole = false;
}

/* What a cluster is for the end of a row. */
struct piece {
    bool blank;        /* hangs over the edge */
    bool wide;         /* a row may end before and behind it */
    bool never_begins; /* a row: closing marks */
    bool never_ends;   /* a row: opening marks */
};

static bool is_among(uint32_t rune, const char16_t *marks)
{
    while (*marks && *marks != rune)
        marks++;
    return *marks != 0;
}

static struct piece piece_of(const char *text, int cells)
{
    struct piece piece = {.wide = cells == 2};
    uint32_t rune;

    mu_text_rune(text, &rune);
    piece.blank = rune == ' ' || rune == 0x3000;
    if (piece.blank || (rune >= 0x3400 && rune <= 0x9FFF) || (rune >= 'a' && rune <= 'z') ||
        (rune >= '0' && rune <= '9') || (rune >= 'A' && rune <= 'Z'))
        return piece;
    piece.never_begins = is_among(rune, u"，。、；：？！）》”’…」』】〕〉〗·～％℃,.;:?!)]}%");
    piece.never_ends = is_among(rune, u"（《“‘「『【〔〈〖([{￥$");
    return piece;
}

static bool may_break(struct piece before, struct piece behind)
{
    if (behind.blank || behind.never_begins || before.never_ends)
        return false;
    return before.blank || before.wide || behind.wide;
}

/* Where the row behind the one at `start` starts; `start` when that is the last. */
static size_t next_row(const struct mu_text_rows *rows, const char *text, size_t start)
{
    size_t at = start, good = start, step;
    struct piece before = {0}, piece;
    int cells = 0, glyph;

    for (; (step = mu_text_cluster(text + at, &glyph)) > 0; at += step) {
        ++*rows->measured;
        if (text[at] == '\n')
            return at + 1;
        piece = piece_of(text + at, glyph);
        if (at > start && may_break(before, piece))
            good = at;
        if (!piece.blank && cells + glyph > rows->width)
            return good > start ? good : at > start ? at : at + step;
        cells += glyph;
        before = piece;
    }
    return start;
}

static void look_on(struct mu_text_rows *rows, const char *text)
{
    size_t last = rows->start[rows->count - 1], next = next_row(rows, text, last);

    if (next == last)
        rows->whole = true;
    else
        rows->start[rows->count++] = (uint32_t)next;
}

bool mu_text_rows_reach(struct mu_text_rows *rows, const char *text, size_t index)
{
    while (!rows->whole && rows->count < index + 2)
        look_on(rows, text);
    return index < rows->count;
}

size_t mu_text_rows_of(struct mu_text_rows *rows, const char *text, size_t offset)
{
    while (!rows->whole && rows->start[rows->count - 1] <= offset)
        look_on(rows, text);
    return known_row(rows, offset);
}

size_t mu_text_rows_end(struct mu_text_rows *rows, const char *text, size_t index)
{
    size_t end;

    mu_text_rows_reach(rows, text, index);
    if (index + 1 >= rows->count)
        return rows->start[index] + strlen(text + rows->start[index]);
    end = rows->start[index + 1];
    return text[end - 1] == '\n' ? end - 1 : end;
}
