/* bench_verify HOME WALKS WHOLES
 *
 * Walks the ledger of a filled home, by one thread and by as many as there are processors, in turns
 * with the floor of one: bare SQLite that reads the same columns of entries and postings and hashes
 * as many bytes with BLAKE2b. Then verifies the whole file, in turns with SQLite's own checks
 * alone, by one thread, which are a part of it. So many rounds of the walks and of the whole.
 *
 * A line each: what, threads, entries, median of ours and of the floor in microseconds, median of
 * the ratios over the rounds. */
#include "measure.h"

#include "base/crew.h"
#include "desk/desk_internal.h"
#include "store/ledger_walk.h"

#include <sodium.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CACHE_KIB = 2000, HASHED = 330, NOW_SIZE = 32, RANGE = 1 << 16 };

static volatile int64_t sink; /* what was read counts, or a compiler might not read it */

struct measured {
    struct mu_desk *desk;
    sqlite3 *bare;
    int64_t entries;
    struct mu_ledger_span span;
    struct mu_ledger_lines lines;
    size_t members;
    struct mu_db *db[MU_CREW_MOST];
    struct mu_ledger_part *part[MU_CREW_MOST];
};

static sqlite3 *open_bare(const char *home, char now[NOW_SIZE])
{
    char path[4096], sql[64];
    sqlite3_stmt *last;
    sqlite3 *file;

    if (snprintf(path, sizeof path, "%s/mulin.db", home) >= (int)sizeof path)
        die("%s: too long", home);
    if (sqlite3_open_v2(path, &file, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK)
        die("%s: %s", path, sqlite3_errmsg(file));
    snprintf(sql, sizeof sql, "PRAGMA cache_size = -%d", CACHE_KIB);
    sqlite3_exec(file, sql, NULL, NULL, NULL);
    if (sqlite3_prepare_v2(file,
                           "SELECT recorded_at FROM ledger_entry ORDER BY entry_id DESC"
                           " LIMIT 1",
                           -1, &last, NULL) != SQLITE_OK ||
        sqlite3_step(last) != SQLITE_ROW)
        die("%s: no ledger", path);
    snprintf(now, NOW_SIZE, "%.16s", (const char *)sqlite3_column_text(last, 0));
    sqlite3_finalize(last);
    return file;
}

static sqlite3_stmt *prepare(sqlite3 *file, const char *sql)
{
    sqlite3_stmt *statement;

    if (sqlite3_prepare_v2(file, sql, -1, &statement, NULL) != SQLITE_OK)
        die("%s: %s", sql, sqlite3_errmsg(file));
    return statement;
}

static bool read_row(sqlite3_stmt *statement)
{
    if (sqlite3_step(statement) != SQLITE_ROW)
        return false;
    for (int column = sqlite3_column_count(statement); column-- > 0;)
        if (sqlite3_column_type(statement, column) == SQLITE_INTEGER)
            sink += sqlite3_column_int64(statement, column);
        else
            sink += sqlite3_column_bytes(statement, column) +
                    (sqlite3_column_blob(statement, column) != NULL);
    return true;
}

static void floor_of_walk(struct measured *measured)
{
    static unsigned char entry[HASHED];
    unsigned char hash[crypto_generichash_BYTES];
    sqlite3_stmt *entries =
        prepare(measured->bare, "SELECT entry_id, book, date, recorded_at, operator_id, rule_id,"
                                " rules_version, resident_id, reverses, reason, idempotency_key,"
                                " hash, document FROM ledger_entry ORDER BY entry_id");
    sqlite3_stmt *postings =
        prepare(measured->bare, "SELECT entry_id, line, account_id, amount FROM ledger_posting"
                                " ORDER BY entry_id, line");

    while (read_row(entries)) {
        read_row(postings);
        read_row(postings);
        crypto_generichash(hash, sizeof hash, entry, sizeof entry, NULL, 0);
        sink += hash[0];
    }
    sqlite3_finalize(entries);
    sqlite3_finalize(postings);
}

/* The lines of the points book are the last piece. */
static enum mu_status walk_piece(void *context, size_t member, size_t piece, struct mu_error *error)
{
    struct measured *measured = context;
    int64_t after = (int64_t)piece * RANGE, left = measured->span.last - after;
    struct mu_chain_report chain;
    enum mu_status status;

    if (left <= 0)
        return mu_ledger_lines_read(&measured->span, measured->db[member], &measured->lines, error);
    status = mu_ledger_part_walk(measured->part[member], measured->db[member], after,
                                 left < RANGE ? left : RANGE, NULL, NULL, &chain, error);
    if (status == MU_OK && chain.fault != MU_CHAIN_SOUND)
        die("the chain is broken at %lld", (long long)chain.entry_id);
    return status;
}

static void walk_by(struct measured *measured, size_t members)
{
    struct mu_ledger_report report;
    struct mu_crew *crew;
    struct mu_error error;
    int64_t wrong;
    size_t failed;

    must(mu_ledger_span_read(measured->desk->db, &measured->span, &error), &error, "walk");
    for (size_t i = 0; i < members; i++) {
        must(mu_db_open_beside(measured->desk->db, NULL, NULL, &measured->db[i], &error), &error,
             "walk");
        must(mu_ledger_part_new(&measured->span, &measured->part[i], &error), &error, "walk");
    }
    must(mu_crew_begin(walk_piece, measured, members,
                       (size_t)((measured->span.last + RANGE - 1) / RANGE) + 1, &crew, &error),
         &error, "walk");
    must(mu_crew_end(&crew, NULL, &failed, &error), &error, "walk");
    for (size_t i = 1; i < members; i++)
        mu_ledger_part_add(measured->part[0], measured->part[i]);
    must(mu_ledger_walk_end(measured->part[0], measured->desk->db, &report, &error), &error,
         "walk");
    must(mu_ledger_compare_lines(measured->part[0], &measured->lines, measured->desk->db, &wrong,
                                 &error),
         &error, "walk");
    if (report.chain.fault != MU_CHAIN_SOUND || report.wrong_account || wrong)
        die("the ledger is not sound");
    measured->entries = report.chain.entries;
    measured->members = members;
    for (size_t i = 0; i < members; i++) {
        mu_ledger_part_free(&measured->part[i]);
        mu_db_free(&measured->db[i]);
    }
}

static void walk_alone(struct measured *measured)
{
    walk_by(measured, 1);
}

static void walk_together(struct measured *measured)
{
    walk_by(measured, mu_crew_processors());
}

static void floor_of_verify(struct measured *measured)
{
    static const char *const checks[] = {"PRAGMA integrity_check(1)", "PRAGMA foreign_key_check"};

    for (size_t i = 0; i < sizeof checks / sizeof *checks; i++) {
        sqlite3_stmt *check = prepare(measured->bare, checks[i]);

        while (read_row(check))
            continue;
        sqlite3_finalize(check);
    }
}

static void verify(struct measured *measured)
{
    struct mu_verify_report report;
    struct mu_error error;

    must(mu_verify(measured->desk, NULL, NULL, &report, &error), &error, "verify");
}

static void measure(struct measured *measured, const char *what,
                    void (*ours)(struct measured *measured),
                    void (*bare)(struct measured *measured), size_t rounds)
{
    double *mine = need(rounds, sizeof *mine), *probe = need(rounds, sizeof *probe);
    double *ratio = need(rounds, sizeof *ratio);

    for (size_t i = 0; i < rounds; i++) {
        double start = microseconds(), middle;

        bare(measured);
        middle = microseconds();
        ours(measured);
        mine[i] = microseconds() - middle;
        probe[i] = middle - start;
        ratio[i] = mine[i] / probe[i];
    }
    printf("%s\t%zu\t%lld\t%.0f\t%.0f\t%.2f\n", what, measured->members,
           (long long)measured->entries, quantile(mine, rounds, 0.5), quantile(probe, rounds, 0.5),
           quantile(ratio, rounds, 0.5));
    free(mine);
    free(probe);
    free(ratio);
}

int main(int argc, char **argv)
{
    struct measured measured = {0};
    char now[NOW_SIZE];
    size_t walks, wholes;

    if (argc != 4)
        die("usage: bench_verify HOME WALKS WHOLES");
    walks = number(argv[2]);
    wholes = number(argv[3]);
    measured.bare = open_bare(argv[1], now);
    measured.desk = open_desk(argv[1], now);
    measure(&measured, "walk", walk_alone, floor_of_walk, walks);
    if (mu_crew_processors() > 1)
        measure(&measured, "walk", walk_together, floor_of_walk, walks);
    measure(&measured, "verify", verify, floor_of_verify, wholes);
    mu_desk_free(&measured.desk);
    sqlite3_close(measured.bare);
    return 0;
}
