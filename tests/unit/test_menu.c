/* Menus, diet, the days of a week, and what the kitchen is told. */
#include "unit/order_home.h"

#include <mulin/desk/act.h>
#include <mulin/desk/menu.h>
#include <mulin/desk/person_file.h>

static void eat(struct mu_desk *desk, int64_t who, const char *diet)
{
    struct mu_person_file file;
    struct mu_error error;

    assert_int_equal(mu_read_person_file(desk, who, &file, &error), MU_OK);
    strcpy(file.diet, diet);
    assert_int_equal(mu_save_person_file(desk, &file, NULL, &error), MU_OK);
}

/* ---- days of a week ---- */

static void days_of_a_week_are_read_as_people_say_them(void **state)
{
    static const struct {
        const char *text, *stored, *chinese, *english;
    } cases[] = {
        {"周一至周五", "1-5", "周一至周五", "Mon-Fri"},
        {"１－５", "1-5", "周一至周五", "Mon-Fri"},
        {"工作日", "1-5", "周一至周五", "Mon-Fri"},
        {"Mon - Fri", "1-5", "周一至周五", "Mon-Fri"},
        {"一三五", "135", "周一、三、五", "Mon, Wed, Fri"},
        {"星期一、星期三，礼拜五", "135", "周一、三、五", "Mon, Wed, Fri"},
        {"每天", "1-7", "每天", "every day"},
        {"周末", "67", "周六、日", "Sat, Sun"},
        {"周五到周一", "1567", "周一、五至周日", "Mon, Fri-Sun"},
        {"天", "7", "周日", "Sun"},
        {"1-3,6", "1236", "周一至周三、六", "Mon-Wed, Sat"},
    };
    static const char *const wrong[] = {"",     "周",   "1-",   "8",  "0",
                                        "一到", "明天", "1--5", "-5", "mo"};

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[MU_WEEKDAYS_SIZE];
        int weekdays = 0, again = 0;

        if (!mu_weekdays_read(cases[i].text, &weekdays))
            fail_msg("%s", cases[i].text);
        mu_weekdays_store(weekdays, text);
        assert_string_equal(text, cases[i].stored);
        assert_true(mu_weekdays_read(text, &again));
        assert_int_equal(again, weekdays);
        mu_weekdays_words(weekdays, MU_CHINESE, text);
        assert_string_equal(text, cases[i].chinese);
        mu_weekdays_words(weekdays, MU_ENGLISH, text);
        assert_string_equal(text, cases[i].english);
    }
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        int weekdays = 99;

        if (mu_weekdays_read(wrong[i], &weekdays))
            fail_msg("'%s' was read", wrong[i]);
        assert_int_equal(weekdays, 99);
    }
}

static void every_set_of_days_comes_back(void **state)
{
    (void)state;
    for (int days = 1; days <= MU_WHOLE_WEEK; days++) {
        char text[MU_WEEKDAYS_SIZE];
        int again = 0;

        mu_weekdays_store(days, text);
        assert_true(mu_weekdays_read(text, &again));
        assert_int_equal(again, days);
        mu_weekdays_words(days, MU_CHINESE, text);
        assert_true(mu_weekdays_read(text, &again));
        assert_int_equal(again, days);
        mu_weekdays_words(days, MU_ENGLISH, text);
        assert_true(mu_weekdays_read(text, &again));
        assert_int_equal(again, days);
    }
}

static void a_swapped_working_day_counts_for_monday_to_friday(void **state)
{
    struct mu_order order = {.from = {2026, 11, 1}, .weekdays = "1-5"};

    (void)state;
    assert_false(mu_order_holds(&order, saturday, false));
    assert_true(mu_order_holds(&order, saturday, true));
    strcpy(order.weekdays, "135");
    assert_false(mu_order_holds(&order, saturday, true));
    order.cancelled = 1;
    assert_false(mu_order_holds(&order, monday, false));
}

/* ---- menus and diet ---- */

