/* Whoever does not come is missed. */
#include "unit/home.h"

#include <mulin/desk/alert.h>
#include <mulin/desk/order.h>

#include <stdbool.h>

static struct mu_date day(int after)
{
    return mu_date_add_days((struct mu_date){2026, 11, 1}, after);
}

static struct mu_desk *desk_at(const struct home *home, struct mu_date date, const char *clock)
{
    char now[32];

    mu_date_format(date, now);
    snprintf(now + strlen(now), sizeof now - strlen(now), "T%s", clock);
    return home_desk(home, now);
}

/* Lunch of a day: everybody whose number is given, and somebody without a file, so that it is a day
 * on which the canteen serves. */
static void lunch(const struct home *home, int after, const int64_t *who, size_t count)
{
    struct mu_desk *desk = desk_at(home, day(after), "11:30");
    struct mu_meal_request request = {.occupation = "环卫工"};
    struct mu_meal_answer answer;

    assert_int_equal(mu_serve_meal(desk, &request, &answer, NULL), MU_OK);
    for (size_t i = 0; i < count; i++) {
        request = (struct mu_meal_request){.resident_id = who[i]};
        assert_int_equal(mu_serve_meal(desk, &request, &answer, NULL), MU_OK);
    }
    mu_desk_free(&desk);
}

static size_t check(const struct home *home, int after, const char *clock)
{
    struct mu_desk *desk = desk_at(home, day(after), clock);
    size_t opened = 99;

    assert_int_equal(mu_check_alerts(desk, false, &opened, NULL), MU_OK);
    mu_desk_free(&desk);
    return opened;
}

struct alerts {
    size_t count;
    struct mu_alert_case row[8];
};

static bool collect(void *context, const struct mu_alert_case *alert)
{
    struct alerts *alerts = context;

    alerts->row[alerts->count++] = *alert;
    return alerts->count < 8;
}

static struct alerts *list(const struct home *home, bool answered)
{
    static struct alerts alerts;

    alerts.count = 0;
    assert_int_equal(mu_list_alerts(home->desk, answered, collect, &alerts, NULL), MU_OK);
    return &alerts;
}

static void make_in_november(const char *folder)
{
    const struct mu_desk_options options = {
        .home = folder, .system_user = "keeper", .fixed_now = "2026-11-01T08:00"};

    assert_int_equal(mu_home_create(&options, "yunluwan", false, NULL), MU_OK);
}

/* A home that was made on the first day of November. */
static int open_in_november(void **state)
{
    static struct home_image image;
    struct home *home = calloc(1, sizeof *home);

    assert_non_null(home);
    home_folder(home->folder);
    home_make(home->folder, &image, make_in_november);
    home->desk = home_desk(home, "2026-11-01T08:00");
    *state = home;
    return 0;
}

enum { OTHERS = 2 };

/* Two come every day, the third one as long as `until`. */
static void weeks(const struct home *home, const int64_t who[3], int until, int days)
{
    for (int i = 0; i < days; i++)
        lunch(home, i, who, i < until ? 3 : OTHERS);
}

static void add_three(const struct home *home, int64_t who[3])
{
    who[0] = home_add(home->desk, "name", "李大爷", "birth_date", "1940-01-02", NULL);
    who[1] = home_add(home->desk, "name", "周奶奶", "birth_date", "1941-01-02", NULL);
    who[2] = home_add(home->desk, "name", "王桂兰", "birth_date", "1942-01-02", "phone",
                      "13800001234", "building", "3", "room", "201", NULL);
}

static void a_regular_eater_who_stays_away_for_three_meals_is_missed(void **state)
{
    const struct home *home = *state;
    struct mu_figures figures;
    int64_t who[3];
    struct alerts *alerts;

    add_three(home, who);
    weeks(home, who, 10, 12);
    assert_int_equal(check(home, 11, "13:05"), 0);
    lunch(home, 12, who, OTHERS);
    assert_int_equal(check(home, 12, "12:59"), 0); /* it has not ended */
    assert_int_equal(check(home, 12, "13:00"), 1);
    alerts = list(home, false);
    assert_int_equal(alerts->count, 1);
    assert_int_equal(alerts->row[0].alert.resident_id, who[2]);
    assert_string_equal(alerts->row[0].alert.name, "王桂兰");
    assert_int_equal(alerts->row[0].alert.missed, 3);
    assert_int_equal(alerts->row[0].alert.cause, MU_ALERT_ABSENT);
    assert_true(mu_date_compare(alerts->row[0].alert.date, day(12)) == 0);
    assert_true(mu_date_compare(alerts->row[0].last_meal, day(9)) == 0);
    assert_string_equal(alerts->row[0].last_session_name, "午餐");
    assert_string_equal(alerts->row[0].resident.phone, "138****1234");
    assert_int_equal(mu_today(home->desk, &figures, NULL), MU_OK);
    assert_int_equal(figures.alerts, 1);
    assert_string_equal(figures.missed, "王桂兰");
}

