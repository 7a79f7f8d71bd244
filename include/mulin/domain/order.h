/* Orders for meals: single ones, standing ones, and notices of absence. Pure. */
#ifndef MULIN_DOMAIN_ORDER_H
#define MULIN_DOMAIN_ORDER_H

#include <mulin/domain/menu.h>

enum { MU_EATEN_THERE = 1, MU_DELIVERED = 2 }; /* data/codes/serving.def */

enum { MU_WEEKDAYS_SIZE = 64, MU_WORKING_WEEK = 31, MU_WHOLE_WEEK = 127 };

struct mu_order {
    int64_t id; /* 0: none yet */
    int64_t resident_id;
    int version;
    bool incomplete; /* another program stored what does not fit here: not to be written back */
    char session[MU_RULE_ID_SIZE];
    char
        weekdays[MU_WEEKDAYS_SIZE]; /* of a standing order: "1-5"; "": single, for the day `from` */
    struct mu_date from, until;     /* until: the last day, unknown for good */
    char dish[MU_DISH_SIZE];        /* "": what there is */
    int serving;                    /* data/codes/serving.def */
    char note[MU_NOTE_SIZE];        /* for the kitchen or the courier */
    int cancelled;                  /* data/codes/answer.def */
};

/* A notice that somebody will not come: 与食堂请假. */
struct mu_absence {
    int64_t id; /* 0: none yet */
    int64_t resident_id;
    int version;
    bool incomplete;
    char session[MU_RULE_ID_SIZE]; /* "": every session */
    struct mu_date from, until;    /* until: the last day, unknown: until further notice */
    char reason[MU_NOTE_SIZE];
    int cancelled; /* data/codes/answer.def */
};

/* Form, validation and headings, in form order; the stored fields with the one behind them that no
 * form has: cancelled. */
extern const struct mu_field mu_order_fields[];
extern const size_t mu_order_field_count, mu_order_stored_field_count;
extern const struct mu_field mu_absence_fields[];
extern const size_t mu_absence_field_count, mu_absence_stored_field_count;

/* The days of a week as a set: Monday counts 1, Tuesday 2, Wednesday 4 … Sunday 64. Reads 1-5, 135,
 * 周一至周五, 一三五, 每天, 工作日, Mon-Fri. False, *out untouched, for anything else. */
bool mu_weekdays_read(const char *text, int *out);
/* The one form that is stored: "1-5", "135", "1-7"; "" for none. `out` has MU_WEEKDAYS_SIZE bytes.
 */
void mu_weekdays_store(int weekdays, char *out);
/* In words: 周一至周五, 周一、三、五, 每天. `out` has MU_WEEKDAYS_SIZE bytes. */
void mu_weekdays_words(int weekdays, enum mu_language language, char *out);

/* True when the order is for this day: the one day, or a day of its week within its time. An order
 * for Monday to Friday holds on a Saturday or Sunday on which people work, too (`working`). */
bool mu_order_holds(const struct mu_order *order, struct mu_date day, bool working);
/* True when two orders are both for one session and there is a day for which both hold. */
bool mu_orders_meet(const struct mu_order *a, const struct mu_order *b);
/* True when the notice is for this session of this day. */
bool mu_absence_holds(const struct mu_absence *absence, struct mu_date day, const char *session);

/* Checks what no single field can, and brings weekdays into their one form: days in order, a single
 * order with its own day. *field (may be NULL) gets the key of the field to mend. MU_INPUT, order
 * untouched. */
enum mu_status mu_order_check(struct mu_order *order, const char **field,
                              struct mu_error *error) MU_CHECKED;

/* When the orders for a session of a day are closed: what is ordered or cancelled then or later
 * comes too late for the kitchen. Without canteen.orders in the book that is when the session ends.
 */
struct mu_moment mu_orders_close(const struct mu_canteen *canteen, const struct mu_session *session,
                                 struct mu_date day);
bool mu_orders_closed(const struct mu_canteen *canteen, const struct mu_session *session,
                      struct mu_date day, struct mu_moment now);
/* The first day from now on whose orders are not closed. */
struct mu_date mu_orders_open_from(const struct mu_canteen *canteen,
                                   const struct mu_session *session, struct mu_moment now);

#endif
