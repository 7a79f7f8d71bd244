/* Counts what a use case has the record file do. A guard holds these numbers to a limit: they are
 * the same on every machine and under every load, so that noise cannot break a guard, and one
 * statement or sort too many does. */
#ifndef MULIN_TESTS_GUARD_WORK_H
#define MULIN_TESTS_GUARD_WORK_H

#include <stdint.h>

struct work {
    int64_t statements;    /* that ran, triggers not counted */
    int64_t rows;          /* that they returned */
    int64_t steps;         /* of SQLite's virtual machine, triggers counted */
    int64_t scanned;       /* rows stepped over in a scan of a whole table */
    int64_t sorts;         /* sorting, grouping by a temporary index */
    int64_t pages_read;    /* from the file into the cache */
    int64_t pages_written; /* to the file */
};

/* Follows every connection that this process opens from now on. */
void work_follow(void);

/* Counts from nothing. */
void work_begin(void);

/* What the followed connections that are open did since work_begin; a statement counts when it
 * ends. */
struct work work_end(void);

/* What was counted, for whoever sets a limit, on stderr. Only with the variable GUARD_TELL, which
 * also shows every statement. */
void work_tell(const char *what, const struct work *work);

#endif
