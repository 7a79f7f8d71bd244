#include "desk/desk_internal.h"
#include "store/canteen_store.h"
#include "store/ledger_store.h"
#include "store/register_store.h"

#include <mulin/base/codes.h>
#include <mulin/base/name_key.h>
#include <mulin/base/text.h>
#include <mulin/desk/canteen.h>
#include <mulin/desk/register.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const refusal_words[] = {
    [MU_SERVED] = "",
    [MU_MEAL_NOT_FOUND] = "not_found",
    [MU_MEAL_AMBIGUOUS] = "ambiguous",
    [MU_MEAL_ALREADY_SERVED] = "already_served",
    [MU_MEAL_CLOSED] = "closed",
    [MU_MEAL_MOVED_OUT] = "moved_out",
    [MU_MEAL_DECEASED] = "deceased",
    [MU_MEAL_OCCUPATION] = "occupation",
    [MU_MEAL_STORE] = "store",
};

const char *mu_meal_refusal_word(enum mu_meal_refusal refusal)
{
    return refusal_words[refusal];
}

/* Refuses with a sentence for the person at the counter. */
static enum mu_status refuse(struct mu_meal_answer *answer, enum mu_meal_refusal refusal,
                             enum mu_message message, const char *first, const char *second,
                             struct mu_error *error)
{
    answer->refusal = refusal;
    mu_fail(&answer->why, MU_REFUSED, message, first, second, NULL);
    if (error)
        *error = answer->why;
    return MU_REFUSED;
}

struct candidates {
    size_t count;
    struct mu_resident first;
    char second_name[MU_PERSON_NAME_SIZE];
};

static bool take_candidate(void *context, const struct mu_resident *resident)
{
    struct candidates *candidates = context;

    if (candidates->count++ == 0)
        candidates->first = *resident;
    else
        mu_text_copy(candidates->second_name, sizeof candidates->second_name, resident->name);
    return candidates->count < 2;
}

/* Just one must answer; somebody whose whole name was typed comes before longer names. */
static bool decided(const struct candidates *candidates, const char *who)
{
    char typed[MU_PERSON_NAME_SIZE], first[MU_PERSON_NAME_SIZE], second[MU_PERSON_NAME_SIZE];

    if (candidates->count == 1)
        return true;
    mu_name_fold(who, typed, sizeof typed);
    mu_name_fold(candidates->first.name, first, sizeof first);
    mu_name_fold(candidates->second_name, second, sizeof second);
    return strcmp(typed, first) == 0 && strcmp(typed, second) != 0;
}

static enum mu_status find_by_card_or_id(struct mu_desk *desk, const char *who, bool *found,
                                         struct mu_resident *out, struct mu_error *error)
{
    char folded[MU_CARD_SIZE];
    struct mu_id_number id;

    *found = false;
    if (mu_id_number_parse(who, &id) <= MU_ID_OLD_FORM)
        return mu_register_by_id_number(desk->db, id.text, found, out, error);
    mu_text_fold(folded, sizeof folded, who);
    return mu_register_by_card(desk->db, folded, found, out, error);
}

static enum mu_status find_diner(struct mu_desk *desk, const char *who,
                                 struct mu_meal_answer *answer, struct mu_error *error)
{
    struct candidates candidates = {0};
    char text[MU_PERSON_NAME_SIZE];
    bool found;
    enum mu_status status;

    mu_text_clean(text, sizeof text, who, false);
    status = find_by_card_or_id(desk, text, &found, &answer->resident, error);
    if (status != MU_OK || found)
        return status;
    status = mu_find_residents(desk, text, 2, take_candidate, &candidates, error);
    if (status != MU_OK)
        return status;
    if (candidates.count == 0)
        return refuse(answer, MU_MEAL_NOT_FOUND, MU_SAY_meal_not_found, text, NULL, error);
    if (!decided(&candidates, text))
        return refuse(answer, MU_MEAL_AMBIGUOUS, MU_SAY_meal_ambiguous, text, NULL, error);
    answer->resident = candidates.first;
    return MU_OK;
}

/* Finds who is to be served before the write transaction begins, so that it stays short. */
static enum mu_status identify(struct mu_desk *desk, const struct mu_meal_request *request,
                               struct mu_meal_answer *answer, struct mu_error *error)
{
    struct mu_meal *meal = &answer->meal;

    if (request->note)
        mu_text_clean(meal->note, sizeof meal->note, request->note, false);
    if (request->resident_id)
        return mu_read_resident(desk, request->resident_id, &answer->resident, error);
    if (!request->occupation)
        return find_diner(desk, request->who ? request->who : "", answer, error);
    mu_text_clean(meal->occupation, sizeof meal->occupation, request->occupation, false);
    if (!*meal->occupation)
        return refuse(answer, MU_MEAL_OCCUPATION, MU_SAY_meal_occupation, NULL, NULL, error);
    mu_text_copy(meal->name, sizeof meal->name, meal->occupation);
    return MU_OK;
}

