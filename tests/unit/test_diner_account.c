#include "unit/raw_file.h"

#include <mulin/desk/act.h>
#include <mulin/desk/diner_account.h>
#include <mulin/desk/twin.h>

static struct mu_meal_answer lunch(struct mu_desk *desk, const char *who, enum mu_pay_method method)
{
    const struct mu_meal_request request = {.who = who, .method = method};
    struct mu_meal_answer answer;
    enum mu_status status = mu_serve_meal(desk, &request, &answer, NULL);

    assert_int_equal(status == MU_OK, answer.refusal == MU_SERVED);
    return answer;
}

static struct mu_diner_account account(struct mu_desk *desk, int64_t id)
{
    struct mu_diner_account account;

    assert_int_equal(mu_read_diner_account(desk, id, &account, NULL), MU_OK);
    return account;
}

static void top_up(struct mu_desk *desk, int64_t id, int64_t fen)
{
    assert_int_equal(
        mu_move_diner_money(desk, id, MU_TOP_UP, (struct mu_money){fen}, NULL, NULL, NULL), MU_OK);
}

static void assert_sound(struct mu_desk *desk)
{
    struct mu_verify_report report;

    assert_int_equal(mu_verify(desk, NULL, NULL, &report, NULL), MU_OK);
}

static void a_card_pays_until_it_is_empty(void **state)
{
    struct home *home = *state;
    struct mu_desk *evening = home_desk(home, "2026-11-22T17:00");
    int64_t id = home_add(home->desk, "name", "陈伟", "card", "8801", NULL);
    struct mu_meal_answer answer;
    char text[256];

    top_up(home->desk, id, 2000);
    answer = lunch(home->desk, "8801", MU_PAY_CARD);
    mu_meal_answer_text(&answer, MU_CHINESE, text, sizeof text);
    assert_string_equal(text, "陈伟 请付 15.00 元；卡上还有 5.00 元");
    assert_int_equal(account(home->desk, id).prepaid.fen, 500);

    answer = lunch(evening, "8801", MU_PAY_CARD);
    assert_int_equal(answer.refusal, MU_MEAL_PAYMENT);
    assert_string_equal(mu_meal_refusal_word(answer.refusal), "payment");
    mu_meal_answer_text(&answer, MU_CHINESE, text, sizeof text);
    assert_string_equal(text, "陈伟：卡上只有 5.00 元，这一餐要 15.00 元：请先充值，或改付现金");
    assert_int_equal(account(home->desk, id).prepaid.fen, 500);
    assert_int_equal(lunch(evening, "8801", MU_PAY_CASH).refusal, MU_SERVED);
    assert_sound(home->desk);
    mu_desk_free(&evening);
}

static void a_voided_meal_is_back_on_the_card(void **state)
{
    struct home *home = *state;
    int64_t id = home_add(home->desk, "name", "陈伟", "card", "8801", NULL);

    top_up(home->desk, id, 1500);
    assert_int_equal(mu_void_meal(home->desk, lunch(home->desk, "8801", MU_PAY_CARD).meal.id,
                                  "点错", NULL, NULL),
                     MU_OK);
    assert_int_equal(account(home->desk, id).prepaid.fen, 1500);
    assert_sound(home->desk);
}

static void no_more_is_refunded_than_is_on_the_card(void **state)
{
    struct home *home = *state;
    int64_t id = home_add(home->desk, "name", "陈伟", "card", "8801", NULL);
    struct mu_diner_account left = {.resident_id = -1};

    top_up(home->desk, id, 3000);
    assert_int_equal(mu_move_diner_money(home->desk, id, MU_REFUND, (struct mu_money){3001}, "搬走",
                                         &left, NULL),
                     MU_REFUSED);
    assert_int_equal(
        mu_move_diner_money(home->desk, id, MU_REFUND, (struct mu_money){3000}, "", &left, NULL),
        MU_INPUT);
    assert_int_equal(left.resident_id, -1);
    assert_int_equal(
        mu_end_resident(home->desk, id, MU_MOVED_OUT, (struct mu_date){2026, 11, 20}, NULL), MU_OK);
    assert_int_equal(
        mu_move_diner_money(home->desk, id, MU_TOP_UP, (struct mu_money){100}, NULL, NULL, NULL),
        MU_REFUSED);
    assert_int_equal(mu_move_diner_money(home->desk, id, MU_REFUND, (struct mu_money){3000}, "搬走",
                                         &left, NULL),
                     MU_OK);
    assert_int_equal(left.prepaid.fen, 0);
    assert_int_equal(
        mu_move_diner_money(home->desk, id, MU_TOP_UP, (struct mu_money){-5}, NULL, NULL, NULL),
        MU_INPUT);
    assert_sound(home->desk);
}

