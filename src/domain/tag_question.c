#include <mulin/domain/tag.h>

#include <mulin/base/text.h>

#include <stdlib.h>
#include <string.h>

/* The last birthday of those who are `age` on the day. */
static struct mu_date born_until(struct mu_date day, int age)
{
    struct mu_date born = {day.year - age, day.month, day.day};

    /* On 29 February those born on the 28th are the youngest of a year without one. */
    if (!mu_date_valid(born))
        born.day = 28;
    return born;
}

void mu_tag_ask(const char *word, const struct mu_register_rules *rules, struct mu_date day,
                struct mu_tag_question *out)
{
    *out = (struct mu_tag_question){.born_elder = born_until(day, rules->elder_from)};
    mu_text_copy(out->word, sizeof out->word, word);
    if (!mu_tag_is_derived(out->word))
        return;
    out->born_until = out->born_elder;
    if (strcmp(word, "独居") == 0) {
        out->asked = MU_ASKED_ALONE;
    } else if (strcmp(word, "空巢") == 0) {
        out->asked = MU_ASKED_EMPTY_NEST;
    } else {
        int age = rules->advanced_age_from;

        if (strcmp(word, "高龄") != 0)
            age = (int)strtol(word, NULL, 10);
        else if (age < rules->elder_from) /* only an elder is told so, whatever the book says */
            age = rules->elder_from;
        out->asked = MU_ASKED_AGE;
        out->born_until = born_until(day, age);
    }
}

static bool born_by(const struct mu_resident *resident, struct mu_date last)
{
    return mu_date_known(resident->birth_date) && mu_date_compare(resident->birth_date, last) <= 0;
}

bool mu_tag_may_fit(const struct mu_tag_question *question, const struct mu_resident *resident,
                    struct mu_date day)
{
    char words[MU_TAGS_SIZE];

    if (resident->status != MU_LIVING_HERE ||
        (resident->linked_to && question->asked != MU_ASKED_WORD))
        return false;
    switch (question->asked) {
    case MU_ASKED_WORD:
        mu_tags_on(resident->tags, day, words);
        return mu_tags_have(words, question->word);
    case MU_ASKED_AGE:
        return born_by(resident, question->born_until);
    case MU_ASKED_ALONE:
    case MU_ASKED_EMPTY_NEST:
        return resident->household_id && born_by(resident, question->born_until);
    }
    return false;
}

bool mu_tag_fits(const struct mu_tag_question *question, const struct mu_resident *resident,
                 const struct mu_housemates *members, const struct mu_register_rules *rules,
                 struct mu_date day)
{
    char words[MU_DERIVED_SIZE];

    if (!mu_tag_may_fit(question, resident, day))
        return false;
    if (question->asked == MU_ASKED_WORD || question->asked == MU_ASKED_AGE)
        return true;
    mu_derive_tags(resident, members, rules, day, words);
    return mu_tags_have(words, question->word);
}
