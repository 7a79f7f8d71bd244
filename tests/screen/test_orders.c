#include "screen/story.h"

#include <mulin/desk/menu.h>
#include <mulin/desk/person_file.h>

#include <string.h>

static const struct mu_date monday = {2026, 11, 23};

/* The menu that a colleague wrote for tomorrow. */
static void write_menu(struct story *story)
{
    static const char *const dishes[] = {"红烧肉（含大豆）", "清蒸鱼（低盐、低糖、含鱼）"};
    struct mu_menu menu;
    struct mu_error error;

    assert_int_equal(mu_read_menu(story->desk, monday, "lunch", &menu, &error), MU_OK);
    for (size_t i = 0; i < 2; i++)
        assert_int_equal(mu_dish_read(dishes[i], &menu.dish[menu.count++], &error), MU_OK);
    assert_int_equal(mu_save_menu(story->desk, &menu, &error), MU_OK);
}

static void order(struct story *story, const char *card, const char *dish, int serving,
                  const char *weekdays)
{
    struct mu_order order = {.resident_id = story_find(story, card),
                             .session = "lunch",
                             .from = monday,
                             .serving = serving};
    struct mu_error error;

    strcpy(order.dish, dish);
    strcpy(order.weekdays, weekdays);
    assert_int_equal(mu_save_order(story->desk, &order, NULL, NULL, &error), MU_OK);
}

static void eats(struct story *story, const char *card, const char *diet)
{
    struct mu_person_file file;
    struct mu_error error;

    assert_int_equal(mu_read_person_file(story->desk, story_find(story, card), &file, &error),
                     MU_OK);
    strcpy(file.diet, diet);
    assert_int_equal(mu_save_person_file(story->desk, &file, NULL, &error), MU_OK);
}

static size_t meals(struct story *story)
{
    struct mu_day_orders orders;
    struct mu_error error;
    size_t count;

    assert_int_equal(mu_orders_of_day(story->desk, monday, NULL, &orders, &error), MU_OK);
    count = orders.count;
    mu_day_orders_clear(&orders);
    return count;
}

/* A scan where characters are keys. */
static void scan(struct story *story, const char *card)
{
    mu_app_event(story->app, (struct mu_event){.kind = MU_EVENT_SCAN, .text = card});
}

static void open_orders(struct story *story)
{
    story_type(story, "6");
    assert_top(story, "orders");
}

static void tomorrow_is_counted_by_dish_and_diet_story(struct story *story)
{
    write_menu(story);
    eats(story, "8801", "糖尿病");
    eats(story, "8802", "大豆过敏");
    order(story, "8801", "清蒸鱼", 1, "");
    order(story, "8802", "红烧肉", 2, "");
    order(story, "8805", "", 2, "1-5");
    open_orders(story);
    assert_golden(story, "orders");
    assert_shows(story, "3 份，堂食 1，送餐 2", "3 meals, 1 there, 2 sent");
    story_press(story, F(4));
    story_press(story, MU_KEY_ENTER);
    assert_shows(story, "厨房备餐单", "Kitchen sheet");
    story_press(story, MU_KEY_ESCAPE);
    story_press(story, MU_KEY_RIGHT);
    assert_shows(story, "1 份，堂食 0，送餐 1", "1 meals, 0 there, 1 sent");
    story_press(story, MU_KEY_LEFT);
    story_press(story, MU_KEY_ESCAPE);
    assert_top(story, "home");
}

static void a_scanned_card_orders_story(struct story *story)
{
    write_menu(story);
    open_orders(story);
    scan(story, "8801");
    assert_top(story, "order_form");
    story_type(story, "9");
    story_press(story, F(2));
    assert_top(story, "order_form");
    story_press(story, MU_KEY_BACKSPACE);
    story_type(story, "2");
    assert_golden(story, "order_form");
    story_press(story, F(2));
    assert_top(story, "orders");
    assert_shows(story, "清蒸鱼 1", "清蒸鱼 1");
    assert_int_equal(meals(story), 1);
    scan(story, "0000");
    assert_top(story, "orders");
}

