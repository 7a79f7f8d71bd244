/* Dates and moments of the civil calendar, China's one time zone. */
#ifndef MULIN_BASE_DATE_H
#define MULIN_BASE_DATE_H

#include <stdbool.h>
#include <stddef.h>

/* A day; all zero means "not known". */
struct mu_date {
    int year, month, day;
};

/* A day and a time of day on it. */
struct mu_moment {
    struct mu_date date;
    int minute; /* since midnight, 0..1439 */
    int second; /* 0..59 */
};

enum {
    MU_DATE_SIZE = 11,
    MU_MOMENT_SIZE = 20,
    MU_CLOCK_SIZE = 6,
    MU_MONTH_SIZE = 8
}; /* NUL counted */

bool mu_date_known(struct mu_date date);
/* True for a day that exists between 1900-01-01 and 2999-12-31. */
bool mu_date_valid(struct mu_date date);
/* <0, 0, >0 as a is before, on, after b. */
int mu_date_compare(struct mu_date a, struct mu_date b);
/* The day `days` later (or earlier, if negative); not known when `date` is not. */
struct mu_date mu_date_add_days(struct mu_date date, int days);
/* Days from a to b. */
int mu_date_days_between(struct mu_date a, struct mu_date b);
/* 0 Sunday .. 6 Saturday. */
int mu_date_weekday(struct mu_date date);

/* YYYY-MM-DD, or "" for an unknown date. `out` has MU_DATE_SIZE bytes. */
void mu_date_format(struct mu_date date, char *out);
/* Reads what mu_date_format writes, and nothing else; a day that is none is not taken. False, *out
 * untouched. */
bool mu_date_read(const char *text, struct mu_date *out);
/* Reads what people type for a day: 2026-11-22, 2026/11/22, 2026.11.22, 20261122, 2026年11月22日,
 * and without a year (0912, 9.12, 9-12, 9月12日) the year of `today`. Full-width digits count,
 * 。 is a full stop and 号 is 日.
 * False, *out untouched, when it is none of these or no such day. */
bool mu_date_parse(const char *text, struct mu_date today, struct mu_date *out);

/* Reads a month as people type it: 2026-11, 2026/11, 2026.11, 202611, 2026年11月; and a day stands
 * for its month. *first gets its first day. False, *first untouched, when it is none. */
bool mu_month_parse(const char *text, struct mu_date *first);
/* YYYY-MM of a day; `out` has MU_MONTH_SIZE bytes. */
void mu_month_format(struct mu_date day, char *out);
/* The last day of the month. */
struct mu_date mu_month_end(struct mu_date first);
/* The first day of the month so many months later, or earlier. */
struct mu_date mu_month_add(struct mu_date first, int months);

/* YYYY-MM-DDTHH:MM:SS; `out` has MU_MOMENT_SIZE bytes. */
void mu_moment_format(struct mu_moment moment, char *out);
/* YYYY-MM-DDTHH:MM, optionally :SS. */
bool mu_moment_parse(const char *text, struct mu_moment *out);
/* HH:MM; `out` has MU_CLOCK_SIZE bytes. */
void mu_clock_format(int minute, char *out);
/* HH:MM to minutes since midnight. */
bool mu_clock_parse(const char *text, int *minute);

/* Full years on `day`: the birthday itself counts; a person born on 29 February has the birthday
 * on 1 March in other years. Negative when born after `day` or `birth` is not known. */
int mu_age_on(struct mu_date birth, struct mu_date day);

#endif
