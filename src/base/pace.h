/* A long file written beside the desks' work. What is written and not yet on the disk must go there
 * before the commit of a desk does: in pieces that one waits for a moment, else for all of it. */
#ifndef MULIN_SRC_BASE_PACE_H
#define MULIN_SRC_BASE_PACE_H

#include <stdbool.h>
#include <stddef.h>

/* After `length` bytes were written to `file`: has a piece of them written out when there is one;
 * *waiting, 0 at first, counts. It makes nothing durable, fsync is still to come. False with errno
 * when the disk failed. */
bool mu_pace(int file, size_t *waiting, size_t length);

#endif
