/* The area of a home in hundredths of a square metre. A type of its own: owners vote with it (Civil
 * Code, art. 278), and it is not mixed up with money. */
#ifndef MULIN_BASE_FLOOR_AREA_H
#define MULIN_BASE_FLOOR_AREA_H

#include <stdbool.h>
#include <stdint.h>

struct mu_floor_area {
    int64_t hundredths; /* 0: not known */
};

enum { MU_FLOOR_AREA_SIZE = 24 }; /* bytes for any formatted area, NUL counted */

/* 86.50, "" for an unknown one. `out` has MU_FLOOR_AREA_SIZE bytes. */
void mu_floor_area_format(struct mu_floor_area area, char *out);
/* 86, 86.5, 86.50 with ㎡, m2, m², 平, 平米, 平方米 or nothing behind it, full-width digits and
 * blanks allowed, less than 100,000. False, *out untouched, otherwise. */
bool mu_floor_area_parse(const char *text, struct mu_floor_area *out);

#endif
