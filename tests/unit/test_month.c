#include "unit/home.h"

#include <mulin/desk/diner_account.h>
#include <mulin/desk/fund.h>
#include <mulin/desk/twin.h>
#include <mulin/report/month.h>

static const struct mu_date november = {2026, 11, 1}, december = {2026, 12, 1};

static struct mu_meal_answer serve(struct mu_desk *desk, const char *who)
{
    const struct mu_meal_request request = {.who = who, .session = "lunch"};
    struct mu_meal_answer answer;

    assert_int_equal(mu_serve_meal(desk, &request, &answer, NULL), MU_OK);
    return answer;
}

static void courier(struct mu_desk *desk)
{
    const struct mu_meal_request request = {.occupation = "外卖员", .session = "lunch"};
    struct mu_meal_answer answer;

    assert_int_equal(mu_serve_meal(desk, &request, &answer, NULL), MU_OK);
}

static struct mu_month *month_of(struct mu_desk *desk, struct mu_date first)
{
    struct mu_month *month = NULL;

    assert_int_equal(mu_count_month(desk, first, &month, NULL), MU_OK);
    return month;
}

static const struct mu_month_row *row(const struct mu_month *month, enum mu_month_by by,
                                      const char *id)
{
    for (size_t i = 0; i < month->group[by].count; i++)
        if (strcmp(month->group[by].row[i].id, id) == 0)
            return &month->group[by].row[i];
    fail_msg("no row %s", id);
    abort();
}

/* A book that gives a part of what diners pay to the micro-fund. */
static int open_duyuan(void **state)
{
    const char *book = mu_preset_book("duyuan");
    struct home *home;
    struct mu_rules_faults faults;
    int version;

    home_setup(state);
    home = *state;
    assert_int_equal(mu_desk_adopt_rules(home->desk, book, strlen(book),
                                         mu_desk_now(home->desk).date, &faults, &version, NULL),
                     MU_OK);
    mu_rules_faults_clear(&faults);
    return 0;
}

static void a_month_is_summed_every_way_and_nobody_counts_twice(void **state)
{
    struct home *home = *state;
    struct mu_desk *tomorrow = home_desk(home, "2026-11-23T11:30");
    int64_t first =
        home_add(home->desk, "name", "张金凤", "birth_date", "1944-03-08", "card", "8801", NULL);
    int64_t second =
        home_add(home->desk, "name", "张金凤", "birth_date", "1944-03-08", "card", "8802", NULL);
    struct mu_month *month;

    home_add(home->desk, "name", "陈伟", "birth_date", "1990-03-08", NULL);
    serve(home->desk, "8801");
    serve(home->desk, "陈伟");
    courier(home->desk);
    courier(home->desk);
    assert_int_equal(mu_move_diner_money(home->desk, first, MU_TOP_UP, (struct mu_money){10000},
                                         NULL, NULL, NULL),
                     MU_OK);
    serve(tomorrow, "8802");
    assert_int_equal(mu_link_twins(home->desk, first, second, "", NULL), MU_OK);
    month = month_of(tomorrow, november);
    assert_int_equal(month->meals, 5);
    assert_int_equal(month->people, 2);
    assert_int_equal(month->without_file, 2);
    assert_int_equal(month->person_days, 5);
    assert_int_equal(month->price.fen, 7500);
    assert_int_equal(month->pay.fen, 3100);
    assert_false(month->over);
    assert_int_equal(row(month, MU_MONTH_BY_TIER, "tier-80")->meals, 2);
    assert_int_equal(row(month, MU_MONTH_BY_TIER, "tier-80")->people, 1);
    assert_int_equal(row(month, MU_MONTH_BY_TIER, "outdoor")->people, 0);
    assert_string_equal(row(month, MU_MONTH_BY_SESSION, "lunch")->name, "午餐");
    assert_int_equal(row(month, MU_MONTH_BY_DAY, "2026-11-22")->meals, 4);
    assert_int_equal(row(month, MU_MONTH_BY_DAY, "2026-11-23")->meals, 1);
    assert_int_equal(row(month, MU_MONTH_BY_METHOD, "cash")->pay.fen, 3100);
    assert_int_equal(row(month, MU_MONTH_BY_PAYER, "self")->price.fen, 3100);
    assert_int_equal(row(month, MU_MONTH_BY_PAYER, "subsidy")->price.fen, 1400);
    assert_int_equal(month->movement[MU_MONTH_TOP_UP].count, 1);
    assert_int_equal(month->movement[MU_MONTH_TOP_UP].cash.fen, 10000);
    mu_month_free(&month);
    mu_desk_free(&tomorrow);
}

