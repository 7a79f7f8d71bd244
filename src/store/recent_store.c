#include "store/recent_store.h"

#include <mulin/base/text.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { OPENED_SIZE = MU_MOMENT_SIZE + 8, IN_A_SECOND = 999999 };

/* A moment behind the last one, which may lie in the same second, or later when the clock was put
 * back: a fraction counts them. */
static void behind(const char *last, struct mu_moment now, char out[OPENED_SIZE])
{
    char second[MU_MOMENT_SIZE];
    long count = 0;

    mu_moment_format(now, second);
    if (strncmp(last, second, MU_MOMENT_SIZE - 1) >= 0) {
        mu_text_copy(second, sizeof second, last);
        if (strlen(last) > MU_MOMENT_SIZE)
            count = strtol(last + MU_MOMENT_SIZE, NULL, 10);
        count += count < IN_A_SECOND;
    }
    snprintf(out, OPENED_SIZE, count ? "%s.%06ld" : "%s", second, count);
}

static enum mu_status read_last(struct mu_db *db, int64_t operator_id, char last[OPENED_SIZE],
                                struct mu_error *error)
{
    struct mu_query query = mu_query(db, "SELECT coalesce(max(opened_at), '') FROM recent_file"
                                         " WHERE operator_id = ?1");

    *last = '\0';
    mu_bind_integer(&query, 1, operator_id);
    if (mu_query_row(&query))
        mu_column_text(&query, 0, last, OPENED_SIZE);
    return mu_query_end(&query, error);
}

static enum mu_status forget(struct mu_db *db, int64_t operator_id, int64_t most,
                             struct mu_error *error)
{
    struct mu_query query =
        mu_query(db, "DELETE FROM recent_file WHERE operator_id = ?1 AND resident_id IN"
                     " (SELECT resident_id FROM recent_file WHERE operator_id = ?1"
                     " ORDER BY opened_at DESC, resident_id LIMIT -1 OFFSET ?2)");

    mu_bind_integer(&query, 1, operator_id);
    mu_bind_integer(&query, 2, most);
    return mu_query_run(&query, error);
}

enum mu_status mu_recent_write(struct mu_db *db, int64_t operator_id, int64_t resident_id,
                               struct mu_moment now, int64_t most, struct mu_error *error)
{
    char last[OPENED_SIZE], opened_at[OPENED_SIZE];
    struct mu_query query;
    enum mu_status status = read_last(db, operator_id, last, error);

    if (status != MU_OK)
        return status;
    behind(last, now, opened_at);
    query = mu_query(db, "INSERT INTO recent_file (operator_id, resident_id, opened_at)"
                         " VALUES (?1, ?2, ?3) ON CONFLICT (operator_id, resident_id)"
                         " DO UPDATE SET opened_at = excluded.opened_at");
    mu_bind_integer(&query, 1, operator_id);
    mu_bind_integer(&query, 2, resident_id);
    mu_bind_text(&query, 3, opened_at);
    status = mu_query_run(&query, error);
    return status == MU_OK ? forget(db, operator_id, most, error) : status;
}

enum mu_status mu_recent_read(struct mu_db *db, int64_t operator_id, int64_t most,
                              mu_register_row *row, void *context, struct mu_error *error)
{
    struct mu_query query = mu_query(db, "SELECT " MU_RESIDENT_COLUMNS " FROM recent_file f"
                                         " JOIN resident r ON r.resident_id = f.resident_id"
                                         " LEFT JOIN household h ON h.household_id = r.household_id"
                                         " LEFT JOIN place p ON p.place_id = h.place_id"
                                         " WHERE f.operator_id = ?1 AND r.status <> 4"
                                         " ORDER BY f.opened_at DESC, f.resident_id LIMIT ?2");
    struct mu_resident resident;

    mu_bind_integer(&query, 1, operator_id);
    mu_bind_integer(&query, 2, most);
    while (mu_query_row(&query)) {
        mu_resident_from_row(&query, MU_OPEN_NOTHING, &resident);
        if (!row(context, &resident))
            break;
    }
    return mu_query_end(&query, error);
}
