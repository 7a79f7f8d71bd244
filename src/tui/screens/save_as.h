/* Asking in which file something is to stand: a usual name that Enter takes, ~ for the home folder,
 * the format by the ending, and leave to replace a file that is there. */
#ifndef MULIN_TUI_SCREENS_SAVE_AS_H
#define MULIN_TUI_SCREENS_SAVE_AS_H

#include "tui/app.h"

#include <mulin/report.h>

enum { MU_SAVE_AS_SIZE = 1024 }; /* bytes of a path, the NUL counted */

/* Stands in the state of the screen that asks; its members are not for others but `usual`. */
struct mu_save_as {
    char usual[MU_SAVE_AS_SIZE]; /* the path that Enter takes */
    char path[MU_SAVE_AS_SIZE];
    void (*write)(struct mu_app *app, void *state, const struct mu_report_target *target);
    void *state;
};

/* Makes the usual path: a workbook of this name in the person's home folder. */
void mu_save_as_usual(struct mu_save_as *self, const char *name);

/* Asks where the table `what` of `of` (a month, a name) is to stand; it can go into any file that
 * tables go into, a workbook WHAT-OF as a rule. Otherwise as mu_save_as_ask. */
void mu_save_as_table(struct mu_app *app, struct mu_save_as *self, enum mu_message what,
                      const char *of,
                      void (*write)(struct mu_app *app, void *state,
                                    const struct mu_report_target *target),
                      void *state);

/* Asks `question`, which names the usual path; then has `write` write, and say what came of it.
 *   state  of `write`; it lives as long as the screen */
void mu_save_as_ask(struct mu_app *app, struct mu_save_as *self, const char *question,
                    void (*write)(struct mu_app *app, void *state,
                                  const struct mu_report_target *target),
                    void *state);

#endif
