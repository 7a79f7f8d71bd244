#include "store/search_word.h"

#include "store/vault.h"

#include <mulin/base/name_key.h>
#include <mulin/base/text.h>

#include <ctype.h>
#include <stdio.h>
#include <string.h>

enum {
    PHONE_LEAST = 7,   /* digits of a whole number, without its area code */
    TAIL_LEAST = 4,    /* digits of a phone or ID tail that is looked up */
    PINYIN_LEAST = 4,  /* letters of a tag's pinyin */
    BUILDING_MOST = 3, /* digits of a building's number */
    VOCABULARY = 300,  /* words that are tags and looked through */
    FOLDED_SIZE = MU_SEARCH_TYPED_SIZE,
};

static void add_form(struct mu_search_word *word, char shelf, const char *text, bool exact)
{
    if (word->count == sizeof word->form / sizeof *word->form)
        return;
    word->form[word->count].prefix[0] = shelf;
    mu_text_copy(word->form[word->count].prefix + 1, MU_SEARCH_TOKEN_SIZE - 1, text);
    word->form[word->count++].exact = exact;
}

/* "3栋2单元201室" and "3-2-201" give "3-2-201". False when the text is no such thing. */
static bool room_form(const char *text, char *out, size_t size)
{
    static const char *const words[] = {"号楼", "单元", "栋", "幢", "座", "室", "号", "-"};
    size_t used = 0, levels = 0;

    while (*text) {
        size_t digits = strspn(text, "0123456789"), step = 0;

        if (digits == 0 || used + digits + 2 > size)
            return false;
        while (digits > 1 && *text == '0') {
            text++;
            digits--;
        }
        if (used)
            out[used++] = '-';
        memcpy(out + used, text, digits);
        used += digits;
        text += digits;
        levels++;
        for (size_t i = 0; i < sizeof words / sizeof *words && *text && !step; i++)
            if (strncmp(text, words[i], strlen(words[i])) == 0)
                step = strlen(words[i]);
        if (*text && !step)
            return false;
        if (!step && levels < 2)
            return false;
        text += step;
        if (step && !*text && levels == 1)
            out[used++] = '-'; /* 3栋: everybody of the building */
    }
    out[used] = '\0';
    return levels > 0;
}

/* 0574-87654321, +8613812345678: digits only, if there are as many as a whole number has. */
static bool phone_form(const char *text, char *out, size_t size)
{
    char digits[FOLDED_SIZE];
    size_t length = strlen(text), count = mu_search_digits(text, length, digits, sizeof digits);

    if (count == length || count < PHONE_LEAST || strspn(text, "+-0123456789") != length)
        return false;
    mu_search_reverse(digits, count, out, size);
    return true;
}

/* The end of a phone or of an ID number; of that, the mark of its last characters. */
static enum mu_status add_digits(struct mu_db *db, const char *folded, size_t length,
                                 struct mu_search_word *word, struct mu_error *error)
{
    char reversed[FOLDED_SIZE], mark[MU_SEAL_TAIL_SIZE];
    const struct mu_seal_keys *keys;
    size_t tail = length < MU_SEARCH_ID_TAIL ? length : MU_SEARCH_ID_TAIL;
    enum mu_status status;

    mu_search_reverse(folded, length, reversed, sizeof reversed);
    add_form(word, MU_SHELF_PHONE, reversed, false);
    if (length >= sizeof word->tail)
        return MU_OK;
    status = mu_vault_keys(db, &keys, error);
    if (status != MU_OK)
        return status;
    mu_text_copy(word->tail, sizeof word->tail, folded);
    if (word->tail[length - 1] == 'x')
        word->tail[length - 1] = 'X';
    mu_seal_tail(keys, word->tail + length - tail, tail, mark);
    add_form(word, MU_SHELF_TAIL, mark, true);
    return MU_OK;
}

static bool is_digits(const char *text)
{
    return text[strspn(text, "0123456789")] == '\0';
}

