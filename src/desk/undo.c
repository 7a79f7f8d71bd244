#include "desk/act_view.h"
#include "desk/undo_import.h"

#include <mulin/base/text.h>

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* An act with its changes. */
struct found_act {
    struct mu_act act;
    struct mu_act_change *changes; /* owned */
    size_t count;
};

static void found_clear(struct found_act *found)
{
    mu_act_changes_free(&found->changes, found->count);
}

/* Fills both languages. */
static enum mu_status tell(const struct mu_desk *desk, const struct found_act *found,
                           struct mu_undone *out, struct mu_error *error)
{
    char clock[MU_CLOCK_SIZE], when[MU_DATE_SIZE + MU_CLOCK_SIZE];
    const struct mu_moment at = found->act.recorded_at;

    mu_clock_format(at.minute, clock);
    if (mu_date_compare(at.date, mu_desk_now(desk).date) == 0) {
        mu_text_copy(when, sizeof when, clock);
    } else {
        char day[MU_DATE_SIZE];

        mu_date_format(at.date, day);
        snprintf(when, sizeof when, "%s %s", day, clock);
    }
    out->act_id = found->act.id;
    for (int language = MU_CHINESE; language <= MU_ENGLISH; language++) {
        struct mu_act_view view;
        enum mu_status status = mu_act_view_make(&found->act, found->changes, found->count,
                                                 (enum mu_language)language, &view, error);

        if (status != MU_OK)
            return status;
        out->again = view.undo;
        mu_message_format(out->words[language], sizeof out->words[language],
                          (enum mu_language)language, MU_SAY_act_at, when, view.words, NULL);
        mu_act_view_clear(&view);
    }
    return MU_OK;
}

/* True when the change touches this field. */
static bool touches(const struct mu_act_change *change, const char *key)
{
    char value[MU_FIELD_LONGEST];

    return mu_snapshot_value(change->after, key, value);
}

/* The last act that changed the field after `act_id`; culprit->id is 0 when no act did. */
static enum mu_status find_culprit(struct mu_desk *desk, int64_t act_id,
                                   const struct mu_act_change *change, const char *key,
                                   struct mu_act *culprit, struct mu_error *error)
{
    const char *kind = change->kind;
    int64_t at = 0;
    bool found = false;
    enum mu_status status = MU_OK;

    culprit->id = 0;
    while (status == MU_OK && !found) {
        struct mu_act_change *changes = NULL;
        size_t count = 0;

        status = mu_act_later(desk->db, change->kind, change->row, act_id, at, &at, error);
        if (status != MU_OK || at == 0)
            return status;
        status = mu_act_changes_of(desk->db, at, &kind, 1, change->row, &changes, &count, error);
        for (size_t i = 0; i < count; i++)
            found |= touches(&changes[i], key);
        mu_act_changes_free(&changes, count);
    }
    return status == MU_OK ? mu_act_by_id(desk->db, at, &found, culprit, error) : status;
}

static enum mu_status refuse_changed(struct mu_desk *desk, const struct mu_act *act,
                                     const struct mu_act_change *change, const char *key,
                                     struct mu_error *error)
{
    struct mu_act culprit;
    char moment[MU_MOMENT_SIZE];
    enum mu_status status = find_culprit(desk, act->id, change, key, &culprit, error);

    if (status != MU_OK)
        return status;
    if (culprit.id == 0)
        return mu_fail(error, MU_REFUSED, MU_SAY_error_undo_changed_unseen, act->subject, NULL);
    mu_moment_format(culprit.recorded_at, moment);
    moment[MU_DATE_SIZE - 1] = ' ';
    moment[MU_DATE_SIZE + MU_CLOCK_SIZE - 1] = '\0'; /* to the minute */
    return mu_fail(error, MU_REFUSED, MU_SAY_error_undo_changed, act->subject,
                   culprit.operator_name, moment, NULL);
}

static bool stands_in(const char *const *keys, const char *key)
{
    for (; keys && *keys; keys++)
        if (strcmp(*keys, key) == 0)
            return true;
    return false;
}

/* The first field in which a new record is no longer as it was made. A record goes wholly, so
 * nothing may have been added to it either. */
static const struct mu_field *added_since(const struct mu_act_kind *kind, const char *made,
                                          const void *current)
{
    char was[MU_FIELD_LONGEST], is[MU_FIELD_LONGEST];

    for (size_t i = 0; i < *kind->field_count; i++) {
        const struct mu_field *field = &kind->fields[i];

        if (stands_in(kind->borrowed, field->key))
            continue;
        mu_snapshot_value(made, field->key, was);
        mu_field_write(field, current, MU_CHINESE, is, sizeof is);
        if (strcmp(was, is) != 0)
            return field;
    }
    return NULL;
}

