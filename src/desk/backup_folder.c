#include "base/growing.h"
#include "desk/backup_work.h"
#include "desk/desk_internal.h"
#include "store/migration.h"

#include <mulin/base/text.h>
#include <mulin/domain/retention.h>

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    SERIES_BYTES = 4,
    SERIES_SIZE = 2 * SERIES_BYTES + 1,
    NAME_SIZE = 64,
};

/* The backups of one series in a folder. */
struct shelf {
    int folder;
    char series[SERIES_SIZE];
    size_t count, room;
    struct backup_file {
        char name[NAME_SIZE];
        struct mu_moment made;
    } * file; /* owned */
};

/* The word that tells the backups of this home from those of another in the same folder. */
static enum mu_status find_series(struct mu_desk *desk, char *series, struct mu_error *error)
{
    char stored[MU_SETTING_SIZE];
    unsigned char bytes[SERIES_BYTES];
    enum mu_status status = mu_setting_read(desk->db, MU_SETTING_BACKUP_SERIES, stored, error);

    if (status != MU_OK)
        return status;
    if (strlen(stored) == SERIES_SIZE - 1) {
        memcpy(series, stored, SERIES_SIZE);
        return MU_OK;
    }
    randombytes_buf(bytes, sizeof bytes);
    sodium_bin2hex(series, SERIES_SIZE, bytes, sizeof bytes);
    return mu_setting_write(desk->db, MU_SETTING_BACKUP_SERIES, series, error);
}

static void name_of(const char *series, struct mu_moment made, char *name)
{
    snprintf(name, NAME_SIZE, "mulin-%s-%04u%02u%02u-%02u%02u%02u.backup", series,
             (unsigned)made.date.year % 10000, (unsigned)made.date.month % 100,
             (unsigned)made.date.day % 100, (unsigned)made.minute / 60 % 100,
             (unsigned)made.minute % 60, (unsigned)made.second % 100);
}

/* The number that the first `digits` characters write; -1 when they write none. */
static int number_of(const char *text, int digits)
{
    int number = 0;

    for (int i = 0; i < digits; i++) {
        if (text[i] < '0' || text[i] > '9')
            return -1;
        number = number * 10 + text[i] - '0';
    }
    return number;
}

/* True when a backup of the series made at *made has this name and no other. */
static bool is_ours(const char *series, const char *name, struct mu_moment *made)
{
    const size_t prefix = strlen("mulin-") + SERIES_SIZE;
    char expected[NAME_SIZE];

    if (strlen(name) != prefix + strlen("YYYYMMDD-HHMMSS.backup"))
        return false;
    name += prefix;
    made->date =
        (struct mu_date){number_of(name, 4), number_of(name + 4, 2), number_of(name + 6, 2)};
    made->minute = number_of(name + 9, 2) * 60 + number_of(name + 11, 2);
    made->second = number_of(name + 13, 2);
    if (!mu_date_valid(made->date) || made->minute < 0 || made->second < 0)
        return false;
    name_of(series, *made, expected);
    return strcmp(name - prefix, expected) == 0;
}

static enum mu_status add_file(struct shelf *shelf, const char *name, struct mu_moment made,
                               struct mu_error *error)
{
    struct backup_file *larger = mu_grown(shelf->file, shelf->count, &shelf->room, sizeof *larger);

    if (!larger)
        return mu_fail_memory(error);
    shelf->file = larger;
    mu_text_copy(shelf->file[shelf->count].name, NAME_SIZE, name);
    shelf->file[shelf->count++].made = made;
    return MU_OK;
}

/* What a killed backup of this series left: the home's lock tells that nobody writes it. */
static bool is_torn(const char *series, const char *name)
{
    char whole[NAME_SIZE];
    struct mu_moment made;
    size_t length = strlen(name), tail = strlen(".part");

    if (length <= tail || length >= sizeof whole || strcmp(name + length - tail, ".part") != 0)
        return false;
    snprintf(whole, sizeof whole, "%.*s", (int)(length - tail), name);
    return is_ours(series, whole, &made);
}

static enum mu_status list_files(struct shelf *shelf, DIR *folder, struct mu_error *error)
{
    enum mu_status status = MU_OK;
    struct dirent *entry;
    struct mu_moment made;
    struct stat about;

