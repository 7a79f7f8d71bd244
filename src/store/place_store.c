#include "store/place_store.h"

#include <mulin/base/text.h>

#include <string.h>

/* Each name is one probe of the index past the one before: a hundred buildings are a hundred
 * probes, not a hundred thousand rows. */
#define LEVEL(column, condition)                                                                   \
    "WITH RECURSIVE level (name) AS ("                                                             \
    "SELECT min(" column ") FROM place p WHERE " condition KEPT " UNION ALL "                      \
    "SELECT (SELECT min(" column ") FROM place p WHERE " condition KEPT " AND " column             \
    " > level.name) FROM level WHERE level.name IS NOT NULL)"                                      \
    " SELECT name FROM level WHERE name IS NOT NULL"
/* Not only of households that left the lists. */
#define KEPT                                                                                       \
    " AND EXISTS (SELECT 1 FROM household h WHERE h.place_id = p.place_id"                         \
    " AND h.joined_into IS NULL)"

static enum mu_status read_names(struct mu_query *query, mu_place_row *row, void *context,
                                 struct mu_error *error)
{
    char name[2 * MU_PLACE_SIZE];

    while (mu_query_row(query)) {
        mu_column_text(query, 0, name, sizeof name);
        if (!row(context, name))
            break;
    }
    return mu_query_end(query, error);
}

enum mu_status mu_place_names(struct mu_db *db, const struct mu_place_at *at, mu_place_row *row,
                              void *context, struct mu_error *error)
{
    struct mu_query query = at->within_building
                                ? mu_query(db, LEVEL("unit", "estate = ?1 AND building = ?2"))
                            : at->within_estate ? mu_query(db, LEVEL("building", "estate = ?1"))
                                                : mu_query(db, LEVEL("estate", "1 = 1"));

    if (at->within_estate)
        mu_bind_text(&query, 1, at->estate);
    if (at->within_building)
        mu_bind_text(&query, 2, at->building);
    return read_names(&query, row, context, error);
}

enum mu_status mu_place_grids(struct mu_db *db, mu_place_row *row, void *context,
                              struct mu_error *error)
{
    struct mu_query query = mu_query(
        db, "WITH RECURSIVE level (name) AS (SELECT min(grid) FROM household WHERE grid > ''"
            " UNION ALL SELECT (SELECT min(grid) FROM household WHERE grid > level.name)"
            " FROM level WHERE level.name IS NOT NULL)"
            " SELECT name FROM level WHERE name IS NOT NULL"
            " UNION SELECT name FROM grid");

    return read_names(&query, row, context, error);
}

enum mu_status mu_place_homes(struct mu_db *db, const struct mu_place_at *at, mu_home_row *row,
                              void *context, struct mu_error *error)
{
    struct mu_query query = mu_query(
        db, "SELECT h.household_id, p.estate, p.building, p.unit, p.room, h.number, h.occupancy,"
            " h.occupied_from, p.area, h.grid, h.contact, h.contact_phone,"
            " (SELECT count(*) FROM resident r WHERE r.household_id = h.household_id"
            "  AND r.status = 1),"
            " (SELECT r.name FROM resident r WHERE r.household_id = h.household_id"
            "  AND r.status = 1 ORDER BY r.relation <> 2, r.resident_id LIMIT 1)"
            " FROM place p JOIN household h ON h.place_id = p.place_id"
            " WHERE p.estate = ?1 AND p.building = ?2 AND (?3 = 0 OR p.unit = ?4)"
            " AND h.joined_into IS NULL ORDER BY p.unit, p.room, h.number");
    struct mu_household home;
    char head[MU_PERSON_NAME_SIZE];
    int people;

    mu_bind_text(&query, 1, at->estate);
    mu_bind_text(&query, 2, at->building);
    mu_bind_integer(&query, 3, at->within_unit);
    mu_bind_text(&query, 4, at->unit);
    while (mu_query_row(&query)) {
        memset(&home, 0, sizeof home);
        /* A row of a list: without the note, and not to be written back. */
        home.incomplete = true;
        home.id = mu_column_integer(&query, 0);
        mu_column_text(&query, 1, home.estate, sizeof home.estate);
        mu_column_text(&query, 2, home.building, sizeof home.building);
        mu_column_text(&query, 3, home.unit, sizeof home.unit);
        mu_column_text(&query, 4, home.room, sizeof home.room);
        mu_column_text(&query, 5, home.number, sizeof home.number);
        mu_column_int(&query, 6, &home.occupancy);
        mu_column_date(&query, 7, &home.occupied_from);
        home.area.hundredths = mu_column_integer(&query, 8);
        mu_column_text(&query, 9, home.grid, sizeof home.grid);
        mu_column_text(&query, 10, home.contact, sizeof home.contact);
        mu_column_text(&query, 11, home.contact_phone, sizeof home.contact_phone);
        mu_column_int(&query, 12, &people);
        mu_column_text(&query, 13, head, sizeof head);
        if (!row(context, &home, people, head))
            break;
    }
    return mu_query_end(&query, error);
}

