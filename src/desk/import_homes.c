#include "desk/import_homes.h"

#include "store/import_store.h"
#include "store/register_store.h"

#include <mulin/base/text.h>

#include <stdlib.h>
#include <string.h>

enum {
    SAID_OCCUPANCY = 1,
    SAID_GRID = 2,
    PER_BYTE = 4,                     /* households */
    HOUSEHOLDS_MOST = PER_BYTE << 24, /* that are kept in mind: 16 MiB */
};

void import_homes_init(struct import_homes *homes, struct mu_db *db)
{
    memset(homes, 0, sizeof *homes);
    homes->db = db;
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
                                const struct mu_resident *person, struct import_home *home,
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
    if (!known)
        return mu_import_find_household(homes->db, person, &home->household_id, &home->occupancy,
                                        home->grid, error);
    home->household_id = known->household_id;
    home->occupancy = known->occupancy;
    mu_text_copy(home->grid, sizeof home->grid, known->grid);
    return MU_OK;
}

enum mu_status import_home_settle(struct import_homes *homes, const struct import_row *row,
                                  const struct mu_resident *stored, struct mu_resident *person,
                                  struct import_home *home, const char **lost,
                                  struct mu_error *error)
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

enum mu_status import_home_write(struct import_homes *homes, const struct import_home *home,
                                 struct mu_resident *person, struct mu_error *error)
{
    if (!has_home(person))
        return MU_OK;
    if (home->household_id == 0 || home->occupancy != person->occupancy ||
        strcmp(home->grid, person->grid) != 0) {
        enum mu_status status = mu_register_place_household(homes->db, person, error);
        if (status != MU_OK)
            return status;
    }
    homes->last = *person;
    homes->has_last = true;
    return MU_OK;
}
