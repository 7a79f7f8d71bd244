/* What may lie where the key of a home should be, and what is typed from its paper copy. */
#include "unit/raw_file.h"

#include "base/key_text.h"
#include "base/seal.h"

#include <mulin/desk/key.h>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

static enum mu_message says(struct home *home)
{
    const struct mu_desk_options options = {
        .home = home->folder, .system_user = "keeper", .fixed_now = HOME_NOW};
    struct mu_error error = {.message = MU_SAY_COUNT};

    mu_desk_free(&home->desk);
    if (mu_desk_open(&options, &home->desk, &error) != MU_OK)
        assert_int_equal(error.status, MU_STORE);
    return error.message;
}

static void a_folder_a_pipe_or_a_link_is_no_key(void **state)
{
    struct home *home = *state;
    char key[128], aside[128];

    raw_path(home, "mulin.key", key);
    raw_path(home, "aside", aside);
    assert_int_equal(rename(key, aside), 0);
    assert_int_equal(says(home), MU_SAY_error_key_missing);
    assert_int_equal(mkdir(key, 0700), 0);
    assert_int_equal(says(home), MU_SAY_error_key_file);
    assert_int_equal(rmdir(key), 0);
    assert_int_equal(mkfifo(key, 0400), 0);
    assert_int_equal(says(home), MU_SAY_error_key_file);
    assert_int_equal(unlink(key), 0);
    assert_int_equal(symlink(aside, key), 0);
    assert_int_equal(says(home), MU_SAY_error_key_file);
    assert_int_equal(unlink(key), 0);
    assert_int_equal(rename(aside, key), 0);
    assert_int_equal(chmod(key, 0440), 0);
    assert_int_equal(says(home), MU_SAY_error_key_open_to_others);
    assert_int_equal(chmod(key, 0400), 0);
    assert_int_equal(says(home), MU_SAY_COUNT);
}

static void hands_that_copy_a_key_differ(void **state)
{
    unsigned char key[MU_SEAL_KEY], back[MU_SEAL_KEY];
    char text[MU_KEY_TEXT_SIZE], typed[4 * MU_KEY_TEXT_SIZE] = "", *line, *rest = text;

    (void)state;
    for (int i = 0; i < MU_SEAL_KEY; i++)
        key[i] = (unsigned char)(11 * i + 3);
    mu_key_text_write(key, text);
    for (int number = 1; (line = strsep(&rest, "\n")) != NULL && *line; number++)
        sprintf(typed + strlen(typed), "\t  %d\t%s \r\n\r\nKey of the centre\n5 ab cd\n0\n", number,
                line + 1);
    assert_int_equal(mu_key_text_read(typed, back), 0);
    assert_memory_equal(key, back, sizeof key);
}

/* The number of the first line that is not whole. */
static void a_line_that_is_not_once_and_whole_is_named(void **state)
{
    unsigned char key[MU_SEAL_KEY] = {1}, back[MU_SEAL_KEY];
    char text[MU_KEY_TEXT_SIZE], typed[4 * MU_KEY_TEXT_SIZE];

    (void)state;
    mu_key_text_write(key, text);
    assert_int_equal(mu_key_text_read("", back), 1);
    assert_int_equal(mu_key_text_read("nothing of it", back), 1);
    snprintf(typed, sizeof typed, "%s1  0000 0000 0000 0000  0000\n", text);
    assert_int_equal(mu_key_text_read(typed, back), 1);
    snprintf(typed, sizeof typed, "%s%s", text, text);
    assert_int_equal(mu_key_text_read(typed, back), 1);
    snprintf(typed, sizeof typed, "%s", text);
    *strstr(typed, "\n2 ") = ' '; /* two lines are one, which is too long */
    assert_int_equal(mu_key_text_read(typed, back), 1);
    snprintf(typed, sizeof typed, "%s", text);
    memcpy(strstr(typed, "\n3 "), "\n3x", 3);
    assert_int_equal(mu_key_text_read(typed, back), 3);
    *strrchr(text, '\n') = '\0';
    assert_int_equal(mu_key_text_read(text, back), 0);
    text[strlen(text) - 1] = '\0';
    assert_int_equal(mu_key_text_read(text, back), 4);
}

static bool stop(void *context, int64_t done, int64_t all)
{
    (void)context;
    (void)done;
    (void)all;
    return false;
}

