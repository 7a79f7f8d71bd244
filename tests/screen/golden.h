/* Golden screens: grids compared with the text files in tests/screen/golden. */
#ifndef MULIN_TESTS_SCREEN_GOLDEN_H
#define MULIN_TESTS_SCREEN_GOLDEN_H

#include "tui/grid.h"

/* Fails the running test, showing the rows that differ, unless `grid` is as golden/NAME.txt says.
 * With UPDATE=1 in the environment it shows them and rewrites the file. */
void golden_compare(const char *name, const struct mu_grid *grid);
/* The same with the text of a grid. */
void golden_compare_text(const char *name, const char *now);

#endif
