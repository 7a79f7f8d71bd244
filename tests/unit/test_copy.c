#include "unit/copy_story.h"

#include "store/change_map.h"
#include "store/db_watch.h"

#include <signal.h>
#include <sys/file.h>
#include <sys/resource.h>

enum { LITTLE = 64 * 4096 };

static void lunch_goes_on_while_the_records_are_copied(void **state)
{
    size_t size;

    assert_in_range(copy_story_tell(*state, copy_story_lunch, &size), 1, LITTLE);
    assert_true(size > LITTLE);
}

static void save(struct mu_db *db, const char *sql)
{
    assert_int_equal(mu_db_begin(db, NULL), MU_OK);
    assert_int_equal(mu_db_execute(db, sql, NULL), MU_OK);
    assert_int_equal(mu_db_commit(db, NULL), MU_OK);
}

static void write_much(struct home *home)
{
    struct mu_desk *other = home_desk(home, HOME_NOW);

    save(other->db, "INSERT INTO setting (name, value) VALUES ('much', hex(zeroblob(4000000)))");
    mu_desk_free(&other);
}

static void what_is_written_meanwhile_is_copied_before_commits_are_held_up(void **state)
{
    size_t size;

    assert_in_range(copy_story_tell(*state, write_much, &size), 0, LITTLE);
    assert_true(size > 8000000);
}

/* The pages of a transaction that does not fit into the cache reach the file, and are taken back.
 */
static void write_much_and_take_it_back(struct home *home)
{
    struct mu_desk *other = home_desk(home, HOME_NOW);

    assert_int_equal(mu_db_begin(other->db, NULL), MU_OK);
    assert_int_equal(mu_db_execute(other->db,
                                   "INSERT INTO setting (name, value)"
                                   " VALUES ('much', hex(zeroblob(4000000)))",
                                   NULL),
                     MU_OK);
    mu_db_rollback(other->db);
    save(other->db, "INSERT INTO setting (name, value) VALUES ('some', hex(zeroblob(400000)))");
    mu_desk_free(&other);
}

static void what_is_taken_back_meanwhile_is_not_in_the_copy(void **state)
{
    size_t size;

    copy_story_tell(*state, write_much_and_take_it_back, &size);
    assert_true(size < 4000000);
}

static struct mu_desk *slow;

static void takes_it_back(struct home *home)
{
    (void)home;
    mu_db_rollback(slow->db);
    mu_desk_free(&slow);
}

/* The file is longer while its end is copied than when the copy is done. */
static void write_much_and_take_it_back_later(struct home *home)
{
    slow = home_desk(home, HOME_NOW);
    assert_int_equal(mu_db_begin(slow->db, NULL), MU_OK);
    assert_int_equal(mu_db_execute(slow->db,
                                   "INSERT INTO setting (name, value)"
                                   " VALUES ('much', hex(zeroblob(4000000)))",
                                   NULL),
                     MU_OK);
    copy_story.meanwhile = takes_it_back;
}

static void an_end_that_is_taken_back_is_cut_off_the_copy(void **state)
{
    size_t size;

    copy_story_tell(*state, write_much_and_take_it_back_later, &size);
    assert_true(size < 1 << 20);
}

static void begins_to_save(struct home *home)
{
    copy_story_lunch(home);
    slow = home_desk(home, HOME_NOW);
    assert_int_equal(mu_db_begin(slow->db, NULL), MU_OK);
    assert_int_equal(
        mu_db_execute(slow->db, "INSERT INTO setting (name, value) VALUES ('slow', 'x')", NULL),
        MU_OK);
}

/* It does not write before the copy lets it. */
static void a_desk_that_has_begun_to_save_spoils_no_marks(void **state)
{
    size_t size;

    assert_in_range(copy_story_tell(*state, begins_to_save, &size), 1, LITTLE);
    assert_int_equal(mu_db_commit(slow->db, NULL), MU_OK);
    mu_desk_free(&slow);
}