static void a_key_change_that_meets_what_does_not_open_changes_nothing(void **state)
{
    struct home *home = *state;
    char before[MU_KEY_MARK_SIZE], after[MU_KEY_MARK_SIZE];
    struct mu_key_copy was, is;
    struct mu_error error;
    int64_t id = home_add(home->desk, "name", "张金凤", "note", "听力不好", NULL);

    assert_int_equal(mu_show_key(home->desk, &was, NULL), MU_OK);
    raw_run(home, "UPDATE resident SET note = x'00' WHERE name = '张金凤'");
    assert_int_equal(mu_change_key(home->desk, NULL, NULL, before, after, &error), MU_STORE);
    assert_int_equal(error.message, MU_SAY_error_sealed_resident);
    assert_int_equal(strtoll(error.argument[0], NULL, 10), id);
    assert_int_equal(mu_show_key(home->desk, &is, NULL), MU_OK);
    assert_string_equal(was.text, is.text);
    raw_run(home, "UPDATE resident SET note = NULL WHERE name = '张金凤'");
    assert_int_equal(says(home), MU_SAY_COUNT);
    assert_int_equal(mu_change_key(home->desk, NULL, NULL, before, after, NULL), MU_OK);
    assert_string_not_equal(before, after);
}

static bool go_on(void *context, int64_t done, int64_t all)
{
    int *asked = context;

    assert_in_range(done, 1, all);
    ++*asked;
    return true;
}

/* Files are counted in hundreds between two questions. */
static void a_key_change_stops_when_asked_to(void **state)
{
    struct home *home = *state;
    char before[MU_KEY_MARK_SIZE] = "same", after[MU_KEY_MARK_SIZE];
    struct mu_error error;
    int asked = 0;

    for (int i = 0; i < 500; i++)
        assert_int_equal(mu_save_resident(home->desk,
                                          &(struct mu_resident){.name = "客", .note = "旧伤"}, NULL,
                                          NULL),
                         MU_OK);
    assert_int_equal(mu_change_key(home->desk, stop, NULL, before, after, &error), MU_REFUSED);
    assert_int_equal(error.message, MU_SAY_key_change_stopped);
    assert_string_equal(before, "same");
    assert_int_equal(says(home), MU_SAY_COUNT);
    assert_int_equal(mu_change_key(home->desk, go_on, &asked, before, after, &error), MU_OK);
    assert_true(asked > 0);
    assert_string_not_equal(before, after);
}

/* A mark without a number, a number without its mark: verify tells. */
static void number_and_mark_belong_together(void **state)
{
#define CHECKS_OFF "PRAGMA ignore_check_constraints = ON;"
    static const char *const edits[] = {
        CHECKS_OFF "UPDATE resident SET id_lookup = NULL WHERE id_number IS NOT NULL",
        "UPDATE resident SET id_lookup = x'0011' WHERE id_number IS NOT NULL",
        "UPDATE resident SET id_lookup = zeroblob(16) WHERE id_number IS NOT NULL",
        CHECKS_OFF "UPDATE resident SET id_number = NULL WHERE id_number IS NOT NULL",
        "UPDATE resident SET id_number = x'00' WHERE id_number IS NOT NULL",
    };

    for (size_t i = 0; i < sizeof edits / sizeof *edits; i++) {
        struct home *home = *state;
        struct mu_verify_report report;
        struct mu_error error;

        home_add(home->desk, "name", "张金凤", "id_number", "11010519491231002X", NULL);
        raw_run(home, edits[i]);
        assert_int_equal(mu_verify(home->desk, NULL, NULL, &report, &error), MU_STORE);
        assert_int_equal(home_teardown(state), 0);
        assert_int_equal(home_setup(state), 0);
    }
}

int main(void)
{
#define STORY(function) cmocka_unit_test_setup_teardown(function, home_setup, home_teardown)
    const struct CMUnitTest tests[] = {
        STORY(a_folder_a_pipe_or_a_link_is_no_key),
        cmocka_unit_test(hands_that_copy_a_key_differ),
        cmocka_unit_test(a_line_that_is_not_once_and_whole_is_named),
        STORY(a_key_change_that_meets_what_does_not_open_changes_nothing),
        STORY(a_key_change_stops_when_asked_to),
        STORY(number_and_mark_belong_together),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
