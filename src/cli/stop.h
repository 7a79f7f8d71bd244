/* Ctrl-C, a hangup or a request to end during long work: it is stopped and takes back what it did.
 */
#ifndef MULIN_SRC_CLI_STOP_H
#define MULIN_SRC_CLI_STOP_H

#include <stdbool.h>

/* From now on INT, TERM and HUP only set a mark, and end a read that waits. */
void mu_stop_catch(void);
/* The same, but a read that waits goes on. */
void mu_stop_note(void);
bool mu_stop_wanted(void);

#endif
