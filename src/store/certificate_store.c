#include "store/certificate_store.h"
#include "store/chain.h"

#include <mulin/base/text.h>

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* Of one person: the file that speaks, and those that it speaks for. */
#define FILES "(SELECT ?1 AS file UNION SELECT resident_id FROM resident WHERE linked_to = ?1) AS f"

enum mu_status mu_certificate_duties(struct mu_db *db, const struct mu_certificate *certificate,
                                     mu_certificate_duty_row *row, void *context,
                                     struct mu_error *error)
{
    struct mu_query query = mu_query(
        db, "SELECT s.duty, s.team, count(*), sum(s.minutes), min(s.date), max(s.date),"
            " max(e.rules_version)"
            " FROM " FILES " JOIN service s ON s.resident_id = f.file"
            " JOIN ledger_entry e ON e.entry_id = s.entry_id"
            " WHERE s.date BETWEEN ?2 AND ?3 AND s.entry_id <= ?4"
            " AND (s.reversed_by IS NULL OR s.reversed_by > ?4)"
            " GROUP BY s.duty, s.team ORDER BY sum(s.minutes) DESC, count(*) DESC, s.duty, s.team");
    bool more = true;

    mu_bind_integer(&query, 1, certificate->resident_id);
    mu_bind_date(&query, 2, certificate->from);
    mu_bind_date(&query, 3, certificate->to);
    mu_bind_integer(&query, 4, certificate->last_entry);
    while (more && mu_query_row(&query)) {
        struct mu_certificate_duty duty = {.services = mu_column_integer(&query, 2),
                                           .minutes = mu_column_integer(&query, 3)};
        int version = 0;

        mu_column_text(&query, 0, duty.name, sizeof duty.name);
        mu_column_text(&query, 1, duty.team, sizeof duty.team);
        mu_column_date(&query, 4, &duty.first);
        mu_column_date(&query, 5, &duty.last);
        mu_column_int(&query, 6, &version);
        more = row(context, &duty, version);
    }
    return mu_query_end(&query, error);
}

/* The one behind the last of the year, by its number. */
static enum mu_status number_next(struct mu_db *db, struct mu_certificate *certificate,
                                  struct mu_error *error)
{
    struct mu_query query =
        mu_query(db, "SELECT coalesce(max(certificate_id), 0) + 1,"
                     " coalesce(max(CASE WHEN number LIKE ?1 || '-%' THEN"
                     " CAST(substr(number, 6) AS INTEGER) END), 0) + 1 FROM certificate");
    char year[8];

    snprintf(year, sizeof year, "%04d", certificate->issued_at.date.year % 10000);
    mu_bind_text(&query, 1, year);
    if (mu_query_row(&query)) {
        certificate->id = mu_column_integer(&query, 0);
        snprintf(certificate->number, sizeof certificate->number, "%s-%04" PRId64, year,
                 mu_column_integer(&query, 1) % 1000000000);
    }
    return mu_query_end(&query, error);
}

enum mu_status mu_certificate_add(struct mu_db *db, struct mu_certificate *certificate,
                                  struct mu_error *error)
{
    struct mu_query query;
    char moment[MU_MOMENT_SIZE];
    enum mu_status status = number_next(db, certificate, error);

    if (status != MU_OK)
        return status;
    mu_moment_format(certificate->issued_at, moment);
    query = mu_query(db, "INSERT INTO certificate (certificate_id, number, resident_id, from_date,"
                         " to_date, services, minutes, last_entry, head, issued_at, operator_id)"
                         " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)");
    mu_bind_integer(&query, 1, certificate->id);
    mu_bind_text(&query, 2, certificate->number);
    mu_bind_integer(&query, 3, certificate->resident_id);
    mu_bind_date(&query, 4, certificate->from);
    mu_bind_date(&query, 5, certificate->to);
    mu_bind_integer(&query, 6, certificate->services);
    mu_bind_integer(&query, 7, certificate->minutes);
    mu_bind_integer(&query, 8, certificate->last_entry);
    mu_bind_blob(&query, 9, certificate->head, sizeof certificate->head);
    mu_bind_text(&query, 10, moment);
    mu_bind_integer(&query, 11, certificate->operator_id);
    return mu_query_run(&query, error);
}

