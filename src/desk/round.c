/* Making rounds and reading them. */
#include <mulin/desk/round.h>

#include "base/growing.h"
#include "desk/order_file.h"
#include "desk/resident_file.h"
#include "store/person_file_store.h"
#include "store/round_store.h"

#include <mulin/base/text.h>
#include <mulin/domain/place.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool is_at(const struct mu_doors *doors, const struct mu_resident *resident)
{
    char wanted[MU_PLACE_SIZE], building[MU_PLACE_SIZE];

    if (doors && doors->estate && strcmp(doors->estate, resident->estate) != 0)
        return false;
    if (!doors || !doors->building)
        return true;
    mu_place_number(doors->building, wanted);
    mu_place_number(resident->building, building);
    return strcmp(wanted, building) == 0;
}

static enum mu_status read_courier(const char *courier, char out[MU_PERSON_NAME_SIZE],
                                   struct mu_error *error)
{
    enum mu_status status = mu_desk_text(courier, out, MU_PERSON_NAME_SIZE, error);

    return status == MU_OK && !*out ? mu_fail(error, MU_INPUT, MU_SAY_error_round_courier, NULL)
                                    : status;
}

static enum mu_status find_round(struct mu_desk *desk, int64_t round_id, struct mu_round *out,
                                 struct mu_error *error)
{
    char number[24];
    bool found = false;
    enum mu_status status = mu_round_read(desk->db, round_id, &found, out, error);

    if (status != MU_OK || found)
        return status;
    snprintf(number, sizeof number, "%lld", (long long)round_id);
    return mu_fail(error, MU_INPUT, MU_SAY_error_round_unknown, number, NULL);
}

/* The courier's round in the caller's write transaction. */
static enum mu_status open_round(struct mu_desk *desk, struct mu_round *round,
                                 struct mu_error *error)
{
    struct mu_moment now;
    struct mu_date last;
    enum mu_status status = mu_desk_moment(desk, &now, &last, error);

    return status == MU_OK ? mu_round_of(desk->db, round, now, desk->operator.id, &round->id, error)
                           : status;
}

static enum mu_status note_round(struct mu_desk *desk, const struct mu_round *round, size_t doors,
                                 struct mu_error *error)
{
    char number[24], day[MU_DATE_SIZE], what[MU_CHANGE_SIZE];

    snprintf(number, sizeof number, "%lld", (long long)round->id);
    mu_date_format(round->date, day);
    snprintf(what, sizeof what, "date=%s\nsession=%s\ncourier=%s\ndoors=%zu\n", day, round->session,
             round->courier, doors);
    return mu_audit_note(desk, MU_MAY_run_rounds, 0, number, "", what, "", error);
}

static enum mu_status add_doors(struct mu_desk *desk, const struct mu_day_orders *orders,
                                const struct mu_doors *doors, struct mu_round *round, size_t *count,
                                struct mu_error *error)
{
    enum mu_status status = open_round(desk, round, error);

    *count = 0;
    for (size_t i = 0; status == MU_OK && i < orders->count; i++) {
        const struct mu_day_order *order = &orders->order[i];
        bool added = false;

        if (order->delivered && is_at(doors, &order->resident))
            status = mu_stop_add(desk->db, round, order->resident.id, &added, error);
        *count += added;
    }
    if (status == MU_OK && *count == 0)
        return mu_fail(error, MU_INPUT, MU_SAY_error_round_nothing, NULL);
    if (status == MU_OK)
        status = note_round(desk, round, *count, error);
    return status == MU_OK ? find_round(desk, round->id, round, error) : status;
}

/* The session that is meant when none is named: the one that is open now or opens next. */
static enum mu_status choose_session(struct mu_desk *desk, struct mu_date date, const char *session,
                                     char id[MU_RULE_ID_SIZE], struct mu_error *error)
{
    const struct mu_rules *rules;
    struct mu_moment now = mu_desk_now(desk);
    enum mu_status status = MU_OK;

    if (session || mu_date_compare(date, now.date) != 0)
        return mu_session_of(desk, session, id, error);
    status = mu_desk_rules(desk, &rules, NULL, error);
    if (status != MU_OK)
        return status;
    for (size_t i = 0; i < rules->canteen.session_count; i++)
        if (rules->canteen.sessions[i].to > now.minute) {
            mu_text_copy(id, MU_RULE_ID_SIZE, rules->canteen.sessions[i].id);
            return MU_OK;
        }
    return mu_session_of(desk, session, id, error);
}

enum mu_status mu_make_round(struct mu_desk *desk, struct mu_date date, const char *session,
                             const char *courier, const struct mu_doors *doors,
                             struct mu_round *round, size_t *added, struct mu_error *error)
{
    struct mu_round made = {.date = date};
    struct mu_day_orders orders = {0};
    size_t count = 0;
    enum mu_status status = mu_desk_may(desk, MU_MAY_run_rounds, error);

