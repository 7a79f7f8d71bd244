#include "tui/screens/month_choice.h"
#include "tui/screens/save_as.h"
#include "tui/screens/screens.h"

#include <mulin/base/text.h>
#include <mulin/desk/operators.h>
#include <mulin/domain/head.h>
#include <mulin/report/month.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    MEDIUM = 80, /* columns of a screen */
    WIDE = 100,
    BAR_NARROW = 8,
    BAR_MEDIUM = 16,
    BAR_WIDE = 36,
    LEAST_ROWS = 4, /* of the list */
    LABEL_SIZE = MU_PERSON_NAME_SIZE + 32
};

enum column { NAME, MEALS, PEOPLE, PRICE, PAY, BARS, COLUMNS };

struct month {
    struct mu_month *shown; /* NULL: it could not be counted */
    struct mu_error error;
    struct mu_date first;
    enum mu_month_by by;
    struct mu_column column[COLUMNS];
    enum column meaning[COLUMNS]; /* of each column that is shown */
    size_t columns;
    int bar; /* cells of the longest bar */
    int longest;
    struct mu_list list;
    bool posted;
    struct mu_save_as save;
    unsigned seen;
};

/* Rows. */

static const struct mu_month_group *group_of(const struct month *self)
{
    return self->shown ? &self->shown->group[self->by] : NULL;
}

static void show_column(struct month *self, enum column meaning, struct mu_column column)
{
    self->column[self->columns] = column;
    self->meaning[self->columns++] = meaning;
}

static void choose_columns(struct month *self)
{
    bool payer = self->by == MU_MONTH_BY_PAYER, method = self->by == MU_MONTH_BY_METHOD;
    bool tier = self->by == MU_MONTH_BY_TIER, person = self->by == MU_MONTH_BY_PERSON;

    self->columns = 0;
    show_column(self, NAME, (struct mu_column){MU_SAY_report_name, 10, 24, 0, MU_MARK, false});
    show_column(self, MEALS, (struct mu_column){MU_SAY_month_meals, 6, 8, 0, MU_RIGHT, false});
    if (tier || person)
        show_column(self, PEOPLE,
                    (struct mu_column){tier ? MU_SAY_month_people : MU_SAY_month_days, 6, 7, 5,
                                       MU_RIGHT, false});
    if (!method)
        show_column(self, PRICE,
                    (struct mu_column){payer ? MU_SAY_month_amount : MU_SAY_settlement_price, 10,
                                       12, payer ? 0 : 4, MU_RIGHT, false});
    if (!payer)
        show_column(self, PAY,
                    (struct mu_column){MU_SAY_settlement_paid, 10, 12, 0, MU_RIGHT, false});
    show_column(self, BARS, (struct mu_column){MU_SAY_report_bar, 0, 0, 3, MU_LEFT, false});
}

static void cell(void *context, size_t row, size_t index, enum mu_language language, char *out,
                 size_t size, enum mu_style *style);
static const struct mu_list_source source = {.cell = cell};

static void show_rows(struct month *self, size_t cursor)
{
    const struct mu_month_group *group = group_of(self);
    size_t count = group ? group->count : 0;

    self->longest = 0;
    for (size_t i = 0; i < count; i++)
        if (group->row[i].meals > self->longest)
            self->longest = group->row[i].meals;
    choose_columns(self);
    mu_list_init(&self->list, self->column, self->columns, &source, self);
    self->list.empty = MU_SAY_month_empty;
    mu_list_count(&self->list, count);
    self->list.cursor = cursor < count ? cursor : 0;
}

/* On the screen names are masked: whole ones leave a note in the trail. */
static enum mu_status read_people(struct mu_app *app, struct month *self, struct mu_error *error)
{
    if (!self->shown || self->by != MU_MONTH_BY_PERSON)
        return MU_OK;
    return mu_month_people(mu_screens_desk(app), self->shown, true, "-", error);
}

