/* The line of the desks that wait to save: who came first saves first. Places are locks of the
 * kernel on the bytes of a file beside the records, FILE-turn, so that one who dies keeps nobody
 * waiting. The line is a courtesy and guards nothing. Not thread-safe; one for each connection. */
#ifndef MULIN_SRC_STORE_DB_TURN_H
#define MULIN_SRC_STORE_DB_TURN_H

#include <stdbool.h>

enum {
    MU_PLACES = 64,
};

/* All zero: in no line. */
struct mu_turn {
    bool open;
    int file;
    bool standing; /* in the line */
    int place;     /* then: how many places are before this one */
};

/* Makes the file in which there can be a line. Without one nobody stands in line, which is what
 * happens as long as no two desks have met, or when it cannot be made. */
void mu_turn_make(struct mu_turn *turn, const char *path);

/* Is somebody standing in the line for the record file `path`? */
bool mu_turn_taken(struct mu_turn *turn, const char *path);

/* Stands behind the last in the line, unless there is no line or no place in it. */
void mu_turn_join(struct mu_turn *turn, const char *path);

/* Moves up to where those before have left; true when that was at least one place. */
bool mu_turn_move_up(struct mu_turn *turn);

void mu_turn_leave(struct mu_turn *turn);

/* Leaves the line and closes the file. */
void mu_turn_close(struct mu_turn *turn);

#endif
