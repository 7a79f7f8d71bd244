#include "tui/grid.h"

#include "tui/glyph.h"

#include <mulin/base/text.h>

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

enum { SENTENCE = 1024, ALIGNMENT = MU_RIGHT | MU_CENTRE };

static struct mu_cell *at(const struct mu_grid *grid, int row, int column)
{
    return &grid->cell[(size_t)row * (size_t)grid->columns + (size_t)column];
}

static void set_blank(struct mu_cell *cell, unsigned char style)
{
    cell->text[0] = ' ';
    cell->text[1] = '\0';
    cell->width = 1;
    cell->style = style;
}

static struct mu_cell *cells_new(int rows, int columns)
{
    return calloc((size_t)rows * (size_t)columns, sizeof(struct mu_cell));
}

struct mu_grid *mu_grid_new(int rows, int columns)
{
    struct mu_grid *grid = calloc(1, sizeof *grid);

    if (!grid)
        return NULL;
    grid->rows = rows < 1 ? 1 : rows;
    grid->columns = columns < 1 ? 1 : columns;
    grid->cell = cells_new(grid->rows, grid->columns);
    if (!grid->cell) {
        free(grid);
        return NULL;
    }
    mu_grid_clear(grid);
    return grid;
}

void mu_grid_free(struct mu_grid **grid)
{
    if (!*grid)
        return;
    free((*grid)->cell);
    free(*grid);
    *grid = NULL;
}

enum mu_status mu_grid_resize(struct mu_grid *grid, int rows, int columns, struct mu_error *error)
{
    struct mu_cell *cell;

    rows = rows < 1 ? 1 : rows;
    columns = columns < 1 ? 1 : columns;
    if (rows != grid->rows || columns != grid->columns) {
        cell = cells_new(rows, columns);
        if (!cell)
            return mu_fail_memory(error);
        free(grid->cell);
        grid->cell = cell;
        grid->rows = rows;
        grid->columns = columns;
    }
    mu_grid_clear(grid);
    return MU_OK;
}

void mu_grid_clear(struct mu_grid *grid)
{
    size_t count = (size_t)grid->rows * (size_t)grid->columns;

    for (size_t i = 0; i < count; i++)
        set_blank(&grid->cell[i], MU_STYLE_NORMAL);
    grid->cursor_row = grid->cursor_column = 0;
}

/* Cuts a run of cells to the grid. False when nothing of it is left. */
static bool clip(const struct mu_grid *grid, int row, int *column, int *width)
{
    if (row < 0 || row >= grid->rows || *column >= grid->columns)
        return false;
    if (*column < 0) {
        *width += *column;
        *column = 0;
    }
    if (*width > grid->columns - *column)
        *width = grid->columns - *column;
    return *width > 0;
}

/* A wide character of which only one half is about to be overwritten becomes a blank. */
static void split_edges(struct mu_grid *grid, int row, int column, int width)
{
    int end = column + width;

    if (column > 0 && at(grid, row, column)->width == 0)
        set_blank(at(grid, row, column - 1), at(grid, row, column - 1)->style);
    if (end < grid->columns && at(grid, row, end)->width == 0)
        set_blank(at(grid, row, end), at(grid, row, end)->style);
}

static void put_glyph(struct mu_grid *grid, int row, int column, const struct mu_glyph *glyph,
                      enum mu_style style)
{
    struct mu_cell *cell = at(grid, row, column);

    memcpy(cell->text, glyph->text, glyph->length);
    cell->text[glyph->length] = '\0';
    cell->width = (unsigned char)glyph->width;
    cell->style = (unsigned char)style;
    if (glyph->width == 2) {
        cell[1].text[0] = '\0';
        cell[1].width = 0;
        cell[1].style = (unsigned char)style;
    }
}

/* Draws the clusters that fit into the cells; returns those taken. */
static int put_clusters(struct mu_grid *grid, int row, int column, int width, const char *text,
                        enum mu_style style)
{
    struct mu_glyph glyph;
    int used = 0;

