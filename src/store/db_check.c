#include "store/db.h"

#include <mulin/base/text.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A page that the check could not read is no damage: the result code of reading it, or 0. */
static int unread_page(const char *finding)
{
    static const char words[] = "unable to get the page. error code=";
    const char *found = strstr(finding, words);

    return found ? (int)strtol(found + strlen(words), NULL, 10) : 0;
}

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
        if (!good) {
            mu_text_inert(finding, size, mu_column_borrow(&query, 0));
            query.code = unread_page(mu_column_borrow(&query, 0));
        }
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
