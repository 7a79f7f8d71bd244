/* The courier's list on paper. */
#ifndef MULIN_REPORT_ROUND_H
#define MULIN_REPORT_ROUND_H

#include <mulin/desk/round.h>
#include <mulin/report.h>

/* Writes the doors in their order, a line each: names and phones masked, the whole address, what is
 * brought and what the kitchen must know, and a place to mark what became of it. `session` is the
 * name of the session. Errors as mu_report_begin and the others. */
enum mu_status mu_report_round(const struct mu_report_target *target, const struct mu_round *round,
                               const struct mu_stops *stops, const char *session,
                               enum mu_language language, struct mu_error *error) MU_CHECKED;

/* The same as text on the printer (lp). MU_INPUT (there is no printer, or it refused), MU_MEMORY.
 */
enum mu_status mu_print_round(const struct mu_round *round, const struct mu_stops *stops,
                              const char *session, enum mu_language language,
                              struct mu_error *error) MU_CHECKED;

#endif
