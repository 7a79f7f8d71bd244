#include "store/twin_store.h"

#include "store/register_store.h"

#define TWIN_COLUMNS                                                                               \
    "t.twin_id, t.first_id, t.second_id, t.verdict, t.reason, t.operator_id, o.name,"              \
    " t.decided_at, t.ended_at, f.name, s.name, f.linked_to, s.linked_to"
#define TWIN_TABLES                                                                                \
    "twin t JOIN operator o ON o.operator_id = t.operator_id"                                      \
    " JOIN resident f ON f.resident_id = t.first_id"                                               \
    " JOIN resident s ON s.resident_id = t.second_id"

static void from_row(const struct mu_query *query, struct mu_twin_verdict *out)
{
    int64_t first_leading, second_leading;
    int verdict;

    *out = (struct mu_twin_verdict){.id = mu_column_integer(query, 0)};
    out->first_id = mu_column_integer(query, 1);
    out->second_id = mu_column_integer(query, 2);
    mu_column_int(query, 3, &verdict);
    out->verdict = verdict == MU_ONE_PERSON   ? MU_ONE_PERSON
                   : verdict == MU_TWO_PEOPLE ? MU_TWO_PEOPLE
                                              : MU_VERDICT_NONE;
    mu_column_text(query, 4, out->reason, sizeof out->reason);
    out->operator_id = mu_column_integer(query, 5);
    mu_column_text(query, 6, out->operator_name, sizeof out->operator_name);
    mu_column_moment(query, 7, &out->decided_at);
    out->ended = *mu_column_borrow(query, 8) != '\0';
    mu_column_text(query, 9, out->first_name, sizeof out->first_name);
    mu_column_text(query, 10, out->second_name, sizeof out->second_name);
    first_leading = mu_column_integer(query, 11);
    second_leading = mu_column_integer(query, 12);
    if (out->verdict == MU_ONE_PERSON && !out->ended)
        out->leading = first_leading == out->second_id   ? out->second_id
                       : second_leading == out->first_id ? out->first_id
                                                         : 0;
}

static enum mu_status read_one(struct mu_query *query, bool *found, struct mu_twin_verdict *out,
                               struct mu_error *error)
{
    *found = mu_query_row(query);
    if (*found)
        from_row(query, out);
    return mu_query_end(query, error);
}

enum mu_status mu_twin_between(struct mu_db *db, int64_t a, int64_t b, bool *found,
                               struct mu_twin_verdict *out, struct mu_error *error)
{
    struct mu_query query =
        mu_query(db, "SELECT " TWIN_COLUMNS " FROM " TWIN_TABLES
                     " WHERE t.first_id = ?1 AND t.second_id = ?2 AND t.ended_at = ''");

    mu_bind_integer(&query, 1, a < b ? a : b);
    mu_bind_integer(&query, 2, a < b ? b : a);
    return read_one(&query, found, out, error);
}

enum mu_status mu_twin_by_id(struct mu_db *db, int64_t id, bool *found, struct mu_twin_verdict *out,
                             struct mu_error *error)
{
    struct mu_query query =
        mu_query(db, "SELECT " TWIN_COLUMNS " FROM " TWIN_TABLES " WHERE t.twin_id = ?1");

    mu_bind_integer(&query, 1, id);
    return read_one(&query, found, out, error);
}

enum mu_status mu_twin_verdicts(struct mu_db *db, enum mu_verdict verdict, mu_twin_verdict_row *row,
                                void *context, struct mu_error *error)
{
    struct mu_query query = mu_query(db, "SELECT " TWIN_COLUMNS " FROM " TWIN_TABLES
                                         " WHERE ?1 = 0 OR (t.verdict = ?1 AND t.ended_at = '')"
                                         " ORDER BY t.twin_id DESC");
    struct mu_twin_verdict one;

    mu_bind_integer(&query, 1, verdict);
    while (mu_query_row(&query)) {
        from_row(&query, &one);
        if (!row(context, &one))
            break;
    }
    return mu_query_end(&query, error);
}

enum mu_status mu_twin_next_file(struct mu_db *db, int64_t after, bool *found,
                                 struct mu_resident *out, struct mu_error *error)
{
    struct mu_query query = mu_query(db, "SELECT " MU_RESIDENT_COLUMNS " FROM " MU_RESIDENT_TABLES
                                         " WHERE r.resident_id > ?1 AND r.status NOT IN (3, 4)"
                                         " ORDER BY r.resident_id LIMIT 1");

    mu_bind_integer(&query, 1, after);
    *found = mu_query_row(&query);
    if (*found)
        mu_resident_from_row(&query, MU_OPEN_NUMBER, out);
    return mu_query_end(&query, error);
}

