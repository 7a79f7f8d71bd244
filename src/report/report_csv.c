#include "report/writer.h"

#include <mulin/base/table_file.h>

static enum mu_status begin(struct mu_report *report, struct mu_error *error)
{
    static const struct mu_table_format format = {
        .encoding = MU_ENCODING_UTF8, .byte_order_mark = true, .separator = ',', .crlf = true};
    const char *headings[MU_TABLE_COLUMNS];
    struct mu_table_writer *writer = NULL;
    enum mu_status status =
        mu_table_writer_on(&writer, report->stream, report->name, &format, error);

    if (status != MU_OK)
        return status;
    report->state = writer;
    for (size_t i = 0; i < report->table.column_count; i++)
        headings[i] = report->table.columns[i].heading;
    return mu_table_writer_row(writer, headings, report->table.column_count, error);
}

static enum mu_status row(struct mu_report *report, const struct report_row *one,
                          struct mu_error *error)
{
    return mu_table_writer_row(report->state, one->shown, report->table.column_count, error);
}

static enum mu_status finish(struct mu_report *report, struct mu_error *error)
{
    struct mu_table_writer *writer = report->state;

    report->state = NULL;
    return mu_table_writer_finish(&writer, error);
}

static void drop(struct mu_report *report)
{
    struct mu_table_writer *writer = report->state;

    mu_table_writer_drop(&writer);
}

const struct report_writer report_csv = {
    .keeps_lines = true, .begin = begin, .row = row, .finish = finish, .drop = drop};
