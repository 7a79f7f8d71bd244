/* Whoever opens mulin.db with another program and changes one thing of the money or of the trail is
 * found: every column of every such table, every row that goes or changes places, and the bits that
 * rot on the disk. */
#include "unit/home.h"

#include <mulin/desk/closing.h>
#include <mulin/desk/demo.h>
#include <mulin/desk/operators.h>

#include <fcntl.h>
#include <sodium.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    FLIPS = 300,
    ROWS = 3,
    TABLES = 16,
    COLUMNS = 32,
    SQL_SIZE = 16384,
    ROW_SIZE = 256,
    NAME_SIZE = 64
};

/* Money and trail: a new table whose name begins so is covered without anybody's help. */
#define GUARDED                                                                                    \
    "(name LIKE 'ledger%' OR name LIKE 'audit%' OR name LIKE 'meal%' OR name LIKE 'rule%')"

struct copy {
    unsigned char *bytes;
    size_t size;
};

struct table {
    char name[NAME_SIZE];
    char column[COLUMNS][NAME_SIZE];
    bool key[COLUMNS];
    size_t columns;
};

struct story {
    struct home *home;
    struct copy sound;
    struct mu_printed_head heads[2];
    struct table table[TABLES];
    size_t tables;
};

static struct copy read_file(const char *path)
{
    struct stat about;
    struct copy copy;
    int file = open(path, O_RDONLY | O_CLOEXEC);

    assert_true(file >= 0);
    assert_int_equal(fstat(file, &about), 0);
    copy.size = (size_t)about.st_size;
    copy.bytes = malloc(copy.size);
    assert_non_null(copy.bytes);
    assert_int_equal(read(file, copy.bytes, copy.size), about.st_size);
    close(file);
    return copy;
}

static void write_file(const char *path, const struct copy *copy)
{
    int file = open(path, O_WRONLY | O_CLOEXEC); /* ext4 waits for the disk after O_TRUNC */

    assert_true(file >= 0);
    assert_int_equal(write(file, copy->bytes, copy->size), (ssize_t)copy->size);
    assert_int_equal(ftruncate(file, (off_t)copy->size), 0);
    close(file);
}

static sqlite3 *open_raw(const struct home *home)
{
    sqlite3 *raw;

    assert_int_equal(sqlite3_open(home->path, &raw), SQLITE_OK);
    sqlite3_exec(raw, "PRAGMA synchronous = OFF; PRAGMA ignore_check_constraints = ON", NULL, NULL,
                 NULL);
    return raw;
}

static void serve(struct mu_desk *desk, int64_t id, const char *occupation, const char *note)
{
    const struct mu_meal_request request = {
        .resident_id = id, .occupation = occupation, .note = note};
    struct mu_meal_answer answer;

    assert_int_equal(mu_serve_meal(desk, &request, &answer, NULL), MU_OK);
}

static void count_the_cash(struct mu_desk *desk)
{
    const struct mu_closing_request request = {.date = mu_desk_now(desk).date,
                                               .session = "lunch",
                                               .counted = {1500},
                                               .notes = "1000:1 500:1",
                                               .reason = "多给一角找零",
                                               .second_name = "王芳",
                                               .second_password = "2468"};

    assert_int_equal(mu_add_operator(desk, "王芳", MU_ROLE_DESK, NULL, NULL), MU_OK);
    assert_int_equal(mu_set_password(desk, "王芳", "2468", NULL), MU_OK);
    assert_int_equal(mu_close_session(desk, &request, NULL, NULL), MU_OK);
}

