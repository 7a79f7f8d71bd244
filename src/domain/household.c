#include <mulin/domain/household.h>

#include <mulin/base/codes.h>

#include <string.h>

#define FIELD(key, member, kind, choices)                                                          \
    {                                                                                              \
#key, MU_SAY_field_##key, MU_SAY_hint_##key, kind, false, false,                           \
            offsetof(struct mu_household, member), sizeof(((struct mu_household *)0)->member),     \
            choices                                                                                \
    }

const struct mu_field mu_household_fields[] = {
    FIELD(household_number, number, MU_FIELD_TEXT, NULL),
    FIELD(occupancy, occupancy, MU_FIELD_CHOICE, &mu_occupancies),
    FIELD(occupied_from, occupied_from, MU_FIELD_DATE, NULL),
    FIELD(floor_area, area, MU_FIELD_FLOOR_AREA, NULL),
    FIELD(grid, grid, MU_FIELD_TEXT, NULL),
    FIELD(contact, contact, MU_FIELD_NAME, NULL),
    FIELD(contact_phone, contact_phone, MU_FIELD_PHONE, NULL),
    FIELD(note, note, MU_FIELD_NOTE, NULL),
};

const size_t mu_household_field_count = sizeof mu_household_fields / sizeof *mu_household_fields;

enum mu_status mu_household_check(const struct mu_household *household, struct mu_date today,
                                  const char **field, struct mu_error *error)
{
    char day[MU_DATE_SIZE];

    if (mu_date_compare(household->occupied_from, today) <= 0)
        return MU_OK;
    if (field)
        *field = "occupied_from";
    mu_date_format(household->occupied_from, day);
    return mu_fail(error, MU_INPUT, MU_SAY_error_occupied_from, day, NULL);
}

void mu_household_address(const struct mu_household *household, char *out)
{
    struct mu_resident home = {0};

    memcpy(home.estate, household->estate, sizeof home.estate);
    memcpy(home.building, household->building, sizeof home.building);
    memcpy(home.unit, household->unit, sizeof home.unit);
    memcpy(home.room, household->room, sizeof home.room);
    mu_resident_address(&home, out);
}
