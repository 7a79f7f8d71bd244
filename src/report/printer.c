#include "report/printer.h"

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

FILE *report_pages(void)
{
    int file = memfd_create("pages", MFD_CLOEXEC);
    FILE *pages = file >= 0 ? fdopen(file, "w") : NULL;

    if (!pages && file >= 0)
        close(file);
    return pages;
}

enum mu_status report_print(FILE *pages, struct mu_error *error)
{
    char lp[] = "lp", title[] = "-tmulin";
    char *const arguments[] = {lp, title, NULL};
    posix_spawn_file_actions_t actions;
    pid_t child = 0;
    int code, how = 0;

    if (fflush(pages) != 0 || lseek(fileno(pages), 0, SEEK_SET) != 0 ||
        posix_spawn_file_actions_init(&actions) != 0)
        return mu_fail_memory(error);
    posix_spawn_file_actions_adddup2(&actions, fileno(pages), STDIN_FILENO);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    code = posix_spawnp(&child, lp, &actions, NULL, arguments, environ);
    posix_spawn_file_actions_destroy(&actions);
    if (code != 0)
        return mu_fail(error, MU_INPUT, MU_SAY_error_list_no_lp, mu_errno_text(code), NULL);
    while (waitpid(child, &how, 0) < 0)
        if (errno != EINTR)
            return mu_fail(error, MU_INPUT, MU_SAY_error_list_printer, NULL);
    if (WIFEXITED(how) && WEXITSTATUS(how) == 127)
        return mu_fail(error, MU_INPUT, MU_SAY_error_list_no_lp, mu_errno_text(ENOENT), NULL);
    if (!WIFEXITED(how) || WEXITSTATUS(how) != 0)
        return mu_fail(error, MU_INPUT, MU_SAY_error_list_printer, NULL);
    return MU_OK;
}
