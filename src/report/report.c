#include "report/writer.h"

#include <mulin/base/money.h>
#include <mulin/base/table_file.h>
#include <mulin/base/text.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

enum {
    NUMBER_SIZE = 32,           /* of any number that is shown, NUL counted */
    PERCENT_DIGIT = 10,         /* hundredths of a percent in the last digit shown */
    OUTPUT_BUFFER = 256 * 1024, /* bytes handed to the system at once */
    ROWS_UNTOLD = 256           /* between two words of progress */
};

static const struct {
    const char *word, *ending;
    const struct report_writer *writer;
} formats[] = {
    [MU_REPORT_TEXT] = {"text", ".txt", &report_text},
    [MU_REPORT_CSV] = {"csv", ".csv", &report_csv},
    [MU_REPORT_XLSX] = {"xlsx", ".xlsx", &report_xlsx},
    [MU_REPORT_HTML] = {"html", ".html", &report_html},
};
enum { FORMATS = sizeof formats / sizeof *formats };

bool mu_report_format_read(const char *word, enum mu_report_format *out)
{
    for (size_t i = 0; i < FORMATS; i++)
        if (strcmp(word, formats[i].word) == 0) {
            *out = (enum mu_report_format)i;
            return true;
        }
    return false;
}

bool mu_report_format_of(const char *path, enum mu_report_format *out)
{
    const char *slash = strrchr(path, '/'), *ending = strrchr(slash ? slash : path, '.');

    if (!ending)
        return false;
    if (strcasecmp(ending, ".htm") == 0)
        ending = ".html";
    for (size_t i = 0; i < FORMATS; i++)
        if (strcasecmp(ending, formats[i].ending) == 0) {
            *out = (enum mu_report_format)i;
            return true;
        }
    return false;
}

enum mu_status report_fail_writing(const struct mu_report *report, struct mu_error *error)
{
    return mu_fail(error, MU_INPUT, MU_SAY_table_cannot_write, report->name, mu_errno_text(errno),
                   NULL);
}

enum mu_status report_written(const struct mu_report *report, struct mu_error *error)
{
    return ferror(report->stream) ? report_fail_writing(report, error) : MU_OK;
}

size_t report_inert(char *out, const char *text, bool keep_lines)
{
    size_t size = strlen(text) + 1, used = mu_text_inert(out, size, text);
    uint32_t rune;

    /* Each character was kept or became one question mark. */
    for (char *to = out; *to; to += mu_text_rune(to, &rune)) {
        if (*text == '\n')
            *to = keep_lines ? '\n' : ' ';
        else if (*text == '\t' || *text == '\r')
            *to = ' ';
        text += mu_text_rune(text, &rune);
    }
    return used + 1;
}

/* A copy made inert on one line, owned by the caller; NULL without memory. */
static char *line_of(const char *text)
{
    char *line = malloc(strlen(text) + 1);

    if (line)
        report_inert(line, text, false);
    return line;
}

static enum mu_status copy_table(struct report_table *out, const struct mu_report_table *table,
                                 struct mu_error *error)
{
    bool whole;

    out->language = table->language;
    out->title = line_of(table->title);
    out->lines = calloc(table->line_count + 1, sizeof *out->lines);
    out->columns = calloc(table->column_count, sizeof *out->columns);
    out->foot = table->foot ? line_of(table->foot) : NULL;
    whole = out->title && out->lines && out->columns && (out->foot || !table->foot);
    for (size_t i = 0; whole && i < table->line_count; i++) {
        out->lines[out->line_count++] = line_of(table->lines[i]);
        whole = out->lines[i] != NULL;
    }
    for (size_t i = 0; whole && i < table->column_count; i++) {
        out->columns[out->column_count++] =
            (struct report_column){line_of(table->columns[i].heading), table->columns[i].kind};
        whole = out->columns[i].heading != NULL;
    }
    return whole ? MU_OK : mu_fail_memory(error);
}

static void clear_table(struct report_table *table)
{
    for (size_t i = 0; i < table->line_count; i++)
        free(table->lines[i]);
    for (size_t i = 0; i < table->column_count; i++)
        free(table->columns[i].heading);
    free(table->title);
    free(table->foot);
    free(table->lines);
    free(table->columns);
}

/* Better told before a million rows than after; finishing asks again. */
static enum mu_status look_at_target(const struct mu_report *report, struct mu_error *error)
{
    struct stat facts;

    if (lstat(report->name, &facts) != 0)
        return MU_OK;
    if (!S_ISREG(facts.st_mode))
        return mu_fail(error, MU_INPUT, MU_SAY_error_report_target, report->name, NULL);
    if (!report->overwrite)
        return mu_fail(error, MU_INPUT, MU_SAY_error_file_exists, report->name, NULL);
    return MU_OK;
}

static enum mu_status open_target(struct mu_report *report, const struct mu_report_target *target,
                                  struct mu_error *error)
{
    enum mu_status status;

    report->name = strdup(target->path ? target->path : "-");
    if (!report->name)
        return mu_fail_memory(error);
    report->overwrite = target->overwrite;
    report->progress = target->progress;
    report->context = target->context;
    report->stream = target->stream;
    if (!target->path && target->format == MU_REPORT_XLSX)
        return mu_fail(error, MU_USAGE, MU_SAY_error_report_no_file, NULL);
    if (!target->path)
        return MU_OK;
    status = look_at_target(report, error);
    if (status != MU_OK)
        return status;
    if (!mu_output_open(&report->output, target->path))
        return report_fail_writing(report, error);
    report->stream = report->output.file;
    setvbuf(report->stream, NULL, _IOFBF, OUTPUT_BUFFER);
    return MU_OK;
}

