/* Text handed to another program, a printer's, which nobody waits for. */
#ifndef MULIN_SRC_BASE_PRINT_JOB_H
#define MULIN_SRC_BASE_PRINT_JOB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

enum { MU_PRINT_SAID_SIZE = 160 }; /* bytes kept of what the program says, NUL counted */

struct mu_print_job {
    pid_t pid;       /* 0: none is running */
    int said;        /* where its standard error comes out */
    int64_t started; /* milliseconds of a steady clock */
    bool killed;
    char words[MU_PRINT_SAID_SIZE]; /* the first of what it said, on one line and inert */
};

enum mu_print_state {
    MU_PRINT_RUNNING,
    MU_PRINT_DONE,
    MU_PRINT_FAILED, /* it ended with another status than 0, or by a signal */
    MU_PRINT_HUNG    /* it was killed after the limit */
};

/* Starts the program of `command` (a list that ends with NULL; found along PATH) with `text` as its
 * standard input: in a session of its own, without any of our descriptors, with nothing in its
 * environment but PATH and the character set. Returns 0, or the errno of what went wrong; then
 * nothing is running. */
int mu_print_start(struct mu_print_job *job, const char *const *command, const char *text,
                   size_t length);
/* How far it is; never waits. Kills the program and all that it started after `limit`
 * milliseconds. After another answer than RUNNING the job is over. */
enum mu_print_state mu_print_poll(struct mu_print_job *job, int limit);
/* Kills the program and all that it started, and waits for its end. Nothing happens when none is
 * running. */
void mu_print_stop(struct mu_print_job *job);

/* UTF-8 as GB18030, *out owned (free). False without memory or a converter. */
bool mu_print_encode(const char *text, char **out, size_t *length);

#endif
