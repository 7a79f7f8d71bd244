/* One word of a query: what it may mean. */
#ifndef MULIN_SRC_STORE_SEARCH_WORD_H
#define MULIN_SRC_STORE_SEARCH_WORD_H

#include "store/search_store.h"

#include <mulin/domain/finding.h>
#include <mulin/domain/tag.h>

enum {
    MU_SEARCH_WORDS = 6, /* of a query at most */
    MU_SEARCH_TAGS = 3,
    MU_SEARCH_TYPED_SIZE = 128,
};

/* Everything is searched, not only what is a person's own today: tags as they count on a day, homes
 * that were left, numbers of households. */
struct mu_search_scope {
    const struct mu_register_rules *rules; /* borrowed */
    struct mu_date today;
};

/* A word, ready to be compared. */
struct mu_search_word {
    char text[MU_SEARCH_TYPED_SIZE];  /* as it was typed, folded */
    char typed[MU_SEARCH_TYPED_SIZE]; /* folded as names are */
    size_t count;
    struct { /* the token prefixes that it may stand for, best first */
        char prefix[MU_SEARCH_TOKEN_SIZE];
        bool exact; /* the whole token, not its beginning */
    } form[4];
    char id_number[MU_ID_NUMBER_SIZE]; /* the word is a whole ID number, without forms; else "" */
    char tail[MU_ID_NUMBER_SIZE];      /* what may be the end of an ID number; else "" */
    /* In a scope only. */
    size_t tag_count; /* none before mu_search_word_tags */
    struct mu_tag_question tag[MU_SEARCH_TAGS];
    char past[MU_SEARCH_TOKEN_SIZE]; /* the prefix of homes that were left; else "" */
    char household[MU_NUMBER_SIZE];  /* a household's number as it is looked up; else "" */
    char letters[MU_NUMBER_SIZE];    /* what must stand before it: H of H0000123 */
    bool begins;                     /* `household` is its beginning, not the whole */
};

/* Reads one word as typed: 张金, zjx, 4821, 3-201, 3栋201; in a scope also 户123, 123.
 *   scope  NULL: what is a person's own
 * The key in force is asked for when the word may be the end of an ID number. MU_STORE. */
enum mu_status mu_search_word(struct mu_db *db, const char *text,
                              const struct mu_search_scope *scope, struct mu_search_word *out,
                              struct mu_error *error) MU_CHECKED;
/* The tags that it may mean, too: 独居, duju, 70+. They are looked up among those that were ever
 * set, so this waits until somebody asks. MU_STORE. */
enum mu_status mu_search_word_tags(struct mu_db *db, const struct mu_search_scope *scope,
                                   struct mu_search_word *word, struct mu_error *error) MU_CHECKED;

/* True when the resident answers to the word by a key or number of his own. `tokens` are the
 * resident's, those of the ID number may be missing. *by (may be NULL) gets by which. */
bool mu_search_matches(const struct mu_search_word *word, const struct mu_resident *resident,
                       const struct mu_search_tokens *tokens, enum mu_found_by *by);
/* Of somebody who has a key of this form: false when the ID number does not end with the word after
 * all. */
bool mu_search_form_passes(const struct mu_search_word *word, size_t form,
                           const struct mu_resident *resident);
/* What it is that he is found by then. */
enum mu_found_by mu_search_form_by(const struct mu_search_word *word, size_t form,
                                   const struct mu_resident *resident);
/* True when the number of a household answers to the word. */
bool mu_search_household(const struct mu_search_word *word, const char *number);

/* A household's number as it is looked up: without the letters and zeros before it. Both as the
 * index of them has it. `out` has MU_NUMBER_SIZE bytes. */
#define MU_SEARCH_BARE_NUMBER "ltrim(upper(h.number), 'ABCDEFGHIJKLMNOPQRSTUVWXYZ-0')"
void mu_search_bare_number(const char *number, char *out);

/* The end of the range of everything that begins with a prefix. */
#define MU_SEARCH_LAST_RUNE "\xF4\x8F\xBF\xBF"

#endif
