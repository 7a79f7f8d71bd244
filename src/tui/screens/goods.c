#include "tui/screens/goods.h"
#include "tui/screens/record_form.h"
#include "tui/screens/records.h"

#include <mulin/base/text.h>
#include <mulin/desk/operators.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { HISTORY = 200, PIECES_TYPED = 16 };

/* The shelf: what points buy. */
struct goods_list {
    struct mu_records records; /* of struct mu_goods */
    bool all;                  /* what is no longer given, too */
    int64_t stocked;           /* goods of which something came, was counted or spoiled */
    enum mu_goods_kind kind;   /* which of them */
    int64_t pieces;
};

/* ---- the form ---- */

static enum mu_status form_read(struct mu_app *app, const void *like, void *out,
                                struct mu_error *error)
{
    const struct mu_goods_form *form = like;
    struct mu_goods goods;
    enum mu_status status = mu_read_goods(mu_screens_desk(app), form->id, &goods, error);

    if (status == MU_OK)
        mu_goods_to_form(&goods, out);
    return status;
}

static enum mu_status form_save(struct mu_app *app, void *record, const char **field,
                                struct mu_error *error)
{
    return mu_save_goods(mu_screens_desk(app), record, field, error);
}

static void form_saved(struct mu_app *app, const void *record)
{
    const struct mu_goods_form *form = record;

    mu_app_say(app, MU_TONE_GOOD, MU_SAY_goods_saved, form->name, NULL);
}

static const struct mu_record_form new_form = {
    .name = "goods_form",
    .title = MU_SAY_goods_form_title,
    .line = MU_SAY_goods_form_line,
    .fields = mu_goods_fields,
    .count = &mu_goods_field_count,
    .size = sizeof(struct mu_goods_form),
    .save = form_save,
    .say_saved = form_saved,
};

static const struct mu_record_form change_form = {
    .name = "goods_form",
    .title = MU_SAY_goods_form_title,
    .line = MU_SAY_goods_form_line,
    .fields = mu_goods_fields,
    .count = &mu_goods_field_count,
    .size = sizeof(struct mu_goods_form),
    .read = form_read,
    .save = form_save,
    .say_saved = form_saved,
};

/* ---- the list ---- */

static bool take(void *context, const struct mu_goods *goods)
{
    return mu_records_add(context, goods) != NULL;
}

static enum mu_status read_goods(struct mu_app *app, void *state, struct mu_error *error)
{
    const struct goods_list *self = state;

    return mu_list_goods(mu_screens_desk(app), self->all, take, state, error);
}

static const struct mu_goods *chosen(const struct goods_list *self)
{
    return mu_records_chosen(&self->records);
}

static void open_form(struct mu_app *app, const struct mu_record_form *kind,
                      const struct mu_goods_form *form)
{
    char number[MU_COUNT_SIZE];
    struct mu_error error;
    enum mu_status status = mu_desk_ask(mu_screens_desk(app), MU_MAY_manage_goods, &error);

    snprintf(number, sizeof number, "%" PRId64, form->id);
    if (status == MU_OK)
        status = mu_open_record_form(
            app, kind, form, number,
            form->id ? form->name : mu_message_text(MU_SAY_goods_new, mu_app_language(app)),
            &error);
    if (status != MU_OK)
        mu_app_say_error(app, &error);
}

static void change(struct mu_app *app, void *state)
{
    struct mu_goods_form form;

    mu_goods_to_form(chosen(state), &form);
    open_form(app, &change_form, &form);
}

static void make(struct mu_app *app, void *state)
{
    const struct mu_goods_form form = {.offered = MU_OFFERED};

    (void)state;
    open_form(app, &new_form, &form);
}

/* ---- the stock ---- */

