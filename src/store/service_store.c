#include "store/service_store.h"

#include "store/chain.h"
#include "store/points_store.h"

#include <string.h>

#define SERVICE_COLUMNS                                                                            \
    "s.service_id, s.entry_id, s.resident_id, s.duty, s.team, s.date, s.starts_at, s.ends_at,"     \
    " s.minutes, s.times, s.points, s.place, s.recipient, s.recipient_id, s.confirmed_by,"         \
    " s.confirmed_id, s.forgotten, s.attendance_id, s.note, s.operator_id, s.begun_at,"            \
    " s.reversed_by"
enum { SERVICE_COLUMN_COUNT = 22 };
/* The person with the files that this one speaks for. */
#define FILES_OF_1                                                                                 \
    "(SELECT ?1 AS file UNION ALL SELECT resident_id FROM resident WHERE linked_to = ?1)"

enum mu_status mu_service_person(struct mu_db *db, int64_t resident_id,
                                 struct mu_service_person *out, struct mu_error *error)
{
    struct mu_query query =
        mu_query(db, "SELECT l.resident_id, l.name, l.status, l.ended_on FROM resident r"
                     " JOIN resident l ON l.resident_id = coalesce(r.linked_to, r.resident_id)"
                     " WHERE r.resident_id = ?1");

    mu_bind_integer(&query, 1, resident_id);
    memset(out, 0, sizeof *out);
    if (mu_query_row(&query)) {
        out->id = mu_column_integer(&query, 0);
        mu_column_text(&query, 1, out->name, sizeof out->name);
        mu_column_int(&query, 2, &out->status);
        mu_column_date(&query, 3, &out->ended_on);
    }
    return mu_query_end(&query, error);
}

/* False when the row says anything that the service cannot hold. */
static bool service_from_row(const struct mu_query *query, struct mu_service *out)
{
    int forgotten = 0;
    bool whole;

    memset(out, 0, sizeof *out);
    out->id = mu_column_integer(query, 0);
    out->entry_id = mu_column_integer(query, 1);
    out->resident_id = mu_column_integer(query, 2);
    whole = mu_column_text(query, 3, out->duty, sizeof out->duty);
    whole &= mu_column_text(query, 4, out->team, sizeof out->team);
    whole &= mu_column_date(query, 5, &out->date);
    whole &= mu_column_int(query, 6, &out->starts_at);
    whole &= mu_column_int(query, 7, &out->ends_at);
    whole &= mu_column_int(query, 8, &out->minutes);
    whole &= mu_column_int(query, 9, &out->times);
    out->points.count = mu_column_integer(query, 10);
    whole &= mu_column_text(query, 11, out->place, sizeof out->place);
    whole &= mu_column_text(query, 12, out->recipient, sizeof out->recipient);
    out->recipient_id = mu_column_integer(query, 13);
    whole &= mu_column_text(query, 14, out->confirmed_by, sizeof out->confirmed_by);
    out->confirmed_id = mu_column_integer(query, 15);
    whole &= mu_column_int(query, 16, &forgotten);
    out->forgotten = forgotten != 0;
    out->attendance_id = mu_column_integer(query, 17);
    whole &= mu_column_text(query, 18, out->note, sizeof out->note);
    out->operator_id = mu_column_integer(query, 19);
    whole &= mu_column_moment(query, 20, &out->begun_at);
    out->reversed_by = mu_column_integer(query, 21);
    return whole;
}

enum mu_status mu_service_next(struct mu_db *db, int64_t *id, struct mu_error *error)
{
    struct mu_query query = mu_query(db, "SELECT coalesce(max(service_id), 0) + 1 FROM service");

    *id = mu_query_row(&query) ? mu_column_integer(&query, 0) : 0;
    return mu_query_end(&query, error);
}

