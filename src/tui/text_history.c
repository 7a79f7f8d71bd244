#include "tui/text_history.h"

#include <stdlib.h>
#include <string.h>

enum { LONGEST = 512 /* bytes that a step grows to */ };

static void forget(struct mu_text_history *history, struct mu_text_step *step)
{
    if (step->was)
        explicit_bzero(step->was, step->removed); /* it may be a secret */
    free(step->was);
    history->kept -= step->removed;
    *step = (struct mu_text_step){0};
}

static void forget_behind(struct mu_text_history *history, size_t count)
{
    while (history->count > count)
        forget(history, &history->step[--history->count]);
}

static void forget_oldest(struct mu_text_history *history)
{
    forget(history, &history->step[0]);
    memmove(history->step, history->step + 1, --history->count * sizeof *history->step);
    history->step[history->count] = (struct mu_text_step){0};
    history->done--;
}

void mu_text_history_clear(struct mu_text_history *history)
{
    forget_behind(history, 0);
    history->done = 0;
    history->open = false;
}

static bool keep(struct mu_text_history *history, struct mu_text_step *step, const char *was,
                 size_t length)
{
    step->was = NULL;
    step->removed = 0;
    if (length == 0)
        return true;
    step->was = malloc(length);
    if (!step->was)
        return false;
    memcpy(step->was, was, length);
    step->removed = length;
    history->kept += length;
    return true;
}

/* Adds to the last step what touches it and is of its kind. False when it has to be a step of its
 * own. */
static bool grow_last(struct mu_text_history *history, size_t at, const char *was, size_t removed,
                      size_t added)
{
    struct mu_text_step *last = &history->step[history->done - 1];
    bool ahead = at == last->at;
    char *more;

    if (removed == 0 && last->removed == 0 && at == last->at + last->added &&
        last->added + added <= LONGEST) {
        last->added += added;
        return true;
    }
    if (added > 0 || last->added > 0 || !(ahead || at + removed == last->at) ||
        last->removed + removed > LONGEST)
        return false;
    more = malloc(last->removed + removed);
    if (!more)
        return false;
    memcpy(more + (ahead ? 0 : removed), last->was, last->removed);
    memcpy(more + (ahead ? last->removed : 0), was, removed);
    explicit_bzero(last->was, last->removed);
    free(last->was);
    last->was = more;
    last->removed += removed;
    last->at = at;
    history->kept += removed;
    return true;
}

void mu_text_history_add(struct mu_text_history *history, size_t at, const char *was,
                         size_t removed, size_t added, bool grow)
{
    struct mu_text_step *step;

    forget_behind(history, history->done);
    if (grow && history->open && history->done > 0 && grow_last(history, at, was, removed, added))
        return;
    if (history->count == MU_TEXT_STEPS)
        forget_oldest(history);
    step = &history->step[history->count];
    if (!keep(history, step, was, removed)) {
        mu_text_history_clear(history);
        return;
    }
    step->at = at;
    step->added = added;
    history->done = ++history->count;
    history->open = true;
    while (history->count > 1 && history->kept > history->limit)
        forget_oldest(history);
}

const struct mu_text_step *mu_text_history_next(const struct mu_text_history *history, bool back)
{
    if (back)
        return history->done > 0 ? &history->step[history->done - 1] : NULL;
    return history->done < history->count ? &history->step[history->done] : NULL;
}

void mu_text_history_went(struct mu_text_history *history, bool back, const char *now, char **was)
{
    struct mu_text_step *step = &history->step[back ? history->done - 1 : history->done];
    size_t removed = step->removed;

    *was = step->was;
    history->kept -= removed;
    history->open = false;
    if (!keep(history, step, now, step->added)) {
        mu_text_history_clear(history); /* the other steps stand on this one */
        return;
    }
    step->added = removed;
    history->done = back ? history->done - 1 : history->done + 1;
}
