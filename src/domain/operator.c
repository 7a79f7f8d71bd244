#include <mulin/domain/operator.h>

#include <string.h>

enum { MINUTES_A_DAY = 24 * 60 };

int mu_lock_minutes(int wrong_tries)
{
    int over = wrong_tries - MU_TRIES;

    if (over < 0)
        return 0;
    return over < 6 ? 1 << over : MU_LONGEST_LOCK;
}

struct mu_moment mu_moment_after(struct mu_moment moment, int minutes)
{
    moment.minute += minutes;
    if (moment.minute >= MINUTES_A_DAY) {
        moment.date = mu_date_add_days(moment.date, moment.minute / MINUTES_A_DAY);
        moment.minute %= MINUTES_A_DAY;
    }
    return moment;
}

bool mu_operator_locked(const struct mu_operator *operator, struct mu_moment now)
{
    char present[MU_MOMENT_SIZE], longest[MU_MOMENT_SIZE];

    mu_moment_format(now, present);
    mu_moment_format(mu_moment_after(now, mu_lock_minutes(operator->wrong_tries)), longest);
    return strcmp(present, operator->locked_until) < 0 &&
           strcmp(operator->locked_until, longest) <= 0;
}
