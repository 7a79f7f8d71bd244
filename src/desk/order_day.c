/* The orders of a day: standing ones unfolded, everybody once for a session. */
#include "base/growing.h"
#include "desk/order_file.h"
#include "desk/resident_file.h"
#include "store/menu_store.h"
#include "store/order_store.h"

#include <mulin/base/text.h>
#include <mulin/domain/calendar.h>
#include <mulin/domain/place.h>

#include <stdlib.h>
#include <string.h>

/* Collects the orders of a day as the store gives them. */
struct unfolding {
    struct mu_desk *desk;
    struct mu_date day, today;
    const struct mu_canteen *canteen; /* borrowed */
    struct mu_day_orders orders;
    size_t room;
    int64_t last_person; /* whose order was taken last, for which session */
    char last_session[MU_RULE_ID_SIZE];
    bool no_memory;
};

void mu_day_orders_clear(struct mu_day_orders *orders)
{
    free(orders->order);
    *orders = (struct mu_day_orders){0};
}

static void fill(struct unfolding *unfolding, const struct mu_order_then *then,
                 struct mu_day_order *out)
{
    memset(out, 0, sizeof *out);
    out->order_id = then->order.id;
    out->standing = *then->order.weekdays;
    out->resident = then->resident;
    mu_file_tags(&out->resident, unfolding->today);
    mu_file_mask(&out->resident);
    mu_text_copy(out->session, sizeof out->session, then->order.session);
    mu_text_copy(out->dish, sizeof out->dish, then->order.dish);
    out->delivered = then->order.serving == MU_DELIVERED;
    mu_text_copy(out->diet, sizeof out->diet, then->diet);
    mu_text_copy(out->note, sizeof out->note, then->order.note);
    out->marks = mu_diet_of_note(out->diet) | mu_diet_of_note(out->note);
}

/* Is the session served on the day? One that the book no longer has is. */
static bool is_served(const struct unfolding *unfolding, const char *id)
{
    for (size_t i = 0; i < unfolding->canteen->session_count; i++)
        if (strcmp(unfolding->canteen->sessions[i].id, id) == 0)
            return mu_session_day(unfolding->canteen, &unfolding->canteen->sessions[i],
                                  unfolding->day, NULL) == MU_DAY_SERVED;
    return true;
}

static bool unfold(void *context, const struct mu_order_then *then)
{
    struct unfolding *unfolding = context;
    struct mu_day_orders *orders = &unfolding->orders;
    struct mu_day_order *order;

    if (!mu_order_holds(&then->order, unfolding->day, mu_day_kind(unfolding->day).workday))
        return true;
    if (!is_served(unfolding, then->order.session)) {
        orders->closed = true;
        return true;
    }
    if (then->resident.id == unfolding->last_person &&
        strcmp(then->order.session, unfolding->last_session) == 0)
        return true;
    unfolding->last_person = then->resident.id;
    mu_text_copy(unfolding->last_session, sizeof unfolding->last_session, then->order.session);
    if (then->absent) {
        orders->absent++;
        return true;
    }
    order = mu_grown(orders->order, orders->count, &unfolding->room, sizeof *order);
    unfolding->no_memory = !order;
    if (!order)
        return false;
    orders->order = order;
    fill(unfolding, then, &orders->order[orders->count++]);
    return true;
}

/* What the menu of the day says of a dish that was ordered. */
static enum mu_status look_at_menus(struct unfolding *unfolding, struct mu_error *error)
{
    struct mu_menu menu = {0};
    bool read = false;
    enum mu_status status = MU_OK;

    for (size_t i = 0; status == MU_OK && i < unfolding->orders.count; i++) {
        struct mu_day_order *order = &unfolding->orders.order[i];
        const struct mu_dish *dish;

        if (!read || strcmp(menu.session, order->session) != 0)
            status = mu_menu_on(unfolding->desk->db, unfolding->day, order->session, &menu, error);
        read = status == MU_OK;
        dish = mu_menu_dish(&menu, order->dish);
        order->off_menu = *order->dish && menu.count && !dish;
        if (dish)
            order->conflict = mu_diet_conflict(order->marks, dish->marks);
    }
    return status;
}

