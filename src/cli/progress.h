/* How far long work of a command is, on stderr at a terminal. */
#ifndef MULIN_SRC_CLI_PROGRESS_H
#define MULIN_SRC_CLI_PROGRESS_H

#include "cli/command.h"

#include <time.h>

struct mu_cli_progress {
    enum mu_language language;
    enum mu_message words;  /* {0}: done, {1}: all, {2}: per cent */
    enum mu_message ending; /* what is said when all is done but not at its end; 0: `words` */
    struct timespec start;
    int64_t drawn_at; /* ms after the start; 0: nothing stands on the screen */
};

/* The work begins. `ending` stays the caller's to set. */
void mu_cli_progress_begin(struct mu_cli_progress *progress, const struct mu_cli *cli,
                           enum mu_message words);
/* A mu_progress, with the struct as context. Silent for half a second, then told five times a
 * second; false when somebody asked to stop (cli/stop.h). */
bool mu_cli_progress(void *context, int64_t done, int64_t all);
/* Wipes what stands there; before anything else is printed. */
void mu_cli_progress_end(struct mu_cli_progress *progress);

#endif
