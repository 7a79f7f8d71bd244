/* Stories of a long text: wrapping, moving, undoing, and what a key costs. */
#include "tui/text_area_state.h"

#include <mulin/base/text.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { LIMIT = 524288, ROWS = 24, COLUMNS = 80, MANY = 100000, HAN_BYTES = 3 };

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);

/* How many more allocations succeed; -1: all. */
static int allocations = -1;

static bool has_memory(void)
{
    if (allocations > 0)
        allocations--;
    return allocations != 0;
}

void *__wrap_malloc(size_t size)
{
    return has_memory() ? __real_malloc(size) : NULL;
}

void *__wrap_calloc(size_t count, size_t size)
{
    return has_memory() ? __real_calloc(count, size) : NULL;
}

static struct mu_text_area *area;
static struct mu_grid *grid;

static int setup(void **state)
{
    (void)state;
    area = mu_text_area_new(LIMIT, NULL);
    grid = mu_grid_new(ROWS, COLUMNS);
    return area && grid ? 0 : -1;
}

static int teardown(void **state)
{
    (void)state;
    mu_text_area_free(&area);
    mu_grid_free(&grid);
    return 0;
}

static enum mu_text_area_result happens(enum mu_event_kind kind, const char *text)
{
    return mu_text_area_event(area, &(struct mu_event){.kind = kind, .text = text});
}

/* Character by character, as a person does. */
static void type(const char *text)
{
    uint32_t rune;
    size_t step;
    char one[5];

    for (; (step = mu_text_rune(text, &rune)) > 0; text += step) {
        mu_text_encode(rune, one);
        assert_int_equal(happens(MU_EVENT_TEXT, one), MU_TEXT_AREA_CHANGED);
    }
}

static enum mu_text_area_result press(enum mu_action action)
{
    return mu_text_area_event(area, &(struct mu_event){.kind = MU_EVENT_KEY, .action = action});
}

/* Draws `rows` of text `columns` wide; the last column is the caret's. */
static void draw(int rows, int columns)
{
    mu_grid_clear(grid);
    mu_text_area_draw(area, grid, (struct mu_area){0, 0, rows + 1, columns + 1}, true, MU_CHINESE);
}

/* What stands in a row of the grid, blanks at the end cut off. */
static const char *row(int index)
{
    static char text[COLUMNS * MU_CELL_BYTES];
    size_t used = 0, end = 0;

    for (int column = 0; column < COLUMNS; column++) {
        const char *cell = grid->cell[index * COLUMNS + column].text;

        used += (size_t)snprintf(text + used, sizeof text - used, "%s", cell);
        if (*cell && *cell != ' ')
            end = used;
    }
    text[end] = '\0';
    return text;
}

static void assert_rows(int columns, const char *first, ...)
{
    va_list list;
    int index = 0;

    draw(8, columns);
    va_start(list, first);
    for (const char *wanted = first; wanted; wanted = va_arg(list, const char *))
        assert_string_equal(row(index++), wanted);
    va_end(list);
    assert_string_equal(row(index), "");
}

static void assert_text(const char *wanted)
{
    assert_string_equal(mu_text_area_text(area), wanted);
}

static void assert_cursor(int at_row, int at_column)
{
    assert_int_equal(grid->cursor_row, at_row);
    assert_int_equal(grid->cursor_column, at_column);
}

/* MANY characters in sentences of one paragraph. */
static char *much(void)
{
    char *text = malloc(MANY * HAN_BYTES + 1);

    assert_non_null(text);
    for (size_t i = 0; i < MANY; i++)
        memcpy(text + i * HAN_BYTES, i % 17 == 16 ? "。" : i % 5 ? "邻" : "居", HAN_BYTES);
    text[MANY * HAN_BYTES] = '\0';
    return text;
}

static void rows_do_not_begin_with_closing_marks_nor_end_with_opening_ones(void **state)
{
    (void)state;
    mu_text_area_set(area, "楼上漏水，楼下说。");
    assert_rows(8, "楼上漏", "水，楼下", "说。", NULL);
    mu_text_area_set(area, "她说：“漏水了！”");
    assert_rows(7, "她说：", "“漏水", "了！”", NULL);
    mu_text_area_set(area, "赔偿（叁佰元）");
    assert_rows(6, "赔偿", "（叁佰", "元）", NULL);
    mu_text_area_set(area, "他不说话……走了");
    assert_rows(8, "他不说", "话……走了", NULL);
}

