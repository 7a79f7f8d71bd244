#include "store/db.h"

#include "base/pace.h"
#include "store/change_map.h"
#include "store/db_file.h"
#include "store/migration.h"

#include <mulin/base/text.h>

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    PIECE = 1 << 20,
    FEW = 1024,  /* blocks that are read in a moment: the last ones, while no desk can commit */
    ROUNDS = 16, /* more would be a race with the desks */
};

struct copy {
    struct mu_db *db;
    int file;
    const char *path;
    mu_copy_progress *progress; /* may be NULL */
    void *context;
    int64_t size; /* of the records when it began */
    bool stopped; /* by the person who waits for it */
    struct mu_change_map changes;
    bool held;      /* desks wait for this: it is not paced */
    size_t waiting; /* bytes on their way to the disk */
    unsigned char original[PIECE], copied[PIECE];
    struct run {
        int64_t at;
        size_t length;
    } run[FEW];
    size_t runs;
    unsigned char kept[FEW * MU_CHANGE_BLOCK]; /* what the runs hold */
};

static enum mu_status cannot_write(const struct copy *copy, struct mu_error *error)
{
    return mu_fail(error, MU_STORE, MU_SAY_error_seal_write, copy->path, mu_errno_text(errno),
                   NULL);
}

static enum mu_status tell(struct copy *copy, int64_t done, struct mu_error *error)
{
    if (copy->progress && !copy->stopped)
        copy->stopped =
            !copy->progress(copy->context, done < copy->size ? done : copy->size, copy->size);
    return copy->stopped ? mu_fail(error, MU_REFUSED, MU_SAY_error_seal_stopped, NULL) : MU_OK;
}

/* True when the copy holds the piece already. */
static bool is_copied(struct copy *copy, int64_t at, size_t length)
{
    return pread(copy->file, copy->copied, length, at) == (ssize_t)length &&
           memcmp(copy->copied, copy->original, length) == 0;
}

static enum mu_status write_at(struct copy *copy, const unsigned char *bytes, int64_t at,
                               size_t length, struct mu_error *error)
{
    size_t done = 0;

    while (done < length) {
        ssize_t step = pwrite(copy->file, bytes + done, length - done, at + (int64_t)done);

        if (step < 0 && errno == EINTR)
            continue;
        if (step <= 0)
            return cannot_write(copy, error);
        done += (size_t)step;
    }
    if (!copy->held && !mu_pace(copy->file, &copy->waiting, length))
        return cannot_write(copy, error);
    return MU_OK;
}

static enum mu_status fit_size(const struct copy *copy, int64_t size, struct mu_error *error)
{
    return ftruncate(copy->file, size) == 0 ? MU_OK : cannot_write(copy, error);
}

static enum mu_status copy_pieces(struct copy *copy, struct mu_error *error)
{
    int64_t at = 0;
    size_t length;

    for (;;) {
        enum mu_status status = tell(copy, at, error);

        if (status == MU_OK)
            status = mu_db_read_bytes(copy->db, at, copy->original, PIECE, &length, error);
        if (status == MU_OK && length == 0)
            return fit_size(copy, at, error);
        if (status == MU_OK && !is_copied(copy, at, length))
            status = write_at(copy, copy->original, at, length, error);
        if (status != MU_OK)
            return status;
        at += (int64_t)length;
    }
}

/* Blocks of the records that changed, as they were marked. */
struct marks {
    unsigned char *mark; /* owned */
    size_t count, marked;
};

/* The next run of marked blocks from *at on, no longer than a piece: its length in blocks, 0 when
 * there is none. */
static size_t next_run(const struct marks *marks, size_t *at)
{
    size_t length = 0;

    while (*at < marks->count && !marks->mark[*at])
        ++*at;
    while (*at + length < marks->count && marks->mark[*at + length] &&
           length < PIECE / MU_CHANGE_BLOCK)
        length++;
    return length;
}

static enum mu_status copy_marked(struct copy *copy, const struct marks *marks,
                                  struct mu_error *error)
{
    enum mu_status status = MU_OK;
    size_t at = 0, blocks, length;

    for (; status == MU_OK && (blocks = next_run(marks, &at)) > 0; at += blocks) {
        int64_t from = (int64_t)at * MU_CHANGE_BLOCK;

        status = tell(copy, copy->size, error);
        if (status == MU_OK)
            status = mu_db_read_bytes(copy->db, from, copy->original, blocks * MU_CHANGE_BLOCK,
                                      &length, error);
        if (status == MU_OK)
            status = write_at(copy, copy->original, from, length, error);
    }
    return status;
}

/* Reads the few that are left, to be written when desks can commit again. */
static enum mu_status keep_marked(struct copy *copy, const struct marks *marks,
                                  struct mu_error *error)
{
    enum mu_status status = MU_OK;
    size_t at = 0, blocks, used = 0;

    for (; status == MU_OK && (blocks = next_run(marks, &at)) > 0; at += blocks) {
        struct run *run = &copy->run[copy->runs++];

        run->at = (int64_t)at * MU_CHANGE_BLOCK;
        status = mu_db_read_bytes(copy->db, run->at, copy->kept + used, blocks * MU_CHANGE_BLOCK,
                                  &run->length, error);
        used += run->length;
    }
    return status;
}

