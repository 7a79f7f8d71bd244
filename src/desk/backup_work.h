/* What making a backup and restoring one share. */
#ifndef MULIN_SRC_DESK_BACKUP_WORK_H
#define MULIN_SRC_DESK_BACKUP_WORK_H

#include "base/sealed_file.h"
#include "store/db.h"

#include <mulin/desk/backup.h>

/* Progress of one of several parts of a work, told on as thousandths of the whole. */
struct mu_part {
    const struct mu_backup_options *options;
    int number, count; /* from 0 */
};

/* The progress function of a part; `context` is the struct mu_part. */
bool mu_part_progress(void *context, int64_t done, int64_t all);

/* Joins two parts of a path. MU_USAGE when it is too long. `out` has MU_BACKUP_PATH_SIZE bytes. */
enum mu_status mu_path_join(char *out, const char *path, const char *more,
                            struct mu_error *error) MU_CHECKED;
/* The folder that `path` lies in. `out` has MU_BACKUP_PATH_SIZE bytes. */
enum mu_status mu_path_folder(char *out, const char *path, struct mu_error *error) MU_CHECKED;

/* Opens a new file of mode 0600. MU_INPUT when one stands there, MU_STORE. */
enum mu_status mu_new_file(const char *path, int *file, struct mu_error *error) MU_CHECKED;
/* Brings a written file to the disk and closes it, also on failure. */
enum mu_status mu_close_synced(int file, const char *path, struct mu_error *error) MU_CHECKED;
/* Gives the file its name, which nothing had before, and brings the name to the disk. MU_INPUT when
 * something has it, MU_STORE; `to` is not there then, as far as it was ours. */
enum mu_status mu_rename_new(const char *from, const char *to, struct mu_error *error) MU_CHECKED;

/* Unseals the backup `path` into the new file `plain`. On failure there is no such file. */
enum mu_status mu_unseal_records(const char *path, const char *plain, struct mu_part *part,
                                 struct mu_backup_manifest *manifest,
                                 struct mu_error *error) MU_CHECKED;

/* Opens the records in `mode`, checks them as mu_verify does, and compares them with the manifest
 * of the backup `path`. */
enum mu_status mu_check_restored(const char *plain, enum mu_db_mode mode, const char *path,
                                 const struct mu_backup_manifest *manifest, struct mu_part *part,
                                 struct mu_error *error) MU_CHECKED;

/* One backup of a home at a time: *lock is a descriptor to close when it is done. MU_REFUSED when
 * another is at work. */
enum mu_status mu_backup_lock(const char *home, int *lock, struct mu_error *error) MU_CHECKED;

/* A folder in the home for the files that come and go while a backup is made; what a killed backup
 * left in it is cleared away. `path` has MU_BACKUP_PATH_SIZE bytes. For holders of the lock. */
enum mu_status mu_workroom_open(const char *home, char *path, struct mu_error *error) MU_CHECKED;
/* Removes it with what is in it; never fails. */
void mu_workroom_close(const char *path);

/* mu_backup inside the lock. */
enum mu_status mu_backup_make(struct mu_desk *desk, const char *home, const char *path,
                              const struct mu_backup_options *options,
                              struct mu_backup_report *report, struct mu_error *error) MU_CHECKED;

#endif
