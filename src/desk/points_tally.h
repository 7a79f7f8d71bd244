/* A month of the points bank by person, as it is gathered from the lines. */
#ifndef MULIN_SRC_DESK_POINTS_TALLY_H
#define MULIN_SRC_DESK_POINTS_TALLY_H

#include "desk/desk_internal.h"
#include "store/points_month_store.h"

#include <mulin/desk/points_month.h>

/* What progress is told of, and whether it was stopped. */
struct mu_points_watch {
    mu_progress *progress; /* may be NULL */
    void *context;
    int64_t done, all;
    bool stopped;
};

/* Tells that work has come to `done` of `all`; false when the person wants it to stop. */
bool mu_points_watch(struct mu_points_watch *watch, int64_t done, int64_t all);
/* MU_REFUSED: it was stopped. */
enum mu_status mu_points_stopped(struct mu_error *error);

struct mu_points_link {
    int64_t resident_id, leading;
};

/* Files that were ever linked, by number. */
struct mu_points_links {
    struct mu_points_link *link; /* owned */
    size_t count, room;
    bool no_memory;
};
enum mu_status mu_points_read_links(struct mu_desk *desk, struct mu_points_links *links,
                                    struct mu_error *error) MU_CHECKED;
void mu_points_links_clear(struct mu_points_links *links);
/* The file that speaks for this one now. *ever (may be NULL): was it ever linked? */
int64_t mu_points_leading(const struct mu_points_links *links, int64_t resident_id, bool *ever);

struct mu_points_person {
    int64_t resident_id;
    struct mu_points_sums moved; /* in the month */
    struct mu_points rated;
    int64_t before_minutes; /* up to the month's begin */
    struct mu_points before_earned, before_balance;
};

/* Everybody who ever had points, by number. */
struct mu_points_people {
    struct mu_points_person *person; /* owned */
    size_t count, room;
    bool no_memory;
};

/* Gathers a month that is open, from one state of the records (inside the caller's transaction).
 *   closed  the last closed month before it, or 0
 * MU_REFUSED (stopped), MU_STORE, MU_MEMORY. */
enum mu_status mu_points_gather(struct mu_desk *desk, int month, int closed,
                                const struct mu_points_links *links, struct mu_points_watch *watch,
                                struct mu_points_people *out, struct mu_error *error) MU_CHECKED;
void mu_points_people_clear(struct mu_points_people *people);
/* The line that closing now would seal, and with which stars the month began.
 *   registered  since when the person is a volunteer */
void mu_points_line_of(const struct mu_points_rules *rules, int month,
                       const struct mu_points_person *person, struct mu_date registered,
                       struct mu_points_month_line *out, int *stars_before);

/* mu_points_tally inside the caller's transaction, its right asked for. */
enum mu_status mu_points_tally_here(struct mu_desk *desk, int from, int to, mu_progress *progress,
                                    void *context, struct mu_tally **out,
                                    struct mu_error *error) MU_CHECKED;

/* The points section of the book at the end of the month; of before the first book, that of today.
 * Borrowed until rules are asked for again. */
enum mu_status mu_points_rules_of(struct mu_desk *desk, int month,
                                  const struct mu_points_rules **out, const struct mu_rules **book,
                                  int *version, struct mu_error *error) MU_CHECKED;

/* True when anything moved. */
bool mu_points_moved(const struct mu_points_sums *sums);
/* Adds what a line says to the sums of its month. */
void mu_points_month_take(struct mu_points_month *month, const struct mu_points_month_line *line);

#endif