enum mu_status report_open(struct mu_report **out, const struct mu_report_target *target,
                           const struct report_writer *writer, struct mu_error *error)
{
    struct mu_report *report = calloc(1, sizeof *report);
    enum mu_status status;

    if (!report)
        return mu_fail_memory(error);
    report->writer = writer;
    status = open_target(report, target, error);
    if (status == MU_OK)
        *out = report;
    else
        mu_report_drop(&report);
    return status;
}

enum mu_status mu_report_begin(struct mu_report **out, const struct mu_report_target *target,
                               const struct mu_report_table *table, struct mu_error *error)
{
    struct mu_report *report = calloc(1, sizeof *report);
    enum mu_status status;

    if (!report)
        return mu_fail_memory(error);
    report->writer = formats[target->format].writer;
    report->rows = table->rows;
    status = copy_table(&report->table, table, error);
    report->shown = calloc(table->column_count, sizeof *report->shown);
    if (status == MU_OK && !report->shown)
        status = mu_fail_memory(error);
    if (status == MU_OK)
        status = open_target(report, target, error);
    if (status == MU_OK)
        status = report->writer->begin(report, error);
    if (status == MU_OK)
        *out = report;
    else
        mu_report_drop(&report);
    return status;
}

/* 1234567 as 1,234,567, in place. */
static void group_number(char *number)
{
    char *start = number + (*number == '-');

    for (size_t left = strspn(start, "0123456789"); left > 3;) {
        left -= 3;
        memmove(start + left + 1, start + left, strlen(start + left) + 1);
        start[left] = ',';
    }
}

static void show_number(char *out, enum mu_report_kind kind, int64_t number, bool grouped)
{
    if (kind == MU_COLUMN_MONEY) {
        mu_money_format((struct mu_money){number}, out);
    } else if (kind == MU_COLUMN_PERCENT) {
        int64_t half = number < 0 ? -PERCENT_DIGIT / 2 : PERCENT_DIGIT / 2;
        int64_t tenths = (number + half) / PERCENT_DIGIT;

        snprintf(out, NUMBER_SIZE, "%s%lld.%lld%%", tenths < 0 ? "-" : "",
                 llabs((long long)tenths) / 10, llabs((long long)tenths) % 10);
    } else {
        snprintf(out, NUMBER_SIZE, "%lld", (long long)number);
    }
    if (grouped)
        group_number(out);
}

/* Makes the texts of a row. */
static enum mu_status show(struct mu_report *report, const struct mu_report_cell *cells,
                           struct mu_error *error)
{
    const struct report_table *table = &report->table;
    size_t wanted = 0, used = 0;

    for (size_t i = 0; i < table->column_count; i++)
        wanted += cells[i].text ? strlen(cells[i].text) + 1 : NUMBER_SIZE;
    if (wanted > report->text_size) {
        char *larger = realloc(report->text, wanted);

        if (!larger)
            return mu_fail_memory(error);
        report->text = larger;
        report->text_size = wanted;
    }
    for (size_t i = 0; i < table->column_count; i++) {
        char *at = report->text + used;

        report->shown[i] = at;
        if (cells[i].text) {
            used += report_inert(at, cells[i].text, report->writer->keeps_lines);
            continue;
        }
        *at = '\0';
        if (table->columns[i].kind != MU_COLUMN_TEXT)
            show_number(at, table->columns[i].kind, cells[i].number, report->writer->groups);
        used += strlen(at) + 1;
    }
    return MU_OK;
}

/* Who waits for the rows is told of them; they say no to go away. */
static bool goes_on(struct mu_report *report)
{
    bool told = report->progress && report->rows && ++report->written % ROWS_UNTOLD == 0;

    return !told ||
           report->progress(report->context, (int64_t)report->written, (int64_t)report->rows);
}

static enum mu_status add(struct mu_report *report, const struct mu_report_cell *cells, bool total,
                          struct mu_error *error)
{
    enum mu_status status = show(report, cells, error);
    struct report_row row = {cells, (const char *const *)report->shown, total};

    if (status == MU_OK && !goes_on(report))
        return mu_fail(error, MU_REFUSED, MU_SAY_error_list_stopped, NULL);
    return status == MU_OK ? report->writer->row(report, &row, error) : status;
}

enum mu_status mu_report_row(struct mu_report *report, const struct mu_report_cell *cells,
                             struct mu_error *error)
{
    return add(report, cells, false, error);
}

enum mu_status mu_report_total(struct mu_report *report, const struct mu_report_cell *cells,
                               struct mu_error *error)
{
    return add(report, cells, true, error);
}

enum mu_status mu_report_chart(struct mu_report *report, const struct mu_report_chart *chart,
                               struct mu_error *error)
{
    if (!report->writer->chart || chart->row_count == 0)
        return MU_OK;
    return report->writer->chart(report, chart, error);
}

enum mu_status mu_report_finish(struct mu_report **report, struct mu_error *error)
{
    struct mu_report *one = *report;
    enum mu_status status = one->writer->finish(one, error);

    if (status == MU_OK && one->output.file) {
        if (!mu_output_finish(&one->output, one->overwrite))
            status = errno == EEXIST
                         ? mu_fail(error, MU_INPUT, MU_SAY_error_file_exists, one->name, NULL)
                         : report_fail_writing(one, error);
    } else if (status == MU_OK && fflush(one->stream) != 0) {
        status = report_fail_writing(one, error);
    }
    mu_report_drop(report);
    return status;
}

void mu_report_drop(struct mu_report **report)
{
    struct mu_report *old = *report;

    *report = NULL;
    if (!old)
        return;
    old->writer->drop(old);
    mu_output_drop(&old->output);
    free(old->name);
    clear_table(&old->table);
    free(old->shown);
    free(old->text);
    free(old);
}
