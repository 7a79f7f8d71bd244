#include "unit/home.h"

#include "store/key_sort.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>

enum {
    FEW = 5,
    MANY = 600000, /* more than the block holds: three runs */
    TWO_RUNS = 150000,
    NAMES = 4 /* in the folder of a home: two of its own, and the two of every folder */
};

/* ---- in the place of the C library's ---- */

enum call { OPEN, WRITE, READ, ALLOCATION, CALLS };

/* How one of them goes wrong. */
enum wrong { FAILS, INTERRUPTED, SHORT, NOTHING };

static struct {
    enum call call;
    enum wrong wrong;
    long at; /* the n-th of them; 0: none */
    bool no_unnamed;
    long seen[CALLS];
} plan;

static bool goes_wrong(enum call call)
{
    return ++plan.seen[call] == plan.at && plan.call == call;
}

int __real_open(const char *path, int flags, mode_t mode);
int __wrap_open(const char *path, int flags, mode_t mode);
ssize_t __real_write(int file, const void *bytes, size_t size);
ssize_t __wrap_write(int file, const void *bytes, size_t size);
ssize_t __real_pread(int file, void *bytes, size_t size, off_t at);
ssize_t __wrap_pread(int file, void *bytes, size_t size, off_t at);
void *__real_malloc(size_t size);
void *__wrap_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__real_realloc(void *old, size_t size);
void *__wrap_realloc(void *old, size_t size);

static ssize_t outcome(enum wrong wrong, int fault, size_t size, size_t *part)
{
    *part = wrong == SHORT ? (size + 1) / 2 : 0;
    if (wrong != NOTHING)
        errno = wrong == INTERRUPTED ? EINTR : fault;
    return wrong == NOTHING ? 0 : -1;
}

int __wrap_open(const char *path, int flags, mode_t mode)
{
    if ((flags & O_TMPFILE) == O_TMPFILE && plan.no_unnamed) {
        errno = EOPNOTSUPP;
        return -1;
    }
    if (goes_wrong(OPEN)) {
        errno = EACCES;
        return -1;
    }
    return __real_open(path, flags, mode);
}

ssize_t __wrap_write(int file, const void *bytes, size_t size)
{
    size_t part;
    ssize_t code;

    if (!goes_wrong(WRITE))
        return __real_write(file, bytes, size);
    code = outcome(plan.wrong, ENOSPC, size, &part);
    return part > 0 ? __real_write(file, bytes, part) : code;
}

ssize_t __wrap_pread(int file, void *bytes, size_t size, off_t at)
{
    size_t part;
    ssize_t code;

    if (!goes_wrong(READ))
        return __real_pread(file, bytes, size, at);
    code = outcome(plan.wrong, EIO, size, &part);
    return part > 0 ? __real_pread(file, bytes, part, at) : code;
}

void *__wrap_malloc(size_t size)
{
    return goes_wrong(ALLOCATION) ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t count, size_t size)
{
    return goes_wrong(ALLOCATION) ? NULL : __real_calloc(count, size);
}

void *__wrap_realloc(void *old, size_t size)
{
    return goes_wrong(ALLOCATION) ? NULL : __real_realloc(old, size);
}

/* ---- stories ---- */

static struct mu_key_sort *sort_in(void **state)
{
    static char path[128];
    const struct home *home = *state;
    struct mu_key_sort *sort;

    snprintf(path, sizeof path, "%s/mulin.db", home->folder);
    sort = mu_key_sort_new(path);
    assert_non_null(sort);
    return sort;
}

static void add(struct mu_key_sort *sort, const char *token, int64_t id)
{
    assert_int_equal(mu_key_sort_add(sort, token, id, NULL), MU_OK);
}

static bool next(struct mu_key_sort *sort, struct mu_sorted_key *key)
{
    bool found;

    assert_int_equal(mu_key_sort_next(sort, key, &found, NULL), MU_OK);
    return found;
}

