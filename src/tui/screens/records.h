/* List screens whose rows stand in memory: what they read, how they follow the work of other desks,
 * their keys, and their end. Columns, cells and acts are the screen's own. */
#ifndef MULIN_TUI_SCREENS_RECORDS_H
#define MULIN_TUI_SCREENS_RECORDS_H

#include "tui/screens/list_keys.h"

/* What one such screen is. */
struct mu_records_kind {
    const struct mu_screen_type *type;
    size_t row_size; /* bytes */
    const struct mu_column *columns;
    size_t column_count;
    struct mu_list_source source; /* its context is the screen's state */
    enum mu_message empty;        /* what an empty list says, and what to do */
    const struct mu_list_key *keys;
    size_t key_count;
    /* Gives every row to mu_records_add. The rows before are gone when it is called. */
    enum mu_status (*read)(struct mu_app *app, void *state, struct mu_error *error);
    bool must_read; /* not opened when the rows can't be read; else their place shows why */
    /* The cursor may stand on another row than before: it was moved, or the rows were read. May be
     * NULL. */
    void (*moved)(struct mu_app *app, void *state);
};

/* The first member of the state of such a screen, which the functions below take as `state`. */
struct mu_records {
    const struct mu_records_kind *kind; /* borrowed */
    void *row;                          /* owned: `count` rows of the kind's row_size */
    size_t count, room;
    bool no_memory; /* for a row, since the reading began */
    bool failed;    /* the last reading, as `error` says */
    struct mu_error error;
    struct mu_list list;
    unsigned seen; /* of the changes of other desks */
};

/* Reads the rows and puts the screen on top.
 *   state  from calloc, what `read` needs filled in; owned from now on, also on failure. NULL:
 *          MU_MEMORY
 * Otherwise as mu_app_push; of a kind that must be read, also as its `read`. */
enum mu_status mu_records_open(struct mu_app *app, const struct mu_records_kind *kind, void *state,
                               struct mu_error *error) MU_CHECKED;
/* Adds a copy of the row, and returns it until the next one is added; NULL without memory, which
 * mu_records_read tells of when the kind's `read` is through. */
void *mu_records_add(struct mu_records *records, const void *row);
/* The row with this number, below `count`; the one at the cursor, NULL when there is none. */
void *mu_records_row(const struct mu_records *records, size_t number);
void *mu_records_chosen(const struct mu_records *records);
/* The page: mu_app_draw_list, with the failure of the last reading in place of the rows. */
void mu_records_draw(struct mu_records *records, const struct mu_app *app, struct mu_grid *grid,
                     const struct mu_layout *layout, const char *title, enum mu_message hint);

/* ---- of the screen's type ---- */

/* Reads all rows anew; also the screen's `resume`. */
void mu_records_read(struct mu_app *app, void *state);
/* What the key `undo` does on a screen with a row for it. */
void mu_records_undo(struct mu_app *app, void *state);
bool mu_records_event(struct mu_app *app, void *state, const struct mu_event *event);
struct mu_offer mu_records_offer(struct mu_app *app, const void *state, enum mu_action action);
/* Reads anew when another desk saved something. */
bool mu_records_tick(struct mu_app *app, void *state);
/* Frees the rows and the state. */
void mu_records_close(struct mu_app *app, void *state);

#endif
