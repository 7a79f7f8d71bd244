/* The box of a screen that finds while somebody types. */
#ifndef MULIN_TUI_SCREENS_SEARCH_BOX_H
#define MULIN_TUI_SCREENS_SEARCH_BOX_H

#include "tui/app.h"
#include "tui/line_edit.h"

/* Gives it an event that the screen has no other use for; false when it has none, either.
 *   next_anew  what is typed next takes the place of what stands there: something was opened. Ends
 *   stale      becomes true when other words stand in the box */
bool mu_search_box_typed(struct mu_app *app, struct mu_line_edit *box, const struct mu_event *event,
                         bool *next_anew, bool *stale);

#endif