static void dishes_are_read_as_they_are_written(void **state)
{
    static const struct {
        const char *text, *chinese, *english;
    } cases[] = {
        {"红烧肉", "红烧肉", "红烧肉"},
        {" 清蒸鱼（低盐、含鱼） ", "清蒸鱼（低盐、含鱼）", "清蒸鱼 (low salt, has fish)"},
        {"清蒸鱼 (low salt, has fish)", "清蒸鱼（低盐、含鱼）", "清蒸鱼 (low salt, has fish)"},
        {"麻婆豆腐 素食 大豆", "麻婆豆腐（素食、含大豆）", "麻婆豆腐 (vegetarian, has soy)"},
        {"虾仁 炒蛋", "虾仁 炒蛋", "虾仁 炒蛋"},
        {"汤（）", "汤", "汤"},
    };
    struct mu_dish dish = {0};
    struct mu_error error;
    char text[MU_DISH_LINE_SIZE];

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(mu_dish_read(cases[i].text, &dish, &error), MU_OK);
        mu_dish_write(&dish, MU_CHINESE, text);
        assert_string_equal(text, cases[i].chinese);
        mu_dish_write(&dish, MU_ENGLISH, text);
        assert_string_equal(text, cases[i].english);
    }
    assert_int_equal(mu_dish_read("（低盐）", &dish, &error), MU_INPUT);
    assert_int_equal(error.message, MU_SAY_error_dish_name);
    assert_int_equal(mu_dish_read("鱼（好吃）", &dish, &error), MU_INPUT);
    assert_int_equal(error.message, MU_SAY_error_dish_mark);
    memset(text, 'x', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    assert_int_equal(mu_dish_read(text, &dish, &error), MU_INPUT);
    text[MU_DISH_SIZE] = '\0';
    assert_int_equal(mu_dish_read(text, &dish, &error), MU_INPUT);
    assert_int_equal(error.message, MU_SAY_error_dish_long);
}

static void a_note_about_somebody_gives_marks(void **state)
{
    char words[MU_DIET_WORDS_SIZE];

    (void)state;
    mu_diet_words(mu_diet_of_note("糖尿病；对花生、海鲜过敏；牙口不好"), false, MU_CHINESE, words);
    assert_string_equal(words, "低糖、软食、花生、海鲜");
    assert_int_equal(mu_diet_of_note("爱吃面"), 0);
    assert_int_equal(mu_diet_conflict(mu_diet_of_note("回民"), 0), mu_diet_mark(1));
    assert_int_equal(mu_diet_conflict(mu_diet_of_note("花生过敏"), mu_diet_mark(17)),
                     mu_diet_mark(17));
    assert_int_equal(mu_diet_conflict(mu_diet_of_note("花生过敏"), mu_diet_mark(18)), 0);
    assert_int_equal(mu_diet_mark(0) | mu_diet_mark(32), 0);
}

static void set_menu(struct mu_desk *desk, struct mu_date date, const char *first,
                     const char *second)
{
    struct mu_menu menu;
    struct mu_error error;

    assert_int_equal(mu_read_menu(desk, date, NULL, &menu, &error), MU_OK);
    assert_int_equal(mu_dish_read(first, &menu.dish[0], &error), MU_OK);
    assert_int_equal(mu_dish_read(second, &menu.dish[1], &error), MU_OK);
    menu.count = 2;
    assert_int_equal(mu_save_menu(desk, &menu, &error), MU_OK);
}

