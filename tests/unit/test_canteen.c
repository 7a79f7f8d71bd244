#include "unit/home.h"

#include <mulin/desk/audit.h>

static struct mu_meal_answer serve(struct mu_desk *desk, const char *who, const char *session)
{
    const struct mu_meal_request request = {
        .who = who, .session = session, .reason = session ? "补签" : NULL};
    struct mu_meal_answer answer;
    enum mu_status status = mu_serve_meal(desk, &request, &answer, NULL);

    assert_int_equal(status == MU_OK, answer.refusal == MU_SERVED);
    return answer;
}

static struct mu_meal_answer courier(struct mu_desk *desk)
{
    const struct mu_meal_request request = {.occupation = "外卖员", .session = "lunch"};
    struct mu_meal_answer answer;

    assert_int_equal(mu_serve_meal(desk, &request, &answer, NULL), MU_OK);
    return answer;
}

static void assert_sound(struct mu_desk *desk)
{
    struct mu_verify_report report;
    struct mu_error error;
    char text[512] = "";
    enum mu_status status = mu_verify(desk, NULL, NULL, &report, &error);

    if (status != MU_OK)
        mu_error_text(&error, MU_ENGLISH, text, sizeof text);
    assert_string_equal(text, "");
}

static void an_elder_of_82_pays_eight_yuan(void **state)
{
    struct home *home = *state;
    struct mu_meal_answer answer;
    char text[256];

    home_add(home->desk, "name", "张金凤", "birth_date", "1944-03-08", NULL);
    answer = serve(home->desk, "张金凤", NULL);
    assert_int_equal(answer.meal.price.fen, 1500);
    assert_int_equal(answer.meal.pay.fen, 800);
    assert_int_equal(answer.meal.share[0].payer, MU_PAYER_SUBSIDY);
    assert_string_equal(answer.meal.tier, "tier-80");
    assert_string_equal(answer.session_name, "午餐");
    mu_meal_answer_text(&answer, MU_CHINESE, text, sizeof text);
    assert_string_equal(text, "张金凤 请付 8.00 元（80周岁及以上，助餐补贴承担 7.00 元）");
    assert_sound(home->desk);
}

static void the_price_changes_on_the_birthday(void **state)
{
    struct home *home = *state;
    struct mu_desk *eve = home_desk(home, "2026-11-22T11:30");
    struct mu_desk *birthday = home_desk(home, "2026-11-23T11:30");

    home_add(home->desk, "name", "吕秀英", "birth_date", "1966-11-23", NULL);
    assert_int_equal(serve(eve, "吕秀英", NULL).meal.pay.fen, 1500);
    assert_int_equal(serve(birthday, "吕秀英", NULL).meal.pay.fen, 1200);
    mu_desk_free(&eve);
    mu_desk_free(&birthday);
}

static void a_hardship_elders_meal_is_paid_by_the_workshop(void **state)
{
    struct home *home = *state;
    struct mu_meal_answer answer;

    home_add(home->desk, "name", "周阿宝", "birth_date", "1950-01-01", "tags", "低保", NULL);
    answer = serve(home->desk, "周阿宝", NULL);
    assert_int_equal(answer.meal.pay.fen, 200);
    assert_int_equal(answer.meal.share[0].payer, MU_PAYER_WORKSHOP);
}

static void nobody_is_served_twice_in_a_session(void **state)
{
    struct home *home = *state;
    struct mu_meal_answer answer;

    home_add(home->desk, "name", "张金凤", "card", "8801", NULL);
    assert_int_equal(serve(home->desk, "8801", NULL).refusal, MU_SERVED);
    answer = serve(home->desk, "8801", NULL);
    assert_int_equal(answer.refusal, MU_MEAL_ALREADY_SERVED);
    assert_string_equal(mu_meal_refusal_word(answer.refusal), "already_served");
}

static void the_second_meal_of_a_day_is_at_full_price(void **state)
{
    struct home *home = *state;
    struct mu_meal_answer answer;

    home_add(home->desk, "name", "张金凤", "birth_date", "1944-03-08", NULL);
    serve(home->desk, "张金凤", "lunch");
    answer = serve(home->desk, "张金凤", "dinner");
    assert_int_equal(answer.meal.pay.fen, 1500);
    assert_true(answer.reduced_before);
    assert_string_equal(answer.meal.tier, "");
}

