#include "tui/screens/list_keys.h"
#include "tui/screens/person.h"
#include "tui/screens/screens.h"

#include <mulin/base/codes.h>
#include <mulin/base/money.h>
#include <mulin/base/text.h>
#include <mulin/desk/round.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The doors of a round, told of by single keys. */
struct round_stops {
    int64_t round_id;
    struct mu_round round;
    struct mu_stops stops;
    struct mu_date today;
    char told[MU_NOTE_SIZE]; /* stands with what is entered next */
    int key;                 /* 1 to 5, pressed for */
    struct mu_stop_at at;    /* this door: other desks may change the list while words are typed */
    bool failed;
    struct mu_error error;
    struct mu_list list;
    unsigned seen;
};

/* What the keys 1 to 5 mean. */
static const struct {
    enum mu_delivery delivery;
    enum mu_pay_method method;
} keys[] = {
    {MU_DELIVERED_WELL, MU_PAY_ACCOUNT}, {MU_NOBODY_ANSWERED, MU_PAY_ACCOUNT},
    {MU_MEAL_REFUSED, MU_PAY_ACCOUNT},   {MU_DELIVERED_WELL, MU_PAY_CASH},
    {MU_DELIVERED_WELL, MU_PAY_CARD},
};

static void read_stops(struct mu_app *app, void *state)
{
    struct round_stops *self = state;
    struct mu_desk *desk = mu_screens_desk(app);
    struct mu_stops found = {0};
    enum mu_status status = mu_read_round(desk, self->round_id, &self->round, &self->error);

    self->today = mu_app_now(app).date;
    if (status == MU_OK)
        status = mu_read_stops(desk, self->round_id, &found, &self->error);
    self->failed = status != MU_OK;
    mu_stops_clear(&self->stops);
    self->stops = found;
    mu_list_count(&self->list, found.count);
}

static const struct mu_stop_at *chosen(const struct round_stops *self)
{
    return &self->stops.at[self->list.cursor];
}

/* ---- what was told ---- */

static void say(struct mu_app *app, const struct mu_stop_answer *answer)
{
    enum mu_language language = mu_app_language(app);
    const char *word = mu_choice_word(&mu_deliveries, answer->stop.delivery, language);
    char text[MU_MESSAGE_SIZE];

    if (answer->meal.refusal != MU_SERVED) {
        mu_meal_answer_text(&answer->meal, language, text, sizeof text);
        mu_app_say(app, MU_TONE_WARNING, MU_SAY_round_told_no_meal, answer->name, word, text, NULL);
    } else if (answer->stop.delivery == MU_DELIVERED_WELL) {
        mu_meal_answer_text(&answer->meal, language, text, sizeof text);
        mu_app_say_text(app, MU_TONE_GOOD, text);
    } else {
        mu_app_say(app, answer->alert ? MU_TONE_WARNING : MU_TONE_GOOD,
                   answer->alert ? MU_SAY_round_told_alert : MU_SAY_round_told, answer->name, word,
                   NULL);
    }
}

/* On to the next door that is not told of, from the cursor on and then from the start. */
static void go_on(struct round_stops *self)
{
    for (size_t i = 0; i < self->stops.count; i++) {
        size_t row = (self->list.cursor + i) % self->stops.count;

        if (!self->stops.at[row].stop.return_id) {
            self->list.cursor = row;
            return;
        }
    }
}

static void tell(struct mu_app *app, struct round_stops *self, const char *reason)
{
    const struct mu_stop_told told = {.delivery = (int)keys[self->key - 1].delivery,
                                      .method = keys[self->key - 1].method,
                                      .told = self->told,
                                      .reason = reason};
    struct mu_stop_answer answer;
    struct mu_error error;

    if (mu_tell_stop(mu_screens_desk(app), self->at.stop.id, &told, &answer, &error) != MU_OK) {
        mu_app_say_error(app, &error);
        return;
    }
    *self->told = '\0';
    say(app, &answer);
    read_stops(app, self);
    go_on(self);
}

static void reason_given(struct mu_app *app, void *state, const char *text)
{
    if (text)
        tell(app, state, text);
}

static void ask(struct mu_app *app, enum mu_message message, const char *first, size_t size,
                void (*answered)(struct mu_app *app, void *context, const char *text),
                struct round_stops *self)
{
    char question[256];

