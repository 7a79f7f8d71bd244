/* A line and whatever is typed into it: it stays clean text within its limit, the caret stands
 * between clusters, and the box shows nothing but the line. Then the same in a text of many lines,
 * whose rows are those of a text that was always so, and which undo and redo lead back to. The
 * first four bytes of an input are the limit (two), the width of the box and the kind of line; then
 * one byte says what happens, with its text as a length and as many bytes. */
#include "fuzz.h"

#include "tui/line_edit.h"
#include "tui/text_area_state.h"

#include <mulin/base/text.h>

enum { HEAD = 4, LEFT = 2, ROWS = 1, COLUMNS = 40, WIDEST = COLUMNS - LEFT, AREA_ROWS = 6 };

enum deed { TYPED, PASTED, REPLACED, EMPTIED, DRAWN, DRAWN_OUT_OF_FOCUS, PRESSED };

static const enum mu_action keys[] = {MU_DO_left,  MU_DO_right,   MU_DO_first,     MU_DO_last,
                                      MU_DO_erase, MU_DO_delete,  MU_DO_save,      MU_DO_up,
                                      MU_DO_down,  MU_DO_page_up, MU_DO_page_down, MU_DO_undo,
                                      MU_DO_redo,  MU_DO_accept};

struct input {
    const uint8_t *at;
    size_t left;
};

static uint8_t take(struct input *input)
{
    if (input->left == 0)
        return 0;
    input->left--;
    return *input->at++;
}

/* The next text of the input; owned by the caller. */
static char *take_text(struct input *input)
{
    size_t length = take(input);
    char *text;

    if (length > input->left)
        length = input->left;
    text = fuzz_string(input->at, length);
    input->at += length;
    input->left -= length;
    return text;
}

static bool between_clusters(const char *text, size_t offset)
{
    size_t at = 0, step;

    while (at < offset && (step = mu_text_cluster(text + at, NULL)) > 0)
        at += step;
    return at == offset;
}

static void is_sound(const struct mu_line_edit *line, size_t limit)
{
    HOLDS(line->length <= limit && line->length == strlen(line->text));
    HOLDS(mu_text_valid(line->text, line->length));
    HOLDS(mu_text_check(line->text, false) == MU_TEXT_GOOD);
    HOLDS(between_clusters(line->text, line->caret));
}

/* The row is whole glyphs, and nothing stands outside the box. */
static void shows_its_box(const struct mu_line_edit *line, const struct mu_grid *grid, int width,
                          bool focus)
{
    for (int column = 0; column < COLUMNS; column++) {
        const struct mu_cell *cell = &grid->cell[column];

        HOLDS(mu_text_check(cell->text, false) == MU_TEXT_GOOD);
        HOLDS(cell->width != 2 || (column + 1 < COLUMNS && cell[1].width == 0));
        HOLDS(cell->width != 0 || (column > 0 && cell[-1].width == 2));
        HOLDS((column >= LEFT && column < LEFT + width) || strcmp(cell->text, " ") == 0);
        HOLDS(!line->masked || line->full || line->length == 0 || strchr(" *~", cell->text[0]));
    }
    if (focus && width > 1)
        HOLDS(grid->cursor_column >= LEFT && grid->cursor_column < LEFT + width);
}

static void draw(struct mu_line_edit *line, int width, bool focus)
{
    struct mu_grid *grid = mu_grid_new(ROWS, COLUMNS);

    HOLDS(grid);
    mu_line_edit_draw(line, grid, 0, LEFT, width, focus, MU_CHINESE);
    shows_its_box(line, grid, width, focus);
    mu_grid_free(&grid);
}

/* What is said to have happened has happened. */
static void event(struct mu_line_edit *line, const struct mu_event *event)
{
    struct mu_line_edit before = *line;
    enum mu_line_result result = mu_line_edit_event(line, event);
    bool same = strcmp(before.text, line->text) == 0;

    HOLDS(result == MU_LINE_FULL || same == (result != MU_LINE_CHANGED));
    HOLDS((result == MU_LINE_FULL) == (line->full && event->kind != MU_EVENT_KEY));
    if (result == MU_LINE_IGNORED)
        HOLDS(memcmp(&before, line, sizeof before) == 0);
}

static void do_next(struct mu_line_edit *line, struct input *input, int width)
{
    uint8_t what = take(input);
    enum deed deed = (enum deed)(what % (PRESSED + sizeof keys / sizeof *keys));
    char *text;

    switch (deed) {
    case TYPED:
    case PASTED:
        text = take_text(input);
        event(line, &(struct mu_event){.kind = deed == TYPED ? MU_EVENT_TEXT : MU_EVENT_PASTE,
                                       .text = text});
        free(text);
        break;
    case REPLACED:
        text = take_text(input);
        mu_line_edit_set(line, text);
        free(text);
        break;
    case EMPTIED:
        mu_line_edit_clear(line);
        HOLDS(line->length == 0);
        break;
    case DRAWN:
    case DRAWN_OUT_OF_FOCUS:
        draw(line, width, deed == DRAWN);
        break;
    default:
        event(line, &(struct mu_event){.kind = MU_EVENT_KEY, .action = keys[deed - PRESSED]});
    }
}

