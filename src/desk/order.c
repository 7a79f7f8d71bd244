#include "desk/order_file.h"
#include "desk/resident_file.h"
#include "desk/twin_file.h"
#include "store/menu_store.h"
#include "store/order_store.h"

#include <mulin/base/codes.h>
#include <mulin/base/text.h>
#include <mulin/desk/canteen.h>
#include <mulin/domain/calendar.h>

#include <stdio.h>
#include <string.h>

/* An order on its way into the records. */
struct taking {
    struct mu_desk *desk;
    const struct mu_rules *rules;
    const struct mu_session *session;
    struct mu_resident resident; /* who speaks for the file */
    struct mu_moment now;
    struct mu_date open_from; /* the first day whose orders are not closed */
    char reason[MU_REASON_SIZE];
    struct mu_act_writer act;
};

static enum mu_status refuse(enum mu_message message, const char *key, const char **field,
                             struct mu_error *error)
{
    if (field)
        *field = key;
    return mu_fail(error, MU_INPUT, message, NULL);
}

static bool is_standing(const struct mu_order *order)
{
    return *order->weekdays;
}

/* ---- whose, which meal, and until when ---- */

static const struct mu_session *find_session(const struct mu_rules *rules, const char *text)
{
    const struct mu_canteen *canteen = &rules->canteen;
    char word[MU_RULE_NAME_SIZE], name[MU_RULE_NAME_SIZE];

    if (!text || !*text)
        return canteen->session_count == 1 ? canteen->sessions : mu_rules_session(rules, "lunch");
    mu_text_fold(word, sizeof word, text);
    for (size_t i = 0; i < canteen->session_count; i++) {
        mu_text_fold(name, sizeof name, canteen->sessions[i].name);
        if (strcmp(word, canteen->sessions[i].id) == 0 || strcmp(word, name) == 0)
            return &canteen->sessions[i];
    }
    return NULL;
}

enum mu_status mu_order_session(struct mu_desk *desk, const char *text,
                                const struct mu_rules **rules, const struct mu_session **out,
                                struct mu_error *error)
{
    char names[MU_NOTE_SIZE] = "";
    const struct mu_canteen *canteen;
    enum mu_status status = mu_desk_rules(desk, rules, NULL, error);

    if (status != MU_OK)
        return status;
    *out = find_session(*rules, text);
    if (*out)
        return MU_OK;
    canteen = &(*rules)->canteen;
    for (size_t i = 0; i < canteen->session_count; i++) {
        size_t used = strlen(names);

        snprintf(names + used, sizeof names - used, "%s%s (%s)", used ? ", " : "",
                 canteen->sessions[i].name, canteen->sessions[i].id);
    }
    return mu_fail(error, MU_INPUT, MU_SAY_error_order_session, text ? text : "", names, NULL);
}

enum mu_status mu_session_of(struct mu_desk *desk, const char *text, char *id,
                             struct mu_error *error)
{
    const struct mu_rules *rules;
    const struct mu_session *session;
    enum mu_status status = mu_order_session(desk, text, &rules, &session, error);

    if (status == MU_OK)
        mu_text_copy(id, MU_RULE_ID_SIZE, session->id);
    return status;
}

enum mu_status mu_order_time(struct mu_desk *desk, const char *session, struct mu_date day,
                             struct mu_order_times *out, struct mu_error *error)
{
    const struct mu_rules *rules;
    const struct mu_session *found;
    struct mu_moment now = mu_desk_now(desk);
    enum mu_status status = mu_order_session(desk, session, &rules, &found, error);

    if (status != MU_OK)
        return status;
    out->close = mu_orders_close(&rules->canteen, found, day);
    out->closed = mu_orders_closed(&rules->canteen, found, day, now);
    out->open_from = mu_orders_open_from(&rules->canteen, found, now);
    out->served = mu_session_day(&rules->canteen, found, day, NULL) == MU_DAY_SERVED;
    return MU_OK;
}

enum mu_status mu_order_person(struct mu_desk *desk, int64_t resident_id, struct mu_resident *out,
                               struct mu_error *error)
{
    enum mu_status status = mu_file_read(desk, resident_id, out, error);

    if (status == MU_OK)
        status = mu_file_lead(desk, out, error);
    if (status != MU_OK || out->status == MU_LIVING_HERE)
        return status;
    return mu_fail(error, MU_REFUSED, MU_SAY_error_order_ended, out->name, NULL);
}

