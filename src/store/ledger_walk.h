/* Walking the ledger: the chain from its first entry on, and what its postings come to beside what
 * is kept of them elsewhere: the balances of accounts, the lines of the points book. All of it in
 * one pass in the order of the numbers, in memory that does not grow with the entries. */
#ifndef MULIN_SRC_STORE_LEDGER_WALK_H
#define MULIN_SRC_STORE_LEDGER_WALK_H

#include "store/chain.h"
#include "store/fingerprint.h"

struct mu_ledger_report {
    struct mu_chain_report chain;
    int64_t wrong_account; /* the first whose balance is not the sum of its postings, or 0 */
    int64_t wrong_entry;   /* the first points entry whose lines are not what its postings moved, or
                            * a line without such an entry, or 0 */
    int64_t no_rating;     /* the first entry of a rating that is not there, or 0 */
    struct mu_fingerprint services; /* of the lines that services earned, up to the last entry that
                                     * was walked (mu_service_find_wrong) */
};

/* Walks the whole chain and stops at the first fault of it; then the rest of the report says 0.
 * Other desks may save meanwhile, and the records are not locked while `progress` is told: what
 * they add is walked, too, up to the moment at which the balances are compared. MU_REFUSED
 * (stopped), MU_STORE, MU_MEMORY. */
enum mu_status mu_ledger_walk(struct mu_db *db, mu_chain_progress *progress, void *context,
                              struct mu_ledger_report *report, struct mu_error *error) MU_CHECKED;

#endif
