#include "desk/diner_account_file.h"
#include "desk/fund_file.h"
#include "desk/meal.h"
#include "desk/order_file.h"
#include "desk/resident_file.h"
#include "desk/resident_tags.h"

#include "store/canteen_store.h"
#include "store/closing_store.h"
#include "store/ledger_store.h"
#include "store/operator_store.h"
#include "store/person_file_store.h"
#include "store/register_store.h"

#include <mulin/base/text.h>
#include <mulin/domain/calendar.h>

#include <stdio.h>
#include <string.h>

/* May this resident eat here today? Read anew inside the transaction. */
static enum mu_status admit(struct mu_desk *desk, struct mu_meal_answer *answer,
                            struct mu_error *error)
{
    struct mu_resident *resident = &answer->resident;
    struct mu_meal before;
    char clock[MU_CLOCK_SIZE], day[MU_DATE_SIZE];
    bool served;
    enum mu_status status = mu_meal_person(desk, answer, error);

    if (status == MU_OK)
        status = mu_file_tell_tags(desk, resident, error);
    if (status == MU_OK)
        status = mu_person_file_diet(desk->db, resident->id, answer->diet, error);
    if (status != MU_OK)
        return status;
    answer->meal.resident_id = resident->id;
    mu_text_copy(answer->meal.name, sizeof answer->meal.name, resident->name);
    answer->age = mu_resident_age(resident, answer->meal.date);
    mu_date_format(resident->ended_on, day);
    if (resident->status == MU_DECEASED)
        return mu_meal_refuse(answer, MU_MEAL_DECEASED, MU_SAY_meal_deceased, resident->name, day,
                              error);
    if (resident->status == MU_MOVED_OUT)
        return mu_meal_refuse(answer, MU_MEAL_MOVED_OUT, MU_SAY_meal_moved_out, resident->name, day,
                              error);
    if (resident->status == MU_ENTERED_IN_ERROR)
        return mu_meal_refuse(answer, MU_MEAL_IN_ERROR, MU_SAY_error_resident_in_error,
                              resident->name, NULL, error);
    status = mu_meal_served(desk->db, resident->id, answer->meal.date, answer->meal.session,
                            &served, &before, error);
    if (status != MU_OK || !served)
        return status;
    answer->meal = before;
    mu_clock_format(before.served_at.minute, clock);
    return mu_meal_refuse(answer, MU_MEAL_ALREADY_SERVED, MU_SAY_meal_already_served,
                          resident->name, clock, error);
}

/* Somebody without a file who ate today already, by what he is told apart by: the counter asks
 * once. Whoever gives nothing is not asked after. */
static enum mu_status check_mark(struct mu_desk *desk, struct mu_meal_answer *answer,
                                 struct mu_error *error)
{
    struct mu_meal before;
    struct mu_operator by = {0};
    struct mu_entry entry;
    char clock[MU_CLOCK_SIZE];
    bool served, found;
    enum mu_status status =
        mu_meal_of_mark(desk->db, answer->meal.date, answer->meal.note, &served, &before, error);

    if (status != MU_OK || !served)
        return status;
    status = mu_ledger_read(desk->db, before.entry_id, &found, &entry, error);
    if (status == MU_OK && found)
        status = mu_operator_by_id(desk->db, entry.operator_id, &by, error);
    if (status != MU_OK)
        return status;
    mu_clock_format(before.served_at.minute, clock);
    answer->refusal = MU_MEAL_SAME_MARK;
    mu_fail(&answer->why, MU_REFUSED, MU_SAY_meal_same_mark, answer->meal.note, clock, by.name,
            NULL);
    if (error)
        *error = answer->why;
    return MU_REFUSED;
}

/* Nobody's tier is asked after. */
static void price_in_full(const struct mu_session *session, struct mu_meal *meal)
{
    meal->price = meal->pay = session->price;
}

static enum mu_status price(struct mu_desk *desk, const struct mu_canteen *canteen,
                            const struct mu_session *session, struct mu_meal_answer *answer,
                            struct mu_error *error)
{
    struct mu_meal *meal = &answer->meal;
    struct mu_circumstances now;
    struct mu_meal_price decided;
    enum mu_status status = mu_circumstances_read(desk, canteen, answer, &now, error);

