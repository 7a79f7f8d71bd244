/* Orders for the canteen: one day, every Monday to Friday, until they close, and those who told
 * that they will not come. 2026-11-22 is a Sunday. */
#include "unit/order_home.h"

#include "desk/desk_internal.h"

#include <mulin/desk/act.h>
#include <mulin/desk/person_file.h>
#include <mulin/desk/standing.h>
#include <mulin/desk/twin.h>

#define AFTERNOON "2026-11-22T17:00"

static void at(struct home *home, const char *now)
{
    mu_desk_free(&home->desk);
    home->desk = home_desk(home, now);
}

static enum mu_message refused(struct mu_desk *desk, struct mu_order order, const char *reason,
                               const char **field)
{
    struct mu_error error = {0};

    assert_int_not_equal(mu_save_order(desk, &order, reason, field, &error), MU_OK);
    return error.message;
}

/* ---- a day ---- */

static void standing_orders_unfold_and_a_single_one_comes_before_them(void **state)
{
    struct home *home = *state;
    int64_t zhang = home_add(home->desk, "name", "张金凤", "building", "10栋", NULL);
    int64_t wang = home_add(home->desk, "name", "王秀英", "building", "9栋", NULL);
    struct mu_order standing = order_of(zhang, "周一至周五", monday);
    struct mu_order every = order_of(wang, "每天", tuesday), single = order_of(zhang, "", tuesday);

    strcpy(standing.dish, "软饭");
    every.serving = MU_DELIVERED;
    strcpy(single.dish, "馄饨");
    take(home->desk, &standing);
    take(home->desk, &every);
    take(home->desk, &single);
    assert_string_equal(day(home->desk, sunday), "");
    assert_string_equal(day(home->desk, monday), "张金凤 软饭");
    assert_string_equal(day(home->desk, tuesday), "王秀英*, 张金凤 馄饨");
    assert_string_equal(day(home->desk, saturday), "王秀英*");
    assert_string_equal(day(home->desk, next_monday), "王秀英*, 张金凤 软饭");
    assert_int_equal(mu_cancel_order(home->desk, single.id, NULL, NULL, NULL), MU_OK);
    assert_string_equal(day(home->desk, tuesday), "王秀英*, 张金凤 软饭");
}

static void a_person_has_one_order_for_a_meal(void **state)
{
    struct home *home = *state;
    int64_t zhang = home_add(home->desk, "name", "张金凤", NULL);
    struct mu_order week = order_of(zhang, "1-5", monday), single = order_of(zhang, "", tuesday);

    take(home->desk, &week);
    take(home->desk, &single);
    assert_int_equal(refused(home->desk, order_of(zhang, "", tuesday), NULL, NULL),
                     MU_SAY_error_order_twice);
    assert_int_equal(refused(home->desk, order_of(zhang, "5-7", next_monday), NULL, NULL),
                     MU_SAY_error_order_twice);
    week = order_of(zhang, "周末", monday);
    take(home->desk, &week);
}

static void what_cannot_be_is_refused_with_its_field(void **state)
{
    struct home *home = *state;
    int64_t zhang = home_add(home->desk, "name", "张金凤", NULL);
    struct mu_order order = order_of(zhang, "", monday);
    const char *field;

    order.resident_id = 999;
    assert_int_equal(refused(home->desk, order, NULL, &field), MU_SAY_error_resident_unknown);
    order = order_of(zhang, "", monday);
    strcpy(order.session, "夜宵");
    assert_int_equal(refused(home->desk, order, NULL, &field), MU_SAY_error_order_session);
    assert_string_equal(field, "meal_session");
    order = order_of(zhang, "周八", monday);
    assert_int_equal(refused(home->desk, order, NULL, &field), MU_SAY_error_weekdays);
    assert_string_equal(field, "weekdays");
    order = order_of(zhang, "", (struct mu_date){0});
    assert_int_equal(refused(home->desk, order, NULL, &field), MU_SAY_error_order_from);
    order = order_of(zhang, "", (struct mu_date){2026, 11, 21});
    assert_int_equal(refused(home->desk, order, NULL, &field), MU_SAY_error_order_past);
    assert_string_equal(field, "order_from");
    order = order_of(zhang, "1-5", tuesday);
    order.until = monday;
    assert_int_equal(refused(home->desk, order, NULL, &field), MU_SAY_error_order_until);
    order = order_of(zhang, "", monday);
    order.serving = 7;
    assert_int_equal(refused(home->desk, order, NULL, &field), MU_SAY_error_serving);
    assert_string_equal(field, "serving");
    order = order_of(zhang, "", monday);
    order.id = 77;
    assert_int_equal(refused(home->desk, order, NULL, &field), MU_SAY_error_order_unknown);
    assert_string_equal(day(home->desk, monday), "");
}

