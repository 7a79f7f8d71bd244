#include "tui/line_edit.h"

#include "tui/typable.h"

#include <mulin/base/text.h>

#include <string.h>

void mu_line_edit_init(struct mu_line_edit *line, size_t size)
{
    memset(line, 0, sizeof *line);
    if (size > MU_LINE_SIZE)
        size = MU_LINE_SIZE;
    line->limit = size > 0 ? size - 1 : 0;
}

void mu_line_edit_clear(struct mu_line_edit *line)
{
    line->text[0] = '\0';
    line->length = line->caret = line->first = 0;
    line->full = false;
}

/* The first place between clusters at or behind `offset`; the end when there is none. */
static size_t boundary(const struct mu_line_edit *line, size_t offset)
{
    size_t at = 0;

    while (at < offset && at < line->length)
        at += mu_text_cluster(line->text + at, NULL);
    return at;
}

/* The start of the cluster before `offset`. */
static size_t before(const struct mu_line_edit *line, size_t offset)
{
    size_t at = 0, last = 0;

    while (at < offset) {
        last = at;
        at += mu_text_cluster(line->text + at, NULL);
    }
    return last;
}

static uint32_t fold(uint32_t rune)
{
    if (rune >= 0xFF01 && rune <= 0xFF5E)
        return rune - 0xFEE0;
    return rune == 0x3000 ? ' ' : rune;
}

/* Puts one character in at the caret. False when there is no room. */
static bool insert_rune(struct mu_line_edit *line, uint32_t rune)
{
    char bytes[5];
    size_t step = mu_text_encode(rune, bytes);

    if (line->length + step > line->limit)
        return false;
    memmove(line->text + line->caret + step, line->text + line->caret,
            line->length - line->caret + 1);
    memcpy(line->text + line->caret, bytes, step);
    line->length += step;
    line->caret += step;
    return true;
}

static enum mu_line_result insert(struct mu_line_edit *line, const char *text)
{
    uint32_t rune, previous = mu_rune_before(line->text, line->caret);
    size_t step, length = line->length;

    for (; (step = mu_text_rune(text, &rune)) > 0; text += step) {
        if (rune == '\r' && text[1] == '\n')
            continue;
        if (rune == '\r' || rune == '\n' || rune == '\t')
            rune = ' ';
        if (line->folded)
            rune = fold(rune);
        if (!mu_is_typable(rune, step, previous))
            continue;
        if (!insert_rune(line, rune)) {
            line->full = true;
            break;
        }
        previous = rune;
    }
    line->caret = boundary(line, line->caret);
    if (line->full)
        return MU_LINE_FULL;
    return line->length == length ? MU_LINE_USED : MU_LINE_CHANGED;
}

static enum mu_line_result erase(struct mu_line_edit *line, size_t from, size_t to)
{
    if (from == to)
        return MU_LINE_USED;
    memmove(line->text + from, line->text + to, line->length - to + 1);
    line->length -= to - from;
    line->caret = boundary(line, from); /* what was apart may now be one cluster */
    return MU_LINE_CHANGED;
}

void mu_line_edit_take_back(struct mu_line_edit *line, const char *text)
{
    size_t length = strlen(text);

    while (length > 0 &&
           (length > line->caret || memcmp(line->text + line->caret - length, text, length) != 0))
        length = line->full ? length - 1 : 0;
    erase(line, line->caret - length, line->caret);
    line->full = false;
}

void mu_line_edit_set(struct mu_line_edit *line, const char *text)
{
    mu_line_edit_clear(line);
    insert(line, text);
}

enum mu_line_result mu_line_edit_event(struct mu_line_edit *line, const struct mu_event *event)
{
    size_t after = line->caret + mu_text_cluster(line->text + line->caret, NULL);

    if (event->kind == MU_EVENT_TEXT || event->kind == MU_EVENT_PASTE) {
        line->full = false;
        return insert(line, event->text);
    }
    if (event->kind != MU_EVENT_KEY)
        return MU_LINE_IGNORED;
    switch ((int)event->action) {
    case MU_DO_left:
        line->caret = before(line, line->caret);
        break;
    case MU_DO_right:
        line->caret = after;
        break;
    case MU_DO_first:
        line->caret = 0;
        break;
    case MU_DO_last:
        line->caret = line->length;
        break;
    case MU_DO_erase:
        line->full = false;
        return erase(line, before(line, line->caret), line->caret);
    case MU_DO_delete:
        line->full = false;
        return erase(line, line->caret, after);
    default:
        return MU_LINE_IGNORED;
    }
    line->full = false;
    return MU_LINE_USED;
}

/* Cells from one offset to another. */
static int cells_between(const struct mu_line_edit *line, size_t from, size_t to)
{
    int total = 0, cells;

    while (from < to) {
        size_t step = mu_text_cluster(line->text + from, &cells);

        total += line->masked ? 1 : cells;
        from += step;
    }
    return total;
}

/* Scrolls by whole clusters so that the caret, with the cluster under it, is in view, and nothing
 * stays hidden on the left while there is room. */
static void scroll(struct mu_line_edit *line, int width)
{
    size_t step;
    int under;

    step = mu_text_cluster(line->text + line->caret, &under);
    if (step == 0 || line->masked)
        under = 1;
    line->first = boundary(line, line->first);
    if (line->first > line->caret)
        line->first = line->caret;
    while (line->first < line->caret &&
           cells_between(line, line->first, line->caret) + under > width)
        line->first += mu_text_cluster(line->text + line->first, NULL);
    while (line->first > 0 &&
           cells_between(line, before(line, line->first), line->length) + 1 <= width)
        line->first = before(line, line->first);
}

static void stars(const struct mu_line_edit *line, char *out, size_t size)
{
    size_t count = (size_t)cells_between(line, line->first, line->length);

    if (count >= size)
        count = size - 1;
    memset(out, '*', count);
    out[count] = '\0';
}

void mu_line_edit_draw(struct mu_line_edit *line, struct mu_grid *grid, int row, int column,
                       int width, bool focus, enum mu_language language)
{
    enum mu_style style = focus ? MU_STYLE_FOCUS : MU_STYLE_INPUT;
    char hidden[MU_LINE_SIZE];
    const char *shown;

    if (line->full && focus) {
        const char *word = mu_message_text(MU_SAY_tui_line_full, language);
        int cells = mu_text_cells(word);

        if (cells < width - 2) {
            width -= cells;
            mu_grid_put(grid, row, column + width, cells, word, MU_LEFT, MU_STYLE_WARNING);
        }
    }
    if (focus)
        scroll(line, width);
    else
        line->first = 0;
    shown = line->text + line->first;
    if (line->masked) {
        stars(line, hidden, sizeof hidden);
        shown = hidden;
    }
    if (line->length == 0 && line->placeholder)
        mu_grid_put(grid, row, column, width, mu_message_text(line->placeholder, language), MU_MARK,
                    focus ? MU_STYLE_GHOST : MU_STYLE_HINT);
    else
        mu_grid_put(grid, row, column, width, shown, focus ? MU_LEFT : MU_MARK, style);
    if (focus)
        mu_grid_cursor(grid, row, column + cells_between(line, line->first, line->caret));
}
