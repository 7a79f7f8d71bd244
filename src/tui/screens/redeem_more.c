#include "tui/screens/redeem.h"

#include <mulin/report/receipt.h>

#include <inttypes.h>
#include <stdio.h>

enum { POINTS_TYPED = 16 };

/* ---- what comes back ---- */

static bool keep_given(void *context, const struct mu_goods_move *move)
{
    struct mu_redeem_screen *self = context;

    if (move->kind == MU_GOODS_GIVEN && !move->returned_by)
        self->given[self->given_count++] = *move;
    return self->given_count < MU_REDEEM_GIVEN;
}

static void back_reason(struct mu_app *app, void *state, const char *text)
{
    struct mu_redeem_screen *self = state;
    struct mu_redeemed redeemed;
    struct mu_error error;
    char sum[MU_POINTS_SIZE], rest[MU_POINTS_SIZE];

    if (!text)
        return;
    if (mu_give_back(mu_screens_desk(app), self->back, text, &redeemed, &error) != MU_OK) {
        mu_app_say_error(app, &error);
        return;
    }
    self->last_move = redeemed.move_id;
    mu_records_read(app, self);
    mu_points_format(redeemed.sum, sum);
    mu_points_format(redeemed.after.balance, rest);
    mu_app_say(app, MU_TONE_GOOD, MU_SAY_redeem_back_done, redeemed.after.name, sum, rest, NULL);
}

static void back_picked(struct mu_app *app, void *state, bool agreed, int code)
{
    struct mu_redeem_screen *self = state;

    if (!agreed)
        return;
    self->back = self->given[code].id;
    mu_app_prompt(app, mu_message_text(MU_SAY_redeem_ask_back, mu_app_language(app)),
                  MU_REASON_SIZE, true, back_reason, self);
}

static void ask_back(struct mu_app *app, void *state)
{
    struct mu_redeem_screen *self = state;
    const struct mu_goods_filter filter = {.resident_id = self->account.file_id};
    struct mu_pick picks[MU_REDEEM_GIVEN];
    struct mu_error error;

    self->given_count = 0;
    if (mu_goods_history(mu_screens_desk(app), &filter, keep_given, self, &error) != MU_OK) {
        mu_app_say_error(app, &error);
        return;
    }
    if (!self->given_count) {
        mu_app_say(app, MU_TONE_PLAIN, MU_SAY_redeem_nothing_given, self->account.name, NULL);
        return;
    }
    for (size_t i = 0; i < self->given_count; i++) {
        const struct mu_goods_move *move = &self->given[i];
        char day[MU_DATE_SIZE];

        mu_date_format(move->date, day);
        snprintf(self->given_text[i], MU_REDEEM_LABEL, "%s %s × %" PRId64 "%s", day,
                 move->goods_name, -move->pieces, move->goods_unit);
        picks[i] = (struct mu_pick){.code = (int)i, .text = self->given_text[i]};
    }
    mu_app_pick(app, mu_message_text(MU_SAY_redeem_pick_back, mu_app_language(app)), picks,
                self->given_count, 0, back_picked, self);
}

/* ---- handing on ---- */

static void points_given(struct mu_app *app, void *state, const char *text)
{
    struct mu_redeem_screen *self = state;
    struct mu_points_account after[2];
    struct mu_points points;
    struct mu_error error;
    enum mu_status status;
    char sum[MU_POINTS_SIZE], rest[MU_POINTS_SIZE];

    if (!text)
        return;
    if (!mu_points_parse(text, &points))
        status = mu_fail(&error, MU_INPUT, MU_SAY_error_transfer_points, text, NULL);
    else
        status = mu_transfer_points(mu_screens_desk(app), self->account.file_id, self->receiver,
                                    points, NULL, after, &error);
    if (status != MU_OK) {
        mu_app_say_error(app, &error);
        return;
    }
    mu_records_read(app, self);
    mu_points_format(points, sum);
    mu_points_format(after[0].balance, rest);
    mu_app_say(app, MU_TONE_GOOD, MU_SAY_redeem_transferred, after[0].name, sum, after[1].name,
               rest, NULL);
}

