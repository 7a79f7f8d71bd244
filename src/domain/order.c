#include <mulin/domain/order.h>

#include <mulin/base/codes.h>
#include <mulin/base/text.h>

#include <stdio.h>
#include <string.h>

enum { WEEK = 7, DAYS_BEFORE = 30 };

#define MEMBER(record, name) offsetof(struct record, name), sizeof(((struct record *)0)->name)
#define FIELD(record, member, key, kind, required, carried, choices)                               \
    {                                                                                              \
#key, MU_SAY_field_##key, MU_SAY_hint_##key, kind, required, carried,                      \
            MEMBER(record, member), choices                                                        \
    }
#define ORDER(member, key, kind, required, carried, choices)                                       \
    FIELD(mu_order, member, key, kind, required, carried, choices)
#define ABSENCE(member, key, kind, required, choices)                                              \
    FIELD(mu_absence, member, key, kind, required, false, choices)

const struct mu_field mu_order_fields[] = {
    ORDER(session, meal_session, MU_FIELD_TEXT, true, true, NULL),
    ORDER(weekdays, weekdays, MU_FIELD_TEXT, false, true, NULL),
    ORDER(from, order_from, MU_FIELD_DATE, true, true, NULL),
    ORDER(until, order_until, MU_FIELD_DATE, false, false, NULL),
    ORDER(dish, dish, MU_FIELD_TEXT, false, true, NULL),
    ORDER(serving, serving, MU_FIELD_CHOICE, true, true, &mu_servings),
    ORDER(note, order_note, MU_FIELD_NOTE, false, false, NULL),
    ORDER(cancelled, cancelled, MU_FIELD_CHOICE, false, false, &mu_answers),
};
const size_t mu_order_stored_field_count = sizeof mu_order_fields / sizeof *mu_order_fields;
const size_t mu_order_field_count = sizeof mu_order_fields / sizeof *mu_order_fields - 1;

const struct mu_field mu_absence_fields[] = {
    ABSENCE(from, absent_from, MU_FIELD_DATE, true, NULL),
    ABSENCE(until, absent_until, MU_FIELD_DATE, false, NULL),
    ABSENCE(session, absent_session, MU_FIELD_TEXT, false, NULL),
    ABSENCE(reason, absent_reason, MU_FIELD_NOTE, false, NULL),
    ABSENCE(cancelled, cancelled, MU_FIELD_CHOICE, false, &mu_answers),
};
const size_t mu_absence_stored_field_count = sizeof mu_absence_fields / sizeof *mu_absence_fields;
const size_t mu_absence_field_count = sizeof mu_absence_fields / sizeof *mu_absence_fields - 1;

/* ---- days of a week ---- */

static const char *const chinese_days[WEEK] = {"一", "二", "三", "四", "五", "六", "日"};
static const char *const english_days[WEEK] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};

static bool starts(const char **text, const char *word)
{
    size_t length = strlen(word);

    if (strncmp(*text, word, length) != 0)
        return false;
    *text += length;
    return true;
}

static bool starts_with_one(const char **text, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (starts(text, words[i]))
            return true;
    return false;
}

/* 0 Monday .. 6 Sunday; -1 when no day comes next. */
static int next_day(const char **text)
{
    char name[4];

    for (int day = 0; day < WEEK; day++) {
        if (starts(text, chinese_days[day]))
            return day;
        mu_text_fold(name, sizeof name, english_days[day]);
        if (starts(text, name))
            return day;
    }
    if (**text >= '1' && **text <= '0' + WEEK)
        return *(*text)++ - '1';
    return starts(text, "天") ? WEEK - 1 : -1;
}

static int days_between(int first, int last)
{
    int days = 0;

    for (int day = first;; day = (day + 1) % WEEK) {
        days |= 1 << day;
        if (day == last)
            return days;
    }
}