static void a_lost_card_leaves_its_balance_to_the_new_one(void **state)
{
    struct home *home = *state;
    int64_t id = home_add(home->desk, "name", "陈伟", "card", "8801", NULL);
    struct mu_meal_answer answer;
    char text[256];

    top_up(home->desk, id, 2000);
    assert_int_equal(mu_bind_card(home->desk, "8802", id, "", NULL, NULL), MU_INPUT);
    assert_int_equal(mu_bind_card(home->desk, "8802", id, "遗失", NULL, NULL), MU_OK);
    answer = lunch(home->desk, "8801", MU_PAY_CARD);
    assert_int_equal(answer.refusal, MU_MEAL_CARD_ENDED);
    mu_meal_answer_text(&answer, MU_ENGLISH, text, sizeof text);
    assert_non_null(strstr(text, "card 8801 ended on 2026-11-22"));
    assert_int_equal(lunch(home->desk, "8802", MU_PAY_CARD).account.prepaid.fen, 500);
    /* Who finds the old one cannot make it his. */
    assert_int_equal(mu_bind_card(home->desk, "8801", home_add(home->desk, "name", "李强", NULL),
                                  "", NULL, NULL),
                     MU_REFUSED);
    assert_sound(home->desk);
}

static void change_card(struct mu_desk *desk, int64_t id, const char *card)
{
    struct mu_resident resident;

    assert_int_equal(mu_read_resident(desk, id, &resident, NULL), MU_OK);
    strcpy(resident.card, card);
    assert_int_equal(mu_save_resident(desk, &resident, NULL, NULL), MU_OK);
}

/* Returns the number of what was taken back. */
static int64_t undo_last(struct mu_desk *desk)
{
    struct mu_undone last;

    assert_int_equal(mu_undo_next(desk, 0, &last, NULL), MU_OK);
    assert_int_equal(mu_undo(desk, last.act_id, NULL, NULL), MU_OK);
    return last.act_id;
}

static enum mu_meal_refusal shown(struct mu_desk *desk, const char *card)
{
    return lunch(desk, card, MU_PAY_CASH).refusal;
}

static void a_card_that_was_changed_in_the_form_is_told_of_until_that_is_taken_back(void **state)
{
    struct home *home = *state;
    int64_t act_id, id = home_add(home->desk, "name", "陈伟", "card", "8801", NULL);

    change_card(home->desk, id, "8802");
    assert_int_equal(shown(home->desk, "8801"), MU_MEAL_CARD_ENDED);
    act_id = undo_last(home->desk);
    assert_int_equal(shown(home->desk, "8802"), MU_MEAL_NOT_FOUND);
    assert_int_equal(shown(home->desk, "8801"), MU_SERVED);
    /* Done again by taking the taking back back, and taken back once more. */
    assert_int_equal(mu_undo(home->desk, act_id + 1, NULL, NULL), MU_OK);
    assert_int_equal(shown(home->desk, "8801"), MU_MEAL_CARD_ENDED);
    assert_int_equal(undo_last(home->desk), act_id);
    assert_int_equal(shown(home->desk, "8801"), MU_MEAL_ALREADY_SERVED);
    change_card(home->desk, id, "");
    assert_int_equal(shown(home->desk, "8801"), MU_MEAL_CARD_ENDED);
    undo_last(home->desk);
    change_card(home->desk, id, "8803");
    undo_last(home->desk);
    assert_int_equal(shown(home->desk, "8803"), MU_MEAL_NOT_FOUND);
}

