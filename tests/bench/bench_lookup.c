/* bench_lookup HOME first|whole ROUNDS REPEATS QUERY...
 *
 * Finds people as the box does that finds everything, the first hits that a key shows or the whole
 * page that follows where they are not all, and reads the same hits by a bare range read
 * over the same keys with the same columns, in turn. Of two words the probe reads the range of the
 * second one with those of the first as a condition. Where a word is a tag, the probe is one
 * statement that knows beforehand that it is, and that the other word is a building. A line per
 * query: query, hits, median and 99th percentile of ours and of the probe in microseconds, and the
 * median over the rounds of the ratio of medians. */
#include "measure.h"
#include "recorder.h"

#include "desk/desk_internal.h"
#include "store/register_store.h"
#include "store/search_read.h"
#include "store/search_word.h"
#include "store/tag_store.h"

#include <mulin/desk/find.h>

#include <mulin/base/text.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { HITS = 50, LAST_RUNE_SIZE = 5, FORMS = 6 };

static struct mu_desk *desk;
static enum mu_find_effort effort;
static sqlite3 *probe;
static sqlite3_stmt *range_read, *exact_read, *home_read, *both_read;
static sqlite3_stmt *tag_read, *alone_read, *tagged_read, *living_alone_read;
static volatile size_t sink; /* what was read counts, or a compiler might not read it */

/* A range that the query stands for and that somebody is in. */
struct range {
    char from[MU_SEARCH_TOKEN_SIZE], to[MU_SEARCH_TOKEN_SIZE + LAST_RUNE_SIZE];
    bool exact;
    bool homes; /* of households' numbers, not of people's keys */
};

/* What a query asks besides keys: the statement that reads it, and its tag. */
struct asked {
    sqlite3_stmt *statement; /* NULL: keys only */
    struct mu_tag_question tag;
    struct range building;
    /* Of two words that are keys: the ranges of the rarer one are the ranges, these are the
     * other's. */
    struct range other[FORMS];
    size_t others;
};

static bool take(void *context, const struct mu_finding *finding)
{
    const struct mu_resident *resident = &finding->resident;
    size_t *hits = context;

    ++*hits;
    sink += strlen(resident->name) + strlen(resident->phone) + strlen(resident->id_number);
    return true;
}

static size_t ours(const char *query, bool *cut)
{
    const struct mu_find_request request = {.query = query, .limit = HITS, .effort = effort};
    struct mu_error error;
    size_t hits = 0;

    must(mu_find(desk, &request, take, &hits, cut, &error), &error, query);
    return hits;
}

/* As its type is: nothing is made into text that is none. What is sealed stays untouched, as ours
 * leaves it. */
static void read_value(sqlite3_stmt *statement, int column)
{
    const unsigned char *text;

    switch (sqlite3_column_type(statement, column)) {
    case SQLITE_INTEGER:
        sink += (size_t)sqlite3_column_int64(statement, column);
        break;
    case SQLITE_TEXT:
        text = sqlite3_column_text(statement, column);
        sink += text ? *text : 0;
        break;
    default:
        break;
    }
}

static size_t read_rows(sqlite3_stmt *statement)
{
    int columns = sqlite3_column_count(statement);
    size_t hits = 0;

    while (sqlite3_step(statement) == SQLITE_ROW) {
        for (int column = 0; column < columns; column++)
            read_value(statement, column);
        hits++;
    }
    if (sqlite3_reset(statement) != SQLITE_OK)
        die("probe: %s", sqlite3_errmsg(probe));
    return hits;
}

static void bind_range(sqlite3_stmt *statement, const struct range *range)
{
    sqlite3_bind_text(statement, 1, range->from, -1, SQLITE_STATIC);
    sqlite3_bind_text(statement, 2, range->to, -1, SQLITE_STATIC);
}

static size_t read_range(const struct range *range, size_t limit)
{
    sqlite3_stmt *statement = range->homes ? home_read : range->exact ? exact_read : range_read;

    bind_range(statement, range);
    sqlite3_bind_int64(statement, 3, (sqlite3_int64)limit);
    return read_rows(statement);
}

static size_t read_tag(const struct asked *asked)
{
    char born[MU_DATE_SIZE], today[MU_DATE_SIZE];

    if (*asked->building.from)
        bind_range(asked->statement, &asked->building);
    sqlite3_bind_int64(asked->statement, 3, HITS);
    if (asked->tag.asked == MU_ASKED_WORD) {
        mu_date_format(mu_desk_now(desk).date, today);
        sqlite3_bind_text(asked->statement, 4, asked->tag.word, -1, SQLITE_STATIC);
        sqlite3_bind_text(asked->statement, 5, today, -1, SQLITE_TRANSIENT);
    } else {
        mu_date_format(asked->tag.born_until, born);
        sqlite3_bind_text(asked->statement, 9, born, -1, SQLITE_TRANSIENT);
    }
    return read_rows(asked->statement);
}

