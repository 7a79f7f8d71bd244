#include <mulin/base/name_key.h>

#include "base/readings.h"
#include <mulin/base/text.h>

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

enum {
    UNITS = 44, /* characters or words of a name that are looked at: more than a field holds */
    TEXT = 256, /* bytes of all of them in one spelling */
    MARKS = MU_READING_OTHERS | MU_READING_SURNAME
};

/* A character with its reading, or a word of letters. */
struct unit {
    uint32_t rune;       /* folded; 0 for a word */
    uint16_t syllable;   /* 0: none */
    uint16_t marks;      /* of MARKS */
    unsigned char start; /* in the folded text */
    bool after_dot;
};

struct parsed {
    size_t count, length;
    bool dotted;
    unsigned marks; /* of all units */
    struct unit unit[UNITS];
    char text[TEXT]; /* folded */
};

/* A name in one reading: its letters, its initials, and where each unit begins in them. */
struct spelling {
    size_t units, length, initials;
    bool umlaut; /* a syllable has ü */
    unsigned char start[UNITS], initial_start[UNITS];
    char text[TEXT], initial[UNITS];
};

struct collector {
    struct mu_name_keys *keys;
    unsigned char length[MU_NAME_KEYS];
    uint64_t alike; /* a bit for each length and first byte that a key has: none, and it is new */
};

static unsigned reading_at(uint32_t rune)
{
    if (rune >= mu_reading_end)
        return 0;
    return mu_reading_block[mu_reading_page[rune / MU_READING_BLOCK]][rune % MU_READING_BLOCK];
}

/* Every sorted table begins its rows with the code point that it is sorted by. */
static int compare_rune(const void *key, const void *row)
{
    uint32_t rune, sorted;

    memcpy(&rune, key, sizeof rune);
    memcpy(&sorted, row, sizeof sorted);
    return (rune > sorted) - (rune < sorted);
}

static uint32_t simplify(uint32_t rune)
{
    const struct mu_simplified *row;

    if (!(reading_at(rune) & MU_READING_SIMPLIFIED))
        return rune;
    row = bsearch(&rune, mu_simplified, mu_simplified_count, sizeof *mu_simplified, compare_rune);
    return row ? row->to : rune;
}

static int compare_surname(const void *key, const void *row)
{
    const struct mu_surname *wanted = key, *surname = row;

    if (wanted->first != surname->first)
        return wanted->first < surname->first ? -1 : 1;
    return (wanted->second > surname->second) - (wanted->second < surname->second);
}

static const struct mu_surname *find_surname(uint32_t first, uint32_t second)
{
    const struct mu_surname wanted = {.first = first, .second = second};

    return bsearch(&wanted, mu_surnames, mu_surname_count, sizeof *mu_surnames, compare_surname);
}

/* Blanks, and the dots that stand or are typed between the parts of a name. */
static bool is_gap(uint32_t rune)
{
    static const uint16_t dots[] = {'.', 0xB7, 0x2022, 0x2027, 0x2219, 0x22C5, 0x30FB};

    for (size_t i = 0; i < sizeof dots / sizeof *dots; i++)
        if (rune == dots[i])
            return true;
    return rune == ' ' || rune == '\t';
}

/* The folded forms of a character that is neither ASCII nor Chinese: none, one, or for a ligature
 * several. Returns how many. */
static size_t fold_other(uint32_t rune, uint32_t out[MU_NAME_FOLDED])
{
    int boundary = UTF8PROC_BOUNDCLASS_START;
    utf8proc_ssize_t count =
        utf8proc_decompose_char((utf8proc_int32_t)rune, (utf8proc_int32_t *)out, MU_NAME_FOLDED,
                                UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD |
                                    UTF8PROC_STRIPMARK | UTF8PROC_IGNORE,
                                &boundary);

    if (count < 0 || count > MU_NAME_FOLDED)
        return 0;
    for (utf8proc_ssize_t i = 0; i < count; i++)
        out[i] = simplify(out[i]);
    return (size_t)count;
}

bool mu_name_fold_next(const char **text, uint32_t out[MU_NAME_FOLDED], size_t *count)
{
    uint32_t rune;
    size_t step = mu_text_rune(*text, &rune);

    *text += step;
    *count = 1;
    if (rune < 0x80)
        *out = rune >= 'A' && rune <= 'Z' ? rune + ('a' - 'A') : rune;
    else if (step == 1)
        *count = 0;
    else if (mu_rune_is_han(rune) && !(rune >= 0xF900 && rune <= 0xFAFF))
        *out = simplify(rune);
    else
        *count = fold_other(rune, out);
    return step > 0;
}