    if (status != MU_OK)
        return status;
    mu_meal_price(canteen, session, &now.diner, &now.day, &decided);
    meal->price = decided.price;
    meal->pay = decided.pay;
    memcpy(meal->share, decided.share, sizeof meal->share);
    meal->share_count = decided.share_count;
    answer->reduced_before = decided.subsidy_used;
    answer->empty = decided.empty;
    if (decided.first_passed_over)
        mu_text_copy(answer->passed_over_name, sizeof answer->passed_over_name,
                     decided.first_passed_over->name);
    if (decided.tier) {
        size_t index = (size_t)(decided.tier - canteen->tiers);

        mu_text_copy(meal->tier, sizeof meal->tier, decided.tier->id);
        mu_text_copy(answer->tier_name, sizeof answer->tier_name, decided.tier->name);
        if (decided.tier->daily_quota) {
            meal->quota_slot = now.free_slot[index];
            answer->quota_left = decided.tier->daily_quota - now.day.quota_used[index] - 1;
        }
    }
    mu_circumstances_clear(&now);
    return MU_OK;
}

/* What the person ordered for this meal. */
static enum mu_status look_at_order(struct mu_desk *desk, const struct mu_canteen *canteen,
                                    struct mu_meal_answer *answer, struct mu_error *error)
{
    struct mu_day_order order;
    enum mu_status status = mu_order_by_book(desk, canteen, answer->resident.id, answer->meal.date,
                                             answer->meal.session, &order, &answer->ordered, error);

    if (status != MU_OK || !answer->ordered)
        return status;
    mu_text_copy(answer->ordered_dish, sizeof answer->ordered_dish, order.dish);
    answer->ordered_delivered = order.delivered;
    return MU_OK;
}

/* Is there somebody whose card or account pays, and enough on the card? Gets what pays.
 *   named  the file that was shown; the card of one that was linked pays first */
static enum mu_status check_payment(struct mu_desk *desk, int64_t named,
                                    struct mu_meal_answer *answer, struct mu_purse *purse,
                                    struct mu_error *error)
{
    const struct mu_meal *meal = &answer->meal;
    char prepaid[MU_MONEY_SIZE], pay[MU_MONEY_SIZE];
    enum mu_status status;

    *purse = (struct mu_purse){1, {{meal->resident_id, 0}}};
    if (meal->method == MU_PAY_CASH || meal->pay.fen == 0)
        return MU_OK;
    if (!answer->resident.id)
        return mu_meal_refuse(answer, MU_MEAL_PAYMENT, MU_SAY_meal_no_account, meal->name, NULL,
                              error);
    status = mu_diner_account_of(desk, &answer->resident, named, &answer->account, error);
    if (status == MU_OK)
        status = mu_purse_read(desk, meal->method, meal->resident_id, named, purse, NULL, error);
    if (status != MU_OK || meal->method != MU_PAY_CARD ||
        mu_money_compare(answer->account.prepaid, meal->pay) >= 0)
        return status;
    mu_money_format(answer->account.prepaid, prepaid);
    mu_money_format(meal->pay, pay);
    answer->refusal = MU_MEAL_PAYMENT;
    mu_fail(&answer->why, MU_REFUSED, MU_SAY_meal_card_short, meal->name, prepaid, pay, NULL);
    if (error)
        *error = answer->why;
    return MU_REFUSED;
}

static void post(struct mu_entry *entry, const char *account, struct mu_money amount)
{
    struct mu_posting *posting = &entry->posting[entry->posting_count++];

    snprintf(posting->account, sizeof posting->account, "%s", account);
    posting->amount = amount.fen;
}

/* What the diner pays and what others owe, against the canteen's income. */
static void post_meal(struct mu_entry *entry, const struct mu_meal *meal,
                      const struct mu_purse *purse)
{
    struct mu_money income = {-meal->price.fen};
    char payer[MU_ACCOUNT_SIZE];

    if (meal->pay.fen || !meal->share_count)
        mu_purse_post(entry, meal->method, purse, meal->pay.fen);
    for (size_t i = 0; i < meal->share_count; i++) {
        snprintf(payer, sizeof payer, "payer:%s", mu_payer_word(meal->share[i].payer));
        post(entry, payer, meal->share[i].amount);
    }
    post(entry, "income", income);
}

/* What payers that are funded gave comes out of their accounts: an entry of its own, that is found
 * by the key of the meal's entry. */
static enum mu_status draw_on_funds(struct mu_desk *desk, const struct mu_canteen *canteen,
                                    const struct mu_entry *served, const struct mu_meal *meal,
                                    struct mu_error *error)
{
    struct mu_entry entry = {.book = MU_BOOK_FUND,
                             .date = served->date,
                             .recorded_at = served->recorded_at,
                             .operator_id = served->operator_id,
                             .rules_version = served->rules_version,
                             .resident_id = served->resident_id};
    struct mu_money drawn = {0};

