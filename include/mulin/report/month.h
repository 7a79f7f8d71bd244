/* The canteen's month as a table (desk/month.h). */
#ifndef MULIN_REPORT_MONTH_H
#define MULIN_REPORT_MONTH_H

#include <mulin/desk/month.h>
#include <mulin/report.h>

/* tier payer session method day person. False, *out untouched, for any other word. */
bool mu_month_by_read(const char *word, enum mu_month_by *out);
/* What looking so is called: 按档位. */
enum mu_message mu_month_by_name(enum mu_month_by by);

/* What a row is called: the name of tier, session, payer or person, the day with its weekday.
 * `out` has `size` bytes. */
void mu_month_label(enum mu_month_by by, const struct mu_month_row *row, enum mu_language language,
                    char *out, size_t size);

enum { MU_MONTH_LINES = 7, MU_MONTH_LINE_SIZE = 512 };
/* What is said beside the figures: people, money, what was taken back, the share for the
 * micro-fund. Returns how many lines were written. */
size_t mu_month_lines(const struct mu_month *month, enum mu_language language,
                      char lines[MU_MONTH_LINES][MU_MONTH_LINE_SIZE]);

/* Writes the table with bars, the ledger's head below it. `posted` says so and leaves out what
 * would tell of people: the month went through mu_month_for_posting and mu_month_people for that.
 * As mu_report_begin and the others. */
enum mu_status mu_report_month(const struct mu_report_target *target, const struct mu_month *month,
                               enum mu_month_by by, bool posted, enum mu_language language,
                               struct mu_error *error) MU_CHECKED;

#endif
