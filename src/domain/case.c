#include <mulin/domain/case.h>

#include "domain/case_codes.h"

#include <mulin/base/text.h>

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_ROOM = 8 };

/* ---- words ---- */

static const struct {
    const char *word;
    enum mu_message name;
} states[MU_CASE_STATES] =
    {
        [MU_CASE_ACCEPTED] = {"accepted", MU_SAY_case_state_accepted},
        [MU_CASE_INFORMED] = {"informed", MU_SAY_case_state_informed},
        [MU_CASE_MEDIATING] = {"mediating", MU_SAY_case_state_mediating},
        [MU_CASE_PASSED] = {"passed", MU_SAY_case_state_passed},
        [MU_CASE_AGREED] = {"agreed", MU_SAY_case_state_agreed},
        [MU_CASE_ENDED] = {"ended", MU_SAY_case_state_ended},
        [MU_CASE_CLOSED] = {"closed", MU_SAY_case_state_closed},
},
  outcomes[MU_CASE_OUTCOMES] = {
      [MU_CASE_OPEN] = {"open", MU_SAY_case_outcome_open},
      [MU_CASE_SETTLED] = {"settled", MU_SAY_case_outcome_settled},
      [MU_CASE_FAILED] = {"failed", MU_SAY_case_outcome_failed},
      [MU_CASE_WITHDRAWN] = {"withdrawn", MU_SAY_case_outcome_withdrawn},
      [MU_CASE_HANDED_ON] = {"handed-on", MU_SAY_case_outcome_handed_on},
      [MU_CASE_MISTAKE] = {"mistake", MU_SAY_case_outcome_mistake},
};

const char *mu_case_state_word(enum mu_case_state state)
{
    return states[state].word;
}

enum mu_message mu_case_state_name(enum mu_case_state state)
{
    return states[state].name;
}

bool mu_case_state_from_word(const char *word, enum mu_case_state *out)
{
    for (int state = MU_CASE_ACCEPTED; state < MU_CASE_STATES; state++) {
        if (strcmp(states[state].word, word) != 0)
            continue;
        *out = (enum mu_case_state)state;
        return true;
    }
    return false;
}

const char *mu_case_outcome_word(enum mu_case_outcome outcome)
{
    return outcomes[outcome].word;
}

enum mu_message mu_case_outcome_name(enum mu_case_outcome outcome)
{
    return outcomes[outcome].name;
}

bool mu_case_outcome_from_word(const char *word, enum mu_case_outcome *out)
{
    for (int outcome = MU_CASE_OPEN; outcome < MU_CASE_OUTCOMES; outcome++) {
        if (strcmp(outcomes[outcome].word, word) != 0)
            continue;
        *out = (enum mu_case_outcome)outcome;
        return true;
    }
    return false;
}

/* ---- the steps ---- */

void mu_case_clear(struct mu_case *mediated)
{
    for (size_t i = 0; i < mediated->steps; i++)
        mu_case_step_clear(&mediated->step[i]);
    free(mediated->step);
    if (mediated->person)
        sodium_memzero(mediated->person, mediated->persons * sizeof *mediated->person);
    free(mediated->person);
    free(mediated->promise);
    free(mediated->mediator);
    memset(mediated, 0, sizeof *mediated);
}

/* Room for one more; what stood there before is wiped, for it speaks of people. */
static bool make_room(void **items, size_t count, size_t *room, size_t size)
{
    size_t wanted = *room ? *room * 2 : FIRST_ROOM;
    void *grown;

    if (count < *room)
        return true;
    grown = calloc(wanted, size);
    if (!grown)
        return false;
    if (*items) {
        memcpy(grown, *items, count * size);
        sodium_memzero(*items, count * size);
    }
    free(*items);
    *items = grown;
    *room = wanted;
    return true;
}

#define MAKE_ROOM(mediated, items, count, room)                                                    \
    make_room((void **)&(mediated)->items, (mediated)->count, &(mediated)->room,                   \
              sizeof *(mediated)->items)

/* Steps have moved: what points into them moves along. */
static void point_again(struct mu_case *mediated)
{
    if (mediated->intake_step) {
        const struct mu_case_step *step = &mediated->step[mediated->intake_step - 1];

        mediated->intake = &step->record.intake;
        mediated->about = step->text;
    }
    for (size_t i = 0; i < mediated->promises; i++)
        mediated->promise[i].promise =
            &mediated->step[mediated->promise[i].step - 1].record.promise;
}

