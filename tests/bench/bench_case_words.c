/* bench_case_words HOME PLAIN CASES ROUNDS
 *
 * Fills a new home with the notes of so many mediation cases, 300 to 600 made-up characters each,
 * sealed as notes are, and takes their words in; PLAIN is a new file that gets the same notes in
 * the clear. Then searches by words of every frequency, the 20 newest cases each time: ours for a
 * person who may read all cases and for one who may read 200; and in turn, over the same words, the
 * peers: opening every note one after another until 20 are found, LIKE over the plain notes, and
 * SQLite's FTS5 trigrams over them (three characters at least). A line each, times in microseconds.
 */
#include "measure.h"

#include "desk/desk_internal.h"
#include "store/case_word_store.h"
#include "store/vault.h"

#include <mulin/base/name_key.h>
#include <mulin/base/text.h>

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum {
    CHARACTERS = 3000, /* that words are made of */
    WORDS = 60000,     /* by falling frequency, as in a language (Zipf) */
    WORD_SIZE = 3 * 4 + 1,
    NOTE_SIZE = 3 * 700,
    BATCH = 500,  /* cases in a transaction while the home is filled */
    LIMIT = 20,   /* cases that a search finds at most */
    QUERIES = 60, /* of each kind */
    SLOW = 6,     /* of those, for peers that read everything */
    OWN = 200,    /* cases of a person who may not read all */
    NOTES = 300,  /* notes that are timed one by one */
};

#define NOW "2026-11-22T11:30"

static char character[CHARACTERS][5], word[WORDS][WORD_SIZE];
static double share[WORDS];        /* that this word and those before it have of all */
static unsigned cases_with[WORDS]; /* cases that hold the word as such */
static uint64_t seed = 20261123;

static uint64_t next_number(void)
{
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return seed;
}

static double next_share(void)
{
    return (double)(next_number() >> 11) / 9007199254740992.0;
}

/* Characters that are written alike before and behind folding, as nearly all of a note are. */
static void make_characters(void)
{
    uint32_t rune = 0x4E00;
    char folded[8];

    for (size_t i = 0; i < CHARACTERS; rune += 3) {
        mu_text_encode(rune, character[i]);
        mu_name_fold(character[i], folded, sizeof folded);
        i += strcmp(character[i], folded) == 0;
    }
}

/* Few characters are in most words: squared, so that the first of them are frequent. */
static void make_words(void)
{
    double sum = 0;

    make_characters();
    for (size_t i = 0; i < WORDS; i++) {
        size_t length = i < 200 ? 1 + i % 2 : 2 + next_number() % 5 / 4 + i % 50 / 49;

        for (size_t j = 0; j < length; j++) {
            double place = next_share();

            memcpy(word[i] + 3 * j, character[(size_t)(place * place * CHARACTERS)], 4);
        }
        sum += 1.0 / (double)(i + 3);
        share[i] = sum;
    }
    for (size_t i = 0; i < WORDS; i++)
        share[i] /= sum;
}

