#include "desk/case_file.h"

#include <stdlib.h>
#include <string.h>

/* Numbers of cases, and of each what is due: gathered first, then told line by line. */
struct gathered {
    struct {
        int64_t case_id;
        struct mu_case_due due;
    } * at;
    size_t count, room;
    bool full; /* there was no memory */
};

static bool gather_due(void *context, int64_t case_id, const struct mu_case_due *due)
{
    struct gathered *gathered = context;

    if (gathered->count == gathered->room) {
        size_t room = gathered->room ? 2 * gathered->room : 64;
        void *at = realloc(gathered->at, room * sizeof *gathered->at);

        gathered->full = !at;
        if (!at)
            return false;
        gathered->at = at;
        gathered->room = room;
    }
    gathered->at[gathered->count].case_id = case_id;
    gathered->at[gathered->count++].due = due ? *due : (struct mu_case_due){.number = 0};
    return true;
}

static bool gather(void *context, int64_t case_id)
{
    return gather_due(context, case_id, NULL);
}

/* *status is what gathering came to; frees what was gathered. */
static enum mu_status tell(struct mu_desk *desk, const struct mu_case_viewer *viewer,
                           struct gathered *gathered, enum mu_status status, mu_case_row *row,
                           void *context, struct mu_error *error)
{
    struct mu_case_line line;
    bool found = false;

    if (status == MU_OK && gathered->full)
        status = mu_fail_memory(error);
    for (size_t i = 0; i < gathered->count && status == MU_OK; i++) {
        status = mu_case_line_read(desk->db, viewer, gathered->at[i].case_id, &found, &line, error);
        if (status != MU_OK || !found)
            continue;
        if (gathered->at[i].due.kind)
            line.due = gathered->at[i].due;
        if (!row(context, &line))
            break;
    }
    free(gathered->at);
    return status;
}

/* Begins to read for whoever is at the desk. */
static enum mu_status begin(struct mu_desk *desk, enum mu_operation operation,
                            struct mu_case_viewer *viewer, struct mu_error *error)
{
    enum mu_status status = mu_desk_may(desk, operation, error);

    if (status == MU_OK)
        status = mu_db_begin_read(desk->db, error);
    if (status != MU_OK)
        return status;
    status = mu_case_viewer(desk, viewer, error);
    if (status != MU_OK)
        mu_db_end_read(desk->db);
    return status;
}

enum mu_status mu_list_cases(struct mu_desk *desk, const struct mu_case_filter *filter,
                             int64_t before_id, size_t limit, mu_case_row *row, void *context,
                             struct mu_error *error)
{
    struct gathered gathered = {0};
    struct mu_case_viewer viewer;
    enum mu_status status = begin(desk, MU_MAY_list_cases, &viewer, error);

    if (status != MU_OK)
        return status;
    status = mu_case_ids(desk->db, &viewer, filter, before_id, limit, gather, &gathered, error);
    status = tell(desk, &viewer, &gathered, status, row, context, error);
    mu_db_end_read(desk->db);
    return status;
}

enum mu_status mu_list_case_dues(struct mu_desk *desk, struct mu_date until, size_t limit,
                                 mu_case_row *row, void *context, struct mu_error *error)
{
    struct gathered gathered = {0};
    struct mu_case_viewer viewer;
    enum mu_status status = begin(desk, MU_MAY_list_cases, &viewer, error);

    if (status != MU_OK)
        return status;
    status = mu_case_due_list(desk->db, &viewer, until, limit, gather_due, &gathered, error);
    status = tell(desk, &viewer, &gathered, status, row, context, error);
    mu_db_end_read(desk->db);
    return status;
}

static enum mu_status gather_related(struct mu_desk *desk, int64_t case_id,
                                     struct gathered *gathered, struct mu_error *error)
{
    const struct mu_date any = {0, 0, 0};
    struct mu_case mediated = {.id = 0};
    struct mu_case_line line;
    bool found = false;
    enum mu_status status = mu_case_line_of(desk, case_id, &line, error);

    if (status == MU_OK && line.access == MU_CASE_HIDDEN)
        return mu_fail(error, MU_REFUSED, MU_SAY_error_case_hidden, line.number, NULL);
    if (status == MU_OK)
        status = mu_case_load(desk->db, case_id, &found, &mediated, error);
    if (status == MU_OK)
        status = mu_case_related(desk->db, &mediated, any, any, gather, gathered, error);
    mu_case_clear(&mediated);
    return status;
}

enum mu_status mu_list_related_cases(struct mu_desk *desk, int64_t case_id, mu_case_row *row,
                                     void *context, struct mu_error *error)
{
    struct gathered gathered = {0};
    struct mu_case_viewer viewer;
    enum mu_status status = begin(desk, MU_MAY_read_case, &viewer, error);

    if (status != MU_OK)
        return status;
    status = gather_related(desk, case_id, &gathered, error);
    status = tell(desk, &viewer, &gathered, status, row, context, error);
    mu_db_end_read(desk->db);
    return status;
}

/* ---- on home ---- */

enum { SOON_DAYS = 7, COUNTED_DUES = 9999 };

struct counting {
    struct mu_date today;
    struct mu_figures *out;
};

static bool count_due(void *context, int64_t case_id, const struct mu_case_due *due)
{
    struct counting *counting = context;
    struct mu_figures *out = counting->out;

    if (!out->case_due_id) {
        out->case_due_id = case_id;
        out->case_due = *due;
    }
    if (mu_date_compare(due->due_on, counting->today) < 0)
        out->case_late++;
    else
        out->case_soon++;
    return true;
}

enum mu_status mu_case_figures(struct mu_desk *desk, struct mu_figures *out, struct mu_error *error)
{
    struct counting counting = {mu_desk_now(desk).date, out};
    struct mu_date until = mu_date_add_days(counting.today, SOON_DAYS);
    struct mu_case_viewer viewer;
    struct mu_case_line line;
    bool any;
    enum mu_status status = mu_desk_may(desk, MU_MAY_read_case, NULL);

    if (status != MU_OK)
        return MU_OK;
    status = mu_case_due_any(desk->db, until, &any, error);
    if (status != MU_OK || !any)
        return status;
    status = mu_case_viewer(desk, &viewer, error);
    if (status == MU_OK)
        status =
            mu_case_due_list(desk->db, &viewer, until, COUNTED_DUES, count_due, &counting, error);
    if (status != MU_OK || !out->case_due_id)
        return status;
    status = mu_case_line_of(desk, out->case_due_id, &line, error);
    if (status == MU_OK)
        memcpy(out->case_due_number, line.number, sizeof out->case_due_number);
    return status;
}
