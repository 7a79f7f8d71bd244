#include <mulin/domain/tag.h>

#include <stdio.h>
#include <string.h>

static const char apart[] = "；", to[] = "～";

enum { TIME_SIZE = 2 * (MU_TAGS_SIZE + MU_REASON_SIZE) + 64 };

const struct mu_field mu_tag_book_fields[] = {
    {"times", MU_SAY_field_tags, MU_SAY_hint_tags, MU_FIELD_NAME, false, false,
     offsetof(struct mu_tag_book, times), sizeof(((struct mu_tag_book *)0)->times), NULL},
};

const size_t mu_tag_book_field_count = sizeof mu_tag_book_fields / sizeof *mu_tag_book_fields;

/* Doubles the mark that parts times. `out` has room for twice the text. */
static void escape(const char *text, char *out)
{
    while (*text) {
        if (strncmp(text, apart, strlen(apart)) == 0) {
            memcpy(out, apart, strlen(apart));
            out += strlen(apart);
        }
        *out++ = *text++;
    }
    *out = '\0';
}

bool mu_tag_book_add(struct mu_tag_book *book, const struct mu_tag *tag)
{
    char from[MU_DATE_SIZE], until[MU_DATE_SIZE], time[TIME_SIZE], escaped[2 * TIME_SIZE];
    size_t used = strlen(book->times);

    mu_date_format(tag->from, from);
    mu_date_format(tag->until, until);
    snprintf(time, sizeof time, "%s %s%s%s%s%s", tag->word, from, to, until,
             *tag->evidence ? " " : "", tag->evidence);
    escape(time, escaped);
    if (used + strlen(apart) + strlen(escaped) >= sizeof book->times)
        return false;
    snprintf(book->times + used, sizeof book->times - used, "%s%s", used ? apart : "", escaped);
    return true;
}

/* Copies up to the mark that parts times. False when it does not fit. */
static bool take(const char **times, char *out, size_t size)
{
    const char *at = *times;
    size_t used = 0, mark = strlen(apart);

    while (*at && used + 1 < size) {
        if (strncmp(at, apart, mark) == 0) {
            at += mark;
            if (strncmp(at, apart, mark) != 0)
                break;
        }
        out[used++] = *at++;
    }
    out[used] = '\0';
    *times = at;
    return used + 1 < size;
}

static bool read_day(const char *text, size_t length, struct mu_date *out)
{
    char day[MU_DATE_SIZE];

    if (length >= sizeof day)
        return false;
    snprintf(day, sizeof day, "%.*s", (int)length, text);
    return mu_date_read(day, out);
}

bool mu_tag_book_next(const char **times, struct mu_tag *tag)
{
    const char *rest = *times;
    char time[TIME_SIZE], *days, *until, *evidence;

    if (!*rest || !take(&rest, time, sizeof time))
        return false;
    *tag = (struct mu_tag){0};
    days = strchr(time, ' ');
    until = days ? strstr(days, to) : NULL;
    if (!until || (size_t)(days - time) >= sizeof tag->word)
        return false;
    *days++ = '\0';
    evidence = strchr(until, ' ');
    if (!read_day(days, (size_t)(until - days), &tag->from) ||
        !read_day(until + strlen(to),
                  evidence ? (size_t)(evidence - until) - strlen(to) : strlen(until + strlen(to)),
                  &tag->until) ||
        (evidence && strlen(evidence + 1) >= sizeof tag->evidence))
        return false;
    memcpy(tag->word, time, strlen(time) + 1);
    if (evidence)
        memcpy(tag->evidence, evidence + 1, strlen(evidence + 1) + 1);
    *times = rest;
    return true;
}
