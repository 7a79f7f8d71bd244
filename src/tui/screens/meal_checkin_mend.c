/* What the counter does about a refusal, without the queue having to leave it. */
#include "tui/screens/meal_checkin.h"
#include "tui/screens/screens.h"

#include <mulin/base/id_number.h>
#include <mulin/base/money.h>
#include <mulin/base/text.h>

#include <string.h>

enum { SHORTEST_CARD = 4 };

bool mu_checkin_is_card(const char *text)
{
    size_t length = strspn(text, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-");

    return text[length] == '\0' && length >= SHORTEST_CARD && length < MU_CHECKIN_QUERY &&
           strpbrk(text, "0123456789") != NULL;
}

void mu_checkin_note_card(struct meal_checkin *self, const char *text)
{
    struct mu_id_number id;
    char card[MU_CHECKIN_QUERY];

    *self->unknown = '\0';
    if (self->answer.refusal == MU_MEAL_NOT_FOUND && text &&
        mu_text_fold_word(card, sizeof card, text) && mu_checkin_is_card(card) &&
        mu_id_number_parse(card, &id) > MU_ID_OLD_FORM)
        mu_text_copy(self->unknown, sizeof self->unknown, text);
}

bool mu_checkin_wait(struct mu_app *app, struct meal_checkin *self, const char *text)
{
    char count[MU_COUNT_SIZE];

    if (self->waiting_count == MU_CHECKIN_WAITING || !mu_checkin_is_card(text))
        return false;
    mu_text_copy(self->waiting[self->waiting_count++], MU_CHECKIN_QUERY, text);
    mu_count_text((int64_t)self->waiting_count, count);
    mu_app_say(app, MU_TONE_WARNING, MU_SAY_checkin_scan_waits, text, count, NULL);
    return true;
}

void mu_checkin_go_on(struct mu_app *app, struct meal_checkin *self)
{
    self->halted = false;
    while (self->waiting_count > 0 && !self->halted) {
        char next[MU_CHECKIN_QUERY];

        mu_text_copy(next, sizeof next, self->waiting[0]);
        memmove(self->waiting[0], self->waiting[1], --self->waiting_count * sizeof *self->waiting);
        mu_checkin_serve(app, self, (struct mu_meal_request){.who = next});
        self->halted = self->answer.refusal != MU_SERVED;
    }
}

enum mu_checkin_mend mu_checkin_mend(const struct meal_checkin *self)
{
    const struct mu_meal_answer *answer = &self->answer;

    if (!self->answered || *mu_checkin_query(self))
        return MU_MEND_NOTHING;
    if (*self->unknown)
        return MU_MEND_BIND;
    return answer->refusal == MU_MEAL_PAYMENT && answer->resident.id &&
                   answer->meal.method == MU_PAY_CARD
               ? MU_MEND_TOP_UP
               : MU_MEND_NOTHING;
}

/* Why somebody who was refused eats at the full price. */
static enum mu_message full_reason(enum mu_meal_refusal refusal)
{
    switch (refusal) {
    case MU_MEAL_NOT_FOUND:
        return MU_SAY_checkin_full_not_found;
    case MU_MEAL_AMBIGUOUS:
        return MU_SAY_checkin_full_ambiguous;
    case MU_MEAL_ALREADY_SERVED:
        return MU_SAY_checkin_full_again;
    case MU_MEAL_MOVED_OUT:
        return MU_SAY_checkin_full_moved;
    case MU_MEAL_DECEASED:
        return MU_SAY_checkin_full_deceased;
    case MU_MEAL_IN_ERROR:
        return MU_SAY_checkin_full_error;
    case MU_MEAL_CARD_ENDED:
        return MU_SAY_checkin_full_card;
    default:
        return (enum mu_message)0;
    }
}

bool mu_checkin_full_price(const struct meal_checkin *self)
{
    return self->answered && full_reason(self->answer.refusal) != (enum mu_message)0 &&
           (!*mu_checkin_query(self) || self->answer.refusal == MU_MEAL_AMBIGUOUS);
}

void mu_checkin_serve_in_full(struct mu_app *app, struct meal_checkin *self)
{
    enum mu_message reason = full_reason(self->answer.refusal);

    mu_checkin_serve(app, self,
                     (struct mu_meal_request){
                         .guest = true, .reason = mu_message_text(reason, mu_app_language(app))});
    self->halted = self->answer.refusal != MU_SERVED;
}

static void serve_mended(struct mu_app *app, struct meal_checkin *self, int64_t resident_id)
{
    mu_checkin_serve(app, self, (struct mu_meal_request){.resident_id = resident_id});
    self->halted = self->answer.refusal != MU_SERVED;
    if (!self->halted)
        mu_checkin_go_on(app, self);
}

/* Nothing is lost when it fails: the card is still the one that is asked about. */
static void bind(struct mu_app *app, struct meal_checkin *self, const char *reason)
{
    struct mu_error error;

    if (mu_bind_card(mu_screens_desk(app), self->unknown, self->binding, reason, NULL, &error) !=
        MU_OK)
        mu_app_say_error(app, &error);
    else
        serve_mended(app, self, self->binding);
}

static void replacement_given(struct mu_app *app, void *state, const char *reason)
{
    if (reason)
        bind(app, state, reason);
}

/* Somebody who has a card gets this one in its place, for a reason. */
static void bind_to(struct mu_app *app, void *state, const struct mu_resident *resident)
{
    struct meal_checkin *self = state;
    struct mu_diner_account account;
    struct mu_error error;
    char question[MU_MESSAGE_SIZE];

    self->binding = resident->id;
    if (mu_read_diner_account(mu_screens_desk(app), resident->id, &account, &error) != MU_OK) {
        mu_app_say_error(app, &error);
    } else if (*account.card) {
        mu_message_format(question, sizeof question, mu_app_language(app),
                          MU_SAY_checkin_ask_replacement, account.name, account.card, self->unknown,
                          NULL);
        mu_app_prompt(app, question, MU_REASON_SIZE, true, replacement_given, self);
    } else {
        bind(app, self, NULL);
    }
}

static void amount_given(struct mu_app *app, void *state, const char *text)
{
    struct meal_checkin *self = state;
    int64_t resident_id = self->answer.resident.id;
    struct mu_money amount;
    struct mu_error error;

    if (!text)
        return;
    if (!mu_money_parse(text, &amount))
        mu_app_say(app, MU_TONE_BAD, MU_SAY_checkin_no_amount, text, NULL);
    else if (mu_move_diner_money(mu_screens_desk(app), resident_id, MU_TOP_UP, amount, NULL, NULL,
                                 &error) != MU_OK)
        mu_app_say_error(app, &error);
    else
        serve_mended(app, self, resident_id);
}

static void ask_amount(struct mu_app *app, struct meal_checkin *self)
{
    char question[MU_MESSAGE_SIZE], prepaid[MU_MONEY_SIZE], pay[MU_MONEY_SIZE];

    mu_money_format(self->answer.account.prepaid, prepaid);
    mu_money_format(self->answer.meal.pay, pay);
    mu_message_format(question, sizeof question, mu_app_language(app), MU_SAY_checkin_ask_top_up,
                      self->answer.resident.name, prepaid, pay, NULL);
    mu_app_prompt(app, question, MU_MONEY_SIZE, true, amount_given, self);
}

void mu_checkin_do_mend(struct mu_app *app, struct meal_checkin *self)
{
    struct mu_error error;

    if (mu_checkin_mend(self) == MU_MEND_TOP_UP)
        ask_amount(app, self);
    else if (mu_open_find_for(app, bind_to, self, &error) != MU_OK)
        mu_app_say_error(app, &error);
}
