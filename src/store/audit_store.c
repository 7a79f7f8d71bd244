#include "store/audit_store.h"

#include <string.h>

#define AUDIT_COLUMNS                                                                              \
    "a.entry_id, a.recorded_at, a.operator_id, o.name, a.terminal, a.action, a.resident_id,"       \
    " a.subject, a.before, a.after, a.reason, a.hash, r.name"
#define AUDIT_TABLES                                                                               \
    "audit_entry a JOIN operator o ON o.operator_id = a.operator_id"                               \
    " LEFT JOIN resident r ON r.resident_id = a.resident_id"

/* False when the row says anything that the record cannot hold: then it is not what was hashed. */
static bool record_from_row(const struct mu_query *query, struct mu_audit_record *out)
{
    bool whole;

    memset(out, 0, sizeof *out);
    out->id = mu_column_integer(query, 0);
    whole = mu_column_moment(query, 1, &out->recorded_at);
    out->operator_id = mu_column_integer(query, 2);
    mu_column_text(query, 3, out->operator_name, sizeof out->operator_name);
    whole &= mu_column_text(query, 4, out->terminal, sizeof out->terminal);
    whole &= mu_column_text(query, 5, out->action, sizeof out->action);
    out->resident_id = mu_column_integer(query, 6);
    whole &= mu_column_text(query, 7, out->subject, sizeof out->subject);
    whole &= mu_column_text(query, 8, out->before, sizeof out->before);
    whole &= mu_column_text(query, 9, out->after, sizeof out->after);
    whole &= mu_column_text(query, 10, out->reason, sizeof out->reason);
    mu_column_hash(query, 11, out->hash);
    mu_column_text(query, 12, out->resident_name, sizeof out->resident_name);
    return whole;
}

enum mu_status mu_audit_head(struct mu_db *db, int64_t *id, unsigned char hash[MU_HASH_SIZE],
                             struct mu_error *error)
{
    struct mu_query query = mu_query(db, "SELECT entry_id, hash FROM audit_entry"
                                         " ORDER BY entry_id DESC LIMIT 1");

    return mu_chain_head(&query, id, hash, error);
}

enum mu_status mu_audit_hash_of(struct mu_db *db, int64_t id, unsigned char hash[MU_HASH_SIZE],
                                struct mu_error *error)
{
    struct mu_query query = mu_query(db, "SELECT entry_id, hash FROM audit_entry"
                                         " WHERE entry_id = ?1");

    mu_bind_integer(&query, 1, id);
    return mu_chain_head(&query, &id, hash, error);
}

enum mu_status mu_audit_head_on(struct mu_db *db, struct mu_date date, int64_t *id,
                                unsigned char hash[MU_HASH_SIZE], struct mu_error *error)
{
    struct mu_query query = mu_query(db, "SELECT entry_id, hash FROM audit_entry"
                                         " WHERE recorded_at < ?1 ORDER BY entry_id DESC LIMIT 1");

    mu_bind_date(&query, 1, mu_date_add_days(date, 1));
    return mu_chain_head(&query, id, hash, error);
}

enum mu_status mu_audit_append(struct mu_db *db, struct mu_audit_record *record,
                               struct mu_error *error)
{
    unsigned char previous[MU_HASH_SIZE];
    struct mu_audit_record next = *record;
    char moment[MU_MOMENT_SIZE];
    struct mu_query query;
    enum mu_status status = mu_audit_head(db, &next.id, previous, error);

    if (status != MU_OK)
        return status;
    next.id++;
    mu_audit_hash(&next, previous, next.hash);
    mu_moment_format(next.recorded_at, moment);
    query = mu_query(db, "INSERT INTO audit_entry (entry_id, recorded_at, operator_id, terminal,"
                         " action, resident_id, subject, before, after, reason, hash)"
                         " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)");
    mu_bind_integer(&query, 1, next.id);
    mu_bind_text(&query, 2, moment);
    mu_bind_integer(&query, 3, next.operator_id);
    mu_bind_text(&query, 4, next.terminal);
    mu_bind_text(&query, 5, next.action);
    mu_bind_reference(&query, 6, next.resident_id);
    mu_bind_text(&query, 7, next.subject);
    mu_bind_text(&query, 8, next.before);
    mu_bind_text(&query, 9, next.after);
    mu_bind_text(&query, 10, next.reason);
    mu_bind_blob(&query, 11, next.hash, sizeof next.hash);
    status = mu_query_run(&query, error);
    if (status == MU_OK)
        *record = next;
    return status;
}

