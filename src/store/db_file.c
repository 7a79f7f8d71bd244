#include "store/db_file.h"

#include "store/migration.h"

#include <mulin/base/text.h>

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <linux/magic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

enum {
    HEADER_SIZE = 100,
    CIFS_MAGIC = (int)0xFF534D42,
    SMB2_MAGIC = (int)0xFE534D42,
    FUSE_MAGIC = 0x65735546,
};

bool mu_on_network(const char *folder)
{
    struct statfs info;

    if (statfs(folder, &info) != 0)
        return false;
    switch ((int)info.f_type) {
    case NFS_SUPER_MAGIC:
    case SMB_SUPER_MAGIC:
    case CIFS_MAGIC:
    case SMB2_MAGIC:
    case FUSE_MAGIC:
        return true;
    default:
        return false;
    }
}

static uint32_t big_endian(const unsigned char *bytes)
{
    return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

enum mu_status mu_file_inspect(const char *path, bool private, struct mu_error *error)
{
    unsigned char header[HEADER_SIZE];
    struct stat status;
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW);
    ssize_t length;

    if (file < 0 && errno == ENOENT)
        return mu_fail(error, MU_INPUT, MU_SAY_error_db_missing, path, NULL);
    if (file < 0 && errno == ELOOP)
        return mu_fail(error, MU_INPUT, MU_SAY_error_db_not_a_file, path, NULL);
    if (file < 0)
        return mu_fail(error, MU_STORE, MU_SAY_error_db_cannot_open, path, mu_errno_text(errno),
                       NULL);
    if (fstat(file, &status) != 0 || !S_ISREG(status.st_mode)) {
        close(file);
        return mu_fail(error, MU_INPUT, MU_SAY_error_db_not_a_file, path, NULL);
    }
    length = read(file, header, sizeof header);
    if (length < HEADER_SIZE || memcmp(header, "SQLite format 3", 16) != 0 ||
        big_endian(header + 68) != MU_APPLICATION_ID) {
        close(file);
        return mu_fail(error, MU_INPUT, MU_SAY_error_db_foreign, path, NULL);
    }
    if (private && (status.st_mode & 077) != 0 && fchmod(file, 0600) != 0) {
        close(file);
        return mu_fail(error, MU_STORE, MU_SAY_error_db_not_private, path, NULL);
    }
    close(file);
    if (big_endian(header + 60) > (uint32_t)mu_schema_version()) {
        char theirs[16], ours[16];

        snprintf(theirs, sizeof theirs, "%u", big_endian(header + 60));
        snprintf(ours, sizeof ours, "%d", mu_schema_version());
        return mu_fail(error, MU_INPUT, MU_SAY_error_db_newer, path, theirs, ours, NULL);
    }
    return MU_OK;
}

enum mu_status mu_file_create(const char *path, struct mu_error *error)
{
    int file = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);

    if (file < 0)
        return mu_fail(error, MU_STORE,
                       errno == EEXIST ? MU_SAY_error_file_exists : MU_SAY_error_db_cannot_open,
                       path, mu_errno_text(errno), NULL);
    close(file);
    return MU_OK;
}

bool mu_file_part(const char *path, char *part)
{
    return snprintf(part, MU_PATH_SIZE, "%s.part-%08x", path, arc4random()) < MU_PATH_SIZE;
}

void mu_file_sync_name(const char *path)
{
    char folder[MU_PATH_SIZE];
    int file;

    if (!mu_text_copy(folder, sizeof folder, path))
        return;
    file = open(dirname(folder), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (file < 0)
        return;
    fsync(file);
    close(file);
}

static int sync_content(const char *path)
{
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW), result;

    if (file < 0)
        return -1;
    result = fsync(file);
    close(file);
    return result;
}

/* link, unlike rename, replaces nothing. */
enum mu_status mu_file_finish(const char *part, const char *path, struct mu_error *error)
{
    enum mu_status status = MU_OK;

    if (sync_content(part) != 0 || link(part, path) != 0)
        status = mu_fail(error, MU_STORE,
                         errno == EEXIST ? MU_SAY_error_file_exists : MU_SAY_error_db_cannot_open,
                         path, mu_errno_text(errno), NULL);
    unlink(part);
    mu_file_sync_name(path);
    return status;
}
