/* What a service would earn, asked at the desk. */
#include "unit/home.h"

#include <mulin/desk/service_explain.h>

static const char *told(struct home *home, const struct mu_service_request *request)
{
    static char out[4096];
    struct mu_error error = {0};
    char *text = NULL;

    if (mu_explain_service(home->desk, request, MU_ENGLISH, &text, &error) != MU_OK)
        mu_error_text(&error, MU_ENGLISH, out, sizeof out);
    else
        snprintf(out, sizeof out, "%s", text);
    free(text);
    return out;
}

static void a_service_of_a_day_to_come_is_told_by_the_book_of_that_day(void **state)
{
    struct mu_service_request request = {
        .duty = "送餐", .date = {2027, 7, 1}, .starts_at = 21 * 60, .ends_at = 22 * 60 + 30};

    assert_string_equal(told(*state, &request),
                        "2027-07-01, by version 1 of the rule book\n"
                        "送餐 (meal-delivery): 10 an hour, 90 minutes of service\n"
                        "高温 (heat): holds: in month 7, 8: times 1.5\n"
                        "夜间 (night): holds: begun between 20:00 and 06:00: 2 more\n"
                        "together 22.50, rounded to 23\n"
                        "2 more make 25\n"
                        "at most 40 a day, 0 earned before on that day: not reached\n"
                        "at most 400 a month, 0 earned before in that month: not reached\n"
                        "earns 25\n");
}

static void without_a_day_it_is_today(void **state)
{
    const struct mu_service_request request = {.duty = "safety", .times = 15};

    assert_non_null(strstr(told(*state, &request), "2026-11-22, by version 1"));
    assert_non_null(strstr(told(*state, &request), "5 less\n"));
    assert_non_null(strstr(told(*state, &request), "earns 40\n"));
}

static void what_cannot_be_is_refused(void **state)
{
    struct mu_service_request request = {.duty = "飞行"};

    assert_non_null(strstr(told(*state, &request), "飞行"));
    assert_null(strstr(told(*state, &request), "earns"));
    request.duty = "送餐"; /* paid by the hour, and no time told */
    assert_null(strstr(told(*state, &request), "earns"));
    request.minutes = 1441;
    assert_null(strstr(told(*state, &request), "earns"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_service_of_a_day_to_come_is_told_by_the_book_of_that_day),
        cmocka_unit_test(without_a_day_it_is_today),
        cmocka_unit_test(what_cannot_be_is_refused),
    };

    return cmocka_run_group_tests(tests, home_setup, home_teardown);
}
