#include <mulin/base/field.h>

#include <mulin/base/floor_area.h>
#include <mulin/base/id_number.h>
#include <mulin/base/name_key.h>
#include <mulin/base/text.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { PHONE_DIGITS_LEAST = 5, PHONE_DIGITS_MOST = 20, HAN_BYTES = 3 };

const struct mu_choice *mu_choice_by_code(const struct mu_choices *choices, int code)
{
    for (size_t i = 0; i < choices->count; i++)
        if (choices->choice[i].code == code)
            return &choices->choice[i];
    return NULL;
}

/* True when `word` stands in `words`, which are separated by single blanks. */
static bool has_word(const char *words, const char *word, size_t length)
{
    while (*words) {
        size_t next = strcspn(words, " ");

        if (next == length && strncmp(words, word, length) == 0)
            return true;
        words += next;
        words += *words == ' ';
    }
    return false;
}

static const struct mu_choice *by_spelling(const struct mu_choices *choices, const char *text)
{
    char folded[128], code[16] = "";
    bool number;

    if (!mu_text_fold_word(folded, sizeof folded, text) || !*folded)
        return NULL;
    number = *folded >= '0' && *folded <= '9';
    for (size_t i = 0; i < choices->count; i++) {
        const struct mu_choice *choice = &choices->choice[i];

        if (number)
            snprintf(code, sizeof code, "%0*d", choices->digits, choice->code);
        if (strcmp(folded, code) == 0 || strcmp(folded, choice->chinese) == 0 ||
            strcasecmp(folded, choice->english) == 0 ||
            has_word(choice->words, folded, strlen(folded)))
            return choice;
    }
    return NULL;
}

/* Pinyin as it is compared: letters only, u for ü however it was typed. False when there is none.
 */
static bool fold_pinyin(const char *text, char *out, size_t size)
{
    mu_name_fold(text, out, size);
    for (char *at = out; *at; at++) {
        if (*at < 'a' || *at > 'z')
            return false;
        if (*at == 'v')
            *at = 'u';
    }
    return *out != '\0';
}

/* True when the word of `length` bytes is read `letters`; words of letters only are no pinyin. */
static bool sounds_like(const char *word, size_t length, const char *letters)
{
    char text[128], pinyin[256], folded[256];

    snprintf(text, sizeof text, "%.*s", (int)length, word);
    mu_name_pinyin(text, pinyin, sizeof pinyin);
    return strcasecmp(text, pinyin) != 0 && fold_pinyin(pinyin, folded, sizeof folded) &&
           strcmp(folded, letters) == 0;
}

static bool choice_sounds_like(const struct mu_choice *choice, const char *letters)
{
    const char *word = choice->words;

    if (sounds_like(choice->chinese, strlen(choice->chinese), letters))
        return true;
    while (*word) {
        size_t length = strcspn(word, " ");

        if (sounds_like(word, length, letters))
            return true;
        word += length;
        word += *word == ' ';
    }
    return false;
}

size_t mu_choices_by_pinyin(const struct mu_choices *choices, const char *text,
                            const struct mu_choice *out[MU_CHOICES_SOUNDING])
{
    char letters[128];
    size_t count = 0;

    if (!fold_pinyin(text, letters, sizeof letters))
        return 0;
    for (size_t i = 0; i < choices->count && count < MU_CHOICES_SOUNDING; i++)
        if (choice_sounds_like(&choices->choice[i], letters))
            out[count++] = &choices->choice[i];
    return count;
}

const struct mu_choice *mu_choice_by_text(const struct mu_choices *choices, const char *text)
{
    const struct mu_choice *sounding[MU_CHOICES_SOUNDING], *choice = by_spelling(choices, text);

    if (choice)
        return choice;
    return mu_choices_by_pinyin(choices, text, sounding) == 1 ? sounding[0] : NULL;
}

const char *mu_choice_word(const struct mu_choices *choices, int code, enum mu_language language)
{
    const struct mu_choice *choice = mu_choice_by_code(choices, code);

    if (!choice)
        return "";
    return language == MU_ENGLISH ? choice->english : choice->chinese;
}

static enum mu_status refuse_length(size_t size, struct mu_error *error)
{
    char han[24], letters[24];

    snprintf(han, sizeof han, "%zu", (size - 1) / HAN_BYTES);
    snprintf(letters, sizeof letters, "%zu", size - 1);
    return mu_fail(error, MU_INPUT, MU_SAY_error_text_long, han, letters, NULL);
}

static enum mu_status refuse_fault(enum mu_text_fault fault, struct mu_error *error)
{
    static const enum mu_message says[] = {
        [MU_TEXT_ENCODING] = MU_SAY_error_text_encoding,
        [MU_TEXT_CONTROL] = MU_SAY_error_text_control,
        [MU_TEXT_BIDI] = MU_SAY_error_text_bidi,
        [MU_TEXT_INVISIBLE] = MU_SAY_error_text_invisible,
    };

    return mu_fail(error, MU_INPUT, says[fault], NULL);
}

