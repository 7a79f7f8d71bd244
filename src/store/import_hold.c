#include "store/import_hold.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    SLOTS_MOST = 2 << 20, /* 12 MiB */
    FULL_OF_TEN = 9,      /* tenths of the slots that are taken at most */
    ROOM_OF_TEN = 13,     /* slots for ten people who are expected */
};

static const char *const names[MU_HELD_INDEXES] = {
    "resident_name",      "resident_birth", "resident_tag_word",
    "resident_tag_until", "household_grid", "household_number",
};

static uint64_t hash_of(const struct mu_import_hold *hold, const char *name, struct mu_date birth)
{
    unsigned char text[MU_PERSON_NAME_SIZE + sizeof birth], hash[crypto_shorthash_BYTES];
    size_t length = strnlen(name, MU_PERSON_NAME_SIZE);
    uint64_t number;

    memcpy(text, name, length);
    memcpy(text + length, &birth, sizeof birth);
    crypto_shorthash(hash, text, length + sizeof birth, hold->key);
    memcpy(&number, hash, sizeof number);
    return number;
}

static size_t slot_of(const struct mu_import_hold *hold, uint64_t hash)
{
    return (size_t)((hash >> 32) * hold->slots >> 32);
}

static uint16_t mark_of(uint64_t hash)
{
    return (uint16_t)(1 + (hash & UINT32_MAX) % UINT16_MAX);
}

/* The table has a free slot. */
static void put(struct mu_import_hold *hold, const char *name, struct mu_date birth, uint32_t id)
{
    uint64_t hash = hash_of(hold, name, birth);
    size_t at = slot_of(hold, hash);

    while (hold->mark[at] != 0)
        at = at + 1 < hold->slots ? at + 1 : 0;
    hold->mark[at] = mark_of(hash);
    hold->resident[at] = id;
    hold->used++;
}

/* Who stands in the register already. */
static enum mu_status fill(struct mu_import_hold *hold, struct mu_db *db, struct mu_error *error)
{
    struct mu_query query =
        mu_query(db, "SELECT resident_id, name, birth_date FROM resident WHERE status <> 4");
    char name[MU_PERSON_NAME_SIZE];
    struct mu_date birth;

    while (mu_query_row(&query)) {
        mu_column_text(&query, 1, name, sizeof name);
        mu_column_date(&query, 2, &birth);
        put(hold, name, birth, (uint32_t)mu_column_integer(&query, 0));
    }
    return mu_query_end(&query, error);
}

/* *all is false when one is missing: verification will tell. */
static enum mu_status read_sql(struct mu_import_hold *hold, struct mu_db *db, bool *all,
                               struct mu_error *error)
{
    *all = true;
    for (size_t i = 0; i < MU_HELD_INDEXES; i++) {
        bool found;
        struct mu_query query =
            mu_query(db, "SELECT sql FROM sqlite_schema WHERE type = 'index' AND name = ?1");
        enum mu_status status;

        mu_bind_text(&query, 1, names[i]);
        found = mu_query_row(&query);
        if (found)
            hold->sql[i] = strdup(mu_column_borrow(&query, 0));
        status = mu_query_end(&query, error);
        if (status != MU_OK)
            return status;
        if (found && !hold->sql[i])
            return mu_fail_memory(error);
        *all &= found;
    }
    return MU_OK;
}

static enum mu_status drop(struct mu_db *db, struct mu_error *error)
{
    char sql[64];

    for (size_t i = 0; i < MU_HELD_INDEXES; i++) {
        snprintf(sql, sizeof sql, "DROP INDEX %s", names[i]);
        enum mu_status status = mu_db_reshape(db, sql, error);

        if (status != MU_OK)
            return status;
    }
    return MU_OK;
}

enum mu_status mu_import_hold(struct mu_import_hold *hold, struct mu_db *db, int64_t people,
                              struct mu_error *error)
{
    enum mu_status status;
    bool all;

    if (people <= 0 || people > SLOTS_MOST / ROOM_OF_TEN * 10)
        return MU_OK;
    hold->slots = (size_t)people * ROOM_OF_TEN / 10 + 1;
    hold->mark = calloc(hold->slots, sizeof *hold->mark);
    hold->resident = malloc(hold->slots * sizeof *hold->resident);
    if (!hold->mark || !hold->resident)
        return mu_fail_memory(error);
    crypto_shorthash_keygen(hold->key);
    status = read_sql(hold, db, &all, error);
    if (status != MU_OK || !all)
        return status;
    status = fill(hold, db, error);
    if (status == MU_OK)
        status = drop(db, error);
    hold->held = status == MU_OK;
    return status;
}

enum mu_status mu_import_hold_add(struct mu_import_hold *hold, struct mu_db *db,
                                  const struct mu_resident *resident, struct mu_error *error)
{
    if (!hold->held)
        return MU_OK;
    if (hold->used >= hold->slots / 10 * FULL_OF_TEN || resident->id > UINT32_MAX)
        return mu_import_hold_end(hold, db, error);
    put(hold, resident->name, resident->birth_date, (uint32_t)resident->id);
    return MU_OK;
}

/* The next one of this mark whose number is above `after`: they are told in the order of numbers.
 */
static uint32_t next_of(const struct mu_import_hold *hold, uint64_t hash, uint32_t after)
{
    uint32_t next = 0;
    uint16_t mark = mark_of(hash);

    for (size_t at = slot_of(hold, hash); hold->mark[at] != 0;
         at = at + 1 < hold->slots ? at + 1 : 0)
        if (hold->mark[at] == mark && hold->resident[at] > after &&
            (next == 0 || hold->resident[at] < next))
            next = hold->resident[at];
    return next;
}

enum mu_status mu_import_hold_namesakes(const struct mu_import_hold *hold, struct mu_db *db,
                                        const char *name, struct mu_date birth_date,
                                        mu_register_row *row, void *context, struct mu_error *error)
{
    uint64_t hash;
    bool found;
    struct mu_resident resident;

    if (!hold->held)
        return mu_register_namesakes(db, name, birth_date, row, context, error);
    hash = hash_of(hold, name, birth_date);
    for (uint32_t id = 0; (id = next_of(hold, hash, id)) != 0;) {
        enum mu_status status = mu_register_by_id(db, id, &found, &resident, error);

        if (status != MU_OK)
            return status;
        if (found && strcmp(resident.name, name) == 0 &&
            mu_date_compare(resident.birth_date, birth_date) == 0 &&
            resident.status != MU_ENTERED_IN_ERROR && !row(context, &resident))
            return MU_OK;
    }
    return MU_OK;
}

enum mu_status mu_import_hold_end(struct mu_import_hold *hold, struct mu_db *db,
                                  struct mu_error *error)
{
    enum mu_status status = MU_OK;

    for (size_t i = 0; hold->held && i < MU_HELD_INDEXES && status == MU_OK; i++)
        status = mu_db_reshape(db, hold->sql[i], error);
    if (status == MU_OK)
        mu_import_hold_clear(hold);
    return status;
}

void mu_import_hold_clear(struct mu_import_hold *hold)
{
    for (size_t i = 0; i < MU_HELD_INDEXES; i++)
        free(hold->sql[i]);
    free(hold->mark);
    free(hold->resident);
    *hold = (struct mu_import_hold){0};
}
