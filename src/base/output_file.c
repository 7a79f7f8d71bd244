#include "base/output_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Bytes of the path up to and including the last slash. */
static int folder_length(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash ? (int)(slash - path) + 1 : 0;
}

static int open_folder(const char *path, int flags)
{
    int length = folder_length(path), file;
    char *folder = length ? strndup(path, (size_t)length) : strdup(".");

    if (!folder)
        return -1;
    file = open(folder, flags | O_CLOEXEC, 0600);
    free(folder);
    return file;
}

/* A temporary name beside the path, owned by the caller; `ending` makes it one of many. */
static char *temporary_name(const char *path, const char *ending)
{
    int length = folder_length(path);
    char *name;

    if (asprintf(&name, "%.*s.%s.%s", length, path, path + length, ending) >= 0)
        return name;
    errno = ENOMEM;
    return NULL;
}

/* Makes the file under a temporary name anew (O_EXCL), so that no link laid out under a guessed
 * name is ever followed. */
static int open_named(struct mu_output_file *output)
{
    char *name = temporary_name(output->path, "XXXXXX");
    int file = name ? mkostemp(name, O_CLOEXEC) : -1;

    if (file >= 0)
        output->temporary = name;
    else
        free(name);
    return file;
}

bool mu_output_open(struct mu_output_file *out, const char *path)
{
    struct mu_output_file output = {.path = strdup(path)};
    int file = -1, fault;

    if (output.path) {
        /* Nothing of a file without a name stays when the desk is killed; where the file system
         * has no such files it gets a temporary one. */
        file = open_folder(path, O_TMPFILE | O_WRONLY);
        if (file < 0)
            file = open_named(&output);
    }
    if (file >= 0)
        output.file = fdopen(file, "w");
    if (!output.file) {
        fault = errno;
        if (file >= 0)
            close(file);
        mu_output_drop(&output);
        *out = (struct mu_output_file){0};
        errno = fault;
        return false;
    }
    *out = output;
    return true;
}

/* Gives an unnamed file a name; false with EEXIST when something has it. */
static bool name_file(const struct mu_output_file *output, const char *name)
{
    char open_file[32];

    snprintf(open_file, sizeof open_file, "/proc/self/fd/%d", fileno(output->file));
    return linkat(AT_FDCWD, open_file, AT_FDCWD, name, AT_SYMLINK_FOLLOW) == 0;
}

/* Only a name can replace another. */
static bool name_temporarily(struct mu_output_file *output)
{
    char ending[16];
    char *name;

    if (output->temporary)
        return true;
    snprintf(ending, sizeof ending, "%08x", arc4random());
    name = temporary_name(output->path, ending);
    if (name && name_file(output, name))
        output->temporary = name;
    else
        free(name);
    return output->temporary != NULL;
}

static bool put_in_place(struct mu_output_file *output, bool replace)
{
    if (!replace && !output->temporary)
        return name_file(output, output->path);
    if (!name_temporarily(output))
        return false;
    /* A link never replaces; the temporary name goes with the rest. */
    if (!replace)
        return link(output->temporary, output->path) == 0;
    if (rename(output->temporary, output->path) != 0)
        return false;
    free(output->temporary);
    output->temporary = NULL;
    return true;
}

/* Makes the new name itself durable; a folder that cannot be synced is no reason to refuse. */
static void sync_folder(const char *path)
{
    int file = open_folder(path, O_RDONLY | O_DIRECTORY);

    if (file >= 0) {
        fsync(file);
        close(file);
    }
}

bool mu_output_finish(struct mu_output_file *output, bool replace)
{
    bool done = fflush(output->file) == 0 && fsync(fileno(output->file)) == 0 &&
                put_in_place(output, replace);
    int fault = errno;

    if (done)
        sync_folder(output->path);
    mu_output_drop(output);
    errno = fault;
    return done;
}

void mu_output_drop(struct mu_output_file *output)
{
    if (output->file)
        fclose(output->file);
    if (output->temporary)
        unlink(output->temporary);
    free(output->temporary);
    free(output->path);
    *output = (struct mu_output_file){0};
}