/* Everything that is asked before the records are written. The order gets its session's id. */
static enum mu_status prepare(struct taking *taking, struct mu_order *order, const char **field,
                              struct mu_error *error)
{
    enum mu_status status =
        mu_order_person(taking->desk, order->resident_id, &taking->resident, error);

    if (status != MU_OK)
        return status;
    order->resident_id = taking->resident.id;
    *field = "meal_session";
    status =
        mu_order_session(taking->desk, order->session, &taking->rules, &taking->session, error);
    if (status != MU_OK)
        return status;
    *field = NULL;
    mu_text_copy(order->session, sizeof order->session, taking->session->id);
    if (!mu_choice_by_code(&mu_servings, order->serving))
        return refuse(MU_SAY_error_serving, "serving", field, error);
    taking->open_from = mu_orders_open_from(&taking->rules->canteen, taking->session, taking->now);
    return mu_order_check(order, field, error);
}

/* ---- closing time ---- */

/* True when the kitchen would cook something else on the day. */
static bool touches(const struct mu_order *before, const struct mu_order *after, struct mu_date day)
{
    bool was = before && mu_order_holds(before, day, false);

    if (was != mu_order_holds(after, day, false))
        return true;
    return was && (strcmp(before->session, after->session) != 0 ||
                   strcmp(before->dish, after->dish) != 0 || before->serving != after->serving ||
                   strcmp(before->note, after->note) != 0);
}

static void day_and_clock(struct mu_moment moment, char *out, size_t size)
{
    char day[MU_DATE_SIZE], clock[MU_CLOCK_SIZE];

    mu_date_format(moment.date, day);
    mu_clock_format(moment.minute, clock);
    snprintf(out, size, "%s %s", day, clock);
}

static enum mu_status refuse_closed(const struct taking *taking, struct mu_date day,
                                    struct mu_error *error)
{
    char when[MU_MOMENT_SIZE], closed[MU_DATE_SIZE], open[MU_DATE_SIZE];

    day_and_clock(mu_orders_close(&taking->rules->canteen, taking->session, day), when,
                  sizeof when);
    mu_date_format(day, closed);
    mu_date_format(taking->open_from, open);
    return mu_fail(error, MU_REFUSED,
                   mu_desk_may(taking->desk, MU_MAY_take_late_orders, NULL) == MU_OK
                       ? MU_SAY_error_order_late
                       : MU_SAY_error_order_closed,
                   closed, taking->session->name, when, open, NULL);
}

/* Nothing of a day that is closed may change, but for a reason and by right. */
static enum mu_status check_closed(const struct taking *taking, const struct mu_order *before,
                                   const struct mu_order *after, struct mu_error *error)
{
    for (struct mu_date day = taking->now.date; mu_date_compare(day, taking->open_from) < 0;
         day = mu_date_add_days(day, 1)) {
        if (!touches(before, after, day))
            continue;
        if (!*taking->reason || mu_desk_may(taking->desk, MU_MAY_take_late_orders, NULL) != MU_OK)
            return refuse_closed(taking, day, error);
    }
    return MU_OK;
}

/* The first day that the operator may change. */
static struct mu_date first_day(const struct taking *taking)
{
    return *taking->reason && mu_desk_may(taking->desk, MU_MAY_take_late_orders, NULL) == MU_OK
               ? taking->now.date
               : taking->open_from;
}

/* Nobody orders for a day on which nothing is served; a standing order passes over it. */
static enum mu_status check_served(const struct taking *taking, const struct mu_order *order,
                                   struct mu_error *error)
{
    char day[MU_DATE_SIZE];

    if (is_standing(order) || mu_session_day(&taking->rules->canteen, taking->session, order->from,
                                             NULL) == MU_DAY_SERVED)
        return MU_OK;
    mu_date_format(order->from, day);
    return mu_fail(error, MU_INPUT, MU_SAY_error_order_not_served, day, taking->session->name,
                   NULL);
}

/* ---- other orders of the person, and the menu ---- */

struct others {
    const struct mu_order *order;
    int64_t but; /* the order that is being changed */
    struct mu_order met;
};

static bool meets(void *context, const struct mu_order *other)
{
    struct others *others = context;

    if (other->id == others->order->id || other->id == others->but ||
        is_standing(other) != is_standing(others->order) || !mu_orders_meet(other, others->order))
        return true;
    others->met = *other;
    return false;
}