enum mu_status mu_service_add(struct mu_db *db, const struct mu_service *service,
                              struct mu_error *error)
{
    char moment[MU_MOMENT_SIZE];
    struct mu_query query = mu_query(
        db, "INSERT INTO service (service_id, entry_id, resident_id, duty, team, date, starts_at,"
            " ends_at, minutes, times, points, place, recipient, recipient_id, confirmed_by,"
            " confirmed_id, forgotten, attendance_id, note, operator_id, begun_at)"
            " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17,"
            " ?18, ?19, ?20, ?21)");

    mu_moment_format(service->begun_at, moment);
    mu_bind_integer(&query, 1, service->id);
    mu_bind_reference(&query, 2, service->entry_id);
    mu_bind_integer(&query, 3, service->resident_id);
    mu_bind_text(&query, 4, service->duty);
    mu_bind_text(&query, 5, service->team);
    mu_bind_date(&query, 6, service->date);
    mu_bind_integer(&query, 7, service->starts_at);
    mu_bind_integer(&query, 8, service->ends_at);
    mu_bind_integer(&query, 9, service->minutes);
    mu_bind_integer(&query, 10, service->times);
    mu_bind_integer(&query, 11, service->points.count);
    mu_bind_text(&query, 12, service->place);
    mu_bind_text(&query, 13, service->recipient);
    mu_bind_reference(&query, 14, service->recipient_id);
    mu_bind_text(&query, 15, service->confirmed_by);
    mu_bind_reference(&query, 16, service->confirmed_id);
    mu_bind_integer(&query, 17, service->forgotten);
    mu_bind_reference(&query, 18, service->attendance_id);
    mu_bind_text(&query, 19, service->note);
    mu_bind_integer(&query, 20, service->operator_id);
    mu_bind_text(&query, 21, moment);
    return mu_query_run(&query, error);
}

enum mu_status mu_service_end(struct mu_db *db, const struct mu_service *service,
                              struct mu_error *error)
{
    struct mu_query query =
        mu_query(db, "UPDATE service SET entry_id = ?2, ends_at = ?3, minutes = ?4, times = ?5,"
                     " points = ?6, confirmed_by = ?7, confirmed_id = ?8, forgotten = ?9,"
                     " note = ?10, team = ?11 WHERE service_id = ?1 AND entry_id IS NULL");

    mu_bind_integer(&query, 1, service->id);
    mu_bind_integer(&query, 2, service->entry_id);
    mu_bind_integer(&query, 3, service->ends_at);
    mu_bind_integer(&query, 4, service->minutes);
    mu_bind_integer(&query, 5, service->times);
    mu_bind_integer(&query, 6, service->points.count);
    mu_bind_text(&query, 7, service->confirmed_by);
    mu_bind_reference(&query, 8, service->confirmed_id);
    mu_bind_integer(&query, 9, service->forgotten);
    mu_bind_text(&query, 10, service->note);
    mu_bind_text(&query, 11, service->team);
    return mu_query_run(&query, error);
}

enum mu_status mu_service_mark_reversed(struct mu_db *db, int64_t entry_id, int64_t reversed_by,
                                        struct mu_error *error)
{
    struct mu_query query = mu_query(db, "UPDATE service SET reversed_by = ?2 WHERE entry_id = ?1");

    mu_bind_integer(&query, 1, entry_id);
    mu_bind_integer(&query, 2, reversed_by);
    return mu_query_run(&query, error);
}

enum mu_status mu_service_between(struct mu_db *db, int64_t leading, struct mu_date from,
                                  struct mu_date to, mu_service_each *each, void *context,
                                  struct mu_error *error)
{
    struct mu_query query =
        mu_query(db, "SELECT " SERVICE_COLUMNS " FROM " FILES_OF_1
                     " f CROSS JOIN service s ON s.resident_id = f.file"
                     " WHERE s.date BETWEEN ?2 AND ?3 AND s.reversed_by IS NULL");
    struct mu_service service;

