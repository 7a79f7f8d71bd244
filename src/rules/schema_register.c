/* The section `register` of a book. */
#include "rules/schema.h"

#include "rules/check.h"

#include <stddef.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

enum { AGE_LIMIT = 150 };

static const struct mu_schema_key review_keys[] = {
    {.name = "tag",
     .kind = MU_VALUE_TEXT,
     .required = true,
     .offset = offsetof(struct mu_review, tag),
     .example = "低保"},
    {.name = "months",
     .kind = MU_VALUE_INTEGER,
     .required = true,
     .offset = offsetof(struct mu_review, months),
     .minimum = 1,
     .maximum = 120,
     .example = "12"},
};

static const struct mu_schema review = {.name = "register.reviews",
                                        .key = review_keys,
                                        .count = COUNT(review_keys),
                                        .size = sizeof(struct mu_review),
                                        .check = mu_check_review};

static const struct mu_schema_key register_keys[] = {
    {.name = "elder_from",
     .kind = MU_VALUE_INTEGER,
     .offset = offsetof(struct mu_register_rules, elder_from),
     .minimum = 1,
     .maximum = AGE_LIMIT,
     .fallback = 60,
     .example = "60"},
    {.name = "advanced_age_from",
     .kind = MU_VALUE_INTEGER,
     .offset = offsetof(struct mu_register_rules, advanced_age_from),
     .minimum = 1,
     .maximum = AGE_LIMIT,
     .fallback = 80,
     .example = "80"},
    {.name = "reviews",
     .kind = MU_VALUE_LIST,
     .offset = offsetof(struct mu_register_rules, reviews),
     .count_offset = offsetof(struct mu_register_rules, review_count),
     .maximum = MU_RULES_REVIEWS,
     .mapping = &review,
     .example = "[{tag: 低保, months: 12}]"},
};

const struct mu_schema mu_schema_register = {.name = "register",
                                             .key = register_keys,
                                             .count = COUNT(register_keys),
                                             .check = mu_check_register};
