/* The register's list and what can be done with it, for register_list.c, register_view.c and
 * register_actions.c. */
#ifndef MULIN_TUI_SCREENS_REGISTER_LIST_H
#define MULIN_TUI_SCREENS_REGISTER_LIST_H

#include "tui/line_edit.h"
#include "tui/list.h"
#include "tui/screens/save_as.h"
#include "tui/screens/screens.h"

#include <mulin/desk/roster.h>

enum {
    MU_REGISTER_WINDOW = 64, /* people read at once */
    MU_REGISTER_PICKS = MU_ROSTERS_SAVED + MU_ROSTER_COLUMN_COUNT
};

struct mu_register_list {
    struct mu_line_edit box;
    struct mu_list list;
    struct mu_column columns[MU_LIST_COLUMNS];
    struct mu_roster_request request; /* without the text, which stands in the box */
    struct mu_roster *roster;         /* owned; NULL: it could not be read */
    struct mu_resident *window;       /* owned; MU_REGISTER_WINDOW of them */
    size_t first, read;               /* rows in the window */
    bool redo;                        /* the window is to be read anew */
    struct mu_id_set marked;
    struct mu_roster_sum sum; /* of those */
    struct mu_resident shown; /* the whole file beside the list */
    bool stale;               /* what is asked for changed: read when it is to be seen */
    bool at_end;              /* the cursor stays at the end while the list grows */
    bool next_anew; /* a scan or an opened file is done with: typing starts a new search */
    unsigned seen;
    struct mu_date today;
    struct mu_error error; /* why there is no roster */
    long long drawn;       /* when the list was drawn last while it grew */

    /* What is being asked for, popup by popup. */
    struct mu_save_as save;
    char reason[MU_REASON_SIZE];
    bool full;
    char (*names)[MU_ROSTER_NAME_SIZE]; /* owned; of kept lists */
    size_t name_count;
};

/* Reads the list as it is asked for now. */
void mu_register_read(struct mu_app *app, struct mu_register_list *self);
/* The columns changed. */
void mu_register_columns(struct mu_register_list *self);
/* The person of a row, NULL when it could not be read; borrowed until the next call. */
const struct mu_resident *mu_register_row(struct mu_register_list *self, size_t row);
/* Marks changed. */
void mu_register_marked(struct mu_register_list *self);

/* The cells of the list. */
extern const struct mu_list_source mu_register_source;
/* The line over the list: filter, order, how far it is. */
void mu_register_draw_filter(struct mu_register_list *self, struct mu_grid *grid, int row,
                             int columns, enum mu_language language);
/* The line under it: who is marked. */
void mu_register_draw_sum(struct mu_register_list *self, struct mu_grid *grid, int row, int columns,
                          enum mu_language language);

/* Everything that can be done with the list, to be chosen from. */
void mu_register_menu(struct mu_app *app, struct mu_register_list *self);

/* A form over a filter; `done` gets what was entered, after the form has closed. */
enum mu_status mu_open_roster_form(struct mu_app *app, const struct mu_roster_request *request,
                                   void (*done)(struct mu_app *app, void *state,
                                                const struct mu_roster_request *request),
                                   void *state, struct mu_error *error) MU_CHECKED;

#endif