static enum mu_status choose_session(const struct mu_rules *rules,
                                     const struct mu_meal_request *request, struct mu_moment now,
                                     const struct mu_session **session,
                                     struct mu_meal_answer *answer, struct mu_error *error)
{
    char clock[MU_CLOCK_SIZE];

    *session = request->session ? mu_rules_session(rules, request->session)
                                : mu_rules_session_at(rules, now.minute);
    if (*session) {
        mu_text_copy(answer->meal.session, sizeof answer->meal.session, (*session)->id);
        mu_text_copy(answer->session_name, sizeof answer->session_name, (*session)->name);
        return MU_OK;
    }
    if (request->session)
        return refuse(answer, MU_MEAL_CLOSED, MU_SAY_meal_no_session, request->session, NULL,
                      error);
    mu_clock_format(now.minute, clock);
    return refuse(answer, MU_MEAL_CLOSED, MU_SAY_meal_closed, clock, NULL, error);
}

/* May this resident eat here today? Read anew inside the transaction. */
static enum mu_status admit(struct mu_desk *desk, struct mu_meal_answer *answer,
                            struct mu_error *error)
{
    struct mu_resident *resident = &answer->resident;
    struct mu_meal before;
    char clock[MU_CLOCK_SIZE], day[MU_DATE_SIZE];
    bool served;
    enum mu_status status = mu_read_resident(desk, resident->id, resident, error);

    if (status != MU_OK)
        return status;
    answer->meal.resident_id = resident->id;
    mu_text_copy(answer->meal.name, sizeof answer->meal.name, resident->name);
    answer->age = mu_resident_age(resident, answer->meal.date);
    mu_date_format(resident->ended_on, day);
    if (resident->status == MU_DECEASED)
        return refuse(answer, MU_MEAL_DECEASED, MU_SAY_meal_deceased, resident->name, day, error);
    if (resident->status == MU_MOVED_OUT)
        return refuse(answer, MU_MEAL_MOVED_OUT, MU_SAY_meal_moved_out, resident->name, day, error);
    status = mu_meal_served(desk->db, resident->id, answer->meal.date, answer->meal.session,
                            &served, &before, error);
    if (status != MU_OK || !served)
        return status;
    answer->meal = before;
    mu_clock_format(before.served_at.minute, clock);
    return refuse(answer, MU_MEAL_ALREADY_SERVED, MU_SAY_meal_already_served, resident->name, clock,
                  error);
}

struct quotas {
    int *used, *free_slot; /* for each tier; owned, one allocation */
};

static enum mu_status count_quotas(struct mu_desk *desk, const struct mu_canteen *canteen,
                                   struct mu_date date, struct quotas *quotas,
                                   struct mu_error *error)
{
    enum mu_status status = MU_OK;

    quotas->used = calloc(2 * canteen->tier_count + 1, sizeof *quotas->used);
    if (!quotas->used)
        return mu_fail_memory(error);
    quotas->free_slot = quotas->used + canteen->tier_count;
    for (size_t i = 0; i < canteen->tier_count && status == MU_OK; i++)
        if (canteen->tiers[i].daily_quota)
            status = mu_meal_quota(desk->db, date, canteen->tiers[i].id, &quotas->used[i],
                                   &quotas->free_slot[i], error);
    if (status != MU_OK)
        free(quotas->used);
    return status;
}

static struct mu_diner diner_of(const struct mu_meal_answer *answer)
{
    const struct mu_resident *resident = &answer->resident;
    struct mu_diner diner = {.age = answer->age, .occupation = answer->meal.occupation};

    if (!resident->id)
        return diner;
    diner.sex = (enum mu_sex)resident->sex;
    diner.tags = resident->tags;
    diner.occupation = resident->occupation;
    diner.residence = resident->residence == 1   ? "resident"
                      : resident->residence == 2 ? "migrant"
                                                 : "";
    diner.occupancy = mu_choice_word(&mu_occupancies, resident->occupancy, MU_CHINESE);
    return diner;
}

static enum mu_status price(struct mu_desk *desk, const struct mu_rules *rules,
                            const struct mu_session *session, struct mu_meal_answer *answer,
                            struct mu_error *error)
{
    const struct mu_canteen *canteen = &rules->canteen;
    struct mu_diner diner = diner_of(answer);
    struct mu_meal *meal = &answer->meal;
    struct mu_meal_price decided_price;
    struct quotas quotas;
    int reduced = 0;
    enum mu_status status = MU_OK;

