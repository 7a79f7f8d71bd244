#include "tui/screens/records.h"
#include "tui/screens/screens.h"

#include <mulin/base/money.h>
#include <mulin/base/text.h>
#include <mulin/desk/operators.h>
#include <mulin/report/round.h>

#include <stdio.h>
#include <stdlib.h>

/* The rounds of a day. */
struct rounds {
    struct mu_records records; /* of struct mu_round */
    struct mu_desk *desk;      /* borrowed */
    bool tomorrow;
    struct mu_rounds_left left;
    int64_t moving; /* the round for which a taker is asked */
    struct mu_date date;
};

static bool take(void *context, const struct mu_round *round)
{
    return mu_records_add(context, round) != NULL;
}

static enum mu_status read_rounds(struct mu_app *app, void *state, struct mu_error *error)
{
    struct rounds *self = state;
    struct mu_desk *desk = mu_screens_desk(app);
    enum mu_status status;

    self->date = mu_date_add_days(mu_app_now(app).date, self->tomorrow);
    status = mu_list_rounds(desk, self->date, take, state, error);
    if (status == MU_OK)
        status = mu_read_rounds_left(desk, self->date, NULL, &self->left, error);
    return status;
}

static const struct mu_round *chosen(const struct rounds *self)
{
    return mu_records_chosen(&self->records);
}

/* ---- what can be done ---- */

static void courier_given(struct mu_app *app, void *state, const char *text)
{
    struct rounds *self = state;
    struct mu_round round;
    char number[3][MU_COUNT_SIZE];
    size_t added;
    struct mu_error error;

    if (!text)
        return;
    if (mu_make_round(mu_screens_desk(app), self->date, NULL, text, NULL, &round, &added, &error) !=
        MU_OK) {
        mu_app_say_error(app, &error);
        return;
    }
    mu_count_text(round.id, number[0]);
    mu_count_text(round.stops, number[1]);
    mu_count_text((int64_t)added, number[2]);
    mu_app_say(app, MU_TONE_GOOD, MU_SAY_round_made, number[0], round.courier, number[1], number[2],
               NULL);
    mu_records_read(app, self);
}

static void make(struct mu_app *app, void *state)
{
    struct rounds *self = state;

    mu_app_prompt(app, mu_message_text(MU_SAY_rounds_ask_courier, mu_app_language(app)),
                  MU_PERSON_NAME_SIZE, true, courier_given, self);
}

static void taker_given(struct mu_app *app, void *state, const char *text)
{
    struct rounds *self = state;
    char number[MU_COUNT_SIZE];
    size_t moved;
    struct mu_error error;

    if (!text)
        return;
    if (mu_move_stops(mu_screens_desk(app), self->moving, NULL, text, &moved, &error) != MU_OK) {
        mu_app_say_error(app, &error);
        return;
    }
    mu_count_text((int64_t)moved, number);
    mu_app_say(app, MU_TONE_GOOD, MU_SAY_round_moved, text, number, NULL);
    mu_records_read(app, self);
}

static void move(struct mu_app *app, struct rounds *self)
{
    char question[256];

    self->moving = chosen(self)->id;
    mu_message_format(question, sizeof question, mu_app_language(app), MU_SAY_rounds_ask_move,
                      chosen(self)->courier, NULL);
    mu_app_prompt(app, question, MU_PERSON_NAME_SIZE, true, taker_given, self);
}

static void print(struct mu_app *app, const struct rounds *self)
{
    struct mu_desk *desk = mu_screens_desk(app);
    char session[MU_RULE_NAME_SIZE], number[MU_COUNT_SIZE];
    struct mu_round round;
    struct mu_stops stops = {0};
    struct mu_error error;
    enum mu_status status = mu_take_out_round(desk, chosen(self)->id, "lp", &round, &stops, &error);

    if (status == MU_OK) {
        mu_session_name(desk, round.session, session, sizeof session);
        status = mu_print_round(&round, &stops, session, mu_app_language(app), &error);
    }
    mu_count_text((int64_t)stops.count, number);
    mu_stops_clear(&stops);
    if (status != MU_OK)
        mu_app_say_error(app, &error);
    else
        mu_app_say(app, MU_TONE_GOOD, MU_SAY_rounds_printed, round.courier, number, NULL);
}

static void open_round(struct mu_app *app, void *state)
{
    const struct rounds *self = state;
    struct mu_error error;

    if (mu_open_round_stops(app, chosen(self)->id, &error) != MU_OK)
        mu_app_say_error(app, &error);
}

enum { DO_PRINT, DO_MOVE, DO_DAY };

static void picked(struct mu_app *app, void *state, bool agreed, int code)
{
    struct rounds *self = state;

    if (!agreed)
        return;
    switch (code) {
    case DO_PRINT:
        print(app, self);
        break;
    case DO_MOVE:
        move(app, self);
        break;
    default:
        self->tomorrow = !self->tomorrow;
        self->records.list.cursor = 0;
        mu_records_read(app, self);
        break;
    }
}

