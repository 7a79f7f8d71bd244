/* The n-th call to the system fails, for every n (under a sanitizer every third): files are made
 * whole or not at all, what is said about it is true, and the next try is none the worse. Linked
 * with --wrap for the calls below; keys are derived fast. */
#include "unit/raw_file.h"
#include "unit/sanitized.h"

#include "base/sealed_file.h"
#include "desk/resident_file.h"

#include <mulin/desk/backup.h>
#include <mulin/desk/import.h>
#include <mulin/desk/key.h>

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static long countdown;  /* calls until one fails; 0: none does */
static bool interrupts; /* reading and writing are interrupted by a signal instead */

static bool fails_now(int fault)
{
    if (countdown <= 0 || --countdown > 0)
        return false;
    errno = fault;
    return true;
}

#define KEY_FAILS() fails_now(ENOMEM)
#include "unit/fast_key.h"

#define WRAP(type, name, declaration, arguments, failure, fault)                                   \
    type __real_##name declaration;                                                                \
    type __wrap_##name declaration;                                                                \
    type __wrap_##name declaration                                                                 \
    {                                                                                              \
        return fails_now(fault) ? failure : __real_##name arguments;                               \
    }

#define TRANSFER (interrupts ? EINTR : EIO)
WRAP(ssize_t, read, (int file, void *out, size_t size), (file, out, size), -1, TRANSFER)
WRAP(ssize_t, write, (int file, const void *out, size_t size), (file, out, size), -1, TRANSFER)
WRAP(ssize_t, pwrite, (int file, const void *out, size_t size, off_t at), (file, out, size, at), -1,
     TRANSFER)
WRAP(void *, malloc, (size_t size), (size), NULL, ENOMEM)
WRAP(void *, calloc, (size_t count, size_t size), (count, size), NULL, ENOMEM)
WRAP(void *, realloc, (void *old, size_t size), (old, size), NULL, ENOMEM)
WRAP(void *, reallocarray, (void *old, size_t count, size_t size), (old, count, size), NULL, ENOMEM)
WRAP(char *, strdup, (const char *text), (text), NULL, ENOMEM)
WRAP(int, sodium_init, (void), (), -1, EIO)
WRAP(void *, sodium_malloc, (size_t size), (size), NULL, ENOMEM)
WRAP(int, fsync, (int file), (file), -1, EIO)
WRAP(int, fdatasync, (int file), (file), -1, EIO)
WRAP(int, ftruncate, (int file, off_t length), (file, length), -1, EIO)
WRAP(int, link, (const char *from, const char *to), (from, to), -1, EIO)
WRAP(int, rename, (const char *from, const char *to), (from, to), -1, EIO)
WRAP(int, renameat2, (int in, const char *from, int at, const char *to, unsigned how),
     (in, from, at, to, how), -1, EIO)
WRAP(int, mkdir, (const char *path, mode_t mode), (path, mode), -1, EACCES)
WRAP(int, fstat, (int file, struct stat *out), (file, out), -1, EIO)
WRAP(int, flock, (int file, int how), (file, how), -1, EWOULDBLOCK)

int __real_open(const char *path, int flags, mode_t mode);
int __wrap_open(const char *path, int flags, mode_t mode);

int __wrap_open(const char *path, int flags, mode_t mode)
{
    return fails_now(EACCES) ? -1 : __real_open(path, flags, mode);
}

static const struct mu_backup_options options = {.passphrase = "井亭的桂花开了"};

struct scene {
    struct home *home;
    struct mu_desk *desk;
    struct mu_desk_options at_home;
    struct mu_key_copy key;
    struct home old; /* of the program before */
    char good[96];   /* a backup that was made without a fault */
    char shelf[96];  /* the folder of backups */
    char target[96]; /* what is to be made */
    char sheet[96];
    int sealed, plain;
};

typedef enum mu_status use_case(struct scene *scene, struct mu_error *error);

static void clear_target(struct scene *scene)
{
    char command[256];

    snprintf(command, sizeof command, "rm -rf '%s' '%s.part'", scene->target, scene->target);
    assert_int_equal(system(command), 0);
}

static void clear_shelf(struct scene *scene)
{
    char command[256];

    snprintf(command, sizeof command, "rm -f '%s'/*", scene->shelf);
    assert_int_equal(system(command), 0);
}

