#include "store/place_store.h"

#include "store/written_row.h"

#include <stdio.h>
#include <string.h>

#define BUILDING_COLUMNS                                                                           \
    "b.building_id, b.version, b.estate, b.building, b.year_built, b.danger, b.flood_point,"       \
    " b.leader, b.note"

static void building_from_row(const struct mu_query *query, struct mu_building *out)
{
    bool whole = true;

    memset(out, 0, sizeof *out);
    out->id = mu_column_integer(query, 0);
    whole &= mu_column_int(query, 1, &out->version);
    whole &= mu_column_text(query, 2, out->estate, sizeof out->estate);
    whole &= mu_column_text(query, 3, out->building, sizeof out->building);
    whole &= mu_column_int(query, 4, &out->year_built);
    whole &= mu_column_int(query, 5, &out->danger);
    whole &= mu_column_int(query, 6, &out->flood_point);
    whole &= mu_column_text(query, 7, out->leader, sizeof out->leader);
    whole &= mu_column_text(query, 8, out->note, sizeof out->note);
    out->incomplete = !whole;
}

/* The grid of the building's homes, and how many they are. */
static enum mu_status read_grid_of(struct mu_db *db, struct mu_building *building, int64_t *homes,
                                   struct mu_error *error)
{
    struct mu_query query =
        mu_query(db, "SELECT count(*), count(DISTINCT h.grid), max(h.grid) FROM place p"
                     " JOIN household h ON h.place_id = p.place_id"
                     " WHERE p.estate = ?1 AND p.building = ?2");

    mu_bind_text(&query, 1, building->estate);
    mu_bind_text(&query, 2, building->building);
    *homes = 0;
    if (mu_query_row(&query)) {
        *homes = mu_column_integer(&query, 0);
        building->several_grids = mu_column_integer(&query, 1) > 1;
        if (!building->several_grids)
            building->incomplete |=
                !mu_column_text(&query, 2, building->grid, sizeof building->grid);
    }
    return mu_query_end(&query, error);
}

enum mu_status mu_place_building(struct mu_db *db, const char *estate, const char *building,
                                 bool *found, int64_t *homes, struct mu_building *out,
                                 struct mu_error *error)
{
    struct mu_query query = mu_query(db, "SELECT " BUILDING_COLUMNS " FROM building b"
                                         " WHERE b.estate = ?1 AND b.building = ?2");
    struct mu_building read = {0};
    enum mu_status status;

    mu_bind_text(&query, 1, estate);
    mu_bind_text(&query, 2, building);
    *found = mu_query_row(&query);
    if (*found)
        building_from_row(&query, &read);
    status = mu_query_end(&query, error);
    if (status != MU_OK)
        return status;
    snprintf(read.estate, sizeof read.estate, "%s", estate);
    snprintf(read.building, sizeof read.building, "%s", building);
    status = read_grid_of(db, &read, homes, error);
    if (status == MU_OK)
        *out = read;
    return status;
}

enum mu_status mu_place_building_by_id(struct mu_db *db, int64_t id, bool *found,
                                       struct mu_building *out, struct mu_error *error)
{
    struct mu_query query =
        mu_query(db, "SELECT " BUILDING_COLUMNS " FROM building b WHERE b.building_id = ?1");
    struct mu_building read;
    int64_t homes;
    enum mu_status status;

    mu_bind_integer(&query, 1, id);
    *found = mu_query_row(&query);
    if (*found)
        building_from_row(&query, &read);
    status = mu_query_end(&query, error);
    if (status != MU_OK || !*found)
        return status;
    status = read_grid_of(db, &read, &homes, error);
    if (status == MU_OK)
        *out = read;
    return status;
}

enum mu_status mu_place_write_building(struct mu_db *db, struct mu_building *building, bool *stale,
                                       struct mu_error *error)
{
    struct mu_query query =
        building->id
            ? mu_query(db, "UPDATE building SET year_built = ?3, danger = ?4, flood_point = ?5,"
                           " leader = ?6, note = ?7, version = version + 1"
                           " WHERE building_id = ?1 AND version = ?2"
                           " RETURNING building_id, version")
            : mu_query(db, "INSERT INTO building (estate, building, year_built, danger,"
                           " flood_point, leader, note) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"
                           " ON CONFLICT DO NOTHING RETURNING building_id, version");

    if (building->id) {
        mu_bind_integer(&query, 1, building->id);
        mu_bind_integer(&query, 2, building->version);
    } else {
        mu_bind_text(&query, 1, building->estate);
        mu_bind_text(&query, 2, building->building);
    }
    mu_bind_integer(&query, 3, building->year_built);
    mu_bind_integer(&query, 4, building->danger);
    mu_bind_integer(&query, 5, building->flood_point);
    mu_bind_text(&query, 6, building->leader);
    mu_bind_text(&query, 7, building->note);
    return mu_written_row(&query, &building->id, &building->version, stale, error);
}

