#include "desk/import_homes.h"

#include "desk/household_file.h"
#include "store/household_store.h"

#include <mulin/base/text.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    SAID_OCCUPANCY = 1,
    SAID_GRID = 2,
    PER_BYTE = 4,                     /* households */
    HOUSEHOLDS_MOST = PER_BYTE << 24, /* that are kept in mind: 16 MiB */
};

void import_homes_init(struct import_homes *homes, struct mu_act_writer *act)
{
    memset(homes, 0, sizeof *homes);
    homes->db = act->desk->db;
    homes->act = act;
}

void import_homes_clear(struct import_homes *homes)
{
    free(homes->said);
    homes->said = NULL;
}

static bool said(const struct import_homes *homes, int64_t household_id, unsigned what)
{
    size_t at = (size_t)household_id / PER_BYTE;
    unsigned shift = 2 * (unsigned)(household_id % PER_BYTE);
    return household_id > 0 && at < homes->said_size &&
           ((unsigned)homes->said[at] >> shift & what) != 0;
}

enum mu_status import_home_heard(struct import_homes *homes, const struct import_row *row,
                                 const struct mu_resident *person, struct mu_error *error)
{
    unsigned what = (import_row_gives(row, "occupancy") ? SAID_OCCUPANCY : 0u) |
                    (import_row_gives(row, "grid") ? SAID_GRID : 0u);
    int64_t id = person->household_id;
    if (!what || id <= 0 || id >= HOUSEHOLDS_MOST)
        return MU_OK;
    size_t at = (size_t)id / PER_BYTE;
    if (at >= homes->said_size) {
        size_t size = 2 * at + 1024;
        uint8_t *larger = realloc(homes->said, size);
        if (!larger)
            return mu_fail_memory(error);
        memset(larger + homes->said_size, 0, size - homes->said_size);
        homes->said = larger;
        homes->said_size = size;
    }
    homes->said[at] |= (uint8_t)(what << 2 * (unsigned)(id % PER_BYTE));
    return MU_OK;
}

static bool has_home(const struct mu_resident *person)
{
    return *person->estate || *person->building || *person->unit || *person->room ||
           *person->household_number;
}

static bool one_household(const struct mu_resident *a, const struct mu_resident *b)
{
    return strcmp(a->room, b->room) == 0 && strcmp(a->building, b->building) == 0 &&
           strcmp(a->unit, b->unit) == 0 && strcmp(a->estate, b->estate) == 0 &&
           strcmp(a->household_number, b->household_number) == 0;
}

static enum mu_status find_home(struct import_homes *homes, const struct mu_resident *stored,
                                const struct mu_resident *person, struct mu_home *home,
                                struct mu_error *error)
{
    const struct mu_resident *known = NULL;
    memset(home, 0, sizeof *home);
    if (!has_home(person))
        return MU_OK;
    if (stored && stored->household_id && one_household(stored, person))
        known = stored;
    else if (homes->has_last && one_household(&homes->last, person))
        known = &homes->last;
    if (!known) {
        const struct mu_home_key key = mu_home_of(person);
        return mu_register_find_home(homes->db, &key, home, error);
    }
    home->household_id = known->household_id;
    home->occupancy = known->occupancy;
    mu_text_copy(home->grid, sizeof home->grid, known->grid);
    return MU_OK;
}

enum mu_status import_home_settle(struct import_homes *homes, const struct import_row *row,
                                  const struct mu_resident *stored, struct mu_resident *person,
                                  struct mu_home *home, const char **lost, struct mu_error *error)
{
    enum mu_status status = find_home(homes, stored, person, home, error);
    if (status != MU_OK)
        return status;
    bool nowhere = !has_home(person);
    *lost = NULL;
    person->household_id = home->household_id;
    person->occupancy = home->occupancy;
    mu_text_copy(person->grid, sizeof person->grid, home->grid);
    if (import_row_gives(row, "occupancy")) {
        if (!nowhere && !said(homes, home->household_id, SAID_OCCUPANCY))
            person->occupancy = row->resident.occupancy;
        else if (person->occupancy != row->resident.occupancy)
            *lost = "occupancy";
    }
    if (import_row_gives(row, "grid")) {
        if (!nowhere && !said(homes, home->household_id, SAID_GRID))
            mu_text_copy(person->grid, sizeof person->grid, row->resident.grid);
        else if (strcmp(person->grid, row->resident.grid) != 0)
            *lost = "grid";
    }
    return MU_OK;
}

/* A household that stood in the register before is changed as one, with its history. */
static enum mu_status change_known(struct import_homes *homes, int64_t household_id,
                                   const struct mu_resident *wanted, struct mu_error *error)
{
    struct mu_household before, after;
    enum mu_status status = mu_household_file(homes->act->desk, household_id, &before, error);
    if (status != MU_OK)
        return status;
    after = before;
    after.occupancy = wanted->occupancy;
    mu_text_copy(after.grid, sizeof after.grid, wanted->grid);
    homes->changed++;
    return mu_household_put(homes->act, &before, &after, error);
}