static void stock(struct mu_app *app, struct goods_list *self, const char *reason)
{
    struct mu_goods goods;
    struct mu_error error;
    char pieces[MU_COUNT_SIZE], left[MU_COUNT_SIZE];

    if (mu_stock_goods(mu_screens_desk(app), self->stocked, self->kind, self->pieces, reason,
                       &goods, &error) != MU_OK) {
        mu_app_say_error(app, &error);
        return;
    }
    mu_count_text(self->pieces, pieces);
    mu_count_text(goods.stock, left);
    mu_app_say(app, MU_TONE_GOOD, MU_SAY_goods_stocked, goods.name,
               mu_message_text(mu_goods_kind_name(self->kind), mu_app_language(app)), pieces, left,
               NULL);
    mu_records_read(app, self);
}

static void reason_given(struct mu_app *app, void *state, const char *text)
{
    if (text)
        stock(app, state, text);
}

static void pieces_given(struct mu_app *app, void *state, const char *text)
{
    struct goods_list *self = state;
    struct mu_points number;
    struct mu_error error;

    if (!text)
        return;
    if (!mu_points_parse(text, &number)) {
        (void)mu_fail(&error, MU_INPUT, MU_SAY_error_goods_pieces, text, NULL);
        mu_app_say_error(app, &error);
        return;
    }
    self->pieces = number.count;
    if (self->kind == MU_GOODS_RECEIVED)
        stock(app, self, NULL);
    else
        mu_app_prompt(app, mu_message_text(MU_SAY_goods_ask_reason, mu_app_language(app)),
                      MU_REASON_SIZE, self->kind == MU_GOODS_SPOILED, reason_given, self);
}

static void ask_pieces(struct mu_app *app, struct goods_list *self, enum mu_goods_kind kind)
{
    static const enum mu_message questions[MU_GOODS_KINDS] = {
        [MU_GOODS_RECEIVED] = MU_SAY_goods_ask_received,
        [MU_GOODS_COUNTED] = MU_SAY_goods_ask_counted,
        [MU_GOODS_SPOILED] = MU_SAY_goods_ask_spoiled};
    char question[MU_MESSAGE_SIZE], now[MU_COUNT_SIZE];

    self->kind = kind;
    self->stocked = chosen(self)->id;
    mu_count_text(chosen(self)->stock, now);
    mu_message_format(question, sizeof question, mu_app_language(app), questions[kind],
                      chosen(self)->name, now, NULL);
    mu_app_prompt(app, question, PIECES_TYPED, true, pieces_given, self);
}

/* ---- what came and went ---- */

struct telling {
    enum mu_language language;
    char text[HISTORY * 160];
    size_t used;
};

/* Adds a line with {0}..{3}; false when there is no more room. */
static bool tell(struct telling *telling, enum mu_message message, const char *first,
                 const char *second, const char *third, const char *fourth)
{
    char line[MU_MESSAGE_SIZE];
    int written;

    mu_message_format(line, sizeof line, telling->language, message, first, second, third, fourth,
                      NULL);
    written =
        snprintf(telling->text + telling->used, sizeof telling->text - telling->used, "%s\n", line);
    if (written < 0 || (size_t)written >= sizeof telling->text - telling->used) {
        telling->text[telling->used] = '\0';
        return false;
    }
    telling->used += (size_t)written;
    return true;
}

static bool tell_move(void *context, const struct mu_goods_move *move)
{
    struct telling *telling = context;
    char day[MU_DATE_SIZE], pieces[MU_COUNT_SIZE], more[512];

    mu_date_format(move->date, day);
    snprintf(pieces, sizeof pieces, "%+" PRId64, move->pieces);
    snprintf(more, sizeof more, "%s%s%s", move->name, *move->name && *move->reason ? " " : "",
             move->reason);
    return tell(telling, MU_SAY_goods_move_line, day,
                mu_message_text(mu_goods_kind_name(move->kind), telling->language), pieces, more);
}

