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
    bool closed;   /* orders are left out because their session is not served on that day */
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

/* Takes an order (id 0) or changes one. The order of a file that another one speaks for is that
 * one's. A standing order that has begun ends before the first day whose orders are not closed, and
 * another one with what is new begins on it: what was ordered for past days and what the kitchen
 * counts on stays.
 *   order    the session by id or name; gets what was saved, under its number
 *   reason   why an order comes behind the closing time, with the right take_late_orders; NULL or
 *            "": it does not. Then a standing order changes from today on
 *   field    may be NULL; gets the key of the field at fault (mu_order_fields), or NULL
 * MU_INPUT (no such file, session or dish; days; the person has an order for that), MU_REFUSED
 * (right; the file has ended; orders are closed: says until when; changed meanwhile), MU_STORE. */
enum mu_status mu_save_order(struct mu_desk *desk, struct mu_order *order, const char *reason,
                             const char **field, struct mu_error *error) MU_CHECKED;

/* Takes an order back: a standing one ends before the first day whose orders are not closed.
 *   out  may be NULL; gets the order as it is then
 * Errors as above. */
enum mu_status mu_cancel_order(struct mu_desk *desk, int64_t order_id, const char *reason,
                               struct mu_order *out, struct mu_error *error) MU_CHECKED;

/* MU_INPUT when there is none of this number, MU_REFUSED (right read_orders), MU_STORE. */
enum mu_status mu_read_order(struct mu_desk *desk, int64_t order_id, struct mu_order *out,
                             struct mu_error *error) MU_CHECKED;

/* Called for each; false stops. Borrowed; the desk must not be called. */
typedef bool mu_order_row(void *context, const struct mu_order *order);
typedef bool mu_absence_row(void *context, const struct mu_absence *absence);

/* The orders and the notices of absence of a person that are in force today or later. */
enum mu_status mu_list_orders(struct mu_desk *desk, int64_t resident_id, mu_order_row *row,
                              void *context, struct mu_error *error) MU_CHECKED;
enum mu_status mu_list_absences(struct mu_desk *desk, int64_t resident_id, mu_absence_row *row,
                                void *context, struct mu_error *error) MU_CHECKED;

/* Writes down that somebody will not come, or (id) changes the notice; the closing time does not
 * hinder it. Without an order, too: who comes every day is not missed then.
 *   absence  the session by id or name; gets what was saved
 *   cooked   may be NULL; gets whether the kitchen counts on the person for a day that is closed
 *   field    as above (mu_absence_fields)
 * Errors as above. */
enum mu_status mu_save_absence(struct mu_desk *desk, struct mu_absence *absence, bool *cooked,
                               const char **field, struct mu_error *error) MU_CHECKED;
/* The person comes again from `day` on (not known: today). */
enum mu_status mu_end_absence(struct mu_desk *desk, int64_t absence_id, struct mu_date day,
                              struct mu_error *error) MU_CHECKED;

/* The session that a text means by today's book: its id, its name, or, "" and NULL, the only one,
 * and of several lunch.
 * `id` has MU_RULE_ID_SIZE bytes. MU_INPUT with the names there are, MU_STORE. */
enum mu_status mu_session_of(struct mu_desk *desk, const char *text, char *id,
                             struct mu_error *error) MU_CHECKED;

/* When orders for the session of a day close, and the first day that is open now. MU_INPUT (no such
 * session), MU_STORE. */
struct mu_order_times {
    struct mu_moment close;
    bool closed;
    bool served; /* the canteen serves the session on that day */
    struct mu_date open_from;
};
enum mu_status mu_order_time(struct mu_desk *desk, const char *session, struct mu_date day,
                             struct mu_order_times *out, struct mu_error *error) MU_CHECKED;

#endif
