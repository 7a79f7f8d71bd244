/* The keys under which a person's name is found: characters, pinyin, initials.
 * Readings come from Unihan (kMandarin, kHanyuPinyin, kXHC1983; kSimplifiedVariant folds 張 to 张)
 * and from data/surnames.tsv for surnames read otherwise (单 shan, 曾 zeng, 尉迟 yuchi). */
#ifndef MULIN_BASE_NAME_KEY_H
#define MULIN_BASE_NAME_KEY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A key of the first rank is a whole name read as it should be; of the second rank a part of it
 * (金凤 of 张金凤) or another reading (dan for 单). */
enum mu_key_rank { MU_KEY_WHOLE = 1, MU_KEY_PART = 2 };

enum { MU_NAME_KEYS = 24, MU_NAME_KEY_SIZE = 64 };

struct mu_name_keys {
    size_t count; /* at most MU_NAME_KEYS; what does not fit is left out, parts first */
    struct {
        enum mu_key_rank rank;
        char text[MU_NAME_KEY_SIZE]; /* folded characters, or a-z; cut between characters */
    } key[MU_NAME_KEYS];
};

/* All keys of a name, no key twice (a key of both ranks keeps the first). Never fails: characters
 * without a reading stand in the character keys and are passed over in the others.
 *   whole: folded characters; pinyin; initials (preferred reading; for ü also u as well as v)
 *   part:  every shorter ending of the characters and of the preferred pinyin and initials down to
 *          one character; the whole name in other common readings of its surname, or of one other
 *          character */
void mu_name_keys(const char *name, struct mu_name_keys *out);

/* Folds what people type into the form of the keys: full-width to ASCII, lower case, traditional
 * to simplified, accents taken off; blanks, full stops, · and dots that look like it left out.
 * `out` has `size` bytes; cut between characters. */
void mu_name_fold(const char *text, char *out, size_t size);

/* The next character of *text folded as above, nothing left out: *count characters in `out`, none
 * for a broken byte; false at the end. */
enum { MU_NAME_FOLDED = 18 }; /* characters that one can come apart into */
bool mu_name_fold_next(const char **text, uint32_t out[MU_NAME_FOLDED], size_t *count);

/* The preferred reading of a name, syllables separated by blanks ("shan tian fang"). */
void mu_name_pinyin(const char *name, char *out, size_t size);
/* The first letters of those syllables ("stf"). */
void mu_name_initials(const char *name, char *out, size_t size);

#endif
