#include "store/household_store.h"

#include "store/register_store.h"
#include "store/vault.h"
#include "store/written_row.h"

#include <stdio.h>
#include <string.h>

#define HOUSEHOLD_COLUMNS                                                                          \
    "h.household_id, coalesce(h.joined_into, 0), h.version, p.estate, p.building, p.unit, p.room," \
    " h.number, h.occupancy, h.occupied_from, p.area, h.grid, h.contact, h.contact_phone, h.note"
#define HOUSEHOLD_TABLES "household h JOIN place p ON p.place_id = h.place_id"

static void from_row(const struct mu_query *query, struct mu_household *out)
{
    struct mu_seal_place place = {"household", "note", 0};
    bool whole = true;

    memset(out, 0, sizeof *out);
    out->id = place.row = mu_column_integer(query, 0);
    out->joined_into = mu_column_integer(query, 1);
    whole &= mu_column_int(query, 2, &out->version);
    whole &= mu_column_text(query, 3, out->estate, sizeof out->estate);
    whole &= mu_column_text(query, 4, out->building, sizeof out->building);
    whole &= mu_column_text(query, 5, out->unit, sizeof out->unit);
    whole &= mu_column_text(query, 6, out->room, sizeof out->room);
    whole &= mu_column_text(query, 7, out->number, sizeof out->number);
    whole &= mu_column_int(query, 8, &out->occupancy);
    whole &= mu_column_date(query, 9, &out->occupied_from);
    out->area.hundredths = mu_column_integer(query, 10);
    whole &= mu_column_text(query, 11, out->grid, sizeof out->grid);
    whole &= mu_column_text(query, 12, out->contact, sizeof out->contact);
    whole &= mu_column_text(query, 13, out->contact_phone, sizeof out->contact_phone);
    whole &= mu_column_sealed(query, 14, &place, out->note, sizeof out->note);
    out->incomplete = !whole;
}

enum mu_status mu_household_by_id(struct mu_db *db, int64_t id, bool *found,
                                  struct mu_household *out, struct mu_error *error)
{
    struct mu_query query = mu_query(db, "SELECT " HOUSEHOLD_COLUMNS " FROM " HOUSEHOLD_TABLES
                                         " WHERE h.household_id = ?1");

    mu_bind_integer(&query, 1, id);
    *found = mu_query_row(&query);
    if (*found)
        from_row(&query, out);
    return mu_query_end(&query, error);
}

static void bind_address(struct mu_query *query, const struct mu_household *at)
{
    mu_bind_text(query, 1, at->estate);
    mu_bind_text(query, 2, at->building);
    mu_bind_text(query, 3, at->unit);
    mu_bind_text(query, 4, at->room);
}

static enum mu_status find_home(struct mu_db *db, const struct mu_household *at,
                                struct mu_home *home, struct mu_error *error)
{
    const struct mu_home_key key = {at->estate, at->building, at->unit, at->room, at->number};

    return mu_register_find_home(db, &key, home, error);
}

enum mu_status mu_household_at(struct mu_db *db, const struct mu_household *at, int64_t *id,
                               struct mu_error *error)
{
    struct mu_home home;
    enum mu_status status = find_home(db, at, &home, error);

    if (status == MU_OK)
        *id = home.household_id;
    return status;
}

/* The address, made when it is new; its area when that is known. */
static enum mu_status settle_place(struct mu_db *db, const struct mu_household *at,
                                   int64_t *place_id, struct mu_error *error)
{
    struct mu_home home;
    enum mu_status status = find_home(db, at, &home, error);

    if (status == MU_OK)
        *place_id = home.place_id;
    if (status == MU_OK && !*place_id) {
        struct mu_query query = mu_query(db, "INSERT INTO place (estate, building, unit, room)"
                                             " VALUES (?1, ?2, ?3, ?4)");

        bind_address(&query, at);
        status = mu_query_run(&query, error);
        if (status == MU_OK)
            *place_id = mu_db_last_id(db);
    }
    if (status == MU_OK && at->area.hundredths) {
        struct mu_query query = mu_query(db, "UPDATE place SET area = ?2 WHERE place_id = ?1");

        mu_bind_integer(&query, 1, *place_id);
        mu_bind_integer(&query, 2, at->area.hundredths);
        status = mu_query_run(&query, error);
    }
    return status;
}

enum mu_status mu_household_add(struct mu_db *db, struct mu_household *household,
                                struct mu_error *error)
{
    struct mu_household added = *household;
    int64_t place_id;
    bool stale;
    enum mu_status status = settle_place(db, household, &place_id, error);

    if (status == MU_OK) {
        struct mu_query query = mu_query(db, "INSERT INTO household (place_id, number)"
                                             " VALUES (?1, ?2)");

        mu_bind_integer(&query, 1, place_id);
        mu_bind_text(&query, 2, household->number);
        status = mu_query_run(&query, error);
    }
    if (status != MU_OK)
        return status;
    added.id = mu_db_last_id(db);
    added.version = 1;
    /* The note is sealed for the row, whose number is known only now. */
    status = mu_household_write(db, &added, &stale, error);
    if (status == MU_OK)
        *household = added;
    return status;
}

static enum mu_status write_area(struct mu_db *db, const struct mu_household *household,
                                 struct mu_error *error)
{
    struct mu_query query =
        mu_query(db, "UPDATE place SET area = ?2 WHERE area <> ?2 AND place_id ="
                     " (SELECT place_id FROM household WHERE household_id = ?1)");

