#include "tui/screens/redeem.h"

#include <mulin/base/text.h>
#include <mulin/desk/find.h>
#include <mulin/desk/operators.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- the basket as a whole ---- */

/* False when it holds no more kinds of goods: what follows is left out. */
static bool gather(const struct mu_redeem_screen *self, struct mu_basket *basket)
{
    const struct mu_redeem_offer *offer = self->records.row;

    *basket = (struct mu_basket){.resident_id = self->account.file_id};
    for (size_t i = 0; i < self->records.count; i++) {
        if (!offer[i].pieces)
            continue;
        if (basket->count == MU_BASKET)
            return false;
        basket->line[basket->count++] = (struct mu_basket_line){offer[i].goods.id, offer[i].pieces};
    }
    return true;
}

static struct mu_points sum_of(const struct mu_redeem_screen *self, int64_t *pieces)
{
    const struct mu_redeem_offer *offer = self->records.row;
    struct mu_points sum = {0};

    *pieces = 0;
    for (size_t i = 0; i < self->records.count; i++) {
        *pieces += offer[i].pieces;
        sum.count += offer[i].pieces * offer[i].goods.price.count;
    }
    return sum;
}

static void empty_basket(struct mu_redeem_screen *self)
{
    struct mu_redeem_offer *offer = self->records.row;

    for (size_t i = 0; i < self->records.count; i++)
        offer[i].pieces = 0;
    self->basket.count = 0;
}

/* ---- reading ---- */

/* What is in the basket stays there. */
static bool take(void *context, const struct mu_goods *goods)
{
    struct mu_redeem_screen *self = context;
    struct mu_redeem_offer offer = {.goods = *goods, .left = -1};

    for (size_t i = 0; i < self->basket.count; i++)
        if (self->basket.line[i].goods_id == goods->id)
            offer.pieces = self->basket.line[i].pieces;
    return mu_records_add(&self->records, &offer) != NULL;
}

static bool count_taken(void *context, const struct mu_goods_move *move)
{
    struct mu_redeem_screen *self = context;
    struct mu_redeem_offer *offer = self->records.row;

    for (size_t i = 0; i < self->records.count; i++)
        if (offer[i].goods.id == move->goods_id && move->kind == MU_GOODS_GIVEN &&
            !move->returned_by)
            offer[i].taken -= move->pieces;
    return true;
}

/* What each may still have this month. */
static enum mu_status read_limits(struct mu_app *app, struct mu_redeem_screen *self,
                                  struct mu_error *error)
{
    struct mu_date today = mu_app_now(app).date;
    const struct mu_goods_filter filter = {.resident_id = self->account.file_id,
                                           .from = {today.year, today.month, 1}};
    struct mu_redeem_offer *offer = self->records.row;
    const struct mu_rules *rules;
    enum mu_status status = mu_desk_rules(mu_screens_desk(app), &rules, NULL, error);

    if (status == MU_OK)
        status = mu_goods_history(mu_screens_desk(app), &filter, count_taken, self, error);
    for (size_t i = 0; status == MU_OK && i < self->records.count; i++)
        offer[i].left = mu_goods_left(&offer[i].goods, &rules->points, offer[i].taken);
    return status;
}

static enum mu_status read_shelf(struct mu_app *app, void *state, struct mu_error *error)
{
    struct mu_redeem_screen *self = state;
    struct mu_desk *desk = mu_screens_desk(app);
    enum mu_status status = mu_list_goods(desk, false, take, self, error);

    if (status == MU_OK && self->account.file_id)
        status = mu_read_points(desk, self->account.file_id, &self->account, error);
    if (status == MU_OK && self->account.file_id)
        status = read_limits(app, self, error);
    return status;
}

/* ---- whose turn it is ---- */

static void serve(struct mu_app *app, struct mu_redeem_screen *self, int64_t resident_id)
{
    int64_t pieces;

    (void)sum_of(self, &pieces);
    if (pieces && self->account.file_id) {
        mu_app_say(app, MU_TONE_WARNING, MU_SAY_redeem_unfinished, self->account.name, NULL);
        return;
    }
    empty_basket(self);
    self->account = (struct mu_points_account){.file_id = resident_id};
    self->last_move = 0;
    mu_records_read(app, self);
    if (self->records.failed) {
        mu_app_say_error(app, &self->records.error);
        self->account.file_id = 0;
        mu_records_read(app, self);
        return;
    }
    if (self->account.status != MU_LIVING_HERE)
        mu_app_say(app, MU_TONE_WARNING, MU_SAY_redeem_ended, self->account.name, NULL);
    else
        mu_app_say(app, MU_TONE_GOOD, MU_SAY_redeem_welcome, self->account.name, NULL);
}

static void found(struct mu_app *app, void *state, const struct mu_resident *resident)
{
    serve(app, state, resident->id);
}

static void find(struct mu_app *app, void *state)
{
    struct mu_error error;

    if (mu_open_find_for(app, found, state, &error) != MU_OK)
        mu_app_say_error(app, &error);
}

