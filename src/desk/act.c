#include "desk/act.h"
#include "desk/change_lines.h"

#include "store/act_store.h"

#include <mulin/base/text.h>
#include <mulin/domain/snapshot.h>

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

void mu_act_begin(struct mu_act_writer *writer, struct mu_desk *desk, enum mu_operation operation,
                  const char *subject)
{
    *writer = (struct mu_act_writer){.desk = desk, .operation = operation};
    writer->act.recorded_at = mu_desk_now(desk);
    writer->day = writer->act.recorded_at.date;
    writer->act.operator_id = desk->operator.id;
    mu_text_copy(writer->act.operation, sizeof writer->act.operation, mu_operation_word(operation));
    mu_text_copy(writer->act.subject, sizeof writer->act.subject, subject);
}

enum mu_status mu_act_note(struct mu_act_writer *writer, int64_t resident_id, const char *subject,
                           const char *before, const char *after, struct mu_error *error)
{
    if (writer->wholesale)
        return MU_OK;
    return mu_audit_note(writer->desk, writer->operation, resident_id, subject, before, after,
                         writer->reason ? writer->reason : "", error);
}

bool mu_act_wholesale(const struct mu_act *act)
{
    return strcmp(act->operation, mu_operation_word(MU_MAY_import_residents)) == 0;
}

static void forget(char *text)
{
    if (text)
        sodium_memzero(text, strlen(text));
    free(text);
}

enum mu_status mu_act_record(struct mu_act_writer *writer, const char *kind, int64_t row,
                             const void *before, const void *after, struct mu_error *error)
{
    const struct mu_act_kind *found = mu_act_kind(kind);
    char *old_text, *new_text;
    enum mu_status status;

    if (!found)
        return mu_fail(error, MU_USAGE, MU_SAY_error_act_kind, kind, NULL);
    status = mu_snapshot_diff(found->fields, *found->field_count, before, after, &old_text,
                              &new_text, error);
    if (status != MU_OK)
        return status;
    if (*new_text && writer->act.id == 0)
        status = mu_act_add(writer->desk->db, &writer->act, error);
    if (*new_text && status == MU_OK)
        status = mu_act_add_change(writer->desk->db, writer->act.id, ++writer->lines, kind, row,
                                   old_text, new_text, error);
    forget(old_text);
    forget(new_text);
    return status;
}

enum mu_status mu_act_change(struct mu_act_writer *writer, const char *kind, int64_t row,
                             int64_t resident_id, const char *subject, const void *before,
                             const void *after, struct mu_error *error)
{
    char old_text[MU_CHANGE_SIZE] = "", new_text[MU_CHANGE_SIZE] = "";
    const struct mu_act_kind *found = mu_act_kind(kind);
    enum mu_status status = mu_act_record(writer, kind, row, before, after, error);

    if (status != MU_OK)
        return status;
    mu_change_lines(found->fields, *found->field_count, before, after, old_text, new_text);
    return mu_act_note(writer, resident_id, subject, old_text, new_text, error);
}
