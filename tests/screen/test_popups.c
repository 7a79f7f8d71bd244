/* What opens over a screen: questions, the menu, the help, the messages so far. */
#include "screen/small_desk.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static void a_lone_y_confirms(void **state)
{
    (void)state;
    small_desk_go();
    fake_key(&fake, MU_KEY_F1 + 7);
    fake_wait(&fake, 100);
    fake_look(&fake, seen);
    fake_type(&fake, "ｙ");
    fake_wait(&fake, 100);
    small_desk_run();
    small_desk_shows("作废张金凤的午餐 8.00 元？");
    assert_int_equal(desk.answers, 1);
    assert_int_equal(desk.yes, 1);
}

static void enter_alone_means_no(void **state)
{
    (void)state;
    small_desk_go();
    fake_key(&fake, MU_KEY_F1 + 7);
    fake_wait(&fake, 100);
    fake_key(&fake, MU_KEY_ENTER);
    fake_wait(&fake, 100);
    small_desk_run();
    assert_int_equal(desk.answers, 1);
    assert_int_equal(desk.yes, 0);
}

static void the_arrow_and_enter_mean_yes(void **state)
{
    (void)state;
    small_desk_go();
    fake_key(&fake, MU_KEY_F1 + 7);
    fake_wait(&fake, 100);
    fake_key(&fake, MU_KEY_RIGHT);
    fake_key(&fake, MU_KEY_ENTER);
    small_desk_run();
    assert_int_equal(desk.yes, 1);
}

static void a_scanner_a_paste_and_typing_ahead_confirm_nothing(void **state)
{
    (void)state;
    small_desk_go();
    fake_key(&fake, MU_KEY_F1 + 7);
    fake_type(&fake, "y"); /* came before the question could be read */
    fake_wait(&fake, 100);
    fake_scan(&fake, "yyyy", MU_KEY_ENTER);
    fake_wait(&fake, 100);
    fake_paste(&fake, "y");
    fake_wait(&fake, 100);
    fake_type(&fake, "yy");
    fake_wait(&fake, 100);
    fake_look(&fake, seen);
    small_desk_run();
    assert_int_equal(desk.answers, 0);
    small_desk_shows("请确认");
    small_desk_shows("扫码、粘贴不算回答");
}

static void a_reason_is_asked_for_in_one_line(void **state)
{
    (void)state;
    small_desk_go();
    fake_key(&fake, MU_KEY_F1 + 6);
    fake_wait(&fake, 100);
    fake_key(&fake, MU_KEY_ENTER); /* nothing yet */
    fake_wait(&fake, 10);
    fake_look(&fake, seen);
    fake_fingers(&fake, "打错了");
    fake_look(&fake, seen_after);
    fake_key(&fake, MU_KEY_ENTER);
    small_desk_run();
    small_desk_shows("! 不能空着");
    assert_non_null(strstr(seen_after, "打错了"));
    assert_string_equal(desk.reason, "打错了");
}

static void esc_gives_no_reason(void **state)
{
    (void)state;
    small_desk_go();
    fake_key(&fake, MU_KEY_F1 + 6);
    fake_wait(&fake, 100);
    fake_fingers(&fake, "算");
    fake_key(&fake, MU_KEY_ESCAPE);
    small_desk_run();
    assert_string_equal(desk.reason, "(none)");
}

static void the_menu_finds_by_pinyin_and_switches_the_language(void **state)
{
    (void)state;
    fake_wait(&fake, 100);
    fake_key(&fake, MU_KEY_F1 + 8);
    fake_wait(&fake, 10);
    fake_look(&fake, seen);
    fake_type(&fake, "english");
    fake_key(&fake, MU_KEY_ENTER); /* as fast as a scanner: chooses nothing */
    fake_wait(&fake, 100);
    fake_key(&fake, MU_KEY_ENTER);
    fake_wait(&fake, 10);
    fake_look(&fake, seen_after);
    small_desk_run();
    small_desk_shows("┌─ 菜单 ─");
    small_desk_shows("帮助                                              F1");
    assert_non_null(strstr(seen_after, "now in English"));
    assert_non_null(strstr(seen_after, "F1 help"));
    assert_int_equal(mu_app_language(app), MU_ENGLISH);
}

static void the_theme_goes_round(void **state)
{
    (void)state;
    for (int i = 0; i < MU_THEME_COUNT; i++) {
        fake_wait(&fake, 100);
        fake_key(&fake, MU_KEY_CONTROL_A + 15); /* ^P: the menu by its twin */
        fake_type(&fake, "ps");
        fake_key(&fake, MU_KEY_ENTER);
    }
    fake_wait(&fake, 10);
    fake_look(&fake, seen);
    small_desk_run();
    assert_int_equal(fake.theme, MU_THEME_DARK);
    small_desk_shows("√ 配色：深色");
}

static void every_binding_stands_in_the_help(void **state)
{
    struct mu_grid *grid = mu_grid_new(200, 100);
    struct mu_keymap map;
    static char text[131072];

    (void)state;
    assert_non_null(grid);
    mu_keymap_default(&map);
    mu_app_event(app, (struct mu_event){.kind = MU_EVENT_KEY, .key = MU_KEY_F1});
    mu_app_draw(app, grid);
    mu_grid_text(grid, text, sizeof text);
    for (int action = 1; action < MU_DO_COUNT; action++) {
        assert_non_null(strstr(text, mu_action_row((enum mu_action)action)->help[0]));
        for (int i = 0; i < MU_KEYS_PER_ACTION && map.key[action][i]; i++) {
            char name[MU_KEY_NAME_SIZE];

            mu_key_name(map.key[action][i], MU_CHINESE, name);
            assert_non_null(strstr(text, name));
        }
    }
    mu_grid_free(&grid);
}

static void the_help_filters_by_typing(void **state)
{
    (void)state;
    small_desk_go();
    fake_key(&fake, MU_KEY_F1);
    fake_type(&fake, "F8");
    fake_wait(&fake, 10);
    fake_look(&fake, seen);
    small_desk_run();
    small_desk_shows("撤销上一步");
    assert_null(strstr(seen, "上一页"));
}

static void messages_can_be_read_again(void **state)
{
    (void)state;
    mu_app_say_text(app, MU_TONE_BAD, "打印机没有纸");
    mu_app_say_text(app, MU_TONE_GOOD, "已签到 \033[2J");
    fake_wait(&fake, 100);
    fake_key(&fake, MU_KEY_F1 + 8);
    fake_type(&fake, "xx");
    fake_key(&fake, MU_KEY_ENTER);
    fake_wait(&fake, 10);
    fake_look(&fake, seen);
    small_desk_run();
    small_desk_shows("11:30 × 打印机没有纸");
    small_desk_shows("11:30 √ 已签到 ?[2J");
}

int main(void)
{
#define STORY(function) cmocka_unit_test_setup_teardown(function, small_desk_open, small_desk_close)
    const struct CMUnitTest tests[] = {
        STORY(a_lone_y_confirms),
        STORY(enter_alone_means_no),
        STORY(the_arrow_and_enter_mean_yes),
        STORY(a_scanner_a_paste_and_typing_ahead_confirm_nothing),
        STORY(a_reason_is_asked_for_in_one_line),
        STORY(esc_gives_no_reason),
        STORY(the_menu_finds_by_pinyin_and_switches_the_language),
        STORY(the_theme_goes_round),
        STORY(every_binding_stands_in_the_help),
        STORY(the_help_filters_by_typing),
        STORY(messages_can_be_read_again),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
