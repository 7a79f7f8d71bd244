/* What a service would earn, told before anybody serves. */
#ifndef MULIN_DESK_SERVICE_EXPLAIN_H
#define MULIN_DESK_SERVICE_EXPLAIN_H

#include <mulin/desk/service.h>

/* Tells step by step what a service would earn somebody who has earned nothing yet on that day and
 * in that month, by the book in force then. Of the request duty, date, starts_at, ends_at, minutes
 * and times count. Nothing is recorded.
 *   text  owned by the caller (free), with a line end behind every sentence
 * MU_INPUT (no such duty, times), MU_REFUSED (right read_rules), MU_STORE, MU_MEMORY. */
enum mu_status mu_explain_service(struct mu_desk *desk, const struct mu_service_request *request,
                                  enum mu_language language, char **text,
                                  struct mu_error *error) MU_CHECKED;

#endif
