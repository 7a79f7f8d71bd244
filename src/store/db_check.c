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

/* What SQLite's check says first: "ok", or what it found. */
static enum mu_status take_finding(struct mu_query *query, bool *sound, char *finding, size_t size,
                                   struct mu_error *error)
{
    bool good = false;
    enum mu_status status;

    *finding = '\0';
    if (mu_query_row(query)) {
        good = strcmp(mu_column_borrow(query, 0), "ok") == 0;
        if (!good) {
            mu_text_inert(finding, size, mu_column_borrow(query, 0));
            query->code = unread_page(mu_column_borrow(query, 0));
        }
    }
    status = mu_query_end(query, error);
    *sound = status == MU_OK && good;
    return status;
}

/* The first row with a reference that leads nowhere. */
static enum mu_status take_reference(struct mu_query *query, bool *sound, char *finding,
                                     size_t size, struct mu_error *error)
{
    *sound = true;
    if (mu_query_row(query)) {
        *sound = false;
        snprintf(finding, size, "%s %lld -> %s", mu_column_borrow(query, 0),
                 (long long)mu_column_integer(query, 1), mu_column_borrow(query, 2));
    }
    return mu_query_end(query, error);
}

enum mu_status mu_db_check(struct mu_db *db, bool thorough, bool *sound, char *finding, size_t size,
                           struct mu_error *error)
{
    struct mu_query query = thorough ? mu_query(db, "PRAGMA integrity_check(1)")
                                     : mu_query(db, "PRAGMA quick_check(1)");
    enum mu_status status = take_finding(&query, sound, finding, size, error);

    if (status != MU_OK || !*sound)
        return status;
    query = mu_query(db, "PRAGMA foreign_key_check");
    return take_reference(&query, sound, finding, size, error);
}

enum mu_status mu_db_check_parts(struct mu_db *db, size_t *count, struct mu_error *error)
{
    struct mu_query query = mu_query(db, "SELECT count(*) FROM sqlite_schema WHERE type = 'table'");

    *count = 1;
    if (mu_query_row(&query))
        *count += (size_t)mu_column_integer(&query, 0);
    return mu_query_end(&query, error);
}

#define TABLE                                                                                      \
    "(SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY rowid LIMIT 1 OFFSET ?1) AS t"

/* SQLite's check of one table leaves out what is about the whole file: pages that are used twice or
 * not at all. That is what quick_check looks at besides the rows, and its check of a table adds the
 * indexes. */
enum mu_status mu_db_check_part(struct mu_db *db, size_t part, bool *sound, char *finding,
                                size_t size, struct mu_error *error)
{
    /* SQLite declares a pragma's table when it is first asked for. */
    static const char declare[] = "SELECT 1 FROM pragma_integrity_check('') LIMIT 0;"
                                  "SELECT 1 FROM pragma_foreign_key_check('') LIMIT 0";
    struct mu_query query;
    enum mu_status status;

    if (part == 0) {
        query = mu_query(db, "PRAGMA quick_check(1)");
        return take_finding(&query, sound, finding, size, error);
    }
    status = mu_db_reshape(db, declare, error);
    if (status != MU_OK)
        return status;
    query = mu_query(db, "SELECT c.integrity_check FROM " TABLE
                         " JOIN pragma_integrity_check(t.name) AS c LIMIT 1");
    mu_bind_integer(&query, 1, (int64_t)part - 1);
    status = take_finding(&query, sound, finding, size, error);
    if (status != MU_OK || !*sound)
        return status;
    query = mu_query(db, "SELECT c.\"table\", c.rowid, c.parent FROM " TABLE
                         " JOIN pragma_foreign_key_check(t.name) AS c LIMIT 1");
    mu_bind_integer(&query, 1, (int64_t)part - 1);
    return take_reference(&query, sound, finding, size, error);
}
