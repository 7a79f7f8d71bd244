/* The screens of goods: the shelf, and giving for points. */
#ifndef MULIN_TUI_SCREENS_GOODS_H
#define MULIN_TUI_SCREENS_GOODS_H

#include "tui/screens/screens.h"

#include <mulin/desk/goods.h>

/* Places of the menu. */
enum mu_status mu_open_goods(struct mu_app *app, struct mu_error *error) MU_CHECKED;
enum mu_status mu_open_redeem(struct mu_app *app, struct mu_error *error) MU_CHECKED;

#endif
