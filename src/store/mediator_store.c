#include "store/mediator_store.h"

#include "store/written_row.h"

#include <inttypes.h>
#include <stdio.h>

#define COLUMNS                                                                                    \
    " m.mediator_id, m.version, m.operator_id, m.resident_id, m.name, o.name, m.team, m.skills,"   \
    " m.from_date, m.until_date, m.withdrawn"
#define TABLES " FROM mediator m LEFT JOIN operator o ON o.operator_id = m.operator_id"

static void read_mediator(const struct mu_query *query, struct mu_mediator *out)
{
    bool whole = true;

    *out = (struct mu_mediator){.id = mu_column_integer(query, 0),
                                .operator_id = mu_column_integer(query, 2),
                                .resident_id = mu_column_integer(query, 3)};
    whole &= mu_column_int(query, 1, &out->version);
    whole &= mu_column_text(query, 4, out->name, sizeof out->name);
    whole &= mu_column_text(query, 5, out->operator_name, sizeof out->operator_name);
    whole &= mu_column_text(query, 6, out->team, sizeof out->team);
    whole &= mu_column_text(query, 7, out->skills, sizeof out->skills);
    whole &= mu_column_date(query, 8, &out->from);
    whole &= mu_column_date(query, 9, &out->until);
    whole &= mu_column_int(query, 10, &out->withdrawn);
    if (out->resident_id)
        snprintf(out->file, sizeof out->file, "%" PRId64, out->resident_id);
    out->incomplete = !whole;
}

enum mu_status mu_mediator_all(struct mu_db *db, int year, mu_mediator_each *each, void *context,
                               struct mu_error *error)
{
    struct mu_query query = mu_query(
        db,
        "SELECT" COLUMNS ", (SELECT count(*) FROM case_mediator w JOIN mediation_case c"
        " ON c.case_id = w.case_id WHERE w.mediator_id = m.mediator_id AND w.at_work = 1"
        " AND c.state <> 'closed'),"
        " (SELECT count(*) FROM case_mediator w JOIN mediation_case c ON c.case_id = w.case_id"
        " WHERE w.mediator_id = m.mediator_id AND c.year = ?1 AND c.outcome <> 'mistake')" TABLES
        " WHERE m.withdrawn = 0 ORDER BY m.team = '', m.team, m.name, m.mediator_id");
    struct mu_mediator mediator;

    mu_bind_integer(&query, 1, year);
    while (mu_query_row(&query)) {
        read_mediator(&query, &mediator);
        if (!each(context, &mediator, mu_column_integer(&query, 11), mu_column_integer(&query, 12)))
            break;
    }
    return mu_query_end(&query, error);
}

static enum mu_status find(struct mu_query *query, int64_t id, bool *found, struct mu_mediator *out,
                           struct mu_error *error)
{
    mu_bind_integer(query, 1, id);
    *found = mu_query_row(query);
    if (*found)
        read_mediator(query, out);
    return mu_query_end(query, error);
}

enum mu_status mu_mediator_by_id(struct mu_db *db, int64_t id, bool *found, struct mu_mediator *out,
                                 struct mu_error *error)
{
    struct mu_query query = mu_query(db, "SELECT" COLUMNS TABLES " WHERE m.mediator_id = ?1");

    return find(&query, id, found, out, error);
}

enum mu_status mu_mediator_by_operator(struct mu_db *db, int64_t operator_id, bool *found,
                                       struct mu_mediator *out, struct mu_error *error)
{
    struct mu_query query =
        mu_query(db, "SELECT" COLUMNS TABLES " WHERE m.operator_id = ?1 AND m.withdrawn = 0");

    return find(&query, operator_id, found, out, error);
}

enum mu_status mu_mediator_by_resident(struct mu_db *db, int64_t resident_id, bool *found,
                                       struct mu_mediator *out, struct mu_error *error)
{
    struct mu_query query =
        mu_query(db, "SELECT" COLUMNS TABLES " WHERE m.resident_id = ?1 AND m.withdrawn = 0");

