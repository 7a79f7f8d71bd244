#include "desk/alert_file.h"

#include "base/growing.h"
#include "desk/order_file.h"
#include "store/alert_store.h"
#include "store/order_store.h"

#include <mulin/base/text.h>
#include <mulin/desk/alert.h>
#include <mulin/desk/order.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    MEALS = 2 * MU_REGULAR_OF + MU_ABSENT_MEALS, /* served meals that are looked at, at most */
    REACH = 2 * 366,                             /* days in which they lie */
    CATCH_UP = 10, /* meals that are asked about when it was never asked */
    EXCUSES = 40   /* missed meals of a row for which a notice is looked for */
};

enum mu_status mu_alert_open(struct mu_desk *desk, struct mu_alert *alert, bool *opened,
                             struct mu_error *error)
{
    char day[MU_DATE_SIZE], what[MU_CHANGE_SIZE], number[24];
    struct mu_date last;
    enum mu_status status = mu_desk_moment(desk, &alert->opened_at, &last, error);

    if (status == MU_OK)
        status = mu_alert_add(desk->db, alert, desk->operator.id, opened, error);
    if (status != MU_OK || !*opened)
        return status;
    mu_date_format(alert->date, day);
    snprintf(number, sizeof number, "%lld", (long long)alert->id);
    snprintf(what, sizeof what, "cause=%s\ndate=%s\nsession=%s\nmissed=%d\n",
             mu_alert_cause_word(alert->cause), day, alert->session, alert->missed);
    return mu_audit_note(desk, MU_MAY_check_alerts, alert->resident_id, number, "", what, "",
                         error);
}

/* Who may be missed; a standing order makes a regular eater of anybody. */
struct suspect {
    int64_t person;
    bool ordered;
};

/* Asking about one session up to the day on which it ended last. */
struct asking {
    struct mu_desk *desk;
    const struct mu_alert_rules *rules;
    const char *session;
    struct mu_date day, checked;
    struct mu_date served[MEALS]; /* the newest first */
    size_t served_count;
    struct suspect *suspect; /* owned */
    size_t count, room;
    bool no_memory;
    size_t opened;
};

static bool add(struct asking *asking, int64_t resident_id, bool ordered)
{
    struct suspect *grown =
        mu_grown(asking->suspect, asking->count, &asking->room, sizeof *asking->suspect);

    asking->no_memory = !grown;
    if (!grown)
        return false;
    asking->suspect = grown;
    grown[asking->count++] = (struct suspect){resident_id, ordered};
    return true;
}

static bool suspect(void *context, int64_t resident_id)
{
    return add(context, resident_id, false);
}

/* What is brought to somebody's door is told by the courier. */
static bool has_ordered(void *context, const struct mu_order_then *then)
{
    if (!*then->order.weekdays || then->order.serving == MU_DELIVERED)
        return true;
    return add(context, then->resident.id, true);
}

/* Served meals since it was last asked, that one included. */
static size_t meals_since(const struct asking *asking)
{
    size_t since = 0;

    if (!mu_date_known(asking->checked) || mu_date_compare(asking->checked, asking->day) > 0)
        return CATCH_UP;
    while (since < asking->served_count &&
           mu_date_compare(asking->served[since], asking->checked) > 0)
        since++;
    return since + 1;
}

/* Who had the last meal so long ago that it was missed often enough, since it was last asked; who
 * had told, and should be back by then; who was missed before; who has ordered. */
static enum mu_status find_suspects(struct asking *asking, struct mu_error *error)
{
    size_t enough = (size_t)asking->rules->absent_meals, oldest = enough + meals_since(asking);
    size_t last = asking->served_count - 1;
    enum mu_status status = mu_missed_before(asking->desk->db, asking->served[last], asking->day,
                                             suspect, asking, error);

    if (oldest > last)
        oldest = last;
    if (status == MU_OK && !asking->no_memory && last >= enough)
        status = mu_stayed_away(asking->desk->db, asking->session, asking->served[oldest],
                                asking->served[enough], asking->day, suspect, asking, error);
    if (status == MU_OK && !asking->no_memory)
        status = mu_told_absent(asking->desk->db, asking->served[oldest], asking->day, suspect,
                                asking, error);
    if (status == MU_OK && !asking->no_memory)
        status =
            mu_order_on(asking->desk->db, asking->day, asking->session, has_ordered, asking, error);
    return status == MU_OK && asking->no_memory ? mu_fail_memory(error) : status;
}

