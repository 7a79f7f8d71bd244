#include "desk/backup_work.h"

#include "desk/backup_manifest.h"
#include "desk/desk_internal.h"

#include <mulin/base/text.h>

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

enum { THOUSANDTHS = 1000 };

bool mu_part_progress(void *context, int64_t done, int64_t all)
{
    const struct mu_part *part = context;
    int64_t here = all > 0 ? done * THOUSANDTHS / all : THOUSANDTHS;

    if (!part->options->progress)
        return true;
    return part->options->progress(part->options->context,
                                   (part->number * (int64_t)THOUSANDTHS + here) / part->count,
                                   THOUSANDTHS);
}

enum mu_status mu_path_join(char *out, const char *path, const char *more, struct mu_error *error)
{
    if (snprintf(out, MU_BACKUP_PATH_SIZE, "%s%s", path, more) >= MU_BACKUP_PATH_SIZE)
        return mu_fail(error, MU_USAGE, MU_SAY_error_backup_path, path, mu_errno_text(ENAMETOOLONG),
                       NULL);
    return MU_OK;
}

enum mu_status mu_path_folder(char *out, const char *path, struct mu_error *error)
{
    char copy[MU_BACKUP_PATH_SIZE];
    enum mu_status status = mu_path_join(copy, path, "", error);

    return status == MU_OK ? mu_path_join(out, dirname(copy), "", error) : status;
}

enum mu_status mu_new_file(const char *path, int *file, struct mu_error *error)
{
    int new = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);

    if (new < 0 && errno == EEXIST)
        return mu_fail(error, MU_INPUT, MU_SAY_error_file_exists, path, NULL);
    if (new < 0)
        return mu_fail(error, MU_STORE, MU_SAY_error_seal_write, path, mu_errno_text(errno), NULL);
    *file = new;
    return MU_OK;
}

enum mu_status mu_close_synced(int file, const char *path, struct mu_error *error)
{
    int fault = fsync(file) == 0 ? 0 : errno;

    /* What is read next is to come from the disk, not from memory. */
    posix_fadvise(file, 0, 0, POSIX_FADV_DONTNEED);
    if (close(file) != 0 && fault == 0)
        fault = errno;
    if (fault != 0)
        return mu_fail(error, MU_STORE, MU_SAY_error_seal_write, path, mu_errno_text(fault), NULL);
    return MU_OK;
}

/* Some file systems know no sync of a folder; that is no reason to refuse. */
static enum mu_status sync_folder_of(const char *path, struct mu_error *error)
{
    char folder[MU_BACKUP_PATH_SIZE];
    int file, fault = 0;
    enum mu_status status = mu_path_folder(folder, path, error);

    if (status != MU_OK)
        return status;
    file = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (file < 0 || (fsync(file) != 0 && errno != EINVAL))
        fault = errno;
    if (file >= 0)
        close(file);
    if (fault != 0)
        return mu_fail(error, MU_STORE, MU_SAY_error_seal_write, folder, mu_errno_text(fault),
                       NULL);
    return MU_OK;
}

/* Network disks and memory sticks may not know how to rename without replacing. */
static int rename_new(const char *from, const char *to)
{
    if (renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) == 0)
        return 0;
    if (errno != EINVAL)
        return -1;
    if (access(to, F_OK) == 0) {
        errno = EEXIST;
        return -1;
    }
    return rename(from, to);
}

enum mu_status mu_rename_new(const char *from, const char *to, struct mu_error *error)
{
    enum mu_status status;

    if (rename_new(from, to) != 0)
        return errno == EEXIST ? mu_fail(error, MU_INPUT, MU_SAY_error_file_exists, to, NULL)
                               : mu_fail(error, MU_STORE, MU_SAY_error_seal_write, to,
                                         mu_errno_text(errno), NULL);
    status = sync_folder_of(to, error);
    if (status != MU_OK)
        unlink(to);
    return status;
}