static enum mu_status check_others(const struct taking *taking, const struct mu_order *order,
                                   int64_t but, struct mu_error *error)
{
    struct others others = {.order = order, .but = but};
    char number[24], from[MU_DATE_SIZE];
    enum mu_status status = mu_order_of_person(taking->desk->db, order->resident_id, order->from,
                                               meets, &others, error);

    if (status != MU_OK || !others.met.id)
        return status;
    snprintf(number, sizeof number, "%lld", (long long)others.met.id);
    mu_date_format(others.met.from, from);
    return mu_fail(error, MU_INPUT, MU_SAY_error_order_twice, taking->resident.name,
                   taking->session->name, from, number, NULL);
}

/* The dish that a text means: its name, its number on the menu, or the only name with that in it.
 */
static const struct mu_dish *find_dish(const struct mu_menu *menu, const char *text)
{
    const struct mu_dish *found = mu_menu_dish(menu, text);
    char number[24];
    size_t count = 0;

    for (size_t i = 0; !found && i < menu->count; i++) {
        snprintf(number, sizeof number, "%zu", i + 1);
        if (strcmp(number, text) == 0)
            found = &menu->dish[i];
    }
    if (found)
        return found;
    for (size_t i = 0; i < menu->count; i++) {
        if (strstr(menu->dish[i].name, text)) {
            found = &menu->dish[i];
            count++;
        }
    }
    return count == 1 ? found : NULL;
}

/* What is ordered for one day stands on its menu, when there is one. */
static enum mu_status check_dish(const struct taking *taking, struct mu_order *order,
                                 const char **field, struct mu_error *error)
{
    const struct mu_dish *dish;
    struct mu_menu menu;
    char dishes[MU_NOTE_SIZE] = "";
    enum mu_status status;

    if (is_standing(order) || !*order->dish)
        return MU_OK;
    status = mu_menu_on(taking->desk->db, order->from, order->session, &menu, error);
    if (status != MU_OK || !menu.count)
        return status;
    dish = find_dish(&menu, order->dish);
    if (dish) {
        mu_text_copy(order->dish, sizeof order->dish, dish->name);
        return MU_OK;
    }
    for (size_t i = 0; i < menu.count; i++) {
        size_t used = strlen(dishes);

        snprintf(dishes + used, sizeof dishes - used, "%s%s", used ? "、" : "", menu.dish[i].name);
    }
    *field = "dish";
    return mu_fail(error, MU_INPUT, MU_SAY_error_order_dish, order->dish, dishes, NULL);
}

/* ---- writing ---- */

/* "王秀英 午餐 2026-11-23" */
static void begin_act(struct taking *taking, const struct mu_order *order)
{
    char subject[2 * MU_PERSON_NAME_SIZE], day[MU_DATE_SIZE];

    mu_date_format(order->from, day);
    snprintf(subject, sizeof subject, "%s %s %s", taking->resident.name, taking->session->name,
             day);
    mu_act_begin(&taking->act, taking->desk, MU_MAY_take_orders, subject);
    taking->act.reason = taking->reason;
}

static enum mu_status put(struct mu_act_writer *act, const struct mu_order *before,
                          struct mu_order *after, struct mu_error *error)
{
    bool stale;
    enum mu_status status = mu_order_write(act->desk->db, after, &stale, error);

    if (status == MU_OK && stale)
        return mu_fail(error, MU_REFUSED, MU_SAY_error_order_changed, act->act.subject, NULL);
    return status == MU_OK ? mu_act_change(act, "order", after->id, after->resident_id,
                                           act->act.subject, before, after, error)
                           : status;
}

/* The order as it is, which must be as the caller saw it. */
static enum mu_status read_before(struct mu_desk *desk, int64_t id, int version,
                                  struct mu_order *out, struct mu_error *error)
{
    char number[24];
    bool found = false;
    enum mu_status status = mu_order_by_id(desk->db, id, &found, out, error);

    if (status != MU_OK)
        return status;
    snprintf(number, sizeof number, "%lld", (long long)id);
    if (!found)
        return mu_fail(error, MU_INPUT, MU_SAY_error_order_unknown, number, NULL);
    if (out->cancelled || (version && out->version != version))
        return mu_fail(error, MU_REFUSED, MU_SAY_error_order_changed, number, NULL);
    return MU_OK;
}

static enum mu_status add(struct taking *taking, const struct mu_order *before,
                          struct mu_order *order, const char **field, struct mu_error *error)
{
    enum mu_status status = MU_OK;

