#include "desk/resident_file.h"

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

/* Appends one line; what does not fit is left out whole. */
static void append(char *text, const char *key, const char *value)
{
    size_t used = strlen(text), length = strlen(key) + strlen(value) + 2;

    if (used + length < MU_CHANGE_SIZE)
        snprintf(text + used, MU_CHANGE_SIZE - used, "%s=%s\n", key, value);
}

static bool same_member(const struct mu_field *field, const struct mu_resident *a,
                        const struct mu_resident *b)
{
    char first[MU_NOTE_SIZE], second[MU_NOTE_SIZE];

    mu_field_write(field, a, MU_ENGLISH, first, sizeof first);
    mu_field_write(field, b, MU_ENGLISH, second, sizeof second);
    return strcmp(first, second) == 0;
}

/* What the record file seals is not told of in its trail either: a masked ID number and the birth
 * date make a whole one. */
static bool is_sealed(const struct mu_field *field)
{
    return field->kind == MU_FIELD_NOTE || field->kind == MU_FIELD_ID_NUMBER;
}

void mu_file_changes(const struct mu_resident *before, const struct mu_resident *after,
                     char *old_text, char *new_text)
{
    const struct mu_resident nobody = {0};
    struct mu_resident from = before ? *before : nobody, to = *after;
    char day[MU_DATE_SIZE], value[MU_NOTE_SIZE];

    *old_text = *new_text = '\0';
    for (size_t i = 0; i < mu_resident_field_count; i++) {
        const struct mu_field *field = &mu_resident_fields[i];
        struct mu_resident old_masked = from, new_masked = to;

        if (same_member(field, &from, &to))
            continue;
        mu_file_mask(&old_masked);
        mu_file_mask(&new_masked);
        mu_field_write(field, &old_masked, MU_ENGLISH, value, sizeof value);
        if (before)
            append(old_text, field->key, is_sealed(field) && *value ? "*" : value);
        mu_field_write(field, &new_masked, MU_ENGLISH, value, sizeof value);
        append(new_text, field->key, is_sealed(field) && *value ? "*" : value);
    }
    if (before && from.status != to.status) {
        append(old_text, "status", mu_choice_word(&mu_statuses, from.status, MU_ENGLISH));
        append(new_text, "status", mu_choice_word(&mu_statuses, to.status, MU_ENGLISH));
        mu_date_format(to.ended_on, day);
        append(new_text, "ended_on", day);
    }
}
