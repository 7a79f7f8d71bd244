/* Keys: one table, no clash, nothing that terminals keep for themselves; scanners told from
 * fingers. */
#include "tui/key.h"
#include "tui/scan.h"

#include <mulin/base/text.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static void every_key_of_the_table_exists_and_stands_for_one_action(void **state)
{
    struct mu_keymap map;

    (void)state;
    mu_keymap_default(&map);
    for (int action = 1; action < MU_DO_COUNT; action++) {
        const struct mu_action_row *row = mu_action_row((enum mu_action)action);
        size_t words = 0, keys = 0;

        for (const char *at = row->keys; *(at += strspn(at, " ")); at += strcspn(at, " "))
            words++;
        while (keys < MU_KEYS_PER_ACTION && map.key[action][keys])
            keys++;
        if (action != MU_DO_number)
            assert_int_equal(words, keys);
        for (size_t i = 0; i < keys; i++)
            assert_int_equal(mu_keymap_action(&map, map.key[action][i]), action);
        for (int language = 0; language < 2; language++) {
            assert_true(row->label[language][0] != '\0');
            assert_true(row->help[language][0] != '\0');
            assert_true(mu_text_cells(row->label[language]) <= 10);
        }
    }
}

static void no_key_is_taken_from_the_terminal(void **state)
{
    static const char *const never[] = {"F10", "F11", "F12", "^S", "^Q", "^Z", "^C", "^V",
                                        "^A",  "^B",  "^H",  "^I", "^J", "^M", "a",  "1"};
    struct mu_keymap map;
    struct mu_error error;
    char line[32];

    (void)state;
    mu_keymap_default(&map);
    for (size_t i = 0; i < sizeof never / sizeof *never; i++) {
        enum mu_key key = mu_key_by_name(never[i], strlen(never[i]));

        assert_int_not_equal(key, MU_KEY_NONE);
        assert_int_equal(mu_keymap_action(&map, key), MU_DO_nothing);
        snprintf(line, sizeof line, "menu = %s", never[i]);
        assert_int_equal(mu_keymap_read(&map, line, &error), MU_INPUT);
        assert_int_equal(error.message, MU_SAY_tui_keyfile_forbidden);
    }
    assert_int_equal(mu_keymap_action(&map, MU_KEY_NONE), MU_DO_nothing);
}

static void every_f_key_has_a_control_twin(void **state)
{
    struct mu_keymap map;

    (void)state;
    mu_keymap_default(&map);
    for (int action = 1; action < MU_DO_COUNT; action++) {
        enum mu_key second = map.key[action][1];

        if (map.key[action][0] >= MU_KEY_F1 && map.key[action][0] <= MU_KEY_F12)
            assert_true(second >= MU_KEY_CONTROL_A && second <= MU_KEY_CONTROL_Z);
    }
}

static void names_are_read_as_they_are_written(void **state)
{
    char name[MU_KEY_NAME_SIZE];

    (void)state;
    for (int key = MU_KEY_ENTER; key < MU_KEY_OTHER; key++) {
        mu_key_name((enum mu_key)key, MU_ENGLISH, name);
        assert_int_equal(mu_key_by_name(name, strlen(name)), key);
    }
    mu_key_name(MU_KEY_ENTER, MU_CHINESE, name);
    assert_string_equal(name, "回车");
    assert_int_equal(mu_key_by_name("F13", 3), MU_KEY_NONE);
    assert_int_equal(mu_key_by_name("", 0), MU_KEY_NONE);
}

static void a_key_file_moves_keys(void **state)
{
    struct mu_keymap map;
    struct mu_error error;

    (void)state;
    mu_keymap_default(&map);
    assert_int_equal(mu_keymap_read(&map, "# ours\n save = F3 ^O\nfind=F2 # swapped\r\n\n", &error),
                     MU_OK);
    assert_int_equal(mu_keymap_action(&map, MU_KEY_F1 + 2), MU_DO_save);
    assert_int_equal(mu_keymap_key(&map, MU_DO_find), MU_KEY_F1 + 1);
}

static void a_bad_key_file_changes_nothing(void **state)
{
    static const struct {
        const char *text;
        enum mu_message message;
        const char *says;
    } files[] = {
        {"save = F3", MU_SAY_tui_keyfile_clash, "F3"},
        {"save = F3\nsafe = F2", MU_SAY_tui_keyfile_action, "2"},
        {"\nsave", MU_SAY_tui_keyfile_action, "2"},
        {"save = F2 Fx", MU_SAY_tui_keyfile_key, "Fx"},
        {"save = F2 ^O ^E ^X ^Y", MU_SAY_tui_keyfile_key, "^Y"},
        {"number = F2", MU_SAY_tui_keyfile_action, "number"},
    };
    struct mu_keymap map, before;
    struct mu_error error;
    char text[512];

    (void)state;
    mu_keymap_default(&map);
    before = map;
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        assert_int_equal(mu_keymap_read(&map, files[i].text, &error), MU_INPUT);
        assert_int_equal(error.message, files[i].message);
        mu_error_text(&error, MU_ENGLISH, text, sizeof text);
        assert_non_null(strstr(text, files[i].says));
        assert_memory_equal(&map, &before, sizeof map);
    }
}

