#include "report/writer.h"

#include <stddef.h>

/* A page for the wall: large enough to read, headings again on each sheet, no row torn apart. */
static const char style[] =
    "@page{size:A4;margin:15mm}"
    "body{font-family:\"Noto Sans CJK SC\",\"Source Han Sans SC\",\"Microsoft YaHei\",sans-serif;"
    "color:#000;background:#fff;margin:2em auto;max-width:60em;padding:0 1em;line-height:1.5}"
    "h1{font-size:1.5em;text-align:center;margin:0 0 .5em}"
    "p{margin:.2em 0;text-align:center}"
    "table{border-collapse:collapse;margin:1em auto;width:100%}"
    "th,td{border:1px solid #555;padding:.25em .6em;text-align:left;vertical-align:top}"
    "th{background:#eee}"
    ".number{text-align:right;font-variant-numeric:tabular-nums}"
    "tfoot td{font-weight:bold;border-top:3px double #000}"
    "thead{display:table-header-group}tfoot{display:table-row-group}"
    "tr{break-inside:avoid}"
    "@media print{body{margin:0;max-width:none;padding:0}"
    "th{-webkit-print-color-adjust:exact;print-color-adjust:exact}}";

void report_escape(FILE *out, const char *text)
{
    for (; *text; text++)
        switch (*text) {
        case '&':
            fputs("&amp;", out);
            break;
        case '<':
            fputs("&lt;", out);
            break;
        case '>':
            fputs("&gt;", out);
            break;
        case '"':
            fputs("&quot;", out);
            break;
        case '\'':
            fputs("&#39;", out);
            break;
        case '\n':
            fputs("<br>", out);
            break;
        default:
            putc(*text, out);
        }
}

static void element(FILE *out, const char *name, const char *text)
{
    fprintf(out, "<%s>", name);
    report_escape(out, text);
    fprintf(out, "</%s>\n", name);
}

static const char *class_of(const struct mu_report *report, size_t column)
{
    return report->table.columns[column].kind == MU_COLUMN_TEXT ? "" : " class=\"number\"";
}

static enum mu_status begin(struct mu_report *report, struct mu_error *error)
{
    const struct report_table *table = &report->table;
    FILE *out = report->stream;

    fprintf(out,
            "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n"
            "<meta name=\"viewport\" content=\"width=device-width\">\n",
            table->language == MU_CHINESE ? "zh-CN" : "en");
    element(out, "title", table->title);
    fprintf(out, "<style>%s</style>\n</head>\n<body>\n", style);
    element(out, "h1", table->title);
    for (size_t i = 0; i < table->line_count; i++)
        element(out, "p", table->lines[i]);
    fputs("<table>\n<thead>\n<tr>", out);
    for (size_t i = 0; i < table->column_count; i++) {
        fprintf(out, "<th scope=\"col\"%s>", class_of(report, i));
        report_escape(out, table->columns[i].heading);
        fputs("</th>", out);
    }
    fputs("</tr>\n</thead>\n<tbody>\n", out);
    return report_written(report, error);
}

static enum mu_status row(struct mu_report *report, const struct report_row *one,
                          struct mu_error *error)
{
    FILE *out = report->stream;

    fputs(one->total ? "</tbody>\n<tfoot>\n<tr>" : "<tr>", out);
    for (size_t i = 0; i < report->table.column_count; i++) {
        fprintf(out, "<td%s>", class_of(report, i));
        report_escape(out, one->shown[i]);
        fputs("</td>", out);
    }
    fputs(one->total ? "</tr>\n</tfoot>\n" : "</tr>\n", out);
    return report_written(report, error);
}

/* The end tags of tbody and tfoot are optional. */
static enum mu_status finish(struct mu_report *report, struct mu_error *error)
{
    fputs("</table>\n", report->stream);
    if (report->table.foot)
        element(report->stream, "p", report->table.foot);
    fputs("</body>\n</html>\n", report->stream);
    return report_written(report, error);
}

static void drop(struct mu_report *report)
{
    (void)report;
}

const struct report_writer report_html = {.keeps_lines = true,
                                          .groups = true,
                                          .begin = begin,
                                          .row = row,
                                          .finish = finish,
                                          .drop = drop};
