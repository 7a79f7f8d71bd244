#include "base/gate.h"

#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <time.h>

enum { MILLION = 1000000, SECOND_NS = 1000000000 };

struct mu_gate {
    pthread_mutex_t lock;
    pthread_cond_t empty;
    int64_t open_ns, opened;       /* when the first of those inside came into the empty room */
    int64_t since[MU_GATE_PLACES]; /* when they entered; 0: outside */
    size_t inside;
};

static int64_t nanoseconds(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * SECOND_NS + now.tv_nsec;
}

enum mu_status mu_gate_new(int open_ms, struct mu_gate **out, struct mu_error *error)
{
    struct mu_gate *gate = calloc(1, sizeof *gate);
    pthread_condattr_t steady;
    bool made = gate && pthread_mutex_init(&gate->lock, NULL) == 0;

    if (made) {
        pthread_condattr_init(&steady);
        pthread_condattr_setclock(&steady, CLOCK_MONOTONIC);
        if (pthread_cond_init(&gate->empty, &steady) != 0) {
            pthread_mutex_destroy(&gate->lock);
            made = false;
        }
        pthread_condattr_destroy(&steady);
    }
    if (!made) {
        free(gate);
        return mu_fail_memory(error);
    }
    gate->open_ns = (int64_t)open_ms * MILLION;
    *out = gate;
    return MU_OK;
}

void mu_gate_free(struct mu_gate **gate)
{
    if (!*gate)
        return;
    pthread_cond_destroy(&(*gate)->empty);
    pthread_mutex_destroy(&(*gate)->lock);
    free(*gate);
    *gate = NULL;
}

static bool long_reader(const struct mu_gate *gate, int64_t now)
{
    for (size_t i = 0; i < MU_GATE_PLACES; i++)
        if (gate->since[i] && now - gate->since[i] > 2 * gate->open_ns)
            return true;
    return false;
}

static void wait_a_moment(struct mu_gate *gate, int64_t now)
{
    int64_t until = now + gate->open_ns;
    const struct timespec at = {.tv_sec = until / SECOND_NS, .tv_nsec = until % SECOND_NS};

    pthread_cond_timedwait(&gate->empty, &gate->lock, &at);
}

void mu_gate_enter(struct mu_gate *gate, size_t place)
{
    int64_t now;

    pthread_mutex_lock(&gate->lock);
    while (now = nanoseconds(),
           gate->inside > 0 && now - gate->opened > gate->open_ns && !long_reader(gate, now))
        wait_a_moment(gate, now);
    if (gate->inside++ == 0)
        gate->opened = now;
    gate->since[place] = now;
    pthread_mutex_unlock(&gate->lock);
}

void mu_gate_leave(struct mu_gate *gate, size_t place)
{
    pthread_mutex_lock(&gate->lock);
    gate->since[place] = 0;
    if (--gate->inside == 0)
        pthread_cond_broadcast(&gate->empty);
    pthread_mutex_unlock(&gate->lock);
}
