#include "store/db_wait.h"

#include "store/db.h"

#include <stdint.h>
#include <stdlib.h>

enum {
    LIMIT_MS = 5000,
    AGAIN_MS = 200,    /* once the limit has passed, until something works again */
    LEAVING_MS = 1000, /* from when the person has left, for all that is still to be saved */
    STILL_MS = 200,    /* nobody has left the line: who is first saves long, or is stopped */
    LOOK_MS = 10,      /* in the line: for one who died, and whether the person has left */
    FIRST_MS = 1,      /* whoever does not stand before this one, but has the lock */
    ASK_MS = 20,       /* who reads finds a moment between two who save, or asks for one */
    READ_MS = 5,       /* who reads needs less */
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
    struct timespec length = {0, unit * (long)(1 + arc4random_uniform(3))};

    nanosleep(&length, NULL);
}

/* True when somebody may have left the line. */
static bool sleep_a_while(struct mu_wait *wait, const struct timespec *now, int milliseconds)
{
    if (wait->turn.listening)
        return mu_turn_sleep(&wait->turn, milliseconds);
    if (wait->path && mu_turn_listen(&wait->turn, wait->path))
        return true;
    pause_a_moment(wait, now);
    return false;
}

static void wait_for_turn(struct mu_wait *wait, struct timespec now)
{
    struct timespec moved = now;

    while (!mu_turn_has_come(&wait->turn) && milliseconds(&moved, &now) < STILL_MS &&
           !long_enough(wait, &now)) {
        bool left = sleep_a_while(wait, &now, LOOK_MS);

        clock_gettime(CLOCK_MONOTONIC, &now);
        if (left)
            moved = now;
    }
}

/* Between two who save one after the other there is hardly a moment for those who only read. */
static void let_read(struct mu_wait *wait)
{
    struct timespec now, came;

    clock_gettime(CLOCK_MONOTONIC, &now);
    came = now;
    while (mu_turn_is_asked(&wait->turn) && milliseconds(&came, &now) < READ_MS) {
        sleep_a_while(wait, &now, FIRST_MS);
        clock_gettime(CLOCK_MONOTONIC, &now);
    }
}

/* Two desks have met. */
static void stand_in_line(struct mu_wait *wait)
{
    if (wait->turn.standing || !wait->path)
        return;
    mu_turn_make(wait->path);
    mu_turn_join(&wait->turn, wait->path);
}

int mu_wait_for_other_desk(void *context, int attempt)
{
    struct mu_wait *wait = context;
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    if (wait->saving)
        stand_in_line(wait);
    else if (attempt == 0)
        wait->began = now;
    if (long_enough(wait, &now)) {
        wait->gave_up = wait->gave_up || wait->patience == 0;
        mu_wait_read(wait);
        return 0;
    }
    if (!wait->saving && wait->path && milliseconds(&wait->began, &now) >= ASK_MS)
        mu_turn_ask_to_read(&wait->turn, wait->path);
    if (wait->saving && !mu_turn_has_come(&wait->turn))
        wait_for_turn(wait, now);
    else
        sleep_a_while(wait, &now, FIRST_MS);
    return 1;
}

void mu_wait_read(struct mu_wait *wait)
{
    if (wait->turn.reading)
        mu_turn_leave(&wait->turn);
}

void mu_wait_in_line(struct mu_wait *wait)
{
    clock_gettime(CLOCK_MONOTONIC, &wait->began);
    wait->saving = true;
    if (wait->path)
        mu_turn_join(&wait->turn, wait->path);
    wait_for_turn(wait, wait->began);
    let_read(wait);
}

void mu_wait_over(struct mu_wait *wait)
{
    mu_turn_pass(&wait->turn);
    wait->saving = false;
}

void mu_wait_end(struct mu_wait *wait)
{
    mu_turn_leave(&wait->turn);
    wait->saving = false;
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
