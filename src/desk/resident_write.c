#include "desk/resident_file.h"
#include "desk/resident_tags.h"
#include "desk/team_file.h"

#include "store/canteen_store.h"
#include "store/diner_account_store.h"
#include "store/register_store.h"
#include "store/search_store.h"
#include "store/volunteer_store.h"

#include <stdio.h>
#include <string.h>

static enum mu_status taken(const char *key, const char **field, enum mu_message message,
                            const char *value, const struct mu_resident *holder,
                            struct mu_error *error)
{
    char number[24];

    snprintf(number, sizeof number, "%lld", (long long)holder->id);
    if (field)
        *field = key;
    if (value)
        return mu_fail(error, MU_INPUT, message, value, holder->name, number, NULL);
    return mu_fail(error, MU_INPUT, message, holder->name, number, NULL);
}

enum mu_status mu_file_check_card(struct mu_db *db, const struct mu_resident *resident,
                                  const char **field, struct mu_error *error)
{
    struct mu_resident holder;
    bool found = false;
    enum mu_status status = MU_OK;

    if (*resident->card)
        status = mu_register_by_card(db, resident->card, &found, &holder, error);
    if (status == MU_OK && found && holder.id != resident->id)
        return taken("card", field, MU_SAY_error_resident_card_taken, resident->card, &holder,
                     error);
    return status;
}

enum mu_status mu_file_check_unique(struct mu_db *db, const struct mu_resident *resident,
                                    const char **field, struct mu_error *error)
{
    struct mu_resident holder;
    bool found = false;
    enum mu_status status = MU_OK;

    if (*resident->id_number)
        status = mu_register_by_id_number(db, resident->id_number, &found, &holder, error);
    if (status == MU_OK && found && holder.id != resident->id)
        return taken("id_number", field, MU_SAY_error_resident_id_taken, NULL, &holder, error);
    return status == MU_OK ? mu_file_check_card(db, resident, field, error) : status;
}

/* Occupancy and grid are the household's, but stand in the file of each who lives there: who moves
 * in with others must not carry over those of the home that was left. */
enum mu_status mu_file_settle_home(struct mu_desk *desk, const struct mu_resident *before,
                                   struct mu_resident *resident, struct mu_error *error)
{
    struct mu_resident home = *resident;
    const struct mu_moment now = mu_desk_now(desk);
    enum mu_status status = MU_OK;

    if (before->household_id && !mu_file_same_address(before, resident)) {
        if (home.occupancy == before->occupancy)
            home.occupancy = 0;
        if (strcmp(home.grid, before->grid) == 0)
            *home.grid = '\0';
        status = mu_register_place_household(desk->db, &home, &now, error);
        if (home.occupancy)
            resident->occupancy = home.occupancy;
        if (*home.grid)
            memcpy(resident->grid, home.grid, sizeof resident->grid);
    }
    if (status == MU_OK)
        status = mu_register_place_household(desk->db, resident, &now, error);
    /* Without a home there is nothing that could keep them. */
    if (status == MU_OK && !resident->household_id) {
        resident->occupancy = 0;
        *resident->grid = '\0';
    }
    return status;
}

/* Who comes back because a move was taken back never left, and a home that was made for what is
 * taken back goes. */
static enum mu_status leave_home(struct mu_act_writer *act, const struct mu_resident *before,
                                 const struct mu_resident *after, struct mu_error *error)
{
    char moment[MU_MOMENT_SIZE];
    bool back = false;
    enum mu_status status = MU_OK;

    if (!before || !before->household_id || before->household_id == after->household_id)
        return MU_OK;
    if (after->status == MU_ENTERED_IN_ERROR)
        return mu_register_forget_home(act->desk->db, before->household_id, error);
    if (act->undone) {
        mu_moment_format(act->undone->recorded_at, moment);
        status = mu_register_come_back(act->desk->db, after, moment, &back, error);
    }
    if (status == MU_OK && back)
        status = mu_register_forget_home(act->desk->db, before->household_id, error);
    if (status != MU_OK || back)
        return status;
    mu_moment_format(act->act.recorded_at, moment);
    return mu_register_leave_home(act->desk->db, before, act->day, moment, error);
}

