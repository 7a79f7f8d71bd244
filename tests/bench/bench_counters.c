/* bench_counters HOME COUNTERS MEALS [RECORDED]
 *
 * COUNTERS processes serve MEALS people each in one home, all at once and without a pause. One line
 * for each: median, 99th percentile and longest in milliseconds; then one with those of all
 * together and with meals a second.
 *
 * With RECORDED, another copy of the home, they are bare SQLite with its own way of waiting,
 * sqlite3_busy_timeout: each runs the statements that a desk ran in RECORDED, up to BEGIN those of
 * a meal of its own, then those of the meal whose turn it is. */
#include "lunch.h"
#include "measure.h"

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PATIENCE = 60000 };

struct counter {
    const char *home;
    char (*card)[CARD_SIZE];
    size_t first, meals;       /* in the queue of all */
    double *times;             /* shared with the parent */
    const struct lunch *lunch; /* of all, for bare SQLite; NULL: a desk serves */
    atomic_size_t *next;       /* then: the meal whose turn it is, shared by all */
};

static void begin_together(int ready, int start)
{
    char byte = 0;

    if (write(ready, &byte, 1) != 1 || read(start, &byte, 1) != 0)
        die("the counters cannot begin together");
}

static _Noreturn void work(const struct counter *counter, int ready, int start)
{
    struct mu_desk *desk = open_desk(counter->home, LUNCH);

    begin_together(ready, start);
    for (size_t i = 0; i < counter->meals; i++) {
        double begin = microseconds();

        serve(desk, counter->card[i]);
        counter->times[i] = microseconds() - begin;
    }
    mu_desk_free(&desk);
    exit(0);
}

static void replay(struct probe *probe, const struct counter *counter, size_t own)
{
    const struct lunch *lunch = counter->lunch;
    const struct recorded_statement *all = lunch->meals.statement;
    size_t i = lunch->ends[own], turn;

    do
        probe_run(probe_known(probe, all[i].sql), &all[i]);
    while (strncmp(all[i++].sql, "BEGIN", 5) != 0);
    turn = atomic_fetch_add(counter->next, 1);
    for (i += lunch->ends[turn] - lunch->ends[own]; i < lunch->ends[turn + 1]; i++)
        probe_run(probe_known(probe, all[i].sql), &all[i]);
}

static _Noreturn void work_bare(const struct counter *counter, int ready, int start)
{
    struct probe probe = {0};
    char path[PATH_SIZE];

    home_path(path, counter->home);
    probe.file = probe_open(path, &counter->lunch->opening);
    sqlite3_busy_timeout(probe.file, PATIENCE);
    begin_together(ready, start);
    for (size_t i = 0; i < counter->meals; i++) {
        double begin = microseconds();

        replay(&probe, counter, counter->first + i);
        counter->times[i] = microseconds() - begin;
    }
    probe_close(probe.file);
    exit(0);
}

/* Microseconds that all counters took together. */
static double work_together(const struct counter *counters, size_t count)
{
    int ready[2], start[2], status;
    double begin;
    char byte;

    if (pipe(ready) != 0 || pipe(start) != 0)
        die("no pipe");
    for (size_t i = 0; i < count; i++) {
        pid_t child = fork();

        if (child < 0)
            die("no process");
        if (child == 0) {
            close(start[1]);
            (counters[i].lunch ? work_bare : work)(&counters[i], ready[1], start[0]);
        }
    }
    for (size_t i = 0; i < count; i++)
        if (read(ready[0], &byte, 1) != 1)
            die("a counter did not open");
    begin = microseconds();
    close(start[1]);
    for (size_t i = 0; i < count; i++)
        if (wait(&status) < 0 || status != 0)
            die("a counter failed");
    return microseconds() - begin;
}

static void tell(double *times, size_t count)
{
    double median = quantile(times, count, 0.5), last = quantile(times, count, 0.99);

    printf("%.2f\t%.2f\t%.2f", median / 1e3, last / 1e3, times[count - 1] / 1e3);
}

int main(int count, char **arguments)
{
    if (count != 4 && count != 5)
        die("usage: bench_counters HOME COUNTERS MEALS [RECORDED]");
    size_t people = number(arguments[2]), meals = number(arguments[3]), all = people * meals;
    struct queue queue = read_queue(arguments[1], all);
    struct counter *counters = need(people, sizeof *counters);
    struct lunch lunch = {0};
    struct {
        atomic_size_t next;
        double times[];
    } *shared = mmap(NULL, sizeof *shared + all * sizeof *shared->times, PROT_READ | PROT_WRITE,
                     MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    double took;

    if (shared == MAP_FAILED)
        die("no memory");
    if (count == 5)
        lunch = record_lunch(arguments[4], &queue);
    for (size_t i = 0; i < people; i++)
        counters[i] = (struct counter){
            .home = arguments[1],
            .card = queue.card + i * meals,
            .first = i * meals,
            .meals = meals,
            .times = shared->times + i * meals,
            .lunch = count == 5 ? &lunch : NULL,
            .next = &shared->next,
        };
    took = work_together(counters, people);
    for (size_t i = 0; i < people; i++) {
        tell(counters[i].times, meals);
        putchar('\n');
    }
    tell(shared->times, all);
    printf("\t%.0f\n", (double)all / took * 1e6);
    munmap(shared, sizeof *shared + all * sizeof *shared->times);
    lunch_clear(&lunch);
    free(queue.card);
    free(counters);
    return 0;
}