    if (meal->resident_id)
        status = mu_meal_reduced_count(desk->db, meal->resident_id, meal->date, &reduced, error);
    if (status == MU_OK)
        status = count_quotas(desk, canteen, meal->date, &quotas, error);
    if (status != MU_OK)
        return status;
    mu_meal_price(canteen, session, &diner, quotas.used, reduced, &decided_price);
    meal->price = decided_price.price;
    meal->pay = decided_price.pay;
    meal->payer = MU_PAYER_SELF;
    answer->quota_left = -1;
    answer->reduced_before = decided_price.subsidy_used;
    if (decided_price.first_passed_over)
        mu_text_copy(answer->passed_over_name, sizeof answer->passed_over_name,
                     decided_price.first_passed_over->name);
    if (decided_price.tier) {
        size_t index = (size_t)(decided_price.tier - canteen->tiers);

        meal->payer = decided_price.tier->payer;
        mu_text_copy(meal->tier, sizeof meal->tier, decided_price.tier->id);
        mu_text_copy(answer->tier_name, sizeof answer->tier_name, decided_price.tier->name);
        if (decided_price.tier->daily_quota) {
            meal->quota_slot = quotas.free_slot[index];
            answer->quota_left = decided_price.tier->daily_quota - quotas.used[index] - 1;
        }
    }
    free(quotas.used);
    return MU_OK;
}

static void post(struct mu_entry *entry, const char *account, struct mu_money amount)
{
    struct mu_posting *posting = &entry->posting[entry->posting_count++];

    snprintf(posting->account, sizeof posting->account, "%s", account);
    posting->amount = amount.fen;
}

/* What the diner pays and what others owe, against the canteen's income. */
static void post_meal(struct mu_entry *entry, const struct mu_meal *meal)
{
    struct mu_money others = mu_money_subtract(meal->price, meal->pay);
    struct mu_money income = {-meal->price.fen};
    char payer[MU_ACCOUNT_SIZE];

    if (meal->pay.fen || !others.fen)
        post(entry, mu_pay_method_word(meal->method), meal->pay);
    if (others.fen) {
        snprintf(payer, sizeof payer, "payer:%s", mu_payer_word(meal->payer));
        post(entry, payer, others);
    }
    post(entry, "income", income);
}

static enum mu_status record(struct mu_desk *desk, int rules_version, const char *key,
                             struct mu_meal *meal, struct mu_error *error)
{
    struct mu_entry entry = {.book = MU_BOOK_MEALS,
                             .date = meal->date,
                             .recorded_at = meal->served_at,
                             .operator_id = desk->operator.id,
                             .rules_version = rules_version,
                             .resident_id = meal->resident_id};
    enum mu_status status;

    mu_text_copy(entry.rule_id, sizeof entry.rule_id, *meal->tier ? meal->tier : "full-price");
    mu_text_copy(entry.idempotency_key, sizeof entry.idempotency_key, key);
    post_meal(&entry, meal);
    status = mu_ledger_append(desk->db, &entry, error);
    if (status != MU_OK)
        return status;
    meal->entry_id = entry.id;
    return mu_meal_add(desk->db, meal, error);
}

static enum mu_status serve(struct mu_desk *desk, const struct mu_meal_request *request,
                            const char *key, struct mu_meal_answer *answer, struct mu_error *error)
{
    const struct mu_rules *rules;
    const struct mu_session *session;
    int version;
    enum mu_status status = mu_desk_rules(desk, &rules, &version, error);

    if (status == MU_OK)
        status = choose_session(rules, request, answer->meal.served_at, &session, answer, error);
    if (status == MU_OK && answer->resident.id)
        status = admit(desk, answer, error);
    if (status == MU_OK)
        status = price(desk, rules, session, answer, error);
    return status == MU_OK ? record(desk, version, key, &answer->meal, error) : status;
}

/* A commit that failed may have reached the disk: the key knows. */
static enum mu_status ask_after(struct mu_desk *desk, const char *key, enum mu_status failed)
{
    int64_t entry_id = 0;

    if (mu_ledger_by_key(desk->db, key, &entry_id, NULL) == MU_OK && entry_id)
        return MU_OK;
    return failed;
}

enum mu_status mu_serve_meal(struct mu_desk *desk, const struct mu_meal_request *request,
                             struct mu_meal_answer *answer, struct mu_error *error)
{
    char key[MU_KEY_SIZE];
    struct mu_error failure = {0};
    enum mu_status status;

