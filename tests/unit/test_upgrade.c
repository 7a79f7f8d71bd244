/* A home of the version before ID numbers, notes and half-typed forms were sealed is opened. Linked
 * with --wrap, so that our own steps come here; SQLite's come through its table of system calls. */
#include "unit/raw_file.h"
#include "unit/sanitized.h"

#include "desk/desk_internal.h"
#include "desk/resident_file.h"
#include "store/migration.h"

#include <dirent.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define ZHANG "11010519491231002X"
#define WANG "330205195811230152"
#define ZHAO "110105194901010021"

/* Steps */

int __real_link(const char *from, const char *to);
int __real_rename(const char *from, const char *to);
int __real_unlink(const char *path);
enum mu_status __real_mu_query_run(struct mu_query *query, struct mu_error *error);
int __wrap_link(const char *from, const char *to);
int __wrap_rename(const char *from, const char *to);
int __wrap_unlink(const char *path);
int __wrap_fsync(int file);
enum mu_status __wrap_mu_query_run(struct mu_query *query, struct mu_error *error);

static int countdown = -1; /* steps until the last one of the process; negative: it goes on */
static int writes;         /* that follow one another, to the same file */

static void step(void)
{
    writes = 0;
    if (countdown >= 0 && countdown-- == 0)
        raise(SIGKILL);
}

int __wrap_link(const char *from, const char *to)
{
    step();
    return __real_link(from, to);
}

int __wrap_rename(const char *from, const char *to)
{
    step();
    return __real_rename(from, to);
}

int __wrap_unlink(const char *path)
{
    step();
    return __real_unlink(path);
}

/* A killed process leaves what it wrote: nothing need reach the disk, which is slow. */
int __wrap_fsync(int file)
{
    (void)file;
    step();
    return 0;
}

enum mu_status __wrap_mu_query_run(struct mu_query *query, struct mu_error *error)
{
    step();
    return __real_mu_query_run(query, error);
}

/* SQLite's, which takes the program's own. */
int fdatasync(int file)
{
    return __wrap_fsync(file);
}

/* A commit writes page after page: those in the middle are alike, and the desk dies at every eighth
 * of them, in a soak at each. */
static ssize_t step_pwrite(int file, const void *bytes, size_t length, off_t at)
{
    enum { ALIKE = 8 };
    static int last;
    int before = file == last ? writes : 0;

    last = file;
    if (before % ALIKE == 0 || getenv("MULIN_SOAK"))
        step();
    writes = before + 1;
    return pwrite(file, bytes, length, at);
}

static int step_ftruncate(int file, off_t length)
{
    step();
    return ftruncate(file, length);
}

static int count_steps(void **state)
{
    sqlite3_vfs *system = sqlite3_vfs_find(NULL);

    system->xSetSystemCall(system, "pwrite", (sqlite3_syscall_ptr)step_pwrite);
    system->xSetSystemCall(system, "pwrite64", (sqlite3_syscall_ptr)step_pwrite);
    system->xSetSystemCall(system, "ftruncate", (sqlite3_syscall_ptr)step_ftruncate);
    (void)state;
    return 0;
}

/* Helpers */

static int version_of(const char *path)
{
    sqlite3_stmt *statement;
    sqlite3 *raw;
    int version;

    assert_int_equal(sqlite3_open(path, &raw), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(raw, "PRAGMA user_version", -1, &statement, NULL),
                     SQLITE_OK);
    assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
    version = sqlite3_column_int(statement, 0);
    sqlite3_finalize(statement);
    sqlite3_close(raw);
    return version;
}

static void empty(const char *path)
{
    DIR *folder = opendir(path);
    struct dirent *entry;
    char inner[512];

    assert_non_null(folder);
    while ((entry = readdir(folder)) != NULL) {
        if (*entry->d_name == '.' || unlinkat(dirfd(folder), entry->d_name, 0) == 0)
            continue;
        snprintf(inner, sizeof inner, "%s/%s", path, entry->d_name);
        empty(inner);
        assert_int_equal(rmdir(inner), 0);
    }
    closedir(folder);
}

/* Empties the home but for records of the older program. */
static void make_old(struct home *home)
{
    static unsigned char old[1 << 18]; /* made once */
    static size_t size;
    FILE *file;

    mu_desk_free(&home->desk);
    empty(home->folder);
    if (size == 0) {
        char *sql = raw_read(MULIN_TEST_DATA "/home_version_2.sql", &size), *made;

        raw_run(home, sql);
        assert_int_equal(version_of(home->path), 2);
        made = raw_read(home->path, &size);
        assert_in_range(size, 1, sizeof old);
        memcpy(old, made, size);
        free(made);
        free(sql);
    }
    file = fopen(home->path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(old, 1, size, file), size);
    assert_int_equal(fclose(file), 0);
}

