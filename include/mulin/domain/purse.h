/* What one person has or owes in several files that were linked. Pure. */
#ifndef MULIN_DOMAIN_PURSE_H
#define MULIN_DOMAIN_PURSE_H

#include <stddef.h>
#include <stdint.h>

enum { MU_PURSE_FILES = 3 }; /* that one payment is spread over at most */

struct mu_purse_part {
    int64_t resident_id;
    int64_t fen; /* as the ledger has it: below nothing is the person's, above is owed */
};

/* Of one kind of account. The file that was named is the first. */
struct mu_purse {
    size_t count; /* at least 1 */
    struct mu_purse_part part[MU_PURSE_FILES];
};

/* Spreads `fen` over the files: it settles what stands the other way, in their order, and the rest
 * goes to the first. Each file so keeps what was put on its own card as long as another one's
 * reaches, none goes below nothing before all are empty, and nothing is to be divided when the
 * files are found to be of two people.
 *   out  the parts, none of them 0 unless `fen` is
 * Returns how many; at least 1. */
size_t mu_purse_spread(const struct mu_purse *purse, int64_t fen,
                       struct mu_purse_part out[MU_PURSE_FILES]);

#endif
