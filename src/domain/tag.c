#include <mulin/domain/tag.h>

#include <mulin/base/text.h>

#include <stdio.h>
#include <string.h>

#define MEMBER(name) offsetof(struct mu_tag, name), sizeof(((struct mu_tag *)0)->name)

const struct mu_field mu_tag_fields[] = {
    {"word", MU_SAY_field_tag_word, MU_SAY_hint_tag_word, MU_FIELD_TAGS, true, false, MEMBER(word),
     NULL},
    {"from", MU_SAY_field_tag_from, MU_SAY_hint_tag_from, MU_FIELD_DATE, false, false, MEMBER(from),
     NULL},
    {"until", MU_SAY_field_tag_until, MU_SAY_hint_tag_until, MU_FIELD_DATE, false, false,
     MEMBER(until), NULL},
    {"evidence", MU_SAY_field_tag_evidence, MU_SAY_hint_tag_evidence, MU_FIELD_NAME, false, false,
     MEMBER(evidence), NULL},
};

const size_t mu_tag_field_count = sizeof mu_tag_fields / sizeof *mu_tag_fields;

bool mu_tag_withdrawn(const struct mu_tag *tag)
{
    return mu_date_known(tag->until) && mu_date_known(tag->from) &&
           mu_date_compare(tag->until, tag->from) < 0;
}

bool mu_tag_next(const char **line, char word[MU_TAGS_SIZE], struct mu_date *until)
{
    const char *start = *line + strspn(*line, " ");
    size_t length = strcspn(start, " ");
    char *mark;

    *line = start + length;
    if (length == 0)
        return false;
    if (length >= MU_TAGS_SIZE)
        length = MU_TAGS_SIZE - 1;
    memcpy(word, start, length);
    word[length] = '\0';
    *until = (struct mu_date){0, 0, 0};
    mark = strrchr(word, '<');
    if (mark && mark[1] && mu_date_read(mark + 1, until))
        *mark = '\0';
    return true;
}

/* False, `line` untouched, when it does not fit. */
static bool append(char line[MU_TAGS_SIZE], const char *word, struct mu_date until)
{
    size_t used = strlen(line), length = strlen(word);
    bool ends = mu_date_known(until);

    if (used + length + (used ? 1 : 0) + (ends ? MU_DATE_SIZE : 0) >= MU_TAGS_SIZE)
        return false;
    if (used)
        line[used++] = ' ';
    memcpy(line + used, word, length + 1);
    used += length;
    if (ends) {
        line[used++] = '<';
        mu_date_format(until, line + used);
    }
    return true;
}

static const struct mu_date for_good = {0, 0, 0};

static bool in_force(struct mu_date until, struct mu_date day)
{
    return !mu_date_known(until) || mu_date_compare(until, day) >= 0;
}

void mu_tags_on(const char *line, struct mu_date day, char *out)
{
    char words[MU_TAGS_SIZE], word[MU_TAGS_SIZE];
    struct mu_date until;

    *words = '\0';
    while (mu_tag_next(&line, word, &until))
        if (in_force(until, day) && !mu_tag_is_derived(word))
            append(words, word, for_good);
    memcpy(out, words, strlen(words) + 1);
}

struct mu_date mu_tags_day(const struct mu_resident *resident, struct mu_date today)
{
    bool ended = resident->status != MU_LIVING_HERE && mu_date_known(resident->ended_on);

    return ended ? resident->ended_on : today;
}

bool mu_tags_have(const char *line, const char *word)
{
    char found[MU_TAGS_SIZE];
    struct mu_date until;

    while (mu_tag_next(&line, found, &until))
        if (strcmp(found, word) == 0)
            return true;
    return false;
}

/* The last day that a stored line has for a word in force. */
static bool stands(const char *line, const char *word, struct mu_date today, struct mu_date *until)
{
    char found[MU_TAGS_SIZE];

    while (mu_tag_next(&line, found, until))
        if (strcmp(found, word) == 0 && in_force(*until, today))
            return true;
    return false;
}

void mu_tags_told(const struct mu_resident *resident, bool age, char *out)
{
    const char *derived = resident->derived;

    if (!age)
        derived += strcspn(derived, " ");
    derived += strspn(derived, " ");
    snprintf(out, MU_TOLD_SIZE, "%s%s%s", resident->tags, *resident->tags && *derived ? " " : "",
             derived);
}

void mu_tags_add(char line[MU_TAGS_SIZE], const char *others)
{
    char word[MU_TAGS_SIZE];
    struct mu_date until;

    while (mu_tag_next(&others, word, &until))
        if (!mu_tags_have(line, word))
            append(line, word, until);
}

bool mu_tag_is_derived(const char *word)
{
    static const char *const words[] = {"独居", "空巢", "高龄"};
    size_t digits = strspn(word, "0123456789");

    if (digits >= 2 && digits <= 3 && strcmp(word + digits, "+") == 0)
        return true;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(word, words[i]) == 0)
            return true;
    return false;
}

bool mu_tags_without_derived(const char *line, char *out)
{
    char words[MU_TAGS_SIZE] = "", word[MU_TAGS_SIZE];
    struct mu_date until;
    bool some = false;

    while (mu_tag_next(&line, word, &until)) {
        if (mu_tag_is_derived(word))
            some = true;
        else
            append(words, word, until);
    }
    memcpy(out, words, sizeof words);
    return some;
}

struct mu_date mu_tag_review_day(struct mu_date from, int months)
{
    int month = from.month - 1 + months;
    struct mu_date day = {from.year + month / 12, month % 12 + 1, from.day};

    /* The 31st of a month that has none comes back on the first of the next. */
    if (!mu_date_valid(day)) {
        day.day = 1;
        day.month = day.month % 12 + 1;
        day.year += day.month == 1;
    }
    return mu_date_add_days(day, -1);
}

static enum mu_status take(const char *word, const char *stored, struct mu_date today,
                           const struct mu_register_rules *rules, struct mu_tag_changes *out,
                           struct mu_error *error)
{
    int months = mu_rules_review_months(rules, word);
    struct mu_date until;
    bool fits;

    if (mu_tag_is_derived(word))
        return mu_fail(error, MU_INPUT, MU_SAY_error_tag_derived, word, NULL);
    if (strchr(word, '<'))
        return mu_fail(error, MU_INPUT, MU_SAY_error_tag_mark, word, NULL);
    if (stands(stored, word, today, &until)) {
        fits = append(out->stored, word, until);
    } else {
        until = months ? mu_tag_review_day(today, months) : for_good;
        fits = append(out->stored, word, until) && append(out->begun, word, until);
    }
    return fits ? MU_OK : mu_fail(error, MU_INPUT, MU_SAY_error_tags_many, NULL);
}

enum mu_status mu_tags_replace(const char *stored, const char *words, struct mu_date today,
                               const struct mu_register_rules *rules, struct mu_tag_changes *out,
                               struct mu_error *error)
{
    struct mu_tag_changes changes = {"", "", ""};
    char word[MU_TAGS_SIZE];
    struct mu_date until;
    const char *rest = words;

    while (mu_tag_next(&rest, word, &until)) {
        enum mu_status status;

        /* A day is the file's to write, not the person's to type. */
        if (mu_date_known(until))
            return mu_fail(error, MU_INPUT, MU_SAY_error_tag_mark, word, NULL);
        status = take(word, stored, today, rules, &changes, error);
        if (status != MU_OK)
            return status;
    }
    for (rest = stored; mu_tag_next(&rest, word, &until);)
        if (in_force(until, today) && !mu_tags_have(words, word))
            append(changes.ended, word, for_good);
    *out = changes;
    return MU_OK;
}
