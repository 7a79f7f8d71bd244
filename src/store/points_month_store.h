/* Months of the points bank in the record file: what moved, and what was sealed of it. */
#ifndef MULIN_SRC_STORE_POINTS_MONTH_STORE_H
#define MULIN_SRC_STORE_POINTS_MONTH_STORE_H

#include "store/db.h"

#include <mulin/domain/points_month.h>
#include <mulin/domain/resident.h>

/* The rule of the ledger entries that stand for closed months. */
#define MU_POINTS_MONTH_RULE "points:month"

/* Files from one number to another, both included: months are read a stretch of files at a time, so
 * that no more of them stands in memory. */
struct mu_files {
    int64_t first, last;
};
#define MU_ALL_FILES ((struct mu_files){INT64_MIN, INT64_MAX})

/* What moved in one month on one file. */
struct mu_points_file_sums {
    int month;
    int64_t resident_id;
    struct mu_points_sums moved;
    struct mu_points rated; /* what ratings gave */
};
/* False stops. Nothing else may be asked that the store asks here. */
typedef bool mu_points_file_row(void *context, const struct mu_points_file_sums *sums);

/* What moved from one month to the other, both included: by month and, within it, by the number of
 * the file. One walk over the lines of these files in each month. `step` (may be NULL) is called
 * with the file every few thousand of them; false stops: then *stopped. */
enum mu_status mu_points_month_sums(struct mu_db *db, int from, int to, struct mu_files files,
                                    mu_points_file_row *row,
                                    bool (*step)(void *context, int64_t resident_id), void *context,
                                    bool *stopped, struct mu_error *error) MU_CHECKED;

/* What moved on one file in all months before this one. */
enum mu_status mu_points_file_before(struct mu_db *db, int64_t resident_id, int month,
                                     struct mu_points_sums *out, struct mu_error *error) MU_CHECKED;

/* Files that were ever linked, by number, with the one that speaks for the person now. */
typedef bool mu_points_link_row(void *context, int64_t resident_id, int64_t leading);
enum mu_status mu_points_links(struct mu_db *db, mu_points_link_row *row, void *context,
                               struct mu_error *error) MU_CHECKED;

/* What one file says of a person. */
struct mu_points_who {
    char name[MU_PERSON_NAME_SIZE];
    struct mu_date registered; /* as a volunteer; not known: they are none */
    bool shows_name;           /* as a volunteer they agreed to be shown by name */
};
/* An empty name when there is no such file. */
enum mu_status mu_points_person(struct mu_db *db, int64_t resident_id, struct mu_points_who *out,
                                struct mu_error *error) MU_CHECKED;

/* The same of those of these files who have a line in a closed month, by number; false stops. */
typedef bool mu_points_who_row(void *context, int64_t resident_id, const struct mu_points_who *who);
enum mu_status mu_points_people_of(struct mu_db *db, int month, struct mu_files files,
                                   mu_points_who_row *row, void *context,
                                   struct mu_error *error) MU_CHECKED;

/* The largest number of a file: how far a walk goes. */
enum mu_status mu_points_last_file(struct mu_db *db, int64_t *resident_id,
                                   struct mu_error *error) MU_CHECKED;

/* The first month behind this one in which anything moved, 0 for none. */
enum mu_status mu_points_month_behind(struct mu_db *db, int month, int *out,
                                      struct mu_error *error) MU_CHECKED;

/* The closed month; entry_id 0 when it is not closed. */
enum mu_status mu_points_month_read(struct mu_db *db, int month, struct mu_points_month *out,
                                    struct mu_error *error) MU_CHECKED;
/* How many months from one to the other are closed. */
enum mu_status mu_points_months_closed(struct mu_db *db, int from, int to, int *count,
                                       struct mu_error *error) MU_CHECKED;
/* The closed months, the last one first; false stops. */
typedef bool mu_points_month_row(void *context, const struct mu_points_month *month);
enum mu_status mu_points_month_list(struct mu_db *db, mu_points_month_row *row, void *context,
                                    struct mu_error *error) MU_CHECKED;
/* The lines of closed months with these files, by month and number; false stops. */
typedef bool mu_points_line_row(void *context, int month, const struct mu_points_month_line *line);
enum mu_status mu_points_month_lines(struct mu_db *db, int from, int to, struct mu_files files,
                                     mu_points_line_row *row, void *context,
                                     struct mu_error *error) MU_CHECKED;

/* What of these lines trends are told by: what was earned. */
typedef bool mu_points_earned_row(void *context, int month, int64_t resident_id,
                                  struct mu_points earned);
enum mu_status mu_points_month_earned(struct mu_db *db, int from, int to, struct mu_files files,
                                      mu_points_earned_row *row, void *context,
                                      struct mu_error *error) MU_CHECKED;

/* Adds a line of a month inside the caller's write transaction, before the month itself. */
enum mu_status mu_points_month_line_add(struct mu_db *db, int month,
                                        const struct mu_points_month_line *line,
                                        struct mu_error *error) MU_CHECKED;
enum mu_status mu_points_month_add(struct mu_db *db, const struct mu_points_month *month,
                                   struct mu_error *error) MU_CHECKED;

/* The first closed month that is not what its ledger entry was posted for, or whose lines are not
 * what the entries come to; or 0. *entry_id: the first ledger entry of a month that is not there,
 * or 0. MU_STORE, MU_MEMORY. */
enum mu_status mu_points_month_find_wrong(struct mu_db *db, int *month, int64_t *entry_id,
                                          struct mu_error *error) MU_CHECKED;

#endif
