#include "rules/schema.h"

#include "rules/check.h"

#include <stddef.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

enum { YUAN = 100, PRICE_LIMIT = 10000 * YUAN, AGE_LIMIT = 150, DAY = 24 * 60 };

static const struct mu_schema_word payers[] = {
    {"subsidy", MU_PAYER_SUBSIDY},
    {"workshop", MU_PAYER_WORKSHOP},
    {"charity", MU_PAYER_CHARITY},
    {"fund", MU_PAYER_FUND},
    {NULL, 0},
};

static const struct mu_schema_word sexes[] = {
    {"男", MU_SEX_MALE}, {"女", MU_SEX_FEMALE}, {"male", MU_SEX_MALE}, {"female", MU_SEX_FEMALE},
    {NULL, 0},
};

static const struct mu_schema_word residences[] = {{"resident", 0}, {"migrant", 0}, {NULL, 0}};

static const struct mu_schema_word occupancies[] = {
    {"自住", 0}, {"租户", 0}, {"民宿", 0}, {"闲置", 0}, {NULL, 0},
};

static const struct mu_schema_key age_keys[] = {
    {.name = "from",
     .kind = MU_VALUE_INTEGER,
     .offset = offsetof(struct mu_condition, age_from),
     .maximum = AGE_LIMIT,
     .example = "60"},
    {.name = "to",
     .kind = MU_VALUE_INTEGER,
     .offset = offsetof(struct mu_condition, age_to),
     .maximum = AGE_LIMIT,
     .fallback = MU_RULE_AGE_OPEN,
     .example = "79"},
};

static const struct mu_schema age = {
    .name = "age", .key = age_keys, .count = COUNT(age_keys), .check = mu_check_age};

static const struct mu_schema when;

static const struct mu_schema_key when_keys[] = {
    {.name = "age",
     .kind = MU_VALUE_MAPPING,
     .mapping = &age,
     .condition = MU_WHEN_AGE,
     .example = "{from: 60}"},
    {.name = "tags",
     .kind = MU_VALUE_WORDS,
     .maximum = 100,
     .condition = MU_WHEN_TAGS,
     .example = "[低保, 特困]"},
    {.name = "occupation",
     .kind = MU_VALUE_WORDS,
     .maximum = 100,
     .condition = MU_WHEN_OCCUPATION,
     .example = "[保洁员, 外卖员]"},
    {.name = "sex",
     .kind = MU_VALUE_WORD,
     .offset = offsetof(struct mu_condition, sex),
     .words = sexes,
     .condition = MU_WHEN_SEX,
     .example = "女"},
    {.name = "residence",
     .kind = MU_VALUE_WORDS,
     .maximum = 2,
     .words = residences,
     .condition = MU_WHEN_RESIDENCE,
     .example = "migrant"},
    {.name = "occupancy",
     .kind = MU_VALUE_WORDS,
     .maximum = 4,
     .words = occupancies,
     .condition = MU_WHEN_OCCUPANCY,
     .example = "[自住, 租户]"},
    {.name = "any",
     .kind = MU_VALUE_CHILDREN,
     .maximum = 50,
     .mapping = &when,
     .condition = MU_WHEN_ANY,
     .example = "[{age: {from: 80}}, {tags: [残疾]}]"},
    {.name = "all",
     .kind = MU_VALUE_CHILDREN,
     .maximum = 50,
     .mapping = &when,
     .condition = MU_WHEN_ALL,
     .example = "[{age: {from: 60}}, {tags: [低保]}]"},
    {.name = "not",
     .kind = MU_VALUE_CHILD,
     .mapping = &when,
     .condition = MU_WHEN_NOT,
     .example = "{residence: migrant}"},
};

static const struct mu_schema when = {.name = "when", .key = when_keys, .count = COUNT(when_keys)};

static const struct mu_schema_key dated_price_keys[] = {
    {.name = "from",
     .kind = MU_VALUE_DATE,
     .required = true,
     .offset = offsetof(struct mu_dated_price, from),
     .example = "2026-10-01"},
    {.name = "to",
     .kind = MU_VALUE_DATE,
     .offset = offsetof(struct mu_dated_price, to),
     .example = "2026-10-07"},
    {.name = "price",
     .kind = MU_VALUE_MONEY,
     .required = true,
     .offset = offsetof(struct mu_dated_price, price),
     .maximum = PRICE_LIMIT,
     .example = "15.00"},
    {.name = "name",
     .kind = MU_VALUE_TEXT,
     .offset = offsetof(struct mu_dated_price, name),
     .example = "国庆节"},
};

