/* mulin-rules(5) in both languages: its examples go through the reader, and it names every key of
 * the schema and no other. */
#include "rules/schema.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

enum { MANUAL_SIZE = 64 * 1024, BOOK_SIZE = 8 * 1024, LINE_SIZE = 1024, SCHEMAS = 48 };

static const struct {
    const char *path;
    enum mu_language language;
} manuals[] = {
    {MULIN_TEST_DATA "/../../man/mulin-rules.5", MU_ENGLISH},
    {MULIN_TEST_DATA "/../../man/zh_CN/mulin-rules.5", MU_CHINESE},
};

static FILE *open_manual(size_t index)
{
    FILE *file = fopen(manuals[index].path, "r");

    if (!file)
        fail_msg("cannot open %s", manuals[index].path);
    return file;
}

/* The rest of a line that begins with `start`, or NULL. */
static const char *after(const char *line, const char *start)
{
    size_t length = strlen(start);

    return strncmp(line, start, length) == 0 ? line + length : NULL;
}

static bool next_line(FILE *file, char line[LINE_SIZE])
{
    if (!fgets(line, LINE_SIZE, file))
        return false;
    line[strcspn(line, "\n")] = '\0';
    return true;
}

/* An example: what the comment before it says it is, and its lines. */
struct example {
    char kind[32];
    char text[BOOK_SIZE];
};

/* Each .Bd block is announced by a comment. False at the end of the manual. */
static bool next_example(FILE *file, struct example *out)
{
    char line[LINE_SIZE];
    const char *kind;
    bool announced = false;
    size_t used = 0;

    out->text[0] = '\0';
    while (next_line(file, line)) {
        kind = after(line, ".\\\" example: ");
        if (kind) {
            snprintf(out->kind, sizeof out->kind, "%.31s", kind);
            announced = true;
        } else if (after(line, ".Bd")) {
            if (!announced)
                fail_msg("a block that nobody announces");
            while (next_line(file, line) && !after(line, ".Ed")) {
                assert_false(line[0] == '.' || strchr(line, '\\'));
                used += (size_t)snprintf(out->text + used, sizeof out->text - used, "%s\n", line);
                assert_true(used < sizeof out->text);
            }
            return true;
        }
    }
    return false;
}

/* Appends the example, each line moved to the right. */
static void indent(char *book, const char *text, int blanks)
{
    size_t used = strlen(book);

    while (*text) {
        size_t length = strcspn(text, "\n");

        used += (size_t)snprintf(book + used, BOOK_SIZE - used, "%*s%.*s\n", blanks, "",
                                 (int)length, text);
        text += length + (text[length] == '\n');
    }
}

/* The whole book that a part is a part of. */
static void complete(const struct example *example, char book[BOOK_SIZE])
{
    bool session = strcmp(example->kind, "session") == 0;
    bool tier = strcmp(example->kind, "tier") == 0;
    bool section = strcmp(example->kind, "points") == 0 || strcmp(example->kind, "mediation") == 0;
    char heading[40];

    if (strcmp(example->kind, "book") == 0 || strcmp(example->kind, "faulty") == 0) {
        snprintf(book, BOOK_SIZE, "%s", example->text);
        return;
    }
    if (!session && !tier && !section && strcmp(example->kind, "when") != 0)
        fail_msg("an example of an unknown kind: %s", example->kind);
    snprintf(book, BOOK_SIZE, "%s",
             "centre: {name: 云鹭湾, division: \"330205\"}\n"
             "canteen:\n"
             "  sessions:\n"
             "    - {id: lunch, name: 午餐, from: \"10:30\", to: \"13:00\", price: 15.00}\n");
    if (session) {
        indent(book, example->text, 4);
        return;
    }
    if (section) {
        snprintf(heading, sizeof heading, "%s:", example->kind);
        indent(book, heading, 0);
        indent(book, example->text, 2);
        return;
    }
    indent(book, "tiers:", 2);
    if (tier) {
        indent(book, example->text, 4);
        return;
    }
    indent(book, "- id: example\n  name: 例\n  off: 1\n  payer: fund\n  when:\n", 4);
    indent(book, example->text, 8);
}

/* The faults of a book as a command lists them; "" when it is good. */
static void list_faults(const char *book, enum mu_language language, char out[BOOK_SIZE])
{
    struct mu_rules_faults faults;
    struct mu_rules *rules = NULL;
    size_t used = 0;

    out[0] = '\0';
    if (mu_rules_parse(book, strlen(book), &faults, &rules, NULL) != MU_OK) {
        for (size_t i = 0; i < faults.count; i++) {
            char text[LINE_SIZE];

            mu_rules_fault_text(&faults.fault[i], "book.yaml", language, text, sizeof text);
            used += (size_t)snprintf(out + used, BOOK_SIZE - used, "%s\n", text);
        }
    }
    mu_rules_faults_clear(&faults);
    mu_rules_free(&rules);
}

