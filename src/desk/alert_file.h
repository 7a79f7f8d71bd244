/* Opening alerts inside the desk. */
#ifndef MULIN_SRC_DESK_ALERT_FILE_H
#define MULIN_SRC_DESK_ALERT_FILE_H

#include "desk/desk_internal.h"

#include <mulin/domain/alert.h>

/* Opens an alert (person, cause, day, session, missed) in the caller's write transaction and notes
 * it in the trail. *opened is false when one stands for the same meal. MU_STORE. */
enum mu_status mu_alert_open(struct mu_desk *desk, struct mu_alert *alert, bool *opened,
                             struct mu_error *error) MU_CHECKED;

#endif
