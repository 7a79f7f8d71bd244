#include "store/act_store.h"

#include "store/vault.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LINE_BITS = 24, FEW = 8 };

#define ACT_COLUMNS                                                                                \
    "a.act_id, a.recorded_at, a.operator_id, o.name, a.operation, a.subject, a.first_new,"         \
    " a.last_new, a.changed, a.homes, a.undone_by"
#define ACT_TABLES "act a JOIN operator o ON o.operator_id = a.operator_id"

static struct mu_seal_place place_of(const char *column, int64_t act_id, int line)
{
    return (struct mu_seal_place){"act_change", column, (act_id << LINE_BITS) + line};
}

static void forget(char *text)
{
    if (text)
        sodium_memzero(text, strlen(text));
    free(text);
}

enum mu_status mu_act_add(struct mu_db *db, struct mu_act *act, struct mu_error *error)
{
    struct mu_query query =
        mu_query(db, "INSERT INTO act (recorded_at, operator_id, operation, subject, first_new,"
                     " last_new, changed, homes) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)");
    char moment[MU_MOMENT_SIZE];
    enum mu_status status;

    mu_moment_format(act->recorded_at, moment);
    mu_bind_text(&query, 1, moment);
    mu_bind_integer(&query, 2, act->operator_id);
    mu_bind_text(&query, 3, act->operation);
    mu_bind_text(&query, 4, act->subject);
    mu_bind_integer(&query, 5, act->first_new);
    mu_bind_integer(&query, 6, act->last_new);
    mu_bind_integer(&query, 7, act->changed);
    mu_bind_integer(&query, 8, act->homes);
    status = mu_query_run(&query, error);
    if (status == MU_OK)
        act->id = mu_db_last_id(db);
    return status;
}

enum mu_status mu_act_add_counts(struct mu_db *db, struct mu_act *act, struct mu_error *error)
{
    if (act->id == 0)
        return mu_act_add(db, act, error);
    struct mu_query query = mu_query(db, "UPDATE act SET first_new = ?2, last_new = ?3,"
                                         " changed = ?4, homes = ?5 WHERE act_id = ?1");

    mu_bind_integer(&query, 1, act->id);
    mu_bind_integer(&query, 2, act->first_new);
    mu_bind_integer(&query, 3, act->last_new);
    mu_bind_integer(&query, 4, act->changed);
    mu_bind_integer(&query, 5, act->homes);
    return mu_query_run(&query, error);
}

/* Both texts of a change as they lie in the file. */
struct sealed {
    unsigned char *before, *after; /* owned */
    size_t before_length, after_length;
};

static void sealed_clear(struct sealed *sealed)
{
    free(sealed->before);
    free(sealed->after);
}

static unsigned char *seal_one(const struct mu_seal_keys *keys, struct mu_seal_place place,
                               const char *text, size_t *length)
{
    unsigned char *sealed;

    *length = strlen(text) + MU_SEAL_MORE;
    sealed = malloc(*length);
    if (sealed)
        mu_seal(keys, &place, text, strlen(text), sealed);
    return sealed;
}

static enum mu_status seal_change(const struct mu_seal_keys *keys, int64_t act_id, int line,
                                  const char *before, const char *after, struct sealed *out,
                                  struct mu_error *error)
{
    *out = (struct sealed){0};
    out->after = seal_one(keys, place_of("after", act_id, line), after, &out->after_length);
    if (before)
        out->before = seal_one(keys, place_of("before", act_id, line), before, &out->before_length);
    if (out->after && (out->before || !before))
        return MU_OK;
    sealed_clear(out);
    return mu_fail_memory(error);
}

/* What is not bound is NULL. */
static void bind_sealed(struct mu_query *query, const struct sealed *sealed, int before, int after)
{
    if (sealed->before)
        mu_bind_blob(query, before, sealed->before, sealed->before_length);
    mu_bind_blob(query, after, sealed->after, sealed->after_length);
}