enum mu_status mu_audit_stands(struct mu_db *db, int64_t id, const unsigned char hash[MU_HASH_SIZE],
                               bool *stands, struct mu_error *error)
{
    struct mu_query query =
        mu_query(db, "SELECT count(*) FROM audit_entry WHERE entry_id = ?1 AND hash = ?2");

    mu_bind_integer(&query, 1, id);
    mu_bind_blob(&query, 2, hash, MU_HASH_SIZE);
    *stands = mu_query_row(&query) && mu_column_integer(&query, 0) > 0;
    return mu_query_end(&query, error);
}

enum mu_status mu_audit_read(struct mu_db *db, const struct mu_audit_filter *filter, size_t limit,
                             mu_audit_row *row, void *context, struct mu_error *error)
{
    static const char *const all =
        "SELECT " AUDIT_COLUMNS " FROM " AUDIT_TABLES
        " WHERE (?1 = 0 OR a.entry_id < ?1) AND (?2 = '' OR o.name = ?2)"
        " AND (?3 = '' OR a.action = ?3) AND (?4 = '' OR a.recorded_at >= ?4)"
        " AND (?5 = '' OR a.recorded_at < ?5) ORDER BY a.entry_id DESC LIMIT ?6";
    static const char *const of_one =
        "SELECT " AUDIT_COLUMNS " FROM " AUDIT_TABLES
        " WHERE (?1 = 0 OR a.entry_id < ?1) AND (?2 = '' OR o.name = ?2)"
        " AND (?3 = '' OR a.action = ?3) AND (?4 = '' OR a.recorded_at >= ?4)"
        " AND (?5 = '' OR a.recorded_at < ?5) AND a.resident_id = ?7"
        " ORDER BY a.entry_id DESC LIMIT ?6";
    const struct mu_date none = {0, 0, 0};
    struct mu_query query = mu_query(db, filter->resident_id ? of_one : all);
    struct mu_audit_record record;

    mu_bind_integer(&query, 1, filter->before_id);
    mu_bind_text(&query, 2, filter->operator_name);
    mu_bind_text(&query, 3, filter->action);
    mu_bind_date(&query, 4, filter->from);
    mu_bind_date(&query, 5, mu_date_known(filter->to) ? mu_date_add_days(filter->to, 1) : none);
    mu_bind_integer(&query, 6, (int64_t)limit);
    if (filter->resident_id)
        mu_bind_integer(&query, 7, filter->resident_id);
    while (mu_query_row(&query)) {
        record_from_row(&query, &record);
        if (!row(context, &record))
            break;
    }
    return mu_query_end(&query, error);
}

static enum mu_status walk_slice(struct mu_db *db, int limit, struct mu_chain_report *report,
                                 struct mu_error *error)
{
    unsigned char hash[MU_HASH_SIZE];
    struct mu_audit_record record;
    struct mu_query query = mu_query(db, "SELECT " AUDIT_COLUMNS " FROM " AUDIT_TABLES
                                         " WHERE a.entry_id > ?1 ORDER BY a.entry_id LIMIT ?2");

    mu_bind_integer(&query, 1, report->entries);
    mu_bind_integer(&query, 2, limit);
    while (report->fault == MU_CHAIN_SOUND && mu_query_row(&query)) {
        bool whole = record_from_row(&query, &record);

        mu_audit_hash(&record, report->head, hash);
        if (record.id != report->entries + 1)
            report->fault = MU_CHAIN_GAP;
        else if (!whole || memcmp(hash, record.hash, MU_HASH_SIZE) != 0)
            report->fault = MU_CHAIN_HASH;
        if (report->fault != MU_CHAIN_SOUND) {
            report->entry_id = record.id;
        } else {
            memcpy(report->head, record.hash, MU_HASH_SIZE);
            report->entries++;
        }
    }
    return mu_query_end(&query, error);
}

enum mu_status mu_audit_walk(struct mu_db *db, mu_chain_progress *progress, void *context,
                             struct mu_chain_report *report, struct mu_error *error)
{
    unsigned char head[MU_HASH_SIZE];
    int64_t all;
    enum mu_status status = mu_audit_head(db, &all, head, error);

    if (status == MU_OK)
        status = mu_chain_walk(db, walk_slice, all, progress, context, report, error);
    return status;
}
