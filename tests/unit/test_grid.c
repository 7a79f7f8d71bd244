/* Drawing into cells: every row holds exactly its cells, whatever is put into it. */
#include "tui/grid.h"
#include "tui/theme.h"

#include <mulin/base/text.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct mu_grid *grid;

static int set_up(void **state)
{
    (void)state;
    grid = mu_grid_new(4, 12);
    return grid ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    mu_grid_free(&grid);
    assert_null(grid);
    return 0;
}

/* The text of a row, trailing blanks included. */
static const char *row_text(int row)
{
    static char text[4096];

    text[0] = '\0';
    for (int i = 0; i < grid->columns; i++)
        strcat(text, grid->cell[row * grid->columns + i].text);
    return text;
}

/* Wide cells are followed by exactly one empty half, and nothing else is. */
static void assert_whole(void)
{
    for (int row = 0; row < grid->rows; row++) {
        const struct mu_cell *cell = &grid->cell[row * grid->columns];

        for (int i = 0; i < grid->columns; i++) {
            if (cell[i].width == 2) {
                assert_true(i + 1 < grid->columns);
                assert_int_equal(cell[i + 1].width, 0);
                assert_string_equal(cell[i + 1].text, "");
                i++;
            } else {
                assert_int_equal(cell[i].width, 1);
                assert_true(cell[i].text[0] != '\0');
            }
        }
        assert_int_equal(mu_text_cells(row_text(row)), grid->columns);
    }
}

static void a_text_is_padded_to_its_width(void **state)
{
    (void)state;
    assert_int_equal(mu_grid_put(grid, 0, 0, 8, "张金凤", MU_LEFT, MU_STYLE_VALUE), 6);
    assert_string_equal(row_text(0), "张金凤      ");
    assert_int_equal(grid->cell[7].style, MU_STYLE_VALUE);
    assert_int_equal(grid->cell[8].style, MU_STYLE_NORMAL);
    mu_grid_put(grid, 1, 0, 8, "8.00", MU_RIGHT, MU_STYLE_VALUE);
    assert_string_equal(row_text(1), "    8.00    ");
    mu_grid_put(grid, 2, 2, 8, "午餐", MU_CENTRE, MU_STYLE_VALUE);
    assert_string_equal(row_text(2), "    午餐    ");
}

static void a_glyph_is_never_halved(void **state)
{
    (void)state;
    mu_grid_put(grid, 0, 0, 5, "中文字", MU_LEFT, MU_STYLE_NORMAL);
    assert_string_equal(row_text(0), "中文        ");
    mu_grid_put(grid, 0, 1, 1, "x", MU_LEFT, MU_STYLE_NORMAL);
    assert_string_equal(row_text(0), " x文        ");
    mu_grid_put(grid, 0, 2, 1, "y", MU_LEFT, MU_STYLE_NORMAL);
    assert_string_equal(row_text(0), " xy         ");
    mu_grid_put(grid, 1, 11, 4, "中", MU_LEFT, MU_STYLE_NORMAL);
    mu_grid_put(grid, 2, -1, 4, "ab", MU_LEFT, MU_STYLE_NORMAL);
    mu_grid_put(grid, 9, 0, 4, "ab", MU_LEFT, MU_STYLE_NORMAL);
    assert_whole();
}

static void what_is_cut_says_so(void **state)
{
    (void)state;
    mu_grid_put(grid, 0, 0, 6, "社区服务中心", MU_MARK, MU_STYLE_NORMAL);
    assert_string_equal(row_text(0), "社区~       ");
    mu_grid_put(grid, 1, 0, 4, "社区", MU_MARK, MU_STYLE_NORMAL);
    assert_string_equal(row_text(1), "社区        ");
    mu_grid_put(grid, 2, 0, 4, "1234.00", MU_WHOLE | MU_RIGHT, MU_STYLE_NORMAL);
    assert_string_equal(row_text(2), "####        ");
}

static void a_text_cannot_act_on_the_terminal(void **state)
{
    (void)state;
    mu_grid_put(grid, 0, 0, 12, "a\033[2Jb", MU_LEFT, MU_STYLE_NORMAL);
    assert_string_equal(row_text(0), "a?[2Jb      ");
    mu_grid_put(grid, 1, 0, 12, "x\r\ny\xff\xe2\x80\xaez", MU_LEFT, MU_STYLE_NORMAL);
    assert_string_equal(row_text(1), "x?y??z      ");
    assert_whole();
}

static void combining_marks_share_a_cell(void **state)
{
    char long_cluster[200] = "e";

    (void)state;
    assert_int_equal(mu_grid_put(grid, 0, 0, 4, "e\u0301a", MU_LEFT, MU_STYLE_NORMAL), 2);
    assert_string_equal(grid->cell[0].text, "e\u0301");
    for (int i = 0; i < 60; i++)
        strcat(long_cluster, "\u0301");
    mu_grid_put(grid, 1, 0, 4, long_cluster, MU_LEFT, MU_STYLE_NORMAL);
    assert_true(strlen(grid->cell[12].text) < MU_CELL_BYTES);
    assert_whole();
}

static int knows_no_rare_names(uint32_t rune)
{
    return rune >= 0x20000 ? -1 : rune >= 0x2E80 ? 2 : rune >= 0x300 && rune < 0x370 ? 0 : 1;
}

static void a_character_without_glyph_keeps_its_place(void **state)
{
    (void)state;
    grid->glyphs.cells = knows_no_rare_names;
    mu_grid_put(grid, 0, 0, 6, "王\U00031350a", MU_LEFT, MU_STYLE_NORMAL);
    assert_string_equal(row_text(0), "王〓a       ");
    mu_grid_put(grid, 1, 0, 6, "e\u0301", MU_LEFT, MU_STYLE_NORMAL);
    assert_string_equal(grid->cell[12].text, "e\u0301");
    assert_whole();
}

