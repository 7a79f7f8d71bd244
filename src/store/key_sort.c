#include "store/key_sort.h"

#include "base/growing.h"
#include "store/db_file.h"
#include "store/search_store.h"

#include <mulin/base/text.h>

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A record is a byte with the length of what follows, the token with its NUL, and the number, the
 * highest byte first: so records are compared as bytes. */
enum {
    ID_BYTES = 8,
    RECORD_MOST = 1 + MU_SEARCH_TOKEN_SIZE + ID_BYTES,
    BLOCK = 4 << 20,   /* bytes: of the records that are sorted at once, and of those merged */
    PIECE_LEAST = 4096 /* bytes of a run that are read at once */
};

/* A record in the block. Most comparisons end with its first bytes. */
struct entry {
    uint64_t first;
    const unsigned char *record;
};

/* A sorted run in the file, and the piece of it that has been read. */
struct run {
    off_t next, end;
    unsigned char *piece;
    size_t size, at, length;
};

struct mu_key_sort {
    const char *path;
    unsigned char *block; /* records from its start, their entries from its end */
    size_t used, count;
    int file; /* -1: everything has found room so far */
    off_t written;
    struct run *run; /* owned; when merging a heap, the first in order at the top */
    size_t runs, room;
    size_t taken; /* of the entries, when there is no file */
    bool again;   /* the top of the heap has been handed out */
};

static enum mu_status fail(const struct mu_key_sort *sort, struct mu_error *error)
{
    return errno == ENOSPC || errno == EDQUOT
               ? mu_fail(error, MU_STORE, MU_SAY_error_db_full, sort->path, NULL)
               : mu_fail(error, MU_STORE, MU_SAY_error_db_input_output, sort->path,
                         mu_errno_text(errno), NULL);
}

struct mu_key_sort *mu_key_sort_new(const char *path)
{
    struct mu_key_sort *sort = calloc(1, sizeof *sort);

    if (!sort)
        return NULL;
    sort->path = path;
    sort->file = -1;
    sort->block = malloc(BLOCK);
    if (!sort->block)
        mu_key_sort_free(&sort);
    return sort;
}

void mu_key_sort_free(struct mu_key_sort **sort)
{
    if (!*sort)
        return;
    if ((*sort)->file >= 0)
        close((*sort)->file);
    free((*sort)->run);
    free((*sort)->block);
    free(*sort);
    *sort = NULL;
}

static struct entry *entries(const struct mu_key_sort *sort)
{
    return (struct entry *)(void *)(sort->block + BLOCK) - sort->count;
}

static int compare_records(const unsigned char *a, const unsigned char *b)
{
    size_t length = *a < *b ? *a : *b;
    int order = memcmp(a + 1, b + 1, length);

    return order != 0 ? order : *a - *b;
}

static int compare_entries(const void *left, const void *right)
{
    const struct entry *a = left, *b = right;

    if (a->first != b->first)
        return a->first < b->first ? -1 : 1;
    return compare_records(a->record, b->record);
}

static void sort_entries(struct mu_key_sort *sort)
{
    qsort(entries(sort), sort->count, sizeof(struct entry), compare_entries);
}

/* Without a name, so that nothing stays behind when the desk is killed; where the file system has
 * no such files it loses its name at once. */
static int open_unnamed(const char *path)
{
    char folder[MU_PATH_SIZE], part[MU_PATH_SIZE];
    int file;

    if (!mu_text_copy(folder, sizeof folder, path) || !mu_file_part(path, part)) {
        errno = ENAMETOOLONG;
        return -1;
    }
    file = open(dirname(folder), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (file >= 0)
        return file;
    file = open(part, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (file >= 0)
        unlink(part);
    return file;
}

static bool write_all(int file, const unsigned char *bytes, size_t size)
{
    while (size > 0) {
        ssize_t written = write(file, bytes, size);

        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0) {
            errno = written < 0 ? errno : EIO;
            return false;
        }
        bytes += written;
        size -= (size_t)written;
    }
    return true;
}

/* Writes the sorted records of the block, a piece at a time. */
static bool write_entries(struct mu_key_sort *sort)
{
    const struct entry *entry = entries(sort);
    unsigned char piece[1 << 15];
    size_t used = 0;

    for (size_t i = 0; i < sort->count; i++) {
        size_t size = 1u + *entry[i].record;

        if (used + size > sizeof piece) {
            if (!write_all(sort->file, piece, used))
                return false;
            used = 0;
        }
        memcpy(piece + used, entry[i].record, size);
        used += size;
    }
    return write_all(sort->file, piece, used);
}

static enum mu_status write_run(struct mu_key_sort *sort, struct mu_error *error)
{
    struct run *run = mu_grown(sort->run, sort->runs, &sort->room, sizeof *run);

    if (!run)
        return mu_fail_memory(error);
    sort->run = run;
    if (sort->file < 0 && (sort->file = open_unnamed(sort->path)) < 0)
        return fail(sort, error);
    sort_entries(sort);
    if (!write_entries(sort))
        return fail(sort, error);
    run[sort->runs++] =
        (struct run){.next = sort->written, .end = sort->written + (off_t)sort->used};
    sort->written += (off_t)sort->used;
    sort->used = sort->count = 0;
    return MU_OK;
}

enum mu_status mu_key_sort_add(struct mu_key_sort *sort, const char *token, int64_t resident_id,
                               struct mu_error *error)
{
    size_t length = strlen(token) + 1, size = 1 + length + ID_BYTES;
    struct entry entry = {0};
    unsigned char *record;

    if (size > RECORD_MOST || resident_id <= 0)
        return mu_fail(error, MU_USAGE, MU_SAY_error_db_refused, sort->path, "search_key", NULL);
    if (sort->used + size + (sort->count + 1) * sizeof entry > BLOCK) {
        enum mu_status status = write_run(sort, error);

        if (status != MU_OK)
            return status;
    }
    record = sort->block + sort->used;
    record[0] = (unsigned char)(size - 1);
    memcpy(record + 1, token, length);
    for (size_t i = 0; i < ID_BYTES; i++)
        record[1 + length + i] = (unsigned char)((uint64_t)resident_id >> 8 * (ID_BYTES - 1 - i));
    for (size_t i = 0; i < sizeof entry.first; i++) /* a record has more bytes than these */
        entry.first = entry.first << 8 | record[1 + i];
    entry.record = record;
    sort->used += size;
    sort->count++;
    *entries(sort) = entry;
    return MU_OK;
}

/* Reads on in a run whose piece does not hold a whole record. *left is false at its end. */
static enum mu_status read_on(struct mu_key_sort *sort, struct run *run, bool *left,
                              struct mu_error *error)
{
    size_t rest = run->length - run->at;
    off_t missing = run->end - run->next;

    memmove(run->piece, run->piece + run->at, rest);
    run->at = 0;
    run->length = rest;
    while (run->length < run->size && missing > 0) {
        size_t wanted = run->size - run->length;
        ssize_t got = pread(sort->file, run->piece + run->length,
                            (off_t)wanted < missing ? wanted : (size_t)missing, run->next);

        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0) {
            errno = got < 0 ? errno : EIO;
            return fail(sort, error);
        }
        run->length += (size_t)got;
        run->next += got;
        missing -= got;
    }
    *left = run->length > 0;
    return MU_OK;
}

