/* The keeper makes backups, looks after the folder of them, and gets the records back. */
#include "unit/fast_key.h"
#include "unit/home.h"

#include "base/sealed_file.h"
#include "desk/desk_internal.h"

#include <mulin/desk/audit.h>
#include <mulin/desk/backup.h>
#include <mulin/desk/key.h>

#include <dirent.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define PASSPHRASE "井亭的桂花开了"

static const struct mu_backup_options usual = {.passphrase = PASSPHRASE};

/* The path of a file in the home; it stays good until the end of the test. */
static const char *in_home(const struct home *home, const char *name)
{
    static char paths[32][128];
    char path[128];

    snprintf(path, sizeof path, "%s/%s", home->folder, name);
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
        if (strncmp(paths[i], home->folder, strlen(home->folder)) != 0)
            strcpy(paths[i], path);
        if (strcmp(paths[i], path) == 0)
            return paths[i];
    }
    fail_msg("too many paths");
    return NULL;
}

static void serve(struct mu_desk *desk, int meals)
{
    const struct mu_meal_request request = {.occupation = "外卖员"};
    struct mu_meal_answer answer;

    for (int i = 0; i < meals; i++)
        assert_int_equal(mu_serve_meal(desk, &request, &answer, NULL), MU_OK);
}

static int files_in(const char *folder)
{
    DIR *opened = opendir(folder);
    int count = -2; /* . and .. */

    assert_non_null(opened);
    while (readdir(opened))
        count++;
    closedir(opened);
    return count;
}

static void make(struct home *home, const char *path, struct mu_backup_report *report)
{
    struct mu_error error;
    char text[512];

    if (mu_backup(home->desk, path, &usual, report, &error) != MU_OK) {
        mu_error_text(&error, MU_ENGLISH, text, sizeof text);
        fail_msg("%s", text);
    }
}

static void refused(struct home *home, const char *path, const struct mu_backup_options *options,
                    enum mu_status status, enum mu_message why)
{
    struct mu_backup_report report;
    struct mu_error error;
    int files = files_in(home->folder);

    assert_int_equal(mu_backup(home->desk, path, options, &report, &error), status);
    assert_int_equal(error.message, why);
    assert_int_equal(files_in(home->folder), files);
}

static void not_restored(const struct home *home, const char *path, const char *to,
                         const struct mu_backup_options *options, enum mu_status status,
                         enum mu_message why)
{
    struct mu_backup_report report;
    struct mu_error error;
    int files = files_in(home->folder);

    assert_int_equal(mu_restore(path, to, options, &report, &error), status);
    assert_int_equal(error.message, why);
    assert_int_equal(files_in(home->folder), files);
}

static void write_file(const char *path, const void *bytes, size_t length)
{
    int file = open(path, O_WRONLY | O_CREAT, 0600);

    assert_true(file >= 0);
    assert_int_equal(write(file, bytes, length), length);
    close(file);
}