/* What became of each of the served meals. */
static enum mu_status read_attendance(const struct asking *asking, int64_t resident_id,
                                      enum mu_attendance *meal, struct mu_error *error)
{
    struct mu_eaten_day eaten[REACH];
    size_t count, next = 0;
    enum mu_status status = mu_eaten_days(asking->desk->db, resident_id, asking->session,
                                          asking->served[asking->served_count - 1], asking->day,
                                          REACH, eaten, &count, error);

    for (size_t i = 0; status == MU_OK && i < asking->served_count; i++) {
        while (next < count && mu_date_compare(eaten[next].day, asking->served[i]) > 0)
            next++;
        if (next == count || mu_date_compare(eaten[next].day, asking->served[i]) != 0)
            meal[i] = MU_MISSED;
        else
            meal[i] = eaten[next].session ? MU_ATE : MU_SEEN;
    }
    return status;
}

/* The day on which the person was seen last, as far as the list goes; unknown: not in it. */
static struct mu_date last_seen(const struct asking *asking, const struct mu_attendance_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        if (list->meal[i] == MU_ATE || list->meal[i] == MU_SEEN)
            return asking->served[i];
    return (struct mu_date){0, 0, 0};
}

/* How many meals the person missed, when that is news: an alert that stands already has told of
 * those up to its answer, and of all while nobody has answered it. */
static int count_missed(const struct asking *asking, const struct mu_alert *before,
                        struct mu_attendance_list *list, size_t *first)
{
    size_t since = 0;

    if (!before || mu_date_compare(before->date, last_seen(asking, list)) < 0)
        return mu_missed_meals(asking->rules, list, first);
    if (!before->outcome || !mu_date_known(before->again_from))
        return 0;
    while (since < list->count && mu_date_compare(asking->served[since], before->again_from) >= 0)
        since++;
    list->count = since;
    return mu_missed_again(asking->rules, list, first);
}

/* Had the person told, or not ordered anything for that day? */
static enum mu_status is_excused(const struct asking *asking, const struct suspect *suspect,
                                 struct mu_date day, bool *excused, struct mu_error *error)
{
    struct mu_day_order order;
    bool found = false;
    enum mu_status status =
        mu_absent(asking->desk, suspect->person, day, asking->session, excused, error);

    if (status == MU_OK && !*excused)
        status = mu_order_of_one(asking->desk, suspect->person, day, asking->session, &order,
                                 &found, error);
    *excused |= found ? order.delivered : suspect->ordered;
    return status;
}

/* Takes those meals out of the row for which the person is excused. */
static enum mu_status excuse(const struct asking *asking, const struct suspect *suspect,
                             enum mu_attendance *meal, struct mu_error *error)
{
    enum mu_status status = MU_OK;

    for (size_t i = 0; status == MU_OK && i < asking->served_count && i < EXCUSES; i++) {
        bool excused = false;

        if (meal[i] != MU_MISSED)
            break;
        status = is_excused(asking, suspect, asking->served[i], &excused, error);
        if (excused)
            meal[i] = MU_EXCUSED;
    }
    return status;
}

static enum mu_status judge(struct asking *asking, const struct suspect *suspect,
                            struct mu_error *error)
{
    enum mu_attendance meal[MEALS];
    struct mu_attendance_list list = {
        .meal = meal, .count = asking->served_count, .ordered = suspect->ordered};
    struct mu_alert before, alert = {.resident_id = suspect->person, .cause = MU_ALERT_ABSENT};
    bool found = false, opened = false;
    size_t first = 0;
    enum mu_status status = read_attendance(asking, suspect->person, meal, error);

    if (status == MU_OK)
        status = mu_alert_last_absence(asking->desk->db, suspect->person, &found, &before, error);
    if (status != MU_OK || count_missed(asking, found ? &before : NULL, &list, &first) == 0)
        return status;
    list.count = asking->served_count;
    status = excuse(asking, suspect, meal, error);
    if (status == MU_OK)
        alert.missed = count_missed(asking, found ? &before : NULL, &list, &first);
    if (alert.missed == 0)
        return status;
    alert.date = asking->served[first];
    mu_text_copy(alert.session, sizeof alert.session, asking->session);
    status = mu_alert_open(asking->desk, &alert, &opened, error);
    asking->opened += opened;
    return status;
}

