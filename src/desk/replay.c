#include "base/growing.h"
#include "desk/diner_then.h"
#include "desk/replay_file.h"

#include "store/meal_past_store.h"

#include <mulin/base/text.h>
#include <mulin/desk/canteen.h>
#include <mulin/desk/replay.h>
#include <mulin/domain/calendar.h>

#include <stdlib.h>
#include <string.h>

enum {
    SLICE = 200,        /* meals between two keys */
    FIRST_SLOTS = 1024, /* of the table of people; a power of two */
    TIERS = 3 * MU_RULES_TIERS,
    WHOLE = 100
};

/* Somebody who ate in the month. */
struct eater {
    struct mu_diner_then *then; /* owned; NULL: without a file, or not read yet */
    char name[MU_PERSON_NAME_SIZE];
    struct mu_date day; /* of the last meal */
    int reduced;        /* meals at a reduced price on it, by the draft */
};

struct mu_replay {
    struct mu_desk *desk;
    struct mu_rules *draft; /* owned */
    struct mu_replay_report report;
    size_t person_room, eater_room;
    struct eater *eater; /* owned; the same index as report.person until they are sorted */
    size_t *slot;        /* owned; index + 1 of a person by number, 0: free */
    size_t slots;
    struct mu_fund_move *move; /* owned */
    size_t moves, move_room, next_move;
    struct mu_money balance[MU_PAYER_COUNT];
    int quota_used[MU_RULES_TIERS];
    struct mu_date day; /* whose quota that is */
    int64_t after;      /* the meal behind which it goes on */
    int64_t all, seen;
    bool done, no_memory;
    struct mu_month_meal meal[SLICE];
};

struct mu_money mu_replay_difference(const struct mu_replay_sums *sums, enum mu_payer payer)
{
    return mu_money_subtract(sums->would[payer], sums->was[payer]);
}

/* ---- people ---- */

static size_t slot_of(const struct mu_replay *replay, int64_t id)
{
    size_t at = ((uint64_t)id * UINT64_C(0x9e3779b97f4a7c15) >> 32) & (replay->slots - 1);

    while (replay->slot[at] && replay->report.person[replay->slot[at] - 1].resident_id != id)
        at = (at + 1) & (replay->slots - 1);
    return at;
}

static bool more_slots(struct mu_replay *replay)
{
    size_t slots = replay->slots ? 2 * replay->slots : FIRST_SLOTS;
    size_t *slot = calloc(slots, sizeof *slot);

    if (!slot)
        return false;
    free(replay->slot);
    replay->slot = slot;
    replay->slots = slots;
    for (size_t i = 0; i < replay->report.people; i++)
        if (replay->report.person[i].resident_id)
            slot[slot_of(replay, replay->report.person[i].resident_id)] = i + 1;
    return true;
}

static bool add_person(struct mu_replay *replay, int64_t id, const char *name)
{
    struct mu_replay_report *report = &replay->report;
    struct mu_replay_person *person =
        mu_grown(report->person, report->people, &replay->person_room, sizeof *person);
    struct eater *eater;

    if (!person)
        return false;
    report->person = person;
    eater = mu_grown(replay->eater, report->people, &replay->eater_room, sizeof *eater);
    if (!eater)
        return false;
    replay->eater = eater;
    eater += report->people;
    person += report->people;
    memset(eater, 0, sizeof *eater);
    memset(person, 0, sizeof *person);
    person->resident_id = id;
    person->came = report->people;
    mu_text_copy(eater->name, sizeof eater->name, name);
    mu_text_copy(person->name, sizeof person->name, name);
    report->people++;
    return true;
}

/* Index of the person who ate; people without a file are few kinds. *index of somebody new is that
 * of the last. False without memory. */
static bool find_person(struct mu_replay *replay, const struct mu_month_meal *meal, size_t *index)
{
    struct mu_replay_report *report = &replay->report;
    size_t at;

    if (!meal->resident_id) {
        for (*index = 0; *index < report->people; ++*index)
            if (!report->person[*index].resident_id &&
                strcmp(replay->eater[*index].name, meal->occupation) == 0)
                return true;
        return add_person(replay, 0, meal->occupation);
    }
    if (2 * report->people >= replay->slots && !more_slots(replay))
        return false;
    at = slot_of(replay, meal->resident_id);
    if (replay->slot[at]) {
        *index = replay->slot[at] - 1;
        return true;
    }
    *index = report->people;
    if (!add_person(replay, meal->resident_id, ""))
        return false;
    replay->slot[at] = *index + 1;
    return true;
}

/* Who the person was on the day of the meal; read once for all days on which that was alike. */
static enum mu_status know(struct mu_replay *replay, const struct mu_month_meal *meal,
                           struct eater *eater, struct mu_replay_person *person,
                           struct mu_error *error)
{
    struct mu_moment moment = meal->served_at;
    enum mu_status status;