    mu_bind_integer(&query, 1, leading);
    mu_bind_date(&query, 2, from);
    mu_bind_date(&query, 3, to);
    while (mu_query_row(&query)) {
        service_from_row(&query, &service);
        if (!each(context, &service))
            break;
    }
    return mu_query_end(&query, error);
}

static enum mu_status read_first(struct mu_query *query, struct mu_service *out,
                                 struct mu_error *error)
{
    memset(out, 0, sizeof *out);
    if (mu_query_row(query))
        service_from_row(query, out);
    return mu_query_end(query, error);
}

enum mu_status mu_service_open_of(struct mu_db *db, int64_t leading, struct mu_service *out,
                                  struct mu_error *error)
{
    struct mu_query query =
        mu_query(db, "SELECT " SERVICE_COLUMNS " FROM service s WHERE s.resident_id IN " FILES_OF_1
                     " AND s.entry_id IS NULL ORDER BY s.service_id LIMIT 1");

    mu_bind_integer(&query, 1, leading);
    return read_first(&query, out, error);
}

enum mu_status mu_service_open_next(struct mu_db *db, int64_t after, struct mu_date until,
                                    struct mu_service *out, struct mu_error *error)
{
    struct mu_query query = mu_query(
        db, "SELECT " SERVICE_COLUMNS " FROM service s WHERE s.service_id = (SELECT min(service_id)"
            " FROM service WHERE entry_id IS NULL AND service_id > ?1 AND date <= ?2)");

    mu_bind_integer(&query, 1, after);
    mu_bind_date(&query, 2, until);
    return read_first(&query, out, error);
}

static void line_from_row(const struct mu_query *query, struct mu_service_line *out)
{
    service_from_row(query, &out->service);
    mu_column_text(query, SERVICE_COLUMN_COUNT, out->name, sizeof out->name);
    *out->duty_name = '\0';
}

/* Each kind of question reads its own index: a list of one person, of one attendance, of open ones,
 * and of days. */
#define LINES "SELECT " SERVICE_COLUMNS ", r.name FROM service s"
#define NAMES " JOIN resident r ON r.resident_id = s.resident_id"
#define DAYS " AND s.date BETWEEN ?2 AND ?3 AND (?4 = '' OR s.duty = ?4)"
#define LATEST " ORDER BY s.date DESC, s.service_id DESC LIMIT ?5"

static struct mu_query list_query(struct mu_db *db, const struct mu_service_filter *filter)
{
    if (filter->attendance_id)
        return mu_query(db, LINES NAMES " WHERE s.attendance_id = ?6" DAYS
                                        " AND (?7 = 0 OR s.entry_id IS NULL)"
                                        " AND (?1 = 0 OR s.resident_id IN " FILES_OF_1 ")" LATEST);
    if (filter->resident_id)
        return mu_query(db, LINES NAMES " WHERE s.resident_id IN " FILES_OF_1 DAYS
                                        " AND (?6 = 0 OR s.attendance_id = ?6)"
                                        " AND (?7 = 0 OR s.entry_id IS NULL)" LATEST);
    if (filter->open)
        return mu_query(db, LINES NAMES " WHERE s.entry_id IS NULL" DAYS
                                        " AND ?1 = 0 AND ?6 = 0 AND ?7 = 1" LATEST);
    return mu_query(db, LINES NAMES " WHERE ?1 = 0 AND ?6 = 0 AND ?7 = 0" DAYS LATEST);
}

enum mu_status mu_service_list(struct mu_db *db, const struct mu_service_filter *filter,
                               mu_service_line_each *each, void *context, struct mu_error *error)
{
    static const struct mu_date first = {1900, 1, 1}, last = {2999, 12, 31};
    struct mu_query query = list_query(db, filter);
    struct mu_service_line line;

    mu_bind_integer(&query, 1, filter->resident_id);
    mu_bind_date(&query, 2, mu_date_known(filter->from) ? filter->from : first);
    mu_bind_date(&query, 3, mu_date_known(filter->to) ? filter->to : last);
    mu_bind_text(&query, 4, filter->duty ? filter->duty : "");
    mu_bind_integer(&query, 5, filter->limit ? (int64_t)filter->limit : -1);
    mu_bind_integer(&query, 6, filter->attendance_id);
    mu_bind_integer(&query, 7, filter->open);
    while (mu_query_row(&query)) {
        line_from_row(&query, &line);
        if (!each(context, &line))
            break;
    }
    return mu_query_end(&query, error);
}