/* Only what is still as the act left it is put back. */
static enum mu_status check_unchanged(struct mu_desk *desk, const struct mu_act *act,
                                      const struct mu_act_change *change,
                                      const struct mu_act_kind *kind, const void *current,
                                      struct mu_error *error)
{
    const struct mu_field *differs =
        change->before
            ? mu_snapshot_differs(kind->fields, *kind->field_count, change->after, current)
            : added_since(kind, change->after, current);

    return differs ? refuse_changed(desk, act, change, differs->key, error) : MU_OK;
}

enum mu_status mu_undo_change(struct mu_desk *desk, struct mu_act_writer *writer,
                              const struct mu_act *act, const struct mu_act_change *change,
                              struct mu_error *error)
{
    const struct mu_act_kind *kind = mu_act_kind(change->kind);
    char *current, *wanted;
    enum mu_status status;

    if (!kind)
        return mu_fail(error, MU_USAGE, MU_SAY_error_act_kind, change->kind, NULL);
    status = mu_desk_may(desk, kind->changes, error);
    if (status != MU_OK)
        return status;
    current = calloc(2, kind->size);
    if (!current)
        return mu_fail_memory(error);
    wanted = current + kind->size;
    status = kind->read(desk, change->row, current, error);
    if (status == MU_OK)
        status = check_unchanged(desk, act, change, kind, current, error);
    if (status == MU_OK && change->before) {
        memcpy(wanted, current, kind->size);
        status = mu_snapshot_apply(kind->fields, *kind->field_count, change->before,
                                   mu_desk_now(desk).date, wanted, kind->size, error);
    }
    if (status == MU_OK && writer)
        status =
            kind->put_back(writer, change->row, current, change->before ? wanted : NULL, error);
    sodium_memzero(current, 2 * kind->size);
    free(current);
    return status;
}

static enum mu_status put_all_back(struct mu_desk *desk, struct mu_act_writer *writer,
                                   const struct found_act *found, struct mu_error *error)
{
    enum mu_status status = MU_OK;

    /* What was done last is put back first. */
    for (size_t i = found->count; i > 0 && status == MU_OK; i--)
        status = mu_undo_change(desk, writer, &found->act, &found->changes[i - 1], error);
    return status;
}

struct behind {
    int64_t id;
    bool near;
};

static bool is_near(void *context, const struct mu_act *act)
{
    struct behind *behind = context;

    behind->near = act->id <= behind->id;
    return !behind->near;
}

/* Among the operator's last steps. An act of taking back counts as the next step before it. */
static enum mu_status check_near(struct mu_desk *desk, int64_t act_id, struct mu_error *error)
{
    struct behind behind = {act_id, false};
    char number[16];
    enum mu_status status =
        mu_act_of_operator(desk->db, desk->operator.id, 0, MU_UNDO_STEPS, is_near, &behind, error);

    if (status != MU_OK || behind.near)
        return status;
    snprintf(number, sizeof number, "%d", MU_UNDO_STEPS);
    return mu_fail(error, MU_REFUSED, MU_SAY_error_undo_old, number, NULL);
}

static enum mu_status check_act(struct mu_desk *desk, const struct mu_act *act,
                                struct mu_error *error)
{
    enum mu_operation operation = MU_MAY_undo;
    enum mu_status status = mu_desk_may(desk, MU_MAY_undo, error);

    if (status == MU_OK && mu_operation_from_word(act->operation, &operation))
        status = mu_desk_may(desk, operation, error);
    if (status != MU_OK)
        return status;
    if (act->operator_id != desk->operator.id)
        return mu_fail(error, MU_REFUSED, MU_SAY_error_undo_foreign, act->operator_name, NULL);
    if (act->undone_by)
        return mu_fail(error, MU_REFUSED, MU_SAY_error_undo_done, NULL);
    if (act->last_new + act->changed + act->homes && !mu_act_wholesale(act))
        return mu_fail(error, MU_REFUSED, MU_SAY_error_undo_import_again, act->subject, NULL);
    return check_near(desk, act->id, error);
}

static enum mu_status find(struct mu_desk *desk, int64_t act_id, struct found_act *out,
                           struct mu_error *error)
{
    bool found;
    char number[24];
    enum mu_status status = mu_act_by_id(desk->db, act_id, &found, &out->act, error);

    if (status == MU_OK && !found) {
        snprintf(number, sizeof number, "%lld", (long long)act_id);
        return mu_fail(error, MU_INPUT, MU_SAY_error_act_unknown, number, NULL);
    }
    /* Those of an import are gone through one by one. */
    if (status != MU_OK || mu_act_wholesale(&out->act))
        return status;
    return mu_act_changes(desk->db, act_id, &out->changes, &out->count, error);
}