    for (; (glyph = mu_glyph_next(text, &grid->glyphs)).taken > 0; text += glyph.taken) {
        if (used + glyph.width > width)
            break;
        put_glyph(grid, row, column + used, &glyph, style);
        used += glyph.width;
    }
    return used;
}

static void put_blanks(struct mu_grid *grid, int row, int column, int width, enum mu_style style)
{
    for (int i = 0; i < width; i++)
        set_blank(at(grid, row, column + i), (unsigned char)style);
}

/* Cells of the text, or width + 1 when it has more than that. */
static int measure(const struct mu_grid *grid, const char *text, int width)
{
    struct mu_glyph glyph;
    int used = 0;

    for (; (glyph = mu_glyph_next(text, &grid->glyphs)).taken > 0; text += glyph.taken) {
        used += glyph.width;
        if (used > width)
            return width + 1;
    }
    return used;
}

int mu_grid_put(struct mu_grid *grid, int row, int column, int width, const char *text,
                unsigned how, enum mu_style style)
{
    int cells, before = 0, used;

    if (!text)
        text = "";
    if (!clip(grid, row, &column, &width))
        return 0;
    split_edges(grid, row, column, width);
    cells = measure(grid, text, width);
    if (cells > width && (how & MU_WHOLE)) {
        for (int i = 0; i < width; i++)
            put_clusters(grid, row, column + i, 1, "#", style);
        return width;
    }
    if (cells > width) {
        bool mark = (how & MU_MARK) != 0;

        used = put_clusters(grid, row, column, mark ? width - 1 : width, text, style);
        if (mark)
            used += put_clusters(grid, row, column + used, 1, "~", style);
    } else {
        if (how & ALIGNMENT)
            before = (how & MU_CENTRE) ? (width - cells) / 2 : width - cells;
        put_blanks(grid, row, column, before, style);
        used = put_clusters(grid, row, column + before, cells, text, style);
    }
    put_blanks(grid, row, column + before + used, width - before - used, style);
    return used;
}

int mu_grid_run(struct mu_grid *grid, int row, int column, int width, const char *text,
                enum mu_style style)
{
    int cells;

    if (!text || width <= 0)
        return 0;
    cells = measure(grid, text, width);
    return mu_grid_put(grid, row, column, cells < width ? cells : width, text, MU_LEFT, style);
}

int mu_grid_say(struct mu_grid *grid, int row, int column, int width, unsigned how,
                enum mu_style style, enum mu_language language, enum mu_message message, ...)
{
    char sentence[SENTENCE];
    const char *arguments[MU_ERROR_ARGUMENTS];
    size_t count = 0;
    va_list list;

    va_start(list, message);
    while (count < MU_ERROR_ARGUMENTS && (arguments[count] = va_arg(list, const char *)) != NULL)
        count++;
    va_end(list);
    mu_message_fill(sentence, sizeof sentence, language, message, arguments, count);
    return mu_grid_put(grid, row, column, width, sentence, how, style);
}

/* Marks that must not begin a line. */
static bool clings(const char *text)
{
    static const char *const marks[] = {"，", "。", "、", "；", "：", "？", "！", "）", "》", "」",
                                        "”",  "…",  "%",  ",",  ".",  ";",  ":",  "?",  "!",  ")"};

    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (strncmp(text, marks[i], strlen(marks[i])) == 0)
            return true;
    return false;
}

/* Bytes of the text that make one line of `width` cells; *next gets where the next line starts. */
static size_t line_length(const char *text, int width, const char **next)
{
    size_t used = 0, good = 0, step;
    int cells = 0, glyph;
    bool wide = false;

    for (; (step = mu_text_cluster(text + used, &glyph)) > 0; used += step) {
        if (text[used] == '\n') {
            *next = text + used + 1;
            return used;
        }
        if (used > 0 && (text[used] == ' ' || ((wide || glyph == 2) && !clings(text + used))))
            good = used;
        if (cells + glyph > width) {
            size_t end = good > 0 ? good : used > 0 ? used : step;

            *next = text + end + strspn(text + end, " ");
            return end;
        }
        cells += glyph;
        wide = glyph == 2;
    }
    *next = text + used;
    return used;
}

