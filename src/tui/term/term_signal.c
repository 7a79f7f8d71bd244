#include "tui/term/term_state.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

static const int handled[] = {SIGHUP, SIGTERM, SIGINT, SIGWINCH, SIGTSTP};
enum { HANDLED = sizeof handled / sizeof *handled };

static struct sigaction before[HANDLED];
static int wake[2] = {-1, -1};
static volatile sig_atomic_t ended, resized;

static void note(int signal_number)
{
    int kept = errno;

    if (signal_number == SIGWINCH)
        resized = 1;
    else
        ended = signal_number;
    if (write(wake[1], "", 1) < 0)
        errno = kept; /* the pipe is full: it wakes already */
    errno = kept;
}

bool mu_term_signals_begin(void)
{
    struct sigaction action = {.sa_handler = note};

    if (pipe2(wake, O_NONBLOCK | O_CLOEXEC) != 0)
        return false;
    ended = resized = 0;
    sigemptyset(&action.sa_mask);
    for (int i = 0; i < HANDLED; i++) {
        action.sa_handler = handled[i] == SIGTSTP ? SIG_IGN : note;
        sigaction(handled[i], &action, &before[i]);
    }
    return true;
}

void mu_term_signals_end(void)
{
    for (int i = 0; i < HANDLED; i++)
        sigaction(handled[i], &before[i], NULL);
    close(wake[0]);
    close(wake[1]);
    wake[0] = wake[1] = -1;
}

int mu_term_signals_pipe(void)
{
    return wake[0];
}

bool mu_term_signals_waiting(void)
{
    return resized || ended;
}

bool mu_term_signals_take(int *ended_by)
{
    char bytes[64];
    bool changed = resized != 0;

    while (read(wake[0], bytes, sizeof bytes) > 0)
        ;
    resized = 0;
    *ended_by = ended;
    return changed;
}

int mu_term_signals_ended(void)
{
    return ended;
}