/* ---- closing time ---- */

static void orders_close_at_four_the_day_before(void **state)
{
    struct home *home = *state;
    int64_t zhang = home_add(home->desk, "name", "张金凤", NULL);
    struct mu_order order = order_of(zhang, "", monday);
    struct mu_order_times times;

    at(home, "2026-11-22T15:59");
    take(home->desk, &order);
    at(home, "2026-11-22T16:00");
    assert_int_equal(mu_order_time(home->desk, "lunch", monday, &times, NULL), MU_OK);
    assert_true(times.closed);
    assert_int_equal(mu_date_compare(times.open_from, tuesday), 0);
    /* The keeper may, with a reason; the desk may not. */
    order.serving = MU_DELIVERED;
    assert_int_equal(refused(home->desk, order, NULL, NULL), MU_SAY_error_order_late);
    assert_int_equal(mu_save_order(home->desk, &order, "儿子来电", NULL, NULL), MU_OK);
    assert_string_equal(day(home->desk, monday), "张金凤*");
    assert_int_equal(mu_cancel_order(home->desk, order.id, "", NULL, NULL), MU_REFUSED);
    assert_int_equal(mu_cancel_order(home->desk, order.id, "住院", NULL, NULL), MU_OK);
    assert_string_equal(day(home->desk, monday), "");
}

static void a_standing_order_changes_from_the_first_open_day_on(void **state)
{
    struct home *home = *state;
    int64_t zhang = home_add(home->desk, "name", "张金凤", NULL), first;
    struct mu_order order = order_of(zhang, "每天", monday), cancelled;
    struct mu_undone undone;

    first = take(home->desk, &order);
    at(home, "2026-11-23T17:00");
    order.serving = MU_DELIVERED;
    take(home->desk, &order);
    assert_int_not_equal(order.id, first);
    assert_string_equal(day(home->desk, monday), "张金凤");
    assert_string_equal(day(home->desk, tuesday), "张金凤");
    assert_string_equal(day(home->desk, (struct mu_date){2026, 11, 25}), "张金凤*");
    /* One step back, and all is as it was. */
    assert_int_equal(mu_undo_next(home->desk, 0, &undone, NULL), MU_OK);
    assert_int_equal(mu_undo(home->desk, undone.act_id, NULL, NULL), MU_OK);
    assert_string_equal(day(home->desk, next_monday), "张金凤");
    assert_int_equal(mu_cancel_order(home->desk, first, NULL, &cancelled, NULL), MU_OK);
    assert_int_equal(mu_date_compare(cancelled.until, tuesday), 0);
    assert_string_equal(day(home->desk, tuesday), "张金凤");
    assert_string_equal(day(home->desk, next_monday), "");
}

static void its_last_day_changes_in_place(void **state)
{
    struct home *home = *state;
    int64_t zhang = home_add(home->desk, "name", "张金凤", NULL);
    struct mu_order order = order_of(zhang, "每天", monday), before;

    take(home->desk, &order);
    before = order;
    at(home, "2026-11-23T17:00");
    order.until = tuesday;
    take(home->desk, &order);
    assert_int_equal(order.id, before.id);
    assert_string_equal(day(home->desk, saturday), "");
    order.until = monday; /* Tuesday is closed */
    assert_int_equal(refused(home->desk, order, NULL, NULL), MU_SAY_error_order_late);
    assert_int_equal(refused(home->desk, before, NULL, NULL), MU_SAY_error_order_changed);
}

