/* Section `points` of the rule book: what service earns, and what becomes of it. A part of
 * <mulin/rules.h>, which is what to include. */
#ifndef MULIN_RULES_POINTS_H
#define MULIN_RULES_POINTS_H

#include <stddef.h>

enum {
    MU_RULE_ID_SIZE = 32, /* bytes of an id (a-z 0-9 -), NUL counted */
    MU_RULE_NAME_SIZE = 96,
    MU_RULES_DUTIES = 400,
    MU_RULES_BONUSES = 32,
    MU_RULES_STARS = 10,
    MU_RULES_RATINGS = 16,
    MU_RULES_AWARDS = 16,
    MU_RULE_TIMES = 100,          /* `times` of a bonus in hundredths: 150 is half as much again */
    MU_RULE_POINTS_LIMIT = 10000, /* that one number of a book may give */
};

/* Who has to confirm a service of a duty, or the month's list names it. */
enum mu_confirm { MU_CONFIRM_NONE, MU_CONFIRM_LEADER, MU_CONFIRM_RECIPIENT };

/* What is done with a fraction of a point. */
enum mu_rounding { MU_ROUND_DOWN, MU_ROUND_HALF, MU_ROUND_UP };

struct mu_duty {
    char id[MU_RULE_ID_SIZE];
    char team[MU_RULE_NAME_SIZE]; /* 小巷骑兵; "": of no team */
    char name[MU_RULE_NAME_SIZE]; /* 送餐 */
    int per_hour, per_time;       /* points; one of the two, the other is 0 */
    int minimum;                  /* minutes under which nothing is earned */
    int longest;                  /* minutes that count at most; default 720 */
    int confirm;                  /* enum mu_confirm */
};

/* On which services a bonus is given: all that are named have to hold. */
struct mu_bonus_when {
    int months;   /* bits, January the lowest; 0: all */
    int days;     /* bits, Monday the lowest; 0: all */
    int holidays; /* 1: only on days off that are a holiday (domain/calendar.h) */
    int from, to; /* minutes since midnight between which the service began; -1: any time. From
                   * behind to: over midnight */
};

struct mu_bonus {
    char id[MU_RULE_ID_SIZE];
    char name[MU_RULE_NAME_SIZE];
    struct mu_bonus_when when;
    int times; /* hundredths that the points are multiplied with; MU_RULE_TIMES: not */
    int add;   /* points that are added */
};

enum mu_stars_by { MU_STARS_BY_HOURS, MU_STARS_BY_POINTS };

struct mu_star_rules {
    int by;                     /* enum mu_stars_by */
    int levels[MU_RULES_STARS]; /* hours or points of each star, rising */
    size_t count;               /* 0: no stars */
    int min_months;             /* since somebody registered; 0: at once */
};

/* What one kind of rating gives: `points` for each step of the score, from `from` to `to`. */
struct mu_rating_rules {
    char id[MU_RULE_ID_SIZE];
    char name[MU_RULE_NAME_SIZE]; /* 线上评价 */
    int from, to;                 /* the lowest and highest score; default 1 and 5 */
    int points;                   /* for each step above the lowest */
    int per_month;                /* ratings of one person at most; 0: any number */
};

enum mu_award_by { MU_AWARD_BY_POINTS, MU_AWARD_BY_HOURS, MU_AWARD_BY_RATINGS };

/* Who is put forward for an award of the month. */
struct mu_award_rules {
    char id[MU_RULE_ID_SIZE];
    char name[MU_RULE_NAME_SIZE]; /* 活力小哥 */
    int by;                       /* enum mu_award_by */
    int least;                    /* points, hours or points of ratings */
    int places;                   /* people at most */
};

enum mu_transfer_rule { MU_TRANSFER_NONE, MU_TRANSFER_HOUSEHOLD };

struct mu_points_rules {
    struct mu_duty *duties; /* owned by the book */
    size_t duty_count;      /* 0: no service earns points here */
    struct mu_bonus *bonuses;
    size_t bonus_count;
    struct mu_rating_rules *ratings;
    size_t rating_count;
    struct mu_award_rules *awards;
    size_t award_count;
    int cap_per_day, cap_per_month; /* points a person of services and bonuses; 0: none */
    int rounding;                   /* enum mu_rounding, of each service; default down */
    int forgotten; /* minutes that somebody gets who did not check out; default 60 */
    struct mu_star_rules stars;
    int expiry_months;   /* after the month of earning; 0: points do not run out */
    int expiry_notice;   /* months before; default 1 */
    int goods_per_month; /* pieces of one kind a person at most; 0: any number */
    int transfers;       /* enum mu_transfer_rule */
    int jump;            /* a month of so many times the usual one is looked at; default 3 */
    int second;          /* enum mu_second: who approves a month; default MU_SECOND_SIGNS */
    int family_months;   /* months that make up a household's index; default 12 */
    int family_points;   /* points of one step of it; default 10 */
    int family_base;     /* where a household begins; default 60 */
    int family_top;      /* where it ends; default 100 */
};

struct mu_rules;
/* The duty with this id, or NULL. Borrowed. */
const struct mu_duty *mu_rules_duty(const struct mu_rules *rules, const char *id);
/* The rating with this id, or NULL. Borrowed. */
const struct mu_rating_rules *mu_rules_rating(const struct mu_rules *rules, const char *id);

#endif
