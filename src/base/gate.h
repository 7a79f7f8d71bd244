/* Several threads read what somebody outside wants to change, and who wants that must wait until
 * nobody reads. Those who read again and again would keep him out for ever, each entering while
 * another is still inside: a gate empties the room between them now and then. */
#ifndef MULIN_SRC_BASE_GATE_H
#define MULIN_SRC_BASE_GATE_H

#include <mulin/base/error.h>

#include <stdbool.h>
#include <stddef.h>

enum { MU_GATE_PLACES = 8 }; /* threads that use it, each with a place of its own, from 0 */

struct mu_gate;

/* People enter for `open_ms` from when the first came; then they wait until all have left. Whoever
 * has been inside twice as long reads something long: nobody waits for that one. Owned. MU_MEMORY.
 */
enum mu_status mu_gate_new(int open_ms, struct mu_gate **out, struct mu_error *error) MU_CHECKED;
/* When nobody is inside. */
void mu_gate_free(struct mu_gate **gate);

void mu_gate_enter(struct mu_gate *gate, size_t place);
void mu_gate_leave(struct mu_gate *gate, size_t place);

#endif
