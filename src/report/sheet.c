#include "report/sheet.h"
#include "report/writer.h"

#include <stdlib.h>
#include <string.h>

enum { LINE_SIZE = 2048 };

static enum mu_status finish(struct mu_report *report, struct mu_error *error)
{
    return report_written(report, error);
}

static void drop(struct mu_report *report)
{
    (void)report;
}

static const struct report_writer writer = {.finish = finish, .drop = drop};

enum mu_status sheet_open(struct sheets *sheets, const struct mu_report_target *target,
                          const char *title, enum mu_language language, struct mu_error *error)
{
    const struct sheet_format *format =
        target->format == MU_REPORT_HTML ? &sheet_as_html : &sheet_as_text;
    enum mu_status status;

    *sheets = (struct sheets){.format = format, .language = language};
    if (target->format != MU_REPORT_HTML && target->format != MU_REPORT_TEXT)
        return mu_fail(error, MU_USAGE, MU_SAY_error_dossier_format, NULL);
    status = report_open(&sheets->report, target, &writer, error);
    if (status != MU_OK)
        return status;
    sheets->out = sheets->report->stream;
    format->open(sheets, title);
    return MU_OK;
}

enum mu_status sheet_finish(struct sheets *sheets, enum mu_status status, struct mu_error *error)
{
    if (status == MU_OK)
        sheets->format->close(sheets);
    if (status == MU_OK && sheets->no_memory)
        status = mu_fail_memory(error);
    if (status == MU_OK)
        return mu_report_finish(&sheets->report, error);
    mu_report_drop(&sheets->report);
    return status;
}

char *sheet_inert(struct sheets *sheets, const char *text)
{
    char *inert = malloc(strlen(text) + 1);

    if (inert)
        report_inert(inert, text, true);
    else
        sheets->no_memory = true;
    return inert;
}

void sheet_begin(struct sheets *sheets, enum mu_message title, const char *number)
{
    sheets->format->begin(sheets, mu_message_text(title, sheets->language), number);
    sheets->begun++;
}

void sheet_fields(struct sheets *sheets, const struct sheet_field *field, size_t count)
{
    sheets->format->fields(sheets, field, count);
}

void sheet_field(struct sheets *sheets, enum mu_message label, const char *value)
{
    const struct sheet_field field = {label, value};

    sheet_fields(sheets, &field, 1);
}

void sheet_text(struct sheets *sheets, enum mu_message label, const char *text)
{
    sheets->format->text(sheets, mu_message_text(label, sheets->language), text ? text : "");
}

void sheet_line(struct sheets *sheets, const char *text)
{
    sheets->format->line(sheets, text);
}

void sheet_say(struct sheets *sheets, enum mu_message message, const char *first,
               const char *second)
{
    char line[LINE_SIZE];

    mu_message_format(line, sizeof line, sheets->language, message, first, second, NULL);
    sheet_line(sheets, line);
}

void sheet_heading(struct sheets *sheets, const char *text)
{
    sheets->format->heading(sheets, text);
}

void sheet_table(struct sheets *sheets, const struct sheet_column *columns, size_t count)
{
    sheets->format->table(sheets, columns, count);
}

void sheet_row(struct sheets *sheets, const struct sheet_column *columns, const char *const *cells,
               size_t count)
{
    sheets->format->row(sheets, columns, cells, count);
}

void sheet_sign(struct sheets *sheets, enum mu_message label, const char *who)
{
    sheets->format->sign(sheets, mu_message_text(label, sheets->language), who ? who : "");
}
