/* The power goes in the middle of every call with which a day's work changes the disk, once for
 * each seed. Then the home opens again, is sound, holds all that was acknowledged, and of the use
 * case at work everything or nothing. The power may go a second time while the home opens.
 *   MULIN_TEST_SEED  the first seed (1)
 * A use case that writes into the ledger is cut with all seeds, any other with every fifth.
 *   MULIN_SOAK       so many times 25 seeds (1) */
#include "fault/day.h"

#include "unit/home.h"

#include <mulin/desk/house.h>

#include <sodium.h>

enum { SEEDS = 25, FEWER = 5, STEPS = 128, SEEN = 1 << 20 };

/* A disk that was found before, and after how many steps its records stand. */
struct seen {
    uint64_t pattern;
    size_t steps;
};

struct storm {
    struct day day;
    struct memory_disk *disk;
    unsigned char after[STEPS][DAY_STATE]; /* the records after so many steps */
    bool money[STEPS];                     /* the step wrote into the ledger */
    int64_t entries;                       /* of the ledger by now */
    size_t acknowledged;                   /* steps */
    long first_seed, seeds, calls, cuts, second_cuts;
    long homes;
    long opening; /* calls that opened the last home */
    struct seen seen[SEEN];
    size_t seen_count;
    char where[DAY_WHERE_SIZE];
};

static size_t find_step(struct storm *storm, const unsigned char state[DAY_STATE])
{
    for (size_t i = 0; i <= day_step_count; i++)
        if (memcmp(storm->after[i], state, DAY_STATE) == 0)
            return i;
    day_fail(storm->where, "something stands there in half");
}

/* The power goes again at one of the calls that open the home. */
struct second_cut {
    long at, calls;
    uint64_t seed;
    struct memory_disk *found;
};

static void cut_again(void *context, struct memory_disk *disk)
{
    struct second_cut *cut = context;

    if (++cut->calls == cut->at)
        cut->found = memory_disk_after_power_cut(disk, cut->seed);
}

/* What SQLite has made of the file may be known byte by byte; then only some are opened wholly. */
static size_t open_home(struct storm *storm, struct memory_disk *disk)
{
    enum { WHOLLY = 8 };
    unsigned char state[DAY_STATE];
    struct mu_desk *desk = NULL;
    struct mu_error error;

    memory_disk_use(disk);
    if (storm->homes++ % WHOLLY != 0)
        day_recover(&storm->day);
    if (storm->homes % WHOLLY == 1 || !day_known_state(&storm->day, disk, state)) {
        if (day_open(&storm->day, &desk, &error) != MU_OK)
            day_fail_error(storm->where, "the home does not open", &error);
        day_state(&storm->day, disk, desk, storm->where, state);
        mu_desk_free(&desk);
    }
    memory_disk_use(storm->disk);
    return find_step(storm, state);
}

static void judge(struct storm *storm, size_t done)
{
    if (done < storm->acknowledged)
        day_fail(storm->where, "%zu steps were acknowledged, %zu are there", storm->acknowledged,
                 done);
    if (done > storm->acknowledged + 1)
        day_fail(storm->where, "%zu steps are there, only %zu were done", done,
                 storm->acknowledged);
}

static void open_and_cut_again(struct storm *storm, struct memory_disk *found, struct seen *slot,
                               uint64_t dice)
{
    uint64_t place = memory_disk_dice(&dice);
    struct second_cut again = {.at = 1 + (long)(place % (uint64_t)(storm->opening + 1)),
                               .seed = memory_disk_dice(&dice)};
    size_t length = strlen(storm->where);

    memory_disk_listen(found, cut_again, &again);
    slot->steps = open_home(storm, found);
    storm->opening = again.calls;
    if (!again.found)
        return;
    snprintf(storm->where + length, sizeof storm->where - length, ", and again while opening");
    storm->second_cuts++;
    judge(storm, open_home(storm, again.found));
    memory_disk_free(&again.found);
}

static struct seen *find_seen(struct storm *storm, uint64_t pattern)
{
    size_t at = pattern % SEEN;

    while (storm->seen[at].pattern && storm->seen[at].pattern != pattern)
        at = (at + 1) % SEEN;
    return &storm->seen[at];
}