static void a_card_of_a_file_entered_in_error_is_free_for_others(void **state)
{
    struct home *home = *state;

    home_add(home->desk, "name", "陈伟", "card", "8801", NULL);
    undo_last(home->desk);
    assert_int_equal(mu_bind_card(home->desk, "8801", home_add(home->desk, "name", "李强", NULL),
                                  "", NULL, NULL),
                     MU_OK);
    assert_int_equal(shown(home->desk, "8801"), MU_SERVED);
}

static void an_unknown_card_is_given_to_somebody(void **state)
{
    struct home *home = *state;
    int64_t id = home_add(home->desk, "name", "陈伟", NULL);
    int64_t other = home_add(home->desk, "name", "李强", "card", "8805", NULL);

    assert_int_equal(lunch(home->desk, "8801", MU_PAY_CASH).refusal, MU_MEAL_NOT_FOUND);
    assert_int_equal(mu_bind_card(home->desk, "", id, "", NULL, NULL), MU_INPUT);
    assert_int_equal(mu_bind_card(home->desk, "8805", id, "", NULL, NULL), MU_INPUT);
    assert_int_equal(mu_bind_card(home->desk, "８８０１", id, "", NULL, NULL), MU_OK);
    assert_int_equal(mu_bind_card(home->desk, "8801", id, "", NULL, NULL), MU_INPUT);
    assert_int_equal(lunch(home->desk, "8801", MU_PAY_CASH).resident.id, id);
    assert_int_equal(lunch(home->desk, "8805", MU_PAY_CASH).resident.id, other);
}

static bool keep(void *context, const struct mu_diner_account *owing)
{
    struct mu_diner_account *last = context;

    *last = *owing;
    return true;
}

static void what_is_put_on_account_is_paid_at_the_end_of_the_month(void **state)
{
    struct home *home = *state;
    int64_t id = home_add(home->desk, "name", "陈伟", NULL);
    struct mu_diner_account last = {.resident_id = -1};

    assert_int_equal(lunch(home->desk, "陈伟", MU_PAY_ACCOUNT).account.owed.fen, 1500);
    assert_int_equal(mu_list_owing(home->desk, keep, &last, NULL), MU_OK);
    assert_int_equal(last.resident_id, id);
    assert_int_equal(last.owed.fen, 1500);
    assert_int_equal(mu_move_diner_money(home->desk, id, MU_PAY_BILL, (struct mu_money){1500}, NULL,
                                         &last, NULL),
                     MU_OK);
    assert_int_equal(last.owed.fen, 0);
    last.resident_id = -1;
    assert_int_equal(mu_list_owing(home->desk, keep, &last, NULL), MU_OK);
    assert_int_equal(last.resident_id, -1);
    assert_sound(home->desk);
}

/* Two files of one man, with a card each. */
static void two_files(struct home *home, int64_t *leading, int64_t *other)
{
    *leading = home_add(home->desk, "name", "陈伟", "card", "8801", NULL);
    *other = home_add(home->desk, "name", "陈玮", "card", "8802", NULL);
}

static void link_files(struct home *home, int64_t leading, int64_t other)
{
    assert_int_equal(mu_link_twins(home->desk, leading, other, "", NULL), MU_OK);
}

static void what_was_on_a_card_is_there_after_its_file_is_linked(void **state)
{
    struct home *home = *state;
    struct mu_desk *evening = home_desk(home, "2026-11-22T17:00");
    struct mu_meal_answer answer;
    int64_t leading, other;

    two_files(home, &leading, &other);
    top_up(home->desk, leading, 1000);
    top_up(home->desk, other, 2000);
    link_files(home, leading, other);
    assert_int_equal(account(home->desk, leading).prepaid.fen, 3000);
    assert_int_equal(account(home->desk, other).prepaid.fen, 3000);
    assert_string_equal(account(home->desk, leading).card, "8801");
    assert_string_equal(account(home->desk, other).card, "8802");

    /* Neither card reaches without the other's. */
    answer = lunch(home->desk, "8801", MU_PAY_CARD);
    assert_int_equal(answer.account.prepaid.fen, 1500);
    assert_int_equal(lunch(evening, "8802", MU_PAY_CARD).account.prepaid.fen, 0);
    assert_int_equal(mu_void_meal(home->desk, answer.meal.id, "点错", NULL, NULL), MU_OK);
    assert_int_equal(account(home->desk, other).prepaid.fen, 1500);
    assert_sound(home->desk);
    mu_desk_free(&evening);
}

