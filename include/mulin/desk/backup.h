/* Backups: a copy of all records in one file that only its passphrase opens, and the way back. */
#ifndef MULIN_DESK_BACKUP_H
#define MULIN_DESK_BACKUP_H

#include <mulin/base/error.h>
#include <mulin/desk/desk.h>
#include <mulin/desk/house.h>

/* Sizes in bytes, the NUL counted; the least length without it: 12 letters or 4 Chinese
 * characters. */
enum { MU_PASSPHRASE_LEAST = 12, MU_PASSPHRASE_SIZE = 256, MU_BACKUP_PATH_SIZE = 4096 };

struct mu_backup_options {
    const char *passphrase; /* one line of UTF-8; borrowed during the call */
    mu_progress *progress;  /* in thousandths of the whole work; may be NULL */
    void *context;
};

/* What stands in the backup before the records. */
struct mu_backup_manifest {
    struct mu_moment made_at;
    char centre[MU_RULE_NAME_SIZE];
    int schema;                    /* of the record file */
    int64_t size;                  /* of the record file in bytes */
    struct mu_verify_report heads; /* of ledger and audit trail */
};

struct mu_backup_report {
    struct mu_backup_manifest manifest;
    char path[MU_BACKUP_PATH_SIZE]; /* of the backup that was made */
    int kept, removed;              /* backups in the folder; 0 without one */
    bool
        key_made; /* by a restore: the records were not sealed yet, now they are, under a new key */
};

/* Makes a backup while desks go on working: a consistent copy of the records is sealed into the new
 * file `path` (mode 0600, never over an existing one), then opened again, checked as mu_verify does
 * and compared with the manifest. It has its name only when it is good and on disk; after any
 * failure, or when the progress says stop, there is none. Its moment is remembered in the home,
 * with a line in the audit trail; when just that fails, the backup is there, and the error
 * says so.
 * One backup of a home is made at a time. The key file of a home is not part of it.
 * MU_INPUT (passphrase too short or not a line of text, a file of that name), MU_REFUSED (right,
 * stopped, another backup at work), MU_STORE, MU_MEMORY. */
enum mu_status mu_backup(struct mu_desk *desk, const char *path,
                         const struct mu_backup_options *options, struct mu_backup_report *report,
                         struct mu_error *error) MU_CHECKED;

/* The same into a folder, under the name mulin-SERIES-YYYYMMDD-HHMMSS.backup, where SERIES stands
 * for this home; then the older ones of the series are thinned by mu_retention_mark. Other files
 * are never touched. The folder is not made: a disk that is not there must not go unnoticed. */
enum mu_status mu_backup_to(struct mu_desk *desk, const char *folder,
                            const struct mu_backup_options *options,
                            struct mu_backup_report *report, struct mu_error *error) MU_CHECKED;

/* Makes the new home `home` from a backup. The folder must be new or empty. The records are checked
 * as mu_verify does and compared with the manifest before they get their name; nothing is left
 * behind on failure. A backup of an older program is brought up to date.
 * MU_INPUT (no backup, wrong passphrase, damaged, made by a newer program, a home that is not new),
 * MU_REFUSED (stopped), MU_STORE, MU_MEMORY. */
enum mu_status mu_restore(const char *path, const char *home,
                          const struct mu_backup_options *options, struct mu_backup_report *report,
                          struct mu_error *error) MU_CHECKED;

#endif