static void pick(struct mu_app *app, void *state)
{
    struct rounds *self = state;
    enum mu_language language = mu_app_language(app);
    const struct mu_pick picks[] = {
        {.code = DO_PRINT, .text = mu_message_text(MU_SAY_rounds_pick_print, language)},
        {.code = DO_MOVE, .text = mu_message_text(MU_SAY_rounds_pick_move, language)},
        {.code = DO_DAY,
         .text = mu_message_text(
             self->tomorrow ? MU_SAY_rounds_pick_today : MU_SAY_rounds_pick_tomorrow, language)},
    };
    size_t first = self->records.count ? DO_PRINT : DO_DAY;

    mu_app_pick(app,
                self->records.count ? chosen(self)->courier
                                    : mu_message_text(MU_SAY_rounds_pick_title, language),
                picks + first, DO_DAY + 1 - first, picks[first].code, picked, self);
}

static const struct mu_list_key rounds_key[] = {
    {MU_DO_accept, open_round, MU_SAY_rounds_open_label, true, 0, 0},
    {MU_DO_new, make, MU_SAY_rounds_new_label, false, MU_SAY_error_may_run_rounds,
     MU_MAY_run_rounds},
    {MU_DO_choose, pick, MU_SAY_alerts_more_label, false, 0, 0},
};

/* ---- drawing ---- */

enum { SESSION, COURIER, STOPS, NOT_TOLD, NO_ANSWER };

static const struct mu_column columns[] = {
    [SESSION] = {MU_SAY_field_meal_session, 8, 10, 1, MU_MARK, false},
    [COURIER] = {MU_SAY_rounds_courier_column, 12, 24, 0, MU_MARK, false},
    [STOPS] = {MU_SAY_rounds_stops_column, 6, 6, 0, MU_RIGHT, false},
    [NOT_TOLD] = {MU_SAY_rounds_not_told_column, 8, 8, 0, MU_RIGHT, false},
    [NO_ANSWER] = {MU_SAY_rounds_no_answer_column, 9, 9, 0, MU_RIGHT, false},
};

static void cell(void *context, size_t row, size_t column, enum mu_language language, char *out,
                 size_t size, enum mu_style *style)
{
    const struct rounds *self = context;
    const struct mu_round *round = mu_records_row(&self->records, row);
    int numbers[] = {
        [STOPS] = round->stops, [NOT_TOLD] = round->not_told, [NO_ANSWER] = round->no_answer};

    (void)language;
    if (column == SESSION) {
        mu_session_name(self->desk, round->session, out, size);
    } else if (column == COURIER) {
        mu_text_copy(out, size, round->courier);
    } else {
        snprintf(out, size, "%d", numbers[column]);
        if (column != STOPS && numbers[column])
            *style = MU_STYLE_WARNING;
    }
}

static void rounds_draw(struct mu_app *app, void *state, struct mu_grid *grid,
                        const struct mu_layout *layout)
{
    struct rounds *self = state;
    char line[256], day[MU_DATE_SIZE], number[2][MU_COUNT_SIZE];
    bool left = self->left.unassigned || self->left.not_told;

    mu_date_format(self->date, day);
    mu_count_text((int64_t)self->left.unassigned, number[0]);
    mu_count_text(self->left.not_told, number[1]);
    mu_message_format(line, sizeof line, mu_app_language(app),
                      left ? MU_SAY_rounds_line_left : MU_SAY_rounds_line, day, number[0],
                      number[1], NULL);
    mu_records_draw(&self->records, app, grid, layout, line, MU_SAY_rounds_hint);
}

static const struct mu_screen_type rounds_type = {
    .name = "rounds",
    .title = MU_SAY_rounds_title,
    .event = mu_records_event,
    .draw = rounds_draw,
    .offer = mu_records_offer,
    .typing = mu_typing_keys,
    .tick = mu_records_tick,
    .resume = mu_records_read,
    .close = mu_records_close,
};

static const struct mu_records_kind rounds_kind = {
    .type = &rounds_type,
    .row_size = sizeof(struct mu_round),
    .columns = columns,
    .column_count = sizeof columns / sizeof *columns,
    .source = {.cell = cell},
    .empty = MU_SAY_rounds_empty,
    .keys = rounds_key,
    .key_count = sizeof rounds_key / sizeof *rounds_key,
    .read = read_rounds,
};

enum mu_status mu_open_rounds(struct mu_app *app, struct mu_error *error)
{
    struct rounds *self = calloc(1, sizeof *self);

    if (self)
        self->desk = mu_screens_desk(app);
    return mu_records_open(app, &rounds_kind, self, error);
}