void mu_name_fold(const char *text, char *out, size_t size)
{
    uint32_t folded[MU_NAME_FOLDED];
    size_t used = 0, count;
    char bytes[5];

    if (size == 0)
        return;
    while (mu_name_fold_next(&text, folded, &count)) {
        for (size_t i = 0; i < count; i++) {
            size_t length = is_gap(folded[i]) ? 0 : mu_text_encode(folded[i], bytes);

            if (used + length >= size) {
                out[used] = '\0';
                return;
            }
            memcpy(out + used, bytes, length);
            used += length;
        }
    }
    out[used] = '\0';
}

/* Adds a character, or a word of which `rune` is 0 and the letters follow. */
static bool add_unit(struct parsed *name, uint32_t rune, unsigned reading, bool after_dot)
{
    struct unit *unit = &name->unit[name->count];

    if (name->count == UNITS)
        return false;
    unit->rune = rune;
    unit->syllable = (uint16_t)(reading & MU_READING_SYLLABLE);
    unit->marks = (uint16_t)(reading & MARKS);
    unit->start = (unsigned char)name->length;
    unit->after_dot = after_dot;
    name->marks |= unit->marks;
    name->count++;
    return true;
}

/* Adds a folded character to the name: a unit of its own, or the next letter of a word. */
static void add_rune(struct parsed *name, uint32_t rune, bool han, bool new_word, bool after_dot)
{
    if (name->length + 4 >= TEXT ||
        ((han || new_word) &&
         !add_unit(name, han ? rune : 0, han ? reading_at(rune) : 0, after_dot)))
        return;
    name->length += mu_text_encode(rune, name->text + name->length);
}

/* Nearly all characters of nearly all names: Chinese, simplified, and with nothing to fold. Returns
 * the bytes that it took, 0 for any other. */
static size_t add_plain(struct parsed *name, const char *text, bool after_dot)
{
    unsigned reading;
    uint32_t rune;
    size_t step = mu_text_rune(text, &rune);

    if (rune < 0x4E00 || rune > 0x9FFF)
        return 0;
    reading = reading_at(rune);
    if (reading & MU_READING_SIMPLIFIED)
        return 0;
    if (name->length + 4 < TEXT && add_unit(name, rune, reading, after_dot)) {
        memcpy(name->text + name->length, text, 3);
        name->length += 3;
    }
    return step;
}

static void parse(const char *text, struct parsed *name)
{
    bool in_word = false, after_dot = false;
    uint32_t folded[MU_NAME_FOLDED];
    size_t count, step;

    name->count = name->length = name->marks = 0;
    name->dotted = false;
    for (;;) {
        while ((step = add_plain(name, text, after_dot)) > 0) {
            text += step;
            in_word = after_dot = false;
        }
        if (!*text || !mu_name_fold_next(&text, folded, &count))
            return;
        for (size_t i = 0; i < count; i++) {
            bool han = mu_rune_is_han(folded[i]);

            if (!han && is_gap(folded[i])) {
                in_word = false;
                after_dot = name->count > 0;
                name->dotted = name->dotted || (after_dot && folded[i] != ' ');
                continue;
            }
            add_rune(name, folded[i], han, !in_word, after_dot);
            in_word = !han;
            after_dot = false;
        }
    }
}

/* The surname that the name begins with, if its reading is a special one. A name of two characters
 * has a surname of one, and names written with a dot have none. */
static const struct mu_surname *surname_of(const struct parsed *name)
{
    const struct unit *unit = name->unit;
    const struct mu_surname *surname = NULL;

    if (name->count == 0 || name->dotted || !(unit->marks & MU_READING_SURNAME))
        return NULL;
    if (name->count > 2 && unit[1].rune)
        surname = find_surname(unit[0].rune, unit[1].rune);
    return surname ? surname : find_surname(unit[0].rune, 0);
}

/* Copies the letters a-z of a word of the name; other scripts have no spelling. */
static size_t copy_letters(const struct parsed *name, size_t word, char *out, size_t used)
{
    size_t end = word + 1 < name->count ? name->unit[word + 1].start : name->length;

    for (size_t at = name->unit[word].start; at < end && used + 1 < TEXT; at++)
        if (name->text[at] >= 'a' && name->text[at] <= 'z')
            out[used++] = name->text[at];
    return used;
}

/* Spells the name in these syllables; `umlaut` is the letter for ü. */
static void spell(const struct parsed *name, const uint16_t syllable[], char umlaut,
                  struct spelling *out)
{
    size_t length = 0, initials = 0;