static void a_backup_holds_everything_and_says_nothing(void **state)
{
    struct home *home = *state;
    const char *path = in_home(home, "a.backup"), *to = in_home(home, "new/home");
    const struct mu_desk_options options = {
        .home = to, .system_user = "keeper", .fixed_now = HOME_NOW};
    struct mu_backup_report made, restored;
    struct mu_verify_report report;
    struct mu_key_copy key;
    struct mu_desk *desk = NULL;
    struct mu_resident resident;
    struct mu_error error;
    struct stat about;
    bool written;
    static char bytes[1 << 20];
    int64_t id = home_add(home->desk, "name", "张金凤", "phone", "13800004321", NULL);
    int file;

    serve(home->desk, 5);
    make(home, path, &made);
    assert_string_equal(made.path, path);
    assert_string_equal(made.manifest.centre, "云鹭湾社区党群服务中心");
    assert_int_equal(made.manifest.heads.entries, 5);
    assert_int_equal(stat(path, &about), 0);
    assert_int_equal(about.st_mode & 07777, 0600);
    assert_int_equal(files_in(home->folder), 4); /* mulin.db, its journal, its key, the backup */
    file = open(path, O_RDONLY);
    assert_int_equal(read(file, bytes, sizeof bytes), about.st_size);
    close(file);
    assert_null(memmem(bytes, (size_t)about.st_size, "张金凤", strlen("张金凤")));
    assert_null(memmem(bytes, (size_t)about.st_size, "13800004321", 11));
    assert_null(memmem(bytes, (size_t)about.st_size, "SQLite", 6));
    assert_int_equal(mu_restore(path, to, &usual, &restored, NULL), MU_OK);
    assert_memory_equal(&restored.manifest, &made.manifest, sizeof made.manifest);
    assert_int_equal(files_in(to), 1);
    assert_int_equal(mu_desk_open(&options, &desk, &error), MU_STORE);
    assert_int_equal(error.message, MU_SAY_error_key_missing);
    assert_int_equal(mu_show_key(home->desk, &key, NULL), MU_OK);
    assert_int_equal(mu_restore_key(&options, key.text, &written, NULL), MU_OK);
    assert_int_equal(stat(to, &about), 0);
    assert_int_equal(about.st_mode & 07777, 0700);
    assert_int_equal(mu_desk_open(&options, &desk, NULL), MU_OK);
    assert_int_equal(mu_verify(desk, NULL, NULL, &report, NULL), MU_OK);
    assert_memory_equal(report.head, made.manifest.heads.head, MU_HASH_SIZE);
    assert_int_equal(mu_read_resident(desk, id, &resident, NULL), MU_OK);
    assert_string_equal(resident.name, "张金凤");
    mu_desk_free(&desk);
}

static void a_backup_is_of_one_moment(void **state)
{
    struct home *home = *state;
    struct mu_backup_report made, restored;

    serve(home->desk, 2);
    make(home, in_home(home, "a.backup"), &made);
    serve(home->desk, 3);
    assert_int_equal(
        mu_restore(in_home(home, "a.backup"), in_home(home, "new"), &usual, &restored, NULL),
        MU_OK);
    assert_int_equal(restored.manifest.heads.entries, 2);
}

static void the_home_remembers_its_last_good_backup(void **state)
{
    struct home *home = *state;
    struct mu_backup_report made;
    struct mu_figures figures;
    struct mu_desk *later;

    assert_int_equal(mu_today(home->desk, &figures, NULL), MU_OK);
    assert_true(figures.backup_late);
    assert_false(mu_date_known(figures.backup_made_at.date));
    make(home, in_home(home, "a.backup"), &made);
    assert_int_equal(mu_today(home->desk, &figures, NULL), MU_OK);
    assert_false(figures.backup_late);
    assert_int_equal(figures.backup_made_at.minute, 11 * 60 + 30);
    later = home_desk(home, "2026-11-23T11:31");
    assert_int_equal(mu_today(later, &figures, NULL), MU_OK);
    assert_true(figures.backup_late);
    /* In a demo home nothing is at stake. */
    assert_int_equal(mu_setting_write(later->db, "demo", "1", NULL), MU_OK);
    mu_desk_free(&later);
    later = home_desk(home, "2026-11-29T11:31");
    assert_int_equal(mu_today(later, &figures, NULL), MU_OK);
    assert_false(figures.backup_late);
    mu_desk_free(&later);
}