    if (status == MU_OK)
        status = read_courier(courier, made.courier, error);
    if (status == MU_OK)
        status = choose_session(desk, date, session, made.session, error);
    if (status == MU_OK)
        status = mu_orders_of_day(desk, date, made.session, &orders, error);
    if (status == MU_OK)
        status = mu_db_begin(desk->db, error);
    if (status == MU_OK)
        status = mu_desk_end(desk, add_doors(desk, &orders, doors, &made, &count, error), error);
    mu_day_orders_clear(&orders);
    if (status == MU_OK && round)
        *round = made;
    if (status == MU_OK && added)
        *added = count;
    return status;
}

/* ---- reading ---- */

struct gathering {
    struct mu_stops stops;
    size_t room;
    bool no_memory;
};

static bool gather(void *context, const struct mu_stop *stop)
{
    struct gathering *gathering = context;
    struct mu_stop_at *grown = mu_grown(gathering->stops.at, gathering->stops.count,
                                        &gathering->room, sizeof *gathering->stops.at);

    gathering->no_memory = !grown;
    if (!grown)
        return false;
    gathering->stops.at = grown;
    memset(&grown[gathering->stops.count], 0, sizeof *grown);
    grown[gathering->stops.count++].stop = *stop;
    return true;
}

/* What is brought to the door now: the order may have been taken back since. */
static enum mu_status look_at_door(struct mu_desk *desk, struct mu_stop_at *at,
                                   struct mu_error *error)
{
    struct mu_day_order order;
    bool found = false;
    enum mu_status status = mu_file_read(desk, at->stop.resident_id, &at->resident, error);

    if (status == MU_OK)
        status = mu_order_of_one(desk, at->stop.resident_id, at->stop.date, at->stop.session,
                                 &order, &found, error);
    if (status == MU_OK)
        status = mu_person_file_diet(desk->db, at->stop.resident_id, at->diet, error);
    if (status != MU_OK)
        return status;
    mu_file_mask(&at->resident);
    at->cancelled = !found || !order.delivered;
    if (found) {
        mu_text_copy(at->dish, sizeof at->dish, order.dish);
        mu_text_copy(at->note, sizeof at->note, order.note);
    }
    return MU_OK;
}

static int compare(const void *left, const void *right)
{
    const struct mu_stop_at *a = left, *b = right;
    int order = mu_place_compare(a->resident.estate, b->resident.estate);

    if (order == 0)
        order = mu_place_compare(a->resident.building, b->resident.building);
    if (order == 0)
        order = mu_place_compare(a->resident.unit, b->resident.unit);
    if (order == 0)
        order = mu_place_compare(a->resident.room, b->resident.room);
    return order != 0 ? order : a->stop.id < b->stop.id ? -1 : a->stop.id > b->stop.id;
}

void mu_stops_clear(struct mu_stops *stops)
{
    free(stops->at);
    *stops = (struct mu_stops){0};
}

static enum mu_status read_stops(struct mu_desk *desk, int64_t round_id, struct mu_stops *out,
                                 struct mu_error *error)
{
    struct gathering gathering = {0};
    enum mu_status status = mu_stop_list(desk->db, round_id, gather, &gathering, error);

    if (status == MU_OK && gathering.no_memory)
        status = mu_fail_memory(error);
    for (size_t i = 0; status == MU_OK && i < gathering.stops.count; i++)
        status = look_at_door(desk, &gathering.stops.at[i], error);
    if (status != MU_OK) {
        mu_stops_clear(&gathering.stops);
        return status;
    }
    if (gathering.stops.count)
        qsort(gathering.stops.at, gathering.stops.count, sizeof *gathering.stops.at, compare);
    *out = gathering.stops;
    return MU_OK;
}

enum mu_status mu_read_stops(struct mu_desk *desk, int64_t round_id, struct mu_stops *out,
                             struct mu_error *error)
{
    struct mu_round round;
    enum mu_status status = mu_desk_may(desk, MU_MAY_read_orders, error);

    if (status == MU_OK)
        status = find_round(desk, round_id, &round, error);
    return status == MU_OK ? read_stops(desk, round_id, out, error) : status;
}

enum mu_status mu_read_round(struct mu_desk *desk, int64_t round_id, struct mu_round *out,
                             struct mu_error *error)
{
    enum mu_status status = mu_desk_may(desk, MU_MAY_read_orders, error);

    return status == MU_OK ? find_round(desk, round_id, out, error) : status;
}

static enum mu_status take_out(struct mu_desk *desk, int64_t round_id, const char *target,
                               struct mu_round *round, struct mu_stops *stops,
                               struct mu_error *error)
{
    char number[24], what[MU_CHANGE_SIZE];
    enum mu_status status = find_round(desk, round_id, round, error);

