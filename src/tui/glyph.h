/* One cluster of a text, as a cell will show it. */
#ifndef MULIN_TUI_GLYPH_H
#define MULIN_TUI_GLYPH_H

#include "tui/grid.h"

struct mu_glyph {
    const char *text; /* the bytes to show: of the text itself, or static */
    size_t length;    /* of them; at most MU_CELL_BYTES - 1 */
    size_t taken;     /* bytes of the text that it stands for; 0 at the end */
    int width;        /* 1 or 2 */
};

/* The first cluster of `text`, inert and such as the terminal can show it. */
struct mu_glyph mu_glyph_next(const char *text, const struct mu_glyphs *glyphs);

#endif
