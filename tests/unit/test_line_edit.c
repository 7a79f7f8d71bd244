/* A line that is typed in: clusters stay whole, nothing unfit gets in, the caret is always seen. */
#include "tui/line_edit.h"

#include <mulin/base/text.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct mu_line_edit line;
static struct mu_grid *grid;

static int set_up(void **state)
{
    (void)state;
    mu_line_edit_init(&line, 64);
    grid = mu_grid_new(1, 20);
    return grid ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    mu_grid_free(&grid);
    return 0;
}

static enum mu_line_result type(const char *text)
{
    struct mu_event event = {.kind = MU_EVENT_TEXT, .text = text};

    return mu_line_edit_event(&line, &event);
}

static enum mu_line_result press(enum mu_action action)
{
    struct mu_event event = {.kind = MU_EVENT_KEY, .action = action};

    return mu_line_edit_event(&line, &event);
}

static const char *drawn(int width)
{
    static char text[256];

    mu_grid_clear(grid);
    mu_line_edit_draw(&line, grid, 0, 0, width, true, MU_CHINESE);
    text[0] = '\0';
    for (int i = 0; i < width; i++)
        strcat(text, grid->cell[i].text);
    return text;
}

static void typing_goes_in_at_the_caret(void **state)
{
    (void)state;
    assert_int_equal(type("张凤"), MU_LINE_CHANGED);
    assert_int_equal(press(MU_DO_left), MU_LINE_USED);
    type("金");
    assert_string_equal(line.text, "张金凤");
    press(MU_DO_first);
    press(MU_DO_delete);
    assert_string_equal(line.text, "金凤");
    press(MU_DO_last);
    assert_int_equal(press(MU_DO_erase), MU_LINE_CHANGED);
    assert_string_equal(line.text, "金");
    assert_int_equal(press(MU_DO_delete), MU_LINE_USED);
    assert_int_equal(press(MU_DO_save), MU_LINE_IGNORED);
}

static void the_caret_passes_over_whole_clusters(void **state)
{
    (void)state;
    type("e\u0301葛\U000E0100x");
    press(MU_DO_left);
    press(MU_DO_erase);
    assert_string_equal(line.text, "e\u0301x");
    press(MU_DO_erase);
    assert_string_equal(line.text, "x");
    press(MU_DO_first);
    type("e");
    press(MU_DO_last);
    assert_int_equal(line.caret, line.length);
    press(MU_DO_left);
    type("\u0301"); /* joins the e before it */
    assert_string_equal(line.text, "e\u0301x");
    assert_int_equal(line.caret, 3);
}

static void one_variation_of_a_character_is_enough(void **state)
{
    (void)state;
    type("葛\U000E0100");
    type("\U000E0101");
    assert_string_equal(line.text, "葛\U000E0100");
    assert_int_equal(mu_text_check(line.text, false), MU_TEXT_GOOD);
}

static void a_paste_is_one_line_of_harmless_text(void **state)
{
    struct mu_event paste = {.kind = MU_EVENT_PASTE,
                             .text = "一\r\n二\t三\033[31m\u200b\u202e四\xff\nend"};

    (void)state;
    assert_int_equal(mu_line_edit_event(&line, &paste), MU_LINE_CHANGED);
    assert_string_equal(line.text, "一 二 三[31m四 end");
}

static void a_full_line_says_so_and_keeps_what_it_has(void **state)
{
    (void)state;
    mu_line_edit_init(&line, 8);
    assert_int_equal(type("一二三"), MU_LINE_FULL);
    assert_string_equal(line.text, "一二");
    assert_true(line.full);
    assert_string_equal(drawn(12), "一二      满");
    press(MU_DO_left);
    assert_false(line.full);
    assert_int_equal(type("a"), MU_LINE_CHANGED);
    assert_string_equal(line.text, "一a二");
}

