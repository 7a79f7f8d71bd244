/* The application and its loop, with two small screens: home, where characters are keys, and a desk
 * with a box to scan into. */
#include "screen/fake_term.h"
#include "screen/golden.h"
#include "tui/app.h"
#include "tui/line_edit.h"

#include <mulin/base/text.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static struct fake_term fake;
static struct mu_app *app;
static char seen[FAKE_SHOWN], seen_after[FAKE_SHOWN];

/* ---- the desk ---- */

static struct {
    struct mu_line_edit box;
    int scans, enters, drafts, ticks, closed;
    char last[64];
    int answers, yes;
    char reason[64];
    int worked;
} desk;

static void answered(struct mu_app *of, void *context, bool yes)
{
    (void)of;
    (void)context;
    desk.answers++;
    desk.yes += yes;
}

static void reasoned(struct mu_app *of, void *context, const char *text)
{
    (void)context;
    snprintf(desk.reason, sizeof desk.reason, "%s", text ? text : "(none)");
    mu_app_say(of, MU_TONE_GOOD, MU_SAY_tui_app_theme, desk.reason, NULL);
}

/* Two seconds of work in a hundred pieces. */
static void work(struct mu_app *of)
{
    for (desk.worked = 0; desk.worked < 100; desk.worked++) {
        if (!mu_app_progress(of, MU_SAY_tui_help_title, (size_t)desk.worked, 100))
            return;
        if (strstr(fake.shown, "60 / 100"))
            memcpy(seen, fake.shown, sizeof seen);
        fake.now += 20;
    }
}

static bool desk_event(struct mu_app *of, void *state, const struct mu_event *event)
{
    (void)state;
    if (event->kind == MU_EVENT_KEY && event->action == MU_DO_accept) {
        desk.scans += event->scan != NULL;
        desk.enters++;
        mu_text_copy(desk.last, sizeof desk.last, event->scan ? event->scan : desk.box.text);
        mu_line_edit_clear(&desk.box);
        return true;
    }
    if (event->kind == MU_EVENT_KEY && event->action == MU_DO_undo) {
        mu_app_confirm(of, "作废张金凤的午餐 8.00 元？", answered, NULL);
        return true;
    }
    if (event->kind == MU_EVENT_KEY && event->action == MU_DO_new) {
        mu_app_prompt(of, "为什么作废？", 32, true, reasoned, NULL);
        return true;
    }
    if (event->kind == MU_EVENT_KEY && event->action == MU_DO_find) {
        work(of);
        return true;
    }
    return mu_line_edit_event(&desk.box, event) != MU_LINE_IGNORED;
}

static void desk_draw(struct mu_app *of, void *state, struct mu_grid *grid,
                      const struct mu_layout *layout)
{
    (void)state;
    mu_grid_put(grid, layout->hint_row, 0, layout->columns, "刷卡或输入", MU_LEFT, MU_STYLE_HINT);
    mu_line_edit_draw(&desk.box, grid, layout->work.row, 2, 40, true, mu_app_language(of));
}

static struct mu_offer desk_offer(struct mu_app *of, const void *state, enum mu_action action)
{
    struct mu_offer offer = {MU_OFFER_NONE, 0, 0};

    (void)of;
    (void)state;
    if (action == MU_DO_undo || action == MU_DO_new || action == MU_DO_find)
        offer.kind = MU_OFFER_YES;
    if (action == MU_DO_refresh)
        offer = (struct mu_offer){MU_OFFER_NOT_NOW, MU_SAY_tui_messages_none, 0};
    return offer;
}

static bool desk_tick(struct mu_app *of, void *state)
{
    (void)of;
    (void)state;
    desk.ticks++;
    return false;
}

static void desk_draft(struct mu_app *of, void *state)
{
    (void)of;
    (void)state;
    desk.drafts++;
}

static void desk_close(struct mu_app *of, void *state)
{
    (void)of;
    (void)state;
    desk.closed++;
}

static const struct mu_screen_type desk_type = {
    .name = "desk",
    .title = MU_SAY_tui_keys_forms,
    .event = desk_event,
    .draw = desk_draw,
    .offer = desk_offer,
    .tick = desk_tick,
    .draft = desk_draft,
    .close = desk_close,
};

/* ---- home ---- */

static struct {
    char scan[64];
    int resumes;
} home;

