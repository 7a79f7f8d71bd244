/* Lists of people at the desk: opened at once however many stand in them, read on in slices so that
 * no key waits, looked at through windows, kept by name, summed up. */
#ifndef MULIN_DESK_ROSTER_H
#define MULIN_DESK_ROSTER_H

#include <mulin/base/id_set.h>
#include <mulin/desk/desk.h>
#include <mulin/desk/house.h>
#include <mulin/desk/register.h>
#include <mulin/domain/roster.h>

struct mu_roster; /* opaque */

/* Opens a list and reads for about `budget` milliseconds. The desk must outlive it. *out is owned
 * (mu_roster_free), untouched unless MU_OK. MU_INPUT (mu_roster_check), MU_REFUSED, MU_STORE,
 * MU_MEMORY. */
enum mu_status mu_roster_open(struct mu_desk *desk, const struct mu_roster_request *request,
                              int budget, struct mu_roster **out,
                              struct mu_error *error) MU_CHECKED;
void mu_roster_free(struct mu_roster **roster);

/* Reads on, or sorts on, for about `budget` milliseconds; nothing when it is whole. */
enum mu_status mu_roster_go_on(struct mu_roster *roster, int budget,
                               struct mu_error *error) MU_CHECKED;
/* Everybody has been read, and stands in order. Until then people are in the order in which they
 * are found, and more may come. */
bool mu_roster_whole(const struct mu_roster *roster);
/* How far it is, in per cent, and whether it is putting people into order already. */
int mu_roster_progress(const struct mu_roster *roster, bool *sorting);
/* Milliseconds that reading and sorting have taken so far. */
int mu_roster_cost(const struct mu_roster *roster);
struct mu_desk *mu_roster_desk(const struct mu_roster *roster);
const struct mu_roster_request *mu_roster_asked(const struct mu_roster *roster);

/* People found so far. */
size_t mu_roster_count(const struct mu_roster *roster);
/* The number of the file at a position below that. */
int64_t mu_roster_id(const struct mu_roster *roster, size_t position);

/* The people at `count` positions from `first` on, as they are now, masked; ID numbers only when
 * the request has that column. Somebody who is no longer there comes with the number alone. The
 * desk must not be called by `row`. MU_STORE. */
enum mu_status mu_roster_read(struct mu_roster *roster, size_t first, size_t count,
                              mu_resident_row *row, void *context,
                              struct mu_error *error) MU_CHECKED;

/* What is known of some people together. All zero to begin with; homes are told once. */
struct mu_roster_sum {
    int64_t people, homes, area; /* of the homes, 0.01 m² */
    int64_t aged, ages;          /* people whose age is known, and the sum of their ages */
    int64_t last;                /* of `ids` that was added; 0 at the beginning */
    bool whole;
    struct mu_id_set seen; /* homes; mu_roster_sum_clear frees it */
};
/* Adds those of `ids` behind sum->last for about `budget` milliseconds. */
enum mu_status mu_roster_sum(struct mu_desk *desk, const struct mu_id_set *ids, int budget,
                             struct mu_roster_sum *sum, struct mu_error *error) MU_CHECKED;
void mu_roster_sum_clear(struct mu_roster_sum *sum);

/* People of a list who are taken out of the house: on paper, in a file, to another program. */
struct mu_roster_leaving {
    const char *target;           /* where to, for the trail: a file's name, lp */
    bool full;                    /* whole ID numbers and phones, against a reason */
    const char *reason;           /* may be NULL unless full */
    const struct mu_id_set *only; /* these people, in the order of the list, those of other lists
                                   * behind; NULL: everybody in the list */
    mu_progress *progress;        /* now and then, may be NULL; false stops */
    bool (*begin)(void *context, size_t people); /* before the first; may be NULL; false stops */
    mu_resident_row *row; /* for each, as the file is then; false stops. No other desk waits */
    void *context;
};

/* Reads the list to its end, notes in the audit trail who takes how many out, and why, and when
 * that is on the disk hands them over. people  gets how many were handed over MU_INPUT (no reason,
 * nobody in the list), MU_REFUSED (right; stopped), MU_STORE, MU_MEMORY. */
enum mu_status mu_take_out_roster(struct mu_roster *roster, const struct mu_roster_leaving *leaving,
                                  size_t *people, struct mu_error *error) MU_CHECKED;

/* Lists that the operator keeps by name. */

enum { MU_ROSTER_NAME_SIZE = 64, MU_ROSTERS_SAVED = 100 /* of one operator at most */ };

/* Called for each; false stops. `whole` is false when a line was not understood and left out. */
typedef bool mu_roster_kept(void *context, const char *name,
                            const struct mu_roster_request *request, bool whole);
enum mu_status mu_list_rosters(struct mu_desk *desk, mu_roster_kept *row, void *context,
                               struct mu_error *error) MU_CHECKED;
/* MU_INPUT when the operator has none of this name. */
enum mu_status mu_read_roster(struct mu_desk *desk, const char *name, struct mu_roster_request *out,
                              bool *whole, struct mu_error *error) MU_CHECKED;
/* Keeps it, in place of what had the name. MU_INPUT (the name, too many, mu_roster_check). */
enum mu_status mu_keep_roster(struct mu_desk *desk, const char *name,
                              const struct mu_roster_request *request,
                              struct mu_error *error) MU_CHECKED;
enum mu_status mu_forget_roster(struct mu_desk *desk, const char *name,
                                struct mu_error *error) MU_CHECKED;

#endif
