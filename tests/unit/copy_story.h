/* Something happens to the records while they are copied, and what the copy reads while desks
 * cannot commit is counted: a VFS in front of the usual one. */
#ifndef MULIN_TESTS_UNIT_COPY_STORY_H
#define MULIN_TESTS_UNIT_COPY_STORY_H

#include "home.h"

#include "desk/desk_internal.h"
#include "store/db.h"

#include <sqlite3.h>

static struct copy_story {
    sqlite3_vfs vfs, *usual;
    sqlite3_io_methods methods;
    const sqlite3_io_methods *real;
    struct {
        sqlite3_file *file;
        bool locked;
    } open[8];
    size_t next;
    void (*meanwhile)(struct home *home); /* after the first large read of a file without a lock */
    struct home *home;
    int64_t held; /* bytes that were read behind a lock, in reads of whole blocks */
} copy_story;

static inline bool *copy_story_locked(sqlite3_file *file)
{
    for (size_t i = 0; i < sizeof copy_story.open / sizeof *copy_story.open; i++)
        if (copy_story.open[i].file == file)
            return &copy_story.open[i].locked;
    fail_msg("no such file");
    return NULL;
}

static inline int copy_story_lock(sqlite3_file *file, int level)
{
    int code = copy_story.real->xLock(file, level);

    if (code == SQLITE_OK)
        *copy_story_locked(file) = true;
    return code;
}

static inline int copy_story_unlock(sqlite3_file *file, int level)
{
    if (level == SQLITE_LOCK_NONE)
        *copy_story_locked(file) = false;
    return copy_story.real->xUnlock(file, level);
}

static inline int copy_story_read(sqlite3_file *file, void *bytes, int length, sqlite3_int64 at)
{
    int code = copy_story.real->xRead(file, bytes, length, at);
    void (*meanwhile)(struct home *) = copy_story.meanwhile;

    if (*copy_story_locked(file) && length >= 4096)
        copy_story.held += length;
    else if (meanwhile && length > 65536) {
        copy_story.meanwhile = NULL;
        meanwhile(copy_story.home);
        copy_story.held = 0;
    }
    return code;
}

static inline int copy_story_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags,
                                  int *out)
{
    int code = copy_story.usual->xOpen(vfs, name, file, flags, out);

    if (code != SQLITE_OK || !(flags & SQLITE_OPEN_MAIN_DB))
        return code;
    copy_story.real = file->pMethods;
    copy_story.methods = *file->pMethods;
    copy_story.methods.xLock = copy_story_lock;
    copy_story.methods.xUnlock = copy_story_unlock;
    copy_story.methods.xRead = copy_story_read;
    file->pMethods = &copy_story.methods;
    copy_story.open[copy_story.next].file = file;
    copy_story.open[copy_story.next].locked = false;
    copy_story.next = (copy_story.next + 1) % (sizeof copy_story.open / sizeof *copy_story.open);
    return code;
}

static inline void copy_story_install(void)
{
    copy_story.usual = sqlite3_vfs_find(NULL);
    copy_story.vfs = *copy_story.usual;
    copy_story.vfs.zName = "copy-story";
    copy_story.vfs.xOpen = copy_story_open;
    assert_int_equal(sqlite3_vfs_register(&copy_story.vfs, 1), SQLITE_OK);
}

static inline unsigned char *copy_story_bytes(const char *path, size_t *size)
{
    struct stat about;
    int file = open(path, O_RDONLY | O_CLOEXEC);
    unsigned char *bytes;

    assert_true(file >= 0);
    assert_int_equal(fstat(file, &about), 0);
    *size = (size_t)about.st_size;
    bytes = malloc(*size + 1);
    assert_non_null(bytes);
    assert_int_equal(read(file, bytes, *size), *size);
    close(file);
    return bytes;
}

/* Copies the records while `meanwhile` happens, and finds the copy the same byte for byte. The
 * bytes that were read while commits were held up; *size: of the records. */
static inline int64_t copy_story_tell(struct home *home, void (*meanwhile)(struct home *home),
                                      size_t *size)
{
    char copy[96], map[96];
    unsigned char *ours, *copied;
    size_t copied_size;

    snprintf(copy, sizeof copy, "%s.copy", home->path);
    snprintf(map, sizeof map, "%s-changes", home->path);
    copy_story.home = home;
    copy_story.meanwhile = meanwhile;
    assert_int_equal(mu_db_copy(home->desk->db, copy, NULL, NULL, NULL), MU_OK);
    assert_null(copy_story.meanwhile);
    ours = copy_story_bytes(home->path, size);
    copied = copy_story_bytes(copy, &copied_size);
    assert_int_equal(*size, copied_size);
    assert_memory_equal(ours, copied, copied_size);
    assert_int_equal(access(map, F_OK), -1);
    free(ours);
    free(copied);
    assert_int_equal(unlink(copy), 0);
    return copy_story.held;
}

/* Another desk serves three meals. */
static inline void copy_story_lunch(struct home *home)
{
    const struct mu_meal_request request = {.occupation = "外卖员"};
    struct mu_desk *other = home_desk(home, HOME_NOW);
    struct mu_meal_answer answer;

    for (int i = 0; i < 3; i++)
        assert_int_equal(mu_serve_meal(other, &request, &answer, NULL), MU_OK);
    mu_desk_free(&other);
}

#endif
