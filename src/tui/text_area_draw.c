#include "tui/text_area_state.h"

#include <mulin/base/text.h>

#include <stdint.h>
#include <stdio.h>

enum { LINE_SIZE = 96 };
enum { BELOW = 4 /* a quarter of the rows is left free below the caret, for the input method */ };

/* Scrolls so that the caret shows; not at all while everything does. */
static void scroll(struct mu_text_area *area, size_t row, size_t shown)
{
    size_t lowest = shown - 1 - shown / BELOW;

    if (!mu_text_rows_reach(&area->rows, area->text, shown))
        area->top = 0;
    else if (row < area->top)
        area->top = row;
    else if (row - area->top > lowest)
        area->top = row - lowest;
}

/* In a window of another width the same text stays at the top. */
static void set_width(struct mu_text_area *area, int width)
{
    size_t first;

    if (area->rows.width == width)
        return;
    first =
        mu_text_rows_reach(&area->rows, area->text, area->top) ? area->rows.start[area->top] : 0;
    mu_text_rows_width(&area->rows, width);
    area->top = mu_text_rows_of(&area->rows, area->text, first);
}

/* One row; the text ends there for the while. */
static void draw_row(struct mu_text_area *area, struct mu_grid *grid, size_t row, int line,
                     int column, int width)
{
    size_t start = area->rows.start[row];
    size_t end = mu_text_rows_end(&area->rows, area->text, row);
    char behind = area->text[end];

    area->text[end] = '\0';
    mu_grid_put(grid, line, column, width, area->text + start, MU_LEFT, MU_STYLE_NORMAL);
    area->text[end] = behind;
}

static void draw_position(const struct mu_text_area *area, struct mu_grid *grid,
                          struct mu_area place, enum mu_language language)
{
    char count[MU_COUNT_SIZE], percent[8], line[LINE_SIZE];
    int row = place.row + place.rows - 1, cells;

    mu_count_text((int64_t)area->count, count);
    snprintf(percent, sizeof percent, "%d",
             area->length ? (int)((uint64_t)area->caret * 100 / area->length) : 100);
    mu_message_format(line, sizeof line, language, MU_SAY_long_text_position, count, percent, NULL);
    mu_grid_put(grid, row, place.column, place.columns, line, MU_RIGHT, MU_STYLE_HINT);
    if (!area->full)
        return;
    cells = mu_text_cells(line);
    mu_grid_put(grid, row, place.column, place.columns - cells,
                mu_message_text(MU_SAY_long_text_full, language), MU_RIGHT, MU_STYLE_WARNING);
}

void mu_text_area_draw(struct mu_text_area *area, struct mu_grid *grid, struct mu_area place,
                       bool focus, enum mu_language language)
{
    int width = place.columns > 2 ? place.columns - 1 : 2; /* a cell for the caret behind a row */
    size_t row, shown = place.rows > 2 ? (size_t)place.rows - 1 : 1;
    int cells;

    set_width(area, width);
    area->shown = (int)shown;
    row = mu_text_area_row(area);
    scroll(area, row, shown);
    for (size_t i = 0; i < shown; i++)
        if (mu_text_rows_reach(&area->rows, area->text, area->top + i))
            draw_row(area, grid, area->top + i, place.row + (int)i, place.column, place.columns);
    draw_position(area, grid, place, language);
    if (!focus)
        return;
    cells = mu_text_area_cells(area, area->rows.start[row], area->caret);
    mu_grid_cursor(grid, place.row + (int)(row - area->top),
                   place.column + (cells < width ? cells : width));
}