enum mu_status mu_act_add_change(struct mu_db *db, int64_t act_id, int line, const char *kind,
                                 int64_t row, const char *before, const char *after,
                                 struct mu_error *error)
{
    const struct mu_seal_keys *keys;
    struct mu_query query;
    struct sealed sealed;
    enum mu_status status = mu_vault_keys(db, &keys, error);

    if (status == MU_OK)
        status = seal_change(keys, act_id, line, before, after, &sealed, error);
    if (status != MU_OK)
        return status;
    query = mu_query(db, "INSERT INTO act_change (act_id, line, kind, row, before, after)"
                         " VALUES (?1, ?2, ?3, ?4, ?5, ?6)");
    mu_bind_integer(&query, 1, act_id);
    mu_bind_integer(&query, 2, line);
    mu_bind_text(&query, 3, kind);
    mu_bind_integer(&query, 4, row);
    bind_sealed(&query, &sealed, 5, 6);
    status = mu_query_run(&query, error);
    sealed_clear(&sealed);
    return status;
}

enum mu_status mu_act_mark_undone(struct mu_db *db, int64_t act_id, int64_t undone_by,
                                  struct mu_error *error)
{
    struct mu_query query = mu_query(db, "UPDATE act SET undone_by = ?2 WHERE act_id = ?1");

    mu_bind_integer(&query, 1, act_id);
    mu_bind_reference(&query, 2, undone_by);
    return mu_query_run(&query, error);
}

enum mu_status mu_act_release(struct mu_db *db, int64_t operator_id, int64_t undone_by,
                              struct mu_error *error)
{
    struct mu_query query = mu_query(db, "UPDATE act SET undone_by = NULL"
                                         " WHERE operator_id = ?1 AND undone_by = ?2");

    mu_bind_integer(&query, 1, operator_id);
    mu_bind_integer(&query, 2, undone_by);
    return mu_query_run(&query, error);
}

static void act_from_row(const struct mu_query *query, struct mu_act *out)
{
    const struct mu_moment unknown = {0};

    out->id = mu_column_integer(query, 0);
    if (!mu_column_moment(query, 1, &out->recorded_at))
        out->recorded_at = unknown;
    out->operator_id = mu_column_integer(query, 2);
    mu_column_text(query, 3, out->operator_name, sizeof out->operator_name);
    mu_column_text(query, 4, out->operation, sizeof out->operation);
    mu_column_text(query, 5, out->subject, sizeof out->subject);
    out->first_new = mu_column_integer(query, 6);
    out->last_new = mu_column_integer(query, 7);
    out->changed = mu_column_integer(query, 8);
    out->homes = mu_column_integer(query, 9);
    out->undone_by = mu_column_integer(query, 10);
}

static enum mu_status read_all(struct mu_query *query, mu_act_row *row, void *context,
                               struct mu_error *error)
{
    struct mu_act act;

    while (mu_query_row(query)) {
        act_from_row(query, &act);
        if (!row(context, &act))
            break;
    }
    return mu_query_end(query, error);
}

enum mu_status mu_act_by_id(struct mu_db *db, int64_t id, bool *found, struct mu_act *out,
                            struct mu_error *error)
{
    struct mu_query query =
        mu_query(db, "SELECT " ACT_COLUMNS " FROM " ACT_TABLES " WHERE a.act_id = ?1");

    mu_bind_integer(&query, 1, id);
    *found = mu_query_row(&query);
    if (*found)
        act_from_row(&query, out);
    return mu_query_end(&query, error);
}

enum mu_status mu_act_of_operator(struct mu_db *db, int64_t operator_id, int64_t before_id,
                                  size_t limit, mu_act_row *row, void *context,
                                  struct mu_error *error)
{
    struct mu_query query =
        mu_query(db, "SELECT " ACT_COLUMNS " FROM " ACT_TABLES
                     " WHERE a.operator_id = ?1 AND (?2 = 0 OR a.act_id < ?2)"
                     " AND a.operation <> 'undo' ORDER BY a.act_id DESC LIMIT ?3");

