/* The register as it was on a day, read in slices that a key can wait for. */
#ifndef MULIN_SRC_STORE_REPORT_STORE_H
#define MULIN_SRC_STORE_REPORT_STORE_H

#include "store/db.h"

#include <mulin/domain/household.h>

/* The day on which the first file was made, as far as that is recorded, else that of the first
 * operator: nothing is known from before. */
enum mu_status mu_report_began(struct mu_db *db, struct mu_date *out,
                               struct mu_error *error) MU_CHECKED;

/* The highest numbers of a household and of an act. */
enum mu_status mu_report_last(struct mu_db *db, int64_t *household, int64_t *act,
                              struct mu_error *error) MU_CHECKED;

/* The first act of after `day`, or 0. Acts follow one another in time. */
enum mu_status mu_report_first_act(struct mu_db *db, struct mu_date day, int64_t last, int64_t *act,
                                   struct mu_error *error) MU_CHECKED;

/* Looks among `count` acts from `act` on for the first file and the first household that they made;
 * numbers are given in the order of time. *resident and *household stay when there is none. */
enum mu_status mu_report_first_new(struct mu_db *db, int64_t act, int64_t count, int64_t *resident,
                                   int64_t *household, struct mu_error *error) MU_CHECKED;

/* A household as it was on the day. */
struct mu_home_then {
    int64_t id;
    char estate[MU_PLACE_SIZE];
    char grid[MU_WORD_SIZE];
    int occupancy;
    bool gone;       /* part of another by then, or entered in error */
    bool had_others; /* people who moved to another household */
};
typedef void mu_home_then_row(void *context, const struct mu_home_then *home);

/* The next `limit` households below number `below`, the highest first. */
enum mu_status mu_report_homes(struct mu_db *db, struct mu_date day, int64_t below, int64_t limit,
                               mu_home_then_row *row, void *context,
                               struct mu_error *error) MU_CHECKED;

/* Whether somebody made the household as a home, with or without people, by the end of the day. */
enum mu_status mu_report_home_made(struct mu_db *db, int64_t household_id, struct mu_date day,
                                   bool *made, struct mu_error *error) MU_CHECKED;

/* A file, once for each tag that was in force on the day, and once when there was none. */
struct mu_person_then {
    int64_t id, household_id;
    int relation, sex, residence, status;
    struct mu_date birth_date, ended_on;
    bool linked;  /* another file speaks for this one */
    bool at_home; /* false: lived in another household on the day */
    char tag[MU_TAGS_SIZE];
};
typedef void mu_person_then_row(void *context, const struct mu_person_then *person);

/* The people of the households `from` to `to` who are there now, and then those who
 * lived there on the day and moved since. The rows of a file follow one another. */
enum mu_status mu_report_people(struct mu_db *db, struct mu_date day, int64_t from, int64_t to,
                                mu_person_then_row *row, void *context,
                                struct mu_error *error) MU_CHECKED;
/* The next `limit` files without a household behind number *after, which moves on; 0 at the end. */
enum mu_status mu_report_homeless(struct mu_db *db, struct mu_date day, int64_t *after,
                                  int64_t limit, mu_person_then_row *row, void *context,
                                  struct mu_error *error) MU_CHECKED;

/* The buildings of an estate that stand in addresses; *count is added to. */
enum mu_status mu_report_buildings(struct mu_db *db, const char *estate, int64_t *count,
                                   struct mu_error *error) MU_CHECKED;

/* Buildings as they are described, estate by estate. */
struct mu_building_then {
    char estate[MU_PLACE_SIZE];
    int year_built, danger, flood_point;
};
typedef void mu_building_then_row(void *context, const struct mu_building_then *building);
enum mu_status mu_report_described(struct mu_db *db, mu_building_then_row *row, void *context,
                                   struct mu_error *error) MU_CHECKED;

#endif
