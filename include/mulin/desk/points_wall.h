/* The month's list for the wall (公示). */
#ifndef MULIN_DESK_POINTS_WALL_H
#define MULIN_DESK_POINTS_WALL_H

#include <mulin/base/error.h>
#include <mulin/desk/desk.h>
#include <mulin/desk/house.h>
#include <mulin/desk/points_month.h>
#include <mulin/domain/resident.h>

struct mu_wall_row {
    int64_t resident_id;            /* whose statement shows the entries; never posted */
    char name[MU_PERSON_NAME_SIZE]; /* masked unless the person agreed to be shown */
    struct mu_points_sums moved;
    struct mu_points balance; /* at the end of the month */
    int stars;                /* likewise */
};

struct mu_points_wall {
    struct mu_points_month sum; /* entry_id 0: the month is open, and the figures provisional */
    bool over;                  /* the month is */
    struct mu_date on;          /* the day of the list */
    int64_t entries;            /* of the ledger up to the closing of the month; of an open one, */
    unsigned char head[MU_HASH_SIZE]; /* as it stands */
    struct mu_tally *tally;           /* owned: mu_wall_row reads the rows of its people, */
    size_t count; /* who stand on the list: of whom anything moved, or who have points */
};

/* Makes the list of a month, those who earned most first. A closed month is told as it was sealed;
 * an open one as it would be closed now.
 *   progress  may be NULL; false stops with MU_REFUSED
 * *out is owned by the caller (mu_points_wall_free), untouched on failure. MU_INPUT (a month that
 * has not begun), MU_REFUSED (right), MU_STORE, MU_MEMORY. */
enum mu_status mu_read_points_wall(struct mu_desk *desk, int month, mu_progress *progress,
                                   void *context, struct mu_points_wall **out,
                                   struct mu_error *error) MU_CHECKED;

/* Reads the row at a place of the list, from 0 to below its count. */
void mu_wall_row(const struct mu_points_wall *wall, size_t place, struct mu_wall_row *out);

/* Notes in the audit trail that the list leaves the house, before it does.
 *   target  the file, or "-"
 * MU_REFUSED (right post_points), MU_STORE. */
enum mu_status mu_post_points_wall(struct mu_desk *desk, const struct mu_points_wall *wall,
                                   const char *target, struct mu_error *error) MU_CHECKED;

void mu_points_wall_free(struct mu_points_wall **wall);

#endif
