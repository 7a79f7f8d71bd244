#include "tui/line_edit.h"
#include "tui/screens/closing_form.h"
#include "tui/screens/person.h"
#include "tui/screens/screens.h"
#include "tui/screens/session_choice.h"

#include <mulin/base/text.h>
#include <mulin/desk/canteen.h>
#include <mulin/desk/closing.h>
#include <mulin/desk/operators.h>

#include <stdlib.h>
#include <string.h>

enum { DAY_SIZE = 24 };

struct settlement {
    struct mu_line_edit box;
    struct mu_date day;
    char session[MU_RULE_ID_SIZE]; /* "": the whole day */
    struct mu_day_totals totals;
    struct mu_settlement settlement;
    struct mu_verify_report heads;
    bool failed;
    struct mu_error error;
    unsigned seen;
    struct mu_offered_meals *offered; /* owned; NULL: none yet */
};

static void read_day(struct mu_app *app, struct settlement *self)
{
    struct mu_desk *desk = mu_screens_desk(app);

    self->failed =
        mu_settle_day(desk, self->day, *self->session ? self->session : NULL, &self->totals,
                      &self->heads, &self->error) != MU_OK ||
        mu_settle(desk, self->day, self->session, &self->settlement, &self->error) != MU_OK;
    /* What was closed stands as it was then. */
    if (!self->failed && self->settlement.closing.entry_id &&
        strcmp(self->settlement.closing.session, self->session) == 0)
        self->totals = self->settlement.figures.totals;
}

static void close_session(struct mu_app *app, const struct settlement *self)
{
    struct mu_error error;

    if (mu_open_closing_form(app, self->day, self->session, &error) != MU_OK)
        mu_app_say_error(app, &error);
}

static void go(struct mu_app *app, struct settlement *self, struct mu_date day)
{
    char text[MU_DATE_SIZE];

    self->day = day;
    mu_date_format(day, text);
    mu_line_edit_set(&self->box, text);
    read_day(app, self);
}

static void read_box(struct mu_app *app, struct settlement *self)
{
    struct mu_date day;

    if (mu_date_parse(self->box.text, mu_app_now(app).date, &day))
        go(app, self, day);
    else
        mu_app_say(app, MU_TONE_WARNING, MU_SAY_error_date, NULL);
}

static void session_picked(struct mu_app *app, void *state, bool chosen, int code)
{
    struct settlement *self = state;

    if (!chosen)
        return;
    mu_picked_session(app, code, self->session);
    read_day(app, self);
}

static void open_month(struct mu_app *app)
{
    struct mu_error error;

    if (mu_open_month(app, &error) != MU_OK)
        mu_app_say_error(app, &error);
}

static bool settlement_event(struct mu_app *app, void *state, const struct mu_event *event)
{
    struct settlement *self = state;

    switch (event->kind == MU_EVENT_KEY ? event->action : MU_DO_nothing) {
    case MU_DO_accept:
        read_box(app, self);
        return true;
    case MU_DO_page_up:
    case MU_DO_up:
        go(app, self, mu_date_add_days(self->day, -1));
        return true;
    case MU_DO_page_down:
    case MU_DO_down:
        go(app, self, mu_date_add_days(self->day, 1));
        return true;
    case MU_DO_refresh:
        go(app, self, self->day);
        mu_app_say(app, MU_TONE_GOOD, MU_SAY_screen_refreshed, NULL);
        return true;
    case MU_DO_choose:
        mu_ask_session(app, MU_SAY_settlement_whole_day, self->session, session_picked, self);
        return true;
    case MU_DO_save:
        close_session(app, self);
        return true;
    case MU_DO_new:
        open_month(app);
        return true;
    case MU_DO_same:
        mu_ask_meal_price(app, self->day, &self->offered);
        return true;
    default:
        return mu_line_edit_event(&self->box, event) != MU_LINE_IGNORED;
    }
}

static struct mu_offer settlement_offer(struct mu_app *app, const void *state,
                                        enum mu_action action)
{
    const struct settlement *self = state;

