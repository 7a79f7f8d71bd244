/* People of a list who are taken out of the house. */
#include "desk/desk_internal.h"
#include "desk/roster_file.h"

#include <mulin/base/text.h>

#include <stdlib.h>
#include <string.h>

enum {
    BATCH = 50, /* people that are read under one lock */
    SLICE = 50  /* milliseconds of reading the list between two looks at the progress */
};

struct taking {
    struct mu_roster *roster;
    const struct mu_roster_leaving *leaving;
    int64_t *ids; /* owned */
    size_t count;
    struct mu_error *error;
    char reason[MU_REASON_SIZE];
};

/* ---- who ---- */

static enum mu_status collect(struct taking *taking)
{
    const struct mu_id_set *only = taking->leaving->only;
    size_t count = mu_roster_count(taking->roster), most = only ? only->count : count;
    struct mu_id_set taken = {0};

    taking->ids = malloc((most + 1) * sizeof *taking->ids);
    if (!taking->ids)
        return mu_fail_memory(taking->error);
    for (size_t i = 0; i < count && taking->count < most; i++) {
        int64_t id = mu_roster_id(taking->roster, i);

        if (only && !mu_id_set_has(only, id))
            continue;
        if (only && !mu_id_set_add(&taken, id))
            break;
        taking->ids[taking->count++] = id;
    }
    for (int64_t id = 0; only && (id = mu_id_set_next(only, id)) != 0;)
        if (taking->count < most && !mu_id_set_has(&taken, id))
            taking->ids[taking->count++] = id;
    mu_id_set_clear(&taken);
    if (taking->count == 0)
        return mu_fail(taking->error, MU_INPUT, MU_SAY_error_list_empty, NULL);
    return MU_OK;
}

static enum mu_status stopped(const struct taking *taking)
{
    return mu_fail(taking->error, MU_REFUSED, MU_SAY_error_list_stopped, NULL);
}

static bool goes_on(const struct taking *taking, size_t done, size_t total)
{
    const struct mu_roster_leaving *leaving = taking->leaving;

    return !leaving->progress || leaving->progress(leaving->context, (int64_t)done, (int64_t)total);
}

/* The list to its end, which may take a while. */
static enum mu_status read_whole(struct taking *taking)
{
    bool sorting;

    while (!mu_roster_whole(taking->roster)) {
        enum mu_status status = mu_roster_go_on(taking->roster, SLICE, taking->error);

        if (status != MU_OK)
            return status;
        if (!goes_on(taking, (size_t)mu_roster_progress(taking->roster, &sorting), 100))
            return stopped(taking);
    }
    return MU_OK;
}

/* ---- the trail ---- */

/* What was taken out, for the trail. A text may be somebody's number: it is named only. */
static void describe(const struct taking *taking, char *out, size_t size)
{
    struct mu_roster_request request = *mu_roster_asked(taking->roster);
    char body[MU_ROSTER_BODY_SIZE];
    size_t used;

    if (*request.text)
        mu_text_copy(request.text, sizeof request.text, "*");
    mu_roster_body_write(&request, body);
    used = (size_t)snprintf(out, size, "people=%zu\n", taking->count);
    mu_text_copy(out + used, size - used, body);
}

static enum mu_status note(struct taking *taking, enum mu_operation operation, const char *subject)
{
    struct mu_desk *desk = taking->roster->desk;
    char after[MU_CHANGE_SIZE], name[MU_SUBJECT_SIZE];
    enum mu_status status = mu_db_begin(desk->db, taking->error);

    if (status != MU_OK)
        return status;
    describe(taking, after, sizeof after);
    mu_text_inert(name, sizeof name, subject);
    status = mu_audit_note(desk, operation, 0, name, "", after, taking->reason, taking->error);
    return mu_desk_end(desk, status, taking->error);
}

static enum mu_status may_leave(struct taking *taking, enum mu_operation *operation)
{
    struct mu_desk *desk = taking->roster->desk;
    const struct mu_roster_leaving *leaving = taking->leaving;
    enum mu_status status = mu_desk_may(desk, MU_MAY_export_residents, taking->error);

    *operation = leaving->full ? MU_MAY_export_numbers : MU_MAY_export_residents;
    if (status == MU_OK && leaving->full)
        status = mu_desk_may(desk, MU_MAY_export_numbers, taking->error);
    if (status == MU_OK)
        status =
            mu_desk_text(leaving->reason, taking->reason, sizeof taking->reason, taking->error);
    if (status == MU_OK && leaving->full && !*taking->reason)
        return mu_fail(taking->error, MU_INPUT, MU_SAY_error_list_reason, NULL);
    return status;
}

static bool hand_batch(struct taking *taking, const struct mu_resident *batch, size_t count,
                       size_t *people)
{
    for (size_t i = 0; i < count; i++, (*people)++)
        if (!taking->leaving->row(taking->leaving->context, &batch[i]))
            return false;
    return true;
}

static enum mu_status hand_over(struct taking *taking, size_t *people)
{
    const struct mu_roster_leaving *leaving = taking->leaving;
    struct mu_resident batch[BATCH];

    if (leaving->begin && !leaving->begin(leaving->context, taking->count))
        return stopped(taking);
    for (size_t next = 0; next < taking->count; next += BATCH) {
        size_t count = taking->count - next < BATCH ? taking->count - next : BATCH, read = 0;
        enum mu_status status = mu_roster_people(taking->roster, taking->ids + next, count,
                                                 leaving->full, batch, &read, taking->error);

        if (status != MU_OK)
            return status;
        /* The lock is gone: a slow disk or printer must not keep others from saving. */
        if (!hand_batch(taking, batch, read, people) ||
            !goes_on(taking, next + count, taking->count))
            return stopped(taking);
    }
    return MU_OK;
}

enum mu_status mu_take_out_roster(struct mu_roster *roster, const struct mu_roster_leaving *leaving,
                                  size_t *people, struct mu_error *error)
{
    struct mu_error own = {0};
    struct taking taking = {.roster = roster, .leaving = leaving, .error = error ? error : &own};
    enum mu_operation operation;
    size_t handed = 0;
    enum mu_status status = may_leave(&taking, &operation);

    if (status == MU_OK)
        status = read_whole(&taking);
    if (status == MU_OK)
        status = collect(&taking);
    if (status == MU_OK)
        status = note(&taking, operation, leaving->target);
    if (status == MU_OK)
        status = hand_over(&taking, &handed);
    free(taking.ids);
    if (status == MU_OK)
        *people = handed;
    return status;
}
