#include "store/register_store.h"

#include <stdio.h>
#include <string.h>

void mu_resident_from_row(const struct mu_query *query, struct mu_resident *out)
{
    bool whole = true;

    out->id = mu_column_integer(query, 0);
    out->household_id = mu_column_integer(query, 1);
    whole &= mu_column_int(query, 2, &out->version);
    whole &= mu_column_text(query, 3, out->name, sizeof out->name);
    whole &= mu_column_text(query, 4, out->id_number, sizeof out->id_number);
    whole &= mu_column_int(query, 5, &out->sex);
    whole &= mu_column_date(query, 6, &out->birth_date);
    whole &= mu_column_text(query, 7, out->phone, sizeof out->phone);
    whole &= mu_column_text(query, 8, out->estate, sizeof out->estate);
    whole &= mu_column_text(query, 9, out->building, sizeof out->building);
    whole &= mu_column_text(query, 10, out->unit, sizeof out->unit);
    whole &= mu_column_text(query, 11, out->room, sizeof out->room);
    whole &= mu_column_text(query, 12, out->household_number, sizeof out->household_number);
    whole &= mu_column_int(query, 13, &out->relation);
    whole &= mu_column_int(query, 14, &out->occupancy);
    whole &= mu_column_int(query, 15, &out->residence);
    whole &= mu_column_text(query, 16, out->occupation, sizeof out->occupation);
    whole &= mu_column_text(query, 17, out->tags, sizeof out->tags);
    whole &= mu_column_text(query, 18, out->card, sizeof out->card);
    whole &= mu_column_text(query, 19, out->grid, sizeof out->grid);
    whole &= mu_column_text(query, 20, out->note, sizeof out->note);
    whole &= mu_column_int(query, 21, &out->status);
    whole &= mu_column_date(query, 22, &out->ended_on);
    out->incomplete = !whole;
}

static enum mu_status read_one(struct mu_query *query, bool *found, struct mu_resident *out,
                               struct mu_error *error)
{
    *found = mu_query_row(query);
    if (*found)
        mu_resident_from_row(query, out);
    return mu_query_end(query, error);
}

static enum mu_status read_all(struct mu_query *query, mu_register_row *row, void *context,
                               struct mu_error *error)
{
    struct mu_resident resident;

    while (mu_query_row(query)) {
        mu_resident_from_row(query, &resident);
        if (!row(context, &resident))
            break;
    }
    return mu_query_end(query, error);
}

enum mu_status mu_register_by_id(struct mu_db *db, int64_t id, bool *found, struct mu_resident *out,
                                 struct mu_error *error)
{
    struct mu_query query = mu_query(db, "SELECT " MU_RESIDENT_COLUMNS " FROM " MU_RESIDENT_TABLES
                                         " WHERE r.resident_id = ?1");

    mu_bind_integer(&query, 1, id);
    return read_one(&query, found, out, error);
}

enum mu_status mu_register_by_id_number(struct mu_db *db, const char *id_number, bool *found,
                                        struct mu_resident *out, struct mu_error *error)
{
    struct mu_query query = mu_query(db, "SELECT " MU_RESIDENT_COLUMNS " FROM " MU_RESIDENT_TABLES
                                         " WHERE r.id_number = ?1");

    mu_bind_text(&query, 1, id_number);
    return read_one(&query, found, out, error);
}

enum mu_status mu_register_by_card(struct mu_db *db, const char *card, bool *found,
                                   struct mu_resident *out, struct mu_error *error)
{
    struct mu_query query = mu_query(db, "SELECT " MU_RESIDENT_COLUMNS " FROM " MU_RESIDENT_TABLES
                                         " WHERE r.card = ?1");

    mu_bind_text(&query, 1, card);
    return read_one(&query, found, out, error);
}

enum mu_status mu_register_namesakes(struct mu_db *db, const char *name, struct mu_date birth_date,
                                     mu_register_row *row, void *context, struct mu_error *error)
{
    struct mu_query query = mu_query(db, "SELECT " MU_RESIDENT_COLUMNS " FROM " MU_RESIDENT_TABLES
                                         " WHERE r.name = ?1 AND r.birth_date = ?2"
                                         " ORDER BY r.resident_id");

    mu_bind_text(&query, 1, name);
    mu_bind_date(&query, 2, birth_date);
    return read_all(&query, row, context, error);
}

