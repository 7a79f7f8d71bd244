/* What the papers about points have in common. */
#ifndef MULIN_SRC_REPORT_POINTS_TOLD_H
#define MULIN_SRC_REPORT_POINTS_TOLD_H

#include <mulin/report/points.h>

struct points_part {
    enum mu_message heading;
    enum mu_report_kind kind;
};

/* A paper: lines above a table, the ledger's head below it. Everything is borrowed. */
struct points_paper {
    const char *title;
    const char (*lines)[MU_POINTS_TOLD_SIZE];
    size_t line_count;
    const struct points_part *part;
    size_t parts; /* at most MU_POINTS_PARTS */
    int64_t entries;
    const unsigned char *head;
    const void *told; /* what the rows are written from */
    size_t count;     /* of them; 0: they are few */
    enum mu_status (*rows)(struct mu_report *out, const void *told, enum mu_language language,
                           struct mu_error *error);
};

enum { MU_POINTS_PARTS = 12 };

/* Begins the report, writes the rows and finishes it; nothing is left of one that failed. */
enum mu_status points_paper_write(const struct mu_report_target *target,
                                  const struct points_paper *paper, enum mu_language language,
                                  struct mu_error *error);

#endif
