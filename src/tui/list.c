#include "tui/list.h"

#include <mulin/base/text.h>

#include <stdio.h>
#include <string.h>

enum { MARGIN = 2, GAP = 2 }; /* cells: cursor and mark before a row; between columns */

void mu_list_init(struct mu_list *list, const struct mu_column *columns, size_t column_count,
                  const struct mu_list_source *source, void *context)
{
    memset(list, 0, sizeof *list);
    list->columns = columns;
    list->column_count = column_count < MU_LIST_COLUMNS ? column_count : MU_LIST_COLUMNS;
    list->source = source;
    list->context = context;
    list->sort_column = -1;
    list->page = 1;
}

void mu_list_count(struct mu_list *list, size_t count)
{
    list->count = count;
    if (list->cursor >= count)
        list->cursor = count > 0 ? count - 1 : 0;
}

/* Up, down, and then the next column that can be sorted; behind the last, as the rows come. */
static enum mu_list_result sort_next(struct mu_list *list)
{
    if (list->sort_column >= 0 && !list->descending) {
        list->descending = true;
        return MU_LIST_SORTED;
    }
    list->descending = false;
    do
        list->sort_column++;
    while ((size_t)list->sort_column < list->column_count &&
           !list->columns[list->sort_column].sortable);
    if ((size_t)list->sort_column >= list->column_count)
        list->sort_column = -1;
    return MU_LIST_SORTED;
}

static enum mu_list_result mark(struct mu_list *list, size_t *row)
{
    if (!list->source->marked || list->count == 0)
        return MU_LIST_IGNORED;
    if (row)
        *row = list->cursor;
    if (list->cursor + 1 < list->count)
        list->cursor++;
    return MU_LIST_MARKED;
}

enum mu_list_result mu_list_event(struct mu_list *list, const struct mu_event *event, size_t *row)
{
    size_t last = list->count > 0 ? list->count - 1 : 0;
    size_t page = list->page > 1 ? (size_t)list->page - 1 : 1; /* one row stays in view */
    size_t cursor = list->cursor;

    if (event->kind != MU_EVENT_KEY)
        return MU_LIST_IGNORED;
    switch ((int)event->action) {
    case MU_DO_up:
        cursor -= cursor > 0;
        break;
    case MU_DO_down:
        cursor += cursor < last;
        break;
    case MU_DO_page_up:
        cursor = cursor > page ? cursor - page : 0;
        break;
    case MU_DO_page_down:
        cursor = last - cursor > page ? cursor + page : last;
        break;
    case MU_DO_first:
        cursor = 0;
        break;
    case MU_DO_last:
        cursor = last;
        break;
    case MU_DO_accept:
        return list->count > 0 && !event->scan ? MU_LIST_OPENED : MU_LIST_IGNORED;
    case MU_DO_sort:
        return sort_next(list);
    case MU_DO_mark:
        return mark(list, row);
    default:
        return MU_LIST_IGNORED;
    }
    list->cursor = cursor;
    if (row)
        *row = cursor;
    return MU_LIST_MOVED;
}

static int least(const struct mu_column *column)
{
    return (column->how & MU_WHOLE) ? column->widest : column->narrowest;
}

/* Cells of all columns that are shown (width > 0) and the gaps between them. */
static int total(const struct mu_list *list, const int *width)
{
    int cells = 0;

    for (size_t i = 0; i < list->column_count; i++)
        if (width[i] > 0)
            cells += width[i] + (cells > 0 ? GAP : 0);
    return cells;
}

/* Takes away the column that matters least. False when only those are left that always show. */
static bool drop_one(const struct mu_list *list, int *width)
{
    size_t least_needed = list->column_count;

    for (size_t i = 0; i < list->column_count; i++)
        if (width[i] > 0 && list->columns[i].priority > 0 &&
            (least_needed == list->column_count ||
             list->columns[i].priority >= list->columns[least_needed].priority))
            least_needed = i;
    if (least_needed == list->column_count)
        return false;
    width[least_needed] = 0;
    return true;
}

/* Shares the cells of a row out to the columns; 0 for those without room. */
static void set_widths(const struct mu_list *list, int cells, int width[MU_LIST_COLUMNS])
{
    int rest, highest = 0;

    for (size_t i = 0; i < list->column_count; i++) {
        width[i] = least(&list->columns[i]);
        if (list->columns[i].priority > highest)
            highest = list->columns[i].priority;
    }
    while (total(list, width) > cells && drop_one(list, width))
        ;
    rest = cells - total(list, width);
    for (int priority = 0; priority <= highest && rest > 0; priority++) {
        for (size_t i = 0; i < list->column_count && rest > 0; i++) {
            int more = list->columns[i].widest - width[i];

            if (width[i] == 0 || list->columns[i].priority != priority || more <= 0)
                continue;
            more = more < rest ? more : rest;
            width[i] += more;
            rest -= more;
        }
    }
}

