#include <mulin/domain/tag.h>

#include "base/text_list.h"

#include <stdio.h>
#include <string.h>

static const char apart[] = "；", to[] = "～";

enum { TIME_SIZE = 2 * (MU_TAGS_SIZE + MU_REASON_SIZE) + 64 };

const struct mu_field mu_tag_book_fields[] = {
    {"times", MU_SAY_field_tags, MU_SAY_hint_tags, MU_FIELD_NAME, false, false,
     offsetof(struct mu_tag_book, times), sizeof(((struct mu_tag_book *)0)->times), NULL},
};

const size_t mu_tag_book_field_count = sizeof mu_tag_book_fields / sizeof *mu_tag_book_fields;

bool mu_tag_book_add(struct mu_tag_book *book, const struct mu_tag *tag)
{
    char from[MU_DATE_SIZE], until[MU_DATE_SIZE], time[TIME_SIZE];

    mu_date_format(tag->from, from);
    mu_date_format(tag->until, until);
    snprintf(time, sizeof time, "%s %s%s%s%s%s", tag->word, from, to, until,
             *tag->evidence ? " " : "", tag->evidence);
    return mu_text_list_add(book->times, sizeof book->times, apart, time);
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

    if (!mu_text_list_next(&rest, apart, time, sizeof time))
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
