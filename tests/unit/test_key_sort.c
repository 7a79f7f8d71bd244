#include "unit/home.h"

#include "store/key_sort.h"

#include <signal.h>
#include <sys/resource.h>

enum { FEW = 5, MANY = 600000 /* more than the block holds: three runs */ };

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
        cmocka_unit_test_setup_teardown(a_key_that_is_none_is_refused, home_setup, home_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