static void words_stay_whole_unless_they_are_longer_than_a_row(void **state)
{
    (void)state;
    mu_text_area_set(area, "wang said no");
    assert_rows(8, "wang", "said no", NULL);
    mu_text_area_set(area, "电话13800004321找他");
    assert_rows(12, "电话", "13800004321", "找他", NULL);
    mu_text_area_set(area, "abcdefghijkl mn");
    assert_rows(5, "abcde", "fghij", "kl mn", NULL);
    mu_text_area_set(area, "一二三      四"); /* blanks hang over the edge */
    assert_rows(6, "一二三", "四", NULL);
}

static void enter_makes_a_line_and_tab_is_for_others(void **state)
{
    (void)state;
    type("张");
    assert_int_equal(press(MU_DO_accept), MU_TEXT_AREA_CHANGED);
    press(MU_DO_accept);
    type("李");
    assert_text("张\n\n李");
    assert_rows(20, "张", "", "李", NULL);
    assert_cursor(2, 2);
    assert_int_equal(press(MU_DO_next), MU_TEXT_AREA_IGNORED);
    press(MU_DO_up);
    draw(8, 20);
    assert_cursor(1, 0);
    press(MU_DO_up);
    draw(8, 20);
    assert_cursor(0, 2);
}

static void up_and_down_keep_the_wished_column(void **state)
{
    (void)state;
    mu_text_area_set(area, "一二三四五\na\n六七八九十");
    mu_text_area_go(area, strlen("一二三四"));
    draw(8, 20);
    assert_cursor(0, 8);
    press(MU_DO_down);
    draw(8, 20);
    assert_cursor(1, 1);
    press(MU_DO_down);
    draw(8, 20);
    assert_cursor(2, 8);
    press(MU_DO_down); /* there is no row more */
    draw(8, 20);
    assert_cursor(2, 8);
}

static void home_and_end_go_to_the_edges_of_the_row_that_is_seen(void **state)
{
    (void)state;
    mu_text_area_set(area, "一二三四五六七");
    mu_text_area_go(area, 0);
    draw(8, 6);
    press(MU_DO_last);
    draw(8, 6);
    assert_cursor(0, 6); /* behind 三, not before 四 */
    press(MU_DO_last);
    draw(8, 6);
    assert_cursor(0, 6);
    press(MU_DO_first);
    draw(8, 6);
    assert_cursor(0, 0);
    press(MU_DO_last);
    type("好");
    assert_text("一二三好四五六七");
}

static void the_whole_text_has_a_beginning_and_an_end(void **state)
{
    (void)state;
    mu_text_area_set(area, "一\n二\n三");
    assert_int_equal(press(MU_DO_top), MU_TEXT_AREA_USED);
    assert_int_equal(mu_text_area_caret(area), 0);
    press(MU_DO_bottom);
    assert_int_equal(mu_text_area_caret(area), strlen("一\n二\n三"));
}

static void pages_turn_with_the_caret_where_it_was(void **state)
{
    char text[256] = "";

    (void)state;
    for (int i = 0; i < 40; i++)
        snprintf(text + strlen(text), sizeof text - strlen(text), "%d\n", i);
    mu_text_area_set(area, text);
    mu_text_area_go(area, 0);
    draw(10, 20);
    press(MU_DO_page_down);
    draw(10, 20);
    assert_string_equal(row(0), "9");
    assert_cursor(0, 0);
    press(MU_DO_page_up);
    draw(10, 20);
    assert_string_equal(row(0), "0");
    press(MU_DO_page_up);
    draw(10, 20);
    assert_cursor(0, 0);
    for (int i = 0; i < 9; i++)
        press(MU_DO_page_down);
    draw(10, 20);
    assert_int_equal(mu_text_area_caret(area), strlen(text));
    assert_string_equal(row(10), "          70 字  100%");
}

