#include "base/growing.h"
#include "desk/act.h"
#include "desk/household_file.h"
#include "desk/place_file.h"
#include "store/place_store.h"

#include <mulin/base/text.h>
#include <mulin/desk/place.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static enum mu_status read_building(struct mu_desk *desk, const char *estate, const char *building,
                                    struct mu_building *out, struct mu_error *error)
{
    bool found = false;
    int64_t homes = 0;
    enum mu_status status =
        mu_place_building(desk->db, estate, building, &found, &homes, out, error);

    if (status == MU_OK && !found && !homes)
        return mu_fail(error, MU_INPUT, MU_SAY_error_building_unknown, estate, building, NULL);
    return status;
}

enum mu_status mu_read_building(struct mu_desk *desk, const char *estate, const char *building,
                                struct mu_building *out, struct mu_error *error)
{
    struct mu_building read = {0};
    enum mu_status status = mu_desk_may(desk, MU_MAY_find_resident, error);

    if (status == MU_OK)
        status = read_building(desk, estate, building, &read, error);
    if (status == MU_OK)
        *out = read;
    return status;
}

/* Numbers of households, gathered before any of them is written. */
struct numbers {
    int64_t *number;
    size_t count, room;
    bool no_memory;
};

static bool take_number(void *context, int64_t number)
{
    struct numbers *numbers = context;
    int64_t *larger = mu_grown(numbers->number, numbers->count, &numbers->room, sizeof *larger);

    numbers->no_memory = !larger;
    if (!larger)
        return false;
    numbers->number = larger;
    numbers->number[numbers->count++] = number;
    return true;
}

static enum mu_status move_home(struct mu_act_writer *act, int64_t id, const char *grid,
                                struct mu_error *error)
{
    struct mu_household before, after;
    enum mu_status status = mu_household_file(act->desk, id, &before, error);

    if (status != MU_OK)
        return status;
    after = before;
    mu_text_copy(after.grid, sizeof after.grid, grid);
    return mu_household_put(act, &before, &after, error);
}

/* Brings all homes of the building under its grid. */
static enum mu_status move_homes(struct mu_act_writer *act, const struct mu_building *building,
                                 struct mu_error *error)
{
    struct numbers numbers = {0};
    enum mu_status status =
        mu_place_not_of_grid(act->desk->db, building, take_number, &numbers, error);

    if (status == MU_OK && numbers.no_memory)
        status = mu_fail_memory(error);
    for (size_t i = 0; status == MU_OK && i < numbers.count; i++)
        status = move_home(act, numbers.number[i], building->grid, error);
    free(numbers.number);
    return status;
}

static enum mu_status write_building(struct mu_act_writer *act, const struct mu_building *before,
                                     struct mu_building *after, struct mu_error *error)
{
    struct mu_desk *desk = act->desk;
    struct mu_moment now = mu_desk_now(desk);
    char moment[MU_MOMENT_SIZE], subject[MU_SUBJECT_SIZE];
    bool stale = false, moved = strcmp(before->grid, after->grid) != 0 && *after->grid;
    enum mu_status status = mu_place_write_building(desk->db, after, &stale, error);

    snprintf(subject, sizeof subject, "%.40s %.40s", after->estate, after->building);
    if (status == MU_OK && stale)
        return mu_fail(error, MU_REFUSED, MU_SAY_error_building_changed, subject, NULL);
    mu_moment_format(now, moment);
    if (status == MU_OK && moved && (*before->grid || before->several_grids))
        status = mu_place_past_grid(desk->db, after->id, before->grid, now.date, moment,
                                    desk->operator.id, error);
    if (status == MU_OK && moved)
        status = move_homes(act, after, error);
    return status == MU_OK ? mu_act_change(act, "building", after->id, 0, subject,
                                           before->id ? before : NULL, after, error)
                           : status;
}

enum mu_status mu_save_building(struct mu_desk *desk, struct mu_building *building,
                                const char **field, struct mu_error *error)
{
    struct mu_building before = {0}, saved = *building;
    struct mu_act_writer act;
    enum mu_status status = mu_desk_may(desk, MU_MAY_save_resident, error);

    if (field)
        *field = NULL;
    if (status == MU_OK)
        status = mu_db_begin(desk->db, error);
    if (status != MU_OK)
        return status;
    status = read_building(desk, building->estate, building->building, &before, error);
    if (status == MU_OK && before.version != saved.version)
        status = mu_fail(error, MU_REFUSED, MU_SAY_error_building_changed, saved.building, NULL);
    /* A grid is changed for another one, not taken away. */
    if (status == MU_OK && !*saved.grid)
        memcpy(saved.grid, before.grid, sizeof saved.grid);
    saved.incomplete |= before.incomplete;
    if (status == MU_OK) {
        mu_act_begin(&act, desk, MU_MAY_save_resident, saved.building);
        status = write_building(&act, &before, &saved, error);
    }
    status = mu_desk_end(desk, status, error);
    if (status == MU_OK)
        *building = saved;
    return status;
}

static enum mu_status unknown(int64_t row, struct mu_error *error)
{
    char number[24];

