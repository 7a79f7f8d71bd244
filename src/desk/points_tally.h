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
    bool stopped;
};

/* Tells that work has come to `done` of `all`; false when the person wants it to stop. */
bool mu_points_watch(struct mu_points_watch *watch, int64_t done, int64_t all);
/* MU_REFUSED: it was stopped. */
enum mu_status mu_points_stopped(struct mu_error *error);

/* The files of a month, a stretch after the other: 64 at most, so that statements are few, and no
 * shorter than those of a small community. All zero before the first. */
struct mu_points_stretch {
    struct mu_files files;
    int64_t
        last_file; /* the largest number of a file; numbers behind it fall into the last stretch */
    bool begun;
};
/* Goes on to the next one, the first one at first; false behind the last. */
bool mu_points_stretch_next(struct mu_points_stretch *stretch);

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
/* Its place among the links; their count when it was never linked. */
size_t mu_points_link_place(const struct mu_points_links *links, int64_t resident_id);
/* The file that speaks for this one now. *ever (may be NULL): was it ever linked? */
int64_t mu_points_leading(const struct mu_points_links *links, int64_t resident_id, bool *ever);

struct mu_points_person {
    int64_t resident_id;
    struct mu_points_sums moved; /* in the month */
    struct mu_points rated;
    int64_t before_minutes; /* up to the month's begin */
    struct mu_points before_earned, before_balance;
};

/* Those who ever had points, by number. */
struct mu_points_people {
    struct mu_points_person *person; /* owned */
    size_t count, room;
    bool no_memory;
};

/* Gathers what these files say of a month that is open, from one state of the records (inside the
 * caller's transaction). A person with linked files has the number of the one that speaks for them,
 * and may come once from each stretch of files.
 *   closed  the last closed month before it, or 0
 *   out     empty at first
 * MU_REFUSED (stopped), MU_STORE, MU_MEMORY. */
enum mu_status mu_points_gather(struct mu_desk *desk, int month, int closed,
                                const struct mu_points_stretch *stretch,
                                const struct mu_points_links *links, struct mu_points_watch *watch,
                                struct mu_points_people *out, struct mu_error *error) MU_CHECKED;
void mu_points_people_clear(struct mu_points_people *people);
/* The line that closing now would seal, but for its stars. */
void mu_points_line_of(const struct mu_points_person *person, struct mu_points_month_line *out);
/* Whole months from one day to the other, for stars; 0 from a day that is not known. */
int mu_points_months_between(struct mu_date from, struct mu_date to);

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