static size_t pick_word(void)
{
    double wanted = next_share();
    size_t low = 0, high = WORDS - 1;

    while (low < high) {
        size_t middle = (low + high) / 2;

        if (share[middle] < wanted)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* `note` has NOTE_SIZE bytes. */
static void make_note(char *note, size_t characters, unsigned number)
{
    static unsigned seen[WORDS];
    size_t used = 0, sentence = 0;

    while (used < characters * 3) {
        size_t picked = pick_word(), length = strlen(word[picked]);

        memcpy(note + used, word[picked], length);
        used += length;
        if (number && seen[picked] != number)
            cases_with[picked]++;
        seen[picked] = number;
        if (++sentence % 6 == 0) {
            memcpy(note + used, sentence % 18 == 0 ? "。" : "，", 3);
            used += 3;
        }
    }
    note[used] = '\0';
}

static struct mu_seal_place place_of(int64_t case_id)
{
    return (struct mu_seal_place){"bench_note", "body", case_id};
}

static void store_note(struct mu_db *db, int64_t case_id, const char *note)
{
    struct mu_query query =
        mu_query(db, "INSERT OR REPLACE INTO bench_note (case_id, body) VALUES (?1, ?2)");
    const struct mu_seal_place place = place_of(case_id);
    unsigned char sealed[NOTE_SIZE + MU_SEAL_MORE];
    const struct mu_seal_keys *keys;
    struct mu_error error;

    must(mu_vault_keys(db, &keys, &error), &error, "keys");
    mu_seal(keys, &place, note, strlen(note), sealed);
    mu_bind_integer(&query, 1, case_id);
    mu_bind_blob(&query, 2, sealed, strlen(note) + MU_SEAL_MORE);
    must(mu_query_run(&query, &error), &error, "note");
}

static enum mu_status read_note(void *context, int64_t case_id, mu_case_text_take *take,
                                void *taker, struct mu_error *error)
{
    struct mu_query query = mu_query(context, "SELECT body FROM bench_note WHERE case_id = ?1");
    const struct mu_seal_place place = place_of(case_id);
    char note[NOTE_SIZE];

    mu_bind_integer(&query, 1, case_id);
    if (!mu_query_row(&query) || !mu_column_sealed(&query, 0, &place, note, sizeof note))
        die("a note does not open");
    take(taker, note);
    return mu_query_end(&query, error);
}

static void run(sqlite3 *db, const char *sql)
{
    char *fault = NULL;

    if (sqlite3_exec(db, sql, NULL, NULL, &fault) != SQLITE_OK)
        die("%.60s: %s", sql, fault);
}

static sqlite3_stmt *prepare(sqlite3 *db, const char *sql)
{
    sqlite3_stmt *statement = NULL;

    if (sqlite3_prepare_v2(db, sql, -1, &statement, NULL) != SQLITE_OK)
        die("%.60s: %s", sql, sqlite3_errmsg(db));
    return statement;
}

static void make_table(const char *home)
{
    char path[512];
    sqlite3 *db;

    snprintf(path, sizeof path, "%s/mulin.db", home);
    if (sqlite3_open(path, &db) != SQLITE_OK)
        die("%s: %s", path, sqlite3_errmsg(db));
    run(db, "CREATE TABLE bench_note (case_id INTEGER PRIMARY KEY, body BLOB NOT NULL) STRICT");
    sqlite3_close(db);
}

static sqlite3 *open_plain(const char *path)
{
    sqlite3 *plain;

    if (sqlite3_open(path, &plain) != SQLITE_OK)
        die("%s: %s", path, sqlite3_errmsg(plain));
    run(plain,
        "PRAGMA synchronous = OFF; PRAGMA journal_mode = OFF; PRAGMA case_sensitive_like = 1;"
        "CREATE TABLE note (case_id INTEGER PRIMARY KEY, body TEXT NOT NULL);"
        "CREATE VIRTUAL TABLE found USING fts5(body, content = 'note',"
        " content_rowid = 'case_id', tokenize = 'trigram', detail = full)");
    return plain;
}

static double size_of(const char *home)
{
    char path[512];
    struct stat about;

    snprintf(path, sizeof path, "%s/mulin.db", home);
    if (stat(path, &about) != 0)
        die("%s: not there", path);
    return (double)about.st_size;
}

static void fill(const char *home, struct mu_db *db, sqlite3 *plain, size_t cases)
{
    sqlite3_stmt *insert = prepare(plain, "INSERT INTO note VALUES (?1, ?2)");
    uint64_t begun = seed;
    struct mu_error error;
    double start, words, notes;
    char note[NOTE_SIZE];

    run(plain, "BEGIN");
    must(mu_db_begin(db, &error), &error, "begin");
    for (size_t i = 1; i <= cases; i++) {
        make_note(note, 300 + next_number() % 300, (unsigned)i);
        store_note(db, (int64_t)i, note);
        sqlite3_bind_int64(insert, 1, (int64_t)i);
        sqlite3_bind_text(insert, 2, note, -1, SQLITE_STATIC);
        if (sqlite3_step(insert) != SQLITE_DONE || sqlite3_reset(insert) != SQLITE_OK)
            die("plain note: %s", sqlite3_errmsg(plain));
    }
    must(mu_db_commit(db, &error), &error, "commit");
    run(plain, "COMMIT");
    sqlite3_finalize(insert);
    notes = size_of(home);
    seed = begun;
    words = 0;
    for (size_t i = 1; i <= cases; i++) {
        make_note(note, 300 + next_number() % 300, 0);
        start = microseconds();
        if (i % BATCH == 1)
            must(mu_db_begin(db, &error), &error, "begin");
        must(mu_case_words_add(db, (int64_t)i, note, &error), &error, "add");
        if (i % BATCH == 0 || i == cases)
            must(mu_db_commit(db, &error), &error, "commit");
        words += microseconds() - start;
    }
    printf("fill\t%zu cases\t%.1f us a case in bulk\tnotes %.0f B a case\twords %.0f B a case\n",
           cases, words / (double)cases, notes / (double)cases,
           (size_of(home) - notes) / (double)cases);
    start = microseconds();
    run(plain, "INSERT INTO found(found) VALUES ('rebuild')");
    printf("fts5\t%.1f us a case in bulk\n", (microseconds() - start) / (double)cases);
}

/* What is timed: one search; returns how many cases it found. */
struct bench {
    struct mu_db *db;
    struct mu_id_set own;
    sqlite3_stmt *like, *trigrams;
    size_t opened;
};

static size_t ours(struct bench *bench, const char *query, const struct mu_id_set *among)
{
    const struct mu_case_words_search search = {.query = query, .among = among, .limit = LIMIT};
    const struct mu_case_texts texts = {read_note, bench->db};
    struct mu_case_words_found found = {0};
    struct mu_error error;
    size_t count;

    must(mu_db_begin_read(bench->db, &error), &error, "begin");
    must(mu_case_words_find(bench->db, &search, &texts, &found, &error), &error, query);
    mu_db_end_read(bench->db);
    count = found.count;
    bench->opened = found.opened;
    mu_case_words_found_clear(&found);
    return count;
}

static size_t for_all(struct bench *bench, const char *query)
{
    return ours(bench, query, NULL);
}

static size_t for_one(struct bench *bench, const char *query)
{
    return ours(bench, query, &bench->own);
}

/* The words of a query, which it is cut up into. */
static size_t split(char *query, char *part[2])
{
    char *blank = strchr(query, ' ');

    part[0] = query;
    part[1] = blank ? blank + 1 : query;
    if (blank)
        *blank = '\0';
    return blank ? 2 : 1;
}

static size_t open_all(struct bench *bench, const char *query)
{
    struct mu_query rows =
        mu_query(bench->db, "SELECT case_id, body FROM bench_note ORDER BY case_id DESC");
    char copy[64], *part[2], note[NOTE_SIZE];
    struct mu_error error;
    size_t count = 0;

    snprintf(copy, sizeof copy, "%s", query);
    split(copy, part);
    while (count < LIMIT && mu_query_row(&rows)) {
        const struct mu_seal_place place = place_of(mu_column_integer(&rows, 0));

        if (!mu_column_sealed(&rows, 1, &place, note, sizeof note))
            die("a note does not open");
        count += strstr(note, part[0]) && strstr(note, part[1]);
    }
    must(mu_query_end(&rows, &error), &error, "open all");
    return count;
}

static size_t steps(sqlite3_stmt *statement)
{
    size_t count = 0;

    while (sqlite3_step(statement) == SQLITE_ROW)
        count++;
    sqlite3_reset(statement);
    return count;
}

static size_t by_like(struct bench *bench, const char *query)
{
    char copy[64], *part[2], pattern[2][72];

    snprintf(copy, sizeof copy, "%s", query);
    split(copy, part);
    for (int i = 0; i < 2; i++) {
        snprintf(pattern[i], sizeof pattern[i], "%%%s%%", part[i]);
        sqlite3_bind_text(bench->like, i + 1, pattern[i], -1, SQLITE_TRANSIENT);
    }
    return steps(bench->like);
}

static size_t by_trigrams(struct bench *bench, const char *query)
{
    char copy[64], *part[2], match[160];
    size_t words;

    snprintf(copy, sizeof copy, "%s", query);
    words = split(copy, part);
    snprintf(match, sizeof match, words == 2 ? "\"%s\" AND \"%s\"" : "\"%s\"", part[0], part[1]);
    sqlite3_bind_text(bench->trigrams, 1, match, -1, SQLITE_TRANSIENT);
    return steps(bench->trigrams);
}

/* Each query in turn, `rounds` times. Other work of the machine comes between: besides all times
 * together it tells the median and the longest of the queries' best ones. */
static void measure(struct bench *bench, const char *who,
                    size_t (*find)(struct bench *bench, const char *query), char query[QUERIES][64],
                    size_t queries, size_t rounds)
{
    double *times = need(queries * rounds, sizeof *times), best[QUERIES];
    size_t found = 0, opened = 0, most = 0;

    for (size_t i = 0; i < queries * rounds; i++) {
        double start = microseconds();

        bench->opened = 0;
        found += find(bench, query[i % queries]);
        times[i] = microseconds() - start;
        if (i < queries || times[i] < best[i % queries])
            best[i % queries] = times[i];
        opened += bench->opened;
        most = bench->opened > most ? bench->opened : most;
    }
    printf("\t%s\t%.0f\t%.0f\t%.0f\t%.0f\tfound %.1f, opened %.1f, at most %zu\n", who,
           quantile(times, queries * rounds, 0.5), quantile(times, queries * rounds, 0.99),
           quantile(best, queries, 0.5), quantile(best, queries, 1),
           (double)found / (double)(queries * rounds), (double)opened / (double)(queries * rounds),
           most);
    fflush(stdout);
    free(times);
}

static bool of_length(size_t index, size_t least, size_t most)
{
    size_t length = strlen(word[index]) / 3;

    return length >= least && length <= most;
}

/* Words of this length that so many cases hold as such. */
static void pick(char query[QUERIES][64], size_t least, size_t most, size_t from, size_t to)
{
    for (size_t i = 0; i < QUERIES; i++) {
        size_t tries = 0, index;

        do
            index = next_number() % WORDS;
        while ((!of_length(index, least, most) || cases_with[index] < from ||
                cases_with[index] > to) &&
               ++tries < 3000000);
        mu_text_copy(query[i], sizeof query[i], word[index]);
    }
}

/* Characters of rare words. */
static void rare_characters(char query[QUERIES][64])
{
    for (size_t i = 0; i < QUERIES; i++)
        mu_text_copy(query[i], sizeof query[i], character[CHARACTERS - 1 - i]);
}

static void pair(char query[QUERIES][64], char first[QUERIES][64], char second[QUERIES][64])
{
    for (size_t i = 0; i < QUERIES; i++)
        snprintf(query[i], sizeof query[i], "%.30s %.30s", first[i], second[(i + 7) % QUERIES]);
}

/* A frequent word twice in a row is hardly anywhere, though its pairs are in many cases. */
static void twist(char query[QUERIES][64], char first[QUERIES][64])
{
    for (size_t i = 0; i < QUERIES; i++)
        snprintf(query[i], sizeof query[i], "%.20s%.20s", first[i], first[i]);
}

static void search(struct bench *bench, const char *what, char query[QUERIES][64], size_t rounds,
                   bool trigrams)
{
    printf("%s (%s)\tmedian\tp99\tbest: median\tmax\n", what, query[0]);
    measure(bench, "ours, all cases", for_all, query, QUERIES, rounds);
    measure(bench, "ours, 200 cases", for_one, query, QUERIES, rounds);
    measure(bench, "open every note", open_all, query, SLOW, 2);
    measure(bench, "LIKE, plain", by_like, query, SLOW, 2);
    if (trigrams)
        measure(bench, "FTS5, plain", by_trigrams, query, QUERIES, rounds);
}

static void search_all(struct bench *bench, size_t cases, size_t rounds)
{
    static char rare[QUERIES][64], middle[QUERIES][64], common[QUERIES][64], two[QUERIES][64];
    static char single[QUERIES][64], longer[QUERIES][64], twisted[QUERIES][64];

    pick(rare, 2, 2, 1, cases / 5000 + 5);
    pick(middle, 2, 2, cases / 500, cases / 100);
    pick(common, 2, 2, cases / 15, cases);
    pick(longer, 3, 4, 1, cases / 500 + 5);
    pick(single, 1, 1, cases / 100, cases);
    search(bench, "rare, 2 characters", rare, rounds, false);
    search(bench, "middle, 2 characters", middle, rounds, false);
    search(bench, "common, 2 characters", common, rounds, false);
    search(bench, "rare, 3 or 4 characters", longer, rounds, true);
    search(bench, "one character, frequent", single, rounds, false);
    rare_characters(single);
    search(bench, "one character, rare", single, rounds, false);
    pair(two, common, rare);
    search(bench, "two words, common and rare", two, rounds, false);
    pair(two, middle, common);
    search(bench, "two words, middle and common", two, rounds, false);
    pair(two, middle, longer);
    search(bench, "two words, middle and long", two, rounds, false);
    twist(twisted, common);
    search(bench, "common ones out of order", twisted, rounds, true);
}

/* A note of 500 characters, in a commit of its own. */
static void save(struct mu_db *db, const char *what, int64_t first, int64_t step, size_t count,
                 bool words)
{
    double *times = need(count, sizeof *times);
    struct mu_error error;
    char note[NOTE_SIZE];

    for (size_t i = 0; i < count; i++) {
        int64_t id = first + (int64_t)i * step;
        double start;

        make_note(note, 500, 0);
        start = microseconds();
        must(mu_db_begin(db, &error), &error, "begin");
        store_note(db, id, note);
        if (words)
            must(mu_case_words_add(db, id, note, &error), &error, "add");
        must(mu_db_commit(db, &error), &error, "commit");
        times[i] = microseconds() - start;
    }
    printf("save, %s\t%.0f\t%.0f\t%.0f\n", what, quantile(times, count, 0.5),
           quantile(times, count, 0.99), quantile(times, count, 1));
    free(times);
}

int main(int argc, char **argv)
{
    struct bench bench = {0};
    struct mu_desk *desk;
    struct mu_error error;
    sqlite3 *plain;
    size_t cases, rounds;

    if (argc != 5)
        die("bench_case_words HOME PLAIN CASES ROUNDS");
    cases = number(argv[3]);
    rounds = number(argv[4]);
    make_words();
    make_table(argv[1]);
    desk = open_desk(argv[1], NOW);
    bench.db = desk->db;
    plain = open_plain(argv[2]);
    fill(argv[1], desk->db, plain, cases);
    bench.like = prepare(plain, "SELECT case_id FROM note WHERE body LIKE ?1 AND body LIKE ?2"
                                " ORDER BY case_id DESC LIMIT 20");
    bench.trigrams = prepare(plain, "SELECT rowid FROM found WHERE found MATCH ?1"
                                    " ORDER BY rowid DESC LIMIT 20");
    while (bench.own.count < OWN && bench.own.count < cases)
        if (!mu_id_set_add(&bench.own, 1 + (int64_t)(next_number() % cases)))
            die("memory");
    search_all(&bench, cases, rounds);
    printf("save a note\tmedian\tp99\tmax\n");
    save(desk->db, "without its words", (int64_t)cases + 1, 1, NOTES, false);
    save(desk->db, "with its words, a new case", (int64_t)cases + 1, 1, NOTES, true);
    save(desk->db, "with its words, a fresh case", (int64_t)cases + 1, 1, NOTES, true);
    save(desk->db, "with its words, an old case", 1, 7, NOTES / 10, true);
    save(desk->db, "with its words, a part on the way", (int64_t)cases + NOTES, 1, 1100, true);
    must(mu_db_begin(desk->db, &error), &error, "begin");
    {
        const struct mu_seal_keys *keys;
        double start;

        must(mu_vault_keys(desk->db, &keys, &error), &error, "keys");
        start = microseconds();
        must(mu_case_words_reseal(desk->db, keys, &error), &error, "reseal");
        printf("change of the key\t%.0f\n", microseconds() - start);
    }
    mu_db_rollback(desk->db);
    sqlite3_finalize(bench.like);
    sqlite3_finalize(bench.trigrams);
    sqlite3_close(plain);
    mu_id_set_clear(&bench.own);
    mu_desk_free(&desk);
    return 0;
}
