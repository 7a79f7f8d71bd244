/* Moving people between households: where to, and who is what to whom afterwards. */
#ifndef MULIN_TUI_SCREENS_HOUSEHOLD_MOVE_H
#define MULIN_TUI_SCREENS_HOUSEHOLD_MOVE_H

#include "tui/app.h"

#include <mulin/desk/household.h>

/* Asks for the new address and the day, then shows the plan. Esc goes back to the household. */
enum mu_status mu_open_move_form(struct mu_app *app, int64_t household, const int64_t *resident_ids,
                                 size_t count, struct mu_error *error) MU_CHECKED;

/* Shows a plan, whose relations can be chosen, and carries it out. Leaving it opens the household
 * again. */
enum mu_status mu_open_move_plan(struct mu_app *app, int64_t household, const struct mu_move *move,
                                 struct mu_error *error) MU_CHECKED;

#endif
