/* Why a meal cost what it did, by the book of its day. */
#include "desk/desk_internal.h"
#include "desk/diner_then.h"

#include "store/canteen_store.h"
#include "store/ledger_store.h"
#include "store/meal_past_store.h"

#include <mulin/base/text.h>
#include <mulin/desk/act.h>
#include <mulin/desk/canteen.h>
#include <mulin/domain/calendar.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    LINE_SIZE = 1536,
    HASH_SHOWN = 8, /* bytes of a book's hash that are told */
    CHANGES = 5     /* of the file that are told at most */
};

/* A meal with all that its price followed from. */
struct past {
    struct mu_meal meal;
    struct mu_entry entry, taken_back; /* the second of a meal that was voided */
    struct mu_rules *rules;            /* owned */
    struct mu_date adopted_from;
    unsigned char book[MU_HASH_SIZE];
    struct mu_diner_then then; /* resident_id 0: without a file */
    char derived[MU_DERIVED_SIZE];
    struct mu_diner diner;
    struct mu_meal_day day;
    int quota_used[MU_RULES_TIERS];
};

struct story {
    FILE *out;
    enum mu_language language;
};

static enum mu_status read_entry(struct mu_desk *desk, int64_t id, struct mu_entry *out,
                                 struct mu_error *error)
{
    bool found = false;
    char number[24];
    enum mu_status status = mu_ledger_read(desk->db, id, &found, out, error);

    snprintf(number, sizeof number, "%lld", (long long)id);
    return status == MU_OK && !found
               ? mu_fail(error, MU_STORE, MU_SAY_error_entry_altered, number, NULL)
               : status;
}

static enum mu_status read_meal(struct mu_desk *desk, int64_t meal_id, struct past *past,
                                struct mu_error *error)
{
    bool found = false;
    char number[24];
    enum mu_status status = mu_meal_read(desk->db, meal_id, &found, &past->meal, error);

    snprintf(number, sizeof number, "%lld", (long long)meal_id);
    if (status == MU_OK && !found)
        return mu_fail(error, MU_INPUT, MU_SAY_error_meal_unknown, number, NULL);
    if (status == MU_OK)
        status = read_entry(desk, past->meal.entry_id, &past->entry, error);
    if (status == MU_OK && past->meal.void_entry_id)
        status = read_entry(desk, past->meal.void_entry_id, &past->taken_back, error);
    return status;
}

/* What had been served and what stood on the accounts before the meal. */
static enum mu_status read_day(struct mu_desk *desk, struct past *past, struct mu_error *error)
{
    const struct mu_canteen *canteen = &past->rules->canteen;
    const struct mu_meal *meal = &past->meal;
    enum mu_status status = MU_OK;

    past->day.quota_used = past->quota_used;
    if (past->then.resident_id)
        status = mu_reduced_before(desk->db, past->then.resident_id, meal->date, meal->entry_id,
                                   &past->day.reduced_today, error);
    for (size_t i = 0; status == MU_OK && i < canteen->tier_count; i++)
        if (canteen->tiers[i].daily_quota)
            status = mu_quota_before(desk->db, meal->date, canteen->tiers[i].id, meal->entry_id,
                                     &past->quota_used[i], error);
    for (int payer = 0; status == MU_OK && payer < MU_PAYER_COUNT; payer++)
        if (canteen->payers[payer].funded)
            status = mu_fund_before(desk->db, mu_payer_word((enum mu_payer)payer), meal->entry_id,
                                    &past->day.balance[payer].fen, error);
    return status;
}

static enum mu_status read_past(struct mu_desk *desk, int64_t meal_id, struct past *past,
                                struct mu_error *error)
{
    enum mu_status status = read_meal(desk, meal_id, past, error);

    if (status == MU_OK)
        status = mu_desk_book(desk, past->entry.rules_version, &past->rules, error);
    if (status == MU_OK)
        status = mu_rule_book_facts(desk->db, past->entry.rules_version, &past->adopted_from,
                                    past->book, error);
    if (status == MU_OK && past->meal.resident_id)
        status = mu_diner_then_read(desk, past->meal.resident_id, past->meal.served_at, &past->then,
                                    error);
    if (status == MU_OK)
        status = read_day(desk, past, error);
    if (status != MU_OK)
        return status;
    past->diner = (struct mu_diner){.age = -1, .occupation = past->meal.occupation};
    if (past->then.resident_id)
        past->diner =
            mu_diner_then_tell(&past->then, &past->rules->people, past->meal.date, past->derived);
    return MU_OK;
}

