#include "domain/earned.h"

#include <mulin/domain/calendar.h>

enum {
    MONTHS = 100, /* a month number is the year times this and the month */
    WEEK = 7,
    HOUR = 60
};

static const struct {
    const char *word;
    enum mu_message name;
    bool earns;
} kinds[MU_POINTS_KINDS] = {
    [MU_POINTS_SERVICE] = {"service", MU_SAY_points_service, true},
    [MU_POINTS_RATING] = {"rating", MU_SAY_points_rating, true},
    [MU_POINTS_OPENING] = {"opening", MU_SAY_points_opening, true},
    [MU_POINTS_GOODS] = {"goods", MU_SAY_points_goods, false},
    [MU_POINTS_RETURN] = {"return", MU_SAY_points_return, false},
    [MU_POINTS_TRANSFER] = {"transfer", MU_SAY_points_transfer, false},
    [MU_POINTS_EXPIRY] = {"expiry", MU_SAY_points_expiry, false},
    [MU_POINTS_REVERSAL] = {"reversal", MU_SAY_points_reversal, true},
};

const char *mu_points_kind_word(enum mu_points_kind kind)
{
    return kind > 0 && kind < MU_POINTS_KINDS ? kinds[kind].word : "";
}

enum mu_message mu_points_kind_name(enum mu_points_kind kind)
{
    return kinds[kind].name;
}

bool mu_points_kind_earns(enum mu_points_kind kind)
{
    return kind > 0 && kind < MU_POINTS_KINDS && kinds[kind].earns;
}

int mu_month_number(struct mu_date day)
{
    return day.year * MONTHS + day.month;
}

struct mu_date mu_month_first(int month)
{
    return (struct mu_date){month / MONTHS, month % MONTHS, 1};
}

static bool between(int from, int to, int minute)
{
    return from <= to ? from <= minute && minute < to : from <= minute || minute < to;
}

bool mu_bonus_months_hold(const struct mu_bonus_when *when, const struct mu_service_facts *facts)
{
    return !when->months || when->months & 1 << (facts->date.month - 1);
}

bool mu_bonus_days_hold(const struct mu_bonus_when *when, const struct mu_service_facts *facts)
{
    int monday_first = (mu_date_weekday(facts->date) + WEEK - 1) % WEEK;

    return !when->days || when->days & 1 << monday_first;
}

bool mu_bonus_holidays_hold(const struct mu_bonus_when *when, const struct mu_service_facts *facts)
{
    struct mu_day_kind day = mu_day_kind(facts->date);

    return !when->holidays || (day.name && !day.workday);
}

bool mu_bonus_hours_hold(const struct mu_bonus_when *when, const struct mu_service_facts *facts)
{
    return when->from < 0 ||
           (facts->starts_at >= 0 && between(when->from, when->to, facts->starts_at));
}

bool mu_bonus_holds(const struct mu_bonus *bonus, const struct mu_service_facts *facts)
{
    return mu_bonus_months_hold(&bonus->when, facts) && mu_bonus_days_hold(&bonus->when, facts) &&
           mu_bonus_holidays_hold(&bonus->when, facts) && mu_bonus_hours_hold(&bonus->when, facts);
}

struct mu_points mu_earned_round(struct mu_earned earned, int rounding)
{
    mu_wide up = rounding == MU_ROUND_UP     ? earned.divisor - 1
                 : rounding == MU_ROUND_HALF ? earned.divisor / 2
                                             : 0;

    return (struct mu_points){(int64_t)((earned.parts + up) / earned.divisor)};
}

struct mu_earned mu_service_earned(const struct mu_service_facts *facts,
                                   const struct mu_service_points *decided)
{
    const struct mu_duty *duty = facts->duty;
    struct mu_earned earned = {0, 1};

    if (decided->too_short)
        return earned;
    if (duty->per_hour)
        earned = (struct mu_earned){(mu_wide)duty->per_hour * decided->counted, HOUR};
    else
        earned.parts = (mu_wide)duty->per_time * facts->times;
    for (size_t i = 0; i < decided->bonus_count; i++) {
        earned.parts *= decided->bonus[i]->times;
        earned.divisor *= MU_RULE_TIMES;
    }
    return earned;
}

/* Cuts what is above the cap and puts it into *over. */
static void cap(int limit, int so_far, struct mu_points *points, struct mu_points *over)
{
    int64_t room = so_far < 0 ? limit : so_far < limit ? limit - so_far : 0;

    if (limit && points->count > room) {
        over->count = points->count - room;
        points->count = room;
    }
}

void mu_service_points(const struct mu_points_rules *rules, const struct mu_service_facts *facts,
                       struct mu_service_points *out)
{
    const struct mu_duty *duty = facts->duty;

    *out = (struct mu_service_points){
        .too_short = facts->minutes<duty->minimum, .too_long = facts->minutes> duty->longest};
    out->counted = out->too_long ? duty->longest : facts->minutes;
    out->base = mu_earned_round(mu_service_earned(facts, out), rules->rounding);
    if (mu_service_earned(facts, out).parts == 0)
        return;
    for (size_t i = 0; i < rules->bonus_count && out->bonus_count < MU_SERVICE_BONUSES; i++)
        if (mu_bonus_holds(&rules->bonuses[i], facts))
            out->bonus[out->bonus_count++] = &rules->bonuses[i];
    out->before_caps = mu_earned_round(mu_service_earned(facts, out), rules->rounding);
    for (size_t i = 0; i < out->bonus_count; i++)
        out->before_caps.count += out->bonus[i]->add;
    out->points = out->before_caps;
    cap(rules->cap_per_day, facts->earned_today, &out->points, &out->over_day);
    cap(rules->cap_per_month, facts->earned_this_month, &out->points, &out->over_month);
}

struct mu_points mu_rating_points(const struct mu_rating_rules *rating, int score)
{
    int nearest = score < rating->from ? rating->from : score > rating->to ? rating->to : score;

    return (struct mu_points){(int64_t)(nearest - rating->from) * rating->points};
}

int mu_stars(const struct mu_star_rules *rules, int64_t minutes, struct mu_points earned,
             int months)
{
    int64_t reached = rules->by == MU_STARS_BY_HOURS ? minutes / HOUR : earned.count;
    int stars = 0;

    if (months < rules->min_months)
        return 0;
    while ((size_t)stars < rules->count && reached >= rules->levels[stars])
        stars++;
    return stars;
}

int mu_family_index(const struct mu_points_rules *rules, struct mu_points earned)
{
    int64_t room = rules->family_top - rules->family_base;
    int64_t steps = earned.count > 0 ? earned.count / rules->family_points : 0;

    return rules->family_base + (int)(steps < room ? steps : room);
}

struct mu_points mu_points_running_out(struct mu_points earned_until, struct mu_points gone,
                                       struct mu_points balance)
{
    struct mu_points left = mu_points_subtract(earned_until, gone);

    if (left.count > balance.count)
        left = balance;
    return left.count > 0 ? left : (struct mu_points){0};
}