    out->umlaut = false;
    out->start[0] = out->initial_start[0] = 0; /* for a name without any unit */
    for (size_t i = 0; i < name->count; i++) {
        const struct mu_syllable *known = &mu_syllables[syllable[i]];
        size_t start = length;

        out->start[i] = (unsigned char)start;
        out->initial_start[i] = (unsigned char)initials;
        if (!name->unit[i].rune) {
            length = copy_letters(name, i, out->text, length);
        } else if (length + sizeof known->text < TEXT) {
            memcpy(out->text + length, known->text, sizeof known->text);
            length += known->length;
            if (known->text[1] == 'v') {
                out->text[start + 1] = umlaut;
                out->umlaut = true;
            }
        }
        if (length > start)
            out->initial[initials++] = out->text[start];
    }
    out->units = name->count;
    out->length = length;
    out->initials = initials;
}

static bool is_known(const struct collector *collector, const char *text, size_t length)
{
    for (size_t i = 0; i < collector->keys->count; i++)
        if (collector->length[i] == length &&
            memcmp(collector->keys->key[i].text, text, length) == 0)
            return true;
    return false;
}

static void add_key(struct collector *collector, enum mu_key_rank rank, const char *text,
                    size_t length)
{
    struct mu_name_keys *keys = collector->keys;
    size_t count = keys->count;
    uint64_t alike;
    char *out;

    if (length >= MU_NAME_KEY_SIZE) {
        length = MU_NAME_KEY_SIZE - 1;
        while ((text[length] & 0xC0) == 0x80) /* not within a character */
            length--;
    }
    if (length == 0 || count == MU_NAME_KEYS)
        return;
    alike = UINT64_C(1) << ((length * 5 + (unsigned char)*text) & 63);
    if ((collector->alike & alike) && is_known(collector, text, length))
        return;
    collector->alike |= alike;
    collector->length[count] = (unsigned char)length;
    keys->key[count].rank = rank;
    keys->count = count + 1;
    out = keys->key[count].text;
    out[length] = '\0';
    memcpy(out, text, length);
}

static void add_letters(struct collector *collector, enum mu_key_rank rank,
                        const struct spelling *spelling, size_t from)
{
    add_key(collector, rank, spelling->text + spelling->start[from],
            spelling->length - spelling->start[from]);
}

static void add_initials(struct collector *collector, enum mu_key_rank rank,
                         const struct spelling *spelling, size_t from)
{
    add_key(collector, rank, spelling->initial + spelling->initial_start[from],
            spelling->initials - spelling->initial_start[from]);
}

/* With u for ü: the letters from each of the units `first` to `last` to the end of the name. */
static void add_umlaut_as_u(struct collector *collector, enum mu_key_rank rank,
                            const struct parsed *name, const uint16_t syllable[], size_t first,
                            size_t last)
{
    struct spelling spelling;

    spell(name, syllable, 'u', &spelling);
    for (size_t i = first; i <= last && i < spelling.units; i++)
        add_letters(collector, rank, &spelling, i);
}

/* The whole name in one reading. */
static void add_whole(struct collector *collector, enum mu_key_rank rank, const struct parsed *name,
                      const uint16_t syllable[], struct spelling *spelling)
{
    spell(name, syllable, 'v', spelling);
    add_letters(collector, rank, spelling, 0);
    if (spelling->umlaut)
        add_umlaut_as_u(collector, rank, name, syllable, 0, 0);
    add_initials(collector, rank, spelling, 0);
}

static void add_reading(struct collector *collector, const struct parsed *name,
                        const uint16_t syllable[])
{
    struct spelling spelling;

    add_whole(collector, MU_KEY_PART, name, syllable, &spelling);
}

/* The whole name with another reading of the surname, or of one other character. */
static void add_other_readings(struct collector *collector, const struct parsed *name,
                               const struct mu_surname *surname, const uint16_t preferred[])
{
    size_t of_surname = surname ? (surname->second ? 2 : 1) : 0;
    uint16_t syllable[UNITS] = {0};

    memcpy(syllable, preferred, name->count * sizeof *syllable);
    for (size_t i = 1; surname && i < MU_SURNAME_READINGS && surname->syllable[i][0]; i++) {
        memcpy(syllable, surname->syllable[i], of_surname * sizeof *syllable);
        add_reading(collector, name, syllable);
    }
    if (surname) {
        for (size_t i = 0; i < of_surname; i++)
            syllable[i] = name->unit[i].syllable;
        add_reading(collector, name, syllable);
        memcpy(syllable, preferred, of_surname * sizeof *syllable);
    }
    for (size_t i = of_surname; i < name->count; i++) {
        const struct mu_other_readings *others;

        if (!(name->unit[i].marks & MU_READING_OTHERS))
            continue;
        others = bsearch(&name->unit[i].rune, mu_other_readings, mu_other_reading_count,
                         sizeof *mu_other_readings, compare_rune);
        for (size_t j = 0; others && j < MU_OTHER_READINGS && others->syllable[j]; j++) {
            syllable[i] = others->syllable[j];
            add_reading(collector, name, syllable);
        }
        syllable[i] = preferred[i];
    }
}

