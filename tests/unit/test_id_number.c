#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <mulin/base/id_number.h>
#include <stdio.h>
#include <string.h>

/* 11010519491231002X is the example of GB 11643-1999 itself. */

static void the_example_of_the_standard_is_read_however_it_is_typed(void **state)
{
    static const char *const typed[] = {"11010519491231002X",
                                        "11010519491231002x",
                                        " 11010519491231002X ",
                                        "11010519491231002ｘ",
                                        "１１０１０５１９４９１２３１００２Ｘ",
                                        "　11010519491231002Ｘ　"};
    (void)state;
    for (size_t i = 0; i < sizeof typed / sizeof *typed; i++) {
        struct mu_id_number number;

        assert_int_equal(mu_id_number_parse(typed[i], &number), MU_ID_GOOD);
        assert_string_equal(number.text, "11010519491231002X");
        assert_int_equal(number.birth_date.year, 1949);
        assert_int_equal(number.birth_date.month, 12);
        assert_int_equal(number.birth_date.day, 31);
        assert_int_equal(number.sex, MU_SEX_FEMALE);
    }
}

static void the_old_form_is_read_and_flagged(void **state)
{
    struct mu_id_number number;

    (void)state;
    assert_int_equal(mu_id_number_parse("130503670401001", &number), MU_ID_OLD_FORM);
    assert_string_equal(number.text, "130503670401001");
    assert_int_equal(number.birth_date.year, 1967);
    assert_int_equal(number.birth_date.month, 4);
    assert_int_equal(number.birth_date.day, 1);
    assert_int_equal(number.sex, MU_SEX_MALE);
}

static void each_fault_is_told_apart_and_changes_nothing(void **state)
{
    static const struct {
        const char *text;
        enum mu_id_fault fault;
    } wrong[] = {
        {"", MU_ID_LENGTH},
        {"1101051949123100", MU_ID_LENGTH},
        {"1101051949123100211", MU_ID_LENGTH},
        {"张三", MU_ID_LENGTH},
        {"一二三四五六七八九十一二三四五六七八", MU_ID_CHARACTER},
        {"11010519491231O02X", MU_ID_CHARACTER},
        {"1101051949123100XX", MU_ID_CHARACTER},
        {"11010519491231002Y", MU_ID_CHARACTER},
        {"110105 9491231002X", MU_ID_CHARACTER},
        {"1101051949123\x1b"
         "002X",
         MU_ID_CHARACTER},
        {"13050367040100X", MU_ID_CHARACTER},
        {"110105194902290021", MU_ID_BIRTH_DATE},
        {"110105194913010021", MU_ID_BIRTH_DATE},
        {"440524188001010014", MU_ID_BIRTH_DATE}, /* good by its check, but born in 1880 */
        {"130503670431001", MU_ID_BIRTH_DATE},
        {"110105194912310021", MU_ID_CHECK},
        {"110105194912310020", MU_ID_CHECK},
        {"11010519491231012X", MU_ID_CHECK},
    };
    struct mu_id_number number;

    (void)state;
    memset(&number, 0x5A, sizeof number);
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        if (mu_id_number_parse(wrong[i].text, &number) != wrong[i].fault)
            fail_msg("'%s' is not told as fault %d", wrong[i].text, (int)wrong[i].fault);
        assert_int_equal(number.text[0], 0x5A);
    }
}

/* MOD 11-2 finds every single wrong digit and every two neighbours that changed places. */
static void the_first_digits_say_where_a_number_was_given_out(void **state)
{
    static const struct {
        const char *number, *chinese, *english;
    } cases[] = {
        {"11010519491231002X", "北京", "Beijing"},
        {"330205********1234", "浙江", "Zhejiang"},
        {"330205460310001", "浙江", "Zhejiang"},
        {"81000019900101001X", "香港", "Hong Kong"},
        {"820000199001010019", "澳门", "Macao"},
        {"830000199001010012", "台湾", "Taiwan"},
        {"933840199001010016", "浙江", "Zhejiang"}, /* a foreigner's card */
        {"000000194603080029", "", ""},
        {"160000194603080029", "", ""},
        {"84000019900101001X", "", ""},
        {"990101194603080029", "", ""},
        {"983000199001010012", "", ""}, /* 83 is no province behind a 9 */
        {"9", "", ""},
        {"", "", ""},
        {"**********1234", "", ""},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_string_equal(mu_id_number_origin(cases[i].number, MU_CHINESE), cases[i].chinese);
        assert_string_equal(mu_id_number_origin(cases[i].number, MU_ENGLISH), cases[i].english);
    }
}

static void one_slip_of_the_finger_is_always_found(void **state)
{
    static const char good[] = "33020519460312123";
    char number[MU_ID_NUMBER_SIZE], slip[MU_ID_NUMBER_SIZE];
    struct mu_id_number read;

    (void)state;
    snprintf(number, sizeof number, "%s%c", good, mu_id_number_check(good));
    assert_int_equal(mu_id_number_parse(number, &read), MU_ID_GOOD);
    assert_int_equal(read.sex, MU_SEX_MALE);
    for (size_t i = 0; i < 17; i++) {
        for (char digit = '0'; digit <= '9'; digit++) {
            memcpy(slip, number, sizeof slip);
            slip[i] = digit;
            if (digit != number[i])
                assert_int_not_equal(mu_id_number_parse(slip, &read), MU_ID_GOOD);
        }
        if (i < 16 && number[i] != number[i + 1]) {
            memcpy(slip, number, sizeof slip);
            slip[i] = number[i + 1];
            slip[i + 1] = number[i];
            assert_int_not_equal(mu_id_number_parse(slip, &read), MU_ID_GOOD);
        }
    }
}

static void the_middle_of_a_number_is_never_shown(void **state)
{
    char shown[MU_ID_NUMBER_SIZE];

    (void)state;
    mu_id_number_mask("330205194603121234", shown);
    assert_string_equal(shown, "330205********1234");
    mu_id_number_mask("130503670401001", shown);
    assert_string_equal(shown, "130503*****1001");
    mu_id_number_mask("12345678", shown);
    assert_string_equal(shown, "******78");
    mu_id_number_mask("", shown);
    assert_string_equal(shown, "");
    mu_id_number_mask("3302051946031212345678", shown);
    assert_int_equal(strlen(shown), 18);
}

static void every_phone_of_a_list_is_masked(void **state)
{
    char shown[64], little[8];

    (void)state;
    mu_phone_mask("13812345678", shown, sizeof shown);
    assert_string_equal(shown, "138****5678");
    mu_phone_mask("13812345678 0574-87654321 87654321 12345", shown, sizeof shown);
    assert_string_equal(shown, "138****5678 057******4321 ****4321 ***45");
    mu_phone_mask("", shown, sizeof shown);
    assert_string_equal(shown, "");
    mu_phone_mask("13812345678", little, sizeof little);
    assert_string_equal(little, "138****");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_example_of_the_standard_is_read_however_it_is_typed),
        cmocka_unit_test(the_old_form_is_read_and_flagged),
        cmocka_unit_test(each_fault_is_told_apart_and_changes_nothing),
        cmocka_unit_test(the_first_digits_say_where_a_number_was_given_out),
        cmocka_unit_test(one_slip_of_the_finger_is_always_found),
        cmocka_unit_test(the_middle_of_a_number_is_never_shown),
        cmocka_unit_test(every_phone_of_a_list_is_masked),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
