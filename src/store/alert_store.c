#include "store/alert_store.h"

#include "store/vault.h"

#include <string.h>

#define COLUMNS                                                                                    \
    "SELECT a.alert_id, a.resident_id, r.name, a.cause, a.date, a.session, a.missed, a.opened_at," \
    " o.name, a.answered_at, w.name, a.outcome, a.again_from, a.found FROM alert a"                \
    " JOIN resident r ON r.resident_id = a.resident_id"                                            \
    " JOIN operator o ON o.operator_id = a.opened_by"                                              \
    " LEFT JOIN operator w ON w.operator_id = a.answered_by"
#define FILES_OF_1 "(SELECT ?1 UNION ALL SELECT resident_id FROM resident WHERE linked_to = ?1)"

enum mu_status mu_alert_add(struct mu_db *db, struct mu_alert *alert, int64_t operator_id,
                            bool *added, struct mu_error *error)
{
    char moment[MU_MOMENT_SIZE];
    struct mu_query query =
        mu_query(db, "INSERT INTO alert (resident_id, cause, date, session, missed, opened_at,"
                     " opened_by) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"
                     " ON CONFLICT (resident_id, cause, date, session) DO NOTHING"
                     " RETURNING alert_id");

    mu_moment_format(alert->opened_at, moment);
    mu_bind_integer(&query, 1, alert->resident_id);
    mu_bind_text(&query, 2, mu_alert_cause_word(alert->cause));
    mu_bind_date(&query, 3, alert->date);
    mu_bind_text(&query, 4, alert->session);
    mu_bind_integer(&query, 5, alert->missed);
    mu_bind_text(&query, 6, moment);
    mu_bind_integer(&query, 7, operator_id);
    *added = false;
    while (mu_query_row(&query)) {
        alert->id = mu_column_integer(&query, 0);
        *added = true;
    }
    return mu_query_end(&query, error);
}

static void read_row(const struct mu_query *query, struct mu_alert *out)
{
    *out = (struct mu_alert){.id = mu_column_integer(query, 0),
                             .resident_id = mu_column_integer(query, 1)};
    mu_column_text(query, 2, out->name, sizeof out->name);
    mu_alert_cause_from_word(mu_column_borrow(query, 3), &out->cause);
    mu_column_date(query, 4, &out->date);
    mu_column_text(query, 5, out->session, sizeof out->session);
    mu_column_int(query, 6, &out->missed);
    mu_column_moment(query, 7, &out->opened_at);
    mu_column_text(query, 8, out->opened_by, sizeof out->opened_by);
    mu_column_moment(query, 9, &out->answered_at);
    mu_column_text(query, 10, out->answered_by, sizeof out->answered_by);
    mu_column_int(query, 11, &out->outcome);
    mu_column_date(query, 12, &out->again_from);
}

enum mu_status mu_alert_read(struct mu_db *db, int64_t id, bool *found, struct mu_alert *out,
                             struct mu_error *error)
{
    const struct mu_seal_place place = {"alert", "found", id};
    struct mu_query query = mu_query(db, COLUMNS " WHERE a.alert_id = ?1");

    mu_bind_integer(&query, 1, id);
    *found = mu_query_row(&query);
    if (*found) {
        read_row(&query, out);
        mu_column_sealed(&query, 13, &place, out->found, sizeof out->found);
    }
    return mu_query_end(&query, error);
}

enum mu_status mu_alert_list(struct mu_db *db, bool open, size_t limit, mu_alert_row *row,
                             void *context, struct mu_error *error)
{
    struct mu_query query =
        open ? mu_query(db, COLUMNS " WHERE a.answered_at = '' ORDER BY a.cause = 'no-answer' DESC,"
                                    " a.opened_at DESC, a.alert_id DESC LIMIT ?1")
             : mu_query(db, COLUMNS " ORDER BY a.alert_id DESC LIMIT ?1");
    struct mu_alert alert;

    mu_bind_integer(&query, 1, (int64_t)limit);
    while (mu_query_row(&query)) {
        read_row(&query, &alert);
        if (!row(context, &alert))
            break;
    }
    return mu_query_end(&query, error);
}

enum mu_status mu_alert_count(struct mu_db *db, int64_t *open, struct mu_error *error)
{
    struct mu_query query = mu_query(db, "SELECT count(*) FROM alert WHERE answered_at = ''");

    *open = mu_query_row(&query) ? mu_column_integer(&query, 0) : 0;
    return mu_query_end(&query, error);
}