    mu_bind_integer(&query, 1, operator_id);
    mu_bind_integer(&query, 2, before_id);
    mu_bind_integer(&query, 3, (int64_t)limit);
    return read_all(&query, row, context, error);
}

static void bind_kinds(struct mu_query *query, int first, const char *const *kinds, size_t count)
{
    for (size_t i = 0; i < MU_ACT_KINDS; i++)
        mu_bind_text(query, first + (int)i, i < count ? kinds[i] : "");
}

enum mu_status mu_act_of_record(struct mu_db *db, const char *const *kinds, size_t count,
                                int64_t row, int64_t before_id, size_t limit, mu_act_row *row_found,
                                void *context, struct mu_error *error)
{
    struct mu_query query = mu_query(
        db, "SELECT " ACT_COLUMNS " FROM " ACT_TABLES
            " WHERE a.act_id IN (SELECT c.act_id FROM act_change c WHERE c.row = ?1"
            " AND c.kind IN (?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11) AND (?2 = 0 OR c.act_id < ?2))"
            " ORDER BY a.act_id DESC LIMIT ?3");

    mu_bind_integer(&query, 1, row);
    mu_bind_integer(&query, 2, before_id);
    mu_bind_integer(&query, 3, (int64_t)limit);
    bind_kinds(&query, 4, kinds, count);
    return read_all(&query, row_found, context, error);
}

enum mu_status mu_act_later(struct mu_db *db, const char *kind, int64_t row, int64_t after_id,
                            int64_t before_id, int64_t *act_id, struct mu_error *error)
{
    struct mu_query query = mu_query(db, "SELECT max(act_id) FROM act_change WHERE kind = ?1"
                                         " AND row = ?2 AND act_id > ?3"
                                         " AND (?4 = 0 OR act_id < ?4)");

    *act_id = 0;
    mu_bind_text(&query, 1, kind);
    mu_bind_integer(&query, 2, row);
    mu_bind_integer(&query, 3, after_id);
    mu_bind_integer(&query, 4, before_id);
    if (mu_query_row(&query))
        *act_id = mu_column_integer(&query, 0);
    return mu_query_end(&query, error);
}

enum mu_status mu_act_touched(struct mu_db *db, const char *const *kinds, size_t kind_count,
                              int64_t row, int64_t after_id, bool *touched, struct mu_error *error)
{
    struct mu_query query = mu_query(
        db, "SELECT EXISTS (SELECT 1 FROM act_change c JOIN act a ON a.act_id = c.act_id"
            " WHERE c.kind IN (?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) AND c.row = ?1 AND c.act_id > ?2"
            " AND a.undone_by IS NULL AND a.operation <> 'undo')");

    mu_bind_integer(&query, 1, row);
    mu_bind_integer(&query, 2, after_id);
    bind_kinds(&query, 3, kinds, kind_count);
    *touched = mu_query_row(&query) && mu_column_integer(&query, 0) != 0;
    return mu_query_end(&query, error);
}

void mu_act_change_clear(struct mu_act_change *change)
{
    forget(change->before);
    forget(change->after);
    *change = (struct mu_act_change){0};
}

void mu_act_changes_free(struct mu_act_change **changes, size_t count)
{
    for (size_t i = 0; *changes && i < count; i++)
        mu_act_change_clear(&(*changes)[i]);
    free(*changes);
    *changes = NULL;
}

/* *out stays NULL for NULL. False when it does not open. */
static bool open_text(const struct mu_query *query, int column, struct mu_seal_place place,
                      char **out, enum mu_status *status, struct mu_error *error)
{
    size_t length;

    *out = NULL;
    if (!mu_column_blob(query, column, &length))
        return true;
    *out = malloc(length + 1);
    if (!*out) {
        *status = mu_fail_memory(error);
        return false;
    }
    return mu_column_sealed(query, column, &place, *out, length + 1);
}

#define CHANGE_COLUMNS "act_id, line, kind, row, before, after"

