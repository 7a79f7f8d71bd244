#include "store/db_watch.h"

#include "store/change_map.h"
#include "store/db.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <unistd.h>

/* Takes the place of the methods that the open file had, and changes four of them: a VFS of our own
 * would do the same with all of them handed on one by one. */
struct mu_watch {
    sqlite3_io_methods methods; /* first: a method finds the rest by it */
    const sqlite3_io_methods *real;
    const char *path;
    int marks; /* descriptor; -1: nobody copies, or nothing is being written */
};

static struct mu_watch *watch_of(sqlite3_file *file)
{
    return (struct mu_watch *)file->pMethods;
}

static bool read_counter(sqlite3_file *file, uint32_t *counter)
{
    unsigned char bytes[4];

    if (watch_of(file)->real->xRead(file, bytes, sizeof bytes, MU_DB_COUNTER) != SQLITE_OK)
        return false;
    *counter =
        (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
    return true;
}

/* Marks that nobody left tell that something is missing. */
static void close_marks(struct mu_watch *watch)
{
    close(watch->marks);
    watch->marks = -1;
}

static void mark(struct mu_watch *watch, int64_t at, int64_t length)
{
    if (watch->marks >= 0 && !mu_changes_mark(watch->marks, at, length))
        close_marks(watch);
}

/* Only who holds this lock writes into the file, be it to take back what a killed desk left. */
static int lock_file(sqlite3_file *file, int level)
{
    struct mu_watch *watch = watch_of(file);
    int code = watch->real->xLock(file, level);
    uint32_t counter;

    if (code != SQLITE_OK || level != SQLITE_LOCK_EXCLUSIVE || watch->marks >= 0)
        return code;
    watch->marks = mu_changes_find(watch->path);
    if (watch->marks >= 0 &&
        (!read_counter(file, &counter) || !mu_changes_join(watch->marks, counter)))
        close_marks(watch);
    return code;
}

static int unlock_file(sqlite3_file *file, int level)
{
    struct mu_watch *watch = watch_of(file);
    uint32_t counter;

    if (watch->marks >= 0) {
        if (read_counter(file, &counter))
            mu_changes_leave(watch->marks, counter);
        close_marks(watch);
    }
    return watch->real->xUnlock(file, level);
}

static int write_file(sqlite3_file *file, const void *bytes, int length, sqlite3_int64 at)
{
    struct mu_watch *watch = watch_of(file);

    mark(watch, at, length);
    return watch->real->xWrite(file, bytes, length, at);
}

static int cut_file(sqlite3_file *file, sqlite3_int64 size)
{
    struct mu_watch *watch = watch_of(file);
    sqlite3_int64 before;

    if (watch->marks >= 0) {
        if (watch->real->xFileSize(file, &before) != SQLITE_OK)
            close_marks(watch);
        else if (before > size)
            mark(watch, size, before - size);
    }
    return watch->real->xTruncate(file, size);
}

struct mu_watch *mu_watch_new(struct sqlite3 *handle, const char *path)
{
    struct mu_watch *watch = calloc(1, sizeof *watch);
    sqlite3_file *file = NULL;

    if (!watch)
        return NULL;
    watch->marks = -1;
    watch->path = path;
    if (sqlite3_file_control(handle, "main", SQLITE_FCNTL_FILE_POINTER, &file) == SQLITE_OK &&
        file->pMethods) {
        watch->real = file->pMethods;
        watch->methods = *file->pMethods;
        watch->methods.xLock = lock_file;
        watch->methods.xUnlock = unlock_file;
        watch->methods.xWrite = write_file;
        watch->methods.xTruncate = cut_file;
        file->pMethods = &watch->methods;
    }
    return watch;
}

void mu_watch_free(struct mu_watch **watch)
{
    if (!*watch)
        return;
    if ((*watch)->marks >= 0)
        close_marks(*watch);
    free(*watch);
    *watch = NULL;
}