static enum mu_status seal(struct scene *scene, struct mu_error *error)
{
    const struct mu_seal how = {.name = "b", .plain_name = "p", .passphrase = options.passphrase};
    const unsigned char note[MU_SEAL_NOTE_SIZE] = {0};

    assert_int_equal(lseek(scene->plain, 0, SEEK_SET), 0);
    assert_int_equal(lseek(scene->sealed, 0, SEEK_SET), 0);
    return mu_seal_file(scene->sealed, scene->plain, &how, note, error);
}

static enum mu_status unseal(struct scene *scene, struct mu_error *error)
{
    const struct mu_seal how = {.name = "b", .plain_name = "p", .passphrase = options.passphrase};
    unsigned char note[MU_SEAL_NOTE_SIZE];

    assert_int_equal(lseek(scene->plain, 0, SEEK_SET), 0);
    assert_int_equal(lseek(scene->sealed, 0, SEEK_SET), 0);
    return mu_unseal_file(scene->sealed, scene->plain, &how, note, error);
}

static enum mu_status back_up(struct scene *scene, struct mu_error *error)
{
    struct mu_backup_report report;
    enum mu_status status = mu_backup(scene->desk, scene->target, &options, &report, error);
    bool there = access(scene->target, F_OK) == 0;

    assert_int_equal(there, status == MU_OK || error->message == MU_SAY_error_backup_unnoted);
    return status;
}

static enum mu_status put_on_the_shelf(struct scene *scene, struct mu_error *error)
{
    struct mu_backup_report report;

    return mu_backup_to(scene->desk, scene->shelf, &options, &report, error);
}

static enum mu_status restore(struct scene *scene, struct mu_error *error)
{
    struct mu_backup_report report;
    enum mu_status status = mu_restore(scene->good, scene->target, &options, &report, error);

    assert_int_equal(access(scene->target, F_OK) == 0, status == MU_OK);
    return status;
}

static enum mu_status found_home(struct scene *scene, struct mu_error *error)
{
    const struct mu_desk_options there = {
        .home = scene->target, .system_user = "keeper", .fixed_now = HOME_NOW};
    enum mu_status status = mu_home_create(&there, "yunluwan", false, error);

    assert_int_equal(access(scene->target, F_OK) == 0, status == MU_OK);
    return status;
}

static enum mu_status open_desk(struct scene *scene, struct mu_error *error)
{
    struct mu_desk *desk = NULL;
    enum mu_status status = mu_desk_open(&scene->at_home, &desk, error);

    assert_int_equal(desk != NULL, status == MU_OK);
    mu_desk_free(&desk);
    return status;
}

static void lose_key(struct scene *scene)
{
    char path[128];

    snprintf(path, sizeof path, "%s/mulin.key", scene->home->folder);
    assert_int_equal(unlink(path), 0);
}

static enum mu_status bring_key_back(struct scene *scene, struct mu_error *error)
{
    bool written;
    enum mu_status status = mu_restore_key(&scene->at_home, scene->key.text, &written, error);

    if (status != MU_OK &&
        mu_restore_key(&scene->at_home, scene->key.text, &written, NULL) != MU_OK)
        fail_msg("the key cannot be brought back any more");
    return status;
}

static enum mu_status change_key(struct scene *scene, struct mu_error *error)
{
    char before[MU_KEY_MARK_SIZE], after[MU_KEY_MARK_SIZE];

    return mu_change_key(scene->desk, NULL, NULL, before, after, error);
}

static void leave_nothing(struct scene *scene)
{
    char command[128];

    snprintf(command, sizeof command, "rm -rf '%s'", scene->old.folder);
    assert_int_equal(system(command), 0);
}

/* Records of the program that did not seal them, among them what another one stored there. */
static void inherit(struct scene *scene)
{
    static const char strange[] =
        "INSERT INTO resident (resident_id, name, id_number) VALUES (5, '孙', hex(zeroblob(40))),"
        " (6, '钱', '');"
        "INSERT INTO resident (resident_id, name, note) VALUES (7, '周', '旧伤'), (8, '吴', '');"
        "INSERT INTO draft VALUES (1, 'resident:3', '2026-11-21T09:40:00', '')";
    size_t length;
    char *sql = raw_read(MULIN_TEST_DATA "/home_version_2.sql", &length);

    if (*scene->old.folder)
        leave_nothing(scene);
    home_folder(scene->old.folder);
    snprintf(scene->old.path, sizeof scene->old.path, "%s/mulin.db", scene->old.folder);
    raw_run(&scene->old, sql);
    raw_run(&scene->old, strange);
    free(sql);
}

