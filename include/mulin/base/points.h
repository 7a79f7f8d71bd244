/* Volunteer points. A type of its own: they are not mixed up with money or minutes. */
#ifndef MULIN_BASE_POINTS_H
#define MULIN_BASE_POINTS_H

#include <stdbool.h>
#include <stdint.h>

struct mu_points {
    int64_t count;
};

enum {
    MU_POINTS_SIZE = 24,        /* bytes for any formatted number of points, NUL counted */
    MU_POINTS_LIMIT = 10000000, /* that a person types at most */
};

/* A result beyond 64 bits stays at the largest (or smallest) number. */
struct mu_points mu_points_add(struct mu_points a, struct mu_points b);
struct mu_points mu_points_subtract(struct mu_points a, struct mu_points b);
/* -1250, without blanks or commas; `out` has MU_POINTS_SIZE bytes. */
void mu_points_format(struct mu_points points, char *out);
/* A whole number from 0 to MU_POINTS_LIMIT; full-width digits count, blanks around it. False, *out
 * untouched, otherwise. */
bool mu_points_parse(const char *text, struct mu_points *out);

#endif
