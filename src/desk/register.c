#include "desk/masked_rows.h"
#include "desk/resident_file.h"
#include "desk/resident_tags.h"
#include "store/register_store.h"

#include <mulin/base/codes.h>
#include <mulin/base/text.h>
#include <mulin/desk/register.h>

#include <stdio.h>
#include <string.h>

enum mu_status mu_list_residents(struct mu_desk *desk, int64_t after, size_t limit,
                                 mu_resident_row *row, void *context, struct mu_error *error)
{
    struct mu_masked_rows rows;
    enum mu_status status = mu_desk_may(desk, MU_MAY_find_resident, error);

    if (status != MU_OK)
        return status;
    mu_masked_rows_init(&rows, desk, row, context);
    status = mu_register_page(desk->db, after, (int64_t)limit, mu_pass_masked, &rows, error);
    return mu_masked_rows_status(&rows, status, error);
}

enum mu_status mu_list_household(struct mu_desk *desk, int64_t household_id, mu_resident_row *row,
                                 void *context, struct mu_error *error)
{
    struct mu_masked_rows rows;
    enum mu_status status = mu_desk_may(desk, MU_MAY_read_resident, error);

    if (status != MU_OK)
        return status;
    mu_masked_rows_init(&rows, desk, row, context);
    status = mu_register_household(desk->db, household_id, mu_pass_masked, &rows, error);
    return mu_masked_rows_status(&rows, status, error);
}

/* As it is given out. */
static enum mu_status tell(struct mu_desk *desk, struct mu_resident *resident,
                           struct mu_error *error)
{
    enum mu_status status = mu_file_give(desk, resident, error);

    if (status == MU_OK)
        status = mu_file_tell_tags(desk, resident, error);
    mu_file_mask(resident);
    return status;
}

enum mu_status mu_read_resident(struct mu_desk *desk, int64_t id, struct mu_resident *out,
                                struct mu_error *error)
{
    struct mu_resident resident;
    enum mu_status status = mu_desk_may(desk, MU_MAY_read_resident, error);

    if (status == MU_OK)
        status = mu_file_read(desk, id, &resident, error);
    if (status == MU_OK)
        status = tell(desk, &resident, error);
    if (status == MU_OK)
        *out = resident;
    return status;
}

static enum mu_status save(struct mu_desk *desk, struct mu_resident *resident, const char **field,
                           struct mu_error *error)
{
    struct mu_resident before = {0};
    struct mu_act_writer act;
    struct mu_tag_changes tags;
    bool tags_changed;
    enum mu_status status = MU_OK;

    if (resident->id) {
        status = mu_file_read(desk, resident->id, &before, error);
        /* Before the numbers are compared: a changed file has other masks. */
        if (status == MU_OK && before.version != resident->version)
            return mu_fail(error, MU_REFUSED, MU_SAY_error_resident_changed, before.name, NULL);
        if (status == MU_OK && before.status == MU_ENTERED_IN_ERROR)
            return mu_fail(error, MU_REFUSED, MU_SAY_error_resident_in_error, before.name, NULL);
        mu_file_unmask(resident, &before);
        if (status == MU_OK && !mu_file_follow_home(resident, &before))
            return mu_fail(error, MU_REFUSED, MU_SAY_error_resident_changed, before.name, NULL);
    }
    resident->incomplete |= before.incomplete;
    if (status == MU_OK && strchr(resident->phone, '*')) {
        if (field)
            *field = "phone";
        return mu_fail(error, MU_INPUT, MU_SAY_error_phone_masked, NULL);
    }
    if (status == MU_OK)
        status = mu_resident_check(resident, mu_desk_now(desk).date, field, error);
    if (status == MU_OK)
        status = mu_file_check_unique(desk->db, resident, field, error);
    if (status == MU_OK) {
        status = mu_file_plan_tags(desk, resident->id ? &before : NULL, resident, &tags,
                                   &tags_changed, error);
        if (status == MU_INPUT && field)
            *field = "tags";
    }
    if (status == MU_OK)
        status = mu_file_settle_home(desk, &before, resident, error);
    if (status != MU_OK)
        return status;
    mu_act_begin(&act, desk, MU_MAY_save_resident, resident->name);
    return mu_file_write(&act, resident->id ? &before : NULL, resident, error);
}