int mu_grid_paragraph(struct mu_grid *grid, struct mu_area area, const char *text,
                      enum mu_style style)
{
    int lines = 0;
    char line[SENTENCE];

    mu_grid_fill(grid, area, style);
    while (*text && lines < area.rows && area.columns > 0) {
        const char *next;
        size_t length = line_length(text, area.columns, &next);

        if (length >= sizeof line)
            length = sizeof line - 1;
        memcpy(line, text, length);
        line[length] = '\0';
        mu_grid_put(grid, area.row + lines, area.column, area.columns, line, MU_LEFT, style);
        lines++;
        text = next;
    }
    return lines;
}

void mu_grid_fill(struct mu_grid *grid, struct mu_area area, enum mu_style style)
{
    for (int row = 0; row < area.rows; row++)
        mu_grid_put(grid, area.row + row, area.column, area.columns, "", MU_LEFT, style);
}

void mu_grid_restyle(struct mu_grid *grid, struct mu_area area, enum mu_style style)
{
    for (int row = area.row; row < area.row + area.rows; row++) {
        int column = area.column, width = area.columns;

        if (!clip(grid, row, &column, &width))
            continue;
        for (int i = 0; i < width; i++)
            at(grid, row, column + i)->style = (unsigned char)style;
    }
}

struct mu_area mu_grid_box(struct mu_grid *grid, struct mu_area area, const char *title)
{
    int right = area.column + area.columns - 1, bottom = area.row + area.rows - 1;
    struct mu_area inside = {area.row + 1, area.column + 1, area.rows - 2, area.columns - 2};

    mu_grid_fill(grid, area, MU_STYLE_NORMAL);
    for (int column = area.column + 1; column < right; column++) {
        mu_grid_put(grid, area.row, column, 1, "─", MU_LEFT, MU_STYLE_FRAME);
        mu_grid_put(grid, bottom, column, 1, "─", MU_LEFT, MU_STYLE_FRAME);
    }
    for (int row = area.row + 1; row < bottom; row++) {
        mu_grid_put(grid, row, area.column, 1, "│", MU_LEFT, MU_STYLE_FRAME);
        mu_grid_put(grid, row, right, 1, "│", MU_LEFT, MU_STYLE_FRAME);
    }
    mu_grid_put(grid, area.row, area.column, 1, "┌", MU_LEFT, MU_STYLE_FRAME);
    mu_grid_put(grid, area.row, right, 1, "┐", MU_LEFT, MU_STYLE_FRAME);
    mu_grid_put(grid, bottom, area.column, 1, "└", MU_LEFT, MU_STYLE_FRAME);
    mu_grid_put(grid, bottom, right, 1, "┘", MU_LEFT, MU_STYLE_FRAME);
    if (title && area.columns > 6) {
        int used = mu_grid_put(grid, area.row, area.column + 3, area.columns - 6, title, MU_MARK,
                               MU_STYLE_TITLE);

        mu_grid_put(grid, area.row, area.column + 2, 1, "", MU_LEFT, MU_STYLE_TITLE);
        mu_grid_put(grid, area.row, area.column + 3 + used, 1, "", MU_LEFT, MU_STYLE_TITLE);
        for (int column = area.column + 4 + used; column < right; column++)
            mu_grid_put(grid, area.row, column, 1, "─", MU_LEFT, MU_STYLE_FRAME);
    }
    return inside;
}

void mu_grid_cursor(struct mu_grid *grid, int row, int column)
{
    grid->cursor_row = row < 0 ? 0 : row >= grid->rows ? grid->rows - 1 : row;
    grid->cursor_column = column < 0 ? 0 : column >= grid->columns ? grid->columns - 1 : column;
}
