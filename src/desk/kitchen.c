/* The orders of a day as the kitchen counts them. */
#include <mulin/desk/menu.h>

#include <mulin/base/text.h>

#include <stdlib.h>
#include <string.h>

void mu_kitchen_clear(struct mu_kitchen *kitchen)
{
    free(kitchen->line);
    free(kitchen->order);
    *kitchen = (struct mu_kitchen){0};
}

static int compare_meals(const struct mu_day_order *a, const struct mu_day_order *b)
{
    int order = strcmp(a->session, b->session);

    if (order == 0)
        order = strcmp(a->dish, b->dish);
    if (order == 0)
        order = a->marks < b->marks ? -1 : a->marks > b->marks;
    return order;
}

static int compare(const void *left, const void *right, void *context)
{
    const struct mu_day_order *orders = context;
    const size_t *a = left, *b = right;
    int order = compare_meals(&orders[*a], &orders[*b]);

    return order ? order : *a < *b ? -1 : *a > *b;
}

/* Adds the order at this place to the last line, or to a new one. */
static void add(struct mu_kitchen *kitchen, const struct mu_day_order *orders, size_t at)
{
    const struct mu_day_order *order = &orders[kitchen->order[at]];
    struct mu_kitchen_line *line;

    if (at == 0 || compare_meals(&orders[kitchen->order[at - 1]], order) != 0) {
        line = &kitchen->line[kitchen->count++];
        *line = (struct mu_kitchen_line){
            .off_menu = order->off_menu, .marks = order->marks, .first = at};
        mu_text_copy(line->session, sizeof line->session, order->session);
        mu_text_copy(line->dish, sizeof line->dish, order->dish);
    }
    line = &kitchen->line[kitchen->count - 1];
    line->count++;
    line->delivered += order->delivered;
    kitchen->meals++;
    kitchen->delivered += order->delivered;
    kitchen->conflicts += order->conflict != 0;
}

enum mu_status mu_count_kitchen(const struct mu_day_orders *orders, struct mu_kitchen *out,
                                struct mu_error *error)
{
    size_t room = orders->count ? orders->count : 1;
    struct mu_kitchen kitchen = {.line = calloc(room, sizeof *kitchen.line),
                                 .order = calloc(room, sizeof *kitchen.order)};

    if (!kitchen.line || !kitchen.order) {
        mu_kitchen_clear(&kitchen);
        return mu_fail_memory(error);
    }
    for (size_t i = 0; i < orders->count; i++)
        kitchen.order[i] = i;
    qsort_r(kitchen.order, orders->count, sizeof *kitchen.order, compare, orders->order);
    for (size_t i = 0; i < orders->count; i++)
        add(&kitchen, orders->order, i);
    *out = kitchen;
    return MU_OK;
}
