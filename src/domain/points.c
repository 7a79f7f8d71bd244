#include <mulin/domain/points.h>

enum { MONTHS = 100 /* a month number is the year times this and the month */ };

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
