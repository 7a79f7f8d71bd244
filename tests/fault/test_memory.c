/* The n-th allocation of a use case fails, alone or with all after it: no crash, no leak, a clear
 * refusal, and nothing in half. */
#include "fault/failing_memory.h"
#include "fault/sweep.h"

#include "unit/home.h"
#include "unit/sanitized.h"

static long blocks_before;

static void start(struct memory_disk *disk, int variant, long at)
{
    (void)disk;
    failing_memory_start(at, variant == 1);
}

static bool stop(struct memory_disk *disk)
{
    (void)disk;
    return failing_memory_stop() > 0;
}

static bool told(const struct mu_error *error)
{
    return error->status == MU_MEMORY;
}

static bool unknown(int variant, const struct mu_error *error)
{
    (void)variant, (void)error;
    return false;
}

static void name(char *out, size_t size, int variant, long at)
{
    snprintf(out, size, "no memory at allocation %ld%s", at,
             variant == 1 ? " and all after it" : "");
}

static void before(void)
{
    blocks_before = failing_memory_blocks();
}

static void after(const char *where)
{
    if (failing_memory_blocks() > blocks_before)
        day_fail(where, "%ld blocks were not freed", failing_memory_blocks() - blocks_before);
}

static const struct sweep_kind no_memory = {.variants = 2,
                                            .stride = SANITIZED ? 197 : 59,
                                            .start = start,
                                            .stop = stop,
                                            .told = told,
                                            .unknown = unknown,
                                            .name = name,
                                            .before = before,
                                            .after = after};

static int setup(void **state)
{
    return sweep_setup(state, &no_memory);
}

static void a_use_case_is_done_or_refused(void **state)
{
    sweep_use_cases(*state);
}

static void an_answer_is_whole_or_refused(void **state)
{
    sweep_questions(*state);
}

static void a_home_opens_or_says_why_not(void **state)
{
    sweep_opening(*state);
}

int main(void)
{
#define STORY(test) cmocka_unit_test_setup_teardown(test, setup, sweep_teardown)
    const struct CMUnitTest tests[] = {
        STORY(a_use_case_is_done_or_refused),
        STORY(an_answer_is_whole_or_refused),
        STORY(a_home_opens_or_says_why_not),
    };

    failing_memory_install();
    memory_disk_allocate = failing_memory_aside;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