static const unsigned char *record_of(const struct run *run)
{
    return run->piece + run->at;
}

static bool is_whole(const struct run *run)
{
    return run->at < run->length && run->length - run->at > *record_of(run);
}

static void sift_down(struct mu_key_sort *sort, size_t at)
{
    struct run moved = sort->run[at];
    size_t child;

    while ((child = 2 * at + 1) < sort->runs) {
        if (child + 1 < sort->runs &&
            compare_records(record_of(&sort->run[child + 1]), record_of(&sort->run[child])) < 0)
            child++;
        if (compare_records(record_of(&moved), record_of(&sort->run[child])) <= 0)
            break;
        sort->run[at] = sort->run[child];
        at = child;
    }
    sort->run[at] = moved;
}

/* The block becomes pieces of all runs. */
static enum mu_status start_merge(struct mu_key_sort *sort, struct mu_error *error)
{
    size_t piece = BLOCK / sort->runs;
    bool left;

    if (piece < PIECE_LEAST) {
        unsigned char *larger = realloc(sort->block, sort->runs * PIECE_LEAST);

        if (!larger)
            return mu_fail_memory(error);
        sort->block = larger;
        piece = PIECE_LEAST;
    }
    for (size_t i = 0; i < sort->runs; i++) {
        enum mu_status status;

        sort->run[i].piece = sort->block + i * piece;
        sort->run[i].size = piece;
        status = read_on(sort, &sort->run[i], &left, error);
        if (status != MU_OK)
            return status;
    }
    for (size_t i = sort->runs / 2; i-- > 0;)
        sift_down(sort, i);
    return MU_OK;
}

enum mu_status mu_key_sort_start(struct mu_key_sort *sort, struct mu_error *error)
{
    enum mu_status status;

    if (sort->file < 0) {
        sort_entries(sort);
        return MU_OK;
    }
    status = sort->count > 0 ? write_run(sort, error) : MU_OK;
    return status == MU_OK ? start_merge(sort, error) : status;
}

/* Moves the run whose record was handed out on by one. */
static enum mu_status pass_top(struct mu_key_sort *sort, struct mu_error *error)
{
    struct run *top = &sort->run[0];
    bool left = true;
    enum mu_status status = MU_OK;

    top->at += 1u + *record_of(top);
    if (!is_whole(top))
        status = read_on(sort, top, &left, error);
    if (status != MU_OK)
        return status;
    if (!left)
        *top = sort->run[--sort->runs];
    if (sort->runs > 0)
        sift_down(sort, 0);
    return MU_OK;
}

static void tell(const unsigned char *record, struct mu_sorted_key *key)
{
    const unsigned char *id = record + 1 + *record - ID_BYTES;
    uint64_t number = 0;

    for (size_t i = 0; i < ID_BYTES; i++)
        number = number << 8 | id[i];
    *key = (struct mu_sorted_key){(const char *)record + 1, (int64_t)number};
}

enum mu_status mu_key_sort_next(struct mu_key_sort *sort, struct mu_sorted_key *key, bool *found,
                                struct mu_error *error)
{
    enum mu_status status = MU_OK;

    if (sort->file < 0) {
        *found = sort->taken < sort->count;
        if (*found)
            tell(entries(sort)[sort->taken++].record, key);
        return MU_OK;
    }
    if (sort->again)
        status = pass_top(sort, error);
    if (status != MU_OK)
        return status;
    *found = sort->again = sort->runs > 0;
    if (*found)
        tell(record_of(&sort->run[0]), key);
    return MU_OK;
}