static void without_a_key_file_the_keys_stay(void **state)
{
    struct mu_keymap map, before;
    struct mu_error error;

    (void)state;
    mu_keymap_default(&map);
    before = map;
    assert_int_equal(mu_keymap_load(&map, "/nonexistent/keys", &error), MU_OK);
    assert_int_equal(mu_keymap_load(&map, "/", &error), MU_INPUT);
    assert_int_equal(mu_keymap_load(&map, "/dev/zero", &error), MU_INPUT);
    assert_memory_equal(&map, &before, sizeof map);
}

static void a_key_file_is_loaded(void **state)
{
    char path[] = "/tmp/mulin-keys-XXXXXX", junk[20000];
    int file = mkstemp(path);
    struct mu_keymap map;
    struct mu_error error;

    (void)state;
    assert_true(file >= 0);
    mu_keymap_default(&map);
    assert_int_equal(write(file, "menu = F9 ^W\n", 13), 13);
    assert_int_equal(mu_keymap_load(&map, path, &error), MU_OK);
    assert_int_equal(mu_keymap_action(&map, mu_key_by_name("^W", 2)), MU_DO_menu);
    memset(junk, '#', sizeof junk);
    assert_int_equal(write(file, junk, sizeof junk), sizeof junk);
    assert_int_equal(mu_keymap_load(&map, path, &error), MU_INPUT);
    close(file);
    unlink(path);
}

static bool typed(const char *text, int64_t gap, int64_t last_gap)
{
    static struct mu_scan scan;
    static int64_t now;

    now += 1000;
    for (; *text; text++) {
        char one[2] = {*text, '\0'};

        mu_scan_text(&scan, one, now);
        now += gap;
    }
    return mu_scan_end(&scan, now - gap + last_gap);
}

static void a_burst_that_ends_at_once_is_a_scan(void **state)
{
    (void)state;
    assert_true(typed("6228480402564890", 8, 8));
    assert_true(typed("1234", 50, 50));
    assert_false(typed("123", 8, 8));       /* too short */
    assert_false(typed("1234567", 80, 8));  /* fingers */
    assert_false(typed("1234567", 8, 300)); /* Enter by a person */
    assert_false(typed("", 8, 8));
}

static void fingers_before_a_burst_do_not_belong_to_it(void **state)
{
    struct mu_scan scan;

    (void)state;
    mu_scan_reset(&scan);
    mu_scan_text(&scan, "张", 0);
    mu_scan_text(&scan, "6228", 500);
    mu_scan_text(&scan, "48", 510);
    assert_true(mu_scan_end(&scan, 520));
    assert_string_equal(scan.text, "622848");
    assert_false(mu_scan_end(&scan, 521)); /* CR LF: the second end closes nothing */
}

static void a_thousand_scans_back_to_back_are_a_thousand(void **state)
{
    struct mu_scan scan;
    int64_t now = 0;
    int scans = 0;

    (void)state;
    mu_scan_reset(&scan);
    for (int i = 0; i < 1000; i++) {
        char code[32];

        snprintf(code, sizeof code, "62284804%08d", i);
        for (const char *at = code; *at; at++)
            mu_scan_text(&scan, (char[2]){*at, '\0'}, now++);
        scans += mu_scan_end(&scan, now++) && strcmp(scan.text, code) == 0;
    }
    assert_int_equal(scans, 1000);
}

static void an_endless_burst_is_no_scan(void **state)
{
    struct mu_scan scan;

    (void)state;
    mu_scan_reset(&scan);
    for (int i = 0; i < 5000; i++)
        mu_scan_text(&scan, "汉", i);
    assert_false(mu_scan_end(&scan, 5000));
    assert_true(mu_text_valid(scan.text, strlen(scan.text)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_key_of_the_table_exists_and_stands_for_one_action),
        cmocka_unit_test(no_key_is_taken_from_the_terminal),
        cmocka_unit_test(every_f_key_has_a_control_twin),
        cmocka_unit_test(names_are_read_as_they_are_written),
        cmocka_unit_test(a_key_file_moves_keys),
        cmocka_unit_test(a_bad_key_file_changes_nothing),
        cmocka_unit_test(without_a_key_file_the_keys_stay),
        cmocka_unit_test(a_key_file_is_loaded),
        cmocka_unit_test(a_burst_that_ends_at_once_is_a_scan),
        cmocka_unit_test(fingers_before_a_burst_do_not_belong_to_it),
        cmocka_unit_test(a_thousand_scans_back_to_back_are_a_thousand),
        cmocka_unit_test(an_endless_burst_is_no_scan),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
