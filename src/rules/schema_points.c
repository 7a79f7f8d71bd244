/* The section `points` of a book. */
#include "rules/schema.h"

#include "rules/check.h"

#include <stddef.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

enum {
    DAY = 24 * 60,
    MONTHS = 120,
    ONE_PERSON_A_MONTH = 100000, /* points, pieces */
    HOURS_OR_POINTS = 10000000,
    TIMES_LIMIT = 10 * MU_RULE_TIMES
};

static const struct mu_schema_word confirms[] = {{"none", MU_CONFIRM_NONE},
                                                 {"leader", MU_CONFIRM_LEADER},
                                                 {"recipient", MU_CONFIRM_RECIPIENT},
                                                 {NULL, 0}};

static const struct mu_schema_key duty_keys[] = {
    {.name = "id",
     .kind = MU_VALUE_ID,
     .required = true,
     .offset = offsetof(struct mu_duty, id),
     .example = "meal-delivery"},
    {.name = "team",
     .kind = MU_VALUE_TEXT,
     .offset = offsetof(struct mu_duty, team),
     .example = "小巷骑兵"},
    {.name = "name",
     .kind = MU_VALUE_TEXT,
     .required = true,
     .offset = offsetof(struct mu_duty, name),
     .example = "送餐"},
    {.name = "per_hour",
     .kind = MU_VALUE_INTEGER,
     .offset = offsetof(struct mu_duty, per_hour),
     .minimum = 1,
     .maximum = MU_RULE_POINTS_LIMIT,
     .example = "10"},
    {.name = "per_time",
     .kind = MU_VALUE_INTEGER,
     .offset = offsetof(struct mu_duty, per_time),
     .minimum = 1,
     .maximum = MU_RULE_POINTS_LIMIT,
     .example = "5"},
    {.name = "minimum",
     .kind = MU_VALUE_INTEGER,
     .offset = offsetof(struct mu_duty, minimum),
     .maximum = DAY,
     .example = "30"},
    {.name = "longest",
     .kind = MU_VALUE_INTEGER,
     .offset = offsetof(struct mu_duty, longest),
     .minimum = 1,
     .maximum = DAY,
     .fallback = DAY / 2,
     .example = "240"},
    {.name = "confirm",
     .kind = MU_VALUE_WORD,
     .offset = offsetof(struct mu_duty, confirm),
     .words = confirms,
     .example = "recipient"},
};

static const struct mu_schema duty = {.name = "points.duties",
                                      .key = duty_keys,
                                      .count = COUNT(duty_keys),
                                      .size = sizeof(struct mu_duty),
                                      .check = mu_check_duty};

static const struct mu_schema_key cap_keys[] = {
    {.name = "per_day",
     .kind = MU_VALUE_INTEGER,
     .offset = offsetof(struct mu_points_rules, cap_per_day),
     .minimum = 1,
     .maximum = ONE_PERSON_A_MONTH,
     .example = "40"},
    {.name = "per_month",
     .kind = MU_VALUE_INTEGER,
     .offset = offsetof(struct mu_points_rules, cap_per_month),
     .minimum = 1,
     .maximum = ONE_PERSON_A_MONTH,
     .example = "400"},
};

static const struct mu_schema caps = {
    .name = "points.caps", .key = cap_keys, .count = COUNT(cap_keys), .check = mu_check_caps};

static const struct mu_schema_word months[] = {
    {"1", 1 << 0},   {"2", 1 << 1},   {"3", 1 << 2}, {"4", 1 << 3}, {"5", 1 << 4},
    {"6", 1 << 5},   {"7", 1 << 6},   {"8", 1 << 7}, {"9", 1 << 8}, {"10", 1 << 9},
    {"11", 1 << 10}, {"12", 1 << 11}, {NULL, 0},
};

static const struct mu_schema_word weekdays[] = {
    {"mon", 1 << 0}, {"tue", 1 << 1}, {"wed", 1 << 2}, {"thu", 1 << 3},
    {"fri", 1 << 4}, {"sat", 1 << 5}, {"sun", 1 << 6}, {NULL, 0},
};

static const struct mu_schema_word answers[] = {{"true", 1}, {"false", 0}, {NULL, 0}};