static void nothing_is_ever_overwritten(void **state)
{
    struct home *home = *state;
    const char *path = in_home(home, "a.backup");
    struct mu_backup_report made;
    char kept[8] = "";
    int file;

    write_file(path, "photos", 6);
    refused(home, path, &usual, MU_INPUT, MU_SAY_error_file_exists);
    assert_int_equal(unlink(path), 0);
    assert_int_equal(symlink(in_home(home, "elsewhere"), path), 0);
    refused(home, path, &usual, MU_INPUT, MU_SAY_error_file_exists);
    assert_int_equal(access(in_home(home, "elsewhere"), F_OK), -1);
    assert_int_equal(unlink(path), 0);
    write_file(in_home(home, "a.backup.part"), "photos", 6);
    refused(home, path, &usual, MU_INPUT, MU_SAY_error_file_exists);
    file = open(in_home(home, "a.backup.part"), O_RDONLY);
    assert_int_equal(read(file, kept, sizeof kept), 6);
    close(file);
    assert_string_equal(kept, "photos");
    assert_int_equal(unlink(in_home(home, "a.backup.part")), 0);
    make(home, path, &made);
    not_restored(home, path, home->folder, &usual, MU_INPUT, MU_SAY_error_home_exists);
    assert_int_equal(mkdir(in_home(home, "other"), 0700), 0);
    write_file(in_home(home, "other/mulin.db-journal"), "x", 1);
    not_restored(home, path, in_home(home, "other"), &usual, MU_INPUT, MU_SAY_error_home_not_empty);
}

static bool take_record(void *context, const struct mu_audit_record *record)
{
    *(struct mu_audit_record *)context = *record;
    return false;
}

static void it_is_the_keepers_work_and_noted(void **state)
{
    struct home *home = *state;
    const struct mu_audit_filter backups = {.action = "backup"};
    struct mu_audit_record record = {0};
    struct mu_backup_report made;

    assert_int_equal(mu_list_audit(home->desk, &backups, 1, take_record, &record, NULL), MU_OK);
    assert_int_equal(record.id, 0);
    make(home, in_home(home, "a.backup"), &made);
    assert_int_equal(mu_list_audit(home->desk, &backups, 1, take_record, &record, NULL), MU_OK);
    assert_string_equal(record.subject, in_home(home, "a.backup"));
    strcpy(home->desk->operator.role, "desk");
    refused(home, in_home(home, "b.backup"), &usual, MU_REFUSED, MU_SAY_error_may_backup);
}

static bool stop_late(void *context, int64_t done, int64_t all)
{
    int64_t *last = context;

    assert_int_equal(all, 1000);
    assert_in_range(done, *last, all);
    *last = done;
    return done < 500;
}

static void what_fails_leaves_nothing(void **state)
{
    int64_t done = 0;
    struct home *home = *state;
    const struct mu_backup_options stopping = {PASSPHRASE, stop_late, &done};
    const struct mu_backup_options simple = {.passphrase = "12345678901"};
    const struct mu_backup_options torn = {.passphrase = "a passphrase\nin two lines"};
    const struct mu_backup_options broken = {.passphrase = "a passphrase \xff of bytes"};
    char endless[MU_PASSPHRASE_SIZE + 1];
    const struct mu_backup_options longer = {.passphrase = endless};
    const char *path = in_home(home, "a.backup");
    struct mu_backup_report made;
    int lock;

    memset(endless, 'x', MU_PASSPHRASE_SIZE);
    endless[MU_PASSPHRASE_SIZE] = '\0';
    serve(home->desk, 1);
    refused(home, path, &simple, MU_INPUT, MU_SAY_error_passphrase_short);
    refused(home, path, &torn, MU_INPUT, MU_SAY_error_passphrase_text);
    refused(home, path, &broken, MU_INPUT, MU_SAY_error_passphrase_text);
    refused(home, path, &longer, MU_INPUT, MU_SAY_error_passphrase_long);
    refused(home, path, &stopping, MU_REFUSED, MU_SAY_error_seal_stopped);
    refused(home, in_home(home, "no/such/folder/a.backup"), &usual, MU_STORE,
            MU_SAY_error_seal_write);
    lock = open(home->folder, O_RDONLY);
    assert_int_equal(flock(lock, LOCK_EX), 0);
    refused(home, path, &usual, MU_REFUSED, MU_SAY_error_backup_running);
    close(lock);
    /* What a killed backup left in the home goes with the next one. */
    assert_int_equal(mkdir(in_home(home, "backup.tmp"), 0700), 0);
    write_file(in_home(home, "backup.tmp/copy.db"), "x", 1);
    write_file(in_home(home, "backup.tmp/copy.db.part-0"), "x", 1);
    make(home, path, &made);
    assert_int_equal(access(in_home(home, "backup.tmp"), F_OK), -1);
}

