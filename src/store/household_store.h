/* Households in the record file: the home, how it was used, who lived in it. No decisions here. */
#ifndef MULIN_SRC_STORE_HOUSEHOLD_STORE_H
#define MULIN_SRC_STORE_HOUSEHOLD_STORE_H

#include "store/db.h"

#include <mulin/domain/household.h>

/* The household, its note opened. *found says whether there is one; *out is untouched if not. */
enum mu_status mu_household_by_id(struct mu_db *db, int64_t id, bool *found,
                                  struct mu_household *out, struct mu_error *error) MU_CHECKED;

/* The number of the household with this address and household number, 0 when there is none. Only
 * the address and number of `at` are read. */
enum mu_status mu_household_at(struct mu_db *db, const struct mu_household *at, int64_t *id,
                               struct mu_error *error) MU_CHECKED;

/* Makes a household at an address (the place too, when it is new): id and version are set.
 * MU_STORE. */
enum mu_status mu_household_add(struct mu_db *db, struct mu_household *household,
                                struct mu_error *error) MU_CHECKED;

/* Writes all but the address over the household with this id and version, which is counted up.
 * *stale is true, nothing written, when another desk changed it meanwhile. MU_STORE, also for an
 * incomplete household. */
enum mu_status mu_household_write(struct mu_db *db, struct mu_household *household, bool *stale,
                                  struct mu_error *error) MU_CHECKED;

/* Notes how the home was used until now. */
enum mu_status mu_household_past_use(struct mu_db *db, int64_t id,
                                     const struct mu_occupancy_past *past, const char *changed_at,
                                     struct mu_error *error) MU_CHECKED;

/* Called for each; false stops. */
typedef bool mu_occupancy_row(void *context, const struct mu_occupancy_past *past);
/* How the home was used before, newest first. */
enum mu_status mu_household_past_uses(struct mu_db *db, int64_t id, mu_occupancy_row *row,
                                      void *context, struct mu_error *error) MU_CHECKED;

/* Somebody who lived in the household and moved to another. */
struct mu_past_member {
    int64_t resident_id;
    char name[MU_PERSON_NAME_SIZE];
    int relation; /* as it was */
    struct mu_date until;
};
typedef bool mu_past_member_row(void *context, const struct mu_past_member *member);
/* Who lived here before, the last to leave first; who came back is among them. */
enum mu_status mu_household_past_members(struct mu_db *db, int64_t id, mu_past_member_row *row,
                                         void *context, struct mu_error *error) MU_CHECKED;

/* How many people who live here now belong to the household. */
enum mu_status mu_household_living(struct mu_db *db, int64_t id, int64_t *count,
                                   struct mu_error *error) MU_CHECKED;

/* Households at the same address, without the one itself: 40 rooms let one by one are 40
 * households.
 */
typedef bool mu_household_row(void *context, const struct mu_household *household);
enum mu_status mu_household_neighbours(struct mu_db *db, int64_t id, mu_household_row *row,
                                       void *context, struct mu_error *error) MU_CHECKED;

#endif
