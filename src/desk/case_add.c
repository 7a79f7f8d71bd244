#include "desk/case_file.h"

#include <stdio.h>
#include <string.h>

/* What grows beside other things and puts none of them right. */
static bool stands_beside(const struct mu_case_step *step)
{
    switch (step->kind) {
    case MU_STEP_MEETING:
    case MU_STEP_INVESTIGATED:
    case MU_STEP_VISITED:
    case MU_STEP_ADDED:
    case MU_STEP_ATTACHED:
    case MU_STEP_PERFORMED:
        return true;
    default:
        return step->kind == MU_STEP_PARTY && step->about == 0;
    }
}

static bool names_mediators_only(const struct mu_case_step *step, size_t steps)
{
    for (size_t i = 0; i < steps; i++)
        if (step[i].kind != MU_STEP_MEDIATOR)
            return false;
    return true;
}

static enum mu_status check_access(struct mu_desk *desk, int64_t case_id,
                                   const struct mu_case_step *step, size_t steps,
                                   struct mu_error *error)
{
    struct mu_case_line line;
    enum mu_status status = mu_case_line_of(desk, case_id, &line, error);

    if (status != MU_OK || line.access == MU_CASE_HANDLE)
        return status;
    /* Or a case whose mediator fell ill would be nobody's. */
    if (names_mediators_only(step, steps) &&
        mu_desk_may(desk, MU_MAY_manage_mediators, NULL) == MU_OK)
        return MU_OK;
    return mu_fail(error, MU_REFUSED,
                   line.access == MU_CASE_READ ? MU_SAY_error_case_read_only
                                               : MU_SAY_error_case_hidden,
                   line.number, NULL);
}

static enum mu_status check_seen(const struct mu_case *mediated, const struct mu_case_step *step,
                                 size_t steps, int seen, struct mu_error *error)
{
    bool beside = true;

    for (size_t i = 0; i < steps; i++)
        beside &= stands_beside(&step[i]);
    if (beside || seen == 0 || (size_t)seen == mediated->steps)
        return MU_OK;
    return mu_fail(error, MU_REFUSED, MU_SAY_error_case_stale, mediated->number,
                   mediated->step[mediated->steps - 1].operator_name, NULL);
}

static enum mu_status load_case(struct mu_case_writing *writing, int64_t case_id,
                                struct mu_error *error)
{
    bool found = false;

    return mu_case_load(writing->desk->db, case_id, &found, &writing->mediated, error);
}

static enum mu_status add_steps(struct mu_case_writing *writing, int64_t case_id,
                                const struct mu_case_step *step, size_t steps, int seen,
                                struct mu_error *error)
{
    size_t before = 0;
    enum mu_status status = check_access(writing->desk, case_id, step, steps, error);

    if (status == MU_OK)
        status = load_case(writing, case_id, error);
    if (status == MU_OK)
        status = check_seen(&writing->mediated, step, steps, seen, error);
    before = writing->mediated.steps;
    for (size_t i = 0; i < steps && status == MU_OK; i++) {
        writing->at = i;
        status = mu_case_write(writing, &step[i], error);
    }
    return status == MU_OK ? mu_case_settle(writing, before, 0, error) : status;
}

enum mu_status mu_add_case_steps(struct mu_desk *desk, int64_t case_id,
                                 const struct mu_case_step *step, size_t steps, int seen,
                                 struct mu_case_written *out, size_t *at, const char **field,
                                 struct mu_error *error)
{
    struct mu_case_writing writing = {.desk = desk, .operation = MU_MAY_handle_case};
    enum mu_status status = mu_desk_may(desk, MU_MAY_handle_case, error);

    if (status == MU_OK && steps == 0)
        status = mu_fail(error, MU_INPUT, MU_SAY_error_case_step_kind, NULL);
    if (status == MU_OK)
        status = mu_db_begin(desk->db, error);
    if (status == MU_OK)
        status = mu_desk_end(desk, add_steps(&writing, case_id, step, steps, seen, error), error);
    mu_case_tell(&writing, status, out, at, field);
    mu_case_writing_clear(&writing);
    return status;
}