static bool home_event(struct mu_app *of, void *state, const struct mu_event *event)
{
    (void)state;
    if (event->kind == MU_EVENT_SCAN) {
        snprintf(home.scan, sizeof home.scan, "%s", event->text);
        return true;
    }
    if (event->kind == MU_EVENT_TEXT && event->character >= '1' && event->character <= '9')
        return mu_app_open(of, event->character - '0');
    return false;
}

static void home_draw(struct mu_app *of, void *state, struct mu_grid *grid,
                      const struct mu_layout *layout)
{
    (void)of;
    (void)state;
    mu_grid_put(grid, layout->work.row, 2, 30, "1 就餐签到", MU_LEFT, MU_STYLE_NORMAL);
}

static enum mu_typing home_typing(const struct mu_app *of, const void *state)
{
    (void)of;
    (void)state;
    return MU_TYPING_KEYS;
}

static void home_resume(struct mu_app *of, void *state)
{
    (void)of;
    (void)state;
    home.resumes++;
}

static struct mu_offer home_offer(struct mu_app *of, const void *state, enum mu_action action)
{
    (void)of;
    (void)state;
    return (struct mu_offer){action == MU_DO_number ? MU_OFFER_YES : MU_OFFER_NONE, 0, 0};
}

static const struct mu_screen_type home_type = {
    .name = "home",
    .title = MU_SAY_tui_keys_home,
    .event = home_event,
    .draw = home_draw,
    .offer = home_offer,
    .typing = home_typing,
    .resume = home_resume,
};

static enum mu_status open_desk(struct mu_app *of, struct mu_error *error)
{
    return mu_app_push(of, &desk_type, NULL, error);
}

static const struct mu_place places[] = {{1, MU_SAY_tui_keys_forms, open_desk}};

static struct mu_moment at_lunch(void *context)
{
    (void)context;
    return (struct mu_moment){{2026, 3, 10}, 11 * 60 + 30, 0};
}

static int set_up(void **state)
{
    const struct mu_app_options options = {.now = at_lunch,
                                           .places = places,
                                           .place_count = 1,
                                           .demo = true,
                                           .centre = "云鹭湾社区",
                                           .operator_name = "王芳"};

    (void)state;
    memset(&desk, 0, sizeof desk);
    memset(&home, 0, sizeof home);
    mu_line_edit_init(&desk.box, 64);
    fake_init(&fake, 24, 80);
    app = mu_app_new(&options, NULL);
    return app && mu_app_push(app, &home_type, NULL, NULL) == MU_OK ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    mu_app_free(&app);
    return 0;
}

static void run(void)
{
    struct mu_error error;

    assert_int_equal(mu_app_run(app, &fake.term, &error), MU_OK);
}

static void assert_seen(const char *words)
{
    if (!strstr(seen, words))
        fail_msg("'%s' is not on:\n%s", words, seen);
}

static void open_the_desk(void)
{
    fake_wait(&fake, 200);
    fake_type(&fake, "1");
    fake_wait(&fake, 200);
}

/* ---- stories ---- */

static void a_digit_opens_a_screen_and_esc_goes_back(void **state)
{
    (void)state;
    open_the_desk();
    fake_look(&fake, seen);
    fake_key(&fake, MU_KEY_ESCAPE);
    fake_wait(&fake, 100);
    fake_type(&fake, "１"); /* an input method's full-width digit */
    fake_wait(&fake, 100);
    fake_key(&fake, MU_KEY_ESCAPE);
    run();
    assert_seen("首页 › 表单");
    assert_seen("刷卡或输入");
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
    run();
    assert_string_equal(home.scan, "1234567890");
    assert_string_equal(mu_app_top(app), "home");
}

static void a_thousand_scans_are_a_thousand_scans(void **state)
{
    char code[32];

    (void)state;
    open_the_desk();
    for (int i = 0; i < 1000; i++) {
        snprintf(code, sizeof code, "6228480402%04d", i);
        fake_type(&fake, code); /* without a pause, as they wait in the queue behind slow work */
        fake_key(&fake, MU_KEY_ENTER);
    }
    run();
    assert_int_equal(desk.scans, 1000);
    assert_string_equal(desk.last, "62284804020999");
    assert_true(fake.presents < 20); /* drawn when the queue was empty, not a thousand times */
}

static void a_person_is_not_a_scanner(void **state)
{
    (void)state;
    open_the_desk();
    fake_fingers(&fake, "13800138000");
    fake_key(&fake, MU_KEY_ENTER);
    run();
    assert_int_equal(desk.enters, 1);
    assert_int_equal(desk.scans, 0);
    assert_string_equal(desk.last, "13800138000");
}