enum mu_status mu_alert_open_of(struct mu_db *db, int64_t resident_id, int64_t *ids, size_t limit,
                                size_t *count, struct mu_error *error)
{
    struct mu_query query =
        mu_query(db, "SELECT alert_id FROM alert WHERE resident_id = ?1 AND answered_at = ''"
                     " ORDER BY alert_id LIMIT ?2");

    mu_bind_integer(&query, 1, resident_id);
    mu_bind_integer(&query, 2, (int64_t)limit);
    *count = 0;
    while (*count < limit && mu_query_row(&query))
        ids[(*count)++] = mu_column_integer(&query, 0);
    return mu_query_end(&query, error);
}

enum mu_status mu_alert_write_answer(struct mu_db *db, const struct mu_alert *alert,
                                     int64_t operator_id, struct mu_error *error)
{
    const struct mu_seal_place place = {"alert", "found", alert->id};
    unsigned char sealed[MU_NOTE_SIZE + MU_SEAL_MORE];
    size_t length = strlen(alert->found);
    const struct mu_seal_keys *keys;
    char moment[MU_MOMENT_SIZE];
    struct mu_query query;
    enum mu_status status = mu_vault_keys(db, &keys, error);

    if (status != MU_OK)
        return status;
    query = mu_query(db, "UPDATE alert SET answered_at = ?2, answered_by = ?3, outcome = ?4,"
                         " again_from = ?5, found = ?6 WHERE alert_id = ?1");
    mu_moment_format(alert->answered_at, moment);
    mu_bind_integer(&query, 1, alert->id);
    mu_bind_text(&query, 2, moment);
    mu_bind_integer(&query, 3, operator_id);
    mu_bind_integer(&query, 4, alert->outcome);
    mu_bind_date(&query, 5, alert->again_from);
    if (length) {
        mu_seal(keys, &place, alert->found, length, sealed);
        mu_bind_blob(&query, 6, sealed, length + MU_SEAL_MORE);
    }
    return mu_query_run(&query, error);
}

enum mu_status mu_alert_checked(struct mu_db *db, const char *session, struct mu_date *day,
                                struct mu_error *error)
{
    struct mu_query query = mu_query(db, "SELECT date FROM alert_check WHERE session = ?1");

    *day = (struct mu_date){0, 0, 0};
    mu_bind_text(&query, 1, session);
    if (mu_query_row(&query))
        mu_column_date(&query, 0, day);
    return mu_query_end(&query, error);
}

enum mu_status mu_alert_set_checked(struct mu_db *db, const char *session, struct mu_date day,
                                    struct mu_error *error)
{
    struct mu_query query =
        mu_query(db, "INSERT INTO alert_check (session, date) VALUES (?1, ?2)"
                     " ON CONFLICT (session) DO UPDATE SET date = excluded.date");

    mu_bind_text(&query, 1, session);
    mu_bind_date(&query, 2, day);
    return mu_query_run(&query, error);
}

/* The last day up to this one on which anything was served. */
static enum mu_status last_day(struct mu_db *db, struct mu_date *day, struct mu_error *error)
{
    struct mu_query query = mu_query(db, "SELECT max(date) FROM meal WHERE date <= ?1");

    mu_bind_date(&query, 1, *day);
    if (!mu_query_row(&query) || !mu_column_date(&query, 0, day))
        *day = (struct mu_date){0, 0, 0};
    return mu_query_end(&query, error);
}

static enum mu_status is_served(struct mu_db *db, const char *session, struct mu_date day,
                                bool *served, struct mu_error *error)
{
    struct mu_query query = mu_query(db, "SELECT 1 FROM meal WHERE date = ?1 AND session = ?2"
                                         " AND void_entry_id IS NULL LIMIT 1");

    mu_bind_date(&query, 1, day);
    mu_bind_text(&query, 2, session);
    *served = mu_query_row(&query);
    return mu_query_end(&query, error);
}

enum mu_status mu_served_days(struct mu_db *db, const char *session, struct mu_date day, int reach,
                              size_t limit, struct mu_date *days, size_t *count,
                              struct mu_error *error)
{
    struct mu_date earliest = mu_date_add_days(day, -reach);
    enum mu_status status = MU_OK;

    *count = 0;
    while (status == MU_OK && *count < limit) {
        bool served = false;

        status = last_day(db, &day, error);
        if (status != MU_OK || !mu_date_known(day) || mu_date_compare(day, earliest) < 0)
            break;
        status = is_served(db, session, day, &served, error);
        if (served)
            days[(*count)++] = day;
        day = mu_date_add_days(day, -1);
    }
    return status;
}

static enum mu_status tell(struct mu_query *query, mu_missed_row *row, void *context,
                           struct mu_error *error)
{
    while (mu_query_row(query))
        if (!row(context, mu_column_integer(query, 0)))
            break;
    return mu_query_end(query, error);
}

