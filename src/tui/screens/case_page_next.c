/* What can be done next in a case. */
#include "tui/screens/case_page_state.h"
#include "tui/screens/case_reading.h"
#include "tui/screens/case_step_form.h"
#include "tui/screens/case_words.h"
#include "tui/screens/screens.h"

#include <mulin/base/text.h>
#include <mulin/desk/mediator.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LIKELY = 3, WHY_NOT = MU_STEP_KINDS, FROM_REGISTER = 0, STRANGER = 1 };

/* ---- promises ---- */

static void promise_picked(struct mu_app *app, void *state, bool chosen, int code)
{
    struct mu_case_page *self = state;

    if (chosen)
        mu_case_page_write(app, self, MU_STEP_PERFORMED, (int)self->offers.id[code]);
}

static void offer_promises(struct mu_app *app, struct mu_case_page *self)
{
    char amount[MU_MONEY_SIZE];

    self->offers.count = 0;
    for (size_t i = 0; i < self->mediated.promises; i++) {
        const struct mu_case_promised *promised = &self->mediated.promise[i];
        char *text = mu_date_known(promised->done_on)
                         ? NULL
                         : mu_case_offer(&self->offers, promised->number);

        if (!text)
            continue;
        mu_money_format(promised->amount, amount);
        snprintf(text, MU_OFFER_SIZE, "%.60s %.120s %s", promised->promise->who,
                 promised->promise->what, promised->amount.fen ? amount : "");
    }
    if (self->offers.count == 1)
        promise_picked(app, self, true, 0);
    else
        mu_case_choose(app, self, MU_SAY_case_page_which_promise, MU_SAY_case_page_no_promise,
                       promise_picked);
}

/* ---- mediators ---- */

/* How the mediator is close to a party, in words; "" when not. */
static enum mu_status closeness_words(struct mu_app *app, const struct mu_case_page *self,
                                      const struct mu_mediator *mediator, char *out, size_t size,
                                      struct mu_error *error)
{
    static const enum mu_message words[] = {[MU_CLOSE_SELF] = MU_SAY_case_page_close_self,
                                            [MU_CLOSE_KIN] = MU_SAY_case_page_close_kin,
                                            [MU_CLOSE_NEIGHBOUR] =
                                                MU_SAY_case_page_close_neighbour};
    enum mu_closeness closeness = MU_CLOSE_NOT;
    const char *name = "";
    int party = 0;
    enum mu_status status = mu_mediator_closeness(mu_screens_desk(app), mediator, &self->mediated,
                                                  &closeness, &party, error);

    *out = '\0';
    if (status != MU_OK || closeness == MU_CLOSE_NOT)
        return status;
    for (size_t i = 0; i < self->mediated.persons; i++)
        if (self->mediated.person[i].number == party)
            name = self->mediated.person[i].party.name;
    mu_message_format(out, size, mu_app_language(app), words[closeness], mediator->name, name,
                      NULL);
    return MU_OK;
}

static void mediator_picked(struct mu_app *app, void *state, bool chosen, int code)
{
    struct mu_case_page *self = state;
    struct mu_case_step_request request = {.mediated = &self->mediated, .kind = MU_STEP_MEDIATOR};
    struct mu_mediator mediator;
    char warning[MU_CASE_LINE_SIZE];
    struct mu_error error;
    enum mu_status status;

    if (!chosen)
        return;
    status = mu_read_mediator(mu_screens_desk(app), self->offers.id[code], NULL, &mediator, &error);
    if (status == MU_OK)
        status = closeness_words(app, self, &mediator, warning, sizeof warning, &error);
    if (status == MU_OK) {
        request.mediator_id = mediator.id;
        request.mediator_name = mediator.name;
        request.warning = warning;
        status = mu_open_case_step_form(app, &request, &error);
    }
    if (status != MU_OK)
        mu_app_say_error(app, &error);
}

struct gathering {
    struct mu_case_offers *offers;
    enum mu_language language;
};

static bool offer_mediator(void *context, const struct mu_mediator_entry *entry)
{
    const struct gathering *gathering = context;
    char *text = mu_case_offer(gathering->offers, entry->mediator.id), load[24];

    if (!text)
        return false;
    snprintf(load, sizeof load, "%lld", (long long)entry->open);
    mu_message_format(text, MU_OFFER_SIZE, gathering->language, MU_SAY_case_page_mediator_line,
                      entry->mediator.name, entry->mediator.team, load, NULL);
    return true;
}

static void offer_mediators(struct mu_app *app, struct mu_case_page *self)
{
    struct gathering gathering = {&self->offers, mu_app_language(app)};
    struct mu_error error;

    self->offers.count = 0;
    if (mu_list_mediators(mu_screens_desk(app), false, offer_mediator, &gathering, &error) != MU_OK)
        mu_app_say_error(app, &error);
    else
        mu_case_choose(app, self, MU_SAY_case_page_which_mediator, MU_SAY_case_page_nobody_mediates,
                       mediator_picked);
}

/* ---- parties ---- */