    if (status == MU_OK)
        status = read_stops(desk, round_id, stops, error);
    if (status != MU_OK)
        return status;
    snprintf(number, sizeof number, "%lld", (long long)round_id);
    snprintf(what, sizeof what, "doors=%zu\nprinted=%.200s\n", stops->count, target);
    return mu_audit_note(desk, MU_MAY_run_rounds, 0, number, "", what, "", error);
}

enum mu_status mu_take_out_round(struct mu_desk *desk, int64_t round_id, const char *target,
                                 struct mu_round *round, struct mu_stops *stops,
                                 struct mu_error *error)
{
    struct mu_round found;
    struct mu_stops doors = {0};
    enum mu_status status = mu_desk_may(desk, MU_MAY_run_rounds, error);

    if (status == MU_OK)
        status = mu_db_begin(desk->db, error);
    if (status == MU_OK)
        status = mu_desk_end(desk, take_out(desk, round_id, target, &found, &doors, error), error);
    if (status != MU_OK) {
        mu_stops_clear(&doors);
        return status;
    }
    *round = found;
    *stops = doors;
    return MU_OK;
}

struct listing {
    struct mu_round *round; /* owned */
    size_t count, room;
    bool no_memory;
};

static bool keep(void *context, const struct mu_round *round)
{
    struct listing *listing = context;
    struct mu_round *grown =
        mu_grown(listing->round, listing->count, &listing->room, sizeof *listing->round);

    listing->no_memory = !grown;
    if (!grown)
        return false;
    listing->round = grown;
    grown[listing->count++] = *round;
    return true;
}

enum mu_status mu_list_rounds(struct mu_desk *desk, struct mu_date date, mu_round_row *row,
                              void *context, struct mu_error *error)
{
    struct listing listing = {0};
    enum mu_status status = mu_desk_may(desk, MU_MAY_read_orders, error);

    if (status == MU_OK)
        status = mu_round_list(desk->db, date, keep, &listing, error);
    if (status == MU_OK && listing.no_memory)
        status = mu_fail_memory(error);
    for (size_t i = 0; status == MU_OK && i < listing.count; i++)
        if (!row(context, &listing.round[i]))
            break;
    free(listing.round);
    return status;
}

/* ---- splitting and joining ---- */

static enum mu_status move_doors(struct mu_desk *desk, int64_t round_id,
                                 const struct mu_doors *doors, struct mu_round *to, size_t *count,
                                 struct mu_error *error)
{
    struct mu_stops stops = {0};
    struct mu_round from;
    enum mu_status status = find_round(desk, round_id, &from, error);

    *count = 0;
    if (status == MU_OK) {
        to->date = from.date;
        memcpy(to->session, from.session, sizeof to->session);
        status = open_round(desk, to, error);
    }
    if (status == MU_OK)
        status = read_stops(desk, round_id, &stops, error);
    for (size_t i = 0; status == MU_OK && to->id != round_id && i < stops.count; i++) {
        if (stops.at[i].stop.return_id || !is_at(doors, &stops.at[i].resident))
            continue;
        status = mu_stop_move(desk->db, stops.at[i].stop.id, to->id, error);
        ++*count;
    }
    mu_stops_clear(&stops);
    if (status == MU_OK && *count == 0)
        return mu_fail(error, MU_INPUT, MU_SAY_error_round_nothing_moves, NULL);
    return status == MU_OK ? note_round(desk, to, *count, error) : status;
}

enum mu_status mu_move_stops(struct mu_desk *desk, int64_t round_id, const struct mu_doors *doors,
                             const char *courier, size_t *moved, struct mu_error *error)
{
    struct mu_round to = {0};
    size_t count = 0;
    enum mu_status status = mu_desk_may(desk, MU_MAY_run_rounds, error);

    if (status == MU_OK)
        status = read_courier(courier, to.courier, error);
    if (status == MU_OK)
        status = mu_db_begin(desk->db, error);
    if (status == MU_OK)
        status = mu_desk_end(desk, move_doors(desk, round_id, doors, &to, &count, error), error);
    if (status == MU_OK && moved)
        *moved = count;
    return status;
}

/* ---- what is left ---- */

enum mu_status mu_read_rounds_left(struct mu_desk *desk, struct mu_date date, const char *session,
                                   struct mu_rounds_left *out, struct mu_error *error)
{
    struct mu_rounds_left left = {0};
    struct mu_day_orders orders = {0};
    enum mu_status status = mu_orders_of_day(desk, date, session, &orders, error);

    if (status == MU_OK)
        status =
            mu_stop_not_told(desk->db, date, date, session ? session : "", &left.not_told, error);
    for (size_t i = 0; status == MU_OK && i < orders.count; i++) {
        int64_t stop = 0;

        if (!orders.order[i].delivered)
            continue;
        status = mu_stop_of(desk->db, orders.order[i].resident.id, date, orders.order[i].session,
                            &stop, error);
        left.unassigned += stop == 0;
    }
    mu_day_orders_clear(&orders);
    if (status == MU_OK)
        *out = left;
    return status;
}