/* What is a person's own. */
static enum mu_status read_own(struct mu_db *db, const char *folded, struct mu_search_word *out,
                               struct mu_error *error)
{
    char other[FOLDED_SIZE];
    size_t length = strlen(folded), digits = strspn(folded, "0123456789");
    bool room = room_form(folded, other, sizeof other);

    if (room)
        add_form(out, MU_SHELF_ROOM, other, false);
    add_form(out, MU_SHELF_CARD, folded, true);
    if (phone_form(folded, other, sizeof other)) {
        add_form(out, MU_SHELF_PHONE, other, false);
    } else if (room) {
        return MU_OK;
    } else if (digits >= TAIL_LEAST - 1 && length >= TAIL_LEAST &&
               (digits == length || (digits == length - 1 && folded[digits] == 'x'))) {
        return add_digits(db, folded, length, out, error);
    } else if ((digits < length || length == 0) && *out->typed) {
        add_form(out, MU_SHELF_WHOLE, out->typed, false);
        add_form(out, MU_SHELF_PART, out->typed, false);
    }
    return MU_OK;
}

void mu_search_bare_number(const char *number, char *out)
{
    size_t used = 0;

    while (*number && (isalpha((unsigned char)*number) || *number == '-' || *number == '0'))
        number++;
    for (; *number && used + 1 < MU_NUMBER_SIZE; number++)
        out[used++] = (char)toupper((unsigned char)*number);
    out[used] = '\0';
}

/* The letters that a number begins with, as capitals. */
static void letters_before(const char *number, char *out)
{
    size_t used = 0;

    for (; isalpha((unsigned char)*number) && used + 1 < MU_NUMBER_SIZE; number++)
        out[used++] = (char)toupper((unsigned char)*number);
    out[used] = '\0';
}

/* 3, on the way to 3栋 or 3-201. */
static void read_building(const char *folded, struct mu_search_word *out)
{
    char number[BUILDING_MOST + 2];
    const char *digits = folded + strspn(folded, "0");

    if (!is_digits(folded) || !*digits || strlen(digits) > BUILDING_MOST)
        return;
    snprintf(number, sizeof number, "%s-", digits);
    add_form(out, MU_SHELF_ROOM, number, false);
}

bool mu_search_household(const struct mu_search_word *word, const char *number)
{
    char bare[MU_NUMBER_SIZE], letters[MU_NUMBER_SIZE];

    if (!*word->household)
        return false;
    mu_search_bare_number(number, bare);
    letters_before(number, letters);
    if (*word->letters && strcmp(word->letters, letters) != 0)
        return false;
    return word->begins ? strncmp(bare, word->household, strlen(word->household)) == 0
                        : strcmp(bare, word->household) == 0;
}

/* 户123 and 户号123 are looked for as they are typed on; 123 and H123, which may be much else, as
 * they are. */
static void read_household(const char *folded, struct mu_search_word *out)
{
    static const char *const marks[] = {"户号", "户"};
    const char *number = folded;

    for (size_t i = 0; i < sizeof marks / sizeof *marks && number == folded; i++)
        if (strncmp(folded, marks[i], strlen(marks[i])) == 0)
            number += strlen(marks[i]);
    out->begins = number != folded;
    if (strlen(number) >= MU_NUMBER_SIZE || !number[strcspn(number, "0123456789")])
        return;
    /* A card or a name of letters is no number. */
    if (!out->begins && !isalnum((unsigned char)*number))
        return;
    letters_before(number, out->letters);
    mu_search_bare_number(number, out->household);
}

static void add_tag(const char *word, const struct mu_search_scope *scope,
                    struct mu_search_word *out)
{
    if (out->tag_count < MU_SEARCH_TAGS)
        mu_tag_ask(word, scope->rules, scope->today, &out->tag[out->tag_count++]);
}

/* How a tag answers to what was typed. */
enum likeness { UNLIKE, BEGINS, SAME };

static enum likeness likeness(const char *tag, const char *typed, bool letters)
{
    char folded[FOLDED_SIZE], pinyin[4 * FOLDED_SIZE];
    size_t length = strlen(typed), used = 0;

