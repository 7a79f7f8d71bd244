#include "work.h"

#include <sqlite3.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

enum { CONNECTIONS = 16 };

static sqlite3 *followed[CONNECTIONS];
static struct work counted;

static int64_t status_of(sqlite3_stmt *statement, int counter)
{
    return sqlite3_stmt_status(statement, counter, true);
}

static void count_statement(sqlite3_stmt *statement)
{
    int64_t steps = status_of(statement, SQLITE_STMTSTATUS_VM_STEP);
    int64_t sorts = status_of(statement, SQLITE_STMTSTATUS_SORT) +
                    status_of(statement, SQLITE_STMTSTATUS_AUTOINDEX);

    counted.statements++;
    counted.steps += steps;
    counted.sorts += sorts;
    counted.scanned += status_of(statement, SQLITE_STMTSTATUS_FULLSCAN_STEP);
    if (getenv("GUARD_TELL"))
        fprintf(stderr, "%6lld steps, %lld sorts: %s\n", (long long)steps, (long long)sorts,
                sqlite3_sql(statement));
}

static int heard(unsigned event, void *context, void *subject, void *more)
{
    (void)more;
    if (event == SQLITE_TRACE_ROW) {
        counted.rows++;
    } else if (event == SQLITE_TRACE_PROFILE) {
        count_statement(subject);
    } else {
        *(sqlite3 **)context = NULL;
    }
    return 0;
}

static int follow(sqlite3 *connection, char **message, const struct sqlite3_api_routines *api)
{
    (void)message;
    (void)api;
    for (int i = 0; i < CONNECTIONS; i++)
        if (!followed[i]) {
            followed[i] = connection;
            return sqlite3_trace_v2(connection,
                                    SQLITE_TRACE_PROFILE | SQLITE_TRACE_ROW | SQLITE_TRACE_CLOSE,
                                    heard, &followed[i]);
        }
    return SQLITE_FULL;
}

void work_follow(void)
{
    if (sqlite3_auto_extension((void (*)(void))follow) != SQLITE_OK)
        abort();
}

/* Pages since the last call. */
static int64_t pages(sqlite3 *connection, int counter)
{
    int now = 0, highest = 0;

    sqlite3_db_status(connection, counter, &now, &highest, true);
    return now;
}

static void count_pages(void)
{
    for (int i = 0; i < CONNECTIONS; i++)
        if (followed[i]) {
            counted.pages_read += pages(followed[i], SQLITE_DBSTATUS_CACHE_MISS);
            counted.pages_written += pages(followed[i], SQLITE_DBSTATUS_CACHE_WRITE);
        }
}

void work_begin(void)
{
    count_pages();
    counted = (struct work){0};
}

struct work work_end(void)
{
    count_pages();
    return counted;
}

void work_tell(const char *what, const struct work *work)
{
    if (!getenv("GUARD_TELL"))
        return;
    fprintf(stderr,
            "%s: %lld statements, %lld rows, %lld steps, %lld scanned, %lld sorts,"
            " %lld pages read, %lld written\n",
            what, (long long)work->statements, (long long)work->rows, (long long)work->steps,
            (long long)work->scanned, (long long)work->sorts, (long long)work->pages_read,
            (long long)work->pages_written);
}
