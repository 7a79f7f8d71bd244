#include <mulin/base/date.h>

#include <mulin/base/text.h>

#include <stdint.h>
#include <string.h>

enum { FIRST_YEAR = 1900, LAST_YEAR = 2999 };

bool mu_date_known(struct mu_date date)
{
    return date.year != 0 || date.month != 0 || date.day != 0;
}

static bool is_leap(int year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

bool mu_date_valid(struct mu_date date)
{
    static const int days[12] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    if (date.year < FIRST_YEAR || date.year > LAST_YEAR || date.month < 1 || date.month > 12)
        return false;
    return date.day >= 1 &&
           date.day <= days[date.month - 1] + (date.month == 2 && is_leap(date.year));
}

int mu_date_compare(struct mu_date a, struct mu_date b)
{
    if (a.year != b.year)
        return a.year < b.year ? -1 : 1;
    if (a.month != b.month)
        return a.month < b.month ? -1 : 1;
    return (a.day > b.day) - (a.day < b.day);
}

/* Days from the last one of February of the year 0. A year is taken to begin in March, so that the
 * day that only some have comes last; what is beyond the end of a month goes on in the next. */
static int day_number(struct mu_date date)
{
    int months = 12 * date.year + date.month + 9; /* from March of the year -1 */
    int year = months / 12 - 1, month = months % 12;

    return 365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + date.day;
}

struct mu_date mu_date_add_days(struct mu_date date, int days)
{
    int number = day_number(date) + days, month, left;
    struct mu_date first = {.month = 3, .day = 1};

    if (!mu_date_known(date) || number <= 0)
        return (struct mu_date){0};
    first.year = (int)((int64_t)number * 400 / (400 * 365 + 97)) + 1; /* never too small */
    while (day_number(first) > number)
        first.year--;
    left = number - day_number(first);
    month = (5 * left + 2) / 153;
    return (struct mu_date){first.year + (month + 2) / 12, (month + 2) % 12 + 1,
                            left - (153 * month + 2) / 5 + 1};
}

int mu_date_days_between(struct mu_date a, struct mu_date b)
{
    return day_number(b) - day_number(a);
}

int mu_date_weekday(struct mu_date date)
{
    return ((day_number(date) + 2) % 7 + 7) % 7;
}

/* Days and moments are written and read millions of times when the chains are walked: by hand. */
static char *put_two(char *out, unsigned number)
{
    *out++ = (char)('0' + number / 10u % 10u);
    *out++ = (char)('0' + number % 10u);
    return out;
}

static char *put_date(char *out, struct mu_date date)
{
    out = put_two(out, (unsigned)date.year % 10000u / 100u);
    out = put_two(out, (unsigned)date.year % 100u);
    *out++ = '-';
    out = put_two(out, (unsigned)date.month % 100u);
    *out++ = '-';
    return put_two(out, (unsigned)date.day % 100u);
}

static char *put_clock(char *out, int minute)
{
    unsigned of_day = (unsigned)minute % 1440u;

    out = put_two(out, of_day / 60u);
    *out++ = ':';
    return put_two(out, of_day % 60u);
}

void mu_date_format(struct mu_date date, char *out)
{
    if (mu_date_known(date))
        out = put_date(out, date);
    *out = '\0';
}

/* What stands behind a number of a typed date. */
enum mark { NOTHING, DASH, SLASH, DOT, YEAR, MONTH, DAY };

struct typed_number {
    int value, digits;
    enum mark mark;
};

static enum mark read_mark(const char **text)
{
    static const struct {
        const char *text;
        enum mark mark;
    } marks[] = {
        {"-", DASH},  {"/", SLASH},  {".", DOT},
        {"。", DOT}, /* what the full stop key gives while a Chinese input method is on */
        {"年", YEAR}, {"月", MONTH}, {"日", DAY},
        {"号", DAY},
    };

    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        size_t length = strlen(marks[i].text);

        if (strncmp(*text, marks[i].text, length) == 0) {
            *text += length;
            return marks[i].mark;
        }
    }
    return NOTHING;
}

/* Splits a folded text into at most three numbers and their marks. 0 when it holds more. */
static size_t read_numbers(const char *text, struct typed_number number[3])
{
    size_t count = 0;

    for (; *text && count < 3; count++) {
        struct typed_number *next = &number[count];

        *next = (struct typed_number){0};
        for (; *text >= '0' && *text <= '9' && next->digits < 8; text++, next->digits++)
            next->value = next->value * 10 + (*text - '0');
        if (next->digits == 0)
            return 0;
        next->mark = read_mark(&text);
        if (next->mark == NOTHING && *text)
            return 0;
    }
    return *text ? 0 : count;
}

static bool is_separator(enum mark mark)
{
    return mark == DASH || mark == SLASH || mark == DOT;
}

/* Month and day stand last, as in 9-12 or 9月12日. */
static bool ends_a_date(const struct typed_number month, const struct typed_number day)
{
    if (month.digits > 2 || day.digits > 2)
        return false;
    if (month.mark == MONTH)
        return day.mark == NOTHING || day.mark == DAY;
    return is_separator(month.mark) && day.mark == NOTHING;
}

