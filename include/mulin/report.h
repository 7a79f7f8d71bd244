/* Tables that leave the desk: to a printer, a spreadsheet, a web page. Rows are written as they
 * come; none is kept, however many there are.
 *
 *     mu_report_begin → mu_report_row … → mu_report_total → mu_report_chart … → mu_report_finish
 *
 * All text is made inert on its way out, whatever it was on its way in. */
#ifndef MULIN_REPORT_H
#define MULIN_REPORT_H

#include <mulin/base/error.h>
#include <mulin/desk/house.h>
#include <mulin/desk/report.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

enum mu_report_format {
    MU_REPORT_TEXT, /* columns in line for a terminal or lp; plain characters */
    MU_REPORT_CSV,  /* UTF-8 with byte order mark, CR LF; headings first, without title */
    MU_REPORT_XLSX, /* one sheet; numbers are numbers */
    MU_REPORT_HTML  /* one page that prints well */
};

/* text csv xlsx html. False, *out untouched, for any other word. */
bool mu_report_format_read(const char *word, enum mu_report_format *out);
/* By the ending of a file's name: .txt .csv .xlsx .html .htm, in capitals too. */
bool mu_report_format_of(const char *path, enum mu_report_format *out);

enum mu_report_kind {
    MU_COLUMN_TEXT,
    MU_COLUMN_NUMBER,
    MU_COLUMN_MONEY,  /* fen */
    MU_COLUMN_PERCENT /* hundredths of a percent, shown with one digit: 3828 is 38.3% */
};

struct mu_report_column {
    const char *heading;
    enum mu_report_kind kind;
};

struct mu_report_table {
    enum mu_language language;
    const char *title;
    const char *const *lines; /* under the title: the day, who counted, what is left out */
    size_t line_count;
    const struct mu_report_column *columns;
    size_t column_count; /* 1 to MU_TABLE_COLUMNS (base/table_file.h) */
    const char *foot;    /* a line below the table, not in CSV; NULL: none */
    size_t rows;         /* that are to come, for who waits for them; 0: not known */
};

/* Where a report goes: a file, or with path NULL a stream, which stays the caller's. */
struct mu_report_target {
    enum mu_report_format format;
    const char *path;
    bool overwrite; /* a file that has the name may be replaced; else it is refused */
    FILE *stream;   /* not for a workbook */
    /* Told now and then how many rows of a table are written, where they are known beforehand;
     * false stops, and the row that comes next is refused. May be NULL. */
    mu_progress *progress;
    void *context;
};

/* A column of text shows `text` (NULL: nothing); it may have several lines, which stay apart where
 * the format can. Any other column shows `number`, or `text` in its place when there is one. */
struct mu_report_cell {
    const char *text;
    int64_t number;
};

struct mu_report;

/* Starts a report. A file is written beside its name, readable by its owner only, and gets the name
 * when it is finished. *out is owned by the caller, untouched on failure.
 * MU_INPUT: the file exists, is none that can be replaced (a folder, a device), or cannot be
 * written; MU_USAGE: a workbook on a stream. */
enum mu_status mu_report_begin(struct mu_report **out, const struct mu_report_target *target,
                               const struct mu_report_table *table,
                               struct mu_error *error) MU_CHECKED;

/* Adds a row: as many cells as there are columns. MU_INPUT also when a workbook cannot hold it
 * (1,048,576 rows, 32,767 characters of a cell); MU_REFUSED: the person stopped it. */
enum mu_status mu_report_row(struct mu_report *report, const struct mu_report_cell *cells,
                             struct mu_error *error) MU_CHECKED;

/* Adds the row of totals under a rule; the last one. */
enum mu_status mu_report_total(struct mu_report *report, const struct mu_report_cell *cells,
                               struct mu_error *error) MU_CHECKED;

/* Bars over rows that were written: those of `values` (a column of numbers), named by `labels`.
 * Only a workbook has them; the other formats pass over it. */
struct mu_report_chart {
    const char *title;
    size_t labels, values;       /* columns, the first is 0 */
    size_t first_row, row_count; /* the first row is 0 */
};
enum mu_status mu_report_chart(struct mu_report *report, const struct mu_report_chart *chart,
                               struct mu_error *error) MU_CHECKED;

/* Ends the report; a file is on the disk then. Frees it and sets *report to NULL, also on failure
 * (then nothing of a new file is left, and what had its name stays). MU_INPUT. */
enum mu_status mu_report_finish(struct mu_report **report, struct mu_error *error) MU_CHECKED;

/* Gives up: frees the report and sets *report to NULL; no file is left. */
void mu_report_drop(struct mu_report **report);

/* The register counted (desk/report.h), as the screen and the command show it. */

enum mu_register_by {
    MU_REGISTER_WHOLE,
    MU_REGISTER_BY_GRID,
    MU_REGISTER_BY_ESTATE,
    MU_REGISTER_BY_TAG,
    MU_REGISTER_BY_AGE
};

/* The groups of one way to look at it; none of MU_REGISTER_WHOLE. */
const struct mu_register_group *mu_register_rows(const struct mu_register_report *report,
                                                 enum mu_register_by by, size_t *count);

/* True when the groups are told with their homes (grids, estates), not only with people. */
bool mu_register_has_homes(enum mu_register_by by);

enum { MU_REGISTER_LABEL_SIZE = MU_GROUP_NAME_SIZE };
/* What a group is called: its name, 60-69, or that it has none. `out` has MU_REGISTER_LABEL_SIZE
 * bytes. */
void mu_register_label(enum mu_register_by by, const struct mu_register_group *rows, size_t index,
                       enum mu_language language, char *out);

/* One figure of the whole: homes, owner-occupied, 2926 of 7643. */
struct mu_register_figure {
    enum mu_message section;
    char label[MU_REGISTER_LABEL_SIZE];
    int64_t count, of; /* of 0: it is no part of anything */
};
/* The figure at an index, false past the last: homes by use, people by status, residence, sex, age
 * and tag, and the places. */
bool mu_register_figure(const struct mu_register_report *report, size_t index,
                        enum mu_language language, struct mu_register_figure *out);

enum { MU_REGISTER_LINES = 5, MU_REGISTER_LINE_SIZE = 512 };
/* What has to be said beside the figures: the day, what counts, and what is not known of a past
 * day. Returns how many lines were written. */
size_t mu_register_lines(const struct mu_register_report *report, enum mu_language language,
                         char lines[MU_REGISTER_LINES][MU_REGISTER_LINE_SIZE]);

/* Writes the report as a table. As mu_report_begin and the others. */
enum mu_status mu_report_register(const struct mu_report_target *target,
                                  const struct mu_register_report *report, enum mu_register_by by,
                                  enum mu_language language, struct mu_error *error) MU_CHECKED;

#endif
