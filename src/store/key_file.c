#include "store/key_file.h"

#include "base/key_text.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FILE_SIZE = 1024, OTHERS = 077 };

void mu_key_path(const char *home, enum mu_key_name name, char *out)
{
    static const char *const names[MU_KEY_NAMES] = {"mulin.key", "mulin.key.old", "mulin.key.new",
                                                    "mulin.key.part"};

    snprintf(out, MU_KEY_PATH_SIZE, "%s/%s", home, names[name]);
}

static enum mu_status fail(const char *path, struct mu_error *error)
{
    return mu_fail(error, MU_STORE, MU_SAY_error_key_file, path, mu_errno_text(errno), NULL);
}

/* Reads the whole of a small file that only its owner can read. */
static enum mu_status read_text(int file, const char *path, char text[FILE_SIZE],
                                struct mu_error *error)
{
    struct stat status;
    size_t used = 0;
    ssize_t got = 1;

    if (fstat(file, &status) != 0)
        return fail(path, error);
    if (!S_ISREG(status.st_mode))
        return mu_fail(error, MU_STORE, MU_SAY_error_key_file, path, mu_errno_text(EINVAL), NULL);
    if (status.st_mode & OTHERS)
        return mu_fail(error, MU_STORE, MU_SAY_error_key_open_to_others, path, NULL);
    while (used < FILE_SIZE - 1 && (got = read(file, text + used, FILE_SIZE - 1 - used)) > 0)
        used += (size_t)got;
    if (got < 0)
        return fail(path, error);
    text[used] = '\0';
    return MU_OK;
}

enum mu_status mu_key_file_read(const char *home, enum mu_key_name name,
                                unsigned char key[MU_SEAL_KEY], struct mu_error *error)
{
    char path[MU_KEY_PATH_SIZE], text[FILE_SIZE], number[16];
    enum mu_status status;
    int file, line = 0;

    mu_key_path(home, name, path);
    file = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (file < 0 && errno == ENOENT)
        return mu_fail(error, MU_STORE, MU_SAY_error_key_missing, path, NULL);
    if (file < 0)
        return fail(path, error);
    status = read_text(file, path, text, error);
    close(file);
    if (status == MU_OK)
        line = mu_key_text_read(text, key);
    sodium_memzero(text, sizeof text);
    if (status != MU_OK || line == 0)
        return status;
    snprintf(number, sizeof number, "%d", line);
    return mu_fail(error, MU_STORE, MU_SAY_error_key_damaged, path, number, NULL);
}

/* Names of files reach the disk with their folder. */
static enum mu_status sync_folder(const char *home, struct mu_error *error)
{
    int folder = open(home, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    enum mu_status status = MU_OK;

    if (folder < 0 || fsync(folder) != 0)
        status = fail(home, error);
    if (folder >= 0)
        close(folder);
    return status;
}

static enum mu_status write_part(const char *part, const unsigned char key[MU_SEAL_KEY],
                                 struct stat *about, struct mu_error *error)
{
    char text[MU_KEY_TEXT_SIZE];
    enum mu_status status = MU_OK;
    int file;

    unlink(part); /* of a try that was killed */
    file = open(part, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0400);
    if (file < 0)
        return fail(part, error);
    mu_key_text_write(key, text);
    errno = EIO; /* a short write leaves it */
    if (write(file, text, strlen(text)) != (ssize_t)strlen(text) || fsync(file) != 0 ||
        fstat(file, about) != 0)
        status = fail(part, error);
    close(file);
    sodium_memzero(text, sizeof text);
    return status;
}

/* True when the name leads to this file: two who make a home at once share the part's name. */
static bool is_file(const char *path, const struct stat *file)
{
    struct stat about;

    return lstat(path, &about) == 0 && about.st_ino == file->st_ino && about.st_dev == file->st_dev;
}

/* link, unlike rename, replaces nothing. */
enum mu_status mu_key_file_write(const char *home, enum mu_key_name name,
                                 const unsigned char key[MU_SEAL_KEY], struct mu_error *error)
{
    char path[MU_KEY_PATH_SIZE], part[MU_KEY_PATH_SIZE];
    struct stat written;
    bool linked = false;
    enum mu_status status;

    mu_key_path(home, name, path);
    mu_key_path(home, MU_KEY_PART, part);
    status = write_part(part, key, &written, error);
    if (status == MU_OK) {
        linked = link(part, path) == 0;
        if (!linked && errno != EEXIST)
            status = fail(path, error);
        else if (!linked || !is_file(path, &written))
            status = mu_fail(error, MU_STORE, MU_SAY_error_key_exists, path, NULL);
    }
    unlink(part);
    if (status == MU_OK) {
        status = sync_folder(home, error);
        if (status != MU_OK)
            unlink(path);
    }
    return status;
}

enum mu_status mu_key_file_exchange(const char *home, struct mu_error *error)
{
    char now[MU_KEY_PATH_SIZE], old[MU_KEY_PATH_SIZE], next[MU_KEY_PATH_SIZE];
    enum mu_status status;

    mu_key_path(home, MU_KEY_NOW, now);
    mu_key_path(home, MU_KEY_OLD, old);
    mu_key_path(home, MU_KEY_NEXT, next);
    if (link(now, old) != 0)
        return fail(old, error);
    status = sync_folder(home, error);
    if (status == MU_OK && rename(next, now) != 0)
        status = fail(now, error);
    return status == MU_OK ? sync_folder(home, error) : status;
}

enum mu_status mu_key_file_put_back(const char *home, struct mu_error *error)
{
    char now[MU_KEY_PATH_SIZE], old[MU_KEY_PATH_SIZE];

    mu_key_path(home, MU_KEY_NOW, now);
    mu_key_path(home, MU_KEY_OLD, old);
    if (rename(old, now) != 0)
        return fail(now, error);
    /* Of two names of one file rename takes away neither. */
    unlink(old);
    return sync_folder(home, error);
}

void mu_key_file_remove(const char *home, enum mu_key_name name)
{
    char path[MU_KEY_PATH_SIZE];

    mu_key_path(home, name, path);
    unlink(path);
}

bool mu_key_file_exists(const char *home, enum mu_key_name name)
{
    char path[MU_KEY_PATH_SIZE];

    mu_key_path(home, name, path);
    return access(path, F_OK) == 0;
}
