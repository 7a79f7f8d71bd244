/* Rules with foresight: what a draft of the rule book would have cost in a month that is over, or
 * begun, against what was charged. Nothing is written but, when names leave the house, a note in
 * the audit trail.
 *
 *     mu_replay_rules → mu_replay_on … (done) → mu_replay_report → mu_replay_free */
#ifndef MULIN_DESK_REPLAY_H
#define MULIN_DESK_REPLAY_H

#include <mulin/base/error.h>
#include <mulin/desk/desk.h>
#include <mulin/domain/canteen.h>

/* What was charged and what would have been, by payer; self is the diner. */
struct mu_replay_sums {
    struct mu_money was[MU_PAYER_COUNT], would[MU_PAYER_COUNT];
};

/* Somebody, or all of one occupation without a file (resident_id 0). */
struct mu_replay_person {
    int64_t resident_id;            /* of the file that speaks for the person */
    char name[MU_PERSON_NAME_SIZE]; /* masked, see mu_replay_reveal; of people without a file the
                                     * occupation, "" for guests */
    size_t came;                    /* how many others ate in the month before */
    int meals, changed;             /* changed: that would have had another price or payer */
    struct mu_replay_sums sums;
};

/* A tier of the books that were in force or of the draft. */
struct mu_replay_tier {
    char id[MU_RULE_ID_SIZE]; /* "" for full price */
    char name[MU_RULE_NAME_SIZE];
    int meals_was, meals_would;
    struct mu_money pay_was, pay_would, others_was, others_would;
};

struct mu_replay_report {
    struct mu_date from, to;
    int meals, changed;
    struct mu_replay_sums sums;
    int unknown_session; /* meals of sessions that the draft has not: they stay as charged */
    /* The day on which the account of a payer that the draft has funded first did not reach; not
     * known: it always did. And what would stand there behind the last meal. */
    struct mu_date empty_on[MU_PAYER_COUNT];
    struct mu_money left[MU_PAYER_COUNT];
    bool funded[MU_PAYER_COUNT];
    struct mu_replay_person *person; /* the largest difference for the diner first */
    size_t people;
    struct mu_replay_tier *tier; /* the most meals by the draft first */
    size_t tiers;
};

struct mu_replay;

/* Begins to replay the meals of a month (its first day) that were not voided, in the order of
 * serving, by a draft: quotas are given out anew, funded accounts begin with what stood there and
 * get what was booked meanwhile. Who somebody was on a day is told as in mu_explain_past_meal;
 * guests at full price stay at full price.
 *   faults  filled with every fault when the draft is bad (MU_INPUT); clear it. May not be NULL
 *   out     owned by the caller (mu_replay_free), untouched on failure
 * MU_INPUT (also a month that has not begun), MU_REFUSED (the rights to read meals and rules),
 * MU_STORE, MU_MEMORY. */
enum mu_status mu_replay_rules(struct mu_desk *desk, const char *book, size_t length,
                               struct mu_date month, struct mu_rules_faults *faults,
                               struct mu_replay **out, struct mu_error *error) MU_CHECKED;

/* Replays on for a few milliseconds; *done is true at the end. MU_STORE, MU_MEMORY: it can only be
 * freed then. */
enum mu_status mu_replay_on(struct mu_replay *replay, bool *done,
                            struct mu_error *error) MU_CHECKED;
/* How much is done, in percent. */
int mu_replay_percent(const struct mu_replay *replay);

/* What came out; whole only at the end. Borrowed. */
const struct mu_replay_report *mu_replay_report(const struct mu_replay *replay);

/* From then on names are whole. Who wants them says why, and the trail keeps where they go
 * (`target`). MU_INPUT (no reason), MU_REFUSED (the right to take out lists of people), MU_STORE.
 */
enum mu_status mu_replay_reveal(struct mu_replay *replay, const char *target, const char *reason,
                                struct mu_error *error) MU_CHECKED;

void mu_replay_free(struct mu_replay **replay);

/* What the diner would have paid more (less: negative) than was charged. */
struct mu_money mu_replay_difference(const struct mu_replay_sums *sums, enum mu_payer payer);

#endif