static void every_example_of_the_manual_is_what_it_says(void **state)
{
    (void)state;
    for (size_t i = 0; i < 2; i++) {
        FILE *file = open_manual(i);
        struct example example;
        char book[BOOK_SIZE], faults[BOOK_SIZE] = "";
        size_t good = 0, bad = 0;

        while (next_example(file, &example)) {
            if (strcmp(example.kind, "answer") == 0) {
                assert_string_equal(faults, example.text);
                bad++;
                continue;
            }
            complete(&example, book);
            list_faults(book, manuals[i].language, faults);
            if (strcmp(example.kind, "faulty") != 0) {
                assert_string_equal(faults, "");
                good++;
            }
        }
        fclose(file);
        assert_true(good >= 6);
        assert_int_equal(bad, 1);
    }
}

/* All tables of the schema, each once. */
static size_t collect(const struct mu_schema *schema, const struct mu_schema *found[SCHEMAS],
                      size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (found[i] == schema)
            return count;
    }
    assert_true(count < SCHEMAS);
    assert_true(schema->count <= MU_SCHEMA_KEYS);
    found[count++] = schema;
    for (size_t i = 0; i < schema->count; i++) {
        if (schema->key[i].mapping)
            count = collect(schema->key[i].mapping, found, count);
    }
    return count;
}

/* The table that a .Ss heading names with its first word, or NULL. */
static const struct mu_schema *headed(const struct mu_schema *const found[SCHEMAS], size_t count,
                                      const char *heading)
{
    for (size_t i = 0; i < count; i++) {
        const char *rest = after(heading, found[i]->name);

        if (rest && (*rest == '\0' || *rest == ' '))
            return found[i];
    }
    return NULL;
}

static void the_manual_names_every_key_and_no_other(void **state)
{
    const struct mu_schema *found[SCHEMAS];
    size_t count = collect(&mu_schema_book, found, 0), keys = 0;

    (void)state;
    for (size_t i = 0; i < count; i++)
        keys += found[i]->count;
    for (size_t i = 0; i < 2; i++) {
        FILE *file = open_manual(i);
        const struct mu_schema *schema = NULL;
        char line[LINE_SIZE];
        size_t named = 0;

        while (next_line(file, line)) {
            const char *heading = after(line, ".Ss ");
            const char *key = after(line, ".It Cm ");

            if (heading || after(line, ".Sh "))
                schema = heading ? headed(found, count, heading) : NULL;
            if (!key)
                continue;
            if (!schema || !mu_schema_find(schema, key))
                fail_msg("%s names the key %s, which no table has", manuals[i].path, key);
            named++;
        }
        fclose(file);
        assert_int_equal(named, keys);
    }
}

/* The limits stand in the tables and, in words, in the manual. */
static void the_manual_tells_the_limits_of_the_tables(void **state)
{
    static const char *const keys[] = {
        "sessions",  "tiers",    "daily_quota", "tags",         "occupation",
        "any",       "duties",   "bonuses",     "ratings",      "awards",
        "forgotten", "per_hour", "all",         "void_minutes", "subsidised_per_day",
        "words",     "grades",   "repeats",     "working_days"};
    const struct mu_schema *found[SCHEMAS];
    size_t count = collect(&mu_schema_book, found, 0);

    (void)state;
    for (size_t i = 0; i < 2; i++) {
        static char manual[MANUAL_SIZE];
        FILE *file = open_manual(i);
        size_t length = fread(manual, 1, sizeof manual - 1, file);

        fclose(file);
        manual[length] = '\0';
        for (size_t k = 0; k < sizeof keys / sizeof *keys; k++) {
            const struct mu_schema_key *key = NULL;
            char item[64], maximum[32], paragraph[LINE_SIZE];
            const char *start;

            for (size_t s = 0; s < count && !key; s++)
                key = mu_schema_find(found[s], keys[k]);
            assert_non_null(key);
            snprintf(item, sizeof item, ".It Cm %s\n", keys[k]);
            start = strstr(manual, item);
            assert_non_null(start);
            start += strlen(item);
            snprintf(paragraph, sizeof paragraph, "%.*s", (int)(strstr(start, "\n.") - start),
                     start);
            snprintf(maximum, sizeof maximum, "%lld", (long long)key->maximum);
            if (!strstr(paragraph, maximum))
                fail_msg("%s does not say that %s ends at %s", manuals[i].path, keys[k], maximum);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_example_of_the_manual_is_what_it_says),
        cmocka_unit_test(the_manual_names_every_key_and_no_other),
        cmocka_unit_test(the_manual_tells_the_limits_of_the_tables),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
