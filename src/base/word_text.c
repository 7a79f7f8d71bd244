#include "base/word_text.h"

#include <mulin/base/name_key.h>
#include <mulin/base/text.h>

#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

enum {
    SINGLES = 4096, /* marks of single characters */
    MOST = 4,       /* marks of one gram */
    GRAM = 3,       /* characters of the longest gram */
    FOLDED_SIZE = 4 * MU_NAME_FOLDED + 2,
    HASH_BITS = 16, /* of the gram's hash for each of its marks */
};

/* How many marks a gram of so many characters leaves, and from where to where in the map. Single
 * characters keep to themselves: the frequent ones stand in every text, and their marks would tell
 * nothing of the pairs that share them. Three neighbours stand together in few texts that have both
 * their pairs, so one mark more does. */
static const struct {
    unsigned marks, from, to;
} grams[GRAM + 1] = {
    {0},
    {3, 0, SINGLES},
    {4, SINGLES, MU_WORD_MAP_MARKS},
    {1, SINGLES, MU_WORD_MAP_MARKS},
};

static bool stands_in_run(uint32_t rune)
{
    utf8proc_category_t category;

    if (rune < 0x80)
        return (rune >= 'a' && rune <= 'z') || (rune >= '0' && rune <= '9');
    if (mu_rune_is_han(rune))
        return true;
    category = utf8proc_category((utf8proc_int32_t)rune);
    return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_NO;
}

/* False without memory; what is left behind is wiped. */
static bool make_room(struct mu_word_text *folded, size_t used)
{
    size_t room = folded->room * 2 + 1024;
    char *text;

    if (folded->room - used >= FOLDED_SIZE)
        return true;
    text = malloc(room);
    if (!text)
        return false;
    if (folded->text) {
        memcpy(text, folded->text, used);
        sodium_memzero(folded->text, folded->room);
    }
    free(folded->text);
    folded->text = text;
    folded->room = room;
    return true;
}

bool mu_word_text_fold(struct mu_word_text *folded, const char *text)
{
    uint32_t runes[MU_NAME_FOLDED];
    size_t used = 0, count;
    bool in_run = false;

    if (!make_room(folded, 0))
        return false;
    while (mu_name_fold_next(&text, runes, &count)) {
        if (!make_room(folded, used))
            return false;
        for (size_t i = 0; i < count; i++) {
            bool run = stands_in_run(runes[i]);

            if (run)
                used += mu_text_encode(runes[i], folded->text + used);
            else if (in_run)
                folded->text[used++] = ' ';
            in_run = run;
        }
    }
    folded->text[used] = '\0';
    return true;
}

void mu_word_text_clear(struct mu_word_text *folded)
{
    if (folded->text)
        sodium_memzero(folded->text, folded->room);
    free(folded->text);
    *folded = (struct mu_word_text){0};
}

/* Bytes of `text` whose folded form begins with the run; 0: it does not. */
static size_t run_length(const char *text, const char *run, size_t run_bytes)
{
    const char *at = text, *end = run + run_bytes;
    uint32_t runes[MU_NAME_FOLDED], wanted;
    size_t count;

    while (run < end && mu_name_fold_next(&at, runes, &count)) {
        for (size_t i = 0; i < count && run < end; i++) {
            run += mu_text_rune(run, &wanted);
            if (runes[i] != wanted)
                return 0;
        }
    }
    return run == end ? (size_t)(at - text) : 0;
}

bool mu_word_text_place(const char *text, const char *query, size_t *at, size_t *length)
{
    for (const char *place = text; *place; place += mu_text_rune(place, &(uint32_t){0})) {
        for (const char *run = query; *run; run += strspn(run, " ")) {
            size_t run_bytes = strcspn(run, " "), found = run_length(place, run, run_bytes);

            if (found > 0 && run_bytes > 0) {
                *at = (size_t)(place - text);
                *length = found;
                return true;
            }
            run += run_bytes;
        }
    }
    return false;
}

/* What the marks of a gram are made of, whose last character is `last`. */
static uint64_t hash_gram(const uint32_t *last, unsigned length)
{
    /* No secret: where a mark lies tells nothing of who has it. */
    static const unsigned char key[crypto_shorthash_KEYBYTES] = "mulin word marks";
    uint32_t gram[GRAM] = {0};
    unsigned char bytes[GRAM * 4], out[crypto_shorthash_BYTES];
    uint64_t hash = 0;

    memcpy(gram, last - (length - 1), length * sizeof *gram);
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (unsigned char)(gram[i / 4] >> (8 * (i % 4)));
    crypto_shorthash(out, bytes, sizeof bytes, key);
    for (size_t i = 0; i < sizeof out; i++)
        hash |= (uint64_t)out[i] << (8 * i);
    return hash;
}

static uint16_t mark_at(uint64_t hash, unsigned gram, unsigned index)
{
    uint64_t part = hash >> (HASH_BITS * index) & ((1u << HASH_BITS) - 1);
    unsigned span = grams[gram].to - grams[gram].from;

    return (uint16_t)(grams[gram].from + (part * span >> HASH_BITS));
}

/* Takes in the next character of *text; `last` are the latest ones of the run, which has
 * *length. False at the end. */
static bool next_in_run(const char **text, uint32_t last[GRAM], size_t *length)
{
    uint32_t rune;
    size_t step = mu_text_rune(*text, &rune);

    *text += step;
    if (step == 0)
        return false;
    if (rune == ' ') {
        *length = 0;
        return true;
    }
    memmove(last, last + 1, (GRAM - 1) * sizeof *last);
    last[GRAM - 1] = rune;
    ++*length;
    return true;
}

void mu_word_map_add(unsigned char *map, const char *folded)
{
    uint32_t last[GRAM] = {0};
    size_t length = 0;

    while (next_in_run(&folded, last, &length)) {
        for (unsigned gram = 1; gram <= GRAM && gram <= length; gram++) {
            uint64_t hash = hash_gram(&last[GRAM - 1], gram);

            for (unsigned i = 0; i < grams[gram].marks; i++) {
                uint16_t mark = mark_at(hash, gram, i);

                map[mark / 8] = (unsigned char)(map[mark / 8] | 1u << (mark % 8));
            }
        }
    }
}

/* Every gram's first mark before the second ones, so that a rare gram has its say early. A single
 * character tells nothing that its pairs do not. */
size_t mu_word_marks(const char *run, uint16_t *marks, size_t room)
{
    size_t count = 0;
    bool single = run[mu_text_rune(run, &(uint32_t){0})] == '\0';

    for (unsigned i = 0; i < MOST; i++) {
        const char *text = run;
        uint32_t last[GRAM] = {0};
        size_t length = 0;

        while (next_in_run(&text, last, &length)) {
            for (unsigned gram = single ? 1 : 2; gram <= GRAM && gram <= length; gram++)
                if (i < grams[gram].marks && count < room)
                    marks[count++] = mark_at(hash_gram(&last[GRAM - 1], gram), gram, i);
        }
    }
    return count;
}
