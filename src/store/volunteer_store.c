#include "store/volunteer_store.h"

#include "store/written_row.h"

#include <mulin/domain/points.h>

/* The files of person ?1. */
#define FILES_OF_1 "(SELECT ?1 UNION ALL SELECT resident_id FROM resident WHERE linked_to = ?1)"

#define COLUMNS                                                                                    \
    "SELECT v.resident_id, v.registered_on, v.number, v.skills, v.shows_name, v.left_on, "         \
    "v.version"
enum { COLUMN_COUNT = 7 };

static void read_row(const struct mu_query *query, struct mu_volunteer *out)
{
    bool whole = true;

    *out = (struct mu_volunteer){.resident_id = mu_column_integer(query, 0)};
    whole &= mu_column_date(query, 1, &out->registered_on);
    whole &= mu_column_text(query, 2, out->number, sizeof out->number);
    whole &= mu_column_text(query, 3, out->skills, sizeof out->skills);
    whole &= mu_column_int(query, 4, &out->shows_name);
    whole &= mu_column_date(query, 5, &out->left_on);
    whole &= mu_column_int(query, 6, &out->version);
    out->incomplete = !whole;
}

enum mu_status mu_volunteer_of_file(struct mu_db *db, int64_t resident_id, struct mu_volunteer *out,
                                    struct mu_error *error)
{
    struct mu_query query = mu_query(db, COLUMNS " FROM volunteer v WHERE v.resident_id = ?1");

    *out = (struct mu_volunteer){.resident_id = resident_id};
    mu_bind_integer(&query, 1, resident_id);
    if (mu_query_row(&query))
        read_row(&query, out);
    return mu_query_end(&query, error);
}

enum mu_status mu_volunteer_of_person(struct mu_db *db, int64_t resident_id,
                                      struct mu_volunteer *out, struct mu_error *error)
{
    struct mu_query query =
        mu_query(db, COLUMNS " FROM volunteer v WHERE v.resident_id IN " FILES_OF_1
                             " ORDER BY v.registered_on = '', v.resident_id <> ?1, v.resident_id"
                             " LIMIT 1");

    *out = (struct mu_volunteer){.resident_id = resident_id};
    mu_bind_integer(&query, 1, resident_id);
    if (mu_query_row(&query))
        read_row(&query, out);
    return mu_query_end(&query, error);
}

enum mu_status mu_volunteer_used(struct mu_db *db, int64_t resident_id, bool *used,
                                 struct mu_error *error)
{
    struct mu_query query =
        mu_query(db, "SELECT 1 WHERE EXISTS (SELECT 1 FROM points_line WHERE resident_id = ?1)"
                     " OR EXISTS (SELECT 1 FROM service WHERE resident_id = ?1)"
                     " OR EXISTS (SELECT 1 FROM team_member WHERE resident_id = ?1)"
                     " OR EXISTS (SELECT 1 FROM award WHERE resident_id = ?1)"
                     " OR EXISTS (SELECT 1 FROM volunteer WHERE resident_id = ?1"
                     " AND registered_on <> '')");

    mu_bind_integer(&query, 1, resident_id);
    *used = mu_query_row(&query);
    return mu_query_end(&query, error);
}

enum mu_status mu_volunteer_by_number(struct mu_db *db, const char *number, int64_t *resident_id,
                                      struct mu_error *error)
{
    struct mu_query query = mu_query(db, "SELECT resident_id FROM volunteer WHERE number = ?1");

    mu_bind_text(&query, 1, number);
    *resident_id = mu_query_row(&query) ? mu_column_integer(&query, 0) : 0;
    return mu_query_end(&query, error);
}

enum mu_status mu_volunteer_write(struct mu_db *db, struct mu_volunteer *volunteer, bool *stale,
                                  struct mu_error *error)
{
    struct mu_query query =
        volunteer->version
            ? mu_query(db, "UPDATE volunteer SET registered_on = ?2, number = ?3, skills = ?4,"
                           " shows_name = ?5, left_on = ?6, version = version + 1"
                           " WHERE resident_id = ?1 AND version = ?7 RETURNING version")
            : mu_query(db, "INSERT INTO volunteer (resident_id, registered_on, number, skills,"
                           " shows_name, left_on) VALUES (?1, ?2, ?3, ?4, ?5, ?6)"
                           " ON CONFLICT (resident_id) DO NOTHING RETURNING version");