static const struct mu_schema dated_price = {.name = "canteen.sessions.prices",
                                             .key = dated_price_keys,
                                             .count = COUNT(dated_price_keys),
                                             .size = sizeof(struct mu_dated_price),
                                             .check = mu_check_dated_price};

static const struct mu_schema_word days[] = {
    {"workdays", MU_DAYS_WORK},
    {"mon", 1 << 0},
    {"tue", 1 << 1},
    {"wed", 1 << 2},
    {"thu", 1 << 3},
    {"fri", 1 << 4},
    {"sat", 1 << 5},
    {"sun", 1 << 6},
    {NULL, 0},
};

static const struct mu_schema_key session_keys[] = {
    {.name = "id",
     .kind = MU_VALUE_ID,
     .required = true,
     .offset = offsetof(struct mu_session, id),
     .example = "lunch"},
    {.name = "name",
     .kind = MU_VALUE_TEXT,
     .required = true,
     .offset = offsetof(struct mu_session, name),
     .example = "午餐"},
    {.name = "from",
     .kind = MU_VALUE_CLOCK,
     .required = true,
     .offset = offsetof(struct mu_session, from),
     .fallback = -1,
     .example = "\"10:30\""},
    {.name = "to",
     .kind = MU_VALUE_CLOCK,
     .required = true,
     .offset = offsetof(struct mu_session, to),
     .fallback = -1,
     .example = "\"13:00\""},
    {.name = "price",
     .kind = MU_VALUE_MONEY,
     .required = true,
     .offset = offsetof(struct mu_session, price),
     .maximum = PRICE_LIMIT,
     .example = "15.00"},
    {.name = "days",
     .kind = MU_VALUE_FLAGS,
     .offset = offsetof(struct mu_session, days),
     .maximum = 8,
     .fallback = MU_DAYS_ALL,
     .words = days,
     .example = "workdays"},
    {.name = "prices",
     .kind = MU_VALUE_LIST,
     .offset = offsetof(struct mu_session, prices),
     .count_offset = offsetof(struct mu_session, price_count),
     .maximum = MU_RULES_DAYS,
     .mapping = &dated_price,
     .example = "[{from: 2026-10-01, to: 2026-10-07, price: 18.00, name: 国庆节}]"},
};

static const struct mu_schema session = {.name = "canteen.sessions",
                                         .key = session_keys,
                                         .count = COUNT(session_keys),
                                         .size = sizeof(struct mu_session),
                                         .check = mu_check_session};

static const struct mu_schema_word answers[] = {{"true", 1}, {"false", 0}, {NULL, 0}};

static const struct mu_schema_key payer_keys[] = {
    {.name = "funded",
     .kind = MU_VALUE_WORD,
     .offset = offsetof(struct mu_payer_rules, funded),
     .words = answers,
     .example = "true"},
};

static const struct mu_schema payer = {
    .name = "payer", .key = payer_keys, .count = COUNT(payer_keys)};

static const struct mu_schema_key payers_keys[] = {
    {.name = "subsidy",
     .kind = MU_VALUE_MAPPING,
     .offset = MU_PAYER_SUBSIDY * sizeof(struct mu_payer_rules),
     .mapping = &payer,
     .example = "{funded: true}"},
    {.name = "workshop",
     .kind = MU_VALUE_MAPPING,
     .offset = MU_PAYER_WORKSHOP * sizeof(struct mu_payer_rules),
     .mapping = &payer,
     .example = "{funded: true}"},
    {.name = "charity",
     .kind = MU_VALUE_MAPPING,
     .offset = MU_PAYER_CHARITY * sizeof(struct mu_payer_rules),
     .mapping = &payer,
     .example = "{funded: true}"},
    {.name = "fund",
     .kind = MU_VALUE_MAPPING,
     .offset = MU_PAYER_FUND * sizeof(struct mu_payer_rules),
     .mapping = &payer,
     .example = "{funded: true}"},
};

static const struct mu_schema payers_of_canteen = {
    .name = "canteen.payers", .key = payers_keys, .count = COUNT(payers_keys)};