static void is_sound_area(struct mu_text_area *area)
{
    struct mu_text_rows rows;
    size_t measured = 0, row = 0;

    HOLDS(area->length <= area->limit && area->length == strlen(area->text));
    HOLDS(mu_text_valid(area->text, area->length));
    HOLDS(mu_text_check(area->text, true) == MU_TEXT_GOOD);
    HOLDS(between_clusters(area->text, area->caret));
    HOLDS(mu_text_rows_init(&rows, area->length, &measured));
    mu_text_rows_width(&rows, area->rows.width);
    for (; mu_text_rows_reach(&rows, area->text, row); row++)
        HOLDS(mu_text_rows_reach(&area->rows, area->text, row) &&
              area->rows.start[row] == rows.start[row]);
    HOLDS(!mu_text_rows_reach(&area->rows, area->text, row));
    free(rows.start);
}

static void draw_area(struct mu_text_area *area, int width, bool focus)
{
    struct mu_grid *grid = mu_grid_new(AREA_ROWS, COLUMNS);

    HOLDS(grid);
    mu_text_area_draw(area, grid, (struct mu_area){0, LEFT, AREA_ROWS, width}, focus, MU_CHINESE);
    if (focus && width > 2)
        HOLDS(grid->cursor_row < AREA_ROWS - 1 && grid->cursor_column >= LEFT &&
              grid->cursor_column < LEFT + width);
    mu_grid_free(&grid);
}

static void area_event(struct mu_text_area *area, const struct mu_event *event)
{
    char *before = fuzz_string((const uint8_t *)area->text, area->length);
    enum mu_text_area_result result = mu_text_area_event(area, event);

    HOLDS(result == MU_TEXT_AREA_CHANGED || strcmp(before, area->text) == 0);
    free(before);
}

static void do_next_in_area(struct mu_text_area *area, struct input *input, int width)
{
    uint8_t what = take(input);
    enum deed deed = (enum deed)(what % (PRESSED + sizeof keys / sizeof *keys));
    char *text = NULL;

    switch (deed) {
    case TYPED:
    case PASTED:
        text = take_text(input);
        area_event(area, &(struct mu_event){.kind = deed == TYPED ? MU_EVENT_TEXT : MU_EVENT_PASTE,
                                            .text = text});
        break;
    case REPLACED:
        text = take_text(input);
        (void)mu_text_area_replace(area, text);
        break;
    case EMPTIED:
        mu_text_area_tick(area);
        break;
    case DRAWN:
    case DRAWN_OUT_OF_FOCUS:
        draw_area(area, width, deed == DRAWN);
        break;
    default:
        area_event(area, &(struct mu_event){.kind = MU_EVENT_KEY, .action = keys[deed - PRESSED]});
    }
    free(text);
}

/* Everything is taken back and done again. */
static void go_there_and_back(struct mu_text_area *area)
{
    const struct mu_event undo = {.kind = MU_EVENT_KEY, .action = MU_DO_undo};
    const struct mu_event redo = {.kind = MU_EVENT_KEY, .action = MU_DO_redo};
    char *whole;

    while (mu_text_area_event(area, &redo) == MU_TEXT_AREA_CHANGED)
        is_sound_area(area);
    whole = fuzz_string((const uint8_t *)area->text, area->length);
    while (mu_text_area_event(area, &undo) == MU_TEXT_AREA_CHANGED)
        is_sound_area(area);
    while (mu_text_area_event(area, &redo) == MU_TEXT_AREA_CHANGED)
        is_sound_area(area);
    HOLDS(strcmp(whole, area->text) == 0);
    free(whole);
}

static void play_in_area(struct input input, size_t limit, int width)
{
    struct mu_text_area *area = mu_text_area_new(limit, NULL);

    HOLDS(area);
    draw_area(area, width, true);
    while (input.left > 0) {
        do_next_in_area(area, &input, width);
        is_sound_area(area);
    }
    go_there_and_back(area);
    draw_area(area, width, true);
    mu_text_area_free(&area);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct input input = {data, size};
    struct mu_line_edit line;
    size_t asked, limit;
    int width;
    uint8_t kind;

    if (size < HEAD)
        return 0;
    asked = (size_t)take(&input) << 8;
    asked |= take(&input);
    width = take(&input) % (WIDEST + 1);
    kind = take(&input);
    mu_line_edit_init(&line, asked);
    line.masked = kind & 1;
    line.folded = kind & 2;
    line.placeholder = kind & 4 ? MU_SAY_tui_line_full : 0;
    limit = asked == 0 ? 0 : asked > MU_LINE_SIZE ? MU_LINE_SIZE - 1 : asked - 1;
    play_in_area(input, asked, width);
    while (input.left > 0) {
        do_next(&line, &input, width);
        is_sound(&line, limit);
    }
    draw(&line, width, true);
    return 0;
}