static void person_found(struct mu_app *app, void *state, const struct mu_resident *resident)
{
    struct mu_case_page *self = state;
    const struct mu_case_step_request request = {
        .mediated = &self->mediated, .kind = MU_STEP_PARTY, .somebody = resident};
    struct mu_error error;

    for (size_t i = 0; i < self->mediated.persons; i++)
        if (self->mediated.person[i].resident_id == resident->id) {
            mu_app_say(app, MU_TONE_WARNING, MU_SAY_case_page_party_twice, resident->name, NULL);
            return;
        }
    if (mu_open_case_step_form(app, &request, &error) != MU_OK)
        mu_app_say_error(app, &error);
}

static void origin_picked(struct mu_app *app, void *state, bool chosen, int code)
{
    struct mu_error error;

    if (!chosen)
        return;
    if (code == STRANGER)
        mu_case_page_write(app, state, MU_STEP_PARTY, 0);
    else if (mu_open_find_for(app, person_found, state, &error) != MU_OK)
        mu_app_say_error(app, &error);
}

static void offer_origins(struct mu_app *app, struct mu_case_page *self)
{
    enum mu_language language = mu_app_language(app);
    const struct mu_pick origins[] = {
        {.code = FROM_REGISTER, .text = mu_message_text(MU_SAY_case_page_from_register, language)},
        {.code = STRANGER, .text = mu_message_text(MU_SAY_case_page_stranger, language)},
    };

    mu_app_pick(app, mu_message_text(MU_SAY_case_page_who_joins, language), origins,
                sizeof origins / sizeof *origins, FROM_REGISTER, origin_picked, self);
}

/* ---- the next steps ---- */

/* Each kind that cannot be done now, with the reason. */
static void say_why_not(struct mu_app *app, const struct mu_case_page *self)
{
    enum mu_language language = mu_app_language(app);
    char text[MU_STEP_KINDS * 512] = "", line[512];
    struct mu_error error;
    size_t used = 0;

    for (int kind = MU_STEP_AMENDED; kind < MU_STEP_KINDS; kind++) {
        enum mu_message why = 0;

        if (mu_case_may(&self->mediated, (enum mu_case_step_kind)kind, &why) || !why)
            continue;
        mu_error_why(&(struct mu_error){.status = MU_REFUSED, .message = why}, language, line,
                     sizeof line);
        used += (size_t)snprintf(
            text + used, sizeof text - used, language == MU_ENGLISH ? "%s: %s\n\n" : "%s：%s\n\n",
            mu_message_text(mu_case_step_type((enum mu_case_step_kind)kind)->name, language), line);
    }
    if (mu_open_case_reading(app, MU_SAY_case_page_title,
                             mu_message_text(MU_SAY_case_page_why_not, language), text,
                             &error) != MU_OK)
        mu_app_say_error(app, &error);
}

static int row_step(const struct mu_case_page *self)
{
    const struct mu_case_row *row = mu_case_page_row(self);

    return row && row->part == MU_PART_STEPS ? (int)row->index + 1 : (int)self->mediated.steps;
}

static void step_picked(struct mu_app *app, void *state, bool chosen, int code)
{
    struct mu_case_page *self = state;

    if (!chosen)
        return;
    switch (code) {
    case WHY_NOT:
        say_why_not(app, self);
        break;
    case MU_STEP_PERFORMED:
        offer_promises(app, self);
        break;
    case MU_STEP_MEDIATOR:
        offer_mediators(app, self);
        break;
    case MU_STEP_PARTY:
        offer_origins(app, self);
        break;
    case MU_STEP_ATTACHED:
        mu_case_page_attach(app, self);
        break;
    case MU_STEP_ADDED:
        mu_case_page_write(app, self, code, row_step(self));
        break;
    default:
        mu_case_page_write(app, self, code, 0);
        break;
    }
}

static bool stands(const struct mu_pick *picks, size_t count, int code)
{
    for (size_t i = 0; i < count; i++)
        if (picks[i].code == code)
            return true;
    return false;
}

static struct mu_pick pick_of(int kind, enum mu_language language)
{
    const struct mu_case_step_type *type = mu_case_step_type((enum mu_case_step_kind)kind);

    return (struct mu_pick){.code = kind,
                            .text = mu_message_text(type->name, language),
                            .aside = mu_message_text(type->help, language),
                            .words = type->word};
}

void mu_case_page_next(struct mu_app *app, void *state)
{
    struct mu_case_page *self = state;
    enum mu_language language = mu_app_language(app);
    struct mu_pick picks[MU_STEP_KINDS + 1];
    enum mu_case_step_kind likely[LIKELY];
    size_t count = 0, next = mu_case_next(&self->mediated, likely, LIKELY);
    bool some = false;

    for (size_t i = 0; i < next; i++)
        picks[count++] = pick_of((int)likely[i], language);
    for (int kind = MU_STEP_AMENDED; kind < MU_STEP_KINDS; kind++) {
        bool may = mu_case_may(&self->mediated, (enum mu_case_step_kind)kind, NULL);

        some |= !may;
        if (may && !stands(picks, count, kind))
            picks[count++] = pick_of(kind, language);
    }
    if (some)
        picks[count++] = (struct mu_pick){
            .code = WHY_NOT, .text = mu_message_text(MU_SAY_case_page_why_not, language)};
    if (count)
        mu_app_pick(app, mu_message_text(MU_SAY_case_page_next, language), picks, count,
                    picks[0].code, step_picked, self);
}
