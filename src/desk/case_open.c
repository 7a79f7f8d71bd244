#include "desk/case_file.h"

#include <mulin/base/text.h>
#include <mulin/desk/mediator.h>

#include <stdio.h>
#include <string.h>

enum { FIRST_SIDE = 1, OTHER_SIDE = 2, ASSIGNED = 1, SEEN_BY_US = 2 }; /* data/codes */

/* The next number of the year in which the case was accepted. */
static enum mu_status begin_case(struct mu_case_writing *writing, struct mu_date accepted,
                                 struct mu_error *error)
{
    struct mu_case *mediated = &writing->mediated;
    const struct mu_rules *rules;
    enum mu_status status = mu_case_book(writing->desk, accepted, &rules, error);

    if (status != MU_OK)
        return status;
    mediated->year = accepted.year;
    status = mu_case_next_number(writing->desk->db, mediated->year, &mediated->id,
                                 &mediated->serial, error);
    if (status == MU_OK)
        mu_case_number(rules, mediated->year, mediated->serial, mediated->number);
    return status;
}

static bool has_side(const struct mu_case *mediated, int side)
{
    for (size_t i = 0; i < mediated->persons; i++)
        if (mediated->person[i].party.side == side)
            return true;
    return false;
}

static enum mu_status check_sides(struct mu_case_writing *writing, struct mu_error *error)
{
    const struct mu_case *mediated = &writing->mediated;
    int sides = has_side(mediated, FIRST_SIDE) + has_side(mediated, OTHER_SIDE);

    if (sides == 2 || (sides == 1 && mediated->intake->source == SEEN_BY_US))
        return MU_OK;
    writing->at = 0;
    return mu_fail(error, MU_INPUT, sides ? MU_SAY_error_case_one_side : MU_SAY_error_case_no_party,
                   NULL);
}

/* A mediator who opens a case takes it, unless others were named. */
static enum mu_status assign_self(struct mu_case_writing *writing, struct mu_error *error)
{
    struct mu_case_step step = {.kind = MU_STEP_MEDIATOR,
                                .date = writing->mediated.accepted_on,
                                .record.mediator.duty = ASSIGNED};
    struct mu_mediator self = {.id = 0};
    enum mu_status status;

    if (writing->mediated.mediators)
        return MU_OK;
    status = mu_own_mediator(writing->desk, &self, error);
    if (status != MU_OK || self.id == 0)
        return status;
    step.mediator_id = self.id;
    return mu_case_write(writing, &step, error);
}

static enum mu_status open_case(struct mu_case_writing *writing,
                                const struct mu_case_opening *opening, struct mu_error *error)
{
    struct mu_date accepted = opening->step[0].date;
    enum mu_status status;

    if (!mu_date_known(accepted))
        accepted = mu_desk_now(writing->desk).date;
    status = begin_case(writing, accepted, error);
    for (size_t i = 0; i < opening->steps && status == MU_OK; i++) {
        writing->at = i;
        status = mu_case_write(writing, &opening->step[i], error);
    }
    if (status == MU_OK)
        status = check_sides(writing, error);
    if (status == MU_OK)
        status = assign_self(writing, error);
    return status == MU_OK ? mu_case_settle(writing, 0, writing->desk->operator.id, error) : status;
}

enum mu_status mu_open_case(struct mu_desk *desk, const struct mu_case_opening *opening,
                            struct mu_case_written *out, size_t *at, const char **field,
                            struct mu_error *error)
{
    struct mu_case_writing writing = {.desk = desk, .operation = MU_MAY_open_case};
    enum mu_status status = mu_desk_may(desk, MU_MAY_open_case, error);

    if (status == MU_OK && (!opening->steps || opening->step[0].kind != MU_STEP_INTAKE))
        status = mu_fail(error, MU_INPUT, MU_SAY_error_case_no_intake, NULL);
    if (status == MU_OK)
        status = mu_db_begin(desk->db, error);
    if (status == MU_OK)
        status = mu_desk_end(desk, open_case(&writing, opening, error), error);
    mu_case_tell(&writing, status, out, at, field);
    mu_case_writing_clear(&writing);
    return status;
}
