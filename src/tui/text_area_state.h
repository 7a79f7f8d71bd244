/* The inside of a text area, for text_area.c and text_area_draw.c. */
#ifndef MULIN_TUI_TEXT_AREA_STATE_H
#define MULIN_TUI_TEXT_AREA_STATE_H

#include "tui/text_area.h"
#include "tui/text_history.h"
#include "tui/text_rows.h"

struct mu_text_area {
    char *text; /* NUL-terminated, limit + 1 bytes; owned */
    size_t length, limit;
    size_t longest; /* that it ever was: what is to be wiped */
    size_t count;   /* characters without line ends */
    size_t caret;
    bool late;  /* the caret stands behind its row and not before the next, which is as near */
    int wish;   /* column that Up and Down keep to; -1: that of the caret */
    size_t top; /* first row shown */
    int shown;  /* rows of text that the last drawing had */
    bool full;  /* the last event did not fit; shown as a word */
    bool typed; /* since the last tick */
    bool dirty, draft_due;
    struct mu_text_rows rows;
    struct mu_text_history history;
    size_t measured;
};

/* The row that the caret is shown in. */
size_t mu_text_area_row(struct mu_text_area *area);
/* Cells from one offset of a row to another. */
int mu_text_area_cells(struct mu_text_area *area, size_t from, size_t to);

#endif
