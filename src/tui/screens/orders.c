#include "tui/screens/orders.h"

#include <mulin/base/text.h>
#include <mulin/desk/canteen.h>
#include <mulin/desk/find.h>
#include <mulin/desk/operators.h>
#include <mulin/report/kitchen.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void forget(struct mu_orders_screen *self)
{
    mu_day_orders_clear(&self->orders);
    mu_kitchen_clear(&self->kitchen);
}

static enum mu_status read_all(struct mu_desk *desk, struct mu_orders_screen *self)
{
    enum mu_status status =
        mu_order_time(desk, self->session, self->day, &self->times, &self->error);

    if (status == MU_OK)
        status = mu_read_menu(desk, self->day, self->session, &self->menu, &self->error);
    if (status == MU_OK)
        status = mu_orders_of_day(desk, self->day, self->session, &self->orders, &self->error);
    if (status == MU_OK)
        status = mu_count_kitchen(&self->orders, &self->kitchen, &self->error);
    return status;
}

static int64_t order_at_cursor(const struct mu_orders_screen *self)
{
    return self->list.cursor < self->orders.count ? self->orders.order[self->list.cursor].order_id
                                                  : 0;
}

/* Reads anew; the cursor stays on its order. */
static void read_day(struct mu_app *app, struct mu_orders_screen *self)
{
    int64_t at = order_at_cursor(self);

    forget(self);
    mu_session_name(mu_screens_desk(app), self->session, self->session_name,
                    sizeof self->session_name);
    self->failed = read_all(mu_screens_desk(app), self) != MU_OK;
    mu_list_count(&self->list, self->orders.count);
    for (size_t i = 0; i < self->orders.count; i++)
        if (self->orders.order[i].order_id == at)
            self->list.cursor = i;
}

static void done(struct mu_app *app, void *state)
{
    read_day(app, state);
}

static void go(struct mu_app *app, struct mu_orders_screen *self, int days)
{
    self->day = mu_date_add_days(self->day, days);
    self->list.cursor = self->list.top = 0;
    read_day(app, self);
}

/* ---- orders ---- */

static void say(struct mu_app *app, enum mu_status status, const struct mu_error *error)
{
    if (status != MU_OK)
        mu_app_say_error(app, error);
}

static void order_for(struct mu_app *app, void *state, const struct mu_resident *resident)
{
    const struct mu_orders_screen *self = state;
    struct mu_order order = {
        .resident_id = resident->id, .from = self->day, .serving = MU_EATEN_THERE};
    struct mu_error error;

    mu_text_copy(order.session, sizeof order.session, self->session);
    say(app, mu_open_order_form(app, &order, &error), &error);
}

static void change(struct mu_app *app, const struct mu_orders_screen *self)
{
    struct mu_order order;
    struct mu_error error;
    enum mu_status status =
        mu_read_order(mu_screens_desk(app), order_at_cursor(self), &order, &error);

    if (status == MU_OK)
        status = mu_open_order_form(app, &order, &error);
    say(app, status, &error);
}

struct only {
    struct mu_resident person;
    size_t count;
};

static bool take_only(void *context, const struct mu_resident *resident)
{
    struct only *only = context;

    only->person = *resident;
    return ++only->count < 2;
}

static void scanned(struct mu_app *app, struct mu_orders_screen *self, const char *text)
{
    struct only only = {.count = 0};
    struct mu_error error;

    if (mu_find_residents(mu_screens_desk(app), text, 2, take_only, &only, &error) != MU_OK)
        mu_app_say_error(app, &error);
    else if (only.count != 1)
        mu_app_say(app, MU_TONE_WARNING, MU_SAY_find_nobody_has, text, NULL);
    else
        order_for(app, self, &only.person);
}

static void reason_given(struct mu_app *app, void *state, const char *text);