    mu_message_format(question, sizeof question, mu_app_language(app), message, first, NULL);
    mu_app_prompt(app, question, size, true, answered, self);
}

static void press(struct mu_app *app, struct round_stops *self, int key)
{
    self->key = key;
    self->at = *chosen(self);
    if (self->at.stop.return_id)
        ask(app, MU_SAY_stops_ask_reason, self->at.resident.name, MU_REASON_SIZE, reason_given,
            self);
    else
        tell(app, self, NULL);
}

static void words_given(struct mu_app *app, void *state, const char *text)
{
    struct round_stops *self = state;

    (void)app;
    if (text)
        mu_text_copy(self->told, sizeof self->told, text);
}

static void taker_given(struct mu_app *app, void *state, const char *text)
{
    struct round_stops *self = state;
    const struct mu_resident *at = &self->at.resident;
    const struct mu_doors doors = {.estate = at->estate, .building = at->building};
    char number[MU_COUNT_SIZE];
    size_t moved;
    struct mu_error error;

    if (!text)
        return;
    if (mu_move_stops(mu_screens_desk(app), self->round_id, &doors, text, &moved, &error) !=
        MU_OK) {
        mu_app_say_error(app, &error);
        return;
    }
    mu_count_text((int64_t)moved, number);
    mu_app_say(app, MU_TONE_GOOD, MU_SAY_round_moved, text, number, NULL);
    read_stops(app, self);
}

enum { DO_TOLD, DO_BUILDING, DO_FILE };

static void picked(struct mu_app *app, void *state, bool agreed, int code)
{
    struct round_stops *self = state;
    char building[MU_PLACE_SIZE];
    struct mu_error error;

    if (!agreed)
        return;
    if (code == DO_TOLD) {
        ask(app, MU_SAY_stops_ask_told, chosen(self)->resident.name, MU_NOTE_SIZE, words_given,
            self);
    } else if (code == DO_BUILDING) {
        self->at = *chosen(self);
        mu_place_number(self->at.resident.building, building);
        ask(app, MU_SAY_stops_ask_courier, building, MU_PERSON_NAME_SIZE, taker_given, self);
    } else if (mu_open_resident_file(app, chosen(self)->resident.id, &error) != MU_OK) {
        mu_app_say_error(app, &error);
    }
}

static void pick(struct mu_app *app, void *state)
{
    struct round_stops *self = state;
    enum mu_language language = mu_app_language(app);
    const struct mu_pick picks[] = {
        {.code = DO_TOLD, .text = mu_message_text(MU_SAY_stops_pick_told, language)},
        {.code = DO_BUILDING, .text = mu_message_text(MU_SAY_stops_pick_building, language)},
        {.code = DO_FILE, .text = mu_message_text(MU_SAY_alert_pick_file, language)},
    };

    mu_app_pick(app, chosen(self)->resident.name, picks, sizeof picks / sizeof *picks, DO_TOLD,
                picked, self);
}

static const struct mu_list_key stops_key[] = {
    {MU_DO_choose, pick, MU_SAY_alerts_more_label, true, 0, 0},
};

static const struct mu_list_keys stops_keys = {stops_key, sizeof stops_key / sizeof *stops_key,
                                               read_stops, NULL};

static bool stops_event(struct mu_app *app, void *state, const struct mu_event *event)
{
    struct round_stops *self = state;

    if (event->kind == MU_EVENT_TEXT && event->character >= '1' && event->character <= '5') {
        if (self->stops.count)
            press(app, self, event->character - '0');
        return self->stops.count > 0;
    }
    return mu_list_keys_event(&stops_keys, app, self, &self->list, event);
}

static struct mu_offer stops_offer(struct mu_app *app, const void *state, enum mu_action action)
{
    const struct round_stops *self = state;

    return mu_list_keys_offer(&stops_keys, app, &self->list, action);
}

/* ---- drawing ---- */

enum { NAME, ADDRESS, RESULT, MEAL, PHONE };