static int compare(const void *left, const void *right)
{
    const struct mu_day_order *a = left, *b = right;
    int order = strcmp(a->session, b->session);

    if (order == 0)
        order = mu_place_compare(a->resident.estate, b->resident.estate);
    if (order == 0)
        order = mu_place_compare(a->resident.building, b->resident.building);
    if (order == 0)
        order = mu_place_compare(a->resident.unit, b->resident.unit);
    if (order == 0)
        order = mu_place_compare(a->resident.room, b->resident.room);
    if (order == 0)
        order = a->resident.id < b->resident.id ? -1 : a->resident.id > b->resident.id;
    return order;
}

/* Unfolds what `read` finds, all from one state of the records. */
static enum mu_status collect(struct unfolding *unfolding, int64_t resident_id, const char *session,
                              struct mu_error *error)
{
    struct mu_db *db = unfolding->desk->db;
    enum mu_status status =
        resident_id
            ? mu_order_on_of(db, resident_id, unfolding->day, session, unfold, unfolding, error)
            : mu_order_on(db, unfolding->day, session, unfold, unfolding, error);

    if (status == MU_OK && unfolding->no_memory)
        status = mu_fail_memory(error);
    if (status == MU_OK)
        status = look_at_menus(unfolding, error);
    return status;
}

enum mu_status mu_orders_of_day(struct mu_desk *desk, struct mu_date date, const char *session,
                                struct mu_day_orders *out, struct mu_error *error)
{
    struct unfolding unfolding = {.desk = desk, .day = date, .today = mu_desk_now(desk).date};
    const struct mu_rules *rules;
    enum mu_status status = mu_desk_may(desk, MU_MAY_read_orders, error);

    if (status == MU_OK)
        status = mu_desk_rules(desk, &rules, NULL, error);
    if (status == MU_OK)
        status = mu_db_begin_read(desk->db, error);
    if (status != MU_OK)
        return status;
    unfolding.canteen = &rules->canteen;
    status = collect(&unfolding, 0, session ? session : "", error);
    mu_db_end_read(desk->db);
    if (status != MU_OK) {
        mu_day_orders_clear(&unfolding.orders);
        return status;
    }
    if (unfolding.orders.count)
        qsort(unfolding.orders.order, unfolding.orders.count, sizeof *unfolding.orders.order,
              compare);
    *out = unfolding.orders;
    return MU_OK;
}

enum mu_status mu_order_by_book(struct mu_desk *desk, const struct mu_canteen *canteen,
                                int64_t resident_id, struct mu_date date, const char *session,
                                struct mu_day_order *out, bool *found, struct mu_error *error)
{
    struct unfolding unfolding = {
        .desk = desk, .canteen = canteen, .day = date, .today = mu_desk_now(desk).date};
    enum mu_status status = collect(&unfolding, resident_id, session, error);

    *found = false;
    if (status == MU_OK && unfolding.orders.count) {
        *out = unfolding.orders.order[0];
        *found = true;
    }
    mu_day_orders_clear(&unfolding.orders);
    return status;
}

enum mu_status mu_order_of_one(struct mu_desk *desk, int64_t resident_id, struct mu_date date,
                               const char *session, struct mu_day_order *out, bool *found,
                               struct mu_error *error)
{
    const struct mu_rules *rules;
    enum mu_status status = mu_desk_rules(desk, &rules, NULL, error);

    *found = false;
    return status == MU_OK ? mu_order_by_book(desk, &rules->canteen, resident_id, date, session,
                                              out, found, error)
                           : status;
}

/* A notice that may be the one. */
struct question {
    struct mu_date day;
    const char *session;
    bool absent;
};

static bool is_absent(void *context, const struct mu_absence *absence)
{
    struct question *question = context;

    question->absent |= mu_absence_holds(absence, question->day, question->session);
    return !question->absent;
}

enum mu_status mu_absent(struct mu_desk *desk, int64_t resident_id, struct mu_date date,
                         const char *session, bool *absent, struct mu_error *error)
{
    struct question question = {.day = date, .session = session};
    enum mu_status status =
        mu_absence_of_person(desk->db, resident_id, date, is_absent, &question, error);

    if (status == MU_OK)
        *absent = question.absent;
    return status;
}
