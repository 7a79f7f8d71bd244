#include "tui/screens/orders.h"

#include <mulin/base/text.h>

#include <stdio.h>
#include <string.h>

enum { NAME, DISH, SERVING, DIET, NOTE, ADDRESS, KIND };

const struct mu_column mu_orders_columns[] = {
    [NAME] = {MU_SAY_field_name, 8, 8, 0, MU_MARK, false},
    [DISH] = {MU_SAY_field_dish, 10, 16, 0, MU_MARK, false},
    [SERVING] = {MU_SAY_orders_serving, 5, 7, 0, MU_MARK, false},
    [DIET] = {MU_SAY_kitchen_diet, 12, 24, 0, MU_MARK, false},
    [NOTE] = {MU_SAY_field_order_note, 8, 24, 2, MU_MARK, false},
    [ADDRESS] = {MU_SAY_person_address, 12, 20, 1, MU_MARK, false},
    [KIND] = {MU_SAY_orders_kind, 4, 5, 3, MU_MARK, false},
};
const size_t mu_orders_column_count = sizeof mu_orders_columns / sizeof *mu_orders_columns;

/* A dish that the diet forbids, or that is not on the menu, is shown so. */
static void dish_cell(const struct mu_day_order *order, enum mu_language language, char *out,
                      size_t size, enum mu_style *style)
{
    if (!*order->dish) {
        mu_text_copy(out, size, mu_message_text(MU_SAY_kitchen_any_dish, language));
        *style = MU_STYLE_DIM;
    } else if (order->off_menu) {
        mu_message_format(out, size, language, MU_SAY_kitchen_off_menu, order->dish, NULL);
        *style = MU_STYLE_WARNING;
    } else {
        mu_text_copy(out, size, order->dish);
    }
}

static void diet_cell(const struct mu_day_order *order, enum mu_language language, char *out,
                      size_t size, enum mu_style *style)
{
    char words[MU_DIET_WORDS_SIZE];

    mu_diet_words(order->conflict, false, language, words);
    if (*words) {
        mu_message_format(out, size, language, MU_SAY_orders_conflict, words, NULL);
        *style = MU_STYLE_BAD;
        return;
    }
    mu_text_copy(out, size, order->diet);
}

static void cell(void *context, size_t row, size_t column, enum mu_language language, char *out,
                 size_t size, enum mu_style *style)
{
    const struct mu_orders_screen *self = context;
    const struct mu_day_order *order = &self->orders.order[row];
    char address[MU_ADDRESS_SIZE];

    switch (column) {
    case NAME:
        mu_text_copy(out, size, order->resident.name);
        break;
    case DISH:
        dish_cell(order, language, out, size, style);
        break;
    case SERVING:
        mu_text_copy(
            out, size,
            mu_message_text(order->delivered ? MU_SAY_kitchen_delivered : MU_SAY_kitchen_there,
                            language));
        break;
    case DIET:
        diet_cell(order, language, out, size, style);
        break;
    case NOTE:
        mu_text_copy(out, size, order->note);
        break;
    case ADDRESS:
        mu_resident_address(&order->resident, address);
        mu_text_copy(out, size, address);
        break;
    default:
        mu_text_copy(
            out, size,
            mu_message_text(order->standing ? MU_SAY_orders_standing : MU_SAY_orders_single,
                            language));
        break;
    }
}

const struct mu_list_source mu_orders_source = {.cell = cell};

void mu_orders_day(struct mu_date day, enum mu_language language, char *out, size_t size)
{
    char weekday[MU_WEEKDAYS_SIZE], date[MU_DATE_SIZE];

    mu_weekdays_words(1 << (mu_date_weekday(day) + 6) % 7, language, weekday);
    mu_date_format(day, date);
    snprintf(out, size, "%s %s", date + 5, weekday);
}

static void title(const struct mu_orders_screen *self, enum mu_language language, char *out,
                  size_t size)
{
    char day[MU_DATE_SIZE + MU_WEEKDAYS_SIZE], where[MU_RULE_NAME_SIZE + sizeof day],
        meals[MU_COUNT_SIZE], there[MU_COUNT_SIZE], delivered[MU_COUNT_SIZE];

    mu_orders_day(self->day, language, day, sizeof day);
    snprintf(where, sizeof where, "%s %s", day, self->session_name);
    mu_count_text(self->kitchen.meals, meals);
    mu_count_text(self->kitchen.meals - self->kitchen.delivered, there);
    mu_count_text(self->kitchen.delivered, delivered);
    mu_message_format(out, size, language, MU_SAY_orders_line, where, meals, there, delivered,
                      NULL);
}

