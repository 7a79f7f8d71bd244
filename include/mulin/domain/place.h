/* Buildings and grids. */
#ifndef MULIN_DOMAIN_PLACE_H
#define MULIN_DOMAIN_PLACE_H

#include <mulin/domain/resident.h>

struct mu_building {
    int64_t id;      /* 0: nobody has described it yet */
    int version;     /* counts the changes */
    bool incomplete; /* not the whole record, and not to be written back */
    char estate[MU_PLACE_SIZE], building[MU_PLACE_SIZE];
    int year_built;
    int danger;      /* data/codes/danger.def */
    int flood_point; /* data/codes/answer.def */
    char leader[MU_PERSON_NAME_SIZE];
    char note[MU_NOTE_SIZE];
};

struct mu_grid_record {
    int64_t id;  /* 0: nobody has described it yet */
    int version; /* counts the changes */
    bool incomplete;
    char name[MU_WORD_SIZE];
    char member[MU_PERSON_NAME_SIZE]; /* 网格员 */
    char member_phone[MU_PHONE_SIZE];
    char branch[MU_PLACE_SIZE]; /* 网格党支部 */
};

extern const struct mu_field mu_building_fields[];
extern const size_t mu_building_field_count;
extern const struct mu_field mu_grid_fields[];
extern const size_t mu_grid_field_count;

#endif