static enum mu_status open_old(struct home *home, char *plain_copy, struct mu_error *error)
{
    const struct mu_desk_options options = {.home = home->folder,
                                            .system_user = "keeper",
                                            .fixed_now = HOME_NOW,
                                            .plain_copy = plain_copy};

    return mu_desk_open(&options, &home->desk, error);
}

static void is_read_as(struct mu_desk *desk, int64_t id, const char *name, const char *id_number,
                       const char *phone, const char *note)
{
    struct mu_resident resident;

    assert_int_equal(mu_file_read(desk, id, &resident, NULL), MU_OK);
    assert_false(resident.incomplete);
    assert_string_equal(resident.name, name);
    assert_string_equal(resident.id_number, id_number);
    assert_string_equal(resident.phone, phone);
    assert_string_equal(resident.note, note);
}

/* Everything that the older program wrote is there and can be worked with. */
static void all_is_as_before(struct mu_desk *desk)
{
    static const struct {
        const char *query;
        int64_t id;
    } queries[] = {{ZHANG, 1},     {"002X", 1},        {"31002x", 1},    {"张金凤", 1},
                   {WANG, 2},      {"230152", 2},      {"87654321", 2},  {"wjg", 2},
                   {ZHAO, 4},      {"0021", 4},        {"zhaodama", 4},  {"赵 3-201", 0},
                   {"0004", 3},    {"13800004821", 1}, {"张 3栋201", 1}, {"8802", 2},
                   {"0101002", 0}, {"张 4821", 1},     {"王 002X 张", 0}};
    struct mu_verify_report report;
    struct mu_error error = {0};
    char *draft = NULL;

    is_read_as(desk, 1, "张金凤", ZHANG, "13800004821", "糖尿病，每天打胰岛素");
    is_read_as(desk, 2, "王建国", WANG, "0574-87654321", "心脏搭桥，二级护理");
    is_read_as(desk, 3, "李小满", "", "13800000004", "");
    is_read_as(desk, 4, "赵大妈", ZHAO, "", "一个人住");
    for (size_t i = 0; i < sizeof queries / sizeof *queries; i++)
        if (find_one(desk, queries[i].query) != queries[i].id)
            fail_msg("%s finds another", queries[i].query);
    assert_int_equal(mu_desk_draft(desk, "resident:1", &draft, NULL), MU_OK);
    assert_string_equal(draft, "note=头晕\nid_number=" ZHANG "\n");
    free(draft);
    if (mu_verify(desk, NULL, NULL, &report, &error) != MU_OK)
        fail_msg("%s %s", mu_message_text(error.message, MU_ENGLISH), error.argument[0]);
    assert_int_equal(report.entries, 2);
    assert_int_equal(report.audit_entries, 5);
}

/* Numbers and their ends as they were kept, back to front; notes; what the form held. */
static const char *const secrets[] = {ZHANG,    "X20013", "x20013", WANG,      "251032", ZHAO,
                                      "120010", "糖尿病", "胰岛素", "心脏",    "一个人", "头晕",
                                      "230152", "31002X", "010021", "二级护理"};

static const char *copy_name(void)
{
    static char name[32];

    snprintf(name, sizeof name, "mulin.db.before-%d", mu_schema_version());
    return name;
}

static void numbers_notes_and_forms_of_an_older_home_are_sealed(void **state)
{
    static const char *const plain[] = {ZHANG, "x20013", WANG, "251032", "心脏", "头晕"};
    struct home *home = *state;
    struct stat about;
    struct mu_error error;
    char path[128], copy[MU_COPY_PATH_SIZE] = "";

    make_old(home);
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++)
        assert_true(raw_holds(home, "mulin.db", plain[i])); /* what is looked for can be found */
    assert_int_equal(open_old(home, copy, &error), MU_OK);
    raw_path(home, copy_name(), path);
    assert_string_equal(copy, path);
    assert_true(raw_holds(home, copy_name(), ZHANG));
    all_is_as_before(home->desk);
    for (size_t i = 0; i < sizeof secrets / sizeof *secrets; i++)
        if (raw_holds(home, "mulin.db", secrets[i]) ||
            raw_holds(home, "mulin.db-journal", secrets[i]))
            fail_msg("%s still stands there", secrets[i]);
    raw_path(home, "mulin.key", path);
    assert_int_equal(stat(path, &about), 0);
    assert_int_equal(about.st_mode & 0777, 0400);

    /* It is told once, and the next time the home just opens. */
    mu_desk_free(&home->desk);
    *copy = '\0';
    assert_int_equal(open_old(home, copy, &error), MU_OK);
    assert_string_equal(copy, "");
    all_is_as_before(home->desk);
    assert_int_equal(
        mu_end_resident(home->desk, 3, MU_MOVED_OUT, (struct mu_date){2026, 11, 1}, NULL), MU_OK);
}

