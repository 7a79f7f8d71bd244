/* bench_roster HOME ROUNDS REPEATS
 *
 * Opens lists as the register does, looks at the first people and reads on to the end, and does the
 * same by one bare statement that knows beforehand which index leads to them, in turn. A line per
 * list: its name, people, median and 99th percentile of ours and of the probe in microseconds until
 * the first people stand there and the median over the rounds of the ratio of medians, then the
 * medians and the ratio for the whole list. */
#include "measure.h"
#include "recorder.h"

#include "store/register_store.h"

#include <mulin/desk/roster.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SCREEN = 20 /* people */, BUDGET = 10 /* milliseconds, as the screen gives it */ };

#define KEPT "低保老人"

static struct mu_desk *desk;
static sqlite3 *probe;
static volatile size_t sink; /* what was read counts, or a compiler might not read it */

struct list {
    const char *name, *body; /* lines KEY=VALUE */
    bool kept;               /* by name: it is read from the records first */
    const char *statement;   /* behind the columns */
    sqlite3_stmt *first, *whole;
};

#define HOMES                                                                                      \
    " LEFT JOIN household h ON h.household_id = r.household_id"                                    \
    " LEFT JOIN place p ON p.place_id = h.place_id"
#define STANDS " AND r.status <> 4 AND r.linked_to IS NULL"
#define OF_TAG                                                                                     \
    " FROM resident_tag t CROSS JOIN resident r" HOMES                                             \
    " WHERE t.word = '低保' AND (t.until_date = '' OR t.until_date >= ?1)"                       \
    " AND r.resident_id = t.resident_id" STANDS

static struct list lists[] = {
    {"低保", "tags=低保", false, OF_TAG " ORDER BY t.resident_id", NULL, NULL},
    {"第3网格", "grid=第3网格\nsort=grid", false,
     " FROM household h JOIN resident r ON r.household_id = h.household_id"
     " LEFT JOIN place p ON p.place_id = h.place_id"
     " WHERE h.grid = '第3网格' AND ?1 <> ''" STANDS " ORDER BY h.household_id, r.resident_id",
     NULL, NULL},
    {KEPT, "tags=低保\nage=60-79\nstatus=在住\nsort=address", true,
     OF_TAG " AND r.status = 1 AND r.birth_date > date(?1, '-80 years')"
            " AND r.birth_date <= date(?1, '-60 years')"
            " ORDER BY p.estate, p.building, p.unit, p.room, r.resident_id",
     NULL, NULL},
};

static bool take(void *context, const struct mu_resident *resident)
{
    size_t *people = context;

    ++*people;
    sink += strlen(resident->name) + strlen(resident->phone) + strlen(resident->tags);
    return true;
}

/* Microseconds until the first people stand there, and until all are in the list. */
struct took {
    double first, whole;
};

static struct took ours(const struct list *list, size_t *count)
{
    double start = microseconds();
    struct mu_roster_request request;
    struct mu_roster *roster = NULL;
    struct mu_error error;
    struct took took;
    size_t people = 0;
    bool whole = true;

    if (list->kept)
        must(mu_read_roster(desk, list->name, &request, &whole, &error), &error, list->name);
    else
        mu_roster_body_read(list->body, mu_desk_now(desk).date, &request, &whole);
    if (!whole)
        die("%s: not a list", list->body);
    must(mu_roster_open(desk, &request, BUDGET, &roster, &error), &error, list->name);
    must(mu_roster_read(roster, 0, SCREEN, take, &people, &error), &error, list->name);
    took.first = microseconds() - start;
    while (!mu_roster_whole(roster))
        must(mu_roster_go_on(roster, BUDGET, &error), &error, list->name);
    took.whole = microseconds() - start;
    *count = mu_roster_count(roster);
    mu_roster_free(&roster);
    return took;
}

static size_t read_rows(sqlite3_stmt *statement)
{
    char today[MU_DATE_SIZE];
    int columns = sqlite3_column_count(statement);
    size_t rows = 0;

    mu_date_format(mu_desk_now(desk).date, today);
    sqlite3_bind_text(statement, 1, today, -1, SQLITE_TRANSIENT);
    while (sqlite3_step(statement) == SQLITE_ROW) {
        for (int column = 0; column < columns; column++) {
            const unsigned char *text = sqlite3_column_text(statement, column);

            sink += text ? *text : 0;
        }
        rows++;
    }
    if (sqlite3_reset(statement) != SQLITE_OK)
        die("probe: %s", sqlite3_errmsg(probe));
    return rows;
}

