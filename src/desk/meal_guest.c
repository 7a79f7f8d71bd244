#include "desk/meal.h"
#include "desk/resident_file.h"
#include "desk/twin_file.h"
#include "desk/who.h"

#include "store/canteen_store.h"
#include "store/ledger_store.h"
#include "store/register_store.h"

#include <mulin/base/codes.h>
#include <mulin/base/text.h>
#include <mulin/desk/register.h>
#include <mulin/domain/calendar.h>
#include <mulin/domain/tag.h>

#include <stdlib.h>
#include <string.h>

static const char *const refusal_words[] = {
    [MU_SERVED] = "",
    [MU_MEAL_NOT_FOUND] = "not_found",
    [MU_MEAL_AMBIGUOUS] = "ambiguous",
    [MU_MEAL_ALREADY_SERVED] = "already_served",
    [MU_MEAL_CLOSED] = "closed",
    [MU_MEAL_LATE] = "late",
    [MU_MEAL_CLOSED_DAY] = "closed_day",
    [MU_MEAL_MOVED_OUT] = "moved_out",
    [MU_MEAL_DECEASED] = "deceased",
    [MU_MEAL_IN_ERROR] = "entered_in_error",
    [MU_MEAL_OCCUPATION] = "occupation",
    [MU_MEAL_TEXT] = "text",
    [MU_MEAL_SAME_MARK] = "same_mark",
    [MU_MEAL_PAYMENT] = "payment",
    [MU_MEAL_CARD_ENDED] = "card_ended",
    [MU_MEAL_SETTLED] = "settled",
    [MU_MEAL_RIGHT] = "not_allowed",
    [MU_MEAL_STORE] = "store",
};

const char *mu_meal_refusal_word(enum mu_meal_refusal refusal)
{
    return refusal_words[refusal];
}

enum mu_status mu_meal_refuse(struct mu_meal_answer *answer, enum mu_meal_refusal refusal,
                              enum mu_message message, const char *first, const char *second,
                              struct mu_error *error)
{
    answer->refusal = refusal;
    mu_fail(&answer->why, MU_REFUSED, message, first, second, NULL);
    if (error)
        *error = answer->why;
    return MU_REFUSED;
}

static enum mu_status find_diner(struct mu_desk *desk, const char *who,
                                 struct mu_meal_answer *answer, struct mu_error *error)
{
    static const enum mu_meal_refusal refusals[] = {[MU_WHO_NOBODY] = MU_MEAL_NOT_FOUND,
                                                    [MU_WHO_SEVERAL] = MU_MEAL_AMBIGUOUS,
                                                    [MU_WHO_CARD_ENDED] = MU_MEAL_CARD_ENDED};
    struct mu_error why;
    enum mu_who what;
    enum mu_status status = mu_who(desk, who, &what, &answer->resident, &why);

    if (status == MU_REFUSED && what == MU_WHO_EMPTY)
        return mu_meal_refuse(answer, MU_MEAL_NOT_FOUND, MU_SAY_meal_nobody, NULL, NULL, error);
    if (status == MU_REFUSED && what != MU_WHO_FOUND) {
        answer->refusal = refusals[what];
        answer->why = why;
    }
    if (status != MU_OK && error)
        *error = why;
    return status;
}

static enum mu_status take_text(const char *text, char *out, size_t size,
                                struct mu_meal_answer *answer, struct mu_error *error)
{
    enum mu_status status = mu_desk_text(text, out, size, &answer->why);

    if (status != MU_OK) {
        answer->refusal = MU_MEAL_TEXT;
        if (error)
            *error = answer->why;
    }
    return status;
}

enum mu_status mu_meal_identify(struct mu_desk *desk, const struct mu_meal_request *request,
                                struct mu_meal_answer *answer, struct mu_error *error)
{
    struct mu_meal *meal = &answer->meal;
    enum mu_status status = take_text(request->note, meal->note, sizeof meal->note, answer, error);

    if (status == MU_OK)
        status = take_text(request->reason, meal->reason, sizeof meal->reason, answer, error);
    if (status != MU_OK)
        return status;
    if (request->guest) {
        mu_text_copy(meal->name, sizeof meal->name, MU_GUEST_NAME);
        return MU_OK;
    }
    if (request->resident_id)
        return mu_file_read(desk, request->resident_id, &answer->resident, error);
    if (!request->occupation)
        return find_diner(desk, request->who ? request->who : "", answer, error);
    status =
        take_text(request->occupation, meal->occupation, sizeof meal->occupation, answer, error);
    if (status != MU_OK)
        return status;
    if (!*meal->occupation)
        return mu_meal_refuse(answer, MU_MEAL_OCCUPATION, MU_SAY_meal_occupation, NULL, NULL,
                              error);
    mu_text_copy(meal->name, sizeof meal->name, meal->occupation);
    return MU_OK;
}

