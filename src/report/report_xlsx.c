#include "report/writer.h"
#include "report/xlsx_library.h"

#include <mulin/base/text.h>

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdlib.h>
#include <string.h>
#include <sys/statvfs.h>
#include <unistd.h>

enum {
    FEN_IN_YUAN = 100,
    WHOLE = 10000, /* hundredths of a percent */
    NARROWEST = 6, /* cells of a column */
    WIDEST = 60,
    WIDE_PAGE = 90,      /* cells of a row from which the page lies on its side */
    LINES_OF_CHART = 16, /* rows that a chart takes, and one for each bar beyond a few */
    FEW_BARS = 10,
    PIXELS_OF_ROW = 20,
    CHART_WIDTH = 560,
    SPARE = 1 << 20, /* bytes of a workbook beside its rows */
    LEAST_ROWS = 1   /* over which a filter makes sense */
};

struct xlsx_state {
    lxw_workbook *book;
    lxw_worksheet *sheet;
    lxw_format *title, *heading, *wrapped, *strong;
    lxw_format *number[MU_COLUMN_PERCENT + 1], *strong_number[MU_COLUMN_PERCENT + 1];
    lxw_row_t headings, next; /* rows of the sheet */
    lxw_row_t total;          /* 0: there is none */
    lxw_row_t chart;          /* where the next one goes */
    int *widths;
};

/* A sheet that keeps only the row being written keeps the others in a file of its own, and does not
 * look whether that went well; nor does it when it puts the workbook together. Short of room is the
 * way in which that fails. */
static bool has_room(const struct xlsx_state *state)
{
    FILE *rows = state->sheet->optimize_tmpfile;
    struct statvfs room;
    off_t size;

    if (!rows || fflush(rows) != 0 || ferror(rows) || (size = ftello(rows)) < 0 ||
        fstatvfs(fileno(rows), &room) != 0)
        return false;
    if ((uint64_t)room.f_bavail * room.f_frsize >= 2 * (uint64_t)size + SPARE)
        return true;
    errno = ENOSPC;
    return false;
}

static enum mu_status fail_library(const struct mu_report *report, lxw_error fault,
                                   struct mu_error *error)
{
    if (fault == LXW_ERROR_WORKSHEET_INDEX_OUT_OF_RANGE ||
        fault == LXW_ERROR_MAX_STRING_LENGTH_EXCEEDED)
        return mu_fail(error, MU_INPUT, MU_SAY_error_report_too_large, report->name, NULL);
    if (fault == LXW_ERROR_MEMORY_MALLOC_FAILED)
        return mu_fail_memory(error);
    return report_fail_writing(report, error);
}

static bool make_formats(struct xlsx_state *state)
{
    static const char *const numbers[] = {
        [MU_COLUMN_NUMBER] = "#,##0", [MU_COLUMN_MONEY] = "#,##0.00", [MU_COLUMN_PERCENT] = "0.0%"};
    lxw_workbook *book = state->book;

    state->title = mu_xlsx.workbook_add_format(book);
    state->heading = mu_xlsx.workbook_add_format(book);
    state->wrapped = mu_xlsx.workbook_add_format(book);
    state->strong = mu_xlsx.workbook_add_format(book);
    if (!state->title || !state->heading || !state->wrapped || !state->strong)
        return false;
    mu_xlsx.format_set_bold(state->title);
    mu_xlsx.format_set_font_size(state->title, 14);
    mu_xlsx.format_set_bold(state->heading);
    mu_xlsx.format_set_bg_color(state->heading, 0xE6E6E6);
    mu_xlsx.format_set_border(state->heading, LXW_BORDER_THIN);
    mu_xlsx.format_set_text_wrap(state->wrapped);
    mu_xlsx.format_set_align(state->wrapped, LXW_ALIGN_VERTICAL_TOP);
    mu_xlsx.format_set_bold(state->strong);
    mu_xlsx.format_set_top(state->strong, LXW_BORDER_DOUBLE);
    for (size_t i = MU_COLUMN_NUMBER; i <= MU_COLUMN_PERCENT; i++) {
        state->number[i] = mu_xlsx.workbook_add_format(book);
        state->strong_number[i] = mu_xlsx.workbook_add_format(book);
        if (!state->number[i] || !state->strong_number[i])
            return false;
        mu_xlsx.format_set_num_format(state->number[i], numbers[i]);
        mu_xlsx.format_set_num_format(state->strong_number[i], numbers[i]);
        mu_xlsx.format_set_bold(state->strong_number[i]);
        mu_xlsx.format_set_top(state->strong_number[i], LXW_BORDER_DOUBLE);
    }
    return true;
}