/* "低糖 2" for each diet of the dish behind its count. */
static size_t add_line(const struct mu_kitchen_line *line, bool first, enum mu_language language,
                       char *out, size_t size)
{
    const char *dish =
        *line->dish ? line->dish : mu_message_text(MU_SAY_kitchen_any_dish, language);
    char words[MU_DIET_WORDS_SIZE];

    mu_diet_words(line->marks, false, language, words);
    return (size_t)snprintf(out, size, "%s%s%s%s %d", first ? "" : "   ", dish, *words ? " " : "",
                            words, line->count);
}

static void counts(const struct mu_orders_screen *self, enum mu_language language, char *out,
                   size_t size)
{
    size_t used = 0;

    *out = '\0';
    for (size_t i = 0; i < self->kitchen.count && used < size; i++)
        used += add_line(&self->kitchen.line[i], i == 0, language, out + used, size - used);
}

static void menu_words(const struct mu_orders_screen *self, enum mu_language language, char *out,
                       size_t size)
{
    char dish[MU_DISH_LINE_SIZE], dishes[MU_NOTE_SIZE];
    size_t used = 0;

    if (!self->menu.count) {
        mu_text_copy(out, size, mu_message_text(MU_SAY_orders_no_menu, language));
        return;
    }
    for (size_t i = 0; i < self->menu.count && used < sizeof dishes; i++) {
        mu_dish_write(&self->menu.dish[i], language, dish);
        used += (size_t)snprintf(dishes + used, sizeof dishes - used, "%s%s", i ? "  " : "", dish);
    }
    mu_message_format(out, size, language, MU_SAY_orders_menu, dishes, NULL);
}

/* "请假 2 人；11-22 16:00 截止": what else is to be known of the day. */
static void aside(const struct mu_orders_screen *self, enum mu_language language, char *out,
                  size_t size, enum mu_style *style)
{
    char absent[MU_COUNT_SIZE], day[MU_DATE_SIZE], clock[MU_CLOCK_SIZE], close[32],
        conflicts[MU_COUNT_SIZE], first[MU_LIST_CELL_SIZE];

    mu_count_text((int64_t)self->orders.absent, absent);
    mu_count_text(self->kitchen.conflicts, conflicts);
    mu_date_format(self->times.close.date, day);
    mu_clock_format(self->times.close.minute, clock);
    snprintf(close, sizeof close, "%s %s", day + 5, clock);
    mu_message_format(first, sizeof first, language,
                      self->times.closed ? MU_SAY_orders_closed : MU_SAY_orders_open, close, absent,
                      NULL);
    *style = MU_STYLE_LABEL;
    if (!self->times.served) {
        mu_text_copy(out, size, mu_message_text(MU_SAY_orders_not_served, language));
        *style = MU_STYLE_WARNING;
        return;
    }
    if (!self->kitchen.conflicts) {
        mu_text_copy(out, size, first);
        return;
    }
    *style = MU_STYLE_BAD;
    mu_message_format(out, size, language, MU_SAY_orders_conflicts, first, conflicts, NULL);
}

enum { HEAD = 3, TITLE_SIZE = 512 };

void mu_orders_draw(struct mu_app *app, struct mu_orders_screen *self, struct mu_grid *grid,
                    const struct mu_layout *layout)
{
    enum mu_language language = mu_app_language(app);
    struct mu_layout below = *layout;
    char text[TITLE_SIZE], line[2 * MU_NOTE_SIZE];
    enum mu_style style;

    title(self, language, text, sizeof text);
    if (!self->failed) {
        aside(self, language, line, sizeof line, &style);
        mu_grid_put(grid, layout->work.row, 1, layout->columns - 2, line, MU_MARK, style);
        menu_words(self, language, line, sizeof line);
        mu_grid_put(grid, layout->work.row + 1, 1, layout->columns - 2, line, MU_MARK,
                    self->menu.count ? MU_STYLE_NORMAL : MU_STYLE_DIM);
        counts(self, language, line, sizeof line);
        mu_grid_put(grid, layout->work.row + 2, 1, layout->columns - 2, line, MU_MARK,
                    MU_STYLE_VALUE);
        below.work.row += HEAD;
        below.work.rows -= HEAD;
    }
    mu_app_draw_list(app, &self->list, grid, &below, text, self->failed ? &self->error : NULL,
                     MU_SAY_orders_hint);
}
