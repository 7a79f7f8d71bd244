#include <mulin/domain/retention.h>

/* Numbers of the day, week and month that a backup belongs to; only their difference counts. */
static int day_of(struct mu_date date)
{
    return mu_date_days_between((struct mu_date){1900, 1, 1}, date);
}

static int week_of(struct mu_date date)
{
    return day_of(date) / 7; /* 1 January 1900 was a Monday */
}

static int month_of(struct mu_date date)
{
    return date.year * 12 + date.month;
}

static void mark_periods(const struct mu_moment *made, size_t count, int (*period)(struct mu_date),
                         int periods, bool *keep)
{
    for (size_t i = 0; i < count && periods > 0; i++)
        if (i == 0 || period(made[i].date) != period(made[i - 1].date)) {
            keep[i] = true;
            periods--;
        }
}

void mu_retention_mark(const struct mu_moment *made, size_t count, bool *keep)
{
    for (size_t i = 0; i < count; i++)
        keep[i] = false;
    mark_periods(made, count, day_of, MU_KEEP_DAYS, keep);
    mark_periods(made, count, week_of, MU_KEEP_WEEKS, keep);
    mark_periods(made, count, month_of, MU_KEEP_MONTHS, keep);
}

bool mu_backup_late(struct mu_moment last, struct mu_moment now)
{
    long minutes;

    if (!mu_date_known(last.date))
        return true;
    minutes = mu_date_days_between(last.date, now.date) * 24L * 60 + now.minute - last.minute;
    return minutes > MU_BACKUP_HOURS * 60 || minutes < -MU_BACKUP_HOURS * 60;
}