    for (size_t i = 0; i < meal->share_count; i++) {
        const struct mu_payment *share = &meal->share[i];

        if (!canteen->payers[share->payer].funded)
            continue;
        post(&entry, mu_payer_word(share->payer), (struct mu_money){-share->amount.fen});
        drawn = mu_money_add(drawn, share->amount);
    }
    if (!entry.posting_count)
        return MU_OK;
    post(&entry, "meals", drawn);
    mu_text_copy(entry.rule_id, sizeof entry.rule_id, served->rule_id);
    mu_fund_key(served->idempotency_key, entry.idempotency_key);
    return mu_ledger_append(desk->db, &entry, error);
}

static enum mu_status record(struct mu_desk *desk, const struct mu_canteen *canteen,
                             int rules_version, const char *key, const struct mu_purse *purse,
                             struct mu_meal *meal, struct mu_error *error)
{
    struct mu_entry entry = {.book = MU_BOOK_MEALS,
                             .date = meal->date,
                             .recorded_at = meal->served_at,
                             .operator_id = desk->operator.id,
                             .rules_version = rules_version,
                             .resident_id = meal->resident_id};
    unsigned char book[MU_HASH_SIZE];
    enum mu_status status;

    mu_text_copy(entry.rule_id, sizeof entry.rule_id, *meal->tier ? meal->tier : "full-price");
    mu_text_copy(entry.reason, sizeof entry.reason, meal->reason);
    mu_text_copy(entry.idempotency_key, sizeof entry.idempotency_key, key);
    post_meal(&entry, meal, purse);
    status = mu_meal_next(desk->db, &meal->id, error);
    if (status == MU_OK)
        status = mu_rule_book_hash(desk->db, rules_version, book, error);
    if (status != MU_OK)
        return status;
    mu_meal_hash(meal, key, book, entry.document);
    entry.documented = true;
    status = mu_ledger_append(desk->db, &entry, error);
    if (status != MU_OK)
        return status;
    meal->entry_id = entry.id;
    status = mu_meal_add(desk->db, meal, error);
    return status == MU_OK ? draw_on_funds(desk, canteen, &entry, meal, error) : status;
}

static enum mu_status set_day(struct mu_desk *desk, const struct mu_meal_request *request,
                              struct mu_meal_answer *answer, struct mu_error *error)
{
    struct mu_date clock = mu_desk_now(desk).date, last;
    enum mu_status status = mu_desk_moment(desk, &answer->meal.served_at, &last, error);

    answer->meal.date = answer->meal.served_at.date;
    if (status == MU_OK && mu_date_known(last) && mu_date_compare(clock, last) < 0) {
        answer->clock_day = clock;
        answer->last_day = last;
    }
    if (mu_date_known(request->date))
        answer->meal.date = request->date;
    return status;
}

/* Out of its hours, and when its cash was counted, a session is served by right and for a reason.
 */
static enum mu_status check_hours(struct mu_desk *desk, const struct mu_session *session,
                                  struct mu_meal_answer *answer, bool *late, struct mu_error *error)
{
    int minute = answer->meal.served_at.minute;
    char clock[MU_CLOCK_SIZE];
    bool closed = false;
    enum mu_status status =
        mu_session_closed(desk->db, answer->meal.date, session->id, &closed, error);

    *late = closed || minute < session->from || minute >= session->to;
    if (status != MU_OK || !*late)
        return status;
    status = mu_desk_may(desk, MU_MAY_serve_late, error);
    if (status != MU_OK || *answer->meal.reason)
        return status;
    if (closed)
        return mu_meal_refuse(answer, MU_MEAL_SETTLED, MU_SAY_meal_settled, session->name, NULL,
                              error);
    mu_clock_format(minute, clock);
    return mu_meal_refuse(answer, MU_MEAL_LATE, MU_SAY_meal_late, session->name, clock, error);
}

/* The audit trail tells of it, too. */
static enum mu_status note_late(struct mu_desk *desk, const struct mu_meal *meal,
                                struct mu_error *error)
{
    char number[24];

    snprintf(number, sizeof number, "%lld", (long long)meal->id);
    return mu_audit_note(desk, MU_MAY_serve_late, meal->resident_id, number, "", meal->session,
                         meal->reason, error);
}

