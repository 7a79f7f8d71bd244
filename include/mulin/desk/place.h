/* The community as a tree of places, and the grids across it. */
#ifndef MULIN_DESK_PLACE_H
#define MULIN_DESK_PLACE_H

#include <mulin/desk/desk.h>
#include <mulin/domain/household.h>
#include <mulin/domain/place.h>

/* The estates, or the buildings of an estate, or the units of a building. MU_REFUSED (right),
 * MU_STORE, MU_MEMORY. */
enum mu_status mu_list_places(struct mu_desk *desk, const struct mu_place_at *at, mu_place_row *row,
                              void *context, struct mu_error *error) MU_CHECKED;

/* The households of a unit, or of a whole building (without `within_unit`), those that became part
 * of others left out. */
enum mu_status mu_list_homes(struct mu_desk *desk, const struct mu_place_at *at, mu_home_row *row,
                             void *context, struct mu_error *error) MU_CHECKED;

/* Adds the counts of one building to *count. A building is counted within a frame; larger places
 * are the sum of theirs, so that nobody waits for a million people. */
enum mu_status mu_count_building(struct mu_desk *desk, const char *estate, const char *building,
                                 struct mu_place_count *count, struct mu_error *error) MU_CHECKED;

/* The grids' names, in the order in which people count. */
enum mu_status mu_list_grids(struct mu_desk *desk, mu_place_row *row, void *context,
                             struct mu_error *error) MU_CHECKED;

/* Adds the counts of the next few hundred households of a grid to *count.
 *   after  0 to begin with; where to go on, or 0 again at the end */
enum mu_status mu_count_grid(struct mu_desk *desk, const char *grid, int64_t *after,
                             struct mu_place_count *count, struct mu_error *error) MU_CHECKED;

/* The buildings that a grid has homes in: "estate building". */
enum mu_status mu_list_grid_buildings(struct mu_desk *desk, const char *grid, mu_place_row *row,
                                      void *context, struct mu_error *error) MU_CHECKED;

/* What is known of a building; of one that nobody described yet its grid only. MU_INPUT when nobody
 * lives or lived in such a building. */
enum mu_status mu_read_building(struct mu_desk *desk, const char *estate, const char *building,
                                struct mu_building *out, struct mu_error *error) MU_CHECKED;

/* Saves a building. Another grid moves all its homes there, from `day` on; where they belonged
 * before stays in the history. MU_INPUT (a field), MU_REFUSED (right; another desk changed it
 * meanwhile), MU_STORE. */
enum mu_status mu_save_building(struct mu_desk *desk, struct mu_building *building,
                                const char **field, struct mu_error *error) MU_CHECKED;

enum mu_status mu_list_past_grids(struct mu_desk *desk, const char *estate, const char *building,
                                  mu_grid_past_row *row, void *context,
                                  struct mu_error *error) MU_CHECKED;

/* What is known of a grid: member, phone (masked), party branch. */
enum mu_status mu_read_grid(struct mu_desk *desk, const char *name, struct mu_grid_record *out,
                            struct mu_error *error) MU_CHECKED;
enum mu_status mu_save_grid(struct mu_desk *desk, struct mu_grid_record *grid, const char **field,
                            struct mu_error *error) MU_CHECKED;

#endif