static bool read_month(struct mu_app *app, struct month *self, struct mu_date first)
{
    struct mu_month *month = NULL;

    if (mu_count_month(mu_screens_desk(app), first, &month, &self->error) != MU_OK) {
        mu_app_say_error(app, &self->error);
        return false;
    }
    mu_month_free(&self->shown);
    self->shown = month;
    self->first = first;
    if (read_people(app, self, &self->error) != MU_OK)
        mu_app_say_error(app, &self->error);
    show_rows(self, self->list.cursor);
    return true;
}

static void look(struct mu_app *app, struct month *self, int step)
{
    self->by = (enum mu_month_by)(((int)self->by + step + MU_MONTH_GROUPS) % MU_MONTH_GROUPS);
    if (read_people(app, self, &self->error) != MU_OK)
        mu_app_say_error(app, &self->error);
    show_rows(self, 0);
}

static void month_given(struct mu_app *app, void *context, const char *text)
{
    struct mu_date today = mu_app_now(app).date, first = {today.year, today.month, 1};

    if (mu_month_given(app, text, &first))
        read_month(app, context, first);
}

/* Export. */

static void write_file(struct mu_app *app, void *state, const struct mu_report_target *target)
{
    struct month *self = state;
    struct mu_month *month = NULL;
    struct mu_error error;
    enum mu_status status = mu_count_month(mu_screens_desk(app), self->first, &month, &error);

    if (status == MU_OK && self->posted)
        mu_month_for_posting(month);
    if (status == MU_OK && self->by == MU_MONTH_BY_PERSON)
        status = mu_month_people(mu_screens_desk(app), month, self->posted, target->path, &error);
    if (status == MU_OK)
        status =
            mu_report_month(target, month, self->by, self->posted, mu_app_language(app), &error);
    mu_month_free(&month);
    if (status == MU_OK)
        mu_app_say(app, MU_TONE_GOOD, MU_SAY_report_saved, target->path, NULL);
    else
        mu_app_say_error(app, &error);
}

static void kind_picked(struct mu_app *app, void *context, bool chosen, int code)
{
    struct month *self = context;
    char month[MU_MONTH_SIZE];

    if (!chosen)
        return;
    self->posted = code != 0;
    mu_month_format(self->first, month);
    mu_save_as_table(app, &self->save, self->posted ? MU_SAY_month_file_posted : MU_SAY_month_file,
                     month, write_file, self);
}

static void ask_export(struct mu_app *app, struct month *self)
{
    enum mu_language language = mu_app_language(app);
    const struct mu_pick picks[] = {
        {0, mu_message_text(MU_SAY_month_inside, language), NULL, NULL},
        {1, mu_message_text(MU_SAY_month_posted, language), NULL, NULL}};

    mu_app_pick(app, mu_message_text(MU_SAY_month_export, language), picks, 2, 1, kind_picked,
                self);
}

/* The share. */

static void share_answered(struct mu_app *app, void *context, bool yes)
{
    struct month *self = context;
    struct mu_month_share share;
    struct mu_error error;
    char month[MU_MONTH_SIZE], amount[MU_MONEY_SIZE];

    if (!yes)
        return;
    if (mu_book_month_share(mu_screens_desk(app), self->first, &share, &error) != MU_OK) {
        mu_app_say_error(app, &error);
        return;
    }
    mu_month_format(self->first, month);
    mu_money_format(share.booked, amount);
    if (read_month(app, self, self->first))
        mu_app_say(app, MU_TONE_GOOD, MU_SAY_month_share_booked, month, amount, NULL);
}

static void ask_share(struct mu_app *app, struct month *self)
{
    const struct mu_month_share *share = &self->shown->share;
    char question[MU_MESSAGE_SIZE], month[MU_MONTH_SIZE], percent[16];
    char base[MU_MONEY_SIZE], amount[MU_MONEY_SIZE];

    mu_month_format(self->first, month);
    snprintf(percent, sizeof percent, "%d", share->basis_points / 100);
    mu_money_format(share->base, base);
    mu_money_format(share->amount, amount);
    mu_message_format(question, sizeof question, mu_app_language(app), MU_SAY_month_ask_share,
                      month, base, percent, amount, NULL);
    mu_app_confirm(app, question, share_answered, self);
}

