/* Somebody as the rules would have known the person on a past day, from what the records tell now.
 * Tags, household and use of the home are those of that day; birth date, sex, residence and
 * occupation stand in the file without days, and are those of now. */
#ifndef MULIN_SRC_DESK_DINER_THEN_H
#define MULIN_SRC_DESK_DINER_THEN_H

#include "desk/desk_internal.h"

#include <mulin/domain/meal.h>
#include <mulin/domain/tag.h>

struct mu_diner_then {
    int64_t resident_id; /* of the file that speaks for the person */
    char name[MU_PERSON_NAME_SIZE];
    struct mu_date birth_date;
    int sex, residence, occupancy;
    char occupation[MU_WORD_SIZE];
    char tags[MU_TAGS_SIZE];
    bool tags_later; /* one of them was recorded or changed after that moment */
    bool housed;
    struct mu_housemates mates;
    struct mu_date from, before; /* it counts for these days alike; before: not known: for all */
};

/* Reads it for a moment; `resident_id` may be any of the person's files. MU_INPUT (no such file),
 * MU_STORE; *out untouched then. */
enum mu_status mu_diner_then_read(struct mu_desk *desk, int64_t resident_id,
                                  struct mu_moment moment, struct mu_diner_then *out,
                                  struct mu_error *error) MU_CHECKED;

/* True when it counts for the day, too. */
bool mu_diner_then_counts(const struct mu_diner_then *then, struct mu_date day);

/* What a book knows of the person on the day. Borrows from `then` and `derived`, which it fills. */
struct mu_diner mu_diner_then_tell(const struct mu_diner_then *then,
                                   const struct mu_register_rules *rules, struct mu_date day,
                                   char derived[MU_DERIVED_SIZE]);

#endif
