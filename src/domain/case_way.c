#include <mulin/domain/case.h>

#include "domain/case_codes.h"

/* Why a kind of step may not follow in a state; 0: it may. The columns are the states. */
#define MAY 0
#define TOLD_ONCE MU_SAY_error_case_way_intake
#define FIRST MU_SAY_error_case_way_inform
#define AWAY MU_SAY_error_case_way_passed
#define DONE MU_SAY_error_case_way_agreed
#define OVER MU_SAY_error_case_way_ended
#define SHUT MU_SAY_error_case_way_closed
#define BARE MU_SAY_error_case_way_bare
#define HERE MU_SAY_error_case_way_here
#define OPEN MU_SAY_error_case_way_open

/* After sections 21 to 33 of the People's Mediation Law. */
static const enum mu_message way[MU_STEP_KINDS][MU_CASE_STATES] = {
    /*                       -  accepted   informed   mediating  passed     agreed     ended
                             closed */
    [MU_STEP_INTAKE] = {MAY, TOLD_ONCE, TOLD_ONCE, TOLD_ONCE, TOLD_ONCE, TOLD_ONCE, TOLD_ONCE,
                        TOLD_ONCE},
    [MU_STEP_AMENDED] = {BARE, MAY, MAY, MAY, MAY, MAY, MAY, SHUT},
    [MU_STEP_PARTY] = {BARE, MAY, MAY, MAY, MAY, MAY, MAY, SHUT},
    [MU_STEP_MEDIATOR] = {BARE, MAY, MAY, MAY, MAY, MAY, MAY, MAY},
    [MU_STEP_REPORTED] = {BARE, MAY, MAY, MAY, MAY, MAY, MAY, MAY},
    [MU_STEP_INFORMED] = {BARE, MAY, MAY, MAY, AWAY, DONE, OVER, SHUT},
    [MU_STEP_INVESTIGATED] = {BARE, MAY, MAY, MAY, AWAY, DONE, OVER, SHUT},
    [MU_STEP_MEETING] = {BARE, FIRST, MAY, MAY, AWAY, DONE, OVER, SHUT},
    [MU_STEP_AGREED] = {BARE, FIRST, MAY, MAY, AWAY, DONE, OVER, SHUT},
    [MU_STEP_PROMISE] = {BARE, BARE, BARE, BARE, AWAY, MAY, BARE, SHUT},
    [MU_STEP_ENDED] = {BARE, MAY, MAY, MAY, MAY, DONE, OVER, SHUT},
    [MU_STEP_EXTENDED] = {BARE, MAY, MAY, MAY, AWAY, DONE, OVER, SHUT},
    [MU_STEP_PASSED] = {BARE, MAY, MAY, MAY, MAY, DONE, MAY, SHUT},
    [MU_STEP_RETURNED] = {BARE, HERE, HERE, HERE, MAY, HERE, HERE, HERE},
    [MU_STEP_CONFIRMED] = {BARE, BARE, BARE, BARE, BARE, MAY, BARE, MAY},
    [MU_STEP_PERFORMED] = {BARE, BARE, BARE, BARE, BARE, MAY, BARE, MAY},
    [MU_STEP_VISITED] = {BARE, MAY, MAY, MAY, MAY, MAY, MAY, MAY},
    [MU_STEP_CLOSED] = {BARE, OPEN, OPEN, OPEN, MAY, MAY, MAY, SHUT},
    [MU_STEP_REOPENED] = {BARE, OPEN, OPEN, OPEN, AWAY, MAY, MAY, MAY},
    [MU_STEP_ADDED] = {BARE, MAY, MAY, MAY, MAY, MAY, MAY, MAY},
    [MU_STEP_ATTACHED] = {BARE, MAY, MAY, MAY, MAY, MAY, MAY, MAY},
};

/* ---- what the case has to have ---- */

static bool has_side(const struct mu_case *mediated, int side)
{
    for (size_t i = 0; i < mediated->persons; i++)
        if (mediated->person[i].party.side == side)
            return true;
    return false;
}

static bool has_mediator(const struct mu_case *mediated)
{
    for (size_t i = 0; i < mediated->mediators; i++)
        if (mediated->mediator[i].at_work)
            return true;
    return false;
}

static bool has_open_promise(const struct mu_case *mediated)
{
    for (size_t i = 0; i < mediated->promises; i++)
        if (!mu_date_known(mediated->promise[i].done_on))
            return true;
    return false;
}

static enum mu_message lacks(const struct mu_case *mediated, enum mu_case_step_kind kind)
{
    bool both = has_side(mediated, SIDE_FIRST) && has_side(mediated, SIDE_OTHER);

