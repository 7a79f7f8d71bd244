#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <mulin/base/money.h>

static struct mu_money fen(int64_t amount)
{
    return (struct mu_money){amount};
}

static void an_amount_is_read_as_the_counter_types_it(void **state)
{
    static const struct {
        const char *text;
        int64_t fen;
    } typed[] = {
        {"12", 1200},       {"12.5", 1250},    {"12.50", 1250},           {"0", 0},
        {"0.01", 1},        {" 15.00 ", 1500}, {"１２．５", 1250},        {"12。5", 1250},
        {"　１５　", 1500}, {"007", 700},      {"9999999.99", 999999999},
    };
    struct mu_money amount;

    (void)state;
    for (size_t i = 0; i < sizeof typed / sizeof *typed; i++) {
        assert_true(mu_money_parse(typed[i].text, &amount));
        assert_int_equal(amount.fen, typed[i].fen);
    }
}

static void what_is_no_amount_is_refused_and_changes_nothing(void **state)
{
    static const char *const wrong[] = {
        "",     " ",      "-1",       "+1",     "12.",
        ".5",   "12.345", "10000000", "1 2",    "1,200",
        "12元", "1e3",    "0x10",     "12.5.0", "99999999999999999999",
        "十二", "12.-5",  "12.5 x"};
    struct mu_money amount = {77};

    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        if (mu_money_parse(wrong[i], &amount))
            fail_msg("'%s' was read as an amount", wrong[i]);
        assert_int_equal(amount.fen, 77);
    }
}

static void an_amount_is_written_with_two_decimals(void **state)
{
    static const struct {
        int64_t fen;
        const char *text;
    } written[] = {
        {0, "0.00"},
        {5, "0.05"},
        {-5, "-0.05"},
        {1250, "12.50"},
        {-123456, "-1234.56"},
        {INT64_MAX, "92233720368547758.07"},
        {INT64_MIN, "-92233720368547758.08"},
    };
    char text[MU_MONEY_SIZE];

    (void)state;
    for (size_t i = 0; i < sizeof written / sizeof *written; i++) {
        mu_money_format(fen(written[i].fen), text);
        assert_string_equal(text, written[i].text);
    }
}

static void a_reduction_is_rounded_in_the_residents_favour(void **state)
{
    (void)state;
    assert_int_equal(mu_money_share(fen(1500), 2000).fen, 300);
    assert_int_equal(mu_money_share(fen(999), 2000).fen, 200); /* 199.8 */
    assert_int_equal(mu_money_share(fen(1), 1).fen, 1);
    assert_int_equal(mu_money_share(fen(1500), 0).fen, 0);
    assert_int_equal(mu_money_share(fen(1500), 10000).fen, 1500);
    assert_int_equal(mu_money_share(fen(-999), 2000).fen, -200);
}

static void amounts_beyond_all_bounds_stay_at_the_bound(void **state)
{
    (void)state;
    assert_int_equal(mu_money_add(fen(1500), fen(-700)).fen, 800);
    assert_int_equal(mu_money_subtract(fen(700), fen(1500)).fen, -800);
    assert_true(mu_money_add(fen(INT64_MAX), fen(1)).fen == INT64_MAX);
    assert_true(mu_money_add(fen(INT64_MIN), fen(-1)).fen == INT64_MIN);
    assert_true(mu_money_subtract(fen(INT64_MIN), fen(1)).fen == INT64_MIN);
    assert_true(mu_money_subtract(fen(0), fen(INT64_MIN)).fen == INT64_MAX);
    assert_true(mu_money_share(fen(INT64_MAX), 2000).fen == INT64_MAX);
    assert_true(mu_money_share(fen(INT64_MIN), 2000).fen == INT64_MIN);
    assert_true(mu_money_compare(fen(INT64_MIN), fen(INT64_MAX)) < 0);
    assert_true(mu_money_compare(fen(3), fen(2)) > 0);
    assert_int_equal(mu_money_compare(fen(3), fen(3)), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_amount_is_read_as_the_counter_types_it),
        cmocka_unit_test(what_is_no_amount_is_refused_and_changes_nothing),
        cmocka_unit_test(an_amount_is_written_with_two_decimals),
        cmocka_unit_test(a_reduction_is_rounded_in_the_residents_favour),
        cmocka_unit_test(amounts_beyond_all_bounds_stay_at_the_bound),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
