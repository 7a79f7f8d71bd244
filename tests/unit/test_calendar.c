/* Which days are worked and which sessions are served, and what a meal costs on them. */
#include "unit/home.h"

#include <mulin/desk/calendar.h>

#define STORY(test) cmocka_unit_test_setup_teardown(test, home_setup, home_teardown)

#define CENTRE "centre: {name: 云鹭湾, division: \"330205\"}\n"
#define BOOK                                                                                          \
    CENTRE "canteen:\n"                                                                               \
           "  sessions:\n"                                                                            \
           "    - {id: lunch, name: 午餐, from: \"10:30\", to: \"13:00\", price: 12.00, days: "     \
           "workdays,\n"                                                                              \
           "       prices: [{from: 2026-11-24, to: 2026-11-25, price: 15.00, name: 重阳餐},\n"     \
           "                {from: 2026-11-25, price: 20.00}]}\n"                                     \
           "    - {id: dinner, name: 晚餐, from: \"16:30\", to: \"18:30\", price: 10.00, days: "    \
           "[sat, workdays]}\n"                                                                       \
           "  tiers: [{id: all, name: 人人, off: 2.00, payer: subsidy}]\n"                          \
           "  closed: [{from: 2026-11-26, to: 2026-11-27, reason: 厨房检修}, {from: 2026-11-30, " \
           "reason: 盘点}]\n"

static void adopt(struct home *home, const char *book)
{
    struct mu_rules_faults faults = {0};
    struct mu_error error;
    char text[512] = "";
    int version;

    if (mu_desk_adopt_rules(home->desk, book, strlen(book), mu_desk_now(home->desk).date, &faults,
                            &version, &error) != MU_OK) {
        if (faults.count)
            mu_rules_fault_text(&faults.fault[0], "book", MU_ENGLISH, text, sizeof text);
        mu_rules_faults_clear(&faults);
        fail_msg("%s", text);
    }
}

static bool works(int year, int month, int day)
{
    return mu_day_kind((struct mu_date){year, month, day}).workday;
}

static void swapped_days_are_as_the_state_council_announced(void **state)
{
    (void)state;
    assert_true(works(2026, 11, 23));
    assert_false(works(2026, 11, 22));
    assert_false(works(2026, 10, 1));
    assert_false(works(2026, 10, 7));
    assert_true(works(2026, 10, 8));
    assert_true(works(2026, 10, 10));
    assert_true(works(2026, 2, 14));
    assert_false(works(2026, 2, 23));
    assert_true(works(2026, 2, 28));
    assert_true(works(2026, 1, 4));
    assert_false(works(2025, 1, 28));
    assert_true(works(2025, 1, 27));
    assert_true(works(2025, 4, 27));
    assert_false(works(2025, 10, 8));
    assert_string_equal(mu_day_kind((struct mu_date){2025, 10, 11}).name, "国庆节、中秋节");
    assert_null(mu_day_kind((struct mu_date){2026, 11, 23}).name);
}

/* 365 days less 104 weekend days, less those off that are no weekend, and more those swapped. */
static int working_days(int year)
{
    struct mu_date day = {year, 1, 1};
    int count = 0;

    for (; day.year == year; day = mu_date_add_days(day, 1))
        count += mu_day_kind(day).workday;
    return count;
}

static void a_year_has_the_working_days_that_it_should(void **state)
{
    (void)state;
    assert_int_equal(working_days(2025), 248);
    assert_int_equal(working_days(2026), 248);
    assert_false(mu_day_kind((struct mu_date){2027, 10, 1}).announced);
    assert_true(works(2027, 10, 1));
    assert_true(mu_day_kind((struct mu_date){2026, 10, 1}).announced);
}

static struct mu_meal_answer guest(struct home *home, const char *moment)
{
    struct mu_desk *desk = home_desk(home, moment);
    const struct mu_meal_request request = {.occupation = "外卖员"};
    struct mu_meal_answer answer;
    enum mu_status status = mu_serve_meal(desk, &request, &answer, NULL);

    assert_int_equal(status == MU_OK, answer.refusal == MU_SERVED);
    mu_desk_free(&desk);
    return answer;
}

