#include <mulin/desk/alert.h>

#include "base/growing.h"
#include "desk/desk_internal.h"
#include "desk/resident_file.h"
#include "desk/twin_file.h"
#include "store/alert_store.h"

#include <mulin/base/codes.h>
#include <mulin/base/text.h>
#include <mulin/desk/canteen.h>
#include <mulin/desk/person_file.h>

#include <stdio.h>
#include <stdlib.h>

/* What belongs to the alert in `out`. */
static enum mu_status read_case(struct mu_desk *desk, struct mu_alert_case *out,
                                struct mu_error *error)
{
    enum mu_status status = mu_file_read(desk, out->alert.resident_id, &out->resident, error);

    if (status == MU_OK)
        status = mu_file_lead(desk, &out->resident, error);
    if (status == MU_OK)
        status =
            mu_last_eaten(desk->db, out->resident.id, &out->last_meal, out->last_session, error);
    if (status != MU_OK)
        return status;
    mu_session_name(desk, out->last_session, out->last_session_name, sizeof out->last_session_name);
    mu_session_name(desk, out->alert.session, out->session_name, sizeof out->session_name);
    mu_file_mask(&out->resident);
    return MU_OK;
}

struct listing {
    struct mu_alert *alert; /* owned */
    size_t count, room;
    bool no_memory;
};

static bool keep(void *context, const struct mu_alert *alert)
{
    struct listing *listing = context;
    struct mu_alert *grown =
        mu_grown(listing->alert, listing->count, &listing->room, sizeof *listing->alert);

    listing->no_memory = !grown;
    if (!grown)
        return false;
    listing->alert = grown;
    grown[listing->count++] = *alert;
    return true;
}

enum mu_status mu_list_alerts(struct mu_desk *desk, bool answered, mu_alert_case_row *row,
                              void *context, struct mu_error *error)
{
    struct listing listing = {0};
    enum mu_status status = mu_desk_may(desk, MU_MAY_read_resident, error);
    bool going_on = true;

    if (status == MU_OK)
        status = mu_alert_list(desk->db, !answered, MU_ALERTS_LIMIT, keep, &listing, error);
    if (status == MU_OK && listing.no_memory)
        status = mu_fail_memory(error);
    for (size_t i = 0; status == MU_OK && going_on && i < listing.count; i++) {
        struct mu_alert_case found = {.alert = listing.alert[i]};

        status = read_case(desk, &found, error);
        if (status == MU_OK)
            going_on = row(context, &found);
    }
    free(listing.alert);
    return status;
}

static enum mu_status find_alert(struct mu_desk *desk, int64_t alert_id, struct mu_alert *out,
                                 struct mu_error *error)
{
    char number[24];
    bool found = false;
    enum mu_status status = mu_alert_read(desk->db, alert_id, &found, out, error);

    if (status != MU_OK || found)
        return status;
    snprintf(number, sizeof number, "%lld", (long long)alert_id);
    return mu_fail(error, MU_INPUT, MU_SAY_error_alert_unknown, number, NULL);
}

enum mu_status mu_read_alert(struct mu_desk *desk, int64_t alert_id, struct mu_alert_case *out,
                             struct mu_error *error)
{
    struct mu_alert_case found = {0};
    enum mu_status status = mu_desk_may(desk, MU_MAY_read_resident, error);

    if (status == MU_OK)
        status = find_alert(desk, alert_id, &found.alert, error);
    if (status == MU_OK)
        status = read_case(desk, &found, error);
    if (status == MU_OK)
        status = mu_read_person_file(desk, found.resident.id, &found.file, error);
    if (status == MU_OK)
        *out = found;
    return status;
}

static enum mu_status write_answer(struct mu_desk *desk, int64_t alert_id,
                                   const struct mu_alert_answer *answer, struct mu_error *error)
{
    struct mu_alert alert;
    struct mu_date last;
    char number[24], what[MU_CHANGE_SIZE], again[MU_DATE_SIZE];
    enum mu_status status = find_alert(desk, alert_id, &alert, error);

    if (status == MU_OK)
        status = mu_desk_moment(desk, &alert.answered_at, &last, error);
    if (status != MU_OK)
        return status;
    alert.outcome = answer->outcome;
    alert.again_from = mu_alert_again_from(answer, alert.answered_at.date);
    mu_text_copy(alert.found, sizeof alert.found, answer->found);
    status = mu_alert_write_answer(desk->db, &alert, desk->operator.id, error);
    if (status != MU_OK)
        return status;
    mu_date_format(alert.again_from, again);
    snprintf(number, sizeof number, "%lld", (long long)alert_id);
    snprintf(what, sizeof what, "outcome=%s\nagain_from=%s\nfound=%s\n",
             mu_choice_word(&mu_outcomes, alert.outcome, MU_ENGLISH), again,
             *alert.found ? "*" : "");
    return mu_audit_note(desk, MU_MAY_answer_alert, alert.resident_id, number, "", what, "", error);
}

enum { ANSWERED_AT_ONCE = 64 };

static enum mu_status answer_all(struct mu_desk *desk, int64_t alert_id,
                                 const struct mu_alert_answer *answer, size_t *count,
                                 struct mu_error *error)
{
    struct mu_alert alert;
    int64_t open[ANSWERED_AT_ONCE] = {alert_id};
    enum mu_status status = find_alert(desk, alert_id, &alert, error);

    *count = 1;
    if (status == MU_OK && alert.outcome)
        return mu_fail(error, MU_REFUSED, MU_SAY_error_alert_answered, alert.name,
                       alert.answered_by, NULL);
    if (status == MU_OK && answer->outcome != MU_OUTCOME_FALSE_ALARM)
        status =
            mu_alert_open_of(desk->db, alert.resident_id, open, ANSWERED_AT_ONCE, count, error);
    for (size_t i = 0; status == MU_OK && i < *count; i++)
        status = write_answer(desk, open[i], answer, error);
    return status;
}

enum mu_status mu_answer_alert(struct mu_desk *desk, int64_t alert_id,
                               const struct mu_alert_answer *answer, const char **field,
                               size_t *count, struct mu_error *error)
{
    struct mu_alert_answer wanted = *answer;
    const char *key = NULL;
    size_t answered = 0;
    enum mu_status status = mu_desk_may(desk, MU_MAY_answer_alert, error);

    if (status == MU_OK)
        status = mu_desk_text(answer->found, wanted.found, sizeof wanted.found, error);
    if (status == MU_OK)
        status = mu_alert_answer_check(&wanted, mu_desk_now(desk).date, &key, error);
    if (status == MU_OK)
        status = mu_db_begin(desk->db, error);
    if (status == MU_OK)
        status = mu_desk_end(desk, answer_all(desk, alert_id, &wanted, &answered, error), error);
    if (field)
        *field = key;
    if (status == MU_OK && count)
        *count = answered;
    return status;
}
