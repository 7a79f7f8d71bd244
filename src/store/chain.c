#include "store/chain.h"

#include <string.h>

enum { SLICE = 8192 }; /* entries that are walked under one lock */

enum mu_status mu_chain_walk(struct mu_db *db, mu_chain_slice *slice, int64_t all,
                             mu_chain_progress *progress, void *context,
                             struct mu_chain_report *report, struct mu_error *error)
{
    int64_t before;
    enum mu_status status;

    memset(report, 0, sizeof *report);
    do {
        before = report->entries;
        status = slice(db, SLICE, report, error);
        if (status == MU_OK && progress && report->entries > before &&
            !progress(context, report->entries, all))
            return mu_fail(error, MU_REFUSED, MU_SAY_verify_stopped, NULL);
    } while (status == MU_OK && report->fault == MU_CHAIN_SOUND && report->entries > before);
    return status;
}

void mu_column_hash(const struct mu_query *query, int column, unsigned char hash[MU_HASH_SIZE])
{
    size_t length;
    const void *bytes = mu_column_blob(query, column, &length);

    memset(hash, 0, MU_HASH_SIZE);
    if (bytes && length == MU_HASH_SIZE)
        memcpy(hash, bytes, MU_HASH_SIZE);
}

enum mu_status mu_chain_head(struct mu_query *query, int64_t *id, unsigned char hash[MU_HASH_SIZE],
                             struct mu_error *error)
{
    *id = 0;
    memset(hash, 0, MU_HASH_SIZE);
    if (mu_query_row(query)) {
        *id = mu_column_integer(query, 0);
        mu_column_hash(query, 1, hash);
    }
    return mu_query_end(query, error);
}