static void the_forty_first_courier_pays_and_hears_why(void **state)
{
    struct home *home = *state;
    struct mu_meal_answer answer;

    for (int i = 1; i <= 40; i++) {
        answer = courier(home->desk);
        assert_int_equal(answer.meal.pay.fen, 0);
        assert_int_equal(answer.quota_left, 40 - i);
    }
    answer = courier(home->desk);
    assert_int_equal(answer.meal.pay.fen, 1500);
    assert_string_equal(answer.passed_over_name, "户外劳动者公益餐");
    assert_sound(home->desk);
}

static void whoever_is_refused_can_eat_at_the_full_price(void **state)
{
    struct home *home = *state;
    struct mu_meal_request request = {.guest = true, .reason = "再要一份", .note = "女儿付钱"};
    struct mu_meal_answer answer;
    struct mu_meal meals[2];
    char text[256];
    size_t count;

    home_add(home->desk, "name", "张金凤", "birth_date", "1944-03-08", NULL);
    serve(home->desk, "张金凤", NULL);
    assert_int_equal(serve(home->desk, "张金凤", NULL).refusal, MU_MEAL_ALREADY_SERVED);
    assert_int_equal(mu_serve_meal(home->desk, &request, &answer, NULL), MU_OK);
    assert_int_equal(answer.meal.pay.fen, 1500);
    assert_string_equal(answer.meal.name, "散客");
    mu_meal_answer_text(&answer, MU_CHINESE, text, sizeof text);
    assert_string_equal(text, "散客 请付 15.00 元（再要一份）");
    assert_int_equal(
        mu_last_meals(home->desk, mu_desk_now(home->desk).date, 2, meals, &count, NULL), MU_OK);
    assert_string_equal(meals[0].name, "散客");
    assert_string_equal(meals[0].reason, "再要一份");
    assert_string_equal(meals[0].note, "女儿付钱");
    assert_string_equal(meals[0].tier, "");
    assert_string_equal(meals[1].reason, "");
    request.method = MU_PAY_CARD;
    assert_int_equal(mu_serve_meal(home->desk, &request, &answer, NULL), MU_REFUSED);
    assert_int_equal(answer.refusal, MU_MEAL_PAYMENT);
    assert_sound(home->desk);
}

static bool keep_note(void *context, const struct mu_audit_record *record)
{
    *(struct mu_audit_record *)context = *record;
    return strcmp(record->action, "serve_late") != 0;
}

static void late_and_early_meals_need_a_reason(void **state)
{
    struct home *home = *state;
    struct mu_desk *afternoon = home_desk(home, "2026-11-22T14:20");
    struct mu_meal_request request = {.occupation = "外卖员", .session = "lunch"};
    struct mu_meal_answer answer;
    const struct mu_audit_filter filter = {0};
    struct mu_audit_record row = {0};
    char text[256];

    assert_int_equal(mu_serve_meal(afternoon, &request, &answer, NULL), MU_REFUSED);
    assert_string_equal(mu_meal_refusal_word(answer.refusal), "late");
    mu_meal_answer_text(&answer, MU_CHINESE, text, sizeof text);
    assert_string_equal(text, "午餐：现在 14:20 不在供餐时间：补签或提前签要写原因");
    request.reason = "骑手车坏了";
    assert_int_equal(mu_serve_meal(afternoon, &request, &answer, NULL), MU_OK);
    assert_string_equal(answer.meal.session, "lunch");
    assert_string_equal(answer.meal.reason, "骑手车坏了");
    assert_int_equal(mu_list_audit(afternoon, &filter, 50, keep_note, &row, NULL), MU_OK);
    assert_string_equal(row.action, "serve_late");
    assert_string_equal(row.reason, "骑手车坏了");
    assert_string_equal(row.after, "lunch");
    request =
        (struct mu_meal_request){.occupation = "外卖员", .session = "dinner", .reason = "早走"};
    assert_int_equal(mu_serve_meal(afternoon, &request, &answer, NULL), MU_OK);
    request = (struct mu_meal_request){.occupation = "外卖员", .session = "lunch"};
    assert_int_equal(mu_serve_meal(home->desk, &request, &answer, NULL), MU_OK);
    assert_sound(afternoon);
    mu_desk_free(&afternoon);
}