/* Meals of all kinds, one of them voided, a closing, and a second rule book. */
static void a_day(struct home *home)
{
    static const char more[] = "# 第二版\n";
    char *book = NULL, *second;
    struct mu_rules_faults faults = {0};
    int version;

    for (int i = 0; i < 3; i++)
        serve(home->desk,
              home_add(home->desk, "name", "张金凤", "birth_date", i ? "1940-01-02" : "2000-01-02",
                       "phone", "13800138001", NULL),
              NULL, i == 1 ? "打包" : NULL);
    serve(home->desk, 0, "外卖员", NULL);
    assert_int_equal(mu_void_meal(home->desk, 2, "认错了人", NULL, NULL), MU_OK);
    count_the_cash(home->desk);
    assert_int_equal(mu_desk_rules_text(home->desk, &book, NULL), MU_OK);
    second = malloc(strlen(book) + sizeof more);
    assert_non_null(second);
    sprintf(second, "%s%s", book, more);
    assert_int_equal(mu_desk_adopt_rules(home->desk, second, strlen(second),
                                         (struct mu_date){2026, 12, 1}, &faults, &version, NULL),
                     MU_OK);
    mu_rules_faults_clear(&faults);
    free(second);
    free(book);
}

static void keep_heads(struct story *story, const struct mu_verify_report *report)
{
    char head[MU_HEAD_SIZE];

    mu_head_print(MU_CHAIN_LEDGER, report->entries, report->head, head);
    assert_int_equal(mu_head_read(head, &story->heads[0]), MU_HEAD_READ);
    mu_head_print(MU_CHAIN_AUDIT, report->audit_entries, report->audit_head, head);
    assert_int_equal(mu_head_read(head, &story->heads[1]), MU_HEAD_READ);
}

static sqlite3_stmt *prepare(sqlite3 *raw, const char *sql)
{
    sqlite3_stmt *statement;

    if (sqlite3_prepare_v2(raw, sql, -1, &statement, NULL) != SQLITE_OK)
        fail_msg("%s: %s", sql, sqlite3_errmsg(raw));
    return statement;
}

static void read_schema(struct story *story, sqlite3 *raw)
{
    sqlite3_stmt *names =
        prepare(raw, "SELECT name FROM sqlite_schema WHERE type = 'table' AND " GUARDED);

    while (sqlite3_step(names) == SQLITE_ROW) {
        struct table *table = &story->table[story->tables++];
        char sql[2 * NAME_SIZE];
        sqlite3_stmt *columns;

        assert_true(story->tables < TABLES);
        snprintf(table->name, NAME_SIZE, "%s", (const char *)sqlite3_column_text(names, 0));
        snprintf(sql, sizeof sql, "PRAGMA table_info(%s)", table->name);
        columns = prepare(raw, sql);
        for (; sqlite3_step(columns) == SQLITE_ROW; table->columns++) {
            assert_true(table->columns < COLUMNS);
            snprintf(table->column[table->columns], NAME_SIZE, "%s",
                     (const char *)sqlite3_column_text(columns, 1));
            table->key[table->columns] = sqlite3_column_int(columns, 5) > 0;
        }
        sqlite3_finalize(columns);
    }
    sqlite3_finalize(names);
}

static int begin(void **state, void (*work)(struct home *home))
{
    struct story *story = calloc(1, sizeof *story);
    struct mu_verify_report report;
    void *home;
    sqlite3 *raw;

    assert_non_null(story);
    assert_int_equal(home_setup(&home), 0);
    story->home = home;
    work(story->home);
    assert_int_equal(mu_verify(story->home->desk, NULL, NULL, &report, NULL), MU_OK);
    keep_heads(story, &report);
    mu_desk_free(&story->home->desk);
    raw = open_raw(story->home);
    read_schema(story, raw);
    sqlite3_close(raw);
    story->sound = read_file(story->home->path);
    *state = story;
    return 0;
}

static int a_day_at_the_desk(void **state)
{
    return begin(state, a_day);
}

static int end(void **state)
{
    struct story *story = *state;
    void *home = story->home;

    free(story->sound.bytes);
    assert_int_equal(home_teardown(&home), 0);
    free(story);
    return 0;
}

/* Whether the home as it lies there is called sound, with the heads from paper at hand. */
static bool found(struct story *story)
{
    const struct mu_desk_options options = {
        .home = story->home->folder, .system_user = "keeper", .fixed_now = HOME_NOW};
    struct mu_desk *desk = NULL;
    struct mu_verify_report report;
    struct mu_error error;
    bool sound = mu_desk_open(&options, &desk, &error) == MU_OK &&
                 mu_verify(desk, NULL, NULL, &report, &error) == MU_OK &&
                 mu_compare_heads(desk, &report, story->heads, 2, &error) == MU_OK;

    mu_desk_free(&desk);
    return !sound;
}

