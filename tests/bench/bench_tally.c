/* bench_tally HOME ROUNDS [FILE.csv]
 *
 * Tallies the last month of a home's points, which is open, and the one before it, which is closed:
 * the sums of each person alone, and the whole tally with names, balances, stars and trends; in
 * turns with one bare statement over the lines of the month, and for the open month's whole tally
 * with the bare statements that it needs. A line each: what, its month, lines and people of the
 * month, lines in all, median of ours and of the bare ones in microseconds, and the median over the
 * rounds of the ratio. With FILE all lines are written there for others to tally, and nothing is
 * measured. */
#include "measure.h"

#include "desk/desk_internal.h"
#include "store/points_month_store.h"

#include <mulin/desk/points_month.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char bare_sql[] = "SELECT resident_id, sum(kind = 1), sum(minutes),"
                               " sum(CASE WHEN kind IN (1, 2, 3, 8) THEN points ELSE 0 END),"
                               " sum(CASE WHEN kind IN (4, 5, 6) THEN -points ELSE 0 END),"
                               " sum(CASE WHEN kind = 7 THEN -points ELSE 0 END)"
                               " FROM points_line WHERE month = ?1 GROUP BY resident_id";

static volatile int64_t sink; /* what was read counts, or a compiler might not read it */

/* The number that a statement tells; ?1 is a month. */
static int64_t told(struct mu_db *db, const char *sql, int month)
{
    struct mu_query query = mu_query(db, sql);
    struct mu_error error;
    int64_t number = 0;

    if (strchr(sql, '?'))
        mu_bind_integer(&query, 1, month);
    if (mu_query_row(&query))
        number = mu_column_integer(&query, 0);
    must(mu_query_end(&query, &error), &error, sql);
    return number;
}

/* The columns that a tally is read from. */
static void write_lines(struct mu_db *db, const char *path)
{
    struct mu_query query = mu_query(db, "SELECT month, resident_id, entry_id, kind, points,"
                                         " minutes FROM points_line");
    FILE *out = fopen(path, "w");
    struct mu_error error;

    if (!out)
        die("%s cannot be written", path);
    fputs("month,resident_id,entry_id,kind,points,minutes\n", out);
    while (mu_query_row(&query))
        for (int column = 0; column < 6; column++)
            fprintf(out, "%" PRId64 "%c", mu_column_integer(&query, column),
                    column < 5 ? ',' : '\n');
    must(mu_query_end(&query, &error), &error, path);
    if (fclose(out) != 0)
        die("%s cannot be written", path);
}

/* Steps through the rows of a statement over the month ?1, or from one to the other. */
static void step(struct mu_db *db, const char *sql, int from, int to, int columns)
{
    struct mu_query query = mu_query(db, sql);
    struct mu_error error;

    mu_bind_integer(&query, 1, from);
    if (to)
        mu_bind_integer(&query, 2, to);
    while (mu_query_row(&query))
        for (int column = 0; column < columns; column++)
            sink += column == 1 && columns == 4 ? *mu_column_borrow(&query, column)
                                                : mu_column_integer(&query, column);
    must(mu_query_end(&query, &error), &error, "bare");
}

static void bare(struct mu_db *db, int month)
{
    step(db, bare_sql, month, 0, 6);
}

/* What a whole tally needs besides: the balances before, names, the trend of months before. */
static void bare_whole(struct mu_db *db, int month)
{
    int before = mu_month_number_add(month, -1);

    bare(db, month);
    step(db,
         "SELECT resident_id, balance, total_minutes, total_earned, stars"
         " FROM points_month_line WHERE month = ?1",
         before, 0, 5);
    step(db,
         "SELECT l.resident_id, r.name, v.registered_on, v.shows_name"
         " FROM points_month_line l JOIN resident r ON r.resident_id = l.resident_id"
         " LEFT JOIN volunteer v ON v.resident_id = l.resident_id WHERE l.month = ?1",
         before, 0, 4);
    step(db,
         "SELECT month, resident_id, earned FROM points_month_line"
         " WHERE month BETWEEN ?1 AND ?2",
         mu_month_number_add(month, 1 - MU_TALLY_TREND), before, 3);
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

    must(mu_points_month_sums(desk->db, month, month, MU_ALL_FILES, take, NULL, NULL, &stopped,
                              &error),
         &error, "sums");
}

static bool take_sealed(void *context, int month, const struct mu_points_month_line *line)
{
    (void)context;
    sink += month + line->moved.earned.count;
    return true;
}

static void sealed(struct mu_desk *desk, int month)
{
    struct mu_error error;

    must(mu_points_month_lines(desk->db, month, month, MU_ALL_FILES, take_sealed, NULL, &error),
         &error, "sealed sums");
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
                    void (*ours)(struct mu_desk *desk, int month),
                    void (*peer)(struct mu_db *db, int month), int month, size_t rounds)
{
    double *mine = need(rounds, sizeof *mine), *probe = need(rounds, sizeof *probe);
    double *ratio = need(rounds, sizeof *ratio);

    for (size_t i = 0; i < rounds; i++) {
        double start = microseconds(), middle;

        peer(desk->db, month);
        middle = microseconds();
        ours(desk, month);
        mine[i] = microseconds() - middle;
        probe[i] = middle - start;
        ratio[i] = mine[i] / probe[i];
    }
    printf("%s\t%d\t%" PRId64 "\t%" PRId64 "\t%" PRId64 "\t%.0f\t%.0f\t%.3f\n", what, month,
           told(desk->db, "SELECT count(*) FROM points_line WHERE month = ?1", month),
           told(desk->db, "SELECT count(DISTINCT resident_id) FROM points_line WHERE month = ?1",
                month),
           told(desk->db, "SELECT count(*) FROM points_line", month), quantile(mine, rounds, 0.5),
           quantile(probe, rounds, 0.5), quantile(ratio, rounds, 0.5));
    free(mine);
    free(probe);
    free(ratio);
}

int main(int argc, char **argv)
{
    struct mu_desk *desk;
    char now[32];
    int open, closed;

    if (argc != 3 && argc != 4)
        die("bench_tally HOME ROUNDS [FILE.csv]");
    desk = open_desk(argv[1], NULL);
    open = (int)told(desk->db, "SELECT max(month) FROM points_line", 0);
    closed = (int)told(desk->db, "SELECT max(month) FROM points_month", 0);
    if (argc == 4) {
        write_lines(desk->db, argv[3]);
    } else {
        size_t rounds = number(argv[2]);

        if (closed == 0 || closed >= open)
            die("%s: the last month is not open, or none is closed", argv[1]);
        mu_desk_free(&desk);
        snprintf(now, sizeof now, "%04d-%02d-28T12:00", open / 100, open % 100);
        desk = open_desk(argv[1], now);
        measure(desk, "sums", sums, bare, open, rounds);
        measure(desk, "tally", whole, bare_whole, open, rounds);
        measure(desk, "sealed", sealed, bare, closed, rounds);
        measure(desk, "closed", whole, bare, closed, rounds);
    }
    mu_desk_free(&desk);
    return 0;
}
