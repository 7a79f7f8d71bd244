/* The points bank's month as a table. */
#ifndef MULIN_REPORT_TALLY_H
#define MULIN_REPORT_TALLY_H

#include <mulin/desk/points_month.h>
#include <mulin/report.h>

/* person team duty. False, *out untouched, for any other word. */
bool mu_tally_by_read(const char *word, enum mu_tally_by *out);
/* What people call it: 按人. */
enum mu_message mu_tally_by_name(enum mu_tally_by by);

/* Bytes, the NUL counted. */
enum { MU_TREND_SIZE = 3 * MU_TALLY_TREND + 1, MU_TALLY_LINE_SIZE = 512, MU_TALLY_LINES = 3 };
/* The months of a trend as blocks of eight heights, the highest month whole: ▁▂▅█; a blank for a
 * month without points. */
void mu_trend_text(const int64_t trend[MU_TALLY_TREND], char out[MU_TREND_SIZE]);
/* ★★★ of a person, "" without any; `out` has MU_STARS_SIZE bytes. */
enum { MU_STARS_SIZE = 3 * MU_RULES_STARS + 1 };
void mu_stars_text(int stars, char *out);
/* The name of a row: of those without a team words that say so. */
const char *mu_tally_label(enum mu_tally_by by, const struct mu_tally_row *row,
                           enum mu_language language);
/* 2026-11, or 2026-07 至 2026-09 of several months. `out` has MU_TALLY_LINE_SIZE bytes. */
void mu_tally_months(const struct mu_tally *tally, enum mu_language language, char *out);

/* What is said beside the table: the sums, and whether and by whom it was closed, with the head.
 * Returns how many of `lines` were written. */
size_t mu_tally_lines(const struct mu_tally *tally, enum mu_language language,
                      char lines[MU_TALLY_LINES][MU_TALLY_LINE_SIZE]);

/* "本月之星 第 1 名 张金凤：72 分", or of a new star, of somebody of the tally. `out` has `size`
 * bytes, the NUL counted. */
void mu_tally_candidate_text(const struct mu_tally *tally,
                             const struct mu_tally_candidate *candidate, enum mu_language language,
                             char *out, size_t size);

/* Writes the rows (mu_tally_look has read them). Of people those of whom nothing moved in the month
 * and nothing is left are not told. As mu_report_begin, MU_STORE, MU_MEMORY. */
enum mu_status mu_report_tally(const struct mu_report_target *target, const struct mu_tally *tally,
                               enum mu_tally_by by, enum mu_language language,
                               struct mu_error *error) MU_CHECKED;

#endif
