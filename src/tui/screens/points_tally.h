/* The month of the points bank on the screen: what points_tally.c does and points_tally_view.c
 * shows. */
#ifndef MULIN_TUI_SCREENS_POINTS_TALLY_H
#define MULIN_TUI_SCREENS_POINTS_TALLY_H

#include "tui/app.h"
#include "tui/list.h"

#include <mulin/report/tally.h>

enum mu_tally_view {
    MU_TALLY_VIEW_DOUBTS,
    MU_TALLY_VIEW_PEOPLE,
    MU_TALLY_VIEW_TEAMS,
    MU_TALLY_VIEW_DUTIES,
    MU_TALLY_VIEW_AWARDS,
    MU_TALLY_VIEWS
};

enum { MU_TALLY_COLUMNS = 8 };

struct mu_tally_screen {
    int month;
    enum mu_tally_view view;
    struct mu_tally *tally; /* owned; NULL: it could not be read */
    struct mu_error error;
    struct mu_tally_doubts doubts;
    struct mu_tally_candidate *candidate; /* owned */
    size_t candidates;
    struct mu_column column[MU_TALLY_COLUMNS];
    int meaning[MU_TALLY_COLUMNS]; /* of each column */
    struct mu_list list;
    char word[MU_REASON_SIZE]; /* with which a doubt was accepted last, "" */
    struct mu_points_sums seen_sums;
    unsigned seen;
};

/* Of a view by person, team or duty. */
enum mu_tally_by mu_tally_view_by(enum mu_tally_view view);
/* Brings columns and rows of the view into the list; the cursor stays where it can. */
void mu_tally_show(struct mu_tally_screen *self);
/* Draws everything. */
void mu_tally_draw(struct mu_app *app, struct mu_tally_screen *self, struct mu_grid *grid,
                   const struct mu_layout *layout);

#endif
