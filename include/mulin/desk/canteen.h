/* The canteen's counter: serving, taking back, counting. */
#ifndef MULIN_DESK_CANTEEN_H
#define MULIN_DESK_CANTEEN_H

#include <mulin/base/error.h>
#include <mulin/desk/desk.h>
#include <mulin/desk/diner_account.h>
#include <mulin/desk/house.h>
#include <mulin/domain/canteen.h>
#include <mulin/domain/ledger.h>
#include <mulin/domain/meal.h>
#include <mulin/domain/menu.h>

/* Why nobody was served. */
enum mu_meal_refusal {
    MU_SERVED,
    MU_MEAL_NOT_FOUND,
    MU_MEAL_AMBIGUOUS,      /* several people answer */
    MU_MEAL_ALREADY_SERVED, /* in this session */
    MU_MEAL_CLOSED,         /* no session is open, or there is none of that name */
    MU_MEAL_LATE,           /* the session is not open now, and no reason was given */
    MU_MEAL_CLOSED_DAY,     /* the session is not served on this day */
    MU_MEAL_MOVED_OUT,
    MU_MEAL_DECEASED,
    MU_MEAL_IN_ERROR,   /* the file was entered in error and taken back */
    MU_MEAL_OCCUPATION, /* of somebody without a file: empty */
    MU_MEAL_TEXT,       /* occupation, note or reason: too long, or not UTF-8 */
    MU_MEAL_SAME_MARK,  /* an outdoor worker of this mark ate today; `again` serves all the same */
    MU_MEAL_PAYMENT,    /* the card does not reach, or there is no file whose account would pay */
    MU_MEAL_CARD_ENDED, /* the card was replaced */
    MU_MEAL_SETTLED,    /* the session was closed */
    MU_MEAL_RIGHT,      /* the operator may not check people in */
    MU_MEAL_STORE       /* the record file failed; see the error */
};

/* "already_served", "not_found" …; "" for MU_SERVED. Static. */
const char *mu_meal_refusal_word(enum mu_meal_refusal refusal);

struct mu_meal_request {
    const char *who;        /* query for one person; not used with resident_id or occupation */
    int64_t resident_id;    /* chosen from a list; 0: use who */
    const char *occupation; /* for somebody without a file; NULL: a resident */
    const char *note;       /* may be NULL; of an outdoor worker the mark he is told apart by */
    bool again;             /* though somebody of the same mark ate today */
    bool guest;          /* somebody who is nobody here, or was refused: pays the full price; who,
                          * resident_id and occupation are not asked */
    const char *reason;  /* stands in the ledger entry; may be NULL */
    const char *session; /* id; NULL: the one that is open now. One that is not open takes the right
                          * serve_late and a reason */
    struct mu_date date; /* whose meal it is; unknown: of today */
    bool brought;        /* to the door, and told of later: the hour does not count */
    enum mu_pay_method method;
};

struct mu_meal_answer {
    enum mu_meal_refusal refusal;
    struct mu_meal meal;             /* as served; for ALREADY_SERVED the one of before */
    struct mu_resident resident;     /* numbers masked; id 0: nobody was found */
    struct mu_diner_account account; /* after the meal, unless it was paid in cash */
    char diet[MU_NOTE_SIZE];         /* what the kitchen must know of the person, or "" */
    bool ordered;                    /* the person has an order for this meal */
    char ordered_dish[MU_DISH_SIZE]; /* "": what there is */
    bool ordered_delivered;          /* it was to be delivered */
    int age;                         /* full years, -1 when not known */
    char session_name[MU_RULE_NAME_SIZE];
    char tier_name[MU_RULE_NAME_SIZE];        /* "" for full price */
    char passed_over_name[MU_RULE_NAME_SIZE]; /* first tier that matched but was used up, or "" */
    enum mu_payer empty; /* the first payer whose account did not reach, self: none */
    int quota_left;      /* of the deciding tier after this meal, -1 without quota */
    struct mu_date
        clock_day;           /* the clock's when it is behind last_day, of the last ledger entry; */
    struct mu_date last_day; /* unknown otherwise. meal.date tells which of them counts */
    bool reduced_before;     /* full price because the day's reduced meals were had already */
    struct mu_error why;     /* for every refusal: what to tell the person */
};

/* Serves one meal: finds the person (a card or whole ID number means that person; otherwise just
 * one must answer), decides the price by today's book, posts it to the ledger, all in one
 * transaction. When MU_OK comes back the meal is on disk. A failed commit is asked after by its
 * idempotency key before it is called failed.
 * A clock that was put back into the day before the last ledger entry's counts as that day.
 *   answer  filled on every return
 * MU_REFUSED and MU_INPUT with answer->refusal; MU_STORE. */
