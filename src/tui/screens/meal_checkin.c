#include "tui/screens/meal_checkin.h"
#include "tui/screens/meal_ticket.h"
#include "tui/screens/person.h"
#include "tui/screens/screens.h"
#include "tui/screens/session_choice.h"

#include <mulin/base/text.h>
#include <mulin/desk/closing.h>
#include <mulin/desk/find.h>
#include <mulin/desk/operators.h>
#include <mulin/desk/register.h>

#include <stdlib.h>
#include <string.h>

const char *mu_checkin_query(const struct meal_checkin *self)
{
    const char *text = self->box.text;

    return mu_text_trim(&text) ? text : "";
}

size_t mu_checkin_target(const struct meal_checkin *self)
{
    int64_t wanted = self->chosen_meal ? self->chosen_meal : self->own_last;
    size_t i, newest = MU_CHECKIN_MEALS;

    for (i = self->meal_count; i-- > 0;) {
        if (self->meals[i].void_entry_id)
            continue;
        if (self->meals[i].id == wanted)
            return i;
        newest = i;
    }
    return self->chosen_meal ? MU_CHECKIN_MEALS : newest;
}

const struct mu_session *mu_checkin_session(struct mu_app *app, const struct meal_checkin *self)
{
    const struct mu_rules *rules;

    if (mu_desk_rules(mu_screens_desk(app), &rules, NULL, NULL) != MU_OK)
        return NULL;
    return *self->session ? mu_rules_session(rules, self->session)
                          : mu_rules_session_at(rules, mu_app_now(app).minute);
}

/* The day's figures and last meals anew, with what other counters did. */
static void read_day(struct mu_app *app, struct meal_checkin *self)
{
    struct mu_desk *desk = mu_screens_desk(app);
    struct mu_error *error = &self->error;
    size_t i;

    self->today = mu_app_now(app).date;
    self->failed =
        mu_last_meals(desk, self->today, MU_CHECKIN_MEALS, self->meals, &self->meal_count, error) !=
            MU_OK ||
        mu_day_totals(desk, self->today, NULL, &self->totals, error) != MU_OK ||
        mu_quota_left(desk, self->quota_name, &self->quota, &self->quota_left, error) != MU_OK ||
        mu_outdoor_meals(desk, self->today, &self->outdoor, error) != MU_OK;
    for (i = 0; i < self->meal_count; i++)
        mu_tier_name(desk, self->meals[i].tier, self->tier_names[i], sizeof self->tier_names[i]);
}

static bool take(void *context, const struct mu_resident *resident)
{
    struct meal_checkin *self = context;

    self->people[self->people_count++] = *resident;
    return self->people_count < MU_CHECKIN_HITS;
}

static void catch_up(struct mu_app *app, struct meal_checkin *self)
{
    if (!self->stale)
        return;
    self->stale = false;
    self->people_count = 0;
    self->failed = mu_find_residents(mu_screens_desk(app), mu_checkin_query(self), MU_CHECKIN_HITS,
                                     take, self, &self->error) != MU_OK;
    self->hits.cursor = self->hits.top = 0;
    mu_list_count(&self->hits, self->people_count);
}

static void say_answer(struct mu_app *app, const struct mu_meal_answer *answer)
{
    char pay[MU_MONEY_SIZE];

    if (answer->refusal == MU_SERVED) {
        mu_money_format(answer->meal.pay, pay);
        mu_app_say(app, MU_TONE_GOOD,
                   answer->meal.pay.fen ? MU_SAY_checkin_said_served : MU_SAY_checkin_said_free,
                   answer->meal.name, pay, NULL);
    } else if (answer->refusal == MU_MEAL_AMBIGUOUS) {
        mu_app_say(app, MU_TONE_WARNING, MU_SAY_checkin_said_choose, NULL);
    } else {
        mu_app_say_error(app, &answer->why);
    }
}

/* The session that was chosen is not the one that is open, or was closed already. */
static bool out_of_hours(struct mu_app *app, const struct meal_checkin *self)
{
    struct mu_desk *desk = mu_screens_desk(app);
    struct mu_moment now = mu_app_now(app);
    const struct mu_rules *rules;

    return *self->session && mu_desk_rules(desk, &rules, NULL, NULL) == MU_OK &&
           (mu_rules_session_at(rules, now.minute) != mu_rules_session(rules, self->session) ||
            mu_session_is_closed(desk, now.date, self->session));
}