static void a_wide_ambiguous_terminal_gets_ascii(void **state)
{
    (void)state;
    grid->glyphs.wide_ambiguous = true;
    mu_grid_put(grid, 0, 0, 12, "“张·王”×√…①é", MU_LEFT, MU_STYLE_NORMAL);
    assert_string_equal(row_text(0), "\"张.王\"xv.??");
    mu_grid_box(grid, (struct mu_area){0, 0, 3, 12}, "问");
    assert_string_equal(row_text(0), "+- 问 -----+");
    assert_string_equal(row_text(1), "|          |");
    assert_whole();
}

static void a_frame_holds_its_inside(void **state)
{
    struct mu_area inside = mu_grid_box(grid, (struct mu_area){0, 0, 3, 12}, "确认作废午餐");

    (void)state;
    assert_string_equal(row_text(0), "┌─ 确认~ ──┐");
    assert_string_equal(row_text(2), "└──────────┘");
    assert_int_equal(inside.row, 1);
    assert_int_equal(inside.columns, 10);
}

static void a_paragraph_breaks_where_chinese_may(void **state)
{
    struct mu_area area = {0, 0, 4, 12};

    (void)state;
    assert_int_equal(mu_grid_paragraph(grid, area, "今天午餐卖完，请明天再来。", MU_STYLE_NORMAL),
                     3);
    assert_string_equal(row_text(0), "今天午餐卖  ");
    assert_string_equal(row_text(1), "完，请明天再");
    assert_int_equal(mu_grid_paragraph(grid, area, "one two three four", MU_STYLE_NORMAL), 2);
    assert_string_equal(row_text(0), "one two     ");
    assert_string_equal(row_text(1), "three four  ");
    assert_string_equal(row_text(2), "            ");
}

static void the_golden_text_shows_letters_styles_and_cursor(void **state)
{
    char text[512];

    (void)state;
    mu_grid_put(grid, 0, 1, 4, "午", MU_LEFT, MU_STYLE_GOOD);
    mu_grid_cursor(grid, 2, 99);
    assert_int_equal(mu_grid_text(grid, text, sizeof text), 39);
    assert_string_equal(text, " 午\n\n\n\n----\n.gggg\n\n\n\n----\ncursor 2 11\n");
    assert_int_equal(mu_grid_text(grid, text, 3), 39);
    assert_int_equal(strlen(text), 2);
}

static void any_text_at_any_place_leaves_whole_rows(void **state)
{
    static const char *const parts[] = {
        "a",  "中",     "e\u0301", "\U00020000", "\033",
        "·",  " ",      "―",       "\xe4",       "👩‍👩‍👧",
        "한", "\u200b", "１",      "🇨🇳",         "葛\U000E0100"};

    (void)state;
    srand(7);
    for (int round = 0; round < 20000; round++) {
        char text[256] = "";

        for (int i = rand() % 10; i > 0; i--)
            strcat(text, parts[(size_t)rand() % (sizeof parts / sizeof *parts)]);
        grid->glyphs.wide_ambiguous = rand() % 2;
        grid->glyphs.cells = rand() % 2 ? knows_no_rare_names : NULL;
        mu_grid_put(grid, rand() % 4, rand() % 14 - 1, rand() % 14, text, (unsigned)rand() % 16,
                    MU_STYLE_INPUT);
        assert_whole();
    }
}

static void growing_and_shrinking_starts_blank(void **state)
{
    (void)state;
    mu_grid_put(grid, 0, 0, 4, "ab", MU_LEFT, MU_STYLE_BAD);
    assert_int_equal(mu_grid_resize(grid, 0, 3, NULL), MU_OK);
    assert_int_equal(grid->rows, 1);
    assert_string_equal(row_text(0), "   ");
    mu_grid_put(grid, 0, 0, 4, "中中", MU_LEFT, MU_STYLE_BAD);
    assert_string_equal(row_text(0), "中 ");
}

static void themes_are_found_by_name(void **state)
{
    enum mu_theme theme = MU_THEME_DARK;

    (void)state;
    assert_true(mu_theme_by_name("contrast", &theme));
    assert_int_equal(theme, MU_THEME_CONTRAST);
    assert_false(mu_theme_by_name("pink", &theme));
    assert_int_equal(mu_theme_start("light", NULL), MU_THEME_LIGHT);
    assert_int_equal(mu_theme_start("light", "1"), MU_THEME_MONO);
    assert_int_equal(mu_theme_start("pink", ""), MU_THEME_DARK);
    for (int style = 0; style < MU_STYLE_COUNT; style++) {
        assert_int_equal(mu_theme_look(MU_THEME_MONO, (enum mu_style)style).foreground, -1);
        for (int t = 0; t < MU_THEME_COUNT; t++) {
            struct mu_look look = mu_theme_look((enum mu_theme)t, (enum mu_style)style);

            assert_true(look.foreground != look.background || look.foreground < 0);
        }
    }
}

int main(void)
{
#define STORY(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        STORY(a_text_is_padded_to_its_width),
        STORY(a_glyph_is_never_halved),
        STORY(what_is_cut_says_so),
        STORY(a_text_cannot_act_on_the_terminal),
        STORY(combining_marks_share_a_cell),
        STORY(a_character_without_glyph_keeps_its_place),
        STORY(a_wide_ambiguous_terminal_gets_ascii),
        STORY(a_frame_holds_its_inside),
        STORY(a_paragraph_breaks_where_chinese_may),
        STORY(the_golden_text_shows_letters_styles_and_cursor),
        STORY(any_text_at_any_place_leaves_whole_rows),
        STORY(growing_and_shrinking_starts_blank),
        STORY(themes_are_found_by_name),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
