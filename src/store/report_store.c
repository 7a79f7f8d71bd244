#include "store/report_store.h"

enum { DAY_LENGTH = MU_DATE_SIZE - 1 /* of a moment */ };

static enum mu_status read_day(struct mu_query *query, struct mu_date *out, struct mu_error *error)
{
    struct mu_date day = {0};
    enum mu_status status;

    if (mu_query_row(query))
        mu_column_date(query, 0, &day);
    status = mu_query_end(query, error);
    if (status == MU_OK)
        *out = day;
    return status;
}

enum mu_status mu_report_began(struct mu_db *db, struct mu_date *out, struct mu_error *error)
{
    /* The first act tells when it made the first file; an older home has files from before acts. */
    struct mu_query query = mu_query(
        db, "SELECT coalesce((SELECT substr(a.recorded_at, 1, ?1) FROM act a WHERE a.act_id = 1"
            " AND (SELECT min(resident_id) FROM resident) IN (a.first_new,"
            "  (SELECT min(x.row) FROM act_change x WHERE x.act_id = 1 AND x.kind = 'resident'"
            "   AND x.before IS NULL))),"
            " (SELECT substr(min(created_at), 1, ?1) FROM operator WHERE created_at <> ''))");

    mu_bind_integer(&query, 1, DAY_LENGTH);
    return read_day(&query, out, error);
}

enum mu_status mu_report_last(struct mu_db *db, int64_t *household, int64_t *act,
                              struct mu_error *error)
{
    struct mu_query query = mu_query(db, "SELECT (SELECT max(household_id) FROM household),"
                                         " (SELECT max(act_id) FROM act)");
    int64_t numbers[2] = {0, 0};
    enum mu_status status;

    if (mu_query_row(&query))
        for (int i = 0; i < 2; i++)
            numbers[i] = mu_column_integer(&query, i);
    status = mu_query_end(&query, error);
    if (status != MU_OK)
        return status;
    *household = numbers[0];
    *act = numbers[1];
    return MU_OK;
}

enum mu_status mu_report_first_act(struct mu_db *db, struct mu_date day, int64_t last, int64_t *act,
                                   struct mu_error *error)
{
    int64_t low = 1, high = last + 1;
    enum mu_status status = MU_OK;

    while (status == MU_OK && low < high) {
        struct mu_query query = mu_query(db, "SELECT recorded_at FROM act WHERE act_id = ?1");
        struct mu_moment moment = {0};
        int64_t middle = low + (high - low) / 2;

        mu_bind_integer(&query, 1, middle);
        if (mu_query_row(&query))
            mu_column_moment(&query, 0, &moment);
        status = mu_query_end(&query, error);
        if (mu_date_compare(moment.date, day) > 0)
            high = middle;
        else
            low = middle + 1;
    }
    if (status == MU_OK)
        *act = low > last ? 0 : low;
    return status;
}

enum mu_status mu_report_first_new(struct mu_db *db, int64_t act, int64_t count, int64_t *resident,
                                   int64_t *household, struct mu_error *error)
{
    struct mu_query query = mu_query(
        db, "SELECT (SELECT min(x.row) FROM act_change x WHERE x.act_id >= ?1 AND x.act_id < ?2"
            " AND x.kind = 'resident' AND x.before IS NULL),"
            " (SELECT min(a.first_new) FROM act a WHERE a.act_id >= ?1 AND a.act_id < ?2"
            " AND a.first_new > 0),"
            " (SELECT min(x.row) FROM act_change x WHERE x.act_id >= ?1 AND x.act_id < ?2"
            " AND x.kind = 'household' AND x.before IS NULL)");
    int64_t found[3] = {0, 0, 0};
    enum mu_status status;

    mu_bind_integer(&query, 1, act);
    mu_bind_integer(&query, 2, act + count);
    if (mu_query_row(&query))
        for (int i = 0; i < 3; i++)
            found[i] = mu_column_integer(&query, i);
    status = mu_query_end(&query, error);
    if (status != MU_OK)
        return status;
    if (!found[0] || (found[1] && found[1] < found[0]))
        found[0] = found[1];
    if (found[0] && (!*resident || found[0] < *resident))
        *resident = found[0];
    if (found[2] && (!*household || found[2] < *household))
        *household = found[2];
    return MU_OK;
}

