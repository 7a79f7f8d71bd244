#include "unit/plain_password.h"
#include "unit/raw_file.h"

#include <mulin/desk/closing.h>
#include <mulin/desk/diner_account.h>
#include <mulin/desk/operators.h>

static struct mu_meal_answer eat(struct mu_desk *desk, const char *who, enum mu_pay_method method)
{
    const struct mu_meal_request request = {.who = who, .method = method};
    struct mu_meal_answer answer;
    enum mu_status status = mu_serve_meal(desk, &request, &answer, NULL);

    assert_int_equal(status == MU_OK, answer.refusal == MU_SERVED);
    return answer;
}

static const struct mu_date today = {2026, 11, 22};

static struct mu_settlement settled(struct mu_desk *desk, struct mu_date date, const char *session)
{
    struct mu_settlement settlement;

    assert_int_equal(mu_settle(desk, date, session, &settlement, NULL), MU_OK);
    return settlement;
}

static enum mu_status close_at(struct mu_desk *desk, struct mu_date date, const char *session,
                               int64_t counted, const char *reason, struct mu_settlement *out,
                               struct mu_error *error)
{
    const struct mu_closing_request request = {.date = date,
                                               .session = session,
                                               .counted = {counted},
                                               .reason = reason,
                                               .second_name = "王芳",
                                               .second_password = "2468"};

    return mu_close_session(desk, &request, out, error);
}

static void assert_sound(struct mu_desk *desk)
{
    struct mu_verify_report report;
    struct mu_error error = {0};

    if (mu_verify(desk, NULL, NULL, &report, &error) != MU_OK)
        fail_msg("%s", mu_message_text(error.message, MU_ENGLISH));
}

/* An elder who pays 8 yuan, a young man who pays 15, and a colleague who counts with the keeper. */
static int canteen(void **state)
{
    struct home *home;

    if (home_setup(state) != 0)
        return -1;
    home = *state;
    home_add(home->desk, "name", "张金凤", "birth_date", "1940-01-02", "card", "8801", NULL);
    home_add(home->desk, "name", "陈伟", "card", "8802", NULL);
    home_add(home->desk, "name", "李强", "card", "8803", NULL);
    assert_int_equal(mu_add_operator(home->desk, "王芳", MU_ROLE_DESK, NULL, NULL), MU_OK);
    assert_int_equal(mu_set_password(home->desk, "王芳", "2468", NULL), MU_OK);
    return 0;
}

static void cash_that_fits_closes_the_session(void **state)
{
    struct home *home = *state;
    struct mu_desk *afternoon = home_desk(home, "2026-11-22T13:10");
    struct mu_settlement closing, again;
    struct mu_money wrong = {800};
    struct mu_closing_request request = {.date = today,
                                         .session = "lunch",
                                         .counted = {2300},
                                         .notes = "2000:1 100:3",
                                         .second_name = "王芳",
                                         .second_password = "2468",
                                         .expected = &wrong};
    struct mu_error error;

    eat(home->desk, "8801", MU_PAY_CASH);
    eat(home->desk, "8802", MU_PAY_CASH);
    assert_int_equal(mu_close_session(afternoon, &request, NULL, &error), MU_REFUSED);
    assert_int_equal(error.message, MU_SAY_error_closing_moved);
    request.expected = NULL;
    assert_int_equal(mu_close_session(afternoon, &request, &closing, NULL), MU_OK);
    assert_int_equal(closing.closing.id, 1);
    assert_int_equal(closing.closing.meals, 2);
    assert_int_equal(closing.closing.expected.fen, 2300);
    assert_int_equal(closing.closing.last_entry, 2);
    assert_int_equal(closing.closing.entry_id, 3);
    again = settled(home->desk, today, "lunch");
    assert_string_equal(again.closing.operator_name, mu_desk_operator(home->desk));
    assert_string_equal(again.closing.second_name, "王芳");
    assert_string_equal(again.closing.notes, "2000:1 100:3");
    assert_int_equal(again.figures.cash[MU_CASH_OWN].fen, 2300);
    assert_int_equal(close_at(afternoon, today, "lunch", 0, "", NULL, &error), MU_REFUSED);
    assert_int_equal(error.message, MU_SAY_error_closing_twice);
    assert_sound(home->desk);
    mu_desk_free(&afternoon);
}

