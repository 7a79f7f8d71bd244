#include "desk/desk_internal.h"

#include <mulin/base/text.h>
#include <mulin/desk/calendar.h>

#include <string.h>

enum { PART = 2 * MU_RULE_NAME_SIZE + 64 };

static void fill(const struct mu_canteen *canteen, const struct mu_session *session,
                 struct mu_date date, struct mu_served_session *out)
{
    const struct mu_dated_price *dated = mu_session_price_on(session, date);
    const char *reason;

    memset(out, 0, sizeof *out);
    out->day = mu_session_day(canteen, session, date, &reason);
    if (out->day == MU_DAY_SERVED)
        reason = dated ? dated->name : NULL;
    mu_text_copy(out->id, sizeof out->id, session->id);
    mu_text_copy(out->name, sizeof out->name, session->name);
    mu_text_copy(out->reason, sizeof out->reason, reason ? reason : "");
    out->price = dated ? dated->price : session->price;
}

enum mu_status mu_canteen_days(struct mu_desk *desk, struct mu_date from, struct mu_date to,
                               mu_canteen_day_row *row, void *context, struct mu_error *error)
{
    const struct mu_rules *rules;
    struct mu_canteen_day day;
    bool more = true;
    enum mu_status status = mu_desk_may(desk, MU_MAY_read_rules, error);

    if (status == MU_OK)
        status = mu_desk_rules(desk, &rules, NULL, error);
    for (struct mu_date date = from; status == MU_OK && more && mu_date_compare(date, to) <= 0;
         date = mu_date_add_days(date, 1)) {
        const struct mu_canteen *canteen = &rules->canteen;

        day = (struct mu_canteen_day){
            .date = date, .kind = mu_day_kind(date), .session_count = canteen->session_count};
        for (size_t i = 0; i < canteen->session_count; i++)
            fill(canteen, &canteen->sessions[i], date, &day.session[i]);
        more = row(context, &day);
    }
    return status;
}

static void add(char *out, size_t size, const char *text)
{
    size_t used = strlen(out);

    mu_text_copy(out + used, size - used, text);
}

static void add_session(const struct mu_served_session *session, enum mu_language language,
                        char *out, size_t size)
{
    char part[PART], price[MU_MONEY_SIZE];
    bool served = session->day == MU_DAY_SERVED, why = *session->reason != '\0';

    mu_money_format(session->price, price);
    mu_message_format(part, sizeof part, language,
                      served ? why ? MU_SAY_calendar_served_at : MU_SAY_calendar_served
                      : why  ? MU_SAY_calendar_closed_for
                             : MU_SAY_calendar_closed,
                      session->name, price, session->reason, NULL);
    add(out, size, part);
}

void mu_canteen_day_text(const struct mu_canteen_day *day, enum mu_language language, char *out,
                         size_t size)
{
    static const enum mu_message weekdays[] = {MU_SAY_tui_app_weekday_0, MU_SAY_tui_app_weekday_1,
                                               MU_SAY_tui_app_weekday_2, MU_SAY_tui_app_weekday_3,
                                               MU_SAY_tui_app_weekday_4, MU_SAY_tui_app_weekday_5,
                                               MU_SAY_tui_app_weekday_6};
    char date[MU_DATE_SIZE], kind[PART] = "";

    mu_date_format(day->date, date);
    if (day->kind.name)
        mu_message_format(kind, sizeof kind, language,
                          day->kind.workday ? MU_SAY_calendar_work : MU_SAY_calendar_off,
                          day->kind.name, NULL);
    mu_message_format(out, size, language, MU_SAY_calendar_day, date,
                      mu_message_text(weekdays[mu_date_weekday(day->date) % 7], language), kind,
                      NULL);
    for (size_t i = 0; i < day->session_count; i++) {
        if (i)
            add(out, size, mu_message_text(MU_SAY_calendar_comma, language));
        add_session(&day->session[i], language, out, size);
    }
    if (!day->kind.announced && day->date.day == 1)
        add(out, size, mu_message_text(MU_SAY_calendar_not_announced, language));
}
