/* What the keeper does about a case that is not the keeper's own: who mediates it, who may read it.
 * Nothing of what it says is shown. */
#ifndef MULIN_TUI_SCREENS_CASE_KEEPER_H
#define MULIN_TUI_SCREENS_CASE_KEEPER_H

#include "tui/app.h"

#include <mulin/desk/case.h>

/* Lets a mediator be picked and assigns the case to them; `assigned` is called after that. */
void mu_assign_case(struct mu_app *app, const struct mu_case_line *line,
                    void (*assigned)(struct mu_app *app, void *context), void *context);

#endif
