/* Buildings and grids inside the desk, for taking changes of them back (struct mu_act_kind). */
#ifndef MULIN_SRC_DESK_PLACE_FILE_H
#define MULIN_SRC_DESK_PLACE_FILE_H

#include "desk/act.h"

#include <mulin/domain/place.h>

enum mu_status mu_building_record(struct mu_desk *desk, int64_t row, void *record,
                                  struct mu_error *error) MU_CHECKED;
enum mu_status mu_building_put_back(struct mu_act_writer *act, int64_t row, const void *current,
                                    const void *wanted, struct mu_error *error) MU_CHECKED;
enum mu_status mu_grid_of(struct mu_desk *desk, int64_t row, void *record,
                          struct mu_error *error) MU_CHECKED;
enum mu_status mu_grid_put_back(struct mu_act_writer *act, int64_t row, const void *current,
                                const void *wanted, struct mu_error *error) MU_CHECKED;

#endif
