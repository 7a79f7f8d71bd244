/* Acts turned into words. */
#ifndef MULIN_SRC_DESK_ACT_VIEW_H
#define MULIN_SRC_DESK_ACT_VIEW_H

#include "desk/act.h"
#include "store/act_store.h"

#include <mulin/desk/act.h>

/* Fills *out from an act and its changes; clear it with mu_act_view_clear. MU_MEMORY; *out
 * untouched. */
enum mu_status mu_act_view_make(const struct mu_act *act, const struct mu_act_change *changes,
                                size_t count, enum mu_language language, struct mu_act_view *out,
                                struct mu_error *error) MU_CHECKED;
void mu_act_view_clear(struct mu_act_view *view);

#endif