    switch (action) {
    case MU_DO_save:
        if (mu_desk_ask(mu_screens_desk(app), MU_MAY_close_session, NULL) != MU_OK)
            return (struct mu_offer){.kind = MU_OFFER_NOT_NOW,
                                     .why = MU_SAY_error_may_close_session};
        if (self->failed || self->settlement.closing.entry_id)
            return (struct mu_offer){.kind = MU_OFFER_NOT_NOW, .why = MU_SAY_closing_closed};
        return (struct mu_offer){.kind = MU_OFFER_YES, .label = MU_SAY_closing_close};
    case MU_DO_accept:
        return (struct mu_offer){.kind = MU_OFFER_YES, .label = MU_SAY_settlement_show};
    case MU_DO_choose:
        return (struct mu_offer){.kind = MU_OFFER_YES, .label = MU_SAY_checkin_session_label};
    case MU_DO_new:
        return (struct mu_offer){.kind = MU_OFFER_YES, .label = MU_SAY_settlement_month};
    case MU_DO_same:
        return (struct mu_offer){.kind = MU_OFFER_YES, .label = MU_SAY_settlement_why};
    case MU_DO_refresh:
        return (struct mu_offer){.kind = MU_OFFER_YES};
    default:
        return (struct mu_offer){.kind = MU_OFFER_NONE};
    }
}

/* One row of the table: name, meals, price, what diners paid, what others paid. */
struct row {
    const char *name;
    int64_t meals;
    struct mu_money price, pay;
};

enum { COUNT = 8, AMOUNT = 11, INDENT = 1 };

static void draw_row(struct mu_grid *grid, struct mu_area area, int row, const struct row *values,
                     enum mu_style style)
{
    struct mu_money money[3] = {values->price, values->pay,
                                mu_money_subtract(values->price, values->pay)};
    int name = area.columns - COUNT - 3 * AMOUNT - INDENT, i;
    char text[MU_MONEY_SIZE], count[MU_COUNT_SIZE];

    if (row >= area.row + area.rows)
        return;
    mu_grid_put(grid, row, INDENT, name, values->name, MU_MARK, style);
    mu_count_text(values->meals, count);
    mu_grid_put(grid, row, INDENT + name, COUNT, count, MU_RIGHT | MU_WHOLE, style);
    for (i = 0; i < 3; i++) {
        mu_money_format(money[i], text);
        mu_grid_put(grid, row, INDENT + name + COUNT + i * AMOUNT, AMOUNT, text,
                    MU_RIGHT | MU_WHOLE, style);
    }
}

static void draw_heading(struct mu_grid *grid, struct mu_area area, enum mu_language language)
{
    static const enum mu_message titles[] = {MU_SAY_settlement_price, MU_SAY_settlement_paid,
                                             MU_SAY_settlement_others};
    int name = area.columns - COUNT - 3 * AMOUNT - INDENT, i;

    mu_grid_put(grid, area.row, INDENT, name, mu_message_text(MU_SAY_settlement_tier, language),
                MU_LEFT, MU_STYLE_TITLE);
    mu_grid_put(grid, area.row, INDENT + name, COUNT,
                mu_message_text(MU_SAY_settlement_meals, language), MU_RIGHT, MU_STYLE_TITLE);
    for (i = 0; i < 3; i++)
        mu_grid_put(grid, area.row, INDENT + name + COUNT + i * AMOUNT, AMOUNT,
                    mu_message_text(titles[i], language), MU_RIGHT, MU_STYLE_TITLE);
}

static int draw_tiers(struct mu_app *app, const struct settlement *self, struct mu_grid *grid,
                      struct mu_area area)
{
    enum mu_language language = mu_app_language(app);
    const struct mu_day_totals *totals = &self->totals;
    char name[MU_RULE_NAME_SIZE];
    int row = area.row + 1;
    struct row sum = {mu_message_text(MU_SAY_settlement_total, language), totals->meals,
                      totals->price, totals->payer[MU_PAYER_SELF]};
    size_t i;

    draw_heading(grid, area, language);
    for (i = 0; i < totals->tier_count; i++) {
        const struct mu_tier_total *tier = &totals->tier[i];
        struct row values = {name, tier->meals, tier->price, tier->pay};

        if (*tier->tier)
            mu_tier_name(mu_screens_desk(app), tier->tier, name, sizeof name);
        else
            values.name = mu_message_text(MU_SAY_screen_full_price, language);
        draw_row(grid, area, row++, &values, MU_STYLE_NORMAL);
    }
    draw_row(grid, area, row++, &sum, MU_STYLE_BIG);
    return row;
}

