#include <mulin/domain/volunteer.h>

#include "base/text_list.h"

#include <mulin/base/codes.h>
#include <mulin/base/text.h>
#include <mulin/domain/points.h>

#include <stdio.h>
#include <string.h>

enum { MONTHS_OF_YEAR = 12 };

#define MEMBER(record, name) offsetof(struct record, name), sizeof(((struct record *)0)->name)
#define FIELD(member, key, kind, required, choices)                                                \
    {                                                                                              \
#key, MU_SAY_field_##key, MU_SAY_hint_##key, kind, required, false,                        \
            MEMBER(mu_volunteer, member), choices                                                  \
    }

const struct mu_field mu_volunteer_fields[] = {
    FIELD(registered_on, registered_on, MU_FIELD_DATE, false, NULL),
    FIELD(number, volunteer_number, MU_FIELD_TEXT, false, NULL),
    FIELD(skills, skills, MU_FIELD_TAGS, false, NULL),
    FIELD(shows_name, shows_name, MU_FIELD_CHOICE, false, &mu_answers),
    FIELD(left_on, left_on, MU_FIELD_DATE, false, NULL),
};
const size_t mu_volunteer_field_count = sizeof mu_volunteer_fields / sizeof *mu_volunteer_fields;

bool mu_volunteer_active(const struct mu_volunteer *volunteer)
{
    return mu_date_known(volunteer->registered_on) && !mu_date_known(volunteer->left_on);
}

bool mu_volunteer_can(const struct mu_volunteer *volunteer, const char *word)
{
    char skills[MU_TAGS_SIZE], wanted[MU_TAGS_SIZE];

    mu_text_fold(skills, sizeof skills, volunteer->skills);
    return mu_text_fold_word(wanted, sizeof wanted, word) && strstr(skills, wanted);
}

int mu_volunteer_months(const struct mu_volunteer *volunteer, struct mu_date today)
{
    struct mu_date from = volunteer->registered_on;
    int months;

    if (!mu_date_known(from) || mu_date_compare(from, today) > 0)
        return 0;
    months = (today.year - from.year) * MONTHS_OF_YEAR + today.month - from.month;
    return today.day < from.day ? months - 1 : months;
}

const struct mu_field mu_award_book_fields[] = {
    {"awards", MU_SAY_field_awards, MU_SAY_hint_awards, MU_FIELD_NAME, false, false,
     MEMBER(mu_award_book, awards), NULL},
};
const size_t mu_award_book_field_count = sizeof mu_award_book_fields / sizeof *mu_award_book_fields;

static const char apart[] = "；", before_note[] = "：";

enum { AWARD_SIZE = 2 * (MU_RULE_NAME_SIZE + MU_NOTE_SIZE) + 64 };

/* "2026-11 2026-12-02 活力小哥：好评最多" */
bool mu_award_book_add(struct mu_award_book *book, const struct mu_award *award)
{
    char month[MU_MONTH_SIZE], day[MU_DATE_SIZE], text[AWARD_SIZE];
    const char *note = award->note;
    size_t used;

    while (strncmp(note, before_note, strlen(before_note)) == 0)
        note += strlen(before_note);

    mu_month_format(mu_month_first(award->month), month);
    mu_date_format(award->given_on, day);
    used = (size_t)snprintf(text, sizeof text, "%s %s ", month, day);
    text[used] = '\0';
    if (!mu_text_list_add(text + used, sizeof text - used, before_note, award->name) ||
        (*note && !mu_text_list_add(text + used, sizeof text - used, before_note, note)))
        return false;
    return mu_text_list_add(book->awards, sizeof book->awards, apart, text);
}

bool mu_award_book_next(const char **awards, struct mu_award *out)
{
    const char *rest = *awards, *words;
    char text[AWARD_SIZE], *day, *name;
    struct mu_date month;

    if (!mu_text_list_next(&rest, apart, text, sizeof text))
        return false;
    *out = (struct mu_award){0};
    day = strchr(text, ' ');
    name = day ? strchr(day + 1, ' ') : NULL;
    if (!name)
        return false;
    *day++ = *name++ = '\0';
    words = name;
    if (!mu_month_parse(text, &month) || !mu_date_read(day, &out->given_on) ||
        !mu_text_list_next(&words, before_note, out->name, sizeof out->name) ||
        (*words && !mu_text_list_next(&words, before_note, out->note, sizeof out->note)))
        return false;
    out->month = mu_month_number(month);
    *awards = rest;
    return true;
}