static void f7_finds_somebody_and_a_week_is_ordered_story(struct story *story)
{
    open_orders(story);
    story_press(story, F(7));
    assert_top(story, "find");
    story_scan(story, "8802");
    assert_top(story, "order_form");
    story_press(story, MU_KEY_ENTER);
    story_press(story, MU_KEY_ENTER);
    story_type(story, "1-5");
    story_press(story, F(2));
    assert_top(story, "orders");
    assert_shows(story, "长期", "week");
    /* Once more the same is refused, in the form. */
    scan(story, "8802");
    story_press(story, MU_KEY_ENTER);
    story_press(story, MU_KEY_ENTER);
    story_type(story, "1");
    story_press(story, F(2));
    assert_top(story, "order_form");
    story_press(story, MU_KEY_ESCAPE);
    story_type(story, "y");
    assert_int_equal(meals(story), 1);
}

static void delete_cancels_and_f8_takes_it_back_story(struct story *story)
{
    order(story, "8801", "", 1, "");
    open_orders(story);
    story_press(story, MU_KEY_DELETE);
    story_type(story, "n");
    assert_int_equal(meals(story), 1);
    story_press(story, MU_KEY_DELETE);
    story_type(story, "y");
    assert_int_equal(meals(story), 0);
    assert_shows(story, "还没有人订", "nobody has ordered");
    story_press(story, F(8));
    story_type(story, "y");
    assert_int_equal(meals(story), 1);
    story_press(story, MU_KEY_ENTER);
    assert_top(story, "order_form");
    story_press(story, MU_KEY_ESCAPE);
}

static void pick(struct story *story, const char *chinese, const char *english)
{
    story_press(story, F(4));
    story_type(story, story->language == MU_CHINESE ? chinese : english);
    story_press(story, MU_KEY_ENTER);
}

static void a_menu_is_written_and_copied_story(struct story *story)
{
    open_orders(story);
    pick(story, "排这一天", "write the menu");
    assert_top(story, "menu_form");
    story_type(story, "馄饨（好吃）");
    story_press(story, F(2));
    assert_top(story, "menu_form");
    for (int i = 0; i < 4; i++)
        story_press(story, MU_KEY_BACKSPACE);
    story_type(story, "（软食）");
    story_press(story, F(2));
    assert_top(story, "orders");
    assert_shows(story, "馄饨（软食）", "馄饨 (soft)");
    story_press(story, MU_KEY_RIGHT);
    pick(story, "前一天", "the day before");
    assert_shows(story, "馄饨（软食）", "馄饨 (soft)");
    pick(story, "上周", "a week before");
    assert_shows(story, "馄饨（软食）", "馄饨 (soft)");
}

static void who_does_not_come_is_noted_story(struct story *story)
{
    order(story, "8801", "", 1, "1-7");
    open_orders(story);
    pick(story, "请假", "will not come");
    assert_top(story, "find");
    story_scan(story, "8801");
    assert_top(story, "absence_form");
    story_press(story, F(2));
    assert_top(story, "orders");
    assert_shows(story, "请假 1 份", "absent 1");
    assert_int_equal(meals(story), 0);
}

STORY(tomorrow_is_counted_by_dish_and_diet)
STORY(a_scanned_card_orders)
STORY(f7_finds_somebody_and_a_week_is_ordered)
STORY(delete_cancels_and_f8_takes_it_back)
STORY(a_menu_is_written_and_copied)
STORY(who_does_not_come_is_noted)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TOLD(tomorrow_is_counted_by_dish_and_diet),
        TOLD(a_scanned_card_orders),
        TOLD(f7_finds_somebody_and_a_week_is_ordered),
        TOLD(delete_cancels_and_f8_takes_it_back),
        TOLD(a_menu_is_written_and_copied),
        TOLD(who_does_not_come_is_noted),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