static void cancel(struct mu_app *app, struct mu_orders_screen *self, const char *reason)
{
    struct mu_order order;
    char until[MU_DATE_SIZE];
    struct mu_error error;

    if (mu_cancel_order(mu_screens_desk(app), self->cancelled, reason, &order, &error) != MU_OK) {
        if (error.message == MU_SAY_error_order_late && !*reason)
            mu_app_prompt(app, mu_message_text(MU_SAY_orders_ask_reason, mu_app_language(app)),
                          MU_REASON_SIZE, true, reason_given, self);
        else
            mu_app_say_error(app, &error);
        return;
    }
    mu_date_format(order.until, until);
    if (order.cancelled)
        mu_app_say(app, MU_TONE_GOOD, MU_SAY_orders_cancelled, NULL);
    else
        mu_app_say(app, MU_TONE_GOOD, MU_SAY_orders_ended, until, NULL);
    read_day(app, self);
}

static void reason_given(struct mu_app *app, void *state, const char *text)
{
    if (text)
        cancel(app, state, text);
}

static void cancel_agreed(struct mu_app *app, void *state, bool yes)
{
    if (yes)
        cancel(app, state, "");
}

static void ask_cancel(struct mu_app *app, struct mu_orders_screen *self)
{
    const struct mu_day_order *order = &self->orders.order[self->list.cursor];
    char question[512], day[64];

    self->cancelled = order->order_id;
    mu_orders_day(self->day, mu_app_language(app), day, sizeof day);
    mu_message_format(question, sizeof question, mu_app_language(app),
                      order->standing ? MU_SAY_orders_ask_end : MU_SAY_orders_ask_cancel,
                      order->resident.name, day, self->session_name, NULL);
    mu_app_confirm(app, question, cancel_agreed, self);
}

/* ---- the kitchen's sheet ---- */

static void show_sheet(struct mu_app *app, const struct mu_orders_screen *self)
{
    struct mu_report_target target = {.format = MU_REPORT_TEXT};
    enum mu_status status;
    struct mu_error error;
    char *text = NULL;
    size_t length;

    target.stream = open_memstream(&text, &length);
    if (!target.stream) {
        (void)mu_fail_memory(&error);
        mu_app_say_error(app, &error);
        return;
    }
    status = mu_report_kitchen(&target, mu_screens_desk(app), self->day, &self->orders,
                               mu_app_language(app), &error);
    if (fclose(target.stream) != 0 && status == MU_OK)
        status = mu_fail_memory(&error);
    if (status == MU_OK)
        mu_app_read(app, mu_message_text(MU_SAY_orders_sheet, mu_app_language(app)), text);
    else
        mu_app_say_error(app, &error);
    free(text);
}

static void write_sheet(struct mu_app *app, void *state, const struct mu_report_target *target)
{
    const struct mu_orders_screen *self = state;
    struct mu_error error;

    if (mu_report_kitchen(target, mu_screens_desk(app), self->day, &self->orders,
                          mu_app_language(app), &error) == MU_OK)
        mu_app_say(app, MU_TONE_GOOD, MU_SAY_orders_sheet_written, target->path, NULL);
    else
        mu_app_say_error(app, &error);
}

static void ask_path(struct mu_app *app, struct mu_orders_screen *self)
{
    char day[MU_DATE_SIZE];

    mu_date_format(self->day, day);
    mu_save_as_table(app, &self->save, MU_SAY_orders_sheet, day, write_sheet, self);
}

/* ---- what else can be done ---- */

enum choice { SHEET, EXPORT, MENU, COPY_YESTERDAY, COPY_WEEK, ABSENCE, ROUNDS, TODAY, SESSION };

static void absence_of(struct mu_app *app, void *state, const struct mu_resident *resident)
{
    const struct mu_orders_screen *self = state;
    struct mu_error error;

    say(app, mu_open_absence_form(app, resident->id, self->day, &error), &error);
}

static void copy_menu(struct mu_app *app, struct mu_orders_screen *self, int days)
{
    struct mu_date from = mu_date_add_days(self->day, days);
    char day[64];
    struct mu_error error;

    if (mu_copy_menu(mu_screens_desk(app), from, self->day, self->session, NULL, &error) != MU_OK) {
        mu_app_say_error(app, &error);
        return;
    }
    mu_orders_day(from, mu_app_language(app), day, sizeof day);
    mu_app_say(app, MU_TONE_GOOD, MU_SAY_orders_menu_copied, day, NULL);
    read_day(app, self);
}

