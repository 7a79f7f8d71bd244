/* bench_tally HOME LINES MONTHS PEOPLE ROUNDS
 *
 * Fills a new home with so many lines of points, all months but the last one closed, and tallies
 * the last one: the sums of each person alone, and the whole tally with names, balances, stars and
 * trends; in turns with one bare statement over the same range. A line each: what, lines of the
 * month, median of ours and of the bare statement in microseconds, and the median over the rounds
 * of the ratio. What is filled in has no ledger entries: that is for nothing but this. */
#include "measure.h"

#include "desk/desk_internal.h"
#include "store/points_month_store.h"

#include <mulin/desk/points_month.h>

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>

enum { FIRST_YEAR = 2015, SEALED = 6 /* months whose lines are filled in, too */ };

#define NOW "2026-11-22T11:30"

static const char bare_sql[] = "SELECT resident_id, sum(kind = 1), sum(minutes),"
                               " sum(CASE WHEN kind IN (1, 2, 3, 8) THEN points ELSE 0 END),"
                               " sum(CASE WHEN kind IN (4, 5, 6) THEN -points ELSE 0 END),"
                               " sum(CASE WHEN kind = 7 THEN -points ELSE 0 END)"
                               " FROM points_line WHERE month = ?1 GROUP BY resident_id";

static volatile int64_t sink; /* what was read counts, or a compiler might not read it */

static void run(sqlite3 *db, const char *sql)
{
    char *fault = NULL;

    if (sqlite3_exec(db, sql, NULL, NULL, &fault) != SQLITE_OK)
        die("%.60s: %s", sql, fault);
}

static int month_at(size_t index)
{
    return (FIRST_YEAR + (int)(index / 12)) * 100 + (int)(index % 12) + 1;
}

static void fill_month(sqlite3 *db, size_t index, size_t lines, size_t people, bool closed,
                       bool sealed)
{
    char sql[2048];
    int month = month_at(index);

    snprintf(sql, sizeof sql,
             "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < %zu)"
             " INSERT INTO points_line SELECT %d, 1 + i * %zu / %zu, %zu + i,"
             " CASE i %% 11 WHEN 9 THEN 4 WHEN 10 THEN 2 ELSE 1 END,"
             " CASE i %% 11 WHEN 9 THEN -20 ELSE 5 + i %% 7 END,"
             " CASE i %% 11 WHEN 9 THEN 0 WHEN 10 THEN 0 ELSE 30 + i %% 60 END FROM n",
             lines, month, people, lines, index * lines + 1);
    run(db, sql);
    if (sealed) {
        snprintf(sql, sizeof sql,
                 "INSERT INTO points_month_line SELECT %d, resident_id, 40, 2000, 300, 80, 0, 900,"
                 " 90000, 9000, 3 FROM resident",
                 month);
        run(db, sql);
    }
    if (!closed)
        return;
    snprintf(sql, sizeof sql,
             "INSERT INTO points_month VALUES (%d, %d, 0, zeroblob(32), 0, 0, 0, 0, 0, 0, 0, 1,"
             " NULL, '-', '2026-01-01T00:00:00')",
             month, month);
    run(db, sql);
}

static void fill(const char *home, size_t lines, size_t months, size_t people)
{
    char path[512], sql[256];
    sqlite3 *db;

    snprintf(path, sizeof path, "%s/mulin.db", home);
    if (sqlite3_open(path, &db) != SQLITE_OK)
        die("%s: %s", path, sqlite3_errmsg(db));
    run(db, "PRAGMA synchronous = OFF; PRAGMA journal_mode = TRUNCATE; PRAGMA cache_size = -400000;"
            "PRAGMA foreign_keys = OFF; BEGIN; DROP INDEX points_line_person");
    snprintf(sql, sizeof sql,
             "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %zu)"
             " INSERT INTO resident (resident_id, name) SELECT i, '志愿者' || i FROM n",
             people);
    run(db, sql);
    for (size_t i = 0; i < months; i++)
        fill_month(db, i, lines / months, people, i + 1 < months,
                   i + 1 < months && i + 1 + SEALED >= months);
    run(db, "CREATE INDEX points_line_person ON points_line (resident_id, entry_id, month, kind,"
            " points, minutes); COMMIT");
    sqlite3_close(db);
}

static void bare(struct mu_db *db, int month)
{
    struct mu_query query = mu_query(db, bare_sql);
    struct mu_error error;

    mu_bind_integer(&query, 1, month);
    while (mu_query_row(&query))
        for (int column = 0; column < 6; column++)
            sink += mu_column_integer(&query, column);
    must(mu_query_end(&query, &error), &error, "bare");
}

static bool take(void *context, const struct mu_points_file_sums *sums)
{
    (void)context;
    sink += sums->resident_id + sums->moved.earned.count;
    return true;
}

static void sums(struct mu_desk *desk, int month)
{
    struct mu_error error;
    bool stopped;

    must(mu_points_month_sums(desk->db, month, month, take, NULL, NULL, &stopped, &error), &error,
         "sums");
}

static void whole(struct mu_desk *desk, int month)
{
    struct mu_tally *tally = NULL;
    struct mu_error error;

    must(mu_points_tally(desk, month, month, NULL, NULL, &tally, &error), &error, "tally");
    sink += tally->sum.moved.earned.count;
    mu_tally_free(&tally);
}

static void measure(struct mu_desk *desk, const char *what,
                    void (*ours)(struct mu_desk *desk, int month), int month, size_t lines,
                    size_t rounds)
{
    double *mine = need(rounds, sizeof *mine), *probe = need(rounds, sizeof *probe);
    double *ratio = need(rounds, sizeof *ratio);

    for (size_t i = 0; i < rounds; i++) {
        double start = microseconds(), middle;

        bare(desk->db, month);
        middle = microseconds();
        ours(desk, month);
        mine[i] = microseconds() - middle;
        probe[i] = middle - start;
        ratio[i] = mine[i] / probe[i];
    }
    printf("%s\t%zu\t%.0f\t%.0f\t%.2f\n", what, lines, quantile(mine, rounds, 0.5),
           quantile(probe, rounds, 0.5), quantile(ratio, rounds, 0.5));
    free(mine);
    free(probe);
    free(ratio);
}

int main(int argc, char **argv)
{
    size_t lines, months, people, rounds;
    struct mu_desk *desk;

    if (argc != 6)
        die("bench_tally HOME LINES MONTHS PEOPLE ROUNDS");
    lines = number(argv[2]);
    months = number(argv[3]);
    people = number(argv[4]);
    rounds = number(argv[5]);
    fill(argv[1], lines, months, people);
    desk = open_desk(argv[1], NOW);
    measure(desk, "sums", sums, month_at(months - 1), lines / months, rounds);
    measure(desk, "tally", whole, month_at(months - 1), lines / months, rounds);
    mu_desk_free(&desk);
    return 0;
}
