#include "desk/case_file.h"
#include "store/operator_store.h"

#include <mulin/base/text.h>

#include <inttypes.h>
#include <stdio.h>

/* "all" or the case's number, for the trail. */
static enum mu_status subject_of(struct mu_desk *desk, int64_t case_id,
                                 char out[MU_CASE_NUMBER_SIZE], struct mu_error *error)
{
    struct mu_case_line line;
    enum mu_status status;

    mu_text_copy(out, MU_CASE_NUMBER_SIZE, "*");
    if (case_id == 0)
        return MU_OK;
    status = mu_case_line_of(desk, case_id, &line, error);
    if (status == MU_OK)
        mu_text_copy(out, MU_CASE_NUMBER_SIZE, line.number);
    return status;
}

static enum mu_status find_operator(struct mu_desk *desk, const char *name, struct mu_operator *out,
                                    struct mu_error *error)
{
    enum mu_role role = MU_ROLE_COUNT;
    enum mu_status status = mu_operator_by_name(desk->db, name, out, error);

    if (status == MU_OK && (out->id == 0 || out->ended))
        return mu_fail(error, MU_INPUT, MU_SAY_error_operator_unknown, name, NULL);
    if (status == MU_OK &&
        !(mu_role_from_word(out->role, &role) && mu_role_may(role, MU_MAY_read_case)))
        return mu_fail(error, MU_INPUT, MU_SAY_error_case_reader_role, out->name, NULL);
    return status;
}

static enum mu_status name_reader(struct mu_desk *desk, struct mu_case_reader *reader,
                                  const char *name, struct mu_error *error)
{
    char subject[MU_CASE_NUMBER_SIZE];
    struct mu_operator operator;
    bool named = false;
    enum mu_status status = subject_of(desk, reader->case_id, subject, error);

    if (status == MU_OK)
        status = find_operator(desk, name, &operator, error);
    if (status == MU_OK)
        status = mu_case_reader_named(desk->db, reader->case_id, operator.id, &named, error);
    if (status == MU_OK && named)
        return mu_fail(error, MU_INPUT, MU_SAY_error_case_reader_named, operator.name, NULL);
    if (status != MU_OK)
        return status;
    reader->operator_id = operator.id;
    status = mu_case_reader_add(desk->db, reader, desk->operator.id, error);
    return status == MU_OK ? mu_audit_note(desk, MU_MAY_name_case_readers, 0, subject,
                                           "", operator.name, reader->reason, error)
                           : status;
}

enum mu_status mu_name_case_reader(struct mu_desk *desk, int64_t case_id, const char *operator_name,
                                   const char *reason, struct mu_error *error)
{
    struct mu_case_reader reader = {.case_id = case_id, .named_at = mu_desk_now(desk)};
    enum mu_status status = mu_desk_may(desk, MU_MAY_name_case_readers, error);

    if (status == MU_OK)
        status = mu_desk_text(reason, reader.reason, sizeof reader.reason, error);
    if (status != MU_OK)
        return status;
    if (!*reader.reason)
        return mu_fail(error, MU_INPUT, MU_SAY_error_case_reader_reason, NULL);
    status = mu_db_begin(desk->db, error);
    return status == MU_OK
               ? mu_desk_end(desk, name_reader(desk, &reader, operator_name, error), error)
               : status;
}

static enum mu_status end_reader(struct mu_desk *desk, int64_t reader_id, struct mu_error *error)
{
    char subject[MU_CASE_NUMBER_SIZE], number[24];
    struct mu_case_reader reader;
    bool found = false;
    enum mu_status status = mu_case_reader_read(desk->db, reader_id, &found, &reader, error);

    if (status != MU_OK)
        return status;
    snprintf(number, sizeof number, "%" PRId64, reader_id);
    if (!found || mu_date_known(reader.until_at.date))
        return mu_fail(error, MU_INPUT, MU_SAY_error_case_reader_unknown, number, NULL);
    status = subject_of(desk, reader.case_id, subject, error);
    if (status == MU_OK)
        status = mu_case_reader_end(desk->db, reader_id, mu_desk_now(desk), error);
    return status == MU_OK ? mu_audit_note(desk, MU_MAY_name_case_readers, 0, subject,
                                           reader.operator_name, "", "", error)
                           : status;
}

enum mu_status mu_end_case_reader(struct mu_desk *desk, int64_t reader_id, struct mu_error *error)
{
    enum mu_status status = mu_desk_may(desk, MU_MAY_name_case_readers, error);

    if (status == MU_OK)
        status = mu_db_begin(desk->db, error);
    return status == MU_OK ? mu_desk_end(desk, end_reader(desk, reader_id, error), error) : status;
}

enum mu_status mu_list_case_readers(struct mu_desk *desk, int64_t case_id, mu_case_reader_row *row,
                                    void *context, struct mu_error *error)
{
    enum mu_status status = mu_desk_may(desk, MU_MAY_name_case_readers, error);

    return status == MU_OK ? mu_case_reader_list(desk->db, case_id, row, context, error) : status;
}
