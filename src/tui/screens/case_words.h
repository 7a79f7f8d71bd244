/* How a case and its steps read on a screen. */
#ifndef MULIN_TUI_SCREENS_CASE_WORDS_H
#define MULIN_TUI_SCREENS_CASE_WORDS_H

#include "tui/app.h"

#include <mulin/domain/case.h>

/* Bytes of a text; NULL: none. */
size_t mu_case_bytes(const char *text);
/* Wipes and frees. */
void mu_case_wipe(char **text);

/* What a step says in one line, as much as there is room for. */
void mu_case_step_line(const struct mu_case_step *step, enum mu_language language, char *out,
                       size_t size);
/* "3 调解会"; an addition: "补记（第 3 步）". */
void mu_case_step_name(const struct mu_case_step *step, enum mu_language language, char *out,
                       size_t size);
/* A step in full, with what was added to it later; owned (wipe and free), NULL without memory. */
char *mu_case_step_words(const struct mu_case *mediated, const struct mu_case_step *step,
                         enum mu_language language);
/* The fields of a party or a promise; owned, as above. */
char *mu_case_record_words(enum mu_case_step_kind kind, const void *record,
                           enum mu_language language);
/* The step that an addition puts right, in the end; the step itself when it is none. */
const struct mu_case_step *mu_case_step_root(const struct mu_case *mediated,
                                             const struct mu_case_step *step);
/* Where the case stands: 调解中; 已结案，调解成功. */
void mu_case_state_line(const struct mu_case *mediated, enum mu_language language, char *out,
                        size_t size);
/* "期限：…"; true when it is late. */
bool mu_case_due_line(const struct mu_case *mediated, const struct mu_case_due *due,
                      struct mu_date today, enum mu_language language, char *out, size_t size);

/* Says that a step was written down, and what is due now. */
void mu_case_say_written(struct mu_app *app, int64_t case_id, enum mu_case_step_kind kind);
/* A save was refused: says who wrote down what in between when that is why, and *seen is the number
 * of steps that there are now. True then; else the refusal itself is said. */
bool mu_case_say_refused(struct mu_app *app, int64_t case_id, int *seen,
                         const struct mu_error *refusal);
/* Opens the last step of the case to be read. */
void mu_case_read_last(struct mu_app *app, int64_t case_id);

#endif
