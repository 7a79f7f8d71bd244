/* The keys that people are found by, and the one range read that finds them.
 *
 * A token begins with its shelf, so that one range read of a shelf is in order of rank:
 *   1  whole names: characters, pinyin, initials        2  parts and other readings of names
 *   3  phones back to front
 *   4  last 4, 5 and 6 characters of the ID number, as marks that only the key can make
 *   c  card number                                      r  building-room, building-unit-room */
#ifndef MULIN_SRC_STORE_SEARCH_STORE_H
#define MULIN_SRC_STORE_SEARCH_STORE_H

#include "base/seal.h"
#include "store/db.h"

#include <mulin/domain/resident.h>

enum {
    MU_SEARCH_TOKENS = 40,     /* keys of one person at most */
    MU_SEARCH_TOKEN_SIZE = 80, /* bytes, NUL counted */
    MU_SEARCH_ID_TAIL = 6,     /* characters of the ID number in the longest mark */
};

/* The tails' shelf, for statements. */
#define MU_SEARCH_TAILS_FROM "'4'"
#define MU_SEARCH_TAILS_TO "'5'"

struct mu_search_tokens {
    size_t count;
    char token[MU_SEARCH_TOKENS][MU_SEARCH_TOKEN_SIZE];
};

/* All keys of a resident, none twice; without `marks` (NULL) those of the ID number are left out. A
 * file entered in error has none. */
void mu_search_tokens(const struct mu_resident *resident, const struct mu_seal_keys *marks,
                      struct mu_search_tokens *out);
/* Adds those of the ID number. */
void mu_search_tail_tokens(const struct mu_seal_keys *keys, const char *id_number,
                           struct mu_search_tokens *out);

/* Writes the keys that `after` has and `before` (may be NULL: a new file) has not, and takes away
 * the others. Inside the caller's transaction. */
enum mu_status mu_search_store_keys(struct mu_db *db, const struct mu_resident *before,
                                    const struct mu_resident *after,
                                    struct mu_error *error) MU_CHECKED;

/* One word of a query, ready to be compared: the token prefixes that it may stand for, best first.
 */
struct mu_search_word {
    size_t count;
    struct {
        char prefix[MU_SEARCH_TOKEN_SIZE];
        bool exact; /* the whole token, not its beginning */
    } form[4];
    char id_number[MU_ID_NUMBER_SIZE]; /* the word is a whole ID number, without forms; else "" */
    char tail[MU_ID_NUMBER_SIZE];      /* what may be the end of an ID number; else "" */
};

/* Reads one word as typed: 张金, zjx, 4821, 3-201, 3栋201. The key in force is asked for when the
 * word may be the end of an ID number. MU_STORE. */
enum mu_status mu_search_word(struct mu_db *db, const char *text, struct mu_search_word *out,
                              struct mu_error *error) MU_CHECKED;

/* True when the resident answers to the word. `tokens` are the resident's, those of the ID number
 * may be missing. */
bool mu_search_matches(const struct mu_search_word *word, const struct mu_resident *resident,
                       const struct mu_search_tokens *tokens);

/* *sound: the keys in the file are those of mu_search_tokens for everybody, none more, none less.
 * On a connection without a vault those of ID numbers are not looked at. */
enum mu_status mu_search_check(struct mu_db *db, bool *sound, struct mu_error *error) MU_CHECKED;

/* Called for each hit, best first; false stops. The resident is borrowed, and without
 * ID number and note. */
typedef bool mu_search_hit(void *context, const struct mu_resident *resident);

/* Reads the people who answer to all `count` words, best first, each once, at most `limit`. In
 * place of a file that another one speaks for stands that one. */
enum mu_status mu_search_find(struct mu_db *db, const struct mu_search_word *words, size_t count,
                              size_t limit, mu_search_hit *hit, void *context,
                              struct mu_error *error) MU_CHECKED;

/* Called for each file one of whose phones is among `phones`, its ID number opened; false stops. At
 * most `limit` for each phone. */
enum mu_status mu_search_phones(struct mu_db *db, const char *phones, size_t limit,
                                mu_search_hit *hit, void *context,
                                struct mu_error *error) MU_CHECKED;

#endif