enum mu_status mu_stayed_away(struct mu_db *db, const char *session, struct mu_date first,
                              struct mu_date last, struct mu_date day, mu_missed_row *row,
                              void *context, struct mu_error *error)
{
    struct mu_query query = mu_query(
        db, "WITH ate AS (SELECT coalesce(r.linked_to, r.resident_id) AS person,"
            " max(m.date) AS last FROM meal m JOIN resident r ON r.resident_id = m.resident_id"
            " WHERE m.date BETWEEN ?2 AND ?4 AND m.session = ?1 AND m.void_entry_id IS NULL"
            " GROUP BY coalesce(r.linked_to, r.resident_id))"
            " SELECT ate.person FROM ate JOIN resident p ON p.resident_id = ate.person"
            " WHERE ate.last <= ?3 AND p.status = 1 ORDER BY ate.person");

    mu_bind_text(&query, 1, session);
    mu_bind_date(&query, 2, first);
    mu_bind_date(&query, 3, last);
    mu_bind_date(&query, 4, day);
    return tell(&query, row, context, error);
}

enum mu_status mu_missed_before(struct mu_db *db, struct mu_date first, struct mu_date day,
                                mu_missed_row *row, void *context, struct mu_error *error)
{
    struct mu_query query =
        mu_query(db, "SELECT DISTINCT p.resident_id FROM alert a"
                     " JOIN resident r ON r.resident_id = a.resident_id"
                     " JOIN resident p ON p.resident_id = coalesce(r.linked_to, r.resident_id)"
                     " WHERE a.again_from BETWEEN ?1 AND ?2 AND a.again_from <> ''"
                     " AND p.status = 1 ORDER BY p.resident_id");

    mu_bind_date(&query, 1, first);
    mu_bind_date(&query, 2, day);
    return tell(&query, row, context, error);
}

enum mu_status mu_told_absent(struct mu_db *db, struct mu_date first, struct mu_date day,
                              mu_missed_row *row, void *context, struct mu_error *error)
{
    struct mu_query query =
        mu_query(db, "SELECT DISTINCT p.resident_id FROM canteen_absence a"
                     " JOIN resident r ON r.resident_id = a.resident_id"
                     " JOIN resident p ON p.resident_id = coalesce(r.linked_to, r.resident_id)"
                     " WHERE a.cancelled = 0 AND a.from_date <= ?2 AND a.until_date >= ?1"
                     " AND p.status = 1 ORDER BY p.resident_id");

    mu_bind_date(&query, 1, first);
    mu_bind_date(&query, 2, day);
    return tell(&query, row, context, error);
}

enum mu_status mu_alert_last_absence(struct mu_db *db, int64_t resident_id, bool *found,
                                     struct mu_alert *out, struct mu_error *error)
{
    struct mu_query query =
        mu_query(db, COLUMNS " WHERE a.resident_id IN " FILES_OF_1 " AND a.cause = 'absent'"
                             " ORDER BY a.alert_id DESC LIMIT 1");

    mu_bind_integer(&query, 1, resident_id);
    *found = mu_query_row(&query);
    if (*found)
        read_row(&query, out);
    return mu_query_end(&query, error);
}

enum mu_status mu_eaten_days(struct mu_db *db, int64_t resident_id, const char *session,
                             struct mu_date first, struct mu_date day, size_t room,
                             struct mu_eaten_day *days, size_t *count, struct mu_error *error)
{
    struct mu_query query =
        mu_query(db, "SELECT date, max(session = ?2) FROM meal WHERE resident_id IN " FILES_OF_1
                     " AND date BETWEEN ?3 AND ?4 AND void_entry_id IS NULL"
                     " GROUP BY date ORDER BY date DESC");

    mu_bind_integer(&query, 1, resident_id);
    mu_bind_text(&query, 2, session);
    mu_bind_date(&query, 3, first);
    mu_bind_date(&query, 4, day);
    *count = 0;
    while (*count < room && mu_query_row(&query)) {
        days[*count].session = mu_column_integer(&query, 1) != 0;
        *count += mu_column_date(&query, 0, &days[*count].day);
    }
    return mu_query_end(&query, error);
}

enum mu_status mu_last_eaten(struct mu_db *db, int64_t resident_id, struct mu_date *day,
                             char session[MU_RULE_ID_SIZE], struct mu_error *error)
{
    struct mu_query query =
        mu_query(db, "SELECT date, session FROM meal WHERE resident_id IN " FILES_OF_1
                     " AND void_entry_id IS NULL ORDER BY date DESC, meal_id DESC LIMIT 1");

    *day = (struct mu_date){0, 0, 0};
    *session = '\0';
    mu_bind_integer(&query, 1, resident_id);
    if (mu_query_row(&query)) {
        mu_column_date(&query, 0, day);
        mu_column_text(&query, 1, session, MU_RULE_ID_SIZE);
    }
    return mu_query_end(&query, error);
}
