/* Who told that he will not come. */
#include "desk/order_file.h"
#include "desk/resident_file.h"
#include "desk/twin_file.h"
#include "store/order_store.h"

#include <mulin/base/text.h>

#include <stdio.h>
#include <string.h>

static enum mu_status put(struct mu_act_writer *act, const struct mu_absence *before,
                          struct mu_absence *after, struct mu_error *error)
{
    bool stale;
    enum mu_status status = mu_absence_write(act->desk->db, after, &stale, error);

    if (status == MU_OK && stale)
        return mu_fail(error, MU_REFUSED, MU_SAY_error_absence_changed, act->act.subject, NULL);
    return status == MU_OK ? mu_act_change(act, "absence", after->id, after->resident_id,
                                           act->act.subject, before, after, error)
                           : status;
}

static enum mu_status read_absence(struct mu_desk *desk, int64_t id, struct mu_absence *out,
                                   struct mu_error *error)
{
    char number[24];
    bool found = false;
    enum mu_status status = mu_absence_by_id(desk->db, id, &found, out, error);

    if (status != MU_OK || found)
        return status;
    snprintf(number, sizeof number, "%lld", (long long)id);
    return mu_fail(error, MU_INPUT, MU_SAY_error_absence_unknown, number, NULL);
}

static enum mu_status check(struct mu_desk *desk, struct mu_absence *absence, const char **field,
                            struct mu_error *error)
{
    char from[MU_DATE_SIZE], until[MU_DATE_SIZE];
    enum mu_status status;

    *field = "absent_session";
    if (*absence->session) {
        status = mu_session_of(desk, absence->session, absence->session, error);
        if (status != MU_OK)
            return status;
    }
    *field = "absent_from";
    if (!mu_date_known(absence->from))
        return mu_fail(error, MU_INPUT, MU_SAY_error_order_from, NULL);
    *field = "absent_until";
    if (mu_date_known(absence->until) && mu_date_compare(absence->until, absence->from) < 0) {
        mu_date_format(absence->from, from);
        mu_date_format(absence->until, until);
        return mu_fail(error, MU_INPUT, MU_SAY_error_order_until, until, from, NULL);
    }
    *field = NULL;
    return MU_OK;
}

/* Does the kitchen count on the person for a day that is closed and for which the notice is? */
static enum mu_status ask_cooked(struct mu_desk *desk, const struct mu_absence *absence,
                                 bool *cooked, struct mu_error *error)
{
    const struct mu_rules *rules;
    struct mu_moment now = mu_desk_now(desk);
    enum mu_status status = mu_desk_rules(desk, &rules, NULL, error);

    *cooked = false;
    for (size_t i = 0; status == MU_OK && i < rules->canteen.session_count; i++) {
        const struct mu_session *session = &rules->canteen.sessions[i];

        for (struct mu_date day = now.date;
             status == MU_OK && mu_orders_closed(&rules->canteen, session, day, now);
             day = mu_date_add_days(day, 1)) {
            struct mu_day_order order;
            bool found = false;

            if (!mu_absence_holds(absence, day, session->id) ||
                (mu_date_compare(day, now.date) == 0 && now.minute >= session->to))
                continue;
            status = mu_order_by_book(desk, &rules->canteen, absence->resident_id, day, session->id,
                                      &order, &found, error);
            *cooked |= found;
        }
    }
    return status;
}

/* "王秀英 请假 2026-11-23" */
static void begin_act(struct mu_act_writer *act, struct mu_desk *desk, const char *name,
                      const struct mu_absence *absence)
{
    char subject[2 * MU_PERSON_NAME_SIZE], day[MU_DATE_SIZE];

    mu_date_format(absence->from, day);
    snprintf(subject, sizeof subject, "%s %s", name, day);
    mu_act_begin(act, desk, MU_MAY_take_orders, subject);
}