static void choose_session(struct mu_app *app, struct mu_orders_screen *self, int index)
{
    const struct mu_rules *rules;
    struct mu_error error;

    if (mu_desk_rules(mu_screens_desk(app), &rules, NULL, &error) != MU_OK) {
        mu_app_say_error(app, &error);
        return;
    }
    if ((size_t)index < rules->canteen.session_count)
        mu_text_copy(self->session, sizeof self->session, rules->canteen.sessions[index].id);
    read_day(app, self);
}

static void picked(struct mu_app *app, void *state, bool chosen, int code)
{
    struct mu_orders_screen *self = state;
    struct mu_error error;

    if (!chosen)
        return;
    switch (code) {
    case SHEET:
        show_sheet(app, self);
        break;
    case EXPORT:
        ask_path(app, self);
        break;
    case MENU:
        say(app, mu_open_menu_form(app, self->day, self->session, &error), &error);
        break;
    case COPY_YESTERDAY:
        copy_menu(app, self, -1);
        break;
    case COPY_WEEK:
        copy_menu(app, self, -7);
        break;
    case ABSENCE:
        say(app, mu_open_find_for(app, absence_of, self, &error), &error);
        break;
    case ROUNDS:
        say(app, mu_open_rounds(app, &error), &error);
        break;
    case TODAY:
        self->day = mu_app_now(app).date;
        read_day(app, self);
        break;
    default:
        choose_session(app, self, code - SESSION);
        break;
    }
}

static void ask_choice(struct mu_app *app, struct mu_orders_screen *self)
{
    static const struct {
        enum choice choice;
        enum mu_message text;
    } choices[] = {
        {SHEET, MU_SAY_orders_do_sheet},         {EXPORT, MU_SAY_orders_do_export},
        {MENU, MU_SAY_orders_do_menu},           {COPY_YESTERDAY, MU_SAY_orders_do_copy_yesterday},
        {COPY_WEEK, MU_SAY_orders_do_copy_week}, {ABSENCE, MU_SAY_orders_do_absence},
        {ROUNDS, MU_SAY_rounds_title},           {TODAY, MU_SAY_orders_do_today},
    };
    enum { CHOICES = sizeof choices / sizeof *choices };
    enum mu_language language = mu_app_language(app);
    struct mu_pick picks[CHOICES + MU_ORDERS_SESSIONS];
    const struct mu_rules *rules;
    struct mu_error error;
    size_t count = 0;

    for (size_t i = 0; i < CHOICES; i++)
        picks[count++] = (struct mu_pick){.code = (int)choices[i].choice,
                                          .text = mu_message_text(choices[i].text, language)};
    if (mu_desk_rules(mu_screens_desk(app), &rules, NULL, &error) == MU_OK)
        for (size_t i = 0; i < rules->canteen.session_count && i < MU_ORDERS_SESSIONS; i++)
            picks[count++] = (struct mu_pick){.code = SESSION + (int)i,
                                              .text = rules->canteen.sessions[i].name,
                                              .words = rules->canteen.sessions[i].id};
    mu_app_pick(app, mu_message_text(MU_SAY_orders_do, language), picks, count, SHEET, picked,
                self);
}

/* ---- events ---- */

static bool list_event(struct mu_app *app, struct mu_orders_screen *self,
                       const struct mu_event *event)
{
    switch (mu_list_event(&self->list, event, NULL)) {
    case MU_LIST_OPENED:
        change(app, self);
        return true;
    case MU_LIST_IGNORED:
        return false;
    default:
        return true;
    }
}

