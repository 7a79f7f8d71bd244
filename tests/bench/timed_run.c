/* timed_run FILE COMMAND [ARGUMENT...]
 *
 * Runs a command and writes to FILE, on one line, its seconds and its peak memory in KiB. Exits as
 * the command did. (A small program of its own, because the peak that the kernel tells of a child
 * is never less than the memory of the process that started it.) */
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

int main(int count, char **arguments)
{
    struct timespec start, end;
    struct rusage usage;
    int status;
    pid_t child;
    FILE *file;

    if (count < 3)
        return 2;
    clock_gettime(CLOCK_MONOTONIC, &start);
    child = fork();
    if (child == 0) {
        execvp(arguments[2], arguments + 2);
        perror(arguments[2]);
        _exit(127);
    }
    if (child < 0 || wait4(child, &status, 0, &usage) != child) {
        perror("timed_run");
        return 2;
    }
    clock_gettime(CLOCK_MONOTONIC, &end);
    file = fopen(arguments[1], "w");
    if (!file ||
        fprintf(file, "%.6f %ld\n",
                (double)(end.tv_sec - start.tv_sec) + (double)(end.tv_nsec - start.tv_nsec) / 1e9,
                usage.ru_maxrss) < 0 ||
        fclose(file) != 0) {
        perror(arguments[1]);
        return 2;
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
