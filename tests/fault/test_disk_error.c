/* The n-th call to the disk fails: once or from then on, having done nothing or half of its work;
 * with an input/output error, or because the disk is full. */
#include "fault/sweep.h"

#include "unit/home.h"
#include "unit/sanitized.h"

static struct memory_disk_fault fault_of(int variant, long at)
{
    return (struct memory_disk_fault){.at = at,
                                      .full = (variant & 1) != 0,
                                      .stays = (variant & 2) != 0,
                                      .happens = (variant & 4) != 0};
}

static void start(struct memory_disk *disk, int variant, long at)
{
    memory_disk_break(disk, fault_of(variant, at));
}

static bool stop(struct memory_disk *disk)
{
    bool broke = memory_disk_failures(disk) > 0;

    memory_disk_break(disk, (struct memory_disk_fault){0});
    return broke;
}

static bool told(const struct mu_error *error)
{
    return error->status == MU_STORE;
}

/* Only a disk that still fails when it is asked again may leave the outcome unknown. */
static bool unknown(int variant, const struct mu_error *error)
{
    return fault_of(variant, 1).stays && error->message == MU_SAY_error_db_input_output;
}

static void name(char *out, size_t size, int variant, long at)
{
    struct memory_disk_fault fault = fault_of(variant, at);

    snprintf(out, size, "%s at call %ld%s%s", fault.full ? "disk full" : "input/output error", at,
             fault.stays ? " and all after it" : "", fault.happens ? ", half done" : "");
}

static const struct sweep_kind disk_errors = {.variants = 8,
                                              .stride = SANITIZED ? 12 : 4,
                                              .start = start,
                                              .stop = stop,
                                              .told = told,
                                              .unknown = unknown,
                                              .name = name};

static int setup(void **state)
{
    return sweep_setup(state, &disk_errors);
}

static void a_use_case_is_done_or_refused(void **state)
{
    struct sweep *sweep = *state;

    sweep_use_cases(sweep);
    assert_true(sweep->done > 0);
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

    return cmocka_run_group_tests(tests, NULL, NULL);
}
