/* The files of a home as another program sees them, and searches that find one person. */
#ifndef MULIN_TESTS_UNIT_RAW_FILE_H
#define MULIN_TESTS_UNIT_RAW_FILE_H

#include "unit/home.h"

#include <sqlite3.h>
#include <sys/stat.h>

static inline void raw_path(const struct home *home, const char *name, char path[128])
{
    snprintf(path, 128, "%s/%s", home->folder, name);
}

/* What stands in the file, "" for none; free it. */
static inline char *raw_read(const char *path, size_t *length)
{
    FILE *file = fopen(path, "rb");
    struct stat about = {0};
    char *bytes;

    assert_true(!file || fstat(fileno(file), &about) == 0);
    bytes = calloc(1, (size_t)about.st_size + 1);
    assert_non_null(bytes);
    *length = file ? fread(bytes, 1, (size_t)about.st_size, file) : 0;
    if (file)
        fclose(file);
    return bytes;
}

static inline bool raw_holds(const struct home *home, const char *name, const char *text)
{
    char path[128];
    size_t length;
    bool found;
    char *bytes;

    raw_path(home, name, path);
    bytes = raw_read(path, &length);
    found = memmem(bytes, length, text, strlen(text)) != NULL;
    free(bytes);
    return found;
}

static inline void raw_run(const struct home *home, const char *sql)
{
    char *fault = NULL;
    sqlite3 *raw;

    assert_int_equal(sqlite3_open(home->path, &raw), SQLITE_OK);
    if (sqlite3_exec(raw, sql, NULL, NULL, &fault) != SQLITE_OK)
        fail_msg("%.100s: %s", sql, fault);
    sqlite3_close(raw);
}

static inline bool raw_take_id(void *context, const struct mu_resident *resident)
{
    int64_t *ids = context;

    ids[++ids[0]] = resident->id;
    return ids[0] < 8;
}

/* The only one found, 0 for nobody, -1 for several. */
static inline int64_t find_one(struct mu_desk *desk, const char *query)
{
    int64_t ids[9] = {0};

    assert_int_equal(mu_find_residents(desk, query, 8, raw_take_id, ids, NULL), MU_OK);
    return ids[0] == 1 ? ids[1] : ids[0] == 0 ? 0 : -1;
}

#endif
