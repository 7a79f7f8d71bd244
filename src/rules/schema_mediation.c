/* The section `mediation` of a book. */
#include "rules/schema.h"

#include "rules/check.h"

#include <stddef.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

enum { MONTHS = 24, REPEAT_MONTHS = 120, DAYS = 3650, WORKING_DAYS = 366, VISIT_DAYS = 366 };

static const struct mu_schema_key span_keys[] = {
    {.name = "months",
     .kind = MU_VALUE_INTEGER,
     .offset = offsetof(struct mu_span, months),
     .minimum = 1,
     .maximum = MONTHS,
     .example = "1"},
    {.name = "days",
     .kind = MU_VALUE_INTEGER,
     .offset = offsetof(struct mu_span, days),
     .minimum = 1,
     .maximum = DAYS,
     .example = "30"},
    {.name = "working_days",
     .kind = MU_VALUE_INTEGER,
     .offset = offsetof(struct mu_span, working_days),
     .minimum = 1,
     .maximum = WORKING_DAYS,
     .example = "20"},
};

static const struct mu_schema span = {
    .name = "span", .key = span_keys, .count = COUNT(span_keys), .check = mu_check_span};

static const struct mu_schema_key repeat_keys[] = {
    {.name = "months",
     .kind = MU_VALUE_INTEGER,
     .offset = offsetof(struct mu_mediation_rules, repeat_months),
     .minimum = 1,
     .maximum = REPEAT_MONTHS,
     .fallback = 12,
     .example = "12"},
};

static const struct mu_schema repeat = {
    .name = "mediation.repeat", .key = repeat_keys, .count = COUNT(repeat_keys)};

static const struct mu_schema_word disputes[] = {
#define CHOICE(code, chinese, english, words) {chinese, code},
#include "codes/dispute.def"
#undef CHOICE
    {NULL, 0},
};

static const struct mu_schema_key word_keys[] = {
    {.name = "word",
     .kind = MU_VALUE_TEXT,
     .required = true,
     .offset = offsetof(struct mu_case_word, word),
     .example = "遛狗"},
    {.name = "dispute",
     .kind = MU_VALUE_WORD,
     .required = true,
     .offset = offsetof(struct mu_case_word, dispute),
     .words = disputes,
     .example = "邻里纠纷"},
};

static const struct mu_schema word = {.name = "mediation.words",
                                      .key = word_keys,
                                      .count = COUNT(word_keys),
                                      .size = sizeof(struct mu_case_word)};

static const struct mu_schema_word yes[] = {{"true", 1}, {NULL, 0}};

static const struct mu_schema_word weights[] = {
#define CHOICE(code, chinese, english, words) {chinese, code},
#include "codes/case_weight.def"
#undef CHOICE
    {NULL, 0},
};

static const struct mu_schema_key when_keys[] = {
    {.name = "danger",
     .kind = MU_VALUE_WORD,
     .offset = offsetof(struct mu_grade_when, danger),
     .words = yes,
     .example = "true"},
    {.name = "repeats",
     .kind = MU_VALUE_INTEGER,
     .offset = offsetof(struct mu_grade_when, repeats),
     .minimum = 1,
     .maximum = 100,
     .example = "2"},
    {.name = "failed",
     .kind = MU_VALUE_WORD,
     .offset = offsetof(struct mu_grade_when, failed),
     .words = yes,
     .example = "true"},
    {.name = "weight",
     .kind = MU_VALUE_WORD,
     .offset = offsetof(struct mu_grade_when, weight),
     .words = weights,
     .example = "重大"},
};

static const struct mu_schema when = {.name = "mediation.grades.when",
                                      .key = when_keys,
                                      .count = COUNT(when_keys),
                                      .check = mu_check_grade_when};

static const struct mu_schema_key visit_keys[] = {
    {.name = "days",
     .kind = MU_VALUE_INTEGER,
     .required = true,
     .offset = offsetof(struct mu_case_grade, visit),
     .minimum = 1,
     .maximum = VISIT_DAYS,
     .example = "7"},
};

static const struct mu_schema visit = {
    .name = "mediation.grades.visit", .key = visit_keys, .count = COUNT(visit_keys)};

static const struct mu_schema_key grade_keys[] = {
    {.name = "id",
     .kind = MU_VALUE_ID,
     .required = true,
     .offset = offsetof(struct mu_case_grade, id),
     .example = "red"},
    {.name = "name",
     .kind = MU_VALUE_TEXT,
     .required = true,
     .offset = offsetof(struct mu_case_grade, name),
     .example = "红色"},
    {.name = "when",
     .kind = MU_VALUE_MAPPING,
     .offset = offsetof(struct mu_case_grade, when),
     .mapping = &when,
     .example = "{danger: true}"},
    {.name = "visit", .kind = MU_VALUE_MAPPING, .mapping = &visit, .example = "{days: 7}"},
};

static const struct mu_schema grade = {.name = "mediation.grades",
                                       .key = grade_keys,
                                       .count = COUNT(grade_keys),
                                       .size = sizeof(struct mu_case_grade)};

static const struct mu_schema_key mediation_keys[] = {
    {.name = "number",
     .kind = MU_VALUE_TEXT,
     .offset = offsetof(struct mu_mediation_rules, number),
     .example = "\"({year})井调字第{serial}号\""},
    {.name = "limit",
     .kind = MU_VALUE_MAPPING,
     .offset = offsetof(struct mu_mediation_rules, limit),
     .mapping = &span,
     .example = "{months: 1}"},
    {.name = "extension",
     .kind = MU_VALUE_MAPPING,
     .offset = offsetof(struct mu_mediation_rules, extension),
     .mapping = &span,
     .example = "{months: 1}"},
    {.name = "confirm",
     .kind = MU_VALUE_MAPPING,
     .offset = offsetof(struct mu_mediation_rules, confirm),
     .mapping = &span,
     .example = "{days: 30}"},
    {.name = "visit",
     .kind = MU_VALUE_MAPPING,
     .offset = offsetof(struct mu_mediation_rules, visit),
     .mapping = &span,
     .example = "{days: 15}"},
    {.name = "repeat", .kind = MU_VALUE_MAPPING, .mapping = &repeat, .example = "{months: 12}"},
    {.name = "words",
     .kind = MU_VALUE_LIST,
     .offset = offsetof(struct mu_mediation_rules, words),
     .count_offset = offsetof(struct mu_mediation_rules, word_count),
     .maximum = MU_RULES_CASE_WORDS,
     .mapping = &word,
     .example = "[{word: 遛狗, dispute: 邻里纠纷}]"},
    {.name = "grades",
     .kind = MU_VALUE_LIST,
     .offset = offsetof(struct mu_mediation_rules, grades),
     .count_offset = offsetof(struct mu_mediation_rules, grade_count),
     .maximum = MU_RULES_CASE_GRADES,
     .mapping = &grade,
     .example = "[{id: red, name: 红色, when: {danger: true}, visit: {days: 3}}]"},
};

const struct mu_schema mu_schema_mediation = {.name = "mediation",
                                              .key = mediation_keys,
                                              .count = COUNT(mediation_keys),
                                              .check = mu_check_mediation};