static void say(struct story *story, enum mu_message message, const char *first, const char *second,
                const char *third, const char *fourth)
{
    const char *const words[] = {first, second, third, fourth};
    char line[LINE_SIZE];

    mu_message_fill(line, sizeof line, story->language, message, words, 4);
    fprintf(story->out, "%s\n", line);
}

static const char *word(const struct story *story, enum mu_message message)
{
    return mu_message_text(message, story->language);
}

static const char *tier_name(const struct story *story, const struct past *past, const char *id)
{
    const struct mu_tier *tier = mu_rules_tier(past->rules, id);

    return tier ? tier->name : *id ? id : word(story, MU_SAY_screen_full_price);
}

static void tell_recorded(struct story *story, const struct past *past)
{
    const struct mu_meal *meal = &past->meal;
    const struct mu_session *session = mu_rules_session(past->rules, meal->session);
    char number[24], when[MU_MOMENT_SIZE], price[MU_MONEY_SIZE], pay[MU_MONEY_SIZE];
    char others[MU_PAYMENTS_SIZE * 2], version[16], day[MU_DATE_SIZE];
    char hash[2 * HASH_SHOWN + 1];

    snprintf(number, sizeof number, "%lld", (long long)meal->id);
    mu_moment_format(meal->served_at, when);
    when[10] = ' ';
    say(story, MU_SAY_past_meal, number, when, session ? session->name : meal->session, meal->name);
    mu_money_format(meal->price, price);
    mu_money_format(meal->pay, pay);
    say(story, MU_SAY_past_charged, tier_name(story, past, meal->tier), price, pay,
        word(story, mu_pay_method_name(meal->method)));
    if (meal->share_count) {
        mu_payments_text(meal->share, meal->share_count, story->language, others, sizeof others);
        say(story, MU_SAY_past_others, others, NULL, NULL, NULL);
    }
    snprintf(number, sizeof number, "%d", meal->quota_slot);
    if (meal->quota_slot)
        say(story, MU_SAY_past_slot, tier_name(story, past, meal->tier), number, NULL, NULL);
    snprintf(number, sizeof number, "%lld", (long long)meal->entry_id);
    snprintf(version, sizeof version, "%d", past->entry.rules_version);
    mu_date_format(past->adopted_from, day);
    mu_hash_text(past->book, HASH_SHOWN, hash);
    say(story, MU_SAY_past_book, number, version, day, hash);
    if (*past->entry.reason)
        say(story, MU_SAY_past_reason, past->entry.reason, NULL, NULL, NULL);
    if (meal->void_entry_id) {
        mu_moment_format(past->taken_back.recorded_at, when);
        when[10] = ' ';
        say(story, MU_SAY_past_voided, when, past->taken_back.reason, NULL, NULL);
    }
}

/* Whoever eats at full price by hand: no tier was asked. */
static bool is_guest(const struct past *past)
{
    return !past->meal.resident_id && !*past->meal.occupation;
}

static void tell_circumstances(struct story *story, const struct past *past)
{
    const struct mu_canteen *canteen = &past->rules->canteen;
    char number[24], limit[24], text[MU_MONEY_SIZE];

    snprintf(number, sizeof number, "%d", past->diner.age);
    if (is_guest(past)) {
        say(story, MU_SAY_past_by_hand, NULL, NULL, NULL, NULL);
        return;
    }
    if (past->then.resident_id)
        say(story, MU_SAY_past_diner,
            past->diner.age < 0 ? word(story, MU_SAY_past_not_known) : number,
            *past->then.tags ? past->then.tags : word(story, MU_SAY_past_none),
            *past->derived ? past->derived : word(story, MU_SAY_past_none), NULL);
    else
        say(story, MU_SAY_past_guest, past->meal.occupation, NULL, NULL, NULL);
    snprintf(number, sizeof number, "%d", past->day.reduced_today);
    if (past->then.resident_id)
        say(story, MU_SAY_past_reduced, number, NULL, NULL, NULL);
    for (size_t i = 0; i < canteen->tier_count; i++) {
        if (!canteen->tiers[i].daily_quota)
            continue;
        snprintf(number, sizeof number, "%d", past->quota_used[i]);
        snprintf(limit, sizeof limit, "%d", canteen->tiers[i].daily_quota);
        say(story, MU_SAY_past_quota, canteen->tiers[i].name, number, limit, NULL);
    }
    for (int payer = 0; payer < MU_PAYER_COUNT; payer++) {
        if (!canteen->payers[payer].funded)
            continue;
        mu_money_format(past->day.balance[payer], text);
        say(story, MU_SAY_past_balance, word(story, mu_payer_name((enum mu_payer)payer)), text,
            NULL, NULL);
    }
}

static void tell_tier(void *context, const struct mu_tier_reason *reason)
{
    struct story *story = context;

    fprintf(story->out, "  %s\n", reason->text);
}

