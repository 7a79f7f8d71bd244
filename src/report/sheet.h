/* Sheets of paper that are no tables: forms with fields, long texts and lines to sign, as text of
 * 80 columns and as a page to print on A4. What is written is made inert here, wherever it came
 * from. Faults stick and are told by sheet_finish. */
#ifndef MULIN_SRC_REPORT_SHEET_H
#define MULIN_SRC_REPORT_SHEET_H

#include <mulin/report.h>

struct sheet_format;

struct sheets {
    struct mu_report *report;
    const struct sheet_format *format;
    FILE *out;
    enum mu_language language;
    int begun;      /* how many sheets */
    bool in_fields; /* a page's table of fields is open, */
    bool in_table;  /* or one of rows */
    bool no_memory;
};

struct sheet_field {
    enum mu_message label;
    const char *value; /* NULL or "": to be filled in with a pen */
};

/* A column of a table: its heading, and how many of a line's 80 cells it has. */
struct sheet_column {
    enum mu_message heading;
    int cells;
};

enum { SHEET_COLUMNS = 8, SHEET_FIELDS = 4 };

/* As mu_report_begin; only text and HTML, MU_USAGE otherwise. `title` is that of the whole. */
enum mu_status sheet_open(struct sheets *sheets, const struct mu_report_target *target,
                          const char *title, enum mu_language language,
                          struct mu_error *error) MU_CHECKED;
/* Ends it, or gives it up when `status` is a fault already, which is returned. */
enum mu_status sheet_finish(struct sheets *sheets, enum mu_status status,
                            struct mu_error *error) MU_CHECKED;

/* A new sheet of paper. `number` stands below the title at the right. */
void sheet_begin(struct sheets *sheets, enum mu_message title, const char *number);
/* Fields beside each other, at most SHEET_FIELDS. */
void sheet_fields(struct sheets *sheets, const struct sheet_field *field, size_t count);
void sheet_field(struct sheets *sheets, enum mu_message label, const char *value);
/* A label with a text of any length under it; an empty one leaves room for a pen. */
void sheet_text(struct sheets *sheets, enum mu_message label, const char *text);
/* A paragraph; sheet_say: a message with {0} and {1}. */
void sheet_line(struct sheets *sheets, const char *text);
void sheet_say(struct sheets *sheets, enum mu_message message, const char *first,
               const char *second);
/* A heading within a sheet. */
void sheet_heading(struct sheets *sheets, const char *text);
void sheet_table(struct sheets *sheets, const struct sheet_column *columns, size_t count);
/* A row of the table that was begun last. */
void sheet_row(struct sheets *sheets, const struct sheet_column *columns, const char *const *cells,
               size_t count);
/* A line to sign on, a date behind it; `who` (may be NULL) is to sign there. */
void sheet_sign(struct sheets *sheets, enum mu_message label, const char *who);

/* ---- among the formats ---- */

struct sheet_format {
    void (*open)(struct sheets *sheets, const char *title);
    void (*close)(struct sheets *sheets);
    void (*begin)(struct sheets *sheets, const char *title, const char *number);
    void (*fields)(struct sheets *sheets, const struct sheet_field *field, size_t count);
    void (*text)(struct sheets *sheets, const char *label, const char *text);
    void (*line)(struct sheets *sheets, const char *text);
    void (*heading)(struct sheets *sheets, const char *text);
    void (*table)(struct sheets *sheets, const struct sheet_column *columns, size_t count);
    void (*row)(struct sheets *sheets, const struct sheet_column *columns, const char *const *cells,
                size_t count);
    void (*sign)(struct sheets *sheets, const char *label, const char *who);
};

extern const struct sheet_format sheet_as_text, sheet_as_html;

/* A copy of text without anything that acts, line ends kept; owned (free); NULL without memory,
 * which sticks. */
char *sheet_inert(struct sheets *sheets, const char *text);

#endif
