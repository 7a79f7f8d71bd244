#include "store/case_list_store.h"

enum mu_status mu_case_reader_named(struct mu_db *db, int64_t case_id, int64_t operator_id,
                                    bool *named, struct mu_error *error)
{
    struct mu_query query = mu_query(db, "SELECT 1 FROM case_reader WHERE operator_id = ?1"
                                         " AND case_id = ?2 AND until_at = ''");

    mu_bind_integer(&query, 1, operator_id);
    mu_bind_integer(&query, 2, case_id);
    *named = mu_query_row(&query);
    return mu_query_end(&query, error);
}

enum mu_status mu_case_reader_add(struct mu_db *db, const struct mu_case_reader *reader,
                                  int64_t named_by, struct mu_error *error)
{
    char moment[MU_MOMENT_SIZE];
    struct mu_query query = mu_query(db, "INSERT INTO case_reader (case_id, operator_id, reason,"
                                         " named_by, named_at) VALUES (?1, ?2, ?3, ?4, ?5)");

    mu_moment_format(reader->named_at, moment);
    mu_bind_integer(&query, 1, reader->case_id);
    mu_bind_integer(&query, 2, reader->operator_id);
    mu_bind_text(&query, 3, reader->reason);
    mu_bind_integer(&query, 4, named_by);
    mu_bind_text(&query, 5, moment);
    return mu_query_run(&query, error);
}

enum mu_status mu_case_reader_end(struct mu_db *db, int64_t reader_id, struct mu_moment now,
                                  struct mu_error *error)
{
    char moment[MU_MOMENT_SIZE];
    struct mu_query query = mu_query(db, "UPDATE case_reader SET until_at = ?2"
                                         " WHERE reader_id = ?1 AND until_at = ''");

    mu_moment_format(now, moment);
    mu_bind_integer(&query, 1, reader_id);
    mu_bind_text(&query, 2, moment);
    return mu_query_run(&query, error);
}

#define READERS                                                                                    \
    "SELECT n.reader_id, n.case_id, n.operator_id, o.name, b.name, n.reason, n.named_at,"          \
    " n.until_at FROM case_reader n JOIN operator o ON o.operator_id = n.operator_id"              \
    " JOIN operator b ON b.operator_id = n.named_by WHERE "

static void read_row(const struct mu_query *query, struct mu_case_reader *out)
{
    *out = (struct mu_case_reader){.id = mu_column_integer(query, 0),
                                   .case_id = mu_column_integer(query, 1),
                                   .operator_id = mu_column_integer(query, 2)};
    mu_column_text(query, 3, out->operator_name, sizeof out->operator_name);
    mu_column_text(query, 4, out->named_by, sizeof out->named_by);
    mu_column_text(query, 5, out->reason, sizeof out->reason);
    mu_column_moment(query, 6, &out->named_at);
    mu_column_moment(query, 7, &out->until_at);
}

enum mu_status mu_case_reader_read(struct mu_db *db, int64_t reader_id, bool *found,
                                   struct mu_case_reader *out, struct mu_error *error)
{
    struct mu_query query = mu_query(db, READERS "n.reader_id = ?1");

    mu_bind_integer(&query, 1, reader_id);
    *found = mu_query_row(&query);
    if (*found)
        read_row(&query, out);
    return mu_query_end(&query, error);
}

enum mu_status mu_case_reader_list(struct mu_db *db, int64_t case_id, mu_case_reader_row *row,
                                   void *context, struct mu_error *error)
{
    struct mu_query query = mu_query(db, READERS "?1 = 0 OR n.case_id IN (0, ?1)"
                                                 " ORDER BY n.reader_id DESC");
    struct mu_case_reader reader;

    mu_bind_integer(&query, 1, case_id);
    while (mu_query_row(&query)) {
        read_row(&query, &reader);
        if (!row(context, &reader))
            break;
    }
    return mu_query_end(&query, error);
}
