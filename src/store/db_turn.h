/* The line of the desks that save: who came first saves first. A place is a lock of the kernel on
 * one byte of a file beside the records, FILE-turn; whoever leaves gives the lock back and closes
 * the file, which wakes those who wait, and who dies does the same. Nobody moves: places are
 * numbered on as long as anybody stands there. The line begins at the end of the file, which is
 * empty as long as nobody was gone past. It is a courtesy and guards nothing. Not thread-safe; one
 * for each connection. */
#ifndef MULIN_SRC_STORE_DB_TURN_H
#define MULIN_SRC_STORE_DB_TURN_H

#include <stdbool.h>
#include <sys/types.h>

/* All zero: in no line. */
struct mu_turn {
    bool standing; /* in the line */
    int file;      /* then, and while reading: that was opened for it */
    off_t place;   /* then: everybody before has a smaller one */
    bool reading;  /* asks to read first; never while standing */
    bool open, listening;
    int events; /* when open; when listening it tells that somebody has closed the file */
};

/* Makes the file in which there can be a line. Without one nobody stands in line, which is what
 * happens as long as no two desks have met, or when it cannot be made. */
void mu_turn_make(const char *path);

/* Stands behind the last in the line for the record file `path`, unless there is no line. */
void mu_turn_join(struct mu_turn *turn, const char *path);

/* Does nobody stand before this one any more? True of who stands in no line. */
bool mu_turn_has_come(const struct mu_turn *turn);

/* Hears from now on when somebody leaves the line for `path`, until this one joins or leaves. False
 * when there is no line or it cannot be heard. */
bool mu_turn_listen(struct mu_turn *turn, const char *path);

/* While listening: sleeps until somebody has left, a signal comes or `milliseconds` are over; true
 * when somebody has left. */
bool mu_turn_sleep(const struct mu_turn *turn, int milliseconds);

/* Nobody waits any more for those who still stand before this one. */
void mu_turn_pass(const struct mu_turn *turn);

/* Asks whoever is first in the line for `path` to let this one read before the next one saves; as
 * many as want to. */
void mu_turn_ask_to_read(struct mu_turn *turn, const char *path);

/* For who is standing in the line: does somebody ask to read? */
bool mu_turn_is_asked(const struct mu_turn *turn);

/* Leaves the line, or has read. */
void mu_turn_leave(struct mu_turn *turn);

/* Leaves the line and hears no more. */
void mu_turn_close(struct mu_turn *turn);

#endif