    *field = "order_from";
    if (mu_date_compare(order->from, taking->now.date) < 0)
        return mu_fail(error, MU_INPUT, MU_SAY_error_order_past, NULL);
    status = check_served(taking, order, error);
    if (status == MU_OK)
        status = check_closed(taking, before, order, error);
    if (status == MU_OK)
        status = check_others(taking, order, before ? before->id : 0, error);
    if (status != MU_OK)
        return status;
    *field = NULL;
    status = check_dish(taking, order, field, error);
    return status == MU_OK ? put(&taking->act, before, order, error) : status;
}

/* True when the orders differ in nothing but their last day. */
static bool only_end(const struct mu_order *a, const struct mu_order *b)
{
    return strcmp(a->session, b->session) == 0 && strcmp(a->weekdays, b->weekdays) == 0 &&
           mu_date_compare(a->from, b->from) == 0 && strcmp(a->dish, b->dish) == 0 &&
           a->serving == b->serving && strcmp(a->note, b->note) == 0;
}

static enum mu_status end_before(struct taking *taking, const struct mu_order *before,
                                 struct mu_date day, struct mu_order *ended, struct mu_error *error)
{
    struct mu_date last = mu_date_add_days(day, -1);
    enum mu_status status;

    *ended = *before;
    if (!mu_date_known(ended->until) || mu_date_compare(last, ended->until) < 0)
        ended->until = last;
    status = check_closed(taking, before, ended, error);
    return status == MU_OK ? put(&taking->act, before, ended, error) : status;
}

static enum mu_status change(struct taking *taking, struct mu_order *order, const char **field,
                             struct mu_error *error)
{
    struct mu_order before, ended;
    struct mu_date first = first_day(taking);
    enum mu_status status = read_before(taking->desk, order->id, order->version, &before, error);

    if (status != MU_OK)
        return status;
    order->incomplete = before.incomplete;
    if (!is_standing(&before) || mu_date_compare(before.from, first) >= 0) {
        *field = "order_from";
        if (mu_date_compare(before.from, taking->now.date) < 0)
            return mu_fail(error, MU_INPUT, MU_SAY_error_order_past, NULL);
        return add(taking, &before, order, field, error);
    }
    if (only_end(&before, order)) {
        status = check_closed(taking, &before, order, error);
        if (status == MU_OK)
            status = check_others(taking, order, before.id, error);
        return status == MU_OK ? put(&taking->act, &before, order, error) : status;
    }
    if (mu_date_compare(order->from, first) < 0)
        order->from = first;
    if (!is_standing(order))
        return refuse(MU_SAY_error_order_kind, "weekdays", field, error);
    status = end_before(taking, &before, order->from, &ended, error);
    order->id = 0;
    order->version = 1;
    if (status == MU_OK)
        status = mu_order_check(order, field, error);
    return status == MU_OK ? add(taking, NULL, order, field, error) : status;
}

static enum mu_status save(struct taking *taking, struct mu_order *order, const char **field,
                           struct mu_error *error)
{
    enum mu_status status = prepare(taking, order, field, error);

    if (status != MU_OK)
        return status;
    begin_act(taking, order);
    if (order->id)
        return change(taking, order, field, error);
    order->version = 1;
    order->cancelled = 0;
    return add(taking, NULL, order, field, error);
}

enum mu_status mu_save_order(struct mu_desk *desk, struct mu_order *order, const char *reason,
                             const char **field, struct mu_error *error)
{
    struct taking taking = {.desk = desk, .now = mu_desk_now(desk)};
    struct mu_order saved = *order;
    const char *key = NULL;
    enum mu_status status = mu_desk_may(desk, MU_MAY_take_orders, error);

    if (status == MU_OK)
        status = mu_desk_text(reason, taking.reason, sizeof taking.reason, error);
    if (status == MU_OK)
        status = mu_db_begin(desk->db, error);
    if (status == MU_OK)
        status = mu_desk_end(desk, save(&taking, &saved, &key, error), error);
    if (field)
        *field = status == MU_OK ? NULL : key;
    if (status == MU_OK)
        *order = saved;
    return status;
}

static enum mu_status cancel(struct taking *taking, int64_t id, struct mu_order *out,
                             struct mu_error *error)
{
    struct mu_order before;
    struct mu_date first;
    enum mu_status status = read_before(taking->desk, id, 0, &before, error);

