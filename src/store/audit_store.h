/* The audit trail in the record file. */
#ifndef MULIN_SRC_STORE_AUDIT_STORE_H
#define MULIN_SRC_STORE_AUDIT_STORE_H

#include "store/chain.h"

#include <mulin/domain/audit.h>

/* Appends the record inside the caller's write transaction; sets record->id and record->hash. */
enum mu_status mu_audit_append(struct mu_db *db, struct mu_audit_record *record,
                               struct mu_error *error) MU_CHECKED;
/* *stands: the record of this number with this hash is in the trail. */
enum mu_status mu_audit_stands(struct mu_db *db, int64_t id, const unsigned char hash[MU_HASH_SIZE],
                               bool *stands, struct mu_error *error) MU_CHECKED;

/* The records that the filter lets through, newest first. */
enum mu_status mu_audit_read(struct mu_db *db, const struct mu_audit_filter *filter, size_t limit,
                             mu_audit_row *row, void *context, struct mu_error *error) MU_CHECKED;

/* The last record's number (0: none) and hash; the same as it stood at the end of a day; the hash
 * of one record. As mu_ledger_head, mu_ledger_head_on and mu_ledger_hash. */
enum mu_status mu_audit_head(struct mu_db *db, int64_t *id, unsigned char hash[MU_HASH_SIZE],
                             struct mu_error *error) MU_CHECKED;
enum mu_status mu_audit_head_on(struct mu_db *db, struct mu_date date, int64_t *id,
                                unsigned char hash[MU_HASH_SIZE],
                                struct mu_error *error) MU_CHECKED;
enum mu_status mu_audit_hash_of(struct mu_db *db, int64_t id, unsigned char hash[MU_HASH_SIZE],
                                struct mu_error *error) MU_CHECKED;

/* Walks the whole chain as mu_ledger_walk does. */
enum mu_status mu_audit_walk(struct mu_db *db, mu_chain_progress *progress, void *context,
                             struct mu_chain_report *report, struct mu_error *error) MU_CHECKED;

#endif
