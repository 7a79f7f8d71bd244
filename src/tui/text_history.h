/* What was done to a long text, to be taken back and done again. A step keeps only the bytes that
 * it took out; taken back, those that it had put in. */
#ifndef MULIN_TUI_TEXT_HISTORY_H
#define MULIN_TUI_TEXT_HISTORY_H

#include <stdbool.h>
#include <stddef.h>

enum { MU_TEXT_STEPS = 256 };

struct mu_text_step {
    size_t at;      /* byte offset */
    char *was;      /* bytes that stood there; owned, NULL for none */
    size_t removed; /* how many they are */
    size_t added;   /* bytes that stand there now in their place */
};

struct mu_text_history {
    struct mu_text_step step[MU_TEXT_STEPS]; /* those done, then those taken back, in order */
    size_t done, count;
    size_t kept, limit; /* bytes that all `was` have, and may have; the newest step always stays */
    bool open;          /* the last step done may grow */
};

/* Forgets everything. */
void mu_text_history_clear(struct mu_text_history *history);
/* The `removed` bytes at `was`, which stand at `at`, are about to be replaced by `added` others.
 * What was taken back can't be done again any more. grow  it belongs to the step before when it
 * touches it Without memory everything is forgotten: the text itself must not suffer. */
void mu_text_history_add(struct mu_text_history *history, size_t at, const char *was,
                         size_t removed, size_t added, bool grow);
/* The step to be taken back (`back`) or done again, NULL for none. The caller replaces
 * step->added bytes at step->at by step->was and says so with mu_text_history_went before: `now`
 * are those bytes, and *was gets the others, owned by the caller (free). */
const struct mu_text_step *mu_text_history_next(const struct mu_text_history *history, bool back);
void mu_text_history_went(struct mu_text_history *history, bool back, const char *now, char **was);

#endif
