/* Heads on paper: printed on a settlement, typed in a year later. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include <mulin/domain/head.h>

static const unsigned char hash[MU_HASH_SIZE] = {0x3f, 0x9a, 0x7c, 0x21, 0x88, 0xd0, 0x4b, 0x6e, 1};

static void the_form_on_paper(void **state)
{
    char text[MU_HEAD_SIZE];

    (void)state;
    mu_head_print(MU_CHAIN_LEDGER, 1234, hash, text);
    assert_string_equal(text, "L1234-3f9a-7c21-88d0-4b6e-24");
    mu_head_print(MU_CHAIN_AUDIT, 1234, hash, text);
    assert_memory_equal(text, "A1234-3f9a-7c21-88d0-4b6e-", 26);
    mu_head_print(MU_CHAIN_LEDGER, 0, hash, text);
    assert_memory_equal(text, "L0-0000-0000-0000-0000-", 23);
    mu_head_print(MU_CHAIN_AUDIT, 999999999999999999, hash, text);
    assert_int_equal(strlen(text), 42);
}

static void what_is_printed_is_read(void **state)
{
    static const int64_t counts[] = {0, 1, 9, 10, 1234, 500000, 999999999999999999};

    (void)state;
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
        for (int chain = MU_CHAIN_LEDGER; chain <= MU_CHAIN_AUDIT; chain++) {
            const unsigned char none[MU_HASH_SIZE] = {0};
            struct mu_printed_head head;
            char text[MU_HEAD_SIZE];

            mu_head_print((enum mu_chain)chain, counts[i], hash, text);
            assert_int_equal(mu_head_read(text, &head), MU_HEAD_READ);
            assert_int_equal(head.chain, chain);
            assert_true(head.entries == counts[i]);
            assert_memory_equal(head.hash, counts[i] ? hash : none, sizeof head.hash);
        }
}

/* Capitals, another grouping, and what an input method makes of it. */
static void hands_differ(void **state)
{
    static const char *const typed[] = {
        "l1234-3F9A-7C21-88D0-4B6E-24",
        "  L1234 3f9a 7c21 88d0 4b6e 24 ",
        "L1234-3f9a7c2188d04b6e24",
        "Ｌ１２３４－３ｆ９ａ－７ｃ２１－８８ｄ０－４ｂ６ｅ－24",
    };

    (void)state;
    for (size_t i = 0; i < sizeof typed / sizeof *typed; i++) {
        struct mu_printed_head head = {0};

        if (mu_head_read(typed[i], &head) != MU_HEAD_READ || head.entries != 1234 ||
            memcmp(head.hash, hash, sizeof head.hash) != 0)
            fail_msg("%s", typed[i]);
    }
}

static void other_texts_are_no_heads(void **state)
{
    static const char *const typed[] = {
        "",
        "L",
        "L-3f9a-7c21-88d0-4b6e-24",
        "1234-3f9a-7c21-88d0-4b6e-24",
        "B1234-3f9a-7c21-88d0-4b6e-24",
        "L12343f9a7c2188d04b6e24",
        "L1234-3f9a-7c21-88d0-4b6e",
        "L1234-3f9a-7c21-88d0-4b6e-240",
        "L1234-3f9a-7c21-88d0-4b6g-20",
        "L1234-3f9a-7c21-88d0-4b6e-4a",
        "L9999999999999999999-3f9a-7c21-88d0-4b6e-24",
        "L1234-账首",
        "\xff\xfe",
        "3f9a7c2188d04b6e3f9a7c2188d04b6e3f9a7c2188d04b6e3f9a7c2188d04b6e3f9a7c2188d04b6e3f9a7c2188"
        "d04b"
        "3f9a7c2188d04b6e3f9a7c2188d04b6e3f9a7c2188d04b6e",
    };

    (void)state;
    for (size_t i = 0; i < sizeof typed / sizeof *typed; i++) {
        struct mu_printed_head head = {.entries = 7};

        if (mu_head_read(typed[i], &head) != MU_HEAD_NO_HEAD)
            fail_msg("%s", typed[i]);
        assert_true(head.entries == 7);
    }
}

/* Each single wrong character, and each two neighbours exchanged. */
static void a_slip_of_the_finger_is_told(void **state)
{
    static const char good[] = "L1234-3f9a-7c21-88d0-4b6e-24";
    static const char keys[] = "0123456789abcdef";
    struct mu_printed_head head;
    char typed[sizeof good];

    (void)state;
    for (size_t i = 1; i < sizeof good - 1; i++) {
        if (good[i] == '-')
            continue;
        for (const char *key = keys; *key; key++) {
            memcpy(typed, good, sizeof good);
            typed[i] = *key;
            if (*key != good[i])
                assert_int_not_equal(mu_head_read(typed, &head), MU_HEAD_READ);
        }
        memcpy(typed, good, sizeof good);
        typed[i] = good[i + 1];
        typed[i + 1] = good[i];
        if (good[i + 1] && good[i + 1] != '-' && good[i + 1] != good[i])
            assert_int_not_equal(mu_head_read(typed, &head), MU_HEAD_READ);
    }
    memcpy(typed, good, sizeof good);
    typed[0] = 'A'; /* the other chain */
    assert_int_equal(mu_head_read(typed, &head), MU_HEAD_MISTYPED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_form_on_paper),
        cmocka_unit_test(what_is_printed_is_read),
        cmocka_unit_test(hands_differ),
        cmocka_unit_test(other_texts_are_no_heads),
        cmocka_unit_test(a_slip_of_the_finger_is_told),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
