#include "desk/case_file.h"

#include <mulin/base/text.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum mu_status mu_case_viewer(struct mu_desk *desk, struct mu_case_viewer *out,
                              struct mu_error *error)
{
    enum mu_role role = MU_ROLE_COUNT;

    *out =
        (struct mu_case_viewer){.operator_id = desk->operator.id, .today = mu_desk_now(desk).date};
    out->handles =
        mu_role_from_word(desk->operator.role, &role) && mu_role_may(role, MU_MAY_handle_case);
    return mu_case_viewer_read(desk->db, out, error);
}

enum mu_status mu_case_line_of(struct mu_desk *desk, int64_t case_id, struct mu_case_line *out,
                               struct mu_error *error)
{
    struct mu_case_viewer viewer;
    char number[24];
    bool found = false;
    enum mu_status status = mu_case_viewer(desk, &viewer, error);

    if (status == MU_OK)
        status = mu_case_line_read(desk->db, &viewer, case_id, &found, out, error);
    snprintf(number, sizeof number, "%" PRId64, case_id);
    if (status == MU_OK && !found)
        return mu_fail(error, MU_INPUT, MU_SAY_error_case_unknown, number, NULL);
    return status;
}

/* The case, for whom it is open. Inside the caller's transaction. */
static enum mu_status open_for(struct mu_desk *desk, int64_t case_id, struct mu_case *out,
                               enum mu_case_access *access, struct mu_error *error)
{
    struct mu_case_line line;
    bool found = false;
    enum mu_status status = mu_case_line_of(desk, case_id, &line, error);

    if (status == MU_OK && line.access == MU_CASE_HIDDEN)
        return mu_fail(error, MU_REFUSED, MU_SAY_error_case_hidden, line.number, NULL);
    if (status == MU_OK)
        status = mu_case_load(desk->db, case_id, &found, out, error);
    if (status == MU_OK && access)
        *access = line.access;
    return status;
}

/* Reads the case and notes it; nothing is given out before that is on the disk. */
static enum mu_status open_noted(struct mu_desk *desk, enum mu_operation operation, int64_t case_id,
                                 const char *reason, struct mu_case *out,
                                 enum mu_case_access *access, struct mu_error *error)
{
    enum mu_case_access found = MU_CASE_HIDDEN;
    struct mu_case mediated = {.id = 0};
    enum mu_status status = mu_db_begin(desk->db, error);

    if (status != MU_OK)
        return status;
    status = open_for(desk, case_id, &mediated, &found, error);
    if (status == MU_OK)
        status = mu_audit_note(desk, operation, 0, mediated.number, "", "", reason, error);
    status = mu_desk_end(desk, status, error);
    if (status != MU_OK) {
        mu_case_clear(&mediated);
        return status;
    }
    *out = mediated;
    if (access)
        *access = found;
    return MU_OK;
}

enum mu_status mu_read_case(struct mu_desk *desk, int64_t case_id, struct mu_case *out,
                            enum mu_case_access *access, struct mu_error *error)
{
    enum mu_status status = mu_desk_may(desk, MU_MAY_read_case, error);

    if (status == MU_OK)
        status = open_noted(desk, MU_MAY_read_case, case_id, "", out, access, error);
    if (status == MU_OK)
        mu_case_mask(out);
    return status;
}

enum mu_status mu_reread_case(struct mu_desk *desk, int64_t case_id, struct mu_case *out,
                              enum mu_case_access *access, struct mu_error *error)
{
    enum mu_status status = mu_desk_may(desk, MU_MAY_read_case, error);

    if (status == MU_OK)
        status = mu_db_begin_read(desk->db, error);
    if (status != MU_OK)
        return status;
    status = open_for(desk, case_id, out, access, error);
    mu_db_end_read(desk->db);
    if (status == MU_OK)
        mu_case_mask(out);
    return status;
}

enum mu_status mu_read_case_to_export(struct mu_desk *desk, int64_t case_id, const char *reason,
                                      struct mu_case *out, struct mu_error *error)
{
    char text[MU_REASON_SIZE];
    enum mu_status status = mu_desk_may(desk, MU_MAY_export_case, error);

    if (status == MU_OK)
        status = mu_desk_text(reason, text, sizeof text, error);
    if (status != MU_OK)
        return status;
    if (!*text)
        return mu_fail(error, MU_INPUT, MU_SAY_error_case_export_reason, NULL);
    return open_noted(desk, MU_MAY_export_case, case_id, text, out, NULL, error);
}

/* ---- which case ---- */

/* "2026-12" or "12" of this year. */
static bool read_serial(const char *text, int this_year, int *year, int *serial)
{
    char *end;
    long first = strtol(text, &end, 10), second = 0;

    if (*text < '0' || *text > '9' || first <= 0 || first > 99999999)
        return false;
    *year = this_year;
    *serial = (int)first;
    if (*end == '\0')
        return true;
    if (*end != '-' || end[1] < '0' || end[1] > '9' || first > 2999)
        return false;
    second = strtol(end + 1, &end, 10);
    *year = (int)first;
    *serial = second > 0 && second <= 99999999 ? (int)second : 0;
    return *end == '\0' && *serial > 0;
}

enum mu_status mu_find_case(struct mu_desk *desk, const char *number, int64_t *case_id,
                            struct mu_error *error)
{
    char text[MU_CASE_NUMBER_SIZE], folded[MU_CASE_NUMBER_SIZE];
    int64_t found = 0;
    int year, serial;
    enum mu_status status = mu_desk_may(desk, MU_MAY_list_cases, error);

    if (status == MU_OK)
        status = mu_desk_text(number, text, sizeof text, error);
    if (status != MU_OK)
        return status;
    if (mu_text_fold_word(folded, sizeof folded, text) &&
        read_serial(folded, mu_desk_now(desk).date.year, &year, &serial))
        status = mu_case_by_serial(desk->db, year, serial, &found, error);
    else
        status = mu_case_by_number(desk->db, text, &found, error);
    if (status == MU_OK && !found) /* （2026）井调字第12号 as well as (2026)井调字第12号 */
        status = mu_case_by_number(desk->db, folded, &found, error);
    if (status == MU_OK && !found)
        return mu_fail(error, MU_INPUT, MU_SAY_error_case_unknown, text, NULL);
    if (status == MU_OK)
        *case_id = found;
    return status;
}
