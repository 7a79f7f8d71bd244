/* Walking the ledger: the chain from its first entry on, and what its postings come to beside what
 * is kept of them elsewhere: the balances of accounts, the lines of the points book. Every entry is
 * checked against the hash that stands with the one before it, so that the chain can be walked in
 * parts, each by a connection of its own. Each part is read once in the order of the numbers, in
 * memory that does not grow with the entries. Other desks may save meanwhile. */
#ifndef MULIN_SRC_STORE_LEDGER_WALK_H
#define MULIN_SRC_STORE_LEDGER_WALK_H

#include "store/chain.h"
#include "store/fingerprint.h"

/* What all parts of a walk start from. */
struct mu_ledger_span {
    int64_t last;                /* the entry that was the last one when it began */
    int64_t accounts;            /* how many there were */
    struct mu_fingerprint print; /* an empty one: its key is the walk's */
};

/* What the lines of the points book up to the last entry of the span say. */
struct mu_ledger_lines {
    struct mu_fingerprint moved;    /* of what entries moved, by entry and person */
    struct mu_fingerprint services; /* of the lines that services earned */
    bool whole;                     /* nothing of them was lost in reading */
    int64_t no_rating;              /* the first entry of a rating that is not there, or 0 */
};

struct mu_ledger_report {
    struct mu_chain_report chain;
    int64_t wrong_account; /* the first whose balance is not the sum of its postings, or 0 */
};

/* MU_STORE. */
enum mu_status mu_ledger_span_read(struct mu_db *db, struct mu_ledger_span *span,
                                   struct mu_error *error) MU_CHECKED;

/* What the entries that one connection walked come to. Owned; MU_MEMORY. */
struct mu_ledger_part;
enum mu_status mu_ledger_part_new(const struct mu_ledger_span *span, struct mu_ledger_part **out,
                                  struct mu_error *error) MU_CHECKED;
void mu_ledger_part_free(struct mu_ledger_part **part);
/* Adds what another part came to. */
void mu_ledger_part_add(struct mu_ledger_part *part, const struct mu_ledger_part *other);

/* Walks `count` entries of the span behind the number `after`, and stops at the first fault: *chain
 * is about them, its number of entries counts from the first of the ledger. `progress` (may be
 * NULL) is told that number of span->last while nothing is locked. MU_REFUSED (stopped), MU_STORE,
 * MU_MEMORY. */
enum mu_status mu_ledger_part_walk(struct mu_ledger_part *part, struct mu_db *db, int64_t after,
                                   int64_t count, mu_chain_progress *progress, void *context,
                                   struct mu_chain_report *chain,
                                   struct mu_error *error) MU_CHECKED;

/* Reads the lines of the points book. */
enum mu_status mu_ledger_lines_read(const struct mu_ledger_span *span, struct mu_db *db,
                                    struct mu_ledger_lines *lines,
                                    struct mu_error *error) MU_CHECKED;

/* When all entries of the span were found sound, and `part` is what they come to: walks what desks
 * have added since, looks for postings without entry, and compares balances, all in one state of
 * the records. */
enum mu_status mu_ledger_walk_end(struct mu_ledger_part *part, struct mu_db *db,
                                  struct mu_ledger_report *report,
                                  struct mu_error *error) MU_CHECKED;

/* The first points entry of the span whose lines are not what its postings moved, or a line without
 * such an entry, or 0. */
enum mu_status mu_ledger_compare_lines(const struct mu_ledger_part *part,
                                       const struct mu_ledger_lines *lines, struct mu_db *db,
                                       int64_t *entry_id, struct mu_error *error) MU_CHECKED;

#endif