/* The library opens the file by name; one that has none yet is found among our open ones. */
static bool open_book(struct mu_report *report, struct xlsx_state *state)
{
    char open_file[32], *folder = strdup(report->name);
    lxw_workbook_options options = {.constant_memory = LXW_TRUE};

    if (!folder)
        return false;
    options.tmpdir = dirname(folder);
    snprintf(open_file, sizeof open_file, "/proc/self/fd/%d", fileno(report->stream));
    state->book = mu_xlsx.workbook_new_opt(open_file, &options);
    free(folder);
    if (!state->book)
        return false;
    state->sheet = mu_xlsx.workbook_add_worksheet(
        state->book,
        mu_xlsx.workbook_validate_sheet_name(state->book, report->table.title) == LXW_NO_ERROR
            ? report->table.title
            : NULL);
    return state->sheet != NULL;
}

static lxw_error write_head(struct mu_report *report)
{
    const struct report_table *table = &report->table;
    struct xlsx_state *state = report->state;
    lxw_error fault =
        mu_xlsx.worksheet_write_string(state->sheet, state->next++, 0, table->title, state->title);

    for (size_t i = 0; fault == LXW_NO_ERROR && i < table->line_count; i++)
        fault =
            mu_xlsx.worksheet_write_string(state->sheet, state->next++, 0, table->lines[i], NULL);
    state->headings = state->next++;
    for (size_t i = 0; fault == LXW_NO_ERROR && i < table->column_count; i++) {
        state->widths[i] = mu_text_cells(table->columns[i].heading);
        fault = mu_xlsx.worksheet_write_string(state->sheet, state->headings, (lxw_col_t)i,
                                               table->columns[i].heading, state->heading);
    }
    return fault;
}

static enum mu_status begin(struct mu_report *report, struct mu_error *error)
{
    struct xlsx_state *state;
    lxw_error fault;
    enum mu_status status = mu_xlsx_load(error);

    if (status != MU_OK)
        return status;
    state = calloc(1, sizeof *state);
    if (!state)
        return mu_fail_memory(error);
    report->state = state;
    state->widths = calloc(report->table.column_count, sizeof *state->widths);
    if (!state->widths || !open_book(report, state) || !make_formats(state))
        return mu_fail_memory(error);
    fault = write_head(report);
    return fault == LXW_NO_ERROR ? MU_OK : fail_library(report, fault, error);
}

static lxw_error write_cell(struct xlsx_state *state, lxw_col_t column, enum mu_report_kind kind,
                            const struct report_row *row)
{
    const struct mu_report_cell *cell = &row->cells[column];
    lxw_format *const *numbers = row->total ? state->strong_number : state->number;
    double number = (double)cell->number;

    if (kind == MU_COLUMN_TEXT || cell->text) {
        const char *text = row->shown[column];
        lxw_format *plain = strchr(text, '\n') ? state->wrapped : NULL;

        return mu_xlsx.worksheet_write_string(state->sheet, state->next, column, text,
                                              row->total ? state->strong : plain);
    }
    if (kind == MU_COLUMN_MONEY)
        number /= FEN_IN_YUAN;
    else if (kind == MU_COLUMN_PERCENT)
        number /= WHOLE;
    return mu_xlsx.worksheet_write_number(state->sheet, state->next, column, number, numbers[kind]);
}

/* Cells of the longest line. */
static int cells_of(const char *text)
{
    char line[4 * WIDEST];
    int widest = 0;

    while (widest < WIDEST) {
        size_t length = strcspn(text, "\n");
        int cells;

        snprintf(line, sizeof line, "%.*s", (int)length, text);
        cells = mu_text_cells(line);
        widest = cells > widest ? cells : widest;
        if (!text[length])
            break;
        text += length + 1;
    }
    return widest < WIDEST ? widest : WIDEST;
}

static enum mu_status row(struct mu_report *report, const struct report_row *one,
                          struct mu_error *error)
{
    struct xlsx_state *state = report->state;
    lxw_error fault = LXW_NO_ERROR;

    for (size_t i = 0; fault == LXW_NO_ERROR && i < report->table.column_count; i++) {
        int cells = cells_of(one->shown[i]);

        if (cells > state->widths[i])
            state->widths[i] = cells;
        fault = write_cell(state, (lxw_col_t)i, report->table.columns[i].kind, one);
    }
    if (fault != LXW_NO_ERROR)
        return fail_library(report, fault, error);
    if (one->total)
        state->total = state->next;
    state->next++;
    return MU_OK;
}

