/* The screen of a day's orders, shared by what it does (orders.c) and how it looks (orders_view.c).
 */
#ifndef MULIN_TUI_SCREENS_ORDERS_H
#define MULIN_TUI_SCREENS_ORDERS_H

#include "tui/list.h"
#include "tui/screens/save_as.h"
#include "tui/screens/screens.h"

#include <mulin/desk/menu.h>

enum { MU_ORDERS_SESSIONS = 12 };

struct mu_orders_screen {
    struct mu_date day;
    char session[MU_RULE_ID_SIZE];
    char session_name[MU_RULE_NAME_SIZE];
    struct mu_day_orders orders;
    struct mu_kitchen kitchen;
    struct mu_menu menu;
    struct mu_order_times times;
    struct mu_list list;
    bool failed;
    struct mu_error error;
    unsigned seen;
    int64_t cancelled; /* the order that is asked about */
    struct mu_save_as save;
};

extern const struct mu_column mu_orders_columns[];
extern const size_t mu_orders_column_count;
extern const struct mu_list_source mu_orders_source;

void mu_orders_draw(struct mu_app *app, struct mu_orders_screen *self, struct mu_grid *grid,
                    const struct mu_layout *layout);
/* "11-23 周一". `out` has `size` bytes. */
void mu_orders_day(struct mu_date day, enum mu_language language, char *out, size_t size);

/* The form of an order (id 0: a new one) of a person, of a notice of absence from `day` on, and of
 * the menu. MU_INPUT, MU_REFUSED, MU_STORE, MU_MEMORY. */
enum mu_status mu_open_order_form(struct mu_app *app, const struct mu_order *order,
                                  struct mu_error *error) MU_CHECKED;
enum mu_status mu_open_absence_form(struct mu_app *app, int64_t resident_id, struct mu_date day,
                                    struct mu_error *error) MU_CHECKED;
enum mu_status mu_open_menu_form(struct mu_app *app, struct mu_date day, const char *session,
                                 struct mu_error *error) MU_CHECKED;

#endif