static const struct mu_schema_key when_keys[] = {
    {.name = "months",
     .kind = MU_VALUE_FLAGS,
     .offset = offsetof(struct mu_bonus_when, months),
     .maximum = 12,
     .words = months,
     .example = "[7, 8]"},
    {.name = "days",
     .kind = MU_VALUE_FLAGS,
     .offset = offsetof(struct mu_bonus_when, days),
     .maximum = 7,
     .words = weekdays,
     .example = "[sat, sun]"},
    {.name = "holidays",
     .kind = MU_VALUE_WORD,
     .offset = offsetof(struct mu_bonus_when, holidays),
     .words = answers,
     .example = "true"},
    {.name = "from",
     .kind = MU_VALUE_CLOCK,
     .offset = offsetof(struct mu_bonus_when, from),
     .fallback = -1,
     .example = "\"20:00\""},
    {.name = "to",
     .kind = MU_VALUE_CLOCK,
     .offset = offsetof(struct mu_bonus_when, to),
     .fallback = -1,
     .example = "\"06:00\""},
};

static const struct mu_schema when = {.name = "points.bonuses.when",
                                      .key = when_keys,
                                      .count = COUNT(when_keys),
                                      .check = mu_check_bonus_when};

static const struct mu_schema_key bonus_keys[] = {
    {.name = "id",
     .kind = MU_VALUE_ID,
     .required = true,
     .offset = offsetof(struct mu_bonus, id),
     .example = "heat"},
    {.name = "name",
     .kind = MU_VALUE_TEXT,
     .required = true,
     .offset = offsetof(struct mu_bonus, name),
     .example = "高温"},
    {.name = "when",
     .kind = MU_VALUE_MAPPING,
     .required = true,
     .offset = offsetof(struct mu_bonus, when),
     .mapping = &when,
     .example = "{months: [7, 8]}"},
    {.name = "times",
     .kind = MU_VALUE_FACTOR,
     .offset = offsetof(struct mu_bonus, times),
     .minimum = MU_RULE_TIMES,
     .maximum = TIMES_LIMIT,
     .fallback = MU_RULE_TIMES,
     .example = "1.5"},
    {.name = "add",
     .kind = MU_VALUE_INTEGER,
     .offset = offsetof(struct mu_bonus, add),
     .minimum = 1,
     .maximum = MU_RULE_POINTS_LIMIT,
     .example = "5"},
};

static const struct mu_schema bonus = {.name = "points.bonuses",
                                       .key = bonus_keys,
                                       .count = COUNT(bonus_keys),
                                       .size = sizeof(struct mu_bonus),
                                       .check = mu_check_bonus};

static const struct mu_schema_word stars_by[] = {
    {"hours", MU_STARS_BY_HOURS}, {"points", MU_STARS_BY_POINTS}, {NULL, 0}};

static const struct mu_schema_key star_keys[] = {
    {.name = "by",
     .kind = MU_VALUE_WORD,
     .offset = offsetof(struct mu_star_rules, by),
     .words = stars_by,
     .example = "hours"},
    {.name = "levels",
     .kind = MU_VALUE_INTEGERS,
     .required = true,
     .offset = offsetof(struct mu_star_rules, levels),
     .count_offset = offsetof(struct mu_star_rules, count),
     .minimum = 1,
     .maximum = HOURS_OR_POINTS,
     .items = MU_RULES_STARS,
     .example = "[100, 300, 600, 1000, 1500]"},
    {.name = "min_months",
     .kind = MU_VALUE_INTEGER,
     .offset = offsetof(struct mu_star_rules, min_months),
     .maximum = MONTHS,
     .example = "6"},
};

static const struct mu_schema stars = {
    .name = "points.stars", .key = star_keys, .count = COUNT(star_keys), .check = mu_check_stars};

static const struct mu_schema_key expiry_keys[] = {
    {.name = "months",
     .kind = MU_VALUE_INTEGER,
     .required = true,
     .offset = offsetof(struct mu_points_rules, expiry_months),
     .minimum = 1,
     .maximum = MONTHS,
     .example = "24"},
    {.name = "notice",
     .kind = MU_VALUE_INTEGER,
     .offset = offsetof(struct mu_points_rules, expiry_notice),
     .minimum = 1,
     .maximum = 12,
     .fallback = 1,
     .example = "1"},
};

static const struct mu_schema expiry = {.name = "points.expiry",
                                        .key = expiry_keys,
                                        .count = COUNT(expiry_keys),
                                        .check = mu_check_expiry};

static const struct mu_schema_key goods_keys[] = {
    {.name = "per_month_limit",
     .kind = MU_VALUE_INTEGER,
     .offset = offsetof(struct mu_points_rules, goods_per_month),
     .minimum = 1,
     .maximum = ONE_PERSON_A_MONTH,
     .example = "3"},
};