static void keys_come_in_the_order_of_the_index(void **state)
{
    static const struct mu_sorted_key expected[FEW] = {
        {"1zhang", 2}, {"1zhang", 256}, {"1zhangjin", 1}, {"1张", 3}, {"r3-201", 1}};
    struct mu_key_sort *sort = sort_in(state);
    struct mu_sorted_key key;

    add(sort, "r3-201", 1);
    add(sort, "1zhangjin", 1);
    add(sort, "1zhang", 256);
    add(sort, "1张", 3);
    add(sort, "1zhang", 2);
    assert_int_equal(mu_key_sort_start(sort, NULL), MU_OK);
    for (int i = 0; i < FEW; i++) {
        assert_true(next(sort, &key));
        assert_string_equal(key.token, expected[i].token);
        assert_int_equal(key.resident_id, expected[i].resident_id);
    }
    assert_false(next(sort, &key));
    mu_key_sort_free(&sort);
}

static void more_than_fits_into_memory_goes_through_a_file(void **state)
{
    struct mu_key_sort *sort = sort_in(state);
    struct mu_sorted_key key;
    char token[16], last[16] = "";
    uint32_t scattered = 1;
    int64_t last_id = 0, sum = 0;
    int count = 0;

    for (int i = 1; i <= MANY; i++) {
        scattered = scattered * 1664525u + 1013904223u;
        snprintf(token, sizeof token, "2%u", scattered % 50000u);
        add(sort, token, i);
        sum += i;
    }
    assert_int_equal(mu_key_sort_start(sort, NULL), MU_OK);
    for (; next(sort, &key); count++) {
        int order = strcmp(last, key.token);

        assert_true(order < 0 || (order == 0 && last_id < key.resident_id));
        snprintf(last, sizeof last, "%s", key.token);
        last_id = key.resident_id;
        sum -= last_id;
    }
    assert_int_equal(count, MANY);
    assert_int_equal(sum, 0);
    mu_key_sort_free(&sort);
}

static void a_full_disk_ends_the_import(void **state)
{
    struct mu_key_sort *sort = sort_in(state);
    const struct rlimit none = {0, RLIM_INFINITY};
    struct rlimit before;
    struct mu_error error;
    enum mu_status status = MU_OK;

    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &none), 0);
    for (int i = 1; i <= MANY && status == MU_OK; i++)
        status = mu_key_sort_add(sort, "1zhang", i, &error);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
    assert_int_equal(status, MU_STORE);
    mu_key_sort_free(&sort);
}

/* Sorts as many as need two runs, the last ones first, with a fault on the way. */
static enum mu_status sort_with(void **state, enum call call, enum wrong wrong, long at,
                                struct mu_error *error)
{
    struct mu_key_sort *sort = sort_in(state);
    struct mu_sorted_key key = {.resident_id = 0};
    char token[32];
    bool found = true;
    int64_t count = 0;
    enum mu_status status = MU_OK;

    memset(plan.seen, 0, sizeof plan.seen);
    plan.call = call;
    plan.wrong = wrong;
    plan.at = at;
    for (int i = 1; i <= TWO_RUNS && status == MU_OK; i++) {
        snprintf(token, sizeof token, "2%020d", TWO_RUNS - i);
        status = mu_key_sort_add(sort, token, i, error);
    }
    if (status == MU_OK)
        status = mu_key_sort_start(sort, error);
    while (status == MU_OK && found) {
        status = mu_key_sort_next(sort, &key, &found, error);
        if (status == MU_OK && found)
            assert_int_equal(key.resident_id, TWO_RUNS - count++);
    }
    plan.at = 0;
    if (status == MU_OK)
        assert_int_equal(count, TWO_RUNS);
    mu_key_sort_free(&sort);
    return status;
}

static void is_told(void **state, enum call call, enum wrong wrong, long at,
                    enum mu_message message)
{
    struct mu_error error;

    assert_int_equal(sort_with(state, call, wrong, at, &error), MU_STORE);
    assert_int_equal(error.message, message);
}

