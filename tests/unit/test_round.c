/* Meals that are brought, and what the courier tells of each door. */
#include "unit/home.h"

#include <mulin/desk/alert.h>
#include <mulin/desk/diner_account.h>
#include <mulin/desk/order.h>
#include <mulin/desk/round.h>
#include <mulin/report/round.h>

static struct mu_date today(const struct home *home)
{
    return mu_desk_now(home->desk).date;
}

/* Orders lunch for today, to be brought. */
static int64_t order(const struct home *home, const char *name, const char *building,
                     const char *room)
{
    struct mu_order order = {.session = "lunch", .from = today(home), .serving = MU_DELIVERED};
    struct mu_error error;
    int64_t id =
        home_add(home->desk, "name", name, "birth_date", "1940-01-02", "estate", "金桂花园",
                 "building", building, "room", room, "phone", "13800001234", NULL);

    order.resident_id = id;
    if (mu_save_order(home->desk, &order, "自提改送", NULL, &error) != MU_OK) {
        char text[512];

        mu_error_text(&error, MU_ENGLISH, text, sizeof text);
        fail_msg("%s", text);
    }
    return id;
}

static struct mu_round make(const struct home *home, const char *courier, const char *building,
                            size_t expected)
{
    const struct mu_doors doors = {.building = building};
    struct mu_round round = {0};
    size_t added = 0;

    assert_int_equal(
        mu_make_round(home->desk, today(home), "lunch", courier, &doors, &round, &added, NULL),
        MU_OK);
    assert_int_equal(added, expected);
    return round;
}

/* Stop number `index` of the round, in the order of the way. */
static struct mu_stop_at stop(const struct home *home, int64_t round_id, size_t index)
{
    struct mu_stops stops = {0};
    struct mu_stop_at at;

    assert_int_equal(mu_read_stops(home->desk, round_id, &stops, NULL), MU_OK);
    assert_true(index < stops.count);
    at = stops.at[index];
    mu_stops_clear(&stops);
    return at;
}

static struct mu_stop_answer tell(const struct home *home, int64_t stop_id, int delivery,
                                  const char *reason)
{
    const struct mu_stop_told told = {
        .delivery = delivery, .method = MU_PAY_ACCOUNT, .reason = reason};
    struct mu_stop_answer answer;
    struct mu_error error;

    if (mu_tell_stop(home->desk, stop_id, &told, &answer, &error) != MU_OK) {
        char text[512];

        mu_error_text(&error, MU_ENGLISH, text, sizeof text);
        fail_msg("%s", text);
    }
    return answer;
}

static struct mu_error refused(const struct home *home, int64_t stop_id, struct mu_stop_told told,
                               enum mu_status expected)
{
    struct mu_error error;

    assert_int_equal(mu_tell_stop(home->desk, stop_id, &told, NULL, &error), expected);
    return error;
}

static int64_t open_alerts(const struct home *home)
{
    struct mu_figures figures;

    assert_int_equal(mu_today(home->desk, &figures, NULL), MU_OK);
    return figures.alerts;
}

static void assert_sound(const struct home *home)
{
    struct mu_verify_report report;

    assert_int_equal(mu_verify(home->desk, NULL, NULL, &report, NULL), MU_OK);
}

static void the_doors_of_a_round_stand_in_the_order_of_the_way(void **state)
{
    const struct home *home = *state;
    struct mu_round round;
    struct mu_rounds_left left;

    order(home, "李秀英", "10", "101");
    order(home, "周阿宝", "9", "302");
    order(home, "王桂兰", "9", "201");
    assert_int_equal(mu_read_rounds_left(home->desk, today(home), NULL, &left, NULL), MU_OK);
    assert_int_equal(left.unassigned, 3);
    round = make(home, "骑手小陈", NULL, 3);
    assert_int_equal(round.stops, 3);
    assert_int_equal(round.not_told, 3);
    assert_string_equal(stop(home, round.id, 0).resident.name, "王桂兰");
    assert_string_equal(stop(home, round.id, 1).resident.name, "周阿宝");
    assert_string_equal(stop(home, round.id, 2).resident.name, "李秀英");
    assert_string_equal(stop(home, round.id, 0).resident.phone, "138****1234");
    assert_int_equal(mu_read_rounds_left(home->desk, today(home), "lunch", &left, NULL), MU_OK);
    assert_int_equal(left.unassigned, 0);
    assert_int_equal(left.not_told, 3);
}

