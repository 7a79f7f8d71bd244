/* Whole numbers in as few bytes as they need. Of several that stand one after another the bytes
 * compare (memcmp) as the numbers do, one after another. */
#ifndef MULIN_SRC_BASE_PACKED_H
#define MULIN_SRC_BASE_PACKED_H

#include <stdint.h>

enum { MU_PACKED_SIZE = 9 /* bytes of a number at most; of -120 to 119 it is one */ };

/* Writes a number; returns the byte behind it. */
unsigned char *mu_pack(unsigned char *out, int64_t number);
/* Reads what mu_pack wrote; returns the byte behind it. */
const unsigned char *mu_unpack(const unsigned char *packed, int64_t *out);

#endif