    if (status == MU_OK)
        status = mu_file_read(taking->desk, before.resident_id, &taking->resident, error);
    if (status == MU_OK)
        status =
            mu_order_session(taking->desk, before.session, &taking->rules, &taking->session, error);
    if (status != MU_OK)
        return status;
    taking->open_from = mu_orders_open_from(&taking->rules->canteen, taking->session, taking->now);
    begin_act(taking, &before);
    if (mu_date_known(before.until) && mu_date_compare(before.until, taking->now.date) < 0)
        return mu_fail(error, MU_INPUT, MU_SAY_error_order_past, NULL);
    first = first_day(taking);
    if (is_standing(&before) && mu_date_compare(before.from, first) < 0)
        return end_before(taking, &before, first, out, error);
    *out = before;
    out->cancelled = 1;
    status = check_closed(taking, &before, out, error);
    return status == MU_OK ? put(&taking->act, &before, out, error) : status;
}

enum mu_status mu_cancel_order(struct mu_desk *desk, int64_t order_id, const char *reason,
                               struct mu_order *out, struct mu_error *error)
{
    struct taking taking = {.desk = desk, .now = mu_desk_now(desk)};
    struct mu_order cancelled;
    enum mu_status status = mu_desk_may(desk, MU_MAY_take_orders, error);

    if (status == MU_OK)
        status = mu_desk_text(reason, taking.reason, sizeof taking.reason, error);
    if (status == MU_OK)
        status = mu_db_begin(desk->db, error);
    if (status == MU_OK)
        status = mu_desk_end(desk, cancel(&taking, order_id, &cancelled, error), error);
    if (status == MU_OK && out)
        *out = cancelled;
    return status;
}

/* ---- reading ---- */

enum mu_status mu_read_order(struct mu_desk *desk, int64_t order_id, struct mu_order *out,
                             struct mu_error *error)
{
    char number[24];
    bool found = false;
    enum mu_status status = mu_desk_may(desk, MU_MAY_read_orders, error);

    if (status == MU_OK)
        status = mu_order_by_id(desk->db, order_id, &found, out, error);
    if (status != MU_OK || found)
        return status;
    snprintf(number, sizeof number, "%lld", (long long)order_id);
    return mu_fail(error, MU_INPUT, MU_SAY_error_order_unknown, number, NULL);
}

enum mu_status mu_list_orders(struct mu_desk *desk, int64_t resident_id, mu_order_row *row,
                              void *context, struct mu_error *error)
{
    struct mu_resident resident = {0};
    enum mu_status status = mu_desk_may(desk, MU_MAY_read_orders, error);

    if (status == MU_OK)
        status = mu_file_read(desk, resident_id, &resident, error);
    if (status == MU_OK)
        status = mu_file_lead(desk, &resident, error);
    return status == MU_OK ? mu_order_of_person(desk->db, resident.id, mu_desk_now(desk).date, row,
                                                context, error)
                           : status;
}

/* ---- acts ---- */

enum mu_status mu_order_act_read(struct mu_desk *desk, int64_t row, void *record,
                                 struct mu_error *error)
{
    char number[24];
    bool found = false;
    enum mu_status status = mu_order_by_id(desk->db, row, &found, record, error);

    if (status != MU_OK || found)
        return status;
    snprintf(number, sizeof number, "%lld", (long long)row);
    return mu_fail(error, MU_INPUT, MU_SAY_error_order_unknown, number, NULL);
}

/* What was taken in time is taken back in time only, but for who may do it late. */
enum mu_status mu_order_act_put_back(struct mu_act_writer *writer, int64_t row, const void *current,
                                     const void *wanted, struct mu_error *error)
{
    const struct mu_order *before = current;
    struct mu_order after = *(const struct mu_order *)(wanted ? wanted : current);
    struct taking taking = {.desk = writer->desk, .now = mu_desk_now(writer->desk)};
    char number[24];
    enum mu_status status =
        mu_file_read(writer->desk, before->resident_id, &taking.resident, error);

    (void)row;
    if (status == MU_OK)
        status =
            mu_order_session(writer->desk, before->session, &taking.rules, &taking.session, error);
    if (status != MU_OK)
        return status;
    if (!wanted)
        after.cancelled = 1;
    taking.open_from = mu_orders_open_from(&taking.rules->canteen, taking.session, taking.now);
    snprintf(number, sizeof number, "%lld", (long long)writer->undone->id);
    mu_text_copy(taking.reason, sizeof taking.reason, number);
    status = check_closed(&taking, before, &after, error);
    if (status == MU_OK && !after.cancelled)
        status = check_others(&taking, &after, before->id, error);
    return status == MU_OK ? put(writer, before, &after, error) : status;
}