static const struct mu_schema goods = {
    .name = "points.goods", .key = goods_keys, .count = COUNT(goods_keys)};

static const struct mu_schema_key rating_keys[] = {
    {.name = "id",
     .kind = MU_VALUE_ID,
     .required = true,
     .offset = offsetof(struct mu_rating_rules, id),
     .example = "online"},
    {.name = "name",
     .kind = MU_VALUE_TEXT,
     .required = true,
     .offset = offsetof(struct mu_rating_rules, name),
     .example = "线上评价"},
    {.name = "from",
     .kind = MU_VALUE_INTEGER,
     .offset = offsetof(struct mu_rating_rules, from),
     .maximum = 100,
     .fallback = 1,
     .example = "1"},
    {.name = "to",
     .kind = MU_VALUE_INTEGER,
     .offset = offsetof(struct mu_rating_rules, to),
     .maximum = 100,
     .fallback = 5,
     .example = "5"},
    {.name = "points",
     .kind = MU_VALUE_INTEGER,
     .required = true,
     .offset = offsetof(struct mu_rating_rules, points),
     .minimum = 1,
     .maximum = MU_RULE_POINTS_LIMIT,
     .example = "1"},
    {.name = "per_month",
     .kind = MU_VALUE_INTEGER,
     .offset = offsetof(struct mu_rating_rules, per_month),
     .minimum = 1,
     .maximum = 1000,
     .example = "10"},
};

static const struct mu_schema rating = {.name = "points.ratings",
                                        .key = rating_keys,
                                        .count = COUNT(rating_keys),
                                        .size = sizeof(struct mu_rating_rules),
                                        .check = mu_check_rating};

static const struct mu_schema_word awards_by[] = {{"points", MU_AWARD_BY_POINTS},
                                                  {"hours", MU_AWARD_BY_HOURS},
                                                  {"ratings", MU_AWARD_BY_RATINGS},
                                                  {NULL, 0}};

static const struct mu_schema_key award_keys[] = {
    {.name = "id",
     .kind = MU_VALUE_ID,
     .required = true,
     .offset = offsetof(struct mu_award_rules, id),
     .example = "lively"},
    {.name = "name",
     .kind = MU_VALUE_TEXT,
     .required = true,
     .offset = offsetof(struct mu_award_rules, name),
     .example = "活力小哥"},
    {.name = "by",
     .kind = MU_VALUE_WORD,
     .required = true,
     .offset = offsetof(struct mu_award_rules, by),
     .words = awards_by,
     .example = "ratings"},
    {.name = "least",
     .kind = MU_VALUE_INTEGER,
     .offset = offsetof(struct mu_award_rules, least),
     .minimum = 1,
     .maximum = ONE_PERSON_A_MONTH,
     .fallback = 1,
     .example = "20"},
    {.name = "places",
     .kind = MU_VALUE_INTEGER,
     .required = true,
     .offset = offsetof(struct mu_award_rules, places),
     .minimum = 1,
     .maximum = 1000,
     .example = "3"},
};

static const struct mu_schema award = {.name = "points.awards",
                                       .key = award_keys,
                                       .count = COUNT(award_keys),
                                       .size = sizeof(struct mu_award_rules)};

static const struct mu_schema_word roundings[] = {
    {"down", MU_ROUND_DOWN}, {"half", MU_ROUND_HALF}, {"up", MU_ROUND_UP}, {NULL, 0}};

static const struct mu_schema_word transfers[] = {
    {"none", MU_TRANSFER_NONE}, {"household", MU_TRANSFER_HOUSEHOLD}, {NULL, 0}};

static const struct mu_schema_word seconds[] = {
    {"sign", MU_SECOND_SIGNS}, {"name", MU_SECOND_NAMED}, {NULL, 0}};

static const struct mu_schema_key tally_keys[] = {
    {.name = "second",
     .kind = MU_VALUE_WORD,
     .offset = offsetof(struct mu_points_rules, second),
     .words = seconds,
     .example = "sign"},
    {.name = "jump",
     .kind = MU_VALUE_INTEGER,
     .offset = offsetof(struct mu_points_rules, jump),
     .minimum = 2,
     .maximum = 100,
     .fallback = 3,
     .example = "3"},
};

static const struct mu_schema tally = {
    .name = "points.tally", .key = tally_keys, .count = COUNT(tally_keys)};