static void in_another_width_the_same_text_stays_at_the_top(void **state)
{
    char text[512] = "";

    (void)state;
    for (int i = 10; i < 50; i++)
        snprintf(text + strlen(text), sizeof text - strlen(text), "%d 号楼\n", i);
    mu_text_area_set(area, text);
    mu_text_area_go(area, 0);
    draw(10, 20);
    press(MU_DO_page_down);
    press(MU_DO_page_down);
    draw(10, 20);
    assert_string_equal(row(0), "28 号楼");
    draw(10, 5);
    assert_string_equal(row(0), "28 号");
    draw(10, 20);
    assert_string_equal(row(0), "28 号楼");
}

static void a_cluster_is_passed_over_and_erased_whole(void **state)
{
    (void)state;
    /* What joins a family stays outside, as anything that has no width does. */
    happens(MU_EVENT_PASTE, "\U0001F468\u200D\U0001F469\u200D\U0001F467");
    assert_text("\U0001F468\U0001F469\U0001F467");
    assert_rows(4, "\U0001F468\U0001F469", "\U0001F467", NULL);
    press(MU_DO_erase);
    assert_text("\U0001F468\U0001F469");
    mu_text_area_set(area, "a\U0001F44D\U0001F3FDe\u0301\U0001F1E8\U0001F1F3b");
    for (int i = 0; i < 4; i++)
        press(MU_DO_left);
    assert_int_equal(mu_text_area_caret(area), 1);
    press(MU_DO_delete);
    assert_text("ae\u0301\U0001F1E8\U0001F1F3b");
    press(MU_DO_right);
    press(MU_DO_delete);
    assert_text("ae\u0301b");
    press(MU_DO_erase);
    assert_text("ab");
    assert_int_equal(press(MU_DO_undo), MU_TEXT_AREA_CHANGED);
    assert_text("ae\u0301\U0001F1E8\U0001F1F3b"); /* what was erased in one go */
}

static void half_a_character_and_what_is_not_seen_never_get_in(void **state)
{
    (void)state;
    happens(MU_EVENT_PASTE, "\xE9\x82一\xE9\x82\t二\x1B[31m\u202E\u200B三\r\n四\r五\xFF");
    assert_text("一 二[31m三\n四\n五");
    assert_int_equal(happens(MU_EVENT_TEXT, "\xE9"), MU_TEXT_AREA_USED);
    assert_int_equal(mu_text_check(mu_text_area_text(area), true), MU_TEXT_GOOD);
}

static void undo_goes_from_mark_to_mark_and_redo_back(void **state)
{
    (void)state;
    type("楼上漏水，楼下说了。");
    press(MU_DO_accept);
    type("hello world");
    press(MU_DO_undo);
    assert_text("楼上漏水，楼下说了。\nhello ");
    press(MU_DO_undo);
    assert_text("楼上漏水，楼下说了。\n");
    press(MU_DO_undo);
    assert_text("楼上漏水，");
    press(MU_DO_redo);
    assert_text("楼上漏水，楼下说了。\n");
    type("好");
    assert_int_equal(press(MU_DO_redo), MU_TEXT_AREA_NO_STEP);
    while (press(MU_DO_undo) == MU_TEXT_AREA_CHANGED)
        ;
    assert_text("");
    assert_int_equal(mu_text_area_count(area), 0);
}

static void a_pause_and_a_move_end_what_is_undone_at_once(void **state)
{
    (void)state;
    type("邻");
    mu_text_area_tick(area); /* something was typed in this second */
    type("居");
    mu_text_area_tick(area);
    mu_text_area_tick(area); /* a second without a key */
    type("吵");
    press(MU_DO_left);
    type("争");
    press(MU_DO_undo);
    assert_text("邻居吵");
    press(MU_DO_undo);
    assert_text("邻居");
    press(MU_DO_undo);
    assert_text("");
}

static void what_was_erased_comes_back_at_once(void **state)
{
    (void)state;
    mu_text_area_set(area, "一二三四五六");
    for (int i = 0; i < 3; i++)
        press(MU_DO_erase);
    mu_text_area_go(area, 0);
    press(MU_DO_delete);
    press(MU_DO_delete);
    assert_text("三");
    press(MU_DO_undo);
    assert_text("一二三");
    press(MU_DO_undo);
    assert_text("一二三四五六");
    press(MU_DO_redo);
    press(MU_DO_redo);
    assert_text("三");
}

