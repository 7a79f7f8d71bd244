/* generate_readings SURNAMES.tsv OUT.c < Unihan files, one after the other
 * Makes the tables of base/readings.h. A tool of the build: it stops at the first fault. */
#include "base/readings.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

enum {
    RUNES = 0x33480, /* beyond the last ideograph of Unicode 15 and 16 */
    SYLLABLES = MU_READING_SYLLABLE + 1,
    SURNAMES = 512,
    VARIANTS = 3,
    COMMON_PERCENT = 5 /* of the uses counted in kHanyuPinlu make a reading a common one */
};

struct character {
    uint16_t syllable, other[MU_OTHER_READINGS + 1]; /* one more: the preferred may be among them */
    uint32_t simplified, variant[VARIANTS];
    bool standard, surname; /* standard: in the table of general standard characters of 2013 */
};

static struct character characters[RUNES];
static struct mu_syllable syllables[SYLLABLES];
static size_t syllable_count = 1; /* 0 is none */
static struct mu_surname surnames[SURNAMES];
static size_t surname_count;

static void stop(const char *what, const char *where)
{
    fprintf(stderr, "generate_readings: %s: %s\n", what, where);
    exit(EXIT_FAILURE);
}

/* The number of a toneless syllable, new ones included; 0 when it has no vowel (m, ng). */
static uint16_t syllable_number(const char *text)
{
    if (!strpbrk(text, "aeiouv"))
        return 0;
    for (size_t i = 1; i < syllable_count; i++)
        if (strcmp(syllables[i].text, text) == 0)
            return (uint16_t)i;
    if (syllable_count == SYLLABLES || strlen(text) >= sizeof syllables->text)
        stop("too many or too long syllables", text);
    memcpy(syllables[syllable_count].text, text, strlen(text));
    syllables[syllable_count].length = (unsigned char)strlen(text);
    return (uint16_t)syllable_count++;
}

/* Takes the tone from a syllable such as lǚ: letters stay, ü becomes v. */
static uint16_t read_syllable(const char *marked)
{
    static const char diaeresis[] = "\xCC\x88";
    utf8proc_uint8_t *apart = utf8proc_NFD((const utf8proc_uint8_t *)marked);
    char plain[16];
    size_t used = 0;

    if (!apart)
        stop("cannot decompose", marked);
    for (const char *next = (const char *)apart; *next && used + 1 < sizeof plain; next++) {
        if (*next >= 'a' && *next <= 'z')
            plain[used++] = *next;
        else if (strncmp(next, diaeresis, strlen(diaeresis)) == 0 && used > 0)
            plain[used - 1] = 'v';
    }
    plain[used] = '\0';
    free(apart);
    return syllable_number(plain);
}

static void read_mandarin(struct character *character, char *value)
{
    value[strcspn(value, " ")] = '\0'; /* the first is that of the mainland */
    character->syllable = read_syllable(value);
}

/* "zhòng(1823) chóng(329)": how often each reading was counted. */
static void read_frequencies(struct character *character, char *value)
{
    struct {
        uint16_t syllable;
        long count;
    } reading[16];
    size_t readings = 0, others = 0, i;
    long total = 0;
    char *word;

    while ((word = strsep(&value, " ")) != NULL) {
        char *count = strchr(word, '(');
        uint16_t syllable;

        if (!count)
            stop("no count in kHanyuPinlu", word);
        *count++ = '\0';
        syllable = read_syllable(word);
        for (i = 0; i < readings && reading[i].syllable != syllable; i++)
            ;
        if (i == sizeof reading / sizeof *reading)
            stop("too many readings", word);
        if (i == readings) {
            reading[readings].syllable = syllable;
            reading[readings++].count = 0;
        }
        reading[i].count += strtol(count, NULL, 10);
        total += strtol(count, NULL, 10);
    }
    for (i = 0; i < readings && others <= MU_OTHER_READINGS; i++)
        if (reading[i].syllable && reading[i].count * 100 >= total * COMMON_PERCENT)
            character->other[others++] = reading[i].syllable;
}

static void read_variants(struct character *character, char *value)
{
    size_t count = 0;
    char *word;

    while ((word = strsep(&value, " ")) != NULL && count < VARIANTS)
        character->variant[count++] = (uint32_t)strtoul(word + strlen("U+"), NULL, 16);
}