static const struct mu_column columns[] = {
    [NAME] = {MU_SAY_field_name, 8, 10, 0, MU_MARK, false},
    [ADDRESS] = {MU_SAY_person_address, 16, 26, 0, MU_MARK, false},
    [RESULT] = {MU_SAY_stops_result_column, 10, 10, 0, MU_MARK, false},
    [MEAL] = {MU_SAY_round_meal, 12, 40, 1, MU_MARK, false},
    [PHONE] = {MU_SAY_round_phone, 11, 11, 2, MU_MARK, false},
};

static void meal_cell(const struct mu_stop_at *at, enum mu_language language, char *out,
                      size_t size, enum mu_style *style)
{
    const char *dish = *at->dish ? at->dish : mu_message_text(MU_SAY_round_usual, language);

    if (at->cancelled) {
        mu_text_copy(out, size, mu_message_text(MU_SAY_round_cancelled, language));
        *style = MU_STYLE_WARNING;
    } else {
        snprintf(out, size, "%.80s %.80s %.80s", dish, at->diet, at->note);
    }
}

static void cell(void *context, size_t row, size_t column, enum mu_language language, char *out,
                 size_t size, enum mu_style *style)
{
    const struct round_stops *self = context;
    const struct mu_stop_at *at = &self->stops.at[row];

    switch (column) {
    case NAME:
        mu_text_copy(out, size, at->resident.name);
        break;
    case ADDRESS:
        mu_person_cell(&at->resident, self->today, MU_PERSON_ADDRESS, language, out, size, style);
        break;
    case RESULT:
        mu_text_copy(out, size, mu_choice_word(&mu_deliveries, at->stop.delivery, language));
        if (at->stop.delivery == MU_NOBODY_ANSWERED)
            *style = MU_STYLE_WARNING;
        break;
    case MEAL:
        meal_cell(at, language, out, size, style);
        break;
    default:
        mu_text_copy(out, size, at->resident.phone);
        break;
    }
}

static const struct mu_list_source source = {.cell = cell};

static void stops_draw(struct mu_app *app, void *state, struct mu_grid *grid,
                       const struct mu_layout *layout)
{
    struct round_stops *self = state;
    char line[256], hint[MU_NOTE_SIZE + 64], number[3][MU_COUNT_SIZE];

    mu_count_text(self->round.stops, number[0]);
    mu_count_text(self->round.not_told, number[1]);
    mu_count_text(self->round.no_answer, number[2]);
    mu_message_format(line, sizeof line, mu_app_language(app), MU_SAY_stops_line,
                      self->round.courier, number[0], number[1], number[2], NULL);
    mu_app_draw_list(app, &self->list, grid, layout, line, self->failed ? &self->error : NULL,
                     MU_SAY_stops_hint);
    if (!*self->told)
        return;
    mu_message_format(hint, sizeof hint, mu_app_language(app), MU_SAY_stops_hint_told, self->told,
                      NULL);
    mu_grid_put(grid, layout->hint_row, 1, layout->columns - 1, hint, MU_MARK, MU_STYLE_HINT);
}

static bool stops_tick(struct mu_app *app, void *state)
{
    struct round_stops *self = state;

    if (!mu_screens_changed(app, &self->seen))
        return false;
    read_stops(app, self);
    return true;
}

static void stops_resume(struct mu_app *app, void *state)
{
    read_stops(app, state);
}

static void stops_close(struct mu_app *app, void *state)
{
    struct round_stops *self = state;

    (void)app;
    mu_stops_clear(&self->stops);
    free(self);
}

static const struct mu_screen_type stops_type = {
    .name = "round_stops",
    .title = MU_SAY_stops_title,
    .event = stops_event,
    .draw = stops_draw,
    .offer = stops_offer,
    .typing = mu_typing_keys,
    .tick = stops_tick,
    .resume = stops_resume,
    .close = stops_close,
};

enum mu_status mu_open_round_stops(struct mu_app *app, int64_t round_id, struct mu_error *error)
{
    struct round_stops *self = calloc(1, sizeof *self);

    if (!self)
        return mu_fail_memory(error);
    self->round_id = round_id;
    mu_list_init(&self->list, columns, sizeof columns / sizeof *columns, &source, self);
    self->seen = mu_screens_of(app)->changes;
    read_stops(app, self);
    go_on(self);
    return mu_app_push(app, &stops_type, self, error);
}