static void an_outdoor_worker_is_asked_once_whether_he_ate(void **state)
{
    struct home *home = *state;
    struct mu_desk *other = home_desk(home, "2026-11-22T11:40");
    struct mu_meal_request request = {.occupation = "外卖员", .note = "浙f12345"};
    struct mu_meal_answer answer;
    char text[256];
    int count;

    assert_int_equal(mu_serve_meal(home->desk, &request, &answer, NULL), MU_OK);
    request = (struct mu_meal_request){.occupation = "快递员", .note = " 浙Ｆ12345 "};
    assert_int_equal(mu_serve_meal(other, &request, &answer, NULL), MU_REFUSED);
    assert_int_equal(answer.refusal, MU_MEAL_SAME_MARK);
    assert_string_equal(mu_meal_refusal_word(answer.refusal), "same_mark");
    mu_error_text(&answer.why, MU_CHINESE, text, sizeof text);
    assert_non_null(strstr(text, "今天 11:30 已经领过一份"));
    request.again = true;
    assert_int_equal(mu_serve_meal(other, &request, &answer, NULL), MU_OK);
    request = (struct mu_meal_request){.occupation = "外卖员", .note = "5678"};
    assert_int_equal(mu_serve_meal(other, &request, &answer, NULL), MU_OK);
    request = (struct mu_meal_request){.occupation = "外卖员", .note = " "};
    assert_int_equal(mu_serve_meal(other, &request, &answer, NULL), MU_OK);
    assert_int_equal(mu_serve_meal(other, &request, &answer, NULL), MU_OK);
    request = (struct mu_meal_request){.guest = true, .note = "5678"};
    assert_int_equal(mu_serve_meal(other, &request, &answer, NULL), MU_OK);
    assert_int_equal(mu_outdoor_meals(other, mu_desk_now(other).date, &count, NULL), MU_OK);
    assert_int_equal(count, 5);
    mu_desk_free(&other);
}

static void the_mark_of_a_meal_taken_back_or_of_yesterday_is_free(void **state)
{
    struct home *home = *state;
    struct mu_desk *tomorrow = home_desk(home, "2026-11-23T11:30");
    const struct mu_meal_request request = {.occupation = "外卖员", .note = "5678"};
    struct mu_meal_answer answer;

    assert_int_equal(mu_serve_meal(home->desk, &request, &answer, NULL), MU_OK);
    assert_int_equal(mu_void_meal(home->desk, answer.meal.id, "点错了", NULL, NULL), MU_OK);
    assert_int_equal(mu_serve_meal(home->desk, &request, &answer, NULL), MU_OK);
    assert_int_equal(mu_serve_meal(tomorrow, &request, &answer, NULL), MU_OK);
    mu_desk_free(&tomorrow);
}

static void a_voided_free_meal_goes_to_the_next_courier(void **state)
{
    struct home *home = *state;
    struct mu_meal_answer first = courier(home->desk);

    for (int i = 2; i <= 40; i++)
        courier(home->desk);
    assert_int_equal(mu_void_meal(home->desk, first.meal.id, "点错了", NULL, NULL), MU_OK);
    assert_int_equal(courier(home->desk).meal.pay.fen, 0);
    assert_int_equal(courier(home->desk).meal.pay.fen, 1500);
    assert_sound(home->desk);
}

static void a_meal_is_voided_within_half_an_hour_and_once(void **state)
{
    struct home *home = *state;
    struct mu_desk *later = home_desk(home, "2026-11-22T12:00");
    struct mu_desk *too_late = home_desk(home, "2026-11-22T12:01");
    struct mu_meal_answer first, second;
    struct mu_error error;
    struct mu_meal meal;

    home_add(home->desk, "name", "张金凤", "card", "8801", NULL);
    first = serve(home->desk, "8801", NULL);
    assert_int_equal(mu_void_meal(too_late, first.meal.id, "走错了", NULL, &error), MU_REFUSED);
    assert_int_equal(error.message, MU_SAY_error_meal_void_late);
    assert_int_equal(mu_void_meal(later, first.meal.id, " ", NULL, &error), MU_INPUT);
    assert_int_equal(mu_void_meal(later, first.meal.id, "走错了", &meal, &error), MU_OK);
    assert_true(meal.void_entry_id > 0);
    assert_int_equal(mu_void_meal(later, first.meal.id, "走错了", NULL, &error), MU_REFUSED);
    second = serve(later, "8801", "lunch");
    assert_int_equal(second.refusal, MU_SERVED);
    assert_sound(home->desk);
    mu_desk_free(&later);
    mu_desk_free(&too_late);
}

static void those_who_left_are_not_served(void **state)
{
    struct home *home = *state;
    const struct mu_date day = {2026, 11, 1};
    int64_t moved = home_add(home->desk, "name", "胡建国", "card", "1", NULL);
    int64_t died = home_add(home->desk, "name", "林桂兰", "card", "2", NULL);

    assert_int_equal(mu_end_resident(home->desk, moved, MU_MOVED_OUT, day, NULL), MU_OK);
    assert_int_equal(mu_end_resident(home->desk, died, MU_DECEASED, day, NULL), MU_OK);
    assert_int_equal(serve(home->desk, "1", NULL).refusal, MU_MEAL_MOVED_OUT);
    assert_int_equal(serve(home->desk, "2", NULL).refusal, MU_MEAL_DECEASED);
    assert_int_equal(mu_end_resident(home->desk, moved, MU_LIVING_HERE, day, NULL), MU_OK);
    assert_int_equal(serve(home->desk, "1", NULL).refusal, MU_SERVED);
}