static void payers_that_share_a_meal_come_to_its_price(void **state)
{
    static const char book[] =
        "centre: {name: 井亭, division: \"330205\"}\n"
        "canteen:\n"
        "  sessions: [{id: lunch, name: 午餐, from: \"10:30\", to: \"13:00\", price: 15.00}]\n"
        "  tiers: [{id: t, name: 优惠, price: 2, payers: [{workshop: 5.00}, {subsidy: rest}]}]\n";
    struct home *home = *state;
    struct mu_rules_faults faults;
    struct mu_month *month;
    int version;

    assert_int_equal(mu_desk_adopt_rules(home->desk, book, sizeof book - 1,
                                         mu_desk_now(home->desk).date, &faults, &version, NULL),
                     MU_OK);
    home_add(home->desk, "name", "张金凤", NULL);
    home_add(home->desk, "name", "李秀英", NULL);
    serve(home->desk, "张金凤");
    serve(home->desk, "李秀英");
    month = month_of(home->desk, november);
    assert_int_equal(row(month, MU_MONTH_BY_PAYER, "self")->price.fen, 400);
    assert_int_equal(row(month, MU_MONTH_BY_PAYER, "workshop")->price.fen, 1000);
    assert_int_equal(row(month, MU_MONTH_BY_PAYER, "subsidy")->price.fen, 1600);
    mu_month_free(&month);
}

static void a_meal_voided_on_its_day_is_told_but_not_counted(void **state)
{
    struct home *home = *state;
    struct mu_month *month;

    home_add(home->desk, "name", "张金凤", "birth_date", "1944-03-08", NULL);
    assert_int_equal(
        mu_void_meal(home->desk, serve(home->desk, "张金凤").meal.id, "点错", NULL, NULL), MU_OK);
    month = month_of(home->desk, november);
    assert_int_equal(month->meals, 0);
    assert_int_equal(month->voided, 1);
    assert_int_equal(month->people, 0);
    assert_int_equal(month->group[MU_MONTH_BY_DAY].count, 0);
    mu_month_free(&month);
}

static void the_share_is_booked_once_when_the_month_is_over(void **state)
{
    struct home *home = *state;
    struct mu_desk *later = home_desk(home, "2026-12-03T09:00");
    struct mu_fund funds[MU_PAYER_COUNT - 1];
    struct mu_month_share share;
    struct mu_verify_report heads;
    struct mu_month *month;
    struct mu_error error;

    home_add(home->desk, "name", "陈伟", "birth_date", "1990-03-08", NULL);
    home_add(home->desk, "name", "张金凤", "birth_date", "1950-03-08", NULL);
    serve(home->desk, "陈伟");
    serve(home->desk, "张金凤");
    assert_int_equal(mu_book_month_share(home->desk, november, NULL, &error), MU_REFUSED);
    assert_int_equal(error.message, MU_SAY_error_share_early);
    assert_int_equal(mu_book_month_share(later, november, &share, NULL), MU_OK);
    /* 5% of 18.00 + 9.00. */
    assert_int_equal(share.booked.fen, 135);
    assert_int_equal(mu_funds(later, funds, NULL), MU_OK);
    assert_int_equal(funds[MU_PAYER_FUND - 1].balance.fen, 135);
    assert_int_equal(mu_book_month_share(later, november, NULL, &error), MU_REFUSED);
    assert_int_equal(error.message, MU_SAY_error_share_booked);
    month = month_of(later, november);
    assert_true(month->over);
    assert_int_equal(month->share.booked.fen, 135);
    assert_int_equal(month->share.booked_on.day, 3);
    mu_month_free(&month);
    assert_int_equal(mu_book_month_share(later, (struct mu_date){2026, 10, 1}, NULL, &error),
                     MU_REFUSED);
    assert_int_equal(mu_verify(later, NULL, NULL, &heads, NULL), MU_OK);
    mu_desk_free(&later);
}

static void without_a_rule_or_takings_nothing_is_booked(void **state)
{
    struct home *home = *state;
    struct mu_desk *later = home_desk(home, "2026-12-03T09:00");
    const char *book = mu_preset_book("duyuan");
    struct mu_rules_faults faults;
    struct mu_error error;
    int version;

    assert_int_equal(mu_book_month_share(later, november, NULL, &error), MU_REFUSED);
    assert_int_equal(error.message, MU_SAY_error_share_no_rule);
    assert_int_equal(mu_desk_adopt_rules(home->desk, book, strlen(book),
                                         mu_desk_now(home->desk).date, &faults, &version, NULL),
                     MU_OK);
    assert_int_equal(mu_book_month_share(later, november, NULL, &error), MU_REFUSED);
    assert_int_equal(error.message, MU_SAY_error_share_nothing);
    mu_desk_free(&later);
}

static void a_month_that_has_not_begun_is_refused(void **state)
{
    struct home *home = *state;
    struct mu_month *month = NULL;
    struct mu_error error;

    assert_int_equal(mu_count_month(home->desk, december, &month, &error), MU_INPUT);
    assert_null(month);
    assert_int_equal(error.message, MU_SAY_error_month_future);
}

