#include "store/db.h"

#include "store/db_file.h"
#include "store/migration.h"

#include <mulin/base/text.h>

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PIECE = 1 << 20 };

struct copy {
    struct mu_db *db;
    int file;
    const char *path;
    bool paced; /* every piece goes to the disk before the next */
    unsigned char original[PIECE], copied[PIECE];
};

static enum mu_status cannot_write(const struct copy *copy, struct mu_error *error)
{
    return mu_fail(error, MU_STORE, MU_SAY_error_seal_write, copy->path, mu_errno_text(errno),
                   NULL);
}

/* True when the copy holds the piece already. */
static bool is_copied(struct copy *copy, int64_t at, size_t length)
{
    return pread(copy->file, copy->copied, length, at) == (ssize_t)length &&
           memcmp(copy->copied, copy->original, length) == 0;
}

static enum mu_status write_piece(const struct copy *copy, int64_t at, size_t length,
                                  struct mu_error *error)
{
    size_t done = 0;

    while (done < length) {
        ssize_t step = pwrite(copy->file, copy->original + done, length - done, at + (int64_t)done);

        if (step < 0 && errno == EINTR)
            continue;
        if (step <= 0)
            return cannot_write(copy, error);
        done += (size_t)step;
    }
    /* Else the commit of a desk has the disk write all of this first. */
    if (copy->paced && fdatasync(copy->file) != 0)
        return cannot_write(copy, error);
    return MU_OK;
}

static enum mu_status copy_pieces(struct copy *copy, struct mu_error *error)
{
    int64_t at = 0;
    size_t length;

    for (;;) {
        enum mu_status status =
            mu_db_read_bytes(copy->db, at, copy->original, PIECE, &length, error);

        if (status != MU_OK)
            return status;
        if (length == 0)
            break;
        if (!is_copied(copy, at, length))
            status = write_piece(copy, at, length, error);
        if (status != MU_OK)
            return status;
        at += (int64_t)length;
    }
    return ftruncate(copy->file, at) == 0 ? MU_OK : cannot_write(copy, error);
}

/* A transaction begins to read, and to keep writers out, with its first query. */
static enum mu_status copy_locked(struct copy *copy, struct mu_error *error)
{
    struct mu_query query;
    enum mu_status status = mu_db_begin_read(copy->db, error);

    if (status != MU_OK)
        return status;
    query = mu_query(copy->db, "SELECT count(*) FROM sqlite_schema");
    status = mu_query_run(&query, error);
    if (status == MU_OK)
        status = copy_pieces(copy, error);
    mu_db_end_read(copy->db);
    return status;
}

/* Twice. While desks commit, the pieces need not fit together and a fault counts for nothing, but
 * almost all is read and written; then, with commits held up, only what has changed since. */
static enum mu_status copy_all(struct mu_db *db, int file, const char *path, struct mu_error *error)
{
    struct copy *copy = calloc(1, sizeof *copy);
    enum mu_status status;

    if (!copy)
        return mu_fail_memory(error);
    copy->db = db;
    copy->file = file;
    copy->path = path;
    copy->paced = true;
    copy_pieces(copy, NULL);
    copy->paced = false;
    status = copy_locked(copy, error);
    free(copy);
    return status;
}

/* A file on its way to `path`: without a name, so that nothing in the clear stays behind when the
 * desk is killed, or under the name `part` where the file system has no such files. */
static int open_part(const char *path, char *part)
{
    char folder[MU_PATH_SIZE];
    int file;

    if (!mu_text_copy(folder, sizeof folder, path) || !mu_file_part(path, part)) {
        errno = ENAMETOOLONG;
        return -1;
    }
    file = open(dirname(folder), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (file >= 0) {
        *part = '\0';
        return file;
    }
    return open(part, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
}

/* Gives the unnamed file its name, on the disk as its content is. */
static enum mu_status name_copy(int file, const char *path, struct mu_error *error)
{
    char unnamed[32];

    snprintf(unnamed, sizeof unnamed, "/proc/self/fd/%d", file);
    if (fsync(file) != 0 || linkat(AT_FDCWD, unnamed, AT_FDCWD, path, AT_SYMLINK_FOLLOW) != 0)
        return mu_fail(error, MU_STORE,
                       errno == EEXIST ? MU_SAY_error_file_exists : MU_SAY_error_db_cannot_open,
                       path, mu_errno_text(errno), NULL);
    mu_file_sync_name(path);
    return MU_OK;
}

enum mu_status mu_db_copy(struct mu_db *db, const char *path, struct mu_error *error)
{
    char part[MU_PATH_SIZE];
    int file = open_part(path, part);
    enum mu_status status;

    if (file < 0)
        return mu_fail(error, MU_STORE, MU_SAY_error_seal_write, path, mu_errno_text(errno), NULL);
    status = copy_all(db, file, path, error);
    if (status == MU_OK && !*part)
        status = name_copy(file, path, error);
    close(file);
    if (status == MU_OK && *part)
        return mu_file_finish(part, path, error);
    if (*part)
        unlink(part);
    return status;
}
