/* bench_lookup HOME ROUNDS REPEATS QUERY...
 *
 * Finds people as the desk does, and reads the same hits by a bare range read over the same keys
 * with the same columns, in turn. A line per query: query, hits, median and 99th percentile of ours
 * and of the probe in microseconds, and the median over the rounds of the ratio of medians. */
#include "measure.h"
#include "recorder.h"

#include "desk/desk_internal.h"
#include "store/register_store.h"
#include "store/search_word.h"

#include <mulin/desk/find.h>
#include <mulin/desk/register.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { HITS = 50, LAST_RUNE_SIZE = 5, FORMS = 4 };

static struct mu_desk *desk;
static sqlite3 *probe;
static sqlite3_stmt *range_read, *exact_read;
static volatile size_t sink; /* what was read counts, or a compiler might not read it */

/* A range that the query stands for and that somebody is in. */
struct range {
    char from[MU_SEARCH_TOKEN_SIZE], to[MU_SEARCH_TOKEN_SIZE + LAST_RUNE_SIZE];
    bool exact;
};

static bool take(void *context, const struct mu_resident *resident)
{
    size_t *hits = context;

    ++*hits;
    sink += strlen(resident->name) + strlen(resident->phone) + strlen(resident->id_number);
    return true;
}

static size_t ours(const char *query)
{
    struct mu_error error;
    size_t hits = 0;

    must(mu_find_residents(desk, query, HITS, take, &hits, &error), &error, query);
    return hits;
}

static size_t read_range(const struct range *range, size_t limit)
{
    sqlite3_stmt *statement = range->exact ? exact_read : range_read;
    int columns = sqlite3_column_count(statement);
    size_t hits = 0;

    sqlite3_bind_text(statement, 1, range->from, -1, SQLITE_STATIC);
    sqlite3_bind_text(statement, 2, range->to, -1, SQLITE_STATIC);
    sqlite3_bind_int64(statement, 3, (sqlite3_int64)limit);
    while (sqlite3_step(statement) == SQLITE_ROW) {
        for (int column = 0; column < columns; column++) {
            const unsigned char *text = sqlite3_column_text(statement, column);

            sink += text ? *text : 0;
        }
        hits++;
    }
    if (sqlite3_reset(statement) != SQLITE_OK)
        die("probe: %s", sqlite3_errmsg(probe));
    return hits;
}

static size_t bare(const struct range *ranges, size_t count)
{
    size_t hits = 0;

    for (size_t i = 0; i < count && hits < HITS; i++)
        hits += read_range(&ranges[i], HITS - hits);
    return hits;
}

/* Only the ranges with hits: the probe knows beforehand where people stand. */
static size_t find_ranges(const char *query, struct range *out)
{
    struct mu_search_word word;
    struct mu_error error;
    size_t count = 0;

    must(mu_search_word(desk->db, query, NULL, &word, &error), &error, query);
    for (size_t i = 0; i < word.count && i < FORMS; i++) {
        struct range *range = &out[count];

        range->exact = word.form[i].exact;
        memcpy(range->from, word.form[i].prefix, sizeof range->from);
        snprintf(range->to, sizeof range->to, "%s\xF4\x8F\xBF\xBF", range->from);
        if (read_range(range, 1))
            count++;
    }
    return count;
}

static void open_probe(const char *path, const struct recording *opening)
{
#define READ                                                                                       \
    "SELECT " MU_RESIDENT_COLUMNS " FROM search_key k JOIN resident r"                             \
    " ON r.resident_id = k.resident_id LEFT JOIN household h ON h.household_id = r.household_id"   \
    " LEFT JOIN place p ON p.place_id = h.place_id"
    probe = probe_open(path, opening);
    range_read = probe_prepare(probe, READ " WHERE k.token >= ?1 AND k.token < ?2"
                                           " ORDER BY k.token, k.resident_id LIMIT ?3");
    exact_read = probe_prepare(probe, READ " WHERE k.token = ?1 ORDER BY k.resident_id LIMIT ?3");
}

static double time_ours(const char *query)
{
    double start = microseconds();

    ours(query);
    return microseconds() - start;
}

static double time_bare(const struct range *ranges, size_t count)
{
    double start = microseconds();

    bare(ranges, count);
    return microseconds() - start;
}

static void measure(const char *query, size_t rounds, size_t repeats)
{
    struct range ranges[FORMS];
    size_t count = find_ranges(query, ranges);
    size_t hits = ours(query), probe_hits = bare(ranges, count);
    double *ours_all = need(rounds * repeats, sizeof *ours_all);
    double *bare_all = need(rounds * repeats, sizeof *bare_all);
    double *ratios = need(rounds, sizeof *ratios);

    if (hits == 0 || hits > probe_hits)
        die("%s: %zu found, %zu by the probe", query, hits, probe_hits);
    for (size_t round = 0; round < rounds; round++) {
        double *ours_times = ours_all + round * repeats, *bare_times = bare_all + round * repeats;

        for (size_t i = 0; i < repeats; i++) {
            if (i % 2)
                bare_times[i] = time_bare(ranges, count);
            ours_times[i] = time_ours(query);
            if (i % 2 == 0)
                bare_times[i] = time_bare(ranges, count);
        }
        ratios[round] = quantile(ours_times, repeats, 0.5) / quantile(bare_times, repeats, 0.5);
    }
    printf("%s\t%zu\t%.1f\t%.1f\t%.1f\t%.1f\t%.3f\n", query, hits,
           quantile(ours_all, rounds * repeats, 0.5), quantile(ours_all, rounds * repeats, 0.99),
           quantile(bare_all, rounds * repeats, 0.5), quantile(bare_all, rounds * repeats, 0.99),
           quantile(ratios, rounds, 0.5));
    free(ours_all);
    free(bare_all);
    free(ratios);
}

int main(int count, char **arguments)
{
    struct recording opening = {0};
    char path[4096];

    if (count < 5)
        die("usage: bench_lookup HOME ROUNDS REPEATS QUERY...");
    recorder_install();
    recorder_listen(&opening);
    desk = open_desk(arguments[1], NULL);
    recorder_listen(NULL);
    snprintf(path, sizeof path, "%s/mulin.db", arguments[1]);
    open_probe(path, &opening);
    for (int i = 4; i < count; i++)
        measure(arguments[i], number(arguments[2]), number(arguments[3]));
    probe_close(probe);
    recording_clear(&opening);
    mu_desk_free(&desk);
    return 0;
}
