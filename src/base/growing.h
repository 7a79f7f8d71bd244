/* Arrays that grow by doubling. */
#ifndef MULIN_SRC_BASE_GROWING_H
#define MULIN_SRC_BASE_GROWING_H

#include <stddef.h>

/* Makes room for one element more in an array of `count` elements of `size` bytes, NULL at first.
 *   room  elements that the array has room for, 0 at first; changes with the array
 * Returns the array, moved when it had to grow, owned by the caller in the place of the old one
 * (free). NULL without memory: the old array and *room stay. */
void *mu_grown(void *array, size_t count, size_t *room, size_t size);

#endif
