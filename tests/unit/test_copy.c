#include "unit/copy_story.h"

#include "store/change_map.h"

#include <sys/file.h>

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
    assert_int_equal(mu_db_copy(home->desk->db, copy, NULL), MU_OK);
    held = copy_story.held;
    free(copy_story_bytes(copy, &size));
    assert_true(held >= (int64_t)size);
    assert_true(open_map(home, 0) >= 0);
    close(other);
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
    };
#undef STORY

    copy_story_install();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