    mu_bind_integer(&query, 1, volunteer->resident_id);
    mu_bind_date(&query, 2, volunteer->registered_on);
    mu_bind_optional(&query, 3, volunteer->number);
    mu_bind_text(&query, 4, volunteer->skills);
    mu_bind_integer(&query, 5, volunteer->shows_name == 1);
    mu_bind_date(&query, 6, volunteer->left_on);
    if (volunteer->version)
        mu_bind_integer(&query, 7, volunteer->version);
    return mu_written_row(&query, NULL, &volunteer->version, stale, error);
}

enum mu_status mu_volunteer_all(struct mu_db *db, bool left, mu_volunteer_each *each, void *context,
                                struct mu_error *error)
{
    struct mu_query query = mu_query(
        db, COLUMNS ", p.resident_id, p.name FROM volunteer v"
                    " JOIN resident r ON r.resident_id = v.resident_id"
                    " JOIN resident p ON p.resident_id = coalesce(r.linked_to,"
                    " r.resident_id) WHERE v.registered_on <> '' AND (?1 OR v.left_on = '')"
                    " ORDER BY p.resident_id, v.resident_id <> p.resident_id");
    struct mu_volunteer volunteer;
    int64_t last = 0;

    mu_bind_integer(&query, 1, left);
    while (mu_query_row(&query)) {
        int64_t person = mu_column_integer(&query, COLUMN_COUNT);
        char name[MU_PERSON_NAME_SIZE];

        if (person == last)
            continue;
        last = person;
        read_row(&query, &volunteer);
        mu_column_text(&query, COLUMN_COUNT + 1, name, sizeof name);
        if (!each(context, &volunteer, person, name))
            break;
    }
    return mu_query_end(&query, error);
}

enum mu_status mu_volunteer_count(struct mu_db *db, int64_t *count, struct mu_error *error)
{
    struct mu_query query =
        mu_query(db, "SELECT count(DISTINCT coalesce(r.linked_to, r.resident_id)) FROM volunteer v"
                     " JOIN resident r ON r.resident_id = v.resident_id"
                     " WHERE v.registered_on <> '' AND v.left_on = ''");

    *count = mu_query_row(&query) ? mu_column_integer(&query, 0) : 0;
    return mu_query_end(&query, error);
}

enum mu_status mu_volunteer_sum(struct mu_db *db, int64_t resident_id, int from_month,
                                struct mu_volunteer_sum *out, struct mu_error *error)
{
    struct mu_query query =
        mu_query(db, "SELECT kind, sum(points), sum(minutes) FROM points_line"
                     " WHERE resident_id IN " FILES_OF_1 " AND month >= ?2 GROUP BY kind");

    *out = (struct mu_volunteer_sum){{0}, {0}, 0};
    mu_bind_integer(&query, 1, resident_id);
    mu_bind_integer(&query, 2, from_month);
    while (mu_query_row(&query)) {
        struct mu_points points = {mu_column_integer(&query, 1)};

        out->balance = mu_points_add(out->balance, points);
        out->minutes += mu_column_integer(&query, 2);
        if (mu_points_kind_earns((enum mu_points_kind)mu_column_integer(&query, 0)))
            out->earned = mu_points_add(out->earned, points);
    }
    return mu_query_end(&query, error);
}

