#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <mulin/base/date.h>

static const struct mu_date today = {2026, 11, 22};

static void assert_date(struct mu_date date, int year, int month, int day)
{
    assert_int_equal(date.year, year);
    assert_int_equal(date.month, month);
    assert_int_equal(date.day, day);
}

static void a_day_is_read_in_every_form_that_people_type(void **state)
{
    static const char *const whole[] = {
        "2026-11-02",           "2026/11/2",          "2026.11.2",    "20261102",
        "2026年11月2日",        "2026年11月02",       "2026-11-2 ",   "　20261102",
        "２０２６－１１－０２", "２０２６．１１．２", "2026。11。02", "2026年11月2号",
    };
    static const char *const short_forms[] = {"0912",    "9.12",    "9-12",       "9/12",
                                              "9月12日", "9月12",   "９月１２日", "０９１２",
                                              "9。12",   "09月12号"};
    struct mu_date date;

    (void)state;
    for (size_t i = 0; i < sizeof whole / sizeof *whole; i++) {
        assert_true(mu_date_parse(whole[i], today, &date));
        assert_date(date, 2026, 11, 2);
    }
    for (size_t i = 0; i < sizeof short_forms / sizeof *short_forms; i++) {
        assert_true(mu_date_parse(short_forms[i], today, &date));
        assert_date(date, 2026, 9, 12);
    }
}

static void what_is_no_day_is_refused_and_changes_nothing(void **state)
{
    static const char *const wrong[] = {
        "",
        " ",
        "明天",
        "2026-13-01",
        "2026-02-29",
        "2026-11-31",
        "20261131",
        "0230",
        "0229",
        "2026-11",
        "2026/11-02",
        "26-11-02",
        "1899-12-31",
        "3000-01-01",
        "2026-11-02x",
        "2026-11-02-",
        "2026--11-02",
        "-2026-11-02",
        "2026年11日2月",
        "9月12月",
        "912",
        "2026110",
        "202611021",
        "2026-011-02",
        "2026年11-02",
        "20261102日",
        "1.2.3.4",
        "2026-11-02T10:00",
        "2026-11-02 and a tail that is longer than any date could be, however it is written",
    };
    struct mu_date date = {1, 2, 3};

    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        if (mu_date_parse(wrong[i], today, &date))
            fail_msg("'%s' was read as a day", wrong[i]);
        assert_date(date, 1, 2, 3);
    }
}

static void every_day_of_two_centuries_is_written_and_read_back(void **state)
{
    struct mu_date day = {1900, 1, 1}, read;
    char text[MU_DATE_SIZE];
    int count = 0, weekday = 1; /* 1900-01-01 was a Monday */

    (void)state;
    for (; day.year < 2100; day = mu_date_add_days(day, 1), count++) {
        assert_true(mu_date_valid(day));
        assert_int_equal(mu_date_weekday(day), weekday);
        mu_date_format(day, text);
        assert_true(mu_date_parse(text, today, &read));
        assert_int_equal(mu_date_compare(day, read), 0);
        weekday = (weekday + 1) % 7;
    }
    assert_int_equal(
        count, mu_date_days_between((struct mu_date){1900, 1, 1}, (struct mu_date){2100, 1, 1}));
    assert_int_equal(count, 73049); /* 200 years with 49 leap days */
}

static void days_are_counted_over_the_ends_of_months_and_years(void **state)
{
    (void)state;
    assert_date(mu_date_add_days((struct mu_date){2026, 12, 31}, 1), 2027, 1, 1);
    assert_date(mu_date_add_days((struct mu_date){2028, 3, 1}, -1), 2028, 2, 29);
    assert_date(mu_date_add_days((struct mu_date){2027, 3, 1}, -1), 2027, 2, 28);
    assert_date(mu_date_add_days((struct mu_date){0}, 30), 0, 0, 0);
    assert_int_equal(mu_date_days_between(today, (struct mu_date){2026, 11, 1}), -21);
    assert_true(mu_date_compare((struct mu_date){2026, 2, 1}, (struct mu_date){2026, 1, 31}) > 0);
    assert_true(mu_date_compare((struct mu_date){2025, 12, 31}, (struct mu_date){2026, 1, 1}) < 0);
}

