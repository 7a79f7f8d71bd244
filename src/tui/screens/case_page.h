/* The page of a mediation case. */
#ifndef MULIN_TUI_SCREENS_CASE_PAGE_H
#define MULIN_TUI_SCREENS_CASE_PAGE_H

#include "tui/app.h"

#include <stdint.h>

/* Opens the case, which the trail notes. MU_INPUT (no such case), MU_REFUSED (it is hidden from the
 * operator; too many screens are open), MU_STORE, MU_MEMORY. */
enum mu_status mu_open_case_page(struct mu_app *app, int64_t case_id,
                                 struct mu_error *error) MU_CHECKED;
/* Who may read the case beside its mediators; to be named and ended by the keeper. */
enum mu_status mu_open_case_readers(struct mu_app *app, int64_t case_id, const char *number,
                                    struct mu_error *error) MU_CHECKED;

#endif