/* Adds a row of household number, occupancy, people and elders. */
static void add_home(const struct mu_query *query, struct mu_place_count *count)
{
    int occupancy;

    mu_column_int(query, 1, &occupancy);
    count->homes++;
    count->by_occupancy[occupancy > 0 && occupancy < MU_OCCUPANCIES ? occupancy : 0]++;
    count->people += mu_column_integer(query, 2);
    count->elders += mu_column_integer(query, 3);
}

#define COUNTED                                                                                    \
    "h.household_id, h.occupancy, count(r.resident_id),"                                           \
    " coalesce(sum(r.birth_date <> '' AND r.birth_date <= ?1), 0)"
#define LIVING "LEFT JOIN resident r ON r.household_id = h.household_id AND r.status = 1"

enum mu_status mu_place_count_building(struct mu_db *db, const char *estate, const char *building,
                                       struct mu_date elders_until, struct mu_place_count *count,
                                       struct mu_error *error)
{
    struct mu_query query =
        mu_query(db, "SELECT " COUNTED " FROM place p JOIN household h ON h.place_id = p.place_id"
                     " " LIVING " WHERE p.estate = ?2 AND p.building = ?3"
                     " AND h.joined_into IS NULL GROUP BY h.household_id");
    struct mu_place_count sum = *count;
    enum mu_status status;

    mu_bind_date(&query, 1, elders_until);
    mu_bind_text(&query, 2, estate);
    mu_bind_text(&query, 3, building);
    while (mu_query_row(&query))
        add_home(&query, &sum);
    status = mu_query_end(&query, error);
    if (status == MU_OK)
        *count = sum;
    return status;
}

enum mu_status mu_place_count_grid(struct mu_db *db, const char *grid, struct mu_date elders_until,
                                   int64_t limit, int64_t *after, struct mu_place_count *count,
                                   struct mu_error *error)
{
    struct mu_query query =
        mu_query(db, "SELECT " COUNTED ", h.joined_into IS NULL FROM"
                     " (SELECT household_id, occupancy, joined_into FROM household"
                     "  WHERE grid = ?2 AND household_id > ?3 ORDER BY household_id LIMIT ?4) h"
                     " " LIVING " GROUP BY h.household_id ORDER BY h.household_id");
    struct mu_place_count sum = *count;
    int64_t rows = 0, last = *after;
    enum mu_status status;

    mu_bind_date(&query, 1, elders_until);
    mu_bind_text(&query, 2, grid);
    mu_bind_integer(&query, 3, *after);
    mu_bind_integer(&query, 4, limit);
    while (mu_query_row(&query)) {
        last = mu_column_integer(&query, 0);
        if (mu_column_integer(&query, 4))
            add_home(&query, &sum);
        rows++;
    }
    status = mu_query_end(&query, error);
    if (status != MU_OK)
        return status;
    *count = sum;
    *after = rows < limit ? 0 : last;
    return MU_OK;
}

enum mu_status mu_place_grid_buildings(struct mu_db *db, const char *grid, mu_place_row *row,
                                       void *context, struct mu_error *error)
{
    struct mu_query query =
        mu_query(db, "SELECT DISTINCT p.estate || ' ' || p.building FROM household h"
                     " JOIN place p ON p.place_id = h.place_id WHERE h.grid = ?1 ORDER BY 1");

    mu_bind_text(&query, 1, grid);
    return read_names(&query, row, context, error);
}
