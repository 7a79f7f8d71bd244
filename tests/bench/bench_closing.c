/* bench_closing HOME PEOPLE SERVICES ROUNDS
 *
 * Fills a new home with so many people, each of whom does so many services a month, in as many
 * months as there are rounds, and closes them one after another; of
 * each closed month the list for the wall is made as text and as a workbook with its chart. In
 * turns with bare probes: one statement that writes the same lines with one commit, the same cells
 * through fprintf, and through the workbook library. A line each: what, people, median of ours and
 * of the probe in microseconds, and the median over the rounds of the ratio. Services are filled in
 * without ledger entries: no closing reads them. */
#include "measure.h"

#include <mulin/desk/operators.h>
#include <mulin/desk/points_month.h>
#include <mulin/desk/points_wall.h>
#include <mulin/report/points.h>

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <xlsxwriter.h>

enum { FIRST_YEAR = 2015, CELLS = 9, NAME = 1, SERVED = 7 };

#define NOW "2026-11-22T11:30"
#define SECOND "王芳"
#define SECOND_PASSWORD "2468"

#define WALL_SQL                                                                                   \
    "SELECT 0, r.name, l.earned, l.spent, l.expired, l.balance, l.services, l.minutes, l.stars"    \
    " FROM points_month_line l JOIN resident r ON r.resident_id = l.resident_id"                   \
    " WHERE l.month = ?1 ORDER BY l.earned DESC, l.resident_id"

struct bench {
    const char *home;
    size_t people, services;
    struct mu_desk *desk;
    sqlite3 *probe; /* a file of its own, with the records attached to it */
};

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

static void path_in(const struct bench *bench, const char *name, char out[512])
{
    snprintf(out, 512, "%s/%s", bench->home, name);
}

/* Filling. */

/* One service a day and person at most, each confirmed: nothing that anybody would doubt. */
static void fill_month(sqlite3 *db, const struct bench *bench, size_t index)
{
    size_t lines = bench->people * bench->services, first = index * lines + 1;
    int month = month_at(index);
    char sql[2048];

    snprintf(sql, sizeof sql,
             "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < %zu)"
             " INSERT INTO service (entry_id, resident_id, duty, date, starts_at, ends_at, minutes,"
             " points, place, recipient, confirmed_by, operator_id, begun_at)"
             " SELECT %zu + i, 1 + i %% %zu, 'bench', printf('%d-%02d-%%02d', 1 + i / %zu),"
             " 540, 600, 60, 5, '社区食堂', '独居老人', '刘队长', 1, '2026-01-01T09:00' FROM n",
             lines, first, bench->people, month / 100, month % 100, bench->people);
    run(db, sql);
    snprintf(sql, sizeof sql,
             "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < %zu)"
             " INSERT INTO points_line SELECT %d, 1 + i / %zu, %zu + i %% %zu * %zu + i / %zu, 1,"
             " 5, 60 FROM n",
             lines, month, bench->services, first, bench->services, bench->people, bench->services);
    run(db, sql);
}

static void fill(const struct bench *bench, size_t months)
{
    char path[512], sql[512];
    sqlite3 *db;

    path_in(bench, "mulin.db", path);
    if (sqlite3_open(path, &db) != SQLITE_OK)
        die("%s: %s", path, sqlite3_errmsg(db));
    run(db, "PRAGMA synchronous = OFF; PRAGMA journal_mode = TRUNCATE; PRAGMA cache_size = -400000;"
            "PRAGMA foreign_keys = OFF; BEGIN; DROP INDEX points_line_person");
    snprintf(sql, sizeof sql,
             "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %zu)"
             " INSERT INTO resident (resident_id, name) SELECT i, '志愿者' || i FROM n;"
             "INSERT INTO volunteer (resident_id, registered_on, shows_name)"
             " SELECT resident_id, '2014-05-04', resident_id %% 2 FROM resident",
             bench->people);
    run(db, sql);
    for (size_t i = 0; i < months; i++)
        fill_month(db, bench, i);
    run(db, "CREATE INDEX points_line_person ON points_line (resident_id, entry_id, month, kind,"
            " points, minutes); COMMIT");
    sqlite3_close(db);
}

