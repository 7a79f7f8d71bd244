#include <mulin/desk/person_file.h>

#include "desk/person_act.h"
#include "desk/resident_file.h"
#include "store/person_file_store.h"

#include <stdio.h>
#include <string.h>

static void mask(struct mu_person_file *file)
{
    char phone[MU_PHONE_SIZE];

    mu_phone_mask(file->guardian_phone, phone, sizeof phone);
    memcpy(file->guardian_phone, phone, sizeof phone);
    mu_phone_mask(file->emergency_phone, phone, sizeof phone);
    memcpy(file->emergency_phone, phone, sizeof phone);
}

static void unmask(struct mu_person_file *file, const struct mu_person_file *stored)
{
    struct mu_person_file masked = *stored;

    mask(&masked);
    if (strcmp(file->guardian_phone, masked.guardian_phone) == 0)
        memcpy(file->guardian_phone, stored->guardian_phone, sizeof file->guardian_phone);
    if (strcmp(file->emergency_phone, masked.emergency_phone) == 0)
        memcpy(file->emergency_phone, stored->emergency_phone, sizeof file->emergency_phone);
}

enum mu_status mu_read_person_file(struct mu_desk *desk, int64_t resident_id,
                                   struct mu_person_file *out, struct mu_error *error)
{
    struct mu_resident resident;
    enum mu_status status = mu_desk_may(desk, MU_MAY_read_resident, error);

    if (status == MU_OK)
        status = mu_file_read(desk, resident_id, &resident, error);
    if (status == MU_OK)
        status = mu_person_file_read(desk->db, resident_id, out, error);
    if (status == MU_OK)
        mask(out);
    return status;
}

/* Appends one line; what does not fit is left out whole. */
static void append(char *text, const char *key, const char *value)
{
    size_t used = strlen(text), length = strlen(key) + strlen(value) + 2;

    if (used + length < MU_CHANGE_SIZE)
        snprintf(text + used, MU_CHANGE_SIZE - used, "%s=%s\n", key, value);
}

/* What is sealed is only named in the trail. */
static void trail_value(const struct mu_field *field, const struct mu_person_file *file, char *out,
                        size_t size)
{
    char value[MU_NOTE_SIZE];

    mu_field_write(field, file, MU_ENGLISH, value, sizeof value);
    if (field->kind == MU_FIELD_NOTE)
        snprintf(out, size, "%s", *value ? "*" : "");
    else if (field->kind == MU_FIELD_PHONE)
        mu_phone_mask(value, out, size);
    else
        snprintf(out, size, "%s", value);
}

/* Records the change in the act and notes it in the trail. */
static enum mu_status record(struct mu_act_writer *act, const struct mu_person_file *before,
                             const struct mu_person_file *after, struct mu_error *error)
{
    char old_text[MU_CHANGE_SIZE] = "", new_text[MU_CHANGE_SIZE] = "", undone[24] = "";
    char first[MU_NOTE_SIZE], second[MU_NOTE_SIZE];
    enum mu_status status;

    for (size_t i = 0; i < mu_person_file_field_count; i++) {
        const struct mu_field *field = &mu_person_file_fields[i];

        mu_field_write(field, before, MU_ENGLISH, first, sizeof first);
        mu_field_write(field, after, MU_ENGLISH, second, sizeof second);
        if (strcmp(first, second) == 0)
            continue;
        trail_value(field, before, first, sizeof first);
        trail_value(field, after, second, sizeof second);
        append(old_text, field->key, first);
        append(new_text, field->key, second);
    }
    if (act->undone)
        snprintf(undone, sizeof undone, "%lld", (long long)act->undone->id);
    status = mu_act_record(act, "person_file", after->resident_id, before, after, error);
    if (status != MU_OK)
        return status;
    return mu_audit_note(act->desk, act->operation, after->resident_id, undone, old_text, new_text,
                         "", error);
}

static enum mu_status write_file(struct mu_act_writer *act, const struct mu_person_file *before,
                                 struct mu_person_file *after, struct mu_error *error)
{
    bool stale;
    enum mu_status status = mu_person_file_write(act->desk->db, after, &stale, error);

    if (status == MU_OK && stale)
        return mu_fail(error, MU_REFUSED, MU_SAY_error_person_file_changed, act->act.subject, NULL);
    return status == MU_OK ? record(act, before, after, error) : status;
}

enum mu_status mu_person_act_read(struct mu_desk *desk, int64_t row, void *record,
                                  struct mu_error *error)
{
    struct mu_resident resident;
    enum mu_status status = mu_file_read(desk, row, &resident, error);

    return status == MU_OK ? mu_person_file_read(desk->db, row, record, error) : status;
}

enum mu_status mu_person_act_put_back(struct mu_act_writer *writer, int64_t row,
                                      const void *current, const void *wanted,
                                      struct mu_error *error)
{
    const struct mu_person_file *before = current;
    struct mu_person_file after = *(const struct mu_person_file *)wanted;
    char number[24];

    snprintf(number, sizeof number, "%lld", (long long)row);
    if (before->incomplete)
        return mu_fail(error, MU_STORE, MU_SAY_error_person_file_incomplete, number, NULL);
    return write_file(writer, before, &after, error);
}

static const char *masked_phone(const struct mu_person_file *file)
{
    if (strchr(file->guardian_phone, '*'))
        return "guardian_phone";
    return strchr(file->emergency_phone, '*') ? "emergency_phone" : NULL;
}

static enum mu_status save(struct mu_desk *desk, struct mu_person_file *file, const char **field,
                           struct mu_error *error)
{
    struct mu_resident resident;
    struct mu_person_file before;
    struct mu_act_writer act;
    enum mu_status status = mu_file_read(desk, file->resident_id, &resident, error);

    if (status == MU_OK)
        status = mu_person_file_read(desk->db, file->resident_id, &before, error);
    if (status != MU_OK)
        return status;
    if (before.version != file->version)
        return mu_fail(error, MU_REFUSED, MU_SAY_error_person_file_changed, resident.name, NULL);
    if (before.incomplete)
        return mu_fail(error, MU_STORE, MU_SAY_error_person_file_incomplete, resident.name, NULL);
    unmask(file, &before);
    *field = masked_phone(file);
    if (*field)
        return mu_fail(error, MU_INPUT, MU_SAY_error_phone_masked, NULL);
    mu_act_begin(&act, desk, MU_MAY_save_resident, resident.name);
    return write_file(&act, &before, file, error);
}

enum mu_status mu_save_person_file(struct mu_desk *desk, struct mu_person_file *file,
                                   const char **field, struct mu_error *error)
{
    struct mu_person_file saved = *file;
    const char *key = NULL;
    enum mu_status status = mu_desk_may(desk, MU_MAY_save_resident, error);

    if (status == MU_OK)
        status = mu_db_begin(desk->db, error);
    if (status == MU_OK) {
        status = save(desk, &saved, &key, error);
        status = mu_desk_end(desk, status, error);
    }
    if (field)
        *field = key;
    if (status != MU_OK)
        return status;
    mask(&saved);
    *file = saved;
    return MU_OK;
}
