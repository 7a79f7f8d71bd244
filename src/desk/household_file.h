/* Households inside the desk: whole numbers, which leave it masked only. */
#ifndef MULIN_SRC_DESK_HOUSEHOLD_FILE_H
#define MULIN_SRC_DESK_HOUSEHOLD_FILE_H

#include "desk/act.h"

#include <mulin/domain/household.h>

/* The whole record. MU_INPUT when there is no such number. */
enum mu_status mu_household_file(struct mu_desk *desk, int64_t id, struct mu_household *out,
                                 struct mu_error *error) MU_CHECKED;

/* Masks the contact's phone in a copy for the screen. */
void mu_household_mask(struct mu_household *household);
/* A masked phone that comes back unchanged from a form stands for the stored one. */
void mu_household_unmask(struct mu_household *household, const struct mu_household *stored);

/* Writes a household (before NULL: a new one) with its history, its line in the act and its note in
 * the trail. Inside the caller's transaction. MU_REFUSED when another desk changed it. */
enum mu_status mu_household_put(struct mu_act_writer *act, const struct mu_household *before,
                                struct mu_household *after, struct mu_error *error) MU_CHECKED;

/* The put_back of struct mu_act_kind. A household that was entered in error and in which nobody
 * lives leaves all lists (mu_household.joined_into). MU_REFUSED when somebody lives there. */
enum mu_status mu_household_put_back(struct mu_act_writer *act, const struct mu_household *current,
                                     const struct mu_household *wanted,
                                     struct mu_error *error) MU_CHECKED;

/* True when the two stand at one address under one household number. */
bool mu_household_same_home(const struct mu_household *a, const struct mu_household *b);

#endif