static bool make_room_for_a_step(struct mu_case *mediated)
{
    bool made = MAKE_ROOM(mediated, step, steps, step_room);

    if (made)
        point_again(mediated);
    return made && MAKE_ROOM(mediated, person, persons, person_room) &&
           MAKE_ROOM(mediated, promise, promises, promise_room) &&
           MAKE_ROOM(mediated, mediator, mediators, mediator_room);
}

static void forget_agreement(struct mu_case *mediated)
{
    static const struct mu_date never;

    mediated->promises = 0;
    mediated->promised = mediated->paid = (struct mu_money){0};
    mediated->agreed = mediated->form = mediated->kept = mediated->court = 0;
    mediated->agreed_on = mediated->visit_on = mediated->confirm_by = never;
}

static void begin(struct mu_case *mediated, const struct mu_case_step *step)
{
    static const struct mu_date never;

    forget_agreement(mediated);
    mediated->state = mediated->informed ? MU_CASE_INFORMED : MU_CASE_ACCEPTED;
    mediated->outcome = MU_CASE_OPEN;
    mediated->begun_on = step->date;
    mediated->first_limit_on = mediated->limit_on = step->due;
    mediated->ended_on = mediated->closed_on = never;
}

static void take_person(struct mu_case *mediated, const struct mu_case_step *step)
{
    size_t index = step->about ? (size_t)step->about - 1 : mediated->persons++;

    mediated->person[index] = (struct mu_case_person){.number = (int)index + 1,
                                                      .resident_id = step->resident_id,
                                                      .step = step->number,
                                                      .party = step->record.party};
}

static void take_mediator(struct mu_case *mediated, const struct mu_case_step *step)
{
    const struct mu_case_change_of_mediator *change = &step->record.mediator;
    struct mu_case_duty_holder *holder = NULL;

    for (size_t i = 0; i < mediated->mediators; i++)
        if (mediated->mediator[i].mediator_id == step->mediator_id)
            holder = &mediated->mediator[i];
    if (!holder)
        holder = &mediated->mediator[mediated->mediators++];
    *holder = (struct mu_case_duty_holder){.mediator_id = step->mediator_id,
                                           .duty = change->duty,
                                           .at_work = change->duty == DUTY_ASSIGNED ||
                                                      change->duty == DUTY_CHOSEN};
    mu_text_copy(holder->name, sizeof holder->name, change->name);
}

static void take_agreement(struct mu_case *mediated, const struct mu_case_step *step)
{
    const struct mu_case_agreement *agreement = &step->record.agreement;

    forget_agreement(mediated);
    mediated->state = MU_CASE_AGREED;
    mediated->outcome = MU_CASE_SETTLED;
    mediated->agreed = step->number;
    mediated->form = agreement->form;
    mediated->agreed_on = mediated->ended_on = step->date;
    mediated->visit_on = agreement->visit_on;
    mediated->confirm_by = step->due;
}

static void take_promise(struct mu_case *mediated, const struct mu_case_step *step)
{
    struct mu_case_promised *promised = &mediated->promise[mediated->promises++];

    *promised = (struct mu_case_promised){
        .number = (int)mediated->promises, .step = step->number, .promise = &step->record.promise};
    mu_money_parse(step->record.promise.amount, &promised->amount);
    mediated->promised = mu_money_add(mediated->promised, promised->amount);
}

static void take_performance(struct mu_case *mediated, const struct mu_case_step *step)
{
    struct mu_case_promised *promised = &mediated->promise[step->about - 1];
    struct mu_money paid = mu_money_subtract(promised->amount, promised->paid);
    bool whole = !mu_money_parse(step->record.performance.amount, &paid);

    promised->paid = mu_money_add(promised->paid, paid);
    mediated->paid = mu_money_add(mediated->paid, paid);
    if (whole || mu_money_compare(promised->paid, promised->amount) >= 0)
        promised->done_on = step->date;
}

static void take_ending(struct mu_case *mediated, const struct mu_case_step *step)
{
    int how = step->record.ending.how;

    mediated->state = MU_CASE_ENDED;
    mediated->outcome = how == END_FAILED || how == END_REFUSED ? MU_CASE_FAILED
                        : how == END_WITHDRAWN                  ? MU_CASE_WITHDRAWN
                                                                : MU_CASE_MISTAKE;
    mediated->ended_on = step->date;
}