static void small_tiers_are_put_together_for_the_notice_board(void **state)
{
    struct home *home = *state;
    struct mu_month *month;
    char number[16];

    home_add(home->desk, "name", "周阿宝", "birth_date", "1950-01-01", "tags", "低保", NULL);
    serve(home->desk, "周阿宝");
    for (int i = 0; i < 6; i++) {
        snprintf(number, sizeof number, "77%02d", i);
        home_add(home->desk, "name", "陈伟", "birth_date", "1990-03-08", "card", number, NULL);
        serve(home->desk, number);
    }
    for (int i = 0; i < 7; i++) {
        snprintf(number, sizeof number, "66%02d", i);
        home_add(home->desk, "name", "李秀英", "birth_date", "1940-03-08", "card", number, NULL);
        serve(home->desk, number);
    }
    month = month_of(home->desk, november);
    assert_int_equal(month->group[MU_MONTH_BY_TIER].count, 3);
    mu_month_for_posting(month);
    /* One alone would follow from the others: the next larger one goes with it. */
    assert_int_equal(month->group[MU_MONTH_BY_TIER].count, 2);
    assert_int_equal(row(month, MU_MONTH_BY_TIER, MU_MONTH_JOINED)->people, 7);
    assert_int_equal(mu_month_people(home->desk, month, true, "-", NULL), MU_OK);
    assert_string_equal(month->group[MU_MONTH_BY_PERSON].row[0].name, "周*宝");
    mu_month_free(&month);
}

static void whole_names_leave_a_note(void **state)
{
    struct home *home = *state;
    struct mu_verify_report before, after;
    struct mu_month *month;

    home_add(home->desk, "name", "张金凤", "birth_date", "1944-03-08", NULL);
    serve(home->desk, "张金凤");
    courier(home->desk);
    month = month_of(home->desk, november);
    assert_int_equal(mu_verify(home->desk, NULL, NULL, &before, NULL), MU_OK);
    assert_int_equal(mu_month_people(home->desk, month, false, "a.csv", NULL), MU_OK);
    assert_int_equal(mu_verify(home->desk, NULL, NULL, &after, NULL), MU_OK);
    assert_int_equal(after.audit_entries, before.audit_entries + 1);
    assert_int_equal(month->group[MU_MONTH_BY_PERSON].count, 2);
    mu_month_free(&month);
}

static void the_table_is_written_in_every_format(void **state)
{
    struct home *home = *state;
    struct mu_month *month;
    char *text = NULL, path[96];
    size_t length;
    FILE *out = open_memstream(&text, &length);

    home_add(home->desk, "name", "张金凤", "birth_date", "1944-03-08", NULL);
    serve(home->desk, "张金凤");
    courier(home->desk);
    month = month_of(home->desk, november);
    assert_int_equal(mu_month_people(home->desk, month, true, "-", NULL), MU_OK);
    for (enum mu_month_by by = MU_MONTH_BY_TIER; by < MU_MONTH_GROUPS; by++) {
        const struct mu_report_target csv = {.format = MU_REPORT_CSV, .stream = out};
        const struct mu_report_target html = {.format = MU_REPORT_HTML, .stream = out};
        const struct mu_report_target book = {
            .format = MU_REPORT_XLSX, .path = path, .overwrite = true};

        snprintf(path, sizeof path, "%s/month.xlsx", home->folder);
        assert_int_equal(mu_report_month(&csv, month, by, by % 2, MU_CHINESE, NULL), MU_OK);
        assert_int_equal(mu_report_month(&html, month, by, by % 2, MU_ENGLISH, NULL), MU_OK);
        assert_int_equal(mu_report_month(&book, month, by, by % 2, MU_CHINESE, NULL), MU_OK);
    }
    assert_int_equal(fclose(out), 0);
    assert_non_null(
        strstr(text, "\"80周岁及以上\",\"1\",\"1\",\"15.00\",\"8.00\",\"7.00\",\"50.0%\""));
    assert_non_null(strstr(text, "\"22日 周日\",\"2\",\"30.00\""));
    assert_non_null(strstr(text, "ledger head L2-"));
    assert_non_null(strstr(text, "\"外卖员（无档案）\",\"1\""));
    free(text);
    mu_month_free(&month);
}

#define STORY(name) cmocka_unit_test_setup_teardown(name, home_setup, home_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        STORY(a_month_is_summed_every_way_and_nobody_counts_twice),
        STORY(payers_that_share_a_meal_come_to_its_price),
        STORY(a_meal_voided_on_its_day_is_told_but_not_counted),
        cmocka_unit_test_setup_teardown(the_share_is_booked_once_when_the_month_is_over,
                                        open_duyuan, home_teardown),
        STORY(without_a_rule_or_takings_nothing_is_booked),
        STORY(a_month_that_has_not_begun_is_refused),
        STORY(small_tiers_are_put_together_for_the_notice_board),
        STORY(whole_names_leave_a_note),
        STORY(the_table_is_written_in_every_format),
    };

    return cmocka_run_group_tests_name("the canteen's month", tests, NULL, NULL);
}
