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

static size_t characters(const char *text)
{
    size_t count = 0;

    for (; *text; text++)
        count += ((unsigned char)*text & 0xC0) != 0x80;
    return count;
}

enum mu_found_by mu_found_in_name(const char *name, const char *folded)
{
    char own[LETTERS], pinyin[LETTERS], whole[LETTERS], initials[LETTERS];
    size_t letters = 0, first = 0;

    mu_name_fold(name, own, sizeof own);
    if (!is_ascii(folded) || strstr(own, folded))
        return MU_FOUND_NAME;
    mu_name_pinyin(name, pinyin, sizeof pinyin);
    for (size_t i = 0; pinyin[i]; i++) {
        if (pinyin[i] == ' ')
            continue;
        if (i == 0 || pinyin[i - 1] == ' ')
            initials[first++] = pinyin[i];
        whole[letters++] = pinyin[i];
    }
    whole[letters] = initials[first] = '\0';
    if (strstr(initials, folded))
        return MU_FOUND_INITIALS;
    if (strstr(whole, folded))
        return MU_FOUND_PINYIN;
    /* Another reading of a character: initials are no longer than the name. */
    return strlen(folded) <= characters(own) ? MU_FOUND_INITIALS : MU_FOUND_PINYIN;
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