static void take_passing(struct mu_case *mediated, const struct mu_case_step *step)
{
    if (mediated->state != MU_CASE_PASSED)
        mediated->passed_from = mediated->state;
    mediated->state = MU_CASE_PASSED;
    mediated->station = step->record.passing.station;
}

static void take_visit(struct mu_case *mediated, const struct mu_case_step *step)
{
    if (!mediated->agreed)
        return;
    mediated->kept = step->record.visit.kept;
    mediated->visit_on = step->record.visit.next_on;
}

static void take_closing(struct mu_case *mediated, const struct mu_case_step *step)
{
    mediated->state = MU_CASE_CLOSED;
    if (mediated->outcome == MU_CASE_OPEN)
        mediated->outcome = MU_CASE_HANDED_ON;
    if (!mu_date_known(mediated->ended_on))
        mediated->ended_on = step->date;
    mediated->closed_on = step->date;
}

static void take_intake(struct mu_case *mediated, const struct mu_case_step *step)
{
    if (step->kind == MU_STEP_INTAKE) {
        mediated->station = STATION_ESTATE;
        mediated->accepted_on = step->date;
        begin(mediated, step);
    }
    mediated->intake_step = step->number;
    point_again(mediated);
}

/* The step stands in its place already. */
static void work_in(struct mu_case *mediated, const struct mu_case_step *step)
{
    static const struct mu_date never;

    switch (step->kind) {
    case MU_STEP_INTAKE:
    case MU_STEP_AMENDED:
        take_intake(mediated, step);
        break;
    case MU_STEP_PARTY:
        take_person(mediated, step);
        break;
    case MU_STEP_MEDIATOR:
        take_mediator(mediated, step);
        break;
    case MU_STEP_REPORTED:
        mediated->reported = true;
        break;
    case MU_STEP_INFORMED:
        mediated->informed = true;
        if (mediated->state == MU_CASE_ACCEPTED)
            mediated->state = MU_CASE_INFORMED;
        break;
    case MU_STEP_MEETING:
        mediated->state = MU_CASE_MEDIATING;
        break;
    case MU_STEP_AGREED:
        take_agreement(mediated, step);
        break;
    case MU_STEP_PROMISE:
        take_promise(mediated, step);
        break;
    case MU_STEP_ENDED:
        take_ending(mediated, step);
        break;
    case MU_STEP_EXTENDED:
        mediated->limit_on = step->record.extension.until;
        break;
    case MU_STEP_PASSED:
        take_passing(mediated, step);
        break;
    case MU_STEP_RETURNED:
        mediated->state = mediated->passed_from;
        mediated->station = step->record.passing.station;
        break;
    case MU_STEP_CONFIRMED:
        mediated->court = step->record.confirmation.court;
        mediated->confirm_by = never;
        break;
    case MU_STEP_PERFORMED:
        take_performance(mediated, step);
        break;
    case MU_STEP_VISITED:
        take_visit(mediated, step);
        break;
    case MU_STEP_CLOSED:
        take_closing(mediated, step);
        break;
    case MU_STEP_REOPENED:
        begin(mediated, step);
        break;
    case MU_STEP_INVESTIGATED:
    case MU_STEP_ADDED:
    case MU_STEP_ATTACHED:
    case MU_STEP_KINDS:
        break;
    }
}

static bool names_what_there_is(const struct mu_case *mediated, const struct mu_case_step *step)
{
    size_t about = step->about > 0 ? (size_t)step->about : 0;

    if (step->about < 0)
        return false;
    switch (step->kind) {
    case MU_STEP_PARTY:
        return about <= mediated->persons && (about || mediated->persons < MU_CASE_PARTIES);
    case MU_STEP_PERFORMED:
        return about && about <= mediated->promises;
    case MU_STEP_PROMISE:
        return mediated->promises < MU_CASE_PROMISES;
    case MU_STEP_MEDIATOR:
        return step->mediator_id > 0;
    default:
        return about <= mediated->steps;
    }
}

enum mu_status mu_case_take(struct mu_case *mediated, struct mu_case_step *step,
                            struct mu_error *error)
{
    struct mu_case_step *taken;
    char number[24];