static void assert_told(const struct mu_meal_answer *answer, const char *told)
{
    char text[512];

    assert_string_equal(mu_meal_refusal_word(answer->refusal), "closed_day");
    mu_meal_answer_text(answer, MU_CHINESE, text, sizeof text);
    assert_string_equal(text, told);
}

static void a_closed_day_is_refused_with_its_reason_and_the_next_one(void **state)
{
    struct home *home = *state;
    struct mu_meal_answer answer;

    adopt(home, BOOK);
    assert_int_equal(guest(home, "2026-11-23T11:30").refusal, MU_SERVED);
    answer = guest(home, "2026-11-26T11:30");
    assert_told(&answer, "午餐：2026-11-26 不供餐（厨房检修）：下一次供餐是 2026-12-01");
    answer = guest(home, "2026-11-26T17:30");
    assert_told(&answer, "晚餐：2026-11-26 不供餐（厨房检修）：下一次供餐是 2026-11-28");
    answer = guest(home, "2026-11-28T11:30");
    assert_told(&answer, "午餐：2026-11-28 不是供餐日：下一次供餐是 2026-12-01");
    answer = guest(home, "2027-01-03T11:30");
    assert_told(&answer, "午餐：2027-01-03 不是供餐日：下一次供餐是 2027-01-04");
}

static void a_holiday_is_named(void **state)
{
    struct home *home = *state;
    struct mu_desk *before = home_desk(home, "2026-09-20T09:00");
    struct mu_rules_faults faults = {0};
    struct mu_error error;
    struct mu_meal_answer answer;
    int version;

    assert_int_equal(mu_desk_adopt_rules(before, BOOK, strlen(BOOK), (struct mu_date){2026, 9, 20},
                                         &faults, &version, &error),
                     MU_OK);
    mu_desk_free(&before);
    assert_int_equal(guest(home, "2026-09-20T11:30").refusal, MU_SERVED);
    answer = guest(home, "2026-09-25T11:30");
    assert_told(&answer, "午餐：2026-09-25 不供餐（中秋节放假）：下一次供餐是 2026-09-28");
    assert_int_equal(guest(home, "2026-10-10T11:30").refusal, MU_SERVED);
}

static void a_canteen_that_never_serves_says_no_next_day(void **state)
{
    struct home *home = *state;
    struct mu_meal_answer answer;

    adopt(home,
          CENTRE "canteen: {sessions: [{id: lunch, name: 午餐, from: \"10:30\", to: \"13:00\", "
                 "price: 12.00}], closed: [{from: 2026-01-01, to: 2029-12-31, reason: 迁址}]}\n");
    answer = guest(home, "2026-11-26T11:30");
    assert_told(&answer, "午餐：2026-11-26 不供餐（迁址）：下一次供餐是 -");
}

static void a_festival_meal_has_its_own_price(void **state)
{
    struct home *home = *state;
    struct mu_meal_request request = {.occupation = "外卖员"};
    struct mu_desk *desk;
    struct mu_error error;
    char *text;

    adopt(home, BOOK);
    assert_int_equal(guest(home, "2026-11-23T11:30").meal.price.fen, 1200);
    assert_int_equal(guest(home, "2026-11-24T11:30").meal.pay.fen, 1300);
    assert_int_equal(guest(home, "2026-11-25T11:30").meal.price.fen, 1500);
    assert_int_equal(guest(home, "2026-11-24T17:30").meal.price.fen, 1000);
    desk = home_desk(home, "2026-11-24T12:00");
    assert_int_equal(mu_explain_meal(desk, &request, MU_CHINESE, &text, &error), MU_OK);
    assert_non_null(strstr(text, "2026-11-24 重阳餐：每份 15.00 元（平日 12.00 元）"));
    assert_non_null(strstr(text, "13.00"));
    free(text);
    mu_desk_free(&desk);
    desk = home_desk(home, "2026-11-26T12:00");
    assert_int_equal(mu_explain_meal(desk, &request, MU_CHINESE, &text, &error), MU_OK);
    assert_non_null(strstr(text, "2026-11-26 不供餐（厨房检修）"));
    free(text);
    mu_desk_free(&desk);
}

struct told {
    char text[8][512];
    size_t count, limit;
    enum mu_language language;
};

