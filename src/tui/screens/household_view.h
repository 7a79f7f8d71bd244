/* What stands above the people of a household. */
#ifndef MULIN_TUI_SCREENS_HOUSEHOLD_VIEW_H
#define MULIN_TUI_SCREENS_HOUSEHOLD_VIEW_H

#include "tui/grid.h"

#include <mulin/desk/household.h>
#include <mulin/desk/volunteer.h>

enum { MU_HOUSEHOLD_ROWS = 4 };

/* Draws home, contact, note, and what goes on there into MU_HOUSEHOLD_ROWS rows from `row` on.
 *   family  what its people earned; told where anybody volunteers */
void mu_draw_household(const struct mu_household_page *page, const struct mu_family *family,
                       struct mu_grid *grid, int row, int width, enum mu_language language);

#endif
