#include "store/operator_store.h"

#include <string.h>

#define COLUMNS                                                                                    \
    "SELECT operator_id, name, role, system_user, password IS NOT NULL, ended_at IS NOT NULL,"     \
    " wrong_tries, locked_until FROM operator"

enum mu_status mu_operator_add(struct mu_db *db, const char *name, const char *role,
                               const char *system_user, struct mu_moment now, int64_t *id,
                               struct mu_error *error)
{
    char moment[MU_MOMENT_SIZE];
    struct mu_query query = mu_query(db, "INSERT INTO operator (name, role, system_user,"
                                         " created_at) VALUES (?1, ?2, ?3, ?4)"
                                         " RETURNING operator_id");

    mu_moment_format(now, moment);
    mu_bind_text(&query, 1, name);
    mu_bind_text(&query, 2, role);
    mu_bind_optional(&query, 3, system_user);
    mu_bind_text(&query, 4, moment);
    while (mu_query_row(&query))
        *id = mu_column_integer(&query, 0);
    return mu_query_end(&query, error);
}

/* What does not fit was not written by this program: a count that cannot be read is a full one. */
static void read_row(const struct mu_query *query, struct mu_operator *out)
{
    memset(out, 0, sizeof *out);
    out->id = mu_column_integer(query, 0);
    mu_column_text(query, 1, out->name, sizeof out->name);
    mu_column_text(query, 2, out->role, sizeof out->role);
    mu_column_text(query, 3, out->system_user, sizeof out->system_user);
    out->has_password = mu_column_integer(query, 4) != 0;
    out->ended = mu_column_integer(query, 5) != 0;
    if (!mu_column_int(query, 6, &out->wrong_tries) || out->wrong_tries < 0)
        out->wrong_tries = MU_TRIES;
    mu_column_text(query, 7, out->locked_until, sizeof out->locked_until);
}

static enum mu_status read_one(struct mu_query *query, struct mu_operator *out,
                               struct mu_error *error)
{
    memset(out, 0, sizeof *out);
    if (mu_query_row(query))
        read_row(query, out);
    return mu_query_end(query, error);
}

enum mu_status mu_operator_by_id(struct mu_db *db, int64_t id, struct mu_operator *out,
                                 struct mu_error *error)
{
    struct mu_query query = mu_query(db, COLUMNS " WHERE operator_id = ?1");

    mu_bind_integer(&query, 1, id);
    return read_one(&query, out, error);
}

enum mu_status mu_operator_by_name(struct mu_db *db, const char *name, struct mu_operator *out,
                                   struct mu_error *error)
{
    struct mu_query query = mu_query(db, COLUMNS " WHERE name = ?1");

    mu_bind_text(&query, 1, name);
    return read_one(&query, out, error);
}

enum mu_status mu_operator_by_system_user(struct mu_db *db, const char *system_user,
                                          struct mu_operator *out, struct mu_error *error)
{
    struct mu_query query = mu_query(db, COLUMNS " WHERE system_user = ?1 AND ended_at IS NULL");

    mu_bind_text(&query, 1, system_user);
    return read_one(&query, out, error);
}

enum mu_status mu_operator_list(struct mu_db *db, mu_operator_row *row, void *context,
                                struct mu_error *error)
{
    struct mu_query query = mu_query(db, COLUMNS " ORDER BY ended_at IS NOT NULL, name");
    struct mu_operator operator;

    while (mu_query_row(&query)) {
        read_row(&query, &operator);
        if (!row(context, &operator))
            break;
    }
    return mu_query_end(&query, error);
}

enum mu_status mu_operator_count_others(struct mu_db *db, const struct mu_operator *operator,
                                        const char * role, int64_t *count, struct mu_error *error)
{
    struct mu_query query =
        mu_query(db, "SELECT count(*) FROM operator WHERE role = ?1 AND operator_id <> ?2"
                     " AND ended_at IS NULL"
                     " AND (password IS NOT NULL OR system_user IS NOT NULL)");

    mu_bind_text(&query, 1, role);
    mu_bind_integer(&query, 2, operator->id);
    *count = mu_query_row(&query) ? mu_column_integer(&query, 0) : 0;
    return mu_query_end(&query, error);
}

enum mu_status mu_operator_write(struct mu_db *db, const struct mu_operator *operator,
                                 struct mu_error * error)
{
    struct mu_query query =
        mu_query(db, "UPDATE operator SET role = ?2, system_user = ?3, wrong_tries = ?4,"
                     " locked_until = ?5 WHERE operator_id = ?1");

    mu_bind_integer(&query, 1, operator->id);
    mu_bind_text(&query, 2, operator->role);
    mu_bind_optional(&query, 3, operator->system_user);
    mu_bind_integer(&query, 4, operator->wrong_tries);
    mu_bind_text(&query, 5, operator->locked_until);
    return mu_query_run(&query, error);
}

enum mu_status mu_operator_leave(struct mu_db *db, int64_t id, struct mu_moment now,
                                 struct mu_error *error)
{
    char moment[MU_MOMENT_SIZE];
    struct mu_query query = mu_query(db, "UPDATE operator SET ended_at = ?2, system_user = NULL"
                                         " WHERE operator_id = ?1");

    mu_moment_format(now, moment);
    mu_bind_integer(&query, 1, id);
    mu_bind_text(&query, 2, moment);
    return mu_query_run(&query, error);
}

enum mu_status mu_operator_password(struct mu_db *db, int64_t id, char *out, size_t size,
                                    struct mu_error *error)
{
    struct mu_query query = mu_query(db, "SELECT password FROM operator WHERE operator_id = ?1");

    *out = '\0';
    mu_bind_integer(&query, 1, id);
    if (mu_query_row(&query))
        mu_column_text(&query, 0, out, size);
    return mu_query_end(&query, error);
}

enum mu_status mu_operator_set_password(struct mu_db *db, int64_t id, const char *hash,
                                        struct mu_error *error)
{
    struct mu_query query = mu_query(db, "UPDATE operator SET password = ?2, wrong_tries = 0,"
                                         " locked_until = '' WHERE operator_id = ?1");

    mu_bind_integer(&query, 1, id);
    mu_bind_text(&query, 2, hash);
    return mu_query_run(&query, error);
}