static void nobody_is_missed_twice_for_the_same_days(void **state)
{
    const struct home *home = *state;
    struct mu_desk *other;
    size_t opened;
    int64_t who[3];

    add_three(home, who);
    weeks(home, who, 10, 13);
    assert_int_equal(check(home, 12, "13:00"), 1);
    assert_int_equal(check(home, 12, "13:00"), 0);
    other = desk_at(home, day(12), "14:00");
    assert_int_equal(mu_check_alerts(other, true, &opened, NULL), MU_OK);
    assert_int_equal(opened, 0);
    mu_desk_free(&other);
    lunch(home, 13, who, OTHERS);
    assert_int_equal(check(home, 13, "20:00"), 0);
    assert_int_equal(list(home, true)->count, 1);
}

static void who_comes_now_and_then_is_not_missed(void **state)
{
    const struct home *home = *state;
    int64_t who[3];

    add_three(home, who);
    weeks(home, who, 7, 10); /* seven meals do not make a regular eater */
    assert_int_equal(check(home, 9, "13:00"), 0);
    assert_int_equal(list(home, true)->count, 0);
}

static void a_day_on_which_nobody_is_served_does_not_count(void **state)
{
    const struct home *home = *state;
    int64_t who[3];

    add_three(home, who);
    weeks(home, who, 10, 12);
    for (int i = 12; i < 20; i++) /* closed */
        assert_int_equal(check(home, i, "20:00"), 0);
    lunch(home, 20, who, OTHERS);
    assert_int_equal(check(home, 20, "20:00"), 1);
}

static void who_was_seen_at_dinner_has_not_stayed_away(void **state)
{
    const struct home *home = *state;
    struct mu_meal_request request = {.session = "dinner"};
    struct mu_meal_answer answer;
    struct mu_desk *desk;
    int64_t who[3];

    add_three(home, who);
    weeks(home, who, 10, 12);
    desk = desk_at(home, day(11), "17:00");
    request.resident_id = who[2];
    assert_int_equal(mu_serve_meal(desk, &request, &answer, NULL), MU_OK);
    mu_desk_free(&desk);
    lunch(home, 12, who, OTHERS);
    assert_int_equal(check(home, 12, "20:00"), 0);
    lunch(home, 13, who, OTHERS);
    assert_int_equal(check(home, 13, "20:00"), 0);
    lunch(home, 14, who, OTHERS);
    assert_int_equal(check(home, 14, "20:00"), 1);
}

static void who_died_or_moved_away_is_not_missed(void **state)
{
    const struct home *home = *state;
    struct mu_desk *desk;
    int64_t who[3];

    add_three(home, who);
    weeks(home, who, 10, 13);
    desk = desk_at(home, day(12), "09:00");
    assert_int_equal(mu_end_resident(desk, who[2], MU_MOVED_OUT, day(11), NULL), MU_OK);
    mu_desk_free(&desk);
    assert_int_equal(check(home, 12, "20:00"), 0);
}

static void a_week_without_anybody_at_the_desk_is_caught_up_with(void **state)
{
    const struct home *home = *state;
    int64_t who[3];

    add_three(home, who);
    weeks(home, who, 10, 12);
    assert_int_equal(check(home, 11, "20:00"), 0);
    for (int i = 12; i < 18; i++)
        lunch(home, i, who, OTHERS);
    assert_int_equal(check(home, 18, "08:00"), 1);
    assert_int_equal(list(home, false)->row[0].alert.missed, 8);
    assert_true(mu_date_compare(list(home, false)->row[0].alert.date, day(12)) == 0);
}

static size_t answer(const struct home *home, int after, int64_t id, int outcome,
                     struct mu_date back_on)
{
    struct mu_desk *desk = desk_at(home, day(after), "15:00");
    struct mu_alert_answer found = {.outcome = outcome, .back_on = back_on, .found = "女儿接走了"};
    size_t count = 0;

    assert_int_equal(mu_answer_alert(desk, id, &found, NULL, &count, NULL), MU_OK);
    mu_desk_free(&desk);
    return count;
}