static void read_unihan(FILE *file)
{
    char *line = NULL, *field, *value, *rest;
    size_t size = 0;
    unsigned long rune, lines = 0;

    while (getline(&line, &size, file) > 0) {
        if (strncmp(line, "U+", 2) != 0)
            continue;
        line[strcspn(line, "\n")] = '\0';
        rune = strtoul(line + 2, &rest, 16);
        rest += *rest == '\t';
        field = strsep(&rest, "\t");
        value = strsep(&rest, "\t");
        if (rune >= RUNES || !value)
            continue;
        lines++;
        if (strcmp(field, "kMandarin") == 0)
            read_mandarin(&characters[rune], value);
        else if (strcmp(field, "kHanyuPinlu") == 0)
            read_frequencies(&characters[rune], value);
        else if (strcmp(field, "kSimplifiedVariant") == 0)
            read_variants(&characters[rune], value);
        else if (strcmp(field, "kTGHZ2013") == 0)
            characters[rune].standard = true;
    }
    free(line);
    if (lines == 0)
        stop("nothing to read", "Unihan");
}

/* Standard characters stay what they are (乾, 於 and 徵 are names in their own right); the others
 * become their first simplified form, which takes over a reading that it has none of. */
static void choose_simplified(void)
{
    for (uint32_t rune = 0; rune < RUNES; rune++) {
        struct character *character = &characters[rune];

        if (character->standard)
            continue;
        for (size_t i = 0; i < VARIANTS && !character->simplified; i++)
            if (character->variant[i] != rune)
                character->simplified = character->variant[i];
    }
    for (uint32_t rune = 0; rune < RUNES; rune++) /* folding twice is folding once */
        for (int steps = 0; characters[rune].simplified; steps++) {
            uint32_t next = characters[characters[rune].simplified].simplified;

            if (!next || next == rune || steps == 4)
                break;
            characters[rune].simplified = next;
        }
    for (uint32_t rune = 0; rune < RUNES; rune++) {
        struct character *simplified = &characters[characters[rune].simplified];

        if (characters[rune].simplified && !simplified->syllable)
            simplified->syllable = characters[rune].syllable;
    }
}

/* The preferred reading is not another one. */
static void drop_preferred(void)
{
    for (uint32_t rune = 0; rune < RUNES; rune++) {
        struct character *character = &characters[rune];
        size_t kept = 0;

        for (size_t i = 0; i <= MU_OTHER_READINGS; i++)
            if (character->other[i] && character->other[i] != character->syllable)
                character->other[kept++] = character->other[i];
        while (kept <= MU_OTHER_READINGS)
            character->other[kept++] = 0;
    }
}

static uint32_t take_rune(const char **text)
{
    utf8proc_int32_t rune;
    utf8proc_ssize_t step = utf8proc_iterate((const utf8proc_uint8_t *)*text, -1, &rune);

    if (step <= 0 || rune <= 0 || rune >= RUNES)
        stop("not a character", *text);
    *text += step;
    return (uint32_t)rune;
}

/* "yu chi, wei chi": readings with commas between them, one syllable for each character. */
static void read_surname_readings(struct mu_surname *surname, char *value)
{
    size_t count = 0;
    char *reading;

    while ((reading = strsep(&value, ",")) != NULL) {
        size_t syllables_read = 0;
        char *syllable;

        while ((syllable = strsep(&reading, " ")) != NULL) {
            if (!*syllable) /* the blank behind a comma */
                continue;
            if (count == MU_SURNAME_READINGS || syllables_read == (surname->second ? 2 : 1))
                stop("too many readings, or more syllables than characters", syllable);
            surname->syllable[count][syllables_read++] = syllable_number(syllable);
        }
        if (syllables_read != (surname->second ? 2 : 1))
            stop("fewer syllables than characters", "surnames");
        count++;
    }
}

static int compare_surnames(const void *a, const void *b)
{
    const struct mu_surname *left = a, *right = b;

    if (left->first != right->first)
        return left->first < right->first ? -1 : 1;
    return (left->second > right->second) - (left->second < right->second);
}

static void read_surnames(const char *path)
{
    FILE *file = fopen(path, "r");
    char *line = NULL, *name, *value, *rest;
    size_t size = 0;

    if (!file)
        stop("cannot read", path);
    while (getline(&line, &size, file) > 0) {
        struct mu_surname surname = {0};
        const char *next;

        if (*line == '#' || *line == '\n')
            continue;
        line[strcspn(line, "\n")] = '\0';
        rest = line;
        name = strsep(&rest, "\t");
        value = strsep(&rest, "\t");
        if (!value || surname_count == SURNAMES)
            stop("not a surname, a tab and readings, or too many of them", line);
        next = name;
        surname.first = take_rune(&next);
        if (*next)
            surname.second = take_rune(&next);
        if (*next)
            stop("a surname of more than two characters", name);
        read_surname_readings(&surname, value);
        characters[surname.first].surname = true;
        surnames[surname_count++] = surname;
    }
    free(line);
    fclose(file);
    qsort(surnames, surname_count, sizeof *surnames, compare_surnames);
    for (size_t i = 1; i < surname_count; i++)
        if (compare_surnames(&surnames[i - 1], &surnames[i]) == 0)
            stop("a surname stands twice in", path);
}