static void a_disk_that_fails_on_the_way_ends_the_import(void **state)
{
    long last[CALLS];

    assert_int_equal(sort_with(state, OPEN, FAILS, 0, NULL), MU_OK);
    memcpy(last, plan.seen, sizeof last);
    assert_int_equal(last[OPEN], 1);
    assert_true(last[WRITE] > 100 && last[READ] > 1);
    is_told(state, WRITE, FAILS, 1, MU_SAY_error_db_full);
    is_told(state, WRITE, FAILS, last[WRITE] / 2, MU_SAY_error_db_full);
    is_told(state, WRITE, FAILS, last[WRITE], MU_SAY_error_db_full);
    errno = ENOSPC; /* of something before */
    is_told(state, WRITE, NOTHING, 2, MU_SAY_error_db_input_output);
    is_told(state, READ, FAILS, 1, MU_SAY_error_db_input_output);
    is_told(state, READ, FAILS, last[READ], MU_SAY_error_db_input_output);
    is_told(state, READ, NOTHING, 2, MU_SAY_error_db_input_output); /* somebody cut the file */
    assert_int_equal(sort_with(state, ALLOCATION, FAILS, 1, NULL), MU_MEMORY);
}

static void without_memory_nothing_is_sorted(void **state)
{
    const struct home *home = *state;

    for (int at = 1; at <= 2; at++) {
        memset(&plan, 0, sizeof plan);
        plan.call = ALLOCATION;
        plan.at = at;
        assert_null(mu_key_sort_new(home->path));
    }
    plan.at = 0;
}

static void a_signal_or_half_a_piece_changes_nothing(void **state)
{
    static const enum wrong ways[] = {INTERRUPTED, SHORT};

    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(sort_with(state, WRITE, ways[i], 3, NULL), MU_OK);
        assert_int_equal(sort_with(state, READ, ways[i], 1, NULL), MU_OK);
        assert_int_equal(sort_with(state, READ, ways[i], 3, NULL), MU_OK);
    }
}

static void count_files(const struct home *home, int expected)
{
    DIR *folder = opendir(home->folder);
    int count = 0;

    assert_non_null(folder);
    while (readdir(folder))
        count++;
    closedir(folder);
    assert_int_equal(count, expected);
}

/* Some network file systems have none. */
static void without_unnamed_files_a_name_is_lost_at_once(void **state)
{
    const struct home *home = *state;

    plan.no_unnamed = true;
    assert_int_equal(sort_with(state, OPEN, FAILS, 0, NULL), MU_OK);
    count_files(home, NAMES);
    is_told(state, OPEN, FAILS, 1, MU_SAY_error_db_input_output);
    plan.no_unnamed = false;
    count_files(home, NAMES);
}

static void a_key_that_is_none_is_refused(void **state)
{
    struct mu_key_sort *sort = sort_in(state);
    char token[256];

    memset(token, 'a', sizeof token - 1);
    token[sizeof token - 1] = '\0';
    assert_int_equal(mu_key_sort_add(sort, token, 1, NULL), MU_USAGE);
    assert_int_equal(mu_key_sort_add(sort, "1zhang", 0, NULL), MU_USAGE);
    mu_key_sort_free(&sort);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(keys_come_in_the_order_of_the_index, home_setup,
                                        home_teardown),
        cmocka_unit_test_setup_teardown(more_than_fits_into_memory_goes_through_a_file, home_setup,
                                        home_teardown),
        cmocka_unit_test_setup_teardown(a_full_disk_ends_the_import, home_setup, home_teardown),
        cmocka_unit_test_setup_teardown(a_disk_that_fails_on_the_way_ends_the_import, home_setup,
                                        home_teardown),
        cmocka_unit_test_setup_teardown(without_memory_nothing_is_sorted, home_setup,
                                        home_teardown),
        cmocka_unit_test_setup_teardown(a_signal_or_half_a_piece_changes_nothing, home_setup,
                                        home_teardown),
        cmocka_unit_test_setup_teardown(without_unnamed_files_a_name_is_lost_at_once, home_setup,
                                        home_teardown),
        cmocka_unit_test_setup_teardown(a_key_that_is_none_is_refused, home_setup, home_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
