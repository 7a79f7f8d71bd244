/* A disk in memory under SQLite, for tests: it loses its power, breaks and fills up when told.
 *
 * What a file holds and what of it would survive a power cut are two things. Writes and cuts of a
 * file wait until it is synced; a new name waits for the first sync of its file, a removed one for
 * the folder. When the power goes, every 512 bytes of each waiting write, every waiting cut and
 * every waiting name survive by a throw of dice.
 *
 * Everything SQLite opens goes to the disk in use while memory_disk_install is in force; the files
 * that the program opens itself stay on the real one. One process at a time: locks are granted. */
#ifndef MULIN_TESTS_FAULT_MEMORY_DISK_H
#define MULIN_TESTS_FAULT_MEMORY_DISK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct memory_disk;

/* From now on SQLite works on memory disks; memory_disk_uninstall gives it the real one again. */
void memory_disk_install(void);
void memory_disk_uninstall(void);

struct memory_disk *memory_disk_new(void);
void memory_disk_free(struct memory_disk **disk);
/* New connections go to this disk; those that are open stay where they are. */
void memory_disk_use(struct memory_disk *disk);
/* A file as it lies on the disk, safe. */
void memory_disk_put(struct memory_disk *disk, const char *name, const void *bytes, size_t size);
/* The content of a file, borrowed until it is written; NULL when there is none of that name. */
const void *memory_disk_get(const struct memory_disk *disk, const char *name, size_t *size);

/* What is found after a power cut at this moment, everything in it safe. The same seed throws the
 * same dice. Owned by the caller. */
struct memory_disk *memory_disk_after_power_cut(const struct memory_disk *disk, uint64_t seed);
/* Two that were found after cuts of the same disk, and are alike, have the same number here. */
uint64_t memory_disk_pattern(const struct memory_disk *found);

/* Told of every call that changes something, when it has happened and nothing of it is safe yet: a
 * power cut at this moment is one in the middle of that call. */
typedef void memory_disk_listener(void *context, struct memory_disk *disk);
void memory_disk_listen(struct memory_disk *disk, memory_disk_listener *listener, void *context);

/* How a call fails. */
struct memory_disk_fault {
    long at;      /* the first call that fails, counted from 1; 0: none */
    bool full;    /* "no room", at calls that write: others are not counted */
    bool stays;   /* every call after it fails, too */
    bool happens; /* it fails after it has done its work (a write the first half); calls that
                   * change nothing are not counted */
};
/* Counts from here. */
void memory_disk_break(struct memory_disk *disk, struct memory_disk_fault fault);
/* Calls that failed since then. */
long memory_disk_failures(const struct memory_disk *disk);

/* Where disks take their memory from: realloc, unless told otherwise. */
extern void *(*memory_disk_allocate)(void *block, size_t size);

/* A stream of numbers that looks random. */
uint64_t memory_disk_dice(uint64_t *state);

#endif
