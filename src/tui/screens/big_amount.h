/* An amount in digits five rows high, made of filled cells: readable from the other side of the
 * counter, on any terminal. */
#ifndef MULIN_TUI_SCREENS_BIG_AMOUNT_H
#define MULIN_TUI_SCREENS_BIG_AMOUNT_H

#include "tui/grid.h"

#include <mulin/base/money.h>

enum { MU_BIG_ROWS = 5 };

/* Cells that the amount is wide. */
int mu_big_amount_width(struct mu_money amount);
/* Draws it with its upper left corner at (row, column). */
void mu_big_amount_draw(struct mu_grid *grid, int row, int column, struct mu_money amount);

#endif
