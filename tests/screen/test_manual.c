/* The key tables of mulin-keys(7) are those of actions.def; UPDATE=1 writes them anew. */
#include "tui/key.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { SIZE = 65536 };

static const char begin[] = ".\\\" keys from actions.def\n", end[] = ".\\\" end of keys\n";
static const char file_begin[] = ".\\\" key file from actions.def\n";
static const char file_end[] = ".\\\" end of key file\n";

static void add(char *out, const char *text)
{
    size_t used = strlen(out);

    assert_true(used + strlen(text) < SIZE);
    memcpy(out + used, text, strlen(text) + 1);
}

static void add_action(char *out, const struct mu_action_row *row, enum mu_action action,
                       const struct mu_keymap *map, enum mu_language language)
{
    char name[MU_KEY_NAME_SIZE];

    add(out, ".It Ic");
    if (action == MU_DO_number) {
        add(out, " ");
        add(out, row->keys);
    }
    for (int i = 0; i < MU_KEYS_PER_ACTION && map->key[action][i]; i++) {
        mu_key_name(map->key[action][i], language, name);
        add(out, i > 0 ? " , " : " ");
        if (name[0] == '?')
            add(out, "\\&"); /* or mdoc takes it for punctuation */
        add(out, name);
    }
    add(out, "\n");
    add(out, row->label[language]);
    add(out, language == MU_ENGLISH ? ": " : "：");
    add(out, row->help[language]);
    add(out, language == MU_ENGLISH ? ".\n" : "。\n");
}

/* Actions of one section that have a key. */
static void add_section(char *out, enum mu_context context, const struct mu_keymap *map,
                        enum mu_language language)
{
    bool open = false;

    for (int action = 1; action < MU_DO_COUNT; action++) {
        const struct mu_action_row *row = mu_action_row((enum mu_action)action);

        if (row->context != context || (!map->key[action][0] && action != MU_DO_number))
            continue;
        if (!open) {
            add(out, ".Ss ");
            add(out, mu_context_word(context, language));
            add(out, "\n.Bl -tag -width Shift-Tabxx\n");
        }
        open = true;
        add_action(out, row, (enum mu_action)action, map, language);
    }
    if (open)
        add(out, ".El\n");
}

static void add_tables(char *out, const struct mu_keymap *map, enum mu_language language)
{
    for (int context = 0; context < MU_CONTEXT_COUNT; context++)
        add_section(out, (enum mu_context)context, map, language);
}

/* The key file that would change nothing. */
static void add_key_file(char *out, const struct mu_keymap *map, enum mu_language language)
{
    char line[128];

    (void)map;
    (void)language;
    add(out, ".Bd -literal -offset indent\n");
    for (int action = 1; action < MU_DO_COUNT; action++) {
        const struct mu_action_row *row = mu_action_row((enum mu_action)action);

        if (action == MU_DO_number)
            continue;
        snprintf(line, sizeof line, "%-9s =%s%s\n", row->name, *row->keys ? " " : "", row->keys);
        add(out, line);
    }
    add(out, ".Ed\n");
}

/* Copies the page up to and with the line `from`, adds the block, and returns what follows from the
 * line `to` on. */
static const char *replace(char *out, const char *page, const char *from, const char *to,
                           void (*block)(char *, const struct mu_keymap *, enum mu_language),
                           enum mu_language language)
{
    const char *start = strstr(page, from), *rest = strstr(page, to);
    struct mu_keymap map;
    size_t used = strlen(out);

    assert_non_null(start);
    assert_non_null(rest);
    start += strlen(from);
    memcpy(out + used, page, (size_t)(start - page));
    out[used + (size_t)(start - page)] = '\0';
    mu_keymap_default(&map);
    block(out, &map, language);
    return rest;
}

/* The page as it should be: what stands there, with the tables between the comments. */
static void check(const char *path, enum mu_language language)
{
    static char now[SIZE], wanted[SIZE];
    const char *update = getenv("UPDATE"), *rest;
    FILE *file = fopen(path, "rb");
    size_t length;

    assert_non_null(file);
    length = fread(now, 1, SIZE - 1, file);
    now[length] = '\0';
    fclose(file);
    wanted[0] = '\0';
    rest = replace(wanted, now, begin, end, add_tables, language);
    rest = replace(wanted, rest, file_begin, file_end, add_key_file, language);
    add(wanted, rest);
    if (strcmp(now, wanted) != 0 && update && strcmp(update, "1") == 0) {
        file = fopen(path, "wb");
        assert_non_null(file);
        fputs(wanted, file);
        assert_int_equal(fclose(file), 0);
        return;
    }
    assert_string_equal(now, wanted);
}

static void the_english_page_lists_the_keys(void **state)
{
    (void)state;
    check(MULIN_ROOT "/man/mulin-keys.7", MU_ENGLISH);
}

static void the_chinese_page_lists_the_keys(void **state)
{
    (void)state;
    check(MULIN_ROOT "/man/zh_CN/mulin-keys.7", MU_CHINESE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_english_page_lists_the_keys),
        cmocka_unit_test(the_chinese_page_lists_the_keys),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
