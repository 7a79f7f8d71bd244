#include "desk/resident_file.h"

#include "desk/change_lines.h"
#include "store/register_store.h"
#include "store/vault.h"

#include <mulin/base/codes.h>
#include <mulin/base/text.h>
#include <mulin/domain/tag.h>

#include <stdio.h>
#include <string.h>

void mu_file_tags(struct mu_resident *resident, struct mu_date today)
{
    mu_tags_on(resident->tags, mu_tags_day(resident, today), resident->tags);
}

enum mu_status mu_file_read(struct mu_desk *desk, int64_t id, struct mu_resident *out,
                            struct mu_error *error)
{
    bool found = false;
    char number[24];
    enum mu_status status = mu_register_by_id(desk->db, id, &found, out, error);

    if (status == MU_OK && found)
        mu_file_tags(out, mu_desk_now(desk).date);
    if (status != MU_OK || found)
        return status;
    snprintf(number, sizeof number, "%lld", (long long)id);
    return mu_fail(error, MU_INPUT, MU_SAY_error_resident_unknown, number, NULL);
}

bool mu_field_is_masked(const struct mu_field *field)
{
    return field->kind == MU_FIELD_ID_NUMBER || field->kind == MU_FIELD_PHONE;
}

void mu_file_mask(struct mu_resident *resident)
{
    char id_number[MU_ID_NUMBER_SIZE] = "", phone[MU_PHONE_SIZE];

    if (*resident->id_number)
        mu_id_number_mask(resident->id_number, id_number);
    mu_phone_mask(resident->phone, phone, sizeof phone);
    memcpy(resident->id_number, id_number, sizeof id_number);
    memcpy(resident->phone, phone, sizeof phone);
}

static void mark(const struct mu_seal_keys *keys, const char *number,
                 unsigned char out[MU_NUMBER_MARK_SIZE])
{
    _Static_assert((int)MU_NUMBER_MARK_SIZE == (int)MU_SEAL_LOOKUP, "a mark is a lookup mark");
    mu_seal_lookup(keys, number, out);
}

enum mu_status mu_file_give(struct mu_desk *desk, struct mu_resident *resident,
                            struct mu_error *error)
{
    const struct mu_seal_keys *keys;
    enum mu_status status = mu_vault_keys(desk->db, &keys, error);

    if (status != MU_OK)
        return status;
    resident->given.occupancy = resident->occupancy;
    memcpy(resident->given.grid, resident->grid, sizeof resident->given.grid);
    mark(keys, resident->id_number, resident->given.id_mark);
    mark(keys, resident->phone, resident->given.phone_mark);
    return MU_OK;
}

bool mu_file_same_address(const struct mu_resident *a, const struct mu_resident *b)
{
    return strcmp(a->estate, b->estate) == 0 && strcmp(a->building, b->building) == 0 &&
           strcmp(a->unit, b->unit) == 0 && strcmp(a->room, b->room) == 0 &&
           strcmp(a->household_number, b->household_number) == 0;
}

bool mu_file_follow_home(struct mu_resident *resident, const struct mu_resident *stored)
{
    bool changed_occupancy = stored->occupancy != resident->given.occupancy;
    bool changed_grid = strcmp(stored->grid, resident->given.grid) != 0;

    if (!mu_file_same_address(resident, stored))
        return true;
    if (changed_occupancy && resident->occupancy == resident->given.occupancy)
        resident->occupancy = stored->occupancy;
    if (changed_grid && strcmp(resident->grid, resident->given.grid) == 0)
        memcpy(resident->grid, stored->grid, sizeof resident->grid);
    return !(changed_occupancy && resident->occupancy != stored->occupancy) &&
           !(changed_grid && strcmp(resident->grid, stored->grid) != 0);
}

void mu_file_unmask(struct mu_resident *resident, const struct mu_resident *stored)
{
    struct mu_resident masked = *stored;

    mu_file_mask(&masked);
    if (strcmp(resident->id_number, masked.id_number) == 0)
        memcpy(resident->id_number, stored->id_number, sizeof resident->id_number);
    if (strcmp(resident->phone, masked.phone) == 0)
        memcpy(resident->phone, stored->phone, sizeof resident->phone);
}

void mu_file_changes(const struct mu_resident *before, const struct mu_resident *after,
                     char *old_text, char *new_text)
{
    char day[MU_DATE_SIZE];

    *old_text = *new_text = '\0';
    mu_change_lines(mu_resident_fields, mu_resident_field_count, before, after, old_text, new_text);
    if (!before || before->status == after->status)
        return;
    mu_change_line(old_text, "status", mu_choice_word(&mu_statuses, before->status, MU_ENGLISH));
    mu_change_line(new_text, "status", mu_choice_word(&mu_statuses, after->status, MU_ENGLISH));
    mu_date_format(after->ended_on, day);
    mu_change_line(new_text, "ended_on", day);
}