static void draw_heading(const struct mu_list *list, struct mu_grid *grid, struct mu_area area,
                         const int *width, enum mu_language language)
{
    int column = area.column + MARGIN, end = area.column + area.columns;
    char title[MU_LIST_CELL_SIZE];

    mu_grid_put(grid, area.row, area.column, area.columns, "", MU_LEFT, MU_STYLE_TITLE);
    for (size_t i = 0; i < list->column_count; i++) {
        const char *arrow = "";

        if (width[i] == 0)
            continue;
        if ((int)i == list->sort_column)
            arrow = list->descending ? "↓" : "↑";
        snprintf(title, sizeof title, "%s%s", mu_message_text(list->columns[i].title, language),
                 arrow);
        mu_grid_put(grid, area.row, column, width[i] < end - column ? width[i] : end - column,
                    title, list->columns[i].how & (MU_RIGHT | MU_CENTRE), MU_STYLE_TITLE);
        column += width[i] + GAP;
    }
}

static void draw_row(const struct mu_list *list, struct mu_grid *grid, struct mu_area area,
                     size_t row, const int *width, bool selected, enum mu_language language)
{
    int column = area.column + MARGIN, end = area.column + area.columns;
    bool marked = list->source->marked && list->source->marked(list->context, row);
    enum mu_style base = selected ? MU_STYLE_SELECTED : MU_STYLE_NORMAL;
    char text[MU_LIST_CELL_SIZE];

    mu_grid_put(grid, area.row, area.column, area.columns, "", MU_LEFT, base);
    mu_grid_put(grid, area.row, area.column, 1, selected ? ">" : " ", MU_LEFT, base);
    mu_grid_put(grid, area.row, area.column + 1, 1, marked ? "*" : " ", MU_LEFT, base);
    for (size_t i = 0; i < list->column_count && column < end; i++) {
        enum mu_style style = MU_STYLE_NORMAL;

        if (width[i] == 0)
            continue;
        text[0] = '\0';
        list->source->cell(list->context, row, i, language, text, sizeof text, &style);
        mu_grid_put(grid, area.row, column, width[i] < end - column ? width[i] : end - column, text,
                    list->columns[i].how, selected ? base : style);
        column += width[i] + GAP;
    }
}

void mu_list_draw(struct mu_list *list, struct mu_grid *grid, struct mu_area area, bool focus,
                  enum mu_language language)
{
    int width[MU_LIST_COLUMNS] = {0};
    struct mu_area line = {area.row, area.column, 1, area.columns};

    mu_grid_fill(grid, area, MU_STYLE_NORMAL);
    set_widths(list, area.columns - MARGIN, width);
    draw_heading(list, grid, line, width, language);
    list->page = area.rows > 1 ? area.rows - 1 : 1;
    if (list->cursor < list->top)
        list->top = list->cursor;
    if (list->cursor >= list->top + (size_t)list->page)
        list->top = list->cursor + 1 - (size_t)list->page;
    if (list->top + (size_t)list->page > list->count)
        list->top = list->count > (size_t)list->page ? list->count - (size_t)list->page : 0;
    for (int i = 0; i < list->page && list->top + (size_t)i < list->count; i++) {
        size_t row = list->top + (size_t)i;

        line.row = area.row + 1 + i;
        draw_row(list, grid, line, row, width, focus && row == list->cursor, language);
        if (focus && row == list->cursor)
            mu_grid_cursor(grid, line.row, line.column);
    }
    if (list->count == 0 && focus && grid->cursor_row == 0) /* not in a line that is typed into */
        mu_grid_cursor(grid, area.row + 1, area.column + MARGIN);
    if (list->count == 0)
        mu_grid_put(grid, area.row + 1, area.column + MARGIN, area.columns - MARGIN,
                    mu_message_text(list->empty ? list->empty : MU_SAY_tui_list_empty, language),
                    MU_MARK, MU_STYLE_HINT);
}

/* 3456 as 3,456. */
static void group_digits(size_t number, char *out, size_t size)
{
    char digits[24];
    int count = snprintf(digits, sizeof digits, "%zu", number);
    size_t used = 0;

    for (int i = 0; i < count && used + 2 < size; i++) {
        if (i > 0 && (count - i) % 3 == 0)
            out[used++] = ',';
        out[used++] = digits[i];
    }
    out[used] = '\0';
}

void mu_list_position(const struct mu_list *list, char *out, size_t size)
{
    char cursor[40], count[40];

    group_digits(list->cursor + 1, cursor, sizeof cursor);
    group_digits(list->count, count, sizeof count);
    if (list->count == 0)
        snprintf(out, size, "0");
    else
        snprintf(out, size, "%s / %s", cursor, count);
}
