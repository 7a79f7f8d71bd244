#include <mulin/domain/place.h>

#include <mulin/base/codes.h>

#define FIELD(record, key, kind, required, choices)                                                \
    {                                                                                              \
#key, MU_SAY_field_##key, MU_SAY_hint_##key, kind, required, false,                        \
            offsetof(struct record, key), sizeof(((struct record *)0)->key), choices               \
    }

const struct mu_field mu_building_fields[] = {
    FIELD(mu_building, year_built, MU_FIELD_YEAR, false, NULL),
    FIELD(mu_building, danger, MU_FIELD_CHOICE, false, &mu_dangers),
    FIELD(mu_building, flood_point, MU_FIELD_CHOICE, false, &mu_answers),
    FIELD(mu_building, grid, MU_FIELD_TEXT, false, NULL),
    FIELD(mu_building, leader, MU_FIELD_NAME, false, NULL),
    FIELD(mu_building, note, MU_FIELD_NOTE, false, NULL),
};

const size_t mu_building_field_count = sizeof mu_building_fields / sizeof *mu_building_fields;

const struct mu_field mu_grid_fields[] = {
    FIELD(mu_grid_record, member, MU_FIELD_NAME, false, NULL),
    FIELD(mu_grid_record, member_phone, MU_FIELD_PHONE, false, NULL),
    FIELD(mu_grid_record, branch, MU_FIELD_TEXT, false, NULL),
};

const size_t mu_grid_field_count = sizeof mu_grid_fields / sizeof *mu_grid_fields;
