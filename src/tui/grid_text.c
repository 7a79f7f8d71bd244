#include "tui/grid.h"

#include <stdio.h>
#include <string.h>

static const char letters[MU_STYLE_COUNT + 1] = {
    [MU_STYLE_NORMAL] = '.',   [MU_STYLE_BAR] = '=',   [MU_STYLE_TITLE] = 't',
    [MU_STYLE_LABEL] = 'l',    [MU_STYLE_VALUE] = 'v', [MU_STYLE_HINT] = 'h',
    [MU_STYLE_SELECTED] = 's', [MU_STYLE_GOOD] = 'g',  [MU_STYLE_WARNING] = 'w',
    [MU_STYLE_BAD] = 'b',      [MU_STYLE_DIM] = 'd',   [MU_STYLE_KEY] = 'k',
    [MU_STYLE_INPUT] = 'i',    [MU_STYLE_FOCUS] = 'f', [MU_STYLE_BIG] = 'B',
    [MU_STYLE_FRAME] = '+',    [MU_STYLE_GHOST] = 'o',
};

struct writer {
    char *out;
    size_t size, needed;
};

static void write_bytes(struct writer *writer, const char *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++, writer->needed++)
        if (writer->needed + 1 < writer->size)
            writer->out[writer->needed] = bytes[i];
}

static void write_row(struct writer *writer, const struct mu_cell *row, int columns)
{
    while (columns > 0 && strcmp(row[columns - 1].text, " ") == 0)
        columns--;
    for (int i = 0; i < columns; i++)
        write_bytes(writer, row[i].text, strlen(row[i].text));
    write_bytes(writer, "\n", 1);
}

static void write_styles(struct writer *writer, const struct mu_cell *row, int columns)
{
    while (columns > 0 && row[columns - 1].style == MU_STYLE_NORMAL)
        columns--;
    for (int i = 0; i < columns; i++)
        write_bytes(writer, &letters[row[i].style], 1);
    write_bytes(writer, "\n", 1);
}

size_t mu_grid_text(const struct mu_grid *grid, char *out, size_t size)
{
    struct writer writer = {out, size, 0};
    size_t columns = (size_t)grid->columns;
    char cursor[48];

    for (size_t row = 0; row < (size_t)grid->rows; row++)
        write_row(&writer, &grid->cell[row * columns], grid->columns);
    write_bytes(&writer, "----\n", 5);
    for (size_t row = 0; row < (size_t)grid->rows; row++)
        write_styles(&writer, &grid->cell[row * columns], grid->columns);
    snprintf(cursor, sizeof cursor, "----\ncursor %d %d\n", grid->cursor_row, grid->cursor_column);
    write_bytes(&writer, cursor, strlen(cursor));
    if (size > 0)
        out[writer.needed < size ? writer.needed : size - 1] = '\0';
    return writer.needed;
}
