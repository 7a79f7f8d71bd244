/* The audit trail: who did and saw what. Append-only and hash-chained like the ledger. */
#ifndef MULIN_DOMAIN_AUDIT_H
#define MULIN_DOMAIN_AUDIT_H

#include <mulin/domain/ledger.h>

/* Sizes in bytes, the NUL counted. */
enum { MU_TERMINAL_SIZE = 64, MU_ACTION_SIZE = 32, MU_SUBJECT_SIZE = 96, MU_CHANGE_SIZE = 1536 };

struct mu_audit_record {
    int64_t id; /* 1, 2, 3 …; 0 before it is written */
    struct mu_moment recorded_at;
    int64_t operator_id;
    char operator_name[64]; /* filled when read, not hashed */
    char terminal[MU_TERMINAL_SIZE];
    char action[MU_ACTION_SIZE];   /* word of an operation: save_resident, reveal */
    int64_t resident_id;           /* whose file, or 0 */
    char resident_name[128];       /* filled when read, not hashed */
    char subject[MU_SUBJECT_SIZE]; /* what else: a field, a file's name, an operator */
    char before[MU_CHANGE_SIZE];   /* what was changed, "field=value" lines; numbers masked */
    char after[MU_CHANGE_SIZE];
    char reason[MU_REASON_SIZE];
    unsigned char hash[MU_HASH_SIZE];
};

/* What to read: every member that is not 0 or "" narrows it down. */
struct mu_audit_filter {
    int64_t resident_id;
    char operator_name[64];
    char action[MU_ACTION_SIZE]; /* word of an operation */
    struct mu_date from, to;     /* both included */
    int64_t before_id;           /* records with a smaller number, for the next page */
};

/* Called for each record, newest first; false stops. The record is borrowed and
 * the records are being read: the desk must not be called. */
typedef bool mu_audit_row(void *context, const struct mu_audit_record *record);

/* BLAKE2b-256 as in mu_entry_hash over "mulin-audit-1", id, recorded_at, operator_id, terminal,
 * action, resident_id, subject, before, after, reason, the hash before. */
void mu_audit_hash(const struct mu_audit_record *record, const unsigned char previous[MU_HASH_SIZE],
                   unsigned char hash[MU_HASH_SIZE]);

#endif