enum mu_status mu_register_household(struct mu_db *db, int64_t household_id, mu_register_row *row,
                                     void *context, struct mu_error *error)
{
    /* 02 is the head of household in GB/T 4761. */
    struct mu_query query = mu_query(db, "SELECT " MU_RESIDENT_COLUMNS " FROM " MU_RESIDENT_TABLES
                                         " WHERE r.household_id = ?1"
                                         " ORDER BY r.relation <> 2, r.relation, r.resident_id");

    mu_bind_integer(&query, 1, household_id);
    return read_all(&query, row, context, error);
}

enum mu_status mu_register_page(struct mu_db *db, int64_t after_id, int64_t limit,
                                mu_register_row *row, void *context, struct mu_error *error)
{
    struct mu_query query = mu_query(db, "SELECT " MU_RESIDENT_COLUMNS " FROM " MU_RESIDENT_TABLES
                                         " WHERE r.resident_id > ?1 ORDER BY r.resident_id"
                                         " LIMIT ?2");

    mu_bind_integer(&query, 1, after_id);
    mu_bind_integer(&query, 2, limit);
    return read_all(&query, row, context, error);
}

enum mu_status mu_register_count(struct mu_db *db, int64_t *living, int64_t *all,
                                 struct mu_error *error)
{
    /* Files are numbered without a gap and never deleted, so the last number is their count; this
     * is asked for at every start, where counting a million rows would be felt. */
    struct mu_query query = mu_query(db, "SELECT coalesce(max(resident_id), 0),"
                                         " (SELECT count(*) FROM resident WHERE status <> 1)"
                                         " FROM resident");

    if (mu_query_row(&query)) {
        *all = mu_column_integer(&query, 0);
        *living = *all - mu_column_integer(&query, 1);
    }
    return mu_query_end(&query, error);
}

static enum mu_status find_or_add_place(struct mu_db *db, const struct mu_resident *resident,
                                        int64_t *place_id, struct mu_error *error)
{
    static const char *const find = "SELECT place_id FROM place WHERE estate = ?1"
                                    " AND building = ?2 AND unit = ?3 AND room = ?4";
    static const char *const add = "INSERT INTO place (estate, building, unit, room)"
                                   " VALUES (?1, ?2, ?3, ?4)";
    const char *const statements[] = {find, add};
    enum mu_status status = MU_OK;

    *place_id = 0;
    for (size_t i = 0; i < 2 && *place_id == 0 && status == MU_OK; i++) {
        struct mu_query query = mu_query(db, statements[i]);

        mu_bind_text(&query, 1, resident->estate);
        mu_bind_text(&query, 2, resident->building);
        mu_bind_text(&query, 3, resident->unit);
        mu_bind_text(&query, 4, resident->room);
        while (mu_query_row(&query))
            *place_id = mu_column_integer(&query, 0);
        status = mu_query_end(&query, error);
        if (status == MU_OK && statements[i] == add)
            *place_id = mu_db_last_id(db);
    }
    return status;
}

static enum mu_status add_household(struct mu_db *db, int64_t place_id,
                                    struct mu_resident *resident, struct mu_error *error)
{
    struct mu_query query = mu_query(db, "INSERT INTO household (place_id, number, occupancy, grid)"
                                         " VALUES (?1, ?2, ?3, ?4)");
    enum mu_status status;

    mu_bind_integer(&query, 1, place_id);
    mu_bind_text(&query, 2, resident->household_number);
    mu_bind_integer(&query, 3, resident->occupancy);
    mu_bind_text(&query, 4, resident->grid);
    status = mu_query_run(&query, error);
    if (status == MU_OK)
        resident->household_id = mu_db_last_id(db);
    return status;
}

static enum mu_status update_household(struct mu_db *db, const struct mu_resident *resident,
                                       struct mu_error *error)
{
    struct mu_query query = mu_query(db, "UPDATE household SET occupancy = ?2, grid = ?3"
                                         " WHERE household_id = ?1");

    mu_bind_integer(&query, 1, resident->household_id);
    mu_bind_integer(&query, 2, resident->occupancy);
    mu_bind_text(&query, 3, resident->grid);
    return mu_query_run(&query, error);
}

enum mu_status mu_register_place_household(struct mu_db *db, struct mu_resident *resident,
                                           struct mu_error *error)
{
    int64_t place_id;
    struct mu_resident known = *resident;
    struct mu_query query;
    bool found;
    enum mu_status status;