static bool orders_event(struct mu_app *app, void *state, const struct mu_event *event)
{
    struct mu_orders_screen *self = state;
    struct mu_error error;

    if (event->kind == MU_EVENT_SCAN) {
        scanned(app, self, event->text);
        return true;
    }
    if (event->kind != MU_EVENT_KEY)
        return false;
    switch (event->action) {
    case MU_DO_left:
        go(app, self, -1);
        return true;
    case MU_DO_right:
        go(app, self, 1);
        return true;
    case MU_DO_new:
        say(app, mu_open_find_for(app, order_for, self, &error), &error);
        return true;
    case MU_DO_choose:
        ask_choice(app, self);
        return true;
    case MU_DO_delete:
        if (self->orders.count)
            ask_cancel(app, self);
        return self->orders.count > 0;
    case MU_DO_undo:
        mu_ask_undo(app, done, self);
        return true;
    case MU_DO_refresh:
        read_day(app, self);
        mu_app_say(app, MU_TONE_GOOD, MU_SAY_screen_refreshed, NULL);
        return true;
    default:
        return list_event(app, self, event);
    }
}

static struct mu_offer orders_offer(struct mu_app *app, const void *state, enum mu_action action)
{
    const struct mu_orders_screen *self = state;
    const struct mu_offer yes = {.kind = MU_OFFER_YES};

    (void)app;
    switch (action) {
    case MU_DO_new:
        return (struct mu_offer){.kind = MU_OFFER_YES, .label = MU_SAY_orders_new_label};
    case MU_DO_choose:
        return (struct mu_offer){.kind = MU_OFFER_YES, .label = MU_SAY_orders_do_label};
    case MU_DO_undo:
    case MU_DO_refresh:
        return yes;
    case MU_DO_accept:
        return self->orders.count
                   ? (struct mu_offer){.kind = MU_OFFER_YES, .label = MU_SAY_orders_change_label}
                   : (struct mu_offer){.kind = MU_OFFER_NONE};
    default:
        return (struct mu_offer){.kind = MU_OFFER_NONE};
    }
}

static void orders_draw(struct mu_app *app, void *state, struct mu_grid *grid,
                        const struct mu_layout *layout)
{
    mu_orders_draw(app, state, grid, layout);
}

static bool orders_tick(struct mu_app *app, void *state)
{
    struct mu_orders_screen *self = state;

    if (!mu_screens_changed(app, &self->seen))
        return false;
    read_day(app, self);
    return true;
}

static void orders_close(struct mu_app *app, void *state)
{
    (void)app;
    forget(state);
    free(state);
}

static const struct mu_screen_type orders_type = {
    .name = "orders",
    .title = MU_SAY_orders_title,
    .event = orders_event,
    .draw = orders_draw,
    .offer = orders_offer,
    .typing = mu_typing_keys,
    .tick = orders_tick,
    .resume = done,
    .close = orders_close,
};

/* Lunch, where there is one: nearly all orders are for it. */
static void first_session(struct mu_desk *desk, char *id)
{
    const struct mu_rules *rules;
    const struct mu_session *best;

    if (mu_desk_rules(desk, &rules, NULL, NULL) != MU_OK || !rules->canteen.session_count)
        return;
    best = mu_rules_session(rules, "lunch");
    mu_text_copy(id, MU_RULE_ID_SIZE, best ? best->id : rules->canteen.sessions[0].id);
}

enum mu_status mu_open_orders(struct mu_app *app, struct mu_error *error)
{
    struct mu_orders_screen *self = calloc(1, sizeof *self);
    enum mu_status status;

    if (!self)
        return mu_fail_memory(error);
    status = mu_desk_ask(mu_screens_desk(app), MU_MAY_read_orders, error);
    if (status != MU_OK) {
        free(self);
        return status;
    }
    mu_list_init(&self->list, mu_orders_columns, mu_orders_column_count, &mu_orders_source, self);
    self->list.empty = MU_SAY_orders_none;
    self->seen = mu_screens_of(app)->changes;
    self->day = mu_date_add_days(mu_app_now(app).date, 1);
    first_session(mu_screens_desk(app), self->session);
    read_day(app, self);
    return mu_app_push(app, &orders_type, self, error);
}
