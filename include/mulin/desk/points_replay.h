/* What a draft of the rule book would have given for the services of a month, against what they
 * earned. The sister of desk/replay.h, which does the same for meals; nothing is written but, when
 * names leave the house, a note in the audit trail.
 *
 *     mu_replay_points → mu_replay_points_on … (done) → mu_points_replay_report
 *     → mu_points_replay_free */
#ifndef MULIN_DESK_POINTS_REPLAY_H
#define MULIN_DESK_POINTS_REPLAY_H

#include <mulin/desk/desk.h>
#include <mulin/domain/points.h>
#include <mulin/domain/resident.h>

/* Services and what they earned. */
struct mu_points_replay_sums {
    int services, changed; /* changed: that would have earned another number */
    struct mu_points was, would;
};

struct mu_points_replay_person {
    int64_t resident_id;            /* of the file that speaks for the person */
    char name[MU_PERSON_NAME_SIZE]; /* masked, see mu_points_replay_reveal */
    struct mu_points_replay_sums sums;
};

/* A duty or a team. */
struct mu_points_replay_group {
    char id[MU_RULE_ID_SIZE]; /* of a duty; "" for a team */
    char name[MU_RULE_NAME_SIZE];
    struct mu_points_replay_sums sums;
};

struct mu_points_replay_report {
    struct mu_date from, to;
    struct mu_points_replay_sums sums; /* of the month's services that stand */
    struct mu_points cut;              /* what the draft's caps would have taken */
    int unknown_duty; /* services of duties that the draft has not: they stay as they were */
    struct mu_points_replay_person *person; /* the largest difference first */
    size_t people;
    struct mu_points_replay_group *duty; /* likewise */
    size_t duties;
    struct mu_points_replay_group *team; /* likewise, as the services were recorded */
    size_t teams;
};

struct mu_points_replay;

/* Begins to replay the services of a month (its first day), whenever they were recorded, person by
 * person in the order of their entries: caps and bonuses are decided anew, each with what the draft
 * gave before.
 * Ratings, goods and what ran out are no service and stay as they are.
 *   faults  filled with every fault when the draft is bad (MU_INPUT); clear it. May not be NULL
 *   out     owned by the caller (mu_points_replay_free), untouched on failure
 * MU_INPUT (also a month that has not begun), MU_REFUSED (the rights to read points and rules),
 * MU_STORE, MU_MEMORY. */
enum mu_status mu_replay_points(struct mu_desk *desk, const char *book, size_t length,
                                struct mu_date month, struct mu_rules_faults *faults,
                                struct mu_points_replay **out, struct mu_error *error) MU_CHECKED;

/* Replays on for a few milliseconds; *done is true at the end. MU_STORE, MU_MEMORY: it can only be
 * freed then. */
enum mu_status mu_replay_points_on(struct mu_points_replay *replay, bool *done,
                                   struct mu_error *error) MU_CHECKED;
/* How much is done, in percent. */
int mu_points_replay_percent(const struct mu_points_replay *replay);

/* What came out; whole only at the end. Borrowed. */
const struct mu_points_replay_report *
mu_points_replay_report(const struct mu_points_replay *replay);

/* From then on names are whole; as mu_replay_reveal. */
enum mu_status mu_points_replay_reveal(struct mu_points_replay *replay, const char *target,
                                       const char *reason, struct mu_error *error) MU_CHECKED;

void mu_points_replay_free(struct mu_points_replay **replay);

/* What the draft would have given more (less: negative). */
struct mu_points mu_points_replay_difference(const struct mu_points_replay_sums *sums);

#endif
