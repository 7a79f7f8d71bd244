/* The application and its loop: keys, scanners, messages, timers, sizes. */
#include "screen/golden.h"
#include "screen/small_desk.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static void a_digit_opens_a_screen_and_esc_goes_back(void **state)
{
    (void)state;
    small_desk_go();
    fake_look(&fake, seen);
    fake_key(&fake, MU_KEY_ESCAPE);
    fake_wait(&fake, 100);
    fake_type(&fake, "１"); /* an input method's full-width digit */
    fake_wait(&fake, 100);
    fake_key(&fake, MU_KEY_ESCAPE);
    small_desk_run();
    small_desk_shows("首页 › 表单");
    small_desk_shows("刷卡或输入");
    assert_int_equal(desk.closed, 2);
    assert_int_equal(home.resumes, 2);
}

static void a_scan_is_never_a_hot_key(void **state)
{
    (void)state;
    fake_wait(&fake, 100);
    fake_scan(&fake, "1234567890", MU_KEY_ENTER);
    fake_wait(&fake, 100);
    fake_look(&fake, seen);
    small_desk_run();
    assert_string_equal(home.scan, "1234567890");
    assert_string_equal(mu_app_top(app), "home");
}

static void a_thousand_scans_are_a_thousand_scans(void **state)
{
    char code[32];

    (void)state;
    small_desk_go();
    for (int i = 0; i < 1000; i++) {
        snprintf(code, sizeof code, "6228480402%04d", i);
        fake_type(&fake, code); /* without a pause, as they wait in the queue behind slow work */
        fake_key(&fake, MU_KEY_ENTER);
    }
    small_desk_run();
    assert_int_equal(desk.scans, 1000);
    assert_string_equal(desk.last, "62284804020999");
    assert_true(fake.presents < 20); /* drawn when the queue was empty, not a thousand times */
}

static void a_person_is_not_a_scanner(void **state)
{
    (void)state;
    small_desk_go();
    fake_fingers(&fake, "13800138000");
    fake_key(&fake, MU_KEY_ENTER);
    small_desk_run();
    assert_int_equal(desk.enters, 1);
    assert_int_equal(desk.scans, 0);
    assert_string_equal(desk.last, "13800138000");
}

static void typing_ahead_is_not_lost(void **state)
{
    (void)state;
    small_desk_go();
    fake_type(&fake, "张金凤");
    fake_key(&fake, MU_KEY_ENTER);
    fake_type(&fake, "王");
    small_desk_run();
    assert_string_equal(desk.last, "张金凤");
    assert_string_equal(desk.box.text, "王");
}

static void no_key_is_silent(void **state)
{
    (void)state;
    small_desk_go();
    fake_key(&fake, MU_KEY_F1 + 1);
    fake_wait(&fake, 10);
    fake_look(&fake, seen);
    fake_key(&fake, MU_KEY_OTHER);
    fake_wait(&fake, 10);
    fake_look(&fake, seen_after);
    small_desk_run();
    small_desk_shows("! F2（保存）在这里用不上：按 F1 看全部按键");
    assert_non_null(strstr(seen_after, "! 这个键 没有用途"));
}

static void a_key_that_cannot_work_now_says_why(void **state)
{
    (void)state;
    small_desk_go();
    fake_key(&fake, MU_KEY_F1 + 4);
    fake_wait(&fake, 10);
    fake_look(&fake, seen);
    small_desk_run();
    small_desk_shows("! 还没有消息");
}

static void a_letter_on_home_says_that_nothing_is_typed_there(void **state)
{
    (void)state;
    fake_wait(&fake, 100);
    fake_type(&fake, "q");
    fake_wait(&fake, 100);
    fake_look(&fake, seen);
    fake_type(&fake, "？");
    fake_wait(&fake, 100);
    fake_look(&fake, seen_after);
    small_desk_run();
    small_desk_shows("! 这里不输入文字");
    assert_non_null(strstr(seen_after, "┌─ 按键 ─"));
}

static void an_error_stays_while_typing_and_goes_with_the_next_key(void **state)
{
    (void)state;
    small_desk_go();
    fake_key(&fake, MU_KEY_F1 + 1);
    fake_fingers(&fake, "abc");
    fake_look(&fake, seen);
    fake_key(&fake, MU_KEY_BACKSPACE);
    fake_wait(&fake, 10);
    fake_look(&fake, seen_after);
    small_desk_run();
    small_desk_shows("F2（保存）在这里用不上");
    assert_null(strstr(seen_after, "用不上"));
}

static void ticks_and_drafts_come_with_time(void **state)
{
    (void)state;
    small_desk_go();
    fake_wait(&fake, 10000);
    fake_key(&fake, MU_KEY_END);
    small_desk_run();
    assert_in_range(desk.ticks, 9, 11);
    assert_in_range(desk.drafts, 5, 6); /* one of them for the closed line */
}

static void a_small_window_keeps_everything(void **state)
{
    (void)state;
    small_desk_go();
    fake_fingers(&fake, "张");
    fake_resize(&fake, 5, 20);
    fake_wait(&fake, 10);
    fake_look(&fake, seen);
    fake_type(&fake, "x");
    fake_key(&fake, MU_KEY_ESCAPE);
    fake_resize(&fake, 24, 80);
    fake_wait(&fake, 10);
    fake_look(&fake, seen_after);
    small_desk_run();
    small_desk_shows("窗口太小");
    assert_string_equal(desk.box.text, "张");
    assert_non_null(strstr(seen_after, "张"));
}