enum mu_status mu_twin_add(struct mu_db *db, struct mu_twin_verdict *verdict,
                           struct mu_error *error)
{
    struct mu_query query = mu_query(db, "INSERT INTO twin (first_id, second_id, verdict, reason,"
                                         " operator_id, decided_at)"
                                         " VALUES (?1, ?2, ?3, ?4, ?5, ?6)");
    char moment[MU_MOMENT_SIZE];
    enum mu_status status;

    mu_moment_format(verdict->decided_at, moment);
    mu_bind_integer(&query, 1, verdict->first_id);
    mu_bind_integer(&query, 2, verdict->second_id);
    mu_bind_integer(&query, 3, verdict->verdict);
    mu_bind_text(&query, 4, verdict->reason);
    mu_bind_integer(&query, 5, verdict->operator_id);
    mu_bind_text(&query, 6, moment);
    status = mu_query_run(&query, error);
    if (status == MU_OK)
        verdict->id = mu_db_last_id(db);
    return status;
}

enum mu_status mu_twin_end(struct mu_db *db, int64_t id, struct mu_moment moment,
                           struct mu_error *error)
{
    struct mu_query query = mu_query(db, "UPDATE twin SET ended_at = ?2 WHERE twin_id = ?1");
    char text[MU_MOMENT_SIZE] = "";

    if (mu_date_known(moment.date))
        mu_moment_format(moment, text);
    mu_bind_integer(&query, 1, id);
    mu_bind_text(&query, 2, text);
    return mu_query_run(&query, error);
}

enum mu_status mu_twin_set_leading(struct mu_db *db, int64_t resident_id, int64_t leading,
                                   struct mu_error *error)
{
    struct mu_query query =
        mu_query(db, "UPDATE resident SET linked_to = ?2 WHERE resident_id = ?1");

    mu_bind_integer(&query, 1, resident_id);
    mu_bind_reference(&query, 2, leading);
    return mu_query_run(&query, error);
}

static enum mu_status read_count(struct mu_query *query, int *count, struct mu_error *error)
{
    *count = mu_query_row(query) ? (int)mu_column_integer(query, 0) : 0;
    return mu_query_end(query, error);
}

/* Of acts of one second the number says which was first. */
enum mu_status mu_twin_changes_since(struct mu_db *db, int64_t verdict_id, int64_t resident_id,
                                     int *count, struct mu_error *error)
{
    struct mu_query query = mu_query(
        db, "SELECT count(DISTINCT act_id) FROM act_change WHERE row = ?2"
            " AND kind IN ('resident', 'person_file', 'tag')"
            " AND act_id > (SELECT coalesce(max(act_id), 0) FROM act_change WHERE kind = 'twin'"
            " AND row = ?1)");

    mu_bind_integer(&query, 1, verdict_id);
    mu_bind_integer(&query, 2, resident_id);
    return read_count(&query, count, error);
}

enum mu_status mu_twin_meals_since(struct mu_db *db, int64_t resident_id, struct mu_moment from,
                                   int *count, struct mu_error *error)
{
    struct mu_query query = mu_query(db, "SELECT count(*) FROM meal WHERE resident_id = ?1"
                                         " AND date >= ?2 AND served_at >= ?3"
                                         " AND void_entry_id IS NULL");
    char moment[MU_MOMENT_SIZE];

    mu_moment_format(from, moment);
    mu_bind_integer(&query, 1, resident_id);
    mu_bind_date(&query, 2, from.date);
    mu_bind_text(&query, 3, moment);
    return read_count(&query, count, error);
}

enum mu_status mu_twin_check(struct mu_db *db, int64_t *resident, struct mu_error *error)
{
    struct mu_query query = mu_query(
        db, "SELECT r.resident_id FROM resident r WHERE r.linked_to IS NOT NULL AND NOT EXISTS"
            " (SELECT 1 FROM twin t WHERE t.first_id = min(r.resident_id, r.linked_to)"
            " AND t.second_id = max(r.resident_id, r.linked_to) AND t.verdict = 1"
            " AND t.ended_at = '')"
            " UNION ALL SELECT t.first_id FROM twin t JOIN resident f ON f.resident_id = t.first_id"
            " JOIN resident s ON s.resident_id = t.second_id"
            " WHERE t.verdict = 1 AND t.ended_at = '' AND coalesce(f.linked_to, 0) <> t.second_id"
            " AND coalesce(s.linked_to, 0) <> t.first_id LIMIT 1");

    *resident = mu_query_row(&query) ? mu_column_integer(&query, 0) : 0;
    return mu_query_end(&query, error);
}
