/* The rule book: YAML in, typed rules out, with every fault of the book reported at once.
 * A book has the sections `centre`, `canteen`, `points` where service earns points, `mediation` for
 * the mediation log and, when the usual ages and reviews do not fit, `register`; man/mulin-rules.5
 * describes each key. */
#ifndef MULIN_RULES_H
#define MULIN_RULES_H

#include <mulin/base/date.h>
#include <mulin/base/error.h>
#include <mulin/base/id_number.h>
#include <mulin/base/money.h>
#include <mulin/rules/mediation.h>
#include <mulin/rules/points.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

enum {
    MU_RULES_LIMIT = 65536, /* bytes of a book */
    MU_RULES_DEPTH = 16,    /* levels of nesting */
    MU_RULE_AGE_OPEN = 200, /* age_to of a condition that sets no upper age */
    MU_RULES_SESSIONS = 24, /* sessions of a canteen at most */
    MU_RULES_TIERS = 64,    /* tiers of a canteen at most */
    MU_RULES_DAYS = 100,    /* closed days, or prices by date of a session, at most */
    MU_RULES_REVIEWS = 32,  /* tags that are reviewed, at most */
    MU_TIER_PAYERS = 4,     /* that share what a diner does not pay, at most */
    MU_TIER_MEALS = 5,      /* reduced meals that a tier may tell apart on one day, at most */
    MU_ABSENT_MEALS = 30,   /* that may be missed before somebody is missed, at most */
    MU_REGULAR_OF = 60,     /* meals among which a regular eater is told, at most */
};

/* Who pays a part of a meal. `self` is the diner. */
enum mu_payer {
    MU_PAYER_SELF,
    MU_PAYER_SUBSIDY,
    MU_PAYER_WORKSHOP,
    MU_PAYER_CHARITY,
    MU_PAYER_FUND,
    MU_PAYER_COUNT
};

/* The word of a payer in books, JSON and the ledger ("subsidy"). Static. */
const char *mu_payer_word(enum mu_payer payer);
/* False, *out untouched, for a word that names nobody. */
bool mu_payer_from_word(const char *word, enum mu_payer *out);
/* The name of a payer for people: 助餐补贴. */
enum mu_message mu_payer_name(enum mu_payer payer);

enum mu_condition_kind {
    MU_WHEN_ALWAYS,
    MU_WHEN_AGE,        /* age.from <= full years <= age.to */
    MU_WHEN_TAGS,       /* has one of the words */
    MU_WHEN_OCCUPATION, /* is one of the words */
    MU_WHEN_SEX,        /* `code` of GB/T 2261.1 */
    MU_WHEN_RESIDENCE,  /* one of the words resident, migrant */
    MU_WHEN_OCCUPANCY,  /* one of 自住 租户 民宿 闲置 */
    MU_WHEN_ANY,        /* one of the children holds */
    MU_WHEN_ALL,        /* every child holds */
    MU_WHEN_NOT         /* the one child does not hold */
};

/* A condition: a tree of plain tests. Owned by its book. */
struct mu_condition {
    enum mu_condition_kind kind;
    int age_from, age_to; /* full years, both included; 0, MU_RULE_AGE_OPEN when not given */
    enum mu_sex sex;
    char **words;
    size_t word_count;
    struct mu_condition *children;
    size_t child_count;
};

enum mu_reduction_kind { MU_REDUCE_PRICE, MU_REDUCE_OFF, MU_REDUCE_SHARE };

/* What a meal costs the diner. */
struct mu_reduction {
    enum mu_reduction_kind kind;
    struct mu_money amount; /* the fixed price, or what is taken off */
    int basis_points;       /* for MU_REDUCE_SHARE: hundredths of a percent taken off */
};

/* What one payer gives to a meal: at most `amount`, or all that is left. */
struct mu_share {
    enum mu_payer payer;
    bool rest;
    struct mu_money amount; /* unless rest */
};