static bool read_days(const char *text, int *out)
{
    static const char *const passed[] = {" ", ",", "、", "/", "和", "每", "周", "星期", "礼拜"};
    static const char *const ranges[] = {"-", "~", "至", "到", "—"};
    int first = -1, days = 0;
    bool range = false;

    while (*text) {
        int day;

        if (starts_with_one(&text, passed, sizeof passed / sizeof *passed))
            continue;
        if (first >= 0 && !range &&
            starts_with_one(&text, ranges, sizeof ranges / sizeof *ranges)) {
            range = true;
            continue;
        }
        day = next_day(&text);
        if (day < 0)
            return false;
        days |= range ? days_between(first, day) : 1 << day;
        first = range ? -1 : day;
        range = false;
    }
    if (range || !days)
        return false;
    *out = days;
    return true;
}

bool mu_weekdays_read(const char *text, int *out)
{
    static const struct {
        const char *word;
        int days;
    } whole[] = {
        {"每天", MU_WHOLE_WEEK},
        {"天天", MU_WHOLE_WEEK},
        {"daily", MU_WHOLE_WEEK},
        {"every day", MU_WHOLE_WEEK},
        {"工作日", MU_WORKING_WEEK},
        {"weekdays", MU_WORKING_WEEK},
        {"周末", MU_WHOLE_WEEK & ~MU_WORKING_WEEK},
        {"weekend", MU_WHOLE_WEEK & ~MU_WORKING_WEEK},
    };
    char folded[MU_WEEKDAYS_SIZE];

    if (!mu_text_fold_word(folded, sizeof folded, text))
        return false;
    for (size_t i = 0; i < sizeof whole / sizeof *whole; i++) {
        if (strcmp(folded, whole[i].word) == 0) {
            *out = whole[i].days;
            return true;
        }
    }
    return read_days(folded, out);
}

/* The first day of the set from `day` on, and the last of those that follow without a gap; false
 * when there is none. */
static bool next_run(int weekdays, int day, int *first, int *last)
{
    while (day < WEEK && !(weekdays & 1 << day))
        day++;
    *first = *last = day;
    while (*last + 1 < WEEK && weekdays & 1 << (*last + 1))
        ++*last;
    return day < WEEK;
}

void mu_weekdays_store(int weekdays, char *out)
{
    int first, last;
    size_t used = 0;

    *out = '\0';
    if (next_run(weekdays, 0, &first, &last) && weekdays == days_between(first, last) &&
        last > first + 1) {
        snprintf(out, MU_WEEKDAYS_SIZE, "%d-%d", first + 1, last + 1);
        return;
    }
    for (int day = 0; day < WEEK; day++)
        if (weekdays & 1 << day)
            used += (size_t)snprintf(out + used, MU_WEEKDAYS_SIZE - used, "%d", day + 1);
}

void mu_weekdays_words(int weekdays, enum mu_language language, char *out)
{
    bool chinese = language == MU_CHINESE;
    const char *const *names = chinese ? chinese_days : english_days;
    const char *before = chinese ? "周" : "", *separator = "";
    int first, last;
    size_t used = 0;

    *out = '\0';
    if ((weekdays & MU_WHOLE_WEEK) == MU_WHOLE_WEEK) {
        snprintf(out, MU_WEEKDAYS_SIZE, "%s", mu_message_text(MU_SAY_weekdays_all, language));
        return;
    }
    for (int day = 0; next_run(weekdays, day, &first, &last); day = last + 1) {
        if (last > first + 1)
            used += (size_t)snprintf(out + used, MU_WEEKDAYS_SIZE - used, "%s%s%s%s%s%s", separator,
                                     before, names[first], chinese ? "至" : "-",
                                     chinese ? "周" : "", names[last]);
        else
            last = first;
        if (last == first)
            used += (size_t)snprintf(out + used, MU_WEEKDAYS_SIZE - used, "%s%s%s", separator,
                                     before, names[first]);
        separator = chinese ? "、" : ", ";
        before = "";
    }
}

/* ---- what is in force ---- */

