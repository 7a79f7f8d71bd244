/* bench_checkin HOME OURS PROBE ROUNDS REPEATS
 *
 * Serves ROUNDS times REPEATS people lunch in three copies of one home: in HOME while the
 * statements are recorded, in OURS by mu_serve_meal, and in PROBE by bare SQLite that runs the
 * recorded statements with the recorded values, and hashes once as the ledger does. A third peer
 * does nothing but one INSERT of a row like a meal's into a file of its own in the folder of PROBE,
 * into a table without any index, trigger or key to another. All have the settings of the desk, and
 * take turns meal by meal. Three lines: meals, median and 99th percentile in microseconds, commits
 * a meal, the median over the rounds of our rate over this one's; of ours, the probe and the
 * INSERT. The first line ends with statements a meal. */
#include "lunch.h"
#include "measure.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum peer { OURS, PROBE, SINGLE, PEERS };

enum { HASHED = 320 };

static struct probe probe;
static sqlite3 *single;
static sqlite3_stmt *single_insert;
static volatile size_t sink;

static void replay(const struct recording *meals, sqlite3_stmt **statements, size_t from, size_t to)
{
    static const unsigned char entry[HASHED];
    unsigned char hash[crypto_generichash_BYTES];

    for (size_t i = from; i < to; i++)
        probe_run(statements[i], &meals->statement[i]);
    crypto_generichash(hash, sizeof hash, entry, sizeof entry, NULL, 0);
    sink += hash[0];
}