    mu_name_fold(tag, folded, sizeof folded);
    if (strncmp(folded, typed, length) == 0)
        return folded[length] ? BEGINS : SAME;
    if (!letters || length < PINYIN_LEAST)
        return UNLIKE;
    mu_name_pinyin(tag, pinyin, sizeof pinyin);
    for (size_t i = 0; pinyin[i]; i++)
        if (pinyin[i] != ' ')
            pinyin[used++] = pinyin[i];
    pinyin[used] = '\0';
    return strcmp(pinyin, typed) == 0 ? SAME : UNLIKE;
}

/* Two words of tags that begin with it besides the very word. */
struct tags_alike {
    size_t count;
    char word[MU_SEARCH_TAGS - 1][MU_TAGS_SIZE];
};

/* What a tag is compared with, and where it goes. */
struct tag_reader {
    const char *typed;
    bool letters;
    const struct mu_search_scope *scope;
    struct mu_search_word *out;
    struct tags_alike alike;
};

/* False when it neither is nor begins with what was typed. */
static bool compare_tag(struct tag_reader *reader, const char *tag)
{
    struct tags_alike *alike = &reader->alike;
    enum likeness like = likeness(tag, reader->typed, reader->letters);

    if (like == SAME)
        add_tag(tag, reader->scope, reader->out);
    else if (like == BEGINS && alike->count < MU_SEARCH_TAGS - 1)
        mu_text_copy(alike->word[alike->count++], MU_TAGS_SIZE, tag);
    return like != UNLIKE;
}

/* The next word that somebody has set, "" behind the last. */
static enum mu_status next_tag(struct mu_db *db, const char *after, char next[MU_TAGS_SIZE],
                               struct mu_error *error)
{
    struct mu_query query =
        mu_query(db, "SELECT word FROM resident_tag WHERE word > ?1 ORDER BY word LIMIT 1");

    *next = '\0';
    mu_bind_text(&query, 1, after);
    if (mu_query_row(&query))
        mu_column_text(&query, 0, next, MU_TAGS_SIZE);
    return mu_query_end(&query, error);
}

/* The words that somebody has set are few beside those who have them: each is looked up. */
static enum mu_status read_every_tag(struct mu_db *db, struct tag_reader *reader,
                                     struct mu_error *error)
{
    char tag[MU_TAGS_SIZE] = "", next[MU_TAGS_SIZE];
    enum mu_status status = next_tag(db, tag, next, error);

    for (size_t i = 0; i < VOCABULARY && *next && status == MU_OK; i++) {
        if (!mu_tag_is_derived(next))
            compare_tag(reader, next);
        memcpy(tag, next, sizeof tag);
        status = next_tag(db, tag, next, error);
    }
    return status;
}

/* Those that begin with it: one look where there are none. */
static enum mu_status read_tags_from(struct mu_db *db, struct tag_reader *reader,
                                     struct mu_error *error)
{
    char tag[MU_TAGS_SIZE], next[MU_TAGS_SIZE] = "";
    struct mu_query query =
        mu_query(db, "SELECT word FROM resident_tag WHERE word >= ?1 ORDER BY word LIMIT 1");
    enum mu_status status;

    mu_bind_text(&query, 1, reader->typed);
    if (mu_query_row(&query))
        mu_column_text(&query, 0, next, sizeof next);
    status = mu_query_end(&query, error);
    for (size_t i = 1; status == MU_OK && *next; i++) {
        if ((!mu_tag_is_derived(next) && !compare_tag(reader, next)) || i == MU_SEARCH_TAGS)
            return MU_OK;
        memcpy(tag, next, sizeof tag);
        status = next_tag(db, tag, next, error);
    }
    return status;
}

static bool is_one(const char *text)
{
    size_t characters = 0;

    for (; *text; text++)
        characters += ((unsigned char)*text & 0xC0) != 0x80;
    return characters < 2;
}

enum mu_status mu_search_word_tags(struct mu_db *db, const struct mu_search_scope *scope,
                                   struct mu_search_word *word, struct mu_error *error)
{
    static const char *const computed[] = {"独居", "空巢", "高龄"};
    const char *typed = word->typed;
    struct tag_reader reader = {.typed = typed, .scope = scope, .out = word};
    enum mu_status status;