static void an_answer_ends_the_alert_and_stands_with_who_and_when(void **state)
{
    const struct home *home = *state;
    struct mu_alert_answer again = {.outcome = MU_OUTCOME_SAFE};
    struct mu_alert_case found;
    struct mu_figures figures;
    struct mu_error error;
    int64_t who[3], id;

    add_three(home, who);
    weeks(home, who, 10, 13);
    check(home, 12, "13:00");
    id = list(home, false)->row[0].alert.id;
    assert_int_equal(answer(home, 12, id, MU_OUTCOME_SAFE, (struct mu_date){0, 0, 0}), 1);
    assert_int_equal(list(home, false)->count, 0);
    assert_int_equal(list(home, true)->count, 1);
    assert_int_equal(mu_read_alert(home->desk, id, &found, NULL), MU_OK);
    assert_string_equal(found.alert.found, "女儿接走了");
    assert_int_equal(found.alert.outcome, MU_OUTCOME_SAFE);
    assert_int_equal(found.alert.answered_at.minute, 15 * 60);
    assert_true(*found.alert.answered_by);
    assert_int_equal(mu_today(home->desk, &figures, NULL), MU_OK);
    assert_int_equal(figures.alerts, 0);
    assert_int_equal(mu_answer_alert(home->desk, id, &again, NULL, NULL, &error), MU_REFUSED);
    assert_int_equal(error.message, MU_SAY_error_alert_answered);
    assert_int_equal(mu_answer_alert(home->desk, 77, &again, NULL, NULL, &error), MU_INPUT);
    assert_int_equal(mu_read_alert(home->desk, 77, &found, &error), MU_INPUT);
}

static void who_was_well_and_goes_on_to_stay_away_is_missed_again(void **state)
{
    const struct home *home = *state;
    int64_t who[3];

    add_three(home, who);
    weeks(home, who, 10, 13);
    check(home, 12, "13:00");
    answer(home, 12, list(home, false)->row[0].alert.id, MU_OUTCOME_SAFE,
           (struct mu_date){0, 0, 0});
    lunch(home, 13, who, OTHERS);
    lunch(home, 14, who, OTHERS);
    assert_int_equal(check(home, 14, "20:00"), 0);
    lunch(home, 15, who, OTHERS);
    assert_int_equal(check(home, 15, "20:00"), 1);
    assert_int_equal(list(home, true)->count, 2);
    assert_int_equal(list(home, false)->row[0].alert.missed, 3);
}

static void who_is_away_is_missed_again_when_they_are_not_back(void **state)
{
    const struct home *home = *state;
    int64_t who[3];

    add_three(home, who);
    weeks(home, who, 10, 13);
    check(home, 12, "13:00");
    answer(home, 12, list(home, false)->row[0].alert.id, MU_OUTCOME_HOSPITAL, day(18));
    for (int i = 13; i < 20; i++)
        lunch(home, i, who, OTHERS);
    assert_int_equal(check(home, 19, "20:00"), 0);
    lunch(home, 20, who, OTHERS);
    assert_int_equal(check(home, 20, "20:00"), 1);
}

static void who_eats_here_no_more_is_missed_only_after_coming_back(void **state)
{
    const struct home *home = *state;
    int64_t who[3];

    add_three(home, who);
    weeks(home, who, 10, 13);
    check(home, 12, "13:00");
    answer(home, 12, list(home, false)->row[0].alert.id, MU_OUTCOME_STOPPED,
           (struct mu_date){0, 0, 0});
    for (int i = 13; i < 18; i++)
        lunch(home, i, who, OTHERS);
    assert_int_equal(check(home, 17, "20:00"), 0);
    for (int i = 18; i < 28; i++)
        lunch(home, i, who, 3);
    for (int i = 28; i < 31; i++)
        lunch(home, i, who, OTHERS);
    assert_int_equal(check(home, 30, "20:00"), 1);
}

static void who_told_that_they_will_not_come_is_not_missed(void **state)
{
    const struct home *home = *state;
    struct mu_absence absence = {.from = day(11), .until = day(13)};
    int64_t who[3];

    add_three(home, who);
    absence.resident_id = who[2];
    assert_int_equal(mu_save_absence(home->desk, &absence, NULL, NULL, NULL), MU_OK);
    weeks(home, who, 10, 15);
    assert_int_equal(check(home, 14, "20:00"), 0); /* two meals without a word */
    lunch(home, 15, who, OTHERS);
    assert_int_equal(check(home, 15, "20:00"), 1);
    assert_int_equal(list(home, false)->row[0].alert.missed, 3);
}

