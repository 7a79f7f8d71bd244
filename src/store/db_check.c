#include "store/db.h"

#include <mulin/base/text.h>

#include <stdio.h>
#include <string.h>

enum mu_status mu_db_check(struct mu_db *db, bool thorough, bool *sound, char *finding, size_t size,
                           struct mu_error *error)
{
    struct mu_query query = thorough ? mu_query(db, "PRAGMA integrity_check(1)")
                                     : mu_query(db, "PRAGMA quick_check(1)");
    bool good = false;
    enum mu_status status;

    *finding = '\0';
    if (mu_query_row(&query)) {
        good = strcmp(mu_column_borrow(&query, 0), "ok") == 0;
        if (!good)
            mu_text_inert(finding, size, mu_column_borrow(&query, 0));
    }
    status = mu_query_end(&query, error);
    if (status != MU_OK || !good) {
        *sound = false;
        return status;
    }
    query = mu_query(db, "PRAGMA foreign_key_check");
    if (mu_query_row(&query)) {
        good = false;
        snprintf(finding, size, "%s %lld -> %s", mu_column_borrow(&query, 0),
                 (long long)mu_column_integer(&query, 1), mu_column_borrow(&query, 2));
    }
    *sound = good;
    return mu_query_end(&query, error);
}
