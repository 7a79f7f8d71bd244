/* The ledger in the record file: appending, reading, walking the chain. */
#ifndef MULIN_SRC_STORE_LEDGER_STORE_H
#define MULIN_SRC_STORE_LEDGER_STORE_H

#include "store/db.h"

#include <mulin/domain/ledger.h>

/* Appends a balanced entry inside the caller's write transaction; sets entry->id and entry->hash.
 * Accounts that do not exist yet are made. MU_STORE. */
enum mu_status mu_ledger_append(struct mu_db *db, struct mu_entry *entry,
                                struct mu_error *error) MU_CHECKED;

/* *out is filled when *found. MU_STORE, also for an entry that somebody altered so that it does not
 * balance or fit. */
enum mu_status mu_ledger_read(struct mu_db *db, int64_t id, bool *found, struct mu_entry *out,
                              struct mu_error *error) MU_CHECKED;

/* The number of the entry with this idempotency key, 0 if there is none. */
enum mu_status mu_ledger_by_key(struct mu_db *db, const char *key, int64_t *id,
                                struct mu_error *error) MU_CHECKED;

/* The last entry's number (0: none) and hash. */
enum mu_status mu_ledger_head(struct mu_db *db, int64_t *id, unsigned char hash[MU_HASH_SIZE],
                              struct mu_error *error) MU_CHECKED;

/* The head as it stood at the end of `date`: the last entry recorded on that day or before. */
enum mu_status mu_ledger_head_on(struct mu_db *db, struct mu_date date, int64_t *id,
                                 unsigned char hash[MU_HASH_SIZE],
                                 struct mu_error *error) MU_CHECKED;

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
typedef bool mu_ledger_progress(void *context, int64_t done, int64_t all);

/* Walks the whole chain and stops at the first fault. Memory does not grow with the ledger; other
 * desks may save meanwhile, and the records are not locked while `progress` is told. */
enum mu_status mu_ledger_walk(struct mu_db *db, mu_ledger_progress *progress, void *context,
                              struct mu_chain_report *report, struct mu_error *error) MU_CHECKED;

#endif