static void is_read(struct mu_desk *desk, int64_t id, const char *number, const char *note)
{
    struct mu_resident resident;

    assert_int_equal(mu_file_read(desk, id, &resident, NULL), MU_OK);
    assert_int_equal(resident.incomplete, id == 5);
    assert_string_equal(resident.id_number, number);
    assert_string_equal(resident.note, note);
}

static enum mu_status upgrade(struct scene *scene, struct mu_error *error)
{
    const struct mu_desk_options there = {
        .home = scene->old.folder, .system_user = "keeper", .fixed_now = HOME_NOW};
    long left;
    enum mu_status status = mu_desk_open(&there, &scene->old.desk, error);

    left = countdown;
    countdown = 0;
    if (status != MU_OK) /* as it was: it opens when nothing fails */
        assert_int_equal(mu_desk_open(&there, &scene->old.desk, NULL), MU_OK);
    is_read(scene->old.desk, 1, "11010519491231002X", "糖尿病，每天打胰岛素");
    is_read(scene->old.desk, 5, "", ""); /* longer than any: kept, and told as before */
    is_read(scene->old.desk, 6, "", "");
    is_read(scene->old.desk, 7, "", "旧伤");
    is_read(scene->old.desk, 8, "", "");
    mu_desk_free(&scene->old.desk);
    countdown = left;
    return status;
}

static enum mu_status import(struct scene *scene, struct mu_error *error)
{
    struct mu_import_report report = {0};
    const struct mu_import_options how = {.language = MU_CHINESE};
    enum mu_status status = mu_import_residents(scene->desk, scene->sheet, &how, &report, error);

    mu_import_report_clear(&report);
    return status;
}

static enum mu_status explain(struct scene *scene, struct mu_error *error)
{
    const struct mu_meal_request request = {.occupation = "外卖员"};
    char *text = NULL;
    enum mu_status status = mu_explain_meal(scene->desk, &request, MU_ENGLISH, &text, error);

    assert_int_equal(text != NULL, status == MU_OK);
    free(text);
    return status;
}

static enum mu_status keep_draft(struct scene *scene, struct mu_error *error)
{
    int64_t self = mu_desk_operator_id(scene->desk);
    char *body = NULL;
    enum mu_status status = mu_desk_keep_draft(scene->desk, self, "resident", "{}", error);

    if (status == MU_OK)
        status = mu_desk_draft(scene->desk, "resident", &body, error);
    free(body);
    return status;
}

static enum mu_status adopt(struct scene *scene, struct mu_error *error)
{
    struct mu_rules_faults faults = {0};
    char *book = NULL;
    int version;
    enum mu_status status = mu_desk_rules_text(scene->desk, &book, error);

    if (status == MU_OK)
        status = mu_desk_adopt_rules(scene->desk, book, strlen(book), (struct mu_date){2027, 1, 1},
                                     &faults, &version, error);
    mu_rules_faults_clear(&faults);
    free(book);
    return status;
}

/* A failed call is told, or was of no account; the last round has none. */
static void sweep(struct scene *scene, const char *name, void (*prepare)(struct scene *scene),
                  use_case *run)
{
    bool failed = true;

    for (long at = 1; failed; at += SANITIZED && !getenv("MULIN_SOAK") ? 3 : 1) {
        struct mu_error error = {0};
        char text[512];
        enum mu_status status;

        if (prepare)
            prepare(scene);
        countdown = at;
        status = run(scene, &error);
        failed = countdown == 0;
        countdown = 0;
        if (status != MU_OK && (!failed || error.status != status))
            fail_msg("%s, call %ld: told as %d, %d", name, at, status, error.message);
        if (status != MU_OK)
            assert_true(mu_error_text(&error, MU_ENGLISH, text, sizeof text) > 10);
    }
}

#define SWEEP(run) sweep(scene, #run, NULL, run)
#define SWEEP_BEHIND(prepare, run) sweep(scene, #run, prepare, run)

