#include "store/written_row.h"

enum mu_status mu_written_row(struct mu_query *query, int64_t *id, int *version, bool *stale,
                              struct mu_error *error)
{
    int64_t number = 0;
    int written = 0;
    enum mu_status status;

    while (mu_query_row(query)) {
        number = mu_column_integer(query, 0);
        mu_column_int(query, id ? 1 : 0, &written);
    }
    status = mu_query_end(query, error);
    *stale = status == MU_OK && written == 0;
    if (status != MU_OK || *stale)
        return status;
    if (id)
        *id = number;
    *version = written;
    return MU_OK;
}