/* Everybody in a range who is in one of two others, too: SQLite gathers those. */
static size_t read_both(const struct range *range, const struct asked *asked, size_t limit)
{
    bind_range(both_read, range);
    sqlite3_bind_int64(both_read, 3, (sqlite3_int64)limit);
    for (int i = 0; i < 2; i++) {
        const struct range *other = &asked->other[i < (int)asked->others ? i : 0];
        bool twice = i >= (int)asked->others;

        sqlite3_bind_text(both_read, 4 + 2 * i, twice ? "" : other->from, -1, SQLITE_STATIC);
        sqlite3_bind_text(both_read, 5 + 2 * i, twice ? "" : other->to, -1, SQLITE_STATIC);
    }
    return read_rows(both_read);
}

static size_t bare(const struct asked *asked, const struct range *ranges, size_t count)
{
    size_t hits = 0;

    if (asked->statement)
        return read_tag(asked);
    if (asked->others) {
        for (size_t i = 0; i < count && hits < HITS; i++)
            hits += read_both(&ranges[i], asked, HITS - hits);
        return hits;
    }
    for (size_t i = 0; i < count && hits < HITS; i++)
        hits += read_range(&ranges[i], HITS - hits);
    return hits;
}

static void set_range(struct range *range, const char *prefix, bool exact)
{
    range->exact = exact;
    range->homes = false;
    mu_text_copy(range->from, sizeof range->from, prefix);
    snprintf(range->to, sizeof range->to, "%s\xF4\x8F\xBF\xBF", range->from);
}

static void read_word(const char *text, struct mu_search_word *word)
{
    const struct mu_rules *rules;
    struct mu_search_scope scope;
    struct mu_error error;

    must(mu_desk_rules(desk, &rules, NULL, &error), &error, text);
    scope = (struct mu_search_scope){&rules->people, mu_desk_now(desk).date};
    must(mu_search_word(desk->db, text, &scope, word, &error), &error, text);
    must(mu_search_word_tags(desk->db, &scope, word, &error), &error, text);
}

/* Only the ranges with hits: the probe knows beforehand where people stand. */
static size_t find_ranges(const char *query, struct range *out)
{
    struct mu_search_word word;
    size_t count = 0;

    read_word(query, &word);
    for (size_t i = 0; i < word.count; i++) {
        set_range(&out[count], word.form[i].prefix, word.form[i].exact);
        if (read_range(&out[count], 1))
            count++;
    }
    if (*word.past) {
        set_range(&out[count], word.past, false);
        if (read_range(&out[count], 1))
            count++;
    }
    /* A household is told of by the people who live there. */
    if (*word.household && !word.begins) {
        out[count] = (struct range){.exact = true, .homes = true};
        mu_text_copy(out[count].from, sizeof out->from, word.household);
        if (read_range(&out[count], 1))
            count++;
    }
    return count;
}

/* A tag, alone or with a building behind it, or two words that are keys, of which the second one is
 * the rarer. */
static void find_asked(const char *query, struct asked *out)
{
    char first[MU_TAGS_SIZE];
    const char *second = strchr(query, ' ');
    struct mu_search_word word;

    *out = (struct asked){.statement = NULL};
    snprintf(first, sizeof first, "%.*s", (int)strcspn(query, " "), query);
    read_word(first, &word);
    if (word.tag_count == 0) {
        if (second)
            out->others = find_ranges(first, out->other);
        return;
    }
    out->tag = word.tag[0];
    if (second) {
        read_word(second + 1, &word);
        set_range(&out->building, word.form[0].prefix, false);
        out->statement = out->tag.asked == MU_ASKED_WORD ? tagged_read : living_alone_read;
    } else {
        out->statement = out->tag.asked == MU_ASKED_WORD ? tag_read : alone_read;
    }
}