static enum mu_status ask(struct asking *asking, struct mu_error *error)
{
    struct mu_db *db = asking->desk->db;
    enum mu_status status = mu_served_days(db, asking->session, asking->day, REACH, MEALS,
                                           asking->served, &asking->served_count, error);

    if (status == MU_OK && asking->served_count)
        status = find_suspects(asking, error);
    for (size_t i = 0; status == MU_OK && i < asking->count; i++)
        status = judge(asking, &asking->suspect[i], error);
    free(asking->suspect);
    return status == MU_OK ? mu_alert_set_checked(db, asking->session, asking->day, error) : status;
}

static struct mu_date last_end(const struct mu_session *session, struct mu_moment now)
{
    return now.minute >= session->to ? now.date : mu_date_add_days(now.date, -1);
}

/* Is there anything to ask about the session? A clock that was once in a year to come must not keep
 * everybody from being missed until then. */
static enum mu_status is_due(struct mu_desk *desk, const struct mu_session *session, bool *due,
                             struct mu_date *checked, struct mu_error *error)
{
    struct mu_moment now = mu_desk_now(desk);
    enum mu_status status = mu_alert_checked(desk->db, session->id, checked, error);

    *due = mu_date_compare(*checked, last_end(session, now)) < 0 ||
           mu_date_compare(*checked, now.date) > 0;
    return status;
}

/* Everything that is due, in the caller's write transaction. */
static enum mu_status ask_all(struct mu_desk *desk, const struct mu_canteen *canteen, bool again,
                              size_t *opened, struct mu_error *error)
{
    enum mu_status status = MU_OK;

    *opened = 0;
    for (size_t i = 0; status == MU_OK && i < canteen->session_count; i++) {
        struct asking asking = {.desk = desk,
                                .rules = &canteen->alerts,
                                .session = canteen->sessions[i].id,
                                .day = last_end(&canteen->sessions[i], mu_desk_now(desk))};
        bool due;

        status = is_due(desk, &canteen->sessions[i], &due, &asking.checked, error);
        if (status != MU_OK || !(due || again))
            continue;
        if (again)
            asking.checked = (struct mu_date){0, 0, 0};
        status = ask(&asking, error);
        *opened += asking.opened;
    }
    return status;
}

static enum mu_status any_due(struct mu_desk *desk, const struct mu_canteen *canteen, bool *any,
                              struct mu_error *error)
{
    enum mu_status status = MU_OK;

    *any = false;
    for (size_t i = 0; status == MU_OK && !*any && i < canteen->session_count; i++) {
        struct mu_date checked;

        status = is_due(desk, &canteen->sessions[i], any, &checked, error);
    }
    return status;
}

/* Ends the transaction. Without an alert nothing stands in the trail that a failed commit could be
 * asked after; the next who asks finds out. */
static enum mu_status end(struct mu_desk *desk, enum mu_status status, size_t opened,
                          struct mu_error *error)
{
    return status == MU_OK && opened == 0 ? mu_db_commit(desk->db, error)
                                          : mu_desk_end(desk, status, error);
}

enum mu_status mu_check_alerts(struct mu_desk *desk, bool again, size_t *opened,
                               struct mu_error *error)
{
    const struct mu_rules *rules = NULL;
    size_t count = 0;
    bool any = again;
    enum mu_status status = mu_desk_may(desk, MU_MAY_check_alerts, error);

    if (status == MU_OK)
        status = mu_desk_rules(desk, &rules, NULL, error);
    if (status == MU_OK && !any)
        status = any_due(desk, &rules->canteen, &any, error);
    if (status == MU_OK && any && rules->canteen.alerts.absent_meals) {
        status = mu_db_begin(desk->db, error);
        if (status == MU_OK)
            status = end(desk, ask_all(desk, &rules->canteen, again, &count, error), count, error);
    }
    if (status == MU_OK && opened)
        *opened = count;
    return status;
}