static void typing_ahead_is_not_lost(void **state)
{
    (void)state;
    open_the_desk();
    fake_type(&fake, "张金凤");
    fake_key(&fake, MU_KEY_ENTER);
    fake_type(&fake, "王");
    run();
    assert_string_equal(desk.last, "张金凤");
    assert_string_equal(desk.box.text, "王");
}

static void no_key_is_silent(void **state)
{
    (void)state;
    open_the_desk();
    fake_key(&fake, MU_KEY_F1 + 1);
    fake_wait(&fake, 10);
    fake_look(&fake, seen);
    fake_key(&fake, MU_KEY_OTHER);
    fake_wait(&fake, 10);
    fake_look(&fake, seen_after);
    run();
    assert_seen("! F2（保存）在这里用不上：按 F1 看全部按键");
    assert_non_null(strstr(seen_after, "! 这个键 没有用途"));
}

static void a_key_that_cannot_work_now_says_why(void **state)
{
    (void)state;
    open_the_desk();
    fake_key(&fake, MU_KEY_F1 + 4);
    fake_wait(&fake, 10);
    fake_look(&fake, seen);
    run();
    assert_seen("! 还没有消息");
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
    run();
    assert_seen("! 这里不输入文字");
    assert_non_null(strstr(seen_after, "┌─ 按键 ─"));
}

static void a_lone_y_confirms(void **state)
{
    (void)state;
    open_the_desk();
    fake_key(&fake, MU_KEY_F1 + 7);
    fake_wait(&fake, 100);
    fake_look(&fake, seen);
    fake_type(&fake, "ｙ");
    fake_wait(&fake, 100);
    run();
    assert_seen("作废张金凤的午餐 8.00 元？");
    assert_int_equal(desk.answers, 1);
    assert_int_equal(desk.yes, 1);
}

static void enter_alone_means_no(void **state)
{
    (void)state;
    open_the_desk();
    fake_key(&fake, MU_KEY_F1 + 7);
    fake_wait(&fake, 100);
    fake_key(&fake, MU_KEY_ENTER);
    fake_wait(&fake, 100);
    run();
    assert_int_equal(desk.answers, 1);
    assert_int_equal(desk.yes, 0);
}

static void the_arrow_and_enter_mean_yes(void **state)
{
    (void)state;
    open_the_desk();
    fake_key(&fake, MU_KEY_F1 + 7);
    fake_wait(&fake, 100);
    fake_key(&fake, MU_KEY_RIGHT);
    fake_key(&fake, MU_KEY_ENTER);
    run();
    assert_int_equal(desk.yes, 1);
}

static void a_scanner_a_paste_and_typing_ahead_confirm_nothing(void **state)
{
    (void)state;
    open_the_desk();
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
    run();
    assert_int_equal(desk.answers, 0);
    assert_seen("请确认");
    assert_seen("扫码、粘贴不算回答");
}

static void a_reason_is_asked_for_in_one_line(void **state)
{
    (void)state;
    open_the_desk();
    fake_key(&fake, MU_KEY_F1 + 6);
    fake_wait(&fake, 100);
    fake_key(&fake, MU_KEY_ENTER); /* nothing yet */
    fake_wait(&fake, 10);
    fake_look(&fake, seen);
    fake_fingers(&fake, "打错了");
    fake_look(&fake, seen_after);
    fake_key(&fake, MU_KEY_ENTER);
    run();
    assert_seen("! 不能空着");
    assert_non_null(strstr(seen_after, "打错了"));
    assert_string_equal(desk.reason, "打错了");
}

static void esc_gives_no_reason(void **state)
{
    (void)state;
    open_the_desk();
    fake_key(&fake, MU_KEY_F1 + 6);
    fake_wait(&fake, 100);
    fake_fingers(&fake, "算");
    fake_key(&fake, MU_KEY_ESCAPE);
    run();
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
    run();
    assert_seen("┌─ 菜单 ─");
    assert_seen("帮助                                              F1");
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
    run();
    assert_int_equal(fake.theme, MU_THEME_DARK);
    assert_seen("√ 配色：深色");
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
    open_the_desk();
    fake_key(&fake, MU_KEY_F1);
    fake_type(&fake, "F8");
    fake_wait(&fake, 10);
    fake_look(&fake, seen);
    run();
    assert_seen("撤销上一步");
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
    run();
    assert_seen("11:30 × 打印机没有纸");
    assert_seen("11:30 √ 已签到 ?[2J");
}