static bool take(void *context, const struct mu_canteen_day *day)
{
    struct told *told = context;

    mu_canteen_day_text(day, told->language, told->text[told->count++], sizeof told->text[0]);
    return told->count < told->limit;
}

static void the_days_of_a_month_are_told(void **state)
{
    struct home *home = *state;
    struct told told = {.limit = 8};
    struct mu_error error;

    adopt(home, BOOK);
    assert_int_equal(mu_canteen_days(home->desk, (struct mu_date){2026, 11, 24},
                                     (struct mu_date){2026, 11, 29}, take, &told, &error),
                     MU_OK);
    assert_int_equal(told.count, 6);
    assert_string_equal(told.text[0], "2026-11-24 周二：午餐 15.00 元（重阳餐），晚餐 10.00 元");
    assert_string_equal(told.text[2],
                        "2026-11-26 周四：午餐不供餐（厨房检修），晚餐不供餐（厨房检修）");
    assert_string_equal(told.text[4], "2026-11-28 周六：午餐不供餐，晚餐 10.00 元");
    told = (struct told){.limit = 2, .language = MU_ENGLISH};
    assert_int_equal(mu_canteen_days(home->desk, (struct mu_date){2026, 10, 10},
                                     (struct mu_date){2026, 12, 31}, take, &told, &error),
                     MU_OK);
    assert_int_equal(told.count, 2);
    assert_string_equal(told.text[0],
                        "2026-10-10 Sat workday for 国庆节: 午餐 12.00 yuan, 晚餐 10.00 yuan");
    told = (struct told){.limit = 1};
    assert_int_equal(mu_canteen_days(home->desk, (struct mu_date){2027, 1, 1},
                                     (struct mu_date){2027, 1, 1}, take, &told, &error),
                     MU_OK);
    assert_non_null(strstr(told.text[0], "放假安排没有收录"));
}

static void a_faulty_calendar_is_told(void **state)
{
    static const char book[] = CENTRE
        "canteen:\n"
        "  sessions:\n"
        "    - {id: lunch, name: 午餐, from: \"10:30\", to: \"13:00\", price: 12.00, days: [mon, "
        "holiday],\n"
        "       prices: [{from: 2026-11-31, price: 15.00}, {from: 2026-11-02, to: 2026-11-01, "
        "price: 1}]}\n"
        "    - {id: d, name: 晚餐, from: \"16:30\", to: \"18:30\", price: 1, days: [], prices: 3}\n"
        "    - {id: e, name: 夜餐, from: \"19:30\", to: \"20:30\", price: 1, days: {mon: 1}}\n"
        "  closed: [{from: 2026-02-20, to: 2026-02-16, reason: 春节}, {from: 明天}]\n";
    static const char *const faults_expected[] = {
        "b:4:83: canteen.sessions[0].days[1]: 'holiday' is not one of the words: allowed are "
        "workdays, mon, tue, wed, thu, fri, sat, sun",
        "b:5:24: canteen.sessions[0].prices[0].from: '2026-11-31' is no day: write year, month and "
        "day, for example 2026-10-01",
        "b:5:74: canteen.sessions[0].prices[1].to: the days are in the wrong order: to may not be "
        "before from",
    };
    struct mu_rules_faults faults;
    struct mu_rules *rules = NULL;
    struct mu_error error;
    char text[512];

    (void)state;
    assert_int_equal(mu_rules_parse(book, strlen(book), &faults, &rules, &error), MU_INPUT);
    assert_int_equal(faults.count, 9);
    for (size_t i = 0; i < sizeof faults_expected / sizeof *faults_expected; i++) {
        mu_rules_fault_text(&faults.fault[i], "b", MU_ENGLISH, text, sizeof text);
        assert_string_equal(text, faults_expected[i]);
    }
    mu_rules_faults_clear(&faults);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(swapped_days_are_as_the_state_council_announced),
        cmocka_unit_test(a_year_has_the_working_days_that_it_should),
        STORY(a_closed_day_is_refused_with_its_reason_and_the_next_one),
        STORY(a_holiday_is_named),
        STORY(a_canteen_that_never_serves_says_no_next_day),
        STORY(a_festival_meal_has_its_own_price),
        STORY(the_days_of_a_month_are_told),
        cmocka_unit_test(a_faulty_calendar_is_told),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
