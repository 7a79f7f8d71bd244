#include <mulin/desk/points_month.h>

#include <inttypes.h>
#include <stdio.h>

enum { DAY = 24 * 60, WHEN_SIZE = 64 };

static const enum mu_message sentences[MU_DOUBTS] = {
    [MU_DOUBT_DAY_CAP] = MU_SAY_doubt_says_day_cap,
    [MU_DOUBT_MONTH_CAP] = MU_SAY_doubt_says_month_cap,
    [MU_DOUBT_TWO_PLACES] = MU_SAY_doubt_says_two_places,
    [MU_DOUBT_UNCONFIRMED] = MU_SAY_doubt_says_service,
    [MU_DOUBT_NO_LIST] = MU_SAY_doubt_says_service,
    [MU_DOUBT_SELF] = MU_SAY_doubt_says_self,
    [MU_DOUBT_FORGOTTEN] = MU_SAY_doubt_says_service,
    [MU_DOUBT_OPEN] = MU_SAY_doubt_says_open,
    [MU_DOUBT_JUMP] = MU_SAY_doubt_says_jump,
};

/* 2026-09-03 09:00-10:30 */
static void when_text(const struct mu_tally_doubt *doubt, char out[WHEN_SIZE])
{
    char day[MU_DATE_SIZE], from[MU_CLOCK_SIZE], to[MU_CLOCK_SIZE];

    mu_date_format(doubt->date, day);
    if (doubt->starts_at < 0 || doubt->kind == MU_DOUBT_DAY_CAP) {
        snprintf(out, WHEN_SIZE, "%s", day);
        return;
    }
    mu_clock_format(doubt->starts_at, from);
    mu_clock_format(doubt->ends_at % DAY, to);
    snprintf(out, WHEN_SIZE, "%s %s%s%s", day, from, doubt->ends_at < 0 ? "" : "-",
             doubt->ends_at < 0 ? "" : to);
}

void mu_tally_doubt_text(const struct mu_tally_doubt *doubt, enum mu_language language, char *out,
                         size_t size)
{
    char when[WHEN_SIZE], points[MU_POINTS_SIZE], usual[MU_POINTS_SIZE], other[24];
    const char *last = usual;

    when_text(doubt, when);
    mu_points_format(doubt->points, points);
    mu_points_format(doubt->usual, usual);
    snprintf(other, sizeof other, "%" PRId64, doubt->other_id);
    if (doubt->kind == MU_DOUBT_TWO_PLACES)
        last = other;
    else if (doubt->kind == MU_DOUBT_SELF)
        last = doubt->confirmed_by;
    mu_message_format(out, size, language, sentences[doubt->kind], when, doubt->duty, points, last,
                      NULL);
}