    if (!*resident->estate && !*resident->building && !*resident->unit && !*resident->room &&
        !*resident->household_number) {
        resident->household_id = 0;
        return MU_OK;
    }
    status = find_or_add_place(db, resident, &place_id, error);
    if (status != MU_OK)
        return status;
    query = mu_query(db, "SELECT household_id, occupancy, grid FROM household"
                         " WHERE place_id = ?1 AND number = ?2");
    mu_bind_integer(&query, 1, place_id);
    mu_bind_text(&query, 2, resident->household_number);
    found = mu_query_row(&query);
    if (found) {
        resident->household_id = mu_column_integer(&query, 0);
        known.occupancy = (int)mu_column_integer(&query, 1);
        mu_column_text(&query, 2, known.grid, sizeof known.grid);
    }
    status = mu_query_end(&query, error);
    if (status != MU_OK)
        return status;
    if (!found)
        return add_household(db, place_id, resident, error);
    if (resident->occupancy == 0)
        resident->occupancy = known.occupancy;
    if (!*resident->grid)
        memcpy(resident->grid, known.grid, sizeof known.grid);
    if (resident->occupancy == known.occupancy && strcmp(resident->grid, known.grid) == 0)
        return MU_OK;
    return update_household(db, resident, error);
}

/* Parameters ?1..?14 of both statements, in the order of the table. */
static void bind_resident(struct mu_query *query, const struct mu_resident *resident)
{
    mu_bind_text(query, 1, resident->name);
    mu_bind_optional(query, 2, resident->id_number);
    mu_bind_integer(query, 3, resident->sex);
    mu_bind_date(query, 4, resident->birth_date);
    mu_bind_text(query, 5, resident->phone);
    mu_bind_optional(query, 6, resident->card);
    mu_bind_reference(query, 7, resident->household_id);
    mu_bind_integer(query, 8, resident->relation);
    mu_bind_text(query, 9, resident->occupation);
    mu_bind_integer(query, 10, resident->residence);
    mu_bind_text(query, 11, resident->tags);
    mu_bind_text(query, 12, resident->note);
    mu_bind_integer(query, 13, resident->status);
    mu_bind_date(query, 14, resident->ended_on);
}

/* Without RETURNING, which costs as much as the insert itself: an import adds many. */
static enum mu_status add_resident(struct mu_db *db, struct mu_resident *resident,
                                   struct mu_error *error)
{
    struct mu_query query =
        mu_query(db, "INSERT INTO resident (name, id_number, sex, birth_date, phone, card,"
                     " household_id, relation, occupation, residence, tags, note, status, ended_on,"
                     " version)"
                     " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, 1)");
    enum mu_status status;

    bind_resident(&query, resident);
    status = mu_query_run(&query, error);
    if (status == MU_OK) {
        resident->id = mu_db_last_id(db);
        resident->version = 1;
    }
    return status;
}

enum mu_status mu_register_write(struct mu_db *db, struct mu_resident *resident, bool *stale,
                                 struct mu_error *error)
{
    struct mu_query query;
    int version = 0;
    enum mu_status status;

    *stale = false;
    if (resident->incomplete) {
        char number[24];

        snprintf(number, sizeof number, "%lld", (long long)resident->id);
        return mu_fail(error, MU_STORE, MU_SAY_error_resident_incomplete, number, NULL);
    }
    if (resident->id == 0)
        return add_resident(db, resident, error);
    query = mu_query(db, "UPDATE resident SET name = ?1, id_number = ?2, sex = ?3, birth_date = ?4,"
                         " phone = ?5, card = ?6, household_id = ?7, relation = ?8,"
                         " occupation = ?9, residence = ?10, tags = ?11, note = ?12, status = ?13,"
                         " ended_on = ?14, version = version + 1"
                         " WHERE resident_id = ?15 AND version = ?16 RETURNING version");
    bind_resident(&query, resident);
    mu_bind_integer(&query, 15, resident->id);
    mu_bind_integer(&query, 16, resident->version);
    while (mu_query_row(&query))
        version = (int)mu_column_integer(&query, 0);
    status = mu_query_end(&query, error);
    *stale = status == MU_OK && version == 0;
    if (version)
        resident->version = version;
    return status;
}

enum mu_status mu_register_leave_home(struct mu_db *db, const struct mu_resident *before,
                                      struct mu_date until, const char *changed_at,
                                      struct mu_error *error)
{
    struct mu_query query = mu_query(db, "INSERT INTO residence_past (resident_id, household_id,"
                                         " relation, until_date, changed_at)"
                                         " VALUES (?1, ?2, ?3, ?4, ?5)"
                                         " ON CONFLICT DO NOTHING");

    mu_bind_integer(&query, 1, before->id);
    mu_bind_integer(&query, 2, before->household_id);
    mu_bind_integer(&query, 3, before->relation);
    mu_bind_date(&query, 4, until);
    mu_bind_text(&query, 5, changed_at);
    return mu_query_run(&query, error);
}