static void what_is_cut_off_is_marked(void **state)
{
    const struct home *home = *state;
    struct mu_change_map map;
    struct mu_watch *watch;
    sqlite3_file *file;
    sqlite3_int64 size;
    sqlite3 *raw;
    unsigned char counter[4], *mark;
    size_t count;

    assert_int_equal(sqlite3_open(home->path, &raw), SQLITE_OK);
    assert_int_equal(sqlite3_exec(raw, "PRAGMA user_version", NULL, NULL, NULL), SQLITE_OK);
    watch = mu_watch_new(raw, home->path);
    assert_non_null(watch);
    assert_int_equal(sqlite3_file_control(raw, "main", SQLITE_FCNTL_FILE_POINTER, &file),
                     SQLITE_OK);
    assert_int_equal(file->pMethods->xRead(file, counter, 4, 24), SQLITE_OK);
    const uint32_t now = (uint32_t)counter[0] << 24 | (uint32_t)counter[1] << 16 |
                         (uint32_t)counter[2] << 8 | counter[3];
    assert_true(mu_change_map_open(&map, home->path, now));
    assert_int_equal(sqlite3_exec(raw, "BEGIN EXCLUSIVE", NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(file->pMethods->xFileSize(file, &size), SQLITE_OK);
    assert_int_equal(file->pMethods->xTruncate(file, size - 2 * 4096), SQLITE_OK);
    assert_int_equal(file->pMethods->xTruncate(file, size), SQLITE_OK); /* other bytes now */
    assert_int_equal(sqlite3_exec(raw, "ROLLBACK", NULL, NULL, NULL), SQLITE_OK);
    assert_true(mu_change_map_take(&map, now, &mark, &count));
    assert_int_equal(count, size / 4096);
    assert_true(mark[count - 1] && mark[count - 2] && !mark[count - 3]);
    free(mark);
    mu_change_map_close(&map);
    sqlite3_close(raw);
    mu_watch_free(&watch);
}

/* In the place of the C library's: is a file on the disk before it gets its name? */
static bool synced, named_unsynced;
int __real_fsync(int file);
int __wrap_fsync(int file);
int __real_linkat(int from, const char *old, int to, const char *name, int how);
int __wrap_linkat(int from, const char *old, int to, const char *name, int how);

int __wrap_fsync(int file)
{
    synced = true;
    return __real_fsync(file);
}

int __wrap_linkat(int from, const char *old, int to, const char *name, int how)
{
    named_unsynced = named_unsynced || !synced;
    return __real_linkat(from, old, to, name, how);
}

static void a_copy_is_on_the_disk_before_it_has_a_name(void **state)
{
    size_t size;

    synced = named_unsynced = false;
    copy_story_tell(*state, copy_story_lunch, &size);
    assert_true(synced);
    assert_false(named_unsynced);
}

static void another_program_writes(struct home *home)
{
    sqlite3 *raw;

    copy_story_lunch(home);
    assert_int_equal(sqlite3_open(home->path, &raw), SQLITE_OK);
    assert_int_equal(sqlite3_exec(raw, "INSERT INTO setting (name, value) VALUES ('theirs', 'x')",
                                  NULL, NULL, NULL),
                     SQLITE_OK);
    sqlite3_close(raw);
    copy_story_lunch(home);
}

static void a_program_that_marks_nothing_has_all_compared(void **state)
{
    size_t size;
    int64_t held = copy_story_tell(*state, another_program_writes, &size);

    assert_true(held >= (int64_t)size);
}

static int open_map(const struct home *home, int flags)
{
    char map[96];

    snprintf(map, sizeof map, "%s-changes", home->path);
    return open(map, flags | O_RDWR | O_CLOEXEC, 0600);
}

/* What stands in the head of the marks then. */
static void a_desk_dies_while_it_writes(struct home *home)
{
    static const char writing = 1;
    int map = open_map(home, 0);

    assert_int_equal(pwrite(map, &writing, 1, 4), 1);
    close(map);
    copy_story_lunch(home);
}

static void a_desk_that_died_while_it_wrote_has_all_compared(void **state)
{
    size_t size;
    int64_t held = copy_story_tell(*state, a_desk_dies_while_it_writes, &size);

    assert_true(held >= (int64_t)size);
}

static void somebody_tidies_up(struct home *home)
{
    char map[96];

    snprintf(map, sizeof map, "%s-changes", home->path);
    assert_int_equal(unlink(map), 0);
    copy_story_lunch(home);
}

static void marks_that_are_gone_have_all_compared(void **state)
{
    size_t size;
    int64_t held = copy_story_tell(*state, somebody_tidies_up, &size);

    assert_true(held >= (int64_t)size);
}

static void what_a_killed_copy_left_goes_with_the_next_commit(void **state)
{
    struct home *home = *state;
    size_t size;
    int left = open_map(home, O_CREAT);

    assert_int_equal(flock(left, LOCK_EX), 0);
    copy_story_lunch(home);
    assert_int_equal(access(home->path, F_OK), 0);
    close(open_map(home, 0));
    close(left); /* as the killed one's was */
    copy_story_lunch(home);
    assert_int_equal(open_map(home, 0), -1);
    close(open_map(home, O_CREAT));
    assert_in_range(copy_story_tell(home, copy_story_lunch, &size), 1, LITTLE);
}

static void of_two_copies_at_once_one_compares_all(void **state)
{
    struct home *home = *state;
    size_t size;
    int64_t held;
    int other = open_map(home, O_CREAT);

    assert_int_equal(flock(other, LOCK_EX), 0);
    copy_story.home = home;
    copy_story.meanwhile = NULL;
    copy_story.held = 0;
    char copy[96];
    snprintf(copy, sizeof copy, "%s.copy", home->path);
    assert_int_equal(mu_db_copy(home->desk->db, copy, NULL, NULL, NULL), MU_OK);
    held = copy_story.held;
    free(copy_story_bytes(copy, &size));
    assert_true(held >= (int64_t)size);
    assert_true(open_map(home, 0) >= 0);
    close(other);
}

static bool leaves_at_the_second_piece(void *context, int64_t done, int64_t all)
{
    int *asked = context;

    assert_in_range(done, 0, all);
    return ++*asked < 2;
}

static void a_copy_that_is_stopped_leaves_nothing(void **state)
{
    struct home *home = *state;
    char copy[96], map[96];
    struct mu_error error;
    int asked = 0;

    snprintf(copy, sizeof copy, "%s.copy", home->path);
    snprintf(map, sizeof map, "%s-changes", home->path);
    copy_story.meanwhile = NULL;
    assert_int_equal(mu_db_copy(home->desk->db, copy, leaves_at_the_second_piece, &asked, &error),
                     MU_REFUSED);
    assert_int_equal(error.message, MU_SAY_error_seal_stopped);
    assert_int_equal(asked, 2);
    assert_int_equal(access(copy, F_OK), -1);
    assert_int_equal(access(map, F_OK), -1);
    copy_story_lunch(home); /* nobody is kept from saving */
}

/* Whatever lies where the marks would: a copy is made all the same, and desks save. */
static void compares_all_beside(struct home *home, void (*meanwhile)(struct home *home))
{
    char copy[96];
    size_t size, copied_size;
    unsigned char *ours, *copied;

    snprintf(copy, sizeof copy, "%s.copy", home->path);
    copy_story.home = home;
    copy_story.meanwhile = meanwhile;
    assert_int_equal(mu_db_copy(home->desk->db, copy, NULL, NULL, NULL), MU_OK);
    assert_null(copy_story.meanwhile);
    ours = copy_story_bytes(home->path, &size);
    copied = copy_story_bytes(copy, &copied_size);
    assert_int_equal(size, copied_size);
    assert_memory_equal(ours, copied, size);
    assert_true(copy_story.held >= (int64_t)size);
    free(ours);
    free(copied);
    assert_int_equal(unlink(copy), 0);
}

static int others;

static void another_copy_begins(struct home *home)
{
    somebody_tidies_up(home);
    others = open_map(home, O_CREAT);
    assert_int_equal(flock(others, LOCK_EX), 0);
}

static void the_marks_of_another_copy_stay(void **state)
{
    struct home *home = *state;
    char map[96];

    compares_all_beside(home, another_copy_begins);
    snprintf(map, sizeof map, "%s-changes", home->path);
    assert_int_equal(unlink(map), 0);
    close(others);
}

static void marks_that_cannot_be_made_have_all_compared(void **state)
{
    struct home *home = *state;
    char map[96], kept[96];
    struct stat about;

    snprintf(map, sizeof map, "%s-changes", home->path);
    snprintf(kept, sizeof kept, "%s.kept", home->path);
    assert_int_equal(mkdir(map, 0700), 0);
    compares_all_beside(home, copy_story_lunch);
    assert_int_equal(rmdir(map), 0);

    close(open(kept, O_WRONLY | O_CREAT | O_CLOEXEC, 0600));
    assert_int_equal(symlink(kept, map), 0); /* somebody would have us write elsewhere */
    compares_all_beside(home, copy_story_lunch);
    assert_int_equal(stat(kept, &about), 0);
    assert_int_equal(about.st_size, 0);
    assert_int_equal(unlink(map), 0);
    assert_int_equal(unlink(kept), 0);
}

/* Of what others lay there nothing is believed: it goes, or it is left as it is. */
static void foreign_marks_are_not_believed(void **state)
{
    struct home *home = *state;
    char map[96];
    size_t size;
    int fifo;

    snprintf(map, sizeof map, "%s-changes", home->path);
    assert_int_equal(truncate(map, 0), -1);
    close(open_map(home, O_CREAT));
    assert_int_equal(truncate(map, (off_t)1 << 40), 0); /* a hole of a terabyte */
    assert_in_range(copy_story_tell(home, copy_story_lunch, &size), 1, LITTLE);
    assert_int_equal(mkfifo(map, 0600), 0);
    copy_story_lunch(home); /* waits for no reader */
    assert_int_equal(open_map(home, 0), -1);
    assert_int_equal(mkfifo(map, 0600), 0);
    fifo = open_map(home, 0);
    assert_int_equal(flock(fifo, LOCK_EX), 0);
    compares_all_beside(home, copy_story_lunch);
    close(fifo);
    assert_int_equal(unlink(map), 0);
}

static void somebody_cuts_the_marks(struct home *home)
{
    int map = open_map(home, 0);

    copy_story_lunch(home);
    assert_int_equal(ftruncate(map, 4), 0);
    close(map);
}

static void marks_that_were_cut_have_all_compared(void **state)
{
    size_t size;
    int64_t held = copy_story_tell(*state, somebody_cuts_the_marks, &size);

    assert_true(held >= (int64_t)size);
}

/* The disk holds no more marks than the head: no byte further may be written to any file but to
 * those that are as long already. */
static void the_disk_takes_no_marks(struct home *home)
{
    const struct rlimit head = {8, RLIM_INFINITY};
    struct rlimit before;
    static const char more = 1;
    int map = open_map(home, 0);

    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &head), 0);
    assert_false(mu_changes_mark(map, 4096, 1));
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
    assert_int_equal(pwrite(map, &more, 1, 4), 1); /* who could not mark does not leave */
    close(map);
}

