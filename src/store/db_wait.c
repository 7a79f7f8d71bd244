#include "store/db_wait.h"

#include <stdint.h>
#include <stdlib.h>

enum {
    LIMIT_MS = 5000,
    AGAIN_MS = 200,    /* once the limit has passed, until something works again */
    LEAVING_MS = 1000, /* from when the person has left, for all that is still to be saved */
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

/* Random pauses: desks that wait in step would starve one of them. */
int mu_wait_for_other_desk(void *context, int attempt)
{
    struct mu_wait *wait = context;
    struct timespec now, pause = {0, (long)(1 + arc4random_uniform(10)) * 1000000};
    int limit = wait->patience ? wait->patience : wait->gave_up ? AGAIN_MS : LIMIT_MS;

    clock_gettime(CLOCK_MONOTONIC, &now);
    if (attempt == 0)
        wait->began = now;
    if (milliseconds(&wait->began, &now) >= limit || left_long_ago(wait, &now)) {
        wait->gave_up = wait->gave_up || wait->patience == 0;
        return 0;
    }
    nanosleep(&pause, NULL);
    return 1;
}
