/* A terminal, as the event loop sees it. term_curses.h is the real one; tests script another.
 */
#ifndef MULIN_TUI_TERM_H
#define MULIN_TUI_TERM_H

#include "tui/grid.h"
#include "tui/key.h"
#include "tui/theme.h"

struct mu_term {
    void *context; /* of the implementation */
    struct mu_glyphs glyphs;
    bool no_han; /* the Linux console: it has no Chinese characters, so English is spoken */
    /* Waits at most `timeout` milliseconds (0: does not wait) for the next event: KEY (without an
     * action), TEXT, PASTE, RESIZE, HANGUP; NONE when none came. */
    void (*next)(struct mu_term *term, int timeout, struct mu_event *event);
    void (*size)(struct mu_term *term, int *rows, int *columns);
    /* Shows the grid, sending only what changed, the cursor last. */
    void (*present)(struct mu_term *term, const struct mu_grid *grid);
    /* Colours from now on. */
    void (*theme)(struct mu_term *term, enum mu_theme theme);
    /* Repaints everything at the next present: something else wrote on the terminal. */
    void (*repaint)(struct mu_term *term);
    void (*bell)(struct mu_term *term);
    /* Everything that had come is handled and drawn, and the loop is about to wait; tests wait for
     * this instead of sleeping. */
    void (*settled)(struct mu_term *term);
    /* A steady clock in milliseconds. */
    int64_t (*milliseconds)(struct mu_term *term);
};

#endif
