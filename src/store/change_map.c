#include "store/change_map.h"

#include "store/db_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

/* The file: a head, then one byte for each block. */
struct head {
    uint32_t counter; /* change counter of the records after the last commit that was marked */
    uint32_t writing; /* somebody joined and did not leave: what follows is not all */
};

enum { HEAD = sizeof(struct head), AT_ONCE = 1024 };

static bool name_of(const char *path, char *name)
{
    return snprintf(name, MU_PATH_SIZE, "%s-changes", path) < MU_PATH_SIZE;
}

static bool put(int file, const void *bytes, size_t length, off_t at)
{
    ssize_t done;

    do
        done = pwrite(file, bytes, length, at);
    while (done < 0 && errno == EINTR);
    return done == (ssize_t)length;
}

static bool fits(int file, uint32_t counter)
{
    struct head head;

    return pread(file, &head, HEAD, 0) == HEAD && head.counter == counter && !head.writing;
}

int mu_changes_find(const char *path)
{
    char name[MU_PATH_SIZE];
    int file = name_of(path, name) ? open(name, O_RDWR | O_CLOEXEC | O_NOFOLLOW) : -1;

    /* The copy holds this lock as long as it lives. */
    if (file >= 0 && flock(file, LOCK_EX | LOCK_NB) == 0) {
        unlink(name);
        close(file);
        file = -1;
    }
    return file;
}

bool mu_changes_join(int file, uint32_t counter)
{
    static const struct head joined = {.writing = 1};

    return fits(file, counter) &&
           put(file, &joined.writing, sizeof joined.writing, offsetof(struct head, writing));
}

bool mu_changes_mark(int file, int64_t at, int64_t length)
{
    unsigned char marks[AT_ONCE];
    int64_t block = at / MU_CHANGE_BLOCK, end = (at + length - 1) / MU_CHANGE_BLOCK + 1;

    memset(marks, 1, sizeof marks);
    while (block < end) {
        size_t count = end - block < AT_ONCE ? (size_t)(end - block) : AT_ONCE;

        if (!put(file, marks, count, HEAD + block))
            return false;
        block += (int64_t)count;
    }
    return true;
}

void mu_changes_leave(int file, uint32_t counter)
{
    const struct head head = {.counter = counter};

    put(file, &head, HEAD, 0);
}

static int make(const char *name)
{
    return open(name, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
}

/* A new file, in the place of what a killed copy left. */
static int make_new(const char *name)
{
    int file = make(name), old;

    if (file >= 0 || errno != EEXIST)
        return file;
    old = open(name, O_RDWR | O_CLOEXEC | O_NOFOLLOW);
    if (old < 0)
        return -1;
    if (flock(old, LOCK_EX | LOCK_NB) == 0 && unlink(name) == 0)
        file = make(name);
    close(old);
    return file;
}

bool mu_change_map_open(struct mu_change_map *map, const char *path, uint32_t counter)
{
    const struct head head = {.counter = counter};
    char name[MU_PATH_SIZE];

    map->file = -1;
    map->path = NULL;
    if (!name_of(path, name))
        return true;
    map->path = strdup(name);
    if (!map->path)
        return false;
    map->file = make_new(name);
    if (map->file >= 0 &&
        (flock(map->file, LOCK_EX | LOCK_NB) != 0 || !put(map->file, &head, HEAD, 0)))
        mu_change_map_close(map);
    return true;
}

/* Another copy takes a file that is not locked for one that was left behind. */
static bool stands(const struct mu_change_map *map, off_t *size)
{
    struct stat about;

    if (map->file < 0 || fstat(map->file, &about) != 0 || about.st_nlink == 0)
        return false;
    *size = about.st_size;
    return true;
}

bool mu_change_map_take(const struct mu_change_map *map, uint32_t counter, unsigned char **mark,
                        size_t *count)
{
    unsigned char *taken;
    size_t marks;
    off_t size;

    if (!stands(map, &size) || size < HEAD || !fits(map->file, counter))
        return false;
    marks = (size_t)size - HEAD;
    taken = malloc(marks + 1);
    if (!taken)
        return false;
    if (pread(map->file, taken, marks, HEAD) != (ssize_t)marks || ftruncate(map->file, HEAD) != 0) {
        free(taken);
        return false;
    }
    *mark = taken;
    *count = marks;
    return true;
}

void mu_change_map_close(struct mu_change_map *map)
{
    off_t size;

    if (stands(map, &size))
        unlink(map->path);
    if (map->file >= 0)
        close(map->file);
    map->file = -1;
    free(map->path);
    map->path = NULL;
}
