/* How long a connection waits while another desk is saving. */
#ifndef MULIN_SRC_STORE_DB_WAIT_H
#define MULIN_SRC_STORE_DB_WAIT_H

#include "store/db_turn.h"

#include <stdbool.h>
#include <time.h>

/* All zero: the usual. */
struct mu_wait {
    int patience; /* ms, 0: the usual */
    bool gave_up; /* the last wait came to its limit: the person was told and waits no more */
    bool (*leaving)(void); /* has the person left? NULL: nobody is asked */
    bool left;
    struct timespec began, left_at;
    struct mu_turn turn;
    const char *path; /* of the records, while a turn to save is waited for */
    bool past;        /* somebody in the line did not move: it is gone past until it is empty */
};

/* SQLite's busy handler, `context` a struct mu_wait: pauses a moment; 0 once that has been long
 * enough. */
int mu_wait_for_other_desk(void *context, int attempt);

/* Before a desk asks SQLite for the lock to save: waits in line until it is this one's turn, but no
 * longer than a desk waits, and not behind one that does not move. What the lock itself makes it
 * wait afterwards counts on from here. `path` is kept until mu_wait_end. */
void mu_wait_in_line(struct mu_wait *wait, const char *path);

/* The desk has the lock, or has given up: the next one moves up. */
void mu_wait_end(struct mu_wait *wait);

/* Closes what the line needs. */
void mu_wait_clear(struct mu_wait *wait);

/* How the connection waits; its own. */
struct mu_db;
struct mu_wait *mu_db_wait(struct mu_db *db);

#endif