static const struct mu_schema_key share_keys[] = {
    {.name = "subsidy",
     .kind = MU_VALUE_SHARE,
     .maximum = PRICE_LIMIT,
     .code = MU_PAYER_SUBSIDY,
     .example = "5.00"},
    {.name = "workshop",
     .kind = MU_VALUE_SHARE,
     .maximum = PRICE_LIMIT,
     .code = MU_PAYER_WORKSHOP,
     .example = "5.00"},
    {.name = "charity",
     .kind = MU_VALUE_SHARE,
     .maximum = PRICE_LIMIT,
     .code = MU_PAYER_CHARITY,
     .example = "5.00"},
    {.name = "fund",
     .kind = MU_VALUE_SHARE,
     .maximum = PRICE_LIMIT,
     .code = MU_PAYER_FUND,
     .example = "5.00"},
};

static const struct mu_schema share = {.name = "canteen.tiers.payers",
                                       .key = share_keys,
                                       .count = COUNT(share_keys),
                                       .size = sizeof(struct mu_share),
                                       .check = mu_check_share};

static const struct mu_schema_key then_keys[] = {
    {.name = "price",
     .kind = MU_VALUE_MONEY,
     .offset = offsetof(struct mu_reduction, amount),
     .maximum = PRICE_LIMIT,
     .example = "6.00"},
    {.name = "off", .kind = MU_VALUE_OFF, .maximum = PRICE_LIMIT, .example = "50%"},
};

static const struct mu_schema then = {.name = "canteen.tiers.then",
                                      .key = then_keys,
                                      .count = COUNT(then_keys),
                                      .size = sizeof(struct mu_reduction),
                                      .check = mu_check_reduction};

static const struct mu_schema_key tier_keys[] = {
    {.name = "id",
     .kind = MU_VALUE_ID,
     .required = true,
     .offset = offsetof(struct mu_tier, id),
     .example = "tier-80"},
    {.name = "name",
     .kind = MU_VALUE_TEXT,
     .required = true,
     .offset = offsetof(struct mu_tier, name),
     .example = "80周岁及以上"},
    {.name = "when",
     .kind = MU_VALUE_CONDITION,
     .offset = offsetof(struct mu_tier, when),
     .mapping = &when,
     .example = "{age: {from: 80}}"},
    {.name = "price",
     .kind = MU_VALUE_MONEY,
     .offset = offsetof(struct mu_tier, reduction.amount),
     .maximum = PRICE_LIMIT,
     .example = "2.00"},
    {.name = "off",
     .kind = MU_VALUE_OFF,
     .offset = offsetof(struct mu_tier, reduction),
     .maximum = PRICE_LIMIT,
     .example = "7.00"},
    {.name = "then",
     .kind = MU_VALUE_LIST,
     .offset = offsetof(struct mu_tier, then),
     .count_offset = offsetof(struct mu_tier, then_count),
     .maximum = MU_TIER_MEALS - 1,
     .mapping = &then,
     .example = "[{off: 50%}]"},
    {.name = "payer",
     .kind = MU_VALUE_PAYER,
     .offset = offsetof(struct mu_tier, payers),
     .count_offset = offsetof(struct mu_tier, payer_count),
     .words = payers,
     .example = "subsidy"},
    {.name = "payers",
     .kind = MU_VALUE_LIST,
     .offset = offsetof(struct mu_tier, payers),
     .count_offset = offsetof(struct mu_tier, payer_count),
     .maximum = MU_TIER_PAYERS,
     .mapping = &share,
     .example = "[{workshop: 5.00}, {subsidy: rest}]"},
    {.name = "daily_quota",
     .kind = MU_VALUE_INTEGER,
     .offset = offsetof(struct mu_tier, daily_quota),
     .minimum = 1,
     .maximum = 100000,
     .example = "40"},
};

static const struct mu_schema tier = {.name = "canteen.tiers",
                                      .key = tier_keys,
                                      .count = COUNT(tier_keys),
                                      .size = sizeof(struct mu_tier),
                                      .check = mu_check_tier};

static const struct mu_schema_key limit_keys[] = {
    {.name = "subsidised_per_day",
     .kind = MU_VALUE_INTEGER,
     .offset = offsetof(struct mu_canteen, subsidised_per_day),
     .minimum = 1,
     .maximum = 10,
     .fallback = 1,
     .example = "1"},
    {.name = "void_minutes",
     .kind = MU_VALUE_INTEGER,
     .offset = offsetof(struct mu_canteen, void_minutes),
     .maximum = DAY,
     .fallback = 30,
     .example = "30"},
};