static void a_standing_order_makes_a_regular_eater_of_who_never_came(void **state)
{
    const struct home *home = *state;
    struct mu_order order = {
        .session = "lunch", .weekdays = "1-5", .from = day(2), .serving = MU_EATEN_THERE};
    int64_t who[3];

    add_three(home, who);
    order.resident_id = who[2];
    assert_int_equal(mu_save_order(home->desk, &order, NULL, NULL, NULL), MU_OK);
    weeks(home, who, 0, 4); /* Sunday to Wednesday; the order begins on Tuesday */
    assert_int_equal(check(home, 3, "20:00"), 0);
    lunch(home, 4, who, OTHERS);
    assert_int_equal(check(home, 4, "20:00"), 1);
}

static void what_is_brought_to_the_door_is_told_by_the_courier(void **state)
{
    const struct home *home = *state;
    struct mu_order order = {
        .session = "lunch", .weekdays = "1-7", .from = day(2), .serving = MU_DELIVERED};
    int64_t who[3];

    add_three(home, who);
    order.resident_id = who[2];
    assert_int_equal(mu_save_order(home->desk, &order, NULL, NULL, NULL), MU_OK);
    weeks(home, who, 0, 8);
    assert_int_equal(check(home, 7, "20:00"), 0);
}

static void a_clock_that_was_in_a_year_to_come_does_not_silence_it(void **state)
{
    const struct home *home = *state;
    struct mu_desk *wrong = home_desk(home, "2031-01-01T20:00");
    size_t opened;
    int64_t who[3];

    assert_int_equal(mu_check_alerts(wrong, false, &opened, NULL), MU_OK);
    mu_desk_free(&wrong);
    add_three(home, who);
    weeks(home, who, 10, 13);
    assert_int_equal(check(home, 12, "13:00"), 1);
}

static void what_cannot_be_an_answer_is_told(void **state)
{
    const struct home *home = *state;
    struct mu_desk *desk = desk_at(home, day(12), "15:00");
    struct mu_alert_answer found = {0};
    const char *field;
    struct mu_error error;

    assert_int_equal(mu_answer_alert(desk, 1, &found, &field, NULL, &error), MU_INPUT);
    assert_string_equal(field, "outcome");
    found.outcome = MU_OUTCOME_NEEDS_HELP;
    assert_int_equal(mu_answer_alert(desk, 1, &found, &field, NULL, &error), MU_INPUT);
    assert_string_equal(field, "found");
    found.outcome = MU_OUTCOME_AWAY;
    assert_int_equal(mu_answer_alert(desk, 1, &found, &field, NULL, &error), MU_INPUT);
    assert_string_equal(field, "back_on");
    found.back_on = day(12);
    assert_int_equal(mu_answer_alert(desk, 1, &found, &field, NULL, &error), MU_INPUT);
    assert_int_equal(error.message, MU_SAY_error_alert_day);
    found.back_on = day(12 + MU_ALERT_AWAY_DAYS + 1);
    assert_int_equal(mu_answer_alert(desk, 1, &found, &field, NULL, &error), MU_INPUT);
    strcpy(found.found, "\xff");
    assert_int_equal(mu_answer_alert(desk, 1, &found, &field, NULL, &error), MU_INPUT);
    assert_null(field);
    mu_desk_free(&desk);
}

#define STORY(name) cmocka_unit_test_setup_teardown(name, open_in_november, home_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        STORY(a_regular_eater_who_stays_away_for_three_meals_is_missed),
        STORY(nobody_is_missed_twice_for_the_same_days),
        STORY(who_comes_now_and_then_is_not_missed),
        STORY(a_day_on_which_nobody_is_served_does_not_count),
        STORY(who_was_seen_at_dinner_has_not_stayed_away),
        STORY(who_died_or_moved_away_is_not_missed),
        STORY(a_week_without_anybody_at_the_desk_is_caught_up_with),
        STORY(an_answer_ends_the_alert_and_stands_with_who_and_when),
        STORY(who_was_well_and_goes_on_to_stay_away_is_missed_again),
        STORY(who_is_away_is_missed_again_when_they_are_not_back),
        STORY(who_eats_here_no_more_is_missed_only_after_coming_back),
        STORY(who_told_that_they_will_not_come_is_not_missed),
        STORY(a_standing_order_makes_a_regular_eater_of_who_never_came),
        STORY(what_is_brought_to_the_door_is_told_by_the_courier),
        STORY(a_clock_that_was_in_a_year_to_come_does_not_silence_it),
        STORY(what_cannot_be_an_answer_is_told),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
