/* bench_backup HOME FOLDER DESKS TENTHS MOMENT
 *
 * At MOMENT DESKS processes serve lunch to different people of HOME, as fast as it goes: first for
 * TENTHS of a second alone, then beside a backup into FOLDER, at last beside SQLite's own way,
 * VACUUM INTO a file in FOLDER. One line for each stretch of time: its name, seconds, meals, and in
 * milliseconds the median, 99th percentile and longest of a meal, from the card to its commit. */
#include "measure.h"

#include <mulin/desk/backup.h>
#include <mulin/desk/canteen.h>

#include <signal.h>
#include <sqlite3.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { DESKS = 64, MEALS = 1 << 17, CARD_SIZE = 64, PATH_SIZE = 4096, THIRD = 1000 / 3 };

enum stretch { OPENING, ALONE, COPYING, SEALING, UNSEALING, CHECKING, PEER, END };

static const char *const names[] = {"",          "alone",    "copying", "sealing",
                                    "unsealing", "checking", "peer"};

/* What the processes share. */
struct shared {
    atomic_int stretch, open;
    double began; /* the stretch, in microseconds */
    struct desk_log {
        size_t count;
        struct {
            float milliseconds;
            int stretch;
        } meal[MEALS];
    } desk[DESKS];
};

static struct shared *shared;
static const char *moment;

/* What was served in a stretch that is over. */
static void tell(enum stretch stretch, double ended)
{
    double *times = need((size_t)shared->open * MEALS, sizeof *times), longest = 0;
    size_t count = 0;

    for (int i = 0; i < shared->open; i++)
        for (size_t k = 0; k < shared->desk[i].count; k++)
            if (shared->desk[i].meal[k].stretch == (int)stretch)
                times[count++] = (double)shared->desk[i].meal[k].milliseconds;
    for (size_t i = 0; i < count; i++)
        longest = times[i] > longest ? times[i] : longest;
    if (count > 0)
        printf("%s\t%.2f\t%zu\t%.2f\t%.2f\t%.1f\n", names[stretch], (ended - shared->began) / 1e6,
               count, quantile(times, count, 0.5), quantile(times, count, 0.99), longest);
    fflush(stdout);
    free(times);
}

static void enter(enum stretch stretch)
{
    int before = atomic_load(&shared->stretch);
    double now = microseconds();

    if (before == (int)stretch)
        return;
    atomic_store(&shared->stretch, (int)stretch);
    if (before != OPENING)
        tell((enum stretch)before, now);
    shared->began = now;
}

static void records_path(char *out, const char *home)
{
    if (snprintf(out, PATH_SIZE, "%s/mulin.db", home) >= PATH_SIZE)
        die("%s: too long", home);
}