/* "现金 800.00": a label and an amount on one row, in columns of 26 cells. */
static void draw_amount(struct mu_grid *grid, int row, int column, const char *label,
                        struct mu_money amount)
{
    char text[MU_MONEY_SIZE];

    mu_money_format(amount, text);
    mu_grid_put(grid, row, column, 12, label, MU_MARK, MU_STYLE_LABEL);
    mu_grid_put(grid, row, column + 12, 12, text, MU_RIGHT | MU_WHOLE, MU_STYLE_VALUE);
}

enum { AMOUNT_COLUMN = 27 };

static int draw_payers(const struct settlement *self, struct mu_grid *grid, int row,
                       enum mu_language language)
{
    const struct mu_day_totals *totals = &self->totals;
    int payer, column = INDENT;

    for (int method = 0; method < MU_PAY_METHODS; method++) {
        if (method == MU_PAY_ACCOUNT && !totals->paid[method].fen)
            continue;
        draw_amount(grid, row, column,
                    mu_message_text(mu_pay_method_name((enum mu_pay_method)method), language),
                    totals->paid[method]);
        column += AMOUNT_COLUMN;
    }
    column = INDENT;
    row++;
    for (payer = MU_PAYER_SELF + 1; payer < MU_PAYER_COUNT; payer++) {
        if (!totals->payer[payer].fen)
            continue;
        draw_amount(grid, row, column,
                    mu_message_text(mu_payer_name((enum mu_payer)payer), language),
                    totals->payer[payer]);
        row += column != INDENT;
        column = column == INDENT ? INDENT + AMOUNT_COLUMN : INDENT;
    }
    return row + (column != INDENT);
}

static int draw_late(const struct mu_closing_figures *figures, struct mu_grid *grid, int row,
                     int columns, enum mu_language language)
{
    char late[2][MU_COUNT_SIZE], pay[2][MU_MONEY_SIZE];

    if (!figures->late.meals && !figures->corrected.meals)
        return row;
    mu_count_text(figures->late.meals, late[0]);
    mu_count_text(figures->corrected.meals, late[1]);
    mu_money_format(figures->late.pay, pay[0]);
    mu_money_format(figures->corrected.pay, pay[1]);
    mu_grid_say(grid, row, INDENT, columns, MU_MARK, MU_STYLE_WARNING, language,
                MU_SAY_closing_late, late[0], pay[0], late[1], pay[1], NULL);
    return row + 1;
}

/* The cash, and who counted it. */
static int draw_closing(const struct settlement *self, struct mu_grid *grid, struct mu_area area,
                        int row, enum mu_language language)
{
    const struct mu_closing *closing = &self->settlement.closing;
    const struct mu_closing_figures *figures = &self->settlement.figures;
    int columns = area.columns - INDENT;
    char number[MU_COUNT_SIZE], money[3][MU_MONEY_SIZE], time[MU_MOMENT_SIZE];

    mu_money_format(figures->expected, money[0]);
    if (!closing->entry_id) {
        mu_grid_say(grid, row, INDENT, columns, MU_MARK, MU_STYLE_WARNING, language,
                    MU_SAY_closing_open, money[0], NULL);
        return draw_late(figures, grid, row + 1, columns, language);
    }
    mu_count_text(closing->id, number);
    mu_moment_format(closing->closed_at, time);
    time[10] = ' ';
    time[16] = '\0';
    mu_grid_say(grid, row++, INDENT, columns, MU_MARK, MU_STYLE_GOOD, language, MU_SAY_closing_who,
                number, time, closing->operator_name, closing->second_name, NULL);
    mu_money_format(closing->counted, money[1]);
    mu_money_format(mu_money_subtract(closing->counted, closing->expected), money[2]);
    mu_grid_say(grid, row++, INDENT, columns, MU_MARK,
                *closing->reason ? MU_STYLE_WARNING : MU_STYLE_NORMAL, language,
                *closing->reason ? MU_SAY_closing_differs : MU_SAY_closing_agrees, money[0],
                money[1], money[2], closing->reason, NULL);
    return draw_late(figures, grid, row, columns, language);
}