    while (status == MU_OK && (entry = readdir(folder)) != NULL) {
        if (is_torn(shelf->series, entry->d_name))
            unlinkat(shelf->folder, entry->d_name, 0);
        else if (is_ours(shelf->series, entry->d_name, &made) &&
                 fstatat(shelf->folder, entry->d_name, &about, AT_SYMLINK_NOFOLLOW) == 0 &&
                 S_ISREG(about.st_mode))
            status = add_file(shelf, entry->d_name, made, error);
    }
    return status;
}

/* By name is by time, the newest first. */
static int compare_files(const void *left, const void *right)
{
    const struct backup_file *a = left, *b = right;

    return strcmp(b->name, a->name);
}

/* Removes what the rule lets go, but never `fresh`: only of that one it is known that it is good.
 */
static enum mu_status remove_old(struct shelf *shelf, const char *fresh,
                                 struct mu_backup_report *report, struct mu_error *error)
{
    struct mu_moment *made = calloc(shelf->count + 1, sizeof *made);
    bool *keep = calloc(shelf->count + 1, sizeof *keep);
    enum mu_status status = MU_OK;

    if (made && keep) {
        for (size_t i = 0; i < shelf->count; i++)
            made[i] = shelf->file[i].made;
        mu_retention_mark(made, shelf->count, keep);
    } else {
        status = mu_fail_memory(error);
    }
    for (size_t i = 0; status == MU_OK && i < shelf->count; i++) {
        const char *name = shelf->file[i].name;

        if (keep[i] || strcmp(name, fresh) == 0)
            report->kept++;
        else if (unlinkat(shelf->folder, name, 0) == 0)
            report->removed++;
        else
            status =
                mu_fail(error, MU_STORE, MU_SAY_error_backup_old, name, mu_errno_text(errno), NULL);
    }
    free(made);
    free(keep);
    return status;
}

static enum mu_status thin_out(struct shelf *shelf, const char *fresh,
                               struct mu_backup_report *report, struct mu_error *error)
{
    int again = dup(shelf->folder);
    DIR *folder = again >= 0 ? fdopendir(again) : NULL;
    enum mu_status status;

    if (!folder) {
        if (again >= 0)
            close(again);
        return mu_fail_memory(error);
    }
    status = list_files(shelf, folder, error);
    closedir(folder);
    if (status == MU_OK && shelf->count > 0) {
        qsort(shelf->file, shelf->count, sizeof *shelf->file, compare_files);
        status = remove_old(shelf, fresh, report, error);
    }
    free(shelf->file);
    return status;
}

static enum mu_status make_on_shelf(struct mu_desk *desk, const char *home, const char *folder,
                                    struct shelf *shelf, const struct mu_backup_options *options,
                                    struct mu_backup_report *report, struct mu_error *error)
{
    char path[MU_BACKUP_PATH_SIZE], name[NAME_SIZE], slashed[NAME_SIZE + 1];
    enum mu_status status = find_series(desk, shelf->series, error);

    if (status != MU_OK)
        return status;
    name_of(shelf->series, mu_desk_now(desk), name);
    snprintf(slashed, sizeof slashed, "/%s", name);
    status = mu_path_join(path, folder, slashed, error);
    if (status == MU_OK)
        status = mu_backup_make(desk, home, path, options, report, error);
    return status == MU_OK ? thin_out(shelf, name, report, error) : status;
}

enum mu_status mu_backup_to(struct mu_desk *desk, const char *folder,
                            const struct mu_backup_options *options,
                            struct mu_backup_report *report, struct mu_error *error)
{
    char home[MU_BACKUP_PATH_SIZE];
    struct shelf shelf = {.folder = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
    int lock;
    enum mu_status status;

    if (shelf.folder < 0)
        return mu_fail(error, MU_INPUT, MU_SAY_error_backup_folder, folder, mu_errno_text(errno),
                       NULL);
    status = mu_path_folder(home, mu_db_path(desk->db), error);
    if (status == MU_OK)
        status = mu_backup_lock(home, &lock, error);
    if (status == MU_OK) {
        status = make_on_shelf(desk, home, folder, &shelf, options, report, error);
        close(lock);
    }
    close(shelf.folder);
    return status;
}
