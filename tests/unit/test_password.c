/* What counts as a password, and what is said when there is no memory to hash it. Linked with
 * --wrap: the hash is a cheap one here. */
#include "base/password.h"

#include <errno.h>
#include <setjmp.h>
#include <sodium.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

int __wrap_crypto_pwhash_str(char *out, const char *password, unsigned long long length,
                             unsigned long long passes, size_t memory);
int __wrap_crypto_pwhash_str_verify(const char *hash, const char *password,
                                    unsigned long long length);

static bool no_memory;

static void digest(const char *password, unsigned long long length, char *out)
{
    unsigned char hash[crypto_generichash_BYTES];

    crypto_generichash(hash, sizeof hash, (const unsigned char *)password, length, NULL, 0);
    sodium_bin2hex(out, 2 * sizeof hash + 1, hash, sizeof hash);
}

int __wrap_crypto_pwhash_str(char *out, const char *password, unsigned long long length,
                             unsigned long long passes, size_t memory)
{
    assert_int_equal(passes, 4);
    assert_int_equal(memory, 64 * 1024 * 1024);
    if (no_memory)
        return -1;
    memset(out, 0, crypto_pwhash_STRBYTES);
    digest(password, length, out);
    return 0;
}

int __wrap_crypto_pwhash_str_verify(const char *hash, const char *password,
                                    unsigned long long length)
{
    char own[crypto_pwhash_STRBYTES];

    digest(password, length, own);
    if (no_memory)
        errno = ENOMEM;
    return !no_memory && strcmp(hash, own) == 0 ? 0 : -1;
}

/* Nothing is taken for a password that could not be typed again. */
static bool is_taken(const char *password)
{
    char hash[MU_PASSWORD_HASH_SIZE] = "untouched";
    struct mu_error error;
    bool fits = true;
    enum mu_status status = mu_password_hash(password, hash, &error);

    assert_int_equal(mu_password_check(hash, password, &fits, NULL), MU_OK);
    assert_int_equal(fits, status == MU_OK);
    if (status == MU_OK)
        return true;
    assert_int_equal(status, MU_INPUT);
    assert_int_equal(error.message, MU_SAY_error_password_rule);
    assert_string_equal(hash, "untouched");
    return false;
}

static void four_to_sixty_four_characters_are_a_password(void **state)
{
    char longest[4 * MU_PASSWORD_MOST + 8] = "";

    (void)state;
    no_memory = false;
    assert_true(is_taken("1234"));
    assert_true(is_taken("桂花开了"));
    assert_false(is_taken("123"));
    assert_false(is_taken("桂花开"));
    assert_false(is_taken(""));
    assert_false(is_taken("   1   "));
    for (int i = 0; i < MU_PASSWORD_MOST; i++)
        strcat(longest, "\U00020BB7");
    assert_true(is_taken(longest));
    strcpy(longest, "0");
    for (int i = 0; i < MU_PASSWORD_MOST; i++)
        strcat(longest, "1");
    assert_false(is_taken(longest));
    for (int i = 0; i < 3 * MU_PASSWORD_MOST; i++)
        strcat(longest, "1");
    assert_false(is_taken(longest));
}

static void what_no_keyboard_types_is_no_password(void **state)
{
    (void)state;
    no_memory = false;
    assert_false(is_taken("1234\033"));
    assert_false(is_taken("12\u202e34"));
    assert_false(is_taken("1234\xff"));
}

static void an_input_method_types_the_same_password(void **state)
{
    char hash[MU_PASSWORD_HASH_SIZE];
    bool fits = false;

    (void)state;
    no_memory = false;
    assert_int_equal(mu_password_hash("ok2468", hash, NULL), MU_OK);
    assert_int_equal(mu_password_check(hash, "ｏｋ２４６８", &fits, NULL), MU_OK);
    assert_true(fits);
    assert_int_equal(mu_password_check(hash, "OK2468", &fits, NULL), MU_OK);
    assert_false(fits);
}

/* A right password is not called wrong. */
static void without_memory_nobody_is_told_that_the_password_is_wrong(void **state)
{
    char hash[MU_PASSWORD_HASH_SIZE] = "untouched";
    bool fits = true;

    (void)state;
    no_memory = true;
    assert_int_equal(mu_password_hash("2468", hash, NULL), MU_MEMORY);
    assert_string_equal(hash, "untouched");
    assert_int_equal(mu_password_check(hash, "2468", &fits, NULL), MU_MEMORY);
    assert_false(fits);
    errno = ENOMEM; /* of something before */
    assert_int_equal(mu_password_check(hash, "1", &fits, NULL), MU_OK);
    assert_false(fits);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(four_to_sixty_four_characters_are_a_password),
        cmocka_unit_test(what_no_keyboard_types_is_no_password),
        cmocka_unit_test(an_input_method_types_the_same_password),
        cmocka_unit_test(without_memory_nobody_is_told_that_the_password_is_wrong),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