static void an_error_stays_while_typing_and_goes_with_the_next_key(void **state)
{
    (void)state;
    open_the_desk();
    fake_key(&fake, MU_KEY_F1 + 1);
    fake_fingers(&fake, "abc");
    fake_look(&fake, seen);
    fake_key(&fake, MU_KEY_BACKSPACE);
    fake_wait(&fake, 10);
    fake_look(&fake, seen_after);
    run();
    assert_seen("F2（保存）在这里用不上");
    assert_null(strstr(seen_after, "用不上"));
}

static void ticks_and_drafts_come_with_time(void **state)
{
    (void)state;
    open_the_desk();
    fake_wait(&fake, 10000);
    fake_key(&fake, MU_KEY_END);
    run();
    assert_in_range(desk.ticks, 9, 11);
    assert_in_range(desk.drafts, 5, 6); /* one of them for the closed line */
}

static void a_small_window_keeps_everything(void **state)
{
    (void)state;
    open_the_desk();
    fake_fingers(&fake, "张");
    fake_resize(&fake, 5, 20);
    fake_wait(&fake, 10);
    fake_look(&fake, seen);
    fake_type(&fake, "x");
    fake_key(&fake, MU_KEY_ESCAPE);
    fake_resize(&fake, 24, 80);
    fake_wait(&fake, 10);
    fake_look(&fake, seen_after);
    run();
    assert_seen("窗口太小");
    assert_string_equal(desk.box.text, "张");
    assert_non_null(strstr(seen_after, "张"));
}

static void screens_are_at_most_three_deep(void **state)
{
    struct mu_error error;

    (void)state;
    assert_int_equal(mu_app_push(app, &desk_type, NULL, &error), MU_OK);
    assert_int_equal(mu_app_push(app, &desk_type, NULL, &error), MU_OK);
    assert_int_equal(mu_app_push(app, &desk_type, NULL, &error), MU_REFUSED);
    assert_int_equal(desk.closed, 1);
    mu_app_pop(app);
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
    run();
    assert_seen("退出睦邻？");
    assert_true(fake.next < fake.count); /* it ended before the last key */
}

static void long_work_shows_a_bar_and_keeps_what_is_typed(void **state)
{
    (void)state;
    open_the_desk();
    fake_key(&fake, MU_KEY_F1 + 2);
    fake_wait(&fake, 600);
    fake_type(&fake, "张金凤");
    fake_key(&fake, MU_KEY_ENTER);
    fake_wait(&fake, 2000);
    fake_key(&fake, MU_KEY_END);
    run();
    assert_int_equal(desk.worked, 100);
    assert_seen("[############........] 按键：60 / 100");
    assert_string_equal(desk.last, "张金凤");
}

static void esc_stops_long_work(void **state)
{
    (void)state;
    open_the_desk();
    fake_key(&fake, MU_KEY_F1 + 2);
    fake_wait(&fake, 1000);
    fake_key(&fake, MU_KEY_ESCAPE);
    run();
    assert_in_range(desk.worked, 49, 51);
    assert_string_equal(mu_app_top(app), "desk");
}

static void hints_are_dropped_whole(void **state)
{
    static const int widths[] = {60, 66, 80, 120};
    struct mu_error error;

    (void)state;
    assert_int_equal(mu_app_push(app, &desk_type, NULL, &error), MU_OK);
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
#define STORY(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        STORY(a_digit_opens_a_screen_and_esc_goes_back),
        STORY(a_scan_is_never_a_hot_key),
        STORY(a_thousand_scans_are_a_thousand_scans),
        STORY(a_person_is_not_a_scanner),
        STORY(typing_ahead_is_not_lost),
        STORY(no_key_is_silent),
        STORY(a_key_that_cannot_work_now_says_why),
        STORY(a_letter_on_home_says_that_nothing_is_typed_there),
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
        STORY(an_error_stays_while_typing_and_goes_with_the_next_key),
        STORY(ticks_and_drafts_come_with_time),
        STORY(a_small_window_keeps_everything),
        STORY(screens_are_at_most_three_deep),
        STORY(leaving_home_asks),
        STORY(long_work_shows_a_bar_and_keeps_what_is_typed),
        STORY(esc_stops_long_work),
        STORY(hints_are_dropped_whole),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
