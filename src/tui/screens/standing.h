/* What ends with somebody's file, told in the question that comes before it. */
#ifndef MULIN_SRC_TUI_SCREENS_STANDING_H
#define MULIN_SRC_TUI_SCREENS_STANDING_H

#include "tui/app.h"

#include <mulin/desk/household.h>

/* Adds to a question what stands with the person (desk/standing.h); what does not fit is counted.
 * False when that could not be found out, which is said. */
bool mu_standing_add(struct mu_app *app, int64_t id, char *question, size_t size);
/* The same for everybody who lives in the household, who all go at once. */
bool mu_standing_add_household(struct mu_app *app, const struct mu_household_page *page,
                               char *question, size_t size);

#endif