static void a_difference_is_explained_and_booked(void **state)
{
    struct home *home = *state;
    struct mu_settlement closing;
    struct mu_error error;
    char text[256];

    eat(home->desk, "8802", MU_PAY_CASH);
    assert_int_equal(close_at(home->desk, today, "lunch", 1400, " ", NULL, &error), MU_INPUT);
    mu_error_text(&error, MU_CHINESE, text, sizeof text);
    assert_string_equal(
        text, "结算：实点 14.00 元，应收 15.00 元，相差 -1.00 元，没有说明：请写一句原因");
    assert_int_equal(close_at(home->desk, today, "lunch", -100, "欠", NULL, &error), MU_INPUT);
    assert_int_equal(close_at(home->desk, today, "lunch", 1400, "找零多给一元", &closing, NULL),
                     MU_OK);
    assert_string_equal(closing.closing.reason, "找零多给一元");
    assert_sound(home->desk);
}

static void two_people_stand_for_it(void **state)
{
    struct home *home = *state;
    struct mu_closing_request request = {.date = today, .session = "lunch"};
    struct mu_error error;

    assert_int_equal(mu_close_session(home->desk, &request, NULL, &error), MU_INPUT);
    assert_int_equal(error.message, MU_SAY_error_closing_second);
    request.second_name = mu_desk_operator(home->desk);
    assert_int_equal(mu_close_session(home->desk, &request, NULL, &error), MU_INPUT);
    assert_int_equal(error.message, MU_SAY_error_closing_same);
    request.second_name = "谁也不是";
    assert_int_equal(mu_close_session(home->desk, &request, NULL, &error), MU_REFUSED);
    request.second_name = "王芳";
    request.second_password = "1357";
    assert_int_equal(mu_close_session(home->desk, &request, NULL, &error), MU_REFUSED);
    assert_int_equal(error.message, MU_SAY_error_sign_in);
    request.second_password = "２４６８";
    assert_int_equal(mu_close_session(home->desk, &request, NULL, NULL), MU_OK);
    /* Who signed is not at the desk for that. */
    assert_int_not_equal(strcmp(mu_desk_operator(home->desk), "王芳"), 0);
    assert_sound(home->desk);
}

/* The book of 云鹭湾 with more keys of the canteen. */
static void adopt(const struct home *home, const char *keys)
{
    struct mu_rules_faults faults = {0};
    char *book = NULL, *at, other[32768];
    int version;

    assert_int_equal(mu_desk_rules_text(home->desk, &book, NULL), MU_OK);
    at = strstr(book, "canteen:\n") + strlen("canteen:\n");
    snprintf(other, sizeof other, "%.*s%s%s", (int)(at - book), book, keys, at);
    free(book);
    assert_int_equal(
        mu_desk_adopt_rules(home->desk, other, strlen(other), today, &faults, &version, NULL),
        MU_OK);
    mu_rules_faults_clear(&faults);
}

static void a_book_lets_somebody_stand_for_it_who_does_not_sign_in(void **state)
{
    struct home *home = *state;
    struct mu_closing_request request = {.date = today, .session = "lunch"};
    struct mu_settlement closing;
    bool signs;

    assert_int_equal(mu_second_signs(home->desk, today, &signs, NULL), MU_OK);
    assert_true(signs);
    adopt(home, "  closing: {second: name}\n");
    assert_int_equal(mu_second_signs(home->desk, today, &signs, NULL), MU_OK);
    assert_false(signs);
    request.second_name = mu_desk_operator(home->desk);
    assert_int_equal(mu_close_session(home->desk, &request, NULL, NULL), MU_INPUT);
    request.second_name = "厨师老周";
    assert_int_equal(mu_close_session(home->desk, &request, &closing, NULL), MU_OK);
    assert_int_equal(closing.closing.second_id, 0);
    assert_string_equal(closing.closing.second_name, "厨师老周");
    assert_sound(home->desk);
}