    if (!mu_case_step_type(step->kind) || step->number != (int)mediated->steps + 1 ||
        !names_what_there_is(mediated, step) || !mu_case_may(mediated, step->kind, NULL)) {
        snprintf(number, sizeof number, "%lld", (long long)step->id);
        return mu_fail(error, MU_STORE, MU_SAY_error_case_step_unfit, number, NULL);
    }
    if (!make_room_for_a_step(mediated))
        return mu_fail_memory(error);
    taken = &mediated->step[mediated->steps++];
    *taken = *step;
    sodium_memzero(step, sizeof *step);
    work_in(mediated, taken);
    return MU_OK;
}

/* ---- how it is called ---- */

static const char *first_of(const struct mu_case *mediated, int side)
{
    for (size_t i = 0; i < mediated->persons; i++)
        if (mediated->person[i].party.side == side)
            return mediated->person[i].party.name;
    return "";
}

void mu_case_label(const struct mu_case *mediated, char *out)
{
    const char *first = first_of(mediated, SIDE_FIRST), *other = first_of(mediated, SIDE_OTHER);
    const char *subject = mediated->intake ? mediated->intake->subject : "";
    char text[2 * MU_PERSON_NAME_SIZE + MU_CASE_LINE_SIZE + 8];

    snprintf(text, sizeof text, "%s%s%s%s%s", first, *first && *other ? "、" : "", other,
             (*first || *other) && *subject ? " " : "", subject);
    mu_text_copy(out, MU_CASE_LABEL_SIZE, text);
}

void mu_case_number(const struct mu_rules *rules, int year, int serial, char *out)
{
    static const char year_mark[] = "{year}", serial_mark[] = "{serial}";
    size_t used = 0;

    *out = '\0';
    for (const char *at = rules->mediation.number; *at && used + 1 < MU_CASE_NUMBER_SIZE;) {
        size_t room = MU_CASE_NUMBER_SIZE - used;
        bool is_year = strncmp(at, year_mark, sizeof year_mark - 1) == 0;
        bool is_serial = strncmp(at, serial_mark, sizeof serial_mark - 1) == 0;

        if (is_year || is_serial) {
            snprintf(out + used, room, "%d", is_year ? year : serial);
            at += is_year ? sizeof year_mark - 1 : sizeof serial_mark - 1;
        } else {
            out[used] = *at++;
            out[used + 1] = '\0';
        }
        used += strlen(out + used);
    }
}

const struct mu_case_grade *mu_case_grade(const struct mu_case *mediated,
                                          const struct mu_rules *rules, int repeats)
{
    bool danger = mediated->intake && mediated->intake->danger == ANSWER_YES;
    bool failed = mediated->outcome == MU_CASE_FAILED || mediated->kept == KEPT_NOT;
    int weight = mediated->intake ? mediated->intake->weight : 0;

    if (mediated->outcome == MU_CASE_MISTAKE)
        return NULL;
    for (size_t i = 0; i < rules->mediation.grade_count; i++) {
        const struct mu_case_grade *grade = &rules->mediation.grades[i];

        if ((danger || !grade->when.danger) && (failed || !grade->when.failed) &&
            repeats >= grade->when.repeats && weight >= grade->when.weight)
            return grade;
    }
    return NULL;
}

static void mask(struct mu_case_party *party)
{
    char number[MU_ID_NUMBER_SIZE], phone[MU_PHONE_SIZE];

    mu_id_number_mask(party->id_number, number);
    mu_phone_mask(party->phone, phone, sizeof phone);
    mu_text_copy(party->id_number, sizeof party->id_number, number);
    mu_text_copy(party->phone, sizeof party->phone, phone);
}

void mu_case_mask(struct mu_case *mediated)
{
    for (size_t i = 0; i < mediated->persons; i++)
        mask(&mediated->person[i].party);
    for (size_t i = 0; i < mediated->steps; i++)
        if (mediated->step[i].kind == MU_STEP_PARTY)
            mask(&mediated->step[i].record.party);
}

static void unmask(char *member, size_t size, const char *whole)
{
    if (!*member || strchr(member, '*'))
        mu_text_copy(member, size, whole);
}

void mu_case_unmask(const struct mu_case *mediated, int number, struct mu_case_party *party)
{
    for (size_t i = 0; i < mediated->persons; i++) {
        const struct mu_case_party *known = &mediated->person[i].party;

        if (mediated->person[i].number != number)
            continue;
        unmask(party->id_number, sizeof party->id_number, known->id_number);
        unmask(party->phone, sizeof party->phone, known->phone);
    }
}
