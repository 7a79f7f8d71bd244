/* The counts of mediation as a table (desk/case_count.h). */
#ifndef MULIN_REPORT_CASE_COUNT_H
#define MULIN_REPORT_CASE_COUNT_H

#include <mulin/desk/case_count.h>
#include <mulin/report.h>

/* month dispute level source outcome mediator. False, *out untouched, for any other word. */
bool mu_case_count_by_read(const char *word, enum mu_case_count_by *out);
/* What looking so is called: 按月. */
enum mu_message mu_case_count_by_name(enum mu_case_count_by by);

/* Reads a period as people type it: 2026, 2026Q3, 2026-11; a month reads as mu_month_parse. False,
 * the days untouched, when it is none. */
bool mu_case_period_read(const char *text, struct mu_date *from, struct mu_date *to);
/* 2026, 2026-11, or 2026-07-01 至 2026-09-30. `out` has MU_CASE_COUNT_LINE_SIZE bytes. */
enum { MU_CASE_COUNT_LINES = 4, MU_CASE_COUNT_LINE_SIZE = 512 };
void mu_case_period_text(const struct mu_case_count *count, enum mu_language language, char *out);

/* What is said beside the table: the sums, the rates, and how it was counted. Returns how many of
 * `lines` were written. */
size_t mu_case_count_lines(const struct mu_case_count *count, enum mu_language language,
                           char lines[MU_CASE_COUNT_LINES][MU_CASE_COUNT_LINE_SIZE]);

/* What a row is called; `out` has MU_CASE_COUNT_LABEL_SIZE bytes. */
enum { MU_CASE_COUNT_LABEL_SIZE = MU_PERSON_NAME_SIZE };
void mu_case_count_label(const struct mu_case_count *count, const struct mu_case_count_row *row,
                         enum mu_language language, char *out);

/* Writes the table, the whole in its last row; text without the columns that do not fit into 80. As
 * mu_report_begin. */
enum mu_status mu_report_case_count(const struct mu_report_target *target,
                                    const struct mu_case_count *count, enum mu_language language,
                                    struct mu_error *error) MU_CHECKED;

#endif
