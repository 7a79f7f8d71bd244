#include "fault/sweep.h"

#include "unit/home.h"

/* The records before and after a step. */
struct step_states {
    const struct memory_disk *disk;
    unsigned char before[DAY_STATE], after[DAY_STATE];
};

static void tell_where(struct sweep *sweep, const char *name, int variant, long at)
{
    int length = snprintf(sweep->where, sizeof sweep->where, "%s, ", name);

    sweep->kind->name(sweep->where + length, sizeof sweep->where - (size_t)length, variant, at);
}

static bool take_row(void *context, const struct mu_resident *resident)
{
    (void)context, (void)resident;
    return false;
}

/* Lets the desk read, so that it rolls back what a fault has left undone. */
static void look(struct sweep *sweep, struct mu_desk *desk)
{
    struct mu_error error;

    if (mu_list_residents(desk, 0, 1, take_row, NULL, &error) != MU_OK)
        day_fail_error(sweep->where, "the desk does not go on", &error);
}

static void expect_clear(struct sweep *sweep, enum mu_status status, const struct mu_error *error)
{
    char text[512];

    if (error->status != status || !sweep->kind->told(error))
        day_fail_error(sweep->where, "not told as what it is", error);
    for (int language = 0; language < 2; language++)
        if (mu_error_text(error, (enum mu_language)language, text, sizeof text) < 10)
            day_fail(sweep->where, "told in too few words");
}

static void open_desk(struct sweep *sweep, struct mu_desk **desk)
{
    struct mu_error error;

    if (day_open(&sweep->day, desk, &error) != MU_OK)
        day_fail_error(sweep->where, "the home does not open", &error);
}

static void count(struct sweep *sweep, bool broke, enum mu_status status)
{
    sweep->faults += broke;
    sweep->done += broke && status == MU_OK;
    sweep->refused += status != MU_OK;
}

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

static void check_step(struct sweep *sweep, const struct day_step *step,
                       const struct step_states *states, struct memory_disk *disk,
                       struct mu_desk *desk)
{
    unsigned char state[DAY_STATE];

    day_state(&sweep->day, disk, desk, sweep->where, state);
    if (memcmp(state, states->after, DAY_STATE) != 0)
        day_fail(sweep->where, "%s: it was done, but is not there", step->name);
}

/* The later, the more alike they are; in a soak each of them is tried. */
static long stride(const struct sweep *sweep, long at)
{
    return sweep->stride > 1 ? sweep->stride + at / 16 : 1;
}

/* One step with one fault. False when nothing failed any longer. */
static bool break_step(struct sweep *sweep, const struct day_step *step,
                       const struct step_states *states, int variant, long at)
{
    const struct sweep_kind *kind = sweep->kind;
    struct memory_disk *disk;
    struct mu_desk *desk = NULL;
    struct mu_error error = {0};
    enum mu_status status;
    bool outputs = false, broke;

    tell_where(sweep, step->name, variant, at);
    if (kind->before)
        kind->before();
    disk = day_copy(states->disk);
    memory_disk_use(disk);
    open_desk(sweep, &desk);
    day_dice(step);
    kind->start(disk, variant, at);
    status = step->run(&sweep->day, desk, &outputs, &error);
    broke = kind->stop(disk);
    if (!outputs)
        day_fail(sweep->where, "its outputs are not what they must be");
    look(sweep, desk);
    if (status == MU_OK) {
        check_step(sweep, step, states, disk, desk);
    } else {
        expect_clear(sweep, status, &error);
        check_failed_step(sweep, step, states, disk, desk, kind->unknown(variant, &error));
    }
    count(sweep, broke, status);
    mu_desk_free(&desk);
    memory_disk_free(&disk);
    if (kind->after)
        kind->after(sweep->where);
    return broke;
}

static void sweep_step(struct sweep *sweep, const struct day_step *step,
                       const struct step_states *states)
{
    for (int variant = 0; variant < sweep->kind->variants; variant++) {
        long at = sweep->first;

        while (break_step(sweep, step, states, variant, at))
            at += stride(sweep, at);
    }
}

static void run_step(struct sweep *sweep, const struct day_step *step, struct memory_disk *disk,
                     unsigned char state[DAY_STATE])
{
    struct mu_desk *desk = NULL;

    snprintf(sweep->where, sizeof sweep->where, "without a fault");
    memory_disk_use(disk);
    open_desk(sweep, &desk);
    day_do(&sweep->day, step, desk, sweep->where);
    day_state(&sweep->day, disk, desk, sweep->where, state);
    mu_desk_free(&desk);
}