bool mu_date_parse(const char *text, struct mu_date today, struct mu_date *out)
{
    struct typed_number number[3];
    struct mu_date date = {0};
    char folded[64];

    if (!mu_text_fold_word(folded, sizeof folded, text))
        return false;
    switch (read_numbers(folded, number)) {
    case 1:
        if (number[0].mark != NOTHING || (number[0].digits != 4 && number[0].digits != 8))
            return false;
        date.year = number[0].digits == 8 ? number[0].value / 10000 : today.year;
        date.month = number[0].value / 100 % 100;
        date.day = number[0].value % 100;
        break;
    case 2:
        if (!ends_a_date(number[0], number[1]))
            return false;
        date = (struct mu_date){today.year, number[0].value, number[1].value};
        break;
    case 3:
        if (number[0].digits != 4 || !ends_a_date(number[1], number[2]) ||
            number[0].mark != (number[1].mark == MONTH ? YEAR : number[1].mark))
            return false;
        date = (struct mu_date){number[0].value, number[1].value, number[2].value};
        break;
    default:
        return false;
    }
    if (!mu_date_valid(date))
        return false;
    *out = date;
    return true;
}

bool mu_month_parse(const char *text, struct mu_date *first)
{
    struct typed_number number[3];
    struct mu_date date = {0, 0, 0};
    char folded[64];

    if (mu_date_parse(text, (struct mu_date){0, 0, 0}, &date)) {
        *first = (struct mu_date){date.year, date.month, 1};
        return true;
    }
    if (!mu_text_fold_word(folded, sizeof folded, text))
        return false;
    switch (read_numbers(folded, number)) {
    case 1:
        if (number[0].mark != NOTHING || number[0].digits != 6)
            return false;
        date = (struct mu_date){number[0].value / 100, number[0].value % 100, 1};
        break;
    case 2:
        if (number[0].digits != 4 || number[1].digits > 2 ||
            !(number[0].mark == YEAR ? number[1].mark == MONTH || number[1].mark == NOTHING
                                     : is_separator(number[0].mark) && number[1].mark == NOTHING))
            return false;
        date = (struct mu_date){number[0].value, number[1].value, 1};
        break;
    default:
        return false;
    }
    if (!mu_date_valid(date))
        return false;
    *first = date;
    return true;
}

void mu_month_format(struct mu_date day, char *out)
{
    char text[MU_DATE_SIZE];

    mu_date_format(day, text);
    text[MU_MONTH_SIZE - 1] = '\0';
    memcpy(out, text, MU_MONTH_SIZE);
}

struct mu_date mu_month_add(struct mu_date first, int months)
{
    int all = first.year * 12 + first.month - 1 + months;

    return (struct mu_date){all / 12, all % 12 + 1, 1};
}

struct mu_date mu_month_end(struct mu_date first)
{
    return mu_date_add_days(mu_month_add(first, 1), -1);
}

/* Reads a pattern in which 0 stands for any digit and everything else for itself. */
static bool has_form(const char *text, const char *form)
{
    for (; *form; text++, form++)
        if (*form == '0' ? *text < '0' || *text > '9' : *text != *form)
            return false;
    return *text == '\0';
}

static int two_digits(const char *text)
{
    return (text[0] - '0') * 10 + (text[1] - '0');
}

bool mu_date_read(const char *text, struct mu_date *out)
{
    struct mu_date date = {0};

    if (*text) {
        if (!has_form(text, "0000-00-00"))
            return false;
        date = (struct mu_date){two_digits(text) * 100 + two_digits(text + 2), two_digits(text + 5),
                                two_digits(text + 8)};
        if (!mu_date_valid(date))
            return false;
    }
    *out = date;
    return true;
}

void mu_moment_format(struct mu_moment moment, char *out)
{
    if (mu_date_known(moment.date)) {
        out = put_date(out, moment.date);
        *out++ = 'T';
        out = put_clock(out, moment.minute);
        *out++ = ':';
        out = put_two(out, (unsigned)moment.second % 100u);
    }
    *out = '\0';
}

bool mu_moment_parse(const char *text, struct mu_moment *out)
{
    bool seconds = has_form(text, "0000-00-00T00:00:00");
    struct mu_moment moment = {0};
    int hour, minute;

    if (!seconds && !has_form(text, "0000-00-00T00:00"))
        return false;
    moment.date = (struct mu_date){two_digits(text) * 100 + two_digits(text + 2),
                                   two_digits(text + 5), two_digits(text + 8)};
    hour = two_digits(text + 11);
    minute = two_digits(text + 14);
    moment.minute = hour * 60 + minute;
    moment.second = seconds ? two_digits(text + 17) : 0;
    if (!mu_date_valid(moment.date) || hour > 23 || minute > 59 || moment.second > 59)
        return false;
    *out = moment;
    return true;
}

void mu_clock_format(int minute, char *out)
{
    *put_clock(out, minute) = '\0';
}

bool mu_clock_parse(const char *text, int *minute)
{
    int hours, minutes;

    if (!has_form(text, "00:00"))
        return false;
    hours = two_digits(text);
    minutes = two_digits(text + 3);
    if (hours > 23 || minutes > 59)
        return false;
    *minute = hours * 60 + minutes;
    return true;
}

int mu_age_on(struct mu_date birth, struct mu_date day)
{
    bool before_birthday =
        day.month < birth.month || (day.month == birth.month && day.day < birth.day);

    if (!mu_date_known(birth))
        return -1;
    return day.year - birth.year - before_birthday;
}
