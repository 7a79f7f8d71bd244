#include "store/register_store.h"

#include "store/search_store.h"
#include "store/vault.h"
#include "store/written_row.h"

#include <stdio.h>
#include <string.h>

void mu_register_seal(const struct mu_seal_keys *keys, int64_t id, const char *id_number,
                      const char *note, struct mu_sealed_resident *out)
{
    struct mu_seal_place place = {"resident", "id_number", id};

    out->number_length = out->note_length = 0;
    if (*id_number) {
        mu_seal(keys, &place, id_number, strlen(id_number), out->number);
        mu_seal_lookup(keys, id_number, out->lookup);
        out->number_length = strlen(id_number) + MU_SEAL_MORE;
    }
    if (*note) {
        place.column = "note";
        mu_seal(keys, &place, note, strlen(note), out->note);
        out->note_length = strlen(note) + MU_SEAL_MORE;
    }
}

/* Unbound parameters are NULL. */
void mu_register_bind_sealed(struct mu_query *query, const struct mu_sealed_resident *sealed,
                             int number, int lookup, int note)
{
    if (sealed->number_length) {
        mu_bind_blob(query, number, sealed->number, sealed->number_length);
        mu_bind_blob(query, lookup, sealed->lookup, sizeof sealed->lookup);
    }
    if (sealed->note_length)
        mu_bind_blob(query, note, sealed->note, sealed->note_length);
}

/* True when it was opened, or is none. */
static bool open_sealed(const struct mu_query *query, int column, bool wanted, const char *name,
                        int64_t id, char *out, size_t size)
{
    const struct mu_seal_place place = {"resident", name, id};
    size_t length;

    if (wanted)
        return mu_column_sealed(query, column, &place, out, size);
    *out = '\0';
    return !mu_column_blob(query, column, &length);
}

void mu_resident_from_row(const struct mu_query *query, enum mu_opened opened,
                          struct mu_resident *out)
{
    bool whole = true;

    out->id = mu_column_integer(query, 0);
    out->household_id = mu_column_integer(query, 1);
    whole &= mu_column_int(query, 2, &out->version);
    whole &= mu_column_text(query, 3, out->name, sizeof out->name);
    whole &= open_sealed(query, 4, opened >= MU_OPEN_NUMBER, "id_number", out->id, out->id_number,
                         sizeof out->id_number);
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
    *out->derived = '\0';
    whole &= mu_column_text(query, 18, out->card, sizeof out->card);
    whole &= mu_column_text(query, 19, out->grid, sizeof out->grid);
    whole &=
        open_sealed(query, 20, opened == MU_OPEN_ALL, "note", out->id, out->note, sizeof out->note);
    whole &= mu_column_int(query, 21, &out->status);
    whole &= mu_column_date(query, 22, &out->ended_on);
    out->linked_to = mu_column_integer(query, 23);
    whole &= mu_column_int(query, 24, &out->ethnic_group);
    whole &= mu_column_int(query, 25, &out->marital_status);
    out->incomplete = !whole;
}

static enum mu_status read_one(struct mu_query *query, enum mu_opened opened, bool *found,
                               struct mu_resident *out, struct mu_error *error)
{
    *found = mu_query_row(query);
    if (*found)
        mu_resident_from_row(query, opened, out);
    return mu_query_end(query, error);
}

