#include "report/writer.h"

#include <mulin/base/text.h>

#include <stdlib.h>
#include <string.h>

enum {
    FIRST_ROWS = 200, /* that decide how wide the columns are */
    WIDEST = 40,      /* cells of a column at most; what is longer moves the rest of its row */
    GAP = 2           /* cells between two columns */
};

/* The first rows wait until the columns' widths are known from them. */
struct text_state {
    int *widths;
    char **waiting[FIRST_ROWS];
    bool total[FIRST_ROWS];
    size_t count;
    bool begun;
};

static void blanks(FILE *out, int count)
{
    fprintf(out, "%*s", count > 0 ? count : 0, "");
}

static void write_cells(const struct mu_report *report, const char *const *shown)
{
    const struct report_table *table = &report->table;
    const struct text_state *state = report->state;
    int owed = 0; /* blanks before the next text, so that no line ends with any */

    for (size_t i = 0; i < table->column_count; i++) {
        int left = state->widths[i] - mu_text_cells(shown[i]);
        bool number = table->columns[i].kind != MU_COLUMN_TEXT;

        left = left > 0 ? left : 0;
        if (number)
            owed += left;
        if (*shown[i]) {
            blanks(report->stream, owed);
            fputs(shown[i], report->stream);
            owed = 0;
        }
        owed += (number ? 0 : left) + GAP;
    }
    putc('\n', report->stream);
}

static void write_rule(const struct mu_report *report)
{
    const struct text_state *state = report->state;
    int cells = -GAP;

    for (size_t i = 0; i < report->table.column_count; i++)
        cells += state->widths[i] + GAP;
    for (int i = 0; i < cells; i++)
        putc('-', report->stream);
    putc('\n', report->stream);
}

static void write_row(const struct mu_report *report, const char *const *shown, bool total)
{
    if (total)
        write_rule(report);
    write_cells(report, shown);
}

static void free_row(char **shown, size_t count)
{
    for (size_t i = 0; shown && i < count; i++)
        free(shown[i]);
    free(shown);
}

static enum mu_status keep(struct mu_report *report, const struct report_row *one,
                           struct mu_error *error)
{
    struct text_state *state = report->state;
    size_t columns = report->table.column_count;
    char **shown = calloc(columns, sizeof *shown);
    bool whole = shown != NULL;

    for (size_t i = 0; whole && i < columns; i++) {
        int cells = mu_text_cells(one->shown[i]);

        shown[i] = strdup(one->shown[i]);
        whole = shown[i] != NULL;
        if (cells > state->widths[i])
            state->widths[i] = cells < WIDEST ? cells : WIDEST;
    }
    if (!whole) {
        free_row(shown, columns);
        return mu_fail_memory(error);
    }
    state->total[state->count] = one->total;
    state->waiting[state->count++] = shown;
    return MU_OK;
}

/* Writes headings and the rows that waited. */
static enum mu_status write_waiting(struct mu_report *report, struct mu_error *error)
{
    struct text_state *state = report->state;
    const struct report_table *table = &report->table;
    const char **headings = calloc(table->column_count, sizeof *headings);

    if (!headings)
        return mu_fail_memory(error);
    for (size_t i = 0; i < table->column_count; i++)
        headings[i] = table->columns[i].heading;
    write_cells(report, headings);
    free((void *)headings);
    write_rule(report);
    for (size_t i = 0; i < state->count; i++)
        write_row(report, (const char *const *)state->waiting[i], state->total[i]);
    state->begun = true;
    return report_written(report, error);
}

static enum mu_status begin(struct mu_report *report, struct mu_error *error)
{
    const struct report_table *table = &report->table;
    struct text_state *state = calloc(1, sizeof *state);

    if (!state)
        return mu_fail_memory(error);
    report->state = state;
    state->widths = calloc(table->column_count, sizeof *state->widths);
    if (!state->widths)
        return mu_fail_memory(error);
    for (size_t i = 0; i < table->column_count; i++)
        state->widths[i] = mu_text_cells(table->columns[i].heading);
    fprintf(report->stream, "%s\n", table->title);
    for (size_t i = 0; i < table->line_count; i++)
        fprintf(report->stream, "%s\n", table->lines[i]);
    putc('\n', report->stream);
    return report_written(report, error);
}

static enum mu_status row(struct mu_report *report, const struct report_row *one,
                          struct mu_error *error)
{
    struct text_state *state = report->state;
    enum mu_status status;

    if (state->count < FIRST_ROWS)
        return keep(report, one, error);
    status = state->begun ? MU_OK : write_waiting(report, error);
    if (status != MU_OK)
        return status;
    write_row(report, one->shown, one->total);
    return report_written(report, error);
}

static enum mu_status finish(struct mu_report *report, struct mu_error *error)
{
    const struct text_state *state = report->state;
    enum mu_status status = state->begun ? MU_OK : write_waiting(report, error);

    if (status == MU_OK && report->table.foot)
        fprintf(report->stream, "\n%s\n", report->table.foot);
    return status == MU_OK ? report_written(report, error) : status;
}

static void drop(struct mu_report *report)
{
    struct text_state *state = report->state;

    if (!state)
        return;
    for (size_t i = 0; i < state->count; i++)
        free_row(state->waiting[i], report->table.column_count);
    free(state->widths);
    free(state);
}

const struct report_writer report_text = {
    .groups = true, .begin = begin, .row = row, .finish = finish, .drop = drop};
