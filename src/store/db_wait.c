#include "store/db_wait.h"

#include "store/db.h"

#include <stdint.h>
#include <stdlib.h>

enum {
    LIMIT_MS = 5000,
    AGAIN_MS = 200,    /* once the limit has passed, until something works again */
    LEAVING_MS = 1000, /* from when the person has left, for all that is still to be saved */
    STUCK_MS = 200,    /* without a step in the line: who stands there is stopped, or saves long */
    QUICK_MS = 200,    /* a desk saves in much less, and between two it is free for a moment */
};

static int64_t milliseconds(const struct timespec *from, const struct timespec *to)
{
    return (to->tv_sec - from->tv_sec) * 1000 + (to->tv_nsec - from->tv_nsec) / 1000000;
}

static bool left_long_ago(struct mu_wait *wait, const struct timespec *now)
{
    if (!wait->leaving || !wait->leaving())
        return false;
    if (!wait->left)
        wait->left_at = *now;
    wait->left = true;
    return milliseconds(&wait->left_at, now) >= LEAVING_MS;
}

static bool long_enough(struct mu_wait *wait, const struct timespec *now)
{
    int limit = wait->patience ? wait->patience : wait->gave_up ? AGAIN_MS : LIMIT_MS;

    return milliseconds(&wait->began, now) >= limit || left_long_ago(wait, now);
}

/* Of random length: desks that wait in step would starve one of them. */
static void pause_a_moment(const struct mu_wait *wait, const struct timespec *now)
{
    bool quick = milliseconds(&wait->began, now) < QUICK_MS;
    long unit = quick ? 100000 : 1000000;
    struct timespec length = {0, unit * (long)(1 + arc4random_uniform(quick ? 3 : 10))};

    nanosleep(&length, NULL);
}

int mu_wait_for_other_desk(void *context, int attempt)
{
    struct mu_wait *wait = context;
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    if (wait->path)
        mu_turn_make(&wait->turn, wait->path); /* two desks have met */
    else if (attempt == 0)
        wait->began = now;
    if (long_enough(wait, &now)) {
        wait->gave_up = wait->gave_up || wait->patience == 0;
        return 0;
    }
    pause_a_moment(wait, &now);
    return 1;
}

void mu_wait_in_line(struct mu_wait *wait, const char *path)
{
    struct timespec now, moved;

    clock_gettime(CLOCK_MONOTONIC, &now);
    wait->began = moved = now;
    wait->path = path;
    wait->past = wait->past && mu_turn_taken(&wait->turn, path);
    if (!wait->past)
        mu_turn_join(&wait->turn, path);
    while (wait->turn.standing && wait->turn.place > 0 && !wait->past) {
        if (mu_turn_move_up(&wait->turn)) {
            moved = now;
            continue;
        }
        wait->past = milliseconds(&moved, &now) >= STUCK_MS;
        if (long_enough(wait, &now))
            return;
        pause_a_moment(wait, &now);
        clock_gettime(CLOCK_MONOTONIC, &now);
    }
}

void mu_wait_end(struct mu_wait *wait)
{
    mu_turn_leave(&wait->turn);
    wait->path = NULL;
}

void mu_wait_clear(struct mu_wait *wait)
{
    mu_turn_close(&wait->turn);
}

void mu_db_ask_leaving(struct mu_db *db, bool (*leaving)(void))
{
    mu_db_wait(db)->leaving = leaving;
}

void mu_db_be_patient(struct mu_db *db, int milliseconds)
{
    mu_db_wait(db)->patience = milliseconds;
}