static enum mu_status serve(struct mu_desk *desk, const struct mu_meal_request *request,
                            const char *key, struct mu_meal_answer *answer, struct mu_error *error)
{
    const struct mu_rules *rules;
    const struct mu_session *session;
    struct mu_session today;
    struct mu_purse purse;
    bool late = false;
    int version = 0;
    int64_t named = answer->resident.id;
    enum mu_status status = set_day(desk, request, answer, error);

    if (status == MU_OK)
        status = mu_desk_rules_on(desk, answer->meal.date, &rules, &version, error);
    if (status == MU_OK)
        status = mu_meal_session(rules, request, answer->meal.served_at, &session, answer, error);
    if (status == MU_OK)
        status = mu_meal_day(&rules->canteen, session, answer, error);
    if (status == MU_OK && !request->brought)
        status = check_hours(desk, session, answer, &late, error);
    if (status == MU_OK)
        today = mu_session_on(session, answer->meal.date);
    if (status == MU_OK && answer->resident.id)
        status = admit(desk, answer, error);
    if (status == MU_OK && answer->resident.id)
        status = look_at_order(desk, &rules->canteen, answer, error);
    if (status == MU_OK && *answer->meal.occupation && *answer->meal.note && !request->again)
        status = check_mark(desk, answer, error);
    if (status == MU_OK && request->guest)
        price_in_full(&today, &answer->meal);
    else if (status == MU_OK)
        status = price(desk, &rules->canteen, &today, answer, error);
    if (status == MU_OK)
        status = check_payment(desk, named, answer, &purse, error);
    if (status == MU_OK && answer->meal.method == MU_PAY_CARD && answer->meal.pay.fen)
        answer->account.prepaid = mu_money_subtract(answer->account.prepaid, answer->meal.pay);
    else if (status == MU_OK && answer->meal.method == MU_PAY_ACCOUNT)
        answer->account.owed = mu_money_add(answer->account.owed, answer->meal.pay);
    if (status == MU_OK)
        status = record(desk, &rules->canteen, version, key, &purse, &answer->meal, error);
    return status == MU_OK && late ? note_late(desk, &answer->meal, error) : status;
}

/* A commit that failed may have reached the disk: the key knows. */
static enum mu_status commit(struct mu_desk *desk, const char *key, struct mu_error *error)
{
    struct mu_error unknown;
    int64_t entry_id = 0;
    enum mu_status status = mu_db_commit(desk->db, error);

    if (status == MU_OK)
        return MU_OK;
    if (mu_ledger_by_key(desk->db, key, &entry_id, &unknown) != MU_OK) {
        *error = unknown;
        return unknown.status;
    }
    return entry_id ? MU_OK : status;
}

static void begin_answer(struct mu_desk *desk, const struct mu_meal_request *request,
                         struct mu_meal_answer *answer)
{
    memset(answer, 0, sizeof *answer);
    answer->age = -1;
    answer->quota_left = -1;
    answer->meal.served_at = mu_desk_now(desk);
    answer->meal.date = answer->meal.served_at.date;
    answer->meal.method = request->method;
}

/* Every failure has its word and its sentence. */
static enum mu_status end_answer(struct mu_meal_answer *answer, enum mu_status status,
                                 const struct mu_error *failure, struct mu_error *error)
{
    mu_file_mask(&answer->resident);
    if (status != MU_OK && answer->refusal == MU_SERVED) {
        answer->refusal = status == MU_REFUSED ? MU_MEAL_RIGHT
                          : status == MU_INPUT ? MU_MEAL_NOT_FOUND
                                               : MU_MEAL_STORE;
        answer->why = *failure;
    }
    if (status != MU_OK && error)
        *error = *failure;
    return status;
}

enum mu_status mu_meal_serve(struct mu_desk *desk, const struct mu_meal_request *request,
                             const char *key, struct mu_meal_answer *answer, struct mu_error *error)
{
    struct mu_error failure = {0};
    enum mu_status status;

    begin_answer(desk, request, answer);
    status = mu_meal_identify(desk, request, answer, &failure);
    if (status == MU_OK)
        status = serve(desk, request, key, answer, &failure);
    return end_answer(answer, status, &failure, error);
}

enum mu_status mu_serve_meal(struct mu_desk *desk, const struct mu_meal_request *request,
                             struct mu_meal_answer *answer, struct mu_error *error)
{
    char key[MU_KEY_SIZE];
    struct mu_error failure = {0};
    enum mu_status status;

    begin_answer(desk, request, answer);
    mu_new_key(key);
    status = mu_desk_may(desk, MU_MAY_serve_meal, &failure);
    if (status == MU_OK)
        status = mu_meal_identify(desk, request, answer, &failure);
    if (status == MU_OK)
        status = mu_db_begin(desk->db, &failure);
    if (status == MU_OK) {
        status = serve(desk, request, key, answer, &failure);
        if (status == MU_OK) {
            status = commit(desk, key, &failure);
        } else {
            mu_db_rollback(desk->db);
        }
    }
    return end_answer(answer, status, &failure, error);
}