    if (eater->then && mu_diner_then_counts(eater->then, meal->date))
        return MU_OK;
    if (!eater->then)
        eater->then = calloc(1, sizeof *eater->then);
    if (!eater->then)
        return mu_fail_memory(error);
    moment.date = meal->date;
    status = mu_diner_then_read(replay->desk, meal->resident_id, moment, eater->then, error);
    if (status != MU_OK)
        return status;
    mu_text_copy(eater->name, sizeof eater->name, eater->then->name);
    mu_name_mask(eater->name, person->name);
    return MU_OK;
}

/* ---- money ---- */

static void take_move(void *context, const struct mu_fund_move *move)
{
    struct mu_replay *replay = context;
    struct mu_fund_move *all =
        mu_grown(replay->move, replay->moves, &replay->move_room, sizeof *all);

    replay->no_memory |= !all;
    if (!all)
        return;
    replay->move = all;
    all[replay->moves++] = *move;
}

static void move_until(struct mu_replay *replay, int64_t entry_id)
{
    for (; replay->next_move < replay->moves && replay->move[replay->next_move].entry_id < entry_id;
         replay->next_move++) {
        const struct mu_fund_move *move = &replay->move[replay->next_move];

        replay->balance[move->payer] = mu_money_add(replay->balance[move->payer], move->amount);
    }
}

/* The funded accounts as they stood before the month's first meal, and what came since. */
static enum mu_status read_funds(struct mu_replay *replay, struct mu_error *error)
{
    struct mu_replay_report *report = &replay->report;
    struct mu_db *db = replay->desk->db;
    int64_t first;
    bool any = false;
    enum mu_status status =
        mu_month_size(db, report->from, report->to, &replay->all, &first, error);

    for (int payer = 0; status == MU_OK && payer < MU_PAYER_COUNT; payer++) {
        report->funded[payer] = replay->draft->canteen.payers[payer].funded;
        any |= report->funded[payer];
        if (report->funded[payer] && first)
            status = mu_fund_before(db, mu_payer_word((enum mu_payer)payer), first,
                                    &replay->balance[payer].fen, error);
    }
    if (status == MU_OK && any && first)
        status = mu_fund_moves(db, first, report->from, report->to, take_move, replay, error);
    return status == MU_OK && replay->no_memory ? mu_fail_memory(error) : status;
}

/* ---- one meal ---- */

static void charge(struct mu_replay *replay, const struct mu_meal_price *price, struct mu_date day)
{
    struct mu_replay_report *report = &replay->report;

    if (price->empty != MU_PAYER_SELF && !mu_date_known(report->empty_on[price->empty]))
        report->empty_on[price->empty] = day;
    for (size_t i = 0; i < price->share_count; i++) {
        enum mu_payer payer = price->share[i].payer;

        if (report->funded[payer])
            replay->balance[payer] =
                mu_money_subtract(replay->balance[payer], price->share[i].amount);
    }
    if (price->tier)
        replay->quota_used[price->tier - replay->draft->canteen.tiers]++;
}

/* Decides by the draft. */
static void decide(struct mu_replay *replay, const struct mu_month_meal *meal, struct eater *eater,
                   const struct mu_session *session, struct mu_meal_price *price)
{
    const struct mu_session on = mu_session_on(session, meal->date);
    char derived[MU_DERIVED_SIZE];
    struct mu_diner diner = {.age = -1, .occupation = meal->occupation};
    struct mu_meal_day day = {.quota_used = replay->quota_used};

    if (!meal->resident_id && !*meal->occupation) {
        *price = (struct mu_meal_price){.price = on.price, .pay = on.price};
        return;
    }
    if (mu_date_compare(eater->day, meal->date) != 0)
        eater->reduced = 0;
    eater->day = meal->date;
    if (meal->resident_id) {
        diner = mu_diner_then_tell(eater->then, &replay->draft->people, meal->date, derived);
        day.reduced_today = eater->reduced;
    }
    memcpy(day.balance, replay->balance, sizeof day.balance);
    mu_meal_price(&replay->draft->canteen, &on, &diner, &day, price);
    eater->reduced += price->tier != NULL;
    charge(replay, price, meal->date);
}

/* What was charged, as a price: for a session that the draft has not. */
static void as_charged(const struct mu_month_meal *meal, struct mu_meal_price *price)
{
    *price = (struct mu_meal_price){.price = meal->price,
                                    .pay = meal->pay,
                                    .others = mu_money_subtract(meal->price, meal->pay),
                                    .share_count = meal->share_count};
    memcpy(price->share, meal->share, sizeof price->share);
}

