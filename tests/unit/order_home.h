/* What the stories of orders share: a home whose orders close the day before at 16:00.
 * 2026-11-22 is a Sunday. */
#ifndef MULIN_TESTS_UNIT_ORDER_HOME_H
#define MULIN_TESTS_UNIT_ORDER_HOME_H

#include "unit/home.h"

#include <mulin/desk/order.h>

static const struct mu_date sunday = {2026, 11, 22}, monday = {2026, 11, 23},
                            tuesday = {2026, 11, 24}, saturday = {2026, 11, 28},
                            next_monday = {2026, 11, 30};

static inline int setup(void **state)
{
    struct home *home;
    struct mu_rules_faults faults = {0};
    struct mu_error error;
    const char *book = mu_preset_book("default");
    int version;

    home_setup(state);
    home = *state;
    assert_int_equal(
        mu_desk_adopt_rules(home->desk, book, strlen(book), sunday, &faults, &version, &error),
        MU_OK);
    mu_rules_faults_clear(&faults);
    return 0;
}

static inline struct mu_order order_of(int64_t who, const char *weekdays, struct mu_date from)
{
    struct mu_order order = {.resident_id = who, .from = from, .serving = MU_EATEN_THERE};

    strcpy(order.session, "午餐");
    strcpy(order.weekdays, weekdays);
    return order;
}

static inline int64_t take(struct mu_desk *desk, struct mu_order *order)
{
    struct mu_error error = {0};

    if (mu_save_order(desk, order, NULL, NULL, &error) != MU_OK) {
        char text[512];

        mu_error_text(&error, MU_ENGLISH, text, sizeof text);
        fail_msg("%s", text);
    }
    return order->id;
}

/* "张金凤 低盐 红烧肉*, 王秀英" of a day: diet, dish, * for delivered. */
static inline const char *day(struct mu_desk *desk, struct mu_date date)
{
    static char text[4096];
    struct mu_day_orders orders;
    struct mu_error error;
    size_t used = 0;

    *text = '\0';
    assert_int_equal(mu_orders_of_day(desk, date, "lunch", &orders, &error), MU_OK);
    for (size_t i = 0; i < orders.count; i++) {
        const struct mu_day_order *order = &orders.order[i];
        char words[MU_DIET_WORDS_SIZE];

        mu_diet_words(order->marks, false, MU_CHINESE, words);
        used += (size_t)snprintf(text + used, sizeof text - used, "%s%s%s%s%s%s%s%s%s",
                                 used ? ", " : "", order->resident.name, *words ? " " : "", words,
                                 *order->dish ? " " : "", order->dish, order->off_menu ? "?" : "",
                                 order->conflict ? "!" : "", order->delivered ? "*" : "");
    }
    if (orders.absent)
        snprintf(text + used, sizeof text - used, " -%zu", orders.absent);
    mu_day_orders_clear(&orders);
    return text;
}

#endif