static void scanned(struct mu_app *app, struct mu_redeem_screen *self, const char *text)
{
    struct mu_resident resident;
    struct mu_error error;

    if (mu_find_person(mu_screens_desk(app), text, &resident, &error) != MU_OK)
        mu_app_say_error(app, &error);
    else
        serve(app, self, resident.id);
}

/* ---- the basket ---- */

static void set_pieces(struct mu_app *app, struct mu_redeem_screen *self, int64_t pieces)
{
    struct mu_redeem_offer *offer = mu_records_chosen(&self->records);
    char number[MU_COUNT_SIZE];

    if (!self->account.file_id) {
        mu_app_say(app, MU_TONE_WARNING, MU_SAY_redeem_who_first, NULL);
        return;
    }
    if (pieces < 0)
        return;
    if (pieces > offer->goods.stock) {
        mu_count_text(offer->goods.stock, number);
        mu_app_say(app, MU_TONE_WARNING, MU_SAY_error_redeem_stock, offer->goods.name, number,
                   NULL);
        return;
    }
    if (offer->left >= 0 && pieces > offer->left) {
        mu_count_text(offer->left, number);
        mu_app_say(app, MU_TONE_WARNING, MU_SAY_error_redeem_limit, offer->goods.name,
                   self->account.name, number, NULL);
        return;
    }
    offer->pieces = pieces;
    (void)gather(self, &self->basket);
}

static void add_one(struct mu_app *app, void *state)
{
    const struct mu_redeem_offer *offer = mu_records_chosen(state);

    set_pieces(app, state, offer->pieces + 1);
}

/* A digit goes on with the number of pieces where so many may be had, else begins it anew. */
static int64_t with_digit(const struct mu_redeem_offer *offer, int64_t digit)
{
    int64_t longer = offer->pieces * 10 + digit;

    return longer > offer->goods.stock || (offer->left >= 0 && longer > offer->left) ? digit
                                                                                     : longer;
}

/* Digits make the number of pieces, + and - one more or fewer. */
static bool typed(struct mu_app *app, struct mu_redeem_screen *self, char character)
{
    const struct mu_redeem_offer *offer = mu_records_chosen(&self->records);

    if (!offer)
        return false;
    if (character >= '0' && character <= '9')
        set_pieces(app, self, with_digit(offer, character - '0'));
    else if (character == '+' || character == '=')
        set_pieces(app, self, offer->pieces + 1);
    else if (character == '-')
        set_pieces(app, self, offer->pieces - 1);
    else
        return false;
    return true;
}

static void erase(struct mu_app *app, void *state)
{
    const struct mu_redeem_offer *offer = mu_records_chosen(state);

    set_pieces(app, state, offer->pieces / 10);
}

static void give(struct mu_app *app, void *state)
{
    struct mu_redeem_screen *self = state;
    struct mu_basket basket;
    struct mu_redeemed redeemed;
    struct mu_error error;
    char sum[MU_POINTS_SIZE], rest[MU_POINTS_SIZE];

    if (!gather(self, &basket)) {
        snprintf(sum, sizeof sum, "%d", MU_BASKET);
        mu_app_say(app, MU_TONE_WARNING, MU_SAY_error_basket_full, sum, NULL);
        return;
    }
    if (!self->account.file_id) {
        mu_app_say(app, MU_TONE_WARNING, MU_SAY_redeem_who_first, NULL);
        return;
    }
    if (mu_redeem(mu_screens_desk(app), &basket, &redeemed, &error) != MU_OK) {
        mu_app_say_error(app, &error);
        return;
    }
    empty_basket(self);
    self->last_move = redeemed.move_id;
    mu_records_read(app, self);
    mu_points_format(redeemed.sum, sum);
    mu_points_format(redeemed.after.balance, rest);
    mu_app_say(app, MU_TONE_GOOD, MU_SAY_redeem_done, redeemed.after.name, sum, rest, NULL);
}

/* ---- keys ---- */

static const struct mu_list_key redeem_key[] = {
    {MU_DO_save, give, MU_SAY_redeem_give_label, false, MU_SAY_error_may_give_goods,
     MU_MAY_give_goods},
    {MU_DO_accept, add_one, MU_SAY_redeem_add_label, true, 0, 0},
    {MU_DO_erase, erase, 0, true, 0, 0},
    {MU_DO_find, find, 0, false, 0, 0},
    {MU_DO_choose, mu_redeem_more, MU_SAY_goods_more_label, false, 0, 0},
};

static bool redeem_event(struct mu_app *app, void *state, const struct mu_event *event)
{
    struct mu_redeem_screen *self = state;
    int64_t pieces;

    if (event->kind == MU_EVENT_SCAN) {
        scanned(app, self, event->text);
        return true;
    }
    if (event->kind == MU_EVENT_TEXT)
        return typed(app, self, event->character);
    if (event->kind == MU_EVENT_KEY && event->action == MU_DO_back) {
        (void)sum_of(self, &pieces);
        if (!pieces)
            return false;
        empty_basket(self);
        mu_app_say(app, MU_TONE_PLAIN, MU_SAY_redeem_emptied, NULL);
        return true;
    }
    return mu_records_event(app, self, event);
}