enum mu_status mu_report_homes(struct mu_db *db, struct mu_date day, int64_t below, int64_t limit,
                               mu_home_then_row *row, void *context, struct mu_error *error)
{
    /* The time that ended first behind the day is the one that it lay in. A household was joined
     * when the last of its people left. */
    struct mu_query query = mu_query(
        db, "SELECT h.household_id, p.estate,"
            " coalesce((SELECT g.grid FROM building b JOIN building_grid_past g"
            "  ON g.building_id = b.building_id WHERE b.estate = p.estate"
            "  AND b.building = p.building AND g.until_date > ?1"
            "  ORDER BY g.until_date, g.changed_at LIMIT 1), h.grid),"
            " coalesce((SELECT o.occupancy FROM occupancy_past o"
            "  WHERE o.household_id = h.household_id AND o.until_date >= ?1"
            "  ORDER BY o.until_date, o.changed_at LIMIT 1),"
            "  CASE WHEN h.occupied_from > ?1 THEN 0 ELSE h.occupancy END),"
            " CASE WHEN h.joined_into IS NULL THEN 0"
            "  WHEN h.joined_into = h.household_id THEN 1"
            "  WHEN (SELECT max(l.until_date) FROM residence_past l"
            "   WHERE l.household_id = h.household_id) > ?1"
            "  THEN 0 ELSE 1 END,"
            " EXISTS (SELECT 1 FROM residence_past m WHERE m.household_id = h.household_id)"
            " FROM household h JOIN place p ON p.place_id = h.place_id"
            " WHERE h.household_id < ?2 ORDER BY h.household_id DESC LIMIT ?3");

    mu_bind_date(&query, 1, day);
    mu_bind_integer(&query, 2, below);
    mu_bind_integer(&query, 3, limit);
    while (mu_query_row(&query)) {
        struct mu_home_then home = {.id = mu_column_integer(&query, 0)};

        mu_column_text(&query, 1, home.estate, sizeof home.estate);
        mu_column_text(&query, 2, home.grid, sizeof home.grid);
        mu_column_int(&query, 3, &home.occupancy);
        home.gone = mu_column_integer(&query, 4) != 0;
        home.had_others = mu_column_integer(&query, 5) != 0;
        row(context, &home);
    }
    return mu_query_end(&query, error);
}

enum mu_status mu_report_home_made(struct mu_db *db, int64_t household_id, struct mu_date day,
                                   bool *made, struct mu_error *error)
{
    struct mu_query query =
        mu_query(db, "SELECT 1 FROM act_change x JOIN act a ON a.act_id = x.act_id"
                     " WHERE x.kind = 'household' AND x.row = ?1 AND x.before IS NULL"
                     " AND a.recorded_at < ?2 LIMIT 1");

    mu_bind_integer(&query, 1, household_id);
    mu_bind_date(&query, 2, mu_date_add_days(day, 1));
    *made = mu_query_row(&query);
    return mu_query_end(&query, error);
}

#define PERSON_THEN                                                                                \
    "r.resident_id, r.relation, r.sex, r.residence, r.status, r.birth_date, r.ended_on,"           \
    " r.linked_to IS NOT NULL, t.word"
/* ?1 is the day. An unknown first day is '', before every other. Whoever has two files has the tags
 * of both. */
#define TAGS_THEN                                                                                  \
    " LEFT JOIN resident_tag t ON t.resident_id IN (SELECT r.resident_id UNION ALL"                \
    " SELECT l.resident_id FROM resident l WHERE l.linked_to = r.resident_id)"                     \
    " AND t.from_date <= ?1 AND (t.until_date = '' OR t.until_date >= ?1)"
#define MOVED_SINCE                                                                                \
    "EXISTS (SELECT 1 FROM residence_past q WHERE q.resident_id = r.resident_id"                   \
    " AND q.until_date > ?1)"

static void take_people(struct mu_query *query, mu_person_then_row *row, void *context)
{
    while (mu_query_row(query)) {
        struct mu_person_then person = {.id = mu_column_integer(query, 0)};

        mu_column_int(query, 1, &person.relation);
        mu_column_int(query, 2, &person.sex);
        mu_column_int(query, 3, &person.residence);
        mu_column_int(query, 4, &person.status);
        mu_column_date(query, 5, &person.birth_date);
        mu_column_date(query, 6, &person.ended_on);
        person.linked = mu_column_integer(query, 7) != 0;
        mu_column_text(query, 8, person.tag, sizeof person.tag);
        person.household_id = mu_column_integer(query, 9);
        person.at_home = mu_column_integer(query, 10) == 0;
        row(context, &person);
    }
}