static void the_kitchen_counts_by_dish_and_diet(void **state)
{
    struct home *home = *state;
    int64_t zhang = home_add(home->desk, "name", "张金凤", NULL);
    int64_t wang = home_add(home->desk, "name", "王秀英", NULL);
    int64_t li = home_add(home->desk, "name", "李大爷", NULL);
    struct mu_order one = order_of(zhang, "", monday), two = order_of(wang, "", monday),
                    three = order_of(li, "1-5", monday);
    struct mu_day_orders orders;
    struct mu_kitchen kitchen;
    struct mu_error error;
    const char *field;

    set_menu(home->desk, monday, "红烧肉（含大豆）", "清蒸鱼（低盐、含鱼）");
    eat(home->desk, zhang, "高血压");
    eat(home->desk, wang, "黄豆过敏");
    strcpy(one.dish, "清蒸鱼");
    strcpy(two.dish, "红烧肉");
    two.serving = MU_DELIVERED;
    strcpy(three.dish, "馒头");
    take(home->desk, &one);
    take(home->desk, &two);
    take(home->desk, &three);
    assert_string_equal(day(home->desk, monday),
                        "张金凤 低盐 清蒸鱼, 王秀英 大豆 红烧肉!*, 李大爷 馒头?");
    assert_int_equal(mu_orders_of_day(home->desk, monday, NULL, &orders, NULL), MU_OK);
    assert_int_equal(mu_count_kitchen(&orders, &kitchen, NULL), MU_OK);
    assert_int_equal(kitchen.count, 3);
    assert_int_equal(kitchen.meals, 3);
    assert_int_equal(kitchen.delivered, 1);
    assert_int_equal(kitchen.conflicts, 1);
    mu_kitchen_clear(&kitchen);
    mu_day_orders_clear(&orders);
    /* For one day a dish of the menu is asked for. */
    one = order_of(wang, "", tuesday);
    set_menu(home->desk, tuesday, "面条", "米饭");
    strcpy(one.dish, "红烧肉");
    assert_int_equal(mu_save_order(home->desk, &one, NULL, &field, &error), MU_INPUT);
    assert_int_equal(error.message, MU_SAY_error_order_dish);
    assert_string_equal(field, "dish");
}

static void a_menu_is_copied_changed_and_taken_back(void **state)
{
    struct home *home = *state;
    struct mu_menu menu, stale;
    struct mu_undone undone;
    struct mu_error error;

    set_menu(home->desk, monday, "红烧肉（含大豆）", "清蒸鱼");
    assert_int_equal(mu_copy_menu(home->desk, monday, tuesday, "lunch", &menu, &error), MU_OK);
    assert_int_equal(menu.count, 2);
    assert_int_equal(mu_copy_menu(home->desk, monday, tuesday, "lunch", NULL, &error), MU_REFUSED);
    assert_int_equal(mu_copy_menu(home->desk, saturday, sunday, "lunch", NULL, &error), MU_INPUT);
    assert_int_equal(
        mu_copy_menu(home->desk, monday, (struct mu_date){2026, 11, 2}, "lunch", NULL, &error),
        MU_INPUT);
    stale = menu;
    menu.count = 1;
    assert_int_equal(mu_save_menu(home->desk, &menu, &error), MU_OK);
    assert_int_equal(mu_save_menu(home->desk, &stale, &error), MU_REFUSED);
    assert_int_equal(error.message, MU_SAY_error_menu_changed);
    menu.dish[1] = menu.dish[0];
    menu.count = 2;
    assert_int_equal(mu_save_menu(home->desk, &menu, &error), MU_INPUT);
    assert_int_equal(mu_undo_next(home->desk, 0, &undone, &error), MU_OK);
    assert_int_equal(mu_undo(home->desk, undone.act_id, NULL, &error), MU_OK);
    assert_int_equal(mu_read_menu(home->desk, tuesday, "lunch", &menu, &error), MU_OK);
    assert_int_equal(menu.count, 2);
    assert_int_equal(menu.dish[0].marks, mu_diet_mark(23));
    assert_int_equal(mu_undo_next(home->desk, undone.act_id, &undone, &error), MU_OK);
    assert_int_equal(mu_undo(home->desk, undone.act_id, NULL, &error), MU_OK);
    assert_int_equal(mu_read_menu(home->desk, tuesday, "lunch", &menu, &error), MU_OK);
    assert_int_equal(menu.count, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(days_of_a_week_are_read_as_people_say_them),
        cmocka_unit_test(every_set_of_days_comes_back),
        cmocka_unit_test(a_swapped_working_day_counts_for_monday_to_friday),
        cmocka_unit_test(dishes_are_read_as_they_are_written),
        cmocka_unit_test(a_note_about_somebody_gives_marks),
        cmocka_unit_test_setup_teardown(the_kitchen_counts_by_dish_and_diet, setup, home_teardown),
        cmocka_unit_test_setup_teardown(a_menu_is_copied_changed_and_taken_back, setup,
                                        home_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