enum mu_status mu_place_not_of_grid(struct mu_db *db, const struct mu_building *building,
                                    mu_number_row *row, void *context, struct mu_error *error)
{
    struct mu_query query =
        mu_query(db, "SELECT h.household_id FROM place p JOIN household h"
                     " ON h.place_id = p.place_id WHERE p.estate = ?1 AND p.building = ?2"
                     " AND h.grid <> ?3 ORDER BY h.household_id");

    mu_bind_text(&query, 1, building->estate);
    mu_bind_text(&query, 2, building->building);
    mu_bind_text(&query, 3, building->grid);
    while (mu_query_row(&query))
        if (!row(context, mu_column_integer(&query, 0)))
            break;
    return mu_query_end(&query, error);
}

enum mu_status mu_place_past_grid(struct mu_db *db, int64_t building_id, const char *grid,
                                  struct mu_date until, const char *changed_at, int64_t operator_id,
                                  struct mu_error *error)
{
    struct mu_query query =
        mu_query(db, "INSERT INTO building_grid_past (building_id, grid, until_date, changed_at,"
                     " operator_id) VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO NOTHING");

    mu_bind_integer(&query, 1, building_id);
    mu_bind_text(&query, 2, grid);
    mu_bind_date(&query, 3, until);
    mu_bind_text(&query, 4, changed_at);
    mu_bind_integer(&query, 5, operator_id);
    return mu_query_run(&query, error);
}

enum mu_status mu_place_past_grids(struct mu_db *db, const char *estate, const char *building,
                                   mu_grid_past_row *row, void *context, struct mu_error *error)
{
    struct mu_query query =
        mu_query(db, "SELECT x.grid, x.until_date FROM building b JOIN building_grid_past x"
                     " ON x.building_id = b.building_id WHERE b.estate = ?1 AND b.building = ?2"
                     " ORDER BY x.changed_at DESC");
    char grid[MU_WORD_SIZE];
    struct mu_date until;

    mu_bind_text(&query, 1, estate);
    mu_bind_text(&query, 2, building);
    while (mu_query_row(&query)) {
        mu_column_text(&query, 0, grid, sizeof grid);
        mu_column_date(&query, 1, &until);
        if (!row(context, grid, until))
            break;
    }
    return mu_query_end(&query, error);
}

/* Grids */

#define GRID_COLUMNS "grid_id, version, name, member, member_phone, branch"

static enum mu_status read_grid(struct mu_query *query, bool *found, struct mu_grid_record *out,
                                struct mu_error *error)
{
    bool whole = true;

    *found = mu_query_row(query);
    if (*found) {
        memset(out, 0, sizeof *out);
        out->id = mu_column_integer(query, 0);
        whole &= mu_column_int(query, 1, &out->version);
        whole &= mu_column_text(query, 2, out->name, sizeof out->name);
        whole &= mu_column_text(query, 3, out->member, sizeof out->member);
        whole &= mu_column_text(query, 4, out->member_phone, sizeof out->member_phone);
        whole &= mu_column_text(query, 5, out->branch, sizeof out->branch);
        out->incomplete = !whole;
    }
    return mu_query_end(query, error);
}

enum mu_status mu_place_grid(struct mu_db *db, const char *name, bool *found,
                             struct mu_grid_record *out, struct mu_error *error)
{
    struct mu_query query = mu_query(db, "SELECT " GRID_COLUMNS " FROM grid WHERE name = ?1");

    mu_bind_text(&query, 1, name);
    return read_grid(&query, found, out, error);
}

enum mu_status mu_place_grid_by_id(struct mu_db *db, int64_t id, bool *found,
                                   struct mu_grid_record *out, struct mu_error *error)
{
    struct mu_query query = mu_query(db, "SELECT " GRID_COLUMNS " FROM grid WHERE grid_id = ?1");

    mu_bind_integer(&query, 1, id);
    return read_grid(&query, found, out, error);
}

enum mu_status mu_place_write_grid(struct mu_db *db, struct mu_grid_record *grid, bool *stale,
                                   struct mu_error *error)
{
    struct mu_query query =
        grid->id ? mu_query(db, "UPDATE grid SET member = ?3, member_phone = ?4, branch = ?5,"
                                " version = version + 1 WHERE grid_id = ?1 AND version = ?2"
                                " RETURNING grid_id, version")
                 : mu_query(db, "INSERT INTO grid (name, member, member_phone, branch)"
                                " VALUES (?1, ?3, ?4, ?5) ON CONFLICT DO NOTHING"
                                " RETURNING grid_id, version");

    if (grid->id) {
        mu_bind_integer(&query, 1, grid->id);
        mu_bind_integer(&query, 2, grid->version);
    } else {
        mu_bind_text(&query, 1, grid->name);
    }
    mu_bind_text(&query, 3, grid->member);
    mu_bind_text(&query, 4, grid->member_phone);
    mu_bind_text(&query, 5, grid->branch);
    return mu_written_row(&query, &grid->id, &grid->version, stale, error);
}
