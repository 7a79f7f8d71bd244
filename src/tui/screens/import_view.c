#include "tui/screens/import_screen.h"

#include <mulin/base/text.h>

#include <stdio.h>

enum { NAME, SIZE, CHANGED, FILE_COLUMNS };

static const struct mu_column file_columns[FILE_COLUMNS] = {
    [NAME] = {MU_SAY_import_file, 20, 60, 0, MU_MARK, false},
    [SIZE] = {MU_SAY_import_size, 10, 12, 1, MU_RIGHT | MU_WHOLE, false},
    [CHANGED] = {MU_SAY_import_changed_at, 16, 16, 2, MU_LEFT | MU_WHOLE, false},
};

static void file_cell(void *context, size_t row, size_t column, enum mu_language language,
                      char *out, size_t size, enum mu_style *style)
{
    const struct import_screen *self = context;
    const struct mu_table_entry *entry = &self->files->entry[row];
    char count[MU_COUNT_SIZE], moment[MU_MOMENT_SIZE];

    *out = '\0';
    if (entry->folder)
        *style = MU_STYLE_DIM;
    if (column == NAME) {
        snprintf(out, size, "%s%s", entry->name, entry->folder ? "/" : "");
    } else if (column == SIZE && !entry->folder) {
        mu_count_text((entry->size + 1023) / 1024, count);
        mu_message_format(out, size, language, MU_SAY_import_kib, count, NULL);
    } else if (column == CHANGED && !entry->folder) {
        mu_moment_format(mu_table_entry_changed(entry), moment);
        moment[MU_DATE_SIZE - 1] = ' ';
        moment[MU_DATE_SIZE + MU_CLOCK_SIZE - 1] = '\0';
        mu_text_copy(out, size, moment);
    }
}

static const struct mu_list_source file_source = {.cell = file_cell};

enum { HEADER, FIELD, SAMPLE, COLUMN_COLUMNS };

static const struct mu_column column_columns[COLUMN_COLUMNS] = {
    [HEADER] = {MU_SAY_import_header, 14, 20, 0, MU_MARK, false},
    [FIELD] = {MU_SAY_import_field, 16, 22, 0, MU_MARK, false},
    [SAMPLE] = {MU_SAY_import_sample, 14, 80, 1, MU_MARK, false},
};

static void column_cell(void *context, size_t row, size_t column, enum mu_language language,
                        char *out, size_t size, enum mu_style *style)
{
    static const enum mu_message words[] = {
        [MU_COLUMN_FIELD] = MU_SAY_import_passed,
        [MU_COLUMN_REASON] = MU_SAY_import_of_rejects,
        [MU_COLUMN_UNKNOWN] = MU_SAY_import_unknown_column,
        [MU_COLUMN_BLANK] = MU_SAY_import_blank_column,
        [MU_COLUMN_PASSED] = MU_SAY_import_passed,
    };
    const struct import_screen *self = context;
    const struct mu_import_column *of = &self->look->column[row];

    if (column == HEADER) {
        mu_text_copy(out, size, of->name);
    } else if (column == SAMPLE) {
        mu_text_copy(out, size, of->sample);
    } else if (of->field) {
        mu_text_copy(out, size, mu_message_text(of->field->label, language));
    } else {
        mu_text_copy(out, size, mu_message_text(words[of->use], language));
        *style = of->use == MU_COLUMN_UNKNOWN ? MU_STYLE_WARNING : MU_STYLE_DIM;
    }
}

static const struct mu_list_source column_source = {.cell = column_cell};

static const struct mu_column line_columns[] = {{MU_SAY_import_result, 40, 400, 0, MU_MARK, false}};

static void line_cell(void *context, size_t row, size_t column, enum mu_language language,
                      char *out, size_t size, enum mu_style *style)
{
    const struct import_screen *self = context;

    (void)column, (void)language;
    mu_text_copy(out, size, self->result->line[row].text);
    *style = self->result->line[row].style;
}

static const struct mu_list_source line_source = {.cell = line_cell};

static void draw_choose(struct import_screen *self, struct mu_grid *grid,
                        const struct mu_layout *layout, enum mu_language language)
{
    struct mu_area area = layout->work;
    int column = 1;

    column += mu_grid_run(grid, layout->status_row, column, 12,
                          mu_message_text(MU_SAY_import_box, language), MU_STYLE_LABEL);
    area.row++, area.rows--;
    mu_list_draw(&self->file_list, grid, area, true, language);
    mu_line_edit_draw(&self->box, grid, layout->status_row, column, layout->columns - column - 1,
                      true, language);
}

