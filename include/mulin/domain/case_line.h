/* Mediation cases in lists, and who may read which. */
#ifndef MULIN_DOMAIN_CASE_LINE_H
#define MULIN_DOMAIN_CASE_LINE_H

#include <mulin/domain/case.h>

/* What somebody may do with a case. */
enum mu_case_access {
    MU_CASE_HIDDEN, /* its number, day and state alone */
    MU_CASE_READ,   /* named by the keeper, or mediates it and may not write (the role says so) */
    MU_CASE_HANDLE  /* mediates it; or nobody in office does, it is not closed, and they are a
                     * mediator */
};

/* A line of a list. Hidden cases have number, accepted_on and state alone. */
struct mu_case_line {
    int64_t id;
    char number[MU_CASE_NUMBER_SIZE];
    enum mu_case_access access;
    enum mu_case_state state;
    enum mu_case_outcome outcome;
    int dispute, source, level, weight, danger, station, kept;
    struct mu_date accepted_on, ended_on, closed_on;
    char grade[MU_RULE_ID_SIZE];
    char label[MU_CASE_LABEL_SIZE];
    struct mu_case_due due;            /* the first one; kind 0: nothing is due */
    char mediators[MU_CASE_LINE_SIZE]; /* those at work, separated by 、 */
};

/* Hidden cases are left out where anything but `open`, `from` and `to` is asked. */
struct mu_case_filter {
    bool open;               /* without closed ones */
    bool mine;               /* those that the operator may open */
    struct mu_date from, to; /* accepted; unknown: any */
    int dispute;             /* 0: any */
    int64_t mediator_id;     /* 0: any; at work in the case */
};

/* Called for each; false stops. Borrowed; the desk must not be called. */
typedef bool mu_case_row(void *context, const struct mu_case_line *line);
/* excerpt  the words around the first place, at most MU_CASE_LINE_SIZE bytes */
typedef bool mu_case_hit_row(void *context, const struct mu_case_line *line, const char *excerpt);

/* Whom the keeper named to read a case, or all. */
struct mu_case_reader {
    int64_t id, case_id; /* 0: all cases */
    int64_t operator_id;
    char operator_name[MU_OPERATOR_NAME_SIZE], named_by[MU_OPERATOR_NAME_SIZE];
    char reason[MU_REASON_SIZE];
    struct mu_moment named_at, until_at; /* unknown date: still */
};

typedef bool mu_case_reader_row(void *context, const struct mu_case_reader *reader);

#endif