static void money_of_cards_and_accounts_is_in_the_box_too(void **state)
{
    struct home *home = *state;
    int64_t id = find_one(home->desk, "8802");
    struct mu_settlement closing;

    assert_int_equal(
        mu_move_diner_money(home->desk, id, MU_TOP_UP, (struct mu_money){10000}, NULL, NULL, NULL),
        MU_OK);
    eat(home->desk, "8802", MU_PAY_CARD);
    eat(home->desk, "8803", MU_PAY_ACCOUNT);
    assert_int_equal(
        mu_move_diner_money(home->desk, id, MU_REFUND, (struct mu_money){500}, "多充", NULL, NULL),
        MU_OK);
    assert_int_equal(mu_move_diner_money(home->desk, find_one(home->desk, "8803"), MU_PAY_BILL,
                                         (struct mu_money){1500}, NULL, NULL, NULL),
                     MU_OK);
    eat(home->desk, "8801", MU_PAY_CASH);
    assert_int_equal(mu_void_meal(home->desk, 3, "点错", NULL, NULL), MU_OK);
    closing = settled(home->desk, today, "lunch");
    assert_int_equal(closing.closing.entry_id, 0);
    assert_int_equal(closing.figures.cash[MU_CASH_TOP_UP].fen, 10000);
    assert_int_equal(closing.figures.cash[MU_CASH_REFUND].fen, -500);
    assert_int_equal(closing.figures.cash[MU_CASH_BILL].fen, 1500);
    assert_int_equal(closing.figures.cash[MU_CASH_OWN].fen, 0);
    assert_int_equal(closing.figures.expected.fen, 11000);
    assert_int_equal(closing.figures.totals.voided, 1);
    assert_int_equal(close_at(home->desk, today, "lunch", 11000, NULL, NULL, NULL), MU_OK);
    /* The next one begins at nothing. */
    assert_int_equal(settled(home->desk, today, "dinner").figures.expected.fen, 0);
    assert_sound(home->desk);
}

static void what_is_closed_stands(void **state)
{
    struct home *home = *state;
    struct mu_desk *evening = home_desk(home, "2026-11-22T17:00");
    struct mu_desk *clerk = NULL;
    const struct mu_desk_options options = {
        .home = home->folder, .system_user = "clerk", .fixed_now = "2026-11-22T17:00"};
    struct mu_settlement before, after, next;
    struct mu_late_meal late[4];
    struct mu_error error;
    size_t count;

    eat(home->desk, "8801", MU_PAY_CASH);
    eat(home->desk, "8802", MU_PAY_CASH);
    assert_int_equal(close_at(home->desk, today, "lunch", 2300, NULL, &before, NULL), MU_OK);
    assert_int_equal(eat(home->desk, "8803", MU_PAY_CASH).refusal, MU_MEAL_SETTLED);

    assert_int_equal(mu_bind_operator(home->desk, "王芳", "clerk", NULL), MU_OK);
    assert_int_equal(mu_desk_open(&options, &clerk, NULL), MU_OK);
    assert_int_equal(mu_void_meal(clerk, 2, "没吃", NULL, &error), MU_REFUSED);
    assert_int_equal(error.message, MU_SAY_error_may_correct_meal);
    assert_int_equal(mu_void_meal(evening, 2, "没吃", NULL, NULL), MU_OK);
    after = settled(home->desk, today, "lunch");
    assert_memory_equal(&before.figures, &after.figures, sizeof before.figures);
    assert_int_equal(after.closing.counted.fen, 2300);

    eat(evening, "8803", MU_PAY_CASH);
    next = settled(evening, today, "dinner");
    assert_int_equal(next.figures.totals.meals, 1);
    assert_int_equal(next.figures.cash[MU_CASH_OWN].fen, 1500);
    assert_int_equal(next.figures.cash[MU_CASH_CORRECTION].fen, -1500);
    assert_int_equal(next.figures.corrected.meals, 1);
    assert_int_equal(next.figures.corrected.pay.fen, 1500);
    assert_int_equal(mu_late_meals(evening, &next.closing, 4, late, &count, NULL), MU_OK);
    assert_int_equal(count, 1);
    assert_true(late[0].voided);
    assert_string_equal(late[0].reason, "没吃");
    assert_string_equal(late[0].meal.name, "陈伟");
    assert_int_equal(close_at(evening, today, "dinner", 0, NULL, NULL, NULL), MU_OK);
    assert_sound(home->desk);
    mu_desk_free(&clerk);
    mu_desk_free(&evening);
}

/* Fails unless the one entry that takes a meal back counts for this day. */
static void assert_corrected_on(const struct home *home, const char *day)
{
    char sql[256];

    snprintf(sql, sizeof sql,
             "CREATE TEMP TABLE right_day (x CHECK (x = 1)); INSERT INTO right_day"
             " SELECT e.date = '%s' FROM ledger_entry e WHERE e.reverses IS NOT NULL",
             day);
    raw_run(home, sql);
}

static void a_correction_counts_for_the_next_day(void **state)
{
    struct home *home = *state;

    eat(home->desk, "8802", MU_PAY_CASH);
    assert_int_equal(close_at(home->desk, today, "lunch", 1500, NULL, NULL, NULL), MU_OK);
    assert_int_equal(mu_void_meal(home->desk, 1, "没吃", NULL, NULL), MU_OK);
    assert_corrected_on(home, "2026-11-23");
    assert_sound(home->desk);
}