enum mu_status mu_save_resident(struct mu_desk *desk, struct mu_resident *resident,
                                const char **field, struct mu_error *error)
{
    struct mu_resident saved = *resident;
    enum mu_status status = mu_desk_may(desk, MU_MAY_save_resident, error);

    if (field)
        *field = NULL;
    if (!saved.status)
        saved.status = MU_LIVING_HERE;
    if (status == MU_OK)
        status = mu_db_begin(desk->db, error);
    if (status != MU_OK)
        return status;
    status = save(desk, &saved, field, error);
    if (status == MU_OK)
        status = tell(desk, &saved, error);
    status = mu_desk_end(desk, status, error);
    if (status == MU_OK)
        *resident = saved;
    return status;
}

enum mu_status mu_file_check_end(const struct mu_desk *desk, const struct mu_resident *resident,
                                 enum mu_resident_status status, struct mu_date day,
                                 struct mu_error *error)
{
    char text[MU_DATE_SIZE], word[MU_EITHER_SIZE];
    bool ended = resident->status != MU_LIVING_HERE;

    if (resident->status == MU_ENTERED_IN_ERROR)
        return mu_fail(error, MU_REFUSED, MU_SAY_error_resident_in_error, resident->name, NULL);
    if (resident->linked_to) {
        char number[24];

        snprintf(number, sizeof number, "%lld", (long long)resident->linked_to);
        return mu_fail(error, MU_REFUSED, MU_SAY_error_linked_file, resident->name, number, NULL);
    }
    if (status == MU_LIVING_HERE)
        return ended
                   ? MU_OK
                   : mu_fail(error, MU_REFUSED, MU_SAY_error_resident_lives, resident->name, NULL);
    /* Somebody who moved out may die later; nothing follows death. */
    if (resident->status == (int)status || resident->status == MU_DECEASED) {
        mu_either(word, sizeof word, mu_choice_word(&mu_statuses, resident->status, MU_CHINESE),
                  mu_choice_word(&mu_statuses, resident->status, MU_ENGLISH));
        return mu_fail(error, MU_REFUSED, MU_SAY_error_resident_ended, resident->name, word, NULL);
    }
    if (mu_date_valid(day) && mu_date_compare(day, mu_desk_now(desk).date) <= 0 &&
        (!mu_date_known(resident->birth_date) || mu_date_compare(day, resident->birth_date) >= 0))
        return MU_OK;
    mu_date_format(day, text);
    return mu_fail(error, MU_INPUT, MU_SAY_error_end_date, text, NULL);
}

enum mu_status mu_end_resident(struct mu_desk *desk, int64_t id, enum mu_resident_status new_status,
                               struct mu_date day, struct mu_error *error)
{
    struct mu_resident before, after;
    struct mu_act_writer act;
    enum mu_status status = mu_desk_may(desk, MU_MAY_end_resident, error);

    if (status == MU_OK)
        status = mu_db_begin(desk->db, error);
    if (status != MU_OK)
        return status;
    status = mu_file_read(desk, id, &before, error);
    if (status == MU_OK)
        status = mu_file_check_end(desk, &before, new_status, day, error);
    if (status == MU_OK) {
        after = before;
        after.status = (int)new_status;
        after.ended_on = new_status == MU_LIVING_HERE ? (struct mu_date){0, 0, 0} : day;
        mu_act_begin(&act, desk, MU_MAY_end_resident, before.name);
        status = mu_file_write(&act, &before, &after, error);
    }
    return mu_desk_end(desk, status, error);
}
