/* The n-th call to the disk fails, for n = 1, 2, … until a use case passes without a fault: once or
 * from then on, having done nothing or half of its work; with an input/output error, or because the
 * disk is full. What is said must be so, nothing stands in half, and the desk goes on. */
#include "fault/day.h"

#include "unit/home.h"

enum { VARIANTS = 8 };

struct sweep {
    struct day day;
    long faults, done, refused, unknown; /* what the use cases said of so many faults */
    char where[DAY_WHERE_SIZE];
};

static struct memory_disk_fault variant(int number, long at)
{
    return (struct memory_disk_fault){.at = at,
                                      .full = (number & 1) != 0,
                                      .stays = (number & 2) != 0,
                                      .happens = (number & 4) != 0};
}

static void tell_where(struct sweep *sweep, const char *name, struct memory_disk_fault fault)
{
    snprintf(sweep->where, sizeof sweep->where, "%s, %s at call %ld%s%s", name,
             fault.full ? "disk full" : "input/output error", fault.at,
             fault.stays ? " and all after it" : "", fault.happens ? ", half done" : "");
}

/* Lets the desk read, so that it rolls back what a fault has left undone. */
static void look(struct sweep *sweep, struct mu_desk *desk)
{
    struct mu_figures figures;
    struct mu_error error;

    if (mu_today(desk, &figures, &error) != MU_OK)
        day_fail_error(sweep->where, "the desk does not go on", &error);
}

/* A fault of the disk is told as one. */
static void expect_clear(struct sweep *sweep, enum mu_status status, const struct mu_error *error)
{
    char text[512];

    if (status != MU_STORE || error->status != status)
        day_fail_error(sweep->where, "not told as a fault of the store", error);
    for (int language = 0; language < 2; language++)
        if (mu_error_text(error, (enum mu_language)language, text, sizeof text) < 10)
            day_fail(sweep->where, "told in too few words");
}

/* The records before and after a step. */
struct step_states {
    const struct memory_disk *disk;
    unsigned char before[DAY_STATE], after[DAY_STATE];
};

/* Only a disk that still fails when it is asked again may leave the outcome unknown, and the
 * sentence says so. */
static void check_failed_step(struct sweep *sweep, const struct day_step *step,
                              const struct step_states *states, struct memory_disk *disk,
                              struct mu_desk *desk, bool unknown)
{
    unsigned char state[DAY_STATE];

    day_state(&sweep->day, disk, desk, sweep->where, state);
    if ((unknown || step->repeats) && memcmp(state, states->after, DAY_STATE) == 0) {
        sweep->unknown += memcmp(states->before, states->after, DAY_STATE) != 0;
        return;
    }
    if (memcmp(state, states->before, DAY_STATE) != 0)
        day_fail(sweep->where, "it failed, yet something of it is there");
    day_do(&sweep->day, step, desk, sweep->where);
    day_state(&sweep->day, disk, desk, sweep->where, state);
    if (memcmp(state, states->after, DAY_STATE) != 0)
        day_fail(sweep->where, "the second try did something else");
}

/* One step with one fault. False when nothing failed any longer. */
static bool break_step(struct sweep *sweep, const struct day_step *step,
                       const struct step_states *states, struct memory_disk_fault fault)
{
    struct memory_disk *disk = day_copy(states->disk);
    unsigned char state[DAY_STATE];
    struct mu_desk *desk = NULL;
    struct mu_error error = {0};
    enum mu_status status;
    bool outputs = false, broke;

    tell_where(sweep, step->name, fault);
    memory_disk_use(disk);
    if (day_open(&sweep->day, &desk, &error) != MU_OK)
        day_fail_error(sweep->where, "the home does not open", &error);
    day_dice(step);
    memory_disk_break(disk, fault);
    status = step->run(&sweep->day, desk, &outputs, &error);
    broke = memory_disk_failures(disk) > 0;
    memory_disk_break(disk, (struct memory_disk_fault){0});
    if (!outputs)
        day_fail(sweep->where, "its outputs are not what they must be");
    look(sweep, desk);
    if (status != MU_OK) {
        expect_clear(sweep, status, &error);
        check_failed_step(sweep, step, states, disk, desk,
                          fault.stays && error.message == MU_SAY_error_db_input_output);
    } else {
        day_state(&sweep->day, disk, desk, sweep->where, state);
        if (memcmp(state, states->after, DAY_STATE) != 0)
            day_fail(sweep->where, "it was done, but is not there");
    }
    sweep->faults += broke;
    sweep->done += broke && status == MU_OK;
    sweep->refused += status != MU_OK;
    mu_desk_free(&desk);
    memory_disk_free(&disk);
    return broke;
}

static void sweep_step(struct sweep *sweep, const struct day_step *step,
                       const struct step_states *states)
{
    for (int number = 0; number < VARIANTS; number++) {
        long at = 1;

        while (break_step(sweep, step, states, variant(number, at)))
            at++;
    }
}

static void run_step(struct sweep *sweep, const struct day_step *step, struct memory_disk *disk,
                     unsigned char state[DAY_STATE])
{
    struct mu_desk *desk = NULL;
    struct mu_error error;

    memory_disk_use(disk);
    if (day_open(&sweep->day, &desk, &error) != MU_OK)
        day_fail_error("without a fault", step->name, &error);
    day_do(&sweep->day, step, desk, "without a fault");
    day_state(&sweep->day, disk, desk, "without a fault", state);
    mu_desk_free(&desk);
}

