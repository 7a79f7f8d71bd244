#include "base/growing.h"
#include "desk/act.h"
#include "desk/household_file.h"
#include "desk/resident_file.h"
#include "store/register_store.h"

#include <mulin/desk/household.h>

#include <stdio.h>
#include <stdlib.h>

/* The numbers of those of a household whose status is to change. */
struct leaving {
    int status; /* they have now */
    struct mu_date last;
    size_t count, room;
    struct leaver {
        int64_t id;
        struct mu_date ended_on;
    } * leaver;
    bool no_memory;
};

static bool take_leaver(void *context, const struct mu_resident *resident)
{
    struct leaving *leaving = context;
    void *larger;

    if (resident->status != leaving->status)
        return true;
    larger = mu_grown(leaving->leaver, leaving->count, &leaving->room, sizeof *leaving->leaver);
    leaving->no_memory = !larger;
    if (!larger)
        return false;
    leaving->leaver = larger;
    leaving->leaver[leaving->count++] = (struct leaver){resident->id, resident->ended_on};
    if (mu_date_compare(resident->ended_on, leaving->last) > 0)
        leaving->last = resident->ended_on;
    return true;
}

static enum mu_status change(struct mu_act_writer *act, int64_t id, enum mu_resident_status status,
                             struct mu_date day, struct mu_error *error)
{
    struct mu_resident before, after;
    enum mu_status result = mu_file_read(act->desk, id, &before, error);

    if (result == MU_OK)
        result = mu_file_check_end(act->desk, &before, status, day, error);
    if (result != MU_OK)
        return result;
    after = before;
    after.status = (int)status;
    after.ended_on = status == MU_LIVING_HERE ? (struct mu_date){0, 0, 0} : day;
    return mu_file_write(act, &before, &after, error);
}

/* Brings those of the household who have the status `from` to the status `to`; of those who moved
 * out only the last. */
static enum mu_status change_all(struct mu_desk *desk, int64_t household_id,
                                 enum mu_resident_status from, enum mu_resident_status to,
                                 struct mu_date day, struct mu_error *error)
{
    struct leaving leaving = {.status = (int)from};
    struct mu_household household;
    struct mu_act_writer act;
    char address[MU_ADDRESS_SIZE], number[24];
    enum mu_status status = mu_household_file(desk, household_id, &household, error);

    if (status == MU_OK)
        status = mu_register_household(desk->db, household_id, take_leaver, &leaving, error);
    if (status == MU_OK && leaving.no_memory)
        status = mu_fail_memory(error);
    if (status == MU_OK && !leaving.count) {
        snprintf(number, sizeof number, "%lld", (long long)household_id);
        status = mu_fail(error, MU_INPUT,
                         to == MU_LIVING_HERE ? MU_SAY_error_household_nobody_out
                                              : MU_SAY_error_household_empty,
                         number, NULL);
    }
    if (status == MU_OK) {
        mu_household_address(&household, address);
        mu_act_begin(&act, desk, MU_MAY_end_resident, address);
    }
    for (size_t i = 0; status == MU_OK && i < leaving.count; i++)
        if (to != MU_LIVING_HERE || mu_date_compare(leaving.leaver[i].ended_on, leaving.last) == 0)
            status = change(&act, leaving.leaver[i].id, to, day, error);
    free(leaving.leaver);
    return status;
}

static enum mu_status in_transaction(struct mu_desk *desk, int64_t household_id,
                                     enum mu_resident_status from, enum mu_resident_status to,
                                     struct mu_date day, struct mu_error *error)
{
    enum mu_status status = mu_desk_may(desk, MU_MAY_end_resident, error);

    if (status == MU_OK)
        status = mu_db_begin(desk->db, error);
    if (status != MU_OK)
        return status;
    status = change_all(desk, household_id, from, to, day, error);
    return mu_desk_end(desk, status, error);
}

enum mu_status mu_household_out(struct mu_desk *desk, int64_t household_id, struct mu_date day,
                                struct mu_error *error)
{
    return in_transaction(desk, household_id, MU_LIVING_HERE, MU_MOVED_OUT, day, error);
}

enum mu_status mu_household_back(struct mu_desk *desk, int64_t household_id, struct mu_error *error)
{
    return in_transaction(desk, household_id, MU_MOVED_OUT, MU_LIVING_HERE, mu_desk_now(desk).date,
                          error);
}