static void open_probe(const char *path, const struct recording *opening)
{
#define READ                                                                                       \
    "SELECT " MU_SEARCH_SHOWN_COLUMNS " FROM search_key k JOIN resident r"                         \
    " ON r.resident_id = k.resident_id LEFT JOIN household h ON h.household_id = r.household_id"   \
    " LEFT JOIN place p ON p.place_id = h.place_id"
    probe = probe_open(path, opening);
    range_read = probe_prepare(probe, READ " WHERE k.token >= ?1 AND k.token < ?2"
                                           " ORDER BY k.token, k.resident_id LIMIT ?3");
    both_read = probe_prepare(
        probe,
        READ " WHERE k.token >= ?1 AND k.token < ?2 AND k.resident_id IN"
             " (SELECT resident_id FROM search_key WHERE token >= ?4 AND token < ?5"
             " UNION ALL SELECT resident_id FROM search_key WHERE token >= ?6 AND token < ?7)"
             " ORDER BY k.token, k.resident_id LIMIT ?3");
    exact_read = probe_prepare(probe, READ " WHERE k.token = ?1 ORDER BY k.resident_id LIMIT ?3");
    home_read = probe_prepare(
        probe, "SELECT " MU_RESIDENT_COLUMNS " FROM household h LEFT JOIN resident r"
               " ON r.household_id = h.household_id LEFT JOIN place p ON p.place_id = h.place_id"
               " WHERE h.number <> '' AND " MU_SEARCH_BARE_NUMBER " = ?1"
               " AND h.joined_into IS NULL LIMIT ?3");
#define HOMES                                                                                      \
    " LEFT JOIN household h ON h.household_id = r.household_id"                                    \
    " LEFT JOIN place p ON p.place_id = h.place_id"
#define IN_BUILDING                                                                                \
    "SELECT " MU_RESIDENT_COLUMNS " FROM search_key k CROSS JOIN resident r" HOMES                 \
    " WHERE k.token >= ?1 AND k.token < ?2 AND r.resident_id = k.resident_id AND "
#define IN_ORDER " ORDER BY k.token, k.resident_id LIMIT ?3"
#define STANDS " AND (t.until_date = '' OR t.until_date >= ?5)"
    tag_read = probe_prepare(probe, "SELECT " MU_RESIDENT_COLUMNS " FROM resident_tag t CROSS JOIN"
                                    " resident r" HOMES " WHERE t.word = ?4" STANDS
                                    " AND r.resident_id = t.resident_id"
                                    " ORDER BY t.resident_id LIMIT ?3");
    alone_read = probe_prepare(
        probe, "SELECT " MU_RESIDENT_COLUMNS " FROM resident r" HOMES
               " WHERE coalesce(r.birth_date, '') > '' AND coalesce(r.birth_date, '') <= ?9"
               " AND r.status = 1 AND r.linked_to IS NULL" MU_TAG_SQL_NOBODY_ELSE
               " ORDER BY r.resident_id LIMIT ?3");
    tagged_read = probe_prepare(probe, IN_BUILDING "EXISTS (SELECT 1 FROM resident_tag t WHERE"
                                                   " t.word = ?4 AND t.resident_id ="
                                                   " k.resident_id" STANDS ")" IN_ORDER);
    living_alone_read = probe_prepare(probe, IN_BUILDING MU_TAG_SQL_ALONE IN_ORDER);
}

static double time_ours(const char *query)
{
    double start = microseconds();
    bool cut;

    ours(query, &cut);
    return microseconds() - start;
}

static double time_bare(const struct asked *asked, const struct range *ranges, size_t count)
{
    double start = microseconds();

    bare(asked, ranges, count);
    return microseconds() - start;
}

static void measure(const char *query, size_t rounds, size_t repeats)
{
    const char *last = strrchr(query, ' ');
    struct range ranges[FORMS];
    struct asked asked;
    bool cut;
    size_t count = find_ranges(last ? last + 1 : query, ranges), hits = ours(query, &cut),
           probe_hits;
    double *ours_all = need(rounds * repeats, sizeof *ours_all);
    double *bare_all = need(rounds * repeats, sizeof *bare_all);
    double *ratios = need(rounds, sizeof *ratios);

    find_asked(query, &asked);
    probe_hits = bare(&asked, ranges, count);
    if ((hits == 0 && !cut) || hits > probe_hits)
        die("%s: %zu found, %zu by the probe", query, hits, probe_hits);
    for (size_t round = 0; round < rounds; round++) {
        double *ours_times = ours_all + round * repeats, *bare_times = bare_all + round * repeats;

        for (size_t i = 0; i < repeats; i++) {
            if (i % 2)
                bare_times[i] = time_bare(&asked, ranges, count);
            ours_times[i] = time_ours(query);
            if (i % 2 == 0)
                bare_times[i] = time_bare(&asked, ranges, count);
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

    if (count < 6)
        die("usage: bench_lookup HOME first|whole ROUNDS REPEATS QUERY...");
    effort = strcmp(arguments[2], "first") == 0 ? MU_FIND_FIRST : MU_FIND_QUICK;
    recorder_install();
    recorder_listen(&opening);
    desk = open_desk(arguments[1], NULL);
    recorder_listen(NULL);
    snprintf(path, sizeof path, "%s/mulin.db", arguments[1]);
    open_probe(path, &opening);
    for (int i = 5; i < count; i++)
        measure(arguments[i], number(arguments[3]), number(arguments[4]));
    probe_close(probe);
    recording_clear(&opening);
    mu_desk_free(&desk);
    return 0;
}