/* Why it is served in this way, and why out of the hours; NULL without a reason. */
static const char *reason_of(struct mu_app *app, const struct meal_checkin *self, const char *full,
                             char out[MU_REASON_SIZE])
{
    bool late = *self->late && out_of_hours(app, self);

    if (!late || !full)
        return late ? self->late : full;
    mu_message_format(out, MU_REASON_SIZE, mu_app_language(app), MU_SAY_checkin_two_reasons, full,
                      self->late, NULL);
    return out;
}

void mu_checkin_serve(struct mu_app *app, struct meal_checkin *self, struct mu_meal_request request)
{
    struct mu_error error;
    char reason[MU_REASON_SIZE];
    bool served;

    request.session = *self->session ? self->session : NULL;
    if (!request.guest)
        request.method = self->method;
    request.reason = reason_of(app, self, request.reason, reason);
    served = mu_serve_meal(mu_screens_desk(app), &request, &self->answer, &error) == MU_OK;
    self->answered = true;
    self->chosen_meal = 0;
    if (served)
        self->own_last = self->answer.meal.id;
    mu_checkin_note_card(self, request.who);
    say_answer(app, &self->answer);
    if (served)
        mu_ticket_of_served(app, self->own_last);
    if (self->answer.refusal == MU_MEAL_AMBIGUOUS && request.who != self->box.text) {
        mu_line_edit_set(&self->box, request.who);
        self->stale = true;
    } else if (self->answer.refusal != MU_MEAL_AMBIGUOUS) {
        mu_line_edit_clear(&self->box);
        self->people_count = 0;
        self->stale = false;
    }
    self->next_anew = true;
    read_day(app, self);
}

/* The counter is free again. */
static void over(struct mu_app *app, struct meal_checkin *self)
{
    if (!self->halted)
        mu_checkin_go_on(app, self);
}

/* Whoever waits was there before. */
static void scanned(struct mu_app *app, struct meal_checkin *self, const char *text)
{
    if (self->waiting_count > 0 && mu_checkin_wait(app, self, text))
        mu_checkin_go_on(app, self);
    else
        mu_checkin_serve(app, self, (struct mu_meal_request){.who = text});
}

/* Enter without anything in the box: once more for an outdoor worker, or the next of those who
 * wait. */
static void accept_nothing(struct mu_app *app, struct meal_checkin *self)
{
    if (self->answered && self->answer.refusal == MU_MEAL_SAME_MARK) {
        mu_checkin_serve(app, self,
                         (struct mu_meal_request){.occupation = self->occupations[self->occupation],
                                                  .note = self->mark,
                                                  .again = true});
        mu_checkin_go_on(app, self);
    } else if (self->waiting_count > 0) {
        mu_checkin_go_on(app, self);
    } else {
        mu_app_say(app, MU_TONE_WARNING, MU_SAY_checkin_empty, NULL);
    }
}

static void accept(struct mu_app *app, struct meal_checkin *self)
{
    catch_up(app, self);
    if (!*mu_checkin_query(self)) {
        accept_nothing(app, self);
        return;
    }
    if (self->hits.cursor < self->people_count)
        mu_checkin_serve(
            app, self, (struct mu_meal_request){.resident_id = self->people[self->hits.cursor].id});
    else
        mu_checkin_serve(app, self, (struct mu_meal_request){.who = self->box.text});
    if (self->answer.refusal == MU_SERVED)
        mu_checkin_go_on(app, self);
}

static bool typed(struct mu_app *app, struct meal_checkin *self, const struct mu_event *event)
{
    enum mu_line_result result;

    if (self->next_anew && event->kind != MU_EVENT_KEY)
        mu_line_edit_clear(&self->box);
    self->next_anew = false;
    result = mu_line_edit_event(&self->box, event);
    if (result == MU_LINE_FULL)
        mu_app_say(app, MU_TONE_WARNING, MU_SAY_screen_box_full, NULL);
    if (result == MU_LINE_CHANGED || result == MU_LINE_FULL) {
        self->stale = true;
        self->chosen_meal = 0;
    }
    return result != MU_LINE_IGNORED;
}

