/* Why an entry of the points book stands there. */
#ifndef MULIN_DESK_ENTRY_EXPLAIN_H
#define MULIN_DESK_ENTRY_EXPLAIN_H

#include <mulin/base/error.h>
#include <mulin/desk/desk.h>

/* Tells what is recorded, which rule of which book decided, and how that book comes to it step by
 * step with what had been earned before the entry; says so when the two differ. An entry that
 * served a meal is told by mu_explain_past_meal.
 *   text  lines, owned by the caller (free), untouched on failure
 * MU_INPUT (no such entry, or neither of the points nor of a meal), MU_REFUSED (the rights to read
 * points, or meals, and rules), MU_STORE, MU_MEMORY. */
enum mu_status mu_explain_entry(struct mu_desk *desk, int64_t entry_id, enum mu_language language,
                                char **text, struct mu_error *error) MU_CHECKED;

#endif
