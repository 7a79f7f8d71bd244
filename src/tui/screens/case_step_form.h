/* The form for any kind of step of a case. */
#ifndef MULIN_TUI_SCREENS_CASE_STEP_FORM_H
#define MULIN_TUI_SCREENS_CASE_STEP_FORM_H

#include "tui/app.h"

#include <mulin/domain/case.h>
#include <mulin/rules.h>

struct mu_case_step_request {
    const struct mu_case *mediated; /* as the person sees it; borrowed during the call */
    enum mu_case_step_kind kind;
    int about;                          /* party, promise or step, or 0 */
    const struct mu_resident *somebody; /* PARTY: from the register; NULL: a stranger. Borrowed
                                         * during the call */
    int64_t mediator_id;                /* MEDIATOR, with the name; borrowed during the call */
    const char *mediator_name;
    const char *warning; /* stands above the fields; copied; NULL: none */
};

/* Opens it; what was half-written is taken up. MU_REFUSED (the way of the case; too many screens
 * are open), MU_STORE, MU_MEMORY. */
enum mu_status mu_open_case_step_form(struct mu_app *app,
                                      const struct mu_case_step_request *request,
                                      struct mu_error *error) MU_CHECKED;
/* The same for an agreement with its promises. */
enum mu_status mu_open_case_agreement(struct mu_app *app, const struct mu_case *mediated,
                                      struct mu_error *error) MU_CHECKED;

/* ---- what a step begins with ---- */

/* Fills in what most likely will stand in a new step: who came, where it was the last time, what
 * the book says. The step is empty but for kind and about; its text stays NULL or becomes owned by
 * it. MU_MEMORY. */
enum mu_status mu_case_step_begin(const struct mu_case_step_request *request,
                                  const struct mu_rules *rules, struct mu_moment now,
                                  struct mu_case_step *step, struct mu_error *error) MU_CHECKED;
/* Both sides by name, or who speaks for them: 王秀英、张金凤. `out` has `size` bytes and is "". */
void mu_case_parties(const struct mu_case *mediated, char *out, size_t size);
/* What the notes of a meeting begin with: a line for each party. Owned; NULL without memory. */
char *mu_case_meeting_notes(const struct mu_case *mediated);

#endif
