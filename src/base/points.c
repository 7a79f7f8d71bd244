#include <mulin/base/points.h>

#include <mulin/base/text.h>

#include <inttypes.h>
#include <stdio.h>

static struct mu_points limit(bool negative)
{
    return (struct mu_points){negative ? INT64_MIN : INT64_MAX};
}

struct mu_points mu_points_add(struct mu_points a, struct mu_points b)
{
    struct mu_points sum;

    return __builtin_add_overflow(a.count, b.count, &sum.count) ? limit(b.count < 0) : sum;
}

struct mu_points mu_points_subtract(struct mu_points a, struct mu_points b)
{
    struct mu_points rest;

    return __builtin_sub_overflow(a.count, b.count, &rest.count) ? limit(b.count > 0) : rest;
}

void mu_points_format(struct mu_points points, char *out)
{
    snprintf(out, MU_POINTS_SIZE, "%" PRId64, points.count);
}

bool mu_points_parse(const char *text, struct mu_points *out)
{
    char folded[64];
    int64_t count = 0;

    if (!mu_text_fold_word(folded, sizeof folded, text) || !*folded)
        return false;
    for (const char *at = folded; *at; at++) {
        if (*at < '0' || *at > '9')
            return false;
        count = count * 10 + (*at - '0');
        if (count > MU_POINTS_LIMIT)
            return false;
    }
    out->count = count;
    return true;
}
