/* Mediation cases inside the desk. */
#ifndef MULIN_SRC_DESK_CASE_FILE_H
#define MULIN_SRC_DESK_CASE_FILE_H

#include "desk/desk_internal.h"
#include "store/case_list_store.h"

#include <mulin/desk/case.h>

/* Who is at the desk, as far as cases are concerned. Inside the caller's transaction. */
enum mu_status mu_case_viewer(struct mu_desk *desk, struct mu_case_viewer *out,
                              struct mu_error *error) MU_CHECKED;

/* The line of a case as the operator may see it. MU_INPUT (no such case), MU_STORE. */
enum mu_status mu_case_line_of(struct mu_desk *desk, int64_t case_id, struct mu_case_line *out,
                               struct mu_error *error) MU_CHECKED;

/* Fills in what of cases stands on home. Inside the caller's transaction. */
enum mu_status mu_case_figures(struct mu_desk *desk, struct mu_figures *out,
                               struct mu_error *error) MU_CHECKED;

/* The book that decides about a step of this day: that of the day, or the first one there is. */
enum mu_status mu_case_book(struct mu_desk *desk, struct mu_date day, const struct mu_rules **out,
                            struct mu_error *error) MU_CHECKED;

/* Steps on their way into a case, inside a write transaction. */
struct mu_case_writing {
    struct mu_desk *desk;
    enum mu_operation operation; /* that the trail is told */
    struct mu_case mediated;     /* owned; id, year and number are set before the first step */
    size_t at;                   /* the step that is being written */
    const char *field;           /* of it that is at fault, or NULL */
    int repeats;
};

void mu_case_writing_clear(struct mu_case_writing *writing);
/* Checks one, fills in what the book decides, writes it and notes it in the trail. */
enum mu_status mu_case_write(struct mu_case_writing *writing, const struct mu_case_step *given,
                             struct mu_error *error) MU_CHECKED;
/* What is asked of all steps together that were written, from the step `before` on: mediators that
 * came are close to nobody. Then writes what the case comes to.
 *   operator_id  as of mu_case_keep */
enum mu_status mu_case_settle(struct mu_case_writing *writing, size_t before, int64_t operator_id,
                              struct mu_error *error) MU_CHECKED;
/* Hands out what was written. Any output may be NULL. */
void mu_case_tell(const struct mu_case_writing *writing, enum mu_status status,
                  struct mu_case_written *out, size_t *at, const char **field);

#endif
