/* What the writers of the formats have in common. */
#ifndef MULIN_SRC_REPORT_WRITER_H
#define MULIN_SRC_REPORT_WRITER_H

#include "base/output_file.h"

#include <mulin/report.h>

/* The caller's table, made inert. */
struct report_column {
    char *heading;
    enum mu_report_kind kind;
};
struct report_table {
    enum mu_language language;
    char *title;
    char **lines;
    size_t line_count;
    struct report_column *columns;
    size_t column_count;
    char *foot; /* NULL: none */
};

/* One row, ready to be written. */
struct report_row {
    const struct mu_report_cell *cells;
    const char *const *shown; /* the same as text: inert, never NULL */
    bool total;
};

/* A format. `state` is what its begin made, owned by it; drop frees it and may find it NULL. */
struct report_writer {
    bool keeps_lines; /* a cell may have several lines */
    bool groups;      /* numbers are shown as 1,000,000 */
    enum mu_status (*begin)(struct mu_report *report, struct mu_error *error);
    enum mu_status (*row)(struct mu_report *report, const struct report_row *row,
                          struct mu_error *error);
    enum mu_status (*chart)(struct mu_report *report, const struct mu_report_chart *chart,
                            struct mu_error *error); /* NULL: it has none */
    enum mu_status (*finish)(struct mu_report *report, struct mu_error *error);
    void (*drop)(struct mu_report *report);
};

extern const struct report_writer report_text, report_csv, report_xlsx, report_html;

struct mu_report {
    const struct report_writer *writer;
    struct report_table table;
    void *state;
    struct mu_output_file output;
    FILE *stream; /* that of the output, or the caller's */
    char *name;   /* of the file, for messages */
    bool overwrite;
    mu_progress *progress; /* of the target */
    void *context;
    size_t written, rows; /* so far, and in all as far as is known */
    char **shown;         /* one for each column, into `text` */
    char *text;
    size_t text_size;
};

/* Opens the target for something that is no table: its writer has neither begin nor row, and writes
 * on the stream. End it with mu_report_finish or mu_report_drop. As mu_report_begin. */
enum mu_status report_open(struct mu_report **out, const struct mu_report_target *target,
                           const struct report_writer *writer, struct mu_error *error) MU_CHECKED;

/* Copies text made inert; its line ends stay, or become blanks. Returns the bytes, the NUL counted:
 * never more than those of the text. */
size_t report_inert(char *out, const char *text, bool keep_lines);

/* Writes text as it may stand in a page; line ends are breaks. */
void report_escape(FILE *out, const char *text);

/* mu_fail with errno as the reason why the file cannot be written. */
enum mu_status report_fail_writing(const struct mu_report *report, struct mu_error *error);

/* MU_OK, or report_fail_writing when something could not be written on the stream. */
enum mu_status report_written(const struct mu_report *report, struct mu_error *error);

#endif