static void nobody_is_brought_two_meals(void **state)
{
    const struct home *home = *state;
    struct mu_error error;

    order(home, "李秀英", "10", "101");
    make(home, "骑手小陈", NULL, 1);
    assert_int_equal(
        mu_make_round(home->desk, today(home), "lunch", "老张", NULL, NULL, NULL, &error),
        MU_INPUT);
    assert_int_equal(error.message, MU_SAY_error_round_nothing);
    order(home, "周阿宝", "9", "302");
    assert_int_equal(make(home, "骑手小陈", NULL, 1).stops, 2); /* joins the same round */
    assert_int_equal(mu_make_round(home->desk, today(home), "lunch", " ", NULL, NULL, NULL, &error),
                     MU_INPUT);
    assert_int_equal(error.message, MU_SAY_error_round_courier);
    assert_int_equal(
        mu_make_round(home->desk, today(home), "tea", "老张", NULL, NULL, NULL, &error), MU_INPUT);
}

static void a_round_is_split_by_building_and_joined_again(void **state)
{
    const struct home *home = *state;
    const struct mu_doors nine = {.estate = "金桂花园", .building = "9幢"};
    struct mu_round round, other;
    struct mu_error error;
    size_t moved = 0;

    order(home, "李秀英", "10", "101");
    order(home, "周阿宝", "9", "302");
    order(home, "王桂兰", "9", "201");
    round = make(home, "骑手小陈", NULL, 3);
    assert_int_equal(mu_move_stops(home->desk, round.id, &nine, "老张", &moved, NULL), MU_OK);
    assert_int_equal(moved, 2);
    assert_int_equal(mu_read_round(home->desk, round.id, &other, NULL), MU_OK);
    assert_int_equal(other.stops, 1);
    assert_int_equal(mu_move_stops(home->desk, round.id, NULL, "老张", &moved, NULL), MU_OK);
    assert_int_equal(mu_move_stops(home->desk, round.id, NULL, "老张", &moved, &error), MU_INPUT);
    assert_int_equal(error.message, MU_SAY_error_round_nothing_moves);
    assert_int_equal(mu_move_stops(home->desk, 99, NULL, "老张", &moved, &error), MU_INPUT);
}

static void a_meal_that_was_delivered_stands_in_the_ledger(void **state)
{
    const struct home *home = *state;
    struct mu_diner_account account;
    struct mu_stop_answer answer;
    int64_t who = order(home, "周阿宝", "9", "302");
    struct mu_round round = make(home, "骑手小陈", NULL, 1);

    answer = tell(home, stop(home, round.id, 0).stop.id, MU_DELIVERED_WELL, NULL);
    assert_int_equal(answer.meal.refusal, MU_SERVED);
    assert_int_equal(answer.meal.meal.pay.fen, 800);
    assert_int_equal(answer.stop.meal_id, answer.meal.meal.id);
    assert_string_equal(answer.name, "周阿宝");
    assert_int_equal(mu_read_diner_account(home->desk, who, &account, NULL), MU_OK);
    assert_int_equal(account.owed.fen, 800);
    assert_int_equal(stop(home, round.id, 0).stop.delivery, MU_DELIVERED_WELL);
    assert_int_equal(open_alerts(home), 0);
    assert_sound(home);
}