    switch (kind) {
    case MU_STEP_MEETING:
        return has_mediator(mediated) ? MAY : MU_SAY_error_case_way_mediator;
    case MU_STEP_AGREED:
        if (!has_mediator(mediated))
            return MU_SAY_error_case_way_mediator;
        return both ? MAY : MU_SAY_error_case_way_sides;
    case MU_STEP_CONFIRMED:
        return mediated->agreed ? MAY : BARE;
    case MU_STEP_PERFORMED:
        if (!mediated->agreed)
            return BARE;
        return has_open_promise(mediated) ? MAY : MU_SAY_error_case_way_promise;
    case MU_STEP_PASSED:
        return mediated->outcome == MU_CASE_OPEN || mediated->outcome == MU_CASE_FAILED
                   ? MAY
                   : MU_SAY_error_case_way_withdrawn;
    default:
        return MAY;
    }
}

bool mu_case_may(const struct mu_case *mediated, enum mu_case_step_kind kind, enum mu_message *why)
{
    enum mu_message reason = way[kind][mediated->state];

    if (reason == MAY)
        reason = lacks(mediated, kind);
    if (reason == MAY && mediated->steps >= MU_CASE_STEPS)
        reason = MU_SAY_error_case_way_full;
    if (why)
        *why = reason;
    return reason == MAY;
}

/* ---- what is likely next ---- */

enum { LIKELY = 8 };

static const enum mu_case_step_kind likely[MU_CASE_STATES][LIKELY] = {
    [0] = {MU_STEP_INTAKE},
    [MU_CASE_ACCEPTED] = {MU_STEP_INFORMED, MU_STEP_INVESTIGATED, MU_STEP_PASSED, MU_STEP_ENDED,
                          MU_STEP_PARTY},
    [MU_CASE_INFORMED] = {MU_STEP_MEETING, MU_STEP_INVESTIGATED, MU_STEP_AGREED, MU_STEP_ENDED,
                          MU_STEP_PASSED, MU_STEP_EXTENDED},
    [MU_CASE_MEDIATING] = {MU_STEP_AGREED, MU_STEP_MEETING, MU_STEP_INVESTIGATED, MU_STEP_ENDED,
                           MU_STEP_EXTENDED, MU_STEP_PASSED},
    [MU_CASE_PASSED] = {MU_STEP_RETURNED, MU_STEP_CLOSED, MU_STEP_PASSED, MU_STEP_ENDED},
    [MU_CASE_AGREED] = {MU_STEP_PERFORMED, MU_STEP_VISITED, MU_STEP_CONFIRMED, MU_STEP_CLOSED,
                        MU_STEP_PROMISE, MU_STEP_ATTACHED, MU_STEP_REOPENED},
    [MU_CASE_ENDED] = {MU_STEP_PASSED, MU_STEP_CLOSED, MU_STEP_VISITED, MU_STEP_REOPENED},
    [MU_CASE_CLOSED] = {MU_STEP_PERFORMED, MU_STEP_VISITED, MU_STEP_ADDED, MU_STEP_ATTACHED,
                        MU_STEP_REOPENED},
};

/* What may follow, but hardly does as the case stands. */
static bool idle(const struct mu_case *mediated, enum mu_case_step_kind kind)
{
    if (kind == MU_STEP_CONFIRMED)
        return !mu_date_known(mediated->confirm_by) && mediated->court != COURT_ASKED;
    if (kind == MU_STEP_VISITED && mediated->state == MU_CASE_CLOSED)
        return !mu_date_known(mediated->visit_on);
    return false;
}

struct list {
    enum mu_case_step_kind *kind;
    size_t count, limit;
};

static void add(struct list *list, const struct mu_case *mediated, enum mu_case_step_kind kind)
{
    for (size_t i = 0; i < list->count; i++)
        if (list->kind[i] == kind)
            return;
    if (list->count < list->limit && mu_case_may(mediated, kind, NULL))
        list->kind[list->count++] = kind;
}

static bool at_work(const struct mu_case *mediated)
{
    return mediated->state == MU_CASE_ACCEPTED || mediated->state == MU_CASE_INFORMED ||
           mediated->state == MU_CASE_MEDIATING;
}

size_t mu_case_next(const struct mu_case *mediated, enum mu_case_step_kind *out, size_t limit)
{
    struct list list = {.kind = out, .limit = limit};
    const enum mu_case_step_kind *next = likely[mediated->state];

    if (mediated->intake && mediated->intake->danger == ANSWER_YES && !mediated->reported)
        add(&list, mediated, MU_STEP_REPORTED);
    if (at_work(mediated) && !has_mediator(mediated))
        add(&list, mediated, MU_STEP_MEDIATOR);
    if (at_work(mediated) && !(has_side(mediated, SIDE_FIRST) && has_side(mediated, SIDE_OTHER)))
        add(&list, mediated, MU_STEP_PARTY);
    if (mediated->state == MU_CASE_AGREED && mediated->kept == KEPT)
        add(&list, mediated, MU_STEP_CLOSED);
    if (mediated->state == MU_CASE_AGREED && mediated->kept == KEPT_NOT)
        add(&list, mediated, MU_STEP_REOPENED);
    for (size_t i = 0; i < LIKELY && next[i]; i++)
        if (!idle(mediated, next[i]))
            add(&list, mediated, next[i]);
    return list.count;
}