/* Pages that were split and merged over the years leave nothing behind either. */
static void a_large_home_is_sealed_without_a_trace(void **state)
{
    static const char residents[] =
        "WITH RECURSIVE number (n) AS (SELECT 5 UNION ALL SELECT n + 1 FROM number WHERE n < 3000)"
        " INSERT INTO resident (resident_id, name, id_number, note) SELECT n, '人' || n,"
        " printf('99%016d', (n * 7919) % 3001), '旧伤' || n FROM number ORDER BY (n * 104729) %"
        " 3001;"
        "INSERT INTO search_key SELECT '3' || printf('%06d', (resident_id * 7919) % 3001) || '77',"
        " resident_id FROM resident WHERE resident_id > 4 ORDER BY (resident_id * 104729) % 3001;"
        "UPDATE resident SET note = note || '，另见旧伤记录第' || resident_id || '号'"
        " WHERE resident_id > 4 AND resident_id % 3 = 0;"
        "UPDATE resident SET note = '' WHERE resident_id > 4 AND resident_id % 7 = 5;"
        "DELETE FROM search_key WHERE resident_id > 4 AND resident_id % 11 = 5";
    struct home *home = *state;
    struct mu_resident resident;

    make_old(home);
    raw_run(home, residents);
    assert_true(raw_holds(home, "mulin.db", "旧伤"));
    assert_true(raw_holds(home, "mulin.db", "990000000"));
    assert_int_equal(open_old(home, NULL, NULL), MU_OK);
    assert_false(raw_holds(home, "mulin.db", "旧伤"));
    assert_false(raw_holds(home, "mulin.db", "990000000"));
    assert_int_equal(mu_file_read(home->desk, 2997, &resident, NULL), MU_OK);
    assert_string_equal(resident.note, "旧伤2997，另见旧伤记录第2997号");
    assert_string_equal(resident.id_number, "990000000000001335");
    assert_int_equal(find_one(home->desk, "001335"), 2997);
    is_read_as(home->desk, 2, "王建国", WANG, "0574-87654321", "心脏搭桥，二级护理");
}

/* A note that another program stored, longer than any: it is kept, and told as before. */
static void what_does_not_fit_is_sealed_whole(void **state)
{
    struct home *home = *state;
    struct mu_resident resident;

    make_old(home);
    raw_run(home, "UPDATE resident SET note = hex(zeroblob(5000)) WHERE resident_id = 2");
    assert_int_equal(open_old(home, NULL, NULL), MU_OK);
    assert_int_equal(mu_file_read(home->desk, 2, &resident, NULL), MU_OK);
    assert_true(resident.incomplete);
    assert_int_equal(mu_save_resident(home->desk, &resident, NULL, NULL), MU_STORE);
    is_read_as(home->desk, 1, "张金凤", ZHANG, "13800004821", "糖尿病，每天打胰岛素");
}

static void what_stands_in_the_way_leaves_the_home_as_it_was(void **state)
{
    struct home *home = *state;
    struct mu_error error;
    char key[128], copy[128], plain[MU_COPY_PATH_SIZE] = "";

    make_old(home);
    raw_path(home, "mulin.key", key);
    raw_path(home, copy_name(), copy);
    close(open(key, O_CREAT | O_WRONLY, 0644));
    assert_int_equal(open_old(home, plain, &error), MU_STORE);
    assert_int_equal(error.message, MU_SAY_error_key_open_to_others);
    assert_int_equal(version_of(home->path), 2);
    assert_int_not_equal(access(copy, F_OK), 0);
    assert_string_equal(plain, "");
    assert_int_equal(__real_unlink(key), 0);

    raw_run(home, "UPDATE resident SET household_id = 99 WHERE resident_id = 1");
    assert_int_equal(open_old(home, plain, &error), MU_STORE);
    assert_int_equal(error.message, MU_SAY_error_verify_file);
    assert_int_equal(version_of(home->path), 2);
    assert_true(raw_holds(home, "mulin.db", ZHANG));
    raw_run(home, "UPDATE resident SET household_id = 1 WHERE resident_id = 1");

    assert_int_equal(open_old(home, plain, &error), MU_OK); /* with the key of the try before */
    all_is_as_before(home->desk);
    assert_int_equal(mu_db_execute(home->desk->db, "UPDATE resident SET household_id = 99", &error),
                     MU_STORE); /* references count again on ours */
}