/* The cards of this desk's queue: every `desks`-th person. */
static char (*read_queue(const char *home, size_t number, size_t desks, size_t *count))[CARD_SIZE]
{
    char(*card)[CARD_SIZE] = need(MEALS, CARD_SIZE);
    char path[PATH_SIZE];
    sqlite3 *file;
    sqlite3_stmt *statement;

    records_path(path, home);
    if (sqlite3_open_v2(path, &file, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK ||
        sqlite3_prepare_v2(file,
                           "SELECT card FROM resident WHERE card IS NOT NULL AND status = 1"
                           " AND resident_id % ?1 = ?2 ORDER BY resident_id * 7919 % 1000003"
                           " LIMIT ?3",
                           -1, &statement, NULL) != SQLITE_OK)
        die("%s: %s", path, sqlite3_errmsg(file));
    sqlite3_bind_int64(statement, 1, (sqlite3_int64)desks);
    sqlite3_bind_int64(statement, 2, (sqlite3_int64)number);
    sqlite3_bind_int(statement, 3, MEALS);
    for (*count = 0; sqlite3_step(statement) == SQLITE_ROW; ++*count)
        snprintf(card[*count], CARD_SIZE, "%s", sqlite3_column_text(statement, 0));
    sqlite3_finalize(statement);
    sqlite3_close(file);
    return card;
}

/* Without a card a guest. A desk that was told that another one is saving tries again: the person
 * waits all that time. */
static void serve(struct mu_desk *desk, const char *card)
{
    const struct mu_meal_request request = {.who = card, .guest = !card};
    struct mu_meal_answer answer;
    struct mu_error error;
    enum mu_status status;

    do
        status = mu_serve_meal(desk, &request, &answer, &error);
    while (status == MU_STORE && error.message == MU_SAY_error_db_busy);
    must(status, &error, card ? card : "a guest");
}

static void work(const char *home, size_t number, size_t desks)
{
    struct desk_log *log = &shared->desk[number];
    size_t count;
    char(*card)[CARD_SIZE] = read_queue(home, number, desks, &count);
    struct mu_desk *desk = open_desk(home, moment);

    atomic_fetch_add(&shared->open, 1);
    while (atomic_load(&shared->stretch) == OPENING)
        usleep(1000);
    for (size_t i = 0; i < MEALS && atomic_load(&shared->stretch) < END; i++) {
        double began = microseconds();

        serve(desk, i < count ? card[i] : NULL);
        log->meal[i].milliseconds = (float)((microseconds() - began) / 1e3);
        log->meal[i].stretch = atomic_load(&shared->stretch);
        log->count = i + 1;
    }
    if (atomic_load(&shared->stretch) < END)
        die("desk %zu has nobody left to serve", number);
    mu_desk_free(&desk);
    free(card);
}

static bool advance(void *context, int64_t done, int64_t all)
{
    (void)context, (void)all;
    enter(done < THIRD ? SEALING : done < 2 * THIRD ? UNSEALING : CHECKING);
    return true;
}

static void back_up(const char *home, const char *folder)
{
    const struct mu_backup_options options = {"a passphrase to measure with", advance, NULL};
    struct mu_backup_report report;
    struct mu_error error;
    struct mu_desk *desk = open_desk(home, moment);
    char path[PATH_SIZE];

    snprintf(path, sizeof path, "%s/measured.backup", folder);
    unlink(path);
    enter(COPYING);
    must(mu_backup(desk, path, &options, &report, &error), &error, path);
    unlink(path);
    mu_desk_free(&desk);
}

/* What people would use instead. */
static void vacuum(const char *home, const char *folder)
{
    char path[PATH_SIZE], records[PATH_SIZE], *sql;
    sqlite3 *file;

    records_path(records, home);
    snprintf(path, sizeof path, "%s/measured.db", folder);
    unlink(path);
    enter(PEER);
    sql = sqlite3_mprintf("VACUUM INTO %Q", path);
    if (sqlite3_open_v2(records, &file, SQLITE_OPEN_READWRITE, NULL) != SQLITE_OK ||
        sqlite3_busy_timeout(file, 60000) != SQLITE_OK ||
        sqlite3_exec(file, sql, NULL, NULL, NULL) != SQLITE_OK)
        die("%s: %s", records, sqlite3_errmsg(file));
    sqlite3_free(sql);
    sqlite3_close(file);
    unlink(path);
}

int main(int count, char **arguments)
{
    pid_t child[DESKS];
    bool failed = false;

    if (count != 6)
        die("usage: bench_backup HOME FOLDER DESKS TENTHS MOMENT");
    const char *home = arguments[1], *folder = arguments[2];
    size_t desks = number(arguments[3]);
    moment = arguments[5];
    if (desks > DESKS)
        die("at most %d desks", DESKS);
    shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (shared == MAP_FAILED)
        die("no memory");
    for (size_t i = 0; i < desks; i++) {
        child[i] = fork();
        if (child[i] == 0) {
            prctl(PR_SET_PDEATHSIG, SIGKILL);
            work(home, i, desks);
            _exit(0);
        }
    }
    while ((size_t)atomic_load(&shared->open) < desks)
        usleep(1000);
    enter(ALONE);
    usleep((useconds_t)number(arguments[4]) * 100000);
    back_up(home, folder);
    vacuum(home, folder);
    enter(END);
    for (size_t i = 0; i < desks; i++) {
        int ended;

        waitpid(child[i], &ended, 0);
        failed = failed || ended != 0;
    }
    return failed ? 2 : 0;
}