static const struct mu_schema limits = {
    .name = "canteen.limits", .key = limit_keys, .count = COUNT(limit_keys)};

static const struct mu_schema_key order_keys[] = {
    {.name = "close",
     .kind = MU_VALUE_CLOCK,
     .required = true,
     .offset = offsetof(struct mu_order_rules, close),
     .fallback = -1,
     .example = "\"16:00\""},
    {.name = "days_before",
     .kind = MU_VALUE_INTEGER,
     .offset = offsetof(struct mu_order_rules, days_before),
     .maximum = 7,
     .fallback = 1,
     .example = "1"},
};

static const struct mu_schema orders = {
    .name = "canteen.orders", .key = order_keys, .count = COUNT(order_keys)};

static const struct mu_schema_key alert_keys[] = {
    {.name = "absent_meals",
     .kind = MU_VALUE_INTEGER,
     .required = true,
     .offset = offsetof(struct mu_alert_rules, absent_meals),
     .minimum = 1,
     .maximum = MU_ABSENT_MEALS,
     .example = "3"},
    {.name = "regular_meals",
     .kind = MU_VALUE_INTEGER,
     .offset = offsetof(struct mu_alert_rules, regular_meals),
     .minimum = 1,
     .maximum = MU_REGULAR_OF,
     .fallback = 8,
     .example = "8"},
    {.name = "regular_of",
     .kind = MU_VALUE_INTEGER,
     .offset = offsetof(struct mu_alert_rules, regular_of),
     .minimum = 1,
     .maximum = MU_REGULAR_OF,
     .fallback = 10,
     .example = "10"},
};

static const struct mu_schema alerts = {.name = "canteen.alerts",
                                        .key = alert_keys,
                                        .count = COUNT(alert_keys),
                                        .check = mu_check_alert_rules};

static const struct mu_schema_key closed_keys[] = {
    {.name = "from",
     .kind = MU_VALUE_DATE,
     .required = true,
     .offset = offsetof(struct mu_closed_days, from),
     .example = "2026-02-16"},
    {.name = "to",
     .kind = MU_VALUE_DATE,
     .offset = offsetof(struct mu_closed_days, to),
     .example = "2026-02-20"},
    {.name = "reason",
     .kind = MU_VALUE_TEXT,
     .required = true,
     .offset = offsetof(struct mu_closed_days, reason),
     .example = "春节"},
};

static const struct mu_schema closed_days = {.name = "canteen.closed",
                                             .key = closed_keys,
                                             .count = COUNT(closed_keys),
                                             .size = sizeof(struct mu_closed_days),
                                             .check = mu_check_closed};

static const struct mu_schema_word takings[] = {
    {"revenue", MU_SHARE_OF_REVENUE}, {"diners", MU_SHARE_OF_DINERS}, {NULL, 0}};

static const struct mu_schema_key fund_share_keys[] = {
    {.name = "percent",
     .kind = MU_VALUE_INTEGER,
     .required = true,
     .offset = offsetof(struct mu_fund_share, percent),
     .minimum = 1,
     .maximum = 100,
     .example = "5"},
    {.name = "of",
     .kind = MU_VALUE_WORD,
     .offset = offsetof(struct mu_fund_share, of),
     .words = takings,
     .fallback = MU_SHARE_OF_REVENUE,
     .example = "diners"},
};

static const struct mu_schema fund_share = {
    .name = "canteen.fund_share", .key = fund_share_keys, .count = COUNT(fund_share_keys)};

