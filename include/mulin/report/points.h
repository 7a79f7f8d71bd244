/* Points on paper: statements, lists for the wall, certificates. */
#ifndef MULIN_REPORT_POINTS_H
#define MULIN_REPORT_POINTS_H

#include <mulin/desk/certificate.h>
#include <mulin/desk/points_statement.h>
#include <mulin/desk/points_wall.h>
#include <mulin/report.h>

enum { MU_SERVED_SIZE = 24, MU_POINTS_TOLD_SIZE = 512 };

/* 12:30 for so many minutes of service, -1:05 for what was taken back; "" for none. `out` has
 * MU_SERVED_SIZE bytes. */
void mu_served_text(int64_t minutes, char *out);

/* What an entry is about: 送餐（小巷骑兵）09:00–10:30 ×2 社区食堂; of a reversal also which entry
 * is taken back. `out` has MU_POINTS_TOLD_SIZE bytes. */
void mu_points_entry_text(const struct mu_points_entry *entry, enum mu_language language,
                          char *out);
/* What else is to be known of it: why, that it was reversed, that the check-out was forgotten, that
 * it is about another day. "" for nothing. `out` has MU_POINTS_TOLD_SIZE bytes. */
void mu_points_entry_note(const struct mu_points_entry *entry, enum mu_language language,
                          char *out);

enum { MU_STATEMENT_LINES = 4 };
/* What stands above the entries: months, sums, balances. Returns how many lines were written. */
size_t mu_points_statement_lines(const struct mu_points_statement *statement,
                                 enum mu_language language,
                                 char lines[MU_STATEMENT_LINES][MU_POINTS_TOLD_SIZE]);

/* Writes a statement: every entry with rule, book and running balance, the ledger's head below. As
 * mu_report_begin and the others. */
enum mu_status mu_report_points_statement(const struct mu_report_target *target,
                                          const struct mu_points_statement *statement,
                                          enum mu_language language,
                                          struct mu_error *error) MU_CHECKED;

enum { MU_WALL_LINES = 4 };
/* What stands above the list: the month's sums, who closed it or that it is open, how names are
 * shown, how to check it. Returns how many lines were written. */
size_t mu_points_wall_lines(const struct mu_points_wall *wall, enum mu_language language,
                            char lines[MU_WALL_LINES][MU_POINTS_TOLD_SIZE]);

/* Writes the list for the wall, with bars in a workbook and the ledger's head below. As
 * mu_report_begin and the others. */
enum mu_status mu_report_points_wall(const struct mu_report_target *target,
                                     const struct mu_points_wall *wall, enum mu_language language,
                                     struct mu_error *error) MU_CHECKED;

enum { MU_CERTIFICATE_LINES = 4 };
/* What stands above the duties: number, who did how much in which days. Returns how many lines were
 * written. */
size_t mu_certificate_lines(const struct mu_certificate_paper *paper, enum mu_language language,
                            char lines[MU_CERTIFICATE_LINES][MU_POINTS_TOLD_SIZE]);

/* Writes a certificate, or the draft of one. As mu_report_begin and the others. */
enum mu_status mu_report_certificate(const struct mu_report_target *target,
                                     const struct mu_certificate_paper *certificate,
                                     enum mu_language language, struct mu_error *error) MU_CHECKED;

#endif