    return find(&query, resident_id, found, out, error);
}

enum mu_status mu_mediator_write(struct mu_db *db, struct mu_mediator *mediator, bool *stale,
                                 struct mu_error *error)
{
    struct mu_query query =
        mediator->id
            ? mu_query(db, "UPDATE mediator SET name = ?1, operator_id = nullif(?2, 0),"
                           " resident_id = nullif(?3, 0), team = ?4, skills = ?5, from_date = ?6,"
                           " until_date = ?7, withdrawn = ?8, version = version + 1"
                           " WHERE mediator_id = ?9 AND version = ?10"
                           " RETURNING mediator_id, version")
            : mu_query(db, "INSERT INTO mediator (name, operator_id, resident_id, team, skills,"
                           " from_date, until_date, withdrawn)"
                           " VALUES (?1, nullif(?2, 0), nullif(?3, 0), ?4, ?5, ?6, ?7, ?8)"
                           " RETURNING mediator_id, version");

    mu_bind_text(&query, 1, mediator->name);
    mu_bind_integer(&query, 2, mediator->operator_id);
    mu_bind_integer(&query, 3, mediator->resident_id);
    mu_bind_text(&query, 4, mediator->team);
    mu_bind_text(&query, 5, mediator->skills);
    mu_bind_date(&query, 6, mediator->from);
    mu_bind_date(&query, 7, mediator->until);
    mu_bind_integer(&query, 8, mediator->withdrawn == 1);
    if (mediator->id) {
        mu_bind_integer(&query, 9, mediator->id);
        mu_bind_integer(&query, 10, mediator->version);
    }
    return mu_written_row(&query, &mediator->id, &mediator->version, stale, error);
}

enum mu_status mu_mediator_cases(struct mu_db *db, int64_t id, int64_t *cases,
                                 struct mu_error *error)
{
    struct mu_query query =
        mu_query(db, "SELECT count(*) FROM case_mediator WHERE mediator_id = ?1");

    mu_bind_integer(&query, 1, id);
    if (mu_query_row(&query))
        *cases = mu_column_integer(&query, 0);
    return mu_query_end(&query, error);
}

/* The files of a person with the home of each. */
#define HOMES(number)                                                                              \
    "(SELECT coalesce(r.linked_to, r.resident_id) AS person,"                                      \
    " coalesce(h.joined_into, h.household_id) AS household, p.estate, p.building, p.unit"          \
    " FROM resident r LEFT JOIN household h ON h.household_id = r.household_id"                    \
    " LEFT JOIN place p ON p.place_id = h.place_id WHERE coalesce(r.linked_to, r.resident_id) ="   \
    " (SELECT coalesce(s.linked_to, s.resident_id) FROM resident s WHERE s.resident_id = " number  \
    "))"

enum mu_status mu_resident_closeness(struct mu_db *db, int64_t resident_id, int64_t other_id,
                                     enum mu_closeness *out, struct mu_error *error)
{
    struct mu_query query =
        mu_query(db, "SELECT max(a.person = b.person), max(a.household IS NOT NULL AND"
                     " a.household = b.household), max(a.building <> '' AND a.estate = b.estate AND"
                     " a.building = b.building AND a.unit = b.unit)"
                     " FROM " HOMES("?1") " a, " HOMES("?2") " b");

    mu_bind_integer(&query, 1, resident_id);
    mu_bind_integer(&query, 2, other_id);
    *out = MU_CLOSE_NOT;
    if (mu_query_row(&query)) {
        if (mu_column_integer(&query, 0))
            *out = MU_CLOSE_SELF;
        else if (mu_column_integer(&query, 1))
            *out = MU_CLOSE_KIN;
        else if (mu_column_integer(&query, 2))
            *out = MU_CLOSE_NEIGHBOUR;
    }
    return mu_query_end(&query, error);
}