static void the_desk_hears_until_when(void **state)
{
    struct home *home = *state;
    int64_t zhang = home_add(home->desk, "name", "张金凤", NULL);
    struct mu_order order = order_of(zhang, "", monday);
    struct mu_error error;
    char text[256];

    at(home, AFTERNOON);
    strcpy(home->desk->operator.role, "desk");
    assert_int_equal(mu_save_order(home->desk, &order, "补订", NULL, &error), MU_REFUSED);
    mu_error_text(&error, MU_CHINESE, text, sizeof text);
    assert_string_equal(
        text, "2026-11-23 的午餐：2026-11-22 16:00 已截止：请订 2026-11-24 起的，或请管理员补订");
    strcpy(home->desk->operator.role, "tally");
    assert_int_equal(mu_save_order(home->desk, &order, NULL, NULL, &error), MU_REFUSED);
    assert_string_equal(day(home->desk, monday), "");
    strcpy(home->desk->operator.role, "mediator");
    assert_int_equal(mu_read_order(home->desk, 1, &order, &error), MU_REFUSED);
}

/* ---- who does not come ---- */

static void who_told_that_he_will_not_come_is_left_out(void **state)
{
    struct home *home = *state;
    int64_t zhang = home_add(home->desk, "name", "张金凤", NULL);
    struct mu_order order = order_of(zhang, "每天", monday);
    struct mu_absence absence = {.resident_id = zhang, .from = monday, .until = tuesday};
    bool cooked, absent;

    take(home->desk, &order);
    strcpy(absence.reason, "住院");
    assert_int_equal(mu_save_absence(home->desk, &absence, &cooked, NULL, NULL), MU_OK);
    assert_false(cooked);
    assert_string_equal(day(home->desk, monday), " -1");
    assert_string_equal(day(home->desk, saturday), "张金凤");
    assert_int_equal(mu_absent(home->desk, zhang, tuesday, "lunch", &absent, NULL), MU_OK);
    assert_true(absent);
    assert_int_equal(mu_absent(home->desk, zhang, saturday, "lunch", &absent, NULL), MU_OK);
    assert_false(absent);
    /* Back a day earlier; then not at all. */
    assert_int_equal(mu_end_absence(home->desk, absence.id, tuesday, NULL), MU_OK);
    assert_string_equal(day(home->desk, tuesday), "张金凤");
    assert_string_equal(day(home->desk, monday), " -1");
    assert_int_equal(mu_end_absence(home->desk, absence.id, monday, NULL), MU_OK);
    assert_string_equal(day(home->desk, monday), "张金凤");
    assert_int_equal(mu_end_absence(home->desk, absence.id, monday, NULL), MU_REFUSED);
}

static void a_notice_after_the_closing_time_says_that_the_kitchen_cooks(void **state)
{
    struct home *home = *state;
    int64_t zhang = home_add(home->desk, "name", "张金凤", NULL);
    struct mu_order order = order_of(zhang, "每天", monday);
    struct mu_absence absence = {.resident_id = zhang, .from = monday};
    const char *field;
    bool cooked;

    take(home->desk, &order);
    at(home, AFTERNOON);
    assert_int_equal(mu_save_absence(home->desk, &absence, &cooked, &field, NULL), MU_OK);
    assert_true(cooked);
    assert_string_equal(day(home->desk, monday), " -1");
    absence.until = sunday;
    assert_int_equal(mu_save_absence(home->desk, &absence, NULL, &field, NULL), MU_INPUT);
    assert_string_equal(field, "absent_until");
    absence = (struct mu_absence){.resident_id = zhang, .from = {2026, 11, 1}};
    assert_int_equal(mu_save_absence(home->desk, &absence, NULL, &field, NULL), MU_INPUT);
    assert_string_equal(field, "absent_from");
    absence = (struct mu_absence){.resident_id = zhang, .from = monday};
    strcpy(absence.session, "早茶");
    assert_int_equal(mu_save_absence(home->desk, &absence, NULL, &field, NULL), MU_INPUT);
    assert_string_equal(field, "absent_session");
    assert_int_equal(mu_end_absence(home->desk, 77, monday, NULL), MU_INPUT);
}

