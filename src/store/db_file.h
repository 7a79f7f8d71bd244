/* The record file as a file, before SQLite touches it. */
#ifndef MULIN_SRC_STORE_DB_FILE_H
#define MULIN_SRC_STORE_DB_FILE_H

#include <mulin/base/error.h>

#include <stdbool.h>

enum {
    MU_APPLICATION_ID = 0x6d756c, /* "mul", in the header of our files */
    MU_PATH_SIZE = 4096,          /* bytes, the NUL counted */
};

/* Looks at the header, so that a file that is not ours stays as it is. `private`: takes away what
 * rights others have on a file of ours. MU_INPUT (missing, a link or no plain file, foreign, newer
 * than this program), MU_STORE (cannot be opened or made private). */
enum mu_status mu_file_inspect(const char *path, bool private, struct mu_error *error) MU_CHECKED;

/* Makes an empty file of mode 0600. MU_STORE, also when one stands there. */
enum mu_status mu_file_create(const char *path, struct mu_error *error) MU_CHECKED;

/* A name for a file on its way to `path`, in the same folder; `part` has MU_PATH_SIZE bytes. False
 * when that is too short. */
bool mu_file_part(const char *path, char *part);

/* Brings the file `part`, which nobody has open, to the disk and gives it its name; its own name
 * goes, also on failure. MU_STORE, also when a file of that name stands there: it is left alone. */
enum mu_status mu_file_finish(const char *part, const char *path,
                              struct mu_error *error) MU_CHECKED;

/* Makes the name of a file or folder durable, as far as the file system can. */
void mu_file_sync_name(const char *path);

/* True for a folder on NFS, SMB or FUSE, where the locks of several desks cannot be trusted. */
bool mu_on_network(const char *folder);

#endif