/* Runs the statements on the sound file without its triggers. False when they changed
 * nothing, a UNIQUE being in the way. */
static bool bend(struct story *story, const char *sql)
{
    sqlite3 *raw;
    int before;
    bool changed;

    write_file(story->home->path, &story->sound);
    raw = open_raw(story->home);
    assert_int_equal(sqlite3_db_config(raw, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL), SQLITE_OK);
    before = sqlite3_total_changes(raw);
    changed = sqlite3_exec(raw, sql, NULL, NULL, NULL) == SQLITE_OK &&
              sqlite3_total_changes(raw) > before;
    sqlite3_close(raw);
    return changed;
}

/* "entry_id = 2 AND line = 1" for each of the first rows; returns how many. */
static size_t list_rows(struct story *story, const struct table *table, char (*rows)[ROW_SIZE])
{
    char keys[512] = "''", sql[1024];
    size_t count = 0;
    sqlite3_stmt *statement;
    sqlite3 *raw;

    for (size_t i = 0; i < table->columns; i++)
        if (table->key[i]) {
            size_t used = strlen(keys);

            snprintf(keys + used, sizeof keys - used, " || '%s%s = ' || quote(%s)",
                     used > 2 ? " AND " : "", table->column[i], table->column[i]);
        }
    snprintf(sql, sizeof sql, "SELECT %s FROM %s LIMIT %d", keys, table->name, ROWS);
    write_file(story->home->path, &story->sound);
    raw = open_raw(story->home);
    statement = prepare(raw, sql);
    while (sqlite3_step(statement) == SQLITE_ROW)
        snprintf(rows[count++], ROW_SIZE, "%s", (const char *)sqlite3_column_text(statement, 0));
    sqlite3_finalize(statement);
    sqlite3_close(raw);
    return count;
}

/* A value beside the one that stands there. */
static void nudge(char *sql, const char *table, const char *column, const char *row)
{
    snprintf(sql, SQL_SIZE,
             "UPDATE OR IGNORE %s SET %s = CASE typeof(%s) WHEN 'integer' THEN %s + 1"
             " WHEN 'text' THEN %s || 'x' WHEN 'blob' THEN zeroblob(32) ELSE 1 END WHERE %s",
             table, column, column, column, column, row);
}

/* And one far off. */
static void leap(char *sql, const char *table, const char *column, const char *row)
{
    snprintf(sql, SQL_SIZE,
             "UPDATE OR IGNORE %s SET %s = CASE typeof(%s) WHEN 'integer' THEN %s + 4294967296"
             " WHEN 'text' THEN CAST(%s || char(0) || 'x' AS TEXT)"
             " WHEN 'blob' THEN substr(%s, 2) ELSE 0 END WHERE %s",
             table, column, column, column, column, column, row);
}

/* What stands in another row: it breaks no rule of its own. */
static void borrow(char *sql, const char *table, const char *column, const char *row)
{
    char other[512];

    snprintf(other, sizeof other,
             "(SELECT s.%s FROM %s s WHERE s.%s IS NOT NULL ORDER BY 1 DESC LIMIT 1)", column,
             table, column);
    snprintf(sql, SQL_SIZE, "UPDATE OR IGNORE %s SET %s = %s WHERE %s AND %s IS NOT %s", table,
             column, other, row, column, other);
}

static void every_column_is_guarded(void **state)
{
    enum { KINDS = 3 };
    static void (*const alter[KINDS])(char *, const char *, const char *,
                                      const char *) = {nudge, leap, borrow};
    struct story *story = *state;
    char rows[ROWS][ROW_SIZE], sql[SQL_SIZE];
    size_t tried = 0, columns = 0;

    for (size_t i = 0; i < story->tables; i++) {
        const struct table *table = &story->table[i];
        size_t count = list_rows(story, table, rows);

        for (size_t c = 0; c < table->columns; c++, columns++) {
            size_t altered = 0;

            for (size_t r = 0; r < KINDS * count; r++) {
                alter[r % KINDS](sql, table->name, table->column[c], rows[r / KINDS]);
                if (!bend(story, sql))
                    continue;
                altered++;
                if (!found(story))
                    fail_msg("nobody noticed: %s", sql);
            }
            if (altered == 0)
                fail_msg("%s.%s: nothing could be altered", table->name, table->column[c]);
            tried += altered;
        }
    }
    print_message("%zu columns of %zu tables, %zu alterations: all found\n", columns, story->tables,
                  tried);
}

