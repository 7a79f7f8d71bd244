/* What long texts are searched by. A text is folded as names are and falls into runs of letters and
 * digits, Chinese or not; each character of a run, each two neighbours and each three leave marks
 * in a map of fixed size (a Bloom filter). A map without all marks of a word is of no text that
 * holds it; a map with them may be of one that does not: who finds by marks looks at the text. */
#ifndef MULIN_SRC_BASE_WORD_TEXT_H
#define MULIN_SRC_BASE_WORD_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { MU_WORD_MAP_MARKS = 15360, MU_WORD_MAP_BYTES = MU_WORD_MAP_MARKS / 8 };

/* A folded text: its runs, a blank for whatever stands between them. All zero at first. */
struct mu_word_text {
    char *text; /* owned; NULL at first */
    size_t room;
};

/* Folds `text` (UTF-8, broken bytes are left out) in the place of what was there. False without
 * memory. */
bool mu_word_text_fold(struct mu_word_text *folded, const char *text);
/* Wipes and frees it. */
void mu_word_text_clear(struct mu_word_text *folded);

/* The first place in `text` where a run of the folded query stands: *length bytes from *at on.
 * False when there is none. */
bool mu_word_text_place(const char *text, const char *query, size_t *at, size_t *length);

/* Sets the marks of a folded text in a map of MU_WORD_MAP_BYTES bytes. */
void mu_word_map_add(unsigned char *map, const char *folded);

/* The marks of one run that tell most about it, at most `room`, those first that throw out most.
 * Returns how many. */
size_t mu_word_marks(const char *run, uint16_t *marks, size_t room);

static inline bool mu_word_map_has(const unsigned char *map, uint16_t mark)
{
    return (unsigned)map[mark / 8] >> (mark % 8) & 1u;
}

#endif