/* After the backup was opened again, there is nothing more to write its moment into. */
static bool take_settings_away(void *context, int64_t done, int64_t all)
{
    if (done >= all * 2 / 3)
        sqlite3_exec(context, "ALTER TABLE setting RENAME TO gone", NULL, NULL, NULL);
    return true;
}

static void a_good_backup_stays_when_it_cannot_be_noted(void **state)
{
    struct home *home = *state;
    const char *path = in_home(home, "a.backup");
    struct mu_backup_report report;
    struct mu_error error;
    sqlite3 *raw;

    assert_int_equal(sqlite3_open(home->path, &raw), SQLITE_OK);
    const struct mu_backup_options meddled = {PASSPHRASE, take_settings_away, raw};
    assert_int_equal(mu_backup(home->desk, path, &meddled, &report, &error), MU_STORE);
    assert_int_equal(error.message, MU_SAY_error_backup_unnoted);
    sqlite3_close(raw);
    assert_int_equal(mu_restore(path, in_home(home, "new"), &usual, &report, NULL), MU_OK);
}

static void records_that_were_bent_make_no_good_backup(void **state)
{
    struct home *home = *state;
    struct mu_figures figures;
    sqlite3 *raw;

    serve(home->desk, 3);
    assert_int_equal(sqlite3_open(home->path, &raw), SQLITE_OK);
    assert_int_equal(sqlite3_exec(raw,
                                  "DROP TRIGGER ledger_entry_unchanged;"
                                  "UPDATE ledger_entry SET reason = 'x' WHERE entry_id = 2",
                                  NULL, NULL, NULL),
                     SQLITE_OK);
    sqlite3_close(raw);
    refused(home, in_home(home, "a.backup"), &usual, MU_STORE, MU_SAY_error_verify_hash);
    assert_int_equal(mu_today(home->desk, &figures, NULL), MU_OK);
    assert_true(figures.backup_late);
}

/* Reads the backup, gives its bytes to be spoiled, and writes it under another name. */
static void spoil(const struct home *home, const char *to,
                  void (*change)(unsigned char *, size_t *))
{
    static unsigned char bytes[1 << 20];
    int file = open(in_home(home, "a.backup"), O_RDONLY);
    ssize_t got = read(file, bytes, sizeof bytes - 1);
    size_t length = (size_t)got;

    assert_true(got > 0);
    close(file);
    change(bytes, &length);
    write_file(to, bytes, length);
}

static void flip(unsigned char *bytes, size_t *length)
{
    bytes[*length / 2] ^= 1;
}

static void cut(unsigned char *bytes, size_t *length)
{
    (void)bytes;
    *length = MU_SEAL_HEADER_SIZE + MU_SEAL_NOTE_SIZE + MU_SEAL_EXTRA + MU_SEAL_PIECE_SIZE +
              MU_SEAL_EXTRA;
}

static void append(unsigned char *bytes, size_t *length)
{
    bytes[(*length)++] = 0;
}

static void replace(unsigned char *bytes, size_t *length)
{
    *length = 4096;
    memset(bytes, 'x', *length);
}