enum mu_status mu_service_read(struct mu_db *db, int64_t id, bool *found,
                               struct mu_service_line *out, struct mu_error *error)
{
    struct mu_query query = mu_query(db, LINES NAMES " WHERE s.service_id = ?1");

    mu_bind_integer(&query, 1, id);
    *found = mu_query_row(&query);
    if (*found)
        line_from_row(&query, out);
    return mu_query_end(&query, error);
}

enum { SLICE = 8192 }; /* services that are compared under one lock */

/* Columns behind the service: key and document of its entry, and the entry that took it back. */
static bool documented(const struct mu_query *query, struct mu_service *service)
{
    unsigned char document[MU_HASH_SIZE], hash[MU_HASH_SIZE];
    bool whole = service_from_row(query, service);
    size_t length;

    mu_column_blob(query, SERVICE_COLUMN_COUNT + 1, &length);
    if (length) {
        mu_column_hash(query, SERVICE_COLUMN_COUNT + 1, document);
        mu_service_hash(service, mu_column_borrow(query, SERVICE_COLUMN_COUNT), hash);
        whole &= memcmp(hash, document, sizeof hash) == 0;
    }
    return whole && mu_column_integer(query, SERVICE_COLUMN_COUNT + 2) == service->reversed_by;
}

enum mu_status mu_service_last(struct mu_db *db, int64_t *service_id, struct mu_error *error)
{
    struct mu_query query = mu_query(db, "SELECT coalesce(max(service_id), 0) FROM service");

    *service_id = mu_query_row(&query) ? mu_column_integer(&query, 0) : 0;
    return mu_query_end(&query, error);
}

enum mu_status mu_service_find_altered(struct mu_db *db, const struct mu_ledger_span *span,
                                       int64_t after, int64_t last, struct mu_fingerprint *served,
                                       int64_t *service_id, struct mu_error *error)
{
    struct mu_service service = {.id = after};
    enum mu_status status = MU_OK;
    bool sound = true;
    int64_t before;

    do {
        struct mu_query query = mu_query(
            db, "SELECT " SERVICE_COLUMNS ", e.idempotency_key, e.document,"
                " coalesce((SELECT b.entry_id FROM ledger_entry b WHERE b.reverses = s.entry_id),"
                " 0) FROM service s LEFT JOIN ledger_entry e ON e.entry_id = s.entry_id"
                " WHERE s.service_id > ?1 AND s.service_id <= ?2 AND s.entry_id IS NOT NULL"
                " ORDER BY s.service_id LIMIT ?3");

        before = service.id;
        mu_bind_integer(&query, 1, before);
        mu_bind_integer(&query, 2, last);
        mu_bind_integer(&query, 3, SLICE);
        while (sound && mu_query_row(&query)) {
            sound = documented(&query, &service);
            const int64_t row[4] = {service.entry_id, service.resident_id, service.points.count,
                                    service.minutes};

            if (service.entry_id <= span->last)
                mu_fingerprint_add(served, row, 4, 1);
        }
        status = mu_query_end(&query, error);
    } while (status == MU_OK && sound && service.id > before);
    *service_id = sound ? 0 : service.id;
    return status;
}

static enum mu_status first_number(struct mu_db *db, const char *sql, int64_t last_entry,
                                   int64_t *number, struct mu_error *error)
{
    struct mu_query query = mu_query(db, sql);

    mu_bind_integer(&query, 1, last_entry);
    *number = mu_query_row(&query) ? mu_column_integer(&query, 0) : 0;
    return mu_query_end(&query, error);
}

