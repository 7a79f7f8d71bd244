#include "tui/screens/case_step_form.h"

#include "tui/screens/case_words.h"

#include <mulin/base/codes.h>
#include <mulin/base/text.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { YES = 1, FIRST_SIDE = 1, OTHER_SIDE = 2, ASSIGNED = 1, LEFT = 5, HIGHEST = 4 };

static const struct mu_case_step *last_of(const struct mu_case *mediated,
                                          enum mu_case_step_kind kind)
{
    for (size_t i = mediated->steps; i-- > 0;)
        if (mediated->step[i].kind == kind)
            return &mediated->step[i];
    return NULL;
}

/* Adds a name to a list, unless it has no room: what is there is never cut within a name. */
static void add_name(char *out, size_t size, const char *name)
{
    size_t used = mu_case_bytes(out);
    const char *between = used ? "、" : "";

    if (*name && used + mu_case_bytes(between) + mu_case_bytes(name) < size)
        snprintf(out + used, size - used, "%s%s", between, name);
}

void mu_case_parties(const struct mu_case *mediated, char *out, size_t size)
{
    for (size_t i = 0; i < mediated->persons; i++) {
        const struct mu_case_party *party = &mediated->person[i].party;

        if (party->side == FIRST_SIDE || party->side == OTHER_SIDE)
            add_name(out, size, *party->agent ? party->agent : party->name);
    }
}

/* Those who would sit at the table: the parties, or who speaks for them, and the mediators. */
static void add_people(const struct mu_case *mediated, char *out, size_t size)
{
    mu_case_parties(mediated, out, size);
    for (size_t i = 0; i < mediated->mediators; i++)
        if (mediated->mediator[i].at_work)
            add_name(out, size, mediated->mediator[i].name);
}

static void begin_meeting(const struct mu_case *mediated, struct mu_moment now,
                          struct mu_case_meeting *meeting)
{
    const struct mu_case_step *before = last_of(mediated, MU_STEP_MEETING);

    mu_clock_format(now.minute, meeting->from);
    if (before)
        mu_text_copy(meeting->place, sizeof meeting->place, before->record.meeting.place);
    add_people(mediated, meeting->present, sizeof meeting->present);
}

static void begin_investigation(const struct mu_case *mediated, struct mu_moment now,
                                struct mu_case_investigation *investigation)
{
    mu_clock_format(now.minute, investigation->from);
    if (mediated->intake)
        mu_text_copy(investigation->place, sizeof investigation->place, mediated->intake->place);
}

static void begin_party(const struct mu_case_step_request *request, struct mu_case_step *step)
{
    struct mu_case_party *party = &step->record.party;
    const struct mu_resident *somebody = request->somebody;

    for (size_t i = 0; i < request->mediated->persons; i++)
        if (request->mediated->person[i].number == request->about) {
            *party = request->mediated->person[i].party;
            step->resident_id = request->mediated->person[i].resident_id;
            /* Masked numbers are none; left empty they stay what they were. */
            *party->phone = *party->id_number = '\0';
        }
    if (!somebody)
        return;
    step->resident_id = somebody->id;
    mu_text_copy(party->name, sizeof party->name, somebody->name);
    mu_text_copy(party->occupation, sizeof party->occupation, somebody->occupation);
    party->sex = somebody->sex;
    party->ethnic_group = somebody->ethnic_group;
    party->birth_year = somebody->birth_date.year;
    snprintf(party->address, sizeof party->address, "%s%s%s%s%s%s%s", somebody->estate,
             somebody->building, *somebody->building ? "栋" : "", somebody->unit,
             *somebody->unit ? "单元" : "", somebody->room, *somebody->room ? "室" : "");
}

static void begin_mediator(const struct mu_case_step_request *request, struct mu_case_step *step)
{
    struct mu_case_change_of_mediator *change = &step->record.mediator;

    step->mediator_id = request->mediator_id;
    mu_text_copy(change->name, sizeof change->name, request->mediator_name);
    change->duty = ASSIGNED;
    for (size_t i = 0; i < request->mediated->mediators; i++)
        if (request->mediated->mediator[i].mediator_id == request->mediator_id &&
            request->mediated->mediator[i].at_work)
            change->duty = LEFT;
}

static void begin_performance(const struct mu_case_step_request *request,
                              struct mu_case_performance *performance)
{
    for (size_t i = 0; i < request->mediated->promises; i++) {
        const struct mu_case_promised *promised = &request->mediated->promise[i];

        if (promised->number == request->about && promised->amount.fen)
            mu_money_format(mu_money_subtract(promised->amount, promised->paid),
                            performance->amount);
    }
}

static enum mu_status begin_amended(const struct mu_case *mediated, struct mu_case_step *step,
                                    struct mu_error *error)
{
    if (!mediated->intake)
        return MU_OK;
    step->record.intake = *mediated->intake;
    step->text = mediated->about && *mediated->about ? strdup(mediated->about) : NULL;
    return mediated->about && *mediated->about && !step->text ? mu_fail_memory(error) : MU_OK;
}

static void begin_passing(const struct mu_case *mediated, int by, struct mu_case_passing *passing)
{
    int station = mediated->station + by;

    passing->station = station >= 1 && station <= HIGHEST ? station : 0;
}

enum mu_status mu_case_step_begin(const struct mu_case_step_request *request,
                                  const struct mu_rules *rules, struct mu_moment now,
                                  struct mu_case_step *step, struct mu_error *error)
{
    const struct mu_case *mediated = request->mediated;

    step->date = now.date;
    switch ((int)step->kind) {
    case MU_STEP_AMENDED:
        return begin_amended(mediated, step, error);
    case MU_STEP_PARTY:
        begin_party(request, step);
        break;
    case MU_STEP_MEDIATOR:
        begin_mediator(request, step);
        break;
    case MU_STEP_REPORTED:
        mu_clock_format(now.minute, step->record.report.at);
        break;
    case MU_STEP_INVESTIGATED:
        begin_investigation(mediated, now, &step->record.investigation);
        break;
    case MU_STEP_MEETING:
        begin_meeting(mediated, now, &step->record.meeting);
        break;
    case MU_STEP_AGREED:
        mu_case_work_out(step, rules);
        break;
    case MU_STEP_EXTENDED:
        step->record.extension.until = mu_span_end(rules->mediation.extension, mediated->limit_on);
        break;
    case MU_STEP_PASSED:
        begin_passing(mediated, +1, &step->record.passing);
        break;
    case MU_STEP_RETURNED:
        begin_passing(mediated, -1, &step->record.passing);
        break;
    case MU_STEP_CONFIRMED:
        step->record.confirmation.court = last_of(mediated, MU_STEP_CONFIRMED) ? 2 : 1;
        break;
    case MU_STEP_PERFORMED:
        begin_performance(request, &step->record.performance);
        break;
    case MU_STEP_VISITED:
        mu_case_parties(mediated, step->record.visit.met, sizeof step->record.visit.met);
        break;
    default:
        break;
    }
    return MU_OK;
}

char *mu_case_meeting_notes(const struct mu_case *mediated)
{
    size_t size = mediated->persons * (MU_PERSON_NAME_SIZE + 8) + 1, used = 0;
    char *notes = calloc(1, size);

    for (size_t i = 0; notes && i < mediated->persons; i++)
        used += (size_t)snprintf(notes + used, size - used, "%s%s：", i ? "\n\n" : "",
                                 mediated->person[i].party.name);
    return notes;
}
