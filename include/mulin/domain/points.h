/* What a service earns and what becomes of points: pure decisions from the book. */
#ifndef MULIN_DOMAIN_POINTS_H
#define MULIN_DOMAIN_POINTS_H

#include <mulin/base/points.h>
#include <mulin/rules.h>

#include <stdbool.h>
#include <stddef.h>

/* Why points came or went. The numbers stand in records: new ones are appended. */
enum mu_points_kind {
    MU_POINTS_SERVICE = 1,
    MU_POINTS_RATING,
    MU_POINTS_OPENING,  /* brought over from the books of before */
    MU_POINTS_GOODS,    /* given for goods */
    MU_POINTS_RETURN,   /* back for goods that were brought back */
    MU_POINTS_TRANSFER, /* to or from somebody of the household */
    MU_POINTS_EXPIRY,
    MU_POINTS_REVERSAL, /* of a service, rating or opening that was a mistake */
    MU_POINTS_KINDS
};

/* "service", "rating", "opening" …: the word for programs, and the account on the other side of
 * the entry. Static. */
const char *mu_points_kind_word(enum mu_points_kind kind);
/* What people call it: 服务. */
enum mu_message mu_points_kind_name(enum mu_points_kind kind);
/* Does it count as earned (or, for a reversal, earned back)? Else it is spent or expired. */
bool mu_points_kind_earns(enum mu_points_kind kind);

/* 202611 of a day in November 2026. */
int mu_month_number(struct mu_date day);
/* The first day of it. */
struct mu_date mu_month_first(int month);

/* What the rules may know about one service. */
struct mu_service_facts {
    const struct mu_duty *duty; /* borrowed */
    struct mu_date date;
    int starts_at; /* minutes since midnight, -1: not told */
    int minutes;   /* worked */
    int times;     /* how often, for duties that are paid by the time; at least 1 */
    int earned_today, earned_this_month; /* points of services and their bonuses so far; corrections
                                          * counted in */
};

enum { MU_SERVICE_BONUSES = 8 }; /* that one service gets at most */

/* How the points of a service came about. */
struct mu_service_points {
    struct mu_points points; /* that it earns */
    int counted;             /* minutes that count: at most what the duty allows */
    bool too_short;          /* under the duty's minimum: nothing is earned */
    bool too_long;           /* cut to the longest */
    struct mu_points base;   /* without bonuses and caps, rounded by the rule */
    struct mu_points before_caps;
    const struct mu_bonus *bonus[MU_SERVICE_BONUSES]; /* borrowed from the book */
    size_t bonus_count;
    struct mu_points over_day, over_month; /* cut off by the caps */
};

/* Decides what one service earns: per_hour × minutes / 60 or per_time × times, times every bonus
 * that holds one after another, then rounded once by the rule, then what bonuses add, then the
 * caps; never below nothing. */
void mu_service_points(const struct mu_points_rules *rules, const struct mu_service_facts *facts,
                       struct mu_service_points *out);

/* True when the bonus holds for the service. */
bool mu_bonus_holds(const struct mu_bonus *bonus, const struct mu_service_facts *facts);

/* Says in words how mu_service_points decided, a sentence for each step in its order: what the duty
 * gives, minimum and longest, each bonus of the book with why it holds or not, rounding, caps, the
 * sum. */
void mu_service_explain(const struct mu_points_rules *rules, const struct mu_service_facts *facts,
                        enum mu_language language, void (*say)(void *context, const char *sentence),
                        void *context);

/* What a rating of this score earns; a score outside the range counts as its nearest end. */
struct mu_points mu_rating_points(const struct mu_rating_rules *rating, int score);

/* Stars of somebody with so many minutes of service and points earned in all, who registered so
 * many whole months ago. 0 without stars in the book. */
int mu_stars(const struct mu_star_rules *rules, int64_t minutes, struct mu_points earned,
             int months);

/* A household's 家风指数: the base and one step for each so many points that its people earned in
 * the months that count, at most the top. */
int mu_family_index(const struct mu_points_rules *rules, struct mu_points earned);

/* What runs out when points are spent in the order in which they were earned.
 *   earned_until  earned up to the end of the month whose points run out now
 *   gone          spent or run out so far, over all time
 *   balance       that stands now; no more than that runs out */
struct mu_points mu_points_running_out(struct mu_points earned_until, struct mu_points gone,
                                       struct mu_points balance);

#endif