enum mu_status mu_serve_meal(struct mu_desk *desk, const struct mu_meal_request *request,
                             struct mu_meal_answer *answer, struct mu_error *error) MU_CHECKED;

/* The sentence to say about an answer: served with what to pay and why, or the refusal. `out` has
 * `size` bytes. */
void mu_meal_answer_text(const struct mu_meal_answer *answer, enum mu_language language, char *out,
                         size_t size);

/* What the counter must see of somebody who is served: the dish that was ordered, that it was to be
 * delivered, the diet; "" for nothing. `out` has `size` bytes; one line. */
void mu_meal_notice_text(const struct mu_meal_answer *answer, enum mu_language language, char *out,
                         size_t size);

/* Takes a meal back by a reversing entry, within limits.void_minutes of serving and on its day.
 *   meal  may be NULL; gets the meal as voided
 * MU_INPUT (no such meal; no reason, or one that does not fit in MU_REASON_SIZE), MU_REFUSED
 * (voided already, too late), MU_STORE. */
enum mu_status mu_void_meal(struct mu_desk *desk, int64_t meal_id, const char *reason,
                            struct mu_meal *meal, struct mu_error *error) MU_CHECKED;

/* The day's last meals, newest first, voided ones too; `out` has room for `limit`. */
enum mu_status mu_last_meals(struct mu_desk *desk, struct mu_date date, size_t limit,
                             struct mu_meal *out, size_t *count, struct mu_error *error) MU_CHECKED;

/* Sums of a day by tier and payer, without voided meals; of one session unless NULL. MU_INPUT for a
 * session that neither the day's meals nor today's book know, MU_STORE. */
enum mu_status mu_day_totals(struct mu_desk *desk, struct mu_date date, const char *session,
                             struct mu_day_totals *out, struct mu_error *error) MU_CHECKED;

/* How many without a file were served by their occupation on the day. */
enum mu_status mu_outdoor_meals(struct mu_desk *desk, struct mu_date date, int *count,
                                struct mu_error *error) MU_CHECKED;

/* The tier with a quota that has the fewest meals left today, for the counter's side: its name
 * (MU_RULE_NAME_SIZE bytes), quota and meals left. *quota is 0 when no tier has one. */
enum mu_status mu_quota_left(struct mu_desk *desk, char *name, int *quota, int *left,
                             struct mu_error *error) MU_CHECKED;

/* Name of a tier or session by the book in force today; the id itself when the book has none. */
void mu_tier_name(struct mu_desk *desk, const char *id, char *out, size_t size);
void mu_session_name(struct mu_desk *desk, const char *id, char *out, size_t size);

/* A settlement to be printed: the sums of mu_day_totals, and the heads of ledger and audit trail as
 * they stood at the end of that day, all from one state of the records. Errors as there. */
enum mu_status mu_settle_day(struct mu_desk *desk, struct mu_date date, const char *session,
                             struct mu_day_totals *totals, struct mu_verify_report *heads,
                             struct mu_error *error) MU_CHECKED;

/* Tells by which rules the meal of the request would be priced now, tier by tier, in words of
 * `language`, a line each; nothing is served. *text is owned (free). MU_REFUSED (nobody or several
 * answer, no such session; the session of the request may be closed: then the first one counts),
 * MU_STORE, MU_MEMORY. */
enum mu_status mu_explain_meal(struct mu_desk *desk, const struct mu_meal_request *request,
                               enum mu_language language, char **text,
                               struct mu_error *error) MU_CHECKED;

/* Tells why a meal cost what it did: what was recorded (price, payers, place of the quota, book),
 * and how the book that decided comes to it with what the records say of that moment now, tier by
 * tier, in words of `language`, a line each. When the two differ it says so, and what was changed
 * since: what is recorded counts. *text is owned (free). MU_INPUT (no such meal), MU_REFUSED (the
 * rights to read meals, rules and files), MU_STORE (the book is damaged), MU_MEMORY. */
enum mu_status mu_explain_past_meal(struct mu_desk *desk, int64_t meal_id,
                                    enum mu_language language, char **text,
                                    struct mu_error *error) MU_CHECKED;

/* The occupations that tiers of today's book name, each once, in the book's order, for people
 * without a file. `words` has room for `limit`. */
enum mu_status mu_meal_occupations(struct mu_desk *desk, char (*words)[MU_WORD_SIZE], size_t limit,
                                   size_t *count, struct mu_error *error) MU_CHECKED;

#endif