/* The window was too small to work in until just now; nothing has been drawn since. */
static void a_scan_right_behind_a_new_size_counts(void **state)
{
    (void)state;
    small_desk_go();
    fake_resize(&fake, 5, 20);
    fake_wait(&fake, 10);
    fake_resize(&fake, 24, 80);
    fake_type(&fake, "6228480402");
    fake_key(&fake, MU_KEY_ENTER);
    small_desk_run();
    assert_int_equal(desk.scans, 1);
    assert_string_equal(desk.last, "6228480402");
}

static void a_new_size_in_the_middle_of_a_scan_does_not_cut_it(void **state)
{
    (void)state;
    fake_wait(&fake, 100);
    fake_type(&fake, "1");
    fake_resize(&fake, 30, 90);
    fake_type(&fake, "234567890");
    fake_key(&fake, MU_KEY_ENTER);
    fake_wait(&fake, 100);
    small_desk_go();
    fake_type(&fake, "62284");
    fake_resize(&fake, 24, 80);
    fake_type(&fake, "80402");
    fake_key(&fake, MU_KEY_ENTER);
    small_desk_run();
    assert_string_equal(home.scan, "1234567890");
    assert_int_equal(desk.scans, 1);
    assert_string_equal(desk.last, "6228480402");
}

static void screens_are_at_most_so_deep(void **state)
{
    struct mu_error error;

    (void)state;
    for (int i = 1; i < MU_SCREENS; i++)
        assert_int_equal(mu_app_push(app, &small_desk_type, NULL, &error), MU_OK);
    assert_int_equal(mu_app_push(app, &small_desk_type, NULL, &error), MU_REFUSED);
    assert_int_equal(desk.closed, 1);
    for (int i = 1; i < MU_SCREENS; i++)
        mu_app_pop(app);
    assert_string_equal(mu_app_top(app), "home");
    mu_app_pop(app);
    assert_true(mu_app_ended(app));
}

static void leaving_home_asks(void **state)
{
    (void)state;
    fake_wait(&fake, 100);
    fake_key(&fake, MU_KEY_ESCAPE);
    fake_wait(&fake, 10);
    fake_look(&fake, seen);
    fake_type(&fake, "y");
    fake_wait(&fake, 5000);
    fake_key(&fake, MU_KEY_END);
    small_desk_run();
    small_desk_shows("退出睦邻？");
    assert_true(fake.next < fake.count); /* it ended before the last key */
}

static void long_work_shows_a_bar_and_keeps_what_is_typed(void **state)
{
    (void)state;
    small_desk_go();
    fake_key(&fake, MU_KEY_F1 + 2);
    fake_wait(&fake, 600);
    fake_type(&fake, "张金凤");
    fake_key(&fake, MU_KEY_ENTER);
    fake_wait(&fake, 2000);
    fake_key(&fake, MU_KEY_END);
    small_desk_run();
    assert_int_equal(desk.worked, 100);
    small_desk_shows("[############........] 按键：60 / 100");
    assert_string_equal(desk.last, "张金凤");
}

static void esc_stops_long_work(void **state)
{
    (void)state;
    small_desk_go();
    fake_key(&fake, MU_KEY_F1 + 2);
    fake_wait(&fake, 1000);
    fake_key(&fake, MU_KEY_ESCAPE);
    small_desk_run();
    assert_in_range(desk.worked, 49, 51);
    assert_string_equal(mu_app_top(app), "desk");
}

static void hints_are_dropped_whole(void **state)
{
    static const int widths[] = {60, 66, 80, 120};
    struct mu_error error;

    (void)state;
    assert_int_equal(mu_app_push(app, &small_desk_type, NULL, &error), MU_OK);
    for (size_t i = 0; i < sizeof widths / sizeof *widths; i++) {
        struct mu_grid *grid = mu_grid_new(20, widths[i]);
        char name[32];

        assert_non_null(grid);
        mu_app_say_text(app, MU_TONE_GOOD, "已签到：张金凤，83 岁，应付 8.00 元");
        mu_app_draw(app, grid);
        snprintf(name, sizeof name, "desk-%d", widths[i]);
        golden_compare(name, grid);
        mu_grid_free(&grid);
    }
}

int main(void)
{
#define STORY(function) cmocka_unit_test_setup_teardown(function, small_desk_open, small_desk_close)
    const struct CMUnitTest tests[] = {
        STORY(a_digit_opens_a_screen_and_esc_goes_back),
        STORY(a_scan_is_never_a_hot_key),
        STORY(a_thousand_scans_are_a_thousand_scans),
        STORY(a_person_is_not_a_scanner),
        STORY(typing_ahead_is_not_lost),
        STORY(no_key_is_silent),
        STORY(a_key_that_cannot_work_now_says_why),
        STORY(a_letter_on_home_says_that_nothing_is_typed_there),
        STORY(an_error_stays_while_typing_and_goes_with_the_next_key),
        STORY(ticks_and_drafts_come_with_time),
        STORY(a_small_window_keeps_everything),
        STORY(a_scan_right_behind_a_new_size_counts),
        STORY(a_new_size_in_the_middle_of_a_scan_does_not_cut_it),
        STORY(screens_are_at_most_so_deep),
        STORY(leaving_home_asks),
        STORY(long_work_shows_a_bar_and_keeps_what_is_typed),
        STORY(esc_stops_long_work),
        STORY(hints_are_dropped_whole),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
