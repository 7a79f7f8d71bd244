#include "desk/replay_file.h"

#include "desk/month_file.h"

#include <mulin/base/text.h>

enum mu_status mu_replay_draft(struct mu_desk *desk, enum mu_operation right, struct mu_date month,
                               const char *book, size_t length, struct mu_rules_faults *faults,
                               struct mu_rules **draft, struct mu_error *error)
{
    enum mu_status status = mu_desk_may(desk, right, error);

    if (status == MU_OK)
        status = mu_desk_may(desk, MU_MAY_read_rules, error);
    if (status == MU_OK)
        status = mu_month_begun(desk, month, error);
    return status == MU_OK ? mu_rules_parse(book, length, faults, draft, error) : status;
}

enum mu_status mu_replay_take_out(struct mu_desk *desk, struct mu_date month, const char *target,
                                  const char *reason, struct mu_error *error)
{
    char text[MU_REASON_SIZE], name[MU_SUBJECT_SIZE], first[MU_DATE_SIZE];
    enum mu_status status = mu_desk_may(desk, MU_MAY_export_residents, error);

    if (status == MU_OK)
        status = mu_desk_text(reason, text, sizeof text, error);
    if (status == MU_OK && !*text)
        status = mu_fail(error, MU_INPUT, MU_SAY_error_list_reason, NULL);
    if (status == MU_OK)
        status = mu_db_begin(desk->db, error);
    if (status != MU_OK)
        return status;
    mu_text_inert(name, sizeof name, target);
    mu_date_format(month, first);
    status = mu_audit_note(desk, MU_MAY_export_residents, 0, name, "", first, text, error);
    return mu_desk_end(desk, status, error);
}