static void receiver_found(struct mu_app *app, void *state, const struct mu_resident *resident)
{
    struct mu_redeem_screen *self = state;
    char question[MU_MESSAGE_SIZE], balance[MU_POINTS_SIZE];

    self->receiver = resident->id;
    mu_points_format(self->account.balance, balance);
    mu_message_format(question, sizeof question, mu_app_language(app), MU_SAY_redeem_ask_points,
                      self->account.name, resident->name, balance, NULL);
    mu_app_prompt(app, question, POINTS_TYPED, true, points_given, self);
}

/* ---- the receipt ---- */

static void show_receipt(struct mu_app *app, const struct mu_redeem_screen *self, bool print)
{
    struct mu_receipt receipt;
    char text[MU_RECEIPT_SIZE];
    struct mu_error error;
    enum mu_status status =
        mu_read_receipt(mu_screens_desk(app), self->last_move, &receipt, &error);

    if (status == MU_OK && print)
        status = mu_print_receipt(&receipt, mu_app_language(app), &error);
    if (status != MU_OK) {
        mu_app_say_error(app, &error);
    } else if (print) {
        mu_app_say(app, MU_TONE_GOOD, MU_SAY_redeem_printed, receipt.name, NULL);
    } else {
        mu_receipt_write(&receipt, MU_RECEIPT_COLUMNS, mu_app_language(app), text);
        mu_app_read(app, mu_message_text(MU_SAY_receipt_title, mu_app_language(app)), text);
    }
}

/* ---- what else can be done ---- */

enum { DO_RECEIPT, DO_PRINT, DO_BACK, DO_TRANSFER, DO_STATEMENT, DO_SHELF, CHOICES };

static void picked(struct mu_app *app, void *state, bool agreed, int code)
{
    struct mu_redeem_screen *self = state;
    struct mu_error error;
    enum mu_status status = MU_OK;

    if (!agreed)
        return;
    switch (code) {
    case DO_RECEIPT:
    case DO_PRINT:
        show_receipt(app, self, code == DO_PRINT);
        break;
    case DO_BACK:
        ask_back(app, self);
        break;
    case DO_TRANSFER:
        status = mu_open_find_for(app, receiver_found, self, &error);
        break;
    case DO_STATEMENT:
        status = mu_open_points_statement(app, self->account.file_id, 0, &error);
        break;
    default:
        status = mu_open_goods(app, &error);
        break;
    }
    if (status != MU_OK)
        mu_app_say_error(app, &error);
}

void mu_redeem_more(struct mu_app *app, void *state)
{
    static const enum mu_message words[CHOICES] = {
        [DO_RECEIPT] = MU_SAY_redeem_do_receipt,     [DO_PRINT] = MU_SAY_redeem_do_print,
        [DO_BACK] = MU_SAY_redeem_do_back,           [DO_TRANSFER] = MU_SAY_redeem_do_transfer,
        [DO_STATEMENT] = MU_SAY_redeem_do_statement, [DO_SHELF] = MU_SAY_redeem_do_shelf};
    struct mu_redeem_screen *self = state;
    const struct mu_rules *rules;
    enum mu_language language = mu_app_language(app);
    struct mu_pick picks[CHOICES];
    size_t count = 0;
    bool hands_on = mu_desk_rules(mu_screens_desk(app), &rules, NULL, NULL) == MU_OK &&
                    rules->points.transfers == MU_TRANSFER_HOUSEHOLD;

    for (int code = 0; code < CHOICES; code++) {
        if ((code <= DO_PRINT && !self->last_move) || (code == DO_TRANSFER && !hands_on) ||
            (code < DO_SHELF && !self->account.file_id))
            continue;
        picks[count++] =
            (struct mu_pick){.code = code, .text = mu_message_text(words[code], language)};
    }
    mu_app_pick(app,
                self->account.file_id ? self->account.name
                                      : mu_message_text(MU_SAY_redeem_title, language),
                picks, count, picks[0].code, picked, self);
}