static void is_found(struct story *story, const char *sql)
{
    if (!bend(story, sql))
        fail_msg("this changes nothing: %s", sql);
    if (!found(story))
        fail_msg("nobody noticed: %s", sql);
}

static size_t key_columns(const struct table *table)
{
    size_t count = 0;

    for (size_t i = 0; i < table->columns; i++)
        count += table->key[i];
    return count;
}

static void a_row_that_goes_is_missed(void **state)
{
    struct story *story = *state;
    char rows[ROWS][ROW_SIZE], sql[SQL_SIZE];
    size_t deleted = 0;

    for (size_t i = 0; i < story->tables; i++) {
        size_t count = list_rows(story, &story->table[i], rows);

        for (size_t r = 0; r < count; r++, deleted++) {
            snprintf(sql, sizeof sql, "DELETE FROM %s WHERE %s", story->table[i].name, rows[r]);
            is_found(story, sql);
        }
    }
    print_message("%zu rows deleted: all found\n", deleted);
}

/* The first row takes the number of each other one, and that one its. */
static void rows_do_not_change_places(void **state)
{
    static const char *const postings[] = {
        "UPDATE ledger_posting SET line = -1 WHERE entry_id = 1 AND line = 1;"
        "UPDATE ledger_posting SET line = 1 WHERE entry_id = 1 AND line = 2;"
        "UPDATE ledger_posting SET line = 2 WHERE entry_id = 1 AND line = -1",
        "UPDATE ledger_posting SET entry_id = -1 WHERE entry_id = 1;"
        "UPDATE ledger_posting SET entry_id = 1 WHERE entry_id = 3;"
        "UPDATE ledger_posting SET entry_id = 3 WHERE entry_id = -1",
    };
    struct story *story = *state;
    char rows[ROWS][ROW_SIZE], sql[SQL_SIZE];
    size_t swapped = 0;

    for (size_t i = 0; i < story->tables; i++) {
        const struct table *table = &story->table[i];
        size_t count = list_rows(story, table, rows);

        if (key_columns(table) > 1) {
            assert_string_equal(table->name, "ledger_posting");
            continue;
        }
        for (size_t r = 1; r < count; r++, swapped++) {
            const char *name = table->name, *key = table->column[0];

            assert_true(table->key[0]);
            snprintf(sql, sizeof sql,
                     "UPDATE %s SET %s = -1 WHERE %s; UPDATE %s SET %s WHERE %s;"
                     " UPDATE %s SET %s WHERE %s = -1",
                     name, key, rows[0], name, rows[0], rows[r], name, rows[r], key);
            is_found(story, sql);
        }
    }
    for (size_t i = 0; i < sizeof postings / sizeof *postings; i++, swapped++)
        is_found(story, postings[i]);
    print_message("%zu rows swapped: all found\n", swapped);
}

/* What money and trail say, as another program reads it; the same for the same rows only. */
static void digest(struct story *story, unsigned char out[MU_HASH_SIZE])
{
    crypto_generichash_state state;
    sqlite3 *raw = open_raw(story->home);

    crypto_generichash_init(&state, NULL, 0, MU_HASH_SIZE);
    for (size_t i = 0; i < story->tables; i++) {
        sqlite3_stmt *statement = NULL;
        char sql[2 * NAME_SIZE];
        int code;

        snprintf(sql, sizeof sql, "SELECT * FROM %.*s", NAME_SIZE, story->table[i].name);
        code = sqlite3_prepare_v2(raw, sql, -1, &statement, NULL);
        while (code == SQLITE_OK && (code = sqlite3_step(statement)) == SQLITE_ROW) {
            for (int c = 0; c < sqlite3_column_count(statement); c++) {
                int type = sqlite3_column_type(statement, c);

                crypto_generichash_update(&state, (const unsigned char *)&type, sizeof type);
                if (type != SQLITE_NULL)
                    crypto_generichash_update(&state, sqlite3_column_blob(statement, c),
                                              (unsigned)sqlite3_column_bytes(statement, c));
            }
            code = SQLITE_OK;
        }
        crypto_generichash_update(&state, (const unsigned char *)&code, sizeof code);
        sqlite3_finalize(statement);
    }
    sqlite3_close(raw);
    crypto_generichash_final(&state, out, MU_HASH_SIZE);
}