/* Of a file that is not new, tags are a record of their own: they have days. */
static enum mu_status record(struct mu_act_writer *act, const struct mu_resident *before,
                             const struct mu_resident *after, struct mu_error *error)
{
    struct mu_resident was;

    if (!before)
        return mu_act_record(act, "resident", after->id, NULL, after, error);
    if (act->wholesale && after->status == MU_ENTERED_IN_ERROR)
        return MU_OK;
    was = *before;
    memcpy(was.tags, after->tags, sizeof was.tags);
    return mu_act_record(act, "resident", after->id, &was, after, error);
}

enum mu_status mu_file_end_card(struct mu_act_writer *act, const struct mu_resident *before,
                                const struct mu_resident *after, struct mu_error *error)
{
    struct mu_db *db = act->desk->db;
    const struct mu_act *undone = act->undone;
    enum mu_status status = MU_OK;

    if (!before || strcmp(before->card, after->card) == 0)
        return MU_OK;
    if (undone && *after->card)
        status = mu_card_good_again(db, after->card, after->id, undone->recorded_at, error);
    /* What the act gave was never given, but what it takes away in doing again is. */
    if (status != MU_OK || !*before->card || (undone && strcmp(undone->operation, "undo") != 0))
        return status;
    return mu_card_end(db, before->card, before->id, act->act.operator_id, act->act.recorded_at,
                       act->reason ? act->reason : "", error);
}

/* Who moves out or dies leaves teams and volunteers on that day. What is taken back brings its own
 * records back. */
static enum mu_status leave_teams(struct mu_act_writer *act, const struct mu_resident *before,
                                  const struct mu_resident *after, struct mu_error *error)
{
    if (!before || act->undone || act->wholesale || before->status != MU_LIVING_HERE ||
        !mu_date_known(after->ended_on))
        return MU_OK;
    return mu_volunteer_end(act, after->id, after->ended_on, error);
}

enum mu_status mu_file_write(struct mu_act_writer *act, const struct mu_resident *before,
                             struct mu_resident *after, struct mu_error *error)
{
    char old_text[MU_CHANGE_SIZE], new_text[MU_CHANGE_SIZE], subject[24] = "";
    bool stale = false;
    enum mu_status status = mu_register_write(act->desk->db, after, &stale, error);

    if (status == MU_OK && stale)
        return mu_fail(error, MU_REFUSED, MU_SAY_error_resident_changed, after->name, NULL);
    if (status == MU_OK)
        status = mu_search_store_keys(act->desk->db, before, after, error);
    if (status == MU_OK)
        status = mu_file_write_tags(act, before, after, error);
    if (status == MU_OK)
        status = mu_file_end_card(act, before, after, error);
    if (status == MU_OK)
        status = leave_home(act, before, after, error);
    if (status == MU_OK)
        status = leave_teams(act, before, after, error);
    if (status == MU_OK)
        status = record(act, before, after, error);
    if (status != MU_OK)
        return status;
    if (act->wholesale)
        return MU_OK;
    mu_file_changes(before, after, old_text, new_text);
    if (act->undone)
        snprintf(subject, sizeof subject, "%lld", (long long)act->undone->id);
    return mu_act_note(act, after->id, subject, old_text, new_text, error);
}

/* What stands in the home of an address is the household's: who comes back finds it as it is now.
 * Where nobody moves, occupancy and grid are what is put back. */