/* Up and Down with an empty box: chooses among the last meals the one to be voided. */
static void choose_meal(struct meal_checkin *self, bool up)
{
    size_t at = mu_checkin_target(self), i;

    if (at == MU_CHECKIN_MEALS)
        return;
    if (self->chosen_meal)
        for (i = up ? at : at + 1; up ? i > 0 : i < self->meal_count; up ? i-- : i++)
            if (!self->meals[up ? i - 1 : i].void_entry_id) {
                at = up ? i - 1 : i;
                break;
            }
    self->chosen_meal = self->meals[at].id;
}

static bool moved(struct mu_app *app, struct meal_checkin *self, const struct mu_event *event)
{
    catch_up(app, self);
    if (*mu_checkin_query(self))
        return mu_list_event(&self->hits, event, NULL) != MU_LIST_IGNORED;
    if (event->action != MU_DO_up && event->action != MU_DO_down)
        return false;
    choose_meal(self, event->action == MU_DO_up);
    return true;
}

static void reason_given(struct mu_app *app, void *state, const char *reason)
{
    struct meal_checkin *self = state;
    struct mu_meal meal;
    struct mu_error error;
    char pay[MU_MONEY_SIZE];

    if (!reason) {
        over(app, self);
        return;
    }
    if (mu_void_meal(mu_screens_desk(app), self->voiding, reason, &meal, &error) != MU_OK) {
        mu_app_say_error(app, &error);
    } else {
        mu_money_format(meal.pay, pay);
        mu_app_say(app, MU_TONE_GOOD, MU_SAY_checkin_voided, meal.name, pay, NULL);
        self->answered = false;
    }
    self->chosen_meal = 0;
    read_day(app, self);
    over(app, self);
}

static void ask_reason(struct mu_app *app, struct meal_checkin *self)
{
    size_t at = mu_checkin_target(self);
    const struct mu_meal *meal;
    char question[512], pay[MU_MONEY_SIZE], time[MU_CLOCK_SIZE];

    if (at == MU_CHECKIN_MEALS)
        return;
    meal = &self->meals[at];
    self->voiding = meal->id;
    mu_money_format(meal->pay, pay);
    mu_clock_format(meal->served_at.minute, time);
    mu_message_format(question, sizeof question, mu_app_language(app), MU_SAY_checkin_ask_reason,
                      meal->name, time, pay, NULL);
    mu_app_prompt(app, question, MU_REASON_SIZE, true, reason_given, self);
}

static void late_reason_given(struct mu_app *app, void *state, const char *reason)
{
    struct meal_checkin *self = state;

    if (reason)
        mu_text_copy(self->late, sizeof self->late, reason);
    else
        *self->session = '\0';
    over(app, self);
}

/* Asked once: it stands in the record of everybody who is served until the session is changed. */
static void ask_late_reason(struct mu_app *app, struct meal_checkin *self)
{
    struct mu_error error;
    char question[MU_MESSAGE_SIZE], name[MU_RULE_NAME_SIZE];

    if (mu_desk_ask(mu_screens_desk(app), MU_MAY_serve_late, &error) != MU_OK) {
        *self->session = '\0';
        mu_app_say_error(app, &error);
        return;
    }
    mu_session_name(mu_screens_desk(app), self->session, name, sizeof name);
    mu_message_format(question, sizeof question, mu_app_language(app), MU_SAY_checkin_ask_late,
                      name, NULL);
    mu_app_prompt(app, question, MU_REASON_SIZE, true, late_reason_given, self);
}

static void session_picked(struct mu_app *app, void *state, bool chosen, int code)
{
    struct meal_checkin *self = state;

    if (chosen) {
        mu_picked_session(app, code, self->session);
        *self->late = '\0';
    }
    if (chosen && out_of_hours(app, self))
        ask_late_reason(app, self);
    else
        over(app, self);
}

static void note_given(struct mu_app *app, void *state, const char *note)
{
    struct meal_checkin *self = state;

    if (note) {
        mu_text_copy(self->mark, sizeof self->mark, note);
        mu_checkin_serve(app, self,
                         (struct mu_meal_request){.occupation = self->occupations[self->occupation],
                                                  .note = self->mark});
        self->halted = self->answer.refusal != MU_SERVED;
    }
    over(app, self);
}

