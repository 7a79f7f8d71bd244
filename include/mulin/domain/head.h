/* The head of a chain as it stands on paper: made to be printed, kept, and typed in again.
 * "L1234-3f9a-7c21-88d0-4b6e-24": the chain (L ledger, A audit trail), how many entries it has, the
 * first 16 hex digits of the last one's hash, and two check digits, which tell a slip of the finger
 * from a chain that was rewritten: what stands before them, hyphens left out, is a number to the
 * base 36; they are its rest after division by 97. */
#ifndef MULIN_DOMAIN_HEAD_H
#define MULIN_DOMAIN_HEAD_H

#include <mulin/domain/ledger.h>

enum mu_chain { MU_CHAIN_LEDGER, MU_CHAIN_AUDIT };

enum {
    MU_HEAD_BYTES = 8, /* of a hash that stand on paper */
    MU_HEAD_SIZE = 48, /* bytes of the printed form at most, the NUL counted */
};

struct mu_printed_head {
    enum mu_chain chain;
    int64_t entries;
    unsigned char hash[MU_HEAD_BYTES]; /* the first of it */
};

/* Writes the printed form into `out` of MU_HEAD_SIZE bytes. `hash` is that of entry number
 * `entries`, anything when there is none. */
void mu_head_print(enum mu_chain chain, int64_t entries, const unsigned char hash[MU_HASH_SIZE],
                   char *out);

enum mu_head_reading {
    MU_HEAD_READ,
    MU_HEAD_NO_HEAD, /* not of this form */
    MU_HEAD_MISTYPED /* the check digits do not fit */
};

/* Reads a head from paper: capital and small letters and full-width characters are the same, and
 * hyphens and blanks behind the number of entries do not count. */
enum mu_head_reading mu_head_read(const char *text, struct mu_printed_head *out);

#endif