enum mu_status mu_service_find_difference(struct mu_db *db, const struct mu_ledger_span *span,
                                          int64_t *service_id, int64_t *entry_id,
                                          struct mu_error *error)
{
    static const char *const other_points =
        "SELECT s.service_id FROM service s LEFT JOIN points_line l"
        " ON l.resident_id = s.resident_id AND l.entry_id = s.entry_id AND l.kind = 1"
        " WHERE s.entry_id <= ?1 AND (l.points IS DISTINCT FROM s.points"
        " OR l.minutes IS DISTINCT FROM s.minutes) ORDER BY s.service_id LIMIT 1";
    static const char *const no_service =
        "SELECT l.entry_id FROM points_line l LEFT JOIN service s ON s.entry_id = l.entry_id"
        " WHERE l.kind = 1 AND l.entry_id <= ?1 AND s.service_id IS NULL"
        " ORDER BY l.entry_id LIMIT 1";
    enum mu_status status = first_number(db, other_points, span->last, service_id, error);

    *entry_id = 0;
    return status == MU_OK && *service_id == 0
               ? first_number(db, no_service, span->last, entry_id, error)
               : status;
}

enum mu_status mu_points_line_read(struct mu_db *db, int64_t entry_id, int64_t resident_id,
                                   struct mu_points_line *out, struct mu_error *error)
{
    struct mu_query query = mu_query(db, "SELECT month, kind, points, minutes FROM points_line"
                                         " WHERE resident_id = ?1 AND entry_id = ?2");
    int kind = 0;

    mu_bind_integer(&query, 1, resident_id);
    mu_bind_integer(&query, 2, entry_id);
    *out = (struct mu_points_line){.resident_id = resident_id, .entry_id = entry_id};
    if (mu_query_row(&query)) {
        mu_column_int(&query, 0, &out->month);
        mu_column_int(&query, 1, &kind);
        out->kind = (enum mu_points_kind)kind;
        out->points.count = mu_column_integer(&query, 2);
        mu_column_int(&query, 3, &out->minutes);
    }
    return mu_query_end(&query, error);
}

enum mu_status mu_points_opened(struct mu_db *db, int64_t leading, bool *opened,
                                struct mu_error *error)
{
    struct mu_query query =
        mu_query(db, "SELECT 1 FROM points_line l WHERE l.resident_id IN " FILES_OF_1
                     " AND l.kind = ?2 AND NOT EXISTS (SELECT 1 FROM ledger_entry b"
                     " WHERE b.reverses = l.entry_id) LIMIT 1");

    mu_bind_integer(&query, 1, leading);
    mu_bind_integer(&query, 2, MU_POINTS_OPENING);
    *opened = mu_query_row(&query);
    return mu_query_end(&query, error);
}

enum mu_status mu_points_of_person(struct mu_db *db, int64_t leading, struct mu_points *out,
                                   struct mu_error *error)
{
    struct mu_query query = mu_query(db, "SELECT coalesce(sum(b.amount), 0) FROM " FILES_OF_1
                                         " f JOIN ledger_account a ON a.book = 'points'"
                                         " AND a.code = 'person:' || f.file"
                                         " JOIN balance b ON b.account_id = a.account_id");

    mu_bind_integer(&query, 1, leading);
    out->count = mu_query_row(&query) ? -mu_column_integer(&query, 0) : 0;
    return mu_query_end(&query, error);
}

enum mu_status mu_points_reversed_by(struct mu_db *db, int64_t entry_id, int64_t *reversal,
                                     struct mu_error *error)
{
    struct mu_query query = mu_query(db, "SELECT entry_id FROM ledger_entry WHERE reverses = ?1");

    mu_bind_integer(&query, 1, entry_id);
    *reversal = mu_query_row(&query) ? mu_column_integer(&query, 0) : 0;
    return mu_query_end(&query, error);
}
