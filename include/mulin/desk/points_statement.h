/* What anybody may check: the entries behind a person's points. */
#ifndef MULIN_DESK_POINTS_STATEMENT_H
#define MULIN_DESK_POINTS_STATEMENT_H

#include <mulin/base/error.h>
#include <mulin/desk/desk.h>
#include <mulin/domain/points_statement.h>

/* Every entry of one person over all files that were linked, with what stood behind it. */
struct mu_points_statement {
    int64_t resident_id; /* of the file that speaks for the person */
    char name[MU_PERSON_NAME_SIZE];
    int from_month,
        to_month; /* 202611: the first and the last that are told; 0: from the first on */
    struct mu_points before;                 /* what stood before the first of them */
    struct mu_points earned, spent, expired; /* in them: what was taken back is counted off */
    struct mu_points balance;                /* at their end */
    int services, minutes;                   /* in them; what was taken back is counted off */
    int64_t entries;                         /* of the ledger, when it was read */
    unsigned char head[MU_HASH_SIZE];
    struct mu_points_entry *entry; /* month by month, in the order in which they were booked */
    size_t count, room;
};

/* Reads it, all from one state of the records. The balance behind the last entry of a month is the
 * one that the month's list on the wall shows.
 *   from_month  202611, or 0: from the first entry on
 *   to_month    likewise; 0: the present month
 * *out is owned by the caller (mu_points_statement_free), untouched on failure. MU_INPUT (no such
 * file, months the wrong way round), MU_REFUSED (right), MU_STORE, MU_MEMORY. */
enum mu_status mu_read_points_statement(struct mu_desk *desk, int64_t resident_id, int from_month,
                                        int to_month, struct mu_points_statement **out,
                                        struct mu_error *error) MU_CHECKED;

/* Notes in the audit trail that the statement leaves the house as a file, before it does.
 *   target  the file
 * MU_REFUSED (right), MU_STORE. */
enum mu_status mu_take_out_statement(struct mu_desk *desk,
                                     const struct mu_points_statement *statement,
                                     const char *target, struct mu_error *error) MU_CHECKED;

void mu_points_statement_free(struct mu_points_statement **statement);

#endif