static enum mu_status chart(struct mu_report *report, const struct mu_report_chart *wanted,
                            struct mu_error *error)
{
    struct xlsx_state *state = report->state;
    lxw_chart *bars = mu_xlsx.workbook_add_chart(state->book, LXW_CHART_BAR);
    lxw_chart_series *series = bars ? mu_xlsx.chart_add_series(bars, NULL, NULL) : NULL;
    lxw_row_t first = state->headings + 1 + (lxw_row_t)wanted->first_row;
    lxw_row_t last = first + (lxw_row_t)wanted->row_count - 1, height = LINES_OF_CHART;
    lxw_col_t labels = (lxw_col_t)wanted->labels, values = (lxw_col_t)wanted->values;
    lxw_chart_options size = {.x_scale = 1, .y_scale = 1};

    if (!series)
        return mu_fail_memory(error);
    mu_xlsx.chart_series_set_categories(series, state->sheet->name, first, labels, last, labels);
    mu_xlsx.chart_series_set_values(series, state->sheet->name, first, values, last, values);
    mu_xlsx.chart_series_set_labels(series);
    mu_xlsx.chart_title_set_name(bars, wanted->title);
    mu_xlsx.chart_legend_set_position(bars, LXW_CHART_LEGEND_NONE);
    mu_xlsx.chart_axis_set_reverse(bars->y_axis); /* the first bar on top, as in the table */
    if (wanted->row_count > FEW_BARS)
        height += (lxw_row_t)wanted->row_count - FEW_BARS;
    size.x_scale = CHART_WIDTH / 480.0;
    size.y_scale = (double)(height - 1) * PIXELS_OF_ROW / 288.0;
    mu_xlsx.worksheet_insert_chart_opt(state->sheet, state->headings + state->chart,
                                       (lxw_col_t)(report->table.column_count + 1), bars, &size);
    state->chart += height;
    return MU_OK;
}

/* What can only be said when all rows are there. */
static void set_page(const struct mu_report *report)
{
    const struct xlsx_state *state = report->state;
    lxw_worksheet *sheet = state->sheet;
    lxw_col_t last = (lxw_col_t)(report->table.column_count - 1);
    lxw_row_t end = (state->total ? state->total : state->next) - 1;
    int cells = 0;

    for (lxw_col_t i = 0; i <= last; i++) {
        int width = state->widths[i] > NARROWEST ? state->widths[i] : NARROWEST;

        cells += width + 2;
        mu_xlsx.worksheet_set_column(sheet, i, i, width + 2, NULL);
    }
    mu_xlsx.worksheet_freeze_panes(sheet, state->headings + 1, 0);
    mu_xlsx.worksheet_repeat_rows(sheet, state->headings, state->headings);
    if (end > state->headings + LEAST_ROWS)
        mu_xlsx.worksheet_autofilter(sheet, state->headings, 0, end, last);
    mu_xlsx.worksheet_set_paper(sheet, 9); /* A4 */
    mu_xlsx.worksheet_fit_to_pages(sheet, 1, 0);
    if (cells > WIDE_PAGE)
        mu_xlsx.worksheet_set_landscape(sheet);
    mu_xlsx.worksheet_set_footer(sheet, "&C&P / &N");
}

/* The library tells of a failed write on descriptor 2 too, where the screen may be. */
static lxw_error close_silently(lxw_workbook *book)
{
    int kept = dup(STDERR_FILENO), nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
    lxw_error fault;

    if (nowhere >= 0)
        dup2(nowhere, STDERR_FILENO);
    fault = mu_xlsx.workbook_close(book);
    if (kept >= 0) {
        dup2(kept, STDERR_FILENO);
        close(kept);
    }
    if (nowhere >= 0)
        close(nowhere);
    return fault;
}

static enum mu_status finish(struct mu_report *report, struct mu_error *error)
{
    struct xlsx_state *state = report->state;
    lxw_error fault;

    set_page(report);
    if (report->table.foot) {
        fault = mu_xlsx.worksheet_write_string(state->sheet, state->next + 1, 0, report->table.foot,
                                               NULL);
        if (fault != LXW_NO_ERROR)
            return fail_library(report, fault, error);
    }
    if (!has_room(state))
        return report_fail_writing(report, error);
    errno = 0;
    fault = close_silently(state->book);
    state->book = NULL;
    if (fault == LXW_NO_ERROR)
        return MU_OK;
    if (errno == 0)
        errno = EIO;
    return fail_library(report, fault, error);
}

static void drop(struct mu_report *report)
{
    struct xlsx_state *state = report->state;

    if (!state)
        return;
    if (state->book)
        mu_xlsx.lxw_workbook_free(state->book);
    free(state->widths);
    free(state);
}

const struct report_writer report_xlsx = {.keeps_lines = true,
                                          .groups = true,
                                          .begin = begin,
                                          .row = row,
                                          .chart = chart,
                                          .finish = finish,
                                          .drop = drop};
