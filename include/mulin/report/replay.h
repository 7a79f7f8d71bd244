/* A replay of the rules as a table (desk/replay.h). */
#ifndef MULIN_REPORT_REPLAY_H
#define MULIN_REPORT_REPLAY_H

#include <mulin/desk/replay.h>
#include <mulin/report.h>

enum mu_replay_by { MU_REPLAY_BY_PERSON, MU_REPLAY_BY_PAYER, MU_REPLAY_BY_TIER };

/* person payer tier. False, *out untouched, for any other word. */
bool mu_replay_by_read(const char *word, enum mu_replay_by *out);

enum { MU_REPLAY_LINES = 2 * MU_PAYER_COUNT + 3, MU_REPLAY_LINE_SIZE = 512 };
/* What stands above the figures: meals, sums by payer, accounts that would be empty, and how it was
 * computed. Returns how many lines were written. */
size_t mu_replay_lines(const struct mu_replay_report *report, enum mu_language language,
                       char lines[MU_REPLAY_LINES][MU_REPLAY_LINE_SIZE]);

/* What a person is called on it: the name as the report has it, or the occupation of those without
 * a file. `out` has `size` bytes. */
void mu_replay_label(const struct mu_replay_person *person, enum mu_language language, char *out,
                     size_t size);
/* The name of a tier, or that it is full price. Borrowed from the tier, or static. */
const char *mu_replay_tier_name(const struct mu_replay_tier *tier, enum mu_language language);

/* Writes a finished replay. As mu_report_begin and the others. */
enum mu_status mu_report_replay(const struct mu_report_target *target,
                                const struct mu_replay_report *report, enum mu_replay_by by,
                                enum mu_language language, struct mu_error *error) MU_CHECKED;

#endif