static void a_correction_passes_over_closed_days(void **state)
{
    struct home *home = *state;

    adopt(home, "  closed: [{from: 2026-11-23, to: 2026-11-24, reason: 盘点}]\n");
    eat(home->desk, "8802", MU_PAY_CASH);
    assert_int_equal(close_at(home->desk, today, "lunch", 1500, NULL, NULL, NULL), MU_OK);
    assert_int_equal(mu_void_meal(home->desk, 1, "没吃", NULL, NULL), MU_OK);
    assert_corrected_on(home, "2026-11-25");
    assert_sound(home->desk);
}

static void who_comes_late_shows_in_the_next_closing(void **state)
{
    struct home *home = *state;
    struct mu_meal_request late = {.who = "8803", .session = "lunch", .reason = "送医回来"};
    struct mu_late_meal list[4];
    struct mu_meal_answer answer;
    struct mu_settlement next;
    size_t count;

    eat(home->desk, "8802", MU_PAY_CASH);
    assert_int_equal(close_at(home->desk, today, "lunch", 1500, NULL, NULL, NULL), MU_OK);
    assert_int_equal(mu_serve_meal(home->desk, &late, &answer, NULL), MU_OK);
    assert_true(mu_session_is_closed(home->desk, today, "lunch"));
    assert_false(mu_session_is_closed(home->desk, today, "dinner"));
    assert_int_equal(settled(home->desk, today, "lunch").figures.totals.meals, 1);
    next = settled(home->desk, today, "dinner");
    assert_int_equal(next.figures.late.meals, 1);
    assert_int_equal(next.figures.cash[MU_CASH_LATE].fen, 1500);
    assert_int_equal(mu_late_meals(home->desk, &next.closing, 4, list, &count, NULL), MU_OK);
    assert_int_equal(count, 1);
    assert_false(list[0].voided);
    assert_string_equal(list[0].reason, "送医回来");
    assert_sound(home->desk);
}

static void the_whole_day_is_closed_at_once(void **state)
{
    struct home *home = *state;
    struct mu_desk *evening = home_desk(home, "2026-11-22T18:20");
    struct mu_settlement closing;
    struct mu_error error;

    eat(home->desk, "8801", MU_PAY_CASH);
    assert_int_equal(close_at(home->desk, today, "", 800, NULL, NULL, &error), MU_REFUSED);
    assert_int_equal(error.message, MU_SAY_error_closing_early);
    eat(home->desk, "8802", MU_PAY_CASH);
    assert_int_equal(close_at(home->desk, today, "lunch", 2300, NULL, NULL, NULL), MU_OK);
    eat(evening, "8803", MU_PAY_CASH);
    assert_int_equal(close_at(evening, today, "", 1500, NULL, &closing, NULL), MU_OK);
    assert_int_equal(closing.closing.meals, 1);
    /* Dinner was closed with it. */
    closing = settled(evening, today, "dinner");
    assert_int_equal(closing.closing.id, 2);
    assert_string_equal(closing.closing.session, "");
    assert_int_equal(close_at(evening, today, "dinner", 0, NULL, NULL, &error), MU_REFUSED);
    assert_int_equal(close_at(evening, today, "", 0, NULL, NULL, &error), MU_REFUSED);
    assert_sound(home->desk);
    mu_desk_free(&evening);
}

static void only_what_has_begun_is_closed(void **state)
{
    struct home *home = *state;
    struct mu_settlement untouched;
    struct mu_error error;

    assert_int_equal(close_at(home->desk, today, "dinner", 0, NULL, NULL, &error), MU_REFUSED);
    assert_int_equal(error.message, MU_SAY_error_closing_early);
    assert_int_equal(
        close_at(home->desk, (struct mu_date){2026, 11, 23}, "lunch", 0, NULL, NULL, &error),
        MU_INPUT);
    assert_int_equal(error.message, MU_SAY_error_closing_future);
    assert_int_equal(close_at(home->desk, today, "supper", 0, NULL, NULL, &error), MU_INPUT);
    assert_int_equal(error.message, MU_SAY_meal_no_session);
    memset(&untouched, 0x5a, sizeof untouched);
    assert_int_equal(close_at(home->desk, today, "lunch", 0, "x", &untouched, NULL), MU_OK);
    assert_int_equal(close_at(home->desk, today, "lunch", 0, NULL, NULL, &error), MU_REFUSED);
}

static bool count_closings(void *context, const struct mu_closing *closing)
{
    int *count = context;

    *count += closing->id == *count + 1;
    return true;
}

