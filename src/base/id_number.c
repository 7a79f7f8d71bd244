#include <mulin/base/id_number.h>

#include <mulin/base/codes.h>
#include <mulin/base/text.h>

#include <ctype.h>
#include <string.h>

enum { LENGTH = 18, OLD_LENGTH = 15, MASK_HEAD = 6, MASK_TAIL = 4, SHORT_TAIL = 2 };

char mu_id_number_check(const char digits[17])
{
    static const int weights[17] = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    int sum = 0;

    for (size_t i = 0; i < 17; i++)
        sum += (digits[i] - '0') * weights[i];
    return "10X98765432"[sum % 11];
}

static int number_at(const char *digits, size_t count)
{
    int value = 0;

    for (size_t i = 0; i < count; i++)
        value = value * 10 + (digits[i] - '0');
    return value;
}

/* Characters, whatever the bytes that they take. */
static size_t count_characters(const char *text)
{
    size_t step, count = 0;
    uint32_t rune;

    for (; (step = mu_text_rune(text, &rune)) > 0; text += step)
        count++;
    return count;
}

enum mu_id_fault mu_id_number_parse(const char *text, struct mu_id_number *out)
{
    struct mu_id_number number = {0};
    char folded[128];
    const char *birth;
    size_t length;
    bool old;

    if (!mu_text_fold_word(folded, sizeof folded, text))
        return MU_ID_LENGTH;
    length = count_characters(folded);
    if (length != LENGTH && length != OLD_LENGTH)
        return MU_ID_LENGTH;
    if (strlen(folded) != length)
        return MU_ID_CHARACTER;
    old = length == OLD_LENGTH;
    if (folded[length - 1] == 'x')
        folded[length - 1] = 'X';
    memcpy(number.text, folded, length + 1);
    if (strspn(number.text, "0123456789") < (old ? OLD_LENGTH : LENGTH - 1))
        return MU_ID_CHARACTER;
    if (!old && !strchr("0123456789X", number.text[LENGTH - 1]))
        return MU_ID_CHARACTER;
    birth = number.text + 6;
    number.birth_date.year = old ? 1900 + number_at(birth, 2) : number_at(birth, 4);
    birth += old ? 2 : 4;
    number.birth_date.month = number_at(birth, 2);
    number.birth_date.day = number_at(birth + 2, 2);
    if (!mu_date_valid(number.birth_date))
        return MU_ID_BIRTH_DATE;
    if (!old && mu_id_number_check(number.text) != number.text[LENGTH - 1])
        return MU_ID_CHECK;
    number.sex = (number.text[old ? 14 : 16] - '0') % 2 ? MU_SEX_MALE : MU_SEX_FEMALE;
    *out = number;
    return old ? MU_ID_OLD_FORM : MU_ID_GOOD;
}

const char *mu_id_number_origin(const char *id_number, enum mu_language language)
{
    enum { TAIWAN = 71, TAIWAN_PERMIT = 83 };
    const char *digits = *id_number == '9' ? id_number + 1 : id_number;
    int province;

    if (strspn(digits, "0123456789") < 2)
        return "";
    province = number_at(digits, 2);
    if (digits == id_number && province == TAIWAN_PERMIT)
        province = TAIWAN;
    return mu_choice_word(&mu_provinces, province, language);
}

/* The character to show at `index` of `length`: itself at the ends, a star between. */
static char masked(char character, size_t index, size_t length, size_t head, size_t tail)
{
    bool shown = index < head || index + tail >= length;

    return shown && isascii((unsigned char)character) && isprint((unsigned char)character)
               ? character
               : '*';
}

void mu_id_number_mask(const char *text, char *out)
{
    size_t length = strnlen(text, LENGTH);
    bool whole = length >= OLD_LENGTH;

    for (size_t i = 0; i < length; i++)
        out[i] = masked(text[i], i, length, whole ? MASK_HEAD : 0, whole ? MASK_TAIL : SHORT_TAIL);
    out[length] = '\0';
}

void mu_phone_mask(const char *text, char *out, size_t size)
{
    enum { MOBILE = 11, MOBILE_HEAD = 3, LANDLINE = 7 };
    size_t used = 0;

    if (size == 0)
        return;
    while (*text && used + 1 < size) {
        size_t length = strcspn(text, " ");
        size_t head = length >= MOBILE ? MOBILE_HEAD : 0;
        size_t tail = length > LANDLINE ? MASK_TAIL : SHORT_TAIL;

        for (size_t i = 0; i < length && used + 1 < size; i++)
            out[used++] = masked(text[i], i, length, head, tail);
        text += length;
        if (*text && used + 1 < size)
            out[used++] = *text++;
    }
    out[used] = '\0';
}
