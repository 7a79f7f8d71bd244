#include "desk/act_view.h"
#include "desk/resident_file.h"

#include <stdio.h>
#include <stdlib.h>

/* Acts read from the store, to be looked at one by one when their query has ended. */
struct acts {
    struct mu_act act[MU_HISTORY_LIMIT];
    size_t count, limit;
};

static bool collect(void *context, const struct mu_act *act)
{
    struct acts *acts = context;

    acts->act[acts->count++] = *act;
    return acts->count < acts->limit;
}

/* The kinds that stand in the history of a person; returns how many. */
static size_t kinds_of_resident(const char *kinds[MU_ACT_KINDS])
{
    const struct mu_act_kind *kind;
    size_t count = 0;

    for (size_t i = 0; (kind = mu_act_kind_at(i)) != NULL && count < MU_ACT_KINDS; i++)
        if (kind->of_resident)
            kinds[count++] = kind->word;
    return count;
}

enum { SHOWN = 200 }; /* changes of an import, the last ones */

/* Of a person only the own part of an act, which may be an import of thousands. */
static enum mu_status read_changes(struct mu_desk *desk, const struct mu_act *act,
                                   int64_t resident_id, struct mu_act_change **changes,
                                   size_t *count, struct mu_error *error)
{
    const char *kinds[MU_ACT_KINDS];
    size_t kind_count = kinds_of_resident(kinds);

    if (resident_id)
        return mu_act_changes_of(desk->db, act->id, kinds, kind_count, resident_id, changes, count,
                                 error);
    if (act->last_new + act->changed + act->homes)
        return mu_act_last_changes(desk->db, act->id, 0, SHOWN, changes, count, error);
    return mu_act_changes(desk->db, act->id, changes, count, error);
}

/* Reads the act's changes and hands its view on; *more becomes false when the caller has enough. */
static enum mu_status show(struct mu_desk *desk, const struct mu_act *act, int64_t resident_id,
                           enum mu_language language, mu_act_view_row *row, void *context,
                           bool *more, struct mu_error *error)
{
    struct mu_act_change *changes = NULL;
    struct mu_act_view view;
    size_t count = 0;
    enum mu_status status = read_changes(desk, act, resident_id, &changes, &count, error);

    if (status != MU_OK)
        return status;
    status = mu_act_view_make(act, changes, count, language, &view, error);
    mu_act_changes_free(&changes, count);
    if (status != MU_OK)
        return status;
    *more = row(context, &view);
    mu_act_view_clear(&view);
    return MU_OK;
}

static enum mu_status show_all(struct mu_desk *desk, const struct acts *acts, int64_t resident_id,
                               enum mu_language language, mu_act_view_row *row, void *context,
                               struct mu_error *error)
{
    enum mu_status status = MU_OK;
    bool more = true;

    for (size_t i = 0; i < acts->count && more && status == MU_OK; i++)
        status = show(desk, &acts->act[i], resident_id, language, row, context, &more, error);
    return status;
}

enum mu_status mu_list_history(struct mu_desk *desk, int64_t resident_id, int64_t before_id,
                               size_t limit, enum mu_language language, mu_act_view_row *row,
                               void *context, struct mu_error *error)
{
    const char *kinds[MU_ACT_KINDS];
    size_t kind_count = kinds_of_resident(kinds);
    struct mu_resident resident;
    struct acts *acts;
    enum mu_status status = mu_desk_may(desk, MU_MAY_read_resident, error);

    if (status == MU_OK)
        status = mu_file_read(desk, resident_id, &resident, error);
    if (status != MU_OK || limit == 0)
        return status;
    acts = calloc(1, sizeof *acts);
    if (!acts)
        return mu_fail_memory(error);
    acts->limit = limit < MU_HISTORY_LIMIT ? limit : MU_HISTORY_LIMIT;
    status = mu_act_of_record(desk->db, kinds, kind_count, resident_id, before_id, acts->limit,
                              collect, acts, error);
    if (status == MU_OK)
        status = show_all(desk, acts, resident_id, language, row, context, error);
    free(acts);
    return status;
}

enum mu_status mu_list_undo(struct mu_desk *desk, enum mu_language language, mu_act_view_row *row,
                            void *context, struct mu_error *error)
{
    struct acts *acts;
    enum mu_status status = mu_desk_may(desk, MU_MAY_undo, error);

    if (status != MU_OK)
        return status;
    acts = calloc(1, sizeof *acts);
    if (!acts)
        return mu_fail_memory(error);
    acts->limit = MU_UNDO_STEPS;
    status =
        mu_act_of_operator(desk->db, desk->operator.id, 0, MU_UNDO_STEPS, collect, acts, error);
    if (status == MU_OK)
        status = show_all(desk, acts, 0, language, row, context, error);
    free(acts);
    return status;
}

enum mu_status mu_read_act(struct mu_desk *desk, int64_t act_id, enum mu_language language,
                           mu_act_view_row *row, void *context, struct mu_error *error)
{
    struct mu_act act;
    bool found, more;
    char number[24];
    enum mu_status status = mu_desk_may(desk, MU_MAY_read_resident, error);

    if (status == MU_OK)
        status = mu_act_by_id(desk->db, act_id, &found, &act, error);
    if (status != MU_OK)
        return status;
    if (!found) {
        snprintf(number, sizeof number, "%lld", (long long)act_id);
        return mu_fail(error, MU_INPUT, MU_SAY_error_act_unknown, number, NULL);
    }
    return show(desk, &act, 0, language, row, context, &more, error);
}