    mu_bind_integer(&query, 1, household->id);
    mu_bind_integer(&query, 2, household->area.hundredths);
    return mu_query_run(&query, error);
}

enum mu_status mu_household_write(struct mu_db *db, struct mu_household *household, bool *stale,
                                  struct mu_error *error)
{
    const struct mu_seal_place place = {"household", "note", household->id};
    unsigned char note[MU_NOTE_SIZE + MU_SEAL_MORE];
    const struct mu_seal_keys *keys;
    struct mu_query query;
    char number[24];
    enum mu_status status;

    *stale = false;
    if (household->incomplete) {
        snprintf(number, sizeof number, "%lld", (long long)household->id);
        return mu_fail(error, MU_STORE, MU_SAY_error_household_incomplete, number, NULL);
    }
    status = mu_vault_keys(db, &keys, error);
    if (status != MU_OK)
        return status;
    query = mu_query(db, "UPDATE household SET number = ?3, occupancy = ?4, occupied_from = ?5,"
                         " grid = ?6, contact = ?7, contact_phone = ?8, note = ?9,"
                         " joined_into = ?10, version = version + 1"
                         " WHERE household_id = ?1 AND version = ?2 RETURNING version");
    mu_bind_integer(&query, 1, household->id);
    mu_bind_integer(&query, 2, household->version);
    mu_bind_text(&query, 3, household->number);
    mu_bind_integer(&query, 4, household->occupancy);
    mu_bind_date(&query, 5, household->occupied_from);
    mu_bind_text(&query, 6, household->grid);
    mu_bind_text(&query, 7, household->contact);
    mu_bind_text(&query, 8, household->contact_phone);
    if (*household->note) {
        size_t length = strlen(household->note);

        mu_seal(keys, &place, household->note, length, note);
        mu_bind_blob(&query, 9, note, length + MU_SEAL_MORE);
    }
    mu_bind_reference(&query, 10, household->joined_into);
    status = mu_written_row(&query, NULL, &household->version, stale, error);
    return status == MU_OK && !*stale ? write_area(db, household, error) : status;
}

enum mu_status mu_household_past_use(struct mu_db *db, int64_t id,
                                     const struct mu_occupancy_past *past, const char *changed_at,
                                     struct mu_error *error)
{
    struct mu_query query = mu_query(db, "INSERT INTO occupancy_past (household_id, occupancy,"
                                         " from_date, until_date, changed_at)"
                                         " VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO NOTHING");

    mu_bind_integer(&query, 1, id);
    mu_bind_integer(&query, 2, past->occupancy);
    mu_bind_date(&query, 3, past->from);
    mu_bind_date(&query, 4, past->until);
    mu_bind_text(&query, 5, changed_at);
    return mu_query_run(&query, error);
}

enum mu_status mu_household_past_uses(struct mu_db *db, int64_t id, mu_occupancy_row *row,
                                      void *context, struct mu_error *error)
{
    struct mu_query query =
        mu_query(db, "SELECT occupancy, from_date, until_date FROM occupancy_past"
                     " WHERE household_id = ?1 ORDER BY changed_at DESC, until_date DESC");
    struct mu_occupancy_past past;

    mu_bind_integer(&query, 1, id);
    while (mu_query_row(&query)) {
        mu_column_int(&query, 0, &past.occupancy);
        mu_column_date(&query, 1, &past.from);
        mu_column_date(&query, 2, &past.until);
        if (!row(context, &past))
            break;
    }
    return mu_query_end(&query, error);
}

enum mu_status mu_household_past_members(struct mu_db *db, int64_t id, mu_past_member_row *row,
                                         void *context, struct mu_error *error)
{
    struct mu_query query =
        mu_query(db, "SELECT r.resident_id, r.name, x.relation, x.until_date FROM residence_past x"
                     " JOIN resident r ON r.resident_id = x.resident_id WHERE x.household_id = ?1"
                     " ORDER BY x.changed_at DESC, r.resident_id");
    struct mu_past_member member;

    mu_bind_integer(&query, 1, id);
    while (mu_query_row(&query)) {
        member.resident_id = mu_column_integer(&query, 0);
        mu_column_text(&query, 1, member.name, sizeof member.name);
        mu_column_int(&query, 2, &member.relation);
        mu_column_date(&query, 3, &member.until);
        if (!row(context, &member))
            break;
    }
    return mu_query_end(&query, error);
}

enum mu_status mu_household_living(struct mu_db *db, int64_t id, int64_t *count,
                                   struct mu_error *error)
{
    struct mu_query query = mu_query(db, "SELECT count(*) FROM resident WHERE household_id = ?1"
                                         " AND status = 1");

    mu_bind_integer(&query, 1, id);
    *count = mu_query_row(&query) ? mu_column_integer(&query, 0) : 0;
    return mu_query_end(&query, error);
}

enum mu_status mu_household_neighbours(struct mu_db *db, int64_t id, mu_household_row *row,
                                       void *context, struct mu_error *error)
{
    struct mu_query query = mu_query(db, "SELECT " HOUSEHOLD_COLUMNS " FROM " HOUSEHOLD_TABLES
                                         " WHERE h.household_id <> ?1 AND h.place_id ="
                                         " (SELECT place_id FROM household WHERE household_id = ?1)"
                                         " ORDER BY h.number, h.household_id");
    struct mu_household household;

    mu_bind_integer(&query, 1, id);
    while (mu_query_row(&query)) {
        from_row(&query, &household);
        if (!row(context, &household))
            break;
    }
    return mu_query_end(&query, error);
}
