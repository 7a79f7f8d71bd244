#include "unit/home.h"

#include <mulin/desk/fund.h>

static struct mu_meal_answer lunch(struct mu_desk *desk, const char *who)
{
    const struct mu_meal_request request = {.who = who};
    struct mu_meal_answer answer;

    assert_int_equal(mu_serve_meal(desk, &request, &answer, NULL), MU_OK);
    return answer;
}

static struct mu_fund account(struct mu_desk *desk, enum mu_payer payer)
{
    struct mu_fund funds[MU_PAYER_COUNT - 1];

    assert_int_equal(mu_funds(desk, funds, NULL), MU_OK);
    assert_int_equal(funds[payer - 1].payer, payer);
    return funds[payer - 1];
}

static void assert_sound(struct mu_desk *desk)
{
    struct mu_verify_report report;

    assert_int_equal(mu_verify(desk, NULL, NULL, &report, NULL), MU_OK);
}

/* 井亭, with three elders in hardship at its door. */
static int open_jingting(void **state)
{
    const char *book = mu_preset_book("jingting");
    struct home *home;
    struct mu_rules_faults faults;
    int version;

    home_setup(state);
    home = *state;
    assert_int_equal(mu_desk_adopt_rules(home->desk, book, strlen(book),
                                         mu_desk_now(home->desk).date, &faults, &version, NULL),
                     MU_OK);
    mu_rules_faults_clear(&faults);
    home_add(home->desk, "name", "周阿宝", "birth_date", "1950-01-01", "tags", "低保", NULL);
    home_add(home->desk, "name", "李秀英", "birth_date", "1951-01-01", "tags", "低保", NULL);
    home_add(home->desk, "name", "王桂兰", "birth_date", "1940-01-01", "tags", "特困", NULL);
    return 0;
}

static void the_workshop_pays_out_of_its_income_and_then_the_subsidy_follows(void **state)
{
    struct home *home = *state;
    struct mu_meal_answer answer;
    struct mu_money balance = {0};
    char text[256];

    assert_int_equal(mu_fund_book(home->desk, MU_PAYER_WORKSHOP, (struct mu_money){1000},
                                  "编织品义卖", &balance, NULL),
                     MU_OK);
    assert_int_equal(balance.fen, 1000);
    assert_true(account(home->desk, MU_PAYER_WORKSHOP).funded);

    answer = lunch(home->desk, "周阿宝");
    assert_int_equal(answer.meal.pay.fen, 500);
    assert_int_equal(answer.meal.share[0].payer, MU_PAYER_WORKSHOP);
    assert_int_equal(account(home->desk, MU_PAYER_WORKSHOP).balance.fen, 300);

    answer = lunch(home->desk, "李秀英");
    assert_int_equal(answer.meal.pay.fen, 500);
    assert_int_equal(answer.meal.share[0].payer, MU_PAYER_SUBSIDY);
    assert_int_equal(account(home->desk, MU_PAYER_WORKSHOP).balance.fen, 300);
    mu_meal_answer_text(&answer, MU_CHINESE, text, sizeof text);
    assert_string_equal(
        text, "李秀英 请付 5.00 元（困难老人工坊餐，助餐补贴承担 7.00 元）；共富工坊的账上不够");
    assert_sound(home->desk);
}

static void a_voided_meal_gives_the_money_back(void **state)
{
    struct home *home = *state;
    struct mu_meal_answer answer;

    assert_int_equal(
        mu_fund_book(home->desk, MU_PAYER_WORKSHOP, (struct mu_money){700}, "义卖", NULL, NULL),
        MU_OK);
    answer = lunch(home->desk, "周阿宝");
    assert_int_equal(account(home->desk, MU_PAYER_WORKSHOP).balance.fen, 0);
    assert_int_equal(mu_void_meal(home->desk, answer.meal.id, "点错", NULL, NULL), MU_OK);
    assert_int_equal(account(home->desk, MU_PAYER_WORKSHOP).balance.fen, 700);
    answer = lunch(home->desk, "李秀英");
    assert_int_equal(answer.meal.share[0].payer, MU_PAYER_WORKSHOP);
    assert_sound(home->desk);
}

static void the_day_is_summed_by_payer(void **state)
{
    struct home *home = *state;
    struct mu_day_totals totals;

    assert_int_equal(
        mu_fund_book(home->desk, MU_PAYER_WORKSHOP, (struct mu_money){1400}, "义卖", NULL, NULL),
        MU_OK);
    lunch(home->desk, "周阿宝");
    lunch(home->desk, "李秀英");
    lunch(home->desk, "王桂兰");
    assert_int_equal(mu_day_totals(home->desk, mu_desk_now(home->desk).date, NULL, &totals, NULL),
                     MU_OK);
    assert_int_equal(totals.payer[MU_PAYER_WORKSHOP].fen, 1400);
    assert_int_equal(totals.payer[MU_PAYER_SUBSIDY].fen, 700);
    assert_int_equal(totals.payer[MU_PAYER_SELF].fen, 1500);
}

static void what_stands_there_can_be_spent_and_no_more(void **state)
{
    struct home *home = *state;
    struct mu_error error;
    char text[256];

    assert_int_equal(
        mu_fund_book(home->desk, MU_PAYER_CHARITY, (struct mu_money){5000}, "企业捐赠", NULL, NULL),
        MU_OK);
    assert_int_equal(
        mu_fund_book(home->desk, MU_PAYER_CHARITY, (struct mu_money){-5001}, "买米", NULL, &error),
        MU_REFUSED);
    mu_error_text(&error, MU_ENGLISH, text, sizeof text);
    assert_non_null(strstr(text, "charity"));
    assert_non_null(strstr(text, "50.00"));
    assert_int_equal(
        mu_fund_book(home->desk, MU_PAYER_CHARITY, (struct mu_money){-5000}, "买米", NULL, NULL),
        MU_OK);
    assert_int_equal(account(home->desk, MU_PAYER_CHARITY).balance.fen, 0);
    assert_false(account(home->desk, MU_PAYER_CHARITY).funded);
    assert_sound(home->desk);
}

static void nothing_is_booked_without_reason_amount_and_payer(void **state)
{
    struct home *home = *state;

    assert_int_equal(
        mu_fund_book(home->desk, MU_PAYER_FUND, (struct mu_money){100}, " ", NULL, NULL), MU_INPUT);
    assert_int_equal(
        mu_fund_book(home->desk, MU_PAYER_FUND, (struct mu_money){0}, "无", NULL, NULL), MU_INPUT);
    assert_int_equal(
        mu_fund_book(home->desk, MU_PAYER_SELF, (struct mu_money){100}, "无", NULL, NULL),
        MU_INPUT);
    assert_int_equal(account(home->desk, MU_PAYER_FUND).balance.fen, 0);
}

#define STORY(name) cmocka_unit_test_setup_teardown(name, open_jingting, home_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        STORY(the_workshop_pays_out_of_its_income_and_then_the_subsidy_follows),
        STORY(a_voided_meal_gives_the_money_back),
        STORY(the_day_is_summed_by_payer),
        STORY(what_stands_there_can_be_spent_and_no_more),
        STORY(nothing_is_booked_without_reason_amount_and_payer),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
