#include "base/growing.h"

#include <stdint.h>
#include <stdlib.h>

enum { AT_FIRST = 16 /* elements */ };

void *mu_grown(void *array, size_t count, size_t *room, size_t size)
{
    size_t wanted = *room ? 2 * *room : AT_FIRST;
    void *larger;

    if (count < *room)
        return array;
    larger = wanted <= SIZE_MAX / 2 / size ? realloc(array, wanted * size) : NULL;
    if (larger)
        *room = wanted;
    return larger;
}