static void only_a_whole_backup_and_its_passphrase_restore(void **state)
{
    static const struct {
        void (*change)(unsigned char *, size_t *);
        enum mu_message why;
    } ways[] = {{flip, MU_SAY_error_seal_damaged},
                {cut, MU_SAY_error_seal_damaged},
                {append, MU_SAY_error_seal_damaged},
                {replace, MU_SAY_error_seal_foreign}};
    const struct mu_backup_options wrong = {.passphrase = "井亭的桂花谢了"};
    struct home *home = *state;
    const char *bad = in_home(home, "bad.backup");
    struct mu_backup_report made;

    make(home, in_home(home, "a.backup"), &made);
    not_restored(home, in_home(home, "a.backup"), in_home(home, "x/y"), &wrong, MU_INPUT,
                 MU_SAY_error_seal_passphrase);
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        spoil(home, bad, ways[i].change);
        not_restored(home, bad, in_home(home, "x/y"), &usual, MU_INPUT, ways[i].why);
        assert_int_equal(unlink(bad), 0);
    }
    not_restored(home, in_home(home, "none.backup"), in_home(home, "x"), &usual, MU_INPUT,
                 MU_SAY_error_seal_read);
    not_restored(home, home->folder, in_home(home, "x"), &usual, MU_INPUT,
                 MU_SAY_error_seal_foreign);
    assert_int_equal(mkfifo(bad, 0600), 0);
    not_restored(home, bad, in_home(home, "x"), &usual, MU_INPUT, MU_SAY_error_seal_foreign);
}

/* Somebody who knows the passphrase seals other records under an honest manifest. */
static void what_is_inside_is_compared_with_the_manifest(void **state)
{
    static const char honest[] =
        "{\"made_at\":\"2026-11-22T11:30:00\",\"centre\":\"x\",\"schema\":1,\"size\":1,"
        "\"entries\":9,\"head\":"
        "\"0000000000000000000000000000000000000000000000000000000000000000\","
        "\"audit_entries\":0,\"audit_head\":"
        "\"0000000000000000000000000000000000000000000000000000000000000000\"}";
    static const struct {
        const char *note;
        enum mu_message why;
        enum mu_status status;
    } notes[] = {
        {honest, MU_SAY_error_backup_differs, MU_STORE},
        {"", MU_SAY_error_seal_damaged, MU_INPUT},
        {"[1,2]", MU_SAY_error_seal_damaged, MU_INPUT},
        {"{\"made_at\":\"2026-11-22T11:30:00\"}", MU_SAY_error_seal_damaged, MU_INPUT},
        {"{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":1}}}}}", MU_SAY_error_seal_damaged, MU_INPUT},
    };
    struct home *home = *state;
    const char *path = in_home(home, "a.backup");
    const struct mu_seal seal = {.name = path, .plain_name = home->path, .passphrase = PASSPHRASE};

    serve(home->desk, 1);
    mu_desk_free(&home->desk);
    for (size_t i = 0; i < sizeof notes / sizeof *notes; i++) {
        unsigned char note[MU_SEAL_NOTE_SIZE] = {0};
        int plain = open(home->path, O_RDONLY);
        int sealed = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);

        memcpy(note, notes[i].note, strlen(notes[i].note));
        assert_int_equal(mu_seal_file(sealed, plain, &seal, note, NULL), MU_OK);
        close(plain);
        close(sealed);
        not_restored(home, path, in_home(home, "x"), &usual, notes[i].status, notes[i].why);
    }
}