static void report(const struct sweep *sweep, const char *what, size_t count)
{
    print_message("%zu %s, %ld faults of the disk: %ld done in spite of it, %ld refused, of %ld the"
                  " outcome was unknown until the disk worked again\n",
                  count, what, sweep->faults, sweep->done, sweep->refused, sweep->unknown);
}

static void a_use_case_is_done_or_refused(void **state)
{
    struct sweep *sweep = *state;
    struct memory_disk *disk = day_morning(&sweep->day), *next;
    struct step_states states;

    memory_disk_use(disk);
    day_state(&sweep->day, disk, NULL, "without a fault", states.before);
    for (size_t i = 0; i < day_step_count; i++) {
        states.disk = disk;
        next = day_copy(disk);
        run_step(sweep, &day_steps[i], next, states.after);
        sweep_step(sweep, &day_steps[i], &states);
        memory_disk_free(&disk);
        disk = next;
        memcpy(states.before, states.after, DAY_STATE);
    }
    memory_disk_free(&disk);
    assert_true(sweep->done > 0 && sweep->refused > 0);
    report(sweep, "use cases", day_step_count);
}

static void an_answer_is_whole_or_refused(void **state)
{
    struct sweep *sweep = *state;
    struct memory_disk *disk = day_morning(&sweep->day);
    struct step_states states = {.disk = disk};

    for (size_t i = 0; i < day_step_count; i++)
        run_step(sweep, &day_steps[i], disk, states.before);
    memcpy(states.after, states.before, DAY_STATE);
    for (size_t i = 0; i < day_question_count; i++)
        sweep_step(sweep, &day_questions[i], &states);
    memory_disk_free(&disk);
    report(sweep, "questions", day_question_count);
}

/* The fault comes while the home opens, in the morning after a power cut in the middle of a step:
 * there is something to be rolled back. */
static bool break_opening(struct sweep *sweep, const struct memory_disk *found,
                          const unsigned char before[DAY_STATE], struct memory_disk_fault fault)
{
    struct memory_disk *disk = day_copy(found);
    struct mu_desk *desk = NULL;
    struct mu_error error = {0};
    enum mu_status status;
    unsigned char records[DAY_STATE];
    bool broke;

    tell_where(sweep, "opening the home", fault);
    memory_disk_use(disk);
    memory_disk_break(disk, fault);
    status = day_open(&sweep->day, &desk, &error);
    broke = memory_disk_failures(disk) > 0;
    memory_disk_break(disk, (struct memory_disk_fault){0});
    if (status != MU_OK) {
        expect_clear(sweep, status, &error);
        if (day_open(&sweep->day, &desk, &error) != MU_OK)
            day_fail_error(sweep->where, "the home does not open", &error);
    }
    look(sweep, desk);
    day_state(&sweep->day, disk, desk, sweep->where, records);
    if (memcmp(records, before, DAY_STATE) != 0)
        day_fail(sweep->where, "it does not stand as it was before the power cut");
    sweep->faults += broke;
    sweep->done += broke && status == MU_OK;
    sweep->refused += status != MU_OK;
    mu_desk_free(&desk);
    memory_disk_free(&disk);
    return broke;
}

struct power {
    long calls;
    struct memory_disk *found;
};

/* Keeps what the power cut leaves at the last call that wrote before the commit was done. */
static void cut(void *context, struct memory_disk *disk)
{
    struct power *power = context;

    if (++power->calls == 20)
        power->found = memory_disk_after_power_cut(disk, 1);
}

static void a_home_opens_or_says_why_not(void **state)
{
    struct sweep *sweep = *state;
    struct memory_disk *disk = day_morning(&sweep->day);
    struct power power = {0};
    unsigned char before[DAY_STATE], after[DAY_STATE];

    memory_disk_use(disk);
    day_state(&sweep->day, disk, NULL, "without a fault", before);
    memory_disk_listen(disk, cut, &power);
    run_step(sweep, &day_steps[0], disk, after);
    assert_non_null(power.found);
    for (int number = 0; number < VARIANTS; number++) {
        long at = 1;

        while (break_opening(sweep, power.found, before, variant(number, at)))
            at++;
    }
    memory_disk_free(&power.found);
    memory_disk_free(&disk);
    report(sweep, "opening with a rollback", 1);
}

static int sweep_setup(void **state)
{
    struct sweep *sweep = calloc(1, sizeof *sweep);

    assert_non_null(sweep);
    day_prepare(&sweep->day);
    memory_disk_install();
    *state = sweep;
    return 0;
}

static int sweep_teardown(void **state)
{
    struct sweep *sweep = *state;

    memory_disk_uninstall();
    day_clean(&sweep->day);
    free(sweep);
    return 0;
}

int main(void)
{
#define STORY(test) cmocka_unit_test_setup_teardown(test, sweep_setup, sweep_teardown)
    const struct CMUnitTest tests[] = {
        STORY(a_use_case_is_done_or_refused),
        STORY(an_answer_is_whole_or_refused),
        STORY(a_home_opens_or_says_why_not),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