static void a_day_that_was_not_closed_is_told(void **state)
{
    struct home *home = *state;
    struct mu_desk *next_day = home_desk(home, "2026-11-23T11:30");
    struct mu_settlement closing;
    struct mu_date day;
    char session[MU_RULE_ID_SIZE];
    int count = 0;

    eat(home->desk, "8802", MU_PAY_CASH);
    assert_int_equal(mu_unclosed_day(home->desk, &day, session, NULL), MU_OK);
    assert_false(mu_date_known(day));
    assert_int_equal(mu_unclosed_day(next_day, &day, session, NULL), MU_OK);
    assert_int_equal(mu_date_compare(day, today), 0);
    assert_string_equal(session, "lunch");
    /* What is taken today is not in yesterday's box. */
    eat(next_day, "8803", MU_PAY_CASH);
    assert_int_equal(close_at(next_day, today, "", 1500, NULL, &closing, NULL), MU_OK);
    assert_int_equal(closing.figures.cash[MU_CASH_OWN].fen, 1500);
    assert_int_equal(mu_unclosed_day(next_day, &day, session, NULL), MU_OK);
    assert_false(mu_date_known(day));
    assert_int_equal(
        close_at(next_day, (struct mu_date){2026, 11, 23}, "lunch", 1500, NULL, &closing, NULL),
        MU_OK);
    assert_int_equal(closing.figures.cash[MU_CASH_OWN].fen, 1500);
    assert_int_equal(
        mu_list_closings(next_day, today, closing.closing.date, count_closings, &count, NULL),
        MU_OK);
    assert_int_equal(count, 2);
    assert_sound(home->desk);
    mu_desk_free(&next_day);
}

static void a_later_day_may_be_closed_first(void **state)
{
    struct home *home = *state;
    struct mu_desk *next_day = home_desk(home, "2026-11-23T11:30");
    struct mu_settlement closing;

    eat(home->desk, "8802", MU_PAY_CASH);
    assert_int_equal(close_at(home->desk, today, "lunch", 1500, NULL, NULL, NULL), MU_OK);
    eat(next_day, "8801", MU_PAY_CASH);
    assert_int_equal(
        close_at(next_day, (struct mu_date){2026, 11, 23}, "lunch", 800, NULL, &closing, NULL),
        MU_OK);
    assert_int_equal(close_at(next_day, today, "dinner", 0, NULL, &closing, NULL), MU_OK);
    assert_int_equal(closing.figures.expected.fen, 0);
    assert_sound(home->desk);
    mu_desk_free(&next_day);
}

static void pieces_come_to_a_sum(void **state)
{
    int pieces[MU_DENOMINATIONS] = {1, 0, 2, 0, 0, 3, 1, 4};
    char text[MU_NOTES_SIZE];

    (void)state;
    assert_int_equal(mu_notes_sum(pieces).fen, 10000 + 4000 + 300 + 50 + 40);
    mu_notes_write(pieces, text);
    assert_string_equal(text, "10000:1 2000:2 100:3 50:1 10:4");
    for (size_t i = 0; i < MU_DENOMINATIONS; i++)
        pieces[i] = MU_PIECES_LIMIT;
    mu_notes_write(pieces, text);
    assert_non_null(strstr(text, " 10:99999"));
    memset(pieces, 0, sizeof pieces);
    mu_notes_write(pieces, text);
    assert_string_equal(text, "");
    for (int line = 0; line < MU_CASH_LINES; line++)
        assert_true(*mu_cash_line_word((enum mu_cash_line)line) &&
                    mu_cash_line_name((enum mu_cash_line)line));
}

#define STORY(name) cmocka_unit_test_setup_teardown(name, canteen, home_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        STORY(cash_that_fits_closes_the_session),
        STORY(a_difference_is_explained_and_booked),
        STORY(two_people_stand_for_it),
        STORY(a_book_lets_somebody_stand_for_it_who_does_not_sign_in),
        STORY(money_of_cards_and_accounts_is_in_the_box_too),
        STORY(what_is_closed_stands),
        STORY(a_correction_counts_for_the_next_day),
        STORY(a_correction_passes_over_closed_days),
        STORY(who_comes_late_shows_in_the_next_closing),
        STORY(the_whole_day_is_closed_at_once),
        STORY(only_what_has_begun_is_closed),
        STORY(a_day_that_was_not_closed_is_told),
        STORY(a_later_day_may_be_closed_first),
        cmocka_unit_test(pieces_come_to_a_sum),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
