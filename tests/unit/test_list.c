/* Lists of any length and width, and choosing from one by typing. */
#include "tui/list.h"
#include "tui/picker.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

enum { ROWS = 21000 };

static struct mu_list list;
static struct mu_grid *grid;
static bool marks[ROWS];

static void cell(void *context, size_t row, size_t column, enum mu_language language, char *out,
                 size_t size, enum mu_style *style)
{
    (void)context;
    (void)language;
    assert_true(row < ROWS);
    if (column == 0)
        snprintf(out, size, "张%05zu", row);
    else if (column == 1)
        snprintf(out, size, "云鹭湾 %zu 幢", row);
    else
        snprintf(out, size, "%zu.00", row);
    if (row == 2)
        *style = MU_STYLE_DIM;
}

static bool marked(void *context, size_t row)
{
    (void)context;
    return marks[row];
}

static const struct mu_list_source source = {cell, marked};

static const struct mu_column columns[] = {
    {MU_SAY_tui_keys_home, 8, 12, 0, MU_MARK, true},
    {MU_SAY_tui_keys_forms, 8, 40, 2, MU_MARK, false},
    {MU_SAY_tui_keys_menu, 6, 10, 1, MU_RIGHT | MU_WHOLE, true},
};

static int set_up(void **state)
{
    (void)state;
    memset(marks, 0, sizeof marks);
    mu_list_init(&list, columns, 3, &source, NULL);
    mu_list_count(&list, ROWS);
    grid = mu_grid_new(12, 60);
    return grid ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    mu_grid_free(&grid);
    return 0;
}

static enum mu_list_result press(enum mu_action action)
{
    struct mu_event event = {.kind = MU_EVENT_KEY, .action = action};

    return mu_list_event(&list, &event, NULL);
}

static const char *drawn(int row, int width)
{
    static char text[1024];

    mu_grid_clear(grid);
    mu_list_draw(&list, grid, (struct mu_area){0, 0, 12, width}, true, MU_CHINESE);
    text[0] = '\0';
    for (int i = 0; i < width; i++)
        strcat(text, grid->cell[row * grid->columns + i].text);
    return text;
}

static void the_cursor_goes_where_the_keys_say(void **state)
{
    (void)state;
    drawn(0, 60);
    assert_int_equal(press(MU_DO_up), MU_LIST_MOVED);
    assert_int_equal(list.cursor, 0);
    press(MU_DO_down);
    press(MU_DO_page_down);
    assert_int_equal(list.cursor, 11); /* eleven rows show; one stays in view */
    press(MU_DO_last);
    assert_int_equal(list.cursor, ROWS - 1);
    press(MU_DO_page_down);
    press(MU_DO_down);
    assert_int_equal(list.cursor, ROWS - 1);
    assert_non_null(strstr(drawn(11, 60), "> 张20999"));
    press(MU_DO_first);
    press(MU_DO_page_up);
    assert_int_equal(list.cursor, 0);
    assert_int_equal(press(MU_DO_accept), MU_LIST_OPENED);
    assert_int_equal(press(MU_DO_save), MU_LIST_IGNORED);
}

static void the_hardware_cursor_stands_on_the_selected_row(void **state)
{
    (void)state;
    press(MU_DO_down);
    press(MU_DO_down);
    drawn(0, 60);
    assert_int_equal(grid->cursor_row, 3);
    assert_int_equal(grid->cell[3 * 60].style, MU_STYLE_SELECTED);
    press(MU_DO_up);
    drawn(0, 60);
    assert_int_equal(grid->cell[3 * 60 + 2].style, MU_STYLE_DIM); /* row 2 has its own style */
}

static void in_an_empty_list_it_stands_where_the_list_says_so(void **state)
{
    (void)state;
    mu_list_count(&list, 0);
    mu_grid_clear(grid);
    mu_list_draw(&list, grid, (struct mu_area){3, 1, 8, 50}, true, MU_CHINESE);
    assert_int_equal(grid->cursor_row, 4);
    assert_true(grid->cursor_column > 0);
    /* Unless a line above is being typed into. */
    mu_grid_clear(grid);
    mu_grid_cursor(grid, 1, 7);
    mu_list_draw(&list, grid, (struct mu_area){3, 1, 8, 50}, true, MU_CHINESE);
    assert_int_equal(grid->cursor_row, 1);
    assert_int_equal(grid->cursor_column, 7);
}

static void columns_go_by_priority_and_amounts_stay_whole(void **state)
{
    (void)state;
    list.cursor = list.top = 12345;
    assert_non_null(strstr(drawn(1, 60), "云鹭湾 12345 幢"));
    assert_non_null(strstr(drawn(1, 60), "12345.00"));
    assert_non_null(strstr(drawn(1, 32), "云鹭湾"));
    assert_null(strstr(drawn(1, 24), "云鹭湾")); /* the least needed goes first */
    assert_non_null(strstr(drawn(1, 24), "12345.00"));
    assert_null(strstr(drawn(1, 20), "12345.0")); /* whole or not at all */
    assert_non_null(strstr(drawn(1, 20), "张12345"));
    assert_non_null(strstr(drawn(0, 60), "首页"));
}

static void sorting_goes_through_the_columns_and_back(void **state)
{
    (void)state;
    assert_int_equal(press(MU_DO_sort), MU_LIST_SORTED);
    assert_int_equal(list.sort_column, 0);
    assert_non_null(strstr(drawn(0, 60), "首页↑"));
    press(MU_DO_sort);
    assert_true(list.descending);
    assert_non_null(strstr(drawn(0, 60), "首页↓"));
    press(MU_DO_sort);
    assert_int_equal(list.sort_column, 2);
    assert_false(list.descending);
    press(MU_DO_sort);
    press(MU_DO_sort);
    assert_int_equal(list.sort_column, -1);
}

