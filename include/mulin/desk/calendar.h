/* The canteen's days: which are served, why not, and at which price. */
#ifndef MULIN_DESK_CALENDAR_H
#define MULIN_DESK_CALENDAR_H

#include <mulin/base/error.h>
#include <mulin/desk/desk.h>
#include <mulin/domain/calendar.h>

struct mu_served_session {
    char id[MU_RULE_ID_SIZE];
    char name[MU_RULE_NAME_SIZE];
    enum mu_session_day day;
    char reason[MU_RULE_NAME_SIZE]; /* why it is not served, or what the price is for; or "" */
    struct mu_money price;          /* on that day */
};

struct mu_canteen_day {
    struct mu_date date;
    struct mu_day_kind kind;
    size_t session_count;
    struct mu_served_session session[MU_RULES_SESSIONS];
};

/* False stops. */
typedef bool mu_canteen_day_row(void *context, const struct mu_canteen_day *day);

/* The days from `from` to `to`, both included, by today's book. MU_REFUSED (no right), MU_STORE. */
enum mu_status mu_canteen_days(struct mu_desk *desk, struct mu_date from, struct mu_date to,
                               mu_canteen_day_row *row, void *context,
                               struct mu_error *error) MU_CHECKED;

/* "2026-10-01 周四 国庆节放假：午餐 18.00 元（国庆节），晚餐不供餐" in words of `language`; cut to
 * `size` bytes, the NUL counted. */
void mu_canteen_day_text(const struct mu_canteen_day *day, enum mu_language language, char *out,
                         size_t size);

#endif