static int64_t meals_in(const char *home)
{
    char path[PATH_SIZE];
    sqlite3 *file;
    sqlite3_stmt *statement;
    int64_t meals;

    home_path(path, home);
    if (sqlite3_open_v2(path, &file, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK)
        die("%s: %s", path, sqlite3_errmsg(file));
    statement = probe_prepare(file, "SELECT count(*) FROM meal");
    meals = sqlite3_step(statement) == SQLITE_ROW ? sqlite3_column_int64(statement, 0) : -1;
    probe_close(file);
    return meals;
}

static void open_single(const char *home, const struct recording *opening)
{
    char path[PATH_SIZE];
    FILE *file;

    if (snprintf(path, sizeof path, "%s/single.db", home) >= PATH_SIZE ||
        !(file = fopen(path, "w")) || fclose(file) != 0)
        die("%s: cannot make single.db", home);
    single = probe_open(path, opening);
    if (sqlite3_exec(single,
                     "CREATE TABLE served (resident_id INTEGER, date TEXT, session TEXT,"
                     " price INTEGER, pay INTEGER, payer TEXT, pay_method TEXT, served_at TEXT)",
                     NULL, NULL, NULL) != SQLITE_OK)
        die("%s: %s", path, sqlite3_errmsg(single));
    single_insert =
        probe_prepare(single, "INSERT INTO served VALUES (?1, '2026-03-10', 'lunch', 1500, 1500,"
                              " 'self', 'cash', '2026-03-10T11:30:00')");
}

static void insert_one(size_t index)
{
    sqlite3_bind_int64(single_insert, 1, (sqlite3_int64)index);
    if (sqlite3_step(single_insert) != SQLITE_DONE)
        die("INSERT: %s", sqlite3_errmsg(single));
    sqlite3_reset(single_insert);
}

/* All meals in turn, each of the three first in every third one. */
static void take_turns(struct mu_desk *desk, const struct queue *queue,
                       const struct recording *meals, const size_t *ends, double *times[PEERS])
{
    sqlite3_stmt **statements = need(meals->count, sizeof *statements);

    for (size_t i = 0; i < meals->count; i++)
        statements[i] = probe_known(&probe, meals->statement[i].sql);
    for (size_t i = 0; i < queue->count; i++)
        for (size_t turn = 0; turn < PEERS; turn++) {
            enum peer peer = (enum peer)((i + turn) % PEERS);
            double start = microseconds();

            if (peer == OURS)
                serve(desk, queue->card[i]);
            else if (peer == PROBE)
                replay(meals, statements, ends[i], ends[i + 1]);
            else
                insert_one(i);
            times[peer][i] = microseconds() - start;
        }
    free(statements);
}

/* Transactions that wrote, by the counter in the header of the file. */
static double commits_in(const char *home, const char *name)
{
    unsigned char count[4];
    char path[PATH_SIZE];
    FILE *file;

    if (snprintf(path, sizeof path, "%s/%s", home, name) >= PATH_SIZE ||
        !(file = fopen(path, "rb")) || fseek(file, 24, SEEK_SET) != 0 ||
        fread(count, sizeof count, 1, file) != 1)
        die("%s/%s: cannot read the counter", home, name);
    fclose(file);
    return count[0] * 0x1p24 + count[1] * 0x1p16 + count[2] * 0x1p8 + count[3];
}

static double sum(const double *times, size_t count)
{
    double all = 0;

    for (size_t i = 0; i < count; i++)
        all += times[i];
    return all;
}

/* The lines of the result; sorts the times. */
static void tell(double *times[PEERS], const double commits[PEERS], size_t rounds, size_t repeats,
                 double statements)
{
    size_t all = rounds * repeats;
    double *ratios = need(PEERS * rounds, sizeof *ratios);

    for (size_t peer = 0; peer < PEERS; peer++)
        for (size_t i = 0; i < rounds; i++)
            ratios[peer * rounds + i] =
                sum(times[peer] + i * repeats, repeats) / sum(times[OURS] + i * repeats, repeats);
    for (size_t peer = 0; peer < PEERS; peer++) {
        double median = quantile(times[peer], all, 0.5), last = quantile(times[peer], all, 0.99);

        printf("%zu\t%.1f\t%.1f\t%.3f\t%.3f", all, median, last, commits[peer] / (double)all,
               quantile(ratios + peer * rounds, rounds, 0.5));
        if (peer == OURS)
            printf("\t%.1f", statements);
        putchar('\n');
    }
    free(ratios);
}

int main(int count, char **arguments)
{
    struct lunch lunch;
    const char *names[PEERS] = {"mulin.db", "mulin.db", "single.db"};
    double *times[PEERS], commits[PEERS];
    char path[PATH_SIZE];

    if (count != 6)
        die("usage: bench_checkin HOME OURS PROBE ROUNDS REPEATS");
    const char *home = arguments[1], *homes[PEERS] = {arguments[2], arguments[3], arguments[3]};
    size_t rounds = number(arguments[4]), repeats = number(arguments[5]), all = rounds * repeats;
    struct queue queue = read_queue(home, all);
    for (size_t peer = 0; peer < PEERS; peer++)
        times[peer] = need(all, sizeof **times);
    lunch = record_lunch(home, &queue);
    struct mu_desk *desk = open_desk(homes[OURS], LUNCH);
    home_path(path, homes[PROBE]);
    probe.file = probe_open(path, &lunch.opening);
    open_single(homes[SINGLE], &lunch.opening);
    for (size_t peer = 0; peer < PEERS; peer++)
        commits[peer] = -commits_in(homes[peer], names[peer]);
    take_turns(desk, &queue, &lunch.meals, lunch.ends, times);
    for (size_t peer = 0; peer < PEERS; peer++)
        commits[peer] += commits_in(homes[peer], names[peer]);
    if (meals_in(homes[OURS]) != meals_in(homes[PROBE]))
        die("not as many meals by the probe as by the desk");
    tell(times, commits, rounds, repeats, (double)lunch.meals.count / (double)all);
    mu_desk_free(&desk);
    probe_close(probe.file);
    probe_close(single);
    lunch_clear(&lunch);
    free(queue.card);
    for (size_t peer = 0; peer < PEERS; peer++)
        free(times[peer]);
    return 0;
}