/* One rung of the price ladder: the first tier that matches decides. */
struct mu_tier {
    char id[MU_RULE_ID_SIZE];
    char name[MU_RULE_NAME_SIZE];
    struct mu_condition when;
    struct mu_reduction reduction;
    struct mu_reduction *then; /* of the person's second, third … reduced meal of a day */
    size_t then_count;         /* 0: limits.subsidised_per_day counts */
    struct mu_share *payers; /* of what the diner does not pay, in order; the last pays the rest */
    size_t payer_count;
    int daily_quota; /* meals a day at most; 0: no limit */
};

/* A price of its own on some days: a festival meal. */
struct mu_dated_price {
    struct mu_date from, to; /* both included; `to` not known: one day */
    struct mu_money price;
    char name[MU_RULE_NAME_SIZE]; /* 重阳节, or "" */
};

/* The days of a session: the weekdays as bits, Monday the lowest, and working days. */
enum { MU_DAYS_ALL = 0x7F, MU_DAYS_WORK = 0x80 };

struct mu_session {
    char id[MU_RULE_ID_SIZE];
    char name[MU_RULE_NAME_SIZE];
    int from, to; /* minutes since midnight; from is included, to is not */
    struct mu_money price;
    int days;                      /* on which it is served; see mu_session_day */
    struct mu_dated_price *prices; /* see mu_session_price_on */
    size_t price_count;
};

/* Days on which the canteen is closed. */
struct mu_closed_days {
    struct mu_date from, to; /* both included; `to` not known: one day */
    char reason[MU_RULE_NAME_SIZE];
};

/* Who counts the cash besides the operator. */
enum mu_second {
    MU_SECOND_SIGNS, /* another operator, with a password */
    MU_SECOND_NAMED  /* anybody, by name */
};

struct mu_closing_rules {
    int second; /* enum mu_second; default MU_SECOND_SIGNS */
};

enum { MU_TICKET_ARGUMENTS = 8 }; /* words of the command that prints tickets, at most */
enum mu_ticket_encoding { MU_TICKET_UTF8, MU_TICKET_GB18030 };

/* How a ticket is printed for each meal. */
struct mu_ticket_rules {
    char argument[MU_TICKET_ARGUMENTS][MU_RULE_NAME_SIZE]; /* of the command, itself first */
    size_t argument_count;                                 /* 0: no tickets are printed */
    int columns;                                           /* default 32 */
    int encoding;                                          /* enum mu_ticket_encoding */
    int seconds; /* after which the command is killed; default 10 */
};

/* What a book says of a payer. */
struct mu_payer_rules {
    int funded; /* 1: pays only out of its account in the fund book; 0: is billed */
};

/* When orders for a day are closed. */
struct mu_order_rules {
    int close; /* minutes since midnight; -1: the book says nothing, the session's end counts */
    int days_before; /* 0: on the day itself; default 1 */
};

/* Whom the canteen misses: a regular eater is somebody who had `regular_meals` of the `regular_of`
 * meals served in a session up to the last one that was had. */
struct mu_alert_rules {
    int absent_meals; /* missed in a row without notice; 0: nobody is missed */
    int regular_meals, regular_of;
};

/* Of what a share of the canteen's takings is reckoned. */
enum mu_takings {
    MU_SHARE_OF_REVENUE, /* the price of all meals, whoever paid */
    MU_SHARE_OF_DINERS   /* what diners paid */
};

/* What goes into the micro-fund each month. */
struct mu_fund_share {
    int percent; /* 0: the book has no rule about it */
    int of;      /* enum mu_takings */
};

struct mu_canteen {
    struct mu_fund_share fund_share;
    struct mu_order_rules orders;
    struct mu_payer_rules payers[MU_PAYER_COUNT];
    struct mu_session *sessions;
    size_t session_count;
    struct mu_tier *tiers;
    size_t tier_count;
    int subsidised_per_day; /* meals a day and person at a reduced price; default 1 */
    int void_minutes;       /* a meal may be voided for so long; default 30 */
    struct mu_closing_rules closing;
    struct mu_ticket_rules tickets;
    struct mu_alert_rules alerts;
    struct mu_closed_days *closed;
    size_t closed_count;
};

