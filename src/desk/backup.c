#include <mulin/desk/backup.h>

#include "desk/backup_manifest.h"
#include "desk/backup_work.h"
#include "desk/desk_internal.h"
#include "store/audit_store.h"
#include "store/ledger_store.h"
#include "store/migration.h"

#include <mulin/base/text.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { COPYING, SEALING, UNSEALING, CHECKING, PARTS };

struct places {
    char room[MU_BACKUP_PATH_SIZE];  /* for what comes and goes */
    char copy[MU_BACKUP_PATH_SIZE];  /* of the records */
    char check[MU_BACKUP_PATH_SIZE]; /* what came out of the backup again */
    char part[MU_BACKUP_PATH_SIZE];  /* the backup before it has its name */
};

static enum mu_status check_passphrase(const char *passphrase, struct mu_error *error)
{
    if (mu_text_check(passphrase, false) != MU_TEXT_GOOD)
        return mu_fail(error, MU_INPUT, MU_SAY_error_passphrase_text, NULL);
    if (strlen(passphrase) >= MU_PASSPHRASE_SIZE)
        return mu_fail(error, MU_INPUT, MU_SAY_error_passphrase_long, NULL);
    if (strlen(passphrase) < MU_PASSPHRASE_LEAST)
        return mu_fail(error, MU_INPUT, MU_SAY_error_passphrase_short, NULL);
    return MU_OK;
}

static enum mu_status find_places(const char *home, const char *path, struct places *places,
                                  struct mu_error *error)
{
    enum mu_status status = mu_path_join(places->part, path, ".part", error);

    if (status == MU_OK)
        status = mu_workroom_open(home, places->room, error);
    if (status == MU_OK)
        status = mu_path_join(places->copy, places->room, "/copy.db", error);
    if (status == MU_OK)
        status = mu_path_join(places->check, places->room, "/check.db", error);
    return status;
}

static enum mu_status read_heads(struct mu_db *db, struct mu_verify_report *heads,
                                 struct mu_error *error)
{
    enum mu_status status = mu_ledger_head(db, &heads->entries, heads->head, error);

    return status == MU_OK ? mu_audit_head(db, &heads->audit_entries, heads->audit_head, error)
                           : status;
}

/* The manifest is made of the copy, so that both are of the same moment. */
static enum mu_status describe(struct mu_desk *desk, const char *copy,
                               struct mu_backup_manifest *manifest, struct mu_error *error)
{
    const struct mu_rules *rules;
    struct mu_db *db = NULL;
    struct stat about;
    enum mu_status status = mu_db_open(copy, MU_DB_READ, &db, error);

    if (status != MU_OK)
        return status;
    memset(manifest, 0, sizeof *manifest);
    manifest->made_at = mu_desk_now(desk);
    manifest->size = stat(copy, &about) == 0 ? about.st_size : 0;
    if (mu_desk_rules(desk, &rules, NULL, NULL) == MU_OK)
        mu_text_copy(manifest->centre, sizeof manifest->centre, rules->centre.name);
    status = mu_db_schema_version(db, &manifest->schema, error);
    if (status == MU_OK)
        status = read_heads(db, &manifest->heads, error);
    mu_db_free(&db);
    return status;
}

/* Seals the copy into the new file `part`; on failure there is no such file. */
static enum mu_status seal_copy(const struct places *places, struct mu_part *part,
                                const struct mu_backup_manifest *manifest, struct mu_error *error)
{
    const struct mu_seal seal = {places->part, places->copy, part->options->passphrase,
                                 mu_part_progress, part};
    unsigned char note[MU_SEAL_NOTE_SIZE];
    int sealed, copy = open(places->copy, O_RDONLY | O_CLOEXEC);
    enum mu_status status;

    if (copy < 0)
        return mu_fail(error, MU_STORE, MU_SAY_error_seal_read, places->copy, mu_errno_text(errno),
                       NULL);
    status = mu_new_file(places->part, &sealed, error);
    if (status != MU_OK) {
        close(copy);
        return status;
    }
    status = mu_manifest_write(manifest, note, error);
    if (status == MU_OK)
        status = mu_seal_file(sealed, copy, &seal, note, error);
    if (status == MU_OK)
        status = mu_close_synced(sealed, places->part, error);
    else
        close(sealed);
    close(copy);
    if (status != MU_OK)
        unlink(places->part);
    return status;
}