static void add_sums(struct mu_replay_sums *sums, const struct mu_month_meal *meal,
                     const struct mu_meal_price *price)
{
    sums->was[MU_PAYER_SELF] = mu_money_add(sums->was[MU_PAYER_SELF], meal->pay);
    sums->would[MU_PAYER_SELF] = mu_money_add(sums->would[MU_PAYER_SELF], price->pay);
    for (size_t i = 0; i < meal->share_count; i++) {
        struct mu_money *sum = &sums->was[meal->share[i].payer];

        *sum = mu_money_add(*sum, meal->share[i].amount);
    }
    for (size_t i = 0; i < price->share_count; i++) {
        struct mu_money *sum = &sums->would[price->share[i].payer];

        *sum = mu_money_add(*sum, price->share[i].amount);
    }
}

static struct mu_replay_tier *find_tier(struct mu_replay_report *report, const char *id,
                                        const char *name)
{
    size_t i = 0;

    while (i < report->tiers && strcmp(report->tier[i].id, id) != 0)
        i++;
    if (i == TIERS)
        i--; /* more books in a month than anybody adopts: the last row takes the rest */
    else if (i == report->tiers) {
        report->tiers++;
        mu_text_copy(report->tier[i].id, sizeof report->tier[i].id, id);
        mu_text_copy(report->tier[i].name, sizeof report->tier[i].name, name);
    }
    return &report->tier[i];
}

static void add_tiers(struct mu_replay *replay, const struct mu_month_meal *meal,
                      const struct mu_meal_price *price, bool known)
{
    const struct mu_tier *draft = mu_rules_tier(replay->draft, meal->tier);
    char name[MU_RULE_NAME_SIZE];
    struct mu_replay_tier *tier;

    if (draft)
        mu_text_copy(name, sizeof name, draft->name);
    else
        mu_tier_name(replay->desk, meal->tier, name, sizeof name);
    tier = find_tier(&replay->report, meal->tier, name);
    tier->meals_was++;
    tier->pay_was = mu_money_add(tier->pay_was, meal->pay);
    tier->others_was = mu_money_add(tier->others_was, mu_money_subtract(meal->price, meal->pay));
    if (known)
        tier = find_tier(&replay->report, price->tier ? price->tier->id : "",
                         price->tier ? price->tier->name : "");
    tier->meals_would++;
    tier->pay_would = mu_money_add(tier->pay_would, price->pay);
    tier->others_would = mu_money_add(tier->others_would, price->others);
}

static bool is_changed(const struct mu_month_meal *meal, const struct mu_meal_price *price)
{
    bool changed = meal->pay.fen != price->pay.fen || meal->share_count != price->share_count;

    for (size_t i = 0; !changed && i < meal->share_count; i++)
        changed = meal->share[i].payer != price->share[i].payer ||
                  meal->share[i].amount.fen != price->share[i].amount.fen;
    return changed;
}

static enum mu_status replay_meal(struct mu_replay *replay, const struct mu_month_meal *meal,
                                  struct mu_error *error)
{
    struct mu_replay_report *report = &replay->report;
    const struct mu_session *session = mu_rules_session(replay->draft, meal->session);
    struct mu_replay_person *person;
    struct mu_meal_price price;
    size_t index = report->people;
    enum mu_status status = MU_OK;

    if (!find_person(replay, meal, &index))
        return mu_fail_memory(error);
    person = &report->person[index];
    if (meal->resident_id)
        status = know(replay, meal, &replay->eater[index], person, error);
    if (status != MU_OK)
        return status;
    if (mu_date_compare(replay->day, meal->date) != 0)
        memset(replay->quota_used, 0, sizeof replay->quota_used);
    replay->day = meal->date;
    move_until(replay, meal->entry_id);
    if (session)
        decide(replay, meal, &replay->eater[index], session, &price);
    else
        as_charged(meal, &price);
    report->unknown_session += !session;
    person->meals++;
    report->meals++;
    person->changed += is_changed(meal, &price);
    report->changed += is_changed(meal, &price);
    add_sums(&person->sums, meal, &price);
    add_sums(&report->sums, meal, &price);
    add_tiers(replay, meal, &price, session != NULL);
    return MU_OK;
}

/* ---- the end ---- */

static int by_amount(int64_t a, int64_t b)
{
    a = a < 0 ? -a : a;
    b = b < 0 ? -b : b;
    return (a < b) - (a > b);
}

