#include "report/sheet.h"
#include "report/writer.h"

#include <stdlib.h>

enum { GRID = 12 /* parts of a row of fields */ };

/* Each sheet is a page; what was written by hand in the office stays whole on it where it can. */
static const char style[] =
    "@page{size:A4;margin:20mm 18mm}"
    "body{font-family:\"Noto Serif CJK SC\",\"Source Han Serif SC\",\"SimSun\",serif;color:#000;"
    "background:#fff;margin:2em auto;max-width:46em;padding:0 1em;line-height:1.6}"
    "section{break-after:page;margin:0 0 4em}section:last-of-type{break-after:auto}"
    "h1{font-size:1.6em;text-align:center;letter-spacing:.1em;margin:0 0 .4em}"
    "h2{font-size:1.1em;margin:1.2em 0 .3em;break-after:avoid}"
    "p{margin:.5em 0;overflow-wrap:anywhere}.number{text-align:right;margin:0 0 .5em}"
    "table{border-collapse:collapse;width:100%;margin:0 0 .6em;table-layout:fixed}"
    "th,td{border:1px solid #333;padding:.3em .5em;text-align:left;vertical-align:top;"
    "overflow-wrap:anywhere;height:1.6em}th{font-weight:bold;background:#f2f2f2}"
    "tr{break-inside:avoid}thead{display:table-header-group}"
    ".text{border:1px solid #333;padding:.4em .7em;min-height:5em;margin:0 0 .6em;"
    "overflow-wrap:anywhere}"
    ".sign{margin:1.4em 0 0;break-inside:avoid;display:flex;gap:.6em;align-items:baseline;"
    "flex-wrap:wrap}.sign i{flex:1;min-width:10em;border-bottom:1px solid #000}"
    "@media print{body{margin:0;max-width:none;padding:0}section{margin:0}"
    "th{-webkit-print-color-adjust:exact;print-color-adjust:exact}}";

static void put(struct sheets *sheets, const char *text)
{
    char *inert = sheet_inert(sheets, text);

    if (inert)
        report_escape(sheets->out, inert);
    free(inert);
}

static void element(struct sheets *sheets, const char *name, const char *text)
{
    fprintf(sheets->out, "<%s>", name);
    put(sheets, text);
    fprintf(sheets->out, "</%s>\n", name);
}

static void close_table(struct sheets *sheets)
{
    if (sheets->in_fields || sheets->in_table)
        fputs(sheets->in_table ? "</tbody></table>\n" : "</table>\n", sheets->out);
    sheets->in_fields = sheets->in_table = false;
}

static void open_page(struct sheets *sheets, const char *title)
{
    fprintf(sheets->out,
            "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n"
            "<meta name=\"viewport\" content=\"width=device-width\">\n",
            sheets->language == MU_CHINESE ? "zh-CN" : "en");
    element(sheets, "title", title);
    fprintf(sheets->out, "<style>%s</style>\n</head>\n<body>\n", style);
}

static void begin(struct sheets *sheets, const char *title, const char *number)
{
    close_table(sheets);
    fputs(sheets->begun ? "</section>\n<section>\n" : "<section>\n", sheets->out);
    element(sheets, "h1", title);
    fputs("<p class=\"number\">", sheets->out);
    put(sheets, number);
    fputs("</p>\n", sheets->out);
}

/* All rows of fields have GRID columns, so that they stand in one table. */
static void fields(struct sheets *sheets, const struct sheet_field *field, size_t count)
{
    int label = count == 1 ? 3 : 1, value = GRID / (int)count - label;

    if (count == 2)
        label = 2, value = 4;
    if (!sheets->in_fields) {
        close_table(sheets);
        fputs("<table>\n<colgroup><col span=\"12\"></colgroup>\n", sheets->out);
        sheets->in_fields = true;
    }
    fputs("<tr>", sheets->out);
    for (size_t i = 0; i < count; i++) {
        fprintf(sheets->out, "<th colspan=\"%d\">", label);
        put(sheets, mu_message_text(field[i].label, sheets->language));
        fprintf(sheets->out, "</th><td colspan=\"%d\">", value);
        put(sheets, field[i].value ? field[i].value : "");
        fputs("</td>", sheets->out);
    }
    fputs("</tr>\n", sheets->out);
}

static void heading(struct sheets *sheets, const char *text)
{
    close_table(sheets);
    element(sheets, "h2", text);
}

static void line(struct sheets *sheets, const char *text)
{
    close_table(sheets);
    element(sheets, "p", text);
}

static void text(struct sheets *sheets, const char *label, const char *body)
{
    heading(sheets, label);
    fputs("<div class=\"text\">", sheets->out);
    put(sheets, body);
    fputs("</div>\n", sheets->out);
}

static void table(struct sheets *sheets, const struct sheet_column *columns, size_t count)
{
    close_table(sheets);
    fputs("<table>\n<thead><tr>", sheets->out);
    for (size_t i = 0; i < count; i++) {
        fprintf(sheets->out, "<th scope=\"col\" style=\"width:%d%%\">", columns[i].cells * 5 / 4);
        put(sheets, mu_message_text(columns[i].heading, sheets->language));
        fputs("</th>", sheets->out);
    }
    fputs("</tr></thead>\n<tbody>\n", sheets->out);
    sheets->in_table = true;
}

static void row(struct sheets *sheets, const struct sheet_column *columns, const char *const *cells,
                size_t count)
{
    (void)columns;
    fputs("<tr>", sheets->out);
    for (size_t i = 0; i < count; i++) {
        fputs("<td>", sheets->out);
        put(sheets, cells[i] ? cells[i] : "");
        fputs("</td>", sheets->out);
    }
    fputs("</tr>\n", sheets->out);
}

static void sign(struct sheets *sheets, const char *label, const char *who)
{
    close_table(sheets);
    fputs("<p class=\"sign\"><span>", sheets->out);
    put(sheets, label);
    fputs(sheets->language == MU_CHINESE ? "：" : ": ", sheets->out);
    put(sheets, who);
    fputs("</span><i></i><span>", sheets->out);
    put(sheets, mu_message_text(MU_SAY_dossier_date_blank, sheets->language));
    fputs("</span></p>\n", sheets->out);
}

static void close_page(struct sheets *sheets)
{
    close_table(sheets);
    fputs("</section>\n</body>\n</html>\n", sheets->out);
}

const struct sheet_format sheet_as_html = {.open = open_page,
                                           .close = close_page,
                                           .begin = begin,
                                           .fields = fields,
                                           .text = text,
                                           .line = line,
                                           .heading = heading,
                                           .table = table,
                                           .row = row,
                                           .sign = sign};
