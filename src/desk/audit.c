#include "desk/desk_internal.h"
#include "desk/resident_file.h"
#include "store/audit_store.h"
#include "store/person_file_store.h"

#include <mulin/base/text.h>
#include <mulin/desk/audit.h>

#include <stdio.h>
#include <string.h>

enum mu_status mu_audit_note(struct mu_desk *desk, enum mu_operation operation, int64_t resident_id,
                             const char *subject, const char *before, const char *after,
                             const char *reason, struct mu_error *error)
{
    struct mu_audit_record record = {.recorded_at = mu_desk_now(desk),
                                     .operator_id = desk->operator.id,
                                     .resident_id = resident_id};
    enum mu_status status;

    memcpy(record.terminal, desk->terminal, sizeof record.terminal);
    mu_text_copy(record.action, sizeof record.action, mu_operation_word(operation));
    mu_text_copy(record.subject, sizeof record.subject, subject);
    mu_text_copy(record.before, sizeof record.before, before);
    mu_text_copy(record.after, sizeof record.after, after);
    mu_text_copy(record.reason, sizeof record.reason, reason);
    status = mu_audit_append(desk->db, &record, error);
    if (status != MU_OK)
        return status;
    desk->note_id = record.id;
    memcpy(desk->note_hash, record.hash, sizeof desk->note_hash);
    return MU_OK;
}

enum mu_status mu_desk_commit(struct mu_desk *desk, struct mu_error *error)
{
    struct mu_error unknown;
    bool done = false;
    enum mu_status status = mu_db_commit(desk->db, error);

    if (status == MU_OK)
        return MU_OK;
    if (mu_audit_stands(desk->db, desk->note_id, desk->note_hash, &done, &unknown) != MU_OK) {
        if (error)
            *error = unknown;
        return unknown.status;
    }
    return done ? MU_OK : status;
}

enum mu_status mu_desk_end(struct mu_desk *desk, enum mu_status status, struct mu_error *error)
{
    if (status == MU_OK)
        return mu_desk_commit(desk, error);
    mu_db_rollback(desk->db);
    return status;
}

enum mu_status mu_list_audit(struct mu_desk *desk, const struct mu_audit_filter *filter,
                             size_t limit, mu_audit_row *row, void *context, struct mu_error *error)
{
    enum mu_status status = mu_desk_may(desk, MU_MAY_read_audit, error);

    return status == MU_OK ? mu_audit_read(desk->db, filter, limit, row, context, error) : status;
}

static enum mu_status note_view(struct mu_desk *desk, int64_t resident_id, const char *field,
                                const char *reason, struct mu_error *error)
{
    enum mu_status status = mu_db_begin(desk->db, error);

    if (status != MU_OK)
        return status;
    status = mu_audit_note(desk, MU_MAY_reveal, resident_id, field, "", "", reason, error);
    return mu_desk_end(desk, status, error);
}

/* The whole value of a field of the resident, or of the person file. */
static enum mu_status whole_value(struct mu_desk *desk, const struct mu_resident *resident,
                                  const char *field, char out[MU_PHONE_SIZE],
                                  struct mu_error *error)
{
    const struct mu_field *row =
        mu_field_by_key(mu_resident_fields, mu_resident_field_count, field);
    struct mu_person_file file;
    enum mu_status status;

    if (row) {
        mu_field_write(row, resident, MU_CHINESE, out, MU_PHONE_SIZE);
        return MU_OK;
    }
    row = mu_field_by_key(mu_person_file_fields, mu_person_file_field_count, field);
    status = mu_person_file_read(desk->db, resident->id, &file, error);
    if (status == MU_OK)
        mu_field_write(row, &file, MU_CHINESE, out, MU_PHONE_SIZE);
    return status;
}

static bool can_be_revealed(const char *field)
{
    const struct mu_field *own =
        mu_field_by_key(mu_resident_fields, mu_resident_field_count, field);
    const struct mu_field *others =
        mu_field_by_key(mu_person_file_fields, mu_person_file_field_count, field);

    return (own && mu_field_is_masked(own)) || (others && others->kind == MU_FIELD_PHONE);
}

enum mu_status mu_reveal(struct mu_desk *desk, int64_t resident_id, const char *field,
                         const char *reason, char *out, size_t size, struct mu_error *error)
{
    char text[MU_REASON_SIZE], value[MU_PHONE_SIZE], number[24];
    struct mu_resident resident;
    enum mu_status status = mu_desk_may(desk, MU_MAY_reveal, error);

    if (status == MU_OK)
        status = mu_desk_text(reason, text, sizeof text, error);
    if (status != MU_OK)
        return status;
    if (!*text)
        return mu_fail(error, MU_INPUT, MU_SAY_error_reveal_reason, NULL);
    if (!can_be_revealed(field))
        return mu_fail(error, MU_INPUT, MU_SAY_error_reveal_field, field, NULL);
    status = mu_file_read(desk, resident_id, &resident, error);
    if (status == MU_OK && resident.incomplete) {
        snprintf(number, sizeof number, "%lld", (long long)resident_id);
        return mu_fail(error, MU_STORE, MU_SAY_error_sealed_resident, number, NULL);
    }
    if (status == MU_OK)
        status = whole_value(desk, &resident, field, value, error);
    if (status == MU_OK)
        status = note_view(desk, resident_id, field, text, error);
    if (status == MU_OK)
        mu_text_copy(out, size, value);
    return status;
}
