#include "base/print_job.h"

#include <mulin/base/text.h>

#include <errno.h>
#include <fcntl.h>
#include <iconv.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { DRAIN = 1 << 20 }; /* bytes that are read at once from a program that says too much */

static int64_t milliseconds(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* A file in memory with the text, at its start; -1 (errno). The program can be slow or end early:
 * nobody waits for it to read. */
static int text_file(const char *text, size_t length)
{
    int file = memfd_create("ticket", MFD_CLOEXEC), code;

    while (file >= 0 && length > 0) {
        ssize_t written = write(file, text, length);

        if (written < 0 && errno != EINTR) {
            code = errno;
            close(file);
            errno = code;
            return -1;
        }
        text += written > 0 ? written : 0;
        length -= written > 0 ? (size_t)written : 0;
    }
    if (file >= 0 && lseek(file, 0, SEEK_SET) != 0) {
        close(file);
        return -1;
    }
    return file;
}

/* In a session of its own it has no terminal, and all that it starts dies with it. */
static int spawn(const char *const *command, int input, int said, pid_t *pid)
{
    char path[4096], charset[] = "LC_ALL=C.UTF-8";
    char *environment[] = {path, charset, NULL};
    const char *known = getenv("PATH");
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    sigset_t none, all;
    int code;

    snprintf(path, sizeof path, "PATH=%s", known ? known : "/usr/bin:/bin");
    sigemptyset(&none);
    sigfillset(&all);
    code = posix_spawn_file_actions_init(&actions);
    if (code != 0)
        return code;
    code = posix_spawnattr_init(&attributes);
    if (code == 0) {
        posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGMASK |
                                                  POSIX_SPAWN_SETSIGDEF);
        posix_spawnattr_setsigmask(&attributes, &none);
        posix_spawnattr_setsigdefault(&attributes, &all);
        code = posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
        if (code == 0)
            code = posix_spawn_file_actions_adddup2(&actions, said, STDERR_FILENO);
        if (code == 0)
            code =
                posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
        if (code == 0)
            code = posix_spawn_file_actions_addclosefrom_np(&actions, STDERR_FILENO + 1);
        if (code == 0)
            code = posix_spawnp(pid, command[0], &actions, &attributes, (char *const *)command,
                                environment);
        posix_spawnattr_destroy(&attributes);
    }
    posix_spawn_file_actions_destroy(&actions);
    return code;
}

int mu_print_start(struct mu_print_job *job, const char *const *command, const char *text,
                   size_t length)
{
    int ends[2], input, code;

    memset(job, 0, sizeof *job);
    input = text_file(text, length);
    if (input < 0)
        return errno;
    if (pipe2(ends, O_CLOEXEC | O_NONBLOCK) != 0) {
        code = errno;
        close(input);
        return code;
    }
    /* Who inherited that children are not asked after would never learn how they ended. */
    signal(SIGCHLD, SIG_DFL);
    code = spawn(command, input, ends[1], &job->pid);
    close(input);
    close(ends[1]);
    if (code != 0) {
        close(ends[0]);
        job->pid = 0;
        return code;
    }
    job->said = ends[0];
    job->started = milliseconds();
    return 0;
}

/* Keeps the first of what it says and lets the rest go, so that it does not wait for us. */
static void drain(struct mu_print_job *job)
{
    char bytes[4096];
    size_t all = 0;
    ssize_t got;

    while (all < DRAIN && (got = read(job->said, bytes, sizeof bytes - 1)) > 0) {
        size_t used = strlen(job->words);

        all += (size_t)got;
        bytes[got] = '\0';
        for (char *at = bytes; *at; at++)
            if (*at == '\n' || *at == '\t')
                *at = ' ';
        if (used + 1 < sizeof job->words) {
            char inert[sizeof bytes];

            mu_text_inert(inert, sizeof inert, bytes);
            mu_text_copy(job->words + used, sizeof job->words - used, inert);
        }
    }
}

static void trim(char *words)
{
    size_t length = strlen(words);

    while (length > 0 && words[length - 1] == ' ')
        words[--length] = '\0';
}

static void finish(struct mu_print_job *job)
{
    close(job->said);
    job->pid = 0;
}

enum mu_print_state mu_print_poll(struct mu_print_job *job, int limit)
{
    int status = 0;
    pid_t ended;
    bool killed = job->killed;

    drain(job);
    ended = waitpid(job->pid, &status, WNOHANG);
    if (ended == 0) {
        if (!killed && milliseconds() - job->started >= limit) {
            job->killed = true;
            kill(-job->pid, SIGKILL);
        }
        return MU_PRINT_RUNNING;
    }
    drain(job);
    trim(job->words);
    finish(job);
    if (killed)
        return MU_PRINT_HUNG;
    return ended > 0 && WIFEXITED(status) && WEXITSTATUS(status) == 0 ? MU_PRINT_DONE
                                                                      : MU_PRINT_FAILED;
}

void mu_print_stop(struct mu_print_job *job)
{
    if (!job->pid)
        return;
    kill(-job->pid, SIGKILL);
    while (waitpid(job->pid, NULL, 0) < 0 && errno == EINTR)
        continue;
    finish(job);
}

bool mu_print_encode(const char *text, char **out, size_t *length)
{
    size_t left = strlen(text), room = 4 * left + 1;
    iconv_t converter = iconv_open("GB18030", "UTF-8");
    char *bytes, *to, *from = (char *)(uintptr_t)text;
    bool whole;

    if (converter == (iconv_t)-1)
        return false;
    bytes = to = malloc(room);
    whole = bytes && iconv(converter, &from, &left, &to, &room) != (size_t)-1 && left == 0;
    iconv_close(converter);
    if (!whole) {
        free(bytes);
        return false;
    }
    *out = bytes;
    *length = (size_t)(to - bytes);
    return true;
}