static enum mu_status open_sealed(const char *path, int *file, struct mu_error *error)
{
    struct stat about;
    int sealed = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);

    if (sealed < 0)
        return mu_fail(error, MU_INPUT, MU_SAY_error_seal_read, path, mu_errno_text(errno), NULL);
    if (fstat(sealed, &about) != 0 || !S_ISREG(about.st_mode)) {
        close(sealed);
        return mu_fail(error, MU_INPUT, MU_SAY_error_seal_foreign, path, NULL);
    }
    *file = sealed;
    return MU_OK;
}

enum mu_status mu_unseal_records(const char *path, const char *plain, struct mu_part *part,
                                 struct mu_backup_manifest *manifest, struct mu_error *error)
{
    const struct mu_seal seal = {path, plain, part->options->passphrase, mu_part_progress, part};
    unsigned char note[MU_SEAL_NOTE_SIZE];
    int sealed, file;
    enum mu_status status = open_sealed(path, &sealed, error);

    if (status != MU_OK)
        return status;
    status = mu_new_file(plain, &file, error);
    if (status != MU_OK) {
        close(sealed);
        return status;
    }
    status = mu_unseal_file(sealed, file, &seal, note, error);
    if (status == MU_OK && !mu_manifest_read(note, manifest))
        status = mu_fail(error, MU_INPUT, MU_SAY_error_seal_damaged, path, NULL);
    close(sealed);
    if (status == MU_OK)
        status = mu_close_synced(file, plain, error);
    else
        close(file);
    if (status != MU_OK)
        unlink(plain);
    return status;
}

enum mu_status mu_check_restored(const char *plain, enum mu_db_mode mode, const char *path,
                                 const struct mu_backup_manifest *manifest, struct mu_part *part,
                                 struct mu_error *error)
{
    const struct mu_verify_report *heads = &manifest->heads;
    struct mu_verify_report found;
    struct mu_desk desk = {0}; /* nobody works at it: it only carries the connection */
    enum mu_status status = mu_db_open(plain, mode, &desk.db, error);

    if (status != MU_OK)
        return status;
    status = mu_check_records(&desk, mu_part_progress, part, &found, error);
    mu_db_free(&desk.db);
    if (status == MU_OK &&
        (found.entries != heads->entries || found.audit_entries != heads->audit_entries ||
         memcmp(found.head, heads->head, sizeof found.head) != 0 ||
         memcmp(found.audit_head, heads->audit_head, sizeof found.audit_head) != 0))
        status = mu_fail(error, MU_STORE, MU_SAY_error_backup_differs, path, NULL);
    return status;
}

enum mu_status mu_backup_lock(const char *home, int *lock, struct mu_error *error)
{
    int folder = open(home, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

    if (folder < 0)
        return mu_fail(error, MU_STORE, MU_SAY_error_home, home, mu_errno_text(errno), NULL);
    if (flock(folder, LOCK_EX | LOCK_NB) != 0) {
        close(folder);
        return mu_fail(error, MU_REFUSED, MU_SAY_error_backup_running, NULL);
    }
    *lock = folder;
    return MU_OK;
}

void mu_workroom_close(const char *path)
{
    DIR *room = opendir(path);
    struct dirent *entry;

    if (!room)
        return;
    while ((entry = readdir(room)) != NULL)
        unlinkat(dirfd(room), entry->d_name, 0);
    closedir(room);
    rmdir(path);
}

enum mu_status mu_workroom_open(const char *home, char *path, struct mu_error *error)
{
    enum mu_status status = mu_path_join(path, home, "/backup.tmp", error);

    if (status != MU_OK)
        return status;
    mu_workroom_close(path);
    if (mkdir(path, 0700) != 0)
        return mu_fail(error, MU_STORE, MU_SAY_error_seal_write, path, mu_errno_text(errno), NULL);
    return MU_OK;
}