/* Keys. */

static bool month_event(struct mu_app *app, void *state, const struct mu_event *event)
{
    struct month *self = state;

    if (event->kind != MU_EVENT_KEY)
        return false;
    switch (event->action) {
    case MU_DO_left:
        read_month(app, self, mu_month_add(self->first, -1));
        return true;
    case MU_DO_right:
        read_month(app, self, mu_month_add(self->first, 1));
        return true;
    case MU_DO_choose:
    case MU_DO_next:
        look(app, self, 1);
        return true;
    case MU_DO_previous:
        look(app, self, -1);
        return true;
    case MU_DO_new:
        mu_ask_month(app, MU_SAY_month_ask, month_given, self);
        return true;
    case MU_DO_save:
        ask_export(app, self);
        return true;
    case MU_DO_same:
        ask_share(app, self);
        return true;
    case MU_DO_refresh:
        if (read_month(app, self, self->first))
            mu_app_say(app, MU_TONE_GOOD, MU_SAY_screen_refreshed, NULL);
        return true;
    default:
        return mu_list_event(&self->list, event, NULL) != MU_LIST_IGNORED;
    }
}

static struct mu_offer share_offer(struct mu_app *app, const struct month *self)
{
    const struct mu_month *month = self->shown;
    enum mu_message why = MU_SAY_month_no_rule;

    if (mu_desk_ask(mu_screens_desk(app), MU_MAY_book_fund, NULL) != MU_OK)
        why = MU_SAY_error_may_book_fund;
    else if (month && month->share.entry_id)
        why = MU_SAY_month_share_done;
    else if (month && month->share.basis_points && !month->over)
        why = MU_SAY_month_line_open;
    else if (month && month->share.basis_points)
        return (struct mu_offer){.kind = MU_OFFER_YES, .label = MU_SAY_month_share_label};
    return (struct mu_offer){.kind = MU_OFFER_NOT_NOW, .why = why};
}

static struct mu_offer month_offer(struct mu_app *app, const void *state, enum mu_action action)
{
    switch (action) {
    case MU_DO_choose:
        return (struct mu_offer){.kind = MU_OFFER_YES, .label = MU_SAY_report_look_label};
    case MU_DO_new:
        return (struct mu_offer){.kind = MU_OFFER_YES, .label = MU_SAY_month_label};
    case MU_DO_save:
        return (struct mu_offer){.kind = MU_OFFER_YES, .label = MU_SAY_month_export_label};
    case MU_DO_same:
        return share_offer(app, state);
    case MU_DO_refresh:
        return (struct mu_offer){.kind = MU_OFFER_YES};
    default:
        return (struct mu_offer){.kind = MU_OFFER_NONE};
    }
}

/* Drawing. */

static void bar_text(const struct month *self, int meals, char *out, size_t size)
{
    static const char block[] = "█";
    int cells = self->longest ? (meals * self->bar * 2 + self->longest) / (2 * self->longest) : 0;
    size_t used = 0;

    if (cells == 0 && meals > 0)
        cells = 1; /* whoever was there is seen */
    *out = '\0';
    for (int i = 0; i < cells && i < self->bar && used + sizeof block <= size; i++)
        used += (size_t)snprintf(out + used, size - used, "%s", block);
}

static void cell(void *context, size_t row, size_t index, enum mu_language language, char *out,
                 size_t size, enum mu_style *style)
{
    const struct month *self = context;
    const struct mu_month_row *values = &group_of(self)->row[row];
    char text[LABEL_SIZE];

    switch (self->meaning[index]) {
    case NAME:
        mu_month_label(self->by, values, language, out, size);
        return;
    case BARS:
        bar_text(self, values->meals, out, size);
        *style = MU_STYLE_LABEL;
        return;
    case MEALS:
        mu_count_text(values->meals, text);
        break;
    case PEOPLE:
        mu_count_text(self->by == MU_MONTH_BY_TIER ? values->people : values->days, text);
        break;
    default:
        mu_money_format(self->meaning[index] == PRICE ? values->price : values->pay, text);
        break;
    }
    mu_text_copy(out, size, text);
}

