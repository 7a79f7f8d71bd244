/* The inside of the application, for app*.c and popup_*.c. */
#ifndef MULIN_TUI_APP_STATE_H
#define MULIN_TUI_APP_STATE_H

#include "tui/app.h"
#include "tui/scan.h"

enum { LAYERS = MU_SCREENS + MU_POPUPS + 1, QUEUE = 64 }; /* and a cover */

struct mu_layer {
    const struct mu_screen_type *type;
    void *state;
    bool seen; /* it has been on the screen while nothing more was waiting to be handled */
};

/* Events that came in while something else was being read, in order. */
struct mu_queue {
    struct mu_event event[QUEUE];
    char *text[QUEUE]; /* owned copies of their texts */
    size_t first, count;
    char *current; /* text of the event that is being handled; owned */
};

struct mu_app {
    struct mu_app_options options;
    struct mu_keymap keymap;
    enum mu_language language;
    enum mu_theme theme;
    struct mu_layer layer[LAYERS];
    size_t count;
    struct mu_message_line messages;
    bool ended;
    bool small;            /* the window is too small to work in */
    bool redraw;           /* something to be drawn changed */
    bool hurried, put_off; /* while drafts are kept: nobody is to wait; one was not kept */
    int minute;            /* that row 0 shows */

    /* Only while mu_app_run runs. */
    struct mu_term *term;
    struct mu_grid *grid;
    struct mu_scan scan;
    struct mu_queue queue;
    int64_t progress_start;
    int64_t touched; /* when a key came last */
};

/* The layer on top, or NULL. */
struct mu_layer *mu_app_layer(const struct mu_app *app);
/* What typed characters are to the layer on top. */
enum mu_typing mu_app_typing(const struct mu_app *app);
/* Whether a window of this size is too small to work in. */
bool mu_app_too_small(int rows, int columns);
/* The place of the cover among the layers, 0 when none is up. */
size_t mu_app_covered(const struct mu_app *app);
/* Opens a place, or says why not. */
void mu_app_go(struct mu_app *app, const struct mu_place *place);
/* Does what a key or a row of the menu asks for. */
void mu_app_act(struct mu_app *app, const struct mu_event *event);
/* What the layer on top says of an action; MU_OFFER_YES for those that the application does itself.
 */
struct mu_offer mu_app_offer(struct mu_app *app, enum mu_action action);
/* The name of the first key of an action; `out` has MU_KEY_NAME_SIZE bytes. */
void mu_app_key_name(const struct mu_app *app, enum mu_action action, char *out);
/* Pushes a popup; an error is said. */
void mu_app_popup(struct mu_app *app, const struct mu_screen_type *type, void *state);
/* The part of the work area for a popup with this many rows and columns inside: centred, in the
 * upper half, so that the input method's window has room below. */
struct mu_area mu_popup_area(const struct mu_layout *layout, int rows, int columns);
/* The offer of popups that Enter accepts. */
struct mu_offer mu_popup_offer(struct mu_app *app, const void *state, enum mu_action action);

void mu_app_show_help(struct mu_app *app);
void mu_app_show_menu(struct mu_app *app);
void mu_app_show_messages(struct mu_app *app);

/* Adds a copy of the event; false when there is no room (or memory) for it. */
bool mu_queue_add(struct mu_queue *queue, const struct mu_event *event);
/* Puts an event in front of the others; it must have been taken just before. */
void mu_queue_put_back(struct mu_queue *queue, const struct mu_event *event);
bool mu_queue_full(const struct mu_queue *queue);
/* Takes the first event; its text lives until the next call. False when there is none. */
bool mu_queue_take(struct mu_queue *queue, struct mu_event *event);
void mu_queue_clear(struct mu_queue *queue);

#endif