static enum mu_status read_all(struct mu_query *query, enum mu_opened opened, mu_register_row *row,
                               void *context, struct mu_error *error)
{
    struct mu_resident resident;

    while (mu_query_row(query)) {
        mu_resident_from_row(query, opened, &resident);
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
    return read_one(&query, MU_OPEN_ALL, found, out, error);
}

enum mu_status mu_register_by_id_number(struct mu_db *db, const char *id_number, bool *found,
                                        struct mu_resident *out, struct mu_error *error)
{
    const struct mu_seal_keys *keys;
    unsigned char lookup[MU_SEAL_LOOKUP];
    struct mu_query query;
    enum mu_status status = mu_vault_keys(db, &keys, error);

    if (status != MU_OK)
        return status;
    mu_seal_lookup(keys, id_number, lookup);
    query = mu_query(db, "SELECT " MU_RESIDENT_COLUMNS " FROM " MU_RESIDENT_TABLES
                         " WHERE r.id_lookup = ?1");
    mu_bind_blob(&query, 1, lookup, sizeof lookup);
    return read_one(&query, MU_OPEN_ALL, found, out, error);
}

enum mu_status mu_register_by_card(struct mu_db *db, const char *card, bool *found,
                                   struct mu_resident *out, struct mu_error *error)
{
    struct mu_query query = mu_query(db, "SELECT " MU_RESIDENT_COLUMNS " FROM " MU_RESIDENT_TABLES
                                         " WHERE r.card = ?1");

    mu_bind_text(&query, 1, card);
    return read_one(&query, MU_OPEN_NOTHING, found, out, error);
}

enum mu_status mu_register_namesakes(struct mu_db *db, const char *name, struct mu_date birth_date,
                                     mu_register_row *row, void *context, struct mu_error *error)
{
    struct mu_query query = mu_query(db, "SELECT " MU_RESIDENT_COLUMNS " FROM " MU_RESIDENT_TABLES
                                         " WHERE r.name = ?1 AND r.birth_date = ?2"
                                         " AND r.status <> 4"
                                         " ORDER BY r.resident_id");

    mu_bind_text(&query, 1, name);
    mu_bind_date(&query, 2, birth_date);
    return read_all(&query, MU_OPEN_ALL, row, context, error);
}

enum mu_status mu_register_linked(struct mu_db *db, int64_t leading, mu_register_row *row,
                                  void *context, struct mu_error *error)
{
    struct mu_query query = mu_query(db, "SELECT " MU_RESIDENT_COLUMNS " FROM " MU_RESIDENT_TABLES
                                         " WHERE r.linked_to = ?1 ORDER BY r.resident_id");

    mu_bind_integer(&query, 1, leading);
    return read_all(&query, MU_OPEN_NOTHING, row, context, error);
}

enum mu_status mu_register_household(struct mu_db *db, int64_t household_id, mu_register_row *row,
                                     void *context, struct mu_error *error)
{
    /* 02 is the head of household in GB/T 4761. */
    struct mu_query query = mu_query(db, "SELECT " MU_RESIDENT_COLUMNS " FROM " MU_RESIDENT_TABLES
                                         " WHERE r.household_id = ?1"
                                         " ORDER BY r.relation <> 2, r.relation, r.resident_id");

    mu_bind_integer(&query, 1, household_id);
    return read_all(&query, MU_OPEN_NOTHING, row, context, error);
}

enum mu_status mu_register_page(struct mu_db *db, int64_t after_id, int64_t limit,
                                mu_register_row *row, void *context, struct mu_error *error)
{
    struct mu_query query = mu_query(db, "SELECT " MU_RESIDENT_COLUMNS " FROM " MU_RESIDENT_TABLES
                                         " WHERE r.resident_id > ?1 AND r.status <> 4"
                                         " AND r.linked_to IS NULL"
                                         " ORDER BY r.resident_id"
                                         " LIMIT ?2");

    mu_bind_integer(&query, 1, after_id);
    mu_bind_integer(&query, 2, limit);
    return read_all(&query, MU_OPEN_NOTHING, row, context, error);
}

enum mu_status mu_register_count(struct mu_db *db, int64_t *living, int64_t *all,
                                 struct mu_error *error)
{
    /* Files are numbered without a gap and never deleted, so the last number is their count; this
     * is asked for at every start, where counting a million rows would be felt. */
    struct mu_query query = mu_query(db, "SELECT coalesce(max(resident_id), 0),"
                                         " (SELECT count(*) FROM resident WHERE status <> 1),"
                                         " (SELECT count(*) FROM resident"
                                         "  WHERE status <> 1 AND status = 4),"
                                         " (SELECT count(*) FROM resident"
                                         "  WHERE linked_to IS NOT NULL),"
                                         " (SELECT count(*) FROM resident"
                                         "  WHERE linked_to IS NOT NULL AND status = 1)"
                                         " FROM resident");

    if (mu_query_row(&query)) {
        *living = mu_column_integer(&query, 0) - mu_column_integer(&query, 1) -
                  mu_column_integer(&query, 4);
        *all = mu_column_integer(&query, 0) - mu_column_integer(&query, 2) -
               mu_column_integer(&query, 3);
    }
    return mu_query_end(&query, error);
}

struct mu_home_key mu_home_of(const struct mu_resident *resident)
{
    return (struct mu_home_key){resident->estate, resident->building, resident->unit,
                                resident->room, resident->household_number};
}

static void bind_address(struct mu_query *query, const struct mu_home_key *key)
{
    mu_bind_text(query, 1, key->estate);
    mu_bind_text(query, 2, key->building);
    mu_bind_text(query, 3, key->unit);
    mu_bind_text(query, 4, key->room);
}

enum mu_status mu_register_find_home(struct mu_db *db, const struct mu_home_key *key,
                                     struct mu_home *out, struct mu_error *error)
{
    struct mu_query query =
        mu_query(db, "SELECT p.place_id, h.household_id, h.occupancy, h.grid, h.joined_into"
                     " FROM place p LEFT JOIN household h"
                     " ON h.place_id = p.place_id AND h.number = ?5"
                     " WHERE p.estate = ?1 AND p.building = ?2 AND p.unit = ?3 AND p.room = ?4");
    struct mu_home home = {0};

    bind_address(&query, key);
    mu_bind_text(&query, 5, key->number);
    if (mu_query_row(&query)) {
        home.place_id = mu_column_integer(&query, 0);
        home.household_id = mu_column_integer(&query, 1);
        home.occupancy = (int)mu_column_integer(&query, 2);
        mu_column_text(&query, 3, home.grid, sizeof home.grid);
        home.joined_into = mu_column_integer(&query, 4);
    }
    *out = home;
    return mu_query_end(&query, error);
}

static enum mu_status add_place(struct mu_db *db, const struct mu_home_key *key, int64_t *place_id,
                                struct mu_error *error)
{
    struct mu_query query = mu_query(db, "INSERT INTO place (estate, building, unit, room)"
                                         " VALUES (?1, ?2, ?3, ?4)");
    enum mu_status status;

    bind_address(&query, key);
    status = mu_query_run(&query, error);
    if (status == MU_OK)
        *place_id = mu_db_last_id(db);
    return status;
}

enum mu_status mu_register_add_home(struct mu_db *db, int64_t place_id,
                                    struct mu_resident *resident, struct mu_error *error)
{
    const struct mu_home_key key = mu_home_of(resident);
    enum mu_status status = place_id ? MU_OK : add_place(db, &key, &place_id, error);

    if (status != MU_OK)
        return status;
    struct mu_query query = mu_query(db, "INSERT INTO household (place_id, number, occupancy, grid)"
                                         " VALUES (?1, ?2, ?3, ?4)");

    mu_bind_integer(&query, 1, place_id);
    mu_bind_text(&query, 2, key.number);
    mu_bind_integer(&query, 3, resident->occupancy);
    mu_bind_text(&query, 4, resident->grid);
    status = mu_query_run(&query, error);
    if (status == MU_OK)
        resident->household_id = mu_db_last_id(db);
    return status;
}

/* The use before ends the day before, unless it began today itself or nobody knew it. */
static enum mu_status end_use(struct mu_db *db, const struct mu_resident *resident,
                              const struct mu_moment *changed, struct mu_error *error)
{
    struct mu_query query =
        mu_query(db, "INSERT INTO occupancy_past (household_id, changed_at, occupancy, from_date,"
                     " until_date) SELECT household_id, ?3, occupancy, occupied_from, ?4"
                     " FROM household WHERE household_id = ?1 AND occupancy NOT IN (0, ?2)"
                     " AND occupied_from < ?5 ON CONFLICT DO NOTHING");
    char moment[MU_MOMENT_SIZE];

    mu_moment_format(*changed, moment);
    mu_bind_integer(&query, 1, resident->household_id);
    mu_bind_integer(&query, 2, resident->occupancy);
    mu_bind_text(&query, 3, moment);
    mu_bind_date(&query, 4, mu_date_add_days(changed->date, -1));
    mu_bind_date(&query, 5, changed->date);
    return mu_query_run(&query, error);
}

enum mu_status mu_register_set_household(struct mu_db *db, const struct mu_resident *resident,
                                         const struct mu_moment *changed, struct mu_error *error)
{
    struct mu_query query;
    enum mu_status status = changed ? end_use(db, resident, changed, error) : MU_OK;

    if (status != MU_OK)
        return status;
    query = mu_query(db, "UPDATE household SET occupied_from = CASE WHEN ?4 = ''"
                         " OR occupancy IN (0, ?2) THEN occupied_from ELSE ?4 END,"
                         " occupancy = ?2, grid = ?3 WHERE household_id = ?1");
    mu_bind_integer(&query, 1, resident->household_id);
    mu_bind_integer(&query, 2, resident->occupancy);
    mu_bind_text(&query, 3, resident->grid);
    mu_bind_date(&query, 4, changed ? changed->date : (struct mu_date){0, 0, 0});
    return mu_query_run(&query, error);
}

enum mu_status mu_register_forget_use(struct mu_db *db, int64_t household_id,
                                      struct mu_moment changed, struct mu_error *error)
{
    static const char *const statements[] = {
        "UPDATE household SET occupied_from = o.from_date FROM occupancy_past o"
        " WHERE household.household_id = ?1 AND o.household_id = ?1 AND o.changed_at = ?2",
        "DELETE FROM occupancy_past WHERE household_id = ?1 AND changed_at = ?2"};
    char moment[MU_MOMENT_SIZE];
    enum mu_status status = MU_OK;

    mu_moment_format(changed, moment);
    for (size_t i = 0; i < 2 && status == MU_OK; i++) {
        struct mu_query query = mu_query(db, statements[i]);

        mu_bind_integer(&query, 1, household_id);
        mu_bind_text(&query, 2, moment);
        status = mu_query_run(&query, error);
    }
    return status;
}

enum mu_status mu_register_open_home(struct mu_db *db, int64_t household_id, struct mu_error *error)
{
    struct mu_query query = mu_query(db, "UPDATE household SET joined_into = NULL"
                                         " WHERE household_id = ?1");

    mu_bind_integer(&query, 1, household_id);
    return mu_query_run(&query, error);
}

enum mu_status mu_register_forget_home(struct mu_db *db, int64_t household_id,
                                       struct mu_error *error)
{
    struct mu_query query =
        mu_query(db, "UPDATE household SET joined_into = household_id"
                     " WHERE household_id = ?1 AND joined_into IS NULL AND occupancy <> 4"
                     " AND contact = '' AND contact_phone = '' AND note IS NULL"
                     " AND occupied_from = ''"
                     " AND NOT EXISTS (SELECT 1 FROM act_change c JOIN act a"
                     "  ON a.act_id = c.act_id WHERE c.kind = 'household' AND c.row = ?1"
                     "  AND c.before IS NULL AND a.undone_by IS NULL)"
                     " AND NOT EXISTS (SELECT 1 FROM resident WHERE household_id = ?1)"
                     " AND NOT EXISTS (SELECT 1 FROM residence_past WHERE household_id = ?1)");

    mu_bind_integer(&query, 1, household_id);
    return mu_query_run(&query, error);
}

enum mu_status mu_register_place_household(struct mu_db *db, struct mu_resident *resident,
                                           const struct mu_moment *changed, struct mu_error *error)
{
    const struct mu_home_key key = mu_home_of(resident);
    struct mu_home home;
    enum mu_status status;

    if (!*key.estate && !*key.building && !*key.unit && !*key.room && !*key.number) {
        resident->household_id = 0;
        return MU_OK;
    }
    status = mu_register_find_home(db, &key, &home, error);
    if (status != MU_OK)
        return status;
    if (!home.household_id)
        return mu_register_add_home(db, home.place_id, resident, error);
    resident->household_id = home.household_id;
    if (home.joined_into)
        status = mu_register_open_home(db, home.household_id, error);
    if (resident->occupancy == 0)
        resident->occupancy = home.occupancy;
    if (!*resident->grid)
        memcpy(resident->grid, home.grid, sizeof home.grid);
    if (status != MU_OK ||
        (resident->occupancy == home.occupancy && strcmp(resident->grid, home.grid) == 0))
        return status;
    return mu_register_set_household(db, resident, changed, error);
}

/* Parameters ?1..?16 of both statements; the sealed values are borrowed. Tags are not among them:
 * store/tag_store.h. */
static void bind_resident(struct mu_query *query, const struct mu_resident *resident,
                          const struct mu_sealed_resident *sealed)
{
    mu_bind_text(query, 1, resident->name);
    mu_register_bind_sealed(query, sealed, 2, 3, 12);
    mu_bind_integer(query, 4, resident->sex);
    mu_bind_date(query, 5, resident->birth_date);
    mu_bind_text(query, 6, resident->phone);
    mu_bind_optional(query, 7, resident->card);
    mu_bind_reference(query, 8, resident->household_id);
    mu_bind_integer(query, 9, resident->relation);
    mu_bind_text(query, 10, resident->occupation);
    mu_bind_integer(query, 11, resident->residence);
    mu_bind_integer(query, 13, resident->status);
    mu_bind_date(query, 14, resident->ended_on);
    mu_bind_integer(query, 15, resident->ethnic_group);
    mu_bind_integer(query, 16, resident->marital_status);
}

/* Files are numbered without a gap; the number is needed before the file is written, because what
 * is sealed is sealed for its row. */
static enum mu_status next_id(struct mu_db *db, int64_t *id, struct mu_error *error)
{
    struct mu_query query = mu_query(db, "SELECT coalesce(max(resident_id), 0) + 1 FROM resident");

    *id = mu_query_row(&query) ? mu_column_integer(&query, 0) : 0;
    return mu_query_end(&query, error);
}

static enum mu_status add_resident(struct mu_db *db, const struct mu_seal_keys *keys,
                                   struct mu_resident *resident, struct mu_error *error)
{
    struct mu_sealed_resident sealed;
    struct mu_query query;
    int64_t id;
    enum mu_status status = next_id(db, &id, error);

    if (status != MU_OK)
        return status;
    mu_register_seal(keys, id, resident->id_number, resident->note, &sealed);
    query = mu_query(db, "INSERT INTO resident (name, id_number, id_lookup, sex, birth_date, phone,"
                         " card, household_id, relation, occupation, residence, note, status,"
                         " ended_on, ethnic_group, marital_status, resident_id, version)"
                         " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14,"
                         " ?15, ?16, ?17, 1)");
    bind_resident(&query, resident, &sealed);
    mu_bind_integer(&query, 17, id);
    status = mu_query_run(&query, error);
    if (status == MU_OK) {
        resident->id = id;
        resident->version = 1;
    }
    return status;
}

static enum mu_status change_resident(struct mu_db *db, const struct mu_seal_keys *keys,
                                      struct mu_resident *resident, bool *stale,
                                      struct mu_error *error)
{
    struct mu_sealed_resident sealed;
    struct mu_query query =
        mu_query(db, "UPDATE resident SET name = ?1, id_number = ?2, id_lookup = ?3, sex = ?4,"
                     " birth_date = ?5, phone = ?6, card = ?7, household_id = ?8, relation = ?9,"
                     " occupation = ?10, residence = ?11, note = ?12, status = ?13,"
                     " ended_on = ?14, ethnic_group = ?15, marital_status = ?16,"
                     " version = version + 1"
                     " WHERE resident_id = ?17 AND version = ?18 RETURNING version");

    mu_register_seal(keys, resident->id, resident->id_number, resident->note, &sealed);
    bind_resident(&query, resident, &sealed);
    mu_bind_integer(&query, 17, resident->id);
    mu_bind_integer(&query, 18, resident->version);
    return mu_written_row(&query, NULL, &resident->version, stale, error);
}

enum mu_status mu_register_write(struct mu_db *db, struct mu_resident *resident, bool *stale,
                                 struct mu_error *error)
{
    const struct mu_seal_keys *keys;
    enum mu_status status = mu_vault_keys(db, &keys, error);

    *stale = false;
    if (resident->incomplete) {
        char number[24];

        snprintf(number, sizeof number, "%lld", (long long)resident->id);
        return mu_fail(error, MU_STORE, MU_SAY_error_resident_incomplete, number, NULL);
    }
    if (status != MU_OK)
        return status;
    return resident->id == 0 ? add_resident(db, keys, resident, error)
                             : change_resident(db, keys, resident, stale, error);
}

enum mu_status mu_register_leave_home(struct mu_db *db, const struct mu_resident *before,
                                      struct mu_date until, const char *changed_at,
                                      struct mu_error *error)
{
    struct mu_query query = mu_query(db, "INSERT INTO residence_past (resident_id, household_id,"
                                         " relation, until_date, changed_at)"
                                         " VALUES (?1, ?2, ?3, ?4, ?5)"
                                         " ON CONFLICT DO NOTHING");
    enum mu_status status;

    mu_bind_integer(&query, 1, before->id);
    mu_bind_integer(&query, 2, before->household_id);
    mu_bind_integer(&query, 3, before->relation);
    mu_bind_date(&query, 4, until);
    mu_bind_text(&query, 5, changed_at);
    status = mu_query_run(&query, error);
    if (status != MU_OK)
        return status;
    return mu_search_store_past(db, before->id, before->household_id, error);
}

enum mu_status mu_register_come_back(struct mu_db *db, const struct mu_resident *after,
                                     const char *changed_at, bool *back, struct mu_error *error)
{
    struct mu_query query = mu_query(db, "DELETE FROM residence_past WHERE resident_id = ?1"
                                         " AND household_id = ?2 AND changed_at >= ?3"
                                         " RETURNING household_id");
    enum mu_status status;

    *back = false;
    mu_bind_integer(&query, 1, after->id);
    mu_bind_integer(&query, 2, after->household_id);
    mu_bind_text(&query, 3, changed_at);
    while (mu_query_row(&query))
        *back = true;
    status = mu_query_end(&query, error);
    if (status != MU_OK || !*back)
        return status;
    return mu_search_store_past(db, after->id, after->household_id, error);
}
