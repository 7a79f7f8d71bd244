#include "desk/fund_file.h"
#include "desk/meal.h"

#include "store/canteen_store.h"
#include "store/closing_store.h"
#include "store/ledger_store.h"

#include <mulin/base/text.h>
#include <mulin/domain/calendar.h>

#include <stdio.h>

/* What stands in a closing stays there: the meal is taken back on the next day on which its session
 * is served and no session is closed yet. *day is today's for every other meal. */
static enum mu_status set_day(struct mu_desk *desk, const struct mu_canteen *canteen,
                              const struct mu_session *session, const struct mu_meal *meal,
                              struct mu_date *day, bool *closed, struct mu_error *error)
{
    struct mu_date served;
    struct mu_closing last;
    enum mu_status status = mu_session_closed(desk->db, meal->date, meal->session, closed, error);

    if (status == MU_OK && *closed)
        status = mu_closing_last(desk->db, &last, error);
    if (status != MU_OK || !*closed)
        return status;
    *closed = meal->entry_id <= last.last_entry;
    if (*closed && mu_date_compare(*day, last.date) <= 0)
        *day = mu_date_add_days(last.date, 1);
    if (*closed && session && mu_session_day(canteen, session, *day, NULL) != MU_DAY_SERVED) {
        served = mu_session_next_day(canteen, session, *day);
        *day = mu_date_known(served) ? served : *day;
    }
    return *closed ? mu_desk_may(desk, MU_MAY_correct_meal, error) : MU_OK;
}

static enum mu_status check_void(struct mu_desk *desk, const struct mu_meal *meal,
                                 struct mu_moment now, struct mu_date *day, struct mu_error *error)
{
    const struct mu_rules *rules;
    char limit[16];
    int version, minutes;
    bool closed = false;
    enum mu_status status = mu_desk_rules_on(desk, now.date, &rules, &version, error);

    if (status != MU_OK)
        return status;
    if (meal->void_entry_id)
        return mu_fail(error, MU_REFUSED, MU_SAY_error_meal_voided, meal->name, NULL);
    *day = now.date;
    status = set_day(desk, &rules->canteen, mu_rules_session(rules, meal->session), meal, day,
                     &closed, error);
    if (status != MU_OK || closed)
        return status;
    minutes = now.minute - meal->served_at.minute +
              24 * 60 * mu_date_days_between(meal->served_at.date, now.date);
    snprintf(limit, sizeof limit, "%d", rules->canteen.void_minutes);
    if (mu_date_compare(meal->date, now.date) != 0 || minutes > rules->canteen.void_minutes)
        return mu_fail(error, MU_REFUSED, MU_SAY_error_meal_void_late, meal->name, limit, NULL);
    return MU_OK;
}

/* When a meal is taken back: the moment, and the day for which it counts. */
struct taking_back {
    struct mu_moment now;
    struct mu_date day;
};

/* Posts the reversal of the entry under the key. */
static enum mu_status reverse_entry(struct mu_desk *desk, const struct mu_entry *original,
                                    const struct taking_back *when, const char *reason,
                                    const char *key, struct mu_entry *reversal,
                                    struct mu_error *error)
{
    mu_entry_reversal(original, reversal);
    reversal->date = when->day;
    reversal->recorded_at = when->now;
    reversal->operator_id = desk->operator.id;
    reversal->rules_version = original->rules_version;
    mu_text_copy(reversal->reason, sizeof reversal->reason, reason);
    mu_text_copy(reversal->idempotency_key, sizeof reversal->idempotency_key, key);
    return mu_ledger_append(desk->db, reversal, error);
}

static enum mu_status read_entry(struct mu_desk *desk, int64_t id, struct mu_entry *out,
                                 struct mu_error *error)
{
    bool found = false;
    enum mu_status status = mu_ledger_read(desk->db, id, &found, out, error);

    return status == MU_OK && !found ? mu_fail(error, MU_STORE, MU_SAY_error_entry_unbalanced, NULL)
                                     : status;
}

/* Gives back what came out of funded accounts for the meal of the entry. */
static enum mu_status return_funds(struct mu_desk *desk, const struct mu_entry *served,
                                   const struct taking_back *when, const char *reason,
                                   const char *key, struct mu_error *error)
{
    struct mu_entry drawn, reversal;
    char drawn_key[MU_KEY_SIZE], returned_key[MU_KEY_SIZE];
    int64_t id;
    enum mu_status status;

    mu_fund_key(served->idempotency_key, drawn_key);
    mu_fund_key(key, returned_key);
    status = mu_ledger_by_key(desk->db, drawn_key, &id, error);
    if (status != MU_OK || !id)
        return status;
    status = read_entry(desk, id, &drawn, error);
    return status == MU_OK
               ? reverse_entry(desk, &drawn, when, reason, returned_key, &reversal, error)
               : status;
}

static enum mu_status reverse(struct mu_desk *desk, struct mu_meal *meal,
                              const struct taking_back *when, const char *reason, const char *key,
                              struct mu_error *error)
{
    struct mu_entry original, reversal;
    char number[24];
    enum mu_status status = read_entry(desk, meal->entry_id, &original, error);

    if (status == MU_OK)
        status = reverse_entry(desk, &original, when, reason, key, &reversal, error);
    if (status == MU_OK)
        status = return_funds(desk, &original, when, reason, key, error);
    if (status != MU_OK)
        return status;
    meal->void_entry_id = reversal.id;
    status = mu_meal_mark_void(desk->db, meal->id, reversal.id, error);
    if (status != MU_OK)
        return status;
    snprintf(number, sizeof number, "%lld", (long long)meal->id);
    return mu_audit_note(desk, MU_MAY_void_meal, meal->resident_id, number, "", "", reason, error);
}

enum mu_status mu_meal_take_back(struct mu_desk *desk, int64_t meal_id, const char *reason,
                                 const char *key, struct mu_meal *meal, struct mu_error *error)
{
    char number[24];
    bool found = false;
    struct taking_back when;
    struct mu_date last;
    enum mu_status status = mu_meal_read(desk->db, meal_id, &found, meal, error);

    if (status == MU_OK && !found) {
        snprintf(number, sizeof number, "%lld", (long long)meal_id);
        return mu_fail(error, MU_INPUT, MU_SAY_error_meal_unknown, number, NULL);
    }
    if (status == MU_OK)
        status = mu_desk_moment(desk, &when.now, &last, error);
    if (status == MU_OK)
        status = check_void(desk, meal, when.now, &when.day, error);
    return status == MU_OK ? reverse(desk, meal, &when, reason, key, error) : status;
}

enum mu_status mu_void_meal(struct mu_desk *desk, int64_t meal_id, const char *reason,
                            struct mu_meal *meal, struct mu_error *error)
{
    char text[MU_REASON_SIZE], key[MU_KEY_SIZE];
    struct mu_meal voided;
    enum mu_status status;

    status = mu_desk_may(desk, MU_MAY_void_meal, error);
    if (status == MU_OK)
        status = mu_desk_text(reason, text, sizeof text, error);
    if (status != MU_OK)
        return status;
    if (!*text)
        return mu_fail(error, MU_INPUT, MU_SAY_error_meal_void_reason, NULL);
    mu_new_key(key);
    status = mu_db_begin(desk->db, error);
    if (status != MU_OK)
        return status;
    status = mu_meal_take_back(desk, meal_id, text, key, &voided, error);
    status = mu_desk_end(desk, status, error);
    if (status == MU_OK && meal)
        *meal = voided;
    return status;
}
