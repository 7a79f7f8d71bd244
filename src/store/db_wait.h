/* How long a connection waits while another desk is saving. */
#ifndef MULIN_SRC_STORE_DB_WAIT_H
#define MULIN_SRC_STORE_DB_WAIT_H

#include <stdbool.h>
#include <time.h>

/* All zero: the usual. */
struct mu_wait {
    int patience; /* ms, 0: the usual */
    bool gave_up; /* the last wait came to its limit: the person was told and waits no more */
    bool (*leaving)(void); /* has the person left? NULL: nobody is asked */
    bool left;
    struct timespec began, left_at;
};

/* SQLite's busy handler, `context` a struct mu_wait: pauses a moment; 0 once that has been long
 * enough. */
int mu_wait_for_other_desk(void *context, int attempt);

#endif
