#include "desk/act.h"
#include "desk/household_file.h"
#include "store/household_store.h"

#include <mulin/desk/household.h>

#include <stdio.h>
#include <string.h>

static enum mu_status refuse(enum mu_message message, const char *key, const char **field,
                             struct mu_error *error)
{
    if (field)
        *field = key;
    return mu_fail(error, MU_INPUT, message, NULL);
}

/* The address has no other household of this number. */
static enum mu_status check_number(struct mu_desk *desk, const struct mu_household *household,
                                   const char **field, struct mu_error *error)
{
    int64_t id;
    char number[24];
    enum mu_status status = mu_household_at(desk->db, household, &id, error);

    if (status != MU_OK || !id || id == household->id)
        return status;
    if (field)
        *field = "household_number";
    snprintf(number, sizeof number, "%lld", (long long)id);
    return mu_fail(error, MU_INPUT, MU_SAY_error_household_taken, household->number, number, NULL);
}

/* Another use of the home begins where the one before ends. */
static enum mu_status change_use(struct mu_desk *desk, const struct mu_household *before,
                                 struct mu_household *after, struct mu_error *error)
{
    struct mu_moment now = mu_desk_now(desk);
    struct mu_occupancy_past past = {before->occupancy, before->occupied_from, now.date};
    char moment[MU_MOMENT_SIZE];

    if (before->occupancy == after->occupancy)
        return MU_OK;
    if (mu_date_compare(after->occupied_from, before->occupied_from) == 0)
        after->occupied_from = now.date;
    if (!before->occupancy)
        return MU_OK;
    if (mu_date_known(after->occupied_from))
        past.until = mu_date_add_days(after->occupied_from, -1);
    mu_moment_format(now, moment);
    return mu_household_past_use(desk->db, before->id, &past, moment, error);
}

enum mu_status mu_household_put(struct mu_act_writer *act, const struct mu_household *before,
                                struct mu_household *after, struct mu_error *error)
{
    struct mu_desk *desk = act->desk;
    char address[MU_ADDRESS_SIZE];
    bool stale = false;
    enum mu_status status = MU_OK;

    if (before)
        status = change_use(desk, before, after, error);
    if (status == MU_OK)
        status = before ? mu_household_write(desk->db, after, &stale, error)
                        : mu_household_add(desk->db, after, error);
    mu_household_address(after, address);
    if (status == MU_OK && stale)
        return mu_fail(error, MU_REFUSED, MU_SAY_error_household_changed, address, NULL);
    return status == MU_OK
               ? mu_act_change(act, "household", after->id, 0, address, before, after, error)
               : status;
}

enum mu_status mu_household_put_back(struct mu_act_writer *act, const struct mu_household *current,
                                     const struct mu_household *wanted, struct mu_error *error)
{
    struct mu_household after = wanted ? *wanted : *current;
    char address[MU_ADDRESS_SIZE];
    int64_t people = 0;
    enum mu_status status = MU_OK;

    if (!wanted) {
        status = mu_household_living(act->desk->db, current->id, &people, error);
        mu_household_address(current, address);
        if (status == MU_OK && people)
            return mu_fail(error, MU_REFUSED, MU_SAY_error_household_lived_in, address, NULL);
        after.joined_into = current->id;
    } else {
        status = check_number(act->desk, &after, NULL, error);
    }
    return status == MU_OK ? mu_household_put(act, current, &after, error) : status;
}

static enum mu_status save(struct mu_desk *desk, struct mu_household *household, const char **field,
                           struct mu_error *error)
{
    struct mu_household before = {0};
    struct mu_act_writer act;
    char address[MU_ADDRESS_SIZE];
    enum mu_status status = MU_OK;

    if (household->id) {
        status = mu_household_file(desk, household->id, &before, error);
        mu_household_address(&before, address);
        if (status == MU_OK && before.version != household->version)
            return mu_fail(error, MU_REFUSED, MU_SAY_error_household_changed, address, NULL);
        mu_household_unmask(household, &before);
        household->incomplete |= before.incomplete;
    } else {
        mu_household_address(household, address);
        if (!*address)
            return refuse(MU_SAY_error_household_address, "estate", field, error);
    }
    if (status == MU_OK && strchr(household->contact_phone, '*'))
        return refuse(MU_SAY_error_phone_masked, "contact_phone", field, error);
    if (status == MU_OK)
        status = mu_household_check(household, mu_desk_now(desk).date, field, error);
    if (status == MU_OK)
        status = check_number(desk, household, field, error);
    if (status != MU_OK)
        return status;
    mu_act_begin(&act, desk, MU_MAY_save_resident, address);
    return mu_household_put(&act, household->id ? &before : NULL, household, error);
}

enum mu_status mu_save_household(struct mu_desk *desk, struct mu_household *household,
                                 const char **field, struct mu_error *error)
{
    struct mu_household saved = *household;
    enum mu_status status = mu_desk_may(desk, MU_MAY_save_resident, error);

    if (field)
        *field = NULL;
    if (status == MU_OK)
        status = mu_db_begin(desk->db, error);
    if (status != MU_OK)
        return status;
    status = save(desk, &saved, field, error);
    status = mu_desk_end(desk, status, error);
    if (status != MU_OK)
        return status;
    mu_household_mask(&saved);
    *household = saved;
    return MU_OK;
}
