#include "domain/earned.h"

#include <mulin/base/text.h>
#include <mulin/domain/calendar.h>

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { SENTENCE_SIZE = 640, PART_SIZE = 256, NUMBER_SIZE = 24, MONTHS = 12, WEEK = 7 };

/* Who listens, and what is told. */
struct story {
    const struct mu_points_rules *rules;
    const struct mu_service_facts *facts;
    struct mu_service_points decided;
    enum mu_language language;
    void (*say)(void *context, const char *sentence);
    void *context;
};

static void utter(const struct story *story, enum mu_message what, const char *first,
                  const char *second, const char *third, const char *fourth)
{
    char sentence[SENTENCE_SIZE];

    mu_message_format(sentence, sizeof sentence, story->language, what, first, second, third,
                      fourth, NULL);
    story->say(story->context, sentence);
}

static const char *number(char out[NUMBER_SIZE], int64_t value)
{
    snprintf(out, NUMBER_SIZE, "%" PRId64, value);
    return out;
}

/* 150 as 1.5, 200 as 2. */
static const char *hundredths(char out[NUMBER_SIZE], int64_t value)
{
    int64_t rest = value % 100;

    if (rest == 0)
        return number(out, value / 100);
    snprintf(out, NUMBER_SIZE, rest % 10 ? "%" PRId64 ".%02" PRId64 : "%" PRId64 ".%" PRId64,
             value / 100, rest % 10 ? rest : rest / 10);
    return out;
}

/* A list that grows: "7、8"; what does not fit is cut. */
struct list {
    char text[PART_SIZE];
    enum mu_language language;
    enum mu_message between;
};

static void add(struct list *list, const char *part)
{
    size_t used = strlen(list->text);

    if (used > 0) {
        mu_text_copy(list->text + used, sizeof list->text - used,
                     mu_message_text(list->between, list->language));
        used = strlen(list->text);
    }
    mu_text_copy(list->text + used, sizeof list->text - used, part);
}

static void add_message(struct list *list, enum mu_message what, const char *first,
                        const char *second)
{
    char part[PART_SIZE];

    mu_message_format(part, sizeof part, list->language, what, first, second, NULL);
    add(list, part);
}

static void add_months(struct list *reasons, const struct mu_bonus_when *when, bool holds)
{
    struct list months = {.language = reasons->language, .between = MU_SAY_meal_comma};
    char month[NUMBER_SIZE];

    for (int i = 0; i < MONTHS; i++)
        if (when->months & 1 << i)
            add(&months, number(month, i + 1));
    add_message(reasons, holds ? MU_SAY_points_in_months : MU_SAY_points_not_in_months, months.text,
                NULL);
}

static void add_days(struct list *reasons, const struct mu_bonus_when *when, bool holds)
{
    static const enum mu_message names[WEEK] = {
        MU_SAY_tui_app_weekday_1, MU_SAY_tui_app_weekday_2, MU_SAY_tui_app_weekday_3,
        MU_SAY_tui_app_weekday_4, MU_SAY_tui_app_weekday_5, MU_SAY_tui_app_weekday_6,
        MU_SAY_tui_app_weekday_0,
    };
    struct list days = {.language = reasons->language, .between = MU_SAY_meal_comma};

    for (int i = 0; i < WEEK; i++)
        if (when->days & 1 << i)
            add(&days, mu_message_text(names[i], days.language));
    add_message(reasons, holds ? MU_SAY_points_on_days : MU_SAY_points_not_on_days, days.text,
                NULL);
}

static void add_hours(struct list *reasons, const struct mu_bonus_when *when,
                      const struct mu_service_facts *facts, bool holds)
{
    char from[MU_CLOCK_SIZE], to[MU_CLOCK_SIZE];
    enum mu_message what = holds                  ? MU_SAY_points_in_hours
                           : facts->starts_at < 0 ? MU_SAY_points_hours_not_told
                                                  : MU_SAY_points_not_in_hours;

    mu_clock_format(when->from, from);
    mu_clock_format(when->to, to);
    add_message(reasons, what, from, to);
}

/* Why a bonus holds: every part of its condition; or why not: the parts that do not hold. */
static void add_reasons(struct list *reasons, const struct mu_bonus *bonus,
                        const struct mu_service_facts *facts)
{
    const struct mu_bonus_when *when = &bonus->when;
    bool holds = mu_bonus_holds(bonus, facts);

    if (when->months && mu_bonus_months_hold(when, facts) == holds)
        add_months(reasons, when, holds);
    if (when->days && mu_bonus_days_hold(when, facts) == holds)
        add_days(reasons, when, holds);
    if (when->holidays && mu_bonus_holidays_hold(when, facts) == holds)
        add_message(reasons, holds ? MU_SAY_points_on_holiday : MU_SAY_points_not_on_holiday,
                    mu_day_kind(facts->date).name, NULL);
    if (when->from >= 0 && mu_bonus_hours_hold(when, facts) == holds)
        add_hours(reasons, when, facts, holds);
}

static bool given(const struct mu_service_points *decided, const struct mu_bonus *bonus)
{
    for (size_t i = 0; i < decided->bonus_count; i++)
        if (decided->bonus[i] == bonus)
            return true;
    return false;
}