static bool same_shares(const struct mu_meal *meal, const struct mu_meal_price *price)
{
    if (meal->share_count != price->share_count)
        return false;
    for (size_t i = 0; i < meal->share_count; i++)
        if (meal->share[i].payer != price->share[i].payer ||
            meal->share[i].amount.fen != price->share[i].amount.fen)
            return false;
    return true;
}

/* Decides anew, and tells tier by tier why. */
static void decide(const struct past *past, const struct mu_session *session,
                   struct mu_meal_price *price, struct story *story)
{
    const struct mu_canteen *canteen = &past->rules->canteen;

    *price = (struct mu_meal_price){.price = session->price, .pay = session->price};
    if (is_guest(past))
        return;
    mu_meal_explain(canteen, session, &past->diner, &past->day, story->language, tell_tier, story);
    mu_meal_price(canteen, session, &past->diner, &past->day, price);
}

/* Returns whether the recomputation agrees. */
static bool tell_again(struct story *story, const struct past *past)
{
    const struct mu_meal *meal = &past->meal;
    const struct mu_session *session = mu_rules_session(past->rules, meal->session);
    struct mu_session on;
    struct mu_meal_price price;
    char pay[MU_MONEY_SIZE];

    say(story, MU_SAY_past_again, NULL, NULL, NULL, NULL);
    if (!session) {
        say(story, MU_SAY_past_no_session, meal->session, NULL, NULL, NULL);
        return false;
    }
    tell_circumstances(story, past);
    on = mu_session_on(session, meal->date);
    decide(past, &on, &price, story);
    if (strcmp(meal->tier, price.tier ? price.tier->id : "") == 0 &&
        meal->price.fen == price.price.fen && meal->pay.fen == price.pay.fen &&
        same_shares(meal, &price)) {
        say(story, MU_SAY_past_agrees, NULL, NULL, NULL, NULL);
        return true;
    }
    mu_money_format(price.pay, pay);
    say(story, MU_SAY_past_differs, tier_name(story, past, price.tier ? price.tier->id : ""), pay,
        NULL, NULL);
    if (past->then.tags_later)
        say(story, MU_SAY_past_tags_later, NULL, NULL, NULL, NULL);
    return false;
}

struct changes {
    struct story *story;
    char served[MU_MOMENT_SIZE];
    int told;
};

static bool tell_change(void *context, const struct mu_act_view *view)
{
    struct changes *changes = context;
    char when[MU_MOMENT_SIZE];

    mu_moment_format(view->act.recorded_at, when);
    if (strcmp(when, changes->served) < 0)
        return false;
    when[10] = ' ';
    say(changes->story, MU_SAY_past_changed, when, view->what, NULL, NULL);
    return ++changes->told < CHANGES;
}

static enum mu_status write_story(struct mu_desk *desk, const struct past *past,
                                  struct story *story, struct mu_error *error)
{
    struct changes changes = {.story = story};

    mu_moment_format(past->meal.served_at, changes.served);
    tell_recorded(story, past);
    if (tell_again(story, past) || !past->meal.resident_id)
        return MU_OK;
    return mu_list_history(desk, past->meal.resident_id, 0, MU_HISTORY_LIMIT, story->language,
                           tell_change, &changes, error);
}

static enum mu_status make_text(struct mu_desk *desk, const struct past *past,
                                enum mu_language language, char **text, struct mu_error *error)
{
    char *made = NULL;
    size_t length;
    struct story story = {open_memstream(&made, &length), language};
    enum mu_status status;
    int cut;

    if (!story.out)
        return mu_fail_memory(error);
    status = write_story(desk, past, &story, error);
    cut = ferror(story.out);
    if ((fclose(story.out) != 0 || cut || !made) && status == MU_OK)
        status = mu_fail_memory(error);
    if (status == MU_OK)
        *text = made;
    else
        free(made);
    return status;
}

enum mu_status mu_explain_past_meal(struct mu_desk *desk, int64_t meal_id,
                                    enum mu_language language, char **text, struct mu_error *error)
{
    struct past past = {0};
    enum mu_status status = mu_desk_may(desk, MU_MAY_read_meals, error);

    if (status == MU_OK)
        status = mu_desk_may(desk, MU_MAY_read_rules, error);
    if (status == MU_OK)
        status = mu_db_begin_read(desk->db, error);
    if (status != MU_OK)
        return status;
    status = read_past(desk, meal_id, &past, error);
    mu_db_end_read(desk->db);
    if (status == MU_OK)
        status = make_text(desk, &past, language, text, error);
    mu_rules_free(&past.rules);
    return status;
}