static void cut_power(struct storm *storm, struct memory_disk *disk, long seed)
{
    uint64_t dice = (uint64_t)(seed * 1000003 + storm->calls);
    struct memory_disk *found = memory_disk_after_power_cut(disk, memory_disk_dice(&dice));
    struct seen fresh, *slot = find_seen(storm, memory_disk_pattern(found));

    snprintf(storm->where, sizeof storm->where, "power cut at call %ld, %s, seed %ld", storm->calls,
             storm->acknowledged < day_step_count ? day_steps[storm->acknowledged].name
                                                  : "the end of the day",
             seed);
    storm->cuts++;
    if (!slot->pattern) {
        open_and_cut_again(storm, found, &fresh, dice);
        fresh.pattern = memory_disk_pattern(found);
        if (storm->seen_count < SEEN / 2) {
            *slot = fresh;
            storm->seen_count++;
        }
        slot = &fresh;
    }
    judge(storm, slot->steps);
    memory_disk_free(&found);
}

static void at_every_call(void *context, struct memory_disk *disk)
{
    struct storm *storm = context;

    long step = storm->money[storm->acknowledged] ? 1 : FEWER;

    storm->calls++;
    for (long i = storm->calls % step; i < storm->seeds; i += step)
        cut_power(storm, disk, storm->first_seed + i);
}

/* Did the step just done write into the ledger? */
static void note_money(struct storm *storm, struct mu_desk *desk, size_t step)
{
    struct mu_figures figures;
    struct mu_error error;

    if (mu_today(desk, &figures, &error) != MU_OK)
        day_fail_error("without a fault", "the day has no figures", &error);
    storm->money[step] = figures.entries != storm->entries;
    storm->entries = figures.entries;
}

/* A day at a fresh disk; `listener` may be NULL. */
static void work(struct storm *storm, memory_disk_listener *listener)
{
    struct mu_desk *desk = NULL;
    struct mu_error error;

    storm->disk = day_morning(&storm->day);
    memory_disk_use(storm->disk);
    if (day_open(&storm->day, &desk, &error) != MU_OK)
        day_fail_error("without a fault", "the home does not open", &error);
    if (listener)
        memory_disk_listen(storm->disk, listener, storm);
    else
        day_state(&storm->day, storm->disk, desk, "without a fault", storm->after[0]);
    for (size_t i = 0; i < day_step_count; i++) {
        day_do(&storm->day, &day_steps[i], desk, "without a fault");
        storm->acknowledged = i + 1;
        if (listener) {
            listener(storm, storm->disk);
        } else {
            day_state(&storm->day, storm->disk, desk, "without a fault", storm->after[i + 1]);
            note_money(storm, desk, i);
        }
    }
    mu_desk_free(&desk);
    memory_disk_free(&storm->disk);
    storm->acknowledged = 0;
}

static void nothing_acknowledged_is_lost_and_nothing_stands_in_half(void **state)
{
    struct storm *storm = *state;

    work(storm, NULL);
    for (size_t i = 0; i < day_step_count; i++)
        assert_memory_not_equal(storm->after[i], storm->after[i + 1], DAY_STATE);
    work(storm, at_every_call);
    assert_true(storm->calls > 20 * (long)day_step_count);
    assert_true(storm->second_cuts > storm->calls);
    print_message("%zu use cases, %ld calls, seeds %ld to %ld: %ld power cuts left %zu different"
                  " disks; the power went again while %ld of them were opened\n",
                  day_step_count, storm->calls, storm->first_seed,
                  storm->first_seed + storm->seeds - 1, storm->cuts, storm->seen_count,
                  storm->second_cuts);
}

static int storm_setup(void **state)
{
    struct storm *storm = calloc(1, sizeof *storm);

    assert_non_null(storm);
    assert_true(day_step_count < STEPS);
    day_prepare(&storm->day);
    memory_disk_install();
    storm->first_seed = day_number("MULIN_TEST_SEED", 1);
    storm->seeds = SEEDS * day_number("MULIN_SOAK", 1);
    *state = storm;
    return 0;
}

static int storm_teardown(void **state)
{
    struct storm *storm = *state;

    memory_disk_uninstall();
    memory_disk_free(&storm->disk);
    day_clean(&storm->day);
    free(storm);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(nothing_acknowledged_is_lost_and_nothing_stands_in_half,
                                        storm_setup, storm_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