static void prefer(const struct parsed *name, const struct mu_surname *surname,
                   uint16_t syllable[UNITS])
{
    for (size_t i = 0; i < name->count; i++)
        syllable[i] = name->unit[i].syllable;
    if (surname)
        memcpy(syllable, surname->syllable[0], (surname->second ? 2 : 1) * sizeof *syllable);
}

/* Every shorter ending; those that begin a part of a dotted name come first, as it may have more
 * than there is room for. */
static void add_endings(struct collector *collector, const struct parsed *name,
                        const struct spelling *spelling)
{
    for (int dotted = 1; dotted >= 0; dotted--) {
        for (size_t i = 1; i < spelling->units; i++) {
            if (name->unit[i].after_dot != dotted)
                continue;
            add_key(collector, MU_KEY_PART, name->text + name->unit[i].start,
                    name->length - name->unit[i].start);
            add_letters(collector, MU_KEY_PART, spelling, i);
            add_initials(collector, MU_KEY_PART, spelling, i);
        }
    }
}

void mu_name_keys(const char *name, struct mu_name_keys *out)
{
    struct collector collector = {.keys = out};
    const struct mu_surname *surname;
    uint16_t syllable[UNITS] = {0};
    struct spelling spelling;
    struct parsed parsed;

    out->count = 0;
    parse(name, &parsed);
    surname = surname_of(&parsed);
    prefer(&parsed, surname, syllable);
    add_key(&collector, MU_KEY_WHOLE, parsed.text, parsed.length);
    add_whole(&collector, MU_KEY_WHOLE, &parsed, syllable, &spelling);
    if (parsed.marks)
        add_other_readings(&collector, &parsed, surname, syllable);
    if (spelling.umlaut)
        add_umlaut_as_u(&collector, MU_KEY_PART, &parsed, syllable, 1, UNITS);
    add_endings(&collector, &parsed, &spelling);
}

void mu_name_pinyin(const char *name, char *out, size_t size)
{
    uint16_t syllable[UNITS] = {0};
    struct spelling spelling;
    struct parsed parsed;
    size_t used = 0;

    if (size == 0)
        return;
    parse(name, &parsed);
    prefer(&parsed, surname_of(&parsed), syllable);
    spell(&parsed, syllable, 'v', &spelling);
    for (size_t i = 0; i < parsed.count; i++) {
        size_t end = i + 1 < parsed.count ? spelling.start[i + 1] : spelling.length;
        size_t length = end - spelling.start[i], blank = used > 0;

        if (length == 0 || used + blank + length >= size)
            continue;
        if (blank)
            out[used++] = ' ';
        memcpy(out + used, spelling.text + spelling.start[i], length);
        used += length;
    }
    out[used] = '\0';
}

/* Nearly all names are a few characters that all have one reading. Anything else: false. */
static bool plain_initials(const char *name, char *out, size_t size)
{
    size_t used = 0, step;
    uint32_t rune;

    for (; (step = mu_text_rune(name, &rune)) > 0; name += step) {
        unsigned reading = rune >= 0x4E00 && rune <= 0x9FFF ? reading_at(simplify(rune)) : 0;
        const struct mu_syllable *known = &mu_syllables[reading & MU_READING_SYLLABLE];

        if (!known->length || (used == 0 && (reading & MU_READING_SURNAME)) || used + 1 >= size ||
            used == UNITS)
            return false;
        out[used++] = known->text[0];
    }
    out[used] = '\0';
    return true;
}

void mu_name_initials(const char *name, char *out, size_t size)
{
    uint16_t syllable[UNITS];
    struct parsed parsed;
    size_t used = 0;

    if (size == 0 || plain_initials(name, out, size))
        return;
    parse(name, &parsed);
    prefer(&parsed, surname_of(&parsed), syllable);
    for (size_t i = 0; i < parsed.count && used + 1 < size; i++) {
        char letters[TEXT];

        if (parsed.unit[i].rune) {
            if (mu_syllables[syllable[i]].length)
                out[used++] = mu_syllables[syllable[i]].text[0];
        } else if (copy_letters(&parsed, i, letters, 0) > 0) {
            out[used++] = letters[0];
        }
    }
    out[used] = '\0';
}