static void full_width_forms_fold_only_where_asked(void **state)
{
    (void)state;
    type("１Ａ　ｘ");
    assert_string_equal(line.text, "１Ａ　ｘ");
    mu_line_edit_clear(&line);
    line.folded = true;
    type("１３８　Ｘ");
    assert_string_equal(line.text, "138 X");
}

static void the_view_follows_the_caret(void **state)
{
    (void)state;
    type("一二三四五六七");
    assert_string_equal(drawn(8), "五六七  ");
    assert_int_equal(grid->cursor_column, 6);
    press(MU_DO_first);
    assert_string_equal(drawn(8), "一二三四");
    assert_int_equal(grid->cursor_column, 0);
    press(MU_DO_right);
    press(MU_DO_right);
    press(MU_DO_right);
    assert_string_equal(drawn(8), "一二三四");
    assert_int_equal(grid->cursor_column, 6);
    press(MU_DO_right);
    assert_string_equal(drawn(8), "二三四五");
    assert_int_equal(grid->cursor_column, 6);
    press(MU_DO_last);
    drawn(8);
    for (int i = 0; i < 6; i++)
        press(MU_DO_erase);
    assert_string_equal(drawn(8), "一      ");
}

static void a_password_shows_stars(void **state)
{
    (void)state;
    line.masked = true;
    type("密码12");
    assert_string_equal(drawn(8), "****    ");
    assert_int_equal(grid->cursor_column, 4);
}

static void an_empty_line_shows_its_placeholder(void **state)
{
    (void)state;
    line.placeholder = MU_SAY_tui_theme_dark;
    assert_string_equal(drawn(8), "深色    ");
    assert_int_equal(grid->cursor_column, 0);
    type("a");
    assert_string_equal(drawn(8), "a       ");
}

static void a_set_text_is_made_fit(void **state)
{
    (void)state;
    mu_line_edit_set(&line, "王\n\033五");
    assert_string_equal(line.text, "王 五");
    assert_int_equal(line.caret, line.length);
}

static void whatever_is_typed_the_line_stays_sound(void **state)
{
    static const char *const parts[] = {"a",  "中",     "\u0301", "\U00020000", "\033",
                                        "１", "\xe4",   "한",     "ᄀ",         "ᅡ",
                                        "👩",  "\u200d", "\ufe0f", " ",          "\n"};
    static const enum mu_action moves[] = {MU_DO_left, MU_DO_right, MU_DO_first,
                                           MU_DO_last, MU_DO_erase, MU_DO_delete};

    (void)state;
    srand(11);
    for (int round = 0; round < 20000; round++) {
        size_t at = 0;

        if (rand() % 3)
            type(parts[(size_t)rand() % (sizeof parts / sizeof *parts)]);
        else
            press(moves[(size_t)rand() % (sizeof moves / sizeof *moves)]);
        if (rand() % 50 == 0)
            mu_line_edit_clear(&line);
        assert_true(line.length <= line.limit);
        assert_int_equal(strlen(line.text), line.length);
        assert_true(mu_text_valid(line.text, line.length));
        while (at < line.caret)
            at += mu_text_cluster(line.text + at, NULL);
        assert_int_equal(at, line.caret);
        drawn(9);
        assert_true(grid->cursor_column < 9);
    }
}

int main(void)
{
#define STORY(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        STORY(typing_goes_in_at_the_caret),
        STORY(the_caret_passes_over_whole_clusters),
        STORY(one_variation_of_a_character_is_enough),
        STORY(a_paste_is_one_line_of_harmless_text),
        STORY(a_full_line_says_so_and_keeps_what_it_has),
        STORY(full_width_forms_fold_only_where_asked),
        STORY(the_view_follows_the_caret),
        STORY(a_password_shows_stars),
        STORY(an_empty_line_shows_its_placeholder),
        STORY(a_set_text_is_made_fit),
        STORY(whatever_is_typed_the_line_stays_sound),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