#define COLUMNS                                                                                    \
    "SELECT c.certificate_id, c.number, c.resident_id, c.from_date, c.to_date, c.services,"        \
    " c.minutes, c.last_entry, c.head, c.issued_at, c.operator_id, o.name, r.name"                 \
    " FROM certificate c JOIN operator o ON o.operator_id = c.operator_id"                         \
    " JOIN resident r ON r.resident_id = c.resident_id"

static void from_row(const struct mu_query *query, struct mu_certificate *out)
{
    memset(out, 0, sizeof *out);
    out->id = mu_column_integer(query, 0);
    mu_column_text(query, 1, out->number, sizeof out->number);
    out->resident_id = mu_column_integer(query, 2);
    mu_column_date(query, 3, &out->from);
    mu_column_date(query, 4, &out->to);
    out->services = mu_column_integer(query, 5);
    out->minutes = mu_column_integer(query, 6);
    out->last_entry = mu_column_integer(query, 7);
    mu_column_hash(query, 8, out->head);
    mu_column_moment(query, 9, &out->issued_at);
    out->operator_id = mu_column_integer(query, 10);
    mu_column_text(query, 11, out->operator_name, sizeof out->operator_name);
    mu_column_text(query, 12, out->name, sizeof out->name);
}

enum mu_status mu_certificate_read(struct mu_db *db, const char *number, bool *found,
                                   struct mu_certificate *out, struct mu_error *error)
{
    struct mu_query query = mu_query(db, COLUMNS " WHERE c.number = ?1");

    mu_bind_text(&query, 1, number);
    *found = mu_query_row(&query);
    if (*found)
        from_row(&query, out);
    return mu_query_end(&query, error);
}

enum mu_status mu_certificate_list(struct mu_db *db, int64_t leading, mu_certificate_row *row,
                                   void *context, struct mu_error *error)
{
    struct mu_query query =
        mu_query(db, COLUMNS " WHERE ?1 = 0 OR c.resident_id IN (SELECT f.file FROM " FILES ")"
                             " ORDER BY c.certificate_id DESC");
    struct mu_certificate certificate;
    bool more = true;

    mu_bind_integer(&query, 1, leading);
    while (more && mu_query_row(&query)) {
        from_row(&query, &certificate);
        more = row(context, &certificate);
    }
    return mu_query_end(&query, error);
}

void mu_certificate_note(const struct mu_certificate *certificate, char *out)
{
    char from[MU_DATE_SIZE], to[MU_DATE_SIZE];

    mu_date_format(certificate->from, from);
    mu_date_format(certificate->to, to);
    snprintf(out, MU_CERTIFICATE_NOTE_SIZE, "%s %s %" PRId64 " %" PRId64 " L%" PRId64, from, to,
             certificate->services, certificate->minutes, certificate->last_entry);
}

/* What mu_certificate_note says, in SQL. */
#define NOTE                                                                                       \
    "c.from_date || ' ' || c.to_date || ' ' || c.services || ' ' || c.minutes || ' L'"             \
    " || c.last_entry"

enum mu_status mu_certificate_find_wrong(struct mu_db *db, char *number, struct mu_error *error)
{
    struct mu_query query = mu_query(
        db, "SELECT number FROM ("
            " SELECT c.number FROM certificate c"
            "  LEFT JOIN ledger_entry e ON e.entry_id = c.last_entry AND e.hash = c.head"
            "  LEFT JOIN audit_entry a ON a.action = 'post_points'"
            "   AND a.resident_id = c.resident_id AND a.operator_id = c.operator_id"
            "   AND a.subject = '" MU_CERTIFICATE_SUBJECT "' || c.number AND a.after = " NOTE
            "  WHERE e.entry_id IS NULL OR a.entry_id IS NULL"
            " UNION ALL"
            " SELECT substr(a.subject, length('" MU_CERTIFICATE_SUBJECT "') + 1)"
            "  FROM audit_entry a WHERE a.action = 'post_points'"
            "  AND a.subject LIKE '" MU_CERTIFICATE_SUBJECT "%'"
            "  AND NOT EXISTS (SELECT 1 FROM certificate c"
            "   WHERE '" MU_CERTIFICATE_SUBJECT "' || c.number = a.subject)) AS found"
            " ORDER BY number LIMIT 1");

    *number = '\0';
    if (mu_query_row(&query)) {
        mu_column_text(&query, 0, number, MU_CERTIFICATE_NUMBER_SIZE);
        if (!*number)
            mu_text_copy(number, MU_CERTIFICATE_NUMBER_SIZE, "?");
    }
    return mu_query_end(&query, error);
}
