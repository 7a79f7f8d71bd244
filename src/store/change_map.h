/* Which blocks of a record file are written while a copy of it is being made.
 * The copy lays a file beside the records (RECORDS-changes); every desk that is about to write
 * marks there what it will write, and a commit that was not marked shows: the file also holds the
 * change counter of the records, bytes 24 to 27 of theirs, as the last commit that was marked left
 * it. Whatever does not fit makes the marks worthless and never the records or a copy wrong.
 * The locks of SQLite keep both sides apart: a desk joins and leaves while it alone may write
 * (EXCLUSIVE), the copy does its part while nobody may (SHARED). */
#ifndef MULIN_SRC_STORE_CHANGE_MAP_H
#define MULIN_SRC_STORE_CHANGE_MAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { MU_CHANGE_BLOCK = 4096 }; /* bytes of the record file that one mark stands for */

/* For a desk that is about to write the records `path`: a descriptor of the marks, -1 when nobody
 * is copying. What a killed copy left is removed. */
int mu_changes_find(const char *path);
/* Joins, with the change counter of the records as it stands. False when the marks are worthless;
 * then nothing more is to be done with them. */
bool mu_changes_join(int file, uint32_t counter);
/* Marks what `length` bytes from `at` on belong to, before they change. False when that failed: the
 * marks are worthless then. */
bool mu_changes_mark(int file, int64_t at, int64_t length);
/* Everything was marked, and this is what the change counter is now. */
void mu_changes_leave(int file, uint32_t counter);

/* The side of the copy. */
struct mu_change_map {
    int file; /* -1: there is none, and the desks mark nothing */
    char *path;
};

/* Lays the file beside the records `path`; without one when that cannot be, as while another copy
 * is being made. False only when there is no memory. */
bool mu_change_map_open(struct mu_change_map *map, const char *path, uint32_t counter);
/* What was marked since the last call or the opening, which is then forgotten: *mark[i] is not 0
 * for a block that may have changed; *count of them, owned (free). False when that cannot be told:
 * a desk that marks nothing has written, one died while it wrote, or something failed. */
bool mu_change_map_take(const struct mu_change_map *map, uint32_t counter, unsigned char **mark,
                        size_t *count);
/* Removes the file. */
void mu_change_map_close(struct mu_change_map *map);

#endif