static enum mu_status write_kept(struct copy *copy, struct mu_error *error)
{
    const unsigned char *bytes = copy->kept;
    enum mu_status status = MU_OK;

    for (size_t i = 0; status == MU_OK && i < copy->runs; i++) {
        status = write_at(copy, bytes, copy->run[i].at, copy->run[i].length, error);
        bytes += copy->run[i].length;
    }
    return status;
}

/* Keeps desks from committing until it is released: a transaction begins to read with its first
 * query. *counter: SQLite's of what was committed. */
static enum mu_status hold(struct copy *copy, uint32_t *counter, struct mu_error *error)
{
    unsigned char bytes[4] = {0};
    size_t length;
    struct mu_query query;
    enum mu_status status = mu_db_begin_read(copy->db, error);

    if (status != MU_OK)
        return status;
    query = mu_query(copy->db, "SELECT count(*) FROM sqlite_schema");
    status = mu_query_run(&query, error);
    if (status == MU_OK)
        status = mu_db_read_bytes(copy->db, MU_DB_COUNTER, bytes, sizeof bytes, &length, error);
    if (status != MU_OK)
        mu_db_end_read(copy->db);
    copy->held = status == MU_OK;
    *counter =
        (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
    return status;
}

static void release(struct copy *copy)
{
    mu_db_end_read(copy->db);
    copy->held = false;
}

static bool take_marks(const struct copy *copy, uint32_t counter, struct marks *marks)
{
    if (!mu_change_map_take(&copy->changes, counter, &marks->mark, &marks->count))
        return false;
    marks->marked = 0;
    for (size_t i = 0; i < marks->count; i++)
        marks->marked += marks->mark[i] != 0;
    return true;
}

/* With commits held up; ends that. */
static enum mu_status copy_last(struct copy *copy, const struct marks *marks,
                                struct mu_error *error)
{
    struct stat records;
    bool known = stat(mu_db_path(copy->db), &records) == 0;
    enum mu_status status =
        marks->marked <= FEW ? keep_marked(copy, marks, error) : copy_marked(copy, marks, error);

    release(copy);
    if (status == MU_OK)
        status = write_kept(copy, error);
    if (status == MU_OK)
        status = known ? fit_size(copy, records.st_size, error) : cannot_write(copy, error);
    return status;
}

/* Once more what was written meanwhile, until that is little. A fault while desks commit shows
 * again when all is compared. */
static enum mu_status follow(struct copy *copy, bool marked, struct mu_error *error)
{
    enum mu_status status = MU_OK;
    bool done = false;

    for (int round = 1; status == MU_OK && !done; round++) {
        struct marks marks = {0};
        uint32_t counter;

        status = hold(copy, &counter, error);
        if (status != MU_OK)
            return status;
        if (!marked || !take_marks(copy, counter, &marks)) {
            status = copy_pieces(copy, error);
            release(copy);
            done = true;
        } else if (marks.marked <= FEW || round == ROUNDS) {
            status = copy_last(copy, &marks, error);
            done = true;
        } else {
            release(copy);
            marked = copy_marked(copy, &marks, NULL) == MU_OK;
        }
        free(marks.mark);
    }
    return status;
}

/* First everything while desks commit, so that the pieces need not fit together, and then what
 * they wrote meanwhile, which they mark. Where marks are missing (another program has written,
 * a desk was killed) all is compared instead, with commits held up. */
static enum mu_status copy_all(struct copy *copy, struct mu_error *error)
{
    uint32_t counter;
    bool memory;
    enum mu_status status = hold(copy, &counter, error);

    if (status != MU_OK)
        return status;
    memory = mu_change_map_open(&copy->changes, mu_db_path(copy->db), counter);
    release(copy);
    if (!memory)
        return mu_fail_memory(error);
    status = follow(copy, copy_pieces(copy, NULL) == MU_OK, error);
    mu_change_map_close(&copy->changes);
    return status;
}

static enum mu_status copy_into(struct mu_db *db, int file, const char *path,
                                mu_copy_progress *progress, void *context, struct mu_error *error)
{
    struct copy *copy = calloc(1, sizeof *copy);
    struct stat records;
    enum mu_status status;

    if (!copy)
        return mu_fail_memory(error);
    copy->db = db;
    copy->file = file;
    copy->path = path;
    copy->progress = progress;
    copy->context = context;
    copy->size = stat(mu_db_path(db), &records) == 0 ? records.st_size : 0;
    status = copy_all(copy, error);
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

enum mu_status mu_db_copy(struct mu_db *db, const char *path, mu_copy_progress *progress,
                          void *context, struct mu_error *error)
{
    char part[MU_PATH_SIZE];
    int file = open_part(path, part);
    enum mu_status status;

    if (file < 0)
        return mu_fail(error, MU_STORE, MU_SAY_error_seal_write, path, mu_errno_text(errno), NULL);
    status = copy_into(db, file, path, progress, context, error);
    if (status == MU_OK && !*part)
        status = name_copy(file, path, error);
    close(file);
    if (status == MU_OK && *part)
        return mu_file_finish(part, path, error);
    if (*part)
        unlink(part);
    return status;
}
