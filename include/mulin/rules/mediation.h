/* Section `mediation` of the rule book: numbers, time limits, words and risk of the mediation log.
 * A part of <mulin/rules.h>, which is what to include. */
#ifndef MULIN_RULES_MEDIATION_H
#define MULIN_RULES_MEDIATION_H

#include <mulin/rules/points.h>

enum {
    MU_RULES_CASE_WORDS = 400,
    MU_RULES_CASE_GRADES = 8,
    MU_CASE_NUMBER_SIZE = 96, /* bytes of a case's number, NUL counted */
};

/* A stretch of time: one of the three, the others are 0. */
struct mu_span {
    int months, days, working_days;
};

/* A local word and the ministry's kind of dispute that it stands for: 遛狗: 邻里纠纷. */
struct mu_case_word {
    char word[MU_RULE_NAME_SIZE];
    int dispute; /* data/codes/dispute.def */
};

/* On which cases a grade of risk is given: all that are named have to hold. */
struct mu_grade_when {
    int danger;  /* 1: somebody threatened violence */
    int repeats; /* earlier cases of the same people or at the same address, at least; 0: any */
    int failed;  /* 1: mediation failed, was refused, or its agreement is not kept */
    int weight;  /* data/codes/case_weight.def, at least; 0: any */
};

struct mu_case_grade {
    char id[MU_RULE_ID_SIZE];
    char name[MU_RULE_NAME_SIZE]; /* 红色 */
    struct mu_grade_when when;
    int visit; /* days within which a care visit is asked for; 0: none is */
};

struct mu_mediation_rules {
    /* {year} and {serial} stand for themselves: "({year})井调字第{serial}号"; the default is
     * "({year})调字第{serial}号". */
    char number[MU_CASE_NUMBER_SIZE];
    struct mu_span limit;       /* of a case, from its acceptance; default a month */
    struct mu_span extension;   /* with both sides' consent, at most; default a month */
    struct mu_span confirm;     /* for both to ask the court; default 30 days (section 33 of the
                                 * People's Mediation Law) */
    struct mu_span visit;       /* until the first visit after an agreement; default 15 days */
    int repeat_months;          /* in which earlier cases count as repeated; default 12 */
    struct mu_case_word *words; /* owned by the book */
    size_t word_count;
    struct mu_case_grade *grades; /* owned by the book; the first that fits is given */
    size_t grade_count;
};

struct mu_rules;
/* The dispute that a local word stands for (whole, without blanks around it): the book's own words
 * before those of data/codes/dispute.def; 0 when neither knows it. */
int mu_rules_dispute(const struct mu_rules *rules, const char *word);

#endif
