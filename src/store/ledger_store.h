/* The ledger in the record file: appending, reading, walking the chain. */
#ifndef MULIN_SRC_STORE_LEDGER_STORE_H
#define MULIN_SRC_STORE_LEDGER_STORE_H

#include "store/chain.h"

/* Appends a balanced entry inside the caller's write transaction; sets entry->id and entry->hash.
 * Accounts that do not exist yet are made, balances brought up to date. MU_STORE. */
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

/* The day on which the last entry was recorded; an unknown date when there is none. */
enum mu_status mu_ledger_last_day(struct mu_db *db, struct mu_date *day,
                                  struct mu_error *error) MU_CHECKED;

/* The hash of an entry that a walk has found sound; zeros when there is none of that number. */
enum mu_status mu_ledger_hash(struct mu_db *db, int64_t id, unsigned char hash[MU_HASH_SIZE],
                              struct mu_error *error) MU_CHECKED;

/* What stands on the account, fen or points; 0 for one that does not exist. MU_STORE. */
enum mu_status mu_account_balance(struct mu_db *db, enum mu_book book, const char *account,
                                  int64_t *amount, struct mu_error *error) MU_CHECKED;

/* The number of the first account whose balance is not the sum of its postings, or 0. MU_STORE. */
enum mu_status mu_account_find_wrong(struct mu_db *db, int64_t *account_id,
                                     struct mu_error *error) MU_CHECKED;

/* The columns of a row of ledger_entry e that is read into an entry. */
#define MU_ENTRY_COLUMNS                                                                           \
    "e.entry_id, e.book, e.date, e.recorded_at, e.operator_id, e.rule_id, e.rules_version,"        \
    " e.resident_id, e.reverses, e.reason, e.idempotency_key, e.hash, e.document"
/* Reads them, without postings. False when the row says anything that the entry cannot hold: then
 * it is not what was hashed. */
bool mu_entry_from_row(const struct mu_query *query, struct mu_entry *out);

#endif