static void occupation_picked(struct mu_app *app, void *state, bool chosen, int code)
{
    struct meal_checkin *self = state;
    char question[256];

    if (!chosen) {
        over(app, self);
        return;
    }
    self->occupation = code;
    mu_message_format(question, sizeof question, mu_app_language(app), MU_SAY_checkin_ask_note,
                      self->occupations[code], NULL);
    mu_app_prompt(app, question, MU_NOTE_SIZE, false, note_given, self);
}

static void ask_occupation(struct mu_app *app, struct meal_checkin *self)
{
    struct mu_pick picks[MU_CHECKIN_OCCUPATIONS];
    struct mu_error error;
    size_t i;

    if (mu_meal_occupations(mu_screens_desk(app), self->occupations, MU_CHECKIN_OCCUPATIONS,
                            &self->occupation_count, &error) != MU_OK) {
        mu_app_say_error(app, &error);
        return;
    }
    if (!self->occupation_count) {
        mu_app_say(app, MU_TONE_WARNING, MU_SAY_checkin_no_occupations, NULL);
        return;
    }
    for (i = 0; i < self->occupation_count; i++)
        picks[i] = (struct mu_pick){.code = (int)i, .text = self->occupations[i]};
    mu_app_pick(app, mu_message_text(MU_SAY_checkin_occupation_title, mu_app_language(app)), picks,
                self->occupation_count, self->occupation, occupation_picked, self);
}

static void change_method(struct mu_app *app, struct meal_checkin *self)
{
    self->method = (enum mu_pay_method)((self->method + 1) % MU_PAY_METHODS);
    mu_app_say(app, MU_TONE_PLAIN, MU_SAY_checkin_now,
               mu_message_text(mu_pay_method_name(self->method), mu_app_language(app)), NULL);
}

/* The person is shown and waits for Enter: nobody is served unseen. */
static void person_found(struct mu_app *app, void *state, const struct mu_resident *resident)
{
    struct meal_checkin *self = state;

    (void)app;
    mu_line_edit_set(&self->box, resident->name);
    self->people[0] = *resident;
    self->people_count = 1;
    self->hits.cursor = self->hits.top = 0;
    mu_list_count(&self->hits, 1);
    self->stale = false;
    self->next_anew = true;
}

static void checkin_find(struct mu_app *app, void *state)
{
    struct mu_error error;

    if (mu_open_find_for(app, person_found, state, &error) != MU_OK)
        mu_app_say_error(app, &error);
}

static bool checkin_key(struct mu_app *app, struct meal_checkin *self, const struct mu_event *event)
{
    switch (event->action) {
    case MU_DO_accept:
        accept(app, self);
        return true;
    case MU_DO_back:
        if (!self->box.length && !self->chosen_meal && self->waiting_count > 0) {
            mu_app_say(app, MU_TONE_WARNING, MU_SAY_checkin_others_wait, NULL);
            return true;
        }
        if (!self->box.length && !self->chosen_meal)
            return false;
        mu_line_edit_clear(&self->box);
        self->chosen_meal = 0;
        self->stale = true;
        return true;
    case MU_DO_refresh:
        read_day(app, self);
        mu_app_say(app, MU_TONE_GOOD, MU_SAY_screen_refreshed, NULL);
        return true;
    case MU_DO_undo:
        ask_reason(app, self);
        return true;
    case MU_DO_choose:
        mu_ask_session(app, MU_SAY_checkin_session_open, self->session, session_picked, self);
        return true;
    case MU_DO_same:
        change_method(app, self);
        return true;
    case MU_DO_new:
        ask_occupation(app, self);
        return true;
    case MU_DO_save:
        mu_checkin_do_mend(app, self);
        return true;
    case MU_DO_sort:
        if (mu_checkin_target(self) < MU_CHECKIN_MEALS)
            mu_ticket_again(app, self->meals[mu_checkin_target(self)].id);
        return true;
    case MU_DO_mark:
        mu_checkin_serve_in_full(app, self);
        over(app, self);
        return true;
    default:
        return moved(app, self, event) || typed(app, self, event);
    }
}

static bool checkin_event(struct mu_app *app, void *state, const struct mu_event *event)
{
    struct meal_checkin *self = state;

    if (event->kind != MU_EVENT_KEY)
        return typed(app, self, event);
    if (event->scan) {
        scanned(app, self, event->scan);
        return true;
    }
    return checkin_key(app, self, event);
}

static struct mu_offer checkin_offer(struct mu_app *app, const void *state, enum mu_action action)
{
    const struct meal_checkin *self = state;
    struct mu_offer offer = {.kind = MU_OFFER_YES};

