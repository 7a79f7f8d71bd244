#include "store/team_store.h"

#include "store/written_row.h"

#define TEAM_COLUMNS                                                                               \
    "SELECT team_id, name, founded_on, ended_on, note, withdrawn, version FROM team"

static void read_team(const struct mu_query *query, struct mu_team *out)
{
    bool whole = true;

    *out = (struct mu_team){.id = mu_column_integer(query, 0)};
    whole &= mu_column_text(query, 1, out->name, sizeof out->name);
    whole &= mu_column_date(query, 2, &out->founded_on);
    whole &= mu_column_date(query, 3, &out->ended_on);
    whole &= mu_column_text(query, 4, out->note, sizeof out->note);
    whole &= mu_column_int(query, 5, &out->withdrawn);
    whole &= mu_column_int(query, 6, &out->version);
    out->incomplete = !whole;
}

enum mu_status mu_team_all(struct mu_db *db, mu_team_each *each, void *context,
                           struct mu_error *error)
{
    struct mu_query query = mu_query(db, TEAM_COLUMNS " ORDER BY team_id");
    struct mu_team team;

    while (mu_query_row(&query)) {
        read_team(&query, &team);
        if (!each(context, &team))
            break;
    }
    return mu_query_end(&query, error);
}

enum mu_status mu_team_by_id(struct mu_db *db, int64_t id, bool *found, struct mu_team *out,
                             struct mu_error *error)
{
    struct mu_query query = mu_query(db, TEAM_COLUMNS " WHERE team_id = ?1");

    mu_bind_integer(&query, 1, id);
    *found = mu_query_row(&query);
    if (*found)
        read_team(&query, out);
    return mu_query_end(&query, error);
}

enum mu_status mu_team_by_name(struct mu_db *db, const char *name, bool *found, struct mu_team *out,
                               struct mu_error *error)
{
    struct mu_query query = mu_query(db, TEAM_COLUMNS " WHERE name = ?1");

    mu_bind_text(&query, 1, name);
    *found = mu_query_row(&query);
    if (*found)
        read_team(&query, out);
    return mu_query_end(&query, error);
}

enum mu_status mu_team_write(struct mu_db *db, struct mu_team *team, bool *stale,
                             struct mu_error *error)
{
    struct mu_query query =
        team->id ? mu_query(db, "UPDATE team SET name = ?1, founded_on = ?2, ended_on = ?3,"
                                " note = ?4, withdrawn = ?5, version = version + 1"
                                " WHERE team_id = ?6 AND version = ?7 RETURNING team_id, version")
                 : mu_query(db, "INSERT INTO team (name, founded_on, ended_on, note, withdrawn)"
                                " VALUES (?1, ?2, ?3, ?4, ?5) RETURNING team_id, version");

    mu_bind_text(&query, 1, team->name);
    mu_bind_date(&query, 2, team->founded_on);
    mu_bind_date(&query, 3, team->ended_on);
    mu_bind_text(&query, 4, team->note);
    mu_bind_integer(&query, 5, team->withdrawn);
    if (team->id) {
        mu_bind_integer(&query, 6, team->id);
        mu_bind_integer(&query, 7, team->version);
    }
    return mu_written_row(&query, &team->id, &team->version, stale, error);
}

#define MEMBERS                                                                                    \
    "SELECT m.team_id, t.name, p.resident_id, p.name, m.from_date, m.until_date, m.role"           \
    " FROM team_member m JOIN team t ON t.team_id = m.team_id"                                     \
    " JOIN resident r ON r.resident_id = m.resident_id"

static enum mu_status tell(struct mu_query *query, mu_membership_each *each, void *context,
                           struct mu_error *error)
{
    struct mu_membership membership;

    while (mu_query_row(query)) {
        membership = (struct mu_membership){.team_id = mu_column_integer(query, 0),
                                            .resident_id = mu_column_integer(query, 2)};
        mu_column_text(query, 1, membership.team, sizeof membership.team);
        mu_column_text(query, 3, membership.name, sizeof membership.name);
        mu_column_date(query, 4, &membership.from);
        mu_column_date(query, 5, &membership.until);
        mu_column_int(query, 6, &membership.role);
        if (!each(context, &membership))
            break;
    }
    return mu_query_end(query, error);
}

enum mu_status mu_team_members(struct mu_db *db, int64_t team_id, bool past,
                               mu_membership_each *each, void *context, struct mu_error *error)
{
    struct mu_query query =
        mu_query(db, MEMBERS " JOIN resident p ON p.resident_id = coalesce(r.linked_to,"
                             " r.resident_id) WHERE m.team_id = ?1 AND (?2 OR m.until_date = '')"
                             " ORDER BY m.until_date <> '', CASE m.role WHEN 2 THEN 0 WHEN 3 THEN 1"
                             " ELSE 2 END, m.from_date, p.resident_id");

    mu_bind_integer(&query, 1, team_id);
    mu_bind_integer(&query, 2, past);
    return tell(&query, each, context, error);
}

enum mu_status mu_team_size(struct mu_db *db, int64_t team_id, int *people, struct mu_error *error)
{
    struct mu_query query =
        mu_query(db, "SELECT count(DISTINCT coalesce(r.linked_to, r.resident_id))"
                     " FROM team_member m JOIN resident r ON r.resident_id = m.resident_id"
                     " WHERE m.team_id = ?1 AND m.until_date = ''");

    mu_bind_integer(&query, 1, team_id);
    if (mu_query_row(&query))
        mu_column_int(&query, 0, people);
    return mu_query_end(&query, error);
}

enum mu_status mu_memberships_of_person(struct mu_db *db, int64_t resident_id,
                                        mu_membership_each *each, void *context,
                                        struct mu_error *error)
{
    struct mu_query query =
        mu_query(db, MEMBERS " JOIN resident p ON p.resident_id = r.resident_id"
                             " WHERE m.resident_id IN (SELECT ?1 UNION ALL"
                             " SELECT resident_id FROM resident WHERE linked_to = ?1)"
                             " ORDER BY m.from_date, m.team_id, m.resident_id");

    mu_bind_integer(&query, 1, resident_id);
    return tell(&query, each, context, error);
}

enum mu_status mu_memberships_of_file(struct mu_db *db, int64_t resident_id,
                                      mu_membership_each *each, void *context,
                                      struct mu_error *error)
{
    struct mu_query query =
        mu_query(db, MEMBERS " JOIN resident p ON p.resident_id = r.resident_id"
                             " WHERE m.resident_id = ?1 ORDER BY m.from_date, m.team_id");

    mu_bind_integer(&query, 1, resident_id);
    return tell(&query, each, context, error);
}

enum mu_status mu_membership_write(struct mu_db *db, const struct mu_membership *membership,
                                   struct mu_error *error)
{
    struct mu_query query =
        mu_query(db, "INSERT INTO team_member (team_id, resident_id, from_date, until_date, role)"
                     " VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (team_id, resident_id, from_date)"
                     " DO UPDATE SET until_date = excluded.until_date, role = excluded.role");

    mu_bind_integer(&query, 1, membership->team_id);
    mu_bind_integer(&query, 2, membership->resident_id);
    mu_bind_date(&query, 3, membership->from);
    mu_bind_date(&query, 4, membership->until);
    mu_bind_integer(&query, 5, membership->role);
    return mu_query_run(&query, error);
}

enum mu_status mu_membership_forget(struct mu_db *db, int64_t resident_id, struct mu_error *error)
{
    struct mu_query query = mu_query(db, "DELETE FROM team_member WHERE resident_id = ?1");

    mu_bind_integer(&query, 1, resident_id);
    return mu_query_run(&query, error);
}
