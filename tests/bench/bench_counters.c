/* bench_counters HOME COUNTERS MEALS
 *
 * COUNTERS processes serve MEALS people each in one home, all at once and without a pause. One line
 * for each: median, 99th percentile and longest in milliseconds; then one with those of all
 * together and with meals a second. */
#include "measure.h"

#include <mulin/desk/canteen.h>

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#define LUNCH "2026-03-10T11:30"

enum { PATH_SIZE = 4096, CARD_SIZE = 64, APART = 7919 };

struct counter {
    const char *home;
    char (*card)[CARD_SIZE];
    size_t meals;
    double *times; /* shared with the parent */
};

/* People with a card from all over the register, as they stand in queues. */
static void read_cards(const char *home, char (*card)[CARD_SIZE], size_t wanted)
{
    char path[PATH_SIZE];
    sqlite3 *file;
    sqlite3_stmt *statement;
    size_t count = 0;

    snprintf(path, sizeof path, "%s/mulin.db", home);
    if (sqlite3_open_v2(path, &file, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK ||
        sqlite3_prepare_v2(file,
                           "SELECT card FROM resident WHERE card IS NOT NULL AND status = 1"
                           " ORDER BY resident_id * ?1 % 1000003 LIMIT ?2",
                           -1, &statement, NULL) != SQLITE_OK)
        die("%s: %s", path, sqlite3_errmsg(file));
    sqlite3_bind_int(statement, 1, APART);
    sqlite3_bind_int64(statement, 2, (sqlite3_int64)wanted);
    while (sqlite3_step(statement) == SQLITE_ROW)
        snprintf(card[count++], CARD_SIZE, "%s", sqlite3_column_text(statement, 0));
    sqlite3_finalize(statement);
    sqlite3_close(file);
    if (count < wanted)
        die("%s: %zu cards, %zu wanted", home, count, wanted);
}

/* Tells `ready` when it could begin, and begins at the end of `start`. */
static _Noreturn void work(const struct counter *counter, int ready, int start)
{
    struct mu_desk *desk = open_desk(counter->home, LUNCH);
    struct mu_error error;
    char byte = 0;

    if (write(ready, &byte, 1) != 1 || read(start, &byte, 1) != 0)
        die("the counters cannot begin together");
    for (size_t i = 0; i < counter->meals; i++) {
        const struct mu_meal_request request = {.who = counter->card[i]};
        struct mu_meal_answer answer;
        double begin = microseconds();

        must(mu_serve_meal(desk, &request, &answer, &error), &error, counter->card[i]);
        counter->times[i] = microseconds() - begin;
    }
    mu_desk_free(&desk);
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
            work(&counters[i], ready[1], start[0]);
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
    if (count != 4)
        die("usage: bench_counters HOME COUNTERS MEALS");
    size_t people = number(arguments[2]), meals = number(arguments[3]), all = people * meals;
    struct counter *counters = need(people, sizeof *counters);
    char(*card)[CARD_SIZE] = need(all, CARD_SIZE);
    double *times =
        mmap(NULL, all * sizeof *times, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    double took;

    if (times == MAP_FAILED)
        die("no memory");
    read_cards(arguments[1], card, all);
    for (size_t i = 0; i < people; i++)
        counters[i] = (struct counter){arguments[1], card + i * meals, meals, times + i * meals};
    took = work_together(counters, people);
    for (size_t i = 0; i < people; i++) {
        tell(counters[i].times, meals);
        putchar('\n');
    }
    tell(times, all);
    printf("\t%.0f\n", (double)all / took * 1e6);
    munmap(times, all * sizeof *times);
    free(card);
    free(counters);
    return 0;
}
