/* Orders at the desk: who eats what on which day, and who has told that they will not come. */
#ifndef MULIN_DESK_ORDER_H
#define MULIN_DESK_ORDER_H

#include <mulin/desk/desk.h>
#include <mulin/domain/order.h>

/* An order in force for one session of one day. */
struct mu_day_order {
    int64_t order_id;
    bool standing;
    struct mu_resident resident; /* as in a list: without ID number and note, phone masked */
    char session[MU_RULE_ID_SIZE];
    char dish[MU_DISH_SIZE]; /* "": what there is */
    bool off_menu;           /* there is a menu, and the dish does not stand on it */
    bool delivered;
    char diet[MU_NOTE_SIZE]; /* what the kitchen must know of the person, or "" */
    char note[MU_NOTE_SIZE]; /* of the order */
    mu_diet_marks marks;     /* that diet and note name */
    mu_diet_marks conflict;  /* of those what the dish on the menu is not, or has */
};

/* Those of one day; owned. */
struct mu_day_orders {
    struct mu_day_order *order;
    size_t count;
    size_t absent; /* orders left out because the person told that he will not come */
    bool closed;   /* the canteen is closed on that day: there are none */
};

void mu_day_orders_clear(struct mu_day_orders *orders);

/* Every order in force on a day, of one session or (NULL) of all: standing ones unfolded; left out
 * are those that were cancelled, whose person told that he will not come, moved out or died, and
 * all of a day on which the canteen is closed. A person stands once for a session: a single order
 * comes before a standing one, and an order of a file that another one speaks for is that one's.
 * In order of session, estate, building, unit, room as people count them.
 *   out  owned by the caller (mu_day_orders_clear), untouched on failure
 * MU_REFUSED (right read_orders), MU_STORE, MU_MEMORY. */
enum mu_status mu_orders_of_day(struct mu_desk *desk, struct mu_date date, const char *session,
                                struct mu_day_orders *out, struct mu_error *error) MU_CHECKED;

/* True when the person (or, for linked files, one of them) told that he will not come to this
 * session of this day. MU_STORE. */
enum mu_status mu_absent(struct mu_desk *desk, int64_t resident_id, struct mu_date date,
                         const char *session, bool *absent, struct mu_error *error) MU_CHECKED;

#endif
