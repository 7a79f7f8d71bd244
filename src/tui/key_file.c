#include "tui/key.h"

#include <mulin/base/text.h>

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { LONGEST = 16384 };

/* Reads a regular file of at most LONGEST bytes and closes it. */
static bool read_all(int file, char text[LONGEST + 2])
{
    struct stat about;
    size_t used = 0;
    ssize_t got = 0;
    bool regular = fstat(file, &about) == 0 && S_ISREG(about.st_mode);

    while (regular && used <= LONGEST && (got = read(file, text + used, LONGEST + 1 - used)) > 0)
        used += (size_t)got;
    close(file);
    text[used] = '\0';
    return regular && got >= 0 && used <= LONGEST && mu_text_valid(text, used);
}

enum mu_status mu_keymap_load(struct mu_keymap *map, const char *path, struct mu_error *error)
{
    char text[LONGEST + 2];
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);

    if (file < 0 && errno == ENOENT)
        return MU_OK;
    if (file < 0 || !read_all(file, text))
        return mu_fail(error, MU_INPUT, MU_SAY_tui_keyfile_unreadable, path, NULL);
    return mu_keymap_read(map, text, error);
}
