#include "cli/progress.h"

#include "cli/stop.h"

#include <poll.h>
#include <unistd.h>

enum { SILENT_MS = 500, REFRESH_MS = 200 };

static int64_t milliseconds_since(const struct timespec *start)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (now.tv_sec - start->tv_sec) * 1000 + (now.tv_nsec - start->tv_nsec) / 1000000;
}

/* False at a terminal behind Ctrl-S: writing to it would keep the records locked for as long. */
static bool terminal_takes_more(void)
{
    struct pollfd terminal = {.fd = STDERR_FILENO, .events = POLLOUT};

    return isatty(STDERR_FILENO) && poll(&terminal, 1, 0) == 1;
}

void mu_cli_progress_begin(struct mu_cli_progress *progress, const struct mu_cli *cli,
                           enum mu_message words)
{
    *progress =
        (struct mu_cli_progress){.language = cli->language, .words = words, .ending = words};
    clock_gettime(CLOCK_MONOTONIC, &progress->start);
}

bool mu_cli_progress(void *context, int64_t done, int64_t all)
{
    struct mu_cli_progress *progress = context;
    int64_t now = milliseconds_since(&progress->start);
    char number[3][MU_CLI_NUMBER_SIZE], text[160];

    if (mu_stop_wanted())
        return false;
    if (now < SILENT_MS || (done < all && now - progress->drawn_at < REFRESH_MS) ||
        !terminal_takes_more())
        return true;
    mu_cli_number(done, number[0]);
    mu_cli_number(all, number[1]);
    mu_cli_number((all > 0 ? done * 100 / all : 100), number[2]);
    mu_message_format(text, sizeof text, progress->language,
                      done < all ? progress->words : progress->ending, number[0], number[1],
                      number[2], NULL);
    fprintf(stderr, "\r\033[K%s", text);
    progress->drawn_at = now;
    return true;
}

void mu_cli_progress_end(struct mu_cli_progress *progress)
{
    if (progress->drawn_at)
        fputs("\r\033[K", stderr);
    progress->drawn_at = 0;
}
