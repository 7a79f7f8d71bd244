/* Readings of Chinese characters: tables that generate_readings makes from Unihan and
 * data/surnames.tsv while mulin is built. */
#ifndef MULIN_SRC_BASE_READINGS_H
#define MULIN_SRC_BASE_READINGS_H

#include <stddef.h>
#include <stdint.h>

/* What stands at a code point: a syllable (0: none) and marks that say which of the sorted tables
 * knows more, so that most characters need no search. */
enum {
    MU_READING_SYLLABLE = 0x01FF,
    MU_READING_SIMPLIFIED = 0x0200, /* in mu_simplified */
    MU_READING_OTHERS = 0x0400,     /* in mu_other_readings */
    MU_READING_SURNAME = 0x0800,    /* begins a surname in mu_surnames */
};

enum { MU_READING_BLOCK = 128, MU_OTHER_READINGS = 2, MU_SURNAME_READINGS = 3 };

struct mu_syllable {
    char text[7]; /* a-z without tones, v for ü */
    unsigned char length;
};

struct mu_simplified {
    uint32_t from, to;
};

/* Other readings in common use; unused ones are 0. */
struct mu_other_readings {
    uint32_t rune;
    uint16_t syllable[MU_OTHER_READINGS];
};

/* A surname of one character (second is 0) or two, simplified; the preferred reading stands first,
 * unused ones are 0. */
struct mu_surname {
    uint32_t first, second;
    uint16_t syllable[MU_SURNAME_READINGS][2];
};

extern const struct mu_syllable mu_syllables[];
extern const uint16_t mu_reading_page[]; /* by code point / MU_READING_BLOCK */
extern const uint16_t mu_reading_block[][MU_READING_BLOCK];
extern const uint32_t mu_reading_end;              /* first code point beyond the pages */
extern const struct mu_simplified mu_simplified[]; /* sorted, as the two below */
extern const struct mu_other_readings mu_other_readings[];
extern const struct mu_surname mu_surnames[];
extern const size_t mu_simplified_count, mu_other_reading_count, mu_surname_count;

#endif