static void an_unknown_day_is_written_as_nothing(void **state)
{
    char text[MU_DATE_SIZE] = "x", moment[MU_MOMENT_SIZE] = "x";

    (void)state;
    assert_false(mu_date_known((struct mu_date){0}));
    assert_false(mu_date_valid((struct mu_date){0}));
    mu_date_format((struct mu_date){0}, text);
    mu_moment_format((struct mu_moment){0}, moment);
    assert_string_equal(text, "");
    assert_string_equal(moment, "");
}

static void moments_and_clocks_are_written_and_read_back(void **state)
{
    static const char *const wrong[] = {
        "2026-11-22",          "2026-11-22 10:05", "2026-11-22T24:00", "2026-11-22T10:60",
        "2026-11-22T10:05:60", "2026-02-30T10:05", "2026-11-22T10:5",  "2026-11-22T10:05:00Z"};
    struct mu_moment moment = {0};
    char text[MU_MOMENT_SIZE], clock[MU_CLOCK_SIZE];
    int minute = -1;

    (void)state;
    assert_true(mu_moment_parse("2026-11-22T10:05:07", &moment));
    assert_date(moment.date, 2026, 11, 22);
    assert_int_equal(moment.minute, 605);
    assert_int_equal(moment.second, 7);
    mu_moment_format(moment, text);
    assert_string_equal(text, "2026-11-22T10:05:07");
    assert_true(mu_moment_parse("2026-11-22T23:59", &moment));
    assert_int_equal(moment.second, 0);
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_false(mu_moment_parse(wrong[i], &moment));
    assert_int_equal(moment.minute, 23 * 60 + 59);

    assert_true(mu_clock_parse("10:30", &minute));
    assert_int_equal(minute, 630);
    mu_clock_format(minute, clock);
    assert_string_equal(clock, "10:30");
    assert_false(mu_clock_parse("24:00", &minute));
    assert_false(mu_clock_parse("9:00", &minute));
    assert_false(mu_clock_parse("0900", &minute));
    assert_int_equal(minute, 630);
}

static void the_birthday_itself_makes_a_year_older(void **state)
{
    const struct mu_date birth = {1946, 11, 22};

    (void)state;
    assert_int_equal(mu_age_on(birth, (struct mu_date){2026, 11, 21}), 79);
    assert_int_equal(mu_age_on(birth, (struct mu_date){2026, 11, 22}), 80);
    assert_int_equal(mu_age_on(birth, (struct mu_date){2026, 12, 1}), 80);
    assert_int_equal(mu_age_on(birth, birth), 0);
    assert_true(mu_age_on(birth, (struct mu_date){1946, 11, 21}) < 0);
    assert_true(mu_age_on((struct mu_date){0}, today) < 0); /* never old enough for a reduction */
}

static void who_was_born_on_a_leap_day_turns_older_on_the_first_of_march(void **state)
{
    const struct mu_date birth = {1948, 2, 29};

    (void)state;
    assert_int_equal(mu_age_on(birth, (struct mu_date){2027, 2, 28}), 78);
    assert_int_equal(mu_age_on(birth, (struct mu_date){2027, 3, 1}), 79);
    assert_int_equal(mu_age_on(birth, (struct mu_date){2028, 2, 28}), 79);
    assert_int_equal(mu_age_on(birth, (struct mu_date){2028, 2, 29}), 80);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_day_is_read_in_every_form_that_people_type),
        cmocka_unit_test(what_is_no_day_is_refused_and_changes_nothing),
        cmocka_unit_test(every_day_of_two_centuries_is_written_and_read_back),
        cmocka_unit_test(days_are_counted_over_the_ends_of_months_and_years),
        cmocka_unit_test(an_unknown_day_is_written_as_nothing),
        cmocka_unit_test(moments_and_clocks_are_written_and_read_back),
        cmocka_unit_test(the_birthday_itself_makes_a_year_older),
        cmocka_unit_test(who_was_born_on_a_leap_day_turns_older_on_the_first_of_march),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