struct mu_centre {
    char name[MU_RULE_NAME_SIZE];
    char division[13]; /* GB/T 2260, 6 to 12 digits */
};

/* A tag whose grounds are looked at again every so often: 低保 every year. */
struct mu_review {
    char tag[MU_RULE_NAME_SIZE];
    int months; /* 1 to 120 */
};

/* What the register computes and watches. */
struct mu_register_rules {
    int elder_from;            /* full years from which somebody is an elder; default 60 */
    int advanced_age_from;     /* full years from which it is 高龄; default 80 */
    struct mu_review *reviews; /* NULL: the book gives none; see mu_rules_review_months */
    size_t review_count;
};

struct mu_rules {
    struct mu_centre centre;
    struct mu_canteen canteen;
    struct mu_register_rules people; /* section `register` */
    struct mu_points_rules points;
    struct mu_mediation_rules mediation;
};

/* One fault of a book, at a place a person can find. */
struct mu_rules_fault {
    int line, column;     /* from 1; column counts characters */
    char path[128];       /* canteen.tiers[2].off */
    struct mu_error what; /* what is wrong, what is allowed */
};

/* All faults of a book, in the order of the text; at most 100, `more` counts the rest. */
struct mu_rules_faults {
    struct mu_rules_fault *fault;
    size_t count, more;
};

void mu_rules_faults_clear(struct mu_rules_faults *faults);

/* "file:line:column: key path: what is wrong, what is allowed"; no key path when the fault is in
 * the text as a whole. Items of lists are numbered from 0. `out` has `size` bytes, the NUL counted.
 */
void mu_rules_fault_text(const struct mu_rules_fault *fault, const char *file,
                         enum mu_language language, char *out, size_t size);

/* Reads a book of `length` bytes. Limits: MU_RULES_LIMIT, MU_RULES_DEPTH, one document, no anchors,
 * aliases or tags, no duplicate or unknown keys; numbers in base 10 without leading zeros; times
 * quoted.
 *   faults  filled with every fault when the book is bad (MU_INPUT); clear it with
 *           mu_rules_faults_clear. May not be NULL.
 *   out     owned by the caller, untouched unless MU_OK; free with mu_rules_free.
 * MU_INPUT, MU_MEMORY. */
enum mu_status mu_rules_parse(const char *book, size_t length, struct mu_rules_faults *faults,
                              struct mu_rules **out, struct mu_error *error) MU_CHECKED;

/* Reads the file of a book, of at most MU_RULES_LIMIT + 1 bytes, so that a longer one is seen to be
 * too long. *book is owned by the caller (free), without a NUL at its end. MU_INPUT (the file),
 * MU_MEMORY. */
enum mu_status mu_rules_read(const char *path, char **book, size_t *length,
                             struct mu_error *error) MU_CHECKED;

void mu_rules_free(struct mu_rules **rules);

/* The session with this id, or NULL. */
const struct mu_session *mu_rules_session(const struct mu_rules *rules, const char *id);
/* The tier with this id, or NULL. */
const struct mu_tier *mu_rules_tier(const struct mu_rules *rules, const char *id);
/* The session that is open at `minute` of the day, or NULL. */
const struct mu_session *mu_rules_session_at(const struct mu_rules *rules, int minute);

/* After how many months a tag is to be reviewed; 0: it is not. A book without reviews has 低保
 * reviewed every 12 months. Words are compared after mu_text_fold. */
int mu_rules_review_months(const struct mu_register_rules *rules, const char *tag);

/* The name of the shipped book `index`; NULL past the last. The first is "default", the annotated
 * book that a new community starts from; then one for each community ("yunluwan"). Static. */
const char *mu_preset_name(size_t index);
/* The text of the shipped book with this name, or NULL. Static. */
const char *mu_preset_book(const char *name);

#endif
