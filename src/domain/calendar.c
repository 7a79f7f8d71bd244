#include <mulin/domain/calendar.h>

#include <stddef.h>

enum { SUNDAY = 0, SATURDAY = 6, WEEK = 7, YEAR_DAYS = 366 };

static const int announced_years[] = {
#define YEAR(year) year,
#define OFF(name, year, month, day, to_year, to_month, to_day)
#define WORK(name, year, month, day)
#include "holidays.def"
#undef YEAR
#undef OFF
#undef WORK
};

static const struct swapped_days {
    const char *name;
    struct mu_date from, to;
    bool work;
} swapped[] = {
#define YEAR(year)
#define OFF(name, year, month, day, to_year, to_month, to_day)                                     \
    {name, {year, month, day}, {to_year, to_month, to_day}, false},
#define WORK(name, year, month, day) {name, {year, month, day}, {year, month, day}, true},
#include "holidays.def"
#undef YEAR
#undef OFF
#undef WORK
};

static bool between(struct mu_date from, struct mu_date to, struct mu_date date)
{
    return mu_date_compare(from, date) <= 0 &&
           mu_date_compare(date, mu_date_known(to) ? to : from) <= 0;
}

struct mu_day_kind mu_day_kind(struct mu_date date)
{
    int weekday = mu_date_weekday(date);
    struct mu_day_kind kind = {.workday = weekday != SUNDAY && weekday != SATURDAY};

    for (size_t i = 0; i < sizeof announced_years / sizeof *announced_years; i++)
        kind.announced |= announced_years[i] == date.year;
    for (size_t i = 0; i < sizeof swapped / sizeof *swapped; i++)
        if (between(swapped[i].from, swapped[i].to, date)) {
            kind.workday = swapped[i].work;
            kind.name = swapped[i].name;
        }
    return kind;
}

/* Days of the book begin on Monday. */
static bool listed(const struct mu_session *session, struct mu_date date)
{
    int monday_first = (mu_date_weekday(date) + WEEK - 1) % WEEK;

    return session->days & 1 << monday_first ||
           (session->days & MU_DAYS_WORK && mu_day_kind(date).workday);
}

enum mu_session_day mu_session_day(const struct mu_canteen *canteen,
                                   const struct mu_session *session, struct mu_date date,
                                   const char **reason)
{
    const char *why = NULL;
    enum mu_session_day day = MU_DAY_SERVED;

    if (!listed(session, date)) {
        struct mu_day_kind kind = mu_day_kind(date);

        day = MU_DAY_NOT_LISTED;
        why = kind.workday ? NULL : kind.name;
    }
    for (size_t i = 0; i < canteen->closed_count; i++) {
        const struct mu_closed_days *closed = &canteen->closed[i];

        if (between(closed->from, closed->to, date)) {
            day = MU_DAY_CLOSED;
            why = closed->reason;
            break;
        }
    }
    if (reason)
        *reason = why;
    return day;
}

struct mu_date mu_session_next_day(const struct mu_canteen *canteen,
                                   const struct mu_session *session, struct mu_date date)
{
    for (int days = 1; days <= YEAR_DAYS; days++) {
        struct mu_date day = mu_date_add_days(date, days);

        if (mu_session_day(canteen, session, day, NULL) == MU_DAY_SERVED)
            return day;
    }
    return (struct mu_date){0, 0, 0};
}

const struct mu_dated_price *mu_session_price_on(const struct mu_session *session,
                                                 struct mu_date date)
{
    for (size_t i = 0; i < session->price_count; i++)
        if (between(session->prices[i].from, session->prices[i].to, date))
            return &session->prices[i];
    return NULL;
}

struct mu_session mu_session_on(const struct mu_session *session, struct mu_date date)
{
    const struct mu_dated_price *price = mu_session_price_on(session, date);
    struct mu_session on = *session;

    if (price)
        on.price = price->price;
    return on;
}
