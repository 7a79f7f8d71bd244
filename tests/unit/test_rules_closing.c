/* How a book has sessions closed and tickets printed. */
#include <mulin/rules.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#define CANTEEN                                                                                    \
    "centre: {name: 云鹭湾社区党群服务中心, division: \"330205\"}\n"                    \
    "canteen:\n  sessions: [{id: lunch, name: 午餐, from: \"10:30\", to: \"13:00\", price: "     \
    "15.00}]\n"

static struct mu_rules *good(const char *book)
{
    struct mu_rules_faults faults;
    struct mu_rules *rules = NULL;
    struct mu_error error;

    assert_int_equal(mu_rules_parse(book, strlen(book), &faults, &rules, &error), MU_OK);
    return rules;
}

/* The book has exactly these faults, a line each. */
static void expect_faults(const char *book, const char *expected)
{
    struct mu_rules_faults faults;
    struct mu_rules *rules = NULL;
    struct mu_error error;
    char text[2048] = "";

    assert_int_equal(mu_rules_parse(book, strlen(book), &faults, &rules, &error), MU_INPUT);
    for (size_t i = 0; i < faults.count; i++) {
        size_t used = strlen(text);

        mu_rules_fault_text(&faults.fault[i], "b", MU_ENGLISH, text + used, sizeof text - used - 1);
        strcat(text, "\n");
    }
    assert_string_equal(text, expected);
    mu_rules_faults_clear(&faults);
}

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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_second_person_signs_or_is_named),
        cmocka_unit_test(tickets_have_a_command_and_a_width),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
