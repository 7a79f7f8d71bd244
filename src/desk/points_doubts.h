/* What looks wrong in a month of the points bank. */
#ifndef MULIN_SRC_DESK_POINTS_DOUBTS_H
#define MULIN_SRC_DESK_POINTS_DOUBTS_H

#include "desk/points_tally.h"

/* mu_points_doubts inside the caller's transaction, without asking for a right. */
enum mu_status mu_points_find_doubts(struct mu_desk *desk, int month, struct mu_points_watch *watch,
                                     struct mu_tally_doubts *out,
                                     struct mu_error *error) MU_CHECKED;

#endif
