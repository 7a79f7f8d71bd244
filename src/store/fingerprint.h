/* Do two tables tell the same, when they stand in different orders and are too long to be sorted?
 * Each row adds a keyed hash of itself to a sum, and the sums are compared: equal sums of unequal
 * rows are found once in 2^61 tries, and nobody can choose rows for them, because the key is drawn
 * anew each time and never leaves the memory. */
#ifndef MULIN_SRC_STORE_FINGERPRINT_H
#define MULIN_SRC_STORE_FINGERPRINT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { MU_FINGERPRINT_KEY = 16 };

struct mu_fingerprint {
    unsigned char key[MU_FINGERPRINT_KEY];
    uint64_t sum; /* 0: what was added has been taken away */
};

/* Draws a key. */
void mu_fingerprint_begin(struct mu_fingerprint *print);

/* Adds `times` times the row of `count` numbers; below nothing takes it away. Adding the same row
 * once 5 and once -5 times leaves nothing. */
void mu_fingerprint_add(struct mu_fingerprint *print, const int64_t *row, size_t count,
                        int64_t times);

/* Adds what was added to another one with the same key. */
void mu_fingerprint_join(struct mu_fingerprint *print, const struct mu_fingerprint *other);

/* With the same key, they tell the same. */
bool mu_fingerprint_same(const struct mu_fingerprint *a, const struct mu_fingerprint *b);

#endif
