/* A book is read while the n-th allocation fails, for every n. Linked with --wrap, so that the
 * allocations of the library come here. */
#include <mulin/rules.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);

static long countdown = -1; /* allocations until one fails; negative: none does */

static bool fails_now(void)
{
    return countdown >= 0 && countdown-- == 0;
}

void *__wrap_malloc(size_t size)
{
    return fails_now() ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t count, size_t size)
{
    return fails_now() ? NULL : __real_calloc(count, size);
}

/* Reads the book with every allocation failing once; `otherwise` is what it comes to at the end. */
static void survives(const char *book, enum mu_status otherwise)
{
    enum mu_status status = MU_MEMORY;
    long failing = 0;

    for (; status == MU_MEMORY; failing++) {
        struct mu_rules_faults faults;
        struct mu_rules *rules = NULL;
        struct mu_error error = {0};

        countdown = failing;
        status = mu_rules_parse(book, strlen(book), &faults, &rules, &error);
        countdown = -1;
        assert_true(status == MU_MEMORY || status == otherwise);
        assert_int_equal(error.status, status);
        assert_int_equal(rules != NULL, status == MU_OK);
        assert_int_equal(faults.count > 0, status == MU_INPUT);
        mu_rules_free(&rules);
        mu_rules_faults_clear(&faults);
    }
    assert_true(failing > 5);
}

static void no_failed_allocation_is_taken_for_a_fault_of_the_book(void **state)
{
    (void)state;
    for (size_t i = 0; mu_preset_name(i); i++)
        survives(mu_preset_book(mu_preset_name(i)), MU_OK);
}

static void a_bad_book_stays_bad_when_memory_is_short(void **state)
{
    (void)state;
    survives("centre: {name: Ａ①, division: 1}\n"
             "canteen: {sessions: [{id: X}], tiers: [{when: {any: [{tags: 低保}]}}]}\n",
             MU_INPUT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_failed_allocation_is_taken_for_a_fault_of_the_book),
        cmocka_unit_test(a_bad_book_stays_bad_when_memory_is_short),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
