/* Menus at the desk, and what the kitchen is told for a day. */
#ifndef MULIN_DESK_MENU_H
#define MULIN_DESK_MENU_H

#include <mulin/desk/order.h>
#include <mulin/domain/menu.h>

/* The menu of a session (id or name) of a day; one of id 0 without dishes when there is none.
 * MU_INPUT (no such session), MU_REFUSED (right read_orders), MU_STORE. */
enum mu_status mu_read_menu(struct mu_desk *desk, struct mu_date day, const char *session,
                            struct mu_menu *out, struct mu_error *error) MU_CHECKED;

/* Writes a menu, in the place of the one that was read: its dishes in their order. Orders for a
 * dish that no longer stands on it are kept, and told as off the menu. A menu without dishes is
 * none. *menu gets its number and version.
 * MU_INPUT (no such session, a dish twice, the day is past), MU_REFUSED (right; changed
 * meanwhile), MU_STORE. */
enum mu_status mu_save_menu(struct mu_desk *desk, struct mu_menu *menu,
                            struct mu_error *error) MU_CHECKED;

/* Gives a day the dishes of another day's menu; *out (may be NULL) gets the menu. MU_INPUT also
 * when that day has none, MU_REFUSED also when the day has a menu already. */
enum mu_status mu_copy_menu(struct mu_desk *desk, struct mu_date from, struct mu_date to,
                            const char *session, struct mu_menu *out,
                            struct mu_error *error) MU_CHECKED;

/* What the kitchen cooks once: so many of a dish for a diet. */
struct mu_kitchen_line {
    char session[MU_RULE_ID_SIZE];
    char dish[MU_DISH_SIZE]; /* "": what there is */
    bool off_menu;
    mu_diet_marks marks;
    int count, delivered;
    size_t first; /* of the orders that it counts; see mu_kitchen */
};

/* The orders of a day counted. */
struct mu_kitchen {
    struct mu_kitchen_line *line; /* by session, dish and diet; owned */
    size_t count;
    size_t *order; /* indexes of orders, those of a line behind one another; owned */
    int meals, delivered, conflicts;
};

/* Counts orders by session, dish and diet, the dishes without a diet first. *out is owned by the
 * caller (mu_kitchen_clear), untouched on failure. MU_MEMORY. */
enum mu_status mu_count_kitchen(const struct mu_day_orders *orders, struct mu_kitchen *out,
                                struct mu_error *error) MU_CHECKED;
void mu_kitchen_clear(struct mu_kitchen *kitchen);

#endif
