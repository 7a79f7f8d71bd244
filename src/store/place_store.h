/* The tree of places, buildings and grids in the record file. */
#ifndef MULIN_SRC_STORE_PLACE_STORE_H
#define MULIN_SRC_STORE_PLACE_STORE_H

#include "store/db.h"

#include <mulin/domain/place.h>

/* Names of one level, each once, in the order of their bytes. One probe of the index for each. */
enum mu_status mu_place_names(struct mu_db *db, const struct mu_place_at *at, mu_place_row *row,
                              void *context, struct mu_error *error) MU_CHECKED;
enum mu_status mu_place_grids(struct mu_db *db, mu_place_row *row, void *context,
                              struct mu_error *error) MU_CHECKED;

/* The households of a unit or building, in the order of the bytes of their rooms. */
enum mu_status mu_place_homes(struct mu_db *db, const struct mu_place_at *at, mu_home_row *row,
                              void *context, struct mu_error *error) MU_CHECKED;

/* Adds the counts of one building. `elders_until`: the last birth date of an elder. */
enum mu_status mu_place_count_building(struct mu_db *db, const char *estate, const char *building,
                                       struct mu_date elders_until, struct mu_place_count *count,
                                       struct mu_error *error) MU_CHECKED;
/* Adds those of the next `limit` households of a grid after *after, which moves on; 0 at the end.
 */
enum mu_status mu_place_count_grid(struct mu_db *db, const char *grid, struct mu_date elders_until,
                                   int64_t limit, int64_t *after, struct mu_place_count *count,
                                   struct mu_error *error) MU_CHECKED;

/* The building as somebody described it. *found is false when nobody did; then only `out`'s grid is
 * filled. *homes: households in it. */
enum mu_status mu_place_building(struct mu_db *db, const char *estate, const char *building,
                                 bool *found, int64_t *homes, struct mu_building *out,
                                 struct mu_error *error) MU_CHECKED;
enum mu_status mu_place_building_by_id(struct mu_db *db, int64_t id, bool *found,
                                       struct mu_building *out, struct mu_error *error) MU_CHECKED;
/* Adds (id 0) or writes it, but for the grid. */
enum mu_status mu_place_write_building(struct mu_db *db, struct mu_building *building, bool *stale,
                                       struct mu_error *error) MU_CHECKED;
/* Numbers of the building's households that belong to another grid than this one. */
typedef bool mu_number_row(void *context, int64_t number);
enum mu_status mu_place_not_of_grid(struct mu_db *db, const struct mu_building *building,
                                    mu_number_row *row, void *context,
                                    struct mu_error *error) MU_CHECKED;
enum mu_status mu_place_past_grid(struct mu_db *db, int64_t building_id, const char *grid,
                                  struct mu_date until, const char *changed_at, int64_t operator_id,
                                  struct mu_error *error) MU_CHECKED;
enum mu_status mu_place_past_grids(struct mu_db *db, const char *estate, const char *building,
                                   mu_grid_past_row *row, void *context,
                                   struct mu_error *error) MU_CHECKED;
/* "estate building" of every building in which the grid has homes. */
enum mu_status mu_place_grid_buildings(struct mu_db *db, const char *grid, mu_place_row *row,
                                       void *context, struct mu_error *error) MU_CHECKED;

enum mu_status mu_place_grid(struct mu_db *db, const char *name, bool *found,
                             struct mu_grid_record *out, struct mu_error *error) MU_CHECKED;
enum mu_status mu_place_grid_by_id(struct mu_db *db, int64_t id, bool *found,
                                   struct mu_grid_record *out, struct mu_error *error) MU_CHECKED;
enum mu_status mu_place_write_grid(struct mu_db *db, struct mu_grid_record *grid, bool *stale,
                                   struct mu_error *error) MU_CHECKED;

#endif
