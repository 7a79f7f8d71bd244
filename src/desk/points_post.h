/* The one way on which points come and go. */
#ifndef MULIN_SRC_DESK_POINTS_POST_H
#define MULIN_SRC_DESK_POINTS_POST_H

#include "desk/desk_internal.h"

#include <mulin/domain/ledger.h>
#include <mulin/domain/points.h>

enum { MU_POINTS_MOVES = MU_POSTINGS - 1 }; /* people that one entry may move points of */

struct mu_points_move {
    int64_t resident_id;
    struct mu_points points; /* above nothing: the person gains */
    int minutes;             /* of service; below nothing when one is taken back */
};

struct mu_points_posting {
    enum mu_points_kind kind;
    struct mu_date date;  /* the day it counts for; its month has to be open */
    struct mu_moment now; /* of mu_desk_moment */
    const char *rule_id;  /* that decided: duty, rating … */
    int rules_version;    /* of the book that decided */
    int64_t reverses;     /* the entry that is taken back, or 0 */
    const char *reason;   /* "" without one */
    const char *key;      /* idempotency key of MU_KEY_SIZE bytes at most; NULL: a new one */
    const unsigned char *document; /* of MU_HASH_SIZE bytes, or NULL */
    struct mu_points_move move[MU_POINTS_MOVES];
    size_t move_count; /* at least 1 */
};

/* Writes the ledger entry and its lines inside the caller's write transaction: "person:7" for each
 * who is moved, and the word of the kind for what they gain or lose together. Without `document`
 * the entry has none. Asks no right, and not whether a balance falls below nothing: that is the use
 * case's (mu_points_of).
 *   entry_id  gets its number
 * MU_REFUSED (the month is closed; the day is to come), MU_STORE. */
enum mu_status mu_points_post(struct mu_desk *desk, const struct mu_points_posting *posting,
                              int64_t *entry_id, struct mu_error *error) MU_CHECKED;

/* What a file has, from its account in the ledger: one row, whatever the book's length. MU_STORE.
 */
enum mu_status mu_points_of(struct mu_desk *desk, int64_t resident_id, struct mu_points *out,
                            struct mu_error *error) MU_CHECKED;

#endif
