/* The key of a home as a file beside the record file: made, read, exchanged. */
#ifndef MULIN_SRC_STORE_KEY_FILE_H
#define MULIN_SRC_STORE_KEY_FILE_H

#include "base/seal.h"

#include <mulin/base/error.h>

enum mu_key_name {
    MU_KEY_NOW,  /* mulin.key */
    MU_KEY_OLD,  /* mulin.key.old: during a change, until it is certain */
    MU_KEY_NEXT, /* mulin.key.new: before it takes its place */
    MU_KEY_PART, /* mulin.key.part: while it is written */
    MU_KEY_NAMES
};

enum { MU_KEY_PATH_SIZE = 4160 };

/* `out` has MU_KEY_PATH_SIZE bytes. */
void mu_key_path(const char *home, enum mu_key_name name, char *out);

/* MU_STORE: missing, readable by others than its owner, no plain file, damaged (which line). *key
 * is of no meaning then. */
enum mu_status mu_key_file_read(const char *home, enum mu_key_name name,
                                unsigned char key[MU_SEAL_KEY], struct mu_error *error) MU_CHECKED;

/* Writes a new file of mode 0400; it has its name only when it is whole, and both are on disk when
 * this returns. MU_STORE, also when there is one: a key is never overwritten. */
enum mu_status mu_key_file_write(const char *home, enum mu_key_name name,
                                 const unsigned char key[MU_SEAL_KEY],
                                 struct mu_error *error) MU_CHECKED;

/* mulin.key becomes mulin.key.old as well, and mulin.key.new takes its place: at every moment there
 * is a mulin.key. */
enum mu_status mu_key_file_exchange(const char *home, struct mu_error *error) MU_CHECKED;

/* mulin.key.old is mulin.key again. */
enum mu_status mu_key_file_put_back(const char *home, struct mu_error *error) MU_CHECKED;

/* Takes one away, if it is there. Never fails: what stays is found by the next one who looks. */
void mu_key_file_remove(const char *home, enum mu_key_name name);

bool mu_key_file_exists(const char *home, enum mu_key_name name);

#endif