static void say_bonus(const struct story *story, const struct mu_bonus *bonus)
{
    struct list reasons = {.language = story->language, .between = MU_SAY_meal_and};
    struct list gains = {.language = story->language, .between = MU_SAY_meal_comma};
    char value[NUMBER_SIZE];

    add_reasons(&reasons, bonus, story->facts);
    if (!mu_bonus_holds(bonus, story->facts)) {
        utter(story, MU_SAY_points_bonus_not, bonus->name, bonus->id, reasons.text, NULL);
        return;
    }
    if (!given(&story->decided, bonus)) {
        utter(story, MU_SAY_points_bonus_full, bonus->name, bonus->id,
              number(value, MU_SERVICE_BONUSES), NULL);
        return;
    }
    if (bonus->times != MU_RULE_TIMES)
        add_message(&gains, MU_SAY_points_bonus_times, hundredths(value, bonus->times), NULL);
    if (bonus->add)
        add_message(&gains, MU_SAY_points_bonus_add, number(value, bonus->add), NULL);
    utter(story, MU_SAY_points_bonus_holds, bonus->name, bonus->id, reasons.text, gains.text);
}

/* What the duty gives; false when there is nothing that more could come to. */
static bool say_duty(const struct story *story)
{
    const struct mu_service_facts *facts = story->facts;
    const struct mu_duty *duty = facts->duty;
    char gives[NUMBER_SIZE], how_much[NUMBER_SIZE], limit[NUMBER_SIZE];

    if (duty->per_hour)
        utter(story, MU_SAY_points_by_hour, duty->name, duty->id, number(gives, duty->per_hour),
              number(how_much, facts->minutes));
    else
        utter(story, MU_SAY_points_by_time, duty->name, duty->id, number(gives, duty->per_time),
              number(how_much, facts->times));
    number(how_much, facts->minutes);
    if (story->decided.too_short)
        utter(story, MU_SAY_points_too_short, how_much, number(limit, duty->minimum), NULL, NULL);
    else if (story->decided.too_long)
        utter(story, MU_SAY_points_too_long, how_much, number(limit, duty->longest), NULL, NULL);
    return mu_service_earned(facts, &story->decided).parts > 0;
}

static void say_rounding(const struct story *story)
{
    static const enum mu_message roundings[] = {[MU_ROUND_DOWN] = MU_SAY_points_rounded_down,
                                                [MU_ROUND_HALF] = MU_SAY_points_rounded_half,
                                                [MU_ROUND_UP] = MU_SAY_points_rounded_up};
    struct mu_earned earned = mu_service_earned(story->facts, &story->decided);
    struct mu_points rounded = mu_earned_round(earned, story->rules->rounding);
    char before[NUMBER_SIZE], after[NUMBER_SIZE];

    if (earned.parts % earned.divisor == 0) {
        utter(story, MU_SAY_points_subtotal, number(after, rounded.count), NULL, NULL, NULL);
        return;
    }
    snprintf(before, sizeof before, "%" PRId64 ".%02d", (int64_t)(earned.parts / earned.divisor),
             (int)(earned.parts % earned.divisor * 100 / earned.divisor));
    utter(story, roundings[story->rules->rounding], before, number(after, rounded.count), NULL,
          NULL);
}

static void say_added(const struct story *story)
{
    char added[NUMBER_SIZE], sum[NUMBER_SIZE];
    int64_t add = 0;

    for (size_t i = 0; i < story->decided.bonus_count; i++)
        add += story->decided.bonus[i]->add;
    if (add)
        utter(story, MU_SAY_points_added, number(added, add),
              number(sum, story->decided.before_caps.count), NULL, NULL);
}

static void say_cap(const struct story *story, int limit, int so_far, struct mu_points over,
                    enum mu_message kept, enum mu_message cut)
{
    char most[NUMBER_SIZE], before[NUMBER_SIZE], less[NUMBER_SIZE];

    if (limit)
        utter(story, over.count ? cut : kept, number(most, limit), number(before, so_far),
              number(less, over.count), NULL);
}

void mu_service_explain(const struct mu_points_rules *rules, const struct mu_service_facts *facts,
                        enum mu_language language, void (*say)(void *context, const char *sentence),
                        void *context)
{
    struct story story = {
        .rules = rules, .facts = facts, .language = language, .say = say, .context = context};
    const struct mu_service_points *decided = &story.decided;
    char sum[NUMBER_SIZE];

    mu_service_points(rules, facts, &story.decided);
    if (say_duty(&story)) {
        for (size_t i = 0; i < rules->bonus_count; i++)
            say_bonus(&story, &rules->bonuses[i]);
        say_rounding(&story);
        say_added(&story);
        say_cap(&story, rules->cap_per_day, facts->earned_today, decided->over_day,
                MU_SAY_points_day_cap, MU_SAY_points_day_cap_cut);
        say_cap(&story, rules->cap_per_month, facts->earned_this_month, decided->over_month,
                MU_SAY_points_month_cap, MU_SAY_points_month_cap_cut);
    }
    utter(&story, MU_SAY_points_sum, number(sum, decided->points.count), NULL, NULL, NULL);
}
