/* The forms of a building and of a grid, over the tree of places. */
#ifndef MULIN_TUI_SCREENS_PLACE_FORMS_H
#define MULIN_TUI_SCREENS_PLACE_FORMS_H

#include "tui/app.h"

enum mu_status mu_open_building_form(struct mu_app *app, const char *estate, const char *building,
                                     struct mu_error *error) MU_CHECKED;
enum mu_status mu_open_grid_form(struct mu_app *app, const char *name,
                                 struct mu_error *error) MU_CHECKED;

#endif