static void between_the_sessions_nobody_is_served(void **state)
{
    struct home *home = *state;
    struct mu_desk *afternoon = home_desk(home, "2026-11-22T15:00");

    home_add(home->desk, "name", "张金凤", NULL);
    assert_int_equal(serve(afternoon, "张金凤", NULL).refusal, MU_MEAL_CLOSED);
    assert_int_equal(serve(afternoon, "张金凤", "brunch").refusal, MU_MEAL_CLOSED);
    assert_int_equal(serve(afternoon, "张金凤", "lunch").refusal, MU_SERVED);
    mu_desk_free(&afternoon);
}

static void a_whole_name_comes_before_longer_ones(void **state)
{
    struct home *home = *state;

    home_add(home->desk, "name", "张伟", NULL);
    home_add(home->desk, "name", "张伟民", NULL);
    assert_string_equal(serve(home->desk, "张伟", NULL).meal.name, "张伟");
    assert_int_equal(serve(home->desk, "张", NULL).refusal, MU_MEAL_AMBIGUOUS);
    assert_int_equal(serve(home->desk, "陈", NULL).refusal, MU_MEAL_NOT_FOUND);
    assert_int_equal(serve(home->desk, "", NULL).refusal, MU_MEAL_NOT_FOUND);
    assert_int_equal(serve(home->desk, "\xff\xfe", NULL).refusal, MU_MEAL_NOT_FOUND);
}

static void the_settlement_adds_up(void **state)
{
    struct home *home = *state;
    struct mu_day_totals totals;
    const struct mu_date today = {2026, 11, 22};

    home_add(home->desk, "name", "张金凤", "birth_date", "1944-03-08", NULL);
    home_add(home->desk, "name", "朱海", NULL);
    serve(home->desk, "张金凤", NULL);
    serve(home->desk, "朱海", NULL);
    courier(home->desk);
    assert_int_equal(mu_day_totals(home->desk, today, NULL, &totals, NULL), MU_OK);
    assert_int_equal(totals.meals, 3);
    assert_int_equal(totals.price.fen, 4500);
    assert_int_equal(totals.paid[MU_PAY_CASH].fen, 2300);
    assert_int_equal(totals.payer[MU_PAYER_SUBSIDY].fen, 700);
    assert_int_equal(totals.payer[MU_PAYER_CHARITY].fen, 1500);
    assert_int_equal(totals.tier_count, 3);
}

static void a_new_book_decides_from_its_day_on(void **state)
{
    struct home *home = *state;
    static const char book[] =
        "centre: {name: 云鹭湾社区党群服务中心, division: \"330205\"}\n"
        "canteen:\n"
        "  sessions:\n"
        "    - {id: lunch, name: 午餐, from: \"10:30\", to: \"13:00\", price: 18.00}\n";
    struct mu_desk *tomorrow = home_desk(home, "2026-11-23T11:30");
    struct mu_rules_faults faults = {0};
    struct mu_error error;
    int version;

    home_add(home->desk, "name", "朱海", NULL);
    assert_int_equal(mu_desk_adopt_rules(home->desk, book, sizeof book - 1,
                                         (struct mu_date){2026, 11, 21}, &faults, &version, &error),
                     MU_INPUT);
    assert_int_equal(mu_desk_adopt_rules(home->desk, book, sizeof book - 1,
                                         (struct mu_date){2026, 11, 23}, &faults, &version, &error),
                     MU_OK);
    assert_int_equal(version, 2);
    assert_int_equal(serve(home->desk, "朱海", NULL).meal.price.fen, 1500);
    assert_int_equal(serve(tomorrow, "朱海", NULL).meal.price.fen, 1800);
    mu_desk_free(&tomorrow);
}

static void one_counter_sees_what_the_other_served(void **state)
{
    struct home *home = *state;
    struct mu_desk *other = home_desk(home, HOME_NOW);
    struct mu_meal meals[8];
    size_t count;

    home_add(home->desk, "name", "张金凤", NULL);
    assert_true(mu_desk_changed(other));
    assert_false(mu_desk_changed(other));
    serve(home->desk, "张金凤", NULL);
    assert_true(mu_desk_changed(other));
    assert_int_equal(mu_last_meals(other, (struct mu_date){2026, 11, 22}, 8, meals, &count, NULL),
                     MU_OK);
    assert_int_equal(count, 1);
    assert_string_equal(meals[0].name, "张金凤");
    mu_desk_free(&other);
}