static void a_demo(struct home *home)
{
    assert_int_equal(mu_fill_demo(home->desk, "yunluwan", 200, NULL), MU_OK);
    a_day(home);
}

static int a_community(void **state)
{
    return begin(state, a_demo);
}

/* splitmix64 */
static uint64_t next_random(uint64_t *state)
{
    uint64_t z = (*state += 0x9e3779b97f4a7c15U);

    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9U;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebU;
    return z ^ (z >> 31);
}

static size_t two_bytes(const unsigned char *at)
{
    return (size_t)at[0] << 8 | at[1];
}

/* Between the cells of a page, where nothing is stored (sqlite.org/fileformat2.html). */
static bool unused(const struct copy *file, size_t offset)
{
    size_t size = two_bytes(file->bytes + 16), page = offset / size, at = offset % size;
    const unsigned char *start = file->bytes + page * size, *head = start + (page == 0 ? 100 : 0);
    bool leaf = *head == 10 || *head == 13;
    size_t cells, block;

    if (!leaf && *head != 2 && *head != 5)
        return false;
    cells = (size_t)(head - start) + (leaf ? 8 : 12) + 2 * two_bytes(head + 3);
    if (at >= cells && at < two_bytes(head + 5))
        return true;
    for (block = two_bytes(head + 1); block; block = two_bytes(start + block))
        if (at >= block + 4 && at < block + two_bytes(start + block + 2))
            return true;
    return false;
}

static void bits_that_rot_are_noticed(void **state)
{
    struct story *story = *state;
    const char *wanted = getenv("MULIN_TEST_SEED");
    unsigned long long seed = wanted ? strtoull(wanted, NULL, 10) : 20261122U;
    uint64_t random = seed;
    unsigned char before[MU_HASH_SIZE], after[MU_HASH_SIZE];
    int noticed = 0, money = 0, nothing = 0;

    write_file(story->home->path, &story->sound);
    digest(story, before);
    for (int flips = 0; flips < FLIPS;) {
        uint64_t bit = next_random(&random) % (story->sound.size * 8);
        unsigned char *byte = &story->sound.bytes[bit / 8], mask = (unsigned char)(1U << (bit % 8));
        bool seen, ours, empty = unused(&story->sound, bit / 8);

        *byte ^= mask;
        write_file(story->home->path, &story->sound);
        digest(story, after);
        ours = memcmp(before, after, sizeof before) != 0;
        write_file(story->home->path, &story->sound);
        seen = !empty && found(story);
        *byte ^= mask;
        if (ours && !seen)
            fail_msg("seed %llu: bit %llu changes money or trail, and nobody noticed", seed,
                     (unsigned long long)bit);
        flips += !empty;
        nothing += empty;
        noticed += seen;
        money += ours;
    }
    print_message("seed %llu: %d of %d flips found, all %d of them in money and trail;"
                  " %d more hit nothing that is stored\n",
                  seed, noticed, FLIPS, money, nothing);
    assert_true(noticed * 10 >= FLIPS * 9);
    assert_true(money > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_column_is_guarded, a_day_at_the_desk, end),
        cmocka_unit_test_setup_teardown(a_row_that_goes_is_missed, a_day_at_the_desk, end),
        cmocka_unit_test_setup_teardown(rows_do_not_change_places, a_day_at_the_desk, end),
        cmocka_unit_test_setup_teardown(bits_that_rot_are_noticed, a_community, end),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
