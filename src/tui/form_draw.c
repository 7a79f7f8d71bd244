#include "tui/form_state.h"

#include <mulin/base/text.h>

enum {
    TWO_COLUMNS = 76, /* cells of an area from which on fields stand side by side */
    MARGIN = 1,
    LONGEST_LABEL = 24,
    NARROWEST_INPUT = 8
};

/* Cells that a field of this kind asks for. */
static int wish(const struct mu_field *field)
{
    switch (field->kind) {
    case MU_FIELD_DATE:
    case MU_FIELD_YEAR:
    case MU_FIELD_FLOOR_AREA:
        return 12;
    case MU_FIELD_ID_NUMBER:
        return 20;
    case MU_FIELD_NAME:
    case MU_FIELD_CHOICE:
    case MU_FIELD_PHONE:
        return 24;
    case MU_FIELD_TEXT:
    case MU_FIELD_NOTE:
    case MU_FIELD_TAGS:
        break;
    }
    return 48;
}

static enum mu_message mark_of(const struct mu_form *form, size_t index, enum mu_style *style)
{
    const struct mu_entry *entry = &form->entry[index];

    *style = MU_STYLE_HINT;
    if (entry->bad) {
        *style = MU_STYLE_BAD;
        return MU_SAY_tui_form_bad;
    }
    if (entry->mark == MU_ENTRY_CARRIED)
        return MU_SAY_tui_form_carried;
    if (entry->mark == MU_ENTRY_SUGGESTED)
        return MU_SAY_tui_form_suggested;
    if (form->fields[index].required) {
        *style = entry->line.length > 0 ? MU_STYLE_HINT : MU_STYLE_WARNING;
        return MU_SAY_tui_form_required;
    }
    return MU_SAY_COUNT;
}

/* Cells of the labels of the fields from `first` to before `end`. */
static int widest_label(const struct mu_form *form, int first, int end)
{
    int widest = 0;

    for (int i = first; i < end && i < (int)form->count; i++) {
        int cells = mu_text_cells(mu_message_text(form->fields[i].label, form->language));

        widest = cells > widest ? cells : widest;
    }
    return widest < LONGEST_LABEL ? widest : LONGEST_LABEL;
}

static int widest_mark(enum mu_language language)
{
    static const enum mu_message marks[] = {MU_SAY_tui_form_bad, MU_SAY_tui_form_carried,
                                            MU_SAY_tui_form_suggested, MU_SAY_tui_form_required};
    int widest = 0;

    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        int cells = mu_text_cells(mu_message_text(marks[i], language));

        widest = cells > widest ? cells : widest;
    }
    return widest;
}

static void draw_field(struct mu_form *form, struct mu_grid *grid, size_t index,
                       struct mu_area area, int label, bool focus)
{
    const struct mu_field *field = &form->fields[index];
    enum mu_style style;
    enum mu_message mark = mark_of(form, index, &style);
    int room;
    int width;

    area.column += MARGIN;
    area.columns -= MARGIN;
    room = area.columns - label - 2 - widest_mark(form->language);
    width = wish(field) < room ? wish(field) : room;
    if (width < NARROWEST_INPUT)
        width = NARROWEST_INPUT;
    mu_grid_put(grid, area.row, area.column, label, mu_message_text(field->label, form->language),
                MU_RIGHT | MU_MARK, MU_STYLE_LABEL);
    mu_line_edit_draw(&form->entry[index].line, grid, area.row, area.column + label + 1, width,
                      focus, form->language);
    if (mark != MU_SAY_COUNT)
        mu_grid_run(grid, area.row, area.column + label + 2 + width,
                    area.columns - label - 2 - width, mu_message_text(mark, form->language), style);
}

static void draw_hint(const struct mu_form *form, struct mu_grid *grid, int row)
{
    const struct mu_field *field = mu_form_field(form);

    mu_grid_say(grid, row, 0, grid->columns, MU_MARK, MU_STYLE_HINT, form->language,
                MU_SAY_tui_form_hint, mu_message_text(field->label, form->language),
                mu_message_text(field->help, form->language), NULL);
}

static int columns_in(const struct mu_form *form, struct mu_area area)
{
    return area.columns >= TWO_COLUMNS && (int)form->count > area.rows / 2 ? 2 : 1;
}

int mu_form_rows(const struct mu_form *form, struct mu_area area)
{
    int columns = columns_in(form, area), rows = ((int)form->count + columns - 1) / columns;

    return rows < area.rows ? rows : area.rows;
}

void mu_form_draw(struct mu_form *form, struct mu_grid *grid, struct mu_area area, int hint_row,
                  bool focus)
{
    int count = (int)form->count;
    int columns = columns_in(form, area);
    int per = (count + columns - 1) / columns, row;
    int label[2] = {widest_label(form, 0, per), widest_label(form, per, count)};
    struct mu_area field = {.rows = 1, .columns = (area.columns - (columns - 1)) / columns};

    mu_grid_fill(grid, area, MU_STYLE_NORMAL);
    if (per < 1)
        return;
    row = (int)form->focus % per;
    if (row < form->top)
        form->top = row;
    if (row >= form->top + area.rows)
        form->top = row - area.rows + 1;
    if (form->top + area.rows > per)
        form->top = per > area.rows ? per - area.rows : 0;
    for (int i = 0; i < count; i++) {
        int line = i % per - form->top;

        if (line < 0 || line >= area.rows || i == (int)form->focus)
            continue;
        field.row = area.row + line;
        field.column = area.column + i / per * (field.columns + 1);
        draw_field(form, grid, (size_t)i, field, label[i / per], false);
    }
    field.row = area.row + row - form->top;
    field.column = area.column + (int)form->focus / per * (field.columns + 1);
    draw_field(form, grid, form->focus, field, label[(int)form->focus / per], focus);
    draw_hint(form, grid, hint_row);
}

void mu_form_draw_box(struct mu_form *form, struct mu_grid *grid, int row, int column, int width)
{
    mu_line_edit_draw(&form->entry[form->focus].line, grid, row, column, width, true,
                      form->language);
}