    memset(answer, 0, sizeof *answer);
    answer->age = -1;
    answer->quota_left = -1;
    answer->meal.served_at = mu_desk_now(desk);
    answer->meal.date = answer->meal.served_at.date;
    answer->meal.method = request->method;
    mu_new_key(key);
    status = identify(desk, request, answer, &failure);
    if (status == MU_OK)
        status = mu_db_begin(desk->db, &failure);
    if (status == MU_OK) {
        status = serve(desk, request, key, answer, &failure);
        if (status == MU_OK) {
            status = mu_db_commit(desk->db, &failure);
            if (status != MU_OK)
                status = ask_after(desk, key, status);
        } else {
            mu_db_rollback(desk->db);
        }
    }
    if (status != MU_OK && answer->refusal == MU_SERVED) {
        answer->refusal = status == MU_INPUT ? MU_MEAL_NOT_FOUND : MU_MEAL_STORE;
        answer->why = failure;
    }
    if (status != MU_OK && error)
        *error = failure;
    return status;
}

static enum mu_status check_void(struct mu_desk *desk, const struct mu_meal *meal,
                                 struct mu_error *error)
{
    const struct mu_rules *rules;
    struct mu_moment now = mu_desk_now(desk);
    char limit[16];
    int version, minutes;
    enum mu_status status = mu_desk_rules(desk, &rules, &version, error);

    if (status != MU_OK)
        return status;
    if (meal->void_entry_id)
        return mu_fail(error, MU_REFUSED, MU_SAY_error_meal_voided, meal->name, NULL);
    minutes = now.minute - meal->served_at.minute +
              24 * 60 * mu_date_days_between(meal->served_at.date, now.date);
    snprintf(limit, sizeof limit, "%d", rules->canteen.void_minutes);
    if (mu_date_compare(meal->date, now.date) != 0 || minutes > rules->canteen.void_minutes)
        return mu_fail(error, MU_REFUSED, MU_SAY_error_meal_void_late, meal->name, limit, NULL);
    return MU_OK;
}

static enum mu_status reverse(struct mu_desk *desk, struct mu_meal *meal, const char *reason,
                              const char *key, struct mu_error *error)
{
    struct mu_entry original, reversal;
    struct mu_moment now = mu_desk_now(desk);
    bool found = false;
    enum mu_status status = mu_ledger_read(desk->db, meal->entry_id, &found, &original, error);

    if (status != MU_OK)
        return status;
    if (!found)
        return mu_fail(error, MU_STORE, MU_SAY_error_entry_unbalanced, NULL);
    mu_entry_reversal(&original, &reversal);
    reversal.date = now.date;
    reversal.recorded_at = now;
    reversal.operator_id = desk->operator.id;
    reversal.rules_version = original.rules_version;
    mu_text_copy(reversal.reason, sizeof reversal.reason, reason);
    mu_text_copy(reversal.idempotency_key, sizeof reversal.idempotency_key, key);
    status = mu_ledger_append(desk->db, &reversal, error);
    if (status != MU_OK)
        return status;
    meal->void_entry_id = reversal.id;
    return mu_meal_mark_void(desk->db, meal->id, reversal.id, error);
}

static enum mu_status take_back(struct mu_desk *desk, int64_t meal_id, const char *reason,
                                const char *key, struct mu_meal *meal, struct mu_error *error)
{
    char number[24];
    bool found = false;
    enum mu_status status = mu_meal_read(desk->db, meal_id, &found, meal, error);

    if (status == MU_OK && !found) {
        snprintf(number, sizeof number, "%lld", (long long)meal_id);
        return mu_fail(error, MU_INPUT, MU_SAY_error_meal_unknown, number, NULL);
    }
    if (status == MU_OK)
        status = check_void(desk, meal, error);
    return status == MU_OK ? reverse(desk, meal, reason, key, error) : status;
}

enum mu_status mu_void_meal(struct mu_desk *desk, int64_t meal_id, const char *reason,
                            struct mu_meal *meal, struct mu_error *error)
{
    char text[MU_REASON_SIZE], key[MU_KEY_SIZE];
    struct mu_meal voided;
    enum mu_status status;

    mu_text_clean(text, sizeof text, reason ? reason : "", false);
    if (!*text)
        return mu_fail(error, MU_INPUT, MU_SAY_error_meal_void_reason, NULL);
    mu_new_key(key);
    status = mu_db_begin(desk->db, error);
    if (status != MU_OK)
        return status;
    status = take_back(desk, meal_id, text, key, &voided, error);
    if (status == MU_OK) {
        status = mu_db_commit(desk->db, error);
        if (status != MU_OK)
            status = ask_after(desk, key, status);
    } else {
        mu_db_rollback(desk->db);
    }
    if (status == MU_OK && meal)
        *meal = voided;
    return status;
}