static const struct mu_schema_key canteen_keys[] = {
    {.name = "payers",
     .kind = MU_VALUE_MAPPING,
     .offset = offsetof(struct mu_canteen, payers),
     .mapping = &payers_of_canteen,
     .example = "{workshop: {funded: true}}"},
    {.name = "sessions",
     .kind = MU_VALUE_LIST,
     .required = true,
     .offset = offsetof(struct mu_canteen, sessions),
     .count_offset = offsetof(struct mu_canteen, session_count),
     .maximum = MU_RULES_SESSIONS,
     .mapping = &session,
     .example = "[{id: lunch, name: 午餐, from: \"10:30\", to: \"13:00\", price: 15.00}]"},
    {.name = "closed",
     .kind = MU_VALUE_LIST,
     .offset = offsetof(struct mu_canteen, closed),
     .count_offset = offsetof(struct mu_canteen, closed_count),
     .maximum = MU_RULES_DAYS,
     .mapping = &closed_days,
     .example = "[{from: 2026-02-16, to: 2026-02-20, reason: 春节}]"},
    {.name = "tiers",
     .kind = MU_VALUE_LIST,
     .offset = offsetof(struct mu_canteen, tiers),
     .count_offset = offsetof(struct mu_canteen, tier_count),
     .maximum = MU_RULES_TIERS,
     .mapping = &tier,
     .example =
         "[{id: tier-60, name: 60周岁及以上, when: {age: {from: 60}}, off: 3.00, payer: subsidy}]"},
    {.name = "limits",
     .kind = MU_VALUE_MAPPING,
     .mapping = &limits,
     .example = "{subsidised_per_day: 1, void_minutes: 30}"},
    {.name = "fund_share",
     .kind = MU_VALUE_MAPPING,
     .offset = offsetof(struct mu_canteen, fund_share),
     .mapping = &fund_share,
     .example = "{percent: 5, of: diners}"},
    {.name = "orders",
     .kind = MU_VALUE_MAPPING,
     .offset = offsetof(struct mu_canteen, orders),
     .mapping = &orders,
     .example = "{close: \"16:00\", days_before: 1}"},
    {.name = "closing",
     .kind = MU_VALUE_MAPPING,
     .offset = offsetof(struct mu_canteen, closing),
     .mapping = &mu_schema_closing,
     .example = "{second: sign}"},
    {.name = "tickets",
     .kind = MU_VALUE_MAPPING,
     .offset = offsetof(struct mu_canteen, tickets),
     .mapping = &mu_schema_tickets,
     .example = "{command: [lp, -d, kitchen], columns: 32}"},
    {.name = "alerts",
     .kind = MU_VALUE_MAPPING,
     .offset = offsetof(struct mu_canteen, alerts),
     .mapping = &alerts,
     .example = "{absent_meals: 3, regular_meals: 8, regular_of: 10}"},
};

static const struct mu_schema canteen = {.name = "canteen",
                                         .key = canteen_keys,
                                         .count = COUNT(canteen_keys),
                                         .check = mu_check_canteen};

static const struct mu_schema_key centre_keys[] = {
    {.name = "name",
     .kind = MU_VALUE_TEXT,
     .required = true,
     .offset = offsetof(struct mu_centre, name),
     .example = "云鹭湾社区党群服务中心"},
    {.name = "division",
     .kind = MU_VALUE_DIVISION,
     .required = true,
     .offset = offsetof(struct mu_centre, division),
     .example = "\"330205\""},
};

static const struct mu_schema centre = {
    .name = "centre", .key = centre_keys, .count = COUNT(centre_keys)};

static const struct mu_schema_key book_keys[] = {
    {.name = "centre",
     .kind = MU_VALUE_MAPPING,
     .required = true,
     .offset = offsetof(struct mu_rules, centre),
     .mapping = &centre,
     .example = "{name: 云鹭湾社区党群服务中心, division: \"330205\"}"},
    {.name = "canteen",
     .kind = MU_VALUE_MAPPING,
     .required = true,
     .offset = offsetof(struct mu_rules, canteen),
     .mapping = &canteen,
     .example = "{sessions: [...]}"},
    {.name = "register",
     .kind = MU_VALUE_MAPPING,
     .offset = offsetof(struct mu_rules, people),
     .mapping = &mu_schema_register,
     .example = "{elder_from: 60, advanced_age_from: 80}"},
    {.name = "points",
     .kind = MU_VALUE_MAPPING,
     .offset = offsetof(struct mu_rules, points),
     .mapping = &mu_schema_points,
     .example = "{duties: [...]}"},
    {.name = "mediation",
     .kind = MU_VALUE_MAPPING,
     .offset = offsetof(struct mu_rules, mediation),
     .mapping = &mu_schema_mediation,
     .example = "{limit: {months: 1}}"},
};

const struct mu_schema mu_schema_book = {
    .name = "book", .key = book_keys, .count = COUNT(book_keys)};