static unsigned entry(uint32_t rune)
{
    const struct character *character = &characters[rune];

    return character->syllable | (character->simplified ? (unsigned)MU_READING_SIMPLIFIED : 0u) |
           (character->other[0] ? (unsigned)MU_READING_OTHERS : 0u) |
           (character->surname ? (unsigned)MU_READING_SURNAME : 0u);
}

/* Blocks without any entry share the first. */
static void write_blocks(FILE *out)
{
    static unsigned page[RUNES / MU_READING_BLOCK + 1];
    unsigned blocks = 1;

    fprintf(out, "const uint16_t mu_reading_block[][MU_READING_BLOCK] = {\n{0},\n");
    for (uint32_t first = 0; first < RUNES; first += MU_READING_BLOCK) {
        bool empty = true;

        for (uint32_t i = 0; i < MU_READING_BLOCK && first + i < RUNES; i++)
            empty = empty && entry(first + i) == 0;
        if (empty)
            continue;
        page[first / MU_READING_BLOCK] = blocks++;
        fprintf(out, "{");
        for (uint32_t i = 0; i < MU_READING_BLOCK && first + i < RUNES; i++)
            fprintf(out, "%u,", entry(first + i));
        fprintf(out, "},\n");
    }
    fprintf(out, "};\nconst uint16_t mu_reading_page[] = {");
    for (size_t i = 0; i < sizeof page / sizeof *page; i++)
        fprintf(out, "%u,", page[i]);
    fprintf(out, "};\nconst uint32_t mu_reading_end = %u;\n", (unsigned)RUNES);
}

static void write_tables(FILE *out)
{
    size_t simplified = 0, others = 0;

    fprintf(out, "#include \"base/readings.h\"\n\nconst struct mu_syllable mu_syllables[] = {\n");
    for (size_t i = 0; i < syllable_count; i++)
        fprintf(out, "{\"%s\", %u},\n", syllables[i].text, syllables[i].length);
    fprintf(out, "};\n");
    write_blocks(out);
    fprintf(out, "const struct mu_simplified mu_simplified[] = {\n");
    for (uint32_t rune = 0; rune < RUNES; rune++)
        if (characters[rune].simplified && ++simplified)
            fprintf(out, "{0x%X, 0x%X},\n", rune, characters[rune].simplified);
    fprintf(out, "};\nconst struct mu_other_readings mu_other_readings[] = {\n");
    for (uint32_t rune = 0; rune < RUNES; rune++)
        if (characters[rune].other[0] && ++others)
            fprintf(out, "{0x%X, {%u, %u}},\n", rune, characters[rune].other[0],
                    characters[rune].other[1]);
    fprintf(out, "};\nconst struct mu_surname mu_surnames[] = {\n");
    for (size_t i = 0; i < surname_count; i++) {
        fprintf(out, "{0x%X, 0x%X, {", surnames[i].first, surnames[i].second);
        for (size_t j = 0; j < MU_SURNAME_READINGS; j++)
            fprintf(out, "{%u, %u},", surnames[i].syllable[j][0], surnames[i].syllable[j][1]);
        fprintf(out, "}},\n");
    }
    fprintf(out,
            "};\nconst size_t mu_simplified_count = %zu, mu_other_reading_count = %zu,\n"
            "             mu_surname_count = %zu;\n",
            simplified, others, surname_count);
}

int main(int count, char **arguments)
{
    FILE *out;

    if (count != 3)
        stop("usage", "generate_readings SURNAMES.tsv OUT.c < UNIHAN");
    read_unihan(stdin);
    choose_simplified();
    drop_preferred();
    read_surnames(arguments[1]);
    out = fopen(arguments[2], "w");
    if (!out)
        stop("cannot write", arguments[2]);
    write_tables(out);
    if (ferror(out) | (fclose(out) != 0))
        stop("cannot write", arguments[2]);
    return EXIT_SUCCESS;
}