/* *act_id gets whose change it is. MU_STORE when it does not open. */
static enum mu_status change_from_row(const struct mu_query *query, int64_t *act_id,
                                      struct mu_act_change *out, struct mu_error *error)
{
    enum mu_status status = MU_OK;
    char number[24];

    *out = (struct mu_act_change){0};
    *act_id = mu_column_integer(query, 0);
    out->line = (int)mu_column_integer(query, 1);
    mu_column_text(query, 2, out->kind, sizeof out->kind);
    out->row = mu_column_integer(query, 3);
    if (open_text(query, 4, place_of("before", *act_id, out->line), &out->before, &status, error) &&
        open_text(query, 5, place_of("after", *act_id, out->line), &out->after, &status, error) &&
        out->after)
        return MU_OK;
    mu_act_change_clear(out);
    if (status != MU_OK)
        return status;
    snprintf(number, sizeof number, "%lld", (long long)*act_id);
    return mu_fail(error, MU_STORE, MU_SAY_error_sealed_act, number, NULL);
}

/* Ends the query. What does not open because it could not be read is a fault of reading. */
static enum mu_status end(struct mu_query *query, enum mu_status status, struct mu_error *error)
{
    struct mu_error why;
    enum mu_status ended = mu_query_end(query, &why);

    if (ended == MU_OK)
        return status;
    if (error)
        *error = why;
    return ended;
}

/* Makes room for one more. */
static enum mu_status grow(struct mu_act_change **changes, size_t count, struct mu_error *error)
{
    struct mu_act_change *more;

    if (count != 0 && (count < FEW || (count & (count - 1)) != 0))
        return MU_OK;
    more = realloc(*changes, (count < FEW ? FEW : 2 * count) * sizeof *more);
    if (!more)
        return mu_fail_memory(error);
    *changes = more;
    return MU_OK;
}

/* Reads what a bound query finds, and ends it. */
static enum mu_status read_changes(struct mu_query *query, struct mu_act_change **out,
                                   size_t *count, struct mu_error *error)
{
    struct mu_act_change *changes = NULL;
    size_t used = 0;
    int64_t of;
    enum mu_status status = MU_OK;

    while (status == MU_OK && mu_query_row(query)) {
        status = grow(&changes, used, error);
        if (status == MU_OK)
            status = change_from_row(query, &of, &changes[used], error);
        used += status == MU_OK;
    }
    status = end(query, status, error);
    if (status != MU_OK) {
        mu_act_changes_free(&changes, used);
        return status;
    }
    *out = changes;
    *count = used;
    return MU_OK;
}

enum mu_status mu_act_changes(struct mu_db *db, int64_t act_id, struct mu_act_change **out,
                              size_t *count, struct mu_error *error)
{
    const struct mu_seal_keys *keys;
    struct mu_query query;
    enum mu_status status = mu_vault_keys(db, &keys, error);

    if (status != MU_OK)
        return status;
    query = mu_query(db, "SELECT " CHANGE_COLUMNS " FROM act_change WHERE act_id = ?1"
                         " ORDER BY line");
    mu_bind_integer(&query, 1, act_id);
    return read_changes(&query, out, count, error);
}

enum mu_status mu_act_last_changes(struct mu_db *db, int64_t act_id, int before_line, size_t limit,
                                   struct mu_act_change **out, size_t *count,
                                   struct mu_error *error)
{
    const struct mu_seal_keys *keys;
    struct mu_query query;
    enum mu_status status = mu_vault_keys(db, &keys, error);

    if (status != MU_OK)
        return status;
    query = mu_query(db, "SELECT " CHANGE_COLUMNS " FROM act_change WHERE act_id = ?1"
                         " AND (?2 = 0 OR line < ?2) ORDER BY line DESC LIMIT ?3");
    mu_bind_integer(&query, 1, act_id);
    mu_bind_integer(&query, 2, before_line);
    mu_bind_integer(&query, 3, (int64_t)limit);
    return read_changes(&query, out, count, error);
}