static bool add_words(void *context, const struct mu_standing_thing *thing)
{
    char *out = context, words[256];

    mu_standing_words(thing, MU_CHINESE, words, sizeof words);
    strcat(strcat(out, words), "\n");
    return true;
}

static void orders_end_with_life_and_a_move_and_come_back(void **state)
{
    struct home *home = *state;
    int64_t zhang = home_add(home->desk, "name", "张金凤", NULL);
    struct mu_order order = order_of(zhang, "1-5", monday), single = order_of(zhang, "", saturday);
    char text[1024] = "";
    struct mu_undone undone;

    take(home->desk, &order);
    take(home->desk, &single);
    assert_int_equal(mu_standing_things(home->desk, zhang, false, add_words, text, NULL), MU_OK);
    assert_string_equal(text, "长期订餐 午餐（每周 1-5）停止\n2026-11-28 的午餐订餐取消\n");
    assert_int_equal(mu_end_resident(home->desk, zhang, MU_DECEASED, sunday, NULL), MU_OK);
    assert_string_equal(day(home->desk, monday), "");
    assert_int_equal(refused(home->desk, order_of(zhang, "", tuesday), NULL, NULL),
                     MU_SAY_error_order_ended);
    assert_int_equal(mu_undo_next(home->desk, 0, &undone, NULL), MU_OK);
    assert_int_equal(mu_undo(home->desk, undone.act_id, NULL, NULL), MU_OK);
    assert_string_equal(day(home->desk, monday), "张金凤");
}

static void linked_files_eat_once(void **state)
{
    struct home *home = *state;
    int64_t zhang = home_add(home->desk, "name", "张金凤", "birth_date", "1940-01-01", NULL);
    int64_t other =
        home_add(home->desk, "name", "张金凤", "birth_date", "1940-01-01", "card", "7", NULL);
    struct mu_order one = order_of(zhang, "每天", monday), two = order_of(other, "每天", monday);
    struct mu_absence absence = {.resident_id = other, .from = tuesday, .until = tuesday};
    bool absent;

    take(home->desk, &one);
    take(home->desk, &two);
    assert_string_equal(day(home->desk, monday), "张金凤, 张金凤");
    assert_int_equal(mu_save_absence(home->desk, &absence, NULL, NULL, NULL), MU_OK);
    assert_int_equal(mu_link_twins(home->desk, zhang, other, "同一人", NULL), MU_OK);
    assert_string_equal(day(home->desk, monday), "张金凤");
    assert_string_equal(day(home->desk, tuesday), " -1");
    assert_int_equal(mu_absent(home->desk, zhang, tuesday, "lunch", &absent, NULL), MU_OK);
    assert_true(absent);
    /* A new one goes to the file that speaks. */
    one = order_of(other, "", saturday);
    take(home->desk, &one);
    assert_int_equal(one.resident_id, zhang);
}

static const char *served(struct mu_desk *desk, int64_t who)
{
    static char text[512];
    const struct mu_meal_request request = {.resident_id = who};
    struct mu_meal_answer answer;

    assert_int_equal(mu_serve_meal(desk, &request, &answer, NULL), MU_OK);
    mu_meal_notice_text(&answer, MU_CHINESE, text, sizeof text);
    return text;
}

static void the_counter_sees_what_was_ordered(void **state)
{
    struct home *home = *state;
    int64_t zhang = home_add(home->desk, "name", "张金凤", NULL);
    int64_t wang = home_add(home->desk, "name", "王秀英", NULL);
    int64_t li = home_add(home->desk, "name", "李建国", NULL);
    struct mu_order one = order_of(zhang, "", monday), two = order_of(wang, "每天", monday);
    struct mu_person_file file;

    strcpy(one.dish, "清蒸鱼");
    two.serving = MU_DELIVERED;
    take(home->desk, &one);
    take(home->desk, &two);
    assert_int_equal(mu_read_person_file(home->desk, zhang, &file, NULL), MU_OK);
    strcpy(file.diet, "低盐\n软食");
    assert_int_equal(mu_save_person_file(home->desk, &file, NULL, NULL), MU_OK);
    at(home, "2026-11-23T11:30");
    assert_string_equal(served(home->desk, zhang), "订餐：清蒸鱼  ! 饮食：低盐 软食");
    assert_string_equal(served(home->desk, wang), "订的是送餐（当天的菜），请告诉送餐员");
    assert_string_equal(served(home->desk, li), "");
}

