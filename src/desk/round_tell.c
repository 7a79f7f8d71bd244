/* What the courier tells of a door, and what follows from it. */
#include "desk/alert_file.h"
#include "desk/meal.h"
#include "desk/resident_file.h"
#include "store/round_store.h"

#include <mulin/base/codes.h>
#include <mulin/base/text.h>
#include <mulin/desk/round.h>

#include <stdio.h>
#include <string.h>

static enum mu_status find_stop(struct mu_desk *desk, int64_t stop_id, struct mu_stop *out,
                                struct mu_error *error)
{
    char number[24];
    bool found = false;
    enum mu_status status = mu_stop_read(desk->db, stop_id, &found, out, error);

    if (status != MU_OK || found)
        return status;
    snprintf(number, sizeof number, "%lld", (long long)stop_id);
    return mu_fail(error, MU_INPUT, MU_SAY_error_stop_unknown, number, NULL);
}

/* Nothing is told of meals to come. What was told before is corrected with a reason only, and only
 * into something else. */
static enum mu_status check_again(const struct mu_stop *before, const char *name,
                                  struct mu_date today, int delivery, const char *reason,
                                  struct mu_error *error)
{
    char clock[MU_CLOCK_SIZE], said[MU_EITHER_SIZE];

    if (mu_date_compare(before->date, today) > 0)
        return mu_fail(error, MU_INPUT, MU_SAY_error_stop_early, name, NULL);
    if (!before->return_id)
        return MU_OK;
    mu_clock_format(before->told_at.minute, clock);
    mu_either(said, sizeof said, mu_choice_word(&mu_deliveries, before->delivery, MU_CHINESE),
              mu_choice_word(&mu_deliveries, before->delivery, MU_ENGLISH));
    if (before->delivery == delivery)
        return mu_fail(error, MU_INPUT, MU_SAY_error_stop_same, name, clock, said, NULL);
    return *reason ? MU_OK
                   : mu_fail(error, MU_INPUT, MU_SAY_error_stop_told, name, clock, said, NULL);
}

/* Reasons for which a meal is in no account although it was brought. */
static bool may_stand_alone(enum mu_meal_refusal refusal)
{
    switch (refusal) {
    case MU_MEAL_ALREADY_SERVED:
    case MU_MEAL_CLOSED:
    case MU_MEAL_CLOSED_DAY:
    case MU_MEAL_MOVED_OUT:
    case MU_MEAL_DECEASED:
    case MU_MEAL_IN_ERROR:
    case MU_MEAL_SETTLED:
        return true;
    default:
        return false;
    }
}

static enum mu_status serve(struct mu_desk *desk, enum mu_pay_method method, struct mu_stop *stop,
                            struct mu_meal_answer *answer, struct mu_error *error)
{
    const struct mu_meal_request request = {.resident_id = stop->resident_id,
                                            .session = stop->session,
                                            .date = stop->date,
                                            .brought = true,
                                            .method = method};
    char key[MU_KEY_SIZE];
    enum mu_status status;

    mu_new_key(key);
    status = mu_meal_serve(desk, &request, key, answer, error);
    if (status == MU_OK)
        stop->meal_id = answer->meal.id;
    else if (may_stand_alone(answer->refusal))
        status = MU_OK;
    return status;
}

static enum mu_status open_alert(struct mu_desk *desk, const struct mu_stop *stop, bool *opened,
                                 struct mu_error *error)
{
    struct mu_alert alert = {.resident_id = stop->resident_id,
                             .cause = MU_ALERT_NO_ANSWER,
                             .date = stop->date,
                             .missed = 1};

    mu_text_copy(alert.session, sizeof alert.session, stop->session);
    return mu_alert_open(desk, &alert, opened, error);
}