/* GB18030 · 逗号 · 21,000 行 */
static void draw_columns(struct import_screen *self, struct mu_grid *grid,
                         const struct mu_layout *layout, enum mu_language language)
{
    const struct mu_import_look *seen = self->look;
    struct mu_area area = layout->work;
    char count[MU_COUNT_SIZE], text[MU_MESSAGE_SIZE];
    const char *encoding = seen->format.encoding == MU_ENCODING_GB18030 ? "GB18030"
                           : seen->format.byte_order_mark               ? "UTF-8 BOM"
                                                                        : "UTF-8";
    enum mu_message separator = seen->format.separator == ';'    ? MU_SAY_import_semicolon
                                : seen->format.separator == '\t' ? MU_SAY_import_tab
                                                                 : MU_SAY_import_comma;

    mu_count_text(seen->rows, count);
    mu_grid_say(grid, layout->status_row, 1, layout->columns - 1, MU_MARK, MU_STYLE_TITLE, language,
                MU_SAY_import_looked_at, import_file_name(self), encoding,
                mu_message_text(separator, language), count, NULL);
    if (self->faulty) {
        mu_error_text(&self->fault, language, text, sizeof text);
        mu_grid_put(grid, area.row, 1, layout->columns - 1, text, MU_MARK, MU_STYLE_BAD);
    } else if (self->mapping->count) {
        mu_count_text((int64_t)self->mapping->count, count);
        mu_grid_say(grid, area.row, 1, layout->columns - 1, MU_MARK, MU_STYLE_NORMAL, language,
                    *self->mapping_name ? MU_SAY_import_mapped_by : MU_SAY_import_mapped, count,
                    self->mapping_name, NULL);
    }
    area.row++, area.rows--;
    mu_list_draw(&self->column_list, grid, area, true, language);
}

static void draw_lines(struct import_screen *self, struct mu_grid *grid,
                       const struct mu_layout *layout, enum mu_language language)
{
    const struct mu_import_report *report = &self->result->report;
    const int64_t counts[] = {report->rows,     report->added, report->updated, report->unchanged,
                              report->rejected, report->homes, report->twins};
    char number[7][MU_COUNT_SIZE], text[MU_MESSAGE_SIZE];
    struct mu_area area = layout->work;

    for (size_t i = 0; i < 7; i++)
        mu_count_text(counts[i], number[i]);
    mu_grid_say(grid, layout->status_row, 1, layout->columns - 1, MU_MARK, MU_STYLE_TITLE, language,
                self->stage == IMPORT_CHECKED ? MU_SAY_import_would : MU_SAY_import_did,
                import_file_name(self), NULL);
    mu_message_format(text, sizeof text, language, MU_SAY_import_done, number[0], number[1],
                      number[2], number[3], NULL);
    mu_grid_put(grid, area.row, 1, layout->columns - 1, text, MU_MARK, MU_STYLE_BIG);
    mu_grid_say(grid, area.row + 1, 1, layout->columns - 1, MU_MARK,
                report->rejected ? MU_STYLE_WARNING : MU_STYLE_NORMAL, language,
                MU_SAY_import_besides, number[4], number[5], number[6], NULL);
    area.row += 2, area.rows -= 2;
    mu_list_draw(&self->line_list, grid, area, true, language);
}

void import_draw(struct mu_app *app, void *state, struct mu_grid *grid,
                 const struct mu_layout *layout)
{
    static const enum mu_message hints[] = {
        [IMPORT_CHOOSE] = MU_SAY_import_choose_hint,
        [IMPORT_COLUMNS] = MU_SAY_import_columns_hint,
        [IMPORT_CHECKED] = MU_SAY_import_checked_hint,
        [IMPORT_DONE] = MU_SAY_import_done_hint,
    };
    struct import_screen *self = state;
    enum mu_language language = mu_app_language(app);

    mu_grid_put(grid, layout->hint_row, 1, layout->columns - 1,
                mu_message_text(hints[self->stage], language), MU_LEFT, MU_STYLE_HINT);
    if (self->stage == IMPORT_CHOOSE)
        draw_choose(self, grid, layout, language);
    else if (self->stage == IMPORT_COLUMNS)
        draw_columns(self, grid, layout, language);
    else
        draw_lines(self, grid, layout, language);
}

void import_lists_init(struct import_screen *self)
{
    mu_list_init(&self->file_list, file_columns, FILE_COLUMNS, &file_source, self);
    self->file_list.empty = MU_SAY_import_no_files;
    mu_list_init(&self->column_list, column_columns, COLUMN_COLUMNS, &column_source, self);
    mu_list_init(&self->line_list, line_columns, 1, &line_source, self);
}
