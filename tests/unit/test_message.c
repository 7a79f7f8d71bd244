#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>

#include <mulin/base/error.h>
#include <mulin/base/message.h>
#include <mulin/base/text.h>
#include <string.h>

/* Which of {0}..{3} a sentence fills in. */
static unsigned placeholders(const char *text)
{
    unsigned used = 0;

    for (; (text = strchr(text, '{')) != NULL; text++)
        if (text[1] >= '0' && text[1] <= '3' && text[2] == '}')
            used |= 1u << (text[1] - '0');
    return used;
}

static void every_sentence_stands_in_both_languages(void **state)
{
    (void)state;
    for (int i = 0; i < MU_SAY_COUNT; i++) {
        const char *chinese = mu_message_text((enum mu_message)i, MU_CHINESE);
        const char *english = mu_message_text((enum mu_message)i, MU_ENGLISH);

        if (!*chinese || !*english)
            fail_msg("sentence %d is empty in one language", i);
        if (mu_text_check(chinese, true) != MU_TEXT_GOOD ||
            mu_text_check(english, true) != MU_TEXT_GOOD)
            fail_msg("sentence %d holds a character that must not be shown: %s", i, english);
        if (placeholders(chinese) != placeholders(english))
            fail_msg("the languages fill in different things: %s", english);
    }
    assert_string_equal(mu_message_text(MU_SAY_COUNT, MU_CHINESE), "");
}

static void what_comes_from_outside_is_filled_in_without_power(void **state)
{
    char out[512];
    struct mu_error error;

    (void)state;
    assert_int_equal(mu_fail(&error, MU_INPUT, MU_SAY_error_text_long, "张\x1b[31m三", "63", NULL),
                     MU_INPUT);
    assert_int_equal(error.status, MU_INPUT);
    mu_error_text(&error, MU_CHINESE, out, sizeof out);
    assert_non_null(strstr(out, "张?[31m三"));
    assert_non_null(strstr(out, "63"));
    assert_null(strchr(out, '\x1b'));
    assert_null(strchr(out, '{'));
    mu_message_format(out, sizeof out, MU_ENGLISH, MU_SAY_error_text_long, "{1}", "63", NULL);
    assert_non_null(strstr(out, "{1}")); /* what is filled in is not filled in again */
}

static void a_sentence_is_cut_between_characters(void **state)
{
    char out[5];

    (void)state;
    assert_int_equal(mu_message_format(out, sizeof out, MU_CHINESE, MU_SAY_error_no_memory, NULL),
                     3);
    assert_string_equal(out, "内");
    assert_int_equal(mu_message_format(out, 0, MU_CHINESE, MU_SAY_error_no_memory, NULL), 0);
}

/* Not with a hole where a word found no room. */
static void what_is_cut_is_the_beginning_of_the_whole(void **state)
{
    char whole[1024], some[1024];

    (void)state;
    for (int i = 0; i < MU_SAY_COUNT; i++)
        for (size_t size = 1; size < 100; size++) {
            enum mu_language language = size % 2 ? MU_CHINESE : MU_ENGLISH;
            size_t length;

            mu_message_format(whole, sizeof whole, language, (enum mu_message)i, "张金凤", "网格员",
                              "a", "{", NULL);
            length = mu_message_format(some, size, language, (enum mu_message)i, "张金凤", "网格员",
                                       "a", "{", NULL);
            assert_in_range(length, 0, size - 1);
            assert_int_equal(strlen(some), length);
            if (strncmp(some, whole, length) != 0)
                fail_msg("%s is cut to %s", whole, some);
        }
}

static void a_cause_is_told_in_the_language_of_its_sentence(void **state)
{
    struct mu_error error;
    char out[256];

    (void)state;
    mu_fail(&error, MU_STORE, MU_SAY_error_home, "/srv/a", mu_errno_text(ENOSPC), NULL);
    mu_error_text(&error, MU_CHINESE, out, sizeof out);
    assert_non_null(strstr(out, "/srv/a：不能使用（磁盘已满）"));
    mu_error_text(&error, MU_ENGLISH, out, sizeof out);
    assert_non_null(strstr(out, "/srv/a: cannot be used (the disk is full)"));
    mu_fail(&error, MU_STORE, MU_SAY_error_home, "/srv/a", mu_errno_text(9999), NULL);
    mu_error_text(&error, MU_ENGLISH, out, sizeof out);
    assert_non_null(strstr(out, "(errno 9999)"));
}

/* A name from outside that looks like an argument with two readings stays harmless and whole. */
static void two_readings_have_no_power_either(void **state)
{
    struct mu_error error;
    char out[256], either[MU_EITHER_SIZE];

    (void)state;
    mu_either(either, sizeof either, "男\x1b[31m", "male\x1b[31m");
    mu_fail(&error, MU_INPUT, MU_SAY_error_home, either, "\x01x", NULL);
    mu_error_text(&error, MU_CHINESE, out, sizeof out);
    assert_non_null(strstr(out, "男?[31m"));
    assert_non_null(strstr(out, "?x"));
    mu_error_text(&error, MU_ENGLISH, out, sizeof out);
    assert_non_null(strstr(out, "male?[31m"));
    assert_null(strpbrk(out, "\x01\x1b"));
    mu_either(either, sizeof either, "男", "male");
    memset(error.argument, 0, sizeof error.argument);
    mu_fail(&error, MU_INPUT, MU_SAY_error_text_long, "", either, NULL);
    mu_error_text(&error, MU_ENGLISH, out, sizeof out);
    assert_non_null(strstr(out, "(or male letters"));
}

static void what_stands_beside_it_is_not_said_again(void **state)
{
    struct mu_error error;
    char out[256];
    size_t length;

    (void)state;
    mu_fail(&error, MU_INPUT, MU_SAY_error_sex, NULL);
    length = mu_error_why(&error, MU_CHINESE, out, sizeof out);
    assert_string_equal(out, "不认识这个词：请填 男 或 女");
    assert_int_equal(length, strlen(out));
    mu_error_why(&error, MU_ENGLISH, out, sizeof out);
    assert_string_equal(out, "the word is not known: enter male or female");
    mu_fail(&error, MU_INPUT, MU_SAY_import_no_name, NULL); /* two parts only */
    mu_error_why(&error, MU_ENGLISH, out, sizeof out);
    assert_string_equal(out, "there is no name: add it");
}

static void a_failure_may_go_unheard(void **state)
{
    (void)state;
    assert_int_equal(mu_fail_memory(NULL), MU_MEMORY);
    assert_int_equal(mu_exit_status(MU_MEMORY), 4);
    assert_int_equal(mu_exit_status(MU_REFUSED), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_sentence_stands_in_both_languages),
        cmocka_unit_test(what_comes_from_outside_is_filled_in_without_power),
        cmocka_unit_test(a_sentence_is_cut_between_characters),
        cmocka_unit_test(what_is_cut_is_the_beginning_of_the_whole),
        cmocka_unit_test(a_cause_is_told_in_the_language_of_its_sentence),
        cmocka_unit_test(two_readings_have_no_power_either),
        cmocka_unit_test(what_stands_beside_it_is_not_said_again),
        cmocka_unit_test(a_failure_may_go_unheard),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