static int by_difference(const void *first, const void *second)
{
    const struct mu_replay_person *a = first, *b = second;
    int order = 0;

    for (int payer = 0; order == 0 && payer < MU_PAYER_COUNT; payer++)
        order = by_amount(mu_replay_difference(&a->sums, (enum mu_payer)payer).fen,
                          mu_replay_difference(&b->sums, (enum mu_payer)payer).fen);
    if (order == 0)
        order = (a->changed < b->changed) - (a->changed > b->changed);
    if (order == 0)
        order = (a->meals < b->meals) - (a->meals > b->meals);
    if (order == 0)
        order = (a->resident_id > b->resident_id) - (a->resident_id < b->resident_id);
    return order ? order : strcmp(a->name, b->name);
}

static int by_meals(const void *first, const void *second)
{
    const struct mu_replay_tier *a = first, *b = second;
    int order = (a->meals_would < b->meals_would) - (a->meals_would > b->meals_would);

    if (order == 0)
        order = (a->meals_was < b->meals_was) - (a->meals_was > b->meals_was);
    return order ? order : strcmp(a->id, b->id);
}

static void finish(struct mu_replay *replay)
{
    struct mu_replay_report *report = &replay->report;

    move_until(replay, INT64_MAX);
    memcpy(report->left, replay->balance, sizeof report->left);
    if (report->people)
        qsort(report->person, report->people, sizeof *report->person, by_difference);
    qsort(report->tier, report->tiers, sizeof *report->tier, by_meals);
    replay->done = true;
}

static enum mu_status replay_slice(struct mu_replay *replay, struct mu_error *error)
{
    size_t count = 0;
    enum mu_status status = mu_month_meals(replay->desk->db, replay->day, replay->after,
                                           replay->report.to, SLICE, replay->meal, &count, error);

    for (size_t i = 0; status == MU_OK && i < count; i++) {
        status = replay_meal(replay, &replay->meal[i], error);
        replay->after = replay->meal[i].id;
    }
    replay->seen += (int64_t)count;
    if (status == MU_OK && count < SLICE)
        finish(replay);
    return status;
}

enum mu_status mu_replay_on(struct mu_replay *replay, bool *done, struct mu_error *error)
{
    enum mu_status status = MU_OK;

    if (!replay->done) {
        status = mu_db_begin_read(replay->desk->db, error);
        if (status != MU_OK)
            return status;
        status = replay_slice(replay, error);
        mu_db_end_read(replay->desk->db);
    }
    *done = replay->done;
    return status;
}

enum mu_status mu_replay_rules(struct mu_desk *desk, const char *book, size_t length,
                               struct mu_date month, struct mu_rules_faults *faults,
                               struct mu_replay **out, struct mu_error *error)
{
    struct mu_rules *draft = NULL;
    struct mu_replay *replay;
    enum mu_status status =
        mu_replay_draft(desk, MU_MAY_read_meals, month, book, length, faults, &draft, error);

    if (status != MU_OK)
        return status;
    replay = calloc(1, sizeof *replay);
    if (!replay) {
        mu_rules_free(&draft);
        return mu_fail_memory(error);
    }
    replay->desk = desk;
    replay->draft = draft;
    replay->report.from = replay->day = month;
    replay->report.to = mu_month_end(month);
    replay->report.tier = calloc(TIERS, sizeof *replay->report.tier);
    status = replay->report.tier ? mu_db_begin_read(desk->db, error) : mu_fail_memory(error);
    if (status == MU_OK) {
        status = read_funds(replay, error);
        mu_db_end_read(desk->db);
    }
    if (status == MU_OK)
        *out = replay;
    else
        mu_replay_free(&replay);
    return status;
}

int mu_replay_percent(const struct mu_replay *replay)
{
    if (replay->done || replay->all == 0)
        return WHOLE;
    return (int)(replay->seen * (WHOLE - 1) / replay->all);
}

const struct mu_replay_report *mu_replay_report(const struct mu_replay *replay)
{
    return &replay->report;
}

static void show_names(struct mu_replay *replay)
{
    for (size_t i = 0; i < replay->report.people; i++) {
        struct mu_replay_person *person = &replay->report.person[i];

        mu_text_copy(person->name, sizeof person->name, replay->eater[person->came].name);
    }
}

enum mu_status mu_replay_reveal(struct mu_replay *replay, const char *target, const char *reason,
                                struct mu_error *error)
{
    enum mu_status status =
        mu_replay_take_out(replay->desk, replay->report.from, target, reason, error);

    if (status == MU_OK)
        show_names(replay);
    return status;
}

void mu_replay_free(struct mu_replay **replay)
{
    struct mu_replay *old = *replay;

    *replay = NULL;
    if (!old)
        return;
    for (size_t i = 0; old->eater && i < old->report.people; i++)
        free(old->eater[i].then);
    mu_rules_free(&old->draft);
    free(old->report.person);
    free(old->report.tier);
    free(old->eater);
    free(old->slot);
    free(old->move);
    free(old);
}
