#include "desk/backup_work.h"
#include "desk/home_folder.h"
#include "store/key_file.h"
#include "store/migration.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { UNSEALING, CHECKING, PARTS };

/* The home must be new: a stranger's journal or records in it would mix with ours. */
static enum mu_status inspect_folder(const char *home, struct mu_error *error)
{
    char records[MU_BACKUP_PATH_SIZE];
    bool empty = true;
    struct dirent *entry;
    DIR *folder = opendir(home);
    enum mu_status status = mu_path_join(records, home, "/mulin.db", error);

    if (!folder)
        return mu_fail(error, MU_STORE, MU_SAY_error_home, home, mu_errno_text(errno), NULL);
    while (empty && (entry = readdir(folder)) != NULL)
        empty = strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0;
    closedir(folder);
    if (status != MU_OK || empty)
        return status;
    return mu_fail(error, MU_INPUT,
                   access(records, F_OK) == 0 ? MU_SAY_error_home_exists
                                              : MU_SAY_error_home_not_empty,
                   home, NULL);
}

/* What opening the records may have laid beside them: a journal, a copy of an older schema. */
static void remove_beside(const char *records)
{
    char path[MU_BACKUP_PATH_SIZE + 32];

    snprintf(path, sizeof path, "%s-journal", records);
    unlink(path);
    snprintf(path, sizeof path, "%s.before-%d", records, mu_schema_version());
    unlink(path);
}

static enum mu_status fill(const char *path, const char *home,
                           const struct mu_backup_options *options,
                           struct mu_backup_manifest *manifest, struct mu_error *error)
{
    struct mu_part part = {options, UNSEALING, PARTS};
    char fresh[MU_BACKUP_PATH_SIZE], records[MU_BACKUP_PATH_SIZE];
    enum mu_status status = mu_path_join(fresh, home, "/mulin.db.restoring", error);

    if (status == MU_OK)
        status = mu_path_join(records, home, "/mulin.db", error);
    if (status == MU_OK)
        status = mu_unseal_records(path, fresh, &part, manifest, error);
    if (status != MU_OK)
        return status;
    part.number = CHECKING;
    status = mu_check_restored(fresh, MU_DB_WORK, path, manifest, &part, error);
    remove_beside(fresh);
    if (status == MU_OK)
        status = mu_rename_new(fresh, records, error);
    if (status != MU_OK) {
        unlink(fresh);
        mu_key_file_remove(home, MU_KEY_NOW); /* of an older backup: the folder was empty */
    }
    return status;
}

enum mu_status mu_restore(const char *path, const char *home,
                          const struct mu_backup_options *options, struct mu_backup_report *report,
                          struct mu_error *error)
{
    struct mu_backup_report restored = {0};
    size_t made;
    enum mu_status status = mu_path_join(restored.path, path, "", error);

    if (status == MU_OK)
        status = mu_home_folder_make(home, &made, error);
    if (status != MU_OK)
        return status;
    status = mu_home_folder_check(home, error);
    if (status == MU_OK)
        status = inspect_folder(home, error);
    if (status == MU_OK)
        status = fill(path, home, options, &restored.manifest, error);
    restored.key_made = status == MU_OK && mu_key_file_exists(home, MU_KEY_NOW);
    if (status == MU_OK)
        *report = restored;
    else
        mu_home_folder_remove(home, made);
    return status;
}