static void report(const struct sweep *sweep, const char *what, size_t number)
{
    print_message(
        "%zu %s, %ld faults (from number %ld on, one in %ld or more): %ld done in spite of "
        "it, %ld refused, %ld of them with an"
        " outcome that showed only afterwards\n",
        number, what, sweep->faults, sweep->first, sweep->stride, sweep->done, sweep->refused,
        sweep->unknown);
}

void sweep_use_cases(struct sweep *sweep)
{
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
    assert_true(sweep->refused > 0);
    report(sweep, "use cases", day_step_count);
}

void sweep_questions(struct sweep *sweep)
{
    struct memory_disk *disk = day_morning(&sweep->day);
    struct step_states states = {.disk = disk};

    for (size_t i = 0; i < day_step_count; i++)
        run_step(sweep, &day_steps[i], disk, states.before);
    memcpy(states.after, states.before, DAY_STATE);
    for (size_t i = 0; i < day_question_count; i++)
        sweep_step(sweep, &day_questions[i], &states);
    memory_disk_free(&disk);
    assert_true(sweep->refused > 0);
    report(sweep, "questions", day_question_count);
}

static bool break_opening(struct sweep *sweep, const struct step_states *states, int variant,
                          long at)
{
    const struct sweep_kind *kind = sweep->kind;
    struct memory_disk *disk;
    unsigned char state[DAY_STATE];
    struct mu_desk *desk = NULL;
    struct mu_error error = {0};
    enum mu_status status;
    bool broke;

    tell_where(sweep, "opening the home", variant, at);
    if (kind->before)
        kind->before();
    disk = day_copy(states->disk);
    memory_disk_use(disk);
    kind->start(disk, variant, at);
    status = day_open(&sweep->day, &desk, &error);
    broke = kind->stop(disk);
    if (status != MU_OK) {
        expect_clear(sweep, status, &error);
        if (desk)
            day_fail(sweep->where, "it failed, yet there is a desk");
        open_desk(sweep, &desk);
    }
    look(sweep, desk);
    day_state(&sweep->day, disk, desk, sweep->where, state);
    if (memcmp(state, states->before, DAY_STATE) != 0)
        day_fail(sweep->where, "the records are not what they were before the power cut");
    count(sweep, broke, status);
    mu_desk_free(&desk);
    memory_disk_free(&disk);
    if (kind->after)
        kind->after(sweep->where);
    return broke;
}

struct power {
    long calls;
    struct memory_disk *found;
};

/* Keeps what a power cut in the middle of a step leaves: there is something to be rolled back. */
static void cut(void *context, struct memory_disk *disk)
{
    enum { IN_THE_MIDDLE = 20 };
    struct power *power = context;

    if (++power->calls == IN_THE_MIDDLE)
        power->found = memory_disk_after_power_cut(disk, 1);
}

void sweep_opening(struct sweep *sweep)
{
    struct memory_disk *disk = day_morning(&sweep->day);
    struct power power = {0};
    struct step_states states;

    memory_disk_use(disk);
    day_state(&sweep->day, disk, NULL, "without a fault", states.before);
    memory_disk_listen(disk, cut, &power);
    run_step(sweep, &day_steps[0], disk, states.after);
    assert_non_null(power.found);
    states.disk = power.found;
    for (int variant = 0; variant < sweep->kind->variants; variant++) {
        long at = sweep->first;

        while (break_opening(sweep, &states, variant, at))
            at += stride(sweep, at);
    }
    memory_disk_free(&power.found);
    memory_disk_free(&disk);
    report(sweep, "opening with a rollback", 1);
}

int sweep_setup(void **state, const struct sweep_kind *kind)
{
    struct sweep *sweep = calloc(1, sizeof *sweep);
    long soak = day_number("MULIN_SOAK", 1);

    assert_non_null(sweep);
    sweep->kind = kind;
    sweep->stride = kind->stride > soak ? kind->stride / soak : 1;
    sweep->first = 1 + day_number("MULIN_TEST_SEED", 1) % sweep->stride;
    day_prepare(&sweep->day);
    memory_disk_install();
    *state = sweep;
    return 0;
}

int sweep_teardown(void **state)
{
    struct sweep *sweep = *state;

    memory_disk_uninstall();
    day_clean(&sweep->day);
    free(sweep);
    return 0;
}
