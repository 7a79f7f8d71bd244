/* One person compared with one word of a query. */
#ifndef MULIN_SRC_STORE_SEARCH_MATCH_H
#define MULIN_SRC_STORE_SEARCH_MATCH_H

#include "store/search_word.h"

/* The keys of a person, made when they are first needed: most are told apart without. */
struct mu_search_person {
    const struct mu_resident *resident; /* its ID number opened if a word may be the end of one */
    bool left;                          /* may have left a home that the word means */
    bool has_tokens;
    struct mu_search_tokens tokens;
};

/* *fits: the person answers to the word; then *why (may be NULL) says by what.
 *   scope  NULL: by what is his own only
 * MU_STORE. */
enum mu_status mu_search_compare(struct mu_db *db, const struct mu_search_word *word,
                                 const struct mu_search_scope *scope,
                                 struct mu_search_person *person, bool *fits, struct mu_why *why,
                                 struct mu_error *error) MU_CHECKED;

/* The same for one tag. */
enum mu_status mu_search_has_tag(struct mu_db *db, const struct mu_tag_question *question,
                                 const struct mu_search_scope *scope,
                                 const struct mu_resident *resident, bool *fits,
                                 struct mu_error *error) MU_CHECKED;

/* The same for homes that were left: the last of them that the word means. */
enum mu_status mu_search_past_home(struct mu_db *db, const struct mu_search_word *word,
                                   int64_t resident_id, bool *fits, struct mu_why *why,
                                   struct mu_error *error) MU_CHECKED;

#endif
