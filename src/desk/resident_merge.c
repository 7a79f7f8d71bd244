#include "desk/resident_file.h"

#include "store/act_store.h"

#include <mulin/desk/register.h>

#include <string.h>

/* A number as it was given out: the stored one, unless that was changed since. A mask that is left
 * stands for the number before, which nobody knows any more: it equals no whole number. */
static void restore(char *base, const char *stored, const unsigned char *given,
                    const unsigned char *now, size_t size)
{
    if (memcmp(given, now, MU_NUMBER_MARK_SIZE) == 0)
        memcpy(base, stored, size);
}

static void follow(char *mine, const char *shown, const char *base, size_t size)
{
    if (strcmp(mine, shown) == 0)
        memcpy(mine, base, size);
}

/* Makes the three comparable: whole numbers instead of masks that look alike. */
static void unmask(struct mu_resident *base, struct mu_resident *mine,
                   const struct mu_resident *theirs)
{
    const struct mu_resident shown = *base;

    restore(base->id_number, theirs->id_number, base->given.id_mark, theirs->given.id_mark,
            sizeof base->id_number);
    restore(base->phone, theirs->phone, base->given.phone_mark, theirs->given.phone_mark,
            sizeof base->phone);
    follow(mine->id_number, shown.id_number, base->id_number, sizeof mine->id_number);
    follow(mine->phone, shown.phone, base->phone, sizeof mine->phone);
}

static bool take_last(void *context, const struct mu_act *act)
{
    *(struct mu_act *)context = *act;
    return false;
}

static enum mu_status merge(struct mu_desk *desk, const struct mu_resident *base,
                            const struct mu_resident *mine, struct mu_resident_merge *out,
                            struct mu_error *error)
{
    static const char *const kinds[] = {"resident", "tag"};
    struct mu_resident from = *base, here = *mine, merged;
    struct mu_act last = {0};
    enum mu_status status = mu_file_read(desk, base->id, &out->theirs, error);

    if (status == MU_OK && out->theirs.status == MU_ENTERED_IN_ERROR)
        return mu_fail(error, MU_REFUSED, MU_SAY_error_resident_in_error, base->name, NULL);
    if (status == MU_OK)
        status = mu_file_give(desk, &out->theirs, error);
    if (status == MU_OK)
        status = mu_act_of_record(desk->db, kinds, 2, base->id, 0, 1, take_last, &last, error);
    if (status != MU_OK)
        return status;
    unmask(&from, &here, &out->theirs);
    merged = out->theirs;
    out->both = mu_merge(mu_resident_fields, mu_resident_field_count, mu_resident_together, &from,
                         &here, &out->theirs, out->side, &merged);
    /* A change of the household only is not in the acts of this file. */
    if (out->theirs.version != base->version) {
        memcpy(out->operator_name, last.operator_name, sizeof out->operator_name);
        out->changed_at = last.recorded_at;
    }
    mu_file_mask(&out->theirs);
    return MU_OK;
}

enum mu_status mu_merge_resident(struct mu_desk *desk, const struct mu_resident *base,
                                 const struct mu_resident *mine, struct mu_resident_merge *out,
                                 struct mu_error *error)
{
    struct mu_resident_merge found = {0};
    enum mu_status status = mu_desk_may(desk, MU_MAY_read_resident, error);

    if (status == MU_OK)
        status = mu_db_begin_read(desk->db, error);
    if (status != MU_OK)
        return status;
    status = merge(desk, base, mine, &found, error);
    mu_db_end_read(desk->db);
    if (status == MU_OK)
        *out = found;
    return status;
}