    word->tag_count = 0;
    if (*word->id_number || *word->past)
        return MU_OK;
    reader.letters = strspn(typed, "abcdefghijklmnopqrstuvwxyz") == strlen(typed);
    if (mu_tag_is_derived(word->text) && strchr(word->text, '+')) {
        add_tag(word->text, scope, word);
        return MU_OK;
    }
    /* One character begins too many, and digits begin none. */
    if (is_digits(word->text) || is_one(typed) || (reader.letters && strlen(typed) < PINYIN_LEAST))
        return MU_OK;
    for (size_t i = 0; i < sizeof computed / sizeof *computed; i++)
        compare_tag(&reader, computed[i]);
    status =
        reader.letters ? read_every_tag(db, &reader, error) : read_tags_from(db, &reader, error);
    for (size_t i = 0; i < reader.alike.count; i++)
        add_tag(reader.alike.word[i], scope, word);
    return status;
}

enum mu_status mu_search_word(struct mu_db *db, const char *text,
                              const struct mu_search_scope *scope, struct mu_search_word *out,
                              struct mu_error *error)
{
    struct mu_id_number id;
    enum mu_status status;

    memset(out, 0, sizeof *out);
    mu_text_fold(out->text, sizeof out->text, text);
    mu_name_fold(text, out->typed, sizeof out->typed);
    if (mu_id_number_parse(out->text, &id) <= MU_ID_OLD_FORM) {
        mu_text_copy(out->id_number, sizeof out->id_number, id.text);
        return MU_OK;
    }
    status = read_own(db, out->text, out, error);
    if (status != MU_OK || !scope)
        return status;
    if (out->count && out->form[0].prefix[0] == MU_SHELF_ROOM) {
        memcpy(out->past, out->form[0].prefix, sizeof out->past);
        *out->past = MU_SHELF_PAST;
        return MU_OK;
    }
    read_building(out->text, out);
    read_household(out->text, out);
    return MU_OK;
}

static bool ends_with(const char *text, const char *tail)
{
    size_t length = strlen(text), tail_length = strlen(tail);

    return tail_length <= length && strcmp(text + length - tail_length, tail) == 0;
}

bool mu_search_form_passes(const struct mu_search_word *word, size_t form,
                           const struct mu_resident *resident)
{
    /* The mark of a tail stands for its last characters only. */
    return *word->form[form].prefix != MU_SHELF_TAIL || strlen(word->tail) <= MU_SEARCH_ID_TAIL ||
           ends_with(resident->id_number, word->tail);
}

enum mu_found_by mu_search_form_by(const struct mu_search_word *word, size_t form,
                                   const struct mu_resident *resident)
{
    switch (*word->form[form].prefix) {
    case MU_SHELF_PHONE:
        return MU_FOUND_PHONE;
    case MU_SHELF_CARD:
        return MU_FOUND_CARD;
    case MU_SHELF_ROOM:
        return MU_FOUND_ADDRESS;
    case MU_SHELF_TAIL:
        return MU_FOUND_ID_TAIL;
    default:
        return mu_found_in_name(resident->name, word->typed);
    }
}

bool mu_search_matches(const struct mu_search_word *word, const struct mu_resident *resident,
                       const struct mu_search_tokens *tokens, enum mu_found_by *by)
{
    if (*word->id_number && by)
        *by = MU_FOUND_ID_NUMBER;
    if (*word->id_number)
        return strcmp(word->id_number, resident->id_number) == 0;
    for (size_t form = 0; form < word->count; form++) {
        const char *prefix = word->form[form].prefix;
        size_t length = strlen(prefix) + (word->form[form].exact ? 1 : 0);

        for (size_t i = 0; i < tokens->count; i++) {
            if (strncmp(tokens->token[i], prefix, length) != 0 ||
                !mu_search_form_passes(word, form, resident))
                continue;
            if (by)
                *by = mu_search_form_by(word, form, resident);
            return true;
        }
    }
    if (by)
        *by = MU_FOUND_ID_TAIL;
    return *word->tail && ends_with(resident->id_number, word->tail);
}