static void a_paste_is_undone_as_a_whole(void **state)
{
    char *text = much();

    (void)state;
    type("前后");
    press(MU_DO_left);
    assert_int_equal(happens(MU_EVENT_PASTE, text), MU_TEXT_AREA_CHANGED);
    assert_int_equal(mu_text_area_count(area), MANY + 2);
    press(MU_DO_undo);
    assert_text("前后");
    press(MU_DO_redo);
    assert_int_equal(mu_text_area_count(area), MANY + 2);
    assert_int_equal(mu_text_area_caret(area), (MANY + 1) * HAN_BYTES);
    free(text);
}

static void what_does_not_fit_is_refused_as_a_whole(void **state)
{
    char *text = much();

    (void)state;
    assert_int_equal(happens(MU_EVENT_PASTE, text), MU_TEXT_AREA_CHANGED);
    assert_int_equal(happens(MU_EVENT_PASTE, text), MU_TEXT_AREA_FULL);
    assert_text(text);
    draw(8, 40);
    assert_non_null(strstr(row(8), "满"));
    press(MU_DO_left);
    draw(8, 40);
    assert_null(strstr(row(8), "满"));
    free(text);
    mu_text_area_free(&area);
    area = mu_text_area_new(8, NULL);
    type("一二");
    assert_int_equal(happens(MU_EVENT_TEXT, "三"), MU_TEXT_AREA_FULL);
    type("ab");
    assert_int_equal(press(MU_DO_accept), MU_TEXT_AREA_FULL);
    assert_text("一二ab");
    assert_false(mu_text_area_replace(area, "一二三"));
    assert_text("一二ab");
}

/* What a key costs is counted in clusters: a screen of them, however much is written around it. */
static void a_key_in_the_middle_costs_no_more_than_the_screen(void **state)
{
    char *text = much();
    size_t before;

    (void)state;
    mu_text_area_set(area, text);
    free(text);
    draw(18, 76);
    before = mu_text_area_measured(area);
    mu_text_area_go(area, MANY / 2 * HAN_BYTES);
    draw(18, 76);
    assert_true(mu_text_area_measured(area) - before < 2000);
    before = mu_text_area_measured(area);
    type("争");
    draw(18, 76);
    press(MU_DO_erase);
    draw(18, 76);
    press(MU_DO_down);
    press(MU_DO_page_down);
    draw(18, 76);
    assert_true(mu_text_area_measured(area) - before < 5 * 2000);
}

static void a_paste_is_measured_once(void **state)
{
    char *text = much();

    (void)state;
    happens(MU_EVENT_PASTE, text);
    draw(18, 76);
    assert_true(mu_text_area_measured(area) < 2 * MANY);
    free(text);
}

/* The rows of the whole text, found anew, and those that are known from before. */
static void assert_rows_as_anew(void)
{
    struct mu_text_rows fresh;
    size_t measured = 0, row = 0;

    assert_true(mu_text_rows_init(&fresh, area->length, &measured));
    mu_text_rows_width(&fresh, area->rows.width);
    while (mu_text_rows_reach(&fresh, area->text, row)) {
        assert_true(mu_text_rows_reach(&area->rows, area->text, row));
        assert_int_equal(area->rows.start[row], fresh.start[row]);
        row++;
    }
    assert_false(mu_text_rows_reach(&area->rows, area->text, row));
    free(fresh.start);
}

static bool is_between_clusters(const char *text, size_t offset)
{
    size_t at = 0;

    while (at < offset)
        at += mu_text_cluster(text + at, NULL);
    return at == offset;
}

static void rows_after_changes_are_those_of_the_text(void **state)
{
    static const char *const pieces[] = {"邻居",   "。",   "（",         "a",          "word",
                                         " ",      "”",    "“",          "……",         "\n",
                                         "\u0301", "争，", "\U0001F1E8", "\U0001F44D", "\U0001F3FD",
                                         "\u3000", "吵",   "a\uFE0F",    "1380000432"};
    static const enum mu_action keys[] = {MU_DO_left, MU_DO_up,    MU_DO_erase, MU_DO_delete,
                                          MU_DO_undo, MU_DO_right, MU_DO_down,  MU_DO_last};
    unsigned seed = 7;

    (void)state;
    for (int i = 0; i < 800; i++) {
        seed = seed * 1103515245u + 12345u;
        if (seed >> 16 & 1)
            happens(MU_EVENT_TEXT, pieces[(seed >> 17) % (sizeof pieces / sizeof *pieces)]);
        else
            press(keys[(seed >> 17) % (sizeof keys / sizeof *keys)]);
        assert_true(is_between_clusters(area->text, area->caret));
        if (i % 5 == 0)
            assert_rows_as_anew();
        if (i % 40 == 0)
            draw(8, 4 + i % 200 / 20);
    }
    assert_int_equal(mu_text_check(mu_text_area_text(area), true), MU_TEXT_GOOD);
    assert_int_equal(strlen(area->text), area->length);
}

