/* Buildings and grids. */
#ifndef MULIN_DOMAIN_PLACE_H
#define MULIN_DOMAIN_PLACE_H

#include <mulin/domain/household.h>

struct mu_building {
    int64_t id;      /* 0: nobody has described it yet */
    int version;     /* counts the changes */
    bool incomplete; /* not the whole record, and not to be written back */
    char estate[MU_PLACE_SIZE], building[MU_PLACE_SIZE];
    int year_built;
    int danger;              /* data/codes/danger.def */
    int flood_point;         /* data/codes/answer.def */
    char grid[MU_WORD_SIZE]; /* of all its homes; "" when none is known or they belong to several */
    bool several_grids;
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

/* Where in the tree: an estate, a building of it, a unit of that. What is not said is "", and then
 * all behind it, too: estate "" is the community itself. */
struct mu_place_at {
    char estate[MU_PLACE_SIZE], building[MU_PLACE_SIZE], unit[MU_PLACE_SIZE];
    bool within_estate, within_building, within_unit; /* "" can be the name of one, too */
};

/* Called for each name, in the order in which people count: 9栋 before 10栋. False stops. */
typedef bool mu_place_row(void *context, const char *name);

/* Called for each household, room by room; false stops. The contact's phone is masked.
 *   people  who live there now
 *   head    the name of the head, or ""
 * The desk must not be called. */
typedef bool mu_home_row(void *context, const struct mu_household *household, int people,
                         const char *head);

enum { MU_OCCUPANCIES = 5 }; /* not known, and the four of data/codes/occupancy.def */

/* What is counted of a place or a grid. */
struct mu_place_count {
    int64_t homes, by_occupancy[MU_OCCUPANCIES];
    int64_t people, elders; /* who live there now; of an age from the rule book's elder_from on */
};

/* <0, 0, >0 in the order in which people count: digits as numbers (9栋 before 10栋), full-width
 * ones too, the rest in the order of its characters. */
int mu_place_compare(const char *a, const char *b);

/* A grid that the building belonged to before. */
typedef bool mu_grid_past_row(void *context, const char *grid, struct mu_date until);

#endif