    switch (action) {
    case MU_DO_sort:
        return mu_ticket_offer(app, mu_checkin_target(self) < MU_CHECKIN_MEALS);
    case MU_DO_accept:
        offer.label = MU_SAY_checkin_serve_label;
        return offer;
    case MU_DO_new:
        offer.label = MU_SAY_checkin_outdoor_label;
        return offer;
    case MU_DO_save:
        offer.kind = mu_checkin_mend(self) == MU_MEND_NOTHING ? MU_OFFER_NONE : MU_OFFER_YES;
        offer.label = mu_checkin_mend(self) == MU_MEND_BIND ? MU_SAY_checkin_bind_label
                                                            : MU_SAY_checkin_top_up_label;
        return offer;
    case MU_DO_mark:
        offer.kind = mu_checkin_full_price(self) ? MU_OFFER_YES : MU_OFFER_NONE;
        offer.label = MU_SAY_checkin_full_label;
        return offer;
    case MU_DO_same:
        offer.label = self->method == MU_PAY_CASH   ? MU_SAY_checkin_to_card
                      : self->method == MU_PAY_CARD ? MU_SAY_checkin_to_account
                                                    : MU_SAY_checkin_to_cash;
        return offer;
    case MU_DO_choose:
        offer.label = MU_SAY_checkin_session_label;
        return offer;
    case MU_DO_undo:
        offer.label = MU_SAY_checkin_void_label;
        if (mu_checkin_target(self) == MU_CHECKIN_MEALS) {
            offer.kind = MU_OFFER_NOT_NOW;
            offer.why = MU_SAY_checkin_nothing_to_void;
        }
        return offer;
    case MU_DO_refresh:
        return offer;
    default:
        offer.kind = MU_OFFER_NONE;
        return offer;
    }
}

static void checkin_draw(struct mu_app *app, void *state, struct mu_grid *grid,
                         const struct mu_layout *layout)
{
    struct meal_checkin *self = state;

    catch_up(app, self);
    mu_checkin_draw(app, self, grid, layout);
}

static bool checkin_scan(struct mu_app *app, void *state, const char *text)
{
    return mu_checkin_wait(app, state, text);
}

static const struct mu_screen_type checkin_type;

/* Also when nobody was chosen in a box above: those who wait are served then. */
static bool checkin_tick(struct mu_app *app, void *state)
{
    struct meal_checkin *self = state;

    if (self->waiting_count > 0 && !self->halted && !*mu_checkin_query(self) &&
        strcmp(mu_app_top(app), checkin_type.name) == 0) {
        mu_checkin_go_on(app, self);
        return true;
    }
    if (!mu_screens_changed(app, &self->seen) &&
        mu_date_compare(self->today, mu_app_now(app).date) == 0)
        return false;
    read_day(app, self);
    return true;
}

static void cell(void *context, size_t row, size_t column, enum mu_language language, char *out,
                 size_t size, enum mu_style *style)
{
    const struct meal_checkin *self = context;

    mu_person_cell(&self->people[row], self->today, (enum mu_person_column)column, language, out,
                   size, style);
}

static const struct mu_list_source source = {.cell = cell};

static void checkin_close(struct mu_app *app, void *state)
{
    (void)app;
    free(state);
}

static const struct mu_screen_type checkin_type = {
    .name = "meal_checkin",
    .title = MU_SAY_checkin_title,
    .event = checkin_event,
    .draw = checkin_draw,
    .offer = checkin_offer,
    .find = checkin_find,
    .scan = checkin_scan,
    .tick = checkin_tick,
    .close = checkin_close,
};

enum mu_status mu_open_meal_checkin(struct mu_app *app, struct mu_error *error)
{
    struct meal_checkin *self = calloc(1, sizeof *self);

    if (!self)
        return mu_fail_memory(error);
    mu_line_edit_init(&self->box, MU_CHECKIN_QUERY);
    self->box.folded = true;
    self->box.placeholder = MU_SAY_checkin_placeholder;
    mu_list_init(&self->hits, mu_person_columns, MU_PERSON_COLUMNS, &source, self);
    self->hits.empty = MU_SAY_checkin_nobody;
    self->seen = mu_screens_of(app)->changes;
    read_day(app, self);
    return mu_app_push(app, &checkin_type, self, error);
}