/* What is written down or printed with the sums, and compared by mulin verify. */
static void draw_heads(const struct mu_verify_report *heads, struct mu_grid *grid,
                       struct mu_area area, int row, enum mu_language language)
{
    char head[MU_HEAD_SIZE];

    mu_head_print(MU_CHAIN_LEDGER, heads->entries, heads->head, head);
    mu_grid_say(grid, row, INDENT, area.columns - INDENT, MU_LEFT, MU_STYLE_HINT, language,
                MU_SAY_settlement_head, head, NULL);
    mu_head_print(MU_CHAIN_AUDIT, heads->audit_entries, heads->audit_head, head);
    mu_grid_say(grid, row + 1, INDENT, area.columns - INDENT, MU_LEFT, MU_STYLE_HINT, language,
                MU_SAY_settlement_audit_head, head, NULL);
}

static void draw_status(struct mu_app *app, struct settlement *self, struct mu_grid *grid,
                        const struct mu_layout *layout)
{
    enum mu_language language = mu_app_language(app);
    char name[MU_RULE_NAME_SIZE];
    int column = 1;

    column += mu_grid_run(grid, layout->status_row, column, 12,
                          mu_message_text(MU_SAY_settlement_day, language), MU_STYLE_LABEL);
    mu_text_copy(name, sizeof name, mu_message_text(MU_SAY_settlement_whole_day, language));
    if (*self->session)
        mu_session_name(mu_screens_desk(app), self->session, name, sizeof name);
    mu_grid_put(grid, layout->status_row, column + 18, layout->columns - column - 18, name, MU_MARK,
                MU_STYLE_TITLE);
    mu_line_edit_draw(&self->box, grid, layout->status_row, column, 16, true, language);
}

static void settlement_draw(struct mu_app *app, void *state, struct mu_grid *grid,
                            const struct mu_layout *layout)
{
    struct settlement *self = state;
    enum mu_language language = mu_app_language(app);
    struct mu_area area = layout->work;
    char text[MU_MESSAGE_SIZE], number[MU_COUNT_SIZE];
    int row;

    area.row++, area.rows--;
    area.columns = area.columns > 90 ? 90 : area.columns;
    if (self->failed) {
        mu_error_text(&self->error, language, text, sizeof text);
        mu_grid_paragraph(grid, area, text, MU_STYLE_BAD);
    } else {
        row = draw_tiers(app, self, grid, area) + 1;
        row = draw_payers(self, grid, row, language);
        mu_count_text(self->totals.voided, number);
        mu_grid_say(grid, row++, INDENT, area.columns - INDENT, MU_LEFT, MU_STYLE_DIM, language,
                    MU_SAY_settlement_voided, number, NULL);
        row = draw_closing(self, grid, area, row, language);
        draw_heads(&self->heads, grid, area, row + 1, language);
    }
    mu_grid_put(grid, layout->hint_row, 1, layout->columns - 1,
                mu_message_text(MU_SAY_settlement_hint, language), MU_LEFT, MU_STYLE_HINT);
    draw_status(app, self, grid, layout);
}

static bool settlement_tick(struct mu_app *app, void *state)
{
    struct settlement *self = state;

    if (!mu_screens_changed(app, &self->seen))
        return false;
    read_day(app, self);
    return true;
}

static void settlement_resume(struct mu_app *app, void *state)
{
    read_day(app, state);
}

static void settlement_close(struct mu_app *app, void *state)
{
    struct settlement *self = state;

    (void)app;
    free(self->offered);
    free(self);
}

static const struct mu_screen_type settlement_type = {
    .name = "settlement",
    .title = MU_SAY_settlement_title,
    .event = settlement_event,
    .draw = settlement_draw,
    .offer = settlement_offer,
    .tick = settlement_tick,
    .resume = settlement_resume,
    .close = settlement_close,
};

enum mu_status mu_open_settlement(struct mu_app *app, struct mu_error *error)
{
    struct settlement *self = calloc(1, sizeof *self);

    if (!self)
        return mu_fail_memory(error);
    mu_line_edit_init(&self->box, DAY_SIZE);
    self->box.folded = true;
    self->seen = mu_screens_of(app)->changes;
    go(app, self, mu_app_now(app).date);
    return mu_app_push(app, &settlement_type, self, error);
}
