#include "base/crew.h"

#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <time.h>

enum { TELL_NS = 100000000, SECOND_NS = 1000000000 };

struct mu_crew {
    mu_crew_work *work;
    void *context;
    size_t pieces;
    atomic_bool stopped;
    sigset_t before; /* signals that the caller's thread held back before */

    pthread_mutex_t lock; /* of what follows */
    pthread_cond_t left;  /* a member has left */
    size_t next, at_work;
    size_t failed; /* the first piece that failed, `pieces` while none has */
    enum mu_status status;
    struct mu_error error;

    size_t members;
    struct member {
        struct mu_crew *crew;
        size_t number;
        pthread_t thread;
    } member[MU_CREW_MOST];
};

size_t mu_crew_processors(void)
{
    cpu_set_t set;
    int count = sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 1;

    return count < MU_CREW_MOST ? (size_t)count : MU_CREW_MOST;
}

/* False: there is nothing left to do. */
static bool take_piece(struct mu_crew *crew, size_t *piece)
{
    bool taken;

    pthread_mutex_lock(&crew->lock);
    taken = crew->next < crew->failed && !crew->stopped;
    if (taken)
        *piece = crew->next++;
    pthread_mutex_unlock(&crew->lock);
    return taken;
}

static void note_failure(struct mu_crew *crew, size_t piece, enum mu_status status,
                         const struct mu_error *error)
{
    pthread_mutex_lock(&crew->lock);
    if (piece < crew->failed) {
        crew->failed = piece;
        crew->status = status;
        crew->error = *error;
    }
    pthread_mutex_unlock(&crew->lock);
}

static void work_off(struct mu_crew *crew, size_t member)
{
    struct mu_error error;
    size_t piece;

    while (take_piece(crew, &piece)) {
        enum mu_status status = crew->work(crew->context, member, piece, &error);

        if (status != MU_OK)
            note_failure(crew, piece, status, &error);
    }
}

static void *run(void *context)
{
    struct member *member = context;
    struct mu_crew *crew = member->crew;

    work_off(crew, member->number);
    pthread_mutex_lock(&crew->lock);
    crew->at_work--;
    pthread_cond_signal(&crew->left);
    pthread_mutex_unlock(&crew->lock);
    return NULL;
}

/* A thread begins with the signals held back that its maker holds back. */
static void start_members(struct mu_crew *crew, size_t members)
{
    static const int stops[] = {SIGTSTP, SIGTTOU, SIGTTIN};
    sigset_t all, held;
    size_t i = 0;

    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &crew->before);
    held = crew->before;
    for (size_t j = 0; j < sizeof stops / sizeof *stops; j++)
        sigaddset(&held, stops[j]);
    crew->at_work = members;
    for (; i < members; i++) {
        crew->member[i] = (struct member){.crew = crew, .number = i};
        if (pthread_create(&crew->member[i].thread, NULL, run, &crew->member[i]) != 0)
            break;
    }
    crew->members = i;
    pthread_sigmask(SIG_SETMASK, &held, NULL);
    pthread_mutex_lock(&crew->lock);
    crew->at_work -= members - i;
    pthread_mutex_unlock(&crew->lock);
}

static bool make_lock(struct mu_crew *crew)
{
    pthread_condattr_t steady;
    bool made;

    if (pthread_condattr_init(&steady) != 0)
        return false;
    made = pthread_condattr_setclock(&steady, CLOCK_MONOTONIC) == 0 &&
           pthread_cond_init(&crew->left, &steady) == 0;
    pthread_condattr_destroy(&steady);
    if (made && pthread_mutex_init(&crew->lock, NULL) != 0) {
        pthread_cond_destroy(&crew->left);
        made = false;
    }
    return made;
}

enum mu_status mu_crew_begin(mu_crew_work *work, void *context, size_t members, size_t pieces,
                             struct mu_crew **out, struct mu_error *error)
{
    struct mu_crew *crew = calloc(1, sizeof *crew);

    if (!crew || !make_lock(crew)) {
        free(crew);
        return mu_fail_memory(error);
    }
    crew->work = work;
    crew->context = context;
    crew->pieces = crew->failed = pieces;
    *out = crew;
    start_members(crew, members < MU_CREW_MOST ? members : MU_CREW_MOST);
    return MU_OK;
}

/* Until the next time to tell, or until all have left. False: all have. */
static bool wait_for_members(struct mu_crew *crew)
{
    struct timespec until;
    bool at_work;

    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_nsec += TELL_NS;
    until.tv_sec += until.tv_nsec / SECOND_NS;
    until.tv_nsec %= SECOND_NS;
    pthread_mutex_lock(&crew->lock);
    while (crew->at_work > 0 &&
           pthread_cond_timedwait(&crew->left, &crew->lock, &until) != ETIMEDOUT)
        continue;
    at_work = crew->at_work > 0;
    pthread_mutex_unlock(&crew->lock);
    return at_work;
}

enum mu_status mu_crew_end(struct mu_crew **crew, bool (*tell)(void *context), size_t *failed,
                           struct mu_error *error)
{
    struct mu_crew *ended = *crew;
    enum mu_status status;

    if (ended->members == 0)
        work_off(ended, 0);
    while (wait_for_members(ended))
        if (tell && !tell(ended->context))
            ended->stopped = true;
    for (size_t i = 0; i < ended->members; i++)
        pthread_join(ended->member[i].thread, NULL);
    pthread_sigmask(SIG_SETMASK, &ended->before, NULL);
    status = ended->stopped ? MU_REFUSED : ended->status;
    if (error && !ended->stopped && status != MU_OK)
        *error = ended->error;
    *failed = ended->failed;
    pthread_mutex_destroy(&ended->lock);
    pthread_cond_destroy(&ended->left);
    free(ended);
    *crew = NULL;
    return status;
}
