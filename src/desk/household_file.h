/* Households inside the desk: whole numbers, which leave it masked only. */
#ifndef MULIN_SRC_DESK_HOUSEHOLD_FILE_H
#define MULIN_SRC_DESK_HOUSEHOLD_FILE_H

#include "desk/desk_internal.h"

#include <mulin/domain/household.h>

/* The whole record. MU_INPUT when there is no such number. */
enum mu_status mu_household_file(struct mu_desk *desk, int64_t id, struct mu_household *out,
                                 struct mu_error *error) MU_CHECKED;

/* Masks the contact's phone in a copy for the screen. */
void mu_household_mask(struct mu_household *household);
/* A masked phone that comes back unchanged from a form stands for the stored one. */
void mu_household_unmask(struct mu_household *household, const struct mu_household *stored);

/* True when the two stand at one address under one household number. */
bool mu_household_same_home(const struct mu_household *a, const struct mu_household *b);

#endif
