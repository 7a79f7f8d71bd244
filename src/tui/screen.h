/* What a screen (or popup) is: a state and these functions. A screen gets at the desk through
 * mu_app_context. See app.h for what it can ask of the application. */
#ifndef MULIN_TUI_SCREEN_H
#define MULIN_TUI_SCREEN_H

#include "tui/grid.h"
#include "tui/key.h"

struct mu_app;

/* Where things stand. Row 0 and the last two rows are drawn by the application. */
struct mu_layout {
    int rows, columns;
    int status_row;      /* row 1: filter and count; the screen draws it */
    struct mu_area work; /* rows 2..20 of 24 */
    int hint_row;        /* row 21 of 24: format and example of a field; the screen draws it */
    int message_row;     /* row 22 of 24 */
    int key_row;         /* row 23 of 24 */
    bool wide;           /* 100 columns or more: room for a detail pane beside a list */
};

/* What typed characters are just now. */
enum mu_typing {
    MU_TYPING_TEXT, /* they go into a box or field, at once */
    MU_TYPING_KEYS  /* each is a key (home's digits); bursts and scans come as one event */
};

/* Whether an action can be done now. */
enum mu_offer_kind {
    MU_OFFER_NONE,   /* this screen does not know it; pressing it says so */
    MU_OFFER_YES,    /* it can: the key is hinted at, and comes in as an event */
    MU_OFFER_NOT_NOW /* it can't just now; pressing it says `why` */
};

struct mu_offer {
    enum mu_offer_kind kind;
    enum mu_message why;   /* NOT_NOW: the reason and what to do */
    enum mu_message label; /* YES: a better word than the table's for hints and menu, 0 for none */
};

struct mu_screen_type {
    const char *name;      /* "meal_checkin": in tests and drafts */
    enum mu_message title; /* its part of row 0: 居民 */
    bool popup;            /* drawn over the screen below, which stays visible */
    bool cover;            /* hides everything below until it closes: a locked screen. No menu, and
                            * it finds room above any number of screens and popups */

    /* Takes KEY, TEXT, PASTE and (where characters are keys) SCAN. Returns false when it has no
     * use for it: the application then says that the key does nothing here; for back (Esc) it
     * closes the screen instead. save find choose refresh same new undo redo sort mark come in
     * only when offered; the keys of moving, typing and Enter always do. */
    bool (*event)(struct mu_app *app, void *state, const struct mu_event *event);
    /* Draws everything but row 0 and the last two rows; the grid is blank before. A popup draws
     * its own box inside layout->work. The cursor goes where it was put last. */
    void (*draw)(struct mu_app *app, void *state, struct mu_grid *grid,
                 const struct mu_layout *layout);
    /* Which of save find choose refresh same new undo redo sort mark can be done; for accept
     * (Enter) only the label of the hint is asked. NULL: none. The application itself does help
     * menu messages language theme repaint quit. */
    struct mu_offer (*offer)(struct mu_app *app, const void *state, enum mu_action action);
    /* What `find` does here, when it is not offered; NULL: what the application does. */
    void (*find)(struct mu_app *app, void *state);
    /* NULL: MU_TYPING_TEXT. */
    enum mu_typing (*typing)(const struct mu_app *app, const void *state);
    /* A whole scan that came in while popups, or a box that was opened to choose somebody, were on
     * top: true when it was taken and is handled when they are gone. NULL: such scans are told off.
     */
    bool (*scan)(struct mu_app *app, void *state, const char *text);
    /* Once a second, also when another screen is on top: clocks, the work of other desks. Return
     * true when something to be drawn changed. NULL: nothing. */
    bool (*tick)(struct mu_app *app, void *state);
    /* Long work of the screen on top, a few milliseconds of it each time nobody has pressed a key:
     * true when something was done (it is drawn, and asked again), false when nothing is left to be
     * done. NULL: nothing. */
    bool (*work)(struct mu_app *app, void *state);
    /* Every two seconds and at a hangup: keep what is typed; mu_app_hurried says whether that may
     * wait for another desk. NULL: nothing to keep. */
    void (*draft)(struct mu_app *app, void *state);
    /* On top again after the screen above closed (not after a popup): read anew. NULL: nothing. */
    void (*resume)(struct mu_app *app, void *state);
    /* The language changed. NULL: nothing. */
    void (*language)(struct mu_app *app, void *state);
    /* More exact words for row 0 behind the title (a person's name); `out` has `size` bytes and
     * holds "". NULL: none. */
    void (*subject)(struct mu_app *app, const void *state, char *out, size_t size);
    /* The screen is gone: free the state. Also at the end of the program. */
    void (*close)(struct mu_app *app, void *state);
};

#endif