static struct took bare(const struct list *list, size_t *count)
{
    double start = microseconds();
    struct took took;

    read_rows(list->first);
    took.first = microseconds() - start;
    *count = read_rows(list->whole);
    took.whole = microseconds() - start;
    return took;
}

static void prepare(struct list *list)
{
    char sql[2048];

    snprintf(sql, sizeof sql, "SELECT %s%s LIMIT %d", MU_RESIDENT_COLUMNS, list->statement, SCREEN);
    list->first = probe_prepare(probe, sql);
    snprintf(sql, sizeof sql, "SELECT r.resident_id%s", list->statement);
    list->whole = probe_prepare(probe, sql);
}

static void keep(const struct list *list)
{
    struct mu_roster_request request;
    struct mu_error error;
    bool whole;

    mu_roster_body_read(list->body, mu_desk_now(desk).date, &request, &whole);
    must(mu_keep_roster(desk, list->name, &request, &error), &error, list->name);
}

/* The times of one side in one of the two stages. */
struct times {
    double *all, *round;
};

static void measure(const struct list *list, size_t rounds, size_t repeats)
{
    enum { OURS_FIRST, BARE_FIRST, OURS_WHOLE, BARE_WHOLE, KINDS };
    struct times times[KINDS];
    double *ratios[2] = {need(rounds, sizeof(double)), need(rounds, sizeof(double))};
    size_t people, probe_people;

    ours(list, &people);
    bare(list, &probe_people);
    if (people == 0 || people != probe_people)
        die("%s: %zu people, %zu by the probe", list->name, people, probe_people);
    for (int kind = 0; kind < KINDS; kind++)
        times[kind].all = need(rounds * repeats, sizeof(double));
    for (size_t round = 0; round < rounds; round++) {
        for (int kind = 0; kind < KINDS; kind++)
            times[kind].round = times[kind].all + round * repeats;
        for (size_t i = 0; i < repeats; i++) {
            struct took mine, theirs;

            if (i % 2)
                theirs = bare(list, &probe_people);
            mine = ours(list, &people);
            if (i % 2 == 0)
                theirs = bare(list, &probe_people);
            times[OURS_FIRST].round[i] = mine.first;
            times[BARE_FIRST].round[i] = theirs.first;
            times[OURS_WHOLE].round[i] = mine.whole;
            times[BARE_WHOLE].round[i] = theirs.whole;
        }
        for (int stage = 0; stage < 2; stage++)
            ratios[stage][round] = quantile(times[2 * stage].round, repeats, 0.5) /
                                   quantile(times[2 * stage + 1].round, repeats, 0.5);
    }
    printf("%s\t%zu", list->name, people);
    for (int kind = 0; kind < KINDS; kind++) {
        printf("\t%.1f\t%.1f", quantile(times[kind].all, rounds * repeats, 0.5),
               quantile(times[kind].all, rounds * repeats, 0.99));
        if (kind % 2)
            printf("\t%.3f", quantile(ratios[kind / 2], rounds, 0.5));
        free(times[kind].all);
    }
    putchar('\n');
    free(ratios[0]);
    free(ratios[1]);
}

int main(int count, char **arguments)
{
    struct recording opening = {0};
    char path[4096];

    if (count != 4)
        die("usage: bench_roster HOME ROUNDS REPEATS");
    recorder_install();
    recorder_listen(&opening);
    desk = open_desk(arguments[1], NULL);
    recorder_listen(NULL);
    snprintf(path, sizeof path, "%s/mulin.db", arguments[1]);
    probe = probe_open(path, &opening);
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        if (lists[i].kept)
            keep(&lists[i]);
        prepare(&lists[i]);
        measure(&lists[i], number(arguments[2]), number(arguments[3]));
    }
    probe_close(probe);
    recording_clear(&opening);
    mu_desk_free(&desk);
    return 0;
}
