/* Which backups stay, night after night over years. */
#include <mulin/domain/retention.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

enum { SHELF = 64, MOST = MU_KEEP_DAYS + MU_KEEP_WEEKS + MU_KEEP_MONTHS };

/* The folder of backups, the newest first. */
struct shelf {
    struct mu_moment made[SHELF];
    size_t count;
};

static struct mu_moment at(int year, int month, int day, int minute)
{
    return (struct mu_moment){{year, month, day}, minute, 0};
}

/* Puts a backup on the shelf and takes away what the rule does not keep. */
static void back_up(struct shelf *shelf, struct mu_moment now)
{
    bool keep[SHELF];
    size_t kept = 0;

    assert_true(shelf->count < SHELF);
    memmove(shelf->made + 1, shelf->made, shelf->count++ * sizeof *shelf->made);
    shelf->made[0] = now;
    mu_retention_mark(shelf->made, shelf->count, keep);
    assert_true(keep[0]);
    for (size_t i = 0; i < shelf->count; i++)
        if (keep[i])
            shelf->made[kept++] = shelf->made[i];
    shelf->count = kept;
}

/* Days from `day` to the first backup that holds all of it; -1: there is none. */
static int days_after(const struct shelf *shelf, struct mu_date day)
{
    for (size_t i = shelf->count; i > 0; i--)
        if (mu_date_compare(shelf->made[i - 1].date, day) >= 0)
            return mu_date_days_between(day, shelf->made[i - 1].date);
    return -1;
}

static void six_years_of_nights_leave_days_weeks_and_months(void **state)
{
    struct shelf shelf = {0};
    struct mu_date first = {2023, 1, 1}, day = first;

    (void)state;
    for (int night = 0; night < 6 * 365; night++, day = mu_date_add_days(day, 1)) {
        back_up(&shelf, (struct mu_moment){day, 150, 0});
        assert_true(shelf.count <= MOST);
        for (int back = 0; back < MU_KEEP_DAYS && back <= night; back++)
            assert_int_equal(days_after(&shelf, mu_date_add_days(day, -back)), 0);
        for (int back = MU_KEEP_DAYS; back <= 7 * (MU_KEEP_WEEKS - 1) && back <= night; back++)
            assert_in_range(days_after(&shelf, mu_date_add_days(day, -back)), 0, 6);
        for (int back = 29; back <= 330 && back <= night; back++)
            assert_in_range(days_after(&shelf, mu_date_add_days(day, -back)), 0, 30);
    }
    for (int month = 2; month < 12; month++) {
        struct mu_date last = mu_date_add_days((struct mu_date){2028, month + 1, 1}, -1);

        assert_int_equal(days_after(&shelf, last), 0);
    }
}

static void several_backups_of_a_day_leave_the_last(void **state)
{
    struct shelf shelf = {0};

    (void)state;
    for (int hour = 8; hour < 18; hour++)
        back_up(&shelf, at(2026, 11, 22, hour * 60));
    assert_int_equal(shelf.count, 1);
    assert_int_equal(shelf.made[0].minute, 17 * 60);
}

static void a_long_holiday_loses_nothing(void **state)
{
    struct shelf shelf = {0};
    size_t before;

    (void)state;
    for (int day = 1; day <= 31; day++)
        back_up(&shelf, at(2026, 1, day, 150));
    before = shelf.count;
    assert_int_equal(before, MU_KEEP_DAYS + 3); /* 4, 11 and 18 January, Sundays, and 25 to 31 */
    back_up(&shelf, at(2026, 12, 31, 150));     /* opened again eleven months later */
    assert_int_equal(shelf.count, before);      /* one week went */
    assert_int_equal(shelf.made[shelf.count - 1].date.day, 11);
}

static void a_file_of_the_future_takes_one_place(void **state)
{
    struct shelf shelf = {0};

    (void)state;
    back_up(&shelf, at(2031, 1, 1, 0));
    for (int day = 1; day <= 9; day++) {
        bool keep[SHELF];

        /* Its place stays the first: lists are sorted by date. */
        memmove(shelf.made + 2, shelf.made + 1, (shelf.count - 1) * sizeof *shelf.made);
        shelf.made[1] = at(2026, 11, day, 150);
        mu_retention_mark(shelf.made, ++shelf.count, keep);
        assert_true(keep[0]);
        assert_true(keep[1]);
        for (size_t i = 1; i < MU_KEEP_DAYS && i < shelf.count; i++)
            assert_true(keep[i]);
    }
}

static void weeks_begin_on_monday(void **state)
{
    /* Sunday 22 November 2026 and the Monday after, months apart in nothing but the week. */
    const struct mu_moment made[] = {
        at(2026, 11, 23, 150), at(2026, 11, 22, 150), at(2026, 11, 21, 150),
        at(2026, 11, 20, 150), at(2026, 11, 19, 150), at(2026, 11, 18, 150),
        at(2026, 11, 17, 150), at(2026, 11, 16, 150), at(2026, 11, 15, 150),
    };
    bool keep[sizeof made / sizeof *made];

    (void)state;
    mu_retention_mark(made, sizeof made / sizeof *made, keep);
    assert_true(keep[6]);
    assert_false(keep[7]); /* of the week that the 22nd ends */
    assert_true(keep[8]);  /* the Sunday before */
}

static void a_backup_is_late_after_a_day(void **state)
{
    const struct mu_moment now = at(2026, 11, 22, 690);

    (void)state;
    assert_true(mu_backup_late((struct mu_moment){0}, now));
    assert_false(mu_backup_late(now, now));
    assert_false(mu_backup_late(at(2026, 11, 21, 690), now));
    assert_true(mu_backup_late(at(2026, 11, 21, 689), now));
    assert_true(mu_backup_late(at(2025, 11, 22, 690), now));
    /* The clock went back a little, or was wrong by years. */
    assert_false(mu_backup_late(at(2026, 11, 22, 750), now));
    assert_true(mu_backup_late(at(2031, 1, 1, 0), now));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(six_years_of_nights_leave_days_weeks_and_months),
        cmocka_unit_test(several_backups_of_a_day_leave_the_last),
        cmocka_unit_test(a_long_holiday_loses_nothing),
        cmocka_unit_test(a_file_of_the_future_takes_one_place),
        cmocka_unit_test(weeks_begin_on_monday),
        cmocka_unit_test(a_backup_is_late_after_a_day),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