/* ---- taking back ---- */

static void a_new_order_is_taken_back_until_orders_close(void **state)
{
    struct home *home = *state;
    int64_t zhang = home_add(home->desk, "name", "张金凤", NULL);
    struct mu_order order = order_of(zhang, "", monday), again = order_of(zhang, "", monday);
    struct mu_undone undone;

    take(home->desk, &order);
    assert_int_equal(mu_undo_next(home->desk, 0, &undone, NULL), MU_OK);
    assert_non_null(strstr(undone.words[MU_CHINESE], "新建订餐：张金凤 午餐 2026-11-23"));
    assert_int_equal(mu_undo(home->desk, undone.act_id, NULL, NULL), MU_OK);
    assert_string_equal(day(home->desk, monday), "");
    /* Taking that back would order twice now. */
    take(home->desk, &again);
    assert_int_equal(mu_undo(home->desk, undone.act_id + 1, NULL, NULL), MU_INPUT);
    assert_string_equal(day(home->desk, monday), "张金凤");
}

static void a_notice_is_taken_back(void **state)
{
    struct home *home = *state;
    int64_t zhang = home_add(home->desk, "name", "张金凤", NULL);
    struct mu_order order = order_of(zhang, "每天", monday);
    struct mu_absence absence = {.resident_id = zhang, .from = monday};
    struct mu_undone undone;

    take(home->desk, &order);
    assert_int_equal(mu_save_absence(home->desk, &absence, NULL, NULL, NULL), MU_OK);
    assert_int_equal(mu_end_absence(home->desk, absence.id, saturday, NULL), MU_OK);
    assert_int_equal(mu_undo_next(home->desk, 0, &undone, NULL), MU_OK);
    assert_int_equal(mu_undo(home->desk, undone.act_id, NULL, NULL), MU_OK);
    assert_string_equal(day(home->desk, next_monday), " -1");
    assert_int_equal(mu_undo_next(home->desk, undone.act_id, &undone, NULL), MU_OK);
    assert_int_equal(mu_undo(home->desk, undone.act_id, NULL, NULL), MU_OK);
    assert_string_equal(day(home->desk, monday), "张金凤");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(standing_orders_unfold_and_a_single_one_comes_before_them,
                                        setup, home_teardown),
        cmocka_unit_test_setup_teardown(a_person_has_one_order_for_a_meal, setup, home_teardown),
        cmocka_unit_test_setup_teardown(what_cannot_be_is_refused_with_its_field, setup,
                                        home_teardown),
        cmocka_unit_test_setup_teardown(orders_close_at_four_the_day_before, setup, home_teardown),
        cmocka_unit_test_setup_teardown(a_standing_order_changes_from_the_first_open_day_on, setup,
                                        home_teardown),
        cmocka_unit_test_setup_teardown(its_last_day_changes_in_place, setup, home_teardown),
        cmocka_unit_test_setup_teardown(the_desk_hears_until_when, setup, home_teardown),
        cmocka_unit_test_setup_teardown(who_told_that_he_will_not_come_is_left_out, setup,
                                        home_teardown),
        cmocka_unit_test_setup_teardown(a_notice_after_the_closing_time_says_that_the_kitchen_cooks,
                                        setup, home_teardown),
        cmocka_unit_test_setup_teardown(orders_end_with_life_and_a_move_and_come_back, setup,
                                        home_teardown),
        cmocka_unit_test_setup_teardown(linked_files_eat_once, setup, home_teardown),
        cmocka_unit_test_setup_teardown(a_new_order_is_taken_back_until_orders_close, setup,
                                        home_teardown),
        cmocka_unit_test_setup_teardown(the_counter_sees_what_was_ordered, setup, home_teardown),
        cmocka_unit_test_setup_teardown(a_notice_is_taken_back, setup, home_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
