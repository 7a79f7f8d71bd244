/* What replaying meals and replaying services have in common. */
#ifndef MULIN_SRC_DESK_REPLAY_FILE_H
#define MULIN_SRC_DESK_REPLAY_FILE_H

#include "desk/desk_internal.h"

#include <mulin/rules.h>

/* Checks that the operator may look with foresight, and reads the draft.
 *   right  to read what is replayed
 *   month  its first day
 * `faults` and `draft` as of mu_rules_parse. MU_INPUT (also a month that has not begun),
 * MU_REFUSED, MU_STORE, MU_MEMORY. */
enum mu_status mu_replay_draft(struct mu_desk *desk, enum mu_operation right, struct mu_date month,
                               const char *book, size_t length, struct mu_rules_faults *faults,
                               struct mu_rules **draft, struct mu_error *error) MU_CHECKED;

/* Whole names of a replayed month go to `target`: notes that in the trail. MU_INPUT (no reason),
 * MU_REFUSED, MU_STORE. */
enum mu_status mu_replay_take_out(struct mu_desk *desk, struct mu_date month, const char *target,
                                  const char *reason, struct mu_error *error) MU_CHECKED;

#endif