static void each_card_pays_for_who_shows_it_first(void **state)
{
    struct home *home = *state;
    struct mu_desk *evening = home_desk(home, "2026-11-22T17:00");
    struct mu_twin_since since;
    int64_t leading, other;

    two_files(home, &leading, &other);
    top_up(home->desk, leading, 2000);
    top_up(home->desk, other, 2000);
    assert_int_equal(mu_link_twins(evening, leading, other, "", NULL), MU_OK);
    assert_int_equal(lunch(evening, "8802", MU_PAY_CARD).refusal, MU_SERVED);
    top_up(evening, other, 300);
    /* They were two people: what the one put on his card and ate is not the other's. */
    assert_int_equal(mu_unlink_twin(home->desk, other, &since, NULL), MU_OK);
    assert_int_equal(since.other_payments, 2);
    assert_int_equal(account(home->desk, leading).prepaid.fen, 2000);
    assert_int_equal(account(home->desk, other).prepaid.fen, 800);
    assert_sound(home->desk);
    mu_desk_free(&evening);
}

static void a_refund_empties_both_cards(void **state)
{
    struct home *home = *state;
    struct mu_diner_account left;
    int64_t leading, other;

    two_files(home, &leading, &other);
    top_up(home->desk, leading, 1000);
    top_up(home->desk, other, 2000);
    link_files(home, leading, other);
    assert_int_equal(mu_move_diner_money(home->desk, leading, MU_REFUND, (struct mu_money){3001},
                                         "搬走", &left, NULL),
                     MU_REFUSED);
    assert_int_equal(mu_move_diner_money(home->desk, leading, MU_REFUND, (struct mu_money){3000},
                                         "搬走", &left, NULL),
                     MU_OK);
    assert_int_equal(left.prepaid.fen, 0);
    assert_int_equal(mu_unlink_twin(home->desk, other, NULL, NULL), MU_OK);
    assert_int_equal(account(home->desk, leading).prepaid.fen, 0);
    assert_int_equal(account(home->desk, other).prepaid.fen, 0);
    assert_sound(home->desk);
}

static void one_bill_is_told_of_two_files(void **state)
{
    struct home *home = *state;
    struct mu_desk *evening = home_desk(home, "2026-11-22T17:00");
    struct mu_diner_account last = {.resident_id = -1};
    int64_t leading, other;

    two_files(home, &leading, &other);
    assert_int_equal(lunch(home->desk, "8802", MU_PAY_ACCOUNT).refusal, MU_SERVED);
    link_files(home, leading, other);
    assert_int_equal(lunch(evening, "8801", MU_PAY_ACCOUNT).account.owed.fen, 3000);
    assert_int_equal(mu_list_owing(home->desk, keep, &last, NULL), MU_OK);
    assert_int_equal(last.resident_id, leading);
    assert_int_equal(last.owed.fen, 3000);
    /* More than is owed in the file that is named, and less than in both. */
    assert_int_equal(mu_move_diner_money(home->desk, leading, MU_PAY_BILL, (struct mu_money){2000},
                                         NULL, &last, NULL),
                     MU_OK);
    assert_int_equal(last.owed.fen, 1000);
    assert_int_equal(mu_unlink_twin(home->desk, other, NULL, NULL), MU_OK);
    assert_int_equal(account(home->desk, leading).owed.fen, 0);
    assert_int_equal(account(home->desk, other).owed.fen, 1000);
    assert_sound(home->desk);
    mu_desk_free(&evening);
}

static void of_linked_files_the_named_one_gets_the_new_card(void **state)
{
    struct home *home = *state;
    struct mu_diner_account bound;
    int64_t leading, other;

    two_files(home, &leading, &other);
    link_files(home, leading, other);
    assert_int_equal(mu_bind_card(home->desk, "8803", other, "遗失", &bound, NULL), MU_OK);
    assert_int_equal(bound.resident_id, leading);
    assert_string_equal(bound.card, "8803");
    assert_string_equal(account(home->desk, leading).card, "8801");
    assert_int_equal(lunch(home->desk, "8802", MU_PAY_CASH).refusal, MU_MEAL_CARD_ENDED);
    assert_int_equal(lunch(home->desk, "8803", MU_PAY_CASH).resident.id, leading);
}