enum mu_status mu_volunteer_services(struct mu_db *db, int64_t resident_id, size_t limit,
                                     mu_latest_row *row, void *context, struct mu_error *error)
{
    struct mu_query query =
        mu_query(db, "SELECT service_id, entry_id, resident_id, duty, team, date, starts_at,"
                     " ends_at, minutes, times, points, place, recipient, confirmed_by, forgotten"
                     " FROM service WHERE resident_id IN " FILES_OF_1 " AND entry_id IS NOT NULL"
                     " AND reversed_by IS NULL ORDER BY date DESC, service_id DESC LIMIT ?2");

    mu_bind_integer(&query, 1, resident_id);
    mu_bind_integer(&query, 2, (int64_t)limit);
    while (mu_query_row(&query)) {
        struct mu_service service = {.id = mu_column_integer(&query, 0),
                                     .entry_id = mu_column_integer(&query, 1),
                                     .resident_id = mu_column_integer(&query, 2),
                                     .points = {mu_column_integer(&query, 10)}};

        mu_column_text(&query, 3, service.duty, sizeof service.duty);
        mu_column_text(&query, 4, service.team, sizeof service.team);
        mu_column_date(&query, 5, &service.date);
        mu_column_int(&query, 6, &service.starts_at);
        mu_column_int(&query, 7, &service.ends_at);
        mu_column_int(&query, 8, &service.minutes);
        mu_column_int(&query, 9, &service.times);
        mu_column_text(&query, 11, service.place, sizeof service.place);
        mu_column_text(&query, 12, service.recipient, sizeof service.recipient);
        mu_column_text(&query, 13, service.confirmed_by, sizeof service.confirmed_by);
        service.forgotten = mu_column_integer(&query, 14) != 0;
        if (!row(context, &service))
            break;
    }
    return mu_query_end(&query, error);
}

enum mu_status mu_volunteer_certificates(struct mu_db *db, int64_t resident_id,
                                         mu_certificate_row *row, void *context,
                                         struct mu_error *error)
{
    struct mu_query query =
        mu_query(db, "SELECT number, from_date, to_date, minutes, issued_at FROM certificate"
                     " WHERE resident_id IN " FILES_OF_1 " ORDER BY certificate_id DESC");

    mu_bind_integer(&query, 1, resident_id);
    while (mu_query_row(&query)) {
        struct mu_certificate_line line = {.minutes = mu_column_integer(&query, 3)};

        mu_column_text(&query, 0, line.number, sizeof line.number);
        mu_column_date(&query, 1, &line.from);
        mu_column_date(&query, 2, &line.to);
        mu_column_moment(&query, 4, &line.issued_at);
        if (!row(context, &line))
            break;
    }
    return mu_query_end(&query, error);
}

enum mu_status mu_award_of_person(struct mu_db *db, int64_t resident_id, bool file_alone,
                                  mu_award_row *row, void *context, struct mu_error *error)
{
    struct mu_query query =
        mu_query(db, "SELECT award_id, resident_id, name, month, given_on, note FROM award"
                     " WHERE resident_id IN " FILES_OF_1 " AND (resident_id = ?1 OR NOT ?2)"
                     " ORDER BY month, award_id");

    mu_bind_integer(&query, 1, resident_id);
    mu_bind_integer(&query, 2, file_alone);
    while (mu_query_row(&query)) {
        struct mu_award award = {.id = mu_column_integer(&query, 0),
                                 .resident_id = mu_column_integer(&query, 1)};

        mu_column_text(&query, 2, award.name, sizeof award.name);
        mu_column_int(&query, 3, &award.month);
        mu_column_date(&query, 4, &award.given_on);
        mu_column_text(&query, 5, award.note, sizeof award.note);
        if (!row(context, &award))
            break;
    }
    return mu_query_end(&query, error);
}

enum mu_status mu_award_add(struct mu_db *db, struct mu_award *award, int64_t operator_id,
                            bool *twice, struct mu_error *error)
{
    struct mu_query query =
        mu_query(db, "INSERT INTO award (resident_id, name, month, given_on, note, operator_id)"
                     " VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (resident_id, name, month)"
                     " DO NOTHING RETURNING award_id");

    mu_bind_integer(&query, 1, award->resident_id);
    mu_bind_text(&query, 2, award->name);
    mu_bind_integer(&query, 3, award->month);
    mu_bind_date(&query, 4, award->given_on);
    mu_bind_text(&query, 5, award->note);
    mu_bind_integer(&query, 6, operator_id);
    *twice = true;
    while (mu_query_row(&query)) {
        award->id = mu_column_integer(&query, 0);
        *twice = false;
    }
    return mu_query_end(&query, error);
}

enum mu_status mu_award_remove(struct mu_db *db, const struct mu_award *award,
                               struct mu_error *error)
{
    struct mu_query query =
        mu_query(db, "DELETE FROM award WHERE resident_id = ?1 AND name = ?2 AND month = ?3");

    mu_bind_integer(&query, 1, award->resident_id);
    mu_bind_text(&query, 2, award->name);
    mu_bind_integer(&query, 3, award->month);
    return mu_query_run(&query, error);
}
