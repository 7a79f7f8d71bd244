/* The rows of a long text on a screen of some width: where each one starts. They are known from the
 * first one down to as far as anybody has looked, and a change forgets those behind it, so that a
 * key costs what is shown and not what is written. */
#ifndef MULIN_TUI_TEXT_ROWS_H
#define MULIN_TUI_TEXT_ROWS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct mu_text_rows {
    uint32_t *start;  /* byte offsets of the known rows, [0] is 0; owned */
    size_t count;     /* rows known, at least 1 */
    bool whole;       /* the last known row is the last of the text */
    int width;        /* cells; blanks at the end of a row may hang over */
    size_t *measured; /* counts the clusters looked at; borrowed */
};

/* Rows of a text of up to `limit` bytes. False without memory. Free rows->start. */
bool mu_text_rows_init(struct mu_text_rows *rows, size_t limit, size_t *measured);
/* The width changed: nothing is known any more. */
void mu_text_rows_width(struct mu_text_rows *rows, int width);
/* The text changed at `offset` and maybe behind. */
void mu_text_rows_changed(struct mu_text_rows *rows, size_t offset);

/* Looks on until the row `index` and the one behind it are known. False when there is no such row:
 * then all are known. */
bool mu_text_rows_reach(struct mu_text_rows *rows, const char *text, size_t index);
/* The row with the byte `offset` of the text; the start of a row belongs to it. */
size_t mu_text_rows_of(struct mu_text_rows *rows, const char *text, size_t offset);
/* The end of the row `index`, which there is: the start of the next one or the end of the text, the
 * newline not counted. */
size_t mu_text_rows_end(struct mu_text_rows *rows, const char *text, size_t index);

#endif