static void show_history(struct mu_app *app, const struct goods_list *self)
{
    const struct mu_goods_filter filter = {.goods_id = chosen(self)->id, .limit = HISTORY};
    struct telling *telling = calloc(1, sizeof *telling);
    struct mu_error error;

    if (!telling) {
        (void)mu_fail_memory(&error);
        mu_app_say_error(app, &error);
        return;
    }
    telling->language = mu_app_language(app);
    if (mu_goods_history(mu_screens_desk(app), &filter, tell_move, telling, &error) != MU_OK)
        mu_app_say_error(app, &error);
    else
        mu_app_read(app, chosen(self)->name,
                    telling->used ? telling->text
                                  : mu_message_text(MU_SAY_goods_no_moves, telling->language));
    free(telling);
}

/* ---- points that run out ---- */

static bool tell_expiry(void *context, const struct mu_expiry *expiry)
{
    struct telling *telling = context;
    char points[MU_POINTS_SIZE], balance[MU_POINTS_SIZE];

    mu_points_format(expiry->points, points);
    mu_points_format(expiry->balance, balance);
    return tell(telling, MU_SAY_goods_expiry_line, expiry->name, points, balance, "");
}

/* For the notice on the wall, a month before. */
static void show_expiring(struct mu_app *app)
{
    struct telling *telling = calloc(1, sizeof *telling);
    struct mu_expiry_report report;
    struct mu_error error;
    char title[MU_MESSAGE_SIZE], day[MU_DATE_SIZE], people[MU_COUNT_SIZE], sum[MU_POINTS_SIZE];
    enum mu_status status = telling ? MU_OK : mu_fail_memory(&error);

    if (status == MU_OK) {
        telling->language = mu_app_language(app);
        status = mu_points_expiring(mu_screens_desk(app), (struct mu_date){0, 0, 0}, tell_expiry,
                                    telling, &report, &error);
    }
    if (status == MU_OK) {
        mu_date_format(report.day, day);
        mu_count_text((int64_t)report.people, people);
        mu_points_format(report.sum, sum);
        mu_message_format(title, sizeof title, telling->language, MU_SAY_goods_expiry_title, day,
                          people, sum, NULL);
        mu_app_read(app, title,
                    telling->used ? telling->text
                                  : mu_message_text(MU_SAY_goods_no_expiry, telling->language));
    } else {
        mu_app_say_error(app, &error);
    }
    free(telling);
}

/* ---- what else can be done ---- */

enum { DO_RECEIVE, DO_COUNT, DO_SPOIL, DO_HISTORY, DO_REDEEM, DO_EXPIRING, DO_ALL, CHOICES };

static void picked(struct mu_app *app, void *state, bool agreed, int code)
{
    struct goods_list *self = state;
    struct mu_error error;

    if (!agreed)
        return;
    switch (code) {
    case DO_RECEIVE:
        ask_pieces(app, self, MU_GOODS_RECEIVED);
        break;
    case DO_COUNT:
        ask_pieces(app, self, MU_GOODS_COUNTED);
        break;
    case DO_SPOIL:
        ask_pieces(app, self, MU_GOODS_SPOILED);
        break;
    case DO_HISTORY:
        show_history(app, self);
        break;
    case DO_REDEEM:
        if (mu_open_redeem(app, &error) != MU_OK)
            mu_app_say_error(app, &error);
        break;
    case DO_EXPIRING:
        show_expiring(app);
        break;
    default:
        self->all = !self->all;
        self->records.list.cursor = 0;
        mu_records_read(app, self);
        break;
    }
}

static void pick(struct mu_app *app, void *state)
{
    struct goods_list *self = state;
    enum mu_language language = mu_app_language(app);
    const enum mu_message words[CHOICES] = {[DO_RECEIVE] = MU_SAY_goods_do_receive,
                                            [DO_COUNT] = MU_SAY_goods_do_count,
                                            [DO_SPOIL] = MU_SAY_goods_do_spoil,
                                            [DO_HISTORY] = MU_SAY_goods_do_history,
                                            [DO_REDEEM] = MU_SAY_goods_do_redeem,
                                            [DO_EXPIRING] = MU_SAY_goods_do_expiring,
                                            [DO_ALL] = self->all ? MU_SAY_goods_do_offered
                                                                 : MU_SAY_goods_do_all};
    struct mu_pick picks[CHOICES];
    int first = self->records.count ? DO_RECEIVE : DO_REDEEM;

    for (int code = 0; code < CHOICES; code++)
        picks[code] =
            (struct mu_pick){.code = code, .text = mu_message_text(words[code], language)};
    mu_app_pick(app,
                self->records.count ? chosen(self)->name
                                    : mu_message_text(MU_SAY_goods_title, language),
                picks + first, (size_t)(CHOICES - first), first, picked, self);
}

