/* The register is counted and written while the n-th statement or allocation fails, for every n.
 * Linked with --wrap, so that the calls of the library come here. */
#include "unit/home.h"

#include <mulin/desk/demo.h>
#include <mulin/desk/report.h>
#include <mulin/report.h>

#include <sqlite3.h>
#include <unistd.h>

void *__real_malloc(size_t size);
void *__wrap_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__real_realloc(void *old, size_t size);
void *__wrap_realloc(void *old, size_t size);
char *__real_strdup(const char *text);
char *__wrap_strdup(const char *text);
int __real_sqlite3_step(sqlite3_stmt *statement);
int __wrap_sqlite3_step(sqlite3_stmt *statement);

static long allocations, steps; /* until one fails; 0: none does */
static bool happened;           /* one failed */

static bool fails_now(long *countdown)
{
    return *countdown > 0 && --*countdown == 0;
}

void *__wrap_malloc(size_t size)
{
    return fails_now(&allocations) ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t count, size_t size)
{
    return fails_now(&allocations) ? NULL : __real_calloc(count, size);
}

void *__wrap_realloc(void *old, size_t size)
{
    return fails_now(&allocations) ? NULL : __real_realloc(old, size);
}

char *__wrap_strdup(const char *text)
{
    return fails_now(&allocations) ? NULL : __real_strdup(text);
}

int __wrap_sqlite3_step(sqlite3_stmt *statement)
{
    return fails_now(&steps) ? SQLITE_IOERR : __real_sqlite3_step(statement);
}

static const struct mu_date past = {2026, 11, 21};

/* More people than are counted in one slice, one of them without a home. */
static int setup(void **state)
{
    struct home *home;

    home_setup(state);
    home = *state;
    assert_int_equal(mu_fill_demo(home->desk, "yunluwan", 300, NULL), MU_OK);
    home_add(home->desk, "name", "无家", NULL);
    return 0;
}

static enum mu_status count_all(struct mu_register_counting *counting, struct mu_error *error)
{
    enum mu_status status = MU_OK;

    for (bool done = false; status == MU_OK && !done;)
        status = mu_register_count_on(counting, &done, error);
    return status;
}

/* Counts with a fault; what failed is asked again and comes to the same. */
static enum mu_status count_broken(struct mu_desk *desk, int64_t people)
{
    struct mu_register_counting *counting = NULL;
    struct mu_error error = {0};
    enum mu_status status = mu_count_register(desk, past, &counting, &error);

    if (status == MU_OK)
        status = count_all(counting, &error);
    happened = allocations == 0 && steps == 0;
    allocations = steps = 0;
    assert_int_equal(error.status, status);
    if (counting) {
        assert_int_equal(count_all(counting, &error), MU_OK);
        assert_int_equal(mu_register_report(counting)->all.people, people);
        mu_register_counting_free(&counting);
    }
    return status;
}

static void no_fault_of_the_store_is_counted(void **state)
{
    struct home *home = *state;
    long failing = 1, told = 0;

    /* Steps of many rows are much alike: after the first ones some of them. */
    for (happened = true; happened; failing += failing < 60 ? 1 : 37) {
        enum mu_status status;

        steps = failing;
        status = count_broken(home->desk, 301);
        assert_true(status == MU_OK || status == MU_STORE);
        told += status == MU_STORE;
    }
    assert_true(failing > 300);
    assert_true(told > 50); /* a fault while a transaction ends harms nobody */
}

static void no_failed_allocation_is_counted(void **state)
{
    struct home *home = *state;
    enum mu_status status = MU_MEMORY;
    long failing = 1;

    assert_int_equal(count_broken(home->desk, 301), MU_OK);
    for (; status != MU_OK; failing++) {
        allocations = failing;
        status = count_broken(home->desk, 301);
        assert_true(status == MU_OK || status == MU_MEMORY);
    }
    assert_true(failing > 4);
}

static void what_cannot_be_written_leaves_no_file(void **state)
{
    struct home *home = *state;
    struct mu_register_counting *counting = NULL;
    struct mu_error error;
    char path[128];

    snprintf(path, sizeof path, "%s/report", home->folder);
    assert_int_equal(mu_count_register(home->desk, past, &counting, &error), MU_OK);
    assert_int_equal(count_all(counting, &error), MU_OK);
    for (enum mu_report_format format = MU_REPORT_TEXT; format <= MU_REPORT_HTML; format++) {
        const struct mu_report_target target = {.format = format, .path = path};
        enum mu_status status = MU_MEMORY;
        long failing = 1;

        for (; status != MU_OK; failing++) {
            allocations = failing;
            status = mu_report_register(&target, mu_register_report(counting),
                                        failing % 2 ? MU_REGISTER_WHOLE : MU_REGISTER_BY_TAG,
                                        MU_CHINESE, &error);
            allocations = 0;
            assert_int_equal(access(path, F_OK) == 0, status == MU_OK);
        }
        assert_true(failing > 10);
        assert_int_equal(unlink(path), 0);
    }
    mu_register_counting_free(&counting);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(no_fault_of_the_store_is_counted, setup, home_teardown),
        cmocka_unit_test_setup_teardown(no_failed_allocation_is_counted, setup, home_teardown),
        cmocka_unit_test_setup_teardown(what_cannot_be_written_leaves_no_file, setup,
                                        home_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