    snprintf(number, sizeof number, "%lld", (long long)row);
    return mu_fail(error, MU_INPUT, MU_SAY_error_building_unknown, number, "", NULL);
}

enum mu_status mu_building_record(struct mu_desk *desk, int64_t row, void *record,
                                  struct mu_error *error)
{
    bool found = false;
    enum mu_status status = mu_place_building_by_id(desk->db, row, &found, record, error);

    return status != MU_OK || found ? status : unknown(row, error);
}

/* The homes of the building go back with their own changes of the same act. */
enum mu_status mu_building_put_back(struct mu_act_writer *act, int64_t row, const void *current,
                                    const void *wanted, struct mu_error *error)
{
    const struct mu_building *now = current;
    struct mu_building after = {.id = row, .version = now->version};

    if (wanted)
        after = *(const struct mu_building *)wanted;
    memcpy(after.estate, now->estate, sizeof after.estate);
    memcpy(after.building, now->building, sizeof after.building);
    memcpy(after.grid, now->grid, sizeof after.grid);
    return write_building(act, now, &after, error);
}

/* Grids */

static void mask_grid(struct mu_grid_record *grid)
{
    char phone[MU_PHONE_SIZE];

    mu_phone_mask(grid->member_phone, phone, sizeof phone);
    memcpy(grid->member_phone, phone, sizeof phone);
}

enum mu_status mu_read_grid(struct mu_desk *desk, const char *name, struct mu_grid_record *out,
                            struct mu_error *error)
{
    struct mu_grid_record read = {0};
    bool found = false;
    enum mu_status status = mu_desk_may(desk, MU_MAY_find_resident, error);

    if (status == MU_OK)
        status = mu_place_grid(desk->db, name, &found, &read, error);
    if (status != MU_OK)
        return status;
    mu_text_copy(read.name, sizeof read.name, name);
    mask_grid(&read);
    *out = read;
    return MU_OK;
}

static enum mu_status put_grid(struct mu_act_writer *act, const struct mu_grid_record *before,
                               struct mu_grid_record *after, struct mu_error *error)
{
    bool stale = false;
    enum mu_status status = mu_place_write_grid(act->desk->db, after, &stale, error);

    if (status == MU_OK && stale)
        return mu_fail(error, MU_REFUSED, MU_SAY_error_grid_changed, after->name, NULL);
    return status == MU_OK ? mu_act_change(act, "grid", after->id, 0, after->name,
                                           before->id ? before : NULL, after, error)
                           : status;
}

static enum mu_status save_grid(struct mu_desk *desk, struct mu_grid_record *grid,
                                const char **field, struct mu_error *error)
{
    struct mu_grid_record before = {0}, masked;
    struct mu_act_writer act;
    bool found = false;
    enum mu_status status = mu_place_grid(desk->db, grid->name, &found, &before, error);

    if (status == MU_OK && before.version != grid->version)
        return mu_fail(error, MU_REFUSED, MU_SAY_error_grid_changed, grid->name, NULL);
    masked = before;
    mask_grid(&masked);
    if (strcmp(grid->member_phone, masked.member_phone) == 0)
        memcpy(grid->member_phone, before.member_phone, sizeof grid->member_phone);
    if (status == MU_OK && strchr(grid->member_phone, '*')) {
        if (field)
            *field = "member_phone";
        return mu_fail(error, MU_INPUT, MU_SAY_error_phone_masked, NULL);
    }
    if (status != MU_OK)
        return status;
    mu_act_begin(&act, desk, MU_MAY_save_resident, grid->name);
    return put_grid(&act, &before, grid, error);
}

enum mu_status mu_grid_of(struct mu_desk *desk, int64_t row, void *record, struct mu_error *error)
{
    bool found = false;
    enum mu_status status = mu_place_grid_by_id(desk->db, row, &found, record, error);

    return status != MU_OK || found ? status : unknown(row, error);
}

enum mu_status mu_grid_put_back(struct mu_act_writer *act, int64_t row, const void *current,
                                const void *wanted, struct mu_error *error)
{
    const struct mu_grid_record *now = current;
    struct mu_grid_record after = {.id = row, .version = now->version};

    memcpy(after.name, now->name, sizeof after.name);
    if (wanted)
        after = *(const struct mu_grid_record *)wanted;
    return put_grid(act, now, &after, error);
}

enum mu_status mu_save_grid(struct mu_desk *desk, struct mu_grid_record *grid, const char **field,
                            struct mu_error *error)
{
    struct mu_grid_record saved = *grid;
    enum mu_status status = mu_desk_may(desk, MU_MAY_save_resident, error);

    if (field)
        *field = NULL;
    if (status == MU_OK && !*saved.name)
        status = mu_fail(error, MU_INPUT, MU_SAY_error_text_missing, NULL);
    if (status == MU_OK)
        status = mu_db_begin(desk->db, error);
    if (status != MU_OK)
        return status;
    status = save_grid(desk, &saved, field, error);
    status = mu_desk_end(desk, status, error);
    if (status != MU_OK)
        return status;
    mask_grid(&saved);
    *grid = saved;
    return MU_OK;
}