/* 0 Monday .. 6 Sunday. */
static int weekday(struct mu_date day)
{
    return (mu_date_weekday(day) + WEEK - 1) % WEEK;
}

static bool within(struct mu_date from, struct mu_date until, struct mu_date day)
{
    return mu_date_compare(from, day) <= 0 &&
           (!mu_date_known(until) || mu_date_compare(day, until) <= 0);
}

bool mu_order_holds(const struct mu_order *order, struct mu_date day, bool working)
{
    int weekdays;

    if (order->cancelled || !within(order->from, order->until, day))
        return false;
    if (!*order->weekdays)
        return mu_date_compare(order->from, day) == 0;
    if (!mu_weekdays_read(order->weekdays, &weekdays))
        return false;
    return weekdays & 1 << weekday(day) ||
           (working && (weekdays & MU_WORKING_WEEK) == MU_WORKING_WEEK);
}

bool mu_orders_meet(const struct mu_order *a, const struct mu_order *b)
{
    struct mu_date day = mu_date_compare(a->from, b->from) > 0 ? a->from : b->from;

    /* Nobody's week is longer than seven days. */
    for (int i = 0; i < WEEK; i++, day = mu_date_add_days(day, 1))
        if (strcmp(a->session, b->session) == 0 && mu_order_holds(a, day, false) &&
            mu_order_holds(b, day, false))
            return true;
    return false;
}

bool mu_absence_holds(const struct mu_absence *absence, struct mu_date day, const char *session)
{
    return !absence->cancelled && within(absence->from, absence->until, day) &&
           (!*absence->session || strcmp(absence->session, session) == 0);
}

enum mu_status mu_order_check(struct mu_order *order, const char **field, struct mu_error *error)
{
    const char *key = "weekdays";
    char from[MU_DATE_SIZE], until[MU_DATE_SIZE];
    int weekdays = 0;

    if (!field)
        field = &key;
    *field = "weekdays";
    if (*order->weekdays && !mu_weekdays_read(order->weekdays, &weekdays))
        return mu_fail(error, MU_INPUT, MU_SAY_error_weekdays, order->weekdays, NULL);
    *field = "order_from";
    if (!mu_date_known(order->from))
        return mu_fail(error, MU_INPUT, MU_SAY_error_order_from, NULL);
    *field = "order_until";
    if (mu_date_known(order->until) && mu_date_compare(order->until, order->from) < 0) {
        mu_date_format(order->from, from);
        mu_date_format(order->until, until);
        return mu_fail(error, MU_INPUT, MU_SAY_error_order_until, until, from, NULL);
    }
    *field = NULL;
    if (!weekdays)
        order->until = order->from;
    mu_weekdays_store(weekdays, order->weekdays);
    return MU_OK;
}

/* ---- closing time ---- */

struct mu_moment mu_orders_close(const struct mu_canteen *canteen, const struct mu_session *session,
                                 struct mu_date day)
{
    if (canteen->orders.close < 0)
        return (struct mu_moment){.date = day, .minute = session->to};
    return (struct mu_moment){.date = mu_date_add_days(day, -canteen->orders.days_before),
                              .minute = canteen->orders.close};
}

bool mu_orders_closed(const struct mu_canteen *canteen, const struct mu_session *session,
                      struct mu_date day, struct mu_moment now)
{
    struct mu_moment close = mu_orders_close(canteen, session, day);
    int order = mu_date_compare(now.date, close.date);

    return mu_date_compare(day, now.date) < 0 || order > 0 ||
           (order == 0 && now.minute >= close.minute);
}

struct mu_date mu_orders_open_from(const struct mu_canteen *canteen,
                                   const struct mu_session *session, struct mu_moment now)
{
    struct mu_date day = now.date;

    /* days_before is bounded by the book. */
    for (int i = 0; i <= DAYS_BEFORE && mu_orders_closed(canteen, session, day, now); i++)
        day = mu_date_add_days(day, 1);
    return day;
}
