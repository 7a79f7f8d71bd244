/* Rounds on which meals are brought, and what the courier tells of each door. */
#ifndef MULIN_DOMAIN_ROUND_H
#define MULIN_DOMAIN_ROUND_H

#include <mulin/domain/resident.h>
#include <mulin/rules.h>

/* What became of a meal that was brought (安危确认): data/codes/delivery.def. */
enum mu_delivery {
    MU_NOT_TOLD, /* nobody has said yet */
    MU_DELIVERED_WELL,
    MU_NOBODY_ANSWERED,
    MU_MEAL_REFUSED /* the person was seen, and did not want it */
};

struct mu_round {
    int64_t id;
    struct mu_date date;
    char session[MU_RULE_ID_SIZE];
    char courier[MU_PERSON_NAME_SIZE];
    int stops, not_told, no_answer; /* doors; of those not told of yet, and where nobody answered */
};

struct mu_stop {
    int64_t id, round_id;
    struct mu_date date;
    char session[MU_RULE_ID_SIZE];
    int64_t resident_id;
    int64_t return_id; /* of what was told last; 0: nothing yet */
    int delivery;      /* enum mu_delivery */
    int64_t meal_id;   /* that was posted for it, or 0 */
    char told[MU_NOTE_SIZE];
    struct mu_moment told_at;
    char told_by[MU_PERSON_NAME_SIZE]; /* the operator who entered it */
};

#endif
