/* A grid of cells: everything that is drawn is drawn into one, and only a grid reaches a terminal.
 * Pure memory: tests compare it as text. */
#ifndef MULIN_TUI_GRID_H
#define MULIN_TUI_GRID_H

#include <mulin/base/error.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What a text means; themes (theme.h) turn it into colour. Colour never stands alone: whatever has
 * a meaning is also said in words. */
enum mu_style {
    MU_STYLE_NORMAL,
    MU_STYLE_BAR,      /* row 0 */
    MU_STYLE_TITLE,    /* headings of lists and popups */
    MU_STYLE_LABEL,    /* name of a field */
    MU_STYLE_VALUE,    /* what a field holds, when it is only shown */
    MU_STYLE_HINT,     /* rows 21 and 23, placeholders */
    MU_STYLE_SELECTED, /* the row that the cursor is on */
    MU_STYLE_GOOD,
    MU_STYLE_WARNING,
    MU_STYLE_BAD,
    MU_STYLE_DIM,   /* of less weight: ended, masked, not now possible */
    MU_STYLE_KEY,   /* the name of a key */
    MU_STYLE_INPUT, /* a field that is typed in */
    MU_STYLE_FOCUS, /* the field with the caret */
    MU_STYLE_BIG,   /* the one thing to see: name and amount of the result block */
    MU_STYLE_FRAME, /* frames of popups */
    MU_STYLE_GHOST, /* what could be typed into an empty box that has the caret */
    MU_STYLE_COUNT
};

enum { MU_CELL_BYTES = 24 }; /* bytes of a cluster that a cell can keep, NUL counted */

struct mu_cell {
    char text[MU_CELL_BYTES]; /* one grapheme cluster; "" in the second half of a wide one */
    unsigned char width;      /* 1, 2; 0 in the second half of a wide one */
    unsigned char style;      /* enum mu_style */
};

/* What the terminal can show. All zero: everything, ambiguous characters one cell wide. */
struct mu_glyphs {
    bool wide_ambiguous; /* it draws ─ “ × two cells wide: safe ASCII stands for them */
    /* Cells that the terminal's library gives a character, -1 when it would draw nothing; NULL:
     * trust mu_text_cells. A cluster that it would draw with another width is shown as 〓 (in two
     * cells) or ? (in one). */
    int (*cells)(uint32_t rune);
};

struct mu_grid {
    int rows, columns;
    int cursor_row, cursor_column; /* where the hardware cursor stands */
    struct mu_glyphs glyphs;
    struct mu_cell *cell; /* rows * columns; owned */
};

/* A part of a grid. */
struct mu_area {
    int row, column, rows, columns;
};

/* How a text sits in its width; one of the first three, or'ed with the others. */
enum {
    MU_LEFT = 0,
    MU_RIGHT = 1,
    MU_CENTRE = 2,
    MU_MARK = 4,  /* a text that is cut ends in ~ */
    MU_WHOLE = 8, /* never cut (money, ID numbers): without room the width is filled with # */
};

/* A blank grid, or NULL without memory. Rows and columns are taken as at least 1. */
struct mu_grid *mu_grid_new(int rows, int columns);
void mu_grid_free(struct mu_grid **grid);
/* Changes the size and clears. The grid is untouched on failure (MU_MEMORY). */
enum mu_status mu_grid_resize(struct mu_grid *grid, int rows, int columns,
                              struct mu_error *error) MU_CHECKED;
/* Blanks every cell; cursor to 0, 0. */
void mu_grid_clear(struct mu_grid *grid);

/* The one drawing primitive: exactly `width` cells at (row, column) hold `text` and blanks in
 * `style`. Clips at the grid's edge, never leaves half a glyph (also not of what stood there
 * before), makes text inert, obeys grid->glyphs.
 *   text  UTF-8, NULL counts as ""; control and bidi characters and broken bytes show as ?
 *   how   MU_LEFT etc.
 * Returns the cells that the text itself took. */
int mu_grid_put(struct mu_grid *grid, int row, int column, int width, const char *text,
                unsigned how, enum mu_style style);

/* mu_grid_put with just the text's own width, at most `width`; nothing is padded. Returns the cells
 * taken, so that runs of several styles can follow each other. */
int mu_grid_run(struct mu_grid *grid, int row, int column, int width, const char *text,
                enum mu_style style);

/* mu_grid_put with a sentence of the message tables, {0}..{3} filled in; end the list with NULL. */
int mu_grid_say(struct mu_grid *grid, int row, int column, int width, unsigned how,
                enum mu_style style, enum mu_language language, enum mu_message message, ...)
    __attribute__((sentinel));

/* Breaks `text` into lines of `area` (at blanks, or between Han characters; LF starts a new line)
 * and draws them; rows below the text are blanked. Returns the lines drawn. */
int mu_grid_paragraph(struct mu_grid *grid, struct mu_area area, const char *text,
                      enum mu_style style);

/* Blanks an area in `style`. */
void mu_grid_fill(struct mu_grid *grid, struct mu_area area, enum mu_style style);
/* Changes the style of cells that are already drawn. */
void mu_grid_restyle(struct mu_grid *grid, struct mu_area area, enum mu_style style);
/* A single-line frame along the edge of `area` (popups only), inside blanked; `title` may be NULL.
 * Returns the area inside. */
struct mu_area mu_grid_box(struct mu_grid *grid, struct mu_area area, const char *title);
/* Puts the hardware cursor; kept inside the grid. */
void mu_grid_cursor(struct mu_grid *grid, int row, int column);

/* Writes the grid for a golden file: its rows as text without trailing blanks, a line ----, its
 * rows as one style letter a cell (. for normal, trailing dots cut), a line ----, "cursor ROW
 * COLUMN". `size` counts the NUL. Returns the bytes needed without the NUL, as snprintf. */
size_t mu_grid_text(const struct mu_grid *grid, char *out, size_t size);

#endif
