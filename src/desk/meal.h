/* What serving, taking back and explaining a meal share. */
#ifndef MULIN_SRC_DESK_MEAL_H
#define MULIN_SRC_DESK_MEAL_H

#include "desk/desk_internal.h"

#include <mulin/desk/canteen.h>

/* Refuses with a sentence for the person at the counter; two strings for {0} and {1}, NULL for
 * none. Returns MU_REFUSED. */
enum mu_status mu_meal_refuse(struct mu_meal_answer *answer, enum mu_meal_refusal refusal,
                              enum mu_message message, const char *first, const char *second,
                              struct mu_error *error);

/* Finds who is meant, before the write transaction begins, so that it stays short:
 * answer->resident, or occupation and name of somebody without a file. MU_REFUSED, MU_INPUT,
 * MU_STORE. */
enum mu_status mu_meal_identify(struct mu_desk *desk, const struct mu_meal_request *request,
                                struct mu_meal_answer *answer, struct mu_error *error) MU_CHECKED;

/* mu_serve_meal inside the caller's write transaction: the meal is on disk when that is. `key` is
 * the idempotency key of its ledger entry. */
enum mu_status mu_meal_serve(struct mu_desk *desk, const struct mu_meal_request *request,
                             const char *key, struct mu_meal_answer *answer,
                             struct mu_error *error) MU_CHECKED;

/* mu_void_meal inside the caller's write transaction; `reason` is clean and not empty. The right is
 * not asked. */
enum mu_status mu_meal_take_back(struct mu_desk *desk, int64_t meal_id, const char *reason,
                                 const char *key, struct mu_meal *meal,
                                 struct mu_error *error) MU_CHECKED;

/* Reads the person of answer->resident anew, and in the place of a file that another one speaks for
 * that one; the tags of all files of the person count. MU_INPUT, MU_STORE. */
enum mu_status mu_meal_person(struct mu_desk *desk, struct mu_meal_answer *answer,
                              struct mu_error *error) MU_CHECKED;

/* The session that is asked for, or that is open at `now`. MU_REFUSED. */
enum mu_status mu_meal_session(const struct mu_rules *rules, const struct mu_meal_request *request,
                               struct mu_moment now, const struct mu_session **session,
                               struct mu_meal_answer *answer, struct mu_error *error) MU_CHECKED;

/* Refuses when the session is not served on the day of the meal, with the next day on which it is.
 */
enum mu_status mu_meal_day(const struct mu_canteen *canteen, const struct mu_session *session,
                           struct mu_meal_answer *answer, struct mu_error *error) MU_CHECKED;

/* All that the price depends on besides the book. */
struct mu_circumstances {
    struct mu_diner diner;  /* borrows from the answer */
    struct mu_meal_day day; /* borrows from `counts` */
    int *counts;            /* meals of each tier today, and behind them free_slot; owned */
    int *free_slot;         /* the lowest free one of each tier with a quota */
};

/* Reads them; clear with mu_circumstances_clear. MU_STORE, MU_MEMORY; *out untouched then. */
enum mu_status mu_circumstances_read(struct mu_desk *desk, const struct mu_canteen *canteen,
                                     const struct mu_meal_answer *answer,
                                     struct mu_circumstances *out,
                                     struct mu_error *error) MU_CHECKED;
void mu_circumstances_clear(struct mu_circumstances *circumstances);

#endif