static void the_folder_is_thinned_and_nothing_else_in_it(void **state)
{
    static const char *const strangers[] = {"photos.zip", "mulin-00000000-20260101-023000.backup",
                                            "mulin-00000000-20260101-023000.backup.part", "README"};
    struct home *home = *state;
    const char *folder = in_home(home, "backups");
    struct mu_backup_report report = {0};
    char series[MU_SETTING_SIZE], torn[128], future[128], directory[128];
    struct mu_date day = {2025, 1, 1};
    struct mu_error error;

    assert_int_equal(mu_backup_to(home->desk, folder, &usual, &report, &error), MU_INPUT);
    assert_int_equal(error.message, MU_SAY_error_backup_folder);
    assert_int_equal(mkdir(folder, 0700), 0);
    for (size_t i = 0; i < sizeof strangers / sizeof *strangers; i++) {
        char path[160];

        snprintf(path, sizeof path, "%s/%s", folder, strangers[i]);
        write_file(path, "x", 1);
    }
    assert_int_equal(mu_backup_to(home->desk, folder, &usual, &report, NULL), MU_OK);
    assert_int_equal(report.kept, 1);
    assert_int_equal(mu_setting_read(home->desk->db, MU_SETTING_BACKUP_SERIES, series, NULL),
                     MU_OK);
    /* Four hundred nights before, as files of our names; one torn, one dated wrongly, one folder.
     */
    for (int night = 0; night < 400; night++, day = mu_date_add_days(day, 1)) {
        char path[160];

        snprintf(path, sizeof path, "%s/mulin-%s-%04d%02d%02d-023000.backup", folder, series,
                 day.year, day.month, day.day);
        write_file(path, "x", 1);
    }
    snprintf(torn, sizeof torn, "%s/mulin-%s-20260301-023000.backup.part", folder, series);
    write_file(torn, "x", 1);
    snprintf(future, sizeof future, "%s/mulin-%s-20310101-023000.backup", folder, series);
    write_file(future, "x", 1);
    snprintf(directory, sizeof directory, "%s/mulin-%s-20240101-023000.backup", folder, series);
    assert_int_equal(mkdir(directory, 0700), 0);
    mu_desk_free(&home->desk);
    home->desk = home_desk(home, "2026-11-22T11:31");
    assert_int_equal(mu_backup_to(home->desk, folder, &usual, &report, NULL), MU_OK);
    assert_int_equal(report.kept + report.removed, 403);
    assert_in_range(report.kept, 14, 24);
    assert_int_equal(files_in(folder), report.kept + 5); /* the strangers and the directory */
    assert_int_equal(access(torn, F_OK), -1);
    assert_int_equal(access(future, F_OK), 0);
    assert_int_equal(access(directory, F_OK), 0);
    assert_int_equal(access(report.path, F_OK), 0);
    /* A second one in the same second would take the other's name. */
    assert_int_equal(mu_backup_to(home->desk, folder, &usual, &report, &error), MU_INPUT);
    assert_int_equal(error.message, MU_SAY_error_file_exists);
}

static void a_failed_backup_thins_nothing(void **state)
{
    struct home *home = *state;
    const struct mu_backup_options simple = {.passphrase = "short"};
    const char *folder = in_home(home, "backups");
    struct mu_backup_report report;
    char path[160];

    assert_int_equal(mkdir(folder, 0700), 0);
    assert_int_equal(mu_setting_write(home->desk->db, MU_SETTING_BACKUP_SERIES, "0a0b0c0d", NULL),
                     MU_OK);
    for (int minute = 0; minute < 30; minute++) {
        snprintf(path, sizeof path, "%s/mulin-0a0b0c0d-20260101-02%02d00.backup", folder, minute);
        write_file(path, "x", 1);
    }
    assert_int_equal(mu_backup_to(home->desk, folder, &simple, &report, NULL), MU_INPUT);
    assert_int_equal(files_in(folder), 30);
    assert_int_equal(mu_backup_to(home->desk, folder, &usual, &report, NULL), MU_OK);
    assert_int_equal(files_in(folder), 2);
}

int main(void)
{
#define STORY(test) cmocka_unit_test_setup_teardown(test, home_setup, home_teardown)
    const struct CMUnitTest tests[] = {
        STORY(a_backup_holds_everything_and_says_nothing),
        STORY(a_backup_is_of_one_moment),
        STORY(the_home_remembers_its_last_good_backup),
        STORY(nothing_is_ever_overwritten),
        STORY(it_is_the_keepers_work_and_noted),
        STORY(what_fails_leaves_nothing),
        STORY(a_good_backup_stays_when_it_cannot_be_noted),
        STORY(records_that_were_bent_make_no_good_backup),
        STORY(only_a_whole_backup_and_its_passphrase_restore),
        STORY(what_is_inside_is_compared_with_the_manifest),
        STORY(the_folder_is_thinned_and_nothing_else_in_it),
        STORY(a_failed_backup_thins_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