static void marking_names_the_row_and_moves_on(void **state)
{
    struct mu_event mark = {.kind = MU_EVENT_KEY, .action = MU_DO_mark};
    size_t row = 99;

    (void)state;
    list.cursor = 4;
    assert_int_equal(mu_list_event(&list, &mark, &row), MU_LIST_MARKED);
    assert_int_equal(row, 4);
    assert_int_equal(list.cursor, 5);
    marks[4] = true;
    list.top = 4;
    assert_non_null(strstr(drawn(1, 60), " *张00004"));
}

static void a_list_that_shrinks_keeps_its_cursor_inside(void **state)
{
    char text[64];

    (void)state;
    press(MU_DO_last);
    mu_list_position(&list, text, sizeof text);
    assert_string_equal(text, "21,000 / 21,000");
    mu_list_count(&list, 3);
    assert_int_equal(list.cursor, 2);
    assert_non_null(strstr(drawn(1, 60), "张00000"));
    mu_list_count(&list, 0);
    mu_list_position(&list, text, sizeof text);
    assert_string_equal(text, "0");
    assert_non_null(strstr(drawn(1, 60), "没有记录"));
    assert_int_equal(press(MU_DO_accept), MU_LIST_IGNORED);
    assert_int_equal(press(MU_DO_down), MU_LIST_MOVED);
    assert_int_equal(press(MU_DO_mark), MU_LIST_IGNORED);
}

static void a_scanners_enter_opens_nothing(void **state)
{
    struct mu_event enter = {.kind = MU_EVENT_KEY, .action = MU_DO_accept, .scan = "6228"};

    (void)state;
    assert_int_equal(mu_list_event(&list, &enter, NULL), MU_LIST_IGNORED);
}

/* ---- the picker ---- */

static const struct mu_pick relations[] = {
    {1, "户主", NULL, "本人"},
    {2, "配偶", "F4", "妻子 丈夫 spouse"},
    {20, "子女", NULL, "儿子 女儿"},
    {97, "其他亲属", NULL, NULL},
};

static struct mu_picker *picker;

static int open_picker(void **state)
{
    (void)state;
    picker = mu_picker_new(relations, 4, 20, NULL);
    return picker ? 0 : -1;
}

static int close_picker(void **state)
{
    (void)state;
    mu_picker_free(&picker);
    return 0;
}

static void filter(const char *text)
{
    struct mu_event back = {.kind = MU_EVENT_KEY, .action = MU_DO_back};
    struct mu_event type = {.kind = MU_EVENT_TEXT, .text = text};
    int code;

    mu_picker_event(picker, &back, &code);
    assert_int_equal(mu_picker_event(picker, &type, &code), MU_PICKER_USED);
}

static int chosen(const char *scan)
{
    struct mu_event enter = {.kind = MU_EVENT_KEY, .action = MU_DO_accept, .scan = scan};
    int code = -1;

    mu_picker_event(picker, &enter, &code);
    return code;
}

static void the_picker_starts_on_what_is_set(void **state)
{
    (void)state;
    assert_int_equal(mu_picker_shown(picker), 4);
    assert_int_equal(chosen(NULL), 20);
}

static void words_pinyin_initials_and_codes_find(void **state)
{
    static const struct {
        const char *typed;
        int code;
    } cases[] = {{"户", 1},    {"peiou", 2}, {"po", 2},    {"妻", 2},  {"SPOUSE", 2},
                 {"qtqs", 97}, {"zn", 20},   {"２０", 20}, {"97", 97}, {"其他 亲", 97}};

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        filter(cases[i].typed);
        assert_int_equal(chosen(NULL), cases[i].code);
    }
}

static void what_nothing_fits_chooses_nothing(void **state)
{
    struct mu_event back = {.kind = MU_EVENT_KEY, .action = MU_DO_back};
    int code = -1;

    (void)state;
    filter("龙");
    assert_int_equal(mu_picker_shown(picker), 0);
    assert_int_equal(chosen(NULL), -1);
    assert_int_equal(mu_picker_event(picker, &back, &code), MU_PICKER_USED);
    assert_int_equal(mu_picker_shown(picker), 4);
    assert_int_equal(mu_picker_event(picker, &back, &code), MU_PICKER_LEFT);
}

static void a_scan_chooses_nothing(void **state)
{
    (void)state;
    filter("20");
    assert_int_equal(chosen("20"), -1);
    assert_int_equal(chosen(NULL), 20); /* a person's Enter does */
}

int main(void)
{
#define STORY(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)
#define PICKING(function) cmocka_unit_test_setup_teardown(function, open_picker, close_picker)
    const struct CMUnitTest tests[] = {
        STORY(the_cursor_goes_where_the_keys_say),
        STORY(the_hardware_cursor_stands_on_the_selected_row),
        STORY(in_an_empty_list_it_stands_where_the_list_says_so),
        STORY(columns_go_by_priority_and_amounts_stay_whole),
        STORY(sorting_goes_through_the_columns_and_back),
        STORY(marking_names_the_row_and_moves_on),
        STORY(a_list_that_shrinks_keeps_its_cursor_inside),
        STORY(a_scanners_enter_opens_nothing),
        PICKING(the_picker_starts_on_what_is_set),
        PICKING(words_pinyin_initials_and_codes_find),
        PICKING(what_nothing_fits_chooses_nothing),
        PICKING(a_scan_chooses_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
