/* Listens to the statements that the desk's connections run, so that a probe can run the very same
 * ones, and opens the probe's own bare connection. */
#ifndef MULIN_TESTS_BENCH_RECORDER_H
#define MULIN_TESTS_BENCH_RECORDER_H

#include <sqlite3.h>
#include <stddef.h>

enum { RECORDED_VALUES = 32, PROBE_STATEMENTS = 64 };

struct recorded_value {
    int type; /* SQLITE_INTEGER, SQLITE_TEXT, SQLITE_BLOB, SQLITE_NULL */
    sqlite3_int64 integer;
    char *bytes; /* of a text or blob */
    int length;
};

struct recorded_statement {
    char *sql;
    struct recorded_value value[RECORDED_VALUES]; /* of ?1 .. */
    int values;
    int rows; /* that were read */
};

struct recording {
    struct recorded_statement *statement;
    size_t count, room;
};

/* Prepares for listening to connections that this process opens. */
void recorder_install(void);
/* A connection that is opened now is listened to, and what it runs goes to `recording` until
 * another is given. NULL leaves the connection alone again: what it runs then takes no longer than
 * usual. */
void recorder_listen(struct recording *recording);

void recording_clear(struct recording *recording);

/* The probe's connection to a file: the settings that the recorded opening of a desk made, and
 * nothing else. */
sqlite3 *probe_open(const char *path, const struct recording *opening);
sqlite3_stmt *probe_prepare(sqlite3 *probe, const char *sql);
/* A connection with what was prepared for it, each statement once. */
struct probe {
    sqlite3 *file;
    struct {
        const char *sql; /* borrowed */
        sqlite3_stmt *statement;
    } prepared[PROBE_STATEMENTS];
};

/* The statement of the probe for `sql`, which stays where it is. */
sqlite3_stmt *probe_known(struct probe *probe, const char *sql);
/* Runs it with the recorded values. Reads as many rows as the desk did; a statement that writes is
 * run to its end. */
void probe_run(sqlite3_stmt *statement, const struct recorded_statement *recorded);
/* Closes it with all its statements. */
void probe_close(sqlite3 *probe);

#endif
