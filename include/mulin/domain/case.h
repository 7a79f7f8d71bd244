/* A mediation case: the steps that were taken in it, what may follow what, and what they come to.
 * A case is nothing but its steps, in the order in which they were written down. Pure. After the
 * People's Mediation Law (2010) and the Ministry of Justice's forms (司发通〔2010〕239号). */
#ifndef MULIN_DOMAIN_CASE_H
#define MULIN_DOMAIN_CASE_H

#include <mulin/domain/case_step.h>

enum mu_case_state {
    MU_CASE_ACCEPTED = 1, /* 已受理 */
    MU_CASE_INFORMED,     /* 已告知 */
    MU_CASE_MEDIATING,    /* 调解中 */
    MU_CASE_PASSED,       /* 已移送: another station or body has it */
    MU_CASE_AGREED,       /* 已达成协议 */
    MU_CASE_ENDED,        /* 已终止 */
    MU_CASE_CLOSED,       /* 已结案 */
    MU_CASE_STATES
};

enum mu_case_outcome {
    MU_CASE_OPEN = 1,  /* 未结 */
    MU_CASE_SETTLED,   /* 调解成功 */
    MU_CASE_FAILED,    /* 调解不成, or a party refused */
    MU_CASE_WITHDRAWN, /* 撤回 */
    MU_CASE_HANDED_ON, /* closed after it was passed on */
    MU_CASE_MISTAKE,   /* 误登: counts nowhere */
    MU_CASE_OUTCOMES
};

/* "accepted"; static. The name is what a person reads. */
const char *mu_case_state_word(enum mu_case_state state);
enum mu_message mu_case_state_name(enum mu_case_state state);
bool mu_case_state_from_word(const char *word, enum mu_case_state *out);
const char *mu_case_outcome_word(enum mu_case_outcome outcome);
enum mu_message mu_case_outcome_name(enum mu_case_outcome outcome);
bool mu_case_outcome_from_word(const char *word, enum mu_case_outcome *out);

/* Somebody of the case as the last step about them has it. */
struct mu_case_person {
    int number;          /* 1, 2, 3 … */
    int64_t resident_id; /* or 0 */
    int step;            /* the last one about them */
    struct mu_case_party party;
};

struct mu_case_promised {
    int number;                            /* 1, 2, 3 … of the agreement */
    int step;                              /* the PROMISE */
    const struct mu_case_promise *promise; /* of that step */
    struct mu_money amount, paid;          /* 0: not about money */
    struct mu_date done_on;                /* unknown: not yet. Paid in full, or said to be done */
};

struct mu_case_duty_holder {
    int64_t mediator_id;
    char name[MU_PERSON_NAME_SIZE];
    int duty;     /* data/codes/case_duty.def, of the last step about them */
    bool at_work; /* assigned or chosen, and has not left */
};

/* What the steps come to. Owned by the caller; clear it with mu_case_clear. */
struct mu_case {
    int64_t id;
    int year, serial; /* 0: not written down yet */
    char number[MU_CASE_NUMBER_SIZE];
    enum mu_case_state state;
    enum mu_case_outcome outcome;
    struct mu_case_step *step; /* owned, `steps` of them; step[n - 1] has the number n */
    size_t steps, step_room;
    const struct mu_case_intake *intake; /* as it was last put right */
    const char *about;                   /* its long text; NULL: none */
    int intake_step;                     /* where both stand */
    struct mu_case_person *person;
    size_t persons, person_room;
    struct mu_case_promised *promise; /* of the agreement in force */
    size_t promises, promise_room;
    struct mu_case_duty_holder *mediator;
    size_t mediators, mediator_room;
    int station;   /* data/codes/case_station.def */
    int form;      /* data/codes/case_form.def of the agreement in force; 0: none */
    int kept;      /* data/codes/case_kept.def of the last visit; 0: none */
    int agreed;    /* number of the AGREED step in force, or 0 */
    int court;     /* data/codes/case_court.def of the agreement in force; 0: none */
    bool reported; /* a danger was passed on */
    bool informed; /* of their rights */
    enum mu_case_state passed_from; /* what it was before it was passed on */
    struct mu_date accepted_on;     /* INTAKE */
    struct mu_date begun_on;        /* INTAKE, or the last REOPENED: from which the time counts */
    struct mu_date first_limit_on;  /* as the book gave it, */
    struct mu_date limit_on;        /* and with more time */
    struct mu_date agreed_on;
    struct mu_date ended_on; /* agreed, failed, withdrawn, or closed as it was passed on */
    struct mu_date closed_on;
    struct mu_date visit_on;   /* of the next visit; unknown: none is due */
    struct mu_date confirm_by; /* until when both may ask the court; unknown: no more, or not */
    struct mu_money promised, paid;
};

void mu_case_clear(struct mu_case *mediated);

/* Masks the parties' telephones and ID numbers, as they stand and in all steps. */
void mu_case_mask(struct mu_case *mediated);
/* What was left empty or masked of a party's telephone and ID number becomes what the case says of
 * that party. */
void mu_case_unmask(const struct mu_case *mediated, int number, struct mu_case_party *party);