/* Lines beside the figures and the head of the ledger, at the end of the area, which loses those
 * rows. */
static void draw_notes(const struct month *self, struct mu_grid *grid, struct mu_area *area,
                       enum mu_language language)
{
    char lines[MU_MONTH_LINES][MU_MONTH_LINE_SIZE], head[MU_HEAD_SIZE];
    int count = (int)mu_month_lines(self->shown, language, lines), rows = count + 1, row;

    if (rows > area->rows - LEAST_ROWS)
        rows = area->rows - LEAST_ROWS;
    if (rows < 1)
        return;
    area->rows -= rows;
    row = area->row + area->rows;
    for (int i = 0; i < count && i < rows - 1; i++)
        mu_grid_put(grid, row++, area->column + 1, area->columns - 1, lines[i], MU_MARK,
                    MU_STYLE_NORMAL);
    mu_head_print(MU_CHAIN_LEDGER, self->shown->entries, self->shown->head, head);
    mu_grid_say(grid, row, area->column + 1, area->columns - 1, MU_LEFT, MU_STYLE_HINT, language,
                MU_SAY_settlement_head, head, NULL);
}

static void month_draw(struct mu_app *app, void *state, struct mu_grid *grid,
                       const struct mu_layout *layout)
{
    struct month *self = state;
    enum mu_language language = mu_app_language(app);
    struct mu_area area = layout->work;
    struct mu_column *bars = &self->column[self->columns - 1];
    char title[LABEL_SIZE], name[MU_MONTH_SIZE];

    self->bar = layout->columns >= WIDE     ? BAR_WIDE
                : layout->columns >= MEDIUM ? BAR_MEDIUM
                                            : BAR_NARROW;
    bars->narrowest = bars->widest = self->bar;
    mu_month_format(self->first, name);
    mu_message_format(title, sizeof title, language, MU_SAY_month_table_title, name,
                      mu_message_text(mu_month_by_name(self->by), language), NULL);
    mu_grid_put(grid, layout->status_row, 1, layout->columns - 2, title, MU_MARK, MU_STYLE_TITLE);
    if (self->shown) {
        draw_notes(self, grid, &area, language);
        mu_list_draw(&self->list, grid, area, true, language);
    }
    mu_grid_put(grid, layout->hint_row, 1, layout->columns - 1,
                mu_message_text(MU_SAY_month_hint, language), MU_LEFT, MU_STYLE_HINT);
}

static bool month_tick(struct mu_app *app, void *state)
{
    struct month *self = state;

    return mu_screens_changed(app, &self->seen) && read_month(app, self, self->first);
}

static void month_close(struct mu_app *app, void *state)
{
    struct month *self = state;

    (void)app;
    mu_month_free(&self->shown);
    free(self);
}

static const struct mu_screen_type month_type = {
    .name = "month",
    .title = MU_SAY_month_title,
    .event = month_event,
    .draw = month_draw,
    .offer = month_offer,
    .typing = mu_typing_keys,
    .tick = month_tick,
    .close = month_close,
};

enum mu_status mu_open_month(struct mu_app *app, struct mu_error *error)
{
    struct month *self = calloc(1, sizeof *self);
    struct mu_date today = mu_app_now(app).date;
    enum mu_status status;

    if (!self)
        return mu_fail_memory(error);
    self->first = (struct mu_date){today.year, today.month, 1};
    self->seen = mu_screens_of(app)->changes;
    status = mu_count_month(mu_screens_desk(app), self->first, &self->shown, error);
    if (status != MU_OK) {
        free(self);
        return status;
    }
    show_rows(self, 0);
    return mu_app_push(app, &month_type, self, error);
}