static void a_draft_is_due_after_each_change_and_again_when_it_failed(void **state)
{
    (void)state;
    assert_false(mu_text_area_dirty(area));
    mu_text_area_set(area, "一");
    assert_false(mu_text_area_dirty(area));
    assert_false(mu_text_area_draft_due(area));
    type("二");
    assert_true(mu_text_area_dirty(area));
    assert_true(mu_text_area_draft_due(area));
    assert_false(mu_text_area_draft_due(area));
    mu_text_area_draft_again(area);
    assert_true(mu_text_area_draft_due(area));
    press(MU_DO_left);
    assert_false(mu_text_area_draft_due(area));
    mu_text_area_clean(area);
    assert_false(mu_text_area_dirty(area));
}

/* Nobody who types runs out of memory; what can't be remembered can't be undone. */
static void without_memory_only_undo_forgets(void **state)
{
    struct mu_error error;
    size_t length;

    (void)state;
    for (int i = 1; i < 4; i++) {
        allocations = i;
        assert_null(mu_text_area_new(LIMIT, &error));
        assert_int_equal(error.status, MU_MEMORY);
    }
    allocations = -1;
    type("一二，三");
    allocations = 0;
    press(MU_DO_erase);
    type("四");
    assert_text("一二，四");
    assert_null(mu_text_area_copy(area, &length));
    assert_int_equal(press(MU_DO_undo), MU_TEXT_AREA_CHANGED);
    assert_text("一二，");
    assert_int_equal(press(MU_DO_redo), MU_TEXT_AREA_NO_STEP);
    assert_int_equal(press(MU_DO_undo), MU_TEXT_AREA_NO_STEP);
    allocations = -1;
}

static void many_steps_are_kept_and_the_oldest_go(void **state)
{
    (void)state;
    for (int i = 0; i < 400; i++) {
        happens(MU_EVENT_PASTE, "一");
        if (i % 2)
            press(MU_DO_erase);
    }
    while (press(MU_DO_undo) == MU_TEXT_AREA_CHANGED)
        ;
    assert_true(mu_text_area_count(area) > 0 && mu_text_area_count(area) < 200);
    while (press(MU_DO_redo) == MU_TEXT_AREA_CHANGED)
        ;
    assert_int_equal(mu_text_area_count(area), 200);
}

#define TEST(story) cmocka_unit_test_setup_teardown(story, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(rows_do_not_begin_with_closing_marks_nor_end_with_opening_ones),
        TEST(words_stay_whole_unless_they_are_longer_than_a_row),
        TEST(enter_makes_a_line_and_tab_is_for_others),
        TEST(up_and_down_keep_the_wished_column),
        TEST(home_and_end_go_to_the_edges_of_the_row_that_is_seen),
        TEST(the_whole_text_has_a_beginning_and_an_end),
        TEST(pages_turn_with_the_caret_where_it_was),
        TEST(in_another_width_the_same_text_stays_at_the_top),
        TEST(a_cluster_is_passed_over_and_erased_whole),
        TEST(half_a_character_and_what_is_not_seen_never_get_in),
        TEST(undo_goes_from_mark_to_mark_and_redo_back),
        TEST(a_pause_and_a_move_end_what_is_undone_at_once),
        TEST(what_was_erased_comes_back_at_once),
        TEST(a_paste_is_undone_as_a_whole),
        TEST(what_does_not_fit_is_refused_as_a_whole),
        TEST(a_key_in_the_middle_costs_no_more_than_the_screen),
        TEST(a_paste_is_measured_once),
        TEST(rows_after_changes_are_those_of_the_text),
        TEST(a_draft_is_due_after_each_change_and_again_when_it_failed),
        TEST(without_memory_only_undo_forgets),
        TEST(many_steps_are_kept_and_the_oldest_go),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