/* The meal that was posted before goes back. */
static enum mu_status take_back(struct mu_desk *desk, const struct mu_stop *before,
                                const char *reason, struct mu_error *error)
{
    struct mu_meal meal;
    char key[MU_KEY_SIZE];

    if (!before->meal_id)
        return MU_OK;
    mu_new_key(key);
    return mu_meal_take_back(desk, before->meal_id, reason, key, &meal, error);
}

static enum mu_status note(struct mu_desk *desk, const struct mu_stop *before,
                           const struct mu_stop *after, struct mu_error *error)
{
    char number[24], old_text[MU_CHANGE_SIZE] = "", new_text[MU_CHANGE_SIZE];

    snprintf(number, sizeof number, "%lld", (long long)after->id);
    if (before->return_id)
        snprintf(old_text, sizeof old_text, "delivery=%s\n",
                 mu_choice_word(&mu_deliveries, before->delivery, MU_ENGLISH));
    snprintf(new_text, sizeof new_text, "delivery=%s\nmeal=%lld\n",
             mu_choice_word(&mu_deliveries, after->delivery, MU_ENGLISH),
             (long long)after->meal_id);
    return mu_audit_note(desk, MU_MAY_run_rounds, after->resident_id, number, old_text, new_text,
                         "", error);
}

/* A clean copy of what was told. */
struct words {
    char told[MU_NOTE_SIZE], reason[MU_REASON_SIZE];
};

static enum mu_status tell(struct mu_desk *desk, int64_t stop_id, const struct mu_stop_told *told,
                           const struct words *words, struct mu_stop_answer *answer,
                           struct mu_error *error)
{
    struct mu_stop before, *stop = &answer->stop;
    struct mu_resident resident;
    struct mu_date last;
    enum mu_status status = find_stop(desk, stop_id, &before, error);

    if (status == MU_OK)
        status = mu_file_read(desk, before.resident_id, &resident, error);
    if (status == MU_OK)
        status = check_again(&before, resident.name, mu_desk_now(desk).date, told->delivery,
                             words->reason, error);
    if (status == MU_OK)
        status = take_back(desk, &before, words->reason, error);
    if (status != MU_OK)
        return status;
    *stop = before;
    stop->delivery = told->delivery;
    stop->meal_id = 0;
    memcpy(stop->told, words->told, sizeof stop->told);
    mu_text_copy(stop->told_by, sizeof stop->told_by, desk->operator.name);
    mu_text_copy(answer->name, sizeof answer->name, resident.name);
    status = mu_desk_moment(desk, &stop->told_at, &last, error);
    if (status == MU_OK && told->delivery == MU_DELIVERED_WELL)
        status = serve(desk, told->method, stop, &answer->meal, error);
    if (status == MU_OK && told->delivery == MU_NOBODY_ANSWERED)
        status = open_alert(desk, stop, &answer->alert, error);
    if (status == MU_OK)
        status = mu_stop_tell(desk->db, stop, words->reason, desk->operator.id, error);
    return status == MU_OK ? note(desk, &before, stop, error) : status;
}

enum mu_status mu_tell_stop(struct mu_desk *desk, int64_t stop_id, const struct mu_stop_told *told,
                            struct mu_stop_answer *answer, struct mu_error *error)
{
    struct mu_stop_answer found = {0};
    struct words words;
    enum mu_status status = mu_desk_may(desk, MU_MAY_run_rounds, error);

    if (status == MU_OK)
        status = mu_desk_text(told->told, words.told, sizeof words.told, error);
    if (status == MU_OK)
        status = mu_desk_text(told->reason, words.reason, sizeof words.reason, error);
    if (status == MU_OK && !mu_choice_by_code(&mu_deliveries, told->delivery))
        status = mu_fail(error, MU_INPUT, MU_SAY_error_delivery, NULL);
    if (status == MU_OK)
        status = mu_db_begin(desk->db, error);
    if (status == MU_OK)
        status = mu_desk_end(desk, tell(desk, stop_id, told, &words, &found, error), error);
    if (status == MU_OK && answer)
        *answer = found;
    return status;
}
