/* What a book says of calendar, orders, alerts, closings, tickets and the micro-fund's share. */
#include "rule_faults.h"

static void the_second_person_signs_or_is_named(void **state)
{
    (void)state;
    expect_faults(
        CANTEEN "  closing: {second: nobody}\n",
        "b:4:21: canteen.closing.second: 'nobody' is not one of the words: allowed are sign, "
        "name\n");
}

static void tickets_have_a_command_and_a_width(void **state)
{
    struct mu_rules *rules;

    (void)state;
    expect_faults(
        CANTEEN "  tickets: {columns: 12, encoding: big5, seconds: 0}\n",
        "b:4:12: canteen.tickets: command is missing: write for example command: [lp, -d, "
        "kitchen]\n"
        "b:4:22: canteen.tickets.columns: 12 is out of range: write a whole number from 24 to 80\n"
        "b:4:36: canteen.tickets.encoding: 'big5' is not one of the words: allowed are utf-8, "
        "gb18030\n"
        "b:4:51: canteen.tickets.seconds: 0 is out of range: write a whole number from 1 to 60\n");
    expect_faults(
        CANTEEN "  tickets: {command: lp}\n",
        "b:4:22: canteen.tickets.command: a list is wanted here: for example [lp, -d, kitchen]\n");
    expect_faults(CANTEEN "  tickets: {command: [lp, [x], 1, 2, 3, 4, 5, 6, 7]}\n",
                  "b:4:22: canteen.tickets.command: the list is too long: at most 8 items\n");
    expect_faults(
        CANTEEN "  tickets: {command: [lp, {a: b}]}\n",
        "b:4:27: canteen.tickets.command[1]: a single value is wanted here: for example [lp, -d, "
        "kitchen]\n");
    rules = good(CANTEEN "  tickets: {command: [lp, -d, 厨房 2], encoding: gb18030}\n");
    assert_int_equal(rules->canteen.tickets.argument_count, 3);
    assert_string_equal(rules->canteen.tickets.argument[2], "厨房 2");
    assert_int_equal(rules->canteen.tickets.columns, 32);
    assert_int_equal(rules->canteen.tickets.seconds, 10);
    assert_int_equal(rules->canteen.tickets.encoding, MU_TICKET_GB18030);
    mu_rules_free(&rules);
}

static void a_calendar_names_days_and_prices(void **state)
{
    (void)state;
    expect_faults(
        "centre: {name: 云鹭湾社区党群服务中心, division: \"330205\"}\ncanteen:\n"
        "  sessions: [{id: lunch, name: 午餐, from: \"10:30\", to: \"13:00\", price: 15.00,\n"
        "    days: [fri, blue], prices: [{on: 2026-10-01, price: 3}]}]\n"
        "  closed: [{from: \"2026-02-20\", to: \"2026-02-10\", reason: 年}, \"2026-02-30\"]\n",
        "b:4:17: canteen.sessions[0].days[1]: 'blue' is not one of the words: allowed are "
        "workdays, "
        "mon, tue, wed, thu, fri, sat, sun\n"
        "b:4:33: canteen.sessions[0].prices[0]: from is missing: write for example from: "
        "2026-10-01\n"
        "b:4:34: canteen.sessions[0].prices[0].on: unknown key: allowed are from, to, price, name\n"
        "b:5:37: canteen.closed[0].to: the days are in the wrong order: to may not be before from\n"
        "b:5:63: canteen.closed[1]: keys and values are wanted here: allowed keys are from, to, "
        "reason\n");
}

static void orders_close_at_an_hour_of_a_day_before(void **state)
{
    struct mu_rules *rules;

    (void)state;
    expect_faults(
        CANTEEN "  orders: {close: \"25:00\", days_before: 9}\n",
        "b:4:19: canteen.orders.close: '25:00' is no time: write hours and minutes in "
        "quotes, for example \"09:30\"\n"
        "b:4:41: canteen.orders.days_before: 9 is out of range: write a whole number from "
        "0 to 7\n");
    rules = good(CANTEEN "  orders: {close: \"16:00\", days_before: 1}\n");
    assert_int_equal(rules->canteen.orders.close, 16 * 60);
    assert_int_equal(rules->canteen.orders.days_before, 1);
    mu_rules_free(&rules);
}

static void a_regular_eater_eats_often_enough_to_be_missed(void **state)
{
    (void)state;
    expect_faults(
        CANTEEN "  alerts: {absent_meals: 0, regular_meals: 12, regular_of: 10}\n",
        "b:4:26: canteen.alerts.absent_meals: 0 is out of range: write a whole number from "
        "1 to 30\n"
        "b:4:44: canteen.alerts.regular_meals: so many of regular_of meals make a regular "
        "eater: not more than regular_of\n");
}

static void the_share_is_a_part_of_something_that_comes_in(void **state)
{
    (void)state;
    expect_faults(CANTEEN "  fund_share: {percent: 101, of: gains}\n",
                  "b:4:25: canteen.fund_share.percent: 101 is out of range: write a whole number "
                  "from 1 to 100\n"
                  "b:4:34: canteen.fund_share.of: 'gains' is not one of the words: allowed are "
                  "revenue, diners\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_calendar_names_days_and_prices),
        cmocka_unit_test(orders_close_at_an_hour_of_a_day_before),
        cmocka_unit_test(a_regular_eater_eats_often_enough_to_be_missed),
        cmocka_unit_test(the_share_is_a_part_of_something_that_comes_in),
        cmocka_unit_test(the_second_person_signs_or_is_named),
        cmocka_unit_test(tickets_have_a_command_and_a_width),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
