#include "fault/memory_disk.h"

#include <assert.h>
#include <malloc.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SECTOR = 512, NAME_SIZE = 512 };

struct bytes {
    unsigned char *at;
    size_t size, room;
};

/* What was done to a file since its last sync. */
struct change {
    struct change *next;
    bool cut;
    size_t offset, length; /* of a write; a cut has the new size in `offset` */
    unsigned char data[];
};

struct file {
    struct file *next;
    char name[NAME_SIZE];
    struct bytes now;
    struct bytes safe; /* what is safe, where that is something else: changes are waiting */
    struct change *first, **last;
    long state;   /* which sync of all made it safe */
    bool named;   /* the name is safe */
    bool removed; /* and that it is gone is not safe */
};

struct memory_disk {
    struct file *files;
    memory_disk_listener *listener;
    void *context;
    struct memory_disk_fault fault;
    long calls, failures, syncs;
    uint64_t pattern;
};

/* Dice, and what they showed so far. */
struct chance {
    uint64_t dice, pattern;
};

struct handle {
    sqlite3_file base;
    struct memory_disk *disk;
    struct file *file;
    bool own; /* a file without a name, gone with its handle */
};

static struct memory_disk *in_use;
static sqlite3_vfs vfs, *real;

uint64_t memory_disk_dice(uint64_t *state)
{
    uint64_t mixed = *state += UINT64_C(0x9e3779b97f4a7c15);

    mixed = (mixed ^ mixed >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    mixed = (mixed ^ mixed >> 27) * UINT64_C(0x94d049bb133111eb);
    return mixed ^ mixed >> 31;
}

void *(*memory_disk_allocate)(void *block, size_t size) = realloc;

static void *take(void *block, size_t size)
{
    void *memory = memory_disk_allocate(block, size);

    if (!memory)
        abort();
    return memory;
}

static void *take_clear(size_t size)
{
    return memset(take(NULL, size), 0, size);
}

static void resize(struct bytes *bytes, size_t size)
{
    if (size > bytes->room) {
        bytes->room = size + size / 2;
        bytes->at = take(bytes->at, bytes->room);
    }
    if (size > bytes->size)
        memset(bytes->at + bytes->size, 0, size - bytes->size);
    bytes->size = size;
}

static void write_at(struct bytes *bytes, size_t offset, const void *data, size_t length)
{
    if (offset + length > bytes->size)
        resize(bytes, offset + length);
    memcpy(bytes->at + offset, data, length);
}

static void copy_bytes(struct bytes *to, const struct bytes *from)
{
    resize(to, from->size);
    if (from->size)
        memcpy(to->at, from->at, from->size);
}

static struct file *find(const struct memory_disk *disk, const char *name)
{
    struct file *file = disk->files;

    while (file && strcmp(file->name, name) != 0)
        file = file->next;
    return file;
}

static struct file *file_new(const char *name)
{
    struct file *file = take_clear(sizeof *file);

    snprintf(file->name, sizeof file->name, "%s", name);
    file->last = &file->first;
    return file;
}

static struct file *add(struct memory_disk *disk, const char *name)
{
    struct file *file = file_new(name);

    file->state = ++disk->syncs;
    file->next = disk->files;
    disk->files = file;
    return file;
}

static void forget_changes(struct file *file)
{
    struct change *change = file->first;

    while (change) {
        struct change *next = change->next;

        free(change);
        change = next;
    }
    file->first = NULL;
    file->last = &file->first;
}

static void file_free(struct file *file)
{
    forget_changes(file);
    free(file->now.at);
    free(file->safe.at);
    free(file);
}

/* To be called before the change is made. */
static void note(struct file *file, bool cut, size_t offset, const void *data, size_t length)
{
    struct change *change = take(NULL, sizeof *change + length);

    *change = (struct change){.cut = cut, .offset = offset, .length = length};
    if (length)
        memcpy(change->data, data, length);
    if (!file->first)
        copy_bytes(&file->safe, &file->now);
    *file->last = change;
    file->last = &change->next;
}

static void make_safe(struct memory_disk *disk, struct file *file)
{
    forget_changes(file);
    file->named = true;
    file->state = ++disk->syncs;
}

static void remember(struct chance *chance, uint64_t value)
{
    chance->pattern = (chance->pattern ^ value) * UINT64_C(0x100000001b3);
}

static unsigned throw(struct chance * chance, unsigned sides)
{
    unsigned shown = (unsigned)(memory_disk_dice(&chance->dice) % sides);

    remember(chance, shown);
    return shown;
}

/* The content of sectors that were promised a place but never written is anybody's guess. */
static void grow(struct bytes *bytes, size_t size, struct chance *chance)
{
    size_t before = bytes->size;

    if (size <= before)
        return;
    resize(bytes, size);
    if (throw(chance, 2))
        memset(bytes->at + before, (int) throw(chance, 256), size - before);
}

static void survive(struct bytes *bytes, const struct change *change, struct chance *chance)
{
    size_t end = change->offset + change->length, at = change->offset;

    if (change->cut) {
        if (throw(chance, 2))
            resize(bytes, change->offset);
        return;
    }
    while (at < end) {
        size_t next = (at / SECTOR + 1) * SECTOR;

        if (next > end)
            next = end;
        if (throw(chance, 2)) {
            grow(bytes, at, chance);
            write_at(bytes, at, change->data + (at - change->offset), next - at);
        }
        at = next;
    }
}

struct memory_disk *memory_disk_after_power_cut(const struct memory_disk *disk, uint64_t seed)
{
    struct memory_disk *found = memory_disk_new();
    struct chance chance = {seed, UINT64_C(0xcbf29ce484222325)};

    for (const struct file *file = disk->files; file; file = file->next) {
        struct file *copy;

        remember(&chance, (uint64_t)file->state);
        if ((!file->named && throw(&chance, 2)) || (file->removed && throw(&chance, 2)))
            continue;
        copy = add(found, file->name);
        copy_bytes(&copy->now, file->first ? &file->safe : &file->now);
        for (const struct change *change = file->first; change; change = change->next)
            survive(&copy->now, change, &chance);
        make_safe(found, copy);
    }
    found->pattern = chance.pattern;
    return found;
}

uint64_t memory_disk_pattern(const struct memory_disk *found)
{
    return found->pattern;
}

struct memory_disk *memory_disk_new(void)
{
    return take_clear(sizeof(struct memory_disk));
}

void memory_disk_free(struct memory_disk **disk)
{
    struct file *file = *disk ? (*disk)->files : NULL;

    while (file) {
        struct file *next = file->next;

        file_free(file);
        file = next;
    }
    free(*disk);
    *disk = NULL;
}

void memory_disk_use(struct memory_disk *disk)
{
    in_use = disk;
}

void memory_disk_put(struct memory_disk *disk, const char *name, const void *bytes, size_t size)
{
    struct file *file = find(disk, name);

    if (!file)
        file = add(disk, name);
    file->removed = false;
    resize(&file->now, size);
    memcpy(file->now.at, bytes, size);
    make_safe(disk, file);
}

const void *memory_disk_get(const struct memory_disk *disk, const char *name, size_t *size)
{
    const struct file *file = find(disk, name);

    *size = file && !file->removed ? file->now.size : 0;
    return file && !file->removed ? file->now.at : NULL;
}

void memory_disk_listen(struct memory_disk *disk, memory_disk_listener *listener, void *context)
{
    disk->listener = listener;
    disk->context = context;
}

void memory_disk_break(struct memory_disk *disk, struct memory_disk_fault fault)
{
    disk->fault = fault;
    disk->calls = disk->failures = 0;
}

long memory_disk_failures(const struct memory_disk *disk)
{
    return disk->failures;
}

static void tell(struct memory_disk *disk)
{
    if (disk->listener)
        disk->listener(disk->context, disk);
}

enum call { LOOKS, CHANGES, WRITES };

/* Is it this call's turn to fail? */
static bool fails(struct memory_disk *disk, enum call call)
{
    const struct memory_disk_fault *fault = &disk->fault;

    if (!fault->at || (fault->full && call != WRITES) || (fault->happens && call == LOOKS))
        return false;
    disk->calls++;
    if (disk->calls < fault->at || (disk->calls > fault->at && !fault->stays))
        return false;
    disk->failures++;
    return true;
}

static int close_file(sqlite3_file *base)
{
    struct handle *handle = (struct handle *)base;

    if (handle->own)
        file_free(handle->file);
    return SQLITE_OK;
}

static int read_file(sqlite3_file *base, void *out, int length, sqlite3_int64 from)
{
    struct handle *handle = (struct handle *)base;
    const struct bytes *now = &handle->file->now;
    size_t offset = (size_t)from, wanted = (size_t)length, there;

    if (fails(handle->disk, LOOKS))
        return SQLITE_IOERR_READ;
    there = offset >= now->size ? 0 : now->size - offset;
    if (there > wanted)
        there = wanted;
    if (there)
        memcpy(out, now->at + offset, there);
    memset((char *)out + there, 0, wanted - there);
    return there == wanted ? SQLITE_OK : SQLITE_IOERR_SHORT_READ;
}

static void put(struct handle *handle, size_t offset, const void *data, size_t length)
{
    if (!handle->own)
        note(handle->file, false, offset, data, length);
    write_at(&handle->file->now, offset, data, length);
    if (!handle->own)
        tell(handle->disk);
}

static int write_file(sqlite3_file *base, const void *data, int length, sqlite3_int64 to)
{
    struct handle *handle = (struct handle *)base;

    if (fails(handle->disk, WRITES)) {
        if (handle->disk->fault.happens)
            put(handle, (size_t)to, data, (size_t)length / 2);
        return handle->disk->fault.full ? SQLITE_FULL : SQLITE_IOERR_WRITE;
    }
    put(handle, (size_t)to, data, (size_t)length);
    return SQLITE_OK;
}

static int cut_file(sqlite3_file *base, sqlite3_int64 size)
{
    struct handle *handle = (struct handle *)base;
    bool failed = fails(handle->disk, CHANGES);

    if (failed && !handle->disk->fault.happens)
        return SQLITE_IOERR_TRUNCATE;
    if (!handle->own)
        note(handle->file, true, (size_t)size, NULL, 0);
    resize(&handle->file->now, (size_t)size);
    if (!handle->own)
        tell(handle->disk);
    return failed ? SQLITE_IOERR_TRUNCATE : SQLITE_OK;
}

static int sync_file(sqlite3_file *base, int flags)
{
    struct handle *handle = (struct handle *)base;
    bool failed = fails(handle->disk, CHANGES);

    (void)flags;
    if (!handle->own)
        tell(handle->disk);
    if (!failed || handle->disk->fault.happens)
        make_safe(handle->disk, handle->file);
    return failed ? SQLITE_IOERR_FSYNC : SQLITE_OK;
}

static int size_of_file(sqlite3_file *base, sqlite3_int64 *size)
{
    struct handle *handle = (struct handle *)base;

    if (fails(handle->disk, LOOKS))
        return SQLITE_IOERR_FSTAT;
    *size = (sqlite3_int64)handle->file->now.size;
    return SQLITE_OK;
}

static int lock_file(sqlite3_file *base, int lock)
{
    (void)lock;
    return fails(((struct handle *)base)->disk, LOOKS) ? SQLITE_IOERR_LOCK : SQLITE_OK;
}

static int unlock_file(sqlite3_file *base, int lock)
{
    (void)base, (void)lock;
    return SQLITE_OK;
}

static int check_reserved(sqlite3_file *base, int *reserved)
{
    *reserved = 0;
    return fails(((struct handle *)base)->disk, LOOKS) ? SQLITE_IOERR_CHECKRESERVEDLOCK : SQLITE_OK;
}

static int control(sqlite3_file *base, int operation, void *argument)
{
    (void)base;
    if (operation != SQLITE_FCNTL_MMAP_SIZE)
        return SQLITE_NOTFOUND;
    *(sqlite3_int64 *)argument = 0;
    return SQLITE_OK;
}

/* As the disks of the desks: what was not written stays as it was when the power goes. */
static int sector_size(sqlite3_file *base)
{
    (void)base;
    return SECTOR;
}

static int characteristics(sqlite3_file *base)
{
    (void)base;
    return SQLITE_IOCAP_POWERSAFE_OVERWRITE;
}

static const sqlite3_io_methods methods = {
    .iVersion = 1,
    .xClose = close_file,
    .xRead = read_file,
    .xWrite = write_file,
    .xTruncate = cut_file,
    .xSync = sync_file,
    .xFileSize = size_of_file,
    .xLock = lock_file,
    .xUnlock = unlock_file,
    .xCheckReservedLock = check_reserved,
    .xFileControl = control,
    .xSectorSize = sector_size,
    .xDeviceCharacteristics = characteristics,
};

/* A name that was removed and is taken again: the old content may yet come back. */
static struct file *create(struct memory_disk *disk, const char *name)
{
    struct file *file = find(disk, name);

    if (!file)
        file = add(disk, name);
    if (file->removed) {
        file->removed = false;
        note(file, true, 0, NULL, 0);
        resize(&file->now, 0);
    }
    tell(disk);
    return file;
}

static int open_file(sqlite3_vfs *self, const char *name, sqlite3_file *base, int flags, int *out)
{
    struct handle *handle = (struct handle *)base;
    struct file *file = name ? find(in_use, name) : NULL;

    (void)self;
    *handle = (struct handle){.disk = in_use};
    if (fails(in_use, LOOKS))
        return SQLITE_CANTOPEN;
    if (!name) {
        file = file_new("");
        handle->own = true;
    } else if (!file || file->removed) {
        if (!(flags & SQLITE_OPEN_CREATE))
            return SQLITE_CANTOPEN;
        file = create(in_use, name);
    }
    handle->file = file;
    handle->base.pMethods = &methods;
    if (out)
        *out = flags;
    return SQLITE_OK;
}

static void drop(struct memory_disk *disk, struct file *file)
{
    struct file **link = &disk->files;

    while (*link != file)
        link = &(*link)->next;
    *link = file->next;
    file_free(file);
}

static int delete_file(sqlite3_vfs *self, const char *name, int sync_folder)
{
    struct file *file = find(in_use, name);
    bool failed = fails(in_use, CHANGES);

    (void)self;
    if (failed && !in_use->fault.happens)
        return SQLITE_IOERR_DELETE;
    if (!file || file->removed)
        return SQLITE_IOERR_DELETE_NOENT;
    file->removed = true;
    tell(in_use);
    if (sync_folder && !failed)
        drop(in_use, file);
    return failed ? SQLITE_IOERR_DELETE : SQLITE_OK;
}

static int access_file(sqlite3_vfs *self, const char *name, int flags, int *answer)
{
    const struct file *file = find(in_use, name);

    (void)self, (void)flags;
    *answer = file && !file->removed;
    return fails(in_use, LOOKS) ? SQLITE_IOERR_ACCESS : SQLITE_OK;
}

void memory_disk_install(void)
{
    /* Disks are copied thousands of times: their memory is not given back to the system each time.
     */
    mallopt(M_MMAP_THRESHOLD, 1 << 28);
    mallopt(M_TRIM_THRESHOLD, 1 << 30);
    if (!real)
        real = sqlite3_vfs_find(NULL);
    vfs = *real;
    vfs.iVersion = 2;
    vfs.szOsFile = sizeof(struct handle);
    vfs.zName = "memory-disk";
    vfs.pNext = NULL;
    vfs.xOpen = open_file;
    vfs.xDelete = delete_file;
    vfs.xAccess = access_file;
    if (sqlite3_vfs_register(&vfs, 1) != SQLITE_OK)
        abort();
}

void memory_disk_uninstall(void)
{
    sqlite3_vfs_unregister(&vfs);
}
