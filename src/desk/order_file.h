/* What the use cases of orders and menus share. */
#ifndef MULIN_SRC_DESK_ORDER_FILE_H
#define MULIN_SRC_DESK_ORDER_FILE_H

#include "desk/act.h"

#include <mulin/desk/order.h>

/* The session that a text means by today's book, as mu_session_of; both borrowed from the desk. */
enum mu_status mu_order_session(struct mu_desk *desk, const char *text,
                                const struct mu_rules **rules, const struct mu_session **out,
                                struct mu_error *error) MU_CHECKED;

/* Who speaks for the file and lives here. MU_INPUT, MU_REFUSED (the file has ended), MU_STORE. */
enum mu_status mu_order_person(struct mu_desk *desk, int64_t resident_id, struct mu_resident *out,
                               struct mu_error *error) MU_CHECKED;

/* The order of a person for a session of a day, as mu_orders_of_day gives it; inside a transaction
 * or not. `*out` is untouched unless *found. MU_STORE, MU_MEMORY. */
enum mu_status mu_order_of_one(struct mu_desk *desk, int64_t resident_id, struct mu_date date,
                               const char *session, struct mu_day_order *out, bool *found,
                               struct mu_error *error) MU_CHECKED;
/* The same for a caller who holds the book (and may hold it on: today's is not asked for). */
enum mu_status mu_order_by_book(struct mu_desk *desk, const struct mu_canteen *canteen,
                                int64_t resident_id, struct mu_date date, const char *session,
                                struct mu_day_order *out, bool *found,
                                struct mu_error *error) MU_CHECKED;

/* A menu as acts keep it: 红烧肉（含大豆） ; 清蒸鱼（低盐、含鱼） */
struct mu_menu_record {
    char dishes[MU_FIELD_LONGEST];
};
extern const struct mu_field mu_menu_fields[];
extern const size_t mu_menu_field_count;

/* The read and put_back of struct mu_act_kind. An order that was new is cancelled, a menu that was
 * new has no dishes. */
enum mu_status mu_order_act_read(struct mu_desk *desk, int64_t row, void *record,
                                 struct mu_error *error) MU_CHECKED;
enum mu_status mu_order_act_put_back(struct mu_act_writer *writer, int64_t row, const void *current,
                                     const void *wanted, struct mu_error *error) MU_CHECKED;
enum mu_status mu_absence_act_read(struct mu_desk *desk, int64_t row, void *record,
                                   struct mu_error *error) MU_CHECKED;
enum mu_status mu_absence_act_put_back(struct mu_act_writer *writer, int64_t row,
                                       const void *current, const void *wanted,
                                       struct mu_error *error) MU_CHECKED;
enum mu_status mu_menu_act_read(struct mu_desk *desk, int64_t row, void *record,
                                struct mu_error *error) MU_CHECKED;
enum mu_status mu_menu_act_put_back(struct mu_act_writer *writer, int64_t row, const void *current,
                                    const void *wanted, struct mu_error *error) MU_CHECKED;

#endif