static void open_probe(struct bench *bench)
{
    char path[512], sql[640];

    path_in(bench, "probe.db", path);
    unlink(path);
    if (sqlite3_open(path, &bench->probe) != SQLITE_OK)
        die("%s: %s", path, sqlite3_errmsg(bench->probe));
    snprintf(sql, sizeof sql,
             "PRAGMA journal_mode = TRUNCATE; PRAGMA synchronous = EXTRA;"
             "PRAGMA secure_delete = ON; PRAGMA cell_size_check = ON; PRAGMA cache_size = -2000;"
             "ATTACH '%s/mulin.db' AS records;"
             "CREATE TABLE line (month INTEGER NOT NULL, resident_id INTEGER NOT NULL, services,"
             " minutes, earned, spent, expired, balance, total_minutes, total_earned, stars,"
             " PRIMARY KEY (month, resident_id)) WITHOUT ROWID",
             bench->home);
    run(bench->probe, sql);
}

/* Closing. */

static void close_month(const struct bench *bench, int month)
{
    const struct mu_points_closing_request request = {
        .month = month, .second_name = SECOND, .second_password = SECOND_PASSWORD};
    struct mu_error error;

    must(mu_close_points_month(bench->desk, &request, NULL, &error), &error, "closing");
}

static void close_bare(const struct bench *bench, int month)
{
    char sql[1024];

    snprintf(sql, sizeof sql,
             "INSERT INTO line SELECT l.month, l.resident_id, sum(kind = 1), sum(minutes),"
             " sum(CASE WHEN kind IN (1, 2, 3, 8) THEN points ELSE 0 END),"
             " sum(CASE WHEN kind IN (4, 5, 6) THEN -points ELSE 0 END),"
             " sum(CASE WHEN kind = 7 THEN -points ELSE 0 END), 900, 90000, 9000, 3"
             " FROM records.points_line l WHERE l.month = %d GROUP BY l.resident_id",
             month);
    run(bench->probe, sql);
}

/* The list. */

static void write_wall(const struct bench *bench, int month, enum mu_report_format format,
                       const char *name)
{
    struct mu_points_wall *wall = NULL;
    struct mu_error error;
    char path[512];
    struct mu_report_target target = {.format = format, .path = path, .overwrite = true};

    path_in(bench, name, path);
    must(mu_read_points_wall(bench->desk, month, NULL, NULL, &wall, &error), &error, "the list");
    must(mu_post_points_wall(bench->desk, wall, path, &error), &error, "posting");
    must(mu_report_points_wall(&target, wall, MU_CHINESE, &error), &error, path);
    mu_points_wall_free(&wall);
}

static void write_text(const struct bench *bench, int month)
{
    write_wall(bench, month, MU_REPORT_TEXT, "wall.txt");
}

static void write_book(const struct bench *bench, int month)
{
    write_wall(bench, month, MU_REPORT_XLSX, "wall.xlsx");
}

/* Calls `row` with each row of the list as a bare statement reads it. */
static void bare_rows(const struct bench *bench, int month,
                      void (*row)(void *to, int number, sqlite3_stmt *values), void *to)
{
    sqlite3_stmt *rows;
    int number = 0;

    if (sqlite3_prepare_v2(bench->probe, WALL_SQL, -1, &rows, NULL) != SQLITE_OK)
        die("%s", sqlite3_errmsg(bench->probe));
    sqlite3_bind_int(rows, 1, month);
    while (sqlite3_step(rows) == SQLITE_ROW)
        row(to, ++number, rows);
    sqlite3_finalize(rows);
}

static void text_row(void *to, int number, sqlite3_stmt *values)
{
    FILE *out = to;

    fprintf(out, "%8d  %s", number, (const char *)sqlite3_column_text(values, NAME));
    for (int i = NAME + 1; i < CELLS; i++)
        fprintf(out, "  %8lld", (long long)sqlite3_column_int64(values, i));
    fputc('\n', out);
}