static void no_answer_is_an_alert_at_once(void **state)
{
    const struct home *home = *state;
    struct mu_stop_answer answer;
    struct mu_round round;
    struct mu_figures figures;

    order(home, "周阿宝", "9", "302");
    order(home, "王桂兰", "9", "201");
    round = make(home, "骑手小陈", NULL, 2);
    answer = tell(home, stop(home, round.id, 0).stop.id, MU_NOBODY_ANSWERED, NULL);
    assert_true(answer.alert);
    assert_int_equal(answer.stop.meal_id, 0);
    assert_int_equal(mu_today(home->desk, &figures, NULL), MU_OK);
    assert_int_equal(figures.alerts, 1);
    assert_string_equal(figures.missed, "王桂兰");
    answer = tell(home, stop(home, round.id, 1).stop.id, MU_MEAL_REFUSED, NULL);
    assert_false(answer.alert);
    assert_int_equal(open_alerts(home), 1);
    assert_int_equal(mu_read_round(home->desk, round.id, &round, NULL), MU_OK);
    assert_int_equal(round.not_told, 0);
    assert_int_equal(round.no_answer, 1);
    assert_sound(home);
}

static void what_was_entered_wrong_is_corrected_with_a_reason(void **state)
{
    const struct home *home = *state;
    struct mu_stop_answer answer;
    struct mu_meal meals[4];
    struct mu_round round;
    struct mu_error error;
    size_t count;
    int64_t id;

    order(home, "周阿宝", "9", "302");
    round = make(home, "骑手小陈", NULL, 1);
    id = stop(home, round.id, 0).stop.id;
    tell(home, id, MU_DELIVERED_WELL, NULL);
    error = refused(home, id, (struct mu_stop_told){.delivery = MU_NOBODY_ANSWERED}, MU_INPUT);
    assert_int_equal(error.message, MU_SAY_error_stop_told);
    error = refused(home, id, (struct mu_stop_told){.delivery = MU_DELIVERED_WELL, .reason = "x"},
                    MU_INPUT);
    assert_int_equal(error.message, MU_SAY_error_stop_same);
    answer = tell(home, id, MU_NOBODY_ANSWERED, "按错了");
    assert_true(answer.alert);
    assert_int_equal(mu_last_meals(home->desk, today(home), 4, meals, &count, NULL), MU_OK);
    assert_int_equal(count, 1);
    assert_int_not_equal(meals[0].void_entry_id, 0);
    answer = tell(home, id, MU_DELIVERED_WELL, "又见到人了");
    assert_int_equal(answer.meal.refusal, MU_SERVED);
    assert_int_equal(open_alerts(home), 1); /* until somebody says so */
    assert_sound(home);
}

static void in_the_evening_the_meal_is_still_that_of_the_session(void **state)
{
    struct home *home = *state;
    struct mu_stop_answer answer;
    struct mu_round round;

    order(home, "周阿宝", "9", "302");
    order(home, "王桂兰", "9", "201");
    round = make(home, "骑手小陈", NULL, 2);
    mu_desk_free(&home->desk);
    home->desk = home_desk(home, "2026-11-22T20:00");
    answer = tell(home, stop(home, round.id, 0).stop.id, MU_DELIVERED_WELL, NULL);
    assert_string_equal(answer.meal.meal.session, "lunch");
    mu_desk_free(&home->desk);
    home->desk = home_desk(home, "2026-11-23T08:00");
    answer = tell(home, stop(home, round.id, 1).stop.id, MU_DELIVERED_WELL, NULL);
    assert_int_equal(answer.meal.refusal, MU_SERVED);
    assert_true(mu_date_compare(answer.meal.meal.date, (struct mu_date){2026, 11, 22}) == 0);
    assert_sound(home);
}

static void that_somebody_is_well_is_written_down_though_the_meal_was_had(void **state)
{
    const struct home *home = *state;
    struct mu_meal_request request = {0};
    struct mu_meal_answer served;
    struct mu_stop_answer answer;
    struct mu_round round;

    request.resident_id = order(home, "周阿宝", "9", "302");
    round = make(home, "骑手小陈", NULL, 1);
    assert_int_equal(mu_serve_meal(home->desk, &request, &served, NULL), MU_OK);
    answer = tell(home, stop(home, round.id, 0).stop.id, MU_DELIVERED_WELL, NULL);
    assert_int_equal(answer.meal.refusal, MU_MEAL_ALREADY_SERVED);
    assert_int_equal(answer.stop.meal_id, 0);
    assert_int_equal(stop(home, round.id, 0).stop.delivery, MU_DELIVERED_WELL);
}

