#include <mulin/domain/finding.h>

#include <mulin/base/name_key.h>
#include <mulin/base/text.h>

#include <stdbool.h>
#include <string.h>

enum { LETTERS = 512, ONE_SIZE = 512 };

static const struct {
    const char *code;
    enum mu_message words;
} found_by[] = {
    [MU_FOUND_NAME] = {"name", MU_SAY_why_name},
    [MU_FOUND_PINYIN] = {"pinyin", MU_SAY_why_pinyin},
    [MU_FOUND_INITIALS] = {"initials", MU_SAY_why_initials},
    [MU_FOUND_PHONE] = {"phone", MU_SAY_why_phone},
    [MU_FOUND_ID_NUMBER] = {"id_number", MU_SAY_why_id_number},
    [MU_FOUND_ID_TAIL] = {"id_tail", MU_SAY_why_id_tail},
    [MU_FOUND_CARD] = {"card", MU_SAY_why_card},
    [MU_FOUND_ADDRESS] = {"address", MU_SAY_why_address},
    [MU_FOUND_OLD_ADDRESS] = {"old_address", MU_SAY_why_old_address},
    [MU_FOUND_TAG] = {"tag", MU_SAY_why_tag},
    [MU_FOUND_HOUSEHOLD] = {"household", MU_SAY_why_household},
};

const char *mu_found_by_code(enum mu_found_by by)
{
    return found_by[by].code;
}

static bool is_ascii(const char *text)
{
    while (*text)
        if ((unsigned char)*text++ >= 0x80)
            return false;
    return true;
}

/* How many characters the name has, when all are Chinese and none folds to a letter; else 0. */
static size_t all_chinese(const char *name)
{
    size_t count = 0, step;
    uint32_t rune;

    while ((step = mu_text_rune(name, &rune)) > 0) {
        if (!mu_rune_is_han(rune))
            return 0;
        name += step;
        count++;
    }
    return count;
}

static bool has_letters(const char *name, const char *folded)
{
    char own[LETTERS];

    mu_name_fold(name, own, sizeof own);
    return strstr(own, folded) != NULL;
}

static bool has_initials(const char *name, const char *folded)
{
    char initials[MU_PERSON_NAME_SIZE];

    mu_name_initials(name, initials, sizeof initials);
    return strstr(initials, folded) != NULL;
}

static bool has_pinyin(const char *name, const char *folded)
{
    char pinyin[LETTERS];
    size_t letters = 0;

    mu_name_pinyin(name, pinyin, sizeof pinyin);
    for (size_t i = 0; pinyin[i]; i++)
        if (pinyin[i] != ' ')
            pinyin[letters++] = pinyin[i];
    pinyin[letters] = '\0';
    return strstr(pinyin, folded) != NULL;
}

static size_t characters(const char *name)
{
    char own[LETTERS];
    size_t count = 0;

    mu_name_fold(name, own, sizeof own);
    for (const char *next = own; *next; next++)
        count += ((unsigned char)*next & 0xC0) != 0x80;
    return count;
}

enum mu_found_by mu_found_in_name(const char *name, const char *folded)
{
    size_t count;

    if (!is_ascii(folded))
        return MU_FOUND_NAME;
    count = all_chinese(name);
    if (count == 0 && has_letters(name, folded))
        return MU_FOUND_NAME;
    /* There are no more initials than characters. */
    if (strlen(folded) > (count ? count : characters(name)))
        return MU_FOUND_PINYIN;
    if (has_initials(name, folded))
        return MU_FOUND_INITIALS;
    /* What is neither is the initials of another reading. */
    return has_pinyin(name, folded) ? MU_FOUND_PINYIN : MU_FOUND_INITIALS;
}

static void one_text(const struct mu_why *why, enum mu_language language, char *out)
{
    char day[MU_DATE_SIZE];

    mu_date_format(why->until, day);
    mu_message_format(out, ONE_SIZE, language,
                      *day && why->by == MU_FOUND_OLD_ADDRESS ? MU_SAY_why_old_address_until
                                                              : found_by[why->by].words,
                      why->text, day, NULL);
}

void mu_why_text(const struct mu_why *why, size_t count, enum mu_language language, char *out,
                 size_t size)
{
    char text[ONE_SIZE];
    size_t used = 0;

    *out = '\0';
    for (size_t i = 0; i < count; i++) {
        if (i)
            mu_text_copy(out + used, size - used, mu_message_text(MU_SAY_why_and, language));
        used = strlen(out);
        one_text(&why[i], language, text);
        mu_text_copy(out + used, size - used, text);
        used = strlen(out);
    }
}