static bool redeem_scan(struct mu_app *app, void *state, const char *text)
{
    scanned(app, state, text);
    return true;
}

/* ---- drawing ---- */

enum { NAME, PRICE, STOCK, LEFT, PIECES, COST };

static const struct mu_column columns[] = {
    [NAME] = {MU_SAY_field_goods_name, 14, 36, 0, MU_MARK, false},
    [PRICE] = {MU_SAY_field_goods_price, 8, 10, 0, MU_RIGHT, false},
    [STOCK] = {MU_SAY_goods_stock_column, 6, 8, 2, MU_RIGHT, false},
    [LEFT] = {MU_SAY_redeem_left_column, 9, 10, 1, MU_RIGHT, false},
    [PIECES] = {MU_SAY_redeem_pieces_column, 6, 8, 0, MU_RIGHT, false},
    [COST] = {MU_SAY_redeem_cost_column, 8, 10, 0, MU_RIGHT, false},
};

static void cell(void *context, size_t row, size_t column, enum mu_language language, char *out,
                 size_t size, enum mu_style *style)
{
    const struct mu_redeem_screen *self = context;
    const struct mu_redeem_offer *offer = mu_records_row(&self->records, row);
    bool none = !offer->goods.stock || offer->left == 0;

    if (none)
        *style = MU_STYLE_DIM;
    if (offer->pieces)
        *style = MU_STYLE_GOOD;
    switch (column) {
    case NAME:
        mu_text_copy(out, size, offer->goods.name);
        break;
    case PRICE:
        snprintf(out, size, "%" PRId64, offer->goods.price.count);
        break;
    case STOCK:
        snprintf(out, size, "%" PRId64, offer->goods.stock);
        break;
    case LEFT:
        if (!offer->goods.stock)
            mu_text_copy(out, size, mu_message_text(MU_SAY_goods_none_left, language));
        else if (offer->left >= 0 && self->account.file_id)
            snprintf(out, size, "%" PRId64, offer->left);
        break;
    case PIECES:
        if (offer->pieces)
            snprintf(out, size, "%" PRId64, offer->pieces);
        break;
    default:
        if (offer->pieces)
            snprintf(out, size, "%" PRId64, offer->pieces * offer->goods.price.count);
        break;
    }
}

/* Whose turn it is, what there is, and what would be left. */
static void title(const struct mu_redeem_screen *self, enum mu_language language, char *out,
                  size_t size)
{
    char balance[MU_POINTS_SIZE], sum_text[MU_POINTS_SIZE], rest[MU_POINTS_SIZE];
    char day[MU_DATE_SIZE];
    int64_t pieces;
    struct mu_points sum = sum_of(self, &pieces);

    mu_points_format(self->account.balance, balance);
    mu_points_format(sum, sum_text);
    mu_points_format(mu_points_subtract(self->account.balance, sum), rest);
    if (!self->account.file_id)
        mu_text_copy(out, size, mu_message_text(MU_SAY_redeem_line_nobody, language));
    else if (pieces)
        mu_message_format(out, size, language, MU_SAY_redeem_line_basket, self->account.name,
                          balance, sum_text, rest, NULL);
    else if (self->account.soon.count > 0) {
        mu_points_format(self->account.soon, sum_text);
        mu_date_format(self->account.soon_on, day);
        mu_message_format(out, size, language, MU_SAY_redeem_line_soon, self->account.name, balance,
                          sum_text, day, NULL);
    } else
        mu_message_format(out, size, language, MU_SAY_redeem_line, self->account.name, balance,
                          NULL);
}

static void redeem_draw(struct mu_app *app, void *state, struct mu_grid *grid,
                        const struct mu_layout *layout)
{
    struct mu_redeem_screen *self = state;
    char line[MU_MESSAGE_SIZE];

    title(self, mu_app_language(app), line, sizeof line);
    mu_records_draw(&self->records, app, grid, layout, line, MU_SAY_redeem_hint);
}

static const struct mu_screen_type redeem_type = {
    .name = "redeem",
    .title = MU_SAY_redeem_title,
    .event = redeem_event,
    .draw = redeem_draw,
    .offer = mu_records_offer,
    .typing = mu_typing_keys,
    .scan = redeem_scan,
    .tick = mu_records_tick,
    .resume = mu_records_read,
    .close = mu_records_close,
};

static const struct mu_records_kind redeem_kind = {
    .type = &redeem_type,
    .row_size = sizeof(struct mu_redeem_offer),
    .columns = columns,
    .column_count = sizeof columns / sizeof *columns,
    .source = {.cell = cell},
    .empty = MU_SAY_redeem_empty,
    .keys = redeem_key,
    .key_count = sizeof redeem_key / sizeof *redeem_key,
    .read = read_shelf,
};

enum mu_status mu_open_redeem(struct mu_app *app, struct mu_error *error)
{
    return mu_records_open(app, &redeem_kind, calloc(1, sizeof(struct mu_redeem_screen)), error);
}
