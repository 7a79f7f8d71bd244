/* Whatever is drawn: every cell holds one whole character that does nothing to a terminal but show
 * itself. The first byte of an input says what the terminal can show; then each piece begins with
 * how it is drawn, where (two bytes) and how wide, and its text as a length and as many bytes. */
#include "fuzz.h"

#include "tui/grid.h"

#include <mulin/base/text.h>

#include <locale.h>
#include <utf8proc.h>
#include <wchar.h>

enum { ROWS = 6, COLUMNS = 24, HEAD = 5 };

static int cells_of(uint32_t rune)
{
    return wcwidth((wchar_t)rune);
}

/* Format characters that are drawn: the signs that Arabic, Syriac and Kaithi numbers stand under.
 */
static bool is_number_sign(uint32_t rune)
{
    return (rune >= 0x600 && rune <= 0x605) || rune == 0x6DD || rune == 0x70F || rune == 0x890 ||
           rune == 0x891 || rune == 0x8E2 || rune == 0x110BD || rune == 0x110CD;
}

/* Said by Unicode's categories, so that it does not repeat what mu_text_check says. */
static bool shows_itself(uint32_t rune)
{
    switch (utf8proc_category((utf8proc_int32_t)rune)) {
    case UTF8PROC_CATEGORY_CC:
    case UTF8PROC_CATEGORY_CS:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP:
        return false;
    case UTF8PROC_CATEGORY_CF:
        return is_number_sign(rune);
    default:
        return true;
    }
}

static void only_shows_itself(const char *text)
{
    uint32_t rune;
    size_t step;

    HOLDS(mu_text_valid(text, strlen(text)));
    for (; (step = mu_text_rune(text, &rune)) > 0; text += step)
        HOLDS(shows_itself(rune));
}

static void is_sound(const struct mu_grid *grid)
{
    for (int i = 0; i < ROWS * COLUMNS; i++) {
        const struct mu_cell *cell = &grid->cell[i];
        bool last = i % COLUMNS == COLUMNS - 1, first = i % COLUMNS == 0;
        size_t length = strlen(cell->text);
        int cells;

        if (cell->width == 0) {
            HOLDS(!first && cell[-1].width == 2 && length == 0);
            continue;
        }
        HOLDS(cell->width == 1 || (cell->width == 2 && !last && cell[1].width == 0));
        HOLDS(length > 0 && mu_text_check(cell->text, false) == MU_TEXT_GOOD);
        HOLDS(mu_text_cluster(cell->text, &cells) == length && cells == cell->width);
        only_shows_itself(cell->text);
        if (grid->glyphs.cells) {
            uint32_t rune;

            mu_text_rune(cell->text, &rune);
            HOLDS(cells_of(rune) == cell->width);
        }
    }
    HOLDS(grid->cursor_row >= 0 && grid->cursor_row < ROWS);
    HOLDS(grid->cursor_column >= 0 && grid->cursor_column < COLUMNS);
}

static void draw(struct mu_grid *grid, const uint8_t *head, const char *text)
{
    enum mu_style style = (enum mu_style)(head[0] / 16 % MU_STYLE_COUNT);
    int row = head[1] % (ROWS + 2) - 1, column = head[2] % (COLUMNS + 4) - 2;
    int width = head[3] % (COLUMNS + 4) - 1, used;
    struct mu_area area = {row, column, head[0] / 16 % (ROWS + 1), width};

    switch (head[0] % 16) {
    case 12:
        used = mu_grid_run(grid, row, column, width, text, style);
        HOLDS(used >= 0 && used <= COLUMNS);
        break;
    case 13:
        HOLDS(mu_grid_paragraph(grid, area, text, style) <= area.rows);
        break;
    case 14:
        mu_grid_box(grid, area, text);
        break;
    case 15:
        mu_grid_say(grid, row, column, width, MU_MARK, style, MU_ENGLISH, MU_SAY_error_file_exists,
                    text, NULL);
        break;
    default:
        used = mu_grid_put(grid, row, column, width, text, head[0] % 16, style);
        HOLDS(used >= 0 && used <= COLUMNS);
    }
    mu_grid_cursor(grid, row, column);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct mu_grid *grid;

    if (size == 0)
        return 0;
    HOLDS(setlocale(LC_CTYPE, "C.UTF-8")); /* for wcwidth */
    grid = mu_grid_new(ROWS, COLUMNS);
    HOLDS(grid);
    grid->glyphs.wide_ambiguous = data[0] & 1;
    grid->glyphs.cells = data[0] & 2 ? cells_of : NULL;
    data++;
    size--;
    while (size >= HEAD) {
        size_t length = data[HEAD - 1];
        char *text;

        if (length > size - HEAD)
            length = size - HEAD;
        text = fuzz_string(data + HEAD, length);
        draw(grid, data, text);
        free(text);
        is_sound(grid);
        data += HEAD + length;
        size -= HEAD + length;
    }
    mu_grid_free(&grid);
    return 0;
}
