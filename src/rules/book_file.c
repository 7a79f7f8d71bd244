#include <mulin/rules.h>

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum mu_status mu_rules_read(const char *path, char **book, size_t *length, struct mu_error *error)
{
    struct stat info;
    char *text;
    size_t used = 0;
    ssize_t got = 0;
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);

    if (file < 0)
        return mu_fail(error, MU_INPUT, MU_SAY_error_file, path, mu_errno_text(errno), NULL);
    if (fstat(file, &info) != 0 || !S_ISREG(info.st_mode)) {
        close(file);
        return mu_fail(error, MU_INPUT, MU_SAY_error_file_kind, path, NULL);
    }
    text = malloc(MU_RULES_LIMIT + 1);
    if (!text) {
        close(file);
        return mu_fail_memory(error);
    }
    while (used <= MU_RULES_LIMIT && (got = read(file, text + used, MU_RULES_LIMIT + 1 - used)) > 0)
        used += (size_t)got;
    if (got < 0) { /* half a book may be a good one */
        mu_fail(error, MU_INPUT, MU_SAY_error_file_read, path, mu_errno_text(errno), NULL);
        close(file);
        free(text);
        return MU_INPUT;
    }
    close(file);
    *book = text;
    *length = used;
    return MU_OK;
}