static void a_payment_by_a_card_of_somebody_else_is_told(void **state)
{
    struct home *home = *state;
    struct mu_verify_report report;
    int64_t leading, other;

    two_files(home, &leading, &other);
    top_up(home->desk, other, 2000);
    link_files(home, leading, other);
    assert_int_equal(lunch(home->desk, "8801", MU_PAY_CARD).refusal, MU_SERVED);
    assert_int_equal(mu_unlink_twin(home->desk, other, NULL, NULL), MU_OK);
    assert_sound(home->desk);
    raw_run(home, "UPDATE twin SET verdict = 2");
    assert_int_equal(mu_verify(home->desk, NULL, NULL, &report, NULL), MU_STORE);
}

static void a_new_file_with_money_on_its_card_is_not_taken_back(void **state)
{
    struct home *home = *state;
    struct mu_undone added;
    struct mu_error error;
    int64_t id = home_add(home->desk, "name", "陈伟", "card", "8801", NULL);

    top_up(home->desk, id, 2000);
    assert_int_equal(mu_undo_next(home->desk, 0, &added, &error), MU_OK);
    assert_int_equal(mu_undo(home->desk, added.act_id, NULL, &error), MU_REFUSED);
    assert_int_equal(error.message, MU_SAY_error_undo_money);
    assert_int_equal(account(home->desk, id).prepaid.fen, 2000);
}

static void who_has_no_file_pays_cash(void **state)
{
    struct home *home = *state;
    struct mu_meal_request request = {.occupation = "裁缝", .method = MU_PAY_CARD};
    struct mu_meal_answer answer;

    assert_int_equal(mu_serve_meal(home->desk, &request, &answer, NULL), MU_REFUSED);
    assert_int_equal(answer.refusal, MU_MEAL_PAYMENT);
    request.occupation = "外卖员"; /* free: nobody asks how it is paid */
    assert_int_equal(mu_serve_meal(home->desk, &request, &answer, NULL), MU_OK);
    assert_sound(home->desk);
}

static void a_bent_balance_is_found(void **state)
{
    struct home *home = *state;
    struct mu_verify_report report;
    struct mu_error error;

    top_up(home->desk, home_add(home->desk, "name", "陈伟", NULL), 2000);
    raw_run(home, "UPDATE balance SET amount = amount - 100000 WHERE account_id ="
                  " (SELECT account_id FROM ledger_account WHERE code LIKE 'card:%')");
    assert_int_equal(mu_verify(home->desk, NULL, NULL, &report, &error), MU_STORE);
    assert_int_equal(error.message, MU_SAY_error_verify_balance);
}

#define STORY(name) cmocka_unit_test_setup_teardown(name, home_setup, home_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        STORY(a_card_pays_until_it_is_empty),
        STORY(a_voided_meal_is_back_on_the_card),
        STORY(no_more_is_refunded_than_is_on_the_card),
        STORY(a_lost_card_leaves_its_balance_to_the_new_one),
        STORY(a_card_that_was_changed_in_the_form_is_told_of_until_that_is_taken_back),
        STORY(a_card_of_a_file_entered_in_error_is_free_for_others),
        STORY(an_unknown_card_is_given_to_somebody),
        STORY(what_is_put_on_account_is_paid_at_the_end_of_the_month),
        STORY(what_was_on_a_card_is_there_after_its_file_is_linked),
        STORY(each_card_pays_for_who_shows_it_first),
        STORY(a_refund_empties_both_cards),
        STORY(one_bill_is_told_of_two_files),
        STORY(of_linked_files_the_named_one_gets_the_new_card),
        STORY(a_payment_by_a_card_of_somebody_else_is_told),
        STORY(a_new_file_with_money_on_its_card_is_not_taken_back),
        STORY(who_has_no_file_pays_cash),
        STORY(a_bent_balance_is_found),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