/* Opens what was just written as a restore would. */
static enum mu_status try_out(const struct places *places, struct mu_part *part,
                              const struct mu_backup_manifest *manifest, struct mu_error *error)
{
    struct mu_backup_manifest found;
    enum mu_status status;

    part->number = UNSEALING;
    status = mu_unseal_records(places->part, places->check, part, &found, error);
    part->number = CHECKING;
    if (status == MU_OK)
        status = mu_check_restored(places->check, MU_DB_READ, places->part, manifest, part, error);
    unlink(places->check);
    return status;
}

static enum mu_status remember(struct mu_desk *desk, const char *path, struct mu_moment made_at,
                               struct mu_error *error)
{
    char moment[MU_MOMENT_SIZE];
    enum mu_status status = mu_db_begin(desk->db, error);

    if (status != MU_OK)
        return status;
    mu_moment_format(made_at, moment);
    status = mu_setting_write(desk->db, MU_SETTING_BACKUP, moment, error);
    if (status == MU_OK)
        status = mu_audit_note(desk, MU_MAY_backup, 0, path, "", "", "", error);
    return mu_desk_end(desk, status, error);
}

/* Makes a backup under its name for the time being; on failure there is none. */
static enum mu_status make_part(struct mu_desk *desk, const struct places *places,
                                const struct mu_backup_options *options,
                                struct mu_backup_manifest *manifest, struct mu_error *error)
{
    struct mu_part part = {options, COPYING, PARTS};
    enum mu_status status = mu_db_copy(desk->db, places->copy, mu_part_progress, &part, error);

    part.number = SEALING;
    if (status == MU_OK)
        status = describe(desk, places->copy, manifest, error);
    if (status == MU_OK)
        status = seal_copy(places, &part, manifest, error);
    unlink(places->copy);
    if (status != MU_OK)
        return status;
    status = try_out(places, &part, manifest, error);
    if (status != MU_OK)
        unlink(places->part);
    return status;
}

/* Gives the backup its name and remembers it. A good backup stays when that cannot be written down:
 * the home may remember it all the same. */
static enum mu_status publish(struct mu_desk *desk, const char *part, const char *path,
                              const struct mu_backup_manifest *manifest, struct mu_error *error)
{
    enum mu_status status = mu_rename_new(part, path, error);

    if (status != MU_OK) {
        unlink(part);
        return status;
    }
    if (remember(desk, path, manifest->made_at, NULL) != MU_OK)
        return mu_fail(error, MU_STORE, MU_SAY_error_backup_unnoted, path, NULL);
    return MU_OK;
}

enum mu_status mu_backup_make(struct mu_desk *desk, const char *home, const char *path,
                              const struct mu_backup_options *options,
                              struct mu_backup_report *report, struct mu_error *error)
{
    struct mu_backup_report made = {0};
    struct places places = {0};
    enum mu_status status = mu_desk_may(desk, MU_MAY_backup, error);

    if (status == MU_OK)
        status = check_passphrase(options->passphrase, error);
    if (status == MU_OK)
        status = mu_path_join(made.path, path, "", error);
    if (status == MU_OK)
        status = find_places(home, path, &places, error);
    if (status == MU_OK)
        status = make_part(desk, &places, options, &made.manifest, error);
    if (*places.room)
        mu_workroom_close(places.room);
    if (status == MU_OK)
        status = publish(desk, places.part, path, &made.manifest, error);
    if (status == MU_OK)
        *report = made;
    return status;
}

enum mu_status mu_backup(struct mu_desk *desk, const char *path,
                         const struct mu_backup_options *options, struct mu_backup_report *report,
                         struct mu_error *error)
{
    char home[MU_BACKUP_PATH_SIZE];
    int lock;
    enum mu_status status = mu_path_folder(home, mu_db_path(desk->db), error);

    if (status == MU_OK && access(path, F_OK) == 0)
        status = mu_fail(error, MU_INPUT, MU_SAY_error_file_exists, path, NULL);
    if (status == MU_OK)
        status = mu_backup_lock(home, &lock, error);
    if (status != MU_OK)
        return status;
    status = mu_backup_make(desk, home, path, options, report, error);
    close(lock);
    return status;
}