/* Inside the caller's write transaction. */
static enum mu_status undo(struct mu_desk *desk, const struct found_act *found,
                           mu_progress *progress, void *context, struct mu_undone *undone,
                           struct mu_error *error)
{
    struct mu_act_writer writer;
    enum mu_status status;

    mu_act_begin(&writer, desk, MU_MAY_undo, found->act.subject);
    writer.undone = &found->act;
    if (mu_act_wholesale(&found->act))
        status = mu_undo_import(&writer, progress, context, undone, error);
    else
        status = put_all_back(desk, &writer, found, error);
    /* Also what came to nothing was taken back: it must not be asked about again. */
    if (status == MU_OK && writer.act.id == 0)
        status = mu_act_add(desk->db, &writer.act, error);
    if (status == MU_OK && strcmp(found->act.operation, "undo") == 0)
        status = mu_act_release(desk->db, found->act.operator_id, found->act.id, error);
    return status == MU_OK ? mu_act_mark_undone(desk->db, found->act.id, writer.act.id, error)
                           : status;
}

/* Done, or a reason why not; anything else says nothing about the act. */
static bool is_answer(enum mu_status status)
{
    return status == MU_OK || status == MU_REFUSED || status == MU_INPUT;
}

enum mu_status mu_undo(struct mu_desk *desk, int64_t act_id, struct mu_undone *out,
                       struct mu_error *error)
{
    return mu_undo_watched(desk, act_id, NULL, NULL, out, error);
}

enum mu_status mu_undo_watched(struct mu_desk *desk, int64_t act_id, mu_progress *progress,
                               void *context, struct mu_undone *out, struct mu_error *error)
{
    struct found_act found = {0};
    struct mu_undone undone = {0};
    enum mu_status status = mu_desk_refresh_operator(desk, error);

    if (status == MU_OK)
        status = mu_db_begin(desk->db, error);
    if (status != MU_OK)
        return status;
    status = find(desk, act_id, &found, error);
    if (status == MU_OK)
        status = tell(desk, &found, &undone, error);
    if (status == MU_OK)
        status = check_act(desk, &found.act, error);
    if (status == MU_OK)
        status = undo(desk, &found, progress, context, &undone, error);
    status = mu_desk_end(desk, status, error);
    found_clear(&found);
    if (out && is_answer(status))
        *out = undone;
    return status;
}

static bool take_undoable(void *context, const struct mu_act *act)
{
    struct mu_act *next = context;

    if (act->undone_by)
        return true;
    *next = *act;
    return false;
}

/* Looks at a step, inside the caller's read transaction. */
typedef enum mu_status look_at(struct mu_desk *desk, int64_t id, struct mu_undone *out,
                               struct mu_error *error);

/* What undo would find. */
static enum mu_status look(struct mu_desk *desk, int64_t act_id, struct mu_undone *out,
                           struct mu_error *error)
{
    struct found_act found = {0};
    enum mu_status status = find(desk, act_id, &found, error);

    if (status == MU_OK)
        status = tell(desk, &found, out, error);
    if (status == MU_OK)
        status = check_act(desk, &found.act, error);
    if (status == MU_OK)
        status = put_all_back(desk, NULL, &found, error);
    found_clear(&found);
    return status;
}

static enum mu_status look_at_next(struct mu_desk *desk, int64_t below, struct mu_undone *out,
                                   struct mu_error *error)
{
    struct mu_act act = {0};
    enum mu_status status = mu_act_of_operator(desk->db, desk->operator.id, below, MU_UNDO_STEPS,
                                               take_undoable, &act, error);

    if (status != MU_OK || act.id == 0 || (below && check_near(desk, act.id, NULL) == MU_REFUSED))
        return status;
    return look(desk, act.id, out, error);
}

/* Asks in one snapshot; a step that can't be taken back is told of, too. */
static enum mu_status ask(struct mu_desk *desk, look_at *at, int64_t id, struct mu_undone *out,
                          struct mu_error *error)
{
    struct mu_undone undone = {0};
    enum mu_status status = mu_desk_may(desk, MU_MAY_undo, error);

    if (status == MU_OK)
        status = mu_db_begin_read(desk->db, error);
    if (status == MU_REFUSED)
        *out = undone;
    if (status != MU_OK)
        return status;
    status = at(desk, id, &undone, error);
    mu_db_end_read(desk->db);
    if (is_answer(status))
        *out = undone;
    return status;
}

enum mu_status mu_undo_next(struct mu_desk *desk, int64_t below, struct mu_undone *out,
                            struct mu_error *error)
{
    return ask(desk, look_at_next, below, out, error);
}

enum mu_status mu_undo_look(struct mu_desk *desk, int64_t act_id, struct mu_undone *out,
                            struct mu_error *error)
{
    return ask(desk, look, act_id, out, error);
}
