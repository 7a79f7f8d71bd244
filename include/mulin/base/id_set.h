/* A set of record numbers, one bit for each up to the highest: numbers have no gaps. */
#ifndef MULIN_BASE_ID_SET_H
#define MULIN_BASE_ID_SET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { MU_ID_SET_HIGHEST = 1 << 26 }; /* more people than a community has */

/* All zero: the empty set. */
struct mu_id_set {
    unsigned char *bits; /* owned */
    size_t bytes;
    size_t count; /* numbers in the set */
};

/* False without memory and for a number that is none (below 1, past MU_ID_SET_HIGHEST). */
bool mu_id_set_add(struct mu_id_set *set, int64_t id);
void mu_id_set_remove(struct mu_id_set *set, int64_t id);
bool mu_id_set_has(const struct mu_id_set *set, int64_t id);
/* The lowest number above `id`; 0: none. */
int64_t mu_id_set_next(const struct mu_id_set *set, int64_t id);
/* Empties it and frees what it held. */
void mu_id_set_clear(struct mu_id_set *set);

#endif