static void marks_for_which_there_is_no_room_have_all_compared(void **state)
{
    size_t size;
    int64_t held = copy_story_tell(*state, the_disk_takes_no_marks, &size);

    assert_true(held >= (int64_t)size);
}

int main(void)
{
#define STORY(test) cmocka_unit_test_setup_teardown(test, home_setup, home_teardown)
    const struct CMUnitTest tests[] = {
        STORY(lunch_goes_on_while_the_records_are_copied),
        STORY(what_is_written_meanwhile_is_copied_before_commits_are_held_up),
        STORY(what_is_taken_back_meanwhile_is_not_in_the_copy),
        STORY(a_program_that_marks_nothing_has_all_compared),
        STORY(a_desk_that_died_while_it_wrote_has_all_compared),
        STORY(marks_that_are_gone_have_all_compared),
        STORY(what_a_killed_copy_left_goes_with_the_next_commit),
        STORY(of_two_copies_at_once_one_compares_all),
        STORY(an_end_that_is_taken_back_is_cut_off_the_copy),
        STORY(a_desk_that_has_begun_to_save_spoils_no_marks),
        STORY(what_is_cut_off_is_marked),
        STORY(a_copy_is_on_the_disk_before_it_has_a_name),
        STORY(the_marks_of_another_copy_stay),
        STORY(marks_that_cannot_be_made_have_all_compared),
        STORY(foreign_marks_are_not_believed),
        STORY(marks_that_were_cut_have_all_compared),
        STORY(marks_for_which_there_is_no_room_have_all_compared),
        STORY(a_copy_that_is_stopped_leaves_nothing),
    };
#undef STORY

    copy_story_install();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