/* Where not each step is the last one once, the seed says which are. */
static void the_death_of_an_upgrade_at_any_step_leaves_a_home_that_opens(void **state)
{
    const char *seed = getenv("MULIN_TEST_SEED");
    const int stride = SANITIZED && !getenv("MULIN_SOAK") ? 2 : 1;
    struct home *home = *state;
    int deaths = 0, old = 0, status;
    int last = (int)(seed ? strtol(seed, NULL, 10) % stride : 0);
    char key[128], part[128];

    raw_path(home, "mulin.key", key);
    raw_path(home, "mulin.key.part", part);
    for (;;) {
        char *before, *after;
        size_t length;
        bool is_old;
        pid_t child;

        make_old(home);
        child = fork();
        assert_true(child >= 0);
        if (child == 0) {
            countdown = last;
            _exit(open_old(home, NULL, NULL) == MU_OK && countdown >= 0 ? 0 : 1);
        }
        assert_int_equal(waitpid(child, &status, 0), child);
        before = raw_read(key, &length);
        is_old = version_of(home->path) == 2;
        assert_true(is_old || length > 0);
        assert_int_equal(open_old(home, NULL, NULL), MU_OK);
        if (!is_old || deaths % 8 == 0)
            all_is_as_before(home->desk);
        after = raw_read(key, &length);
        if (*before)
            assert_string_equal(before, after);
        free(before);
        free(after);
        assert_int_not_equal(access(part, F_OK), 0);
        old += is_old;
        if (WIFEXITED(status))
            break;
        assert_int_equal(WTERMSIG(status), SIGKILL);
        deaths++;
        last += stride;
    }
    assert_int_equal(WEXITSTATUS(status), 0);
    assert_in_range(deaths * stride, 50, 1000);
    assert_in_range(old * stride, 40, deaths * stride);
}

/* Makes a home in a process of its own that dies at a step. How it ended; *steps, unless NULL: how
 * many it took. */
static int make_home(const struct mu_desk_options *options, int last, int *steps)
{
    int status, told[2];
    pid_t child;

    assert_int_equal(pipe(told), 0);
    child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        bool made;

        countdown = last;
        made = mu_home_create(options, "yunluwan", false, NULL) == MU_OK;
        last -= countdown;
        _exit(made && write(told[1], &last, sizeof last) == sizeof last ? 0 : 1);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    if (steps)
        assert_int_equal(read(told[0], steps, sizeof *steps), sizeof *steps);
    close(told[0]);
    close(told[1]);
    return status;
}

/* Those of the migrations are alike: under a sanitizer some of them will do. */
static void the_death_of_an_init_at_any_step_leaves_room_for_the_next(void **state)
{
    enum { LAST = 12, STRIDE = SANITIZED ? 2 : 1 };
    struct home *home = *state;
    const struct mu_desk_options options = {
        .home = home->folder, .system_user = "keeper", .fixed_now = HOME_NOW};
    int steps, deaths = 0, whole = 0;

    mu_desk_free(&home->desk);
    empty(home->folder);
    assert_int_equal(make_home(&options, INT_MAX, &steps), 0);
    assert_true(steps > 2 * LAST);
    for (int last = 0; last < steps; last += last + LAST < steps ? STRIDE : 1, deaths++) {
        struct mu_verify_report report;
        struct mu_error error;
        bool there;

        mu_desk_free(&home->desk);
        empty(home->folder);
        assert_int_equal(WTERMSIG(make_home(&options, last, NULL)), SIGKILL);
        there = access(home->path, F_OK) == 0;
        if (!there) {
            assert_int_equal(mu_desk_open(&options, &home->desk, &error), MU_INPUT);
            assert_int_equal(error.message, MU_SAY_error_db_missing); /* says: run init */
        }
        assert_int_equal(mu_home_create(&options, "yunluwan", false, &error),
                         there ? MU_INPUT : MU_OK);
        assert_true(!there || error.message == MU_SAY_error_home_exists);
        home->desk = home_desk(home, HOME_NOW);
        if (deaths % 8 == 0)
            assert_int_equal(mu_verify(home->desk, NULL, NULL, &report, NULL), MU_OK);
        whole += there;
    }
    assert_in_range(whole, 1, deaths / 2);
}

int main(void)
{
#define STORY(test) cmocka_unit_test_setup_teardown(test, home_setup, home_teardown)
    const struct CMUnitTest tests[] = {
        STORY(numbers_notes_and_forms_of_an_older_home_are_sealed),
        STORY(a_large_home_is_sealed_without_a_trace),
        STORY(what_does_not_fit_is_sealed_whole),
        STORY(what_stands_in_the_way_leaves_the_home_as_it_was),
        STORY(the_death_of_an_init_at_any_step_leaves_room_for_the_next),
        STORY(the_death_of_an_upgrade_at_any_step_leaves_a_home_that_opens),
    };

    return cmocka_run_group_tests(tests, count_steps, NULL);
}