enum mu_status import_home_write(struct import_homes *homes, const struct mu_home *home,
                                 struct mu_resident *person, struct mu_error *error)
{
    enum mu_status status = MU_OK;
    if (!has_home(person))
        return MU_OK;
    if (home->joined_into)
        status = mu_register_open_home(homes->db, home->household_id, error);
    bool same = home->occupancy == person->occupancy && strcmp(home->grid, person->grid) == 0;
    if (status != MU_OK)
        return status;
    if (home->household_id == 0)
        status = mu_register_add_home(homes->db, home->place_id, person, error);
    else if (!same && home->household_id <= homes->last_known)
        status = change_known(homes, home->household_id, person, error);
    else if (!same)
        status = mu_register_set_household(homes->db, person, NULL, error);
    if (status != MU_OK)
        return status;
    homes->last = *person;
    homes->has_last = true;
    return MU_OK;
}

/* What the row says of the home, over what stands there. */
static void merge_home(const struct import_row *row, const struct mu_resident *settled,
                       struct mu_household *home)
{
    const struct mu_resident *said = &row->resident;
    mu_text_copy(home->estate, sizeof home->estate, said->estate);
    mu_text_copy(home->building, sizeof home->building, said->building);
    mu_text_copy(home->unit, sizeof home->unit, said->unit);
    mu_text_copy(home->room, sizeof home->room, said->room);
    mu_text_copy(home->number, sizeof home->number, said->household_number);
    home->occupancy = settled->occupancy;
    mu_text_copy(home->grid, sizeof home->grid, settled->grid);
    if (*said->phone)
        mu_text_copy(home->contact_phone, sizeof home->contact_phone, said->phone);
    if (*said->note)
        mu_text_copy(home->note, sizeof home->note, said->note);
}

static bool same_household(const struct mu_household *a, const struct mu_household *b)
{
    for (size_t i = 0; i < mu_household_field_count; i++)
        if (!mu_field_same(&mu_household_fields[i], a, b))
            return false;
    return true;
}

/* Somebody who lives there contradicts a row that knows of nobody. */
static enum mu_status check_empty(struct import_homes *homes, int64_t household_id,
                                  const char **key, struct mu_error *error)
{
    int64_t people;
    char number[24];
    enum mu_status status = mu_household_living(homes->db, household_id, &people, error);
    if (status != MU_OK || people == 0)
        return status;
    *key = "occupancy";
    snprintf(number, sizeof number, "%lld", (long long)people);
    return mu_fail(error, MU_INPUT, MU_SAY_import_home_lived_in, number, NULL);
}

/* A home that is on the lists from now on: new, or one that had left them. */
static enum mu_status make_home(struct import_homes *homes, struct mu_household *home,
                                struct mu_error *error)
{
    bool stale;
    enum mu_status status;
    if (!home->id)
        return mu_household_put(homes->act, NULL, home, error);
    status = mu_household_write(homes->db, home, &stale, error);
    return status == MU_OK ? mu_act_record(homes->act, "household", home->id, NULL, home, error)
                           : status;
}

enum mu_status import_home_alone(struct import_homes *homes, const struct import_row *row,
                                 enum mu_import_outcome *outcome, const char **lost,
                                 const char **key, struct mu_error *error)
{
    struct mu_resident settled = row->resident;
    struct mu_household before = {0}, after;
    struct mu_home home;
    enum mu_status status = import_home_settle(homes, row, NULL, &settled, &home, lost, error);
    if (status == MU_OK && home.household_id)
        status = check_empty(homes, home.household_id, key, error);
    if (status == MU_OK && home.household_id)
        status = mu_household_file(homes->act->desk, home.household_id, &before, error);
    if (status != MU_OK)
        return status;
    after = before;
    after.joined_into = 0;
    merge_home(row, &settled, &after);
    bool listed = after.id && !before.joined_into;
    *outcome = !listed                           ? MU_ROW_HOME
               : same_household(&before, &after) ? MU_ROW_UNCHANGED
                                                 : MU_ROW_UPDATED;
    if (*outcome == MU_ROW_HOME)
        status = make_home(homes, &after, error);
    else if (*outcome == MU_ROW_UPDATED)
        status = mu_household_put(homes->act, &before, &after, error);
    homes->made += *outcome == MU_ROW_HOME;
    homes->changed += *outcome == MU_ROW_UPDATED;
    settled.household_id = after.id;
    return status == MU_OK ? import_home_heard(homes, row, &settled, error) : status;
}