static enum mu_status put_home_back(struct mu_act_writer *act, const struct mu_resident *current,
                                    struct mu_resident *wanted, struct mu_error *error)
{
    struct mu_resident home = *wanted;
    struct mu_db *db = act->desk->db;
    bool moves = !mu_file_same_address(current, wanted);
    bool again = strcmp(act->undone->operation, "undo") == 0;
    const struct mu_moment *changed = again ? &act->act.recorded_at : NULL;
    enum mu_status status = MU_OK;

    if (!again && !moves && current->household_id && current->occupancy != wanted->occupancy)
        status = mu_register_forget_use(db, current->household_id, act->undone->recorded_at, error);

    if (moves)
        home.occupancy = 0;
    if (moves)
        *home.grid = '\0';
    if (status == MU_OK)
        status = mu_register_place_household(db, &home, changed, error);
    if (status != MU_OK)
        return status;
    wanted->household_id = home.household_id;
    if (home.household_id && !moves &&
        (wanted->occupancy != home.occupancy || strcmp(wanted->grid, home.grid) != 0))
        return mu_register_set_household(db, wanted, changed, error);
    wanted->occupancy = home.occupancy;
    memcpy(wanted->grid, home.grid, sizeof wanted->grid);
    return MU_OK;
}

enum mu_status mu_file_put_back(struct mu_act_writer *act, const struct mu_resident *current,
                                const struct mu_resident *wanted, struct mu_error *error)
{
    struct mu_resident after = *wanted;
    enum mu_status status = mu_resident_check(&after, mu_desk_now(act->desk).date, NULL, error);

    if (status == MU_OK)
        status = mu_file_check_unique(act->desk->db, &after, NULL, error);
    if (status == MU_OK)
        status = put_home_back(act, current, &after, error);
    return status == MU_OK ? mu_file_write(act, current, &after, error) : status;
}

static bool take_any(void *context, const struct mu_resident *resident)
{
    (void)resident;
    *(bool *)context = true;
    return false;
}

/* A file entered in error must not speak for another one, nor another one for it. */
static enum mu_status check_links(struct mu_desk *desk, const struct mu_resident *current,
                                  struct mu_error *error)
{
    bool linked = current->linked_to != 0;
    char number[24];
    enum mu_status status = MU_OK;

    if (!linked)
        status = mu_register_linked(desk->db, current->id, take_any, &linked, error);
    if (status != MU_OK || !linked)
        return status;
    snprintf(number, sizeof number, "%lld", (long long)current->id);
    return mu_fail(error, MU_REFUSED, MU_SAY_error_undo_linked, current->name, number, NULL);
}

enum mu_status mu_file_withdraw(struct mu_act_writer *act, const struct mu_resident *current,
                                struct mu_error *error)
{
    struct mu_resident after = {.id = current->id,
                                .version = current->version,
                                .incomplete = current->incomplete,
                                .status = MU_ENTERED_IN_ERROR};
    char number[16];
    bool used = false;
    int meals = 0;
    const struct mu_date first = {1900, 1, 1}, last = {2999, 12, 31};
    enum mu_status status =
        mu_meal_count_of(act->desk->db, current->id, first, last, &meals, error);

    if (status == MU_OK)
        status = check_links(act->desk, current, error);
    if (status != MU_OK)
        return status;
    if (meals) {
        snprintf(number, sizeof number, "%d", meals);
        return mu_fail(error, MU_REFUSED, MU_SAY_error_undo_meals, current->name, number, NULL);
    }
    status = mu_purse_used(act->desk->db, current->id, &used, error);
    if (status == MU_OK && used)
        return mu_fail(error, MU_REFUSED, MU_SAY_error_undo_money, current->name, NULL);
    if (status == MU_OK)
        status = mu_volunteer_used(act->desk->db, current->id, &used, error);
    if (status == MU_OK && used)
        return mu_fail(error, MU_REFUSED, MU_SAY_error_undo_volunteer, current->name, NULL);
    memcpy(after.name, current->name, sizeof after.name);
    return status == MU_OK ? mu_file_write(act, current, &after, error) : status;
}
