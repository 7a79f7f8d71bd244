/* Mediation counted: what became of the cases that were accepted in a stretch of time, as the
 * records stand now. Every case counts once, in the month in which it was accepted, and one that
 * was entered by mistake nowhere. Only from columns that anybody with the right may see: no case is
 * opened. */
#ifndef MULIN_DESK_CASE_COUNT_H
#define MULIN_DESK_CASE_COUNT_H

#include <mulin/base/money.h>
#include <mulin/desk/desk.h>
#include <mulin/domain/case.h>

enum mu_case_count_by {
    MU_CASES_BY_MONTH,
    MU_CASES_BY_DISPUTE,
    MU_CASES_BY_LEVEL,
    MU_CASES_BY_SOURCE,
    MU_CASES_BY_OUTCOME,
    MU_CASES_BY_DAYS,
    MU_CASES_BY_MEDIATOR,
    MU_CASES_BY_COUNT
};

/* How long mediation took, from acceptance to its end. */
enum mu_case_days {
    MU_CASE_DAYS_WEEK = 1,  /* 7 days at most */
    MU_CASE_DAYS_FORTNIGHT, /* 15 days */
    MU_CASE_DAYS_MONTH,     /* 30 days */
    MU_CASE_DAYS_LONGER,
    MU_CASE_DAYS_NOT_OVER
};

struct mu_case_figures {
    int64_t accepted; /* the sum of `outcome` */
    int64_t outcome[MU_CASE_OUTCOMES];
    int64_t major;         /* data/codes/case_weight.def */
    int64_t visited, kept; /* agreements that a visit judged when they were due; wholly kept */
    struct mu_money promised, paid;
    int64_t timed;           /* cases whose mediation is over: settled, failed, withdrawn */
    int64_t median, longest; /* days from acceptance to that; of two in the middle the shorter */
};

struct mu_case_count_row {
    int64_t id; /* 202611, the code, enum mu_case_outcome or mu_case_days, the mediator; 0: none */
    char name[MU_PERSON_NAME_SIZE]; /* of the mediator, else "" */
    struct mu_case_figures figures;
};

struct mu_case_count {
    struct mu_date from, to;
    enum mu_case_count_by by;
    struct mu_case_figures all; /* each case once, also where several rows have it (mediators) */
    struct mu_case_count_row *row;
    size_t count, room;
};

/* Counts the cases accepted from `from` to `to`, both included, in one state of the records. Rows
 * come in the order of months, levels, outcomes and days, else with the most cases first. Of
 * mediators those count who are at work in a case; one of several has its whole case in each row.
 *   out  owned (mu_case_count_free); untouched on failure
 * MU_INPUT (a day is unknown, or `to` before `from`), MU_REFUSED (the right count_cases), MU_STORE,
 * MU_MEMORY. */
enum mu_status mu_count_cases(struct mu_desk *desk, struct mu_date from, struct mu_date to,
                              enum mu_case_count_by by, struct mu_case_count **out,
                              struct mu_error *error) MU_CHECKED;
void mu_case_count_free(struct mu_case_count **count);

/* Hundredths of a percent, -1 when there is nothing to divide by: settled of settled, failed and
 * withdrawn; kept of visited. */
int64_t mu_case_success(const struct mu_case_figures *figures);
int64_t mu_case_kept_rate(const struct mu_case_figures *figures);

#endif