enum mu_status mu_act_changes_of(struct mu_db *db, int64_t act_id, const char *const *kinds,
                                 size_t kind_count, int64_t row, struct mu_act_change **out,
                                 size_t *count, struct mu_error *error)
{
    const struct mu_seal_keys *keys;
    struct mu_query query;
    enum mu_status status = mu_vault_keys(db, &keys, error);

    if (status != MU_OK)
        return status;
    query = mu_query(db, "SELECT " CHANGE_COLUMNS " FROM act_change WHERE act_id = ?1 AND row = ?2"
                         " AND kind IN (?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) ORDER BY line");
    mu_bind_integer(&query, 1, act_id);
    mu_bind_integer(&query, 2, row);
    bind_kinds(&query, 3, kinds, kind_count);
    return read_changes(&query, out, count, error);
}

/* The change after (*act_id, *line); *act_id becomes 0 when there is none. */
static enum mu_status read_next(struct mu_db *db, int64_t *act_id, struct mu_act_change *change,
                                struct mu_error *error)
{
    struct mu_query query = mu_query(db, "SELECT " CHANGE_COLUMNS " FROM act_change"
                                         " WHERE (act_id, line) > (?1, ?2)"
                                         " ORDER BY act_id, line LIMIT 1");
    enum mu_status status = MU_OK;

    mu_bind_integer(&query, 1, *act_id);
    mu_bind_integer(&query, 2, change->line);
    *act_id = 0;
    if (mu_query_row(&query)) {
        mu_act_change_clear(change);
        status = change_from_row(&query, act_id, change, error);
    }
    return end(&query, status, error);
}

static enum mu_status reseal(struct mu_db *db, const struct mu_seal_keys *keys, int64_t act_id,
                             const struct mu_act_change *change, struct mu_error *error)
{
    struct mu_query query;
    struct sealed sealed;
    enum mu_status status =
        seal_change(keys, act_id, change->line, change->before, change->after, &sealed, error);

    if (status != MU_OK)
        return status;
    query = mu_query(db, "UPDATE act_change SET before = ?3, after = ?4"
                         " WHERE act_id = ?1 AND line = ?2");
    mu_bind_integer(&query, 1, act_id);
    mu_bind_integer(&query, 2, change->line);
    bind_sealed(&query, &sealed, 3, 4);
    status = mu_query_run(&query, error);
    sealed_clear(&sealed);
    return status;
}

enum mu_status mu_act_reseal(struct mu_db *db, const struct mu_seal_keys *keys,
                             struct mu_error *error)
{
    struct mu_act_change change = {0};
    int64_t act_id = 0;
    enum mu_status status;

    while ((status = read_next(db, &act_id, &change, error)) == MU_OK && act_id) {
        status = reseal(db, keys, act_id, &change, error);
        if (status != MU_OK)
            break;
    }
    mu_act_change_clear(&change);
    return status;
}

/* The change after (*act_id, *line), under the key in force and of one state of the records. */
static enum mu_status look_at_next(struct mu_db *db, int64_t *act_id, struct mu_act_change *change,
                                   struct mu_error *error)
{
    const struct mu_seal_keys *keys;
    enum mu_status status = mu_db_begin_read(db, error);

    if (status != MU_OK)
        return status;
    status = mu_vault_keys(db, &keys, error);
    if (status == MU_OK)
        status = read_next(db, act_id, change, error);
    mu_db_end_read(db);
    return status;
}

enum mu_status mu_act_check(struct mu_db *db, int64_t *act_id, struct mu_error *error)
{
    struct mu_act_change change = {0};
    struct mu_error why = {.status = MU_OK};
    int64_t at = 0;
    enum mu_status status;

    *act_id = 0;
    do
        status = look_at_next(db, &at, &change, &why);
    while (status == MU_OK && at);
    mu_act_change_clear(&change);
    if (status == MU_STORE && why.message == MU_SAY_error_sealed_act) {
        *act_id = at;
        return MU_OK;
    }
    if (status != MU_OK && error)
        *error = why;
    return status;
}