static void what_cannot_be_told_changes_nothing(void **state)
{
    const struct home *home = *state;
    struct mu_round round;
    struct mu_error error;
    int64_t id;

    order(home, "周阿宝", "9", "302");
    round = make(home, "骑手小陈", NULL, 1);
    id = stop(home, round.id, 0).stop.id;
    refused(home, 99, (struct mu_stop_told){.delivery = MU_DELIVERED_WELL}, MU_INPUT);
    error = refused(home, id, (struct mu_stop_told){.delivery = 9}, MU_INPUT);
    assert_int_equal(error.message, MU_SAY_error_delivery);
    refused(home, id, (struct mu_stop_told){.delivery = 1, .told = "\xff"}, MU_INPUT);
    /* Nothing is on the card. */
    refused(home, id, (struct mu_stop_told){.delivery = 1, .method = MU_PAY_CARD}, MU_REFUSED);
    assert_int_equal(stop(home, round.id, 0).stop.return_id, 0);
}

static void an_order_that_was_taken_back_is_seen_on_the_round(void **state)
{
    const struct home *home = *state;
    struct mu_round round;
    struct mu_absence absence = {.from = today(home), .until = today(home)};

    absence.resident_id = order(home, "周阿宝", "9", "302");
    round = make(home, "骑手小陈", NULL, 1);
    assert_false(stop(home, round.id, 0).cancelled);
    assert_int_equal(mu_save_absence(home->desk, &absence, NULL, NULL, NULL), MU_OK);
    assert_true(stop(home, round.id, 0).cancelled);
}

static bool count_rounds(void *context, const struct mu_round *round)
{
    size_t *count = context;

    assert_true(round->id > 0);
    return ++*count < 9;
}

static void the_courier_gets_a_list(void **state)
{
    const struct home *home = *state;
    struct mu_report_target target = {.format = MU_REPORT_TEXT};
    struct mu_round round;
    struct mu_stops stops = {0};
    char *text = NULL;
    size_t size, count = 0;

    order(home, "周阿宝", "9", "302");
    round = make(home, "骑手小陈", NULL, 1);
    assert_int_equal(mu_list_rounds(home->desk, today(home), count_rounds, &count, NULL), MU_OK);
    assert_int_equal(count, 1);
    assert_int_equal(mu_take_out_round(home->desk, round.id, "-", &round, &stops, NULL), MU_OK);
    target.stream = open_memstream(&text, &size);
    assert_int_equal(mu_report_round(&target, &round, &stops, "午餐", MU_CHINESE, NULL), MU_OK);
    assert_int_equal(fclose(target.stream), 0);
    assert_non_null(strstr(text, "骑手小陈"));
    assert_non_null(strstr(text, "金桂花园9"));
    assert_null(strstr(text, "周阿宝"));
    assert_null(strstr(text, "13800001234"));
    free(text);
    mu_stops_clear(&stops);
    assert_int_equal(mu_take_out_round(home->desk, 99, "-", &round, &stops, NULL), MU_INPUT);
}

#define STORY(name) cmocka_unit_test_setup_teardown(name, home_setup, home_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        STORY(the_doors_of_a_round_stand_in_the_order_of_the_way),
        STORY(nobody_is_brought_two_meals),
        STORY(a_round_is_split_by_building_and_joined_again),
        STORY(a_meal_that_was_delivered_stands_in_the_ledger),
        STORY(no_answer_is_an_alert_at_once),
        STORY(what_was_entered_wrong_is_corrected_with_a_reason),
        STORY(in_the_evening_the_meal_is_still_that_of_the_session),
        STORY(that_somebody_is_well_is_written_down_though_the_meal_was_had),
        STORY(what_cannot_be_told_changes_nothing),
        STORY(an_order_that_was_taken_back_is_seen_on_the_round),
        STORY(the_courier_gets_a_list),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
