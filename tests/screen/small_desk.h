/* Two small screens on a fake terminal, for the stories of the engine: home, where characters are
 * keys, and a desk with a box to scan into. */
#ifndef MULIN_TESTS_SCREEN_SMALL_DESK_H
#define MULIN_TESTS_SCREEN_SMALL_DESK_H

#include "screen/fake_term.h"
#include "tui/app.h"
#include "tui/line_edit.h"

/* What the desk heard: F8 asks a question, F7 for a reason, F3 works for two seconds, F5 can't be
 * done now. */
struct small_desk {
    struct mu_line_edit box;
    int scans, enters, drafts, ticks, closed;
    char last[64]; /* scanned or entered */
    int answers, yes;
    char reason[64];
    int worked; /* of a hundred pieces of work */
};

struct small_home {
    char scan[64];
    int resumes;
};

extern struct small_desk desk;
extern struct small_home home;
extern struct fake_term fake;
extern struct mu_app *app;                            /* home is open */
extern char seen[FAKE_SHOWN], seen_after[FAKE_SHOWN]; /* for fake_look */
extern const struct mu_screen_type small_desk_type;

/* For each story: cmocka's set-up and tear-down. */
int small_desk_open(void **state);
int small_desk_close(void **state);
/* Adds to the script: open the desk from home. */
void small_desk_go(void);
/* Plays the script. */
void small_desk_run(void);
/* Fails the story unless `words` are in `seen`. */
void small_desk_shows(const char *words);

#endif