static enum mu_status refuse_id(enum mu_id_fault fault, struct mu_error *error)
{
    static const enum mu_message says[] = {
        [MU_ID_LENGTH] = MU_SAY_error_id_length,
        [MU_ID_CHARACTER] = MU_SAY_error_id_character,
        [MU_ID_BIRTH_DATE] = MU_SAY_error_id_birth_date,
        [MU_ID_CHECK] = MU_SAY_error_id_check,
    };

    return mu_fail(error, MU_INPUT, says[fault], NULL);
}

static void either_word(const struct mu_choice *choice, char out[MU_EITHER_SIZE])
{
    mu_either(out, MU_EITHER_SIZE, choice->chinese, choice->english);
}

static enum mu_status refuse_choice(const struct mu_choices *choices, const char *text,
                                    struct mu_error *error)
{
    const struct mu_choice *sounding[MU_CHOICES_SOUNDING];
    char words[2][MU_EITHER_SIZE];

    if (mu_choices_by_pinyin(choices, text, sounding) < 2)
        return mu_fail(error, MU_INPUT, choices->refusal, NULL);
    either_word(sounding[0], words[0]);
    either_word(sounding[1], words[1]);
    return mu_fail(error, MU_INPUT, MU_SAY_error_choice_pinyin, text, words[0], words[1], NULL);
}

/* True at a mark between two words or numbers; *length gets its bytes. */
static bool at_separator(const char *text, size_t *length)
{
    static const char ideographic_comma[] = "、";

    *length = 1;
    if (*text && strchr(" ,;/|", *text))
        return true;
    *length = strlen(ideographic_comma);
    return strncmp(text, ideographic_comma, *length) == 0;
}

/* The next word of a list: moves *text to it and gives its bytes, 0 at the end. */
static size_t next_word(const char **text)
{
    size_t length = 0, mark;

    while (at_separator(*text, &mark))
        *text += mark;
    while ((*text)[length] && !at_separator(*text + length, &mark))
        length++;
    return length;
}

static bool is_phone(const char *word, size_t length)
{
    size_t digits = 0;

    for (size_t i = 0; i < length; i++) {
        if (word[i] >= '0' && word[i] <= '9')
            digits++;
        else if (word[i] != '-' && !(word[i] == '+' && i == 0))
            return false;
    }
    return digits >= PHONE_DIGITS_LEAST && digits <= PHONE_DIGITS_MOST;
}

/* Writes the words of a list once each with one blank between them into `out` of MU_FIELD_LONGEST
 * bytes, which is more than `text` has. False when one of them is no phone number though it should
 * be. */
static bool join_words(const char *text, bool phones, char *out)
{
    size_t length, used = 0;

    out[0] = '\0';
    for (; (length = next_word(&text)) > 0; text += length) {
        if (phones && !is_phone(text, length))
            return false;
        if (has_word(out, text, length))
            continue;
        if (used > 0)
            out[used++] = ' ';
        memcpy(out + used, text, length);
        used += length;
        out[used] = '\0';
    }
    return true;
}

static enum mu_status store(const struct mu_field *field, const char *text, void *member,
                            struct mu_error *error)
{
    size_t length = strlen(text);

    if (length >= field->size)
        return refuse_length(field->size, error);
    memset(member, 0, field->size);
    memcpy(member, text, length);
    return MU_OK;
}

static enum mu_status read_text(const struct mu_field *field, const char *text, void *member,
                                struct mu_error *error)
{
    char clean[MU_FIELD_LONGEST], narrow[MU_FIELD_LONGEST];

    if (!mu_text_clean(clean, sizeof clean, text, field->kind == MU_FIELD_NOTE))
        return mu_text_lacked_memory(clean, sizeof clean, text) ? mu_fail_memory(error)
                                                                : refuse_length(field->size, error);
    if (field->kind != MU_FIELD_TEXT)
        return store(field, clean, member, error);
    mu_text_narrow(narrow, sizeof narrow, clean);
    return store(field, narrow, member, error);
}

static enum mu_status read_list(const struct mu_field *field, const char *text, void *member,
                                struct mu_error *error)
{
    char narrow[MU_FIELD_LONGEST], words[MU_FIELD_LONGEST];
    bool phones = field->kind == MU_FIELD_PHONE;
    const char *start = narrow;

    mu_text_narrow(narrow, sizeof narrow, text);
    start += phones && *start == '\''; /* the mark of text in a spreadsheet */
    if (!join_words(start, phones, words))
        return mu_fail(error, MU_INPUT, MU_SAY_error_phone, NULL);
    if (!*words && field->required)
        return mu_fail(error, MU_INPUT, MU_SAY_error_text_missing, NULL);
    return store(field, words, member, error);
}

static enum mu_status read_id(const struct mu_field *field, const char *text, void *member,
                              struct mu_error *error)
{
    struct mu_id_number number;
    enum mu_id_fault fault = mu_id_number_parse(text + (*text == '\''), &number);

    if (fault != MU_ID_GOOD && fault != MU_ID_OLD_FORM)
        return refuse_id(fault, error);
    return store(field, number.text, member, error);
}

