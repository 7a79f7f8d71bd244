/* One line that is typed in. The text lives here, never on the screen. */
#ifndef MULIN_TUI_LINE_EDIT_H
#define MULIN_TUI_LINE_EDIT_H

#include "tui/grid.h"
#include "tui/key.h"

enum { MU_LINE_SIZE = 1024 };

struct mu_line_edit {
    char text[MU_LINE_SIZE]; /* UTF-8, NUL-terminated; read it freely */
    size_t length;           /* bytes */
    size_t limit;            /* bytes that the text may have, without the NUL */
    size_t caret;            /* byte offset, always between clusters */
    size_t first;            /* byte offset of the first cluster shown */
    bool full;               /* the last insertion did not fit; shown as a word */
    bool masked;             /* passwords: every cluster shows as * */
    bool folded;             /* full-width forms are typed as ASCII (numbers, dates, searches) */
    enum mu_message placeholder; /* shown while empty; 0 for none */
};

enum mu_line_result {
    MU_LINE_IGNORED, /* not an event for a line */
    MU_LINE_USED,    /* the caret moved, or there was nothing left to move or erase */
    MU_LINE_CHANGED,
    MU_LINE_FULL /* what came did not fit, wholly or in part */
};

/* An empty line of at most `size` bytes, NUL counted (as the member of a record that it fills);
 * bounded by MU_LINE_SIZE. */
void mu_line_edit_init(struct mu_line_edit *line, size_t size);
/* Replaces the text (made fit as typed text is), caret at the end. */
void mu_line_edit_set(struct mu_line_edit *line, const char *text);
/* Empties the line. */
void mu_line_edit_clear(struct mu_line_edit *line);
/* Takes out again what a scanner typed, if it stands before the caret; of a text that did not fit
 * what there is of it. */
void mu_line_edit_take_back(struct mu_line_edit *line, const char *text);
/* Takes TEXT and PASTE, and the keys Left Right Home End Backspace Delete. Newlines and tabs of a
 * text become blanks; control, bidi and zero-width characters never get in. */
enum mu_line_result mu_line_edit_event(struct mu_line_edit *line, const struct mu_event *event);
/* Draws into `width` cells, scrolled so that the caret shows, and, with `focus`, puts the hardware
 * cursor on the caret. */
void mu_line_edit_draw(struct mu_line_edit *line, struct mu_grid *grid, int row, int column,
                       int width, bool focus, enum mu_language language);

#endif
