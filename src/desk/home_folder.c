#include "desk/home_folder.h"

#include <mulin/base/text.h>

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PATH_SIZE = 4096 };

enum mu_status mu_home_folder_make(const char *home, size_t *made, struct mu_error *error)
{
    char path[PATH_SIZE];

    *made = 0;
    if (!*home || !mu_text_copy(path, sizeof path, home))
        return mu_fail(error, MU_USAGE, MU_SAY_error_home, home, mu_errno_text(ENAMETOOLONG), NULL);
    for (char *at = path + 1;; at++) {
        char separator = *at;

        if (separator != '/' && separator != '\0')
            continue;
        *at = '\0';
        if (mkdir(path, 0700) == 0) {
            if (*made == 0)
                *made = (size_t)(at - path);
        } else if (errno != EEXIST) {
            enum mu_status status =
                mu_fail(error, MU_STORE, MU_SAY_error_home, path, mu_errno_text(errno), NULL);

            mu_home_folder_remove(home, *made);
            return status;
        }
        if (separator == '\0')
            return MU_OK;
        *at = separator;
    }
}

enum mu_status mu_home_folder_check(const char *home, struct mu_error *error)
{
    struct stat facts;

    if (stat(home, &facts) == 0 && (facts.st_mode & (S_IWGRP | S_IWOTH)) != 0)
        return mu_fail(error, MU_STORE, MU_SAY_error_home_shared, home, NULL);
    return MU_OK;
}

void mu_home_folder_remove(const char *home, size_t made)
{
    char path[PATH_SIZE];

    if (made == 0 || !mu_text_copy(path, sizeof path, home))
        return;
    for (size_t end = strlen(path); end >= made; end--)
        if (path[end] == '\0' || path[end] == '/') {
            path[end] = '\0';
            rmdir(path);
        }
}
