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
    const char *path; /* of the records; NULL: there is no line */
    bool saving;      /* a turn to save is waited for, and not only to read */
    struct mu_turn turn;
};

/* SQLite's busy handler, `context` a struct mu_wait: pauses a moment; 0 once that has been long
 * enough. */
int mu_wait_for_other_desk(void *context, int attempt);

/* After each step of a statement: who had to wait to read does no longer, and those who save go on.
 */
void mu_wait_read(struct mu_wait *wait);

/* Before a desk asks SQLite for the lock to save: waits in line until it is this one's turn, but no
 * longer than a desk waits. When the line stands still for a moment SQLite is asked all the same:
 * if nobody is saving then whoever stands before is stopped, and is gone past. What the lock itself
 * makes it wait afterwards counts on from here. */
void mu_wait_in_line(struct mu_wait *wait);

/* The desk has the lock, and keeps its place until it has saved. */
void mu_wait_over(struct mu_wait *wait);

/* The desk has saved, or has given up: it is the next one's turn. */
void mu_wait_end(struct mu_wait *wait);

/* Closes what the line needs. */
void mu_wait_clear(struct mu_wait *wait);

/* How the connection waits; its own. */
struct mu_db;
struct mu_wait *mu_db_wait(struct mu_db *db);

#endif
