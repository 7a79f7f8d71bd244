/* Working days, and the days on which the canteen serves and at which price: pure decisions from
 * the book and China's calendar of swapped working days (data/holidays.def). */
#ifndef MULIN_DOMAIN_CALENDAR_H
#define MULIN_DOMAIN_CALENDAR_H

#include <mulin/base/date.h>
#include <mulin/rules.h>

#include <stdbool.h>

struct mu_day_kind {
    bool workday;
    const char *name; /* of the holiday that makes it a day off, or a working day on a weekend; NULL
                       * for a plain day. Static */
    bool announced;   /* the year's swapped days are known; else the week is taken as it is */
};

/* What kind of day it is in China. */
struct mu_day_kind mu_day_kind(struct mu_date date);

enum mu_session_day {
    MU_DAY_SERVED,
    MU_DAY_NOT_LISTED, /* not one of the days of the session */
    MU_DAY_CLOSED      /* by `closed` of the book */
};

/* Whether the session is served on the day. *reason, unless NULL, gets why not: what the book says,
 * the name of the holiday, or NULL; borrowed. */
enum mu_session_day mu_session_day(const struct mu_canteen *canteen,
                                   const struct mu_session *session, struct mu_date date,
                                   const char **reason);

/* The first day after `date` on which it is served; not known when there is none within a year. */
struct mu_date mu_session_next_day(const struct mu_canteen *canteen,
                                   const struct mu_session *session, struct mu_date date);

/* The price of its own that the session has on the day, or NULL. Of several that fit the first one
 * in the book. Borrowed. */
const struct mu_dated_price *mu_session_price_on(const struct mu_session *session,
                                                 struct mu_date date);
/* The session as it is on the day: a copy whose price is the day's. What it points to stays the
 * book's. */
struct mu_session mu_session_on(const struct mu_session *session, struct mu_date date);

#endif