static void a_sealed_file_is_whole_or_refused(void **state)
{
    struct scene *scene = *state;

    SWEEP(seal);
    SWEEP(unseal);
}

static void a_signal_in_between_changes_nothing(void **state)
{
    struct scene *scene = *state;

    interrupts = true;
    SWEEP(seal);
    SWEEP(unseal);
    SWEEP_BEHIND(clear_target, back_up);
    interrupts = false;
}

static void a_backup_is_good_or_not_there(void **state)
{
    struct scene *scene = *state;

    SWEEP_BEHIND(clear_target, back_up);
    SWEEP_BEHIND(clear_shelf, put_on_the_shelf);
}

static void a_home_comes_about_whole_or_not_at_all(void **state)
{
    struct scene *scene = *state;

    SWEEP_BEHIND(clear_target, found_home);
    SWEEP_BEHIND(clear_target, restore);
}

static void a_desk_opens_or_says_why_not(void **state)
{
    struct scene *scene = *state;

    SWEEP(open_desk);
    SWEEP(change_key);
    assert_int_equal(mu_show_key(scene->desk, &scene->key, NULL), MU_OK);
    SWEEP_BEHIND(lose_key, bring_key_back);
}

static void an_older_home_is_taken_over_or_stays_as_it_was(void **state)
{
    struct scene *scene = *state;

    SWEEP_BEHIND(inherit, upgrade);
    leave_nothing(scene);
}

static void what_is_read_and_kept_is_whole(void **state)
{
    struct scene *scene = *state;

    SWEEP(import);
    SWEEP(explain);
    SWEEP(keep_draft);
    SWEEP(adopt);
}

static int open_scene(void **state)
{
    static struct scene scene;
    struct mu_backup_report report;
    FILE *sheet;

    memset(&scene, 0, sizeof scene);
    home_setup(state);
    scene.home = *state;
    scene.desk = scene.home->desk;
    scene.at_home = (struct mu_desk_options){
        .home = scene.home->folder, .system_user = "keeper", .fixed_now = HOME_NOW};
    home_add(scene.desk, "name", "张金凤", "id_number", "11010519491231002X", "note", "听力不好",
             NULL);
    snprintf(scene.good, sizeof scene.good, "%s/good.backup", scene.home->folder);
    snprintf(scene.target, sizeof scene.target, "%s/target", scene.home->folder);
    snprintf(scene.shelf, sizeof scene.shelf, "%s/shelf", scene.home->folder);
    snprintf(scene.sheet, sizeof scene.sheet, "%s/sheet.csv", scene.home->folder);
    assert_int_equal(mkdir(scene.shelf, 0700), 0);
    assert_int_equal(mu_backup(scene.desk, scene.good, &options, &report, NULL), MU_OK);
    sheet = fopen(scene.sheet, "w");
    assert_non_null(sheet);
    fputs("姓名,楼栋,室,身份证号,来源\n张金凤,3,201,,x\n李建国,5,1,110105194912310029,y\n,,,,z\n",
          sheet);
    assert_int_equal(fclose(sheet), 0);
    scene.sealed = memfd_create("sealed", MFD_CLOEXEC);
    scene.plain = memfd_create("plain", MFD_CLOEXEC);
    assert_true(scene.sealed >= 0 && scene.plain >= 0);
    assert_int_equal(ftruncate(scene.plain, 2 * MU_SEAL_PIECE_SIZE + 7), 0);
    *state = &scene;
    return 0;
}

static int close_scene(void **state)
{
    struct scene *scene = *state;
    struct mu_verify_report report;

    assert_int_equal(mu_verify(scene->desk, NULL, NULL, &report, NULL), MU_OK);
    close(scene->sealed);
    close(scene->plain);
    *state = scene->home;
    return home_teardown(state);
}

int main(void)
{
#define STORY(function) cmocka_unit_test_setup_teardown(function, open_scene, close_scene)
    const struct CMUnitTest tests[] = {
        STORY(a_sealed_file_is_whole_or_refused),
        STORY(a_signal_in_between_changes_nothing),
        STORY(a_backup_is_good_or_not_there),
        STORY(a_home_comes_about_whole_or_not_at_all),
        STORY(a_desk_opens_or_says_why_not),
        STORY(what_is_read_and_kept_is_whole),
        STORY(an_older_home_is_taken_over_or_stays_as_it_was),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