static const struct mu_list_key goods_key[] = {
    {MU_DO_accept, change, MU_SAY_goods_change_label, true, 0, 0},
    {MU_DO_new, make, MU_SAY_goods_new_label, false, MU_SAY_error_may_manage_goods,
     MU_MAY_manage_goods},
    {MU_DO_choose, pick, MU_SAY_goods_more_label, false, 0, 0},
};

/* ---- drawing ---- */

enum { NAME, UNIT, PRICE, LIMIT, STOCK, OFFERED };

static const struct mu_column columns[] = {
    [NAME] = {MU_SAY_field_goods_name, 14, 40, 0, MU_MARK, false},
    [UNIT] = {MU_SAY_field_goods_unit, 6, 8, 3, MU_MARK, false},
    [PRICE] = {MU_SAY_field_goods_price, 8, 10, 0, MU_RIGHT, false},
    [LIMIT] = {MU_SAY_field_goods_per_month, 12, 14, 2, MU_RIGHT, false},
    [STOCK] = {MU_SAY_goods_stock_column, 8, 10, 0, MU_RIGHT, false},
    [OFFERED] = {MU_SAY_goods_state_column, 10, 10, 1, MU_MARK, false},
};

static void cell(void *context, size_t row, size_t column, enum mu_language language, char *out,
                 size_t size, enum mu_style *style)
{
    const struct mu_goods *goods = mu_records_row(context, row);

    switch (column) {
    case NAME:
        mu_text_copy(out, size, goods->name);
        break;
    case UNIT:
        mu_text_copy(out, size, goods->unit);
        break;
    case PRICE:
        snprintf(out, size, "%" PRId64, goods->price.count);
        break;
    case LIMIT:
        if (goods->per_month)
            snprintf(out, size, "%d", goods->per_month);
        break;
    case STOCK:
        if (!goods->stock)
            *style = MU_STYLE_WARNING;
        snprintf(out, size, "%" PRId64, goods->stock);
        break;
    default:
        if (!goods->offered)
            mu_text_copy(out, size, mu_message_text(MU_SAY_goods_not_offered, language));
        else if (!goods->stock)
            mu_text_copy(out, size, mu_message_text(MU_SAY_goods_none_left, language));
        break;
    }
}

static void goods_draw(struct mu_app *app, void *state, struct mu_grid *grid,
                       const struct mu_layout *layout)
{
    struct goods_list *self = state;

    mu_records_draw(&self->records, app, grid, layout,
                    mu_message_text(MU_SAY_goods_line, mu_app_language(app)), MU_SAY_goods_hint);
}

static const struct mu_screen_type goods_type = {
    .name = "goods",
    .title = MU_SAY_goods_title,
    .event = mu_records_event,
    .draw = goods_draw,
    .offer = mu_records_offer,
    .typing = mu_typing_keys,
    .tick = mu_records_tick,
    .resume = mu_records_read,
    .close = mu_records_close,
};

static const struct mu_records_kind goods_kind = {
    .type = &goods_type,
    .row_size = sizeof(struct mu_goods),
    .columns = columns,
    .column_count = sizeof columns / sizeof *columns,
    .source = {.cell = cell},
    .empty = MU_SAY_goods_empty,
    .keys = goods_key,
    .key_count = sizeof goods_key / sizeof *goods_key,
    .read = read_goods,
};

enum mu_status mu_open_goods(struct mu_app *app, struct mu_error *error)
{
    return mu_records_open(app, &goods_kind, calloc(1, sizeof(struct goods_list)), error);
}