static enum mu_status save(struct mu_desk *desk, struct mu_absence *absence, bool *cooked,
                           const char **field, struct mu_error *error)
{
    struct mu_resident resident;
    struct mu_absence before;
    struct mu_act_writer act;
    enum mu_status status = mu_order_person(desk, absence->resident_id, &resident, error);

    if (status == MU_OK)
        status = check(desk, absence, field, error);
    if (status != MU_OK)
        return status;
    absence->resident_id = resident.id;
    begin_act(&act, desk, resident.name, absence);
    if (absence->id) {
        status = read_absence(desk, absence->id, &before, error);
        if (status == MU_OK && (before.cancelled || before.version != absence->version))
            return mu_fail(error, MU_REFUSED, MU_SAY_error_absence_changed, resident.name, NULL);
        absence->resident_id = before.resident_id;
        absence->incomplete = before.incomplete;
    } else if (mu_date_compare(absence->from, mu_desk_now(desk).date) < 0) {
        *field = "absent_from";
        return mu_fail(error, MU_INPUT, MU_SAY_error_order_past, NULL);
    } else {
        absence->version = 1;
        absence->cancelled = 0;
    }
    if (status == MU_OK)
        status = ask_cooked(desk, absence, cooked, error);
    return status == MU_OK ? put(&act, absence->id ? &before : NULL, absence, error) : status;
}

enum mu_status mu_save_absence(struct mu_desk *desk, struct mu_absence *absence, bool *cooked,
                               const char **field, struct mu_error *error)
{
    struct mu_absence saved = *absence;
    const char *key = NULL;
    bool counted = false;
    enum mu_status status = mu_desk_may(desk, MU_MAY_take_orders, error);

    if (status == MU_OK)
        status = mu_db_begin(desk->db, error);
    if (status == MU_OK)
        status = mu_desk_end(desk, save(desk, &saved, &counted, &key, error), error);
    if (field)
        *field = status == MU_OK ? NULL : key;
    if (status != MU_OK)
        return status;
    if (cooked)
        *cooked = counted;
    *absence = saved;
    return MU_OK;
}

static enum mu_status end(struct mu_desk *desk, int64_t id, struct mu_date day,
                          struct mu_error *error)
{
    struct mu_absence before, after;
    struct mu_resident resident;
    struct mu_act_writer act;
    enum mu_status status = read_absence(desk, id, &before, error);

    if (status == MU_OK)
        status = mu_file_read(desk, before.resident_id, &resident, error);
    if (status != MU_OK)
        return status;
    if (before.cancelled)
        return mu_fail(error, MU_REFUSED, MU_SAY_error_absence_changed, resident.name, NULL);
    if (!mu_date_known(day))
        day = mu_desk_now(desk).date;
    if (mu_date_compare(day, mu_desk_now(desk).date) < 0 ||
        (mu_date_known(before.until) && mu_date_compare(before.until, day) < 0))
        return mu_fail(error, MU_INPUT, MU_SAY_error_order_past, NULL);
    after = before;
    if (mu_date_compare(before.from, day) >= 0)
        after.cancelled = 1;
    else
        after.until = mu_date_add_days(day, -1);
    begin_act(&act, desk, resident.name, &before);
    return put(&act, &before, &after, error);
}

enum mu_status mu_end_absence(struct mu_desk *desk, int64_t absence_id, struct mu_date day,
                              struct mu_error *error)
{
    enum mu_status status = mu_desk_may(desk, MU_MAY_take_orders, error);

    if (status == MU_OK)
        status = mu_db_begin(desk->db, error);
    return status == MU_OK ? mu_desk_end(desk, end(desk, absence_id, day, error), error) : status;
}

enum mu_status mu_list_absences(struct mu_desk *desk, int64_t resident_id, mu_absence_row *row,
                                void *context, struct mu_error *error)
{
    struct mu_resident resident = {0};
    enum mu_status status = mu_desk_may(desk, MU_MAY_read_orders, error);

    if (status == MU_OK)
        status = mu_file_read(desk, resident_id, &resident, error);
    if (status == MU_OK)
        status = mu_file_lead(desk, &resident, error);
    return status == MU_OK ? mu_absence_of_person(desk->db, resident.id, mu_desk_now(desk).date,
                                                  row, context, error)
                           : status;
}

/* ---- acts ---- */

enum mu_status mu_absence_act_read(struct mu_desk *desk, int64_t row, void *record,
                                   struct mu_error *error)
{
    return read_absence(desk, row, record, error);
}

enum mu_status mu_absence_act_put_back(struct mu_act_writer *writer, int64_t row,
                                       const void *current, const void *wanted,
                                       struct mu_error *error)
{
    struct mu_absence after = *(const struct mu_absence *)(wanted ? wanted : current);

    (void)row;
    if (!wanted)
        after.cancelled = 1;
    return put(writer, current, &after, error);
}