static const struct mu_schema_key family_keys[] = {
    {.name = "months",
     .kind = MU_VALUE_INTEGER,
     .offset = offsetof(struct mu_points_rules, family_months),
     .minimum = 1,
     .maximum = MONTHS,
     .fallback = 12,
     .example = "12"},
    {.name = "points",
     .kind = MU_VALUE_INTEGER,
     .offset = offsetof(struct mu_points_rules, family_points),
     .minimum = 1,
     .maximum = MU_RULE_POINTS_LIMIT,
     .fallback = 10,
     .example = "10"},
    {.name = "base",
     .kind = MU_VALUE_INTEGER,
     .offset = offsetof(struct mu_points_rules, family_base),
     .maximum = 1000,
     .fallback = 60,
     .example = "60"},
    {.name = "top",
     .kind = MU_VALUE_INTEGER,
     .offset = offsetof(struct mu_points_rules, family_top),
     .minimum = 1,
     .maximum = 1000,
     .fallback = 100,
     .example = "100"},
};

static const struct mu_schema family = {.name = "points.family",
                                        .key = family_keys,
                                        .count = COUNT(family_keys),
                                        .check = mu_check_family};

static const struct mu_schema_key points_keys[] = {
    {.name = "duties",
     .kind = MU_VALUE_LIST,
     .required = true,
     .offset = offsetof(struct mu_points_rules, duties),
     .count_offset = offsetof(struct mu_points_rules, duty_count),
     .maximum = MU_RULES_DUTIES,
     .mapping = &duty,
     .example = "[{id: meal-delivery, team: 小巷骑兵, name: 送餐, per_hour: 10}]"},
    {.name = "caps",
     .kind = MU_VALUE_MAPPING,
     .mapping = &caps,
     .example = "{per_day: 40, per_month: 400}"},
    {.name = "bonuses",
     .kind = MU_VALUE_LIST,
     .offset = offsetof(struct mu_points_rules, bonuses),
     .count_offset = offsetof(struct mu_points_rules, bonus_count),
     .maximum = MU_RULES_BONUSES,
     .mapping = &bonus,
     .example = "[{id: heat, name: 高温, when: {months: [7, 8]}, times: 1.5}]"},
    {.name = "rounding",
     .kind = MU_VALUE_WORD,
     .offset = offsetof(struct mu_points_rules, rounding),
     .words = roundings,
     .example = "half"},
    {.name = "forgotten",
     .kind = MU_VALUE_INTEGER,
     .offset = offsetof(struct mu_points_rules, forgotten),
     .maximum = DAY,
     .fallback = 60,
     .example = "60"},
    {.name = "ratings",
     .kind = MU_VALUE_LIST,
     .offset = offsetof(struct mu_points_rules, ratings),
     .count_offset = offsetof(struct mu_points_rules, rating_count),
     .maximum = MU_RULES_RATINGS,
     .mapping = &rating,
     .example = "[{id: online, name: 线上评价, points: 1}]"},
    {.name = "awards",
     .kind = MU_VALUE_LIST,
     .offset = offsetof(struct mu_points_rules, awards),
     .count_offset = offsetof(struct mu_points_rules, award_count),
     .maximum = MU_RULES_AWARDS,
     .mapping = &award,
     .example = "[{id: lively, name: 活力小哥, by: ratings, places: 3}]"},
    {.name = "stars",
     .kind = MU_VALUE_MAPPING,
     .offset = offsetof(struct mu_points_rules, stars),
     .mapping = &stars,
     .example = "{by: hours, levels: [100, 300, 600, 1000, 1500]}"},
    {.name = "expiry", .kind = MU_VALUE_MAPPING, .mapping = &expiry, .example = "{months: 24}"},
    {.name = "goods",
     .kind = MU_VALUE_MAPPING,
     .mapping = &goods,
     .example = "{per_month_limit: 3}"},
    {.name = "transfers",
     .kind = MU_VALUE_WORD,
     .offset = offsetof(struct mu_points_rules, transfers),
     .words = transfers,
     .example = "household"},
    {.name = "tally",
     .kind = MU_VALUE_MAPPING,
     .mapping = &tally,
     .example = "{second: sign, jump: 3}"},
    {.name = "family",
     .kind = MU_VALUE_MAPPING,
     .mapping = &family,
     .example = "{months: 12, points: 10, base: 60, top: 100}"},
};

const struct mu_schema mu_schema_points = {
    .name = "points", .key = points_keys, .count = COUNT(points_keys), .check = mu_check_points};