/* A tier that is paid in two ways is one tier, and its place is that of its sum. */
static void the_largest_tier_stands_first_in_the_totals(void **state)
{
    struct home *home = *state;
    struct mu_meal_request request = {0};
    struct mu_meal_answer answer;
    struct mu_day_totals totals;

    for (int i = 0; i < 7; i++) {
        request.resident_id = i < 5 ? 0 : home_add(home->desk, "name", "李强", NULL);
        request.occupation = i < 3 ? "外卖员" : i < 5 ? "裁缝" : NULL;
        request.method = i < 5 ? MU_PAY_CASH : MU_PAY_ACCOUNT;
        assert_int_equal(mu_serve_meal(home->desk, &request, &answer, NULL), MU_OK);
    }
    assert_int_equal(mu_day_totals(home->desk, mu_desk_now(home->desk).date, NULL, &totals, NULL),
                     MU_OK);
    assert_int_equal(totals.tier_count, 2);
    assert_int_equal(totals.tier[0].meals, 4);
    assert_string_equal(totals.tier[0].tier, "");
    assert_int_equal(totals.tier[1].meals, 3);
}

static void what_was_typed_is_kept_whole_or_refused(void **state)
{
    struct home *home = *state;
    struct mu_meal_answer answer;
    struct mu_error error;
    char text[2 * MU_NOTE_SIZE];
    struct mu_meal_request request = {.occupation = "外卖员", .note = text};

    snprintf(text, sizeof text, "%0*d", MU_NOTE_SIZE, 1);
    assert_int_equal(mu_serve_meal(home->desk, &request, &answer, &error), MU_INPUT);
    assert_int_equal(answer.refusal, MU_MEAL_TEXT);
    assert_int_equal(answer.why.message, MU_SAY_error_text_long);
    strcpy(text, "\xff");
    assert_int_equal(mu_serve_meal(home->desk, &request, &answer, &error), MU_INPUT);
    assert_int_equal(error.message, MU_SAY_error_text_encoding);
    request = (struct mu_meal_request){.occupation = text};
    snprintf(text, sizeof text, "%0*d", MU_WORD_SIZE, 1);
    assert_int_equal(mu_serve_meal(home->desk, &request, &answer, &error), MU_INPUT);
    request.occupation = "外卖员";
    assert_int_equal(mu_serve_meal(home->desk, &request, &answer, &error), MU_OK);
    snprintf(text, sizeof text, "%0*d", MU_REASON_SIZE, 1);
    assert_int_equal(mu_void_meal(home->desk, answer.meal.id, text, NULL, &error), MU_INPUT);
    assert_int_equal(error.message, MU_SAY_error_text_long);
    assert_int_equal(mu_void_meal(home->desk, answer.meal.id, "\xff", NULL, &error), MU_INPUT);
    assert_int_equal(error.message, MU_SAY_error_text_encoding);
}

int main(void)
{
#define STORY(test) cmocka_unit_test_setup_teardown(test, home_setup, home_teardown)
    const struct CMUnitTest tests[] = {
        STORY(the_largest_tier_stands_first_in_the_totals),
        STORY(what_was_typed_is_kept_whole_or_refused),
        STORY(an_elder_of_82_pays_eight_yuan),
        STORY(the_price_changes_on_the_birthday),
        STORY(a_hardship_elders_meal_is_paid_by_the_workshop),
        STORY(nobody_is_served_twice_in_a_session),
        STORY(the_second_meal_of_a_day_is_at_full_price),
        STORY(the_forty_first_courier_pays_and_hears_why),
        STORY(whoever_is_refused_can_eat_at_the_full_price),
        STORY(late_and_early_meals_need_a_reason),
        STORY(an_outdoor_worker_is_asked_once_whether_he_ate),
        STORY(the_mark_of_a_meal_taken_back_or_of_yesterday_is_free),
        STORY(a_voided_free_meal_goes_to_the_next_courier),
        STORY(a_meal_is_voided_within_half_an_hour_and_once),
        STORY(those_who_left_are_not_served),
        STORY(between_the_sessions_nobody_is_served),
        STORY(a_whole_name_comes_before_longer_ones),
        STORY(the_settlement_adds_up),
        STORY(a_new_book_decides_from_its_day_on),
        STORY(one_counter_sees_what_the_other_served),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
