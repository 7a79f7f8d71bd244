/* Money in fen. A type of its own: amounts are not mixed up with points or minutes. */
#ifndef MULIN_BASE_MONEY_H
#define MULIN_BASE_MONEY_H

#include <stdbool.h>
#include <stdint.h>

struct mu_money {
    int64_t fen;
};

enum { MU_MONEY_SIZE = 24 }; /* bytes for any formatted amount, NUL counted */

/* A result beyond 64 bits stays at the largest (or smallest) amount. */
struct mu_money mu_money_add(struct mu_money a, struct mu_money b);
struct mu_money mu_money_subtract(struct mu_money a, struct mu_money b);
/* <0, 0, >0 as a is less than, equal to, more than b. */
int mu_money_compare(struct mu_money a, struct mu_money b);
/* `basis_points` hundredths of a percent of `amount`, rounded away from zero to the fen (for a
 * reduction: in the resident's favour). 20% is 2000. */
struct mu_money mu_money_share(struct mu_money amount, int basis_points);
/* 12.50; `out` has MU_MONEY_SIZE bytes. */
void mu_money_format(struct mu_money amount, char *out);
/* 12, 12.5, 12.50 (full-width digits count, 。 is a full stop), up to 9999999.99, blanks around it.
 * False, *out untouched, otherwise. */
bool mu_money_parse(const char *text, struct mu_money *out);

#endif
