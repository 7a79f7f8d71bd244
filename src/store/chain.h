/* What the two chains of the record file, ledger and audit trail, share: heads and the walk. */
#ifndef MULIN_SRC_STORE_CHAIN_H
#define MULIN_SRC_STORE_CHAIN_H

#include "store/db.h"

#include <mulin/domain/ledger.h>

enum mu_chain_fault {
    MU_CHAIN_SOUND,
    MU_CHAIN_GAP,        /* a number is missing before this entry */
    MU_CHAIN_HASH,       /* the entry does not fit its hash: it or one before it was changed */
    MU_CHAIN_UNBALANCED, /* its postings do not sum to zero */
    MU_CHAIN_ORPHAN      /* a posting without entry */
};

struct mu_chain_report {
    int64_t entries; /* that were walked */
    enum mu_chain_fault fault;
    int64_t entry_id; /* where the fault is */
    unsigned char head[MU_HASH_SIZE];
};

/* Told after every few thousand entries; false stops the walk with MU_REFUSED. */
typedef bool mu_chain_progress(void *context, int64_t done, int64_t all);

/* Walks at most `limit` entries behind the report->entries that were walked, and stops at the first
 * fault. */
typedef enum mu_status mu_chain_slice(struct mu_db *db, int limit, struct mu_chain_report *report,
                                      struct mu_error *error);

/* Walks slice by slice until nothing is left or a fault was found: no desk waits longer than for
 * one slice. `all` is what `progress` (may be NULL) is told. MU_REFUSED, and what the slice
 * returns. */
enum mu_status mu_chain_walk(struct mu_db *db, mu_chain_slice *slice, int64_t all,
                             mu_chain_progress *progress, void *context,
                             struct mu_chain_report *report, struct mu_error *error) MU_CHECKED;

/* Zeros for what is no hash. */
void mu_column_hash(const struct mu_query *query, int column, unsigned char hash[MU_HASH_SIZE]);

/* Number and hash in the first row of the query, 0 and zeros without a row; ends the query. */
enum mu_status mu_chain_head(struct mu_query *query, int64_t *id, unsigned char hash[MU_HASH_SIZE],
                             struct mu_error *error) MU_CHECKED;

#endif
