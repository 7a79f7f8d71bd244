/* A replay of points as a table (desk/points_replay.h). */
#ifndef MULIN_REPORT_POINTS_REPLAY_H
#define MULIN_REPORT_POINTS_REPLAY_H

#include <mulin/desk/points_replay.h>
#include <mulin/report.h>

enum mu_points_replay_by {
    MU_POINTS_REPLAY_BY_PERSON,
    MU_POINTS_REPLAY_BY_DUTY,
    MU_POINTS_REPLAY_BY_TEAM
};

/* volunteer duty team. False, *out untouched, for any other word. */
bool mu_points_replay_by_read(const char *word, enum mu_points_replay_by *out);

/* "积分试算：{0}", with the month to fill in. */
enum mu_message mu_points_replay_title(enum mu_points_replay_by by);

enum { MU_POINTS_REPLAY_LINES = 5, MU_POINTS_REPLAY_LINE_SIZE = 512 };
/* What stands above the figures: services, points, what caps cut off, and how it was computed.
 * Returns how many lines were written. */
size_t mu_points_replay_lines(const struct mu_points_replay_report *report,
                              enum mu_language language,
                              char lines[MU_POINTS_REPLAY_LINES][MU_POINTS_REPLAY_LINE_SIZE]);

/* The rows of a way to look at it, and what stands in each; the name is borrowed, or static. */
size_t mu_points_replay_rows(const struct mu_points_replay_report *report,
                             enum mu_points_replay_by by);
const char *mu_points_replay_row(const struct mu_points_replay_report *report,
                                 enum mu_points_replay_by by, size_t row, enum mu_language language,
                                 const struct mu_points_replay_sums **sums);

/* Writes a finished replay. As mu_report_begin and the others. */
enum mu_status mu_report_points_replay(const struct mu_report_target *target,
                                       const struct mu_points_replay_report *report,
                                       enum mu_points_replay_by by, enum mu_language language,
                                       struct mu_error *error) MU_CHECKED;

#endif