/* Appends a stored step and works out what it changes. The case takes over what the step owns (then
 * *step is empty), unless it fails. MU_STORE when the step does not fit into the case (its number,
 * what it names, what it may follow), MU_MEMORY. */
enum mu_status mu_case_take(struct mu_case *mediated, struct mu_case_step *step,
                            struct mu_error *error) MU_CHECKED;

/* May such a step follow, whatever it says? For the next steps that a screen offers: *why, unless
 * NULL, gets the reason why not, a whole sentence "what: why: what to do"; 0 when it may. */
bool mu_case_may(const struct mu_case *mediated, enum mu_case_step_kind kind, enum mu_message *why);

/* The steps that are most likely next, at most `limit` into `out`, the likeliest first; all pass
 * mu_case_may. Returns how many. */
size_t mu_case_next(const struct mu_case *mediated, enum mu_case_step_kind *out, size_t limit);

/* Is this new step good? Everything that the way of a case, the law and common sense ask for: that
 * it may follow; its required fields and text; its day (not to come, not before the case, for an
 * agreement not unknown); a party's side and name, and that nobody stands on both sides; consent
 * of both sides to more time, and no more than the book's extension; promises with a day; the
 * parties told of their ways when mediation fails (section 26); a follow-up before an agreed case
 * is closed, or a reason.
 *   field  may be NULL; gets the key of the field at fault ("date", "text" and "about" beside those
 *          of the record), static, or NULL
 * MU_INPUT (the step itself), MU_REFUSED (it may not follow). */
enum mu_status mu_case_check(const struct mu_case *mediated, const struct mu_case_step *step,
                             const struct mu_rules *rules, struct mu_date today, const char **field,
                             struct mu_error *error) MU_CHECKED;

/* Fills in what the book decides about a new step: step->due (the case's limit for INTAKE and
 * REOPENED, the last day for the court for AGREED) and the day of the first visit of AGREED when it
 * is unknown; and the weight of an intake that has none is plain. */
void mu_case_work_out(struct mu_case_step *step, const struct mu_rules *rules);

/* "王秀英、张金凤 楼上漏水": the first party of each side and the subject; `out` has
 * MU_CASE_LABEL_SIZE bytes. */
void mu_case_label(const struct mu_case *mediated, char *out);

/* The number of a case as the book writes it; `out` has MU_CASE_NUMBER_SIZE bytes. */
void mu_case_number(const struct mu_rules *rules, int year, int serial, char *out);

/* ---- what is due ---- */

enum mu_case_due_kind {
    MU_CASE_DUE_REPORT = 1, /* a danger was not passed on yet: at once */
    MU_CASE_DUE_MEDIATOR,   /* nobody mediates it: at once */
    MU_CASE_DUE_LIMIT,      /* the case's time */
    MU_CASE_DUE_CONFIRM,    /* the last day for both to ask the court */
    MU_CASE_DUE_PROMISE,    /* of a promise */
    MU_CASE_DUE_VISIT,
    MU_CASE_DUE_CARE, /* a care visit that the grade of risk asks for */
    MU_CASE_DUE_KINDS
};

struct mu_case_due {
    enum mu_case_due_kind kind;
    int number; /* of the promise, or 0 */
    struct mu_date due_on;
};

enum { MU_CASE_DUES = MU_CASE_PROMISES + 8 };

const char *mu_case_due_word(enum mu_case_due_kind kind);
enum mu_message mu_case_due_name(enum mu_case_due_kind kind);
bool mu_case_due_from_word(const char *word, enum mu_case_due_kind *out);

/* Everything that is still to be done by a day, the earliest first, late or not; into `out` of
 * MU_CASE_DUES. Without MU_CASE_DUE_CARE, which the grade decides (mu_case_grade). */
size_t mu_case_dues(const struct mu_case *mediated, struct mu_case_due *out);

/* The care visit that the grade (NULL: none) asks for: its days are counted from the end of the
 * mediation, or while it is going on from its beginning; a visit since then does it. False when
 * none is due. */
bool mu_case_care_due(const struct mu_case *mediated, const struct mu_case_grade *grade,
                      struct mu_case_due *out);

/* False for what cannot be done any more after its day: to ask the court. */
bool mu_case_due_stands(const struct mu_case_due *due, struct mu_date today);

/* The counting, for a person: "10月23日受理，期限11月23日，已过2天". `out` has `size` bytes. */
void mu_case_due_text(const struct mu_case *mediated, const struct mu_case_due *due,
                      struct mu_date today, enum mu_language language, char *out, size_t size);

/* The last day of a stretch of time that begins on `from` (which does not count): a month later is
 * the same day of the month or its last one; working days by domain/calendar.h. */
struct mu_date mu_span_end(struct mu_span span, struct mu_date from);
bool mu_span_known(struct mu_span span);

/* The grade of risk that the book gives, or NULL.
 *   repeats  earlier cases of the same people or at the same address */
const struct mu_case_grade *mu_case_grade(const struct mu_case *mediated,
                                          const struct mu_rules *rules, int repeats);

#endif
