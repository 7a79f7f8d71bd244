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
#include "measure.h"
#include "recorder.h"

#include <mulin/desk/canteen.h>

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LUNCH "2026-03-10T11:30"

enum peer { OURS, PROBE, SINGLE, PEERS };

enum { PATH_SIZE = 4096, CARD_SIZE = 64, PREPARED = 64, HASHED = 320, APART = 7919 };

struct queue {
    char (*card)[CARD_SIZE];
    size_t count;
};

static sqlite3 *probe, *single;
static sqlite3_stmt *single_insert;
static struct {
    const char *sql;
    sqlite3_stmt *statement;
} prepared[PREPARED];
static volatile size_t sink;

static void home_path(char *out, const char *home)
{
    if (snprintf(out, PATH_SIZE, "%s/mulin.db", home) >= PATH_SIZE)
        die("%s: too long", home);
}

/* People with a card from all over the register, as they stand in a queue. */
static struct queue read_queue(const char *home, size_t count)
{
    struct queue queue = {need(count, CARD_SIZE), 0};
    char path[PATH_SIZE];
    sqlite3 *file;
    sqlite3_stmt *statement;

    home_path(path, home);
    if (sqlite3_open_v2(path, &file, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK)
        die("%s: %s", path, sqlite3_errmsg(file));
    statement = probe_prepare(file, "SELECT card FROM resident WHERE card IS NOT NULL"
                                    " AND status = 1 ORDER BY resident_id * ?1 % 1000003 LIMIT ?2");
    sqlite3_bind_int(statement, 1, APART);
    sqlite3_bind_int64(statement, 2, (sqlite3_int64)count);
    while (sqlite3_step(statement) == SQLITE_ROW)
        snprintf(queue.card[queue.count++], CARD_SIZE, "%s", sqlite3_column_text(statement, 0));
    probe_close(file);
    if (queue.count < count)
        die("%s: %zu cards, %zu wanted", home, queue.count, count);
    return queue;
}

static void serve(struct mu_desk *desk, const char *card)
{
    const struct mu_meal_request request = {.who = card};
    struct mu_meal_answer answer;
    struct mu_error error;

    must(mu_serve_meal(desk, &request, &answer, &error), &error, card);
}

/* Serves everybody in HOME; meal i ran the statements from ends[i] up to ends[i + 1]. */
static void record_meals(const char *home, const struct queue *queue, struct recording *opening,
                         struct recording *meals, size_t *ends)
{
    struct mu_desk *desk;

    recorder_install();
    recorder_listen(opening);
    desk = open_desk(home, LUNCH);
    recorder_listen(meals);
    for (size_t i = 0; i < queue->count; i++) {
        ends[i] = meals->count;
        serve(desk, queue->card[i]);
    }
    ends[queue->count] = meals->count;
    recorder_listen(NULL);
    mu_desk_free(&desk);
}

static sqlite3_stmt *statement_of(const char *sql)
{
    for (size_t i = 0; i < PREPARED; i++) {
        if (!prepared[i].sql) {
            prepared[i].sql = sql;
            prepared[i].statement = probe_prepare(probe, sql);
        }
        if (strcmp(prepared[i].sql, sql) == 0)
            return prepared[i].statement;
    }
    die("more than %d statements", PREPARED);
}

static void bind(sqlite3_stmt *statement, const struct recorded_statement *recorded)
{
    for (int i = 0; i < recorded->values; i++) {
        const struct recorded_value *value = &recorded->value[i];

        if (value->type == SQLITE_INTEGER)
            sqlite3_bind_int64(statement, i + 1, value->integer);
        else if (value->type == SQLITE_TEXT)
            sqlite3_bind_text(statement, i + 1, value->bytes, value->length, SQLITE_STATIC);
        else if (value->type == SQLITE_BLOB)
            sqlite3_bind_blob(statement, i + 1, value->bytes, value->length, SQLITE_STATIC);
        else
            sqlite3_bind_null(statement, i + 1);
    }
}

/* Reads as many rows as the desk did; a statement that writes is run to its end. */
static void run(sqlite3_stmt *statement, const struct recorded_statement *recorded)
{
    int columns = sqlite3_column_count(statement), rows = 0, code;

    bind(statement, recorded);
    while ((code = sqlite3_step(statement)) == SQLITE_ROW) {
        for (int column = 0; column < columns; column++) {
            const unsigned char *text = sqlite3_column_text(statement, column);

            sink += text ? *text : 0;
        }
        if (++rows == recorded->rows && sqlite3_stmt_readonly(statement))
            break;
    }
    if (code != SQLITE_DONE && code != SQLITE_ROW)
        die("probe: %s: %s", recorded->sql, sqlite3_errmsg(probe));
    if (rows != recorded->rows)
        die("probe: %s: %d rows, the desk had %d", recorded->sql, rows, recorded->rows);
    sqlite3_reset(statement);
}

static void replay(const struct recording *meals, sqlite3_stmt **statements, size_t from, size_t to)
{
    static const unsigned char entry[HASHED];
    unsigned char hash[crypto_generichash_BYTES];

    for (size_t i = from; i < to; i++)
        run(statements[i], &meals->statement[i]);
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
        statements[i] = statement_of(meals->statement[i].sql);
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
    struct recording opening = {0}, meals = {0};
    const char *names[PEERS] = {"mulin.db", "mulin.db", "single.db"};
    double *times[PEERS], commits[PEERS];
    char path[PATH_SIZE];

    if (count != 6)
        die("usage: bench_checkin HOME OURS PROBE ROUNDS REPEATS");
    const char *home = arguments[1], *homes[PEERS] = {arguments[2], arguments[3], arguments[3]};
    size_t rounds = number(arguments[4]), repeats = number(arguments[5]), all = rounds * repeats;
    struct queue queue = read_queue(home, all);
    size_t *ends = need(all + 1, sizeof *ends);
    for (size_t peer = 0; peer < PEERS; peer++)
        times[peer] = need(all, sizeof **times);
    record_meals(home, &queue, &opening, &meals, ends);
    struct mu_desk *desk = open_desk(homes[OURS], LUNCH);
    home_path(path, homes[PROBE]);
    probe = probe_open(path, &opening);
    open_single(homes[SINGLE], &opening);
    for (size_t peer = 0; peer < PEERS; peer++)
        commits[peer] = -commits_in(homes[peer], names[peer]);
    take_turns(desk, &queue, &meals, ends, times);
    for (size_t peer = 0; peer < PEERS; peer++)
        commits[peer] += commits_in(homes[peer], names[peer]);
    if (meals_in(homes[OURS]) != meals_in(homes[PROBE]))
        die("not as many meals by the probe as by the desk");
    tell(times, commits, rounds, repeats, (double)meals.count / (double)all);
    mu_desk_free(&desk);
    probe_close(probe);
    probe_close(single);
    recording_clear(&opening);
    recording_clear(&meals);
    free(queue.card);
    free(ends);
    for (size_t peer = 0; peer < PEERS; peer++)
        free(times[peer]);
    return 0;
}
