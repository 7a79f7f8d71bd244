#include "measure.h"

#include <pwd.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

void die(const char *format, ...)
{
    va_list list;

    va_start(list, format);
    vfprintf(stderr, format, list);
    va_end(list);
    fputc('\n', stderr);
    exit(2);
}

void must(enum mu_status status, const struct mu_error *error, const char *what)
{
    char text[1024];

    if (status == MU_OK)
        return;
    mu_error_text(error, MU_ENGLISH, text, sizeof text);
    die("%s: %s", what, text);
}

void *need(size_t count, size_t size)
{
    void *memory = calloc(count ? count : 1, size);

    if (!memory)
        die("no memory");
    return memory;
}

size_t number(const char *text)
{
    char *end;
    unsigned long value = strtoul(text, &end, 10);

    if (value == 0 || *end)
        die("%s is no number of at least 1", text);
    return value;
}

struct mu_desk *open_desk(const char *home, const char *now)
{
    const struct passwd *account = getpwuid(getuid());
    const struct mu_desk_options options = {
        .home = home, .system_user = account ? account->pw_name : "", .fixed_now = now};
    struct mu_desk *desk;
    struct mu_error error;

    must(mu_desk_open(&options, &desk, &error), &error, home);
    return desk;
}

double microseconds(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e6 + (double)now.tv_nsec / 1e3;
}

static int compare(const void *left, const void *right)
{
    const double *a = left, *b = right;

    return (*a > *b) - (*a < *b);
}

double quantile(double *times, size_t count, double share)
{
    if (count == 0)
        die("nothing was measured");
    qsort(times, count, sizeof *times, compare);
    return times[(size_t)((double)(count - 1) * share + 0.5)];
}
