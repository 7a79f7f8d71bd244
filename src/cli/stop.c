#include "cli/stop.h"

#include <signal.h>
#include <stddef.h>

static volatile sig_atomic_t wanted;

static void note(int signal_number)
{
    (void)signal_number;
    wanted = 1;
}

static void install(int flags)
{
    static const int signals[] = {SIGINT, SIGTERM, SIGHUP};
    struct sigaction action = {.sa_handler = note, .sa_flags = flags};

    for (size_t i = 0; i < sizeof signals / sizeof *signals; i++)
        sigaction(signals[i], &action, NULL);
}

void mu_stop_catch(void)
{
    install(0);
}

void mu_stop_note(void)
{
    install(SA_RESTART);
}

bool mu_stop_wanted(void)
{
    return wanted;
}