/* Adds the tags of the other file that are missing and fit. */
static bool add_tags(void *context, const struct mu_resident *other)
{
    struct mu_resident *person = context;

    mu_tags_add(person->tags, other->tags);
    return true;
}

enum mu_status mu_meal_person(struct mu_desk *desk, struct mu_meal_answer *answer,
                              struct mu_error *error)
{
    struct mu_resident *resident = &answer->resident;
    enum mu_status status = mu_file_read(desk, resident->id, resident, error);

    if (status == MU_OK)
        status = mu_file_lead(desk, resident, error);
    return status == MU_OK ? mu_register_linked(desk->db, resident->id, add_tags, resident, error)
                           : status;
}

enum mu_status mu_meal_session(const struct mu_rules *rules, const struct mu_meal_request *request,
                               struct mu_moment now, const struct mu_session **session,
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
        return mu_meal_refuse(answer, MU_MEAL_CLOSED, MU_SAY_meal_no_session, request->session,
                              NULL, error);
    mu_clock_format(now.minute, clock);
    return mu_meal_refuse(answer, MU_MEAL_CLOSED, MU_SAY_meal_closed, clock, NULL, error);
}

enum mu_status mu_meal_day(const struct mu_canteen *canteen, const struct mu_session *session,
                           struct mu_meal_answer *answer, struct mu_error *error)
{
    struct mu_date date = answer->meal.date;
    char day[MU_DATE_SIZE], next[MU_DATE_SIZE];
    const char *reason;
    enum mu_session_day kind = mu_session_day(canteen, session, date, &reason);

    if (kind == MU_DAY_SERVED)
        return MU_OK;
    mu_date_format(date, day);
    mu_date_format(mu_session_next_day(canteen, session, date), next);
    answer->refusal = MU_MEAL_CLOSED_DAY;
    mu_fail(&answer->why, MU_REFUSED,
            kind == MU_DAY_CLOSED ? MU_SAY_meal_closed_day
            : reason              ? MU_SAY_meal_day_off
                                  : MU_SAY_meal_not_its_day,
            session->name, day, *next ? next : "-", reason, NULL);
    if (error)
        *error = answer->why;
    return MU_REFUSED;
}

static struct mu_diner diner_of(const struct mu_meal_answer *answer)
{
    const struct mu_resident *resident = &answer->resident;
    struct mu_diner diner = {.age = answer->age, .occupation = answer->meal.occupation};

    if (!resident->id)
        return diner;
    diner.sex = (enum mu_sex)resident->sex;
    diner.tags = resident->tags;
    diner.derived = resident->derived;
    diner.occupation = resident->occupation;
    diner.residence = resident->residence == 1   ? "resident"
                      : resident->residence == 2 ? "migrant"
                                                 : "";
    diner.occupancy = mu_choice_word(&mu_occupancies, resident->occupancy, MU_CHINESE);
    return diner;
}

void mu_circumstances_clear(struct mu_circumstances *circumstances)
{
    free(circumstances->counts);
    memset(circumstances, 0, sizeof *circumstances);
}

enum mu_status mu_circumstances_read(struct mu_desk *desk, const struct mu_canteen *canteen,
                                     const struct mu_meal_answer *answer,
                                     struct mu_circumstances *out, struct mu_error *error)
{
    struct mu_circumstances found = {.diner = diner_of(answer)};
    const struct mu_meal *meal = &answer->meal;
    enum mu_status status = MU_OK;

    found.counts = calloc(2 * canteen->tier_count + 1, sizeof *found.counts);
    if (!found.counts)
        return mu_fail_memory(error);
    found.free_slot = found.counts + canteen->tier_count;
    found.day.quota_used = found.counts;
    if (answer->resident.id)
        status = mu_meal_reduced_count(desk->db, answer->resident.id, meal->date,
                                       &found.day.reduced_today, error);
    for (size_t i = 0; i < canteen->tier_count && status == MU_OK; i++)
        if (canteen->tiers[i].daily_quota)
            status = mu_meal_quota(desk->db, meal->date, canteen->tiers[i].id, &found.counts[i],
                                   &found.free_slot[i], error);
    for (int payer = 0; payer < MU_PAYER_COUNT && status == MU_OK; payer++)
        if (canteen->payers[payer].funded)
            status = mu_account_balance(desk->db, MU_BOOK_FUND, mu_payer_word((enum mu_payer)payer),
                                        &found.day.balance[payer].fen, error);
    if (status == MU_OK)
        *out = found;
    else
        free(found.counts);
    return status;
}