static void text_bare(const struct bench *bench, int month)
{
    char path[512];
    FILE *out;

    path_in(bench, "bare.txt", path);
    out = fopen(path, "w");
    if (!out)
        die("%s", path);
    bare_rows(bench, month, text_row, out);
    fflush(out);
    fsync(fileno(out));
    fclose(out);
}

static void book_row(void *to, int number, sqlite3_stmt *values)
{
    lxw_worksheet *sheet = to;

    for (int i = 0; i < CELLS; i++) {
        lxw_row_t row = (lxw_row_t)number;
        char served[32];

        if (i == NAME || i == SERVED) {
            snprintf(served, sizeof served, "%lld:00",
                     (long long)sqlite3_column_int64(values, i) / 60);
            worksheet_write_string(
                sheet, row, (lxw_col_t)i,
                i == NAME ? (const char *)sqlite3_column_text(values, i) : served, NULL);
        } else {
            worksheet_write_number(sheet, row, (lxw_col_t)i,
                                   i ? (double)sqlite3_column_int64(values, i) : number, NULL);
        }
    }
}

static void book_bare(const struct bench *bench, int month)
{
    lxw_workbook_options options = {.constant_memory = LXW_TRUE};
    char path[512];
    lxw_workbook *book;

    path_in(bench, "bare.xlsx", path);
    book = workbook_new_opt(path, &options);
    if (!book)
        die("%s", path);
    bare_rows(bench, month, book_row, workbook_add_worksheet(book, NULL));
    if (workbook_close(book) != LXW_NO_ERROR)
        die("%s", path);
}

/* Measuring. */

static const struct {
    const char *name;
    void (*ours)(const struct bench *bench, int month);
    void (*bare)(const struct bench *bench, int month);
} steps[] = {{"close", close_month, close_bare},
             {"post", write_text, text_bare},
             {"xlsx", write_book, book_bare}};
enum { STEPS = sizeof steps / sizeof *steps };

static void measure(const struct bench *bench, size_t rounds)
{
    double *times[STEPS][3];

    for (size_t i = 0; i < STEPS; i++)
        for (size_t j = 0; j < 3; j++)
            times[i][j] = need(rounds, sizeof *times[i][j]);
    for (size_t round = 0; round < rounds; round++)
        for (size_t i = 0; i < STEPS; i++) {
            double start = microseconds(), middle;

            steps[i].bare(bench, month_at(round));
            middle = microseconds();
            steps[i].ours(bench, month_at(round));
            times[i][0][round] = microseconds() - middle;
            times[i][1][round] = middle - start;
            times[i][2][round] = times[i][0][round] / times[i][1][round];
        }
    for (size_t i = 0; i < STEPS; i++) {
        printf("%s\t%zu\t%.0f\t%.0f\t%.2f\n", steps[i].name, bench->people,
               quantile(times[i][0], rounds, 0.5), quantile(times[i][1], rounds, 0.5),
               quantile(times[i][2], rounds, 0.5));
        for (size_t j = 0; j < 3; j++)
            free(times[i][j]);
    }
}

int main(int argc, char **argv)
{
    struct bench bench = {0};
    size_t rounds;
    struct mu_error error;

    if (argc != 5)
        die("bench_closing HOME PEOPLE SERVICES ROUNDS");
    bench.home = argv[1];
    bench.people = number(argv[2]);
    bench.services = number(argv[3]);
    rounds = number(argv[4]);
    fill(&bench, rounds);
    open_probe(&bench);
    bench.desk = open_desk(bench.home, NOW);
    must(mu_add_operator(bench.desk, SECOND, MU_ROLE_TALLY, NULL, &error), &error, SECOND);
    must(mu_set_password(bench.desk, SECOND, SECOND_PASSWORD, &error), &error, SECOND);
    measure(&bench, rounds);
    mu_desk_free(&bench.desk);
    sqlite3_close(bench.probe);
    return 0;
}