static enum mu_status moved_people(struct mu_db *db, struct mu_date day, int64_t from, int64_t to,
                                   mu_person_then_row *row, void *context, struct mu_error *error)
{
    struct mu_query query = mu_query(
        db, "SELECT r.resident_id, m.relation, r.sex, r.residence, r.status, r.birth_date,"
            " r.ended_on, r.linked_to IS NOT NULL, t.word, m.household_id, 0"
            " FROM residence_past m JOIN resident r ON r.resident_id = m.resident_id" TAGS_THEN
            " WHERE m.household_id >= ?2 AND m.household_id <= ?3 AND m.until_date > ?1"
            " AND NOT EXISTS (SELECT 1 FROM residence_past e WHERE e.resident_id = m.resident_id"
            " AND e.until_date > ?1 AND (e.until_date, e.changed_at, e.household_id)"
            " < (m.until_date, m.changed_at, m.household_id))"
            " ORDER BY m.household_id, r.resident_id, t.word");

    mu_bind_date(&query, 1, day);
    mu_bind_integer(&query, 2, from);
    mu_bind_integer(&query, 3, to);
    take_people(&query, row, context);
    return mu_query_end(&query, error);
}

enum mu_status mu_report_people(struct mu_db *db, struct mu_date day, int64_t from, int64_t to,
                                mu_person_then_row *row, void *context, struct mu_error *error)
{
    struct mu_query query = mu_query(db, "SELECT " PERSON_THEN ", r.household_id, " MOVED_SINCE
                                         " FROM resident r" TAGS_THEN
                                         " WHERE r.household_id >= ?2 AND r.household_id <= ?3"
                                         " ORDER BY r.household_id, r.resident_id, t.word");
    enum mu_status status;

    mu_bind_date(&query, 1, day);
    mu_bind_integer(&query, 2, from);
    mu_bind_integer(&query, 3, to);
    take_people(&query, row, context);
    status = mu_query_end(&query, error);
    return status == MU_OK ? moved_people(db, day, from, to, row, context, error) : status;
}

enum mu_status mu_report_homeless(struct mu_db *db, struct mu_date day, int64_t *after,
                                  int64_t limit, mu_person_then_row *row, void *context,
                                  struct mu_error *error)
{
    struct mu_query edge =
        mu_query(db, "SELECT count(*), max(resident_id) FROM (SELECT resident_id FROM resident"
                     " WHERE household_id IS NULL AND resident_id > ?1"
                     " ORDER BY resident_id LIMIT ?2) slice");
    struct mu_query query;
    int64_t rows = 0, last = *after;
    enum mu_status status;

    mu_bind_integer(&edge, 1, *after);
    mu_bind_integer(&edge, 2, limit);
    if (mu_query_row(&edge)) {
        rows = mu_column_integer(&edge, 0);
        last = mu_column_integer(&edge, 1);
    }
    status = mu_query_end(&edge, error);
    if (status != MU_OK || rows == 0) {
        *after = status == MU_OK ? 0 : *after;
        return status;
    }
    query = mu_query(db, "SELECT " PERSON_THEN ", 0, " MOVED_SINCE " FROM resident r" TAGS_THEN
                         " WHERE r.household_id IS NULL AND r.resident_id > ?2"
                         " AND r.resident_id <= ?3 ORDER BY r.resident_id, t.word");
    mu_bind_date(&query, 1, day);
    mu_bind_integer(&query, 2, *after);
    mu_bind_integer(&query, 3, last);
    take_people(&query, row, context);
    status = mu_query_end(&query, error);
    if (status == MU_OK)
        *after = rows < limit ? 0 : last;
    return status;
}

enum mu_status mu_report_buildings(struct mu_db *db, const char *estate, int64_t *count,
                                   struct mu_error *error)
{
    /* One probe of the index for each building, as store/place_store.c. */
    struct mu_query query =
        mu_query(db, "WITH RECURSIVE level (name) AS (SELECT min(building) FROM place"
                     " WHERE estate = ?1 AND building > '' UNION ALL"
                     " SELECT (SELECT min(building) FROM place WHERE estate = ?1"
                     " AND building > level.name) FROM level WHERE level.name IS NOT NULL)"
                     " SELECT count(name) FROM level");
    int64_t found = 0;
    enum mu_status status;

    mu_bind_text(&query, 1, estate);
    if (mu_query_row(&query))
        found = mu_column_integer(&query, 0);
    status = mu_query_end(&query, error);
    if (status == MU_OK)
        *count += found;
    return status;
}

enum mu_status mu_report_described(struct mu_db *db, mu_building_then_row *row, void *context,
                                   struct mu_error *error)
{
    struct mu_query query = mu_query(db, "SELECT estate, year_built, danger, flood_point"
                                         " FROM building ORDER BY estate, building");

    while (mu_query_row(&query)) {
        struct mu_building_then building = {0};

        mu_column_text(&query, 0, building.estate, sizeof building.estate);
        mu_column_int(&query, 1, &building.year_built);
        mu_column_int(&query, 2, &building.danger);
        mu_column_int(&query, 3, &building.flood_point);
        row(context, &building);
    }
    return mu_query_end(&query, error);
}