/* 1987, 1987年; nothing was built here before 1800 or after the year of `today`, when that is
 * known.
 */
static enum mu_status read_year(const char *text, struct mu_date today, void *member,
                                struct mu_error *error)
{
    char folded[64], *end;
    long year;
    int last = today.year ? today.year : 9999, kept;

    if (!mu_text_fold_word(folded, sizeof folded, text))
        return mu_fail(error, MU_INPUT, MU_SAY_error_year, NULL);
    year = strtol(folded, &end, 10);
    if (end != folded + 4 || (*end && strcmp(end, "年") != 0) || year < 1800 || year > last)
        return mu_fail(error, MU_INPUT, MU_SAY_error_year, NULL);
    kept = (int)year;
    memcpy(member, &kept, sizeof kept);
    return MU_OK;
}

static enum mu_status read_area(const char *text, void *member, struct mu_error *error)
{
    struct mu_floor_area area;

    if (!mu_floor_area_parse(text, &area))
        return mu_fail(error, MU_INPUT, MU_SAY_error_floor_area, NULL);
    memcpy(member, &area, sizeof area);
    return MU_OK;
}

enum mu_status mu_field_read(const struct mu_field *field, const char *text, struct mu_date today,
                             void *record, struct mu_error *error)
{
    char *member = (char *)record + field->offset, taken[MU_FIELD_LONGEST];
    size_t length = mu_text_trim(&text);
    const struct mu_choice *choice;
    enum mu_text_fault fault;
    struct mu_date date;

    if (length == 0) {
        if (field->required)
            return mu_fail(error, MU_INPUT, MU_SAY_error_text_missing, NULL);
        memset(member, 0, field->size);
        return MU_OK;
    }
    if (length >= sizeof taken)
        return refuse_length(field->size, error);
    mu_text_copy(taken, length + 1, text);
    fault = mu_text_check(taken, field->kind == MU_FIELD_NOTE);
    if (fault != MU_TEXT_GOOD)
        return refuse_fault(fault, error);
    switch (field->kind) {
    case MU_FIELD_NAME:
    case MU_FIELD_TEXT:
    case MU_FIELD_NOTE:
        return read_text(field, taken, member, error);
    case MU_FIELD_PHONE:
    case MU_FIELD_TAGS:
        return read_list(field, taken, member, error);
    case MU_FIELD_ID_NUMBER:
        return read_id(field, taken, member, error);
    case MU_FIELD_DATE:
        if (!mu_date_parse(taken, today, &date))
            return mu_fail(error, MU_INPUT, MU_SAY_error_date, NULL);
        memcpy(member, &date, sizeof date);
        return MU_OK;
    case MU_FIELD_CHOICE:
        choice = mu_choice_by_text(field->choices, taken);
        if (!choice)
            return refuse_choice(field->choices, taken, error);
        memcpy(member, &choice->code, sizeof choice->code);
        return MU_OK;
    case MU_FIELD_YEAR:
        return read_year(taken, today, member, error);
    case MU_FIELD_FLOOR_AREA:
        return read_area(taken, member, error);
    }
    return MU_USAGE;
}

void mu_field_write(const struct mu_field *field, const void *record, enum mu_language language,
                    char *out, size_t size)
{
    const char *member = (const char *)record + field->offset;
    char text[MU_DATE_SIZE], number[MU_FLOOR_AREA_SIZE];
    struct mu_floor_area area;
    struct mu_date date;
    int code;

    switch (field->kind) {
    case MU_FIELD_DATE:
        memcpy(&date, member, sizeof date);
        mu_date_format(date, text);
        mu_text_copy(out, size, text);
        break;
    case MU_FIELD_CHOICE:
        memcpy(&code, member, sizeof code);
        mu_text_copy(out, size, code ? mu_choice_word(field->choices, code, language) : "");
        break;
    case MU_FIELD_YEAR:
        memcpy(&code, member, sizeof code);
        snprintf(number, sizeof number, "%d", code);
        mu_text_copy(out, size, code ? number : "");
        break;
    case MU_FIELD_FLOOR_AREA:
        memcpy(&area, member, sizeof area);
        mu_floor_area_format(area, number);
        mu_text_copy(out, size, number);
        break;
    default:
        mu_text_copy(out, size, member);
    }
}

static bool is_text(const struct mu_field *field)
{
    return field->kind != MU_FIELD_DATE && field->kind != MU_FIELD_CHOICE;
}

bool mu_field_same(const struct mu_field *field, const void *a, const void *b)
{
    const char *first = (const char *)a + field->offset, *second = (const char *)b + field->offset;

    /* What stands behind the NUL of a text is nobody's. */
    return is_text(field) ? strcmp(first, second) == 0 : memcmp(first, second, field->size) == 0;
}

void mu_field_copy(const struct mu_field *field, const void *from, void *to)
{
    memcpy((char *)to + field->offset, (const char *)from + field->offset, field->size);
}

const struct mu_field *mu_field_by_key(const struct mu_field *fields, size_t count, const char *key)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(fields[i].key, key) == 0)
            return &fields[i];
    return NULL;
}
